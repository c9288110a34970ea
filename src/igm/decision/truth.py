"""Three-valued truth, four-valued answers and the words for them."""

from __future__ import annotations

import copyreg
import sys
from collections.abc import Mapping
from enum import EnumType, IntEnum, StrEnum
from functools import cache
from typing import Any, Self, cast

from igm.errors import KaderError, Problems


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


class _UitkomstType(EnumType):
    """The type of outcome classes; it says how such a class is pickled, as Python can only find what a module names."""


class Uitkomst(StrEnum, metaclass=_UitkomstType):
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

        Raises:
            KaderError: ``kader-invalid`` for a name that Python cannot use or a value without text,
                ``duplicate-name`` for a value that occurs twice; with all that is wrong.

        Example:
            >>> Route = Uitkomst.declare("Route", {"WERK": "werk", "SCHOOL": "school"})
            >>> Route("werk"), Route.declare("Route", {"WERK": "werk", "SCHOOL": "school"}) is Route
            (<Route.WERK: 'werk'>, True)
        """
        problems = Problems()
        seen: dict[str, str] = {}
        for member, value in members.items():
            where = f"$.uitkomsten.{member}" if str(member).isidentifier() else f"$.uitkomsten[{member!r}]"
            if not _can_be_named(member):
                do = "Use letters, digits and underscores, beginning with a letter, such as NIET_NU."
                problems.add(
                    "kader-invalid", "an outcome's name cannot be used", do, where=where, given=repr(member)
                )
            if not isinstance(value, str) or not value.strip():
                problems.add("kader-invalid", "an outcome's value is not text", "Give text.", where=where)
            elif value in seen:
                what = f"two outcomes have the same value: {seen[value]} and {member}"
                problems.add("duplicate-name", what, "Give each its own.", where=where, given=repr(value))
            else:
                seen[value] = member
        problems.raise_any(KaderError)
        return _declared(name, tuple(members.items()))

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return _member, (type(self), self.value)


def _can_be_named(member: object) -> bool:
    if not isinstance(member, str) or not member.isidentifier() or member.startswith("_"):
        return False
    return not hasattr(Uitkomst, member) and member not in {"name", "value"}


@cache
def _declared(name: str, members: tuple[tuple[str, str], ...]) -> type[Uitkomst]:
    functional: Any = Uitkomst  # type checkers know the functional call for literal members only
    return cast("type[Uitkomst]", functional(name, members))


def _member(outcomes: type[Uitkomst], value: str) -> Uitkomst:
    return outcomes(value)


def _reduced(outcomes: type[Uitkomst]) -> str | tuple[Any, ...]:
    """A class that a module names as that name; one that was declared as what it was declared with."""
    name: str = outcomes.__qualname__
    if getattr(sys.modules.get(outcomes.__module__), name, None) is outcomes:
        return name
    members = tuple((name, member.value) for name, member in outcomes.__members__.items())
    return _declared, (outcomes.__name__, members)


copyreg.pickle(cast("Any", _UitkomstType), cast("Any", _reduced))
