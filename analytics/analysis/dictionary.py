"""The dictionary of classification codes, with what documents print beside what is on record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import polars as pl

from analytics.analysis.frames import Frame, as_lazy, of_year, result_of
from analytics.errors import NotFoundError
from analytics.reference.classifications import CODE_FILES, name_key, read_rows
from analytics.schema.panel_vocabularies import CodeStatus
from analytics.schema.results.codes import CodeDictionary, CodeNames
from analytics.schema.vocabularies import Classification, Repair, ValueKind

__all__ = ["code_dictionary", "code_names"]

_CODE = ("classification", "code")
_LEVELS = {3: "类", 5: "款", 7: "项"}
_FOUND = "|".join(
    str(repair)
    for repair in (
        Repair.CODE_BY_NAME,
        Repair.CODE_BY_LIKENESS,
        Repair.CODE_AMBIGUOUS,
        Repair.CODE_UNKNOWN,
    )
)
_COLUMNS = (
    *_CODE,
    "name",
    "counterpart_code",
    "counterpart_name",
    "agency_id",
    "fiscal_year",
    "value_kind",
    "repairs",
)


def code_dictionary(
    classification: str | None = None, year: int | None = None, *, observed: Frame | None = None
) -> pl.DataFrame:
    """The codes of the classifications, when they are valid, and how well each is known.

    Grain: one row a code in one period of validity. ``valid_from`` and ``valid_to`` are null where
    no year is known, and a code without years is taken to be valid in all. ``code_status`` says how
    sure the row is and ``years_basis`` on what its years rest.

    With ``observed``, rows say what documents print: the names, each with the agencies and years
    that print it, how many agencies print the code, since when and until when, and whether the
    reference has each of these names for it (``is_name_known``). A row of the reference stays as it
    is, whatever is printed; a code that it lacks, or that it has under another name and only for
    other years, gets a row with the status ``printed only`` and the name printed last. Only printed
    codes are evidence: those that were found by a name are left out.

    Args:
        classification: ``function``, ``economic_department``, ``economic_government`` or
            ``revenue_source``; all by default.
        year: Only codes valid in this year, as far as is known, and what is printed in it.
        observed: The canonical facts of documents.

    Returns:
        A frame that meets :class:`~analytics.schema.results.CodeDictionary`, sorted by
        classification, code and period.

    Raises:
        NotFoundError: There is no such classification.
        InputError: ``observed`` is no table of facts.

    Examples:
        >>> import analytics
        >>> codes = analytics.code_dictionary("function", 2017)
        >>> codes.filter(code="207").select("name", "valid_to", "code_status").row(0)
        ('文化体育与传媒支出', 2018, '1 source (2009 vintage)')

        What the invented library prints beside it:

        >>> codes = analytics.code_dictionary("function", 2018, observed=years)
        >>> codes.filter(code="207").select("printed_names", "is_name_known").row(0)
        ('文化体育与传媒支出（2018，1家）', True)
    """
    reference = _reference().filter(_is_wanted(classification))
    if year is not None:
        reference = reference.filter(_is_valid(pl.lit(year)))
    if observed is None:
        rows = reference.lazy()
    else:
        printed = _printed(observed, classification, year)
        rows = _with_printed(reference, printed)
    blank = {
        name: pl.lit(None)
        for name in CodeDictionary.column_names()
        if name not in rows.collect_schema()
    }
    return result_of(
        rows.with_columns(**blank), CodeDictionary, order=[*_CODE, "valid_from", "valid_to"]
    )


def code_names(classification: str | None = None, *, observed: Frame | None = None) -> pl.DataFrame:
    """Every name a code has had: a code with several names was renamed, or is misprinted.

    Grain: one row a name of a code. Of names that the reference has, ``valid_from`` and
    ``valid_to`` are the years of the name; of those that only documents print, they are null and
    the status is ``printed only``. What became of a code is the matter of
    :func:`~analytics.reference.code_links.code_links`.

    Args:
        classification: As in :func:`code_dictionary`.
        observed: The canonical facts of documents.

    Returns:
        A frame that meets :class:`~analytics.schema.results.CodeNames`, sorted by classification,
        code and time.

    Raises:
        NotFoundError: There is no such classification.
        InputError: ``observed`` is no table of facts.

    Examples:
        >>> import analytics
        >>> names = analytics.code_names("function").filter(code="207")
        >>> names.select("name", "valid_from", "valid_to").rows()
        [('文化体育与传媒支出', None, 2018), ('文化旅游体育与传媒支出', 2019, None)]
    """
    reference = (
        _reference()
        .filter(_is_wanted(classification))
        .sort("valid_from", nulls_last=False)
        .group_by(*_CODE, "_key", maintain_order=True)
        .agg(
            pl.col("name", "valid_from", "code_status").first(),
            pl.col("valid_to").last(),
            is_name_known=pl.lit(value=True),
        )
    )
    rows = reference.lazy()
    blank = {
        "printed_agency_count": pl.lit(None),
        "first_printed_year": pl.lit(None),
        "last_printed_year": pl.lit(None),
    }
    if observed is not None:
        printed = (
            _printed(observed, classification, None)
            .group_by(*_CODE, "_key")
            .agg(
                _printed_name=pl.col("name").sort_by("fiscal_year", "name").last(),
                printed_agency_count=pl.col("agency_id").n_unique(),
                first_printed_year=pl.col("fiscal_year").min(),
                last_printed_year=pl.col("fiscal_year").max(),
            )
        )
        rows = rows.join(
            printed.lazy(), on=[*_CODE, "_key"], how="full", coalesce=True
        ).with_columns(
            name=pl.coalesce("name", "_printed_name"),
            code_status=pl.col("code_status").fill_null(str(CodeStatus.PRINTED_ONLY)),
            is_name_known=pl.col("is_name_known").fill_null(value=False),
            _since=pl.coalesce("valid_from", "first_printed_year"),
        )
        blank = {}
    since = pl.col("valid_from") if observed is None else pl.col("_since")
    return result_of(
        rows.with_columns(**blank, _since=since), CodeNames, order=[*_CODE, "_since", "name"]
    )


def _is_wanted(classification: str | None) -> pl.Expr:
    known = [str(kind) for kind in CODE_FILES]
    if classification is None:
        return pl.col("classification").is_in(known)
    if classification not in known:
        raise NotFoundError.for_name("classification of codes", str(classification), known)
    return pl.col("classification") == str(classification)


def _is_valid(year: pl.Expr) -> pl.Expr:
    return (pl.col("valid_from").fill_null(year) <= year) & (
        pl.col("valid_to").fill_null(year) >= year
    )


def _keyed(name: str) -> pl.Expr:
    """Names to compare by: as :func:`name_key` does, and without spaces."""
    compared = pl.col(name).str.replace_all(r"\s", "")
    return compared.str.replace_many(["(", ")"], [name_key("("), name_key(")")])


@cache
def _reference() -> pl.DataFrame:
    rows = [
        {
            "classification": str(classification),
            "code": row["code"],
            "name": row["name"],
            "code_level": row["level"],
            "parent_code": row["parent"] or None,
            "valid_from": int(row["valid_from"]) if row["valid_from"] else None,
            "valid_to": int(row["valid_to"]) if row["valid_to"] else None,
            "code_status": row["status"],
            "years_basis": row.get("years_basis") or None,
            "code_source": "; ".join(
                filter(None, (file_name, _seen(row.get("seen_in_years", ""))))
            ),
        }
        for classification, file_name in CODE_FILES.items()
        for row in read_rows(file_name)
    ]
    years = {"valid_from": pl.Int16, "valid_to": pl.Int16}
    return pl.DataFrame(rows, schema_overrides=years).with_columns(_key=_keyed("name"))


def _seen(years: str) -> str:
    return f"seen in {years.replace(';', ',')}" if years else ""


def _printed(observed: Frame, classification: str | None, year: int | None) -> pl.DataFrame:
    """The codes that documents print, each name in each year of each agency once."""
    facts = as_lazy(observed, table="facts", columns=_COLUMNS).filter(
        pl.col("value_kind") == str(ValueKind.PRINTED),
        ~pl.col("repairs").fill_null("").str.contains(_FOUND),
    )
    keys = ("classification", "code", "name", "agency_id", "fiscal_year")
    beside = facts.select(
        pl.lit(str(Classification.ECONOMIC_GOVERNMENT)).alias("classification"),
        pl.col("counterpart_code").alias("code"),
        pl.col("counterpart_name").alias("name"),
        *keys[3:],
    )
    wanted = pl.concat([facts.select(keys), beside]).filter(
        _is_wanted(classification),
        pl.col("code").str.contains(r"^\d{3}(\d\d){0,2}$"),
        # Some tables print codes alone.
        pl.col("name").str.strip_chars() != "",
    )
    return of_year(wanted, year).unique().with_columns(_key=_keyed("name")).collect()


def _with_printed(reference: pl.DataFrame, printed: pl.DataFrame) -> pl.LazyFrame:
    """The reference with what is printed beside each code, and the codes that it lacks."""
    period = [*_CODE, "valid_from", "valid_to"]
    # In a year that no period has, what is printed belongs to the nearest one that has the name.
    year = pl.col("fiscal_year").cast(pl.Int32)
    away = pl.max_horizontal(
        pl.col("valid_from").cast(pl.Int32) - year, year - pl.col("valid_to").cast(pl.Int32), 0
    )
    placed = (
        printed.join(reference.select(*period, _known="_key"), on=_CODE, how="left")
        .with_columns(_away=away)
        .with_columns(
            _is_strange=(pl.col("_away") > 0) & pl.col("_key").ne_missing(pl.col("_known"))
        )
        .sort("_is_strange", "_away", "valid_from", nulls_last=False)
        .unique([*printed.columns], keep="first", maintain_order=True)
        .with_columns(
            pl.when(~pl.col("_is_strange")).then(pl.col("valid_from", "valid_to", "_known"))
        )
    )
    summed = _summed(placed, period)
    known = reference.join(summed, on=period, how="left", nulls_equal=True).drop("_printed_name")
    digits = pl.col("code").str.len_chars()
    parent = pl.col("code").str.slice(0, digits - 2)
    lacking = summed.join(reference, on=period, how="anti", nulls_equal=True).with_columns(
        name="_printed_name",
        code_level=digits.replace_strict(_LEVELS, return_dtype=pl.String),
        parent_code=pl.when(digits > min(_LEVELS)).then(parent),
        code_status=pl.lit(str(CodeStatus.PRINTED_ONLY)),
        code_source=pl.lit("documents"),
    )
    return pl.concat([known, lacking], how="diagonal").lazy()


def _summed(placed: pl.DataFrame, period: Sequence[str]) -> pl.DataFrame:
    """What is printed of each code, in one row: the names with their years and agencies."""
    names = (
        placed.group_by(*period, "_key")
        .agg(
            pl.col("name").sort_by("fiscal_year", "name").last(),
            _first=pl.col("fiscal_year").min(),
            _last=pl.col("fiscal_year").max(),
            _agencies=pl.col("agency_id").n_unique(),
        )
        .with_columns(
            _text=pl.format(
                "{}（{}，{}家）",
                "name",
                pl.when(pl.col("_first") == pl.col("_last"))
                .then(pl.col("_first").cast(pl.String))
                .otherwise(pl.format("{}–{}", "_first", "_last")),
                "_agencies",
            )
        )
        .group_by(period)
        .agg(printed_names=pl.col("_text").sort_by("_first", "name").str.join("；"))
    )
    counts = placed.group_by(period).agg(
        _printed_name=pl.col("name").sort_by("fiscal_year", "name").last(),
        printed_agency_count=pl.col("agency_id").n_unique(),
        first_printed_year=pl.col("fiscal_year").min(),
        last_printed_year=pl.col("fiscal_year").max(),
        is_name_known=pl.col("_key").eq_missing(pl.col("_known")).all(),
    )
    return counts.join(names, on=period, nulls_equal=True)
