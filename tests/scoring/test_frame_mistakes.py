"""What is easily done wrong with frames is refused with what to do about it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from tests.frames import EAGER, make

import igm
from igm.boundary import read_csv
from igm.errors import InputError

LANG = igm.ColumnMap(long={"person": "wie", "item": "wat", "answer": "antwoord"})


def told(error: InputError) -> str:
    return " ".join(str(problem) for problem in error.problems)


@pytest.mark.parametrize("kind", EAGER)
def test_a_long_frame_without_any_item_is_refused(kind: str, lijst: Any) -> None:
    frame = make(kind, {"wie": ["a", "b"], "wat": ["h11", "x"], "antwoord": [4, 5]})
    with pytest.raises(InputError, match=r"no row of column 'wat' names an item.*Did you mean 'h1'"):
        igm.score(frame, lijst, columns=LANG)


def test_a_long_frame_with_an_item_or_without_rows_is_scored(lijst: Any) -> None:
    frame = make("pandas", {"wie": ["a", "b"], "wat": ["h1", "x"], "antwoord": [4, 5]})
    assert len(igm.score(frame, lijst, columns=LANG)) == 1
    assert len(igm.score(frame.iloc[:0], lijst, columns=LANG)) == 0


def test_a_file_is_told_to_give_its_frame(lijst: Any, tmp_path: Any) -> None:
    path = tmp_path / "t0.csv"
    path.write_text("h1;h2\n4;5\n", encoding="utf-8")
    file: Any = read_csv(path)
    for call in (igm.score, igm.check):
        with pytest.raises(InputError) as caught:
            call(file, lijst, columns=igm.ColumnMap())
        assert "bestand.frame('polars')" in told(caught.value)


@pytest.mark.parametrize("given", ["t0.csv", None, pd.Series([4]), pd.DataFrame({"h1": [4]}).groupby("h1")])
def test_what_is_no_frame_is_told_of_frames(given: Any, lijst: Any) -> None:
    for call in (igm.score, igm.check):
        with pytest.raises(InputError, match="read_csv"):
            call(given, lijst, columns=igm.ColumnMap())


def test_summarise_names_the_columns_with_a_prefix() -> None:
    frame = pd.DataFrame({"wave": ["T0"], "t0_houding": [4.0], "t0_houding_n": [2]})
    with pytest.raises(InputError, match=r"values=\['t0_houding'\]"):
        igm.summarise(frame, by="wave")


def test_a_mapping_the_wrong_way_around_is_recognised(lijst: Any) -> None:
    frame = pd.DataFrame({"V1": [4], "h2": [4]})
    with pytest.raises(InputError, match=r"Did you mean items=\{'h1': 'V1'\}\?"):
        igm.score(frame, lijst, columns=igm.ColumnMap(items={"V1": "h1"}))
    with pytest.raises(InputError, match=r"h1 stands in facts.*Put it in items"):
        igm.score(frame, lijst, columns=igm.ColumnMap(facts={"h1": "V1"}))


@pytest.mark.parametrize("value", [10**400, -(10**400), 2**70])
def test_a_number_that_no_float_holds_is_refused_as_an_answer(value: int, lijst: Any) -> None:
    frame = pd.DataFrame({"h1": pd.Series([4, value], dtype=object)})
    for columns in (None, igm.ColumnMap(codes={"*": {"eens": 4}})):
        with pytest.raises(InputError, match=r"answer outside the scale \(row 1, column 'h1'"):
            igm.score(frame, lijst, columns=columns)


def test_a_list_of_lists_is_no_list_of_columns_to_keep(lijst: Any) -> None:
    nested: Any = [["h1"]]
    with pytest.raises(InputError, match="no such column"):
        igm.score(make("pandas", {"h1": [4]}), lijst, keep=nested)
