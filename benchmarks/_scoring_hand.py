"""By hand, beside which scores of one person, alpha and comparisons of waves are measured."""

from __future__ import annotations

import math
from itertools import combinations
from statistics import fmean
from typing import Any, Final

import attrs
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from _frames_data import CONSTRUCTS, ENOUGH, GROUPS, HIGH, LOW, REVERSED, SEED

WAVES: Final = {"T0": (0, 40), "T1": (4, 44), "T2": (12, 42)}
"""Which of 44 people took part in a wave."""


def score_one(answers: dict[str, int | None]) -> dict[str, float | None]:
    """The seven scores of one person, by plain Python."""
    found: dict[str, float | None] = {}
    for construct, items in GROUPS.items():
        valid = [
            LOW + HIGH - answer if item in REVERSED else answer
            for item in items
            if (answer := answers.get(item)) is not None
        ]
        found[construct] = fmean(valid) if len(valid) >= ENOUGH else None
    return found


def related(people: int, items: int, seed: int = SEED) -> NDArray[np.float64]:
    """Complete answers of 1 to 5 that go together, for alpha."""
    chance = np.random.default_rng(seed)
    levels = chance.normal(3, 0.8, (people, 1)) + chance.normal(0, 0.9, (people, items))
    return np.clip(np.round(levels), LOW, HIGH)


def alpha(x: NDArray[np.float64]) -> float:
    """Cronbach's alpha, and nothing else."""
    k = x.shape[1]
    found = np.cov(x.T)
    return float(k / (k - 1) * (1 - np.trace(found) / found.sum()))


def wave_frame(seed: int = SEED) -> Any:
    """Seven scores of some of 44 people, at three waves."""
    chance = np.random.default_rng(seed)
    usual = chance.normal(3.2, 0.6, (44, len(CONSTRUCTS)))
    parts: list[pd.DataFrame] = []
    for place, (wave, (first, last)) in enumerate(WAVES.items()):
        middle = usual[first:last] + 0.2 * place
        made = np.clip(np.round(4 * (middle + chance.normal(0, 0.4, middle.shape))) / 4, LOW, HIGH)
        parts.append(
            pd.DataFrame(
                {"ref": range(first, last), "wave": wave, **dict(zip(CONSTRUCTS, made.T, strict=True))}
            )
        )
    return pd.concat(parts, ignore_index=True)


@attrs.frozen
class ByHand:
    """What is computed by hand of a construct and a pair of waves."""

    t: float
    df: float
    p: float
    low: float
    high: float
    g: float
    g_low: float
    g_high: float


def waves_by_hand(frame: Any) -> tuple[list[ByHand], list[float]]:
    """The partly overlapping test, Hedges' g with its interval, and Holm, for each construct and pair of waves."""
    made: list[ByHand] = []
    for construct in CONSTRUCTS:
        wide = frame.pivot(index="ref", columns="wave", values=construct)
        for earlier, later in combinations(WAVES, 2):
            made.append(_pair(wide[later].to_numpy(), wide[earlier].to_numpy()))
    return made, _holm([one.p for one in made])


def _pair(first: NDArray[np.float64], second: NDArray[np.float64]) -> ByHand:
    from scipy import stats

    there, here = ~np.isnan(first), ~np.isnan(second)
    x, y, both = first[there], second[here], there & here
    n1, n2, nc = len(x), len(y), int(both.sum())
    m1, m2, v1, v2 = x.mean(), y.mean(), x.var(ddof=1), y.var(ddof=1)
    r = stats.pearsonr(first[both], second[both]).statistic
    se = math.sqrt(v1 / n1 + v2 / n2 - 2 * r * math.sqrt(v1 * v2) * nc / (n1 * n2))
    gamma = (v1 / n1 + v2 / n2) ** 2 / ((v1 / n1) ** 2 / (n1 - 1) + (v2 / n2) ** 2 / (n2 - 1))
    df = (nc - 1) + (gamma - nc + 1) / (n1 + n2) * (n1 + n2 - 2 * nc)
    t = (m1 - m2) / se
    half = stats.t.ppf(0.975, df) * se
    g, low, high = _hedges(m1 - m2, v1, v2, n1, n2)
    p = 2 * stats.t.sf(abs(t), df)
    return ByHand(t, df, p, m1 - m2 - half, m1 - m2 + half, g, low, high)


def _hedges(apart: float, v1: float, v2: float, n1: int, n2: int) -> tuple[float, float, float]:
    from scipy import optimize, stats

    m = n1 + n2 - 2
    pooled = math.sqrt(((n1 - 1) * v1 + (n2 - 1) * v2) / m)
    scale = math.sqrt(1 / n1 + 1 / n2)
    j = math.exp(math.lgamma(m / 2) - math.lgamma((m - 1) / 2)) / math.sqrt(m / 2)
    t = apart / pooled / scale
    low, high = (
        optimize.brentq(lambda shift, chance=chance: stats.nct.cdf(t, m, shift) - chance, t - 5, t + 5)
        for chance in (0.975, 0.025)
    )
    return j * apart / pooled, j * scale * low, j * scale * high


def _holm(p_values: list[float]) -> list[float]:
    made = [0.0] * len(p_values)
    so_far = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        so_far = max(so_far, min(1.0, p_values[place] * (len(p_values) - rank)))
        made[place] = so_far
    return made
