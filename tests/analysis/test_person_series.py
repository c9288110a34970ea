"""Series of one person: the overlap of phases beside SciPy, its limits, and when there is no evidence yet."""

from __future__ import annotations

import math
import tracemalloc
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from igm.analysis import PhaseComparison, Series, series
from igm.analysis._overlap import above, exact_p, limits, smallest_p, trend
from igm.constructs import LIKERT5
from igm.errors import MASK, InputError

phase = st.lists(st.integers(1, 5).map(float), min_size=1, max_size=6)


def one(first: list[float], second: list[float], **rest: Any) -> PhaseComparison:
    return series([*first, *second], ["A"] * len(first) + ["B"] * len(second), **rest).comparisons[0]


@given(phase, phase)
def test_the_index_counts_all_pairs(first: list[float], second: list[float]) -> None:
    pairs = [(b > a) + 0.5 * (b == a) for a in first for b in second]
    found = one(first, second)
    assert found.nap == pytest.approx(sum(pairs) / len(pairs))
    u = stats.mannwhitneyu(second, first).statistic
    assert found.nap == pytest.approx(float(u) / len(pairs))
    assert found.tau == pytest.approx(2 * (found.nap or 0) - 1)
    back = one(second, first)
    assert back.nap == pytest.approx(1 - (found.nap or 0))
    assert back.p == pytest.approx(found.p)
    lower = one(first, second, better="lower")
    assert lower.nap == pytest.approx(1 - (found.nap or 0))


@given(phase, phase)
def test_the_chance_is_that_of_all_divisions(first: list[float], second: list[float]) -> None:
    values = np.array([*first, *second])
    middle = 0.5
    found = abs(above(np.array(first), np.array(second)) - middle)
    extreme = []
    for chosen in combinations(range(values.size), len(second)):
        other = np.delete(values, chosen)
        extreme.append(abs(above(other, values[list(chosen)]) - middle) >= found - 1e-12)
    assert exact_p(np.array(first), np.array(second)) == pytest.approx(float(np.mean(extreme)))


def test_without_ties_it_is_the_exact_test_of_scipy() -> None:
    rng = np.random.default_rng(3)
    for m, n in ((4, 4), (5, 9), (12, 20)):
        first, second = rng.normal(size=m), rng.normal(0.8, size=n)
        expected = stats.mannwhitneyu(second, first, method="exact").pvalue
        assert exact_p(first, second) == pytest.approx(float(expected), rel=1e-10)


@given(st.integers(1, 12), st.integers(1, 12))
def test_the_smallest_chance_is_reached_without_overlap(m: int, n: int) -> None:
    first, second = np.arange(m, dtype=float), np.arange(m, m + n, dtype=float)
    assert exact_p(first, second) == pytest.approx(smallest_p(m, n))


@given(st.floats(0, 1), st.integers(1, 20), st.integers(1, 20))
def test_limits_hold_the_share_and_mirror(share: float, m: int, n: int) -> None:
    low, high = limits(share, m, n, 0.95)
    assert 0 <= low <= share <= high <= 1
    mirrored = limits(1 - share, n, m, 0.95)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)
    z, h = 1.959963984540054, (m + n) / 2 - 1
    for end in (low, high):
        if 0 < end < 1:
            spread = 1 + h * ((1 - end) / (2 - end) + end / (1 + end))
            assert m * n * (share - end) ** 2 == pytest.approx(z**2 * end * (1 - end) * spread, abs=1e-7)


# the data of Parker and Vannest (2009), and two more; the quartic is Newcombe's fifth method, multiplied out, as the R
# package SingleCaseES has it (read, not run)
NAPS: list[tuple[list[float], list[float], float]] = [
    ([4, 3, 4, 3, 4, 7, 5, 2, 3, 2], [5, 9, 7, 9, 7, 5, 9, 11, 11, 10, 9], 106 / 110),
    ([20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29], 38.5 / 42),
    ([5, 4, 5, 3, 4], [3, 4, 2, 4, 3, 2], 5 / 30),
]


