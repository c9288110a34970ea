"""Faults: how a validator tells what is wrong, in the one sentence shape of the library."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeGuard, TypeVar, cast

import numpy as np
from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from igm._display import Language
from igm.errors import ERROR_CODES, MASK, InputError, Problem, Problems, suggestion
from igm.errors import shown as shown_plain

Location = tuple[int | str, ...]
"""A path as Pydantic writes it."""

NUMBER: Final = ("not-a-number", "a number was expected", "Give a finite number, not text, True or False.")
"""Code, what was expected and what to do, for what is no number."""

NameT = TypeVar("NameT", bound=str)

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
    """A NumPy scalar as the Python number that it stands for; anything else, such as a duration, as it is."""
    scalar: Any = value
    is_plain = isinstance(value, np.generic) and scalar.dtype.kind not in "mM"
    return scalar.item() if is_plain else scalar


def exact_number(value: Any) -> Any:
    """A number for a field that holds floats; refused when a float cannot hold it exactly, or when it is no number.

    Raises:
        PydanticCustomError: ``not-a-number``, or ``invalid-value`` for a whole number that would be rounded.
    """
    plain = plain_number(value)
    if is_number(plain) and isinstance(plain, int) and int(float(plain)) != plain:
        do = "Give a number of at most 2 to the power 53."
        raise fault("invalid-value", "a whole number too large to hold exactly", do, given=shown(plain))
    if not isinstance(plain, (int, float, str)):  # Pydantic tells text and truth values, and reads a Decimal
        code, what, do = NUMBER
        raise fault(code, what, do, given=shown(plain))
    return plain


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
        >>> shown(np.int64(4)), shown([1, 2])
        ('4', 'a list')
    """
    return shown_plain(plain_number(value))


def known_language(lang: object) -> Language:
    """The language that is meant.

    Raises:
        InputError: ``unknown-name``.

    Example:
        >>> known_language("en")
        'en'
    """
    languages: tuple[Language, ...] = ("en", "nl")
    return one_of(lang, languages, "unknown language", "$.lang")


def one_of(given: object, names: Sequence[NameT], what: str, where: str) -> NameT:
    """The name that is meant.

    Raises:
        InputError: ``unknown-name``; also for what cannot be compared with a text, such as an array.

    Example:
        >>> one_of("linear", ["none", "linear"], "unknown weights", "$.weights")
        'linear'
    """
    for name in names:
        if isinstance(given, str) and given == name:
            return name
    raise InputError.of("unknown-name", what, suggestion(given, names), where=where, given=shown(given))


def check_one_of(given: object, names: Sequence[str], what: str, where: str, problems: Problems) -> bool:
    """Whether this is one of the names; what `one_of` says when it is none is told.

    Example:
        >>> problems = Problems()
        >>> check_one_of("up", ["higher", "lower"], "unknown direction", "$.better", problems), len(problems)
        (False, 1)
    """
    try:
        one_of(given, names, what, where)
    except InputError as error:
        problems.extend(error.problems)
        return False
    return True


def text_of(given: object, where: str) -> str:
    """Text to show.

    Raises:
        InputError: ``invalid-value`` for anything else.
    """
    if not isinstance(given, str):
        raise InputError.of("invalid-value", "no text", "Give text.", where=where, given=shown(given))
    return given


SHOWN: Final = 20
"""Problems that are told one by one; of more, the number is told."""


def raise_capped(problems: Sequence[Problem], total: int, things: str) -> None:
    """Raise the first problems one by one, and tell how many there are in all.

    Raises:
        InputError: When there are any.
    """
    if not problems:
        return
    told = list(problems[:SHOWN])
    if total > len(told):
        what = f"{total} {things} cannot be used, of which the first {len(told)} are named"
        told.append(Problem(told[0].code, what, "Mend these, and try again to see the rest."))
    raise InputError(*told)
