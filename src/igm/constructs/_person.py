"""What clients, professionals and managers share: values on one behaviour, or on several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, TypeVar

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from igm._display import Cell, Language, Table
from igm.constructs._base import (
    FrozenMapping,
    IgmModel,
    ListOf,
    Location,
    fault,
    faults_of,
    is_mapping,
    known_language,
    masked,
    problems_of,
    raise_faults,
)
from igm.constructs.determinanten import DeterminantGroup, Doen, Kunnen, Willen
from igm.constructs.gedrag import Gedrag
from igm.constructs.model import DETERMINANTS, Construct
from igm.constructs.profiel import Profiel
from igm.constructs.ref import Ref
from igm.constructs.schaal import Schaal
from igm.constructs.toestemming import Toestemming
from igm.constructs.waarde import Missing, SocialeDruk, Waarde, faults_on, read_waarde
from igm.errors import AmbiguousProfileError, InputError

M = TypeVar("M", bound=IgmModel)

Faults = list[tuple[Location, PydanticCustomError]]
Entries = dict[Location, tuple[Construct, Waarde | Missing]]


class Person(IgmModel):
    """Values on one behaviour, and profiles on other behaviours.

    A scale that is given here stands in for values that carry none; the values themselves stay as they were given.
    """

    absent_code: ClassVar[Mapping[str, str]] = {"gedrag": "incomplete-behaviour"}
    groups: ClassVar[Mapping[str, type[DeterminantGroup]]] = {
        "willen": Willen,
        "kunnen": Kunnen,
        "doen": Doen,
    }
    """Fields that hold several constructs."""
    singles: ClassVar[Mapping[str, Construct]] = {}
    """Fields that hold one construct."""

    ref: Ref = Field(description="the person, as a pseudonym")
    gedrag: Gedrag | None = Field(
        default=None, description="the behaviour and goal that the values are about"
    )
    schaal: Schaal | None = Field(default=None, description="the scale of values that carry none themselves")
    willen: Willen = Field(default_factory=Willen, description="what the person wants")
    kunnen: Kunnen = Field(default_factory=Kunnen, description="what the person can")
    doen: Doen = Field(default_factory=Doen, description="what the person does")
    toestemmingen: ListOf[Toestemming] = Field(default=(), description="what the person consented to")
    andere_profielen: ListOf[Profiel] = Field(default=(), description="profiles on other behaviours")

    @model_validator(mode="wrap")
    @classmethod
    def _as_a_whole(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not is_mapping(data):
            return handler(data)
        try:
            made = handler(data)
        except ValidationError as error:
            raise_faults(cls.__name__, [*faults_of(error), *cls._faults(data)])
            raise
        raise_faults(cls.__name__, cls._faults(dict(made)))
        return made

    @classmethod
    def _faults(cls, data: Mapping[Any, Any]) -> Faults:
        """What is wrong between fields, as far as the fields themselves are sound."""
        entries = cls._entries(data)
        known = {loc: (key, value) for loc, (key, value) in entries.items() if isinstance(value, Waarde)}
        faults: Faults = []
        if known and data.get("gedrag") is None:
            do = "Give gedrag=Gedrag(action=…, target=…, context=…, time=…, doel=…)."
            faults.append(
                (
                    ("gedrag",),
                    fault("incomplete-behaviour", "values without the behaviour they are about", do),
                )
            )
        unscaled = {loc: (key, value) for loc, (key, value) in known.items() if value.schaal is None}
        if unscaled and data.get("schaal") is None:
            do = "Give schaal=, such as LIKERT5, or give each value its own."
            faults.append(
                (("schaal",), fault("missing-field", "values without the scale they were given on", do))
            )
        schaal = _sound(Schaal, data.get("schaal"))
        for loc, (key, value) in unscaled.items():
            for inner, error in [] if schaal is None else faults_on(schaal, value):
                path = loc if inner == ("score",) else (*loc, *inner)
                faults.append((path, masked(error) if key.info.sensitive else error))
        return faults + _profile_faults(data, has_own=bool(entries))

    @classmethod
    def _entries(cls, data: Mapping[Any, Any]) -> Entries:
        """The person's own values and kinds of missing by their path, as far as they are sound."""
        entries: Entries = {}
        for field, group in cls.groups.items():
            given = data.get(field)
            values = dict(given) if isinstance(given, DeterminantGroup) or is_mapping(given) else {}
            fields = group.constructs()
            for name, value in values.items():
                inner = group.field_of(name)
                if inner in fields:
                    _add(entries, (field, inner), fields[inner], value)
        for field, construct in cls.singles.items():
            _add(entries, (field,), construct, data.get(field))
        return entries

    @property
    def profielen(self) -> Mapping[str, Profiel]:
        """The person's profiles by the key of their behaviour; the person's own values make the first."""
        profielen: dict[str, Profiel] = {}
        entries = self._entries(dict(self))
        if self.gedrag is not None and entries:
            waarden = {key: self._scaled(value) for key, value in entries.values()}
            profielen[self.gedrag.key] = Profiel(ref=self.ref, gedrag=self.gedrag, waarden=waarden)
        profielen |= {profiel.gedrag.key: profiel for profiel in self.andere_profielen}
        return FrozenMapping(profielen)

    def _scaled(self, value: Waarde | Missing) -> Waarde | Missing:
        if isinstance(value, Missing) or value.schaal is not None:
            return value
        return value.model_copy(update={"schaal": self.schaal})

    @property
    def profiel(self) -> Profiel:
        """The person's only profile.

        Raises:
            AmbiguousProfileError: ``ambiguous-profile`` when there are several, naming their keys, or none.
        """
        profielen = self.profielen
        if len(profielen) == 1:
            return next(iter(profielen.values()))
        given = ", ".join(profielen) or "none"
        do = (
            "Choose one: person.profielen[key]."
            if profielen
            else "Give gedrag= and values, or use with_profiel()."
        )
        raise AmbiguousProfileError.of(
            "ambiguous-profile", f"one profile was asked for and there are {len(profielen)}", do, given=given
        )

    def with_profiel(self, profiel: Profiel, /) -> Self:
        """A copy of this person with one more profile, checked as a whole.

        Args:
            profiel: A profile on another behaviour.

        Returns:
            The copy.

        Raises:
            InputError: ``duplicate-name`` when there is a profile on that behaviour already, ``invalid-value`` when the
                profile is another person's.
        """
        try:
            return type(self).model_validate(
                {**dict(self), "andere_profielen": (*self.andere_profielen, profiel)}
            )
        except ValidationError as error:
            raise InputError(*problems_of(error)) from None

    def table(self, lang: Language = "nl") -> Table:
        """What is known of the person in short, sensitive fields included; the values are in ``profiel.table()``."""
        return self._table(lang, mask=False)

    def _table(self, lang: Language, *, mask: bool) -> Table:
        headers = ["veld", "waarde"] if known_language(lang) == "nl" else ["field", "value"]
        return Table(
            headers, self._rows(lang, mask=mask), title=f"{type(self).__name__} {self.ref}", lang=lang
        )

    def _rows(self, lang: Language, *, mask: bool) -> list[list[Cell]]:
        """One row per thing to tell; roles add their own and mask what is sensitive."""
        del mask
        dutch = lang == "nl"
        of = "van" if dutch else "of"
        rows: list[list[Cell]] = [
            [
                "profiel" if dutch else "profile",
                f"{profiel.gedrag.text(lang)} ({_determinants(profiel)} {of} {len(DETERMINANTS)})",
            ]
            for profiel in self.profielen.values()
        ]
        for one in self.toestemmingen:
            until = "" if one.ingetrokken is None else f" – {one.ingetrokken.isoformat()}"
            consent = "toestemming" if dutch else "consent"
            rows.append([consent, f"{one.scope.label(lang)}, {one.datum.isoformat()}{until}"])
        return rows

    def __repr_args__(self) -> Any:
        profielen = self.profielen
        yield None, self.ref
        yield "profielen", len(profielen)
        if len(profielen) == 1:
            yield "determinants", f"{_determinants(self.profiel)} of {len(DETERMINANTS)}"

    def __str__(self) -> str:
        return self._table("nl", mask=True).text()

    def _repr_html_(self) -> str:
        return self._table("nl", mask=True).html()


