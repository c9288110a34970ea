"""Columns of a frame in memory, as what a table of people and moments is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.arrays import cells, floats
from igm._engines.columns_of import NAME, hashable
from igm._engines.columns_of import Columns as AnyColumns
from igm._engines.schema import ColumnType
from igm.analysis.samples import sample
from igm.constructs._base import shown
from igm.constructs.model import Construct
from igm.errors import Problems, named

__all__ = ["NAME", "Columns", "hashable", "names_of", "one_role_each"]


@attrs.frozen
class Columns(AnyColumns):
    """A frame whose columns can be read one by one, for tables of constructs."""

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
            self.holds_numbers(name, problems)
        return names

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column as floats, NaN where nothing is known."""
        column: ColumnType = self.schema[name]
        found = floats(cells(self.frame, self.engine, column, 0, len(self)))
        return sample(found, f"$.{named(name)}")


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
