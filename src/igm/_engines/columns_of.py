"""Columns of a frame in memory, one by one, for what sets people beside one another."""

from __future__ import annotations

import math
from typing import Any, Final, Self

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.arrays import cells, floats, length_of
from igm._engines.engine import Engine, frame_engine, in_memory
from igm._engines.libraries import narwhals
from igm._engines.schema import ColumnType, Kind, Schema, schema_of
from igm.constructs._base import shown
from igm.errors import InputError, Problems, named, suggestion


@attrs.frozen
class Columns:
    """A frame whose columns can be read one by one.

    Attributes:
        frame: The frame.
        engine: What holds it.
        schema: What it holds.
    """

    frame: Any
    engine: Engine
    schema: Schema

    @classmethod
    def of(cls, frame: Any) -> Self:
        """A frame in memory.

        Raises:
            InputError: ``invalid-value`` for what is no frame, or waits to be collected.
        """
        engine = in_memory(frame_engine(frame))
        return cls(frame, engine, schema_of(frame, engine))

    def __len__(self) -> int:
        return length_of(self.frame, self.engine)

    def known(self, name: object, argument: str, problems: Problems) -> bool:
        """Whether there is such a column."""
        if isinstance(name, str) and name in self.schema:
            return True
        do = suggestion(name, self.schema)
        problems.add("unknown-name", "no such column", do, where=f"$.{argument}", given=shown(name))
        return False

    def holds_numbers(self, name: str, problems: Problems) -> bool:
        """Whether a column that there is holds numbers."""
        column = self.schema[name]
        if column.kind.number:
            return True
        what, do = f"column {named(name)!r} holds no numbers", "Name columns of numbers."
        given = f"{column.kind.value} ({column.native})"
        problems.add("not-a-number", what, do, where=f"$.{named(name)}", given=given)
        return False

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column as floats, NaN where nothing is known.

        Raises:
            InputError: ``not-a-number`` for a number that is not finite.
        """
        column: ColumnType = self.schema[name]
        found = floats(cells(self.frame, self.engine, column, 0, len(self)))
        infinite = np.flatnonzero(np.isinf(found))
        if infinite.size:
            do = "Give finite numbers, or null."
            where = f"$.{named(name)}[{int(infinite[0])}]"
            given = shown(float(found[infinite[0]]))
            raise InputError.of("not-a-number", "a value is not finite", do, where=where, given=given)
        return found

    def ordered(self, name: str) -> list[Any] | None:
        """The values of a column in the order that its type gives them; ``None`` where it gives none."""
        if self.schema[name].kind is not Kind.CATEGORY:
            return None
        nw = narwhals()
        dtype = nw.from_native(self.frame, eager_only=True).schema[name]
        return list(dtype.categories) if isinstance(dtype, nw.Enum) else None

    def labels(self, name: str) -> list[Any]:
        """A column as Python values, ``None`` where nothing is known.

        Raises:
            InputError: ``invalid-value`` for lists and other values that cannot name anything.
        """
        part = cells(self.frame, self.engine, self.schema[name], 0, len(self))
        missing = [False] * len(self) if part.missing is None else part.missing.tolist()
        found = [
            None if absent or _is_nothing(value) else value
            for value, absent in zip(part.values.tolist(), missing, strict=True)
        ]
        for row, value in enumerate(found):
            if not hashable(value):
                where = f"$.{named(name)}[{row}]"
                raise InputError.of("invalid-value", "no name", NAME, where=where, given=shown(value))
        return found


NAME: Final = "Name waves, people and groups with texts, numbers or dates."


def hashable(value: object) -> bool:
    """Whether a value can name something: a list cannot, nor can a tuple with a list in it."""
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _is_nothing(value: object) -> bool:
    """Whether a cell says that nothing is known: ``None``, NaN, and what pandas puts there."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(value, float) and math.isnan(value)
