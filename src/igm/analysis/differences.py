"""Whether two means differ: of two groups, of the same people twice, and of groups that partly overlap."""

from __future__ import annotations

import math
from typing import Any, Final, Literal, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.analysis.samples import (
    LEVEL,
    Interval,
    Summary,
    Values,
    check_level,
    matched,
    summary_of,
    t_quantile,
)
from igm.constructs._base import one_of
from igm.errors import InputError

Alternative: TypeAlias = Literal["two-sided", "less", "greater"]
"""Against what no difference is tested: any difference, the first mean lower, or the first mean higher."""

Method: TypeAlias = Literal[
    "welch", "student", "paired", "partly-overlapping", "partly-overlapping, equal variances"
]
"""Which test it is."""

Undefined: TypeAlias = Literal["no-spread", "one-value"]
"""Why there is no test: nothing varies, or a group is one value."""

ENOUGH_PAIRS: Final = 3
"""With fewer pairs the correlation between them says nothing: with two it is 1 or −1."""


@attrs.frozen
class Difference:
    """The difference of two means, its test and its interval.

    Attributes:
        method: Which test.
        estimate: The first mean minus the second.
        interval: Where the difference lies; ``None`` where there is no test.
        t: The test statistic.
        df: The degrees of freedom, not rounded.
        p: The chance of such a t or a further one when there is no difference.
        se: The standard error of the difference.
        first: The first group.
        second: The second group.
        n_pairs: How many people are in both; 0 for two groups.
        r: The correlation between the two values of who are in both; ``None`` where none was used.
        alternative: Against what was tested.
        undefined: Why there is no test; ``None`` where there is one.
        notes: What was done otherwise than asked, and why.

    Example:
        >>> found = independent([2, 4, 2, 2, 3], [1, 3, 3, 3, 2])
        >>> found.method, round(found.estimate, 2), found.undefined
        ('welch', 0.2, None)
    """

    method: Method
    estimate: float
    interval: Interval | None
    t: float | None
    df: float | None
    p: float | None
    se: float | None
    first: Summary
    second: Summary
    n_pairs: int = 0
    r: float | None = None
    alternative: Alternative = "two-sided"
    undefined: Undefined | None = None
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        made: dict[str, Any] = attrs.asdict(self)
        made["notes"] = list(self.notes)
        return made


def independent(
    first: Summary | Values,
    second: Summary | Values,
    *,
    equal_variance: bool = False,
    alternative: Alternative = "two-sided",
    level: float = LEVEL,
) -> Difference:
    """The difference between the means of two groups of other people.

    Welch (1947): t = (m₁ − m₂) / √(s₁²/n₁ + s₂²/n₂), with df = (v₁ + v₂)² / (v₁²/(n₁ − 1) + v₂²/(n₂ − 1)), v = s²/n.
    Student, with ``equal_variance=True``: the pooled variance, and n₁ + n₂ − 2 degrees of freedom.

    Args:
        first: The values of the first group, or their `Summary`, such as a published one.
        second: The same of the second.
        equal_variance: Whether both groups may be taken to vary as much; Welch's test when not.
        alternative: Against what is tested.
        level: How sure the interval is; it is two-sided always.

    Returns:
        The difference, first minus second. Without a test where a group is one value or nothing varies.

    Raises:
        InputError: For values that are no numbers, groups without any, another level or alternative.

    Example:
        >>> found = independent([2, 4, 2, 2, 3], [1, 3, 3, 3, 2, 4, 5, 4, 3])
        >>> round(found.estimate, 3), found.method, round(found.t, 3), round(found.df, 2), round(found.p, 3)
        (-0.511, 'welch', -0.916, 10.46, 0.38)
        >>> independent(Summary(5.84, 1.17, 37), Summary(5.94, 1.12, 29)).p
        0.725...
    """
    one, other = summary_of(first, "$.first"), summary_of(second, "$.second")
    check_asked(alternative, level)
    method: Method = "student" if equal_variance else "welch"
    if one.sd is None or other.sd is None:
        return _untested(method, one, other, alternative, "one-value")
    v1, v2 = one.sd**2 / one.n, other.sd**2 / other.n
    if equal_variance:
        df = float(one.n + other.n - 2)
        pooled = ((one.n - 1) * one.sd**2 + (other.n - 1) * other.sd**2) / df
        se = math.sqrt(pooled * (1 / one.n + 1 / other.n))
    else:
        se = math.sqrt(v1 + v2)
        df = _welch_df(one, other)
    return _tested(method, one, other, se, df, alternative, level)


