"""Answers of many people in one compact array: a small whole number per answer, and a code per kind of missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.constructs.schaal import Schaal
from igm.constructs.waarde import Missing
from igm.errors import InputError
from igm.scoring.protocols import FloatArray

CodeArray: TypeAlias = NDArray[Any]
"""Unsigned whole numbers, as small as the scale allows."""

_KINDS: Final = tuple(Missing)
_LIMIT: Final = 2**52


def same_array(one: NDArray[Any], other: NDArray[Any]) -> bool:
    """Whether two arrays hold the same, NaN for NaN."""
    return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")


@attrs.frozen
class Answers:
    """The answers of people to the items of a questionnaire.

    Attributes:
        codes: A row per person and a column per item: the answer minus the minimum of the scale, or above
            that the kind of missing.
        schaal: The scale.
    """

    codes: CodeArray = attrs.field(eq=attrs.cmp_using(eq=same_array), repr=False)
    schaal: Schaal

    @classmethod
    def of(
        cls, people: Iterable[Mapping[str, int | Missing]], items: Sequence[str], schaal: Schaal
    ) -> Answers:
        """The checked answers of people, by item."""
        rows = [[_code(person[item], schaal) for item in items] for person in people]
        codes = np.array(rows, dtype=code_type(schaal)).reshape(len(rows), len(items))
        return cls(codes, schaal)

    def __len__(self) -> int:
        return len(self.codes)

    def row(self, index: int) -> list[int | Missing]:
        """The answers of one person."""
        width = self.schaal.maximum - self.schaal.minimum
        return [
            code + self.schaal.minimum if code <= width else _KINDS[code - width - 1]
            for code in self.codes[index].tolist()
        ]

    def columns(self, start: int, stop: int) -> tuple[FloatArray, NDArray[np.bool_]]:
        """The answers of some people, a row per item, with NaN where one is missing; and where that is."""
        codes = np.ascontiguousarray(self.codes[start:stop].T)
        missing = codes > self.schaal.maximum - self.schaal.minimum
        answers = codes.astype(np.float64)
        answers += self.schaal.minimum
        return np.where(missing, np.nan, answers), missing

    def whole(self, start: int, stop: int, kind: np.dtype[Any]) -> tuple[CodeArray, NDArray[np.bool_]]:
        """The same in whole numbers of a type that holds them; what stands where one is missing means nothing.

        Second is where there is an answer.
        """
        answers = np.array(self.codes[start:stop].T, dtype=kind, order="C")
        valid = answers <= self.schaal.maximum - self.schaal.minimum
        answers += kind.type(self.schaal.minimum)
        return answers, valid


def _code(answer: int | Missing, schaal: Schaal) -> int:
    return missing_code(answer, schaal) if isinstance(answer, Missing) else answer - schaal.minimum


def missing_code(kind: Missing, schaal: Schaal) -> int:
    """The code of a kind of missing on this scale."""
    return schaal.maximum - schaal.minimum + 1 + _KINDS.index(kind)


def code_type(schaal: Schaal) -> np.dtype[Any]:
    """The smallest type that holds all codes of a scale."""
    return np.min_scalar_type(schaal.maximum - schaal.minimum + len(_KINDS))


def check_exact(schaal: Schaal, n_items: int) -> None:
    """Refuse bounds so large that sums of answers would be rounded, and executions could differ."""
    largest = max(abs(schaal.minimum), abs(schaal.maximum)) * max(n_items, 2)
    if largest >= _LIMIT:
        do = "Give bounds whose sums over the items stay below 2 to the power 52."
        raise InputError.of(
            "scale-invalid", "a scale too wide to score exactly", do, where="$.schaal", given=str(schaal)
        )
