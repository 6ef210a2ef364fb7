"""Figures that only the narrative gives: last year's, and this year's where a cell is blank."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from analytics.amounts import PrintedNumber
from analytics.documents import Place
from analytics.facts.claims import claim_id, subject_columns
from analytics.facts.rows import identity_columns, join_repairs, place_columns
from analytics.facts.totals import PrintedLevels
from analytics.schema.vocabularies import (
    Classification,
    LineCode,
    Repair,
    RowKind,
    Stage,
    Statement,
    ThreePublic,
    ValueKind,
)
from analytics.statements.model import Identity
from analytics.statements.narrative.model import Claim, Stated, Subject

__all__ = ["build_implied_facts"]

_CENT = Decimal("0.01")
_BOUND = Decimal("0.0001")
_SUMMARIES = (Statement.BUDGET_SUMMARY, Statement.FISCAL_APPROPRIATION_SUMMARY)


@dataclass(frozen=True, slots=True)
class _Figure:
    """What a claim implies of a year, in yuan, and how it was computed."""

    year: int
    stage: Stage
    amount: Decimal
    step: Decimal
    low: Decimal
    high: Decimal
    text: str


def build_implied_facts(
    claims: Sequence[Claim],
    document_id: str,
    identity: Identity,
    *,
    printed: Collection[Mapping[str, Any]] = (),
) -> list[dict[str, Any]]:
    """Turn what only claims say into rows of ``facts`` with value_kind ``implied``.

    ==================================  ====================  =====================================
    the claim states                    amount                interval
    ==================================  ====================  =====================================
    level L and change D                L - D                 half steps of both added up
    level L, "the same as last year"    L                     as printed
    level L and growth g only           L / (1 + g), rounded  from L and g at their half steps
                                        to a cent
    level L and execution e of a budget L / e, rounded to a   from L and e at their half steps
                                        cent
    the other year's own level, or the  that level            as printed
    budget's beside the final accounts
    a level of the year itself whose    that level            as printed
    cell its printed statement leaves
    blank
    ==================================  ====================  =====================================

    A stated change wins over a stated growth. A claim implies nothing where no level is stated,
    where it does not say what it compares with (or compares with restated figures, which no table
    prints), where no code is known for its line, and where growth of -100 % or an execution of 0 %
    leaves every prior amount possible. Several sentences may imply the same figure; each gives its
    own row. What carry-over a figure contains is as its own statement prints the line. A figure
    that follows from a level which the statement contradicts has the repair
    ``level_contradicted``.

    Args:
        claims: What the narrative states.
        document_id: The document.
        identity: Whose document it is.
        printed: Rows of ``facts`` that its statements print. A level of the year itself is implied
            only where the statement is among them and the line is not.
    """
    lines = {_line(row): row["carryover_basis"] for row in printed}
    statements = {row["statement"] for row in printed}
    levels = PrintedLevels(printed)
    rows = []
    taken: set[Place] = {claim.place for claim in claims}
    for claim in claims:
        if not isinstance(claim.subject.statement, Statement) or claim.subject.code is None:
            continue
        columns = subject_columns(claim.subject)
        is_blank = columns["statement"] in statements and _line(columns) not in lines
        figures = [(_prior(claim, identity), claim.place)]
        if is_blank and claim.level is not None and claim.fiscal_year == identity.fiscal_year:
            text = claim.level.number.text
            own = _exact(claim.fiscal_year, claim.stage, claim.level.in_yuan, text)
            place = _place_of_level(claim, text)
            while place in taken:
                # Two claims may rest on one printed number.
                place = place._replace(column=place.column + 1)
            taken.add(place)
            figures.append((own, place))
        basis = lines.get(_line(columns), columns["carryover_basis"])
        stated = claim
        if levels.agree(claim) is False:
            stated = replace(claim, repairs=(*claim.repairs, Repair.LEVEL_CONTRADICTED))
        rows += [
            _row(stated, figure, place, document_id, identity) | {"carryover_basis": basis}
            for figure, place in figures
            if figure is not None
        ]
    return rows


def _row(
    claim: Claim, figure: _Figure, place: Place, document_id: str, identity: Identity
) -> dict[str, Any]:
    row_kind, parent = _hierarchy(claim.subject)
    return {
        "document_id": document_id,
        **place_columns(place),
        **identity_columns(identity),
        "fiscal_year": figure.year,
        "stage": str(figure.stage),
        **subject_columns(claim.subject),
        "name": claim.name,
        "parent_code": parent,
        "row_kind": str(row_kind),
        "amount_yuan": figure.amount,
        "amount_text": figure.text,
        "unit_text": claim.level.unit if claim.level else None,
        "step_yuan": figure.step,
        "low_yuan": figure.low,
        "high_yuan": figure.high,
        "value_kind": str(ValueKind.IMPLIED),
        "claim_id": claim_id(claim, document_id),
        "repairs": join_repairs(claim.repairs, place),
    }


def _place_of_level(claim: Claim, text: str) -> Place:
    """Where in its sentence a claim prints its level; the claim itself begins further left."""
    found = claim.sentence.find(text, claim.place.column)
    column = found + 1 if found >= 0 else claim.place.column + len(claim.name)
    return claim.place._replace(column=column)


def _line(columns: Mapping[str, Any]) -> tuple[Any, ...]:
    names = ("statement", "flow", "classification", "code", "fund", "component")
    return tuple(columns[name] for name in names)


def _prior(claim: Claim, identity: Identity) -> _Figure | None:
    if claim.level is None:
        return None
    level, shown, base = claim.level.in_yuan, claim.level.number.text, claim.base
    prior = None
    if (claim.fiscal_year, claim.stage) != (identity.fiscal_year, identity.stage):
        prior = _exact(claim.fiscal_year, claim.stage, level, shown)
    elif base is None or base.stage is None:
        prior = None
    elif claim.change is not None:
        change = claim.change.in_yuan
        amount, step = level.value - change.value, level.step + change.step
        number = PrintedNumber(amount, step, _difference(claim.level, claim.change))
        prior = _exact(base.year, base.stage, number, number.text)
    elif claim.is_unchanged:
        prior = _exact(base.year, base.stage, level, f"{shown}（与基期相同）")
    elif claim.growth is not None:
        grown = claim.growth.as_share
        text = f"(1 {_sign(claim.growth)} {_rate(claim.growth)})"
        ratio = PrintedNumber(1 + grown.value, grown.step, text)
        prior = _from_ratio(base.year, base.stage, claim.level, ratio)
    elif claim.execution is not None:
        share = claim.execution.as_share
        ratio = PrintedNumber(share.value, share.step, _rate(claim.execution))
        prior = _from_ratio(base.year, base.stage, claim.level, ratio)
    return prior


def _exact(year: int, stage: Stage, number: PrintedNumber, text: str) -> _Figure:
    half = number.step / 2
    low, high = number.value - half, number.value + half
    return _Figure(year, stage, number.value, number.step, low, high, text)


def _from_ratio(year: int, stage: Stage, level: Stated, ratio: PrintedNumber) -> _Figure | None:
    """The level divided by what it is of the prior amount, with the widest interval both leave."""
    top, least, most = level.in_yuan, ratio.interval.low, ratio.interval.high
    if least is None or most is None or least <= 0:
        return None
    amount = (top.value / ratio.value).quantize(_CENT)
    low = ((top.value - top.step / 2) / most).quantize(_BOUND, rounding=ROUND_FLOOR)
    high = ((top.value + top.step / 2) / least).quantize(_BOUND, rounding=ROUND_CEILING)
    text = f"{level.number.text} ÷ {ratio.text}"
    return _Figure(year, stage, amount, high - low, low, high, text)


def _difference(level: Stated, change: Stated) -> str:
    """How the prior amount follows, with units where the two differ."""
    is_mixed = level.unit != change.unit
    left, right = (
        f"{stated.number.text.lstrip('-')}{stated.unit if is_mixed else ''}"
        for stated in (level, change)
    )
    return f"{left} − {right}" if change.number.value >= 0 else f"{left} − (−{right})"


def _rate(stated: Stated) -> str:
    return f"{stated.number.text.lstrip('-')}{stated.unit}"


def _sign(stated: Stated) -> str:
    return "−" if stated.number.value < 0 else "+"


def _hierarchy(subject: Subject) -> tuple[RowKind, str | None]:
    """Place of the line among its like, as its statement would show it."""
    code, total = str(subject.code), str(LineCode.TOTAL)
    if code == total:
        return RowKind.TOTAL, None
    if code in (str(LineCode.CURRENT_TOTAL), str(ThreePublic.VEHICLE)):
        return RowKind.SUBTOTAL, total
    if code in (str(ThreePublic.VEHICLE_PURCHASE), str(ThreePublic.VEHICLE_OPERATION)):
        return RowKind.ITEM, str(ThreePublic.VEHICLE)
    if len(code) > 3 and code.isdigit():
        return (RowKind.ITEM if len(code) == 7 else RowKind.SUBTOTAL), code[:-2]
    if subject.statement in _SUMMARIES and code != str(LineCode.CARRYOVER_START):
        return RowKind.ITEM, str(LineCode.CURRENT_TOTAL)
    is_function = subject.classification is Classification.FUNCTION
    return (RowKind.SUBTOTAL if is_function else RowKind.ITEM), total
