"""One disclosure in two files, one document twice, department and unit of one agency."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from disclosures.spec import DisclosureSpec, example
from disclosures.writing import write

from analytics import changes, ingest, spending_mix
from analytics.analysis import change_bridge
from analytics.cli import main
from analytics.pipeline import IngestResult

AGENCY = "示例市文史馆"
OF_FILES = ["S-READABLE", "S-LEFTOUT"]
SPEC = replace(example(2023, AGENCY), scope="department", prior_total=125_000_00, has_forms=False)
DEFINED = (
    "从预算单位构成看，纳入本部门2023年部门汇总预算编制范围的预算单位共计1家，即市文史馆本级。"
)


def split(spec: DisclosureSpec) -> tuple[str, str, str]:
    """A disclosure as one text, and as a text of its tables and one of its narrative."""
    whole = write(spec)
    _, body = whole.split("第二部分", 1)
    tables, narrative = body.split("第三部分", 1)
    title = f"{spec.year}年度部门预算公开\n\n目 录\n\n"
    # As where the title page is a picture: the narrative says nowhere whose it is.
    said = ("第三部分" + narrative).replace(spec.agency, "本部门")
    return whole, title + "第二部分" + tables, title + DEFINED + "\n\n" + said


def write_files(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def said(result: IngestResult) -> list[tuple[object, ...]]:
    """What the rules say, apart from the file and the place in it."""
    columns = ("rule", "statement", "outcome", "printed", "computed", "message_zh", "sentence")
    found = result.panel.findings.filter(~pl.col("rule").is_in(OF_FILES))
    return sorted(
        (tuple(str(value).replace(AGENCY, "本部门") for value in row) for row in
         found.select(columns).rows()),
    )  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> IngestResult:
    folder = tmp_path_factory.mktemp("whole")
    text, _, _ = split(SPEC)
    return ingest(write_files(folder / "files", whole=text), folder / "panel")


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> IngestResult:
    folder = tmp_path_factory.mktemp("divided")
    _, tables, narrative = split(SPEC)
    files = write_files(folder / "files", a_narrative=narrative, b_tables=tables)
    return ingest(files, folder / "panel")


def test_the_narrative_takes_the_agency_of_the_tables(divided: IngestResult) -> None:
    columns = ("file_name", "agency_id", "fiscal_year", "scope", "identity_basis", "is_current")
    assert sorted(divided.panel.documents.select(columns).rows()) == [
        ("a_narrative.txt", AGENCY, 2023, "department", "sibling", True),
        ("b_tables.txt", AGENCY, 2023, "department", "label", True),
    ]


def test_two_files_give_the_findings_of_one(whole: IngestResult, divided: IngestResult) -> None:
    assert said(divided) == said(whole)
    levels = divided.panel.findings.filter(rule="N-LEVEL", outcome="pass")
    assert levels.height > 10
    assert "fail" not in divided.panel.findings.filter(rule="S-STATEMENTS")["outcome"].to_list()


def test_two_files_give_the_facts_of_one(whole: IngestResult, divided: IngestResult) -> None:
    columns = ["statement", "flow", "code", "fund", "component", "value_kind", "amount_yuan"]
    facts = [result.panel.facts.select(columns) for result in (whole, divided)]
    printed = [rows.filter(value_kind="printed").sort(columns) for rows in facts]
    assert printed[0].equals(printed[1])


def test_parts_meet_in_an_archive_and_when_one_comes_later(tmp_path: Path) -> None:
    _, tables, narrative = split(SPEC)
    archive = tmp_path / "both.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("2023/a.txt", narrative)
        packed.writestr("2023/b.txt", tables)
    result = ingest(archive, tmp_path / "panel")
    assert result.panel.documents["agency_id"].unique().to_list() == [AGENCY]

    files = write_files(tmp_path / "files", a=narrative)
    alone = ingest(files, tmp_path / "later")
    assert alone.panel.documents["agency_id"].to_list() == ["市文史馆"]
    write_files(files, b=tables)
    joined = ingest(files, tmp_path / "later")
    assert dict(joined.files.select("message", "status").rows())
    assert joined.files["status"].to_list() == ["replaced", "added"]
    assert joined.panel.documents["agency_id"].unique().to_list() == [AGENCY]


def test_an_agency_that_is_given_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, _, narrative = split(SPEC)
    nameless = narrative.replace(DEFINED, "")
    files = write_files(tmp_path / "files", a=nameless)
    failed = ingest(files, tmp_path / "panel")
    assert "no agency is named" in failed.failed["message"].item()

    listed = tmp_path / "who.csv"
    listed.write_text(f"file,agency\na.txt,{AGENCY}\nb.txt,{AGENCY}\n", encoding="utf-8")
    result = ingest(files, tmp_path / "panel", identities=listed)
    row = result.panel.documents.row(0, named=True)
    assert (row["agency_id"], row["identity_basis"]) == (AGENCY, "given")
    assert result.failed["file"].to_list() == ["b.txt"]

    panel = ["--panel", str(tmp_path / "third"), "--quiet"]
    assert main(["ingest", str(files / "a.txt"), *panel, "--agency", AGENCY]) == 0
    write_files(files, c=nameless)
    assert main(["ingest", str(files), *panel, "--agency", AGENCY]) == 2
    assert "speak of one file" in capsys.readouterr().err


def test_the_same_file_twice_is_one_document(tmp_path: Path) -> None:
    text, _, _ = split(SPEC)
    result = ingest(write_files(tmp_path / "files", a=text, copy_of_a=text), tmp_path / "panel")
    assert result.files["status"].to_list() == ["added", "unchanged"]
    assert result.panel.documents.height == 1


def test_the_same_disclosure_in_another_format_counts_once(
    whole: IngestResult, tmp_path: Path
) -> None:
    text, _, _ = split(SPEC)
    files = write_files(tmp_path / "files", a=text)
    lines = (f"<p>{line}</p>" if "\t" not in line else line for line in text.split("\n\n"))
    html = "\n".join(_as_html(block) for block in lines)
    (files / "b.html").write_text(f"<html><body>{html}</body></html>", encoding="utf-8")
    result = ingest(files, tmp_path / "panel")
    documents = result.panel.table("documents", editions="all").sort("edition")
    assert documents.select("edition", "is_current").rows() == [(1, False), (2, True)]
    for analysis in (changes, spending_mix):
        columns = [c for c in analysis(whole.panel.facts).columns if not c.startswith("source")]
        once, twice = (analysis(r.panel.facts).select(columns) for r in (whole, result))
        assert twice.equals(once)


def _as_html(block: str) -> str:
    if "\t" not in block:
        return block
    rows = ("".join(f"<td>{cell}</td>" for cell in line.split("\t")) for line in block.split("\n"))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


@pytest.fixture(scope="module")
def both_scopes(tmp_path_factory: pytest.TempPathFactory) -> IngestResult:
    folder = tmp_path_factory.mktemp("scopes")
    specs = {
        f"{scope}_{year}": example(year, AGENCY, scale=scale)
        for scope, year, scale in (("unit", 2023, 1), ("unit", 2024, 2), ("department", 2024, 10))
    }
    texts = {
        name: write(replace(spec, scope=name.split("_")[0], has_forms=False))
        for name, spec in specs.items()
    }
    return ingest(write_files(folder / "files", **texts), folder / "panel")


def test_department_and_unit_stay_apart_where_the_scope_is_left_open(
    both_scopes: IngestResult,
) -> None:
    facts = both_scopes.panel.facts
    for analysis in (changes, spending_mix, change_bridge):
        open_rows = analysis(facts)
        apart = [analysis(facts, scope=scope) for scope in ("department", "unit")]
        assert sum(rows.height for rows in apart) == open_rows.height
        assert pl.concat(apart).sort(pl.all()).equals(open_rows.sort(pl.all()))
    rows = changes(facts, year=2024, scope="department")
    assert rows["amount_prior_yuan"].drop_nulls().is_empty()
    doubled = changes(facts, year=2024, scope="unit")["growth_share"].drop_nulls().unique()
    assert doubled.to_list() == [1.0]


def test_findings_of_department_and_unit_are_of_their_own_document(
    both_scopes: IngestResult,
) -> None:
    panel = both_scopes.panel
    assert panel.documents["is_current"].all()
    failed = panel.findings.filter(rule="N-LEVEL", outcome="fail")
    assert failed.is_empty()
