"""``Casus``: what is known of one person's situation, checked against the facts that a kader declares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

import attrs
from pydantic import ValidationError

from igm.constructs._base import FrozenMapping, is_mapping, path_of, problems_of
from igm.constructs.waarde import Missing
from igm.decision.casus_context import read_peildatum, ref_problems
from igm.decision.completions import NOT_APPLICABLE, CellValue
from igm.decision.conditions import FactKind
from igm.decision.expiry import date_problem, is_expired
from igm.decision.facts import Fact, FactValue
from igm.decision.gegeven import EigenAntwoord, Gegeven, VanKenmerk, plain_value
from igm.decision.own_answers import read_answers
from igm.decision.plain_facts import PlainFacts
from igm.decision.predicate import Mislukt, answered
from igm.decision.program import own_codes
from igm.errors import MASK, InputError, Problems, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader


def _frozen(items: Mapping[str, Any]) -> Mapping[str, Any]:
    if type(items) is FrozenMapping:
        return cast("FrozenMapping[str, Any]", items)
    return FrozenMapping(items)


_NOTHING: Final = FrozenMapping[str, Any]()


@attrs.frozen(repr=False)
class Casus:
    """What is known of one person's situation; made by ``kader.casus(...)``.

    Attributes:
        kader: Id of the kader that it was checked against.
        kader_hash: Hash of that kader.
        values: Known facts by name; what is absent is unknown.
        missing: Why a fact is unknown, where that was said.
        herkomst: Source, date and explanation of facts, where given.
        aangenomen: Facts that were not reported and are therefore taken as no.
        verlopen: Facts whose value was established too long ago, with that day; they count as unknown.
        antwoorden: The professional's own answers, by question.
        ref: Pseudonymous reference.
        peildatum: Reference date for ages and terms.
        sensitive: Names of facts whose value is masked when shown.
        effective: The known values, and *not applicable* for an unknown fact that hangs on an absent one.
        true: Conditions of the kader that are true, as bits.
        false: Conditions of the kader that are false, as bits.
        own: The professional's own answers, as codes by question.
        mislukt: Predicates that failed on this case; what asks them counts as unknown.

    Example:
        >>> import igm
        >>> igm.kader("leiden-2021").casus(motivatie=True, verslaving=True)
        Casus('leiden-2021', 2 facts known, 1 assumed: motivatie=True, verslaving=•••, extern_onderzoek=False)
    """

    kader: str
    kader_hash: str
    values: Mapping[str, FactValue] = attrs.field(converter=_frozen)
    missing: Mapping[str, Missing] = attrs.field(default=_NOTHING, converter=_frozen)
    herkomst: Mapping[str, Gegeven] = attrs.field(default=_NOTHING, converter=_frozen)
    aangenomen: tuple[str, ...] = ()
    verlopen: Mapping[str, date] = attrs.field(default=_NOTHING, converter=_frozen)
    antwoorden: Mapping[str, EigenAntwoord] = attrs.field(default=_NOTHING, converter=_frozen)
    ref: str | None = None
    peildatum: date | None = None
    sensitive: frozenset[str] = frozenset()
    effective: Mapping[str, CellValue] = attrs.field(default=_NOTHING, repr=False, eq=False)
    true: int = attrs.field(default=0, repr=False, eq=False)
    false: int = attrs.field(default=0, repr=False, eq=False)
    own: tuple[int, ...] = attrs.field(default=(), repr=False, eq=False)
    mislukt: tuple[Mislukt, ...] = ()

    def __repr__(self) -> str:
        known = ", ".join(
            f"{name}={MASK if name in self.sensitive else repr(value)}" for name, value in self.values.items()
        )
        assumed = f", {len(self.aangenomen)} assumed" if self.aangenomen else ""
        given = len(self.values) - len(self.aangenomen)
        return f"Casus({self.kader!r}, {given} facts known{assumed}: {known})"

    def to_dict(self) -> dict[str, Any]:
        """All that is in it, ready for JSON and for ``kader.casus(...)``; sensitive values included."""
        facts: dict[str, Any] = {
            name: _json(value) for name, value in self.values.items() if name not in self.aangenomen
        }
        facts |= {name: kind.value for name, kind in self.missing.items()}
        for name, origin in self.herkomst.items():
            facts[name] = {"waarde": None, **origin.model_dump(mode="json", exclude_none=True)}
        if self.antwoorden:
            facts["antwoorden"] = {
                name: {"antwoord": own.antwoord.value, "argument": own.argument}
                for name, own in self.antwoorden.items()
            }
        if self.ref is not None:
            facts["ref"] = self.ref
        if self.peildatum is not None:
            facts["peildatum"] = self.peildatum.isoformat()
        return facts

    def with_facts(self, changes: Mapping[str, FactValue | None], kader: Afwegingskader[Any]) -> Casus:
        """The same case with other values for some facts, established on the reference date where that matters."""
        data = self.to_dict()
        for name, value in changes.items():
            dated = value is not None and kader.feiten[name].houdbaar_dagen is not None
            data[name] = {"waarde": value, "datum": self.peildatum} if dated else value
        return kader.casus(data)


def _json(value: FactValue) -> FactValue:
    return value.isoformat() if isinstance(value, date) else value


def read_casus(kader: Afwegingskader[Any], data: Mapping[str, Any]) -> Casus:
    """Check a mapping against a kader's facts and questions.

    Args:
        kader: The kader.
        data: Fact values by name, and ``ref``, ``peildatum`` and ``antwoorden``.

    Returns:
        A checked case.

    Raises:
        InputError: With every problem at once.
    """
    given = dict(data)
    casus = read_plain(kader, given)
    return read_with_care(kader, dict(data)) if casus is None else casus


def read_plain(kader: Afwegingskader[Any], given: dict[str, Any]) -> Casus | None:
    """The case, when nothing in it needs a closer look: most have plain values, and nothing wrong with them.

    What is read is taken out of ``given``.
    """
    ref, peildatum = given.pop("ref", None), given.pop("peildatum", None)
    if given.pop("antwoorden", None) is not None:
        return None
    if type(peildatum) is not date and (peildatum is not None or kader.needs_peildatum):
        return None
    read = PlainFacts.of(kader).read(given, peildatum)
    if read is None or (ref is not None and ref_problems(ref)):
        return None
    values, assumed, effective, true, false = read
    failed: tuple[Mislukt, ...] = ()
    if kader.predicates:
        effective, failed = answered(kader, effective, ref)
        for name in kader.predicates.keys() & effective.keys():
            more_true, more_false = kader.machine.bits.pack_fact(name, effective[name], peildatum)
            true, false = true | more_true, false | more_false
    return Casus(
        kader=kader.id,
        kader_hash=kader.hash,
        values=values,
        aangenomen=assumed,
        ref=ref,
        peildatum=peildatum,
        sensitive=kader.sensitive,
        effective=effective,
        true=true,
        false=false,
        own=(0,) * len(kader.vragen),
        mislukt=failed,
    )


def read_with_care(kader: Afwegingskader[Any], given: dict[str, Any]) -> Casus:
    """The case from all that it may be made of, with every problem noted; ``given`` is used up."""
    problems = Problems()
    values: dict[str, FactValue] = {}
    missing: dict[str, Missing] = {}
    origins: dict[str, Gegeven] = {}
    verlopen: dict[str, date] = {}
    ref, day = given.pop("ref", None), read_peildatum(kader, given.pop("peildatum", None), problems)
    own = read_answers(kader, given.pop("antwoorden", None), problems)
    for name, raw in given.items():
        where = raw.where if isinstance(raw, VanKenmerk) else path_of((name,))
        fact = kader.feiten.get(name)
        if fact is None:
            what, do = f"kader {kader.id!r} has no fact {name!r}", _instead(kader, name, raw)
            problems.add("unknown-fact", what, do, where=where)
            continue
        value = _unwrap(fact, raw, where, origins, problems)
        kind = _missing(value)
        if kind is not None:
            missing[name] = kind
        elif value is not None:
            problem = fact.problem(value, where, peildatum=day)
            dated = None
            if problem is None and fact.houdbaar_dagen is not None:
                dated = origins[name].datum if name in origins else None
                problem = date_problem(fact, dated, day, f"{where}.datum" if name in origins else where)
            if problem is not None:
                problems.extend([problem])
            elif dated is not None and is_expired(fact, dated, day):
                verlopen[name] = dated
            else:
                values[name] = value
    assumed = tuple(
        name
        for name, fact in kader.feiten.items()
        if fact.zonder_melding is False
        and name not in values
        and missing.get(name, Missing.NIET_GEVRAAGD) is Missing.NIET_GEVRAAGD
    )
    values |= dict.fromkeys(assumed, False)
    problems.extend(ref_problems(ref))
    problems.raise_any(InputError)
    counting, failed = answered(kader, _effective(kader, values), ref)
    true, false = kader.machine.bits.pack(counting, day)
    return Casus(
        kader=kader.id,
        kader_hash=kader.hash,
        values={name: values[name] for name in kader.feiten if name in values},
        missing=missing,
        herkomst=origins,
        aangenomen=assumed,
        verlopen=verlopen,
        antwoorden=own,
        ref=ref,
        peildatum=day,
        sensitive=kader.sensitive,
        effective=counting,
        true=true,
        false=false,
        own=own_codes(kader.vragen, {name: answer.antwoord for name, answer in own.items()}),
        mislukt=failed,
    )


def _effective(kader: Afwegingskader[Any], values: Mapping[str, FactValue]) -> dict[str, CellValue]:
    counting: dict[str, CellValue] = dict(values)
    for name in kader.dependents:
        if name not in values and values.get(kader.feiten[name].geldt_als or "") is False:
            counting[name] = NOT_APPLICABLE
    return counting


def _instead(kader: Afwegingskader[Any], name: str, raw: object) -> str:
    if not isinstance(raw, VanKenmerk):
        return suggestion(str(name), [*kader.feiten, "ref", "peildatum", "antwoorden"])
    do = "Weigh without it: name the facts that this kader declares, with kader.casus({...})."
    return f"{suggestion(name, kader.feiten)} {do}"


def _unwrap(fact: Fact, raw: Any, where: str, origins: dict[str, Gegeven], problems: Problems) -> Any:
    if isinstance(raw, VanKenmerk):
        raw = raw.gegeven
    if is_mapping(raw):
        try:
            raw = Gegeven.model_validate(dict(raw))
        except ValidationError as error:
            problems.extend(problem.under(where) for problem in problems_of(error))
            return None
    if isinstance(raw, Gegeven):
        value = _as_day(fact, raw.waarde)
        # what is kept is what was read, so that a case that was stored equals the case itself
        origins[fact.name] = raw if value is raw.waarde else raw.model_copy(update={"waarde": value})
        return value
    return _as_day(fact, plain_value(raw))


def _as_day(fact: Fact, value: Any) -> Any:
    if fact.kind is not FactKind.DATUM or not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


def _missing(value: object) -> Missing | None:
    if isinstance(value, Missing):
        return value
    if isinstance(value, str) and value in _MISSING_VALUES:
        return Missing(value)
    return None


_MISSING_VALUES = frozenset(kind.value for kind in Missing)
