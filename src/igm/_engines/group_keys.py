"""What makes a group, and who a person is: the same on every engine, also where numbers are compared strangely.

Engines differ in whether 0.0 is -0.0, and NaN is null, where rows are grouped. Here both are one value.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from igm._engines.arrays import Bools, cells, floats, length_of
from igm._engines.engine import Engine
from igm._engines.expressions import Expr, clean
from igm._engines.libraries import library, narwhals
from igm._engines.schema import ColumnType, Kind
from igm.errors import InputError, named

_PLAIN: Final = ("time", "period", "interval", "duration", "timedelta")
"""How the names of types begin of which values are neither nested nor bytes, and that have no kind of their own."""


def can_be_key(column: ColumnType, engine: Engine) -> bool:
    """Whether every engine tells the values of a column apart; nested values and bytes are told apart by some."""
    if column.kind is Kind.OBJECT:
        return not engine.by_expression
    return column.kind is not Kind.OTHER or column.native.lower().startswith(_PLAIN)


def key_of_group(column: ColumnType) -> Expr:
    """The values of a column, by which an engine may group."""
    nw = narwhals()
    if not _floating(column):
        return nw.col(column.ref)
    own = clean(column)
    return nw.when(own == 0).then(own.abs()).otherwise(own)


def codes(frame: Any, engine: Engine, column: ColumnType) -> NDArray[np.int64]:
    """A number per value of a frame in memory; null is a value too.

    Raises:
        InputError: ``invalid-value`` for Python objects that cannot be told apart.
    """
    if _floating(column):
        # numbers that are no numbers are one value here
        values = floats(cells(frame, engine, column, 0, length_of(frame, engine)))
        return np.unique(values + 0.0, return_inverse=True)[1].reshape(-1).astype(np.int64)
    if engine is Engine.PANDAS:
        try:
            found, _ = library("pandas").factorize(frame[column.name], use_na_sentinel=False)
        except TypeError:
            do = "Make texts or numbers of them."
            what = f"column {named(column.name)!r} holds objects that make no groups"
            raise InputError.of("invalid-value", what, do, where=f"$.{named(column.name)}") from None
        return np.asarray(found, dtype=np.int64)
    own = frame.column(column.name).combine_chunks()
    if library("pyarrow").types.is_dictionary(own.type):
        # a dictionary may hold a value twice
        own = own.dictionary_decode()
    indices = own.dictionary_encode().indices.fill_null(-1)
    return np.asarray(indices.to_numpy(zero_copy_only=False).astype(np.int64) + 1)


def absent(frame: Any, engine: Engine, column: ColumnType) -> Bools:
    """Where a frame in memory has no value."""
    n = length_of(frame, engine)
    if _floating(column):
        return np.isnan(floats(cells(frame, engine, column, 0, n)))
    if engine is Engine.PANDAS:
        found: Bools = frame[column.name].isna().to_numpy()
        return found
    part = cells(frame, engine, column, 0, n)
    return np.zeros(n, dtype=bool) if part.missing is None else part.missing


def as_shown(heads: Any, column: ColumnType) -> Any:
    """An Arrow table whose floats in a column are null where they are NaN, and never -0.0."""
    if not _floating(column):
        return heads
    pa = library("pyarrow")
    place = heads.column_names.index(column.name)
    kind = heads.schema.field(place).type
    values = floats(cells(heads, Engine.PYARROW, column, 0, heads.num_rows)) + 0.0
    return heads.set_column(
        place, column.name, pa.array(values.astype(kind.to_pandas_dtype()), type=kind, from_pandas=True)
    )


def _floating(column: ColumnType) -> bool:
    return column.kind is Kind.FLOAT and not column.decimal
