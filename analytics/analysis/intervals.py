"""Quantiles of Student's t, which every interval here is made with."""

from __future__ import annotations

import polars as pl

from analytics.errors import InputError

__all__ = ["check_confidence", "t_quantile"]


def check_confidence(confidence: float) -> float:
    """A confidence as a share.

    Raises:
        InputError: It is not above 0 and below 1.

    Examples:
        >>> check_confidence(95)
        Traceback (most recent call last):
        ...
        analytics.errors.InputError: confidence 95; give a share, such as 0.95
    """
    if not 0 < confidence < 1:
        raise InputError(f"confidence {confidence}", hint="give a share, such as 0.95")
    return confidence


def t_quantile(freedom: pl.Expr, confidence: float) -> pl.Expr:
    """How many standard errors an interval reaches to either side.

    Args:
        freedom: Degrees of freedom; not a number where they are not above zero.
        confidence: Share of intervals that are to hold the true value.

    Examples:
        >>> frame = pl.DataFrame({"freedom": [2, 30]})
        >>> frame.select(t_quantile(pl.col("freedom"), 0.95)).to_series().round(3).to_list()
        [4.303, 2.042]
    """

    def quantile(values: pl.Series) -> pl.Series:
        # Loading it takes a third of a second, which only those pay who ask for an interval.
        from scipy.special import stdtrit

        return pl.Series(stdtrit(values.to_numpy(), (1 + confidence) / 2))

    return freedom.cast(pl.Float64).map_batches(
        quantile, return_dtype=pl.Float64(), is_elementwise=True
    )
