"""The cases that a verification looks at: every one, or a stated random sample where there are too many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final

import attrs
import numpy as np

from igm.decision.completions import NOT_APPLICABLE, UNKNOWN, CellValue, Variable, size, variables
from igm.decision.conditions import Atom, Condition
from igm.decision.kader import Afwegingskader
from igm.decision.planes import Planes, Run, evaluate
from igm.decision.tables import TruthTable

MAX_EXACT: Final = 2**24
"""Up to so many cases every one is looked at."""

MAX_BITS: Final = 2**33
"""Fewer where many rules are read: a bit per case and condition, true and false, takes up to this much memory."""

SAMPLE: Final = 2**16
"""So many cases are drawn where there are more than that."""

SEED: Final = 2021
"""The same kader gives the same sample."""

_Places = tuple[tuple[int, ...], ...]


def _planes(kader: Afwegingskader[Any]) -> int:
    """How many planes a run keeps: per condition on one fact, per als and tenzij of a rule, and per rule."""
    conditions = sum(2 + len(rule.tenzij) for rule in kader.regels)
    return 2 * (conditions + sum(map(len, kader.atoms.values())))


def _all_known(_: str) -> bool:
    return True


@attrs.frozen(eq=False, slots=False)
class Space:
    """Cases as a truth table; of a sample, every bit is a case that was drawn.

    Attributes:
        kader: The kader.
        table: The cases.
        peildatum: Reference date.
        drawn: Of a sample, per variable the cell of every case; empty when every case is there.
        total: How many cases there are in all.
    """

    kader: Afwegingskader[Any]
    table: TruthTable
    peildatum: date | None
    drawn: _Places
    total: int

    @classmethod
    def of(
        cls,
        kader: Afwegingskader[Any],
        names: Iterable[str],
        peildatum: date | None,
        *,
        unknown: Iterable[str] = (),
    ) -> Space | None:
        """The cases over these facts; nothing when too many facts hang on one another to list their values.

        Args:
            kader: The kader.
            names: The facts; what they hang on is added.
            peildatum: Reference date.
            unknown: Facts that can be unknown as well.
        """
        wanted = set(names)
        wanted |= {base for name in wanted if (base := kader.feiten[name].geldt_als) is not None}
        open_too = set(unknown)

        def options(name: str) -> tuple[CellValue, ...]:
            found = kader.machine.options(name, peildatum)
            return (*found, UNKNOWN) if name in open_too else found

        predicates = kader.predicates.values()
        found = variables(kader.feiten, kader.in_order(wanted), options, predicates=predicates)
        if found is None:
            return None
        if size(found) <= MAX_EXACT and size(found) * _planes(kader) <= MAX_BITS:
            return cls(kader, TruthTable.over(found), peildatum, (), size(found))
        return cls._sample(kader, found, peildatum)

    @classmethod
    def _sample(cls, kader: Afwegingskader[Any], found: Sequence[Variable], peildatum: date | None) -> Space:
        chance = np.random.default_rng(SEED)
        patterns: list[tuple[int, ...]] = []
        drawn: list[tuple[int, ...]] = []
        for variable in found:
            places = chance.integers(len(variable.cells), size=SAMPLE)
            drawn.append(tuple(places.tolist()))
            patterns.append(
                tuple(
                    int.from_bytes(np.packbits(places == cell, bitorder="little").tobytes(), "little")
                    for cell in range(len(variable.cells))
                )
            )
        place = {name: index for index, variable in enumerate(found) for name in variable.facts}
        full = (1 << SAMPLE) - 1
        table = TruthTable(tuple(found), full, tuple(patterns), (0,) * len(found), SAMPLE, place)
        return cls(kader, table, peildatum, tuple(drawn), size(found))

    @property
    def exact(self) -> bool:
        """Whether every case is there."""
        return not self.drawn

    @property
    def full(self) -> int:
        """The plane with every case."""
        return self.table.full

    @cached_property
    def complete(self) -> int:
        """The cases in which nothing is unknown."""
        found = self.full
        for variable, patterns in zip(self.table.found, self.table.patterns, strict=True):
            for cell, pattern in zip(variable.cells, patterns, strict=True):
                if any(cell[name] is UNKNOWN for name in variable.facts):
                    found &= ~pattern
        return found

    @cached_property
    def _atoms(self) -> tuple[list[int], list[int]]:
        bits = self.kader.machine.bits
        return self.table.planes(bits, 0, bits.unknown, self.peildatum, _all_known)

    def atom(self, atom: Atom) -> Planes:
        """In which cases a condition on one fact is true, and in which false."""
        bit = self.kader.machine.bits.index[atom]
        trues, falses = self._atoms
        return trues[bit], falses[bit]

    def true(self, condition: Condition) -> int:
        """The cases, all known, in which a condition on facts is true."""
        return evaluate(condition, self.atom, {}, self.full)[0] & self.complete

    def true_at(self, condition: Condition, index: int, cell: int) -> int:
        """The same for the cases that have a cell of a variable, placed as in ``per_cell``."""
        if not self.exact:
            return attrs.evolve(self, table=self._forced(index, cell)).true(condition)
        return (self.true(condition) >> (cell * self.table.strides[index])) & self.table.patterns[index][0]

    @cached_property
    def run(self) -> Run:
        """What becomes of every rule, answer and row."""
        return self.kader.run(self.atom, self.full, {})

    def outcomes(
        self, kader: Afwegingskader[Any] | None = None, table: TruthTable | None = None
    ) -> list[int]:
        """Per outcome, by number, the cases that get it; of another kader on the same facts, if one is given."""
        machine = (kader or self.kader).machine
        return machine.outcomes_of(
            table or self.table, 0, machine.bits.unknown, {}, self.peildatum, _all_known
        )

    @cached_property
    def _outcomes(self) -> list[int]:
        return self.outcomes()

    def per_cell(self, index: int) -> list[list[int]]:
        """Per cell of a variable the outcomes when the variable has it, the rest alike.

        Bits at one place belong to cases that differ in this variable only.
        """
        cells = range(len(self.table.found[index].cells))
        if not self.exact:
            return [self.outcomes(table=self._forced(index, cell)) for cell in cells]
        stride, base = self.table.strides[index], self.table.patterns[index][0]
        return [[(plane >> (cell * stride)) & base for plane in self._outcomes] for cell in cells]

    def _forced(self, index: int, cell: int) -> TruthTable:
        patterns = list(self.table.patterns)
        patterns[index] = tuple(self.full if place == cell else 0 for place in range(len(patterns[index])))
        return attrs.evolve(self.table, patterns=tuple(patterns))

    def example(self, plane: int, forced: Mapping[int, int] | None = None) -> dict[str, Any] | None:
        """The first case of a plane as ``kader.casus`` reads it; nothing when the plane is empty.

        Args:
            plane: Cases.
            forced: Cells, by variable, to take instead of what the case has.
        """
        if not plane:
            return None
        position = (plane & -plane).bit_length() - 1
        cells = [
            (forced or {}).get(index, self._cell(index, position)) for index in range(len(self.table.found))
        ]
        return self.case_of(cells)

    def _cell(self, index: int, position: int) -> int:
        if self.drawn:
            return self.drawn[index][position]
        return position // self.table.strides[index] % len(self.table.found[index].cells)

    def case_of(self, cells: Iterable[int]) -> dict[str, Any]:
        """The case that has these cells, one per variable."""
        values: dict[str, CellValue] = {}
        for variable, cell in zip(self.table.found, cells, strict=True):
            values |= {name: variable.cells[cell][name] for name in variable.facts}
        found: dict[str, Any] = {
            name: value
            for name, value in values.items()
            if value is not NOT_APPLICABLE and value is not UNKNOWN
        }
        # what the case system records itself is taken as no when it is absent
        found |= {
            name: "weet_niet"
            for name, value in values.items()
            if value is UNKNOWN and self.kader.feiten[name].zonder_melding is False
        }
        ordered = {name: found[name] for name in self.kader.in_order(found)}
        return ordered if self.peildatum is None else {**ordered, "peildatum": self.peildatum}


Spaces = Callable[[Iterable[str]], Space | None]
"""The cases over some facts, and over what they hang on."""
