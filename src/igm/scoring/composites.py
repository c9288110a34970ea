"""The ready composites: willen and kunnen as a mean, a minimum, a gate or a weighted mean.

All look at determinants for which higher is helping. Social pressure enters only when it is named and its
direction is known; pressure against the behaviour is then reversed on its stated bounds, and ``made_by``
says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

import attrs

from igm.constructs.composite import CompositeState, CompositeValue, Metric
from igm.constructs.model import DETERMINANTS, Construct, Dimension, construct
from igm.constructs.profiel import Profiel
from igm.errors import InputError, Problems
from igm.errors import named as named_safely
from igm.scoring._parts import Selection, as_metric, as_threshold, included, named, select
from igm.scoring._weights import Weight, cited, whole_weights
from igm.scoring.protocols import Composite

BOTH: Final = "willen_kunnen"
"""The name of a composite over willen and kunnen together."""

GROUPS: Final = (Dimension.WILLEN, Dimension.KUNNEN)


def _state(selection: Selection, with_gaps: CompositeState) -> CompositeState:
    if not selection.used:
        return CompositeState.EMPTY
    return with_gaps if selection.gaps else CompositeState.COMPLETE


def _value(
    name: str, selection: Selection, score: float | None, made_by: str, state: CompositeState
) -> CompositeValue:
    return CompositeValue(
        name=name,
        value=score,
        metric=selection.metric,
        schaal=selection.schaal,
        made_by=f"{made_by}{selection.remark}",
        state=state,
        used=tuple(selection.used),
        gaps=selection.gaps,
    )


def _mean_of(selection: Selection) -> float | None:
    return math.fsum(selection.used.values()) / len(selection.used) if selection.used else None


@attrs.frozen
class _Mean:
    metric: Metric | None
    include: tuple[Construct, ...]
    name: str = attrs.field(default="mean", init=False)

    def combine(self, profiel: Profiel, /) -> Mapping[str, CompositeValue]:
        values: dict[str, CompositeValue] = {}
        for group in GROUPS:
            found = select(profiel, named((group,), self.include), self.metric)
            state = _state(found, CompositeState.PARTIAL)
            values[group.value] = _value(group.value, found, _mean_of(found), "mean", state)
        return values


@attrs.frozen
class _Minimum:
    metric: Metric | None
    include: tuple[Construct, ...]
    name: str = attrs.field(default="minimum", init=False)

    def combine(self, profiel: Profiel, /) -> Mapping[str, CompositeValue]:
        values: dict[str, CompositeValue] = {}
        groups = {group.value: (group,) for group in GROUPS} | {BOTH: GROUPS}
        for name, dimensions in groups.items():
            found = select(profiel, named(dimensions, self.include), self.metric)
            lowest = min(found.used.values(), default=None)
            values[name] = _value(name, found, lowest, "minimum", _state(found, CompositeState.UPPER_BOUND))
        return values


@attrs.frozen
class _Gate:
    threshold: float
    source: str | None
    include: tuple[Construct, ...]
    name: str = attrs.field(default="gate", init=False)

    def combine(self, profiel: Profiel, /) -> Mapping[str, CompositeValue]:
        kunnen = select(profiel, named((Dimension.KUNNEN,), ()), "pomp")
        willen = select(profiel, named((Dimension.WILLEN,), self.include), "pomp")
        source = "" if self.source is None else f", {self.source}"
        made_by = f"gate (kunnen at least {self.threshold:.15g} POMP{source}), then the mean of willen"
        if any(score < self.threshold for score in kunnen.used.values()):
            below = {key: score for key, score in kunnen.used.items() if score < self.threshold}
            closed = attrs.evolve(kunnen, used=below, gaps=())
            return {BOTH: _value(BOTH, closed, None, made_by, CompositeState.CLOSED)}
        passed = attrs.evolve(willen, used={**willen.used, **kunnen.used}, gaps=kunnen.gaps + willen.gaps)
        if kunnen.gaps:
            return {BOTH: _value(BOTH, passed, None, made_by, CompositeState.UNDECIDED)}
        return {BOTH: _value(BOTH, passed, _mean_of(willen), made_by, CompositeState.OPEN)}


@attrs.frozen
class _Weighted:
    weights: tuple[tuple[Construct, int], ...]
    source: str
    metric: Metric | None
    name: str = attrs.field(default="weighted", init=False)

    def combine(self, profiel: Profiel, /) -> Mapping[str, CompositeValue]:
        values: dict[str, CompositeValue] = {}
        for group in GROUPS:
            weights = {key: weight for key, weight in self.weights if key.dimension is group}
            if not weights:
                continue
            found = select(profiel, tuple(weights), self.metric)
            shares = ", ".join(f"{key.value} {weight}" for key, weight in weights.items())
            made_by = f"weighted mean ({shares}; {self.source})"
            state = _state(found, CompositeState.PARTIAL)
            values[group.value] = _value(group.value, found, _weighted_mean(found, weights), made_by, state)
        return values


def _weighted_mean(selection: Selection, weights: Mapping[Construct, int]) -> float | None:
    """The exact weighted mean, rounded once, so that it cannot fall off the scale."""
    if not selection.used:
        return None
    total = sum((Fraction(score) * weights[key] for key, score in selection.used.items()), Fraction(0))
    return float(total / sum(weights[key] for key in selection.used))


def mean(*, metric: Metric | None = None, include: Iterable[str | Construct] = ()) -> Composite:
    """Willen and kunnen as the mean of their known helping determinants.

    Args:
        metric: ``"pomp"`` to put determinants on 0 to 100 first; needed when their scales differ.
        include: ``("sociale_druk",)`` lets social pressure into willen when its direction is known.

    Returns:
        The composite called ``mean``; it makes ``willen`` and ``kunnen``. A missing determinant makes the
        value ``partial`` and is named in ``gaps``; without any known one the value is ``empty``.

    Raises:
        InputError: ``unknown-name`` for another metric, ``invalid-value`` for something in ``include`` that is not
            contextual. Combining raises ``mixed-scales`` when scales differ and no metric is given.

    Example:
        >>> mean(metric="pomp").name
        'mean'
    """
    return _Mean(as_metric(metric), included(include))


def minimum(*, metric: Metric | None = None, include: Iterable[str | Construct] = ()) -> Composite:
    """Willen, kunnen and the two together as their lowest known helping determinant.

    It lets what someone cannot do overrule what someone wants: a high determinant does not make up for a
    low one.

    Args:
        metric: ``"pomp"`` to put determinants on 0 to 100 first; needed when their scales differ.
        include: ``("sociale_druk",)`` lets social pressure into willen when its direction is known.

    Returns:
        The composite called ``minimum``; it makes ``willen``, ``kunnen`` and ``willen_kunnen``. With gaps,
        the value is an ``upper_bound``: what is still missing can only lower it.

    Raises:
        InputError: ``unknown-name`` for another metric, ``invalid-value`` for something in ``include`` that is not
            contextual. Combining raises ``mixed-scales`` when scales differ and no metric is given.

    Example:
        >>> minimum().name
        'minimum'
    """
    return _Minimum(as_metric(metric), included(include))


def gate(
    threshold: float, *, source: str | None = None, include: Iterable[str | Construct] = ()
) -> Composite:
    """Willen counts only when every determinant of kunnen reaches a threshold.

    ``closed`` when a known determinant of kunnen lies below the threshold: its value is absent, ``used``
    names which lie below, and gaps no longer matter. ``open`` when all of kunnen is known and none lies
    below: the value is the mean of willen, in POMP. Otherwise ``undecided``, with the gaps.

    Args:
        threshold: From 0 to 100 POMP. There is no default: it takes a norm, with a source, to set one.
        source: Where the threshold comes from; it is told in ``made_by``.
        include: ``("sociale_druk",)`` lets social pressure into willen when its direction is known.

    Returns:
        The composite called ``gate``; it makes ``willen_kunnen``.

    Raises:
        InputError: ``not-a-number`` or ``value-out-of-range`` for a threshold that is not a number from 0
            to 100; ``invalid-value`` for something in ``include`` that is not contextual.

    Example:
        >>> gate(50, source="eigen afspraak").name
        'gate'
        >>> gate(150)
        Traceback (most recent call last):
        ...
        igm.errors.InputError: threshold outside 0 to 100 POMP, at $.threshold: got 150. Give a POMP value. \
