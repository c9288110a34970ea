"""Dask: the same function on every partition, with the types of the result told beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import attrs

from igm._engines.engine import Engine
from igm._engines.schema import ColumnType, Kind, schema_of
from igm.errors import InputError, Problems, named

_NUMBERS: Final = frozenset({Kind.WHOLE, Kind.FLOAT, Kind.EMPTY})
_TEXTS: Final = frozenset({Kind.TEXT, Kind.CATEGORY, Kind.OBJECT, Kind.EMPTY})


def map_partitions(frame: Any, made: Callable[[Any], Any], read: Iterable[ColumnType] = ()) -> Any:
    """A frame of Dask of which each partition is made from one of the frame.

    Args:
        frame: A frame of Dask.
        made: Makes a pandas frame from a pandas frame; it must be fit for pickling and for a frame of zero rows.
        read: The columns that are read by the types that the frame tells.

    Returns:
        A frame of Dask with the same partitions; nothing was computed but the types, from zero rows. A partition with
        other columns than the frame tells, or with another kind of values in one that is read, is refused as soon as
        it is computed.
    """
    told = OnTold(tuple(frame.columns), tuple(read), made)
    return frame.map_partitions(told, meta=made(frame._meta), enforce_metadata=True)


def as_told(frame: Any, read: Iterable[ColumnType]) -> Any:
    """The frame itself, of which each partition is refused that is not what the frame tells, as soon as it is computed.

    Whatever moves rows between partitions would otherwise fill up what is missing, in silence.
    """
    return map_partitions(frame, _itself, read)


def _itself(part: Any) -> Any:
    return part


@attrs.frozen
class OnTold:
    """A function on partitions that are what the frame tells of them.

    Attributes:
        columns: The columns of the frame.
        read: Those that are read by their types.
        made: The function.
    """

    columns: tuple[Any, ...]
    read: tuple[ColumnType, ...]
    made: Callable[[Any], Any]

    def __call__(self, part: Any) -> Any:
        if type(part).__name__ != "DataFrame":
            what, do = "a partition is no frame", "Give partitions that are frames of pandas."
            raise InputError.of("invalid-value", what, do, given=type(part).__name__)
        held = list(part.columns)
        problems = Problems()
        do = (
            "Make all partitions alike before: a Dask frame tells the same columns and types of each of them."
        )
        for name in self.columns:
            if name not in held:
                what = f"a partition lacks column {named(name)!r}"
                problems.add("missing-field", what, do, where=f"$.{named(name)}")
        for name in held:
            if name not in self.columns:
                what = f"a partition has a column {named(name)!r} of which the frame does not tell"
                problems.add("unknown-name", what, do, where=f"$.{named(name)}")
        problems.raise_any(InputError)
        found = schema_of(part, Engine.PANDAS)
        for column in self.read:
            own = found[column.name]
            if not _alike(own.kind, column.kind):
                what = (
                    f"a partition holds something else in column {named(column.name)!r} than the frame tells"
                )
                given = f"{own.kind.value} ({own.native}) in place of {column.kind.value} ({column.native})"
                problems.add("invalid-value", what, do, where=f"$.{named(column.name)}", given=given)
        problems.raise_any(InputError)
        return self.made(part if held == list(self.columns) else part[list(self.columns)])


def _alike(held: Kind, told: Kind) -> bool:
    """Whether values can be read by the type that is told of them."""
    return held is told or told is Kind.OBJECT or {held, told} <= _NUMBERS or {held, told} <= _TEXTS
