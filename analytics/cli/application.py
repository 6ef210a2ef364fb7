"""What all commands share: the application, its options, its exit codes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter

from analytics.version import __version__

if TYPE_CHECKING:
    from rich.console import Console

    from analytics.store import Panel

__all__ = [
    "DEFAULT_PANEL",
    "DONE",
    "FINDINGS",
    "UNREADABLE",
    "WRONG_USE",
    "Lang",
    "PanelOption",
    "ReviewedOption",
    "app",
    "open_panel",
    "standard_error",
]

DONE, FINDINGS, WRONG_USE, UNREADABLE = 0, 1, 2, 3
"""The exit codes."""

DEFAULT_PANEL = Path("data/panel")
"""The panel of all commands that name none."""

Lang = Literal["zh", "en"]
"""The languages of labels and sentences."""

PanelOption = Annotated[Path, Parameter(name="--panel", help="Folder of the panel.")]
ReviewedOption = Annotated[
    Path | None,
    Parameter(
        name="--reviewed",
        help="Answers to findings: a CSV or Excel file that `check --output` wrote, filled in.",
    ),
]

_EPILOGUE = """
**Exit codes**: 0 done · 1 findings of severity error (`check --strict`) · 2 wrong use ·
3 unreadable input

**A first run**

    budget-analytics ingest data/disclosures
    budget-analytics check
    budget-analytics report --output reports
"""

app = App(
    name="budget-analytics",
    help=(
        "Read published Chinese budgets and final accounts (单位预算公开, 部门决算公开), check every "
        "number, and compare years."
    ),
    help_epilogue=_EPILOGUE,
    help_format="markdown",
    version=__version__,
)


def open_panel(panel: Path) -> Panel:
    """The panel in a folder."""
    from analytics.store import Panel

    return Panel.open(panel)


def standard_error() -> Console:
    """Where progress and errors are written."""
    from rich.console import Console

    return Console(stderr=True)
