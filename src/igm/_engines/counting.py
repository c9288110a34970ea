"""How many values of a column can be used, and which cannot: by the engine itself in one query, or from arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import attrs

from igm._engines.engine import Engine
from igm._engines.expressions import Expr, clean, opened
from igm._engines.libraries import narwhals
from igm._engines.output import free_name
from igm._engines.schema import ColumnType, Kind
from igm.constructs._base import FrozenMapping

LISTED: Final = 20
"""So many different values of one name are told: those that occur most."""


@attrs.frozen
class Look:
    """What to count for one name, as expressions of true and false without nulls.

    Attributes:
        known: Where there is a value, whatever it is.
        wrong: Where that value cannot be used.
        coded: Where a code says what the value means; nothing when that can be nowhere.
        raw: The values as texts; nothing when they may not be told.
        here: The rows that are about this name; all of them when nothing is said.
    """

    known: Expr
    wrong: Expr
    coded: Expr | None = None
    raw: Expr | None = None
    here: Expr | None = None


@attrs.frozen
class Count:
    """What is held of one name.

    Attributes:
        usable: Number of values that can be used.
        missing: Number of rows without a value.
        unusable: Number of values that cannot be used.
        recoded: Number of values that a code gave a meaning.
        values: How often each value that cannot be used occurs.
    """

    usable: int = 0
    missing: int = 0
    unusable: int = 0
    recoded: int = 0
    values: Mapping[str, int] = attrs.field(
        default=FrozenMapping[str, int](), converter=FrozenMapping[str, int]
    )


def raw_text(column: ColumnType) -> Expr:
    """The values of a column as texts; of what has no text, nothing."""
    nw = narwhals()
    return nw.lit(None).cast(nw.String) if column.kind is Kind.OTHER else clean(column).cast(nw.String)


def present(column: ColumnType) -> Expr:
    """Where a column has a value."""
    nw = narwhals()
    return ~(nw.col(column.ref) if column.kind is Kind.OTHER else clean(column)).is_null()


@attrs.frozen
class Counted:
    """What one query told.

    Attributes:
        rows: Number of rows.
        other: Number of other rows.
        looks: What is held, per look.
        more: Per further frame, its counts by value.
    """

    rows: int
    other: int
    looks: tuple[Count, ...]
    more: tuple[Mapping[str, int], ...]


def count_by_expression(
    frame: Any,
    engine: Engine,
    read: Iterable[ColumnType],
    looks: Sequence[Look],
    other: Expr | None = None,
    more: Sequence[Any] = (),
) -> Counted:
    """What is held per look: one query on an engine that waits for it.

    Args:
        frame: A frame of Polars, DuckDB or PySpark.
        engine: What holds it.
        read: The columns that the looks are at.
        looks: What to count.
        other: Where a row is about none of them.
        more: Frames of narwhals with a text ``value`` and a ``count``, made from the frame, that come along.
    """
    nw = narwhals()
    columns = {column.name: column for column in read}
    at = free_name(columns, "igm__")
    # each look is a query over the same frame, which is slow to state when it has thousands of columns
    # on Spark a column that is called by a quoted name would get the quotes in its name
    own = [nw.col(column.ref).alias(column.name) for column in columns.values()]
    whole = opened(frame).select(*own) if own else opened(frame)
    flags: dict[str, Expr] = {f"{at}rows": nw.lit(value=True)}
    if other is not None:
        flags[f"{at}other"] = other
    for place, look in enumerate(looks):
        here = nw.lit(value=True) if look.here is None else look.here
        parts = {"h": here, "k": here & look.known, "w": here & look.wrong}
        if look.coded is not None:
            parts["r"] = here & look.coded
        flags |= {f"{at}{part}{place}": flag for part, flag in parts.items()}
    ones = {name: nw.when(flag).then(nw.lit(1, nw.Int64)).otherwise(0) for name, flag in flags.items()}
    totals = whole.with_columns(**ones).select(*(nw.col(name).sum().cast(nw.Int64) for name in flags))
    # one row with all counts in a text has the form of the rows with values, so that one query gives both
    together = nw.concat_str(
        [nw.coalesce(nw.col(name), nw.lit(0)).cast(nw.String) for name in flags], separator=" "
    )
    told = [totals.select(together.alias("value"), nw.lit(0).cast(nw.Int64).alias("count"), _place(-1))]
    told += [_values(whole, look, place) for place, look in enumerate(looks) if look.raw is not None]
    told += [one.with_columns(_place(-2 - place)) for place, one in enumerate(more)]
    found = nw.concat([one.select("place", "value", "count") for one in told])
    counts: dict[str, int] = {}
    values: dict[int, dict[str, int]] = {}
    for place, value, count in (found.collect(backend="pyarrow") if engine.lazy else found).iter_rows():
        if place == -1:
            counts = dict(zip(flags, map(int, value.split()), strict=True))
        else:
            values.setdefault(place, {})[value] = int(count)
    made: list[Count] = []
    for place in range(len(looks)):
        rows, known, wrong, coded = (counts.get(f"{at}{part}{place}", 0) for part in "hkwr")
        made.append(Count(known - wrong, rows - known, wrong, coded, values.get(place, {})))
    extra = tuple(values.get(-2 - place, {}) for place in range(len(more)))
    return Counted(counts[f"{at}rows"], counts.get(f"{at}other", 0), tuple(made), extra)


def _place(place: int) -> Expr:
    nw = narwhals()
    return nw.lit(place).cast(nw.Int64).alias("place")


def _values(whole: Any, look: Look, place: int) -> Any:
    """The values that cannot be used and occur most, with how often they do."""
    nw = narwhals()
    wrong = look.wrong if look.here is None else look.here & look.wrong
    found = whole.filter(wrong).select(value=look.raw).filter(~nw.col("value").is_null()).group_by("value")
    return most(found.agg(nw.len().cast(nw.Int64).alias("count"))).with_columns(_place(place))


def most(counts: Any) -> Any:
    """The values that occur most, of a frame with a ``value`` and its ``count``."""
    return counts.sort("count", "value", descending=[True, False]).head(LISTED)


def counted_values(values: Iterable[Any]) -> dict[str, int]:
    """How often each value occurs, by its text."""
    return dict(Counter(as_text(value) for value in values if value is not None))


def as_text(value: Any) -> str:
    """A value as it is told."""
    plain: Any = value.item() if hasattr(value, "item") else value
    return plain.isoformat() if isinstance(plain, date) else str(plain)


def summed(parts: Sequence[Count]) -> Count:
    """The counts of several stretches together."""
    values = Counter[str]()
    for part in parts:
        values.update(part.values)
    return Count(
        sum(part.usable for part in parts),
        sum(part.missing for part in parts),
        sum(part.unusable for part in parts),
        sum(part.recoded for part in parts),
        values,
    )
