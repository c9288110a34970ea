"""From a pattern of what is known to its arguments, in which nothing is told that the pattern does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from igm.constructs._base import shown
from igm.decision.afweging import Afweging
from igm.decision.casus import Casus
from igm.decision.conditions import FactKind, JaNee, Known
from igm.decision.fact_patterns import FactPattern, FactPatterns
from igm.decision.facts import FactValue
from igm.decision.frame_distinct import distinct
from igm.decision.frame_request import Given, read_request
from igm.decision.patterns import representative
from igm.decision.predicate_columns import refuse_unsupported
from igm.decision.proving import told_of
from igm.decision.records import Argument, Details, FactUse
from igm.decision.room import VangrailStand
from igm.decision.speaking import IN_DUTCH
from igm.decision.truth import Beleid
from igm.decision.weighing import describe, relevance
from igm.disclosure import GroupPurpose, least_people
from igm.errors import InputError

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader
    from igm.decision.records import OutcomeT

MOST: Final = 10_000
"""No more patterns are shown: each is weighed, and nobody reads them all."""

_KNOWN: Final = "bekend"


def frame_patterns(
    kader: Afwegingskader[OutcomeT],
    given: Given,
    *,
    doel: GroupPurpose,
    minimum_n: int | None,
    most: int,
) -> FactPatterns[OutcomeT]:
    """The patterns of a frame; see ``kader.patterns``."""
    least = least_people(doel, minimum_n)
    number: object = most
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= MOST:
        what, do = "how many patterns are shown", f"Give a whole number from 1 to {MOST}."
        raise InputError.of("value-out-of-range", what, do, where="$.most", given=shown(number))
    refuse_unsupported(kader.predicates)
    asked = read_request(kader, given)
    found = distinct(asked, least)
    patterns = tuple(
        _pattern(kader, representative(kader, digits, asked.peildatum), n)
        for digits, n in zip(found.digits[:most].tolist(), found.counts[:most].tolist(), strict=True)
    )
    return FactPatterns(kader.reference, patterns, found.n, least)


def _pattern(kader: Afwegingskader[OutcomeT], casus: Casus, n: int) -> FactPattern[OutcomeT]:
    trace = kader.machine.decide(casus.true, casus.false, casus.own)
    told = attrs.evolve(casus, values=_certain(kader, casus), sensitive=kader.sensitive)
    details = describe(kader, told, Beleid.EXACT, trace, relevance(kader, casus, trace))
    return FactPattern(n, _conditions(kader, casus), Afweging(_without_values(details, casus)))


def _certain(kader: Afwegingskader[Any], casus: Casus) -> dict[str, FactValue]:
    """Yes and no, where a pattern is sure: a no can also be assumed, or mean that a fact does not apply."""
    found: dict[str, FactValue] = {}
    for name in kader.facts_that_count:
        fact, bit = kader.feiten[name], kader.machine.bits.index.get(JaNee(name))
        if fact.kind is not FactKind.JA_NEE or bit is None:
            continue
        if casus.true >> bit & 1:
            found[name] = True
        elif casus.false >> bit & 1 and fact.geldt_als is None and fact.zonder_melding is None:
            found[name] = False
    return found


def _conditions(kader: Afwegingskader[Any], casus: Casus) -> dict[str, bool]:
    """Which conditions are true and which are false, in words."""
    found: dict[str, bool] = {}
    for bit, atom in enumerate(kader.machine.bits.atoms):
        yes, no = casus.true >> bit & 1, casus.false >> bit & 1
        if (yes or no) and not isinstance(atom, Known):
            found[told_of(atom, IN_DUTCH)["tekst"]] = bool(yes)
    return found


def _without_values(details: Details[OutcomeT], casus: Casus) -> Details[OutcomeT]:
    """What is known without a value is called known, and never unknown."""

    def use(one: FactUse) -> FactUse:
        return attrs.evolve(one, shown=_KNOWN) if one.value is None and one.name in casus.effective else one

    def argument(one: Argument) -> Argument:
        return attrs.evolve(one, feiten=tuple(map(use, one.feiten)))

    def rail(one: VangrailStand) -> VangrailStand:
        return attrs.evolve(one, feiten=tuple(map(use, one.feiten)))

    return attrs.evolve(
        details,
        rij=None if details.rij is None else argument(details.rij),
        argumenten=tuple(map(argument, details.argumenten)),
        weerlegd=tuple(map(argument, details.weerlegd)),
        onbeslist=tuple(map(argument, details.onbeslist)),
        vangrails=tuple(map(rail, details.vangrails)),
    )
