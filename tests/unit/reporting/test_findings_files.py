"""The list of findings as files: what stands in them, and that text stays text."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from finding_rows import finding, listing

from analytics.errors import InputError
from analytics.reporting import save_findings

FINDINGS = listing(
    finding("T-ROW-FUNDS", "合计", printed="480", computed="430.5", page=3, line=27),
    finding("T-SUM-LINES", "随", printed="1", computed="9", root="T-ROW-FUNDS/d1/合计"),
    finding("N-REASON", "=1+1", severity="note", state="needs_reply", sentence="@SUM(A1)"),
)


def test_json_keeps_numbers_exact(tmp_path: Path) -> None:
    file = save_findings(FINDINGS, tmp_path / "new" / "list.json", lang="en")
    first, follower, note = json.loads(file.read_text(encoding="utf-8"))
    assert (first["printed"], first["computed"], first["difference"]) == ("480", "430.5", "49.5")
    assert (first["page"], first["line"], first["weight_share"]) == (3, 27, 0.0495)
    assert first["message_en"] == "合计 does not hold."
    assert "message_zh" not in first
    assert follower["root_key"] == first["finding_key"]
    assert note["printed"] is None


def test_csv_opens_in_excel_and_runs_nothing(tmp_path: Path) -> None:
    file = save_findings(FINDINGS, tmp_path / "list.csv")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["rule"] for row in rows] == ["T-ROW-FUNDS", "T-SUM-LINES", "N-REASON"]
    assert rows[2]["sentence"] == "'@SUM(A1)"
    assert rows[2]["subject"] == "'=1+1"
    assert rows[0]["difference"] == "49.5"
    assert {row["answer"] for row in rows} == {""}


def test_a_workbook_offers_the_answers_and_indents_what_follows(tmp_path: Path) -> None:
    file = save_findings(FINDINGS, tmp_path / "list.xlsx")
    sheet = openpyxl.load_workbook(file).active
    names = [cell.value for cell in sheet[2]]
    answer, severity = names.index("answer") + 1, names.index("severity") + 1
    offered = sheet.data_validations.dataValidation[0]
    assert offered.formula1 == '"接受,已说明,已更正"'
    assert (
        str(offered.sqref)
        == f"{sheet.cell(3, answer).coordinate}:{sheet.cell(5, answer).coordinate}"
    )
    assert [sheet.cell(row, severity).value for row in (3, 4, 5)] == ["错误", "错误", "提示"]
    assert [sheet.row_dimensions[row].outlineLevel for row in (3, 4, 5)] == [0, 1, 0]
    assert sheet.cell(5, names.index("subject") + 1).data_type == "s"
    assert sheet.cell(1, answer).value == "答复"


@pytest.mark.parametrize("suffix", ["csv", "json", "xlsx"])
def test_the_same_findings_give_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    files = [save_findings(FINDINGS, tmp_path / f"{name}.{suffix}") for name in "ab"]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"a.{suffix}", f"b.{suffix}"]


def test_no_findings_are_a_list_without_rows(tmp_path: Path) -> None:
    for suffix in ("csv", "json", "xlsx"):
        file = save_findings(FINDINGS.clear(), tmp_path / f"none.{suffix}")
        assert file.stat().st_size > 0
    assert json.loads((tmp_path / "none.json").read_text("utf-8")) == []


def test_other_formats_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no format '\.docx'"):
        save_findings(FINDINGS, tmp_path / "list.docx")
    with pytest.raises(InputError, match="needs a panel"):
        save_findings(FINDINGS, tmp_path / "list.html")


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "list.csv").mkdir()
    with pytest.raises(InputError, match=r"list\.csv cannot be written"):
        save_findings(FINDINGS, tmp_path / "list.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]
