"""Which members of a union of agencies are in a panel, statement by statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from analytics.reference.agency_unions import AgencyUnion
from analytics.schema.agency_vocabularies import UnionRole, UnionState
from analytics.schema.results.agencies import UnionCoverage
from analytics.schema.tables import column_types

__all__ = ["coverage_of"]

_Key = tuple[str, int, str, str, str]
_Found = tuple[bool, int, list[str], list[str], bool]
"""Whether all are there, minus how many are not, who is, who is not, and a contradiction."""
_CONTRADICTED = (
    "单位文件与沿革登记不符：新旧单位并存，或设立前已有数字",
    "documents contradict the registry: old and new agencies both print figures, or one does before"
    " it began",
)
_ABSENT = ("期间设立，上年无此单位", "founded in between: nothing to be there")
_GONE = ("期间撤销，本年无此单位", "ended in between: nothing to be there")


def coverage_of(
    listed: pl.DataFrame, unions: Iterable[AgencyUnion], prior_year: int, year: int
) -> pl.DataFrame:
    """Say for each union, year and statement which members print it.

    A statement that the union has in one of the two years is looked for in the other one too.

    Args:
        listed: One row a pool of documents and statement that they print: ``union_id``, ``cut``
            (the agencies that there were), ``members`` (those that print it), ``is_contradicted``.
        unions: The unions.
        prior_year: The earlier year.
        year: The later year.

    Returns:
        The rows of :class:`~analytics.schema.results.agencies.UnionCoverage`, sorted by their key.
    """
    found: dict[_Key, _Found] = {}
    for row in listed.iter_rows(named=True):
        key = tuple(row[n] for n in ("union_id", "fiscal_year", "stage", "scope", "statement"))
        missing = sorted(set(row["cut"]) - set(row["members"]))
        is_bad = row["is_contradicted"]
        entry = (not missing and not is_bad, -len(missing), row["members"], missing, is_bad)
        found[key] = max(found.get(key, entry), entry)
    by_id = {union.union_id: union for union in unions}
    rows = [_row(key, found, by_id) for key in _keys(found, prior_year, year)]
    types = column_types(UnionCoverage)
    return pl.DataFrame(rows, schema=types).sort(
        "union_id", "fiscal_year", "stage", "scope", "statement"
    )


def _keys(found: Iterable[_Key], prior_year: int, year: int) -> Iterator[tuple[_Key, bool]]:
    wanted = {(union, stage, scope, statement) for union, _, stage, scope, statement in found}
    for union, stage, scope, statement in wanted:
        for when in (prior_year, year):
            yield (union, when, stage, scope, statement), when == prior_year


def _row(
    keyed: tuple[_Key, bool],
    found: Mapping[_Key, _Found],
    unions: Mapping[str, AgencyUnion],
) -> dict[str, object]:
    key, is_prior = keyed
    role = UnionRole.PRIOR if is_prior else UnionRole.CURRENT
    union = unions[key[0]]
    wanted = list(union.prior if is_prior else union.current)
    nothing: _Found = (not wanted, -len(wanted), [], wanted, False)
    is_complete, _, members, missing, is_contradicted = found.get(key, nothing)
    if is_contradicted:
        reasons: tuple[str | None, str | None] = _CONTRADICTED
    elif missing:
        reasons = (f"缺少：{'、'.join(missing)}", f"missing: {', '.join(missing)}")
    elif not wanted:
        reasons = _ABSENT if is_prior else _GONE
    else:
        reasons = (None, None)
    state = UnionState.COMPLETE if is_complete else UnionState.AGENCY_INCOMPLETE
    names = ("union_id", "fiscal_year", "stage", "scope", "statement")
    return dict(zip(names, key, strict=True)) | {
        "union_role": str(role),
        "union_state": str(state),
        "member_ids": ";".join([*members, *missing]),
        "missing_ids": ";".join(missing),
        "reason": reasons[0],
        "reason_en": reasons[1],
    }
