"""A small disclosure written as text, for testing rules one by one.

Amounts are printed text in 万元 (forms: 元), so that the precision of every figure is the one the
test shows.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl

from analytics.amounts import parse_number, yuan_per_unit
from analytics.checks import run_checks
from analytics.schema.tables import TABLES

_EXPENDITURE, _REVENUE = "expenditure", "revenue"
_DEFAULTS: dict[str, tuple[str, str, str]] = {
    "budget_summary": (_EXPENDITURE, "function", "all"),
    "revenue_summary": (_REVENUE, "function", "all"),
    "expenditure_summary": (_EXPENDITURE, "function", "all"),
    "fiscal_appropriation_expenditure": (_EXPENDITURE, "function", "fiscal_appropriation"),
    "fiscal_appropriation_summary": (_EXPENDITURE, "function", "fiscal_appropriation"),
    "general_public_expenditure": (_EXPENDITURE, "function", "general_public"),
    "basic_expenditure": (_EXPENDITURE, "economic_department", "general_public"),
    "fiscal_basic_expenditure": (_EXPENDITURE, "economic_department", "fiscal_appropriation"),
    "government_fund_revenue": (_REVENUE, "revenue_source", "government_fund"),
    "government_fund_expenditure": (_EXPENDITURE, "function", "government_fund"),
    "state_capital_operations": (_EXPENDITURE, "function", "state_capital"),
    "three_public_expenses": (_EXPENDITURE, "three_public", "fiscal_appropriation"),
    "operating_expenses": (_EXPENDITURE, "unit", "fiscal_appropriation"),
    "project_expenditure": (_EXPENDITURE, "project", "all"),
    "project_carryover": (_EXPENDITURE, "project", "all"),
    "procurement_expenditure": (_EXPENDITURE, "procurement", "all"),
    "performance_form": (_EXPENDITURE, "project", "all"),
}
_FUNDS = {
    "all", "fiscal_appropriation", "general_public", "government_fund", "state_capital",
    "fiscal_special_account", "unit_funds", "service_income", "other_income", "other",
    "central", "local", "self_raised",
}  # fmt: skip
_COMPONENTS = {
    "total", "basic", "project", "personnel", "public", "current", "carryover", "reserve",
    "carried_forward", "education_fees", "term", "annual",
}  # fmt: skip
_TYPES = {name: schema.create_empty().schema for name, schema in TABLES.items()}
_FUND_LINES = {"budget_summary", "revenue_summary", "fiscal_appropriation_summary"}


def money(text: str, unit: str = "万元") -> tuple[Decimal, Decimal]:
    """Yuan and step of a printed amount, its sign included."""
    number = parse_number(text.lstrip("-"))
    if number is None:
        raise ValueError(f"{text!r} is no number")
    factor = yuan_per_unit(unit)
    sign = -1 if text.startswith("-") else 1
    return sign * number.value * factor, number.step * factor


class Doc:
    """One document under construction; every method returns it, so that calls are chained."""

    def __init__(self, document_id: str = "d1", *, stage: str = "budget") -> None:
        self.id = document_id
        self.identity = {
            "agency_id": "某市某局",
            "fiscal_year": 2024,
            "stage": stage,
            "scope": "unit",
        }
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self.block = 0
        self.rows["documents"].append(
            {
                "document_id": self.id,
                "file_name": f"{self.id}.txt",
                "media_type": "text/plain",
                "agency_name": "某市某局",
                "unit_text": "万元",
                "numeric_cell_count": 0,
                "fact_cell_count": 0,
                "set_aside_cell_count": 0,
                "reader": "text",
                "reader_version": "0",
                **self.identity,
            }
        )

    def table(self, statement: str, text: str, **extra: Any) -> Doc:
        """Print a statement, one line a row: ``[+]code[~counterpart][<parent] column:amount …``.

        ``+`` is the revenue side; a column is a component, a fund or ``fund.component``; ``:3.00``
        is the statement's first amount column.
        """
        self.block += 1
        lines = [line.split() for line in text.strip().splitlines()]
        before = len(self.rows["facts"])
        for row, (head, *cells) in enumerate(lines, start=1):
            for column, cell in enumerate(cells, start=2):
                self._fact(statement, head, cell, place=(row, column), extra=extra)
        cell_count = len(self.rows["facts"]) - before
        return self.presence(statement, "present", cells=cell_count)

    def _fact(
        self, statement: str, head: str, cell: str, *, place: tuple[int, int], extra: dict[str, Any]
    ) -> None:
        flow, classification, fund = _DEFAULTS[statement]
        if head.startswith("+"):
            flow, classification, head = _REVENUE, "revenue_source", head[1:]
        head, _, parent = head.partition("<")
        code, _, counterpart = head.partition("~")
        if code in _FUNDS and statement in _FUND_LINES:
            fund = code
        label, _, text = cell.partition(":")
        component = "total"
        for part in filter(None, label.split(".")):
            if part in _FUNDS:
                fund = part
            elif part in _COMPONENTS:
                component = part
            else:
                raise ValueError(f"no column {part!r}")
        if statement == "performance_form" and component == "total":
            component = "annual"
        if code.startswith("unit") and classification == "project":
            classification = "unit"
        unit = "元" if statement == "performance_form" else "万元"
        amount, step = money(text, unit)
        self.rows["facts"].append(
            {
                "document_id": self.id,
                "block": self.block,
                "row": place[0],
                "column": place[1],
                **self.identity,
                "statement": statement,
                "flow": flow,
                "classification": classification,
                "code": code,
                "name": code,
                "parent_code": parent or None,
                "counterpart_code": counterpart or None,
                "fund": fund,
                "component": component,
                "carryover_basis": "included",
                "row_kind": "item",
                "amount_yuan": amount,
                "amount_text": text,
                "unit_text": unit,
                "step_yuan": step,
                "low_yuan": amount - step / 2,
                "high_yuan": amount + step / 2,
                "value_kind": "printed",
                **extra,
            }
        )

    def presence(self, statement: str, presence: str, *, cells: int = 0) -> Doc:
        """Say that a statement is present, empty or missing."""
        self.rows["statements"].append(
            {
                "document_id": self.id,
                "statement": statement,
                "source_block": self.block
                if presence == "present"
                else 90 + len(self.rows["statements"]),
                "presence": presence,
                "numeric_cell_count": cells,
                "fact_cell_count": cells,
                "set_aside_cell_count": 0,
            }
        )
        return self

    def say(
        self,
        statement: str,
        code: str = "total",
        *,
        level: str | None = None,
        change: str | None = None,
        growth: str | None = None,
        share: str | None = None,
        count: str | None = None,
        unit: str = "个",
        block: int | None = None,
        **columns: Any,
    ) -> Doc:
        """Make the narrative say something; money in 万元, growth and share in percent."""
        flow, classification, fund = _DEFAULTS.get(
            statement,
            (
                _EXPENDITURE if count is None else None,
                columns.get("classification", "project_type"),
                None,
            ),
        )
        row: dict[str, Any] = {
            "claim_id": f"{self.id}-{len(self.rows['claims'])}",
            "document_id": self.id,
            "block": block or 200 + len(self.rows["claims"]),
            "row": 1,
            "column": len(self.rows["claims"]) + 1,
            "sentence": "某句。",
            **self.identity,
            "statement": statement,
            "flow": flow,
            "classification": classification,
            "code": code,
            "name": code,
            "fund": fund,
            "component": "total",
            "is_unchanged": False,
            "base_year": 2023,
            "base_stage": "budget",
        }
        if level is not None:
            row["value_yuan"], row["value_step_yuan"] = money(level)
        if change is not None:
            row["change_yuan"], row["change_step_yuan"] = money(change)
        for name, text in (("change_share", growth), ("share", share)):
            if text is not None:
                value, step = money(text, "元")
                row[name], row[f"{name}_step"] = float(value) / 100, float(step) / 100
        if share is not None:
            row["share_base_code"] = "total"
        if count is not None:
            row["value"], row["value_step"] = money(count, "元")
            row["unit"] = unit
        self.rows["claims"].append(row | columns)
        return self

    def form(self, project: str = "甲", **columns: Any) -> Doc:
        """Add a performance form; its money is printed with ``table("performance_form", …)``."""
        self.rows["projects"].append(
            {
                "document_id": self.id,
                "project": project,
                "name": project,
                "agency_id": "某市某局",
                "fiscal_year": 2024,
                "source_block": 50 + len(self.rows["projects"]),
            }
            | columns
        )
        return self

    def target(
        self,
        name: str,
        value: str | None = None,
        *,
        block: str = "annual",
        kind: str = "quantity",
        level2: str = "数量指标",
        comparator: str = "=",
        project: str = "甲",
        **columns: Any,
    ) -> Doc:
        """Add a target to a form."""
        number = parse_number(value) if value is not None else None
        self.rows["indicators"].append(
            {
                "indicator_id": f"{self.id}/{project}/{block}/{name}",
                "document_id": self.id,
                "project": project,
                "agency_id": "某市某局",
                "fiscal_year": 2024,
                "block": block,
                "level2": level2,
                "name": name,
                "value_text": value,
                "comparator": comparator if number else None,
                "value": number and number.value,
                "value_step": number and number.step,
                "unit": "元" if kind == "money" else "个",
                "kind": kind,
                "is_level_repaired": False,
                "source_block": 50,
                "row": len(self.rows["indicators"]) + 1,
                "column": 4,
            }
            | columns
        )
        return self


def tables(*docs: Doc) -> dict[str, pl.DataFrame]:
    """The canonical tables of some documents."""
    built = {}
    for name, types in _TYPES.items():
        rows = [row for doc in docs for row in doc.rows[name]]
        data = {column: [row.get(column) for row in rows] for column in types}
        built[name] = pl.DataFrame(data, schema=types)
    return built


def findings(code: str, *docs: Doc) -> pl.DataFrame:
    """What one rule says about some documents."""
    return run_checks(tables(*docs), rules=[code])


def judged(code: str, *docs: Doc) -> list[tuple[str, str | None, str | None]]:
    """Outcome, printed and computed number of each answer that could be judged, in order."""
    found = findings(code, *docs).filter(pl.col("outcome").is_in(["pass", "fail"]))
    return found.select("outcome", "printed_text", "computed_text").rows()


def outcomes(code: str, *docs: Doc) -> list[str]:
    """The outcomes of one rule, in reading order."""
    return findings(code, *docs)["outcome"].to_list()
