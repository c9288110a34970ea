"""What a kader means, spelled out one completion at a time: slow, plain, and what faster engines are tested against.

Nothing here is shared with the engine but the parts of a kader and of a case. Truth is computed by recursion, what is
not known is filled in with loops, and two completions are compared one by one. It is longer than 350 lines because it
spells out in one place what the engine spreads over several.
"""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from enum import Enum
from typing import Any, Final, TypeAlias, cast

import attrs

from igm.decision.begrippen import Begrip
from igm.decision.casus import Casus
from igm.decision.conditions import (
    Age,
    Always,
    And,
    AnswerIs,
    Atom,
    Compare,
    Condition,
    Count,
    FactKind,
    JaNee,
    Known,
    Not,
    OneOf,
    Or,
)
from igm.decision.facts import Fact, FactValue
from igm.decision.kader import Afwegingskader
from igm.decision.predicate import Predicaat
from igm.decision.records import OutcomeT
from igm.decision.rules import Question, Rule
from igm.decision.truth import Antwoord, Beleid, Truth
from igm.decision.vangrails import Vangrail


class _Nvt(Enum):
    """The value of a fact that does not apply: every condition on it is false, and it is known."""

    NVT = "n.v.t."


_NVT: Final = _Nvt.NVT
_Value: TypeAlias = FactValue | _Nvt
_Values: TypeAlias = Mapping[str, _Value]

_OPERATORS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@attrs.frozen
class _World:
    """The facts that have a value, and the facts of which ``known`` says so."""

    values: _Values
    known: frozenset[str]
    peildatum: date | None


def reference_outcome(
    kader: Afwegingskader[OutcomeT], casus: Casus, /, *, beleid: Beleid | str = Beleid.EXACT
) -> OutcomeT:
    """The advice on a case, from the definition.

    ``cautious``: the first row of ``beslis`` that is true gives the outcome; a row that is open stops. A guardrail that
    holds and forbids the outcome gives its own instead, one after the other; one that is open and forbids it stops.
    ``exact``: the outcome on which all completions agree, both when everything in them counts as known and when
    ``known(x)`` stays as it is today; else the kader's outcome for what is not known.

    Args:
        kader: The kader.
        casus: A case that it made.
        beleid: ``"exact"`` or ``"cautious"``.

    Returns:
        The outcome, as ``kader.evaluate(casus, beleid=beleid).advies`` gives it.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> nothing = {name: False for name, fact in kader.feiten.items() if fact.kind == "ja_nee"}
        >>> reference_outcome(kader, kader.casus(nothing))
        <LeidenUitkomst.AANMELDEN: 'aanmelden'>
    """
    today = _today(kader, casus)
    if Beleid(beleid) is Beleid.CAUTIOUS:
        return _decide(kader, casus, today)
    reached: set[OutcomeT] = set()
    for filled in _completions(kader, casus):
        values = {**today.values, **filled}
        reached.add(_decide(kader, casus, _World(values, frozenset(kader.feiten), casus.peildatum)))
        reached.add(_decide(kader, casus, _World(values, today.known, casus.peildatum)))
    return reached.pop() if len(reached) == 1 else kader.bij_onbekend


def reference_answers(kader: Afwegingskader[OutcomeT], casus: Casus, /) -> dict[str, Antwoord]:
    """The answers that the rules of a kader suggest on what is known, by question.

    Args:
        kader: The kader.
        casus: A case that it made.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> reference_answers(kader, kader.casus(motivatie=True))["motivatie"]
        <Antwoord.JA: 'ja'>
    """
    return _answers(kader, _today(kader, casus))


