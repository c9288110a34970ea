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
from igm.scoring._numbers import Row, column_of

NOISE: Final = 1e-9
"""A number so near a cut-off lies on it: rounding alone can part the two."""

_POMP: Final = (0.0, 100.0)
_ON_WHAT: Final = 'Give schaal=, such as igm.LIKERT5, or metric="pomp" for percents of maximum possible.'


def zelfsturing_level(
    waarde: Waarde | float | Missing | None,
    *,
    cuts: tuple[float, float] | None = None,
    schaal: Schaal | None = None,
    metric: Metric | None = None,
) -> Zelfsturing | Missing:
    """The level of self-regulation that a score stands for, by cut-offs that you state.

    No cut-offs are known that hold everywhere, so there is no default. Below the lower cut-off the level is low, from
    there on intermediate, and from the higher one on high: **a score on a cut-off belongs to the higher level.** What
    lies within 10⁻⁹ of a cut-off lies on it.

    A number alone does not say on what it is: 3.4 can be an answer from 1 to 5, or a percent. So say it, with
    ``schaal`` or with ``metric="pomp"``.

    Args:
        waarde: A value with its scale; a number; a kind of missing, or ``None`` for not asked.
        cuts: The lower and the higher cut-off, on the metric.
        schaal: The scale of a number, or of a value that carries none.
        metric: ``"pomp"`` when the cut-offs are percents of maximum possible, ``"schaal"`` when they lie on the scale.
            When left out: percents for a value with its own scale, and the scale for what ``schaal`` is given of. A
            number with ``metric="pomp"`` and no scale is a percent itself.

    Returns:
        The level; what is missing stays missing, for its own reason.

    Raises:
        InputError: ``missing-field`` without cut-offs, or for a number or value without a scale; ``invalid-value`` for
            what is no pair or no scale; ``mixed-scales`` for a value that has another scale; ``not-a-number``;
            ``value-out-of-range`` for cut-offs that do not ascend or lie off the metric, or a score that does;
            ``unknown-name`` for another metric.

    Example:
        >>> from igm.constructs import LIKERT5, Missing, Waarde
        >>> zelfsturing_level(Waarde(score=3.4, schaal=LIKERT5), cuts=(40, 60))
        <Zelfsturing.HOOG: 'hoog'>
        >>> zelfsturing_level(Waarde(score=3.3, schaal=LIKERT5), cuts=(2.5, 3.5), metric="schaal")
        <Zelfsturing.MIDDEN: 'midden'>
        >>> zelfsturing_level(3.4, cuts=(2.5, 3.5), schaal=LIKERT5), zelfsturing_level(45, cuts=(40, 60), metric="pomp")
        (<Zelfsturing.MIDDEN: 'midden'>, <Zelfsturing.MIDDEN: 'midden'>)
        >>> zelfsturing_level(Missing.WEET_NIET, cuts=(40, 60))
        <Missing.WEET_NIET: 'weet_niet'>
    """
    problems = Problems()
    scale = _scale(schaal, problems)
    known = metric is None or check_one_of(metric, ("schaal", "pomp"), "unknown metric", "$.metric", problems)
    # an unknown metric is told once, and nothing more of what would follow from it
    score, bounds = _score(waarde, scale, metric if known else "pomp", problems)
    found = _cuts(cuts, bounds, problems)
    problems.raise_any(InputError)
    if isinstance(score, Missing):
        return score
    return tuple(Zelfsturing)[_passed(score, found)]


def zelfsturing_codes(
    values: Row,
    *,
    cuts: tuple[float, float] | None = None,
    schaal: Schaal | None = None,
    metric: Metric | None = None,
) -> NDArray[np.int8]:
    """The levels of self-regulation of many scores, as codes.

    Args:
        values: A score per row, NaN where there is none: an array, or a column of a frame.
        cuts: The lower and the higher cut-off, on the metric; a score on one belongs to the higher level.
        schaal: The scale of the scores.
        metric: ``"pomp"`` when the cut-offs are percents of maximum possible, and the scores too where no scale is
            given; ``"schaal"``, which is meant when left out, when they lie on the scale.

    Returns:
        Per row 0 for low, 1 for intermediate and 2 for high, as in ``tuple(Zelfsturing)``; −1 where there is no score.

    Raises:
        InputError: As `zelfsturing_level`; ``shape-mismatch`` for what is not one row of numbers.

    Example:
        >>> import numpy as np
        >>> from igm.constructs import LIKERT5
        >>> zelfsturing_codes(np.array([20.0, 40.0, 75.0, np.nan]), cuts=(40, 60), metric="pomp").tolist()
        [0, 1, 2, -1]
        >>> zelfsturing_codes(np.array([1.8, 2.6, 4.0, np.nan]), cuts=(40, 60), schaal=LIKERT5, metric="pomp").tolist()
        [0, 1, 2, -1]
    """
    problems = Problems()
    scale = _scale(schaal, problems)
    known = metric is None or check_one_of(metric, ("schaal", "pomp"), "unknown metric", "$.metric", problems)
    if known and scale is None and schaal is None and metric != "pomp":
        problems.add("missing-field", "scores alone do not say on what they are", _ON_WHAT, where="$.schaal")
    bounds = _POMP if scale is None else _bounds(scale)
    found = _cuts(cuts, bounds if metric != "pomp" else _POMP, problems)
    scores = _scores(values, bounds, problems)
    problems.raise_any(InputError)
    if metric == "pomp" and scale is not None:
        scores = (scores - scale.minimum) * 100 / (scale.maximum - scale.minimum)
    codes = sum((scores >= cut - NOISE).astype(np.int8) for cut in found)
    return np.where(np.isnan(scores), -1, codes).astype(np.int8)


