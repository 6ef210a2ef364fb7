"""How numbers of findings are written: unit, separators, printed decimals, rounding."""

import polars as pl
import pytest

from analytics.checks.wording import with_number_texts


def written(
    number: float | None, unit: str | None, step: float | None, more: int = 0
) -> str | None:
    frame = pl.DataFrame(
        {"number": [number], "unit": [unit], "step": [step]},
        schema={"number": pl.Float64, "unit": pl.String, "step": pl.Float64},
    )
    said = with_number_texts(
        frame,
        {"text": pl.col("number")},
        unit=pl.col("unit"),
        step=pl.col("step"),
        more=more,
    )
    assert said.columns == [*frame.columns, "text"]
    text: str | None = said["text"].item()
    return text


@pytest.mark.parametrize(
    ("number", "unit", "step", "text"),
    [
        (1234567.8, "元", 0.1, "1,234,567.8元"),
        (-1234567.8, "元", 0.1, "-1,234,567.8元"),
        (999.0, "元", 1.0, "999元"),
        (1000.0, "元", 1.0, "1,000元"),
        (30_000.0, "万元", 100.0, "3.00万元"),
        (30_000.0, "万元", 10_000.0, "3万元"),
        (-0.2249, "%", 0.0001, "-22.49%"),
        (0.0, "%", 0.0001, "0.00%"),
        (12.0, "人", 1.0, "12人"),
        (1234.0, None, 1.0, "1,234"),
    ],
)
def test_a_number_has_its_unit_and_the_printed_decimals(
    number: float, unit: str | None, step: float, text: str
) -> None:
    assert written(number, unit, step) == text


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (123_456.0, "万元", "12.35万元"),
        (7.0, "元", "7元"),
        (0.5, "%", "50.00%"),
        (3.0, "台", "3台"),
    ],
)
@pytest.mark.parametrize("step", [None, 0.0])
def test_without_a_printed_step_money_and_shares_have_two_decimals(
    number: float, unit: str, text: str, step: float | None
) -> None:
    assert written(number, unit, step) == text


def test_halves_are_rounded_away_from_zero() -> None:
    assert [written(sign * 0.125, "元", 0.01) for sign in (1, -1)] == ["0.13元", "-0.13元"]


def test_more_decimals_show_no_zeros_at_the_end() -> None:
    assert [written(number, "万元", 100.0, more=1) for number in (50.0, 100.0, 10_000.0)] == [
        "0.005万元",
        "0.01万元",
        "1万元",
    ]


def test_no_number_has_no_text() -> None:
    assert written(None, "元", 1.0) is None


def test_several_numbers_are_written_side_by_side_in_a_lazy_frame_too() -> None:
    frame = pl.LazyFrame({"was": [81_000.0], "is": [30_000.0]})
    numbers = {"was_text": pl.col("was"), "is_text": pl.col("is")}
    said = with_number_texts(frame, numbers, unit=pl.lit("万元"), step=pl.lit(100.0)).collect()
    assert said.select("was_text", "is_text").row(0) == ("8.10万元", "3.00万元")
