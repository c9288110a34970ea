"""A frame is told from its class alone."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from igm._engines.engine import Engine, engine_of


class Mine(pd.DataFrame):
    """Someone's own kind of frame."""


@pytest.mark.parametrize(
    ("frame", "engine"),
    [
        (pd.DataFrame({"a": [1]}), Engine.PANDAS),
        (Mine({"a": [1]}), Engine.PANDAS),
        (pl.DataFrame({"a": [1]}), Engine.POLARS),
        (pl.LazyFrame({"a": [1]}), Engine.POLARS_LAZY),
        (pa.table({"a": [1]}), Engine.PYARROW),
        (duckdb.sql("select 1 as a"), Engine.DUCKDB),
    ],
)
def test_what_holds_a_frame(frame: Any, engine: Engine) -> None:
    assert engine_of(frame) is engine


@pytest.mark.parametrize("data", [pd.Series([1]), pl.Series([1]), {"a": [1]}, [1], None, pa.array([1])])
def test_what_is_no_frame(data: Any) -> None:
    assert engine_of(data) is None


def test_which_engines_wait_and_which_run_expressions() -> None:
    assert {engine for engine in Engine if not engine.lazy} == {Engine.PANDAS, Engine.POLARS, Engine.PYARROW}
    assert {engine for engine in Engine if not engine.by_expression} == {
        Engine.PANDAS,
        Engine.PYARROW,
        Engine.DASK,
    }
