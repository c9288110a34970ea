"""Three-valued truth, four-valued answers and the words for them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from functools import cache
from typing import Any, Self, cast


class Truth(IntEnum):
    """Kleene's three values; unknown is a value of its own, never a no.

    Example:
        >>> min(Truth.TRUE, Truth.UNKNOWN), max(Truth.FALSE, Truth.UNKNOWN)
        (<Truth.UNKNOWN: 1>, <Truth.UNKNOWN: 1>)
    """

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    @classmethod
    def of(cls, true: int, false: int) -> Self:
        """The value of a pair of planes one case wide: is it true, is it false."""
        return cls(1 + true - false)


class Antwoord(StrEnum):
    """The answer to a question of a kader.

    Example:
        >>> Antwoord("twijfel").label
        'TWIJFEL'
    """

    JA = "ja"
    NEE = "nee"
    TWIJFEL = "twijfel"
    ONBEKEND = "onbekend"

    @property
    def label(self) -> str:
        """The answer as it is shown."""
        return self.value.upper()


class Pleit(StrEnum):
    """Which way an argument points: for or against the favourable outcome, or neither.

    Example:
        >>> Pleit("voor")
        <Pleit.VOOR: 'voor'>
    """

    VOOR = "voor"
    TEGEN = "tegen"
    NEUTRAAL = "neutraal"


class Beleid(StrEnum):
    """What to do with what is not known.

    ``exact``: the advice holds when today's evaluation and every way of filling in the unknowns agree on it.
    ``cautious``: plain Kleene logic; the first row of ``beslis`` that is open stops.

    Example:
        >>> Beleid("exact")
        <Beleid.EXACT: 'exact'>
    """

    EXACT = "exact"
    CAUTIOUS = "cautious"


class Uitkomst(StrEnum):
    """Base of the outcomes that a kader declares; `declare` makes a kader's own.

    Example:
        >>> Uitkomst.declare("Route", {"WERK": "werk"})("werk").label
        'WERK'
    """

    @property
    def label(self) -> str:
        """The outcome as it is shown."""
        return self.name

    @staticmethod
    def declare(name: str, members: Mapping[str, str]) -> type[Uitkomst]:
        """The outcomes of one kader, as an enumeration that also survives pickling.

        Args:
            name: Name of the enumeration.
            members: Value per member name.

        Example:
            >>> Route = Uitkomst.declare("Route", {"WERK": "werk", "SCHOOL": "school"})
            >>> Route("werk"), Route.declare("Route", {"WERK": "werk", "SCHOOL": "school"}) is Route
            (<Route.WERK: 'werk'>, True)
        """
        return _declared(name, tuple(members.items()))

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        members = tuple((name, member.value) for name, member in type(self).__members__.items())
        return _member, (type(self).__name__, members, self.value)


@cache
def _declared(name: str, members: tuple[tuple[str, str], ...]) -> type[Uitkomst]:
    functional: Any = Uitkomst  # type checkers know the functional call for literal members only
    return cast("type[Uitkomst]", functional(name, members))


def _member(name: str, members: tuple[tuple[str, str], ...], value: str) -> Uitkomst:
    return _declared(name, members)(value)
