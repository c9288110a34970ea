"""What a frame holds of a questionnaire is told alike on every engine."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from tests.frames import every_frame, make

import igm
from igm.errors import InputError
from igm.scoring.frame_check import FrameCheck, ItemReport

COLUMNS: dict[str, list[Any]] = {
    "key": [1, 2, 3, 4],
    "h1": [4, None, 9, 0],
    "h2": ["Mee eens", "weet niet", "pardon", None],
    "b1": [7, 7, 1, 2],
}
CODES = igm.ColumnMap(codes={"h2": {"mee eens": 4, "weet niet": "weet_niet"}})


def by_item(found: FrameCheck) -> dict[str, ItemReport]:
    return {one.item: one for one in found.items}


@every_frame
def test_every_item_is_counted(kind: str, lijst: Any) -> None:
    found = igm.check(make(kind, COLUMNS), lijst, CODES)
    items = by_item(found)
    assert (found.rows, found.layout, found.ok) == (4, "wide", False)
    assert found.not_found == ("b2", "b3", "d1")
    assert found.not_used == ("key",)
    h1, h2, b1 = items["h1"], items["h2"], items["b1"]
    assert (h1.answered, h1.missing, h1.unusable, h1.recoded) == (1, 1, 2, 0)
    assert [float(value) for value in h1.examples] == [0, 9]
    assert (h2.answered, h2.missing, h2.unusable, h2.recoded) == (1, 2, 1, 2)
    assert h2.examples == ("'pardon'",)
    assert (b1.unusable, b1.examples) == (2, ("•••",))


@every_frame
def test_texts_without_codes_are_what_needs_recoding(kind: str, lijst: Any) -> None:
    found = by_item(igm.check(make(kind, COLUMNS), lijst))["h2"]
    assert (found.answered, found.missing, found.unusable) == (0, 1, 3)
    assert found.examples == ("'Mee eens'", "'weet niet'")


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
    assert (items["h1"].answered, items["h1"].missing, items["h2"].unusable) == (1, 1, 1)


@every_frame
def test_an_empty_frame(kind: str, lijst: Any) -> None:
    import pyarrow as pa

    found = igm.check(make(kind, {"h1": []}, {"h1": pa.int64()}), lijst)
    assert (found.rows, found.ok, found.items[0].answered) == (0, True, 0)


def test_it_can_be_shown_and_stored(lijst: Any) -> None:
    found = igm.check(pd.DataFrame({"h1": [9], "x": [1]}), lijst)
    assert "niet gevonden: h2, b1, b2, b3, d1" in str(found)
    assert "not used: x" in found.table("en").text()
    assert json.loads(json.dumps(found.to_dict()))["items"][0]["unusable"] == 1
    assert "<table" in found._repr_html_()


def test_what_is_no_frame_or_no_questionnaire(lijst: Any) -> None:
    with pytest.raises(InputError, match="not a frame"):
        igm.check({"h1": [1]}, lijst)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="not a Vragenlijst"):
        igm.check(pd.DataFrame({"h1": [1]}), "client")  # type: ignore[arg-type]
