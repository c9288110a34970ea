"""What values in a column of answers mean by a list of codes, as an expression and as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines._codes import WHOLE, folded, whole_number
from igm._engines.arrays import Cells, floats
from igm._engines.expressions import Expr, clean, folded_text
from igm._engines.libraries import narwhals
from igm._engines.schema import ColumnType
from igm.constructs._base import plain_number

_LARGEST: Final = 2**53
"""Whole numbers above this are answers of no scale."""


@attrs.frozen
class Codes:
    """What values mean, as numbers.

    Attributes:
        texts: By folded text: a number, or ``None`` for nothing known.
        numbers: The same by number.
        unreadable: The number that stands for what is neither a number nor a text with a code.
        whole: Whether a text without a code that is written as a whole number is that number.
    """

    texts: Mapping[str, int | None]
    numbers: Mapping[float, int | None]
    unreadable: int
    whole: bool = False


def recoded(column: ColumnType, codes: Codes) -> Expr:
    """The numbers in a column as floats, null where nothing is known."""
    nw = narwhals()
    if column.kind.number:
        own = clean(column).cast(nw.Float64)
        return _chosen(own, codes.numbers, own)
    text, rest = folded_text(column), nw.lit(codes.unreadable).cast(nw.Float64)
    if codes.whole:
        written = text.str.contains(f"^{WHOLE}$")
        rest = nw.when(written).then(nw.when(written).then(text).cast(nw.Float64)).otherwise(rest)
    return _chosen(text, codes.texts, rest)


def _chosen(own: Expr, codes: Mapping[Any, int | None], rest: Expr) -> Expr:
    """The number of each value; of a value without a code the rest, and null of null."""
    nw = narwhals()
    known = {value: number for value, number in codes.items() if number is not None}
    unknown = [value for value, number in codes.items() if number is None]
    found = reduce(
        lambda below, pair: nw.when(own == pair[0]).then(nw.lit(pair[1]).cast(nw.Float64)).otherwise(below),
        reversed(list(known.items())),
        rest,
    )
    there = ~own.is_null()
    return nw.when(there & ~own.is_in(unknown) if unknown else there).then(found)


def recoded_cells(
    part: Cells, column: ColumnType, codes: Codes, out: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """The numbers in a stretch of a column, NaN where nothing is known; put where they are wanted, when told."""
    if column.kind.number:
        found = floats(part, out)
        given = found.copy() if codes.numbers else found
        for value, number in codes.numbers.items():
            found[given == value] = np.nan if number is None else number
        return found
    values: Sequence[Any] = part.values.tolist()
    absent = np.zeros(len(values), dtype=bool) if part.missing is None else part.missing
    seen: dict[Any, float] = {}
    found = np.empty(len(values)) if out is None else out
    found[:] = [
        np.nan if gone else _read(value, codes, seen)
        for value, gone in zip(values, absent.tolist(), strict=True)
    ]
    return found


def _read(value: Any, codes: Codes, seen: dict[Any, float]) -> float:
    """What one Python object means."""
    key: Any = (type(value), value)
    try:
        found = seen.get(key)
    except TypeError:  # no key, so neither a number nor a text
        return codes.unreadable
    if found is None:
        number = _meaning(value, codes)
        found = seen[key] = np.nan if number is None else number
    return found


def _meaning(value: Any, codes: Codes) -> float | None:
    if isinstance(value, str):
        text = folded(value)
        rest = float(text) if codes.whole and whole_number(text) else codes.unreadable
        return codes.texts.get(text, rest)
    number: object = plain_number(value)
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        return codes.unreadable
    if isinstance(number, int) and abs(number) > _LARGEST:  # some are too large for a float
        return codes.unreadable
    return codes.numbers.get(float(number), float(number))
