"""Truth as small whole numbers, and refusal by the engine itself, on every engine that runs expressions."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from tests.frames import collected, make, rows

from igm._engines.engine import Engine, engine_of
from igm._engines.expressions import NO, UNKNOWN, YES, all_of, any_of, at_least, clean, negated, opened, truth
from igm._engines.libraries import narwhals
from igm._engines.refusal import Refusal, guarded
from igm._engines.schema import schema_of

every_engine = pytest.mark.parametrize(
    "kind", ["polars", "polars lazy", "duckdb", pytest.param("pyspark", marks=pytest.mark.slow)]
)
TRIPLES = list(itertools.product([NO, UNKNOWN, YES], repeat=3))


def engine(frame: Any) -> Engine:
    found = engine_of(frame)
    assert found is not None
    return found


@every_engine
def test_truth_tables(kind: str) -> None:
    nw = narwhals()
    frame = make(
        kind, {"key": list(range(27)), **{name: [t[i] for t in TRIPLES] for i, name in enumerate("abc")}}
    )
    parts = [nw.col(name) for name in "abc"]
    made = opened(frame).with_columns(
        conjunction=all_of(parts),
        disjunction=any_of(parts),
        denial=negated(parts[0]),
        two=at_least(2, parts),
    )
    native = made.to_native()
    assert type(native) is type(frame)
    for triple, row in zip(TRIPLES, rows(native), strict=True):
        certain, possible = triple.count(YES), 3 - triple.count(NO)
        assert row["conjunction"] == min(triple)
        assert row["disjunction"] == max(triple)
        assert row["denial"] == 2 - triple[0]
        assert row["two"] == (YES if certain >= 2 else NO if possible < 2 else UNKNOWN)


@every_engine
def test_truth_from_what_may_be_null_or_nan(kind: str) -> None:
    nw = narwhals()
    frame = make(kind, {"key": [0, 1, 2, 3], "x": [1.0, 9.0, None, float("nan")]})
    x = clean(schema_of(frame, engine(frame))["x"])
    made = (
        opened(frame)
        .with_columns(clean=x)
        .with_columns(truth=truth(nw.col("clean") > 5, ~nw.col("clean").is_null()))
    )
    found = rows(made.to_native())
    assert [row["truth"] for row in found] == [NO, YES, UNKNOWN, UNKNOWN]
    assert [row["clean"] for row in found] == [1.0, 9.0, None, None]


def _refused(kind: str, values: list[int | None]) -> Any:
    frame = make(kind, {"key": [1, 2, 3], "x": values, "y": [1, 2, 3]})
    nw = narwhals()
    staged = opened(frame).with_columns(wrong=nw.col("x") > 5, score=nw.col("x") * 2).to_native()
    return guarded(
        staged, engine(frame), ["key", "y", "score"], {"score": [Refusal("wrong", "igm: 'x' is más than 5")]}
    )


@every_engine
def test_what_is_right_passes(kind: str) -> None:
    assert [row["score"] for row in rows(_refused(kind, [1, None, 5]))] == [2, None, 10]


@every_engine
def test_a_query_fails_on_what_is_wrong_and_says_why(kind: str) -> None:
    if kind == "polars":
        with pytest.raises(Exception, match="igm: 'x' is más than 5"):
            _refused(kind, [1, None, 6])
        return
    made = _refused(kind, [1, None, 6])  # nothing runs yet
    with pytest.raises(Exception, match="igm: 'x' is más than 5"):
        collected(opened(made).select("score").to_native())


@pytest.mark.parametrize("kind", ["polars lazy", "duckdb"])
def test_a_query_that_reads_nothing_wrong_does_not_fail(kind: str) -> None:
    made = _refused(kind, [1, None, 6])
    assert len(collected(opened(made).select("y").to_native())) == 3
