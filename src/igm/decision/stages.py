"""A kader compiled for frames: named steps on columns of truth, each computed once.

Truth is a small whole number: 0 is no, 1 is unknown, 2 is yes. Then *and* is the least of the parts, *or* the most,
and *not* is two less the part. A column of it holds no nulls, so that every engine computes the same: engines differ in
what a null boolean does. This module knows no frames; what it writes is drawn as expressions elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

import attrs

from igm.decision.begrippen import bare
from igm.decision.conditions import Always, And, AnswerIs, Atom, Condition, Count, Not, Or
from igm.decision.program import CODES
from igm.decision.rules import Question, Rule
from igm.decision.truth import Antwoord

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

NO, OPEN, YES = 0, 1, 2

DEEPEST: Final = 8
"""A step that is used once is written into the step that uses it, up to so many levels."""


class Op(Enum):
    """What a step computes."""

    CONSTANT = "a truth that is the same in every row: its datum"
    COLUMN = "a column that is there: its datum is the name"
    LEAST = "the least of its parts"
    MOST = "the most of its parts"
    NOT = "two less its part"
    REACHED = "yes when at least so many parts are yes, no when that cannot be any more"
    ANSWER = "the code of the answer that evidence for ja and for nee gives; its datum is the code where there is none"
    OWN = "the own answer in a column, and where there is none its part"
    ANSWER_IS = "whether an answer is one of these codes"
    FIRST = "which row decides: twice the number of the first that is not no, and one more where that is open"


@attrs.frozen
class Step:
    """One step.

    Attributes:
        op: What it computes.
        parts: The numbers of the steps that it reads.
        datum: What else it needs.
    """

    op: Op
    parts: tuple[int, ...] = ()
    datum: Any = None


@attrs.define
class Stages:
    """The steps of a kader, in the order in which they were written.

    Attributes:
        atoms: Per condition on a fact its column of truth, or the truth that it has in every row.
        own: Per question with own answers the column of their codes, 0 where there is none.
        steps: What was written.
    """

    atoms: Mapping[Atom, str | int]
    own: Mapping[str, str] = attrs.field(factory=dict[str, str])
    steps: list[Step] = attrs.field(factory=list[Step])
    _numbers: dict[Step, int] = attrs.field(factory=dict[Step, int])
    _conditions: dict[Condition, int] = attrs.field(factory=dict[Condition, int])
    _answers: dict[str, int] = attrs.field(factory=dict[str, int])

    def write(self, op: Op, parts: Sequence[int] = (), datum: Any = None) -> int:
        """The number of a step; written when it is new."""
        step = Step(op, tuple(parts), datum)
        if step not in self._numbers:
            self._numbers[step] = len(self.steps)
            self.steps.append(step)
        return self._numbers[step]

    def constant(self, truth: int) -> int:
        """A truth that is the same in every row."""
        return self.write(Op.CONSTANT, datum=truth)

    def truth_of(self, number: int) -> int | None:
        """The truth of a step that is the same in every row; nothing when it differs."""
        step = self.steps[number]
        return step.datum if step.op is Op.CONSTANT else None

    def deny(self, part: int) -> int:
        """Not."""
        step, truth = self.steps[part], self.truth_of(part)
        if truth is not None:
            return self.constant(YES - truth)
        return step.parts[0] if step.op is Op.NOT else self.write(Op.NOT, [part])

    def least(self, parts: Sequence[int]) -> int:
        """All parts are true."""
        return self._extreme(Op.LEAST, parts, nothing=YES, everything=NO)

    def most(self, parts: Sequence[int]) -> int:
        """One part is true."""
        return self._extreme(Op.MOST, parts, nothing=NO, everything=YES)

    def _extreme(self, op: Op, parts: Sequence[int], *, nothing: int, everything: int) -> int:
        kept = list(dict.fromkeys(part for part in parts if self.truth_of(part) != nothing))
        if any(self.truth_of(part) == everything for part in kept):
            return self.constant(everything)
        if not kept:
            return self.constant(nothing)
        return kept[0] if len(kept) == 1 else self.write(op, kept)

    def reached(self, parts: Sequence[int], k: int) -> int:
        """At least k parts are true."""
        truths = [self.truth_of(part) for part in parts]
        rest = [part for part, truth in zip(parts, truths, strict=True) if truth is None]
        sure, possible = truths.count(YES), truths.count(YES) + truths.count(OPEN)
        if k <= sure:
            return self.constant(YES)
        if k > possible + len(rest):
            return self.constant(NO)
        if not rest:
            return self.constant(OPEN)
        return self.write(Op.REACHED, rest, (k - sure, k - possible))

    def truth(self, condition: Condition) -> int:
        """The step with the truth of a condition."""
        if condition not in self._conditions:
            self._conditions[condition] = self._truth(condition)
        return self._conditions[condition]

    def _truth(self, condition: Condition) -> int:
        match condition:
            case Atom():
                found = self.atoms[condition]
                return self.constant(found) if isinstance(found, int) else self.write(Op.COLUMN, datum=found)
            case Not(part=part):
                return self.deny(self.truth(part))
            case And(parts=parts):
                return self.least([self.truth(part) for part in parts])
            case Or(parts=parts):
                return self.most([self.truth(part) for part in parts])
            case Count(parts=parts, least=least, most=most):
                counted = [self.truth(part) for part in parts]
                bounds = [self.reached(counted, least)] if least else []
                if most is not None:
                    bounds.append(self.deny(self.reached(counted, most + 1)))
                return self.least(bounds)
            case AnswerIs(question=question, answers=answers):
                codes = frozenset(CODES[answer] for answer in answers if answer in CODES)
                return self.write(Op.ANSWER_IS, [self._answers[question]], codes)
            case Always():
                return self.constant(YES)
            case _:
                raise NotImplementedError(f"no step for {type(condition).__name__}")

    def question(self, question: Question, rules: Sequence[Rule]) -> int:
        """The code of the answer to a question; an own answer takes the place of what the rules say."""
        spoken = [rule for rule in rules if rule.vraag == question.name]
        sides = [
            self.most([self._counts(rule) for rule in spoken if rule.pleit_voor is side])
            for side in (Antwoord.JA, Antwoord.NEE)
        ]
        default = CODES[question.default] if question.default is not None else 0
        found = self.write(Op.ANSWER, sides, default)
        if question.name in self.own:
            found = self.write(Op.OWN, [found], self.own[question.name])
        self._answers[question.name] = found
        return found

    def _counts(self, rule: Rule) -> int:
        unless = [self.deny(self.truth(bare(exception.als))) for exception in rule.tenzij]
        return self.least([self.truth(bare(rule.als)), *unless])

    def kader(self, kader: Afwegingskader[Any]) -> int:
        """The step that says which row of a kader decides."""
        for question in kader.vragen:
            self.question(question, kader.regels)
        return self.write(Op.FIRST, [self.truth(bare(row.als)) for row in kader.beslis])


def code_of(ja: int, nee: int, default: int) -> int:
    """The code of the answer that evidence for ja and for nee gives; 0 is open."""
    if OPEN in (ja, nee):
        return 0
    if ja == nee:
        return CODES[Antwoord.TWIJFEL] if ja == YES else default
    return CODES[Antwoord.JA] if ja == YES else CODES[Antwoord.NEE]


_TWICE: Final = frozenset({Op.REACHED, Op.FIRST, Op.ANSWER, Op.OWN, Op.ANSWER_IS})
"""These read each of their parts more than once."""


def named_steps(stages: Stages, wanted: Sequence[int]) -> Iterator[list[int]]:
    """The steps that get a column of their own, stage by stage: each reads only columns of the stages before it.

    Args:
        stages: All steps.
        wanted: The steps that are asked for; they get a column as well.
    """
    used = dict.fromkeys(wanted, 2)
    for number in reversed(range(len(stages.steps))):
        step = stages.steps[number]
        if number in used:
            for part in step.parts:
                used[part] = used.get(part, 0) + (2 if step.op in _TWICE else 1)
    level: dict[int, int] = {}
    deep: dict[int, int] = {}
    found: dict[int, list[int]] = {}
    for number, step in enumerate(stages.steps):
        if number not in used:
            continue
        level[number] = max((level[part] for part in step.parts), default=0)
        deep[number] = 1 + max((deep[part] for part in step.parts), default=0)
        plain = step.op in (Op.CONSTANT, Op.COLUMN) or (
            step.op is Op.NOT and stages.steps[step.parts[0]].op is Op.COLUMN
        )
        if number in wanted or (not plain and (used[number] > 1 or deep[number] > DEEPEST)):
            found.setdefault(level[number], []).append(number)
            level[number], deep[number] = level[number] + 1, 0
    for stage in sorted(found):
        yield found[stage]
