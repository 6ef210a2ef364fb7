"""Polars expressions that checks and analyses share."""

from __future__ import annotations

import polars as pl

__all__ = ["worded"]


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
