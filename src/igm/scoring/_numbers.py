"""Tables of numbers for statistics: people by items or by raters, NaN where nothing is known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final, TypeAlias, TypeGuard

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.arrays import cells, floats, length_of
from igm._engines.engine import Engine, engine_of, in_memory, what_is
from igm._engines.schema import schema_of
from igm.constructs._base import is_number, plain_number, shown
from igm.errors import InputError, Problems, named
from igm.scoring._array import is_array, is_nan
from igm.scoring.intervals import LARGEST
from igm.scoring.protocols import FloatArray

Numbers: TypeAlias = Sequence[Sequence[float | None]] | NDArray[Any] | Any
"""A row per person and a column per item or rater: lists, an array, or a frame in memory with only such columns."""

Row: TypeAlias = Sequence[Any] | NDArray[Any]
"""One value a person, ``None`` and NaN where there is none."""

_TOLD: Final = 20

_AT_ONCE: Final = 8_192
"""So many rows are looked at at a time."""

_FINITE: Final = "Give finite numbers, with None or NaN where one is missing."
_UNITS: Final = (
    f"Give numbers up to {LARGEST:g}, and none but 0 nearer to 0 than {1 / LARGEST:g}: take other units."
)


@attrs.frozen
class Grid:
    """A table of numbers.

    Attributes:
        values: A row per person, NaN where nothing is known.
        names: What the columns are called: their number, from 1, when nobody says so.
    """

    values: FloatArray
    names: tuple[str, ...]

    @property
    def complete(self) -> FloatArray:
        """The rows in which nothing is missing."""
        return self.values[~np.isnan(self.values).any(axis=1)]

    @property
    def answered(self) -> FloatArray:
        """The rows in which anything is known."""
        gaps = np.isnan(self.values)
        return self.values[~gaps.all(axis=1)] if gaps.any() else self.values


def grid(x: Any, where: str = "$") -> Grid:
    """What was given, as a table of floats.

    Raises:
        InputError: ``not-a-number`` for what is no finite number and ``value-out-of-range`` for what cannot be squared,
            all at once; ``shape-mismatch`` for rows of another length; ``invalid-value`` for what is no table, or
            waits to be collected.
    """
    if engine_of(x) is not None:
        return _frame(x)
    if isinstance(x, np.ma.MaskedArray):
        do = "Give x.filled(numpy.nan)."
        raise InputError.of("invalid-value", "a masked array", do, where=where, given="numpy.ma.MaskedArray")
    if is_array(x) and x.dtype.kind in "iuf":
        if x.ndim != 2:
            raise _not_a_table(where, f"{x.ndim} dimensions")
        with np.errstate(over="ignore"):  # what is too large for a float becomes infinite, and is refused
            values = x.astype(np.float64, copy=False)
        problems = Problems()
        for row, column in _unusable_places(values):
            _add(problems, f"{where}[{row}][{column}]", float(values[row, column]))
        problems.raise_any(InputError)
        return Grid(values, _numbered(values.shape[1]))
    return _listed(x, where)


def _frame(frame: Any) -> Grid:
    engine = engine_of(frame)
    assert engine is not None  # noqa: S101 (the caller asked)
    in_memory(engine)
    if engine is Engine.PANDAS:
        frame = frame.rename(columns=str)  # the labels of pandas may be numbers, which no schema has
    schema, n = schema_of(frame, engine), length_of(frame, engine)
    problems = Problems()
    made: list[FloatArray] = []
    for name, column in schema.items():
        where = f"$.{named(name)}"
        if not column.kind.number:
            what, do = f"column {named(name)!r} holds no numbers", "Give only columns of numbers."
            problems.add("not-a-number", what, do, where=where, given=column.kind.value)
            continue
        found = floats(cells(frame, engine, column, 0, n))
        for row in np.flatnonzero(_unusable(found))[:_TOLD].tolist():
            _add(problems, f"{where}[{row}]", float(found[row]))
        made.append(found)
    problems.raise_any(InputError)
    values = np.stack(made, axis=1) if made else np.empty((n, 0))
    return Grid(values, tuple(schema))


def _listed(x: Any, where: str) -> Grid:
    if not _is_row(x):
        raise _not_a_table(where, shown(x))
    listed: list[object] = list(x)
    width = len(listed[0]) if listed and _is_row(listed[0]) else 0
    problems = Problems()
    rows: list[list[float]] = []
    for place, row in enumerate(listed):
        at = f"{where}[{place}]"
        if not _is_row(row):
            problems.add("invalid-value", "not a row", "Give a list of numbers.", where=at, given=shown(row))
        elif len(row) != width:
            do = f"Give {width}, as in the first row."
            problems.add("shape-mismatch", "a row of another length", do, where=at, given=str(len(row)))
        else:
            rows.append([_number(cell, f"{at}[{column}]", problems) for column, cell in enumerate(row)])
        if len(problems) >= _TOLD:
            break
    problems.raise_any(InputError)
    values = np.array(rows, dtype=np.float64).reshape(len(rows), -1 if rows else 0)
    return Grid(values, _numbered(values.shape[1]))


def _is_row(x: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(x, (Sequence, np.ndarray)) and not isinstance(x, (str, bytes))


def _number(cell: object, where: str, problems: Problems) -> float:
    value: object = plain_number(cell)
    if value is None or is_nan(value):
        return math.nan
    if is_number(value) and not _unusable(np.float64(value)):
        return float(value)
    _add(problems, where, value)
    return math.nan


def _unusable(values: Any) -> Any:
    """Which numbers are infinite, or so large or small that their squares are; NaN is not."""
    size = np.abs(values)
    return (size > LARGEST) | ((size > 0) & (size < 1 / LARGEST))


def _unusable_places(values: FloatArray) -> list[list[int]]:
    """The first rows and columns of unusable numbers, read in parts that fit the cache."""
    found: list[list[int]] = []
    for start in range(0, len(values), _AT_ONCE):
        wrong = _unusable(values[start : start + _AT_ONCE])
        if wrong.any():
            found += (np.argwhere(wrong)[:_TOLD] + np.array([start, 0])).tolist()
        if len(found) >= _TOLD:
            break
    return found[:_TOLD]


def row_of(given: Any, where: str, length: int | None = None) -> list[Any]:
    """One value a person; ``None`` where nothing is known.

    Raises:
        InputError: ``invalid-value`` for what is no row, ``shape-mismatch`` for another length.
    """
    if not _is_ordered(given) or getattr(given, "ndim", 1) != 1 or engine_of(given) is not None:
        do = "Give a list, one per person."
        raise InputError.of("invalid-value", "not a row of values", do, where=where, given=what_is(given))
    plain: Any = getattr(given, "tolist", None) or getattr(given, "to_pylist", None)
    listed: list[Any] = list(given) if plain is None else plain()
    if length is not None and len(listed) != length:
        do = f"Give {length}, one per person."
        raise InputError.of(
            "shape-mismatch", "a row of another length", do, where=where, given=str(len(listed))
        )
    return [None if value is None or is_nan(value) else plain_number(value) for value in listed]


def _is_ordered(given: object) -> bool:
    return hasattr(given, "__iter__") and not isinstance(given, (str, bytes, Mapping, AbstractSet))


def column_of(given: Any, where: str, length: int | None = None) -> FloatArray:
    """One number a person; NaN where nothing is known.

    Raises:
        InputError: What `row_of` refuses; ``not-a-number`` and ``value-out-of-range`` as `grid`.
    """
    problems = Problems()
    if (
        type(given) is np.ndarray
        and given.ndim == 1
        and given.dtype.kind in "iuf"
        and length in {None, len(given)}
    ):
        with np.errstate(over="ignore"):  # what is too large for a float becomes infinite, and is refused
            values = given.astype(np.float64)
        for place in np.flatnonzero(_unusable(values))[:_TOLD].tolist():
            _add(problems, f"{where}[{place}]", float(values[place]))
        problems.raise_any(InputError)
        return values
    made: list[float] = []
    for place, value in enumerate(row_of(given, where, length)):
        made.append(_number(value, f"{where}[{place}]", problems))
        if len(problems) >= _TOLD:
            break
    problems.raise_any(InputError)
    return np.array(made, dtype=np.float64)


def labels(given: Any, where: str, length: int | None = None) -> list[Any]:
    """A row of labels, such as of groups or of judgements; ``None`` where nothing is known.

    Raises:
        InputError: What `row_of` refuses; ``invalid-value`` for each that is no label, such as a list.
    """
    listed = row_of(given, where, length)
    problems = Problems()
    for place, value in enumerate(listed):
        if not _is_label(value) and len(problems) < _TOLD:
            do, at = "Give a text, a number, or another value that cannot change.", f"{where}[{place}]"
            problems.add("invalid-value", "no label", do, where=at, given=shown(value))
    problems.raise_any(InputError)
    return listed


def _is_label(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _numbered(k: int) -> tuple[str, ...]:
    return tuple(str(place + 1) for place in range(k))


def _not_a_table(where: str, given: str) -> InputError:
    do = "Give a row per person and a column per item or rater."
    return InputError.of("shape-mismatch", "not a table of numbers", do, where=where, given=given)


def _add(problems: Problems, where: str, value: object) -> None:
    if is_number(value):
        what = "a number too large or too small to compute with"
        problems.add("value-out-of-range", what, _UNITS, where=where, given=shown(value))
    else:
        problems.add("not-a-number", "not a finite number", _FINITE, where=where, given=shown(value))
