"""Distinct patterns of what is known in a frame that runs expressions: collected, weighed once, and joined back."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.engine import Engine
from igm._engines.expressions import opened
from igm._engines.lookup import looked_up
from igm.decision.cohort_facts import JOINED
from igm.decision.conditions import Atom, JaNee
from igm.decision.frame_request import Asked
from igm.decision.own_columns import own_planes
from igm.decision.patterns import Pattern, Weighings, resolve
from igm.decision.population import Chunk
from igm.decision.stages import NO, OPEN, YES
from igm.errors import CollectWarning

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    from igm.decision.frame_weighing import Weighed
    from igm.decision.kader import Afwegingskader

_BASE: Final = 4
"""Truth has three values, and an own answer four."""

_PER_KEY: Final = 31
"""So many of them fit a whole number of 64 bits."""


@attrs.frozen
class Keys:
    """The columns of which the values make a pattern, and the whole numbers that they are written in.

    Attributes:
        parts: The columns.
        names: What the whole numbers are called.
        known: The columns of which no condition asks more than whether they are known.
    """

    parts: tuple[str, ...]
    names: tuple[str, ...]
    known: frozenset[str]

    @classmethod
    def of(cls, kader: Afwegingskader[Any], found: Weighed) -> Keys:
        """The keys of a frame; a pattern of nothing has a key as well."""
        bits, truths = kader.machine.bits, found.truths.atoms
        bare = [JaNee(name) for name in kader.facts_that_count if not bits.by_fact.get(name)]
        columns = [column for atom in (*bits.atoms, *bare) if isinstance(column := truths[atom], str)]
        parts = (*columns, *found.own.values())
        count = max(1, -(-len(parts) // _PER_KEY))
        known = frozenset(column for atom in bare if isinstance(column := truths[atom], str))
        return cls(parts, tuple(f"{found.prefix}k{number}" for number in range(count)), known)

    def expressions(self) -> dict[str, nw.Expr]:
        """The whole numbers."""
        import narwhals.stable.v2 as nw

        found: dict[str, nw.Expr] = {}
        for number, name in enumerate(self.names):
            parts = self.parts[number * _PER_KEY : (number + 1) * _PER_KEY]
            digits = [
                self._digit(part).cast(nw.Int64) * nw.lit(_BASE**place, nw.Int64)
                for place, part in enumerate(parts)
            ]
            found[name] = nw.sum_horizontal(*digits) if digits else nw.lit(0, nw.Int64)
        return found

    def _digit(self, part: str) -> nw.Expr:
        import narwhals.stable.v2 as nw

        own = nw.col(part)
        if part not in self.known:
            return own
        return nw.when(own == OPEN).then(nw.lit(OPEN)).otherwise(nw.lit(YES))

    def digits(self, keys: Mapping[str, NDArray[np.int64]]) -> dict[str, NDArray[np.uint8]]:
        """The values of the columns, by column."""
        return {
            part: (keys[self.names[number // _PER_KEY]] // _BASE ** (number % _PER_KEY) % _BASE).astype(
                np.uint8
            )
            for number, part in enumerate(self.parts)
        }


def with_patterns(asked: Asked, found: Weighed, kept: Sequence[str]) -> tuple[Any, str, str, str]:
    """A frame with, for what is open, its outcome under the exact policy and the facts that can still change it.

    Args:
        asked: What is asked.
        found: The frame, weighed under the cautious policy.
        kept: The columns that stay.

    Returns:
        The frame, and the names of the columns with the number of the outcome, the names of facts, and their number;
        null where the cautious policy decides.
    """
    import narwhals.stable.v2 as nw

    prefix = found.prefix
    keys = Keys.of(asked.kader, found)
    frame = opened(found.frame).with_columns(**keys.expressions())
    known = [found.truths.where_known(asked.kader, name) for name in asked.kader.facts_asked_for]
    undecided = nw.col(found.state) % 2 == 1
    for one in known:
        undecided = undecided if isinstance(one, bool) else undecided | ~one
    everywhere = any(one is False for one in known)
    distinct = _distinct(frame, keys.names, None if everywhere else undecided, asked.engine, prefix)
    if asked.engine.lazy:
        # said before, because the query and what follows may take long
        what = "a query runs to collect the distinct patterns of facts, each of which is then weighed and joined back"
        warnings.warn(what, CollectWarning, stacklevel=5)
    rows = collected(distinct, keys.names, lazy=asked.engine.lazy)
    patterns = weighed_patterns(asked, found, keys.digits(rows), len(rows[keys.names[0]]))
    names = (f"{prefix}exact", f"{prefix}facts", f"{prefix}facts_n")
    values: dict[str, list[Any]] = {
        names[0]: [pattern.exact for pattern in patterns],
        names[1]: [JOINED.join(pattern.facts) for pattern in patterns],
        names[2]: [pattern.missing for pattern in patterns],
    }
    if not patterns:
        number, text = nw.lit(None, nw.Int32), nw.lit(None, nw.String)
        empty = dict(zip(names, (number, text, number), strict=True))
        return frame.with_columns(**empty).select(*kept, *names).to_native(), *names
    table = {name: rows[name].tolist() for name in keys.names}
    return looked_up(frame.to_native(), asked.engine, table, values, kept), *names


def _distinct(frame: Any, names: Sequence[str], where: nw.Expr | None, engine: Engine, prefix: str) -> Any:
    """The distinct keys, of all rows or of some; rows with the same key are all among them or none is."""
    import narwhals.stable.v2 as nw

    if where is None or engine is not Engine.PYSPARK:
        return (frame if where is None else frame.filter(where)).select(*names).unique()
    # Spark writes the condition of a filter out in full down to the file that it reads, which is without end where
    # stages rest on stages; it cannot take a filter on a maximum past the grouping
    some = f"{prefix}some"
    grouped = frame.with_columns(where.cast(nw.Int8).alias(some)).group_by(*names).agg(nw.col(some).max())
    return grouped.filter(nw.col(some) == 1).select(*names)


def collected(frame: Any, names: Sequence[str], *, lazy: bool) -> dict[str, NDArray[np.int64]]:
    """Columns of whole numbers, brought here."""
    here = frame.collect(backend="pyarrow") if lazy else frame
    return {name: here[name].to_numpy().astype(np.int64) for name in names}


def weighed_patterns(
    asked: Asked, found: Weighed, digits: Mapping[str, NDArray[np.uint8]], n: int
) -> list[Pattern]:
    """What weighing each pattern gives."""
    if not n:
        return []
    part, once = (chunk_of(asked, found, digits, n), np.arange(n)), Weighings(asked.voortgang)
    with once.told(asked.kader, lambda: [part]) as step:
        patterns, inverse = resolve(asked.kader, *part, once.found, step)
    return [patterns[place] for place in inverse.tolist()]


def chunk_of(asked: Asked, found: Weighed, digits: Mapping[str, NDArray[np.uint8]], n: int) -> Chunk:
    """The planes of so many patterns."""
    kader = asked.kader
    none = np.packbits(np.zeros(n, dtype=bool))
    full = np.packbits(np.ones(n, dtype=bool))

    def where(atom: Atom, truth: int) -> NDArray[np.uint8]:
        column = found.truths.atoms[atom]
        if isinstance(column, int):
            return full if column == truth else none
        return np.packbits(digits[column] == truth)

    bits = kader.machine.bits
    known = {
        name: full ^ where(JaNee(name), OPEN) for name in kader.facts_that_count if not bits.by_fact.get(name)
    }
    return Chunk(
        start=0,
        size=n,
        true=[where(atom, YES) for atom in bits.atoms],
        false=[where(atom, NO) for atom in bits.atoms],
        known=known,
        assumed={},
        expired={},
        own=[
            own_planes(digits[found.own[question.name]]) if question.name in found.own else None
            for question in kader.vragen
        ],
        full=full,
        none=none,
        peildatum=asked.peildatum,
    )
