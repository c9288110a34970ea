"""``Sheet``: the argument list of a kader as lines that are written once, and put together per case.

The words of an explanation hardly differ between cases: which lines stand in it, the bits of the case say. So each
line is folded and indented when the kader is first explained, in every place where it can stand. What an own answer
says, the tree itself is written for; both must give the same text, to the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from igm._display import branch_lines
from igm.decision.casus import Casus
from igm.decision.program import CODES, Outcome
from igm.decision.sheet_lines import END, FEW, WIDTH, FactLines, Leaf, Line, Maker, first, second, third, top
from igm.decision.speaking import expired_line, fact_text, failed_text, missing_text, outcome_text
from igm.decision.translations import Speech, argued_path
from igm.decision.truth import Antwoord, Beleid, Pleit
from igm.decision.weighing import Relevance, expired_facts, fact_uses, missing_facts

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

MAX_KEPT: Final = 1000
"""So many lines on numbers and dates are kept per fact, and so many on what is missing."""


@attrs.frozen(eq=False)
class Sheet:
    """All lines of a kader's argument list, in one language.

    Attributes:
        blocks: The lines on what is missing, by row of the ranking: states that miss the same share them.
    """

    kader: Afwegingskader[Any]
    speech: Speech
    heads: tuple[str, ...]
    answers: tuple[tuple[str, ...], ...]
    rules: tuple[Leaf, ...]
    assumed: Mapping[str, str]
    opened: str
    tail: str
    decided: tuple[str, ...]
    below: tuple[Leaf | None, ...]
    certain: bool
    unknown: int
    blocks: dict[int, Sequence[str]] = attrs.field(factory=dict)
    _branches: dict[tuple[str, object], str] = attrs.field(factory=dict)
    _differ: dict[tuple[Beleid, int, int], str] = attrs.field(factory=dict)
    _shares: dict[tuple[str, float | None], tuple[str, str]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, kader: Afwegingskader[Any], taal: str) -> Sheet:
        """Write the lines of a kader."""
        speech = Speech.of(taal, kader.vertalingen)
        frame, machine = speech.frame, kader.machine
        maker = Maker(kader, speech)
        heads = tuple(
            first(frame.advice.format(outcome_text(speech, outcome.value), kader.reference))
            for outcome in machine.outcomes
        )
        because = tuple(
            top(frame.because.format(speech.say(f"{argued_path(row.argued_as)}.omdat", row.omdat)))
            for row in kader.beslis
        )
        rows = tuple(maker.row(number) for number in range(len(kader.beslis)))
        decided = [f"{heads[number]}\n{why}" for number, why in zip(machine.numbers, because, strict=True)]
        below: list[Leaf | None] = [None] * len(rows)
        for number, leaf in enumerate(rows):
            head = {Pleit.VOOR: frame.in_favour, Pleit.TEGEN: frame.against}.get(leaf.pleit)
            if head is not None and not kader.vragen:
                decided[number] += f"\n{top(head.format(1))}\n{leaf.line[1]}"
                below[number] = leaf
        return cls(
            kader,
            speech,
            heads=heads,
            answers=tuple(
                tuple(
                    top(frame.question.format(question.name, frame.answers[answer]))
                    for answer in (Antwoord.ONBEKEND, *CODES)
                )
                for question in kader.vragen
            ),
            rules=tuple(maker.rule(rule) for rule in kader.regels),
            assumed={
                name: top(frame.assumed_line.format(speech.say(f"feiten.{name}.label", fact.label)))
                for name, fact in kader.feiten.items()
                if fact.zonder_melding is False and name in kader.atoms
            },
            opened=f"{heads[machine.unknown]}\n{top(frame.because.format(frame.may_change))}",
            tail="\n".join(branch_lines(frame.person, *END, WIDTH - 3)),
            decided=tuple(decided),
            below=tuple(below),
            certain=not kader.facts_in_known,
            unknown=machine.unknown,
        )

    def text(self, casus: Casus, beleid: Beleid, trace: Outcome, relevant: Callable[[], Relevance]) -> str:
        """The argument list of a case without own answers."""
        row, exact = trace[0], -1
        missing: Sequence[str] = ()
        if row >= 0 and self.certain:
            out = [self.decided[row]]
        else:
            missing, exact = self._foreseen(casus, trace) or self._weighed(casus, trace, relevant())
            out, row = self._opening(beleid, trace, exact, missing)
        leaf = self.below[row] if row >= 0 else None
        if leaf is not None and leaf.facts:
            _end(out, self._facts(leaf, casus))
        if self.answers:
            out += [lines[code] for lines, code in zip(self.answers, trace[1:], strict=True)]
        if self.rules:
            self._arguments(out, casus)
        out += missing
        if casus.aangenomen or casus.mislukt or casus.verlopen:
            out += self._rest(casus)
        if exact >= 0 and exact != (cautious := self.kader.machine.number(trace[0])):
            out.append(self._policies(beleid, exact, cautious))
        out.append(self.tail)
        return "\n".join(out)

    def _foreseen(self, casus: Casus, trace: Outcome) -> tuple[Sequence[str], int] | None:
        """What is missing in a case whose state of knowledge is foreseen, and the number of its exact outcome."""
        if casus.missing or trace[0] >= 0 or (ranking := self.kader.machine.ranking) is None:
            return None
        place = ranking.foreseen.place(casus.true, casus.false)
        number = ranking.numbers[place]
        block = self.blocks.get(number)
        if block is None:
            missing = ranking.rows[number]
            block = ("\n".join(self._missing(casus, missing, exact=True)),) if missing else ()
            if len(self.blocks) < MAX_KEPT:
                self.blocks[number] = block
        return block, ranking.foreseen.exact[place]

    def _weighed(self, casus: Casus, trace: Outcome, found: Relevance) -> tuple[Sequence[str], int]:
        """The same for a case that is weighed by itself."""
        machine = self.kader.machine
        missing: list[str] = []
        if found.shares:
            order = self.kader.order
            ranked = sorted(found.shares.items(), key=lambda entry: (-(entry[1] or 0.0), order[entry[0]]))
            missing = self._missing(casus, ranked, exact=found.exact)
        return missing, machine.outcomes.index(found.outcome(self.kader, trace))

    def _opening(
        self, beleid: Beleid, trace: Outcome, exact: int, missing: Sequence[str]
    ) -> tuple[list[str], int]:
        """The first lines, and the row that decides: below zero when none does."""
        if missing and trace[0] < 0 and exact == self.unknown:  # open under both policies
            return [self.opened], -1
        frame, cautious = self.speech.frame, self.kader.machine.number(trace[0])
        advies = cautious if beleid is Beleid.CAUTIOUS else exact
        if advies == cautious and trace[0] >= 0:
            return [self.decided[trace[0]]], trace[0]
        if advies != cautious:
            why = frame.any_completion
        elif missing:
            why = frame.may_change
        else:
            waiting = [
                question.name for question, code in zip(self.kader.vragen, trace[1:], strict=True) if not code
            ]
            why = frame.rules_silent.format(", ".join(waiting) or frame.what_decides)
            return [self.heads[advies], top(frame.because.format(why))], -1
        return [self.heads[advies], self._top(frame.because, why)], -1

    def _top(self, text: str, value: object) -> str:
        """A line on the first level, kept: few values occur."""
        key = (text, value)
        written = self._branches.get(key)
        if written is None:
            written = self._branches[key] = top(text.format(value))
        return written

    def _arguments(self, out: list[str], casus: Casus) -> None:
        counts, applies = self.kader.machine.trace(casus.true, casus.false)
        helps: list[tuple[Leaf, tuple[Line, ...]]] = []
        hinders: list[tuple[Leaf, tuple[Line, ...]]] = []
        refuted: list[tuple[Leaf, tuple[Line, ...]]] = []
        unsure: list[tuple[Leaf, tuple[Line, ...]]] = []
        bit = 1
        for leaf in self.rules:
            if counts & bit:
                if leaf.pleit is Pleit.VOOR:
                    helps.append((leaf, ()))
                elif leaf.pleit is Pleit.TEGEN:
                    hinders.append((leaf, ()))
            elif applies & bit and leaf.exceptions is not None:
                met, open_ = leaf.exceptions(casus.true, casus.false)
                below = (*_chosen(leaf.met, met), *_chosen(leaf.unsure, open_))
                (refuted if met else unsure).append((leaf, below))
            bit <<= 1
        frame = self.speech.frame
        self._branch(out, frame.in_favour, helps, casus)
        self._branch(out, frame.against, hinders, casus)
        self._branch(out, frame.refuted, refuted, casus)
        self._branch(out, frame.undecided, unsure, casus)

    def _branch(
        self, out: list[str], head: str, leaves: list[tuple[Leaf, tuple[Line, ...]]], casus: Casus
    ) -> None:
        if not leaves:
            return
        out.append(self._top(head, len(leaves)))
        last = len(leaves) - 1
        for place, (leaf, below) in enumerate(leaves):
            end = place == last
            out.append(leaf.line[end])
            lines = self._facts(leaf, casus)
            lines += below
            if end:
                _end(out, lines)
            elif lines:
                ending = lines.pop()[1]
                out += [line[0] for line in lines]
                out.append(ending)

    def _facts(self, leaf: Leaf, casus: Casus) -> list[Line]:
        true, false = casus.true, casus.false
        lines: list[Line] = []
        if casus.herkomst:
            for _, _, _, fact in leaf.facts:
                self._fact(lines, fact, casus)
            return lines
        for bit, yes, no, fact in leaf.facts:
            if yes is None or no is None:
                self._fact(lines, fact, casus)
            elif true & bit:
                lines.append(yes)
            elif false & bit:
                lines.append(no)
        return lines

    def _fact(self, lines: list[Line], of: FactLines, casus: Casus) -> None:
        name = of.fact.name
        if name not in casus.values:
            return
        value = casus.values[name]
        if name in casus.herkomst or name in casus.aangenomen:
            (use,) = fact_uses(self.kader, casus, (name,))
            lines.append(third(fact_text(self.speech, use, masked=False)))
            return
        key = value if of.fact.kind in FEW else of.fact.shown(value)
        found = of.by_value.get(key)
        if found is None:
            (use,) = fact_uses(self.kader, casus, (name,))
            found = third(fact_text(self.speech, use, masked=False))
            if len(of.by_value) < MAX_KEPT:
                of.by_value[key] = found
        lines.append(found)

    def _missing(self, casus: Casus, ranked: Sequence[tuple[str, float | None]], *, exact: bool) -> list[str]:
        frame = self.speech.frame
        head = self._top(frame.missing if exact else f"{frame.missing}{frame.inexact}", len(ranked))
        written: dict[tuple[str, float | None], tuple[str, str]] = {} if casus.missing else self._shares
        try:
            lines = [written[entry] for entry in ranked]
        except KeyError:
            lines = [self._missing_line(casus, name, share) for name, share in ranked]
        ending = lines.pop()[1]
        return [head, *(middle for middle, _ in lines), ending]

    def _missing_line(self, casus: Casus, name: str, share: float | None) -> tuple[str, str]:
        key = (name, share)
        written = None if casus.missing else self._shares.get(key)
        if written is None:
            (entry,) = missing_facts(self.kader, casus, {name: share})
            written = second(missing_text(self.speech, entry))
            if not casus.missing and len(self._shares) < MAX_KEPT:
                self._shares[key] = written
        return written

    def _rest(self, casus: Casus) -> Iterator[str]:
        speech = self.speech
        yield from (top(expired_line(speech, entry)) for entry in expired_facts(self.kader, casus))
        yield from (self.assumed[name] for name in casus.aangenomen if name in self.assumed)
        yield from (top(failed_text(speech, failed)) for failed in casus.mislukt)

    def _policies(self, beleid: Beleid, exact: int, cautious: int) -> str:
        key = (beleid, exact, cautious)
        written = self._differ.get(key)
        if written is None:
            names = (
                outcome_text(self.speech, self.kader.machine.outcomes[n].value) for n in (exact, cautious)
            )
            written = self._differ[key] = top(self.speech.frame.policies.format(beleid.value, *names))
        return written


def _end(out: list[str], lines: list[Line]) -> None:
    """Lines below the last argument of a branch."""
    if lines:
        ending = lines.pop()[3]
        out += [line[2] for line in lines]
        out.append(ending)


def _chosen(lines: tuple[Line, ...], bits: int) -> list[Line]:
    return [line for number, line in enumerate(lines) if bits >> number & 1]
