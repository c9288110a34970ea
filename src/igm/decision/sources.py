"""The one door by which values that others worked out become facts: readings, each by its name.

A profile comes in by it, and so does what compares profiles, without this package knowing it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from igm.constructs.model import Construct
from igm.constructs.profiel import Profiel
from igm.constructs.reading import Reading
from igm.constructs.waarde import Bron, Missing, Waarde
from igm.decision.reading_names import profile_name

__all__ = ["FactSource", "Reading", "profile_readings"]


@runtime_checkable
class FactSource(Protocol):
    """Anything that gives readings by name: ``kader.casus(..., bronnen=[source])`` fills the facts that take them.

    A fact takes a reading by its name, with ``uit=``. The first part of a name says what kind of source it is. There
    are three kinds of congruence and each has its own name, ``congruentie.perceived...``, ``congruentie.profile...``
    and ``congruentie.regulatory_fit...``: there is no single congruence score.

    A source with a ``ref`` that is text says whom it is about: that must be the person of the case.

    Example:
        >>> class Keten:
        ...     def readings(self) -> Mapping[str, Reading]:
        ...         shape = Reading(value=0.8, toelichting="congruentie: vorm, professional en cliënt")
        ...         return {"congruentie.profile.professional-client.shape": shape}
        >>> isinstance(Keten(), FactSource)
        True
    """

    def readings(self) -> Mapping[str, Reading]:
        """What it gives, by name; what it knows of and does not have is a kind of missing."""
        ...


def profile_readings(profiel: Profiel) -> dict[str, Reading]:
    """The scores of a profile by name, on both metrics; what is missing is given with the reason.

    Example:
        >>> from igm.constructs import LIKERT5, Gedrag
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers", context="met begeleiding",
        ...                 time="komende 4 weken", doel="betaald werk")
        >>> profiel = Profiel(gedrag=gedrag, waarden={"houding": Waarde(score=4.3, schaal=LIKERT5)})
        >>> profile_readings(profiel)["profiel.houding.pomp"].value
        82.5
    """
    found: dict[str, Reading] = {}
    for key in Construct:
        value = profiel[key]
        about = f"profiel: {key.value}, {{}}, gedrag {profiel.gedrag.key}"
        where = f".waarden.{key.value}"
        if isinstance(value, Missing) or value.schaal is None:
            why = value if isinstance(value, Missing) else Missing.NIET_GEVRAAGD
            absent = Reading(value=why, toelichting=about.format(why.label()), where=where)
            found |= dict.fromkeys((profile_name(key, "pomp"), profile_name(key, "schaal")), absent)
            continue
        scale = value.schaal
        found[profile_name(key, "pomp")] = _reading(
            value, value.pomp, about.format("POMP 0–100"), (0, 100), where
        )
        found[profile_name(key, "schaal")] = _reading(
            value, value.score, about.format(f"schaal {scale}"), (scale.minimum, scale.maximum), where
        )
    return found


def _reading(value: Waarde, score: float, about: str, bounds: tuple[float, float], where: str) -> Reading:
    items = f"; {value.n_valid} van {value.n_items} items" if value.n_valid is not None else ""
    return Reading(
        value=score,
        toelichting=about + (items if value.n_items is not None else ""),
        bron=value.bron or (None if value.n_items is None else Bron.INSTRUMENT),
        datum=value.datum,
        minimum=bounds[0],
        maximum=bounds[1],
        where=where,
    )
