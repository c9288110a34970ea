"""Texts in columns of answers, and maps that say what they mean, are read alike on every engine."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from tests.frames import every_frame, make, rows

import igm
from igm.errors import InputError


def faults(error: InputError) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in error.problems]


@every_frame
def test_a_column_of_whole_numbers_takes_codes(kind: str, lijst: Any) -> None:
    frame = make(kind, {"h1": [4, 2, -99, 7]})
    kolommen = igm.ColumnMap(missing={-99: "geweigerd"}, codes={"h1": {7: 5}})
    found = igm.check(frame, lijst, columns=kolommen)["h1"]
    assert (found.usable, found.missing, found.unusable, found.recoded) == (3, 1, 0, 2)


@every_frame
def test_whole_numbers_among_texts_are_read_where_there_is_a_map(kind: str, lijst: Any) -> None:
    frame = make(kind, {"key": [1, 2, 3, 4], "h1": ["4", " 2 ", "weigert", ""]})
    kolommen = igm.ColumnMap(missing={"weigert": "geweigerd", "": None})
    found = igm.check(frame, lijst, columns=kolommen)["h1"]
    assert (found.usable, found.missing, found.unusable, found.recoded) == (2, 2, 0, 2)
    scored = rows(igm.score(frame, lijst, columns=kolommen, min_valid=1, keep=["key"]), by="key")
    assert [row["houding"] for row in scored] == [4.0, 2.0, None, None]


@every_frame
def test_a_code_goes_before_the_number_that_a_text_is(kind: str, lijst: Any) -> None:
    frame = make(kind, {"h1": ["4", "5"]})
    found = igm.score(frame, lijst, columns=igm.ColumnMap(codes={"h1": {"4": 1}}), min_valid=1, keep=False)
    assert sorted(row["houding"] for row in rows(found, by=None)) == [1.0, 5.0]


@every_frame
def test_texts_in_another_form_are_no_numbers(kind: str, lijst: Any) -> None:
    frame = make(kind, {"h1": ["04", "4.0", "+4", "7", "1e0", "4"]})
    found = igm.check(frame, lijst, columns=igm.ColumnMap(missing={"99": "geweigerd"}))["h1"]
    assert (found.usable, found.unusable) == (1, 5)


def test_each_text_that_cannot_be_used_is_told_by_what_is_wrong_with_it(lijst: Any) -> None:
    frame = pd.DataFrame({"h1": ["Neutraal", "7", "top"]})
    with pytest.raises(InputError) as caught:
        igm.score(frame, lijst, columns=igm.ColumnMap(codes={"*": {"top": 7}}))
    assert faults(caught.value) == [
        ("not-a-number", "$.h1[0]"),
        ("answer-out-of-range", "$.h1[1]"),
        ("answer-out-of-range", "$.h1[2]"),
    ]
    told = [str(problem) for problem in caught.value.problems]
    assert "answer has no meaning" in told[0]
    assert "got 'Neutraal'. Give it in codes=" in told[0]
    assert "answer outside the scale" in told[1]
    assert "codes= gives a meaning outside the scale" in told[2]


def test_a_text_without_a_map_asks_for_one(lijst: Any) -> None:
    objects = pd.DataFrame({"h1": pd.Series(["4"], dtype=object)})
    texts = pd.DataFrame({"h1": ["4"]})
    for frame in (objects, texts):
        with pytest.raises(InputError, match=r"holds text.*columns=igm\.ColumnMap\(codes="):
            igm.score(frame, lijst)


@every_frame
def test_codes_that_are_no_answer_are_refused_at_once(kind: str, lijst: Any) -> None:
    frame = make(kind, {"h1": ["top", "prima"]})
    kolommen = igm.ColumnMap(
        codes={"h1": {"top": 7, "prima": 4.5, "ja": True, "weg": "weet_niet", "goed": 5}}
    )
    for call in (igm.score, igm.check):
        with pytest.raises(InputError) as caught:
            call(frame, lijst, columns=kolommen)
        assert faults(caught.value) == [
            ("answer-out-of-range", "$.columns.codes.h1.top"),
            ("answer-out-of-range", "$.columns.codes.h1.prima"),
            ("not-a-number", "$.columns.codes.h1.ja"),
        ]
        assert re.search("outside 1–5.*got 7", str(caught.value.problems[0]))
