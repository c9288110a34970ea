"""What a frame holds, column by column, told from its metadata: nothing is collected, counted or run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, Final

import attrs

from igm._engines.engine import Engine
from igm._engines.libraries import library, narwhals
from igm._engines.lookup import backticked
from igm.errors import InputError, Problems, named, shown


class Kind(StrEnum):
    """What the values of a column are, whatever the engine calls it."""

    WHOLE = "whole numbers"
    FLOAT = "numbers"
    BOOL = "yes or no"
    TEXT = "text"
    CATEGORY = "categories"
    DATE = "dates"
    DATETIME = "dates with a time"
    EMPTY = "nothing"
    OBJECT = "Python objects"
    OTHER = "something else"

    @property
    def number(self) -> bool:
        """Whether an engine can compute with it; nothing but nulls are numbers that are not there."""
        return self in {Kind.WHOLE, Kind.FLOAT, Kind.EMPTY}


@attrs.frozen
class ColumnType:
    """One column.

    Attributes:
        name: Its name.
        kind: What its values are.
        native: What the engine calls its type.
        timezone: Of dates with a time; ``None`` where they have none.
        decimal: Whether its numbers are decimals with a fixed number of digits.
        quoted: Whether its name needs quotes, as with Spark, which reads a dot, a star or a backtick as more than a
            sign.
    """

    name: str
    kind: Kind
    native: str
    timezone: str | None = None
    decimal: bool = False
    quoted: bool = False

    @property
    def ref(self) -> str:
        """How an expression calls it."""
        return backticked(self.name) if self.quoted else self.name


Schema = Mapping[str, ColumnType]
"""The columns by name, in the order of the frame. A pandas column whose label is no text is left out."""

CASELESS: Final = frozenset({Engine.DUCKDB, Engine.PYSPARK})
"""Engines that make no difference between capitals and small letters in a name."""


def schema_of(frame: Any, engine: Engine) -> Schema:
    """The columns of a frame.

    Args:
        frame: The frame.
        engine: What holds it.

    Raises:
        InputError: ``duplicate-name`` for names that occur twice, to the engine; all of them at once;
            ``invalid-value`` for a name that the engine takes for all columns, and for columns with several levels.
    """
    _refuse_levels(frame, engine)
    _refuse_names(_labels(frame, engine), engine)
    match engine:
        case Engine.PANDAS | Engine.DASK:
            found = {name: _pandas(name, dtype) for name, dtype in frame.dtypes.items()}
        case Engine.PYARROW:
            found = {field.name: _arrow(field.name, field.type) for field in frame.schema}
        case _:
            types = narwhals().from_native(frame).collect_schema()
            natives = _native_types(frame, engine)
            found = {name: _narwhals(name, dtype, natives.get(name)) for name, dtype in types.items()}
            if engine is Engine.PYSPARK:
                found = {name: attrs.evolve(column, quoted=True) for name, column in found.items()}
    return {name: column for name, column in found.items() if isinstance(name, str)}


def key_of(name: str, engine: Engine) -> str:
    """The name as the engine tells columns apart."""
    return name.casefold() if engine in CASELESS else name


def _refuse_levels(frame: Any, engine: Engine) -> None:
    """Refuse columns that are called by several labels each."""
    levels = frame.columns.nlevels if engine in {Engine.PANDAS, Engine.DASK} else 1
    if levels > 1:
        do = "Give each column one name: frame.set_axis(['_'.join(map(str, one)) for one in frame.columns], axis=1)."
        what = f"columns are called by {levels} labels each (a MultiIndex)"
        given = named(str(frame.columns[0])) if len(frame.columns) else None
        raise InputError.of("invalid-value", what, do, where="$.columns", given=given)


def _labels(frame: Any, engine: Engine) -> list[Any]:
    if engine is Engine.PYARROW:
        return list(frame.column_names)
    if engine is Engine.POLARS_LAZY:
        return list(frame.collect_schema().names())
    return list(frame.columns)


def _refuse_names(labels: Iterable[Any], engine: Engine) -> None:
    seen: dict[Any, Any] = {}
    problems = Problems()
    for label in labels:
        key = key_of(label, engine) if isinstance(label, str) else label
        if key in seen:
            what = "two columns have the same name"
            if isinstance(label, str) and seen[key] != label:
                what += f" to {engine.value}, which does not tell capitals from small letters"
            problems.add("duplicate-name", what, "Rename one of them.", where=f"$.{named(label)}")
        seen.setdefault(key, label)
    if "*" in seen and engine in {Engine.POLARS, Engine.POLARS_LAZY, Engine.DUCKDB}:
        what = f"a column has a name that {engine.value} reads as all columns"
        problems.add("invalid-value", what, "Rename it.", where="$.*", given="'*'")
    if engine in {Engine.POLARS, Engine.POLARS_LAZY}:
        for label in seen:
            if label.startswith("^") and label.endswith("$"):
                what = f"a column has a name that {engine.value} reads as a pattern of other names"
                problems.add(
                    "invalid-value", what, "Rename it.", where=f"$.{named(label)}", given=shown(label)
                )
    problems.raise_any(InputError)


def _native_types(frame: Any, engine: Engine) -> dict[str, str]:
    """The types by the engine's own name."""
    match engine:
        case Engine.DUCKDB:
            return {name: str(kind).strip('"') for name, kind in zip(frame.columns, frame.types, strict=True)}
        case Engine.PYSPARK:
            return {field.name: field.dataType.simpleString() for field in frame.schema.fields}
        case _:
            return {name: str(kind) for name, kind in frame.collect_schema().items()}


