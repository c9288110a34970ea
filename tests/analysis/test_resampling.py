"""Bootstrap and permutations: beside SciPy and counting by hand, the same for a seed, and told where there is none."""

from __future__ import annotations

import math
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from igm.analysis import Bootstrap, bootstrap_interval, permutation_test
from igm.analysis.bootstrap import MOST_BCA
from igm.errors import InputError

SCORES = [3.5, 4.0, 2.5, 4.5, 3.0, 5.0, 4.0, 3.5, 4.5, 2.0]
BOOTSTRAP: Any = bootstrap_interval
PERMUTATION: Any = permutation_test
LATER = [4.0, 4.5, 3.5, 4.0, 3.5, 5.0, 3.5, 4.5, 5.0, 3.0]
answers = st.lists(st.integers(1, 5), min_size=2, max_size=4)


def scipys(values: list[float], method: Any, n_resamples: int, seed: int, statistic: Any = np.mean) -> Any:
    name: Any = {"bca": "BCa", "percentile": "percentile"}[method]
    chance = np.random.default_rng(seed)
    return stats.bootstrap((values,), statistic, n_resamples=n_resamples, method=name, rng=chance)


@pytest.mark.parametrize("method", ["bca", "percentile"])
@pytest.mark.parametrize("statistic", [np.mean, np.median])
def test_intervals_are_those_of_scipy_for_the_same_seed(method: Any, statistic: Any) -> None:
    expected = scipys(SCORES, method, 999, 5, statistic)
    found = bootstrap_interval(SCORES, statistic, rng=5, n_resamples=999, method=method)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx(expected.confidence_interval, rel=1e-12)
    assert found.se == pytest.approx(expected.standard_error, rel=1e-12)
    assert found.estimate == statistic(SCORES)


def test_draws_in_parts_stay_the_same_and_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("igm.analysis.bootstrap.AT_ONCE", 100)  # ten draws at a time
    found = bootstrap_interval(SCORES, np.mean, rng=5, n_resamples=505)
    assert found.interval is not None
    chance = np.random.default_rng(5)
    expected = stats.bootstrap((SCORES,), np.mean, n_resamples=505, batch=10, rng=chance).confidence_interval
    assert (found.interval.low, found.interval.high) == pytest.approx(expected, rel=1e-12)


def test_a_seed_and_its_generator_are_the_same_and_another_seed_is_not() -> None:
    by_seed = bootstrap_interval(SCORES, np.mean, rng=8, n_resamples=200)
    assert by_seed == bootstrap_interval(SCORES, np.mean, rng=np.random.default_rng(8), n_resamples=200)
    assert by_seed != bootstrap_interval(SCORES, np.mean, rng=9, n_resamples=200)
    drawn = permutation_test(SCORES, LATER, rng=np.int64(8), n_resamples=200)
    assert drawn == permutation_test(SCORES, LATER, rng=8, n_resamples=200)
    assert not drawn.exact


def test_rows_of_people_are_drawn_whole() -> None:
    pairs = np.column_stack([SCORES, LATER])

    def correlation(rows: Any) -> float:
        assert {tuple(row) for row in rows.tolist()} <= {tuple(row) for row in pairs.tolist()}
        return float(np.corrcoef(rows.T)[0, 1])

    found = bootstrap_interval(pairs, correlation, rng=3, n_resamples=300)
    expected = stats.bootstrap(
        (SCORES, LATER),
        lambda x, y: np.corrcoef(x, y)[0, 1],
        paired=True,
        vectorized=False,
        n_resamples=300,
        rng=np.random.default_rng(3),
    )
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx(expected.confidence_interval, rel=1e-9)


def test_missing_values_are_left_out_and_counted() -> None:
    found = bootstrap_interval([*SCORES, None, math.nan], np.mean, rng=5, n_resamples=200)
    assert (found.n, found.n_missing) == (10, 2)
    assert found.interval == bootstrap_interval(SCORES, np.mean, rng=5, n_resamples=200).interval


def of_two(values: Any) -> float:
    """A number for rows that vary only."""
    return float(values.std()) if values.min() < values.max() else math.nan


@pytest.mark.parametrize(
    ("values", "statistic", "why"),
    [
        ([3], np.mean, "one-value"),
        ([3, 3, 3], np.mean, "no-spread"),
        ([1, 2, 3], lambda values: 7.0, "no-spread"),
        ([1, 2, 3], of_two, "no-number"),
        ([1, 2, 3], lambda values: None, "no-number"),
        ([1, 3, 3, 3, 3, 5], np.median, "no-bca"),
    ],
)
def test_where_there_is_no_interval_the_result_says_why(values: Any, statistic: Any, why: str) -> None:
    found = bootstrap_interval(values, statistic, rng=1, n_resamples=200)
    assert (found.interval, found.se, found.undefined) == (None, None, why)
    assert found.to_dict()["undefined"] == why


