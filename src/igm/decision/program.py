"""A kader compiled: every condition on one fact is a bit, and generated Python decides on those bits.

A case is two integers. In ``t`` a bit is set when its condition is true, in ``f`` when it is false; when it is in
neither, it is unknown. The generated function reads nothing else, so that what it costs does not depend on how a fact
was given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from igm.decision.atoms import holds
from igm.decision.begrippen import bare
from igm.decision.conditions import Always, And, AnswerIs, Atom, Condition, Count, JaNee, Known, Not, Or
from igm.decision.rules import Question, Rule
from igm.decision.truth import Antwoord

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

Outcome: TypeAlias = tuple[int, ...]
"""Number of the deciding row (below zero: open at that row, counted from -1), then the answer codes by question."""

CODES = {Antwoord.JA: 1, Antwoord.NEE: 2, Antwoord.TWIJFEL: 3}
"""Answers as the generated code counts them; 0 is open."""


@attrs.frozen
class Bits:
    """Which bit each condition on one fact has, and what a value of a fact sets.

    Attributes:
        atoms: The conditions, by bit.
        index: The bit of each condition.
        by_fact: Per fact, its conditions with their bits.
        unknown: Bits that are false as long as nothing is known: whether facts are known.
        switch: Per yes/no fact without other conditions, its bit.
    """

    atoms: tuple[Atom, ...]
    index: Mapping[Atom, int]
    by_fact: Mapping[str, tuple[tuple[Atom, int], ...]]
    unknown: int
    switch: Mapping[str, int]

    @classmethod
    def of(cls, atoms_by_fact: Mapping[str, Sequence[Atom]]) -> Bits:
        """Number the conditions of a kader."""
        atoms = tuple(atom for found in atoms_by_fact.values() for atom in found)
        index = {atom: bit for bit, atom in enumerate(atoms)}
        by_fact = {
            name: tuple((atom, index[atom]) for atom in found) for name, found in atoms_by_fact.items()
        }
        unknown = sum(1 << bit for bit, atom in enumerate(atoms) if isinstance(atom, Known))
        switch = {
            name: 1 << found[0][1]
            for name, found in by_fact.items()
            if len(found) == 1 and isinstance(found[0][0], JaNee)
        }
        return cls(atoms, index, by_fact, unknown, switch)

    def pack(self, values: Mapping[str, object], peildatum: date | None) -> tuple[int, int]:
        """The two integers of a case: which conditions are true, and which are false."""
        true, false = 0, self.unknown
        for name, value in values.items():
            bit = self.switch.get(name)
            if bit is not None and value is True:
                true |= bit
            elif bit is not None:
                false |= bit
            else:
                fact_true, fact_false = self.pack_fact(name, value, peildatum)
                true, false = true | fact_true, false & ~fact_true | fact_false
        return true, false

    def pack_fact(self, name: str, value: object, peildatum: date | None) -> tuple[int, int]:
        """What one known value sets."""
        true = false = 0
        for atom, bit in self.by_fact.get(name, ()):
            if isinstance(atom, Known) or (_is_value(value) and holds(atom, value, peildatum)):  # type: ignore[arg-type]
                true |= 1 << bit
            else:
                false |= 1 << bit
        return true, false


def _is_value(value: object) -> bool:
    return isinstance(value, (bool, int, float, str, date))


@attrs.frozen
class CaseCompiler:
    """Writes the Python source that decides one case.

    Attributes:
        bits: The bits of the kader's conditions.
        questions: Number of each question.
    """

    bits: Bits
    questions: Mapping[str, int]
    _written: dict[Condition, tuple[str, str]] = attrs.field(factory=dict, init=False, eq=False)

    def truth(self, condition: Condition) -> tuple[str, str]:
        """Two expressions: it is true, it is false."""
        if condition not in self._written:
            self._written[condition] = self._truth(condition)
        return self._written[condition]

    def _truth(self, condition: Condition) -> tuple[str, str]:
        match condition:
            case Atom():
                bit = 1 << self.bits.index[condition]
                return f"t & {bit}", f"f & {bit}"
            case Not(part=part):
                true, false = self.truth(part)
                return false, true
            case And(parts=parts):
                return self._every(parts, "t", "f"), self._any(parts, "f", "t")
            case Or(parts=parts):
                return self._any(parts, "t", "f"), self._every(parts, "f", "t")
            case Count(parts=parts, least=least, most=most):
                return self._count(parts, least, most)
            case AnswerIs(question=question, answers=answers):
                return self._answer(question, answers)
            case Always():
                return "True", "False"
            case _:
                raise NotImplementedError(f"no source for {type(condition).__name__}")

    def _split(self, parts: Iterable[Condition]) -> tuple[int, int, list[Condition]]:
        """Bits of plain conditions, bits of denied ones, and the rest."""
        plain = denied = 0
        rest: list[Condition] = []
        for part in parts:
            if isinstance(part, Atom):
                plain |= 1 << self.bits.index[part]
            elif isinstance(part, Not) and isinstance(part.part, Atom):
                denied |= 1 << self.bits.index[part.part]
            else:
                rest.append(part)
        return plain, denied, rest

    def _side(self, condition: Condition, side: str) -> str:
        true, false = self.truth(condition)
        return f"({true if side == 't' else false})"

    def _every(self, parts: Sequence[Condition], side: str, other: str) -> str:
        plain, denied, rest = self._split(parts)
        tests = [f"{name} & {mask} == {mask}" for name, mask in ((side, plain), (other, denied)) if mask]
        return " and ".join([*tests, *(self._side(part, side) for part in rest)]) or "True"

    def _any(self, parts: Sequence[Condition], side: str, other: str) -> str:
        plain, denied, rest = self._split(parts)
        tests = [f"{name} & {mask}" for name, mask in ((side, plain), (other, denied)) if mask]
        return " or ".join([*tests, *(self._side(part, side) for part in rest)]) or "False"

    def _count(self, parts: Sequence[Condition], least: int, most: int | None) -> tuple[str, str]:
        true, false = self._total(parts, "t", "f"), self._total(parts, "f", "t")
        holds_, fails = (
            [f"{true} >= {least}"] if least else [],
            [f"{false} >= {len(parts) - least + 1}"] if least else [],
        )
        if most is not None:
            holds_.append(f"{false} >= {len(parts) - most}")
            fails.append(f"{true} >= {most + 1}")
        return " and ".join(holds_) or "True", " or ".join(fails) or "False"

    def _total(self, parts: Sequence[Condition], side: str, other: str) -> str:
        groups: dict[int, list[Condition]] = {}
        for part, times in Counter(parts).items():
            groups.setdefault(times, []).append(part)
        terms: list[str] = []
        for times, distinct in groups.items():
            plain, denied, rest = self._split(distinct)
            counted = [
                f"({name} & {mask}).bit_count()" for name, mask in ((side, plain), (other, denied)) if mask
            ]
            if rest:  # a tuple, because a chain of thousands of additions nests too deep to compile
                counted.append(f"sum(({''.join(f'bool({self._side(part, side)}), ' for part in rest)}))")
            total = " + ".join(counted)
            terms.append(total if times == 1 else f"{times} * ({total})")
        return " + ".join(terms) or "0"

    def _answer(self, question: str, answers: Sequence[Antwoord]) -> tuple[str, str]:
        name = f"a{self.questions[question]}"
        true = " or ".join(f"{name} == {CODES[answer]}" for answer in answers)
        return true, f"{name} and not ({true})"

    def rule(self, rule: Rule) -> tuple[str, str]:
        """Two expressions: the rule counts, it does not."""
        true, false = self.truth(bare(rule.als))
        counts, fails = [f"({true})"], [f"({false})"]
        for exception in rule.tenzij:
            met, unmet = self.truth(bare(exception.als))
            counts.append(f"({unmet})")
            fails.append(f"({met})")
        return " and ".join(counts), " or ".join(fails)

    def question(self, question: Question, rules: Sequence[Rule]) -> list[str]:
        """The lines that answer one question."""
        name = f"a{self.questions[question.name]}"
        sides: list[str] = []
        for answer in (Antwoord.JA, Antwoord.NEE):
            written = [
                self.rule(rule) for rule in rules if rule.vraag == question.name and rule.pleit_voor is answer
            ]
            sides.append(" or ".join(f"({true})" for true, _ in written) or "False")
            sides.append(" and ".join(f"({false})" for _, false in written) or "True")
        ja, not_ja, nee, not_nee = sides
        default = CODES[question.default] if question.default is not None else 0
        return [
            f"    # {question.name!a}",
            f"    if not {name}:",
            f"        if {ja}:",
            f"            {name} = 3 if {nee} else 1 if {not_nee} else 0",
            f"        elif {not_ja}:",
            f"            {name} = 2 if {nee} else {default} if {not_nee} else 0",
        ]


def headline(kader: Afwegingskader[Any]) -> str:
    """A comment that names the kader; ``ascii`` keeps every text of a rulebook inside the comment that it stands in."""
    return f"# {kader.id!a} {kader.version!a} ({kader.hash})"


def case_source(kader: Afwegingskader[Any], bits: Bits) -> str:
    """The Python source that decides one case of a kader."""
    questions = {question.name: number for number, question in enumerate(kader.vragen)}
    compiler = CaseCompiler(bits, questions)
    names = [f"a{number}" for number in questions.values()]
    lines = [headline(kader)]
    lines += [f"# bit {bit}: {repr(atom)!a}" for bit, atom in enumerate(bits.atoms)]
    lines.append("def decide(t, f, own):")
    if names:
        lines.append(f"    {', '.join(names)}{',' if len(names) == 1 else ''} = own")
    for question in kader.vragen:
        lines += compiler.question(question, kader.regels)
    for number, row in enumerate(kader.beslis):
        true, false = compiler.truth(bare(row.als))
        lines += [f"    # {row.id!a}: {row.dan!a}", f"    if {true}:", f"        {_returned(number, names)}"]
        if false == "False":
            break
        lines += [f"    if not ({false}):", f"        {_returned(-number - 1, names)}"]
    lines.append(f"    {_returned(-len(kader.beslis) - 1, names)}")
    return "\n".join(lines) + "\n"


@cache
def compiled(source: str) -> Callable[[int, int, Sequence[int]], Outcome]:
    """The function that a source defines; compiled once per source."""
    namespace: dict[str, Any] = {}
    exec(compile(source, "<kader>", "exec"), namespace)  # noqa: S102 (our own text: numbers, operators, and names inside ascii() comments)
    decide: Callable[[int, int, Sequence[int]], Outcome] = namespace["decide"]
    return decide


def _returned(row: int, names: Sequence[str]) -> str:
    return f"return ({', '.join([str(row), *names])},)"


def trace_source(kader: Afwegingskader[Any], bits: Bits) -> str:
    """The source that says which rules count, and which apply whether or not an exception is met; a bit per rule."""
    compiler = CaseCompiler(bits, {})
    counts = [f"({1 << bit} if {compiler.rule(rule)[0]} else 0)" for bit, rule in enumerate(kader.regels)]
    applies = [
        f"({1 << bit} if {compiler.truth(bare(rule.als))[0]} else 0)" for bit, rule in enumerate(kader.regels)
    ]
    lines = [headline(kader), "def trace(t, f):", "    counts = applies = 0"]
    lines += [f"    counts |= {expression}" for expression in counts]
    lines += [f"    applies |= {expression}" for expression in applies]
    return "\n".join([*lines, "    return counts, applies"]) + "\n"


@cache
def compiled_trace(source: str) -> Callable[[int, int], tuple[int, int]]:
    """The function that a source defines; compiled once per source."""
    namespace: dict[str, Any] = {}
    exec(compile(source, "<kader trace>", "exec"), namespace)  # noqa: S102 (our own text: numbers, operators, and names inside ascii() comments)
    trace: Callable[[int, int], tuple[int, int]] = namespace["trace"]
    return trace


def own_codes(questions: Sequence[Question], given: Mapping[str, Antwoord]) -> tuple[int, ...]:
    """The professional's own answers as codes, 0 where there is none."""
    return tuple(CODES[given[question.name]] if question.name in given else 0 for question in questions)
