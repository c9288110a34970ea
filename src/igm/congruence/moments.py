"""Moments of pairs of profiles, from which every figure about their likeness follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]

Ready: TypeAlias = Callable[[FloatArray], FloatArray]
"""Makes values ready to be compared, a row per construct; it may change what it is given."""

_AT_ONCE: Final = 16_384
"""So many pairs at a time, so that what is computed in between stays in the cache."""


@attrs.frozen(eq=False)
class Moments:
    """Population moments of n pairs of profiles, over the constructs that both of a pair have.

    Every array has one number a pair. Of a pair without a common construct all but ``k`` are NaN.

    Attributes:
        k: The number of common constructs.
        mean_x: The mean of the first profile.
        mean_y: The mean of the second profile.
        var_x: The variance of the first profile, divided by k; exactly 0 when it is flat.
        var_y: The variance of the second profile.
        cov: Their covariance, divided by k.
        scatter_x: S of the first profile, √(k v): the root of the sum of squares about its mean.
        scatter_y: S of the second profile.
        d2: The sum of squared differences.
        mad: The mean of absolute differences.
    """

    k: FloatArray
    mean_x: FloatArray
    mean_y: FloatArray
    var_x: FloatArray
    var_y: FloatArray
    cov: FloatArray
    scatter_x: FloatArray
    scatter_y: FloatArray
    d2: FloatArray
    mad: FloatArray

    @property
    def flat(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which first and which second profiles do not vary."""
        return self.var_x == 0, self.var_y == 0


def _as_it_is(rows: FloatArray) -> FloatArray:
    return rows


def moments(x: FloatArray, y: FloatArray, first: Ready = _as_it_is, second: Ready = _as_it_is) -> Moments:
    """The moments of pairs of profiles.

    Args:
        x: A row per pair and a column per construct, NaN where missing.
        y: The second profiles, of the same shape.
        first: What brings some first profiles onto the metric that they are compared on.
        second: The same for the second profiles.
    """
    made = np.full((10, len(x)), np.nan)
    for part in _parts(len(x)):
        _fill(made[:, part], first(_columns(x[part])), second(_columns(y[part])))
    return Moments(*made)


def _columns(values: FloatArray) -> FloatArray:
    """A copy with a row per construct, along which adding up is quick."""
    return np.array(values.T, order="C")


def _parts(n: int) -> Iterator[slice]:
    return (slice(start, min(start + _AT_ONCE, n)) for start in range(0, n, _AT_ONCE))


def _fill(made: FloatArray, first: FloatArray, second: FloatArray) -> None:
    """The moments of some pairs; a construct at a time, so that one pair adds up as a million do."""
    gaps = np.isnan(first) | np.isnan(second)
    there = None
    k: FloatArray | float = float(len(first))
    if gaps.any():
        there = ~gaps
        first, second = np.where(gaps, 0.0, first), np.where(gaps, 0.0, second)
        k = there.sum(axis=0, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):  # no common construct gives NaN, which is meant
        mean_x, mean_y = _sum(first) / k, _sum(second) / k
        away_x, away_y = _centred(first, mean_x, there), _centred(second, mean_y, there)
        away = np.subtract(first, second, out=first)
        made[0] = k
        made[1] = mean_x
        made[2] = mean_y
        squares_x, squares_y = _sum_of_products(away_x, away_x), _sum_of_products(away_y, away_y)
        made[3] = squares_x / k
        made[4] = squares_y / k
        made[5] = _sum_of_products(away_x, away_y) / k
        made[6] = np.sqrt(squares_x)
        made[7] = np.sqrt(squares_y)
        made[8] = _sum_of_products(away, away)
        made[9] = _sum(np.abs(away, out=away)) / k
    made[6:9, made[0] == 0] = np.nan


def _sum(rows: FloatArray) -> FloatArray:
    total: FloatArray = rows[0].copy()
    for row in rows[1:]:
        total += row
    return total


def _sum_of_products(one: FloatArray, other: FloatArray) -> FloatArray:
    total: FloatArray = one[0] * other[0]
    for left, right in zip(one[1:], other[1:], strict=True):
        total += left * right
    return total


def _centred(rows: FloatArray, mean: FloatArray, there: NDArray[Any] | None) -> FloatArray:
    """What is away from the mean; nothing at all for a flat profile, also where its mean rounds."""
    away: FloatArray = rows - mean
    low, high = rows, rows
    if there is not None:
        low, high = np.where(there, rows, np.inf), np.where(there, rows, -np.inf)
        away[~there] = 0.0
    flat = low.min(axis=0) == high.max(axis=0)
    if flat.any():
        away[:, flat] = 0.0
    return away
