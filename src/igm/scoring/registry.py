"""Finds scorers and composites by name: the library's own, and those that installed packages offer.

A package offers one with an entry point in the group ``igm.scorers`` or ``igm.composites``, naming the part
itself or a callable that makes it. Entry points are read only when a name is asked for that is not the
library's own, once per process. Set ``IGM_DISABLE_PLUGINS=1`` to use the own parts only.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, TypeAlias, TypeGuard

import attrs

from igm._plugins import PluginGroup, offered
from igm.errors import InputError, UnknownNameError, shown, suggestion
from igm.scoring import scorers as ready
from igm.scoring.composites import gate, minimum
from igm.scoring.composites import mean as mean_of_determinants
from igm.scoring.composites import weighted as weighted_determinants
from igm.scoring.protocols import Composite, ItemScorer

SCORERS: Final = "igm.scorers"
COMPOSITES: Final = "igm.composites"

_Maker: TypeAlias = Callable[..., object]


def _is_scorer(given: object) -> TypeGuard[ItemScorer]:
    """Whether it is a scorer itself; a class has the same attributes, but must be called first."""
    return not isinstance(given, (str, type)) and isinstance(given, ItemScorer)


def _is_composite(given: object) -> TypeGuard[Composite]:
    """Whether it is a composite itself; a class has the same attributes, but must be called first."""
    return not isinstance(given, (str, type)) and isinstance(given, Composite)


@attrs.frozen
class _Group:
    """A kind of part: what it is called, how to recognise one, and the library's own."""

    kind: str
    is_part: Callable[[object], bool]
    own: Mapping[str, _Maker]

    def fits(self, thing: object) -> bool:
        """Whether it is a part, or can make one."""
        return self.is_part(thing) or callable(thing)


_READY: Final[Mapping[str, _Maker]] = {
    "mean": ready.mean,
    "weighted": ready.weighted,
    "sum": ready.sum,
    "pomp": ready.pomp,
    "expectancy_value": ready.expectancy_value,
    "graded_response": ready.graded_response,
    "by_construct": ready.by_construct,
}

_GROUPS: Final[Mapping[str, _Group]] = {
    SCORERS: _Group("scorer", _is_scorer, _READY),
    COMPOSITES: _Group(
        "composite",
        _is_composite,
        {
            "mean": mean_of_determinants,
            "minimum": minimum,
            "gate": gate,
            "weighted": weighted_determinants,
        },
    ),
}


def scorer(given: str | ItemScorer, /) -> ItemScorer:
    """The item scorer that is meant.

    Args:
        given: A name such as ``"mean"``, or the scorer itself.

    Returns:
        A scorer; one that was given comes back as it is.

    Raises:
        UnknownNameError: ``unknown-name``, with a suggestion.
        InputError: ``missing-field`` when a name is given of a scorer that needs arguments;
            ``invalid-value`` when something else than a name or a scorer is given; ``plugin-invalid`` when
            a plug-in does not make a scorer.

    Example:
        >>> scorer("mean").name
        'mean'
        >>> scorer("maen")
        Traceback (most recent call last):
        ...
        igm.errors.UnknownNameError: unknown scorer, at $.scorer: got 'maen'. Did you mean 'mean'? [unknown-name]
    """
    if _is_scorer(given):
        return given
    found = _found(SCORERS, given)
    if _is_scorer(found):
        return found
    raise _no_part("scorer", given, found)


def composite(given: str | Composite, /) -> Composite:
    """The composite that is meant.

    Args:
        given: A name such as ``"mean"``, or the composite itself.

    Returns:
        A composite; one that was given comes back as it is.

    Raises:
        UnknownNameError: ``unknown-name``, with a suggestion.
        InputError: ``missing-field`` when a name is given of a composite that needs arguments, such as
            ``gate``; ``invalid-value`` when something else than a name or a composite is given;
            ``plugin-invalid`` when a plug-in does not make a composite.

    Example:
        >>> composite("minimum").name
        'minimum'
        >>> composite("gate")
        Traceback (most recent call last):
        ...
        igm.errors.InputError: the composite 'gate' cannot be used by its name alone, at $.composite: got no \
threshold. Make it first, with threshold=..., and give the result. [missing-field]
    """
    if _is_composite(given):
        return given
    found = _found(COMPOSITES, given)
    if _is_composite(found):
        return found
    raise _no_part("composite", given, found)


def names(group: str, /) -> tuple[str, ...]:
    """The names that can be used, of the library's own parts and of plug-ins, sorted.

    Args:
        group: ``igm.scorers`` or ``igm.composites``.

    Returns:
        Names; a plug-in that cannot be loaded is left out, with a `PluginWarning`.

    Raises:
        UnknownNameError: ``unknown-name`` for another group.

    Example:
        >>> "mean" in names("igm.scorers")
        True
    """
    given: object = group
    if not isinstance(given, str) or given not in _GROUPS:
        do = suggestion(given, _GROUPS)
        raise UnknownNameError.of("unknown-name", "unknown group", do, given=shown(given))
    return tuple(sorted({*_GROUPS[group].own, *_plugins(group)}))


def _found(group: str, given: object) -> object:
    """What a name stands for, made when it is a callable."""
    kind, own = _GROUPS[group].kind, _GROUPS[group].own
    where = f"$.{kind}"
    if not isinstance(given, str):
        do = f"Give a name such as 'mean', or a {kind}; call what makes it first, such as mean()."
        called = str(getattr(given, "__name__", type(given).__name__))
        raise InputError.of("invalid-value", f"not a {kind}", do, where=where, given=called)
    if given in own:
        return _own(group, given)
    found = _plugins(group).get(given)
    if found is None:
        do = suggestion(given, names(group))
        raise UnknownNameError.of("unknown-name", f"unknown {kind}", do, where=where, given=shown(given))
    if _GROUPS[group].is_part(found) or not callable(found):
        return found
    return _made(kind, given, found)


@cache
def _own(group: str, name: str) -> object:
    return _made(_GROUPS[group].kind, name, _GROUPS[group].own[name])


def _made(kind: str, name: str, maker: _Maker) -> object:
    needed = _required(maker)
    if needed:
        do = (
            f"Make it first, with {', '.join(f'{argument}=...' for argument in needed)}, and give the result."
        )
        what = f"the {kind} {name!r} cannot be used by its name alone"
        given = f"no {' and no '.join(needed)}"
        raise InputError.of("missing-field", what, do, where=f"$.{kind}", given=given)
    return maker()


def _no_part(kind: str, name: object, made: object) -> InputError:
    do = "Mend the plug-in: what it makes must have what the Protocol asks."
    what = f"{name!r} makes no {kind}"
    return InputError.of("plugin-invalid", what, do, where=f"$.{kind}", given=type(made).__name__)


def _required(offered: _Maker) -> list[str]:
    try:
        parameters = inspect.signature(offered).parameters.values()
    except (TypeError, ValueError):  # some callables written in C do not tell
        return []
    variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [p.name for p in parameters if p.default is inspect.Parameter.empty and p.kind not in variadic]


def _plugins(group: str) -> Mapping[str, object]:
    parts = _GROUPS[group]
    return offered(
        PluginGroup(group, frozenset(parts.own), parts.fits, "a part or a callable that makes one")
    )
