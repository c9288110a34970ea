"""Scorers whose score is one division of whole numbers: the mean, the weighted mean, the sum and POMP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import attrs
import numpy as np

from igm._engines.expressions import total
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Item
from igm.errors import InputError, Problems, named, suggestion
from igm.scoring.protocols import FloatArray

EXACT: Final = 2**53
"""Whole numbers up to here are exact as floats, so their sums are exact in any order."""


PERCENT: Final = Schaal(minimum=0, maximum=100)
"""The scale of percent of maximum possible."""


@attrs.frozen
class Mean:
    name: str = attrs.field(default="mean", init=False)

    def one(self, answers: Sequence[int | None], items: Sequence[Item], schaal: Schaal, /) -> float | None:
        valid = [answer for answer in answers if answer is not None]
        return sum(valid) / len(valid) if valid else None

    def many(self, answers: FloatArray, items: Sequence[Item], schaal: Schaal, /) -> FloatArray:
        totals: FloatArray = answers.sum(axis=1)
        if not np.isnan(totals).any():
            means: FloatArray = totals / answers.shape[1]
            return means
        return divided(*_sums(answers))

    def quotient(
        self, answers: Sequence[Any], items: Sequence[Item], schaal: Schaal, /
    ) -> tuple[Any, Any | None]:
        return total([answer.fill_null(0.0) for answer in answers]), None


_TOLD = 5


@attrs.frozen
class Weighted:
    weights: tuple[tuple[str, int], ...]
    source: str
    name: str = attrs.field(default="weighted", init=False)

    def check(self, items: Sequence[Item], /) -> None:
        weights = dict(self.weights)
        known = [item.id for item in items]
        problems = Problems()
        for name in weights:
            if name not in known:
                where = f"$.weights.{named(name)}"
                problems.add(
                    "weights-invalid",
                    "weight of an item that is not there",
                    suggestion(name, known),
                    where=where,
                )
        without = [item for item in known if item not in weights]
        if without:
            do = (
                "Give each one; 0 leaves an item out. For some constructs alone: "
                "scorers.by_construct({'houding': weighted}, otherwise='mean')."
            )
            more = f" and {len(without) - _TOLD} more" if len(without) > _TOLD else ""
            given = ", ".join(without[:_TOLD]) + more
            problems.add("weights-invalid", "items without a weight", do, where="$.weights", given=given)
        problems.raise_any(InputError)
        for construct in dict.fromkeys(item.construct for item in items):
            if not any(weights[item.id] for item in items if item.construct is construct):
                do = "Give at least one of its items a weight above zero."
                problems.add(
                    "weights-invalid", f"the weights of {construct.value} sum to zero", do, where="$.weights"
                )
        problems.raise_any(InputError)

    def one(self, answers: Sequence[int | None], items: Sequence[Item], schaal: Schaal, /) -> float | None:
        pairs = [
            (answer, weight)
            for answer, weight in zip(answers, self._of(items), strict=True)
            if answer is not None
        ]
        total = sum(weight for _, weight in pairs)
        return sum(answer * weight for answer, weight in pairs) / total if total else None

    def many(self, answers: FloatArray, items: Sequence[Item], schaal: Schaal, /) -> FloatArray:
        weights = self._of(items)
        if self._inexact(weights, schaal):
            return self._row_by_row(answers, items, schaal)
        valid = ~np.isnan(answers)
        column = np.array(weights, dtype=np.float64)
        return divided(np.where(valid, answers, 0.0) @ column, valid.astype(np.float64) @ column)

    def quotient(
        self, answers: Sequence[Any], items: Sequence[Item], schaal: Schaal, /
    ) -> tuple[Any, Any | None]:
        weights = self._of(items)
        if self._inexact(weights, schaal):
            do = (
                "Give weights with fewer digits, or a frame of pandas or PyArrow, which is scored row by row."
            )
            raise InputError.of("weights-invalid", "weights too large for exact sums", do, where="$.weights")
        above = total(
            [answer.fill_null(0.0) * weight for answer, weight in zip(answers, weights, strict=True)]
        )
        below = [
            (answer * 0.0 + weight).fill_null(0.0) for answer, weight in zip(answers, weights, strict=True)
        ]
        return above, total(below)

    @staticmethod
    def _inexact(weights: Sequence[int], schaal: Schaal) -> bool:
        return sum(weights) * max(abs(schaal.minimum), abs(schaal.maximum), 1) >= EXACT

    def _row_by_row(self, answers: FloatArray, items: Sequence[Item], schaal: Schaal) -> FloatArray:
        scores = (
            self.one([None if answer != answer else int(answer) for answer in row], items, schaal)
            for row in answers.tolist()
        )
        return np.array([np.nan if score is None else score for score in scores], dtype=np.float64)

    def _of(self, items: Sequence[Item]) -> list[int]:
        weights = dict(self.weights)
        if any(item.id not in weights for item in items):
            self.check(items)
        return [weights[item.id] for item in items]


@attrs.frozen
class Sum:
    """k times the mean of the valid answers, on a scale from k times the lowest answer to k times the highest."""

    name: str = attrs.field(default="sum", init=False)

    def scale(self, items: Sequence[Item], schaal: Schaal, /) -> Schaal:
        k = len(items)
        _refuse_inexact(k * k * max(abs(schaal.minimum), abs(schaal.maximum)), schaal)
        return Schaal(minimum=k * schaal.minimum, maximum=k * schaal.maximum)

    def one(self, answers: Sequence[int | None], items: Sequence[Item], schaal: Schaal, /) -> float | None:
        valid = [answer for answer in answers if answer is not None]
        return len(answers) * sum(valid) / len(valid) if valid else None

    def many(self, answers: FloatArray, items: Sequence[Item], schaal: Schaal, /) -> FloatArray:
        totals, counts = _sums(answers)
        return divided(answers.shape[1] * totals, counts)

    def quotient(
        self, answers: Sequence[Any], items: Sequence[Item], schaal: Schaal, /
    ) -> tuple[Any, Any | None]:
        return len(items) * total([answer.fill_null(0.0) for answer in answers]), None


@attrs.frozen
class Pomp:
    """100 (sum - n L) / (n (U - L)): the mean of the valid answers as percent of maximum possible, divided once."""

    name: str = attrs.field(default="pomp", init=False)

    def scale(self, items: Sequence[Item], schaal: Schaal, /) -> Schaal:
        _refuse_inexact(100 * len(items) * (schaal.maximum - schaal.minimum), schaal)
        return PERCENT

    def one(self, answers: Sequence[int | None], items: Sequence[Item], schaal: Schaal, /) -> float | None:
        above = [answer - schaal.minimum for answer in answers if answer is not None]
        return 100 * sum(above) / (len(above) * (schaal.maximum - schaal.minimum)) if above else None

    def many(self, answers: FloatArray, items: Sequence[Item], schaal: Schaal, /) -> FloatArray:
        totals, counts = _sums(answers)
        width = schaal.maximum - schaal.minimum
        return divided(100 * (totals - counts * schaal.minimum), counts * width)

    def quotient(
        self, answers: Sequence[Any], items: Sequence[Item], schaal: Schaal, /
    ) -> tuple[Any, Any | None]:
        width = schaal.maximum - schaal.minimum
        above = total([(answer - schaal.minimum).fill_null(0.0) for answer in answers])
        return 100 * above, counted(answers, width)


def counted(answers: Sequence[Any], each: int) -> Any:
    """As an expression: so much for every answer that is there."""
    return total([(answer * 0.0 + each).fill_null(0.0) for answer in answers])


def _refuse_inexact(largest: int, schaal: Schaal) -> None:
    if largest >= EXACT:
        do = "Give bounds whose sums stay below 2 to the power 53, or use the mean."
        raise InputError.of(
            "scale-invalid",
            "a scale too wide for this scorer to score exactly",
            do,
            where="$.schaal",
            given=str(schaal),
        )


def _sums(answers: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Per person the sum of the valid answers, and their number."""
    valid = ~np.isnan(answers)
    return np.where(valid, answers, 0.0).sum(axis=1), valid.sum(axis=1).astype(np.float64)


def stays_on_scale(scorer: object) -> bool:
    """Whether a scorer is one of these, which cannot leave its scale: a mean lies between what it is of.

    Example:
        >>> stays_on_scale(Mean()), stays_on_scale("mean")
        (True, False)
    """
    return isinstance(scorer, (Mean, Weighted, Sum, Pomp))


def divided(totals: FloatArray, by: FloatArray) -> FloatArray:
    """The division, NaN where there is nothing to divide by."""
    quotients = np.full(len(totals), np.nan)
    np.divide(totals, by, out=quotients, where=by > 0)
    return quotients
