"""What ``similarity_intervals`` finds: figures of one pair, each with where it may lie."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import attrs
import numpy as np

from igm._display import Cell, Column, Language, Table, number
from igm.congruence._over_words import OVER
from igm.congruence._words import WORDS
from igm.congruence.metrics import UndefinedReason
from igm.congruence.pairs import Pair
from igm.constructs._base import known_language
from igm.constructs.model import Construct
from igm.errors import MASK
from igm.scoring.intervals import Interval

ErrorMethod: TypeAlias = Literal["simulation", "delta"]
"""How an interval was made: by drawing errors, or by a formula."""

IntervalReason: TypeAlias = UndefinedReason | Literal["no-formula", "undefined-draws"]
"""Why there is no interval: no figure, no formula for it, or no draw in which it is defined."""


@attrs.frozen
class FigureInterval:
    """A figure of one pair with what errors of measurement make of it.

    Attributes:
        estimate: The figure; ``None`` where it is not defined.
        interval: Where it lies without errors; ``None`` where there is none.
        percentile: The plain quantiles of the draws, which errors push aside; ``None`` without draws.
        cut: Whether an end of the interval was cut at the end of what the figure can be, such as an r of 1.
        se: Its standard deviation over errors.
        bias: How much errors add to it on average; of distances more than 0, of likeness mostly less.
        share_undefined: In which share of the draws it is not defined; these take no part.
        undefined: Why there is no interval; ``None`` where there is one.

    Example:
        >>> FigureInterval(estimate=None, undefined="flat-profile").interval is None
        True
    """

    estimate: float | None
    interval: Interval | None = None
    percentile: Interval | None = None
    cut: bool = False
    se: float | None = None
    bias: float | None = None
    share_undefined: float = 0.0
    undefined: IntervalReason | None = None

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return attrs.asdict(self)


@attrs.frozen(repr=False)
class SimilarityIntervals:
    """How sure the figures of one pair are; what is printed masks as `ProfileSimilarity` does.

    Attributes:
        pair: The two profiles on their common constructs.
        sem: The errors of measurement of the first and of the second, per construct, on the metric.
        figures: Every figure with its interval, by name.
        differences: First minus second with its interval, per construct.
        method: How intervals were made.
        level: How sure they are.
        n_resamples: How many draws there were; ``None`` without draws.
        share_outside: In which share of draws some score lies outside its scale; ``None`` without draws. Such scores
            are kept as they are.

    Example:
        >>> from igm.constructs import LIKERT5, Gedrag, Profiel, Waarde
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers", context="thuis", time="deze week", doel="werk")
        >>> def profiel(*scores):
        ...     names = ("houding", "eigen_effectiviteit", "kennis", "context", "zelfregulering")
        ...     waarden = {name: Waarde(score=score, schaal=LIKERT5) for name, score in zip(names, scores)}
        ...     return Profiel(gedrag=gedrag, waarden=waarden)
        >>> from igm.congruence import similarity_intervals
        >>> found = similarity_intervals(profiel(4, 3, 2, 5, 4), profiel(3, 2, 2, 4, 3), sem=0.4, rng=1)
        >>> found, found.figures["shape"].interval.high, round(found.d2_by_error, 2)
        (SimilarityIntervals(k=5, method='simulation', level=0.95), 1.0, 1.6)
    """

    pair: Pair
    sem: tuple[tuple[float, ...], tuple[float, ...]]
    figures: Mapping[str, FigureInterval]
    differences: Mapping[Construct, FigureInterval]
    method: ErrorMethod
    level: float
    n_resamples: int | None
    share_outside: float | None

    @property
    def d2_by_error(self) -> float:
        """How large D² is on average by errors alone, when nothing else differs: the sum of all squared errors."""
        return math.fsum(error**2 for side in self.sem for error in side)

    @property
    def flat_by_error(self) -> tuple[bool, bool]:
        """Whether the first and whether the second profile varies no more than errors alone would make it vary."""
        first, second = (
            bool(np.var(values, ddof=1) <= np.mean(np.square(errors)))
            for values, errors in zip((self.pair.first, self.pair.second), self.sem, strict=True)
        )
        return first, second

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to know, as codes.

        ``flat-by-error`` where the shape of a profile is no more than error, ``d2-by-error`` where D² is, ``cut`` where
        an end of an interval was cut at the end of what a figure can be, ``outside-scale``, ``undefined-draws``, and
        ``below-zero`` where a formula gives a distance below 0.
        """
        d2 = self.figures["d2"]
        told = {
            "flat-by-error": any(self.flat_by_error),
            "d2-by-error": d2.estimate is not None and d2.estimate <= self.d2_by_error,
            "cut": any(one.cut for one in self.figures.values()),
            "outside-scale": bool(self.share_outside),
            "undefined-draws": any(one.share_undefined > 0 for one in self.figures.values()),
            "below-zero": d2.interval is not None and d2.interval.low < 0,
        }
        return tuple(code for code, so in told.items() if so)

    def table(self, lang: Language = "nl") -> Table:
        """A row per figure and per construct, with its interval; the sensitive ones included."""
        return self._table(lang, mask=False)

    def _table(self, lang: Language, *, mask: bool) -> Table:
        words, own = OVER[known_language(lang)], WORDS[lang]
        hidden = mask and any(key.info.sensitive for key in self.pair.constructs)
        columns = [
            Column(words["figure"]),
            *(Column(words[name], "right") for name in ("value", "from", "to")),
        ]
        rows: list[list[Cell]] = [
            [own.get(f"figure-{name}", name), *_cells(one, mask=hidden)] for name, one in self.figures.items()
        ]
        rows += [
            [key.label(lang), *_cells(one, mask=mask and key.info.sensitive)]
            for key, one in self.differences.items()
        ]
        level = number(100 * self.level, 0, lang=lang)
        notes = [words[f"by-{self.method}"].format(level, self.n_resamples)]
        if not hidden:
            share = number(100 * (self.share_outside or 0.0), 0, lang=lang)
            notes.append(words["d2-error"].format(number(self.d2_by_error, lang=lang)))
            notes += [words[code].format(share) for code in self.notes]
        return Table(columns, rows, title=words["error-intervals"], notes=notes, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON; sensitive values are in it."""
        return {
            "pair": self.pair.to_dict(),
            "sem": [list(side) for side in self.sem],
            "figures": {name: one.to_dict() for name, one in self.figures.items()},
            "differences": {key.value: one.to_dict() for key, one in self.differences.items()},
            "method": self.method,
            "level": self.level,
            "n_resamples": self.n_resamples,
            "d2_by_error": self.d2_by_error,
            "share_outside": self.share_outside,
            "notes": list(self.notes),
        }

    def __repr__(self) -> str:
        return f"SimilarityIntervals(k={self.pair.k}, method={self.method!r}, level={self.level})"

    def __str__(self) -> str:
        return self._table("nl", mask=True).text()

    def _repr_html_(self) -> str:
        return self._table("nl", mask=True).html()


def _cells(one: FigureInterval, *, mask: bool) -> list[Cell]:
    if mask:
        return [MASK] * 3
    if one.interval is None:
        return [one.estimate, None, None]
    return [one.estimate, one.interval.low, one.interval.high]
