"""What figures say, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from igm._display import Language

WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "intern": "Alleen voor intern gebruik.",
        "profile": "Scores per construct",
        "waves": "Scores per moment",
        "likert": "Antwoorden per item",
        "distribution": "Verdeling van antwoorden per item",
        "score": "score, schaal {}",
        "share": "aandeel van de mensen (%)",
        "answer": "antwoord, schaal {}",
        "of": "{} van {} items",
        "to": "tot",
        "suppressed": "Weggelaten, omdat er te weinig mensen zijn of omdat het iets over personen vertelt: {}.",
        "suppressed-many": "Weggelaten cijfers: {}, omdat er te weinig mensen zijn of omdat het iets over personen "
        "vertelt.",
        "suppressed-there": "Cijfers die in de bron zijn weggelaten: {}.",
        "nothing": "Hier mag niets getoond worden: er zijn te weinig mensen, of het vertelt iets over personen.",
        "nothing-there": "Hier is niets te tonen: de cijfers zijn weggelaten in de bron.",
        "nothing-asked": "Hier is niets te tonen: er zijn geen scores.",
        "no-interval": "Zonder interval, omdat de standaarddeviatie niet te publiceren is: {}.",
        "interval": "Lijnen zijn {}%-intervallen.",
        "error": "Lijnen zijn {}%-intervallen van de meetfout.",
        "pressure": "Sociale druk (open teken): een hogere score is niet vanzelf helpend.",
        "unknown": "Niet bekend: {}.",
        "joined": "Antwoorden van weinig mensen zijn samengenomen: {}.",
        "as-given": "Antwoorden staan zoals ze gegeven zijn; items die andersom zijn gesteld, zijn niet omgedraaid.",
        "chain": "Manager, professional en cliënt op één as",
        "not-drawn": "Niet getekend: {}.",
        "turned": "Sociale druk tegen het gedrag in is omgekeerd: hoger is meer steun.",
        "gap-break": "verschil dat hier een breuk is",
        "gap-no-break": "verschil dat hier geen breuk is",
        "gap-unknown": "verschil, niet bekend of het een breuk is",
        "gap-largest": "grootste verschil van een schakel",
        "gap-other": "verschil",
    },
    "en": {
        "intern": "For use inside only.",
        "profile": "Scores per construct",
        "waves": "Scores per wave",
        "likert": "Answers per item",
        "distribution": "Distribution of answers per item",
        "score": "score, scale {}",
        "share": "share of people (%)",
        "answer": "answer, scale {}",
        "of": "{} of {} items",
        "to": "to",
        "suppressed": "Left out, because there are too few people or because it tells something about persons: {}.",
        "suppressed-many": "Figures left out: {}, because there are too few people or because it tells something about "
        "persons.",
        "suppressed-there": "Figures that are left out in the source: {}.",
        "nothing": "Nothing may be shown here: there are too few people, or it tells something about persons.",
        "nothing-there": "Nothing can be shown here: the figures are left out in the source.",
        "nothing-asked": "Nothing can be shown here: there are no scores.",
        "no-interval": "Without an interval, because the standard deviation cannot be published: {}.",
        "interval": "Lines are {}% intervals.",
        "error": "Lines are {}% intervals of the error of measurement.",
        "pressure": "Social pressure (open sign): a higher score does not help by itself.",
        "unknown": "Not known: {}.",
        "joined": "Answers of few people are taken together: {}.",
        "as-given": "Answers stand as they were given; items that are worded the other way are not turned.",
        "chain": "Manager, professional and client on one axis",
        "not-drawn": "Not drawn: {}.",
        "turned": "Social pressure against the behaviour is turned round: higher is more support.",
        "gap-break": "a difference that is a break here",
        "gap-no-break": "a difference that is no break here",
        "gap-unknown": "a difference, not known whether it is a break",
        "gap-largest": "the largest difference of a link",
        "gap-other": "a difference",
    },
}
