"""What the statements print of the line a sentence speaks of, and which total it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from analytics.facts.claims import subject_columns
from analytics.schema.vocabularies import CarryoverBasis, LineCode, Repair
from analytics.statements.model import Identity
from analytics.statements.narrative.model import Claim, Subject

__all__ = ["PrintedLevels", "settle_totals"]

_LINE = ("statement", "flow", "code", "fund", "component")


class PrintedLevels:
    """The amounts that the statements of a document print, line by line.

    Args:
        printed: Rows of ``facts`` that its statements print.
    """

    def __init__(self, printed: Iterable[Mapping[str, Any]]) -> None:
        self._intervals: dict[tuple[Any, ...], list[tuple[Decimal, Decimal]]] = {}
        for row in printed:
            key = (row["fiscal_year"], row["stage"], *(row[name] for name in _LINE))
            self._intervals.setdefault(key, []).append((row["low_yuan"], row["high_yuan"]))

    def agree(self, claim: Claim, subject: Subject | None = None) -> bool | None:
        """Whether the level of a claim is a printed one; ``None`` where there is none to compare.

        Args:
            claim: What the narrative states.
            subject: The line to compare with, where it is not the claim's own.
        """
        columns = subject_columns(subject or claim.subject)
        key = (claim.fiscal_year, str(claim.stage), *(columns[name] for name in _LINE))
        if claim.level is None or key not in self._intervals:
            return None
        level = claim.level.in_yuan
        low, high = level.value - level.step / 2, level.value + level.step / 2
        return any(low <= most and least <= high for least, most in self._intervals[key])


def settle_totals(
    claims: Iterable[Claim], levels: PrintedLevels, identity: Identity
) -> tuple[Claim, ...]:
    """Let claims about a total speak of this year's total where only that fits their amount.

    Many a text says 收入总计 and means 本年收入合计, without what was carried over. The two differ by
    the balances, and to compare the one with last year's other one would be wrong.

    Args:
        claims: What the narrative states.
        levels: What the statements print.
        identity: Whose document it is.

    Returns:
        The claims. One that was settled has the repair ``total_by_amount``.
    """
    return tuple(_settled(claim, levels, identity) for claim in claims)


def _settled(claim: Claim, levels: PrintedLevels, identity: Identity) -> Claim:
    is_own = (claim.fiscal_year, claim.stage) == (identity.fiscal_year, identity.stage)
    if not is_own or claim.subject.code != LineCode.TOTAL or levels.agree(claim) is not False:
        return claim
    current = replace(
        claim.subject,
        code=str(LineCode.CURRENT_TOTAL),
        carryover_basis=CarryoverBasis.EXCLUDED,
    )
    if not levels.agree(claim, current):
        return claim
    return replace(claim, subject=current, repairs=(*claim.repairs, Repair.TOTAL_BY_AMOUNT))
