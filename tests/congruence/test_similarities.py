"""Many pairs at once: the same figures as one by one, to the last bit, with whatever is missing."""

from __future__ import annotations

import math
import tracemalloc
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.congruence.test_similarity import Largest, profiel

from igm.congruence import moments as kernel
from igm.congruence import similarities, similarity
from igm.constructs import DETERMINANTS, LIKERT5, LIKERT7, Richting
from igm.errors import InputError, UnknownNameError

SEVEN = [key.value for key in DETERMINANTS]
THREE = ["houding", "kennis", "context"]
step = st.integers(0, 24).map(lambda steps: steps / 4)
cell = st.none() | step
directions = st.sampled_from(Richting)


def alike(x: Any, y: Any, **more: Any) -> Any:
    asked: dict[str, Any] = {"constructs": SEVEN, "schaal": LIKERT7, "sociale_druk": "mee"}
    return similarities(x, y, **(asked | more))


@given(
    st.lists(
        st.tuples(st.lists(cell, min_size=7, max_size=7), st.lists(cell, min_size=7, max_size=7)), min_size=1
    ),
    directions,
    directions,
    st.booleans(),
)
def test_many_are_as_one_to_the_last_bit(pairs: Any, one: Richting, other: Richting, pomp: bool) -> None:
    scales = (LIKERT7, LIKERT5) if pomp else (LIKERT7, LIKERT7)
    metric: Any = "pomp" if pomp else None
    first = [[None if v is None else 1 + v for v in x] for x, _ in pairs]
    second = [[None if v is None else 1 + v * (4 / 6 if pomp else 1) for v in y] for _, y in pairs]
    many = alike(first, second, schaal=scales, metric=metric, sociale_druk=(one, other), measures=None)
    for row, (x, y) in enumerate(zip(first, second, strict=True)):
        parties = _profiel(x, scales[0], one), _profiel(y, scales[1], other)
        if many.k[row] < 2:
            with pytest.raises(InputError, match="too-few-constructs"):
                similarity(*parties, metric=metric)
            assert all(math.isnan(values[row]) for values in many.figures.values())
            assert {many.undefined(name)[row] for name in many.figures} == {"few-constructs"}
            continue
        alone = similarity(*parties, metric=metric)
        assert many.k[row] == alone.k
        for name, values in many.figures.items():
            assert many.undefined(name)[row] == alone.undefined.get(name)
            assert values[row] == alone.figures.get(name) or math.isnan(values[row])


def _profiel(scores: list[float | None], schaal: Any, richting: Richting) -> Any:
    from igm.constructs import Missing, Profiel, SocialeDruk, Waarde

    waarden: dict[Any, Any] = {}
    for key, score in zip(DETERMINANTS, scores, strict=True):
        more: dict[str, Any] = {"richting": richting} if key.value == "sociale_druk" else {}
        kind = SocialeDruk if more else Waarde
        waarden[key] = Missing.WEET_NIET if score is None else kind(score=score, schaal=schaal, **more)
    return Profiel(gedrag=profiel([4]).gedrag, waarden=waarden)


def test_what_is_given_stays_as_it_was() -> None:
    x, y = np.arange(14.0).reshape(2, 7) / 3 + 1, np.arange(14.0)[::-1].reshape(2, 7) / 3 + 1
    before = x.copy(), y.copy()
    alike(x, y, sociale_druk="tegen", metric="pomp", measures=["d2", Largest()])
    assert np.array_equal(x, before[0])
    assert np.array_equal(y, before[1])


def test_parts_of_many_pairs_are_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2026)
    x, y = rng.integers(1, 8, (500, 7)).astype(float), rng.integers(1, 8, (500, 7)).astype(float)
    x[rng.random(x.shape) < 0.1] = np.nan
    whole = alike(x, y)
    monkeypatch.setattr(kernel, "_AT_ONCE", 7)
    for name, values in alike(x, y).figures.items():
        assert np.array_equal(values, whole[name], equal_nan=True), name


