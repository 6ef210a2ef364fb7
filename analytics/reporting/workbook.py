"""The tables of the report as an Excel workbook: numbers as numbers, text as text."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from analytics.charts.labels import Lang
from analytics.reporting.data import ReportData
from analytics.schema.fields import FIELDS
from analytics.schema.reviews import ANSWER_FIELDS, ReviewAnswer
from analytics.schema.vocabularies import Vocabulary

__all__ = ["write_findings_sheet", "write_workbook"]

_SHEETS = {
    "changes": ("增减变动", "Changes"),
    "bridge": ("总额桥接", "Bridge"),
    "spending_mix": ("支出结构", "Composition"),
    "mix_summary": ("集中度", "Concentration"),
    "three_public": ("三公经费", "Three public"),
    "head_costs": ("人均", "Per head"),
    "unit_costs": ("单位成本", "Unit costs"),
    "procurement_shares": ("政府采购", "Procurement"),
    "projects": ("项目", "Projects"),
    "indicators": ("绩效指标", "Targets"),
    "mentions": ("文字中的数字", "Figures in texts"),
    "failed": ("不符清单", "What does not hold"),
    "findings": ("核验结果", "Findings"),
    "facts": ("事实", "Facts"),
    "claims": ("文字陈述", "Claims"),
    "statements": ("报表", "Statements"),
    "set_aside": ("另列", "Set aside"),
}
_NARROWEST, _WIDEST, _MEASURED_ROWS = 8, 48, 60
_SAFE_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_workbook(data: ReportData, path: Path, *, lang: Lang) -> None:
    """Write every table behind a report to an Excel file, a sheet each.

    The first row names the columns in the report's language, the second by their field name.
    Amounts are numbers in yuan; text stays text, also where it begins with ``=`` or ``+``. The
    same rows give the same file.

    Raises:
        OSError: The file cannot be written.
    """
    sheets = {**data.results, **data.tables, "failed": data.failed}
    book = _book(path, data.agency_name)
    formats = _formats(book)
    for table, (zh, en) in _SHEETS.items():
        sheet = book.add_worksheet(zh if lang == "zh" else en)
        _write_sheet(sheet, sheets[table], formats, lang)
    book.close()


def write_findings_sheet(findings: pl.DataFrame, path: Path, *, lang: Lang) -> None:
    """Write the list of findings to an Excel file that a person can filter and fill in.

    Words of a vocabulary stand in the report's language. The columns of an answer are set off and
    offer the answers there are; findings that follow from another one are indented under it.

    Args:
        findings: Rows of the list, or some of their columns.
        path: File to write.
        lang: Language of labels.

    Raises:
        OSError: The file cannot be written.
    """
    zh = lang == "zh"
    book = _book(path, "核验结果" if zh else "Findings")
    formats = _formats(book)
    sheet = book.add_worksheet("核验结果" if zh else "Findings")
    shown = findings.with_columns(
        pl.col(name).replace(words)
        for name in findings.columns
        if (words := _words(name, lang)) and findings.schema[name] == pl.String
    )
    _write_sheet(sheet, shown, formats, lang)
    last = shown.height + 1
    for index, name in enumerate(shown.columns):
        if name in ANSWER_FIELDS:
            label = FIELDS[name].zh if zh else name
            sheet.write_string(0, index, label, formats["answer"])
        if name == "answer" and shown.height:
            offered = [answer.label(lang) for answer in ReviewAnswer]
            sheet.data_validation(2, index, last, index, {"validate": "list", "source": offered})
    if "root_key" in shown.columns:
        known = set(shown["finding_key"])
        for row, root in enumerate(shown["root_key"], start=2):
            if root in known:
                sheet.set_row(row, None, None, {"level": 1})
    sheet.outline_settings(True, False, False, False)
    book.close()


def _words(name: str, lang: Lang) -> dict[str, str]:
    """The labels of the values of a column, where it has a closed list."""
    vocabularies: tuple[type[Vocabulary], ...] = FIELDS[name].vocabulary if name in FIELDS else ()
    if name == "answer":
        vocabularies = (ReviewAnswer,)
    return {str(value): value.label(lang) for each in vocabularies for value in each}


def _book(path: Path, title: str) -> xlsxwriter.Workbook:
    # Built in memory and written at once, so that a failure leaves no half file.
    book = xlsxwriter.Workbook(str(path), {**_SAFE_OPTIONS, "in_memory": True})
    book.set_properties({"created": _fixed_date(), "title": title})
    return book


def _formats(book: xlsxwriter.Workbook) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bg_color": "#F5F7F9", "bottom": 1}),
        "answer": book.add_format({"bold": True, "bg_color": "#FFF3D6", "bottom": 1}),
        "name": book.add_format({"font_color": "#5B6770", "italic": True, "bottom": 1}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "share": book.add_format({"num_format": "0.00%"}),
        "text": book.add_format({"num_format": "@"}),
    }


def _fixed_date() -> Any:
    from datetime import UTC, datetime

    return datetime(2000, 1, 1, tzinfo=UTC)


def _write_sheet(sheet: Any, rows: pl.DataFrame, formats: dict[str, Any], lang: Lang) -> None:
    for index, (name, dtype) in enumerate(rows.schema.items()):
        label = FIELDS[name].zh if lang == "zh" and name in FIELDS else name
        sheet.write_string(0, index, label, formats["head"])
        sheet.write_string(1, index, name, formats["name"])
        kind = _kind(name, dtype)
        values = rows[name].to_list()
        for row, value in enumerate(values, start=2):
            _write_cell(sheet, row, index, value, formats.get(kind))
        shown = [label, name, *(str(v) for v in values[:_MEASURED_ROWS] if v is not None)]
        width = max(_display_width(text) for text in shown) + 2
        sheet.set_column(index, index, min(max(width, _NARROWEST), _WIDEST))
    sheet.freeze_panes(2, 0)
    if rows.height:
        sheet.autofilter(1, 0, rows.height + 1, rows.width - 1)


def _kind(name: str, dtype: pl.DataType) -> str:
    if dtype == pl.String:
        return "text"
    if isinstance(dtype, pl.Decimal) and "_yuan" in name:
        return "money"
    return "share" if name.endswith("share") or name == "share_prior" else "plain"


def _write_cell(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, value, style)
        case int() | float() | Decimal():
            sheet.write_number(row, column, value, style)
        case _:
            sheet.write_string(row, column, str(value), style)


def _display_width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text.split("\n", maxsplit=1)[0])