def paired(
    first: Values, second: Values, *, alternative: Alternative = "two-sided", level: float = LEVEL
) -> Difference:
    """The difference between two values of the same people: t = mean(d) / (sd(d) / √n), with n − 1 degrees of freedom.

    The test of Student (1908).

    Args:
        first: One value a person.
        second: The other value of the same people, in the same order.
        alternative: Against what is tested.
        level: How sure the interval is.

    Returns:
        The difference, first minus second, of who have both; who misses one takes no part, and the summaries say how
        many those are. ``r`` is Pearson's correlation.

    Raises:
        InputError: ``shape-mismatch`` for rows of other lengths and for two Series with unlike indexes,
            ``missing-field`` when nobody has both.

    Example:
        >>> found = paired([2, 4, 2, 2, 3, 3, 2, 3, 4], [2, 5, 3, 1, 4, 4, 2, 4, 4])
        >>> round(found.t, 4), found.df, round(found.p, 4)
        (-1.8353, 8.0, 0.1038)
    """
    check_asked(alternative, level)
    do = "Give both values of the same people, in the same order, with None where one is missing."
    one, other = matched(first, second, do)
    both = ~np.isnan(one) & ~np.isnan(other)
    if not both.any():
        do = "Give people who have both values, or use independent()."
        raise InputError.of("missing-field", "nobody has both values", do, where="$.second")
    one, other = one[both], other[both]
    missing = int((~both).sum())
    left, right = (attrs.evolve(Summary.of(part), n_missing=missing) for part in (one, other))
    r = correlation(one, other)
    if one.size < 2:
        return attrs.evolve(_untested("paired", left, right, alternative, "one-value"), n_pairs=1)
    changes = Summary.of(one - other)
    found = _tested("paired", left, right, changes.se or 0.0, one.size - 1.0, alternative, level)
    return attrs.evolve(found, n_pairs=int(one.size), r=r)


def partly_overlapping(
    first: Values,
    second: Values,
    *,
    equal_variance: bool = False,
    alternative: Alternative = "two-sided",
    level: float = LEVEL,
) -> Difference:
    """The difference between two means when some people are in both groups and others in one.

    Derrick, Russ, Toher & White (2017), *Journal of Modern Applied Statistical Methods* 16(1). With nₐ and n_b people
    in one group only, n_c in both, n₁ = nₐ + n_c, n₂ = n_b + n_c, and r the correlation over who are in both:
    t = (m₁ − m₂) / √(s₁²/n₁ + s₂²/n₂ − 2 r s₁ s₂ n_c/(n₁ n₂)) and
    df = (n_c − 1) + (γ − n_c + 1)/(nₐ + n_b + 2 n_c) · (nₐ + n_b), where γ is Welch's. With ``equal_variance=True`` the
    pooled variance, and γ = nₐ + n_b + 2 n_c − 2. Without overlap it is Welch's or Student's test exactly; with
    everyone in both the form without equal variances is the paired test exactly.

    It takes those who are in one group only as missing by chance. Who left rarely did: compare leavers and stayers.

    Args:
        first: One value a person, NaN or ``None`` for who is in the second group only.
        second: The same people in the same order, NaN or ``None`` for who is in the first group only.
        equal_variance: Whether both groups may be taken to vary as much.
        alternative: Against what is tested.
        level: How sure the interval is.

    Returns:
        The difference, first minus second. With one pair or none it is the test of two groups, and with two pairs, or
        without spread among the pairs, the correlation is taken as 0; ``notes`` say so.

    Raises:
        InputError: ``shape-mismatch`` for rows of other lengths and for two Series with unlike indexes,
            ``missing-field`` when a group is empty.

    Example:
        >>> nobody = None
        >>> t0 = [4, 3, 5, 2, 4, 3, nobody, nobody]
        >>> t1 = [5, 3, 4, 4, nobody, nobody, 4, 5]
        >>> found = partly_overlapping(t1, t0)
        >>> found.n_pairs, round(found.estimate, 3), round(found.t, 3), round(found.df, 2)
        (4, 0.667, 1.414, 5.02)
    """
    check_asked(alternative, level)
    do = "Give a value a person in both rows, None where somebody is not in that group."
    one, other = matched(first, second, do)
    in_one, in_other = ~np.isnan(one), ~np.isnan(other)
    pairs = in_one & in_other
    # who is in one group only is not missing from the other
    absent = int((~in_one & ~in_other).sum())
    left, right = Summary.of(one[in_one], where="$.first"), Summary.of(other[in_other], where="$.second")
    left, right = attrs.evolve(left, n_missing=absent), attrs.evolve(right, n_missing=absent)
    n_pairs = int(pairs.sum())
    if n_pairs < 2:
        found = independent(left, right, equal_variance=equal_variance, alternative=alternative, level=level)
        many = "one pair" if n_pairs else "no pairs"
        return attrs.evolve(found, n_pairs=n_pairs, notes=(f"{many}: taken as two groups",))
    r = correlation(one[pairs], other[pairs])
    notes: list[str] = []
    if r is None:
        notes.append("no spread among the pairs: their correlation is taken as 0")
    elif n_pairs < ENOUGH_PAIRS:
        r = None
        notes.append(f"{n_pairs} pairs: their correlation is taken as 0")
    method: Method = "partly-overlapping, equal variances" if equal_variance else "partly-overlapping"
    se, df = _overlap(left, right, n_pairs, r or 0.0, equal_variance=equal_variance)
    found = _tested(method, left, right, se, df, alternative, level)
    return attrs.evolve(found, n_pairs=n_pairs, r=r, notes=tuple(notes))