@pytest.mark.parametrize(("first", "second", "share"), NAPS)
def test_the_index_and_its_interval_are_those_of_their_authors(
    first: list[float], second: list[float], share: float
) -> None:
    found = one(first, second)
    assert found.nap is not None
    assert found.interval is not None
    assert found.nap == pytest.approx(share, rel=1e-14)
    m, n, z = len(first), len(second), 1.959963984540054
    h, x = (m + n) / 2 - 1, np.poly1d([1.0, 0.0])
    quartic = m * n * (found.nap - x) ** 2 * (2 - x) * (1 + x)
    quartic -= z**2 * x * (1 - x) * (2 + h + (1 + 2 * h) * x * (1 - x))
    roots: list[complex] = quartic.roots.tolist()
    ends = sorted(root.real for root in roots if abs(root.imag) < 1e-9 and 0 < root.real < 1)
    assert [found.interval.low, found.interval.high] == pytest.approx(ends, abs=1e-9)


def test_too_few_measurements_are_no_evidence_yet() -> None:
    few = one([1, 2, 1], [4, 5, 5])
    assert (few.nap, few.verdict, few.reason, few.smallest_p) == (1.0, "no-evidence", "too-few", 0.1)
    assert "nog geen aanwijzing" in few.text().lower()
    assert "no evidence yet" in few.text("en").lower()
    enough = one([1, 2, 1, 2], [4, 5, 5, 4])
    assert (enough.verdict, enough.reason) == ("improved", None)
    empty = series([1, 2, None, None], ["A", "A", "B", "B"]).comparisons[0]
    assert (empty.nap, empty.p, empty.reason) == (None, None, "no-values")
    assert "no measurements" in empty.text("en")
    assert "één fase" in series([1, 2], ["A", "A"]).text()


def test_what_went_on_already_flatters_and_is_told() -> None:
    rising = one([1, 2, 3, 4], [5, 5, 6, 7])
    assert rising.trend_first == 1
    assert rising.on_its_way
    assert "already" in rising.text("en")
    falling = one([4, 3, 2, 1], [5, 5, 6, 7])
    assert (falling.trend_first, falling.on_its_way) == (-1, False)
    assert trend(np.array([2.0])) is None


def test_each_phase_is_set_beside_the_one_before_it() -> None:
    found = series(
        [1, 2, 1, 2, 5, 4, 5, 4, 2, 1, 1, 2], ["A"] * 4 + ["B"] * 4 + ["A"] * 4, name="sociale_druk"
    )
    assert [(c.first, c.second, c.verdict) for c in found.comparisons] == [
        ("A", "B", "higher"),
        ("B", "A", "lower"),
    ]
    assert len(found) == 12
    shown = series([1, 2, 1, 2], ["A", "A", "B", "B"], name="belastbaarheid")
    assert MASK in str(shown)
    assert MASK in repr(shown)
    assert MASK not in shown.table().text()


def test_not_shown_is_never_no_difference() -> None:
    found = one([1, 2, 3, 4], [2, 3, 1, 4])
    assert found.verdict == "not-shown"
    for text in (found.text("nl"), found.text("en")):
        assert not any(
            word in text.lower() for word in ("geen verschil", "no difference", "no effect", "geen effect")
        )
    whole = series([1, 2, 3, 4, 2, 3, 1, 4], ["A"] * 4 + ["B"] * 4)
    assert "niet waardoor" in whole.text()
    assert isinstance(whole, Series)
    assert whole.to_dict()["comparisons"][0]["verdict"] == "not-shown"


@given(phase, phase)
def test_a_straight_line_through_the_scale_changes_nothing(first: list[float], second: list[float]) -> None:
    assume(len(first) + len(second) > 2)
    plain, other = one(first, second), one([10 * v - 3 for v in first], [10 * v - 3 for v in second])
    assert (plain.nap, plain.p, plain.verdict) == (other.nap, other.p, other.verdict)


def test_what_cannot_be_is_refused_all_at_once() -> None:
    anything: Any = series
    with pytest.raises(InputError) as error:
        anything(
            [1, 9, 3],
            ["A", ""],
            moments=[date(2026, 1, 2), date(2026, 1, 1), "x"],
            better="up",
            alpha=2,
            schaal=LIKERT5,
        )
    assert sorted({problem.code for problem in error.value.problems}) == [
        "invalid-value",
        "missing-field",
        "shape-mismatch",
        "unknown-name",
        "value-out-of-range",
    ]
    for values in ([1, math.inf], [1, "2"]):
        with pytest.raises(InputError, match="not-a-number"):
            anything(values, ["A", "B"])
    with pytest.raises(InputError, match=MASK):
        anything([9], ["A"], name="belastbaarheid", schaal=LIKERT5)
    with pytest.raises(InputError, match="too many"):
        anything([1] * 201, ["A"] * 201)


