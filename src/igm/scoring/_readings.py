"""One score beside a norm: in which stretch it lies, or why that cannot be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._display import Language, number
from igm.constructs._base import known_language
from igm.constructs.model import Construct
from igm.constructs.schaal import Schaal
from igm.constructs.waarde import Missing, Waarde
from igm.scoring.norms import Norm
from igm.scoring.protocols import FloatArray

Unread: TypeAlias = Literal["missing", "no-norm", "other-scale"]
"""Why a score is not read: there is none, the norm has no figures of it, or they are on another scale."""

WORDS: Final[dict[Language, dict[str, str]]] = {
    "nl": {
        "score": "score", "scale": "schaal", "reading": "naast de norm", "missing": "geen score",
        "no-norm": "de norm heeft hier geen cijfers van", "other-scale": "de norm staat op schaal {0}",
        "below": "meer dan één SD onder het gemiddelde van de groep",
        "within": "binnen één SD van het gemiddelde van de groep",
        "above": "meer dan één SD boven het gemiddelde van de groep",
        "level": "alleen de hoogte: de richting zegt of druk helpt", "norm": "norm", "people": "personen",
        "least": 'Getoond wordt wat op minstens {0} mensen per groep berust; wat binnen blijft geeft doel="intern".',
        "suppressed": "niet getoond: een groep is te klein", "figures": "M = {0}, SD = {1}, n = {2}",
        "advice": "Een plaats naast een norm is geen oordeel; een persoon beslist.",
    },
    "en": {
        "score": "score", "scale": "scale", "reading": "beside the norm", "missing": "no score",
        "no-norm": "the norm has no figures of this", "other-scale": "the norm is on scale {0}",
        "below": "more than one SD below the mean of the group",
        "within": "within one SD of the mean of the group",
        "above": "more than one SD above the mean of the group",
        "level": "its level only: whether pressure helps depends on its direction", "norm": "norm",
        "least": 'Shown is what rests on at least {0} people per group; for what stays inside, give doel="intern".',
        "people": "people", "suppressed": "not shown: a group is too small", "figures": "M = {0}, SD = {1}, n = {2}",
        "advice": "A place beside a norm is no judgement; a person decides.",
    },
}  # fmt: skip
PLACES: Final = ("below", "within", "above")


@attrs.frozen
class Reading:
    """One score beside a norm.

    Attributes:
        construct: Whose score.
        score: The score; ``None`` when there is none.
        schaal: Its scale.
        place: Which stretch of the norm it lies in, from 0, the lowest; of a group 0 below, 1 within and 2 above one
            standard deviation of its mean. ``None`` when it is not read.
        z: Of a group: (score - mean) / sd; ``None`` for cut-offs.
        reason: Why it is not read.

    Example:
        >>> from igm.constructs.schaal import LIKERT5
        >>> Reading(Construct.HOUDING, 4.0, LIKERT5, 1, -0.33, None).place
        1
    """

    construct: Construct
    score: float | None
    schaal: Schaal | None
    place: int | None
    z: float | None
    reason: Unread | None


def reading_of(norm: Norm, key: Construct, value: Waarde | Missing) -> Reading:
    """One value beside a norm."""
    if isinstance(value, Missing) or value.schaal is None:
        return Reading(key, None, None, None, None, "missing")
    reason = unreadable(norm, key, value.schaal)
    if reason is not None:
        return Reading(key, value.score, value.schaal, None, None, reason)
    places, z = places_of(norm, key, np.array([value.score]), value.schaal)
    return Reading(key, value.score, value.schaal, int(places[0]), None if z is None else float(z[0]), None)


def unreadable(norm: Norm, key: Construct, schaal: Schaal) -> Unread | None:
    """Why scores on a scale are not read."""
    if key not in norm.constructs:
        return "no-norm"
    return None if norm.fits(schaal) else "other-scale"


def places_of(
    norm: Norm, key: Construct, scores: FloatArray, schaal: Schaal
) -> tuple[NDArray[np.intp], FloatArray | None]:
    """In which stretch each score lies, and of a group how many standard deviations from its mean."""
    if norm.groep:
        figures = norm.groep[key]
        z: FloatArray = (scores - figures.mean) / figures.sd
        return (z >= -1).astype(np.intp) + (z > 1), z
    values = scores
    if norm.schaal is None:
        values = 100 * (scores - schaal.minimum) / (schaal.maximum - schaal.minimum)
    starts = [cut.vanaf for cut in norm.grenzen[key]]
    return np.searchsorted(starts, values, side="right") - 1, None


def said(norm: Norm, reading: Reading, lang: Language) -> str:
    """What is said of one score."""
    words = WORDS[known_language(lang)]
    if reading.place is None:
        return reason_text(norm, reading.reason or "missing", lang)
    told = stretch(norm, reading.construct, reading.place, lang)
    if norm.groep:
        own = norm.groep[reading.construct]
        figures = (number(own.mean, lang=lang), number(own.sd, lang=lang), own.n)
        told = f"{told} ({words['figures'].format(*figures)})"
    return f"{told}; {words['level']}" if reading.construct is Construct.SOCIALE_DRUK else told


def stretch(norm: Norm, key: Construct, place: int, lang: Language) -> str:
    """What a stretch of a norm is called."""
    return norm.grenzen[key][place].text(lang) if norm.grenzen else WORDS[lang][PLACES[place]]


def reason_text(norm: Norm, reason: Unread, lang: Language) -> str:
    """Why a score is not read, in words."""
    return WORDS[lang][reason].format(norm.scale_text)


def notes_of(norm: Norm, lang: Language) -> tuple[str, ...]:
    """Where a norm comes from, and what it cannot be used for."""
    words: Mapping[str, str] = WORDS[lang]
    cited = f"{words['norm']}: {norm.id} {norm.version}; {norm.bron}"
    return (cited, norm.populatie[lang], norm.status[lang], words["advice"])


def without_score(constructs: Sequence[Construct], lang: Language) -> tuple[str, ...]:
    """A note that names what there is no score of, and has no row for that reason."""
    names = ", ".join(key.label(lang) for key in constructs)
    return (f"{WORDS[lang]['missing']}: {names}",) if constructs else ()
