"""Refusal inside an engine: a query fails by itself on rows that are wrong, and says why.

The refusal is part of each column that was computed from what is wrong. So it stays where a user goes on to select
that column alone, and the engine does not read what else was never asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import attrs

from igm._engines.engine import Engine
from igm._engines.libraries import library
from igm._engines.lookup import backticked


@attrs.frozen
class Refusal:
    """What makes a row wrong.

    Attributes:
        flag: Name of a column of true and false; null is false.
        message: What the query fails with. It may hold no values: the engine shows it as it is.
    """

    flag: str
    message: str


def guarded(
    frame: Any, engine: Engine, columns: Sequence[str], refusals: Mapping[str, Sequence[Refusal]]
) -> Any:
    """Some columns of a frame, which cannot be read where they are wrong.

    Args:
        frame: A frame of Polars, DuckDB or PySpark.
        engine: What holds it.
        columns: The columns that remain, in this order.
        refusals: Per column what makes it wrong; the first that does gives the message.

    Returns:
        The frame, of the same kind. Nothing was run.
    """
    match engine:
        case Engine.DUCKDB:
            return frame.select(*(_duckdb(name, refusals.get(name, ())) for name in columns))
        case Engine.PYSPARK:
            return frame.select(*(_spark(name, refusals.get(name, ())) for name in columns))
        case _:
            return frame.select([_polars(name, refusals.get(name, ())) for name in columns])


def _polars(name: str, refusals: Sequence[Refusal]) -> Any:
    pl = library("polars")
    own = pl.col(name)
    if not refusals:
        return own
    text = pl.lit(None, dtype=pl.String)
    for refusal in reversed(refusals):
        text = pl.when(pl.col(refusal.flag)).then(pl.lit(refusal.message)).otherwise(text)
    # text is no number, so where there is any the strict cast fails and shows it
    failed = text.cast(pl.Int8, strict=True)
    return pl.when(failed.is_null()).then(own).alias(name)


def _duckdb(name: str, refusals: Sequence[Refusal]) -> Any:
    duckdb = library("duckdb")
    own = duckdb.ColumnExpression(name)
    found = cast("Any", None)
    for refusal in refusals:
        fails = duckdb.FunctionExpression("error", duckdb.ConstantExpression(refusal.message))
        flag = duckdb.ColumnExpression(refusal.flag)
        found = duckdb.CaseExpression(flag, fails) if found is None else found.when(flag, fails)
    return own if found is None else found.otherwise(own).alias(name)


def _spark(name: str, refusals: Sequence[Refusal]) -> Any:
    functions = library("pyspark.sql.functions")
    own = functions.col(backticked(name))
    found = functions
    for refusal in refusals:
        found = found.when(functions.col(backticked(refusal.flag)), functions.raise_error(refusal.message))
    return own if not refusals else found.otherwise(own).alias(name)
