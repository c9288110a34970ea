"""What installed packages offer by entry point: read when it is asked for, once per process, and skipped when broken.

A name that is not the library's own is looked up among entry points; set ``IGM_DISABLE_PLUGINS=1`` to leave them out.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping
from functools import cache
from importlib import metadata
from typing import Final

import attrs

from igm.errors import PluginWarning

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