def _overlap(
    one: Summary, other: Summary, n_pairs: int, r: float, *, equal_variance: bool
) -> tuple[float, float]:
    """The standard error and the degrees of freedom."""
    s1, s2 = one.sd or 0.0, other.sd or 0.0
    alone = one.n + other.n - 2 * n_pairs
    shared = 2 * r * n_pairs / (one.n * other.n)
    if equal_variance:
        pooled = ((one.n - 1) * s1**2 + (other.n - 1) * s2**2) / (one.n + other.n - 2)
        squared = pooled * (1 / one.n + 1 / other.n - shared)
        gamma = one.n + other.n - 2.0
    else:
        squared = s1**2 / one.n + s2**2 / other.n - shared * s1 * s2
        gamma = _welch_df(one, other)
    df = (n_pairs - 1) + (gamma - n_pairs + 1) / (one.n + other.n) * alone
    return math.sqrt(max(squared, 0.0)), df


def correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float | None:
    """Pearson's correlation; ``None`` where one side does not vary."""
    if one.size < 2 or one.min() == one.max() or other.min() == other.max():
        return None
    x, y = (row / np.abs(row).max() for row in (one - one.mean(), other - other.mean()))
    found = float((x @ y) / math.sqrt((x @ x) * (y @ y)))
    return max(-1.0, min(1.0, found))


def _welch_df(one: Summary, other: Summary) -> float:
    v1, v2 = (one.sd or 0.0) ** 2 / one.n, (other.sd or 0.0) ** 2 / other.n
    below = v1**2 / (one.n - 1) + v2**2 / (other.n - 1)
    return (v1 + v2) ** 2 / below if below else math.nan


def _tested(
    method: Method,
    one: Summary,
    other: Summary,
    se: float,
    df: float,
    alternative: Alternative,
    level: float,
) -> Difference:
    from scipy import special

    estimate = one.mean - other.mean
    if not varies(se, one, other):
        return _untested(method, one, other, alternative, "no-spread")
    t = estimate / se
    if alternative == "two-sided":
        p = 2 * float(special.stdtr(df, -abs(t)))
    else:
        p = float(special.stdtr(df, t if alternative == "less" else -t))
    half = t_quantile(level, df) * se
    interval = Interval(estimate - half, estimate + half, level)
    return Difference(method, estimate, interval, t, df, p, se, one, other, alternative=alternative)


def varies(size: float, one: Summary, other: Summary) -> bool:
    """Whether a standard error or deviation is more than rounding leaves beside these means."""
    return size > max(abs(one.mean), abs(other.mean), 1.0) * 1e-12


def _untested(
    method: Method, one: Summary, other: Summary, alternative: Alternative, why: Undefined
) -> Difference:
    estimate = one.mean - other.mean
    return Difference(
        method, estimate, None, None, None, None, None, one, other, alternative=alternative, undefined=why
    )


def check_asked(alternative: object, level: float) -> None:
    """Refuse another level or alternative."""
    check_level(level)
    one_of(alternative, ["two-sided", "less", "greater"], "unknown alternative", "$.alternative")
