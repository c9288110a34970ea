"""What is wrong with a fact as it is declared, with a value of it, and with a condition on it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, TypeGuard, cast

import numpy as np

from igm.decision.conditions import Age, Atom, Compare, FactKind, OneOf
from igm.decision.reading_names import name_misfits
from igm.decision.shapes import Fault, faults
from igm.errors import MASK, Problem, shown, suggestion

if TYPE_CHECKING:
    from igm.decision.facts import Fact

LONGEST: Final = 36_500
"""A value holds a hundred years at most."""


def _is_number(value: object) -> TypeGuard[float]:
    """A finite number that is not True or False; whole numbers may be larger than any float."""
    return type(value) is int or (isinstance(value, float) and math.isfinite(value))


def _is_float(value: object) -> bool:
    """Whether there are numbers with decimals of this size."""
    try:
        float(cast("float", value))
    except OverflowError:
        return False
    except (TypeError, ValueError):
        return True  # that it is no number is told elsewhere
    return True


def _is_day(value: object) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)


def strange_fields(fact: Fact) -> Iterator[Fault]:
    """What is of another kind than a fact's fields are."""
    notes = ("eenheid", "geldt_als", "toelichting", "vraag")
    yield from faults(fact, notes=notes, flags=("geheel", "veranderbaar", "gevoelig"))
    kind: object = fact.kind
    if not isinstance(kind, FactKind):
        yield "kind", "kind is no kind of fact", suggestion(str(kind), list(FactKind)), shown(kind)
    if not all(isinstance(cast("object", option), str) for option in fact.opties):
        yield "opties", "options are texts", "Give texts such as 'stabiel'.", shown(fact.opties)


def misfits(fact: Fact) -> Iterator[tuple[str, str, object]]:
    """What does not fit the kind of a fact: what is wrong, what to do, and what was given."""
    bounds = [bound for bound in (fact.minimum, fact.maximum) if bound is not None]
    match fact.kind:
        case FactKind.KEUZE if len(fact.opties) < 2 or len(set(fact.opties)) != len(fact.opties):
            yield ("a choice needs at least two different options", "Give opties=(...).", fact.opties)
        case FactKind.GETAL if len(bounds) < 2 or not all(_is_number(bound) for bound in bounds):
            yield ("a number needs finite bounds", "Give minimum and maximum, such as 0 and 120.", bounds)
        case FactKind.GETAL if not (fact.eenheid or "").strip():
            yield ("a number needs a unit", "Give eenheid='jaar'.", fact.eenheid)
        case FactKind.GETAL if fact.geheel and any(_is_number(bound) and bound % 1 for bound in bounds):
            yield ("a whole number has whole bounds", "Give bounds such as 0 and 120.", bounds)
        case FactKind.DATUM if not all(_is_day(bound) for bound in bounds):
            yield ("the bounds of a date are dates", "Give datetime.date values, or none.", bounds)
        case FactKind.JA_NEE | FactKind.KEUZE if bounds:
            yield ("only a number or a date has bounds", "Leave minimum and maximum out.", bounds)
        case _ if len(bounds) == 2 and not bounds[0] < bounds[1]:  # type: ignore[operator]
            yield ("the minimum is not below the maximum", "Give bounds such as 0 and 120.", bounds)
        case _:
            pass
    if not all(option.strip() for option in fact.opties):
        yield ("options are texts", "Give texts such as 'stabiel'.", fact.opties)
    if fact.kind is not FactKind.KEUZE and fact.opties:
        yield ("only a choice has options", "Leave opties out, or declare a keuze.", fact.opties)
    yield from _size_misfits(fact, bounds)
    yield from _time_misfits(fact)
    yield from name_misfits(fact)


def _size_misfits(fact: Fact, bounds: list[float | date]) -> Iterator[tuple[str, str, object]]:
    if fact.kind is FactKind.GETAL and not fact.geheel and not all(map(_is_float, bounds)):
        do = "Give bounds below 1e308, or declare it whole with geheel=True."
        yield ("a number that need not be whole has bounds that are too large", do, bounds)


