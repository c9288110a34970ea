"""Scores of a frame in memory: a stretch of rows at a time is read, checked and scored with NumPy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.arrays import STRETCH, Cells, cells, length_of, numbers
from igm._engines.engine import Engine
from igm._engines.output import NewColumn
from igm._engines.recoding import Codes, recoded_cells
from igm.constructs._base import SHOWN, plain_number, raise_capped, shown
from igm.constructs.schaal import Schaal
from igm.errors import MASK, Problem
from igm.scoring._array import CHUNK
from igm.scoring._frame_columns import Source, answer_of, beyond
from igm.scoring._plan import Plan
from igm.scoring.protocols import FloatArray


class Reader(Protocol):
    """Answers by row: what a wide frame holds, and what a long one comes down to."""

    def __len__(self) -> int: ...

    def stretches(self) -> Iterator[tuple[int, Sequence[FloatArray]]]:
        """From the first row on: the first row of a stretch, and the answers per source, NaN where missing."""
        ...

    def raw(self, place: int, row: int) -> tuple[str, object]:
        """How an answer to a source was written in the frame: the row, for people, and the value."""
        ...


def codes_of(source: Source, schaal: Schaal) -> Codes:
    """What values in a column mean, as answers."""
    texts = {code.text: answer_of(code, schaal) for code in source.codes}
    numbers = {
        float(code.number): answer_of(code, schaal) for code in source.codes if code.number is not None
    }
    return Codes(texts, numbers, beyond(schaal))


@attrs.frozen
class Wide:
    """A frame with a row per person."""

    frame: Any
    engine: Engine
    sources: Sequence[Source]
    schaal: Schaal

    def __len__(self) -> int:
        return length_of(self.frame, self.engine)

    def stretches(self) -> Iterator[tuple[int, Sequence[FloatArray]]]:
        coded = [(source.column, codes_of(source, self.schaal)) for source in self.sources]
        for start in range(0, len(self), STRETCH):
            stop = min(start + STRETCH, len(self))
            parts = [
                (numbers if column.kind.number else cells)(self.frame, self.engine, column, start, stop)
                for column, _ in coded
            ]
            for first in range(0, stop - start, CHUNK):
                yield (
                    start + first,
                    [
                        recoded_cells(_slice(part, first, first + CHUNK), column, codes)
                        for part, (column, codes) in zip(parts, coded, strict=True)
                    ],
                )

    def raw(self, place: int, row: int) -> tuple[str, object]:
        found = cells(self.frame, self.engine, self.sources[place].column, row, row + 1)
        return str(row), found.values[0]


def _slice(part: Cells, start: int, stop: int) -> Cells:
    return Cells(part.values[start:stop], None if part.missing is None else part.missing[start:stop])


def scored(plan: Plan, sources: Sequence[Source], reader: Reader) -> dict[str, NewColumn]:
    """The scores and numbers of valid items, by construct.

    Raises:
        InputError: The first answers that cannot be used by column and row, and how many there are in all.
    """
    schaal = plan.lijst.schaal
    n, ends = len(reader), schaal.minimum + schaal.maximum
    place_of = {source.item.id: place for place, source in enumerate(sources)}
    parts = [
        (part, [place_of.get(item.id) for item in part.items], np.empty(n), np.empty(n, dtype=np.int32))
        for part in plan.parts
    ]
    faults = _Faults(sources, schaal, reader)
    for start, answers in reader.stretches():
        block = np.stack(answers)
        if faults.found(block, start):
            continue
        for place, source in enumerate(sources):
            if source.item.reversed:
                np.subtract(ends, block[place], out=block[place])
        stop = start + block.shape[1]
        for part, places, values, counts in parts:
            keyed = _rows(block, places)
            counts[start:stop] = (keyed == keyed).sum(axis=0, dtype=np.int32)
            values[start:stop] = plan.scores(part, keyed, counts[start:stop])
    faults.raise_any()
    made: dict[str, NewColumn] = {}
    for part, _, values, counts in parts:
        made[part.construct.value] = NewColumn(values, np.isnan(values))
        made[f"{part.construct.value}_n"] = NewColumn(counts)
    return made


def _rows(block: FloatArray, places: Sequence[int | None]) -> FloatArray:
    """The answers to the items of one construct; an item without a column was not asked."""
    known = [place for place in places if place is not None]
    if len(known) == len(places) and known == list(range(known[0], known[0] + len(known))):
        return block[known[0] : known[0] + len(known)]
    found = np.full((len(places), block.shape[1]), np.nan)
    for row, place in enumerate(places):
        if place is not None:
            found[row] = block[place]
    return found


class _Faults:
    """Answers that cannot be used: the first few one by one, and how many there are."""

    def __init__(self, sources: Sequence[Source], schaal: Schaal, reader: Reader) -> None:
        self._sources, self._schaal, self._reader = sources, schaal, reader
        self._total = 0
        self._problems: list[Problem] = []

    def found(self, block: FloatArray, start: int) -> bool:
        """Whether some were found up to here."""
        wrong = (block < self._schaal.minimum) | (block > self._schaal.maximum)
        wrong |= (np.rint(block) != block) & (block == block)
        if wrong.any():
            self._note(wrong, start)
        return bool(self._total)

    def _note(self, wrong: NDArray[np.bool_], start: int) -> None:
        self._total += int(wrong.sum())
        room = SHOWN - len(self._problems)
        for row, place in np.argwhere(wrong.T)[:room].tolist():
            self._problems.append(self._problem(place, start + row))

    def _problem(self, place: int, row: int) -> Problem:
        source, schaal = self._sources[place], self._schaal
        where, value = self._reader.raw(place, row)
        return fault(source, schaal, where, value)

    def raise_any(self) -> None:
        raise_capped(self._problems, self._total, "answers")


def fault(source: Source, schaal: Schaal, row: str, value: object) -> Problem:
    """What is wrong with one answer."""
    plain: object = plain_number(value)
    if isinstance(plain, bool) or not isinstance(plain, (int, float)) or not np.isfinite(plain):
        code, what = "not-a-number", "answer is not a finite number"
    elif plain in schaal:
        code, what = "answer-not-whole", "answer is not a whole number"
    else:
        code, what = "answer-out-of-range", "answer outside the scale"
    name = source.column.name
    given = MASK if source.item.construct.info.sensitive else shown(plain)
    do = f"Give a whole number from {schaal.minimum} to {schaal.maximum}, or null; igm.check(frame, lijst) lists all."
    return Problem(
        code, f"{what} (row {row}, column {name!r}, item {source.item.id!r})", do, f"$.{name}[{row}]", given
    )
