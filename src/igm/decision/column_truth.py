"""Where in an array a condition on a number or a date is true."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from igm.decision.conditions import Age, Atom, Compare, OneOf

Bools: TypeAlias = NDArray[np.bool_]

_OPS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def number_truth(atom: Atom, chunk: NDArray[Any]) -> Bools:
    """Where a condition on a number is true."""
    found: Bools
    match atom:
        case Compare(op=op, threshold=threshold):
            found = _OPS[op](chunk, threshold)
        case OneOf(values=values):
            found = np.zeros(len(chunk), dtype=bool)
            for value in values:
                found |= chunk == value
        case _:
            raise NotImplementedError(f"no array form of {type(atom).__name__}")
    return found


def day_truth(atom: Atom, days: NDArray[Any], ordinals: NDArray[np.int64], peildatum: date | None) -> Bools:
    """Where a condition on a day is true; the days also as their numbers from the first day of the year 1."""
    match atom:
        case Compare(op=op, threshold=date() as threshold):
            found: Bools = _OPS[op](ordinals, threshold.toordinal())
            return found
        case OneOf(values=values):
            return np.isin(ordinals, [value.toordinal() for value in values if isinstance(value, date)])
        case Age(op=op, years=years):
            assert peildatum is not None  # noqa: S101 (required as soon as a kader reads a date)
            months = days.astype("datetime64[M]")
            month_day = (months.astype(np.int64) % 12 + 1) * 100 + (days - months).astype(np.int64) + 1
            later = month_day > peildatum.month * 100 + peildatum.day
            ages = peildatum.year - 1970 - days.astype("datetime64[Y]").astype(np.int64) - later
            old: Bools = _OPS[op](ages, years)
            return old
        case _:
            raise NotImplementedError(f"no array form of {type(atom).__name__}")
