"""``Toestemming``: what a person consented to, and the refusal to use data for research without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import cast

from pydantic import ConfigDict, Field

from igm._display import Language
from igm.constructs._base import Day, IgmModel, fault, known_language, raise_faults, shown
from igm.errors import ConsentError, InputError


class Scope(StrEnum):
    """What the data may be used for; consent to one is not consent to the other.

    Example:
        >>> Scope("onderzoek")
        <Scope.ONDERZOEK: 'onderzoek'>
        >>> Scope.ONDERZOEK.label("en")
        'research'
    """

    BEGELEIDING = "begeleiding"
    ONDERZOEK = "onderzoek"

    def label(self, lang: Language = "nl") -> str:
        """The name as people read it."""
        if known_language(lang) == "nl":
            return self.value
        return "guidance" if self is Scope.BEGELEIDING else "research"


class Toestemming(IgmModel):
    """Consent of one person for one use.

    Attributes:
        scope: What the data may be used for.
        datum: The day on which consent was given.
        ingetrokken: The day on which it was withdrawn, if it was.

    Raises:
        pydantic.ValidationError: ``value-out-of-range`` when it was withdrawn before it was given.

    Example:
        >>> given = Toestemming(scope=Scope.ONDERZOEK, datum="2024-10-01")
        >>> given.valid
        True
        >>> Toestemming(scope="onderzoek", datum="2024-10-01", ingetrokken="2024-11-05").valid
        False
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"scope": "onderzoek", "datum": "2024-10-01"}]})

    scope: Scope = Field(description="what the data may be used for", examples=["onderzoek"])
    datum: Day = Field(description="when consent was given", examples=["2024-10-01"])
    ingetrokken: Day | None = Field(
        default=None, description="when it was withdrawn", examples=["2024-11-05"]
    )

    def _check(self) -> None:
        if self.ingetrokken is not None and self.ingetrokken < self.datum:
            error = fault(
                "value-out-of-range",
                "consent was withdrawn before it was given",
                "Give the day of withdrawal on or after the day of consent.",
                given=f"{self.ingetrokken} before {self.datum}",
            )
            raise_faults(type(self).__name__, [(("ingetrokken",), error)])

    @property
    def valid(self) -> bool:
        """Whether this one was not withdrawn; `has_consent` weighs all consents of a person."""
        return self.ingetrokken is None


def has_consent(consents: Sequence[Toestemming], scope: Scope) -> bool:
    """Whether someone's consents, taken together, allow a use.

    The latest counts. A withdrawal ends every consent for that use that was given on the same day or before; only a
    consent of a later day starts anew.

    Args:
        consents: All of one person, in any order, the withdrawn ones among them.
        scope: The use.

    Example:
        >>> given = Toestemming(scope=Scope.ONDERZOEK, datum="2024-10-01")
        >>> withdrawn = Toestemming(scope=Scope.ONDERZOEK, datum="2024-10-01", ingetrokken="2024-11-05")
        >>> has_consent([given], Scope.ONDERZOEK), has_consent([given, withdrawn], Scope.ONDERZOEK)
        (True, False)
    """
    own = [one for one in consents if one.scope is scope]
    withdrawn = max((one.ingetrokken for one in own if one.ingetrokken is not None), default=None)
    return any(one.valid and (withdrawn is None or one.datum > withdrawn) for one in own)


def refuse_without_consent(people: Iterable[Sequence[Toestemming]]) -> None:
    """Refuse a group of people in which someone has no valid consent for research.

    Args:
        people: The consents of each person, the withdrawn ones among them; see `has_consent` for how they add up.

    Raises:
        ConsentError: ``consent-missing``; it counts the people and names nobody.
        InputError: ``invalid-value`` when it is no list with the consents of each person.

    Example:
        >>> yes = Toestemming(scope=Scope.ONDERZOEK, datum="2024-10-01")
        >>> refuse_without_consent([[yes], [yes]])
        >>> refuse_without_consent([[yes], []])
        Traceback (most recent call last):
        ...
        igm.errors.ConsentError: 1 of 2 people gave no valid consent for research, ... [consent-missing]
    """
    given = [has_consent(_consents(one), Scope.ONDERZOEK) for one in _listed(people)]
    lacking = given.count(False)
    if lacking:
        raise ConsentError.of(
            "consent-missing",
            f"{lacking} of {len(given)} people gave no valid consent for research",
            "Leave them out; consent must be given by the day of the answers, and not be withdrawn.",
        )


def _listed(people: object) -> Iterable[object]:
    given = shown(people)
    if isinstance(people, (str, bytes, Mapping, IgmModel)) or not isinstance(people, Iterable):
        raise _no_consents(given)
    return cast("Iterable[object]", people)


def _consents(person: object) -> Sequence[Toestemming]:
    given = shown(person)
    listed = cast("Sequence[object]", person) if isinstance(person, (list, tuple)) else (None,)
    consents = [one for one in listed if isinstance(one, Toestemming)]
    if len(consents) < len(listed):
        raise _no_consents(given)
    return consents


def _no_consents(given: str) -> InputError:
    do = "Give a list with, for each person, a list of Toestemming."
    return InputError.of("invalid-value", "the consents of each person were expected", do, given=given)
