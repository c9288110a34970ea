"""The same two calls on every kind of frame: each stays where it is and comes back as what it was."""

import dask.dataframe
import duckdb
import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
from pyspark.sql import SparkSession

import igm

lijst, kader = igm.vragenlijst("client-participatie"), igm.kader("leiden-2021")
answers = {"ref": ["a", "b"], "kennis_1": [4, None], "kennis_2": [5, 2]}
people = pa.table(answers | {"extern_onderzoek": [True, None]})
in_pandas = people.to_pandas(types_mapper=pd.ArrowDtype)
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", False).getOrCreate()
frames = {
    "pandas": in_pandas,
    "Polars": pl.DataFrame(people),
    "Polars, lazy": pl.LazyFrame(people),
    "PyArrow": people,
    "DuckDB": duckdb.connect().from_arrow(people),
    "Dask": dask.dataframe.from_pandas(in_pandas, npartitions=2),
    "PySpark": spark.createDataFrame(people),
}
for name, frame in frames.items():
    scored = igm.score(frame, lijst, min_valid=1)
    weighed = kader.evaluate_many(scored, keep=["ref", "kennis", "kennis_n"])
    computed = nw.from_native(weighed.compute() if name == "Dask" else weighed).lazy().collect("polars")
    rows = computed.select("ref", "kennis", "kennis_n", "advies").sort("ref").rows()
    print(f"{name:<12} {type(weighed).__name__:<18}", *rows)
