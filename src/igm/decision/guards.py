"""Guards: facts that may play no role, and facts that may never count against someone; proven when a kader is built.

``geen_rol``: the advice is the same whatever the value of the fact.
``nooit_tegen``: whatever its value, the advice is never lower than when the rules that read the fact, or only their
exceptions that do, are left out. It may plead for someone, in a rule for the favourable answer; no argument against
someone may depend on it.

A guard is proven first by what rules read, then by weighing every case. What cannot be proven does not load.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from igm.decision.completions import UNKNOWN, CellValue, size, variables
from igm.decision.conditions import FactKind
from igm.decision.priority import without_dangling, written_rule
from igm.decision.rules import Rule
from igm.decision.tables import TruthTable, outcome_codes
from igm.decision.truth import Antwoord, Pleit
from igm.decision.vangrails import written_rows
from igm.errors import KaderError, Problems

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

MAX_GUARD_CELLS: Final = 2**24
"""Guards are proven once, so they may weigh more cases than an advice does."""

MAX_GUARD_WORK: Final = 2**28
"""So many cases at most, each with every own answer: more would take minutes."""

MAX_OTHERS: Final = 6
"""Up to so many other questions every combination of answers is weighed."""

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
            do = _instead(kader, name)
            problems.add(
                "guard-not-proven",
                f"{name!r} may never count against someone, but {why}",
                do,
                where=f"$.nooit_tegen.{name}",
            )
    problems.raise_any(KaderError)


def _instead(kader: Afwegingskader[Any], fact: str) -> str:
    """What to do about a fact that may count against someone."""
    do = "Let it stand in als of rules for the favourable answer only."
    if not any(fact in one.als.facts for one in kader.vangrails):
        return do
    return (
        f"{do} Where the law itself asks for it, let a person establish whether the law applies, as a fact of its own, "
        "and let the guardrail read that."
    )


def _readers(kader: Afwegingskader[Any], fact: str) -> list[str]:
    rules = [f"rule {rule.id}" for rule in kader.regels if fact in written_rule(rule).facts]
    rows = [f"row {row.id} of beslis" for row in written_rows(kader.beslis) if fact in row.als.facts]
    rows += [
        f"guardrail {one.id}" for one in kader.vangrails if fact in one.als.facts and fact in kader.atoms
    ]
    hanging = [
        f"{name}, which hangs on it," for name in kader.facts_read if kader.feiten[name].geldt_als == fact
    ]
    return rules + rows + hanging


def _plays_a_role(kader: Afwegingskader[Any], fact: str) -> str | None:
    readers = _readers(kader, fact)
    if not readers:
        return None
    reads = f"{', '.join(readers)} reads it"
    table = _table(kader, [*kader.facts_read, fact])
    if isinstance(table, str):
        return f"{reads}, and that it makes no difference cannot be proven: {table}"
    if len(kader.vragen) > MAX_OTHERS:
        return f"{reads}, and there are too many questions to weigh every own answer"
    partial = _table(kader, [*kader.facts_read, fact], unknown_besides=fact)
    too_much = partial if isinstance(partial, str) else _too_much(kader, fact, partial)
    if isinstance(partial, str) or too_much is not None:
        return f"{reads}, and while other facts are unknown nothing can be proven: {too_much}"
    for given in _own_answers(kader):
        beside = " beside an own answer" if given else ""
        for unknown in _asked_for(kader, fact):
            why = _turns(kader, table, fact, given, unknown)
            if why is not None:
                return f"{', '.join(readers)} {why}{beside}{' while something is unknown' if unknown else ''}"
        if partial.turned(fact, outcome_codes(_outcomes(kader, partial, given))):
            return f"{reads} and it changes the advice while something is unknown{beside}"
    return None


def _turns(
    kader: Afwegingskader[Any],
    table: TruthTable,
    fact: str,
    given: Mapping[str, Antwoord],
    unknown: frozenset[str],
) -> str | None:
    """How the value of a fact, or that it is known, changes the advice; these others do not count as known."""
    learned = _outcomes(kader, table, given, known=lambda name: name not in unknown)
    unlearned = _outcomes(kader, table, given, known=lambda name: name not in {*unknown, fact})
    if any(table.turned(fact, outcome_codes(planes)) for planes in (learned, unlearned)):
        return "reads it and it changes the advice"
    return None if learned == unlearned else "asks whether it is known"


def _asked_for(kader: Afwegingskader[Any], fact: str) -> Iterator[frozenset[str]]:
    """Which other facts may be unknown as far as conditions ask for that, none of them first."""
    others = [name for name in kader.facts_asked_for if name != fact]
    for count in range(len(others) + 1):
        yield from map(frozenset, itertools.combinations(others, count))


def _too_much(kader: Afwegingskader[Any], fact: str, table: TruthTable) -> str | None:
    """Why a guard is not proven, where there is more to weigh than a kader may take to be built."""
    others = sum(name != fact for name in kader.facts_asked_for)
    work = table.size * 4 ** len(kader.vragen) * 2**others
    if work <= MAX_GUARD_WORK:
        return None
    return f"with own answers there are {work:,} cases, more than the {MAX_GUARD_WORK:,} that are weighed"


def _counts_against(kader: Afwegingskader[Any], fact: str) -> str | None:
    suspects = [
        reason for rule in kader.regels if fact in rule.facts for reason in _suspect(kader, rule, fact)
    ]
    suspects += [f"{reader} reads it" for reader in _readers(kader, fact) if not reader.startswith("rule ")]
    touched = sorted({rule.vraag for rule in kader.regels if fact in rule.facts})
    suspects += [
        f"a better answer to {name!r} can lower the advice" for name in touched if not _rises(kader, name)
    ]
    if not suspects:
        return None
    table = _table(kader, [*kader.facts_read, fact])
    if isinstance(table, str):
        return f"{'; '.join(suspects)}, and that it does no harm cannot be proven: {table}"
    if len(kader.vragen) > MAX_OTHERS:
        return f"{'; '.join(suspects)}, and there are too many questions to weigh every own answer"
    partial = _table(kader, [*kader.facts_read, fact], unknown_besides=fact)
    too_much = partial if isinstance(partial, str) else _too_much(kader, fact, partial)
    if isinstance(partial, str) or too_much is not None:
        return f"{'; '.join(suspects)}, and while other facts are unknown nothing can be proven: {too_much}"
    rests = list(leaving_out(kader, fact))
    for given in _own_answers(kader):
        seen = (_lowers(kader, rests, table, given, unknown) for unknown in _asked_for(kader, fact))
        if any(seen) or _lowers(kader, rests, partial, given):
            return "; ".join(suspects)
    return None


def _suspect(kader: Afwegingskader[Any], rule: Rule, fact: str) -> list[str]:
    pleit = kader.question(rule.vraag).pleit(rule.pleit_voor)
    if fact in rule.als.facts and pleit is not Pleit.VOOR:
        return [f"rule {rule.id} reads it and does not speak for the favourable outcome"]
    if pleit is not Pleit.VOOR:
        return [
            f"{_exception(rule, fact)} rule {rule.id} reads it, so that the rule counts for some values only"
        ]
    if any(fact in exception.als.facts for exception in rule.tenzij):
        return [
            f"{_exception(rule, fact)} rule {rule.id} reads it and takes an argument for the favourable outcome away"
        ]
    return []


def _exception(rule: Rule, fact: str) -> str:
    reading = next(exception for exception in rule.tenzij if fact in exception.als.facts)
    return "an exception to" if reading.regel is None else f"rule {reading.regel}, which goes before"


def _rises(kader: Afwegingskader[Any], question: str) -> bool:
    """Whether a better answer to one question, other answers and facts alike, never lowers the advice."""
    favourable = kader.question(question).gunstig
    ladder = [Antwoord.NEE, Antwoord.TWIJFEL, Antwoord.JA]
    steps = ladder if favourable is Antwoord.JA else ladder[::-1]
    table = _table(kader, [name for row in kader.beslis for name in row.als.facts])
    if isinstance(table, str):
        return False
    read = {name for row in kader.beslis for name in row.questions}
    others = [asked.name for asked in kader.vragen if asked.name != question and asked.name in read]
    if len(others) > MAX_OTHERS:
        return False
    for answers in itertools.product(ladder, repeat=len(others)):
        given = dict(zip(others, answers, strict=True))
        planes = [_outcomes(kader, table, {**given, question: step}) for step in steps]
        if any(lower(kader, before, after) for before, after in itertools.pairwise(planes)):
            return False
    return True


def _lowers(
    kader: Afwegingskader[Any],
    rests: Iterable[Afwegingskader[Any] | None],
    table: TruthTable,
    own: Mapping[str, Antwoord],
    unknown: frozenset[str] = frozenset(),
) -> bool:
    """Whether the advice is anywhere lower than that of a kader without what reads the fact."""

    def known(name: str) -> bool:
        return name not in unknown

    as_it_is = _outcomes(kader, table, own, known)
    for other in rests:
        # without any row every case is open
        without = _nothing(kader, table) if other is None else _outcomes(other, table, own, known)
        if lower(kader, without, as_it_is, strict=not table.holds_unknown and not unknown):
            return True
    return False


def leaving_out(kader: Afwegingskader[Any], fact: str) -> Iterator[Afwegingskader[Any] | None]:
    """The kader without the rules that read a fact, and without their exceptions that do; nothing without any row.

    Rows and guardrails that read it are left out of both. A priority falls away with either of its rules.
    """
    written = [written_rule(rule) for rule in kader.regels]
    silent = [rule for rule in written if fact not in rule.facts]
    bare = [
        attrs.evolve(rule, tenzij=tuple(entry for entry in rule.tenzij if fact not in entry.als.facts))
        for rule in written
        if fact not in rule.als.facts
    ]
    rows = [row for row in written_rows(kader.beslis) if fact not in row.als.facts]
    rails = [vangrail for vangrail in kader.vangrails if fact not in vangrail.als.facts]
    for rules in (silent, bare):
        yield (
            attrs.evolve(
                kader,
                regels=without_dangling(rules),
                beslis=rows,
                vangrails=rails,
                geen_rol=(),
                nooit_tegen=(),
                vertalingen={},
            )
            if rows
            else None
        )


def _own_answers(kader: Afwegingskader[Any]) -> Iterator[dict[str, Antwoord]]:
    """Every way in which a professional can answer some of the questions, none of them first."""
    answers = (None, Antwoord.JA, Antwoord.NEE, Antwoord.TWIJFEL)
    names = [question.name for question in kader.vragen]
    for chosen in itertools.product(answers, repeat=len(names)):
        yield {name: answer for name, answer in zip(names, chosen, strict=True) if answer is not None}


def _nothing(kader: Afwegingskader[Any], table: TruthTable) -> list[int]:
    return [table.full if value == kader.bij_onbekend else 0 for value in kader.outcome_values]


def lower(
    kader: Afwegingskader[Any], before: Sequence[int], after: Sequence[int], *, strict: bool = True
) -> int:
    """The cases in which an ordered outcome gives way to a lower one; when strict, also to one outside the order."""
    numbers = [kader.machine.outcomes.index(outcome) for outcome in kader.volgorde]
    lower = 0
    for rank, number in enumerate(numbers):
        for other, plane in enumerate(after):
            if (strict and other not in numbers) or (other in numbers and numbers.index(other) < rank):
                lower |= before[number] & plane
    return lower


def _outcomes(
    kader: Afwegingskader[Any],
    table: TruthTable,
    own: Mapping[str, Antwoord] | None = None,
    known: Callable[[str], bool] = lambda _: True,
) -> list[int]:
    return kader.machine.outcomes_of(table, 0, kader.machine.bits.unknown, own or {}, None, known)


def _table(
    kader: Afwegingskader[Any], names: Iterable[str], *, unknown_besides: str | None = None
) -> TruthTable | str:
    """Every case over these facts, or why there is no such table.

    A fact may also have been given although what it hangs on is absent. With ``unknown_besides`` the table also holds
    every case in which facts other than that one are unknown.
    """
    wanted = set(names)
    wanted |= {base for name in wanted if (base := kader.feiten[name].geldt_als) is not None}
    if any(kader.feiten[name].kind is FactKind.DATUM for name in wanted):
        return _DATES

    def options(name: str) -> tuple[CellValue, ...]:
        found = kader.machine.options(name, None)
        return found if unknown_besides in {None, name} else (*found, UNKNOWN)

    found = variables(
        kader.feiten,
        kader.in_order(wanted),
        options,
        given_too=True,
        predicates=kader.predicates.values(),
    )
    if found is None:
        return "too many facts hang on one another"
    if size(found) > MAX_GUARD_CELLS:
        return (
            f"there are {size(found):,} different cases, more than the {MAX_GUARD_CELLS:,} that are weighed"
        )
    return TruthTable.over(found)
