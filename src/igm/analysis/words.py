"""What analyses say, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from igm._display import Language
from igm.analysis.adjust import Adjustment

WAVES: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "from_to": "van {} naar {}",
        "higher": "hoger, met {} ({}).",
        "lower": "lager, met {} ({}).",
        "not-shown": "een verschil is niet aangetoond: {} ({}). Dat sluit een verschil binnen dit interval niet uit.",
        "alone": "Los bekeken valt het verschil op; naast de andere toetsen (samen {}) is het niet aangetoond.",
        "not-adjusted": "p is niet aangepast voor het aantal toetsen ({}).",
        "detectable": "Een verschil vanaf ongeveer {} was, los bekeken, 4 van de 5 keer te vinden.",
        "interval": "{}%-interval {} tot {}",
        "and": "en",
        "no_values": "niet te vergelijken, want op een van beide momenten heeft niemand een score.",
        "untested-no-spread": "niet te toetsen, want er is geen spreiding; het verschil is {}.",
        "untested-one-value": "niet te toetsen, want er is op een moment maar één score; het verschil is {}.",
        "apart": "De scores liggen ver uiteen; een gemiddelde zegt dan weinig over de groep, en dit is geen trend.",
        "leavers-higher": "Wie later niet meer meedeed ({} mensen), scoorde eerst hoger dan wie bleef.",
        "leavers-lower": "Wie later niet meer meedeed ({} mensen), scoorde eerst lager dan wie bleef.",
        "leavers-not-shown": "Dat wie later niet meer meedeed ({} mensen) eerst anders scoorde, is niet aangetoond.",
        "people": "{} en {} mensen, {} in beide",
        "people-unknown": "{} en {} mensen",
        "g": "Hedges' g is {} ({}).",
        "inside": "Alleen voor intern gebruik, want dit gaat ook over minder dan {} mensen.",
        "welch": "Getoetst als twee groepen (Welch)",
        "student": "Getoetst als twee groepen (Student)",
        "paired": "Getoetst als dezelfde mensen (gepaard)",
        "partly-overlapping": "Getoetst als deels dezelfde mensen (ongelijke spreiding)",
        "partly-overlapping, equal variances": "Getoetst als deels dezelfde mensen (gelijke spreiding)",
        "construct": "construct",
        "waves": "momenten",
        "before": "eerst, M (SD)",
        "after": "later, M (SD)",
        "difference": "verschil",
        "ci": "interval",
        "p_adjusted": "p, aangepast",
        "test": "toets",
        "no_values_short": "geen scores",
        "no-spread_short": "geen spreiding",
        "one-value_short": "één score",
        "welch_short": "Welch",
        "student_short": "Student",
        "paired_short": "gepaard",
        "partly-overlapping_short": "deels gepaard",
        "partly-overlapping, equal variances_short": "deels gepaard, gelijk",
        "holm": "Holm",
        "bh": "Benjamini-Hochberg",
        "none": "niet aangepast",
        "family-all": "p aangepast over alle vergelijkingen samen: {}, aantal toetsen {}.",
        "family-group": "p aangepast per groep: {}, aantal toetsen {}.",
        "family-construct": "p aangepast per groep en construct: {}, aantal toetsen {}.",
        "direction": "Verschil is later min eerst.",
        "no-person": "Wie op beide momenten meedeed is niet bekend: vergeleken als verschillende mensen.",
        "published": "Uit gepubliceerde cijfers: vergeleken als verschillende mensen. "
        "Deden mensen twee keer mee, dan is het interval meestal smaller.",
        "source": "Bron: {}",
    },
    "en": {
        "from_to": "{} to {}",
        "higher": "higher, by {} ({}).",
        "lower": "lower, by {} ({}).",
        "not-shown": "a difference is not shown: {} ({}). That does not rule out a difference within this interval.",
        "alone": "By itself the difference stands out; beside the other tests ({} in all) it is not shown.",
        "not-adjusted": "p is not adjusted for the number of tests ({}).",
        "detectable": "A difference from about {} on would, looked at by itself, have been found 4 times out of 5.",
        "interval": "{}% interval {} to {}",
        "and": "and",
        "no_values": "cannot be compared, because nobody has a score at one of the two moments.",
        "untested-no-spread": "cannot be tested, because nothing varies; the difference is {}.",
        "untested-one-value": "cannot be tested, because a moment has one score only; the difference is {}.",
        "apart": "Scores lie far apart; a mean then says little about the group, and this is no trend.",
        "leavers-higher": "Who did not take part later ({} people) scored higher at first than who stayed.",
        "leavers-lower": "Who did not take part later ({} people) scored lower at first than who stayed.",
        "leavers-not-shown": "That who did not take part later ({} people) scored differently at first is not shown.",
        "people": "{} and {} people, {} in both",
        "people-unknown": "{} and {} people",
        "g": "Hedges' g is {} ({}).",
        "inside": "For use inside only, because this is also about fewer than {} people.",
        "welch": "Tested as two groups (Welch)",
        "student": "Tested as two groups (Student)",
        "paired": "Tested as the same people (paired)",
        "partly-overlapping": "Tested as partly the same people (unequal variances)",
        "partly-overlapping, equal variances": "Tested as partly the same people (equal variances)",
        "construct": "construct",
        "waves": "waves",
        "before": "first, M (SD)",
        "after": "later, M (SD)",
        "difference": "difference",
        "ci": "interval",
        "p_adjusted": "p, adjusted",
        "test": "test",
        "no_values_short": "no scores",
        "no-spread_short": "no spread",
        "one-value_short": "one score",
        "welch_short": "Welch",
        "student_short": "Student",
        "paired_short": "paired",
        "partly-overlapping_short": "part paired",
        "partly-overlapping, equal variances_short": "part paired, equal",
        "holm": "Holm",
        "bh": "Benjamini-Hochberg",
        "none": "not adjusted",
        "family-all": "p adjusted over all comparisons together: {}, number of tests {}.",
        "family-group": "p adjusted per group: {}, number of tests {}.",
        "family-construct": "p adjusted per group and construct: {}, number of tests {}.",
        "direction": "The difference is later minus first.",
        "no-person": "Who took part at both moments is not known: compared as other people.",
        "published": "From published figures: compared as other people. "
        "Where people took part twice, the interval is mostly narrower.",
        "source": "Source: {}",
    },
}


def adjustment_said(adjust: Adjustment, family: str, n_tests: Sequence[int], lang: Language) -> str:
    """How chances were adjusted, in what family, and for how many tests: the fewest and the most."""
    words = WAVES[lang]
    many = "–".join(dict.fromkeys(str(one) for one in (*n_tests[:1], *n_tests[-1:])))
    if adjust == "none":
        return words["not-adjusted"].format(many)
    return words[f"family-{family}"].format(words[adjust], many)
