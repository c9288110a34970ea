"""How many rows of a frame have each distinct pattern of what is known, counted where the frame is."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.engine import Engine
from igm._engines.expressions import opened
from igm._engines.libraries import library
from igm._engines.packing import packed
from igm._engines.partitions import map_partitions
from igm.decision.cohort import failures
from igm.decision.frame_kernel import population_of
from igm.decision.frame_patterns import Keys, chunk_of, collected
from igm.decision.frame_request import Asked
from igm.decision.frame_weighing import weighed_frame
from igm.decision.patterns import digits_of
from igm.decision.population import Population
from igm.errors import CollectWarning, PredicateWarning

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

_STRETCH: Final = 2**14
"""So many cases are looked up at a time: a byte per condition for each of them is held."""


@attrs.frozen
class Distinct:
    """Patterns that enough rows have.

    Attributes:
        n: The number of rows, of all patterns.
        counts: How many rows have each of these patterns, the most first.
        digits: The patterns: a row each, a column per plane of `digits_of`.
    """

    n: int
    counts: NDArray[np.int64]
    digits: NDArray[np.uint8]

    @classmethod
    def of(cls, n: int, counts: NDArray[np.int64], digits: NDArray[np.uint8]) -> Distinct:
        """The patterns in an order that does not depend on the engine."""
        order = np.lexsort((*reversed(digits.T), -counts))
        return cls(n, counts[order], digits[order])


def distinct(asked: Asked, least: int) -> Distinct:
    """The patterns that at least so many rows have; what fewer have does not leave the engine."""
    if asked.engine.by_expression:
        return _by_expression(asked, least)
    width = _width(asked.kader)
    if asked.engine is Engine.DASK:
        n, keys = _by_partition(asked, least)
    else:
        population = population_of(asked)
        keys = _counted(asked.kader, population)
        n = population.n
        for failure in failures(population.failed):
            warnings.warn(failure, PredicateWarning, stacklevel=5)
    listed = [(key, count) for key, count in keys.items() if count >= least]
    packed = np.frombuffer(b"".join(key for key, _ in listed), np.uint8).reshape(len(listed), -(-width // 8))
    counts = np.array([count for _, count in listed], np.int64)
    return Distinct.of(n, counts, np.unpackbits(packed, axis=1, count=width))


def _width(kader: Afwegingskader[Any]) -> int:
    """The number of planes that make a pattern."""
    return 2 * len(kader.machine.bits.atoms) + len(kader.facts_that_count) + 3 * len(kader.vragen)


def _counted(kader: Afwegingskader[Any], population: Population) -> dict[bytes, int]:
    """How many cases have each pattern, by its digits, eight in a byte."""
    found: dict[bytes, int] = {}
    for keys in _keys(kader, population):
        as_bytes = keys.view(np.dtype((np.void, keys.shape[1]))).ravel()
        _, first, counts = np.unique(as_bytes, return_index=True, return_counts=True)
        for place, count in zip(first.tolist(), counts.tolist(), strict=True):
            key = keys[place].tobytes()
            found[key] = found.get(key, 0) + count
    return found


def _keys(kader: Afwegingskader[Any], population: Population) -> Iterator[NDArray[np.uint8]]:
    for chunk in population.chunks():
        for part in chunk.parts(_STRETCH):
            digits = digits_of(kader, part, np.arange(part.size))
            yield np.ascontiguousarray(np.packbits(digits, axis=1))


def _by_partition(asked: Asked, least: int) -> tuple[int, dict[bytes, int]]:
    """The patterns of every partition, added where the data is."""
    dask = library("dask")
    listed = map_partitions(asked.frame, partial(_part, attrs.evolve(asked, frame=None)), asked.read)
    counts = listed.groupby("key")["n"].sum()
    enough, n = dask.compute(counts[counts >= least], counts.sum())
    _warn(len(enough))
    return int(n), {bytes.fromhex(key): int(count) for key, count in enough.items()}


def _part(asked: Asked, part: Any) -> Any:
    """One partition, which is a frame of pandas."""
    pd = library("pandas")
    here = attrs.evolve(asked, frame=part, engine=Engine.PANDAS)
    found = _counted(asked.kader, population_of(here))
    keys = pd.array([key.hex() for key in found], dtype="string")
    return pd.DataFrame({"key": keys, "n": np.array(list(found.values()), np.int64)})


def _by_expression(asked: Asked, least: int) -> Distinct:
    import narwhals.stable.v2 as nw

    found = weighed_frame(asked, packed(asked.frame, asked.engine, asked.schema, asked.looked_at, []))
    keys, number, state = Keys.of(asked.kader, found), f"{found.prefix}rows", f"{found.prefix}state"
    frame = opened(found.frame).with_columns(**keys.expressions())
    # the state cannot be computed where a value is wrong, so that asking for it makes such a query fail
    counted = frame.group_by(*keys.names).agg(
        nw.len().cast(nw.Int64).alias(number), nw.col(found.state).max().cast(nw.Int64).alias(state)
    )
    if least > 1:
        few = [nw.when(nw.col(number) >= least).then(nw.col(name)).otherwise(-1) for name in keys.names]
        counted = counted.with_columns(*(one.alias(name) for one, name in zip(few, keys.names, strict=True)))
        counted = counted.group_by(*keys.names).agg(nw.col(number).sum(), nw.col(state).max())
    rows = collected(counted, [*keys.names, number, state], lazy=asked.engine.lazy)
    enough = rows[keys.names[0]] >= 0
    if asked.engine.lazy:
        _warn(int(enough.sum()))
    chosen = {name: column[enough] for name, column in rows.items()}
    counts, n = chosen[number], int(rows[number].sum())
    if not len(counts):
        return Distinct(n, counts, np.empty((0, _width(asked.kader)), np.uint8))
    chunk = chunk_of(asked, found, keys.digits(chosen), len(counts))
    return Distinct.of(n, counts, digits_of(asked.kader, chunk, np.arange(len(counts))))


def _warn(n: int) -> None:
    warnings.warn(f"a query ran to collect {n} distinct patterns of facts", CollectWarning, stacklevel=6)
