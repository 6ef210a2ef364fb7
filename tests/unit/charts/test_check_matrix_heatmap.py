from __future__ import annotations

import polars as pl
import pytest
from chart_samples import CHECK_MATRIX, drawn

from analytics.charts import chart_spec, check_matrix_heatmap
from analytics.errors import InputError


def test_statements_stand_in_the_order_of_a_disclosure() -> None:
    encoding = chart_spec(check_matrix_heatmap(CHECK_MATRIX))["layer"][0]["encoding"]

    assert encoding["y"]["scale"]["domain"] == ["收支总表", "“三公”经费支出表", "政府采购"]


def test_outcomes_have_columns_and_colours_of_their_own() -> None:
    encoding = chart_spec(check_matrix_heatmap(CHECK_MATRIX, "en"))["layer"][0]["encoding"]

    assert encoding["x"]["scale"]["domain"] == [
        "pass",
        "fail",
        "cannot be tested",
        "not applicable",
    ]
    assert encoding["color"]["scale"]["domain"] == encoding["x"]["scale"]["domain"]
    assert len(set(encoding["color"]["scale"]["range"])) == 4


def test_cells_without_a_check_are_blank() -> None:
    cells = drawn(check_matrix_heatmap(CHECK_MATRIX))

    assert [(cell["place"], cell["outcome"], cell["count"]) for cell in cells] == [
        ("“三公”经费支出表", "通过", 4),
        ("“三公”经费支出表", "无法核验", 2),
        ("政府采购", "通过", 1),
        ("收支总表", "通过", 12),
        ("收支总表", "不符", 1),
        ("收支总表", "不适用", 3),
    ]


def test_what_could_not_be_tested_is_marked_beside_its_colour() -> None:
    cells = drawn(check_matrix_heatmap(CHECK_MATRIX))

    assert [cell["outcome"] for cell in cells if cell["is_untested"]] == ["无法核验"]


def test_a_statement_without_any_count_keeps_its_row() -> None:
    empty = pl.DataFrame(
        [("0f", "operating_expenses", "pass", 0)], schema=CHECK_MATRIX.schema, orient="row"
    )

    chart = check_matrix_heatmap(pl.concat([CHECK_MATRIX, empty]))

    assert "机关运行经费表" in chart_spec(chart)["layer"][0]["encoding"]["y"]["scale"]["domain"]


def test_a_place_the_vocabulary_does_not_know_keeps_its_name() -> None:
    frame = pl.DataFrame(
        {"document_id": ["0f"], "statement": ["annex"], "outcome": ["pass"], "item_count": [2]}
    )

    assert drawn(check_matrix_heatmap(frame))[0]["place"] == "annex"


def test_several_documents_are_refused() -> None:
    other = CHECK_MATRIX.with_columns(document_id=pl.lit("1e"))

    with pytest.raises(InputError, match="2 values of document_id"):
        check_matrix_heatmap(pl.concat([CHECK_MATRIX, other]))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_counts_can_be_read_on_every_colour() -> None:
    spec = chart_spec(check_matrix_heatmap(CHECK_MATRIX))
    ink = luminance(spec["layer"][1]["mark"]["color"])

    for colour in spec["layer"][0]["encoding"]["color"]["scale"]["range"]:
        # WCAG 2.2, success criterion 1.4.3: contrast of at least 4.5 to 1
        assert (luminance(colour) + 0.05) / (ink + 0.05) >= 4.5