def _scores(values: Any, bounds: tuple[float, float], problems: Problems) -> NDArray[np.float64]:
    """The scores, on what they were given; those off it are noted."""
    row: NDArray[Any] = column_of(values, "$.values") if hasattr(values, "to_numpy") else values
    given: object = row
    if not isinstance(given, np.ndarray) or isinstance(given, np.ma.MaskedArray):
        do = "Give an array of numbers, with NaN where there is none."
        problems.add("invalid-value", "not an array", do, where="$.values", given=shown(given))
        raise InputError(*problems)
    if row.dtype.kind not in "iuf" or row.ndim != 1:
        do = "Give one row of numbers."
        told = f"{row.dtype} {row.shape}"
        problems.add("shape-mismatch", "not a row of numbers", do, where="$.values", given=told)
        raise InputError(*problems)
    scores: NDArray[np.float64] = row.astype(np.float64)
    outside = np.flatnonzero((scores < bounds[0]) | (scores > bounds[1]))
    if outside.size:
        do = f"Give numbers from {bounds[0]:g} to {bounds[1]:g}."
        first, told = int(outside[0]), f"{outside.size} of {scores.size}"
        problems.add(
            "value-out-of-range", "scores off the metric", do, where=f"$.values[{first}]", given=told
        )
    return scores


def _scale(schaal: object, problems: Problems) -> Schaal | None:
    if schaal is None or isinstance(schaal, Schaal):
        return schaal
    do = 'Give a scale, such as igm.LIKERT5, or leave it out and give metric="pomp".'
    problems.add("invalid-value", "not a scale", do, where="$.schaal", given=shown(schaal))
    return None


def _bounds(schaal: Schaal) -> tuple[float, float]:
    return float(schaal.minimum), float(schaal.maximum)


def _passed(score: float, cuts: tuple[float, float]) -> int:
    return sum(score >= cut - NOISE for cut in cuts)


def _score(
    given: Any, schaal: Schaal | None, metric: Metric | None, problems: Problems
) -> tuple[float | Missing, tuple[float, float]]:
    """The number to hold beside the cut-offs, and the bounds that both must keep."""
    none: Missing = Missing.NIET_GEVRAAGD
    if given is None or isinstance(given, Missing):
        on_scale = (-math.inf, math.inf) if schaal is None else _bounds(schaal)
        return given or none, _POMP if metric == "pomp" or (metric is None and schaal is None) else on_scale
    if isinstance(given, Waarde):
        return _of_value(given, schaal, metric, problems)
    number: object = plain_number(given)
    if not is_number(number):
        do = "Give a value with its scale, a number with schaal= or metric=, or a kind of missing."
        problems.add("not-a-number", "not a score", do, where="$.waarde", given=shown(number))
        return none, _POMP
    if schaal is None and metric != "pomp":
        what = "a number alone does not say on what it is"
        problems.add("missing-field", what, _ON_WHAT, where="$.waarde", given=shown(number))
        return none, (-math.inf, math.inf)
    bounds = _POMP if schaal is None else _bounds(schaal)
    if not bounds[0] <= number <= bounds[1]:
        do = f"Give a number from {bounds[0]:g} to {bounds[1]:g}."
        what = "a score off the metric"
        problems.add("value-out-of-range", what, do, where="$.waarde", given=shown(number))
        return none, _POMP if metric == "pomp" else bounds
    if schaal is None or metric != "pomp":
        return float(number), bounds
    return schaal.pomp(float(number)), _POMP


def _of_value(
    given: Waarde, schaal: Schaal | None, metric: Metric | None, problems: Problems
) -> tuple[float | Missing, tuple[float, float]]:
    none: Missing = Missing.NIET_GEVRAAGD
    if given.schaal is None:
        if schaal is not None:
            return _score(given.score, schaal, metric, problems)
        do = "Give schaal=, such as igm.LIKERT5."
        problems.add("missing-field", "the value carries no scale", do, where="$.waarde.schaal")
        return none, _POMP if metric != "schaal" else (-math.inf, math.inf)
    scale = _bounds(given.schaal)
    if schaal is not None and _bounds(schaal) != scale:
        do, told = "Leave schaal out: the value has its own.", f"{given.schaal}, {schaal}"
        problems.add("mixed-scales", "the value has another scale", do, where="$.schaal", given=told)
    return (given.score, scale) if metric == "schaal" else (given.pomp, _POMP)


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
