"""What an audit says, in Dutch and English: what figures are consistent with, and never whose fault it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from igm._display import Language

CHECKS: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "mean": "gemiddelde op de schaal",
        "grim": "gemiddelde van hele antwoorden (GRIM)",
        "grimmer": "sd van hele antwoorden (GRIMMER)",
        "n": "aantal mensen",
        "items": "aantal items per score",
        "sd": "grootst mogelijke sd",
        "p": "p opnieuw berekend",
        "mark": "teken van significantie",
        "text": "tekst en tabel",
        "claim": "richting in de tekst",
        "dates": "volgorde van de metingen",
        "percentage": "percentage en aantal",
        "repeated": "twee keer dezelfde cijfers",
        "level": "ander niveau",
    },
    "en": {
        "mean": "mean on the scale",
        "grim": "mean of whole answers (GRIM)",
        "grimmer": "sd of whole answers (GRIMMER)",
        "n": "number of people",
        "items": "number of items per score",
        "sd": "largest possible sd",
        "p": "p computed again",
        "mark": "mark of significance",
        "text": "text and table",
        "claim": "direction in the text",
        "dates": "order of waves",
        "percentage": "percentage and number",
        "repeated": "the same figures twice",
        "level": "another level",
    },
}

VERDICTS: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "consistent": "past",
        "not-consistent": "past niet",
        "depends": "hangt ervan af",
        "cannot-tell": "niet na te gaan",
        "look": "nakijken",
    },
    "en": {
        "consistent": "consistent",
        "not-consistent": "not consistent",
        "depends": "depends",
        "cannot-tell": "cannot be told",
        "look": "worth a look",
    },
}

CASES: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "mean-fits": "Het gemiddelde {mean} past bij de schaal {schaal}.",
        "mean-off": "Het gemiddelde {mean} past niet bij de schaal {schaal}.",
        "grim-fits": "M = {mean} past bij {n} mensen met {items} items.",
        "grim-not": "M = {mean} past niet bij {n} mensen die alle {items} items invulden; wel bij n = "
        "{fitting}.",
        "n-fits": "De {rows} rijen waarvan het aantal items is gegeven, passen samen bij n = {n}.",
        "n-other": "De {rows} rijen waarvan het aantal items is gegeven, passen samen niet bij n = {n}; "
        "wel bij n = {fitting}.",
        "grim-any": "Bij {n} mensen met {items} items past elk gemiddelde van {decimals} decimalen.",
        "grimmer-fits": "M = {mean} en SD = {sd} passen bij {n} mensen met {items} items.",
        "grimmer-not": "M = {mean} en SD = {sd} passen niet bij {n} mensen die alle {items} items invulden; "
        "wel bij n = {fitting}.",
        "items-fit": "De cijfers passen bij {items} items per score, van 1 tot en met {most} nagegaan. "
        "Dat is een vermoeden over de vragenlijst, meer niet.",
        "items-any": "De cijfers passen bij elk aantal items van 1 tot en met {most}.",
        "items-none": "De cijfers passen bij geen enkel aantal items van 1 tot en met {most} als "
        "iedereen alles invulde. "
        "Ontbrekende antwoorden, weging of een ander aantal mensen kunnen dat verklaren.",
        "items-common": "De cijfers van alle {rows} rijen passen bij {items} items per score.",
        "items-never": "Geen aantal items van 1 tot en met {most} past bij alle {rows} rijen als iedereen alles "
        "invulde. Ontbrekende antwoorden of een vragenlijst die veranderde kunnen dat verklaren.",
        "sd-fits": "SD = {sd} past bij M = {mean} en n = {n}; de grootst mogelijke is {largest}.",
        "sd-wide": "SD = {sd} past bij M = {mean} en n = {n}, en is {share}% van de grootst mogelijke "
        "({largest}): "
        "de antwoorden liggen ver uiteen, of een cijfer is anders bedoeld.",
        "sd-not": "SD = {sd} past niet bij M = {mean} en n = {n}; de grootst mogelijke is {largest}.",
        "p-fits": "p = {p} past bij de cijfers: opnieuw berekend {welch} (Welch) of {student} (Student).",
        "p-not": "p = {p} past niet bij de cijfers als twee groepen: opnieuw berekend {welch} (Welch) "
        "of {student} "
        "(Student). Een andere toets, zoals een gepaarde, kan het verklaren.",
        "marked-fits": "Het teken bij {pair} past: p {welch} (Welch) of {student} (Student).",
        "marked-not": "Het teken bij {pair} past niet bij p < {alpha} als twee groepen: p {welch} "
        "(Welch) of {student} "
        "(Student). Een gepaarde toets of een deelgroep kan het verklaren.",
        "marked-depends": "Of het teken bij {pair} past, hangt af van afronding of toets: p {welch} "
        "(Welch) of {student} "
        "(Student).",
        "unmarked-fits": "Geen teken bij {pair} past: p {welch} (Welch) of {student} (Student).",
        "unmarked-not": "Geen teken bij {pair} past niet bij p < {alpha} per vergelijking: p {welch} "
        "(Welch) of "
        "{student} (Student). Aanpassing voor het aantal toetsen, of een andere toets, kan het verklaren.",
        "unmarked-depends": "Of er bij {pair} terecht geen teken staat, hangt af van afronding of "
        "toets: p {welch} "
        "(Welch) of {student} (Student).",
        "mark-part": "Het teken bij {pair} ({mark}) gaat niet over de hele groep; over de hele groep is "
        "p {welch} (Welch) "
        "of {student} (Student).",
        "mark-none": "{pair} is niet te toetsen: er is geen spreiding, of geen sd.",
        "text-same": "De tekst en de tabel zeggen beide {table}.",
        "text-other": "De tekst zegt {text}, de tabel {table}.",
        "text-absent": "De tekst zegt {text}; de tabel heeft dat cijfer niet.",
        "claim-fits": "De tekst zegt {direction}; de tabel gaat van {before} naar {after}.",
        "claim-not": "De tekst zegt {direction}; de tabel gaat van {before} naar {after}. Dat past niet "
        "bij elkaar.",
        "claim-absent": "De tekst zegt {direction}; de tabel heeft niet beide cijfers.",
        "dates-fit": "{earlier} ({first}) ligt voor {later} ({second}).",
        "dates-not": "{earlier} ({first}) ligt niet voor {later} ({second}); dat past niet bij de "
        "volgorde van de namen.",
        "percentage-fits": "{percentage}% past bij {n} mensen ({count} van {n}).",
        "percentage-not": "{percentage}% past niet bij {n} mensen; wel bij n = {fitting}. "
        "Wie de vraag oversloeg, of weging, kan het verklaren.",
        "repeated": "M = {mean} en SD = {sd} staan ook bij {other}. Dat past bij toeval en bij een "
        "cijfer dat twee keer is "
        "overgenomen.",
        "level": "Gemiddeld {mean}, terwijl alle andere tussen {low} en {high} liggen. Dat past bij een "
        "echt verschil, bij "
        "items die de andere kant op wijzen en bij een andere schaal.",
    },
    "en": {
        "mean-fits": "The mean {mean} is consistent with the scale {schaal}.",
        "mean-off": "The mean {mean} is not consistent with the scale {schaal}.",
        "grim-fits": "M = {mean} is consistent with {n} people and {items} items.",
        "grim-not": "M = {mean} is not consistent with {n} people who answered all {items} items; it is "
        "with n = {fitting}.",
        "n-fits": "The {rows} rows whose number of items is given are consistent with n = {n} together.",
        "n-other": "The {rows} rows whose number of items is given are not consistent with n = {n} together; "
        "they are with n = {fitting}.",
        "grim-any": "With {n} people and {items} items every mean of {decimals} decimals fits.",
        "grimmer-fits": "M = {mean} and SD = {sd} are consistent with {n} people and {items} items.",
        "grimmer-not": "M = {mean} and SD = {sd} are not consistent with {n} people who answered all "
        "{items} items; "
        "they are with n = {fitting}.",
        "items-fit": "The figures are consistent with {items} items per score, of 1 to {most} looked at. "
        "That is a guess about the questionnaire and no more.",
        "items-any": "The figures are consistent with every number of items from 1 to {most}.",
        "items-none": "The figures are not consistent with any number of items from 1 to {most} where "
        "all answered all. "
        "Missing answers, weights or another number of people can explain that.",
        "items-common": "The figures of all {rows} rows are consistent with {items} items per score.",
        "items-never": "No number of items from 1 to {most} is consistent with all {rows} rows where all answered all. "
        "Missing answers, or a questionnaire that changed, can explain that.",
        "sd-fits": "SD = {sd} is consistent with M = {mean} and n = {n}; the largest possible is {largest}.",
        "sd-wide": "SD = {sd} is consistent with M = {mean} and n = {n}, and is {share}% of the largest "
        "possible "
        "({largest}): answers lie far apart, or a figure is meant otherwise.",
        "sd-not": "SD = {sd} is not consistent with M = {mean} and n = {n}; the largest possible is {largest}.",
        "p-fits": "p = {p} is consistent with the figures: computed again {welch} (Welch) or {student} "
        "(Student).",
        "p-not": "p = {p} is not consistent with the figures as two groups: computed again {welch} "
        "(Welch) or {student} "
        "(Student). Another test, such as a paired one, can explain that.",
        "marked-fits": "The mark at {pair} is consistent: p {welch} (Welch) or {student} (Student).",
        "marked-not": "The mark at {pair} is not consistent with p < {alpha} as two groups: p {welch} "
        "(Welch) or {student} "
        "(Student). A paired test or a part of the group can explain that.",
        "marked-depends": "Whether the mark at {pair} follows depends on rounding or the test: p "
        "{welch} (Welch) or "
        "{student} (Student).",
        "unmarked-fits": "No mark at {pair} is consistent: p {welch} (Welch) or {student} (Student).",
        "unmarked-not": "No mark at {pair} is not consistent with p < {alpha} per comparison: p {welch} "
        "(Welch) or "
        "{student} (Student). Adjusting for the number of tests, or another test, can explain that.",
        "unmarked-depends": "Whether no mark at {pair} follows depends on rounding or the test: p "
        "{welch} (Welch) or "
        "{student} (Student).",
        "mark-part": "The mark at {pair} ({mark}) is not about the whole group; over the whole group p "
        "is {welch} (Welch) "
        "or {student} (Student).",
        "mark-none": "{pair} cannot be tested: nothing varies, or there is no sd.",
        "text-same": "Text and table both say {table}.",
        "text-other": "The text says {text}, the table {table}.",
        "text-absent": "The text says {text}; the table lacks that figure.",
        "claim-fits": "The text says {direction}; the table goes from {before} to {after}.",
        "claim-not": "The text says {direction}; the table goes from {before} to {after}. These are not "
        "consistent.",
        "claim-absent": "The text says {direction}; the table lacks one of the figures.",
        "dates-fit": "{earlier} ({first}) lies before {later} ({second}).",
        "dates-not": "{earlier} ({first}) does not lie before {later} ({second}); that is not "
        "consistent with the order "
        "of their names.",
        "percentage-fits": "{percentage}% is consistent with {n} people ({count} of {n}).",
        "percentage-not": "{percentage}% is not consistent with {n} people; it is with n = {fitting}. "
        "Who skipped the question, or weights, can explain that.",
        "repeated": "M = {mean} and SD = {sd} stand at {other} too. That is consistent with chance, and "
        "with a figure that "
        "was copied twice.",
        "level": "{mean} on average, while all others lie between {low} and {high}. That is consistent "
        "with a real "
        "difference, with items that point the other way and with another scale.",
    },
}

FRAME: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "where": "waar",
        "check": "nagegaan",
        "verdict": "uitkomst",
        "text": "toelichting",
        "none": "geen",
        "higher": "hoger",
        "lower": "lager",
        "same": "gelijk",
        "to": "tot",
        "title": "Nagegaan in gepubliceerde cijfers",
        "count": "{}: {} nagegaan, {} passend.",
        "meaning": "Wat niet past, is een vraag aan wie de cijfers heeft en geen oordeel: afronding, "
        "ontbrekende antwoorden, "
        "een andere toets of een tikfout kunnen het verklaren. Wat past, is daarmee niet bewezen.",
        "unread": "Kolommen waarnaar niet is gekeken: {}.",
        "source": "Bron: {}",
    },
    "en": {
        "where": "where",
        "check": "check",
        "verdict": "outcome",
        "text": "explanation",
        "none": "none",
        "higher": "higher",
        "lower": "lower",
        "same": "the same",
        "to": "to",
        "title": "Checks of published figures",
        "count": "{}: {} checked, {} consistent.",
        "meaning": "What is not consistent is a question to who has the data and no judgement: "
        "rounding, missing answers, "
        "another test or a slip of the pen can explain it. What is consistent is not thereby proven.",
        "unread": "Columns that were not looked at: {}.",
        "source": "Source: {}",
    },
}
