"""A number per person beside scores: how it is read, correlation, and regression."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

import numpy as np

from igm.constructs._base import is_number, plain_number, shown
from igm.errors import InputError, Problems
from igm.scoring.protocols import FloatArray

NoCorrelation: TypeAlias = Literal["no-criterion", "too-few", "constant"]
"""Why there is no correlation: nothing to correlate with, fewer than three people, or no differences."""

_FEWEST: Final = 3


def as_criterion(given: Any, n: int) -> FloatArray:
    """A number per person, NaN where it is missing.

    Raises:
        InputError: ``invalid-value``, ``shape-mismatch``, or ``not-a-number`` for each that is none.
    """
    if isinstance(given, str) or not hasattr(given, "__iter__"):
        do = "Give a number per person."
        raise InputError.of("invalid-value", "no criterion", do, where="$.criterion", given=shown(given))
    listed: list[object] = [plain_number(one) for one in given]
    if len(listed) != n:
        do = f"Give {n} numbers, one per person, with None where one is missing."
        what = "a criterion of another number of people"
        raise InputError.of("shape-mismatch", what, do, where="$.criterion", given=str(len(listed)))
    problems = Problems()
    made: list[float] = []
    for place, one in enumerate(listed):
        if one is None or one != one or type(one).__name__ == "NAType":
            made.append(np.nan)
        elif is_number(one):
            made.append(float(one))
        else:
            do = "Give finite numbers, with None where one is missing."
            problems.add("not-a-number", "not a number", do, where=f"$.criterion[{place}]", given=shown(one))
    problems.raise_any(InputError)
    return np.array(made, dtype=np.float64)


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
