"""Columns that nothing is computed from, carried along in few, so that a frame may have thousands of them.

DuckDB looks at every column again for every column that a step names. So of a frame with many columns, those that stay
are packed together beside the columns that are read, and unpacked when all is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import attrs

from igm._engines.engine import Engine
from igm._engines.lookup import quoted
from igm._engines.output import free_name
from igm._engines.schema import ColumnType, Schema

MANY: Final = 200
"""Of more columns than this those that stay are packed; with fewer it gains nothing."""

TOGETHER: Final = 32
"""So many columns are packed in one. Whoever reads one of them later reads them all, so they are few."""


@attrs.frozen
class Packed:
    """A frame of which the columns that stay are out of the way.

    Attributes:
        frame: The frame.
        kept: The columns that stay, by the names that they have in the frame now.
        together: Whether these are columns in which they are packed.
    """

    frame: Any
    kept: Sequence[str]
    together: bool = False

    def unpacked(self, frame: Any, new: Iterable[str]) -> Any:
        """The columns that stay, and new ones after them, of a frame that was made from this one."""
        if not self.together:
            return frame
        return frame.project(
            ", ".join([*(f"unnest({quoted(name)})" for name in self.kept), *map(quoted, new)])
        )


def packed(
    frame: Any, engine: Engine, schema: Schema, read: Iterable[ColumnType], kept: Sequence[str]
) -> Packed:
    """A frame in which few columns stand by themselves, where many would be slow.

    Args:
        frame: A frame of Polars, DuckDB or PySpark.
        engine: What holds it.
        schema: Its columns.
        read: The columns that something is computed from.
        kept: The columns that stay.
    """
    if engine is not Engine.DUCKDB or len(schema) <= MANY:
        return Packed(frame, kept)
    own = [quoted(name) for name in dict.fromkeys(column.name for column in read)]
    start = free_name(schema, "igm__kept")
    packs: dict[str, str] = {}
    for first in range(0, len(kept), TOGETHER):
        fields = [f"{quoted(name)} := {quoted(name)}" for name in kept[first : first + TOGETHER]]
        packs[f"{start}{first}"] = f"struct_pack({', '.join(fields)})"
    chosen = [*own, *(f"{pack} AS {quoted(name)}" for name, pack in packs.items())]
    return Packed(frame.project(", ".join(chosen)) if chosen else frame, list(packs), together=True)
