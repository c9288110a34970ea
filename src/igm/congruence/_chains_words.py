"""What is said of many chains at once, in Dutch and English; neutral, and never of one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from igm._display import Language

CHAINS: Final[Mapping[Language, Mapping[str, str]]] = {
    "nl": {
        "title": "Wie begeleidt wie",
        "link": "schakel",
        "links": "schakels",
        "guides": "begeleiders",
        "guided": "begeleiden",
        "triads": "hele ketens",
        "manager-professional": "manager → professional",
        "professional-client": "professional → cliënt",
        "unlinked-guide_not_there": "{} keer staat de begeleider niet in de gegevens van dat moment.",
        "unlinked-guided_not_there": "{} keer staat wie begeleid wordt niet in de gegevens van dat moment.",
        "unlinked-neither_there": "{} keer staan beiden niet in de gegevens.",
        "unlinked-professionals": "Van {} professionals is niet gezegd wie hen begeleidt.",
        "unlinked-clients": "Van {} cliënten is niet gezegd wie hen begeleidt.",
        "unlinked-several_professionals": "{} cliënten hebben meer dan één professional: een schakel met elk.",
        "unlinked-several_managers": "{} professionals hebben meer dan één manager: een schakel met elk.",
        "left-out": "Niet vergeleken bij {}: {}; de richting is niet bekend.",
        "learning": "Om van te leren, niet om te beoordelen.",
    },
    "en": {
        "title": "Who guides whom",
        "link": "link",
        "links": "links",
        "guides": "who guide",
        "guided": "who are guided",
        "triads": "whole chains",
        "manager-professional": "manager → professional",
        "professional-client": "professional → client",
        "unlinked-guide_not_there": "{} times who guides is not in the data of that moment.",
        "unlinked-guided_not_there": "{} times who is guided is not in the data of that moment.",
        "unlinked-neither_there": "{} times neither is in the data.",
        "unlinked-professionals": "Of {} professionals it is not told who guides them.",
        "unlinked-clients": "Of {} clients it is not told who guides them.",
        "unlinked-several_professionals": "{} clients have more than one professional: a link with each.",
        "unlinked-several_managers": "{} professionals have more than one manager: a link with each.",
        "left-out": "Not compared for {}: {}; the direction is not known.",
        "learning": "For learning, not for appraisal.",
    },
}
