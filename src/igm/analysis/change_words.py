"""What is said of the change of one person, in Dutch and English: plain, and without praise or blame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from igm._display import Language

CHANGE: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "from_to": "De score ging van {} naar {}.",
        "rise": "Dat is hoger, en meer dan door meetfouten te verwachten is.",
        "fall": "Dat is lager, en meer dan door meetfouten te verwachten is.",
        "not-shown": "Een verandering is niet aangetoond; dat kan pas bij een verschil van meer dan {}. "
        "Er kan wel iets zijn veranderd.",
        "cannot-show-higher": "De score was al bijna de hoogste. Een stijging is met deze meting niet te laten zien.",
        "cannot-show-lower": "De score was al bijna de laagste. Een daling is met deze meting niet te laten zien.",
        "cannot-show-neither": "De schaal is te kort om met deze meting een verandering te laten zien.",
        "on-limit": "Dit ligt op de grens: een klein verschil in afronden geeft een andere uitkomst.",
        "interval": "De verandering ligt waarschijnlijk tussen {1} en {2} ({0}%-interval).",
        "interval-adjusted": "Vergeleken met wat te verwachten was, ligt de verandering waarschijnlijk "
        "tussen {1} en {2} ({0}%-interval).",
        "no-evidence-no-before": "Nog geen aanwijzing: de eerste score ontbreekt.",
        "no-evidence-no-after": "Nog geen aanwijzing: de tweede score ontbreekt.",
        "no-evidence-neither": "Nog geen aanwijzing: beide scores ontbreken.",
        "no-evidence-no-reliability": "Niet vergeleken: de betrouwbaarheid of de standaarddeviatie is niet bekend.",
        "no-evidence-no-true-change": "Nog geen aanwijzing: in deze groep is verandering niet te scheiden "
        "van meetfouten.",
        "people": "wie",
        "constructs": "construct",
        "before": "eerst",
        "after": "later",
        "change": "verandering",
        "ci": "interval",
        "smallest": "aantoonbaar vanaf",
        "said": "uitkomst",
        "improved_short": "verbeterd",
        "worsened_short": "verslechterd",
        "higher_short": "hoger",
        "lower_short": "lager",
        "not-shown_short": "niet aangetoond",
        "cannot-show_short": "niet te laten zien",
        "no-evidence_short": "nog geen aanwijzing",
        "no-reliability_short": "niet vergeleken",
        "on-limit_short": "op de grens",
        "method": "Methode: {}.",
        "measure": "Betrouwbaarheid {}, standaarddeviatie {}.",
        "jt": "Jacobson-Truax (1991), met de standaardfout van Christensen en Mendoza (1986)",
        "gln": "Gulliksen-Lord-Novick",
        "hll": "Hsu-Linn-Nord",
        "en": "Edwards-Nunnally",
        "nk": "Nunnally-Kotsch",
        "ha": "Hageman-Arrindell",
        "false-alarm": "Bij {} vergelijkingen zonder echte verandering is de kans op minstens één valse uitkomst "
        "ongeveer {}%, en nooit meer dan {}%.",
        "own-sd": "De standaarddeviatie komt uit deze scores zelf.",
        "alpha": "De betrouwbaarheid is Cronbachs alfa per paar, uit antwoorden van {} mensen.",
        "alpha-sd": "Betrouwbaarheid (Cronbachs alfa per paar) en standaarddeviatie komen uit dezelfde antwoorden, "
        "van {} mensen.",
        "left": "Niet vergeleken, want de betrouwbaarheid of de standaarddeviatie is niet bekend: {}.",
        "few": "Dat zijn minder dan 30 mensen: neem liever die van een handleiding of van meer metingen samen.",
    },
    "en": {
        "from_to": "The score went from {} to {}.",
        "rise": "That is higher, by more than errors of measurement would give.",
        "fall": "That is lower, by more than errors of measurement would give.",
        "not-shown": "A change is not shown; that takes a difference of more than {}. "
        "Something may well have changed.",
        "cannot-show-higher": "The score was nearly the highest already. This measure cannot show a rise.",
        "cannot-show-lower": "The score was nearly the lowest already. This measure cannot show a fall.",
        "cannot-show-neither": "The scale is too short for this measure to show a change.",
        "on-limit": "This lies on the limit: a small difference in rounding gives another outcome.",
        "interval": "The change probably lies between {1} and {2} ({0}% interval).",
        "interval-adjusted": "Beside what was to be expected, the change probably lies between {1} and {2} "
        "({0}% interval).",
        "no-evidence-no-before": "No evidence yet: the first score is missing.",
        "no-evidence-no-after": "No evidence yet: the second score is missing.",
        "no-evidence-neither": "No evidence yet: both scores are missing.",
        "no-evidence-no-reliability": "Not compared: the reliability or the standard deviation is not known.",
        "no-evidence-no-true-change": "No evidence yet: in this group change cannot be told from errors "
        "of measurement.",
        "people": "who",
        "constructs": "construct",
        "before": "before",
        "after": "after",
        "change": "change",
        "ci": "interval",
        "smallest": "can be shown from",
        "said": "outcome",
        "improved_short": "improved",
        "worsened_short": "worsened",
        "higher_short": "higher",
        "lower_short": "lower",
        "not-shown_short": "not shown",
        "cannot-show_short": "cannot be shown",
        "no-evidence_short": "no evidence yet",
        "no-reliability_short": "not compared",
        "on-limit_short": "on the limit",
        "method": "Method: {}.",
        "measure": "Reliability {}, standard deviation {}.",
        "jt": "Jacobson-Truax (1991), with the standard error of Christensen and Mendoza (1986)",
        "gln": "Gulliksen-Lord-Novick",
        "hll": "Hsu-Linn-Nord",
        "en": "Edwards-Nunnally",
        "nk": "Nunnally-Kotsch",
        "ha": "Hageman-Arrindell",
        "false-alarm": "With {} comparisons and no real change, the chance of at least one false outcome is about {}%, "
        "and never more than {}%.",
        "own-sd": "The standard deviation comes from these scores themselves.",
        "alpha": "The reliability is Cronbach's alpha by pairs, from answers of {} people.",
        "alpha-sd": "Reliability (Cronbach's alpha by pairs) and standard deviation come from the same answers, "
        "of {} people.",
        "left": "Not compared, because the reliability or the standard deviation is not known: {}.",
        "few": "These are fewer than 30 people: better take it from a manual, or from more measurements together.",
    },
}
