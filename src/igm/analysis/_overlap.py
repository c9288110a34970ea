"""How much the values of two phases overlap: the share of pairs, its interval, and its exact chance."""

from __future__ import annotations

import math
from itertools import accumulate

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

    The sums of doubled midranks over all subsets as large as the smaller phase are counted, one value at a time from
    low to high. What is kept for each size of subset is how often its sum lies so far above the lowest one possible:
    so no more is kept than can be reached.
    """
    small, other = (first, second) if first.size < second.size else (second, first)
    doubled = [
        _doubled_rank(one, np.concatenate([small, other])) for one in [*small.tolist(), *other.tolist()]
    ]
    n, size, ranks = len(doubled), small.size, sorted(doubled)
    lowest = [0, *accumulate(ranks)]  # the sum of the k lowest
    counts = [np.zeros(lowest[n] - lowest[n - k] - lowest[k] + 1) for k in range(size + 1)]
    counts[0][0] = 1.0
    for seen, rank in enumerate(ranks):
        for k in range(min(seen + 1, size), max(size - n + seen, 0), -1):
            reach = lowest[seen] - lowest[seen - k + 1] - lowest[k - 1] + 1
            shift = rank - ranks[k - 1]
            counts[k][shift : shift + reach] += counts[k - 1][:reach]
    middle = size * (n + 1)
    found = abs(sum(doubled[:size]) - middle)
    sums = lowest[size] + np.arange(counts[size].size)
    return float(counts[size][np.abs(sums - middle) >= found].sum() / counts[size].sum())


def _doubled_rank(one: float, values: Numbers) -> int:
    return int(np.sum(values < one) * 2 + np.sum(values == one) + 1)


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
