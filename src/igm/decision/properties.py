"""``Eigenschap``: what should hold in every case of a kader; ``kader.verify(eigenschappen=...)`` proves it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final, cast

import attrs

from igm.constructs._base import path_of
from igm.decision.conditions import Always, AnswerIs, Condition, FactKind
from igm.decision.facts import FactValue
from igm.decision.findings import Ernst, Finding
from igm.decision.guards import lower
from igm.decision.kader import Afwegingskader
from igm.decision.rules import RULE_ID, Row
from igm.decision.verification_space import SAMPLE, Space
from igm.errors import InputError, Problems, shown, suggestion

_ANYONE: Final = Always()


def _outcomes(given: str | Iterable[str]) -> tuple[str, ...]:
    """Outcomes as a tuple; what cannot be one stays, so that it is told."""
    if isinstance(given, str) or not isinstance(cast("object", given), Iterable):
        return (cast("str", given),)
    return tuple(given)


@attrs.frozen(repr=False)
class Eigenschap:
    """A property that every case of a kader should have, as long as nobody gives an own answer.

    Make one with `Eigenschap.nooit`, `Eigenschap.altijd` or `Eigenschap.nooit_lager`. Then
    ``kader.verify(eigenschappen=...)`` weighs every case over the facts that the kader and the property read, all
    known, and gives a case that breaks it as the example.

    Attributes:
        id: Dotted and stable, such as ``west.nooit_alleen``.
        tekst: What should hold, as people read it.
        als: The cases that it is about; a condition on facts.
        uitkomsten: The outcomes that these cases may have; empty for a step.
        niet: Whether ``uitkomsten`` are those that they may not have.
        feit: Of a step, the fact that changes, all else alike; what hangs on it may follow.
        van: Its value before.
        naar: Its value after; then the advice may not be lower than before.

    Example:
        >>> import igm
        >>> from igm.decision import Eigenschap, feit
        >>> wacht = Eigenschap.altijd(
        ...     "west.wacht", als=feit.ja_nee("extern_onderzoek"), uitkomst="aanhouden",
        ...     tekst="Wie wordt onderzocht, wacht op de uitslag.",
        ... )
        >>> igm.kader("leiden-2021").verify(eigenschappen=[wacht]).ok
        True
    """

    id: str
    tekst: str
    als: Condition = _ANYONE
    uitkomsten: tuple[str, ...] = ()
    niet: bool = False
    feit: str | None = None
    van: FactValue | None = None
    naar: FactValue | None = None

    @classmethod
    def nooit(cls, id: str, /, *, als: Condition, uitkomst: str | Iterable[str], tekst: str) -> Eigenschap:  # noqa: A002
        """No case that meets a condition gets this outcome, or one of these."""
        return cls(id, tekst, als, _outcomes(uitkomst), niet=True)

    @classmethod
    def altijd(cls, id: str, /, *, als: Condition, uitkomst: str | Iterable[str], tekst: str) -> Eigenschap:  # noqa: A002
        """Every case that meets a condition gets this outcome, or one of these."""
        return cls(id, tekst, als, _outcomes(uitkomst))

    @classmethod
    def nooit_lager(
        cls,
        id: str,  # noqa: A002
        /,
        *,
        feit: str,
        van: FactValue,
        naar: FactValue,
        tekst: str,
        als: Condition = _ANYONE,
    ) -> Eigenschap:
        """When one fact goes from a value to another, all else alike, the advice is not lower."""
        return cls(id, tekst, als, feit=feit, van=van, naar=naar)

    def __repr__(self) -> str:
        return f"Eigenschap({self.id!r}: {self.tekst})"


def check_properties(
    kader: Afwegingskader[Any], properties: Sequence[Eigenschap], peildatum: date | None
) -> Iterator[Finding]:
    """The properties that do not hold, each with a case that shows it.

    Raises:
        InputError: With all that is wrong with the properties themselves.
    """
    if not isinstance(cast("object", properties), (list, tuple)):
        do, where = "Give a list, also of one: eigenschappen=[one].", "$.eigenschappen"
        given = shown(properties)
        raise InputError.of("invalid-value", "not a list of properties", do, where=where, given=given)
    _check(kader, properties)
    spaces: dict[Condition, Space | None] = {}
    for prop in properties:
        if prop.als not in spaces:
            about = [one.feit for one in properties if one.als == prop.als and one.feit is not None]
            spaces[prop.als] = _space(kader, prop.als, about, peildatum)
        space, where = spaces[prop.als], path_of(("eigenschappen", prop.id))
        if space is None:
            wat = f"niet na te gaan, want er hangen te veel feiten aan elkaar: {prop.tekst}"
            yield Finding("property-not-proven", Ernst.WAARSCHUWING, where, wat)
            continue
        broken = _broken(space, prop) if prop.feit is None else _broken_step(space, prop, prop.feit)
        if broken is not None:
            yield Finding("property-broken", Ernst.FOUT, where, f"geldt niet: {prop.tekst}", *broken)
        elif not space.exact:
            wat = f"geen tegenvoorbeeld in {SAMPLE} toevallige gevallen, en niet bewezen: {prop.tekst}"
            yield Finding("property-not-proven", Ernst.WAARSCHUWING, where, wat)


def _space(
    kader: Afwegingskader[Any], als: Condition, about: Iterable[str], peildatum: date | None
) -> Space | None:
    """The cases over all that the kader, a condition and some steps read.

    A last row that reads the condition lets them tell apart what it tells apart, and changes no outcome: what comes to
    it was open already.
    """
    row = Row(id="een eigenschap", als=als, dan=kader.bij_onbekend.value, omdat="eigenschap")
    wider = attrs.evolve(kader, beslis=(*kader.beslis, row), geen_rol=(), nooit_tegen=())
    return Space.of(wider, {*wider.facts_read, *about}, peildatum, unknown=wider.facts_in_known)


_Examples = tuple[dict[str, Any] | None, dict[str, Any] | None]


def _broken(space: Space, prop: Eigenschap) -> _Examples | None:
    allowed = 0
    for value, plane in zip(space.kader.outcome_values, space.outcomes(), strict=True):
        if (value in prop.uitkomsten) is not prop.niet:
            allowed |= plane
    wrong = space.true(prop.als) & ~allowed
    return (space.example(wrong), None) if wrong else None


def _broken_step(space: Space, prop: Eigenschap, name: str) -> _Examples | None:
    index = space.table.place[name]
    variable, outcomes = space.table.found[index], space.per_cell(index)
    for group in variable.groups(name):
        before = [cell for cell in group if variable.cells[cell][name] == prop.van]
        after = [cell for cell in group if variable.cells[cell][name] == prop.naar]
        for one, other in itertools.product(before, after):
            wrong = lower(space.kader, outcomes[one], outcomes[other]) & space.true_at(prop.als, index, one)
            if wrong:
                return space.example(wrong, {index: one}), space.example(wrong, {index: other})
    return None


def _check(kader: Afwegingskader[Any], properties: Sequence[Eigenschap]) -> None:
    problems = Problems()
    for place, prop in enumerate(properties):
        if not isinstance(cast("object", prop), Eigenschap):
            do = "Make one with Eigenschap.nooit(...), .altijd(...) or .nooit_lager(...)."
            where = path_of(("eigenschappen", place))
            problems.add("invalid-value", "not a property", do, where=where, given=type(prop).__name__)
            continue
        where = path_of(("eigenschappen", prop.id))
        if not isinstance(prop.id, str) or not RULE_ID.match(prop.id):
            do = "Use lower case, digits, underscores and dots."
            problems.add(
                "invalid-value", "a property's id cannot be used", do, where=where, given=shown(prop.id)
            )
        _check_condition(kader, prop, where, problems)
        for value in prop.uitkomsten:
            if not isinstance(cast("object", value), str) or value not in kader.outcome_values:
                do = suggestion(str(value)[:100], kader.outcome_values)
                problems.add(
                    "outcome-unknown", "not an outcome of the kader", do, where=where, given=shown(value)
                )
        if prop.feit is None and not prop.uitkomsten:
            problems.add("missing-field", "a property names no outcome", "Name at least one.", where=where)
        if prop.feit is not None:
            _check_step(kader, prop, prop.feit, where, problems)
    problems.raise_any(InputError)


def _check_condition(kader: Afwegingskader[Any], prop: Eigenschap, where: str, problems: Problems) -> None:
    if not isinstance(cast("object", prop.als), Condition):
        do = "Give a condition such as feit.ja_nee('schulden')."
        problems.add("invalid-value", "als is not a condition", do, where=where, given=shown(prop.als))
        return
    for name in sorted(prop.als.facts - kader.feiten.keys()):
        do = suggestion(name, kader.feiten)
        problems.add("unknown-fact", "a fact is read that is not declared", do, where=where, given=repr(name))
    if any(isinstance(node, AnswerIs) for node in prop.als.walk()):
        problems.add("invalid-value", "als reads an answer", "Read facts only.", where=where)


def _check_step(
    kader: Afwegingskader[Any], prop: Eigenschap, name: str, where: str, problems: Problems
) -> None:
    fact = kader.feiten.get(name) if isinstance(cast("object", name), str) else None
    if fact is None:
        do = suggestion(str(name)[:100], kader.feiten)
        problems.add("unknown-fact", "a fact is read that is not declared", do, where=where, given=repr(name))
    elif fact.kind not in {FactKind.JA_NEE, FactKind.KEUZE}:
        do = "Name a yes/no fact or a choice; for a number declare nooit_tegen."
        problems.add("fact-kind", "a step is taken on a yes/no fact or a choice", do, where=where, given=name)
    else:
        found = (
            fact.problem(value, f"{where}.{side}", masked=False)
            for side, value in (("van", prop.van), ("naar", prop.naar))
        )
        problems.extend(problem for problem in found if problem is not None)
    if not kader.volgorde:
        problems.add("kader-invalid", "the outcomes have no order", "Declare volgorde.", where=where)
