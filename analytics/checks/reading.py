"""What the reading of a document left out or could not do, as findings."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import PLACE, Verdict, answers
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.expressions import worded
from analytics.schema.vocabularies import Severity

__all__ = ["left_out", "readable"]

_UNREAD = "no text|code point|too faint|stored result|could not be read|without text|not recognised"
_CHINESE: dict[str, str] = {
    r"(\d+) characters beyond the edge of the page were left out on (.+)": "${2}有${1}个字符超出页边，未读取",
    r"(\d+) characters of a watermark were left out on (.+)": "${2}有${1}个水印字符，未读取",
    r"(\d+) characters have no code point on (.+)": "${2}有${1}个字符没有编码，无法读出",
    r"(\d+) texts were too faint to be read on (.+)": "${2}有${1}处文字过淡，无法读出",
    r"(pages? .+): read from a picture by recognition \(OCR\)": "${1}是图片，经文字识别（OCR）读取",
    r"tables were not looked for by their rules on (.+): too many lines": "${1}线条过多，未按框线找表",
    r"(pages? .+): a picture without text.*": "${1}是图片，没有文字层，未读取",
    r"sheet '(.+)' is hidden and was read": "工作表“${1}”已隐藏，照常读取",
    r"sheet '(.+)': hidden rows were read: (.+)": "工作表“${1}”有隐藏行，照常读取：第${2}行",
    r"sheet '(.+)': hidden columns were read: (.+)": "工作表“${1}”有隐藏列，照常读取：第${2}列",
    r"sheet '(.+)': (\d+) formulas without a stored result are blank.*": (
        "工作表“${1}”有${2}个公式没有保存计算结果，按空白处理；用办公软件打开并保存后可读出"
    ),
    r"converted from doc to docx by LibreOffice": "由LibreOffice从doc转换为docx后读取",
}
"""What readers note, as regular expressions, in Chinese; another note stays as it is."""


@rule(
    "S-READABLE",
    title=("文件各处都能读出", "Every part of the file can be read"),
    equation="no page, character or formula of the file is unreadable",
    why=(
        "读不出的部分没有经过核验，不等于没有问题。",
        "What cannot be read has not been checked, which is not the same as being in order.",
    ),
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    statements=(),
    source="the package's own account of what it read: what cannot be read is said aloud",
    catalogue=("ledger",),
)
def readable(tables: CanonicalTables) -> pl.LazyFrame:
    """Each file: what its reader could not read, one answer a note; one answer where it read all."""
    return _notes(
        tables,
        pl.col("note").str.contains(_UNREAD),
        ("各处都已读出", "every part of it was read"),
        is_suspect=True,
    )


@rule(
    "S-LEFTOUT",
    title=("读取时没有取舍", "Nothing was left out or added in reading"),
    equation="nothing invisible was read, and nothing printed was left out on purpose",
    why=(
        "读取时有取舍的地方，结论应回到原件确认。",
        "Where something was left out or added in reading, conclusions should be confirmed in the original.",
    ),
    family=Family.STRUCTURE,
    severity=Severity.NOTE,
    statements=(),
    source="the package's own account of what it read: what a reader of the page sees otherwise",
    catalogue=("ledger",),
)
def left_out(tables: CanonicalTables) -> pl.LazyFrame:
    """Each file: what was left out, or read although it is hidden, one answer a note."""
    return _notes(
        tables,
        ~pl.col("note").str.contains(_UNREAD),
        ("所见即所读", "what is seen was read"),
        is_suspect=False,
    )


def _notes(
    tables: CanonicalTables, is_meant: pl.Expr, good: tuple[str, str], *, is_suspect: bool
) -> pl.LazyFrame:
    """One answer a note of a file that is meant, or one for a file without such notes."""
    note = pl.col("note")
    noted = tables.files.with_columns(note=pl.col("notes").str.split("；")).explode("note")
    of = ["document_id", "block", "file_name"]
    meant = noted.filter(note.is_not_null(), is_meant)
    nothing = tables.files.join(meant, on=of, how="anti").with_columns(
        note=pl.lit(None, dtype=pl.String)
    )
    chinese = note
    for english, words in _CHINESE.items():
        chinese = chinese.str.replace(f"^{english}$", words)
    chinese = chinese.str.replace(r"^pages? ([\d–, and]+)", "第${1}页").str.replace(
        r"pages? ([\d–, and]+)", "第${1}页"
    )
    place = {name: pl.lit(None, dtype=pl.Int32) for name in PLACE if name not in ("page", "block")}
    frame = pl.concat([rows.select(*of, "note") for rows in (meant, nothing)]).with_columns(
        block=pl.when(pl.col("block") > 0).then("block"),
        page=note.str.extract(r"pages? (\d+)").cast(pl.Int32),
        zh=chinese,
        statement=pl.lit(None, dtype=pl.String),
        **place,
    )
    return answers(
        frame,
        key=pl.concat_str(["file_name", note], separator="/", ignore_nulls=True),
        subject=worded("文件“{}”", "file_name"),
        subject_en=worded("the file “{}”", "file_name"),
        verdict=Verdict(note.is_null(), good, (pl.col("zh"), note)),
        is_suspect=note.is_not_null() & is_suspect,
    )
