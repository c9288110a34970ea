"""A frame of any kind gets the scores that its rows would get one by one, to the last bit, and stays what it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.frames import (
    EAGER,
    LAZY,
    QUICK,
    collected,
    connection,
    every_frame,
    make,
    names,
    rows,
    spark,
    table,
)
from tests.scoring.conftest import MakeLijst, _lijst

import igm
from igm.constructs import Schaal, Vragenlijst, Waarde
from igm.errors import ConsentError, InputError
from igm.scoring import scorers

COLUMNS: dict[str, list[Any]] = {
    "key": [1, 2, 3, 4],
    "h1": [4, None, 3, 5],
    "h2": [4, 1, None, 5],
    "b1": [1, 2, 3, 4],
    "b2": [None] * 4,
    "b3": [None, None, 4, 1],
    "naam, één": ["a", "b", "c", None],
}
TYPES = {"b2": pa.float64()}
EXPECTED: list[dict[str, Any]] = [
    {"houding": 3.0, "houding_n": 2, "belastbaarheid": None, "belastbaarheid_n": 1},
    {"houding": 5.0, "houding_n": 1, "belastbaarheid": None, "belastbaarheid_n": 1},
    {"houding": 3.0, "houding_n": 1, "belastbaarheid": 2.5, "belastbaarheid_n": 2},
    {"houding": 3.0, "houding_n": 2, "belastbaarheid": 4.5, "belastbaarheid_n": 2},
]


@pytest.fixture(scope="module")
def lijst(make_lijst: MakeLijst) -> Vragenlijst:
    return make_lijst(
        ("h1", "houding", False, None),
        ("h2", "houding", True, None),
        ("b1", "belastbaarheid", False, None),
        ("b2", "belastbaarheid", False, None),
        ("b3", "belastbaarheid", True, None),
    )


def only(found: list[dict[str, Any]], names: Sequence[str]) -> list[dict[str, Any]]:
    return [{name: row[name] for name in names} for row in found]


# what comes out


@every_frame
def test_scores_stand_beside_what_was_there(kind: str, lijst: Vragenlijst) -> None:
    frame = make(kind, COLUMNS, TYPES)
    made = igm.score(frame, lijst)
    assert type(made) is type(frame)
    assert names(made) == [*COLUMNS, *EXPECTED[0]]
    found = rows(made)
    assert only(found, list(EXPECTED[0])) == EXPECTED
    assert only(found, list(COLUMNS)) == only(rows(frame), list(COLUMNS))


@every_frame
def test_types_are_stated(kind: str, lijst: Vragenlijst) -> None:
    held = collected(igm.score(make(kind, COLUMNS, TYPES), lijst))
    if isinstance(held, pd.DataFrame):
        assert [str(held[name].dtype) for name in ("houding", "houding_n")] == ["Float64", "Int32"]
    else:
        assert [held.schema.field(name).type for name in ("houding", "houding_n")] == [
            pa.float64(),
            pa.int32(),
        ]


@every_frame
def test_some_columns_stay_or_none(kind: str, lijst: Vragenlijst) -> None:
    frame = make(kind, COLUMNS, TYPES)
    assert list(rows(igm.score(frame, lijst, keep=["h2", "key"]))[0]) == ["h2", "key", *EXPECTED[0]]
    assert list(rows(igm.score(frame, lijst, keep=False), by=None)[0]) == list(EXPECTED[0])


@every_frame
def test_an_empty_frame_gives_an_empty_frame(kind: str, lijst: Vragenlijst) -> None:
    types = {name: pa.int64() for name in COLUMNS}
    made = igm.score(make(kind, {name: [] for name in COLUMNS}, types), lijst)
    assert len(collected(made)) == 0
    assert names(made) == [*COLUMNS, *EXPECTED[0]]


def test_pandas_keeps_its_index_its_types_and_its_order(lijst: Vragenlijst) -> None:
    frame = make("pandas", COLUMNS, TYPES).set_index("key")
    frame["wave"] = pd.Categorical(["T0", "T1", "T0", "T1"])
    made = igm.score(frame, lijst)
    assert made.index.equals(frame.index)
    pd.testing.assert_frame_equal(made[list(frame.columns)], frame)
    assert "houding" not in frame.columns


def test_a_construct_without_any_column_is_missing(lijst: Vragenlijst) -> None:
    for kind in QUICK:
        found = rows(igm.score(make(kind, {"key": [1], "h1": [4]}), lijst, min_valid=1))
        assert found == [
            {"key": 1, "h1": 4, "houding": 4.0, "houding_n": 1, "belastbaarheid": None, "belastbaarheid_n": 0}
        ]


# the same bits


@st.composite
def populations(draw: st.DrawFn) -> tuple[Vragenlijst, dict[str, list[int | None]], dict[str, Any]]:
    low = draw(st.sampled_from([0, 1, -3]))
    schaal = Schaal(minimum=low, maximum=low + draw(st.sampled_from([1, 4, 6, 100])))
    keys = draw(st.lists(st.sampled_from(["houding", "kennis", "context"]), min_size=1, max_size=9))
    specs = [(f"vraag {place} é", key, draw(st.booleans()), None) for place, key in enumerate(keys)]
    lijst = _lijst(*specs, schaal=schaal)
    n = draw(st.integers(1, 8))
    answer = st.none() | st.integers(schaal.minimum, schaal.maximum)
    columns = {item.id: draw(st.lists(answer, min_size=n, max_size=n)) for item in lijst.items}
    options: dict[str, Any] = {"min_valid": draw(st.sampled_from(["half", "all", 1]))}
    if draw(st.booleans()):
        weights = {item.id: draw(st.integers(0, 5)) for item in lijst.items}
        for key in dict.fromkeys(keys):
            first = next(item.id for item in lijst.items if item.construct.value == key)
            weights[first] += 1
        options["scorer"] = scorers.weighted(
            {name: str(w / 4) for name, w in weights.items()}, source="eigen keuze"
        )
    return lijst, columns, options


def one_by_one(
    lijst: Vragenlijst, columns: dict[str, list[int | None]], options: dict[str, Any]
) -> list[dict[str, Any]]:
    found = []
    for row in range(len(next(iter(columns.values())))):
        profiel = igm.score({name: own[row] for name, own in columns.items()}, lijst, **options)
        line: dict[str, Any] = {}
        for key in lijst.n_items:
            waarde = profiel[key]
            line[key.value] = waarde.score if isinstance(waarde, Waarde) else None
            own = [item.id for item in lijst.items if item.construct is key]
            line[f"{key.value}_n"] = sum(columns[name][row] is not None for name in own)
        found.append(line)
    return found


@pytest.mark.parametrize("kind", QUICK)
@settings(max_examples=15, suppress_health_check=[HealthCheck.differing_executors])
@given(population=populations(), as_floats=st.booleans(), nan=st.booleans())
def test_every_kind_of_frame_agrees_with_one_person_to_the_last_bit(
    kind: str, population: Any, as_floats: bool, nan: bool
) -> None:
    lijst, columns, options = population
    expected = one_by_one(lijst, columns, options)
    gap = math.nan if nan and as_floats else None
    given_: dict[str, list[Any]] = {
        name: [gap if value is None else float(value) if as_floats else value for value in own]
        for name, own in columns.items()
    }
    given_["key"] = list(range(len(expected)))
    types = {name: pa.float64() if as_floats else pa.int8() for name in columns}
    found = rows(igm.score(make(kind, given_, types), lijst, **options))
    assert only(found, list(expected[0])) == expected
    block = np.array([[np.nan if v is None else v for v in own] for own in columns.values()], dtype=float).T
    values = igm.score(block, lijst, **options)
    for place, key in enumerate(values.constructs):
        array = [None if math.isnan(value) else value for value in values.values[:, place].tolist()]
        assert [row[key.value] for row in expected] == array


@pytest.mark.slow
def test_spark_agrees_to_the_last_bit() -> None:
    rng = np.random.default_rng(1)
    specs = [
        (f"vraag {place} é", key, place % 3 == 1, None) for place, key in enumerate(["houding", "kennis"] * 4)
    ]
    lijst = _lijst(*specs)
    columns: dict[str, list[Any]] = {
        item.id: [None if rng.random() < 0.3 else int(rng.integers(1, 6)) for _ in range(400)]
        for item in lijst.items
    }
    weights = {item.id: str((place + 1) / 8) for place, item in enumerate(lijst.items)}
    for options in ({}, {"min_valid": "all"}, {"scorer": scorers.weighted(weights, source="eigen keuze")}):
        expected = one_by_one(lijst, columns, options)
        for kind in (pa.int8(), pa.int64(), pa.float64()):
            frame = make("pyspark", {**columns, "key": list(range(400))}, dict.fromkeys(columns, kind))
            assert only(rows(igm.score(frame, lijst, **options)), list(expected[0])) == expected


# what is wrong


@pytest.mark.parametrize("kind", EAGER)
@pytest.mark.parametrize(
    ("column", "values", "code"),
    [
        ("h1", [4, 9, 3, 5], "answer-out-of-range"),
        ("h1", [4.0, 2.5, 3.0, 5.0], "answer-not-whole"),
        ("h1", [4.0, math.inf, 3.0, 5.0], "not-a-number"),
    ],
)
def test_a_frame_in_memory_tells_which_rows_are_wrong(
    kind: str, column: str, values: list[Any], code: str, lijst: Vragenlijst
) -> None:
    with pytest.raises(InputError, match=r"row 1, column 'h1', item 'h1'") as caught:
        igm.score(make(kind, {**COLUMNS, column: values}, TYPES), lijst)
    assert caught.value.code == code


def test_wrong_answers_are_counted_and_the_first_are_told(lijst: Vragenlijst) -> None:
    frame = pd.DataFrame({"h1": [9] * 70_000, "h2": 1})
    with pytest.raises(InputError, match="70000 answers cannot be used") as caught:
        igm.score(frame, lijst)
    assert len(caught.value.problems) == 21


def test_a_sensitive_answer_is_masked(lijst: Vragenlijst) -> None:
    with pytest.raises(InputError, match="•••"):
        igm.score(pd.DataFrame({"b1": [9]}), lijst)


@pytest.mark.parametrize("kind", [*LAZY, pytest.param("pyspark", marks=pytest.mark.slow)])
@pytest.mark.parametrize("wrong", [9, 0, 2.5, math.inf])
@pytest.mark.parametrize("name", ["houding", "houding_n"])
def test_a_lazy_frame_is_refused_by_its_engine_when_it_runs(
    kind: str, wrong: float, name: str, lijst: Vragenlijst
) -> None:
    made = igm.score(make(kind, {**COLUMNS, "h1": [4.0, None, wrong, 5.0]}, TYPES), lijst)
    with pytest.raises(Exception, match="item 'h1'"):
        collected(made.select(name) if kind in {"polars lazy", "duckdb", "pyspark"} else made[[name]])


@pytest.mark.parametrize("kind", [*QUICK, pytest.param("pyspark", marks=pytest.mark.slow)])
@pytest.mark.parametrize("values", [["4", "x"], [True, False]])
def test_columns_of_another_kind_are_refused_at_once(
    kind: str, values: list[Any], lijst: Vragenlijst
) -> None:
    with pytest.raises(InputError, match="h1") as caught:
        igm.score(make(kind, {"h1": values, "h2": [1, 2]}), lijst)
    assert caught.value.code == "not-a-number"


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"h1": pd.Categorical([1, 2])}),
        pd.DataFrame({"h1": pd.to_datetime(["2026-01-01"]).tz_localize("Europe/Amsterdam")}),
        pl.DataFrame({"h1": pl.Series(["a"], dtype=pl.Categorical)}),
        pl.LazyFrame({"h1": [[1]]}),
        pa.table({"h1": pa.array(["a"]).dictionary_encode()}),
    ],
)
def test_categories_moments_and_lists_are_no_answers(frame: Any, lijst: Vragenlijst) -> None:
    with pytest.raises(InputError, match="column 'h1'") as caught:
        igm.score(frame, lijst)
    assert caught.value.code == "not-a-number"


def test_mixed_python_objects_are_read_one_by_one(lijst: Vragenlijst) -> None:
    frame = pd.DataFrame({"h1": pd.Series([4, 3.0, None, math.nan, np.int8(2), pd.NA], dtype=object)})
    assert [row["houding"] for row in rows(igm.score(frame, lijst, min_valid=1), by=None)] == [
        4,
        3,
        None,
        None,
        2,
        None,
    ]
    with pytest.raises(InputError) as caught:
        igm.score(pd.DataFrame({"h1": pd.Series([4, "4", True, [1]], dtype=object)}), lijst)
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [
        ("not-a-number", f"$.h1[{row}]") for row in (1, 2, 3)
    ]


def test_all_columns_of_another_kind_are_told_at_once(lijst: Vragenlijst) -> None:
    with pytest.raises(InputError) as caught:
        igm.score(pl.LazyFrame({"h1": ["a"], "h2": [True], "b1": [1]}), lijst)
    assert [problem.where for problem in caught.value.problems] == ["$.h1", "$.h2"]


def test_a_frame_without_any_item_says_what_was_looked_for(lijst: Vragenlijst) -> None:
    with pytest.raises(InputError, match="looked for 'h1', 'h2', 'b1', 'b2', 'b3'") as caught:
        igm.score(pd.DataFrame({"x": [1]}), lijst)
    assert caught.value.code == "unknown-item"


@pytest.mark.parametrize("kind", [*QUICK, pytest.param("pyspark", marks=pytest.mark.slow)])
def test_a_column_that_is_there_already_is_refused(kind: str, lijst: Vragenlijst) -> None:
    frame = make(kind, {**COLUMNS, "houding": [1, 2, 3, 4]}, TYPES)
    with pytest.raises(InputError, match="prefix=") as caught:
        igm.score(frame, lijst)
    assert caught.value.code == "duplicate-name"
    found = rows(igm.score(frame, lijst, prefix="igm_"))
    assert [row["igm_houding"] for row in found] == [row["houding"] for row in EXPECTED]
    assert [row["houding"] for row in rows(igm.score(frame, lijst, keep=["key"]))] == [
        row["houding"] for row in EXPECTED
    ]


def test_no_argument_is_ignored(lijst: Vragenlijst) -> None:
    frame = pd.DataFrame({"h1": [4]})
    with pytest.raises(InputError) as caught:
        igm.score(frame, lijst, items=["h1"], composite="mean", gedrag=lijst.gedrag)  # type: ignore[call-overload]
    assert [problem.where for problem in caught.value.problems] == ["$.items", "$.gedrag", "$.composite"]
    with pytest.raises(ConsentError):
        igm.score(frame, lijst, doel="onderzoek")  # type: ignore[call-overload]
    with pytest.raises(InputError) as caught:
        igm.score({"h1": 4}, lijst, columns=igm.ColumnMap(), keep=False, prefix="x")  # type: ignore[call-overload]
    assert [problem.where for problem in caught.value.problems] == ["$.columns", "$.keep", "$.prefix"]
    for wrong in ({"h1": "V1"}, "V1"):
        with pytest.raises(InputError, match="not a column map"):
            igm.score(frame, lijst, columns=wrong)  # type: ignore[call-overload]


class Highest:
    """A scorer without a quotient."""

    name = "highest"

    def one(self, answers: Any, items: Any, schaal: Any, /) -> float:
        return float(max(answer for answer in answers if answer is not None))

    def many(self, answers: Any, items: Any, schaal: Any, /) -> Any:
        return np.fmax.reduce(answers, axis=1)


class Stray(Highest):
    """A scorer whose quotient leaves the scale."""

    name = "stray"

    def quotient(self, answers: Any, items: Any, schaal: Any, /) -> Any:
        return sum((answer.fill_null(0) * 100 for answer in answers[1:]), answers[0].fill_null(0) * 100), None


@every_frame
def test_a_scorer_without_a_quotient_runs_in_memory_and_is_refused_elsewhere(
    kind: str, lijst: Vragenlijst
) -> None:
    frame = make(kind, COLUMNS, TYPES)
    if kind in {"polars lazy", "duckdb", "pyspark"}:
        with pytest.raises(InputError, match=f"scorer 'highest' cannot be run by {kind}") as caught:
            igm.score(frame, lijst, scorer=Highest())
        assert caught.value.code == "plugin-invalid"
    else:
        found = rows(igm.score(frame, lijst, scorer=Highest(), min_valid=1))
        assert [row["houding"] for row in found] == [4.0, 5.0, 3.0, 5.0]


@pytest.mark.parametrize("kind", ["polars lazy", "duckdb"])
def test_a_quotient_that_leaves_the_scale_fails_when_it_runs(kind: str, lijst: Vragenlijst) -> None:
    with pytest.raises(Exception, match="scorer 'stray' gives no score on the scale"):
        collected(igm.score(make(kind, COLUMNS, TYPES), lijst, scorer=Stray()))


def test_weights_too_large_for_exact_sums_are_refused_where_they_would_be_rounded(lijst: Vragenlijst) -> None:
    heavy = {item.id: "0.123456789012345" for item in lijst.items} | {"h1": 999_999_999_999_999}
    scorer = scorers.weighted(heavy, source="eigen keuze")
    frame = pl.LazyFrame({"h1": [4], "h2": [1]})
    with pytest.raises(InputError, match="too large for exact sums"):
        igm.score(frame, lijst, scorer=scorer)
    found = igm.score(frame.collect().to_arrow(), lijst, scorer=scorer)
    alone = igm.score({"h1": 4, "h2": 1}, lijst, scorer=scorer)["houding"]
    assert isinstance(alone, Waarde)
    assert found["houding"].to_pylist() == [alone.score]


# lazy stays lazy


def test_polars_is_not_collected(monkeypatch: pytest.MonkeyPatch, lijst: Vragenlijst) -> None:
    frame = make("polars lazy", COLUMNS, TYPES)

    def fail(*_: object, **__: object) -> Any:
        raise AssertionError("it was run")

    for name in ("collect", "fetch", "sink_parquet", "cache", "collect_async", "describe"):
        monkeypatch.setattr(pl.LazyFrame, name, fail, raising=False)
    igm.score(frame, lijst)


def test_duckdb_is_not_run(lijst: Vragenlijst) -> None:
    connection().register("geteld", table(COLUMNS, TYPES))
    # a function that fails for any row shows whether a row was read
    frame = connection().sql("select *, error('it was run') as bom from geteld")
    made = igm.score(frame, lijst)
    with pytest.raises(Exception, match="it was run"):
        made.fetchall()


def test_dask_computes_nothing(lijst: Vragenlijst) -> None:
    import dask

    frame = make("dask", COLUMNS, TYPES)

    def fail(*_: object, **__: object) -> Any:
        raise AssertionError("it was run")

    with dask.config.set(scheduler=fail):
        igm.score(frame, lijst)
        igm.score(frame, lijst, keep=["key"], prefix="x")


@pytest.mark.slow
def test_spark_starts_no_job(lijst: Vragenlijst) -> None:
    frame = make("pyspark", COLUMNS, TYPES)
    context = spark().sparkContext
    context.setJobGroup("lui", "geen werk")
    igm.score(frame, lijst)
    assert list(context.statusTracker().getJobIdsForGroup("lui")) == []
