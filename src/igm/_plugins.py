"""What installed packages offer by entry point: read when it is asked for, once per process, and skipped when broken.

A name that is not the library's own is looked up among entry points; set ``IGM_DISABLE_PLUGINS=1`` to leave them out.
"""

from __future__ import annotations

import inspect
import os
import warnings
from collections.abc import Callable, Mapping
from functools import cache
from importlib import metadata
from typing import Any, Final, Generic, TypeAlias, TypeGuard, TypeVar

import attrs

from igm.errors import InputError, PluginWarning, UnknownNameError, shown, suggestion

T = TypeVar("T")
Maker: TypeAlias = Callable[..., object]

DISABLE: Final = "IGM_DISABLE_PLUGINS"
"""Environment variable that leaves plug-ins out, unless it is empty or 0."""

_OWN_MODULES: Final = "igm."


@attrs.frozen
class PluginGroup:
    """A kind of plug-in.

    Attributes:
        name: The group of entry points, such as ``igm.scorers``.
        taken: Names that the library uses itself.
        fits: Whether what an entry point names can be used.
        asked: What it should be, in words.
    """

    name: str
    taken: frozenset[str]
    fits: Callable[[object], bool] = callable
    asked: str = "a callable"


def offered(group: PluginGroup) -> Mapping[str, object]:
    """What installed packages offer in a group, by name; what cannot be loaded is left out with a warning."""
    if os.environ.get(DISABLE, "") not in {"", "0"}:
        return {}
    return discovered(group)


@cache
def discovered(group: PluginGroup) -> Mapping[str, object]:
    """What was found in a group at the first look."""
    found: dict[str, object] = {}
    points = metadata.entry_points(group=group.name)
    for point in sorted(points, key=lambda point: (point.name, point.value)):
        if point.value.startswith(_OWN_MODULES):
            continue
        if point.name in group.taken or point.name in found:
            skipped(group.name, point.name, "its name is taken", point.value)
            continue
        try:
            thing: object = point.load()
        except Exception as error:  # noqa: BLE001 (whatever a plug-in raises, the library goes on without it)
            skipped(group.name, point.name, f"{type(error).__name__}: {error}", point.value)
            continue
        if not group.fits(thing):
            why = f"{type(thing).__name__} is not {group.asked}"
            skipped(group.name, point.name, why, point.value)
            continue
        found[point.name] = thing
    return found


def skipped(group: str, name: str, why: str, value: str = "") -> None:
    """Warn that a plug-in was skipped, and why."""
    named = f"{group}: {value}" if value else group
    warnings.warn(
        f"the plug-in {name!r} ({named}) was skipped: {why}. "
        f"Mend or remove it, or set {DISABLE}=1. [plugin-invalid]",
        PluginWarning,
        stacklevel=2,
    )


@attrs.frozen(eq=False)
class PartGroup(Generic[T]):
    """A kind of part that is found by name: the library's own, and those that installed packages offer.

    A package offers a part itself, or a callable that makes it. Entry points are read only when a name is asked for
    that is not the library's own.

    Attributes:
        name: The group of entry points, such as ``igm.scorers``.
        kind: What such a part is called.
        is_part: Whether something is one.
        own: What makes the library's own, by name.
        example: A name, for an error to show.
    """

    name: str
    kind: str
    is_part: Callable[[object], TypeGuard[T]]
    own: Mapping[str, Maker]
    example: str

    def find(self, given: object) -> T:
        """The part that is meant: what is one comes back as it is, and a name gives the part of that name.

        Raises:
            UnknownNameError: ``unknown-name``, with a suggestion.
            InputError: ``missing-field`` when a name is given of a part that needs arguments; ``invalid-value`` when
                something else than a name or a part is given; ``plugin-invalid`` when a plug-in makes no part.
        """
        if self.is_part(given):
            return given
        where = f"$.{self.kind}"
        if not isinstance(given, str):
            article = f"a name such as {self.example!r}, or a {self.kind}"
            do = f"Give {article}; call what makes it first, such as {self.example}()."
            called = str(getattr(given, "__name__", type(given).__name__))
            raise InputError.of("invalid-value", f"not a {self.kind}", do, where=where, given=called)
        if given in self.own:
            found = _own(self, given)
        else:
            found = self._offered().get(given)
            if found is None:
                do = suggestion(given, self.names())
                raise UnknownNameError.of(
                    "unknown-name", f"unknown {self.kind}", do, where=where, given=shown(given)
                )
            if not self.is_part(found) and callable(found):
                found = self.made(given, found)
        if self.is_part(found):
            return found
        do = "Mend the plug-in: what it makes must have what the Protocol asks."
        what = f"{given!r} makes no {self.kind}"
        raise InputError.of("plugin-invalid", what, do, where=where, given=type(found).__name__)

    def names(self) -> tuple[str, ...]:
        """The names that can be used, sorted; a plug-in that cannot be loaded is left out with a warning."""
        return tuple(sorted({*self.own, *self._offered()}))

    def made(self, name: str, maker: Maker) -> object:
        """What a callable makes, when it can be called by its name alone."""
        needed = _required(maker)
        if needed:
            arguments = ", ".join(f"{argument}=..." for argument in needed)
            do = f"Make it first, with {arguments}, and give the result."
            what = f"the {self.kind} {name!r} cannot be used by its name alone"
            given = f"no {' and no '.join(needed)}"
            raise InputError.of("missing-field", what, do, where=f"$.{self.kind}", given=given)
        return maker()

    def _fits(self, thing: object) -> bool:
        return self.is_part(thing) or callable(thing)

    def _offered(self) -> Mapping[str, object]:
        asked = "a part or a callable that makes one"
        return offered(PluginGroup(self.name, frozenset(self.own), self._fits, asked))


@cache
def _own(group: PartGroup[Any], name: str) -> object:
    return group.made(name, group.own[name])


def _required(maker: Maker) -> list[str]:
    try:
        parameters = inspect.signature(maker).parameters.values()
    except (TypeError, ValueError):  # some callables written in C do not tell
        return []
    variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [p.name for p in parameters if p.default is inspect.Parameter.empty and p.kind not in variadic]
