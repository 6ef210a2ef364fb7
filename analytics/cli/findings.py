"""`check`: run the rules, list what does not hold, take the answers of people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from analytics.cli.application import (
    DEFAULT_PANEL,
    DONE,
    FINDINGS,
    Lang,
    PanelOption,
    ReviewedOption,
    app,
    open_panel,
)
from analytics.errors import InputError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["check"]

_OUTCOMES = ("pass", "fail", "insufficient", "not_applicable")


@app.command
def check(
    *,
    panel: PanelOption = DEFAULT_PANEL,
    strict: bool = False,
    explain: Annotated[str | None, Parameter(name="--explain")] = None,
    reviewed: ReviewedOption = None,
    lang: Lang = "zh",
    output: Path | None = None,
) -> int:
    """Run every rule over a panel and list what does not hold, the heaviest first.

    Findings that follow from another one stand beneath it. Findings that a person accepted or
    explained come last and are counted apart.

    Parameters
    ----------
    strict
        End with exit code 1 if an open finding of severity error remains.
    explain
        Code of a rule: say what it tests, why it matters and where it comes from, and do nothing
        else.
    lang
        Language of titles and sentences. What the disclosure prints stays as printed.
    output
        File for the list: .xlsx, .csv or .json to hand on or to fill in and give back as
        --reviewed; .html for a page to read.
    """
    if explain is not None:
        from analytics.checks import explain as explained

        print(explained(explain))
        return DONE
    from analytics.pipeline import check as run
    from analytics.reporting import list_findings, read_reviews, save_findings
    from analytics.reporting.findings import is_settled, lost_reviews

    opened = open_panel(panel)
    reviews = None if reviewed is None else read_reviews(reviewed)
    findings = run(opened)
    listed = list_findings(opened, reviews=reviews)
    _show(listed, lang)
    counts = dict(findings.group_by("outcome").len().iter_rows())
    print(", ".join(f"{counts.get(outcome, 0)} {outcome}" for outcome in _OUTCOMES))
    if reviews is not None:
        lost = lost_reviews(listed, reviews)
        _show_answers(listed, lost)
        if output is not None and len(lost) and _is_same(output, reviewed):
            raise InputError(
                f"{output} holds {len(lost)} answers whose finding is gone, and would lose them",
                hint="write the list to another file",
            )
    if output is not None:
        print(save_findings(opened, output, reviews=reviews, lang=lang))
    still_open = listed.filter(~is_settled())
    return FINDINGS if strict and "error" in still_open["severity"] else DONE


def _is_same(output: Path, reviewed: Path | None) -> bool:
    return reviewed is not None and output.resolve() == reviewed.resolve()


def _show(listed: pl.DataFrame, lang: Lang) -> None:
    """A line for each finding; what follows from one is indented under it."""
    keys = set(listed["finding_key"])
    for row in listed.iter_rows(named=True):
        place = [f" {name} {row[name]}" for name in ("page", "line") if row[name] is not None]
        of = f"{row['agency_id']} {row['fiscal_year']}{','.join(place)}"
        indent = "    " if row["root_key"] in keys else ""
        state = f", {row['state']}" if row["state"] else ""
        print(
            f"{indent}{row['severity']:>7}  {row['rule']} ({of}{state}): {row[f'message_{lang}']}"
        )
        if row["answer"]:
            note = f": {row['note']}" if row["note"] else ""
            value = f" {row['corrected_text']}" if row["corrected_text"] else ""
            stale = " - the figures have changed since" if row["is_stale"] else ""
            who = f"{row['reviewer']}, {row['answered_on']}"
            print(f"{indent}         {row['answer']}{value} ({who}){note}{stale}")


def _show_answers(listed: pl.DataFrame, lost: pl.DataFrame) -> None:
    """How many findings are answered, and the answers that no finding is left for."""
    answered = listed.filter(listed["answer"].is_not_null())
    stale = int(answered["is_stale"].sum())
    print(
        f"{len(answered)} answered, of which {stale} stale; {len(lost)} answers without a finding"
    )
    for row in lost.iter_rows(named=True):
        print(f"   gone  {row['finding_key']}: {row['answer']} ({row['reviewer']})")
