"""``Profiel``: the values of one person on one behaviour, each with its scale, its n and its gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, Self, TypeVar

from pydantic import AfterValidator, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from igm._display import Language, Table
from igm.constructs._base import (
    SHOWN,
    FrozenMapping,
    IgmModel,
    Location,
    ReadOnly,
    Text,
    fault,
    faults_of,
    is_mapping,
    masked,
    problems_of,
    raise_faults,
    shown,
)
from igm.constructs._masking import ByConstruct, Known
from igm.constructs._table import profile_table
from igm.constructs.composite import CompositeState, CompositeValue, Metric
from igm.constructs.gedrag import Gedrag
from igm.constructs.knelpunten import Knelpunt, Knelpunten, find_knelpunten
from igm.constructs.model import DETERMINANTS, Construct, construct, found_construct, nearest_construct
from igm.constructs.ref import Ref
from igm.constructs.waarde import Missing, ReadWaarde, SocialeDruk, Waarde, read_waarde
from igm.errors import InputError, named

__all__ = [
    "SCHEMA_VERSION",
    "CompositeState",
    "CompositeValue",
    "Knelpunt",
    "Knelpunten",
    "Metric",
    "Profiel",
]

K = TypeVar("K", bound=str)
V = TypeVar("V")

SCHEMA_VERSION: Final = 1
"""The version of the form in which a profile is stored."""


def _masking(values: Mapping[K, V]) -> Mapping[K, V]:
    return ByConstruct(values)


class Profiel(IgmModel):
    """The values of one person on one behaviour; any of them may be absent.

    Attributes:
        schema_version: The version of the form in which it is stored.
        ref: The person, as a pseudonym.
        gedrag: The behaviour, tied to a goal, that all values are about.
        waarden: Values by construct; each carries its scale.
        composites: Values that were made from several determinants, by name.
        gemaakt_met: What made it, such as a questionnaire and a scorer.

    Raises:
        pydantic.ValidationError: ``incomplete-behaviour`` without a behaviour and goal, ``missing-field`` for a value
            without a scale, ``unknown-construct``, ``duplicate-name`` for a construct under two names.

    Example:
        >>> from igm.constructs.schaal import LIKERT5
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers", context="met begeleiding",
        ...                 time="komende 4 weken", doel="betaald werk")
        >>> profiel = Profiel(gedrag=gedrag, waarden={
        ...     "attitude": Waarde(score=4.3, schaal=LIKERT5, n_valid=3, n_items=4), "kennis": Missing.WEET_NIET})
        >>> profiel.pomp["houding"], profiel["kennis"], profiel["randvoorwaarden"]
        (82.5, <Missing.WEET_NIET: 'weet_niet'>, <Missing.NIET_GEVRAAGD: 'niet_gevraagd'>)
        >>> profiel
        Profiel('solliciteren/werkgevers/met-begeleiding/komende-4-weken', determinants='1 of 7', items='3 of 4')
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "schema_version": 1,
                    "ref": "c-017",
                    "gedrag": {
                        "action": "solliciteren",
                        "target": "werkgevers in de regio",
                        "context": "met begeleiding",
                        "time": "komende 4 weken",
                        "doel": "betaald werk",
                    },
                    "waarden": {
                        "houding": {"score": 4.3, "schaal": {"minimum": 1, "maximum": 5}},
                        "kennis": "weet_niet",
                    },
                }
            ]
        }
    )

    absent_code: ClassVar[Mapping[str, str]] = {"gedrag": "incomplete-behaviour"}

    unrepeated: ClassVar[frozenset[str]] = frozenset({"waarden", "composites"})

    schema_version: Literal[1] = Field(default=SCHEMA_VERSION, description="version of the stored form")
    ref: Ref | None = Field(default=None, description="the person, as a pseudonym")
    gedrag: Gedrag = Field(description="the behaviour and goal that all values are about")
    waarden: Annotated[ReadOnly[Construct, ReadWaarde], AfterValidator(_masking)] = Field(
        description="values by construct"
    )
    composites: ReadOnly[Text, CompositeValue] = Field(
        default={}, description="values made from several determinants, by name", validate_default=True
    )
    gemaakt_met: Text | None = Field(
        default=None, description="what made it", examples=["client-participatie, mean"]
    )

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            gedrag: Gedrag,
            waarden: Mapping[str, Waarde | Missing | None] | Mapping[Construct, Waarde | Missing | None],
            schema_version: Literal[1] = 1,
            ref: str | None = None,
            composites: Mapping[str, CompositeValue] = ...,
            gemaakt_met: str | None = None,
        ) -> None: ...

    @field_validator("waarden", mode="before")
    @classmethod
    def _by_construct(cls, given: Any) -> Any:
        if not is_mapping(given):
            return given
        waarden: dict[Construct, Waarde | Missing] = {}
        faults: list[tuple[Location, PydanticCustomError]] = []
        for name, value in given.items():
            key = found_construct(name)
            if key is None:
                faults.append(((named(name),), _unknown(name, hint=len(faults) < SHOWN)))
                continue
            if key in waarden:
                faults.append(
                    (
                        (named(name),),
                        fault("duplicate-name", f"{key} is given under two names", "Give it once."),
                    )
                )
                continue
            waarden[key], wrong = _read(key, value)
            faults += [((named(name), *loc), error) for loc, error in wrong]
        raise_faults(cls.__name__, faults)
        return {key: waarden[key] for key in Construct if key in waarden}

    def __getitem__(self, name: str | Construct, /) -> Waarde | Missing:
        """The value of a construct, by any name that is accepted for it, or why it is missing.

        Raises:
            UnknownNameError: ``unknown-construct``, with a suggestion.
        """
        return self.waarden.get(construct(name), Missing.NIET_GEVRAAGD)

    @property
    def known(self) -> Mapping[Construct, Waarde]:
        """The values that are there, by construct."""
        return ByConstruct({key: value for key, value in self.waarden.items() if isinstance(value, Waarde)})

    @property
    def scores(self) -> Mapping[str, float]:
        """The known scores, each on its own scale, by the construct's name; other names find them too.

        Looking up one that is missing raises `UnknownNameError` (``missing-field``), which says why it is missing.
        """
        return Known({key.value: value.score for key, value in self.known.items()}, self.gaps)

    @property
    def pomp(self) -> Mapping[str, float]:
        """The known values as percent of maximum possible; looked up as in ``scores``."""
        return Known({key.value: value.pomp for key, value in self.known.items()}, self.gaps)

    @property
    def gaps(self) -> Mapping[Construct, Missing]:
        """Which determinants are not known, and why; and what else was asked and is missing."""
        asked = dict.fromkeys(DETERMINANTS, Missing.NIET_GEVRAAGD) | dict(self.waarden)
        return FrozenMapping({key: value for key, value in asked.items() if isinstance(value, Missing)})

    def knelpunten(self, *, most: int = 3, metric: Metric | None = None) -> Knelpunten:
        """The lowest helping determinants; social pressure and what is missing stand apart.

        Args:
            most: How many to give; ties at the cut are all given.
            metric: ``pomp`` when the determinants are on different scales.

        Returns:
            The lowest, lowest first.

        Raises:
            InputError: ``mixed-scales`` when the scales differ and no metric is given.

        Example:
            >>> from igm.constructs.schaal import LIKERT5
            >>> gedrag = Gedrag(action="solliciteren", target="werkgevers", context="met begeleiding",
            ...                 time="komende 4 weken", doel="betaald werk")
            >>> waarden = {"kennis": Waarde(score=3.6, schaal=LIKERT5), "context": Waarde(score=2.1, schaal=LIKERT5)}
            >>> Profiel(gedrag=gedrag, waarden=waarden).knelpunten(most=1)
            Knelpunten(context; n=2 known, 4 missing, metric='schaal')
        """
        return find_knelpunten(self.waarden, most=most, metric=metric)

    def table(self, lang: Language = "nl") -> Table:
        """All values part by part, the sensitive ones included: this is the asking for them."""
        return self._table(lang, mask=False)

    def _table(self, lang: Language, *, mask: bool) -> Table:
        notes = tuple(note for note in (self.ref, self.gemaakt_met) if note is not None)
        return profile_table(
            self.waarden, self.composites, title=self.gedrag.text(lang), notes=notes, lang=lang, mask=mask
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON; sensitive values are in it."""
        return self.model_dump(mode="json")

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        """A profile from what ``to_dict`` gave, in this or an earlier release.

        Args:
            data: Plain data, with its ``schema_version``.

        Returns:
            The profile.

        Raises:
            InputError: ``invalid-value`` for what is no mapping, ``migration-unknown`` for a version that this release
                cannot read; else every problem with its path.
        """
        if not is_mapping(data):
            do = "Give the mapping itself; of a JSON text, what json.loads makes of it."
            raise InputError.of("invalid-value", "a mapping was expected", do, given=shown(data))
        version = data.get("schema_version")
        if type(version) is not int or version != SCHEMA_VERSION:
            raise InputError.of(
                "migration-unknown",
                "a stored profile of a version that this release cannot read",
                f"Give a profile with schema_version {SCHEMA_VERSION}, or use the release that stored it.",
                where="$.schema_version",
                given=shown(version),
            )
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise InputError(*problems_of(error)) from None

    def __repr_args__(self) -> Any:
        if self.ref is not None:
            yield "ref", self.ref
        yield None, self.gedrag.key
        yield "determinants", f"{sum(key in self.known for key in DETERMINANTS)} of {len(DETERMINANTS)}"
        counted = [
            (value.n_valid, value.n_items) for value in self.known.values() if value.n_valid is not None
        ]
        if counted:
            valid = sum(n for n, _ in counted)
            asked = [n for _, n in counted if n is not None]
            yield "items", f"{valid} of {sum(asked)}" if len(asked) == len(counted) else str(valid)

    def __str__(self) -> str:
        return self._table("nl", mask=True).text()

    def _repr_html_(self) -> str:
        return self._table("nl", mask=True).html()


def _unknown(name: object, *, hint: bool) -> PydanticCustomError:
    """A construct that does not exist; of many, the nearest name is sought for the first only."""
    do = "Check the spelling."
    if hint:
        do = nearest_construct(name)
    return fault("unknown-construct", "unknown construct", do, given=shown(name))


def _read(key: Construct, given: Any) -> tuple[Waarde | Missing, list[tuple[Location, PydanticCustomError]]]:
    """The value for a construct, and what is wrong with it; a sensitive value is not told in the error."""
    hide = key.info.sensitive
    try:
        value = read_waarde(given, SocialeDruk if key is Construct.SOCIALE_DRUK else Waarde)
    except ValidationError as error:
        return Missing.NIET_GEVRAAGD, faults_of(error, hide=hide)
    except PydanticCustomError as error:
        return Missing.NIET_GEVRAAGD, [((), masked(error) if hide else error)]
    if value is None:
        return Missing.NIET_GEVRAAGD, []
    if isinstance(value, Waarde) and value.schaal is None:
        do = "Give schaal=, such as LIKERT5."
        return value, [(("schaal",), fault("missing-field", "a value in a profile carries its scale", do))]
    return value, []
