"""Values that hold for so many days: when one has expired, and what is wrong with its day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from igm.errors import Problem

if TYPE_CHECKING:
    from igm.decision.facts import Fact
    from igm.decision.kader import Afwegingskader


def is_expired(fact: Fact, dated: date, peildatum: date | None) -> bool:
    """Whether a value was established longer ago than it holds; on the last day it still counts.

    Example:
        >>> from igm.decision import Fact
        >>> rust = Fact.ja_nee("rust", label="er is rust", houdbaar_dagen=30)
        >>> [is_expired(rust, date(2026, 1, day), date(2026, 2, 1)) for day in (1, 2, 3)]
        [True, False, False]
    """
    if fact.houdbaar_dagen is None or peildatum is None:
        return False
    return (peildatum - dated).days > fact.houdbaar_dagen


def expired_text(houdbaar_dagen: int | None, dated: date) -> str:
    """Why an expired value does not count, in words."""
    return f"verlopen: gemeten op {dated.isoformat()}, langer dan {houdbaar_dagen} dagen geleden"


def date_problem(fact: Fact, dated: date | None, peildatum: date | None, where: str) -> Problem | None:
    """What is wrong with the day of a value that holds for so many days, if anything.

    Args:
        fact: The fact.
        dated: The day on which its value was established.
        peildatum: Reference date; without one that itself is told elsewhere.
        where: The path of the day, or of the value when it comes without one.
    """
    if dated is None:
        what = f"a value of {fact.label!r} holds for {fact.houdbaar_dagen} days and does not say of which day it is"
        do = "Give the day with it: {'waarde': ..., 'datum': '2026-03-02'}; in columns, datums={fact: days}."
        return Problem("missing-field", what, do, where)
    if peildatum is not None and dated > peildatum:
        what = f"a value of {fact.label!r} is of a day after the peildatum {peildatum.isoformat()}"
        do = "Give the day on which it was established, or a later peildatum."
        return Problem("fact-bounds", what, do, where, dated.isoformat())
    return None


def of_today(kader: Afwegingskader[Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of a case that is thought up: what expires was established on the reference date, whichever that is."""
    peildatum = facts.get("peildatum", date.max) if kader.needs_peildatum else facts.get("peildatum")
    found = {
        name: {"waarde": value, "datum": peildatum}
        if name in kader.feiten and kader.feiten[name].houdbaar_dagen is not None
        else value
        for name, value in facts.items()
    }
    return found if peildatum is None else {**found, "peildatum": peildatum}


def peildatum_problems(facts: Iterable[Fact], peildatum: date) -> Iterator[Problem]:
    """A reference date on which a fact that cannot lie in the future can have no value at all."""
    for fact in facts:
        if not fact.toekomst and isinstance(fact.minimum, date) and fact.minimum > peildatum:
            what = f"{fact.label!r} lies on {fact.minimum.isoformat()} or later, and not after the peildatum"
            do = "Give a later peildatum."
            yield Problem("fact-bounds", what, do, "$.peildatum", peildatum.isoformat())
