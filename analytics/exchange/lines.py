"""The lines of a foreign table in the words of a panel, each with what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl

from analytics.amounts import PrintedNumber, is_blank, parse_number, yuan_per_unit
from analytics.errors import AnalyticsError, InputError
from analytics.exchange.mapping import (
    DEFAULTS,
    ROLES,
    VOCABULARIES,
    TableMapping,
    meaning,
    year_in,
)
from analytics.exchange.sources import SourceTable
from analytics.expressions import worded
from analytics.facts.rows import not_an_amount
from analytics.reference import codes_by_name, entry
from analytics.reference.agency_names import normal_name
from analytics.reference.regions import region
from analytics.schema.fields import BOUND, MONEY
from analytics.schema.vocabularies import Classification, Flow, LineCode, Repair, Statement

__all__ = ["LINE", "read_lines"]

LINE = (
    "agency_id",
    "fiscal_year",
    "stage",
    "scope",
    "statement",
    "flow",
    "classification",
    "code",
    "name",
    "counterpart_code",
    "fund",
    "component",
    "carryover_basis",
)
"""What makes two lines the same line."""

_TOTALS = {"total", "合计", "总计", "支出合计", "支出总计", "收入合计", "收入总计", "grandtotal"}
_STATEMENTS = {
    (Classification.FUNCTION, Flow.EXPENDITURE): Statement.EXPENDITURE_SUMMARY,
    (Classification.FUNCTION, Flow.REVENUE): Statement.REVENUE_SUMMARY,
    (Classification.REVENUE_SOURCE, Flow.REVENUE): Statement.BUDGET_SUMMARY,
    (Classification.THREE_PUBLIC, Flow.EXPENDITURE): Statement.THREE_PUBLIC_EXPENSES,
    (Classification.PROJECT, Flow.EXPENDITURE): Statement.PROJECT_EXPENDITURE,
    (Classification.PROCUREMENT, Flow.EXPENDITURE): Statement.PROCUREMENT_EXPENDITURE,
}
"""The statement of lines for which none is declared."""
_LISTED = (
    Classification.FUNCTION,
    Classification.ECONOMIC_DEPARTMENT,
    Classification.ECONOMIC_GOVERNMENT,
    Classification.REVENUE_SOURCE,
)
"""Classifications with a dictionary of codes; in the others a name may be its own code."""
_PLACES = ("block", "row", "line", "column", "cell", "column_label")


class _Amount(NamedTuple):
    """One distinct amount of the table, exact."""

    amount_raw: str
    is_binary: bool
    amount_yuan: Decimal | None = None
    amount_text: str | None = None
    step_yuan: Decimal | None = None
    low_yuan: Decimal | None = None
    high_yuan: Decimal | None = None
    amount_fault: str | None = None


def read_lines(tables: Sequence[tuple[SourceTable, TableMapping]]) -> pl.DataFrame:
    """Every amount of the tables as a line: the columns of a fact, its place, and ``fault``.

    ``fault`` says in words why a line is no fact; it is null for a good one. A blank amount keeps
    its line, with ``amount_raw`` null.

    Raises:
        InputError: Amounts are binary numbers, and no step is declared.
    """
    return _without_doubles(
        pl.concat(
            _named(_in_our_words(_cells(table, mapping, block), mapping))
            for block, (table, mapping) in enumerate(tables, start=1)
        )
    )


def _cells(table: SourceTable, mapping: TableMapping, block: int) -> pl.DataFrame:
    """The cells of every role as text, a row an amount."""
    amounts = mapping.amounts or {mapping.columns["amount"]: {}}
    parts = []
    for column, special in amounts.items():
        constants = {**DEFAULTS, **mapping.constants, **special}
        cells = {role: pl.lit(None, dtype=pl.String) for role in ROLES}
        cells |= {role: pl.lit(str(value)) for role, value in constants.items()}
        cells |= {
            role: _text(table.rows.schema[name], name)
            for role, name in mapping.columns.items()
            if role not in special
        }
        dtype = table.rows.schema[column]
        cells["amount"] = _text(dtype, column)
        if dtype.is_float() and mapping.step is None:
            raise InputError(
                f"column {column!r} of {table.file_name} holds binary numbers, which have no "
                "printed precision",
                hint="declare it: step='0.01' for two decimals",
            )
        position = table.positions[column]
        rows = table.rows.with_columns(table.row.alias("row_"))
        line = pl.lit(None, dtype=pl.Int32) if table.line is None else pl.lit(table.line)
        cell = pl.lit(None, dtype=pl.String)
        if table.sheet is not None:
            cell = worded("{}!{}{}", pl.lit(table.sheet), pl.lit(_letters(position)), "row_")
        parts.append(
            rows.select(
                *(expression.alias(role) for role, expression in cells.items()),
                is_binary=pl.lit(dtype.is_float()),
                block=pl.lit(block, dtype=pl.Int32),
                row="row_",
                line=line,
                column=pl.lit(position, dtype=pl.Int32),
                cell=cell,
                column_label=pl.lit(column),
            )
        )
    return pl.concat(parts).filter(
        pl.any_horizontal(pl.col("agency", "year", "code", "name", "amount").is_not_null())
    )


def _text(dtype: pl.DataType, column: str) -> pl.Expr:
    """The cells of a column as text, null where they are blank."""
    values = pl.col(column)
    if dtype.is_float():
        values = values.fill_nan(None)
    text = values.cast(pl.String).str.strip_chars()
    return pl.when(text != "").then(text)


def _letters(position: int) -> str:
    """The letters of a column of a sheet."""
    letters = ""
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _in_our_words(cells: pl.DataFrame, mapping: TableMapping) -> pl.DataFrame:
    """Words, years, names of agencies and amounts as a panel has them, and what is wrong."""
    owner = pl.col("agency")
    placed = cells.with_columns(
        region=_translated(cells, "region", _region_name),
        amount=pl.when(~_translated(cells, "amount", is_blank, pl.Boolean())).then("amount"),
        code=pl.when(pl.col("code").str.contains(r"^\d+\.0$"))
        .then(pl.col("code").str.strip_suffix(".0"))
        .otherwise("code"),
    ).with_columns(
        agency=pl.when(owner.str.starts_with(pl.col("region")).fill_null(value=True))
        .then(owner)
        .otherwise(pl.col("region") + owner)
    )
    readers: dict[str, Callable[[str], Any]] = {
        "agency": lambda text: normal_name(text) or None,
        "year": lambda text: year_in(mapping.values.get("year", {}).get(text, text)),
        **{
            role: meaning(role, mapping.values.get(role, {}))
            for role in (*VOCABULARIES, "currency")
        },
    }
    faults = []
    ours = {}
    for role, read in readers.items():
        dtype = pl.Int16() if role == "year" else pl.String()
        ours[role] = _translated(placed, role, read, dtype)
        if role not in ("statement", "currency"):
            faults.append(pl.when(pl.col(role).is_null()).then(pl.lit(f"{role} missing")))
        unknown = pl.col(role).is_not_null() & ours[role].is_null()
        faults.append(pl.when(unknown).then(worded(f"{role} {{}} is not known", _quoted(role))))
    amounts = _amounts(placed, mapping)
    return (
        placed.with_columns(fault=pl.concat_list(faults))
        .with_columns(
            agency_name=pl.col("agency"),
            **{name: expression for name, expression in ours.items() if name != "currency"},
        )
        .rename({"agency": "agency_id", "year": "fiscal_year", "amount": "amount_raw"})
        .rename({"counterpart": "counterpart_code", "parent": "parent_code"})
        .with_columns(
            statement=pl.coalesce("statement", _statement()),
            unit_text=pl.lit(mapping.unit),
        )
        .join(amounts, on=["amount_raw", "is_binary"], how="left", maintain_order="left")
        .with_columns(
            fault=pl.col("fault").list.concat(
                pl.concat_list(
                    "amount_fault",
                    pl.when(pl.col("statement").is_null()).then(
                        worded("statement of {} missing", "classification")
                    ),
                )
            )
        )
    )


def _region_name(text: str) -> str:
    if not text.isdigit():
        return text
    try:
        return region(text).name
    except AnalyticsError as error:
        raise InputError(f"region: {error}") from error


def _translated(
    rows: pl.DataFrame,
    column: str,
    read: Callable[[str], Any],
    dtype: pl.DataType | None = None,
) -> pl.Expr:
    """What every distinct text of a column stands for; null where it stands for nothing."""
    texts = rows[column].unique().drop_nulls().to_list()
    dtype = dtype or pl.String()
    if not texts:
        return pl.lit(None, dtype=dtype).alias(column)
    found = pl.Series([read(text) for text in texts], dtype=dtype)
    return pl.col(column).replace_strict(texts, found, default=None, return_dtype=dtype)


def _quoted(column: str) -> pl.Expr:
    return worded("'{}'", column)


def _statement() -> pl.Expr:
    default = pl.lit(None, dtype=pl.String)
    for (classification, flow), statement in _STATEMENTS.items():
        of_these = (pl.col("classification") == str(classification)) & (pl.col("flow") == str(flow))
        default = pl.when(of_these).then(pl.lit(str(statement))).otherwise(default)
    return default


def _amounts(cells: pl.DataFrame, mapping: TableMapping) -> pl.DataFrame:
    distinct = cells.select("amount", "is_binary").unique().drop_nulls()
    factor = yuan_per_unit(mapping.unit)
    rows = [
        _amount(text, is_binary=is_binary, factor=factor, step=mapping.step)
        for text, is_binary in distinct.iter_rows()
    ]
    text, bound = pl.String(), BOUND
    types = [text, pl.Boolean(), MONEY, text, bound, bound, bound, text]
    return pl.DataFrame(rows, schema=dict(zip(_Amount._fields, types, strict=True)), orient="row")


def _amount(text: str, *, is_binary: bool, factor: Decimal, step: Decimal | None) -> _Amount:
    number = _binary(text, step) if is_binary and step is not None else parse_number(text)
    if number is None:
        return _Amount(text, is_binary, amount_fault=f"amount {text[:40]!r} is not a number")
    if step is not None:
        if number.value % step:
            fault = f"amount {text[:40]!r} is finer than the step {step}"
            return _Amount(text, is_binary, amount_fault=fault)
        number = PrintedNumber(number.value, step, number.text)
    yuan = number.scaled(factor)
    if fault_of := not_an_amount(yuan.value):
        return _Amount(text, is_binary, amount_fault=f"amount {text[:40]!r} has {fault_of}")
    interval = yuan.interval
    return _Amount(text, is_binary, yuan.value, number.text, yuan.step, interval.low, interval.high)


def _binary(text: str, step: Decimal) -> PrintedNumber | None:
    """A binary number as the multiple of the step that it stands for."""
    try:
        value = Decimal(text)
        nearest = (value / step).to_integral_value() * step
    except ArithmeticError:
        return None
    is_near = abs(value - nearest) * 1_000_000 <= step
    exact = nearest if is_near else value
    return PrintedNumber(exact, step, f"{exact:f}")


def _named(lines: pl.DataFrame) -> pl.DataFrame:
    """Codes and names, each found by the other where it is missing, and marked."""
    total = str(LineCode.TOTAL)
    is_total = _is_total("code") | (pl.col("code").is_null() & _is_total("name"))
    lines = lines.with_columns(code=pl.when(is_total).then(pl.lit(total)).otherwise("code"))
    keys = ["classification", "code", "name", "fiscal_year"]
    known = lines.select(keys).unique()
    found = [(*row, *_code_and_name(*row)) for row in known.iter_rows() if row[0] is not None]
    types = [*known.schema.values(), *([pl.String()] * 4)]
    names = [*keys, "code_", "name_", "repairs", "code_fault"]
    dictionary = pl.DataFrame(found, schema=dict(zip(names, types, strict=True)), orient="row")
    return (
        lines.join(dictionary, on=keys, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(
            code="code_",
            name="name_",
            fault=pl.col("fault").list.concat(pl.concat_list("code_fault")).list.drop_nulls(),
        )
        .with_columns(
            fault=pl.when(pl.col("fault").list.len() > 0).then(pl.col("fault").list.join("; "))
        )
        .select(
            *LINE,
            *_PLACES,
            "agency_name",
            "parent_code",
            "amount_raw",
            "amount_yuan",
            "amount_text",
            "unit_text",
            "step_yuan",
            "low_yuan",
            "high_yuan",
            "repairs",
            "fault",
        )
    )


def _is_total(column: str) -> pl.Expr:
    text = pl.col(column).str.replace_all(r"[\s\u3000]", "").str.to_lowercase()
    return text.is_in(sorted(_TOTALS)).fill_null(value=False)


def _code_and_name(
    classification: str, code: str | None, name: str | None, year: int | None
) -> tuple[str | None, str | None, str | None, str | None]:
    """Code, name, what was mended, and what is wrong."""
    kind = Classification(classification)
    fault = "code missing" if code is None and name is None else None
    if code is not None and name is None:
        return code, _name_of(kind, code, year), str(Repair.LABEL_MISSING), None
    if code is not None or name is None or year is None:
        return code, name, None, fault
    if kind not in _LISTED:
        return name, name, None, None
    codes = sorted({e.code for e in codes_by_name(kind, name, year)})
    if len(codes) == 1:
        return codes[0], name, str(Repair.CODE_BY_NAME), None
    which = f"stands for {', '.join(codes)}" if codes else "is not in the dictionary"
    return None, name, None, f"code missing, and the name {name!r} {which}"


def _name_of(kind: Classification, code: str, year: int | None) -> str:
    if code == LineCode.TOTAL:
        return LineCode.TOTAL.zh
    listed = entry(kind, code, year) if kind in _LISTED and year is not None else None
    return code if listed is None else listed.name


def _without_doubles(lines: pl.DataFrame) -> pl.DataFrame:
    """Mark every line but the first of those that state the same."""
    is_good = pl.col("fault").is_null() & pl.col("amount_raw").is_not_null()
    key = [*LINE, is_good]
    is_second = is_good & (pl.int_range(pl.len()).over(key) > 0)
    return lines.with_columns(
        fault=pl.when(is_second)
        .then(worded("the same line as row {}", pl.col("row").first().over(key)))
        .otherwise("fault")
    )
