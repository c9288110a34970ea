"""``Casus``: what is known of one person's situation, checked against the facts that a kader declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, cast

import attrs
from pydantic import (
    Field,
    Strict,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    TypeAdapter,
    ValidationError,
)

from igm.constructs._base import Day, FrozenMapping, IgmModel, Text, is_mapping, plain_number, problems_of
from igm.constructs.ref import Ref
from igm.constructs.waarde import Bron, Missing
from igm.decision.completions import NOT_APPLICABLE, CellValue
from igm.decision.facts import Fact, FactValue
from igm.decision.program import own_codes
from igm.decision.truth import Antwoord
from igm.errors import MASK, InputError, Problems, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader


class Gegeven(IgmModel):
    """A fact with where it comes from.

    Attributes:
        waarde: The value; ``None`` is not asked yet.
        bron: Source of the information.
        datum: Day on which it was established.
        door: Who established it, as a pseudonymous reference.
        toelichting: In own words.

    Example:
        >>> Gegeven(waarde=True, bron="klant").bron
        <Bron.KLANT: 'klant'>
    """

    waarde: StrictBool | StrictInt | StrictFloat | Annotated[date, Strict()] | StrictStr | None = Field(
        description="the value of the fact",
        json_schema_extra={"x-gevoelig": True},
        union_mode="left_to_right",
    )
    bron: Bron | None = Field(default=None, description="source of the information")
    datum: Day | None = Field(
        default=None, description="day on which it was established", examples=["2024-10-01"]
    )
    door: Ref | None = Field(default=None, description="who established it")
    toelichting: Text | None = Field(
        default=None, description="in own words", json_schema_extra={"x-gevoelig": True}
    )


@attrs.frozen
class EigenAntwoord:
    """A professional's own answer to a question, with the argument for it.

    Example:
        >>> EigenAntwoord(Antwoord.JA, "Zij solliciteert al twee weken.").antwoord.label
        'JA'
    """

    antwoord: Antwoord
    argument: str


def _frozen(items: Mapping[str, Any]) -> Mapping[str, Any]:
    return FrozenMapping(items)


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
        antwoorden: The professional's own answers, by question.
        ref: Pseudonymous reference.
        peildatum: Reference date for ages and terms.
        sensitive: Names of facts whose value is masked when shown.
        effective: The values that count: a fact that hangs on an absent one does not apply.
        true: Conditions of the kader that are true, as bits.
        false: Conditions of the kader that are false, as bits.
        own: The professional's own answers, as codes by question.

    Example:
        >>> import igm
        >>> igm.kader("leiden-2021").casus(motivatie=True, verslaving=True)
        Casus('leiden-2021', 3 facts known: motivatie=True, verslaving=•••, extern_onderzoek=False)
    """

    kader: str
    kader_hash: str
    values: Mapping[str, FactValue] = attrs.field(converter=_frozen)
    missing: Mapping[str, Missing] = attrs.field(default=FrozenMapping[str, Missing](), converter=_frozen)
    herkomst: Mapping[str, Gegeven] = attrs.field(default=FrozenMapping[str, Gegeven](), converter=_frozen)
    aangenomen: tuple[str, ...] = ()
    antwoorden: Mapping[str, EigenAntwoord] = attrs.field(
        default=FrozenMapping[str, EigenAntwoord](), converter=_frozen
    )
    ref: str | None = None
    peildatum: date | None = None
    sensitive: frozenset[str] = frozenset()
    effective: Mapping[str, CellValue] = attrs.field(
        default=FrozenMapping[str, CellValue](), repr=False, eq=False
    )
    true: int = attrs.field(default=0, repr=False, eq=False)
    false: int = attrs.field(default=0, repr=False, eq=False)
    own: tuple[int, ...] = attrs.field(default=(), repr=False, eq=False)

    def __repr__(self) -> str:
        known = ", ".join(
            f"{name}={MASK if name in self.sensitive else repr(value)}" for name, value in self.values.items()
        )
        return f"Casus({self.kader!r}, {len(self.values)} facts known: {known})"

    def to_dict(self) -> dict[str, Any]:
        """All that is in it, ready for JSON and for ``kader.casus(...)``; sensitive values included."""
        facts: dict[str, Any] = {
            name: _json(value) for name, value in self.values.items() if name not in self.aangenomen
        }
        facts |= {name: kind.value for name, kind in self.missing.items()}
        for name, origin in self.herkomst.items():
            facts[name] = origin.model_dump(mode="json", exclude_none=True)
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
        """The same case with other values for some facts."""
        data = self.to_dict()
        for name, value in changes.items():
            data[name] = value
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
    problems = Problems()
    values: dict[str, FactValue] = {}
    missing: dict[str, Missing] = {}
    origins: dict[str, Gegeven] = {}
    given = dict(data)
    ref, peildatum = given.pop("ref", None), given.pop("peildatum", None)
    own = _answers(kader, given.pop("antwoorden", None) or {}, problems)
    for name, raw in given.items():
        fact = kader.feiten.get(name)
        if fact is None:
            known = [*kader.feiten, "ref", "peildatum", "antwoorden"]
            problems.add(
                "unknown-fact",
                f"kader {kader.id!r} has no fact {name!r}",
                suggestion(str(name), known),
                where=f"$.{name}",
            )
            continue
        value = _unwrap(fact, raw, origins, problems)
        kind = _missing(value)
        if kind is not None:
            missing[name] = kind
        elif value is not None:
            problem = fact.problem(value, f"$.{name}")
            if problem is not None:
                problems.extend([problem])
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
    _check_ref(ref, problems)
    day = _peildatum(kader, peildatum, problems)
    problems.raise_any(InputError)
    counting = _effective(kader, values)
    true, false = kader.machine.bits.pack(counting, day)
    return Casus(
        kader=kader.id,
        kader_hash=kader.hash,
        values={name: values[name] for name in kader.feiten if name in values},
        missing=missing,
        herkomst=origins,
        aangenomen=assumed,
        antwoorden=own,
        ref=ref,
        peildatum=day,
        sensitive=kader.sensitive,
        effective=counting,
        true=true,
        false=false,
        own=own_codes(kader.vragen, {name: answer.antwoord for name, answer in own.items()}),
    )


