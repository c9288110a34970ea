"""How much the values of two phases overlap: the share of pairs, its interval, and its exact chance."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def above(first: Numbers, second: Numbers) -> float:
    """The share of all pairs in which the second is higher; equal ones count half."""
    differences = second[None, :] - first[:, None]
    return float((np.sum(differences > 0) + 0.5 * np.sum(differences == 0)) / differences.size)


def trend(values: Numbers) -> float | None:
    """Pairs that rise minus pairs that fall, as a share of all pairs within a phase (Kendall's tau-a over time)."""
    n = values.size
    if n < 2:
        return None
    later = np.triu(np.sign(values[None, :] - values[:, None]), 1)
    return float(later.sum() / (n * (n - 1) / 2))


def exact_p(first: Numbers, second: Numbers) -> float:
    """How often a random division of these values over the phases overlaps as little as this one, or less.

    The sums of doubled midranks over all subsets as large as the second phase are counted one value at a time.
    """
    values = np.concatenate([first, second])
    n, size = values.size, second.size
    ranks = [int(np.sum(values < one) * 2 + np.sum(values == one) + 1) for one in values.tolist()]
    counts = np.zeros((size + 1, sum(ranks) + 1))
    counts[0, 0] = 1.0
    for rank in ranks:
        counts[1:, rank:] += counts[:-1, :-rank].copy()
    middle = size * (n + 1)
    found = abs(sum(ranks[first.size :]) - middle)
    sums = np.arange(counts.shape[1])
    return float(counts[size, np.abs(sums - middle) >= found].sum() / counts[size].sum())


def smallest_p(n_first: int, n_second: int) -> float:
    """The chance that so many measurements reach when nothing overlaps at all."""
    return min(1.0, 2 / math.comb(n_first + n_second, n_first))


def limits(share: float, n_first: int, n_second: int, level: float) -> tuple[float, float]:
    """Where the share lies: all θ with mn (share − θ)² ≤ z² θ(1 − θ)(1 + h((1 − θ)/(2 − θ) + θ/(1 + θ))).

    With h = (m + n)/2 − 1: method 5 of Newcombe (2006).
    """
    from scipy import optimize, special

    z = float(special.ndtri(0.5 + level / 2))
    pairs, h = n_first * n_second, (n_first + n_second) / 2 - 1

    def beyond(theta: float) -> float:
        spread = 1 + h * ((1 - theta) / (2 - theta) + theta / (1 + theta))
        return pairs * (share - theta) ** 2 - z**2 * theta * (1 - theta) * spread

    edge = 1e-12
    low = 0.0 if share == 0 else optimize.brentq(beyond, 0.0, min(share, 1 - edge), xtol=1e-14)
    high = 1.0 if share == 1 else optimize.brentq(beyond, max(share, edge), 1.0, xtol=1e-14)
    return float(low), float(high)