VALUES, PHASES = [3, 2, 3, 2, 4, 4, 3, 5], ["A"] * 4 + ["B"] * 4


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        *[
            ({"phases": phases}, "$.phases")
            for phases in (None, 5, "AAAABBBB", {"A": 4, "B": 4}, [], PHASES[1:])
        ],
        ({"phases": [["A"], *PHASES[1:]]}, "$.phases[0]"),
        *[({"moments": moments}, "$.moments") for moments in (5, "T0T1T2T3", range(7))],
        *[({"moments": [0, none, *range(2, 8)]}, "$.moments[1]") for none in (None, math.nan)],
        ({"moments": np.array(["2024-01-01", *["NaT"] * 7], dtype="datetime64[D]")}, "$.moments[1]"),
        ({"moments": [0, "1", *range(2, 8)]}, "$.moments[1]"),
        ({"moments": [f"T{i}" for i in (10, 9, 11, 12, 13, 14, 15, 16)]}, "$.moments[1]"),
        *[({"name": name}, "$.name") for name in (7, None, ["kennis"])],
        ({"schaal": 5}, "$.schaal"),
        ({"better": np.array([1, 2])}, "$.better"),
        ({"values": [1e308, *VALUES[1:]]}, "$.values[0]"),
        ({"values": 5}, "$.values"),
        ({"values": [], "phases": []}, "$.values"),
    ],
)
def test_what_is_no_series_is_refused_where_it_stands(wrong: dict[str, Any], where: str) -> None:
    given_: dict[str, Any] = {"values": VALUES, "phases": PHASES} | wrong
    with pytest.raises(InputError) as caught:
        series(given_.pop("values"), given_.pop("phases"), **given_)
    assert where in {problem.where for problem in caught.value.problems}


def test_all_that_is_wrong_with_a_series_is_told_at_once() -> None:
    wrong: Any = {"moments": 5, "name": 7, "schaal": 5, "alpha": 9, "level": 95, "better": "up"}
    with pytest.raises(InputError) as caught:
        series(["x"], 5, **wrong)  # type: ignore[arg-type, list-item]  # wrong on purpose
    assert {problem.where for problem in caught.value.problems} == {
        "$.values[0]",
        "$.phases",
        *(f"$.{name}" for name in wrong if name != "schaal"),  # of what is no value nothing is asked
    }


def test_moments_come_in_any_kind_that_has_an_order() -> None:
    days: Any = np.array([f"2024-01-0{i}" for i in range(1, 9)], dtype="datetime64[ns]")
    assert str(series(VALUES, PHASES, moments=days).to_dict()["moments"][0]).startswith("2024-01-01")
    assert series(VALUES, PHASES, moments=[f"T{i}" for i in range(3, 11)]).moments is not None
    assert series(VALUES, iter(PHASES)).phases == tuple(PHASES)  # type: ignore[arg-type]  # one after the other


def test_the_exact_chance_is_that_of_counting_every_division() -> None:
    rng = np.random.default_rng(4)
    for m, n in [(1, 1), (1, 5), (5, 1), (3, 4), (5, 3)]:
        values = rng.integers(1, 4, m + n).astype(float)
        ranks = stats.rankdata(values)
        middle = n * (m + n + 1) / 2
        found = abs(ranks[m:].sum() - middle)
        far = [abs(sum(one) - middle) >= found - 1e-9 for one in combinations(ranks.tolist(), n)]
        assert exact_p(values[:m], values[m:]) == pytest.approx(sum(far) / len(far))


def test_two_hundred_values_ask_no_more_than_can_be_reached() -> None:
    values = np.random.default_rng(1).normal(size=200)
    first, second = values[:100], values[100:]
    tracemalloc.start()
    found = exact_p(first, second)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == pytest.approx(float(stats.mannwhitneyu(first, second, method="exact").pvalue))
    assert most < 101 * 20_001 * 8  # every size of subset by every sum that the largest of them can have


def test_what_does_something_on_a_screen_is_written_out() -> None:
    assert "\x1b" not in series(VALUES, ["A\x1b[2J"] * 4 + ["B"] * 4, name="x\x1b[2J").text()
