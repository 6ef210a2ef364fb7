"""Which quantity a unit cost is paid for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from analytics.schema.form_vocabularies import IndicatorKind
from analytics.statements.performance.form import Indicator

__all__ = ["Pairing", "pair_quantity"]

_GENERIC_WORDS = re.compile(
    r"成本|单价|费用|经费|标准|价格|金额|数量|面积|个数|次数|人数|总数|项目数|完成|开展|形成|实施"
)
_COUNTERS = frozenset("个项次件套家台条份种批期")
_NEAR = 40.0
"""Likeness (0–100) below which two names speak of different things."""
_CLEARLY = 5.0
"""By how much the nearest name must be nearer than the next."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """The quantity of a unit cost, or why there is none; ``basis`` says how it was found."""

    quantity: Indicator | None
    basis: str


def pair_quantity(cost: Indicator, indicators: Iterable[Indicator]) -> Pairing:
    """Find the quantity of the same block that a unit cost is paid for.

    A quantity fits where it is counted in the cost's per-unit. Among several, the name decides,
    without the words that every cost and every quantity has. A cost for one of a plain counter
    (个, 项, 次 …) needs a name in common even where one quantity alone fits; 平方米 or 人 do not.

    Args:
        cost: An indicator of kind unit cost.
        indicators: All indicators of its form.

    Returns:
        The pairing; without a quantity where none fits or several fit alike.
    """
    unit = cost.target.per_unit
    if unit is None:
        return Pairing(None, "the cost names no unit")
    fitting = [
        other
        for other in indicators
        if other.block == cost.block
        and other.target.kind == IndicatorKind.QUANTITY
        and other.target.unit == unit
        and other.target.value is not None
    ]
    if not fitting:
        return Pairing(None, f"no quantity in {unit}")
    return _choose(cost, fitting, unit)


def _choose(cost: Indicator, fitting: list[Indicator], unit: str) -> Pairing:
    """The quantity with the nearest name, where one is clearly nearest."""
    ranked = sorted(fitting, key=lambda other: -_likeness(cost, other))
    best, *others = (_likeness(cost, other) for other in ranked)
    if best >= _NEAR and all(best - other >= _CLEARLY for other in others):
        return Pairing(ranked[0], "unit and name")
    if others:
        names = "、".join(other.name for other in ranked)
        return Pairing(None, f"several quantities in {unit}: {names}")
    if unit in _COUNTERS:
        return Pairing(None, f"the only quantity in {unit} has another name: {ranked[0].name}")
    return Pairing(ranked[0], "only quantity in this unit")


def _likeness(cost: Indicator, quantity: Indicator) -> float:
    """How near two names are, 0 to 100, generic words left out."""
    one, other = (_GENERIC_WORDS.sub("", each.name) or each.name for each in (cost, quantity))
    # a name inside the other counts a little less than the same name
    return max(fuzz.ratio(one, other), 0.95 * fuzz.partial_ratio(one, other))
