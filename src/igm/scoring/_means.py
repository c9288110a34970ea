"""Means of many people from whole numbers as small as their sums allow, mostly a byte: eight times less to move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from igm.constructs.schaal import Schaal
from igm.scoring._answers import Answers
from igm.scoring._array import CHUNK
from igm.scoring.protocols import FloatArray

if TYPE_CHECKING:
    from igm.scoring._plan import Part

_PEOPLE: Final = 4 * CHUNK
"""More people than elsewhere fit in the cache at a time, because their answers take a byte each."""


def means(answers: Answers, parts: Sequence[Part]) -> tuple[FloatArray, NDArray[np.int32]]:
    """The means of the valid answers, NaN where these are too few, and their number: a row per person each.

    The bits are those of ``scorers.mean().one``: a sum of whole numbers, divided once.
    """
    schaal, n = answers.schaal, len(answers)
    values = np.empty((n, len(parts)))
    n_valid = np.empty((n, len(parts)), dtype=np.int32)
    kind = _sum_type(schaal, parts, answers.codes.dtype)
    ends = kind.type(schaal.minimum + schaal.maximum)
    backwards = [
        column
        for part in parts
        for column, item in zip(part.columns, part.items, strict=True)
        if item.reversed
    ]
    rows = [_rows(part.columns) for part in parts]
    needed = np.array([[part.needed] for part in parts], dtype=kind)
    for start in range(0, n, _PEOPLE):
        stop = start + _PEOPLE
        keyed, valid = answers.whole(start, stop, kind)
        for column in backwards:
            np.subtract(ends, keyed[column], out=keyed[column])
        keyed *= valid
        ones = valid.view(np.uint8)
        totals = np.stack([np.add.reduce(keyed[own], axis=0, dtype=kind) for own in rows])
        counts = np.stack([np.add.reduce(ones[own], axis=0, dtype=kind) for own in rows])
        n_valid[start:stop] = counts.T
        # too few answers become 0 divided by 0, which is NaN: far quicker than putting NaN where a mask says
        enough = counts >= needed
        totals *= enough
        counts *= enough
        with np.errstate(invalid="ignore"):
            values[start:stop] = np.divide(totals, counts, dtype=np.float64).T
    return values, n_valid


def _rows(columns: Sequence[int]) -> slice | list[int]:
    """Where the items stand; side by side they need no copy."""
    first, last = columns[0], columns[-1]
    return slice(first, last + 1) if list(columns) == list(range(first, last + 1)) else list(columns)


def _sum_type(schaal: Schaal, parts: Sequence[Part], codes: np.dtype[Any]) -> np.dtype[Any]:
    """A type that holds the answers, the sum of the two ends of the scale, and the sum of any construct."""
    most = max(2, *(len(part.items) for part in parts)) if parts else 2
    ends = (np.min_scalar_type(most * schaal.minimum), np.min_scalar_type(most * schaal.maximum))
    return np.result_type(codes, *ends)


def spread(scores: FloatArray) -> float | None:
    """The standard deviation of scores, with n − 1 below the line; ``None`` for fewer than two."""
    if scores.size < 2:
        return None
    return 0.0 if scores.min() == scores.max() else float(scores.std(ddof=1))
