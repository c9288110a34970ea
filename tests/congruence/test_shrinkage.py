"""Means of groups drawn together, by the formula and by what must hold of any."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from igm.congruence import shrunken_means
from igm.errors import InputError
from igm.scoring import icc_groups

VALUES = [0.7, 0.6, 0.8, 0.2, 0.3, 0.5]
GROUPS = ["a", "a", "a", "b", "b", "c"]
rows = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 4)), min_size=1, max_size=30)


def test_three_groups_by_hand() -> None:
    # means .7 .25 .5; within: .02 + .005 over 3 degrees of freedom; between 3(.7 - m)^2 + 2(.25 - m)^2 + (.5 - m)^2
    mean = 3.1 / 6
    between = (3 * (0.7 - mean) ** 2 + 2 * (0.25 - mean) ** 2 + (0.5 - mean) ** 2) / 2
    sigma2, g0 = 0.025 / 3, (6 - 14 / 6) / 2
    tau2 = (between - sigma2) / g0
    found = shrunken_means(VALUES, GROUPS)
    assert found.sigma2 == pytest.approx(sigma2)
    assert found.tau2 == found.tau2_raw == pytest.approx(tau2)
    weights = [tau2 / (tau2 + sigma2 / n) for n in (3, 2, 1)]
    trust = [1 / (tau2 + sigma2 / n) for n in (3, 2, 1)]
    grand = np.average([0.7, 0.25, 0.5], weights=trust)
    assert found.grand_mean == pytest.approx(grand)
    for one, weight, own in zip(found, weights, (0.7, 0.25, 0.5), strict=True):
        assert one.mean == pytest.approx(own)
        assert one.weight == pytest.approx(weight)
        assert one.shrunk == pytest.approx(weight * own + (1 - weight) * grand)
    assert found.notes == ("few-shrunk",)


def test_the_share_between_groups_is_icc1() -> None:
    found = shrunken_means(VALUES, GROUPS)
    assert found.tau2 is not None
    assert found.sigma2 is not None
    assert found.tau2 / (found.tau2 + found.sigma2) == pytest.approx(icc_groups(VALUES, GROUPS).icc1_g0)


def test_a_variance_below_zero_is_told_and_draws_all_to_one_mean() -> None:
    found = shrunken_means([1, 3, 5, 2, 2, 2], ["a", "a", "a", "b", "b", "b"])
    assert found.tau2_raw is not None
    assert found.tau2_raw < 0 == found.tau2
    assert "negative-tau2" in found.notes
    assert {one.weight for one in found} == {0.0}
    assert [one.shrunk for one in found] == pytest.approx([2.5, 2.5])
    assert [one.mean for one in found] == [3, 2]


def test_nothing_that_varies_within_groups_leaves_means_as_they_are() -> None:
    found = shrunken_means([1, 1, 3, 3], ["a", "a", "b", "b"])
    assert [one.shrunk for one in found] == [1, 3]
    same = shrunken_means([2, 2, 2, 2], ["a", "a", "b", "b"])
    assert same.undefined == "no-spread"
    with pytest.raises(InputError, match="too small to compute with"):
        shrunken_means([1e-200, 1e-200, 2e-200, 2e-200], ["a", "a", "b", "b"])
    assert [one.mean for one in same] == [2, 2]


def test_no_shrinkage_has_its_reason() -> None:
    assert shrunken_means(VALUES, ["a"] * 6).undefined == "one-group"
    assert shrunken_means(VALUES, list("abcdef")).undefined == "no-within"
    assert shrunken_means([None, None], ["a", "b"]).undefined == "no-values"
    for found in (shrunken_means(VALUES, ["a"] * 6), shrunken_means(VALUES, list("abcdef"))):
        assert all(one.shrunk is None and one.mean is not None for one in found)
        assert found.notes == ()


def test_a_group_without_values_has_no_mean() -> None:
    found = shrunken_means([*VALUES, None], [*GROUPS, "d"])
    assert (found.groups[3].n, found.groups[3].mean, found.groups[3].shrunk) == (0, None, None)
    assert found.n_missing == 1
    assert [one.shrunk for one in found][:3] == [one.shrunk for one in shrunken_means(VALUES, GROUPS)]


@given(rows)
def test_a_shrunken_mean_lies_between_its_own_and_that_of_all(given_rows: Any) -> None:
    values, groups = [float(value) for value, _ in given_rows], [group for _, group in given_rows]
    found = shrunken_means(values, groups)
    if found.undefined is not None:
        return
    assert found.grand_mean is not None
    for one in found:
        assert one.mean is not None
        assert one.shrunk is not None
        assert one.weight is not None
        assert 0 <= one.weight <= 1
        low, high = sorted((one.mean, found.grand_mean))
        assert low - 1e-9 <= one.shrunk <= high + 1e-9
    weights = {one.n: one.weight for one in found}
    assert [weights[n] for n in sorted(weights)] == sorted(
        weight for weight in weights.values() if weight is not None
    )


@given(rows, st.floats(-5, 5).map(lambda height: round(height, 6)))
def test_height_moves_all_means_alike(given_rows: Any, height: float) -> None:
    values, groups = [float(value) for value, _ in given_rows], [group for _, group in given_rows]
    one, other = shrunken_means(values, groups), shrunken_means([v + height for v in values], groups)
    if one.tau2_raw is None or abs(one.tau2_raw) < 1e-9 or not one.sigma2:
        return
    for left, right in zip(one, other, strict=True):
        assert left.shrunk is not None
        assert right.shrunk == pytest.approx(left.shrunk + height, abs=1e-6)


@pytest.mark.parametrize(
    ("values", "groups", "code"),
    [
        (VALUES, ["a"], "shape-mismatch"),
        (VALUES, [None, *GROUPS[1:]], "missing-field"),
        (["x"] * 6, GROUPS, "not-a-number"),
        (3, GROUPS, "invalid-value"),
    ],
)
def test_what_cannot_be_used_is_refused(values: Any, groups: Any, code: str) -> None:
    with pytest.raises(InputError) as error:
        shrunken_means(values, groups)
    assert error.value.code == code


def test_groups_of_few_are_masked_when_printed() -> None:
    found = shrunken_means(VALUES, GROUPS)
    assert str(found).count("•••") == 9 + 1  # the cells, and the note that says what they mean
    assert "•••" not in found.table("en").text()
    assert "0.70" in found.table("en").text()
