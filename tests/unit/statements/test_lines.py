"""Balances and the three public expenses, by the names they are printed under."""

from __future__ import annotations

import pytest

from analytics.schema.vocabularies import LineCode, ThreePublic
from analytics.statements.lines import balance_code, is_three_public_name, three_public_code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("收入总计", LineCode.TOTAL),
        ("支出总计", LineCode.TOTAL),
        ("合计", LineCode.TOTAL),
        ("部门合计", LineCode.TOTAL),
        ("本年收入合计", LineCode.CURRENT_TOTAL),
        ("本年支出合计", LineCode.CURRENT_TOTAL),
        ("上年结转", LineCode.CARRYOVER_START),
        ("上年财政拨款结转", LineCode.CARRYOVER_START),
        ("上年结转和结余", LineCode.CARRYOVER_START),
        ("年初财政拨款结转和结余", LineCode.CARRYOVER_START),
        ("年终结转", LineCode.CARRYOVER_END),
        ("年末结转和结余", LineCode.CARRYOVER_END),
        ("结转下年", LineCode.CARRYOVER_END),
        ("结转下年支出", LineCode.CARRYOVER_END),
    ],
)
def test_balances(name: str, code: LineCode) -> None:
    assert balance_code(name) is code


@pytest.mark.parametrize(
    "name", ["教育支出", "合计数据中心运维", "上年结转项目评审", "总计划编制费", "", "一般公共预算"]
)
def test_lines_of_a_classification_are_no_balances(name: str) -> None:
    assert balance_code(name) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("因公出国（境）费", ThreePublic.ABROAD),
        ("因公出国（境）费用", ThreePublic.ABROAD),
        ("公务接待费", ThreePublic.RECEPTION),
        ("公务用车购置及运行费", ThreePublic.VEHICLE),
        ("公务用车购置和运行维护费", ThreePublic.VEHICLE),
        ("公务用车购置费", ThreePublic.VEHICLE_PURCHASE),
        ("公务用车运行维护费", ThreePublic.VEHICLE_OPERATION),
        ("公务用车运行费", ThreePublic.VEHICLE_OPERATION),
        ("合计", ThreePublic.TOTAL),
    ],
)
def test_three_public_expenses(name: str, code: ThreePublic) -> None:
    assert three_public_code(name) is code
    assert is_three_public_name(name)


@pytest.mark.parametrize("part", ["公务", "接待费", "公务用车购置", "及运行费", "境）费"])
def test_part_of_a_three_public_name_is_not_the_whole(part: str) -> None:
    assert not is_three_public_name(part)
