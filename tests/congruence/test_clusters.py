"""Intervals from drawing managers with all of their dyads, against drawing them one by one."""

from __future__ import annotations

import statistics
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from igm.congruence import cluster_interval
from igm.errors import InputError

VALUES = [0.71, 0.64, 0.69, 0.22, 0.31, 0.55, 0.48, 0.50]
GROUPS = ["a", "a", "a", "b", "b", "c", "c", "c"]
numbers = st.lists(st.tuples(st.integers(-20, 20), st.integers(0, 4)), min_size=1, max_size=25)


@pytest.mark.parametrize("center", ["mean", "median"])
def test_draws_are_of_whole_groups(center: Any) -> None:
    found = cluster_interval(VALUES, GROUPS, rng=5, center=center, n_resamples=500)
    times = np.random.default_rng(5).multinomial(3, [1 / 3] * 3, size=500)
    parts = [[v for v, g in zip(VALUES, GROUPS, strict=True) if g == name] for name in "abc"]
    of = statistics.fmean if center == "mean" else statistics.median
    draws = [
        of([v for part, many in zip(parts, row, strict=True) for v in part * many]) for row in times.tolist()
    ]
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx(
        tuple(np.quantile(draws, [0.025, 0.975]))
    )
    assert found.se == pytest.approx(np.std(draws, ddof=1))
    assert found.estimate == pytest.approx(of(VALUES))


def test_groups_that_differ_make_the_interval_wider() -> None:
    alone, together = cluster_interval(VALUES, rng=1), cluster_interval(VALUES, GROUPS, rng=1)
    assert alone.se is not None
    assert together.se is not None
    assert together.se > alone.se
    assert alone.notes == ("few-groups", "no-groups")
    assert together.notes == ("few-groups",)
    assert alone.n_groups == 8


def test_every_dyad_alone_comes_to_the_standard_error_of_a_mean() -> None:
    values = np.random.default_rng(3).normal(size=400)
    found = cluster_interval(values, rng=1)
    assert found.se == pytest.approx(values.std() / 20, rel=0.03)
    assert found.notes == ("no-groups",)


def test_no_interval_has_its_reason() -> None:
    assert cluster_interval(VALUES, ["a"] * 8, rng=1).undefined == "one-group"
    assert cluster_interval([None, float("nan")], rng=1).undefined == "no-values"
    assert cluster_interval([0.3] * 8, GROUPS, rng=1).undefined == "no-spread"
    assert cluster_interval([], rng=1).undefined == "no-values"
    one = cluster_interval([0.3], rng=1)
    assert (one.estimate, one.interval, one.undefined) == (0.3, None, "one-group")


def test_missing_figures_are_counted_and_their_groups_are_not_drawn() -> None:
    found = cluster_interval([*VALUES, None, None], [*GROUPS, "d", "a"], rng=1)
    assert (found.n, found.n_missing, found.n_groups) == (8, 2, 3)
    bare = cluster_interval(VALUES, GROUPS, rng=1)
    assert found.interval == bare.interval


@given(numbers, st.integers(0, 9), st.sampled_from(["mean", "median"]))
def test_what_every_interval_keeps_to(given_rows: Any, seed: int, center: Any) -> None:
    values, groups = [float(value) for value, _ in given_rows], [group for _, group in given_rows]
    found = cluster_interval(values, groups, rng=seed, center=center, n_resamples=100)
    assert (found.interval is None) == (found.undefined is not None)
    if found.interval is not None:
        assert min(values) <= found.interval.low <= found.interval.high <= max(values)
    moved = cluster_interval([2 * v + 3 for v in values], groups, rng=seed, center=center, n_resamples=100)
    if found.interval is not None and moved.interval is not None:
        assert moved.interval.low == pytest.approx(2 * found.interval.low + 3)
        assert moved.se == pytest.approx(2 * (found.se or 0))


def test_progress_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[int, int]] = []
    monkeypatch.setattr("igm.congruence.clusters.AT_ONCE", 1000)
    few = cluster_interval(
        VALUES, GROUPS, rng=1, n_resamples=1000, voortgang=lambda done, total: steps.append((done, total))
    )
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)][: len(steps)]
    assert steps[-1] == (4, 4)
    assert few.n_resamples == 1000


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"rng": None}, "invalid-value"),
        ({"center": "mode"}, "unknown-name"),
        ({"level": 2}, "value-out-of-range"),
        ({"n_resamples": 5}, "value-out-of-range"),
        ({"groups": ["a"]}, "shape-mismatch"),
        ({"groups": [None] * 8}, "missing-field"),
        ({"values": ["x"] * 8}, "not-a-number"),
        ({"values": "abcdefgh"}, "invalid-value"),
        ({"voortgang": 1}, "invalid-value"),
    ],
)
def test_what_cannot_be_used_is_refused(more: Any, code: str) -> None:
    asked: Any = {"values": VALUES, "groups": GROUPS, "rng": 1, **more}
    with pytest.raises(InputError) as error:
        cluster_interval(asked.pop("values"), asked.pop("groups"), **asked)
    assert error.value.code == code


def test_what_is_told_in_words() -> None:
    text = cluster_interval([*VALUES, None], [*GROUPS, "a"], rng=1).table("en").text()
    assert "Fewer than 10 groups" in text
    assert "1 without a value" in text
    assert "there is one group" in cluster_interval(VALUES, ["a"] * 8, rng=1).table("en").text()
    assert "•••" in str(cluster_interval(VALUES[:4], rng=1))
