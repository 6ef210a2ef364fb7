"""The command line as a user meets it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import quote

import polars as pl
import pytest

from analytics.cli import main
from analytics.store import Panel


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_help_names_every_command_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    for word in ("ingest", "check", "report", "export", "describe", "unreadable input"):
        assert word in out


def test_ingest_says_what_became_of_each_file(
    capsys: pytest.CaptureFixture[str], example_file: Path, tmp_path: Path
) -> None:
    code, out, _ = run(capsys, "ingest", example_file, "--panel", tmp_path / "p")
    assert code == 0
    assert "added" in out
    assert "2 projects" in out


def test_unreadable_input_ends_with_3(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("这里没有报表", encoding="utf-8")
    code, out, _ = run(capsys, "ingest", bad, "--panel", tmp_path / "p")
    assert code == 3
    assert "failed" in out
    assert "no amount is printed" in out


def test_wrong_use_ends_with_2(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(capsys, "ingest", tmp_path / "nowhere")[0] == 2
    assert run(capsys, "no-such-command")[0] == 2
    assert run(capsys, "check", "--panel", tmp_path / "no-panel")[0] == 2
    code, _, err = run(capsys, "describe", "fact")
    assert code == 2
    assert "did you mean 'facts'" in err


def test_check_strict_ends_with_1_on_errors(
    capsys: pytest.CaptureFixture[str], panel_folder: Path
) -> None:
    relaxed, out, _ = run(capsys, "check", "--panel", panel_folder)
    assert relaxed == 0
    assert "5.62" in out
    assert run(capsys, "check", "--panel", panel_folder, "--strict")[0] == 1


def test_check_explains_a_rule_and_names_near_ones(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", "--explain", "n-growth")
    assert code == 0
    assert "why: 增减率是读者最先看的数" in out
    assert "The rate is what readers look at first" in out
    assert out == run(capsys, "describe", "N-GROWTH")[1]
    code, _, err = run(capsys, "check", "--explain", "N-GROWT")
    assert code == 2
    assert "did you mean 'N-GROWTH'" in err


def test_findings_are_written_answered_and_read_back(
    capsys: pytest.CaptureFixture[str], panel_folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "findings.csv"
    wanted = ("check", "--panel", panel_folder, "--strict")
    assert run(capsys, *wanted, "--output", file)[0] == 1
    with file.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    gone = {**rows[0], "finding_key": "别市某局/2024/budget/unit/N-GROWTH/x"}
    for row in (rows[0], gone):
        row |= {"answer": "explained", "note": "口径不同", "reviewer": "王某"}
        row |= {"answered_on": "2024-03-05"}
    rows[1] |= {"answer": "accepted", "reviewer": "王某", "answered_on": "2024-03-05"}
    rows[1] |= {"seen_printed": "1"}
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, rows[0])
        writer.writeheader()
        writer.writerows([*rows, gone])

    code, out, _ = run(capsys, *wanted, "--reviewed", file)
    assert code == 0  # the one error is explained
    assert "explained (王某, 2024-03-05): 口径不同" in out
    assert "accepted (王某, 2024-03-05) - the figures have changed since" in out
    assert "2 answered, of which 1 stale; 1 answers without a finding" in out
    assert "gone  别市某局/2024" in out

    code, _, err = run(capsys, *wanted, "--reviewed", file, "--output", file)
    assert code == 2
    assert "would lose them" in err
    page = tmp_path / "findings.html"
    assert run(capsys, *wanted, "--reviewed", file, "--output", page)[0] == 0
    html = page.read_text(encoding="utf-8")
    assert "已接受或说明（1）" in html
    assert "所核对的数字已与答复时不同" in html
    assert "别市某局/2024" in html

    report = ("report", "--panel", panel_folder, "--output", tmp_path)
    assert run(capsys, *report, "--reviewed", file)[0] == 0
    (shown,) = tmp_path.glob("示例市图书馆*.html")
    assert "已说明：口径不同（王某，2024-03-05）" in shown.read_text(encoding="utf-8")


def test_a_file_of_answers_that_does_not_fit_is_wrong_use(
    capsys: pytest.CaptureFixture[str], panel_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "answers.csv").write_text("finding_key,answer\n", encoding="utf-8")
    code, _, err = run(
        capsys, "check", "--panel", panel_folder, "--reviewed", tmp_path / "answers.csv"
    )
    assert code == 2
    assert "lacks the columns reviewer" in err


def test_export_csv_keeps_amounts_exact(
    capsys: pytest.CaptureFixture[str], panel_folder: Path
) -> None:
    code, out, _ = run(capsys, "export", "facts", "--panel", panel_folder)
    rows = list(csv.DictReader(io.StringIO(out)))
    totals = {
        row["amount_yuan"]
        for row in rows
        if (row["statement"], row["code"], row["fiscal_year"], row["component"])
        == ("budget_summary", "total", "2024", "total")
    }
    assert code == 0
    assert totals == {"5000000.00"}


@pytest.mark.parametrize("table", ["changes", "spending_mix", "unit_costs", "findings"])
def test_export_jsonl_has_a_row_a_line(
    capsys: pytest.CaptureFixture[str], panel_folder: Path, table: str
) -> None:
    code, out, _ = run(capsys, "export", table, "--panel", panel_folder, "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert rows
    assert {row["agency_id"] for row in rows} == {rows[0]["agency_id"]}


def test_exported_changes_say_what_is_in_doubt(
    capsys: pytest.CaptureFixture[str], panel_folder: Path
) -> None:
    _, out, _ = run(capsys, "export", "changes", "--panel", panel_folder)
    rows = csv.DictReader(io.StringIO(out))
    doubted = {row["statement"] for row in rows if row["is_doubted_prior"] == "true"}
    assert doubted == {"operating_expenses"}


def test_export_parquet_needs_a_file(
    capsys: pytest.CaptureFixture[str], panel_folder: Path, tmp_path: Path
) -> None:
    assert run(capsys, "export", "facts", "--panel", panel_folder, "--format", "parquet")[0] == 2
    target = tmp_path / "out" / "facts.parquet"
    arguments = ("export", "facts", "--panel", panel_folder, "--format", "parquet")
    assert run(capsys, *arguments, "--output", target)[0] == 0
    assert pl.read_parquet(target).schema["amount_yuan"] == pl.Decimal(18, 2)


def test_describe_explains_tables_and_rules(capsys: pytest.CaptureFixture[str]) -> None:
    code, listing, _ = run(capsys, "describe")
    assert code == 0
    assert "facts: One row a published number" in listing
    rule = next(
        line.split(":")[0].strip() for line in listing.split("Rules")[1].splitlines() if ":" in line
    )
    assert rule in run(capsys, "describe", rule)[1]
    assert "amount_yuan" in run(capsys, "describe", "facts")[1]


def test_figures_are_passed_on_from_panel_to_panel(
    capsys: pytest.CaptureFixture[str], example_panel: Panel, tmp_path: Path
) -> None:
    target = ("--format", "csv", "--output", tmp_path / "figures")
    code, out, _ = run(capsys, "export", *target, "--panel", example_panel.path)
    assert code == 0
    assert "facts.csv" in out
    code, out, _ = run(capsys, "import", tmp_path / "figures", "--panel", tmp_path / "panel")
    assert code == 0
    assert "1 added" in out
    copy = Panel.open(tmp_path / "panel")
    assert copy.facts.equals(example_panel.facts)
    failed = copy.findings.filter(outcome="fail").select("rule", "statement")
    known = example_panel.findings.filter(outcome="fail").select("rule", "statement")
    assert failed.sort(pl.all()).equals(known.sort(pl.all()))


def test_a_report_asks_for_the_stage_where_a_year_has_two(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    figures = Path(__file__).parents[2] / "data" / "figures"
    assert run(capsys, "import", figures, "--panel", tmp_path / "p")[0] == 0
    wanted = ("report", "--panel", tmp_path / "p", "--output", tmp_path / "r")
    wanted += ("--agency", "西南大学")
    code, _, err = run(capsys, *wanted)
    assert code == 2
    assert "name one: budget, final" in err
    assert run(capsys, *wanted, "--stage", "final")[0] == 0
    assert [path.name for path in (tmp_path / "r").glob("*.html")] == [
        "西南大学-2024-final-department.html"
    ]


def test_a_report_on_all_agencies_leads_to_the_report_of_each(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    figures = Path(__file__).parents[2] / "data" / "figures"
    assert run(capsys, "import", figures, "--panel", tmp_path / "p")[0] == 0
    code, _, _ = run(
        capsys,
        "report",
        "--all",
        "--year",
        "2018",
        "--panel",
        tmp_path / "p",
        "--output",
        tmp_path / "r",
    )
    assert code == 0
    page = (tmp_path / "r" / "overview-2018-budget.html").read_text(encoding="utf-8")
    # the totals of 2018 and 2017 that the two budgets print, in 万元
    for amount in ("33,172.15", "28,849.38", "21,955.35", "17,996.68"):
        assert amount in page
    for name in ("江苏省高级人民法院", "江苏省人民检察院"):
        single = f"{name}-2018-budget-department.html"
        assert (tmp_path / "r" / single).exists()
        assert quote(single) in page
    assert page.index("江苏省高级人民法院") < page.index("江苏省人民检察院")
    code, _, err = run(capsys, "report", "--all", "--agency", "某局", "--panel", tmp_path / "p")
    assert (code, "--all takes no --agency" in err) == (2, True)
