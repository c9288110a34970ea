"""What holds the frames of the benchmark: how each reads its file, makes a result real, and becomes NumPy."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

import _frames_memory as memory
import _frames_sql as sql
from _frames_data import CONSTRUCTS, ITEMS, KEY
from _policy import FACTS, Planes

Job: TypeAlias = Literal["items", "facts"]
"""Which file is read: that of the answers, or that of the facts."""

PARTITIONS: Final = 8
HUGE: Final = "spark.sql.codegen.hugeMethodLimit"
SPARK: Final = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.driver.memory": "2g",
    "spark.log.level": "OFF",
}


@attrs.frozen
class Backend:
    """An engine that holds frames.

    Attributes:
        name: What is shown.
        needs: The modules that it takes.
        load: Reads a Parquet file.
        score: Scores by hand.
        decide: Advises by hand.
        real: Makes every column of a result, the same way for whoever made the result.
        arrow: A result as an Arrow table; for comparing, not timed.
        budget: How many times hand-written code of the engine itself scoring may take.
    """

    name: str
    needs: tuple[str, ...]
    load: Callable[[Path], Any]
    score: Callable[[Any], Any]
    decide: Callable[[Any], Any]
    real: Callable[[Any], Any]
    arrow: Callable[[Any], Any]
    budget: float | None = None

    @property
    def lacking(self) -> list[str]:
        """What is not installed of what it takes."""
        lacking = [name for name in self.needs if importlib.util.find_spec(name) is None]
        java = "pyspark" in self.needs and shutil.which("java") is None
        return [*lacking, "java"] if java else lacking


def backends() -> dict[str, Backend]:
    """Every engine by name, whether it is installed or not."""
    on_pandas = (memory.pandas_decide, _as_is, _from_pandas)
    on_polars = (memory.polars_score, memory.polars_decide)
    on_duckdb = (sql.duckdb_score, sql.duckdb_decide)
    on_spark = (sql.spark_score, sql.spark_decide, _to_nowhere, _from_spark)
    own, nullable, arrow = (("pandas", "pyarrow"), memory.nullable_score, ("pyarrow",))
    found = [
        Backend("pandas", own, partial(_pandas, "plain"), memory.pandas_score, *on_pandas),
        Backend("pandas, nullable", own, partial(_pandas, "nullable"), nullable, *on_pandas),
        Backend("pandas, Arrow types", own, partial(_pandas, "arrow"), nullable, *on_pandas),
        Backend("PyArrow", arrow, _arrow, memory.arrow_score, memory.arrow_decide, _as_is, _as_is),
        Backend("Polars", ("polars",), _polars, *on_polars, _as_is, _from_polars, 1.3),
        Backend("Polars, lazy", ("polars",), _polars_lazy, *on_polars, _collected, _from_lazy, 1.3),
        Backend("DuckDB", ("duckdb", "pyarrow"), _duckdb, *on_duckdb, _fetched, _fetched, 2.5),
        Backend("Dask", ("dask", *own), _dask, memory.dask_score, memory.dask_decide, _computed, _from_dask),
        Backend("PySpark", ("pyspark", "pyarrow"), partial(_spark, "8000"), *on_spark, 2.5),
        Backend("PySpark, as shipped", ("pyspark", "pyarrow"), partial(_spark, None), *on_spark),
    ]
    return {one.name: one for one in found}


def matrix(folder: Path) -> NDArray[np.float64]:
    """The answers as NumPy takes them: a row per person, NaN where there is none."""
    from pyarrow import parquet

    table = parquet.read_table(folder / "items.parquet")
    found = np.empty((len(table), len(ITEMS)))
    for place, item in enumerate(ITEMS):
        found[:, place] = table[item].to_numpy()
    return found


def planes(folder: Path) -> tuple[Planes, Planes]:
    """The facts as NumPy takes them: a row per fact, where it is true, and where it is false."""
    import pyarrow.compute as pc
    from pyarrow import parquet

    table = parquet.read_table(folder / "facts.parquet")
    true = np.stack([pc.fill_null(table[name], False).to_numpy() for name in FACTS])
    return true, np.stack([~pc.fill_null(table[name], True).to_numpy() for name in FACTS])


def columns(table: Any, job: Job) -> list[tuple[str, list[Any] | NDArray[Any]]]:
    """The columns of a result as NumPy arrays, in the order of the key; floats are NaN where there is nothing."""
    order = np.argsort(table[KEY].to_numpy())
    texts = ("advies", "rij", "beleid")
    if job == "facts":
        as_objects = [(name, np.array(table[name].to_pylist(), dtype=object)[order]) for name in texts]
        return [*as_objects, ("open_feiten", table["open_feiten"].to_numpy()[order])]
    names = [name for construct in CONSTRUCTS for name in (construct, f"{construct}_n")]
    return [(name, table[name].to_numpy()[order]) for name in names]


def _as_is(result: Any) -> Any:
    return result


def _pandas(kind: str, path: Path) -> Any:
    import pandas as pd

    if kind == "plain":
        frame = pd.read_parquet(path)
        return frame.astype({name: "float64" for name in frame.columns if name != KEY})
    return pd.read_parquet(path, dtype_backend="numpy_nullable" if kind == "nullable" else "pyarrow")


def _from_pandas(result: Any) -> Any:
    import pyarrow as pa

    return pa.Table.from_pandas(result, preserve_index=False)


def _arrow(path: Path) -> Any:
    from pyarrow import parquet

    return parquet.read_table(path)


def _polars(path: Path) -> Any:
    import polars as pl

    return pl.read_parquet(path).rechunk()


def _from_polars(result: Any) -> Any:
    return result.to_arrow()


def _polars_lazy(path: Path) -> Any:
    return _polars(path).lazy()


def _collected(result: Any) -> Any:
    return result.collect()


def _from_lazy(result: Any) -> Any:
    return result.collect().to_arrow()


def _duckdb(path: Path) -> Any:
    import duckdb

    connection = duckdb.connect()
    connection.read_parquet(str(path)).create("people")
    return connection.table("people")


def _fetched(result: Any) -> Any:
    return result.to_arrow_table()


def _dask(path: Path) -> Any:
    from dask import dataframe

    return dataframe.from_pandas(_pandas("plain", path), npartitions=PARTITIONS)


def _computed(result: Any) -> Any:
    return result.compute()


def _from_dask(result: Any) -> Any:
    return _from_pandas(result.compute())


def _spark(limit: str | None, path: Path) -> Any:
    """A frame over the file: each run reads it anew."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").appName("igm")
    for name, value in (SPARK if limit is None else SPARK | {HUGE: limit}).items():
        builder = builder.config(name, value)
    return builder.getOrCreate().read.parquet(str(path))


def _to_nowhere(result: Any) -> Any:
    """Every column of every row is made, and thrown away."""
    result.write.format("noop").mode("overwrite").save()
    return result


def _from_spark(result: Any) -> Any:
    return result.toArrow()
