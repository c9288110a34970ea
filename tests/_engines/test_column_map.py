"""A map of columns is read strictly, and says which column each name has."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from igm._engines._codes import Recode, folded, number_in
from igm._engines.column_map import ColumnMap, LongLayout
from igm.constructs import Missing
from igm.errors import InputError

NAMES = ("houding_1", "houding_2", "schulden")


def codes_of(error: ValidationError) -> dict[str, str]:
    return {".".join(map(str, item["loc"])): item["type"] for item in error.errors()}


def test_a_name_is_found_by_its_column_then_by_the_pattern_then_by_itself() -> None:
    kolommen = ColumnMap(items={"houding_1": "V1"}, pattern="t0_{name}")
    found = kolommen.resolve("items", NAMES, ["schulden", "t0_houding_2", "houding_1", "V1", "wave"])
    assert found.layout == "wide"
    assert found.columns == {"houding_1": "V1", "houding_2": "t0_houding_2", "schulden": "schulden"}
    assert found.not_found == ()
    assert found.not_used == ("houding_1", "wave")


def test_the_pattern_goes_before_the_name_itself() -> None:
    found = ColumnMap(pattern="{name}_t1").resolve("items", ["a"], ["a", "a_t1"])
    assert (found.columns, found.not_used) == ({"a": "a_t1"}, ("a",))


def test_without_anything_every_name_is_its_own_column() -> None:
    found = ColumnMap().resolve("items", NAMES, ["houding_2", "id"])
    assert found.columns == {"houding_2": "houding_2"}
    assert found.not_found == ("houding_1", "schulden")


def test_all_that_is_wrong_is_told_at_once() -> None:
    kolommen = ColumnMap(
        items={"houding_1": "V1", "huoding_2": "V2", "schulden": "houding_2"}, codes={"schuld": {"ja": True}}
    )
    with pytest.raises(InputError) as caught:
        kolommen.resolve("items", NAMES, ["v1", "V2", "houding_2"])
    told = {problem.where: (problem.code, problem.do) for problem in caught.value.problems}
    assert told == {
        "$.columns.items.huoding_2": ("unknown-name", "Did you mean 'houding_2'?"),
        "$.columns.codes.schuld": (
            "unknown-name",
            "Did you mean 'schulden'? If it is a fact, name its column in facts.",
        ),
        "$.columns.items.houding_1": ("unknown-name", "Did you mean 'v1'?"),
        "$.columns.items.schulden": (
            "duplicate-name",
            "Name the column of each, or leave one out of the frame.",
        ),
    }


BOTH = ColumnMap(
    items={"houding_1": "V1"},
    facts={"schulden": "heeft schulden", "motivatie": "V1"},
    pattern="t0_{name}",
    codes={"houding_1": {"mee eens": 4}, "schulden": {"ja": True}},
)
FRAME = ("V1", "t0_houding_2", "heeft schulden", "t0_leeftijd", "id")


def test_one_map_serves_items_and_facts_and_neither_minds_the_other() -> None:
    items = BOTH.resolve("items", ["houding_1", "houding_2"], FRAME)
    facts = BOTH.resolve("facts", ["schulden", "motivatie", "leeftijd"], FRAME)
    assert items.columns == {"houding_1": "V1", "houding_2": "t0_houding_2"}
    assert items.not_used == ("t0_leeftijd", "id")
    assert facts.columns == {"schulden": "heeft schulden", "motivatie": "V1", "leeftijd": "t0_leeftijd"}
    assert facts.not_used == ("t0_houding_2", "id")


def test_the_column_of_a_fact_is_no_concern_of_a_questionnaire() -> None:
    assert BOTH.resolve("items", ["houding_1"], ["V1"]).columns == {"houding_1": "V1"}
    with pytest.raises(InputError) as caught:
        BOTH.resolve("facts", ["schulden", "motivatie"], ["V1"])
    assert [problem.where for problem in caught.value.problems] == ["$.columns.facts.schulden"]


@pytest.mark.parametrize(("kind", "other"), [("items", "fact"), ("facts", "item")])
def test_codes_for_a_name_that_nobody_has_are_refused(kind: Any, other: str) -> None:
    kolommen = BOTH.model_copy(update={"codes": {"schuldn": {"ja": True}}})
    known = {"items": ["houding_1"], "facts": ["schulden", "motivatie"]}[kind]
    with pytest.raises(InputError) as caught:
        kolommen.resolve(kind, known, FRAME)
    (problem,) = caught.value.problems
    assert problem.where == "$.columns.codes.schuldn"
    assert problem.do.startswith("Did you mean 'schulden'?")
    assert other in problem.do


def test_a_column_that_is_needed_and_occurs_twice_is_refused() -> None:
    with pytest.raises(InputError, match="twice") as caught:
        ColumnMap().resolve("items", ["a"], ["a", "b", "a", "b"])
    assert [problem.where for problem in caught.value.problems] == ["$.columns.items.a"]


def test_a_long_frame_needs_its_three_columns_and_gives_the_items_by_value() -> None:
    kolommen = ColumnMap(
        items={"houding_1": "Q1"}, pattern="v.{name}", long=LongLayout(person="p", item="i", answer="a")
    )
    found = kolommen.resolve("items", NAMES, ["p", "i", "a", "wave"])
    assert found.layout == "long"
    assert found.items == {
        "Q1": "houding_1",
        "v.houding_2": "houding_2",
        "houding_2": "houding_2",
        "v.schulden": "schulden",
        "schulden": "schulden",
    }
    assert (found.columns, found.not_used) == ({}, ("wave",))
    with pytest.raises(InputError) as caught:
        kolommen.resolve("items", NAMES, ["p", "item", "answer"])
    assert [problem.where for problem in caught.value.problems] == [
        "$.columns.long.item",
        "$.columns.long.answer",
    ]


def test_several_columns_can_say_who_answers() -> None:
    given = ColumnMap(long={"person": ["ref", "wave"], "item": "i", "answer": "a"})
    assert given.long is not None
    assert given.long.people == ("ref", "wave")
    assert ColumnMap.from_dict(given.to_dict()) == given
    assert given.to_dict()["long"]["person"] == ["ref", "wave"]
    found = given.resolve("items", ["h"], ["ref", "wave", "i", "a", "x"])
    assert found.not_used == ("x",)
    assert LongLayout(person=["ref"], item="i", answer="a") == LongLayout(person="ref", item="i", answer="a")
    with pytest.raises(InputError) as caught:
        given.resolve("items", ["h"], ["ref", "a"])
    assert [problem.where for problem in caught.value.problems] == [
        "$.columns.long.person[1]",
        "$.columns.long.item",
    ]


@pytest.mark.parametrize(
    ("person", "code"), [([], "missing-field"), (["a", "a"], "duplicate-name"), (["a", ""], "missing-field")]
)
def test_who_answers_is_said_once_by_columns_with_names(person: list[str], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        LongLayout(person=person, item="i", answer="b")
    assert code in {problem["type"] for problem in caught.value.errors()}


def test_one_value_for_two_items_of_a_long_frame_is_refused() -> None:
    long = {"person": "p", "item": "i", "answer": "a"}
    with pytest.raises(InputError, match="one value among the items"):
        ColumnMap(items={"a": "b"}, long=long).resolve("items", ["a", "b"], ["p", "i", "a"])


def test_codes_of_a_name_go_before_those_of_all_and_these_before_missing() -> None:
    kolommen = ColumnMap(
        codes={"leeftijd": {99: 99}, "*": {"Weet niet": "weet_niet", "mee eens": 4}},
        missing={99: "geweigerd", -1: None},
    )
    assert kolommen.recodes("leeftijd") == (
        Recode("99", 99, 99),
        Recode("weet niet", None, Missing.WEET_NIET),
        Recode("mee eens", None, 4),
        Recode("-1", -1, Missing.NIET_GEVRAAGD),
    )
    assert Recode("99", 99, Missing.GEWEIGERD) in kolommen.recodes("houding_1")


def test_a_truth_value_stays_one() -> None:
    (ja, nee) = ColumnMap(codes={"schulden": {1: True, 0: False}}).recodes("schulden")
    assert (ja.means, nee.means) == (True, False)
    assert isinstance(ja.means, bool)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"items": {"a": "x", "b": "x"}}, {"items.a": "duplicate-name", "items.b": "duplicate-name"}),
        ({"facts": {"a": "x", "b": "x"}}, {"facts.a": "duplicate-name", "facts.b": "duplicate-name"}),
        ({"names": {"a": "x"}}, {"names": "unknown-field"}),
        ({"items": {"a": ""}}, {"items.a": "missing-field"}),
        ({"pattern": "t0_"}, {"pattern": "invalid-value"}),
        ({"pattern": "{name}{name}"}, {"pattern": "invalid-value"}),
        ({"pattern": "{0}{name}"}, {"pattern": "invalid-value"}),
        ({"codes": {"a": {"Ja": 1, " ja": 2}}}, {"codes.a. ja".replace(" ", ""): "duplicate-name"}),
        ({"codes": {"a": {1: 1, "1": 2}}}, {"codes.a.1": "duplicate-name"}),
        ({"codes": {"a": {1: True, "1": 1}}}, {"codes.a.1": "duplicate-name"}),
        ({"codes": {"a": {True: 1}}}, {"codes.a.True": "invalid-value"}),
        ({"codes": {"a": {float("nan"): 1}}}, {"codes.a.nan": "not-a-number"}),
        ({"codes": {"a": {"x": [1]}}}, {"codes.a.x": "invalid-value"}),
        ({"codes": {"a": {"x": float("inf")}}}, {"codes.a.x": "invalid-value"}),
        ({"missing": {9: "weigerde"}}, {"missing.9": "invalid-value"}),
        ({"missing": {9: 3}}, {"missing.9": "invalid-value"}),
        ({"codes": {"*": {9: 4}}, "missing": {9: "geweigerd"}}, {"missing.9": "duplicate-name"}),
        ({"long": {"person": "a", "item": "a", "answer": "b"}}, {"long": "duplicate-name"}),
        ({"long": {"person": ["p", "b"], "item": "a", "answer": "b"}}, {"long": "duplicate-name"}),
        ({"kolommen": {}}, {"kolommen": "unknown-field"}),
        ({"schema_version": 2}, {"schema_version": "invalid-value"}),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: Any, expected: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as caught:
        ColumnMap(**arguments)
    assert codes_of(caught.value) == expected


def test_all_faults_are_told_at_once() -> None:
    wrong: Any = {"pattern": "x", "codes": {"a": {"x": [1]}}, "missing": {9: "weg"}}
    with pytest.raises(ValidationError) as caught:
        ColumnMap(**wrong)
    assert set(codes_of(caught.value)) == {"pattern", "codes.a.x", "missing.9"}


def test_it_cannot_be_changed_and_is_the_same_after_pickling() -> None:
    kolommen = ColumnMap(codes={"a": {1: 2}}, missing={9: "geweigerd"})
    with pytest.raises(ValidationError, match="cannot be changed"):
        kolommen.pattern = "x_{name}"
    assert pickle.loads(pickle.dumps(kolommen)) == kolommen  # noqa: S301 (bytes that this line made)
    assert hash(kolommen) == hash(ColumnMap(codes={"a": {"1": 2}}, missing={"9": "geweigerd"}))


raws = st.text(max_size=8) | st.integers(-1000, 1000) | st.floats(-1000, 1000)
meanings = st.sampled_from(Missing) | st.booleans() | st.integers(-9, 9) | st.text(max_size=5) | st.none()


@given(
    items=st.dictionaries(st.sampled_from("abc"), st.sampled_from("ABCDEF"), max_size=3),
    facts=st.dictionaries(st.sampled_from("abc"), st.sampled_from("ABCDEF"), max_size=3),
    codes=st.dictionaries(st.sampled_from(["a", "b"]), st.dictionaries(raws, meanings, max_size=4)),
    missing=st.dictionaries(raws, st.sampled_from(Missing)),
)
def test_what_is_stored_is_read_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, items: Any, facts: Any, codes: Any, missing: Any
) -> None:
    try:
        kolommen = ColumnMap(items=items, facts=facts, codes=codes, missing=missing)
    except ValidationError:
        return
    stored = kolommen.to_dict()
    assert ColumnMap.from_dict(json.loads(json.dumps(stored))) == kolommen
    folder = tmp_path_factory.mktemp("map")
    as_json, as_yaml = folder / "kolommen.json", folder / "kolommen.yaml"
    as_json.write_text(json.dumps(stored), encoding="utf-8")
    as_yaml.write_text(yaml.safe_dump(stored), encoding="utf-8")
    assert ColumnMap.read(as_json) == kolommen
    assert ColumnMap.read(as_yaml) == kolommen
    for name in "ab":
        assert kolommen.recodes(name) == ColumnMap.from_dict(stored).recodes(name)


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(f" {text}\n") == folded(text)


@given(st.integers(-(10**14), 10**14))
def test_a_whole_number_is_read_from_its_text(value: int) -> None:
    assert number_in(str(value)) == value
    assert number_in(f"0{value}") is None


def test_faults_in_a_file_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "kolommen.yaml"
    path.write_text('pattern: "t0_"\nmissing: {"9": weg}', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        ColumnMap.read(path)
    assert [problem.where for problem in caught.value.problems] == [
        f"{path}:$.pattern",
        f"{path}:$.missing['9']",
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("k.yaml", "missing: {99: geweigerd}"),
        ("k.yaml", "a: &a [1]\nb: *a"),
        ("k.yaml", "a: !!python/object:os.system x"),
        ("k.yaml", "[" * 1000),
        ("k.yaml", "missing: {'9': a, '9': b}"),
        ("k.json", '{"missing": {"9": "geweigerd", "9": "weet_niet"}}'),
        ("k.json", '{"codes": NaN}'),
        ("k.json", '{"a":' * 60 + "1" + "}" * 60),
        ("k.json", '{"a":' * 90_000),
        ("k.json", "[1]"),
        ("k.json", '{"a": [' + "1," * 60_000 + "1]}"),
        ("k.json", "pattern: x"),
    ],
)
def test_a_hostile_file_is_refused_before_it_is_built(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="file-unreadable"):
        ColumnMap.read(path)


@pytest.mark.parametrize("version", [2, "1", True, None])
def test_another_version_is_refused(version: object) -> None:
    with pytest.raises(InputError, match="migration-unknown"):
        ColumnMap.from_dict({"schema_version": version})


def test_what_is_no_mapping_is_refused() -> None:
    wrong: Any = ["a"]
    with pytest.raises(InputError, match="a column map is a mapping"):
        ColumnMap.from_dict(wrong)
