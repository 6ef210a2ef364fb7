"""What a table, a column or a rule means, as text for a terminal."""

from __future__ import annotations

from typing import Any

import dataframely as dy

from analytics.checks import explain, rules
from analytics.errors import NotFoundError
from analytics.schema.results import RESULTS
from analytics.schema.tables import TABLES

__all__ = ["describe"]


def describe(subject: str | None = None) -> str:
    """Explain a table with its columns, or a rule; list everything if nothing is named.

    Raises:
        NotFoundError: ``subject`` is neither a table nor a rule; near matches are listed.

    Examples:
        >>> describe("set_aside").splitlines()[0]
        'set_aside: One row a numeric cell that did not become a fact, with the reason.'
    """
    tables = {**TABLES, **RESULTS}
    if subject is None:
        lines = ["Tables"]
        lines += [f"  {name}: {_grain(schema)}" for name, schema in tables.items()]
        lines += ["", "Rules"]
        lines += [f"  {code}: {rule.title_zh} ({rule.title_en})" for code, rule in rules().items()]
        return "\n".join(lines)
    if subject in tables:
        schema = tables[subject]
        lines = [f"{subject}: {_grain(schema)}", ""]
        return "\n".join(lines + [_column(name, c) for name, c in schema.columns().items()])
    if subject in rules():
        return explain(subject)
    raise NotFoundError.for_name("table or rule", subject, [*tables, *rules()])


def _grain(schema: type[dy.Schema]) -> str:
    return " ".join((schema.__doc__ or "").split())


def _column(name: str, column: Any) -> str:
    metadata = column.metadata or {}
    unit = f" [{metadata['unit']}]" if metadata.get("unit") else ""
    key = ", key" if column.primary_key else ""
    null = ", may be null" if column.nullable else ""
    label = metadata.get("zh", "")
    return f"  {name} ({column.dtype}{key}{null}){unit} {label}: {column.description or ''}".rstrip(
        ": "
    )
