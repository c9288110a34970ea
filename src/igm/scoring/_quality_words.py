"""What the quality of items, scales and answers is called, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from igm._display import Language

NOTES: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "one-item": "Eén item: betrouwbaarheid is niet te berekenen.",
        "two-items": "Twee items: gebruik Spearman-Brown; één factor is met twee items niet te schatten.",
        "one-rater": "Eén beoordelaar: overeenstemming is niet te berekenen.",
        "no-spread-ratings": "Alle oordelen zijn gelijk: overeenstemming is zonder verschillen niet te berekenen.",
        "unanswered-items": "Niemand heeft deze items beantwoord: ze tellen niet mee.",
        "few-people": "Te weinig mensen: er zijn er minstens twee nodig.",
        "no-answers": "Niemand heeft geantwoord.",
        "no-spread": "De som van de items varieert niet: niet te berekenen.",
        "pairs-missing": "Twee items hebben samen minder dan twee antwoorden: hun samenhang is niet te berekenen.",
        "negative-alpha": "Alpha is negatief: de items meten samen niet één ding. Niet afgekapt op nul.",
        "constant-items": "Items die niet variëren tellen mee in alpha, zonder eigen samenhang.",
        "negative-item-rest": "Een item gaat tegen de rest in: is het al gekeerd, of andersom gesteld?",
        "no-inverse": "G6 is niet te berekenen: items hangen volledig samen, of te veel antwoorden ontbreken.",
        "pairwise-interval": "Er ontbreken antwoorden: het interval van alpha per paar is een benadering.",
        "small-n": "Minder dan 30 mensen: neem voor de meetfout liever de betrouwbaarheid en de spreiding "
        "uit een handleiding of uit samengevoegde metingen.",
        "no-loadings": "De items delen geen factor: geen enkel item laadt.",
        "no-convergence": "De schatting van de factor is niet gelukt: gebruik alpha.",
        "heywood": "Een item heeft geen eigen variantie meer (Heywood): de schatting staat op de rand.",
        "negative-loading": "Een item laadt de andere kant op dan de rest.",
        "people-dropped": "Mensen bij wie een antwoord ontbreekt zijn niet meegeteld.",
        "singular": "Items hangen volledig samen: één factor is niet te schatten.",
        "unbalanced": "Groepen zijn niet even groot: ICC(1) hangt af van de groepsgrootte die je kiest.",
        "one-group": "Eén groep: er zijn er minstens twee nodig.",
        "groups-of-one": "Elke groep is één persoon: binnen groepen is er niets te vergelijken.",
        "few-raters": "Met twee tot vier beoordelaars is rwg vooral toeval.",
        "negative-rwg": "De spreiding is groter dan die van toeval: rwg is op 0 gezet, zoals gebruikelijk.",
    },
    "en": {
        "one-item": "One item: reliability cannot be computed.",
        "two-items": "Two items: use Spearman-Brown; one factor cannot be estimated from two items.",
        "one-rater": "One rater: agreement cannot be computed.",
        "no-spread-ratings": "All ratings are the same: without differences agreement cannot be computed.",
        "unanswered-items": "Nobody answered these items: they do not count.",
        "few-people": "Too few people: at least two are needed.",
        "no-answers": "Nobody answered.",
        "no-spread": "The sum of the items does not vary: this cannot be computed.",
        "pairs-missing": "Two items have fewer than two answers together: how they go together cannot be computed.",
        "negative-alpha": "Alpha is negative: together the items do not measure one thing. It is not cut off at zero.",
        "constant-items": "Items that do not vary count in alpha, and go together with nothing.",
        "negative-item-rest": "An item goes against the rest: is it turned already, or worded the other way?",
        "no-inverse": "G6 cannot be computed: items go together completely, or too many answers are missing.",
        "pairwise-interval": "Answers are missing: the interval of alpha by pairs is an approximation.",
        "small-n": "Fewer than 30 people: for the error of measurement, rather take reliability and spread "
        "from a manual or from waves put together.",
        "no-loadings": "The items share no factor: no item loads.",
        "no-convergence": "Estimating the factor did not succeed: use alpha.",
        "heywood": "An item has no variance of its own left (Heywood): the estimate lies on the edge.",
        "negative-loading": "An item loads the other way than the rest.",
        "people-dropped": "People of whom an answer is missing do not count.",
        "singular": "Items go together completely: one factor cannot be estimated.",
        "unbalanced": "Groups are not of one size: ICC(1) depends on the group size that is taken.",
        "one-group": "One group: at least two are needed.",
        "groups-of-one": "Every group is one person: within groups there is nothing to compare.",
        "few-raters": "With two to four raters rwg is mostly chance.",
        "negative-rwg": "Answers lie further apart than by chance: rwg is set to 0, as is usual.",
    },
}

WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "form": "vorm",
        "interval": "interval",
        "standardised": "α gest.",
        "item_rest": "item-rest",
        "if_dropped": "α zonder",
        "loading": "lading",
        "reliability": "α per paar met {}%-interval (Feldt); ω van één factor; SEM op de schaal van de scores.",
    },
    "en": {
        "form": "form",
        "interval": "interval",
        "standardised": "α std.",
        "item_rest": "item-rest",
        "if_dropped": "α without",
        "loading": "loading",
        "reliability": "α by pairs with a {}% interval (Feldt); ω of one factor; SEM on the scale of the scores.",
    },
}
