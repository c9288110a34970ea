"""What a chain says, as readings by name, so that a rule can take it as a fact.

The names keep the three notions apart: ``congruentie.perceived...``, ``congruentie.profile...`` and
``congruentie.regulatory_fit...``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from igm.congruence._chain_words import READING
from igm.congruence.links import Link
from igm.congruence.metrics import OWN
from igm.constructs.model import DETERMINANTS, Construct
from igm.constructs.reading import Reading, ReadingValue
from igm.constructs.waarde import Bron, Missing

if TYPE_CHECKING:
    from igm.congruence.chain_result import Chain

_BETWEEN_ONES: Final = ("shape", "double_entry_icc", "ccc")
_SIGNED: Final = ("elevation", "difference")
_UNSIGNED: Final = ("mean_absolute_difference",)


def chain_readings(keten: Chain) -> dict[str, Reading]:
    """Every reading of a chain, by name; what is not there is a kind of missing, with the reason in words."""
    found = _perceived(keten)
    for link in keten.links:
        found |= _profile(link)
        found |= _regulatory_fit(link)
    return found


def _perceived(keten: Chain) -> dict[str, Reading]:
    name, perceived = "congruentie.perceived.professional", keten.perceived
    value = perceived.waarde
    if value is None or value.schaal is None:
        why = perceived.missing if isinstance(perceived.missing, Missing) else Missing.NIET_GEVRAAGD
        said = READING["perceived"].format(READING.get(str(perceived.missing), why.label()))
        absent = Reading(value=why, toelichting=said, door=keten.professional.ref)
        return {f"{name}.pomp": absent, f"{name}.schaal": absent}
    items = "" if value.n_valid is None else READING["items"].format(value.n_valid, value.n_items or "?")

    def reading(score: float, on: str, low: float, high: float) -> Reading:
        return Reading(
            value=score,
            toelichting=READING["perceived"].format(on) + items,
            bron=value.bron or (None if value.n_items is None else Bron.INSTRUMENT),
            datum=value.datum,
            door=keten.professional.ref,
            minimum=low,
            maximum=high,
        )

    scale = value.schaal
    return {
        f"{name}.pomp": reading(value.pomp, "POMP 0–100", 0, 100),
        f"{name}.schaal": reading(value.score, f"schaal {scale}", scale.minimum, scale.maximum),
    }


def _profile(link: Link) -> dict[str, Reading]:
    start = f"congruentie.profile.{link.name}"
    day = _oldest(link)

    def reading(what: str, value: ReadingValue | None, why: Missing, reason: str, kind: str) -> Reading:
        about = READING["profile"].format(what, READING[link.name], _on(link))
        if value is None:
            return Reading(value=why, toelichting=f"{about}: {reason}", datum=day)
        low, high = _bounds(link, kind)
        return Reading(value=value, toelichting=about, datum=day, minimum=low, maximum=high)

    found: dict[str, Reading] = {}
    for name in dict.fromkeys([*OWN, *link.figures]):
        reason = str(link.undefined.get(name, link.missing))
        kind = (
            Missing.NIET_VAN_TOEPASSING if reason in {"flat-profile", "both-flat"} else Missing.NIET_GEVRAAGD
        )
        found[f"{start}.{name}"] = reading(
            READING.get(name, name), link.figures.get(name), kind, READING.get(reason, reason), name
        )
    count = None if link.profile is None else link.k
    missing = READING[link.missing] if link.missing is not None else ""
    found[f"{start}.k"] = reading(READING["k"], count, Missing.NIET_GEVRAAGD, missing, "k")
    found[f"{start}.broken"] = reading(
        READING["broken"], link.is_broken, Missing.NIET_GEVRAAGD, missing or READING["unstated"], "broken"
    )
    for key in _asked(link):
        why, reason = _why(link, key)
        found[f"{start}.difference.{key.value}"] = reading(
            READING["difference"].format(key.label()), link.differences.get(key), why, reason, "difference"
        )
    return found


def _asked(link: Link) -> list[Construct]:
    """Every construct that was asked for, whether or not it takes part."""
    if link.profile is None:
        return list(DETERMINANTS)
    found = {*link.profile.pair.constructs, *link.profile.pair.left_out}
    return [key for key in Construct if key in found]


def _why(link: Link, key: Construct) -> tuple[Missing, str]:
    """Why a difference is not there, and what kind of missing that makes it."""
    if link.profile is None:
        reason = READING[str(link.missing)]
    else:
        left = link.profile.pair.left_out.get(key)
        if left is not None and left.missing:
            kinds = sorted(left.missing.values(), key=lambda one: one.ask_again)
            return kinds[0], ", ".join(one.label() for one in kinds)
        reason = READING["no-direction"]
    return Missing.NIET_GEVRAAGD, reason


def _on(link: Link) -> str:
    if link.profile is None:
        return READING["not-compared"]
    schaal = link.profile.pair.schaal
    return READING["on"].format("POMP 0–100" if schaal is None else f"schaal {schaal}", link.k)


def _bounds(link: Link, kind: str) -> tuple[float | None, float | None]:
    """The ends of what a figure can be, where these do not depend on how many constructs take part."""
    schaal = None if link.profile is None else link.profile.pair.schaal
    width = 100.0 if schaal is None else float(schaal.maximum - schaal.minimum)
    if kind in _BETWEEN_ONES:
        return -1, 1
    if kind in _SIGNED:
        return -width, width
    return (0, width) if kind in _UNSIGNED else (None, None)


def _oldest(link: Link) -> date | None:
    """The day of the oldest value that takes part: a figure is no newer; unknown when any day is unknown."""
    if link.profile is None:
        return None
    days: list[date] = []
    for party in (link.guide, link.guided):
        for key in link.profile.pair.constructs:
            value = None if party.profiel is None else party.profiel.known.get(key)
            if value is None or value.datum is None:
                return None
            days.append(value.datum)
    return min(days)


def _regulatory_fit(link: Link) -> Mapping[str, Reading]:
    start, fit = f"congruentie.regulatory_fit.{link.name}", link.regulatory_fit
    parts = {
        "sturing": fit.sturing,
        "zelfsturing": fit.zelfsturing,
        "fit": fit.fit,
        "direction": fit.direction,
    }
    # either level that is missing leaves the outcome open; a refusal is not asked for again
    open_for = sorted(fit.missing.values(), key=lambda one: one.ask_again)
    found: dict[str, Reading] = {}
    for name, level in parts.items():
        about = READING["fit"].format(READING[f"fit-{name}"], READING[f"from-{link.name}"])
        why = fit.missing.get(name, open_for[0] if open_for else Missing.NIET_GEVRAAGD)
        value = why if level is None else level.value
        said = about if level is not None else f"{about}: {why.label()}"
        found[f"{start}.{name}"] = Reading(value=value, toelichting=said, bron=None, datum=fit.datum)
    return found
