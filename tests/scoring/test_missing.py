from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igm.constructs.waarde import Missing
from igm.errors import InputError
from igm.scoring.missing import check_min_valid, needed, why_missing


@given(st.integers(1, 60))
def test_half_is_rounded_up_and_at_least_one(n_items: int) -> None:
    half = needed("half", n_items)
    assert half >= 1
    assert 2 * half >= n_items > 2 * (half - 1)


def test_a_number_asks_that_many_and_all_asks_all() -> None:
    assert (needed(2, 5), needed(9, 5), needed("all", 5)) == (2, 5, 5)


@pytest.mark.parametrize("rule", [0, -1, True, 2.0, "most", None])
def test_another_rule_is_refused(rule: Any) -> None:
    with pytest.raises(InputError) as caught:
        needed(rule, 4)
    assert caught.value.code == "invalid-value"
    assert caught.value.problems[0].where == "$.min_valid"


def test_a_number_that_a_construct_cannot_reach_is_refused_for_all_such_constructs() -> None:
    with pytest.raises(InputError) as caught:
        check_min_valid(3, {"houding": 2, "kennis": 3, "context": 1})
    assert [problem.given for problem in caught.value.problems] == ["3 of 2", "3 of 1"]
    check_min_valid("all", {"houding": 2})


@pytest.mark.parametrize("kind", Missing)
def test_one_kind_explains_itself(kind: Missing) -> None:
    assert why_missing([kind, kind]) is kind


def test_of_several_kinds_the_one_that_can_be_asked_first_explains() -> None:
    order = [
        Missing.NIET_GEVRAAGD,
        Missing.VERLOREN,
        Missing.WEET_NIET,
        Missing.NIET_VAN_TOEPASSING,
        Missing.GEWEIGERD,
    ]
    for place, kind in enumerate(order):
        assert why_missing(reversed(order[place:])) is kind
    with pytest.raises(InputError):
        why_missing([])
