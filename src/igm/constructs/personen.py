"""``Client``, ``Professional`` and ``Manager``: who the model is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal

from pydantic import ConfigDict, Field

from igm._display import Cell, Language
from igm.constructs._base import SENSITIVE, IgmModel, ReadOnly, Text, Whole
from igm.constructs._person import Person
from igm.constructs.determinanten import DeterminantGroup, Doen, Given, Invloed, Kunnen, Willen
from igm.constructs.gedrag import Gedrag
from igm.constructs.kenmerk import GivenKenmerk, Kenmerk, Trend
from igm.constructs.model import Construct
from igm.constructs.profiel import Profiel
from igm.constructs.schaal import Schaal
from igm.constructs.toestemming import Toestemming
from igm.constructs.waarde import Determinant, Missing
from igm.errors import MASK

__all__ = ["Caseload", "Client", "Kenmerk", "Manager", "Professional", "Trend"]

_GEDRAG: Final[dict[str, Any]] = {
    "action": "solliciteren",
    "target": "werkgevers in de regio",
    "context": "met begeleiding",
    "time": "komende 4 weken",
    "doel": "betaald werk",
}
_BEGELEIDEN: Final[dict[str, Any]] = {
    "action": "begeleiden",
    "target": "cliënten",
    "context": "in gesprekken",
    "time": "komende 3 maanden",
    "doel": "optimale participatie",
}


class Client(Person):
    """A client: what they want, can and do, the influence they feel of the professional, and their situation.

    Attributes:
        rol: Always ``client``.
        ref: Pseudonymous reference.
        gedrag: The behaviour and goal that the values are about.
        schaal: The scale of values that carry none themselves.
        willen: What the client wants.
        kunnen: What the client can.
        doen: What the client does.
        intentie: Intention.
        invloed: Influence that the client feels of the professional.
        relatie: Relation with the professional.
        kenmerken: Characteristics of the situation by name; masked when shown.
        toestemmingen: What the client consented to.
        andere_profielen: Profiles on other behaviours.

    Raises:
        pydantic.ValidationError: ``incomplete-behaviour`` for values without a behaviour and goal, ``missing-field``
            for values without a scale, ``value-out-of-range`` at the path of each value off its scale,
            ``duplicate-name`` for two profiles on one behaviour; all at once.

    Example:
        >>> from igm.constructs.schaal import LIKERT5
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers in de regio", context="met begeleiding",
        ...                 time="komende 4 weken", doel="betaald werk")
        >>> client = Client(ref="c-017", gedrag=gedrag, schaal=LIKERT5,
        ...                 willen=Willen(houding=4.3, eigen_effectiviteit=3.9, sociale_druk=3.4),
        ...                 kunnen=Kunnen(kennis=3.6, belastbaarheid=3.2, context=2.1, zelfregulering=3.9))
        >>> client.profiel.pomp["houding"]
        82.5
        >>> client
        Client('c-017', profielen=1, determinants='7 of 7')
        >>> Client.model_validate_json(client.model_dump_json()) == client
        True
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "rol": "client",
                    "ref": "c-017",
                    "gedrag": _GEDRAG,
                    "schaal": {"minimum": 1, "maximum": 5},
                    "willen": {"houding": 4.3, "eigen_effectiviteit": 3.9, "sociale_druk": 3.4},
                    "kunnen": {
                        "kennis": 3.6,
                        "belastbaarheid": 3.2,
                        "context": 2.1,
                        "zelfregulering": "weet_niet",
                    },
                    "kenmerken": {"schulden": True},
                }
            ]
        }
    )
    groups: ClassVar[Mapping[str, type[DeterminantGroup]]] = {**Person.groups, "invloed": Invloed}
    singles: ClassVar[Mapping[str, Construct]] = {
        "intentie": Construct.INTENTIE,
        "relatie": Construct.RELATIE_PROFESSIONAL,
    }

    rol: Literal["client"] = Field(default="client", description="the role")
    intentie: Determinant = Field(default=None, description="intention", examples=[4.0])
    invloed: Invloed = Field(default_factory=Invloed, description="influence felt of the professional")
    relatie: Determinant = Field(default=None, description="relation with the professional", examples=[4.0])
    kenmerken: ReadOnly[Text, GivenKenmerk] = Field(
        default={},
        description="characteristics of the situation, by name",
        examples=[{"schulden": True}],
        validate_default=True,
        json_schema_extra=SENSITIVE,
    )

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            ref: str,
            gedrag: Gedrag | None = None,
            schaal: Schaal | None = None,
            willen: Willen = ...,
            kunnen: Kunnen = ...,
            doen: Doen = ...,
            intentie: Given = None,
            invloed: Invloed = ...,
            relatie: Given = None,
            kenmerken: Mapping[str, Kenmerk | bool | Missing | None] = ...,
            toestemmingen: Sequence[Toestemming] = (),
            andere_profielen: Sequence[Profiel] = (),
            rol: Literal["client"] = "client",
        ) -> None: ...

    def _rows(self, lang: Language, *, mask: bool) -> list[list[Cell]]:
        rows = super()._rows(lang, mask=mask)
        if mask and self.kenmerken:
            return [*rows, ["kenmerken" if lang == "nl" else "characteristics", MASK]]
        one = "kenmerk" if lang == "nl" else "characteristic"
        return rows + [[one, _shown(name, kenmerk, lang)] for name, kenmerk in self.kenmerken.items()]


