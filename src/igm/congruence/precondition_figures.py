"""The mean of a group with its interval, and as much of it as may be told."""

from __future__ import annotations

import math
from typing import Final

import attrs
import numpy as np

from igm.congruence.group_scores import ConstructScores
from igm.constructs.composite import Metric
from igm.disclosure import DEFAULT_PEOPLE, GroupCell, GroupPurpose, publishable
from igm.scoring.intervals import Interval

_EXACT: Final = 6
"""Figures of which ten sets of answers fit even at so many decimals are told in full."""

_DECIMALS: Final = (_EXACT, 2, 1)
"""To how many decimals a mean and a standard deviation are told, the most first that does not tell answers."""


@attrs.frozen
class Told:
    """What of a mean may be told.

    Attributes:
        mean: The mean, on the metric.
        interval: Its interval; ``None`` where that would tell answers, or for one score.
        rounded: Whether they come from figures that were rounded, because in full they would tell answers.
        checked: Whether it could be checked that the figures tell no answers.
    """

    mean: float
    interval: Interval | None
    rounded: bool
    checked: bool


def exact_interval(values: tuple[float, ...], level: float) -> Interval | None:
    """The interval of the mean of all values, in full; ``None`` for one value."""
    return _interval(_mean(values), _sd(values), len(values), level)


def told(
    scores: ConstructScores, metric: Metric, level: float, doel: GroupPurpose, fewest: int
) -> Told | None:
    """The mean and its interval as they may be told; ``None`` where nothing may.

    Below ten people there is never an interval, for a standard deviation can be found from it.
    """
    mean, sd = _figures(scores)
    first, checked = _cell(scores, _EXACT, doel, fewest)
    if first.mean is None or first.n is None:
        return None
    if doel == "intern":
        return Told(*_on(scores, metric, mean, sd, level), rounded=False, checked=True)
    if first.n >= DEFAULT_PEOPLE:
        # what cannot be checked is told as figures are published
        for decimals in _DECIMALS if _can_be_checked(scores) else _DECIMALS[1:]:
            cell, _ = _cell(scores, decimals, doel, fewest)
            if cell.state == "shown" and cell.mean is not None:
                exact = decimals == _EXACT
                figures = (mean, sd) if exact else (cell.mean, cell.sd)
                return Told(*_on(scores, metric, *figures, level), not exact, checked)
    return Told(*_on(scores, metric, round(mean, 1), None, level), rounded=True, checked=checked)


def _can_be_checked(scores: ConstructScores) -> bool:
    return scores.schaal is not None and scores.items is not None


def _cell(scores: ConstructScores, decimals: int, doel: GroupPurpose, fewest: int) -> tuple[GroupCell, bool]:
    """How the figures stand at so many decimals, and whether that was checked."""
    mean, sd = _figures(scores)
    row = {"of": "all", "n": len(scores.values), "mean": mean, "sd": sd}
    schaal = scores.schaal if _can_be_checked(scores) else None
    table = publishable(
        [row], "of", schaal=schaal, items=scores.items or 1, decimals=decimals, doel=doel, minimum_n=fewest
    )
    return table.cells[0], not table.unchecked


def _figures(scores: ConstructScores) -> tuple[float, float | None]:
    """Mean and standard deviation on the scale that all share, or as percents where there is none."""
    values = scores.pomp if scores.schaal is None else scores.values
    return _mean(values), _sd(values)


def _on(
    scores: ConstructScores, metric: Metric, mean: float, sd: float | None, level: float
) -> tuple[float, Interval | None]:
    """A mean on the metric, with its interval."""
    n, schaal = len(scores.values), scores.schaal
    if metric == "pomp" and schaal is not None:
        mean, sd = schaal.pomp(mean), None if sd is None else schaal.pomp_width(sd)
    return mean, _interval(mean, sd, n, level)


def _mean(values: tuple[float, ...]) -> float:
    return math.fsum(values) / len(values)


def _sd(values: tuple[float, ...]) -> float | None:
    if len(values) < 2:
        return None
    return 0.0 if min(values) == max(values) else float(np.std(np.array(values), ddof=1))


def _interval(mean: float, sd: float | None, n: int, level: float) -> Interval | None:
    """Student's t: mean ± t(n − 1) · sd / √n."""
    from scipy import special

    if sd is None:
        return None
    half = float(special.stdtrit(n - 1, 0.5 + level / 2)) * sd / math.sqrt(n)
    return Interval(mean - half, mean + half, level)
