"""What comes in: ours comes back equal, a stranger's is read as far as it goes, and nothing is dropped in silence."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boundary.changes import changed
from tests.boundary.fhir_strategies import lijsten

import igm
from igm.boundary import Exchange, Loss, from_fhir, to_fhir
from igm.constructs import Construct, Vragenlijst
from igm.constructs.vragenlijst import shipped_vragenlijsten
from igm.errors import InputError, Problem

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
GEDRAG = {
    "action": "bewegen",
    "target": "buiten",
    "context": "alleen",
    "time": "deze week",
    "doel": "fit zijn",
}
OPTIONS = [("LA1", 0, "nooit"), ("LA2", 1, "soms"), ("LA3", 2, "vaak")]


def option(code: str, counts: Any, display: str) -> dict[str, Any]:
    return {
        "valueCoding": {"system": "urn:oid:1.2.3", "code": code, "display": display},
        "extension": [{"url": ORDINAL, "valueDecimal": counts}],
    }


def strange() -> dict[str, Any]:
    """A questionnaire as another system has it."""
    return {
        "resourceType": "Questionnaire",
        "url": "urn:uuid:5a1b",
        "name": "Beweging",
        "version": "3",
        "title": "Bewegen",
        "status": "draft",
        "publisher": "een ander",
        "subjectType": ["Patient"],
        "item": [
            {"linkId": "intro", "type": "display", "text": "Lees dit eerst."},
            {
                "linkId": "g1",
                "type": "group",
                "text": "Over bewegen",
                "item": [
                    {
                        "linkId": "q1",
                        "type": "choice",
                        "text": "Ik beweeg graag.",
                        "required": True,
                        "answerOption": [option(*one) for one in OPTIONS],
                        "enableWhen": [{"question": "q2", "operator": "exists", "answerBoolean": True}],
                    },
                    {"linkId": "q2", "type": "string", "text": "Waarom?"},
                    {
                        "linkId": "q3",
                        "type": "choice",
                        "text": "Ik ga morgen.",
                        "answerOption": [option(*one) for one in reversed(OPTIONS)],
                    },
                    {"linkId": "q4", "type": "choice", "text": "Kies.", "answerValueSet": "urn:oid:9"},
                ],
            },
        ],
    }


AANVULLING: dict[str, Any] = {
    "titel": {"nl": "Bewegen", "en": "Moving"},
    "gedrag": GEDRAG,
    "status": "niet gevalideerd",
    "licentie": "onbekend",
    "bron": "een ander systeem",
    "anchors_en": {"0": "never", "1": "sometimes", "2": "often"},
    "items": {
        "q1": {"construct": "houding", "en": "I like to move."},
        "q3": {"construct": "intentie", "en": "I will go tomorrow."},
    },
}


@given(lijsten())
def test_what_went_out_comes_back_equal(lijst: Vragenlijst) -> None:
    resource = to_fhir(lijst).result
    before = copy.deepcopy(resource)
    assert from_fhir(resource).result == lijst
    assert resource == before  # what is given is not changed
    assert from_fhir(json.dumps(resource)).result == lijst
    assert from_fhir(json.dumps(resource).encode()).result == lijst


@pytest.mark.parametrize("lijst", shipped_vragenlijsten(), ids=lambda lijst: lijst.id)
def test_of_our_own_only_what_is_made_anew_is_told(lijst: Vragenlijst) -> None:
    read = from_fhir(to_fhir(lijst).result)
    assert read.result == lijst
    assert {loss.what for loss in read.losses} == {"status", "expressions"}


def test_a_questionnaire_of_another_system_is_read_with_what_it_lacks() -> None:
    read = from_fhir(strange(), aanvulling=AANVULLING)
    lijst = read.result
    assert lijst.id == "Beweging"
    assert lijst.rol is igm.constructs.Role.CLIENT
    assert [(item.id, item.construct, item.reversed) for item in lijst.items] == [
        ("q1", Construct.HOUDING, False),
        ("q3", Construct.INTENTIE, False),
    ]
    assert (lijst.schaal.minimum, lijst.schaal.maximum) == (0, 2)
    assert dict(lijst.schaal.anchors) == {"0": "nooit", "1": "soms", "2": "vaak"}


def test_everything_that_does_not_come_along_is_told() -> None:
    read = from_fhir(strange(), aanvulling=AANVULLING)
    told = {(loss.what, loss.where) for loss in read.losses}
    assert {
        ("url", "$.url"),
        ("publisher", "$.publisher"),
        ("status", "$.status"),
        ("who answers", "$.subjectType"),
        ("titel", "$.titel"),
        ("item 'intro'", "$.item[0]"),
        ("group 'g1'", "$.item[1]"),
        ("required", "$.item[1].item[0].required"),
        ("enableWhen", "$.item[1].item[0].enableWhen"),
        ("item 'q2'", "$.item[1].item[1]"),
        ("item 'q4'", "$.item[1].item[3]"),
        ("answerValueSet", "$.item[1].item[3].answerValueSet"),
        ("codes of answers", "$.item[1].item[0].answerOption"),
        ("code system", "$.item[1].item[0].answerOption[0].valueCoding.system"),
    } <= told
    assert not any(loss.kept for loss in read.losses)


def test_what_is_lacking_is_told_all_at_once_with_what_to_do() -> None:
    with pytest.raises(InputError) as caught:
        from_fhir(strange())
    told = {(problem.code, problem.where) for problem in caught.value.problems}
    assert {
        ("missing-field", "$.gedrag"),
        ("missing-field", "$.status"),
        ("missing-field", "$.licentie"),
        ("missing-field", "$.bron"),
        ("missing-field", "$.titel.en"),
        ("missing-field", "$.item[1].item[0]"),
        ("missing-field", "$.item[1].item[2]"),
    } == told
    assert all(
        "aanvulling" in problem.do for problem in caught.value.problems if problem.where != "$.titel.en"
    )


def test_codes_that_run_against_the_values_make_an_item_reversed() -> None:
    data = strange()
    group = data["item"][1]["item"]
    group[0]["answerOption"] = [option(str(code), 4 - code, "x") for code in (1, 2, 3)]
    group[2]["answerOption"] = [option(str(code), code, "x") for code in (1, 2, 3)]
    extra = AANVULLING | {"anchors_en": {}}
    assert [item.reversed for item in from_fhir(data, aanvulling=extra).result.items] == [True, False]


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", "null", '{"a": 1, "a": 2}', '{"a": NaN}', "[" * 100_000, b"\xff\xfe\x00"]
)
def test_text_that_is_no_json_of_a_resource_is_refused(text: str | bytes) -> None:
    with pytest.raises(InputError) as caught:
        from_fhir(text)
    assert caught.value.code in {"file-unreadable", "invalid-value"}


def test_deep_nesting_is_refused() -> None:
    data: dict[str, Any] = {"linkId": "x", "type": "group"}
    for _ in range(5000):
        data = {"linkId": "x", "type": "group", "item": [data]}
    with pytest.raises(InputError, match="nested deeper"):
        from_fhir({"resourceType": "Questionnaire", "item": [data]})


@pytest.mark.parametrize(
    "given", [None, 3, [], {}, {"resourceType": "Patient"}, {"resourceType": ["Questionnaire"]}]
)
def test_another_thing_than_a_questionnaire_is_refused(given: Any) -> None:
    with pytest.raises(InputError, match="not a FHIR Questionnaire"):
        from_fhir(given)


@pytest.mark.parametrize("extra", [3, [], {"items": 3}, {"items": {"q1": "houding"}}, {"items": {"weg": {}}}])
def test_an_addition_of_another_form_is_refused(extra: Any) -> None:
    with pytest.raises(InputError) as caught:
        from_fhir(to_fhir(shipped_vragenlijsten()[0]).result, aanvulling=extra)
    assert "aanvulling" in caught.value.problems[0].where


def test_hostile_parts_are_all_told_at_their_paths() -> None:
    data = to_fhir(igm.vragenlijst("client-participatie")).result
    items = data["item"]
    data["version"] = 1
    data["title"] = ""
    data["_title"] = [3]
    items[1]["linkId"] = None
    items[2]["answerOption"][0]["extension"][0]["valueDecimal"] = 1.5
    items[3]["answerOption"][1]["valueCoding"]["code"] = "1"
    items[4]["answerOption"] = "5"
    items[5]["answerOption"][0]["extension"] *= 2
    items[6]["_text"]["extension"][0]["extension"] = []
    items[7]["answerOption"] = items[7]["answerOption"][:4]
    items[8] = 5
    with pytest.raises(InputError) as caught:
        from_fhir(data)
    places = {problem.where for problem in caught.value.problems}
    assert {
        "$.version",
        "$.title",
        "$._title",
        "$.item[1]",
        "$.item[2].answerOption[0].extension[0]",
        "$.item[3].answerOption",
        "$.item[4].answerOption",
        "$.item[5].answerOption[0].extension[1]",
        "$.item[6]._text.extension[0].extension",
        "$.item[7]",
        "$.item[8]",
    } <= places


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def paths(part: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(part, dict):
        return [at, *(path for name, inner in part.items() for path in paths(inner, (*at, name)))]
    if isinstance(part, list):
        return [at, *(path for index, inner in enumerate(part) for path in paths(inner, (*at, index)))]
    return [at]


SMALL = {
    **to_fhir(igm.vragenlijst("manager-begeleiden")).result,
    "item": to_fhir(igm.vragenlijst("manager-begeleiden")).result["item"][:3],
}
PLACES = [path for path in paths(SMALL) if path]


@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON), min_size=1, max_size=3))
def test_whatever_stands_anywhere_is_read_or_refused_with_our_error(
    changes: list[tuple[tuple[Any, ...], Any]],
) -> None:
    data = changed(SMALL, changes)
    problems: tuple[Problem, ...] = ()
    try:
        read: object = from_fhir(data).result
    except InputError as error:
        problems = error.problems
    else:
        assert isinstance(read, Vragenlijst)
    assert all(problem.where.startswith("$") for problem in problems)


def test_what_is_lacking_is_told_with_where_to_give_it() -> None:
    lacking = {name: value for name, value in AANVULLING.items() if name not in ("status", "titel")}
    with pytest.raises(InputError) as caught:
        from_fhir(strange(), aanvulling=lacking)
    assert {problem.where: problem.do for problem in caught.value.problems} == {
        "$.status": "Give it in aanvulling: what is known of the quality, such as 'niet gevalideerd'.",
        "$.titel.en": "Give it in aanvulling.",
    }


def test_what_is_lost_in_several_places_for_one_reason_is_one_row() -> None:
    read = from_fhir(strange(), aanvulling=AANVULLING)
    rows = [row for row in read.table("en").rows if row[0] == "code system"]
    places = [loss.where for loss in read.losses if loss.what == "code system"]
    assert [row[1] for row in rows] == [
        f"{places[0]} and {len(places) - 1} more" if places[1:] else places[0]
    ]
    twice: Exchange[dict[str, Any]] = Exchange(
        {}, [Loss("url", "$.a", "no place"), Loss("url", "$.b", "no place"), Loss("url", "$.c", "old")]
    )
    assert [row[1] for row in twice.table("nl").rows] == ["$.a en nog 1", "$.c"]
