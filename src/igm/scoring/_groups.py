"""What people of each group answered, worked out for all groups at once."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.errors import InputError
from igm.scoring._numbers import Row, labels
from igm.scoring.protocols import FloatArray


@attrs.frozen
class Groups:
    """What people of each group answered, in the order in which groups first occur.

    Attributes:
        names: What the groups are called.
        people: How many people there are in each.
        sizes: How many of them answered everything.
        means: Of these, the mean per column; NaN for nobody.
        squares: And the sum of squares from that mean.
    """

    names: list[Any]
    people: NDArray[np.intp]
    sizes: NDArray[np.intp]
    means: FloatArray
    squares: FloatArray

    @classmethod
    def of(cls, values: FloatArray, group: Row | None) -> Groups:
        names, codes = ([None], np.zeros(len(values), np.intp)) if group is None else _coded(values, group)
        whole = ~np.isnan(values).any(axis=1)
        own, sizes = codes[whole], np.bincount(codes[whole], minlength=len(names))
        order = np.argsort(own, kind="stable")
        there = np.flatnonzero(sizes)
        starts = (np.cumsum(sizes) - sizes)[there]
        means = np.full((len(names), values.shape[1]), np.nan)
        squares = np.zeros_like(means)
        if len(there):
            rows = values[whole][order]
            least, most = np.minimum.reduceat(rows, starts), np.maximum.reduceat(rows, starts)
            added = np.add.reduceat(rows, starts) / sizes[there, None]
            # the mean of equal values is that value, also where adding them up rounds
            means[there] = np.where(least == most, least, added)
            squares[there] = np.add.reduceat((rows - means[own[order]]) ** 2, starts)
        return cls(names, np.bincount(codes, minlength=len(names)), sizes, means, squares)


def _coded(values: FloatArray, group: Row) -> tuple[list[Any], NDArray[np.intp]]:
    """The groups, and of each row which of them it belongs to."""
    places: dict[Any, int] = {}
    codes = np.empty(len(values), dtype=np.intp)
    for row, name in enumerate(labels(group, "$.group", len(values))):
        if name is None:
            do = "Say to which group everybody belongs, or leave them out."
            raise InputError.of("missing-field", "somebody without a group", do, where=f"$.group[{row}]")
        codes[row] = places.setdefault(name, len(places))
    return list(places), codes
