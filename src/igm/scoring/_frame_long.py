"""Frames with a row per answer: from a row per person and item to a row per person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.arrays import cells, length_of
from igm._engines.engine import Engine
from igm._engines.expressions import Expr, opened
from igm._engines.libraries import narwhals
from igm._engines.output import free_name
from igm._engines.recoding import recoded, recoded_cells
from igm._engines.refusal import Refusal
from igm._engines.schema import ColumnType, Schema
from igm.constructs._base import SHOWN, raise_capped, shown
from igm.constructs.schaal import Schaal
from igm.errors import InputError, Problem, suggestion
from igm.scoring._array import CHUNK
from igm.scoring._frame_arrays import codes_of
from igm.scoring._frame_columns import Found
from igm.scoring._frame_expressions import Reading
from igm.scoring._frame_people import codes_by_person, taken, together, who
from igm.scoring.protocols import FloatArray

_ONCE: Final = (
    "Leave one out; of people who answer at several moments, name the columns of both: person=['ref', 'wave']. "
    "igm.check(frame, lijst, columns) counts them all."
)


def read_long(frame: Any, schema: Schema, found: Found, schaal: Schaal) -> tuple[Reading, list[Refusal]]:
    """The answers of a long frame by expressions: one column per item, in a row per person."""
    nw = narwhals()
    people, item = found.people, found.item
    assert item is not None  # noqa: S101 (it is a long frame)
    temporary = free_name(schema, "igm__")
    asked = f"{temporary}item"
    values: dict[tuple[Any, ...], str] = {}
    # names of our own: engines read dots and quotes in a name to group by as more than signs
    somebody = [f"{temporary}p{place}" for place in range(len(people))]
    made: dict[str, Expr] = {asked: nw.col(item.ref).cast(nw.String)}
    made |= {name: who(person) for name, person in zip(somebody, people, strict=True)}
    for source in found.sources:
        if source.codes not in values:
            values[source.codes] = f"{temporary}v{len(values)}"
            made[values[source.codes]] = recoded(source.column, codes_of(source, schaal))
    answers: list[str] = []
    picked: dict[str, Expr] = {}
    named = found.values
    for place, source in enumerate(found.sources):
        name = f"{temporary}a{place}"
        here = nw.col(asked).is_in(named[source.item.id])
        picked[name] = nw.when(here).then(nw.col(values[source.codes]))
        picked[f"{temporary}c{place}"] = nw.when(here).then(nw.lit(1)).otherwise(0)
        answers.append(name)
    grouped = (
        opened(frame)
        .select(**made)
        .filter(nw.col(asked).is_in([value for some in named.values() for value in some]))
        .with_columns(**picked)
        .group_by(*somebody)
        .agg(
            *[nw.col(name).max() for name in answers],
            *[nw.col(f"{temporary}c{place}").sum() for place in range(len(answers))],
        )
    )
    twice = [nw.col(f"{temporary}c{place}") > 1 for place in range(len(answers))]
    grouped = grouped.with_columns(
        **{f"{temporary}d{place}": flag for place, flag in enumerate(twice)},
        **{f"{temporary}n{place}": nw.col(name).is_null() for place, name in enumerate(somebody)},
        **{person.name: nw.col(name) for name, person in zip(somebody, people, strict=True)},
    )
    refusals = [
        Refusal(
            f"{temporary}n{place}",
            f"igm: column {person.name!r} does not say whose answer it is; igm.check(frame, lijst, columns) lists all",
        )
        for place, person in enumerate(people)
    ]
    refusals += [
        Refusal(
            f"{temporary}d{place}",
            f"igm: somebody has two answers to item {source.item.id!r}; igm.check(frame, lijst, columns) lists all",
        )
        for place, source in enumerate(found.sources)
    ]
    return Reading(grouped, answers, [True] * len(answers), temporary), refusals


@attrs.frozen
class Long:
    """The answers of a long frame in memory, a row per person."""

    block: FloatArray
    rows: NDArray[np.int64]
    frame: Any
    engine: Engine
    column: ColumnType

    def __len__(self) -> int:
        return int(self.block.shape[1])

    def stretches(self) -> Iterator[tuple[int, FloatArray]]:
        for start in range(0, len(self), CHUNK):
            yield start, self.block[:, start : start + CHUNK]

    def raw(self, place: int, row: int) -> tuple[str, object]:
        found = int(self.rows[place, row])
        return str(found), cells(self.frame, self.engine, self.column, found, found + 1).values[0]


def table_of(frame: Any, engine: Engine, found: Found, schaal: Schaal) -> tuple[Any, Long]:
    """A frame with a row per person in the order in which they first occur, and the answers of each.

    Raises:
        InputError: ``duplicate-name`` for two answers of a person to one item, ``missing-field`` for answers of nobody.
    """
    item = found.item
    assert item is not None  # noqa: S101 (it is a long frame)
    n = length_of(frame, engine)
    asked = asked_items(frame, engine, item, found, n)
    used = np.flatnonzero(asked >= 0)
    columns = [codes_by_person(frame, engine, person) for person in found.people]
    nobody = np.any([codes < 0 for codes in columns], axis=0)
    problems = [
        _problem(
            "missing-field",
            "an answer of nobody",
            row,
            next(one.name for one, codes in zip(found.people, columns, strict=True) if codes[row] < 0),
            "Say whose it is; igm.check(frame, lijst, columns) counts them all.",
        )
        for row in used[nobody[used]][:SHOWN].tolist()
    ]
    raise_capped(problems, int(nobody[used].sum()), "answers")
    people, first, code = np.unique(together(columns)[used], return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    code = np.argsort(order, kind="stable")[code]
    cell = asked[used] * len(people) + code
    kinds, at, counts = np.unique(cell, return_index=True, return_counts=True)
    if (counts > 1).any():
        again = np.setdiff1d(np.arange(len(cell)), at)
        told = [
            _problem(
                "duplicate-name",
                f"a second answer to item {found.sources[int(asked[row])].item.id!r}",
                row,
                found.people[0].name,
                _ONCE,
            )
            for row in used[again][:SHOWN].tolist()
        ]
        raise_capped(told, len(again), "answers")
    block = np.full(len(found.sources) * len(people), np.nan)
    rows = np.zeros(len(block), dtype=np.int64)
    rows[kinds] = used[at]
    shape = (len(found.sources), len(people))
    rows = rows.reshape(shape)
    block = block.reshape(shape)
    answered = np.zeros(shape, dtype=bool).reshape(-1)
    answered[kinds] = True
    answered = answered.reshape(shape)
    column = found.sources[0].column
    part = cells(frame, engine, column, 0, n)
    cache: dict[Any, FloatArray] = {}
    for place, source in enumerate(found.sources):
        if source.codes not in cache:
            cache[source.codes] = recoded_cells(part, column, codes_of(source, schaal))
        own = answered[place]
        block[place, own] = cache[source.codes][rows[place, own]]
    reduced = taken(frame, engine, [person.name for person in found.people], used[first[order]])
    return reduced, Long(block, rows, frame, engine, column)


def refuse_unasked(frame: Any, engine: Engine, item: ColumnType, found: Found) -> None:
    """Refuse a frame in memory in which no row answers an item: its result would be empty in silence.

    Raises:
        InputError: ``unknown-item``.
    """
    n = length_of(frame, engine)
    if not n or (asked_items(frame, engine, item, found, n) >= 0).any():
        return
    first = str(cells(frame, engine, item, 0, 1).values[0])
    near = suggestion(first, found.resolved.items)
    do = f"{near} Say with columns=igm.ColumnMap(items=...) how the items are called, and see igm.check."
    what = f"no row of column {item.name!r} names an item"
    raise InputError.of("unknown-item", what, do, where=f"$.{item.name}", given=shown(first))


def asked_items(frame: Any, engine: Engine, item: ColumnType, found: Found, n: int) -> NDArray[np.int64]:
    """Which source each row answers; below zero for another questionnaire's."""
    place_of = {source.item.id: place for place, source in enumerate(found.sources)}
    places = {value: place_of[name] for value, name in found.resolved.items.items()}
    part = cells(frame, engine, item, 0, n)
    absent = np.zeros(n, dtype=bool) if part.missing is None else part.missing
    return np.array(
        [
            -1 if gone else places.get(str(value), -1)
            for value, gone in zip(part.values.tolist(), absent.tolist(), strict=True)
        ],
        dtype=np.int64,
    )


def _problem(code: str, what: str, row: int, column: str, do: str) -> Problem:
    return Problem(code, f"{what} (row {row}, column {column!r})", do, f"$.{column}[{row}]")
