"""Intervals by drawing people with replacement, of anything that is worked out of people."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final, Literal, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._draws import AT_ONCE, N_RESAMPLES, Rng, check_count, generator
from igm._progress import Voortgang, check_progress, progress
from igm.analysis.samples import LEVEL, Interval, Values, check_level, sample
from igm.constructs._base import is_number, one_of, plain_number, shown
from igm.errors import InputError

MOST_BCA: Final = 10_000
"""BCa works the statistic out once more without each person, so its work grows with the square of the people.

Up to here that is about as much as drawing; beyond, bias and skewness are small beside the width, and percentiles do.
"""

Statistic: TypeAlias = Callable[[NDArray[np.float64]], float]
"""What is worked out of values: a function of one array that gives one number."""

BootstrapMethod: TypeAlias = Literal["bca", "percentile"]
"""Which interval: corrected for bias and skewness, or the plain quantiles."""

BootstrapUndefined: TypeAlias = Literal["one-value", "no-spread", "no-number", "no-bca"]
"""Why there is no interval: one person, the same number from every draw, no number from some, or BCa does not exist."""


@attrs.frozen
class Bootstrap:
    """An interval from draws with replacement.

    Attributes:
        estimate: What the statistic gives for the people themselves; ``None`` where that is no number.
        interval: Where it lies; ``None`` where there is none.
        se: The standard deviation of the draws; ``None`` where there is no interval.
        method: Which interval.
        n: How many people were drawn from.
        n_missing: How many were left out because their value is missing.
        n_resamples: How many draws there were.
        undefined: Why there is no interval; ``None`` where there is one.

    Example:
        >>> import numpy as np
        >>> bootstrap_interval([4, 4, 4], np.mean, rng=1).undefined
        'no-spread'
    """

    estimate: float | None
    interval: Interval | None
    se: float | None
    method: BootstrapMethod
    n: int
    n_missing: int
    n_resamples: int
    undefined: BootstrapUndefined | None = None

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return attrs.asdict(self)


def bootstrap_interval(
    values: Values | NDArray[Any],
    statistic: Statistic,
    *,
    rng: Rng,
    n_resamples: int = N_RESAMPLES,
    method: BootstrapMethod = "bca",
    level: float = LEVEL,
    voortgang: Voortgang = False,
) -> Bootstrap:
    """The interval of anything that is worked out of people, by drawing people with replacement (Efron, 1979).

    ``"percentile"`` takes the quantiles (1 ± level)/2 of the draws. ``"bca"`` shifts these for bias, from the share of
    draws below the estimate, and for skewness, from leaving out one person at a time (Efron, 1987). Both come from
    `scipy.stats.bootstrap`. BCa takes at most 10,000 people: leaving out each of them takes work that grows with their
    square, and with so many the percentiles differ little from it. With few people both are too narrow: take the t
    interval of `Summary` for a mean.

    Args:
        values: One number a person, of which missing ones are left out; or an array with a row per person, in which
            rows are drawn whole and NaN is left to ``statistic``.
        statistic: A function of such an array that gives one number.
        rng: A seed, or a Generator of NumPy. The same seed gives the same interval.
        n_resamples: How many draws, at least 100.
        method: ``"bca"`` or ``"percentile"``.
        level: How sure.
        voortgang: ``True`` for a progress bar, or a function that takes (done, total).

    Returns:
        The interval, or why there is none: one person, the same number from every draw, or a draw without a number.
        BCa does not exist for a statistic that leaving out one person never changes, such as the median of many equal
        scores: take ``"percentile"``.

    Raises:
        InputError: ``not-a-number``, ``shape-mismatch`` or ``missing-field`` for values, ``value-out-of-range``, also
            for more than 10,000 people with BCa, ``unknown-name``, ``invalid-value`` for what is no ``rng``,
            statistic or way to tell the progress.
        MissingDependencyError: ``missing-dependency`` when a bar is asked for and tqdm is not installed.

    Example:
        >>> import numpy as np
        >>> scores = [3.5, 4.0, 2.5, 4.5, 3.0, 5.0, 4.0, 3.5, 4.5, 2.0]
        >>> found = bootstrap_interval(scores, np.median, rng=2026, n_resamples=999)
        >>> found.estimate, found.interval.low <= 3.75 <= found.interval.high
        (3.75, True)
        >>> found == bootstrap_interval(scores, np.median, rng=2026, n_resamples=999)
        True
    """
    check_level(level)
    check_progress(voortgang)
    chance = generator(rng)
    one_of(method, ["bca", "percentile"], "unknown method", "$.method")
    asked: object = statistic
    if not callable(asked):
        do = "Give a function of an array that gives one number, such as numpy.median."
        raise InputError.of("invalid-value", "no statistic", do, where="$.statistic", given=shown(asked))
    check_count(n_resamples)
    people, missing = _people(values)
    if method == "bca" and len(people) > MOST_BCA:
        do = f"Take method='percentile'; BCa takes at most {MOST_BCA}."
        raise InputError.of(
            "value-out-of-range", "too many people", do, where="$.values", given=str(len(people))
        )
    estimate = _number(statistic(people))
    found = Bootstrap(estimate, None, None, method, len(people), missing, n_resamples)
    if len(people) < 2:
        return attrs.evolve(found, undefined="one-value")
    if estimate is None:
        return attrs.evolve(found, undefined="no-number")
    drawn = _drawn(people, statistic, chance, found, level, voortgang)
    spread: NDArray[np.float64] = drawn.bootstrap_distribution
    if not np.isfinite(spread).all():
        return attrs.evolve(found, undefined="no-number")
    if np.ptp(spread) <= 1e-12 * max(1.0, abs(estimate)):
        return attrs.evolve(found, undefined="no-spread")
    low, high = (float(end) for end in drawn.confidence_interval)
    if math.isnan(low) or math.isnan(high):  # leaving out one changes nothing, or all draws lie on one side
        return attrs.evolve(found, undefined="no-bca")
    return attrs.evolve(found, interval=Interval(low, high, level), se=float(drawn.standard_error))


def _drawn(
    people: NDArray[np.float64],
    statistic: Statistic,
    chance: np.random.Generator,
    asked: Bootstrap,
    level: float,
    voortgang: Voortgang,
) -> Any:
    stats: Any = import_module("scipy.stats")

    n = len(people)
    once_more = n + 1 if asked.method == "bca" else 0  # without each of them, and all of them
    with progress(voortgang, asked.n_resamples + once_more, "bootstrap") as step:

        def of_rows(rows: NDArray[Any]) -> float:
            value = _number(statistic(people[rows.astype(np.intp)]))
            step()
            return math.nan if value is None else value

        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # what they warn of is told in the result
            return stats.bootstrap(
                (np.arange(n),),
                of_rows,
                n_resamples=asked.n_resamples,
                batch=max(1, AT_ONCE // n),
                vectorized=False,
                confidence_level=level,
                method="BCa" if asked.method == "bca" else "percentile",
                random_state=chance,
            )


def _people(values: Any) -> tuple[NDArray[np.float64], int]:
    """A row, or a number, per person, and how many are left out."""
    if getattr(values, "ndim", 1) == 2 and hasattr(values, "dtype") and values.dtype.kind in "iuf":
        rows: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
        if np.isinf(rows).any():
            do = "Give finite numbers, with NaN where one is missing."
            raise InputError.of("not-a-number", "a value is infinite", do, where="$.values")
        if not len(rows):
            raise InputError.of("missing-field", "no people", "Give at least one row.", where="$.values")
        return rows, 0
    row = sample(values, "$.values")
    there = row[~np.isnan(row)]
    if not there.size:
        do = "Give at least one value that is not missing."
        raise InputError.of("missing-field", "no values", do, where="$.values", given=f"{row.size} missing")
    return there, int(row.size - there.size)


def _number(given: object) -> float | None:
    """What a statistic gave, where that is a number."""
    value: object = plain_number(given)
    if is_number(value):
        return float(value)
    if value is None or isinstance(value, float):
        return None
    do = "Give a function that gives one number."
    raise InputError.of(
        "not-a-number", "the statistic gives no number", do, where="$.statistic", given=shown(value)
    )
