"""`export` and `import` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.cli import main
from analytics.store import Panel

MAPPING = """
unit = "万元"
[columns]
agency = "单位"
code = "科目"
[amounts."2023年"]
year = 2023
[amounts."2024年"]
year = 2024
[constants]
stage = "budget"
"""


@pytest.mark.parametrize("format", ["csv", "parquet", "xlsx", "fiscal-data-package"])
def test_a_panel_is_exported_and_imported(
    format: str, example_panel: Panel, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / ("panel.xlsx" if format == "xlsx" else "panel")
    given = ["--panel", str(example_panel.path), "--format", format, "--output", str(target)]
    assert main(["export", *given, "--wording"]) == 0
    files = capsys.readouterr().out.split()
    assert all(Path(file).is_file() for file in files)
    assert main(["import", str(target), "--panel", str(tmp_path / "copy")]) == 0
    copy = Panel.open(tmp_path / "copy")
    assert copy.claims.equals(example_panel.claims)
    assert copy.findings.equals(example_panel.findings)


def test_a_table_is_imported_by_its_mapping(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, mapping = tmp_path / "b.csv", tmp_path / "mapping.toml"
    table.write_text("单位,科目,2023年,2024年\n甲局,201,1.00,2.00\n甲局,201,,3.00\n", "utf-8")
    mapping.write_text(MAPPING, "utf-8")
    given = ["import", str(table), "--mapping", str(mapping), "--panel", str(tmp_path / "panel")]
    assert main(given) == 2
    assert "row 3: the same line as row 2" in capsys.readouterr().err
    assert main([*given, "--set-aside"]) == 0
    panel = Panel.open(tmp_path / "panel")
    assert panel.facts.sort("fiscal_year")["amount_text"].to_list() == ["1.00", "2.00"]
    assert panel.set_aside["reason"].to_list() == ["the same line as row 2"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the whole panel goes to --output"),
        (["--format", "jsonl", "--output", "x"], "the whole panel goes to --output"),
        (["facts", "--format", "xlsx"], "one table is written as csv, jsonl or parquet"),
    ],
)
def test_an_export_that_cannot_be_says_why(
    arguments: list[str],
    message: str,
    example_panel: Panel,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["export", *arguments, "--panel", str(example_panel.path)]) == 2
    assert message in capsys.readouterr().err


def test_a_mapping_that_says_something_else_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text("colums = 1\n", "utf-8")
    assert main(["import", "b.csv", "--mapping", str(mapping), "--panel", str(tmp_path)]) == 2
    assert "has colums; it may have amounts, columns" in capsys.readouterr().err
