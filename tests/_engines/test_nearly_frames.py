"""What is nearly a frame is refused with what it is, and with what to give in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import dask.dataframe as dd
import duckdb
import narwhals
import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import igm
from igm.errors import InputError

FRAME = pd.DataFrame({"houding_1": [4], "extern_onderzoek": [True]})
TABLE = pa.table({"houding_1": [4], "extern_onderzoek": [True]})
LIJST = igm.vragenlijst("client-participatie")
LEIDEN = igm.kader("leiden-2021")
CALLS: dict[str, Callable[[Any], Any]] = {
    "score": lambda given: igm.score(given, LIJST),
    "check": lambda given: igm.check(given, LIJST),
    "summarise": lambda given: igm.summarise(given, by="houding_1"),
    "evaluate_many": LEIDEN.evaluate_many,
    "kader.check": LEIDEN.check,
    "patterns": LEIDEN.patterns,
    "evaluate_rows": lambda given: LEIDEN.evaluate_rows(given, ["a"], key="ref"),
}
every_call = pytest.mark.parametrize("call", CALLS.values(), ids=list(CALLS))


@every_call
@pytest.mark.parametrize(
    ("given", "what", "do"),
    [
        (pd.Series([4], name="geheim"), "pandas Series", "series.to_frame()"),
        (pl.Series("geheim", [4]), "polars Series", "series.to_frame()"),
        (dd.from_pandas(FRAME, npartitions=1)["houding_1"], "dask Series", "series.to_frame()"),
        (narwhals.from_native(FRAME), "narwhals DataFrame", "narwhals.to_native(frame)"),
        (nw.from_native(pl.LazyFrame({"a": [1]})), "narwhals LazyFrame", "narwhals.to_native(frame)"),
        (
            nw.from_native(pl.Series([1]), series_only=True),
            "narwhals Series",
            "narwhals.to_native(series.to_frame())",
        ),
        (TABLE.to_batches()[0], "pyarrow RecordBatch", "pyarrow.Table.from_batches([batch])"),
        (TABLE.to_reader(), "pyarrow RecordBatchReader", "reader.read_all()"),
        (TABLE.column(0), "pyarrow ChunkedArray", "pyarrow.table({name: array})"),
        (FRAME.groupby("houding_1"), "pandas DataFrameGroupBy", "the frame that was grouped"),
        (pl.DataFrame({"a": [1]}).group_by("a"), "polars GroupBy", "the frame that was grouped"),
        (duckdb.connect(), "duckdb DuckDBPyConnection", "connection.sql(query)"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_it_is_told_what_was_given_and_what_to_do(call: Any, given: Any, what: str, do: str) -> None:
    with pytest.raises(InputError) as caught:
        call(given)
    (problem,) = caught.value.problems
    assert (problem.code, problem.given) == ("invalid-value", what)
    assert do in problem.do
    assert "geheim" not in str(problem)


LEVELS = pd.MultiIndex.from_tuples([("t0", "houding_1"), ("t1", "houding_1")])


@every_call
@pytest.mark.parametrize("lazy", [False, True])
def test_columns_with_several_labels_are_refused(call: Any, lazy: bool) -> None:
    frame: Any = pd.DataFrame([[1, 2]], columns=LEVELS)
    with pytest.raises(InputError, match="MultiIndex") as caught:
        call(dd.from_pandas(frame, npartitions=1) if lazy else frame)
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("invalid-value", "$.columns")
    assert "'_'.join(map(str, one))" in problem.do


def test_what_is_said_to_do_makes_a_frame_that_is_taken() -> None:
    frame = pd.DataFrame([[1, 2]], columns=LEVELS)
    flat = frame.set_axis(["_".join(map(str, one)) for one in frame.columns], axis=1)
    scores = igm.score(flat, LIJST, columns=igm.ColumnMap(pattern="t0_{name}"), min_valid=1)
    assert scores["houding"].tolist() == [1.0]


@pytest.mark.parametrize("keep", [True, False, ["houding_1"]])
def test_the_name_of_the_columns_is_kept(keep: Any) -> None:
    named = FRAME.rename_axis(columns="vraag")
    for made in (
        igm.score(named, LIJST, keep=keep, min_valid=1),
        LEIDEN.evaluate_many(named, keep=keep),
        igm.score(dd.from_pandas(named, npartitions=1), LIJST, keep=keep, min_valid=1).compute(),
    ):
        assert made.columns.name == "vraag"
    assert FRAME.columns.name is None
    assert igm.score(FRAME, LIJST, keep=keep, min_valid=1).columns.name is None


def test_the_name_of_the_columns_of_a_long_frame_is_kept() -> None:
    frame = pd.DataFrame({"wie": ["a"], "wat": ["houding_1"], "antwoord": [4]}).rename_axis(columns="vraag")
    lang = igm.ColumnMap(long={"person": "wie", "item": "wat", "answer": "antwoord"})
    assert igm.score(frame, LIJST, columns=lang, min_valid=1).columns.name == "vraag"
