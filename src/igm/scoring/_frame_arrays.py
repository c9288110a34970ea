"""Scores of a frame in memory: a stretch of rows at a time is read, checked and scored with NumPy."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import attrs
import numpy as np

from igm._engines._codes import folded, whole_number
from igm._engines.arrays import STRETCH, Bools, Cells, cells, length_of, numbers
from igm._engines.engine import Engine
from igm._engines.output import NewColumn
from igm._engines.recoding import Codes, recoded_cells
from igm.constructs._base import SHOWN, plain_number, raise_capped, shown
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Vragenlijst
from igm.constructs.waarde import Missing
from igm.errors import MASK, Problem
from igm.scoring._answers import Answers, CodeArray, code_type, missing_code
from igm.scoring._array import CHUNK, packed, wrong
from igm.scoring._frame_columns import Source, answer_of, beyond
from igm.scoring._plan import Plan
from igm.scoring.protocols import FloatArray


class Reader(Protocol):
    """Answers by row: what a wide frame holds, and what a long one comes down to."""

    def __len__(self) -> int: ...

    def stretches(self) -> Iterator[tuple[int, FloatArray]]:
        """From the first row on: the first row of a stretch, and the answers, a row per source, NaN where missing."""
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
    return Codes(texts, numbers, beyond(schaal), whole=bool(source.codes))


@attrs.frozen
class Wide:
    """A frame with a row per person."""

    frame: Any
    engine: Engine
    sources: Sequence[Source]
    schaal: Schaal

    def __len__(self) -> int:
        return length_of(self.frame, self.engine)

    def stretches(self) -> Iterator[tuple[int, FloatArray]]:
        coded = [(source.column, codes_of(source, self.schaal)) for source in self.sources]
        for start in range(0, len(self), STRETCH):
            stop = min(start + STRETCH, len(self))
            parts = [
                (numbers if column.kind.number else cells)(self.frame, self.engine, column, start, stop)
                for column, _ in coded
            ]
            for first in range(0, stop - start, CHUNK):
                block = np.empty((len(coded), min(CHUNK, stop - start - first)))
                for part, (column, codes), out in zip(parts, coded, block, strict=True):
                    recoded_cells(_slice(part, first, first + CHUNK), column, codes, out)
                yield start + first, block

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
    n = len(reader)
    values, counts = np.empty((len(plan.parts), n)), np.empty((len(plan.parts), n), dtype=np.int32)
    for start, codes in coded(plan.lijst, sources, reader):
        stop = start + codes.shape[1]
        made = plan.many(Answers(codes.T, plan.lijst.schaal))
        values[:, start:stop], counts[:, start:stop] = made[0].T, made[1].T
    columns: dict[str, NewColumn] = {}
    for part, own, n_valid in zip(plan.parts, values, counts, strict=True):
        columns[part.construct.value] = NewColumn(own, np.isnan(own))
        columns[f"{part.construct.value}_n"] = NewColumn(n_valid)
    return columns


def coded(lijst: Vragenlijst, sources: Sequence[Source], reader: Reader) -> Iterator[tuple[int, CodeArray]]:
    """The answers as codes, a row per item of the questionnaire: the first row of a stretch, and the stretch.

    Raises:
        InputError: Once all were read: the first answers that cannot be used, and how many there are in all.
    """
    schaal = lijst.schaal
    not_asked = missing_code(Missing.NIET_GEVRAAGD, schaal)
    order = {item.id: place for place, item in enumerate(lijst.items)}
    places = [order[source.item.id] for source in sources]
    faults = _Faults(sources, schaal, reader)
    for start, block in reader.stretches():
        found = packed(block, schaal, code_type(schaal), not_asked)
        if found is None:
            faults.note(wrong(block, schaal), start)
        elif not faults.total:
            codes = np.full((len(order), found.shape[1]), not_asked, dtype=found.dtype)
            codes[places] = found
            yield start, codes
    faults.raise_any()


class _Faults:
    """Answers that cannot be used: the first few one by one, and how many there are."""

    def __init__(self, sources: Sequence[Source], schaal: Schaal, reader: Reader) -> None:
        self._sources, self._schaal, self._reader = sources, schaal, reader
        self.total = 0
        self._problems: list[Problem] = []

    def note(self, which: Bools, start: int) -> None:
        self.total += int(which.sum())
        room = SHOWN - len(self._problems)
        for row, place in np.argwhere(which.T)[:room].tolist():
            self._problems.append(self._problem(place, start + row))

    def _problem(self, place: int, row: int) -> Problem:
        source, schaal = self._sources[place], self._schaal
        where, value = self._reader.raw(place, row)
        return fault(source, schaal, where, value)

    def raise_any(self) -> None:
        raise_capped(self._problems, self.total, "answers")


def fault(source: Source, schaal: Schaal, row: str, value: object) -> Problem:
    """What is wrong with one answer."""
    plain: object = plain_number(value)
    do = f"Give a whole number from {schaal.minimum} to {schaal.maximum}, or null; igm.check(frame, lijst) lists all."
    if any(
        plain == code.number or (isinstance(plain, str) and folded(plain) == code.text)
        for code in source.codes
    ):
        code, what = "answer-out-of-range", "codes= gives a meaning outside the scale"
    elif isinstance(plain, str) and not source.codes:
        code, what = "not-a-number", "the column holds text"
        do = (
            f"Give columns=igm.ColumnMap(codes={{{source.item.id!r}: ...}}), which says what each text means."
        )
    elif isinstance(plain, str) and not whole_number(folded(plain)):
        code, what = "not-a-number", "answer has no meaning"
        do = "Give it in codes=; igm.check(frame, lijst, columns) lists all."
    elif not isinstance(plain, str) and not _finite(plain):
        code, what = "not-a-number", "answer is not a finite number"
    elif plain in schaal:
        code, what = "answer-not-whole", "answer is not a whole number"
    else:
        code, what = "answer-out-of-range", "answer outside the scale"
    name = source.column.name
    given = MASK if source.item.construct.info.sensitive else shown(plain)
    return Problem(
        code, f"{what} (row {row}, column {name!r}, item {source.item.id!r})", do, f"$.{name}[{row}]", given
    )


def _finite(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return isinstance(value, int) or math.isfinite(value)  # some whole numbers are too large for a float
