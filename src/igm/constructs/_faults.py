"""Faults: how a validator tells what is wrong, in the one sentence shape of the library."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, TypeGuard, cast

import numpy as np
from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from igm.errors import ERROR_CODES, MASK

Location = tuple[int | str, ...]
"""A path as Pydantic writes it."""

_NEAREST: Final = re.compile(r"Did you mean '.*'\?")


def fault(code: str, what: str, do: str, *, given: str | None = None) -> PydanticCustomError:
    """The error that a validator raises: Pydantic adds the path, we add the code and the sentence.

    Example:
        >>> fault("scale-invalid", "the minimum is not below the maximum", "Swap them.", given="5 and 1").message()
        'the minimum is not below the maximum: got 5 and 1. Swap them.'
    """
    if code not in ERROR_CODES:
        raise LookupError(f"undocumented error code {code!r}")
    return composed(
        code, {"what": what, "do": do} if given is None else {"what": what, "do": do, "given": given}
    )


def composed(code: str, parts: Mapping[str, str]) -> PydanticCustomError:
    """An error whose message is composed of its parts: what, given and do."""
    given = f": got {parts['given']}" if "given" in parts else ""
    context = {**parts, "message": f"{parts['what']}{given}. {parts['do']}"}
    return PydanticCustomError(cast("Any", code), "{message}", context)


def masked(error: PydanticCustomError) -> PydanticCustomError:
    """The same error without the value that was given, and without a suggestion that resembles it.

    Example:
        >>> masked(fault("value-out-of-range", "value outside its scale", "Give 1 to 5.", given="9")).message()
        'value outside its scale: got •••. Give 1 to 5.'
    """
    parts = parts_of(error.context)
    parts["do"] = _NEAREST.sub("Check the spelling.", parts["do"])
    return composed(error.type, {**parts, "given": MASK} if "given" in parts else parts)


def parts_of(context: Mapping[str, Any] | None) -> dict[str, str]:
    """What, given and do of an error of ours."""
    known = context or {}
    return {name: str(known[name]) for name in ("what", "do", "given") if name in known}


def raise_faults(title: str, faults: Iterable[tuple[Location, PydanticCustomError]]) -> None:
    """Raise what a validator found, all at once and each at its path; nothing happens when nothing was found.

    Raises:
        pydantic.ValidationError: With one error per fault.
    """
    details = [InitErrorDetails(type=error, loc=loc, input=MASK) for loc, error in faults]
    if details:
        raise ValidationError.from_exception_data(title, details, hide_input=True)


def plain_number(value: Any) -> Any:
    """A NumPy scalar as the Python number that it stands for; anything else as it is."""
    return cast("Any", value).item() if isinstance(value, np.generic) else value


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a finite number; text, True and False are not.

    Example:
        >>> is_number(4), is_number(True), is_number("4"), is_number(float("nan"))
        (True, False, False, False)
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def shown(value: object) -> str:
    """What was given, in short: a text or a number as it is, of anything else only the kind.

    Example:
        >>> shown("ja"), shown([1, 2]), shown({"a": 1}), shown(10**5000)
        ("'ja'", 'a list', 'a mapping', 'a very large number')
    """
    value = plain_number(value)
    if isinstance(value, int) and abs(value) > 10**18:  # Python refuses to write out thousands of digits
        return "a very large number"
    if value is None or isinstance(value, (bool, int, float, str)):
        return repr(value)[:60]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "a mapping"
    name = "list" if isinstance(value, (list, tuple)) else type(value).__name__.lstrip("_")
    return f"{'an' if name[:1].lower() in tuple('aeiou') else 'a'} {name}"
