"""Priority between rules, only where a rule states it: when it counts, the rules that it names do not.

When a kader is built, a rule that others go before gets a derived exception for each of them: "that rule counts". So
whatever weighs a kader, weighs priorities too, and an advice tells why the other rule does not count. Derived
exceptions are made anew each time a kader is built; what a person wrote is what remains without them.
"""

from __future__ import annotations

import graphlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from igm.constructs._base import path_of
from igm.decision.conditions import Condition
from igm.decision.rules import Rule, Tenzij
from igm.errors import KaderError, Problems, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader


def written_rule(rule: Rule) -> Rule:
    """A rule as a person wrote it, without the exceptions that priorities of other rules gave it."""
    if all(exception.regel is None for exception in rule.tenzij):
        return rule
    own = tuple(exception for exception in rule.tenzij if exception.regel is None)
    return attrs.evolve(rule, tenzij=own)


def forged(rule: Rule) -> bool:
    """Whether an exception says that a priority made it and does not look so; it would be lost without a word."""
    return not isinstance(cast("object", rule.tenzij), tuple) or any(
        not isinstance(cast("object", one), Tenzij)
        or (one.regel is not None and one.label != f"regel {one.regel} gaat voor")
        for one in rule.tenzij
    )


_LABEL: Final = re.compile(r"regel (\S+) gaat voor\Z")


def _label(rule: str) -> str:
    return f"regel {rule} gaat voor"


def goes_before(label: str) -> str | None:
    """The rule that goes before, when the label of an exception says so.

    Example:
        >>> goes_before("regel ons.jong gaat voor"), goes_before("schulden nemen af")
        ('ons.jong', None)
    """
    found = _LABEL.match(label)
    return found and found.group(1)


def with_priorities(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Rules as written, each with an exception for every rule that goes before it.

    Raises:
        KaderError: ``condition-too-deep`` when so many rules go before one another that no condition can say it.
    """
    before = _before(rules)
    if not before:
        return tuple(rules)
    by_id = {rule.id: rule for rule in rules}
    made: dict[str, Rule] = {}
    counts: dict[str, Condition] = {}
    for name in graphlib.TopologicalSorter(before).static_order():
        try:
            derived = [Tenzij(_label(one), counts[one], one) for one in before.get(name, ())]
            made[name] = attrs.evolve(by_id[name], tenzij=(*by_id[name].tenzij, *derived))
            counts[name] = _counting(made[name])
        except KaderError as error:
            where = path_of(("regels", name))
            raise KaderError(*(attrs.evolve(problem, where=where) for problem in error.problems)) from None
    return tuple(made.get(rule.id, rule) for rule in rules)


def _before(rules: Iterable[Rule]) -> dict[str, list[str]]:
    """Per rule that others go before, those others."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        for other in rule.gaat_voor:
            found.setdefault(other, []).append(rule.id)
    return found


def _counting(rule: Rule) -> Condition:
    """When a rule counts: it applies, and none of its exceptions does."""
    condition = rule.als
    for exception in rule.tenzij:
        condition = condition & ~exception.als
    return condition


def without_dangling(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Rules of which some were left out: a priority over a rule that is not there falls away."""
    written = [written_rule(rule) for rule in rules]
    names = {rule.id for rule in written}
    return tuple(
        rule
        if names.issuperset(rule.gaat_voor)
        else attrs.evolve(rule, gaat_voor=tuple(one for one in rule.gaat_voor if one in names))
        for rule in written
    )


def check_priorities(kader: Afwegingskader[Any], problems: Problems) -> None:
    """Note priorities over rules that are not there, that do not answer the same question, and those in a circle."""
    by_id = {rule.id: rule for rule in kader.regels}
    for rule in kader.regels:
        where = path_of(("regels", rule.id)) + ".gaat_voor"
        for name in rule.gaat_voor:
            other = by_id.get(name) if isinstance(cast("object", name), str) else None
            if other is None:
                known = (one.id for one in kader.regels if _opposed(rule, one))
                problems.add(
                    "rule-invalid",
                    "a rule goes before a rule that is not there",
                    suggestion(name, known),
                    where=where,
                    given=repr(name),
                )
            elif not _opposed(rule, other):
                problems.add(
                    "rule-invalid",
                    "a rule goes before one that is not evidence for the other answer to its question",
                    "Only rules for ja and for nee on one question stand in each other's way.",
                    where=where,
                    given=repr(name),
                )
    _circles(by_id, problems)


def _opposed(rule: Rule, other: Rule) -> bool:
    return rule.vraag == other.vraag and rule.pleit_voor is not other.pleit_voor


def _circles(by_id: Mapping[str, Rule], problems: Problems) -> None:
    known = {name: [one for one in by_id if one in rule.gaat_voor] for name, rule in by_id.items()}
    try:
        graphlib.TopologicalSorter(known).prepare()
    except graphlib.CycleError as error:
        circle: list[str] = error.args[1][::-1]
        problems.add(
            "rule-invalid",
            "rules go before one another in a circle",
            "Let one of them give way.",
            where=path_of(("regels", circle[0])) + ".gaat_voor",
            given=" -> ".join(circle),
        )
