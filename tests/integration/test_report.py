"""The annual comparison report: what it says, that it is safe, that it can be followed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from analytics import InputError, NotFoundError, build_report, ingest
from analytics.reporting import Report
from analytics.schema.tables import TABLES
from analytics.store import Panel, Reading


class Page(HTMLParser):
    """The parts of a page a test asks about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.links.append(value or "")
            elif name == "src":
                self.sources.append(value or "")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def report(sample_panel: Panel) -> Report:
    return build_report(sample_panel)


@pytest.fixture(scope="module")
def page(report: Report) -> Page:
    return Page(report.html)


def test_the_headlines_are_there(page: Page) -> None:
    text = "".join(page.text)
    for figure in ("2,965.95", "3,826.55", "−22.49%", "−12.84%", "−423.80", "8.10", "156.53"):
        assert figure in text
    assert re.search(r"3\.23%?.*0\.03%|0\.03%.*3\.23", text, re.DOTALL)


def test_nothing_can_run_and_nothing_is_fetched(page: Page, report: Report) -> None:
    assert "script" not in page.tags
    assert "default-src 'none'" in report.html
    assert page.sources == []
    assert not re.search(r"url\((?!#|data:font/)", report.html)
    assert all(link.startswith("#") for link in page.links)
    assert not re.search(r"\son\w+\s*=", report.html)


def test_every_link_leads_somewhere(page: Page) -> None:
    assert len(page.links) > 100
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_the_same_panel_gives_the_same_bytes(report: Report, sample_panel: Panel) -> None:
    assert build_report(sample_panel).html == report.html


