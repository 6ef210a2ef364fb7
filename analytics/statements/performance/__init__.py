"""Project performance forms (项目支出绩效目标表): read from blocks, mended, every repair told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from analytics.documents.model import Block, Place
from analytics.schema.form_vocabularies import IndicatorBlock
from analytics.schema.vocabularies import Repair
from analytics.statements.performance.arrears import Arrears, read_arrears
from analytics.statements.performance.form import (
    FundAmount,
    Indicator,
    Leftover,
    PerformanceForm,
    TextPiece,
    Texts,
)
from analytics.statements.performance.funds import read_money
from analytics.statements.performance.indicators import read_indicators
from analytics.statements.performance.lines import Cell, FormLines, collect_forms
from analytics.statements.performance.mentions import Mention, read_mentions
from analytics.statements.performance.pairing import Pairing, pair_quantity
from analytics.statements.performance.sections import (
    divide,
    numeric_cells,
    period_years,
    read_footer,
    read_head,
    read_texts,
)
from analytics.statements.performance.targets import Target, parse_target

__all__ = [
    "Arrears",
    "FundAmount",
    "Indicator",
    "Leftover",
    "Mention",
    "Pairing",
    "PerformanceForm",
    "Target",
    "TextPiece",
    "Texts",
    "pair_quantity",
    "parse_target",
    "read_arrears",
    "read_mentions",
    "read_performance_forms",
]


def read_performance_forms(blocks: Sequence[Block]) -> tuple[PerformanceForm, ...]:
    r"""Read every project performance form of a document.

    A form is recognised by what it is: a title that names it, or a table that starts with 项目名称
    and goes on with 主管部门. Tables that follow without either belong to the form above, up to its
    footer. Whatever recognition did to columns and labels is mended by rules on labels, order and
    content, and every mending is kept as a repair on the row it made. A blank cell gives no
    amount and no value; it is never zero.

    Args:
        blocks: Blocks of a document in reading order.

    Returns:
        The forms in printed order; empty where the document has none.

    Examples:
        >>> from analytics.documents.text import read_text_blocks
        >>> text = (
        ...     "某市项目支出绩效目标表\n\n项目名称\t图书馆运行\n主管部门\t101-某市文化局\n"
        ...     "项目资金（元）\t实施期资金总额：\t900\t年度资金总额：\t300\n"
        ...     "\t产出指标\t数量指标\t购书数量\t≥2万册\t数量指标\t购书数量\t≥1万册\n"
        ... )
        >>> form, = read_performance_forms(read_text_blocks(text))
        >>> form.name, [str(fund.number.value) for fund in form.funds]
        ('图书馆运行', ['900', '300'])
        >>> [(str(i.block), i.level2, str(i.target.value), i.target.unit) for i in form.indicators]
        [('term', '数量指标', '20000', '册'), ('annual', '数量指标', '10000', '册')]
    """
    return tuple(_read_form(lines) for lines in collect_forms(blocks))


def _read_form(form: FormLines) -> PerformanceForm:
    parts = divide(form.lines)
    head = read_head(parts.head)
    money = read_money(parts.money)
    texts, text_repairs = read_texts(parts)
    if money.funds and all(fund.block == IndicatorBlock.ANNUAL for fund in money.funds):
        # a form of the year alone has one goal, whatever it is called
        texts = _of_the_year(texts)
    indicators, unread = read_indicators(parts.indicators)
    footer = read_footer(parts.footer)
    tables = {line.cells[0].place.block for line in form.lines if not line.is_running_text}
    continued = [Repair.CONTINUED_TABLE] if len(tables) > 1 else []
    taken = {
        place
        for place in (
            head.period_place,
            footer.filled_place,
            *(fund.place for fund in money.funds),
            *(indicator.value_place for indicator in indicators),
            *(indicator.weight_place for indicator in indicators),
        )
        if place is not None
    }
    named = {indicator.place for indicator in indicators}
    numeric = {
        cell.place: cell for cell in numeric_cells(parts, form.above) if cell.place not in named
    }
    leftovers = _leftovers(
        (*head.unread, *footer.unread), (*money.leftovers, *unread), numeric, taken
    )
    return PerformanceForm(
        name=head.name,
        title=form.title,
        fiscal_year=form.fiscal_year,
        kind=head.kind,
        period=head.period,
        period_years=period_years(head.period),
        department_code=head.department_code,
        department_name=head.department_name,
        implementing_unit=head.implementing_unit,
        money_unit=money.unit,
        funds=money.funds,
        texts=texts,
        indicators=indicators,
        filled_on=footer.filled_on,
        filled_text=footer.filled_text,
        filled_place=footer.filled_place,
        period_place=head.period_place,
        leftovers=leftovers,
        numeric_cell_count=len(numeric),
        blocks=tuple(form.blocks),
        block=form.first.block,
        page=form.first.page,
        line=form.first.line,
        repairs=tuple(dict.fromkeys((*continued, *head.repairs, *text_repairs, *footer.repairs))),
    )


def _of_the_year(texts: Texts) -> Texts:
    """Texts of a form whose one goal is that of the year."""
    if texts.annual_goal:
        return replace(texts, term_goal=None)
    pieces = tuple(
        replace(piece, part="annual_goal") if piece.part == "term_goal" else piece
        for piece in texts.pieces
    )
    return replace(texts, annual_goal=texts.term_goal, term_goal=None, pieces=pieces)


def _leftovers(
    unread: Iterable[Cell],
    known: Iterable[Leftover],
    numeric: Mapping[Place, Cell],
    taken: Set[Place],
) -> tuple[Leftover, ...]:
    """Every cell that nothing was made of, each once; no number is left out."""
    reason = "not part of any entry of the form"
    found = {item.place: item for item in known}
    for cell in unread:
        found.setdefault(cell.place, Leftover(cell.printed, cell.place, reason))
    for place, cell in numeric.items():
        if place not in taken:
            found.setdefault(place, Leftover(cell.printed, place, reason))
    return tuple(
        replace(item, is_numeric=place in numeric)
        for place, item in sorted(found.items(), key=lambda pair: (pair[0].block, pair[0].row))
        if place not in taken
    )
