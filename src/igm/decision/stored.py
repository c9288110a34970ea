"""An advice and a decision to their stored form, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, cast

import attrs
from pydantic import ValidationError

from igm.constructs._base import IgmModel, is_mapping, problems_of
from igm.decision.afweging import SCHEMA_VERSION, Afweging
from igm.decision.besluit import Besluit
from igm.decision.document import (
    TYPES,
    AfwegingDocument,
    ArgumentDocument,
    BesluitDocument,
    FactDocument,
    VangrailDocument,
)
from igm.decision.language import LanguageNote
from igm.decision.predicate import Mislukt
from igm.decision.records import Aanname, Answer, Argument, Details, FactUse, KaderRef, Ontbreekt, Verlopen
from igm.decision.room import VangrailStand
from igm.decision.translations import spoken_texts, translations
from igm.decision.truth import Uitkomst
from igm.errors import IgmError, InputError

MIGRATIONS: Final[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
"""From each older schema version to the next one; empty as long as there is one version."""


def _plain(_: object, __: object, value: Any) -> Any:
    if isinstance(value, tuple):
        parts = cast("tuple[object, ...]", value)
        return tuple(_use_to_dict(part) if isinstance(part, FactUse) else part for part in parts)
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _use_to_dict(use: FactUse) -> dict[str, Any]:
    fields = attrs.asdict(use, value_serializer=_plain)
    kinds = [kind for kind, types in TYPES.items() if isinstance(use.value, types)]
    fields["soort"] = kinds[0].value if kinds else None  # True is a whole number too: ja_nee comes first
    return fields


def to_dict(afweging: Details[Any]) -> dict[str, Any]:
    """The stored form of an advice."""
    data = attrs.asdict(
        afweging, filter=lambda field, _: field.name != "vertalingen", value_serializer=_plain
    )
    data["uitkomsten"] = {outcome.name: outcome.value for outcome in afweging.uitkomsten}
    return {"schema_version": SCHEMA_VERSION, **_text(data), "vertalingen": spoken_texts(afweging)}


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


def _vangrail(document: VangrailDocument) -> VangrailStand:
    fields = {name: getattr(document, name) for name in VangrailDocument.model_fields}
    fields["feiten"] = tuple(map(_use, document.feiten))
    return VangrailStand(**fields)


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
        mislukt=tuple(Mislukt(**entry.model_dump()) for entry in document.mislukt),
        verlopen=tuple(Verlopen(**entry.model_dump()) for entry in document.verlopen),
        vertalingen=translations(document.vertalingen),
        vangrails=tuple(map(_vangrail, document.vangrails)),
    )
    return Afweging(details)
