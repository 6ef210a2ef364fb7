"""One file read whole: the work that is done for each of many files, in any process."""

from __future__ import annotations

from dataclasses import replace

from analytics.documents import Document, read_document
from analytics.errors import AnalyticsError, ReadError
from analytics.facts.build import build_tables
from analytics.pipeline.collecting import collecting_seldom
from analytics.pipeline.sources import Source
from analytics.statements.disclosure import read_disclosure
from analytics.store import Reading

__all__ = ["read_source"]


def read_source(source: Source) -> Reading | AnalyticsError:
    """Read one file into canonical tables, or say why that cannot be done.

    Args:
        source: The file.
    """
    try:
        known = source.known
        with collecting_seldom():
            disclosure = read_disclosure(
                _document(source),
                agency=known.agency,
                year=known.fiscal_year,
                stage=known.stage,
                scope=known.scope,
                siblings=source.siblings,
            )
            return Reading(build_tables(disclosure))
    except AnalyticsError as error:
        return error


def _document(source: Source) -> Document:
    try:
        return replace(read_document(source.path), file_name=source.file_name)
    except ReadError as error:
        if not source.is_temporary:
            raise
        # Where the file lies for the time being says nothing to whoever packed it.
        message = error.message.replace(str(source.path), source.name)
        message = message.replace(source.path.name, source.name)
        raise ReadError(message, hint=error.hint) from error
