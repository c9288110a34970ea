"""Names of columns that an engine reads as more than a name: dots, stars, quotes and backticks."""

from __future__ import annotations

from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from tests.frames import every_frame, make, rows

import igm
from igm.errors import InputError

LIJST = igm.vragenlijst("client-participatie")
NAMES = ("schaal.houding", "a`b", 'a"b', "`a`.`b`", "x'); --")


@every_frame
@pytest.mark.parametrize("name", NAMES)
def test_groups_and_people_may_have_any_name(kind: str, name: str) -> None:
    columns: dict[str, list[Any]] = {
        name: ["x"] * 6 + ["y"] * 4,
        f"who.{name}": list(range(10)),
        "houding": [1.0, 2.0, 3.0, 4.0, 5.0, 4.0, 3.0, 2.0, 1.0, None],
    }
    types = {f"who.{name}": pa.int64()}
    frame = make("pandas" if kind == "pandas object" else kind, columns, types)
    found = rows(igm.summarise(frame, by=name, person=f"who.{name}", doel="intern"), by=None)
    assert sorted((row[name], row["n"]) for row in found) == [("x", 6), ("y", 3)]


@every_frame
@pytest.mark.parametrize("name", NAMES)
def test_answers_stay_beside_columns_of_any_name(kind: str, name: str) -> None:
    frame = make(kind, {name: ["x"], "houding_1": [4], "houding_2": [5]})
    (row,) = rows(igm.score(frame, LIJST, min_valid=1), by=None)
    assert (row[name], row["houding"]) == ("x", 4.5)


@every_frame
@pytest.mark.parametrize("name", NAMES)
def test_answers_may_stand_in_a_column_of_any_name(kind: str, name: str) -> None:
    frame = make(kind, {name: [4], "houding_2": [5]})
    columns = igm.ColumnMap(items={"houding_1": name})
    (row,) = rows(igm.score(frame, LIJST, min_valid=1, columns=columns), by=None)
    assert row["houding"] == 4.5
    assert igm.check(frame, LIJST, columns=columns).ok


@pytest.mark.parametrize("kind", ["polars", "polars lazy", "duckdb"])
def test_a_name_that_stands_for_all_columns_is_refused(kind: str) -> None:
    with pytest.raises(InputError, match="reads as all columns"):
        igm.score(make(kind, {"*": ["x"], "houding_1": [4]}), LIJST)


@pytest.mark.parametrize("kind", ["polars", "polars lazy"])
@pytest.mark.parametrize("name", ["^zz$", "^.*$", "^houding_.*$"])
def test_a_name_that_is_a_pattern_of_other_names_is_refused(kind: str, name: str) -> None:
    """Such a column would be left out in silence, or others read in its place."""
    with pytest.raises(InputError, match="reads as a pattern"):
        igm.score(make(kind, {name: ["x"], "houding_1": [4]}), LIJST)
    with pytest.raises(InputError, match="reads as a pattern"):
        igm.summarise(make(kind, {name: ["x"], "houding": [4.0]}), name)
    kader = igm.kader("leiden-2021")
    columns = igm.ColumnMap(facts={next(iter(kader.feiten)): name})
    with pytest.raises(InputError, match="reads as a pattern"):
        kader.evaluate_many(make(kind, {name: [True]}), columns=columns, peildatum="2024-01-01")


def test_whole_numbers_that_arrow_has_no_room_for_are_told_as_they_are() -> None:
    frame = pl.DataFrame({"houding_1": pl.Series([2**100, None, 4], dtype=pl.Int128)})
    with pytest.raises(InputError, match=r"answer outside the scale \(row 0"):
        igm.score(frame, LIJST)
