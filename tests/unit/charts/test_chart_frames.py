from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import altair as alt
import polars as pl
import pytest
from chart_samples import BRIDGE, drawn

from analytics.charts import (
    change_waterfall,
    check_matrix_heatmap,
    mix_bars,
    project_bars,
    three_public_bars,
    unit_cost_dots,
)
from analytics.charts.frames import one_value, take
from analytics.errors import InputError, NotFoundError, SchemaError
from analytics.schema.results import RESULTS, Bridge

CHARTS = {
    change_waterfall: "bridge",
    three_public_bars: "changes",
    mix_bars: "spending_mix",
    unit_cost_dots: "unit_costs",
    check_matrix_heatmap: "check_matrix",
}


@pytest.mark.parametrize("draw", CHARTS, ids=lambda draw: draw.__name__)
@pytest.mark.parametrize(("lang", "words"), [("zh", "无可绘数据"), ("en", "Nothing to draw")])
def test_an_empty_result_says_that_there_is_nothing_to_draw(
    draw: Callable[..., alt.LayerChart], lang: str, words: str
) -> None:
    empty = RESULTS[CHARTS[draw]].create_empty()

    chart = draw(empty, lang=lang)

    assert drawn(chart) == [{"words": words}]


def test_a_frame_without_projects_says_so_too() -> None:
    empty = pl.DataFrame(schema={"name": pl.String, "amount_yuan": pl.Decimal(18, 2)})

    assert drawn(project_bars(empty)) == [{"words": "无可绘数据"}]


@pytest.mark.parametrize("draw", [*CHARTS, project_bars], ids=lambda draw: draw.__name__)
def test_missing_columns_are_named(draw: Callable[..., alt.LayerChart]) -> None:
    with pytest.raises(SchemaError, match=r"lacks the columns .*; it has: colour") as caught:
        draw(pl.DataFrame({"colour": ["blue"]}))

    assert "colour" not in str(caught.value).split(";")[0]


@pytest.mark.parametrize("draw", [*CHARTS, project_bars], ids=lambda draw: draw.__name__)
def test_what_is_no_polars_frame_is_refused(draw: Callable[..., alt.LayerChart]) -> None:
    with pytest.raises(InputError, match="is a list; charts take a polars DataFrame"):
        draw([{"amount_yuan": 1}])


@pytest.mark.parametrize("draw", [*CHARTS, project_bars], ids=lambda draw: draw.__name__)
def test_an_unknown_language_is_refused(draw: Callable[..., alt.LayerChart]) -> None:
    with pytest.raises(NotFoundError, match="no chart language 'de'"):
        draw(pl.DataFrame(), lang="de")


def test_a_column_of_another_type_is_named() -> None:
    frame = pl.DataFrame({"step_order": ["first"], "label_zh": ["总计"]})

    with pytest.raises(SchemaError, match="step_order is String, not a number"):
        take(frame, Bridge, ["step_order", "label_zh"], what="bridge")


@pytest.mark.parametrize("amount", [12.5, Decimal("12.50")])
def test_amounts_are_exact_however_they_came(amount: object) -> None:
    rows = take(pl.DataFrame({"change_yuan": [amount]}), Bridge, ["change_yuan"], what="bridge")

    assert rows == [{"change_yuan": Decimal("12.5")}]


def test_a_lazy_frame_is_collected() -> None:
    frame = pl.LazyFrame({"change_yuan": [None]})

    assert take(frame, Bridge, ["change_yuan"], what="bridge") == [{"change_yuan": None}]


def test_several_agencies_are_not_drawn_as_one() -> None:
    other = BRIDGE.with_columns(agency_id=pl.lit("示例市税务局"))

    with pytest.raises(InputError, match=r"2 values of agency_id: 示例市审批局, 示例市税务局"):
        change_waterfall(pl.concat([BRIDGE, other]))


def test_a_long_list_of_values_is_cut() -> None:
    rows = [{"fiscal_year": year} for year in range(2010, 2024)]

    with pytest.raises(InputError, match=r"14 values of fiscal_year: 2010, .*, 2014 …;"):
        one_value(rows, "fiscal_year", what="mix")
