from __future__ import annotations

import json
import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest

import igm
from igm.constructs.afname import Afname
from igm.constructs.model import Construct
from igm.constructs.vragenlijst import Vragenlijst, vragenlijst
from igm.errors import InputError, UnknownNameError
from igm.scoring import Scores, score

FULL = {"h1": 4, "h2": 1, "b1": 3, "b2": 2, "b3": 1, "d1": 5}


@pytest.fixture
def scores(lijst: Vragenlijst) -> Scores:
    return score([Afname(ref="c-1", antwoorden=FULL, datum="2024-10-01"), {"h1": 2}], lijst)  # type: ignore[arg-type]


def test_columns_go_by_any_name_of_the_construct(scores: Scores) -> None:
    assert scores.constructs == (Construct.HOUDING, Construct.BELASTBAARHEID, Construct.SOCIALE_DRUK)
    assert scores["attitude"].tolist() == scores[Construct.HOUDING].tolist() == [4.5, 2.0]
    assert scores.n_valid.tolist() == [[2, 3, 1], [1, 0, 0]]
    assert dict(scores.n_items) == {
        Construct.HOUDING: 2,
        Construct.BELASTBAARHEID: 3,
        Construct.SOCIALE_DRUK: 1,
    }


@pytest.mark.parametrize("name", ["kennis", "huoding"])
def test_what_was_not_asked_has_no_column(scores: Scores, name: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        scores[name]
    assert caught.value.code == "unknown-construct"


def test_scores_cannot_be_written_to(scores: Scores) -> None:
    with pytest.raises(ValueError, match="read-only"):
        scores.values[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        scores["houding"][0] = 1
    with pytest.raises(AttributeError):
        scores.refs = None  # type: ignore[misc]


@pytest.mark.parametrize(
    ("index", "code"), [(2, "value-out-of-range"), (-1, "value-out-of-range"), (1.0, "not-a-number")]
)
def test_only_people_that_are_there_have_a_profile(scores: Scores, index: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        scores.profiel(index)
    assert caught.value.code == code
    assert scores.profiel(np.int64(0)).ref == "c-1"


def test_nobody_has_no_profile(lijst: Vragenlijst) -> None:
    with pytest.raises(InputError, match="There is nobody"):
        score([], lijst).profiel(0)


def test_what_is_shown_unasked_holds_no_values(scores: Scores) -> None:
    assert repr(scores) == "Scores(n=2, constructs=3, lijst='proef')"
    shown = str(scores) + scores._repr_html_() + scores.summary("en").text()
    assert "4,5" not in shown
    assert "3,33" not in shown
    assert scores.summary().rows == (
        ("houding", 2, 2, 0),
        ("belastbaarheid", 3, 1, 1),
        ("sociale druk", 1, 1, 1),
    )


def test_the_table_shows_what_is_asked_for(scores: Scores) -> None:
    table = scores.table()
    assert [column.header for column in table.columns] == ["ref", "willen", "kunnen"]
    assert table.rows == (("c-1", "4,50 5,00", "3,33"), ("1", "2,00 –", "–"))
    assert table.notes[:2] == ("willen: houding | sociale druk", "kunnen: belastbaarheid")
    assert scores.table("en", most=1).notes[-1] == "1 of 2 people"


def test_a_dict_is_ready_for_json_at_full_precision(scores: Scores) -> None:
    data = json.loads(json.dumps(scores.to_dict(), allow_nan=False))
    assert data["values"] == [[4.5, 10 / 3, 5.0], [2.0, None, None]]
    assert data["n_valid"] == scores.n_valid.tolist()
    assert data["refs"] == ["c-1", None]
    assert data["datums"] == ["2024-10-01", None]
    assert data["constructs"] == ["houding", "belastbaarheid", "sociale_druk"]
    assert data["schema_version"] == 1
    assert score(np.ones((1, 6)), scores._plan.lijst).to_dict()["refs"] is None


def test_scores_compare_and_pickle(scores: Scores, lijst: Vragenlijst) -> None:
    assert pickle.loads(pickle.dumps(scores)) == scores  # noqa: S301 (our own bytes)
    assert score([FULL], lijst) == score([FULL], lijst)
    assert score([FULL], lijst) != score([{**FULL, "h1": 5}], lijst)
    assert score([{"h1": 4, "h2": None}], lijst) != score([{"h1": 4, "h2": "geweigerd"}], lijst)


def test_the_array_that_was_given_stays_the_callers(lijst: Vragenlijst) -> None:
    array = np.full((1, 6), 4.0)
    result = score(array, lijst)
    array[:] = 1
    assert result.profiel(0) == score(dict.fromkeys(FULL, 4), lijst)


def test_scores_are_no_list_and_say_what_to_use(scores: Scores) -> None:
    with pytest.raises(InputError, match=r"scores\.profiel\(0\)"):
        list(scores)
    for index in (0, slice(1), None):
        with pytest.raises(UnknownNameError, match=r"scores\.profiel\(0\)"):
            scores[index]  # type: ignore[index]


@pytest.mark.parametrize("name", ["client-participatie", "professional-begeleiden", "manager-begeleiden"])
def test_the_table_of_a_shipped_questionnaire_fits_a_page(name: str) -> None:
    lijst = vragenlijst(name)
    people = [Afname(ref=f"client-{n:04}", antwoorden={item.id: 4 for item in lijst.items}) for n in range(3)]
    shown = score(people, lijst).table("en")
    assert max(map(len, shown.text().splitlines())) <= 100
    assert all(key.label("en") in " ".join(shown.notes) for key in lijst.constructs)


@pytest.mark.parametrize("index", [True, False, 1.0, "0", None, pd.NA, np.array([0])])
def test_what_is_no_whole_number_is_no_person(index: Any) -> None:
    lijst = igm.vragenlijst("client-participatie")
    scores = igm.score([{}, {}], lijst)
    with pytest.raises(InputError) as refused:
        scores.profiel(index)
    assert refused.value.code == "not-a-number"
    whole: Any = np.uint8(1)
    assert scores.profiel(whole) == scores.profiel(1)
    assert len(scores.table(most=whole).rows) == 1
