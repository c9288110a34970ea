"""In memory, by hand: the two jobs as somebody would write them in pandas (three kinds), PyArrow, Polars and Dask.

Each takes a frame, and gives one with the number of the person, the scores and how many answers each rests on; or with
the advice, the row that decides, the policy and how many facts are unknown. None checks whether an answer is on the
scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import Any

import numpy as np

import _frames_numpy as kernel
from _frames_data import CONSTRUCTS, ENOUGH, GROUPS, HIGH, ITEMS, KEY, LOW, REVERSED
from _policy import FACTS, HINDRANCES, Planes

TURN = LOW + HIGH
POLICY = "cautious"


def pandas_score(frame: Any) -> Any:
    """The plain kind, NaN for no answer: a mean and a count over the items of each construct."""
    import pandas as pd

    made = {KEY: frame[KEY]}
    for construct, items in GROUPS.items():
        own = frame[items].copy()
        backwards = [item for item in items if item in REVERSED]
        own[backwards] = TURN - own[backwards]
        count = own.notna().sum(axis=1)
        made[construct] = own.mean(axis=1).where(count >= ENOUGH)
        made[f"{construct}_n"] = count.astype("int32")
    return pd.DataFrame(made)


def nullable_score(frame: Any) -> Any:
    """The kinds with nulls, of pandas itself or of Arrow: column by column, for row by row is slow there."""
    import pandas as pd

    made = {KEY: frame[KEY]}
    for construct, items in GROUPS.items():
        keyed = [TURN - frame[item] if item in REVERSED else frame[item] for item in items]
        total = reduce(add, [column.fillna(0) for column in keyed])
        count = reduce(add, [column.notna().astype("int32") for column in keyed])
        made[construct] = (total / count.where(count > 0)).where(count >= ENOUGH)
        made[f"{construct}_n"] = count.astype("int32")
    return pd.DataFrame(made)


def arrow_score(table: Any) -> Any:
    """PyArrow's own functions, column by column."""
    import pyarrow as pa
    import pyarrow.compute as pc

    made = {KEY: table[KEY]}
    for construct, items in GROUPS.items():
        keyed = [pc.subtract(TURN, table[item]) if item in REVERSED else table[item] for item in items]
        total = reduce(pc.add, [pc.fill_null(column, 0) for column in keyed])
        count = reduce(pc.add, [pc.cast(pc.is_valid(column), pa.int32()) for column in keyed])
        mean = pc.divide(pc.cast(total, pa.float64()), pc.cast(count, pa.float64()))
        made[construct] = pc.if_else(pc.greater_equal(count, ENOUGH), mean, None)
        made[f"{construct}_n"] = count
    return pa.table(made)


def polars_score(frame: Any) -> Any:
    """Polars' own expressions, totals and counts first; the same for a lazy frame.

    ``sum_horizontal`` takes half as long again as adding, and one step instead of two does too.
    """
    import polars as pl

    sums, made = [], []
    for construct, items in GROUPS.items():
        keyed = [TURN - pl.col(item) if item in REVERSED else pl.col(item) for item in items]
        total = reduce(add, [column.fill_null(0) for column in keyed])
        count = reduce(add, [pl.col(item).is_not_null().cast(pl.UInt8) for item in items])
        sums += [total.alias(f"{construct}_s"), count.alias(f"{construct}_n")]
        total, count = pl.col(f"{construct}_s"), pl.col(f"{construct}_n")
        made += [pl.when(count >= ENOUGH).then(total / count).alias(construct), count.cast(pl.Int32)]
    return frame.select(KEY, *sums).select(KEY, *made)


def dask_score(frame: Any) -> Any:
    """The kernel on each partition."""
    meta = {KEY: "int64"} | {
        name: kind
        for construct in CONSTRUCTS
        for name, kind in ((construct, "float64"), (f"{construct}_n", "int32"))
    }
    return frame.map_partitions(_partition_score, meta=meta)


def _partition_score(part: Any) -> Any:
    import pandas as pd

    values, counts = kernel.score(part[list(ITEMS)].to_numpy(dtype=np.float64))
    made = {KEY: part[KEY]}
    for place, construct in enumerate(CONSTRUCTS):
        made[construct] = pd.Series(values[:, place], index=part.index)
        made[f"{construct}_n"] = pd.Series(counts[:, place], index=part.index)
    return pd.DataFrame(made)


