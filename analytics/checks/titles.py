"""What the titles of statements say of whose they are and of when."""

from __future__ import annotations

import polars as pl

from analytics.checks.answers import Verdict, answers, statement_label
from analytics.checks.registry import CanonicalTables, Family, rule
from analytics.expressions import worded
from analytics.schema.vocabularies import Scope, Severity, Statement

__all__ = ["title_scope", "title_year"]

_FAMILY = Family.STRUCTURE
_YEAR = r"(20\d\d) ?年"
_NOT_A_SCOPE = (
    r"(?:部门|政府)(?:预算)?(?:支出)?经济(?:分类|科目)|附属单位|主管部门|事业单位|行政单位|上级单位"
)


def _titled(tables: CanonicalTables) -> pl.LazyFrame:
    """Statements that were found with a title, with the scope and year of their document."""
    documents = tables.documents.select("document_id", "fiscal_year", "scope", "agency_name")
    return (
        tables.statements.filter(
            pl.col("statement") != Statement.PERFORMANCE_FORM, pl.col("title").is_not_null()
        )
        .join(documents, on="document_id")
        .with_columns(
            # An agency may have 部门 or a year in its name.
            words=pl.col("title").str.split(pl.col("agency_name")).list.join(""),
            block="source_block",
            row=pl.lit(None, dtype=pl.Int32),
            column=pl.lit(None, dtype=pl.Int32),
        )
    )


@rule(
    "S-TITLE-YEAR",
    title=("表名中的年度与文件一致", "Titles name the year of the document"),
    equation="year in the title of a statement = fiscal year of the document",
    why=(
        "表名还是往年，这张表可能没有更新，数字也可能是旧的。",
        "A title of another year may stand over figures of another year.",
    ),
    family=_FAMILY,
    severity=Severity.WARNING,
    statements=(),
    source="disclosure rules: the form of a statement names its year",
    catalogue=("X17",),
)
def title_year(tables: CanonicalTables) -> pl.LazyFrame:
    """Each statement whose title has a year; one of several years has to be the document's."""
    years = pl.col("words").str.extract_all(_YEAR).list.eval(pl.element().str.head(4))
    dated = (
        _titled(tables)
        .with_columns(years=years, own_year=pl.col("fiscal_year").cast(pl.String))
        .filter(pl.col("years").list.len() > 0)
    )
    return answers(
        dated,
        key=["statement"],
        subject=worded("{}“{}”", statement_label("zh"), "title"),
        subject_en=worded("{}, “{}”", statement_label("en"), "title"),
        verdict=Verdict(
            pl.col("years").list.contains(pl.col("own_year")),
            ("年度与文件一致", "names the year of the document"),
            (
                worded("表名不是{}年", "own_year"),
                worded("the title is not of {}", "own_year"),
            ),
        ),
    )


@rule(
    "S-TITLE-SCOPE",
    title=("表名中的“部门”“单位”与文件一致", "Titles name the scope of the document"),
    equation="部门 or 单位 in the title of a statement = the scope of the document",
    why=(
        "部门与单位口径不同，表名写错会让人把两种数当成一种。",
        "Department and unit are different sums; a wrong title makes readers take one for the "
        "other.",
    ),
    family=_FAMILY,
    severity=Severity.NOTE,
    statements=(),
    source="disclosure rules: a department and each of its units publish separately",
    catalogue=("X17",),
)
def title_scope(tables: CanonicalTables) -> pl.LazyFrame:
    """Each statement whose title says 部门 or 单位; the names of classifications say neither."""
    said = pl.col("words").str.replace_all(_NOT_A_SCOPE, "")
    has_department, has_unit = (said.str.contains(scope.zh) for scope in Scope)
    scoped = (
        _titled(tables)
        .with_columns(
            said_scope=pl.when(has_department & ~has_unit)
            .then(pl.lit(str(Scope.DEPARTMENT)))
            .when(has_unit & ~has_department)
            .then(pl.lit(str(Scope.UNIT)))
        )
        .filter(pl.col("said_scope").is_not_null())
    )
    own = {
        lang: pl.col("scope").replace_strict(
            {str(each): each.label(lang) for each in Scope}, return_dtype=pl.String
        )
        for lang in ("zh", "en")
    }
    return answers(
        scoped,
        key=["statement"],
        subject=worded("{}“{}”", statement_label("zh"), "title"),
        subject_en=worded("{}, “{}”", statement_label("en"), "title"),
        verdict=Verdict(
            pl.col("said_scope") == pl.col("scope"),
            ("口径与文件一致", "names the scope of the document"),
            (
                worded("文件是{}口径，表名不是", own["zh"]),
                worded("the document is of a {}, the title is not", own["en"]),
            ),
        ),
    )
