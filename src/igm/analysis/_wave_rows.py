"""What is compared and tabled: constructs of groups at waves, and how a frame of people is read as such."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.analysis._frame import Columns, names_of, one_role_each
from igm.analysis._wave_order import wave_order
from igm.analysis.samples import Summary
from igm.analysis.wave_results import Group
from igm.constructs._base import shown
from igm.constructs.schaal import Schaal
from igm.disclosure.figures import MOST_DECIMALS, check_schaal, largest_sd
from igm.errors import InputError, Problem, Problems, named

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
        rows: In which rows they stand.
        lacking: What is left of a published cell that lacks figures.
    """

    summary: Summary | None
    values: NDArray[np.float64] | None = attrs.field(default=None, eq=False)
    people: Sequence[Any] | None = None
    rows: Sequence[int] = ()
    lacking: Lacking | None = None

    @classmethod
    def of(cls, values: NDArray[np.float64], people: Sequence[Any] | None, rows: Sequence[int]) -> Cell:
        """A cell of people."""
        none = values.size == 0 or bool(np.isnan(values).all())
        return cls(None if none else Summary.of(values), values, people, rows)

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
        """Refuse scores and figures that cannot be on the scale that was named: it is another, or they are wrong."""
        if schaal is None:
            return
        problems = Problems()
        check_schaal(schaal, problems)
        problems.raise_any(InputError)
        outside: dict[str, list[int]] = {}
        for (_, construct, _), cell in self.cells.items():
            if cell.values is None:
                continue
            off = (cell.values < schaal.minimum) | (cell.values > schaal.maximum)
            outside.setdefault(construct, []).extend(
                cell.rows[place] for place in np.flatnonzero(off).tolist()
            )
        do = f"Give the scale of these scores, and take scores on other scales apart; this one is {schaal}."
        problems.extend(
            _some("value-out-of-range", "scores outside the scale", do, name, sorted(rows))
            for name, rows in outside.items()
            if rows
        )
        problems.extend(self._impossible(schaal, do))
        problems.raise_any(InputError)

    def _impossible(self, schaal: Schaal, do: str) -> Iterator[Problem]:
        """Published figures that nobody's scores on this scale can have, however they were rounded."""
        published = [cell for cell in self.cells.values() if cell.values is None]
        figures = [cell.summary for cell in published if cell.summary is not None]
        decimals = max(map(_decimals, figures), default=0)  # a table prints all to as many
        half = Fraction(1, 2 * 10**decimals)
        for cell in published:
            row, one = cell.rows[0], cell.summary
            if cell.mean is not None and cell.mean not in schaal:
                what, given = "a mean outside the scale", shown(cell.mean)
                yield Problem("value-out-of-range", what, do, f"$[{row}].mean", given)
            elif one is not None and one.sd is not None:
                most = largest_sd(Fraction(one.mean), one.n, schaal.minimum, schaal.maximum, half)
                if one.sd - float(half) > most:
                    what = f"a standard deviation above {most:.{decimals}f}, the most that is possible on {schaal}"
                    given = f"{shown(one.sd)}, with mean {shown(one.mean)} and n {one.n}"
                    check = "Give the scale of these scores, or look the figures up: igm.analysis.audit tells more."
                    yield Problem("value-out-of-range", what, check, f"$[{row}].sd", given)


def _decimals(figures: Summary) -> int:
    """To how many decimals a mean and a standard deviation are given."""
    given = (figures.mean, figures.sd or 0.0)
    return next((d for d in range(MOST_DECIMALS) if all(round(x, d) == x for x in given)), MOST_DECIMALS)


def read_frame(
    frame: Any,
    *,
    wave: str,
    person: str | None,
    by: str | Sequence[str],
    values: str | Sequence[str] | None,
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
    groups = names_of(by, "by", problems)
    asked = [(wave, "wave"), *((one, f"by[{place}]") for place, one in enumerate(groups))]
    if person is not None:
        asked.append((person, "person"))
    for name, argument in asked:
        columns.known(name, argument, problems)
    one_role_each(asked, problems)
    constructs = columns.constructs(values, problems)
    problems.raise_any(InputError)
    moments = columns.labels(wave)
    people = None if person is None else columns.labels(person)
    keys: list[Group] = list(zip(*(columns.labels(name) for name in groups), strict=True)) or [()] * len(
        columns
    )
    order = wave_order(moments, waves, columns.ordered(wave), alone=alone)
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
                cells[group, name, moment] = Cell.of(scores[name][np.array(rows, dtype=np.intp)], who, rows)
    notes = () if person is not None else ("no-person",)
    return WaveRows(tuple(groups), order, cells, constructs, notes)


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
