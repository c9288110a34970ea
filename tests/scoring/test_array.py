from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.analysis.oracle import oracle
from tests.scoring.conftest import _lijst

import igm
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Vragenlijst
from igm.constructs.waarde import Missing
from igm.errors import MASK, InputError
from igm.scoring import score

TURNED = {1, 9, 10, 11, 12, 22, 25}


def _refused(array: Any, lijst: Vragenlijst, **options: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        score(array, lijst, **options)
    return caught.value


@pytest.mark.parametrize("shape", [(3, 5), (3, 7), (6,), (), (2, 6, 1), (3, 0)])
def test_another_shape_than_the_items_is_refused(lijst: Vragenlijst, shape: tuple[int, ...]) -> None:
    error = _refused(np.ones(shape), lijst)
    assert error.code == "shape-mismatch"
    assert "6 columns" in error.problems[0].do
    assert error.problems[0].given == (" × ".join(map(str, shape)) or "no dimensions")


@pytest.mark.parametrize(
    "array",
    [
        np.ones((1, 6), dtype=bool),
        np.full((1, 6), "1", dtype=object),
        np.full((1, 6), "4"),
        np.ones((1, 6), dtype=complex),
        np.ones((1, 6), dtype="timedelta64[D]"),
        np.ones((1, 6), dtype=np.longdouble),
        np.ones((1, 6), dtype="M8[D]"),
    ],
    ids=lambda array: str(array.dtype),
)
def test_only_plain_numbers_are_read(lijst: Vragenlijst, array: Any) -> None:
    error = _refused(array, lijst)
    assert error.code == "not-a-number"
    assert str(array.dtype) in str(error)


def test_a_masked_array_is_refused_rather_than_read_through_its_mask(lijst: Vragenlijst) -> None:
    array: Any = np.ma.masked_equal(np.full((2, 6), 9), 9)
    error = _refused(array, lijst)
    assert error.code == "invalid-value"
    assert "filled" in error.problems[0].do
    assert np.isnan(score(array.astype(float).filled(np.nan), lijst).values).all()


def test_each_wrong_cell_is_named_with_its_row_and_column(lijst: Vragenlijst) -> None:
    array = np.full((5_000, 6), 3.0)
    array[1, 0], array[1, 1], array[4_999, 5], array[7, 0] = 9, 2.5, np.inf, 0.9999999999
    problems = _refused(array, lijst).problems
    assert [(problem.where, problem.code) for problem in problems] == [
        ("$[1][0]", "answer-out-of-range"),
        ("$[1][1]", "answer-not-whole"),
        ("$[7][0]", "answer-out-of-range"),
        ("$[4999][5]", "not-a-number"),
    ]
    assert "row 1, column 0, item 'h1'" in problems[0].what
    assert problems[1].given == "2.5"
    assert "from 1 to 5" in problems[1].do


def test_fractions_too_small_to_survive_a_subtraction_are_seen(make_lijst: Any) -> None:
    lijst = make_lijst(("h1", "houding", False, None), schaal=Schaal(minimum=-5, maximum=5))
    assert _refused(np.array([[-1e-17]]), lijst).code == "answer-not-whole"
    assert score(np.array([[-0.0]]), lijst).values.tobytes() == np.zeros((1, 1)).tobytes()


def test_of_many_wrong_cells_the_first_are_named_and_all_are_counted(lijst: Vragenlijst) -> None:
    array = np.full((10_000, 6), 3)
    array[:, 0] = 77
    array[9_000:, 1] = -1
    problems = _refused(array, lijst).problems
    assert [problem.where for problem in problems[:20]] == [f"$[{row}][0]" for row in range(20)]
    assert problems[20].what.startswith("11000 answers cannot be used")
    assert len(problems) == 21


def test_answers_about_health_are_masked_in_errors(lijst: Vragenlijst) -> None:
    array = np.full((1, 6), 3)
    array[0, 2] = 88
    error = _refused(array, lijst)
    assert error.problems[0].given == MASK
    assert "88" not in str(error)


def test_columns_can_come_in_another_order_and_be_absent(lijst: Vragenlijst) -> None:
    by_name = score(np.array([[5, 1]]), lijst, items=["h2", "h1"])
    assert by_name["houding"].tolist() == [1.0]
    assert by_name.n_valid.tolist() == [[2, 0, 0]]
    assert by_name.profiel(0)["belastbaarheid"] is Missing.NIET_GEVRAAGD


@pytest.mark.parametrize(
    ("items", "code", "where"),
    [
        (["h1", "h3"], "unknown-item", "$.items[1]"),
        (["h1", "h1"], "duplicate-name", "$.items[1]"),
        ("h1", "invalid-value", "$.items"),
        (["h1"], "shape-mismatch", "$"),
        (["h1", 2], "unknown-item", "$.items[1]"),
    ],
)
def test_the_items_of_columns_are_checked(lijst: Vragenlijst, items: Any, code: str, where: str) -> None:
    error = _refused(np.ones((1, 2)), lijst, items=items)
    assert (error.code, error.problems[0].where) == (code, where)


def test_an_empty_array_has_nobody(lijst: Vragenlijst) -> None:
    scores = score(np.empty((0, 6)), lijst)
    assert (len(scores), scores.values.shape, scores.n_valid.shape) == (0, (0, 3), (0, 3))


def test_a_scale_whose_sums_are_not_exact_is_refused(make_lijst: Any) -> None:
    lijst = make_lijst(("h1", "houding", False, None), schaal=Schaal(minimum=0, maximum=2**52))
    assert _refused(np.ones((1, 1)), lijst).code == "scale-invalid"
    with pytest.raises(InputError, match="scale-invalid"):
        score({"h1": 1}, lijst)
    large = make_lijst(("h1", "houding", True, None), schaal=Schaal(minimum=0, maximum=2**50))
    assert (
        score(np.array([[3]]), large).values[0, 0] == score({"h1": 3}, large).scores["houding"] == 2**50 - 3
    )
    beyond = np.array([[2**53 + 1]], dtype=np.uint64)
    assert _refused(beyond, large).code == "answer-out-of-range"


def test_items_are_turned_by_the_stated_ends_and_not_by_the_answers_that_occur() -> None:
    # five scales of five items on a scale of 1 to 6 on which nobody answered 6
    case = oracle("alpha_edges")["range_pitfall"]
    names = ("houding", "eigen_effectiviteit", "kennis", "context", "zelfregulering")
    items = [(f"i{one}", names[(one - 1) // 5], one in TURNED, None) for one in range(1, 26)]
    found = score(np.array(case["data"]), _lijst(*items, schaal=Schaal(minimum=1, maximum=6)))
    order = [names.index(construct.value) for construct in found.constructs]
    assert found.values == pytest.approx(np.array(case["scores_stated_range"])[:, order], abs=1e-12)
    assert found.values != pytest.approx(np.array(case["scores_default_range"])[:, order], abs=0.1)


def test_python_numbers_and_nothing_are_read_as_floats() -> None:
    lijst = igm.vragenlijst("client-participatie")
    items = ["kennis_1", "kennis_2"]
    frame = pd.DataFrame({"kennis_1": [4, None], "kennis_2": [3, 5]}, dtype="Int64")
    for data in (frame.to_numpy(dtype=object), np.array([[4, 3], [None, 5]], dtype=object)):
        found = igm.score(data, lijst, items=items, min_valid=1)["kennis"]
        assert found.tolist() == [3.5, 5.0]
    for wrong in ("4", True, 10**400):
        with pytest.raises(InputError, match="dtype object"):
            igm.score(np.array([[4, wrong]], dtype=object), lijst, items=items)