def pandas_decide(frame: Any) -> Any:
    """The kernel on what is true and what is false; for every kind of pandas frame."""
    true = np.empty((len(FACTS), len(frame)), dtype=np.bool_)
    false = np.empty_like(true)
    for place, name in enumerate(FACTS):
        column = frame[name]
        if column.dtype.kind == "f":
            np.equal(column.to_numpy(), 1, out=true[place])
            np.equal(column.to_numpy(), 0, out=false[place])
        else:
            true[place] = column.to_numpy(dtype=np.bool_, na_value=False)
            false[place] = ~column.to_numpy(dtype=np.bool_, na_value=True)
    return _pandas_advice(frame, true, false)


def _pandas_advice(frame: Any, true: Planes, false: Planes) -> Any:
    import pandas as pd

    made = {
        name: pd.Series(column.to_pandas().to_numpy() if name == "open_feiten" else column, index=frame.index)
        for name, column in _arrow_advice(true, false).items()
    }
    for name in ("advies", "rij", "beleid"):
        made[name] = made[name].astype("str")
    return pd.DataFrame({KEY: frame[KEY], **made})


def _arrow_advice(true: Planes, false: Planes) -> dict[str, Any]:
    import pyarrow as pa

    codes, unknown = kernel.decide(true, false)
    advice, rows = pa.array(kernel.ADVICE), pa.array([*kernel.ROWS, None])
    return {
        "advies": advice.take(pa.array(codes)),
        "rij": rows.take(pa.array(codes)),
        "beleid": pa.repeat(POLICY, len(codes)),
        "open_feiten": pa.array(unknown),
    }


def arrow_decide(table: Any) -> Any:
    """The kernel on what is true and what is false."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def plane(name: str, unknown: bool) -> Any:
        return pc.fill_null(table[name], unknown).to_numpy()

    true = np.stack([plane(name, unknown=False) for name in FACTS])
    false = ~np.stack([plane(name, unknown=True) for name in FACTS])
    return pa.table({KEY: table[KEY], **_arrow_advice(true, false)})


def dask_decide(frame: Any) -> Any:
    """The kernel on each partition."""
    meta = {KEY: "int64", "advies": "str", "rij": "str", "beleid": "str", "open_feiten": "int32"}
    return frame.map_partitions(pandas_decide, meta=meta)


def polars_decide(frame: Any) -> Any:
    """Polars' own expressions, with its own three-valued logic; the same for a lazy frame."""
    import polars as pl

    col = pl.col
    both = col("psychisch") & col("woonsituatie")
    true = reduce(add, [col(name).fill_null(False).cast(pl.UInt8) for name in HINDRANCES])
    false = reduce(add, [(~col(name)).fill_null(False).cast(pl.UInt8) for name in HINDRANCES])
    row = (
        pl.when(col("extern_onderzoek"))
        .then(0)
        .when(col("extern_onderzoek").is_null())
        .then(kernel.OPEN)
        .when(col("verslaving"))
        .then(1)
        .when(col("verslaving").is_null())
        .then(kernel.OPEN)
        .when(both)
        .then(2)
        .when(both.is_null())
        .then(kernel.OPEN)
        .when(col("motivatie") | col("jonger_dan_27") | (false >= 5))
        .then(4)
        .when(~col("motivatie") & ~col("jonger_dan_27") & (true >= 3))
        .then(3)
        .otherwise(kernel.OPEN)
    )
    unknown = reduce(add, [col(name).is_null().cast(pl.UInt8) for name in FACTS])
    return frame.select(KEY, row.alias("row"), unknown.alias("unknown")).select(
        KEY,
        advies=_polars_text(kernel.ADVICE),
        rij=_polars_text([*kernel.ROWS, None]),
        beleid=pl.lit(POLICY),
        open_feiten=col("unknown").cast(pl.Int32),
    )


def _polars_text(texts: Sequence[str | None]) -> Any:
    import polars as pl

    return pl.lit(pl.Series(texts)).gather(pl.col("row"))
