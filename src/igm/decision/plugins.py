"""Rules that installed packages offer, in the entry-point group ``igm.rules``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, cast

from igm._plugins import PluginGroup, offered, skipped
from igm.constructs._base import FrozenMapping
from igm.decision.rules import Rule

RULES: Final = "igm.rules"
_GROUP: Final = PluginGroup(RULES, frozenset())


def rule_plugins() -> Mapping[str, tuple[Rule, ...]]:
    """The rules that installed packages offer, by the name of their entry point.

    An entry point in the group ``igm.rules`` names a callable without arguments that returns a rule or several. Nothing
    uses these rules by itself: give them to ``kader.with_rules(...)``.

    Returns:
        Rules by name. What cannot be loaded, fails, or gives something else is left out with a `PluginWarning`; with
        ``IGM_DISABLE_PLUGINS=1`` there are none.

    Example:
        >>> from igm.decision import rule_plugins
        >>> sorted(name for name in rule_plugins() if name.startswith("igm"))
        []
    """
    found: dict[str, tuple[Rule, ...]] = {}
    for name, maker in offered(_GROUP).items():
        try:
            made = _rules(cast("Callable[[], object]", maker)())
        except Exception as error:  # noqa: BLE001 (whatever a plug-in raises, the library goes on without it)
            skipped(RULES, name, f"{type(error).__name__}: {error}")
            continue
        found[name] = made
    return FrozenMapping(found)


def _rules(made: object) -> tuple[Rule, ...]:
    if isinstance(made, Rule):
        return (made,)
    things: tuple[object, ...] = tuple(cast("Iterable[object]", made))
    rules = tuple(thing for thing in things if isinstance(thing, Rule))
    if not rules or len(rules) != len(things):
        raise TypeError("it does not give a rule, or several")
    return rules
