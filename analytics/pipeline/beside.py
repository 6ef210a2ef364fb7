"""Files that are parts of one disclosure: what one does not say of itself, those beside it say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

import polars as pl

from analytics.errors import AnalyticsError, IdentityError
from analytics.pipeline.sources import Source
from analytics.schema.vocabularies import IdentityBasis, Scope, Stage
from analytics.statements.model import Identity
from analytics.statements.parts import is_strong
from analytics.store import Reading

__all__ = ["Beside", "Found", "Outcome"]

Found = Reading | AnalyticsError | str
"""A reading, an error, or the name of another source that has the same content."""


@dataclass(frozen=True)
class Outcome:
    """What became of a source."""

    source: Source
    found: Found


class Beside:
    """Which files name their agency, by folder, and which others wait for them.

    A file that names no agency, or that a sentence gives a short name, waits until all others are
    read. If those of its folder, or of its archive, settle whose it is, it is read once more; if
    they do not, it stays what it was.

    Args:
        documents: Documents that the panel holds, as rows of ``documents``.
    """

    def __init__(self, documents: pl.DataFrame) -> None:
        self._held = {row["document_id"]: _identity(row) for row in documents.iter_rows(named=True)}

    def is_open(self, source: Source, found: object) -> bool:
        """Whether the files beside a source may say more of whose it is."""
        if isinstance(found, IdentityError):
            return True
        identity = self._identity(source, found)
        return identity is not None and identity.basis is IdentityBasis.SENTENCE

    def settle(
        self, outcomes: Iterable[Outcome], read: Callable[[Source], Outcome]
    ) -> Iterator[Outcome]:
        """Outcomes in their order; those that wait for the files beside them come last.

        Args:
            outcomes: What became of each source.
            read: Reads a source, given its siblings.
        """
        named: dict[PurePath, list[Identity]] = defaultdict(list)
        waiting: list[Outcome] = []
        for outcome in outcomes:
            if self.is_open(outcome.source, outcome.found):
                waiting.append(outcome)
                continue
            identity = self._identity(outcome.source, outcome.found)
            if identity is not None and is_strong(identity):
                named[PurePath(outcome.source.name).parent].append(identity)
            yield outcome
        for outcome in waiting:
            siblings = tuple(named[PurePath(outcome.source.name).parent])
            yield self._again(outcome, siblings, read) if siblings else outcome

    def _again(
        self, outcome: Outcome, siblings: tuple[Identity, ...], read: Callable[[Source], Outcome]
    ) -> Outcome:
        again = read(replace(outcome.source, siblings=siblings))
        is_settled = isinstance(again.found, Reading) and not self.is_open(
            again.source, again.found
        )
        return Outcome(outcome.source, again.found) if is_settled else outcome

    def _identity(self, source: Source, found: object) -> Identity | None:
        if isinstance(found, Reading):
            return _identity(found.document)
        return self._held.get(source.document_id) if isinstance(found, str) else None


def _identity(row: Mapping[str, object]) -> Identity:
    """The identity in a row of ``documents``."""
    basis = row["identity_basis"]
    return Identity(
        agency_id=str(row["agency_id"]),
        agency_name=str(row["agency_name"]),
        fiscal_year=int(str(row["fiscal_year"])),
        stage=Stage(str(row["stage"])),
        scope=Scope(str(row["scope"])),
        basis=None if basis is None else IdentityBasis(str(basis)),
    )
