"""Tests of two means by putting people in the other group, which take no shape for the values."""

from __future__ import annotations

import math
from importlib import import_module
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._draws import AT_ONCE, N_RESAMPLES, Rng, check_count, generator
from igm._progress import Voortgang, check_progress, progress
from igm.analysis.differences import Alternative, Undefined, check_asked
from igm.analysis.samples import LEVEL, Values, matched, sample
from igm.errors import InputError

_COUNTED: Final = 10**18
"""Of more arrangements than this nobody reads how many, and with many people the number alone would fill pages."""

_BATCH: Final = 200
"""At most so many arrangements between two steps of the progress."""


@attrs.frozen
class Permutation:
    """A test of two means by putting people in the other group.

    Attributes:
        estimate: The first mean minus the second.
        p: The chance of such a difference or a further one among the arrangements, never 0; ``None`` where a mean
            rests on one value.
        exact: Whether all arrangements were counted; otherwise some were drawn.
        n_arrangements: How many different arrangements there are; ``None`` for more than 10¹⁸.
        n_used: How many were counted or drawn.
        paired: Whether values were exchanged within people.
        n_first: How many values the first mean rests on.
        n_second: The same of the second.
        n_missing: How many values were left out because they, or the other of their pair, are missing.
        alternative: Against what was tested.
        undefined: Why there is no test; ``None`` where there is one.

    Example:
        >>> found = permutation_test([1, 2, 3], [4, 5, 6], rng=1)
        >>> found.p, found.exact, found.n_arrangements
        (0.1, True, 20)
    """

    estimate: float
    p: float | None
    exact: bool
    n_arrangements: int | None
    n_used: int
    paired: bool
    n_first: int
    n_second: int
    n_missing: int
    alternative: Alternative
    undefined: Undefined | None = None

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return attrs.asdict(self)


def permutation_test(
    first: Values,
    second: Values,
    *,
    rng: Rng,
    paired: bool = False,
    alternative: Alternative = "two-sided",
    n_resamples: int = N_RESAMPLES,
    voortgang: Voortgang = False,
) -> Permutation:
    """Whether two means differ, without any shape for the values: how rare is this difference among arrangements?

    Of two groups people are put in either (Fisher, 1935); of pairs the two values of a person change places. All
    arrangements are counted when there are at most ``n_resamples``; otherwise so many are drawn, and
    p = (b + 1)/(m + 1), where b of m are as far (Phipson & Smyth, 2010). Two-sided is twice the smaller side.
    From `scipy.stats.permutation_test`. Groups are taken to be alike in all when there is no difference, in spread too.

    Args:
        first: One value a person; ``None`` and NaN are missing.
        second: The other group, or the same people in the same order.
        rng: A seed, or a Generator of NumPy; nothing is drawn when all arrangements are counted.
        paired: Whether both are values of the same people.
        alternative: Against what is tested.
        n_resamples: How many arrangements at most, at least 100.
        voortgang: ``True`` for a progress bar, or a function that takes (done, total).

    Returns:
        The difference, first minus second, and its chance. The smallest chance that so few people can show is 2 in the
        number of arrangements: four pairs cannot come below 0.125. Without a test where a mean rests on one value.

    Raises:
        InputError: As `independent` and `paired` for values; ``value-out-of-range`` for ``n_resamples``,
            ``invalid-value`` for what is no ``rng`` or way to tell the progress.
        MissingDependencyError: ``missing-dependency`` when a bar is asked for and tqdm is not installed.

    Example:
        >>> found = permutation_test([5, 4, 5, 3, 4], [3, 3, 4, 2, 3], rng=7, paired=True)
        >>> round(found.estimate, 1), found.p, found.exact
        (1.2, 0.0625, True)
    """
    check_asked(alternative, LEVEL)
    check_progress(voortgang)
    chance = generator(rng)
    check_count(n_resamples)
    one, other, missing = _groups(first, second, paired=paired)
    many = _ways(one.size, None if paired else other.size)
    exact = many is not None and many <= n_resamples
    used = n_resamples if many is None else min(many, n_resamples)
    estimate = math.fsum(one) / one.size - math.fsum(other) / other.size
    found = Permutation(
        estimate, None, exact, many, used, paired, int(one.size), int(other.size), missing, alternative
    )
    if min(one.size, other.size) < 2:
        return attrs.evolve(found, n_used=0, undefined="one-value")
    p = _permuted(one, other, chance, used, alternative, paired=paired, voortgang=voortgang)
    return attrs.evolve(found, p=p)


def _permuted(
    one: NDArray[np.float64],
    other: NDArray[np.float64],
    chance: np.random.Generator,
    used: int,
    alternative: Alternative,
    *,
    paired: bool,
    voortgang: Voortgang,
) -> float:
    stats: Any = import_module("scipy.stats")

    batch = max(1, min(_BATCH, AT_ONCE // (one.size + other.size)))
    most = max(float(np.abs(one).max()), float(np.abs(other).max())) or 1.0
    with progress(voortgang, math.ceil(used / batch), "permutation") as step:

        def difference(left: NDArray[Any], right: NDArray[Any], axis: int) -> NDArray[np.float64]:
            if left.ndim > 1:  # the people as they are come first, in one dimension
                step()
            apart: NDArray[np.float64] = np.mean(left, axis=axis) - np.mean(right, axis=axis)
            return np.round(
                apart / most, 12
            )  # arrangements that are equal but for rounding have to count as equal

        found = stats.permutation_test(
            (one, other),
            difference,
            permutation_type="samples" if paired else "independent",
            vectorized=True,
            n_resamples=used,
            batch=batch,
            alternative=alternative,
            random_state=chance,
        )
    return min(1.0, float(found.pvalue))


def _groups(
    first: Values, second: Values, *, paired: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
    """Who take part, and how many values do not."""
    if paired:
        do = "Give both values of the same people, in the same order, with None where one is missing."
        one, other = matched(first, second, do)
    else:
        one, other = sample(first, "$.first"), sample(second, "$.second")
    there, here = ~np.isnan(one), ~np.isnan(other)
    if paired:
        there = here = there & here
        if not there.any():
            do = "Give people who have both values, or leave paired=True out."
            raise InputError.of("missing-field", "nobody has both values", do, where="$.second")
    for name, known in (("first", there), ("second", here)):
        if not known.any():
            do = "Give at least one value that is not missing."
            raise InputError.of("missing-field", "no values", do, where=f"$.{name}")
    missing = int((~there).sum()) + (0 if paired else int((~here).sum()))
    return one[there], other[here], missing


def _ways(n_first: int, n_second: int | None) -> int | None:
    """In how many ways pairs can change places, or people be put into two groups of these sizes; ``None`` for many."""
    if n_second is None:
        return 2**n_first if n_first < _COUNTED.bit_length() else None
    ways = 1
    for k in range(1, min(n_first, n_second) + 1):
        ways = ways * (n_first + n_second - k + 1) // k  # people by k of them, which only grows up to half
        if ways > _COUNTED:
            return None
    return ways
