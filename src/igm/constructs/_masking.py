"""Read-only values by construct, of which the sensitive ones are masked when printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from igm.constructs._base import FrozenMapping
from igm.constructs.model import Construct, construct
from igm.constructs.waarde import Missing
from igm.errors import MASK, UnknownNameError

K = TypeVar("K", bound=str)
V = TypeVar("V")


class ByConstruct(FrozenMapping[K, V]):
    """Values by construct, of which the sensitive ones are masked in ``repr``."""

    __slots__ = ()

    def __repr__(self) -> str:
        shown = (
            f"{key!r}: {MASK if Construct(key).info.sensitive and not isinstance(value, Missing) else repr(value)}"
            for key, value in self.items()
        )
        return f"{{{', '.join(shown)}}}"


class Hidden(FrozenMapping[K, V]):
    """Values of which something sensitive can be told, so that all are masked in ``repr``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{{{', '.join(f'{key!r}: {MASK}' for key in self)}}}"


class Known(ByConstruct[str, float]):
    """Known numbers by the name of the construct; any name that is accepted for it finds them.

    Example:
        >>> known = Known({"houding": 4.3}, {Construct.KENNIS: Missing.GEWEIGERD})
        >>> known["attitude"], "kennis" in known
        (4.3, False)
        >>> known["kennis"]
        Traceback (most recent call last):
        ...
        igm.errors.UnknownNameError: kennis is not known, at $: got geweigerd. Use .get('kennis') ... [missing-field]
    """

    __slots__ = ("_missing",)

    def __init__(
        self, items: Mapping[str, float] | None = None, missing: Mapping[Construct, Missing] | None = None, /
    ) -> None:
        super().__init__(items)
        self._missing = dict(missing or {})

    def __getitem__(self, key: str) -> float:
        if isinstance(key, str) and key in self._items:
            return self._items[key]
        found = construct(key)
        if found.value in self._items:
            return self._items[found.value]
        why = self._missing.get(found, Missing.NIET_GEVRAAGD)
        do = f"Use .get({found.value!r}) for None in its place, or profiel[{found.value!r}] for why it is missing."
        raise UnknownNameError.of("missing-field", f"{found.value} is not known", do, given=why.value)

    def __reduce__(self) -> Any:
        return type(self), (self._items, self._missing)
