"""A group in three numbers: its mean, its standard deviation and how many there are, from data or as published."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias, TypeGuard, TypeVar

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.arrays import check_same_people
from igm.constructs._base import is_number, plain_number, shown
from igm.errors import InputError, Problems
from igm.scoring.intervals import LEVEL, Interval, check_level

__all__ = [
    "LEVEL",
    "Interval",
    "Summary",
    "Values",
    "attempt",
    "check_level",
    "check_many",
    "is_missing",
    "is_row",
    "matched",
    "sample",
    "summary_of",
    "t_quantile",
    "usable",
]

Values: TypeAlias = Sequence[float | None] | NDArray[Any]
"""Numbers, one a person; ``None`` and NaN are missing."""

ResultT = TypeVar("ResultT")

_TOLD: Final = 20

LARGEST: Final = 1e50
"""Numbers up to here can be squared twice, as degrees of freedom ask, and stay finite."""

MOST_PEOPLE: Final = 10**10
"""More people than there are."""


@attrs.frozen
class Summary:
    """The mean, the standard deviation and the number of a group.

    Attributes:
        mean: The mean of those that are there, at most 10⁵⁰ from 0, as the standard deviation.
        sd: The standard deviation with n − 1 below the line; ``None`` for one value, which has none.
        n: How many there are, from 1 to 10¹⁰.
        n_missing: How many are missing, and take no part.

    Example:
        >>> Summary.of([4, 2, None, 3])
        Summary(mean=3.0, sd=1.0, n=3, n_missing=1)
        >>> Summary(mean=5.84, sd=1.17, n=37).interval().low
        5.449...
    """

    mean: float = attrs.field(converter=plain_number)
    sd: float | None = attrs.field(converter=plain_number)
    n: int = attrs.field(converter=plain_number)
    n_missing: int = 0

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        sd: object = self.sd
        if not usable(self.mean):
            problems.add("not-a-number", "a mean", "Give a number.", where="$.mean", given=shown(self.mean))
        if sd is not None and not usable(sd):
            do = "Give a number, or None for one value."
            problems.add("not-a-number", "a standard deviation", do, where="$.sd", given=shown(sd))
        elif self.sd is not None and self.sd < 0:
            do = "Give a number of at least 0."
            problems.add("value-out-of-range", "a standard deviation", do, where="$.sd", given=shown(sd))
        n: object = self.n
        if not check_many(n, 1, "$.n", problems):
            pass
        elif n == 1 and is_number(sd):
            do = "Leave it out: one value has none."
            problems.add(
                "invalid-value", "a standard deviation of one value", do, where="$.sd", given=shown(sd)
            )
        elif n != 1 and sd is None:
            do = "Give it; only one value has none."
            problems.add("missing-field", "no standard deviation", do, where="$.sd")
        problems.raise_any(InputError)

    @classmethod
    def of(cls, values: Values, *, where: str = "$") -> Summary:
        """The summary of values.

        Args:
            values: One number a person; ``None`` and NaN are counted as missing.
            where: The path that errors name.

        Returns:
            The mean, the standard deviation with n − 1 below the line, and the numbers.

        Raises:
            InputError: ``not-a-number`` for what is no number or infinite, ``missing-field`` when none is left.

        Example:
            >>> Summary.of([3.0])
            Summary(mean=3.0, sd=None, n=1, n_missing=0)
        """
        given = sample(values, where)
        there = given[~np.isnan(given)]
        if not there.size:
            do = "Give at least one value that is not missing."
            raise InputError.of("missing-field", "no values", do, where=where, given=f"{given.size} missing")
        return cls(_mean(there), _sd(there), int(there.size), int(given.size - there.size))

    @property
    def se(self) -> float | None:
        """The standard error of the mean, sd / √n."""
        return None if self.sd is None else self.sd / math.sqrt(self.n)

    def interval(self, level: float = LEVEL) -> Interval | None:
        """The interval of the mean, by Student's t: mean ± t(n − 1) · sd / √n.

        Args:
            level: How sure, between 0 and 1.

        Returns:
            The interval; ``None`` for one value.

        Raises:
            InputError: ``value-out-of-range`` for another level.

        Example:
            >>> Summary(3.0, 1.0, 7).interval().high
            3.92...
        """
        check_level(level)
        if self.se is None:
            return None
        half = t_quantile(level, self.n - 1) * self.se
        return Interval(self.mean - half, self.mean + half, level)

    def to_dict(self) -> dict[str, Any]:
        """The numbers, at full precision."""
        return {"mean": self.mean, "sd": self.sd, "n": self.n, "n_missing": self.n_missing}


def summary_of(given: Summary | Values, where: str) -> Summary:
    """What was given, as a summary."""
    return given if isinstance(given, Summary) else Summary.of(given, where=where)


def sample(values: Values, where: str) -> NDArray[np.float64]:
    """Values as floats, NaN where missing; every value that cannot be used is told."""
    given: object = values
    if isinstance(given, np.ma.MaskedArray):
        do = "Give values.filled(numpy.nan) as floats, so that what is masked is missing."
        raise InputError.of("invalid-value", "a masked array", do, where=where, given="numpy.ma.MaskedArray")
    if isinstance(given, np.ndarray) and given.ndim != 1:
        do = "Give one dimension."
        raise InputError.of("shape-mismatch", "not a row of values", do, where=where, given=str(given.shape))
    if isinstance(given, np.ndarray) and given.dtype.kind in "iuf":
        with np.errstate(over="ignore"):  # what a float cannot hold becomes infinite, and is told
            found = given.astype(np.float64)
        problems = Problems()
        for place in np.flatnonzero(np.abs(found) > LARGEST)[:_TOLD].tolist():
            _add(problems, f"{where}[{place}]", float(found[place]))
        problems.raise_any(InputError)
        return found
    if not is_row(given):
        do = "Give numbers in a row, such as one column of a frame: one a person, None where one is missing."
        raise InputError.of("invalid-value", "not a row of values", do, where=where, given=shown(given))
    problems = Problems()
    made: list[float] = []
    listed: Any = given
    for place, cell in enumerate(listed.tolist() if hasattr(listed, "tolist") else listed):
        value: object = plain_number(cell)
        if is_missing(value):
            made.append(math.nan)
        elif usable(value):
            made.append(float(value))
        elif len(problems) < _TOLD:
            _add(problems, f"{where}[{place}]", value)
    problems.raise_any(InputError)
    return np.array(made, dtype=np.float64)


def _add(problems: Problems, where: str, value: object) -> None:
    do = "Give finite numbers up to 1e50, with None where one is missing."
    problems.add("not-a-number", "not a value", do, where=where, given=shown(value))


def is_row(given: object) -> bool:
    """Whether values stand in an order: not those of a set, not the names of columns, and not one value alone."""
    if isinstance(given, (str, bytes, Mapping, set, frozenset)) or hasattr(given, "columns"):
        return False
    return hasattr(given, "__iter__") and getattr(given, "ndim", 1) == 1


def matched(
    first: Values, second: Values, do: str, names: tuple[str, str] = ("first", "second")
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Two values of the same people, by their place, NaN where one is missing.

    Raises:
        InputError: ``not-a-number`` for values, ``shape-mismatch`` for rows of other lengths or two Series with unlike
            indexes: pandas would put these beside one another by label, and not by place.
    """
    where = f"$.{names[1]}"
    one, other = sample(first, f"$.{names[0]}"), sample(second, where)
    if one.size != other.size:
        given = f"{one.size} and {other.size}"
        raise InputError.of("shape-mismatch", "rows of other lengths", do, where=where, given=given)
    check_same_people(first, second, where)
    return one, other


