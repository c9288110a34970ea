"""The items of a FHIR Questionnaire: the questions with their scales, and what the others say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from igm.boundary.fhir_reading import Part, Reader, resource_of
from igm.boundary.fhir_scales import Scale, scale_of
from igm.boundary.fhir_terms import (
    BACKWARDS,
    CALCULATED,
    CONSTRUCT,
    FACET,
    HIDDEN,
    HIGHEST,
    INSTRUCTION,
    LOWEST,
    PART,
    SCORES,
    Json,
)
from igm.errors import InputError, shown


@attrs.define
class Found:
    """What the items of a resource hold.

    Attributes:
        reader: Where problems go.
        questions: Fields, scale and place of each item with answers.
        told: What to tell the person who answers, per field.
    """

    reader: Reader
    questions: list[tuple[Json, Scale, Part]] = attrs.field(factory=list)
    told: Json = attrs.field(factory=dict)

    def collect(self, parent: Part) -> None:
        """The items of a part, those within groups too."""
        for part in parent.parts("item"):
            kind, link = part.text("type"), part.text("linkId")
            if link is None or kind is None:
                do = "Give linkId and type."
                self.reader.wrong("missing-field", "an item without linkId or type", do, part.at)
            else:
                self._item(part, kind, link)

    def _item(self, part: Part, kind: str, link: str) -> None:
        own = part.extensions(PART, HIDDEN, CALCULATED, LOWEST, HIGHEST, BACKWARDS)
        marked = own[PART][0].data.get("valueCode") if own[PART] else None
        if marked == SCORES:
            self.reader.lost("expressions", part.at, "scores are made here from the answers")
        elif marked == INSTRUCTION:
            self._instruction(part)
        elif own[CALCULATED]:
            self.reader.lost(f"item {shown(link)}", part.at, "it is calculated, and scores are made here")
            self.collect(part)
        elif kind in {"choice", "integer"}:
            self._question(part, own, kind, link)
        elif kind == "group":
            self.reader.lost(f"group {shown(link)}", part.at, "its text is left out")
            for name in ("text", "_text"):
                part.data.pop(name, None)
            self.collect(part)
            part.tell_rest()
        else:
            self.reader.lost(f"item {shown(link)}", part.at, f"type {shown(kind)} is no answer on a scale")
            self.collect(part)

    def _instruction(self, part: Part) -> None:
        translated = part.translated("text")
        texts = {"toelichting": part.text("text"), "toelichting_en": translated.pop("en", None)}
        self.told |= {name: text for name, text in texts.items() if text is not None}
        for lang in translated:
            self.reader.lost(f"the text in {shown(lang)}", part.at, "it is in Dutch and English")
        self.collect(part)
        part.tell_rest()

    def _question(self, part: Part, own: Mapping[str, list[Part]], kind: str, link: str) -> None:
        scale = scale_of(part, own, kind, self.reader)
        texts = part.translated("text")
        fields: Json = {"id": link, "nl": part.text("text"), "en": texts.pop("en", None)}
        fields |= _codes(part, self.reader)
        for lang in texts:
            self.reader.lost(f"the text in {shown(lang)}", part.at, "items are in Dutch and English")
        if scale is None:
            self.reader.lost(f"item {shown(link)}", part.at, "its answers are not in the resource")
        else:
            self.questions.append((fields | {"reversed": scale.reversed}, scale, part))
        self.collect(part)
        part.tell_rest()


def _codes(part: Part, reader: Reader) -> Json:
    found: Json = {}
    for code in part.parts("code"):
        name = {CONSTRUCT: "construct", FACET: "facet"}.get(str(code.data.get("system")))
        if name is None:
            reader.lost("code", code.at, "it is of another code system")
        else:
            found[name] = once(found.get(name), code, name)
    return found


def once(before: Any, code: Part, name: str) -> Any:
    """A code of our own, of which a part has one; a second that says something else is a problem."""
    own = code.text("code")
    if before is not None and own != before:
        do = f"Give one {name}; it was {shown(before)} already."
        code.reader.wrong("duplicate-name", f"a second {name}", do, code.at, own)
    return own


@attrs.frozen
class Offered:
    """What the options of a Questionnaire stand for.

    Attributes:
        url: Its name as a uri.
        version: Its version.
        scales: The options of each item that has them, by link id.
    """

    url: str | None
    version: str | None
    scales: Mapping[str, Scale]


def offered_by(data: object, /) -> Offered:
    """Which answer each code of a Questionnaire stands for, per link id.

    Raises:
        InputError: As `from_fhir` does; ``duplicate-name`` for a link id that occurs twice.
    """
    reader = Reader()
    root = reader.part(resource_of(data, "Questionnaire"), ())
    found = Found(reader)
    found.collect(root)
    scales: dict[str, Scale] = {}
    for fields, scale, part in found.questions:
        if fields["id"] in scales:
            do = "Give each item a link id of its own."
            reader.wrong("duplicate-name", "two items with one link id", do, part.at, fields["id"])
        scales[fields["id"]] = scale
    url, version = root.text("url"), root.text("version")
    reader.problems.raise_any(InputError)
    return Offered(url, version, scales)
