"""What a table, a column or a rule means, as text for a terminal."""

from __future__ import annotations

from typing import Any

import dataframely as dy

from analytics.checks import explain, rules
from analytics.errors import NotFoundError
from analytics.schema.fields import FIELDS
from analytics.schema.results import RESULTS
from analytics.schema.reviews import ListedFindings, Reviews
from analytics.schema.tables import TABLES
from analytics.store import StoredDocuments

__all__ = ["describe"]


def describe(subject: str | None = None) -> str:
    """Explain a table with its columns, or a rule; list everything if nothing is named.

    Raises:
        NotFoundError: ``subject`` is neither a table nor a rule; near matches are listed.

    Examples:
        >>> describe("set_aside").splitlines()[0]
        'set_aside: One row a numeric cell that did not become a fact, with the reason.'
    """
    tables: dict[str, type[dy.Schema]] = {
        **TABLES,
        "documents": StoredDocuments,
        **RESULTS,
        "list_findings": ListedFindings,
        "reviews": Reviews,
    }
    if subject is None:
        lines = ["Tables"]
        lines += [f"  {name}: {_grain(schema)}" for name, schema in tables.items()]
        lines += ["", "Rules"]
        lines += [f"  {code}: {rule.title_zh} ({rule.title_en})" for code, rule in rules().items()]
        return "\n".join(lines)
    if subject in tables:
        schema = tables[subject]
        lines = [f"{subject}: {' '.join((schema.__doc__ or '').split())}", ""]
        return "\n".join(lines + [_column(name, c) for name, c in schema.columns().items()])
    if subject in rules():
        return explain(subject)
    raise NotFoundError.for_name("table or rule", subject, [*tables, *rules()])


def _grain(schema: type[dy.Schema]) -> str:
    """The first paragraph of what a table is."""
    return " ".join((schema.__doc__ or "").split("\n\n")[0].split())


def _column(name: str, column: Any) -> str:
    metadata = column.metadata or {}
    unit = f" [{metadata['unit']}]" if metadata.get("unit") else ""
    key = ", key" if column.primary_key else ""
    null = ", may be null" if column.nullable else ""
    field = FIELDS.get(name)
    values = f" ({', '.join(field.values)})" if field and field.values else ""
    meaning = f"{metadata.get('zh', '')}: {column.description or ''}{values}".strip(": ")
    return f"  {name} ({column.dtype}{key}{null}){unit} {meaning}"
