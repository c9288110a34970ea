"""Covariances of items from the people who answered both, or from those who answered all."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from igm.scoring.protocols import FloatArray

Pairing: TypeAlias = Literal["pairwise", "listwise"]
"""Who count when answers are missing: for each pair of items who answered both, or who answered all items."""


def covariances(values: FloatArray) -> FloatArray:
    """Covariances with n − 1 below the line, for each pair of items over the people who answered both.

    Args:
        values: A row per person and a column per item, NaN where there is no answer.

    Returns:
        Items by items; NaN where fewer than two people answered both.
    """
    there = ~np.isnan(values)
    # taken from the mean first, so that large numbers that differ little keep their digits
    if len(values) > 1 and there.all():
        centred = values - values.mean(axis=0)
        centred[:, constant(values)] = 0.0
        whole: FloatArray = centred.T @ centred / (len(values) - 1)
        return whole
    with np.errstate(invalid="ignore", divide="ignore"):
        centred = np.where(there, values - np.nansum(values, axis=0) / there.sum(axis=0), 0.0)
        centred[:, constant(values)] = 0.0
        seen = there.astype(np.float64)
        both = seen.T @ seen
        sums = centred.T @ seen  # of the row's item, over who answered the column's item too
        found: FloatArray = (centred.T @ centred - sums * sums.T / both) / (both - 1)
    found[both < 2] = np.nan
    return found


def constant(values: FloatArray) -> NDArray[np.bool_]:
    """Which columns hold one value, however often."""
    least = np.fmin.reduce(values, axis=0, initial=np.inf)
    same: NDArray[np.bool_] = least == np.fmax.reduce(values, axis=0, initial=-np.inf)
    return same


def correlations(found: FloatArray) -> FloatArray | None:
    """The correlations that covariances come down to; nothing when an item does not vary."""
    variances = np.diag(found)
    if not (variances > 0).all():
        return None
    scale = np.sqrt(variances)
    made: FloatArray = found / np.outer(scale, scale)
    np.fill_diagonal(made, 1.0)
    return made
