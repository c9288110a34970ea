"""Verification: what in a kader is not sound, or probably not meant, each with a case that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

import numpy as np

from igm._progress import Voortgang, check_progress, progress
from igm.decision.casus_context import read_peildatum
from igm.decision.expiry import of_today
from igm.decision.findings import Ernst, Finding, Verification
from igm.decision.kader import Afwegingskader
from igm.decision.properties import Eigenschap, check_properties
from igm.decision.verification_facts import check_declared, check_effects
from igm.decision.verification_rules import check_rows, check_rules
from igm.decision.verification_space import SAMPLE, SEED, Space
from igm.errors import InputError, Problems

MAX_PARTIAL: Final = 2**10
"""Up to so many cases with unknowns, the two policies are compared on every one."""

PARTIAL_SAMPLE: Final = 300
"""On so many drawn cases the two policies are compared where there are more."""

MAX_UNKNOWN: Final = 6
"""A drawn case has at most so many unknown facts, and those that hang on them."""


def reference_day(kader: Afwegingskader[Any], given: date | str | None) -> date | None:
    """The day on which ages are counted, where a kader reads dates; text such as 2026-03-02 will do.

    Raises:
        InputError: ``peildatum-missing`` when there is none; ``invalid-value`` for what is no date.
    """
    if given is None and not kader.reads_dates:
        return None
    if given is None:
        do = "Give verify(peildatum=...), the day on which ages and terms are counted."
        raise InputError.of("peildatum-missing", f"kader {kader.id!r} reads dates", do, where="$.peildatum")
    problems = Problems()
    day = read_peildatum(kader, given, problems)
    problems.raise_any(InputError)
    return day if kader.reads_dates else None


def verify(
    kader: Afwegingskader[Any],
    peildatum: date | str | None = None,
    eigenschappen: Sequence[Eigenschap] = (),
    voortgang: Voortgang = False,
) -> Verification:
    """Look at every case that a kader tells apart; see ``Afwegingskader.verify``.

    Its guards are not looked at again: they are proven when it is built, and it cannot change.
    """
    check_progress(voortgang)
    peildatum = reference_day(kader, peildatum)
    broken = list(check_properties(kader, eigenschappen, peildatum))
    findings = list(check_declared(kader))
    whole = Space.of(kader, kader.facts_read, peildatum, unknown=kader.facts_in_known)
    if whole is None:
        note = "Niet doorgerekend: er hangen te veel feiten aan elkaar om hun waarden op te sommen."
        return Verification(kader.reference, [*findings, *broken], 0, exact=False, note=note)

    def spaces(names: Iterable[str]) -> Space | None:
        read = set(names)
        unknown = read.intersection(kader.facts_in_known)
        return whole if whole.exact else Space.of(kader, read, peildatum, unknown=unknown)

    every, cases = _partial_cases(kader, peildatum)
    with progress(voortgang, 2 + len(whole.table.found) + len(cases), f"verify {kader.id}") as step:
        findings += check_rules(kader, spaces)
        step()
        findings += check_rows(kader, whole)
        step()
        findings += check_effects(kader, whole, step)
        compared, differing = _policies(kader, cases, step, every=every)
    findings += differing
    findings += broken
    note = " ".join(filter(None, (_weighed(whole), _proven(eigenschappen, broken), compared)))
    return Verification(kader.reference, findings, whole.table.size, exact=whole.exact, note=note)


def _weighed(space: Space) -> str:
    if space.exact:
        return f"Alle {space.table.size} gevallen die regels en rijen onderscheiden, zijn gewogen."
    return (
        f"Steekproef: {SAMPLE} van {space.total} gevallen, toevallig getrokken met startgetal {SEED}, omdat het er "
        f"te veel zijn om alle te wegen. Wat niet is gevonden, kan er nog zijn. Regels zijn per vraag gewogen, "
        f"waar dat kon over alle gevallen."
    )


def _proven(eigenschappen: Sequence[Eigenschap], broken: Sequence[Finding]) -> str:
    if not eigenschappen:
        return ""
    return f"Eigenschappen bewezen: {len(eigenschappen) - len(broken)} van {len(eigenschappen)}."


def _partial_cases(kader: Afwegingskader[Any], peildatum: date | None) -> tuple[bool, list[dict[str, Any]]]:
    """Cases in which facts can be unknown, and whether these are all of them."""
    partial = Space.of(kader, kader.facts_that_count, peildatum, unknown=kader.facts_that_count)
    if partial is not None and partial.table.size <= MAX_PARTIAL:
        return True, list(_every_case(partial))
    return False, list(_drawn_cases(kader, peildatum))


def _policies(
    kader: Afwegingskader[Any], cases: Sequence[dict[str, Any]], step: Callable[[], None], *, every: bool
) -> tuple[str, list[Finding]]:
    """Cases with unknowns on which the policies ``exact`` and ``cautious`` differ."""
    differing: list[dict[str, Any]] = []
    for case in cases:
        if kader.evaluate(kader.casus(of_today(kader, case))).policies_differ:
            differing.append(case)
        step()
    which = (
        f"alle {len(cases)} gevallen" if every else f"{len(cases)} toevallige gevallen (startgetal {SEED})"
    )
    compared = f"Het beleid exact en cautious is vergeleken op {which} waarin feiten onbekend kunnen zijn."
    if not differing:
        return compared, []
    wat = f"exact en cautious geven een ander advies in {len(differing)} van {which}"
    return compared, [Finding("policies-differ", Ernst.OPMERKING, "$.beslis", wat, differing[0])]


def _every_case(space: Space) -> Iterator[dict[str, Any]]:
    for position in range(space.table.size):
        case = space.example(1 << position)
        if case is not None:
            yield case


def _drawn_cases(kader: Afwegingskader[Any], peildatum: date | None) -> Iterator[dict[str, Any]]:
    """Random cases of which one to six facts are unknown, and what hangs on them."""
    space = Space.of(kader, kader.facts_that_count, peildatum)
    if space is None:
        return
    chance = np.random.default_rng(SEED)
    for _ in range(PARTIAL_SAMPLE):
        case = space.case_of(int(chance.integers(len(variable.cells))) for variable in space.table.found)
        names = [name for name in case if name != "peildatum"]
        most = min(MAX_UNKNOWN, len(names))
        for name in chance.permutation(names)[: int(chance.integers(1, most + 1))]:
            _forget(kader, case, str(name))
        yield case


def _forget(kader: Afwegingskader[Any], case: dict[str, Any], name: str) -> None:
    for hanging in [name, *(other for other in kader.dependents if kader.feiten[other].geldt_als == name)]:
        case.pop(hanging, None)
        if kader.feiten[hanging].zonder_melding is False:
            case[hanging] = "weet_niet"
