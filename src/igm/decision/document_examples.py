"""A small advice and the decision on it in their stored form, for the JSON Schema."""

from __future__ import annotations

from typing import Any, Final

ADVICE: Final[dict[str, Any]] = {
    "schema_version": 1,
    "kader": {"id": "fietsles", "version": "1.0", "hash": "87012457c99b"},
    "ref": "c-017",
    "peildatum": None,
    "advies": "meer_weten",
    "uitkomsten": {"NIET_NU": "niet_nu", "AANBIEDEN": "aanbieden", "MEER_WETEN": "meer_weten"},
    "beleid": "exact",
    "exact": "meer_weten",
    "cautious": "meer_weten",
    "rij": None,
    "antwoorden": [
        {
            "vraag": "zinvol",
            "tekst": "Is fietsles nu zinvol?",
            "suggestie": "onbekend",
            "eigen": None,
            "argument": None,
        }
    ],
    "argumenten": [],
    "weerlegd": [],
    "onbeslist": [],
    "ontbreekt": [
        {
            "feit": "afstand",
            "label": "afstand tot werk",
            "aandeel": 0.5,
            "opnieuw_vragen": True,
            "toelichting": None,
            "vraag": "Hoe ver is het naar het werk?",
            "hangt_aan": None,
            "onthult": False,
        }
    ],
    "ontbreekt_exact": True,
    "aannames": [],
    "feiten": [
        {
            "name": "wil_leren",
            "label": "wil leren fietsen",
            "soort": "ja_nee",
            "value": True,
            "shown": "ja",
            "gevoelig": False,
            "bron": "klant",
            "datum": "2026-03-02",
            "toelichting": None,
            "aangenomen": False,
            "door": "km-12",
        }
    ],
    "onbekend": 1,
    "mislukt": [],
    "verlopen": [
        {
            "feit": "rust",
            "label": "er is rust",
            "datum": "2025-11-03",
            "houdbaar_dagen": 90,
            "onthult": False,
        }
    ],
    "vertalingen": {"en": {"feiten.afstand.label": "distance to work"}},
    "vangrails": [],
}
"""An advice that asks for one more fact."""

DECISION: Final[dict[str, Any]] = {
    "schema_version": 1,
    "afweging": ADVICE,
    "door": "km-12",
    "keuze": "aanbieden",
    "motivering": "Zij wil het leren en haar werk ligt op vier kilometer.",
    "wanneer": "2026-03-02T10:00:00+01:00",
    "signalen": [],
}
"""What a person decided on it."""
