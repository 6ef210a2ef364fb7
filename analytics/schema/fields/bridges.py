"""The columns of the bridge between two years of a line."""

from __future__ import annotations

from analytics.schema.fields.model import Field, a_flag

__all__ = ["BRIDGES"]

BRIDGES: dict[str, Field] = {
    "is_agency_total": a_flag("总计行", "whether the line stands for all an agency spends"),
}
"""The columns by name."""