_EMPTY: Final = {"NULL", "Null", "void"}


def _narwhals(name: str, dtype: Any, native: str | None) -> ColumnType:
    nw = narwhals()
    shown = native or str(dtype)
    if isinstance(dtype, nw.Datetime):
        return ColumnType(name, Kind.DATETIME, shown, dtype.time_zone)
    if dtype.is_decimal():
        return ColumnType(name, Kind.FLOAT, shown, decimal=True)
    kinds: list[tuple[bool, Kind]] = [
        (dtype.is_integer(), Kind.WHOLE),
        (dtype.is_float(), Kind.FLOAT),
        (dtype == nw.Boolean, Kind.BOOL),
        (dtype == nw.String, Kind.TEXT),
        (dtype in {nw.Categorical, nw.Enum} or isinstance(dtype, nw.Enum), Kind.CATEGORY),
        (dtype == nw.Date, Kind.DATE),
        (dtype == nw.Object, Kind.OBJECT),
        (native in _EMPTY, Kind.EMPTY),
    ]
    return ColumnType(name, next((kind for fits, kind in kinds if fits), Kind.OTHER), shown)


_NUMPY: Final = {
    "i": Kind.WHOLE,
    "u": Kind.WHOLE,
    "f": Kind.FLOAT,
    "b": Kind.BOOL,
    "O": Kind.OBJECT,
    "M": Kind.DATETIME,
    "U": Kind.TEXT,
}


def _pandas(name: Any, dtype: Any) -> ColumnType:
    called, shown = type(dtype).__name__, str(dtype)
    match called:
        case "ArrowDtype":
            found = _arrow(name, dtype.pyarrow_dtype)
            return attrs.evolve(found, native=shown)
        case "DatetimeTZDtype":
            return ColumnType(name, Kind.DATETIME, shown, str(dtype.tz))
        case "CategoricalDtype":
            return ColumnType(name, Kind.CATEGORY, shown)
        case "StringDtype":
            return ColumnType(name, Kind.TEXT, shown)
        case "SparseDtype" | "PeriodDtype" | "IntervalDtype":
            return ColumnType(name, Kind.OTHER, shown)
        case _:
            return ColumnType(name, _NUMPY.get(getattr(dtype, "kind", ""), Kind.OTHER), shown)


def _arrow(name: str, dtype: Any) -> ColumnType:
    types = library("pyarrow.types")
    shown = str(dtype)
    if types.is_timestamp(dtype):
        return ColumnType(name, Kind.DATETIME, shown, dtype.tz)
    if types.is_decimal(dtype):
        return ColumnType(name, Kind.FLOAT, shown, decimal=True)
    checks: list[tuple[Callable[[Any], bool], Kind]] = [
        (types.is_integer, Kind.WHOLE),
        (types.is_floating, Kind.FLOAT),
        (types.is_boolean, Kind.BOOL),
        (types.is_string, Kind.TEXT),
        (types.is_large_string, Kind.TEXT),
        (types.is_string_view, Kind.TEXT),
        (types.is_dictionary, Kind.CATEGORY),
        (types.is_date, Kind.DATE),
        (types.is_null, Kind.EMPTY),
    ]
    return ColumnType(name, next((kind for fits, kind in checks if fits(dtype)), Kind.OTHER), shown)
