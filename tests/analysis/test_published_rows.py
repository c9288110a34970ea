"""Published figures as waves: what can be no rows, no names and no figures of any answers."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import igm
from igm.analysis import Summary, compare_published, report_published
from igm.errors import InputError


def published(*figures: tuple[Any, Any, Any]) -> list[dict[str, Any]]:
    return [
        {"wave": wave, "construct": "houding", "mean": mean, "sd": sd, "n": n}
        for wave, (mean, sd, n) in enumerate(figures)
    ]


def test_a_published_standard_deviation_that_nobody_can_have_is_refused() -> None:
    for report in (compare_published, report_published):
        with pytest.raises(InputError, match=r"above 2\.31, the most that is possible on 1–5") as caught:
            report(published((3.0, 2.32, 4), (3.12, 1.01, 4)), bron="een tabel", schaal=igm.LIKERT5)
        assert [(one.code, one.where) for one in caught.value.problems] == [("value-out-of-range", "$[0].sd")]
    with pytest.raises(InputError) as two:
        compare_published(published((6.0, 1.0, 4), (2.0, 4.0, 9)), bron="een tabel", schaal=igm.LIKERT5)
    assert [one.where for one in two.value.problems] == ["$[0].mean", "$[1].sd"]


@pytest.mark.parametrize(
    ("mean", "sd", "other"),
    [("3,00", "2,31", "3,12"), (3.0, 2.3, 3.1), (3, 2, 3), (3.0, 2.309401076758503, 3.1)],
)
def test_what_rounding_can_have_made_of_answers_at_both_ends_is_taken(mean: Any, sd: Any, other: Any) -> None:
    rows = published((mean, sd, 4), (other, 1, 4))
    found = compare_published(rows, bron="een tabel", schaal=igm.LIKERT5).rows[0]
    assert found.polarisation[0] == pytest.approx(1, abs=0.15)
    assert found.apart


@given(st.lists(st.integers(1, 5), min_size=2, max_size=9), st.integers(0, 4))
def test_no_figures_of_real_answers_are_refused(answers: list[int], decimals: int) -> None:
    summary = Summary.of(answers)
    figures = (round(summary.mean, decimals), round(summary.sd or 0.0, decimals), summary.n)
    assert len(compare_published(published(figures, figures), bron="een tabel", schaal=igm.LIKERT5)) == 1


@pytest.mark.parametrize(
    "rows",
    [None, 5, "rows", {"wave": 0}, []],
)
def test_what_are_no_published_rows_is_refused(rows: Any) -> None:
    for report in (compare_published, report_published):
        with pytest.raises(InputError) as caught:
            report(rows, bron="een tabel")
        assert [(one.code, one.where) for one in caught.value.problems] == [
            ("missing-field" if isinstance(rows, list) else "invalid-value", "$")
        ]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"wave": None}, ["missing-field"]),
        ({"wave": math.nan, "construct": pd.NA}, ["missing-field"] * 2),
        ({"wave": [0]}, ["invalid-value"]),
        ({"construct": {}, "n": np.int64(0)}, ["invalid-value", "value-out-of-range"]),
        ({"mean": pd.NA, "sd": 1e300}, ["not-a-number", "not-a-number"]),
        ({"n": 10**400}, ["value-out-of-range"]),
    ],
)
def test_labels_and_figures_of_published_rows_are_refused_at_once(
    change: dict[str, Any], codes: list[str]
) -> None:
    first, second = published((3.0, 1.0, 4), (3.5, 1.0, np.int64(4)))
    assert len(compare_published([first, second], bron="een tabel")) == 1
    with pytest.raises(InputError) as caught:
        compare_published([first | change, second], bron="een tabel")
    assert [one.code for one in caught.value.problems] == codes


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"by": None}, ["invalid-value"]),
        ({"by": "wave"}, ["duplicate-name"]),
        ({"by": ["org", ["org"]]}, ["invalid-value"]),
        ({"mean": "sd"}, ["duplicate-name"]),
        ({"wave": None, "n": 3}, ["invalid-value", "invalid-value"]),
        ({"schaal": 5}, ["invalid-value"]),
    ],
)
def test_fields_that_cannot_be_asked_are_refused(asked: dict[str, Any], codes: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        compare_published(published((3, 1, 4), (3, 1, 4)), bron="een tabel", **asked)
    assert [one.code for one in caught.value.problems] == codes


def test_files_and_frames_are_rows_too(tmp_path: Path) -> None:
    rows = published((4.10, 1.02, 13), (5.01, 0.88, 11))
    lines = [
        ";".join(rows[0]),
        *(";".join(str(one).replace(".", ",") for one in row.values()) for row in rows),
    ]
    path = tmp_path / "pub.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    for report in (compare_published, report_published):
        expected = report(rows, bron="own").to_dict()
        for one in (igm.read_csv(path), pd.DataFrame(rows), pl.DataFrame(rows), pa.Table.from_pylist(rows)):
            assert report(one, bron="own").to_dict() == expected


def test_a_wrong_name_of_a_column_is_told_once() -> None:
    rows = [{"golf": row.pop("wave"), **row} for row in published((4.1, 1.0, 13), (5.0, 0.9, 11))]
    for report in (compare_published, report_published):
        with pytest.raises(InputError) as caught:
            report(rows, bron="own", sd="s")
        assert [(one.code, one.where) for one in caught.value.problems] == [
            ("missing-field", "$.wave"),
            ("missing-field", "$.sd"),
        ]
        assert "Say with wave= what it is called." in str(caught.value)
    assert len(compare_published(rows, bron="own", wave="golf")) == 1
