"""What is said of dyads taken together, per language, and how means of them are told."""

from __future__ import annotations

from typing import Final

import numpy as np

from igm._display import Cell, Language
from igm.congruence.moments import FloatArray
from igm.disclosure import FEWEST_PEOPLE
from igm.errors import MASK

PERFECT: Final = 1 - 1e-12
"""From here on r counts as 1: Fisher's z of it is infinite."""

OVER: Final[dict[Language, dict[str, str]]] = {
    "nl": {
        "figure": "cijfer",
        "n": "n",
        "mean": "gemiddelde",
        "mean-z": "via Fisher z",
        "median": "mediaan",
        "normative": "Gelijkenis van duo's, met en zonder wat iedereen gemeen heeft",
        "overall": "geheel",
        "distinctive": "eigen",
        "normativeness_first": "gewoonheid eerste",
        "normativeness_second": "gewoonheid tweede",
        "norms-leave-one-out": "Norm: het gemiddelde van de andere van {} duo's.",
        "norms-groups": "Norm: het gemiddelde van de duo's van andere groepen, van {} duo's in {} groepen.",
        "norms-sample": "Norm: het gemiddelde van alle {} duo's.",
        "distinctive-means": "Eigen: wat duo's gemeen hebben naast wat iedereen gemeen heeft.",
        "norms-alike": "De twee normen lijken op elkaar met r = {}.",
        "pairs": "paren",
        "undefined": "niet te bepalen",
        "pseudo": "Wie bij elkaar hoort, naast wie niet bij elkaar hoort ({})",
        "own": "eigen duo's",
        "mismatched": "alle andere paren",
        "within": "andere paren, zelfde groep",
        "between": "andere paren, twee groepen",
        "above": "Eigen duo's min {1}: {0}.",
        "within-note": "Wie bij dezelfde groep hoort, is niet vreemd voor elkaar.",
        "perfect": "Bij een r van 1 of -1 is er geen gemiddelde via Fisher z.",
        "value": "waarde",
        "from": "van",
        "to": "tot",
        "error-intervals": "Hoe zeker de cijfers van een paar zijn, gegeven de meetfout",
        "by-simulation": "Intervallen van {0}%, uit {1} trekkingen van de meetfout; van verschillen met een formule.",
        "by-delta": "Intervallen van {0}%, met een formule waar die er is.",
        "d2-error": "Meetfout alleen geeft gemiddeld een D² van {}.",
        "d2-by-error": "D² is niet groter dan meetfout alleen gemiddeld geeft.",
        "flat-by-error": "Een profiel wisselt niet meer dan meetfout alleen geeft: de vorm ervan zegt weinig.",
        "outside-scale": "In {}% van de trekkingen ligt een score buiten de schaal; die is zo gelaten.",
        "undefined-draws": "Sommige cijfers bestaan in een deel van de trekkingen niet; dat deel telt daar niet mee.",
        "cut": "Waar een interval verder reikte dan een cijfer kan, is het daar afgekapt.",
        "below-zero": "De formule voor D² komt onder 0 uit; een afstand kan dat niet.",
        "groups": "groepen",
        "group": "groep",
        "weight": "blijft",
        "shrunk": "naar het geheel getrokken",
        "by-exchange": "na ruilen",
        "clusters": "Over duo's, met hele groepen getrokken",
        "by-clusters": "Interval van {}%, uit {} trekkingen van hele groepen.",
        "none-one-group": "Geen uitkomst: er is één groep, dus hoe groepen verschillen is niet te weten.",
        "none-no-values": "Geen uitkomst: er is geen enkele waarde.",
        "none-no-spread": "Geen uitkomst: alles geeft hetzelfde.",
        "none-no-within": "Geen uitkomst: geen groep heeft twee waarden.",
        "none-no-exchange": "Geen toets: niemand kan ruilen.",
        "none-no-figure": "Geen toets: het cijfer bestaat niet voor de duo's zelf of niet na elke ruil.",
        "few-groups": "Minder dan 10 groepen: het interval is waarschijnlijk te smal.",
        "few-groups-exchanged": "Minder dan 10 groepen: er valt weinig te ruilen.",
        "few-shrunk": "Minder dan 10 groepen: hoe sterk er wordt getrokken is onzeker.",
        "no-groups": "Zonder groepen telt elk duo als los van alle andere.",
        "negative-tau2": "Groepen verschillen minder dan door toeval zou komen; de variantie telt als 0.",
        "n-missing": "{} zonder waarde telt niet mee.",
        "variances": "Variantie tussen groepen {}, binnen groepen {}.",
        "shrinkage": "Gemiddelden van groepen, zoals ze zijn en naar het geheel getrokken",
        "permutation": "Duo's naast geruilde partners",
        "exchange-all": "Alle partners zijn geruild.",
        "exchange-within": "Partners zijn geruild binnen hun groep.",
        "exchange-between": "Hele groepen hebben geruild.",
        "counted": "Alle {} ruilingen zijn geteld.",
        "drawn": "{} ruilingen zijn getrokken.",
        "few-arrangements": "Met zo weinig ruilingen kan p niet onder {} komen.",
        "repeated": "{} duo's delen een profiel met een ander duo. Is dat één mens, geef dan groups=.",
        "some-stay": "{} had niemand om mee te ruilen en bleef.",
        "few-dyads": "Weinig duo's: de norm hangt af van wie erin zit.",
    },
    "en": {
        "figure": "figure",
        "n": "n",
        "mean": "mean",
        "mean-z": "by Fisher's z",
        "median": "median",
        "normative": "Likeness of dyads, with and without what everybody has in common",
        "overall": "overall",
        "distinctive": "distinctive",
        "normativeness_first": "normativeness of first",
        "normativeness_second": "normativeness of second",
        "norms-leave-one-out": "Norm: the mean of the others of {} dyads.",
        "norms-groups": "Norm: the mean of the dyads of other groups, of {} dyads in {} groups.",
        "norms-sample": "Norm: the mean of all {} dyads.",
        "distinctive-means": "Distinctive: what dyads share beside what everybody shares.",
        "norms-alike": "Both norms are alike with r = {}.",
        "pairs": "pairs",
        "undefined": "not defined",
        "pseudo": "Who belong together, beside who do not ({})",
        "own": "own dyads",
        "mismatched": "all other pairs",
        "within": "other pairs, same group",
        "between": "other pairs, two groups",
        "above": "Own dyads minus {1}: {0}.",
        "within-note": "Who are of one group are no strangers to one another.",
        "perfect": "With an r of 1 or -1 there is no mean by Fisher's z.",
        "value": "value",
        "from": "from",
        "to": "to",
        "error-intervals": "How sure the figures of a pair are, given errors of measurement",
        "by-simulation": "Intervals of {0}%, from {1} draws of the errors; of differences by a formula.",
        "by-delta": "Intervals of {0}%, by a formula where there is one.",
        "d2-error": "Errors alone give a D² of {} on average.",
        "d2-by-error": "D² is no larger than errors alone give on average.",
        "flat-by-error": "A profile varies no more than errors alone give: its shape says little.",
        "outside-scale": "In {}% of the draws a score lies outside its scale; it is kept as it is.",
        "undefined-draws": "Some figures are not defined in a share of the draws, which take no part there.",
        "cut": "Where an interval went beyond what a figure can be, it was cut there.",
        "below-zero": "The formula for D² goes below 0, where a distance cannot be.",
        "groups": "groups",
        "group": "group",
        "weight": "stays",
        "shrunk": "drawn to all",
        "by-exchange": "by exchange",
        "clusters": "Over dyads, with whole groups drawn",
        "by-clusters": "Interval of {}%, from {} draws of whole groups.",
        "none-one-group": "No outcome: there is one group, so that it cannot be known how groups differ.",
        "none-no-values": "No outcome: there is no value at all.",
        "none-no-spread": "No outcome: all give the same.",
        "none-no-within": "No outcome: no group has two values.",
        "none-no-exchange": "No test: nobody can exchange.",
        "none-no-figure": "No test: the figure is not defined for the dyads themselves, or not after every exchange.",
        "few-groups": "Fewer than 10 groups: the interval is likely too narrow.",
        "few-groups-exchanged": "Fewer than 10 groups: there is little to exchange.",
        "few-shrunk": "Fewer than 10 groups: by how much means are drawn is uncertain.",
        "no-groups": "Without groups every dyad counts as apart from all others.",
        "negative-tau2": "Groups differ less than by chance; the variance counts as 0.",
        "n-missing": "{} without a value do not count.",
        "variances": "Variance between groups {}, within groups {}.",
        "shrinkage": "Means of groups, as they are and drawn to the mean of all",
        "permutation": "Dyads beside exchanged partners",
        "exchange-all": "All partners were exchanged.",
        "exchange-within": "Partners were exchanged within their group.",
        "exchange-between": "Whole groups were exchanged.",
        "counted": "All {} exchanges were counted.",
        "drawn": "{} exchanges were drawn.",
        "few-arrangements": "With so few exchanges p cannot come below {}.",
        "repeated": "{} dyads share a profile with another dyad. If that is one person, give groups=.",
        "some-stay": "{} had nobody to exchange with and stayed.",
        "few-dyads": "Few dyads: the norm depends on who is in it.",
    },
}


def told_mean(values: FloatArray) -> tuple[int, float | None, float | None]:
    """How many are defined, their mean, and their mean by Fisher's z, which there is not with an r of 1."""
    there = values[~np.isnan(values)]
    if not there.size:
        return 0, None, None
    perfect = bool((np.abs(there) >= PERFECT).any())
    return int(there.size), float(there.mean()), None if perfect else float(np.tanh(np.arctanh(there).mean()))


def few_masked(n: int, mask: bool, cells: tuple[Cell, ...]) -> list[Cell]:
    """Figures of so few people that they tell about a person are masked when printed."""
    return [MASK if mask and n < FEWEST_PEOPLE and cell is not None else cell for cell in cells]
