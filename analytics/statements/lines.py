"""Lines that mean the same in every statement: balances, totals, the three public expenses."""

from __future__ import annotations

import re
from functools import lru_cache

from analytics.schema.vocabularies import LineCode, ThreePublic

__all__ = ["balance_code", "is_three_public_name", "procurement_code", "three_public_code"]

_NOT_YET = r"(?:(?!结转).)*"
_BALANCES: tuple[tuple[str, LineCode], ...] = (
    (r"^(?:收入|支出)?总计$|^(?:收入|支出|部门|单位)?合计$", LineCode.TOTAL),
    (r"^[本当]年(?:收入|支出)(?:合计|小计)?$", LineCode.CURRENT_TOTAL),
    (
        rf"^上年{_NOT_YET}结转(?:和?结余)?(?:收入|资金)?$|^年初{_NOT_YET}结转(?:和?结余)?$",
        LineCode.CARRYOVER_START,
    ),
    (
        rf"^(?:年终|年末){_NOT_YET}结转(?:和?结余)?$|^结转下年(?:支出|资金)?$",
        LineCode.CARRYOVER_END,
    ),
    (r"^结余分配$", LineCode.SURPLUS_DISTRIBUTED),
)
_THREE_PUBLIC: tuple[tuple[str, ThreePublic], ...] = (
    (r"出国|出境", ThreePublic.ABROAD),
    (r"接待", ThreePublic.RECEPTION),
    (r"公务用车.*购置.*运行|公务用车.*运行.*购置", ThreePublic.VEHICLE),
    (r"公务用车.*购置", ThreePublic.VEHICLE_PURCHASE),
    (r"公务用车.*运行|运行维护费", ThreePublic.VEHICLE_OPERATION),
    (r"^(?:“?三公”?经费)?(?:合计|总计|小计)$", ThreePublic.TOTAL),
)
_THREE_PUBLIC_NAME = re.compile(
    r"(?:因公)?出国（境）(?:经费|费用|费)|公务接待费|公务用车购置[及和](?:公务用车)?运行(?:维护)?费"
    r"|公务用车(?:购置|运行|运行维护)费|合计|总计|小计"
)
_PROCUREMENT = re.compile(r"^(货物|工程|服务)(?:类|[A-Z])?$")
_PROCUREMENT_CODES = {"货物": "goods", "工程": "works", "服务": "services"}


@lru_cache(2**12)
def balance_code(name: str) -> LineCode | None:
    """The balance a line name stands for; ``None`` for a line of a classification.

    Examples:
        >>> balance_code("收入总计"), balance_code("上年财政拨款结转"), balance_code("教育支出")
        (<LineCode.TOTAL: 'total'>, <LineCode.CARRYOVER_START: 'carryover_start'>, None)
    """
    return next((code for pattern, code in _BALANCES if re.search(pattern, name)), None)


def three_public_code(name: str) -> ThreePublic | None:
    """Which of the three public expenses a line names; ``None`` if none.

    Examples:
        >>> three_public_code("公务用车购置及运行费"), three_public_code("公务用车购置费")
        (<ThreePublic.VEHICLE: 'vehicle'>, <ThreePublic.VEHICLE_PURCHASE: 'vehicle_purchase'>)
    """
    return next((code for pattern, code in _THREE_PUBLIC if re.search(pattern, name)), None)


def is_three_public_name(name: str) -> bool:
    """Whether a name is the whole name of one of the three public expenses, not a part of one.

    Examples:
        >>> is_three_public_name("公务接待费"), is_three_public_name("接待费")
        (True, False)
    """
    return _THREE_PUBLIC_NAME.fullmatch(name) is not None


def procurement_code(name: str) -> str | None:
    """The category of procurement that a line names; ``None`` if none.

    Examples:
        >>> procurement_code("货物A"), procurement_code("工程类"), procurement_code("修缮工程")
        ('goods', 'works', None)
    """
    match = _PROCUREMENT.match(name)
    return _PROCUREMENT_CODES[match[1]] if match else None
