"""Amounts per member of staff and per resident."""

from __future__ import annotations

import polars as pl

from analytics.analysis.frames import Frame, as_lazy, place_text, result_of, table_of
from analytics.analysis.lines import OWNER_YEAR
from analytics.analysis.real_terms import result_rows
from analytics.errors import InputError
from analytics.expressions import worded
from analytics.schema.results import Heads, PerHead
from analytics.schema.tables import column_types
from analytics.schema.vocabularies import Classification, Topic

__all__ = ["per_head", "staff_counts", "staff_heads"]

_CLAIM = (
    "claim_id",
    "document_id",
    "page",
    "block",
    "row",
    "column",
    "line",
    *OWNER_YEAR,
    "statement",
    "classification",
    "code",
    "name",
    "value",
)
_HEAD_BASIS = {
    "staff_in_post": "staff_in_post",
    "posts_administrative": "posts",
    "posts_institution": "posts",
}
_OWNERS = ("agency_id", "region_code", "stage", "scope")
"""What a count may belong to, beside its year."""
_QUOTIENT = pl.Decimal(38, 8)


def staff_counts(claims: Frame) -> pl.LazyFrame:
    """Count the staff that narratives state, by agency, year, stage and scope, on each basis.

    Args:
        claims: The canonical claims.

    Returns:
        One row an owner, year and basis: ``head_basis``, ``head_count``, ``head_source``.
        ``staff_in_post`` is 实有人员, ``posts`` are administrative and institution posts together,
        each added up over the bodies that the document names. Staff outside the establishment
        (编外) are in neither.

    Raises:
        InputError: Not a table of claims.
    """
    # A body without a name is told apart by its sentence: two of them are not one body said twice.
    body = pl.coalesce("name", "claim_id")
    return (
        as_lazy(claims, table="claims", columns=_CLAIM)
        .filter(
            pl.col("statement") == str(Topic.STAFFING),
            pl.col("classification") == str(Classification.STAFF),
            pl.col("code").is_in(list(_HEAD_BASIS)),
            pl.col("value").is_not_null(),
        )
        .with_columns(
            _body=body, head_basis=pl.col("code").replace_strict(_HEAD_BASIS), _place=place_text()
        )
        .sort("document_id", "block", "row", "column")
        .unique(subset=[*OWNER_YEAR, "code", "_body"], keep="first", maintain_order=True)
        .group_by(*OWNER_YEAR, "head_basis")
        .agg(
            head_count=pl.col("value").sum().cast(pl.Int32),
            head_source=pl.col("_place").sort().str.join("; "),
        )
    )


def staff_heads(claims: Frame) -> pl.DataFrame:
    """The staff that documents state, as counts for :func:`per_head`.

    Grain: one row a basis for each agency, year, stage and scope: ``staff_in_post`` (实有人员) and
    ``posts`` (编制), added up over the bodies that the document names, without staff outside the
    establishment (编外). ``head_date`` is null: the documents state whom they have when they are
    written, and seldom say on which day.

    Args:
        claims: The canonical claims, which state the people (topic ``staffing``).

    Returns:
        A frame that meets :class:`~analytics.schema.results.Heads`, sorted by its key.

    Raises:
        InputError: Not a table of claims.

    Examples:
        With a panel of one disclosure:

        >>> import analytics
        >>> heads = analytics.staff_heads(panel.claims)
        >>> heads.select("fiscal_year", "head_basis", "head_count").rows()
        [(2024, 'posts', 30), (2024, 'staff_in_post', 28)]
    """
    rows = staff_counts(claims).with_columns(
        region_code=pl.lit(None, pl.String), head_date=pl.lit(None, pl.String)
    )
    return result_of(rows, Heads, order=[*OWNER_YEAR, "head_basis"])


