"""How large a difference is, beside how people differ: standardised differences with their exact intervals."""

from __future__ import annotations

import math
from typing import Any, Final, Literal, TypeAlias

import attrs

from igm.analysis._noncentral import cdf, limits
from igm.analysis.differences import independent, paired, varies
from igm.analysis.samples import LEVEL, Interval, Summary, Values, check_level, check_many, summary_of
from igm.constructs._base import is_number, shown
from igm.errors import InputError, Problems

EffectName: TypeAlias = Literal["g", "d", "g_av", "d_av", "delta", "d_z", "g_z", "d_rm"]
"""Beside what a difference is set."""

_MANY: Final = 1000.0
"""Above so many degrees of freedom the correction comes from a series."""


@attrs.frozen
class Effect:
    """A standardised difference.

    Attributes:
        name: Which one; each has a denominator of its own.
        estimate: The difference in standard deviations, with the sign of first minus second; ``None`` without spread.
        interval: Where it lies, from the noncentral t distribution; ``None`` where no exact one is known.

    Example:
        >>> Effect("d_av", -0.41).name
        'd_av'
    """

    name: EffectName
    estimate: float | None
    interval: Interval | None = None

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return attrs.asdict(self)


@attrs.frozen
class PairedEffects:
    """Four numbers for one change, each by its name: they differ, and must not be compared with one another.

    Attributes:
        d_z: The mean change in standard deviations of the changes.
        g_z: The same, corrected for few pairs.
        d_av: The mean change in the standard deviation of the two moments, √((s₁² + s₂²)/2).
        d_rm: d_z · √(2(1 − r)), so that it can be set beside a study of two groups.

    Example:
        >>> found = paired_effects([2, 4, 2, 2, 3], [2, 5, 3, 1, 4])
        >>> round(found.d_z.estimate, 3), round(found.d_av.estimate, 3)
        (-0.447, -0.311)
    """

    d_z: Effect
    g_z: Effect
    d_av: Effect
    d_rm: Effect

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return attrs.asdict(self)


def hedges_j(df: float) -> float:
    """The correction for few people: J(m) = Γ(m/2) / (√(m/2) · Γ((m − 1)/2)), exactly.

    Hedges (1981). The usual short form, 1 − 3/(4m − 1), is off by 0.00025 in g for two groups of seven.

    Args:
        df: Degrees of freedom, above 1.

    Returns:
        A number between 0 and 1.

    Raises:
        InputError: ``value-out-of-range`` for 1 or less.

    Example:
        >>> hedges_j(12)
        0.9359...
    """
    if not is_number(df) or df <= 1:
        do = "Give a number above 1."
        raise InputError.of("value-out-of-range", "degrees of freedom", do, where="$.df", given=shown(df))
    if df > _MANY:
        # the logarithms grow until little is left of their difference; the series of Γ(m/2 + 1/2)/Γ(m/2) does not
        x = 2 / df
        return (1 - x / 2) / (1 - x / 8 + x**2 / 128 + 5 * x**3 / 1024 - 21 * x**4 / 32768)
    return math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2)


def hedges_g(
    first: Summary | Values, second: Summary | Values, *, equal_variance: bool = True, level: float = LEVEL
) -> Effect:
    """Hedges' g: the difference of two groups in standard deviations, corrected for few people.

    g = J(df) · (m₁ − m₂)/s (Hedges, 1981). With equal variances s is the pooled standard deviation, df = n₁ + n₂ − 2.
    Without, s = √((s₁² + s₂²)/2) with Welch's degrees of freedom (Delacre et al., 2021), called ``g_av``. The interval
    comes from the noncentral t distribution: the two shifts for which the found t lies at its ends, times se/s, times
    J.

    Args:
        first: The values of the first group, or their `Summary`.
        second: The same of the second.
        equal_variance: Which standard deviation.
        level: How sure the interval is.

    Returns:
        The effect; its estimate is ``None`` where nothing varies or a group is one value.

    Raises:
        InputError: As `independent`.

    Example:
        >>> effect = hedges_g([2, 4, 2, 2, 3, 3, 2, 3, 4, 1, 3, 3], [1, 3, 3, 3, 2, 4, 5, 4, 3])
        >>> round(effect.estimate, 4), round(effect.interval.low, 4), round(effect.interval.high, 4)
        (-0.4205, -1.2553, 0.425)
    """
    return _between(first, second, equal_variance=equal_variance, level=level, corrected=True)


