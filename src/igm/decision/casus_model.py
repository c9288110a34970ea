"""The Pydantic class of a kader's cases: what other systems send, with a JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import (
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic_core import InitErrorDetails

from igm.constructs._base import SENSITIVE, IgmModel, Location, Text, fault, is_mapping, path_of
from igm.constructs.personen import Client
from igm.constructs.profiel import Profiel
from igm.constructs.ref import Ref
from igm.constructs.waarde import Missing
from igm.decision.casus import read_casus
from igm.decision.conditions import FactKind
from igm.decision.facts import Fact
from igm.decision.gegeven import Gegeven, VanKenmerk
from igm.errors import InputError, Problem

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader


_STEP: Final = re.compile(r"\.(\w+)|\['(.*?)'\]")
"""One step of a path, as [path_of][igm.constructs._base.path_of] writes it."""


class OwnAnswer(IgmModel):
    """A professional's own answer, as other systems send it."""

    antwoord: Literal["ja", "nee", "twijfel"]
    argument: Text = Field(min_length=1, json_schema_extra=SENSITIVE)


class CasusModel(IgmModel):
    """Base of the case models; a kader's own class has a field per fact (``kader.casus_model``).

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> received = kader.casus_model.model_validate_json('{"motivatie": true, "leeftijd": 31}')
        >>> kader.casus(received).values["leeftijd"]
        31
    """

    model_config = ConfigDict(defer_build=False, json_schema_extra={"x-schema-version": 1})
    kader: ClassVar[Any] = None

    ref: Ref | None = Field(default=None, description="pseudonymous reference")
    peildatum: date | None = Field(default=None, description="reference date for ages and terms")
    antwoorden: Mapping[str, OwnAnswer] = Field(
        default={}, description="own answers of the professional, by question"
    )

    @model_validator(mode="wrap")
    @classmethod
    def _checked_by_the_kader(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if is_mapping(data):
            try:
                read_casus(cls.kader, given_facts(data))
            except InputError as error:
                details = [_detail(problem) for problem in error.problems]
                raise ValidationError.from_exception_data(cls.__name__, details, hide_input=True) from None
        return handler(data)

    def as_mapping(self) -> dict[str, Any]:
        """What was given, by fact."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        if self.antwoorden:
            given["antwoorden"] = {
                name: (own.antwoord, own.argument) for name, own in self.antwoorden.items()
            }
        return given


def _detail(problem: Problem) -> InitErrorDetails:
    loc: Location = tuple(name or quoted for name, quoted in _STEP.findall(problem.where))
    return InitErrorDetails(
        type=fault(problem.code, problem.what, problem.do, given=problem.given), loc=loc, input=None
    )


def casus_model(kader: Afwegingskader[Any]) -> type[CasusModel]:
    """The class for a kader's cases."""
    values = _example(kader)
    fields: dict[str, Any] = {
        name: (_type(fact) | None, _field(fact, values[name])) for name, fact in kader.feiten.items()
    }
    name = "Casus_" + "".join(sign if sign.isalnum() else "_" for sign in kader.id)
    model: type[CasusModel] = create_model(
        name,
        __base__=CasusModel,
        __doc__=f"A case for {kader.titel}.",
        __cls_kwargs__={"json_schema_extra": {"x-schema-version": 1, "examples": [values]}},
        **fields,
    )
    model.kader = kader
    return model


def _example(kader: Afwegingskader[Any]) -> dict[str, Any]:
    """One whole case as other systems may send it; a fact on which another hangs is there."""
    bases = {fact.geldt_als for fact in kader.feiten.values()}
    values = {name: _example_value(fact, present=name in bases) for name, fact in kader.feiten.items()}
    return {"ref": "c-017", "peildatum": "2026-03-02", **values}


def _example_value(fact: Fact, *, present: bool) -> bool | float | str:
    match fact.kind:
        case FactKind.JA_NEE:
            return present
        case FactKind.KEUZE:
            return fact.opties[0]
        case FactKind.DATUM:
            bounds = [bound for bound in (fact.minimum, fact.maximum) if isinstance(bound, date)]
            return (bounds[0] if bounds else date(2024, 10, 1)).isoformat()
        case FactKind.GETAL:
            low, high = (bound for bound in (fact.minimum, fact.maximum) if isinstance(bound, (int, float)))
            return int((low + high) // 2) if fact.geheel else (low + high) / 2


def _field(fact: Fact, value: object) -> Any:
    extra: dict[str, Any] = {"x-gevoelig": True} if fact.gevoelig else {}
    if fact.eenheid:
        extra["x-eenheid"] = fact.eenheid
    return Field(
        default=None,
        description=fact.toelichting or fact.label,
        title=fact.label,
        examples=[value, {"waarde": value, "bron": "klant", "datum": "2026-03-02"}, "weet_niet"],
        json_schema_extra=extra,
    )


def _type(fact: Fact) -> Any:
    """The type of a fact, for the schema; the values themselves were already checked by the kader."""
    plain: Any
    match fact.kind:
        case FactKind.JA_NEE:
            plain = bool
        case FactKind.KEUZE:
            plain = Literal[fact.opties]
        case FactKind.DATUM:
            plain = date
        case FactKind.GETAL:
            plain = Annotated[int if fact.geheel else float, Field(ge=fact.minimum, le=fact.maximum)]
    return plain | Gegeven | Missing


def given_facts(data: object) -> dict[str, Any]:
    """What a case may be made of, as fact values by name: a mapping, a case model or a client's kenmerken.

    Raises:
        InputError: ``invalid-value`` for anything else.
    """
    if data is None:
        return {}
    if isinstance(data, CasusModel):
        return data.as_mapping()
    if isinstance(data, Client):
        return _kenmerken(data)
    if isinstance(data, Profiel):
        return {}
    if is_mapping(data):
        return {str(name): value for name, value in data.items()}
    do = "Give a mapping of fact names to values, keywords, a Client or a Profiel."
    raise InputError.of("invalid-value", "a case cannot be made of this", do, given=type(data).__name__)


def _kenmerken(client: Client) -> dict[str, Any]:
    facts: dict[str, Any] = {"ref": client.ref}
    for name, kenmerk in client.kenmerken.items():
        where = path_of(("kenmerken", name))
        origin: dict[str, Any] = {
            "bron": kenmerk.bron,
            "datum": kenmerk.datum,
            "toelichting": kenmerk.toelichting,
        }
        facts[name] = VanKenmerk(Gegeven(waarde=kenmerk.aanwezig, **origin), where)
        if kenmerk.trend is not None:
            facts[f"{name}_trend"] = VanKenmerk(Gegeven(waarde=kenmerk.trend, **origin), f"{where}.trend")
    return facts
