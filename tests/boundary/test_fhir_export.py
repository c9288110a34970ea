"""What goes out is sound FHIR, carries its scores as expressions that compute ours, and tells what it cannot carry."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire  # 4.3.0: this resource is as in R4 (4.0.1)
from fhirpathpy import compile as compile_path
from fhirpathpy.models import models
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boundary.fhir_strategies import afnames, lijsten

import igm
from igm.boundary import Exchange, response_to_fhir, to_fhir
from igm.constructs import Afname, Construct, Missing, Vragenlijst, Waarde
from igm.constructs.vragenlijst import shipped_vragenlijsten
from igm.errors import InputError

CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
SHIPPED = shipped_vragenlijsten()
each_shipped = pytest.mark.parametrize("lijst", SHIPPED, ids=lambda lijst: lijst.id)


def items_of(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in part.get("item", []):
        yield item
        yield from items_of(item)


def expressions_of(resource: dict[str, Any]) -> dict[str, str]:
    return {
        item["linkId"]: found["valueExpression"]["expression"]
        for item in items_of(resource)
        for found in item.get("extension", [])
        if found["url"] == CALCULATED
    }


@cache
def compiled(expression: str) -> Any:
    return compile_path(expression, models["r4"])


def computed(expression: str, response: dict[str, Any]) -> float | None:
    """What a form filler that knows FHIRPath makes of it."""
    found = compiled(expression)(response, {"resource": response})
    assert len(found) <= 1
    return float(found[0]) if found else None


def bits(value: float | None) -> bytes | None:
    return None if value is None else struct.pack("<d", value)


def agrees(lijst: Vragenlijst, afname: Afname, min_valid: Any = "half") -> None:
    response = response_to_fhir(afname, lijst).result
    profiel = igm.score(afname, lijst, min_valid=min_valid)
    found = expressions_of(to_fhir(lijst, min_valid=min_valid).result)
    assert len(found) == 3 * len(lijst.constructs)
    for key in lijst.constructs:
        waarde = profiel.waarden[key]
        expected = waarde.score if isinstance(waarde, Waarde) else None
        assert bits(computed(found[f"scores.{key.value}"], response)) == bits(expected)
        ends = lijst.schaal.minimum + lijst.schaal.maximum
        valid = [
            ends - answer if item.reversed else answer
            for item in lijst.items_for(key)
            if isinstance(answer := afname.antwoorden.get(item.id), int)
        ]
        assert computed(found[f"scores.{key.value}.n"], response) == len(valid)
        assert computed(found[f"scores.{key.value}.som"], response) == (
            None if expected is None else sum(valid)
        )


@each_shipped
def test_a_shipped_questionnaire_is_sound_fhir(lijst: Vragenlijst) -> None:
    exchange = to_fhir(lijst)
    assert json.loads(exchange.json()) == exchange.result
    read = Questionnaire.model_validate_json(exchange.json())
    links = [item["linkId"] for item in items_of(exchange.result)]
    assert len(links) == len(set(links))
    assert read.version == lijst.version
    assert [item.linkId for item in read.item or () if item.type == "choice"] == [
        item.id for item in lijst.items
    ]


@given(lijsten())
def test_any_questionnaire_is_sound_fhir(lijst: Vragenlijst) -> None:
    Questionnaire.model_validate_json(to_fhir(lijst).json())


@each_shipped
@settings(max_examples=3)
@given(st.data())
def test_expressions_of_a_shipped_questionnaire_give_our_scores_to_the_last_bit(
    lijst: Vragenlijst, data: st.DataObject
) -> None:
    agrees(lijst, data.draw(afnames(lijst)))


@settings(max_examples=25)
@given(st.data())
def test_expressions_of_any_questionnaire_give_our_scores_to_the_last_bit(data: st.DataObject) -> None:
    lijst = data.draw(lijsten())
    agrees(lijst, data.draw(afnames(lijst)), data.draw(st.sampled_from(["half", "all", 1])))


def test_a_reversed_item_shows_in_the_ordinal_values_of_its_options() -> None:
    resource = to_fhir(igm.vragenlijst("client-participatie")).result
    by_link = {item["linkId"]: item for item in items_of(resource)}
    values = [
        [
            (option["valueCoding"]["code"], option["extension"][0]["valueDecimal"])
            for option in by_link[link]["answerOption"]
        ]
        for link in ("houding_1", "houding_4")
    ]
    assert values[0] == [("1", 1), ("2", 2), ("3", 3), ("4", 4), ("5", 5)]
    assert values[1] == [("1", 5), ("2", 4), ("3", 3), ("4", 2), ("5", 1)]
    assert by_link["houding_1"]["_text"]["extension"][0]["extension"] == [
        {"url": "lang", "valueCode": "en"},
        {"url": "content", "valueString": "It is good for me to take steps towards work or taking part."},
    ]


def test_scores_are_hidden_and_cannot_be_filled_in() -> None:
    scores = to_fhir(igm.vragenlijst("client-participatie")).result["item"][-1]
    assert scores["readOnly"]
    assert scores["extension"][0] == {
        "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden",
        "valueBoolean": True,
    }
    assert all(item["readOnly"] for item in scores["item"])


@each_shipped
def test_what_fhir_cannot_carry_is_in_the_report(lijst: Vragenlijst) -> None:
    exchange = to_fhir(lijst)
    told = " / ".join(str(loss) for loss in exchange.losses)
    for word in (
        "behaviour",
        "goal",
        "facets",
        "polarity",
        "composites",
        "kinds of missing",
        "quality",
        "source",
    ):
        assert word in told
    plain = json.dumps(exchange.result, ensure_ascii=False)
    for part in lijst.gedrag.model_dump().values():  # kept means that it is there
        assert json.dumps(part, ensure_ascii=False) in plain
    assert {loss.what for loss in exchange.lost} == {
        "the polarity of constructs, and that social pressure stands apart",
        "composites (willen, kunnen)",
        "scorers other than the mean",
        "kinds of missing as answers",
    }


def test_every_field_of_a_questionnaire_goes_out_or_is_told() -> None:
    # a field that is added to the model must be thought of here
    carried = {
        "id",
        "version",
        "titel",
        "schaal",
        "anchors_en",
        "licentie",
        "toelichting",
        "toelichting_en",
        "items",
    }
    assert set(Vragenlijst.model_fields) == carried | {"gedrag", "status", "bron", "rol"}
    places = {loss.where for loss in to_fhir(SHIPPED[0]).losses}
    assert {"$.gedrag", "$.status", "$.bron", "$.rol"} <= places


def test_labels_of_a_wide_scale_are_told() -> None:
    lijst = wide({"1": "nooit"})
    assert "labels of answers" in {loss.what for loss in to_fhir(lijst).losses}
    assert "that items are reversed" in {loss.what for loss in to_fhir(lijst).losses}
    assert to_fhir(lijst).result["item"][0]["type"] == "integer"


def wide(anchors: dict[str, str], **changes: Any) -> Vragenlijst:
    data = SHIPPED[0].model_dump()
    data["schaal"] = {"minimum": 0, "maximum": 100, "anchors": anchors}
    data["anchors_en"] = {}
    return Vragenlijst.model_validate(data | {"toelichting": None, "toelichting_en": None} | changes)


def test_what_fhir_cannot_hold_is_refused_all_at_once() -> None:
    items = [
        {"id": name, "construct": "houding", "nl": nl, "en": "x"}
        for name, nl in (("scores", "x"), ("scores.houding", "a\x07b"), ("toelichting", "x"))
    ]
    schaal = {"minimum": 0, "maximum": 2**40}
    with pytest.raises(InputError) as caught:
        to_fhir(wide({}, items=items, schaal=schaal))
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [
        ("duplicate-name", "$.items[0].id"),
        ("duplicate-name", "$.items[1].id"),
        ("duplicate-name", "$.items[2].id"),
        ("value-out-of-range", "$.schaal"),
        ("invalid-value", "$.items[1].nl"),
    ]


@pytest.mark.parametrize("given", [None, "client-participatie", {}, [1]])
def test_only_a_questionnaire_goes_out(given: Any) -> None:
    with pytest.raises(InputError, match="not a Vragenlijst"):
        to_fhir(given)


@pytest.mark.parametrize("rule", ["most", 0, True, 99])
def test_a_rule_that_cannot_be_met_is_refused(rule: Any) -> None:
    with pytest.raises(InputError):
        to_fhir(SHIPPED[0], min_valid=rule)


def test_a_report_is_read_by_people_and_programs() -> None:
    exchange: Exchange[Any] = to_fhir(SHIPPED[0])
    assert repr(exchange) == "Exchange(Questionnaire, 10 losses, 6 of them kept for this library)"
    assert "What did not come along" in exchange.table("en").text()
    assert exchange.to_dict()["schema_version"] == 1
    assert len(exchange.to_dict()["losses"]) == 10
    assert Construct.HOUDING.value in json.dumps(exchange.to_dict())
    assert Missing.GEWEIGERD.value not in exchange.json()
