"""The file of answers: what it may hold, and what is said of a line that it may not."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from finding_rows import finding, listing

from analytics.errors import InputError
from analytics.reporting import read_reviews, save_findings

HEADER = "finding_key,answer,corrected_text,note,reviewer,answered_on,seen_printed,seen_computed\n"


def written(folder: Path, *lines: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    file = folder / "reviewed.csv"
    file.write_text(header + "".join(f"{line}\n" for line in lines), encoding=encoding)
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_answers_are_read_as_excel_saves_them(tmp_path: Path, encoding: str) -> None:
    lines = ("甲/1,已说明,,口径不同,王某,2024/3/5,4800000,", "甲/2,,,,,,1,2")
    rows = read_reviews(written(tmp_path, *lines, encoding=encoding))
    assert rows.rows() == [
        ("甲/1", "explained", None, "口径不同", "王某", date(2024, 3, 5), Decimal(4_800_000), None)
    ]


@pytest.mark.parametrize("day", ["2024-03-05", "2024/3/5", "2024年3月5日", "2024.03.05"])
def test_a_day_is_read_in_the_ways_people_write_it(tmp_path: Path, day: str) -> None:
    file = written(tmp_path, f"甲/1,accepted,,,王某,{day},,")
    assert read_reviews(file)["answered_on"].to_list() == [date(2024, 3, 5)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("甲/1,maybe,,,王,2024-1-1,,", r"line 3: no answer 'maybe'.*accepted"),
        ("甲/1,,,为何,,,,", r"line 3: note without an answer"),
        ("甲/1,explained,,,王,2024-1-1,,", r"line 3: an answer 'explained' needs note"),
        ("甲/1,corrected,,,王,2024-1-1,,", r"line 3: .* needs corrected_text"),
        ("甲/1,accepted,,,,2024-1-1,,", r"line 3: .* needs reviewer"),
        ("甲/1,accepted,,,王,2024-13-1,,", r"line 3: '2024-13-1' is no date"),
        ("甲/1,accepted,,,王,昨天,,", r"line 3: '昨天' is no date"),
        ("甲/1,accepted,,,王,2024-1-1,五,", r"line 3: seen_printed '五' is no number"),
        ("甲/0,accepted,,,王,2024-1-1,,", r"line 3: 甲/0 is answered in line 2 already"),
    ],
)
def test_a_line_that_does_not_fit_is_named(tmp_path: Path, line: str, message: str) -> None:
    file = written(tmp_path, "甲/0,accepted,,,王,2024-1-1,,", line)
    with pytest.raises(InputError, match=message):
        read_reviews(file)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("finding_key,answer\n", "lacks the columns reviewer, answered_on, seen_printed"),
        (HEADER.replace("note", "remark"), "no column 'remark'"),
        (HEADER.replace("note", "answer"), "has the columns answer twice"),
        ("nothing\n", "lacks the columns finding_key"),
        ("", "lacks the columns finding_key"),
    ],
)
def test_the_columns_are_those_of_the_list(tmp_path: Path, header: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_reviews(written(tmp_path, header=header))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv cannot be read"):
        read_reviews(tmp_path / "none.csv")


def test_the_list_filled_in_is_the_file_of_answers(tmp_path: Path) -> None:
    findings = listing(
        finding("T-SUM-LINES", "一", printed="1234567890.12", computed="3"),
        finding("N-GROWTH", "=二", printed="0.0562", computed="0.05263158", measure_unit="share"),
    )
    file = save_findings(findings, tmp_path / "list.csv")
    with file.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for row in rows:
        row |= {"answer": "accepted", "reviewer": "王某", "answered_on": "2024-03-05"}
    with file.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.DictWriter(handle, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    for copy in (file, save_findings(findings, tmp_path / "x.xlsx", reviews=read_reviews(file))):
        answers = read_reviews(copy)
        seen = findings.select("finding_key", "printed", "computed").sort("finding_key")
        assert answers.select("finding_key", "seen_printed", "seen_computed").rows() == seen.rows()
