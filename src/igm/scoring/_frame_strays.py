"""Rows of a long frame that name no item, answer an item a second time, or are of nobody: how many, and the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.arrays import cells, length_of
from igm._engines.counting import LISTED, as_text, counted_values, most
from igm._engines.engine import Engine
from igm._engines.expressions import Expr, opened
from igm._engines.libraries import narwhals
from igm._engines.output import free_name
from igm._engines.report import RowReport, plain
from igm._engines.schema import ColumnType, Kind, Schema
from igm.errors import named
from igm.scoring._frame_columns import Found
from igm.scoring._frame_people import codes_by_person, together, who


@attrs.frozen
class Strays:
    """Counts by what is told of rows: a name, or whose answer it is to which item as one text.

    Attributes:
        names: Rows by the name that is no item.
        repeated_rows: Number of second answers of somebody to an item.
        repeated: Number of answers, where there are several of somebody to an item.
        nobody_rows: Number of answers of nobody.
        nobody: Number of answers of nobody, by what is told of whose they are and by item.
    """

    names: Mapping[str, int]
    repeated_rows: int = 0
    repeated: Mapping[str, int] = attrs.field(factory=dict[str, int])
    nobody_rows: int = 0
    nobody: Mapping[str, int] = attrs.field(factory=dict[str, int])


def added(parts: Sequence[Strays]) -> Strays:
    """The counts of parts of a frame of which no two hold answers of one person."""
    names, repeated, nobody = Counter[str](), Counter[str](), Counter[str]()
    for part in parts:
        names.update(part.names)
        repeated.update(part.repeated)
        nobody.update(part.nobody)
    rows = (sum(part.repeated_rows for part in parts), sum(part.nobody_rows for part in parts))
    return Strays(names, rows[0], repeated, rows[1], nobody)


def reports(counts: Mapping[str, int], found: Found) -> tuple[RowReport, ...]:
    """What is told of rows that occur most."""
    return tuple(_report(text, count, found) for text, count in _most(counts).items())


def _most(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:LISTED])


# whose answer it is to which item, as one text: each part with its length before it, so that none runs into another


def _coded(person: Sequence[str | None], item: int) -> str:
    told = ("-:" if one is None else f"{len(one)}:{one}" for one in person)
    return f"{''.join(told)}{item}"


def _report(text: str, count: int, found: Found) -> RowReport:
    person: list[str | None] = []
    for column in found.people:
        size, _, text = text.partition(":")
        own = None if size == "-" else text[: int(size)]
        text = text[0 if own is None else len(own) :]
        if own is not None:
            own = str(named(plain(own) if column.kind is Kind.FLOAT else own))
        person.append(own)
    return RowReport(tuple(person), found.sources[int(text)].item.id, count)


# engines with expressions of their own


def looked_for(frame: Any, schema: Schema, found: Found) -> list[Any]:
    """Frames with counts, for `count_by_expression`; what they give is read by `read`."""
    nw = narwhals()
    assert found.item is not None  # noqa: S101 (it is a long frame)
    at = free_name(schema, "igm__")
    asked, place, n, nobody = (f"{at}{name}" for name in ("item", "place", "n", "nobody"))
    somebody = [f"{at}p{number}" for number in range(len(found.people))]
    named = found.values
    numbered: Expr = nw.lit(None).cast(nw.Int32)
    for number, source in reversed(list(enumerate(found.sources))):
        here = nw.col(asked).is_in(named[source.item.id])
        numbered = nw.when(here).then(nw.lit(number).cast(nw.Int32)).otherwise(numbered)
    people = {name: who(person) for name, person in zip(somebody, found.people, strict=True)}
    rows = opened(frame).with_columns(**{asked: nw.col(found.item.ref).cast(nw.String)}, **people)
    rows = rows.with_columns(**{place: numbered})
    names = rows.filter(nw.col(place).is_null() & ~nw.col(asked).is_null()).select(value=nw.col(asked))
    told = names.group_by("value").agg(nw.len().cast(nw.Int64).alias("count"))
    answers = rows.filter(~nw.col(place).is_null()).group_by(*somebody, place)
    absent = nw.any_horizontal(*(nw.col(name).is_null() for name in somebody), ignore_nulls=True)
    answers = answers.agg(nw.len().cast(nw.Int64).alias(n)).with_columns(**{nobody: absent})
    again = answers.filter(~nw.col(nobody) & (nw.col(n) > 1))
    gone = answers.filter(nw.col(nobody))
    parts = [_part(name, person) for name, person in zip(somebody, found.people, strict=True)]
    value = nw.concat_str([*parts, nw.col(place).cast(nw.String)], separator="")
    found_rows = [most(told)]
    for some, more in ((again, nw.col(n) - 1), (gone, nw.col(n))):
        total = nw.coalesce(more.sum().cast(nw.Int64), nw.lit(0)).alias("count")
        found_rows += [
            some.select(total).with_columns(nw.lit("").alias("value")),
            most(some.select(value=value, count=nw.col(n))),
        ]
    return found_rows


def _part(name: str, person: ColumnType) -> Expr:
    nw = narwhals()
    # of what has no text nothing can be told but that it is there
    own = nw.lit("?") if person.kind is Kind.OTHER else nw.col(name).cast(nw.String)
    told = nw.concat_str([own.str.len_chars().cast(nw.String), nw.lit(":"), own], separator="")
    return nw.when(~nw.col(name).is_null()).then(told).otherwise(nw.lit("-:"))


def read(more: Sequence[Mapping[str, int]]) -> Strays:
    """What the frames of `looked_for` gave."""
    names, again, repeated, gone, nobody = more
    return Strays(names, again.get("", 0), repeated, gone.get("", 0), nobody)


# frames in memory


def strays(frame: Any, engine: Engine, found: Found, asked: NDArray[np.int64]) -> Strays:
    """What a frame in memory holds.

    Args:
        frame: The frame.
        engine: What holds it.
        found: What of it is read.
        asked: Which item each row answers; below zero for none.
    """
    assert found.item is not None  # noqa: S101 (it is a long frame)
    n = length_of(frame, engine)
    items = cells(frame, engine, found.item, 0, n)
    there = asked < 0 if items.missing is None else (asked < 0) & ~items.missing
    names = counted_values(items.values[there].tolist())
    columns = [codes_by_person(frame, engine, person) for person in found.people]
    used = np.flatnonzero(asked >= 0)
    _, first, counts = np.unique(together([*columns, asked])[used], return_index=True, return_counts=True)
    row = used[first]
    nobody = reduce(np.logical_or, (codes[row] < 0 for codes in columns))
    again = ~nobody & (counts > 1)

    def told(which: NDArray[np.bool_]) -> dict[str, int]:
        if not which.any():
            return {}
        texts = [_texts(frame, engine, *one, row[which]) for one in zip(found.people, columns, strict=True)]
        own = zip(*texts, strict=True)
        listed = zip(own, asked[row[which]].tolist(), counts[which].tolist(), strict=True)
        return _most({_coded(person, item): count for person, item, count in listed})

    return Strays(names, int((counts[again] - 1).sum()), told(again), int(counts[nobody].sum()), told(nobody))


def _texts(
    frame: Any, engine: Engine, person: ColumnType, codes: NDArray[np.int64], rows: NDArray[np.int64]
) -> list[str | None]:
    if person.kind is Kind.OTHER:
        return [None if codes[row] < 0 else "?" for row in rows.tolist()]
    values = cells(frame, engine, person, 0, len(codes)).values
    values = values.astype("datetime64[us]") if values.dtype.kind == "M" else values
    return [None if codes[row] < 0 else as_text(values[row]) for row in rows.tolist()]
