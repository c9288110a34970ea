"""``Cohort``: the advice of a kader for many cases at once, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._display import Column as Header
from igm._display import Table
from igm._progress import Voortgang, check_progress
from igm.constructs._base import FrozenMapping
from igm.decision.coded import coded
from igm.decision.columns import Packed
from igm.decision.one_case import read_policy
from igm.decision.patterns import Pattern, Places, Weighings, resolve
from igm.decision.population import Chunk, Population
from igm.decision.records import OutcomeT
from igm.decision.truth import Beleid

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

Codes: TypeAlias = NDArray[np.uint8]
_SMALL: Final = 256
"""So many numbers fit a byte."""

_STRETCH: Final = 2**14
"""So many cases are looked up at a time: a byte per condition for each of them is held."""


def _row_type(asked: int) -> type[np.signedinteger[Any]]:
    """A byte, unless there are more rows than that."""
    return np.int8 if 2 * asked < _SMALL else np.int32


def _locked(array: NDArray[Any]) -> NDArray[Any]:
    """The array itself, which nobody writes to any more."""
    array.flags.writeable = False
    return array


@attrs.frozen(slots=False, eq=False, repr=False)
class Cohort(Generic[OutcomeT]):
    """The advice for many cases; made by ``kader.evaluate_many(columns)``.

    A person decides on each case: this says what the kader advises, not what is to be done.

    Attributes:
        codes: Per case, the place of its advice in ``outcomes``.
        outcomes: The outcomes that the kader declares.
        beleid: What was done with what is not known.
        aangenomen: By fact, in how many cases it was taken as no because nothing was reported.
        mislukt: By predicate, on how many cases it failed; there it counts as unknown.
        verlopen: By fact, in how many cases its value was established too long ago to count.

    Example:
        >>> import igm, numpy as np
        >>> kader = igm.kader("leiden-2021")
        >>> kader.evaluate_many({"extern_onderzoek": np.array([True, True, False])})
        Cohort('leiden-2021 1.0', n=3: AANHOUDEN 2, MEER_WETEN 1)
    """

    codes: Codes = attrs.field(converter=_locked)
    outcomes: tuple[OutcomeT, ...]
    beleid: Beleid
    aangenomen: Mapping[str, int]
    mislukt: Mapping[str, int]
    verlopen: Mapping[str, int]
    _kader: Afwegingskader[OutcomeT]
    _chunks: tuple[Chunk, ...]

    @property
    def n(self) -> int:
        """The number of cases."""
        return len(self.codes)

    def __len__(self) -> int:
        return self.n

    @cached_property
    def rows(self) -> NDArray[np.signedinteger[Any]]:
        """Per case, the number of the row of ``beslis`` that decides; below zero when there is no such row.

        Then what is not known leaves the case open: at row 0 for -1, at row 1 for -2, and so on. Where the exact
        policy does not follow the row that decides under plain logic, the number is below zero as well.

        Example:
            >>> import igm
            >>> igm.kader("leiden-2021").evaluate_many({"extern_onderzoek": [True, None]}).rows.tolist()
            [0, -2]
        """
        asked = len(self._kader.beslis)
        numbers = range(2 * asked + 1)
        states: NDArray[Any] = np.empty(self.n, dtype=np.uint8 if len(numbers) <= _SMALL else np.uint32)
        for chunk in self._chunks:
            _numbered(_decided(self._kader, chunk), numbers, states[chunk.start : chunk.start + chunk.size])
        order = np.array([*range(asked), *range(-1, -asked - 2, -1)], _row_type(asked))
        outcome = np.array(self._kader.machine.numbers, dtype=np.uint8)
        rows = np.take(order, states)
        if self.beleid is Beleid.EXACT:
            decided = np.flatnonzero(rows >= 0)
            moved = decided[outcome[rows[decided]] != self.codes[decided]]
            rows[moved] = -1 - rows[moved]
        return _locked(rows)

    def row_ids(self) -> NDArray[np.str_]:
        """Per case, the id of the row of ``beslis`` that decides; empty where ``rows`` is below zero.

        A row that a guardrail made of another one has the ids of both: ``anders/wet.zoektijd``.

        Example:
            >>> import igm
            >>> igm.kader("leiden-2021").evaluate_many({"extern_onderzoek": [True, None]}).row_ids().tolist()
            ['extern_onderzoek', '']
        """
        ids = np.array([*(row.id for row in self._kader.beslis), ""], dtype=np.str_)
        named: NDArray[np.str_] = ids[np.maximum(self.rows, -1)]
        return named

    @property
    def advies(self) -> NDArray[np.str_]:
        """Per case, the value of its advice.

        Example:
            >>> import igm
            >>> igm.kader("leiden-2021").evaluate_many({"extern_onderzoek": [True, None]}).advies.tolist()
            ['aanhouden', 'meer_weten']
        """
        return np.array([outcome.value for outcome in self.outcomes], dtype=np.str_)[self.codes]

    def counts(self) -> dict[OutcomeT, int]:
        """How many cases have each outcome; also those that nobody has."""
        found = np.bincount(self.codes, minlength=len(self.outcomes))
        return dict(zip(self.outcomes, found.tolist(), strict=True))

    def missing_counts(self) -> NDArray[np.uint16]:
        """Per case, how many unknown facts can still change the advice.

        Every distinct pattern of what is known is weighed once, however many cases have it.

        Example:
            >>> import igm
            >>> kader = igm.kader("leiden-2021")
            >>> kader.evaluate_many({"extern_onderzoek": [True, False]}).missing_counts().tolist()
            [0, 21]
        """
        counts = np.zeros(self.n, dtype=np.uint16)
        for places, found in resolved(self._kader, self._chunks, lambda pattern: pattern.missing):
            counts[places] = found
        return counts

    def table(self) -> Table:
        """How many cases have each outcome."""
        rows = [
            [outcome.label, count, 100 * count / self.n if self.n else None]
            for outcome, count in self.counts().items()
        ]
        columns = [Header("uitkomst"), Header("aantal", "right"), Header("%", "right", 1)]
        notes = [f"n = {self.n}; beleid: {self.beleid.value}"]
        notes += [
            f"aangenomen: niet gemeld, {self._kader.feiten[name].label}: {count}"
            for name, count in self.aangenomen.items()
        ]
        notes += failures(self.mislukt)
        notes += [
            f"verlopen, {self._kader.feiten[name].label}: {count}" for name, count in self.verlopen.items()
        ]
        return Table(columns, rows, title=f"{self._kader.titel}: advies", notes=notes)

    def to_dict(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        version: Literal[1] = 1
        return {
            "schema_version": version,
            "kader": attrs.asdict(self._kader.reference),
            "beleid": self.beleid.value,
            "n": self.n,
            "uitkomsten": [outcome.value for outcome in self.outcomes],
            "counts": {outcome.value: count for outcome, count in self.counts().items()},
            "aangenomen": dict(self.aangenomen),
            "mislukt": dict(self.mislukt),
            "verlopen": dict(self.verlopen),
            "codes": self.codes.tolist(),
            "rows": self.rows.tolist(),
        }

    def __repr__(self) -> str:
        counts = ", ".join(f"{outcome.label} {count}" for outcome, count in self.counts().items() if count)
        return f"Cohort({str(self._kader.reference)!r}, n={self.n}{': ' * bool(counts)}{counts})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def _decided(kader: Afwegingskader[Any], chunk: Chunk) -> list[Packed]:
    """Per row the cases that it decides, then per row those that are open at it, then those past the last row."""
    found: list[Packed] | None = None
    for mask, own in chunk.answered():
        decided, stopped = kader.machine.decide_planes(chunk.true, chunk.false, chunk.full, chunk.none, own)
        planes: list[Packed] = [*decided, *stopped]
        if mask is not chunk.full:
            planes = [plane & mask for plane in planes]
        found = planes if found is None else [one | other for one, other in zip(found, planes, strict=True)]
    assert found is not None  # noqa: S101 (every chunk has a case)
    return found


def _numbered(planes: Sequence[Packed], numbers: Sequence[int], found: NDArray[Any]) -> None:
    """Write to ``found``, per case, the number of the plane that it lies in; no number is below zero."""
    found[:] = 0
    for place in reversed(range(max(numbers).bit_length())):
        digit: Packed | None = None
        for number, plane in zip(numbers, planes, strict=True):
            if number >> place & 1:
                digit = plane if digit is None else digit | plane
        np.add(found, found, out=found)
        if digit is not None:
            np.bitwise_or(found, np.unpackbits(digit, count=len(found)), out=found)


def outcome_planes(kader: Afwegingskader[Any], chunk: Chunk) -> list[Packed]:
    """Per outcome, the cases that have it."""
    planes: list[Packed | None] = [None] * len(kader.machine.outcomes)
    numbers = [*kader.machine.numbers, *[kader.machine.unknown] * (len(kader.beslis) + 1)]
    for number, plane in zip(numbers, _decided(kader, chunk), strict=True):
        before = planes[number]
        planes[number] = plane if before is None else before | plane
    return [chunk.none if plane is None else plane for plane in planes]


def evaluate_many(
    kader: Afwegingskader[OutcomeT],
    columns: object,
    beleid: Beleid | str,
    antwoorden: object,
    datums: object,
    voortgang: Voortgang,
) -> Cohort[OutcomeT]:
    """Weigh many cases; see ``kader.evaluate_many``."""
    check_progress(voortgang)
    population = Population.of(kader, columns, antwoorden, datums)
    return weighed(kader, read_policy(beleid), population, Weighings(voortgang))[0]


def weighed(
    kader: Afwegingskader[OutcomeT], policy: Beleid, population: Population, weighings: Weighings
) -> tuple[Cohort[OutcomeT], tuple[Chunk, ...]]:
    """The advice for a population, and its planes."""
    codes, chunks = weigh_all(kader, policy, population, weighings)
    assumed = {name: population.assumed[name] for name in kader.facts_read if population.assumed.get(name)}
    failed = FrozenMapping({name: n for name, n in population.failed.items() if n})
    expired = FrozenMapping({name: n for name, n in population.expired.items() if n})
    aangenomen = FrozenMapping(assumed)
    cohort = Cohort(codes, kader.machine.outcomes, policy, aangenomen, failed, expired, kader, chunks)
    return cohort, chunks


def weigh_all(
    kader: Afwegingskader[Any], beleid: Beleid, population: Population, weighings: Weighings | None = None
) -> tuple[Codes, tuple[Chunk, ...]]:
    """The codes of a population, and its planes."""
    codes = np.empty(population.n, dtype=np.uint8)
    program = None if population.answered else kader.machine.codes(beleid, population.peildatum)
    chunks = tuple(population.chunks() if program is None else coded(program, population, codes))
    if program is None:
        cautious_codes(kader, chunks, codes)
        if beleid is Beleid.EXACT:
            for places, found in resolved(kader, chunks, lambda pattern: pattern.exact, weighings):
                codes[places] = found
    return codes, chunks


def cautious_codes(kader: Afwegingskader[Any], chunks: Sequence[Chunk], codes: Codes) -> None:
    """Write the codes under the cautious policy."""
    numbers = range(len(kader.machine.outcomes))
    for chunk in chunks:
        _numbered(outcome_planes(kader, chunk), numbers, codes[chunk.start : chunk.start + chunk.size])


def _open(kader: Afwegingskader[Any], chunk: Chunk) -> Packed:
    """Cases of which unknown facts may still change the advice."""
    found = chunk.none
    for plane in _decided(kader, chunk)[len(kader.beslis) :]:
        found = found | plane
    for name in kader.facts_asked_for:
        found = found | (chunk.full & ~chunk.known_of(name, kader.machine.bits.by_fact.get(name, ())))
    return found


def resolved(
    kader: Afwegingskader[OutcomeT],
    chunks: Sequence[Chunk],
    take: Callable[[Pattern], int],
    weighings: Weighings | None = None,
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.int64]]]:
    """Places of open cases, with something of their pattern; each distinct pattern is weighed once."""
    once = Weighings() if weighings is None else weighings
    with once.told(kader, lambda: _open_parts(kader, chunks)) as step:
        for part, places in _open_parts(kader, chunks):
            patterns, inverse = resolve(kader, part, places, once.found, step)
            yield places + part.start, np.array([take(one) for one in patterns], np.int64)[inverse]


def _open_parts(kader: Afwegingskader[Any], chunks: Sequence[Chunk]) -> Iterator[Places]:
    """Stretches of cases, with the places of those that are open."""
    for chunk in chunks:
        for part in chunk.parts(_STRETCH):
            places = np.flatnonzero(np.unpackbits(_open(kader, part), count=part.size))
            if len(places):
                yield part, places


def failures(failed: Mapping[str, int]) -> list[str]:
    """Which predicates failed, and on how many cases."""
    return [
        f"predicaat {name} mislukte bij {n} gevallen en telt daar als onbekend"
        for name, n in failed.items()
        if n
    ]
