"""Whose answers they are, in a frame with a row per answer: one column says it, or several together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from igm._engines.engine import Engine
from igm._engines.expressions import Expr, clean
from igm._engines.libraries import library, narwhals
from igm._engines.output import Keep
from igm._engines.schema import ColumnType, Kind
from igm.constructs._base import shown
from igm.errors import InputError


def on_people(people: Sequence[str], kept: Sequence[str] | None, keep: Keep) -> list[str]:
    """Which columns of a long frame stay: only those that say whose answers they are.

    Raises:
        InputError: ``invalid-value`` when others are asked for: they can differ between the answers of one person.
    """
    if keep is True:
        return list(people)
    others = [name for name in kept or () if name not in people]
    if others:
        them = " and ".join(map(repr, people))
        do = f"Keep {them} alone, and join the others to the result."
        what = "a row per person cannot keep columns of a row per answer"
        raise InputError.of("invalid-value", what, do, where="$.keep", given=shown(others[0]))
    return list(kept or ())


def who(person: ColumnType) -> Expr:
    """A column that says whose answer it is, as it stands; null where that is nobody."""
    return narwhals().col(person.ref) if person.decimal or person.kind is not Kind.FLOAT else clean(person)


def codes_by_person(frame: Any, engine: Engine, person: ColumnType) -> NDArray[np.int64]:
    """A number for each value of a column of a frame in memory; below zero where there is none."""
    if engine is Engine.PANDAS:
        codes, _ = library("pandas").factorize(frame[person.name])
        return np.asarray(codes, dtype=np.int64)
    pa, pc = library("pyarrow"), library("pyarrow.compute")
    column = (
        frame.column(person.name) if engine is Engine.PYARROW else frame.get_column(person.name).to_arrow()
    )
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    found: NDArray[np.int64] = column.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def together(columns: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """A number for each combination of the numbers in several columns."""
    found, *more = columns
    for codes in more:
        # small again after each column, so that a product of two cannot be too large
        _, found = np.unique(found * (codes.max(initial=0) + 2) + codes + 1, return_inverse=True)
    return found


def taken(frame: Any, engine: Engine, names: Sequence[str], rows: NDArray[np.int64]) -> Any:
    """Some columns of some rows of a frame in memory."""
    if engine is Engine.PANDAS:
        return frame[list(names)].iloc[rows].reset_index(drop=True)
    if engine is Engine.PYARROW:
        return frame.select(list(names)).take(rows)
    return frame.select(names)[rows]