def reference_missing(kader: Afwegingskader[OutcomeT], casus: Casus, /) -> dict[str, float]:
    """The unknown facts that can still change the advice, from the definition.

    A fact turns the advice in a completion when another value of it gives another outcome, all else alike (facts that
    hang on it follow), or when learning it does, where a condition asks whether it is known.

    Args:
        kader: The kader.
        casus: A case that it made.

    Returns:
        Per fact the share of the completions in which it turns the advice; facts that never do are absent.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> three = {"schulden": True, "taal": True, "psychisch": True}
        >>> facts = {name: name in three for name, fact in kader.feiten.items() if fact.kind == "ja_nee"}
        >>> trends = {"schulden_trend": "stabiel", "taal_trend": "stabiel", "motivatie_trend": "stabiel"}
        >>> reference_missing(kader, kader.casus(facts, leeftijd=40, **trends))
        {'psychisch_trend': 1.0}
    """
    today = _today(kader, casus)
    filled = list(_completions(kader, casus))
    varying = list(filled[0])

    def outcomes(known: Callable[[_Values], frozenset[str]]) -> dict[tuple[_Value, ...], OutcomeT]:
        return {
            _key(values): _decide(
                kader, casus, _World({**today.values, **values}, known(values), casus.peildatum)
            )
            for values in filled
        }

    all_known = outcomes(lambda _: frozenset(kader.feiten))
    as_today = outcomes(lambda _: today.known)
    shares: dict[str, float] = {}
    for name in varying:
        learned = outcomes(lambda values, name=name: today.known | _learned(kader, values, name))  # type: ignore[misc]
        alike: dict[tuple[_Value, ...], list[_Values]] = {}
        for values in filled:
            alike.setdefault(_rest(kader, name, values), []).append(values)
        turned = 0
        for values in filled:
            here = _key(values)
            peers = alike[_rest(kader, name, values)]
            others = [_key(other) for other in peers if _differ_only_in(kader, name, values, other)]
            turned += (
                learned[here] is not as_today[here]
                or any(all_known[other] is not all_known[here] for other in others)
                or any(as_today[other] is not as_today[here] for other in others)
            )
        if turned:
            shares[name] = turned / len(filled)
    return shares


def _key(values: _Values) -> tuple[_Value, ...]:
    # True and 1 are the same key, but one fact never has both
    return tuple(values.values())


def _learned(kader: Afwegingskader[Any], values: _Values, name: str) -> frozenset[str]:
    """What is known once a fact is: itself, and that what hangs on it does not apply where it is absent."""
    follows = {other for other in values if kader.feiten[other].geldt_als == name and values[other] is _NVT}
    return frozenset({name} | follows)


def _rest(kader: Afwegingskader[Any], name: str, values: _Values) -> tuple[_Value, ...]:
    """All but a fact and what hangs on it."""
    return tuple(value for fact, value in values.items() if name not in {fact, kader.feiten[fact].geldt_als})


def _differ_only_in(kader: Afwegingskader[Any], name: str, one: _Values, other: _Values) -> bool:
    """Whether two completions differ in a fact; what hangs on it may follow from not applicable to a value."""
    if one[name] == other[name] or _NVT in (one[name], other[name]):
        return False
    hanging = (fact for fact in one if kader.feiten[fact].geldt_als == name)
    return all(one[fact] == other[fact] or _NVT in (one[fact], other[fact]) for fact in hanging)


def _today(kader: Afwegingskader[Any], casus: Casus) -> _World:
    values: dict[str, _Value] = dict(casus.values)
    for name, fact in kader.feiten.items():
        if fact.houdbaar_dagen and name in values:
            # the day after the last one on which it counts
            day = casus.herkomst[name].datum
            if day is None or day + timedelta(days=fact.houdbaar_dagen + 1) <= cast("date", casus.peildatum):
                del values[name]
    for name, fact in kader.feiten.items():
        if name not in casus.values and fact.geldt_als and casus.values.get(fact.geldt_als) is False:
            values[name] = _NVT
    return _World(values, frozenset(values), casus.peildatum)


def _completions(kader: Afwegingskader[Any], casus: Casus) -> Iterator[dict[str, _Value]]:
    """Every way to fill in the unknown facts that are read, and the unknown facts on which these hang."""
    today = _today(kader, casus)
    atoms = _atoms(kader)
    read = [name for name in kader.feiten if atoms[name]]
    hung = [kader.feiten[name].geldt_als for name in read if name not in today.values]
    varying = [name for name in kader.feiten if name not in today.values and (name in read or name in hung)]
    cells = {name: _cells(kader.feiten[name], atoms[name], casus.peildatum) for name in varying}
    options: list[list[_Value]] = [[*cells[name], _NVT] for name in varying]
    for chosen in itertools.product(*options):
        filled = dict(zip(varying, chosen, strict=True))
        if all(
            (value is _NVT) == (filled.get(kader.feiten[name].geldt_als or "") is False)
            for name, value in filled.items()
        ):
            yield filled


def _atoms(kader: Afwegingskader[Any]) -> dict[str, list[Atom]]:
    """The conditions on single facts that are read, by fact."""
    conditions = [row.als for row in kader.beslis if not row.vangrails]
    conditions += [vangrail.als for vangrail in _speaking(kader)]
    for rule in kader.regels:
        conditions += [rule.als, *(one.als for one in rule.tenzij if one.regel is None)]
    found: dict[str, list[Atom]] = {name: [] for name in kader.feiten}
    for condition in conditions:
        for node in condition.walk():
            if isinstance(node, Predicaat):
                for name, kind in node.leest:
                    found[name] += _turns_of(node, name, kind)
            elif isinstance(node, Atom):
                found[node.fact].append(node)
    return found


