"""Codes and their names, against the dated lists of classifications and among themselves.

The lists are not complete, and their entries are known with unequal certainty. A code that a list
does not have proves nothing; a name fails only against an entry that two sources print.
"""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import PLACE, Verdict, among, answers, printed_facts, statement_label
from analytics.checks.lines import CODE, IS_WHOLE, statement_facts
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.expressions import worded
from analytics.reference.classifications import economic_pairs, entries
from analytics.schema.vocabularies import (
    Classification,
    Outcome,
    Repair,
    Severity,
    Statement,
)

__all__ = ["code_class", "code_name", "code_names", "economic_mapping", "economic_split"]

_FAMILY = Family.BETWEEN_STATEMENTS
_LISTED = (Classification.FUNCTION, Classification.ECONOMIC_DEPARTMENT)
_DAMAGED = "|".join([Repair.LABEL_TRUNCATED, Repair.TEXT_TRUNCATED, Repair.RECOGNISED])
_LINE = ["document_id", "classification", "code"]
_CLASS_DIGITS = 3
_ECONOMIC_REFORM = 2018
_PAIR = ["document_id", "code", "counterpart_code"]
_WAGES = ["30101", "30102"]
_CONTRIBUTIONS = ["30108", "30109", "30110", "30112", "30113"]
_OFFICES, _INSTITUTIONS = "501", "505"


def _plain(name: pl.Expr) -> pl.Expr:
    """A name without its spaces, brackets and the word 支出 at its end."""
    return name.str.replace_all(r"[（(][类款项][）)]|[\s（()）]", "").str.strip_suffix("支出")


def _named_lines(tables: CanonicalTables) -> pl.LazyFrame:
    """Lines that print a code and a name, in the order they are printed, with ``called``.

    A code that was found by the name, and a name that broke off, are evidence of nothing.
    """
    guessed = "|".join(
        [Repair.CODE_BY_NAME, Repair.CODE_BY_LIKENESS, Repair.CODE_AMBIGUOUS, Repair.CODE_UNKNOWN]
    )
    lines = (
        printed_facts(
            tables,
            among(pl.col("classification"), _LISTED),
            CODE.str.contains(r"^(\d{3}|\d{5}|\d{7})$"),
            ~pl.col("repairs").fill_null("").str.contains(f"{guessed}|{_DAMAGED}"),
        )
        .with_columns(called=_plain(pl.col("name")))
        .filter(pl.col("called") != "")
        .sort("document_id", "block", "row", "column")
    )
    return tables.once("named_lines", lines)


def _confirmed(classes_only: bool = False) -> pl.LazyFrame:
    """The entries that two sources print: classification, code, official name and years."""
    rows = [
        (str(of), each.code, each.name, each.valid_from, each.valid_to)
        for of in _LISTED
        for each in entries(of)
        if each.is_confirmed or (classes_only and len(each.code) == _CLASS_DIGITS)
    ]
    schema = {
        "classification": pl.String,
        "code": pl.String,
        "official": pl.String,
        "valid_from": pl.Int16,
        "valid_to": pl.Int16,
    }
    return pl.LazyFrame(rows, schema=schema, orient="row")


def _code_answers(
    frame: pl.LazyFrame,
    holds: pl.Expr,
    key: list[str],
    good: tuple[str, str],
    bad: tuple[pl.Expr, pl.Expr],
) -> pl.LazyFrame:
    """An answer for each code that fails, or a single one for a document where none does."""
    judged = frame.with_columns(holds=holds)
    failing = judged.filter(~pl.col("holds"))
    codes = pl.len().alias("codes")
    sound = judged.join(failing, on="document_id", how="anti").group_by("document_id").agg(codes)
    statements = {lang: statement_label(lang) for lang in ("zh", "en")}
    no = pl.lit(value=False)
    return pl.concat(
        [
            answers(
                failing,
                key=key,
                subject=worded("{}“{} {}”", statements["zh"], "code", "name"),
                subject_en=worded("{}, “{} {}”", statements["en"], "code", "name"),
                verdict=Verdict(no, ("", ""), bad),
                is_suspect="is_suspect",
            ),
            answers(
                sound,
                key=pl.lit("all"),
                subject=worded("{}个科目", "codes"),
                subject_en=worded("{} codes", "codes"),
                statement=None,
                verdict=Verdict(~no, good, ("", "")),
                has_place=False,
            ),
        ],
        how="diagonal",
    )


