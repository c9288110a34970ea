"""Which engine holds a frame, told from its class, so that nothing is imported that the caller does not use."""

from __future__ import annotations

from enum import StrEnum
from os import PathLike
from typing import Any, Final, Protocol, TypeVar

from igm.errors import InputError


class Frame(Protocol):
    """What frames of pandas, Polars, PyArrow, DuckDB, PySpark and Dask have in common, for type checkers."""

    @property
    def columns(self) -> Any:
        """The columns, or their names."""
        ...


FrameT = TypeVar("FrameT", bound=Frame)
"""A kind of frame: what comes in is what comes out."""


class Engine(StrEnum):
    """The kinds of frame that the library computes on."""

    PANDAS = "pandas"
    POLARS = "polars"
    POLARS_LAZY = "polars lazy"
    PYARROW = "pyarrow"
    DUCKDB = "duckdb"
    PYSPARK = "pyspark"
    DASK = "dask"

    @property
    def lazy(self) -> bool:
        """Whether nothing is computed before the caller collects it."""
        return self in _LAZY

    @property
    def by_expression(self) -> bool:
        """Whether it runs expressions of its own; the others run the NumPy kernel."""
        return self in _BY_EXPRESSION


_LAZY: Final = frozenset({Engine.POLARS_LAZY, Engine.DUCKDB, Engine.PYSPARK, Engine.DASK})
_BY_EXPRESSION: Final = frozenset({Engine.POLARS, Engine.POLARS_LAZY, Engine.DUCKDB, Engine.PYSPARK})
_CLASSES: Final = {
    ("pandas", "DataFrame"): Engine.PANDAS,
    ("polars", "DataFrame"): Engine.POLARS,
    ("polars", "LazyFrame"): Engine.POLARS_LAZY,
    ("pyarrow", "Table"): Engine.PYARROW,
    ("duckdb", "DuckDBPyRelation"): Engine.DUCKDB,
    ("_duckdb", "DuckDBPyRelation"): Engine.DUCKDB,
    ("pyspark", "DataFrame"): Engine.PYSPARK,
    ("dask", "DataFrame"): Engine.DASK,
}


_INSTEAD: Final = {
    ("pandas", "Series"): "series.to_frame()",
    ("polars", "Series"): "series.to_frame()",
    ("dask", "Series"): "series.to_frame()",
    ("narwhals", "Series"): "narwhals.to_native(series.to_frame())",
    ("narwhals", "DataFrame"): "narwhals.to_native(frame)",
    ("narwhals", "LazyFrame"): "narwhals.to_native(frame)",
    ("pyarrow", "RecordBatch"): "pyarrow.Table.from_batches([batch])",
    ("pyarrow", "RecordBatchReader"): "reader.read_all()",
    ("pyarrow", "Array"): "pyarrow.table({name: array})",
    ("pyarrow", "ChunkedArray"): "pyarrow.table({name: array})",
    ("duckdb", "DuckDBPyConnection"): "connection.table(name), or connection.sql(query)",
    ("_duckdb", "DuckDBPyConnection"): "connection.table(name), or connection.sql(query)",
}
"""What makes a frame of what is nearly one."""

_GROUPED: Final = "GroupBy"


def _packages(data: object) -> list[tuple[str, str]]:
    """The package and the name of the class of what is given, and of what that is a kind of."""
    return [(kind.__module__.partition(".")[0], kind.__name__) for kind in type(data).__mro__]


def what_is(data: object) -> str:
    """What is given, for a message: its class, and the package that it is of.

    Example:
        >>> what_is([1])
        'list'
    """
    package = type(data).__module__.partition(".")[0].lstrip("_")
    return type(data).__name__ if package == "builtins" else f"{package} {type(data).__name__}"


def instead_of(data: object) -> str:
    """What to give in place of something that is no frame, for a message."""
    if type(data).__name__ == "FileTable":
        return "Give the frame that a file holds: bestand.frame('polars')."
    if isinstance(data, (str, PathLike)):
        return "A path is read first: igm.read_csv(path).frame('polars')."
    own = next((_INSTEAD[kind] for kind in _packages(data) if kind in _INSTEAD), None)
    if own is None and _GROUPED in type(data).__name__:
        own = "the frame that was grouped"
    first = "" if own is None else f"Give {own}. "
    return (
        f"{first}Frames are those of pandas, Polars, PyArrow, DuckDB, PySpark and Dask; "
        "of a file that is igm.read_csv(path).frame('polars')."
    )


def engine_of(data: object) -> Engine | None:
    """The engine of a frame; nothing for what is no frame that the library knows.

    Example:
        >>> engine_of({"houding_1": [4]}) is None
        True
    """
    return next((_CLASSES[kind] for kind in _packages(data) if kind in _CLASSES), None)


def frame_engine(frame: object) -> Engine:
    """The engine of what has to be a frame.

    Raises:
        InputError: ``invalid-value`` for what is no frame, with what to give in its place.
    """
    engine = engine_of(frame)
    if engine is None:
        raise InputError.of("invalid-value", "not a frame", instead_of(frame), given=what_is(frame))
    return engine


_COLLECT: Final = {
    Engine.POLARS_LAZY: "frame.collect()",
    Engine.DUCKDB: "frame.pl() or frame.df()",
    Engine.PYSPARK: "frame.toPandas()",
    Engine.DASK: "frame.compute()",
}


def in_memory(engine: Engine) -> Engine:
    """The engine of a frame that is in memory.

    Raises:
        InputError: ``invalid-value`` for one that waits to be collected, with how to do that.
    """
    if engine in _COLLECT:
        do = f"Collect the columns that are needed first: {_COLLECT[engine]}."
        what = "people are set beside one another, which needs a frame in memory"
        raise InputError.of("invalid-value", what, do, given=engine.value)
    return engine
