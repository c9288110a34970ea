"""How items were answered, and how people answered them: counted by hand here."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.frames import EAGER, make
from tests.scoring.conftest import _lijst

import igm
from igm.constructs.afname import Afname
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Vragenlijst
from igm.constructs.waarde import Missing
from igm.errors import InputError
from igm.scoring import cronbach_alpha, item_quality, response_quality

NAN = np.nan
ANSWERS = np.array(
    [
        [5, 1, 4, NAN, NAN, NAN],
        [4, 2, NAN, 3, NAN, NAN],
        [1, 5, 2, 2, 4, 3],
        [NAN, NAN, NAN, NAN, NAN, NAN],
        [5, 2, 5, 4, 1, 4],
    ]
)


def test_mean_spread_floor_and_ceiling_are_of_the_answers_as_given(lijst: Vragenlijst) -> None:
    found = item_quality(ANSWERS, lijst)
    row = found["h2"]
    assert row.reversed
    assert (row.n, row.mean, row.floor, row.ceiling) == (4, 2.5, 0.25, 0.25)
    assert row.sd == pytest.approx(np.std([1, 2, 5, 2], ddof=1))
    assert (found.n_people, found.n_started, found.n_complete) == (5, 4, 2)


def test_people_drop_out_at_the_first_item_after_their_last_answer(lijst: Vragenlijst) -> None:
    assert [row.dropout for row in item_quality(ANSWERS, lijst)] == [0, 0, 0, 1, 1, 0]


def test_item_rest_is_that_of_the_turned_items_of_its_construct(lijst: Vragenlijst) -> None:
    keyed = ANSWERS.copy()
    keyed[:, [1, 4]] = 6 - keyed[:, [1, 4]]
    found = item_quality(ANSWERS, lijst)
    for names, own in ((("h1", "h2"), [0, 1]), (("b1", "b2", "b3"), [2, 3, 4])):
        expected = [one.item_rest for one in cronbach_alpha(keyed[:, own]).items]
        assert [found[name].item_rest for name in names] == expected
    assert found["d1"].item_rest is None


def test_an_item_that_was_turned_already_is_noted(lijst: Vragenlijst) -> None:
    turned = ANSWERS.copy()
    turned[:, 1] = 6 - turned[:, 1]
    found = item_quality(turned, lijst)
    assert "negative-item-rest" in [note.code for note in found["h2"].notes]
    assert "negative-item-rest" not in [note.code for note in item_quality(ANSWERS, lijst)["h2"].notes]


def test_below_the_table_a_note_stands_once_with_all_its_items(lijst: Vragenlijst) -> None:
    turned = ANSWERS.copy()
    turned[:, 1] = 6 - turned[:, 1]
    whose = [
        row.item for row in item_quality(turned, lijst) if "negative-item-rest" in {n.code for n in row.notes}
    ]
    told = [note for note in item_quality(turned, lijst).table("en").notes if "goes against the rest" in note]
    assert len(whose) > 1
    assert [note.split("(")[1] for note in told] == [", ".join(whose) + ")"]


def test_each_kind_of_missing_is_counted_apart(lijst: Vragenlijst) -> None:
    people: list[dict[str, object]] = [
        {"h1": Missing.GEWEIGERD, "h2": 3},
        {"h1": Missing.WEET_NIET},
        {"h1": Missing.WEET_NIET},
        {},
    ]
    counts = item_quality(people, lijst)["h1"].missing
    assert counts[Missing.GEWEIGERD] == 1
    assert counts[Missing.WEET_NIET] == 2
    assert counts[Missing.NIET_GEVRAAGD] == 1


@pytest.mark.parametrize("kind", EAGER)
def test_codes_of_a_frame_say_why_answers_are_missing(kind: str, lijst: Vragenlijst) -> None:
    columns = igm.ColumnMap(missing={99: Missing.GEWEIGERD, 98: Missing.WEET_NIET})
    frame = make(kind, {"h1": [4, 99, 98, 99, None], "h2": [1, 2, 3, 4, 5]})
    row = item_quality(frame, lijst, columns=columns)["h1"]
    assert row.n == 1
    assert [row.missing[one] for one in Missing] == [1, 1, 0, 2, 0]


def test_texts_say_why_too(lijst: Vragenlijst) -> None:
    columns = igm.ColumnMap(codes={"h1": {"Weet niet": Missing.WEET_NIET, "eens": 4}})
    row = item_quality(pd.DataFrame({"h1": [" WEET niet", "eens", None, "3"]}), lijst, columns=columns)["h1"]
    assert (row.n, row.mean) == (2, 3.5)
    assert row.missing[Missing.WEET_NIET] == 1


def test_a_frame_with_a_row_per_answer_says_that_it_does_not_know_why(lijst: Vragenlijst) -> None:
    frame = pd.DataFrame({"wie": ["a", "a", "b"], "item": ["h1", "h2", "h1"], "antwoord": [4, 2, 99]})
    long = {"person": "wie", "item": "item", "answer": "antwoord"}
    plain = item_quality(frame[:2], lijst, columns=igm.ColumnMap(long=long))
    coded = item_quality(frame, lijst, columns=igm.ColumnMap(long=long, missing={99: Missing.GEWEIGERD}))
    assert plain.notes == ()
    assert [note.code for note in coded.notes] == ["kinds-unknown"]


@pytest.mark.parametrize(
    "x", [np.empty((0, 6)), np.full((3, 6), NAN), np.full((1, 6), 3), np.full((4, 6), 5)]
)
def test_edges_are_results(x: Any, lijst: Vragenlijst) -> None:
    found = item_quality(x, lijst)
    json.dumps(found.to_dict(), allow_nan=False)
    assert sum(row.dropout for row in found) == 0
    assert all(row.item_rest is None for row in found)
    assert "1–5" not in str(found)
    assert len(response_quality(x, lijst)) == len(x)


def test_figures_about_a_sensitive_item_of_few_people_are_masked_in_the_table(lijst: Vragenlijst) -> None:
    text = item_quality(ANSWERS, lijst).table("en").text()
    of_b1 = next(line for line in text.splitlines() if line.startswith("b1"))
    of_h1 = next(line for line in text.splitlines() if line.startswith("h1"))
    assert "•••" in of_b1
    assert "•••" not in of_h1


def test_an_item_is_asked_for_by_its_name(lijst: Vragenlijst) -> None:
    with pytest.raises(InputError, match="Did you mean 'h1'"):
        item_quality(ANSWERS, lijst)["h11"]


def test_straight_lines_are_told_and_those_that_contradict_themselves_apart(lijst: Vragenlijst) -> None:
    people = [
        {"h1": 4, "h2": 4, "b1": 4},  # h2 is worded the other way
        {"h1": 4, "b1": 4, "b2": 4},
        {"h1": 3, "h2": 3, "b1": 3},  # the midpoint says nothing both ways
        {"h1": 4, "h2": 4},
        {"h1": 4, "h2": 2, "b1": 4},
    ]
    flags = [one.flags for one in response_quality(people, lijst)]
    assert flags == [("straight-line", "both-ways"), ("straight-line",), ("straight-line",), (), ()]


def test_runs_go_by_the_questionnaire_and_pass_over_what_is_missing(lijst: Vragenlijst) -> None:
    x = np.array([[4, 4, NAN, 4, 1, 1], [1, 2, 1, 2, 1, 2], [NAN, NAN, NAN, NAN, NAN, 5]])
    found = response_quality(x, lijst, run_from=3)
    assert [one.longest_run for one in found] == [3, 1, 1]
    assert [one.flags for one in found] == [("long-run",), (), ()]
    assert [one.same_answer for one in found] == [False, False, None]


def test_midpoints_pile_up_only_where_the_scale_has_one(lijst: Vragenlijst) -> None:
    x = np.array([[3, 3, 3, 1, NAN, NAN], [1, 2, 4, 5, 1, 2]])
    found = response_quality(x, lijst, midpoint_from=0.75)
    assert [one.midpoint_share for one in found] == [0.75, 0]
    assert [one.flags for one in found] == [("midpoint",), ()]
    even = _lijst(("h1", "houding", False, None), schaal=Schaal(minimum=1, maximum=4))
    assert response_quality(np.array([[2]]), even)[0].midpoint_share is None


def test_speed_is_per_answered_item(lijst: Vragenlijst) -> None:
    x = np.array([[1, 2, 3, 4, 5, 1], [1, 2, NAN, NAN, NAN, NAN], [NAN] * 6])
    found = response_quality(x, lijst, seconds=[6, None, 9], fast_below=1.5)
    assert [one.seconds_per_item for one in found] == [1.0, None, None]
    assert [one.flags for one in found] == [("fast",), (), ()]


def test_nothing_is_flagged_by_a_limit_that_nobody_gave(lijst: Vragenlijst) -> None:
    found = response_quality(np.array([[3, 3, 3, 3, 3, 2]]), lijst, seconds=[0.1])
    assert found.flagged == ()


def test_people_keep_their_names_and_order(lijst: Vragenlijst) -> None:
    people = [Afname(ref="c-2", antwoorden={"h1": 4}), Afname(ref="c-1", antwoorden={})]
    assert [(one.row, one.ref) for one in response_quality(people, lijst)] == [(0, "c-2"), (1, "c-1")]
    same = [Afname(ref="c-2", antwoorden={"h1": 4, "h2": 4, "b1": 4})]
    assert "c-2" in response_quality(same, lijst).table("nl").text()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"seconds": [1]}, "shape-mismatch"),
        ({"seconds": [1, "x"]}, "not-a-number"),
        ({"seconds": [1, -2]}, "value-out-of-range"),
        ({"midpoint_from": 0}, "value-out-of-range"),
        ({"midpoint_from": 80}, "value-out-of-range"),
        ({"run_from": 1}, "value-out-of-range"),
        ({"fast_below": "2"}, "not-a-number"),
        ({"fast_below": 2}, "missing-field"),
    ],
)
def test_times_and_limits_are_checked(options: Any, code: str, lijst: Vragenlijst) -> None:
    with pytest.raises(InputError) as caught:
        response_quality([{"h1": 4}, {"h1": 3}], lijst, **options)
    assert code in {problem.code for problem in caught.value.problems}


def test_an_empty_cell_is_not_told_apart_from_not_asked_and_that_is_said(lijst: Vragenlijst) -> None:
    frame = pd.DataFrame({"h1": [4, None, 99], "h2": [2, 3, 4], "b1": [None, None, None]})
    columns = igm.ColumnMap(missing={99: "geweigerd"})
    for found in (item_quality(frame, lijst, columns=columns), item_quality(ANSWERS, lijst)):
        assert [note.code for note in found.notes] == ["empty-cells"]
    assert "overslo" in item_quality(ANSWERS, lijst).table().notes[2]
    assert item_quality(frame[["h2"]], lijst).notes == ()
    one_by_one: list[dict[str, object]] = [{"h1": 4}, {}]
    assert item_quality(one_by_one, lijst).notes == ()


@pytest.mark.parametrize("engine", EAGER)
def test_who_has_several_rows_is_noted_and_named(engine: str, lijst: Vragenlijst) -> None:
    columns: dict[str, list[Any]] = {
        "Respondent": ["a", "a", "b", None],
        "h1": [5, 4, 5, 1],
        "h2": [5, 3, 5, 2],
        "d1": [5, 1, 5, 3],
    }
    frame = make(engine, columns)
    found = item_quality(frame, lijst)
    assert [(note.code, note.figures) for note in found.notes] == [("repeated-people", (2, 3))]
    assert "2 mensen in 3 rijen" in str(found)
    quality = response_quality(frame, lijst)
    assert [one.ref for one in quality] == ["a", "a", "b", None]
    assert [row[0] for row in quality.table("en").rows] == ["a (row 0)", "b"]
    other = response_quality(frame, lijst, person=["x", "y", "z", 4])
    assert [row[0] for row in other.table().rows] == ["x", "z"]
    assert [one.ref for one in other][-1] == "4"


def test_person_is_a_column_or_a_ref_each(lijst: Vragenlijst) -> None:
    frame = pd.DataFrame({"nr": [1.0, 1.0, 2.0], "h1": [5, 4, 5]})
    assert item_quality(frame, lijst).notes == ()
    assert item_quality(frame, lijst, person="nr").notes[0].figures == (2, 3)
    assert [one.ref for one in response_quality(frame, lijst, person="nr")] == ["1", "1", "2"]
    assert item_quality(ANSWERS, lijst, person=["a", "b", "c", "d", "a"]).notes[0].figures == (4, 5)
    for data, person, code in (
        (frame, "nrr", "unknown-name"),
        (frame, ["a"], "shape-mismatch"),
        (ANSWERS, "nr", "invalid-value"),
        (ANSWERS, ["a"], "shape-mismatch"),
    ):
        with pytest.raises(InputError) as error:
            item_quality(data, lijst, person=person)
        assert error.value.code == code
    long = igm.ColumnMap(long={"person": "nr", "item": "i", "answer": "h1"})
    with pytest.raises(InputError, match="the map"):
        item_quality(frame.assign(i="h1"), lijst, columns=long, person="nr")


def test_when_nobody_stands_out_a_sentence_says_so(lijst: Vragenlijst) -> None:
    found = response_quality(ANSWERS, lijst)
    assert str(found).startswith("Bij niemand van 5 mensen valt iets op.")
    assert "ref" not in str(found)