@given(answers, answers)
def test_all_arrangements_of_two_groups_are_counted(first: list[int], second: list[int]) -> None:
    everyone, n = [*first, *second], len(first)
    found = permutation_test(first, second, rng=1)
    # in whole numbers: m1 - m2 is further when the sum of the first group is
    sums = [sum(chosen) for chosen in combinations(everyone, n)]
    higher = sum(one >= sum(first) for one in sums) / len(sums)
    lower = sum(one <= sum(first) for one in sums) / len(sums)
    assert found.exact
    assert found.n_arrangements == found.n_used == len(sums)
    assert found.p == pytest.approx(min(1, 2 * min(higher, lower)))
    assert permutation_test(first, second, rng=1, alternative="greater").p == pytest.approx(higher)
    assert permutation_test(first, second, rng=1, alternative="less").p == pytest.approx(lower)
    assert found.estimate == pytest.approx(np.mean(first) - np.mean(second), abs=1e-12)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=7))
def test_all_changes_of_place_within_pairs_are_counted(pairs: list[tuple[int, int]]) -> None:
    changes = [one - other for one, other in pairs]
    sums = [
        sum(sign * change for sign, change in zip(signs, changes, strict=True))
        for signs in product((1, -1), repeat=len(changes))
    ]
    found = permutation_test([one for one, _ in pairs], [other for _, other in pairs], rng=1, paired=True)
    higher = sum(one >= sum(changes) for one in sums) / len(sums)
    lower = sum(one <= sum(changes) for one in sums) / len(sums)
    assert found.p == pytest.approx(min(1, 2 * min(higher, lower)))
    assert found.n_arrangements == 2 ** len(changes)


@pytest.mark.parametrize("paired", [True, False])
@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
def test_drawn_arrangements_are_those_of_scipy_for_the_same_seed(paired: bool, alternative: Any) -> None:
    one, other = SCORES * 2, LATER * 2
    found = permutation_test(one, other, rng=4, paired=paired, alternative=alternative, n_resamples=499)
    expected = stats.permutation_test(
        (one, other),
        lambda x, y, axis: np.mean(x, axis=axis) - np.mean(y, axis=axis),
        permutation_type="samples" if paired else "independent",
        vectorized=True,
        n_resamples=499,
        batch=200,
        alternative=alternative,
        rng=np.random.default_rng(4),
    )
    assert found.p == pytest.approx(expected.pvalue, rel=1e-12)
    assert (found.exact, found.n_used) == (False, 499)
    assert found.p is not None
    assert found.p * 500 == pytest.approx(round(found.p * 500))  # (b + 1) / (m + 1), or twice that


def test_a_chance_is_never_zero() -> None:
    found = permutation_test([1.0] * 20, [9.0] * 20, rng=1, n_resamples=100)
    assert found.p == pytest.approx(2 / 101)


def test_thirds_that_are_equal_but_for_rounding_count_as_equal() -> None:
    # .1 + .2 is not .3: by sums of whole numbers half of the arrangements are as far
    first, second = [0.1, 0.2, 0.3], [0.3, 0.2, 0.1]
    assert permutation_test(first, second, rng=1).p == 1
    assert permutation_test(first, second, rng=1, paired=True).p == 1


def test_who_misses_a_value_takes_no_part_and_is_counted() -> None:
    found = permutation_test([1, 2, None, 4], [2, None, 3, 5], rng=1, paired=True)
    assert (found.n_first, found.n_missing, found.p) == (2, 2, 0.5)
    apart = permutation_test([1, 2, None, 4], [2, None, 3, 5], rng=1)
    assert (apart.n_first, apart.n_second, apart.n_missing) == (3, 3, 2)
    alone = permutation_test([1], [2, 3], rng=1)
    assert (alone.p, alone.undefined, alone.estimate, alone.n_used) == (None, "one-value", -1.5, 0)


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    for method in ("bca", "percentile"):
        told.clear()
        bootstrap_interval(
            SCORES, np.mean, rng=1, n_resamples=100, method=method, voortgang=lambda *now: told.append(now)
        )
        assert [done for done, _ in told] == list(range(1, told[-1][1] + 1))
        assert {of for _, of in told} == {len(told)}
    for paired in (True, False):
        told.clear()
        permutation_test(SCORES, LATER, rng=1, paired=paired, voortgang=lambda *now: told.append(now))
        assert told[-1][0] == told[-1][1] == len(told)


def test_percentiles_exist_where_bca_does_not() -> None:
    found = bootstrap_interval([1, 3, 3, 3, 3, 5], np.median, rng=1, n_resamples=200, method="percentile")
    assert found.undefined is None
    assert found.interval is not None
    assert found.interval.low <= 3 <= found.interval.high


