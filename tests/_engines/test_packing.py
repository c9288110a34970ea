"""Columns that stay are out of the way while a result is made: many of them cost little, and none of them changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.frames import collected, connection, from_arrow, names
from tests.steps import steps

import igm
from igm._engines.packing import MANY, TOGETHER

LIJST = igm.vragenlijst("client-participatie")
KADER = igm.kader("leiden-2021")
OWN: dict[str, Any] = {
    "key": pa.array([1, 2, 3]),
    "Een Naam": pa.array(["x", None, "z"]),
    "bedrag": pa.array([Decimal("1.20"), None, Decimal("3.45")]),
    "lijst": pa.array([[1, 2], None, []]),
    "paar": pa.array([{"a": 1, "b": "x"}, None, {"a": None, "b": None}]),
    "moment": pa.array([10**15, None, 2 * 10**15], pa.timestamp("us")),
    "ja": pa.array([True, None, False]),
}
READ: dict[str, Any] = {
    "houding_1": pa.array([4, None, 2]),
    "houding_2": pa.array([5.0, 1.0, None]),
    "motivatie": pa.array([True, None, False]),
}

every_expression_frame = pytest.mark.parametrize(
    "kind", ["polars", "polars lazy", "duckdb", pytest.param("pyspark", marks=pytest.mark.slow)]
)
CALLS: dict[str, Callable[..., Any]] = {
    "score": lambda frame, **more: igm.score(frame, LIJST, **more),
    "evaluate_many": KADER.evaluate_many,
}
every_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


@every_expression_frame
@every_call
@pytest.mark.parametrize("width", [0, MANY])
def test_columns_that_stay_keep_their_order_their_types_and_their_values(
    kind: str, call: Callable[..., Any], width: int
) -> None:
    table = pa.table({**{f"c{place}": OWN["key"] for place in range(width)}, **OWN, **READ})
    frame = from_arrow(kind, table)
    for keep in (True, ["paar", "key", "houding_1"], ["motivatie"]):
        kept = table.column_names if keep is True else keep
        made = call(frame, keep=keep)
        assert names(made)[: len(kept)] == kept
        before, after = (collected(one).select(kept) for one in (frame, made))
        assert after.schema.types == before.schema.types
        assert after.to_pylist() == before.to_pylist()


@every_expression_frame
@every_call
def test_new_columns_stand_after_those_that_stay_or_alone(kind: str, call: Callable[..., Any]) -> None:
    frame = from_arrow(kind, pa.table({**OWN, **READ}))
    whole, alone = collected(call(frame)), collected(call(frame, keep=False))
    assert whole.column_names[len(OWN) + len(READ) :] == alone.column_names
    assert whole.select(alone.column_names).to_pylist() == alone.to_pylist()


LOOKS: dict[str, Callable[..., Any]] = {
    **CALLS,
    "check": lambda frame: igm.check(frame, LIJST),
    "kader.check": KADER.check,
}


@pytest.mark.parametrize("kind", ["polars", "polars lazy", "duckdb"])
@pytest.mark.parametrize("call", LOOKS.values(), ids=LOOKS)
def test_one_column_more_costs_as_much_beside_many_as_beside_few(
    kind: str, call: Callable[[Any], Any]
) -> None:
    def work(width: int) -> int:
        others = {f"c{place}": pa.array([1, 2, 3]) for place in range(width)}
        frame = from_arrow(kind, pa.table({**READ, **others}))
        return steps(lambda: call(frame))

    few, many = work(400) - work(300), work(900) - work(800)
    assert many < 1.5 * few + 1000


@every_call
@pytest.mark.parametrize(("width", "most"), [(MANY - len(READ), 1), (MANY + 1, TOGETHER)])
def test_duckdb_reads_few_columns_of_a_file_for_one_that_is_asked_for(
    tmp_path: Path, call: Callable[..., Any], width: int, most: int
) -> None:
    others = {f"c{place}": pa.array([1, 2, 3]) for place in range(width)}
    path = tmp_path / "t0.parquet"
    parquet.write_table(pa.table({**READ, **others}), path)
    made = call(connection().read_parquet(str(path)))
    for name, allowed in (("c7", most), (made.columns[-1], 0)):
        plan = made.project(f'"{name}"').explain()
        assert len(set(others) & set(re.findall(r"c[0-9]+", plan))) <= allowed
