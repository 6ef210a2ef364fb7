"""Polars expressions that checks and analyses share."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

__all__ = ["rank_in", "worded"]


def rank_in(column: str, order: Iterable[str]) -> pl.Expr:
    """The place of a column's values in an order, from 0, to sort by.

    Args:
        column: Name of the column; a value that the order does not have is an error.
        order: The values, such as the members of a vocabulary.

    Examples:
        >>> frame = pl.DataFrame({"presence": ["missing", "present"]})
        >>> frame.select(rank_in("presence", ["present", "empty", "missing"])).to_series().to_list()
        [2, 0]
    """
    ranks = {str(value): rank for rank, value in enumerate(order)}
    return pl.col(column).replace_strict(ranks, return_dtype=pl.Int8)


def worded(template: str, *parts: str | pl.Expr) -> pl.Expr:
    """Put columns into the ``{}`` of a text; null where one of them is null.

    ``pl.format`` does the same, but polars 2.1 panics in it where a chunk of a column is empty,
    as filtered and concatenated frames have them; ``concat_str`` does not.

    Args:
        template: The text, with ``{}`` for each part.
        parts: Names of columns, or expressions, of any type that has a text.

    Examples:
        >>> pl.DataFrame({"year": [2024]}).select(worded("{}年总计", "year")).item()
        '2024年总计'
    """
    texts = template.split("{}")
    columns = [pl.col(part) if isinstance(part, str) else part for part in parts]
    pieces = [pl.lit(texts[0])]
    for column, text in zip(columns, texts[1:], strict=True):
        pieces += [column.cast(pl.String), pl.lit(text)]
    return pl.concat_str(pieces)
