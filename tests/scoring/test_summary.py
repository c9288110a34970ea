"""Figures of groups: exact, alike on every engine, and never about too few people."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frames import EAGER, LAZY, collected, make, rows

import igm
from igm.errors import InputError

KINDS = [kind for kind in (*EAGER, *LAZY) if kind != "pandas object"]
every_kind = pytest.mark.parametrize("kind", [*KINDS, pytest.param("pyspark", marks=pytest.mark.slow)])


def summary(
    kind: str, columns: dict[str, list[Any]], by: Any, **options: Any
) -> dict[tuple[Any, ...], dict[str, Any]]:
    names = [by] if isinstance(by, str) else by
    found = rows(igm.summarise(make(kind, columns), by, **options), by=None)
    assert all(list(row) == [*names, "construct", "n", "mean", "sd", "onderdrukt"] for row in found)
    return {tuple(row[name] for name in (*names, "construct")): row for row in found}


def people(n: int, seed: int, offset: float) -> dict[str, list[Any]]:
    rng = np.random.default_rng(seed)
    return {
        "wave": [["T0", "T1", None][int(i)] for i in rng.integers(0, 3, n)],
        "org é": [int(i) for i in rng.integers(0, 2, n)],
        "houding": [None if rng.random() < 0.1 else offset + float(rng.integers(1, 6)) for _ in range(n)],
        "kennis": [float(rng.integers(4, 21) / 4) for _ in range(n)],
    }


def exact(values: list[float]) -> tuple[float, float]:
    held = [Fraction(value) for value in values]
    mean = sum(held) / len(held)
    variance = sum((value - mean) ** 2 for value in held) / (len(held) - 1)
    return float(mean), math.sqrt(variance)


@every_kind
@pytest.mark.parametrize("offset", [0.0, 1e6, -1e9])
def test_figures_are_those_of_exact_arithmetic(kind: str, offset: float) -> None:
    columns = people(200, 7, offset)
    found = summary(kind, columns, ["wave", "org é"], minimum_n=5)
    groups = set(zip(columns["wave"], columns["org é"], strict=True))
    assert set(found) == {(*group, key) for group in groups for key in ("houding", "kennis")}
    for (wave, org, key), row in found.items():
        own = [
            value
            for value, w, o in zip(columns[key], columns["wave"], columns["org é"], strict=True)
            if value is not None and (w, o) == (wave, org)
        ]
        mean, sd = exact(own)
        assert row["n"] == len(own)
        assert row["mean"] == pytest.approx(mean, rel=1e-12)
        assert row["sd"] == pytest.approx(sd, rel=1e-12)
        assert row["onderdrukt"] is False


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=10)
@given(groups=st.lists(st.integers(0, 3), min_size=1, max_size=25), least=st.integers(5, 12))
def test_no_figure_rests_on_too_few_people(kind: str, groups: list[int], least: int) -> None:
    columns: dict[str, list[Any]] = {
        "g": groups,
        "houding": [float(place % 5 + 1) for place in range(len(groups))],
    }
    for (group, _), row in summary(kind, columns, "g", minimum_n=least).items():
        own = [value for value, one in zip(columns["houding"], groups, strict=True) if one == group]
        hidden = len(own) < least or len(set(own)) == 1
        assert row["onderdrukt"] is hidden
        assert ((row["n"], row["mean"], row["sd"]) == (None, None, None)) is hidden


@every_kind
def test_the_same_people_count_once(kind: str) -> None:
    columns: dict[str, list[Any]] = {
        "g": ["a"] * 12 + ["b"] * 12,
        "wie": [1] * 12 + list(range(12)),
        "houding": [1.0, 2.0] * 12,
    }
    found = summary(kind, columns, "g", person="wie", minimum_n=5)
    assert found["a", "houding"]["onderdrukt"] is True
    assert found["b", "houding"]["n"] == 12


@every_kind
def test_of_fewer_than_ten_people_no_figure_is_so_exact_that_it_tells_their_answers(kind: str) -> None:
    columns: dict[str, list[Any]] = {
        "g": ["few"] * 8 + ["many"] * 10,
        "houding": [1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0, *[3.0] * 5, *[4.0] * 4, 5.0],
    }
    found = summary(kind, columns, "g", minimum_n=5)
    few, many = found["few", "houding"], found["many", "houding"]
    assert (few["n"], few["sd"], few["onderdrukt"]) == (8, None, False)
    assert few["mean"] == pytest.approx(3.3, rel=1e-12)
    assert many["mean"] == pytest.approx(3.6)
    assert many["sd"] is not None
    inside = summary(kind, columns, "g", doel="intern")["few", "houding"]
    assert inside["mean"] == 3.25
    assert inside["sd"] is not None


@every_kind
def test_inside_nothing_is_suppressed(kind: str) -> None:
    columns: dict[str, list[Any]] = {
        "g": ["a", "b", "b"],
        "houding": [3.0, None, None],
        "kennis": [2.0, 4.0, 4.0],
    }
    found = summary(kind, columns, "g", doel="intern")
    assert not any(row["onderdrukt"] for row in found.values() if row["n"])
    assert found["a", "houding"]["mean"] == 3.0
    assert found["a", "houding"]["sd"] is None
    assert (found["b", "kennis"]["n"], found["b", "kennis"]["sd"]) == (2, 0.0)
    assert found["b", "houding"]["mean"] is None


@pytest.mark.parametrize("kind", KINDS)
def test_where_all_have_the_same_value_the_mean_would_tell_it(kind: str) -> None:
    columns: dict[str, list[Any]] = {"g": ["a"] * 20, "houding": [0.1] * 20}
    assert summary(kind, columns, "g")["a", "houding"]["onderdrukt"] is True
    assert summary(kind, columns, "g", doel="intern")["a", "houding"]["mean"] == pytest.approx(0.1)


@every_kind
def test_zero_is_one_group_and_what_is_no_number_another(kind: str) -> None:
    columns: dict[str, list[Any]] = {
        "g": [0.0, -0.0, -0.0, 0.0, math.nan, None, None, math.nan],
        "houding": [1.0, 2.0, 3.0, 4.0, 1.0, 2.0, 2.0, 5.0],
    }
    found = summary(kind, columns, "g", doel="intern")
    assert set(found) == {(0.0, "houding"), (None, "houding")}
    assert [found[group, "houding"]["n"] for group in (0.0, None)] == [4, 4]
    assert [found[group, "houding"]["mean"] for group in (0.0, None)] == [2.5, 2.5]
    assert found[0.0, "houding"]["sd"] == pytest.approx(math.sqrt(5 / 3), rel=1e-12)


@pytest.mark.parametrize("kind", ["pandas arrow", "polars", "pyarrow", "polars lazy", "duckdb"])
@pytest.mark.parametrize("dtype", [pa.decimal128(14, 2), pa.float32(), pa.int8(), pa.date32()])
def test_groups_keep_their_type(kind: str, dtype: Any) -> None:
    held = pa.array([1, 1, 2], pa.int32()).cast(dtype)
    frame = make(kind, {"g": held.to_pylist(), "houding": [1.0, 2.0, 3.0]}, {"g": dtype})
    found = igm.summarise(frame, "g", doel="intern")
    one, other = collected(found), collected(frame)
    if isinstance(one, pd.DataFrame):
        assert one["g"].dtype == other["g"].dtype
    else:
        assert one.schema.field("g").type == other.schema.field("g").type
    assert sorted(row["g"] for row in rows(found, by=None)) == held.to_pylist()[1:]


@every_kind
def test_nobody_counts_as_no_one_and_zero_as_one_person(kind: str) -> None:
    columns: dict[str, list[Any]] = {
        "g": ["a"] * 6,
        "wie": [0.0, -0.0, math.nan, None, 1.0, 1.0],
        "houding": [1.0, 2.0, 3.0, 4.0, 5.0, 3.0],
    }
    assert summary(kind, columns, "g", person="wie", doel="intern")["a", "houding"]["n"] == 2


@pytest.mark.parametrize("kind", ["polars", "polars lazy", "pandas arrow", "pyarrow", "duckdb"])
@pytest.mark.parametrize(
    ("values", "dtype"),
    [([[1], [2]], pa.list_(pa.int64())), ([b"\xff", b"a"], pa.binary()), ([{"a": 1}] * 2, None)],
)
def test_nested_values_and_bytes_make_no_groups(kind: str, values: list[Any], dtype: Any) -> None:
    frame = make(kind, {"g": values, "houding": [1.0, 2.0]}, {} if dtype is None else {"g": dtype})
    asked: list[dict[str, Any]] = [{"by": "g"}, {"by": "houding", "person": "g"}]
    for options in asked:
        with pytest.raises(InputError, match="column 'g' cannot make groups"):
            igm.summarise(frame, **options, doel="intern")


def test_objects_that_cannot_be_told_apart_make_no_groups() -> None:
    frame = pd.DataFrame({"g": [[1], [2]], "houding": [1.0, 2.0]})
    with pytest.raises(InputError, match="column 'g' holds objects"):
        igm.summarise(frame, "g", doel="intern")


def test_a_value_that_a_dictionary_holds_twice_is_one_group() -> None:
    twice = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, 0]), pa.array(["a", "b", "a"]))
    found = igm.summarise(pa.table({"g": twice, "houding": [1.0, 2.0, 3.0, 2.0]}), "g", doel="intern")
    assert sorted(found.select(["g", "n", "mean"]).to_pylist(), key=lambda row: row["n"]) == [
        {"g": "b", "n": 1, "mean": 2.0},
        {"g": "a", "n": 3, "mean": 2.0},
    ]


@pytest.mark.parametrize("kind", ["dask", "dask nullable"])
@pytest.mark.parametrize("name", ["igm__people0", "igm__counts0", "IGM__means0"])
def test_groups_may_be_called_as_what_is_there_for_a_while(kind: str, name: str) -> None:
    found = summary(kind, {name: [7, 7, 8], "houding": [1.0, 2.0, 4.0]}, name, doel="intern")
    assert {key: row["mean"] for key, row in found.items()} == {(7, "houding"): 1.5, (8, "houding"): 4.0}


@every_kind
def test_of_infinite_values_there_is_no_mean(kind: str) -> None:
    columns: dict[str, list[Any]] = {"g": ["a"] * 3, "pomp": [1.0, math.inf, 2.0]}
    row = summary(kind, columns, "g", values=["pomp"], doel="intern")["a", "pomp"]
    assert (row["n"], row["mean"], row["sd"]) == (3, None, None)


def test_scores_of_a_frame_can_be_summarised_as_they_are() -> None:
    lijst = igm.vragenlijst("client-participatie")
    frame = make("polars lazy", {"g": ["a"] * 10, **{item.id: [1, 2] * 5 for item in lijst.items}})
    found = rows(igm.summarise(igm.score(frame, lijst), "g"), by="construct")
    assert [row["construct"] for row in found] == sorted(key.value for key in lijst.n_items)
    assert found[0]["n"] == 10
    assert found[0]["sd"] > 0


def test_dask_with_no_rows() -> None:
    found = collected(
        igm.summarise(make("dask", {"g": [1], "houding": [1.0]})[["g", "houding"]].query("g > 5"), "g")
    )
    assert len(found) == 0


def test_other_columns_by_name() -> None:
    frame = pd.DataFrame({"g": ["a"] * 10, "houding_pomp": range(10), "houding": 1.0})
    found = igm.summarise(frame, "g", values=["houding_pomp"])
    assert found["construct"].tolist() == ["houding_pomp"]


def test_all_problems_are_told_at_once() -> None:
    frame = pd.DataFrame({"g": ["a"], "n": [1], "t": ["x"]})
    with pytest.raises(InputError) as caught:
        igm.summarise(frame, ["g", "g", "x", "n"], person="y", values=["t"])
    assert [problem.code for problem in caught.value.problems] == [
        "duplicate-name",
        "unknown-name",
        "unknown-name",
        "not-a-number",
        "duplicate-name",
    ]
    wrongs: list[dict[str, Any]] = [
        {"by": []},
        {"by": 3},
        {"by": "g", "minimum_n": 3},
        {"by": "g", "minimum_n": True},
        {"by": "g", "doel": "blog"},
        {"by": "g"},
    ]
    for wrong in wrongs:
        with pytest.raises(InputError):
            igm.summarise(frame, **wrong)
    with pytest.raises(InputError, match="not a frame"):
        igm.summarise([1], "g")  # type: ignore[type-var]
