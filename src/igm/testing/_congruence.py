"""``check_congruence_metric``: the same for one pair and for many, and no number where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from igm.congruence.metrics import CongruenceMetric
from igm.congruence.moments import FloatArray
from igm.errors import InputError, shown
from igm.testing._run import check_examples, hold, need_hypothesis, run, telling

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

_Case: TypeAlias = tuple[FloatArray, FloatArray]


def check_congruence_metric(metric: CongruenceMetric, *, examples: int = 200) -> None:
    """Check a metric of how alike two profiles are, on generated profiles.

    It has a name and a fewest number of constructs of at least 2; it gives one number a pair, the same for a pair alone
    as among many and the same when asked twice, never infinite; and it leaves what it is given as it was.

    Args:
        metric: What fulfils ``igm.congruence.CongruenceMetric``.
        examples: How many sets of pairs.

    Raises:
        AssertionError: With the smallest case found that fails.
        InputError: ``invalid-value`` for what is no metric, or no number of examples.
        MissingDependencyError: ``missing-dependency`` when Hypothesis is not installed.

    Example:
        >>> from igm.congruence import measure
        >>> check_congruence_metric(measure("ccc"), examples=20)
        >>> class Nearness:
        ...     name = "nearness"
        ...     least = 2
        ...     def many(self, x, y, /):
        ...         with np.errstate(divide="ignore"):
        ...             return 1 / np.abs(x - y).mean(axis=1)
        >>> check_congruence_metric(Nearness(), examples=20)  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        AssertionError: 'nearness' gives an infinite figure: NaN is for what is not defined
        ...
    """
    need_hypothesis()
    check_examples(examples)
    given: object = metric
    if isinstance(given, type) or not isinstance(given, CongruenceMetric):
        do = "Give what has a name, least and many(...); call what makes it first."
        raise InputError.of("invalid-value", "not a metric", do, where="$.metric", given=shown(given))
    hold(isinstance(given.name, str) and bool(given.name), "the metric has no name", given)
    whole = isinstance(given.least, int) and not isinstance(given.least, bool)
    hold(whole and given.least >= 2, "least is not a whole number of at least 2", given)

    def on_one(case: _Case) -> None:
        with telling("the metric", case):
            _agrees(metric, case)

    run(_pairs(metric.least), on_one, examples)


def _agrees(metric: CongruenceMetric, case: _Case) -> None:
    x, y = case
    before = x.copy(), y.copy()
    many = np.asarray(metric.many(x, y), dtype=np.float64)
    name = repr(metric.name)
    hold(many.shape == (len(x),), f"{name} does not give one number a pair but shape {many.shape}", case)
    hold(not np.isinf(many).any(), f"{name} gives an infinite figure: NaN is for what is not defined", case)
    unchanged = np.array_equal(x, before[0]) and np.array_equal(y, before[1])
    hold(unchanged, f"{name} changes the profiles that it is given", case)
    again = np.asarray(metric.many(x, y), dtype=np.float64)
    hold(_same(many, again), f"{name} gives something else when it is asked twice", case)
    for row in range(len(x)):
        alone = np.asarray(metric.many(x[row : row + 1], y[row : row + 1]), dtype=np.float64)
        hold(_same(alone, many[row : row + 1]), f"{name} differs between a pair alone and among many", case)


def _same(one: FloatArray, other: FloatArray) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-12, atol=1e-12, equal_nan=True))


def _pairs(least: int) -> SearchStrategy[_Case]:
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: DrawFn) -> _Case:
        n, k = draw(st.integers(1, 4)), draw(st.integers(least, least + 5))
        row = st.lists(st.integers(0, 20).map(lambda step: step * 5.0), min_size=k, max_size=k)
        sides = [np.array(draw(st.lists(row, min_size=n, max_size=n))) for _ in range(2)]
        return sides[0], sides[1]

    return drawn()
