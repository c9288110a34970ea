"""What may be told of a group without telling about a person in it: how many people a published figure needs."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from igm.constructs._base import one_of, plain_number, shown
from igm.errors import InputError

GroupPurpose: TypeAlias = Literal["publiceren", "intern"]
"""What figures of groups are made for: to be published, or to stay inside."""

DEFAULT_PEOPLE: Final = 10
"""So many people a published figure rests on, when nothing else is asked."""

FEWEST_PEOPLE: Final = 5
"""A published figure never rests on fewer people."""


def least_people(doel: GroupPurpose, minimum_n: int | None) -> int:
    """How many people a figure of a group must rest on.

    Ten is the rule of thumb of those who check what leaves the data of statistical offices (Bond, Brandt & de Wolf,
    2015); offices that ask fewer ask three to five.

    Args:
        doel: What figures are for.
        minimum_n: How many are asked; 10 for publishing and 1 inside when left out.

    Returns:
        A number of at least 1; for publishing at least 5.

    Raises:
        InputError: ``unknown-name`` for another purpose, ``not-a-number`` or ``value-out-of-range`` for the number.

    Example:
        >>> least_people("publiceren", None), least_people("publiceren", 7), least_people("intern", None)
        (10, 7, 1)
        >>> least_people("publiceren", 3)
        Traceback (most recent call last):
        ...
        igm.errors.InputError: too few people to publish about, at $.minimum_n: got 3. Give at least 5, \
or doel='intern' for what stays inside. [value-out-of-range]
    """
    one_of(doel, ["publiceren", "intern"], "unknown purpose", "$.doel")
    if minimum_n is None:
        return DEFAULT_PEOPLE if doel == "publiceren" else 1
    given: object = plain_number(minimum_n)
    if isinstance(given, bool) or not isinstance(given, int):
        do = "Give a whole number."
        raise InputError.of("not-a-number", "a number of people", do, where="$.minimum_n", given=shown(given))
    if doel == "publiceren" and given < FEWEST_PEOPLE:
        what = "too few people to publish about"
        do = f"Give at least {FEWEST_PEOPLE}, or doel='intern' for what stays inside."
        raise InputError.of("value-out-of-range", what, do, where="$.minimum_n", given=shown(given))
    if given < 1:
        do = "Give at least 1."
        raise InputError.of(
            "value-out-of-range", "too few people", do, where="$.minimum_n", given=shown(given)
        )
    return given
