"""Codes of a population, written chunk by chunk as it is read."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from igm.decision.array_program import ArrayProgram
from igm.decision.columns import Packed
from igm.decision.population import Chunk, Population


def coded(program: ArrayProgram, population: Population, codes: NDArray[np.uint8]) -> Iterator[Chunk]:
    """The chunks of a population, the codes of each written as soon as it is read."""
    buffers: Packed | None = None
    for chunk in population.chunks():
        if buffers is None:
            buffers = np.empty((program.buffers, len(chunk.full)), dtype=np.uint8)
        *lower, highest = program.digits(chunk.true, chunk.false, chunk.full, chunk.none, buffers)
        found = codes[chunk.start : chunk.start + chunk.size]
        found[:] = np.unpackbits(highest, count=chunk.size)
        for digit in reversed(lower):
            np.add(found, found, out=found)
            np.bitwise_or(found, np.unpackbits(digit, count=chunk.size), out=found)
        yield chunk
