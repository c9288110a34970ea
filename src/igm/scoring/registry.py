"""Finds scorers and composites by name: the library's own, and those that installed packages offer.

A package offers one with an entry point in the group ``igm.scorers`` or ``igm.composites``, naming the part
itself or a callable that makes it. Entry points are read only when a name is asked for that is not the
library's own, once per process. Set ``IGM_DISABLE_PLUGINS=1`` to use the own parts only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeGuard

from igm._plugins import Maker, PartGroup
from igm.errors import UnknownNameError, shown, suggestion
from igm.scoring import scorers as ready
from igm.scoring.composites import gate, minimum
from igm.scoring.composites import mean as mean_of_determinants
from igm.scoring.composites import weighted as weighted_determinants
from igm.scoring.protocols import Composite, ItemScorer

SCORERS: Final = "igm.scorers"
COMPOSITES: Final = "igm.composites"


def _is_scorer(given: object) -> TypeGuard[ItemScorer]:
    """Whether it is a scorer itself; a class has the same attributes, but must be called first."""
    return not isinstance(given, (str, type)) and isinstance(given, ItemScorer)


def _is_composite(given: object) -> TypeGuard[Composite]:
    """Whether it is a composite itself; a class has the same attributes, but must be called first."""
    return not isinstance(given, (str, type)) and isinstance(given, Composite)


_READY: Final[Mapping[str, Maker]] = {
    "mean": ready.mean,
    "weighted": ready.weighted,
    "sum": ready.sum,
    "pomp": ready.pomp,
    "expectancy_value": ready.expectancy_value,
    "graded_response": ready.graded_response,
    "by_construct": ready.by_construct,
}

_SCORERS: Final = PartGroup[ItemScorer](SCORERS, "scorer", _is_scorer, _READY, "mean")
_COMPOSITES: Final = PartGroup[Composite](
    COMPOSITES,
    "composite",
    _is_composite,
    {"mean": mean_of_determinants, "minimum": minimum, "gate": gate, "weighted": weighted_determinants},
    "mean",
)

_GROUPS: Final[Mapping[str, PartGroup[ItemScorer] | PartGroup[Composite]]] = {
    SCORERS: _SCORERS,
    COMPOSITES: _COMPOSITES,
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
    return _SCORERS.find(given)


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
    return _COMPOSITES.find(given)


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
    return _GROUPS[given].names()
