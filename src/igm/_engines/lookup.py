"""A small table looked up from a frame by whole-number keys, without running the frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from igm._engines.engine import Engine
from igm._engines.libraries import library

Columns: TypeAlias = Mapping[str, Sequence[Any]]


def looked_up(frame: Any, engine: Engine, keys: Columns, values: Columns, kept: Sequence[str]) -> Any:
    """The frame with the values that its keys have; null where a key is not in the table.

    Args:
        frame: A frame of Polars, DuckDB or PySpark.
        engine: What holds it.
        keys: The keys of the table by the names that they have in the frame; 64-bit whole numbers, never null. Each
            combination occurs once.
        values: By the names of the new columns, 32-bit whole numbers or texts.
        kept: The columns of the frame that stay.

    Returns:
        A frame of the same kind, lazy where it was. Polars keeps the order of the rows.
    """
    match engine:
        case Engine.DUCKDB:
            return _duckdb(frame, keys, values, kept)
        case Engine.PYSPARK:
            return _spark(frame, keys, values, kept)
        case _:
            return _polars(frame, keys, values, kept, lazy=engine.lazy)


def _is_text(column: Sequence[Any]) -> bool:
    return any(isinstance(value, str) for value in column)


def _polars(frame: Any, keys: Columns, values: Columns, kept: Sequence[str], *, lazy: bool) -> Any:
    pl = library("polars")
    types: dict[str, Any] = dict.fromkeys(keys, pl.Int64)
    types |= {name: pl.String if _is_text(column) else pl.Int32 for name, column in values.items()}
    table = pl.DataFrame({**keys, **values}, schema=types)
    joined = frame.join(table.lazy() if lazy else table, on=list(keys), how="left", maintain_order="left")
    return joined.select(*kept, *values)


def _spark(frame: Any, keys: Columns, values: Columns, kept: Sequence[str]) -> Any:
    from pyspark.sql import functions
    from pyspark.sql.types import IntegerType, LongType, StringType, StructField, StructType

    fields = [StructField(name, LongType()) for name in keys]
    fields += [
        StructField(name, StringType() if _is_text(column) else IntegerType())
        for name, column in values.items()
    ]
    rows = list(zip(*keys.values(), *values.values(), strict=True))
    table = frame.sparkSession.createDataFrame(rows, StructType(fields))
    joined = frame.join(functions.broadcast(table), on=list(keys), how="left")
    return joined.select(*(backticked(name) for name in kept), *values)


def backticked(name: str) -> str:
    """A name as Spark takes it whatever it holds."""
    return f"`{name.replace('`', '``')}`"


def _duckdb(frame: Any, keys: Columns, values: Columns, kept: Sequence[str]) -> Any:
    # the table goes along as text, because a relation does not tell which connection it belongs to
    rows = ", ".join(
        f"({', '.join(map(_literal, row))})" for row in zip(*keys.values(), *values.values(), strict=True)
    )
    heads = ", ".join(f"k{place}" for place in range(len(keys) + len(values)))
    matched = " AND ".join(f"f.{quoted(name)} = t.k{place}" for place, name in enumerate(keys))
    own = [f"f.{quoted(name)}" for name in kept]
    new = [
        f"CAST(t.k{place} AS {'VARCHAR' if _is_text(values[name]) else 'INTEGER'}) AS {quoted(name)}"
        for place, name in enumerate(values, start=len(keys))
    ]
    chosen = ", ".join([*own, *new])
    # all of it is our own text: numbers, and names and values in quotes
    text = f"SELECT {chosen} FROM f LEFT JOIN (VALUES {rows}) AS t({heads}) ON {matched}"  # noqa: S608
    return frame.query("f", text)


def _literal(value: object) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def quoted(name: str) -> str:
    """A name as DuckDB takes it whatever it holds."""
    return '"' + name.replace('"', '""') + '"'
