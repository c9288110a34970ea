"""``Schaal``: the bounds that answers are given on, with reversal and POMP."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from igm.constructs._base import IgmModel, Number, ReadOnly, Text, Whole, fault
from igm.errors import InputError


class Schaal(IgmModel):
    """The scale that answers are given on; its bounds are stated, never observed.

    Attributes:
        minimum: Lowest answer.
        maximum: Highest answer.
        anchors: Labels of answers, such as ``{"1": "helemaal mee oneens", "5": "helemaal mee eens"}``.

    Raises:
        pydantic.ValidationError: ``scale-invalid`` when the minimum is not below the maximum or an anchor lies outside.

    Example:
        >>> LIKERT5.reverse(2), LIKERT5.pomp(4.3), LIKERT5.pomp_width(1.0)
        (4, 82.5, 25.0)
    """

    minimum: Whole = Field(description="lowest answer", examples=[1])
    maximum: Whole = Field(description="highest answer", examples=[5])
    anchors: ReadOnly[str, Text] = Field(
        default={}, description="labels of answers, by answer", validate_default=True
    )

    def _check(self) -> None:
        if self.minimum >= self.maximum:
            given = f"{self.minimum} and {self.maximum}"
            raise fault(
                "scale-invalid",
                "the minimum is not below the maximum",
                "Give bounds such as 1 and 5.",
                given=given,
            )
        answers = (
            {str(answer) for answer in range(self.minimum, self.maximum + 1)}
            if self._is_small
            else set(self.anchors)
        )
        outside = sorted(set(self.anchors) - answers)
        if outside:
            raise fault(
                "scale-invalid",
                "anchors outside the scale",
                "Name answers that exist.",
                given=", ".join(outside),
            )

    @property
    def _is_small(self) -> bool:
        return self.maximum - self.minimum <= 1000

    def __contains__(self, value: float) -> bool:
        return self.minimum <= value <= self.maximum

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
        """A distance on this scale, such as a standard deviation, in POMP points: 100 width / (maximum − minimum)."""
        return 100 * width / (self.maximum - self.minimum)

    def check(self, value: Number, *, where: str = "$") -> Number:
        """The value itself when it lies on the scale.

        Raises:
            InputError: ``value-out-of-range`` (NaN included), or ``not-a-number``.
        """
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise InputError.of(
                "not-a-number", "a number was expected", "Give a number.", where=where, given=repr(value)
            )
        if value not in self:
            raise InputError.of(
                "value-out-of-range",
                "value outside its scale",
                f"Give a number from {self.minimum} to {self.maximum}.",
                where=where,
                given=repr(value),
            )
        return value


LIKERT5: Final = Schaal(minimum=1, maximum=5)
"""Answers from 1 to 5, as clients gave them in the sources."""

LIKERT7: Final = Schaal(minimum=1, maximum=7)
"""Answers from 1 to 7, as professionals gave them in the sources."""
