"""Rules about forms are not asked where nobody publishes a form; nothing is lost by it."""

from __future__ import annotations

import polars as pl

from analytics.checks import engine
from analytics.checks.registry import CanonicalTables, rules
from analytics.schema.vocabularies import Statement
from analytics.store import Panel

OF_FORMS = ("projects", "indicators", "mentions")


def without_forms(panel: Panel) -> dict[str, pl.DataFrame]:
    tables = dict(panel.tables(editions="all"))
    tables |= {name: tables[name].clear() for name in OF_FORMS}
    tables["facts"] = tables["facts"].filter(pl.col("statement") != str(Statement.PERFORMANCE_FORM))
    return tables


def test_rules_about_forms_have_nothing_to_say_without_one(example_panel: Panel) -> None:
    tables = CanonicalTables.of(without_forms(example_panel))
    about_forms = [
        one for one in rules().values() if set(one.statements) == {Statement.PERFORMANCE_FORM}
    ]
    assert len(about_forms) > 40
    said = {one.code: one.function(tables).collect().height for one in about_forms}
    assert {code: height for code, height in said.items() if height} == {}


def test_they_are_answered_for_all_the_same(example_panel: Panel) -> None:
    findings = engine.run_checks(without_forms(example_panel), rules=["F-MONEY", "S-STATEMENTS"])
    assert findings.filter(rule="F-MONEY").select("outcome", "statement").rows() == [
        ("not_applicable", "performance_form")
    ]
