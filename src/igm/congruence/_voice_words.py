"""What is said of two voices about one client, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from igm._display import Language

VOICES: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "title": "Twee stemmen: {}",
        "construct": "construct",
        "own": "cliënt zelf",
        "other": "professional over de cliënt",
        "difference": "verschil",
        "topic": "onderwerp",
        "yes": "ja",
        "no": "nee",
        "higher": "{}: de cliënt schat dit {} hoger in dan de professional ({} en {}).",
        "lower": "{}: de professional schat dit {} hoger in dan de cliënt ({} en {}).",
        "same": "{}: beiden schatten dit op {}.",
        "one-voice": "{}: één stem ontbreekt (cliënt: {}; professional: {}).",
        "no-voice": "{}: van beiden niet bekend (cliënt: {}; professional: {}).",
        "no-direction": "{}: niet vergeleken, want de richting van de druk is niet bekend.",
        "metric-pomp": "In procenten van het hoogst mogelijke (0–100). Verschil: cliënt min professional.",
        "metric-schaal": "Op de schaal {}. Verschil: cliënt min professional.",
        "margin": "Onderwerp voor een gesprek: een verschil groter dan {}.",
        "no-margin": "Er is geen marge genoemd: alleen op volgorde van grootte.",
        "no-topics": "Geen verschil is groter dan {}; dat is geen bewijs dat beiden hetzelfde zien.",
        "turned-own": "Druk tegen het gedrag in is bij de cliënt omgekeerd: hoger is meer steun.",
        "turned-other": "Druk tegen het gedrag in is bij de professional omgekeerd: hoger is meer steun.",
        "ref-unknown": "Niet nagegaan of het om dezelfde cliënt gaat: een verwijzing ontbreekt.",
        "purpose": "Geen van beide stemmen is de juiste, en ze worden niet samengevoegd. Een verschil is een onderwerp "
        "om samen over te praten: om van te leren, niet om te beoordelen.",
        "hidden": "{} staat niet op volgorde: {}",
    },
    "en": {
        "title": "Two voices: {}",
        "construct": "construct",
        "own": "client's own",
        "other": "professional about the client",
        "difference": "difference",
        "topic": "topic",
        "yes": "yes",
        "no": "no",
        "higher": "{}: the client puts this {} higher than the professional ({} and {}).",
        "lower": "{}: the professional puts this {} higher than the client ({} and {}).",
        "same": "{}: both put this at {}.",
        "one-voice": "{}: one voice is not there (client: {}; professional: {}).",
        "no-voice": "{}: not known of either (client: {}; professional: {}).",
        "no-direction": "{}: not compared, because the direction of the pressure is not known.",
        "metric-pomp": "In percents of maximum possible (0–100). Difference: client minus professional.",
        "metric-schaal": "On the scale {}. Difference: client minus professional.",
        "margin": "A topic for talk: a difference of more than {}.",
        "no-margin": "No margin was stated: only in order of size.",
        "no-topics": "No difference is more than {}; that is no proof that both see the same.",
        "turned-own": "Pressure against the behaviour is turned round for the client: higher is more support.",
        "turned-other": "Pressure against the behaviour is turned round for the professional: higher is more support.",
        "ref-unknown": "Not checked whether it is about the same client: a reference lacks.",
        "purpose": "Neither voice is the right one, and they are not merged. A difference is a topic to talk about "
        "together: for learning, not for appraisal.",
        "hidden": "{} is not in order: {}",
    },
}
