"""The panel: the canonical tables on disk, committed document by document.

Each table is a Delta table in a folder of its own. Delta writes one table at a time, so what is
part of the panel hangs on one of them: rows of other tables carry the name of the write that put
them there, and count while a row of ``documents`` names that write. Rows go first and documents
last; a process that dies in between leaves rows that nobody sees, until :meth:`Panel.maintain`
removes them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import polars as pl

from analytics.errors import AnalyticsError, InputError, NotFoundError
from analytics.schema.tables import TABLES
from analytics.store import coverage as covering
from analytics.store import overview
from analytics.store.attributes import TableAttributes
from analytics.store.commits import (
    CommitReport,
    live_documents,
    new_write_id,
    plan_commit,
    write_age,
)
from analytics.store.delta import StoredTable, attempts
from analytics.store.diff import PanelDiff, PanelState, compare_states, state_at
from analytics.store.findings import plan_findings, spool_findings
from analytics.store.groups import Group, in_groups, read_in_order
from analytics.store.marker import claim_folder
from analytics.store.reading import Reading, rows_by_table
from analytics.store.selection import (
    Names,
    Wanted,
    Years,
    select_documents,
    select_rows,
    wanted_values,
)
from analytics.store.tables import CHILD_TABLES, DOCUMENT_SORT, WRITE_ID, History, canonical_schema
from analytics.store.upkeep import Maintenance, tidy_up

__all__ = ["Editions", "Maintenance", "Panel"]

Editions = Literal["current", "all"]
"""Which editions of a disclosure are read: the newest, or every one."""

_LONGEST_COMMIT_HOURS = 1.0
_WEEK_HOURS = 168


class Panel(TableAttributes):
    """The canonical tables of many disclosures, in a folder that survives being interrupted.

    Every read shows the newest state of the folder; two reads in a row may differ if another
    process commits in between, and :meth:`tables` reads all tables in one state. Any number of
    processes may read and write at once; within a process, one thread uses one panel object.

    Examples:
        >>> import tempfile
        >>> panel = Panel.open(Path(tempfile.mkdtemp()) / "panel", create=True)
        >>> panel.facts.height, panel.facts.columns[:3]
        (0, ['document_id', 'page', 'block'])
        >>> panel.commit([])
        CommitReport(added=(), replaced=(), unchanged=(), outdated=(), superseded=())
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tables = {name: StoredTable(path.resolve() / name, name) for name in TABLES}
        self._seen: tuple[int, pl.DataFrame] | None = None

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False) -> Panel:
        r"""Open the panel at ``path``.

        Args:
            path: A folder in the local file system.
            create: Make an empty panel where there is nothing yet.

        Raises:
            NotFoundError: There is nothing at ``path`` and ``create`` is false.
            InputError: The folder holds other things, its marker cannot be read, the panel is of
                a newer format, or the path has one of the characters ``[ ] ^ | % \``.
        """
        folder = Path(path)
        claim_folder(folder, create=create)
        return cls(folder)

    @property
    def path(self) -> Path:
        """The folder."""
        return self._path

    # --- reading ---------------------------------------------------------------------------

    def table(self, name: str, *, editions: Editions = "current") -> pl.DataFrame:
        """One canonical table, in the declared columns and types.

        ``documents`` has three columns more than a reading gives: ``edition``, ``is_current`` and
        ``ingested_at``.

        Args:
            name: The table.
            editions: The current editions only, or all of them.

        Returns:
            Rows sorted by agency, year, stage, scope and edition of their document, then by the
            place they were printed at. A table without rows has all its columns.

        Raises:
            NotFoundError: There is no such table.
            InputError: ``editions`` is something else.

        Examples:
            >>> import tempfile
            >>> panel = Panel.open(Path(tempfile.mkdtemp()) / "panel", create=True)
            >>> panel.table("fact")
            Traceback (most recent call last):
            ...
            analytics.errors.NotFoundError: no table 'fact'; did you mean 'facts'? Known: claims, \
documents, facts, findings, indicators, mentions, projects, set_aside, statements
        """
        return self._read([name], editions)[name]

    def tables(self, *, editions: Editions = "current") -> dict[str, pl.DataFrame]:
        """As :meth:`table`, all tables by name in one state."""
        return self._read(list(TABLES), editions)

    def groups(
        self, at_once: int, *, editions: Editions = "current"
    ) -> Iterator[dict[str, pl.DataFrame]]:
        """As :meth:`tables`, whole agencies with about ``at_once`` documents at a time."""
        with self.unread_groups(at_once, editions=editions) as groups:
            yield from (group.read() for group in groups)

    def unread_groups(
        self, at_once: int, *, editions: Editions = "current"
    ) -> AbstractContextManager[list[Group]]:
        """As :meth:`groups`, to be read within a ``with`` block, by other processes too."""
        return in_groups(*self._snapshot([n for n in TABLES if n != "findings"], editions), at_once)

    def scan(
        self,
        name: str,
        *,
        agency: Names = None,
        year: Years = None,
        stage: Names = None,
        scope: Names = None,
        statement: Names = None,
        editions: Editions = "current",
    ) -> pl.LazyFrame:
        """One canonical table, or part of it, to query without reading all of it.

        It shows the panel as it is now, whenever it is collected. Collected more than a week
        later, after a :meth:`maintain`, it may find its files gone. Rows come in no fixed order.

        Args:
            name: The table.
            agency: One ``agency_id`` or several.
            year: One fiscal year or several, as the rows say it, which also state other years
                than their document is of; where rows do not say it, that of their document.
            stage: One stage or several, in the same way.
            scope: One scope or several.
            statement: One statement or several.
            editions: The current editions only, or all of them.

        Raises:
            NotFoundError: There is no such table, agency, year, stage, scope or statement.
            InputError: ``editions`` is something else, a filter has values of another type, or the
                rows of the table belong to no statement.

        Examples:
            >>> rows = panel.scan("facts", year=2024, statement="expenditure_summary")
            >>> rows.filter(code="total", component="total").collect()["amount_yuan"].item()
            Decimal('5000000.00')
            >>> panel.scan("facts", agency="示例图书馆")
            Traceback (most recent call last):
            ...
            analytics.errors.NotFoundError: no agency '示例图书馆'; did you mean '示例市图书馆'? \
Known: 示例市图书馆
        """
        wanted = wanted_values(
            name, agency=agency, year=year, stage=stage, scope=scope, statement=statement
        )
        documents, scans = self._snapshot([name], editions, wanted)
        rows = documents.lazy() if name == "documents" else scans[name]
        _, known = self._documents()
        return select_rows(rows, known, name, wanted).select(canonical_schema(name).names())

    def coverage(self) -> pl.DataFrame:
        """Which statements the panel has of whom and when: rows of :class:`~analytics.store.tables.Coverage`."""
        tables = self._read(["documents", "statements"], "current")
        return covering.coverage(tables["documents"], tables["statements"])

    def coverage_grid(self) -> pl.DataFrame:
        """As :meth:`coverage`, for every year between an agency's first and last, gaps included.

        Returns:
            The rows of :class:`~analytics.schema.results.CoverageGrid`, in the order of the forms;
            :func:`~analytics.store.grid_by_year` makes a table of it to look at. Stages, scopes
            and statements are those that the agency has in any year.
        """
        tables = self._read(["documents", "statements"], "current")
        return covering.coverage_grid(tables["documents"], tables["statements"])

    def diff(self, before: Panel | datetime) -> PanelDiff:
        """What is different now from another panel, or from this one at an earlier moment.

        Documents are told apart by their content, figures first by place and meaning, then by
        meaning alone (moved), then by place alone (read otherwise); failed checks by name, then
        by what they are about. Only current editions are compared.

        Args:
            before: The other panel; or a moment, such as an ``ingested_at`` of :meth:`history`.

        Raises:
            InputError: The moment has no time zone.
            NotFoundError: :meth:`maintain` removed what the panel held then.

        Examples:
            >>> from datetime import UTC, datetime
            >>> difference = panel.diff(datetime(2020, 1, 1, tzinfo=UTC))
            >>> print(repr(difference).splitlines()[1])
              documents: 1 added
            >>> bool(panel.diff(panel))
            False
        """
        if isinstance(before, datetime):
            earlier = state_at(before, self._documents()[1], self._tables)
        else:
            earlier = before._state()
        return compare_states(earlier, self._state())

    def history(self) -> pl.DataFrame:
        """What was stored when, also readings that a newer one replaced.

        Returns:
            The rows of :class:`~analytics.store.tables.History`, one a reading, as they came.
        """
        _, documents = self._documents()
        return documents.sort("ingested_at", "arrival", WRITE_ID).select(History.column_names())

    def __repr__(self) -> str:
        """One line: whose documents of which years, and how many facts."""
        documents, counts = self._count(["facts"])
        return overview.in_one_line(self._path, documents, counts["facts"])

    def _repr_html_(self) -> str:
        """One screen for a notebook: agencies, years, rows of each table, findings by outcome."""
        documents, counts = self._count(CHILD_TABLES)
        outcomes = self.scan("findings").group_by("outcome").len().collect()
        return overview.as_html(self._path, documents, counts, dict(outcomes.iter_rows()))

    # --- writing ---------------------------------------------------------------------------

    def commit(self, readings: Sequence[Reading]) -> CommitReport:
        """Store readings: all of them, or, if anything stops it, none.

        The same reading of the same document changes nothing. Another reading of a document
        takes the place of the one before, unless that is by a newer reader. A new document with
        statements that the panel already has of the same agency, year, stage and scope is a new
        edition, current from now on; the edition before stays readable.

        A commit costs about the same for one reading as for ten: commit many at once.

        Returns:
            What became of each document.

        Raises:
            InputError: A document occurs twice with different rows.
            AnalyticsError: The folder cannot be written, or other writers never gave way.
        """
        write_ids = {reading.reading_id: new_write_id() for reading in readings}
        written: set[str] = set()
        for _ in attempts("the commit"):
            _, stored = self._documents()
            plan = plan_commit(stored, readings, write_ids, datetime.now(UTC))
            if not plan.fresh:
                break
            unwritten = [r for r in plan.fresh if r.reading_id not in written]
            # Nobody sees these rows yet.
            for name, rows in rows_by_table(unwritten, write_ids):
                self._tables[name].append(rows)
            written |= {reading.reading_id for reading in plan.fresh}
            if max(write_age(write_id) for write_id in write_ids.values()) > _LONGEST_COMMIT_HOURS:
                raise AnalyticsError(
                    "the commit took more than an hour, so that its rows may be tidied away",
                    hint="nothing was stored; commit again, with fewer readings at once",
                )
            if self._tables["documents"].replace(plan.documents):
                break
        return plan.report

    def replace_findings(self, findings: pl.DataFrame | Iterable[pl.DataFrame | Path]) -> None:
        """Put the answers of the checks in the place of all earlier ones, in one step.

        Findings that a document's reading brought along are replaced as well. Findings on editions
        that are no longer current stay, unless ``findings`` has some on them. When a document is
        read anew, findings on its reading before are no longer shown. If these very findings are
        stored already, nothing is written.

        Args:
            findings: Rows of ``findings``, or parts of them, each with whole documents: the rows,
                or a file that :func:`~analytics.store.findings.spool_part` wrote.

        Raises:
            SchemaError: Rows do not fit the table.
            InputError: A finding is on a document that the panel does not hold.
        """
        table = self._tables["findings"]
        with tempfile.TemporaryDirectory() as folder:
            parts = spool_findings(findings, Path(folder))
            for _ in attempts("replacing the findings"):
                table.refresh()
                _, documents = self._documents()
                wanted = plan_findings(table.scan(), parts, live_documents(documents))
                if wanted is None or table.replace(wanted):
                    return

    def maintain(self, *, keep_hours: int = _WEEK_HOURS) -> Maintenance:
        """Remove what nobody sees any more, join small files, and sum up the logs.

        What is read does not change. Worth doing after large ingests; other processes may go on
        reading and writing meanwhile.

        Args:
            keep_hours: Leave alone what was written or went out of use less than so many hours
                ago: it may belong to a commit that is under way, or be wanted by a reader. Below
                one hour only if no other process uses the panel.

        Raises:
            InputError: ``keep_hours`` is negative.
        """
        return tidy_up(
            self._tables,
            lambda: set(live_documents(self._documents()[1])[WRITE_ID]),
            keep_hours=keep_hours,
        )

    # --- inside ----------------------------------------------------------------------------

    def _documents(self) -> tuple[int, pl.DataFrame]:
        """The newest list of documents and its version."""
        table = self._tables["documents"]
        version = table.refresh()
        if self._seen is None or self._seen[0] != version:
            self._seen = version, table.scan().collect()
        return self._seen

    def _snapshot(
        self, names: Sequence[str], editions: Editions, wanted: Wanted | None = None
    ) -> tuple[pl.DataFrame, dict[str, pl.LazyFrame]]:
        """Sorted documents, and the rows of other tables that belong to them, in one state."""
        for name in names:
            if name not in TABLES:
                raise NotFoundError.for_name("table", name, TABLES)
        if editions not in ("current", "all"):
            raise InputError(f"editions is {editions!r}", hint="give 'current' or 'all'")
        version, documents = self._documents()
        for _ in attempts("reading"):
            scans = {}
            for name in names:
                if name != "documents":
                    self._tables[name].refresh()
                    scans[name] = self._tables[name].scan()
            newest, newer = self._documents()
            if newest == version:
                break
            # Rows of a reading that was replaced meanwhile may be tidied away already.
            version, documents = newest, newer
        shown = live_documents(documents)
        if editions == "current":
            shown = shown.filter("is_current")
        if wanted:
            shown = select_documents(shown, names[0], wanted)
        is_shown = pl.col(WRITE_ID).is_in(shown[WRITE_ID].implode())
        return shown.sort(DOCUMENT_SORT), {n: scan.filter(is_shown) for n, scan in scans.items()}

    def _state(self) -> PanelState:
        documents, scans = self._snapshot(["facts", "findings"], "all")
        return PanelState(str(self._path), documents, scans)

    def _read(self, names: Sequence[str], editions: Editions) -> dict[str, pl.DataFrame]:
        frames = read_in_order(*self._snapshot(names, editions))
        return {name: frames[name] for name in names}

    def _count(self, names: Sequence[str]) -> tuple[pl.DataFrame, dict[str, int]]:
        """The current documents, and how many rows of other tables belong to them."""
        documents, scans = self._snapshot(names, "current")
        counts = pl.collect_all([scans[name].select(pl.len()) for name in names])
        return documents, {n: count.item() for n, count in zip(names, counts, strict=True)}
