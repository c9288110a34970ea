"""One form for everything in a kader, so that two kaders have one hash exactly when they hold the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import partial
from typing import Any, Final, cast

import attrs

_PLAIN: Final = frozenset({str, bool, int, float, type(None)})

NOT_HASHED: Final = {"hashed": "never"}
"""Of a field that tells where a thing comes from, and not what it is."""

HASHED_WHEN_GIVEN: Final = {"hashed": "when given"}
"""Of a field that most things leave out: without it they keep the hash that they had before there was such a field."""


def canonical(value: object) -> Any:
    """A value as nested lists of texts, numbers and truth values that differ as soon as the value does.

    Example:
        >>> canonical(("a", "b, c")) == canonical(("a, b", "c"))
        False
    """
    if type(value) in _PLAIN:
        return [type(value).__name__, value]
    if isinstance(value, type):
        members = cast("Mapping[str, Enum]", getattr(value, "__members__", {}))
        return ["members", *([name, member.value] for name, member in members.items())]
    kind = cast("type[attrs.AttrsInstance]", type(value))
    if attrs.has(kind):
        return [type(value).__name__, *(part for field in attrs.fields(kind) for part in _part(value, field))]
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value).items()
        return ["mapping", *([name, canonical(item)] for name, item in pairs)]
    if isinstance(value, (tuple, frozenset)):
        parts = cast("tuple[object, ...]", value)
        return ["parts", *map(canonical, parts)]
    if callable(value):
        return _function(value)
    if isinstance(value, date):
        return ["date", value.isoformat()]
    return [type(value).__name__, value.value if isinstance(value, Enum) else value]


def _function(value: object) -> list[Any]:
    """Where a function stands; what only has a class of its own (an object that can be called) goes by that."""
    if isinstance(value, partial):
        return ["partial", *_function(cast("object", value.func))]
    of = value if hasattr(value, "__qualname__") else type(value)
    return ["function", getattr(of, "__module__", None), getattr(of, "__qualname__", None)]


def _part(value: object, field: attrs.Attribute[Any]) -> list[Any]:
    part, when = getattr(value, field.name), field.metadata.get("hashed")
    if when is None:
        return [canonical(part)]
    return [] if when == "never" or part == field.default else [[field.name, canonical(part)]]
