"""Conditions: what a rule reads, as an immutable tree that ``&``, ``|`` and ``~`` compose.

A condition has no Python truth value: it is a description, and what it is worth depends on a case that may not be
complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final, Literal, NoReturn, TypeAlias

import attrs

from igm.constructs._base import shown
from igm.decision.truth import Antwoord
from igm.errors import KaderError, OperandError, TruthinessError

MAX_DEPTH: Final = 100
"""Deeper nesting is refused; thousands of conditions side by side are fine."""

MAX_SIZE: Final = 25_000
"""A condition that names others which name others can grow beyond measure; a larger one is refused."""


class FactKind(StrEnum):
    """The kinds of fact.

    Example:
        >>> FactKind("ja_nee")
        <FactKind.JA_NEE: 'ja_nee'>
    """

    JA_NEE = "ja_nee"
    GETAL = "getal"
    KEUZE = "keuze"
    DATUM = "datum"


@attrs.frozen(eq=False)
class Condition:
    """Base of all conditions; combine with ``&`` (and), ``|`` (or) and ``~`` (not).

    ``==`` compares structure: two conditions are equal when they read the same.

    Example:
        >>> from igm.decision import feit
        >>> jong = feit.getal("leeftijd") < 27
        >>> jong & ~feit.ja_nee("schulden")
        (leeftijd < 27 en niet schulden)
        >>> if jong:  # doctest: +ELLIPSIS
        ...     pass
        Traceback (most recent call last):
        ...
        igm.errors.TruthinessError: a condition has no truth value of its own, ... [condition-has-no-truth]
    """

    def __and__(self, other: Condition) -> Condition:
        return _join(And, self, operand(other))

    def __or__(self, other: Condition) -> Condition:
        return _join(Or, self, operand(other))

    def __invert__(self) -> Condition:
        return self.part if isinstance(self, Not) else Not(self)

    def __rand__(self, other: object) -> NoReturn:
        _refuse(other)

    def __ror__(self, other: object) -> NoReturn:
        _refuse(other)

    def __bool__(self) -> NoReturn:
        raise TruthinessError.of(
            "condition-has-no-truth",
            "a condition has no truth value of its own",
            "Combine with &, | and ~, each comparison in parentheses, and evaluate it in a kader.",
            given=repr(self),
        )

    @property
    def children(self) -> tuple[Condition, ...]:
        """The conditions that this one is made of."""
        return ()

    def walk(self) -> Iterator[Condition]:
        """This condition and all that it is made of."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def facts(self) -> frozenset[str]:
        """Names of the facts that it reads."""
        return frozenset(name for node in self.walk() if isinstance(node, Atom) for name in node.reads)


def operand(other: object) -> Condition:
    """A condition as an operand of another; anything else is refused with the fix."""
    if not isinstance(other, Condition):
        _refuse(other)
    return other


def _refuse(other: object) -> NoReturn:
    raise OperandError.of(
        "operand-type",
        "an operand of & or | is not a condition",
        "Compare numbers, choices and dates, each in parentheses, as in (leeftijd < 27) & ~schulden.",
        given=shown(other),
    )


@attrs.frozen
class Atom(Condition):
    """A condition on one fact; what a predicate says is one on its answer."""

    fact: str
    kind: FactKind

    @property
    def reads(self) -> tuple[str, ...]:
        """Names of the facts that it reads."""
        return (self.fact,)


@attrs.frozen(repr=False)
class JaNee(Atom):
    """A yes/no fact is true."""

    kind: FactKind = attrs.field(default=FactKind.JA_NEE, init=False)

    def is_(self, value: bool, /) -> Condition:
        """The fact is exactly this: ``is_(True)`` or ``is_(False)``."""
        if not isinstance(value, bool):
            raise wrong_value(self.fact, "True or False", value)
        return self if value else ~self

    def __repr__(self) -> str:
        return self.fact


Op: TypeAlias = Literal["<", "<=", ">", ">="]


@attrs.frozen(repr=False)
class Compare(Atom):
    """A number or a date compared with a threshold."""

    op: Op
    threshold: float | date

    def __repr__(self) -> str:
        return f"{self.fact} {self.op} {self.threshold}"


@attrs.frozen(repr=False)
class Age(Atom):
    """The whole years from a date to the reference date, compared with a number of years."""

    kind: FactKind = attrs.field(default=FactKind.DATUM, init=False)
    op: Op
    years: int

    def __repr__(self) -> str:
        return f"jaren sinds {self.fact} {self.op} {self.years}"


@attrs.frozen(repr=False)
class OneOf(Atom):
    """A fact has one of the values named."""

    values: tuple[str | float | date, ...]

    def __repr__(self) -> str:
        if len(self.values) == 1:
            return f"{self.fact} is {self.values[0]}"
        return f"{self.fact} in ({', '.join(map(str, self.values))})"


