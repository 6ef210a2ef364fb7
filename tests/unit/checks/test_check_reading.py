"""Rules on what the reading left out or could not do."""

from __future__ import annotations

import pytest
from check_rows import Doc, findings


def noted(*notes: str) -> Doc:
    doc = Doc()
    doc.rows["documents"][0]["notes"] = "；".join(notes) or None
    return doc


def test_s_readable_passes() -> None:
    (row,) = findings("S-READABLE", noted("sheet '表1' is hidden and was read")).to_dicts()
    assert (row["outcome"], row["message_zh"]) == ("pass", "文件“d1.txt”：各处都已读出。")


@pytest.mark.parametrize(
    ("note", "page", "chinese"),
    [
        (
            "pages 3–4, 9: a picture without text; install the extra",
            3,
            "文件“d1.txt”：第3–4, 9页是图片，没有文字层，未读取。",
        ),
        (
            "12 characters have no code point on page 7",
            7,
            "文件“d1.txt”：第7页有12个字符没有编码，无法读出。",
        ),
        (
            "sheet '收支总表': 2 formulas without a stored result are blank; open the file",
            None,
            "文件“d1.txt”：工作表“收支总表”有2个公式没有保存计算结果，按空白处理；用办公软件打开并保存后可读出。",
        ),
    ],
)
def test_s_readable_fails(note: str, page: int | None, chinese: str) -> None:
    (row,) = findings("S-READABLE", noted(note)).to_dicts()
    assert (row["outcome"], row["severity"], row["page"]) == ("fail", "warning", page)
    assert row["message_zh"] == chinese
    assert note in row["message_en"]
    assert row["state"] == "reading_suspect"


def test_s_leftout_passes() -> None:
    (row,) = findings("S-LEFTOUT", noted()).to_dicts()
    assert (row["outcome"], row["statement"]) == ("pass", None)


def test_s_leftout_fails_once_for_each_note() -> None:
    doc = noted(
        "5 characters beyond the edge of the page were left out on page 21",
        "sheet '三公': hidden rows were read: 3, 5-7",
        "a reader that nobody knows left something out",
    )
    rows = findings("S-LEFTOUT", doc).to_dicts()
    assert {row["message_zh"] for row in rows} == {
        "文件“d1.txt”：第21页有5个字符超出页边，未读取。",
        "文件“d1.txt”：工作表“三公”有隐藏行，照常读取：第3, 5-7行。",
        "文件“d1.txt”：a reader that nobody knows left something out。",
    }
    assert {(row["outcome"], row["severity"]) for row in rows} == {("fail", "note")}
    assert sorted(row["page"] or 0 for row in rows) == [0, 0, 21]


def with_unit(unit: str | None) -> Doc:
    doc = Doc().table("budget_summary", "total :1.00")
    doc.rows["statements"][0] |= {"unit_text": unit, "page": 4}
    return doc.presence("revenue_summary", "empty")


def test_s_unit_passes() -> None:
    found = findings("S-UNIT", with_unit("万元")).filter(outcome="pass")
    assert found["message_zh"].to_list() == ["收支总表：注明了金额单位。"]


def test_s_unit_fails_and_names_statement_and_page() -> None:
    (row,) = findings("S-UNIT", with_unit(None)).filter(outcome="fail").to_dicts()
    assert row["message_zh"] == (
        "收支总表：没有注明金额单位（第4页），表中数字无法换算成元，均未采用。"
    )
    assert row["message_en"].endswith(
        "prints no unit of money (page 4), so that its figures cannot be turned into yuan and "
        "are not used."
    )
    assert (row["statement"], row["page"], row["state"]) == (
        "budget_summary",
        4,
        "reading_suspect",
    )
