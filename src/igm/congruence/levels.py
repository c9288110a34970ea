"""Levels of self-regulation from scores: only with cut-offs that the caller states."""

from __future__ import annotations

import math
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from igm.congruence.steering import Zelfsturing
from igm.constructs._base import check_one_of, is_number, plain_number, shown
from igm.constructs.composite import Metric
from igm.constructs.schaal import Schaal
from igm.constructs.waarde import Missing, Waarde
from igm.errors import InputError, Problems

NOISE: Final = 1e-9
"""A number so near a cut-off lies on it: rounding alone can part the two."""

_POMP: Final = (0.0, 100.0)


def zelfsturing_level(
    waarde: Waarde | float | Missing | None,
    *,
    cuts: tuple[float, float] | None = None,
    metric: Metric = "pomp",
) -> Zelfsturing | Missing:
    """The level of self-regulation that a score stands for, by cut-offs that you state.

    No cut-offs are known that hold everywhere, so there is no default. Below the lower cut-off the level is low, from
    there on intermediate, and from the higher one on high: **a score on a cut-off belongs to the higher level.** What
    lies within 10⁻⁹ of a cut-off lies on it.

    Args:
        waarde: A value with its scale; a number from 0 to 100 (with POMP only); a kind of missing, or ``None`` for not
            asked.
        cuts: The lower and the higher cut-off, on the metric.
        metric: ``"pomp"`` when the cut-offs are percents of maximum possible, ``"schaal"`` when they lie on the scale
            of the value.

    Returns:
        The level; what is missing stays missing, for its own reason.

    Raises:
        InputError: ``missing-field`` without cut-offs, or for a value without a scale; ``invalid-value`` for what is no
            pair; ``not-a-number``; ``value-out-of-range`` for cut-offs that do not ascend or lie off the metric, or a
            score that does; ``unknown-name`` for another metric.

    Example:
        >>> from igm.constructs import LIKERT5, Missing, Waarde
        >>> zelfsturing_level(Waarde(score=3.4, schaal=LIKERT5), cuts=(40, 60))
        <Zelfsturing.HOOG: 'hoog'>
        >>> zelfsturing_level(Waarde(score=3.3, schaal=LIKERT5), cuts=(2.5, 3.5), metric="schaal")
        <Zelfsturing.MIDDEN: 'midden'>
        >>> zelfsturing_level(Missing.WEET_NIET, cuts=(40, 60))
        <Missing.WEET_NIET: 'weet_niet'>
    """
    problems = Problems()
    known = check_one_of(metric, ("schaal", "pomp"), "unknown metric", "$.metric", problems)
    score, bounds = _score(waarde, metric if known else "pomp", problems)
    found = _cuts(cuts, bounds, problems)
    problems.raise_any(InputError)
    if isinstance(score, Missing):
        return score
    return tuple(Zelfsturing)[_passed(score, found)]


def zelfsturing_codes(
    values: NDArray[Any], *, cuts: tuple[float, float] | None = None, schaal: Schaal | None = None
) -> NDArray[np.int8]:
    """The levels of self-regulation of many scores, as codes.

    Args:
        values: A score per row, NaN where there is none.
        cuts: The lower and the higher cut-off; a score on one belongs to the higher level.
        schaal: The scale of scores and cut-offs; POMP, from 0 to 100, when left out.

    Returns:
        Per row 0 for low, 1 for intermediate and 2 for high, as in ``tuple(Zelfsturing)``; −1 where there is no score.

    Raises:
        InputError: As `zelfsturing_level`; ``shape-mismatch`` for what is not one row of numbers.

    Example:
        >>> import numpy as np
        >>> zelfsturing_codes(np.array([20.0, 40.0, 75.0, np.nan]), cuts=(40, 60)).tolist()
        [0, 1, 2, -1]
    """
    problems = Problems()
    bounds = _bounds(schaal, problems)
    found = _cuts(cuts, bounds, problems)
    given: object = values
    if not isinstance(given, np.ndarray) or isinstance(given, np.ma.MaskedArray):
        do = "Give an array of numbers, with NaN where there is none."
        problems.add("invalid-value", "not an array", do, where="$.values", given=shown(given))
        raise InputError(*problems)
    if given.dtype.kind not in "iuf" or given.ndim != 1:
        do = "Give one row of numbers."
        told = f"{given.dtype} {given.shape}"
        problems.add("shape-mismatch", "not a row of numbers", do, where="$.values", given=told)
        raise InputError(*problems)
    scores: NDArray[np.float64] = given.astype(np.float64)
    outside = np.flatnonzero((scores < bounds[0]) | (scores > bounds[1]))
    if outside.size:
        do = f"Give numbers from {bounds[0]:g} to {bounds[1]:g}."
        first, told = int(outside[0]), f"{outside.size} of {scores.size}"
        problems.add(
            "value-out-of-range", "scores off the metric", do, where=f"$.values[{first}]", given=told
        )
    problems.raise_any(InputError)
    codes = sum((scores >= cut - NOISE).astype(np.int8) for cut in found)
    return np.where(np.isnan(scores), -1, codes).astype(np.int8)


