"""What is missing in every state of knowledge of a small kader, in the order in which an explanation tells it.

How often an unknown fact turns the advice is counted for all states at once, axis by axis, as ``foreseen`` does for the
outcomes. Many states miss the same facts with the same shares, and then have one row here.
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Mapping
from typing import Any, Final, Self, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.decision.foreseen import Axis, Foreseen, ones

Missing: TypeAlias = tuple[tuple[str, float], ...]
"""Facts that can change the advice, each with the share of completions in which it does."""

MAX_SHARES: Final = 2**20
"""With more states times facts, what is missing is weighed case by case."""

MAX_ROWS: Final = 2**13
"""With more that can be missing, too."""


@attrs.frozen(eq=False)
class Ranking:
    """Per state of knowledge the unknown facts that can change the advice, what turns it most often first.

    Attributes:
        foreseen: The states.
        rows: Everything that can be missing; first nothing.
        numbers: The row of each state.
    """

    foreseen: Foreseen
    rows: tuple[Missing, ...]
    numbers: array[int]

    @classmethod
    def of(cls, foreseen: Foreseen, order: Mapping[str, int]) -> Self | None:
        """Count it; nothing where there is too much to count.

        Args:
            foreseen: The states.
            order: The place of each fact in the declaration, for those with equal shares.
        """
        names = [name for variable in foreseen.table.found for name in variable.facts]
        names.sort(key=order.__getitem__)
        states = len(foreseen.exact)
        if states * len(names) > MAX_SHARES:
            return None
        counts = _counts(foreseen, names)
        open_ = np.flatnonzero(counts.any(axis=1))
        counts = counts[open_]
        # one number to sort by: the highest count first, then the order of declaration; what turns nothing is last
        most, width, last = foreseen.table.size, len(names), foreseen.table.size * len(names)
        keys = (most - counts) * np.uint32(width) + np.arange(width, dtype=np.uint32)
        keys[counts == 0] = last
        keys.sort(axis=1)
        told = np.column_stack([_cells(foreseen)[open_], keys])
        size, data = told.itemsize * told.shape[1], told.tobytes()
        places: dict[bytes, int] = {}
        first: list[int] = []
        numbers = array("I", bytes(4 * states))
        for row, state in enumerate(open_.tolist()):
            number = places.setdefault(data[row * size : (row + 1) * size], len(places) + 1)
            if number > len(first):
                first.append(row)
            numbers[state] = number
        if len(places) > MAX_ROWS:
            return None
        rows: list[Missing] = [()]
        distinct: list[list[int]] = told[np.array(first, dtype=np.intp)].tolist()
        for cells, *ranked in distinct:
            found = itertools.takewhile(last.__gt__, ranked)
            rows.append(tuple((names[key % width], (most - key // width) / cells) for key in found))
        return cls(foreseen, tuple(rows), numbers)


def _counts(foreseen: Foreseen, names: list[str]) -> NDArray[np.uint32]:
    """Per state and fact, how many completions the fact turns."""
    axes, table = foreseen.axes, foreseen.table
    shape = [len(axis.states) for axis in reversed(axes)]
    found = np.zeros((len(names), *shape), dtype=np.uint32)
    cells = [len(variable.cells) for variable in reversed(table.found)]
    for index, axis in enumerate(axes):
        for state in axis.states.values():
            for name, turned in state.turned:
                plane = ones(turned, table.size).reshape(cells).astype(np.uint32)
                along = plane.ndim - 1 - index
                plane = plane.take(state.cells, axis=along).sum(axis=along, keepdims=True, dtype=np.uint32)
                for other, beside in enumerate(axes):
                    if other != index:
                        plane = _summed(plane, beside, plane.ndim - 1 - other)
                place: list[Any] = [names.index(name), *[slice(None)] * plane.ndim]
                place[1 + along] = slice(state.place, state.place + 1)
                found[tuple(place)] = plane
    return found.reshape(len(names), -1).T


def _summed(plane: NDArray[np.uint32], axis: Axis, along: int) -> NDArray[np.uint32]:
    """Per state of an axis the sum over the cells that are then possible."""
    per_state = [
        plane.take(state.cells, axis=along).sum(axis=along, dtype=np.uint32) for state in axis.states.values()
    ]
    return np.stack(per_state, axis=along)


def _cells(foreseen: Foreseen) -> NDArray[np.uint32]:
    """Per state the number of completions."""
    found = np.ones(1, dtype=np.uint32)
    for axis in foreseen.axes:  # the first varies fastest
        sizes = np.array([len(state.cells) for state in axis.states.values()], dtype=np.uint32)
        found = np.multiply.outer(sizes, found).ravel()
    return found
