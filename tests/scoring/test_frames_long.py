"""Frames with a row per answer: people who answer at several moments, and rows that cannot be used, on every engine."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pytest
from tests.frames import LAZY, every_frame, make, names, rows

import igm
from igm.errors import MASK, InputError
from igm.scoring import FrameReport

LANG = igm.ColumnMap(long={"person": "wie", "item": "wat", "answer": "antwoord"})
WAVES = igm.ColumnMap(long={"person": ["wie", "golf"], "item": "wat", "answer": "antwoord"})
ANSWERS: dict[str, list[Any]] = {
    "wie": ["b", "a", "a", "b", "a", "c"],
    "golf": [1, 2, 1, 1, 2, 1],
    "wat": ["h1", "h1", "h1", "b1", "h2", "iets anders"],
    "antwoord": [3, 4, 2, None, 2, 9],
    "datum": [1, 2, 3, 4, 5, 6],
}
STRAYS: dict[str, list[Any]] = {
    "wie": ["a", "a", "a", None, "b", "b", "b", None, "a", "c", "c"],
    "golf": [1, 1, 1, 2, 1, 2, None, None, 1, 3, 3],
    "wat": ["h1", "h1", "h1", "h2", "h1", "h1", "h1", "weg", "h11", "b1", "b1"],
    "antwoord": [4, 4, 5, 3, 2, 2, 1, 1, 3, 2, 2],
}


def told(found: FrameReport) -> tuple[Any, ...]:
    return (
        {one.value: one.count for one in found.other_items},
        (found.repeated_rows, [(one.person, one.item, one.count) for one in found.repeated]),
        (found.nobody_rows, [(one.person, one.item, one.count) for one in found.nobody]),
    )


@every_frame
def test_a_person_at_two_waves_is_two_rows(kind: str, lijst: Any) -> None:
    made = igm.score(make(kind, ANSWERS), lijst, columns=WAVES, min_valid=1)
    assert names(made)[:4] == ["wie", "golf", "houding", "houding_n"]
    found = rows(made, by=["wie", "golf"])
    assert [(row["wie"], row["golf"], row["houding"], row["houding_n"]) for row in found] == [
        ("a", 1, 2.0, 1),
        ("a", 2, 4.0, 2),
        ("b", 1, 3.0, 1),
    ]


@every_frame
def test_each_wave_has_the_scores_of_a_frame_of_that_wave(kind: str, lijst: Any) -> None:
    both = rows(igm.score(make(kind, ANSWERS), lijst, columns=WAVES, min_valid=1), by=["wie", "golf"])
    for golf in (1, 2):
        where = [place for place, one in enumerate(ANSWERS["golf"]) if one == golf]
        part = {name: [own[place] for place in where] for name, own in ANSWERS.items()}
        alone = rows(igm.score(make(kind, part), lijst, columns=LANG, min_valid=1), by="wie")
        assert [row for row in both if row["golf"] == golf] == [{**row, "golf": golf} for row in alone]


@every_frame
def test_some_of_the_columns_of_people_can_stay(kind: str, lijst: Any) -> None:
    made = igm.score(make(kind, ANSWERS), lijst, columns=WAVES, keep=["golf"], min_valid=1)
    assert names(made)[:2] == ["golf", "houding"]
    assert sorted(row["golf"] for row in rows(made, by=None)) == [1, 1, 2]
    with pytest.raises(InputError, match="'wie' and 'golf' alone"):
        igm.score(make(kind, ANSWERS), lijst, columns=WAVES, keep=["datum"])


@every_frame
@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"golf": [1, 2, None, 1, 2, 1]}, "golf"),
        ({"wie": [None, "a", "a", "b", "a", "c"]}, "wie"),
        ({"golf": [1, 2, 2, 1, 2, 1]}, "h1"),
    ],
)
def test_what_is_wrong_with_people_at_waves_is_refused(
    kind: str, change: dict[str, list[Any]], match: str, lijst: Any
) -> None:
    with pytest.raises(Exception, match=match):
        rows(igm.score(make(kind, ANSWERS | change), lijst, columns=WAVES), by=None)


@every_frame
def test_people_whose_names_run_into_one_another_stay_apart(kind: str, lijst: Any) -> None:
    columns: dict[str, list[Any]] = {
        "wie": ["ab", "a", "a"],
        "golf": ["c", "bc", "bc"],
        "wat": ["h1", "h1", "h2"],
        "antwoord": [1, 2, 3],
    }
    frame = make(kind, columns)
    assert len(rows(igm.score(frame, lijst, columns=WAVES, min_valid=1), by="wie")) == 2
    assert igm.check(frame, lijst, WAVES).ok


@pytest.mark.parametrize(
    ("person", "code", "where"),
    [
        (["wie", "wave"], "unknown-name", "$.columns.long.person[1]"),
        ("wi", "unknown-name", "$.columns.long.person"),
    ],
)
@every_frame
def test_columns_of_people_that_are_not_there_are_refused(
    kind: str, person: Any, code: str, where: str, lijst: Any
) -> None:
    kolommen = igm.ColumnMap(long={"person": person, "item": "wat", "answer": "antwoord"})
    for call in (
        lambda frame: igm.score(frame, lijst, columns=kolommen),
        lambda frame: igm.check(frame, lijst, kolommen),
    ):
        with pytest.raises(InputError) as caught:
            call(make(kind, ANSWERS))
        assert [(problem.code, problem.where) for problem in caught.value.problems] == [(code, where)]


@every_frame
def test_rows_that_cannot_be_used_are_counted_and_the_first_are_told(kind: str, lijst: Any) -> None:
    found = igm.check(make(kind, STRAYS), lijst, LANG)
    assert told(found) == (
        {"h11": 1, "weg": 1},
        (5, [(("a",), "h1", 3), (("b",), "h1", 3), (("c",), "b1", 2)]),
        (1, [((None,), "h2", 1)]),
    )
    assert (found.other_rows, found.ok, found.queries) == (2, False, int(kind in LAZY or kind == "pyspark"))


@every_frame
def test_people_at_several_moments_have_fewer_rows_that_cannot_be_used(kind: str, lijst: Any) -> None:
    frame = make(kind, STRAYS)
    found = igm.check(frame, lijst, WAVES)
    names_of_none, repeated, nobody = told(found)
    assert names_of_none == {"h11": 1, "weg": 1}
    assert repeated == (3, [(("a", "1"), "h1", 3), (("c", "3"), "b1", 2)])
    assert nobody[0] == 2
    assert sorted(nobody[1], key=str) == sorted([((None, "2"), "h2", 1), (("b", None), "h1", 1)], key=str)
    with pytest.raises(Exception, match=r"wie|golf|h1|b1"):
        rows(igm.score(frame, lijst, columns=WAVES), by=None)


@every_frame
def test_what_passes_a_look_is_scored(kind: str, lijst: Any) -> None:
    columns: dict[str, list[Any]] = {
        name: [one[place] for place in (0, 4, 5, 9)] for name, one in STRAYS.items()
    }
    frame = make(kind, columns)
    assert igm.check(frame, lijst, WAVES).ok
    assert not igm.check(frame, lijst, LANG).ok
    assert len(rows(igm.score(frame, lijst, columns=WAVES), by=["wie", "golf"])) == 4


@every_frame
def test_two_names_of_one_item_are_one_item(kind: str, lijst: Any) -> None:
    kolommen = igm.ColumnMap(pattern="t0_{name}", long={"person": "wie", "item": "wat", "answer": "antwoord"})
    columns: dict[str, list[Any]] = {"wie": ["a", "a"], "wat": ["h1", "t0_h1"], "antwoord": [1, 2]}
    found = igm.check(make(kind, columns), lijst, kolommen)
    assert told(found)[1] == (1, [(("a",), "h1", 2)])


@every_frame
def test_at_most_twenty_are_told_and_all_are_counted(kind: str, lijst: Any) -> None:
    people = [f"p{number:02}" for number in range(30) for _ in range(2)]
    columns: dict[str, list[Any]] = {"wie": people, "wat": ["h1"] * 60, "antwoord": [3] * 60}
    found = igm.check(make(kind, columns), lijst, LANG)
    assert found.repeated_rows == 30
    assert [one.person[0] for one in found.repeated] == [f"p{number:02}" for number in range(20)]


def test_they_can_be_shown_and_stored(lijst: Any) -> None:
    found = igm.check(pd.DataFrame(STRAYS), lijst, WAVES)
    assert "dubbele antwoorden: 3; a, 1: h1 (3); c, 3: b1 (2)" in str(found)
    assert "answers of nobody: 2; " in found.table("en").text()
    stored = found.to_dict()
    assert stored["repeated"][0] == {"person": ("a", "1"), "item": "h1", "count": 3}
    assert (stored["nobody_rows"], stored["other_items"][0]["value"]) == (2, "h11")


def test_a_person_who_looks_like_a_service_number_is_masked(lijst: Any) -> None:
    columns: dict[str, list[Any]] = {"wie": ["111222333"] * 2, "wat": ["h1"] * 2, "antwoord": [3, 3]}
    assert igm.check(pd.DataFrame(columns), lijst, LANG).repeated[0].person == (MASK,)


@pytest.mark.parametrize("library", [pd, pl])
def test_a_number_that_is_none_is_nobody(library: Any, lijst: Any) -> None:
    columns: dict[str, list[Any]] = {"wie": [1.0, float("nan")], "wat": ["h1", "h1"], "antwoord": [3, 3]}
    frame = library.DataFrame(columns)
    assert told(igm.check(frame, lijst, LANG))[2] == (1, [((None,), "h1", 1)])
    with pytest.raises(InputError, match="an answer of nobody"):
        igm.score(frame, lijst, columns=LANG)


def test_pandas_keeps_the_types_of_the_columns_of_people(lijst: Any) -> None:
    frame = pd.DataFrame(ANSWERS).astype({"wie": "category", "golf": "Int8"})
    made = igm.score(frame, lijst, columns=WAVES, min_valid=1)
    assert made["wie"].dtype == frame["wie"].dtype
    assert made["golf"].dtype == frame["golf"].dtype
    assert list(made["wie"]) == ["b", "a", "a"]
