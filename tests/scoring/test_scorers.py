from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import igm
from igm.constructs.schaal import LIKERT5, Schaal
from igm.constructs.vragenlijst import Item, Vragenlijst
from igm.errors import InputError
from igm.scoring import ItemCheck, ItemScorer, scorers
from igm.scoring._weights import whole_weights


def _items(n: int) -> list[Item]:
    return [
        Item.model_validate({"id": f"i{k}", "construct": "kennis", "nl": "z", "en": "s"}) for k in range(n)
    ]


@given(st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=1, max_size=9))
def test_the_mean_is_one_division_of_whole_numbers(answers: list[int | None]) -> None:
    valid = [answer for answer in answers if answer is not None]
    score = scorers.mean().one(answers, _items(len(answers)), LIKERT5)
    assert score == (float(Fraction(sum(valid), len(valid))) if valid else None)


@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.integers(1, 5)), st.decimals(0, 9, places=3)),
        min_size=1,
        max_size=8,
    ).filter(lambda pairs: any(weight for _, weight in pairs))
)
def test_the_weighted_mean_is_exact(pairs: list[tuple[int | None, Decimal]]) -> None:
    items = _items(len(pairs))
    scorer = scorers.weighted({f"i{k}": weight for k, (_, weight) in enumerate(pairs)}, source="proef")
    score = scorer.one([answer for answer, _ in pairs], items, LIKERT5)
    valid = [(answer, Fraction(weight)) for answer, weight in pairs if answer is not None]
    total = sum(weight for _, weight in valid)
    expected = float(sum(answer * weight for answer, weight in valid) / total) if total else None
    assert score == expected
    row = np.array([[np.nan if answer is None else answer for answer, _ in pairs]], dtype=np.float64)
    many = scorer.many(row, items, LIKERT5)[0]
    assert np.isnan(many) if expected is None else many == expected


def test_weights_too_large_for_exact_floats_still_agree() -> None:
    items = _items(2)
    scorer = scorers.weighted({"i0": "900000000000000", "i1": "0.000000000000001"}, source="proef")
    answers = np.array([[5.0, 1.0], [np.nan, 2.0], [np.nan, np.nan]])
    many = scorer.many(answers, items, LIKERT5)
    assert many[0] == scorer.one([5, 1], items, LIKERT5)
    assert many[1] == 2.0
    assert np.isnan(many[2])


def test_weights_keep_their_proportion() -> None:
    assert whole_weights({"a": "0.1", "b": Decimal("0.25"), "c": 3, "d": 0}) == {
        "a": 2,
        "b": 5,
        "c": 60,
        "d": 0,
    }


@pytest.mark.parametrize(
    "weight",
    [
        0.5,
        True,
        "a",
        "-1",
        -1,
        "nan",
        "inf",
        Decimal("Infinity"),
        "1e-40",
        pytest.param(10**5000, id="huge"),
        "1e99",
        None,
    ],
)
def test_what_is_no_plain_decimal_is_refused_as_a_weight(weight: Any) -> None:
    with pytest.raises(InputError) as caught:
        scorers.weighted({"i0": weight, "i1": weight}, source="proef")
    assert caught.value.code == "weights-invalid"
    assert [problem.where for problem in caught.value.problems] == ["$.weights.i0", "$.weights.i1"]


@pytest.mark.parametrize("weights", [{}, {"i0": 0}, [1, 2], None])
def test_no_weights_at_all_are_refused(weights: Any) -> None:
    with pytest.raises(InputError, match="weights-invalid"):
        scorers.weighted(weights, source="proef")


@pytest.mark.parametrize("source", ["", "  ", None])
def test_weights_need_a_source(source: Any) -> None:
    with pytest.raises(InputError, match="source"):
        scorers.weighted({"i0": 1}, source=source)


def test_weights_and_items_must_name_the_same(lijst: Vragenlijst) -> None:
    scorer = scorers.weighted({"h1": 1, "hh2": 1}, source="proef")
    assert isinstance(scorer, ItemCheck)
    with pytest.raises(InputError) as caught:
        scorer.check(lijst.items)
    problems = {problem.where: problem for problem in caught.value.problems}
    assert set(problems) == {"$.weights.hh2", "$.weights"}
    assert problems["$.weights"].given == "h2, b1, b2, b3, d1"
    assert "Did you mean 'h2'?" in problems["$.weights.hh2"].do
    with pytest.raises(InputError):
        scorer.one([1], _items(1), LIKERT5)


def test_every_construct_needs_a_weight_above_zero(lijst: Vragenlijst) -> None:
    weights = {item.id: 0 if item.id.startswith("b") else 1 for item in lijst.items}
    scorer = scorers.weighted(weights, source="proef")
    assert isinstance(scorer, ItemCheck)
    with pytest.raises(InputError, match="belastbaarheid sum to zero"):
        scorer.check(lijst.items)


def test_scorers_are_values() -> None:
    one, other = (scorers.weighted({"a": weight}, source="proef") for weight in (2, "2.0"))
    assert one == other
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 (our own bytes)
    assert isinstance(scorers.mean(), ItemScorer)
    assert (
        scorers.mean().many(np.array([[-3.0, np.nan]]), _items(2), Schaal(minimum=-3, maximum=3))[0] == -3.0
    )


def test_scorers_by_construct_go_by_name_too() -> None:
    found = scorers.by_construct({"houding": "sum"}, otherwise="mean")
    assert found == scorers.by_construct({"houding": scorers.sum()}, otherwise=scorers.mean())
    with pytest.raises(InputError) as error:
        scorers.by_construct({"houding": "som", "kennis": "weighted"}, otherwise="maen")
    assert [(problem.where, problem.code) for problem in error.value.problems] == [
        ("$.scorers.houding", "unknown-name"),
        ("$.scorers.kennis", "missing-field"),
        ("$.otherwise", "unknown-name"),
    ]


def test_weights_that_lack_are_told_once_and_name_by_construct() -> None:
    lijst = igm.vragenlijst("client-participatie")
    with pytest.raises(InputError, match="by_construct") as error:
        igm.score({}, lijst, scorer=scorers.weighted({"houding_1": 1}, source="x"))
    assert [problem.given for problem in error.value.problems] == [
        "houding_2, houding_3, houding_4, eigen_effectiviteit_1, eigen_effectiviteit_2 and 48 more"
    ]
    weights: Any = {"houding_1": 0.25}
    with pytest.raises(InputError, match=r"exact: '0\.25'"):
        scorers.weighted(weights, source="x")
