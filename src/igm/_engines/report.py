"""``FrameReport``: what was found in a frame, what was not, and how many values cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs

from igm._display import Column, Table
from igm.constructs._base import FrozenMapping


@attrs.frozen(repr=False)
class FrameReport:
    """What a frame holds of what was looked for; made by ``kader.check(frame)``.

    It holds counts and names of columns, and no value of any person.

    Attributes:
        n: Number of rows.
        found: The column by name of what was looked for.
        not_found: Names without a column.
        not_used: Columns that no name has.
        wrong: By name, how many values cannot be used; only where there are any.

    Example:
        >>> import igm, polars as pl
        >>> zaken = pl.LazyFrame({"motivatie": [1.0, 3.0, None], "gemeente": ["Leiden", "Leiden", "Zoeterwoude"]})
        >>> verslag = igm.kader("leiden-2021").check(zaken)
        >>> verslag
        FrameReport(n=3, found=1, not_found=29, not_used=1, wrong=1)
        >>> verslag.wrong, verslag.not_used
        ({'motivatie': 1}, ('gemeente',))
    """

    n: int
    found: Mapping[str, str] = attrs.field(converter=FrozenMapping[str, str])
    not_found: tuple[str, ...]
    not_used: tuple[str, ...]
    wrong: Mapping[str, int] = attrs.field(converter=FrozenMapping[str, int])

    @property
    def sound(self) -> bool:
        """Whether every value can be used."""
        return not self.wrong

    def table(self) -> Table:
        """A row per name that was found, with its column and how many values cannot be used."""
        rows: list[list[str | int]] = [
            [name, column, self.wrong.get(name, 0)] for name, column in self.found.items()
        ]
        rows += [[name, "", count] for name, count in self.wrong.items() if name not in self.found]
        columns = [Column("name"), Column("column"), Column("wrong", "right")]
        notes = [f"n = {self.n}"]
        notes += [f"not found: {', '.join(self.not_found)}"] if self.not_found else []
        notes += [f"not used: {', '.join(self.not_used)}"] if self.not_used else []
        return Table(columns, rows, title="what the frame holds", notes=notes)

    def to_dict(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        version: Literal[1] = 1
        return {
            "schema_version": version,
            "n": self.n,
            "found": dict(self.found),
            "not_found": list(self.not_found),
            "not_used": list(self.not_used),
            "wrong": dict(self.wrong),
        }

    def __repr__(self) -> str:
        parts = {"n": self.n, "found": len(self.found), "not_found": len(self.not_found)}
        parts |= {"not_used": len(self.not_used), "wrong": len(self.wrong)}
        return f"FrameReport({', '.join(f'{name}={number}' for name, number in parts.items())})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()
