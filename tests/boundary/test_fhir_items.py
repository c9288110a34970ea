"""Nothing in an item is passed by in silence, and nothing that says two things is read as one of them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

import igm
from igm.boundary import from_fhir, to_fhir
from igm.errors import InputError

LIJST = igm.vragenlijst("client-participatie")
BASE = to_fhir(LIJST).result
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
Change = Callable[[dict[str, Any]], object]


def with_change(change: Change) -> dict[str, Any]:
    data = copy.deepcopy(BASE)
    change(data)
    return data


def first(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["item"][1]
    return found


def option(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = first(data)["answerOption"][0]
    return found


def told(lang: str, text: str) -> dict[str, Any]:
    inner = [{"url": "lang", "valueCode": lang}, {"url": "content", "valueString": text}]
    return {"url": TRANSLATION, "extension": inner}


def ordinal(value: Any) -> Change:
    return lambda data: option(data)["extension"][0].update(valueDecimal=value)


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (
            lambda data: first(data)["code"].append({"system": "urn:igm:construct", "code": "kennis"}),
            "duplicate-name",
            "$.item[1].code[2]",
        ),
        (
            lambda data: data["code"].append({"system": "urn:igm:rol", "code": "manager"}),
            "duplicate-name",
            "$.code[1]",
        ),
        (
            lambda data: option(data)["valueCoding"].update(extension=[{"url": ORDINAL, "valueDecimal": 5}]),
            "duplicate-name",
            "$.item[1].answerOption[0].valueCoding.extension[0]",
        ),
        (
            lambda data: first(data)["_text"]["extension"].append(told("en", "something else")),
            "duplicate-name",
            "$.item[1]._text.extension[1]",
        ),
        (
            lambda data: data["extension"][0]["extension"].append({"url": "action", "valueString": "iets"}),
            "duplicate-name",
            "$.extension[0].extension[5]",
        ),
        (
            lambda data: data["item"].insert(2, copy.deepcopy(first(data))),
            "duplicate-name",
            "$.item[2].linkId",
        ),
        (ordinal(10**5000), "value-out-of-range", "$.item[1].answerOption[0].extension[0]"),
        (ordinal(1e300), "value-out-of-range", "$.item[1].answerOption[0].extension[0]"),
        (ordinal(Decimal("1.5")), "answer-not-whole", "$.item[1].answerOption[0].extension[0]"),
        (ordinal(Decimal("NaN")), "answer-not-whole", "$.item[1].answerOption[0].extension[0]"),
        (
            lambda data: first(data).update(answerOption=[{"valueInteger": 10**5000}, {"valueInteger": 1}]),
            "value-out-of-range",
            "$.item[1].answerOption[0]",
        ),
        (
            lambda data: first(data).update(modifierExtension=[{"url": "urn:x"}]),
            "invalid-value",
            "$.item[1].modifierExtension",
        ),
        (lambda data: data.update(implicitRules="urn:x"), "invalid-value", "$.implicitRules"),
    ],
)
def test_what_says_two_things_or_too_much_is_refused_at_its_place(
    change: Change, code: str, where: str
) -> None:
    with pytest.raises(InputError) as caught:
        from_fhir(with_change(change))
    assert (code, where) in {(one.code, one.where) for one in caught.value.problems}


@pytest.mark.parametrize("value", [1.0, Decimal("1.0"), Decimal(1)])
def test_a_whole_number_is_whole_however_a_program_holds_it(value: Any) -> None:
    assert from_fhir(with_change(ordinal(value))).result == LIJST


def grouped(data: dict[str, Any]) -> None:
    rest = {"prefix": "A", "repeats": True, "enableWhen": [{"question": "z"}], "code": [{"code": "c"}]}
    data["item"] = [{"linkId": "g", "type": "group", "text": "G", **rest, "item": data["item"]}]


def test_all_that_a_group_says_is_told() -> None:
    read = from_fhir(with_change(grouped))
    assert read.result == LIJST
    assert {loss.where for loss in read.losses} >= {
        "$.item[0]",
        "$.item[0].prefix",
        "$.item[0].repeats",
        "$.item[0].enableWhen",
        "$.item[0].code",
    }
    assert "$.item[0].text" not in {loss.where for loss in read.losses}  # it is told with the group


def test_labels_and_instructions_in_other_languages_are_told() -> None:
    def change(data: dict[str, Any]) -> None:
        option(data)["valueCoding"]["_display"]["extension"].append(told("fr", "oui"))
        data["item"][0]["_text"]["extension"].append(told("fy", "hoi"))
        data["item"][0]["required"] = True

    read = from_fhir(with_change(change))
    assert read.result == LIJST
    assert {(loss.what, loss.where) for loss in read.losses} >= {
        ("the label in 'fr'", "$.item[1].answerOption[0].valueCoding"),
        ("the text in 'fy'", "$.item[0]"),
        ("required", "$.item[0].required"),
    }


@pytest.mark.parametrize("kind", ["display", "string", "group", "calculated", "instruction"])
def test_questions_within_other_items_are_read(kind: str) -> None:
    def change(data: dict[str, Any]) -> None:
        question = data["item"].pop(1)
        outer: dict[str, Any] = {"linkId": "buiten", "type": kind, "item": [question]}
        if kind == "calculated":
            url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
            outer |= {"type": "string", "extension": [{"url": url, "valueExpression": {}}]}
        if kind == "instruction":
            outer |= {"type": "display", "extension": data["item"][0]["extension"]}
        data["item"].insert(1, outer)

    assert {item.id for item in from_fhir(with_change(change)).result.items} == {
        item.id for item in LIJST.items
    }


def test_subjects_that_are_left_out_are_told() -> None:
    read = from_fhir(with_change(lambda data: data.update(subjectType=["Patient", "Device", "Practitioner"])))
    assert [loss.why for loss in read.losses if loss.where == "$.subjectType"] == [
        "'Device' is not taken along",
        "'Practitioner' is not taken along",
    ]
