"""``Pair``: two profiles brought onto the constructs that both have, on one metric and with one direction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias, get_args

import attrs

from igm.constructs._base import FrozenMapping, one_of, shown
from igm.constructs._person import Person
from igm.constructs.composite import Metric
from igm.constructs.model import DETERMINANTS, Construct, construct
from igm.constructs.profiel import Profiel
from igm.constructs.schaal import Schaal
from igm.constructs.waarde import Missing, Richting, SocialeDruk, Waarde
from igm.errors import InputError, Problems, UnknownNameError

Party: TypeAlias = "Profiel | Person"
"""One profile, or a person who has one."""

Side: TypeAlias = Literal["first", "second"]
"""Which of the two."""

LeftOutReason: TypeAlias = Literal["missing", "no-direction"]
"""Why a construct takes no part: a value is missing, or the direction of social pressure is not known."""

FEWEST: Final = 2
"""With fewer common constructs there is no profile to speak of."""


@attrs.frozen
class LeftOut:
    """Why a construct takes no part in a comparison of profiles.

    Attributes:
        reason: A value is ``"missing"``, or social pressure has ``"no-direction"``.
        sides: On which side, or on both.
        missing: The kind of missing, per side of which the value is missing.

    Example:
        >>> LeftOut("missing", ("second",), {"second": Missing.WEET_NIET})
        LeftOut('missing', on='second')
    """

    reason: LeftOutReason
    sides: tuple[Side, ...]
    missing: Mapping[Side, Missing] = FrozenMapping[Side, Missing]()

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        missing = {side: why.value for side, why in self.missing.items()}
        return {"reason": self.reason, "sides": list(self.sides), "missing": missing}

    def __repr__(self) -> str:
        return f"LeftOut({self.reason!r}, on={' and '.join(self.sides)!r})"


@attrs.frozen(repr=False)
class Pair:
    """Two profiles on the constructs that both have; the values are sensitive and are not printed.

    Attributes:
        constructs: The constructs that take part, in the order of the model.
        first: The values of the first party.
        second: The values of the second party.
        metric: On what they are compared: ``"pomp"``, or ``"schaal"`` for one shared scale.
        schaal: The shared scale; ``None`` on POMP.
        left_out: What takes no part, and why.
        turned: The sides of which social pressure pointed against the behaviour and was turned round.

    Example:
        >>> from igm.constructs import LIKERT5, Gedrag
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers", context="thuis", time="deze week", doel="werk")
        >>> one = Profiel(gedrag=gedrag, waarden={"houding": Waarde(score=4, schaal=LIKERT5),
        ...                                       "kennis": Waarde(score=3, schaal=LIKERT5)})
        >>> pair(one, one)
        Pair(k=2, metric='schaal', left_out=5)
    """

    constructs: tuple[Construct, ...]
    first: tuple[float, ...]
    second: tuple[float, ...]
    metric: Metric
    schaal: Schaal | None
    left_out: Mapping[Construct, LeftOut]
    turned: tuple[Side, ...] = ()

    @property
    def k(self) -> int:
        """How many constructs take part."""
        return len(self.constructs)

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON."""
        return {
            "constructs": [one.value for one in self.constructs],
            "first": list(self.first),
            "second": list(self.second),
            "metric": self.metric,
            "schaal": None if self.schaal is None else self.schaal.model_dump(mode="json"),
            "left_out": {key.value: why.to_dict() for key, why in self.left_out.items()},
            "turned": list(self.turned),
        }

    def __repr__(self) -> str:
        return f"Pair(k={self.k}, metric={self.metric!r}, left_out={len(self.left_out)})"


