"""Weights as whole numbers over a common denominator, so that a weighted mean is one exact division."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final, TypeAlias

from igm.constructs._base import is_mapping, is_number, plain_number
from igm.errors import InputError, Problems, named, shown

Weight: TypeAlias = Decimal | int | str
"""A weight without rounding; text such as ``"0.25"`` is read as a decimal."""

_MOST_DIGITS: Final = 15
"""Of a weight, before and after the decimal sign: more is a slip, and would make the arithmetic slow."""

_DO = "Give a decimal without rounding: a whole number, text such as '0.25', or a Decimal."


def whole_weights(weights: Mapping[str, Weight]) -> dict[str, int]:
    """The weights as whole numbers in the same proportion.

    Args:
        weights: A weight of at least zero per name; floats are refused, because 0.1 is not a tenth.

    Returns:
        Whole numbers without a common factor, in the order given.

    Raises:
        InputError: ``weights-invalid`` with all problems: no weights, not a decimal, negative, or all zero.

    Example:
        >>> whole_weights({"a": "0.5", "b": "0.25", "c": 1})
        {'a': 2, 'b': 1, 'c': 4}
    """
    if not is_mapping(weights) or not weights:
        given = "none" if is_mapping(weights) else type(weights).__name__
        raise InputError.of(
            "weights-invalid", "weights by name are needed", "Give a mapping.", where="$.weights", given=given
        )
    problems = Problems()
    exact: dict[str, Fraction] = {}
    for name, weight in weights.items():
        plain: object = plain_number(weight)
        found = _exact(plain)
        if found is None:
            where = f"$.weights.{named(name)}"
            short = isinstance(plain, float) and is_number(plain) and plain >= 0
            do = f"Write it as text, which is exact: '{plain}'." if short else _DO
            problems.add("weights-invalid", "not a weight", do, where=where, given=_shown(plain))
        else:
            exact[name] = found
    problems.raise_any(InputError)
    if not any(exact.values()):
        raise InputError.of(
            "weights-invalid", "the weights sum to zero", "Give at least one above zero.", where="$.weights"
        )
    common = math.lcm(*(weight.denominator for weight in exact.values()))
    wholes = {name: int(weight * common) for name, weight in exact.items()}
    factor = math.gcd(*wholes.values())
    return {name: whole // factor for name, whole in wholes.items()}


def _shown(weight: object) -> str:
    if isinstance(weight, int) and abs(weight) >= 10**_MOST_DIGITS:
        return f"a number of more than {_MOST_DIGITS} digits"
    return repr(weight)[:60] if isinstance(weight, Decimal) else shown(weight)


def _exact(weight: object) -> Fraction | None:
    if isinstance(weight, bool) or not isinstance(weight, (Decimal, int, str)):
        return None
    try:
        decimal = Decimal(weight)
    except (InvalidOperation, ValueError):
        return None
    if not decimal.is_finite() or decimal < 0:
        return None
    exponent = decimal.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_MOST_DIGITS or decimal.adjusted() >= _MOST_DIGITS:
        return None
    return Fraction(decimal)


def cited(source: object) -> str:
    """The source of weights, which may not be left empty."""
    if not isinstance(source, str) or not source.strip():
        do = "Say where they come from."
        raise InputError.of(
            "weights-invalid", "weights without a source", do, where="$.source", given=shown(source)
        )
    return source.strip()
