"""Regulatory fit of many situations: the codes are those of each, and counts tell nothing about persons."""

from __future__ import annotations

import copy
import json
import pickle
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from igm.congruence import Fit, FitDirection, Sturing, Zelfsturing, regulatory_fit, regulatory_fits
from igm.constructs import Missing
from igm.errors import InputError

levels = st.tuples(
    st.sampled_from([*Sturing, *Missing, None]), st.sampled_from([*Zelfsturing, *Missing, None])
)


@given(st.lists(levels, max_size=30))
def test_many_are_as_each(rows: list[Any]) -> None:
    found = regulatory_fits([one for one, _ in rows], [other for _, other in rows])
    each = [regulatory_fit(*row) for row in rows]
    assert found.fit.tolist() == [-1 if one.fit is None else tuple(Fit).index(one.fit) for one in each]
    assert found.direction.tolist() == [
        -1 if one.direction is None else tuple(FitDirection).index(one.direction) for one in each
    ]
    assert found.fit.dtype == found.direction.dtype == np.dtype(np.int8)


@given(st.lists(st.tuples(st.integers(-1, 2), st.integers(-1, 2)), max_size=30))
def test_codes_and_names_give_the_same(rows: list[tuple[int, int]]) -> None:
    offered, asked = (np.array([row[at] for row in rows], dtype=np.int64) for at in (0, 1))
    names: list[list[Any]] = [
        [None if code < 0 else tuple(kind)[code] for code in codes]
        for kind, codes in ((Sturing, offered), (Zelfsturing, asked))
    ]
    assert regulatory_fits(offered, asked) == regulatory_fits(*names)


def test_rows_cannot_be_written_to_nor_those_of_a_copy() -> None:
    found = regulatory_fits(["los"], ["hoog"])
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 (made here)
    assert (again, hash(again)) == (found, hash(found))
    for one in (found, again, copy.deepcopy(found)):
        with pytest.raises(ValueError, match="read-only"):
            one.fit[0] = 2


@pytest.mark.parametrize(
    ("sturing", "zelfsturing", "expected"),
    [
        (["los"], ["hoog", "laag"], [("shape-mismatch", "$.zelfsturing")]),
        (
            ["los", "fel"],
            [3, "laag"],
            [("unknown-name", "$.sturing[1]"), ("unknown-name", "$.zelfsturing[0]")],
        ),
        (np.array([3, -2]), np.array([0, 0]), [("value-out-of-range", "$.sturing[0]")]),
        (np.array([[1]]), np.array([0]), [("shape-mismatch", "$.sturing")]),
        ("los", ["hoog"], [("invalid-value", "$.sturing")]),
        (3, {"a": "hoog"}, [("invalid-value", "$.sturing"), ("invalid-value", "$.zelfsturing")]),
        (np.ma.masked_array([1], [True]), ["hoog"], [("invalid-value", "$.sturing")]),
        (np.array([1.0]), ["hoog"], [("unknown-name", "$.sturing[0]")]),
    ],
)
def test_what_cannot_be_used_is_told(sturing: Any, zelfsturing: Any, expected: list[tuple[str, str]]) -> None:
    with pytest.raises(InputError) as caught:
        regulatory_fits(sturing, zelfsturing)
    assert [(one.code, one.where) for one in caught.value.problems] == expected


@pytest.mark.parametrize("kind", ["pandas", "categories", "polars", "codes of pandas", "codes of polars"])
def test_columns_of_frames_are_read(kind: str) -> None:
    names, codes = ["sterk", None, "los"], [2, -1, 0]
    made: dict[str, Any] = {
        "pandas": lambda: pd.Series(names),
        "categories": lambda: pd.Series(names, dtype="category"),
        "polars": lambda: pl.Series(names),
        "codes of pandas": lambda: pd.Series(codes),
        "codes of polars": lambda: pl.Series(codes),
    }
    assert regulatory_fits(made[kind](), ["hoog"] * 3).fit.tolist() == [2, -1, 0]


