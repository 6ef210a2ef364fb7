"""From printed names of agencies to those of a registry, and a first registry from a panel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import polars as pl

from analytics.analysis.frames import ArrowStream, Frame, as_lazy
from analytics.errors import InputError
from analytics.reference.agencies import Registry, names_of
from analytics.reference.agency_names import (
    kind_of_name,
    level_of_name,
    normal_name,
    region_of_agency,
)
from analytics.schema.agencies import Agencies
from analytics.schema.agency_vocabularies import NameMatch
from analytics.schema.link_vocabularies import Basis, Confidence
from analytics.schema.results.agencies import AgencyMatches
from analytics.schema.tables import column_types

__all__ = ["match_agencies", "suggest_registry", "with_registry"]

_OPEN_FROM, _OPEN_TO = 0, 9999


class _Owner(NamedTuple):
    """An agency that goes by a name, and when."""

    agency_id: str
    valid_from: int
    valid_to: int
    is_alias: bool


def suggest_registry(documents: Frame) -> Registry:
    """A first registry from the documents of a panel: what the printed names show, to be reviewed.

    One agency for each printed one, with the region its name begins with, and the level and kind it
    shows; all marked ``inferred``. What a name does not show is left open, and so are the years of
    an agency: that a panel has no earlier document does not say that it was founded. The confidence
    is ``high`` where region, level and kind are all clear, ``medium`` where one of them is open,
    and ``low`` below that.

    Args:
        documents: The canonical documents.

    Returns:
        The registry, without successions.

    Raises:
        InputError: Not a table of documents.

    Examples:
        With a panel of one disclosure:

        >>> import analytics
        >>> registry = analytics.suggest_registry(panel.documents)
        >>> registry.agencies.select("agency_id", "agency_level", "agency_kind").rows()
        [('示例市图书馆', None, 'institution')]
    """
    columns = ["agency_id", "agency_name", "fiscal_year"]
    printed = (
        as_lazy(documents, table="documents", columns=columns)
        .group_by("agency_id")
        .agg(
            pl.col("agency_name").unique().sort(),
            first=pl.col("fiscal_year").min(),
            last=pl.col("fiscal_year").max(),
        )
        .sort("agency_id")
        .collect(engine="in-memory")
    )
    rows = [_suggested(row) for row in printed.iter_rows(named=True)]
    return Registry(pl.DataFrame(rows, schema=column_types(Agencies)))


def _suggested(row: dict[str, Any]) -> dict[str, Any]:
    agency = row["agency_id"]
    region, level, kind = region_of_agency(agency), level_of_name(agency), kind_of_name(agency)
    known = sum(part is not None for part in (region, level, kind))
    years = f"{row['first']}–{row['last']}" if row["last"] > row["first"] else row["first"]
    others = [n for n in row["agency_name"] if normal_name(n) != agency]
    return {
        "agency_id": agency,
        "agency_name": agency,
        "aliases": ";".join(others) or None,
        "region_code": region.code if region else None,
        "agency_level": level,
        "agency_kind": kind,
        "entry_basis": Basis.INFERRED,
        "entry_confidence": {3: Confidence.HIGH, 2: Confidence.MEDIUM}.get(known, Confidence.LOW),
        "entry_source": f"documents of the panel: {years}",
    }


def match_agencies(
    names: Frame | Iterable[str], registry: Registry, *, limit: int = 3, min_score: float = 0.8
) -> pl.DataFrame:
    """Find the agencies of a registry that printed names mean.

    A name that is registered, or an alias, means its agency. For every other name those with the
    most similar names are proposed, best first, and none is taken: to accept one, write the printed
    name among its aliases. Likeness is the normalised edit similarity of both names; an agency of
    another region, where both names show one, is never proposed.

    Args:
        names: Printed names, or a frame with the column ``agency_name`` or else ``agency_id``.
        registry: The registry.
        limit: At most so many candidates a name.
        min_score: Likeness from which on a name is a candidate, 0 to 1.

    Returns:
        A frame that meets :class:`~analytics.schema.results.agencies.AgencyMatches`, sorted by name
        and rank. ``agency_id`` is null where no agency is found; a name that several agencies had at
        different times is ``ambiguous`` and lists them.

    Raises:
        InputError: A frame without names, or a limit or score out of range.

    Examples:
        >>> import analytics
        >>> registry = analytics.suggest_registry(panel.documents)
        >>> found = analytics.match_agencies(["示例市图书馆（本级）", "示例市图书館", "教育局"], registry)
        >>> found.select("agency_name", "agency_id", "candidate_id", "name_match").rows()
        ... # doctest: +NORMALIZE_WHITESPACE
        [('教育局', None, None, 'none'),
         ('示例市图书館', None, '示例市图书馆', 'proposed'),
         ('示例市图书馆（本级）', '示例市图书馆', '示例市图书馆', 'exact')]
    """
    if limit < 1 or not 0 < min_score <= 1:
        raise InputError(
            f"limit {limit} with min_score {min_score}",
            hint="take a limit of 1 or more and a score above 0 and up to 1",
        )
    owners = _owners(registry)
    agencies = {row["agency_id"]: row for row in registry.agencies.iter_rows(named=True)}
    rows: list[dict[str, Any]] = []
    for name in _printed(names):
        found = owners.get(normal_name(name), [])
        if found:
            is_clear = len(found) == 1
            hits = [(o.agency_id, 1.0, _kind_of_match(o, is_clear=is_clear)) for o in found]
        else:
            similar = _similar(name, owners, agencies, min_score)[:limit]
            hits = [(agency, score, NameMatch.PROPOSED) for agency, score in similar]
        for rank, (agency, score, kind) in enumerate(hits, 1):
            is_found = kind in (NameMatch.EXACT, NameMatch.ALIAS)
            rows.append(
                {
                    "agency_name": name,
                    "match_rank": rank,
                    "agency_id": agency if is_found else None,
                    "candidate_id": agency,
                    "candidate_name": agencies[agency]["agency_name"],
                    "region_code": agencies[agency]["region_code"],
                    "name_match": kind,
                    "match_score": score,
                }
            )
        if not hits:
            rows.append({"agency_name": name, "match_rank": 1, "name_match": NameMatch.NONE})
    return pl.DataFrame(rows, schema=column_types(AgencyMatches)).sort("agency_name", "match_rank")


def with_registry(rows: Frame, registry: Registry) -> pl.DataFrame:
    """Give rows the identifiers that a registry has for their agencies.

    ``agency_id`` becomes the registered one where it, or else the printed ``agency_name``, is a name
    or an alias of an agency; where a name belonged to several agencies, that of the row's
    ``fiscal_year`` is taken. Rows whose agency is not found stay as they are, with
    ``is_registered`` false; nothing is guessed and no row is lost.

    Args:
        rows: Any frame with ``agency_id``; ``agency_name`` and ``fiscal_year`` are used if there.
        registry: The registry.

    Returns:
        The rows in their order, with the column ``is_registered`` added or renewed.

    Raises:
        InputError: No frame, or one without ``agency_id``.

    Examples:
        >>> import analytics
        >>> registry = analytics.suggest_registry(panel.documents)
        >>> analytics.with_registry(panel.facts, registry)["is_registered"].all()
        True
    """
    frame = _frame(rows)
    if "agency_id" not in frame.columns:
        raise InputError("the rows have no column 'agency_id'", hint="name the agency of each row")
    keys = [n for n in ("agency_id", "agency_name", "fiscal_year") if n in frame.columns]
    owners = _owners(registry)
    distinct = frame.select(keys).unique(maintain_order=True)
    found = [_registered(row, owners) for row in distinct.iter_rows(named=True)]
    known = distinct.with_columns(pl.Series("_found", found, dtype=pl.String))
    # The rows keep their order: they are matched from the left.
    return (
        frame.join(known, on=keys, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(
            agency_id=pl.coalesce("_found", "agency_id"),
            is_registered=pl.col("_found").is_not_null(),
        )
        .drop("_found")
    )


def _frame(rows: Frame) -> pl.DataFrame:
    match rows:
        case pl.DataFrame():
            return rows
        case pl.LazyFrame():
            return rows.collect()
        case ArrowStream():
            return pl.DataFrame(rows)
    raise InputError(
        f"the rows are a {type(rows).__name__}, not a frame",
        hint="pass a polars frame or one that has __arrow_c_stream__",
    )


def _printed(names: Frame | Iterable[str]) -> list[str]:
    """The distinct names, sorted."""
    if isinstance(names, pl.DataFrame | pl.LazyFrame | ArrowStream) and not isinstance(
        names, pl.Series
    ):
        frame = _frame(names)
        column = next((n for n in ("agency_name", "agency_id") if n in frame.columns), None)
        if column is None:
            raise InputError(
                "the frame has neither 'agency_name' nor 'agency_id'",
                hint="pass the documents of a panel, or a list of names",
            )
        return sorted(frame[column].drop_nulls().unique())
    if isinstance(names, str):
        raise InputError(f"names is the text {names!r}", hint="pass a list of names")
    return sorted(set(names))


def _owners(registry: Registry) -> dict[str, list[_Owner]]:
    """Who goes by each name in normal form."""
    index: dict[str, list[_Owner]] = {}
    for row in registry.agencies.iter_rows(named=True):
        own = {normal_name(row["agency_id"]), normal_name(row["agency_name"])}
        for name in names_of(row["agency_id"], row["agency_name"], row["aliases"]):
            life = (row["valid_from"] or _OPEN_FROM, row["valid_to"] or _OPEN_TO)
            index.setdefault(name, []).append(_Owner(row["agency_id"], *life, name not in own))
    return index


def _kind_of_match(owner: _Owner, *, is_clear: bool) -> NameMatch:
    if not is_clear:
        return NameMatch.AMBIGUOUS
    return NameMatch.ALIAS if owner.is_alias else NameMatch.EXACT


def _registered(row: dict[str, Any], owners: dict[str, list[_Owner]]) -> str | None:
    """The registered agency of a row; ``None`` if none, or several, go by its name."""
    for column in ("agency_id", "agency_name"):
        found = owners.get(normal_name(row.get(column) or ""), [])
        if len(found) > 1 and (year := row.get("fiscal_year")) is not None:
            found = [owner for owner in found if owner.valid_from <= year <= owner.valid_to]
        if len(found) == 1:
            return found[0].agency_id
    return None


def _similar(
    name: str,
    owners: dict[str, list[_Owner]],
    agencies: dict[str, dict[str, Any]],
    min_score: float,
) -> list[tuple[str, float]]:
    """Agencies with similar names, the most similar first."""
    from rapidfuzz import fuzz, process

    text = normal_name(name)
    region = region_of_agency(text)
    best: dict[str, float] = {}
    for spelling, likeness, _ in process.extract(
        text, list(owners), scorer=fuzz.ratio, score_cutoff=100 * min_score, limit=None
    ):
        for owner in owners[spelling]:
            code = agencies[owner.agency_id]["region_code"]
            if region is None or code is None or code == region.code:
                score = round(likeness / 100, 4)
                best[owner.agency_id] = max(score, best.get(owner.agency_id, 0))
    return sorted(best.items(), key=lambda item: (-item[1], item[0]))