def _effective(kader: Afwegingskader[Any], values: Mapping[str, FactValue]) -> dict[str, CellValue]:
    counting: dict[str, CellValue] = dict(values)
    for name in kader.dependents:
        if values.get(kader.feiten[name].geldt_als or "") is False:
            counting[name] = NOT_APPLICABLE
    return counting


def _unwrap(fact: Fact, raw: Any, origins: dict[str, Gegeven], problems: Problems) -> Any:
    if is_mapping(raw):
        try:
            raw = Gegeven.model_validate(dict(raw))
        except ValidationError as error:
            problems.extend(problem.under(f"$.{fact.name}") for problem in problems_of(error))
            return None
    if isinstance(raw, Gegeven):
        origins[fact.name] = raw
        raw = raw.waarde
    value = plain_number(raw)
    if fact.kind.value == "datum" and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _missing(value: object) -> Missing | None:
    if isinstance(value, Missing):
        return value
    if isinstance(value, str) and value in _MISSING_VALUES:
        return Missing(value)
    return None


_MISSING_VALUES = frozenset(kind.value for kind in Missing)


def _answers(kader: Afwegingskader[Any], raw: Any, problems: Problems) -> dict[str, EigenAntwoord]:
    if not is_mapping(raw):
        do = "Give {question: (answer, argument)}."
        problems.add(
            "invalid-value", "antwoorden is not a mapping", do, where="$.antwoorden", given=type(raw).__name__
        )
        return {}
    found: dict[str, EigenAntwoord] = {}
    questions = [question.name for question in kader.vragen]
    for name, value in raw.items():
        where = f"$.antwoorden.{name}"
        if name not in questions:
            problems.add(
                "unknown-question",
                f"kader {kader.id!r} has no question {name!r}",
                suggestion(str(name), questions),
                where=where,
            )
            continue
        answer, argument = _answer_parts(value)
        text = str(answer).casefold() if isinstance(answer, str) else ""
        if text not in {"ja", "nee", "twijfel"}:
            do = "Give ja, nee or twijfel; leave the question out when it is open."
            problems.add("invalid-value", "not an answer", do, where=where, given=repr(answer))
        elif not isinstance(argument, str) or not argument.strip():
            do = "Give (answer, argument): every own answer carries its argument."
            problems.add("decision-incomplete", "an own answer has no argument", do, where=where)
        else:
            found[name] = EigenAntwoord(Antwoord(text), argument.strip())
    return found


def _answer_parts(value: Any) -> tuple[Any, Any]:
    if isinstance(value, EigenAntwoord):
        return value.antwoord, value.argument
    if is_mapping(value):
        return value.get("antwoord"), value.get("argument")
    if isinstance(value, (tuple, list)):
        parts = cast("Sequence[Any]", value)
        return (parts[0], parts[1]) if len(parts) == 2 else (parts, None)
    return value, None


@cache
def _ref_adapter() -> TypeAdapter[str]:
    return TypeAdapter(Ref)


def _check_ref(ref: Any, problems: Problems) -> None:
    if ref is None:
        return
    try:
        _ref_adapter().validate_python(ref)
    except ValidationError as error:
        problems.extend(problem.under("$.ref") for problem in problems_of(error))


def _peildatum(kader: Afwegingskader[Any], raw: Any, problems: Problems) -> date | None:
    if raw is None:
        if kader.reads_dates:
            do = "Give peildatum=, the day on which ages and terms are counted."
            problems.add("peildatum-missing", f"kader {kader.id!r} reads dates", do, where="$.peildatum")
        return None
    if isinstance(raw, str):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            pass
    if type(raw) is date:
        return raw
    do = "Give a date such as 2024-10-01."
    problems.add("invalid-value", "peildatum is not a date", do, where="$.peildatum", given=repr(raw))
    return None
