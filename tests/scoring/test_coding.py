"""The same answers in other codings: what changes, by formula, and what cannot be said."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.frames import make
from tests.scoring.conftest import _lijst

import igm
from igm.constructs import Schaal
from igm.errors import InputError
from igm.scoring import CodingSensitivity, coding_sensitivity, scorers

PAIRS = [("b1", "e1"), ("b2", "e2"), ("b3", "e3")]
NAMES = [name for pair in PAIRS for name in pair]
LIJST = _lijst(*((name, "houding", False, None) for name in NAMES), schaal=Schaal(minimum=1, maximum=7))
STATED: dict[str, Any] = {"belief": "unipolar", "evaluation": "bipolar"}


def answers(n: int = 30, seed: int = 1) -> Any:
    return np.random.default_rng(seed).integers(1, 8, (n, 6))


def criterion(n: int = 30, seed: int = 2) -> Any:
    return np.random.default_rng(seed).normal(size=n) + answers(n)[:, :2].sum(axis=1)


def found(data: Any = None, **more: Any) -> CodingSensitivity:
    return coding_sensitivity(answers() if data is None else data, LIJST, PAIRS, **{**STATED, **more})


def test_every_coding_gives_the_scores_of_its_scorer() -> None:
    sensitivity = found(criterion=criterion())
    assert len(sensitivity.rows) == 9
    for row in sensitivity.rows:
        scorer = scorers.expectancy_value(PAIRS, belief=row.belief, evaluation=row.evaluation)
        scores = igm.score(answers(), LIJST, scorer=scorer)
        own = scores["houding"]
        assert (row.low, row.high) == (
            scores.scales[igm.Construct.HOUDING].minimum,
            scores.scales[igm.Construct.HOUDING].maximum,
        )
        assert row.mean == pytest.approx(own.mean(), rel=1e-14)
        assert row.sd == pytest.approx(own.std(ddof=1), rel=1e-14)
        assert row.r == pytest.approx(np.corrcoef(own, criterion())[0, 1], abs=1e-12)
        assert (row.n, row.n_r, row.reason) == (30, 30, None)
    assert sensitivity.stated.agreement == pytest.approx(1, abs=1e-15)
    low, high = sensitivity.spread or (0, 0)
    assert low < high
    assert low == min(row.r for row in sensitivity.rows if row.r is not None)


def test_the_best_constants_give_their_multiple_correlation() -> None:
    data, y = answers().astype(float), criterion()
    beliefs, evaluations = data[:, 0::2], data[:, 1::2] - 4
    alone, both = found(criterion=y).best
    assert (alone.added_to, alone.evaluation, both.added_to, both.n) == ("belief", 0.0, "both", 30)
    for best in (alone, both):
        made = ((beliefs + best.belief) * (evaluations + best.evaluation)).mean(axis=1)
        assert abs(np.corrcoef(made, y)[0, 1]) == pytest.approx(best.multiple_r, abs=1e-12)
    rows = [abs(row.r) for row in found(criterion=y).rows if row.r is not None]
    assert both.multiple_r >= max(rows) - 1e-12  # every coding is a constant added
    assert both.multiple_r >= alone.multiple_r


@given(
    st.sampled_from(["unipolar", "from_zero", "bipolar"]),
    st.sampled_from(["unipolar", "from_zero", "bipolar"]),
)
def test_what_the_best_constants_reach_does_not_hang_on_the_stated_coding(
    belief: Any, evaluation: Any
) -> None:
    best = found(criterion=criterion(), belief=belief, evaluation=evaluation).best
    usual = found(criterion=criterion()).best
    assert best[1].multiple_r == pytest.approx(usual[1].multiple_r, abs=1e-10)


def test_an_evaluation_that_all_share_leaves_r_as_it_is_whatever_the_belief() -> None:
    data = answers()
    data[:, 1::2] = 7
    sensitivity = found(data, criterion=criterion())
    rs = {round(row.r, 10) for row in sensitivity.rows if row.evaluation == "bipolar" and row.r is not None}
    assert len(rs) == 1


def test_missing_answers_drop_their_pair_and_missing_criteria_their_person() -> None:
    data = answers().astype(float)
    data[0, 0] = data[1, :4] = np.nan
    given_: list[float | None] = [float(one) for one in criterion()]
    given_[2], given_[3] = None, float("nan")
    sensitivity = found(data, criterion=given_)
    assert (sensitivity.stated.n, sensitivity.stated.n_r) == (29, 27)
    assert found(data, criterion=given_, min_pairs="all").stated.n == 28
    assert {best.n for best in sensitivity.best} == {27}
    for best in sensitivity.best:
        used = [row for row in range(30) if row not in {1, 2, 3}]
        made = [
            np.nanmean((data[row, 0::2] + best.belief) * (data[row, 1::2] - 4 + best.evaluation))
            for row in used
        ]
        assert abs(np.corrcoef(made, criterion()[used])[0, 1]) == pytest.approx(best.multiple_r, abs=1e-12)


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_a_frame_and_a_list_give_what_an_array_gives(kind: str) -> None:
    columns = {name: answers()[:, place].tolist() for place, name in enumerate(NAMES)}
    people = [dict(zip(NAMES, row, strict=True)) for row in answers().tolist()]
    usual = found(criterion=criterion())
    assert found(make(kind, columns), criterion=criterion()) == usual
    assert found(people, criterion=criterion()) == usual
    assert found(answers()[:, ::-1], items=NAMES[::-1], criterion=criterion()) == usual


def test_reversed_items_are_keyed_first() -> None:
    turned = _lijst(
        *((name, "houding", name == "e1", None) for name in NAMES), schaal=Schaal(minimum=1, maximum=7)
    )
    data = answers()
    data[:, 1] = 8 - data[:, 1]
    assert coding_sensitivity(data, turned, PAIRS, **STATED).rows == found().rows


# what cannot be said


@pytest.mark.parametrize(
    ("n", "given_", "reason"),
    [
        (30, None, "no-criterion"),
        (2, [1, 2], "too-few"),
        (30, [1.5] * 30, "constant"),
        (30, [None] * 30, "too-few"),
        (30, [1, 2, *[None] * 28], "too-few"),
    ],
)
def test_a_correlation_that_is_not_there_says_why(n: int, given_: Any, reason: str) -> None:
    sensitivity = found(answers(n), criterion=given_)
    assert {row.reason for row in sensitivity.rows} == {reason}
    assert {row.r for row in sensitivity.rows} == {None}
    assert sensitivity.spread is None
    assert sensitivity.best == ()
    json.dumps(sensitivity.to_dict(), allow_nan=False)
    assert sensitivity.table("en").text()


def test_equal_answers_of_all_have_no_correlation() -> None:
    sensitivity = found(np.full((10, 6), 4), criterion=list(range(10)))
    assert {row.reason for row in sensitivity.rows} == {"constant"}
    assert sensitivity.stated.sd == 0
    assert sensitivity.stated.agreement is None
    assert sensitivity.best == ()


def test_nobody_has_no_mean() -> None:
    sensitivity = found(np.empty((0, 6)))
    assert (sensitivity.stated.n, sensitivity.stated.mean, sensitivity.stated.sd) == (0, None, None)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"criterion": [1, 2]}, "shape-mismatch"),
        ({"criterion": ["a"] * 30}, "not-a-number"),
        ({"criterion": [float("inf")] * 30}, "not-a-number"),
        ({"criterion": "houding"}, "invalid-value"),
        ({"criterion": 3}, "invalid-value"),
        ({"belief": None}, "unknown-name"),
        ({"evaluation": "tripolar"}, "unknown-name"),
        ({"min_pairs": 0}, "invalid-value"),
    ],
)
def test_what_is_given_is_read_strictly(more: Any, code: str) -> None:
    with pytest.raises(InputError) as caught:
        found(**more)
    assert caught.value.code == code


def test_pairs_and_people_are_those_of_the_questionnaire() -> None:
    with pytest.raises(InputError, match="Did you mean 'b1'"):
        coding_sensitivity(answers(), LIJST, [("b11", "e1")], **STATED)
    with pytest.raises(InputError, match="the answers of one person"):
        found({"b1": 3})
    with pytest.raises(InputError, match="collect"):
        found(make("polars lazy", {name: [1, 2] for name in NAMES}))


def test_it_is_told_in_words() -> None:
    sensitivity = found(criterion=criterion())
    text = sensitivity.table("en").text()
    assert "by the coding alone" in " ".join(text.split())
    assert "so too good with few people" in " ".join(text.split())
    assert str(sensitivity).startswith("Gevoeligheid")
    assert "r=0." in repr(sensitivity)
    wrong: Any = "bipolair"
    with pytest.raises(InputError, match="a coding must be stated"):
        sensitivity.row("unipolar", wrong)