def cohens_d(
    first: Summary | Values, second: Summary | Values, *, equal_variance: bool = True, level: float = LEVEL
) -> Effect:
    """Cohen's d (Cohen, 1988): (m₁ − m₂)/s, as `hedges_g` without the correction for few people, so too large for few.

    Args:
        first: The values of the first group, or their `Summary`.
        second: The same of the second.
        equal_variance: Which standard deviation.
        level: How sure the interval is.

    Returns:
        The effect.

    Raises:
        InputError: As `independent`.

    Example:
        >>> round(cohens_d(Summary(3, 1, 10), Summary(2, 1, 10)).estimate, 12)
        1.0
    """
    return _between(first, second, equal_variance=equal_variance, level=level, corrected=False)


def _between(
    first: Summary | Values, second: Summary | Values, *, equal_variance: bool, level: float, corrected: bool
) -> Effect:
    one, other = summary_of(first, "$.first"), summary_of(second, "$.second")
    found = independent(one, other, equal_variance=equal_variance, level=level)
    name: EffectName = "g" if corrected else "d"
    if not equal_variance:
        name = "g_av" if corrected else "d_av"
    if found.t is None or found.se is None or found.df is None:
        return Effect(name, None)
    v1, v2 = (one.sd or 0.0) ** 2, (other.sd or 0.0) ** 2
    pooled = ((one.n - 1) * v1 + (other.n - 1) * v2) / (one.n + other.n - 2)
    sd = math.sqrt(pooled if equal_variance else (v1 + v2) / 2)
    times = hedges_j(found.df) if corrected and found.df > 1 else 1.0
    return _effect(name, found.t, limits(found.t, found.df, level), found.se / sd * times, level)


def glass_delta(first: Summary | Values, second: Summary | Values, *, level: float = LEVEL) -> Effect:
    """Glass' delta: the difference in standard deviations of the second group, such as a group without the change.

    Δ = (m₁ − m₂)/s₂ (Glass, 1976); the interval as of `hedges_g`, with n₂ − 1 degrees of freedom and
    se = √(s₁²/n₁ + s₂²/n₂).

    Args:
        first: The values of the first group, or their `Summary`.
        second: The same of the second, whose standard deviation counts.
        level: How sure the interval is.

    Returns:
        The effect; without an estimate where the second group does not vary.

    Raises:
        InputError: As `independent`.

    Example:
        >>> round(glass_delta(Summary(3, 2, 10), Summary(2, 1, 10)).estimate, 12)
        1.0
    """
    one, other = summary_of(first, "$.first"), summary_of(second, "$.second")
    check_level(level)
    if one.sd is None or other.sd is None or not varies(other.sd, one, other):
        return Effect("delta", None)
    scale = math.sqrt((one.sd / other.sd) ** 2 / one.n + 1 / other.n)
    estimate = (one.mean - other.mean) / other.sd
    t = estimate / scale
    return _effect("delta", t, limits(t, other.n - 1.0, level), scale, level)


