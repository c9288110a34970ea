"""``similarity_intervals``: how sure the figures of one pair are, given the errors of its scores."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, get_args

import attrs
import numpy as np

from igm._draws import N_RESAMPLES, Rng, check_count, generator
from igm.congruence._dyads import figure, reasons
from igm.congruence._errors_of_scores import Sem, errors_of
from igm.congruence.error_results import ErrorMethod, FigureInterval, SimilarityIntervals
from igm.congruence.metrics import OWN, CongruenceMetric, asked_measures
from igm.congruence.moments import FloatArray
from igm.congruence.pairs import Pair, Party, pair
from igm.congruence.profile_similarity import hidden_if_sensitive
from igm.constructs._base import one_of
from igm.constructs._masking import ByConstruct
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.scoring.intervals import LEVEL, Interval, check_level, normal_quantile

_RANGES: Final[Mapping[str, tuple[float, float]]] = {
    **dict.fromkeys(("shape", "double_entry_icc", "ccc"), (-1.0, 1.0)),
    **dict.fromkeys(
        ("d", "d2", "d2_elevation", "d2_scatter", "d2_shape", "mean_absolute_difference"), (0.0, math.inf)
    ),
}
"""What figures can be."""


def similarity_intervals(
    first: Party,
    second: Party,
    /,
    *,
    sem: Sem,
    sem_second: Sem | None = None,
    method: ErrorMethod = "simulation",
    rng: Rng | None = None,
    n_resamples: int = N_RESAMPLES,
    level: float = LEVEL,
    metric: Metric | None = None,
    constructs: Sequence[str | Construct] | None = None,
    measures: Sequence[str | CongruenceMetric] = (),
) -> SimilarityIntervals:
    """How sure the figures of one pair are, given the errors of measurement of its scores.

    Errors are taken to be normal and independent, with SEM = sd·√(1 − reliability) per construct (see
    `igm.scoring.measurement_error`).

    - ``"simulation"``: errors are drawn and added to every score (a parametric bootstrap; Efron and Tibshirani 1993).
      Scores already hold errors, so that draws hold them twice: distances come out too large in them, and likeness too
      small. With q the quantiles (1 ± level)/2 of the draws and t the figure, the interval therefore holds both q and
      its reverse 2t − q, which turns that round (Davison and Hinkley 1997). It is cut where a figure cannot be, which
      ``cut`` tells. ``percentile`` has q alone: of profiles that are nearly the same it lies too far off. The interval
      of D is the root of that of D²; where D² may be 0, so may the mean absolute difference. Scores are not kept on
      their scale: what falls outside is counted in ``share_outside``.
    - ``"delta"``: formulas, for what has one. With s² = SEM² + SEM² of a construct and d = x − y: a difference d has
      variance s²; elevation Σs²/k²; D² 4Σd²s² + 2Σs⁴, all exact for normal errors; the interval is the figure ± z times
      the root, which for D² is an approximation. Nothing is drawn. Intervals of differences are made so in both.

    Both intervals are approximations: with large errors r, ICC and CCC are inside them less often than ``level`` says,
    distances more often. ``bias`` tells how far errors push a figure.

    Args:
        first: A profile, or a person with one profile.
        second: The other.
        sem: The errors, on the scale of the scores: one number, by construct, or what `igm.reliability` gives.
        sem_second: Those of the second; as of the first when left out.
        method: ``"simulation"`` or ``"delta"``.
        rng: For a simulation: a seed, or a Generator of NumPy. The same seed gives the same intervals.
        n_resamples: How many draws, at least 100.
        level: How sure.
        metric: ``"pomp"`` when scales differ.
        constructs: Which constructs; the seven determinants when left out.
        measures: More metrics than the library's own.

    Returns:
        An interval a figure. Of a flat profile r has no interval, also where every draw would have an r: such draws
        hold nothing but error.

    Raises:
        InputError: As `pair`; ``missing-field`` for a construct without an error, ``value-out-of-range``,
            ``not-a-number``, ``invalid-value`` for an error, ``rng`` or ``n_resamples``.
        UnknownNameError: ``unknown-name`` for a metric.
        AmbiguousProfileError: ``ambiguous-profile``.

    Example:
        >>> from igm.constructs import LIKERT5, Gedrag, Profiel, Waarde
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers", context="thuis", time="deze week", doel="werk")
        >>> def profiel(*scores):
        ...     names = ("houding", "eigen_effectiviteit", "kennis", "context", "zelfregulering")
        ...     waarden = {name: Waarde(score=score, schaal=LIKERT5) for name, score in zip(names, scores)}
        ...     return Profiel(gedrag=gedrag, waarden=waarden)
        >>> found = similarity_intervals(profiel(4, 3, 2, 5, 4), profiel(3, 2, 2, 4, 3), sem=0.5, method="delta")
        >>> found.figures["elevation"].interval
        Interval(low=0.18..., high=1.41..., level=0.95)
        >>> found.figures["shape"].undefined
        'no-formula'
    """
    one_of(method, get_args(ErrorMethod), "unknown method", "$.method")
    check_level(level)
    check_count(n_resamples)
    asked = {one.name: one for one in [*OWN.values(), *asked_measures(measures)]}
    two = pair(first, second, metric=metric, constructs=constructs)
    errors = errors_of(first, second, two, sem, sem_second)
    x, y = np.array([two.first]), np.array([two.second])
    bare = {name: _bare(one, x, y) for name, one in asked.items()}
    if method == "delta":
        figures = _by_formula(bare, two, errors, level)
        outside = None
    else:
        drawn = _drawn(two, errors, generator(rng), n_resamples)
        outside = _share_outside(two, drawn)
        figures = {
            name: one if one.estimate is None else _of_draws(name, one, figure(asked[name], *drawn), level)
            for name, one in bare.items()
        }
        _tie(figures, level)
    apart = _differences(two, errors, level)
    sides = (tuple(errors[0].tolist()), tuple(errors[1].tolist()))
    draws = None if method == "delta" else n_resamples
    return SimilarityIntervals(
        two, sides, hidden_if_sensitive(two, figures), apart, method, level, draws, outside
    )


def _bare(metric: CongruenceMetric, x: FloatArray, y: FloatArray) -> FigureInterval:
    values = figure(metric, x, y)
    why = reasons(values, x, y, metric.least)[0]
    return FigureInterval(None if why else float(values[0]), undefined=why)


def _differences(
    two: Pair, errors: tuple[FloatArray, FloatArray], level: float
) -> Mapping[Construct, FigureInterval]:
    """First minus second per construct; normal errors give its interval without any draw."""
    spread = np.sqrt(errors[0] ** 2 + errors[1] ** 2).tolist()
    rows = zip(two.constructs, two.first, two.second, spread, strict=True)
    return ByConstruct({key: _normal(first - second, se, level) for key, first, second, se in rows})


def _normal(estimate: float, se: float, level: float, bias: float = 0.0) -> FigureInterval:
    half = normal_quantile(level) * se
    return FigureInterval(estimate, Interval(estimate - half, estimate + half, level), se=se, bias=bias)


def _by_formula(
    bare: Mapping[str, FigureInterval], two: Pair, errors: tuple[FloatArray, FloatArray], level: float
) -> dict[str, FigureInterval]:
    apart = np.array(two.first) - np.array(two.second)
    spread = errors[0] ** 2 + errors[1] ** 2
    formulas = {
        "elevation": (math.sqrt(spread.sum()) / two.k, 0.0),
        "d2": (math.sqrt((4 * apart**2 * spread + 2 * spread**2).sum()), float(spread.sum())),
    }
    made: dict[str, FigureInterval] = {}
    for name, one in bare.items():
        if name in formulas and one.estimate is not None:
            se, bias = formulas[name]
            made[name] = _normal(one.estimate, se, level, bias)
        else:
            made[name] = attrs.evolve(one, undefined=one.undefined or "no-formula")
    return made


def _drawn(
    two: Pair, errors: tuple[FloatArray, FloatArray], chance: np.random.Generator, n_resamples: int
) -> tuple[FloatArray, FloatArray]:
    x, y = (
        np.array(values) + chance.standard_normal((n_resamples, two.k)) * own
        for values, own in zip((two.first, two.second), errors, strict=True)
    )
    return x, y


def _share_outside(two: Pair, drawn: tuple[FloatArray, FloatArray]) -> float:
    low, high = (0, 100) if two.schaal is None else (two.schaal.minimum, two.schaal.maximum)
    both = np.concatenate(drawn, axis=1)
    return float(((both < low) | (both > high)).any(axis=1).mean())


def _of_draws(name: str, one: FigureInterval, values: FloatArray, level: float) -> FigureInterval:
    there = values[~np.isnan(values)]
    gone = 1 - there.size / values.size
    if not there.size or one.estimate is None:
        return attrs.evolve(one, share_undefined=1.0, undefined="undefined-draws")
    low, high = np.quantile(there, [(1 - level) / 2, (1 + level) / 2]).tolist()
    least, most = _RANGES.get(name, (-math.inf, math.inf))
    wide_low, wide_high = min(low, 2 * one.estimate - high), max(high, 2 * one.estimate - low)
    return FigureInterval(
        estimate=one.estimate,
        interval=Interval(max(wide_low, least), min(wide_high, most), level),
        percentile=Interval(low, high, level),
        cut=wide_low < least or wide_high > most,
        se=float(there.std(ddof=1)) if there.size > 1 else None,
        bias=float(there.mean()) - one.estimate,
        share_undefined=gone,
    )


def _tie(figures: dict[str, FigureInterval], level: float) -> None:
    """What follows from the interval of D²: that of D, its root; and where D² may be 0, so may the mean difference."""
    d2, mean = figures["d2"], figures["mean_absolute_difference"]
    if d2.interval is None or mean.interval is None:
        return
    low, high = math.sqrt(d2.interval.low), math.sqrt(d2.interval.high)
    figures["d"] = attrs.evolve(figures["d"], interval=Interval(low, high, level), cut=d2.cut)
    if not low:
        figures["mean_absolute_difference"] = attrs.evolve(
            mean, interval=Interval(0.0, mean.interval.high, level), cut=d2.cut
        )
