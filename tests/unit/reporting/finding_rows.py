"""Listed findings from rows that state only what they are about."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
from dataframely import Schema

from analytics.reporting.findings import listed
from analytics.schema.tables import Documents, Facts, Findings, column_types


def frame(schema: type[Schema], rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows of a table; what they do not state is null."""
    return pl.DataFrame(rows, schema=column_types(schema))


def document(document_id: str = "d1", **columns: Any) -> dict[str, Any]:
    return {
        "document_id": document_id,
        "file_name": f"{document_id}.txt",
        "agency_id": "甲市某局",
        "agency_name": "甲市某局",
        "fiscal_year": 2024,
        "stage": "budget",
        "scope": "unit",
    } | columns


def finding(rule: str, key: str, *, document_id: str = "d1", **columns: Any) -> dict[str, Any]:
    """A failed check; ``printed`` and ``computed`` are amounts in yuan unless said otherwise."""
    numbers = {
        name: Decimal(columns.pop(name)) for name in ("printed", "computed") if name in columns
    }
    if len(numbers) == 2:
        numbers["difference"] = numbers["printed"] - numbers["computed"]
    return (
        {
            "finding_id": f"{rule}/{document_id}/{key}",
            "document_id": document_id,
            "agency_id": "甲市某局",
            "fiscal_year": 2024,
            "rule": rule,
            "family": "inside_statement",
            "outcome": "fail",
            "severity": "error",
            "statement": "budget_summary",
            "subject": key,
            "measure_unit": "yuan",
            "message_zh": f"{key}不符。",
            "message_en": f"{key} does not hold.",
            "state": "confirmed",
        }
        | numbers
        | columns
    )


def total(amount: str, document_id: str = "d1") -> dict[str, Any]:
    return {
        "document_id": document_id,
        "code": "total",
        "amount_yuan": Decimal(amount),
        "value_kind": "printed",
    }


def listing(
    *findings: dict[str, Any],
    documents: list[dict[str, Any]] | None = None,
    facts: list[dict[str, Any]] | None = None,
) -> pl.DataFrame:
    """Those findings, listed; of one document with a total of 1,000 yuan unless said otherwise."""
    return listed(
        frame(Documents, documents or [document()]),
        frame(Findings, list(findings)),
        frame(Facts, facts or [total("1000")]),
    )
