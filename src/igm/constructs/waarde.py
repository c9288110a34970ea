"""``Waarde``: one value with its scale, its n and where it comes from; and the kinds of missing."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Final, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Field, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

from igm._display import Language
from igm.constructs._base import (
    Count,
    Day,
    IgmModel,
    ListOf,
    Location,
    Number,
    ReadOnly,
    Share,
    Text,
    fault,
    is_mapping,
    is_number,
    known_language,
    plain_number,
    raise_faults,
    shown,
)
from igm.constructs.schaal import Schaal
from igm.errors import InputError, suggestion


class Missing(StrEnum):
    """Why a value is not there; none of these is a no, a zero or a midpoint.

    Example:
        >>> Missing.GEWEIGERD.label(), Missing.GEWEIGERD.ask_again
        ('geweigerd', False)
        >>> Missing.WEET_NIET.label("en"), Missing.WEET_NIET.ask_again
        ('does not know', True)
    """

    NIET_GEVRAAGD = "niet_gevraagd"
    WEET_NIET = "weet_niet"
    NIET_VAN_TOEPASSING = "niet_van_toepassing"
    GEWEIGERD = "geweigerd"
    VERLOREN = "verloren"

    @property
    def ask_again(self) -> bool:
        """Whether the question may be put again; what does not apply, or was refused, is never asked twice."""
        return self not in {Missing.NIET_VAN_TOEPASSING, Missing.GEWEIGERD}

    def label(self, lang: Language = "nl") -> str:
        """The name as people read it."""
        return _IN_ENGLISH[self] if known_language(lang) == "en" else self.value.replace("_", " ")


_IN_ENGLISH: Final = {
    Missing.NIET_GEVRAAGD: "not asked",
    Missing.WEET_NIET: "does not know",
    Missing.NIET_VAN_TOEPASSING: "not applicable",
    Missing.GEWEIGERD: "refused",
    Missing.VERLOREN: "lost",
}


class Bron(StrEnum):
    """Where a piece of information comes from.

    Example:
        >>> Bron("eigen_inschatting").label(), Bron.EIGEN_INSCHATTING.label("en")
        ('eigen inschatting', 'own estimate')
    """

    KLANT = "klant"
    EIGEN_INSCHATTING = "eigen_inschatting"
    INSTRUMENT = "instrument"
    DESKUNDIGE = "deskundige"
    WETENSCHAP = "wetenschap"

    def label(self, lang: Language = "nl") -> str:
        """The name as people read it."""
        return _BRON_IN_ENGLISH[self] if known_language(lang) == "en" else self.value.replace("_", " ")


_BRON_IN_ENGLISH: Final = {
    Bron.KLANT: "client",
    Bron.EIGEN_INSCHATTING: "own estimate",
    Bron.INSTRUMENT: "instrument",
    Bron.DESKUNDIGE: "expert",
    Bron.WETENSCHAP: "research",
}


class Richting(StrEnum):
    """Which way social pressure points for this behaviour.

    Example:
        >>> Richting("mee")
        <Richting.MEE: 'mee'>
        >>> Richting.TEGEN.label(), Richting.TEGEN.label("en")
        ('tegen het gedrag in', 'against the behaviour')
    """

    MEE = "mee"
    TEGEN = "tegen"

    def label(self, lang: Language = "nl") -> str:
        """The name as people read it."""
        dutch = known_language(lang) == "nl"
        if self is Richting.MEE:
            return "naar het gedrag toe" if dutch else "towards the behaviour"
        return "tegen het gedrag in" if dutch else "against the behaviour"


class DrukBron(StrEnum):
    """From whom social pressure is felt.

    Example:
        >>> DrukBron("collegas").label(), DrukBron.COLLEGAS.label("en")
        ("collega's", 'colleagues')
    """

    NAASTEN = "naasten"
    COLLEGAS = "collegas"
    LEIDINGGEVENDE = "leidinggevende"
    ORGANISATIE = "organisatie"
    MAATSCHAPPIJ = "maatschappij"
    WET = "wet"

    def label(self, lang: Language = "nl") -> str:
        """The name as people read it."""
        if known_language(lang) == "en":
            return _DRUK_IN_ENGLISH[self]
        return "collega's" if self is DrukBron.COLLEGAS else self.value


_DRUK_IN_ENGLISH: Final = {
    DrukBron.NAASTEN: "family and friends",
    DrukBron.COLLEGAS: "colleagues",
    DrukBron.LEIDINGGEVENDE: "supervisor",
    DrukBron.ORGANISATIE: "organisation",
    DrukBron.MAATSCHAPPIJ: "society",
    DrukBron.WET: "law",
}


class Waarde(IgmModel):
    """One value: the score, the scale it was given on, its n and its source.

    Attributes:
        score: The value, on its scale.
        schaal: The scale; a person's scale stands in when it is left out.
        n_valid: Number of items that were answered, at least one.
        n_items: Number of items that were asked.
        facetten: Values of facets (such as ``instrumenteel``), on the same scale.
        bron: Where it comes from.
        datum: The day on which it was given.
        toelichting: Own words.
        zekerheid: How certain it is, from 0 to 1.

    Raises:
        pydantic.ValidationError: ``value-out-of-range`` when the score or a facet lies off the scale, when more items
            are valid than were asked, or when a certainty is not between 0 and 1; ``not-a-number`` for text, True,
            False, NaN and infinity.

    Example:
        >>> from igm.constructs.schaal import LIKERT5
        >>> houding = Waarde(score=4.3, schaal=LIKERT5, n_valid=3, n_items=4, bron=Bron.KLANT)
        >>> houding.pomp
        82.5
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"score": 4.3, "schaal": {"minimum": 1, "maximum": 5}, "n_valid": 3, "n_items": 4}]
        }
    )

    score: Number = Field(description="the value, on its scale", examples=[4.3])
    schaal: Schaal | None = Field(default=None, description="the scale that the value is given on")
    n_valid: Count | None = Field(default=None, description="number of items answered", examples=[3])
    n_items: Count | None = Field(default=None, description="number of items asked", examples=[4])
    facetten: ReadOnly[Text, Number] = Field(
        default={},
        description="values of facets, on the same scale",
        validate_default=True,
        examples=[{"ervaring": 4.0}],
    )
    bron: Bron | None = Field(default=None, description="where it comes from", examples=["klant"])
    datum: Day | None = Field(default=None, description="the day it was given", examples=["2024-10-01"])
    toelichting: Text | None = Field(default=None, description="own words")
    zekerheid: Share | None = Field(default=None, description="how certain it is, 0 to 1", examples=[0.8])

    def _check(self) -> None:
        faults = [] if self.schaal is None else faults_on(self.schaal, self)
        if self.n_valid is not None and self.n_items is not None and self.n_valid > self.n_items:
            given = f"{self.n_valid} of {self.n_items}"
            do = "Give the number of items answered, and of items asked."
            faults.append(
                (("n_valid",), fault("value-out-of-range", "more items valid than asked", do, given=given))
            )
        raise_faults(type(self).__name__, faults)

    def __repr_args__(self) -> Any:
        return [
            (name, value)
            for name, value in super().__repr_args__()
            if value is not None and value not in ({}, ())
        ]

    @property
    def pomp(self) -> float:
        """Percent of maximum possible, from 0 to 100.

        Raises:
            InputError: ``missing-field`` when the value carries no scale.
        """
        if self.schaal is None:
            raise InputError.of(
                "missing-field",
                "the value carries no scale",
                "Give schaal=, such as LIKERT5.",
                where="$.schaal",
            )
        return self.schaal.pomp(self.score)


