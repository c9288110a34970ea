"""Standardised differences, beside R, and the noncentral t distribution, beside SciPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats
from tests.analysis.oracle import oracle

from igm.analysis._noncentral import cdf, limits
from igm.analysis.adjust import adjusted
from igm.analysis.effects import (
    Effect,
    cohens_d,
    detectable,
    glass_delta,
    hedges_g,
    hedges_j,
    paired_effects,
)
from igm.analysis.proportions import proportion_interval
from igm.analysis.samples import Summary
from igm.errors import InputError

CASES: list[dict[str, Any]] = oracle("ttests_effects")["cases"]


def close(
    found: Effect, expected: dict[str, Any], pivot: str = "ci95_pivot", tolerance: float = 1e-8
) -> None:
    assert found.estimate == pytest.approx(expected["est"], rel=1e-10)
    assert found.interval is not None
    assert [found.interval.low, found.interval.high] == pytest.approx(expected[pivot], abs=tolerance)


@pytest.mark.parametrize("case", CASES)
def test_effects_of_two_groups_as_r_has_them(case: dict[str, Any]) -> None:
    x, y, expected = case["x"], case["y"], case["independent"]
    close(cohens_d(x, y), expected["cohens_d_pooled"])
    close(hedges_g(x, y), expected["hedges_g_pooled"])
    close(cohens_d(x, y, equal_variance=False), expected["cohens_d_av_unpooled"])
    close(hedges_g(x, y, equal_variance=False), expected["hedges_g_av_unpooled"])
    close(glass_delta(x, y), expected["glass_delta_sd_of_y"], "ci95", 1e-6)


@pytest.mark.parametrize("case", CASES)
def test_effects_of_pairs_as_r_has_them(case: dict[str, Any]) -> None:
    expected = case["paired"]
    found = paired_effects(expected["pre"], expected["post"])
    close(found.d_z, expected["cohens_d_z"])
    close(found.g_z, expected["hedges_g_z"])
    assert found.d_av.estimate == pytest.approx(expected["d_av_by_hand"], rel=1e-10)
    assert found.d_rm.estimate == pytest.approx(expected["d_rm_by_hand"], rel=1e-10)


def test_the_correction_is_exact() -> None:
    expected = oracle("ttests_effects")["hedges_J"]
    found = [hedges_j(df) for df in expected["df"]]
    assert found == pytest.approx(expected["exact"], rel=1e-12)
    for wrong in (1, 0, float("nan")):
        with pytest.raises(InputError, match="value-out-of-range"):
            hedges_j(wrong)


@given(st.floats(-4, 4), st.floats(1, 200), st.floats(-3, 3))
def test_the_distribution_is_that_of_scipy(t: float, df: float, shift: float) -> None:
    expected = stats.nct.cdf(t, df, shift) if shift else special.stdtr(df, t)
    assert cdf(t, df, shift) == pytest.approx(float(expected), abs=1e-9)


@given(st.floats(-40, 40), st.floats(1, 500), st.floats(-8, 8))
def test_the_distribution_is_that_of_a_far_finer_sum(t: float, df: float, aside: float) -> None:
    logs = np.linspace(-45 / df - 0.5, min(4.0, 9 / np.sqrt(df)), 40_001)
    weights = np.exp(df * logs - df / 2 * np.expm1(2 * logs))
    expected = np.dot(special.ndtr(t * np.exp(logs) - (t + aside)), weights) / weights.sum()
    assert cdf(t, df, t + aside) == pytest.approx(float(expected), abs=1e-12)


@given(st.floats(-15, 15), st.floats(2, 300))
def test_limits_put_t_at_the_ends(t: float, df: float) -> None:
    low, high = limits(t, df, 0.95)
    assert low < high
    assert cdf(t, df, low) == pytest.approx(0.975, abs=1e-9)
    assert cdf(t, df, high) == pytest.approx(0.025, abs=1e-9)


def test_where_scipy_gives_nan_there_is_a_number() -> None:
    assert 0 < cdf(-6, 5, 9) < 1e-20
    low, high = limits(12, 5, 0.95)
    assert 0 < low < 12 < high


@pytest.mark.parametrize(
    ("people", "expected"),
    [((37, 29), 0.71), ((16, 12), 1.11), ((39, 44), 0.62), ((43, 22), 0.75), ((7, 7), 1.63)],
)
def test_what_can_be_found_at_all(people: tuple[int, int], expected: float) -> None:
    assert round(detectable(*people), 2) == expected


def test_more_people_find_less_and_wrong_numbers_are_refused() -> None:
    assert detectable(50) < detectable(7)
    assert 0 < detectable(10**10, 10**10) < 1e-4
    assert detectable(50, alpha=1e-20) > detectable(50, alpha=1e-10) > detectable(50)
    with pytest.raises(InputError) as refused:
        detectable(10**400, 7, power=2)
    assert [one.where for one in refused.value.problems] == ["$.n_first", "$.power"]
    for arguments in ({"n_first": 1}, {"n_first": 7, "power": 1.0}, {"n_first": 7, "alpha": 0.9}):
        wrong: Any = arguments
        with pytest.raises(InputError, match="value-out-of-range"):
            detectable(**wrong)


def test_without_spread_there_is_no_effect_and_no_zero() -> None:
    assert hedges_g([4, 4, 4], [4, 4]).estimate is None
    assert glass_delta([1, 2, 3], [4, 4]).estimate is None
    assert glass_delta(Summary(3, 1, 9), Summary(2, 1e-200, 9)).estimate is None
    assert hedges_g([3.0], [4, 5]).estimate is None
    found = paired_effects([1, 2, 3], [2, 3, 4])
    assert [one.estimate for one in (found.d_z, found.g_z, found.d_av, found.d_rm)] == [
        None,
        None,
        -1.0,
        None,
    ]
    assert hedges_g(Summary(3, 1, 2), Summary(2, 1, 2)).estimate is not None


def test_adjusted_as_r_adjusts() -> None:
    expected = oracle("ttests_effects")["p_adjust"]
    assert adjusted(expected["p"]) == pytest.approx(expected["holm"])
    assert adjusted(expected["p"], "bh") == pytest.approx(expected["BH"])
    some = expected["with_missing"]
    for method, key in (("holm", "holm"), ("bh", "BH")):
        wanted: Any = method
        found = adjusted(some["p"], wanted)
        assert [one is None for one in found] == [one is None for one in some[key]]
        assert [one for one in found if one is not None] == pytest.approx(
            [one for one in some[key] if one is not None]
        )
    assert adjusted([float("nan"), 0.5]) == [None, 0.5]
    nothing: Any = [pd.NA, 0.5, np.float32("nan")]
    assert adjusted(nothing) == [None, 0.5, None]
    assert adjusted([0.2, None], "none") == [0.2, None]
    assert adjusted([]) == []


def test_what_is_no_chance_is_refused_all_at_once() -> None:
    wrong: Any = [0.1, 1.2, -0.1, "0.5", True]
    with pytest.raises(InputError) as caught:
        adjusted(wrong)
    assert [one.where[-3:] for one in caught.value.problems] == ["[1]", "[2]", "[3]", "[4]"]
    method: Any = "bonferoni"
    with pytest.raises(InputError, match="unknown-name"):
        adjusted([0.1], method)
    for other in ("0.1", {0.1, 0.2}, {"a": 0.1}, None, np.array(0.1)):
        no_list: Any = other
        with pytest.raises(InputError, match="invalid-value"):
            adjusted(no_list)


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_is_never_below_what_was_given_nor_bh_above_holm(p: list[float]) -> None:
    for one, holm, bh in zip(p, adjusted(p), adjusted(p, "bh"), strict=True):
        assert holm is not None
        assert bh is not None
        assert one <= bh <= holm + 1e-15


def test_shares_as_r_has_them() -> None:
    for case in oracle("ttests_effects")["proportion_ci"]:
        for method, key in (("wilson", "wilson95"), ("clopper-pearson", "clopper_pearson95")):
            wanted: Any = method
            found = proportion_interval(case["x"], case["n"], method=wanted)
            assert [found.low, found.high] == pytest.approx(case[key], rel=1e-10, abs=1e-14)


@pytest.mark.parametrize(
    ("count", "n", "code"),
    [
        (8, 7, "value-out-of-range"),
        (-1, 7, "value-out-of-range"),
        (0, 0, "value-out-of-range"),
        (1.5, 7, "not-a-number"),
        (3, 10**400, "value-out-of-range"),
        (10**400, 10**400, "value-out-of-range"),
    ],
)
def test_impossible_shares_are_refused(count: Any, n: Any, code: str) -> None:
    with pytest.raises(InputError, match=code):
        proportion_interval(count, n)


def test_the_correction_stays_exact_for_many_people() -> None:
    # beside Γ(x + 1/2)/Γ(x) of SciPy, which does not subtract two large logarithms
    for df in (999.0, 1001.0, 1e4, 1e7, 1e12):
        expected = float(special.poch((df - 1) / 2, 0.5)) / (df / 2) ** 0.5
        assert hedges_j(df) == pytest.approx(expected, rel=3e-12)
    assert hedges_j(1e300) == 1.0


def test_numbers_of_numpy_count_people() -> None:
    seven: Any = np.int64(7)
    three: Any = np.int64(3)
    assert detectable(seven, seven) == detectable(7, 7)
    assert proportion_interval(three, seven) == proportion_interval(3, 7)
