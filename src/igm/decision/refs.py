"""What Python code writes to make conditions: references to facts and answers, and counting.

``feit.getal("leeftijd") < 27`` refers to a declared fact by name and kind and compares it; the kader that the
condition is used in checks that the fact is declared so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NoReturn, TypeAlias

import attrs

from igm.constructs._base import is_number, shown
from igm.constructs.kenmerk import Trend
from igm.decision.conditions import (
    Age,
    AnswerIs,
    Compare,
    Condition,
    FactKind,
    JaNee,
    Known,
    OneOf,
    Op,
    wrong_value,
)
from igm.decision.truth import Antwoord
from igm.errors import OperandError, TruthinessError


@attrs.frozen(order=False)
class _Ref:
    """Base of references: like a condition, a reference has no truth value of its own."""

    fact: str

    def __bool__(self) -> NoReturn:
        raise TruthinessError.of(
            "condition-has-no-truth",
            "a fact that is referred to has no truth value of its own",
            "Compare it, and combine conditions with &, | and ~.",
            given=self.fact,
        )

    def __repr__(self) -> str:
        return self.fact


@attrs.frozen(repr=False, order=False)
class GetalRef(_Ref):
    """Refers to a number; compare it to get a condition."""

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
        _something(self.fact, values)
        return OneOf(
            self.fact, FactKind.GETAL, tuple(sorted({_number(self.fact, value) for value in values}))
        )

    def between(self, low: float, high: float, /) -> Condition:
        """The number lies from ``low`` to ``high``, both included."""
        return _between(self >= low, self <= high, low > high, f"{low} and {high}")


@attrs.frozen(repr=False)
class KeuzeRef(_Ref):
    """Refers to a choice from a closed set; name a value to get a condition."""

    def is_(self, value: str, /) -> Condition:
        """The choice is this one."""
        return self.one_of(value)

    def one_of(self, *values: str) -> Condition:
        """The choice is one of these."""
        _something(self.fact, values)
        for value in values:
            if not isinstance(value, str):
                raise wrong_value(self.fact, "one of its options as text", value)
        return OneOf(self.fact, FactKind.KEUZE, tuple(sorted(set(map(str, values)))))


@attrs.frozen(repr=False)
class TrendRef(_Ref):
    """Refers to a trend: improved, stable or worsened; nothing else can be asked of it."""

    def is_improved(self) -> Condition:
        """It has improved."""
        return self._is(Trend.VERBETERD)

    def is_stable(self) -> Condition:
        """It has stayed as it was."""
        return self._is(Trend.STABIEL)

    def is_worsened(self) -> Condition:
        """It has become worse."""
        return self._is(Trend.VERERGERD)

    def _is(self, trend: Trend) -> Condition:
        return OneOf(self.fact, FactKind.KEUZE, (trend.value,))


@attrs.frozen(repr=False, order=False)
class YearsRef(_Ref):
    """Refers to the whole years between a date and the reference date; compare it with a number of years."""

    def _compare(self, op: Op, years: int) -> Condition:
        if isinstance(years, bool) or not isinstance(years, int):
            raise wrong_value(self.fact, "a whole number of years", years)
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
class DatumRef(_Ref):
    """Refers to a date; compare it, or the years since it, to get a condition."""

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


def _between(low: Condition, high: Condition, reversed_: bool, given: str) -> Condition:
    if reversed_:
        raise OperandError.of(
            "operand-type", "between() has its bounds reversed", "Give the lower bound first.", given=given
        )
    return low & high


def _something(fact: str, values: tuple[object, ...]) -> None:
    if not values:
        raise OperandError.of(
            "operand-type",
            f"a condition on {fact!r} names no value, so that it is never true",
            "Give at least one value.",
        )


def _number(fact: str, value: float) -> float:
    if not is_number(value):
        raise wrong_value(fact, "a finite number; put each comparison in parentheses", value)
    return value


def _date(fact: str, value: date) -> date:
    if type(value) is not date:
        raise wrong_value(fact, "a datetime.date", value)
    return value


class _Feit:
    """Refers to declared facts by name and kind.

    Example:
        >>> feit.getal("leeftijd").between(18, 26)
        (leeftijd >= 18 en leeftijd <= 26)
        >>> feit.trend("schulden_trend").is_improved()
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
    def trend(name: str, /) -> TrendRef:
        """Which way something goes."""
        return TrendRef(name)

    @staticmethod
    def datum(name: str, /) -> DatumRef:
        """A date."""
        return DatumRef(name)


feit: Final = _Feit()
"""Refers to declared facts: ``feit.ja_nee("schulden")``, ``feit.getal("leeftijd") < 27``."""

Ref: TypeAlias = JaNee | GetalRef | KeuzeRef | TrendRef | DatumRef
_KIND_OF_REF: Final[Mapping[type, FactKind]] = {
    JaNee: FactKind.JA_NEE,
    GetalRef: FactKind.GETAL,
    KeuzeRef: FactKind.KEUZE,
    TrendRef: FactKind.KEUZE,
    DatumRef: FactKind.DATUM,
}


def kind_of(ref: object) -> FactKind | None:
    """The kind of fact that a reference is to; nothing for what is no reference."""
    return _KIND_OF_REF.get(type(ref))


def known(ref: Ref, /) -> Condition:
    """The fact has a value, whatever it is; never open itself.

    Example:
        >>> known(feit.getal("leeftijd"))
        bekend(leeftijd)
    """
    kind = kind_of(ref)
    if kind is None:
        raise OperandError.of(
            "operand-type",
            "known() asks for a fact",
            "Give a reference such as feit.getal('leeftijd').",
            given=shown(ref),
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
        _something(self.question, answers)
        named: list[Antwoord] = []
        for answer in answers:
            text = str(answer).casefold()
            if text not in {"ja", "nee", "twijfel"}:
                raise OperandError.of(
                    "operand-type",
                    f"question {self.question!r} cannot have this answer",
                    "Give ja, nee or twijfel; what is open is open by itself.",
                    given=shown(answer),
                )
            named.append(Antwoord(text))
        return AnswerIs(self.question, tuple(sorted(set(named))))
