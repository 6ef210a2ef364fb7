"""What a disclosure is, once its statements, its narrative and its project forms are told apart."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.schema.vocabularies import Scope, Stage

__all__ = ["Identity"]


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose disclosure it is, of which year, stage and scope.

    Args:
        agency_id: Normal form of the agency's name.
        agency_name: Name as printed.
        fiscal_year: Year the document is about.
        stage: Budget or final accounts.
        scope: Whole department or one unit.
        unit_text: Unit of money most statements are printed in; ``None`` if none prints one.
        title: Title of the document as printed.
    """

    agency_id: str
    agency_name: str
    fiscal_year: int
    stage: Stage
    scope: Scope
    unit_text: str | None = None
    title: str | None = None
