"""The baseline of mismatched pairs, against going through all pairs one by one."""

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.congruence.test_normative import CASES, X, Y, samples
from tests.congruence.test_similarity import profiel

from igm.congruence import PairsMean, measure, pseudo_dyads
from igm.congruence.metrics import OWN
from igm.errors import InputError, UnknownNameError

GROUPS = ["a", "a", "b", "b", "b", "c", "d", "d", "d", "d"]
NEAR: Any = {"rel": 1e-10, "abs": 1e-10}


def told(one: PairsMean) -> Any:
    return pytest.approx([one.n, one.n_undefined, one.mean, one.mean_z, one.n_perfect], **NEAR)


def row(one: PairsMean) -> list[Any]:
    return [one.n, one.n_undefined, one.mean, one.mean_z, one.n_perfect]


def one_by_one(name: str, x: Any, y: Any, keep: Any) -> list[float]:
    metric = measure(name)
    return [
        float(metric.many(x[i : i + 1], y[j : j + 1])[0])
        for i in range(len(x))
        for j in range(len(x))
        if i != j and keep(i, j)
    ]


@pytest.mark.parametrize("name", list(OWN))
def test_all_mismatched_pairs_are_taken_both_ways(name: str) -> None:
    found = pseudo_dyads(X, Y, measure=name)
    values = one_by_one(name, X, Y, lambda i, j: True)
    assert found.mismatched.n == len(values) == len(X) * (len(X) - 1)
    assert found.mismatched.mean == pytest.approx(np.mean(values), **NEAR)
    assert found.own.mean == pytest.approx(measure(name).many(X, Y).mean(), **NEAR)
    assert (found.mismatched.mean_z is None) == (name != "shape")


def test_r_has_a_plain_mean_and_one_by_fishers_z() -> None:
    found = pseudo_dyads(X, Y)
    values = one_by_one("shape", X, Y, lambda i, j: True)
    assert found.mismatched.mean_z == pytest.approx(math.tanh(np.mean(np.arctanh(values))), **NEAR)
    own = [case["pearson"] for case in CASES]
    assert found.own.mean == pytest.approx(np.mean(own), **NEAR)
    assert found.own.mean_z == pytest.approx(math.tanh(np.mean(np.arctanh(own))), **NEAR)
    assert found.above == pytest.approx(np.mean(own) - np.mean(values), **NEAR)
    assert found.baseline is found.mismatched


def test_half_of_the_pairs_would_be_another_baseline() -> None:
    values = one_by_one("shape", X, Y, lambda i, j: i < j)
    assert pseudo_dyads(X, Y).mismatched.mean != pytest.approx(np.mean(values), abs=1e-3)


def test_pairs_of_one_manager_are_told_apart() -> None:
    found = pseudo_dyads(X, Y, groups=GROUPS)
    for part, same in ((found.within, True), (found.between, False)):
        values = one_by_one("shape", X, Y, lambda i, j, same=same: (GROUPS[i] == GROUPS[j]) is same)
        assert part is not None
        assert part.n == len(values)
        assert part.mean == pytest.approx(np.mean(values), **NEAR)
    assert found.n_groups == 4
    assert found.baseline is found.between
    assert found.own.mean is not None
    assert found.between is not None
    assert found.between.mean is not None
    assert found.above == pytest.approx(found.own.mean - found.between.mean, **NEAR)
    assert row(found.mismatched) == told(pseudo_dyads(X, Y).mismatched)


def test_all_in_one_group_leave_no_baseline() -> None:
    found = pseudo_dyads(X, Y, groups=["a"] * len(X))
    assert found.between is not None
    assert found.between.n == 0
    assert found.between.mean is None
    assert found.above is None


@pytest.mark.parametrize("n", range(1, 8))
def test_few_dyads(n: int) -> None:
    found = pseudo_dyads(X[:n], Y[:n])
    assert found.mismatched.n == n * (n - 1)
    assert (found.above is None) == (n == 1)


def test_flat_profiles_are_counted_and_take_no_part() -> None:
    x = X.copy()
    x[0] = 3.3
    found = pseudo_dyads(x, Y)
    assert found.own.n_undefined == 1
    assert found.mismatched.n_undefined == len(X) - 1
    assert found.mismatched.mean == pytest.approx(
        np.mean(one_by_one("shape", x, Y, lambda i, j: i != 0)), **NEAR
    )
    flat = pseudo_dyads(np.full_like(X, 3.3), Y)
    assert flat.own.mean is flat.mismatched.mean is flat.above is None


