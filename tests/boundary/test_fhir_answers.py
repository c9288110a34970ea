"""What stands in an answer is read in one way, refused with what was given, or told; what is about health is masked."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boundary.changes import changed
from tests.boundary.test_fhir_import import JSON, paths

import igm
from igm.boundary import Exchange, response_from_fhir, response_to_fhir, to_fhir
from igm.constructs import Afname
from igm.errors import InputError

LIJST = igm.vragenlijst("client-participatie")
REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
HEALTH = "belastbaarheid_1"


def response(*items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    made = response_to_fhir(Afname(ref="c-017", antwoorden={}), LIJST).result
    return {**copy.deepcopy(made), **({"item": list(items)} if items else {}), **changes}


def answered(answer: Any, link: str = "houding_1") -> dict[str, Any]:
    return {"linkId": link, "answer": [answer]}


def read(*items: dict[str, Any], **options: Any) -> Exchange[Afname]:
    return response_from_fhir(response(*items), LIJST, **options)


def refused(*items: dict[str, Any], **options: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        read(*items, **options)
    return caught.value


def questionnaire(codes: range, **changes: Any) -> dict[str, Any]:
    options = [{"valueCoding": {"code": str(code)}} for code in codes]
    item = {"linkId": "houding_1", "type": "choice", "answerOption": options}
    return {"resourceType": "Questionnaire", "item": [item], **changes}


@pytest.mark.parametrize(
    ("answer", "code", "given"),
    [
        ({"valueCoding": {"code": "4"}, "valueInteger": 2}, "invalid-value", "valueCoding, valueInteger"),
        ({"valueInteger": 2, "valueString": "5"}, "invalid-value", "valueInteger, valueString"),
        ({"valueDecimal": 4.0}, "not-a-number", "valueDecimal 4.0"),
        ({"valueString": "4"}, "not-a-number", "valueString '4'"),
        ({"valueCoding": {"display": "vier"}}, "not-a-number", "'vier'"),
        (
            {"valueCoding": {"code": "4", "extension": [{"url": REASON, "valueCode": "asked-declined"}]}},
            "invalid-value",
            "'4'",
        ),
        (
            {"valueCoding": {"code": "4", "display": "Helemaal mee oneens"}},
            "invalid-value",
            "'4' with the label 'Helemaal mee oneens'",
        ),
    ],
)
def test_an_answer_that_can_be_two_or_none_is_refused_with_what_was_given(
    answer: Any, code: str, given: str
) -> None:
    error = refused(answered(answer))
    assert [(one.code, one.where, one.given) for one in error.problems] == [
        (code, "$.item[0].answer[0]", given)
    ]


def test_a_label_of_the_answer_itself_or_of_no_answer_changes_nothing() -> None:
    for label in ("Mee eens", "agree", "prima"):
        found = read(answered({"valueCoding": {"code": "4", "display": label}}))
        assert (dict(found.result.antwoorden), found.losses) == ({"houding_1": 4}, ())


@pytest.mark.parametrize("link", [HEALTH, "een_vrije_tekst"])
@pytest.mark.parametrize(
    "answer",
    [
        {"valueInteger": "geheim"},
        {"valueDecimal": "geheim"},
        {"valueCoding": "geheim"},
        {"valueCoding": {"code": ["geheim"]}},
        {"valueCoding": {"code": 4, "display": "geheim"}},
        {"valueCoding": {"display": "geheim"}},
        {"valueString": "geheim"},
        {"valueCoding": {"code": "geheim", "display": "geheim"}},
        {"valueCoding": {"extension": [{"url": REASON, "valueCode": "geheim"}]}},
        "geheim",
    ],
)
def test_what_is_about_health_or_not_known_is_not_repeated(link: str, answer: Any) -> None:
    assert "geheim" not in str(refused(answered(answer, link)))


def test_the_same_wrong_answer_is_shown_where_it_is_not_sensitive() -> None:
    assert "geheim" in str(refused(answered({"valueInteger": "geheim"})))


def test_a_code_of_another_system_is_told() -> None:
    found = read(answered({"valueCoding": {"system": "urn:oid:1.2.3", "code": "4"}}))
    assert [(loss.what, loss.where, loss.why) for loss in found.losses] == [
        (
            "code system",
            "$.item[0].answer[0].valueCoding.system",
            "codes of 'urn:oid:1.2.3' are taken as the numbers of the scale",
        )
    ]


@pytest.mark.parametrize("name", ["modifierExtension", "implicitRules"])
def test_what_changes_the_meaning_is_refused_wherever_it_stands(name: str) -> None:
    error = refused(answered({"valueInteger": 3, name: [{"url": "urn:x"}]}), {"linkId": "houding_2", name: 1})
    assert [(one.code, one.where) for one in error.problems] == [
        ("invalid-value", f"$.item[0].answer[0].{name}"),
        ("invalid-value", f"$.item[1].{name}"),
    ]
    with pytest.raises(InputError, match=name):
        response_from_fhir(response(**{name: "urn:x"}), LIJST)


def test_what_is_named_in_zonder_is_left_out_also_when_it_is_an_item() -> None:
    found = read(
        answered({"valueInteger": 3}), answered({"valueInteger": 4}, "houding_2"), zonder=["houding_1"]
    )
    assert dict(found.result.antwoorden) == {"houding_2": 4}
    assert [loss.what for loss in found.losses] == ["the answer to 'houding_1'"]


@pytest.mark.parametrize("zonder", ["opmerking", b"x", 5, [5], None])
def test_zonder_of_another_form_is_refused(zonder: Any) -> None:
    error = refused(zonder=zonder)
    assert (error.code, error.problems[0].where) == ("invalid-value", "$.zonder")


def test_options_on_another_scale_are_refused() -> None:
    error = refused(answered({"valueCoding": {"code": "3"}}), questionnaire=questionnaire(range(5)))
    assert [(one.code, one.where, one.given) for one in error.problems] == [
        ("scale-invalid", "questionnaire:$.item[0]", "0 to 4 at 'houding_1'; the questionnaire has 1–5")
    ]


def test_options_with_the_labels_of_other_answers_are_refused() -> None:
    given = questionnaire(range(1, 6))
    given["item"][0]["answerOption"][0]["valueCoding"]["display"] = "helemaal mee eens"
    assert refused(questionnaire=given).code == "scale-invalid"


def test_a_questionnaire_of_which_an_item_occurs_twice_is_refused_at_its_own_path() -> None:
    given = questionnaire(range(1, 6))
    given["item"] *= 2
    error = refused(questionnaire=given)
    assert [(one.code, one.where) for one in error.problems] == [
        ("duplicate-name", "questionnaire:$.item[1]")
    ]


def test_an_item_that_the_given_questionnaire_lacks_is_refused() -> None:
    items = (answered({"valueCoding": {"code": "3"}}), answered({"valueCoding": {"code": "3"}}, "houding_2"))
    error = refused(*items, questionnaire=questionnaire(range(1, 6)))
    assert [(one.code, one.where) for one in error.problems] == [("unknown-item", "$.item[1].answer[0]")]


@pytest.mark.parametrize(
    ("url", "version", "answers", "right"),
    [
        ("urn:a", "2", "urn:a|2", True),
        ("urn:a", "2", "urn:a", True),
        ("urn:a", "2", "#contained", True),
        ("urn:a", "2", "urn:a|3", False),
        ("urn:a", "2", "urn:b|2", False),
    ],
)
def test_the_questionnaire_that_is_given_is_the_one_that_is_answered(
    url: str, version: str, answers: str, right: bool
) -> None:
    data = response(answered({"valueCoding": {"code": "3"}}), questionnaire=answers)
    given = questionnaire(range(1, 6), url=url, version=version)
    if right:
        assert response_from_fhir(data, LIJST, questionnaire=given).result.antwoorden["houding_1"] == 3
        return
    with pytest.raises(InputError) as caught:
        response_from_fhir(data, LIJST, questionnaire=given)
    assert [(one.where, one.given) for one in caught.value.problems] == [("$.questionnaire", repr(answers))]


@pytest.mark.parametrize(
    "subject",
    [
        {"identifier": {"value": "111222333"}},
        {"reference": "Patient/111222333"},
        {"reference": "urn:oid:1.2.3:111222333"},
        {"identifier": {"system": "https://voorbeeld.invalid/NamingSystem/bsn", "value": "x-1"}},
    ],
)
def test_a_citizen_service_number_is_refused_however_it_is_referred_to(subject: Any) -> None:
    with pytest.raises(InputError) as caught:
        response_from_fhir(response(subject=subject, status="entered-in-error"), LIJST)
    assert [one.code for one in caught.value.problems] == ["invalid-value", "ref-is-bsn"]
    assert "111222333" not in str(caught.value)
    assert "x-1" not in str(caught.value)


def test_the_system_of_a_reference_is_told() -> None:
    subject = {"identifier": {"system": "urn:oid:1.2", "value": "c-1"}}
    found = response_from_fhir(response(subject=subject), LIJST)
    assert (found.result.ref, [loss.where for loss in found.losses]) == (
        "c-1",
        ["$.subject.identifier.system"],
    )


@pytest.mark.parametrize(
    "moment",
    ["2024", "2024-10", "20241001", "2024-W40-2", "2024-10-01gisteren", "2024-10-01T25:99:99Z", "2024-02-30"],
)
def test_a_moment_that_is_none_is_refused(moment: str) -> None:
    with pytest.raises(InputError) as caught:
        response_from_fhir(response(authored=moment), LIJST)
    assert [(one.where, one.given) for one in caught.value.problems] == [("$.authored", repr(moment))]


@pytest.mark.parametrize(
    "moment", ["2024-10-01", "2024-10-01T10:00:00Z", "2024-10-01T23:59:59.123456789+02:00"]
)
def test_a_moment_gives_its_day(moment: str) -> None:
    assert response_from_fhir(response(authored=moment), LIJST).result.datum == date(2024, 10, 1)


def test_a_list_that_stands_in_itself_many_times_over_is_refused() -> None:
    grown: list[Any] = []
    for _ in range(55):
        grown = [grown, grown]
    with pytest.raises(InputError, match="more than 10,000,000 values"):
        response_from_fhir(response(contained=grown), LIJST)


HEALTHY = response(
    answered({"valueCoding": {"code": "4", "display": "Mee eens"}}, HEALTH),
    {"linkId": "belastbaarheid_2", "extension": [{"url": REASON, "valueCode": "asked-unknown"}]},
)
PLACES = [path for path in paths(HEALTHY) if path[:1] == ("item",) and len(path) > 3]
SECRET = (
    JSON.map(lambda value: {"geheim": value}) | st.just("geheim") | st.lists(st.just("geheim"), max_size=2)
)


@given(st.sampled_from(PLACES), SECRET)
def test_whatever_stands_in_an_answer_about_health_is_never_repeated(
    place: tuple[Any, ...], value: Any
) -> None:
    told = ""
    try:
        response_from_fhir(changed(HEALTHY, [(place, value)]), LIJST)
    except InputError as error:
        told = " ".join(str(one.given) for one in error.problems)
    assert "geheim" not in told


def test_our_own_questionnaire_beside_our_own_response_changes_nothing() -> None:
    afname = Afname(ref="c-017", antwoorden={item.id: 2 for item in LIJST.items})
    out = response_to_fhir(afname, LIJST).result
    found = response_from_fhir(out, LIJST, questionnaire=to_fhir(LIJST).result)
    assert (found.result, found.losses) == (afname, ())


def test_a_reference_that_cannot_be_used_is_told_where_it_stands() -> None:
    with pytest.raises(InputError) as caught:
        response_from_fhir(response(subject={"reference": " c-017"}), LIJST)
    assert [(one.code, one.where) for one in caught.value.problems] == [("invalid-value", "$.subject")]
