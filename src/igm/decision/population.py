"""A population as packed planes: eight cases in a byte, a chunk at a time, with every wrong value counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self, cast

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.constructs._base import path_of
from igm.decision.atoms import holds
from igm.decision.column_dates import Dates, read_dates
from igm.decision.columns import CHUNK, FIRST, Column, Constant, Packed, Pair, read_sources
from igm.decision.conditions import Atom, FactKind, JaNee, Known
from igm.decision.facts import Fact
from igm.decision.own_columns import OwnPlanes, own_planes, packed, read_own_codes
from igm.decision.predicate_columns import Read, answers_of, refuse_unsupported
from igm.errors import MASK, InputError, Problem, Problems, shown

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader


@lru_cache(maxsize=4)
def _ends(size: int) -> tuple[Packed, Packed]:
    """Every case, and no case."""
    full = packed(np.ones(size, dtype=bool))
    none = np.zeros_like(full)
    full.flags.writeable = none.flags.writeable = False
    return full, none


def cases_in(plane: Packed) -> int:
    """The number of cases in a plane."""
    return int(np.bitwise_count(plane).sum(dtype=np.int64))


@attrs.define
class Wrong:
    """What is wrong in one column."""

    first: list[Problem] = attrs.field(factory=list)
    total: int = 0


@attrs.frozen
class Chunk:
    """The planes of some cases that follow on one another.

    Attributes:
        start: The first case.
        size: The number of cases.
        true: Per condition, where it is true.
        false: Per condition, where it is false.
        known: Per fact of which no condition tells it, where it is known, or known not to apply.
        assumed: Per fact that is taken as no when nothing is reported, where it was.
        expired: Per fact that expires, where its value was established too long ago to count.
        own: Per question, where its own answer is ja, nee and twijfel; ``None`` when nowhere.
        full: Every case.
        none: No case.
        peildatum: Reference date.
    """

    start: int
    size: int
    true: list[Packed]
    false: list[Packed]
    known: Mapping[str, Packed]
    assumed: Mapping[str, Packed]
    expired: Mapping[str, Packed]
    own: list[OwnPlanes | None]
    full: Packed
    none: Packed
    peildatum: date | None

    def parts(self, size: int) -> Iterator[Chunk]:
        """The same cases in parts of this size, which is a multiple of eight."""
        for start in range(0, self.size, size):
            stop = min(self.size, start + size)
            part = slice(start // 8, (stop + 7) // 8)
            known, assumed, expired = (
                {name: plane[part] for name, plane in planes.items()}
                for planes in (self.known, self.assumed, self.expired)
            )
            trues, falses = [plane[part] for plane in self.true], [plane[part] for plane in self.false]
            own = [None if own is None else (own[0][part], own[1][part], own[2][part]) for own in self.own]
            full, none, size_of = self.full[part], self.none[part], stop - start
            first = self.start + start
            yield Chunk(
                first, size_of, trues, falses, known, assumed, expired, own, full, none, self.peildatum
            )

    def known_of(self, name: str, atoms: Sequence[tuple[Atom, int]]) -> Packed:
        """Where a fact is known, or known not to apply.

        Args:
            name: Its name.
            atoms: The conditions on it, with their bits.
        """
        if name in self.known:
            return self.known[name]
        atom, bit = atoms[0]
        return self.true[bit] if isinstance(atom, Known) else self.true[bit] | self.false[bit]

    def answered(self) -> Iterator[tuple[Packed, list[OwnPlanes | None]]]:
        """The cases by which questions have an own answer."""
        groups: list[tuple[Packed, list[OwnPlanes | None]]] = [(self.full, [])]
        for own in self.own:
            if own is None:
                groups = [(mask, [*before, None]) for mask, before in groups]
                continue
            given = own[0] | own[1] | own[2]
            split = [(mask & given, [*before, own]) for mask, before in groups]
            split += [(mask & ~given, [*before, None]) for mask, before in groups]
            groups = [(mask, before) for mask, before in split if mask.any()]
        yield from groups


@attrs.define
class Population:
    """Columns of a kader's facts, read a chunk at a time.

    Attributes:
        kader: The kader.
        n: The number of cases.
        peildatum: Reference date.
        wrong: What is wrong, by column; complete when all chunks were read.
        assumed: By fact, how many cases were taken as no because nothing was reported.
        failed: By predicate, on how many cases it failed.
    """

    kader: Afwegingskader[Any]
    n: int
    peildatum: date | None
    _sources: Mapping[str, Column | Pair | Constant]
    _own: list[NDArray[np.uint8] | None]
    _dates: Mapping[str, Dates] = attrs.field(factory=dict[str, Dates])
    wrong: dict[str, Wrong] = attrs.field(factory=dict, init=False)
    assumed: dict[str, int] = attrs.field(factory=dict, init=False)
    failed: dict[str, int] = attrs.field(factory=dict, init=False)
    _assumed: dict[str, Packed] = attrs.field(factory=dict, init=False)
    _expired: dict[str, Packed] = attrs.field(factory=dict, init=False)

    @classmethod
    def of(
        cls, kader: Afwegingskader[Any], columns: object, antwoorden: object, datums: object = None
    ) -> Self:
        """Read columns, own answers and the days on which values were established.

        Raises:
            InputError: With every problem of the columns as such.
        """
        refuse_unsupported(kader.predicates)
        sources, peildatum, n = read_sources(kader, columns)
        dates = read_dates(kader, sources, datums, peildatum, n)
        return cls(kader, n, peildatum, sources, read_own_codes(kader, antwoorden, n), dates)

    @property
    def answered(self) -> bool:
        """Whether there are own answers."""
        return any(codes is not None for codes in self._own)

    def changed(self, change: Mapping[str, Constant]) -> Population:
        """The same cases, all with these values."""
        dates = {name: dates.again() for name, dates in self._dates.items() if name not in change}
        return Population(self.kader, self.n, self.peildatum, {**self._sources, **change}, self._own, dates)

    def chunks(self) -> Iterator[Chunk]:
        """All cases, chunk by chunk.

        Raises:
            InputError: After the last chunk, with what is wrong in all of them.
        """
        for start in range(0, self.n, CHUNK):
            chunk = self._chunk(start, min(self.n, start + CHUNK))
            if not self.wrong and not any(dates.total for dates in self._dates.values()):
                yield chunk
        problems = Problems()
        for name, wrong in self.wrong.items():
            problems.extend(wrong.first)
            if wrong.total > len(wrong.first):
                what = f"{wrong.total} values of {self.kader.feiten[name].label!r} cannot be used"
                do = f"These are the first {len(wrong.first)}; look for the same in the others."
                problems.add(wrong.first[0].code, what, do, where=path_of((name,)))
        for dates in self._dates.values():
            problems.extend(dates.problems())
        problems.raise_any(InputError)

    @property
    def expired(self) -> dict[str, int]:
        """By fact, how many values have expired; complete when all chunks were read."""
        return {name: dates.expired for name, dates in self._dates.items()}

    def faults(self) -> dict[str, int]:
        """By fact, how many values cannot be used; complete when all chunks were read."""
        dated = {name: dates.total for name, dates in self._dates.items()}
        return dated | {name: wrong.total + dated.get(name, 0) for name, wrong in self.wrong.items()}

    def _fresh(self, fact: Fact, start: int, stop: int, has: Packed) -> Packed:
        """Where a known value still counts."""
        dates = self._dates.get(fact.name)
        if dates is None:
            return has
        known = np.unpackbits(has, count=stop - start).astype(bool)
        fresh = packed(dates.fresh(start, stop, known))
        self._expired[fact.name] = has ^ fresh
        return fresh

    def _chunk(self, start: int, stop: int) -> Chunk:
        kader, bits = self.kader, self.kader.machine.bits
        full, none = _ends(stop - start)
        self._assumed, self._expired = {}, {}
        overlap = none.copy()
        trues, falses = [none] * len(bits.atoms), [none] * len(bits.atoms)
        known: dict[str, Packed] = {}
        absent: dict[str, Packed] = {}
        read: dict[str, Read] = {}
        asked = {name for predicate in kader.predicates.values() for name in predicate.reads}
        # what others hang on is read before them
        for fact in sorted(kader.feiten.values(), key=lambda fact: fact.geldt_als is not None):
            source, atoms = self._sources[fact.name], bits.by_fact.get(fact.name, ())
            if fact.kind is FactKind.JA_NEE:
                yes, no = self._yes_no(fact, source, start, stop, overlap)
                absent[fact.name] = no
                if fact.name in asked:
                    read[fact.name] = Read(None, yes, yes | no, none)
                if fact.geldt_als is None and len(atoms) == 1 and fact.name in bits.switch:
                    trues[atoms[0][1]], falses[atoms[0][1]] = yes, no
                    continue
                has, found = yes | no, dict.fromkeys((atom for atom, _ in atoms), yes)
            else:
                yes = None
                has, found = self._valued(fact, source, start, stop)
            # what hangs on an absent fact is known not to apply
            closed = none if fact.geldt_als is None else absent[fact.geldt_als] & ~has
            if fact.name in asked:
                column = source if isinstance(source, (Column, Constant)) else None
                read[fact.name] = Read(column, yes, has, closed)
            for atom, bit in atoms:
                if isinstance(atom, Known):
                    trues[bit], falses[bit] = has | closed, full ^ (has | closed)
                else:
                    trues[bit], falses[bit] = found[atom], (has ^ found[atom]) | closed
            if not atoms:
                known[fact.name] = has | closed
        if overlap.max():  # many times faster than any() on bytes
            self._both(start, stop)
        self._ask(read, trues, falses, start, stop)
        own = [None if codes is None else own_planes(codes[start:stop]) for codes in self._own]
        assumed, expired = self._assumed, self._expired
        return Chunk(
            start, stop - start, trues, falses, known, assumed, expired, own, full, none, self.peildatum
        )

    def _ask(
        self, read: Mapping[str, Read], trues: list[Packed], falses: list[Packed], start: int, stop: int
    ) -> None:
        """Ask every predicate, as long as nothing is wrong with what it reads."""
        for predicate in () if self.wrong else self.kader.predicates.values():
            bit = self.kader.machine.bits.index[predicate]
            trues[bit], falses[bit], failed = answers_of(predicate, read, start, stop - start)
            self.failed[predicate.id] = self.failed.get(predicate.id, 0) + failed

    def _yes_no(
        self, fact: Fact, source: Column | Pair | Constant, start: int, stop: int, overlap: Packed
    ) -> tuple[Packed, Packed]:
        full, none = _ends(stop - start)
        said = none
        if isinstance(source, Pair):
            yes, no = packed(source.yes[start:stop]), packed(source.no[start:stop])
            overlap |= yes & no
        elif isinstance(source, Constant):
            yes, no = (full if source.value is value else none for value in (True, False))
        else:
            part = source.part(start, stop)
            self._note(fact, source, part.wrong, start)
            has = full if part.known is None else packed(part.known)
            yes = packed(part.true(JaNee(fact.name))) & has
            no = has ^ yes
            said = none if part.said is None else packed(part.said)
        fresh = self._fresh(fact, start, stop, yes | no)
        yes, no = yes & fresh, no & fresh
        if fact.zonder_melding is False:
            assumed = full ^ (yes | no | said)
            no = no | assumed
            self._assumed[fact.name] = assumed
            self.assumed[fact.name] = self.assumed.get(fact.name, 0) + cases_in(assumed)
        return yes, no

    def _valued(
        self, fact: Fact, source: Column | Pair | Constant, start: int, stop: int
    ) -> tuple[Packed, dict[Atom, Packed]]:
        full, none = _ends(stop - start)
        atoms = [atom for atom in self.kader.atoms.get(fact.name, ()) if not isinstance(atom, Known)]
        if isinstance(source, Constant):
            value = source.value
            if value is None:
                return none, dict.fromkeys(atoms, none)
            return full, {atom: full if holds(atom, value, self.peildatum) else none for atom in atoms}
        column = cast("Column", source)
        part = column.part(start, stop)
        self._note(fact, column, part.wrong, start)
        has = self._fresh(fact, start, stop, full if part.known is None else packed(part.known))
        return has, {atom: packed(part.true(atom)) & has for atom in atoms}

    def _note(self, fact: Fact, column: Column, wrong: NDArray[np.bool_] | None, start: int) -> None:
        """Keep the first wrong values, and count them all."""
        if wrong is None or not wrong.any():
            return
        found = self.wrong.setdefault(fact.name, Wrong())
        rows = np.flatnonzero(wrong)
        for row in (rows[: FIRST - len(found.first)] + start).tolist():
            where, value = path_of((fact.name, row)), column.value(row)
            problem = fact.problem(value, where, peildatum=self.peildatum)
            if problem is None:
                problem = Problem(
                    "fact-kind", f"not a value for {fact.label!r}", f"Give {fact.admissible}.", where
                )
            if fact.kind is FactKind.JA_NEE and column.values.dtype.kind in "iuf":
                do = f"{problem.do} In a column of numbers 1 is yes and 0 is no."
                problem = attrs.evolve(problem, do=do)
            given = MASK if fact.gevoelig else shown(value)
            found.first.append(attrs.evolve(problem, given=given))
        found.total += len(rows)

    def _both(self, start: int, stop: int) -> None:
        """Keep the first cases in which a fact is both yes and no, and count them all."""
        for name, source in self._sources.items():
            if not isinstance(source, Pair):
                continue
            rows = np.flatnonzero(source.yes[start:stop] & source.no[start:stop]) + start
            if not len(rows):
                continue
            found = self.wrong.setdefault(name, Wrong())
            do = "Give yes, no, or neither when it is unknown."
            what = f"both yes and no for {self.kader.feiten[name].label!r}"
            found.first += [
                Problem("fact-kind", what, do, path_of((name, row)))
                for row in rows[: FIRST - len(found.first)].tolist()
            ]
            found.total += len(rows)
