"""Columns of a frame in memory, as what a table of people and moments is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.arrays import cells, floats, length_of
from igm._engines.engine import Engine, frame_engine, in_memory
from igm._engines.libraries import narwhals
from igm._engines.schema import ColumnType, Kind, Schema, schema_of
from igm.analysis.samples import is_missing, sample
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

    def constructs(self, values: object, problems: Problems) -> list[str]:
        """The columns to compare: those asked for, or those that are called as a construct."""
        if values is None:
            names = [key.value for key in Construct if key.value in self.schema]
            if not names:
                do = "Give a frame that igm.score made, or name columns with values=[...]."
                problems.add("missing-field", "no column is called as a construct", do, where="$.values")
        else:
            names = [
                name
                for place, name in enumerate(names_of(values, "values", problems))
                if self.known(name, f"values[{place}]", problems)
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
        return sample(found, f"$.{named(name)}")

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
            None if absent or is_missing(value) else value
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


def names_of(given: Any, argument: str, problems: Problems) -> list[Any]:
    """Names that were asked for: one text is one name, and not its letters."""
    asked: object = given
    if isinstance(asked, str):
        return [asked]
    if not isinstance(asked, Iterable) or isinstance(asked, (bytes, Mapping)):
        do = "Give a name or a list of names, or leave it out."
        problems.add("invalid-value", "no names", do, where=f"$.{argument}", given=shown(given))
        return []
    return list(given)


def one_role_each(asked: Iterable[tuple[object, str]], problems: Problems) -> None:
    """What is read as two things at once, such as a wave that makes the groups too, is a slip."""
    roles: dict[object, str] = {}
    for name, argument in asked:
        if isinstance(name, str) and roles.setdefault(name, argument) != argument:
            what, do = f"the same as {roles[name]}", "Name each once, for one thing."
            problems.add("duplicate-name", what, do, where=f"$.{argument}", given=shown(name))
