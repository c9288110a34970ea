"""Questionnaires: read from files with all faults at once, and the strict check of answers."""

from __future__ import annotations

import copy
import json
import math
import pickle
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from igm.constructs.item import Item, Role
from igm.constructs.model import Construct
from igm.constructs.vragenlijst import Vragenlijst, vragenlijst
from igm.constructs.waarde import Missing
from igm.errors import InputError, Problem, UnknownNameError


def small() -> dict[str, Any]:
    return {
        "id": "eigen",
        "version": "1.0",
        "titel": {"nl": "Eigen lijst", "en": "Own list"},
        "rol": "client",
        "gedrag": {
            "action": "solliciteren",
            "target": "werkgevers",
            "context": "thuis",
            "time": "nu",
            "doel": "werk",
        },
        "schaal": {"minimum": 1, "maximum": 5, "anchors": {"1": "oneens", "5": "eens"}},
        "anchors_en": {"1": "disagree", "5": "agree"},
        "status": "niet gevalideerd",
        "licentie": "Apache-2.0",
        "bron": "eigen werk",
        "items": [
            {"id": "h1", "construct": "attitude", "nl": "Ik doe dit graag.", "en": "I like doing this."},
            {
                "id": "h2",
                "construct": "houding",
                "nl": "Ik zie ertegen op.",
                "en": "I dread it.",
                "reversed": True,
            },
            {
                "id": "b1",
                "construct": "belastbaarheid",
                "nl": "Ik kan het aan.",
                "en": "I can cope.",
                "facet": "mental",
            },
        ],
    }


def write(data: dict[str, Any], folder: Path) -> Path:
    path = folder / "eigen.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def problems(data: dict[str, Any], folder: Path) -> dict[str, Problem]:
    with pytest.raises(InputError) as caught:
        vragenlijst(write(data, folder))
    found = {problem.where: problem for problem in caught.value.problems}
    assert len(found) == len(caught.value.problems)
    return found


def test_an_own_file_is_read_by_path_and_by_text(tmp_path: Path) -> None:
    path = write(small(), tmp_path)
    lijst = vragenlijst(path)
    assert lijst == vragenlijst(str(path)) == Vragenlijst.model_validate(small()) == Vragenlijst(**small())
    assert len(lijst) == 3
    assert lijst.rol is Role.CLIENT
    assert lijst.items[0].construct is Construct.HOUDING
    assert not lijst.items[0].reversed


def test_every_fault_is_told_at_once_with_its_path(tmp_path: Path) -> None:
    data = small()
    data["schaal"]["minimum"] = 5
    data["anchors_en"]["3"] = "in between"
    data["rol"] = "klant"
    data["extra"] = 1
    del data["titel"]["en"]
    del data["gedrag"]["doel"]
    data["version"] = 1.0
    data["items"][1]["id"] = "h1"
    data["items"][1]["nl"] = "   "
    data["items"][2]["construct"] = "belastbarheid"
    data["items"][2]["reverse"] = True
    del data["items"][2]["en"]
    found = problems(data, tmp_path)
    assert {where: problem.code for where, problem in found.items()} == {
        "$.schaal": "scale-invalid",
        "$.anchors_en['3']": "scale-invalid",
        "$.rol": "invalid-value",
        "$.extra": "unknown-field",
        "$.titel.en": "missing-field",
        "$.gedrag.doel": "incomplete-behaviour",
        "$.version": "invalid-value",
        "$.items[1].id": "duplicate-name",
        "$.items[1].nl": "missing-field",
        "$.items[2].construct": "unknown-construct",
        "$.items[2].reverse": "unknown-field",
        "$.items[2].en": "missing-field",
    }
    assert "Did you mean 'belastbaarheid'?" in str(found["$.items[2].construct"])
    assert "Did you mean 'reversed'?" in str(found["$.items[2].reverse"])
    assert "$.items[0]" in str(found["$.items[1].id"])


@pytest.mark.parametrize(
    "field", ["id", "version", "titel", "rol", "schaal", "status", "licentie", "bron", "items", "gedrag"]
)
def test_a_required_field_that_is_absent_is_named(field: str, tmp_path: Path) -> None:
    data = small()
    del data[field]
    found = problems(data, tmp_path)
    assert found[f"$.{field}"].code == ("incomplete-behaviour" if field == "gedrag" else "missing-field")


