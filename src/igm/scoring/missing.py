"""The missing rule: how many items must be answered for a score, and why there is none when they are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeAlias

from igm.constructs._base import plain_number
from igm.constructs.waarde import Missing
from igm.errors import InputError, Problems, shown

MinValid: TypeAlias = Literal["half", "all"] | int
"""How many items of a construct must be answered: at least half, all, or a number."""

_FIRST_TO_ASK: Final = (
    Missing.NIET_GEVRAAGD,
    Missing.VERLOREN,
    Missing.WEET_NIET,
    Missing.NIET_VAN_TOEPASSING,
    Missing.GEWEIGERD,
)


def needed(min_valid: MinValid, n_items: int, /) -> int:
    """How many of so many items must be answered; always at least one.

    Args:
        min_valid: ``"half"``, ``"all"`` or a number of at least one.
        n_items: How many items there are.

    Returns:
        A number from 1 to ``n_items``; a larger ``min_valid`` asks all.

    Raises:
        InputError: ``invalid-value`` when the rule is something else.

    Example:
        >>> needed("half", 3), needed("half", 4), needed("all", 4), needed(2, 4)
        (2, 2, 4, 2)
    """
    rule = as_min_valid(min_valid)
    if rule == "half":
        return max(1, (n_items + 1) // 2)
    return n_items if rule == "all" else min(rule, n_items)


def as_min_valid(given: object) -> MinValid:
    """The missing rule, its number a plain one.

    Raises:
        InputError: ``invalid-value`` when the rule is something else.

    Example:
        >>> as_min_valid("half"), as_min_valid(2)
        ('half', 2)
    """
    rule: object = plain_number(given)
    if isinstance(rule, str) and rule in {"half", "all"}:
        return "half" if rule == "half" else "all"
    if isinstance(rule, int) and not isinstance(rule, bool) and rule >= 1:
        return rule
    do = "Give 'half', 'all' or a whole number of at least 1."
    raise InputError.of("invalid-value", "unknown missing rule", do, where="$.min_valid", given=shown(rule))


def check_min_valid(min_valid: MinValid, n_items: Mapping[str, int], /) -> None:
    """Refuse a number that some construct can never reach, which would leave it missing for everyone.

    Args:
        min_valid: The rule.
        n_items: Number of items by construct.

    Raises:
        InputError: ``invalid-value`` when the rule is unknown; ``value-out-of-range`` with every construct
            that has fewer items.

    Example:
        >>> check_min_valid("half", {"houding": 1})
        >>> check_min_valid(2, {"houding": 1})
        Traceback (most recent call last):
        ...
        igm.errors.InputError: more valid items asked than houding has, at $.min_valid: got 2 of 1. \
Give at most 1, or 'half' or 'all'. [value-out-of-range]
    """
    problems = Problems()
    for name, n in n_items.items():
        needed(min_valid, n)
        if isinstance(min_valid, int) and min_valid > n:
            what, do = f"more valid items asked than {name} has", f"Give at most {n}, or 'half' or 'all'."
            problems.add(
                "value-out-of-range", what, do, where="$.min_valid", given=f"{shown(min_valid)} of {n}"
            )
    problems.raise_any(InputError)


def why_missing(kinds: Iterable[Missing], /) -> Missing:
    """The kind of missing that explains why a determinant has no score.

    When all missing answers are of one kind it is that kind; otherwise the one that can be asked for first,
    because that is what would help: not asked, lost, does not know; then what does not apply; then refused.

    Args:
        kinds: Why each missing answer is missing; at least one.

    Returns:
        One kind.

    Raises:
        InputError: ``missing-field`` when nothing is missing.

    Example:
        >>> why_missing([Missing.GEWEIGERD, Missing.WEET_NIET])
        <Missing.WEET_NIET: 'weet_niet'>
    """
    found = set(kinds)
    for kind in _FIRST_TO_ASK:
        if kind in found:
            return kind
    raise InputError.of("missing-field", "nothing is missing", "Give why answers are missing.")
