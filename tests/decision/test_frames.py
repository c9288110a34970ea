"""The advice on frames: the same as that of single cases, on every engine."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.decision.strategies import AGES, PEILDATUM, kaders, small, values_of
from tests.frames import every_frame, make, rows, spark

import igm
from igm.decision import Afwegingskader, Casus, FactKind, feit
from igm.decision.facts import Fact
from igm.errors import CollectWarning

TYPES = {
    FactKind.JA_NEE: pa.bool_(),
    FactKind.GETAL: pa.float64(),
    FactKind.KEUZE: pa.string(),
    FactKind.DATUM: pa.date32(),
}
Row = dict[str, Any]


@st.composite
def populations(draw: st.DrawFn, kader: Afwegingskader[Any], most: int = 12) -> list[Row]:
    """Rows of values by fact, ``None`` where unknown, with days of what expires and own answers."""
    found: list[Row] = []
    for key in range(draw(st.integers(0, most))):
        row: Row = {"key": key}
        for name, fact in kader.feiten.items():
            row[name] = draw(st.one_of(st.none(), values_of(fact)))
            if fact.houdbaar_dagen is not None:
                row[f"{name} dag"] = PEILDATUM - timedelta(days=draw(st.sampled_from(AGES)))
        for question in kader.vragen:
            row[f"eigen {question.name}"] = draw(st.sampled_from([None, None, "ja", "nee", "twijfel"]))
        found.append(row)
    return found


def frame_of(
    kind: str, kader: Afwegingskader[Any], listed: Sequence[Row], without: Sequence[str] = ()
) -> Any:
    """The rows as a frame; some facts have no column."""
    types: dict[str, Any] = {"key": pa.int64()}
    for name, fact in kader.feiten.items():
        if name not in without:
            types[name] = TYPES[fact.kind]
            if fact.houdbaar_dagen is not None:
                types[f"{name} dag"] = pa.date32()
    types |= {f"eigen {question.name}": pa.string() for question in kader.vragen}
    columns = {name: [row[name] for row in listed] for name in types}
    if kind.startswith(
        "dask"
    ):  # it makes texts of days that are Python objects, so that its days are moments
        days = [name for name, dtype in types.items() if dtype == pa.date32()]
        types |= dict.fromkeys(days, pa.timestamp("s"))
        columns |= {name: [moment(day) for day in columns[name]] for name in days}
    return make(kind, columns, types)


def moment(day: date | None) -> datetime | None:
    """The start of a day."""
    return None if day is None else datetime(day.year, day.month, day.day)  # noqa: DTZ001 (a day has no time zone)


def asked_of(kader: Afwegingskader[Any], without: Sequence[str] = ()) -> dict[str, Any]:
    """What goes along with such a frame."""
    held = [
        name for name, fact in kader.feiten.items() if fact.houdbaar_dagen is not None and name not in without
    ]
    return {
        "peildatum": PEILDATUM,
        "datums": {name: f"{name} dag" for name in held},
        "antwoorden": {question.name: f"eigen {question.name}" for question in kader.vragen},
    }


def case_of(kader: Afwegingskader[Any], row: Row, without: Sequence[str] = ()) -> Casus:
    """A row as a single case."""
    data: Row = {}
    for name, fact in kader.feiten.items():
        value = row[name]
        if value is not None and name not in without:
            data[name] = (
                value if fact.houdbaar_dagen is None else {"waarde": value, "datum": row[f"{name} dag"]}
            )
    own = {question.name: row[f"eigen {question.name}"] for question in kader.vragen}
    data["antwoorden"] = {name: (answer, "Omdat.") for name, answer in own.items() if answer is not None}
    return kader.casus(data, peildatum=PEILDATUM)


def single(kader: Afwegingskader[Any], row: Row, beleid: str, without: Sequence[str] = ()) -> Row:
    """What a single case gives."""
    casus = case_of(kader, row, without)
    afweging = kader.evaluate(casus, beleid=beleid)
    cautious = kader.evaluate(casus, beleid="cautious")
    row_number = kader.machine.decide(casus.true, casus.false, casus.own)[0]
    decides = row_number >= 0 and afweging.advies == cautious.advies
    found: Row = {
        "advies": afweging.advies.value,
        "rij": kader.beslis[row_number].id if decides else None,
        "beleid": beleid,
        "open_feiten": afweging.onbekend,
    }
    if beleid == "exact":
        found["ontbreekt"] = ", ".join(entry.feit for entry in afweging.ontbreekt)
        found["ontbreekt_n"] = len(afweging.ontbreekt)
        found["voorzichtig"] = None if afweging.advies == cautious.advies else cautious.advies.value
    if any(kader.feiten[name].zonder_melding is False for name in kader.facts_read):
        found["aangenomen"] = len([name for name in casus.aangenomen if name in kader.facts_read])
    if any(kader.feiten[name].houdbaar_dagen for name in kader.facts_that_count):
        found["verlopen"] = len([name for name in casus.verlopen if name in kader.facts_that_count])
    return found


@contextlib.contextmanager
def collecting() -> Iterator[None]:
    """Let patterns be collected."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CollectWarning)
        yield


