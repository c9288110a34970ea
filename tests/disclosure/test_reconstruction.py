"""Counting answer sets gives what listing them would give, and lists none."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import igm
from igm.disclosure import Reconstruction, _counting, fixed_share, reconstruct
from igm.disclosure.figures import Figures, attainable
from igm.errors import InputError

LIKERT7 = igm.Schaal(minimum=1, maximum=7)


def rounded(totals: tuple[int, ...], items: int, low: int) -> tuple[float, float]:
    n, total = len(totals), sum(totals)
    variance = Fraction(n * sum(one * one for one in totals) - total * total, n * (n - 1) * items**2)
    return round(low + total / (n * items), 2), round(math.sqrt(variance), 2)


# shares that were found elsewhere by listing every set; that of three answers from 1 to 7 is 76 of 84
@pytest.mark.parametrize(
    ("n", "five", "seven"),
    [(3, 0.94, 0.905), (5, 0.63, 0.42), (7, 0.37, 0.15), (10, 0.18, 0.045), (15, 0.07, 0.01)],
)
def test_the_share_of_sets_that_the_figures_fix(n: int, five: float, seven: float) -> None:
    assert fixed_share(n, igm.LIKERT5) == pytest.approx(five, abs=0.0051)
    assert fixed_share(n, LIKERT7) == pytest.approx(seven, abs=0.0051)


def test_the_share_is_what_listing_gives() -> None:
    listed = Counter(rounded(one, 1, 1) for one in combinations_with_replacement(range(7), 3))
    assert sum(many == 1 for many in listed.values()) == 76
    assert fixed_share(3, LIKERT7) == 76 / sum(listed.values())


@pytest.mark.parametrize(
    ("n", "items", "schaal"), [(3, 1, igm.LIKERT5), (6, 1, LIKERT7), (3, 2, igm.LIKERT5), (4, 3, igm.LIKERT5)]
)
def test_every_count_is_what_listing_gives(n: int, items: int, schaal: igm.Schaal) -> None:
    top = items * (schaal.maximum - schaal.minimum)
    listed = Counter(
        rounded(one, items, schaal.minimum) for one in combinations_with_replacement(range(top + 1), n)
    )
    for (mean, sd), many in listed.items():
        assert reconstruct(mean, sd, n, schaal, items=items).sets == many
    means = Counter[float]()
    for (mean, _), many in listed.items():
        means[mean] += many
    for mean, many in means.items():
        assert reconstruct(mean, None, n, schaal, items=items).sets == many


def test_figures_that_no_answers_have_fit_none() -> None:
    assert reconstruct(3.34, 1.0, 4, igm.LIKERT5).sets == 0
    assert reconstruct(3.5, 9.0, 4, igm.LIKERT5).possible is False
    assert reconstruct(6.0, 1.0, 4, igm.LIKERT5).sets == 0
    assert reconstruct(3, 0.5, 1, igm.LIKERT5).sets == 0


def test_one_person_and_the_ends_of_the_scale_are_fixed() -> None:
    assert reconstruct(3, None, 1, igm.LIKERT5).fixes
    assert reconstruct(1, 0, 40, igm.LIKERT5).fixes
    assert reconstruct(5, 0, 40, LIKERT7).fixes
    assert reconstruct(7, None, 40, LIKERT7).fixes


def test_one_answer_on_a_wide_scale_with_many_people_counts_exactly() -> None:
    # the number of sets of n answers with no figures known is a binomial: the sums over all figures give it
    n, top = 12, 6
    assert sum(_counting.all_pairs(n, top).values()) == math.comb(n + top, top)


def test_numbers_beyond_a_machine_word_are_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = reconstruct(5.84, 1.17, 37, LIKERT7, items=2).sets
    assert expected is not None
    assert expected > 1000
    monkeypatch.setattr(_counting, "_EXACT", 1)
    assert reconstruct(5.84, 1.17, 37, LIKERT7, items=2).sets == expected
    monkeypatch.setattr(_counting, "_MODULI", (97, 101, 103))
    assert reconstruct(3.67, 1.53, 3, igm.LIKERT5).sets == 1
    # three small remainders cannot tell so large a number
    assert reconstruct(5.84, 1.17, 37, LIKERT7, items=2).sets is None


def test_what_is_too_much_to_count_is_said() -> None:
    found = reconstruct(4.0, 1.5, 400, LIKERT7, items=7)
    assert (found.sets, found.possible, found.fixes) == (None, None, False)
    assert "te veel om te tellen" in str(found)
    assert "too many to count" in found.table("en").text()


@given(st.lists(st.integers(0, 6), min_size=2, max_size=9), st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_figures_of_real_answers_always_fit(totals: list[int], items: int) -> None:
    schaal = igm.Schaal(minimum=0, maximum=6)
    mean, sd = rounded(tuple(totals), items, 0)
    sets = reconstruct(mean, sd, len(totals), schaal, items=items).sets
    assert sets is not None
    assert sets >= 1
    fewer = reconstruct(round(mean, 1), None, len(totals), schaal, items=items, decimals=1).sets
    assert fewer is not None
    assert fewer >= 1


@given(st.lists(st.integers(0, 6), min_size=1, max_size=8))
def test_the_spread_of_whole_numbers_lies_between_its_ends(totals: list[int]) -> None:
    least, most = attainable(sum(totals), len(totals), 6)
    assert least <= sum(one * one for one in totals) <= most


def test_the_widest_sd_is_that_of_two_ends() -> None:
    figures = Figures.of(4.0, None, 10, LIKERT7)
    assert figures.sd_bounds()[1] == pytest.approx(3 * math.sqrt(10 / 9))
    assert Figures.of(1.0, None, 10, LIKERT7).sd_bounds()[1] < 0.2


def test_no_set_comes_out() -> None:
    found = reconstruct(3.67, 1.53, 3, igm.LIKERT5)
    assert set(found.to_dict()) == {"sets", "mean", "sd", "n", "schaal", "items", "decimals"}
    assert repr(found) == "Reconstruction(sets=1, mean=3.67, sd=1.53, n=3)"
    assert isinstance(found, Reconstruction)
    assert found._repr_html_().startswith("<table>")


def test_all_that_is_wrong_is_told_at_once() -> None:
    asked: Any = reconstruct
    with pytest.raises(InputError) as caught:
        asked("drie", -1, 0, 5, items=1.5, decimals=9)
    assert {problem.where for problem in caught.value.problems} == {
        "$.mean",
        "$.sd",
        "$.n",
        "$.schaal",
        "$.items",
        "$.decimals",
    }


def test_more_decimals_than_stated_are_refused() -> None:
    with pytest.raises(InputError, match="more decimals than stated"):
        reconstruct(3.666, None, 3, igm.LIKERT5)
    assert reconstruct(3.667, None, 3, igm.LIKERT5, decimals=3).sets == 12 // 3


@pytest.mark.parametrize("n", [1, 31])
def test_shares_are_of_groups_that_can_be_counted(n: int) -> None:
    with pytest.raises(InputError) as caught:
        fixed_share(n, igm.LIKERT5)
    assert caught.value.code == "value-out-of-range"


def test_what_has_too_many_sums_of_squares_is_not_counted_and_not_listed() -> None:
    class Long:
        def __len__(self) -> int:
            return _counting.MOST_CELLS

        def __iter__(self) -> Iterator[int]:
            raise AssertionError("listed one by one")

    many: Any = Long()
    assert _counting.count_pairs(10, 4, [(20, many)]) is None


def test_figures_are_read_as_files_and_arrays_give_them() -> None:
    asked: Any = reconstruct
    plain = reconstruct(3.67, 1.53, 3, igm.LIKERT5)
    assert asked("3,67", "1.53", "3", igm.LIKERT5) == plain
    assert asked(np.float64(3.67), np.float64(1.53), np.int64(3), igm.LIKERT5, items=np.int64(1)) == plain
    with pytest.raises(InputError, match="whole number"):
        asked(3.67, 1.53, "1.000", igm.LIKERT5)


def test_what_takes_too_long_is_not_counted() -> None:
    assert reconstruct(3.0, None, 1_000_000, igm.LIKERT5).sets is None
    assert reconstruct(50000.0, None, 10, igm.Schaal(minimum=0, maximum=10**6)).sets is None
    with pytest.raises(InputError, match="Give 1 to 1000000"):
        reconstruct(3.0, 1.0, 10**30, igm.LIKERT5)


def test_a_share_of_no_scale_is_refused() -> None:
    asked: Any = fixed_share
    with pytest.raises(InputError, match="not a scale"):
        asked(5, None)


def test_decimals_are_those_of_texts_and_are_asked_for_where_numbers_leave_it_open() -> None:
    printed = reconstruct("3,2", "0,4", 6, igm.LIKERT5)
    assert (printed.sets, printed.decimals) == (reconstruct(3.2, 0.4, 6, igm.LIKERT5, decimals=1).sets, 1)
    assert printed.sets
    assert reconstruct("3.20", 0.4, 6, igm.LIKERT5).decimals == 2
    assert reconstruct("3", 0.41, 6, igm.LIKERT5).decimals == 2
    with pytest.raises(InputError, match=r"some to 1, at .*decimals= to how many"):
        reconstruct(3.2, 0.4, 6, igm.LIKERT5)
    assert reconstruct(3.2, 0.4, 6, igm.LIKERT5, decimals=2).sets == 0


def test_where_nothing_fits_it_is_said_what_to_look_at() -> None:
    found = reconstruct(3.67, 0.2, 3, igm.LIKERT5)
    assert "decimals (decimals=), items (items=) and people (n) right?" in found.table("en").text(1000)
    assert "decimalen (decimals=)" in str(found)
    assert not reconstruct(3.67, 1.53, 3, igm.LIKERT5).table().notes
