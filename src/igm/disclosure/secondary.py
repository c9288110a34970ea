"""Secondary suppression: what else must be left out, so that a total does not tell what was left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np

_NOTHING: Final = 1e-9


def secondary(
    keys: Sequence[tuple[Any, ...]], n: Sequence[int], hidden: Collection[int], total: str, fewest: int
) -> set[int]:
    """The places of groups to leave out besides those that are.

    A line is a total that is told with the groups that it is the total of; people of the total who are in none of its
    groups must be nobody or many. What is hidden in a line can be found as a whole by subtraction, so it must be two
    groups at least, with at least ``fewest`` people together; else the smallest group that is still told goes too, and
    when none is left the total does. Last it is looked at whether all lines together give a group away.

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
            told = [place for place in parts if place not in out]
            added_up = whole in out and len(told) == len(parts)
            if added_up or (whole not in out and not _safe(whole, parts, n, out, fewest)):
                out.add(min(told, key=lambda place: (n[place], place)) if told else whole)
                changed = True
        if not changed and (more := _given_away(lines, n, out)) is not None:
            out.add(more)
            changed = True
    return out - set(hidden)


def _safe(whole: int, parts: Sequence[int], n: Sequence[int], out: Collection[int], fewest: int) -> bool:
    """Whether subtraction from a total that is told gives nobody, or several groups of enough people together."""
    gone = [place for place in parts if place in out]
    if gone:
        return len(gone) >= 2 and sum(n[place] for place in gone) >= fewest
    return not 0 < n[whole] - sum(n[place] for place in parts) < fewest


def _given_away(lines: Sequence[tuple[int, list[int]]], n: Sequence[int], out: Collection[int]) -> int | None:
    """The smallest group that is still told beside one that all lines together give away; ``None`` without one."""
    places = {place: column for column, place in enumerate(sorted(out))}
    used = [line for line in lines if any(place in out for place in (line[0], *line[1]))]
    if not used:
        return None
    sums = np.zeros((len(used), len(places)))
    for row, (whole, parts) in enumerate(used):
        for place, sign in ((whole, -1.0), *((part, 1.0) for part in parts)):
            if place in places:
                sums[row, places[place]] = sign
    _, sizes, turned = np.linalg.svd(sums)
    free = turned[int(np.sum(sizes > _NOTHING)) :]
    for place, column in places.items():
        if np.any(np.abs(free[:, column]) > _NOTHING):
            continue  # some other number would do as well
        near = {each for whole, parts in used if place in (whole, *parts) for each in (whole, *parts)}
        told = sorted(near - set(out), key=lambda one: (n[one], one))
        if told:
            return told[0]
    return None


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
