"""Alpha is that of independent software, and says why where there is none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats
from tests.analysis.oracle import oracle

from igm.errors import InputError
from igm.scoring import cronbach_alpha, feldt, spearman_brown
from igm.scoring._covariance import covariances

EDGES = oracle("alpha_edges")
TOTALS = {
    "random": "total",
    "two_items": "total",
}


@pytest.mark.parametrize("case", TOTALS)
def test_alpha_and_what_stands_beside_it_are_those_of_independent_software(case: str) -> None:
    expected = EDGES[case]["total"]
    found = cronbach_alpha(np.array(EDGES[case]["data"]))
    made = {
        "raw_alpha": found.value,
        "std.alpha": found.standardised,
        "G6(smc)": found.g6,
        "average_r": found.mean_r,
        "ase": found.se,
    }
    assert made == pytest.approx({name: expected[name] for name in made}, abs=1e-12)


def test_item_rest_is_that_of_independent_software() -> None:
    found = cronbach_alpha(EDGES["random"]["data"])
    expected = [row["r.drop"] for row in EDGES["random"]["item_stats"].values()]
    assert [one.item_rest for one in found.items] == pytest.approx(expected, abs=1e-12)


def test_a_constant_item_stays_in_by_the_formula_and_is_noted() -> None:
    case = EDGES["constant_item"]
    found = cronbach_alpha(case["data"])
    assert found.value == pytest.approx(case["alpha_if_constant_kept_by_formula"], abs=1e-12)
    assert found.items[3].item_rest is None
    assert found.items[3].if_dropped == pytest.approx(
        case["total_after_psych_deletion"]["raw_alpha"], abs=1e-12
    )
    assert (found.standardised, found.g6, found.mean_r) == (None, None, None)
    assert ("constant-items", ("4",)) in [(note.code, note.items) for note in found.notes]
    kept = cronbach_alpha(np.array(case["data"])[:, :3])
    assert kept.g6 == pytest.approx(case["total_after_psych_deletion"]["G6(smc)"], abs=1e-12)
    assert kept.se == pytest.approx(case["total_after_psych_deletion"]["ase"], abs=1e-12)


def some_answers(n: int, k: int, seed: int, missing: float = 0.0) -> Any:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 1)) + rng.normal(size=(n, k))
    x[rng.random(x.shape) < missing] = np.nan
    return x


def test_pairwise_covariances_are_those_of_pandas() -> None:
    x = some_answers(40, 5, 1, missing=0.15)
    c = pd.DataFrame(x).cov().to_numpy()
    expected = 5 / 4 * (1 - np.trace(c) / c.sum())
    found = cronbach_alpha(x)
    assert found.value == pytest.approx(expected, abs=1e-12)
    assert "pairwise-interval" in [note.code for note in found.notes]


def test_with_gaps_all_that_stands_beside_alpha_follows_from_the_covariances_by_pairs() -> None:
    # as psych 2.2.9 has it (read, not run): correlations from those covariances, and n of who answered any
    x = some_answers(30, 4, 8, missing=0.1)
    found, n, k = cronbach_alpha(np.vstack([x, [[np.nan] * 4]])), 30, 4
    c = pd.DataFrame(x).cov().to_numpy()
    r = c / np.sqrt(np.outer(np.diag(c), np.diag(c)))
    total, own, power = c.sum(), np.trace(c), c @ c
    q = 2 * k**2 / ((k - 1) ** 2 * total**3)
    q *= total * (np.trace(power) + own**2) - 2 * own * power.sum()
    assert found.n == n
    assert found.se == pytest.approx(np.sqrt(q / n), rel=1e-10)
    assert found.standardised == pytest.approx(k / (k - 1) * (1 - k / r.sum()), rel=1e-10)
    assert found.mean_r == pytest.approx((r.sum() - k) / (k * (k - 1)), rel=1e-10)
    assert found.g6 == pytest.approx(1 - (1 / np.diag(np.linalg.inv(r))).sum() / r.sum(), rel=1e-10)
    rest = np.delete(np.delete(c, 1, 0), 1, 1)
    drop = (c[1].sum() - c[1, 1]) / np.sqrt(c[1, 1] * rest.sum())
    assert found.items[1].item_rest == pytest.approx(drop, rel=1e-10)
    assert found.items[1].if_dropped == pytest.approx(1.5 * (1 - np.trace(rest) / rest.sum()), rel=1e-10)


def test_without_gaps_covariances_are_those_of_numpy() -> None:
    x = 1e6 + some_answers(50, 6, 9)
    assert covariances(x) == pytest.approx(np.cov(x.T), rel=1e-9, abs=1e-9)
    flat = np.column_stack([x[:, 0], np.full(50, 4.1)])
    assert covariances(flat)[1].tolist() == [0.0, 0.0]


def test_what_was_given_stays_as_it_was() -> None:
    x = some_answers(20, 3, 10)
    before = x.copy()
    cronbach_alpha(x)
    assert np.array_equal(x, before)


def test_listwise_counts_only_who_answered_all_in_the_interval_too() -> None:
    x = some_answers(60, 4, 2, missing=0.1)
    complete = x[~np.isnan(x).any(axis=1)]
    found = cronbach_alpha(x, missing="listwise")
    n, c = len(complete), np.cov(complete.T)
    expected = 4 / 3 * (1 - np.trace(c) / c.sum())
    ends = [1 - (1 - expected) * stats.f.ppf(q, n - 1, 3 * (n - 1)) for q in (0.975, 0.025)]
    assert found.n == n < 60
    assert found.value == pytest.approx(expected, abs=1e-12)
    assert found.feldt is not None
    assert [found.feldt.low, found.feldt.high] == pytest.approx(ends, abs=1e-12)


def test_feldt_is_the_formula_for_both_tails() -> None:
    found = feldt(0.7, 5, 23, level=0.9)
    assert found.low == pytest.approx(1 - 0.3 * stats.f.ppf(0.95, 22, 88), abs=1e-13)
    assert found.high == pytest.approx(1 - 0.3 * stats.f.ppf(0.05, 22, 88), abs=1e-13)


def test_negative_alpha_is_told_and_not_cut_off() -> None:
    found = cronbach_alpha([[1, 5], [2, 4], [3, 2]])
    assert found.value == pytest.approx(-18)
    assert found.notes[0].code == "negative-alpha"
    assert found.feldt is not None
    assert found.feldt.low < -18 < found.feldt.high


@pytest.mark.parametrize(
    ("x", "code"),
    [
        ([[1], [2], [3]], "one-item"),
        ([[1, 2, 3]], "few-people"),
        ([[None, None], [float("nan"), None]], "no-answers"),
        (np.empty((0, 3)), "no-answers"),
        ([[3, 3], [3, 3]], "no-spread"),
        ([[1, 5], [2, 4], [3, 3]], "no-spread"),
        ([[1, None], [None, 2], [2, None], [None, 1]], "pairs-missing"),
    ],
)
def test_without_alpha_the_first_note_says_why(x: Any, code: str) -> None:
    found = cronbach_alpha(x)
    assert found.value is None
    assert found.feldt is None
    assert found.notes[0].code == code
    assert found.notes[0].text("nl") != found.notes[0].text("en")


def test_pairs_that_contradict_one_another_can_give_more_than_one_which_is_told_without_an_interval() -> None:
    nan = float("nan")
    x = np.array([[4.0, nan, nan], [nan, 3, nan], [2, 2, 4], [nan, nan, nan], [5, 4, 5]])
    found = cronbach_alpha(x)
    c = pd.DataFrame(x).cov().to_numpy()
    assert found.value == pytest.approx(1.5 * (1 - np.trace(c) / c.sum()))
    assert found.value is not None
    assert found.value > 1
    assert found.feldt is None
    assert found.notes[0].code == "above-one"


def test_items_that_are_the_same_have_an_alpha_of_one() -> None:
    x = some_answers(7, 1, 6)
    found = cronbach_alpha(np.hstack([x, x, x]))
    assert found.value == 1.0
    assert found.feldt is not None
    assert (found.feldt.low, found.feldt.high) == (1.0, 1.0)


def test_an_item_that_follows_from_the_others_leaves_no_g6() -> None:
    x = some_answers(20, 3, 3)
    found = cronbach_alpha(np.column_stack([x, x[:, 0] + x[:, 1]]))
    assert found.value is not None
    assert found.g6 is None
    assert "no-inverse" in [note.code for note in found.notes]


def test_frames_in_memory_name_their_items() -> None:
    x = some_answers(10, 2, 4)
    columns = {"q1": x[:, 0].tolist(), "q2": x[:, 1].tolist()}
    for frame in (pd.DataFrame(columns), pl.DataFrame(columns), pl.DataFrame(columns).to_arrow()):
        found = cronbach_alpha(frame)
        assert [one.item for one in found.items] == ["q1", "q2"]
        assert found.value == cronbach_alpha(x).value


@pytest.mark.parametrize(
    ("x", "codes"),
    [
        ([[1, 2], [float("inf"), "a"]], ["not-a-number", "not-a-number"]),
        ([[1, 2], [True, 3]], ["not-a-number"]),
        (np.array([[1, np.inf]]), ["not-a-number"]),
        ([[1, 2], [1]], ["shape-mismatch"]),
        ([1, 2], ["invalid-value", "invalid-value"]),
        (np.zeros(3), ["shape-mismatch"]),
        ("12", ["shape-mismatch"]),
        ({"a": [1, 2]}, ["shape-mismatch"]),
        (np.ma.masked_array([[1, 2]]), ["invalid-value"]),
        (pd.DataFrame({"a": ["x"], "b": [1]}), ["not-a-number"]),
        (pl.LazyFrame({"a": [1]}), ["invalid-value"]),
    ],
)
def test_what_is_no_table_of_numbers_is_refused(x: Any, codes: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        cronbach_alpha(x)
    assert [problem.code for problem in caught.value.problems] == codes


@pytest.mark.parametrize(
    "options", [{"missing": "median"}, {"level": 95}, {"level": float("nan")}, {"level": True}]
)
def test_options_are_checked(options: Any) -> None:
    with pytest.raises(InputError):
        cronbach_alpha([[1, 2], [2, 3]], **options)


@pytest.mark.parametrize("given", [(1.1, 3, 20), (0.8, 1, 20), (0.8, 3, 1), ("x", 3, 20), (0.8, 3, True)])
def test_feldt_refuses_what_has_no_interval(given: Any) -> None:
    with pytest.raises(InputError):
        feldt(*given)


tables = hnp.arrays(np.int64, st.tuples(st.integers(3, 12), st.integers(2, 5)), elements=st.integers(1, 7))


@given(tables)
def test_the_order_of_items_and_people_and_what_is_added_to_all_make_no_difference(x: Any) -> None:
    found, other = cronbach_alpha(x), cronbach_alpha(x[::-1, ::-1] + 100)
    assert (found.value is None) == (other.value is None)
    if found.value is not None:
        assert other.value == pytest.approx(found.value, rel=1e-9, abs=1e-9)
        assert [one.item_rest for one in other.items][::-1] == pytest.approx(
            [one.item_rest for one in found.items], abs=1e-9
        )


@given(tables)
def test_without_gaps_both_ways_with_missing_give_the_same(x: Any) -> None:
    one, other = cronbach_alpha(x), cronbach_alpha(x, missing="listwise")
    assert (one.value, one.feldt, one.items) == (other.value, other.feldt, other.items)


@given(tables)
def test_two_items_have_spearman_brown_as_standardised_alpha(x: Any) -> None:
    found = cronbach_alpha(x[:, :2])
    if found.standardised is not None and found.mean_r is not None:
        assert found.standardised == pytest.approx(spearman_brown(found.mean_r), abs=1e-9)
        assert found.items[0].item_rest == pytest.approx(found.mean_r, abs=1e-9)


@given(tables)
def test_alpha_lies_in_its_interval_and_never_above_one(x: Any) -> None:
    found = cronbach_alpha(x)
    if found.value is not None and found.feldt is not None:
        assert found.value <= 1 + 1e-12
        assert found.feldt.low <= found.value <= found.feldt.high
