"""Whether the kind of a column can hold a fact, days or own answers; what it holds is not looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from igm._engines.engine import Engine
from igm._engines.schema import ColumnType, Kind
from igm.constructs._base import path_of
from igm.decision.conditions import FactKind
from igm.decision.fact_codes import TEXTS
from igm.decision.facts import Fact
from igm.decision.frame_facts import FactColumn
from igm.errors import Problem, named

_FITS: Final[Mapping[FactKind, frozenset[Kind]]] = {
    FactKind.JA_NEE: frozenset({Kind.BOOL, Kind.WHOLE, Kind.FLOAT, Kind.EMPTY, Kind.OBJECT}),
    FactKind.GETAL: frozenset({Kind.WHOLE, Kind.FLOAT, Kind.EMPTY, Kind.OBJECT}),
    FactKind.KEUZE: frozenset({Kind.TEXT, Kind.CATEGORY, Kind.EMPTY, Kind.OBJECT}),
    FactKind.DATUM: frozenset({Kind.DATE, Kind.DATETIME, Kind.EMPTY, Kind.OBJECT}),
}
_WANTED: Final[Mapping[FactKind, str]] = {
    FactKind.JA_NEE: "Give a column of true and false, or of 1 and 0",
    FactKind.GETAL: "Give a column of numbers",
    FactKind.KEUZE: "Give a column of texts or categories",
    FactKind.DATUM: "Give a column of dates, without time and time zone",
}
_COULD_BE_CODED: Final[Mapping[FactKind, frozenset[Kind]]] = {
    FactKind.JA_NEE: TEXTS,
    FactKind.GETAL: TEXTS,
    FactKind.KEUZE: frozenset({Kind.WHOLE, Kind.FLOAT}),
    FactKind.DATUM: frozenset(),
}
_IF_EMPTY: Final[Mapping[FactKind, frozenset[Kind]]] = {
    FactKind.JA_NEE: frozenset(),
    FactKind.GETAL: frozenset(),
    FactKind.KEUZE: frozenset({Kind.WHOLE, Kind.FLOAT}),
    FactKind.DATUM: frozenset({Kind.WHOLE, Kind.FLOAT}),
}
"""Columns of nothing have these types in some engines; a value in them is refused."""
_CODED: Final = ", or say in a ColumnMap what its values mean."

LARGEST: Final = 2**53
"""Engines compare whole numbers with numbers that have decimals exactly below this."""
_DAYS: Final = frozenset({Kind.DATE, Kind.DATETIME, Kind.OBJECT})


def can_hold(column: FactColumn) -> bool:
    """Whether the kind of a column can hold its fact."""
    fact, kind = column.fact, column.column.kind
    fits = kind in _FITS[fact.kind] or (column.codes is not None and kind in _COULD_BE_CODED[fact.kind])
    if _is_python(column.column, column.engine):
        return False
    return fits and not (kind is Kind.DATETIME and column.column.timezone)


def _is_python(column: ColumnType, engine: Engine) -> bool:
    """Whether a column holds Python objects, and its engine runs no Python."""
    return column.kind is Kind.OBJECT and engine.by_expression


def is_if_empty(column: FactColumn) -> bool:
    """Whether a column can only belong to a fact as long as it holds nothing."""
    return column.codes is None and column.column.kind in _IF_EMPTY[column.fact.kind]


def _is_large(fact: Fact) -> bool:
    return any(
        abs(bound) >= LARGEST for bound in (fact.minimum, fact.maximum) if isinstance(bound, (int, float))
    )


def can_answer(column: ColumnType) -> bool:
    """Whether the kind of a column can hold own answers; one of numbers only as long as it holds nothing."""
    return column.kind in _FITS[FactKind.KEUZE] | _IF_EMPTY[FactKind.KEUZE]


def kind_problem(column: FactColumn) -> Problem | None:
    """What is wrong with the kind of the column of a fact."""
    fact, kind = column.fact, column.column.kind
    if can_hold(column) or is_if_empty(column):
        return None
    what = f"column {named(column.column.name)!r} cannot hold {fact.label!r}"
    coded = _CODED if kind in _COULD_BE_CODED[fact.kind] else "."
    return Problem(
        "fact-kind", what, f"{_WANTED[fact.kind]}{coded}", path_of((fact.name,)), column.column.native
    )


def bounds_problem(column: FactColumn) -> Problem | None:
    """What is wrong with the bounds of a fact, for the engine that holds it."""
    fact = column.fact
    if fact.kind is not FactKind.GETAL or not column.engine.by_expression or not _is_large(fact):
        return None
    do = "Declare bounds below 2 to the power 53, or weigh arrays."
    what = f"{fact.label!r} has bounds that {column.engine.value} does not compare exactly"
    return Problem("fact-bounds", what, do, path_of((fact.name,)))


def days_problem(column: FactColumn) -> Problem | None:
    """What is wrong with the days of the values of a fact: there are none, or their column cannot hold them."""
    fact, day, where = column.fact, column.day, path_of(("datums", column.fact.name))
    if fact.houdbaar_dagen is None:
        return None
    if day is not None:
        fits = day.kind in _DAYS and not day.timezone and not _is_python(day, column.engine)
        do = f"{_WANTED[FactKind.DATUM]}."
        return None if fits else Problem("fact-kind", "not a column of days", do, where, day.native)
    if column.column.kind is Kind.EMPTY:
        return None
    what = (
        f"values of {fact.label!r} hold for {fact.houdbaar_dagen} days, and do not say of which day they are"
    )
    return Problem(
        "missing-field", what, f"Give datums={{{fact.name!r}: name of the column with the days}}.", where
    )


def answers_problem(name: str, column: ColumnType) -> Problem | None:
    """What is wrong with the kind of a column of own answers to a question."""
    if can_answer(column):
        return None
    do, where = "Give a column of ja, nee, twijfel and nulls.", path_of(("antwoorden", name))
    return Problem("fact-kind", "not a column of answers", do, where, column.native)
