"""Kaders that installed packages offer, in the entry-point group ``igm.kaders``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeGuard, cast

from igm._plugins import PluginGroup, offered
from igm.decision.kader import Afwegingskader
from igm.errors import IgmError, KaderError, UnknownNameError, shown, suggestion

KADERS: Final = "igm.kaders"


def plugin_kader(name: object, own: Sequence[str]) -> Afwegingskader[Any] | Path:
    """The kader that a plug-in gives under a name, or the path of its rulebook.

    Args:
        name: What was asked for.
        own: Names of the kaders that the library ships; no plug-in can take one.

    Raises:
        UnknownNameError: ``unknown-name``, with a suggestion.
        KaderError: ``plugin-invalid`` when the plug-in fails, or gives something else.
    """
    plugins = offered(PluginGroup(KADERS, frozenset(own)))
    if not isinstance(name, str) or name not in plugins:
        do = suggestion(name, [*own, *plugins])
        raise UnknownNameError.of("unknown-name", "unknown kader", do, given=shown(name))
    try:
        made = cast("Callable[[], object]", plugins[name])()
    except IgmError:
        raise  # it says itself what is wrong with the kader
    except Exception as error:
        raise _no_kader(name, f"{type(error).__name__}: {error}") from error
    if _is_kader(made):
        return made
    if isinstance(made, Path) or (isinstance(made, str) and made.endswith((".yaml", ".yml"))):
        return Path(made)
    raise _no_kader(name, shown(made))


def _is_kader(made: object) -> TypeGuard[Afwegingskader[Any]]:
    return isinstance(made, Afwegingskader)


def _no_kader(name: str, given: str) -> KaderError:
    do = "Mend the plug-in: its callable must return a kader, or the path of a rulebook."
    return KaderError.of("plugin-invalid", f"the plug-in {name!r} gives no kader", do, given=given)
