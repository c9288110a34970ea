"""Expressions for engines that run their own: Polars, DuckDB and PySpark, through narwhals.

Truth is a small whole number here: 0 no, 1 unknown, 2 yes. A nullable boolean would be read differently by different
engines. Give truth in a column of its own, stage by stage, so that no expression is repeated without end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from igm._engines._codes import WHITE_SPACE
from igm._engines.libraries import narwhals
from igm._engines.schema import ColumnType, Kind

Expr: TypeAlias = Any
"""An expression of narwhals."""

NO: Final = 0
UNKNOWN: Final = 1
YES: Final = 2


def opened(frame: Any) -> Any:
    """The frame as narwhals sees it; ``.to_native()`` gives it back as the very same kind."""
    return narwhals().from_native(frame)


def clean(column: ColumnType) -> Expr:
    """A column, with null where it is NaN; decimals become floats."""
    nw = narwhals()
    own: Expr = nw.col(column.ref)
    if column.kind is Kind.EMPTY:
        return own.cast(nw.Float64)
    if column.decimal:
        return own.cast(nw.Float64)
    if column.kind is not Kind.FLOAT:
        return own
    return nw.when(~own.is_nan()).then(own)


def folded_text(column: ColumnType) -> Expr:
    """The texts of a column as codes name them: without white space at their ends, and in small letters."""
    nw = narwhals()
    return nw.col(column.ref).cast(nw.String).str.strip_chars(WHITE_SPACE).str.to_lowercase()


def truth(yes: Expr, known: Expr) -> Expr:
    """0, 1 or 2: whether something holds, where it is known.

    Args:
        yes: Where it holds; null counts as not.
        known: Where that is known; null counts as not.
    """
    nw = narwhals()
    return (
        nw.when(known & yes).then(nw.lit(YES)).otherwise(nw.when(known).then(nw.lit(NO)).otherwise(UNKNOWN))
    )


def negated(one: Expr) -> Expr:
    """Not."""
    return YES - one


def all_of(parts: Sequence[Expr]) -> Expr:
    """And: the least of what is given."""
    return parts[0] if len(parts) == 1 else narwhals().min_horizontal(*parts)


def any_of(parts: Sequence[Expr]) -> Expr:
    """Or: the most of what is given."""
    return parts[0] if len(parts) == 1 else narwhals().max_horizontal(*parts)


def at_least(count: int, parts: Sequence[Expr]) -> Expr:
    """Whether so many hold: yes when they do, no when so many no longer can."""
    nw = narwhals()
    certain = total([nw.when(part == YES).then(nw.lit(1)).otherwise(0) for part in parts])
    possible = total([nw.when(part > NO).then(nw.lit(1)).otherwise(0) for part in parts])
    return (
        nw.when(certain >= count)
        .then(nw.lit(YES))
        .otherwise(nw.when(possible < count).then(nw.lit(NO)).otherwise(UNKNOWN))
    )


def total(parts: Sequence[Expr]) -> Expr:
    """The sum; null when a part is."""
    found = parts[0]
    for part in parts[1:]:
        found = found + part
    return found
