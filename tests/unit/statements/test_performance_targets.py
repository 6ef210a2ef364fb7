from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.statements.performance import parse_target


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit", "kind"),
    [
        ("400万平方米", "=", "4000000", "平方米", "quantity"),
        ("＞1，200㎡", ">", "1200", "平方米", "quantity"),
        ("不少于12批次", "≥", "12", "批次", "quantity"),
        ("不低于90%", "≥", "90", "%", "rate"),
        ("达到95%以上", "≥", "95", "%", "rate"),
        ("不超过3次", "≤", "3", "次", "quantity"),
        ("10万元以内", "≤", "100000", "元", "money"),
        ("控制在1.5亿元以内", "≤", "150000000", "元", "money"),
        ("<=0.5‰", "≤", "0.5", "‰", "rate"),
        ("100余项", ">", "100", "项", "quantity"),
        ("63万元", "=", "630000", "元", "money"),
        ("2万元/个", "=", "20000", "元/个", "unit_cost"),
        ("4.5万件", "=", "45000", "件", "quantity"),
        ("26项/个", "=", "26", "项/个", "quantity"),
        ("≥32台、件、套", "≥", "32", "台/件/套", "quantity"),
        ("12次/年", "=", "12", "次/年", "frequency"),
        ("≤3个工作日", "≤", "3", "工作日", "duration"),
        ("两周内", "≤", "2", "周", "duration"),
        ("10日内", "≤", "10", "日", "duration"),
        ("3年", "=", "3", "年", "duration"),
        ("85", "=", "85", None, "quantity"),
    ],
)
def test_targets_with_a_number(
    text: str, comparator: str, value: str, unit: str | None, kind: str
) -> None:
    target = parse_target(text)
    assert str(target.comparator) == comparator
    assert (target.value, target.unit, str(target.kind)) == (Decimal(value), unit, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("9月底前", "deadline"),
        ("2030年5月底前", "deadline"),
        ("12月前", "deadline"),
        ("12月31日前", "deadline"),
        ("年底前", "deadline"),
        ("6至9月", "deadline"),
        ("2030年3月至2031年6月", "deadline"),
        ("第三季度", "deadline"),
        ("每月", "frequency"),
        ("每季度", "frequency"),
        ("按月", "frequency"),
        ("每半年", "frequency"),
        ("合格", "text"),
        ("达到2项国家标准且无投诉", "text"),
        ("20240119095438123", "text"),
        ("", "blank"),
        (None, "blank"),
        ("—", "blank"),
    ],
)
def test_targets_without_a_number(text: str | None, kind: str) -> None:
    target = parse_target(text)
    assert str(target.kind) == kind
    assert (target.value, target.comparator, target.unit) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "unit", "per_unit", "per_period"),
    [
        ("≤3800元/人/月", "元/人/月", "人", "月"),
        ("400元/人·天", "元/人/天", "人", "天"),
        ("0.99元/平方米", "元/平方米", "平方米", None),
        ("5万元/年", "元/年", None, "年"),
    ],
)
def test_unit_costs_name_what_they_are_paid_for(
    text: str, unit: str, per_unit: str | None, per_period: str | None
) -> None:
    target = parse_target(text)
    assert str(target.kind) == "unit_cost"
    assert (target.unit, target.per_unit, target.per_period) == (unit, per_unit, per_period)


def test_precision_follows_the_multiplier() -> None:
    assert parse_target("4.5万件").step == Decimal(1000)
    assert parse_target("0.3元/平方米").step == Decimal("0.1")


@pytest.mark.parametrize("text", ["10-20个", "80%~90%", "5至8天"])
def test_a_range_has_no_single_number(text: str) -> None:
    target = parse_target(text)
    assert target.value is None
    assert str(target.kind) in {"quantity", "rate", "duration"}


@given(
    st.decimals(min_value=0, max_value=10**7, places=2, allow_nan=False),
    st.sampled_from(["≥", ">", "≤", "<", "=", ""]),
    st.sampled_from(["", "万"]),
    st.sampled_from(["人", "平方米", "%", "元", "元/个", "个工作日"]),
)
def test_printed_numbers_come_back_exact(
    number: Decimal, comparator: str, times: str, unit: str
) -> None:
    target = parse_target(f"{comparator}{number:f}{times}{unit}")
    assert target.value == number * (10_000 if times else 1)
    assert str(target.comparator) == (comparator or "=")


@given(st.text(max_size=30))
def test_any_text_is_read(text: str) -> None:
    target = parse_target(text)
    assert (target.value is None) == (target.comparator is None)
