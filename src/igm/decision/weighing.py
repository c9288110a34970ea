"""From a case to an advice: run the kader on what is known, then on every way to fill in what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import attrs

from igm.constructs.waarde import Missing
from igm.decision.afweging import Afweging
from igm.decision.atoms import holds
from igm.decision.casus import Casus, effective
from igm.decision.completions import MAX_CELLS, CellValue, TruthTable, size, variables
from igm.decision.conditions import AnswerIs, Atom, Condition, Known
from igm.decision.planes import AnswerPlanes, Planes, Run, evaluate
from igm.decision.records import Aanname, Answer, Argument, FactUse, Ontbreekt
from igm.decision.rules import Rule
from igm.decision.truth import Antwoord, Beleid, Truth, Uitkomst

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

OutcomeT = TypeVar("OutcomeT", bound=Uitkomst)


def atoms_of(values: Mapping[str, CellValue], peildatum: date | None) -> Callable[[Atom], Planes]:
    """Planes one case wide: true, false, or neither when the fact is unknown."""

    def planes(atom: Atom) -> Planes:
        value = values.get(atom.fact)
        if value is None:
            return (0, 1) if isinstance(atom, Known) else (0, 0)
        if isinstance(atom, Known):
            return 1, 0
        if not isinstance(value, (bool, int, float, str, date)):
            return 0, 1
        return (1, 0) if holds(atom, value, peildatum) else (0, 1)

    return planes


@attrs.frozen
class Relevance:
    """What the unknown facts can still do.

    Attributes:
        reachable: Values of the outcomes that some completion, or today's evaluation, gives.
        shares: Per unknown fact that can change the advice, the share of completions in which it does.
        exact: Whether every completion was weighed.
    """

    reachable: frozenset[str]
    shares: Mapping[str, float | None]
    exact: bool


def weigh(kader: Afwegingskader[OutcomeT], casus: Casus, beleid: Beleid) -> Afweging[OutcomeT]:
    """Weigh a case; see ``Afwegingskader.evaluate``."""
    values = effective(kader, casus)
    given = {name: own.antwoord for name, own in casus.antwoorden.items()}
    today = kader.run(atoms_of(values, casus.peildatum), 1, given)
    cautious = kader.outcome(today)
    relevance = relevance_of(kader, casus, values, given, today)
    exact = (
        kader.uitkomsten(next(iter(relevance.reachable)))
        if len(relevance.reachable) == 1
        else kader.bij_onbekend
    )
    if not relevance.exact:
        exact = cautious
    advies = exact if beleid is Beleid.EXACT else cautious
    return _described(kader, casus, today, relevance, advies, exact, cautious, beleid)


def relevance_of(
    kader: Afwegingskader[OutcomeT],
    casus: Casus,
    values: Mapping[str, CellValue],
    given: Mapping[str, Antwoord],
    today: Run,
) -> Relevance:
    """Weigh every completion of what is open; where there are too many, name every fact that may matter."""
    flagged = [name for name in kader.facts_in_known if name not in values]
    # learning a fact that is read through known() can open rules that are closed today, so then all unknowns count
    open_facts = kader.facts_read if flagged else open_cone(kader, values, today, casus.peildatum)
    unknown = [name for name in dict.fromkeys(open_facts) if name not in values]
    reached_today = frozenset({kader.outcome(today).value})
    if not unknown:
        return Relevance(reached_today, {}, exact=True)
    found = variables(kader.feiten, unknown, kader.atoms, casus.peildatum)
    if size(found) > MAX_CELLS:
        return Relevance(reached_today, dict.fromkeys(unknown), exact=False)
    table = TruthTable.over(found)
    base = atoms_of(values, casus.peildatum)

    def outcomes(known: Callable[[str], bool]) -> Mapping[str, int]:
        return kader.outcome_planes(kader.run(table.atoms(base, casus.peildatum, known), table.full, given))

    filled_in = outcomes(lambda _: True)
    as_known_today = outcomes(lambda _: False) if flagged else filled_in
    reachable = frozenset(
        outcome for planes in (filled_in, as_known_today) for outcome, plane in planes.items() if plane
    )
    cells = size(found)
    shares: dict[str, float | None] = {}
    for name in unknown:
        turned = table.pivotal(name, list(filled_in.values()))
        if flagged:
            turned = max(turned, table.pivotal(name, list(as_known_today.values())))
        if name in flagged:
            learned = outcomes(lambda fact, name=name: fact == name)  # type: ignore[misc]
            differs = 0
            for outcome, plane in learned.items():
                differs |= plane ^ as_known_today[outcome]
            turned = max(turned, differs.bit_count())
        if turned:
            shares[name] = turned / cells
    return Relevance(reachable, shares, exact=True)


def open_cone(
    kader: Afwegingskader[OutcomeT], values: Mapping[str, CellValue], today: Run, peildatum: date | None
) -> Iterator[str]:
    """Names of unknown facts that an open row of ``beslis`` can reach through open answers and open rules."""
    base = atoms_of(values, peildatum)
    for row, (true, false) in zip(kader.beslis, today.rows, strict=True):
        if true:
            return
        if not false:
            for node in _open_leaves(row.als, base, today.answers):
                if isinstance(node, AnswerIs):
                    yield from _open_in_question(kader, node.question, base, today)
                elif isinstance(node, Atom):
                    yield node.fact


def _open_in_question(
    kader: Afwegingskader[OutcomeT], question: str, base: Callable[[Atom], Planes], today: Run
) -> Iterator[str]:
    for rule in kader.regels:
        if rule.vraag == question and today.rules[rule.id].counts == (0, 0):
            for _, condition in rule.conditions:
                for node in _open_leaves(condition, base, {}):
                    if isinstance(node, Atom):
                        yield node.fact


def _open_leaves(
    condition: Condition, base: Callable[[Atom], Planes], answers: Mapping[str, AnswerPlanes]
) -> Iterator[Condition]:
    if any(evaluate(condition, base, answers, 1)):
        return
    if not condition.children:
        yield condition
    for child in condition.children:
        yield from _open_leaves(child, base, answers)


def _described(
    kader: Afwegingskader[OutcomeT],
    casus: Casus,
    today: Run,
    relevance: Relevance,
    advies: OutcomeT,
    exact: OutcomeT,
    cautious: OutcomeT,
    beleid: Beleid,
) -> Afweging[OutcomeT]:
    counted = [
        _argument(kader, casus, rule, today) for rule in kader.regels if today.rules[rule.id].counts == (1, 0)
    ]
    own = [
        _own_argument(kader, name, answer.antwoord, answer.argument)
        for name, answer in casus.antwoorden.items()
    ]
    row = _row(kader, casus, today) if advies is cautious else None
    rows = [row] if row is not None and not kader.vragen else []
    return Afweging(
        kader=kader.reference,
        ref=casus.ref,
        peildatum=casus.peildatum,
        advies=advies,
        uitkomsten=tuple(kader.uitkomsten),
        beleid=beleid,
        exact=exact,
        cautious=cautious,
        rij=row,
        antwoorden=tuple(_answers(kader, casus, today)),
        argumenten=(*counted, *own, *rows),
        weerlegd=tuple(
            _argument(kader, casus, rule, today)
            for rule in kader.regels
            if today.rules[rule.id].als == (1, 0) and today.rules[rule.id].counts != (1, 0)
        ),
        ontbreekt=_missing(kader, casus, relevance.shares),
        ontbreekt_exact=relevance.exact,
        aannames=tuple(
            Aanname(name, kader.feiten[name].label) for name in casus.aangenomen if name in kader.facts_read
        ),
        feiten=tuple(_uses(kader, casus, casus.values)),
        onbekend=sum(name not in casus.values for name in kader.facts_read),
    )


def _answers(kader: Afwegingskader[OutcomeT], casus: Casus, today: Run) -> Iterator[Answer]:
    for question in kader.vragen:
        suggested = _answer_of(today.suggestions[question.name])
        own = casus.antwoorden.get(question.name)
        if own is None:
            yield Answer(question.name, question.tekst, suggested)
        else:
            yield Answer(question.name, question.tekst, suggested, own.antwoord, own.argument)


def _answer_of(planes: AnswerPlanes) -> Antwoord:
    for answer in (Antwoord.JA, Antwoord.NEE, Antwoord.TWIJFEL):
        if planes.of(answer):
            return answer
    return Antwoord.ONBEKEND


def _argument(kader: Afwegingskader[OutcomeT], casus: Casus, rule: Rule, today: Run) -> Argument:
    evidence = today.rules[rule.id]
    truths = {
        exception.label: Truth.of(*planes)
        for exception, planes in zip(rule.tenzij, evidence.tenzij, strict=True)
    }
    return Argument(
        regel=rule.id,
        vraag=rule.vraag,
        antwoord=rule.pleit_voor,
        pleit=kader.question(rule.vraag).pleit(rule.pleit_voor),
        omdat=rule.omdat,
        bron=rule.bron,
        feiten=tuple(_uses(kader, casus, sorted(rule.facts, key=list(kader.feiten).index))),
        uitgezonderd=tuple(label for label, truth in truths.items() if truth is Truth.TRUE),
        open_uitzonderingen=tuple(label for label, truth in truths.items() if truth is Truth.UNKNOWN),
        afweging=rule.afweging,
    )


def _own_argument(kader: Afwegingskader[OutcomeT], question: str, answer: Antwoord, text: str) -> Argument:
    pleit = kader.question(question).pleit(answer)
    return Argument(
        f"antwoord:{question}", question, answer, pleit, text, "eigen antwoord van de professional"
    )


def _row(kader: Afwegingskader[OutcomeT], casus: Casus, today: Run) -> Argument | None:
    for row, decided in zip(kader.beslis, today.decided, strict=True):
        if decided:
            uses = tuple(_uses(kader, casus, sorted(row.als.facts, key=list(kader.feiten).index)))
            pleit = kader.pleit(kader.uitkomsten(row.dan))
            return Argument(f"beslis:{row.id}", None, None, pleit, row.omdat, row.bron or kader.bron, uses)
    return None


def _uses(kader: Afwegingskader[OutcomeT], casus: Casus, names: Iterable[str]) -> Iterator[FactUse]:
    for name in names:
        fact, value, origin = kader.feiten[name], casus.values.get(name), casus.herkomst.get(name)
        missing = casus.missing.get(name)
        yield FactUse(
            name=name,
            label=fact.label,
            value=value,
            shown=fact.shown(value) if missing is None else f"onbekend ({missing.label()})",
            gevoelig=fact.gevoelig,
            bron=origin.bron.value.replace("_", " ") if origin and origin.bron else None,
            datum=origin.datum if origin else None,
            toelichting=origin.toelichting if origin else None,
            aangenomen=name in casus.aangenomen,
        )


def _missing(
    kader: Afwegingskader[OutcomeT], casus: Casus, shares: Mapping[str, float | None]
) -> tuple[Ontbreekt, ...]:
    listed = [
        Ontbreekt(
            feit=name,
            label=kader.feiten[name].label,
            aandeel=share,
            opnieuw_vragen=all(
                casus.missing.get(asked, Missing.NIET_GEVRAAGD).ask_again
                for asked in (name, kader.feiten[name].geldt_als)
                if asked is not None
            ),
            toelichting=kader.feiten[name].toelichting,
        )
        for name, share in shares.items()
    ]
    order = list(kader.feiten)
    return tuple(sorted(listed, key=lambda entry: (-(entry.aandeel or 0.0), order.index(entry.feit))))
