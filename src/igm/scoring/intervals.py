"""``Interval``: where a figure lies, and how sure that is; and the checks that all statistics share."""

from __future__ import annotations

from typing import Final

import attrs

from igm.constructs._base import is_number, plain_number, shown
from igm.errors import InputError

LEVEL: Final = 0.95
"""The share of intervals that hold what they are an interval for, when nothing else is asked."""

LARGEST: Final = 1e60
"""Beyond this, and nearer to 0 than one divided by it, products of squares leave what a float holds."""


@attrs.frozen
class Interval:
    """A lowest and a highest value, and how sure it is.

    Attributes:
        low: The lowest value.
        high: The highest value.
        level: The share of such intervals that hold the true value, between 0 and 1.

    Example:
        >>> interval = Interval(1.0, 2.0, 0.95)
        >>> 1.5 in interval, 2.5 in interval
        (True, False)
    """

    low: float
    high: float
    level: float = LEVEL

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def to_dict(self) -> dict[str, float]:
        """The three numbers, at full precision."""
        return {"low": self.low, "high": self.high, "level": self.level}


def check_level(level: float) -> float:
    """The share, as a plain number; what is none is refused, and so is one that rounds to none or to all.

    Raises:
        InputError: ``value-out-of-range``.
    """
    share: object = plain_number(level)
    if not is_number(share) or not 0 < share < 1 or 0.5 + share / 2 in {0.5, 1.0}:
        do = "Give a number between 0 and 1, such as 0.95."
        raise InputError.of("value-out-of-range", "a level", do, where="$.level", given=shown(share))
    return share


def f_quantile(share: float, df1: float, df2: float) -> float:
    """The value below which that share of Fisher's F distribution lies."""
    from scipy import special

    return float(special.fdtri(df1, df2, share))


def normal_quantile(level: float) -> float:
    """How many standard errors an interval goes to each side, by the normal distribution."""
    from scipy import special

    return float(special.ndtri(0.5 + level / 2))
