"""The same answers come out of everything that can hold them, and what cannot be used is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.frames import EAGER, LAZY, make

from igm._engines.column_map import ColumnMap
from igm.constructs.afname import Afname
from igm.constructs.vragenlijst import Vragenlijst
from igm.constructs.waarde import Missing
from igm.errors import InputError
from igm.scoring._matrix import answers_matrix, read_people

NAN = np.nan
ANSWERS = np.array([[4, 2, 1, NAN, 5, 3], [NAN, NAN, NAN, NAN, NAN, NAN], [5, 1, 3, 3, 3, 1]], dtype=float)
COLUMNS = {
    name: [None if np.isnan(one) else int(one) for one in ANSWERS[:, place]]
    for place, name in enumerate(["h1", "h2", "b1", "b2", "b3", "d1"])
}


@pytest.mark.parametrize("kind", EAGER)
def test_a_frame_in_memory_gives_its_answers(kind: str, lijst: Vragenlijst) -> None:
    frame = make(kind, COLUMNS)
    np.testing.assert_array_equal(answers_matrix(frame, lijst), ANSWERS)


def test_a_list_and_an_array_give_the_same(lijst: Vragenlijst) -> None:
    people = [dict(zip(COLUMNS, row, strict=True)) for row in zip(*COLUMNS.values(), strict=True)]
    np.testing.assert_array_equal(answers_matrix(people, lijst), ANSWERS)
    np.testing.assert_array_equal(answers_matrix(ANSWERS, lijst), ANSWERS)
    turned = answers_matrix(ANSWERS[:, ::-1], lijst, items=list(COLUMNS)[::-1])
    np.testing.assert_array_equal(turned, ANSWERS)


def test_a_row_per_answer_gives_a_row_per_person(lijst: Vragenlijst) -> None:
    rows = [
        (f"p{row}", name, cells[row])
        for row in (2, 0)
        for name, cells in COLUMNS.items()
        if cells[row] is not None
    ]
    long = dict(zip(("wie", "item", "antwoord"), map(list, zip(*rows, strict=True)), strict=True))
    columns = ColumnMap(long={"person": "wie", "item": "item", "answer": "antwoord"})
    for kind in ("pandas", "polars", "pyarrow"):
        found = read_people(make(kind, long), lijst, columns=columns)
        assert found.refs == ("p2", "p0")
        np.testing.assert_array_equal(found.matrix(lijst, keyed=False), ANSWERS[[2, 0]])


def test_turned_items_are_turned_on_the_bounds_of_the_scale_only_when_asked(lijst: Vragenlijst) -> None:
    keyed = answers_matrix(ANSWERS, lijst, keyed=True)
    np.testing.assert_array_equal(keyed[:, 1], 6 - ANSWERS[:, 1])
    np.testing.assert_array_equal(keyed[:, 0], ANSWERS[:, 0])


def test_what_is_missing_keeps_its_kind_and_people_their_names(lijst: Vragenlijst) -> None:
    people = [Afname(ref="c-1", antwoorden={"h1": Missing.WEET_NIET, "h2": 4}), {"h1": 3}]
    found = read_people(people, lijst)
    assert found.refs == ("c-1", None)
    assert found.answers.row(0)[:3] == [Missing.WEET_NIET, 4, Missing.NIET_GEVRAAGD]


@pytest.mark.parametrize("kind", LAZY)
def test_what_waits_to_be_collected_is_refused_with_how_to_collect_it(kind: str, lijst: Vragenlijst) -> None:
    with pytest.raises(InputError) as caught:
        answers_matrix(make(kind, COLUMNS), lijst)
    assert caught.value.code == "invalid-value"
    assert "frame." in caught.value.problems[0].do


def test_wrong_answers_are_told_all_at_once(lijst: Vragenlijst) -> None:
    wrong = ANSWERS.copy()
    wrong[0, 0], wrong[2, 1], wrong[2, 5] = 9, 2.5, np.inf
    codes = {"answer-out-of-range", "answer-not-whole", "not-a-number"}
    for data in (wrong, make("pandas", dict(zip(COLUMNS, wrong.T.tolist(), strict=True)))):
        with pytest.raises(InputError) as caught:
            answers_matrix(data, lijst)
        assert {problem.code for problem in caught.value.problems} == codes


@pytest.mark.parametrize(
    ("data", "more", "code"),
    [
        ({"h1": 4}, {}, "invalid-value"),
        ([{"h1": 4}], {"items": ["h1"]}, "invalid-value"),
        ([{"h1": 4}], {"columns": ColumnMap()}, "invalid-value"),
        ([{"x1": 4}], {}, "unknown-item"),
        ("h1", {}, "invalid-value"),
        (np.zeros((2, 2)), {}, "shape-mismatch"),
    ],
)
def test_other_data_is_refused(data: Any, more: dict[str, Any], code: str, lijst: Vragenlijst) -> None:
    with pytest.raises(InputError) as caught:
        answers_matrix(data, lijst, **more)
    assert caught.value.code == code


def test_a_questionnaire_is_asked_for() -> None:
    wrong: Any = "client-participatie"
    with pytest.raises(InputError, match="not a Vragenlijst"):
        answers_matrix(ANSWERS, wrong)
