"""Completions: every way to fill in what is not known.

An unknown yes/no fact has two values, a choice its options, a number or a date one cell between all thresholds that
are read of it. Facts that depend on each other vary together: a trend has no value where its hindrance is absent.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from igm.decision.atoms import holds
from igm.decision.conditions import Age, Atom, Compare, FactKind, Known, OneOf
from igm.decision.facts import Fact, FactValue

if TYPE_CHECKING:
    from igm.decision.predicate import Predicaat

MAX_CELLS: Final = 2**22
"""Up to so many completions are weighed exactly."""

MAX_JOINT: Final = 2**12
"""Facts that hang on one another have at most so many joint values that are listed."""


class _NotApplicable:
    """The value of a fact that does not apply; every condition on it is false, and it is known."""

    def __repr__(self) -> str:
        return "n.v.t."


NOT_APPLICABLE: Final = _NotApplicable()


class _Unknown:
    """The value of a fact in a table that also holds what is not known."""

    def __repr__(self) -> str:
        return "onbekend"


UNKNOWN: Final = _Unknown()
CellValue: TypeAlias = FactValue | _NotApplicable | _Unknown
Cell: TypeAlias = Mapping[str, CellValue]
"""One joint value of facts that vary together."""


@attrs.frozen
class Variable:
    """Unknown facts that vary together, with every joint value they can have.

    Attributes:
        facts: Their names.
        cells: Their joint values.
        hanging: Per fact, those among them that hang on it.
        answers: Names of the predicates whose answers follow from them.
    """

    facts: tuple[str, ...]
    cells: tuple[Cell, ...]
    hanging: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict[str, tuple[str, ...]])
    answers: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The facts, and the answers that follow from them."""
        return (*self.facts, *self.answers)

    def base_of(self, fact: str) -> str:
        """What a fact hangs on, or the fact itself."""
        return next((base for base, hanging in self.hanging.items() if fact in hanging), fact)

    def groups(self, fact: str) -> list[list[int]]:
        """Cells that differ in this fact only, together; what follows from it, or hangs on it, may follow."""
        groups = list(self._alike({fact, *self.answers}))
        hanging = self.hanging.get(fact, ())
        for family in self._alike({fact, *hanging, *self.answers}) if hanging else ():
            absent = next(
                place
                for place in family
                if self.cells[place][fact] is False
                and all(self.cells[place][name] is NOT_APPLICABLE for name in hanging)
            )
            groups += [[absent, place] for place in family if self.cells[place][fact] is not False]
        return groups

    def _alike(self, besides: Collection[str]) -> Iterable[list[int]]:
        """Cells that are alike besides these names."""
        together: dict[tuple[CellValue, ...], list[int]] = {}
        for place, cell in enumerate(self.cells):
            rest = tuple(value for name, value in cell.items() if name not in besides)
            together.setdefault(rest, []).append(place)
        return together.values()


def representatives(fact: Fact, atoms: Iterable[Atom], peildatum: date | None) -> tuple[FactValue, ...]:
    """One value per cell: values of a fact that no condition tells apart share one.

    Args:
        fact: The fact.
        atoms: All conditions that are read of it.
        peildatum: Reference date, for ages.

    Returns:
        ``False`` and ``True``; the options; or one number or date between all thresholds, in order.

    Example:
        >>> from igm.decision import feit
        >>> leeftijd = Fact.getal("leeftijd", label="leeftijd", eenheid="jaar", minimum=0, maximum=120, geheel=True)
        >>> representatives(leeftijd, [feit.getal("leeftijd") < 27], None)
        (0, 27)
    """
    if fact.kind is FactKind.JA_NEE:
        return (False, True)
    if fact.kind is FactKind.KEUZE:
        return fact.opties
    read = [atom for atom in atoms if not isinstance(atom, Known)]
    candidates = _dates(fact, read, peildatum) if fact.kind is FactKind.DATUM else _numbers(fact, read)
    told = _Told.by(read, peildatum)
    kept: list[FactValue] = [candidates[0]]
    for value in candidates[1:]:
        if told.apart(kept[-1], value):
            kept.append(value)
    return tuple(kept)