def test_a_metric_of_another_package_is_asked_per_pattern_of_what_is_missing() -> None:
    x = [[1, None, 3], [1, 2, 3], [4, None, 4], [None, None, 3]]
    y = [[2, 2, 3], [2, 2, 7], [4, 1, 4], [1, 2, 3]]
    found = similarities(x, y, constructs=THREE, schaal=LIKERT7, measures=[Largest(), "elevation"])
    assert found["largest_difference"][:3].tolist() == [1, 4, 0]
    assert math.isnan(found["largest_difference"][3])
    assert found.undefined("largest_difference") == [None, None, None, "few-constructs"]
    assert list(found.figures) == ["largest_difference", "elevation"]


def test_frames_are_tables_too() -> None:
    frame = pd.DataFrame({"a": [4, 5], "b": [3.0, None], "c": [2, 1]})
    found = similarities(frame, frame, constructs=THREE, schaal=LIKERT5)
    assert found.k.tolist() == [3, 2]
    assert found["d2"].tolist() == [0, 0]


def test_no_pairs_give_no_figures() -> None:
    found = alike(np.empty((0, 7)), np.empty((0, 7)))
    assert len(found) == 0
    assert "n" in str(found)


def test_scales_that_differ_need_a_metric() -> None:
    with pytest.raises(InputError, match="mixed-scales"):
        alike([[1] * 7], [[1] * 7], schaal=(LIKERT7, LIKERT5))


def test_social_pressure_needs_a_direction() -> None:
    with pytest.raises(InputError, match=r"without a direction.*\$\.sociale_druk.*\[missing-field\]"):
        alike([[1] * 7], [[1] * 7], sociale_druk=None)
    with pytest.raises(InputError, match="unknown-name"):
        alike([[1] * 7], [[1] * 7], sociale_druk="omhoog")


def test_all_that_is_off_the_scale_is_told_and_what_is_sensitive_is_masked() -> None:
    with pytest.raises(InputError) as caught:
        alike([[1, 2, 3, 4, 9.25, 5, 8]], [[0, 2, 3, 4, 5, 6, 7]])
    told = str(caught.value)
    assert [problem.where for problem in caught.value.problems] == [
        "$.first[0][4]",
        "$.first[0][6]",
        "$.second[0][0]",
    ]
    assert "9.25" not in told


@pytest.mark.parametrize(
    ("x", "y", "code"),
    [
        ([[1, 2]], [[1, 2, 3]], "shape-mismatch"),
        ([[1, 2, 3]], [[1, 2, 3], [1, 2, 3]], "shape-mismatch"),
        ([[1, 2, "x"]], [[1, 2, 3]], "not-a-number"),
        ([[1, 2, math.inf]], [[1, 2, 3]], "not-a-number"),
        ([[True, 2, 3]], [[1, 2, 3]], "not-a-number"),
        ("abc", [[1, 2, 3]], "shape-mismatch"),
        (None, [[1, 2, 3]], "shape-mismatch"),
    ],
)
def test_what_is_no_table_of_profiles_is_refused(x: Any, y: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        similarities(x, y, constructs=THREE, schaal=LIKERT7)
    assert caught.value.problems[0].code == code


@pytest.mark.parametrize("wrong", [5, None, "LIKERT5", (LIKERT5,), (LIKERT5, 5), (LIKERT5,) * 3])
def test_what_is_no_scale_is_refused(wrong: Any) -> None:
    with pytest.raises(InputError, match="not a scale"):
        similarities([[1, 2, 3]], [[1, 2, 3]], constructs=THREE, schaal=wrong)


def test_one_column_is_no_profile() -> None:
    with pytest.raises(InputError, match="too-few-constructs"):
        similarities([[1]], [[1]], constructs=["houding"], schaal=LIKERT5)


def test_names_of_figures_are_known() -> None:
    assert list(alike([[1] * 7], [[1] * 7], measures="ccc").figures) == ["ccc"]
    with pytest.raises(UnknownNameError, match="Did you mean 'double_entry_icc'"):
        alike([[1] * 7], [[1] * 7], measures=["double_entry_ic"])
    with pytest.raises(InputError, match="Did you mean 'elevation'"):
        alike([[1] * 7], [[1] * 7])["elevatie"]


def test_in_between_little_memory_is_taken() -> None:
    n = 200_000
    x = np.full((n, 7), 4.0)
    tracemalloc.start()
    alike(x, x, measures=["d2"])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 14 * n * 8  # less than the two arrays themselves