@attrs.frozen(repr=False)
class Known(Atom):
    """A fact has a value, whatever it is."""

    def __repr__(self) -> str:
        return f"bekend({self.fact})"


@attrs.frozen(repr=False)
class AnswerIs(Condition):
    """A question of the kader is answered in one of these ways; open as long as the answer is."""

    question: str
    answers: tuple[Antwoord, ...]

    def __repr__(self) -> str:
        return f"antwoord {self.question} is {' of '.join(answer.label for answer in self.answers)}"


@attrs.frozen(repr=False)
class Always(Condition):
    """True in every case; for the last row of ``beslis``."""

    def __repr__(self) -> str:
        return "anders"


def _depth(condition: Condition) -> int:
    return getattr(condition, "depth", 0)


def _depth_of_children(condition: Condition) -> int:
    return 1 + max(map(_depth, condition.children), default=0)


def _size(condition: Condition) -> int:
    return getattr(condition, "size", 1)


def _size_of_children(condition: Condition) -> int:
    return 1 + sum(map(_size, condition.children))


def _checked_size(size: int) -> int:
    if size > MAX_SIZE:
        raise KaderError.of(
            "condition-too-deep",
            f"a condition is made of more than {MAX_SIZE:,} parts",
            "Let rules of their own say parts of it.",
            given=f"{size:,} parts",
        )
    return size


def _checked_depth(depth: int) -> int:
    if depth > MAX_DEPTH:
        raise KaderError.of(
            "condition-too-deep",
            f"conditions are nested more than {MAX_DEPTH} levels deep",
            "Name parts of it in rules of their own, or join conditions side by side.",
            given=f"{depth} levels",
        )
    return depth


@attrs.frozen(repr=False, cache_hash=True)
class _Joined(Condition):
    parts: tuple[Condition, ...]
    depth: int = attrs.field(
        default=attrs.Factory(_depth_of_children, takes_self=True),
        eq=False,
        kw_only=True,
        converter=_checked_depth,
    )
    size: int = attrs.field(
        default=attrs.Factory(_size_of_children, takes_self=True),
        eq=False,
        kw_only=True,
        converter=_checked_size,
    )

    @property
    def children(self) -> tuple[Condition, ...]:
        """The conditions that are joined."""
        return self.parts


@attrs.frozen(repr=False, cache_hash=True)
class And(_Joined):
    """All parts are true."""

    def __repr__(self) -> str:
        return f"({' en '.join(map(repr, self.parts))})"


@attrs.frozen(repr=False, cache_hash=True)
class Or(_Joined):
    """At least one part is true."""

    def __repr__(self) -> str:
        return f"({' of '.join(map(repr, self.parts))})"


@attrs.frozen(repr=False, cache_hash=True)
class Not(Condition):
    """The part is false."""

    part: Condition
    depth: int = attrs.field(
        default=attrs.Factory(_depth_of_children, takes_self=True),
        eq=False,
        kw_only=True,
        converter=_checked_depth,
    )
    size: int = attrs.field(
        default=attrs.Factory(_size_of_children, takes_self=True),
        eq=False,
        kw_only=True,
        converter=_checked_size,
    )

    @property
    def children(self) -> tuple[Condition, ...]:
        """The condition that is denied."""
        return (self.part,)

    def __repr__(self) -> str:
        return f"niet {self.part!r}"


@attrs.frozen(repr=False, cache_hash=True)
class Count(_Joined):
    """Of the parts, at least ``least`` and at most ``most`` are true."""

    least: int = 0
    most: int | None = None

    def __repr__(self) -> str:
        bounds = [f"ten minste {self.least}"] if self.least else []
        bounds += [f"ten hoogste {self.most}"] if self.most is not None else []
        return f"{' en '.join(bounds)} van ({', '.join(map(repr, self.parts))})"


def _join(kind: type[And | Or], left: Condition, right: Condition) -> Condition:
    parts: tuple[Condition, ...] = ()
    depth = size = 1
    for side in (left, right):
        if isinstance(side, kind):
            parts, depth, size = parts + side.parts, max(depth, side.depth), size + side.size - 1
        else:
            parts, depth, size = (*parts, side), max(depth, 1 + _depth(side)), size + _size(side)
    return kind(parts, depth=depth, size=size)


def wrong_value(fact: str, expected: str, given: object) -> OperandError:
    """The error for a value that a condition on a fact cannot have."""
    return OperandError.of(
        "operand-type",
        f"a condition on {fact!r} has a value of the wrong type",
        f"Give {expected}.",
        given=shown(given),
    )
