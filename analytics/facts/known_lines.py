"""Lines whose name alone says what they are: balances, purposes, the three public expenses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analytics.schema.statement_forms import FixedLine
from analytics.schema.vocabularies import (
    CarryoverBasis,
    Classification,
    Component,
    Flow,
    Fund,
    LineCode,
    Repair,
    RowKind,
    ThreePublic,
)
from analytics.statements.lines import balance_code, three_public_code

__all__ = ["Line", "balance_line", "fixed_line", "purpose_line", "three_public_line"]

_TOTAL = str(LineCode.TOTAL)
_PURPOSES = {
    purpose.zh: purpose
    for purpose in (
        Component.BASIC,
        Component.PROJECT,
        Component.RESERVE,
        Component.PERSONNEL,
        Component.PUBLIC,
        Component.TO_SUPERIOR,
        Component.BUSINESS,
        Component.TO_AFFILIATES,
    )
} | {"日常公用经费": Component.PUBLIC}
_COUNT = re.compile(
    r"[（(](?:个|辆|台|套|次|批|人|批次|人次|人数|台、套)[)）]|团组数|人次数|批次数|保有量"
)
_RECEPTION = re.compile(r"^公务接待(?:费|费用|支出)?$")
_VEHICLE_PARTS = (ThreePublic.VEHICLE_PURCHASE, ThreePublic.VEHICLE_OPERATION)


@dataclass(frozen=True, slots=True)
class Line:
    """What one side of a printed row is about."""

    code: str
    name: str
    classification: Classification
    row_kind: RowKind
    parent_code: str | None
    fund: Fund | None = None
    basis: CarryoverBasis | None = None
    counterpart_code: str | None = None
    counterpart_name: str | None = None
    component: Component | None = None
    repairs: tuple[Repair, ...] = ()


def purpose_line(name: str, classification: Classification, flow: Flow) -> Line:
    """A line that says what the money is for: a part of the total, or a balance."""
    balance = balance_code(name)
    if balance is not None:
        return balance_line(balance, name, classification, flow)
    component = _PURPOSES.get(name)
    if component is None:
        unknown = (Repair.CODE_UNKNOWN,)
        return Line(name, name, classification, RowKind.ITEM, _TOTAL, repairs=unknown)
    return Line(_TOTAL, name, classification, RowKind.TOTAL, None, component=component)


def fixed_line(line: FixedLine) -> Line:
    """The line that a column stands for."""
    is_total = line.parent_code is None
    is_parent = line.code in (ThreePublic.TOTAL, ThreePublic.VEHICLE)
    kind = RowKind.TOTAL if is_total else RowKind.SUBTOTAL if is_parent else RowKind.ITEM
    return Line(line.code, line.name, line.classification, kind, line.parent_code)


def balance_line(balance: LineCode, name: str, classification: Classification, flow: Flow) -> Line:
    """A total, or what is carried over or distributed."""
    code = str(balance)
    match balance:
        case LineCode.TOTAL:
            return Line(code, name, classification, RowKind.TOTAL, None)
        case LineCode.CURRENT_TOTAL:
            basis = CarryoverBasis.EXCLUDED if flow is Flow.REVENUE else None
            return Line(code, name, classification, RowKind.SUBTOTAL, _TOTAL, basis=basis)
        case LineCode.CARRYOVER_START:
            basis = CarryoverBasis.ONLY
            return Line(code, name, classification, RowKind.ITEM, _TOTAL, basis=basis)
        case LineCode.CARRYOVER_END | LineCode.SURPLUS_DISTRIBUTED:
            return Line(code, name, classification, RowKind.ITEM, _TOTAL)


def three_public_line(name: str) -> Line | None:
    """One of the three public expenses or a part of it; ``None`` for a count of what was bought."""
    code = three_public_code(name)
    total = str(ThreePublic.TOTAL)
    if _COUNT.search(name):
        return None
    if code is ThreePublic.RECEPTION and not _RECEPTION.match(name):
        unknown = (Repair.CODE_UNKNOWN,)
        parent = str(ThreePublic.RECEPTION)
        return Line(name, name, Classification.THREE_PUBLIC, RowKind.ITEM, parent, repairs=unknown)
    kind, parent = RowKind.ITEM, total
    if code is ThreePublic.TOTAL:
        return Line(total, name, Classification.THREE_PUBLIC, RowKind.TOTAL, None)
    if code is ThreePublic.VEHICLE:
        kind = RowKind.SUBTOTAL
    elif code in _VEHICLE_PARTS:
        parent = str(ThreePublic.VEHICLE)
    return Line(
        str(code or name),
        name,
        Classification.THREE_PUBLIC,
        kind,
        parent,
        repairs=() if code else (Repair.CODE_UNKNOWN,),
    )
