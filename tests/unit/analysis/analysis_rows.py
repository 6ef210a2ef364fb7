"""Canonical rows with defaults, for tests that state only what they are about."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any

import dataframely as dy
import polars as pl

from analytics.schema.tables import Claims, Facts, Findings, Indicators, Projects

_NUMBER = count(1)


def wan(text: str) -> Decimal:
    """An amount printed in 万元 as exact yuan."""
    return Decimal(text) * 10_000


def fact(amount: str, **columns: Any) -> dict[str, Any]:
    """A fact printed in 万元 with its precision; the expenditure total unless said otherwise."""
    digits = len(amount.partition(".")[2])
    step = Decimal(10_000).scaleb(-digits) if Decimal(amount) or digits else Decimal(0)
    yuan = wan(amount)
    return {
        "document_id": "d2024",
        "page": None,
        "block": 1,
        "row": next(_NUMBER),
        "column": 2,
        "line": 7,
        "column_label": None,
        "agency_id": "甲市某局",
        "fiscal_year": 2024,
        "stage": "budget",
        "scope": "unit",
        "statement": "budget_summary",
        "flow": "expenditure",
        "classification": "function",
        "code": "total",
        "name": "支出总计",
        "parent_code": None,
        "counterpart_code": None,
        "counterpart_name": None,
        "fund": "all",
        "component": "total",
        "carryover_basis": "included",
        "row_kind": "total" if columns.get("code", "total") == "total" else "item",
        "amount_yuan": yuan,
        "amount_text": amount,
        "unit_text": "万元",
        "step_yuan": step,
        "low_yuan": yuan - step / 2,
        "high_yuan": yuan + step / 2,
        "value_kind": "printed",
        "claim_id": None,
        "repairs": None,
    } | columns


def implied(amount: str, half_width: str, **columns: Any) -> dict[str, Any]:
    """A fact of 2023 that the narrative of 2024 implies, known to ± ``half_width`` 万元."""
    row = fact(
        amount, **({"fiscal_year": 2023, "value_kind": "implied", "claim_id": "c1"} | columns)
    )
    middle = row["amount_yuan"]
    return row | {"low_yuan": middle - wan(half_width), "high_yuan": middle + wan(half_width)}


def public(amount: str, **columns: Any) -> dict[str, Any]:
    """The total of the general public budget of the current year."""
    place = {
        "statement": "general_public_expenditure",
        "name": "合计",
        "fund": "general_public",
        "carryover_basis": "excluded",
    }
    return fact(amount, **(place | columns))


def claim(code: str, **columns: Any) -> dict[str, Any]:
    """A claim of the narrative; every statement about money or people is null unless given."""
    number = next(_NUMBER)
    return {
        "claim_id": f"claim-{number}",
        "document_id": "d2024",
        "block": 40,
        "row": 1,
        "column": number,
        "line": 90,
        "sentence": "……",
        "agency_id": "甲市某局",
        "fiscal_year": 2024,
        "stage": "budget",
        "scope": "unit",
        "code": code,
        "is_unchanged": False,
    } | columns


def project(name: str, **columns: Any) -> dict[str, Any]:
    """The form of a project of one year, without money unless given."""
    return {
        "document_id": "d2024",
        "project": name,
        "name": name,
        "agency_id": "甲市某局",
        "fiscal_year": 2024,
        "source_block": 60,
        "period_years": 1,
    } | columns


def indicator(project_name: str, name: str, **columns: Any) -> dict[str, Any]:
    """A cost target of the annual block unless said otherwise."""
    number = next(_NUMBER)
    return {
        "indicator_id": f"d2024/{project_name}/{name}/{columns.get('block', 'annual')}",
        "document_id": "d2024",
        "project": project_name,
        "agency_id": "甲市某局",
        "fiscal_year": 2024,
        "block": "annual",
        "level1": "产出指标",
        "level2": "成本指标",
        "name": name,
        "kind": "unit_cost",
        "value_text": "如文",
        "is_level_repaired": False,
        "source_block": 60,
        "row": number,
        "column": 4,
        "line": 120,
    } | columns


def finding(statement: str | None, outcome: str, **columns: Any) -> dict[str, Any]:
    """An answer of a rule."""
    return {
        "finding_id": f"f{next(_NUMBER)}",
        "document_id": "d2024",
        "agency_id": "甲市某局",
        "fiscal_year": 2024,
        "rule": "R1",
        "family": "within",
        "outcome": outcome,
        "severity": "error",
        "statement": statement,
        "subject": "合计",
        "message_zh": "……",
        "message_en": "...",
        "state": None,
        "root": None,
        "evidence": None,
        "fits_zh": None,
        "fits_en": None,
    } | columns


def facts_frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return _frame(Facts, rows)


def claims_frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return _frame(Claims, rows)


def projects_frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return _frame(Projects, rows)


def indicators_frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return _frame(Indicators, rows)


def findings_frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return _frame(Findings, rows)


def _frame(schema: type[dy.Schema], rows: tuple[dict[str, Any], ...]) -> pl.DataFrame:
    """Rows that the schema accepts: a test cannot use what the reading would never make."""
    types = _types(schema)
    data = {name: [row.get(name) for row in rows] for name in types}
    return schema.validate(pl.DataFrame(data, schema=types, strict=False))


@cache
def _types(schema: type[dy.Schema]) -> pl.Schema:
    return schema.create_empty().schema
