"""Partitions of Dask that are not what their frame tells are refused, where they would change results in silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.decision.strategies import small
from tests.frames import collected, rows

import igm
from igm.decision import Afwegingskader, Fact, feit
from igm.errors import InputError

LIJST = igm.vragenlijst("client-participatie")
ANSWERS = pd.DataFrame({"houding_1": [1, 2], "houding_2": [1, 2]})
FACTS = pd.DataFrame({"key": [1, 2], "schulden": pd.array([True, None], dtype="boolean"), "maat": [1.0, 8.0]})
SCORES = pd.DataFrame({"g": [1, 2], "wie": [1, 2], "houding": [1.0, 2.0]})


def dask_of(pieces: Sequence[Any]) -> Any:
    """A frame that tells of all partitions what the first one is."""
    import dask.dataframe as dd

    return dd.from_map(lambda place: pieces[place], range(len(pieces)), meta=pieces[0][:0])


def kader() -> Afwegingskader[Any]:
    facts = [
        Fact.ja_nee("schulden", label="schulden"),
        Fact.getal("maat", label="maat", eenheid="cm", minimum=0, maximum=9),
    ]
    return small(facts, [(feit.ja_nee("schulden"), "laag"), (feit.getal("maat") < 2, "midden")])


def scored(frame: Any) -> Any:
    return igm.score(frame, LIJST, min_valid=1, keep=False)


def weighed(frame: Any) -> Any:
    return kader().evaluate_many(frame, keep=False)


def summed(frame: Any) -> Any:
    return igm.summarise(frame, "g", doel="intern")


def summed_by_person(frame: Any) -> Any:
    return igm.summarise(frame, "g", person="wie", doel="intern")


@pytest.mark.parametrize(
    ("made", "whole", "column"),
    [
        (scored, ANSWERS, "houding_1"),
        (weighed, FACTS, "maat"),
        (summed, SCORES, "g"),
        (summed_by_person, SCORES, "wie"),
        (summed_by_person, SCORES, "g"),
    ],
)
def test_a_partition_with_other_columns_is_refused(
    made: Callable[[Any], Any], whole: pd.DataFrame, column: str
) -> None:
    for part, what in [
        (whole.drop(columns=column), f"lacks column '{column}'"),
        (whole.assign(houding_3=5), "column 'houding_3' of which"),
        (whole.rename(columns={column: column.upper()}), f"lacks column '{column}'"),
    ]:
        with pytest.raises(InputError, match=what):
            collected(made(dask_of([whole, part])))


@pytest.mark.parametrize(
    ("made", "whole", "column", "values"),
    [
        (weighed, FACTS, "maat", pd.array(["1", "2"], dtype="string")),
        (weighed, FACTS, "schulden", [1, 0]),
        (summed, SCORES, "houding", pd.array(["1", "2"], dtype="string")),
        (summed_by_person, SCORES, "wie", pd.array(["1", "2"], dtype="string")),
        (summed, SCORES, "g", pd.array(["1", "2"], dtype="string")),
    ],
)
def test_a_partition_with_other_values_in_a_column_that_is_read_is_refused(
    made: Callable[[Any], Any], whole: pd.DataFrame, column: str, values: Any
) -> None:
    with pytest.raises(InputError, match=f"something else in column '{column}'"):
        collected(made(dask_of([whole, whole.assign(**{column: values})])))


def test_what_is_read_alike_may_differ_between_partitions() -> None:
    gaps = SCORES.assign(g=[1.0, np.nan], wie=pd.array([3, None], dtype="Int64"))
    found = rows(summed_by_person(dask_of([SCORES, gaps])), by="g")
    assert [(row["g"], row["n"]) for row in found] == [(None, None), (1, 2), (2, 1)]


def test_columns_in_another_order_are_put_in_order() -> None:
    found = collected(igm.score(dask_of([ANSWERS, ANSWERS[["houding_2", "houding_1"]]]), LIJST, min_valid=1))
    assert list(found.columns[:2]) == ["houding_1", "houding_2"]
    assert found["houding"].tolist() == [1.0, 2.0, 1.0, 2.0]


def test_a_partition_that_is_no_frame_is_refused() -> None:
    with pytest.raises(InputError, match="a partition is no frame"):
        collected(scored(dask_of([ANSWERS, ANSWERS["houding_1"]])))


def test_names_to_keep_that_can_be_told_once_only_hold_for_every_partition() -> None:
    once: Any = iter(["houding_2"])
    made = igm.score(dask_of([ANSWERS, ANSWERS]), LIJST, min_valid=1, keep=once)
    assert collected(made)["houding_2"].tolist() == [1, 2, 1, 2]
