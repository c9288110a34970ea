"""Invented answers have the figures that were asked for, and say that they are invented."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import igm
from igm.analysis import fitting_items, synthetic_answers
from igm.constructs.vragenlijst import shipped_vragenlijsten
from igm.disclosure import reconstruct
from igm.errors import IgmError, InputError

LIKERT7 = igm.Schaal(minimum=1, maximum=7)
PUBLISHED = Path(__file__).parents[2] / "examples" / "data" / "wzam_published_tables.csv"


def figures(answers: Any) -> tuple[float, float]:
    scores = answers.mean(axis=1)
    return scores.mean(), scores.std(ddof=1)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=12), st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_wherever_answers_exist_some_are_found(totals: list[int], seed: int) -> None:
    scores = np.array(totals) / 3 + 1
    mean, sd = round(scores.mean(), 2), round(scores.std(ddof=1), 2)
    made = synthetic_answers(mean, sd, len(totals), igm.LIKERT5, items=3, rng=seed)
    found = figures(made.answers)
    assert found == pytest.approx((mean, sd), abs=0.005 + 1e-9)
    assert made.answers.shape == (len(totals), 3)
    assert made.answers.min() >= 1
    assert made.answers.max() <= 5


@given(st.integers(100, 500), st.integers(0, 200))
@settings(max_examples=60, deadline=None)
def test_none_are_found_where_none_exist(mean: int, sd: int) -> None:
    asked = (mean / 100, sd / 100, 4, igm.LIKERT5)
    if reconstruct(*asked, decimals=2).possible:
        assert synthetic_answers(*asked, rng=1).answers.shape == (4, 1)
    else:
        with pytest.raises(InputError, match="no whole answers"):
            synthetic_answers(*asked, rng=1)


def test_published_figures_come_back_as_they_were_rounded() -> None:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["organisation"] == "WPI Amsterdam" and row["wave"] == "T2"
        ]
    for row in rows[::5]:
        schaal = igm.Schaal(minimum=1, maximum=int(row["scale_max"]))
        mean, sd, n = float(row["mean"]), float(row["sd"]), int(row["n"])
        items = fitting_items(mean, sd, n, schaal)[0]
        made = synthetic_answers(mean, sd, n, schaal, items=items, rng=8)
        assert figures(made.answers) == pytest.approx((mean, sd), abs=0.005 + 1e-9)


def test_a_mean_on_a_half_is_taken_only_where_there_is_no_other() -> None:
    assert figures(synthetic_answers(4.12, 0.83, 8, igm.LIKERT5, rng=1).answers)[0] == 4.125


def test_the_same_seed_gives_the_same_answers_and_another_others() -> None:
    one, again, other = (synthetic_answers(5.84, 1.17, 37, LIKERT7, items=2, rng=seed) for seed in (3, 3, 4))
    assert np.array_equal(one.answers, again.answers)
    assert not np.array_equal(one.answers, other.answers)
    drawn = synthetic_answers(5.84, 1.17, 37, LIKERT7, items=2, rng=np.random.default_rng(3))
    assert np.array_equal(one.answers, drawn.answers)


def test_they_are_labelled_wherever_they_go() -> None:
    made = synthetic_answers(3.6, 0.55, 5, igm.LIKERT5, rng=1)
    columns = made.columns("rust")
    assert columns["synthetisch"] == [True] * 5
    assert all(ref.startswith("synthetisch-") for ref in columns["ref"])
    data = made.to_dict()
    assert data["label"].startswith("synthetic")
    assert json.loads(json.dumps(data)) == data
    with pytest.raises(ValueError, match="read-only"):
        made.answers[0, 0] = 5


@pytest.mark.parametrize("rng", [None, "1", -1, True])
def test_chance_has_a_seed(rng: Any) -> None:
    with pytest.raises(InputError) as caught:
        synthetic_answers(3.6, 0.55, 5, igm.LIKERT5, rng=rng)
    assert caught.value.problems[0].where == "$.rng"


def test_one_person_has_no_sd() -> None:
    with pytest.raises(InputError):
        synthetic_answers(3.0, 0.5, 1, igm.LIKERT5, rng=1)


@pytest.mark.parametrize("lijst", shipped_vragenlijsten())
def test_scoring_gives_back_the_figures_of_every_construct(lijst: igm.Vragenlijst) -> None:
    for place, (key, many) in enumerate(lijst.n_items.items()):
        mean = round(lijst.schaal.minimum + 0.7 * (lijst.schaal.maximum - lijst.schaal.minimum), 1)
        made = synthetic_answers(mean, 0.9, 25, lijst.schaal, items=many, decimals=1, rng=place)
        columns = made.columns(key.value, lijst)
        assert list(columns) == ["ref", *(item.id for item in lijst.items_for(key)), "synthetisch"]
        scores = igm.score(pd.DataFrame(columns), lijst)[key.value]
        assert (scores.mean(), scores.std()) == pytest.approx((mean, 0.9), abs=0.05 + 1e-9)


def test_reversed_items_are_not_turned_twice_in_silence() -> None:
    made = synthetic_answers(3.9, 0.9, 25, igm.LIKERT5, items=4, rng=1)
    client = igm.vragenlijst("client-participatie")
    professional = igm.vragenlijst("professional-begeleiden")
    asked: list[tuple[Any, Any, list[str]]] = [
        ("houding", None, ["missing-field"]),
        ("Attitude", None, ["missing-field"]),
        (3, None, ["invalid-value"]),
        ("houding", "client-participatie", ["invalid-value"]),
        ("huoding", client, ["unknown-construct"]),
        ("houding", professional, ["mixed-scales"]),
    ]
    for name, lijst, codes in asked:
        with pytest.raises(IgmError) as caught:
            made.columns(name, lijst)
        assert [problem.code for problem in caught.value.problems] == codes
    short = synthetic_answers(3.9, 0.9, 25, igm.LIKERT5, items=2, rng=1)
    with pytest.raises(InputError, match="asks it in 4 items"):
        short.columns("houding", client)


def test_decimals_are_those_of_texts() -> None:
    assert synthetic_answers("3,2", "0,4", 6, igm.LIKERT5, rng=1).decimals == 1
    with pytest.raises(InputError, match=r"decimals 2. Look at decimals="):
        synthetic_answers(3.2, 0.4, 6, igm.LIKERT5, rng=1)
