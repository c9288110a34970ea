"""``Toestemming``: what a person consented to, and the refusal to use data for research without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from pydantic import ConfigDict, Field

from igm.constructs._base import Day, IgmModel, fault, raise_faults
from igm.errors import ConsentError


class Scope(StrEnum):
    """What the data may be used for; consent to one is not consent to the other.

    Example:
        >>> Scope("onderzoek")
        <Scope.ONDERZOEK: 'onderzoek'>
    """

    BEGELEIDING = "begeleiding"
    ONDERZOEK = "onderzoek"


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
        """Whether it was not withdrawn."""
        return self.ingetrokken is None


def refuse_without_consent(people: Iterable[Sequence[Toestemming]]) -> None:
    """Refuse a group of people in which someone has no valid consent for research.

    Args:
        people: The consents of each person.

    Raises:
        ConsentError: ``consent-missing``; it counts the people and names nobody.

    Example:
        >>> yes = Toestemming(scope=Scope.ONDERZOEK, datum="2024-10-01")
        >>> refuse_without_consent([[yes], [yes]])
        >>> refuse_without_consent([[yes], []])
        Traceback (most recent call last):
        ...
        igm.errors.ConsentError: 1 of 2 people gave no valid consent for research, ... [consent-missing]
    """
    given = [any(one.scope is Scope.ONDERZOEK and one.valid for one in consents) for consents in people]
    lacking = given.count(False)
    if lacking:
        raise ConsentError.of(
            "consent-missing",
            f"{lacking} of {len(given)} people gave no valid consent for research",
            "Leave them out; consent must be given by the day of the answers, and not be withdrawn.",
        )
