"""Columns in memory become arrays with a mask, and arrays become columns, whatever the engine."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from tests.frames import EAGER, make, partitioned, rows

from igm._engines.arrays import cells, floats, length_of
from igm._engines.engine import Engine, engine_of
from igm._engines.output import NewColumn, free_name, kept_names, new_names, with_columns
from igm._engines.partitions import map_partitions
from igm._engines.schema import schema_of
from igm.errors import InputError

every_eager_frame = pytest.mark.parametrize("kind", EAGER)


def engine(frame: Any) -> Engine:
    found = engine_of(frame)
    assert found is not None
    return found


@every_eager_frame
@pytest.mark.parametrize("values", [[1, 2, 3, 4], [1, None, 3, None], [1.5, None, float("nan"), 2.0]])
def test_numbers(kind: str, values: list[Any]) -> None:
    frame = make(kind, {"a": values})
    schema = schema_of(frame, engine(frame))
    assert length_of(frame, engine(frame)) == 4
    found = floats(cells(frame, engine(frame), schema["a"], 1, 4))
    np.testing.assert_array_equal(found, np.array(values[1:4], dtype=np.float64))


@pytest.mark.parametrize("kind", ["pandas arrow", "pyarrow", "polars"])
@pytest.mark.parametrize("digits", [(5, 2), (20, 5), (38, 20)])
def test_decimals_are_the_nearest_floats(kind: str, digits: tuple[int, int]) -> None:
    told = [Decimal(number) / 100 for number in range(2000)]
    frame = make(kind, {"a": [*told, None]}, {"a": pa.decimal128(*digits)})
    own = engine(frame)
    found = floats(cells(frame, own, schema_of(frame, own)["a"], 0, 2001))
    np.testing.assert_array_equal(found, [*(float(number) for number in told), np.nan])


@every_eager_frame
def test_text_and_truth(kind: str) -> None:
    frame = make(kind, {"t": ["x", None, "é"], "b": [True, None, False]})
    schema = schema_of(frame, engine(frame))
    columns: dict[str, list[Any]] = {"t": ["x", None, "é"], "b": [True, None, False]}
    for name, expected in columns.items():
        part = cells(frame, engine(frame), schema[name], 0, 3)
        missing = part.missing
        assert missing is not None
        assert missing.tolist() == [False, True, False]
        assert [part.values[row] for row in (0, 2)] == [expected[0], expected[2]]


@every_eager_frame
def test_new_columns_stand_at_the_end_and_the_others_stay(kind: str) -> None:
    frame = make(kind, {"key": [3, 1, 2], "t": ["a", "b", None]})
    new = {
        "score": NewColumn(np.array([1.5, 2.5, 0.0]), np.array([False, False, True])),
        "n": NewColumn(np.array([1, 2, 3], dtype=np.int32)),
        "tekst": NewColumn(np.array(["x", None, "y"], dtype=object), np.array([False, True, False])),
    }
    before = schema_of(frame, engine(frame))
    made = with_columns(frame, engine(frame), new)
    after = schema_of(made, engine(made))
    assert type(made) is type(frame)
    assert list(after) == ["key", "t", "score", "n", "tekst"]
    assert {name: after[name] for name in before} == dict(before)
    assert rows(made)[1] == {"key": 2, "t": None, "score": None, "n": 3, "tekst": "y"}
    assert list(schema_of(with_columns(frame, engine(frame), new, ["t"]), engine(frame))) == [
        "t",
        "score",
        "n",
        "tekst",
    ]
    assert list(schema_of(with_columns(frame, engine(frame), new, []), engine(frame))) == [
        "score",
        "n",
        "tekst",
    ]


def test_pandas_keeps_its_index_also_when_it_repeats() -> None:
    frame = pd.DataFrame({"a": [1, 2]}, index=pd.Index(["x", "x"], name="wie"))
    made = with_columns(frame, Engine.PANDAS, {"n": NewColumn(np.array([1, 2], dtype=np.int32))})
    assert made.index.equals(frame.index)
    assert made.index.name == "wie"
    assert np.shares_memory(made["a"].to_numpy(), frame["a"].to_numpy())
    assert str(made["n"].dtype) == "Int32"


def _doubled(frame: pd.DataFrame) -> Any:
    schema = schema_of(frame, Engine.PANDAS)
    values = floats(cells(frame, Engine.PANDAS, schema["a"], 0, len(frame)))
    return with_columns(frame, Engine.PANDAS, {"double": NewColumn(values * 2)})


def test_dask_runs_the_same_on_every_partition() -> None:
    frame = partitioned(pd.DataFrame({"a": pd.array([1, 2, 3, 4], dtype="Int64")}))
    made = map_partitions(frame, _doubled)
    assert made.dtypes["double"] == pd.Float64Dtype()
    assert [row["double"] for row in rows(made, "a")] == [2.0, 4.0, 6.0, 8.0]


def test_new_names_are_refused_when_they_are_taken() -> None:
    schema = schema_of(pd.DataFrame({"a": [1], "b": [1]}), Engine.PANDAS)
    assert new_names(schema, Engine.PANDAS, ["a"], None, "x_") == {"a": "x_a"}
    assert new_names(schema, Engine.PANDAS, ["a"], ["b"]) == {"a": "a"}
    assert new_names(schema, Engine.PANDAS, ["A"], None) == {"A": "A"}
    for engine_, wanted in ((Engine.PANDAS, ["a", "b"]), (Engine.DUCKDB, ["A", "B"])):
        with pytest.raises(InputError, match="prefix=") as caught:
            new_names(schema, engine_, wanted, None)
        assert [problem.code for problem in caught.value.problems] == ["duplicate-name"] * 2


def test_what_is_kept_must_be_there_once() -> None:
    schema = schema_of(pd.DataFrame({"a": [1], "b": [1]}), Engine.PANDAS)
    assert kept_names(schema, True) is None
    assert kept_names(schema, False) == []
    assert kept_names(schema, ["b"]) == ["b"]
    with pytest.raises(InputError) as caught:
        kept_names(schema, ["a", "a", "c"])
    assert [problem.code for problem in caught.value.problems] == ["duplicate-name", "unknown-name"]
    strange: list[Any] = ["a", 3]
    for wrong in strange:
        with pytest.raises(InputError, match="not a choice of columns"):
            kept_names(schema, wrong)


def test_a_free_name_begins_no_other() -> None:
    assert free_name(["a"], "igm") == "igm"
    assert free_name(["IGM_1"], "igm") == "_igm"
