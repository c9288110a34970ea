"""How often each item of a questionnaire is answered in a frame, and which values are no answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import numpy as np

from igm._engines._codes import WHITE_SPACE, folded
from igm._engines.arrays import STRETCH, cells, floats, length_of
from igm._engines.engine import Engine
from igm._engines.expressions import Expr, clean, opened
from igm._engines.libraries import library, narwhals
from igm._engines.output import free_name
from igm._engines.recoding import recoded, recoded_cells
from igm._engines.schema import Kind, Schema
from igm.constructs.schaal import Schaal
from igm.scoring._frame_arrays import codes_of
from igm.scoring._frame_columns import Found, Source, usable
from igm.scoring._frame_long import asked_items


@attrs.frozen
class Count:
    """What is held of one item; examples are the smallest and the largest unusable value."""

    answered: int
    missing: int
    unusable: int
    recoded: int
    examples: tuple[Any, ...]


@attrs.frozen
class Counted:
    """What is held of all items that were found."""

    rows: int
    other: int
    items: tuple[Count, ...]


def by_expression(frame: Any, schema: Schema, found: Found, schaal: Schaal, engine: Engine) -> Counted:
    """Counted by the engine itself, in one query."""
    nw = narwhals()
    at = free_name(schema, "igm__")
    made: dict[str, Expr] = {}
    figures: list[Expr] = [nw.len().alias(f"{at}rows")]
    asked = None if found.item is None else nw.col(found.item.name).cast(nw.String)
    named = found.values
    for place, source in enumerate(found.sources):
        own = clean(source.column)
        if not source.column.kind.number:
            own = (
                own.cast(nw.String) if source.column.kind is not Kind.OTHER else nw.lit(None).cast(nw.String)
            )
        there = ~nw.col(source.column.name).is_null() if source.column.kind is Kind.OTHER else ~own.is_null()
        codes = codes_of(source, schaal)
        if usable(source, engine):
            value = recoded(source.column, codes)
            wrong = (value < schaal.minimum) | (value > schaal.maximum) | (value != value.floor())
            known = ~value.is_null()
        else:
            wrong = known = there
        here = nw.lit(value=True) if asked is None else asked.is_in(named[source.item.id])
        coded = (
            own.is_in(list(codes.numbers))
            if source.column.kind.number
            else _text(own).is_in(list(codes.texts))
        )
        flags = {
            "h": here,
            "k": here & known,
            "w": here & wrong,
            "r": here & coded & there if source.codes else nw.lit(value=False),
        }
        for part, flag in flags.items():
            made[f"{at}{part}{place}"] = nw.when(flag).then(nw.lit(1)).otherwise(0)
            figures.append(nw.col(f"{at}{part}{place}").sum())
        made[f"{at}x{place}"] = nw.when(here & wrong).then(own)
        figures.append(nw.col(f"{at}x{place}").min().alias(f"{at}l{place}"))
        figures.append(nw.col(f"{at}x{place}").max().alias(f"{at}m{place}"))
    if asked is not None:
        every = [value for some in named.values() for value in some]
        made[f"{at}other"] = nw.when(asked.is_in(every)).then(nw.lit(0)).otherwise(1)
        figures.append(nw.col(f"{at}other").sum())
    result = opened(frame).with_columns(**made).select(*figures)
    row = (result.collect() if engine.lazy else result).rows(named=True)[0]
    items = tuple(_count(row, at, place) for place in range(len(found.sources)))
    return Counted(int(row[f"{at}rows"]), int(row.get(f"{at}other") or 0), items)


def _text(own: Expr) -> Expr:
    return own.str.strip_chars(WHITE_SPACE).str.to_lowercase()


def _count(row: dict[str, Any], at: str, place: int) -> Count:
    here, known, wrong, coded = (int(row[f"{at}{part}{place}"] or 0) for part in "hkwr")
    return Count(known - wrong, here - known, wrong, coded, (row[f"{at}l{place}"], row[f"{at}m{place}"]))


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
    other = 0 if asked is None else int((asked < 0).sum())
    return Counted(n, other, tuple(_sum(part) for part in parts))


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
        coded = np.array(
            [isinstance(one, str) and folded(one) in codes.texts for one in part.values.tolist()], dtype=bool
        )
    examples = part.values[here & wrong].tolist()
    counts = (here & known & ~wrong, here & ~known, here & wrong, here & coded)
    answered, missing, unusable, recoded_ = (int(one.sum()) for one in counts)
    return Count(answered, missing, unusable, recoded_, _ends(examples))


def _ends(values: Iterable[Any]) -> tuple[Any, ...]:
    """The smallest and the largest; of what cannot be ordered, by how it is written."""
    distinct = {str(value): value for value in values if value is not None}
    if not distinct:
        return ()
    try:
        ordered = sorted(distinct.values())
    except TypeError:
        ordered = [distinct[text] for text in sorted(distinct)]
    return (ordered[0], ordered[-1])


def _sum(parts: Sequence[Count]) -> Count:
    return Count(
        sum(part.answered for part in parts),
        sum(part.missing for part in parts),
        sum(part.unusable for part in parts),
        sum(part.recoded for part in parts),
        _ends(value for part in parts for value in part.examples),
    )


@attrs.frozen
class _OnPartition:
    found: Found
    schaal: Schaal

    def __call__(self, frame: Any) -> Any:
        pd = library("pandas")
        counted = np.empty(1, dtype=object)
        counted[0] = in_memory(frame, Engine.PANDAS, self.found, self.schaal)
        return pd.DataFrame({"counted": counted})


def on_dask(frame: Any, found: Found, schaal: Schaal) -> Counted:
    """Counted per partition, and added up."""
    dask = library("dask")
    work = _OnPartition(found, schaal)
    made = dask.compute(*map(dask.delayed(work), frame.to_delayed()))
    parts: list[Counted] = [one["counted"].iloc[0] for one in made]
    items = tuple(_sum([part.items[place] for part in parts]) for place in range(len(found.sources)))
    return Counted(sum(part.rows for part in parts), sum(part.other for part in parts), items)
