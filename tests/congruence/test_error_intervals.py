"""Intervals of one pair from errors of measurement: formulas beside draws, and what is told when they say little."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.congruence.test_similarity import profiel

import igm
from igm.congruence import SimilarityIntervals, measure, similarity, similarity_intervals
from igm.constructs import DETERMINANTS, LIKERT5, LIKERT7, Construct, Schaal
from igm.errors import MASK, InputError
from igm.scoring import measurement_error
from igm.scoring.intervals import normal_quantile

X, Y = [5.5, 5.0, 4.0, 5.25, 4.5, 4.75, 6.0], [4.5, 5.25, 3.0, 5.0, 4.0, 5.75, 5.0]
SEMS: dict[str, float] = dict(zip(map(str, DETERMINANTS), [0.3, 0.4, 0.5, 0.2, 0.6, 0.35, 0.25], strict=True))
S = np.array(list(SEMS.values()))
Z = normal_quantile(0.95)


def of(x: Any = X, y: Any = Y, schaal: Any = LIKERT7, **more: Any) -> SimilarityIntervals:
    return similarity_intervals(profiel(x, schaal), profiel(y, schaal), **{"sem": SEMS, "rng": 1, **more})


def test_formulas_are_those_of_sums_of_normal_errors() -> None:
    found = of(method="delta", rng=None)
    d, var = np.array(X) - np.array(Y), 2 * S**2
    for key, one in found.differences.items():
        place = DETERMINANTS.index(key)
        assert one.se == pytest.approx(np.sqrt(2) * SEMS[key])
        assert one.interval is not None
        assert one.interval.low == pytest.approx(d[place] - Z * np.sqrt(2) * SEMS[key])
    assert found.figures["elevation"].se == pytest.approx(np.sqrt(var.sum()) / 7)
    assert found.figures["elevation"].bias == 0
    assert found.figures["d2"].se == pytest.approx(np.sqrt((4 * d**2 * var + 2 * var**2).sum()))
    assert found.figures["d2"].bias == pytest.approx(var.sum()) == pytest.approx(found.d2_by_error)
    assert {name for name, one in found.figures.items() if one.undefined == "no-formula"} == {
        *found.figures
    } - {"elevation", "d2"}
    assert found.n_resamples is found.share_outside is None


def test_draws_come_to_what_the_formulas_say() -> None:
    drawn, formula = of(n_resamples=40_000), of(method="delta")
    for name in ("elevation", "d2"):
        one, other = drawn.figures[name], formula.figures[name]
        assert one.estimate == other.estimate
        assert one.se == pytest.approx(other.se, rel=0.02)
        assert one.bias == pytest.approx(other.bias, abs=0.02)
    assert drawn.differences == formula.differences


def test_estimates_are_those_of_the_pair_itself() -> None:
    found, bare = of(), similarity(profiel(X), profiel(Y))
    assert {name: one.estimate for name, one in found.figures.items()} == dict(bare.figures)
    for name, one in found.figures.items():
        assert one.interval is not None, name
        assert one.interval.low < one.interval.high


def test_errors_make_distances_larger_and_likeness_smaller() -> None:
    found = of(X, X)
    for name in ("d", "d2", "mean_absolute_difference"):
        bias, interval = found.figures[name].bias, found.figures[name].interval
        assert bias is not None
        assert bias > 0
        assert interval is not None
        assert interval.low == 0 == found.figures[name].estimate
        percentile = found.figures[name].percentile
        assert percentile is not None
        assert percentile.low > 0
        assert percentile.high == pytest.approx(interval.high)
        assert found.figures[name].cut
    for name in ("shape", "ccc", "double_entry_icc"):
        bias = found.figures[name].bias
        assert bias is not None
        assert bias < 0
        top = found.figures[name].interval
        assert top is not None
        assert top.high == 1
    assert "cut" in found.notes
    assert "d2-by-error" in found.notes
    assert "below-zero" in of(X, X, method="delta").notes


def test_an_interval_holds_the_quantiles_of_the_draws_and_their_reverse() -> None:
    found = of(measures=["shape"])
    rng = np.random.default_rng(1)
    x, y = (np.array(side) + rng.standard_normal((9999, 7)) * S for side in (X, Y))
    for name in ("shape", "ccc", "d2", "elevation"):
        one = found.figures[name]
        low, high = np.quantile(measure(name).many(x, y), [0.025, 0.975])
        assert one.percentile is not None
        assert one.interval is not None
        assert one.estimate is not None
        assert (one.percentile.low, one.percentile.high) == pytest.approx((low, high))
        bottom = min(low, 2 * one.estimate - high)
        assert one.interval.low == pytest.approx(0 if name == "d2" and bottom < 0 else bottom)
        top = max(high, 2 * one.estimate - low)
        assert one.interval.high == pytest.approx(1 if name in ("shape", "ccc") and top > 1 else top)
    d, d2 = found.figures["d"].interval, found.figures["d2"].interval
    assert d is not None
    assert d2 is not None
    assert (d.low, d.high) == pytest.approx((d2.low**0.5, d2.high**0.5))


@pytest.mark.slow
@pytest.mark.parametrize("apart", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("sem", [0.2, 0.5])
def test_intervals_hold_what_would_be_there_without_errors(apart: float, sem: float) -> None:
    rng = np.random.default_rng(4)
    x, y = np.array(X), np.array(X) + apart * np.array([0.9, -0.6, 0.9, -0.9, 0.3, 0.6, -0.6])
    true = {name: one.estimate for name, one in of(x, y, method="delta").figures.items()}
    inside = dict.fromkeys(true, 0.0)
    for seed in range(200):
        one_side, other_side = (side + rng.normal(size=7) * sem for side in (x, y))
        found = of(
            one_side, other_side, schaal=Schaal(minimum=-5, maximum=15), sem=sem, rng=seed, n_resamples=400
        )
        for name, one in found.figures.items():
            assert one.interval is not None
            value = true[name]
            assert value is not None
            inside[name] += (one.interval.low <= value + 1e-9 <= one.interval.high + 2e-9) / 200
    for name, share in inside.items():
        assert share >= (0.75 if name in ("shape", "ccc", "double_entry_icc") else 0.88), name


def test_the_same_seed_gives_the_same_intervals() -> None:
    assert of() == of()
    assert of() != of(rng=2)
    assert of() == of(rng=np.random.default_rng(1))


@given(st.floats(-1, 1), st.integers(0, 5))
def test_height_leaves_shape_alone(height: float, seed: int) -> None:
    more: Any = {"rng": seed, "n_resamples": 100}
    one, other = of(**more), of([x + height for x in X], [y + height for y in Y], **more)
    for name in ("shape", "ccc", "d2", "elevation"):
        left, right = one.figures[name].interval, other.figures[name].interval
        assert left is not None
        assert right is not None
        assert left.low == pytest.approx(right.low, abs=1e-9)
        assert left.high == pytest.approx(right.high, abs=1e-9)


@given(st.integers(0, 20))
def test_turning_the_two_round_turns_differences_round(seed: int) -> None:
    one, other = of(rng=seed, n_resamples=100), of(Y, X, rng=seed, n_resamples=100)
    for key, interval in one.differences.items():
        assert interval.interval is not None
        mirrored = other.differences[key].interval
        assert mirrored is not None
        assert interval.interval.low == pytest.approx(-mirrored.high)


def test_without_errors_there_is_nothing_to_draw() -> None:
    found = of(sem=0)
    for name, one in found.figures.items():
        assert one.interval is not None
        assert one.interval.low == one.interval.high == pytest.approx(one.estimate), name
        assert one.se == pytest.approx(0, abs=1e-12)
    assert found.d2_by_error == 0
    assert found.notes == ()


def test_a_flat_profile_has_no_interval_of_shape_however_the_draws_vary() -> None:
    found = of([4] * 7)
    assert found.figures["shape"].undefined == "flat-profile"
    assert found.figures["shape"].interval is None
    assert found.flat_by_error == (True, False)
    assert "flat-by-error" in found.notes
    assert found.figures["d2"].interval is not None


def test_a_nearly_flat_profile_is_told_as_no_more_than_error() -> None:
    found = of([4, 4.25, 4, 4, 4.25, 4, 4])
    assert found.figures["shape"].interval is not None
    assert found.flat_by_error == (True, False)
    text = found.table("en").text()
    assert "varies no more than errors alone give" in text


def test_draws_in_which_a_figure_is_not_defined_are_counted() -> None:
    class Sometimes:
        name = "sometimes"
        least = 2

        def __init__(self, never: bool) -> None:
            self.never = never

        def many(self, x: Any, y: Any, /) -> Any:
            drawn = len(x) > 1
            return np.where(drawn & (self.never | (x[:, 0] > X[0])), np.nan, x[:, 0])

    found = of(measures=[Sometimes(never=False)])
    assert found.figures["sometimes"].share_undefined == pytest.approx(0.5, abs=0.03)
    assert found.figures["sometimes"].interval is not None
    assert "undefined-draws" in found.notes
    never = of(measures=[Sometimes(never=True)]).figures["sometimes"]
    assert (never.interval, never.undefined, never.share_undefined) == (None, "undefined-draws", 1.0)


def test_scores_beyond_their_scale_are_kept_and_counted() -> None:
    found = of([7] * 6 + [6], [7] * 7, sem=0.5)
    assert found.share_outside == pytest.approx(1, abs=0.01)
    assert "outside-scale" in found.notes
    inside = of([4] * 7, [4, 4, 4, 4, 4, 4, 5], sem=0.01)
    assert inside.share_outside == 0


def test_below_five_constructs_nothing_is_said_of_shape() -> None:
    found = of(X[:4], Y[:4])
    assert found.figures["shape"].undefined == "few-constructs"
    assert found.figures["d2"].interval is not None


def test_errors_go_onto_pomp_with_their_scores() -> None:
    first, second = profiel(X, LIKERT7), profiel([3, 4, 2, 5, 3, 4, 4], LIKERT5)
    found = similarity_intervals(first, second, sem=0.3, sem_second=0.2, metric="pomp", method="delta")
    for one in found.differences.values():
        assert one.se == pytest.approx(np.hypot(0.3 / 6, 0.2 / 4) * 100)
    assert found.sem[0] == pytest.approx([5.0] * 7)


def test_errors_may_come_from_reliabilities() -> None:
    lijst = igm.vragenlijst("client-participatie")
    people = [
        {item.id: 1 + (place * (one + 3)) % 5 for place, item in enumerate(lijst.items)} for one in range(9)
    ]
    known = igm.reliability(people, lijst)
    errors = {row.construct: row.sem for row in known if row.sem is not None}
    asked = [key for key in DETERMINANTS if key in errors][:2]
    assert len(asked) == 2
    found = similarity_intervals(
        profiel([3, 4, 2, 5, 3, 4, 4], LIKERT5),
        profiel([3, 4, 4, 5, 1, 4, 4], LIKERT5),
        sem=known,
        method="delta",
        constructs=asked,
    )
    assert found.sem[0] == tuple(errors[key] for key in asked)
    assert measurement_error(1.0, 0.91) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("more", "code", "where"),
    [
        ({"rng": None}, "invalid-value", "$.rng"),
        ({"rng": "x"}, "invalid-value", "$.rng"),
        ({"method": "bootstrap"}, "unknown-name", "$.method"),
        ({"level": 1}, "value-out-of-range", "$.level"),
        ({"n_resamples": 10}, "value-out-of-range", "$.n_resamples"),
        ({"sem": -0.1}, "value-out-of-range", "$.sem.houding"),
        ({"sem": "0.3"}, "invalid-value", "$.sem"),
        ({"sem": {**SEMS, "houding": float("nan")}}, "not-a-number", "$.sem.houding"),
        ({"sem": {**SEMS, "weer": 0.3}}, "unknown-construct", "$.sem"),
        ({"sem_second": -1}, "value-out-of-range", "$.sem_second.houding"),
        ({"measures": ["ccd"]}, "unknown-name", "$.measure"),
    ],
)
def test_what_cannot_be_used_is_refused(more: Any, code: str, where: str) -> None:
    with pytest.raises(igm.errors.IgmError) as error:
        of(**more)
    assert (error.value.code, error.value.problems[0].where) == (code, where)


def test_every_construct_without_an_error_is_told_once() -> None:
    with pytest.raises(InputError) as error:
        of(sem={"houding": 0.3, "kennis": 0.2})
    assert [one.code for one in error.value.problems] == ["missing-field"] * 5
    both = {"sem": {"houding": 0.3}, "sem_second": {"houding": 0.3}}
    with pytest.raises(InputError) as error:
        of(**both)
    assert len(error.value.problems) == 12


def test_what_is_sensitive_is_masked_when_printed() -> None:
    found = of()
    assert MASK in str(found)
    shape = found.figures["shape"].estimate
    assert shape is not None
    assert f"{shape:.2f}".replace(".", ",") not in str(found)
    assert MASK not in found.table().text()
    open_ones = [key for key in DETERMINANTS if key is not Construct.BELASTBAARHEID]
    assert MASK not in str(of(constructs=open_ones))
