"""How long and in what memory it is told how alike a million pairs of profiles are, beside the same by hand in NumPy.

What is compared has to agree first; where it does not, this ends with an error. A missed budget is shown, and is no
error. All ratios are of one run.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tracemalloc
from collections.abc import Callable, Mapping
from functools import partial
from importlib.metadata import version
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

import igm
from _frames_child import side_by_side
from igm.congruence import Similarities, similarities
from igm.constructs import DETERMINANTS

Array = NDArray[np.float64]

PAIRS: Final = 1_000_000
FEW: Final = 20_000
K: Final = len(DETERMINANTS)
LARGEST: Final = 1.3
"""How many times the faster code by hand it may take."""

BY_HAND: Final = "by hand in NumPy"
BY_COLUMN: Final = "by hand, a construct at a time"
OURS: Final = "igm, similarities"
GAPS: Final = 0.02
"""So many answers are missing, where some are."""


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=PAIRS, help="how many pairs of profiles")
    parser.add_argument("--rounds", type=int, default=5, help="how often each takes part")
    return parser.parse_args()


def main() -> None:
    """Check that everything agrees, measure it, and print the table."""
    options = asked()
    print(f"{platform.python_implementation()} {platform.python_version()}, numpy {version('numpy')}")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    agree(FEW)
    for gaps in (0.0, GAPS):
        print(
            f"\n== {options.pairs} pairs of {K} constructs, {gaps:.0%} missing, eleven figures (seconds of the clock)"
        )
        x, y = profiles(options.pairs, gaps)
        seconds = measured(x, y, options.rounds)
        for name, taken in seconds.items():
            print(f"{name:<34}{taken:>8.2f} s{taken / seconds[BY_COLUMN]:>8.2f} x", flush=True)
        verdict = "met" if seconds[OURS] <= LARGEST * seconds[BY_COLUMN] else "MISSED"
        print(f"{'budget':<34}  at most {LARGEST:g} x the faster by hand: {verdict}")
    print(f"\n== memory beside the two arrays of {x.nbytes / 2**20:.0f} MB each (most at any moment)")
    for name, run in ways(x, y).items():
        print(f"{name:<34}{peak(run) / 2**20:>8.0f} MB", flush=True)


def profiles(pairs: int, gaps: float, seed: int = 2026) -> tuple[Array, Array]:
    """Scores of 1 to 7 in steps of a quarter, of pairs that are somewhat alike."""
    chance = np.random.default_rng(seed)
    x = chance.integers(4, 29, (pairs, K)) / 4
    y = np.where(chance.random((pairs, K)) < 0.4, x, chance.integers(4, 29, (pairs, K)) / 4)
    for side in (x, y) if gaps else ():
        side[chance.random((pairs, K)) < gaps] = np.nan
    return x, y


def ours(x: Array, y: Array) -> Similarities:
    return similarities(x, y, constructs=DETERMINANTS, schaal=igm.LIKERT7, sociale_druk="mee")


def by_hand(x: Array, y: Array) -> dict[str, Array]:
    """The figures as somebody would write them: whole arrays, a row a pair."""
    if np.isnan(x).any() or np.isnan(y).any():
        there = ~(np.isnan(x) | np.isnan(y))
        x, y = np.where(there, x, np.nan), np.where(there, y, np.nan)
        k: Any = there.sum(axis=1)
        mean, total = partial(np.nanmean, axis=1), partial(np.nansum, axis=1)
    else:
        k, mean, total = x.shape[1], partial(np.mean, axis=1), partial(np.sum, axis=1)
    mean_x, mean_y = mean(x), mean(y)
    away_x, away_y, away = x - mean_x[:, None], y - mean_y[:, None], x - y
    moments = mean(away_x**2), mean(away_y**2), mean(away_x * away_y)
    return _figures(k, mean_x - mean_y, moments, total(away**2), mean(np.abs(away)))


def by_column(x: Array, y: Array, at_once: int = 16_384) -> dict[str, Array]:
    """The same for those who know that NumPy adds up columns faster than short rows, and that a cache is small."""
    parts = [
        _by_column(x[start : start + at_once], y[start : start + at_once])
        for start in range(0, len(x), at_once)
    ]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _by_column(x: Array, y: Array) -> dict[str, Array]:
    first, second = np.array(x.T, order="C"), np.array(y.T, order="C")
    gaps = np.isnan(first) | np.isnan(second)
    k: Any = len(first)
    if gaps.any():
        first[gaps] = second[gaps] = 0
        k = len(first) - gaps.sum(axis=0)
    mean_x, mean_y = first.sum(axis=0) / k, second.sum(axis=0) / k
    away = first - second
    away_x, away_y = np.where(gaps, 0, first - mean_x), np.where(gaps, 0, second - mean_y)
    moments = (away_x**2).sum(axis=0) / k, (away_y**2).sum(axis=0) / k, (away_x * away_y).sum(axis=0) / k
    return _figures(k, mean_x - mean_y, moments, (away**2).sum(axis=0), np.abs(away).sum(axis=0) / k)


def _figures(
    k: Any, apart: Array, moments: tuple[Array, Array, Array], d2: Array, mad: Array
) -> dict[str, Array]:
    var_x, var_y, cov = moments
    first, second = np.sqrt(k * var_x), np.sqrt(k * var_y)
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "elevation": apart,
            "scatter": first - second,
            "shape": cov / np.sqrt(var_x * var_y),
            "d2": d2,
            "d": np.sqrt(d2),
            "d2_elevation": k * apart**2,
            "d2_scatter": (first - second) ** 2,
            "d2_shape": 2 * (first * second - k * cov),
            "double_entry_icc": (2 * cov - apart**2 / 2) / (var_x + var_y + apart**2 / 2),
            "ccc": 2 * cov / (var_x + var_y + apart**2),
            "mean_absolute_difference": mad,
        }


def ways(x: Array, y: Array) -> Mapping[str, Callable[[], Any]]:
    return {BY_HAND: partial(by_hand, x, y), BY_COLUMN: partial(by_column, x, y), OURS: partial(ours, x, y)}


def measured(x: Array, y: Array, rounds: int) -> dict[str, float]:
    """Seconds of the fastest round, of each way."""
    return side_by_side(dict(ways(x, y)), rounds)[0]


def agree(pairs: int) -> None:
    """The same figures to ten digits, wherever the library gives one."""
    for gaps in (0.0, GAPS):
        x, y = profiles(pairs, gaps)
        found = ours(x, y)
        for expected in (by_hand(x, y), by_column(x, y)):
            for name, values in found.figures.items():
                there = ~np.isnan(values)
                if not np.allclose(values[there], expected[name][there], rtol=1e-10, atol=1e-10):
                    sys.exit(f"{name}: what is compared does not agree, so there is nothing to compare")


def peak(run: Callable[[], Any]) -> int:
    """The most memory that is held at any moment, its result included."""
    tracemalloc.start()
    kept = run()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return most


if __name__ == "__main__":
    main()
