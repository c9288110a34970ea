"""From a reliability to what one score can say: the error of measurement, and the score that is behind it."""

from __future__ import annotations

import math
from typing import Any

import attrs

from igm.constructs._base import is_number, plain_number, shown
from igm.errors import InputError, Problems
from igm.scoring.intervals import LARGEST, LEVEL, Interval, check_level, normal_quantile


@attrs.frozen
class TrueScore:
    """What lies behind one score, by Kelley.

    Attributes:
        estimate: The score, drawn to the mean of the group by as much as it is unreliable.
        se: The standard error of that estimate.
        interval: Where the score behind it lies.

    Example:
        >>> true_score(6.0, mean=4.0, sd=1.0, reliability=0.75)
        TrueScore(estimate=5.5, se=0.43..., interval=Interval(low=4.65..., high=6.34..., level=0.95))
    """

    estimate: float
    se: float
    interval: Interval

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return attrs.asdict(self)


def measurement_error(sd: float, reliability: float) -> float:
    """The standard error of measurement: SEM = sd·√(1 − reliability) (Lord & Novick, 1968).

    With fewer than some 30 people, take both from a manual or from waves put together, and not from the wave itself.

    Args:
        sd: The standard deviation of scores, at least 0.
        reliability: At most 1; a negative one makes the error larger than the spread, which says that it is no use.

    Returns:
        The error, on the scale of the scores.

    Raises:
        InputError: ``not-a-number`` and ``value-out-of-range``.

    Example:
        >>> round(measurement_error(7.5, 0.80), 3)
        3.354
    """
    sd, reliability = _checked({"sd": (sd, 0, LARGEST), "reliability": (reliability, -LARGEST, 1)})
    return sd * math.sqrt(1 - reliability)


def score_interval(score: float, *, sd: float, reliability: float, level: float = LEVEL) -> Interval:
    """The interval of one score: score ± z·SEM (Lord & Novick, 1968).

    Args:
        score: The score.
        sd: The standard deviation of scores in a like group.
        reliability: Of the score, in a like group.
        level: How sure.

    Returns:
        The interval; it is not cut off at the ends of the scale.

    Raises:
        InputError: ``not-a-number`` and ``value-out-of-range``.

    Example:
        >>> score_interval(40.0, sd=7.5, reliability=0.80)
        Interval(low=33.42..., high=46.57..., level=0.95)
    """
    level = check_level(level)
    score, sd, reliability = _checked(
        {
            "score": (score, -LARGEST, LARGEST),
            "sd": (sd, 0, LARGEST),
            "reliability": (reliability, -LARGEST, 1),
        }
    )
    half = normal_quantile(level) * measurement_error(sd, reliability)
    return Interval(score - half, score + half, level)


def true_score(
    score: float, *, mean: float, sd: float, reliability: float, level: float = LEVEL
) -> TrueScore:
    """The score behind a score, by Kelley: rel·score + (1 − rel)·mean, with standard error sd·√(rel·(1 − rel)).

    It lies nearer to the mean the less reliable the score is (Lord & Novick, 1968).

    Args:
        score: The score.
        mean: The mean of a like group.
        sd: The standard deviation in that group.
        reliability: Of the score in that group, from 0 to 1.
        level: How sure.

    Returns:
        The estimate with its interval.

    Raises:
        InputError: ``not-a-number`` and ``value-out-of-range``.

    Example:
        >>> true_score(6.0, mean=4.0, sd=1.0, reliability=1.0).interval
        Interval(low=6.0, high=6.0, level=0.95)
    """
    level = check_level(level)
    anything = (-LARGEST, LARGEST)
    score, mean, sd, reliability = _checked(
        {
            "score": (score, *anything),
            "mean": (mean, *anything),
            "sd": (sd, 0, LARGEST),
            "reliability": (reliability, 0, 1),
        }
    )
    estimate = reliability * score + (1 - reliability) * mean
    se = sd * math.sqrt(reliability * (1 - reliability))
    half = normal_quantile(level) * se
    return TrueScore(estimate, se, Interval(estimate - half, estimate + half, level))


def spearman_brown(r: float, factor: float = 2.0) -> float:
    """The reliability of a scale so many times as long: factor·r / (1 + (factor − 1)·r) (Spearman, 1910; Brown, 1910).

    For two items, with r their correlation and factor 2, it is the reliability of their sum (Eisinga, Te Grotenhuis and
    Pelzer 2013 prefer it to alpha); it is alpha of both standardised.

    Args:
        r: The reliability, or the correlation of two halves, above −1 and at most 1.
        factor: How many times as long, above 0.

    Returns:
        The reliability; negative when r is.

    Raises:
        InputError: ``not-a-number``; ``value-out-of-range``, also where the formula has no meaning.

    Example:
        >>> round(spearman_brown(0.5), 4), round(spearman_brown(0.5, 3), 4)
        (0.6667, 0.75)
    """
    r, factor = _checked({"r": (r, -1, 1), "factor": (factor, 0, LARGEST)})
    below = 1 + (factor - 1) * r
    if below <= 0 or factor == 0:
        do = "Give a correlation that is not so far below 0, and a factor above 0."
        raise InputError.of("value-out-of-range", "no reliability follows", do, where="$.r", given=shown(r))
    return factor * r / below


def _checked(given: dict[str, tuple[Any, float, float]]) -> list[float]:
    """The numbers, plain, each within its bounds."""
    problems = Problems()
    found: dict[str, tuple[Any, float, float]] = {
        name: (plain_number(value), low, high) for name, (value, low, high) in given.items()
    }
    for name, (value, low, high) in found.items():
        if not is_number(value):
            code, do = "not-a-number", "Give a finite number."
        elif not low <= value <= high:
            code, do = "value-out-of-range", f"Give a number from {low:g} to {high:g}."
        else:
            continue
        problems.add(code, f"{name} cannot be used", do, where=f"$.{name}", given=shown(value))
    problems.raise_any(InputError)
    return [value for value, _, _ in found.values()]
