"""A population as packed planes: eight cases in a byte, a chunk at a time, with every wrong value counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias, cast

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.constructs._base import is_mapping, path_of
from igm.decision.atoms import holds
from igm.decision.columns import CHUNK, FIRST, Column, Constant, Packed, Pair, array_of, read_sources
from igm.decision.conditions import Atom, FactKind, JaNee, Known
from igm.decision.facts import Fact
from igm.decision.gegeven import ANSWERS, plain_value
from igm.decision.predicate_columns import Read, answers_of, refuse_unsupported
from igm.decision.program import CODES
from igm.decision.truth import Antwoord
from igm.errors import MASK, InputError, Problem, Problems, shown, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

OwnPlanes: TypeAlias = tuple[Packed, Packed, Packed]
_ORDER: Final = (Antwoord.JA, Antwoord.NEE, Antwoord.TWIJFEL)


def packed(plane: NDArray[np.bool_]) -> Packed:
    """Eight cases in a byte."""
    return np.packbits(plane)


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
    own: list[OwnPlanes | None]
    full: Packed
    none: Packed
    peildatum: date | None

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
    wrong: dict[str, Wrong] = attrs.field(factory=dict, init=False)
    assumed: dict[str, int] = attrs.field(factory=dict, init=False)
    failed: dict[str, int] = attrs.field(factory=dict, init=False)

    @classmethod
    def of(cls, kader: Afwegingskader[Any], columns: object, antwoorden: object) -> Self:
        """Read columns and own answers.

        Raises:
            InputError: With every problem of the columns as such.
        """
        refuse_unsupported(kader.predicates)
        sources, peildatum, n = read_sources(kader, columns)
        return cls(kader, n, peildatum, sources, _own_codes(kader, antwoorden, n))

    def changed(self, change: Mapping[str, Constant]) -> Population:
        """The same cases, all with these values."""
        return Population(self.kader, self.n, self.peildatum, {**self._sources, **change}, self._own)

    def chunks(self) -> Iterator[Chunk]:
        """All cases, chunk by chunk.

        Raises:
            InputError: After the last chunk, with what is wrong in all of them.
        """
        for start in range(0, self.n, CHUNK):
            chunk = self._chunk(start, min(self.n, start + CHUNK))
            if not self.wrong:
                yield chunk
        problems = Problems()
        for name, wrong in self.wrong.items():
            problems.extend(wrong.first)
            if wrong.total > len(wrong.first):
                what = f"{wrong.total} values of {self.kader.feiten[name].label!r} cannot be used"
                do = f"These are the first {len(wrong.first)}; look for the same in the others."
                problems.add(wrong.first[0].code, what, do, where=path_of((name,)))
        problems.raise_any(InputError)

    def _chunk(self, start: int, stop: int) -> Chunk:
        kader, bits = self.kader, self.kader.machine.bits
        full, none = _ends(stop - start)
        trues, falses = [none] * len(bits.atoms), [none] * len(bits.atoms)
        known: dict[str, Packed] = {}
        absent: dict[str, Packed] = {}
        read: dict[str, Read] = {}
        asked = {name for predicate in kader.predicates.values() for name in predicate.reads}
        # what others hang on is read before them
        for fact in sorted(kader.feiten.values(), key=lambda fact: fact.geldt_als is not None):
            source, atoms = self._sources[fact.name], bits.by_fact.get(fact.name, ())
            if fact.kind is FactKind.JA_NEE:
                yes, no = self._yes_no(fact, source, start, stop)
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
        self._ask(read, trues, falses, start, stop)
        own = [None if codes is None else _own_planes(codes[start:stop]) for codes in self._own]
        return Chunk(start, stop - start, trues, falses, known, own, full, none, self.peildatum)

    def _ask(
        self, read: Mapping[str, Read], trues: list[Packed], falses: list[Packed], start: int, stop: int
    ) -> None:
        """Ask every predicate, as long as nothing is wrong with what it reads."""
        for predicate in () if self.wrong else self.kader.predicates.values():
            bit = self.kader.machine.bits.index[predicate]
            trues[bit], falses[bit], failed = answers_of(predicate, read, start, stop - start)
            self.failed[predicate.id] = self.failed.get(predicate.id, 0) + failed

    def _yes_no(
        self, fact: Fact, source: Column | Pair | Constant, start: int, stop: int
    ) -> tuple[Packed, Packed]:
        full, none = _ends(stop - start)
        said = none
        if isinstance(source, Pair):
            yes, no = packed(source.yes[start:stop]), packed(source.no[start:stop])
            both = yes & no
            if np.count_nonzero(both):
                self._both(fact, np.flatnonzero(np.unpackbits(both)) + start)
        elif isinstance(source, Constant):
            yes, no = (full if source.value is value else none for value in (True, False))
        else:
            part = source.part(start, stop)
            self._note(fact, source, part.wrong, start)
            has = full if part.known is None else packed(part.known)
            yes = packed(part.true(JaNee(fact.name))) & has
            no = has ^ yes
            said = none if part.said is None else packed(part.said)
        if fact.zonder_melding is False:
            assumed = full ^ (yes | no | said)
            no = no | assumed
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
        has = full if part.known is None else packed(part.known)
        return has, {atom: packed(part.true(atom)) & has for atom in atoms}

    def _note(self, fact: Fact, column: Column, wrong: NDArray[np.bool_] | None, start: int) -> None:
        """Keep the first wrong values, and count them all."""
        if wrong is None or not wrong.any():
            return
        found = self.wrong.setdefault(fact.name, Wrong())
        rows = np.flatnonzero(wrong)
        for row in (rows[: FIRST - len(found.first)] + start).tolist():
            where, value = path_of((fact.name, row)), column.value(row)
            problem = fact.problem(value, where)
            if problem is None:
                problem = Problem(
                    "fact-kind", f"not a value for {fact.label!r}", f"Give {fact.admissible}.", where
                )
            given = MASK if fact.gevoelig else shown(value)
            found.first.append(attrs.evolve(problem, given=given))
        found.total += len(rows)

    def _both(self, fact: Fact, rows: NDArray[np.intp]) -> None:
        found = self.wrong.setdefault(fact.name, Wrong())
        do = "Give yes, no, or neither when it is unknown."
        what = f"both yes and no for {fact.label!r}"
        found.first += [
            Problem("fact-kind", what, do, path_of((fact.name, row)))
            for row in rows[: FIRST - len(found.first)].tolist()
        ]
        found.total += len(rows)


def _own_planes(codes: NDArray[np.uint8]) -> OwnPlanes:
    ja, nee, twijfel = (packed(codes == CODES[answer]) for answer in _ORDER)
    return ja, nee, twijfel


def _own_codes(kader: Afwegingskader[Any], antwoorden: object, n: int) -> list[NDArray[np.uint8] | None]:
    """Per question the professionals' own answers as codes, 0 where there is none."""
    names = [question.name for question in kader.vragen]
    found: dict[str, NDArray[np.uint8]] = {}
    if antwoorden is None:
        return [None] * len(names)
    if not is_mapping(antwoorden):
        do = "Give {question: column of ja, nee, twijfel or None}."
        raise InputError.of("invalid-value", "not answers", do, where="$.antwoorden", given=shown(antwoorden))
    problems = Problems()
    for name, raw in antwoorden.items():
        where = path_of(("antwoorden", name))
        if name not in names:
            what, do = f"kader {kader.id!r} has no question {name!r}", suggestion(name, names)
            problems.add("unknown-question", what, do, where=where)
            continue
        column = array_of(raw, where, problems)
        if column is None:
            continue
        if len(column) != n:
            do, given = f"Give {n} rows, as the facts have.", f"{len(column)} rows"
            problems.add("shape-mismatch", "columns of unequal length", do, where=where, given=given)
            continue
        codes = np.fromiter(map(_answer_code, column.tolist()), np.int8, n)
        wrong = np.flatnonzero(codes < 0)
        for row in wrong[:FIRST].tolist():
            do = "Give ja, nee or twijfel, or None when there is no own answer."
            problems.add(
                "invalid-value", "not an answer", do, where=path_of(("antwoorden", name, row)), given=MASK
            )
        if len(wrong) > FIRST:
            what = f"{len(wrong)} own answers cannot be used"
            problems.add("invalid-value", what, f"These are the first {FIRST}.", where=where)
        found[name] = codes.astype(np.uint8)
    problems.raise_any(InputError)
    return [found.get(name) for name in names]


def _answer_code(raw: object) -> int:
    value = plain_value(raw)
    if value is None or value != value:
        return 0
    text = value.casefold() if isinstance(value, str) else ""
    return CODES[Antwoord(text)] if text in ANSWERS else -1
