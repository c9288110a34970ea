"""A kader's parts as it keeps them: tuples and read-only mappings, whatever they were given as.

Each is a named function, because type checkers cannot follow ``converter=tuple``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import cast

from igm.constructs._base import FrozenMapping, is_mapping
from igm.decision.facts import Fact
from igm.decision.lineage import Stap
from igm.decision.priority import forged, written_rule
from igm.decision.records import OutcomeT
from igm.decision.rules import Question, Row, Rule
from igm.decision.shapes import listed
from igm.decision.vangrails import Vangrail, is_derived
from igm.errors import KaderError, Problem


def questions(given: Iterable[Question]) -> tuple[Question, ...]:
    """Questions."""
    return listed(given, "vragen")


def rules(given: Iterable[Rule]) -> tuple[Rule, ...]:
    """Rules as they were written; what priorities make of them is worked out anew."""
    found = listed(given, "regels")
    return tuple(
        written_rule(rule) if isinstance(rule, Rule) and not forged(rule) else rule for rule in found
    )


def rows(given: Iterable[Row]) -> tuple[Row, ...]:
    """Rows of ``beslis`` as they were written; what guardrails make of them is worked out anew."""
    return tuple(row for row in listed(given, "beslis") if not (isinstance(row, Row) and is_derived(row)))


def vangrails(given: Iterable[Vangrail]) -> tuple[Vangrail, ...]:
    """Guardrails."""
    return (given,) if isinstance(given, Vangrail) else listed(given, "vangrails")


def steps(given: Iterable[Stap]) -> tuple[Stap, ...]:
    """Steps of a lineage."""
    return listed(given, "lijn")


def outcomes(given: Iterable[OutcomeT]) -> tuple[OutcomeT, ...]:
    """Outcomes in their order."""
    return listed(given, "volgorde")


def no_role(given: Iterable[str]) -> tuple[str, ...]:
    """Names of facts that may play no role."""
    return _names(given, "geen_rol")


def never_against(given: Iterable[str]) -> tuple[str, ...]:
    """Names of facts that may never count against someone."""
    return _names(given, "nooit_tegen")


def _names(given: Iterable[str], field: str) -> tuple[str, ...]:
    """Names as a tuple; those of a set in alphabetical order, so that they always come to the same kader."""
    if isinstance(given, str):
        return (given,)
    return listed(sorted(given, key=str) if isinstance(given, (set, frozenset)) else given, field)


def texts(given: Mapping[str, str]) -> Mapping[str, str]:
    """Texts by name; what is no mapping stays, so that it is told."""
    return FrozenMapping(dict(given)) if is_mapping(given) else given


def facts_by_name(facts: Iterable[Fact] | Mapping[str, Fact]) -> Mapping[str, Fact]:
    """Facts by name, each name once.

    Raises:
        KaderError: For what is not a fact, and for a name that is declared twice.
    """
    given = cast("Mapping[str, Fact]", facts).values() if isinstance(facts, Mapping) else facts
    found: tuple[Fact, ...] = listed(given, "feiten")
    strange = [fact for fact in cast("tuple[object, ...]", found) if not isinstance(fact, Fact)]
    if strange:
        do = "Declare facts with Fact.ja_nee(...), Fact.getal(...), Fact.keuze(...) or Fact.datum(...)."
        raise KaderError.of(
            "kader-invalid", "a fact is not a Fact", do, where="$.feiten", given=type(strange[0]).__name__
        )
    names = [fact.name for fact in found]
    double = sorted(name for name, times in Counter(names).items() if times > 1)
    if double:
        raise KaderError(
            *(
                Problem("duplicate-name", "a fact is declared twice", "Keep one.", f"$.feiten.{name}")
                for name in double
            )
        )
    return FrozenMapping({fact.name: fact for fact in found})
