"""A few rows of a frame in full: what the case alone gives, on every engine."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.decision.strategies import kaders, small
from tests.decision.test_frames import KOLOMMEN, asked_of, case_of, coded_kader, frame_of, populations
from tests.frames import QUICK, every_frame, make

import igm
from igm.decision import Fact, feit
from igm.decision.patterns import AT_THE_CASE
from igm.errors import InputError

LEIDEN = igm.kader("leiden-2021")


def check_rows(kind: str, data: st.DataObject) -> None:
    kader = data.draw(kaders(asks_functions=False))
    listed = data.draw(populations(kader).filter(bool))
    asked = data.draw(st.lists(st.sampled_from([row["key"] for row in listed]), min_size=1, unique=True))
    found = kader.evaluate_rows(frame_of(kind, kader, listed), asked, key="key", **asked_of(kader))
    assert list(found) == asked
    for key, afweging in found.items():
        assert isinstance(key, int)
        not_asked = [name for name in kader.feiten if name not in kader.facts_that_count]
        wanted = kader.evaluate(case_of(kader, listed[key], not_asked)).to_dict()
        told = afweging.to_dict()
        for stored in (wanted, told):
            for answer in stored["antwoorden"]:
                answer["argument"] = None
            for argument in stored["argumenten"]:
                argument["omdat"] = "" if argument["regel"].startswith("antwoord:") else argument["omdat"]
        assert told == wanted


@pytest.mark.parametrize(
    "kind", [kind for kind in QUICK if kind not in {"pandas", "pandas object", "dask", "dask nullable"}]
)
@settings(max_examples=15, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_row_in_full_is_what_the_case_gives(kind: str, data: st.DataObject) -> None:
    check_rows(kind, data)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pyspark", "dask nullable", "pandas", "pandas object"])
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_a_row_of_another_frame_in_full_is_what_the_case_gives(kind: str, data: st.DataObject) -> None:
    check_rows(kind, data)


FRAME: dict[str, list[Any]] = {
    "ref": ["c-1", "c-2", "c-3", "c-3"],
    "motivatie": [True, None, False, False],
    "leeftijd": [31.0, None, 24.0, 310.0],
}
TYPES = {"motivatie": pa.bool_(), "leeftijd": pa.float64()}


def frame(kind: str) -> Any:
    return make("dask nullable" if kind == "dask" else kind, FRAME, TYPES)


@every_frame
def test_only_the_rows_that_are_named_are_told_and_wrong_values_of_others_do_not_matter(kind: str) -> None:
    found = LEIDEN.evaluate_rows(frame(kind), ["c-2", "c-1"], key="ref")
    assert list(found) == ["c-2", "c-1"]
    assert [afweging.ref for afweging in found.values()] == ["c-2", "c-1"]
    assert [use.text() for use in found["c-1"].feiten if not use.aangenomen] == [
        use.text()
        for use in LEIDEN.evaluate(LEIDEN.casus(motivatie=True, leeftijd=31)).feiten
        if not use.aangenomen
    ]
    cautious = LEIDEN.evaluate_rows(frame(kind), ["c-1"], key="ref", beleid="cautious")
    assert cautious["c-1"].beleid == "cautious"


@every_frame
def test_keys_of_no_row_and_of_several_are_refused_by_place_and_not_told(kind: str) -> None:
    with pytest.raises(InputError) as error:
        LEIDEN.evaluate_rows(frame(kind), ["c-1", "c-9", "c-3"], key="ref")
    assert [(problem.code, problem.where) for problem in error.value.problems] == [
        ("unknown-name", "$.keys[1]"),
        ("duplicate-name", "$.keys[2]"),
    ]
    assert "c-9" not in str(error.value)


@every_frame
def test_wrong_values_of_a_row_are_refused_below_its_key(kind: str) -> None:
    given = make("dask nullable" if kind == "dask" else kind, {**FRAME, "ref": ["a", "b", "c", "d"]}, TYPES)
    with pytest.raises(InputError, match=r"\$\.keys\[1\]\.leeftijd"):
        LEIDEN.evaluate_rows(given, ["a", "d"], key="ref")


def test_a_query_brings_only_the_rows_and_columns_that_are_asked_for() -> None:
    collect, seen = pl.LazyFrame.collect, list[Any]()

    def watched(*args: Any, **more: Any) -> Any:
        seen.append(collect(*args, **more))
        return seen[-1]

    lazy = pl.LazyFrame({**FRAME, "gemeente": ["x"] * 4})
    with patch.object(pl.LazyFrame, "collect", watched):
        LEIDEN.evaluate_rows(lazy, ["c-1"], key="ref")
    (held,) = seen
    assert held.columns == ["ref", "motivatie", "leeftijd"]
    assert len(held) == 1


def test_a_column_map_and_kinds_of_missing_go_along() -> None:
    given = pl.DataFrame({"key": [7, 8], "Heeft schulden?": ["Ja", "99"], "kleur_é": ["R", None]})
    kolommen = igm.ColumnMap(
        facts={"schulden": "Heeft schulden?", "kleur": "kleur_é"},
        codes=KOLOMMEN.codes,
        missing=KOLOMMEN.missing,
    )
    found = coded_kader().evaluate_rows(given, [7, 8], key="key", columns=kolommen)
    assert found[7].advies == "laag"
    assert found[7].ref is None
    refused = next(entry for entry in found[8].ontbreekt if entry.feit == "schulden")
    assert not refused.opnieuw_vragen


def test_arguments_for_own_answers_stay_with_the_cases() -> None:
    question = LEIDEN.vragen[0].name
    given = pd.DataFrame({"ref": ["c-1"], "motivatie": [True], "eigen": ["Ja"]})
    found = LEIDEN.evaluate_rows(given, ["c-1"], key="ref", antwoorden={question: "eigen"})["c-1"]
    assert found.answer(question).eigen == "ja"
    assert found.answer(question).argument == AT_THE_CASE


@pytest.mark.parametrize(
    ("keys", "key", "code", "where"),
    [
        ([], "ref", "value-out-of-range", "$.keys"),
        ([f"c-{number}" for number in range(101)], "ref", "value-out-of-range", "$.keys"),
        (["c-1", "c-1"], "ref", "duplicate-name", "$.keys[1]"),
        (["c-1", None], "ref", "invalid-value", "$.keys[1]"),
        (["c-1", 2], "ref", "invalid-value", "$.keys"),
        ([1], "ref", "invalid-value", "$.keys"),
        ("c-1", "ref", "invalid-value", "$.keys"),
        (["c-1"], "reff", "unknown-name", "$.key"),
        (["c-1"], "leeftijd", "invalid-value", "$.key"),
    ],
)
def test_what_is_asked_is_checked(keys: Any, key: str, code: str, where: str) -> None:
    with pytest.raises(InputError) as error:
        LEIDEN.evaluate_rows(pl.DataFrame(FRAME), keys, key=key)
    assert [(problem.code, problem.where) for problem in error.value.problems] == [(code, where)]


@pytest.mark.parametrize(
    ("column", "key", "told", "do"),
    [
        ([1, 2], "1", "texts", "Give whole numbers: the column holds Int64."),
        (["a", "b"], 1, "whole numbers", "Give texts: the column holds String."),
    ],
)
def test_keys_of_another_type_are_told_what_the_column_holds(
    column: list[Any], key: Any, told: str, do: str
) -> None:
    frame = pl.LazyFrame({"nr": column, "motivatie": [True, False]})
    with pytest.raises(InputError, match="keys of another type than column 'nr'") as caught:
        LEIDEN.evaluate_rows(frame, [key], key="nr")
    assert (caught.value.problems[0].given, caught.value.problems[0].do) == (told, do)


@every_frame
def test_keys_may_be_as_large_as_a_whole_number_without_a_sign(kind: str) -> None:
    if kind == "pyspark":
        return  # it has no whole numbers without a sign
    kader = small([Fact.ja_nee("schulden", label="schulden")], [(feit.ja_nee("schulden"), "laag")])
    types = {"key": pa.uint64(), "schulden": pa.bool_()}
    frame = make(kind, {"key": [1, 2**64 - 1], "schulden": [True, False]}, types)
    assert str(kader.evaluate_rows(frame, [2**64 - 1], key="key")[2**64 - 1].advies) == "hoog"
    with pytest.raises(InputError, match="no row has this key"):
        kader.evaluate_rows(frame, [2**70], key="key")


@every_frame
@pytest.mark.parametrize(("column", "key"), [("text", 1), ("number", "1")])
def test_keys_of_another_type_than_their_column_are_refused(kind: str, column: str, key: Any) -> None:
    if kind == "pandas object":
        return  # objects can be of any type
    kader = small([Fact.ja_nee("schulden", label="schulden")], [(feit.ja_nee("schulden"), "laag")])
    frame = make(kind, {"text": ["1"], "number": [1], "schulden": [True]})
    with pytest.raises(InputError, match="keys of another type"):
        kader.evaluate_rows(frame, [key], key=column)
