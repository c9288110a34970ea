"""Series of one person: measurements in phases, and how far the phases lie apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import attrs
import numpy as np

from igm.analysis._overlap import above, exact_p, limits, smallest_p, trend
from igm.analysis._wave_order import natural
from igm.analysis.change_results import Better
from igm.analysis.samples import LEVEL, Interval, Values, attempt, check_level, is_row, sample
from igm.analysis.series_results import PhaseComparison, Series
from igm.constructs._base import is_number, one_of, shown
from igm.constructs.model import Polarity, found_construct
from igm.constructs.schaal import Schaal
from igm.disclosure.figures import check_schaal
from igm.errors import MASK, InputError, Problems, named
from igm.scoring._numbers import labels

_LARGEST: Final = 200
_DIRECTIONS: Final[tuple[Better, ...]] = ("higher", "lower", "neither")


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
        moments: When each was, not going back in time; texts by the numbers in them, so that T9 is before T10.
        name: Of what; the name of a construct is recognised.
        better: What an improvement is. When left out ``"higher"``; ``"neither"`` for a construct that is a level.
        schaal: The scale, which values must lie on.
        alpha: Below which chance a difference counts as shown.
        level: How sure the interval is.

    Returns:
        The series, with a comparison for each pair of phases that follow on each other.

    Raises:
        InputError: ``shape-mismatch`` for rows of other lengths, ``not-a-number``, ``value-out-of-range``,
            ``invalid-value`` for what is no row and for moments out of order, ``unknown-name`` for a direction,
            ``missing-field`` without values and for a value without a phase or a moment; all at once.

    Example:
        >>> found = series([3, 2, 3, 2, 4, 4, 3, 5], ["A"] * 4 + ["B"] * 4)
        >>> one = found.comparisons[0]
        >>> one.nap, round(one.p, 3), one.verdict
        (0.9375, 0.086, 'not-shown')
        >>> series([2, 2, 3, 4, 4, 5], ["A"] * 3 + ["B"] * 3).comparisons[0].verdict
        'no-evidence'
    """
    problems = Problems()
    given = attempt(lambda: sample(values, "$.values"), problems)
    told, when = placed(phases, moments, None if given is None else given.size, problems)
    asked: object = name
    if not isinstance(asked, str):
        do = "Give a text, such as the name of a construct."
        problems.add("invalid-value", "not a name", do, where="$.name", given=shown(asked))
        name = ""
    if better is not None:
        attempt(lambda: one_of(better, _DIRECTIONS, "unknown direction", "$.better"), problems)
    check_chances(alpha, level, problems)
    if given is not None:
        _check_values(given.tolist(), name, schaal, problems)
    problems.raise_any(InputError)
    assert given is not None  # noqa: S101 (what is no row was told)
    direction = better or _better(name)
    made = tuple(
        _compared(told, given, one, other, direction, alpha, level) for one, other in pairwise(_runs(told))
    )
    known = tuple(None if math.isnan(value) else value for value in given.tolist())
    return Series(known, told, when, name, direction, schaal, made)


def placed(
    phases: Any, moments: Any, n: int | None, problems: Problems
) -> tuple[tuple[str, ...], tuple[Any, ...] | None]:
    """The phase and the moment of each measurement; what is wrong with them is noted."""
    told, when = _row(phases, "$.phases", problems), None
    for place, phase in enumerate(told or []):
        if not isinstance(phase, str) or not phase.strip():
            do = "Give the name of its phase."
            problems.add("missing-field", "no phase", do, where=f"$.phases[{place}]", given=shown(phase))
    if moments is not None:
        when = _row(_dated(moments), "$.moments", problems)
    for what, row in (("phases", told), ("moments", when)):
        if row is not None and n is not None and len(row) != n:
            do = "Give one for each value."
            given = f"{n} values and {len(row)}"
            problems.add("shape-mismatch", "rows of other lengths", do, where=f"$.{what}", given=given)
    _check_moments(when or [], problems)
    return tuple(told or []), None if when is None else tuple(when)


def _row(given: Any, where: str, problems: Problems) -> list[Any] | None:
    if not is_row(given):
        do = "Give a list, one for each value."
        problems.add("invalid-value", "not a list", do, where=where, given=shown(given))
        return None
    return attempt(lambda: labels(given, where), problems)


def check_chances(alpha: object, level: float, problems: Problems) -> None:
    """Whether both are between 0 and 1."""
    if not is_number(alpha) or not 0 < alpha < 1:
        do = "Give a number between 0 and 1."
        problems.add("value-out-of-range", "a chance", do, where="$.alpha", given=shown(alpha))
    attempt(lambda: check_level(level), problems)


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


def _check_values(values: list[float], name: str, schaal: object, problems: Problems) -> None:
    if not 0 < len(values) <= _LARGEST:
        code, what = (
            ("value-out-of-range", "too many measurements") if values else ("missing-field", "no values")
        )
        do = f"Give at least one, and at most {_LARGEST}, such as one a week."
        problems.add(code, what, do, where="$.values", given=str(len(values)))
    if schaal is None:
        return
    if not isinstance(schaal, Schaal):
        check_schaal(schaal, problems)
        return
    found = found_construct(name)
    for place, value in enumerate(values):
        if not math.isnan(value) and value not in schaal:
            do = f"Give a number from {schaal.minimum} to {schaal.maximum}."
            given = MASK if found is not None and found.info.sensitive else shown(value)
            problems.add(
                "value-out-of-range", "value outside its scale", do, where=f"$.values[{place}]", given=given
            )


def _dated(moments: Any) -> Any:
    """Moments of NumPy as dates of Python, of which the finest that NumPy has would become whole numbers."""
    array: Any = moments
    is_fine = isinstance(moments, np.ndarray) and array.dtype.kind == "M"
    return array.astype("datetime64[us]") if is_fine else array


def _check_moments(moments: Sequence[Any], problems: Problems) -> None:
    """Texts are in the order of the numbers in them, as those of waves are."""
    for place, one in enumerate(moments):
        if one is None:
            do = "Say when it was, or leave moments out."
            problems.add("missing-field", "no moment", do, where=f"$.moments[{place}]")
    for place, (one, other) in enumerate(pairwise(moments), start=1):
        if one is None or other is None:
            continue
        texts = isinstance(one, str) and isinstance(other, str)
        try:
            back = bool(natural(one) > natural(other) if texts else one > other)
        except TypeError:
            back = True
        if back:
            do = "Give the measurements in the order of time, with moments of one kind, such as dates."
            given = f"{named(str(one))}, then {named(str(other))}"
            problems.add("invalid-value", "out of order", do, where=f"$.moments[{place}]", given=given)
