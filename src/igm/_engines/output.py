"""New columns beside the columns that a frame has: their names, and putting them there without touching the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.arrays import Bools
from igm._engines.engine import Engine
from igm._engines.libraries import library
from igm._engines.schema import Schema, key_of
from igm.errors import InputError, Problems, named, shown, suggestion

Keep: TypeAlias = bool | Sequence[str]
"""Which of the caller's columns stay: all, none, or those that are named."""


@attrs.frozen
class NewColumn:
    """A column that was computed with NumPy.

    Attributes:
        values: Floats, whole numbers or bools of the width that is meant, or text as objects.
        missing: Where there is nothing; ``None`` when nowhere.
    """

    values: NDArray[Any]
    missing: Bools | None = None


def kept_names(schema: Schema, keep: Keep) -> list[str] | None:
    """The caller's columns that stay, in the order asked; nothing when all stay.

    Raises:
        InputError: ``unknown-name`` and ``duplicate-name`` for names in ``keep``, ``invalid-value`` for something else.
    """
    if keep is True:
        return None
    if keep is False:
        return []
    given: object = keep
    if isinstance(given, str) or not isinstance(given, Iterable):
        do = "Give True, False or a list of names."
        raise InputError.of(
            "invalid-value", "not a choice of columns", do, where="$.keep", given=shown(given)
        )
    names: list[Any] = list(given)
    problems = Problems()
    for place, name in enumerate(names):
        where = f"$.keep[{place}]"
        if not isinstance(name, str) or name not in schema:
            do = suggestion(name, schema)
            problems.add("unknown-name", "no such column", do, where=where, given=shown(name))
        elif name in names[:place]:
            problems.add(
                "duplicate-name", "a column is kept twice", "Name it once.", where=where, given=shown(name)
            )
    problems.raise_any(InputError)
    return names


def new_names(
    schema: Schema, engine: Engine, wanted: Sequence[str], keep: Sequence[str] | None, prefix: str = ""
) -> dict[str, str]:
    """What new columns are called in the frame.

    Args:
        schema: The caller's columns.
        engine: What holds the frame.
        wanted: What the new columns are called without a prefix.
        keep: The caller's columns that stay, or nothing when all do.
        prefix: Put before each new name.

    Raises:
        InputError: ``duplicate-name`` for every name that a column has already.
    """
    given: object = prefix
    if not isinstance(given, str):
        do = "Give text, such as 'igm_'."
        raise InputError.of("invalid-value", "not a prefix", do, where="$.prefix", given=shown(given))
    taken = {key_of(name, engine): name for name in (schema if keep is None else keep)}
    problems = Problems()
    for name in wanted:
        found = taken.get(key_of(prefix + name, engine))
        if found is not None:
            do = "Rename it, leave it out with keep=[...], or give prefix='igm_' for the new columns."
            what = f"the frame has a column {named(found)!r} already"
            problems.add("duplicate-name", what, do, where=f"$.{named(found)}")
    problems.raise_any(InputError)
    return {name: prefix + name for name in wanted}


def free_name(schema: Iterable[str], start: str) -> str:
    """A name that no column begins with, for what is there only while a result is made."""
    taken = [name.casefold() for name in schema]
    name = start
    while any(one.startswith(name.casefold()) for one in taken):
        name = f"_{name}"
    return name


def with_columns(
    frame: Any, engine: Engine, new: Mapping[str, NewColumn], keep: Sequence[str] | None = None
) -> Any:
    """The frame with new columns at its end.

    Args:
        frame: A frame of pandas, PyArrow or Polars (not a lazy one).
        engine: What holds it.
        new: New columns by name.
        keep: The columns that stay; all when left out.

    Returns:
        A frame of the same kind. What stays is not copied and keeps its type; pandas keeps its index.
    """
    if engine is Engine.PANDAS:
        return _on_pandas(frame, new, keep)
    made = {name: _arrow_array(column) for name, column in new.items()}
    if engine is Engine.PYARROW:
        table = frame if keep is None else frame.select(list(keep))
        for name, array in made.items():
            table = table.append_column(name, array)
        return table
    pl = library("polars")
    series = [pl.Series(name, array) for name, array in made.items()]
    if keep is None:
        return frame.with_columns(series)
    return frame.select(keep).with_columns(series) if keep else pl.DataFrame(series)


def _on_pandas(frame: Any, new: Mapping[str, NewColumn], keep: Sequence[str] | None) -> Any:
    pd = library("pandas")
    made = {
        name: pd.Series(_pandas_array(column), index=frame.index, copy=False) for name, column in new.items()
    }
    beside = pd.DataFrame(made, index=frame.index, copy=False)
    beside.columns.name = frame.columns.name
    own = frame if keep is None else frame[list(keep)]
    if not len(own.columns):
        return beside
    joined = pd.concat([own, beside], axis=1)
    joined.attrs = dict(frame.attrs)
    return joined


def _pandas_array(column: NewColumn) -> Any:
    pd = library("pandas")
    values = column.values
    missing = np.zeros(len(values), dtype=bool) if column.missing is None else column.missing
    match values.dtype.kind:
        case "f":
            return pd.arrays.FloatingArray(values, missing)
        case "i" | "u":
            return pd.arrays.IntegerArray(values, missing)
        case "b":
            return pd.arrays.BooleanArray(values, missing)
        case _:
            texts = values.copy()
            texts[missing] = None
            return pd.array(texts, dtype="string")


def _arrow_array(column: NewColumn) -> Any:
    pa = library("pyarrow")
    kind = pa.string() if column.values.dtype.kind == "O" else pa.from_numpy_dtype(column.values.dtype)
    return pa.array(column.values, type=kind, mask=column.missing)
