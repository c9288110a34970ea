"""Values of a fact that conditions tell apart: one at least in every stretch that no condition divides."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final, cast

from igm.decision.conditions import Age, Atom, Compare, FactKind, OneOf
from igm.decision.facts import Fact, FactValue
from igm.decision.kader import Afwegingskader

PEILDATUM: Final = date(2024, 3, 1)
"""A reference date, just after a leap day."""


def telling_values(kader: Afwegingskader[Any], fact: Fact, peildatum: date = PEILDATUM) -> list[FactValue]:
    """Values of a fact on both sides of every threshold that the kader has for it, its bounds included."""
    atoms = kader.atoms.get(fact.name, ())
    match fact.kind:
        case FactKind.JA_NEE:
            return [False, True]
        case FactKind.KEUZE:
            return list(fact.opties)
        case FactKind.GETAL:
            return list(_numbers(fact, atoms))
        case FactKind.DATUM:
            return list(_days(fact, atoms, peildatum))


def _thresholds(atoms: Iterable[Atom]) -> Iterator[Any]:
    for atom in atoms:
        if isinstance(atom, Compare):
            yield atom.threshold
        elif isinstance(atom, OneOf):
            yield from atom.values


def _numbers(fact: Fact, atoms: Sequence[Atom]) -> list[float]:
    low, high = cast("float", fact.minimum), cast("float", fact.maximum)
    turns: set[float] = {low, high, *_thresholds(atoms)}
    if fact.geheel:
        whole = {math.floor(turn) + step for turn in turns for step in (-1, 0, 1)}
        return sorted(number for number in whole if low <= number <= high)
    points = sorted(turns)
    return sorted({*points, *(here + (after - here) / 2 for here, after in pairwise(points))})


def _days(fact: Fact, atoms: Sequence[Atom], peildatum: date) -> list[date]:
    turns = {day.toordinal() for day in _thresholds(atoms)}
    for atom in atoms:
        if isinstance(atom, Age):
            turns |= {_birthday(peildatum, atom.years + more).toordinal() for more in (0, 1)}
    low, high = bounds_of_date(fact, peildatum)
    turns |= {low.toordinal()} if fact.minimum is not None else set()
    turns |= {high.toordinal()} if fact.maximum is not None or not fact.toekomst else set()
    near = {turn + step for turn in turns or {peildatum.toordinal()} for step in (-1, 0, 1)}
    return [date.fromordinal(day) for day in sorted(near) if low.toordinal() <= day <= high.toordinal()]


def bounds_of_date(fact: Fact, peildatum: date) -> tuple[date, date]:
    """The first and the last day that a fact can be."""
    last = cast("date", fact.maximum or date.max)
    return cast("date", fact.minimum or date.min), last if fact.toekomst else min(last, peildatum)


def _birthday(peildatum: date, years: int) -> date:
    """The day on which one who has that age today was born at the latest, or a day before it."""
    day = 28 if (peildatum.month, peildatum.day) == (2, 29) else peildatum.day
    return date(peildatum.year - years, peildatum.month, day)
