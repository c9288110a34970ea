"""Columns with other names, texts and codes, and frames with a row per answer, on every engine."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from tests.frames import EAGER, every_frame, make, names, rows

import igm
from igm.errors import InputError

LANG = igm.ColumnMap(long={"person": "wie", "item": "wat", "answer": "antwoord"})
ANSWERS: dict[str, list[Any]] = {
    "wie": ["b", "a", "a", "b", "c"],
    "wat": ["h1", "h1", "h2", "b1", "iets anders"],
    "antwoord": [3, 4, 2, None, 9],
    "datum": [1, 2, 3, 4, 5],
}


@every_frame
def test_names_patterns_texts_and_codes(kind: str, lijst: Any) -> None:
    kolommen = igm.ColumnMap(
        items={"h1": "V 1 é"},
        pattern="t0_{name}",
        codes={"h1": {"Helemaal mee eens": 5, "weet niet": "weet_niet"}, "b1": {10: 1}},
        missing={99: "geweigerd"},
    )
    frame = make(
        kind,
        {
            "key": [1, 2, 3, 4],
            "V 1 é": [" helemaal MEE eens", "Weet niet", None, "99"],
            "t0_h2": [1, 2, 99, None],
            "t0_b1": [10, 2, 3, 99],
            "t0_b2": [1, 2, 3, None],
        },
    )
    found = rows(igm.score(frame, lijst, columns=kolommen, keep=["key"], min_valid=1))
    assert [(row["houding"], row["houding_n"]) for row in found] == [(5.0, 2), (4.0, 1), (None, 0), (None, 0)]
    assert [(row["belastbaarheid"], row["belastbaarheid_n"]) for row in found] == [
        (1.0, 2),
        (2.0, 2),
        (3.0, 2),
        (None, 0),
    ]


@every_frame
def test_a_text_without_a_code_is_refused(kind: str, lijst: Any) -> None:
    kolommen = igm.ColumnMap(codes={"h1": {"eens": 4}})
    with pytest.raises(Exception, match="item 'h1'"):
        rows(igm.score(make(kind, {"key": [1, 2], "h1": ["eens", "Ja"]}), lijst, columns=kolommen))


@every_frame
def test_a_row_per_answer_becomes_a_row_per_person(kind: str, lijst: Any) -> None:
    made = igm.score(make(kind, ANSWERS), lijst, columns=LANG, min_valid=1)
    assert names(made)[:3] == ["wie", "houding", "houding_n"]
    found = rows(made, by="wie")
    assert [row["wie"] for row in found] == ["a", "b"]
    assert [(row["houding"], row["houding_n"]) for row in found] == [(4.0, 2), (3.0, 1)]
    assert [row["belastbaarheid_n"] for row in found] == [0, 0]


@every_frame
@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"wat": ["h1", "h1", "h1", "b1", "h2"]}, "h1"),
        ({"wie": ["b", None, "a", "b", "c"]}, "wie"),
        ({"antwoord": [3, 4, 9, None, 9]}, "h2"),
    ],
)
def test_what_is_wrong_in_a_long_frame_is_refused(
    kind: str, change: dict[str, list[Any]], match: str, lijst: Any
) -> None:
    columns = copy.deepcopy(ANSWERS) | change
    with pytest.raises(Exception, match=match):
        rows(igm.score(make(kind, columns), lijst, columns=LANG), by="wie")


@pytest.mark.parametrize("kind", EAGER)
def test_other_columns_of_a_long_frame_cannot_stay(kind: str, lijst: Any) -> None:
    with pytest.raises(InputError, match="a row per person cannot keep"):
        igm.score(make(kind, ANSWERS), lijst, columns=LANG, keep=["wie", "datum"])
