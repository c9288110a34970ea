"""Frames of the caller's library, made of columns; nothing is imported that was not asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from igm._engines.libraries import asked_library
from igm.boundary.files._table import Column
from igm.errors import InputError, shown, suggestion


def made_frame(columns: Mapping[str, Column], kind: object) -> Any:
    """A frame of a library.

    Args:
        columns: The columns by name.
        kind: ``pandas``, ``polars`` or ``pyarrow``.

    Raises:
        InputError: ``unknown-name`` for another library.
        MissingDependencyError: ``missing-dependency`` when it is not installed.
    """
    if not isinstance(kind, str) or kind not in _MAKERS:
        do = suggestion(kind, _MAKERS)
        raise InputError.of("unknown-name", "no such kind of frame", do, where="$.kind", given=shown(kind))
    return _MAKERS[kind](columns, asked_library(kind))


def _split(column: Column) -> tuple[Any, Any]:
    """The values with something in every place, and where there is none."""
    missing = column.missing
    if column.kind == "whole":
        return np.where(missing, 0, column.values).astype(np.int64), missing
    return column.values, missing


def _pandas(columns: Mapping[str, Column], pandas: Any) -> Any:
    made: dict[str, Any] = {}
    for name, column in columns.items():
        values, missing = _split(column)
        if column.kind == "whole":
            made[name] = pandas.arrays.IntegerArray(values, missing)
        elif column.kind == "number":
            made[name] = pandas.arrays.FloatingArray(values.copy(), missing)
        elif column.kind == "text":
            made[name] = pandas.array(values, dtype="string")
        else:
            made[name] = pandas.Series(values.tolist(), dtype=object)
    return pandas.DataFrame(made)


def _polars(columns: Mapping[str, Column], polars: Any) -> Any:
    made: list[Any] = []
    for name, column in columns.items():
        values, missing = _split(column)
        if column.kind in {"whole", "number"}:
            series = polars.Series(name, values)
            made.append(series.set(polars.Series(missing), None) if missing.any() else series)
        else:
            kind = polars.String if column.kind == "text" else None
            made.append(polars.Series(name, values.tolist(), dtype=kind))
    return polars.DataFrame(made)


def _pyarrow(columns: Mapping[str, Column], pyarrow: Any) -> Any:
    made: dict[str, Any] = {}
    for name, column in columns.items():
        values, missing = _split(column)
        if column.kind in {"whole", "number"}:
            made[name] = pyarrow.array(values, mask=missing)
        else:
            kind = pyarrow.string() if column.kind == "text" else None
            made[name] = pyarrow.array(values.tolist(), type=kind)
    return pyarrow.table(made)


_MAKERS: Final[dict[str, Callable[[Mapping[str, Column], Any], Any]]] = {
    "pandas": _pandas,
    "polars": _polars,
    "pyarrow": _pyarrow,
}
