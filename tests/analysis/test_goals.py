"""Goal attainment scaling: the T-score by hand, what it may not depend on, and goals of which nothing is known."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igm.analysis import Goal, goal_attainment
from igm.errors import InputError

levels = st.integers(-2, 2)
goals = st.lists(st.tuples(levels, st.integers(1, 5)), min_size=1, max_size=6)


def t_of(given_: list[tuple[int, int]], **rest: Any) -> float:
    found = goal_attainment([Goal(f"{i}", x, weight=w) for i, (x, w) in enumerate(given_)], **rest).t
    assert found is not None
    return found


def test_the_score_by_hand() -> None:
    # Σwx = 2·1 + 1·0 + 1·(−1) = 1; Σw² = 6; (Σw)² = 16; √(.7·6 + .3·16) = 3
    assert t_of([(1, 2), (0, 1), (-1, 1)]) == pytest.approx(50 + 10 / 3)
    assert t_of([(2, 1)]) == pytest.approx(70)
    assert t_of([(-2, 5)]) == pytest.approx(30)
    assert t_of([(1, 1), (1, 1)], rho=0.0) == pytest.approx(50 + 10 * 2**0.5)


@given(goals)
def test_as_expected_is_fifty_and_levels_mirror(given_: list[tuple[int, int]]) -> None:
    assert t_of([(0, w) for _, w in given_]) == 50
    assert t_of([(-x, w) for x, w in given_]) == pytest.approx(100 - t_of(given_))


@given(goals, st.integers(2, 9))
def test_only_proportions_of_weights_count(given_: list[tuple[int, int]], times: int) -> None:
    assert t_of([(x, w * times) for x, w in given_]) == pytest.approx(t_of(given_))


def test_what_is_not_known_does_not_count() -> None:
    found = goal_attainment([Goal("a", 1, start=-1), Goal("b", start=-2)])
    assert found.t == pytest.approx(60)
    assert found.n_known == 1
    assert found.t_start == pytest.approx(40)
    assert "1 van 2" in found.text()
    none = goal_attainment([Goal("a"), Goal("b")])
    assert (none.t, none.t_start) == (None, None)
    assert "no evidence yet" in none.text("en").lower()
    assert goal_attainment([Goal("a", 1, start=0), Goal("b", 1)]).t_start is None


def test_levels_are_told_in_own_words() -> None:
    goal = Goal("bellen", 1, levels={1: "elke dag"})
    assert goal.meaning() == "elke dag"
    assert Goal("bellen", -2).meaning("en") == "much less than expected"
    assert "elke dag" in goal_attainment([goal]).table().text()


def test_what_cannot_be_is_refused() -> None:
    anything: Any = Goal
    with pytest.raises(InputError) as error:
        anything(" ", 3, weight=0, start=True, levels={5: "x"})
    assert [problem.code for problem in error.value.problems] == [
        "missing-field",
        "value-out-of-range",
        "value-out-of-range",
        "weights-invalid",
        "value-out-of-range",
    ]
    scale: Any = goal_attainment
    for wrong, code in (
        ([], "missing-field"),
        ([Goal("a"), Goal("a")], "duplicate-name"),
        ([3], "invalid-value"),
    ):
        with pytest.raises(InputError, match=code):
            scale(wrong)
    with pytest.raises(InputError, match="value-out-of-range"):
        goal_attainment([Goal("a", 1)], rho=1.0)


@pytest.mark.parametrize("given_", [None, 5, "bellen", {"bellen": 1}, Goal("bellen", 1)])
def test_what_is_no_list_of_goals_is_refused(given_: Any) -> None:
    with pytest.raises(InputError, match="not a list of goals"):
        goal_attainment(given_)


def test_goals_can_come_one_after_the_other() -> None:
    given_: Any = (Goal(name, 1) for name in ("bellen", "op tijd"))
    assert goal_attainment(given_).n_known == 2


def test_a_goal_under_one_name_with_other_blanks_is_there_twice() -> None:
    with pytest.raises(InputError, match="a goal twice"):
        goal_attainment([Goal("bellen"), Goal("bellen ")])


@pytest.mark.parametrize("weight", [1e200, 1e-200])
def test_a_weight_that_leaves_nothing_of_others_is_refused(weight: float) -> None:
    with pytest.raises(InputError, match="weights-invalid"):
        Goal("bellen", 1, weight=weight)


@pytest.mark.parametrize(
    ("levels_", "where"),
    [
        (["x"], "$.levels"),
        (5, "$.levels"),
        ({True: "x"}, "$.levels"),
        ({1: 5}, "$.levels[1]"),
        ({1: " "}, "$.levels[1]"),
    ],
)
def test_levels_are_texts_by_level(levels_: Any, where: str) -> None:
    with pytest.raises(InputError) as caught:
        Goal("bellen", 1, levels=levels_)
    assert [problem.where for problem in caught.value.problems] == [where]


def test_what_does_something_on_a_screen_is_written_out() -> None:
    assert "\x1b" not in goal_attainment([Goal("bellen\x1b[2J", 1)]).text()
