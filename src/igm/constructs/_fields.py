"""The types of fields: numbers, days, texts, lists and mappings, each read strictly and kept read-only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final, Self, TypeGuard, TypeVar

from pydantic import (
    AfterValidator,
    AllowInfNan,
    BaseModel,
    BeforeValidator,
    Field,
    SerializerFunctionWrapHandler,
    Strict,
    WrapSerializer,
)
from pydantic_core import PydanticCustomError

from igm.constructs._faults import Location, exact_number, fault, plain_number, raise_faults, shown
from igm.constructs._wording import LIST


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Whether a value is a mapping, of anything to anything."""
    return isinstance(value, Mapping)


Number = Annotated[float, Strict(), AllowInfNan(allow_inf_nan=False), BeforeValidator(exact_number)]
"""A finite number; NumPy scalars are welcome, text, True and False are not."""

Whole = Annotated[int, Strict(), BeforeValidator(plain_number)]
"""A whole number; text, True and False are not."""

Count = Annotated[int, Strict(), Field(ge=1), BeforeValidator(plain_number)]
"""A whole number of at least one."""

Share = Annotated[
    float, Strict(), AllowInfNan(allow_inf_nan=False), Field(ge=0, le=1), BeforeValidator(exact_number)
]
"""A number from 0 to 1."""


def _day(value: Any) -> Any:
    if isinstance(value, datetime) or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        raise fault(
            "invalid-value",
            "a date was expected",
            "Give a date (2024-10-01) without a time.",
            given=shown(value),
        )
    return value


Day = Annotated[date, BeforeValidator(_day)]
"""A calendar date, as ``datetime.date`` or as text ``2024-10-01``."""


def _text(value: str) -> str:
    stripped = value.strip()
    if not stripped:
        raise fault("missing-field", "the text is empty", "Write something.")
    if not is_writable(stripped):
        raise fault("invalid-value", *UNWRITABLE)
    return stripped


UNWRITABLE: Final = (
    "the text cannot be written",
    "Give it again: half of a character was lost on the way.",
)
"""What is said of such a text; it is not repeated."""


def is_writable(text: str) -> bool:
    """Whether a text can be written at all: half of a pair of surrogates, as broken JSON has, cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


Text = Annotated[str, AfterValidator(_text)]
"""Text with something in it."""

K = TypeVar("K")
V = TypeVar("V")


def a_list(value: Any) -> Any:
    """What was given, refused when it is a single object; for use before a field that holds a list."""
    # Pydantic would walk through the fields of a single object as if they were the list
    if is_mapping(value) or isinstance(value, (BaseModel, str, bytes)):
        code, what, do = LIST
        raise fault(code, what, do, given=shown(value))
    return value


ListOf = Annotated[tuple[V, ...], BeforeValidator(a_list)]
"""Any number of values, as a list; one value outside a list is refused."""


class FrozenMapping(Mapping[K, V]):
    """A mapping that cannot be written to; it compares as a mapping, and can be hashed, copied and pickled.

    Example:
        >>> counts = FrozenMapping({"houding": 4})
        >>> counts["houding"], counts == {"houding": 4}, len({counts, FrozenMapping(counts)})
        (4, True, 1)
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[K, V] | None = None, /) -> None:
        self._items: dict[K, V] = dict(items or {})

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: object) -> bool:  # the inherited one catches an exception per miss
        return key in self._items

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __reduce__(self) -> tuple[type[Self], tuple[dict[K, V]]]:
        return type(self), (self._items,)

    def __repr__(self) -> str:
        return repr(self._items)


def _read_only(value: Mapping[K, V]) -> Mapping[K, V]:
    return FrozenMapping(value)


# a lambda, because a written return type would replace the keys and values in the JSON Schema
_AS_DICT: Callable[[Any, SerializerFunctionWrapHandler], Any] = lambda value, handler: handler(dict(value))  # noqa: E731


def _names_once(value: Any) -> Any:
    """What was given, refused when two names differ only in the spaces around them: one would replace the other."""
    if not is_mapping(value):
        return value
    seen: set[str] = set()
    faults: list[tuple[Location, PydanticCustomError]] = []
    for name in value:
        if type(name) is not str:
            continue
        if name.strip() in seen:
            do = "Give it once, without spaces around it."
            faults.append(((name,), fault("duplicate-name", "the name occurs twice", do)))
        seen.add(name.strip())
    raise_faults("names", faults)
    return value


ReadOnly = Annotated[
    Mapping[K, V], BeforeValidator(_names_once), AfterValidator(_read_only), WrapSerializer(_AS_DICT)
]
"""A mapping that cannot be written to once it is in a model; serialises as a plain mapping."""
