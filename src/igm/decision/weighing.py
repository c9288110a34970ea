"""From a case to an advice: what is decided, what the unknowns can still do, and the arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from igm.constructs.waarde import Missing
from igm.decision.atoms import holds
from igm.decision.casus import Casus
from igm.decision.completions import MAX_CELLS, NOT_APPLICABLE, CellValue
from igm.decision.conditions import AnswerIs, Atom, Condition, Known
from igm.decision.expiry import expired_text
from igm.decision.planes import AnswerPlanes, Planes, combined, evaluate
from igm.decision.program import CODES, Outcome
from igm.decision.records import Aanname, Answer, Argument, Details, FactUse, Ontbreekt, OutcomeT, Verlopen
from igm.decision.room import asked, vangrail_stands
from igm.decision.rules import Rule
from igm.decision.tables import SMALL, TruthTable, outcome_codes
from igm.decision.truth import Antwoord, Beleid, Truth

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

_ANSWERS: Final = {0: Antwoord.ONBEKEND, **{code: answer for answer, code in CODES.items()}}


def atoms_of(values: Mapping[str, CellValue], peildatum: date | None) -> Callable[[Atom], Planes]:
    """Planes one case wide: true, false, or neither when the fact is unknown."""

    def planes(atom: Atom) -> Planes:
        value = values.get(atom.fact)
        if value is None:
            return (0, 1) if isinstance(atom, Known) else (0, 0)
        if isinstance(atom, Known):
            return 1, 0
        if value is NOT_APPLICABLE:
            return 0, 1
        return (1, 0) if holds(atom, value, peildatum) else (0, 1)  # type: ignore[arg-type]

    return planes


@attrs.frozen
class Relevance:
    """What the unknown facts can still do.

    Attributes:
        reachable: Numbers of the outcomes that some completion, or today's evaluation, gives.
        shares: Per unknown fact that can change the advice, the share of completions in which it does.
        exact: Whether every completion was weighed.
        cells: How many completions were weighed.
    """

    reachable: frozenset[int]
    shares: Mapping[str, float | None]
    exact: bool
    cells: int = 0

    def outcome(self, kader: Afwegingskader[OutcomeT], trace: Outcome) -> OutcomeT:
        """The outcome under the exact policy."""
        return kader.machine.outcomes[self.number(kader, trace)]

    def number(self, kader: Afwegingskader[Any], trace: Outcome) -> int:
        """The number of the outcome under the exact policy."""
        if not self.exact:
            return kader.machine.number(trace[0])
        return next(iter(self.reachable)) if len(self.reachable) == 1 else kader.machine.unknown


def relevance(kader: Afwegingskader[OutcomeT], casus: Casus, trace: Outcome) -> Relevance:
    """Weigh every completion of what is open; where there are too many, name every fact that may matter.

    Args:
        kader: The kader.
        casus: A case of it.
        trace: What the compiled kader says of the case.

    Returns:
        The outcomes that can be reached, and the facts that can change the advice.
    """
    flagged = [name for name in kader.facts_asked_for if name not in casus.effective]
    today = frozenset({kader.machine.number(trace[0])})
    if trace[0] >= 0 and not flagged:
        return Relevance(today, {}, exact=True)
    seen = kader.machine.foreseen(casus.own)
    if seen is not None:
        reachable, found, cells = seen.weigh(casus.true, casus.false)
        return Relevance(reachable, found, exact=True, cells=cells)
    unknown = [name for name in kader.facts_that_count if name not in casus.effective]
    # learning a fact that is read through known() can open rules that are closed today: then all unknowns count
    most = MAX_CELLS if flagged else SMALL
    table = kader.machine.table(tuple(unknown), casus.peildatum, most=most, known=casus.effective)
    if table is None and not flagged:
        unknown = _with_bases(kader, casus, open_cone(kader, casus))
        table = kader.machine.table(tuple(unknown), casus.peildatum, most=MAX_CELLS, known=casus.effective)
    if not unknown:
        return Relevance(today, {}, exact=True)
    if table is None:
        return Relevance(today, dict.fromkeys(unknown), exact=False)
    return _weigh_completions(kader, casus, table, unknown, flagged)


def _with_bases(kader: Afwegingskader[OutcomeT], casus: Casus, names: Iterable[str]) -> list[str]:
    """The unknown ones among these facts, with all that vary together with them, in the order of declaration."""
    wanted = set(names)
    wanted |= {base for name in wanted if (base := kader.feiten[name].geldt_als) is not None}
    hanging = {
        name for name in kader.dependents if kader.feiten[name].geldt_als in wanted and name in kader.atoms
    }
    return [name for name in kader.in_order(wanted | hanging) if name not in casus.effective]


def _weigh_completions(
    kader: Afwegingskader[OutcomeT], casus: Casus, table: TruthTable, unknown: list[str], flagged: list[str]
) -> Relevance:
    given = {name: own.antwoord for name, own in casus.antwoorden.items()}

    def outcomes(known: Callable[[str], bool]) -> list[int]:
        return kader.machine.outcomes_of(table, casus.true, casus.false, given, casus.peildatum, known)

    filled_in = outcomes(lambda _: True)
    as_known_today = outcomes(lambda _: False) if flagged else filled_in
    reachable = frozenset(
        number for planes in (filled_in, as_known_today) for number, plane in enumerate(planes) if plane
    )
    codes = outcome_codes(filled_in)
    codes_today = outcome_codes(as_known_today) if flagged else codes
    shares: dict[str, float | None] = {}
    kept: dict[tuple[int, int], int] = {}
    kept_today: dict[tuple[int, int], int] = {}
    for name in unknown:
        turned = table.turned(name, codes, kept)
        if flagged:
            turned |= table.turned(name, codes_today, kept_today)
        if name in flagged:
            for learned, before in zip(outcomes(name.__eq__), as_known_today, strict=True):
                turned |= learned ^ before
        if turned:
            shares[name] = turned.bit_count() / table.size
    return Relevance(reachable, shares, exact=True, cells=table.size)


def open_cone(kader: Afwegingskader[OutcomeT], casus: Casus) -> Iterator[str]:
    """Names of unknown facts that an open row of ``beslis`` can reach through open answers and open rules."""
    base = atoms_of(casus.effective, casus.peildatum)
    given = {name: own.antwoord for name, own in casus.antwoorden.items()}
    today = kader.run(base, 1, given)
    questions: set[str] = set()
    for row, (true, false) in zip(kader.beslis, today.rows, strict=True):
        if true:
            break
        if not false:
            leaves = _open_leaves(row.als, base, today.answers)
            questions |= {leaf.question for leaf in leaves if isinstance(leaf, AnswerIs)}
            yield from _read(leaves)
    for rule in kader.regels:
        if rule.vraag in questions and today.rules[rule.id].counts == (0, 0):
            for _, condition in rule.conditions:
                yield from _read(_open_leaves(condition, base, {}))


def _read(leaves: Iterable[Condition]) -> Iterator[str]:
    for leaf in leaves:
        if isinstance(leaf, Atom):
            yield from leaf.reads


def _open_leaves(
    condition: Condition, base: Callable[[Atom], Planes], answers: Mapping[str, AnswerPlanes]
) -> list[Condition]:
    """The leaves that are open and stand in open parts only."""

    def look(node: Condition) -> tuple[Planes, list[Condition]]:
        if not node.children:
            truth = evaluate(node, base, answers, 1)
            return truth, [] if any(truth) else [node]
        parts = [look(child) for child in node.children]
        truth = combined(node, [part for part, _ in parts], 1)
        return truth, [] if any(truth) else [leaf for _, leaves in parts for leaf in leaves]

    return look(condition)[1]


def describe(
    kader: Afwegingskader[OutcomeT], casus: Casus, beleid: Beleid, trace: Outcome, found: Relevance
) -> Details[OutcomeT]:
    """Everything that an advice tells of a case."""
    counts, applies = kader.machine.trace(casus.true, casus.false)
    cautious = kader.machine.outcome(trace[0])
    exact = found.outcome(kader, trace)
    advies = exact if beleid == Beleid.EXACT else cautious
    counted = [_argument(kader, casus, rule) for bit, rule in enumerate(kader.regels) if counts >> bit & 1]
    excepted = [
        _argument(kader, casus, rule, _exceptions(rule, casus))
        for bit, rule in enumerate(kader.regels)
        if (applies & ~counts) >> bit & 1
    ]
    own = [
        _own_argument(kader, name, answer.antwoord, answer.argument)
        for name, answer in casus.antwoorden.items()
    ]
    row = _row(kader, casus, trace) if advies is cautious else None
    rows = [row] if row is not None and (not kader.vragen or kader.beslis[trace[0]].vangrails) else []
    base = atoms_of(asked(kader.vangrails, casus.effective), casus.peildatum)
    return Details(
        kader=kader.reference,
        ref=casus.ref,
        peildatum=casus.peildatum,
        advies=advies,
        uitkomsten=kader.machine.outcomes,
        beleid=Beleid(beleid),
        exact=exact,
        cautious=cautious,
        rij=row,
        antwoorden=tuple(_answers(kader, casus, trace)),
        argumenten=(*counted, *own, *rows),
        weerlegd=tuple(argument for argument in excepted if argument.uitgezonderd),
        onbeslist=tuple(argument for argument in excepted if not argument.uitgezonderd),
        ontbreekt=missing_facts(kader, casus, found.shares),
        ontbreekt_exact=found.exact,
        aannames=tuple(
            Aanname(name, kader.feiten[name].label) for name in casus.aangenomen if name in kader.atoms
        ),
        feiten=tuple(fact_uses(kader, casus, casus.values)),
        onbekend=sum(name not in casus.effective for name in kader.facts_read),
        mislukt=casus.mislukt,
        verlopen=tuple(expired_facts(kader, casus)),
        vertalingen=kader.vertalingen,
        vangrails=vangrail_stands(kader, trace, base, lambda names: fact_uses(kader, casus, names)),
    )


def _answers(kader: Afwegingskader[OutcomeT], casus: Casus, trace: Outcome) -> Iterator[Answer]:
    suggested = (
        kader.machine.decide(casus.true, casus.false, (0,) * len(kader.vragen)) if casus.antwoorden else trace
    )
    for question, code in zip(kader.vragen, suggested[1:], strict=True):
        own = casus.antwoorden.get(question.name)
        if own is None:
            yield Answer(question.name, question.tekst, _ANSWERS[code])
        else:
            yield Answer(question.name, question.tekst, _ANSWERS[code], own.antwoord, own.argument)


def _exceptions(rule: Rule, casus: Casus) -> list[tuple[str, Truth]]:
    base = atoms_of(casus.effective, casus.peildatum)
    return [(exception.label, Truth.of(*evaluate(exception.als, base, {}, 1))) for exception in rule.tenzij]


def _argument(
    kader: Afwegingskader[OutcomeT], casus: Casus, rule: Rule, truths: Iterable[tuple[str, Truth]] = ()
) -> Argument:
    return Argument(
        regel=rule.id,
        vraag=rule.vraag,
        antwoord=rule.pleit_voor,
        pleit=kader.question(rule.vraag).pleit(rule.pleit_voor),
        omdat=rule.omdat,
        bron=rule.bron,
        feiten=tuple(fact_uses(kader, casus, kader.machine.facts_of_rules[rule.id])),
        uitgezonderd=tuple(label for label, truth in truths if truth is Truth.TRUE),
        open_uitzonderingen=tuple(label for label, truth in truths if truth is Truth.UNKNOWN),
        afweging=rule.afweging,
    )


def _own_argument(kader: Afwegingskader[OutcomeT], question: str, answer: Antwoord, text: str) -> Argument:
    pleit = kader.question(question).pleit(answer)
    return Argument(
        f"antwoord:{question}", question, answer, pleit, text, "eigen antwoord van de professional"
    )


def _row(kader: Afwegingskader[OutcomeT], casus: Casus, trace: Outcome) -> Argument | None:
    if trace[0] < 0:
        return None
    uses = tuple(fact_uses(kader, casus, kader.machine.facts_of_rows[trace[0]]))
    return row_argument(kader, trace[0], uses)


def row_argument(kader: Afwegingskader[Any], number: int, uses: tuple[FactUse, ...]) -> Argument:
    """A row of ``beslis`` as an argument."""
    row = kader.beslis[number]
    pleit = kader.pleit(kader.machine.rows[number])
    return Argument(row.argued_as, None, None, pleit, row.omdat, row.bron or kader.bron, uses)


def fact_uses(kader: Afwegingskader[Any], casus: Casus, names: Iterable[str]) -> Iterator[FactUse]:
    """Facts as a case has them."""
    for name in names:
        fact, value, origin = kader.feiten[name], casus.values.get(name), casus.herkomst.get(name)
        why = casus.missing[name].label() if name in casus.missing else None
        if name in casus.verlopen:
            why = expired_text(fact.houdbaar_dagen, casus.verlopen[name])
        yield FactUse(
            name=name,
            label=fact.label,
            value=value,
            shown=fact.shown(value) if why is None else f"onbekend ({why})",
            gevoelig=fact.gevoelig,
            bron=origin.bron.value.replace("_", " ") if origin and origin.bron else None,
            datum=origin.datum if origin else None,
            toelichting=origin.toelichting if origin else None,
            aangenomen=name in casus.aangenomen,
            door=origin.door if origin else None,
        )


def expired_facts(kader: Afwegingskader[Any], casus: Casus) -> Iterator[Verlopen]:
    """Values that no longer count."""
    for name, day in casus.verlopen.items():
        fact = kader.feiten[name]
        tells = fact.gevoelig and fact.geldt_als is not None
        yield Verlopen(name, fact.label, day, fact.houdbaar_dagen or 0, onthult=tells)


def missing_facts(
    kader: Afwegingskader[Any], casus: Casus, shares: Mapping[str, float | None]
) -> tuple[Ontbreekt, ...]:
    """What is missing, what turns the advice most often first."""
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
            vraag=kader.feiten[name].vraag,
            hangt_aan=kader.feiten[name].geldt_als,
            onthult=_tells(kader, casus, name),
        )
        for name, share in shares.items()
    ]
    return tuple(sorted(listed, key=lambda entry: (-(entry.aandeel or 0.0), kader.order[entry.feit])))


def _tells(kader: Afwegingskader[Any], casus: Casus, name: str) -> bool:
    """Whether that this is missing tells something sensitive: a trend is missing only where its base is yes."""
    fact = kader.feiten[name]
    return fact.gevoelig and fact.geldt_als is not None and fact.geldt_als in casus.values
