"""What report tables say, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from igm._display import Language

REPORT: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "title": "Gemiddelde (standaarddeviatie) en aantal mensen",
        "construct": "construct",
        "mean_sd": "M (SD)",
        "scale": "Schaal {}.",
        "scale-ends": "Schaal {} ({} = {}; {} = {}).",
        "few": "weggelaten, omdat er minder dan {} mensen zijn.",
        "left-out-there": "weggelaten in de bron.",
        "left-out": "weggelaten, om een van deze redenen: {}.",
        "why-few": "er zijn minder dan {} mensen",
        "why-same": "iedereen heeft dezelfde score",
        "why-sets": "bij de cijfers passen maar weinig antwoorden",
        "why-overlap": "het gaat over bijna dezelfde mensen als een ander cijfer",
        "why-total": "met een totaal is het uit te rekenen",
        "which": "Welke reden waar geldt, staat er niet bij, omdat ook dat iets over personen vertelt.",
        "rounded": "Zonder SD, met een gemiddelde op één decimaal: anders zijn de antwoorden uit de cijfers te halen.",
        "one-person": "Zonder SD: van één mens is er geen spreiding.",
        "empty": "–: nooit gevraagd, of niemand heeft een score.",
        "rows": "Wie twee keer voorkomt is niet bekend: elke rij telt als één mens.",
        "unchecked": "Niet overal nagegaan is of de cijfers de antwoorden verraden, omdat schaal of aantal items "
        "(items=) niet past: {}.",
        "no-scale": "Niet nagegaan is of de cijfers de antwoorden verraden, want de schaal (schaal=) is niet "
        "gegeven: {}.",
        "between": "Bijna dezelfde mensen op twee momenten: {}. Het getal is hoeveel mensen op maar een van beide een "
        "score hebben. Maak over alleen die mensen, zoals wie stopte of erbij kwam, geen cijfers openbaar.",
        "and": "{} en {}",
        "intern": "Alleen voor intern gebruik.",
        "unmarked": "Zonder letter is een verschil niet aangetoond of niet getoetst; dat sluit een verschil niet uit.",
        "withheld": "Toetsen met een weggelaten cijfer hebben geen letter.",
        "mark": "[{}] {}: {} {} dan {}, {}. {}.",
        "higher": "hoger",
        "lower": "lager",
        "p": "p aangepast {}",
        "source": "Bron: {}",
    },
    "en": {
        "title": "Mean (standard deviation) and number of people",
        "construct": "construct",
        "mean_sd": "M (SD)",
        "scale": "Scale {}.",
        "scale-ends": "Scale {} ({} = {}; {} = {}).",
        "few": "left out, because there are fewer than {} people.",
        "left-out-there": "left out in the source.",
        "left-out": "left out, for one of these reasons: {}.",
        "why-few": "there are fewer than {} people",
        "why-same": "everyone has the same score",
        "why-sets": "few answers fit the figures",
        "why-overlap": "it is about almost the same people as another figure",
        "why-total": "it can be found from a total",
        "which": "Which reason holds where is not said, because that too tells something about persons.",
        "rounded": "Without SD, with a mean at one decimal: answers could be found from the figures otherwise.",
        "one-person": "Without SD: one person has no spread.",
        "empty": "–: never asked, or nobody has a score.",
        "rows": "Who occurs twice is not known: every row counts as one person.",
        "unchecked": "It was not checked everywhere whether figures tell the answers, because the scale or the number "
        "of items (items=) does not fit: {}.",
        "no-scale": "It was not checked whether figures tell the answers, because the scale (schaal=) is not "
        "given: {}.",
        "between": "Almost the same people at two waves: {}. The number is how many have a score at one of the two "
        "only. Publish no figures of just those people, such as of who left or came.",
        "and": "{} and {}",
        "intern": "For use inside only.",
        "unmarked": "Without a letter a difference is not shown or not tested; that does not rule out a difference.",
        "withheld": "Tests with a figure that is left out have no letter.",
        "mark": "[{}] {}: {} {} than {}, {}. {}.",
        "higher": "higher",
        "lower": "lower",
        "p": "p adjusted {}",
        "source": "Source: {}",
    },
}
