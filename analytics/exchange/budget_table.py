"""Budgets of any other source: a table whose columns are declared becomes readings of documents."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import polars as pl

from analytics.analysis.frames import Frame
from analytics.errors import InputError
from analytics.exchange.figures import as_readings
from analytics.exchange.foreign_package import is_package, package_tables
from analytics.exchange.lines import read_lines
from analytics.exchange.mapping import TableMapping
from analytics.exchange.sources import SourceTable, read_source
from analytics.expressions import worded
from analytics.schema.fields import IDENTITY
from analytics.schema.tables import TABLES, column_types, conform
from analytics.schema.vocabularies import IdentityBasis, LineCode, Presence, RowKind, ValueKind
from analytics.store import Reading
from analytics.version import __version__

__all__ = ["read_budget_table"]

_SHOWN_FAULTS = 10
_GROUP = ("document_id", "statement", "flow", "classification")


def read_budget_table(
    source: str | Path | Frame,
    columns: Mapping[str, str] | None = None,
    *,
    unit: str,
    constants: Mapping[str, Any] | None = None,
    amounts: Mapping[str, Mapping[str, Any]] | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
    step: str | Decimal | float | None = None,
    sheet: str | None = None,
    name: str | None = None,
    on_error: Literal["raise", "set_aside"] = "raise",
) -> list[Reading]:
    r"""Read budgets of any other source, by declaring which of its columns means what.

    The table has a line for each code, or name, of each agency, year and stage. Every amount
    becomes a fact with the place it stands at; every agency, year, stage and scope becomes a
    document of its own, which names the file. Committed to a panel, they are compared and broken
    down as any other.

    What a column may mean: ``agency``, ``year``, ``stage``, ``amount``, and ``code`` or ``name``,
    which must be there; ``region`` (a name, or a six-digit code, put before the agency's name),
    ``scope``, ``statement``, ``flow``, ``classification``, ``fund``, ``component``,
    ``carryover_basis``, ``parent`` (code of the line above), ``counterpart`` (government economic
    class) and ``currency``. Where neither a column nor a constant says so, the lines are
    expenditure of a department by function, of all funds, in total, with carry-over; the statement
    follows from classification and flow. Words of closed lists may be those of the vocabularies
    or their labels in Chinese or English; ``values`` says what other words stand for.

    A blank amount is no fact, and counted in the notes of its document. The precision of an amount
    is that of its digits, ``12.50`` being known to a hundredth; where they do not show it, as in
    binary numbers, it is declared as ``step``. A name that is missing is taken from the dictionary
    of codes and marked ``label_missing``; a missing code is taken from there where the name has
    only one, and marked ``code_by_name``. A line is part of the line with the longest code that its
    own begins with, where the table has one, else of the total.

    Args:
        source: A CSV, Excel (.xlsx) or Parquet file; a frame of polars or one that has an Arrow C
            stream (pandas, pyarrow, DuckDB); or the ``datapackage.json`` of a Fiscal Data Package,
            whose column types say what its columns mean.
        columns: Column by what it means. For a package, only what its descriptor does not say.
        unit: Unit of money of the amounts: 元, 千元, 万元, 百万元 or 亿元.
        constants: What is the same for all lines: ``{"stage": "budget"}``.
        amounts: Where several columns hold amounts, in the place of ``columns["amount"]``: what is
            special to each, as in ``{"2023年": {"year": 2023}, "2024年": {"year": 2024}}``.
        values: What words of the table stand for: ``{"stage": {"二上": "budget"}}``.
        step: Precision of all amounts, in their unit.
        sheet: Sheet of a workbook; found by its columns if one only has them.
        name: What a frame is called in the panel.
        on_error: What to do about lines that cannot be taken, because of an amount that is no
            number, a year or agency that is missing, a word that is not known, or because the same
            line stands there twice: ``raise`` names them in an error; ``set_aside`` takes the
            others and keeps these, with the reason, in ``set_aside`` of their document, or where
            that is not known of the one above them.

    Returns:
        One reading a document, sorted by agency, year, stage and scope.

    Raises:
        NotFoundError: ``columns`` and the like name a role, or ``sheet`` a sheet, that is not there.
        InputError: The file cannot be read, a declaration is missing, or lines cannot be taken.

    Examples:
        >>> import analytics
        >>> table = folder / "spending.csv"
        >>> text = "单位,年度,科目,预算数\n甲市图书馆,2023,207,350.00\n甲市图书馆,2024,207,380.50\n"
        >>> written = table.write_text(text, encoding="utf-8")
        >>> readings = analytics.read_budget_table(
        ...     table,
        ...     {"agency": "单位", "year": "年度", "code": "科目", "amount": "预算数"},
        ...     unit="万元",
        ...     constants={"stage": "budget"},
        ... )
        >>> store = analytics.Panel.open(folder / "store", create=True)
        >>> str(store.commit(readings))
        '2 added, 0 replaced, 0 unchanged, 0 outdated, 0 superseded'
        >>> changed = analytics.changes(store.facts, year=2024)
        >>> changed.select("code", "name", "amount_prior_yuan", "change_yuan").rows()
        [('207', '文化旅游体育与传媒支出', Decimal('3500000.00'), Decimal('305000.00'))]
    """
    if on_error not in ("raise", "set_aside"):
        raise InputError(f"on_error is {on_error!r}", hint="give 'raise' or 'set_aside'")
    declared = {
        "unit": unit,
        "constants": constants or {},
        "amounts": amounts or {},
        "values": values or {},
        "step": step,
    }
    if is_package(source):
        tables = package_tables(Path(str(source)), columns or {}, declared)
    else:
        mapping = TableMapping.of(columns=columns or {}, **declared)
        tables = [(read_source(source, mapping.wanted, sheet=sheet, name=name), mapping)]
    lines = read_lines(tables)
    where = tables[0][0].file_name
    faulty = lines.filter(pl.col("fault").is_not_null() & pl.col("amount_raw").is_not_null())
    good = lines.filter(pl.col("fault").is_null() & pl.col("amount_raw").is_not_null())
    if good.is_empty() or (on_error == "raise" and not faulty.is_empty()):
        raise InputError(*_complaint(where, lines.height, faulty))
    return as_readings(_rows(lines, tables))


def _complaint(where: str, count: int, faulty: pl.DataFrame) -> tuple[str]:
    if faulty.is_empty():
        return (f"{where} has no line with an amount",)
    listed = [
        f"row {row['row']}: {row['fault']}"
        for row in faulty.sort("block", "row", "column").head(_SHOWN_FAULTS).iter_rows(named=True)
    ]
    more = faulty.height - len(listed)
    rest = f"; and {more} more" if more else ""
    return (
        f"{faulty.height} of {count} lines of {where} cannot be taken: {'; '.join(listed)}{rest}",
    )


def _rows(
    lines: pl.DataFrame, tables: Sequence[tuple[SourceTable, TableMapping]]
) -> dict[str, pl.DataFrame]:
    """The canonical tables."""
    owned = _owned(lines, tables)
    has_amount = pl.col("amount_raw").is_not_null()
    facts = _in_hierarchy(owned.filter(has_amount & pl.col("fault").is_null()))
    aside = owned.filter(has_amount & pl.col("fault").is_not_null())
    blank = owned.filter(~has_amount)
    rows = {
        "documents": _documents(facts, aside, blank, tables[0][0], tables[0][1].unit),
        "statements": _statements(facts, tables),
        "facts": facts,
        "set_aside": aside.with_columns(
            cell_text="amount_raw", reason="fault", statement=pl.lit(None, dtype=pl.String)
        ),
    }
    return {name: _complete(frame, name) for name, frame in rows.items()}


def _owned(lines: pl.DataFrame, tables: Sequence[tuple[SourceTable, TableMapping]]) -> pl.DataFrame:
    """Lines with their document: a good line's own, for any other that of the line above it."""
    content = hashlib.sha256("".join(table.digest for table, _ in tables).encode()).hexdigest()
    if len(tables) == 1:
        content = tables[0][0].digest
    is_good = pl.col("fault").is_null() & pl.col("amount_raw").is_not_null()
    identities = lines.filter(is_good).select(IDENTITY).unique()
    ids = [
        hashlib.sha256("\n".join((content, *map(str, row))).encode()).hexdigest()[:16]
        for row in identities.iter_rows()
    ]
    known = identities.with_columns(document_id=pl.Series(ids, dtype=pl.String))
    return (
        lines.join(known, on=IDENTITY, how="left", maintain_order="left")
        .sort("block", "row", "column")
        .with_columns(pl.col("document_id").forward_fill().backward_fill())
    )


def _in_hierarchy(facts: pl.DataFrame) -> pl.DataFrame:
    """Facts with their parent and their place in the hierarchy."""
    total = str(LineCode.TOTAL)
    codes = facts.select(*_GROUP, "code").unique()
    longest = codes["code"].str.len_chars().max()
    if not isinstance(longest, int):
        return facts
    above = (
        codes.filter(pl.col("code").str.contains(r"^\d+$"))
        .with_columns(length=pl.int_ranges(1, pl.col("code").str.len_chars()))
        .explode("length")
        .drop_nulls("length")
        .with_columns(prefix=pl.col("code").str.slice(0, pl.col("length")))
        .join(codes.rename({"code": "prefix"}), on=[*_GROUP, "prefix"], how="semi")
        .group_by(*_GROUP, "code")
        .agg(found=pl.col("prefix").max())
    )
    with_total = codes.filter(code=total).select(*_GROUP, has_total=pl.lit(value=True))
    placed = (
        facts.join(above, on=[*_GROUP, "code"], how="left")
        .join(with_total, on=_GROUP, how="left")
        .with_columns(
            parent_code=pl.coalesce(
                "parent_code",
                "found",
                pl.when(pl.col("has_total") & (pl.col("code") != total)).then(pl.lit(total)),
            )
        )
    )
    parents = placed.select(*_GROUP, code="parent_code", is_parent=pl.lit(value=True)).unique()
    return placed.join(parents, on=[*_GROUP, "code"], how="left").with_columns(
        row_kind=pl.when(pl.col("code") == total)
        .then(pl.lit(str(RowKind.TOTAL)))
        .when(pl.col("is_parent"))
        .then(pl.lit(str(RowKind.SUBTOTAL)))
        .otherwise(pl.lit(str(RowKind.ITEM))),
        value_kind=pl.lit(str(ValueKind.PRINTED)),
    )


def _documents(
    facts: pl.DataFrame, aside: pl.DataFrame, blank: pl.DataFrame, table: SourceTable, unit: str
) -> pl.DataFrame:
    def counted(rows: pl.DataFrame, name: str) -> pl.DataFrame:
        return rows.group_by("document_id").agg(pl.len().cast(pl.Int32).alias(name))

    zero = pl.lit(0, dtype=pl.Int32)
    count = pl.col("blank_count")
    return (
        facts.group_by("document_id")
        .agg(
            *(pl.col(name).first() for name in IDENTITY),
            agency_name=pl.col("agency_name").first(),
            fact_cell_count=pl.len().cast(pl.Int32),
        )
        .join(counted(aside, "set_aside_cell_count"), on="document_id", how="left")
        .join(counted(blank, "blank_count"), on="document_id", how="left")
        .with_columns(pl.col("set_aside_cell_count").fill_null(zero))
        .with_columns(
            file_name=pl.lit(table.file_name),
            media_type=pl.lit(table.media_type),
            encoding=pl.lit(table.encoding, dtype=pl.String),
            identity_basis=pl.lit(str(IdentityBasis.GIVEN)),
            unit_text=pl.lit(unit),
            numeric_cell_count=pl.col("fact_cell_count") + pl.col("set_aside_cell_count"),
            form_value_cell_count=zero,
            notes=pl.when(count > 0).then(worded("lines without an amount: {}", "blank_count")),
            reader=pl.lit("table"),
            reader_version=pl.lit(__version__),
        )
        .sort(IDENTITY)
    )


def _statements(
    facts: pl.DataFrame, tables: Sequence[tuple[SourceTable, TableMapping]]
) -> pl.DataFrame:
    sheets = {str(number): table.sheet for number, (table, _) in enumerate(tables, start=1)}
    return facts.group_by("document_id", "statement").agg(
        source_block=pl.col("block").min(),
        title=pl.col("block").min().cast(pl.String).replace_strict(sheets, return_dtype=pl.String),
        presence=pl.lit(str(Presence.PRESENT)),
        unit_text=pl.col("unit_text").first(),
        numeric_cell_count=pl.len().cast(pl.Int32),
        fact_cell_count=pl.len().cast(pl.Int32),
        set_aside_cell_count=pl.lit(0, dtype=pl.Int32),
    )


def _complete(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Rows with every column of their table; those that a table of figures lacks are null."""
    types = column_types(TABLES[name])
    absent = [pl.lit(None, dtype=types[c]).alias(c) for c in types if c not in rows.columns]
    return conform(rows.with_columns(absent), TABLES[name], table=name)
