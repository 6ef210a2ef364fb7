"""The command line: ``budget-analytics ingest | check | report | export | import | describe``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cyclopts import CycloptsError

from analytics.cli import exchange, findings, output, reading
from analytics.cli.application import DONE, UNREADABLE, WRONG_USE, app, standard_error
from analytics.errors import AnalyticsError, ReadError

__all__ = ["exchange", "findings", "main", "output", "reading"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Examples:
        >>> main(["export", "no-such-table", "--panel", "no-such-panel"])
        2
    """
    try:
        code = app(
            None if arguments is None else list(arguments),
            exit_on_error=False,
            error_console=standard_error(),
            result_action="return_value",
        )
    except CycloptsError:
        return WRONG_USE
    except ReadError as error:
        return _fail(error, UNREADABLE)
    except AnalyticsError as error:
        return _fail(error, WRONG_USE)
    return code if isinstance(code, int) else DONE


def _fail(error: AnalyticsError, code: int) -> int:
    print(f"budget-analytics: {error}", file=sys.stderr)
    return code
