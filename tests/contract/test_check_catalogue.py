"""Every rule is documented and tested, and every label of the catalogue is covered or explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analytics.checks import FAMILIES, LEFT_OUT, Rule, explain, rules

TESTS = Path(__file__).parents[1] / "unit" / "checks"
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(TESTS.glob("test_*.py")))
# Their rules are about files and not about statements.
ABOUT_FILES = {
    "analytics.checks.chain",
    "analytics.checks.codes",
    "analytics.checks.outturn",
    "analytics.checks.reading",
    "analytics.checks.recognised",
    "analytics.checks.titles",
}
LETTERS = {
    "structure": "S",
    "inside_statement": "T",
    "between_statements": "X",
    "narrative": "N",
    "performance_forms": "F",
    "unit_costs": "C",
    "between_documents": "B",
}
# The catalogue of checks by label. "repeat" is its line on repeated indicators, "ledger" the rule
# that every printed number becomes a fact or is set aside.
CATALOGUE = {
    *("T1a", "T1b", "T1c", "T1d", "T1e", "T1f", "T2a", "T2b", "T3a", "T3b"),
    *("T4a", "T4b", "T4c", "T4d", "T4e", "T4f", "T5a", "T5b", "T6a", "T6b", "T6c", "T6d"),
    *("T7", "T8", "T8a", "T8b", "T9", "T10a", "T10b", "T10c", "T11", "T12", "T13"),
    *(f"X{number}" for number in range(1, 18)),
    *(f"N{number}" for number in range(12)),
    *(f"F{number}" for number in range(1, 18)),
    *(f"D{number}" for number in range(1, 10)),
    *(f"B{number}" for number in range(1, 9)),
    *("repeat", "ledger"),
}


@pytest.mark.parametrize("rule", rules().values(), ids=list(rules()))
def test_a_rule_is_documented_in_both_languages(rule: Rule) -> None:
    assert re.fullmatch(r"[STXNFCB](-[A-Z]+)+", rule.code)
    assert rule.code[0] == LETTERS[rule.family.key]
    assert re.search(r"[\u4e00-\u9fff]", rule.title_zh)
    assert re.fullmatch(r"[ -~]+", rule.title_en)
    assert re.fullmatch(r"[^\n]*[\u4e00-\u9fff][^\n]*。", rule.why_zh), "why=(zh, en) is missing"
    assert re.fullmatch(r"[ -~]{30,}\.", rule.why_en), "why=(zh, en) is missing"
    assert "\n" not in rule.equation
    assert len(rule.equation) > 5
    assert len(rule.source) > 5
    assert rule.statements or rule.function.__module__ in ABOUT_FILES
    assert rule.doc.endswith(".")
    for line in (rule.equation, rule.why_zh, rule.why_en, rule.source, rule.doc.splitlines()[0]):
        assert line in explain(rule.code)


@pytest.mark.parametrize("code", list(rules()))
def test_a_rule_has_a_test_that_passes_and_one_that_fails(code: str) -> None:
    snake = code.lower().replace("-", "_")
    by_case = f'"{code}": (' in SOURCE  # a case of a parametrised pair
    missing = [
        word
        for word in ("passes", "fails")
        if not by_case and not re.search(rf"def test_{snake}_(?:never_)?{word}", SOURCE)
    ]
    assert not missing, f"{code} has no test that {' or '.join(missing)}"


def test_every_rule_is_declared_in_a_module_of_a_family() -> None:
    modules = {module.__name__ for module in FAMILIES}
    assert {rule.function.__module__ for rule in rules().values()} == modules


def test_the_catalogue_is_covered_or_explained() -> None:
    covered = {label for rule in rules().values() for label in rule.catalogue}
    assert covered & set(LEFT_OUT) == set()
    assert covered | set(LEFT_OUT) == CATALOGUE
    assert all(rule.catalogue for rule in rules().values())
