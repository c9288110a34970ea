"""What regulatory fit is called, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from igm._display import Language

FIT: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "title": "Past de sturing bij de zelfsturing?",
        "manager-professional": "van manager naar professional",
        "professional-client": "van professional naar cliënt",
        "link": "schakel",
        "sturing": "sturing",
        "zelfsturing": "zelfsturing",
        "leefdomein": "leefdomein",
        "datum": "datum",
        "fit": "uitkomst",
        "direction": "richting",
        "in": "in het leefdomein {}",
        "on": "op {}",
        "known": "Sturing: {}. Zelfsturing: {}.",
        "unknown": "Of de sturing past bij de zelfsturing is niet bekend. Wat ontbreekt: {}.",
        "possible": "Nog mogelijk: {}.",
        "or": " of ",
        "situation": "Dit geldt voor deze situatie op dit moment; het is geen eigenschap van een persoon.",
        "no-domain": "Het leefdomein is niet genoemd.",
        "no-rotterdam": "De namen van Rotterdam gaan over cliënten en staan hier niet.",
        "no-domain-of": "Een leefdomein hoort bij een cliënt en staat hier niet.",
        "no-day": "De datum is niet genoemd.",
        "advice": "Om van te leren, niet om te beoordelen. Een mens beslist wat hiermee gebeurt.",
        "unknown-row": "onbekend",
        "n": "aantal",
        "suppressed": "Een streepje: te weinig mensen om te tonen, of het zou iets over personen vertellen.",
        "least": "Elk aantal gaat over ten minste {} mensen, of over niemand.",
        "counts": "Hoe vaak past de sturing bij de zelfsturing?",
    },
    "en": {
        "title": "Does the steering fit the self-regulation?",
        "manager-professional": "from manager to professional",
        "professional-client": "from professional to client",
        "link": "link",
        "sturing": "steering",
        "zelfsturing": "self-regulation",
        "leefdomein": "life domain",
        "datum": "date",
        "fit": "outcome",
        "direction": "direction",
        "in": "in the life domain {}",
        "on": "on {}",
        "known": "Steering: {}. Self-regulation: {}.",
        "unknown": "Whether the steering fits the self-regulation is not known. What lacks: {}.",
        "possible": "Still possible: {}.",
        "or": " or ",
        "situation": "This holds for this situation at this moment; it is no trait of a person.",
        "no-domain": "The life domain was not named.",
        "no-rotterdam": "Rotterdam's names of levels are about clients and are not told here.",
        "no-domain-of": "A life domain belongs to a client and is not told here.",
        "no-day": "The date was not named.",
        "advice": "For learning, not for appraisal. A person decides what to do with it.",
        "unknown-row": "unknown",
        "n": "number",
        "suppressed": "A dash: too few people to show, or it would tell about persons.",
        "least": "Every number is about at least {} people, or about nobody.",
        "counts": "How often does the steering fit the self-regulation?",
    },
}
