"""Overall, distinctive and normative similarity, by hand, by their identities and at their edges."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.oracle import oracle
from tests.congruence.test_similarity import profiel

from igm.congruence import normative_similarity
from igm.constructs import LIKERT5, LIKERT7, Construct, Missing, Profiel
from igm.errors import InputError

CASES = oracle("profiles")["cases"]
X = np.array([case["x"] for case in CASES])
Y = np.array([case["y"] for case in CASES])
NEAR: Any = {"rel": 1e-10, "abs": 1e-10}
scores = st.integers(0, 60).map(lambda step: 1 + step / 10)


def r(x: Any, y: Any) -> float:
    return float(np.corrcoef(x, y)[0, 1])


@st.composite
def samples(draw: Any, least: int = 1) -> tuple[list[list[float]], list[list[float]]]:
    n, k = draw(st.integers(least, 7)), draw(st.integers(5, 7))
    rows = st.lists(st.lists(scores, min_size=k, max_size=k), min_size=n, max_size=n)
    return draw(rows), draw(rows)


def test_overall_is_that_of_independent_software() -> None:
    found = normative_similarity(X, Y)
    assert found.overall == pytest.approx([case["pearson"] for case in CASES], **NEAR)
    assert found.n == len(CASES)
    assert found.k == 7


@pytest.mark.parametrize("norms", ["leave-one-out", "sample"])
def test_figures_are_the_correlations_that_their_formulas_say(norms: Any) -> None:
    found = normative_similarity(X, Y, norms=norms)
    for i in range(len(X)):
        others = [j for j in range(len(X)) if norms == "sample" or j != i]
        usual_x, usual_y = X[others].mean(axis=0), Y[others].mean(axis=0)
        assert found.distinctive[i] == pytest.approx(r(X[i] - usual_x, Y[i] - usual_y), **NEAR)
        assert found.normativeness_first[i] == pytest.approx(r(X[i], usual_x), **NEAR)
        assert found.normativeness_second[i] == pytest.approx(r(Y[i], usual_y), **NEAR)
    assert found.norms_alike == pytest.approx(r(X.mean(axis=0), Y.mean(axis=0)), **NEAR)
    assert found.norm_first == pytest.approx(X.mean(axis=0), **NEAR)
    assert not any(any(why) for why in found.undefined.values())


def test_three_dyads_by_hand() -> None:
    # norms are 4 3 3 3 2 and 3 3 3 3 3; what is left of the first dyad is 1 0 0 0 -1 and 1 0 0 0 -1
    first = [[5, 3, 3, 3, 1], [3, 3, 3, 3, 3], [4, 3, 3, 3, 2]]
    second = [[4, 3, 3, 3, 2], [2, 3, 3, 3, 4], [3, 3, 3, 3, 3]]
    found = normative_similarity(first, second, norms="sample")
    assert found.distinctive[:2] == pytest.approx([1, 1])
    assert found.undefined["distinctive"] == [None, None, "both-flat"]
    assert found.undefined["overall"] == [None, "flat-profile", "flat-profile"]
    assert found.normativeness_first[0] == pytest.approx(1)
    assert found.undefined["normativeness_second"] == ["flat-profile", "flat-profile", "both-flat"]
    assert found.norms_alike is None


@given(samples(least=2))
def test_leaving_the_dyad_out_of_its_norm_changes_nothing_that_is_distinctive(two: Any) -> None:
    one, other = normative_similarity(*two), normative_similarity(*two, norms="sample")
    assert one.distinctive == pytest.approx(other.distinctive, abs=1e-8, nan_ok=True)
    assert one.undefined["distinctive"] == other.undefined["distinctive"]


@given(samples(least=2), st.floats(-3, 3), st.floats(0.1, 4))
def test_r_minds_neither_height_nor_unit(two: Any, height: float, unit: float) -> None:
    x, y = np.array(two[0]), np.array(two[1])
    one, other = normative_similarity(x, y), normative_similarity(x * unit + height, y)
    for name in ("overall", "distinctive", "normativeness_first", "normativeness_second"):
        if one.undefined[name] == other.undefined[name]:
            assert getattr(other, name) == pytest.approx(getattr(one, name), abs=1e-7, nan_ok=True), name


@given(samples(), st.randoms(use_true_random=False))
def test_the_order_of_dyads_makes_no_difference(two: Any, chance: Any) -> None:
    x, y = np.array(two[0]), np.array(two[1])
    order = list(range(len(x)))
    chance.shuffle(order)
    one, other = normative_similarity(x, y), normative_similarity(x[order], y[order])
    assert one.distinctive[order] == pytest.approx(other.distinctive, abs=1e-8, nan_ok=True)


@given(samples())
def test_every_number_is_a_correlation_or_has_its_reason(two: Any) -> None:
    found = normative_similarity(*two)
    for name, why in found.undefined.items():
        values = getattr(found, name)
        assert [math.isnan(value) for value in values] == [one is not None for one in why], name
        assert ((values >= -1) & (values <= 1) | np.isnan(values)).all()


def test_norms_leave_out_all_dyads_of_the_same_manager() -> None:
    groups = ["a", "a", "b", "c", "c", "c", "d", "d", "e", "e"]
    x = X.copy()
    x[4, 0] = np.nan
    found = normative_similarity(x, Y, groups=groups)
    for i in (0, 2, 3, 9):
        others = [j for j in range(10) if groups[j] != groups[i]]
        usual_x = np.nanmean(x[others], axis=0)
        usual_y = np.nanmean(np.where(np.isnan(x), np.nan, Y)[others], axis=0)
        assert found.distinctive[i] == pytest.approx(r(x[i] - usual_x, Y[i] - usual_y), **NEAR)
        assert found.normativeness_first[i] == pytest.approx(r(x[i], usual_x), **NEAR)
    alone = normative_similarity(x, Y, groups=list(range(10)))
    assert alone.distinctive == pytest.approx(normative_similarity(x, Y).distinctive, **NEAR)
    assert abs(found.distinctive[0] - alone.distinctive[0]) > 1e-3
    one = normative_similarity(X, Y, groups=["a"] * 10)
    assert one.undefined["distinctive"] == ["no-norm"] * 10
    assert one.undefined["overall"] == [None] * 10


def test_figures_cannot_be_changed() -> None:
    found = normative_similarity(X, Y)
    with pytest.raises(ValueError, match="read-only"):
        found.overall[0] = 1


def test_one_dyad_has_no_norm_but_its_own() -> None:
    found = normative_similarity(X[:1], Y[:1])
    assert found.overall[0] == pytest.approx(CASES[0]["pearson"], **NEAR)
    for name in ("distinctive", "normativeness_first", "normativeness_second"):
        assert found.undefined[name] == ["no-norm"], name
    own = normative_similarity(X[:1], Y[:1], norms="sample")
    assert own.undefined["distinctive"] == ["both-flat"]
    assert own.normativeness_first == pytest.approx([1])


def test_two_dyads_have_the_same_distinctive_figure() -> None:
    one, other = normative_similarity(X[:2], Y[:2]).distinctive
    assert one == pytest.approx(other, **NEAR)


@pytest.mark.parametrize("n", range(1, 8))
def test_all_flat_profiles_have_no_figure_at_all(n: int) -> None:
    flat = [[3.3] * 7] * n
    found = normative_similarity(flat, flat, norms="sample")
    assert all(set(why) == {"both-flat"} for why in found.undefined.values())
    assert found.norms_alike is None
    assert found.notes == ("few-dyads",)


def test_profiles_that_differ_in_height_only_leave_nothing_that_is_distinctive() -> None:
    shape = np.array([1.1, 2.3, 1.7, 2.9, 1.3, 0.1, 0.7])
    heights = np.array([0.1, 0.2, 0.7, 1.1])[:, None]
    found = normative_similarity(shape + heights, shape - heights)
    assert found.undefined["distinctive"] == ["both-flat"] * 4
    assert found.overall == pytest.approx([1] * 4)


def test_a_norm_that_is_flat_but_for_rounding_is_flat() -> None:
    x = np.array([[0.1, 0.2, 0.3, 0.1, 0.2], [0.2, 0.3, 0.1, 0.3, 0.1], [0.3, 0.1, 0.2, 0.2, 0.3]])
    assert len(set(x.mean(axis=0).tolist())) > 1
    found = normative_similarity(x, x, norms="sample")
    assert found.undefined["normativeness_first"] == ["flat-profile"] * 3


def test_what_either_lacks_takes_no_part_in_the_dyad_nor_in_norms() -> None:
    x, y = X.copy(), Y.copy()
    x[0, 0] = y[1, 0] = np.nan
    y[2, :3] = np.nan
    found = normative_similarity(x, y)
    assert found.overall[0] == pytest.approx(r(X[0, 1:], Y[0, 1:]), **NEAR)
    usual = X[3:].mean(axis=0)
    assert found.norm_first[0] == pytest.approx(usual[0], **NEAR)
    assert found.undefined["overall"][:4] == [None, None, "few-constructs", None]
    assert found.undefined["distinctive"][2] == "few-constructs"
    assert math.isnan(found.overall[2])


def test_profiles_are_brought_onto_one_metric() -> None:
    first, second = [profiel(row, LIKERT7) for row in X], [profiel(row, LIKERT7) for row in Y]
    found = normative_similarity(first, second)
    assert found.metric == "schaal"
    assert found.constructs is not None
    assert len(found.constructs) == 7
    assert found.distinctive == pytest.approx(normative_similarity(X, Y).distinctive, **NEAR)
    pomp = normative_similarity(first, second, metric="pomp")
    assert pomp.distinctive == pytest.approx(found.distinctive, **NEAR)
    assert pomp.norm_first == pytest.approx((X.mean(axis=0) - 1) / 6 * 100, **NEAR)


def test_social_pressure_without_a_direction_takes_no_part() -> None:
    first, second = [profiel(row, richting=None) for row in X], [profiel(row) for row in Y]
    found = normative_similarity(first, second)
    assert found.constructs is not None
    assert Construct.SOCIALE_DRUK not in found.constructs
    assert found.k == 6


def test_a_profile_with_too_little_is_told_and_the_others_stay() -> None:
    empty = Profiel(gedrag=profiel(X[0]).gedrag, waarden={"houding": Missing.GEWEIGERD})
    found = normative_similarity([profiel(X[0]), empty, profiel(X[1])], [profiel(row) for row in Y[:3]])
    assert found.undefined["overall"] == [None, "few-constructs", None]


@pytest.mark.parametrize(
    ("first", "second", "more", "code"),
    [
        (X[:, :4], Y[:, :4], {}, "too-few-constructs"),
        (X, Y[:5], {}, "shape-mismatch"),
        (X[:0], Y[:0], {}, "missing-field"),
        ([], [], {}, "missing-field"),
        (X, Y, {"norms": "loo"}, "unknown-name"),
        (X, Y, {"norms": "sample", "groups": list("abcdefghij")}, "invalid-value"),
        (X, Y, {"groups": [["a"]] * 10}, "invalid-value"),
        (X, Y, {"groups": [None] * 10}, "missing-field"),
        (X, Y, {"metric": "pomp"}, "invalid-value"),
        (X, Y, {"constructs": ["houding"]}, "invalid-value"),
        ([["a"] * 7], [[1] * 7], {}, "not-a-number"),
        ([[math.inf] * 7], [[1] * 7], {}, "not-a-number"),
        ([profiel(X[0])], [profiel([3] * 7, LIKERT5)], {}, "mixed-scales"),
        (
            [profiel(X[0]), profiel([3] * 7, LIKERT5)],
            [profiel(X[0]), profiel([4] * 7, LIKERT5)],
            {},
            "mixed-scales",
        ),
        ([profiel(X[0]), 3], [profiel(X[0])] * 2, {}, "invalid-value"),
        ([profiel(X[0])], [profiel(X[0])] * 2, {}, "shape-mismatch"),
        ([profiel(X[0])], [profiel(X[1])], {"constructs": ["houding", "kennis"]}, "too-few-constructs"),
    ],
)
def test_what_cannot_be_compared_is_refused(first: Any, second: Any, more: Any, code: str) -> None:
    with pytest.raises(InputError) as error:
        normative_similarity(first, second, **more)
    assert error.value.code == code


def test_every_dyad_that_is_wrong_is_told_with_its_place() -> None:
    with pytest.raises(InputError) as error:
        normative_similarity([3, profiel(X[0]), 4], [profiel(X[0])] * 3)
    assert [one.where for one in error.value.problems] == ["$.dyads[0].first", "$.dyads[2].first"]


def test_printed_figures_of_few_people_are_masked() -> None:
    few, more = normative_similarity(X[:3], Y[:3]), normative_similarity(X, Y)
    assert "0,6" not in str(few)
    assert "•••" in str(few)
    assert "•••" not in str(more)
    assert "•••" not in few.table().text()
    assert "Fisher" in more.table("en").text()


def test_whose_norm_it_is_is_told_with_groups_and_without() -> None:
    draw = np.random.default_rng(1)
    first, second = draw.normal(size=(2, 6, 5))
    assert "Norm: the mean of the others of 6 dyads." in normative_similarity(first, second).table("en").notes
    found = normative_similarity(first, second, groups=list("aabbcc"))
    assert "Norm: the mean of the dyads of other groups, of 6 dyads in 3 groups." in found.table("en").notes
    assert found.to_dict()["n_groups"] == 3