def test_a_bar_is_shown_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    bootstrap_interval(SCORES, np.mean, rng=1, n_resamples=100, voortgang=True)
    permutation_test(SCORES, LATER, rng=1, n_resamples=100, voortgang=True)
    shown = capsys.readouterr().err
    assert "bootstrap: 100%" in shown
    assert "permutation: 100%" in shown


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"rng": None}, "invalid-value", "$.rng"),
        ({"rng": True}, "invalid-value", "$.rng"),
        ({"rng": -1}, "invalid-value", "$.rng"),
        ({"rng": 1.5}, "invalid-value", "$.rng"),
        ({"rng": np.random.RandomState(1)}, "invalid-value", "$.rng"),
        ({"n_resamples": 99}, "value-out-of-range", "$.n_resamples"),
        ({"n_resamples": True}, "value-out-of-range", "$.n_resamples"),
        ({"voortgang": "ja"}, "invalid-value", "$.voortgang"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(change: dict[str, Any], code: str, where: str) -> None:
    given: dict[str, Any] = {"rng": 1} | change
    for call in (
        lambda: bootstrap_interval(SCORES, np.mean, **given),
        lambda: permutation_test(SCORES, LATER, **given),
    ):
        with pytest.raises(InputError) as caught:
            call()
        assert [(one.code, one.where) for one in caught.value.problems] == [(code, where)]


@pytest.mark.parametrize(
    ("call", "code", "where"),
    [
        (lambda: BOOTSTRAP(SCORES, np.mean, rng=1, method="bc"), "unknown-name", "$.method"),
        (lambda: BOOTSTRAP(SCORES, "mean", rng=1), "invalid-value", "$.statistic"),
        (lambda: BOOTSTRAP(SCORES, lambda x: x, rng=1), "not-a-number", "$.statistic"),
        (lambda: bootstrap_interval([None], np.mean, rng=1), "missing-field", "$.values"),
        (lambda: bootstrap_interval([1, math.inf], np.mean, rng=1), "not-a-number", "$.values[1]"),
        (lambda: bootstrap_interval(np.array([[1, math.inf]]), np.mean, rng=1), "not-a-number", "$.values"),
        (lambda: bootstrap_interval(np.empty((0, 3)), np.mean, rng=1), "missing-field", "$.values"),
        (lambda: bootstrap_interval(SCORES, np.mean, rng=1, level=95), "value-out-of-range", "$.level"),
        (lambda: permutation_test(SCORES, [1], rng=1, paired=True), "shape-mismatch", "$.second"),
        (lambda: permutation_test([1, None], [None, 1], rng=1, paired=True), "missing-field", "$.second"),
        (lambda: permutation_test([None], [1], rng=1), "missing-field", "$.first"),
        (lambda: PERMUTATION([1, 2], [1, 2], rng=1, alternative="up"), "unknown-name", "$.alternative"),
    ],
)
def test_values_and_names_that_cannot_be_used_are_refused(call: Any, code: str, where: str) -> None:
    with pytest.raises(InputError) as caught:
        call()
    assert [(one.code, one.where) for one in caught.value.problems] == [(code, where)]


def test_results_are_stored_with_plain_numbers() -> None:
    found = bootstrap_interval(SCORES, np.mean, rng=1, n_resamples=100)
    assert isinstance(found, Bootstrap)
    assert found.interval is not None
    kinds = {type(found.estimate), type(found.se), type(found.interval.low), type(found.interval.high)}
    assert kinds == {float}
    drawn = permutation_test(SCORES, LATER, rng=1)
    assert {type(drawn.p), type(drawn.estimate)} == {float}
    assert drawn.to_dict()["n_arrangements"] == 184756


def test_a_number_of_numpy_says_how_many_draws() -> None:
    many: Any = np.int64(200)
    assert bootstrap_interval(SCORES, np.mean, rng=1, n_resamples=many) == bootstrap_interval(
        SCORES, np.mean, rng=1, n_resamples=200
    )


def test_bca_is_refused_for_so_many_people_that_leaving_out_each_takes_longest() -> None:
    calls: list[int] = []

    def counted(people: Any) -> float:
        calls.append(len(people))
        return float(np.mean(people))

    bootstrap_interval(np.arange(300.0), counted, rng=1, n_resamples=100)
    assert len(calls) <= 100 + 300 + 3  # the draws, without each, and as they are
    calls.clear()
    with pytest.raises(InputError, match="percentile") as refused:
        bootstrap_interval(np.arange(MOST_BCA + 1.0), counted, rng=1, n_resamples=100)
    assert (refused.value.code, refused.value.problems[0].where) == ("value-out-of-range", "$.values")
    assert calls == []
    many = bootstrap_interval(np.arange(MOST_BCA + 1.0), counted, rng=1, n_resamples=100, method="percentile")
    assert many.interval is not None


@pytest.mark.parametrize("paired", [True, False])
def test_arrangements_of_many_people_are_not_counted_out(paired: bool) -> None:
    values = np.arange(20_000) % 5
    found = permutation_test(values, values[::-1], rng=1, n_resamples=100, paired=paired)
    assert (found.n_arrangements, found.n_used, found.exact) == (None, 100, False)
    assert "n_arrangements=None" in repr(found)
    many = permutation_test(values[:59], values[1:60], rng=1, n_resamples=100, paired=True)
    assert many.n_arrangements == 2**59
    two = permutation_test(values[:3], values[:700], rng=1, n_resamples=100)
    assert two.n_arrangements == math.comb(703, 3)
