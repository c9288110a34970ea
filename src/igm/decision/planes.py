"""Kleene logic on planes: one interpreter for one case and for all completions of a case.

A plane is a Python integer with one bit per case; a condition is a pair of planes: in which cases is it true, in which
is it false. What is in neither is unknown. One case is a plane one bit wide; a truth table is a plane as wide as there
are ways to fill in what is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

import attrs

from igm.decision.begrippen import Begrip
from igm.decision.conditions import Always, And, AnswerIs, Atom, Condition, Count, Not, Or
from igm.decision.rules import Question, Row, Rule
from igm.decision.truth import Antwoord

Planes: TypeAlias = tuple[int, int]
"""In which cases true, in which cases false."""


@attrs.frozen
class AnswerPlanes:
    """Per answer the cases that have it; a case in none of them is open."""

    ja: int
    nee: int
    twijfel: int

    def of(self, answer: Antwoord) -> int:
        """The cases with this answer."""
        return {Antwoord.JA: self.ja, Antwoord.NEE: self.nee, Antwoord.TWIJFEL: self.twijfel}[answer]


@attrs.frozen
class Evidence:
    """What became of one rule: whether it applies, whether an exception is met, and whether it counts."""

    als: Planes
    tenzij: tuple[Planes, ...]
    counts: Planes


@attrs.frozen
class Run:
    """A kader run over planes.

    Attributes:
        rules: What became of each rule, by id.
        suggestions: Answers as the rules give them, by question.
        answers: Answers as they count: the professional's own where given.
        rows: Truth of each row of ``beslis``.
        decided: Cases that each row decides.
        open: Cases that an open row stops.
    """

    rules: Mapping[str, Evidence]
    suggestions: Mapping[str, AnswerPlanes]
    answers: Mapping[str, AnswerPlanes]
    rows: tuple[Planes, ...]
    decided: tuple[int, ...]
    open: int


def evaluate(
    condition: Condition, atom: Callable[[Atom], Planes], answers: Mapping[str, AnswerPlanes], full: int
) -> Planes:
    """The truth of a condition in every case.

    Args:
        condition: What to evaluate.
        atom: Gives the planes of a condition on one fact.
        answers: Answers by question, for conditions on answers.
        full: The plane with every case.

    Returns:
        In which cases it is true, in which false.
    """

    def planes(node: Condition) -> Planes:
        match node:
            case Atom():
                return atom(node)
            case AnswerIs(question=question, answers=wanted):
                given = answers[question]
                true = _any(given.of(answer) for answer in wanted)
                return true, (given.ja | given.nee | given.twijfel) & ~true
            case Always():
                return full, 0
            case _:
                return combined(node, [planes(part) for part in node.children], full)

    return planes(condition)


def combined(node: Condition, parts: Sequence[Planes], full: int) -> Planes:
    """The truth of a condition from that of its parts.

    Args:
        node: A condition that has parts.
        parts: The planes of its ``children``.
        full: The plane with every case.
    """
    match node:
        case Begrip():
            return parts[0]
        case Not():
            ((true, false),) = parts
            return false, true
        case And():
            return _all(parts, full)
        case Or():
            return _some(parts, full)
        case Count(least=least, most=most):
            return _count(parts, least, most, full)
        case _:
            raise NotImplementedError(f"no planes for {type(node).__name__}")


def _all(parts: Iterable[Planes], full: int) -> Planes:
    true, false = full, 0
    for part_true, part_false in parts:
        true, false = true & part_true, false | part_false
    return true, false


def _some(parts: Iterable[Planes], full: int) -> Planes:
    true, false = 0, full
    for part_true, part_false in parts:
        true, false = true | part_true, false & part_false
    return true, false


def _any(planes: Iterable[int]) -> int:
    found = 0
    for plane in planes:
        found |= plane
    return found


def _count(parts: Sequence[Planes], least: int, most: int | None, full: int) -> Planes:
    enough = _at_least(parts, least, full)
    if most is None:
        return enough
    too_many_true, too_many_false = _at_least(parts, most + 1, full)
    return enough[0] & too_many_false, enough[1] | too_many_true


def _at_least(parts: Sequence[Planes], k: int, full: int) -> Planes:
    """True when k parts are true; false when so many are false that k cannot be reached any more."""
    return _reached([part[0] for part in parts], k, full), _reached(
        [part[1] for part in parts], len(parts) - k + 1, full
    )


def _reached(planes: Iterable[int], k: int, full: int) -> int:
    """The cases that lie in at least k of the planes: a binary counter per case, then a comparison with k."""
    if k <= 0:
        return full
    digits: list[int] = []
    for plane in planes:
        carry = plane
        for place, digit in enumerate(digits):
            if not carry:
                break
            digits[place], carry = digit ^ carry, digit & carry
        if carry:
            digits.append(carry)
    more, same = 0, full
    for place in reversed(range(max(len(digits), k.bit_length()))):
        digit = digits[place] if place < len(digits) else 0
        if k >> place & 1:
            same &= digit
        else:
            more, same = more | same & digit, same & ~digit
    return more | same


def run(
    questions: Sequence[Question],
    rules: Sequence[Rule],
    rows: Sequence[Row],
    given: Mapping[str, Antwoord],
    atom: Callable[[Atom], Planes],
    full: int,
) -> Run:
    """Run a kader over planes: rules give evidence, evidence gives answers, answers give an outcome.

    Args:
        questions: The kader's questions.
        rules: The kader's rules; their order does not count.
        rows: The rows of ``beslis``; their order does.
        given: The professional's own answers, by question.
        atom: Gives the planes of a condition on one fact.
        full: The plane with every case.

    Returns:
        What became of every part.
    """
    evidence = {rule.id: _evidence(rule, atom, full) for rule in rules}
    suggestions = {
        question.name: _answer(
            question,
            [(rule, evidence[rule.id].counts) for rule in rules if rule.vraag == question.name],
            full,
        )
        for question in questions
    }
    answers = {
        name: _fixed(given[name], full) if name in given else suggested
        for name, suggested in suggestions.items()
    }
    remaining, stopped = full, 0
    truths: list[Planes] = []
    decided: list[int] = []
    for row in rows:
        true, false = evaluate(row.als, atom, answers, full)
        truths.append((true, false))
        decided.append(remaining & true)
        stopped |= remaining & ~(true | false)
        remaining &= false
    return Run(evidence, suggestions, answers, tuple(truths), tuple(decided), stopped | remaining)


def _evidence(rule: Rule, atom: Callable[[Atom], Planes], full: int) -> Evidence:
    als = evaluate(rule.als, atom, {}, full)
    exceptions = tuple(evaluate(exception.als, atom, {}, full) for exception in rule.tenzij)
    true, false = als
    for exception_true, exception_false in exceptions:
        true, false = true & exception_false, false | exception_true
    return Evidence(als, exceptions, (true, false))


def _answer(question: Question, rules: Iterable[tuple[Rule, Planes]], full: int) -> AnswerPlanes:
    ja, nee = (0, full), (0, full)
    for rule, (true, false) in rules:
        if rule.pleit_voor is Antwoord.JA:
            ja = ja[0] | true, ja[1] & false
        else:
            nee = nee[0] | true, nee[1] & false
    neither = ja[1] & nee[1]
    only_ja, only_nee, both = ja[0] & nee[1], ja[1] & nee[0], ja[0] & nee[0]
    if question.default is Antwoord.JA:
        only_ja |= neither
    elif question.default is Antwoord.NEE:
        only_nee |= neither
    elif question.default is Antwoord.TWIJFEL:
        both |= neither
    return AnswerPlanes(only_ja, only_nee, both)


def _fixed(answer: Antwoord, full: int) -> AnswerPlanes:
    return AnswerPlanes(
        full if answer is Antwoord.JA else 0,
        full if answer is Antwoord.NEE else 0,
        full if answer is Antwoord.TWIJFEL else 0,
    )
