"""A kader's parts as it keeps them: tuples and read-only mappings, whatever they were given as.

Each is a named function, because type checkers cannot follow ``converter=tuple``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import cast

from igm.constructs._base import FrozenMapping
from igm.decision.facts import Fact
from igm.decision.lineage import Stap
from igm.decision.priority import written_rule
from igm.decision.rules import Question, Row, Rule
from igm.decision.vangrails import Vangrail
from igm.errors import KaderError, Problem


def questions(given: Iterable[Question]) -> tuple[Question, ...]:
    """Questions."""
    return tuple(given)


def rules(given: Iterable[Rule]) -> tuple[Rule, ...]:
    """Rules as they were written; what priorities make of them is worked out anew."""
    return tuple(written_rule(rule) if isinstance(cast("object", rule), Rule) else rule for rule in given)


def rows(given: Iterable[Row]) -> tuple[Row, ...]:
    """Rows of ``beslis`` as they were written; what guardrails make of them is worked out anew."""
    return tuple(row for row in given if not (isinstance(cast("object", row), Row) and row.vangrails))


def vangrails(given: Iterable[Vangrail]) -> tuple[Vangrail, ...]:
    """Guardrails."""
    return (given,) if isinstance(given, Vangrail) else tuple(given)


def steps(given: Iterable[Stap]) -> tuple[Stap, ...]:
    """Steps of a lineage."""
    return tuple(given)


def names(given: Iterable[str]) -> tuple[str, ...]:
    """Names of facts."""
    return (given,) if isinstance(given, str) else tuple(given)


def texts(given: Mapping[str, str]) -> Mapping[str, str]:
    """Texts by name."""
    return FrozenMapping(dict(given))


def facts_by_name(facts: Iterable[Fact] | Mapping[str, Fact]) -> Mapping[str, Fact]:
    """Facts by name, each name once.

    Raises:
        KaderError: For what is not a fact, and for a name that is declared twice.
    """
    listed = list(cast("Mapping[str, Fact]", facts).values() if isinstance(facts, Mapping) else facts)
    strange = [fact for fact in cast("list[object]", listed) if not isinstance(fact, Fact)]
    if strange:
        do = "Declare facts with Fact.ja_nee(...), Fact.getal(...), Fact.keuze(...) or Fact.datum(...)."
        raise KaderError.of(
            "kader-invalid", "a fact is not a Fact", do, where="$.feiten", given=type(strange[0]).__name__
        )
    names = [fact.name for fact in listed]
    double = sorted(name for name, times in Counter(names).items() if times > 1)
    if double:
        raise KaderError(
            *(
                Problem("duplicate-name", "a fact is declared twice", "Keep one.", f"$.feiten.{name}")
                for name in double
            )
        )
    return FrozenMapping({fact.name: fact for fact in listed})