class SocialeDruk(Waarde):
    """Social pressure: a level that helps or hinders only once its direction is known.

    Attributes:
        richting: Which way it points for this behaviour; unknown when left out.
        van: From whom it is felt.
        belang: How much the opinion of these others counts, from 0 to 1.

    Example:
        >>> druk = SocialeDruk(score=3.4, richting=Richting.TEGEN, van=("naasten",))
        >>> druk.richting, druk.van
        (<Richting.TEGEN: 'tegen'>, (<DrukBron.NAASTEN: 'naasten'>,))
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"score": 3.4, "richting": "tegen", "van": ["naasten"]}]}
    )

    richting: Richting | None = Field(default=None, description="which way it points", examples=["tegen"])
    van: ListOf[DrukBron] = Field(default=(), description="from whom it is felt", examples=[["naasten"]])
    belang: Share | None = Field(
        default=None, description="how much their opinion counts, 0 to 1", examples=[0.5]
    )


def faults_on(schaal: Schaal, waarde: Waarde) -> list[tuple[Location, PydanticCustomError]]:
    """What is wrong with the score and the facets of a value if it was given on this scale; for use in validators.

    Example:
        >>> from igm.constructs.schaal import LIKERT5
        >>> [(loc, error.message()) for loc, error in faults_on(LIKERT5, Waarde(score=6))]
        [(('score',), 'value outside its scale: got 6.0. Give a number from 1 to 5.')]
    """
    if all(value in schaal for value in (waarde.score, *waarde.facetten.values())):
        return []
    numbers: dict[Location, float] = {("score",): waarde.score}
    numbers |= {("facetten", name): value for name, value in waarde.facetten.items()}
    do = f"Give a number from {schaal.minimum} to {schaal.maximum}."
    return [
        (loc, fault("value-out-of-range", "value outside its scale", do, given=shown(value)))
        for loc, value in numbers.items()
        if value not in schaal
    ]


def read_waarde(value: Any, model: type[Waarde] = Waarde) -> Waarde | Missing | None:
    """A determinant from what a user writes: a number, a `Waarde`, a mapping, a kind of missing, or nothing.

    Args:
        value: What was given.
        model: `Waarde`, or `SocialeDruk` for social pressure.

    Returns:
        The value, why it is missing, or ``None`` for what was not asked.

    Raises:
        PydanticCustomError: ``not-a-number`` or ``invalid-value``; it is for use in validators.
        pydantic.ValidationError: What is wrong inside a mapping.

    Example:
        >>> read_waarde(4).score, read_waarde("geweigerd")
        (4.0, <Missing.GEWEIGERD: 'geweigerd'>)
    """
    if value is None or isinstance(value, Missing) or type(value) is model:
        return value
    if isinstance(value, Waarde):
        if type(value) is Waarde:
            return model.model_validate(dict(value))
        raise fault(
            "invalid-value",
            f"a {type(value).__name__} in a field that holds a {model.__name__}",
            f"Give a number or a {model.__name__}.",
        )
    if is_mapping(value):
        return model.model_validate(value)
    plain = plain_number(value)
    if isinstance(plain, str) and plain in list(Missing):
        return Missing(plain)
    if is_number(plain):
        return model(score=plain)
    kinds = (
        suggestion(plain, [kind.value for kind in Missing])
        if isinstance(plain, str)
        else f"Known: {', '.join(Missing)}."
    )
    raise fault(
        "not-a-number",
        "a number, or the reason why it is missing, was expected",
        f"Give a finite number, not text, True or False, or a kind of missing. {kinds}",
        given=shown(plain),
    )


def _determinant(value: Any) -> Any:
    return read_waarde(value)


def _druk(value: Any) -> Any:
    return read_waarde(value, SocialeDruk)


Determinant: TypeAlias = Annotated[
    Waarde | Missing | None,
    BeforeValidator(_determinant, json_schema_input_type=float | Waarde | Missing | None),
]
"""A value, the reason why it is missing, or ``None`` for not asked; a bare number is a `Waarde` without more."""


def _unless_read(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    return value if isinstance(value, (Waarde, Missing)) else handler(value)


ReadWaarde: TypeAlias = Annotated[Waarde | SocialeDruk | Missing, WrapValidator(_unless_read)]
"""What `read_waarde` gave, which is not read again."""

DrukDeterminant: TypeAlias = Annotated[
    SocialeDruk | Missing | None,
    BeforeValidator(_druk, json_schema_input_type=float | SocialeDruk | Missing | None),
]
"""The same for social pressure, which can carry a direction."""
