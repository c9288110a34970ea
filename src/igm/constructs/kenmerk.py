"""``Kenmerk``: whether something is the case for a client, and which way it is going."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Field

from igm._display import Language
from igm.constructs._base import (
    SENSITIVE,
    Day,
    IgmModel,
    Text,
    fault,
    is_mapping,
    known_language,
    plain_number,
    shown,
)
from igm.constructs.waarde import Bron, Missing


class Trend(StrEnum):
    """Which way a characteristic is going.

    Example:
        >>> Trend("verbeterd").label(), Trend.VERBETERD.label("en")
        ('verbeterd', 'improved')
    """

    VERBETERD = "verbeterd"
    STABIEL = "stabiel"
    VERERGERD = "verergerd"

    def label(self, lang: Language = "nl") -> str:
        """The name as people read it."""
        return _IN_ENGLISH[self] if known_language(lang) == "en" else self.value


_IN_ENGLISH: Final = {Trend.VERBETERD: "improved", Trend.STABIEL: "stable", Trend.VERERGERD: "worsened"}


def _aanwezig(value: Any) -> Any:
    plain = plain_number(value)
    if plain is None or isinstance(plain, (bool, Missing)):
        return plain
    if isinstance(plain, str) and plain in list(Missing):
        return Missing(plain)
    raise fault(
        "invalid-value",
        "True, False, or the reason why it is not known, was expected",
        f"Give True or False, not a number or other text, or a kind of missing. Known: {', '.join(Missing)}.",
        given=shown(plain),
    )


class Kenmerk(IgmModel):
    """One characteristic of a client's situation on a day; it describes a situation, not a person.

    All of it is masked when shown, because what it is about is not known here.

    Attributes:
        aanwezig: Whether it is the case, or why that is not known; ``None`` for not asked.
        trend: Which way it is going.
        bron: Where that comes from.
        datum: The day it was noted.
        toelichting: Own words.

    Raises:
        pydantic.ValidationError: ``invalid-value`` for anything but True, False and a kind of missing.

    Example:
        >>> schulden = Kenmerk(aanwezig=True, trend=Trend.VERBETERD, bron=Bron.KLANT)
        >>> schulden
        Kenmerk(aanwezig=•••, trend=•••, bron=<Bron.KLANT: 'klant'>)
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"aanwezig": True, "trend": "verbeterd"}]})

    unrepeated: ClassVar[frozenset[str]] = frozenset({"bron", "datum"})

    aanwezig: Annotated[
        bool | Missing | None, BeforeValidator(_aanwezig, json_schema_input_type=bool | Missing | None)
    ] = Field(
        default=None, description="whether it is the case", examples=[True], json_schema_extra=SENSITIVE
    )
    trend: Trend | None = Field(
        default=None, description="which way it is going", examples=["verbeterd"], json_schema_extra=SENSITIVE
    )
    bron: Bron | None = Field(default=None, description="where that comes from", examples=["klant"])
    datum: Day | None = Field(default=None, description="the day it was noted", examples=["2024-10-01"])
    toelichting: Text | None = Field(default=None, description="own words", json_schema_extra=SENSITIVE)

    def __repr_args__(self) -> Any:
        return [(name, value) for name, value in super().__repr_args__() if value is not None]


def _kenmerk(value: Any) -> Any:
    if isinstance(value, Kenmerk):
        return value
    return Kenmerk.model_validate(value if is_mapping(value) else {"aanwezig": _aanwezig(value)})


GivenKenmerk: TypeAlias = Annotated[
    Kenmerk, BeforeValidator(_kenmerk, json_schema_input_type=Kenmerk | bool | Missing | None)
]
"""A characteristic; True, False or a kind of missing alone will do."""
