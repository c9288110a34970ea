"""The three parties of a chain: who they are, and the one profile that each takes part with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

import attrs

from igm.congruence.pairs import Party
from igm.constructs._base import one_of, shown
from igm.constructs._person import Person
from igm.constructs.personen import Client, Manager, Professional
from igm.constructs.profiel import Profiel
from igm.constructs.toestemming import Toestemming, refuse_without_consent
from igm.errors import AmbiguousProfileError, Problems

ChainRole: TypeAlias = Literal["manager", "professional", "client"]
"""A place in the chain, from who guides to who is guided."""

ROLES: Final[tuple[ChainRole, ...]] = ("manager", "professional", "client")
_KINDS: Final[Mapping[ChainRole, type[Person]]] = {
    "manager": Manager,
    "professional": Professional,
    "client": Client,
}


@attrs.frozen(repr=False)
class ChainParty:
    """One party of a chain.

    Attributes:
        role: The place in the chain.
        ref: Who it is, as a pseudonym, where that was given.
        profiel: The profile that takes part; ``None`` when there is none.
        missing: Why there is no profile: ``"missing-party"`` for nobody, ``"no-profile"`` for a person without values.

    Example:
        >>> ChainParty("manager", "m-2", None, "no-profile")
        ChainParty('manager', ref='m-2', missing='no-profile')
    """

    role: ChainRole
    ref: str | None
    profiel: Profiel | None
    missing: Literal["missing-party", "no-profile"] | None = None

    @property
    def is_present(self) -> bool:
        """Whether there is a person, with or without values."""
        return self.missing != "missing-party"

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON; sensitive values are in it."""
        profiel = None if self.profiel is None else self.profiel.to_dict()
        return {"role": self.role, "ref": self.ref, "profiel": profiel, "missing": self.missing}

    def __repr__(self) -> str:
        return f"ChainParty({self.role!r}, ref={self.ref!r}, missing={self.missing!r})"


def read_parties(given: Mapping[ChainRole, Party | None], problems: Problems) -> tuple[ChainParty, ...]:
    """The three parties, each in its own place; what is wrong goes to ``problems``."""
    parties = tuple(_party(role, given[role], problems) for role in ROLES)
    if not any(party.is_present for party in parties):
        do = "Give manager=, professional= and client=; one that is missing is None."
        problems.add("missing-field", "a chain without anyone", do)
    first: dict[str, ChainRole] = {}
    for party in parties:
        if party.ref is None:
            continue
        if party.ref in first:
            do = "Give each party a reference of their own: nobody guides themselves."
            what = f"the {first[party.ref]} and the {party.role} are the same person"
            problems.add("duplicate-name", what, do, where=f"$.{party.role}.ref", given=party.ref)
        first.setdefault(party.ref, party.role)
    return parties


def _party(role: ChainRole, given: object, problems: Problems) -> ChainParty:
    where = f"$.{role}"
    if given is None:
        return ChainParty(role, None, None, "missing-party")
    if isinstance(given, Profiel):
        return ChainParty(role, given.ref, given)
    kind = _KINDS[role]
    if not isinstance(given, kind):
        is_other = isinstance(given, tuple(_KINDS.values()))
        what = f"a {type(given).__name__} in the place of the {role}" if is_other else f"not a {role}"
        do = f"Give a {kind.__name__}, a Profiel, or None when there is nobody."
        problems.add("invalid-value", what, do, where=where, given=shown(given))
        return ChainParty(role, None, None, "no-profile")
    profiel = None
    if given.profielen:
        try:
            profiel = given.profiel
        except AmbiguousProfileError as error:
            problems.extend(problem.under(where) for problem in error.problems)
    return ChainParty(role, given.ref, profiel, "no-profile" if profiel is None else None)


def check_consent(given: Mapping[ChainRole, Party | None], doel: object) -> None:
    """Refuse to compare for research who did not consent to that; a profile alone carries no consent."""
    if doel is None:
        return
    one_of(doel, ["onderzoek"], "unknown purpose", "$.doel")
    refuse_without_consent(_consents(party) for party in given.values() if party is not None)


def _consents(party: Party) -> list[Toestemming]:
    """The consents that can count: one that was given after the day of a value does not reach back."""
    if not isinstance(party, Person):
        return []
    days = [
        value.datum
        for profiel in party.profielen.values()
        for value in profiel.known.values()
        if value.datum is not None
    ]
    day = min(days, default=None)
    return [one for one in party.toestemmingen if day is None or one.datum <= day or not one.valid]
