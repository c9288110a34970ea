"""The stored form of an advice and a decision: JSON with a schema version, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal, cast

import attrs
from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr, ValidationError

from igm.constructs._base import IgmModel, is_mapping, problems_of
from igm.decision.afweging import SCHEMA_VERSION, Afweging
from igm.decision.besluit import Besluit
from igm.decision.language import LanguageNote
from igm.decision.records import Aanname, Answer, Argument, Details, FactUse, KaderRef, Ontbreekt
from igm.decision.truth import Antwoord, Beleid, Pleit, Uitkomst
from igm.errors import InputError

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
    value: StrictBool | StrictInt | StrictFloat | Annotated[date, Field(strict=False)] | StrictStr | None = (
        Field(default=None, union_mode="left_to_right")
    )
    shown: str
    gevoelig: bool = False
    bron: str | None = None
    datum: date | None = None
    toelichting: str | None = None
    aangenomen: bool = False


class ArgumentDocument(IgmModel):
    """An argument."""

    regel: str
    vraag: str | None
    antwoord: Antwoord | None
    pleit: Pleit
    omdat: str
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
    argument: str | None = None


class OntbreektDocument(IgmModel):
    """An unknown fact that can still change the advice."""

    feit: str
    label: str
    aandeel: float | None
    opnieuw_vragen: bool = True
    toelichting: str | None = None
    vraag: str | None = None
    hangt_aan: str | None = None
    onthult: bool = False


class AannameDocument(IgmModel):
    """A fact that was taken as no because it was not reported."""

    feit: str
    label: str
    reden: str


class AfwegingDocument(IgmModel):
    """The stored form of an advice; ``model_json_schema()`` describes it for other languages.

    Example:
        >>> AfwegingDocument.model_json_schema()["properties"]["schema_version"]["const"]
        1
    """

    schema_version: Literal[1] = Field(description="version of this form")
    kader: KaderDocument
    ref: str | None
    peildatum: date | None
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
    ontbreekt_exact: bool
    aannames: tuple[AannameDocument, ...]
    feiten: tuple[FactDocument, ...]
    onbekend: int


class SignalDocument(IgmModel):
    """A remark on the words of a motivation."""

    woord: str
    soort: str
    voorstel: str


class BesluitDocument(IgmModel):
    """The stored form of a decision.

    Example:
        >>> sorted(BesluitDocument.model_json_schema()["required"])[:3]
        ['afweging', 'door', 'keuze']
    """

    schema_version: Literal[1] = Field(description="version of this form")
    afweging: AfwegingDocument
    door: str
    keuze: str
    motivering: str
    wanneer: datetime
    signalen: tuple[SignalDocument, ...] = ()


def _plain(_: object, __: object, value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value


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
    while isinstance(version, int) and version in MIGRATIONS:
        found = MIGRATIONS[version](found)
        version = found.get("schema_version")
    if version != SCHEMA_VERSION:
        do = f"This release reads version {SCHEMA_VERSION} and what can be migrated to it."
        raise InputError.of(
            "migration-unknown",
            "the schema version cannot be read",
            do,
            where="$.schema_version",
            given=repr(version),
        )
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


def _argument(document: ArgumentDocument) -> Argument:
    fields = {name: getattr(document, name) for name in ArgumentDocument.model_fields}
    fields["feiten"] = tuple(FactUse(**use.model_dump()) for use in document.feiten)
    return Argument(**fields)


def _afweging(document: AfwegingDocument) -> Afweging[Uitkomst]:
    name = "".join(part.capitalize() for part in document.kader.id.replace("-", "_").split("_")) + "Uitkomst"
    outcomes = tuple(Uitkomst.declare(name, document.uitkomsten))
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
        feiten=tuple(FactUse(**use.model_dump()) for use in document.feiten),
        onbekend=document.onbekend,
    )
    return Afweging(details)
