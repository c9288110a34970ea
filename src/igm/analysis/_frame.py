"""Columns of a frame in memory, as what a table of people and moments is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.arrays import cells, floats, length_of
from igm._engines.engine import Engine, frame_engine, in_memory
from igm._engines.libraries import narwhals
from igm._engines.schema import ColumnType, Kind, Schema, schema_of
from igm.constructs._base import shown
from igm.constructs.model import Construct
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
    def of(cls, frame: Any) -> Columns:
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

    def constructs(self, values: Sequence[str] | None, problems: Problems) -> list[str]:
        """The columns to compare: those asked for, or those that are called as a construct."""
        if values is None:
            names = [key.value for key in Construct if key.value in self.schema]
            if not names:
                do = "Give a frame that igm.score made, or name columns with values=[...]."
                problems.add("missing-field", "no column is called as a construct", do, where="$.values")
        else:
            names = [
                name for place, name in enumerate(values) if self.known(name, f"values[{place}]", problems)
            ]
        for name in names:
            column = self.schema[name]
            if not column.kind.number:
                what, do = f"column {named(name)!r} holds no numbers", "Name columns of numbers."
                given = f"{column.kind.value} ({column.native})"
                problems.add("not-a-number", what, do, where=f"$.{named(name)}", given=given)
        return names

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column as floats, NaN where nothing is known."""
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
        """A column as Python values, ``None`` where nothing is known."""
        part = cells(self.frame, self.engine, self.schema[name], 0, len(self))
        missing = [False] * len(self) if part.missing is None else part.missing.tolist()
        return [
            None if absent or value is None or value != value else value
            for value, absent in zip(part.values.tolist(), missing, strict=True)
        ]
