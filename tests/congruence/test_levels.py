"""Levels of self-regulation from scores: only by stated cut-offs, and on a cut-off always the higher level."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from igm.congruence import Zelfsturing, zelfsturing_codes, zelfsturing_level
from igm.constructs import LIKERT5, LIKERT7, Missing, Schaal, Waarde
from igm.errors import InputError

CUTS = (40.0, 60.0)
percent = st.floats(0, 100)


def codes_of(error: pytest.ExceptionInfo[InputError]) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in error.value.problems]


def test_without_cut_offs_nothing_is_said() -> None:
    with pytest.raises(InputError) as caught:
        zelfsturing_level(55, metric="pomp")
    assert codes_of(caught) == [("missing-field", "$.cuts")]
    with pytest.raises(InputError) as caught:
        zelfsturing_level(Missing.WEET_NIET)
    assert codes_of(caught) == [("missing-field", "$.cuts")]


@pytest.mark.parametrize(
    ("score", "level"),
    [(0, "laag"), (39.999, "laag"), (40, "midden"), (59.999, "midden"), (60, "hoog"), (100, "hoog")],
)
def test_a_score_on_a_cut_off_belongs_to_the_higher_level(score: float, level: str) -> None:
    assert zelfsturing_level(score, cuts=CUTS, metric="pomp") == level


@pytest.mark.parametrize("schaal", [LIKERT5, LIKERT7, Schaal(minimum=0, maximum=10)])
def test_rounding_does_not_decide_on_a_cut_off(schaal: Schaal) -> None:
    width = schaal.maximum - schaal.minimum
    for tenth in range(1, 10):
        score = schaal.minimum + tenth * width / 10
        value = Waarde(score=score, schaal=schaal)
        assert zelfsturing_level(value, cuts=(tenth * 10, 100)) != Zelfsturing.LAAG
        assert zelfsturing_level(value, cuts=(0.5, tenth * 10)) == Zelfsturing.HOOG
        assert zelfsturing_level(value, cuts=(score, schaal.maximum), metric="schaal") != Zelfsturing.LAAG


@given(percent, percent, percent, percent)
def test_a_higher_score_is_never_a_lower_level(one: float, other: float, low: float, high: float) -> None:
    assume(low > 0 and high - low > 1e-6)
    levels = [
        tuple(Zelfsturing).index(zelfsturing_level(score, cuts=(low, high), metric="pomp"))
        for score in sorted((one, other))
    ]
    assert levels == sorted(levels)


@given(st.lists(st.one_of(percent, st.sampled_from(CUTS), st.none()), max_size=20))
def test_many_levels_are_those_of_each(scores: list[float | None]) -> None:
    each = [zelfsturing_level(score, cuts=CUTS, metric="pomp") for score in scores]
    row = np.array([np.nan if score is None else score for score in scores], dtype=float)
    found = zelfsturing_codes(row, cuts=CUTS, metric="pomp")
    assert found.dtype == np.int8
    assert found.tolist() == [
        -1 if isinstance(one, Missing) else tuple(Zelfsturing).index(one) for one in each
    ]


@given(st.floats(1, 5))
def test_a_scale_and_its_percents_give_the_same_level(score: float) -> None:
    value = Waarde(score=score, schaal=LIKERT5)
    on_scale = zelfsturing_level(value, cuts=(2.6, 3.4), metric="schaal")
    assume(min(abs(score - 2.6), abs(score - 3.4)) > 1e-8)
    assert zelfsturing_level(value, cuts=(40, 60)) == on_scale
    assert (
        tuple(Zelfsturing)[zelfsturing_codes(np.array([score]), cuts=(2.6, 3.4), schaal=LIKERT5)[0]]
        == on_scale
    )


@pytest.mark.parametrize("why", Missing)
def test_what_is_missing_stays_missing_for_its_reason(why: Missing) -> None:
    assert zelfsturing_level(why, cuts=CUTS) is why
    assert zelfsturing_level(None, cuts=CUTS) is Missing.NIET_GEVRAAGD
    assert zelfsturing_level(why, cuts=(2, 4), metric="schaal") is why


@pytest.mark.parametrize(
    ("given_score", "options", "expected"),
    [
        (50, {"cuts": (60, 40), "metric": "pomp"}, [("value-out-of-range", "$.cuts")]),
        (50, {"cuts": (40, 40), "metric": "pomp"}, [("value-out-of-range", "$.cuts")]),
        (50, {"cuts": (0, 60), "metric": "pomp"}, [("value-out-of-range", "$.cuts")]),
        (50, {"cuts": (40, 101), "metric": "pomp"}, [("value-out-of-range", "$.cuts")]),
        (50, {"cuts": 40, "metric": "pomp"}, [("invalid-value", "$.cuts")]),
        (50, {"cuts": (40,), "metric": "pomp"}, [("invalid-value", "$.cuts")]),
        (50, {"cuts": ("40", 60), "metric": "pomp"}, [("not-a-number", "$.cuts")]),
        (50, {"cuts": (40, float("nan")), "metric": "pomp"}, [("not-a-number", "$.cuts")]),
        (101, {"cuts": CUTS, "metric": "pomp"}, [("value-out-of-range", "$.waarde")]),
        (True, {"cuts": CUTS}, [("not-a-number", "$.waarde")]),
        ("50", {"cuts": CUTS}, [("not-a-number", "$.waarde")]),
        (float("nan"), {"cuts": CUTS}, [("not-a-number", "$.waarde")]),
        (3, {"cuts": (2, 4), "metric": "schaal"}, [("missing-field", "$.waarde")]),
        (Waarde(score=3), {"cuts": CUTS}, [("missing-field", "$.waarde.schaal")]),
        (
            Waarde(score=3, schaal=LIKERT5),
            {"cuts": CUTS, "metric": "schaal"},
            [("value-out-of-range", "$.cuts")],
        ),
        (50, {"cuts": CUTS, "metric": "percent"}, [("unknown-name", "$.metric")]),
        (101, {"metric": "pomp"}, [("value-out-of-range", "$.waarde"), ("missing-field", "$.cuts")]),
    ],
)
def test_what_cannot_be_used_is_told(given_score: Any, options: Any, expected: list[tuple[str, str]]) -> None:
    with pytest.raises(InputError) as caught:
        zelfsturing_level(given_score, **options)
    found = codes_of(caught)
    assert [one for one in found if one in expected] == expected


@pytest.mark.parametrize("score", [3.4, 55.0])
def test_a_number_alone_does_not_say_on_what_it_is(score: float) -> None:
    with pytest.raises(InputError) as caught:
        zelfsturing_level(score, cuts=CUTS)
    assert codes_of(caught) == [("missing-field", "$.waarde")]
    assert "schaal=" in str(caught.value)
    assert 'metric="pomp"' in str(caught.value)
    with pytest.raises(InputError) as caught:
        zelfsturing_codes(np.array([score]), cuts=CUTS)
    assert codes_of(caught) == [("missing-field", "$.schaal")]


def test_percents_as_cut_offs_of_raw_answers_are_refused_or_reckoned() -> None:
    with pytest.raises(InputError) as caught:
        zelfsturing_level(3.4, cuts=CUTS, schaal=LIKERT5)
    assert codes_of(caught) == [("value-out-of-range", "$.cuts")]
    assert zelfsturing_level(3.4, cuts=CUTS, schaal=LIKERT5, metric="pomp") is Zelfsturing.HOOG
    assert zelfsturing_level(Waarde(score=3.4), cuts=(2.5, 3.5), schaal=LIKERT5) is Zelfsturing.MIDDEN
    with pytest.raises(InputError) as caught:
        zelfsturing_level(Waarde(score=3.4, schaal=LIKERT5), cuts=CUTS, schaal=LIKERT7)
    assert codes_of(caught) == [("mixed-scales", "$.schaal")]


@pytest.mark.parametrize("made", [pd.Series, pl.Series])
def test_a_column_of_a_frame_is_read(made: Any) -> None:
    column = made([1.8, 2.6, 4.0, None])
    assert zelfsturing_codes(column, cuts=CUTS, schaal=LIKERT5, metric="pomp").tolist() == [0, 1, 2, -1]


def test_what_is_no_scale_is_refused_with_all_else() -> None:
    with pytest.raises(InputError) as caught:
        zelfsturing_codes(np.array([101.0]), cuts=(3, 2), schaal=(1, 5))  # type: ignore[arg-type]
    assert {one.where for one in caught.value.problems} == {"$.schaal", "$.cuts", "$.values[0]"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1.0], "invalid-value"),
        (np.ma.masked_array([1.0], [True]), "invalid-value"),
        (np.array([[1.0]]), "shape-mismatch"),
        (np.array(["1"]), "shape-mismatch"),
        (np.array([1.0, 101.0]), "value-out-of-range"),
        (np.array([np.inf]), "value-out-of-range"),
    ],
)
def test_rows_that_cannot_be_used_are_told(values: Any, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        zelfsturing_codes(values, cuts=CUTS, metric="pomp")
    assert caught.value.code == expected
