"""Which column each name has in one frame, and all that is wrong with it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, Literal, Protocol, TypeAlias

import attrs

from igm.constructs._base import FrozenMapping, path_of, shown
from igm.errors import InputError, Problems, named, suggestion

NameKind: TypeAlias = Literal["items", "facts"]
"""Items are what a questionnaire asks for, facts what a kader asks for."""

_ONE: Final[Mapping[NameKind, str]] = {"items": "item", "facts": "fact"}


class _Long(Protocol):
    @property
    def people(self) -> tuple[str, ...]: ...
    @property
    def item(self) -> str: ...
    @property
    def answer(self) -> str: ...


class _Map(Protocol):
    @property
    def codes(self) -> Mapping[str, object]: ...
    @property
    def long(self) -> _Long | None: ...
    def named(self, kind: NameKind, /) -> Mapping[str, str]: ...
    def candidates(self, kind: NameKind, name: str, /) -> tuple[str, ...]: ...


@attrs.frozen
class ResolvedColumns:
    """Where the names stand in one frame.

    Attributes:
        layout: ``wide`` with a row per person, ``long`` with a row per answer.
        columns: The column by name, in the order of the names that are known; empty in a long frame.
        items: Of a long frame, the name by value of the column with items; empty in a wide frame.
        not_found: Names without a column; empty in a long frame, whose rows say which items there are.
        not_used: Columns that no name has, in the order of the frame; those that the map gives to the other kind of
            names are not among them.
    """

    layout: Literal["wide", "long"]
    columns: Mapping[str, str] = attrs.field(converter=FrozenMapping[str, str])
    items: Mapping[str, str] = attrs.field(converter=FrozenMapping[str, str])
    not_found: tuple[str, ...]
    not_used: tuple[str, ...]


def resolved_columns(
    given: _Map, kind: NameKind, known: Sequence[str], columns: Sequence[object]
) -> ResolvedColumns:
    """Which column each name has.

    Raises:
        InputError: All that is wrong, at once.
    """
    problems = Problems()
    _check_names(given, kind, known, problems)
    if given.long is None:
        found = _wide(given, kind, known, columns, problems)
    else:
        found = _long(given, given.long, kind, known, columns, problems)
    problems.raise_any(InputError)
    return found


def _other(kind: NameKind) -> NameKind:
    return "facts" if kind == "items" else "items"


def _check_names(given: _Map, kind: NameKind, known: Sequence[str], problems: Problems) -> None:
    for name, column in given.named(kind).items():
        if name not in known:
            where, do = path_of(("columns", kind, name)), suggestion(name, known)
            if column in known:
                do = f"Did you mean {kind}={{{named(column)!r}: {named(name)!r}}}?"
            problems.add("unknown-name", f"no such {_ONE[kind]}", do, where=where, given=shown(name))
    other = _other(kind)
    meant = {"*", *known, *given.named("items"), *given.named("facts")}
    for name in given.codes:
        if name not in meant:
            what = f"codes for a name that is no {_ONE[kind]} here, and no {_ONE[other]} in the map"
            near = suggestion(name, [*known, *given.named(other)])
            do = f"{near} If it is a {_ONE[other]}, name its column in {other}."
            where = path_of(("columns", "codes", name))
            problems.add("unknown-name", what, do, where=where, given=shown(name))


def _wide(
    given: _Map, kind: NameKind, known: Sequence[str], columns: Sequence[object], problems: Problems
) -> ResolvedColumns:
    there = Counter(column for column in columns if isinstance(column, str))
    found: dict[str, str] = {}
    owner: dict[str, str] = {}
    for name in known:
        where = path_of(("columns", kind, name))
        column = next((one for one in given.candidates(kind, name) if one in there), None)
        if column is None:
            if name in given.named(kind):
                _refuse_absent(given.named(kind)[name], there, where, problems)
            elif name in given.named(_other(kind)):
                what = f"{named(name)} stands in {_other(kind)}"
                problems.add(
                    "unknown-name", what, f"Put it in {kind}.", where=path_of(("columns", _other(kind), name))
                )
            continue
        _refuse_twice(column, there, where, problems)
        if column in owner:
            what = f"{named(name)} and {named(owner[column])} have one column"
            do = "Name the column of each, or leave one out of the frame."
            problems.add("duplicate-name", what, do, where=where, given=shown(column))
            continue
        found[name], owner[column] = column, name
    not_found = tuple(name for name in known if name not in found)
    used = {*owner, *given.named(_other(kind)).values()}
    not_used = tuple(str(column) for column in columns if column not in used)
    return ResolvedColumns("wide", found, {}, not_found, not_used)


def _long(
    given: _Map,
    long: _Long,
    kind: NameKind,
    known: Sequence[str],
    columns: Sequence[object],
    problems: Problems,
) -> ResolvedColumns:
    there = Counter(column for column in columns if isinstance(column, str))
    several = len(long.people) > 1
    people = {f"person[{place}]" if several else "person": name for place, name in enumerate(long.people)}
    used = {**people, "item": long.item, "answer": long.answer}
    for part, column in used.items():
        where = f"$.columns.long.{part}"
        if column not in there:
            _refuse_absent(column, there, where, problems)
        _refuse_twice(column, there, where, problems)
    items: dict[str, str] = {}
    for name in known:
        for value in given.candidates(kind, name):
            if items.setdefault(value, name) != name:
                what = f"{named(name)} and {named(items[value])} have one value among the items"
                where, do = path_of(("columns", kind, name)), "Name the value of each."
                problems.add("duplicate-name", what, do, where=where, given=shown(value))
    not_used = tuple(str(column) for column in columns if column not in used.values())
    return ResolvedColumns("long", {}, items, (), not_used)


def _refuse_absent(column: str, there: Mapping[str, int], where: str, problems: Problems) -> None:
    do = suggestion(column, there)
    problems.add("unknown-name", "the frame has no such column", do, where=where, given=shown(column))


def _refuse_twice(column: str, there: Mapping[str, int], where: str, problems: Problems) -> None:
    if there[column] > 1:
        what, do = "the frame has this column twice", "Give the columns names that differ."
        problems.add("duplicate-name", what, do, where=where, given=shown(column))
