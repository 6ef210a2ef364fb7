"""What an ingest reports: file by file, summed up, and while it runs."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from analytics.schema.tables import kind_of_reason
from analytics.schema.vocabularies import Outcome, Presence, Severity
from analytics.store import Panel

__all__ = ["IngestResult", "IngestSummary", "Progress", "summarise"]

STATUSES = ("added", "replaced", "unchanged", "outdated", "failed")
_TABLES = ("statements", "claims", "set_aside", "findings")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is.

    Args:
        done: Files that are through, in the order of their names.
        total: Files there are; it grows when an archive is opened.
        failed: Files that could not be read, among those that are through.
        name: The file that came through last.
    """

    done: int
    total: int
    failed: int
    name: str


@dataclass(frozen=True)
class IngestSummary:
    """What the files of an ingest hold, added up; a file that was in the panel before counts too.

    Args:
        files: Files by what became of them: ``added``, ``replaced``, ``unchanged``, ``outdated``,
            ``failed``.
        documents: Different documents among them that are in the panel.
        pages: Pages of those that have pages.
        statements: Statements by presence: ``present``, ``empty``, ``missing``.
        numeric_cells: Numeric cells in tables.
        fact_cells: Those that became facts, or values in performance forms.
        set_aside_cells: Those that were set aside with a reason.
        claims: Claims read from sentences.
        claims_left: Amounts in sentences that were not understood.
        set_aside: Everything that was set aside, cells and amounts in sentences, by reason.
        findings: Checks that failed, by severity.
        seconds: How long the ingest took.
    """

    files: Mapping[str, int]
    documents: int
    pages: int
    statements: Mapping[str, int]
    numeric_cells: int
    fact_cells: int
    set_aside_cells: int
    claims: int
    claims_left: int
    set_aside: Mapping[str, int]
    findings: Mapping[str, int]
    seconds: float

    @property
    def accounted_share(self) -> float | None:
        """Share of the numeric cells in tables that became facts, 0–1; None without any cell."""
        return self.fact_cells / self.numeric_cells if self.numeric_cells else None

    def as_dict(self) -> dict[str, Any]:
        """The summary as plain values, for JSON."""
        return {**asdict(self), "accounted_share": self.accounted_share}

    def __str__(self) -> str:
        """A few lines of text."""
        share = self.accounted_share
        shown = "" if share is None else f" ({share:.2%} of them facts)"
        lines = [
            ("files", f"{sum(self.files.values())}: {_counted(self.files)}"),
            ("documents", f"{self.documents}, {self.pages} pages"),
            ("statements", _counted(self.statements)),
            ("numeric cells", f"{self.numeric_cells}{shown}, {self.set_aside_cells} set aside"),
            ("claims", f"{self.claims} read, {self.claims_left} amounts in sentences left"),
            *((f"{count:>13}", reason) for reason, count in self.set_aside.items()),
            ("failed checks", _counted(self.findings)),
            ("seconds", f"{self.seconds:.1f}"),
        ]
        return "\n".join(f"{name:>13}  {value}" for name, value in lines)


@dataclass(frozen=True)
class IngestResult:
    """What an ingest did, file by file.

    Args:
        panel: The panel, with its findings up to date.
        files: One row a file: ``file``, ``status`` (``added``, ``replaced``, ``unchanged``,
            ``outdated``, ``failed``), ``message``, ``document_id`` (null where the file failed) and
            ``same_as``: the file before it, or the name in the panel, that has the same content.
        summary: What the files hold, added up.
    """

    panel: Panel
    files: pl.DataFrame
    summary: IngestSummary

    @property
    def failed(self) -> pl.DataFrame:
        """The files that could not be read, with the reason."""
        return self.files.filter(pl.col("status") == "failed")

    def __repr__(self) -> str:
        """One line: how many files ended how."""
        counts = self.files.group_by("status").len().sort("status").rows()
        return "IngestResult(" + ", ".join(f"{count} {status}" for status, count in counts) + ")"

    def _repr_html_(self) -> str:
        text = html.escape(str(self.summary))
        return f"<p>{html.escape(repr(self))}</p><pre>{text}</pre>" + self.files._repr_html_()


def summarise(panel: Panel, files: pl.DataFrame, seconds: float) -> IngestSummary:
    """Add up what the panel holds of the documents in ``files``.

    Args:
        panel: The panel, with findings.
        files: One row a file, as in :class:`IngestResult`.
        seconds: How long the ingest took.
    """
    named = files["document_id"].drop_nulls().unique()
    documents = panel.table("documents", editions="all").filter(
        pl.col("document_id").is_in(named.implode())
    )
    scans = [_of(panel, name, named) for name in _TABLES]
    statements, claims, aside, findings = scans
    reason = kind_of_reason(pl.col("reason").str.replace_all(r"'[^']*'", "…"))
    counts = pl.collect_all(
        [
            statements.group_by(pl.col("presence").cast(pl.String)).len(),
            claims.select(pl.len()),
            aside.group_by(reason).len().sort("len", "reason", descending=[True, False]),
            findings.filter(pl.col("outcome") == str(Outcome.FAIL))
            .group_by(pl.col("severity").cast(pl.String))
            .len(),
        ]
    )
    presence, claimed, reasons, failed = counts
    cells = {name: int(documents[name].sum()) for name in documents.columns if "cell_count" in name}
    set_aside = dict(reasons.iter_rows())
    return IngestSummary(
        files=_in_order(files.group_by("status").len(), STATUSES),
        documents=documents.height,
        pages=int(documents["page_count"].sum()),
        statements=_in_order(presence, map(str, Presence)),
        numeric_cells=cells["numeric_cell_count"],
        fact_cells=cells["fact_cell_count"] + cells["form_value_cell_count"],
        set_aside_cells=cells["set_aside_cell_count"],
        claims=claimed.item(),
        claims_left=sum(set_aside.values()) - cells["set_aside_cell_count"],
        set_aside=set_aside,
        findings=_in_order(failed, map(str, Severity)),
        seconds=seconds,
    )


def _of(panel: Panel, name: str, documents: pl.Series) -> pl.LazyFrame:
    scan = panel.scan(name, editions="all")
    return scan.filter(pl.col("document_id").is_in(documents.implode()))


def _in_order(counts: pl.DataFrame, order: Any) -> dict[str, int]:
    found = dict(counts.iter_rows())
    return {name: found[name] for name in order if name in found}


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items()) or "none"