def test_an_r_of_one_leaves_no_mean_by_z() -> None:
    found = pseudo_dyads(X, X + 0.25)
    assert found.own.n_perfect == len(X)
    assert found.own.mean_z is None
    assert found.own.mean == pytest.approx(1)
    assert found.mismatched.mean_z is not None
    assert "Fisher" in found.table("en").notes[-1]


def test_missing_values_leave_pairs_their_common_constructs() -> None:
    x, y = X.copy(), Y.copy()
    x[0, 0], y[3, :2] = np.nan, np.nan
    found = pseudo_dyads(x, y)
    gone = np.isnan(x) | np.isnan(y)
    x[gone] = y[gone] = np.nan
    values = one_by_one("shape", x, y, lambda i, j: (~np.isnan(x[i] + y[j])).sum() >= 5)
    assert found.mismatched.mean == pytest.approx(np.mean(values), **NEAR)
    assert found.mismatched.n == len(values)


@given(samples(), st.floats(-2, 2))
def test_the_quick_way_gives_what_the_slow_way_gives(two: Any, height: float) -> None:
    x, y = np.array(two[0]), np.array(two[1])
    quick = pseudo_dyads(x, y + height)
    wide = np.full((len(x), 1), np.nan)
    slow = pseudo_dyads(np.hstack([x, wide]), np.hstack([y + height, wide]))
    assert quick.mismatched.n == slow.mismatched.n
    for one, other in ((quick.own, slow.own), (quick.mismatched, slow.mismatched)):
        assert one.mean == pytest.approx(other.mean, abs=1e-9) if one.n else other.mean is None


def test_a_metric_of_another_never_sees_a_gap() -> None:
    class Largest:
        name = "largest_difference"
        least = 2

        def many(self, x: Any, y: Any, /) -> Any:
            assert not np.isnan(x).any()
            return np.abs(x - y).max(axis=1)

    x = X.copy()
    x[0, 0] = np.nan
    found = pseudo_dyads(x, Y, measure=Largest())
    assert found.measure == "largest_difference"
    assert found.mismatched.n == 90
    assert found.own.mean == pytest.approx(np.mean([np.nanmax(np.abs(x - Y), axis=1)]))


def test_pairs_are_never_all_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    here = sys.modules[pseudo_dyads.__module__]
    monkeypatch.setattr(here, "_AT_ONCE", 20)
    steps: list[tuple[int, int]] = []
    few = pseudo_dyads(X, Y, groups=GROUPS, voortgang=lambda done, total: steps.append((done, total)))
    assert steps == [(done, 5) for done in range(1, 6)]
    monkeypatch.undo()
    assert row(few.mismatched) == told(pseudo_dyads(X, Y, groups=GROUPS).mismatched)


def test_profiles_and_numbers_give_the_same() -> None:
    found = pseudo_dyads([profiel(one) for one in X], [profiel(one) for one in Y])
    assert row(found.mismatched) == told(pseudo_dyads(X, Y).mismatched)


@pytest.mark.parametrize(
    ("x", "more", "code"),
    [
        (X[:, :4], {}, "too-few-constructs"),
        (X[:, :1], {"measure": "d2"}, "too-few-constructs"),
        (X, {"groups": ["a"]}, "shape-mismatch"),
        (X, {"groups": [None, *GROUPS[1:]]}, "missing-field"),
        (X, {"groups": "aabbcc"}, "invalid-value"),
        (X, {"voortgang": 3}, "invalid-value"),
        (np.zeros((20_001, 5)), {}, "value-out-of-range"),
    ],
)
def test_what_cannot_be_paired_is_refused(x: Any, more: Any, code: str) -> None:
    with pytest.raises(InputError) as error:
        pseudo_dyads(x, x, **more)
    assert error.value.code == code


def test_an_unknown_metric_gets_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="shape"):
        pseudo_dyads(X, Y, measure="shap")


def test_four_constructs_are_enough_for_what_says_nothing_of_shape() -> None:
    assert pseudo_dyads(X[:, :4], Y[:, :4], measure="elevation").mismatched.n == 90


def test_printed_means_of_few_dyads_are_masked() -> None:
    few = pseudo_dyads(X[:3], Y[:3])
    assert "•••" in str(few)
    assert len(few._table("nl", mask=True).notes) < len(few.table().notes)
    assert "•••" not in few.table().text()
