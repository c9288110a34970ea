"""Checks of rules, questions and rows: what never counts, what adds nothing, what contradicts, what stays open."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Final

from igm.constructs._base import path_of
from igm.decision.findings import Ernst, Finding
from igm.decision.kader import Afwegingskader
from igm.decision.planes import AnswerPlanes, Evidence, Planes, _answer, run
from igm.decision.priority import with_priorities, without_dangling
from igm.decision.rules import Question, Rule
from igm.decision.truth import Antwoord
from igm.decision.vangrails import written_rows
from igm.decision.verification_space import Space, Spaces

MAX_QUESTIONS: Final = 6
"""With more questions, own answers of a professional are left out."""

MAX_ROW_CASES: Final = 2**16
"""With more cases on the facts that rows read, own answers of a professional are left out."""


def never(
    space: Space, code: str, waar: str, wat: str, ernst: Ernst = Ernst.WAARSCHUWING, **more: Any
) -> Finding:
    """A finding that something never occurs; of a sample no more than that it was not met."""
    if space.exact:
        return Finding(code, ernst, waar, wat, **more)
    return Finding(code, Ernst.OPMERKING, waar, f"{wat} (in de steekproef; geen bewijs)", **more)


def check_rules(kader: Afwegingskader[Any], spaces: Spaces) -> Iterator[Finding]:
    """Rules and exceptions, question by question: each over the facts that its own rules read."""
    for question in kader.vragen:
        rules = [rule for rule in kader.regels if rule.vraag == question.name]
        space = spaces(name for rule in rules for name in rule.facts) if rules else None
        if space is None:
            continue
        live = [rule for rule in rules if space.run.rules[rule.id].counts[0]]
        for rule in rules:
            yield from _reached(space, rule, space.run.rules[rule.id])
        yield from _redundant(space, question, live)
        yield from _contradictions(space, question, live)


def _reached(space: Space, rule: Rule, evidence: Evidence) -> Iterator[Finding]:
    where = path_of(("regels", rule.id))
    applies, counts = evidence.als[0], evidence.counts[0]
    if not applies:
        yield never(space, "unreachable-rule", where, "de voorwaarde van de regel is nooit waar")
        return
    if not counts:
        always = not applies & ~evidence.counts[1]
        why = "geldt altijd een uitzondering" if always else "geldt een uitzondering of is zij open"
        wat = f"waar de regel geldt, {why}; zij telt nooit"
        yield never(space, "unreachable-rule", where, wat, voorbeeld=space.example(applies))
    for exception, planes in zip(rule.tenzij, evidence.tenzij, strict=True):
        if not applies & planes[0] and exception.regel is not None:
            yield never(
                space,
                "exception-never-met",
                path_of(("regels", exception.regel)) + ".gaat_voor",
                f"waar regel {rule.id} geldt, telt deze regel nooit; dat zij voorgaat, doet nooit iets",
                voorbeeld=space.example(applies),
            )
        elif not applies & planes[0]:
            yield never(
                space,
                "exception-never-met",
                path_of(("regels", rule.id, "tenzij", exception.label)),
                "waar de regel geldt, geldt deze uitzondering nooit",
                voorbeeld=space.example(applies),
            )


def _redundant(space: Space, question: Question, live: Sequence[Rule]) -> Iterator[Finding]:
    """Rules without which every answer, and so every outcome, is the same."""
    evidence = {rule.id: space.run.rules[rule.id].counts for rule in live}
    answers = space.run.suggestions[question.name]
    sides = {side: [rule for rule in live if rule.pleit_voor is side] for side in (Antwoord.JA, Antwoord.NEE)}
    joined = {side: _some([evidence[rule.id] for rule in rules], space.full) for side, rules in sides.items()}
    for side, rules in sides.items():
        against = Antwoord.NEE if side is Antwoord.JA else Antwoord.JA
        opposed = [(sides[against][0], joined[against])] if sides[against] else []
        without = _without_each([evidence[rule.id] for rule in rules], space.full)
        for rule, others in zip(rules, without, strict=True):
            if rule.gaat_voor:
                same = _without_rule(space, question, rule) == answers
            else:
                same = _answer(question, [(rule, others), *opposed], space.full) == answers
            if same:
                yield _redundancy(space, rule, rules, others)


def _without_rule(space: Space, question: Question, rule: Rule) -> AnswerPlanes:
    """The answers without a rule that goes before others, which then may count."""
    left = [one for one in space.kader.regels if one.vraag == question.name and one.id != rule.id]
    rules = with_priorities(without_dangling(left))
    return run((question,), rules, (), {}, space.atom, space.full).suggestions[question.name]


def _redundancy(space: Space, rule: Rule, rules: Sequence[Rule], others: Planes) -> Finding:
    counts = space.run.rules[rule.id].counts[0]
    where, example = path_of(("regels", rule.id)), space.example(counts)
    if counts & ~others[0]:
        wat = "zonder de regel is elk antwoord hetzelfde, want dat is ook de default; zij geeft alleen een argument"
        return never(space, "redundant-rule", where, wat, Ernst.OPMERKING, voorbeeld=example)
    covering = [
        other.id for other in rules if other is not rule and not counts & ~space.run.rules[other.id].counts[0]
    ]
    by = f"regel {covering[0]}" if covering else "andere regels samen"
    wat = f"waar de regel telt, tellen ook al {by} voor hetzelfde antwoord"
    if covering:
        wat = f"waar de regel telt, telt ook {by} voor hetzelfde antwoord"
    return never(space, "redundant-rule", where, wat, voorbeeld=example)


def _some(parts: Sequence[Planes], full: int) -> Planes:
    true, false = 0, full
    for part_true, part_false in parts:
        true, false = true | part_true, false & part_false
    return true, false


def _without_each(parts: Sequence[Planes], full: int) -> list[Planes]:
    """For each part, what the others are together; two passes instead of all pairs."""
    before = list(itertools.accumulate(parts, lambda one, two: _some((one, two), full), initial=(0, full)))
    after = list(
        itertools.accumulate(reversed(parts), lambda one, two: _some((one, two), full), initial=(0, full))
    )[::-1]
    return [_some((before[place], after[place + 1]), full) for place in range(len(parts))]


def _contradictions(space: Space, question: Question, live: Sequence[Rule]) -> Iterator[Finding]:
    counts = {rule.id: space.run.rules[rule.id].counts[0] for rule in live}
    voor = [rule for rule in live if rule.pleit_voor is Antwoord.JA]
    tegen = [rule for rule in live if rule.pleit_voor is Antwoord.NEE]
    for one, other in itertools.product(voor, tegen):
        both = counts[one.id] & counts[other.id]
        if not both:
            continue
        for first, second in ((one, other), (other, one)):
            if counts[first.id] == both:
                wat = f"waar de regel telt, telt ook {second.id} voor het andere antwoord: altijd twijfel"
                where = path_of(("regels", first.id))
                yield never(space, "contradiction", where, wat, voorbeeld=space.example(both))
                break
    doubt = _some([(counts[rule.id], 0) for rule in voor], 0)[0]
    doubt &= _some([(counts[rule.id], 0) for rule in tegen], 0)[0]
    if doubt:
        first_case = doubt & -doubt
        names = ", ".join(rule.id for rule in live if counts[rule.id] & first_case)
        wat = f"regels kunnen elkaar tegenspreken, dan is het antwoord TWIJFEL; in het voorbeeld {names}"
        where = path_of(("vragen", question.name))
        yield Finding("contradiction", Ernst.OPMERKING, where, wat, space.example(doubt))


def check_rows(kader: Afwegingskader[Any], space: Space) -> Iterator[Finding]:
    """Complete cases without an outcome, and rows and outcomes that no case reaches."""
    yield from _gaps(kader, space)
    yield from _silent(kader, space)
    every_row = all(space.run.decided)
    by_answers = set[int]() if every_row else _reached_by_own_answers(kader, space)
    yield from _idle(kader, space, by_answers)
    written = {row.id: place for place, row in enumerate(written_rows(kader.beslis))}
    for index, (row, decided) in enumerate(zip(kader.beslis, space.run.decided, strict=True)):
        if not decided and not row.vangrails:
            where = path_of(("beslis", written[row.id]))
            if index in by_answers:
                wat = f"rij {row.id} beslist alleen over gevallen met eigen antwoorden van de professional"
                yield never(space, "unreachable-row", where, wat, Ernst.OPMERKING)
            else:
                yield never(space, "unreachable-row", where, f"rij {row.id} beslist over geen enkel geval")
    for outcome in kader.machine.outcomes:
        rows = [index for index, row in enumerate(kader.beslis) if row.dan == outcome.value]
        if outcome is kader.bij_onbekend or any(space.run.decided[index] for index in rows):
            continue
        where = path_of(("uitkomsten", outcome.name))
        if not rows:
            yield Finding("unreachable-outcome", Ernst.WAARSCHUWING, where, "geen rij geeft deze uitkomst")
        elif by_answers.isdisjoint(rows):
            yield never(space, "unreachable-outcome", where, "geen enkel geval krijgt deze uitkomst")


def _idle(kader: Afwegingskader[Any], space: Space, by_answers: set[int]) -> Iterator[Finding]:
    """Guardrails that never change an advice."""
    for vangrail in kader.vangrails:
        where = path_of(("vangrails", vangrail.id))
        made = [index for index, row in enumerate(kader.beslis) if vangrail.id in row.vangrails]
        if not made:
            wat = "geen rij geeft wat deze vangrail verbiedt; zij doet nooit iets"
            yield Finding("idle-guardrail", Ernst.WAARSCHUWING, where, wat)
        elif not any(space.run.decided[index] for index in made):
            if by_answers.isdisjoint(made):
                wat = "geen enkel geval krijgt door deze vangrail een ander advies"
                yield never(space, "idle-guardrail", where, wat)
            else:
                wat = "deze vangrail doet alleen iets bij eigen antwoorden van de professional"
                yield never(space, "idle-guardrail", where, wat, Ernst.OPMERKING)


def _gaps(kader: Afwegingskader[Any], space: Space) -> Iterator[Finding]:
    remaining = space.complete
    stopped: dict[str, int] = {}
    for row, (true, false) in zip(kader.beslis, space.run.rows, strict=True):
        here = remaining & ~(true | false)
        for name in sorted(row.questions) if here else ():
            stopped[name] = stopped.get(name, 0) | here & ~_answered(space.run.answers[name])
        remaining &= false
    for question in kader.vragen:
        plane = stopped.get(question.name, 0)
        if plane:
            wat = (
                f"alles is bekend, maar het antwoord blijft open en de uitkomst is {kader.bij_onbekend.label}"
            )
            yield Finding(
                "gap",
                Ernst.WAARSCHUWING,
                path_of(("vragen", question.name)),
                f"{wat}: geen regel telt en de vraag heeft geen default",
                space.example(plane),
            )
    if remaining:
        wat = f"alles is bekend, maar geen rij beslist en de uitkomst is {kader.bij_onbekend.label}"
        yield Finding("gap", Ernst.FOUT, "$.beslis", wat, space.example(remaining))


def _silent(kader: Afwegingskader[Any], space: Space) -> Iterator[Finding]:
    """Python functions that say neither yes nor no although all that they read is known."""
    for predicate in kader.predicates.values():
        true, false = space.atom(predicate)
        plane = space.complete & ~(true | false)
        if plane:
            wat = (
                f"{predicate.label!r} zegt ja noch nee terwijl alles bekend is: de functie mislukt of zwijgt"
            )
            where = path_of(("predicaten", predicate.id))
            yield Finding("silent-predicate", Ernst.WAARSCHUWING, where, wat, space.example(plane))


def _answered(answers: AnswerPlanes) -> int:
    return answers.ja | answers.nee | answers.twijfel


def _reached_by_own_answers(kader: Afwegingskader[Any], whole: Space) -> set[int]:
    """Numbers of the rows that decide over some case in which every question has an own answer."""
    asked = sorted({name for row in kader.beslis for name in row.questions})
    names = {name for row in kader.beslis for name in row.als.facts}
    space = Space.of(kader, names, whole.peildatum, unknown=names.intersection(kader.facts_in_known))
    if not asked or len(asked) > MAX_QUESTIONS or space is None or space.table.size > MAX_ROW_CASES:
        return set()
    reached: set[int] = set()
    for answers in itertools.product((Antwoord.JA, Antwoord.NEE, Antwoord.TWIJFEL), repeat=len(asked)):
        given = dict(zip(asked, answers, strict=True))
        decided = kader.run(space.atom, space.full, given).decided
        reached |= {index for index, plane in enumerate(decided) if plane}
    return reached
