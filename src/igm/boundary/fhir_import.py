"""A FHIR Questionnaire as a questionnaire of this library, with a report of what it lacks and what it has extra."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, cast

import attrs
from pydantic import ValidationError

from igm.boundary.exchange import Exchange
from igm.boundary.fhir_items import Found, once
from igm.boundary.fhir_reading import Part, Reader, resource_of
from igm.boundary.fhir_scales import Scale, anchors_of
from igm.boundary.fhir_terms import ANCHOR, BEHAVIOUR, LIST_ID, ROLE, SOURCE, STATUS, Json, name_of
from igm.constructs._base import is_mapping, path_of, problems_of
from igm.constructs.vragenlijst import Vragenlijst
from igm.errors import InputError, Problem, shown

_SUBJECTS: Final = {"Patient": "client", "Practitioner": "professional", "PractitionerRole": "professional"}
"""Who answers, when only the kind of subject is known."""

_LACKING: Final = "Give it in aanvulling."
_STATUS: Final = "Give it in aanvulling: what is known of the quality, such as 'niet gevalideerd'."


def from_fhir(
    data: Mapping[str, object] | str | bytes, /, *, aanvulling: Mapping[str, object] | None = None
) -> Exchange[Vragenlijst]:
    """The questionnaire in a FHIR R4 Questionnaire.

    What `to_fhir` wrote comes back equal. A Questionnaire of another system lacks things: its behaviour, the
    construct of each item, English texts. Give these in ``aanvulling``. Items that are no answer on the one scale
    (free text, dates, displays) and everything else that has no place are in the report, each with its path.

    Args:
        data: The resource, as a mapping or as JSON text; of a file, ``Path("lijst.json").read_bytes()``.
        aanvulling: Fields of `Vragenlijst` that the resource lacks; under ``items`` per link id the fields of
            `Item`, such as ``{"construct": "houding", "en": "I like it."}``. What is given here goes before what
            the resource says, and the report says so.

    Returns:
        The questionnaire, and the report.

    Raises:
        InputError: All problems at once, each with its path: ``file-unreadable`` when the text is not JSON,
            ``invalid-value``, ``answer-not-whole`` for an ordinal value, ``scale-invalid`` when items have
            different scales, ``value-out-of-range`` for numbers that FHIR cannot hold, ``duplicate-name`` for what
            is said twice and not the same, ``missing-field`` for what is lacking, and whatever a `Vragenlijst`
            refuses. An extension that changes the meaning (``modifierExtension``) is refused, as FHIR demands.

    Example:
        >>> from igm.boundary import to_fhir
        >>> from igm.constructs import vragenlijst
        >>> lijst = vragenlijst("client-participatie")
        >>> read = from_fhir(to_fhir(lijst).json())
        >>> read.result == lijst
        True
        >>> print(read.losses[0])
        status, at $.status: 'active' is the state of the resource, not of the quality of the questionnaire
    """
    reader = Reader()
    root = reader.part(resource_of(data, "Questionnaire"), ())
    extra = _extra(aanvulling, reader)
    fields = _fields(root, reader)
    found = Found(reader)
    found.collect(root)
    items = found.questions
    fields |= found.told
    root.data.pop("resourceType", None)
    root.tell_rest()
    if not items:
        do = "Give at least one item of type choice or integer, with its answers."
        reader.wrong("missing-field", "no item has answers on a scale", do, ("item",))
    _one_scale(fields, items, reader)
    fields["items"] = _filled_items(items, extra.pop("items", {}), reader)
    _fill(fields, extra, (), reader)
    return Exchange(_made(fields, [part for _, _, part in items], reader), reader.losses)


def _extra(aanvulling: object, reader: Reader) -> Json:
    if aanvulling is None:
        return {}
    at = ("aanvulling",)
    if not is_mapping(aanvulling):
        reader.wrong("invalid-value", "a mapping was expected", "Give fields with values.", at, aanvulling)
        return {}
    extra = {str(name): value for name, value in aanvulling.items()}
    items = extra.get("items", {})
    if not is_mapping(items) or not all(is_mapping(item) for item in items.values()):
        do = "Give {link id: {field: value}}."
        reader.wrong("invalid-value", "items by link id were expected", do, (*at, "items"), items)
        extra["items"] = {}
    return extra


def _fields(root: Part, reader: Reader) -> Json:
    """The fields of a questionnaire, its items apart, as far as the resource has them."""
    own = root.extensions(BEHAVIOUR, STATUS, SOURCE, ANCHOR)
    fields: Json = {
        "id": _name(root),
        "version": root.text("version"),
        "titel": _titles(root),
        "rol": _role(root, reader),
        "licentie": root.text("copyright"),
        "gedrag": _behaviour(own[BEHAVIOUR]),
        "status": own[STATUS][0].text("valueString") if own[STATUS] else None,
        "bron": own[SOURCE][0].text("valueString") if own[SOURCE] else None,
        "labels": anchors_of(own[ANCHOR]),
    }
    if fields["gedrag"]:
        root.data.pop("description", None)  # it is the behaviour in words
    state = root.text("status")
    if state is not None:
        why = f"{shown(state)} is the state of the resource, not of the quality of the questionnaire"
        reader.lost("status", ("status",), why)
    language = root.text("language")
    if language is not None and language.split("-")[0] != "nl":
        reader.lost("language", ("language",), f"texts in {shown(language)} are taken as the Dutch ones")
    return {name: value for name, value in fields.items() if value}


def _name(root: Part) -> str | None:
    url, name = root.text("url"), root.text("name")
    own = None if url is None else name_of(url)
    for found in root.parts("identifier"):
        system, value = found.text("system"), found.text("value")
        if system == LIST_ID and own is None:
            own = value
        elif system != LIST_ID:
            root.reader.lost("identifier", found.at, "it is of another system")
        found.tell_rest()
    if url is not None and name_of(url) is None:
        root.reader.lost("url", ("url",), f"the questionnaire is known here by its name; it was {shown(url)}")
    if own is not None and name is not None:
        root.data["name"] = name
    return own or name


def _titles(root: Part) -> Json:
    title = root.text("title")
    return {**({} if title is None else {"nl": title}), **root.translated("title")}


def _role(root: Part, reader: Reader) -> str | None:
    role: str | None = None
    for code in root.parts("code"):
        if code.data.get("system") == ROLE:
            role = once(role, code, "role")
        else:
            reader.lost("code", code.at, "it is of another code system")
    subjects: list[object] = root.take("subjectType", list) or []
    for subject in subjects:
        if not isinstance(subject, str):
            reader.wrong("invalid-value", "text was expected", "Give a code.", ("subjectType",), subject)
        elif role is None and subject in _SUBJECTS:
            role = _SUBJECTS[subject]
            why = f"{shown(subject)} is taken as {role}"
            reader.lost("who answers", ("subjectType",), why)
        elif subject not in _SUBJECTS or subject != subjects[0]:
            reader.lost("who answers", ("subjectType",), f"{shown(subject)} is not taken along")
    return role


def _behaviour(found: list[Part]) -> Json:
    parts = found[0].by_url() if found else {}
    return {name: part.text("valueString") for name, part in parts.items()}


def _one_scale(fields: Json, items: list[tuple[Json, Scale, Part]], reader: Reader) -> None:
    """The scale of the questionnaire; a difference between items is a problem."""
    labels = fields.pop("labels", {})
    if not items:
        return
    first = items[0][1]
    for _, scale, part in items[1:]:
        if scale.bounds != first.bounds or scale.anchors != first.anchors or scale.english != first.english:
            what = "an item with another scale than the first"
            do = "Give each questionnaire one scale: its bounds and its labels."
            reader.wrong("scale-invalid", what, do, part.at, scale.told)
    low, high = first.bounds
    anchors: Any = labels.get("nl") or first.anchors
    fields["schaal"] = {"minimum": low, "maximum": high, "anchors": anchors}
    fields["anchors_en"] = labels.get("en") or first.english


def _filled_items(
    items: list[tuple[Json, Scale, Part]], extra: Mapping[Any, Any], reader: Reader
) -> list[Json]:
    known = {fields["id"] for fields, _, _ in items}
    for name in extra:
        if name not in known:
            at = ("aanvulling", "items", str(name))
            reader.wrong("unknown-item", "no item with answers has this link id", "Leave it out.", at)
    filled: list[Json] = []
    for fields, _, part in items:
        own = {name: value for name, value in fields.items() if value is not None}
        _fill(own, cast("Json", extra.get(fields["id"], {})), part.at, reader)
        for name in ("construct", "nl", "en"):
            if name not in own:
                do = f"Give it in aanvulling, under items, {shown(fields['id'])}."
                reader.wrong("missing-field", f"the item lacks {name}", do, part.at)
                own[name] = {"construct": "houding"}.get(name, "?")  # so that all else is checked too
        filled.append(own)
    return filled


def _fill(fields: Json, extra: Mapping[str, Any], at: tuple[int | str, ...], reader: Reader) -> None:
    for name, value in extra.items():
        if name in fields and fields[name] != value:
            reader.lost(name, (*at, name), "what was given in aanvulling goes before it")
        fields[name] = value


def _made(fields: Json, parts: list[Part], reader: Reader) -> Vragenlijst:
    asked = ("id", "version", "titel", "rol", "gedrag", "schaal", "status", "licentie", "bron")
    for name in asked:
        if name not in fields:
            do = _STATUS if name == "status" else _LACKING
            reader.wrong("missing-field", f"the resource lacks {name}", do, (name,))
    try:
        made = Vragenlijst.model_validate(fields)
    except ValidationError as error:
        # what is lacking was told above, with what to do
        found = [
            attrs.evolve(one, do=_LACKING) if one.where == "$.titel.en" else _in_the_resource(one, parts)
            for one in problems_of(error)
            if one.where.strip("$.") not in asked or one.where.strip("$.") in fields
        ]
        reader.problems.extend(found)
        raise InputError(*reader.problems) from None
    reader.problems.raise_any(InputError)
    return made


_ITEM: Final = re.compile(r"\$\.items\[([0-9]+)\](\.id)?")


def _in_the_resource(problem: Problem, parts: list[Part]) -> Problem:
    """The same problem, with the place of an item in the resource."""

    def place(found: re.Match[str]) -> str:
        at = int(found[1])
        if at >= len(parts):
            return found[0]
        return path_of((*parts[at].at, "linkId") if found[2] else parts[at].at)

    where, do = _ITEM.sub(place, problem.where), _ITEM.sub(place, problem.do)
    return attrs.evolve(problem, where=where, do=do)