def attempt(call: Callable[[], ResultT], problems: Problems) -> ResultT | None:
    """What a call gives; where it refuses, ``None``, and what is wrong is noted, to be told with the rest."""
    try:
        return call()
    except InputError as error:
        problems.extend(error.problems)
        return None


def is_missing(value: object) -> bool:
    """Whether a cell says that nothing is known: ``None``, NaN, and what pandas puts there."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(value, float) and math.isnan(value)


def usable(value: object) -> TypeGuard[float]:
    """Whether a value is a number that can be computed with: finite, and its square too."""
    return is_number(value) and abs(value) <= LARGEST


def check_many(given: object, least: int, where: str, problems: Problems) -> TypeGuard[int]:
    """Whether this is how many people there are; what is wrong with it is told."""
    many: object = plain_number(given)
    if isinstance(many, bool) or not isinstance(many, int):
        problems.add("not-a-number", "how many", "Give a whole number.", where=where, given=shown(many))
        return False
    if not least <= many <= MOST_PEOPLE:
        do = f"Give at least {least}." if many < least else f"Give at most {MOST_PEOPLE}."
        problems.add("value-out-of-range", "how many", do, where=where, given=shown(many))
        return False
    return True


def _mean(values: NDArray[np.float64]) -> float:
    return math.fsum(values.tolist()) / values.size


def _sd(values: NDArray[np.float64]) -> float | None:
    if values.size < 2:
        return None
    if values.min() == values.max():
        return 0.0
    return float(np.std(values, ddof=1))


def t_quantile(level: float, df: float) -> float:
    """How many standard errors an interval goes to each side, by Student's t."""
    from scipy import special

    return float(special.stdtrit(df, 0.5 + level / 2))