def per_head(result: Frame, heads: Frame) -> pl.DataFrame:
    """Divide the amounts of a result by people: staff, or the residents that you count.

    Grain: each row of the result once for each ``head_basis`` of ``heads``.
    ``amount_yuan_per_head`` = amount / people, in yuan to eight decimals; the people are those of
    the row's own year, and where ``heads`` states them of its own region, stage and scope. A year
    without a count is null with a ``head_reason``: no count is carried over from another year. So
    is one with a count of zero.

    Args:
        result: Any table or result with ``fiscal_year`` and ``amount_yuan``, and what the counts
            belong to: ``agency_id`` or ``region_code``.
        heads: Counts of people, rows of :class:`~analytics.schema.results.Heads`: from
            :func:`staff_heads`, or your own, such as residents by region and year. Columns that do
            not apply may be left out; one that is there has no gaps.

    Returns:
        The rows in their order with the columns of :class:`~analytics.schema.results.PerHead`
        added: who was counted, how many, of which date, from which source, and the quotient.

    Raises:
        InputError: The result lacks a column, has counts already or money as float, or a column of
            ``heads`` that tells whom a count belongs to has gaps.
        SchemaError: ``heads`` are not rows of ``Heads``, or count somebody twice.

    Examples:
        A library for the residents of its district, counted in one of the years:

        >>> import analytics
        >>> import polars as pl
        >>> residents = pl.DataFrame({
        ...     "agency_id": ["示例市图书馆"], "fiscal_year": [2020], "head_basis": ["residents"],
        ...     "head_count": [95_000], "head_date": ["2020-11-01"], "head_source": ["census"],
        ... })
        >>> spent = years.filter(stage="final", code="total")
        >>> rows = analytics.per_head(spent, residents)
        >>> rows["amount_yuan_per_head"].to_list()
        [None, None, Decimal('41.00000000')]
        >>> rows["head_date"][2], rows["head_reason_en"][0]
        ('2020-11-01', 'no count of residents for 2018')
    """
    rows = result_rows(result, ("fiscal_year", "amount_yuan"))
    if "head_count" in rows.columns:
        raise InputError("the result has the column head_count already")
    given = result_rows(heads, ("fiscal_year", "head_basis", "head_count"))
    blank = [name for name in column_types(Heads) if name not in given.columns]
    counts = table_of(
        given.with_columns(pl.lit(None).alias(name) for name in blank), Heads, name="heads"
    )
    owners = [name for name in _OWNERS if counts[name].null_count() < counts.height]
    if gaps := [name for name in owners if counts[name].null_count()]:
        raise InputError(
            f"some counts have no {', '.join(gaps)}",
            hint="divide by counts of each kind in a call of its own",
        )
    key = [*owners, "fiscal_year"]
    result_rows(rows, key)
    people = pl.col("head_count").cast(_QUOTIENT)
    bases = counts.lazy().select("head_basis").unique().sort("head_basis")
    is_counted = pl.col("head_count").is_not_null()
    is_nobody = pl.col("head_count") == 0
    divided = (
        rows.lazy()
        .with_columns(pl.col("fiscal_year").cast(pl.Int16))
        .with_row_index("_row")
        .join(bases, how="cross")
        .join(
            counts.lazy().select(*key, "head_basis", "head_count", "head_date", "head_source"),
            on=[*key, "head_basis"],
            how="left",
        )
        .sort("_row", "head_basis")
        .with_columns(
            amount_yuan_per_head=(
                pl.col("amount_yuan").cast(_QUOTIENT) / pl.when(people > 0).then(people)
            ).cast(column_types(PerHead)["amount_yuan_per_head"]),
            head_reason=pl.when(~is_counted)
            .then(worded("{}年没有{}的人数", "fiscal_year", "head_basis"))
            .when(is_nobody)
            .then(pl.lit("人数为零")),
            head_reason_en=pl.when(~is_counted)
            .then(worded("no count of {} for {}", "head_basis", "fiscal_year"))
            .when(is_nobody)
            .then(pl.lit("the count is zero")),
        )
    )
    return divided.select(*rows.columns, *column_types(PerHead)).collect(engine="in-memory")
