"""``publishable``: a table of groups with what would tell about people left out."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, Final

import attrs

from igm.constructs._base import is_mapping, is_number, shown
from igm.constructs.schaal import LIKERT5, Schaal
from igm.disclosure.differencing import small_differences
from igm.disclosure.figures import Figures, written_number, written_whole
from igm.disclosure.group_results import GroupCell, GroupTable, Reason
from igm.disclosure.people import GroupPurpose, least_people
from igm.disclosure.reconstruction import reconstruct
from igm.disclosure.secondary import secondary
from igm.errors import InputError, Problems, named, suggestion

FEWEST_SETS: Final = 10
"""So many sets of scores fit what is published at least; a choice of this library, like its ten people."""


@attrs.frozen
class _Row:
    key: Mapping[str, Any]
    n: int
    mean: float | None
    sd: float | None
    people: frozenset[Hashable] | None


def publishable(
    rows: Iterable[Mapping[str, Any]],
    /,
    by: str | Sequence[str],
    *,
    n: str | Sequence[str] = "n",
    mean: str = "mean",
    sd: str = "sd",
    people: str | None = None,
    total: str = "totaal",
    wave: str | None = None,
    schaal: Schaal | None = None,
    items: int = 1,
    decimals: int = 2,
    doel: GroupPurpose = "publiceren",
    minimum_n: int | None = None,
) -> GroupTable:
    """A table of groups with what would tell about people left out.

    For publishing, in this order: a group of too few people is left out, and one in which all scores are the same.
    Where fewer than ten sets of scores fit mean, standard deviation and number (see `reconstruct`), the standard
    deviation is left out and the mean is rounded to one decimal; where that is not enough, the group is left out.
    Where two groups differ by few people (see `small_differences`), the smaller is left out. Last, where a total is
    given and what is left out of it could be found by subtraction, because it is one group or groups that have too few
    people together, the next smallest is left out too, until it cannot. Thresholds and leaving out further cells are
    after Hundepool et al. (2012), *Statistical Disclosure Control*.

    Inside, a group is left out only when ``minimum_n`` asks for it.

    Args:
        rows: A mapping per group with its columns and figures.
        by: The columns that make the groups, such as construct, wave and organisation.
        n: The field with the number of people, not of rows. Several, such as of clients and of managers who answered
            about each other: the smallest counts.
        mean: The field with the mean.
        sd: The field with the standard deviation, n − 1 below the line; ``None`` where there is none.
        people: The field with the references of the people of each group. With it people are counted from it, and
            groups that differ by few people are found.
        total: What stands in a column of ``by`` where a row is about all groups of that column together.
        wave: The column of ``by`` that says when. Groups of different waves are then not left out for differing by few
            people: subtracting what people scored at two moments gives nobody's score. Left out, they are looked at as
            any two groups.
        schaal: The scale of an answer; without it reconstruction is not checked, and the result says so.
        items: How many answers a score is the mean of.
        decimals: To how many decimals figures are published.
        doel: ``"publiceren"``, or ``"intern"`` for what stays inside.
        minimum_n: The least number of people; 10 for publishing (never below 5) and 1 inside when left out.

    Returns:
        The table, in the order of the rows. What is left out is not in it.

    Raises:
        InputError: ``missing-field`` for rows without a field, ``not-a-number`` and ``value-out-of-range`` for figures
            that cannot be, such as a mean off its scale, ``duplicate-name`` for a group that stands in two rows,
            ``unknown-name`` for a wave that is no column of ``by``; as `least_people`.

    Example:
        >>> import igm
        >>> rows = [
        ...     {"locatie": "noord", "n": 24, "mean": 3.61, "sd": 0.82},
        ...     {"locatie": "zuid", "n": 6, "mean": 2.83, "sd": 1.17},
        ...     {"locatie": "west", "n": 31, "mean": 3.42, "sd": 0.91},
        ...     {"locatie": "totaal", "n": 61, "mean": 3.44, "sd": 0.93},
        ... ]
        >>> print(publishable(rows, by="locatie", schaal=igm.LIKERT5, items=3).table("en"))
        locatie   n  mean    sd
        -------  --  ----  ----
        noord     –     –     –
        zuid      –     –     –
        west     31  3.42  0.91
        totaal   61  3.44  0.93
        2 of 4 groups left out, to tell nothing about persons.
        Every figure is about at least 10 people.
    """
    fewest = least_people(doel, minimum_n)
    _check(rows, by, n, total, schaal, items, decimals)
    columns = [by] if isinstance(by, str) else list(by)
    if wave is not None and wave not in columns:
        do = suggestion(wave, columns)
        raise InputError.of("unknown-name", "no such column in by", do, where="$.wave", given=shown(wave))
    fields = [n] if isinstance(n, str) else list(n)
    read = _read(list(rows), columns, fields, mean, sd, people, schaal)
    publish = doel == "publiceren"
    cells = [_cell(row, fewest, publish, schaal, items, decimals) for row in read]
    if publish:
        _leave_out(cells, _differences(read, cells, fewest, wave, total), "differencing")
        hidden = {place for place, cell in enumerate(cells) if cell.state == "suppressed"}
        keys = [tuple(_plain(row.key[name], total) for name in columns) for row in read]
        _leave_out(cells, secondary(keys, [row.n for row in read], hidden, total, fewest), "secondary")
    unchecked = sum(
        cell.state != "suppressed" and not _checked(cell, schaal, items, decimals)
        for cell in cells
        if publish
    )
    return GroupTable(tuple(cells), doel, fewest, unchecked)


def _plain(value: Any, total: str) -> Any:
    """The sign of a total, however it is written; anything else as it is."""
    written = isinstance(value, str) and value.strip().casefold() == total.strip().casefold()
    return total if written else value


def _leave_out(cells: list[GroupCell], places: Iterable[int], why: Reason) -> None:
    for place in places:
        cells[place] = GroupCell(cells[place].key, "suppressed", None, None, None, why)


def _cell(
    row: _Row, fewest: int, publish: bool, schaal: Schaal | None, items: int, decimals: int
) -> GroupCell:
    """A group looked at by itself."""
    if row.n < fewest or row.mean is None:
        return GroupCell(row.key, "suppressed", None, None, None, "few-people")
    if not publish:
        return GroupCell(row.key, "shown", row.n, row.mean, row.sd)
    if row.sd is not None and round(row.sd, decimals) == 0:
        return GroupCell(row.key, "suppressed", None, None, None, "same-answers")
    shown_mean = round(row.mean, decimals)
    shown_sd = None if row.sd is None else round(row.sd, decimals)
    if schaal is None or _enough(shown_mean, shown_sd, row.n, schaal, items, decimals):
        return GroupCell(row.key, "shown", row.n, shown_mean, shown_sd)
    rounded = round(row.mean, min(decimals, 1))
    if _enough(rounded, None, row.n, schaal, items, min(decimals, 1)):
        return GroupCell(row.key, "rounded", row.n, rounded, None, "few-sets")
    return GroupCell(row.key, "suppressed", None, None, None, "few-sets")


def _enough(mean: float, sd: float | None, n: int, schaal: Schaal, items: int, decimals: int) -> bool:
    """Whether so many sets fit that no score is told; scores that no whole answers have are not told by any."""
    sets = reconstruct(mean, sd, n, schaal, items=items, decimals=decimals).sets
    return not sets or sets >= FEWEST_SETS


def _checked(cell: GroupCell, schaal: Schaal | None, items: int, decimals: int) -> bool:
    """Whether sets could be counted for what is told."""
    if schaal is None or cell.n is None or cell.mean is None:
        return False
    kept = decimals if cell.state == "shown" else min(decimals, 1)
    return bool(reconstruct(cell.mean, cell.sd, cell.n, schaal, items=items, decimals=kept).sets)


def _differences(
    rows: Sequence[_Row], cells: Sequence[GroupCell], fewest: int, wave: str | None, total: str
) -> set[int]:
    """The places of the smaller of two groups that differ by few people, looked at per wave where these are known."""
    apart: dict[Any, dict[int, frozenset[Hashable]]] = {}
    for place, row in enumerate(rows):
        if row.people is not None and cells[place].state != "suppressed":
            moment = None if wave is None else _plain(row.key[wave], total)
            apart.setdefault(moment, {})[place] = row.people
    together = apart.pop(total, {})  # all waves together hold each of them
    hidden: set[int] = set()
    for told in [{**one, **together} for one in apart.values()] or [together]:
        while found := small_differences(
            {place: people for place, people in told.items() if place not in hidden},
            doel="intern",
            minimum_n=fewest,
        ):
            pair: list[int] = [found[0].group, found[0].other]
            hidden.add(min((rows[place].n, place) for place in pair)[1])
    return hidden


def _read(
    rows: Sequence[object],
    columns: Sequence[str],
    fields: Sequence[str],
    mean: str,
    sd: str,
    people: str | None,
    schaal: Schaal | None,
) -> list[_Row]:
    problems = Problems()
    made: list[_Row] = []
    seen: dict[tuple[Any, ...], int] = {}
    needed = [*columns, mean, sd, *([people] if people else fields)]
    for place, row in enumerate(rows):
        where = f"$[{place}]"
        if not is_mapping(row):
            problems.add(
                "invalid-value", "not a row", "Give a mapping per row.", where=where, given=shown(row)
            )
            continue
        lacking = [name for name in needed if name not in row]
        for name in lacking:
            do = suggestion(name, [str(key) for key in row])
            problems.add("missing-field", "a row lacks a field", do, where=f"{where}.{named(name)}")
        if lacking:
            continue
        key = tuple(row[name] for name in columns)
        if not all(isinstance(value, Hashable) for value in key):
            do = "Give a text or a number in each column of by=."
            problems.add("invalid-value", "not the name of a group", do, where=where)
            continue
        if key in seen:
            do = f"Give it once; it stands in row {seen[key]} too. Name what tells them apart with by=[...]."
            problems.add("duplicate-name", "a group stands in two rows", do, where=where)
        seen.setdefault(key, place)
        found = _figures(row, fields, mean, sd, people, schaal, where, problems)
        if found is not None:
            made.append(_Row(dict(zip(columns, key, strict=True)), *found))
    if not rows:
        problems.add("missing-field", "no rows", "Give a mapping per group.")
    problems.raise_any(InputError)
    return made


def _members(listed: Any, where: str, problems: Problems) -> frozenset[Hashable]:
    given: object = listed
    if isinstance(given, (str, bytes)) or not isinstance(given, Collection):
        do = "Give the references of its people."
        problems.add("invalid-value", "not a group", do, where=where, given=shown(given))
        return frozenset()
    # NaN, which differs from itself, would be another person each time
    if not all(isinstance(one, Hashable) and one is not None and one == one for one in listed):
        do = "Give a reference for everybody; who has none cannot be counted."
        problems.add("invalid-value", "no reference", do, where=where)
        return frozenset()
    return frozenset(listed)


def _figures(
    row: Mapping[Any, Any],
    fields: Sequence[str],
    mean: str,
    sd: str,
    people: str | None,
    schaal: Schaal | None,
    where: str,
    problems: Problems,
) -> tuple[int, float | None, float | None, frozenset[Hashable] | None] | None:
    before = len(problems)
    members: frozenset[Hashable] | None = None
    counts: list[int] = []
    if people is not None:
        members = _members(row[people], f"{where}.{named(people)}", problems)
        counts.append(len(members))
    else:
        for name in fields:
            value: object = written_whole(row[name])
            if isinstance(value, bool) or not isinstance(value, int):
                do = "Give a whole number of people."
                problems.add(
                    "not-a-number", "how many", do, where=f"{where}.{named(name)}", given=shown(value)
                )
            elif value < 0:
                do = "Give 0 or more."
                problems.add(
                    "value-out-of-range", "how many", do, where=f"{where}.{named(name)}", given=shown(value)
                )
            else:
                counts.append(value)
    figures: list[float | None] = []
    for name in (mean, sd):
        figure: object = written_number(row[name])
        if name == sd and is_number(figure) and figure < 0:
            do, what = "Give a number of at least 0.", "a standard deviation"
            problems.add("value-out-of-range", what, do, where=f"{where}.{named(name)}", given=shown(figure))
        elif name == mean and schaal is not None and is_number(figure) and figure not in schaal:
            do = f"Give a mean from {schaal.minimum} to {schaal.maximum}, or the scale that it is on."
            what, path = "a mean off its scale", f"{where}.{named(name)}"
            problems.add("value-out-of-range", what, do, where=path, given=shown(figure))
        elif figure is None or is_number(figure):
            figures.append(None if figure is None else float(figure))
        else:
            do = "Give a number, or None where there is none."
            problems.add("not-a-number", "a figure", do, where=f"{where}.{named(name)}", given=shown(figure))
    if len(problems) > before:
        return None
    return min(counts), figures[0], figures[1], members


def _check(
    rows: object, by: Any, n: Any, total: object, schaal: object, items: object, decimals: object
) -> None:
    """What does not stand in a row; all of it at once."""
    problems = Problems()
    if not isinstance(rows, Iterable):
        problems.add("invalid-value", "no rows", "Give a mapping per group.", given=shown(rows))
    both: list[tuple[str, Any]] = [("by", by), ("n", n)]
    for name, given in both:
        fields: list[Any] = list(given) if hasattr(given, "__iter__") else []
        if not fields or not all(isinstance(one, str) for one in fields):
            do = "Give the name of a field, or several."
            problems.add("invalid-value", "no field", do, where=f"$.{name}", given=shown(given))
    if not isinstance(total, str):
        do = "Give the text that stands for all groups together."
        problems.add("invalid-value", "not a text", do, where="$.total", given=shown(total))
    scale: object = LIKERT5 if schaal is None else schaal
    try:
        Figures.of(0, None, 1, scale, items, decimals)
    except InputError as error:
        problems.extend(error.problems)
    problems.raise_any(InputError)
