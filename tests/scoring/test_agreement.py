"""One person, a list of people and an array give the same bits, and those of an independent exact computation."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from igm.constructs.model import Construct
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Vragenlijst
from igm.constructs.waarde import Missing, Waarde
from igm.scoring import ItemScorer, score, scorers

KEYS = ["houding", "sociale_druk", "belastbaarheid", "intentie"]


@st.composite
def cases(draw: st.DrawFn, *, kinds: bool) -> dict[str, Any]:
    minimum = draw(st.integers(-20, 20))
    schaal = Schaal(
        minimum=minimum, maximum=minimum + draw(st.one_of(st.integers(1, 10), st.integers(200, 70_000)))
    )
    item = st.tuples(st.sampled_from(KEYS), st.booleans(), st.sampled_from([None, "a", "b"]))
    drawn = draw(st.lists(item, min_size=1, max_size=9))
    items = [(f"i{place}", *rest) for place, rest in enumerate(drawn)]
    absent = st.sampled_from(Missing) if kinds else st.just(Missing.NIET_GEVRAAGD)
    answer = st.one_of(st.integers(schaal.minimum, schaal.maximum), absent)
    people = draw(
        st.lists(st.fixed_dictionaries({name: answer for name, *_ in items}), min_size=1, max_size=6)
    )
    weights = {name: draw(st.integers(1, 999)) for name, *_ in items}
    return {
        "schaal": schaal,
        "items": items,
        "people": people,
        "weights": weights if draw(st.booleans()) else None,
        "min_valid": draw(st.sampled_from(["half", "all", 1])),
    }


def _bits(value: float) -> bytes:
    return struct.pack("<d", value)


def _expected(
    person: Mapping[str, int | Missing], lijst: Vragenlijst, key: Construct, case: Mapping[str, Any]
) -> tuple[float | None, int]:
    ends = lijst.schaal.minimum + lijst.schaal.maximum
    items = [item for item in lijst.items if item.construct is key]
    weights = case["weights"] or dict.fromkeys((item.id for item in items), 1)
    valid = [
        (ends - answer if item.reversed else answer, weights[item.id])
        for item in items
        if not isinstance(answer := person[item.id], Missing)
    ]
    rule: Literal["half", "all"] | int = case["min_valid"]
    enough = {"half": -(-len(items) // 2), "all": len(items), 1: 1}[rule]
    if len(valid) < enough:
        return None, len(valid)
    return float(Fraction(sum(a * w for a, w in valid), sum(w for _, w in valid))), len(valid)


def _scorer(case: Mapping[str, Any]) -> str | ItemScorer:
    return scorers.weighted(case["weights"], source="proef") if case["weights"] else "mean"


@given(case=cases(kinds=True))
def test_one_person_and_a_list_agree_to_the_last_bit(make_lijst: Any, case: dict[str, Any]) -> None:
    lijst: Vragenlijst = make_lijst(*case["items"], schaal=case["schaal"])
    rule: dict[str, Any] = {"scorer": _scorer(case), "min_valid": case["min_valid"]}
    scores = score(case["people"], lijst, **rule)
    for row, person in enumerate(case["people"]):
        alone = score(person, lijst, **rule)
        assert scores.profiel(row) == alone
        for column, key in enumerate(scores.constructs):
            expected, n_valid = _expected(person, lijst, key, case)
            found = alone[key]
            assert scores.n_valid[row, column] == n_valid
            if expected is None:
                assert isinstance(found, Missing)
                assert np.isnan(scores.values[row, column])
                kinds = {person[item.id] for item in lijst.items_for(key)} & set(Missing)
                assert found in kinds
            else:
                assert isinstance(found, Waarde)
                assert (found.n_valid, found.n_items) == (n_valid, len(lijst.items_for(key)))
                assert _bits(found.score) == _bits(expected) == _bits(scores.values[row, column])


@given(case=cases(kinds=False), as_float=st.booleans(), data=st.data())
def test_an_array_agrees_to_the_last_bit(
    make_lijst: Any, case: dict[str, Any], as_float: bool, data: st.DataObject
) -> None:
    lijst: Vragenlijst = make_lijst(*case["items"], schaal=case["schaal"])
    rule: dict[str, Any] = {"scorer": _scorer(case), "min_valid": case["min_valid"]}
    order = data.draw(st.permutations([item.id for item in lijst.items]))
    people = case["people"]
    if not as_float:
        whole = lijst.schaal.maximum
        people = [{k: whole if isinstance(v, Missing) else v for k, v in person.items()} for person in people]
    rows = [
        [np.nan if isinstance(person[name], Missing) else person[name] for name in order] for person in people
    ]
    array = np.array(rows, dtype=np.float64 if as_float else np.int64, order=data.draw(st.sampled_from("CF")))
    before = array.copy()
    by_array, by_list = score(array, lijst, items=order, **rule), score(people, lijst, **rule)
    assert by_array.values.tobytes() == by_list.values.tobytes()
    assert np.array_equal(by_array.n_valid, by_list.n_valid)
    assert np.array_equal(array, before, equal_nan=True)
    assert all(by_array.profiel(row) == by_list.profiel(row) for row in range(len(people)))


def test_chunks_do_not_show(lijst: Vragenlijst) -> None:
    rng = np.random.default_rng(7)
    array = rng.integers(1, 6, (9_000, len(lijst.items))).astype(np.float64)
    array[rng.random(array.shape) < 0.3] = np.nan
    array[5_000] = np.nan
    whole = score(array, lijst)
    pieces = [score(array[start : start + 700], lijst).values for start in range(0, len(array), 700)]
    assert np.concatenate(pieces).tobytes() == whole.values.tobytes()
    assert whole.n_valid[5_000].tolist() == [0, 0, 0]
    assert np.isnan(whole.values[5_000]).all()


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int16, np.int64, np.uint64, np.float16, np.float32])
def test_every_number_type_gives_the_same(lijst: Vragenlijst, dtype: Any) -> None:
    array = np.arange(12).reshape(2, 6) % 5 + 1
    assert score(array.astype(dtype), lijst).values.tobytes() == score(array, lijst).values.tobytes()
