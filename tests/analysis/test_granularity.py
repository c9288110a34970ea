"""Sums and sums of squares of whole answers: what fits and what cannot."""

from __future__ import annotations

import math
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import igm
from igm.analysis import Granularity, fitting_items, fitting_n, grim, grimmer
from igm.disclosure import reconstruct
from igm.errors import InputError

LIKERT7 = igm.Schaal(minimum=1, maximum=7)


def listed(n: int, items: int) -> set[tuple[float, float]]:
    """Every mean and sd of scores from 1 to 5, by listing all sets."""
    found: set[tuple[float, float]] = set()
    for totals in combinations_with_replacement(range(4 * items + 1), n):
        total = sum(totals)
        squares = n * sum(one * one for one in totals) - total * total
        found.add((round(1 + total / n / items, 2), round(math.sqrt(squares / n / (n - 1)) / items, 2)))
    return found


@pytest.mark.parametrize(("n", "items"), [(3, 1), (5, 1), (3, 3)])
def test_what_answers_have_fits_and_means_that_they_cannot_have_do_not(n: int, items: int) -> None:
    there = listed(n, items)
    assert all(grimmer(mean, sd, n, igm.LIKERT5, items=items).fits for mean, sd in there)
    means = {mean for mean, _ in there}
    for cents in range(100, 501):
        assert grim(cents / 100, n, items=items, schaal=igm.LIKERT5).fits == (cents / 100 in means)


@given(st.integers(0, 16), st.integers(0, 230))
@settings(max_examples=100, deadline=None)
def test_what_does_not_fit_sums_fits_no_set(total: int, cents: int) -> None:
    mean, sd = round(1 + total / 4, 2), cents / 100
    found = grimmer(mean, sd, 4, igm.LIKERT5)
    assert found.fits or reconstruct(mean, sd, 4, igm.LIKERT5, decimals=2).sets == 0


def test_parity_decides() -> None:
    # three answers with mean 2 sum to 6, so their squares sum to an even number: 14 fits, 13 does not
    assert grimmer(2.0, 1.0, 3, igm.LIKERT5).fits
    assert not grimmer(2.0, 0.71, 3, igm.LIKERT5).fits


def test_published_examples() -> None:
    assert not grim(5.19, 28).fits
    assert grim(5.18, 28).fits
    # five scores of one of these constructs have these inferences from granularity
    assert not any(grim(5.65, 7, items=items).fits for items in range(1, 7))
    assert fitting_items(5.65, None, 7, LIKERT7)[0] == 7
    assert fitting_items(6.24, None, 7, LIKERT7)[0] == 3
    assert 1 not in fitting_items(3.98, None, 29, LIKERT7)


def test_halves_fit_whichever_way_they_were_rounded() -> None:
    # 1/8 is 0.125
    assert grim(4.12, 8).fits
    assert grim(4.13, 8).fits
    assert not grim(4.14, 8).fits


def test_with_many_answers_every_mean_fits_and_that_is_said() -> None:
    assert all(grim(cents / 100, 100).fits for cents in range(100, 200))
    assert not grim(3.33, 100).decidable
    assert grim(3.33, 50).decidable
    assert not grim(3.33, 50, items=2).decidable


def test_outside_the_scale_nothing_fits() -> None:
    assert not grim(5.5, 10, schaal=igm.LIKERT5).fits
    assert grim(5.5, 10).fits
    assert not grimmer(5.0, 0.5, 10, igm.LIKERT5).fits


def test_the_numbers_that_fit_hold_the_true_one() -> None:
    assert 8 in fitting_n(6.63, 0.74, LIKERT7)
    assert 12 not in fitting_n(6.63, 0.74, LIKERT7)
    assert fitting_n(3.0, None, igm.LIKERT5, most=5) == (2, 3, 4, 5)


def test_it_is_stored_with_what_follows() -> None:
    found = grim(5.19, 28)
    assert found == Granularity(5.19, None, 28, 1, 2, 0)
    assert found.to_dict()["fits"] is False
    assert found.to_dict()["decidable"] is True


def test_one_person_has_no_sd() -> None:
    with pytest.raises(InputError):
        grimmer(3.0, 0.5, 1, igm.LIKERT5)
    assert fitting_items(3.0, 0.5, 1, igm.LIKERT5, most=2) == (1, 2)


def test_a_verdict_stands_in_what_is_printed() -> None:
    assert repr(grim(5.19, 28)) == "Granularity('not-consistent', mean=5.19, n=28, items=1)"
    assert grim(5.18, 28).verdict == "consistent"
    assert grim(5.18, 200).to_dict()["verdict"] == "cannot-tell"


def test_figures_are_read_as_a_table_gives_them() -> None:
    asked: Any = grim
    assert asked("5,19", "28") == asked(5.19, np.int64(28)) == grim(5.19, 28)


def test_numbers_that_no_table_has_are_refused_at_once() -> None:
    asked: Any = fitting_n
    for n, items in ((10**30, 1), (10, 10**9)):
        with pytest.raises(InputError, match="value-out-of-range"):
            grim(3.0, n, items=items)
    for most in ("x", 2.5, 10**30):
        with pytest.raises(InputError) as caught:
            asked(3.57, 1.13, igm.LIKERT5, most=most)
        assert caught.value.problems[0].where == "$.most"
    bare: Any = grimmer
    with pytest.raises(InputError, match="missing-field"):
        bare(3.1, None, 10, igm.LIKERT5)
