"""Tests of means, beside R, and where they have to agree with one another."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.analysis.oracle import oracle

from igm.analysis import permutation_test, reliable_change
from igm.analysis.differences import Difference, independent, paired, partly_overlapping
from igm.analysis.samples import Summary
from igm.errors import InputError

CASES: list[dict[str, Any]] = oracle("ttests_effects")["cases"]
OVERLAPS: dict[str, dict[str, Any]] = oracle("partial_overlap")["cases"]
PERMUTED: Any = partial(permutation_test, rng=1, paired=True)
RELIABLE: Any = partial(reliable_change, reliability=0.8)
answers = st.lists(st.integers(1, 7), min_size=2, max_size=12)


def close(found: Difference, expected: dict[str, Any], tolerance: float = 1e-10) -> None:
    assert found.t == pytest.approx(expected["t"], rel=tolerance)
    assert found.df == pytest.approx(expected["df"], rel=tolerance)
    assert found.p == pytest.approx(expected["p"], rel=1e-9)
    assert found.interval is not None
    assert [found.interval.low, found.interval.high] == pytest.approx(expected["ci95"], rel=1e-9, abs=1e-10)


def apart(case: dict[str, Any]) -> tuple[list[float | None], list[float | None]]:
    """The two rows that the library takes, with nobody where somebody is in one group only."""
    one, other = case["unpaired_1"], case["unpaired_2"]
    first = [*case["paired_1"], *one, *[None] * len(other)]
    second = [*case["paired_2"], *[None] * len(one), *other]
    return first, second


@pytest.mark.parametrize("case", CASES)
def test_two_groups_as_r_tests_them(case: dict[str, Any]) -> None:
    expected = case["independent"]
    close(independent(case["x"], case["y"]), expected["welch"])
    close(independent(case["x"], case["y"], equal_variance=True), expected["student"])
    found = independent(Summary.of(case["x"]), Summary.of(case["y"]))
    close(found, expected["welch"])
    for summary, name in ((found.first, "x"), (found.second, "y")):
        interval = summary.interval()
        assert interval is not None
        assert [interval.low, interval.high] == pytest.approx(expected[f"mean_ci95_{name}"], rel=1e-10)


@pytest.mark.parametrize("case", CASES)
def test_pairs_as_r_tests_them(case: dict[str, Any]) -> None:
    expected = case["paired"]
    found = paired(expected["pre"], expected["post"])
    close(found, expected["paired_t_pre_minus_post"])
    assert found.r == pytest.approx(expected["cor"], rel=1e-10)


@pytest.mark.parametrize("name", OVERLAPS)
def test_partly_overlapping_groups_as_their_own_package_tests_them(name: str) -> None:
    case = OVERLAPS[name]
    first, second = apart(case)
    close(partly_overlapping(first, second), case["unequal_variance"])
    close(partly_overlapping(first, second, equal_variance=True), case["equal_variance"])
    for kind in ("equal_variance", "unequal_variance"):
        equal = kind == "equal_variance"
        less = partly_overlapping(first, second, equal_variance=equal, alternative="less").p
        greater = partly_overlapping(first, second, equal_variance=equal, alternative="greater").p
        assert less is not None
        assert greater is not None
        assert less == pytest.approx(case["one_sided"][kind]["less"], rel=1e-9)
        assert less + greater == pytest.approx(1)


@given(answers, answers, st.booleans())
def test_without_overlap_it_is_the_test_of_two_groups(
    one: list[int], other: list[int], equal_variance: bool
) -> None:
    first: list[float | None] = [*one, *[None] * len(other)]
    second: list[float | None] = [*[None] * len(one), *other]
    found = partly_overlapping(first, second, equal_variance=equal_variance)
    expected = independent(one, other, equal_variance=equal_variance)
    assert (found.t, found.df, found.p, found.method) == (
        expected.t,
        expected.df,
        expected.p,
        expected.method,
    )
    assert found.notes == ("no pairs: taken as two groups",)


@given(st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=3, max_size=12))
def test_with_everyone_in_both_it_is_the_paired_test(pairs: list[tuple[int, int]]) -> None:
    first, second = [one for one, _ in pairs], [other for _, other in pairs]
    expected = paired(first, second)
    assume(expected.undefined is None and len(set(first)) > 1 and len(set(second)) > 1)
    found = partly_overlapping(first, second)
    assert found.t == pytest.approx(expected.t, rel=1e-9)
    assert found.df == pytest.approx(expected.df)
    assert found.p == pytest.approx(expected.p, rel=1e-8)


@given(answers, answers)
def test_turned_around_the_sign_turns(one: list[int], other: list[int]) -> None:
    found, turned = independent(one, other), independent(other, one)
    assert found.estimate == -turned.estimate
    assert found.p == turned.p


def test_one_group_without_spread_is_tested_still() -> None:
    case = oracle("ttests_effects")["edges"]["constant_x"]
    close(independent(case["x"], case["y"]), case["welch"])


def test_what_cannot_be_tested_says_why() -> None:
    edges = oracle("ttests_effects")["edges"]
    both = independent(edges["both_constant"]["x"], edges["both_constant"]["y"])
    assert (both.undefined, both.t, both.p, both.interval) == ("no-spread", None, None, None)
    equal = paired(edges["paired_all_equal_difference"]["pre"], edges["paired_all_equal_difference"]["post"])
    assert (equal.undefined, equal.estimate) == ("no-spread", -1.0)
    alone = independent([edges["n1"]["x"]], edges["n1"]["y"])
    assert (alone.undefined, alone.estimate) == ("one-value", 0.0)
    assert paired([1.0], [2.0]).undefined == "one-value"


def test_two_pairs_have_no_correlation() -> None:
    found = partly_overlapping([1, 2, 4, None], [2, 3, None, 5])
    assert (found.r, found.n_pairs) == (None, 2)
    assert found.notes == ("2 pairs: their correlation is taken as 0",)
    one = partly_overlapping([1, 2, 4, None], [2, None, None, 5])
    assert one.notes == ("one pair: taken as two groups",)
    assert one.method == "welch"


def test_pairs_without_spread_are_said_to_have_none() -> None:
    found = partly_overlapping([3, 3, 3, 4, None], [1, 2, 3, None, 5])
    assert found.notes == ("no spread among the pairs: their correlation is taken as 0",)
    assert found.t is not None


def test_who_is_missing_is_counted() -> None:
    found = paired([1, 2, None, 4, math.nan], [2, 4, 3, None, 1])
    assert (found.n_pairs, found.first.n_missing) == (2, 3)
    overlap = partly_overlapping([1, 2, 5, None, None], [2, 4, 3, 3, None])
    assert (overlap.first.n, overlap.second.n, overlap.first.n_missing) == (3, 4, 1)


@pytest.mark.parametrize(
    ("first", "code", "where"),
    [
        ([1, math.inf], "not-a-number", "$.first[1]"),
        (np.array([1.0, math.inf]), "not-a-number", "$.first[1]"),
        ([1, "2"], "not-a-number", "$.first[1]"),
        ([1, True], "not-a-number", "$.first[1]"),
        ([None, None], "missing-field", "$.first"),
        ([], "missing-field", "$.first"),
        ("123", "invalid-value", "$.first"),
        (3, "invalid-value", "$.first"),
        (np.ones((2, 2)), "shape-mismatch", "$.first"),
        (np.array(None), "shape-mismatch", "$.first"),
        ({1, 2}, "invalid-value", "$.first"),
        (pd.DataFrame({"houding": [1, 2]}), "invalid-value", "$.first"),
        ([1, 1e200], "not-a-number", "$.first[1]"),
        (np.array([1, -1e200]), "not-a-number", "$.first[1]"),
        (np.array([1, np.longdouble("1e4000")]), "not-a-number", "$.first[1]"),
    ],
)
def test_what_is_no_group_is_refused(first: Any, code: str, where: str) -> None:
    with pytest.raises(InputError) as caught:
        independent(first, [1, 2, 3])
    assert [(one.code, one.where) for one in caught.value.problems] == [(code, where)]


def test_every_wrong_value_is_told_at_once() -> None:
    wrong: Any = [1, "a", None, math.inf, True]
    with pytest.raises(InputError) as caught:
        Summary.of(wrong)
    assert [one.where for one in caught.value.problems] == ["$[1]", "$[3]", "$[4]"]


@pytest.mark.parametrize("level", [0, 1, 95, math.nan, "0.95"])
def test_a_level_is_a_share(level: Any) -> None:
    with pytest.raises(InputError, match="value-out-of-range"):
        independent([1, 2], [2, 4], level=level)


def test_another_alternative_is_refused() -> None:
    wrong: Any = "more"
    with pytest.raises(InputError, match="unknown-name"):
        independent([1, 2], [2, 4], alternative=wrong)


def test_rows_of_other_lengths_are_refused() -> None:
    for test in (paired, partly_overlapping):
        with pytest.raises(InputError, match="shape-mismatch"):
            test([1, 2, 3], [1, 2])
    with pytest.raises(InputError, match="missing-field"):
        paired([1, None], [None, 2])


@pytest.mark.parametrize(
    ("mean", "sd", "n", "code"),
    [
        (math.nan, 1.0, 3, "not-a-number"),
        (1.0, -0.1, 3, "value-out-of-range"),
        (1.0, None, 3, "missing-field"),
        (1.0, 1.0, 0, "value-out-of-range"),
        (1.0, 1.0, 2.5, "not-a-number"),
        (1.0, "1", 2, "not-a-number"),
        (1e200, 1.0, 2, "not-a-number"),
        (1.0, 1e200, 2, "not-a-number"),
        (1.0, 1.0, 10**400, "value-out-of-range"),
        (1.0, 1.0, True, "not-a-number"),
    ],
)
def test_an_impossible_summary_is_refused(mean: Any, sd: Any, n: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        Summary(mean, sd, n)
    assert [one.code for one in caught.value.problems] == [code]


def test_one_value_has_no_standard_deviation() -> None:
    with pytest.raises(InputError) as refused:
        Summary(3.0, 0.5, 1)
    assert [(one.code, one.where) for one in refused.value.problems] == [("invalid-value", "$.sd")]


def test_a_masked_array_is_refused_as_what_is_masked_would_count_or_break() -> None:
    masked: Any = np.ma.MaskedArray([1.0, 2.0, 99.0], mask=[False, False, True])
    with pytest.raises(InputError) as refused:
        independent(masked, [1, 2, 3])
    assert [(one.code, one.where) for one in refused.value.problems] == [("invalid-value", "$.first")]


def matched_by_place(first: Any, second: Any) -> list[Any]:
    """What each test of pairs makes of two rows."""
    return [
        paired(first, second),
        partly_overlapping(first, second),
        permutation_test(first, second, rng=1, paired=True),
        reliable_change(first, second, reliability=0.8),
    ]


def test_series_of_people_in_another_order_are_refused_where_pairs_are_asked() -> None:
    first: Any = pd.Series([1.0, 2, 4], index=list("abc"))
    turned: Any = pd.Series([5.0, 3, 2], index=list("cba"))
    others: Any = pd.Series([2.0, 3, 5], index=list("abd"))
    for second in (turned, others):
        for test in (paired, partly_overlapping, PERMUTED, RELIABLE):
            with pytest.raises(InputError, match="unlike indexes") as refused:
                test(first, second)
            assert refused.value.code == "shape-mismatch"
    assert independent(first, turned) == independent([1, 2, 4], [5, 3, 2])
    assert permutation_test(first, turned, rng=1) == permutation_test([1, 2, 4], [5, 3, 2], rng=1)
    aligned = first.align(turned)
    assert matched_by_place(*aligned) == matched_by_place([1, 2, 4], [2, 3, 5])
    assert paired(first, turned.to_numpy()) == paired([1, 2, 4], [5, 3, 2])
    numbered: Any = pd.Series([5, 3, 2])
    assert paired(first.reset_index(drop=True), numbered) == paired([1, 2, 4], [5, 3, 2])


@pytest.mark.parametrize("size", [1e-200, 1e-160, 1.0, 1e49])
def test_very_large_and_very_small_numbers_are_tested_without_a_warning(size: float) -> None:
    one, other = [0.0, size, 3 * size], [size, 2 * size, 2 * size]
    found = paired(one, other)
    assert found.r == pytest.approx(0.7559, abs=1e-4)
    for test in (found, independent(one, other), partly_overlapping([*one, None], [*other, size])):
        assert test.p is None or 0 < test.p <= 1