def _turns_of(predicate: Predicaat, name: str, kind: FactKind) -> list[Atom]:
    """The values of a fact at which a predicate says that its answer can turn; a fact that it reads is read."""
    if kind in {FactKind.JA_NEE, FactKind.KEUZE}:
        return [JaNee(name)]
    turns = dict(predicate.drempels)[name]
    return [Compare(name, kind, op, turn) for turn in turns for op in ("<", "<=")]


def _cells(fact: Fact, atoms: list[Atom], peildatum: date | None) -> list[FactValue]:
    """One value per stretch of values that no condition tells apart."""
    candidates: list[FactValue]
    match fact.kind:
        case FactKind.JA_NEE:
            return [False, True]
        case FactKind.KEUZE:
            return list(fact.opties)
        case FactKind.GETAL:
            candidates = list(_numbers(fact, atoms))
        case FactKind.DATUM:
            candidates = list(_days(fact, atoms, peildatum))
    world = _World({}, frozenset({fact.name}), peildatum)
    told = [
        (value, [_truth(atom, attrs.evolve(world, values={fact.name: value}), {}) for atom in atoms])
        for value in candidates
    ]
    return [value for index, (value, seen) in enumerate(told) if index == 0 or seen != told[index - 1][1]]


def _thresholds(atoms: list[Atom]) -> list[Any]:
    single = [atom.threshold for atom in atoms if isinstance(atom, Compare)]
    return single + [value for atom in atoms if isinstance(atom, OneOf) for value in atom.values]


def _numbers(fact: Fact, atoms: list[Atom]) -> Iterator[float]:
    low, high = cast("float", fact.minimum), cast("float", fact.maximum)
    if fact.geheel:
        yield from range(math.ceil(low), math.floor(high) + 1)
        return
    points = sorted({low, high, *_thresholds(atoms)})
    for here, following in itertools.pairwise(points):
        yield from (here, (here + following) / 2)
    yield points[-1]


def _days(fact: Fact, atoms: list[Atom], peildatum: date | None) -> Iterator[date]:
    """Every day from a little before to a little after all days on which a condition can turn."""
    turns = [threshold.toordinal() for threshold in _thresholds(atoms)]
    for atom in atoms:
        if isinstance(atom, Age):
            assert peildatum is not None  # noqa: S101 (a case of a kader that reads dates has one)
            turns += [
                peildatum.toordinal() - 365 * atom.years,
                peildatum.toordinal() - 366 * (atom.years + 1),
            ]
    bounds = [bound.toordinal() for bound in (fact.minimum, fact.maximum) if isinstance(bound, date)]
    seen = [*turns, *bounds] or [date(2000, 1, 1).toordinal()]
    first, last = min(seen) - 3, max(seen) + 3
    if isinstance(fact.minimum, date):
        first = fact.minimum.toordinal()
    if isinstance(fact.maximum, date):
        last = fact.maximum.toordinal()
    if not fact.toekomst and peildatum is not None:
        last = min(last, peildatum.toordinal())
        first = min(first, last)
    for day in range(max(first, date.min.toordinal()), min(last, date.max.toordinal()) + 1):
        yield date.fromordinal(day)


def _decide(kader: Afwegingskader[OutcomeT], casus: Casus, world: _World) -> OutcomeT:
    answers = _answers(kader, world) | {name: own.antwoord for name, own in casus.antwoorden.items()}
    outcome = _weighed(kader, world, answers)
    for vangrail in kader.vangrails:
        if outcome in vangrail.verbiedt:
            truth = _truth(vangrail.als, world, answers)
            if truth is Truth.UNKNOWN:
                return kader.bij_onbekend
            if truth is Truth.TRUE:
                outcome = vangrail.anders
    return kader.uitkomsten(outcome)


def _weighed(kader: Afwegingskader[Any], world: _World, answers: Mapping[str, Antwoord]) -> str:
    """The outcome of the rows that a person wrote, before any guardrail speaks."""
    for row in kader.beslis:
        if row.vangrails:
            continue
        truth = _truth(row.als, world, answers)
        if truth is Truth.UNKNOWN:
            break
        if truth is Truth.TRUE:
            return row.dan
    return str(kader.bij_onbekend)


def _speaking(kader: Afwegingskader[Any]) -> Iterator[Vangrail]:
    """The guardrails that forbid something that a row, or a guardrail that speaks before them, can give."""
    given = {row.dan for row in kader.beslis if not row.vangrails}
    for vangrail in kader.vangrails:
        if given & set(vangrail.verbiedt):
            given.add(vangrail.anders)
            yield vangrail


