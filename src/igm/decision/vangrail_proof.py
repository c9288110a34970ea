"""Proof that no guardrail gives what another one forbids, where both hold; made when a kader is built."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from igm.constructs._base import path_of
from igm.decision.completions import UNKNOWN, CellValue, representatives, size, variables
from igm.decision.conditions import AnswerIs, Atom, Condition, FactKind, Known
from igm.decision.planes import Planes, evaluate, run
from igm.decision.predicate import atoms_in, predicates_in
from igm.decision.program import Bits
from igm.decision.tables import TruthTable
from igm.decision.truth import Antwoord
from igm.errors import KaderError, Problems

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader
    from igm.decision.rules import Row
    from igm.decision.vangrails import Vangrail

MAX_PROOF_CELLS: Final = 2**20
"""Up to so many cases, each with every own answer, a contradiction is looked for."""

MAX_PROOF_ANSWERS: Final = 6
"""Up to so many questions every combination of answers is weighed."""


def prove_vangrails(kader: Afwegingskader[Any]) -> None:
    """Raise `KaderError` (``vangrail-invalid``) when an outcome that a guardrail forbids could still be advised.

    A row forbids nothing to the guardrails after the last one that made it: those have a row of their own before it. So
    only what an earlier guardrail forbids can still be given, and there it must be that both never hold.
    """
    problems = Problems()
    seen: set[tuple[str, str]] = set()
    for row, vangrail in _suspects(kader):
        last = row.vangrails[-1]
        if (last, vangrail.id) in seen:
            continue
        why = _both(kader, row, vangrail)
        if why is not None:
            seen.add((last, vangrail.id))
            problems.add(
                "vangrail-invalid",
                f"guardrails contradict each other: {last!r} gives what {vangrail.id!r} forbids, {why}",
                f"Put {vangrail.id!r} after {last!r}, let one give another outcome, or let them never both hold.",
                where=path_of(("vangrails", last)),
                given=row.dan,
            )
    problems.raise_any(KaderError)


def _suspects(kader: Afwegingskader[Any]) -> Iterator[tuple[Row, Vangrail]]:
    places = {vangrail.id: place for place, vangrail in enumerate(kader.vangrails)}
    for row in kader.beslis:
        if row.vangrails:
            for vangrail in kader.vangrails[: places[row.vangrails[-1]]]:
                if row.dan in vangrail.verbiedt:
                    yield row, vangrail


def _both(kader: Afwegingskader[Any], row: Row, vangrail: Vangrail) -> str | None:
    """A case in which a row decides and a guardrail holds, or why that there is none cannot be proven."""
    place = kader.beslis.index(row)
    rows = kader.beslis[: place + 1]
    conditions = [vangrail.als, *(one.als for one in rows)]
    facts = {name for condition in conditions for name in condition.facts}
    facts |= {base for name in facts if (base := kader.feiten[name].geldt_als) is not None}
    asked = sorted(_questions(conditions))
    table = _table(kader, facts, conditions)
    if isinstance(table, str) or len(asked) > MAX_PROOF_ANSWERS:
        why = table if isinstance(table, str) else "there are too many questions"
        return f"and that they never both hold cannot be proven: {why}"
    bits = Bits.of(atoms_in(conditions, lambda name: kader.feiten[name].opties))
    trues, falses = table.planes(bits, 0, bits.unknown, None, lambda _: True)

    def atom(found: Atom) -> Planes:
        return trues[bits.index[found]], falses[bits.index[found]]

    questions = [kader.question(name) for name in asked]
    for chosen in itertools.product((Antwoord.JA, Antwoord.NEE, Antwoord.TWIJFEL), repeat=len(asked)):
        given = dict(zip(asked, chosen, strict=True))
        done = run(questions, (), rows, given, atom, table.full)
        both = done.decided[place] & evaluate(vangrail.als, atom, done.answers, table.full)[0]
        if both:
            return f"for example with {_example(table, both, given)}"
    return None


def _questions(conditions: Iterable[Condition]) -> set[str]:
    return {
        node.question for condition in conditions for node in condition.walk() if isinstance(node, AnswerIs)
    }


def _table(
    kader: Afwegingskader[Any], facts: Iterable[str], conditions: Sequence[Condition]
) -> TruthTable | str:
    wanted = sorted(facts, key=list(kader.feiten).index)
    if any(kader.feiten[name].kind is FactKind.DATUM for name in wanted):
        return "they hang on dates, so that it depends on the day"
    atoms = atoms_in(conditions, lambda name: kader.feiten[name].opties)

    def options(name: str) -> tuple[CellValue, ...]:
        found = representatives(kader.feiten[name], atoms.get(name, ()), None)
        # what is true as long as something is unknown need not stay so; else every case that is complete will do
        return (*found, UNKNOWN) if any(isinstance(one, Known) for one in atoms.get(name, ())) else found

    found = variables(
        kader.feiten, wanted, options, given_too=True, predicates=predicates_in(conditions).values()
    )
    if found is None:
        return "too many facts hang on one another"
    if size(found) > MAX_PROOF_CELLS:
        return f"there are {size(found):,} cases, more than the {MAX_PROOF_CELLS:,} that are weighed"
    return TruthTable.over(found)


def _example(table: TruthTable, plane: int, given: Mapping[str, Antwoord]) -> str:
    told = {name: value for name, value in table.example(plane).items() if value is not UNKNOWN}
    told |= {f"answer {name}": answer.label for name, answer in given.items()}
    return ", ".join(f"{name}={value!r}" for name, value in told.items()) or "every case"
