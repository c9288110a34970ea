"""In which order waves were: as was asked, as their column says, or else by what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from igm.analysis._frame import hashable
from igm.constructs._base import shown
from igm.errors import InputError, Problems, suggestion

MOST_WAVES: Final = 100
"""With more, every pair of them is more than anyone reads, and the column most likely says something else."""

_NUMBER: Final = re.compile(r"([0-9]+)")


def in_order(moments: Iterable[Any]) -> list[Any]:
    """Moments from early to late by what they are called: texts by the whole numbers in them, anything else by size.

    Raises:
        InputError: ``invalid-value`` for moments of several kinds, which have no order.

    Example:
        >>> in_order(["T10", "T2", "T1"])
        ['T1', 'T2', 'T10']
    """
    there = list(dict.fromkeys(moments))
    try:
        return sorted(there, key=natural if all(isinstance(one, str) for one in there) else None)
    except TypeError:
        do = "Give them in their order with waves=[...]."
        raise InputError.of("invalid-value", "waves of several kinds", do, where="$.waves") from None


def natural(text: str) -> tuple[list[tuple[int, str]], str]:
    """A text in parts: each number by its size, which is its length first, and what stands between as it is."""
    parts = _NUMBER.split(text)
    bare = [part.lstrip("0") if place % 2 else part for place, part in enumerate(parts)]
    return [(len(part) if place % 2 else 0, part) for place, part in enumerate(bare)], text


def wave_order(
    moments: Sequence[Any],
    waves: Sequence[Any] | None,
    ordered: Sequence[Any] | None = None,
    *,
    alone: bool,
) -> list[Any]:
    """The waves that are looked at, in the order in which they were.

    Args:
        moments: The wave of each row.
        waves: Those that were asked for, in their order.
        ordered: The order of their column, if it has one.
        alone: Whether one wave is enough.

    Raises:
        InputError: ``invalid-value``, ``unknown-name`` or ``duplicate-name`` for what was asked, ``missing-field`` for
            fewer than two waves, ``value-out-of-range`` for too many.
    """
    there = dict.fromkeys(one for one in moments if one is not None)
    if waves is not None:
        order = _asked(waves, there)
    elif ordered is not None:
        order = [one for one in ordered if one in there]
    else:
        order = in_order(there)
    if len(order) < (1 if alone and len(there) == 1 else 2):
        do = "Give at least two waves."
        given = ", ".join(str(one) for one in order) or "none"
        raise InputError.of("missing-field", "nothing to compare", do, where="$.waves", given=given)
    if len(order) > MOST_WAVES:
        do = f"Name at most {MOST_WAVES} with waves=[...], or another column."
        raise InputError.of(
            "value-out-of-range", "too many waves", do, where="$.waves", given=str(len(order))
        )
    return order


def _asked(waves: Any, there: dict[Any, None]) -> list[Any]:
    asked: object = waves
    if isinstance(asked, (str, bytes)) or not isinstance(asked, Iterable):
        do = "Give the waves in their order, such as waves=['T0', 'T1']."
        raise InputError.of("invalid-value", "no list of waves", do, where="$.waves", given=shown(asked))
    order: list[Any] = []
    problems = Problems()
    for place, one in enumerate(waves):
        where = f"$.waves[{place}]"
        if not hashable(one) or one not in there:
            do = suggestion(one, [str(each) for each in there])
            problems.add("unknown-name", "no such wave", do, where=where, given=shown(one))
        elif one in order:
            problems.add("duplicate-name", "a wave is named twice", "Name it once.", where=where)
        else:
            order.append(one)
    problems.raise_any(InputError)
    return order
