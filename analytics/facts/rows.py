"""How a printed number becomes a row of ``facts``, in one place for every kind of statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import dataframely as dy
import polars as pl

from analytics.amounts import PrintedNumber, yuan_per_unit
from analytics.documents.model import Place
from analytics.schema.fields import MONEY
from analytics.schema.tables import column_types, conform
from analytics.schema.vocabularies import Repair, ValueKind
from analytics.statements.model import Identity

__all__ = [
    "as_table",
    "identity_columns",
    "join_repairs",
    "money_columns",
    "not_an_amount",
    "place_columns",
]


_TOO_LARGE = Decimal(10) ** (MONEY.precision - MONEY.scale)


def place_columns(place: Place) -> dict[str, int | float | str | None]:
    """The columns that say where a figure was printed, and how sure its reading is."""
    how = place.recognition
    return {
        "ocr_confidence": None if how is None else how.confidence,
        "page": place.page,
        "block": place.block,
        "row": place.row,
        "column": place.column,
        "line": place.line,
        "cell": place.cell,
    }


def identity_columns(identity: Identity) -> dict[str, Any]:
    """The columns that say whose figure it is, of which year, stage and scope."""
    return {
        "agency_id": identity.agency_id,
        "fiscal_year": identity.fiscal_year,
        "stage": str(identity.stage),
        "scope": str(identity.scope),
    }


def money_columns(number: PrintedNumber, unit: str, place: Place | None = None) -> dict[str, Any]:
    """The columns of a printed amount: exact yuan, its interval, and the text it came from.

    Args:
        number: The amount.
        unit: The unit of money it is printed in.
        place: Where it stands; where look-alikes were folded, the text is the one recognised.

    Raises:
        InputError: ``unit`` is not a unit of money.
    """
    yuan = number.scaled(yuan_per_unit(unit))
    interval = yuan.interval
    how = None if place is None else place.recognition
    return {
        "amount_yuan": yuan.value,
        "amount_text": (how and how.text) or number.text,
        "unit_text": unit,
        "step_yuan": yuan.step,
        "low_yuan": interval.low,
        "high_yuan": interval.high,
        "value_kind": str(ValueKind.PRINTED),
        "claim_id": None,
    }


def not_an_amount(yuan: Decimal) -> str | None:
    """Why a number in yuan cannot be kept as an amount of money; ``None`` if it can."""
    if abs(yuan) >= _TOO_LARGE:
        return "more digits than an amount has"
    return "finer than a cent" if yuan != round(yuan, 2) else None


def join_repairs(repairs: Iterable[Repair], place: Place | None = None) -> str | None:
    """Repairs as the text kept on a row: codes in order, each once, joined by ``;``.

    Args:
        repairs: What was mended.
        place: Where the figure stands; one that was read from a picture is marked.
    """
    marks: list[Repair] = []
    if place is not None and place.recognition is not None:
        marks.append(Repair.RECOGNISED)
        if place.recognition.text is not None:
            marks.append(Repair.LOOKALIKE_FOLDED)
    return ";".join(dict.fromkeys(str(repair) for repair in (*repairs, *marks))) or None


def as_table(
    rows: Iterable[Mapping[str, Any]], schema: type[dy.Schema], *, table: str
) -> pl.DataFrame:
    """Rows as a frame that meets the schema of ``table``; a missing key is null.

    Raises:
        SchemaError: Rows break a rule of the schema.
    """
    frame = pl.from_dicts(list(rows), schema=column_types(schema), strict=True)
    return conform(frame, schema, table=table)
