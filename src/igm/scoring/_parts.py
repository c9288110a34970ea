"""Which determinants take part in a composite, on which metric, and what is missing among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from igm.constructs._base import is_number, one_of, plain_number, shown
from igm.constructs.composite import Metric
from igm.constructs.model import DETERMINANTS, Construct, Dimension, Polarity, construct
from igm.constructs.profiel import Profiel
from igm.constructs.schaal import Schaal
from igm.constructs.waarde import Missing, Richting, SocialeDruk, Waarde
from igm.errors import InputError


@attrs.frozen
class Selection:
    """The determinants that take part.

    Attributes:
        used: Known values, on the metric.
        gaps: Determinants that take part but are not known, or whose direction is not.
        metric: What the values are on.
        schaal: Their scale, when they are on one.
        remark: What was reversed, to add to what made the value.
    """

    used: Mapping[Construct, float]
    gaps: tuple[Construct, ...]
    metric: Metric
    schaal: Schaal | None
    remark: str = ""


def as_metric(metric: object) -> Metric | None:
    """The metric that is meant, or ``None`` for the scale that the values share."""
    metrics: tuple[Metric, ...] = ("schaal", "pomp")
    found = None if metric is None else one_of(metric, metrics, "unknown metric", "$.metric")
    return None if found == "schaal" else found


def as_threshold(threshold: object) -> float:
    """A number from 0 to 100."""
    threshold = plain_number(threshold)
    if not isinstance(threshold, (int, float)) or not is_number(threshold):
        do = "Give a number from 0 to 100."
        raise InputError.of(
            "not-a-number", "a threshold in POMP", do, where="$.threshold", given=shown(threshold)
        )
    if not 0 <= threshold <= 100:
        what, do = "threshold outside 0 to 100 POMP", "Give a POMP value."
        raise InputError.of("value-out-of-range", what, do, where="$.threshold", given=shown(threshold))
    return float(threshold)


def included(names: Iterable[str | Construct]) -> tuple[Construct, ...]:
    """The contextual determinants that a composite names."""
    if isinstance(names, str):
        names = (names,)
    given: object = names
    if not isinstance(given, Iterable) or getattr(given, "ndim", 1) == 0:
        what, do = "determinants by name were expected", "Give a list, such as ['sociale_druk']."
        raise InputError.of("invalid-value", what, do, where="$.include", given=shown(given))
    found = dict.fromkeys(construct(name, where="$.include") for name in names)
    for key in found:
        if key.polarity is Polarity.HELPEND or key not in DETERMINANTS:
            do = "Name sociale_druk, or leave it out: helping determinants take part by themselves."
            raise InputError.of("invalid-value", "cannot be included", do, where="$.include", given=key.value)
    return tuple(found)


def named(dimensions: Iterable[Dimension], include: Iterable[Construct]) -> tuple[Construct, ...]:
    """The determinants of these parts of the model: the helping ones, and the contextual ones that are named."""
    wanted, extra = set(dimensions), set(include)
    return tuple(
        key
        for key in DETERMINANTS
        if key.dimension in wanted and (key.polarity is Polarity.HELPEND or key in extra)
    )


def select(profiel: Profiel, wanted: Iterable[Construct], metric: Metric | None) -> Selection:
    """The wanted determinants of a profile, on one metric.

    Raises:
        InputError: ``mixed-scales`` when the known ones are on different scales and no metric is given.
    """
    known: dict[Construct, Waarde] = {}
    gaps: list[Construct] = []
    for key in wanted:
        found = profiel[key]
        undirected = key.polarity is Polarity.CONTEXTUEEL and getattr(found, "richting", None) is None
        if isinstance(found, Missing) or undirected:
            gaps.append(key)
        else:
            known[key] = found
    schaal = None if metric == "pomp" else _shared_scale(known)
    used: dict[Construct, float] = {}
    reversed_keys: list[str] = []
    for key, waarde in known.items():
        own = _scale(waarde)
        score = waarde.score
        if isinstance(waarde, SocialeDruk) and waarde.richting is Richting.TEGEN:
            score = own.reverse(score)
            reversed_keys.append(f"{key.value} reversed on {own}, it points against the behaviour")
        used[key] = own.pomp(score) if metric == "pomp" else score
    remark = f"; {', '.join(reversed_keys)}" if reversed_keys else ""
    return Selection(used, tuple(gaps), metric or "schaal", schaal, remark)


def _scale(waarde: Waarde) -> Schaal:
    if waarde.schaal is None:
        what, do = "a value without a scale", "Give its schaal."
        raise InputError.of("missing-field", what, do, where="$.schaal")
    return waarde.schaal


def _shared_scale(known: Mapping[Construct, Waarde]) -> Schaal | None:
    """The scale that all share; scales with the same bounds are one scale, whatever their labels."""
    scales = {key: _scale(waarde) for key, waarde in known.items()}
    bounds = {(schaal.minimum, schaal.maximum) for schaal in scales.values()}
    if len(bounds) > 1:
        given = ", ".join(f"{key.value} {schaal}" for key, schaal in scales.items())
        do = "Say metric='pomp' to combine them as percent of maximum possible."
        raise InputError.of(
            "mixed-scales", "determinants on different scales", do, where="$.waarden", given=given
        )
    if not scales:
        return None
    first, *others = scales.values()
    if all(other == first for other in others):
        return first
    return Schaal(minimum=first.minimum, maximum=first.maximum)
