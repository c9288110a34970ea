"""The lines of an argument list, folded and indented once for every place where they can stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from igm._display import branch_lines
from igm.decision.begrippen import bare
from igm.decision.conditions import FactKind
from igm.decision.facts import Fact
from igm.decision.program import CaseCompiler, headline
from igm.decision.records import Argument, FactUse
from igm.decision.rules import Rule
from igm.decision.speaking import argument_text, exception_text, fact_text
from igm.decision.translations import Speech
from igm.decision.truth import Pleit
from igm.decision.weighing import row_argument

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

Line: TypeAlias = tuple[str, str, str, str]
"""A line below an argument, as it stands when the argument is not the last (and the line is not, or is), or is."""

WIDTH: Final = 100
MIDDLE, END = ("├─ ", "│  "), ("└─ ", "   ")


def first(label: str) -> str:
    """The line on top."""
    return "\n".join(branch_lines(label, "", "", WIDTH))


def top(label: str) -> str:
    """A line on the first level, which is never the last: that is who decides."""
    return "\n".join(branch_lines(label, *MIDDLE, WIDTH - 3))


def second(label: str) -> tuple[str, str]:
    """A line below that, when it is not the last there, and when it is."""
    middle, end = (
        "\n".join(branch_lines(label, f"│  {first}", f"│  {rest}", WIDTH - 6))
        for first, rest in (MIDDLE, END)
    )
    return middle, end


def third(label: str) -> Line:
    """A line below an argument."""
    one, two, three, four = (
        "\n".join(branch_lines(label, f"│  {rest}{first}", f"│  {rest}{more}", WIDTH - 9))
        for _, rest in (MIDDLE, END)
        for first, more in (MIDDLE, END)
    )
    return one, two, three, four


@attrs.frozen(eq=False)
class FactLines:
    """The lines on a fact, by its value.

    Attributes:
        fact: The fact.
        bit: Its bit, when that tells its value; else 0.
        by_value: The line per value; of a number or a date, per text.
    """

    fact: Fact
    bit: int
    by_value: dict[Any, Line]


@attrs.frozen(eq=False)
class Leaf:
    """An argument: its own line, and the facts that stand below it."""

    pleit: Pleit
    line: tuple[str, str]
    facts: tuple[tuple[int, Line | None, Line | None, FactLines], ...]
    exceptions: Callable[[int, int], tuple[int, int]] | None = None
    met: tuple[Line, ...] = ()
    unsure: tuple[Line, ...] = ()


FEW: Final = frozenset({FactKind.JA_NEE, FactKind.KEUZE})
"""Kinds of fact with few values, of which each line is written beforehand."""


@attrs.frozen
class Maker:
    """Writes the lines of arguments."""

    kader: Afwegingskader[Any]
    speech: Speech
    _facts: dict[str, FactLines] = attrs.field(factory=dict)

    def row(self, number: int) -> Leaf:
        """A row of ``beslis`` as an argument."""
        argument = row_argument(self.kader, number, ())
        return self._leaf(argument, self.kader.machine.facts_of_rows[number])

    def rule(self, rule: Rule) -> Leaf:
        """A rule as an argument, with its exceptions."""
        pleit = self.kader.question(rule.vraag).pleit(rule.pleit_voor)
        argument = Argument(rule.id, rule.vraag, rule.pleit_voor, pleit, rule.omdat, rule.bron)
        leaf = self._leaf(argument, self.kader.machine.facts_of_rules[rule.id])
        if not rule.tenzij:
            return leaf
        labels = [exception_text(self.speech, rule.id, exception.label) for exception in rule.tenzij]
        frame = self.speech.frame
        return attrs.evolve(
            leaf,
            exceptions=_exceptions(self.kader, rule),
            met=tuple(third(frame.exception_met.format(label)) for label in labels),
            unsure=tuple(third(frame.exception_open.format(label)) for label in labels),
        )

    def _leaf(self, argument: Argument, names: tuple[str, ...]) -> Leaf:
        line = second(argument_text(self.speech, argument))
        facts = [self._fact(name) for name in names]
        return Leaf(
            argument.pleit,
            line,
            tuple(
                (fact.bit, fact.by_value[True], fact.by_value[False], fact)
                if fact.bit
                else (0, None, None, fact)
                for fact in facts
            ),
        )

    def _fact(self, name: str) -> FactLines:
        if name not in self._facts:
            fact = self.kader.feiten[name]
            bits = self.kader.machine.bits
            # an unknown fact that does not apply has false bits too, and one that was assumed says so
            told = fact.geldt_als is None and fact.zonder_melding is None
            values = {FactKind.JA_NEE: (True, False), FactKind.KEUZE: fact.opties}.get(fact.kind, ())
            self._facts[name] = FactLines(
                fact,
                bits.switch.get(name, 0) if told else 0,
                {value: third(fact_text(self.speech, _use(fact, value), masked=False)) for value in values},
            )
        return self._facts[name]


def _use(fact: Fact, value: Any) -> FactUse:
    return FactUse(fact.name, fact.label, value, fact.shown(value), fact.gevoelig)


def _exceptions(kader: Afwegingskader[Any], rule: Rule) -> Callable[[int, int], tuple[int, int]]:
    """Which exceptions of a rule are met, and of which that is not known; a bit per exception."""
    compiler = CaseCompiler(kader.machine.bits, {})
    lines = [headline(kader), "def exceptions(t, f):", "    met = unsure = 0"]
    for number, exception in enumerate(rule.tenzij):
        true, false = compiler.truth(bare(exception.als))
        lines += [
            f"    if {true}:",
            f"        met |= {1 << number}",
            f"    elif not ({false}):",
            f"        unsure |= {1 << number}",
        ]
    namespace: dict[str, Any] = {}
    source = "\n".join([*lines, "    return met, unsure"]) + "\n"
    exec(compile(source, "<kader exceptions>", "exec"), namespace)  # noqa: S102 (our own text: numbers and operators)
    found: Callable[[int, int], tuple[int, int]] = namespace["exceptions"]
    return found
