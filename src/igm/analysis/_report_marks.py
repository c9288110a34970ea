"""The marks of a report table, from comparisons of waves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

import attrs

from igm.analysis.report_parts import ReportCell, ReportMark, ReportTests
from igm.analysis.report_results import ReportTable
from igm.analysis.wave_results import WaveComparison, WaveComparisons
from igm.errors import InputError

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def with_marks(bare: ReportTable, cells: list[ReportCell], tests: WaveComparisons | None) -> ReportTable:
    """The table with a letter for each difference that was shown between two cells that are told."""
    if tests is None:
        return attrs.evolve(bare, cells=tuple(cells))
    places = {(tuple(cell.group.items()), cell.construct, cell.wave): at for at, cell in enumerate(cells)}
    marks: list[ReportMark] = []
    letters: dict[int, list[str]] = {}
    # said of every table with a figure left out: only where a test showed something, it would tell that
    gone = any(cell.state == "suppressed" for cell in cells)
    notes = (*bare.notes, "withheld") if gone else bare.notes
    for row in tests.rows:
        before, after = (_place(row, moment, places) for moment in (row.earlier, row.later))
        verdict = row.verdict
        if verdict in {"not-shown", "no-test"} or row.difference is None:
            continue
        states = {cells[before].state, cells[after].state}
        if "suppressed" in states:
            continue
        letter = _letter(len(marks))
        chance = None if "rounded" in states else row.p_adjusted
        said = cast("Any", verdict)
        marks.append(
            ReportMark(
                letter, row.construct, row.group, row.earlier, row.later, said, row.difference.method, chance
            )
        )
        letters.setdefault(after, []).append(letter)
    family = ReportTests(
        tests.adjust,
        tests.family,
        tests.alpha,
        tuple(sorted({row.n_tests for row in tests.rows})),
        tests.notes,
    )
    made = [attrs.evolve(cell, marks=tuple(letters.get(at, ()))) for at, cell in enumerate(cells)]
    return attrs.evolve(bare, cells=tuple(made), marks=tuple(marks), tests=family, notes=notes)


def _place(row: WaveComparison, moment: Any, places: Mapping[Any, int]) -> int:
    found = places.get((tuple(row.group.items()), row.construct, moment))
    if found is None:
        do = "Compare the same scores, with the same by=, values= and waves=."
        given = f"{row.construct}, {moment}"
        raise InputError.of(
            "invalid-value",
            "a comparison of what is not in the table",
            do,
            where="$.comparisons",
            given=given,
        )
    return found


def _letter(place: int) -> str:
    """A to z, then aa, ab and on."""
    rest, last = divmod(place, len(_LETTERS))
    return (_letter(rest - 1) if rest else "") + _LETTERS[last]