def _answers(kader: Afwegingskader[Any], world: _World) -> dict[str, Antwoord]:
    return {question.name: _answer(question, kader.regels, world) for question in kader.vragen}


def _answer(question: Question, rules: tuple[Rule, ...], world: _World) -> Antwoord:
    def evidence(answer: Antwoord) -> Truth:
        speaking = [rule for rule in rules if rule.vraag == question.name and rule.pleit_voor is answer]
        return max((_counts(rule, rules, world) for rule in speaking), default=Truth.FALSE)

    match evidence(Antwoord.JA), evidence(Antwoord.NEE):
        case (Truth.UNKNOWN, _) | (_, Truth.UNKNOWN):
            return Antwoord.ONBEKEND
        case Truth.TRUE, Truth.TRUE:
            return Antwoord.TWIJFEL
        case Truth.TRUE, _:
            return Antwoord.JA
        case _, Truth.TRUE:
            return Antwoord.NEE
        case _:
            return question.default or Antwoord.ONBEKEND


def _counts(rule: Rule, rules: tuple[Rule, ...], world: _World) -> Truth:
    """It applies, none of its own exceptions is met, and no rule counts that goes before it."""
    exceptions = (_truth(one.als, world, {}) for one in rule.tenzij if one.regel is None)
    before = (_counts(one, rules, world) for one in rules if rule.id in one.gaat_voor)
    return min([_truth(rule.als, world, {}), *map(_not, exceptions), *map(_not, before)])


def _not(truth: Truth) -> Truth:
    return Truth(2 - truth)


def _truth(condition: Condition, world: _World, answers: Mapping[str, Antwoord]) -> Truth:
    match condition:
        case Always():
            return Truth.TRUE
        case Atom():
            return _truth_of_atom(condition, world)
        case AnswerIs(question=question, answers=wanted):
            given = answers[question]
            return Truth.UNKNOWN if given is Antwoord.ONBEKEND else _of(given in wanted)
        case Begrip(part=part):
            return _truth(part, world, answers)
        case Not(part=part):
            return _not(_truth(part, world, answers))
        case And(parts=parts):
            return min(_truth(part, world, answers) for part in parts)
        case Or(parts=parts):
            return max(_truth(part, world, answers) for part in parts)
        case Count(parts=parts, least=least, most=most):
            truths = [_truth(part, world, answers) for part in parts]
            fewest, highest = truths.count(Truth.TRUE), len(truths) - truths.count(Truth.FALSE)
            ceiling = len(parts) if most is None else most
            if highest < least or fewest > ceiling:
                return Truth.FALSE
            return Truth.TRUE if fewest >= least and highest <= ceiling else Truth.UNKNOWN
        case _:
            raise NotImplementedError(f"no meaning for {type(condition).__name__}")


def _truth_of_atom(atom: Atom, world: _World) -> Truth:
    if isinstance(atom, Predicaat):
        return _truth_of_predicate(atom, world)
    value = world.values.get(atom.fact)
    if isinstance(atom, Known):
        return _of(atom.fact in world.known)
    if value is None:
        return Truth.UNKNOWN
    if value is _NVT:
        return Truth.FALSE
    match atom:
        case JaNee():
            return _of(value is True)
        case OneOf(values=values):
            return _of(value in values)
        case Compare(op=op, threshold=threshold):
            return _of(_OPERATORS[op](value, threshold))
        case Age(op=op, years=years):
            assert isinstance(value, date)  # noqa: S101 (the kind was checked when the case was made)
            assert world.peildatum is not None  # noqa: S101 (a case of a kader that reads dates has one)
            return _of(_OPERATORS[op](_age(value, world.peildatum), years))
        case _:
            raise NotImplementedError(f"no meaning for {type(atom).__name__}")


def _truth_of_predicate(predicate: Predicaat, world: _World) -> Truth:
    given = {name: world.values.get(name) for name in predicate.reads}
    if _NVT in given.values():
        return Truth.FALSE
    if None in given.values():
        return Truth.UNKNOWN
    try:
        said = predicate.functie(**given)
    except Exception:  # noqa: BLE001 (a function that fails says nothing)
        return Truth.UNKNOWN
    return _of(said) if isinstance(said, bool) else Truth.UNKNOWN


def _of(true: bool) -> Truth:
    return Truth.TRUE if true else Truth.FALSE


def _age(born: date, day: date) -> int:
    """Birthdays passed since; negative before birth."""
    before = (day.month, day.day) < (born.month, born.day)
    return day.year - born.year - int(before)
