"""The noncentral t distribution, by a sum that stays exact where library functions give NaN."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

_MOST: Final = 4096
_STEP: Final = 0.2
"""Of the width of what is added up: from there on a finer step changes the last digits only."""

_DEPTH: Final = 40.0
"""Where the density is below e to the power −40 of its top, nothing is left to add."""

_WIDTH: Final = 5.0
"""How far from t the search for a limit starts; it doubles until the limit lies inside."""


def cdf(t: float, df: float, shift: float) -> float:
    """The chance of at most t: ∫ Φ(t·s − shift) f(s) ds, where f is the density of √(χ²(df) / df).

    It is worked out over log s by the trapezium rule, which for so smooth a function that dies out on both sides
    converges faster than any power of the step.
    """
    from scipy import special

    scale, weights = _density(df, abs(t))
    return float(np.dot(special.ndtr(t * scale - shift), weights))


@lru_cache(maxsize=128)
def _density(df: float, t: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values of s and their weights, which sum to 1, fine enough for this t."""
    low, high = _end(df, -1.0), _end(df, 1.0)
    # over log s the density is about 1/√(2 df) wide, and Φ rises over about 1/t
    steps = math.ceil((high - low) * math.hypot(math.sqrt(2 * df), t) / _STEP)
    logs = np.linspace(low, high, min(steps, _MOST))
    shape = df * logs - (df / 2) * np.exp(2 * logs)
    weights = np.exp(shape - shape.max())
    return np.exp(logs), weights / weights.sum()


def _end(df: float, side: float) -> float:
    """Where the density has died out: its logarithm, df·x − df/2·e^(2x), lies so much under its top at 0."""
    step = side / math.sqrt(df)
    end = step
    while df * end - (df / 2) * math.exp(2 * end) > -df / 2 - _DEPTH:
        end += step
    return end


def limits(t: float, df: float, level: float) -> tuple[float, float]:
    """The two shifts for which t lies at the ends of the middle ``level`` of the distribution."""
    tail = (1 - level) / 2
    return _shift(t, df, 1 - tail), _shift(t, df, tail)


def _shift(t: float, df: float, chance: float) -> float:
    from scipy import optimize

    def above(shift: float) -> float:
        return cdf(t, df, shift) - chance

    width = _WIDTH
    while above(t - width) < 0 or above(t + width) > 0:
        width *= 2
    return float(optimize.brentq(above, t - width, t + width, xtol=1e-13, rtol=1e-14))
