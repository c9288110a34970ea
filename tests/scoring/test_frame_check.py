"""What a frame holds of a questionnaire is told alike on every engine."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from tests.frames import LAZY, every_frame, make, rows
from tests.scoring.conftest import MakeLijst

import igm
from igm.constructs import Schaal
from igm.errors import MASK, InputError
from igm.scoring import ColumnReport, FrameReport

COLUMNS: dict[str, list[Any]] = {
    "key": [1, 2, 3, 4],
    "h1": [4, None, 9, 0],
    "h2": ["Mee eens", "weet niet", "pardon", None],
    "b1": [7, 7, 1, 2],
}
CODES = igm.ColumnMap(codes={"h2": {"mee eens": 4, "weet niet": "weet_niet"}})


def by_item(found: FrameReport) -> dict[str, ColumnReport]:
    return {one.name: one for one in found.columns}


def values(one: ColumnReport) -> list[tuple[str, int, object]]:
    return [(value.value, value.count, value.suggested) for value in one.values]


@every_frame
def test_every_item_is_counted(kind: str, lijst: Any) -> None:
    found = igm.check(make(kind, COLUMNS), lijst, CODES)
    items = by_item(found)
    assert (found.rows, found.layout, found.ok) == (4, "wide", False)
    assert found.not_found == ("b2", "b3", "d1")
    assert found.not_used == ("key",)
    h1, h2, b1 = items["h1"], items["h2"], items["b1"]
    assert (h1.usable, h1.missing, h1.unusable, h1.recoded) == (1, 1, 2, 0)
    assert values(h1) == [("0", 1, None), ("9", 1, None)]
    assert (h2.usable, h2.missing, h2.unusable, h2.recoded) == (1, 2, 1, 2)
    assert values(h2) == [("pardon", 1, None)]
    assert (b1.unusable, values(b1)) == (2, [(MASK, 2, None)])


@every_frame
def test_texts_without_codes_are_what_needs_recoding(kind: str, lijst: Any) -> None:
    columns = COLUMNS | {"h2": ["tja", "Weet niet", "tja", None]}
    report = igm.check(make(kind, columns), lijst)
    found = by_item(report)["h2"]
    assert (found.usable, found.missing, found.unusable) == (0, 1, 3)
    assert values(found) == [("tja", 2, None), ("Weet niet", 1, "weet_niet")]
    assert report.suggested_codes == {"h2": {"Weet niet": "weet_niet"}}
    assert report.queries == (kind in LAZY or kind == "pyspark")


@every_frame
def test_what_passes_can_be_scored(kind: str, lijst: Any) -> None:
    frame = make(kind, {"h1": [1, 5], "h2": [2, 3]})
    assert igm.check(frame, lijst).ok
    igm.score(frame, lijst)


@every_frame
def test_a_row_per_answer(kind: str, lijst: Any) -> None:
    frame = make(
        kind, {"wie": ["a", "a", "b", "b"], "wat": ["h1", "h2", "h1", "x"], "antwoord": [4, 9, None, 3]}
    )
    found = igm.check(
        frame, lijst, igm.ColumnMap(long={"person": "wie", "item": "wat", "answer": "antwoord"})
    )
    items = by_item(found)
    assert (found.rows, found.layout, found.other_rows) == (4, "long", 1)
    assert (items["h1"].usable, items["h1"].missing, items["h2"].unusable) == (1, 1, 1)


@every_frame
def test_codes_that_are_suggested_for_a_row_per_answer_can_be_used(kind: str, make_lijst: MakeLijst) -> None:
    anchors = {"1": "oneens", "5": "eens"}
    asked = make_lijst(
        ("h1", "houding", False, None),
        ("h2", "houding", True, None),
        ("k1", "kennis", False, None),  # of which no row has an answer
        schaal=Schaal(minimum=1, maximum=5, anchors=anchors),
    )
    frame = make(kind, {"wie": ["a", "a"], "wat": ["h1", "h2"], "antwoord": ["Eens", "oneens"]})
    long = {"person": "wie", "item": "wat", "answer": "antwoord"}
    suggested = igm.check(frame, asked, igm.ColumnMap(long=long)).suggested_codes
    assert suggested == {"*": {"Eens": 5, "oneens": 1}}
    columns = igm.ColumnMap(long=long, codes=suggested)
    assert igm.check(frame, asked, columns).ok
    assert rows(igm.score(frame, asked, columns=columns), by=None)[0]["houding"] == 5.0


@every_frame
def test_an_empty_frame(kind: str, lijst: Any) -> None:
    import pyarrow as pa

    found = igm.check(make(kind, {"h1": []}, {"h1": pa.int64()}), lijst)
    assert (found.rows, found.ok, found.columns[0].usable) == (0, True, 0)


def test_rows_of_no_item_are_told(lijst: Any) -> None:
    columns = igm.ColumnMap(long={"person": "wie", "item": "wat", "answer": "antwoord"})
    frame = pd.DataFrame({"wie": ["a", "a"], "wat": ["h1", "h11"], "antwoord": [4, 5]})
    found = igm.check(frame, lijst, columns)
    assert found.ok
    assert "rijen die bij geen item horen: 1" in str(found)
    assert not igm.check(frame.iloc[1:], lijst, columns).ok


def test_what_no_row_answers_has_no_row_in_the_table(lijst: Any) -> None:
    columns = igm.ColumnMap(long={"person": "wie", "item": "wat", "answer": "antwoord"})
    found = igm.check(pd.DataFrame({"wie": ["a"], "wat": ["h1"], "antwoord": [4]}), lijst, columns)
    assert [row[0] for row in found.table().rows] == ["h1"]
    assert "in geen rij: h2, b1, b2, b3, d1" in found.table().notes
    assert len(found.columns) == 6


def test_it_can_be_shown_and_stored(lijst: Any) -> None:
    found = igm.check(pd.DataFrame({"h1": [9], "x": [1]}), lijst)
    assert "niet gevonden: h2, b1, b2, b3, d1" in str(found)
    assert "not used: x" in found.table("en").text()
    assert json.loads(json.dumps(found.to_dict()))["columns"][0]["unusable"] == 1
    assert "<table" in found._repr_html_()


def test_what_is_no_frame_or_no_questionnaire(lijst: Any) -> None:
    with pytest.raises(InputError, match="not a frame"):
        igm.check({"h1": [1]}, lijst)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="not a Vragenlijst"):
        igm.check(pd.DataFrame({"h1": [1]}), "client")  # type: ignore[arg-type]
