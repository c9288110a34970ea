"""One form for everything in a kader, so that two kaders have one hash exactly when they hold the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, Final, cast

import attrs

_PLAIN: Final = frozenset({str, bool, int, float, type(None)})
_FUNCTIONS: Final = (FunctionType, BuiltinFunctionType, MethodType)


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
        fields = attrs.fields(kind)
        return [type(value).__name__, *(canonical(getattr(value, field.name)) for field in fields)]
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value).items()
        return ["mapping", *([name, canonical(item)] for name, item in pairs)]
    if isinstance(value, (tuple, frozenset)):
        parts = cast("tuple[object, ...]", value)
        return ["parts", *map(canonical, parts)]
    if isinstance(value, _FUNCTIONS):
        return ["function", value.__module__, value.__qualname__]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    return [type(value).__name__, value.value if isinstance(value, Enum) else value]
