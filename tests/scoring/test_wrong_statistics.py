"""What is no table, no row, no label and no name: told in our errors by every statistic, and never computed with."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import igm
from igm.errors import InputError
from igm.scoring import (
    coding_sensitivity,
    composites,
    cronbach_alpha,
    feldt,
    icc,
    icc_groups,
    item_quality,
    measurement_error,
    omega_from_loadings,
    omega_total,
    reliability,
    response_quality,
    rwg,
    rwg_j,
    score_interval,
    scorers,
    spearman_brown,
    true_score,
    weighted_kappa,
)

LIJST = igm.vragenlijst("client-participatie")
PAIRS = [("houding_1", "houding_2"), ("houding_3", "houding_4")]
TABLE = [[1, 2, 2], [2, 2, 3], [3, 4, 3], [4, 3, 5]]
PEOPLE: Any = np.random.default_rng(1).integers(1, 6, (6, len(LIJST.items)))
SCALE = igm.LIKERT5


def _nested(wrong: Any) -> Any:
    """A row with a list in it."""
    return [[wrong]]


WRONG: dict[str, Callable[[], Any]] = {
    "an object": object,
    "NA of pandas": lambda: pd.NA,
    "a decimal": lambda: Decimal("0.5"),
    "a complex number": lambda: 1 + 2j,
    "a very large number": lambda: 10**400,
    "a mapping": lambda: {"a": 1},
    "a set": lambda: {1, 2},
    "a class": lambda: int,
    "an array of texts": lambda: np.array([["a", "b"], ["b", "a"]]),
    "an array without a dimension": lambda: np.array(3.0),
    "an array with three": lambda: np.zeros((2, 2, 2)),
    "truth values": lambda: np.array([[True, False], [False, True]]),
    "complex numbers": lambda: np.array([[1 + 2j, 2], [2, 3]]),
    "a masked array": lambda: np.ma.masked_array([[1, 2], [3, 4]], mask=[[False, True], [False, False]]),
    "an array of anything": lambda: np.array([None, "a", 2], dtype=object),
    "lists of other lengths": lambda: [[1], [1, 2], "ab", None],
    "a series": lambda: pd.Series(["a", "b"], index=[5, 5]),
    "an empty frame": pd.DataFrame,
    "an empty frame of Polars": pl.DataFrame,
    "a frame that waits": lambda: pl.DataFrame({"a": [1, 2]}).lazy(),
}

CALLS: dict[str, Callable[[Any], Any]] = {
    "alpha": cronbach_alpha,
    "alpha missing": lambda wrong: cronbach_alpha(TABLE, missing=wrong),
    "alpha level": lambda wrong: cronbach_alpha(TABLE, level=wrong),
    "feldt alpha": lambda wrong: feldt(wrong, k=3, n=10),
    "feldt k": lambda wrong: feldt(0.5, k=wrong, n=10),
    "feldt n": lambda wrong: feldt(0.5, k=3, n=wrong),
    "omega": omega_total,
    "omega loadings": lambda wrong: omega_from_loadings(wrong, [1, 1]),
    "omega residuals": lambda wrong: omega_from_loadings([1, 1], wrong),
    "icc": icc,
    "icc form": lambda wrong: icc(TABLE)[wrong],
    "kappa row": lambda wrong: weighted_kappa(wrong, wrong),
    "kappa judgement": lambda wrong: weighted_kappa([1, wrong], [wrong, 2]),
    "kappa category": lambda wrong: weighted_kappa([1, 2], [1, 2], categories=[1, 2, wrong]),
    "kappa categories": lambda wrong: weighted_kappa([1, 2], [1, 2], categories=wrong),
    "kappa weights": lambda wrong: weighted_kappa([1, 2], [1, 2], weights=wrong),
    "rwg": lambda wrong: rwg(wrong, schaal=SCALE),
    "rwg groups": lambda wrong: rwg([1, 2, 3], wrong, schaal=SCALE),
    "rwg group": lambda wrong: rwg([1, 2, 3], ["a", "a", wrong], schaal=SCALE),
    "rwg scale": lambda wrong: rwg([1, 2, 3], schaal=wrong),
    "rwg_j": lambda wrong: rwg_j(wrong, schaal=SCALE),
    "icc_groups": lambda wrong: icc_groups(wrong, ["a", "a", "b"]),
    "icc_groups group": lambda wrong: icc_groups([1, 2, 3], ["a", "a", wrong]),
    "measurement_error": lambda wrong: measurement_error(wrong, wrong),
    "score_interval": lambda wrong: score_interval(wrong, sd=wrong, reliability=wrong),
    "true_score": lambda wrong: true_score(wrong, mean=wrong, sd=wrong, reliability=wrong),
    "spearman_brown": lambda wrong: spearman_brown(wrong, wrong),
    "reliability items": lambda wrong: reliability(PEOPLE[:, :2], LIJST, items=["houding_1", wrong]),
    "reliability rule": lambda wrong: reliability(PEOPLE, LIJST, min_valid=wrong),
    "reliability columns": lambda wrong: reliability(PEOPLE, LIJST, columns=wrong),
    "item": lambda wrong: item_quality(PEOPLE, LIJST)[wrong],
    "seconds": lambda wrong: response_quality(PEOPLE[:1], LIJST, seconds=[[wrong]]),
    "limit": lambda wrong: response_quality(PEOPLE, LIJST, run_from=wrong),
    "person": lambda wrong: response_quality(PEOPLE, LIJST)[wrong],
    "coding": lambda wrong: scorers.expectancy_value(PAIRS, belief=wrong, evaluation=wrong),
    "pairs": lambda wrong: scorers.expectancy_value(wrong, belief="unipolar", evaluation="bipolar"),
    "pairs needed": lambda wrong: scorers.expectancy_value(
        PAIRS, belief="unipolar", evaluation="bipolar", min_pairs=wrong
    ),
    "criterion": lambda wrong: coding_sensitivity(
        PEOPLE[:1], LIJST, PAIRS, belief="unipolar", evaluation="bipolar", criterion=_nested(wrong)
    ),
    "thresholds": lambda wrong: scorers.graded_response({"a": (1.0, wrong)}, source="x", n=500),
    "nodes": lambda wrong: scorers.graded_response({"a": (1.0, [1])}, source="x", n=500, nodes=wrong),
    "metric": lambda wrong: composites.mean(metric=wrong),
    "purpose": lambda wrong: igm.score(PEOPLE, LIJST, doel=wrong),
}


@pytest.mark.parametrize("given", WRONG)
@pytest.mark.parametrize("call", CALLS)
def test_wrong_input_is_told_in_errors_of_ours_or_has_a_result(call: str, given: str) -> None:
    with contextlib.suppress(InputError):
        CALLS[call](WRONG[given]())


@pytest.mark.parametrize(
    "call", [name for name in CALLS if not name.endswith(" group") and name != "kappa category"]
)
def test_an_object_is_no_number_no_row_and_no_name(call: str) -> None:
    with pytest.raises(InputError):
        CALLS[call](object())


@pytest.mark.parametrize("given", [{1, 2}, {"a": 1}, [1], np.zeros(2)], ids=str)
def test_what_cannot_be_a_label_is_named_at_its_place(given: Any) -> None:
    with pytest.raises(InputError) as refused:
        weighted_kappa([1, given], [given, 2], categories=[1, 2])
    assert [(one.code, one.where) for one in refused.value.problems] == [("invalid-value", "$.a[1]")]
    with pytest.raises(InputError) as refused:
        rwg([1, 2, 3], ["a", given, given], schaal=SCALE)
    assert [one.where for one in refused.value.problems] == ["$.group[1]", "$.group[2]"]


def test_of_many_judgements_that_are_no_category_the_first_are_told_and_the_rest_counted() -> None:
    with pytest.raises(InputError) as refused:
        weighted_kappa([7] * 500, [8] * 500, categories=[1, 2])
    problems = refused.value.problems
    assert len(problems) == 21
    assert "1000 judgements" in problems[-1].what


def test_a_measure_that_goes_on_and_on_has_no_categories() -> None:
    many = np.random.default_rng(1).normal(size=1200)
    with pytest.raises(InputError, match="too many categories"):
        weighted_kappa(many, many)


def test_a_frame_is_no_row_of_the_names_of_its_columns() -> None:
    frame: Any = pd.DataFrame({"a": [1, 2], "b": [2, 1]})
    with pytest.raises(InputError, match="not a row of values"):
        weighted_kappa(frame, frame, categories=["a", "b"])


def test_a_set_has_no_order_to_go_by() -> None:
    some: Any = {1, 2}
    for call in (
        lambda: weighted_kappa([1, 2], [1, 2], categories=some),
        lambda: rwg(some, schaal=SCALE),
    ):
        with pytest.raises(InputError, match="not a row of values"):
            call()


SHUFFLED: Any = pd.Series([1, 2, 3], index=[2, 0, 1])
ORDERED: Any = pd.Series([1, 2, 3])


@pytest.mark.parametrize(
    "call",
    [
        weighted_kappa,
        lambda one, other: rwg(one, other, schaal=SCALE),
        lambda one, other: rwg_j(one.to_frame(), other, schaal=SCALE),
        icc_groups,
        lambda one, other: response_quality(one.to_frame("houding_1"), LIJST, seconds=other),
        lambda one, other: coding_sensitivity(
            pd.DataFrame({name: one for pair in PAIRS for name in pair}),
            LIJST,
            PAIRS,
            belief="unipolar",
            evaluation="bipolar",
            criterion=other,
        ),
    ],
)
def test_people_who_are_indexed_otherwise_are_not_set_beside_one_another(call: Callable[..., Any]) -> None:
    call(ORDERED, ORDERED)
    call(SHUFFLED, SHUFFLED)
    call(ORDERED, [1, 2, 3])
    with pytest.raises(InputError, match="unlike indexes"):
        call(ORDERED, SHUFFLED)


def test_columns_of_pandas_that_are_called_by_numbers_count_like_others() -> None:
    frame = pd.DataFrame(TABLE)
    assert cronbach_alpha(frame).value == cronbach_alpha(TABLE).value
    assert [one.item for one in cronbach_alpha(frame.rename(columns={0: "a"})).items] == ["a", "1", "2"]
    with pytest.raises(InputError, match="two columns have the same name"):
        cronbach_alpha(frame.rename(columns={0: "1"}))


def test_rows_of_arrow_are_rows() -> None:
    parts: Any = pa.chunked_array([[1, 2], [3]])
    assert weighted_kappa(parts, pa.array([1, 2, 3])).value == 1.0


def test_numbers_of_numpy_are_numbers_and_leave_as_plain_ones() -> None:
    whole: Any = np.int64
    part: Any = np.float32
    loadings: Any = np.array([1, 2])
    residuals: Any = np.array([1, 1], dtype="f4")
    assert feldt(part(0.5), k=whole(3), n=whole(10)) == feldt(0.5, k=3, n=10)
    assert measurement_error(whole(2), part(0.5)) == measurement_error(2, 0.5)
    assert spearman_brown(part(0.5), whole(3)) == spearman_brown(0.5, 3)
    assert true_score(whole(2), mean=whole(3), sd=whole(1), reliability=part(0.5)) == true_score(
        2, mean=3, sd=1, reliability=0.5
    )
    assert score_interval(whole(2), sd=whole(1), reliability=part(0.5), level=part(0.5)) == score_interval(
        2, sd=1, reliability=0.5, level=0.5
    )
    assert omega_from_loadings(loadings, residuals) == omega_from_loadings([1, 2], [1, 1])
    assert rwg([1, 2, 3], null_variance=whole(2)) == rwg([1, 2, 3], null_variance=2)
    assert scorers.weighted({"a": whole(2), "b": whole(1)}, source="x") == scorers.weighted(
        {"a": 2, "b": 1}, source="x"
    )
    one = {"a": (1.0, [1])}
    made = scorers.graded_response(one, source="x", n=whole(500), lowest=whole(-6), nodes=whole(61))
    assert type(made.lowest) is int
    for found in (
        reliability(PEOPLE, LIJST, min_valid=whole(1), level=part(0.5)),
        response_quality(
            PEOPLE,
            LIJST,
            run_from=whole(3),
            fast_below=whole(2),
            seconds=np.arange(6),
            midpoint_from=part(0.5),
        ),
    ):
        told = repr(found.to_dict())
        assert "np." not in told
    assert "np." not in igm.score(PEOPLE, LIJST, min_valid=whole(1)).gemaakt_met


@pytest.mark.parametrize("units", [1e200, 1e-200, 3e307])
@pytest.mark.parametrize(
    "call",
    [cronbach_alpha, omega_total, icc, partial(rwg_j, null_variance=2)],
    ids=lambda call: inspect.unwrap(getattr(call, "func", call)).__name__,
)
def test_numbers_that_cannot_be_squared_are_refused(call: Callable[..., Any], units: float) -> None:
    table = np.array(TABLE) * units
    for given in (table, table.tolist(), pd.DataFrame(table)):
        with pytest.raises(InputError) as refused:
            call(given)
        assert {one.code for one in refused.value.problems} == {"value-out-of-range"}


@pytest.mark.parametrize("units", [2.0**190, 2.0**-190])
def test_alpha_and_agreement_do_not_hang_on_the_unit(units: float) -> None:
    table = np.array(TABLE, dtype=np.float64)
    plain, other = cronbach_alpha(table), cronbach_alpha(table * units)
    assert other.value == plain.value
    assert [one.item_rest for one in other.items] == [one.item_rest for one in plain.items]
    assert other.se == pytest.approx(plain.se)
    assert icc(table * units)["ICC2"] == icc(table)["ICC2"]
    assert omega_total(table * units).value == pytest.approx(omega_total(table).value)
    row = table[:, 0]
    assert weighted_kappa(row * units, row[::-1] * units, weights="quadratic").value == pytest.approx(
        weighted_kappa(row, row[::-1], weights="quadratic").value
    )


def test_numbers_that_leave_what_a_float_holds_have_no_statistic() -> None:
    for call in (
        lambda: measurement_error(1e308, -1e308),
        lambda: score_interval(1e308, sd=1e308, reliability=0.5),
        lambda: feldt(-1e308, k=3, n=10),
        lambda: omega_from_loadings([1e200, 1e200], [1, 1]),
        lambda: icc_groups([1e200, 2e200, 3e200], ["a", "a", "b"]),
        lambda: rwg([1, 2, 3], null_variance=5e-324),
    ):
        with pytest.raises(InputError) as refused:
            call()
        assert {one.code for one in refused.value.problems} == {"value-out-of-range"}


def test_a_residual_below_zero_is_no_variance() -> None:
    with pytest.raises(InputError, match="Heywood"):
        omega_from_loadings([1, 1], [-1, 2])


@pytest.mark.parametrize("level", [1 - 1e-16, 1e-300, 0, 1, True, "0.95", None])
def test_a_level_that_rounds_to_all_or_nothing_is_none(level: Any) -> None:
    for call in (cronbach_alpha, icc):
        with pytest.raises(InputError, match="a level"):
            call(TABLE, level=level)
