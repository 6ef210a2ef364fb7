"""`export` and `import`: a panel as files for other programs, and budgets of any other source."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from analytics.cli.application import DEFAULT_PANEL, DONE, PanelOption, app, open_panel
from analytics.errors import InputError

__all__ = ["export", "import_budgets"]

_OF_A_MAPPING = {"columns", "unit", "constants", "amounts", "values", "step", "sheet"}


@app.command
def export(
    table: str | None = None,
    /,
    *,
    panel: PanelOption = DEFAULT_PANEL,
    format: Literal["csv", "jsonl", "parquet", "xlsx", "fiscal-data-package"] = "csv",
    output: Path | None = None,
    wording: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Write one table of the panel or one result of analysis to a file, or the whole panel.

    Parameters
    ----------
    table
        documents, statements, facts, claims, projects, indicators, mentions, set_aside, findings, changes,
        spending_mix or unit_costs. `describe` explains the columns. If left out, all tables but the
        findings are written to --output, so that `import` reads them back.
    format
        csv, jsonl or parquet. For the whole panel csv or parquet (a folder), xlsx (one workbook) or
        fiscal-data-package (a folder of CSV files that says what each column means).
    output
        File to write, or folder for the whole panel; for one table standard output if left out
        (not for parquet).
    wording
        With the whole panel, write the sentences of the documents as well as their figures.
    """
    if table is None:
        if output is None or format == "jsonl":
            raise InputError(
                "the whole panel goes to --output as csv, parquet, xlsx or fiscal-data-package",
                hint="or name one table",
            )
        from analytics.exchange import export_panel

        for path in export_panel(open_panel(panel), output, format=format, wording=wording):
            print(path)
        return DONE
    if format == "xlsx" or format == "fiscal-data-package" or wording:  # noqa: PLR1714 - narrows
        raise InputError(
            "one table is written as csv, jsonl or parquet",
            hint="leave the table out to write the whole panel",
        )
    from analytics.reporting.export import export_table

    written = export_table(open_panel(panel), table, format=format, output=output)
    if output is None:
        sys.stdout.write(written)
    else:
        print(output)
    return DONE


@app.command(name="import")
def import_budgets(
    source: Path,
    /,
    *,
    mapping: Path | None = None,
    panel: PanelOption = DEFAULT_PANEL,
    set_aside: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Add budgets to a panel that `export` wrote or that come from any other source, and check them.

    A mapping is a TOML file that says which column means what:

        unit = "万元"
        [columns]
        agency = "单位"
        year = "年度"
        code = "科目编码"
        amount = "金额"
        [constants]
        stage = "budget"

    Parameters
    ----------
    source
        What `export` wrote for a whole panel; with a mapping a CSV, Excel or Parquet file, or the
        datapackage.json of a Fiscal Data Package.
    mapping
        TOML file with unit, columns, constants, amounts, values, step and sheet, as
        `read_budget_table` takes them.
    set_aside
        Set lines that cannot be taken aside, with the reason, instead of refusing the file.
    """
    from analytics.exchange import load_package, read_budget_table
    from analytics.pipeline.checking import check_all
    from analytics.store import Panel

    if mapping is None:
        readings = load_package(source)
    else:
        on_error: Literal["raise", "set_aside"] = "set_aside" if set_aside else "raise"
        readings = read_budget_table(source, **_declared(mapping), on_error=on_error)
    store = Panel.open(panel, create=True)
    print(store.commit(readings))
    check_all(store)
    print(f"panel {panel}: {store!r}")
    return DONE


def _declared(path: Path) -> dict[str, Any]:
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"the mapping {path} cannot be read: {error}") from error
    unknown = sorted(set(declared) - _OF_A_MAPPING)
    if unknown or "unit" not in declared:
        raise InputError(
            f"the mapping {path} has {', '.join(unknown) or 'no unit'}",
            hint=f"it may have {', '.join(sorted(_OF_A_MAPPING))}; unit must be there",
        )
    return declared
