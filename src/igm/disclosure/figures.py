"""What a rounded mean and standard deviation of whole answers can have been, in whole numbers and exactly."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import attrs

from igm.constructs._base import is_number, plain_number, shown
from igm.constructs.schaal import Schaal
from igm.errors import InputError, Problems

MOST_DECIMALS = 6
"""More decimals than a table prints are a sign that figures were not rounded."""

USUAL_DECIMALS: Final = 2
"""To so many decimals tables print numbers, when nothing else is known."""

MOST_PEOPLE: Final = 1_000_000
"""So many people a figure is about at most; a larger number is a slip."""

MOST_ITEMS: Final = 1_000
"""So many answers a score is the mean of at most."""

_MOST: Final = {"$.n": MOST_PEOPLE, "$.items": MOST_ITEMS, "$.decimals": MOST_DECIMALS}
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_WHOLE: Final = re.compile(r"([0-9]{1,15})(?:[.,]0{1,2})?")


def written_number(given: object) -> Any:
    """The number that a table gives, also as a text with a decimal point or comma; what is none stays as it is."""
    value: object = plain_number(given)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return float(value.strip().replace(",", "."))
    return value


def written_whole(given: object) -> Any:
    """The whole number that a table gives, also as a text; 1.000 is a thousand to some and one to others."""
    value: object = plain_number(given)
    if isinstance(value, str) and (found := _WHOLE.fullmatch(value.strip())):
        return int(found[1])
    return value


def written_decimals(*figures: object) -> int:
    """To how many decimals figures are written: as many as texts have, and two for numbers, which do not show noughts.

    Example:
        >>> written_decimals("3,2", "0,4"), written_decimals("3.20", None), written_decimals(3.2, 0.4)
        (1, 2, 2)
    """
    texts = [one.strip() for one in figures if isinstance(one, str) and _NUMBER.fullmatch(one.strip())]
    if not texts:
        return USUAL_DECIMALS
    others = [len(str(one).partition(".")[2]) for one in map(plain_number, figures) if isinstance(one, float)]
    return max(*(len(re.split("[.,]", one)[1]) if re.search("[.,]", one) else 0 for one in texts), *others, 0)


def decimals_of(given: object) -> int:
    """To how many decimals a figure is written: a text keeps its zeros at the end, which a number cannot."""
    value: object = plain_number(given)
    if isinstance(value, str):
        return len(value.strip().replace(",", ".").partition(".")[2])
    if not is_number(value):
        return 0
    return max(0, -int(Decimal(str(value)).normalize().as_tuple().exponent))


@attrs.frozen
class Figures:
    """A mean, a standard deviation and a number of people, as published.

    What a person answered is taken as a total above the lowest possible: with three items from 1 to 5 from 0 to 12.

    Attributes:
        mean: The mean, on the scale of the answers.
        sd: The standard deviation with n − 1 below the line; ``None`` where it is not published.
        n: How many people.
        low: The lowest answer.
        top: The highest total of a person.
        items: How many answers a score is the mean of.
        half: Half of the last decimal: how far a figure may lie from what it was rounded from, both ends included.
        decimals: To how many decimals figures were rounded.
    """

    mean: Fraction
    sd: Fraction | None
    n: int
    low: int
    top: int
    items: int
    half: Fraction
    decimals: int

    @classmethod
    def of(
        cls, mean: object, sd: object, n: object, schaal: Any, items: object = 1, decimals: object = None
    ) -> Figures:
        """Figures as they were given; all that is wrong with them is told at once.

        Without ``decimals`` they are as many as texts are written with, and two for numbers.

        Raises:
            InputError: ``not-a-number``, ``value-out-of-range`` or ``invalid-value``.
        """
        problems = Problems()
        if decimals is None:
            decimals = min(written_decimals(mean, sd), MOST_DECIMALS)
        n = _whole("$.n", n, 1, problems)
        items = _whole("$.items", items, 1, problems)
        decimals = _whole("$.decimals", decimals, 0, problems)
        rounded = MOST_DECIMALS if len(problems) else decimals
        value = _figure("$.mean", mean, rounded, problems)
        spread = None if sd is None else _figure("$.sd", sd, rounded, problems)
        if spread is not None and spread < 0:
            do = "Give a number of at least 0."
            problems.add("value-out-of-range", "a standard deviation", do, where="$.sd", given=shown(sd))
        check_schaal(schaal, problems)
        problems.raise_any(InputError)
        top = items * (int(schaal.maximum) - int(schaal.minimum))
        half = Fraction(1, 2 * 10**decimals)
        return cls(value, spread, n, int(schaal.minimum), top, items, half, decimals)

    @property
    def shortest(self) -> int:
        """To how few decimals both figures can be written."""
        whole = [one for one in (self.mean, self.sd) if one is not None]
        return next(
            places
            for places in range(MOST_DECIMALS + 1)
            if all((one * 10**places).denominator == 1 for one in whole)
        )

    def of_people(self, n: int) -> Figures:
        """The same of so many people."""
        return Figures(self.mean, self.sd, n, self.low, self.top, self.items, self.half, self.decimals)

    def sums(self) -> range:
        """The sums of totals that round to the mean."""
        many, unit = (
            self.items * self.n,
            self.half.denominator,
        )  # whole numbers of halves: fractions take longest
        mean = self.mean.numerator * unit // self.mean.denominator - self.low * unit
        lowest = -(-many * (mean - 1) // unit)
        highest = many * (mean + 1) // unit
        return range(max(lowest, 0), min(highest, self.n * self.top) + 1)

    def squares(self, total: int) -> range:
        """The sums of squares of totals that round to the standard deviation, given their sum.

        A square is odd when its number is, so the sum of squares is odd when the sum is: every other number is left.
        """
        least, most = attainable(total, self.n, self.top)
        if self.sd is not None and self.n > 1:
            unit = self.half.denominator
            sd = self.sd.numerator * unit // self.sd.denominator
            spread, below = self.n * (self.n - 1) * self.items**2, self.n * unit**2
            mean_part = total**2 * unit**2
            least = max(least, -(-(spread * max(sd - 1, 0) ** 2 + mean_part) // below))
            most = min(most, (spread * (sd + 1) ** 2 + mean_part) // below)
        return range(least + (least - total) % 2, most + 1, 2)

    def pairs(self) -> Iterator[tuple[int, range]]:
        """Each sum that fits, with the sums of squares that fit it."""
        for total in self.sums():
            squares = self.squares(total)
            if squares:
                yield total, squares

    def sd_bounds(self) -> tuple[float, float]:
        """The lowest and the highest standard deviation of any numbers on the scale that have such a mean."""
        return 0.0, largest_sd(self.mean, self.n, self.low, self.low + self.top // self.items, self.half)


def largest_sd(mean: Fraction, n: int, low: int, high: int, half: Fraction = Fraction(0)) -> float:
    """The highest standard deviation of n numbers from low to high with a mean at most ``half`` from this one.

    √((m − low)(high − m) n/(n − 1)), of the nearest m to the middle: all stand at the two ends.
    """
    if n < 2:
        return 0.0
    nearest = min(max(Fraction(low + high, 2), mean - half), mean + half)
    within = min(max(nearest, Fraction(low)), Fraction(high))
    return math.sqrt((within - low) * (high - within) * n / (n - 1))


def check_schaal(given: object, problems: Problems) -> None:
    """Refuse what is no scale."""
    if not isinstance(given, Schaal):
        do = "Give a scale, such as igm.LIKERT5."
        problems.add("invalid-value", "not a scale", do, where="$.schaal", given=shown(given))


def attainable(total: int, n: int, top: int) -> tuple[int, int]:
    """The lowest and the highest sum of squares of ``n`` whole numbers from 0 to ``top`` with this sum."""
    each, over = divmod(total, n)
    full, rest = divmod(total, top)
    return (n - over) * each**2 + over * (each + 1) ** 2, full * top**2 + rest**2


def _whole(where: str, given: object, least: int, problems: Problems) -> int:
    value: object = written_whole(given)
    if isinstance(value, bool) or not isinstance(value, int):
        problems.add("not-a-number", "how many", "Give a whole number.", where=where, given=shown(given))
        return least
    if not least <= value <= _MOST[where]:
        do = f"Give {least} to {_MOST[where]}." if value > least else f"Give at least {least}."
        problems.add("value-out-of-range", "how many", do, where=where, given=shown(given))
        return least
    return value


def _figure(where: str, given: object, decimals: int, problems: Problems) -> Fraction:
    value: object = written_number(given)
    if not is_number(value):
        problems.add("not-a-number", "a figure", "Give a number.", where=where, given=shown(given))
        return Fraction(0)
    check_rounded(where, value, decimals, problems)
    return _exact(value)


def check_rounded(where: str, value: float, decimals: int, problems: Problems) -> None:
    """Whether a figure has no more decimals than stated."""
    if (_exact(value) * 10**decimals).denominator != 1:
        do = "Give it as published, or say with decimals= to how many it was rounded."
        problems.add("invalid-value", "more decimals than stated", do, where=where, given=shown(value))


def _exact(value: float) -> Fraction:
    return Fraction(Decimal(str(value)))  # 5.84 as it is written, not the binary number next to it
