"""Figures in the running texts of project forms as rows of ``mentions``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from analytics.documents.model import Place
from analytics.facts.projects import keyed
from analytics.facts.rows import not_an_amount
from analytics.schema.fields import BOUND
from analytics.schema.form_vocabularies import TextPart
from analytics.statements.model import Identity
from analytics.statements.performance import Mention, PerformanceForm, read_mentions

__all__ = ["build_mentions"]

_LARGEST = Decimal(10) ** 20
_FINEST = Decimal("1e-8")
"""A number beyond these is no quantity; its row keeps the text and no value."""


def build_mentions(
    forms: Sequence[PerformanceForm], document_id: str, identity: Identity
) -> list[dict[str, Any]]:
    """Turn the running texts of project forms into rows of ``mentions``.

    Texts are read in the order of :class:`~analytics.schema.vocabularies.TextPart`. Amounts are
    exact yuan with their printed step; where the unit of money is not clear, or the amount is finer
    than a cent, there is none. A blank text has no rows.

    Args:
        forms: The forms, as read.
        document_id: The document.
        identity: Whose document it is, of which year.
    """
    return [
        row
        for key, form in keyed(forms)
        for part in TextPart
        for row in _rows(form, key, part, document_id, identity)
    ]


def _rows(
    form: PerformanceForm, key: str, part: TextPart, document_id: str, identity: Identity
) -> Iterator[dict[str, Any]]:
    text: str | None = getattr(form.texts, part)
    prefix = f"{document_id}:{key}:{part}"
    for mention in read_mentions(text or "", identity.fiscal_year):
        found = form.texts.place_of(part, mention.position - 1)
        place = found or Place(form.block, 1, 1, form.page, form.line)
        yield {
            "mention_id": f"{prefix}:{mention.number}",
            "document_id": document_id,
            "project": key,
            "agency_id": identity.agency_id,
            "fiscal_year": identity.fiscal_year,
            "text_part": str(part),
            "sentence_number": mention.sentence,
            "position": mention.position,
            "wording": mention.wording,
            "kind": str(mention.figure.kind),
            "value_text": mention.text,
            **_figure(mention),
            **_date(mention),
            "noun": mention.noun,
            "role": mention.role and str(mention.role),
            "part_of": f"{prefix}:{mention.part_of}" if mention.part_of else None,
            "is_closed": mention.is_closed,
            "contract_number": mention.contract,
            "product_number": mention.product,
            "page": place.page,
            "source_block": place.block,
            "row": place.row,
            "column": place.column,
            "line": place.line,
        }


def _figure(mention: Mention) -> dict[str, Any]:
    figure = mention.figure
    value, step = figure.value, figure.step
    is_number = value is not None and step is not None
    if value is not None and step is not None:
        is_number = value < _LARGEST and (step >= _FINEST or not step)
    is_amount = figure.yuan is not None and not_an_amount(figure.yuan) is None
    return {
        "value": value if is_number else None,
        "value_step": step if is_number else None,
        "unit": figure.unit,
        "per_unit": figure.per_unit,
        "per_period": figure.per_period,
        "amount_yuan": figure.yuan if is_amount else None,
        "step_yuan": _as_bound(figure.step_yuan) if is_amount else None,
        "comparator": figure.comparator and str(figure.comparator),
        "is_about": figure.is_about,
    }


def _as_bound(step: Decimal | None) -> Decimal | None:
    return None if step is None else step.quantize(Decimal(1).scaleb(-BOUND.scale))


def _date(mention: Mention) -> dict[str, Any]:
    moment = mention.figure.moment
    if moment is None:
        return {}
    return {
        "month_day_from": moment.month_day_from,
        "month_day_to": moment.month_day_to,
        "date_from": moment.date_from,
        "date_to": moment.date_to,
        "date_basis": str(moment.basis),
    }