def _shown(name: str, kenmerk: Kenmerk, lang: Language) -> str:
    yes, no = ("ja", "nee") if lang == "nl" else ("yes", "no")
    why = Missing.NIET_GEVRAAGD if kenmerk.aanwezig is None else kenmerk.aanwezig
    parts = [why.label(lang) if isinstance(why, Missing) else yes if why else no]
    if kenmerk.trend is not None:
        parts.append(kenmerk.trend.label(lang))
    if kenmerk.bron is not None:
        parts.append(kenmerk.bron.label(lang))
    if kenmerk.datum is not None:
        parts.append(kenmerk.datum.isoformat())
    if kenmerk.toelichting is not None:
        parts.append(kenmerk.toelichting)
    return f"{name}: {', '.join(parts)}"


class Caseload(IgmModel):
    """How many clients a professional guides, and which group.

    Attributes:
        aantal: Number of clients.
        doelgroep: Which group they are.
        toelichting: Own words.

    Raises:
        pydantic.ValidationError: ``value-out-of-range`` for a negative number.

    Example:
        >>> print(Caseload(aantal=60, doelgroep="statushouders"))
        60 (statushouders)
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"aantal": 60, "doelgroep": "statushouders"}]})

    aantal: Annotated[Whole, Field(ge=0)] | None = Field(
        default=None, description="number of clients", examples=[60]
    )
    doelgroep: Text | None = Field(
        default=None, description="which group they are", examples=["statushouders"]
    )
    toelichting: Text | None = Field(default=None, description="own words")

    def __str__(self) -> str:
        first = "–" if self.aantal is None else str(self.aantal)
        group = "" if self.doelgroep is None else f" ({self.doelgroep})"
        return first + group + ("" if self.toelichting is None else f": {self.toelichting}")


class Professional(Person):
    """A professional: what they want, can and do in guiding clients, and how they are connected to both sides.

    Attributes:
        rol: Always ``professional``.
        ref: Pseudonymous reference.
        gedrag: The behaviour and goal that the values are about.
        schaal: The scale of values that carry none themselves.
        willen: What the professional wants.
        kunnen: What the professional can.
        doen: What the professional does: craftsmanship, self-reflection, influencing.
        communicatie_client: Communication with clients.
        congruentie_begeleiding: Perceived congruence: how far guiding and being guided are alike, as one answer.
        verbinding_manager: Connection and communication with the manager.
        caseload: How many clients, and which group.
        toestemmingen: What the professional consented to.
        andere_profielen: Profiles on other behaviours.

    Raises:
        pydantic.ValidationError: As `Client`.

    Example:
        >>> Professional(ref="km-12", caseload=Caseload(aantal=60))
        Professional('km-12', profielen=0)
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "rol": "professional",
                    "ref": "km-12",
                    "gedrag": _BEGELEIDEN,
                    "schaal": {"minimum": 1, "maximum": 7},
                    "willen": {"houding": 6.1},
                    "doen": {"vakmanschap": 5.6},
                    "caseload": {"aantal": 60},
                }
            ]
        }
    )
    singles: ClassVar[Mapping[str, Construct]] = {
        "communicatie_client": Construct.COMMUNICATIE_CLIENT,
        "congruentie_begeleiding": Construct.CONGRUENTIE_BEGELEIDING,
        "verbinding_manager": Construct.VERBINDING_MANAGER,
    }

    rol: Literal["professional"] = Field(default="professional", description="the role")
    communicatie_client: Determinant = Field(
        default=None, description="communication with clients", examples=[5.5]
    )
    congruentie_begeleiding: Determinant = Field(
        default=None, description="perceived congruence", examples=[4.5]
    )
    verbinding_manager: Determinant = Field(
        default=None, description="connection with the manager", examples=[5.0]
    )
    caseload: Caseload | None = Field(default=None, description="how many clients, and which group")

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            ref: str,
            gedrag: Gedrag | None = None,
            schaal: Schaal | None = None,
            willen: Willen = ...,
            kunnen: Kunnen = ...,
            doen: Doen = ...,
            communicatie_client: Given = None,
            congruentie_begeleiding: Given = None,
            verbinding_manager: Given = None,
            caseload: Caseload | None = None,
            toestemmingen: Sequence[Toestemming] = (),
            andere_profielen: Sequence[Profiel] = (),
            rol: Literal["professional"] = "professional",
        ) -> None: ...

    def _rows(self, lang: Language, *, mask: bool) -> list[list[Cell]]:
        rows = super()._rows(lang, mask=mask)
        return rows if self.caseload is None else [*rows, ["caseload", str(self.caseload)]]