def _bounds(schaal: object, problems: Problems) -> tuple[float, float]:
    if schaal is None:
        return _POMP
    if isinstance(schaal, Schaal):
        return float(schaal.minimum), float(schaal.maximum)
    do = "Give a scale, such as igm.LIKERT5, or leave it out for POMP."
    problems.add("invalid-value", "not a scale", do, where="$.schaal", given=shown(schaal))
    return _POMP


def _passed(score: float, cuts: tuple[float, float]) -> int:
    return sum(score >= cut - NOISE for cut in cuts)


def _score(given: Any, metric: Metric, problems: Problems) -> tuple[float | Missing, tuple[float, float]]:
    """The number to hold beside the cut-offs, and the bounds that both must keep."""
    none: Missing = Missing.NIET_GEVRAAGD
    if given is None or isinstance(given, Missing):
        return given or none, _POMP if metric == "pomp" else (-math.inf, math.inf)
    if isinstance(given, Waarde):
        if given.schaal is None:
            do = "Give schaal=, such as LIKERT5."
            problems.add("missing-field", "the value carries no scale", do, where="$.waarde.schaal")
            return none, _POMP
        scale = float(given.schaal.minimum), float(given.schaal.maximum)
        return (given.pomp, _POMP) if metric == "pomp" else (given.score, scale)
    number: object = plain_number(given)
    if not is_number(number):
        do = "Give a value with its scale, a number from 0 to 100, or a kind of missing."
        problems.add("not-a-number", "not a score", do, where="$.waarde", given=shown(number))
    elif metric == "schaal":
        do = "Give Waarde(score=..., schaal=...)."
        problems.add(
            "missing-field", "a bare number carries no scale", do, where="$.waarde", given=shown(number)
        )
    elif not _POMP[0] <= number <= _POMP[1]:
        do = "Give a number from 0 to 100."
        problems.add(
            "value-out-of-range", "a score off the metric", do, where="$.waarde", given=shown(number)
        )
    else:
        return float(number), _POMP
    return none, _POMP


def _cuts(given: Any, bounds: tuple[float, float], problems: Problems) -> tuple[float, float]:
    if given is None:
        do = "Give cuts=(low, high) and say where they come from; no cut-offs hold everywhere."
        problems.add("missing-field", "no cut-offs", do, where="$.cuts")
        return bounds
    pair: list[Any] = list(cast("list[Any]", given)) if isinstance(given, (tuple, list)) else []
    cuts: list[Any] = [plain_number(one) for one in pair]
    if len(cuts) != 2:
        do, told = "Give the lower and the higher cut-off, such as (40, 60).", shown(cast("object", given))
        problems.add("invalid-value", "not a pair of cut-offs", do, where="$.cuts", given=told)
        return bounds
    if not all(is_number(one) for one in cuts):
        told = ", ".join(shown(one) for one in cuts)
        problems.add("not-a-number", "not cut-offs", "Give two numbers.", where="$.cuts", given=told)
        return bounds
    low, high = float(cuts[0]), float(cuts[1])
    told = f"{low:g} and {high:g}"
    if high - low <= NOISE:
        do = "Give the lower one first."
        problems.add("value-out-of-range", "cut-offs do not ascend", do, where="$.cuts", given=told)
    if not bounds[0] < low or not high <= bounds[1]:
        do = f"Give cut-offs above {bounds[0]:g} and up to {bounds[1]:g}, so that each level can be reached."
        problems.add("value-out-of-range", "cut-offs off the metric", do, where="$.cuts", given=told)
    return low, high
