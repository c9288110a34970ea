"""``Schaal``: the bounds that answers are given on, with reversal and POMP."""

from __future__ import annotations

import re
from typing import Final

from pydantic import ConfigDict, Field

from igm.constructs._base import (
    IgmModel,
    Number,
    ReadOnly,
    Text,
    Whole,
    fault,
    is_number,
    plain_number,
    shown,
)
from igm.errors import InputError, named

_ANSWER: Final = re.compile(r"0|-?[1-9][0-9]{0,15}")
"""How an anchor names an answer."""

_LARGEST: Final = 2**53
"""Bounds up to here are exact as floats."""

_NAMED: Final = 8
"""How many anchors a message names."""


class Schaal(IgmModel):
    """The scale that answers are given on; its bounds are stated, never observed.

    Attributes:
        minimum: Lowest answer.
        maximum: Highest answer.
        anchors: Labels of answers, such as ``{"1": "helemaal mee oneens", "5": "helemaal mee eens"}``.

    Raises:
        pydantic.ValidationError: ``scale-invalid`` when the minimum is not below the maximum, when a bound
            lies beyond 2 to the power 53 or when an anchor lies outside.

    Example:
        >>> LIKERT5.reverse(2), LIKERT5.pomp(4.3), LIKERT5.pomp_width(1.0)
        (4, 82.5, 25.0)
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"minimum": 1, "maximum": 5, "anchors": {"1": "nooit", "5": "altijd"}}]
        }
    )

    minimum: Whole = Field(description="lowest answer", examples=[1])
    maximum: Whole = Field(description="highest answer", examples=[5])
    anchors: ReadOnly[str, Text] = Field(
        default={}, description="labels of answers, by answer", validate_default=True
    )

    def _check(self) -> None:
        if max(abs(self.minimum), abs(self.maximum)) > _LARGEST:
            what, do = "bounds too large to hold exactly", "Give bounds of at most 2 to the power 53."
            raise fault("scale-invalid", what, do, given=f"{shown(self.minimum)} and {shown(self.maximum)}")
        if self.minimum >= self.maximum:
            given = f"{self.minimum} and {self.maximum}"
            raise fault(
                "scale-invalid",
                "the minimum is not below the maximum",
                "Give bounds such as 1 and 5.",
                given=given,
            )
        outside = sorted(
            name for name in self.anchors if not _ANSWER.fullmatch(name) or int(name) not in self
        )
        if outside:
            raise fault(
                "scale-invalid",
                "anchors outside the scale",
                "Name answers that exist.",
                given=", ".join(named(name) for name in outside[:_NAMED])[:200],
            )

    def __contains__(self, value: object) -> bool:
        number: object = plain_number(value)
        return is_number(number) and self.minimum <= number <= self.maximum

    def __str__(self) -> str:
        return f"{self.minimum}–{self.maximum}"

    def reverse(self, value: Number) -> Number:
        """The value seen from the other end: minimum + maximum − value.

        Raises:
            InputError: ``value-out-of-range``.
        """
        return self.minimum + self.maximum - self.check(value)

    def pomp(self, value: Number) -> float:
        """Percent of maximum possible: 100 (value − minimum) / (maximum − minimum), from 0 to 100.

        POMP puts scales on one metric; it does not make a 5-point and a 7-point answer mean the same
        (Cohen, Cohen, Aiken & West 1999, *Multivariate Behavioral Research* 34(3)).

        Raises:
            InputError: ``value-out-of-range``.
        """
        return 100 * (self.check(value) - self.minimum) / (self.maximum - self.minimum)

    def pomp_width(self, width: Number) -> float:
        """A distance on this scale, such as a standard deviation, in POMP points: 100 width / (maximum − minimum).

        Raises:
            InputError: ``not-a-number``.
        """
        return 100 * _a_number(width, "$") / (self.maximum - self.minimum)

    def check(self, value: Number, *, where: str = "$") -> Number:
        """The value itself when it lies on the scale.

        Raises:
            InputError: ``value-out-of-range`` (NaN included), or ``not-a-number``.
        """
        value = _a_number(value, where)
        if value not in self:
            raise InputError.of(
                "value-out-of-range",
                "value outside its scale",
                f"Give a number from {self.minimum} to {self.maximum}.",
                where=where,
                given=shown(value),
            )
        return value


def _a_number(value: object, where: str) -> float:
    """A number, which can be NaN or infinite."""
    number: object = plain_number(value)
    if not is_number(number) and not isinstance(number, float):
        what, do = "a number was expected", "Give a number."
        raise InputError.of("not-a-number", what, do, where=where, given=shown(number))
    return number


LIKERT5: Final = Schaal(minimum=1, maximum=5)
"""Answers from 1 to 5, as clients gave them in the sources."""

LIKERT7: Final = Schaal(minimum=1, maximum=7)
"""Answers from 1 to 7, as professionals gave them in the sources."""
