"""Exchanging partners, against exchanges that are written out, and with managers respected."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.congruence.test_normative import X, Y
from tests.congruence.test_similarity import profiel

from igm.congruence import measure, partner_permutation
from igm.congruence.metrics import OWN
from igm.errors import InputError, UnknownNameError

MANAGERS = np.array([[4, 5, 3, 2, 4], [3, 5, 2, 2, 5], [5, 1, 4, 1, 2], [2, 2, 5, 3, 4]], dtype=float)
SIZES = [1, 2, 3, 2]
GROUPS = [name for name, size in zip("abcd", SIZES, strict=True) for _ in range(size)]
FIRST = np.repeat(MANAGERS, SIZES, axis=0)
SECOND = np.array(
    [
        [4, 5, 3, 3, 4], [3, 4, 2, 2, 5], [3, 5, 1, 2, 4], [4, 1, 4, 1, 2],
        [5, 2, 4, 2, 2], [4, 1, 5, 1, 3], [2, 1, 5, 3, 4], [2, 2, 4, 3, 5],
    ],
    dtype=float,
)  # fmt: skip


def mean_of(name: str, x: Any, y: Any, center: Any = np.nanmean) -> float:
    return float(center(measure(name).many(np.asarray(x), np.asarray(y))))


def chance(own: float, values: list[float], than: str) -> float:
    low = float(np.mean([value <= own + 1e-12 for value in values]))
    high = float(np.mean([value >= own - 1e-12 for value in values]))
    return {"less": low, "greater": high, "two-sided": min(1.0, 2 * min(low, high))}[than]


@pytest.mark.parametrize("than", ["two-sided", "greater", "less"])
@pytest.mark.parametrize("name", list(OWN))
def test_all_exchanges_are_counted_when_they_are_few(name: str, than: Any) -> None:
    x, y = X[:5], Y[:5]
    found = partner_permutation(x, y, rng=1, measure=name, than=than)
    values = [mean_of(name, x[list(order)], y) for order in itertools.permutations(range(5))]
    assert found.exact
    assert found.n_arrangements == found.n_used == 120
    assert found.estimate == pytest.approx(mean_of(name, x, y))
    if found.undefined is None:
        assert found.expected == pytest.approx(np.mean(values))
        assert found.p == pytest.approx(chance(mean_of(name, x, y), values, than))
    else:  # the mean difference is the same whoever is set beside whom
        assert name in ("elevation", "scatter")
        assert np.ptp(values) == pytest.approx(0)


def test_a_median_is_that_of_the_exchanged_dyads() -> None:
    x, y = X[:5], Y[:5]
    found = partner_permutation(x, y, rng=1, center="median")
    values = [mean_of("shape", x[list(order)], y, np.median) for order in itertools.permutations(range(5))]
    assert found.expected == pytest.approx(np.mean(values))
    assert found.p == pytest.approx(chance(mean_of("shape", x, y, np.median), values, "two-sided"))


def test_whole_managers_are_exchanged_whatever_the_size_of_their_groups() -> None:
    found = partner_permutation(FIRST, SECOND, rng=1, groups=GROUPS, than="greater")
    values = [
        mean_of("shape", np.repeat(MANAGERS[list(order)], SIZES, axis=0), SECOND)
        for order in itertools.permutations(range(4))
    ]
    assert (found.exchange, found.n_arrangements, found.n_groups, found.n_exchanged) == ("between", 24, 4, 8)
    assert found.expected == pytest.approx(np.mean(values))
    assert found.p == pytest.approx(1 / 24) == pytest.approx(chance(values[0], values, "greater"))
    assert found.notes == ("few-groups-exchanged",)


def test_it_makes_no_difference_which_side_is_shared() -> None:
    for name in ("shape", "elevation", "ccc"):
        one = partner_permutation(FIRST, SECOND, rng=1, groups=GROUPS, measure=name)
        other = partner_permutation(SECOND, FIRST, rng=1, groups=GROUPS, measure=name)
        assert one.p == other.p
        assert one.estimate is not None
        assert other.estimate == pytest.approx(-one.estimate if name == "elevation" else one.estimate)


def test_groups_of_one_size_exchange_all_of_theirs() -> None:
    x, y = X[:6], Y[:6]
    found = partner_permutation(x, y, rng=1, groups=list("aabbcc"))
    values = [
        mean_of("shape", x[[row for group in order for row in (2 * group, 2 * group + 1)]], y)
        for order in itertools.permutations(range(3))
    ]
    assert found.n_arrangements == 6
    assert found.expected == pytest.approx(np.mean(values))
    assert found.p == pytest.approx(chance(values[0], values, "two-sided"))
    assert "few-arrangements" in found.notes


def test_a_group_of_a_size_of_its_own_stays() -> None:
    found = partner_permutation(X[:7], Y[:7], rng=1, groups=list("aabbccc"))
    assert (found.n_arrangements, found.n_exchanged) == (2, 4)
    assert "some-stay" in found.notes
    assert "3 had nobody to exchange with" in found.table("en").text()
    nobody = partner_permutation(X[:3], Y[:3], rng=1, groups=list("abb"))
    assert nobody.undefined == "no-exchange"


def test_within_groups_partners_stay_with_their_manager() -> None:
    x, y = X[:5], Y[:5]
    found = partner_permutation(x, y, rng=1, groups=list("ababc"), exchange="within")
    values = [
        mean_of("shape", x[order], y)
        for order in ([0, 1, 2, 3, 4], [2, 1, 0, 3, 4], [0, 3, 2, 1, 4], [2, 3, 0, 1, 4])
    ]
    assert (found.n_arrangements, found.n_exchanged) == (4, 4)
    assert found.expected == pytest.approx(np.mean(values))
    assert found.p == pytest.approx(chance(values[0], values, "two-sided"))


def test_within_a_group_with_one_manager_there_is_nothing_to_tell() -> None:
    found = partner_permutation(FIRST, SECOND, rng=1, groups=GROUPS, exchange="within")
    assert (found.undefined, found.p) == ("no-spread", None)


def test_all_of_one_manager_give_no_test() -> None:
    found = partner_permutation(X, Y, rng=1, groups=["a"] * len(X))
    assert (found.undefined, found.p, found.n_used) == ("no-exchange", None, 0)
    one = partner_permutation(X[:1], Y[:1], rng=1)
    assert one.undefined == "no-exchange"


@pytest.mark.parametrize("how", ["all", "within", "between"])
def test_drawn_exchanges_come_to_the_counted_ones(how: Any) -> None:
    groups = list("aaabbbcccc"[: len(X)]) if how == "within" else list("abcdefghij")
    found = partner_permutation(X, Y, rng=3, groups=groups, exchange=how, n_resamples=800)
    again = partner_permutation(X, Y, rng=3, groups=groups, exchange=how, n_resamples=800)
    assert found == again
    assert found.exact is (how == "within" and (found.n_arrangements or 0) <= 800)
    matrix = np.array([[mean_of("shape", X[[i]], Y[[j]]) for j in range(10)] for i in range(10)])
    same = np.array(groups)[:, None] == np.array(groups)[None, :]
    expected = (
        np.mean([matrix[same[:, j], j].mean() for j in range(10)]) if how == "within" else matrix.mean()
    )
    assert found.expected == pytest.approx(expected, abs=0.02)
    assert found.p is not None
    assert found.p >= 1 / 801


def test_rows_stay_in_their_block() -> None:
    groups = ["a", "b"] * 5
    seen = partner_permutation(
        np.where(np.array(groups)[:, None] == "a", X, X + 100),
        Y,
        rng=1,
        groups=groups,
        exchange="within",
        measure="elevation",
        n_resamples=200,
    )
    assert seen.undefined == "no-spread"  # a mean difference would change if anybody crossed over


@settings(max_examples=30)
@given(st.integers(0, 1000), st.integers(2, 6))
def test_the_order_of_dyads_makes_no_difference(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    x, y, groups = rng.normal(size=(n, 5)), rng.normal(size=(n, 5)), rng.integers(0, 3, size=n)
    order = rng.permutation(n)
    one = partner_permutation(x, y, rng=1, groups=groups)
    other = partner_permutation(x[order], y[order], rng=1, groups=groups[order])
    assert one.n_arrangements == other.n_arrangements
    assert one.n_exchanged == other.n_exchanged


def test_partners_who_are_alike_by_chance_only_get_any_p() -> None:
    rng = np.random.default_rng(7)
    found: list[float] = []
    for _ in range(60):
        x, y = rng.normal(size=(5, 5)), rng.normal(size=(5, 5))
        p = partner_permutation(x, y, rng=1, than="greater").p
        assert p is not None
        found.append(p)
    assert np.mean(found) == pytest.approx(0.5, abs=0.12)


def test_flat_and_missing_profiles() -> None:
    x, y = X[:5].copy(), Y[:5].copy()
    x[0], y[1, 0] = 3.3, np.nan
    found = partner_permutation(x, y, rng=1)
    assert found.n_undefined == 1
    assert found.p is not None
    x[:] = 3.3
    assert partner_permutation(x, y, rng=1).undefined == "no-figure"


def test_a_manager_whose_professional_lacks_something_keeps_the_rest() -> None:
    second = SECOND.copy()
    second[1, 0] = np.nan
    found = partner_permutation(FIRST, second, rng=1, groups=GROUPS, measure="d2")
    assert found.n_arrangements == 24
    values = [
        mean_of("d2", np.repeat(MANAGERS[list(order)], SIZES, axis=0), second)
        for order in itertools.permutations(range(4))
    ]
    assert found.expected == pytest.approx(np.mean(values))


def test_profiles_and_numbers_give_the_same() -> None:
    one = partner_permutation([profiel(row) for row in X[:5]], [profiel(row) for row in Y[:5]], rng=1)
    assert one.p == partner_permutation(X[:5], Y[:5], rng=1).p


def test_progress_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[int, int]] = []
    monkeypatch.setattr("igm.congruence.partners.AT_ONCE", 200)
    partner_permutation(X[:5], Y[:5], rng=1, voortgang=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("more", "code", "where"),
    [
        ({"exchange": "both"}, "unknown-name", "$.exchange"),
        ({"exchange": "within"}, "missing-field", "$.groups"),
        ({"exchange": "between"}, "missing-field", "$.groups"),
        ({"than": "more"}, "unknown-name", "$.than"),
        ({"center": "mode"}, "unknown-name", "$.center"),
        ({"rng": None}, "invalid-value", "$.rng"),
        ({"n_resamples": 9}, "value-out-of-range", "$.n_resamples"),
        ({"groups": ["a"]}, "shape-mismatch", "$.groups"),
        ({"voortgang": "ja"}, "invalid-value", "$.voortgang"),
    ],
)
def test_what_cannot_be_used_is_refused(more: Any, code: str, where: str) -> None:
    with pytest.raises(InputError) as error:
        partner_permutation(X, Y, **{"rng": 1, **more})
    assert (error.value.code, error.value.problems[0].where) == (code, where)


def test_too_many_dyads_are_refused_before_anything_is_computed() -> None:
    many = np.zeros((5001, 5))
    with pytest.raises(InputError, match="Draw 5000 dyads"):
        partner_permutation(many, many, rng=1)
    with pytest.raises(UnknownNameError):
        partner_permutation(X, Y, rng=1, measure="shap")


def test_what_is_told_in_words() -> None:
    found = partner_permutation(FIRST, SECOND, rng=1, groups=GROUPS)
    assert "All 24 exchanges were counted" in found.table("en").text()
    assert "Fewer than 10 groups" in found.table("en").text()
    assert "Without groups" in partner_permutation(X, Y, rng=1).table("en").text()
    assert "•••" in str(partner_permutation(X[:4], Y[:4], rng=1))
    assert "•••" not in str(found)


def test_a_profile_that_is_there_twice_without_groups_is_told() -> None:
    managers = [[4, 5, 3, 2, 4], [3, 5, 2, 2, 5], [5, 1, 4, 1, 2]]
    first = [profile for profile in managers for _ in range(2)]
    second = [
        [4, 5, 3, 3, 4],
        [4, 4, 3, 2, 5],
        [3, 4, 2, 2, 5],
        [3, 5, 1, 2, 4],
        [4, 1, 4, 1, 2],
        [5, 2, 4, 2, 2],
    ]
    found = partner_permutation(first, second, rng=1)
    assert "repeated" in found.notes
    assert (
        "6 dyads share a profile with another dyad. If that is one person, give groups=."
        in found.table("en").notes
    )
    assert "repeated" not in partner_permutation(first, second, groups=list("aabbcc"), rng=1).notes
    assert "repeated" not in partner_permutation(managers, second[:3], rng=1).notes


def test_the_smallest_p_that_can_be_is_told_as_it_is() -> None:
    managers = [[4, 5, 3, 2, 4], [3, 5, 2, 2, 5], [5, 1, 4, 1, 2]]
    second = [[4, 5, 3, 3, 4], [3, 4, 2, 2, 5], [4, 1, 4, 1, 2]]
    for than, least in (("greater", "0.167"), ("two-sided", "0.333")):
        notes = partner_permutation(managers, second, than=than, rng=1).table("en").notes  # type: ignore[arg-type]
        assert f"With so few exchanges p cannot come below {least}." in notes
