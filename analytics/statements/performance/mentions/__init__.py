"""Figures in the running texts of a project form: what each is, and what it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analytics.schema.form_vocabularies import MentionKind
from analytics.statements.performance.mentions.dates import find_dates
from analytics.statements.performance.mentions.figures import find_numbers
from analytics.statements.performance.mentions.links import (
    link_contracts,
    link_lists,
    link_products,
)
from analytics.statements.performance.mentions.model import Figure, Mention, Moment
from analytics.statements.performance.mentions.outline import outline
from analytics.statements.performance.mentions.plain import MASK, PlainText
from analytics.statements.performance.mentions.roles import assign_roles

__all__ = ["Figure", "Mention", "Moment", "read_mentions"]

_NOISE = re.compile(
    r"(?:不少于|不低于|不小于|至少|不超过|不高于|不大于|不多于|至多|控制在|大约|约|近|[≥≤><=]|\0)+$"
)


def read_mentions(text: str, fiscal_year: int) -> tuple[Mention, ...]:
    """Read every figure that a running text states.

    Money, percentages, quantities and dates, in printed order. Titles in 《》, numbers of documents
    and of articles are no figures. Roles, lists, contracts and products are told where the words
    say them; nothing is told by arithmetic.

    Args:
        text: The text as printed.
        fiscal_year: Year of the disclosure; amounts of earlier years are no parts of its sums.

    Examples:
        >>> said = "购书400册，每册50元，需2万元；办证1万元，合计3万元，6月底前完成。"
        >>> for each in read_mentions(said, 2031):
        ...     print(each.number, each.text, each.role, each.noun)
        1 400册 None 购书…
        2 50元 unit_price 每册…
        3 2万元 due 需…
        4 1万元 item 办证…
        5 3万元 total 合计…
        6 6月底前 None …完成
    """
    plain = PlainText.of(text)
    dates = find_dates(plain)
    figures = sorted((*dates, *find_numbers(plain, dates)), key=lambda figure: figure.start)
    mentions = tuple(
        _mention(plain, figures, index, number)
        for number, index in enumerate(range(len(figures)), 1)
    )
    whole = outline(plain.masked)
    assign_roles(mentions, plain, fiscal_year)
    link_lists(mentions, plain, whole, fiscal_year)
    link_contracts(mentions, plain, whole)
    link_products(mentions, plain, whole)
    return mentions


def _mention(text: PlainText, figures: Sequence[Figure], index: int, number: int) -> Mention:
    figure = figures[index]
    start, end = text.piece(figure.start, figure.end)
    before, after = text.plain[start : figure.start], text.plain[figure.end : end]
    low = max([start, *(each.end for each in figures[:index])])
    high = min([end, *(each.start for each in figures[index + 1 :])])
    if figure.kind is MentionKind.DATE:
        low, high = start, end
    clause = text.clause(figure.start, figure.end)
    return Mention(
        figure,
        number,
        text.printed_at(figure.start, figure.end),
        text.places[figure.start] + 1,
        text.sentence_of(figure.start) + 1,
        text.printed_at(*clause).strip(),
        _noun(text.masked[low : figure.start], text.masked[figure.end : high]),
        before,
        after,
    )


def _noun(before: str, after: str) -> str | None:
    """The words beside a figure, within the same part of a list (、)."""
    front = _NOISE.sub("", before.rsplit("、", 1)[-1]).rsplit(MASK, 1)[-1]
    behind = after.split("、", 1)[0].split(MASK, 1)[0]
    return f"{front}…{behind}" if front or behind else None
