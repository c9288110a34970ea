"""A kader compiled for many cases at once: straight-line code on planes, one bit or element per case.

The same generated text runs on Python integers (a truth table) and on NumPy arrays (a population), because it uses
``&``, ``|`` and ``^`` only. What occurs twice is computed once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from igm.decision.begrippen import bare
from igm.decision.conditions import Always, And, AnswerIs, Atom, Condition, Count, Not, Or
from igm.decision.program import Bits, headline
from igm.decision.rules import Question, Rule
from igm.decision.truth import Antwoord

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

Pair: TypeAlias = tuple[str, str]
"""Names of the planes in which something is true, and in which it is false."""

FULL: Final = "full"
NONE: Final = "none"
_VALUE: Final = re.compile(r"\b(?:v\d+|a\d+_(?:ja|nee|twijfel))\b")


@attrs.define
class PlaneWriter:
    """Writes lines of the form ``v3 = v1 & t[2]``, each value once.

    Attributes:
        bits: The bits of the kader's conditions.
        lines: What was written.
    """

    bits: Bits
    lines: list[str] = attrs.field(factory=list)
    _known: dict[str, str] = attrs.field(factory=dict)
    _conditions: dict[Condition, Pair] = attrs.field(factory=dict)
    _answers: dict[str, tuple[str, str, str]] = attrs.field(factory=dict)

    def emit(self, expression: str) -> str:
        """The name of a value; written when it is new."""
        if expression not in self._known:
            self._known[expression] = f"v{len(self._known)}"
            self.lines.append(f"    {self._known[expression]} = {expression}")
        return self._known[expression]

    def both(self, left: str, right: str) -> str:
        """Cases in both planes."""
        if NONE in (left, right):
            return NONE
        if left in (FULL, right):
            return right
        return left if right == FULL else self.emit(f"{min(left, right)} & {max(left, right)}")

    def either(self, left: str, right: str) -> str:
        """Cases in at least one plane."""
        if FULL in (left, right):
            return FULL
        if left in (NONE, right):
            return right
        return left if right == NONE else self.emit(f"{min(left, right)} | {max(left, right)}")

    def one(self, left: str, right: str) -> str:
        """Cases in exactly one plane."""
        if left == NONE:
            return right
        if right == NONE:
            return left
        return NONE if left == right else self.emit(f"{min(left, right)} ^ {max(left, right)}")

    def without(self, left: str, right: str) -> str:
        """Cases in the first plane and not in the second."""
        return self.one(left, self.both(left, right))

    def truth(self, condition: Condition) -> Pair:
        """The planes of a condition."""
        if condition not in self._conditions:
            self._conditions[condition] = self._truth(condition)
        return self._conditions[condition]

    def _truth(self, condition: Condition) -> Pair:
        match condition:
            case Atom():
                bit = self.bits.index[condition]
                return self.emit(f"t[{bit}]"), self.emit(f"f[{bit}]")
            case Not(part=part):
                true, false = self.truth(part)
                return false, true
            case And(parts=parts):
                return self.all([self.truth(part) for part in parts])
            case Or(parts=parts):
                return self.some([self.truth(part) for part in parts])
            case Count(parts=parts, least=least, most=most):
                return self._count([self.truth(part) for part in parts], least, most)
            case AnswerIs(question=question, answers=answers):
                return self._answer(question, answers)
            case Always():
                return FULL, NONE
            case _:
                raise NotImplementedError(f"no planes for {type(condition).__name__}")

    def all(self, parts: Sequence[Pair]) -> Pair:
        """All parts are true; one is false."""
        true, false = FULL, NONE
        for part_true, part_false in parts:
            true, false = self.both(true, part_true), self.either(false, part_false)
        return true, false

    def some(self, parts: Sequence[Pair]) -> Pair:
        """One part is true; all are false."""
        true, false = NONE, FULL
        for part_true, part_false in parts:
            true, false = self.either(true, part_true), self.both(false, part_false)
        return true, false

    def _count(self, parts: Sequence[Pair], least: int, most: int | None) -> Pair:
        trues, falses = [part[0] for part in parts], [part[1] for part in parts]
        bounds = [(self.reached(trues, least), self.reached(falses, len(parts) - least + 1))] if least else []
        if most is not None:
            bounds.append((self.reached(falses, len(parts) - most), self.reached(trues, most + 1)))
        return self.all(bounds)

    def digits(self, planes: Sequence[str]) -> list[str]:
        """How many of the planes a case lies in, as binary digits, the lowest first.

        Planes of equal weight are added three at a time, which takes the fewest steps.
        """
        columns: list[list[str]] = [list(planes)]
        done: list[str] = []
        while columns:
            column, carried = columns.pop(0), columns.pop(0) if columns else []
            while len(column) > 2:
                first, second, third, *column = column
                half = self.one(first, second)
                column.append(self.one(half, third))
                carried.append(self.either(self.both(first, second), self.both(half, third)))
            if len(column) == 2:
                first, second = column
                column = [self.one(first, second)]
                carried.append(self.both(first, second))
            done.append(column[0] if column else NONE)
            if carried:
                columns.insert(0, carried)
        return done

    def reached(self, planes: Sequence[str], k: int) -> str:
        """Cases in at least k of the planes."""
        if k <= 0:
            return FULL
        if k > len(planes):
            return NONE
        digits = self.digits(planes)
        more, same = NONE, FULL
        for place in reversed(range(max(len(digits), k.bit_length()))):
            digit = digits[place] if place < len(digits) else NONE
            if k >> place & 1:
                same = self.both(same, digit)
            else:
                more = self.either(more, self.both(same, digit))
                same = self.without(same, digit)
        return self.either(more, same)

    def rule(self, rule: Rule) -> Pair:
        """The rule counts; it does not."""
        unless = [self.truth(bare(exception.als)) for exception in rule.tenzij]
        return self.all([self.truth(bare(rule.als)), *((false, true) for true, false in unless)])

    @property
    def known(self) -> Mapping[str, str]:
        """The names of all values, by what they are, in the order in which they were written."""
        return self._known

    def question(self, number: int, question: Question, rules: Sequence[Rule]) -> None:
        """The answer to a question: planes of ja, nee and twijfel; an own answer takes their place."""
        found = self.suggested(question, rules)
        names = (f"a{number}_ja", f"a{number}_nee", f"a{number}_twijfel")
        self.lines.append(f"    # {question.name!a}")
        self.lines.append(f"    {', '.join(names)} = own[{number}] or ({', '.join(found)})")
        self._answers[question.name] = names

    def suggested(self, question: Question, rules: Sequence[Rule]) -> tuple[str, str, str]:
        """The answer that rules give to a question: planes of ja, nee and twijfel."""
        spoken = [rule for rule in rules if rule.vraag == question.name]
        ja, no_ja = self.some([self.rule(rule) for rule in spoken if rule.pleit_voor is Antwoord.JA])
        nee, no_nee = self.some([self.rule(rule) for rule in spoken if rule.pleit_voor is Antwoord.NEE])
        found = {
            Antwoord.JA: self.both(ja, no_nee),
            Antwoord.NEE: self.both(no_ja, nee),
            Antwoord.TWIJFEL: self.both(ja, nee),
        }
        if question.default is not None:
            found[question.default] = self.either(found[question.default], self.both(no_ja, no_nee))
        names = found[Antwoord.JA], found[Antwoord.NEE], found[Antwoord.TWIJFEL]
        self._answers[question.name] = names
        return names

    def _answer(self, question: str, answers: Sequence[Antwoord]) -> Pair:
        ja, nee, twijfel = self._answers[question]
        by_answer = {Antwoord.JA: ja, Antwoord.NEE: nee, Antwoord.TWIJFEL: twijfel}
        true = false = NONE
        for answer, plane in by_answer.items():
            if answer in answers:
                true = self.either(true, plane)
            else:
                false = self.either(false, plane)
        return true, false


def plane_source(kader: Afwegingskader[Any], bits: Bits) -> str:
    """The source that runs a kader over planes: per row the cases that it decides, then per row those it leaves open.

    The generated function takes the planes ``t`` and ``f`` by bit, ``full`` and ``none`` (every case, no case), and
    ``own``: per question the planes of the professional's answers, or nothing.
    """
    writer = PlaneWriter(bits)
    for number, question in enumerate(kader.vragen):
        writer.question(number, question, kader.regels)
    remaining = FULL
    decided: list[str] = []
    stopped: list[str] = []
    for row in kader.beslis:
        true, false = writer.truth(bare(row.als))
        decided.append(writer.both(remaining, true))
        stopped.append(writer.without(remaining, writer.either(true, false)))
        remaining = writer.both(remaining, false)
    stopped.append(remaining)
    head = [headline(kader), "def decide_planes(t, f, full, none, own):"]
    tail = [f"    return ({', '.join(decided)},), ({', '.join(stopped)},)"]
    return "\n".join([*head, *_let_go(writer.lines, tail), *tail]) + "\n"


def _let_go(lines: Sequence[str], tail: Sequence[str]) -> Iterator[str]:
    """Lines that let go of each value after its last use: hundreds of wide planes would not fit in the cache."""
    last: dict[str, int] = {}
    for number, line in enumerate((*lines, *tail)):
        if not line.lstrip().startswith("#"):
            last |= dict.fromkeys(_VALUE.findall(line), number)
    done: dict[int, list[str]] = {}
    for name, number in last.items():
        done.setdefault(number, []).append(name)
    for number, line in enumerate(lines):
        yield line
        if number in done:
            yield f"    del {', '.join(done[number])}"


@cache
def compiled_planes(source: str) -> Callable[..., tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """The function that a source defines; compiled once per source."""
    namespace: dict[str, Any] = {}
    exec(compile(source, "<kader planes>", "exec"), namespace)  # noqa: S102 (our own text: numbers, operators, and names inside ascii() comments)
    decide: Callable[..., tuple[tuple[Any, ...], tuple[Any, ...]]] = namespace["decide_planes"]
    return decide
