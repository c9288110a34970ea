"""Rows of a published table, read once with all that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, TypeGuard

import attrs

from igm.analysis._frame import hashable
from igm.analysis.samples import is_missing
from igm.constructs._base import is_mapping, is_number, plain_number, shown
from igm.constructs.schaal import Schaal
from igm.disclosure.figures import (
    MOST_ITEMS,
    MOST_PEOPLE,
    check_rounded,
    decimals_of,
    written_number,
    written_whole,
)
from igm.errors import Problems, named, suggestion

_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
_YES = {"yes", "ja", "*", "**", "***", "true", "1"}
_NO = {"no", "nee", "", "false", "0", "none", "nan"}


@attrs.frozen
class PublishedRow:
    """One row of a published table.

    Attributes:
        where: Its columns: groups, construct and wave.
        group: The values of the columns that make groups.
        construct: What was measured.
        wave: When.
        mean: The mean.
        sd: The standard deviation, ``None`` where it is not published.
        n: How many people.
        schaal: The scale of an answer.
        mark: What stands as a mark of significance; ``None`` without a column of marks.
        p: The published chance, ``None`` where there is none.
        items: Of how many items the row says that a score is the mean; ``None`` where it does not.
        p_decimals: To how many decimals the chance is published.
    """

    where: Mapping[str, Any]
    group: tuple[Any, ...]
    construct: str
    wave: Any
    mean: float
    sd: float | None
    n: int
    schaal: Schaal
    mark: str | None = None
    p: float | None = None
    items: int | None = None
    p_decimals: int = 1

    @property
    def marked(self) -> bool | None:
        """Whether it is marked; ``None`` where that is not said of the whole group."""
        given = (self.mark or "").strip().lower()
        return True if given in _YES else False if given in _NO else None


@attrs.frozen
class Names:
    """What the fields of rows are called."""

    by: tuple[str, ...]
    construct: str
    wave: str
    n: str
    mean: str
    sd: str
    mark: str | None
    p: str | None


def read_rows(
    rows: Sequence[object], names: Names, schaal: Schaal | str, decimals: int, problems: Problems
) -> list[PublishedRow]:
    """The rows that can be read; every problem of every row is noted."""
    made: list[PublishedRow] = []
    seen: dict[tuple[Any, ...], int] = {}
    needed = [*names.by, names.construct, names.wave, names.n, names.mean, names.sd]
    needed += [one for one in (names.mark, names.p) if one]
    if isinstance(schaal, str):
        needed.append(schaal)
    for place, row in enumerate(rows):
        where = f"$[{place}]"
        if not has_fields(row, needed, where, problems):
            continue
        if not are_names(row, [*names.by, names.construct, names.wave], where, problems):
            continue
        group = tuple(row[name] for name in names.by)
        key = (group, str(row[names.construct]), row[names.wave])
        if key in seen:
            do = f"Give it once; it stands in row {seen[key]} too. Name what tells them apart with by=[...]."
            problems.add("duplicate-name", "a construct stands in a wave twice", do, where=where)
        seen.setdefault(key, place)
        before = len(problems)
        n, mean, sd, p, items = _figures(row, names, where, decimals, problems)
        scale = schaal if isinstance(schaal, Schaal) else _scale(row, schaal, where, problems)
        if len(problems) > before or n is None or mean is None or scale is None:
            continue
        labels = dict(zip((*names.by, names.construct, names.wave), (*group, *key[1:]), strict=True))
        mark = None if names.mark is None else str(row[names.mark])
        made.append(
            PublishedRow(
                labels,
                group,
                key[1],
                key[2],
                mean,
                sd,
                int(n),
                scale,
                mark,
                p,
                None if items is None else int(items),
                1 if names.p is None else max(1, decimals_of(row[names.p])),
            )
        )
    if not rows and not len(problems):
        problems.add("missing-field", "no rows", "Give a mapping per row of the table.")
    return made


def are_names(row: Mapping[Any, Any], fields: Iterable[str], where: str, problems: Problems) -> bool:
    """Whether what tells rows apart is there, and can: a list cannot, nor can what is missing."""
    before = len(problems)
    for name in fields:
        value: object = row[name]
        if is_missing(value) or (isinstance(value, str) and not value.strip()):
            do = "Say what it is in every row."
            problems.add("missing-field", "a row without a name", do, where=f"{where}.{named(name)}")
        elif not hashable(value):
            do, path = "Give a text, a number or a date.", f"{where}.{named(name)}"
            problems.add("invalid-value", "not a name", do, where=path, given=shown(value))
    return len(problems) == before


def unread_fields(rows: Iterable[object], names: Names, schaal: object) -> tuple[str, ...]:
    """The fields of rows that nothing was done with."""
    read = {*names.by, names.construct, names.wave, names.n, names.mean, names.sd, names.mark, names.p}
    read |= {"items", schaal} if isinstance(schaal, str) else {"items"}
    fields = dict.fromkeys(name for row in rows if is_mapping(row) for name in row)
    return tuple(str(name) for name in fields if name not in read)


def _figures(
    row: Mapping[Any, Any], names: Names, where: str, decimals: int, problems: Problems
) -> tuple[float | None, float | None, float | None, float | None, float | None]:
    """Number, mean, standard deviation, chance and number of items; each within its bounds and no finer than stated."""
    n = number_of(row, names.n, where, problems, whole=True)
    mean = number_of(row, names.mean, where, problems)
    sd = number_of(row, names.sd, where, problems, optional=True)
    p = None if names.p is None else number_of(row, names.p, where, problems, optional=True)
    items = number_of(row, "items", where, problems, whole=True, optional=True) if "items" in row else None
    bounds = ((names.n, n, 1, MOST_PEOPLE), (str(names.p), p, 0, 1), ("items", items, 1, MOST_ITEMS))
    for name, value, least, most in bounds:
        if value is not None and not least <= value <= most:
            do, path = f"Give {least} to {most}.", f"{where}.{named(name)}"
            problems.add("value-out-of-range", "a figure", do, where=path, given=shown(value))
    if sd is not None and sd < 0:
        do = "Give a number of at least 0."
        problems.add("value-out-of-range", "a standard deviation", do, where=f"{where}.{named(names.sd)}")
    for name, figure in ((names.mean, mean), (names.sd, sd)):
        if figure is not None:
            check_rounded(f"{where}.{named(name)}", figure, decimals, problems)
    return n, mean, sd, p, items


def has_fields(
    row: object, needed: Iterable[str], where: str, problems: Problems
) -> TypeGuard[Mapping[Any, Any]]:
    """Whether a row is one and has its fields."""
    if not is_mapping(row):
        problems.add("invalid-value", "not a row", "Give a mapping per row.", where=where, given=shown(row))
        return False
    lacking = [name for name in needed if name not in row]
    for name in lacking:
        do = suggestion(name, [str(key) for key in row])
        problems.add("missing-field", "a row lacks a field", do, where=f"{where}.{named(name)}")
    return not lacking


def number_of(
    row: Mapping[Any, Any],
    name: str,
    where: str,
    problems: Problems,
    *,
    whole: bool = False,
    optional: bool = False,
) -> float | None:
    """A figure of a row, also as a file of texts gives it."""
    given: object = plain_number(row[name])
    value: object = written_whole(given) if whole else written_number(given)
    empty = value is None or (isinstance(value, str) and not value.strip())
    if empty and optional:
        return None
    if not is_number(value) or (whole and value != int(value)):
        do = "Give a whole number." if whole else "Give a number."
        problems.add("not-a-number", "a figure", do, where=f"{where}.{named(name)}", given=shown(given))
        return None
    return float(value)


def _scale(row: Mapping[Any, Any], name: str, where: str, problems: Problems) -> Schaal | None:
    given: object = row[name]
    if isinstance(given, Schaal):
        return given
    top = number_of(row, name, where, problems, whole=True)
    if top is None:
        return None
    if not 2 <= top <= 2**53:
        do = "Give the highest answer of a scale from 1."
        problems.add(
            "value-out-of-range", "the end of a scale", do, where=f"{where}.{named(name)}", given=shown(given)
        )
        return None
    return Schaal(minimum=1, maximum=int(top))


def day_of(given: object, where: str, problems: Problems) -> tuple[int, ...] | None:
    """A year and month, a day, or a time on a day, as numbers that can be compared."""
    try:
        return _moment(given)
    except ValueError:
        do = "Give a date that exists, or a text such as '2024-10', '2024-10-03' or '2024-10-03T09:30'."
        problems.add("invalid-value", "not a date", do, where=where, given=shown(given))
        return None


def _moment(given: object) -> tuple[int, ...]:
    """The same; a ``ValueError`` for what is none, as `datetime` raises it."""
    if isinstance(given, str) and (found := _DAY.fullmatch(given.strip())):
        year, month, day = (int(part) if part else None for part in found.groups())
        whole = date(year or 0, month or 0, day or 1)
        return (whole.year, whole.month) if day is None else (whole.year, whole.month, whole.day)
    if isinstance(given, str):
        given = datetime.fromisoformat(given.strip())
    if not isinstance(given, date) or is_missing(given):
        raise ValueError
    if not isinstance(given, datetime):
        return given.year, given.month, given.day
    at = given if given.tzinfo is None else given.astimezone(UTC)
    return at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond
