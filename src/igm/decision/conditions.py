"""Conditions: what a rule reads, as an immutable tree that Python operators compose.

``feit`` refers to a declared fact by name and kind; comparisons on it give conditions, and ``&``, ``|`` and ``~`` join
them. A condition has no Python truth value: it is a description, and what it is worth depends on a case that may not be
complete.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final, Literal, NoReturn, TypeAlias

import attrs

from igm.decision.truth import Antwoord
from igm.errors import KaderError, OperandError, TruthinessError

MAX_DEPTH: Final = 100
"""Deeper nesting is refused; thousands of conditions side by side are fine."""


class FactKind(StrEnum):
    """The kinds of fact."""

    JA_NEE = "ja_nee"
    GETAL = "getal"
    KEUZE = "keuze"
    DATUM = "datum"


@attrs.frozen(eq=False)
class Condition:
    """Base of all conditions; combine with ``&`` (and), ``|`` (or) and ``~`` (not).

    ``==`` compares structure: two conditions are equal when they read the same.

    Example:
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
        return _join(And, self, _operand(other))

    def __or__(self, other: Condition) -> Condition:
        return _join(Or, self, _operand(other))

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
        return frozenset(node.fact for node in self.walk() if isinstance(node, Atom))


def _operand(other: object) -> Condition:
    if not isinstance(other, Condition):
        _refuse(other)
    return other


def _refuse(other: object) -> NoReturn:
    raise OperandError.of(
        "operand-type",
        "an operand of & or | is not a condition",
        "Compare numbers, choices and dates, each in parentheses, as in (leeftijd < 27) & ~schulden.",
        given=repr(other),
    )


@attrs.frozen
class Atom(Condition):
    """A condition on one fact."""

    fact: str
    kind: FactKind


@attrs.frozen(repr=False)
class JaNee(Atom):
    """A yes/no fact is true."""

    kind: FactKind = attrs.field(default=FactKind.JA_NEE, init=False)

    def is_(self, value: bool, /) -> Condition:
        """The fact is exactly this: ``is_(True)`` or ``is_(False)``."""
        if not isinstance(value, bool):
            raise _wrong_value(self.fact, "True or False", value)
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


def _checked_depth(depth: int) -> int:
    if depth > MAX_DEPTH:
        raise KaderError.of(
            "condition-too-deep",
            f"conditions are nested more than {MAX_DEPTH} levels deep",
            "Name parts of it in rules of their own, or join conditions side by side.",
            given=f"{depth} levels",
        )
    return depth


@attrs.frozen(repr=False)
class _Joined(Condition):
    parts: tuple[Condition, ...]
    depth: int = attrs.field(
        default=attrs.Factory(_depth_of_children, takes_self=True),
        eq=False,
        kw_only=True,
        converter=_checked_depth,
    )

    @property
    def children(self) -> tuple[Condition, ...]:
        """The conditions that are joined."""
        return self.parts


@attrs.frozen(repr=False)
class And(_Joined):
    """All parts are true."""

    def __repr__(self) -> str:
        return f"({' en '.join(map(repr, self.parts))})"


@attrs.frozen(repr=False)
class Or(_Joined):
    """At least one part is true."""

    def __repr__(self) -> str:
        return f"({' of '.join(map(repr, self.parts))})"


@attrs.frozen(repr=False)
class Not(Condition):
    """The part is false."""

    part: Condition
    depth: int = attrs.field(
        default=attrs.Factory(_depth_of_children, takes_self=True),
        eq=False,
        kw_only=True,
        converter=_checked_depth,
    )

    @property
    def children(self) -> tuple[Condition, ...]:
        """The condition that is denied."""
        return (self.part,)

    def __repr__(self) -> str:
        return f"niet {self.part!r}"


@attrs.frozen(repr=False)
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
    depth = 1
    for side in (left, right):
        if isinstance(side, kind):
            parts, depth = parts + side.parts, max(depth, side.depth)
        else:
            parts, depth = (*parts, side), max(depth, 1 + _depth(side))
    return kind(parts, depth=depth)


def _wrong_value(fact: str, expected: str, given: object) -> OperandError:
    return OperandError.of(
        "operand-type",
        f"a condition on {fact!r} has a value of the wrong type",
        f"Give {expected}.",
        given=repr(given),
    )


@attrs.frozen(repr=False, order=False)
class GetalRef:
    """Refers to a number; compare it to get a condition."""

    fact: str

    def _compare(self, op: Op, threshold: float) -> Condition:
        return Compare(self.fact, FactKind.GETAL, op, _number(self.fact, threshold))

    def __lt__(self, threshold: float) -> Condition:
        return self._compare("<", threshold)

    def __le__(self, threshold: float) -> Condition:
        return self._compare("<=", threshold)

    def __gt__(self, threshold: float) -> Condition:
        return self._compare(">", threshold)

    def __ge__(self, threshold: float) -> Condition:
        return self._compare(">=", threshold)

    def is_(self, value: float, /) -> Condition:
        """The number is exactly this."""
        return self.one_of(value)

    def one_of(self, *values: float) -> Condition:
        """The number is one of these."""
        return OneOf(
            self.fact, FactKind.GETAL, tuple(sorted({_number(self.fact, value) for value in values}))
        )

    def between(self, low: float, high: float, /) -> Condition:
        """The number lies from ``low`` to ``high``, both included."""
        return _between(self >= low, self <= high, low > high, f"{low} and {high}")

    def __repr__(self) -> str:
        return self.fact


@attrs.frozen(repr=False)
class KeuzeRef:
    """Refers to a choice from a closed set; name a value to get a condition."""

    fact: str

    def is_(self, value: str, /) -> Condition:
        """The choice is this one."""
        return self.one_of(value)

    def one_of(self, *values: str) -> Condition:
        """The choice is one of these."""
        for value in values:
            if not isinstance(value, str):
                raise _wrong_value(self.fact, "one of its options as text", value)
        return OneOf(self.fact, FactKind.KEUZE, tuple(sorted(set(map(str, values)))))

    def __repr__(self) -> str:
        return self.fact


@attrs.frozen(repr=False, order=False)
class YearsRef:
    """Refers to the whole years between a date and the reference date; compare it with a number of years."""

    fact: str

    def _compare(self, op: Op, years: int) -> Condition:
        if isinstance(years, bool) or not isinstance(years, int):
            raise _wrong_value(self.fact, "a whole number of years", years)
        return Age(self.fact, op, years)

    def __lt__(self, years: int) -> Condition:
        return self._compare("<", years)

    def __le__(self, years: int) -> Condition:
        return self._compare("<=", years)

    def __gt__(self, years: int) -> Condition:
        return self._compare(">", years)

    def __ge__(self, years: int) -> Condition:
        return self._compare(">=", years)


@attrs.frozen(repr=False, order=False)
class DatumRef:
    """Refers to a date; compare it, or the years since it, to get a condition."""

    fact: str

    def _compare(self, op: Op, threshold: date) -> Condition:
        return Compare(self.fact, FactKind.DATUM, op, _date(self.fact, threshold))

    def __lt__(self, threshold: date) -> Condition:
        return self._compare("<", threshold)

    def __le__(self, threshold: date) -> Condition:
        return self._compare("<=", threshold)

    def __gt__(self, threshold: date) -> Condition:
        return self._compare(">", threshold)

    def __ge__(self, threshold: date) -> Condition:
        return self._compare(">=", threshold)

    def is_(self, value: date, /) -> Condition:
        """It is exactly this day."""
        return OneOf(self.fact, FactKind.DATUM, (_date(self.fact, value),))

    def between(self, low: date, high: date, /) -> Condition:
        """The day lies from ``low`` to ``high``, both included."""
        return _between(self >= low, self <= high, low > high, f"{low} and {high}")

    def years(self) -> YearsRef:
        """The whole years from this date to the case's ``peildatum``; an age when the date is one of birth."""
        return YearsRef(self.fact)

    def __repr__(self) -> str:
        return self.fact


def _between(low: Condition, high: Condition, reversed_: bool, given: str) -> Condition:
    if reversed_:
        raise OperandError.of(
            "operand-type", "between() has its bounds reversed", "Give the lower bound first.", given=given
        )
    return low & high


def _number(fact: str, value: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise _wrong_value(fact, "a finite number; put each comparison in parentheses", value)
    return value


def _date(fact: str, value: date) -> date:
    if type(value) is not date:
        raise _wrong_value(fact, "a datetime.date", value)
    return value


class _Feit:
    """Refers to declared facts by name and kind.

    Example:
        >>> feit.getal("leeftijd").between(18, 26)
        (leeftijd >= 18 en leeftijd <= 26)
        >>> feit.keuze("schulden_trend").is_("verbeterd")
        schulden_trend is verbeterd
        >>> feit.datum("geboortedatum").years() < 27
        jaren sinds geboortedatum < 27
    """

    @staticmethod
    def ja_nee(name: str, /) -> JaNee:
        """A yes/no fact; itself a condition."""
        return JaNee(name)

    @staticmethod
    def getal(name: str, /) -> GetalRef:
        """A number."""
        return GetalRef(name)

    @staticmethod
    def keuze(name: str, /) -> KeuzeRef:
        """A choice from a closed set."""
        return KeuzeRef(name)

    @staticmethod
    def datum(name: str, /) -> DatumRef:
        """A date."""
        return DatumRef(name)


feit: Final = _Feit()
"""Refers to declared facts: ``feit.ja_nee("schulden")``, ``feit.getal("leeftijd") < 27``."""

Ref: TypeAlias = JaNee | GetalRef | KeuzeRef | DatumRef
_KIND_OF_REF: Final = {
    JaNee: FactKind.JA_NEE,
    GetalRef: FactKind.GETAL,
    KeuzeRef: FactKind.KEUZE,
    DatumRef: FactKind.DATUM,
}


def known(ref: Ref, /) -> Condition:
    """The fact has a value, whatever it is; never open itself.

    Example:
        >>> known(feit.getal("leeftijd"))
        bekend(leeftijd)
    """
    kind = _KIND_OF_REF.get(type(ref))
    if kind is None:
        raise OperandError.of(
            "operand-type",
            "known() asks for a fact",
            "Give a reference such as feit.getal('leeftijd').",
            given=repr(ref),
        )
    return Known(ref.fact, kind)


def antwoord(question: str, /) -> AnswerRef:
    """Refers to the answer of a question, for the rows of ``beslis``.

    Example:
        >>> antwoord("combinatie").is_("nee")
        antwoord combinatie is NEE
    """
    return AnswerRef(question)


@attrs.frozen
class AnswerRef:
    """Refers to the answer of a question; name an answer to get a condition."""

    question: str

    def is_(self, *answers: Antwoord | str) -> Condition:
        """The answer is this one, or one of these: ja, nee or twijfel."""
        named: list[Antwoord] = []
        for answer in answers:
            text = str(answer).casefold()
            if text not in {"ja", "nee", "twijfel"}:
                raise OperandError.of(
                    "operand-type",
                    f"question {self.question!r} cannot have this answer",
                    "Give ja, nee or twijfel; what is open is open by itself.",
                    given=repr(answer),
                )
            named.append(Antwoord(text))
        return AnswerIs(self.question, tuple(sorted(set(named))))


def at_least(k: int, /, *conditions: Condition) -> Condition:
    """At least ``k`` of the conditions are true.

    Example:
        >>> at_least(2, feit.ja_nee("a"), feit.ja_nee("b"), feit.ja_nee("c"))
        ten minste 2 van (a, b, c)
    """
    return _count(k, None, conditions)


def at_most(k: int, /, *conditions: Condition) -> Condition:
    """At most ``k`` of the conditions are true.

    Example:
        >>> at_most(1, feit.ja_nee("a"), feit.ja_nee("b"))
        ten hoogste 1 van (a, b)
    """
    return _count(0, k, conditions)


def _count(least: int, most: int | None, conditions: tuple[Condition, ...]) -> Condition:
    bound = least if most is None else most
    if isinstance(bound, bool) or not isinstance(bound, int) or not 0 <= bound <= len(conditions):
        raise OperandError.of(
            "operand-type",
            "the number of conditions to count does not fit",
            f"Give a whole number from 0 to {len(conditions)}.",
            given=repr(bound),
        )
    return Count(tuple(_operand(condition) for condition in conditions), least, most)
