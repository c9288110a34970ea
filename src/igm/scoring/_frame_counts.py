"""How often each item of a questionnaire is answered in a frame, and which values are no answer."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np

from igm._engines._codes import folded
from igm._engines.arrays import STRETCH, cells, floats, length_of
from igm._engines.counting import (
    Count,
    Look,
    count_by_expression,
    counted_values,
    present,
    raw_text,
    summed,
)
from igm._engines.engine import Engine
from igm._engines.expressions import Expr, folded_text
from igm._engines.libraries import library, narwhals
from igm._engines.recoding import Codes, recoded, recoded_cells
from igm._engines.schema import Schema
from igm.constructs._base import plain_number
from igm.constructs.schaal import Schaal
from igm.scoring._frame_arrays import codes_of
from igm.scoring._frame_columns import Found, Source, usable
from igm.scoring._frame_long import asked_items
from igm.scoring._frame_strays import Strays, added, looked_for, read, strays


@attrs.frozen
class Counted:
    """What is held of all items that were found."""

    rows: int
    other: int
    items: tuple[Count, ...]
    strays: Strays


def by_expression(frame: Any, schema: Schema, found: Found, schaal: Schaal, engine: Engine) -> Counted:
    """Counted by the engine itself, in one query."""
    nw = narwhals()
    asked = None if found.item is None else nw.col(found.item.ref).cast(nw.String)
    named = found.values
    looks = [
        _look(source, schaal, engine, None if asked is None else asked.is_in(named[source.item.id]))
        for source in found.sources
    ]
    columns = [source.column for source in found.sources]
    if found.item is None or asked is None:
        told = count_by_expression(frame, engine, columns, looks)
        return Counted(told.rows, 0, told.looks, Strays({}))
    every = [value for some in named.values() for value in some]
    other = nw.coalesce(~asked.is_in(every), nw.lit(value=True))
    strays = looked_for(frame, schema, found)
    told = count_by_expression(frame, engine, [*columns, found.item], looks, other, strays)
    return Counted(told.rows, told.other, told.looks, read(told.more))


def _look(source: Source, schaal: Schaal, engine: Engine, here: Expr | None) -> Look:
    nw = narwhals()
    column, codes = source.column, codes_of(source, schaal)
    known = wrong = present(column)
    if usable(source, engine):
        value = recoded(column, codes)
        known = ~value.is_null()
        wrong = (value < schaal.minimum) | (value > schaal.maximum) | (value != value.floor())
    coded = None
    if source.codes and column.kind.number:
        coded = nw.col(column.ref).cast(nw.Float64).is_in(list(codes.numbers))
    elif source.codes:
        coded = folded_text(column).is_in(list(codes.texts))
    raw = None if source.item.construct.info.sensitive else raw_text(column)
    return Look(known, wrong, coded, raw, here)


def in_memory(frame: Any, engine: Engine, found: Found, schaal: Schaal) -> Counted:
    """Counted with NumPy, a stretch of rows at a time."""
    n = length_of(frame, engine)
    asked = None if found.item is None else asked_items(frame, engine, found.item, found, n)
    parts: list[list[Count]] = [[] for _ in found.sources]
    for start in range(0, n, STRETCH):
        stop = min(start + STRETCH, n)
        for place, source in enumerate(found.sources):
            here = np.ones(stop - start, dtype=bool) if asked is None else asked[start:stop] == place
            parts[place].append(_stretch(frame, engine, source, schaal, start, stop, here))
    items = tuple(summed(part) for part in parts)
    if asked is None:
        return Counted(n, 0, items, Strays({}))
    return Counted(n, int((asked < 0).sum()), items, strays(frame, engine, found, asked))


def _stretch(
    frame: Any, engine: Engine, source: Source, schaal: Schaal, start: int, stop: int, here: Any
) -> Count:
    column = source.column
    part = cells(frame, engine, column, start, stop)
    codes = codes_of(source, schaal)
    if usable(source, engine):
        value = recoded_cells(part, column, codes)
        known = ~np.isnan(value)
        wrong = (value < schaal.minimum) | (value > schaal.maximum) | ((np.rint(value) != value) & known)
    else:
        absent = np.zeros(stop - start, dtype=bool) if part.missing is None else part.missing
        if part.values.dtype.kind in "Mm":
            absent = absent | np.isnat(part.values)
        wrong = known = ~absent
    coded: Any = np.zeros(stop - start, dtype=bool)
    if source.codes and column.kind.number:
        coded = np.isin(floats(part), list(codes.numbers))
    elif source.codes:
        coded = np.array([_has_code(one, codes) for one in part.values.tolist()], dtype=bool)
    masked = source.item.construct.info.sensitive
    values = {} if masked else counted_values(part.values[here & wrong].tolist())
    counts = (here & known & ~wrong, here & ~known, here & wrong, here & coded)
    answered, missing, unusable, recoded_ = (int(one.sum()) for one in counts)
    return Count(answered, missing, unusable, recoded_, values)


def _has_code(value: object, codes: Codes) -> bool:
    if isinstance(value, str):
        return folded(value) in codes.texts
    number = plain_number(value)
    return isinstance(number, (int, float)) and not isinstance(number, bool) and number in codes.numbers


@attrs.frozen
class _OnPartition:
    found: Found
    schaal: Schaal

    def __call__(self, frame: Any) -> Counted:
        return in_memory(frame, Engine.PANDAS, self.found, self.schaal)


def on_dask(frame: Any, found: Found, schaal: Schaal) -> Counted:
    """Counted per partition, and added up."""
    dask = library("dask")
    if found.people:  # what somebody answers stands in one partition then
        frame = frame.shuffle(on=[person.name for person in found.people])
    work = _OnPartition(found, schaal)
    parts: list[Counted] = list(dask.compute(*map(dask.delayed(work), frame.to_delayed())))
    items = tuple(summed([part.items[place] for part in parts]) for place in range(len(found.sources)))
    rows, other = sum(part.rows for part in parts), sum(part.other for part in parts)
    return Counted(rows, other, items, added([part.strays for part in parts]))
