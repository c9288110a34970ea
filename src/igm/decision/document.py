"""The stored form of an advice and a decision: JSON with a schema version, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Final, Literal, cast

import attrs
from pydantic import AfterValidator, BeforeValidator, Field, Strict, StrictBool, ValidationError

from igm.constructs._base import (
    SENSITIVE,
    Day,
    IgmModel,
    Share,
    fault,
    is_mapping,
    problems_of,
    raise_faults,
    shown,
)
from igm.constructs.ref import Ref
from igm.decision.afweging import SCHEMA_VERSION, Afweging
from igm.decision.besluit import Besluit, check_moment, check_person
from igm.decision.conditions import FactKind
from igm.decision.document_examples import ADVICE, DECISION
from igm.decision.facts import FactValue
from igm.decision.gegeven import AnyFactValue
from igm.decision.language import LanguageNote
from igm.decision.records import Aanname, Answer, Argument, Details, FactUse, KaderRef, Ontbreekt
from igm.decision.truth import Antwoord, Beleid, Pleit, Uitkomst
from igm.errors import IgmError, InputError, Problems

_TYPES: Final[dict[FactKind, tuple[type, ...]]] = {
    FactKind.JA_NEE: (bool,),
    FactKind.GETAL: (int, float),
    FactKind.KEUZE: (str,),
    FactKind.DATUM: (date,),
}
MIGRATIONS: Final[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
"""From each older schema version to the next one; empty as long as there is one version."""


class KaderDocument(IgmModel):
    """Which kader was used."""

    id: str
    version: str
    hash: str


class FactDocument(IgmModel):
    """A fact as it was used."""

    name: str
    label: str
    soort: FactKind | None = Field(default=None, description="kind of the value; absent when it is unknown")
    value: AnyFactValue = Field(default=None, json_schema_extra=SENSITIVE)
    shown: str = Field(json_schema_extra=SENSITIVE)
    gevoelig: StrictBool = False
    bron: str | None = None
    datum: Day | None = None
    toelichting: str | None = Field(default=None, json_schema_extra=SENSITIVE)
    aangenomen: StrictBool = False

    def _check(self) -> None:
        read = self.read()
        if read is None and self.soort is None:
            return
        if self.soort is None:
            do = "Give ja_nee, getal, keuze or datum."
            found = (("soort",), fault("missing-field", "the kind of the value is missing", do))
        elif isinstance(read, bool) is not (self.soort is FactKind.JA_NEE) or not isinstance(
            read, _TYPES[self.soort]
        ):
            do = f"Give a value of kind {self.soort.value}, or the kind that the value has."
            found = (("value",), fault("invalid-value", "the value is of another kind", do))
        else:
            return
        raise_faults(type(self).__name__, [found])

    def read(self) -> FactValue | None:
        """The value as the kind that it has."""
        if self.soort is not FactKind.DATUM or not isinstance(self.value, str):
            return self.value
        try:
            return date.fromisoformat(self.value)
        except ValueError:
            return self.value


class ArgumentDocument(IgmModel):
    """An argument."""

    regel: str
    vraag: str | None
    antwoord: Antwoord | None
    pleit: Pleit
    omdat: str = Field(json_schema_extra=SENSITIVE)
    bron: str
    feiten: tuple[FactDocument, ...] = ()
    uitgezonderd: tuple[str, ...] = ()
    open_uitzonderingen: tuple[str, ...] = ()
    afweging: str | None = None


class AnswerDocument(IgmModel):
    """An answer to a question."""

    vraag: str
    tekst: str
    suggestie: Antwoord
    eigen: Antwoord | None = None
    argument: str | None = Field(default=None, json_schema_extra=SENSITIVE)


class OntbreektDocument(IgmModel):
    """An unknown fact that can still change the advice."""

    feit: str
    label: str
    aandeel: Share | None
    opnieuw_vragen: StrictBool = True
    toelichting: str | None = None
    vraag: str | None = None
    hangt_aan: str | None = None
    onthult: StrictBool = False


class AannameDocument(IgmModel):
    """A fact that was taken as no because it was not reported."""

    feit: str
    label: str
    reden: str


class AfwegingDocument(IgmModel, json_schema_extra={"examples": [ADVICE]}):
    """The stored form of an advice; ``model_json_schema()`` describes it for other languages.

    Example:
        >>> AfwegingDocument.model_json_schema()["properties"]["schema_version"]["const"]
        1
    """

    schema_version: Literal[1] = Field(description="version of this form")
    kader: KaderDocument
    ref: Ref | None
    peildatum: Day | None
    advies: str
    uitkomsten: dict[str, str] = Field(description="value per name of the outcomes that the kader declares")
    beleid: Beleid
    exact: str
    cautious: str
    rij: ArgumentDocument | None
    antwoorden: tuple[AnswerDocument, ...]
    argumenten: tuple[ArgumentDocument, ...]
    weerlegd: tuple[ArgumentDocument, ...]
    onbeslist: tuple[ArgumentDocument, ...]
    ontbreekt: tuple[OntbreektDocument, ...]
    ontbreekt_exact: StrictBool
    aannames: tuple[AannameDocument, ...]
    feiten: tuple[FactDocument, ...]
    onbekend: Annotated[int, Strict(), Field(ge=0)]


class SignalDocument(IgmModel):
    """A remark on the words of a motivation."""

    woord: str = Field(json_schema_extra=SENSITIVE)
    soort: str
    voorstel: str


def _written_moment(value: Any) -> Any:
    if not isinstance(value, (str, datetime)):
        do = "Give a date and time with its zone, such as 2026-03-02T10:00:00+01:00."
        raise fault("invalid-value", "a moment was expected", do, given=shown(value))
    return value


def _checked(check: Callable[[Any, Problems], None]) -> AfterValidator:
    """A check of a decision as a check of a field."""

    def validate(value: Any) -> Any:
        problems = Problems()
        check(value, problems)
        for problem in problems:
            raise fault(problem.code, problem.what, problem.do, given=problem.given)
        return value

    return AfterValidator(validate)


Words = Annotated[str, _checked(lambda words, problems: check_person("-", words, problems))]
"""A motivation in own words."""

Moment = Annotated[datetime, BeforeValidator(_written_moment), _checked(check_moment)]
"""A moment with its time zone."""


class BesluitDocument(IgmModel, json_schema_extra={"examples": [DECISION]}):
    """The stored form of a decision.

    Example:
        >>> sorted(BesluitDocument.model_json_schema()["required"])[:3]
        ['afweging', 'door', 'keuze']
    """

    absent_code: ClassVar[Mapping[str, str]] = {"door": "decision-incomplete"}

    schema_version: Literal[1] = Field(description="version of this form")
    afweging: AfwegingDocument
    door: Ref
    keuze: str
    motivering: Words = Field(json_schema_extra=SENSITIVE)
    wanneer: Moment
    signalen: tuple[SignalDocument, ...] = ()


def _plain(_: object, __: object, value: Any) -> Any:
    if isinstance(value, tuple):
        parts = cast("tuple[object, ...]", value)
        return tuple(_use_to_dict(part) if isinstance(part, FactUse) else part for part in parts)
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _use_to_dict(use: FactUse) -> dict[str, Any]:
    fields = attrs.asdict(use, value_serializer=_plain)
    kinds = [kind for kind, types in _TYPES.items() if isinstance(use.value, types)]
    fields["soort"] = kinds[0].value if kinds else None  # True is a whole number too: ja_nee comes first
    return fields


def to_dict(afweging: Details[Any]) -> dict[str, Any]:
    """The stored form of an advice."""
    data = attrs.asdict(afweging, value_serializer=_plain)
    data["uitkomsten"] = {outcome.name: outcome.value for outcome in afweging.uitkomsten}
    return {"schema_version": SCHEMA_VERSION, **_text(data)}


def besluit_to_dict(besluit: Besluit[Any]) -> dict[str, Any]:
    """The stored form of a decision."""
    own = attrs.asdict(besluit, filter=lambda field, _: field.name != "afweging", value_serializer=_plain)
    return {"schema_version": SCHEMA_VERSION, "afweging": besluit.afweging.to_dict(), **_text(own)}


def _text(value: Any) -> Any:
    """Enumerations as the text that they are."""
    if isinstance(value, dict):
        return {key: _text(item) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, (list, tuple)):
        return [_text(item) for item in cast("Sequence[Any]", value)]
    return str(value) if isinstance(value, str) else value


def _read(data: Mapping[str, Any], model: type[IgmModel]) -> Any:
    if not is_mapping(data):
        do = "Give the mapping itself; of a JSON text, what json.loads gives."
        raise InputError.of("invalid-value", "a mapping was expected", do, given=type(data).__name__)
    found: dict[str, Any] = dict(data)
    version = found.get("schema_version")
    while type(version) is int and version in MIGRATIONS:
        found = MIGRATIONS[version](found)
        version = found.get("schema_version")
    if type(version) is not int or version != SCHEMA_VERSION:
        what = "the schema version cannot be read"
        do = f"This release reads version {SCHEMA_VERSION} and what can be migrated to it."
        where = "$.schema_version"
        raise InputError.of("migration-unknown", what, do, where=where, given=repr(version))
    try:
        return model.model_validate(found)
    except ValidationError as error:
        raise InputError(*problems_of(error)) from None


def afweging_from_dict(data: Mapping[str, Any]) -> Afweging[Uitkomst]:
    """An advice from its stored form."""
    return _afweging(_read(data, AfwegingDocument))


def besluit_from_dict(data: Mapping[str, Any]) -> Besluit[Uitkomst]:
    """A decision from its stored form."""
    document: BesluitDocument = _read(data, BesluitDocument)
    afweging = _afweging(document.afweging)
    return Besluit(
        afweging=afweging,
        door=document.door,
        keuze=_outcome(afweging.uitkomsten, document.keuze, "$.keuze"),
        motivering=document.motivering,
        wanneer=document.wanneer,
        signalen=tuple(LanguageNote(**signal.model_dump()) for signal in document.signalen),
    )


def _outcome(outcomes: tuple[Uitkomst, ...], value: str, where: str) -> Uitkomst:
    for outcome in outcomes:
        if outcome.value == value:
            return outcome
    do = "Give one of the outcomes that the stored advice lists."
    raise InputError.of("outcome-unknown", "not an outcome of the kader", do, where=where, given=repr(value))


def _use(document: FactDocument) -> FactUse:
    fields = {name: getattr(document, name) for name in FactDocument.model_fields if name != "soort"}
    fields["value"] = document.read()
    return FactUse(**fields)


def _argument(document: ArgumentDocument) -> Argument:
    fields = {name: getattr(document, name) for name in ArgumentDocument.model_fields}
    fields["feiten"] = tuple(map(_use, document.feiten))
    return Argument(**fields)


def _outcomes(document: AfwegingDocument) -> tuple[Uitkomst, ...]:
    name = "".join(part.capitalize() for part in document.kader.id.replace("-", "_").split("_")) + "Uitkomst"
    try:
        return tuple(Uitkomst.declare(name, document.uitkomsten))
    except IgmError as error:
        raise InputError(*error.problems) from None


def _afweging(document: AfwegingDocument) -> Afweging[Uitkomst]:
    outcomes = _outcomes(document)
    details = Details(
        kader=KaderRef(**document.kader.model_dump()),
        ref=document.ref,
        peildatum=document.peildatum,
        advies=_outcome(outcomes, document.advies, "$.advies"),
        uitkomsten=outcomes,
        beleid=document.beleid,
        exact=_outcome(outcomes, document.exact, "$.exact"),
        cautious=_outcome(outcomes, document.cautious, "$.cautious"),
        rij=None if document.rij is None else _argument(document.rij),
        antwoorden=tuple(Answer(**answer.model_dump()) for answer in document.antwoorden),
        argumenten=tuple(map(_argument, document.argumenten)),
        weerlegd=tuple(map(_argument, document.weerlegd)),
        onbeslist=tuple(map(_argument, document.onbeslist)),
        ontbreekt=tuple(Ontbreekt(**entry.model_dump()) for entry in document.ontbreekt),
        ontbreekt_exact=document.ontbreekt_exact,
        aannames=tuple(Aanname(**entry.model_dump()) for entry in document.aannames),
        feiten=tuple(map(_use, document.feiten)),
        onbekend=document.onbekend,
    )
    return Afweging(details)
