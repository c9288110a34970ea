"""Series of one person: measurements in phases, and how far the phases lie apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import attrs
import numpy as np

from igm.analysis._overlap import above, exact_p, limits, smallest_p, trend
from igm.analysis.change_results import Better
from igm.analysis.samples import LEVEL, Interval, Values, check_level, sample
from igm.analysis.series_results import PhaseComparison, Series
from igm.constructs._base import is_number, shown
from igm.constructs.model import Polarity, found_construct
from igm.constructs.schaal import Schaal
from igm.errors import MASK, InputError, Problems, named, suggestion

_LARGEST: Final = 200


def series(
    values: Values,
    phases: Sequence[str],
    *,
    moments: Sequence[Any] | None = None,
    name: str = "",
    better: Better | None = None,
    schaal: Schaal | None = None,
    alpha: float = 0.05,
    level: float = LEVEL,
) -> Series:
    """A series of one person, and how far each phase lies from the one before it.

    The index is NAP, non-overlap of all pairs (Parker & Vannest 2009): the share of all pairs of a value from the
    first phase and one from the second in which the second is better, equal ones counting half. Tau = 2 · NAP − 1
    (Parker, Vannest, Davis & Sauber 2011) is not corrected for a trend; the trend of the first phase stands beside it.
    The interval is method 5 of Newcombe (2006); the chance is exact, from all ways to divide the values over the
    phases. Both take measurements to be independent; neighbours in time are often alike, so take them as flattering.

    Where so few measurements could not reach ``alpha`` even without any overlap (such as three and three), the answer
    is ``"no-evidence"``: none yet.

    Args:
        values: Of one person, in the order of time; ``None`` and NaN are missing.
        phases: The phase of each. A phase that comes back later is a new one.
        moments: When each was, not going back in time.
        name: Of what; the name of a construct is recognised.
        better: What an improvement is. When left out ``"higher"``; ``"neither"`` for a construct that is a level.
        schaal: The scale, which values must lie on.
        alpha: Below which chance a difference counts as shown.
        level: How sure the interval is.

    Returns:
        The series, with a comparison for each pair of phases that follow on each other.

    Raises:
        InputError: ``shape-mismatch`` for rows of other lengths, ``not-a-number``, ``value-out-of-range``,
            ``invalid-value`` for moments out of order, ``missing-field`` for a value without a phase.

    Example:
        >>> found = series([3, 2, 3, 2, 4, 4, 3, 5], ["A"] * 4 + ["B"] * 4)
        >>> one = found.comparisons[0]
        >>> one.nap, round(one.p, 3), one.verdict
        (0.9375, 0.086, 'not-shown')
        >>> series([2, 2, 3, 4, 4, 5], ["A"] * 3 + ["B"] * 3).comparisons[0].verdict
        'no-evidence'
    """
    given = sample(values, "$.values")
    problems = Problems()
    _check(given.tolist(), list(phases), moments, name, better, schaal, alpha, problems)
    problems.raise_any(InputError)
    check_level(level)
    runs = _runs(phases)
    direction = better or _better(name)
    made = tuple(
        _compared(phases, given, one, other, direction, alpha, level) for one, other in pairwise(runs)
    )
    told = tuple(None if math.isnan(value) else value for value in given.tolist())
    when = None if moments is None else tuple(moments)
    return Series(told, tuple(phases), when, name, direction, schaal, made)


def _better(name: str) -> Better:
    found = found_construct(name)
    return "neither" if found is not None and found.polarity is Polarity.CONTEXTUEEL else "higher"


def _runs(phases: Sequence[str]) -> list[range]:
    """Where each phase starts and ends."""
    starts = [place for place in range(len(phases)) if not place or phases[place] != phases[place - 1]]
    return [range(start, end) for start, end in pairwise([*starts, len(phases)])]


def _compared(
    phases: Sequence[str], values: Any, one: range, other: range, better: Better, alpha: float, level: float
) -> PhaseComparison:
    first, second = (values[run.start : run.stop] for run in (one, other))
    first, second = first[~np.isnan(first)], second[~np.isnan(second)]
    m, n = int(first.size), int(second.size)
    bare = PhaseComparison(
        first=phases[one.start],
        second=phases[other.start],
        n_first=m,
        n_second=n,
        mean_first=float(first.mean()) if m else None,
        mean_second=float(second.mean()) if n else None,
        nap=None,
        interval=None,
        tau=None,
        trend_first=None,
        p=None,
        smallest_p=smallest_p(m, n),
        alpha=alpha,
        better=better,
        reason="no-values",
    )
    if not m or not n:
        return bare
    sign = -1.0 if better == "lower" else 1.0
    nap = above(sign * first, sign * second)
    return attrs.evolve(
        bare,
        nap=nap,
        interval=Interval(*limits(nap, m, n, level), level),
        tau=2 * nap - 1,
        trend_first=trend(sign * first),
        p=exact_p(first, second),
        reason="too-few" if bare.smallest_p >= alpha else None,
    )


def _check(
    values: list[float],
    phases: list[str],
    moments: Sequence[Any] | None,
    name: str,
    better: object,
    schaal: Schaal | None,
    alpha: object,
    problems: Problems,
) -> None:
    if better not in (None, "higher", "lower", "neither"):
        do = suggestion(better, ["higher", "lower", "neither"])
        problems.add("unknown-name", "unknown direction", do, where="$.better", given=shown(better))
    if not is_number(alpha) or not 0 < alpha < 1:
        do = "Give a number between 0 and 1."
        problems.add("value-out-of-range", "a chance", do, where="$.alpha", given=shown(alpha))
    if len(values) > _LARGEST:
        do = f"Give at most {_LARGEST}, such as one a week."
        problems.add(
            "value-out-of-range", "too many measurements", do, where="$.values", given=str(len(values))
        )
    for what, row in (("phases", phases), ("moments", moments)):
        if row is not None and len(row) != len(values):
            do = "Give one for each value."
            given = f"{len(values)} values and {len(row)}"
            problems.add("shape-mismatch", "rows of other lengths", do, where=f"$.{what}", given=given)
    found = found_construct(name)
    for place, value in enumerate(values):
        if schaal is not None and not math.isnan(value) and value not in schaal:
            do = f"Give a number from {schaal.minimum} to {schaal.maximum}."
            given = MASK if found is not None and found.info.sensitive else shown(value)
            problems.add(
                "value-out-of-range", "value outside its scale", do, where=f"$.values[{place}]", given=given
            )
    for place, phase in enumerate(phases):
        asked: object = phase
        if not isinstance(asked, str) or not asked.strip():
            do = "Give the name of its phase."
            problems.add("missing-field", "no phase", do, where=f"$.phases[{place}]", given=shown(asked))
    _check_moments(moments, problems)


def _check_moments(moments: Sequence[Any] | None, problems: Problems) -> None:
    for place, (one, other) in enumerate(pairwise(moments or ()), start=1):
        try:
            back = one > other
        except TypeError:
            back = True
        if back:
            do = "Give the measurements in the order of time, with moments of one kind."
            given = f"{named(str(one))}, then {named(str(other))}"
            problems.add("invalid-value", "out of order", do, where=f"$.moments[{place}]", given=given)