def pair(
    first: Party,
    second: Party,
    /,
    *,
    metric: Metric | None = None,
    constructs: Sequence[str | Construct] | None = None,
) -> Pair:
    """Two profiles on the constructs that both have.

    Social pressure takes part when both sides say which way it points, because its number alone says how strong it is
    and not whether it helps; pressure against the behaviour is turned round on its scale first.

    Args:
        first: A profile, or a person with one profile.
        second: The other.
        metric: ``"pomp"`` when scales differ; left out, all values must share one scale.
        constructs: Which constructs; the seven determinants when left out.

    Returns:
        The pair, with what was left out and why.

    Raises:
        InputError: ``mixed-scales`` for several scales without a metric, ``too-few-constructs`` for fewer than two
            common constructs, ``missing-field`` for a value without a scale, ``invalid-value`` for what is no profile,
            ``unknown-name`` for the metric, ``unknown-construct``, ``duplicate-name`` for a construct named twice.
        AmbiguousProfileError: ``ambiguous-profile`` for a person with several profiles, or none.

    Example:
        >>> from igm.constructs import LIKERT5, LIKERT7, Client, Gedrag, Kunnen, Professional, Willen
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers", context="thuis", time="deze week", doel="werk")
        >>> client = Client(ref="c-1", gedrag=gedrag, schaal=LIKERT5,
        ...                 willen=Willen(houding=4, sociale_druk=3), kunnen=Kunnen(kennis=2))
        >>> professional = Professional(ref="p-1", gedrag=gedrag, schaal=LIKERT7,
        ...                             willen=Willen(houding=6), kunnen=Kunnen(kennis=4, context=5))
        >>> found = pair(professional, client, metric="pomp")
        >>> [one.value for one in found.constructs]
        ['houding', 'kennis']
        >>> found.left_out[Construct.CONTEXT]
        LeftOut('missing', on='second')
    """
    asked = (
        DETERMINANTS
        if constructs is None
        else sorted(asked_constructs(constructs), key=list(Construct).index)
    )
    sides: dict[Side, Profiel] = {"first": _profiel(first, "first"), "second": _profiel(second, "second")}
    known: dict[Construct, dict[Side, Waarde]] = {}
    left_out: dict[Construct, LeftOut] = {}
    for key in asked:
        values: dict[Side, Waarde | Missing] = {side: profiel[key] for side, profiel in sides.items()}
        why = _why_not(values)
        if why is None:
            known[key] = {side: value for side, value in values.items() if isinstance(value, Waarde)}
        else:
            left_out[key] = why
    if len(known) < FEWEST:
        given = ", ".join(known) or "none"
        do = f"Give profiles that have at least {FEWEST} constructs in common."
        raise InputError.of("too-few-constructs", "too few common constructs to compare", do, given=given)
    schaal = shared_scale(known, metric)
    on = _on_pomp if schaal is None else _as_given
    turned: list[Side] = [
        side
        for side, value in known.get(Construct.SOCIALE_DRUK, {}).items()
        if isinstance(value, SocialeDruk) and value.richting is Richting.TEGEN
    ]
    return Pair(
        constructs=tuple(known),
        first=tuple(on(values["first"]) for values in known.values()),
        second=tuple(on(values["second"]) for values in known.values()),
        metric="pomp" if schaal is None else "schaal",
        schaal=schaal,
        left_out=FrozenMapping(left_out),
        turned=tuple(turned),
    )


def asked_constructs(constructs: Sequence[str | Construct]) -> list[Construct]:
    """The constructs that are named, in that order.

    Raises:
        InputError: ``invalid-value`` for no list; ``unknown-construct`` and ``duplicate-name``, all at once.
    """
    given: object = constructs
    if isinstance(given, Mapping) or not isinstance(given, Iterable) or getattr(given, "ndim", 1) == 0:
        do = "Give a list of names, such as ['houding', 'kennis']."
        raise InputError.of(
            "invalid-value", "not a list of constructs", do, where="$.constructs", given=shown(given)
        )
    problems = Problems()
    found: list[Construct] = []
    for place, name in enumerate([constructs] if isinstance(constructs, str) else constructs):
        where = f"$.constructs[{place}]"
        try:
            key = construct(name, where=where)
        except UnknownNameError as error:
            problems.extend(error.problems)
            continue
        if key in found:
            problems.add("duplicate-name", "a construct is named twice", "Name it once.", where=where)
        found.append(key)
    problems.raise_any(InputError)
    return found


def _profiel(given: object, side: Side) -> Profiel:
    if isinstance(given, Profiel):
        return given
    if isinstance(given, Person):
        return given.profiel
    do = "Give a Profiel, or a person with one profile."
    raise InputError.of("invalid-value", "not a profile", do, where=f"$.{side}", given=shown(given))


def _why_not(values: Mapping[Side, Waarde | Missing]) -> LeftOut | None:
    """Why a construct takes no part, if it does not."""
    missing: dict[Side, Missing] = {
        side: value for side, value in values.items() if isinstance(value, Missing)
    }
    if missing:
        return LeftOut("missing", tuple(missing), FrozenMapping(missing))
    undirected: list[Side] = [
        side for side, value in values.items() if isinstance(value, SocialeDruk) and value.richting is None
    ]
    return LeftOut("no-direction", tuple(undirected)) if undirected else None


def shared_scale(known: Mapping[Construct, Mapping[Side, Waarde]], metric: Metric | None) -> Schaal | None:
    """The one scale of all values, or ``None`` for POMP; scales are the same when their bounds are."""
    if metric is not None:
        one_of(metric, get_args(Metric), "unknown metric", "$.metric")
    problems = Problems()
    scales: dict[tuple[int, int], Schaal] = {}
    for key, values in known.items():
        for side, value in values.items():
            if value.schaal is None:
                do = "Give each value its scale, such as LIKERT5."
                where = f"$.{side}.{key.value}"
                problems.add("missing-field", "a value without the scale it was given on", do, where=where)
            else:
                scales.setdefault((value.schaal.minimum, value.schaal.maximum), value.schaal)
    problems.raise_any(InputError)
    if metric == "pomp":
        return None
    if len(scales) > 1:
        bounds = ", ".join(str(scale) for _, scale in sorted(scales.items()))
        do = 'Give metric="pomp" to compare percents of maximum possible.'
        raise InputError.of("mixed-scales", "the values are on different scales", do, given=bounds)
    return next(iter(scales.values()))


def _turned(value: Waarde) -> Waarde:
    """Pressure against the behaviour as pressure towards it: the same distance from the other end."""
    if value.schaal is None or not isinstance(value, SocialeDruk) or value.richting is not Richting.TEGEN:
        return value
    return Waarde(score=value.schaal.reverse(value.score), schaal=value.schaal)


def _as_given(value: Waarde) -> float:
    return _turned(value).score


def _on_pomp(value: Waarde) -> float:
    return _turned(value).pomp
