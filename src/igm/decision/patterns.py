"""Cases with the same pattern of what is known: each distinct pattern is weighed once."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._progress import Voortgang, progress
from igm.decision.atoms import holds
from igm.decision.casus import Casus
from igm.decision.completions import NOT_APPLICABLE, CellValue
from igm.decision.conditions import Known
from igm.decision.gegeven import EigenAntwoord
from igm.decision.population import Chunk
from igm.decision.program import own_codes
from igm.decision.truth import Antwoord
from igm.decision.weighing import relevance

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

AT_THE_CASE: Final = "het argument staat bij de zaak"
"""Said of an own answer where its argument is not at hand."""


@attrs.frozen
class Pattern:
    """What weighing a pattern gives.

    Attributes:
        exact: The number of the outcome under the exact policy.
        facts: The unknown facts that can still change the advice, what turns it most often first.
    """

    exact: int
    facts: tuple[str, ...]

    @property
    def missing(self) -> int:
        """How many unknown facts can still change the advice."""
        return len(self.facts)


def digits_of(kader: Afwegingskader[Any], chunk: Chunk, places: NDArray[np.intp]) -> NDArray[np.uint8]:
    """Zeros and ones that tell apart what a kader tells apart: a row per case, a column per plane.

    The planes are where each condition is true, where it is false, where each fact is known, and three per question:
    where its own answer is ja, nee and twijfel.
    """
    by_fact = kader.machine.bits.by_fact
    planes = [*chunk.true, *chunk.false]
    planes += [chunk.known_of(name, by_fact.get(name, ())) for name in kader.facts_that_count]
    for own in chunk.own:
        planes += own or (chunk.none,) * 3
    digits = np.empty((len(places), len(planes)), dtype=np.uint8)
    for column, plane in enumerate(planes):
        digits[:, column] = np.unpackbits(plane, count=chunk.size)[places]
    return digits


Places: TypeAlias = tuple[Chunk, NDArray[np.intp]]
"""A stretch of cases, and places in it."""


@attrs.frozen
class Weighings:
    """What weighing gave, so that no pattern is weighed twice.

    Attributes:
        voortgang: Who is told how many patterns were weighed.
        found: What it gave, by the digits of a pattern.
    """

    voortgang: Voortgang = False
    found: dict[bytes, Pattern] = attrs.field(factory=dict[bytes, Pattern])

    @contextmanager
    def told(
        self, kader: Afwegingskader[Any], parts: Callable[[], Iterable[Places]]
    ) -> Generator[Callable[[], None], None, None]:
        """What is called after each pattern that is weighed; how many there are is only counted for who is told."""
        new = set[bytes]()
        if self.voortgang is not False:
            for chunk, places in parts():
                new |= set(_keyed(kader, chunk, places)[1]) - self.found.keys()
        with progress(self.voortgang if new else False, len(new), f"weigh {kader.id}") as step:
            yield step


def _keyed(
    kader: Afwegingskader[Any], chunk: Chunk, places: NDArray[np.intp]
) -> tuple[NDArray[np.uint8], dict[bytes, int], NDArray[np.intp]]:
    """The digits of some cases, a case for each distinct pattern, and per case the number of its pattern."""
    digits = digits_of(kader, chunk, places)
    keys = np.ascontiguousarray(np.packbits(digits, axis=1))
    as_bytes = keys.view(np.dtype((np.void, keys.shape[1]))).ravel()
    _, first, inverse = np.unique(as_bytes, return_index=True, return_inverse=True)
    return digits, {keys[place].tobytes(): place for place in first.tolist()}, inverse


def resolve(
    kader: Afwegingskader[Any],
    chunk: Chunk,
    places: NDArray[np.intp],
    weighed: dict[bytes, Pattern],
    step: Callable[[], None],
) -> tuple[list[Pattern], NDArray[np.intp]]:
    """The distinct patterns of some cases, and per case the number of its pattern.

    Args:
        kader: The kader.
        chunk: The planes.
        places: The cases, counted from the start of the chunk.
        weighed: What was weighed before; what is new is added.
        step: Called after each pattern that is weighed.
    """
    digits, keys, inverse = _keyed(kader, chunk, places)
    found: list[Pattern] = []
    for key, place in keys.items():
        if key not in weighed:
            weighed[key] = _weigh(kader, digits[place].tolist(), chunk.peildatum)
            step()
        found.append(weighed[key])
    return found, inverse


def _weigh(kader: Afwegingskader[Any], digits: list[int], peildatum: date | None) -> Pattern:
    casus = representative(kader, digits, peildatum)
    trace = kader.machine.decide(casus.true, casus.false, casus.own)
    found = relevance(kader, casus, trace)
    facts = sorted(found.shares, key=lambda name: (-(found.shares[name] or 0.0), kader.order[name]))
    return Pattern(found.number(kader, trace), tuple(facts))


def representative(kader: Afwegingskader[Any], digits: list[int], peildatum: date | None) -> Casus:
    """A case with this pattern: it has other values than those who share it, but no condition tells them apart.

    Args:
        kader: The kader.
        digits: The pattern, as `digits_of` tells it.
        peildatum: Reference date.
    """
    width = len(kader.machine.bits.atoms)
    true = sum(digit << bit for bit, digit in enumerate(digits[:width]))
    false = sum(digit << bit for bit, digit in enumerate(digits[width : 2 * width]))
    rest = digits[2 * width :]
    known = {name for name, digit in zip(kader.facts_that_count, rest, strict=False) if digit}
    own = rest[len(kader.facts_that_count) :]
    effective: dict[str, CellValue] = {}
    for name in kader.facts_that_count:
        if name in known:
            read = [
                (atom, bit)
                for atom, bit in kader.machine.bits.by_fact.get(name, ())
                if not isinstance(atom, Known)
            ]
            options = kader.machine.options(name, peildatum)
            effective[name] = next(
                (
                    value
                    for value in options
                    if all(holds(atom, value, peildatum) == bool(true >> bit & 1) for atom, bit in read)
                ),
                NOT_APPLICABLE,
            )
    for name, predicate in kader.predicates.items():
        bit = kader.machine.bits.index[predicate]
        if (true | false) >> bit & 1:
            effective[name] = bool(true >> bit & 1)
    answers = {
        question.name: EigenAntwoord(answer, AT_THE_CASE)
        for number, question in enumerate(kader.vragen)
        for place, answer in enumerate((Antwoord.JA, Antwoord.NEE, Antwoord.TWIJFEL))
        if own[3 * number + place]
    }
    return Casus(
        kader=kader.id,
        kader_hash=kader.hash,
        values={},
        antwoorden=answers,
        peildatum=peildatum,
        effective=effective,
        true=true,
        false=false,
        own=own_codes(kader.vragen, {name: answer.antwoord for name, answer in answers.items()}),
    )