def paired_effects(first: Values, second: Values, *, level: float = LEVEL) -> PairedEffects:
    """The change of the same people in standard deviations, in the four ways that are in use.

    With m the mean of the differences, s their standard deviation and r the correlation: d_z = m/s, g_z = J(n − 1)·d_z,
    d_av = m/√((s₁² + s₂²)/2) and d_rm = d_z·√(2(1 − r)) (Lakens, 2013; d_rm after Morris & DeShon, 2002). They are
    four numbers for one change: say which.

    Args:
        first: One value a person.
        second: The other value of the same people, in the same order.
        level: How sure intervals are. Only d_z and g_z have an exact one.

    Returns:
        The effects, with the sign of first minus second.

    Raises:
        InputError: As `paired`.

    Example:
        >>> effects = paired_effects([2, 4, 2, 2, 3, 3, 2, 3, 4], [2, 5, 3, 1, 4, 4, 2, 4, 4])
        >>> [round(one.estimate, 4) for one in (effects.d_z, effects.g_z, effects.d_av, effects.d_rm)]
        [-0.6118, -0.5523, -0.4067, -0.3262]
    """
    found = paired(first, second, level=level)
    s1, s2 = found.first.sd or 0.0, found.second.sd or 0.0
    between = math.sqrt((s1**2 + s2**2) / 2)
    d_av = Effect("d_av", found.estimate / between if between else None)
    if found.t is None or found.df is None:
        return PairedEffects(Effect("d_z", None), Effect("g_z", None), d_av, Effect("d_rm", None))
    scale = 1 / math.sqrt(found.n_pairs)
    times = hedges_j(found.df) if found.df > 1 else 1.0
    ends = limits(found.t, found.df, level)
    d_z = _effect("d_z", found.t, ends, scale, level)
    g_z = _effect("g_z", found.t, ends, scale * times, level)
    in_pairs = None if found.r is None else found.t * scale * math.sqrt(2 * (1 - found.r))
    return PairedEffects(d_z, g_z, d_av, Effect("d_rm", in_pairs))


def _effect(name: EffectName, t: float, ends: tuple[float, float], times: float, level: float) -> Effect:
    low, high = ends
    return Effect(name, t * times, Interval(low * times, high * times, level))


def detectable(
    n_first: int, n_second: int | None = None, *, power: float = 0.8, alpha: float = 0.05
) -> float:
    """The smallest standardised difference that a two-sided test would find so often.

    Two groups of n₁ and n₂: the d for which a noncentral t with n₁ + n₂ − 2 degrees of freedom and shift
    d/√(1/n₁ + 1/n₂) lies outside ±t(1 − α/2) with chance ``power`` (Cohen, 1988). Pairs, when ``n_second`` is left
    out: shift d·√n and n − 1 degrees of freedom.

    Args:
        n_first: People in the first group, or pairs; at least 2, at most 10¹⁰.
        n_second: People in the second group.
        power: How often it would be found, between ``alpha`` and 1.
        alpha: How often a difference would be found where there is none.

    Returns:
        A difference in standard deviations. What is smaller may well be there and not be found.

    Raises:
        InputError: ``value-out-of-range`` for too few people, or chances outside their range;
            ``not-a-number`` for what is no whole number.

    Example:
        >>> round(detectable(37, 29), 2), round(detectable(7, 7), 2), round(detectable(7), 2)
        (0.71, 1.63, 1.27)
    """
    counts = [n_first] if n_second is None else [n_first, n_second]
    problems = Problems()
    for name, n in zip(("n_first", "n_second"), counts, strict=False):
        check_many(n, 2, f"$.{name}", problems)
    if not (is_number(alpha) and is_number(power)) or not 0 < alpha < power < 1:
        do = "Give 0 < alpha < power < 1."
        given_chances = f"alpha {shown(alpha)}, power {shown(power)}"
        problems.add("value-out-of-range", "chances", do, where="$.power", given=given_chances)
    problems.raise_any(InputError)
    return math.sqrt(sum(1 / n for n in counts)) * shift_found(
        float(sum(counts) - len(counts)), power=power, alpha=alpha
    )


def shift_found(df: float, *, power: float, alpha: float) -> float:
    """The smallest difference, in standard errors, that a two-sided t test would find so often."""
    from scipy import optimize, special

    edge = -float(special.stdtrit(df, alpha / 2))  # of the lower tail, which a small chance does not leave

    def beyond(shift: float) -> float:
        return 1 - cdf(edge, df, shift) + cdf(-edge, df, shift) - power

    high = 1.0
    while beyond(high) < 0:
        high *= 2
    return float(optimize.brentq(beyond, 0.0, high, xtol=1e-13, rtol=1e-14))