@pytest.fixture(scope="module")
def hostile(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report, in English, of a disclosure with a project named by a script and a formula."""
    folder = tmp_path_factory.mktemp("hostile")
    text = example_file.read_text(encoding="utf-8")
    evil = "=阅览室<script>alert(1)</script><img src=x onerror=alert(1)>=1+1"
    assert text.count("\t阅览室改造\t") + text.count("\n阅览室改造\t") == 2
    text = re.sub(r"(?<=[\t\n])阅览室改造(?=\t)", evil, text)
    source = folder / "hostile.txt"
    source.write_text(text, encoding="utf-8")
    return build_report(ingest(source, folder / "panel").panel, lang="en")


def test_text_of_a_document_stays_text(hostile: Report, tmp_path: Path) -> None:
    page = Page(hostile.html)
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert "<script>alert（1）</script>" in "".join(page.text)
    _, workbook = hostile.save(tmp_path)
    cells = [
        cell
        for sheet in openpyxl.load_workbook(workbook)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert cells, "the name that begins with = is in the workbook"
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_workbook_holds_the_same_figures(report: Report, tmp_path: Path) -> None:
    page, workbook = report.save(tmp_path)
    assert page.suffix == ".html"
    book = openpyxl.load_workbook(workbook, read_only=True)
    _, names, *rows = book["增减变动"].iter_rows(values_only=True)
    book.close()
    amounts = {row[names.index("amount_prior_yuan")] for row in rows}
    assert {38265500, 34027500, 81000, 1565300} <= amounts
    book = openpyxl.load_workbook(workbook, read_only=True)
    _, names, first, *_ = book["不符清单"].iter_rows(values_only=True)
    book.close()
    assert first[names.index("rule")] == report.data.failed["rule"][0]


def test_english_labels_leave_the_print_as_it_is(hostile: Report) -> None:
    text = "".join(Page(hostile.html).text)
    assert "Key findings" in text
    assert "Three public expenses" in text
    assert "文化旅游体育与传媒支出" in text


@pytest.fixture(scope="module")
def doubtful(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report on a disclosure in which one amount of the summary was changed."""
    folder = tmp_path_factory.mktemp("doubtful")
    text = example_file.read_text(encoding="utf-8")
    (folder / "changed.txt").write_text(text.replace("\t430.00\t", "\t480.00\t", 1), "utf-8")
    return build_report(ingest(folder / "changed.txt", folder / "panel").panel)


def test_a_contradiction_is_shown_once_with_what_follows(doubtful: Report) -> None:
    shown = doubtful.html
    assert shown.count('class="finding error"') == 2
    root = shown.index("各项支出之和550.00万元")
    assert "可能应为" in shown[root:]
    assert root < shown.index("由此而来") < shown.index("支出总表该类430.00万元，相差50.00万元")
    key = shown[: shown.index("<h2>变动")]
    assert "支出总表该类430.00万元" not in key


def test_figures_in_doubt_are_marked_where_they_stand(doubtful: Report) -> None:
    changes = doubtful.data.results["changes"]
    assert changes.filter("is_doubted").select("statement", "code").rows() == [
        ("budget_summary", "207")
    ]
    marks = re.findall(r">([\d.,]+)</a></span><sup class=\"doubt\"", doubtful.html)
    # Last year's operating expenses follow from the sentence with the wrong growth rate.
    assert "38.00" in marks
    assert "500.00" not in marks


def test_figures_in_doubt_are_marked_among_all_that_are_printed(doubtful: Report) -> None:
    evidence = doubtful.html[doubtful.html.index('id="evidence"') :]
    rows = [re.sub(r"<[^>]+>", " ", row) for row in evidence.split("<tr")]
    marked = [row.split() for row in rows if "※" in row]
    # The amount that was changed in the summary, and none of those it was compared with.
    assert [row for row in marked if "480.00" in row]
    assert not [row for row in marked if "430.00" in row or "500.00" in row]


def test_a_report_that_cannot_be_written_leaves_the_one_before(
    doubtful: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, workbook = doubtful.save(tmp_path)
    before = page.read_bytes(), workbook.read_bytes()

    def broken(_path: Path, _mode: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "chmod", broken)
    with pytest.raises(InputError, match=r"\.html cannot be written: No space left on device"):
        doubtful.save(tmp_path)
    assert (page.read_bytes(), workbook.read_bytes()) == before
    assert sorted(tmp_path.iterdir()) == sorted([page, workbook])


def test_a_finding_quotes_its_sentence_and_says_why(doubtful: Report) -> None:
    text = "".join(Page(doubtful.html).text)
    assert "本单位机关运行经费财政拨款预算40.00万元" in text
    assert "增减率是读者最先看的数" in text
    assert "机关运行经费表，文件第 276 行" in text


def test_the_matrix_says_how_each_family_ended(doubtful: Report) -> None:
    (checks,) = (section for section in doubtful.sections if section.key == "checks")
    (matrix,) = checks.tables
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in matrix.rows}
    inside = [column.header for column in matrix.columns].index("表内勾稽") - 1
    assert rows["收支总表"][inside] == "不符 2"
    assert rows["机关运行经费表"][inside].startswith("通过")


def test_unknown_agency_and_year_are_said(sample_panel: Panel) -> None:
    with pytest.raises(NotFoundError, match="no agency '某局'"):
        build_report(sample_panel, agency="某局")
    with pytest.raises(NotFoundError, match="no year '1999'"):
        build_report(sample_panel, year=1999)


def _again(panel: Panel, document: str, **changed: str) -> Reading:
    """The only document of a panel once more, under another id and with other columns."""
    new = {"document_id": document, **changed}
    tables = {}
    for name, schema in TABLES.items():
        rows = panel.table(name).select(schema.column_names())
        ids = [c for c in ("claim_id", "indicator_id", "finding_id") if c in rows.columns]
        tables[name] = rows.with_columns(
            *(pl.lit(value).alias(c) for c, value in new.items() if c in rows.columns),
            *((pl.lit(document) + pl.col(c)).alias(c) for c in ids),
        )
    return Reading(tables)


def test_department_and_unit_are_never_put_together(sample_panel: Panel, tmp_path: Path) -> None:
    panel = Panel.open(tmp_path / "panel", create=True)
    panel.commit([_again(sample_panel, scope, scope=scope) for scope in ("department", "unit")])
    with pytest.raises(InputError, match=r"2 scopes; name one: department, unit"):
        build_report(panel)
    report = build_report(panel, scope="department")
    assert "部门预算" in report.title
    assert report.data.documents["scope"].to_list() == ["department"]
    assert set(report.data.tables["facts"]["scope"]) == {"department"}


def test_budget_and_final_accounts_are_told_apart(sample_panel: Panel, tmp_path: Path) -> None:
    panel = Panel.open(tmp_path / "panel", create=True)
    panel.commit([_again(sample_panel, stage, stage=stage) for stage in ("budget", "final")])
    with pytest.raises(InputError, match=r"2 stages; name one: budget, final"):
        build_report(panel)
    report = build_report(panel, stage="final")
    assert "单位决算" in report.title
    names = {path.name for path in report.save(tmp_path)}
    assert names.isdisjoint(
        path.name for path in build_report(panel, stage="budget").save(tmp_path)
    )


def test_the_fall_of_the_total_is_told_from_that_of_the_general_budget(report: Report) -> None:
    """The text says −22.49% of the total and −12.84% of the general public budget in it."""
    section = next(each for each in report.sections if each.key == "comparability")
    rows = [[cell.text for cell in row] for row in section.tables[0].rows]
    assert [row[:6] for row in rows] == [
        ["收支总表 · 总计", "3,826.55", "−423.80", "−436.80", "2,965.95", "−12.84%"]
    ]
