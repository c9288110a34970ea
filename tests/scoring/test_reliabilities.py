"""Reliability per construct, from answers: the same from every kind of data, and nothing is left out unseen."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from tests.frames import EAGER, LAZY, make
from tests.scoring.conftest import MakeLijst, _lijst

import igm
from igm.constructs.vragenlijst import Vragenlijst
from igm.errors import InputError
from igm.scoring import cronbach_alpha, measurement_error, omega_total, score_interval, true_score

FOUR = _lijst(
    ("h1", "houding", False, None),
    ("h2", "houding", False, None),
    ("h3", "houding", True, None),
    ("h4", "houding", False, None),
    ("k1", "kennis", False, None),
    ("k2", "kennis", True, None),
    ("c1", "context", False, None),
    ("d1", "sociale_druk", False, None),
)


def some(n: int = 40, seed: int = 3) -> np.ndarray[Any, Any]:
    """Answers in the way that people give them: turned items low where the others are high."""
    rng = np.random.default_rng(seed)
    level = rng.normal(size=(n, 1))
    x = np.clip(np.rint(3 + level + rng.normal(scale=0.7, size=(n, 8))), 1, 5)
    x[:, [2, 5]] = 6 - x[:, [2, 5]]
    x[rng.random(x.shape) < 0.05] = np.nan
    x[:, 7] = np.nan
    return x


def turned(x: Any) -> Any:
    keyed = x.copy()
    keyed[:, [2, 5]] = 6 - keyed[:, [2, 5]]
    return keyed


def test_a_construct_has_what_the_functions_of_arrays_give_for_its_turned_items() -> None:
    x = some()
    found = igm.reliability(x, FOUR)["houding"]
    own = turned(x)[:, :4]
    assert found.alpha == cronbach_alpha(own).value
    assert found.interval == cronbach_alpha(own).feldt
    assert found.listwise.value == cronbach_alpha(own, missing="listwise").value
    assert found.omega.value == omega_total(own).value
    assert found.items == ("h1", "h2", "h3", "h4")
    assert found.n_complete == int((~np.isnan(own)).all(axis=1).sum())


def test_the_spread_is_that_of_scores_and_the_error_follows_from_it() -> None:
    x = some()
    scores = igm.score(x, FOUR)
    own = scores.values[:, 0]
    own = own[~np.isnan(own)]
    found = igm.reliability(x, FOUR)["houding"]
    assert found.sd == pytest.approx(own.std(ddof=1))
    assert found.mean == pytest.approx(own.mean())
    assert found.n_scores == own.size
    assert found.alpha is not None
    assert found.sem == pytest.approx(own.std(ddof=1) * np.sqrt(1 - found.alpha))


def test_two_items_have_spearman_brown_and_no_omega() -> None:
    found = igm.reliability(some(), FOUR)["kennis"]
    assert found.spearman_brown == pytest.approx(found.pairwise.standardised)
    assert found.omega.value is None
    assert "two-items" in [note.code for note in found.notes]


def test_one_item_and_no_answers_say_so() -> None:
    found = igm.reliability(some(), FOUR)
    assert (found["context"].alpha, found["context"].notes[0].code) == (None, "one-item")
    assert (found["sociale_druk"].alpha, found["sociale_druk"].notes[0].code) == (None, "no-answers")
    assert found["sociale_druk"].k == 0


def test_an_item_that_was_turned_in_the_data_already_is_noted_by_its_name() -> None:
    x = some()
    x[:, 2] = 6 - x[:, 2]
    found = igm.reliability(x, FOUR)["houding"]
    assert ("negative-item-rest", ("h3",)) in [(note.code, note.items) for note in found.notes]
    assert "h3" in found.table("nl").text()
    right = igm.reliability(some(), FOUR)["houding"]
    assert "negative-item-rest" not in [note.code for note in right.notes]
    assert found.alpha is not None
    assert right.alpha is not None
    assert found.alpha < right.alpha


def test_items_without_a_column_do_not_count_and_are_noted() -> None:
    x = some()
    found = igm.reliability(x[:, [0, 1, 3]], FOUR, items=["h1", "h2", "h4"])["houding"]
    assert (found.k, found.items) == (3, ("h1", "h2", "h4"))
    assert ("unanswered-items", ("h3",)) in [(note.code, note.items) for note in found.notes]
    assert found.alpha == cronbach_alpha(x[:, [0, 1, 3]]).value


@pytest.mark.parametrize("kind", EAGER)
def test_a_frame_in_memory_gives_the_same(kind: str) -> None:
    x = some()
    columns = {
        item.id: [None if np.isnan(one) else int(one) for one in x[:, place]]
        for place, item in enumerate(FOUR.items)
        if item.id != "d1"
    }
    assert igm.reliability(make(kind, columns), FOUR).to_dict() == igm.reliability(x, FOUR).to_dict()


def test_a_list_of_people_gives_the_same() -> None:
    x = some()
    people = [
        {item.id: int(one) for item, one in zip(FOUR.items, row, strict=True) if not np.isnan(one)}
        for row in x
    ]
    assert igm.reliability(people, FOUR).to_dict() == igm.reliability(x, FOUR).to_dict()


@pytest.mark.parametrize("kind", LAZY)
def test_what_waits_to_be_collected_is_refused(kind: str) -> None:
    with pytest.raises(InputError, match="needs a frame in memory"):
        igm.reliability(make(kind, {"h1": [1, 2]}), FOUR)


@pytest.mark.parametrize(
    ("x", "code"),
    [
        (np.full((5, 8), 3), "no-spread"),
        (np.full((5, 8), np.nan), "no-answers"),
        (np.array([[1, 2, 3, 4, 5, 1, 2, 3]]), "few-people"),
        (np.empty((0, 8)), "no-answers"),
    ],
)
def test_edges_are_results_with_their_reason(x: Any, code: str) -> None:
    found = igm.reliability(x, FOUR)["houding"]
    assert (found.alpha, found.sem, found.omega.value) == (None, None, None)
    assert found.notes[0].code == code
    json.dumps(found.to_dict(), allow_nan=False)
    assert str(found)


def test_infinite_answers_are_refused_as_scores_refuse_them() -> None:
    x = some()
    x[0, 0] = np.inf
    with pytest.raises(InputError) as caught:
        igm.reliability(x, FOUR)
    assert caught.value.code == "not-a-number"


def test_options_are_checked() -> None:
    alone: Any = {"h1": 3}
    with pytest.raises(InputError, match="a level"):
        igm.reliability(some(), FOUR, level=1.0)
    with pytest.raises(InputError, match="more valid items asked"):
        igm.reliability(some(), FOUR, min_valid=3)
    with pytest.raises(InputError, match="the answers of one person"):
        igm.reliability(alone, FOUR)


def test_another_construct_is_refused_with_what_there_is(make_lijst: MakeLijst) -> None:
    found = igm.reliability(some(), FOUR)
    with pytest.raises(InputError, match="not in the questionnaire"):
        found["zelfregulering"]
    assert found["attitude"] is found["houding"]
    assert [row.construct for row in found] == list(FOUR.constructs)


def test_tables_are_in_both_languages_and_name_the_notes() -> None:
    found = igm.reliability(some(12), FOUR)
    dutch, english = found.table().text(), found.table("en").text()
    assert "Minder dan 30 mensen" in dutch
    assert "Fewer than 30 people" in english
    assert "0," in dutch
    assert "0," not in english


def test_a_questionnaire_that_ships_is_read_from_frames(lijst: Vragenlijst) -> None:
    frame = pd.DataFrame({"houding_1": [4, 2, 5], "houding_2": [4, 3, 5]})
    found = igm.reliability(frame, igm.vragenlijst("client-participatie"))
    assert found["houding"].k == 2
    assert found.to_dict()["schema_version"] == 1
    assert repr(igm.reliability(pl.from_pandas(frame), igm.vragenlijst("client-participatie"))) == repr(found)


def test_the_error_of_measurement_and_the_score_behind_a_score() -> None:
    assert measurement_error(7.5, 0.8) == pytest.approx(3.3541019662496847)
    interval = score_interval(40, sd=7.5, reliability=0.8)
    assert interval.high - 40 == pytest.approx(1.959963984540054 * 3.3541019662496847)
    behind = true_score(40, mean=30, sd=7.5, reliability=0.8)
    assert behind.estimate == pytest.approx(38)
    assert behind.se == pytest.approx(3.0)


@pytest.mark.parametrize(
    "options", [{"sd": -1, "reliability": 0.5}, {"sd": 1, "reliability": 1.2}, {"sd": "x", "reliability": 0}]
)
def test_an_error_of_measurement_needs_a_spread_and_a_reliability(options: Any) -> None:
    with pytest.raises(InputError):
        measurement_error(**options)


def test_the_table_has_a_row_for_what_was_answered_and_names_the_rest_in_one_note() -> None:
    answers = [{"h1": 1 + place % 5, "h2": 1 + place % 4} for place in range(40)]
    found = igm.reliability(answers, FOUR)
    table = found.table("en")
    assert [row[0] for row in table.rows] == ["attitude"]
    assert table.notes[-1].startswith("No answers: ")
    assert "knowledge and skills" in table.notes[-1]
    assert not any("Nobody answered." in note for note in table.notes)
    assert (found["kennis"].n, found["kennis"].n_complete) == (0, 0)
    assert [note.code for note in found["kennis"].notes] == ["no-answers"]
    assert (
        not igm.reliability([dict.fromkeys(("h1", "k1", "c1", "d1"), 3)] * 2, FOUR)
        .table("en")
        .notes[-1]
        .startswith("No answers")
    )


def test_people_in_several_waves_are_noted_and_notes_are_told_once() -> None:
    lijst = igm.vragenlijst("client-participatie")
    waves = pd.DataFrame(
        {
            "respondent": ["a", "b", "c", "d", "a", "b"],
            "houding_1": [4, 2, 3, 5, 4, 1],
            "houding_2": [5, 2, 4, 5, None, 2],
            "houding_3": [4, 3, 3, 4, 4, 2],
            "kennis_1": [4, 2, 3, 5, 3, 1],
            "kennis_2": [5, 2, None, 4, 4, 2],
            "kennis_3": [4, 1, 3, 5, 4, 3],
        }
    )
    found = igm.reliability(waves, lijst)
    assert [(note.code, note.figures) for note in found.notes] == [("repeated-people", (4, 6))]
    notes = found.table("en").notes
    assert "4 people in 6 rows" in notes[0]
    assert found.to_dict()["notes"] == [{"code": "repeated-people", "items": [], "figures": [4, 6]}]
    assert igm.reliability(waves[:4], lijst).notes == ()
    assert igm.reliability(waves[:4], lijst, person=["a", "a", "b", "c"]).notes[0].figures == (3, 4)
    # omega, and not alpha, is of who answered everything; a note that all have is told once
    assert "omega-complete" in [note.code for note in found["houding"].notes]
    assert sum("ω is of who answered all items" in one for one in notes) == 1
    assert sum(one.startswith("all constructs: Answers are missing") for one in notes) == 1
    header = [column.header for column in found.table("en").columns]
    row = dict(zip(header, found.table("en").rows[0], strict=True))
    assert (row["n"], row["n ω"]) == (6, 5)
    assert "not standardised" in found["houding"].table("en").notes[-1]
