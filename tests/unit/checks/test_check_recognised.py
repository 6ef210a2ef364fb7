"""The rule on figures that were read from pictures."""

from __future__ import annotations

from typing import Any

import pytest
from check_rows import Doc, findings

# A total of two classes, the second of which has one line only.
LINES = """
total basic:60.00 project:40.00 :100.00
201<total basic:60.00 project:10.00 :70.00
2010101<201 basic:60.00 project:10.00 :70.00
208<total project:30.00 :30.00
"""


def outcomes(doc: Doc) -> dict[tuple[int, int], str]:
    rows = findings("S-RECOGNISED", doc).to_dicts()
    return {(row["row"], row["column"]): row["outcome"] for row in rows}


def scanned(lines: str, *more: tuple[str, str], **extra: Any) -> Doc:
    """A statement that was read from a picture, and others of the same document."""
    doc = Doc().table("expenditure_summary", lines, ocr_confidence=0.97)
    for statement, text in more:
        doc.table(statement, text, **extra)
    return doc


def test_s_recognised_passes() -> None:
    """Sums across and down confirm, and so does repeating a figure that they confirm."""
    assert set(outcomes(scanned(LINES)).values()) == {"pass"}
    assert len(outcomes(scanned(LINES))) == 11


def test_s_recognised_fails() -> None:
    row, *_ = findings("S-RECOGNISED", scanned("total :12.00")).to_dicts()
    assert (row["outcome"], row["severity"]) == ("fail", "warning")
    assert row["state"] == "reading_suspect"
    assert row["message_zh"] == (
        "支出总表“total”的12.00：由图像识别（置信度97.0%），没有合计可以印证。"
    )
    assert "read by OCR (97.0 % sure) and confirmed by no sum" in row["message_en"]


@pytest.mark.parametrize(
    ("printed", "read", "places"),
    [
        ("2010101<201 basic:60.00", "2010101<201 basic:80.00", {(3, 2)}),
        ("208<total project:30.00 :30.00", "208<total project:30.00 :80.00", {(4, 3)}),
    ],
)
def test_a_misread_figure_is_confirmed_by_nothing(
    printed: str, read: str, places: set[tuple[int, int]]
) -> None:
    found = outcomes(scanned(LINES.replace(printed, read)))
    assert {place for place, outcome in found.items() if outcome == "fail"} >= places


def test_the_same_mistake_twice_is_not_confirmed() -> None:
    """A figure that only repeats another proves nothing: one print is misread in one way."""
    assert set(outcomes(scanned("total :18.00\n201<total :18.00")).values()) == {"fail"}


def test_a_sum_within_rounding_confirms_nothing() -> None:
    rounded = "total :100.01\n201<total :70.00\n208<total :30.00"
    assert set(outcomes(scanned(rounded)).values()) == {"fail"}


def test_a_zero_confirms_no_other_figure() -> None:
    doc = scanned("total basic:0.00 project:40.00 :40.00\n201<total basic:0.00 :0.00")
    assert outcomes(doc)[1, 3] == "fail"


def test_what_another_statement_confirms_is_sound() -> None:
    summary = ("budget_summary", "total :100.00\n201<total :70.00\n208<total :30.00")
    alone = scanned("201 :70.00", summary, ocr_confidence=0.9)
    assert set(outcomes(alone).values()) == {"pass"}


def test_what_the_file_holds_as_text_confirms_its_scanned_pages() -> None:
    assert outcomes(scanned("201 :70.00", ("budget_summary", "201 :70.00"))) == {(1, 2): "pass"}


def test_text_is_not_asked() -> None:
    assert findings("S-RECOGNISED", Doc().table("expenditure_summary", LINES)).is_empty()


def test_documents_do_not_confirm_each_other() -> None:
    other = Doc("d2").table("expenditure_summary", "total :18.00")
    one = scanned("total :18.00")
    found = findings("S-RECOGNISED", one, other)
    assert found.select("document_id", "outcome").rows() == [("d1", "fail")]
