"""The same rows as a frame of every kind, and what a frame holds as rows again: for tests of every engine."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from igm._engines.engine import Engine, engine_of

EAGER: Final = ("pandas", "pandas nullable", "pandas arrow", "pandas object", "polars", "pyarrow")
LAZY: Final = ("polars lazy", "duckdb", "dask", "dask nullable")
QUICK: Final = (*EAGER, *LAZY)
"""What takes no time to start; ``pyspark`` comes beside it where a test is marked slow."""

every_frame = pytest.mark.parametrize("kind", [*QUICK, pytest.param("pyspark", marks=pytest.mark.slow)])
every_quick_frame = pytest.mark.parametrize("kind", QUICK)
every_lazy_frame = pytest.mark.parametrize("kind", [*LAZY, pytest.param("pyspark", marks=pytest.mark.slow)])

_NULLABLE: Final[Mapping[Any, Any]] = {
    pa.int8(): pd.Int8Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
    pa.string(): pd.StringDtype(),
}


@cache
def connection() -> duckdb.DuckDBPyConnection:
    """One database in memory, for as long as the tests run."""
    return duckdb.connect()


@cache
def spark() -> Any:
    """One session of Spark on this machine, for as long as the tests run."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .appName("igm")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.memory", "1g")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    return session


def table(columns: Mapping[str, Sequence[Any]], types: Mapping[str, Any] | None = None) -> pa.Table:
    """Columns of plain Python values as an Arrow table; types are told, or seen in the values."""
    told = types or {}
    return pa.table({name: pa.array(list(values), told.get(name)) for name, values in columns.items()})


def make(kind: str, columns: Mapping[str, Sequence[Any]], types: Mapping[str, Any] | None = None) -> Any:
    """The columns as a frame of one kind.

    Args:
        kind: One of ``QUICK``, or ``pyspark``.
        columns: Per column plain Python values, with ``None`` where nothing is known.
        types: Arrow types of columns, where the values do not tell.
    """
    match kind:
        case "pandas object":
            return pd.DataFrame({name: pd.Series(list(own), dtype=object) for name, own in columns.items()})
        case "dask" | "dask nullable":
            whole = make("pandas" if kind == "dask" else "pandas nullable", columns, types)
            return partitioned(whole)
        case _:
            return from_arrow(kind, table(columns, types))


def from_arrow(kind: str, arrow: pa.Table) -> Any:
    """An Arrow table as a frame of one kind."""
    match kind:
        case "pandas":
            return arrow.to_pandas()
        case "pandas nullable":
            return arrow.to_pandas(types_mapper=_NULLABLE.get)
        case "pandas arrow":
            return arrow.to_pandas(types_mapper=pd.ArrowDtype)
        case "polars":
            return pl.from_arrow(arrow)
        case "polars lazy":
            found = pl.from_arrow(arrow)
            assert isinstance(found, pl.DataFrame)
            return found.lazy()
        case "pyarrow":
            return arrow
        case "duckdb":
            return connection().from_arrow(arrow)
        case "pyspark":
            return spark().createDataFrame(arrow)
        case _:
            raise AssertionError(kind)


def partitioned(whole: pd.DataFrame) -> Any:
    """A frame of Dask with four partitions, of which the second has no rows."""
    import dask.dataframe as dd

    third = len(whole) // 3
    pieces = [whole[:third], whole[third:third], whole[third : 2 * third], whole[2 * third :]]
    return dd.from_map(lambda place: pieces[place], range(len(pieces)), meta=whole[:0])


def collected(frame: Any) -> Any:
    """What a frame of any kind holds, computed, as a frame of pandas or as an Arrow table."""
    match engine_of(frame):
        case Engine.PANDAS:
            return frame
        case Engine.PYARROW:
            return frame
        case Engine.POLARS:
            return frame.to_arrow()
        case Engine.POLARS_LAZY:
            return frame.collect().to_arrow()
        case Engine.DUCKDB:
            found = frame.to_arrow_table()
            return found if isinstance(found, pa.Table) else found.read_all()
        case Engine.PYSPARK:
            return frame.toArrow()
        case Engine.DASK:
            return frame.compute(scheduler="synchronous")
        case _:
            raise AssertionError(type(frame))


def names(frame: Any) -> list[str]:
    """The columns of a frame of any kind, in their order."""
    held = collected(frame)
    return list(held.columns if isinstance(held, pd.DataFrame) else held.column_names)


def rows(frame: Any, by: str | Sequence[str] | None = "key") -> list[dict[str, Any]]:
    """What a frame holds as plain Python, with ``None`` where nothing is known, in the order of a column."""
    held = collected(frame)
    if isinstance(held, pd.DataFrame):
        columns = {name: [_plain(value) for value in held[name].tolist()] for name in held.columns}
    else:
        columns = {
            name: [_plain(value) for value in held.column(name).to_pylist()] for name in held.column_names
        }
    found = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    keys = [by] if isinstance(by, str) else list(by or ())
    return (
        sorted(found, key=lambda row: [(row[key] is not None, row[key]) for key in keys]) if keys else found
    )


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None) if value.tzinfo is None else value.astimezone(dt.UTC)
    return value