class Manager(Person):
    """A manager: what they want, can and do in guiding professionals, and the connection with them.

    Attributes:
        rol: Always ``manager``.
        ref: Pseudonymous reference.
        gedrag: The behaviour and goal that the values are about.
        schaal: The scale of values that carry none themselves.
        willen: What the manager wants.
        kunnen: What the manager can.
        doen: What the manager does.
        communicatie_professional: Communication with professionals.
        verbinding_professional: Connection with professionals.
        toestemmingen: What the manager consented to.
        andere_profielen: Profiles on other behaviours.

    Raises:
        pydantic.ValidationError: As `Client`.

    Example:
        >>> Manager(ref="m-2")
        Manager('m-2', profielen=0)
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "rol": "manager",
                    "ref": "m-2",
                    "gedrag": {**_BEGELEIDEN, "target": "professionals", "doel": "vakmanschap"},
                    "schaal": {"minimum": 1, "maximum": 7},
                    "willen": {"houding": 6.0},
                    "verbinding_professional": 5.5,
                }
            ]
        }
    )
    singles: ClassVar[Mapping[str, Construct]] = {
        "communicatie_professional": Construct.COMMUNICATIE_PROFESSIONAL,
        "verbinding_professional": Construct.VERBINDING_PROFESSIONAL,
    }

    rol: Literal["manager"] = Field(default="manager", description="the role")
    communicatie_professional: Determinant = Field(
        default=None, description="communication with professionals", examples=[5.5]
    )
    verbinding_professional: Determinant = Field(
        default=None, description="connection with professionals", examples=[5.5]
    )

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            ref: str,
            gedrag: Gedrag | None = None,
            schaal: Schaal | None = None,
            willen: Willen = ...,
            kunnen: Kunnen = ...,
            doen: Doen = ...,
            communicatie_professional: Given = None,
            verbinding_professional: Given = None,
            toestemmingen: Sequence[Toestemming] = (),
            andere_profielen: Sequence[Profiel] = (),
            rol: Literal["manager"] = "manager",
        ) -> None: ...
