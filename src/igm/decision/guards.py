"""Guards: facts that may play no role, and facts that may never count against someone; proven when a kader is built.

``geen_rol``: the advice is the same whatever the value of the fact.
``nooit_tegen``: whatever its value, the advice is never lower than when everything that reads the fact is left out.

A guard is proven first by what rules read, then by weighing every case. What cannot be proven does not load.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from igm.decision.completions import TruthTable, size, variables
from igm.decision.conditions import Atom, FactKind
from igm.decision.planes import AnswerPlanes, evaluate, run
from igm.decision.rules import Rule
from igm.decision.truth import Antwoord, Pleit
from igm.errors import KaderError, Problems

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

MAX_GUARD_CELLS: Final = 2**24
"""Guards are proven once, so they may weigh more cases than an advice does."""

_DATES: Final = "it hangs on dates, so that it depends on the day"


def prove_guards(kader: Afwegingskader[Any]) -> None:
    """Raise `KaderError` (``guard-not-proven``) for every guard that does not hold or cannot be proven."""
    problems = Problems()
    for name in kader.geen_rol:
        why = _plays_a_role(kader, name)
        if why:
            do = "Leave the fact out of rules and rows, or out of geen_rol, with the reason in the kader."
            problems.add(
                "guard-not-proven", f"{name!r} may play no role, but {why}", do, where=f"$.geen_rol.{name}"
            )
    for name in kader.nooit_tegen:
        why = _counts_against(kader, name)
        if why:
            do = "Let it speak for the favourable answer only, or stand in tenzij of a rule against it."
            problems.add(
                "guard-not-proven",
                f"{name!r} may never count against someone, but {why}",
                do,
                where=f"$.nooit_tegen.{name}",
            )
    problems.raise_any(KaderError)


def _readers(kader: Afwegingskader[Any], fact: str) -> list[str]:
    rules = [f"rule {rule.id}" for rule in kader.regels if fact in rule.facts]
    return rules + [f"row {row.id} of beslis" for row in kader.beslis if fact in row.als.facts]


def _plays_a_role(kader: Afwegingskader[Any], fact: str) -> str | None:
    readers = _readers(kader, fact)
    if not readers:
        return None
    table = _whole_table(kader)
    if isinstance(table, str):
        return f"{', '.join(readers)} reads it, and that it makes no difference cannot be proven: {table}"
    learned = _outcomes(kader, table, known=lambda _: True)
    unlearned = _outcomes(kader, table, known=lambda name: name != fact)
    if any(table.pivotal(fact, list(planes.values())) for planes in (learned, unlearned)):
        return f"{', '.join(readers)} reads it and it changes the advice"
    return f"{', '.join(readers)} asks whether it is known" if learned != unlearned else None


def _counts_against(kader: Afwegingskader[Any], fact: str) -> str | None:
    suspects = [
        reason for rule in kader.regels if fact in rule.facts for reason in _suspect(kader, rule, fact)
    ]
    suspects += [f"row {row.id} of beslis reads it" for row in kader.beslis if fact in row.als.facts]
    touched = {rule.vraag for rule in kader.regels if fact in rule.facts}
    suspects += [
        f"a better answer to {name!r} can lower the advice" for name in touched if not _rises(kader, name)
    ]
    if not suspects:
        return None
    table = _whole_table(kader)
    if isinstance(table, str):
        return f"{'; '.join(suspects)}, and that it does no harm cannot be proven: {table}"
    if fact in kader.facts_in_known:
        return f"{'; '.join(suspects)}, and a rule asks whether it is known"
    return "; ".join(suspects) if _lowers(kader, fact, table) else None


def _suspect(kader: Afwegingskader[Any], rule: Rule, fact: str) -> list[str]:
    pleit = kader.question(rule.vraag).pleit(rule.pleit_voor)
    found: list[str] = []
    if fact in rule.als.facts and pleit is not Pleit.VOOR:
        found.append(f"rule {rule.id} reads it and does not speak for the favourable outcome")
    if any(fact in exception.als.facts for exception in rule.tenzij) and pleit is not Pleit.TEGEN:
        found.append(
            f"an exception to rule {rule.id} reads it and takes an argument for the favourable outcome away"
        )
    return found


def _rises(kader: Afwegingskader[Any], question: str) -> bool:
    """Whether a better answer to one question, other answers and facts alike, never lowers the advice."""
    favourable = kader.question(question).gunstig
    ladder = [Antwoord.NEE, Antwoord.TWIJFEL, Antwoord.JA]
    steps = ladder if favourable is Antwoord.JA else ladder[::-1]
    names = [row_fact for row in kader.beslis for row_fact in row.als.facts]
    table = _table(kader, names)
    if isinstance(table, str):
        return False
    atoms = table.atoms(lambda _: (0, 0), None, lambda _: True)
    others = [asked.name for asked in kader.vragen if asked.name != question]
    for answers in itertools.product(ladder, repeat=len(others)):
        given = dict(zip(others, answers, strict=True))
        planes = [_decide(kader, {**given, question: step}, atoms, table.full) for step in steps]
        if any(_lower(kader, before, after) for before, after in itertools.pairwise(planes)):
            return False
    return True


def _decide(
    kader: Afwegingskader[Any], answers: Mapping[str, Antwoord], atoms: Callable[[Atom], Any], full: int
) -> Mapping[str, int]:
    fixed = {
        name: AnswerPlanes(
            *(full if answer is wanted else 0 for wanted in (Antwoord.JA, Antwoord.NEE, Antwoord.TWIJFEL))
        )
        for name, answer in answers.items()
    }
    planes = dict.fromkeys(kader.outcome_values, 0)
    remaining = full
    for row in kader.beslis:
        true, false = evaluate(row.als, atoms, fixed, full)
        planes[row.dan] |= remaining & true
        remaining &= false
    return planes


def _lowers(kader: Afwegingskader[Any], fact: str, table: TruthTable) -> bool:
    without = _Without(kader, fact)
    return bool(_lower(kader, without.outcomes(table), _outcomes(kader, table, known=lambda _: True)))


@attrs.frozen
class _Without:
    """The kader with everything that reads one fact left out."""

    kader: Afwegingskader[Any]
    fact: str

    def outcomes(self, table: TruthTable) -> Mapping[str, int]:
        rules = [
            attrs.evolve(
                rule, tenzij=tuple(entry for entry in rule.tenzij if self.fact not in entry.als.facts)
            )
            for rule in self.kader.regels
            if self.fact not in rule.als.facts
        ]
        rows = [row for row in self.kader.beslis if self.fact not in row.als.facts]
        result = run(
            self.kader.vragen,
            rules,
            rows,
            {},
            table.atoms(lambda _: (0, 0), None, lambda _: True),
            table.full,
        )
        planes = dict.fromkeys(self.kader.outcome_values, 0)
        for row, decided in zip(rows, result.decided, strict=True):
            planes[row.dan] |= decided
        planes[self.kader.bij_onbekend.value] |= result.open
        return planes


def _lower(kader: Afwegingskader[Any], before: Mapping[str, int], after: Mapping[str, int]) -> int:
    """The cases in which an ordered outcome gives way to a lower one, or to one outside the order."""
    order = [outcome.value for outcome in kader.volgorde]
    lower = 0
    for rank, value in enumerate(order):
        for other, plane in after.items():
            if other not in order or order.index(other) < rank:
                lower |= before[value] & plane
    return lower


def _outcomes(
    kader: Afwegingskader[Any], table: TruthTable, *, known: Callable[[str], bool]
) -> Mapping[str, int]:
    return kader.outcome_planes(kader.run(table.atoms(lambda _: (0, 0), None, known), table.full, {}))


def _whole_table(kader: Afwegingskader[Any]) -> TruthTable | str:
    return _table(kader, kader.facts_read)


def _table(kader: Afwegingskader[Any], names: Sequence[str]) -> TruthTable | str:
    """Every case over these facts, or why there is no such table."""
    if any(kader.feiten[name].kind is FactKind.DATUM for name in names):
        return _DATES
    found = variables(kader.feiten, [name for name in kader.feiten if name in set(names)], kader.atoms, None)
    if size(found) > MAX_GUARD_CELLS:
        return (
            f"there are {size(found):,} different cases, more than the {MAX_GUARD_CELLS:,} that are weighed"
        )
    return TruthTable.over(found)
