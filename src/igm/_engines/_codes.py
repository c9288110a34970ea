"""What raw values mean: how they are written in a map, and in which one way they match what stands in a column."""

from __future__ import annotations

import math
import re
import string
from collections.abc import Mapping
from typing import Annotated, Any, Final, TypeAlias

import attrs
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from igm.constructs._base import Location, ReadOnly, fault, is_mapping, plain_number, raise_faults, shown
from igm.constructs.waarde import Missing
from igm.errors import suggestion

Meaning: TypeAlias = Missing | bool | int | float | str
"""An answer, a value of a fact, or why there is none."""

WHITE_SPACE: Final = string.whitespace
"""What is taken off the ends of a text before it is matched; every engine can be told to take off just these."""

WHOLE: Final = "-?(0|[1-9][0-9]{0,14})"
"""How a whole number is written, for any engine: without zeros before it, a plus or a point."""

_AS_NUMBER: Final = re.compile(rf"{WHOLE}(\.[0-9]{{1,15}})?")
_LARGEST: Final = 2**53


def folded(text: str) -> str:
    """A text as it is matched: without white space at its ends, and in small letters.

    Example:
        >>> folded(" Helemaal mee EENS ")
        'helemaal mee eens'
    """
    return text.strip(WHITE_SPACE).lower()


def number_in(text: str) -> int | float | None:
    """The number that a text is written as; nothing when it is no number, or one in a form that codes have too.

    Example:
        >>> number_in("99"), number_in("-1.5"), number_in("01"), number_in("1e3")
        (99, -1.5, None, None)
    """
    if not _AS_NUMBER.fullmatch(text):
        return None
    value = float(text)
    return int(value) if value.is_integer() else value


def whole_number(text: str) -> bool:
    """Whether a text is written as a whole number.

    Example:
        >>> whole_number("4"), whole_number("04"), whole_number("4.0")
        (True, False, False)
    """
    return re.fullmatch(WHOLE, text, re.ASCII) is not None


@attrs.frozen
class Recode:
    """What one raw value means.

    Attributes:
        text: The raw value as a folded text, for a column of texts.
        number: The same as a number, for a column of numbers; nothing when it is none.
        means: The answer, the value of a fact, or the kind of missing.
    """

    text: str
    number: int | float | None
    means: Meaning

    def __str__(self) -> str:
        number = "" if self.number is None else f" or {self.number}"
        means = self.means.value if isinstance(self.means, Missing) else self.means
        return f"{self.text!r}{number} -> {means}"


def recodes_of(*layers: Mapping[str, Meaning]) -> tuple[Recode, ...]:
    """The codes of several layers; an earlier layer goes before a later one."""
    found: list[Recode] = []
    for layer in layers:
        texts, numbers = {code.text for code in found}, {code.number for code in found} - {None}
        for raw, means in layer.items():
            text, number = folded(raw), number_in(raw)
            if text not in texts and number not in numbers:
                found.append(Recode(text, number, means))
    return tuple(found)


def clashes(one: Mapping[str, Meaning], other: Mapping[str, Meaning]) -> list[str]:
    """The raw values in the second that the first gives another meaning."""
    texts = {folded(raw): means for raw, means in one.items()}
    numbers = {number_in(raw): means for raw, means in one.items()}
    numbers.pop(None, None)
    return [
        raw
        for raw, means in other.items()
        if not same(texts.get(folded(raw), means), means)
        or not same(numbers.get(number_in(raw), means), means)
    ]


def same(one: Meaning, other: Meaning) -> bool:
    """Whether two meanings are one: True is not 1."""
    return one == other and isinstance(one, bool) is isinstance(other, bool)


def _raw(value: object) -> str | PydanticCustomError:
    """How a raw value is kept: as a text."""
    plain = plain_number(value)
    if isinstance(plain, str):
        return str(plain).strip(WHITE_SPACE)
    if isinstance(plain, bool) or not isinstance(plain, (int, float)):
        do = "Give a text or a number as it stands in the column; what is empty counts as not asked already."
        return fault("invalid-value", "a raw value is a text or a number", do, given=shown(value))
    if not math.isfinite(plain) or abs(plain) > _LARGEST:
        do = "Give a finite number; NaN counts as not asked already."
        return fault("not-a-number", "a raw value that no code can name", do, given=shown(value))
    return str(int(plain) if float(plain).is_integer() else plain)


def _by_raw(given: Any) -> Any:
    """The same mapping with its raw values as texts, refused when one of them has two meanings."""
    if not is_mapping(given):
        return given
    read: dict[str, Any] = {}
    seen: dict[str | int | float, Any] = {}
    faults: list[tuple[Location, PydanticCustomError]] = []
    for value, means in given.items():
        raw = _raw(value)
        if not isinstance(raw, str):
            faults.append(((shown(value),), raw))
            continue
        number = number_in(raw)
        keys: list[str | int | float] = [folded(raw), *([] if number is None else [number])]
        if any(key in seen and not _alike(seen[key], means) for key in keys):
            what = "a value is given two meanings (capitals and white space at the ends make no difference)"
            faults.append(((raw,), fault("duplicate-name", what, "Give it one.", given=shown(means))))
        seen |= dict.fromkeys(keys, means)
        read[raw] = means
    raise_faults("codes", faults)
    return read


def _alike(one: Any, other: Any) -> bool:
    try:
        return bool(same(one, other))
    except (TypeError, ValueError):
        return False


def _kind(value: Any) -> Any:
    if value is None:
        return Missing.NIET_GEVRAAGD
    if isinstance(value, str) and value in list(Missing):
        return Missing(value)
    do = suggestion(value, [kind.value for kind in Missing])
    raise fault("invalid-value", "a kind of missing was expected", do, given=shown(value))


def _meaning(value: Any) -> Any:
    plain = plain_number(value)
    if plain is None or (isinstance(plain, str) and plain in list(Missing)):
        return _kind(plain)
    if isinstance(plain, (bool, str)):
        return plain
    if isinstance(plain, (int, float)) and math.isfinite(plain) and abs(plain) <= _LARGEST:
        return plain
    do = "Give a number, True or False, a text, or a kind of missing."
    raise fault("invalid-value", "no value that a code can mean", do, given=shown(value))


RawCodes = Annotated[
    ReadOnly[str, Annotated[Meaning, BeforeValidator(_meaning, json_schema_input_type=Meaning | None)]],
    BeforeValidator(_by_raw),
]
"""What raw values mean."""

RawMissing = Annotated[
    ReadOnly[str, Annotated[Missing, BeforeValidator(_kind, json_schema_input_type=Missing | None)]],
    BeforeValidator(_by_raw),
]
"""Which raw values stand for no answer, and why."""
