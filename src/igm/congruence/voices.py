"""``two_voices``: a client's own rating beside a professional's rating of the same client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from igm.congruence.pairs import LeftOut, Pair, pair
from igm.congruence.voice_results import TwoVoices, VoiceRow
from igm.constructs._base import is_number, plain_number, shown
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.constructs.personen import Client
from igm.constructs.profiel import Profiel
from igm.constructs.waarde import Bron, Missing, Waarde
from igm.errors import InputError, Problems, named

AboutClient: TypeAlias = "Profiel | Client"
"""A profile of a client, or a client who has one."""

_NOT_BY: Final = {"own": Bron.DESKUNDIGE, "other": Bron.KLANT}
"""Whose values a voice cannot hold: they are then not that voice."""

_DIGITS: Final = 9


def two_voices(
    own: AboutClient,
    other: AboutClient,
    *,
    metric: Metric | None = None,
    margin: float | None = None,
    constructs: Sequence[str | Construct] | None = None,
) -> TwoVoices:
    """A client's own rating beside a professional's rating of the same client: where they differ is a topic for talk.

    Neither is taken as the right one, and nothing is made of the two but their difference. Social pressure is compared
    when both say which way it points; pressure against the behaviour is turned round first.

    Args:
        own: What the client said.
        other: What the professional said of this client, not of the professional's own work.
        metric: ``"pomp"`` when scales differ; left out, all values must share one scale.
        margin: From where on a difference is a topic, on the metric; only what is beyond it counts. Without it, and
            there is no default, differences are only put in order of size.
        constructs: Which constructs; the seven determinants when left out.

    Returns:
        Both, side by side, the largest difference first; and what one or neither said anything of.

    Raises:
        InputError: ``invalid-value`` for two clients, two behaviours, what is no profile of a client, and a voice that
            holds values of somebody else by their ``bron``; ``not-a-number`` or ``value-out-of-range`` for the margin;
            ``mixed-scales``, ``too-few-constructs``, ``missing-field``, ``unknown-name``, ``unknown-construct`` and
            ``duplicate-name`` as `pair`.
        AmbiguousProfileError: ``ambiguous-profile`` for a client with several profiles, or none.

    Example:
        >>> from igm.constructs import LIKERT5, Gedrag, Profiel, Waarde
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers", context="thuis", time="deze week", doel="werk")
        >>> def voice(**scores):
        ...     waarden = {name: Waarde(score=score, schaal=LIKERT5) for name, score in scores.items()}
        ...     return Profiel(ref="c-017", gedrag=gedrag, waarden=waarden)
        >>> found = two_voices(voice(houding=4, kennis=2), voice(houding=3.5, kennis=4), margin=1)
        >>> found
        TwoVoices('c-017', compared=2, metric='schaal', margin=1)
        >>> print(found.text("en").splitlines()[0])
        knowledge and skills: the professional puts this 2.00 higher than the client (4.00 and 2.00).
    """
    problems = Problems()
    first, second = _profiel(own, "own", problems), _profiel(other, "other", problems)
    if first is not None and second is not None:
        _about_one(first, second, problems)
    asked = None if margin is None else _margin(margin, problems)
    problems.raise_any(InputError)
    assert first is not None  # noqa: S101 (told above)
    assert second is not None  # noqa: S101
    two = pair(first, second, metric=metric, constructs=constructs)
    rows = [*_compared(two), *(_left_out(key, why, first, second, two) for key, why in two.left_out.items())]
    return TwoVoices(
        rows=tuple(rows),
        gedrag=first.gedrag,
        metric=two.metric,
        schaal=two.schaal,
        margin=asked,
        ref=first.ref or second.ref,
        same_ref=first.ref is not None and first.ref == second.ref,
        turned=two.turned,
    )


def _profiel(given: object, side: str, problems: Problems) -> Profiel | None:
    if isinstance(given, Client):
        return given.profiel
    if isinstance(given, Profiel):
        return given
    do = "Give a profile of the client: for the professional's voice, what the professional said of the client."
    problems.add("invalid-value", "not a profile of a client", do, where=f"$.{side}", given=shown(given))
    return None


def _about_one(own: Profiel, other: Profiel, problems: Problems) -> None:
    if own.ref is not None and other.ref is not None and own.ref != other.ref:
        do, told = "Give two ratings of one client.", f"{named(own.ref)} and {named(other.ref)}"
        problems.add("invalid-value", "ratings of two people", do, where="$.other.ref", given=told)
    if own.gedrag.key != other.gedrag.key:
        do, told = "Give two ratings of one behaviour.", f"{own.gedrag.key} and {other.gedrag.key}"
        problems.add("invalid-value", "ratings of two behaviours", do, where="$.other.gedrag", given=told)
    for side, profiel in (("own", own), ("other", other)):
        strange = [key.value for key, value in profiel.known.items() if value.bron is _NOT_BY[side]]
        if strange:
            do = "Give the client's own rating first and the professional's second, each with its own values."
            what = f"a rating holds values of which the source is {_NOT_BY[side].value}"
            problems.add("invalid-value", what, do, where=f"$.{side}", given=", ".join(strange))


def _margin(given: Any, problems: Problems) -> float:
    value: object = plain_number(given)
    if not is_number(value):
        do = "Give a number on the metric, or leave it out."
        problems.add("not-a-number", "not a margin", do, where="$.margin", given=shown(given))
        return 0.0
    if value < 0:
        do = "Give a number of at least 0."
        problems.add("value-out-of-range", "a margin below zero", do, where="$.margin", given=shown(given))
    return float(value)


def _compared(two: Pair) -> list[VoiceRow]:
    both = zip(two.constructs, two.first, two.second, strict=True)
    rows = [VoiceRow(key, float(own), float(other)) for key, own, other in both]
    # the order of the model decides where only rounding parts two differences
    return sorted(rows, key=lambda row: -round(abs(row.difference or 0.0), _DIGITS))


def _left_out(key: Construct, why: LeftOut, own: Profiel, other: Profiel, two: Pair) -> VoiceRow:
    """What is known of a construct that is not compared; a value on another scale than the shared one is not shown."""
    return VoiceRow(key, _value(own[key], two), _value(other[key], two), why.reason)


def _value(value: Waarde | Missing, two: Pair) -> float | Missing | None:
    if isinstance(value, Missing):
        return value
    if two.metric == "pomp" or two.schaal is None or value.schaal is None:
        return value.pomp
    same = (value.schaal.minimum, value.schaal.maximum) == (two.schaal.minimum, two.schaal.maximum)
    return float(value.score) if same else None
