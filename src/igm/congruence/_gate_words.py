"""What is said of preconditions, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from igm._display import Language

GATE: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "name": "geaggregeerd willen en kunnen",
        "construct": "construct",
        "state": "stand",
        "mean": "gemiddelde",
        "interval": "interval",
        "threshold": "ten minste",
        "n": "n",
        "why": "waarom",
        "reached": "het hele interval ligt op of boven de grens",
        "below": "het hele interval ligt onder de grens",
        "across": "de grens ligt binnen het interval: dat kan beide kanten op",
        "not-measured": "niemand heeft hier een score",
        "one-person": "één score heeft geen interval",
        "withheld": "niet getoond: te weinig mensen, of cijfers die over personen zouden vertellen",
        "open": "De randvoorwaarden zijn ongeveer op orde; individuele ondersteuning kan daarop voortbouwen.",
        "closed": "Ten minste één randvoorwaarde ligt onder de grens. Het advies is: bespreek eerst wat de organisatie "
        "daaraan kan doen.",
        "undecided": "Nog niet te zeggen of de randvoorwaarden op orde zijn. Onbekend is geen nee.",
        "metric-pomp": "In procenten van het hoogst mogelijke (0–100).",
        "metric-schaal": "Op de schaal van de antwoorden.",
        "level": "Interval van het gemiddelde: {}% (t).",
        "source": "Grenzen: {}.",
        "least": "Elk cijfer gaat over ten minste {} mensen.",
        "rounded": "Afgerond, om niets over personen te vertellen (de stand rust op de volledige cijfers): {}.",
        "unchecked": "Niet nagegaan of de cijfers antwoorden verraden: {}.",
        "advice": "Dit gaat over de organisatie, niet over een persoon: om van te leren, niet om te beoordelen. "
        "Het is een advies; een mens beslist.",
    },
    "en": {
        "name": "aggregated willing and being able",
        "construct": "construct",
        "state": "state",
        "mean": "mean",
        "interval": "interval",
        "threshold": "at least",
        "n": "n",
        "why": "why",
        "reached": "the whole interval lies on or above the threshold",
        "below": "the whole interval lies below the threshold",
        "across": "the threshold lies within the interval: it can be either",
        "not-measured": "nobody has a score here",
        "one-person": "one score has no interval",
        "withheld": "not shown: too few people, or figures that would tell about persons",
        "open": "The preconditions are roughly in order; individual support can build on them.",
        "closed": "At least one precondition lies below its threshold. The advice is: first discuss what the "
        "organisation can do about it.",
        "undecided": "It cannot be said yet whether the preconditions are in order. Unknown is not a no.",
        "metric-pomp": "In percents of maximum possible (0–100).",
        "metric-schaal": "On the scale of the answers.",
        "level": "Interval of the mean: {}% (t).",
        "source": "Thresholds: {}.",
        "least": "Every figure is about at least {} people.",
        "rounded": "Rounded, to tell nothing about persons (the state rests on the figures in full): {}.",
        "unchecked": "Not checked whether the figures tell answers: {}.",
        "advice": "This is about the organisation, not about a person: for learning, not for appraisal. "
        "It is an advice; a person decides.",
    },
}
