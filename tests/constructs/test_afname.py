"""One person's answers, as they were given."""

from __future__ import annotations

import math
import pickle
from datetime import date
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from igm.constructs.afname import Afname, Refused, read_answer
from igm.constructs.toestemming import Scope, Toestemming
from igm.constructs.waarde import Missing


def faults(**data: Any) -> dict[tuple[int | str, ...], str]:
    with pytest.raises(ValidationError) as caught:
        Afname(**data)
    return {error["loc"]: error["type"] for error in caught.value.errors()}


def test_answers_are_kept_as_given_and_cannot_be_changed() -> None:
    answers: dict[str, Any] = {"a": 4, "b": "weet_niet", "c": None, "d": 3.0}
    afname = Afname(ref="c-017", antwoorden=answers, datum=date(2024, 10, 1))
    assert dict(afname.antwoorden) == {"a": 4, "b": Missing.WEET_NIET, "c": None, "d": 3}
    assert type(afname.antwoorden["d"]) is int
    with pytest.raises(TypeError):
        afname.antwoorden["a"] = 5  # type: ignore[index]


def test_the_constructor_and_the_reader_agree() -> None:
    data: dict[str, Any] = {
        "ref": "c-017",
        "antwoorden": {"a": np.int64(4), "b": Missing.GEWEIGERD},
        "toestemmingen": [{"scope": "onderzoek", "datum": "2024-10-01"}],
    }
    afname = Afname(**data)
    assert afname == Afname.model_validate(data)
    assert afname.toestemmingen == (Toestemming(scope=Scope.ONDERZOEK, datum=date(2024, 10, 1)),)


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=8).filter(lambda name: name == name.strip()),
        st.none() | st.integers(-(10**9), 10**9) | st.sampled_from(Missing),
    )
)
def test_json_comes_back_equal(antwoorden: dict[str, int | Missing | None]) -> None:
    afname = Afname(ref="c-017", antwoorden=antwoorden, datum=date(2024, 10, 1))
    assert Afname.model_validate_json(afname.model_dump_json()) == afname
    assert pickle.loads(pickle.dumps(afname)) == afname  # noqa: S301 (own object)


def test_all_wrong_answers_are_told_at_once_at_their_path() -> None:
    wrong = {"a": 2.5, "b": True, "c": math.nan, "d": "vier", "e": [4], "f": 4}
    assert faults(ref=" c", antwoorden=wrong, extra=1) == {
        ("ref",): "invalid-value",
        ("antwoorden", "a"): "answer-not-whole",
        ("antwoorden", "b"): "not-a-number",
        ("antwoorden", "c"): "not-a-number",
        ("antwoorden", "d"): "not-a-number",
        ("antwoorden", "e"): "not-a-number",
        ("extra",): "unknown-field",
    }


@pytest.mark.parametrize("value", [77.25, "ziek thuis"])
def test_wrong_answers_are_not_repeated(value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Afname(ref="c-017", antwoorden={"belastbaarheid_1": value})  # type: ignore[dict-item]
    assert str(value) not in str(caught.value)
    assert str(value) not in repr(caught.value.errors())
    assert "•••" in str(caught.value)


def test_a_citizen_service_number_is_no_reference() -> None:
    assert faults(ref="111222333", antwoorden={}) == {("ref",): "ref-is-bsn"}


def test_what_is_shown_counts_and_tells_no_answer() -> None:
    afname = Afname(ref="c-017", antwoorden={"a": 4, "b": Missing.WEET_NIET, "c": None})
    assert repr(afname) == str(afname) == "Afname(ref='c-017', 3 answers, 2 missing)"


def test_the_json_schema_knows_answers_and_kinds_of_missing() -> None:
    schema = Afname.model_json_schema()
    jsonschema.validate({"ref": "c-017", "antwoorden": {"a": 4, "b": "weet_niet", "c": None}}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"ref": "c-017", "antwoorden": {"a": "vier"}}, schema)
    for example in schema["examples"]:
        Afname.model_validate(example)


@given(st.integers() | st.floats() | st.text() | st.none() | st.booleans())
def test_one_answer_is_read_or_refused_and_never_changed(value: object) -> None:
    answer = read_answer(value)
    if isinstance(answer, Refused):
        assert answer.code in {"not-a-number", "answer-not-whole"}
    elif value is None:
        assert answer is Missing.NIET_GEVRAAGD
    else:
        assert not isinstance(value, bool)
        assert answer == value
