"""Whether a condition on one fact is true for a known value."""

from __future__ import annotations

from datetime import date

from igm.decision.conditions import Age, Atom, Compare, Known, OneOf
from igm.decision.facts import FactValue


def holds(atom: Atom, value: FactValue, peildatum: date | None) -> bool:
    """Whether a condition on one fact is true for a known value."""
    match atom:
        case Known():
            return True
        case Compare(op=op, threshold=threshold):
            return _compare(value, op, threshold)
        case Age(op=op, years=years):
            assert isinstance(value, date)  # noqa: S101 (the kind was checked when the case was made)
            assert peildatum is not None  # noqa: S101 (required as soon as a kader reads a date)
            return _compare(years_between(value, peildatum), op, years)
        case OneOf(values=values):
            return value in values
        case _:
            return value is True


def _compare(value: object, op: str, threshold: object) -> bool:
    match op:
        case "<":
            return value < threshold  # type: ignore[operator,no-any-return]
        case "<=":
            return value <= threshold  # type: ignore[operator,no-any-return]
        case ">":
            return value > threshold  # type: ignore[operator,no-any-return]
        case _:
            return value >= threshold  # type: ignore[operator,no-any-return]


def years_between(start: date, end: date) -> int:
    """Whole years from one day to another; someone born on 29 February turns a year older on 1 March.

    Example:
        >>> years_between(date(2000, 2, 29), date(2023, 2, 28)), years_between(date(2000, 2, 29), date(2023, 3, 1))
        (22, 23)
    """
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))
