"""Omega: the factor reproduces what it can, is found from known loadings, and says where it lies on the edge."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import optimize

from igm.errors import InputError
from igm.scoring import omega_from_loadings, omega_total


def with_covariance(sigma: Any, n: int = 60) -> NDArray[np.float64]:
    """Made-up answers whose covariances, with n below the line, are exactly these."""
    rng = np.random.default_rng(5)
    z = rng.normal(size=(n, len(sigma)))
    z -= z.mean(axis=0)
    z = z @ np.linalg.inv(np.linalg.cholesky(z.T @ z / n)).T
    return z @ np.linalg.cholesky(np.asarray(sigma)).T


def of_factor(loadings: Any, residuals: Any) -> NDArray[np.float64]:
    made: NDArray[np.float64] = np.outer(loadings, loadings) + np.diag(residuals)
    return made


@pytest.mark.parametrize(
    ("loadings", "residuals"),
    [
        ([0.8, 0.7, 0.6], [0.36, 0.51, 0.64]),
        ([0.9, 0.5, 0.7, 0.3], [0.4, 1.2, 0.6, 0.5]),
        ([2.0, 0.1, 0.5, 1.0, 0.7], [0.1, 3.0, 0.5, 0.2, 0.9]),
        ([0.6, -0.4, 0.7, 0.5], [0.5, 0.6, 0.4, 0.8]),
    ],
)
def test_a_factor_that_is_there_is_found_to_the_last_digits(loadings: Any, residuals: Any) -> None:
    found = omega_total(with_covariance(of_factor(loadings, residuals)))
    assert found.converged
    assert list(found.loadings) == pytest.approx(loadings, abs=1e-7)
    assert list(found.residuals) == pytest.approx(residuals, abs=1e-7)
    assert found.value == pytest.approx(omega_from_loadings(loadings, residuals), abs=1e-8)
    assert found.discrepancy == pytest.approx(0, abs=1e-12)
    against = tuple(str(place + 1) for place, one in enumerate(loadings) if one < 0)
    assert [note.items for note in found.notes] == ([against] if against else [])


def test_three_items_have_the_factor_that_their_covariances_fix() -> None:
    x = np.array([[1, 2, 1], [2, 1, 2], [3, 3, 4], [4, 5, 3], [5, 4, 5], [2, 4, 4], [4, 2, 4], [3, 4, 2]])
    s = np.cov(x.T, ddof=0)
    first = np.sqrt(s[0, 1] * s[0, 2] / s[1, 2])
    found = omega_total(x)
    assert list(found.loadings) == pytest.approx([first, s[0, 1] / first, s[0, 2] / first], abs=1e-7)
    assert found.of_observed == pytest.approx(found.value, abs=1e-7)  # nothing is left over


def test_the_likelihood_is_no_higher_anywhere_another_search_looks() -> None:
    rng = np.random.default_rng(8)
    x = rng.normal(size=(35, 1)) @ rng.uniform(0.3, 1, (1, 5)) + rng.normal(size=(35, 5))
    s = np.cov(x.T, ddof=0)
    found = omega_total(x)

    def discrepancy(at: Any) -> float:
        sigma = of_factor(at[:5], np.exp(at[5:]))
        return float(
            np.linalg.slogdet(sigma)[1] - np.linalg.slogdet(s)[1] + np.trace(s @ np.linalg.inv(sigma)) - 5
        )

    start = np.concatenate([np.full(5, 0.5), np.zeros(5)])
    other = optimize.minimize(discrepancy, start, method="BFGS", options={"gtol": 1e-9, "maxiter": 5000})
    assert found.discrepancy == pytest.approx(other.fun, abs=1e-9)
    assert list(found.loadings) == pytest.approx(other.x[:5].tolist(), abs=1e-5)
    own = [*found.loadings, *np.log(found.residuals)]
    assert found.discrepancy == pytest.approx(discrepancy(np.array(own)), abs=1e-12)
    assert sum(np.square(found.loadings)) + sum(found.residuals) == pytest.approx(np.trace(s))


def test_an_item_without_variance_of_its_own_is_told() -> None:
    sigma = np.array([[1, 0.7, 0.7], [0.7, 1, 0.3], [0.7, 0.3, 1]])  # asks a first loading of 1.28
    found = omega_total(with_covariance(sigma))
    assert found.converged
    assert [(note.code, note.items) for note in found.notes] == [("heywood", ("1",))]
    assert found.residuals[0] < 1e-5
    assert found.discrepancy is not None
    assert found.discrepancy > 0.01


def test_units_and_people_twice_make_no_difference() -> None:
    x = with_covariance(of_factor([0.8, 0.7, 0.6, 0.5], [0.4, 0.5, 0.6, 0.9]))
    one, other = omega_total(x), omega_total(np.vstack([x, x]) * 100 + 7)
    assert one.value == pytest.approx(other.value, abs=1e-9)
    assert [100 * loading for loading in one.loadings] == pytest.approx(list(other.loadings), rel=1e-7)


@pytest.mark.parametrize(
    ("x", "code"),
    [
        ([[1], [2]], "one-item"),
        ([[1, 2], [2, 1]], "two-items"),
        ([[1, 2, 3]], "few-people"),
        ([[1, None, 3], [None, 2, 3]], "no-answers"),
        ([[1, 2, 3], [2, 1, 3], [3, 3, 3]], "constant-items"),
        ([[1, 2, 3], [2, 4, 5], [3, 6, 4], [4, 8, 9]], "singular"),
        ([[1, 2, 3], [2, 1, 5]], "singular"),
    ],
)
def test_without_omega_the_first_note_says_why(x: Any, code: str) -> None:
    found = omega_total(x)
    assert found.value is None
    assert not found.converged
    assert found.notes[0].code == code


def test_items_that_share_nothing_have_no_factor() -> None:
    found = omega_total(with_covariance(np.eye(4)))
    assert (found.value, found.notes[0].code) == (None, "no-loadings")


def test_who_did_not_answer_all_is_not_counted_and_that_is_told() -> None:
    x = with_covariance(of_factor([0.8, 0.7, 0.6], [0.4, 0.5, 0.6]))
    gaps = np.vstack([x, [[np.nan, 1, 1]]])
    assert omega_total(gaps).value == omega_total(x).value
    assert "people-dropped" in [note.code for note in omega_total(gaps).notes]


@pytest.mark.parametrize(
    ("loadings", "residuals", "code"),
    [
        ([], [], "shape-mismatch"),
        ([1], [1, 2], "shape-mismatch"),
        ([1, float("nan")], [1, 2], "not-a-number"),
        ([0, 0], [0, 0], "value-out-of-range"),
    ],
)
def test_loadings_are_checked(loadings: Any, residuals: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        omega_from_loadings(loadings, residuals)
    assert code in {problem.code for problem in caught.value.problems}
