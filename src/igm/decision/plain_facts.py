"""Facts that are given as plain values, read with what is worked out once per kader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from igm.decision.completions import NOT_APPLICABLE, CellValue
from igm.decision.conditions import FactKind
from igm.decision.facts import Fact, FactValue
from igm.decision.program import Bits

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

Sides: TypeAlias = tuple[int, int]
"""Bits of the conditions that are true, and of those that are false."""

Way: TypeAlias = tuple[str, Fact, bool, tuple[Sides, Sides] | None]
"""Name of a fact, the fact, whether it is taken as no, and what yes and no set for a fact that is one of the two."""

PlainRead: TypeAlias = tuple[dict[str, FactValue], tuple[str, ...], Mapping[str, CellValue], int, int]
"""What plain values say: ``values``, ``aangenomen``, ``effective``, ``true`` and ``false`` of a `Casus`."""

_PLAIN: Final = {
    FactKind.GETAL: frozenset({int, float}),
    FactKind.KEUZE: frozenset({str}),
    FactKind.DATUM: frozenset({date}),
}


@attrs.frozen
class PlainFacts:
    """Reads facts of one kader, as long as nothing about them needs a closer look.

    Attributes:
        bits: The bits of the kader's conditions.
        ways: How each fact is read, in the order of declaration.
        dependents: Facts that hang on another one, with that one, and what they set when they do not apply.
        expiring: Names of the facts whose value needs the day on which it was established.
        earliest: The first reference date on which every fact can have a value.
    """

    bits: Bits
    ways: tuple[Way, ...]
    dependents: tuple[tuple[str, str, Sides], ...]
    expiring: frozenset[str]
    earliest: date

    @classmethod
    def of(cls, kader: Afwegingskader[Any]) -> PlainFacts:
        """What reads the facts of this kader; worked out when it is first used, and kept with it."""
        kept: PlainFacts | None = vars(kader).get("_plain_facts")
        if kept is None:
            bits = kader.machine.bits
            ways = tuple(_way(bits, fact) for fact in kader.feiten.values())
            hanging = ((name, kader.feiten[name].geldt_als or "") for name in kader.dependents)
            absent = tuple((name, base, bits.pack_fact(name, NOT_APPLICABLE, None)) for name, base in hanging)
            # beside what its cached properties keep: it follows from the kader alone, and is never pickled
            kept = vars(kader)["_plain_facts"] = cls(bits, ways, absent, *_of_time(kader.feiten.values()))
        return kept

    def read(self, given: dict[str, Any], peildatum: date | None) -> PlainRead | None:
        """Read facts by name; nothing when one is unknown to the kader, or is anything but a plain value that fits.

        Args:
            given: Facts by name; what is read is taken out of it.
            peildatum: Reference date.
        """
        if not self.expiring.isdisjoint(given) or (peildatum is not None and peildatum < self.earliest):
            return None
        values: dict[str, FactValue] = {}
        assumed: list[str] = []
        true, false = 0, self.bits.unknown
        take = given.pop
        for name, fact, taken_as_no, sides in self.ways:
            raw = take(name, None)
            if raw is None:
                if not taken_as_no:
                    continue
                raw = False
                assumed.append(name)
            if sides is None:
                if not _fits(fact, raw, peildatum):
                    return None
                fact_true, fact_false = self.bits.pack_fact(name, raw, peildatum)
            elif raw is True:
                fact_true, fact_false = sides[0]
            elif raw is False:
                fact_true, fact_false = sides[1]
            else:
                return None
            values[name] = raw
            true |= fact_true
            false |= fact_false
        if given:
            return None
        effective, more_true, more_false = self._with_absent(values)
        true |= more_true
        # bits of `unknown` are false only as long as their fact sets nothing
        return values, tuple(assumed), effective, true, (false | more_false) & ~true

    def _with_absent(self, values: dict[str, FactValue]) -> tuple[Mapping[str, CellValue], int, int]:
        """The values with *not applicable* where that follows, and what those set."""
        true = false = 0
        absent: dict[str, CellValue] = {}
        for name, base, (fact_true, fact_false) in self.dependents:
            if name not in values and values.get(base) is False:
                absent[name] = NOT_APPLICABLE
                true |= fact_true
                false |= fact_false
        return ({**values, **absent} if absent else values), true, false


def _of_time(facts: Iterable[Fact]) -> tuple[frozenset[str], date]:
    listed = list(facts)
    bounds = [fact.minimum for fact in listed if not fact.toekomst and isinstance(fact.minimum, date)]
    expiring = frozenset(fact.name for fact in listed if fact.houdbaar_dagen is not None)
    return expiring, max(bounds, default=date.min)


def _way(bits: Bits, fact: Fact) -> Way:
    sides = None
    if fact.kind is FactKind.JA_NEE:
        yes, no = (bits.pack_fact(fact.name, value, None) for value in (True, False))
        sides = yes, no
    return fact.name, fact, fact.zonder_melding is False, sides


def _fits(fact: Fact, raw: Any, peildatum: date | None) -> bool:
    return type(raw) in _PLAIN[fact.kind] and fact.problem(raw, "$", peildatum=peildatum) is None
