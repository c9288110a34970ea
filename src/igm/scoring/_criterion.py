"""A number per person beside scores: correlation, and regression."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

import numpy as np

from igm.scoring.protocols import FloatArray

NoCorrelation: TypeAlias = Literal["no-criterion", "too-few", "constant"]
"""Why there is no correlation: nothing to correlate with, fewer than three people, or no differences."""

_FEWEST: Final = 3


def pearson(one: FloatArray, other: FloatArray) -> tuple[float | None, int, NoCorrelation | None]:
    """Pearson's r over people with both numbers, how many these are, and why there is none."""
    both = ~np.isnan(one) & ~np.isnan(other)
    x, y = one[both], other[both]
    if len(x) < _FEWEST:
        return None, len(x), "too-few"
    if (x == x[0]).all() or (y == y[0]).all():  # a mean can be rounded; equal values cannot
        return None, len(x), "constant"
    x, y = x - x.mean(), y - y.mean()
    r = float((x * y).sum() / np.sqrt((x * x).sum() * (y * y).sum()))
    return max(-1.0, min(1.0, r)), len(x), None


def fitted(parts: FloatArray, y: FloatArray) -> tuple[FloatArray, float] | None:
    """The weights of a regression and its multiple correlation, when these are defined."""
    n, k = parts.shape
    if n <= k + 1 or (y == y[0]).all():
        return None
    centred, target = parts - parts.mean(axis=0), y - y.mean()
    linalg: Any = np.linalg  # its types hang on the release of NumPy
    solved: tuple[Any, ...] = linalg.lstsq(centred, target, rcond=None)
    weights: FloatArray = solved[0]
    if solved[2] < k or not weights[0]:
        return None
    made: FloatArray = centred @ weights
    return weights, float(min(1.0, np.sqrt((made * made).sum() / (target * target).sum())))
