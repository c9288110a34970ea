"""What can be wrong between the fields of a questionnaire, as far as the fields themselves are sound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from pydantic_core import PydanticCustomError

from igm.constructs._base import Location, fault, is_mapping, shown
from igm.errors import named

EXAMPLE: Final[dict[str, Any]] = {
    "id": "west-kort",
    "version": "1.0",
    "titel": {"nl": "Kort", "en": "Short"},
    "rol": "client",
    "gedrag": {
        "action": "solliciteren",
        "target": "werkgevers in de regio",
        "context": "met begeleiding",
        "time": "komende 4 weken",
        "doel": "betaald werk",
    },
    "schaal": {"minimum": 1, "maximum": 5},
    "status": "niet gevalideerd",
    "licentie": "Apache-2.0",
    "bron": "eigen vragen van team West, 2026",
    "items": [
        {"id": "houding_1", "construct": "houding", "nl": "Ik doe dit graag.", "en": "I like doing this."}
    ],
}
"""A small questionnaire, for the JSON Schema."""

Faults = list[tuple[Location, PydanticCustomError]]


def faults_between_fields(data: Mapping[Any, Any]) -> Faults:
    """Titles, anchors and ids that do not fit together, whatever else is wrong."""
    return [
        *_absent_titles(data.get("titel")),
        *_strange_anchors(data.get("anchors_en"), _part(data.get("schaal"), "anchors")),
        *_double_ids(data.get("items")),
    ]


def _part(value: object, name: str) -> Any:
    return value.get(name) if is_mapping(value) else getattr(value, name, None)


def _absent_titles(titel: object) -> Faults:
    absent = [lang for lang in ("nl", "en") if is_mapping(titel) and lang not in titel]
    return [
        (("titel", lang), fault("missing-field", f"the title in {lang} is missing", "Give it."))
        for lang in absent
    ]


def _strange_anchors(anchors_en: object, anchors: object) -> Faults:
    known = set(anchors) if is_mapping(anchors) else set[Any]()
    strange = [answer for answer in anchors_en if answer not in known] if is_mapping(anchors_en) else []
    do = "Name answers that schaal.anchors names."
    return [
        (("anchors_en", named(answer)), fault("scale-invalid", "an anchor that the scale does not have", do))
        for answer in strange
    ]


def _double_ids(items: object) -> Faults:
    first: dict[str, int] = {}
    faults: Faults = []
    listed = cast("list[Any]", items) if isinstance(items, (list, tuple)) else []
    for index, item in enumerate(listed):
        name = _part(item, "id")
        earlier = first.setdefault(name.strip(), index) if isinstance(name, str) else index
        if earlier != index:
            do = f"Give each item its own id; $.items[{earlier}] has this one."
            faults.append(
                (
                    ("items", index, "id"),
                    fault("duplicate-name", "the id occurs twice", do, given=shown(name)),
                )
            )
    return faults
