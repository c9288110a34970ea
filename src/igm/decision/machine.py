"""``Machine``: what a kader is compiled to, and the few questions that the rest asks of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Generic

import attrs

from igm.decision.array_program import ArrayProgram
from igm.decision.completions import CellValue, representatives, size, variables
from igm.decision.facts import FactValue
from igm.decision.foreseen import Foreseen, every_completion
from igm.decision.plane_program import compiled_planes, plane_source
from igm.decision.program import CODES, Bits, Outcome, case_source, compiled, compiled_trace, trace_source
from igm.decision.ranking import Ranking
from igm.decision.records import OutcomeT
from igm.decision.tables import SMALL, TruthTable
from igm.decision.truth import Antwoord, Beleid

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader
    from igm.decision.sheet import Sheet


_NOTHING: Final[Mapping[str, CellValue]] = {}

MAX_KEPT: Final = 1000
"""So many small tables are kept per kader: many cases have the same facts unknown."""

MAX_OWN: Final = 32
"""For so many combinations of own answers what can be known is worked out beforehand."""


@attrs.frozen(slots=False, eq=False, repr=False)
class Machine(Generic[OutcomeT]):
    """A kader compiled; made once per kader, when it is first used.

    Attributes:
        kader: The kader.
        bits: The bit of each condition on one fact.
        outcomes: The outcomes, numbered.
        rows: The outcome of each row.
        numbers: The number of the outcome of each row.
        unknown: The number of the outcome for what is open.
        sheets: The lines of the argument list, by language.
    """

    kader: Afwegingskader[OutcomeT]
    bits: Bits
    outcomes: tuple[OutcomeT, ...]
    rows: tuple[OutcomeT, ...]
    numbers: tuple[int, ...]
    unknown: int
    sheets: dict[str, Sheet] = attrs.field(factory=dict)
    _options: dict[tuple[str, date | None], tuple[FactValue, ...]] = attrs.field(factory=dict)
    _tables: dict[tuple[tuple[str, ...], date | None], TruthTable] = attrs.field(factory=dict)
    _foreseen: dict[tuple[int, ...], Foreseen | None] = attrs.field(factory=dict)
    _exact_codes: dict[date | None, ArrayProgram | None] = attrs.field(factory=dict)

    @classmethod
    def of(cls, kader: Afwegingskader[OutcomeT]) -> Machine[OutcomeT]:
        """Compile a kader."""
        outcomes = tuple(kader.uitkomsten)
        rows = tuple(kader.uitkomsten(row.dan) for row in kader.beslis)
        numbers = tuple(outcomes.index(outcome) for outcome in rows)
        return cls(kader, Bits.of(kader.atoms), outcomes, rows, numbers, outcomes.index(kader.bij_onbekend))

    @cached_property
    def facts_of_rules(self) -> Mapping[str, tuple[str, ...]]:
        """Per rule the facts that it reads, in the order of declaration."""
        return {rule.id: tuple(self.kader.in_order(rule.facts)) for rule in self.kader.regels}

    @cached_property
    def facts_of_rows(self) -> tuple[tuple[str, ...], ...]:
        """Per row the facts that it reads, in the order of declaration."""
        return tuple(tuple(self.kader.in_order(row.als.facts)) for row in self.kader.beslis)

    @cached_property
    def source(self) -> str:
        """The Python text that decides one case."""
        return case_source(self.kader, self.bits)

    @cached_property
    def decide(self) -> Callable[[int, int, Sequence[int]], Outcome]:
        """Decides one case: true bits, false bits and own answers give the row and the answers."""
        return compiled(self.source)

    @cached_property
    def trace(self) -> Callable[[int, int], tuple[int, int]]:
        """Which rules count, and which apply; a bit per rule."""
        return compiled_trace(trace_source(self.kader, self.bits))

    @cached_property
    def plane_source(self) -> str:
        """The Python text that decides many cases at once."""
        return plane_source(self.kader, self.bits)

    @cached_property
    def decide_planes(self) -> Callable[..., tuple[tuple[Any, ...], tuple[Any, ...]]]:
        """Decides many cases at once, on Python integers or NumPy arrays."""
        return compiled_planes(self.plane_source)

    def codes(self, beleid: Beleid, peildatum: date | None) -> ArrayProgram | None:
        """What gives the codes of many cases without own answers; nothing where each pattern has to be weighed."""
        if beleid is Beleid.CAUTIOUS:
            return self._cautious_codes
        day = peildatum if self.kader.reads_dates else None
        if day not in self._exact_codes:
            self._exact_codes.clear()  # one day at a time
            self._exact_codes[day] = ArrayProgram.exact(self.kader, day)
        return self._exact_codes[day]

    @cached_property
    def _cautious_codes(self) -> ArrayProgram:
        return ArrayProgram.cautious(self.kader)

    def number(self, row: int) -> int:
        """The number of the outcome of a row; below zero is open."""
        return self.numbers[row] if row >= 0 else self.unknown

    def outcome(self, row: int) -> OutcomeT:
        """The outcome of a row; below zero is open."""
        return self.outcomes[self.number(row)]

    def options(self, name: str, peildatum: date | None) -> tuple[FactValue, ...]:
        """One value per cell of a fact."""
        key = (name, peildatum)
        if key not in self._options:
            self._options[key] = representatives(
                self.kader.feiten[name], self.kader.atoms.get(name, ()), peildatum
            )
        return self._options[key]

    def table(
        self,
        unknown: tuple[str, ...],
        peildatum: date | None,
        *,
        most: int,
        known: Mapping[str, CellValue] = _NOTHING,
    ) -> TruthTable | None:
        """Every way to fill in these facts; nothing when there are more than ``most`` ways. Small tables are kept.

        Args:
            unknown: The facts.
            peildatum: Reference date.
            most: So many ways at most.
            known: The facts that are known, which predicates may read as well.
        """
        predicates = self.kader.predicates.values()
        kept = None if predicates else self._tables.get((unknown, peildatum))
        if kept is not None:
            return kept
        found = variables(
            self.kader.feiten,
            unknown,
            lambda name: self.options(name, peildatum),
            predicates=predicates,
            known=known,
        )
        if found is None or size(found) > most:
            return None
        table = TruthTable.over(found)
        if not predicates and size(found) <= SMALL and len(self._tables) < MAX_KEPT:
            self._tables[unknown, peildatum] = table
        return table

    def foreseen(self, own: tuple[int, ...]) -> Foreseen | None:
        """Every state of knowledge beside these own answers; nothing where that is too much to work out beforehand.

        A kader that reads dates would need it for every day anew, and weighs case by case.
        """
        found = self._foreseen.get(own)
        if found is not None or own in self._foreseen or len(self._foreseen) >= MAX_OWN:
            return found
        found = Foreseen.of(self.kader, self._own_answers(own), None) if self._foreseeable else None
        self._foreseen[own] = found
        return found

    @cached_property
    def ranking(self) -> Ranking | None:
        """What is missing in every state of knowledge without own answers, where that can be foreseen."""
        seen = self.foreseen((0,) * len(self.kader.vragen))
        return None if seen is None else Ranking.of(seen, self.kader.order)

    @cached_property
    def _foreseeable(self) -> bool:
        return not self.kader.reads_dates and every_completion(self.kader, None) is not None

    def _own_answers(self, own: tuple[int, ...]) -> dict[str, Antwoord]:
        answers = {code: answer for answer, code in CODES.items()}
        return {
            question.name: answers[code]
            for question, code in zip(self.kader.vragen, own, strict=True)
            if code
        }

    def outcomes_of(
        self,
        table: TruthTable,
        true: int,
        false: int,
        own: Mapping[str, Antwoord],
        peildatum: date | None,
        known: Callable[[str], bool],
    ) -> list[int]:
        """Per outcome, by number, the completions that get it.

        Args:
            table: The completions.
            true: Conditions that are true whatever is filled in.
            false: Conditions that are false whatever is filled in.
            own: The professional's own answers.
            peildatum: Reference date.
            known: Whether a fact that varies counts as known.
        """
        trues, falses = table.planes(self.bits, true, false, peildatum, known)
        answers = [_own(own.get(question.name), table.full) for question in self.kader.vragen]
        decided, stopped = self.decide_planes(trues, falses, table.full, 0, answers)
        planes = [0] * len(self.outcomes)
        for number, plane in zip(self.numbers, decided, strict=True):
            planes[number] |= plane
        for plane in stopped:
            planes[self.unknown] |= plane
        return planes


def _own(answer: Antwoord | None, full: int) -> tuple[int, int, int] | None:
    if answer is None:
        return None
    return (
        full if answer is Antwoord.JA else 0,
        full if answer is Antwoord.NEE else 0,
        full if answer is Antwoord.TWIJFEL else 0,
    )