@rule(
    "X-CODE-NAME",
    title=("科目名称与当年科目表一致", "Codes have the name of the official list"),
    equation="name printed with a code = name of the code in the list of the fiscal year",
    why=(
        "编码与名称对不上，就不知道这笔钱该归哪个科目。",
        "If code and name disagree, nobody knows which line the money belongs to.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=(),
    source="the budget classification of the year, as far as two sources confirm it",
    catalogue=("X15",),
)
def code_name(tables: CanonicalTables) -> pl.LazyFrame:
    """Each code of functions and departmental economic classes, where it is first printed.

    Only codes are asked whose name in that year two sources confirm. A document has one answer if
    all of them hold. Where the printed name is
    that of another code, the message says which.
    """
    year = pl.col("fiscal_year")
    from_then, until = pl.col("valid_from").fill_null(year), pl.col("valid_to").fill_null(year)
    known = _confirmed().with_columns(called=_plain(pl.col("official")))
    printed = _named_lines(tables).unique([*_LINE, "called"], keep="first", maintain_order=True)
    dated = (
        printed.join(known.rename({"called": "plain"}), on=["classification", "code"])
        .filter(from_then <= year, year <= until)
        .with_columns(agrees=pl.col("called") == pl.col("plain"))
        .sort("document_id", "block", "row", "column", ~pl.col("agrees"), "official")
        .unique([*_LINE, "called"], keep="first", maintain_order=True)
    )
    elsewhere = known.group_by("classification", "called").agg(
        owner=pl.col("code").sort().first(), owners=pl.col("code").n_unique()
    )
    judged = dated.join(elsewhere, on=["classification", "called"], how="left")
    alone = pl.when((pl.col("owners") == 1) & (pl.col("owner") != CODE))
    suffix_zh = alone.then(worded("；这是{}的名称", "owner")).otherwise(pl.lit(""))
    suffix_en = alone.then(worded("; that is the name of {}", "owner")).otherwise(pl.lit(""))
    return _code_answers(
        judged,
        pl.col("agrees"),
        ["classification", "code", "called"],
        ("名称都与科目表一致", "have the names of the official list"),
        (
            pl.concat_str([worded("科目表中该编码的名称是“{}”", "official"), suffix_zh]),
            pl.concat_str([worded("the official list calls it “{}”", "official"), suffix_en]),
        ),
    )


@rule(
    "X-CODE-NAMES",
    title=("同一科目在各表名称一致", "A code has one name in all statements"),
    equation="name of a code in one statement = its name in every other one",
    why=(
        "同一编码两个名称，说明至少一张表的科目填错了。",
        "One code with two names means that at least one of the statements has the wrong line.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(),
    source="budget classification: a code has one name in a year",
    catalogue=("X15",),
)
def code_names(tables: CanonicalTables) -> pl.LazyFrame:
    """Each code that two statements or more print with a name; one answer where all hold."""
    lines = _named_lines(tables)
    first = lines.unique(_LINE, keep="first", maintain_order=True)
    counted = lines.group_by(_LINE).agg(
        names=pl.col("called").n_unique(), places=pl.struct("statement", "flow").n_unique()
    )
    name = pl.col("name").str.replace_all(r"\s", "")
    several = (
        lines.join(counted.filter(pl.col("names") > 1), on=_LINE, how="semi")
        .group_by(_LINE)
        .agg(all_names=name.unique().sort().str.join("”“"))
    )
    return _code_answers(
        first.join(counted.filter(pl.col("places") > 1), on=_LINE).join(
            several, on=_LINE, how="left"
        ),
        pl.col("names") == 1,
        ["classification", "code"],
        ("在各表名称一致", "have one name each"),
        (worded("有几个名称：“{}”", "all_names"), worded("has several names: “{}”", "all_names")),
    )


@rule(
    "X-CODE-CLASS",
    title=("科目编码属于存在的类", "Every code stands under a class there is"),
    equation="the first three digits of a code are a class of its classification",
    why=(
        "编码的类不存在，这笔支出就归不进任何一类统计。",
        "A code under no class falls out of every statistic.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(),
    source="the budget classification: its classes since 2018",
    catalogue=("X15",),
)
def code_class(tables: CanonicalTables) -> pl.LazyFrame:
    """Each code of functions and departmental economic classes, where it is first printed.

    Asked from 2018 on, when the economic classes became what they are. Classes of every year
    count: that one had ended is not known well enough.
    """
    top = CODE.str.head(_CLASS_DIGITS)
    classes = (
        _confirmed(classes_only=True)
        .select("classification", top=top, is_class=pl.lit(value=True))
        .unique()
    )
    lines = (
        _named_lines(tables)
        .filter(pl.col("fiscal_year") >= _ECONOMIC_REFORM)
        .with_columns(top=top)
        .unique(_LINE, keep="first", maintain_order=True)
    )
    return _code_answers(
        lines.join(classes, on=["classification", "top"], how="left"),
        pl.col("is_class").fill_null(value=False),
        ["classification", "code"],
        ("的类都存在", "stand under a class there is"),
        (worded("没有{}类", "top"), worded("there is no class {}", "top")),
    )


def _economic_lines(tables: CanonicalTables) -> pl.LazyFrame:
    """The lines of basic expenditure that print both economic codes."""
    return statement_facts(
        tables, Statement.BASIC_EXPENDITURE, IS_WHOLE, pl.col("counterpart_code").is_not_null()
    ).sort("document_id", "block", "row", "column")


@rule(
    "X-ECONOMIC-PAIR",
    title=("部门与政府经济科目对应", "Departmental and government classes belong together"),
    equation="(departmental code, government code) is a pair of the official table",
    why=(
        "两套经济科目对应错了，按政府科目汇总的支出就失真。",
        "If the two economic classes do not belong together, totals by government class are wrong.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(Statement.BASIC_EXPENDITURE,),
    source="the table of correspondence between departmental and government economic classes",
    catalogue=("X12",),
    absent=Outcome.NOT_APPLICABLE,
)
def economic_mapping(tables: CanonicalTables) -> pl.LazyFrame:
    """Each line of basic expenditure that prints both codes.

    A departmental code that the table does not have is ``insufficient``.
    """
    schema = ["code", "counterpart_code"]
    table = pl.LazyFrame(sorted(economic_pairs()), schema=schema, orient="row")
    mapped = table.select("code", is_known=pl.lit(value=True)).unique()
    lines = _economic_lines(tables).unique(_PAIR, keep="first", maintain_order=True)
    pair = table.with_columns(is_pair=pl.lit(value=True))
    judged = lines.join(pair, on=schema, how="left").join(mapped, on="code", how="left")
    names = ("code", "name", "counterpart_code", "counterpart_name")
    return answers(
        judged.with_columns(pl.col("counterpart_name").fill_null("")),
        key=schema,
        subject=worded("“{} {}”与“{} {}”", *names),
        subject_en=worded("“{} {}” and “{} {}”", *names),
        statement="statement",
        verdict=Verdict(
            pl.when("is_known").then(pl.col("is_pair").fill_null(value=False)),
            ("两科目对应", "belong together"),
            ("两科目不对应", "do not belong together"),
            ("对应表中没有该部门经济科目", "the table does not have the departmental class"),
        ),
        is_suspect="is_suspect",
    )


@rule(
    "X-ECONOMIC-SPLIT",
    title=("工资分列的，缴费也应分列", "Contributions are split where wages are"),
    equation="wages under 501 and 505 ⇒ each contribution under 501 and 505",
    why=(
        "机关和事业人员的工资分开列了，缴费却只列一边，有一边的人员成本被少算。",
        "If wages of offices and institutions are apart and contributions are not, the staff costs "
        "of one of them are understated.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=(Statement.BASIC_EXPENDITURE,),
    source="government economic classes: 501 pays offices, 505 institutions; usual, not required",
    catalogue=("X12",),
    absent=Outcome.NOT_APPLICABLE,
)
def economic_split(tables: CanonicalTables) -> pl.LazyFrame:
    """Each document whose wages stand under both classes: the contributions under one only.

    Amounts of zero are no payment. Contributions that are not printed at all are not asked.
    """
    payer = pl.col("counterpart_code").str.head(_CLASS_DIGITS)
    paid = _economic_lines(tables).filter(
        pl.col("amount_yuan") != 0, among(payer, [_OFFICES, _INSTITUTIONS])
    )
    payers = payer.n_unique().alias("payers")
    both = 2
    split = (
        paid.filter(among(CODE, _WAGES))
        .group_by("document_id")
        .agg(payers)
        .filter(pl.col("payers") == both)
    )
    lines = (
        paid.filter(among(CODE, _CONTRIBUTIONS))
        .join(split, on="document_id", how="semi")
        .sort("document_id", "block", "row", "column")  # a join keeps no order
        .group_by("document_id", "statement", "code", maintain_order=True)
        .agg(pl.col("name", *PLACE).first(), payers)
    )
    is_one_sided = pl.col("payers") < both
    asked = (
        lines.sort("document_id", ~is_one_sided, "block", "row", "column", "code")
        .group_by("document_id", "statement", maintain_order=True)
        .agg(pl.col(PLACE).first(), one_sided=pl.col("name").filter(is_one_sided))
    )
    named = pl.col("one_sided").list.join("、")
    return answers(
        asked,
        key=["statement"],
        subject=statement_label("zh"),
        subject_en=statement_label("en"),
        verdict=Verdict(
            pl.col("one_sided").list.len() == 0,
            ("缴费与工资一样分列", "contributions are split as wages are"),
            (
                worded("工资分列机关与事业两类，而只列一类的有：{}", named),
                worded("wages stand under 501 and 505, under one of them only: {}", named),
            ),
        ),
    )
