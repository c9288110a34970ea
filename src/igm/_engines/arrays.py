"""Columns of frames in memory as NumPy arrays, a stretch of rows at a time, with where nothing is known."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.engine import Engine
from igm._engines.libraries import library
from igm._engines.schema import ColumnType, Kind
from igm.errors import InputError

Bools: TypeAlias = NDArray[np.bool_]

STRETCH: Final = 2**16
"""So many rows are read at a time: enough to forget what reading costs, few enough to stay small in memory."""


@attrs.frozen
class Cells:
    """A stretch of a column.

    Attributes:
        values: The values in the type that the frame holds them in, where NumPy has it; else Python objects. What
            stands where nothing is known means nothing.
        missing: Where nothing is known; ``None`` when that is nowhere, or when the values say so themselves: NaN
            and NaT.
    """

    values: NDArray[Any]
    missing: Bools | None


def length_of(frame: Any, engine: Engine) -> int:
    """Number of rows of a frame in memory."""
    return int(frame.num_rows) if engine is Engine.PYARROW else len(frame)


def cells(frame: Any, engine: Engine, column: ColumnType, start: int, stop: int) -> Cells:
    """A stretch of one column of a frame in memory.

    Args:
        frame: A frame of pandas, PyArrow or Polars (not a lazy one).
        engine: What holds it.
        column: Which column.
        start: First row.
        stop: The row after the last.

    Returns:
        Whole numbers, floats and bools as they are; dates and times as ``datetime64``; text, categories and Python
        objects as objects.
    """
    if engine is Engine.PANDAS:
        return _pandas(frame[column.name], column, start, stop)
    if engine is Engine.PYARROW:
        return _arrow(frame.column(column.name).slice(start, stop - start), column)
    part = frame.get_column(column.name).slice(start, stop - start)
    if column.native.endswith(
        "Int128"
    ):  # Arrow has no such numbers; what a float rounds is outside any bounds
        part = part.cast(library("polars").Float64)
    return _arrow(part.to_arrow(), column)


def numbers(frame: Any, engine: Engine, column: ColumnType, start: int, stop: int) -> Cells:
    """A stretch of a column of numbers, by the shortest way there is: NaN where nothing is known."""
    if engine is Engine.PANDAS and column.native[:1].isupper():  # a column with a mask of its own
        part = frame[column.name].iloc[start:stop]
        return Cells(part.to_numpy(dtype=np.float64, na_value=np.nan), None)
    if engine is Engine.PYARROW and not column.decimal and column.kind is not Kind.EMPTY:
        # whole numbers with nulls come as floats with NaN
        own = frame.column(column.name).slice(start, stop - start)
        return Cells(own.to_numpy(zero_copy_only=False), None)
    return cells(frame, engine, column, start, stop)


def floats(part: Cells, out: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Numbers as floats, NaN where nothing is known; put where they are wanted, when that is told.

    Numbers beyond 2 to the power 53 are rounded; what checks bounds refuses them before that matters.
    """
    found = np.empty(len(part.values)) if out is None else out
    found[:] = part.values
    if part.missing is not None:
        found[part.missing] = np.nan
    return found


def _pandas(series: Any, column: ColumnType, start: int, stop: int) -> Cells:
    pd = library("pandas")
    part = series.iloc[start:stop]
    if isinstance(series.dtype, np.dtype):
        values = part.to_numpy()
        return Cells(values, part.isna().to_numpy() if values.dtype.kind == "O" else None)
    if isinstance(series.dtype, pd.ArrowDtype):
        pa = library("pyarrow")
        return _arrow(pa.array(part.array), column)
    missing = part.isna().to_numpy()
    if column.kind is Kind.DATETIME:
        # a moment as it is in UTC; the schema tells the time zone
        return Cells(part.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy(), missing)
    if column.kind in {Kind.WHOLE, Kind.FLOAT, Kind.BOOL}:
        plain = series.dtype.numpy_dtype
        filled = part.fillna(False if column.kind is Kind.BOOL else 0) if missing.any() else part
        return Cells(filled.to_numpy(dtype=plain), missing if missing.any() else None)
    return Cells(part.astype(object).to_numpy(), missing)


def _arrow(array: Any, column: ColumnType) -> Cells:
    pa, pc = library("pyarrow"), library("pyarrow.compute")
    missing = None if array.null_count == 0 else pc.is_null(array).to_numpy(zero_copy_only=False)
    if column.kind is Kind.EMPTY:
        return Cells(np.full(len(array), np.nan), None)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if column.decimal:
        # by way of text: a cast at once multiplies by a tenth that is no tenth, and ends beside the nearest float
        array = pc.cast(pc.cast(array, pa.string()), pa.float64())
    match column.kind:
        case Kind.WHOLE | Kind.FLOAT | Kind.BOOL:
            if missing is not None:
                array = pc.fill_null(array, pa.scalar(False if column.kind is Kind.BOOL else 0, array.type))
            return Cells(array.to_numpy(zero_copy_only=False), missing)
        case Kind.DATE:
            values = pc.cast(array, pa.date32()).to_numpy(zero_copy_only=False)
            return Cells(values.astype("datetime64[D]"), missing)
        case Kind.DATETIME:
            return Cells(array.to_numpy(zero_copy_only=False), missing)
        case _:
            if pa.types.is_dictionary(array.type):
                array = array.dictionary_decode()
            values = np.empty(len(array), dtype=object)
            values[:] = array.to_pylist()
            return Cells(values, missing)


def check_same_people(one: Any, other: Any, where: str) -> None:
    """Refuse two of pandas that are indexed otherwise, which would be set beside one another by place.

    Raises:
        InputError: ``shape-mismatch``.
    """
    first: Any = getattr(one, "index", None)
    second: Any = getattr(other, "index", None)
    if hasattr(first, "equals") and hasattr(second, "equals") and not first.equals(second):
        do = "Bring both in one order, such as with .loc; or give .to_numpy() of both, to set them side by side."
        raise InputError.of("shape-mismatch", "two Series with unlike indexes", do, where=where)
