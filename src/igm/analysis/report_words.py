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
        "suppressed": "{}: weggelaten, omdat er minder dan {} mensen zijn, of omdat het cijfer met andere cijfers iets "
        "over personen vertelt.",
        "rounded": "Zonder SD, met een gemiddelde op één decimaal: anders zijn de antwoorden uit de cijfers te halen.",
        "few": "{}: weggelaten, omdat er minder dan {} mensen zijn.",
        "empty": "–: niet gemeten.",
        "rows": "Wie twee keer voorkomt is niet bekend: elke rij telt als één mens.",
        "unchecked": "Niet nagegaan is of de cijfers de antwoorden verraden: de schaal of het aantal items past niet.",
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
        "suppressed": "{}: left out, because there are fewer than {} people, or because the figure tells something "
        "about persons together with others.",
        "rounded": "Without SD, with a mean at one decimal: answers could be found from the figures otherwise.",
        "few": "{}: left out, because there are fewer than {} people.",
        "empty": "–: not measured.",
        "rows": "Who occurs twice is not known: every row counts as one person.",
        "unchecked": "It was not checked whether figures tell the answers: the scale or the number of items does "
        "not fit.",
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