def _determinants(profiel: Profiel) -> int:
    return sum(key in profiel.known for key in DETERMINANTS)


def _add(entries: Entries, loc: Location, construct: Construct, given: Any) -> None:
    try:
        value = read_waarde(given, SocialeDruk if construct is Construct.SOCIALE_DRUK else Waarde)
    except (ValidationError, PydanticCustomError):
        return  # the field itself reports it
    if value is not None:
        entries[loc] = (construct, value)


def _sound(model: type[M], given: Any) -> M | None:
    """The model that was given, or ``None`` when it is absent or the field itself reports what is wrong."""
    try:
        return None if given is None else model.model_validate(given)
    except ValidationError:
        return None


def _profile_faults(data: Mapping[Any, Any], *, has_own: bool) -> Faults:
    """Two profiles on one behaviour, and profiles of another person."""
    gedrag = _sound(Gedrag, data.get("gedrag"))
    seen = {gedrag.key} if has_own and gedrag is not None else set[str]()
    faults: Faults = []
    others: Any = data.get("andere_profielen")
    for index, given in enumerate(others if type(others) in {list, tuple} else ()):
        profiel = _sound(Profiel, given)
        if profiel is None:
            continue
        loc = ("andere_profielen", index)
        if profiel.gedrag.key in seen:
            do = "Give one profile per behaviour."
            key = profiel.gedrag.key
            faults.append(
                ((*loc, "gedrag"), fault("duplicate-name", "a second profile on a behaviour", do, given=key))
            )
        if profiel.ref is not None and profiel.ref != data.get("ref"):
            do = "Give profiles of this person, or profiles without a ref."
            faults.append(
                ((*loc, "ref"), fault("invalid-value", "a profile of another person", do, given=profiel.ref))
            )
        seen.add(profiel.gedrag.key)
    return faults
