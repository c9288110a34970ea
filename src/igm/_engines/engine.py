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


def instead_of(data: object) -> str:
    """What to give in place of something that is no frame, for a message."""
    if type(data).__name__ == "FileTable":
        return "Give the frame that a file holds: bestand.frame('polars')."
    if isinstance(data, (str, PathLike)):
        return "A path is read first: igm.read_csv(path).frame('polars')."
    return (
        "Give a frame of pandas, Polars, PyArrow, DuckDB, PySpark or Dask: of a Series series.to_frame(), "
        "of groups the frame that was grouped, of a file igm.read_csv(path).frame('polars')."
    )


def engine_of(data: object) -> Engine | None:
    """The engine of a frame; nothing for what is no frame that the library knows.

    Example:
        >>> engine_of({"houding_1": [4]}) is None
        True
    """
    for kind in type(data).__mro__:
        found = _CLASSES.get((kind.__module__.partition(".")[0], kind.__name__))
        if found is not None:
            return found
    return None


def frame_engine(frame: object) -> Engine:
    """The engine of what has to be a frame.

    Raises:
        InputError: ``invalid-value`` for what is no frame, with what to give in its place.
    """
    engine = engine_of(frame)
    if engine is None:
        raise InputError.of("invalid-value", "not a frame", instead_of(frame), given=type(frame).__name__)
    return engine
