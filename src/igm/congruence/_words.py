"""What is said of the likeness of profiles, per language; neutral, and never more than the figures say."""

from __future__ import annotations

from typing import Final

from igm._display import Language

WORDS: Final[dict[Language, dict[str, str]]] = {
    "nl": {
        "first": "eerste",
        "second": "tweede",
        "title": "{} en {}, naast elkaar",
        "construct": "construct",
        "difference": "verschil",
        "metric-pomp": "POMP (0–100)",
        "metric-schaal": "schaal {}",
        "on": "Op {}, over {} constructen.",
        "elevation": "Hoogte: gemiddeld {} verschil ({} min {}).",
        "scatter": "Spreiding binnen het profiel: {} verschil ({} min {}).",
        "shape": "Vorm: r = {}. Zegt welke constructen hoger en lager liggen, niet hoe hoog.",
        "agreement": "Overeenstemming: ICC (dubbele invoer) {}, CCC {}.",
        "distance": "Afstand: D = {}; gemiddeld verschil zonder teken {}.",
        "undefined-few-constructs": "Vorm: niet te zeggen, met minder dan {} gedeelde constructen.",
        "undefined-flat-profile": "Vorm: niet te zeggen, want een van de profielen is vlak.",
        "undefined-both-flat": "Vorm: niet te zeggen, want beide profielen zijn vlak.",
        "left-missing": "{}: ontbreekt ({})",
        "left-no-direction": "{}: de richting is niet bekend ({})",
        "left-out": "Niet meegenomen: {}.",
        "turned": "Sociale druk tegen het gedrag in is omgekeerd ({}): hoger is meer steun.",
        "masked": "Met een gevoelig construct erbij zijn ook de cijfers over het geheel afgeschermd.",
    },
    "en": {
        "first": "first",
        "second": "second",
        "title": "{} and {}, side by side",
        "construct": "construct",
        "difference": "difference",
        "metric-pomp": "POMP (0–100)",
        "metric-schaal": "scale {}",
        "on": "On {}, over {} constructs.",
        "elevation": "Elevation: {} apart on average ({} minus {}).",
        "scatter": "Scatter within the profile: {} apart ({} minus {}).",
        "shape": "Shape: r = {}. It says which constructs are higher and lower, not how high.",
        "agreement": "Agreement: ICC (double entry) {}, CCC {}.",
        "distance": "Distance: D = {}; mean absolute difference {}.",
        "undefined-few-constructs": "Shape: cannot be said with fewer than {} common constructs.",
        "undefined-flat-profile": "Shape: cannot be said, because one of the profiles is flat.",
        "undefined-both-flat": "Shape: cannot be said, because both profiles are flat.",
        "left-missing": "{}: missing ({})",
        "left-no-direction": "{}: its direction is not known ({})",
        "left-out": "Left out: {}.",
        "turned": "Social pressure against the behaviour is turned round ({}): higher is more support.",
        "masked": "With a sensitive construct among them, figures about the whole are masked too.",
    },
}