@attrs.frozen
class _Told:
    """What conditions on one number or date tell apart, so that neighbouring values need not be held to each of them.

    Attributes:
        from_here: Thresholds that part what lies below them from themselves and above.
        up_to_here: Thresholds that part themselves and what lies below from what lies above.
        listed: Per value that a condition lists, the conditions that do.
        ages: Conditions on years, which turn on birthdays.
        peildatum: Reference date.
    """

    from_here: Sequence[Any]
    up_to_here: Sequence[Any]
    listed: Mapping[object, frozenset[int]]
    ages: Sequence[Age]
    peildatum: date | None

    @classmethod
    def by(cls, atoms: Sequence[Atom], peildatum: date | None) -> _Told:
        """What these conditions tell apart."""
        turns: dict[bool, set[Any]] = {True: set(), False: set()}
        listed: dict[object, frozenset[int]] = {}
        for number, atom in enumerate(atoms):
            if isinstance(atom, Compare):
                turns[atom.op in {"<", ">="}].add(atom.threshold)
            elif isinstance(atom, OneOf):
                listed |= {value: listed.get(value, frozenset()) | {number} for value in atom.values}
        ages = [atom for atom in atoms if isinstance(atom, Age)]
        return cls(sorted(turns[True]), sorted(turns[False]), listed, ages, peildatum)

    def apart(self, low: Any, high: Any) -> bool:
        """Whether some condition is true for one of two values and false for the other."""
        nothing: frozenset[int] = frozenset()
        return (
            bisect_right(self.from_here, low) < bisect_right(self.from_here, high)
            or bisect_left(self.up_to_here, low) < bisect_left(self.up_to_here, high)
            or self.listed.get(low, nothing) != self.listed.get(high, nothing)
            or any(holds(age, low, self.peildatum) != holds(age, high, self.peildatum) for age in self.ages)
        )


def _thresholds(atoms: Iterable[Atom]) -> set[float | date]:
    found: set[float | date] = set()
    for atom in atoms:
        match atom:
            case Compare(threshold=threshold):
                found.add(threshold)
            case OneOf(values=values):
                found.update(value for value in values if not isinstance(value, str))
            case _:
                pass
    return found


def _numbers(fact: Fact, atoms: Sequence[Atom]) -> list[float]:
    low, high = fact.minimum, fact.maximum
    assert isinstance(low, (int, float)) and isinstance(high, (int, float))  # noqa: S101, PT018 (a number has bounds)
    points = sorted({low, high, *(point for point in _thresholds(atoms) if isinstance(point, (int, float)))})
    if fact.geheel:
        near = {whole + step for whole in map(int, points) for step in (-1, 0, 1)}
        return sorted(point for point in near if low <= point <= high)
    between = [_halfway(left, right) for left, right in itertools.pairwise(points)]
    return sorted(points + between)


def _halfway(left: float, right: float) -> float:
    middle = (left + right) / 2
    return middle if math.isfinite(middle) else left / 2 + right / 2


def _dates(fact: Fact, atoms: Sequence[Atom], peildatum: date | None) -> list[date]:
    points = {point for point in _thresholds(atoms) if isinstance(point, date)}
    for atom in atoms:
        if isinstance(atom, Age):
            assert peildatum is not None  # noqa: S101 (required as soon as a kader reads a date)
            points.update(_birthday(peildatum, years) for years in (atom.years, atom.years + 1))
    low = fact.minimum if isinstance(fact.minimum, date) else date.min
    high = fact.maximum if isinstance(fact.maximum, date) else date.max
    if not fact.toekomst and peildatum is not None:
        high = min(high, peildatum)
    ordinals = {point.toordinal() + step for point in points for step in (-1, 0, 1)}
    days = range(low.toordinal(), high.toordinal() + 1)
    return [low, *(date.fromordinal(day) for day in sorted(ordinals) if day in days and day != days[0]), high]


