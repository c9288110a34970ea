"""``Ref``: a pseudonymous reference to a person, never a citizen service number."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

from igm.constructs._base import fault

_DIGITS: Final = 9
_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_bsn_like(value: object) -> bool:
    """Whether a value can be read as a citizen service number: nine digits that pass the eleven-test.

    Spaces and punctuation between the digits make no difference.

    Args:
        value: Text or a whole number.

    Returns:
        True when the nine digits, weighted 9, 8, 7, 6, 5, 4, 3, 2 and −1, add up to a multiple of eleven.

    Example:
        >>> is_bsn_like("1112.22.333"), is_bsn_like("111222334"), is_bsn_like("c-111222333")
        (True, False, False)
    """
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return False
    text = unicodedata.normalize("NFKC", str(value))
    bare = "".join(sign for sign in text if unicodedata.category(sign)[0] not in "ZPC")
    if len(bare) != _DIGITS or not all(sign.isdecimal() for sign in bare):
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, bare, strict=True)) % 11 == 0


def _ref(value: Any) -> Any:
    if is_bsn_like(value):
        raise fault(
            "ref-is-bsn",
            "the reference looks like a citizen service number (BSN)",
            "Give a pseudonym, such as 'c-017'.",
        )
    if not isinstance(value, str):
        raise fault("invalid-value", "a reference is text", "Give a pseudonym, such as 'c-017'.")
    if not value.strip():
        raise fault("missing-field", "the reference is empty", "Give a pseudonym, such as 'c-017'.")
    if value != value.strip():
        raise fault("invalid-value", "the reference begins or ends with a space", "Remove the space.")
    return value


Ref = Annotated[
    str,
    BeforeValidator(_ref, json_schema_input_type=str),
    Field(
        description="pseudonymous reference, never a citizen service number", min_length=1, examples=["c-017"]
    ),
]
"""A pseudonymous reference: text without surrounding spaces, and not a citizen service number (``ref-is-bsn``).

The refusal does not repeat what was given.
"""
