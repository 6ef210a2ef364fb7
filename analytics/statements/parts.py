"""What is known of a document from outside it: from its reader, and from the files beside it.

A disclosure may come in several files, of which one prints no agency: its title page is a
picture, or it holds the text and the other one the tables. Nothing is guessed: what the document
prints and what is known of it must agree.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analytics.errors import InputError
from analytics.schema.vocabularies import IdentityBasis, Scope, Stage
from analytics.statements.model import Identity
from analytics.statements.names import is_short_for, short_names

__all__ = ["Known", "as_part", "is_strong", "read_identities"]

_STAGES = (Stage.BUDGET, Stage.FINAL)
_COLUMNS = ("file", "agency", "fiscal_year", "stage", "scope")


@dataclass(frozen=True, slots=True)
class Known:
    """What the reader of a document says of it; ``None`` is left to the document.

    Args:
        agency: Name of the agency.
        fiscal_year: Year the document is about.
        stage: Budget or final accounts.
        scope: Whole department or one unit.

    Examples:
        >>> Known.of(agency="某市文史馆", stage="budget").stage
        <Stage.BUDGET: 'budget'>
        >>> Known.of(scope="office")
        Traceback (most recent call last):
        ...
        analytics.errors.InputError: 'office' is not a scope; known: department, unit
    """

    agency: str | None = None
    fiscal_year: int | None = None
    stage: Stage | None = None
    scope: Scope | None = None

    @classmethod
    def of(
        cls,
        *,
        agency: str | None = None,
        year: int | str | None = None,
        stage: str | None = None,
        scope: str | None = None,
    ) -> Known:
        """Take what a person wrote; blank is not known.

        Args:
            agency: Name of the agency.
            year: Fiscal year.
            stage: ``budget`` or ``final``.
            scope: ``department`` or ``unit``.

        Raises:
            InputError: The year is no year, or the stage or scope is none.
        """
        if year and not (str(year).isdigit() and 1990 <= int(year) <= 2100):
            raise InputError(f"{year!r} is not a fiscal year", hint="give a year such as 2024")
        for what, value, known in (("stage", stage, _STAGES), ("scope", scope, tuple(Scope))):
            if value and value not in known:
                raise InputError(f"{value!r} is not a {what}", hint=f"known: {', '.join(known)}")
        return cls(
            agency.strip() or None if agency else None,
            int(year) if year else None,
            Stage(stage) if stage else None,
            Scope(scope) if scope else None,
        )


def read_identities(path: str | Path) -> dict[str, Known]:
    """Read a table that says whose some files are.

    Args:
        path: A CSV file (UTF-8) with the columns ``file``, ``agency``, ``fiscal_year``, ``stage``
            and ``scope``. ``file`` is a file's name, or the end of its path; what is blank, and
            every file that is not listed, is left to the document.

    Returns:
        What is known, by ``file``.

    Raises:
        InputError: The file cannot be read, has other columns, or a row is not understood.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}", hint="give a CSV file") from error
    known: dict[str, Known] = {}
    for number, row in enumerate(rows, start=2):
        unknown = [name for name in row if name not in _COLUMNS]
        if unknown or not row.get("file"):
            raise InputError(
                f"{path}, line {number}: expected the columns {', '.join(_COLUMNS)}",
                hint="only file must be filled in every row",
            )
        try:
            known[row["file"].strip()] = Known.of(
                agency=row.get("agency"),
                year=(row.get("fiscal_year") or "").strip(),
                stage=(row.get("stage") or "").strip(),
                scope=(row.get("scope") or "").strip(),
            )
        except InputError as error:
            raise InputError(f"{path}, line {number}: {error.message}", hint=error.hint) from None
    return known


def is_strong(identity: Identity) -> bool:
    """Whether a document names its agency itself, so that the files beside it may take it over."""
    return identity.basis in (IdentityBasis.LABEL, IdentityBasis.TITLE, IdentityBasis.GIVEN)


def as_part(
    identity: Identity, siblings: Sequence[Identity], text: str, *, said: Iterable[str] = ()
) -> Identity | None:
    """The identity of a document that does not name its agency in full, from the files beside it.

    The files beside it must name exactly one agency for its year. Where a sentence of the document
    gives a short name, that must be short for the agency; where it gives none, the document must
    speak of the agency by its name or a short one.

    Args:
        identity: What the document says itself; ``agency_name`` is empty where it names none.
        siblings: Identities of the other files of its folder or archive.
        text: The running text of the document, without spaces.
        said: Which of ``stage`` and ``scope`` the document says itself, the other being assumed.

    Returns:
        The identity with the agency of the files beside it, or ``None`` if they do not settle it.
    """
    of_year = [
        each for each in siblings if is_strong(each) and each.fiscal_year == identity.fiscal_year
    ]
    own = identity.agency_name
    fitting = [
        each
        for each in of_year
        if (
            each.agency_id == identity.agency_id or is_short_for(own, each.agency_name)
            if own
            else any(name in text for name in short_names(each.agency_name))
        )
    ]
    candidates = fitting if own else of_year
    if not fitting or len({each.agency_id for each in candidates}) != 1:
        return None
    spoken = set(said)
    stages, scopes = ({getattr(e, name) for e in fitting} for name in ("stage", "scope"))
    if "stage" in spoken and identity.stage not in stages:
        return None
    if not own and (len(stages) > 1 or len(scopes) > 1):
        return None
    joined = replace(
        identity,
        agency_id=fitting[0].agency_id,
        agency_name=fitting[0].agency_name,
        basis=IdentityBasis.SIBLING,
    )
    if "stage" not in spoken and len(stages) == 1:
        joined = replace(joined, stage=next(iter(stages)))
    if "scope" not in spoken and len(scopes) == 1:
        joined = replace(joined, scope=next(iter(scopes)))
    return joined