def check_agreement(
    kind: str, kader: Afwegingskader[Any], listed: Sequence[Row], without: Sequence[str] = ()
) -> None:
    """A frame gives for each row what the row gives as a case."""
    frame = frame_of(kind, kader, listed, without)
    for beleid in ("cautious", "exact"):
        with collecting():
            found = rows(
                kader.evaluate_many(
                    frame, beleid=beleid, ontbreekt=beleid == "exact", **asked_of(kader, without)
                )
            )
        wanted = [{**row, **single(kader, row, beleid, without)} for row in listed]
        assert [
            {name: row[name] for name in row if name in one} for one, row in zip(found, wanted, strict=True)
        ] == [{name: as_day(value) for name, value in row.items()} for row in found]


def as_day(value: Any) -> Any:
    """The day of a moment."""
    return value.date() if isinstance(value, datetime) else value


@pytest.mark.parametrize(
    "kind",
    [
        "pandas",
        "pandas nullable",
        "pandas arrow",
        "pandas object",
        "pyarrow",
        "polars",
        "polars lazy",
        "duckdb",
    ],
)
@settings(max_examples=25, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_frame_gives_for_each_row_what_the_row_gives_alone(kind: str, data: st.DataObject) -> None:
    kader = data.draw(kaders(asks_functions=False))
    listed = data.draw(populations(kader))
    without = data.draw(st.sets(st.sampled_from(list(kader.feiten)), max_size=len(kader.feiten) - 1))
    check_agreement(kind, kader, listed, sorted(without))


KOLOMMEN = igm.ColumnMap(
    facts={"schulden": "Heeft schulden?", "kleur": "kleur_é", "leeftijd": "lft", "gemeld": "gemeld"},
    codes={
        "schulden": {"ja": True, "nee": False},
        "kleur": {"r": "rood", "B": "blauw"},
        "gemeld": {"1": True, "2": False},
        "leeftijd": {"jong": 18},
    },
    missing={"99": "geweigerd", "onbekend": "weet_niet"},
)


def coded_kader() -> Afwegingskader[Any]:
    facts = [
        Fact.ja_nee("schulden", label="schulden", gevoelig=True),
        Fact.keuze("kleur", label="kleur", opties=("rood", "blauw")),
        Fact.getal("leeftijd", label="leeftijd", eenheid="jaar", minimum=0, maximum=120, geheel=True),
        Fact.ja_nee("gemeld", label="gemeld", zonder_melding=False),
    ]
    return small(
        facts,
        [
            (feit.ja_nee("gemeld"), "wacht"),
            (feit.ja_nee("schulden") & feit.keuze("kleur").is_("rood"), "laag"),
            (feit.getal("leeftijd") < 27, "midden"),
        ],
    )


@every_frame
def test_a_column_map_says_which_column_has_a_fact_and_what_its_values_mean(kind: str) -> None:
    columns: dict[str, Any] = {
        "key": [0, 1, 2, 3, 4, 5],
        "Heeft schulden?": ["Ja", " nee ", "JA", "onbekend", None, "nee"],
        "kleur_é": ["R", "b", "rood", "blauw", None, "99"],
        "lft": [18, 99, 40, 26, None, 27],
        "gemeld": [2, 2, 2, 2, 99, 1],
    }
    types = {"lft": pa.int64(), "gemeld": pa.int64()}
    if kind == "dask":  # numbers with gaps come as floats
        types = {}
    found = rows(coded_kader().evaluate_many(make(kind, columns, types), columns=KOLOMMEN, keep=["key"]))
    assert [(row["advies"], row["open_feiten"], row["aangenomen"]) for row in found] == [
        ("laag", 0, 0),
        ("vraag", 1, 0),
        ("laag", 0, 0),
        ("midden", 1, 0),
        ("vraag", 4, 0),
        ("wacht", 1, 0),
    ]
    assert list(found[0]) == ["key", "advies", "rij", "beleid", "open_feiten", "aangenomen"]


LEIDEN = igm.kader("leiden-2021")
YES_NO = [name for name, fact in LEIDEN.feiten.items() if fact.kind is FactKind.JA_NEE]


def leiden_row(draw: st.DrawFn, key: int) -> Row:
    values = {name: draw(st.one_of(st.none(), values_of(fact))) for name, fact in LEIDEN.feiten.items()}
    own = {f"eigen {q.name}": draw(st.sampled_from([None, None, None, "ja", "nee"])) for q in LEIDEN.vragen}
    return {"key": key, **values, **own}


@pytest.mark.parametrize("kind", ["pandas nullable", "polars", "polars lazy", "duckdb", "dask nullable"])
@settings(max_examples=3, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_leiden_on_a_frame_gives_what_a_case_gives(kind: str, data: st.DataObject) -> None:
    rows_of = st.composite(lambda draw: [leiden_row(draw, key) for key in range(draw(st.integers(0, 6)))])
    check_agreement(kind, LEIDEN, data.draw(rows_of()))


@settings(max_examples=8, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_frame_of_dask_gives_for_each_row_what_the_row_gives_alone(data: st.DataObject) -> None:
    kader = data.draw(kaders(asks_functions=False))
    listed = data.draw(populations(kader))
    without = data.draw(st.sets(st.sampled_from(list(kader.feiten)), max_size=len(kader.feiten) - 1))
    check_agreement("dask nullable", kader, listed, sorted(without))


@pytest.mark.slow
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_a_frame_of_spark_gives_for_each_row_what_the_row_gives_alone(data: st.DataObject) -> None:
    kader = data.draw(kaders(asks_functions=False))
    check_agreement("pyspark", kader, data.draw(populations(kader)))


@pytest.mark.slow
@settings(max_examples=1, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_leiden_on_a_frame_of_spark_gives_what_a_case_gives(data: st.DataObject) -> None:
    rows_of = st.composite(lambda draw: [leiden_row(draw, key) for key in range(20)])
    check_agreement("pyspark", LEIDEN, data.draw(rows_of()))


@pytest.mark.slow
def test_the_exact_policy_on_a_parquet_file_of_spark_ends(tmp_path: Path) -> None:
    """Spark pushes conditions down to a file, which must not grow without end there."""
    listed: list[Row] = [
        {
            name: None if (key + place) % 5 == 0 else (key + place) % 3 == 0
            for place, name in enumerate(YES_NO)
        }
        | {"key": key, "leeftijd": 18 + key}
        for key in range(20)
    ]
    pl.DataFrame(listed).write_parquet(tmp_path / "zaken.parquet")
    asked: dict[str, Any] = {"beleid": "exact", "ontbreekt": True, "keep": ["key"]}
    with collecting():
        found = LEIDEN.evaluate_many(spark().read.parquet(str(tmp_path / "zaken.parquet")), **asked)
    assert rows(found) == rows(LEIDEN.evaluate_many(pl.DataFrame(listed), **asked))


def test_facts_in_a_frame_of_floats_with_nan_are_unknown() -> None:
    given: dict[str, Any] = {"key": [0, 1, 2], "extern_onderzoek": [1.0, 0.0, float("nan")]}
    for kind in ("pandas", "pandas nullable", "polars", "polars lazy", "duckdb", "pyarrow", "dask"):
        found = rows(LEIDEN.evaluate_many(make(kind, given)))
        assert [row["rij"] for row in found] == ["extern_onderzoek", None, None], kind
        assert [row["aangenomen"] for row in found] == [0, 0, 1], kind