def rows(*groups: tuple[str, str | None, int]) -> Any:
    return regulatory_fits(
        [sturing for sturing, _, n in groups for _ in range(n)],
        [zelfsturing for _, zelfsturing, n in groups for _ in range(n)],
    )


def test_counts_of_enough_people_are_told() -> None:
    found = rows(("sterk", "hoog", 12), ("los", "hoog", 15), ("los", None, 10))
    assert [number for number in found.counts().values() if number] == [15, 12, 10]
    assert found.counts()[Fit.DESTRUCTIEVE_FRICTIE, FitDirection.MINDER] == 0


def test_few_people_are_not_told_nor_found_by_subtraction() -> None:
    found = rows(("sterk", "hoog", 3), ("los", "hoog", 15), ("gedeeld", "laag", 20))
    told = found.counts()
    assert told[Fit.DESTRUCTIEVE_FRICTIE, FitDirection.MEER] is None
    gone = [kind for kind, number in told.items() if number is None]
    assert len(gone) >= 2
    inside = found.counts(doel="intern")
    assert sum(inside[kind] for kind in gone) >= 10
    assert "3" not in found.table().text(1000).split("Vermunt")[0].replace("–", "")


@given(st.lists(levels, max_size=60))
def test_what_is_told_never_gives_away_a_few(pairs: list[Any]) -> None:
    found = regulatory_fits([one for one, _ in pairs], [other for _, other in pairs])
    inside, told = found.counts(doel="intern"), found.counts()
    assert sum(number or 0 for number in inside.values()) == len(pairs)
    for kind, number in told.items():
        assert number is None or number == inside[kind]
        assert number is None or number == 0 or number >= 10
    gone = [inside[kind] or 0 for kind, number in told.items() if number is None]
    assert not gone or len(gone) >= 2
    assert len(gone) == len(told) or not gone or sum(gone) >= 10


@pytest.mark.parametrize(("n", "shown"), [(9, None), (10, 10)])
def test_ten_people_are_enough_and_nine_are_not(n: int, shown: int | None) -> None:
    found = rows(("sterk", "hoog", n), ("los", "hoog", 15), ("gedeeld", "laag", 20))
    assert found.counts()[Fit.DESTRUCTIEVE_FRICTIE, FitDirection.MEER] == shown


def test_of_few_people_with_many_rows_not_even_a_zero_is_told() -> None:
    found = rows(("sterk", "hoog", 6), ("los", "hoog", 6))
    managers = [f"m-{at % 6}" for at in range(12)]
    assert set(found.counts(people=managers).values()) == {None}


def test_where_all_have_one_outcome_nothing_is_told() -> None:
    found = rows(("sterk", "hoog", 40))
    assert set(found.counts().values()) == {None}
    assert found.counts(doel="intern")[Fit.DESTRUCTIEVE_FRICTIE, FitDirection.MEER] == 40


def test_people_are_counted_and_not_rows() -> None:
    found = rows(("sterk", "hoog", 30), ("los", "hoog", 30))
    managers = ["m-1", "m-2"] * 30
    assert set(found.counts(people=managers).values()) == {None}
    clients = [f"c-{at % 20}" for at in range(60)]
    assert Counter(found.counts(people=clients).values())[20] == 2
    with pytest.raises(InputError) as caught:
        found.counts(people=managers[1:])
    assert caught.value.code == "shape-mismatch"
    with pytest.raises(InputError) as caught:
        found.counts(people=5)
    assert caught.value.code == "invalid-value"


def test_what_is_printed_protects_and_what_is_stored_is_whole() -> None:
    found = rows(("sterk", "hoog", 3), ("los", "midden", 2))
    assert "3" not in found._repr_html_().split("Vermunt")[0].replace("h3", "")
    assert repr(found) == "RegulatoryFits(rows=5, unknown=0)"
    data = found.to_dict()
    assert json.loads(json.dumps(data)) == data
    assert data["fit"] == [2, 2, 2, 1, 1]
    assert data["fit_codes"][2] == "destructieve_frictie"
