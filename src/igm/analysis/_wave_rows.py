"""What is compared and tabled: constructs of groups at waves, out of a frame of people."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.analysis._frame import Columns
from igm.analysis.samples import Summary
from igm.analysis.wave_results import Group
from igm.constructs._base import shown
from igm.constructs.schaal import Schaal
from igm.errors import InputError, Problem, Problems, named, suggestion

_TOLD = 5


@attrs.frozen
class Lacking:
    """A published cell that says itself that figures are not in it, as `ReportTable.csv` writes it.

    Attributes:
        state: As of `ReportCell`.
        mean: The mean, where only the standard deviation is left out.
        n: How many people, likewise.
    """

    state: Literal["rounded", "suppressed", "empty"]
    mean: float | None = None
    n: int | None = None


@attrs.frozen
class Cell:
    """A construct of a group at a wave.

    Attributes:
        summary: Its mean, standard deviation and number; ``None`` where nobody has a value.
        values: One a person, NaN where missing; ``None`` when only the summary is known.
        people: Who they are; ``None`` when that is not known.
        lacking: What is left of a published cell that lacks figures.
    """

    summary: Summary | None
    values: NDArray[np.float64] | None = attrs.field(default=None, eq=False)
    people: Sequence[Any] | None = None
    lacking: Lacking | None = None

    @classmethod
    def of(cls, values: NDArray[np.float64], people: Sequence[Any] | None) -> Cell:
        """A cell of people."""
        none = values.size == 0 or bool(np.isnan(values).all())
        return cls(None if none else Summary.of(values), values, people)

    @property
    def mean(self) -> float | None:
        """The mean, also where nothing is known of its standard deviation."""
        found = self.lacking if self.summary is None else self.summary
        return None if found is None else found.mean

    @property
    def measured(self) -> bool:
        """Whether there are rows at all."""
        return self.summary is not None or (self.values is not None and self.values.size > 0)

    def by_person(self) -> dict[Any, float]:
        """The values that are there, by who has them."""
        if self.values is None or self.people is None:
            return {}
        pairs = zip(self.people, self.values.tolist(), strict=True)
        return {who: value for who, value in pairs if not math.isnan(value)}


_NOBODY = Cell(None)


@attrs.frozen
class WaveRows:
    """Constructs of groups at waves.

    Attributes:
        by: What makes the groups.
        order: The waves in their order.
        cells: By group, construct and wave; a wave that was not published for a construct is not there.
        constructs: The constructs that were asked for.
        notes: ``"no-person"`` when nobody is known to be in two waves, ``"published"`` when only figures are.
        bron: Where published figures are from.
    """

    by: tuple[str, ...]
    order: Sequence[Any]
    cells: Mapping[tuple[Group, str, Any], Cell]
    constructs: Sequence[str]
    notes: tuple[str, ...] = ()
    bron: str | None = None

    @property
    def lines(self) -> list[tuple[Group, str]]:
        """Groups with their constructs, in the order in which they came."""
        return list(dict.fromkeys((group, name) for group, name, _ in self.cells))

    def cell(self, group: Group, construct: str, moment: Any) -> Cell:
        """A construct of a group at a wave."""
        return self.cells.get((group, construct, moment), _NOBODY)

    def check_scale(self, schaal: Schaal | None) -> None:
        """Refuse means that cannot be on the scale that was named: it is another scale, or a figure is wrong."""
        problems = Problems()
        for (_, construct, _), cell in self.cells.items():
            if schaal is not None and cell.mean is not None and cell.mean not in schaal:
                do = f"Give the scale of these scores, and take scores on other scales apart; this one is {schaal}."
                where, given = f"$.{named(construct)}", shown(cell.mean)
                problems.add("value-out-of-range", "a mean outside the scale", do, where=where, given=given)
        problems.raise_any(InputError)


def read_frame(
    frame: Any,
    *,
    wave: str,
    person: str | None,
    by: Sequence[str],
    values: Sequence[str] | None,
    waves: Sequence[Any] | None,
    problems: Problems,
    alone: bool = False,
) -> WaveRows:
    """The cells of a frame of people in memory.

    Args:
        frame: A row per person and wave.
        wave: The column that says when.
        person: The column that says who.
        by: The columns that make groups.
        values: The columns of scores.
        waves: The waves in their order.
        problems: What was found wrong already.
        alone: Whether one wave is enough.

    Raises:
        InputError: All that is wrong with the columns and what was found before; then what is wrong with rows.
    """
    columns = Columns.of(frame)
    asked = [(wave, "wave"), *((one, f"by[{place}]") for place, one in enumerate(by))]
    if person is not None:
        asked.append((person, "person"))
    for name, argument in asked:
        columns.known(name, argument, problems)
    constructs = columns.constructs(values, problems)
    problems.raise_any(InputError)
    moments = columns.labels(wave)
    people = None if person is None else columns.labels(person)
    keys: list[Group] = list(zip(*(columns.labels(name) for name in by), strict=True)) or [()] * len(columns)
    order = in_order(moments, waves, columns.ordered(wave), alone=alone)
    _refuse_rows(moments, people, keys, order, wave, person)
    places: dict[tuple[Group, Any], list[int]] = {}
    for row, key in enumerate(zip(keys, moments, strict=True)):
        places.setdefault(key, []).append(row)
    cells: dict[tuple[Group, str, Any], Cell] = {}
    scores = {name: columns.numbers(name) for name in constructs}
    for group in dict.fromkeys(keys):
        for moment in order:
            rows = places.get((group, moment), [])
            who = None if people is None else [people[row] for row in rows]
            for name in constructs:
                cells[group, name, moment] = Cell.of(scores[name][np.array(rows, dtype=np.intp)], who)
    notes = () if person is not None else ("no-person",)
    return WaveRows(tuple(by), order, cells, constructs, notes)


def in_order(
    moments: Sequence[Any],
    waves: Sequence[Any] | None,
    ordered: Sequence[Any] | None = None,
    *,
    alone: bool,
) -> list[Any]:
    """The waves, in the order in which they were; ``ordered`` is the order of their column, if it has one."""
    there = [one for one in dict.fromkeys(moments) if one is not None]
    if alone and len(there) == 1 and (waves is None or list(waves) == there):
        return there
    if waves is None and ordered is not None:
        order = [one for one in ordered if one in there]
    elif waves is None:
        try:
            order = sorted(there)
        except TypeError:
            do = "Give them in their order with waves=[...]."
            raise InputError.of("invalid-value", "waves of several kinds", do, where="$.waves") from None
    else:
        order = list(waves)
        problems = Problems()
        for place, one in enumerate(order):
            if one not in there:
                do = suggestion(one, [str(each) for each in there])
                problems.add("unknown-name", "no such wave", do, where=f"$.waves[{place}]", given=shown(one))
            elif one in order[:place]:
                problems.add(
                    "duplicate-name", "a wave is named twice", "Name it once.", where=f"$.waves[{place}]"
                )
        problems.raise_any(InputError)
    if len(order) < 2:
        do = "Give at least two waves."
        given = ", ".join(str(one) for one in order) or "none"
        raise InputError.of("missing-field", "nothing to compare", do, where="$.waves", given=given)
    return order


def _refuse_rows(
    moments: Sequence[Any],
    people: Sequence[Any] | None,
    keys: Sequence[Group],
    order: Sequence[Any],
    wave: str,
    person: str | None,
) -> None:
    """Rows of no wave or of nobody, and people who are in a wave twice, would be counted wrongly."""
    problems: list[Problem] = []
    unknown = [row for row, moment in enumerate(moments) if moment is None]
    if unknown:
        problems.append(
            _some("missing-field", "rows without a wave", "Say when, or leave them out.", wave, unknown)
        )
    if people is not None and person is not None:
        nobody = [row for row, one in enumerate(people) if one is None]
        if nobody:
            problems.append(
                _some("missing-field", "rows without a person", "Say who, or leave them out.", person, nobody)
            )
        seen: set[Any] = set()
        twice: list[int] = []
        for row, key in enumerate(zip(people, moments, keys, strict=True)):
            if key[0] is not None and key[1] in order and key in seen:
                twice.append(row)
            seen.add(key)
        if twice:
            do = "Keep one row per person and wave."
            problems.append(_some("duplicate-name", "people who are in a wave twice", do, person, twice))
    if problems:
        raise InputError(*problems)


def _some(code: str, what: str, do: str, column: str, rows: Sequence[int]) -> Problem:
    first = ", ".join(str(row) for row in rows[:_TOLD])
    return Problem(code, f"{what} ({len(rows)}; rows {first})", do, f"$.{named(column)}")