def test_a_questionnaire_without_items_is_refused(tmp_path: Path) -> None:
    assert set(problems(small() | {"items": []}, tmp_path)) == {"$.items"}


def test_every_repeat_of_an_id_is_told(tmp_path: Path) -> None:
    data = small()
    for item in data["items"]:
        item["id"] = "x"
    data["items"][2]["id"] = " x "
    assert set(problems(data, tmp_path)) == {"$.items[1].id", "$.items[2].id"}


def test_repeated_ids_are_found_in_items_made_by_hand() -> None:
    item = Item(id="h1", construct=Construct.HOUDING, nl="Ja.", en="Yes.")
    with pytest.raises(ValidationError) as caught:
        Vragenlijst.model_validate(small() | {"items": (item, item)})
    assert [(error["type"], error["loc"]) for error in caught.value.errors()] == [
        ("duplicate-name", ("items", 1, "id"))
    ]


@pytest.mark.parametrize("wrong", ["ja", 1, 0, None, "true"])
def test_reversed_is_strictly_true_or_false(wrong: object, tmp_path: Path) -> None:
    data = small()
    data["items"][0]["reversed"] = wrong
    assert set(problems(data, tmp_path)) == {"$.items[0].reversed"}


def test_unknown_questionnaires_and_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Did you mean 'manager-begeleiden'"):
        vragenlijst("manager-begeleider")
    with pytest.raises(InputError) as caught:
        vragenlijst(str(tmp_path / "weg.yml"))
    assert caught.value.code == "file-unreadable"


@given(st.text(max_size=30).filter(lambda name: not name.endswith((".yaml", ".yml"))))
def test_any_other_name_is_an_error(name: str) -> None:
    with pytest.raises(InputError) as caught:
        vragenlijst(name)
    assert caught.value.code == "unknown-name"


def test_shipped_questionnaires_survive_json_pickle_and_copy() -> None:
    lijst = vragenlijst("client-participatie")
    assert Vragenlijst.model_validate_json(lijst.model_dump_json()) == lijst
    assert Vragenlijst.model_validate(lijst.model_dump()) == lijst
    assert pickle.loads(pickle.dumps(lijst)) == copy.deepcopy(lijst) == lijst  # noqa: S301 (own object)


def test_the_json_schema_accepts_what_is_written() -> None:
    schema = Vragenlijst.model_json_schema(mode="serialization")
    jsonschema.validate(json.loads(vragenlijst("manager-begeleiden").model_dump_json()), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(small() | {"items": [{"id": "x"}]}, schema)


def test_items_are_found_by_construct_and_by_id() -> None:
    lijst = Vragenlijst.model_validate(small())
    assert lijst.constructs == (Construct.HOUDING, Construct.BELASTBAARHEID)
    assert lijst.n_items == {Construct.HOUDING: 2, Construct.BELASTBAARHEID: 1}
    assert [item.id for item in lijst.items_for("attitude")] == ["h1", "h2"]
    assert lijst.items_for(Construct.KENNIS) == ()
    assert lijst.item("h2").text() == "Ik zie ertegen op."
    assert lijst.item("h2").text("en") == "I dread it."
    with pytest.raises(UnknownNameError, match="unknown-construct"):
        lijst.items_for("huoding")
    with pytest.raises(UnknownNameError, match="Did you mean 'h1'") as caught:
        lijst.item("h11")
    assert caught.value.code == "unknown-item"


def test_it_shows_itself_in_both_languages() -> None:
    lijst = Vragenlijst.model_validate(small())
    assert (
        repr(lijst) == "Vragenlijst('eigen', version='1.0', rol='client', 3 items, 2 constructs, schaal 1–5)"
    )
    assert "Ik zie ertegen op." in str(lijst)
    assert "niet gevalideerd" in str(lijst)
    english = lijst.table("en").text()
    assert "I dread it." in english
    assert "5 = agree" in english
    assert lijst._repr_html_().startswith("<table>")
    assert repr(lijst.item("h2")) == "Item('h2', houding, reversed)"


def check(antwoorden: dict[Any, object]) -> dict[str, int | Missing]:
    return Vragenlijst.model_validate(small()).check(antwoorden)


def test_answers_are_read_in_the_order_of_the_items_and_what_is_absent_is_not_asked() -> None:
    read = check({"b1": 5, "h1": None})
    assert list(read.items()) == [("h1", Missing.NIET_GEVRAAGD), ("h2", Missing.NIET_GEVRAAGD), ("b1", 5)]


@pytest.mark.parametrize("value", [4, 4.0, np.int8(4), np.float32(4), np.float64(4)])
def test_whole_numbers_of_any_kind_are_read_as_int(value: object) -> None:
    read = check({"h1": value})
    assert type(read["h1"]) is int
    assert read["h1"] == 4


@pytest.mark.parametrize("kind", Missing)
def test_kinds_of_missing_are_kept(kind: Missing) -> None:
    assert check({"h1": kind})["h1"] is check({"h1": kind.value})["h1"] is kind


def test_a_reversed_item_is_not_reversed_by_the_check() -> None:
    assert check({"h2": 1})["h2"] == 1


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0, "answer-out-of-range"),
        (6, "answer-out-of-range"),
        (-1.0, "answer-out-of-range"),
        pytest.param(10**5000, "answer-out-of-range", id="huge"),
        (1e300, "answer-out-of-range"),
        (4.5, "answer-not-whole"),
        (np.float64(2.25), "answer-not-whole"),
        (True, "not-a-number"),
        (np.bool_(True), "not-a-number"),
        (math.nan, "not-a-number"),
        (np.nan, "not-a-number"),
        (math.inf, "not-a-number"),
        ("4", "not-a-number"),
        ("", "not-a-number"),
        ([4], "not-a-number"),
        (np.array([4]), "not-a-number"),
        (4j, "not-a-number"),
    ],
)
def test_what_is_no_answer_is_refused(value: object, code: str) -> None:
    with pytest.raises(InputError) as caught:
        check({"h1": value})
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [(code, "$.antwoorden.h1")]


