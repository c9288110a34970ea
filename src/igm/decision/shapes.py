"""Of what kind the own fields of a part are: texts, texts that may be absent, and things that are so or not.

Type checkers say it to who uses them; a kader says it to everyone, because what is of another kind would otherwise be
read as something that it does not say: ``gevoelig="nee"`` is not false.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeGuard

from igm.errors import KaderError, shown

Fault = tuple[str, str, str, str]
"""The field, what is wrong, what to do, and what was given."""


def is_text(value: object) -> TypeGuard[str]:
    """Whether a value is text that can be read and stored."""
    return isinstance(value, str) and bool(value.strip()) and _can_be_stored(value)


def _can_be_stored(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def faults(
    part: object, *, texts: Iterable[str] = (), notes: Iterable[str] = (), flags: Iterable[str] = ()
) -> Iterator[Fault]:
    """What is of another kind than it should be.

    Args:
        part: A part of a kader.
        texts: Fields that are text, and not empty.
        notes: Fields that are text, empty or absent.
        flags: Fields that are True or False.
    """
    for field in texts:
        value: object = getattr(part, field)
        if not is_text(value):
            yield field, f"{field} is empty or no text", "Say what people read.", shown(value)
    for field in notes:
        value = getattr(part, field)
        if value is not None and not (isinstance(value, str) and _can_be_stored(value)):
            yield field, f"{field} is not text", "Give text, or leave it out.", shown(value)
    for field in flags:
        value = getattr(part, field)
        if not isinstance(value, bool):
            yield field, f"{field} is True or False", f"Give {field}=True or False.", shown(value)


def listed(given: object, field: str) -> tuple[Any, ...]:
    """The parts in their order.

    Raises:
        KaderError: ``kader-invalid`` for one thing instead of a list of them, and for a set, which has no order.
    """
    if not _in_order(given):
        what, do = f"{field} is not a list", "Give a list, also of one."
        raise KaderError.of("kader-invalid", what, do, where=f"$.{field}", given=shown(given))
    return tuple(given)


def _in_order(given: object) -> TypeGuard[Iterable[Any]]:
    return isinstance(given, Iterable) and not isinstance(given, (str, bytes, Mapping, set, frozenset))
