"""Answers go out and come back equal, with why they are missing; what is no answer is refused with its path."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import pytest
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse  # as in R4 (4.0.1)
from hypothesis import given
from hypothesis import strategies as st
from tests.boundary.changes import changed
from tests.boundary.fhir_strategies import afnames, lijsten
from tests.boundary.test_fhir_import import AANVULLING, JSON, paths, strange

import igm
from igm.boundary import Exchange, from_fhir, response_from_fhir, response_to_fhir
from igm.constructs import Afname, Missing, Toestemming
from igm.errors import InputError, Problem

LIJST = igm.vragenlijst("client-participatie")
REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def response(**changes: Any) -> dict[str, Any]:
    answers: dict[str, int | Missing | None] = {
        "houding_1": 4,
        "houding_2": Missing.GEWEIGERD,
        "belastbaarheid_1": 2,
    }
    made = response_to_fhir(Afname(ref="c-017", antwoorden=answers, datum=date(2024, 10, 1)), LIJST)
    return copy.deepcopy(made.result) | changes


@given(st.data())
def test_answers_come_back_equal_and_are_sound_fhir(data: st.DataObject) -> None:
    lijst = data.draw(lijsten())
    afname = data.draw(afnames(lijst))
    out = response_to_fhir(afname, lijst)
    QuestionnaireResponse.model_validate_json(out.json())
    read = response_from_fhir(out.json(), lijst)
    assert read.result == afname
    assert (out.losses, read.losses) == ((), ())


def test_every_kind_of_missing_has_its_own_reason() -> None:
    kinds = dict(zip((item.id for item in LIJST.items), Missing, strict=False))
    made = response_to_fhir(Afname(ref="c-017", antwoorden=kinds), LIJST).result
    reasons = [item["extension"][0]["valueCode"] for item in made["item"]]
    assert reasons == ["not-asked", "asked-unknown", "not-applicable", "asked-declined", "error"]
    assert not any("answer" in item for item in made["item"])


def test_consents_do_not_come_along_and_that_is_told() -> None:
    consent = Toestemming(scope="onderzoek", datum="2024-10-01")  # type: ignore[arg-type]
    made = response_to_fhir(Afname(ref="c-017", antwoorden={}, toestemmingen=(consent,)), LIJST)
    assert [loss.where for loss in made.losses] == ["$.toestemmingen"]


def test_a_reason_on_the_value_is_read_too() -> None:
    told = {"extension": [{"url": REASON, "valueCode": "asked-unknown"}]}
    data = response(item=[{"linkId": "houding_1", "answer": [{"valueCoding": told}]}])
    assert response_from_fhir(data, LIJST).result.antwoorden["houding_1"] is Missing.WEET_NIET


def test_a_reason_that_is_no_kind_of_missing_is_read_as_lost_and_told() -> None:
    told = [{"url": REASON, "valueCode": "masked"}]
    read = response_from_fhir(response(item=[{"linkId": "houding_1", "extension": told}]), LIJST)
    assert read.result.antwoorden["houding_1"] is Missing.VERLOREN
    assert [str(loss) for loss in read.losses] == [
        "reason 'masked', at $.item[0].extension[0]: read as lost (verloren)"
    ]


def test_scores_that_a_form_filler_made_are_not_read_and_told() -> None:
    data = response()
    scores = [{"linkId": "scores.houding", "answer": [{"valueDecimal": 4.0}]}]
    data["item"].append({"linkId": "scores", "item": scores})
    read = response_from_fhir(data, LIJST)
    assert [loss.where for loss in read.losses] == ["$.item[3].item[0]"]


def test_codes_of_another_system_are_read_with_its_questionnaire() -> None:
    lijst = from_fhir(strange(), aanvulling=AANVULLING).result
    data = {
        "resourceType": "QuestionnaireResponse",
        "status": "in-progress",
        "subject": {"reference": "Patient/17"},
        "authored": "2024-10-01T10:00:00Z",
        "item": [
            {
                "linkId": "g1",
                "item": [
                    {"linkId": "q1", "answer": [{"valueCoding": {"code": "LA3"}}]},
                    {"linkId": "q2", "answer": [{"valueString": "omdat"}]},
                    {"linkId": "q3", "answer": [{"valueCoding": {"code": "LA1"}}]},
                ],
            }
        ],
    }
    read = response_from_fhir(data, lijst, questionnaire=strange(), zonder=["q2"])
    assert dict(read.result.antwoorden) == {"q1": 2, "q3": 0}
    assert read.result.ref == "Patient/17"
    assert {loss.what for loss in read.losses} == {
        "questionnaire",
        "status",
        "the time of day",
        "the answer to 'q2'",
    }
    with pytest.raises(InputError) as caught:
        response_from_fhir(data, lijst)
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [
        ("not-a-number", "$.item[0].item[0].answer[0]"),
        ("unknown-item", "$.item[0].item[1]"),
        ("not-a-number", "$.item[0].item[2].answer[0]"),
    ]


def test_what_is_wrong_is_told_all_at_once() -> None:
    def coded(link: str, code: Any) -> dict[str, Any]:
        return {"linkId": link, "answer": [{"valueCoding": {"code": code}}]}

    data = response(
        questionnaire="urn:igm:vragenlijst:client-participatie|0.1",
        status="entered-in-error",
        authored="gisteren",
        subject={},
        item=[
            coded("houding_1", "9"),
            coded("houding_1", "4"),
            coded("houdign_2", "4"),
            coded("houding_2", 4),
            {"linkId": "houding_3", "answer": [{"valueInteger": True}]},
            {
                "linkId": "houding_4",
                "answer": [{"valueCoding": {"code": "1"}}, {"valueCoding": {"code": "2"}}],
            },
            {"answer": []},
            coded("belastbaarheid_1", "77"),
        ],
    )
    with pytest.raises(InputError) as caught:
        response_from_fhir(data, LIJST)
    assert {(problem.code, problem.where) for problem in caught.value.problems} >= {
        ("invalid-value", "$.questionnaire"),
        ("invalid-value", "$.status"),
        ("invalid-value", "$.authored"),
        ("missing-field", "$.subject"),
        ("answer-out-of-range", "$.item[0].answer[0]"),
        ("duplicate-name", "$.item[1]"),
        ("unknown-item", "$.item[2]"),
        ("invalid-value", "$.item[3].answer[0].valueCoding.code"),
        ("invalid-value", "$.item[4].answer[0].valueInteger"),
        ("duplicate-name", "$.item[5]"),
        ("missing-field", "$.item[6]"),
        ("answer-out-of-range", "$.item[7].answer[0]"),
    }
    assert "77" not in str(caught.value)  # it is about health


def test_a_citizen_service_number_is_refused_and_not_repeated() -> None:
    with pytest.raises(InputError) as caught:
        response_from_fhir(response(subject={"identifier": {"value": "111222333"}}), LIJST)
    assert (caught.value.code, caught.value.problems[0].where) == ("ref-is-bsn", "$.subject")
    assert "111222333" not in str(caught.value)


def test_an_answer_and_a_reason_why_there_is_none_contradict_each_other() -> None:
    told = [{"url": REASON, "valueCode": "asked-unknown"}]
    item = {"linkId": "houding_1", "extension": told, "answer": [{"valueCoding": {"code": "4"}}]}
    with pytest.raises(InputError, match="an answer, and a reason"):
        response_from_fhir(response(item=[item]), LIJST)


@pytest.mark.parametrize("given", [(3, LIJST), (Afname(ref="c", antwoorden={}), 3)])
def test_only_answers_to_a_questionnaire_go_out(given: tuple[Any, Any]) -> None:
    with pytest.raises(InputError, match=r"not a(n)? (Afname|Vragenlijst)"):
        response_to_fhir(*given)


def test_answers_off_the_scale_do_not_go_out() -> None:
    with pytest.raises(InputError, match="answer outside the scale"):
        response_to_fhir(Afname(ref="c", antwoorden={"houding_1": 9}), LIJST)


PLACES = [path for path in paths(response()) if path]


@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON), min_size=1, max_size=3))
def test_whatever_stands_anywhere_is_read_or_refused_with_our_error(
    changes: list[tuple[tuple[Any, ...], Any]],
) -> None:
    data = changed(response(), changes)
    problems: tuple[Problem, ...] = ()
    try:
        read: object = response_from_fhir(json.dumps(data), LIJST).result
    except InputError as error:
        problems = error.problems
    else:
        assert isinstance(read, Afname)
    assert all(problem.where.startswith("$") for problem in problems)


def test_a_report_without_losses_says_so() -> None:
    exchange = Exchange({"resourceType": "Questionnaire"}, ())
    assert exchange.table("nl").text().endswith("Er ging niets verloren.")
    assert exchange.table("en").text().endswith("Nothing was lost.")


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ("urn:uuid:5a1b|3", None),
        ("urn:uuid:5a1b", None),
        (None, "loss"),
        ("urn:uuid:5a1b|2", "problem"),
        ("urn:uuid:5a1c|3", "problem"),
    ],
)
def test_a_response_has_to_name_the_questionnaire_of_another_system(of: str | None, told: str | None) -> None:
    lijst = from_fhir(strange(), aanvulling=AANVULLING).result
    data = {"resourceType": "QuestionnaireResponse", "status": "completed", "subject": {"reference": "c-017"}}
    data |= {} if of is None else {"questionnaire": of}
    if told == "problem":
        with pytest.raises(InputError, match="answers to another questionnaire") as caught:
            response_from_fhir(data, lijst, questionnaire=strange())
        assert "this is 'urn:uuid:5a1b|3'" in caught.value.problems[0].do
    else:
        losses = response_from_fhir(data, lijst, questionnaire=strange()).losses
        assert [loss.what for loss in losses] == (["questionnaire"] if told else [])


def test_a_path_is_told_to_be_no_json() -> None:
    with pytest.raises(InputError, match=r"Of a file, give Path\(...\).read_bytes\(\)"):
        response_from_fhir("antwoord.json", LIJST)
