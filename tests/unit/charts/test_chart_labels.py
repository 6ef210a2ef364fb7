from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.charts.labels import (
    check_lang,
    percent_text,
    plain_text,
    unique,
    wan_text,
    width_em,
    word,
    wrap,
)
from analytics.errors import NotFoundError
from analytics.schema.vocabularies import Stage


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        ("29659500", "2,965.95"),
        ("-8606000", "−860.60"),
        ("0", "0.00"),
        ("0.00", "0.00"),
        ("50", "0.01"),
        ("49", "0.0049"),
        ("-1", "−0.0001"),
        ("0.01", "0.000001"),
        ("1234567890123.45", "123,456,789.01"),
    ],
)
def test_yuan_are_written_in_wan_and_never_as_a_false_zero(yuan: str, text: str) -> None:
    assert wan_text(Decimal(yuan), "zh") == text


def test_a_missing_amount_is_a_word_and_not_a_zero() -> None:
    assert wan_text(None, "zh") == "无数据"
    assert wan_text(None, "en") == "n/a"


@pytest.mark.parametrize(("yuan", "text"), [("10000", "+1.00"), ("-10000", "−1.00"), ("0", "0.00")])
def test_a_signed_amount_has_its_sign_unless_it_is_zero(yuan: str, text: str) -> None:
    assert wan_text(Decimal(yuan), "zh", signed=True) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(-0.224904, "−22.49%"), (0.00005, "+0.01%"), (-0.00001, "0.00%"), (12.5, "+1,250.00%")],
)
def test_growth_has_a_sign_unless_it_rounds_to_zero(share: float, text: str) -> None:
    assert percent_text(share, "zh", signed=True) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("100", "100"), ("0.99", "0.99"), ("3800.000", "3,800"), ("0", "0"), ("0.0012", "0.0012")],
)
def test_unit_costs_drop_zeros_that_say_nothing(value: str, text: str) -> None:
    assert plain_text(Decimal(value)) == text


def test_a_word_outside_the_vocabulary_is_refused() -> None:
    assert word(Stage, "budget", "en") == "budget"
    with pytest.raises(NotFoundError, match="no stage 'draft'"):
        word(Stage, "draft", "zh")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(NotFoundError, match="no chart language 'fr'"):
        check_lang("fr")


def test_lines_never_begin_with_a_closing_mark() -> None:
    assert wrap("一二三四五，六七八", 5) == "一二三四五，\n六七八"


def test_numbers_and_words_stay_whole() -> None:
    assert wrap("购置24小时自助终端2,965.95元", 7).split("\n") == [
        "购置24小时",
        "自助终端",
        "2,965.95元",
    ]


def test_an_overlong_word_is_broken_rather_than_run_over() -> None:
    assert all(width_em(line) <= 6 for line in wrap("x" * 80, 6).split("\n"))


_TEXTS = st.text("预算支出（项目）费，ab1. ", min_size=1, max_size=90)


@given(_TEXTS, st.integers(4, 20))
def test_wrapping_loses_only_spaces(text: str, em: int) -> None:
    assert "".join(wrap(text, em).split()) == "".join(text.split())


@given(_TEXTS, st.integers(4, 20), st.integers(1, 3))
def test_a_limit_of_lines_is_kept_and_shown(text: str, em: int, lines: int) -> None:
    whole, cut = wrap(text, em), wrap(text, em, lines=lines)

    assert cut.count("\n") < lines
    assert cut == whole or cut.endswith("…")


@given(st.lists(st.sampled_from("甲乙丙"), max_size=8))
def test_unique_labels_are_unique_and_keep_their_place(labels: list[str]) -> None:
    done = unique(labels)

    assert len(set(done)) == len(labels)
    assert [label[0] for label in done] == labels
