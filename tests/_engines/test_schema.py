"""What a column holds is told alike for every engine, and from metadata alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.frames import every_frame, make, spark

from igm._engines.engine import Engine, engine_of
from igm._engines.schema import Kind, schema_of
from igm.errors import InputError

COLUMNS: dict[str, list[Any]] = {
    "whole": [1, 2, 3],
    "float": [1.5, None, 2.0],
    "bool": [True, False, True],
    "text": ["a", None, "é"],
    "day": [dt.date(2026, 1, 1)] * 3,
    "moment": [dt.datetime(2026, 1, 1, tzinfo=dt.UTC)] * 3,
    "nothing": [None] * 3,
}
EXPECTED = {
    "whole": Kind.WHOLE,
    "float": Kind.FLOAT,
    "bool": Kind.BOOL,
    "text": Kind.TEXT,
    "day": Kind.DATE,
    "moment": Kind.DATETIME,
    "nothing": Kind.EMPTY,
}


def engine(frame: Any) -> Engine:
    found = engine_of(frame)
    assert found is not None
    return found


@every_frame
def test_kinds(kind: str) -> None:
    frame = make(kind, COLUMNS)
    found = {name: column.kind for name, column in schema_of(frame, engine(frame)).items()}
    assert list(found) == list(COLUMNS)
    # what pandas cannot hold in a type of its own, it holds as Python objects; Dask makes those text
    other = Kind.TEXT if kind.startswith("dask") else Kind.OBJECT
    assert all(found[name] in {EXPECTED[name], other} for name in found)
    if kind not in {"pandas", "pandas nullable", "pandas object", "dask", "dask nullable"}:
        assert found == EXPECTED


@every_frame
def test_timezones(kind: str) -> None:
    frame = make(kind, COLUMNS)
    moment = schema_of(frame, engine(frame))["moment"]
    assert kind == "pandas object" or moment.timezone in {"UTC", "Etc/UTC"}


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"c": pd.Categorical(["a", "b"])}),
        pl.DataFrame({"c": pl.Series(["a", "b"], dtype=pl.Categorical)}),
        pl.DataFrame({"c": pl.Series(["a", "b"], dtype=pl.Enum(["a", "b"]))}).lazy(),
        pa.table({"c": pa.array(["a", "b"]).dictionary_encode()}),
        duckdb.sql("select 'a'::enum('a', 'b') as c"),
    ],
)
def test_categories(frame: Any) -> None:
    assert schema_of(frame, engine(frame))["c"].kind is Kind.CATEGORY


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"c": [[1]]}),
        pa.table({"c": [[1]]}),
        duckdb.sql("select [1] as c"),
        pd.DataFrame({"c": pd.period_range("2026-01", periods=1, freq="M")}),
        pd.DataFrame({"c": pd.arrays.SparseArray([1, 0])}),
    ],
)
def test_what_is_no_column_of_values(frame: Any) -> None:
    assert schema_of(frame, engine(frame))["c"].kind is Kind.OTHER


def test_decimals_are_numbers() -> None:
    frame = duckdb.sql("select 1.5 as c")
    column = schema_of(frame, Engine.DUCKDB)["c"]
    assert column.kind is Kind.FLOAT
    assert column.decimal


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame([[1, 2, 3]], columns=["a", "a", "b"]),
        pa.table([[1], [2]], names=["a", "a"]),
        duckdb.sql("select 1 as a, 2 as a"),
        duckdb.sql("select 1 as a, 2 as A"),
    ],
)
def test_names_that_occur_twice_are_refused(frame: Any) -> None:
    with pytest.raises(InputError, match="two columns have the same name") as caught:
        schema_of(frame, engine(frame))
    assert [problem.code for problem in caught.value.problems] == ["duplicate-name"]


def test_capitals_make_a_difference_where_they_do_to_the_engine() -> None:
    assert list(schema_of(pd.DataFrame({"a": [1], "A": [2]}), Engine.PANDAS)) == ["a", "A"]


def test_labels_that_are_no_text_are_left_out() -> None:
    assert list(schema_of(pd.DataFrame([[1, 2]], columns=[0, "a"]), Engine.PANDAS)) == ["a"]


@pytest.mark.slow
def test_spark_takes_names_that_occur_twice_as_one() -> None:
    with pytest.raises(InputError, match="two columns"):
        schema_of(spark().sql("select 1 as a, 2 as A"), Engine.PYSPARK)
