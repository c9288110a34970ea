"""Secondary suppression: what else must be left out, so that a total does not tell what was left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any


def secondary(
    keys: Sequence[tuple[Any, ...]], n: Sequence[int], hidden: Collection[int], total: str, fewest: int
) -> set[int]:
    """The places of groups to leave out besides those that are.

    A line is a total that is told with the groups that it is the total of. What is hidden in a line can be found as a
    whole by subtraction, so it must be two groups at least, with at least ``fewest`` people together; else the
    smallest group that is still told goes too, and when none is left the total does.

    Args:
        keys: What each group is; ``total`` in a place where it is about all groups of that column.
        n: How many people each has.
        hidden: The places of groups that are left out already.
        total: The sign of a total.
        fewest: How many people a figure must rest on.

    Returns:
        The places to leave out too.
    """
    lines = _lines(keys, total)
    out = set(hidden)
    changed = True
    while changed:
        changed = False
        for whole, parts in lines:
            gone = [place for place in parts if place in out]
            if whole in out or not gone:
                continue
            if len(gone) >= 2 and sum(n[place] for place in gone) >= fewest:
                continue
            told = [place for place in parts if place not in out]
            out.add(min(told, key=lambda place: (n[place], place)) if told else whole)
            changed = True
    return out - set(hidden)


def _lines(keys: Sequence[tuple[Any, ...]], total: str) -> list[tuple[int, list[int]]]:
    """Each total with its parts."""
    lines: list[tuple[int, list[int]]] = []
    for whole, key in enumerate(keys):
        for column, value in enumerate(key):
            if value != total:
                continue
            rest = key[:column], key[column + 1 :]
            parts = [
                place
                for place, other in enumerate(keys)
                if place != whole and (other[:column], other[column + 1 :]) == rest
            ]
            if parts:
                lines.append((whole, parts))
    return lines