def _time_misfits(fact: Fact) -> Iterator[tuple[str, str, object]]:
    days: object = fact.houdbaar_dagen
    if days is not None and not (type(days) is int and 1 <= days <= LONGEST):
        do = f"Give a whole number of days from 1 to {LONGEST:,}, or leave it out."
        yield ("houdbaar_dagen is not a number of days", do, days)
    if days is not None and fact.zonder_melding is False:
        do = "Leave houdbaar_dagen out: what the case system itself records is of today."
        yield ("a fact that is no when nothing is reported does not expire", do, days)
    if not isinstance(cast("object", fact.toekomst), bool):
        yield ("toekomst is True or False", "Give toekomst=False, or leave it out.", fact.toekomst)
    elif not fact.toekomst and fact.kind is not FactKind.DATUM:
        yield ("only a date can lie in the future", "Leave toekomst out.", fact.toekomst)


def value_problem(
    fact: Fact, value: object, where: str, *, masked: bool, peildatum: date | None
) -> Problem | None:
    """What is wrong with a value of a fact, if anything; see ``Fact.problem``."""
    given = (
        MASK if fact.gevoelig and masked else shown(value) if isinstance(value, (int, str)) else repr(value)
    )

    found = _fault(fact, value, peildatum)
    if found is None:
        return None
    code, what = found
    do = f"Give {fact.admissible}{', and None in place of NaN' if is_gap(value) else ''}."
    return Problem(code, f"{what} for {fact.label!r}", do, where, given)


def is_gap(value: object) -> bool:
    """NaN, or the NA or NaT of a frame or of NumPy: what equals nothing, not even itself.

    Example:
        >>> is_gap(float("nan")), is_gap(None), is_gap("nan")
        (True, False, False)
    """
    return type(value).__name__ in {"NAType", "NaTType"} or (
        isinstance(value, (float, np.floating, np.datetime64)) and bool(value != value)
    )


def _fault(fact: Fact, value: object, peildatum: date | None) -> tuple[str, str] | None:
    """The code and the words for what is wrong with a value."""
    if is_gap(value):
        return "fact-kind", "NaN is no value of a case"
    match fact.kind:
        case FactKind.JA_NEE:
            return None if isinstance(value, bool) else ("fact-kind", "not a yes or no")
        case FactKind.KEUZE:
            fits = isinstance(value, str) and value in fact.opties
            return None if fits else ("fact-kind", "not an option")
        case FactKind.DATUM:
            return _date_fault(fact, value, peildatum)
        case FactKind.GETAL:
            return _number_fault(fact, value)


def _date_fault(fact: Fact, value: object, peildatum: date | None) -> tuple[str, str] | None:
    if not _is_day(value):
        return "fact-kind", "not a date"
    if not fact.toekomst and peildatum is not None and value > peildatum:
        return "fact-bounds", f"a day after the peildatum {peildatum.isoformat()}"
    return ("fact-bounds", "outside the bounds") if _outside(fact, value) else None


def _number_fault(fact: Fact, value: object) -> tuple[str, str] | None:
    if not _is_number(value):
        return "fact-kind", "not a finite number"
    if fact.geheel and value != int(value):
        return "fact-kind", "not a whole number"
    return ("fact-bounds", "outside the bounds") if _outside(fact, value) else None


def _outside(fact: Fact, value: float | date) -> bool:
    below = fact.minimum is not None and value < fact.minimum  # type: ignore[operator]
    return below or (fact.maximum is not None and value > fact.maximum)  # type: ignore[operator]


def use_problem(fact: Fact, atom: Atom, where: str) -> Problem | None:
    """What is wrong with a condition on a fact, if anything."""
    if atom.kind is not fact.kind:
        what = f"{fact.name!r} is declared as {fact.kind.value} but read as {atom.kind.value}"
        return Problem("fact-kind", what, f"Write feit.{fact.kind.value}({fact.name!r}).", where, repr(atom))
    match atom:
        case Compare(threshold=threshold) if _outside(fact, threshold):
            what = f"a threshold on {fact.name!r} lies outside its bounds"
            do = f"Stay within {fact.minimum} to {fact.maximum}."
            return Problem("fact-bounds", what, do, where, repr(atom))
        case OneOf(values=values):
            wrong = [value for value in values if fact.problem(value, where, masked=False)]
            if wrong:
                what = f"{fact.name!r} can never be {', '.join(map(str, wrong))}"
                do = suggestion(str(wrong[0]), fact.opties) if fact.opties else f"It can be {fact.possible}."
                return Problem("fact-bounds", what, do, where, repr(atom))
        case Age(years=years) if not 0 <= years <= 150:
            return Problem(
                "fact-bounds", "an age outside 0 to 150 years", "Give whole years.", where, repr(atom)
            )
        case _:
            return None
    return None