def test_all_wrong_answers_are_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        check({"h1": 9, "h3": 3, "h2": "weet niet", 7: 1, "b1": 2.5})
    assert {problem.where: problem.code for problem in caught.value.problems} == {
        "$.antwoorden.h1": "answer-out-of-range",
        "$.antwoorden.h3": "unknown-item",
        "$.antwoorden.h2": "not-a-number",
        "$.antwoorden.7": "unknown-item",
        "$.antwoorden.b1": "answer-not-whole",
    }
    text = str(caught.value)
    assert "got 9. Give 1 to 5." in text
    assert "Did you mean 'weet_niet'?" in text


@pytest.mark.parametrize("value", [77, 2.125, "ziek thuis"])
def test_an_answer_about_health_is_not_repeated(value: object) -> None:
    with pytest.raises(InputError) as caught:
        check({"b1": value})
    assert str(value) not in str(caught.value)
    assert "•••" in str(caught.value)


def test_answers_are_a_mapping() -> None:
    with pytest.raises(InputError) as caught:
        vragenlijst("client-participatie").check([4, 5])  # type: ignore[arg-type]
    assert (caught.value.code, caught.value.problems[0].where) == ("invalid-value", "$.antwoorden")


ANSWERS = (
    st.none()
    | st.sampled_from(Missing)
    | st.integers(-3, 9)
    | st.floats(-3, 9)
    | st.booleans()
    | st.text(max_size=4)
)


@given(st.dictionaries(st.sampled_from(["h1", "h2", "b1", "h3"]), ANSWERS))
def test_answers_come_back_as_given_or_are_refused_one_by_one(antwoorden: dict[str, object]) -> None:
    wrong: set[str] = set()
    for name, value in antwoorden.items():
        known = value is None or value in list(Missing)
        number = isinstance(value, (int, float)) and not isinstance(value, bool) and value in {1, 2, 3, 4, 5}
        if name == "h3" or not (known or number):
            wrong.add(f"$.antwoorden.{name}")
    if wrong:
        with pytest.raises(InputError) as caught:
            check(dict(antwoorden))
        assert {problem.where for problem in caught.value.problems} == wrong
        return
    read = check(dict(antwoorden))
    assert list(read) == ["h1", "h2", "b1"]
    for name, answer in read.items():
        given_value = antwoorden.get(name)
        assert answer == (Missing.NIET_GEVRAAGD if given_value is None else given_value)
