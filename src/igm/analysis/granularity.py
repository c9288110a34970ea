"""Whether whole answers can have a published mean and standard deviation at all: GRIM and GRIMMER."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Literal

import attrs

from igm.constructs._base import shown
from igm.constructs.schaal import Schaal
from igm.disclosure.figures import MOST_PEOPLE, Figures, written_whole
from igm.errors import InputError

ANY_SCALE: Final = Schaal(minimum=-(10**6), maximum=10**6)
"""For a mean of which the scale is not known: it then is looked at as whole numbers only."""


@attrs.frozen(repr=False)
class Granularity:
    """How many sums, and sums of squares, of whole answers round to published figures.

    Attributes:
        mean: The published mean.
        sd: The published standard deviation; ``None`` where only the mean was looked at.
        n: How many people.
        items: How many answers a score is the mean of.
        decimals: To how many decimals the figures were rounded.
        sums: How many sums of all answers round to the mean.
        squares: How many sums of squares round to the standard deviation, over those sums; ``None`` without one.

    Example:
        >>> grim(5.19, 28)
        Granularity('not-consistent', mean=5.19, n=28, items=1)
    """

    mean: float
    sd: float | None
    n: int
    items: int
    decimals: int
    sums: int
    squares: int | None = None

    @property
    def fits(self) -> bool:
        """Whether the figures are consistent with whole answers of so many people."""
        return self.sums > 0 and self.squares != 0

    @property
    def verdict(self) -> Literal["consistent", "not-consistent", "cannot-tell"]:
        """Whether the figures fit; where any mean of so many answers does, a mean by itself cannot tell."""
        if not self.fits:
            return "not-consistent"
        return "consistent" if self.decidable or self.sd is not None else "cannot-tell"

    @property
    def decidable(self) -> bool:
        """Whether a mean can fail to fit at all: with a hundred answers or more any mean of two decimals fits."""
        return bool(self.n * self.items < 10**self.decimals)

    def to_dict(self) -> dict[str, Any]:
        """Everything, with whether it fits and whether it could have failed to."""
        told = {"fits": self.fits, "decidable": self.decidable, "verdict": self.verdict}
        return attrs.asdict(self) | told

    def __repr__(self) -> str:
        sd = "" if self.sd is None else f", sd={self.sd}"
        return f"Granularity({self.verdict!r}, mean={self.mean}{sd}, n={self.n}, items={self.items})"


def grim(
    mean: float, n: int, *, items: int = 1, decimals: int = 2, schaal: Schaal | None = None
) -> Granularity:
    """Whether a mean of whole answers can be this: some sum of n · items answers must round to it.

    GRIM, Brown & Heathers (2017), *Social Psychological and Personality Science*. A sum S fits when S / (n · items)
    lies within half of the last decimal of the mean, both ends included, so that it does not matter how halves were
    rounded. It holds for people who gave all answers: with answers missing a score is a mean of fewer.

    Args:
        mean: The mean as published.
        n: How many people.
        items: How many answers a score is the mean of.
        decimals: To how many decimals the mean was rounded.
        schaal: The scale of an answer; any whole numbers when left out.

    Returns:
        How many sums fit.

    Raises:
        InputError: ``not-a-number``, ``value-out-of-range`` or ``invalid-value`` for figures that cannot be.

    Example:
        >>> grim(5.19, 28).fits, grim(5.18, 28).fits, grim(5.19, 28, items=3).fits
        (False, True, True)
    """
    figures = Figures.of(mean, None, n, ANY_SCALE if schaal is None else schaal, items, decimals)
    return _made(figures, None, len(figures.sums()))


def grimmer(
    mean: float, sd: float, n: int, schaal: Schaal, *, items: int = 1, decimals: int = 2
) -> Granularity:
    """Whether whole answers can have this mean and this standard deviation, as far as sums tell.

    The idea is GRIMMER (Anaya 2016): for a sum S that fits the mean, a sum of squares Q fits when
    √((Q − S²/n) / (n − 1)) / items rounds to the standard deviation. Q is a whole number, it is odd when S is, and it
    lies between what n equal and n utmost different answers give. What fits here may still be had by no answers:
    `igm.disclosure.reconstruct` counts, which decides, and takes longer.

    Args:
        mean: The mean as published.
        sd: The standard deviation as published, with n − 1 below the line.
        n: How many people, at least 2.
        schaal: The scale of an answer.
        items: How many answers a score is the mean of, all of them given.
        decimals: To how many decimals both were rounded.

    Returns:
        How many sums, and sums of squares, fit.

    Raises:
        InputError: ``not-a-number``, ``value-out-of-range`` or ``invalid-value`` for figures that cannot be,
            ``missing-field`` without a standard deviation.

    Example:
        >>> import igm
        >>> grimmer(2.0, 1.15, 3, igm.LIKERT5).fits, grimmer(2.0, 1.0, 3, igm.LIKERT5).fits
        (False, True)
    """
    figures = Figures.of(mean, sd, n, schaal, items, decimals)
    if figures.n == 1 or figures.sd is None:
        one = figures.n == 1
        what, where = ("how many", "$.n") if one else ("a standard deviation", "$.sd")
        do = "Give at least 2: one person has no standard deviation." if one else "Give it, or use grim."
        code = "value-out-of-range" if one else "missing-field"
        raise InputError.of(code, what, do, where=where, given="1" if one else None)
    squares = sum(len(fitting) for _, fitting in figures.pairs())
    return _made(figures, squares, len(figures.sums()))


def _made(figures: Figures, squares: int | None, sums: int) -> Granularity:
    sd = None if squares is None or figures.sd is None else float(figures.sd)
    return Granularity(float(figures.mean), sd, figures.n, figures.items, figures.decimals, sums, squares)


def fitting_n(
    mean: float,
    sd: float | None,
    schaal: Schaal,
    *,
    items: int = 1,
    decimals: int = 2,
    least: int = 2,
    most: int = 100,
) -> tuple[int, ...]:
    """The numbers of people that published figures are consistent with, by `grim` and, with an sd, `grimmer`.

    Those n for which S / (n · items) rounds to the mean (Brown & Heathers, 2017), and Q to the sd (Anaya, 2016).

    Args:
        mean: The mean as published.
        sd: The standard deviation as published; ``None`` looks at the mean only.
        schaal: The scale of an answer.
        items: How many answers a score is the mean of.
        decimals: To how many decimals both were rounded.
        least: The lowest number to look at, at least 2.
        most: The highest number to look at.

    Returns:
        The numbers that fit, upwards.

    Raises:
        InputError: As `grimmer`.

    Example:
        >>> import igm
        >>> fitting_n(3.57, 1.13, igm.LIKERT5, most=22)
        (7,)
    """
    looked = range(max(_many(least, "least"), 2), _many(most, "most") + 1)
    return fitting_among(looked, mean, sd, schaal, items, decimals)


def fitting_among(
    looked: Iterable[int], mean: float, sd: float | None, schaal: Schaal, items: int, decimals: int
) -> tuple[int, ...]:
    """Those of these numbers of people, of at least 2, that published figures are consistent with."""
    figures = Figures.of(mean, sd, 2, schaal, items, decimals)
    return tuple(n for n in looked if _fits(figures.of_people(n)))


def fitting_items(
    mean: float, sd: float | None, n: int, schaal: Schaal, *, decimals: int = 2, most: int = 10
) -> tuple[int, ...]:
    """The numbers of items per score that published figures are consistent with: a hypothesis, never the instrument.

    Those for which S / (n · items) rounds to the mean (Brown & Heathers, 2017), and Q to the sd (Anaya, 2016).

    Args:
        mean: The mean as published.
        sd: The standard deviation as published; ``None`` looks at the mean only.
        n: How many people.
        schaal: The scale of an answer.
        decimals: To how many decimals both were rounded.
        most: The highest number of items to look at.

    Returns:
        The numbers that fit, upwards; all of them where there are so many people that any mean fits.

    Raises:
        InputError: As `grimmer`.

    Example:
        >>> import igm
        >>> fitting_items(6.24, None, 7, igm.Schaal(minimum=1, maximum=7))
        (3, 6, 7, 9, 10)
    """
    looked = range(1, _many(most, "most") + 1)
    one = Figures.of(mean, sd, n, schaal, 1, decimals)
    return tuple(items for items in looked if _fits(attrs.evolve(one, items=items, top=items * one.top)))


def _many(given: object, name: str) -> int:
    value: object = written_whole(given)
    if isinstance(value, bool) or not isinstance(value, int) or value > MOST_PEOPLE:
        do = f"Give a whole number of at most {MOST_PEOPLE}."
        raise InputError.of("value-out-of-range", "how many", do, where=f"$.{name}", given=shown(given))
    return value


def _fits(figures: Figures) -> bool:
    """Whether any sum, or with a standard deviation any sum of squares, fits; none is counted."""
    if figures.sd is None or figures.n < 2:
        return bool(figures.sums())
    return next(figures.pairs(), None) is not None
