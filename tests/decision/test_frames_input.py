"""What comes in with a frame, wrong or strange, and that a lazy frame is not run behind its owner's back."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.decision.strategies import small
from tests.decision.test_frames import moment
from tests.frames import EAGER, LAZY, collected, every_frame, every_lazy_frame, make, rows

import igm
from igm._engines.engine import engine_of
from igm.decision import Afwegingskader, Fact, feit, predicaat
from igm.errors import MASK, CollectWarning, InputError

DAY = date(2024, 3, 1)


def kader() -> Afwegingskader[Any]:
    facts = [
        Fact.ja_nee("schulden", label="schulden"),
        Fact.getal("leeftijd", label="leeftijd", eenheid="jaar", minimum=0, maximum=120, geheel=True),
        Fact.keuze("kleur", label="kleur", opties=("rood", "blauw"), gevoelig=True),
        Fact.datum("begin", label="begin", toekomst=False),
        Fact.ja_nee("rust", label="rust", houdbaar_dagen=30),
    ]
    conditions = [
        (feit.keuze("kleur").is_("rood") & feit.ja_nee("rust"), "laag"),
        (feit.getal("leeftijd") < 27, "midden"),
        (feit.datum("begin").years() >= 1, "wacht"),
        (feit.ja_nee("schulden"), "midden"),
    ]
    return small(facts, conditions)


GOOD: dict[str, list[Any]] = {
    "key": [0, 1, 2],
    "schulden": [True, None, False],
    "leeftijd": [30, None, 26],
    "kleur": ["rood", "blauw", None],
    "begin": [date(2024, 1, 1), None, date(2022, 1, 1)],
    "rust": [True, True, False],
    "dag": [DAY, date(2024, 1, 1), DAY],
}
TYPES = {
    "schulden": pa.bool_(),
    "leeftijd": pa.float64(),
    "kleur": pa.string(),
    "begin": pa.date32(),
    "rust": pa.bool_(),
    "dag": pa.date32(),
}


def frame(kind: str, **changed: list[Any]) -> Any:
    columns = {**GOOD, **changed}
    if kind.startswith("dask"):
        columns |= {name: [moment(day) for day in columns[name]] for name in ("begin", "dag")}
    return make(usable(kind), columns, types_for(kind))


def types_for(kind: str) -> dict[str, Any]:
    """Dask makes texts of dates that are Python objects, so that its days are moments."""
    moments = {"begin": pa.timestamp("s"), "dag": pa.timestamp("s")} if kind.startswith("dask") else {}
    return {"key": pa.int64(), **TYPES, **moments}


def usable(kind: str) -> str:
    """A plain frame of Dask makes texts of bools with gaps, and is refused by type."""
    return "dask nullable" if kind == "dask" else kind


def weigh(given: Any, **more: Any) -> Any:
    return kader().evaluate_many(given, **{"peildatum": DAY, "datums": {"rust": "dag"}, **more})


@every_frame
def test_whole_numbers_one_and_zero_are_yes_and_no_and_others_are_refused(kind: str) -> None:
    if kind == "pandas object":
        return  # an object is the value of a case, where 1 is no yes
    types = {"key": pa.int64(), "schulden": pa.int64()}
    asked = small([Fact.ja_nee("schulden", label="schulden")], [(feit.ja_nee("schulden"), "laag")])
    good = make(kind, {"key": [0, 1, 2], "schulden": [1, None, 0]}, types)
    found = [(row["rij"], row["open_feiten"]) for row in rows(asked.evaluate_many(good))]
    of_bools = pa.table({"key": [0, 1, 2], "schulden": [True, None, False]})
    assert found == [(row["rij"], row["open_feiten"]) for row in rows(asked.evaluate_many(of_bools))]
    assert found[0][0] == asked.beslis[0].id != found[2][0]
    assert asked.check(good).ok
    bad = make(kind, {"key": [0, 1, 2], "schulden": [1, 2, 0]}, types)
    assert asked.check(bad).unusable == {"schulden": 1}
    with pytest.raises(Exception, match="schulden"):
        collected(asked.evaluate_many(bad))


@every_frame
def test_what_is_missing_is_told_under_the_exact_policy_alone(kind: str) -> None:
    with pytest.raises(InputError, match=r"ontbreekt.*exact") as error:
        weigh(frame(kind), ontbreekt=True)
    assert [problem.code for problem in error.value.problems] == ["invalid-value"]


WRONG: list[tuple[str, list[Any], str]] = [
    ("leeftijd", [30.0, 130.0, 26.5], "leeftijd"),
    ("kleur", ["rood", "groen", None], "kleur"),
    ("begin", [date(2024, 3, 2), None, DAY], "begin"),
    ("dag", [None, date(2024, 3, 2), DAY], "rust"),
]


@pytest.mark.parametrize("kind", EAGER)
@pytest.mark.parametrize(("column", "values", "fact"), WRONG)
def test_a_frame_in_memory_with_wrong_values_is_refused_at_once_by_row(
    kind: str, column: str, values: list[Any], fact: str
) -> None:
    with pytest.raises(InputError) as error:
        weigh(frame(kind, **{column: values}))
    assert f"{fact}[" in str(error.value)
    assert "groen" not in str(error.value)


@every_lazy_frame
@pytest.mark.parametrize(("column", "values", "fact"), WRONG)
def test_a_lazy_frame_with_wrong_values_fails_when_it_is_run_and_names_the_fact(
    kind: str, column: str, values: list[Any], fact: str
) -> None:
    weighed = weigh(frame(kind, **{column: values}))
    with pytest.raises(Exception, match=fact) as error:
        collected(weighed)
    assert "groen" not in str(error.value)


@every_frame
def test_a_look_beforehand_counts_all_that_is_wrong(kind: str) -> None:
    changed = {column: values for column, values, _ in WRONG if column != "dag"}
    given = frame(kind, **changed)
    report = kader().check(given, peildatum=DAY, datums={"rust": "dag"})
    assert report.rows == 3
    assert report.unusable == {"leeftijd": 2, "kleur": 1, "begin": 1}
    assert report.not_used == ("key",)
    assert not report.ok
    assert kader().check(frame(kind), peildatum=DAY, datums={"rust": "dag"}).ok


@every_frame
def test_a_look_tells_which_values_need_recoding_and_suggests_codes(kind: str) -> None:
    given = make(
        usable(kind),
        {
            "schulden": ["Ja", "weet niet", "tja", "tja", None],
            "leeftijd": [30, 300, 300, None, 31],
            "kleur": ["ROOD", "rood", None, "groen", "groen"],
            "x": [1, 2, 3, 4, 5],
        },
    )
    report = kader().check(given, peildatum=DAY)
    told = {
        one.name: [(value.value, value.count, value.suggested) for value in one.values]
        for one in report.columns
    }
    assert told == {
        "schulden": [("tja", 2, None), ("Ja", 1, True), ("weet niet", 1, "weet_niet")],
        "leeftijd": [("300", 2, None)],
        "kleur": [(MASK, 3, None)],
    }
    assert {one.name: (one.usable, one.missing, one.unusable) for one in report.columns} == {
        "schulden": (0, 1, 4),
        "leeftijd": (2, 1, 2),
        "kleur": (1, 1, 3),
    }
    assert report.queries == (kind in LAZY or kind == "pyspark")
    assert report.not_used == ("x",)
    codes: dict[str, dict[str, Any]] = {name: dict(some) for name, some in report.suggested_codes.items()}
    codes["schulden"]["tja"] = None
    codes["kleur"] = {"ROOD": "rood", "groen": None}
    again = kader().check(
        given, peildatum=DAY, columns=igm.ColumnMap(codes={**codes, "leeftijd": {300: None}})
    )
    assert again.ok
    assert {one.name: (one.usable, one.missing, one.recoded) for one in again.columns} == {
        "schulden": (1, 4, 4),
        "leeftijd": (2, 3, 2),
        "kleur": (2, 3, 4),  # "rood" matches the code "ROOD", which means what it is
    }


@every_frame
def test_the_values_of_a_sensitive_fact_are_masked(kind: str) -> None:
    leiden = igm.kader("leiden-2021")
    name = next(name for name, fact in leiden.feiten.items() if fact.gevoelig)
    report = leiden.check(make(usable(kind), {name: ["geheim", "ja", "geheim"]}))
    assert [(value.value, value.count) for value in report[name].values] == [(MASK, 3)]
    assert "geheim" not in f"{report} {report.to_dict()}"


@every_frame
def test_what_is_right_is_weighed(kind: str) -> None:
    found = rows(weigh(frame(kind)))
    assert [row["advies"] for row in found] == ["laag", "vraag", "midden"]
    assert [row["open_feiten"] for row in found] == [0, 4, 1]
    assert [row["verlopen"] for row in found] == [0, 1, 0]


@pytest.mark.parametrize("kind", [*EAGER, *LAZY])
def test_a_frame_without_rows_keeps_its_columns_and_gets_the_new_ones(kind: str) -> None:
    held = collected(weigh(make(usable(kind), {name: [] for name in GOOD}, types_for(kind))))
    assert len(held) == 0
    names = list(held.columns) if isinstance(held, pd.DataFrame) else held.column_names
    assert names == [*GOOD, "advies", "rij", "beleid", "open_feiten", "verlopen"]


def test_nothing_is_run_when_a_lazy_frame_of_polars_is_weighed() -> None:
    given = frame("polars lazy")
    with (
        patch.object(pl.LazyFrame, "collect", side_effect=AssertionError("collected")),
        patch.object(pl, "collect_all", side_effect=AssertionError("collected")),
    ):
        weighed = weigh(given)
    assert isinstance(weighed, pl.LazyFrame)
    assert weighed.collect()["advies"].to_list() == ["laag", "vraag", "midden"]


def test_nothing_is_run_when_a_relation_of_duckdb_is_weighed() -> None:
    connection = duckdb.connect()
    # a value that cannot be read, so that whoever runs the query fails
    given = connection.sql("SELECT error('run' || range)::BOOLEAN AS schulden FROM range(2)")
    weighed = weigh(given, datums=None)
    with pytest.raises(duckdb.Error, match="run"):
        weighed.fetchall()


def test_nothing_is_run_when_a_frame_of_dask_is_weighed() -> None:
    import dask

    given = frame("dask nullable")
    with dask.config.set(scheduler=_no_scheduler):
        weighed = weigh(given)
    assert engine_of(weighed) is engine_of(given)


def _no_scheduler(*_: Any, **__: Any) -> Any:
    raise AssertionError("computed")


@pytest.mark.slow
def test_no_job_runs_when_a_frame_of_spark_is_weighed() -> None:
    from pyspark.sql import functions

    given = frame("pyspark").withColumn(
        "schulden", functions.raise_error(functions.lit("run")).cast("boolean")
    )
    weighed = weigh(given)
    with pytest.raises(Exception, match="run"):
        weighed.collect()


@pytest.mark.parametrize("kind", ["polars lazy", "duckdb"])
def test_the_exact_policy_says_that_it_collects_from_a_lazy_frame(kind: str) -> None:
    with pytest.warns(CollectWarning, match="distinct patterns"):
        weighed = weigh(frame(kind), beleid="exact")
    assert [row["advies"] for row in rows(weighed)] == ["laag", "vraag", "midden"]


@every_frame
def test_columns_of_another_kind_are_refused_by_name_all_at_once(kind: str) -> None:
    given = make(usable(kind), {"schulden": ["1", "0"], "leeftijd": ["30", "31"], "kleur": [True, False]})
    if kind == "pandas object":
        return  # what stands in a column of objects is told by row
    with pytest.raises(InputError) as error:
        weigh(given, datums=None)
    assert [problem.where for problem in error.value.problems] == ["$.schulden", "$.leeftijd", "$.kleur"]
    assert "ColumnMap" in str(error.value)


@every_frame
def test_a_column_of_nothing_is_as_good_as_none(kind: str) -> None:
    given = make(
        usable(kind), {"key": [0, 1], "schulden": [None, None], "leeftijd": [26, 30]}, {"schulden": pa.null()}
    )
    if kind.startswith("dask"):
        return  # Dask makes texts of objects
    found = rows(weigh(given, datums=None))
    assert [row["advies"] for row in found] == ["vraag", "vraag"]
    assert [row["open_feiten"] for row in found] == [4, 4]


NUMBERS: list[Any] = [pa.int32(), pa.int64(), pa.float64()]


@every_frame
@pytest.mark.parametrize("dtype", NUMBERS, ids=str)
def test_numbers_that_are_all_null_are_as_good_as_no_column_and_one_that_is_not_is_refused(
    kind: str, dtype: Any
) -> None:
    """A column of nothing has one of these types in some engines."""
    facts = ["kleur", "begin"] if pa.types.is_floating(dtype) else ["schulden", "kleur", "begin"]
    if kind in {"pandas", "dask", "pandas object"}:
        dtype = pa.float64()  # plain whole numbers of pandas have no nulls
    columns: dict[str, Any] = {"key": [0, 1], "leeftijd": [26, 30], **{name: [None, None] for name in facts}}
    types = dict.fromkeys(facts, dtype)
    found = rows(weigh(make(kind, columns, types), datums=None))
    assert [(row["advies"], row["open_feiten"]) for row in found] == [("vraag", 4), ("vraag", 4)]
    for name in facts:
        given = make(kind, {**columns, name: [None, 7]}, types)
        assert kader().check(given, peildatum=DAY).unusable == {name: 1}
        with pytest.raises(Exception, match=name):
            collected(weigh(given, datums=None))


def test_a_null_of_duckdb_without_a_type_is_a_fact_that_nobody_knows() -> None:
    connection = duckdb.connect()
    given = connection.sql(
        "SELECT 26 AS leeftijd, NULL AS schulden, NULL AS kleur, NULL AS begin, NULL AS eigen"
    )
    ((*_, advies, _, _, n_open, _),) = weigh(given, datums=None).fetchall()
    assert (advies, n_open) == ("vraag", 4)
    leiden = igm.kader("leiden-2021")
    asked = leiden.evaluate_many(
        connection.sql("SELECT NULL AS motivatie, NULL AS eigen"), antwoorden={leiden.vragen[0].name: "eigen"}
    )
    assert asked.project("advies").fetchall() == [("meer_weten",)]
    wrong = weigh(connection.sql("SELECT 2 AS schulden"), datums=None)
    with pytest.raises(duckdb.Error, match=r"schulden.*1 or 0"):
        wrong.fetchall()


def test_moments_in_a_time_zone_or_with_a_time_are_no_days() -> None:
    zoned = pd.DataFrame({"begin": pd.to_datetime(["2024-01-01"]).tz_localize("Europe/Amsterdam")})
    for given in (zoned, pl.from_pandas(zoned).lazy(), pa.Table.from_pandas(zoned)):
        with pytest.raises(InputError, match=r"time zone.*fact-kind"):
            weigh(given, datums=None)
    timed = pl.DataFrame({"begin": [datetime.fromisoformat("2024-01-01T12:00")]})
    for whole in (timed, timed.to_pandas(), timed.to_arrow()):
        with pytest.raises(InputError, match=r"begin\[0\]"):
            weigh(whole, datums=None)
    with pytest.raises(pl.exceptions.PolarsError, match="begin"):
        weigh(timed.lazy(), datums=None).collect()
    midnight = timed.with_columns(pl.col("begin").dt.truncate("1d"))
    assert weigh(midnight.lazy(), datums=None).collect()["advies"].to_list() == ["vraag"]


def test_a_frame_without_any_fact_says_what_was_looked_for() -> None:
    with pytest.raises(InputError, match=r"Looked for schulden, leeftijd.*ColumnMap.*missing-field"):
        weigh(pl.DataFrame({"Schulden?": [True]}), datums=None)


def test_names_that_are_not_known_are_refused_with_a_suggestion_all_at_once() -> None:
    given = frame("polars")
    with pytest.raises(InputError) as error:
        weigh(
            given,
            columns=igm.ColumnMap(facts={"shulden": "key", "leeftijd": "lft"}),
            antwoorden={"vraag": "key"},
            datums={"rusd": "dag", "kleur": "dag", "rust": "daag"},
        )
    found = {problem.where: problem.code for problem in error.value.problems}
    assert found == {
        "$.columns.facts.shulden": "unknown-name",
        "$.columns.facts.leeftijd": "unknown-name",
        "$.antwoorden.vraag": "unknown-question",
        "$.datums.rusd": "unknown-fact",
        "$.datums.kleur": "invalid-value",
        "$.datums.rust": "unknown-name",
    }
    assert "Did you mean 'rust'?" in str(error.value)


def test_days_that_are_needed_are_asked_for() -> None:
    with pytest.raises(InputError, match=r"hold for 30 days.*\$.datums.rust.*missing-field"):
        weigh(frame("polars"), datums=None)
    with pytest.raises(InputError, match="peildatum-missing"):
        kader().evaluate_many(frame("polars"), datums={"rust": "dag"})


@every_frame
def test_own_answers_that_are_none_are_refused(kind: str) -> None:
    leiden = igm.kader("leiden-2021")
    given = make(usable(kind), {"extern_onderzoek": [True, False], "eigen antwoord": ["ja", "misschien"]})
    question = leiden.vragen[0].name
    with pytest.raises(Exception, match=f"antwoorden.*{question}") as error:
        collected(leiden.evaluate_many(given, antwoorden={question: "eigen antwoord"}))
    assert "misschien" not in str(error.value)
    assert leiden.check(given, antwoorden={question: "eigen antwoord"}).unusable == {
        f"antwoorden.{question}": 1
    }


@every_frame
def test_new_columns_never_take_the_place_of_others(kind: str) -> None:
    given = make(usable(kind), {"key": [0], "extern_onderzoek": [True], "advies": ["eigen"], "naam é": [1]})
    leiden = igm.kader("leiden-2021")
    with pytest.raises(InputError, match=r"'advies'.*prefix=.*duplicate-name"):
        leiden.evaluate_many(given)
    (row,) = rows(leiden.evaluate_many(given, prefix="igm_"))
    assert row["advies"] == "eigen"
    assert row["igm_advies"] == "aanhouden"
    assert list(row)[:4] == ["key", "extern_onderzoek", "advies", "naam é"]
    assert next(iter(rows(leiden.evaluate_many(given, keep=False), by=None)[0])) == "advies"


def test_a_pandas_frame_keeps_its_index_and_the_types_of_its_columns() -> None:
    given = pd.DataFrame(
        {"extern_onderzoek": [True, False], "groep": pd.Categorical(["a", "b"])}, index=["x", "y"]
    )
    weighed = igm.kader("leiden-2021").evaluate_many(given)
    assert list(weighed.index) == ["x", "y"]
    assert weighed["groep"].dtype == given["groep"].dtype
    assert str(weighed["open_feiten"].dtype) == "Int32"
    assert "advies" not in given


def test_duplicate_columns_are_refused() -> None:
    given = pd.DataFrame([[True, False]], columns=["schulden", "schulden"])
    with pytest.raises(InputError, match="duplicate-name"):
        weigh(given, datums=None)


@pytest.mark.parametrize("dtype", [pl.Categorical, pl.Enum(["blauw", "rood", "anders"])])
def test_choices_come_as_categories_too(dtype: Any) -> None:
    given = pl.DataFrame({"kleur": ["rood", None], "rust": [True, True], "dag": [DAY, DAY]})
    for whole in (given.with_columns(pl.col("kleur").cast(dtype)),):
        assert weigh(whole)["advies"].to_list() == ["laag", "vraag"]
        assert weigh(whole.lazy()).collect()["advies"].to_list() == ["laag", "vraag"]
        assert weigh(whole.to_pandas())["advies"].tolist() == ["laag", "vraag"]
        assert weigh(whole.to_arrow())["advies"].to_pylist() == ["laag", "vraag"]


@pytest.mark.parametrize("dtype", [pl.Int8, pl.UInt8, pl.UInt64, pl.Float32, pl.Float64, pl.Decimal(10, 2)])
def test_numbers_come_in_any_width(dtype: Any) -> None:
    given = pl.DataFrame({"leeftijd": pl.Series([26, None, 120]).cast(dtype)})
    wide = small(
        [Fact.getal("leeftijd", label="l", eenheid="j", minimum=-300, maximum=300)],
        [(feit.getal("leeftijd") < 27.5, "laag")],
    )
    for whole in (
        given,
        given.to_arrow(),
        given.to_arrow(),
    ):
        found = wide.evaluate_many(whole)["advies"]
        assert list(found.to_list() if isinstance(found, pl.Series) else found.to_pylist()) == [
            "laag",
            "vraag",
            "hoog",
        ]
    relation = duckdb.connect().from_arrow(given.to_arrow())
    assert [row[-4] for row in wide.evaluate_many(relation).fetchall()] == ["laag", "vraag", "hoog"]


def test_a_function_that_an_engine_does_not_run_is_refused_by_name() -> None:
    def vaak(leeftijd: Any) -> Any:
        return leeftijd > 30

    asked = predicaat(
        "vaak",
        leest=[feit.getal("leeftijd")],
        label="vaak",
        versie="1",
        drempels={"leeftijd": [30]},
        uitvoeringen=["geval", "arrays"],
    )(vaak)
    with_function = small(
        [Fact.getal("leeftijd", label="l", eenheid="j", minimum=0, maximum=120)], [(asked, "laag")]
    )
    given = pl.DataFrame({"leeftijd": [26.0, 40.0]})
    with pytest.raises(
        InputError, match=r"'vaak' is Python, which polars does not run.*pandas.*predicate-invalid"
    ):
        with_function.evaluate_many(given)
    assert with_function.evaluate_many(given.to_pandas())["advies"].tolist() == ["hoog", "laag"]


def test_what_is_for_frames_is_refused_for_arrays() -> None:
    with pytest.raises(InputError) as error:
        igm.kader("leiden-2021").evaluate_many({"motivatie": np.array([True])}, keep=["ref"], ontbreekt=True)  # type: ignore[call-overload]
    assert [problem.where for problem in error.value.problems] == ["$.ontbreekt", "$.keep"]


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(InputError, match="invalid-value"):
        igm.kader("leiden-2021").check([1])
    with pytest.raises(InputError, match="invalid-value"):
        igm.kader("leiden-2021").evaluate_many([1])  # type: ignore[call-overload]


def test_what_is_asked_of_partitions_can_be_pickled() -> None:
    import dask.dataframe as dd

    weighed = weigh(dd.from_pandas(frame("dask nullable").compute(), npartitions=2))
    again = pickle.loads(pickle.dumps(weighed))  # noqa: S301 (our own)
    assert again.compute()["advies"].tolist() == ["laag", "vraag", "midden"]


@pytest.mark.parametrize("lazy", [False, True])
def test_python_objects_are_refused_where_no_python_runs(lazy: bool) -> None:
    columns = {
        "schulden": pl.Series([True, None], dtype=pl.Object),
        "dag": pl.Series([DAY] * 2, dtype=pl.Object),
    }
    own = {"rust": [True, None], "key": pl.Series([1, 2], dtype=pl.Object)}
    held = pl.DataFrame({**columns, **own})
    given = held.lazy() if lazy else held
    with pytest.raises(InputError) as caught:
        weigh(given)
    assert sorted((problem.code, problem.where) for problem in caught.value.problems) == [
        ("fact-kind", "$.datums.rust"),
        ("fact-kind", "$.schulden"),
    ]
    asked = small([Fact.ja_nee("rust", label="rust")], [(feit.ja_nee("rust"), "laag")])
    with pytest.raises(InputError, match="not a column of keys"):
        asked.evaluate_rows(given, [1], key="key")


@pytest.mark.parametrize("kind", ["pandas arrow", "polars", "pyarrow", "polars lazy", "duckdb"])
def test_decimals_at_a_limit_are_weighed_alike(kind: str) -> None:
    asked = small(
        [Fact.getal("maat", label="maat", eenheid="cm", minimum=0, maximum=9)],
        [(feit.getal("maat") < 0.07, "laag")],
    )
    given = make(kind, {"maat": [Decimal("0.07"), Decimal("0.06")]}, {"maat": pa.decimal128(38, 20)})
    assert [row["advies"] for row in rows(asked.evaluate_many(given), by="maat")] == ["laag", "hoog"]
