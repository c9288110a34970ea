"""Number, mean and standard deviation per group, in two passes, with what rests on too few people left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.arrays import cells, floats, length_of
from igm._engines.engine import Engine
from igm._engines.expressions import Expr, clean, opened
from igm._engines.group_keys import absent, as_shown, codes, key_of_group
from igm._engines.libraries import narwhals
from igm._engines.output import NewColumn, free_name, with_columns
from igm._engines.partitions import as_told
from igm._engines.schema import ColumnType, Schema, schema_of


@attrs.frozen
class Grouping:
    """What is asked.

    Attributes:
        by: Columns that make the groups.
        values: Columns that are summarised.
        person: The column that says who it is.
        fewest: How many people a figure rests on.
        same: Whether it is also left out where all have the same value.
        exact: From how many people on figures are told in full; of fewer the mean is told to one decimal, without a
            standard deviation.
    """

    by: tuple[str, ...]
    values: tuple[ColumnType, ...]
    person: str | None
    fewest: int
    same: bool
    exact: int = 0

    @property
    def temporary(self) -> str:
        """What the names of columns begin with that hold parts of figures."""
        return free_name(self.by, "igm__")


def grouped(frame: Any, engine: Engine, schema: Schema, asked: Grouping) -> Any:
    """A frame of the same kind with a row per group and column."""
    if engine is Engine.DASK:
        return _on_dask(frame, schema, asked)
    if engine.by_expression:
        return _by_expression(frame, engine, schema, asked)
    found = _moments(frame, engine, asked)
    return _long(found.heads, engine, asked, found)


# engines with expressions of their own


def _by_expression(frame: Any, engine: Engine, schema: Schema, asked: Grouping) -> Any:
    nw = narwhals()
    at = free_name(schema, "igm__")
    keys = [f"{at}k{place}" for place in range(len(asked.by))] + [
        f"{at}f{place}" for place in range(len(asked.by))
    ]
    values = [f"{at}v{place}" for place in range(len(asked.values))]
    made: dict[str, Expr] = {}
    # names of our own: engines read dots and quotes in the name of a group as more than signs
    by = [f"{at}b{place}" for place in range(len(asked.by))]
    for place, name in enumerate(asked.by):
        own = key_of_group(schema[name])
        made[by[place]] = own
        # null is a group of its own, and a join finds no null
        made[f"{at}k{place}"] = own.cast(nw.String).fill_null("")
        made[f"{at}f{place}"] = own.is_null().cast(nw.Int8)
    for name, column in zip(values, asked.values, strict=True):
        made[name] = clean(column).cast(nw.Float64)
    person = f"{at}person"
    if asked.person is not None:
        made[person] = key_of_group(schema[asked.person])
    rows = opened(frame).select(**made)
    means = rows.group_by(*keys).agg(*[nw.col(name).mean().alias(f"{name}m") for name in values])
    beside = rows.join(means, on=keys, how="left")
    steps: dict[str, Expr] = {}
    for name in values:
        steps[f"{name}d"] = nw.col(name) - nw.col(f"{name}m")
        if asked.person is not None:
            steps[f"{name}p"] = nw.when(~nw.col(name).is_null()).then(nw.col(person))
    steps |= {f"{name}s": (nw.col(name) - nw.col(f"{name}m")) ** 2 for name in values}
    figures: list[Expr] = []
    for name in values:
        people = nw.col(name).count() if asked.person is None else _distinct(nw.col(f"{name}p"))
        figures += [
            people.cast(nw.Int64).alias(f"{name}n"),
            nw.col(name).count().cast(nw.Int64).alias(f"{name}c"),
            nw.col(f"{name}m").max().alias(f"{name}g"),
            nw.col(f"{name}d").sum().alias(f"{name}e"),
            nw.col(f"{name}s").sum().alias(f"{name}q"),
            nw.col(name).min().alias(f"{name}l"),
            nw.col(name).max().alias(f"{name}h"),
        ]
    wide = beside.with_columns(**steps).group_by(*by).agg(*figures)
    return _told(_repeated(wide, engine, values, by, at), values, asked, at).to_native()


def _distinct(people: Expr) -> Expr:
    """How many there are without null, which engines count as one more."""
    nw = narwhals()
    return people.n_unique() - nw.when(people.null_count() > 0).then(nw.lit(1)).otherwise(0)


def _repeated(wide: Any, engine: Engine, values: Sequence[str], by: Sequence[str], at: str) -> Any:
    """Every row once for each column of values, with the name of that column."""
    nw = narwhals()
    if engine is Engine.DUCKDB:
        # narwhals would unpivot on the default connection, which need not be the one of the frame
        listed = ", ".join(f"'{name}i'" for name in values)
        query = f"SELECT *, unnest([{listed}]) AS {at}which FROM {at}wide"  # noqa: S608 (names of our own)
        return opened(wide.to_native().query(f"{at}wide", query))
    again = wide.with_columns(**{f"{name}i": nw.col(f"{name}n") for name in values})
    kept = [*by, *(f"{name}{part}" for name in values for part in "ncgeqlh")]
    on = [f"{name}i" for name in values]
    return again.unpivot(on=on, index=kept, variable_name=f"{at}which", value_name=f"{at}i")


def _told(long: Any, values: Sequence[str], asked: Grouping, at: str) -> Any:
    """The figures of the column that a row is about, where they may be told."""
    nw = narwhals()

    def chosen(part: str) -> Expr:
        found = nw.col(f"{values[-1]}{part}")
        for name in reversed(values[:-1]):
            found = nw.when(nw.col(f"{at}which") == f"{name}i").then(nw.col(f"{name}{part}")).otherwise(found)
        return found

    construct: Expr = nw.lit(asked.values[-1].name)
    for name, column in reversed(list(zip(values[:-1], asked.values[:-1], strict=True))):
        construct = nw.when(nw.col(f"{at}which") == f"{name}i").then(nw.lit(column.name)).otherwise(construct)
    long = long.with_columns(
        construct=construct, n=chosen("n"), **{f"{at}{part}": chosen(part) for part in "cgeqlh"}
    )
    count = nw.col(f"{at}c")
    # what is left of the deviations mends what rounding did to the mean
    rest = nw.col(f"{at}e") / nw.when(count > 0).then(count)
    long = long.with_columns(
        **{
            f"{at}mean": nw.col(f"{at}g") + rest,
            f"{at}var": (nw.col(f"{at}q") - nw.col(f"{at}e") * rest) / nw.when(count > 1).then(count - 1),
        }
    )
    heads = [nw.col(f"{at}b{place}").alias(name) for place, name in enumerate(asked.by)]
    few = nw.col("n") < asked.fewest
    if asked.same:
        few = few | (nw.col(f"{at}l") == nw.col(f"{at}h")).fill_null(value=False)
    long = long.with_columns(onderdrukt=few)
    told, full = ~nw.col("onderdrukt"), nw.col("n") >= asked.exact
    mean, variance = nw.col(f"{at}mean"), nw.col(f"{at}var")
    return long.with_columns(
        n=nw.when(told).then(nw.col("n")),
        # not round(): engines differ in where halves go
        mean=nw.when(told).then(nw.when(full).then(mean).otherwise((mean * 10 + 0.5).floor() / 10)),
        sd=nw.when(told & full).then(nw.when(variance > 0).then(variance).otherwise(variance * 0)).sqrt(),
    ).select(*heads, "construct", "n", "mean", "sd", "onderdrukt")


# frames in memory


@attrs.frozen
class Moments:
    """Per column of values a row per group.

    Attributes:
        heads: The columns that make the groups, a row per group.
        people: Number of people.
        counts: Number of values.
        means: Their mean as it is rounded at first; zero where there is none.
        rests: What is to be added to that. It stays apart: added to a large mean it would be rounded off.
        squares: The sum of squared deviations from both together.
        low: The smallest value; infinite where there is none.
        high: The largest.
    """

    heads: Any
    people: NDArray[np.int64]
    counts: NDArray[np.int64]
    means: NDArray[np.float64]
    rests: NDArray[np.float64]
    squares: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def _moments(frame: Any, engine: Engine, asked: Grouping) -> Moments:
    n, schema = length_of(frame, engine), schema_of(frame, engine)
    keys = (
        np.stack([codes(frame, engine, schema[name]) for name in asked.by])
        if n
        else np.zeros((len(asked.by), 0), int)
    )
    _, first, group = np.unique(keys, axis=1, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    group = np.argsort(order, kind="stable")[group.reshape(-1)] if n else np.zeros(0, dtype=np.int64)
    heads = _rows(frame, engine, asked.by, first[order] if n else np.zeros(0, dtype=np.int64))
    if engine is Engine.PYARROW:
        for name in asked.by:
            heads = as_shown(heads, schema[name])
    size, width = len(order) if n else 0, len(asked.values)
    who = None if asked.person is None else codes(frame, engine, schema[asked.person])
    nobody = None if asked.person is None else absent(frame, engine, schema[asked.person])
    shape = (width, size)
    made = Moments(
        heads,
        np.zeros(shape, dtype=np.int64),
        np.zeros(shape, dtype=np.int64),
        np.zeros(shape),
        np.zeros(shape),
        np.zeros(shape),
        np.full(shape, np.inf),
        np.full(shape, -np.inf),
    )
    for place, column in enumerate(asked.values):
        values = floats(cells(frame, engine, column, 0, n)) if n else np.zeros(0)
        there = ~np.isnan(values)
        own, at = values[there], group[there]
        counts = np.bincount(at, minlength=size)
        by = np.maximum(counts, 1)
        made.counts[place] = counts
        with np.errstate(invalid="ignore", over="ignore"):  # of infinite values there is no mean
            rough = np.bincount(at, weights=own, minlength=size) / by
            rest = np.bincount(at, weights=own - rough[at], minlength=size)
            squares = np.bincount(at, weights=(own - rough[at]) ** 2, minlength=size)
            made.squares[place] = squares - rest * rest / by
        made.means[place], made.rests[place] = rough, rest / by
        np.minimum.at(made.low[place], at, own)
        np.maximum.at(made.high[place], at, own)
        if who is None or nobody is None:
            made.people[place] = counts
        else:
            told = there & ~nobody
            pairs = np.unique(np.stack([group[told], who[told]]), axis=1)[0]
            made.people[place] = np.bincount(pairs.astype(np.int64), minlength=size)
    return made


def _rows(frame: Any, engine: Engine, names: Sequence[str], rows: NDArray[np.int64]) -> Any:
    if engine is Engine.PANDAS:
        return frame[list(names)].iloc[rows].reset_index(drop=True)
    return frame.select(list(names)).take(rows)


def _long(heads: Any, engine: Engine, asked: Grouping, found: Moments) -> Any:
    width, size = found.counts.shape
    repeated = np.repeat(np.arange(size, dtype=np.int64), width)
    table = _rows(heads, engine, asked.by, repeated)
    counts, people = found.counts.T.reshape(-1), found.people.T.reshape(-1)
    variance = found.squares.T.reshape(-1) / np.maximum(counts - 1, 1)
    hidden = people < asked.fewest
    if asked.same:
        hidden |= found.low.T.reshape(-1) == found.high.T.reshape(-1)
    full, mean = people >= asked.exact, (found.means + found.rests).T.reshape(-1)
    names = np.empty(width, dtype=object)
    names[:] = [column.name for column in asked.values]
    new = {
        "construct": NewColumn(np.tile(names, size)),
        "n": NewColumn(people, hidden),
        "mean": NewColumn(np.where(full, mean, np.floor(mean * 10 + 0.5) / 10), hidden | (counts < 1)),
        "sd": NewColumn(np.sqrt(np.maximum(variance, 0)), hidden | ~full | (counts < 2)),
        "onderdrukt": NewColumn(hidden),
    }
    return with_columns(table, engine, new)


# Dask: moments per partition, put together in one


def _on_dask(frame: Any, schema: Schema, asked: Grouping) -> Any:
    names = [*asked.by, *(column.name for column in asked.values), *([asked.person] if asked.person else [])]
    frame = as_told(frame, [schema[name] for name in dict.fromkeys(names)])
    if asked.person is not None:
        frame = frame.shuffle(on=asked.person)  # whoever has several rows stands in one partition
    partly = _Partly(asked)
    parts = frame.map_partitions(partly, meta=partly(frame._meta), enforce_metadata=True)
    together = _Together(asked)
    one = parts.repartition(npartitions=1)
    return one.map_partitions(together, meta=together(parts._meta), enforce_metadata=True)


_PARTS = ("people", "counts", "means", "rests", "squares", "low", "high")


@attrs.frozen
class _Partly:
    asked: Grouping

    def __call__(self, frame: Any) -> Any:
        found = _moments(frame, Engine.PANDAS, self.asked)
        table = found.heads.copy()
        for part in _PARTS:
            for place in range(len(self.asked.values)):
                table[f"{self.asked.temporary}{part}{place}"] = getattr(found, part)[place]
        return table


@attrs.frozen
class _Together:
    asked: Grouping

    def __call__(self, table: Any) -> Any:
        asked, n = self.asked, len(table)
        schema = schema_of(table, Engine.PANDAS)
        keys = [codes(table, Engine.PANDAS, schema[name]) for name in asked.by]
        _, first, group = np.unique(np.stack(keys), axis=1, return_index=True, return_inverse=True)
        group = group.reshape(-1)
        shape = (len(asked.values), len(first) if n else 0)
        heads = table[list(asked.by)].iloc[first if n else []].reset_index(drop=True)
        made = {
            part: np.zeros(shape, dtype=np.int64 if part in ("people", "counts") else float)
            for part in _PARTS
        }
        for place in range(shape[0] if n else 0):
            held = {part: table[f"{asked.temporary}{part}{place}"].to_numpy() for part in _PARTS}
            by = np.bincount(group, weights=held["counts"], minlength=shape[1])
            some = np.maximum(by, 1)
            mean = np.bincount(group, weights=held["counts"] * held["means"], minlength=shape[1]) / some
            with np.errstate(invalid="ignore", over="ignore"):
                apart = (held["means"] - mean[group]) + held["rests"]
                rest = np.bincount(group, weights=held["counts"] * apart, minlength=shape[1]) / some
                squares = held["squares"] + held["counts"] * (apart - rest[group]) ** 2
            made["people"][place] = np.bincount(group, weights=held["people"], minlength=shape[1])
            made["counts"][place] = by
            made["means"][place], made["rests"][place] = mean, rest
            made["squares"][place] = np.bincount(group, weights=squares, minlength=shape[1])
            low, high = np.full(shape[1], np.inf), np.full(shape[1], -np.inf)
            np.minimum.at(low, group, held["low"])
            np.maximum.at(high, group, held["high"])
            made["low"][place], made["high"][place] = low, high
        return _long(heads, Engine.PANDAS, asked, Moments(heads, **made))
