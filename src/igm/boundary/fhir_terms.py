"""The names that FHIR demands, our own beside them, and the small forms that both directions share.

Release 4 (4.0.1). The addresses are names of HL7's extensions, which the standard asks to be written out; nothing is
looked up there. What FHIR has no name for gets one of ours, a urn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, unquote

from igm.constructs.waarde import Missing

Json = dict[str, Any]
"""A FHIR element as plain data."""

_HL7: Final = "http://hl7.org/fhir/StructureDefinition/"
TRANSLATION: Final = f"{_HL7}translation"
ORDINAL: Final = f"{_HL7}ordinalValue"
LOWEST: Final = f"{_HL7}minValue"
HIGHEST: Final = f"{_HL7}maxValue"
HIDDEN: Final = f"{_HL7}questionnaire-hidden"
ABSENT: Final = f"{_HL7}data-absent-reason"
CALCULATED: Final = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"

_OWN: Final = "urn:igm:"
LIST_ID: Final = f"{_OWN}vragenlijst"
REF: Final = f"{_OWN}ref"
ROLE: Final = f"{_OWN}rol"
CONSTRUCT: Final = f"{_OWN}construct"
FACET: Final = f"{_OWN}facet"
PART: Final = f"{_OWN}onderdeel"
BEHAVIOUR: Final = f"{_OWN}gedrag"
STATUS: Final = f"{_OWN}status"
SOURCE: Final = f"{_OWN}bron"
ANCHOR: Final = f"{_OWN}anker"
BACKWARDS: Final = f"{_OWN}gekeerd"

INSTRUCTION: Final = "toelichting"
SCORES: Final = "scores"
"""The two parts that are no questions, by link id and by code."""

MOST_OPTIONS: Final = 21
"""A scale with more answers is asked as a whole number and not as a choice."""

INT32: Final = 2**31 - 1
"""The largest whole number that FHIR holds."""

REASONS: Final[Mapping[Missing, str]] = {
    Missing.NIET_GEVRAAGD: "not-asked",
    Missing.WEET_NIET: "asked-unknown",
    Missing.NIET_VAN_TOEPASSING: "not-applicable",
    Missing.GEWEIGERD: "asked-declined",
    Missing.VERLOREN: "error",
}
"""HL7's reasons for data that is absent, one for each kind of missing."""

OTHER_REASONS: Final = (
    "unknown",
    "temp-unknown",
    "masked",
    "unsupported",
    "as-text",
    "not-a-number",
    "negative-infinity",
    "positive-infinity",
    "not-performed",
    "not-permitted",
)
"""Reasons that say nothing of what the person did; read as lost, and told."""


def extension(url: str, kind: str, value: object) -> Json:
    """One extension.

    Example:
        >>> extension("urn:igm:status", "String", "niet gevalideerd")
        {'url': 'urn:igm:status', 'valueString': 'niet gevalideerd'}
    """
    return {"url": url, f"value{kind}": value}


def translations(texts: Mapping[str, str], *, kind: str = "String") -> Json:
    """The extensions of a text, for what stands in other languages."""
    return {
        "extension": [
            {
                "url": TRANSLATION,
                "extension": [extension("lang", "Code", lang), extension("content", kind, text)],
            }
            for lang, text in texts.items()
        ]
    }


def canonical(name: str) -> str:
    """The name of a questionnaire as a uri.

    Example:
        >>> canonical("west kort"), name_of("urn:igm:vragenlijst:west%20kort")
        ('urn:igm:vragenlijst:west%20kort', 'west kort')
    """
    return f"{LIST_ID}:{quote(name, safe='')}"


def name_of(uri: str) -> str | None:
    """The questionnaire that such a uri names, or None for another uri."""
    head = f"{LIST_ID}:"
    return unquote(uri[len(head) :]) or None if uri.startswith(head) else None
