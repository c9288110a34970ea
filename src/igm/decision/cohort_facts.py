"""Per case how many facts are unknown, were taken as no, or have expired, and which can still change the advice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from igm.decision.cohort import resolved
from igm.decision.columns import Packed
from igm.decision.patterns import Pattern, Weighings
from igm.decision.population import Chunk

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

Counts = NDArray[np.int32]
JOINED = ", "


def open_facts(kader: Afwegingskader[Any], chunks: Sequence[Chunk], n: int) -> Counts:
    """Per case, how many of the facts that are read are unknown."""
    by_fact = kader.machine.bits.by_fact

    def planes(chunk: Chunk) -> Iterator[Packed]:
        for name in kader.facts_read:
            yield ~chunk.known_of(name, by_fact.get(name, ()))

    return counted(chunks, n, planes)


def counted(chunks: Sequence[Chunk], n: int, planes: Callable[[Chunk], Iterable[Packed]]) -> Counts:
    """Per case, in how many of the planes it lies."""
    found = np.zeros(n, dtype=np.int32)
    for chunk in chunks:
        part = found[chunk.start : chunk.start + chunk.size]
        for plane in planes(chunk):
            part += np.unpackbits(plane, count=chunk.size)
    return found


def missing_facts(
    kader: Afwegingskader[Any], chunks: Sequence[Chunk], n: int, weighings: Weighings
) -> tuple[NDArray[np.object_], Counts]:
    """Per case, the names of unknown facts that can still change the advice, and how many there are."""
    numbers: dict[tuple[str, ...], int] = {(): 0}
    places = np.zeros(n, dtype=np.intp)

    def number(one: Pattern) -> int:
        return numbers.setdefault(one.facts, len(numbers))

    for where, found in resolved(kader, chunks, number, weighings):
        places[where] = found
    texts = np.empty(len(numbers), dtype=object)
    texts[:] = [JOINED.join(facts) for facts in numbers]
    return texts[places], np.array([len(facts) for facts in numbers], dtype=np.int32)[places]
