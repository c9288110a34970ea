"""Rows of answers on a metric: what `similarities` reckons with, and so comparable between scales."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from igm.congruence import on_metric, pseudo_dyads, similarities
from igm.constructs import LIKERT5, LIKERT7
from igm.errors import InputError

FIVE = ["houding", "kennis", "context", "zelfregulering", "sociale_druk"]
sevens = st.lists(st.integers(1, 7) | st.none(), min_size=5, max_size=5)
fives = st.lists(st.integers(1, 5) | st.none(), min_size=5, max_size=5)


@given(st.lists(st.tuples(sevens, fives), min_size=1, max_size=5))
def test_figures_of_two_scales_are_those_of_similarities(pairs: Any) -> None:
    first, second = [one for one, _ in pairs], [other for _, other in pairs]
    x = on_metric(first, constructs=FIVE, schaal=LIKERT7, sociale_druk="tegen")
    y = on_metric(second, constructs=FIVE, schaal=LIKERT5, sociale_druk="mee")
    found = similarities(
        first,
        second,
        constructs=FIVE,
        schaal=(LIKERT7, LIKERT5),
        metric="pomp",
        sociale_druk=("tegen", "mee"),
        measures=["mean_absolute_difference"],
    )
    there = ~np.isnan(x - y)
    for row, own in enumerate(found["mean_absolute_difference"]):
        if not np.isnan(own):
            assert np.abs(x - y)[row][there[row]].mean() == pytest.approx(own)


def test_the_same_answers_on_two_scales_are_alike_only_on_a_metric() -> None:
    first, second = [[1, 4, 7, 4, 1], [7, 1, 4, 1, 7]], [[1, 3, 5, 3, 1], [5, 1, 3, 1, 5]]
    names = [*FIVE[:4], "belastbaarheid"]
    x = on_metric(first, constructs=names, schaal=LIKERT7)
    y = on_metric(second, constructs=names, schaal=LIKERT5)
    assert pseudo_dyads(x, y, measure="mean_absolute_difference").own.mean == 0
    raw = pseudo_dyads(np.array(first), np.array(second), measure="mean_absolute_difference")
    assert raw.own.mean is not None
    assert raw.own.mean > 0


def test_what_was_given_is_not_changed_and_a_scale_can_be_kept() -> None:
    rows = np.array([[1.0, 2, 3, 4, 5]])
    kept = on_metric(rows, constructs=FIVE, schaal=LIKERT5, metric="schaal", sociale_druk="tegen")
    assert kept.tolist() == [[1, 2, 3, 4, 1]]
    assert rows.tolist() == [[1, 2, 3, 4, 5]]


@pytest.mark.parametrize(
    ("values", "options", "code", "where"),
    [
        ([[1, 2]], {}, "shape-mismatch", "$.values"),
        ([[1, 2, 3, 4, 6]], {}, "value-out-of-range", "$.values[0][4]"),
        ([[1, 2, 3, 4, 5]], {"sociale_druk": None}, "missing-field", "$.sociale_druk"),
        ([[1, 2, 3, 4, 5]], {"sociale_druk": ("mee", "mee")}, "missing-field", "$.sociale_druk"),
        ([[1, 2, 3, 4, 5]], {"schaal": (LIKERT5, LIKERT5)}, "invalid-value", "$.schaal"),
        ([[1, 2, 3, 4, 5]], {"metric": "percent"}, "unknown-name", "$.metric"),
    ],
)
def test_what_cannot_be_used_is_told(values: Any, options: Any, code: str, where: str) -> None:
    asked = {"constructs": FIVE, "schaal": LIKERT5, "sociale_druk": "mee"} | options
    with pytest.raises(InputError) as caught:
        on_metric(values, **asked)
    assert [(one.code, one.where) for one in caught.value.problems] == [(code, where)]
