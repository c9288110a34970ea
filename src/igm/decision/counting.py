"""Counting conditions: at least, at most, exactly so many of them are true."""

from __future__ import annotations

from collections.abc import Sequence

from igm.constructs._base import shown
from igm.decision.conditions import Condition, Count, operand
from igm.errors import OperandError


def at_least(k: int, /, *conditions: Condition) -> Condition:
    """At least ``k`` of the conditions are true.

    Example:
        >>> from igm.decision import feit
        >>> at_least(2, feit.ja_nee("a"), feit.ja_nee("b"), feit.ja_nee("c"))
        ten minste 2 van (a, b, c)
    """
    return Count(_operands(conditions), _bound(k, conditions), None)


def at_most(k: int, /, *conditions: Condition) -> Condition:
    """At most ``k`` of the conditions are true.

    Example:
        >>> from igm.decision import feit
        >>> at_most(1, feit.ja_nee("a"), feit.ja_nee("b"))
        ten hoogste 1 van (a, b)
    """
    return Count(_operands(conditions), 0, _bound(k, conditions))


def exactly(k: int, /, *conditions: Condition) -> Condition:
    """Exactly ``k`` of the conditions are true.

    Example:
        >>> from igm.decision import feit
        >>> exactly(1, feit.ja_nee("a"), feit.ja_nee("b"))
        ten minste 1 en ten hoogste 1 van (a, b)
    """
    return counted(k, k, conditions)


def counted(least: int, most: int, conditions: Sequence[Condition], /) -> Condition:
    """At least ``least`` and at most ``most`` of the conditions are true.

    Raises:
        OperandError: ``operand-type`` when a bound does not fit what is counted, or the bounds are reversed.

    Example:
        >>> from igm.decision import feit
        >>> counted(1, 2, [feit.ja_nee("a"), feit.ja_nee("b"), feit.ja_nee("c")])
        ten minste 1 en ten hoogste 2 van (a, b, c)
    """
    low, high = _bound(least, conditions), _bound(most, conditions)
    if low > high:
        raise OperandError.of(
            "operand-type",
            "the bounds of a count are reversed",
            "Give the lower one first.",
            given=f"{low} and {high}",
        )
    return Count(_operands(conditions), low, high)


def _operands(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    return tuple(operand(condition) for condition in conditions)


def _bound(bound: object, conditions: Sequence[Condition]) -> int:
    if type(bound) is not int or not 0 <= bound <= len(conditions):
        raise OperandError.of(
            "operand-type",
            "the number of conditions to count does not fit",
            f"Give a whole number from 0 to {len(conditions)}.",
            given=shown(bound),
        )
    return bound
