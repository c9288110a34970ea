"""Constructs of groups at waves, out of published rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from igm.analysis._frame import NAME, Columns, hashable, one_role_each
from igm.analysis._report_output import as_written
from igm.analysis._wave_order import wave_order
from igm.analysis._wave_rows import Cell, Lacking, WaveRows
from igm.analysis.samples import Summary, is_missing
from igm.analysis.wave_results import Group
from igm.constructs._base import is_mapping, plain_number, shown
from igm.errors import InputError, Problems, named, suggestion


@attrs.frozen
class Fields:
    """What the fields of a published row are called.

    Attributes:
        by: Those that make groups.
        construct: The construct.
        wave: When.
        figures: Mean, standard deviation and number.
    """

    by: Sequence[str]
    construct: str
    wave: str
    figures: tuple[str, str, str]

    def check(self, problems: Problems) -> None:
        """Refuse what is no name, and a name for two things."""
        named_by = [(name, f"by[{place}]") for place, name in enumerate(self.by)]
        arguments = ("construct", "wave", "mean", "sd", "n")
        asked = [*named_by, *zip((self.construct, self.wave, *self.figures), arguments, strict=True)]
        for name, argument in asked:
            given: object = name
            if not isinstance(given, str):
                do = "Give the name of a field."
                problems.add("invalid-value", "no name", do, where=f"$.{argument}", given=shown(given))
        one_role_each(asked, problems)

    def check_there(self, rows: Sequence[Any], problems: Problems) -> None:
        """Refuse a field that no row has before the rows are read, so that it is told once."""
        keys = {str(key) for row in rows if is_mapping(row) for key in row}
        if not keys:
            return
        names = (*self.by, self.construct, self.wave, *self.figures)
        arguments = (*("by" for _ in self.by), "construct", "wave", "mean", "sd", "n")
        lacking = [pair for pair in zip(names, arguments, strict=True) if pair[0] not in keys]
        for name, argument in lacking:
            do = f"{suggestion(name, list(keys))} Say with {argument}= what it is called."
            problems.add("missing-field", f"no row has {named(name)!r}", do, where=f"$.{argument}")
        if lacking:
            raise InputError(*problems)


def read_published(
    rows: Iterable[Mapping[str, Any]],
    fields: Fields,
    bron: str,
    waves: Sequence[Any] | None,
    problems: Problems,
    *,
    alone: bool = False,
) -> WaveRows:
    """The cells of published rows.

    Args:
        rows: A mapping per construct, wave and group; or a frame, or a file that was read.
        fields: What the fields are called.
        bron: Where they were published.
        waves: The waves in their order.
        problems: What was found wrong already.
        alone: Whether one wave is enough, and a row that says so in its ``state`` may lack figures.

    Raises:
        InputError: All that is wrong with the rows, by row, and what was found before.
    """
    asked: object = bron
    if not isinstance(asked, str) or not asked.strip():
        problems.add("missing-field", "no source", "Say where they were published.", where="$.bron")
    read_rows = _mappings(rows, problems)
    told = len(problems)
    fields.check(problems)
    if len(problems) > told:
        raise InputError(*problems)
    fields.check_there(read_rows, problems)
    cells: dict[tuple[Group, str, Any], Cell] = {}
    for place, row in enumerate(read_rows):
        labels = [*fields.by, fields.construct, fields.wave]
        read = _published(row, labels, fields.figures, f"$[{place}]", problems, lacking=alone)
        if read is None:
            continue
        *group, name, moment = read[0]
        key = (tuple(group), str(name), moment)
        if key in cells:
            what, do = "a construct stands in a wave twice", "Name what tells them apart with by=[...]."
            problems.add("duplicate-name", what, do, where=f"$[{place}]", given=shown(name))
        cells[key] = attrs.evolve(read[1], rows=(place,))
    if not cells and not len(problems):
        problems.add("missing-field", "no rows", "Give a mapping per construct and wave.")
    problems.raise_any(InputError)
    order = wave_order([moment for _, _, moment in cells], waves, alone=alone)
    constructs = list(dict.fromkeys(name for _, name, _ in cells))
    return WaveRows(tuple(fields.by), order, cells, constructs, ("published",), bron)


def _mappings(rows: Any, problems: Problems) -> list[Any]:
    """A mapping per row, also of a frame in memory and of a file that was read."""
    given: object = rows
    if type(given).__name__ == "FileTable":
        by_name = {name: rows[name].tolist() for name in rows.names}
    elif hasattr(given, "columns"):
        columns = Columns.of(given)
        by_name = {name: columns.labels(name) for name in columns.schema}
    elif isinstance(given, Iterable) and not isinstance(given, (str, bytes, Mapping)):
        return list(rows)
    else:
        do = "Give a mapping per construct and wave, such as csv.DictReader gives, a frame, or what igm.read_csv gives."
        problems.add("invalid-value", "no rows", do, given=shown(rows))
        return []
    return [dict(zip(by_name, row, strict=True)) for row in zip(*by_name.values(), strict=True)]


def _published(
    row: object,
    labels: Sequence[str],
    figures: tuple[str, str, str],
    where: str,
    problems: Problems,
    *,
    lacking: bool,
) -> tuple[list[Any], Cell] | None:
    """What a published row says: its labels and its figures."""
    if not is_mapping(row):
        problems.add("invalid-value", "not a row", "Give a mapping per row.", where=where, given=shown(row))
        return None
    unknown = [name for name in (*labels, *figures) if name not in row]
    for name in unknown:
        do = suggestion(name, [str(key) for key in row])
        problems.add("missing-field", "a row lacks a field", do, where=f"{where}.{named(name)}")
    if unknown:
        return None
    told = len(problems)
    found = _labels(row, labels, where, problems)
    mean, sd, n = (_figure(row[name]) for name in figures)
    whole = int(n) if isinstance(n, float) and n.is_integer() else n
    state: Any = row.get("state") if lacking and isinstance(row.get("state"), str) else None
    try:
        cell = _cell(mean, sd, whole, state)
    except InputError as error:
        problems.extend(problem.under(where) for problem in error.problems)
        return None
    return None if len(problems) > told else (found, cell)


def _labels(row: Mapping[Any, Any], labels: Sequence[str], where: str, problems: Problems) -> list[Any]:
    """What a row is about; a group may be unknown, a construct and a wave may not."""
    found = [None if is_missing(row[name]) else as_written(row[name]) for name in labels]
    for name, value in zip(labels, found, strict=True):
        if not hashable(value):
            problems.add("invalid-value", "no name", NAME, where=f"{where}.{named(name)}", given=shown(value))
        elif value is None and name in labels[-2:]:
            do = "Give it, or leave the row out."
            problems.add("missing-field", "a row lacks a value", do, where=f"{where}.{named(name)}")
    return found


def _cell(mean: Any, sd: Any, n: Any, state: Any) -> Cell:
    """What a row has of figures, where its state says that it lacks some."""
    if state in ("suppressed", "empty") and mean is sd is n is None:
        return Cell(None, lacking=Lacking(state))
    if state == "rounded" and sd is None:
        # a spread of nought stands in for what is left out, so that what is no mean or number is refused
        checked = Summary(mean, None if n == 1 else 0.0, n)
        return Cell(None, lacking=Lacking(state, checked.mean, checked.n))
    return Cell(Summary(mean, sd, n))


def _figure(given: Any) -> Any:
    """A number as a file of texts gives it; ``None`` where nothing is."""
    if isinstance(given, str):
        try:
            return float(given.replace(",", "."))
        except ValueError:
            return None if not given.strip() else given
    return None if is_missing(plain_number(given)) else plain_number(given)
