"""Completions: every way to fill in what is not known, as truth tables held in Python integers.

An unknown yes/no fact has two values, a choice its options, a number or a date one cell between all thresholds that
are read of it. Facts that depend on each other vary together: a trend has no value where its hindrance is absent.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, TypeAlias

import attrs

from igm.decision.atoms import holds
from igm.decision.conditions import Age, Atom, Compare, FactKind, Known, OneOf
from igm.decision.facts import Fact, FactValue
from igm.decision.planes import Planes

MAX_CELLS: Final = 2**22
"""Up to so many completions are weighed exactly."""


class _NotApplicable:
    """The value of a fact that does not apply; every condition on it is false, and it is known."""

    def __repr__(self) -> str:
        return "n.v.t."


NOT_APPLICABLE: Final = _NotApplicable()
CellValue: TypeAlias = FactValue | _NotApplicable
Cell: TypeAlias = Mapping[str, CellValue]
"""One joint value of facts that vary together."""


@attrs.frozen
class Variable:
    """Unknown facts that vary together, with every joint value they can have."""

    facts: tuple[str, ...]
    cells: tuple[Cell, ...]

    def pairs(self, fact: str) -> Iterator[tuple[int, int]]:
        """Pairs of cells that differ in this fact only; what depends on it may follow."""
        for left, right in itertools.combinations(range(len(self.cells)), 2):
            if self._differ(self.cells[left], self.cells[right], fact):
                yield left, right

    def _differ(self, left: Cell, right: Cell, fact: str) -> bool:
        if left[fact] == right[fact]:
            return False
        others = (name for name in self.facts if name != fact)
        return all(
            left[name] == right[name] or NOT_APPLICABLE in (left[name], right[name]) for name in others
        )


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
    kept: list[FactValue] = []
    last: tuple[bool, ...] | None = None
    for value in candidates:
        signature = tuple(holds(atom, value, peildatum) for atom in read)
        if signature != last:
            kept.append(value)
            last = signature
    return tuple(kept)


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
    between = [(left + right) / 2 for left, right in itertools.pairwise(points)]
    return sorted(points + between)


def _dates(fact: Fact, atoms: Sequence[Atom], peildatum: date | None) -> list[date]:
    points = {point for point in _thresholds(atoms) if isinstance(point, date)}
    for atom in atoms:
        if isinstance(atom, Age):
            assert peildatum is not None  # noqa: S101 (required as soon as a kader reads a date)
            points.update(_birthday(peildatum, years) for years in (atom.years, atom.years + 1))
    low = (
        fact.minimum
        if isinstance(fact.minimum, date)
        else min(points, default=date(1900, 1, 1)) - timedelta(days=2)
    )
    high = (
        fact.maximum
        if isinstance(fact.maximum, date)
        else max(points, default=date(2100, 1, 1)) + timedelta(days=2)
    )
    near = {point + timedelta(days=step) for point in points for step in (-1, 0, 1)} | {low, high}
    return sorted(point for point in near if low <= point <= high)


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
    atoms: Mapping[str, Sequence[Atom]],
    peildatum: date | None,
) -> tuple[Variable, ...]:
    """The unknown facts as variables, each with its joint values.

    Args:
        facts: The kader's facts.
        unknown: Which facts to fill in.
        atoms: Conditions that are read, by fact.
        peildatum: Reference date.

    Returns:
        One variable per group of facts that vary together.
    """
    wanted = list(dict.fromkeys(unknown))
    options = {name: representatives(facts[name], atoms.get(name, ()), peildatum) for name in wanted}
    groups: dict[str, list[str]] = {}
    for name in wanted:
        base = facts[name].geldt_als
        groups.setdefault(base if base is not None and base in wanted else name, []).append(name)
    return tuple(_variable(base, names, options) for base, names in groups.items())


def _variable(base: str, names: list[str], options: Mapping[str, Sequence[FactValue]]) -> Variable:
    dependents = [name for name in names if name != base]
    if base not in names or not dependents:
        name = names[0]
        return Variable((name,), tuple({name: value} for value in options[name]))
    without: Cell = {base: False, **dict.fromkeys(dependents, NOT_APPLICABLE)}
    joint: list[Cell] = [
        {base: True, **dict(zip(dependents, chosen, strict=True))}
        for chosen in itertools.product(*(options[name] for name in dependents))
    ]
    return Variable((base, *dependents), (without, *joint))


def size(found: Sequence[Variable]) -> int:
    """The number of completions."""
    cells = 1
    for variable in found:
        cells *= len(variable.cells)
    return cells


@attrs.frozen
class TruthTable:
    """Planes as wide as there are completions.

    Attributes:
        found: The variables; the first varies fastest.
        full: The plane with every completion.
        patterns: Per variable, per cell, the completions that have it.
        strides: Per variable, the distance between neighbouring cells.
    """

    found: tuple[Variable, ...]
    full: int
    patterns: tuple[tuple[int, ...], ...]
    strides: tuple[int, ...]

    @classmethod
    def over(cls, found: Sequence[Variable]) -> TruthTable:
        """The table over these variables."""
        width = size(found)
        patterns: list[tuple[int, ...]] = []
        strides: list[int] = []
        stride = 1
        for variable in found:
            period = stride * len(variable.cells)
            block = (1 << stride) - 1
            patterns.append(
                tuple(
                    _repeat(block << (index * stride), period, width) for index in range(len(variable.cells))
                )
            )
            strides.append(stride)
            stride = period
        return cls(tuple(found), (1 << width) - 1, tuple(patterns), tuple(strides))

    def atoms(
        self, base: Callable[[Atom], Planes], peildatum: date | None, known: Callable[[str], bool]
    ) -> Callable[[Atom], Planes]:
        """Planes per condition on one fact, for `planes.run`.

        Args:
            base: Planes one case wide of the facts that do not vary.
            peildatum: Reference date.
            known: Whether a varying fact counts as known.
        """
        place = {name: index for index, variable in enumerate(self.found) for name in variable.facts}
        cache: dict[Atom, Planes] = {}

        def planes(atom: Atom) -> Planes:
            if atom not in cache:
                cache[atom] = widened(atom) if atom.fact not in place else varying(atom, place[atom.fact])
            return cache[atom]

        def widened(atom: Atom) -> Planes:
            true, false = base(atom)
            return self.full * true, self.full * false

        def varying(atom: Atom, index: int) -> Planes:
            if isinstance(atom, Known):
                return (self.full, 0) if known(atom.fact) else (0, self.full)
            true = 0
            for cell, pattern in zip(self.found[index].cells, self.patterns[index], strict=True):
                value = cell[atom.fact]
                if not isinstance(value, _NotApplicable) and holds(atom, value, peildatum):
                    true |= pattern
            return true, self.full & ~true

        return planes

    def pivotal(self, fact: str, outcomes: Sequence[int]) -> int:
        """In how many completions another value of this fact gives another outcome."""
        index = next(i for i, variable in enumerate(self.found) if fact in variable.facts)
        variable, stride = self.found[index], self.strides[index]
        base = self.patterns[index][0]
        per_cell = [
            [(plane >> (cell * stride)) & base for plane in outcomes] for cell in range(len(variable.cells))
        ]
        turned = [0] * len(variable.cells)
        for left, right in variable.pairs(fact):
            differs = 0
            for one, other in zip(per_cell[left], per_cell[right], strict=True):
                differs |= one ^ other
            turned[left] |= differs
            turned[right] |= differs
        return sum(plane.bit_count() for plane in turned)


def _repeat(pattern: int, period: int, width: int) -> int:
    """The pattern again and again, up to the width; doubling keeps it fast."""
    while period < width:
        pattern |= pattern << period
        period *= 2
    return pattern & ((1 << width) - 1)
