"""Reads a NumPy array of answers: its shape, its type and every cell are checked before anything is scored."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, TypeGuard

import numpy as np
from numpy.typing import NDArray

from igm.constructs._base import SHOWN, is_number, plain_number, raise_capped, shown
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Vragenlijst
from igm.constructs.waarde import Missing
from igm.errors import MASK, InputError, Problem, suggestion
from igm.scoring._answers import Answers, CodeArray, code_type, missing_code
from igm.scoring.protocols import FloatArray

CHUNK: Final = 4096
"""People at a time, so that what is worked on stays in the cache."""


def read_array(data: NDArray[Any], lijst: Vragenlijst, items: Sequence[str] | None) -> Answers:
    """The answers in an array, checked.

    Args:
        data: A row per person and a column per item; NaN is not asked. Python numbers and nothing, such as a frame of
            pandas gives for whole numbers with gaps, are taken as floats.
        lijst: The questionnaire.
        items: The item of each column; the order of the questionnaire when left out.

    Returns:
        Answers in the order of the questionnaire; an item without a column was not asked.

    Raises:
        InputError: ``shape-mismatch``, ``not-a-number``, ``invalid-value``, ``unknown-item`` or
            ``duplicate-name`` for the array as a whole; ``not-a-number``, ``answer-not-whole`` and
            ``answer-out-of-range`` for its cells.
    """
    data = _plain(data)
    _check_type(data)
    known = [item.id for item in lijst.items]
    ids = known if items is None else _check_items(items, known)
    if data.ndim != 2 or data.shape[1] != len(ids):
        do = (
            f"Give a row per person and {len(ids)} columns, or name the item of each column with items=[...]."
        )
        shape = " × ".join(str(size) for size in data.shape) or "no dimensions"
        raise InputError.of("shape-mismatch", "array of another shape than the items", do, given=shape)
    schaal = lijst.schaal
    target = [known.index(item) for item in ids]
    not_asked = missing_code(Missing.NIET_GEVRAAGD, schaal)
    codes = np.empty((len(data), len(known)), dtype=code_type(schaal))
    in_order = target == list(range(len(known)))
    if not in_order:
        codes.fill(not_asked)
    faults = _Faults(lijst, ids)
    for start in range(0, len(data), CHUNK):
        block = np.asarray(data[start : start + CHUNK], dtype=np.float64)
        found = packed(block, schaal, codes.dtype, not_asked)
        if found is None:
            faults.note(block, wrong(block, schaal), start)
        elif not faults.total and in_order:
            codes[start : start + CHUNK] = found
        elif not faults.total:
            codes[start : start + CHUNK, target] = found
    faults.raise_any()
    return Answers(codes, schaal)


def is_array(x: object) -> TypeGuard[NDArray[Any]]:
    """Whether it is an array of NumPy."""
    return isinstance(x, np.ndarray)


def is_nan(value: object) -> bool:
    """Whether a value stands for nothing known: NaN, or what pandas puts there."""
    if type(value).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(value, float) and math.isnan(value)


def packed(block: FloatArray, schaal: Schaal, kind: np.dtype[Any], not_asked: int) -> CodeArray | None:
    """The codes of answers that can all be used; nothing when one cannot.

    An answer that is the same after it was made a small whole number is whole. What is not the same is NaN, or wrong.
    """
    with np.errstate(invalid="ignore"):
        whole = block.astype(
            np.result_type(kind, np.min_scalar_type(schaal.minimum), np.min_scalar_type(schaal.maximum))
        )
    missing = np.isnan(block)
    valid = ~missing
    outside = (whole < schaal.minimum) | (whole > schaal.maximum)
    if not np.array_equal(whole != block, missing) or (outside & valid).any():
        return None
    # multiplied by 0 or 1, which takes a tenth of the time of putting values where a mask says
    whole -= whole.dtype.type(schaal.minimum)
    whole *= valid
    whole += missing * whole.dtype.type(not_asked)
    return whole.astype(kind, copy=False)


def wrong(block: FloatArray, schaal: Schaal) -> NDArray[np.bool_]:
    """Which answers cannot be used."""
    wrong = (block < schaal.minimum) | (block > schaal.maximum)
    wrong |= (np.rint(block) != block) & ~np.isnan(block)
    return wrong


def _plain(data: NDArray[Any]) -> NDArray[Any]:
    """An array of Python numbers as floats, NaN where nothing is known; any other as it is."""
    if data.dtype.kind != "O":
        return data
    flat = [math.nan if cell is None or is_nan(cell) else plain_number(cell) for cell in data.flat]
    if not all(is_number(cell) or is_nan(cell) for cell in flat):
        return data
    return np.array(flat, dtype=np.float64).reshape(data.shape)


def _check_type(data: NDArray[Any]) -> None:
    if isinstance(data, np.ma.MaskedArray):
        do = "Give data.filled(numpy.nan) as floats, so that what is masked is missing."
        raise InputError.of("invalid-value", "a masked array", do, given="numpy.ma.MaskedArray")
    if data.dtype.kind not in "iuf" or data.dtype.itemsize > 8:
        do = "Give whole numbers or floats of at most 64 bits, with NaN for what was not asked."
        raise InputError.of(
            "not-a-number", "an array of numbers was expected", do, given=f"dtype {data.dtype}"
        )


def _check_items(items: Sequence[str], known: Sequence[str]) -> list[str]:
    if isinstance(items, str) or not isinstance(items, Sequence):
        do = "Give a list of item ids, one per column."
        raise InputError.of(
            "invalid-value", "items must be a list", do, where="$.items", given=type(items).__name__
        )
    problems: list[Problem] = []
    total = 0
    seen: set[str] = set()
    for index, item in enumerate(items):
        there = isinstance(item, str) and item in known
        if there and item not in seen:
            seen.add(item)
            continue
        total += 1
        if total > SHOWN:
            continue
        where = f"$.items[{index}]"
        if there:
            problems.append(
                Problem("duplicate-name", "an item has two columns", "Name it once.", where, shown(item))
            )
        else:
            do = suggestion(item, known)
            problems.append(Problem("unknown-item", "unknown item", do, where, shown(item)))
    raise_capped(problems, total, "items")
    return list(items)


class _Faults:
    """Cells that cannot be used: the first few one by one, and how many there are."""

    def __init__(self, lijst: Vragenlijst, ids: Sequence[str]) -> None:
        self.total = 0
        self._lijst = lijst
        self._items = [lijst.item(item) for item in ids]
        self._problems: list[Problem] = []

    def note(self, block: FloatArray, wrong: NDArray[np.bool_], start: int) -> None:
        self.total += int(wrong.sum())
        room = SHOWN - len(self._problems)
        for row, column in np.argwhere(wrong)[:room].tolist():
            self._problems.append(self._problem(float(block[row, column]), start + row, column))

    def _problem(self, value: float, row: int, column: int) -> Problem:
        item, schaal = self._items[column], self._lijst.schaal
        if not np.isfinite(value):
            code, what = "not-a-number", "answer is not a finite number"
        elif value in schaal:
            code, what = "answer-not-whole", "answer is not a whole number"
        else:
            code, what = "answer-out-of-range", "answer outside the scale"
        given = MASK if item.construct.info.sensitive else f"{value:.15g}"
        do = f"Give a whole number from {schaal.minimum} to {schaal.maximum}, or NaN."
        return Problem(
            code, f"{what} (row {row}, column {column}, item {item.id!r})", do, f"$[{row}][{column}]", given
        )

    def raise_any(self) -> None:
        raise_capped(self._problems, self.total, "answers")
