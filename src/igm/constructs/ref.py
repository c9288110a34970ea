"""``Ref``: a pseudonymous reference to a person, never a citizen service number."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from igm.constructs._base import fault
from igm.constructs._fields import UNWRITABLE, is_writable
from igm.errors import is_bsn_like

__all__ = ["Ref", "is_bsn_like"]


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
    if not is_writable(value):
        raise fault("invalid-value", *UNWRITABLE)
    return value


Ref = Annotated[
    str,
    BeforeValidator(_ref, json_schema_input_type=str),
    Field(
        description="pseudonymous reference, never a citizen service number", min_length=1, examples=["c-017"]
    ),
]
"""A pseudonymous reference: text without surrounding spaces, and not a citizen service number (``ref-is-bsn``).

A number counts as one however it is written: with signs or spaces in it, zeros in front, ``.0`` behind or the word BSN.
With another letter it is a pseudonym, which may hold any digits (``c-111222333``); never make one of the number itself.
The refusal does not repeat what was given.
"""