[value-out-of-range]
    """
    return _Gate(as_threshold(threshold), None if source is None else cited(source), included(include))


def weighted(weights: Mapping[str, Weight], *, source: str, metric: Metric | None = None) -> Composite:
    """Willen and kunnen as the weighted mean of the known determinants that the weights name.

    Args:
        weights: A weight per determinant, above zero; those not named take no part. Naming ``sociale_druk``
            lets it in when its direction is known.
        source: Where the weights are published or who set them; it is told in ``made_by``.
        metric: ``"pomp"`` to put determinants on 0 to 100 first; needed when their scales differ.

    Returns:
        The composite called ``weighted``; it makes ``willen``, ``kunnen`` or both. A missing determinant
        makes the value ``partial``: the other weights then share the whole.

    Raises:
        UnknownNameError: ``unknown-construct``.
        InputError: ``weights-invalid`` when a weight is not a decimal above zero, names something else than
            one of the seven determinants or when the source is empty; ``duplicate-name`` when a determinant
            is named twice.

    Example:
        >>> weighted({"houding": 2, "eigen_effectiviteit": 1}, source="eigen keuze").name
        'weighted'
    """
    by_name = whole_weights(weights)
    found: dict[Construct, int] = {}
    problems = Problems()
    for name, weight in by_name.items():
        where = f"$.weights.{named_safely(name)}"
        key = construct(name, where=where)
        if key not in DETERMINANTS:
            do = f"Name one of {', '.join(one.value for one in DETERMINANTS)}."
            what = f"{key.value} is not one of the seven determinants"
            problems.add("weights-invalid", what, do, where=where)
        elif key in found:
            problems.add("duplicate-name", f"{key.value} is weighted twice", "Name it once.", where=where)
        elif not weight:
            problems.add("weights-invalid", "a weight of zero", "Leave the determinant out.", where=where)
        else:
            found[key] = weight
    problems.raise_any(InputError)
    return _Weighted(tuple(found.items()), cited(source), as_metric(metric))