def _birthday(peildatum: date, years: int) -> date:
    """The last day on which someone who is at least so many years old can be born."""
    year = max(1, peildatum.year - years)
    try:
        return peildatum.replace(year=year)
    except ValueError:  # 29 February in a year without one
        return peildatum.replace(year=year, day=28)


def variables(
    facts: Mapping[str, Fact],
    unknown: Iterable[str],
    options: Callable[[str], Sequence[CellValue]],
    *,
    given_too: bool = False,
    predicates: Iterable[Predicaat] = (),
    known: Mapping[str, CellValue] | None = None,
) -> tuple[Variable, ...] | None:
    """The unknown facts as variables, each with its joint values.

    Args:
        facts: The kader's facts.
        unknown: Which facts to fill in.
        options: One value per cell of a fact.
        given_too: Whether a fact may also have been given although what it hangs on is absent.
        predicates: Those whose answers follow; facts that one of them reads vary together.
        known: The facts that are known, for predicates that read them as well.

    Returns:
        One variable per group of facts that vary together; nothing when a group has too many joint values to list.
    """
    wanted = dict.fromkeys(unknown)
    groups: dict[str, list[str]] = {}
    for name in wanted:
        base = facts[name].geldt_als
        groups.setdefault(base if base is not None and base in wanted else name, []).append(name)
    for names in groups.values():
        if math.prod(len(options(name)) for name in names) > MAX_JOINT:
            return None
    found = [_variable(base, names, options, given_too=given_too) for base, names in groups.items()]
    for predicate in predicates:
        open_ = {name for name in predicate.reads if name not in (known or {})}
        # what it says may be known although not all that it reads is: where a fact does not apply, it is false
        if not open_ or not open_ <= wanted.keys() or predicate.fact in (known or {}):
            continue
        touched = [variable for variable in found if open_ & set(variable.facts)]
        if size(touched) > MAX_JOINT:
            return None
        joined = _answered(touched, predicate, known or {})
        found = [joined if variable is touched[0] else variable for variable in found]
        found = [variable for variable in found if variable not in touched]
    return tuple(found)


def _answered(parts: Sequence[Variable], predicate: Predicaat, known: Mapping[str, CellValue]) -> Variable:
    """Variables as one, with what a predicate says of every joint value."""
    cells: list[Cell] = []
    for chosen in itertools.product(*(variable.cells for variable in parts)):
        cell = {name: value for part in chosen for name, value in part.items()}
        answer = predicate.answer({**known, **cell})
        cells.append({**cell, predicate.fact: answer if isinstance(answer, bool) else UNKNOWN})
    return Variable(
        tuple(name for variable in parts for name in variable.facts),
        tuple(cells),
        {base: hanging for variable in parts for base, hanging in variable.hanging.items()},
        (*(name for variable in parts for name in variable.answers), predicate.fact),
    )


def _variable(
    base: str, names: list[str], options: Callable[[str], Sequence[CellValue]], *, given_too: bool
) -> Variable:
    dependents = [name for name in names if name != base]
    if base not in names or not dependents:
        name = names[0]
        return Variable((name,), tuple({name: value} for value in options(name)))
    cells: list[Cell] = []
    for value in options(base):
        if value is False and not given_too:
            cells.append({base: False, **dict.fromkeys(dependents, NOT_APPLICABLE)})
            continue
        without = (NOT_APPLICABLE,) if value is False else ()
        cells += (
            {base: value, **dict(zip(dependents, chosen, strict=True))}
            for chosen in itertools.product(*((*without, *options(name)) for name in dependents))
        )
    return Variable((base, *dependents), tuple(cells), {base: tuple(dependents)})


def size(found: Sequence[Variable]) -> int:
    """The number of completions."""
    cells = 1
    for variable in found:
        cells *= len(variable.cells)
    return cells
