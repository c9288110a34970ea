"""The ready item scorers: the mean of the valid items, plain and weighted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs
import numpy as np

from igm._engines.expressions import total
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Item
from igm.errors import InputError, Problems, named, suggestion
from igm.scoring._weights import Weight, cited, whole_weights
from igm.scoring.protocols import FloatArray, ItemScorer

EXACT: Final = 2**53
"""Whole numbers up to here are exact as floats, so their sums are exact in any order."""


@attrs.frozen
class _Mean:
    name: str = attrs.field(default="mean", init=False)

    def one(self, answers: Sequence[int | None], items: Sequence[Item], schaal: Schaal, /) -> float | None:
        valid = [answer for answer in answers if answer is not None]
        return sum(valid) / len(valid) if valid else None

    def many(self, answers: FloatArray, items: Sequence[Item], schaal: Schaal, /) -> FloatArray:
        totals: FloatArray = answers.sum(axis=1)
        if not np.isnan(totals).any():
            means: FloatArray = totals / answers.shape[1]
            return means
        valid = ~np.isnan(answers)
        return _divided(np.where(valid, answers, 0.0).sum(axis=1), valid.sum(axis=1).astype(np.float64))

    def quotient(
        self, answers: Sequence[Any], items: Sequence[Item], schaal: Schaal, /
    ) -> tuple[Any, Any | None]:
        return total([answer.fill_null(0.0) for answer in answers]), None


@attrs.frozen
class _Weighted:
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
        for item in items:
            if item.id not in weights:
                where = f"$.weights.{item.id}"
                problems.add(
                    "weights-invalid",
                    "item without a weight",
                    "Give one; 0 leaves the item out.",
                    where=where,
                )
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
        return _divided(np.where(valid, answers, 0.0) @ column, valid.astype(np.float64) @ column)

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
        below = total(
            [(answer * 0.0 + weight).fill_null(0.0) for answer, weight in zip(answers, weights, strict=True)]
        )
        return above, below

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


def _divided(totals: FloatArray, by: FloatArray) -> FloatArray:
    """The division, NaN where there is nothing to divide by."""
    quotients = np.full(len(totals), np.nan)
    np.divide(totals, by, out=quotients, where=by > 0)
    return quotients


def stays_on_scale(scorer: object) -> bool:
    """Whether a scorer is one of the ready ones, which cannot leave the scale: a mean lies between what it is of.

    Example:
        >>> stays_on_scale(mean()), stays_on_scale("mean")
        (True, False)
    """
    return isinstance(scorer, (_Mean, _Weighted))


def mean() -> ItemScorer:
    """The mean of the valid items: the sum of whole answers, divided once.

    It is the person-mean rule: the items that were answered speak for those that were not. When the items
    of a construct differ much in level, that shifts the score of who skipped some; the number of valid
    items tells.

    Returns:
        The scorer called ``mean``.

    Example:
        >>> mean().name
        'mean'
        >>> from igm.constructs.schaal import LIKERT5
        >>> mean().one([4, None, 3], [], LIKERT5)
        3.5
    """
    return _Mean()


def weighted(weights: Mapping[str, Weight], *, source: str) -> ItemScorer:
    """The weighted mean of the valid items.

    Weights are decimals, held as whole numbers over a common denominator, so every execution gives the same
    bits.

    Args:
        weights: One weight of at least zero for every item of the questionnaire, by item id.
        source: Where the weights are published or who set them.

    Returns:
        The scorer called ``weighted``.

    Raises:
        InputError: ``weights-invalid`` when a weight is negative or not a decimal, when all are zero or
            when the source is empty; and, once the scorer meets a questionnaire, when items and weights do
            not match.

    Example:
        >>> scorer = weighted({"houding_1": "0.5", "houding_2": 1}, source="eigen keuze")
        >>> scorer.name
        'weighted'
        >>> weighted({"houding_1": 0.1}, source="eigen keuze")
        Traceback (most recent call last):
        ...
        igm.errors.InputError: not a weight, at $.weights.houding_1: got 0.1. Give a decimal without rounding: \
a whole number, text such as '0.25', or a Decimal. [weights-invalid]
    """
    return _Weighted(tuple(whole_weights(weights).items()), cited(source))
