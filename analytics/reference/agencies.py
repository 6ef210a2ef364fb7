"""The registry of agencies: a folder of two CSV files that people write and review.

``agencies.csv`` says who there is, ``successions.csv`` what became of them. A registry is checked when
it is made: a contradiction in it would put money of different agencies together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

import dataframely as dy
import polars as pl

from analytics.errors import InputError, SchemaError
from analytics.reference.agency_names import normal_name
from analytics.reference.classifications import read_rows
from analytics.schema.agencies import Agencies, AgencySuccessions
from analytics.schema.agency_vocabularies import SuccessionKind
from analytics.schema.fields import FIELDS
from analytics.schema.tables import column_types

__all__ = [
    "Registry",
    "Reorganisation",
    "known_reorganisations",
    "names_of",
    "read_registry",
    "write_registry",
]

_FILES: dict[str, type[dy.Schema]] = {
    "agencies.csv": Agencies,
    "successions.csv": AgencySuccessions,
}
_LEAVES = (
    SuccessionKind.RENAMED,
    SuccessionKind.MERGED,
    SuccessionKind.SPLIT,
    SuccessionKind.ENDED,
)
_BEGINS = (SuccessionKind.RENAMED, SuccessionKind.SPLIT, SuccessionKind.FOUNDED)
_OPEN_FROM, _OPEN_TO = 0, 9999


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """Agencies and what became of them, checked against each other.

    Args:
        agencies: Rows of :class:`~analytics.schema.agencies.Agencies`.
        successions: Rows of :class:`~analytics.schema.agencies.AgencySuccessions`; none by default.

    Raises:
        SchemaError: A row breaks its schema, names an unknown agency, or contradicts another: one
            name belongs to two agencies at a time, an agency is followed before it was founded or
            after it had ended, follows itself round a circle within a year, or is its own
            department.

    Examples:
        >>> agency = {"agency_id": "甲市文化局", "agency_name": "甲市文化局"}
        >>> known = {"entry_basis": "official", "entry_confidence": "high"}
        >>> blank = Agencies.create_empty()
        >>> rows = pl.DataFrame([agency | known]).pipe(lambda row: pl.concat([blank, row], how="diagonal"))
        >>> Registry(rows)
        Registry: 1 agency, 0 successions
    """

    agencies: pl.DataFrame
    successions: pl.DataFrame = field(default_factory=AgencySuccessions.create_empty)

    def __post_init__(self) -> None:
        agencies = _conform(self.agencies, Agencies, "agencies").sort("agency_id")
        successions = _conform(self.successions, AgencySuccessions, "successions").sort(
            "link_year", "old_agency_id", "new_agency_id", nulls_last=True
        )
        object.__setattr__(self, "agencies", agencies)
        object.__setattr__(self, "successions", successions)
        faults = [*_unknown(agencies, successions), *_shared_names(agencies)]
        faults = faults or [*_lives(agencies, successions), *_circles(successions)]
        if faults:
            raise SchemaError(
                f"the registry contradicts itself: {'; '.join(faults[:5])}",
                hint="correct the rows named"
                + (f" and {len(faults) - 5} more" if len(faults) > 5 else ""),
            )

    def __repr__(self) -> str:
        count, links = self.agencies.height, self.successions.height
        return (
            f"Registry: {count} {'agency' if count == 1 else 'agencies'}, "
            f"{links} {'succession' if links == 1 else 'successions'}"
        )

    def _repr_html_(self) -> str:
        """The agencies as a notebook shows them, below how many there are."""
        return f"<p>{self!r}</p>{self.agencies._repr_html_()}"


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """A change of agencies that is known of the whole country, of many places, or of one.

    Args:
        year: Year in which it took effect.
        kind: What became of the agencies.
        old_names: Names until then; none where founded. In a pattern 某市 stands for any place.
        new_names: Names from then on.
        area: ``national``, ``local`` for a pattern that many places follow, or the name of a place.
        note: What else is known.
        confidence: ``high``, ``medium`` or ``low``.
    """

    year: int
    kind: SuccessionKind
    old_names: tuple[str, ...]
    new_names: tuple[str, ...]
    area: str
    note: str
    confidence: str


def read_registry(folder: str | Path) -> Registry:
    r"""Read a registry that :func:`write_registry` wrote or a person did.

    Args:
        folder: Folder with ``agencies.csv`` and, where there are any, ``successions.csv``. Columns
            that may be null may be left out.

    Returns:
        The registry, checked.

    Raises:
        InputError: A file is not there or is no CSV in UTF-8.
        SchemaError: A column is missing or not known, a value does not fit, or the registry
            contradicts itself.

    Examples:
        >>> import analytics
        >>> file = folder / "agencies.csv"
        >>> _ = file.write_text("agency_id,agency_name,entry_basis,entry_confidence\n"
        ...                     "甲市文化局,甲市文化局,official,high\n", encoding="utf-8")
        >>> analytics.read_registry(folder)
        Registry: 1 agency, 0 successions
    """
    root = Path(folder)
    tables: list[pl.DataFrame] = []
    for name, schema in _FILES.items():
        path = root / name
        if schema is AgencySuccessions and not path.exists():
            tables.append(schema.create_empty())
            continue
        tables.append(_typed(_read(path), schema, path))
    return Registry(*tables)


def write_registry(registry: Registry, folder: str | Path) -> tuple[Path, ...]:
    """Write a registry as two CSV files, sorted, to be reviewed and kept under version control.

    Args:
        registry: The registry.
        folder: Folder to write to; files of the same names are replaced.

    Returns:
        The files.

    Raises:
        InputError: A file cannot be written.

    Examples:
        With a panel of one disclosure:

        >>> import analytics
        >>> registry = analytics.suggest_registry(panel.documents)
        >>> [file.name for file in analytics.write_registry(registry, folder)]
        ['agencies.csv', 'successions.csv']
        >>> analytics.read_registry(folder)
        Registry: 1 agency, 0 successions
    """
    root = Path(folder)
    files = []
    for name, rows in zip(_FILES, (registry.agencies, registry.successions), strict=True):
        path = root / name
        try:
            root.mkdir(parents=True, exist_ok=True)
            rows.write_csv(path)
        except OSError as error:
            raise InputError(f"{path} cannot be written: {error.strerror or error}") from error
        files.append(path)
    return tuple(files)


@cache
def known_reorganisations() -> tuple[Reorganisation, ...]:
    """Reorganisations of agencies that are known, by year, to propose local ones from.

    The list is made from public knowledge and not from the official plans, and it is not complete:
    each row says how sure it is, and none is ever applied by itself.

    Examples:
        >>> [r.new_names for r in known_reorganisations() if r.old_names == ("环境保护部",)]
        [('生态环境部',)]
    """
    return tuple(
        Reorganisation(
            int(row["year"]),
            SuccessionKind(row["kind"]),
            tuple(filter(None, row["old_names"].split(";"))),
            tuple(filter(None, row["new_names"].split(";"))),
            row["area"],
            row["note"],
            row["confidence"],
        )
        for row in read_rows("agency_changes.csv")
    )


def _read(path: Path) -> pl.DataFrame:
    try:
        return pl.read_csv(path, infer_schema=False)
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror or error}",
            hint=f"a registry is a folder with {' and '.join(_FILES)}",
        ) from error
    except pl.exceptions.PolarsError as error:
        raise InputError(f"{path} is no CSV file in UTF-8: {error}") from error


def _typed(rows: pl.DataFrame, schema: type[dy.Schema], path: Path) -> pl.DataFrame:
    """Texts of a file as the declared types; a value that does not fit is named with its line."""
    types = column_types(schema)
    needed = [name for name, column in schema.columns().items() if not column.nullable]
    missing = [name for name in needed if name not in rows.columns]
    strange = [name for name in rows.columns if name not in types]
    if missing or strange:
        faults = [f"lacks {', '.join(missing)}"] if missing else []
        faults += [f"has unknown columns {', '.join(strange)}"] if strange else []
        raise SchemaError(f"{path} {' and '.join(faults)}", hint=f"its columns: {', '.join(types)}")
    full = rows.with_columns(
        pl.lit(None, pl.String).alias(n) for n in types if n not in rows.columns
    )
    cast = full.select(
        pl.col(name).str.to_date(strict=False)
        if dtype == pl.Date
        else pl.col(name).cast(dtype, strict=False)
        for name, dtype in types.items()
    )
    for name in types:
        wrong = full[name].is_not_null() & cast[name].is_null()
        if wrong.any():
            line = wrong.arg_true()[0]
            raise SchemaError(
                f"{path} line {line + 2}: {name} is {full[name][line]!r}",
                hint=f"write it as {types[name]}, dates as 2019-03-01",
            )
    for name, column in schema.columns().items():
        _in_vocabulary(cast, name, column, path)
    return cast


def _in_vocabulary(rows: pl.DataFrame, name: str, column: dy.Column, path: Path) -> None:
    known = FIELDS[name].values
    value = pl.col(name)
    wrong = value.is_null() if not column.nullable else pl.lit(value=False)
    if known:
        wrong |= value.is_not_null() & ~value.is_in(known)
    faults = rows.with_row_index("_line", 2).filter(wrong)
    if not faults.is_empty():
        first = faults.row(0, named=True)
        raise SchemaError(
            f"{path} line {first['_line']}: {name} is {first[name]!r}",
            hint=f"known: {', '.join(known)}" if known else "it may not be blank",
        )


def _conform(rows: pl.DataFrame, schema: type[dy.Schema], table: str) -> pl.DataFrame:
    """The rows if they meet the schema; else an error that shows the first that does not."""
    missing = [name for name in schema.column_names() if name not in rows.columns]
    if missing:
        raise SchemaError(f"the {table} of the registry lack the columns {', '.join(missing)}")
    good, failures = schema.filter(rows.select(schema.column_names()), cast=True)
    if len(failures):
        first = {k: v for k, v in failures.invalid().row(0, named=True).items() if v is not None}
        raise SchemaError(
            f"{len(failures)} rows of the {table} of the registry break rules: "
            f"{', '.join(failures.counts())}; the first: {first}",
            hint="correct them; an agency and a link stand once each",
        )
    return good


def _unknown(agencies: pl.DataFrame, successions: pl.DataFrame) -> Iterator[str]:
    known = set(agencies["agency_id"])
    for agency, department in agencies.select("agency_id", "department_id").iter_rows():
        if department == agency:
            yield f"{agency} is its own department"
        elif department is not None and department not in known:
            yield f"the department {department} of {agency} is not among the agencies"
    for row in successions.iter_rows(named=True):
        for side in ("old_agency_id", "new_agency_id"):
            if row[side] is not None and row[side] not in known:
                yield f"{row['link_year']} {row['succession_kind']}: {row[side]} is not among the agencies"


def _shared_names(agencies: pl.DataFrame) -> Iterator[str]:
    """Names and aliases that stand for two agencies in one year."""
    owners: dict[str, list[tuple[str, int, int]]] = {}
    for row in agencies.iter_rows(named=True):
        for name in names_of(row["agency_id"], row["agency_name"], row["aliases"]):
            life = (row["agency_id"], row["valid_from"] or _OPEN_FROM, row["valid_to"] or _OPEN_TO)
            owners.setdefault(name, []).append(life)
        if (row["valid_from"] or _OPEN_FROM) > (row["valid_to"] or _OPEN_TO):
            yield f"{row['agency_id']} ended {row['valid_to']}, before {row['valid_from']}"
    for name, lives in owners.items():
        ordered = sorted(lives, key=lambda life: life[1])
        for (first, _, end), (second, start, _) in pairwise(ordered):
            if start <= end:
                yield f"the name {name} belongs to {first} and {second} at once"


def names_of(agency_id: str, agency_name: str, aliases: str | None) -> list[str]:
    """Every spelling an agency goes by, in normal form, each once.

    Args:
        agency_id: Its identifier, which is a name too where a panel has no other.
        agency_name: Its name.
        aliases: Other spellings, joined by ``;``.

    Examples:
        >>> names_of("甲市文化局", "甲市文化局", "甲市 文化局(本级);甲文化局")
        ['甲市文化局', '甲文化局']
    """
    spellings = [agency_id, agency_name, *(aliases or "").split(";")]
    return list(dict.fromkeys(normal_name(s) for s in spellings if s.strip()))


def _lives(agencies: pl.DataFrame, successions: pl.DataFrame) -> Iterator[str]:
    """Links outside the years of the agencies they link, and agencies that leave twice."""
    starts = dict(agencies.select("agency_id", "valid_from").iter_rows())
    ends = dict(agencies.select("agency_id", "valid_to").iter_rows())
    left: dict[str, int] = {}
    for (year,), rows in successions.group_by("link_year", maintain_order=True):
        leaving, born = _leaving_and_born(rows)
        for old in rows["old_agency_id"].drop_nulls().unique(maintain_order=True):
            if (starts[old] or _OPEN_FROM) >= year:
                yield f"{old} is followed in {year} but begins in {starts[old]}"
            if (ends[old] or _OPEN_TO) < year - 1:
                yield f"{old} is followed in {year} but ended in {ends[old]}"
            if old in left:
                yield f"{old} is followed in {year} but had left in {left[old]}"
        for old in leaving:
            if ends[old] is not None and ends[old] >= year:
                yield f"{old} leaves in {year} but is valid to {ends[old]}"
        for new in rows["new_agency_id"].drop_nulls().unique(maintain_order=True):
            if (ends[new] or _OPEN_TO) < year:
                yield f"{new} follows in {year} but ended in {ends[new]}"
            if new in born and starts[new] is not None and starts[new] < year and new not in left:
                yield f"{new} begins in {year} but is valid from {starts[new]}"
        left = dict.fromkeys(leaving, year) | {k: y for k, y in left.items() if k not in born}


def _leaving_and_born(rows: pl.DataFrame) -> tuple[list[str], set[str]]:
    """The agencies that end in the links of a year, and those that begin."""
    stays = pl.col("old_agency_id") == pl.col("new_agency_id")
    kept = set(rows.filter(stays)["old_agency_id"])
    leaving = rows.filter(pl.col("succession_kind").is_in([str(k) for k in _LEAVES]))
    born = rows.filter(pl.col("succession_kind").is_in([str(k) for k in _BEGINS]))
    gone = leaving["old_agency_id"].drop_nulls().unique(maintain_order=True)
    return [old for old in gone if old not in kept], set(born["new_agency_id"]) - kept


def _circles(successions: pl.DataFrame) -> Iterator[str]:
    """Agencies that follow each other round a circle in one year; later years may lead back."""
    lasting = successions.filter(
        pl.col("succession_kind").is_in([str(k) for k in (*_LEAVES, *_BEGINS)]),
        pl.col("old_agency_id") != pl.col("new_agency_id"),
    )
    for (year,), rows in lasting.group_by("link_year", maintain_order=True):
        before: dict[str, set[str]] = {}
        for old, new in rows.select("old_agency_id", "new_agency_id").iter_rows():
            before.setdefault(new, set()).add(old)
        try:
            TopologicalSorter(before).prepare()
        except CycleError as error:
            yield f"in {year} agencies follow each other round a circle: {' → '.join(error.args[1])}"
