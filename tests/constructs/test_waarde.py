from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from igm.constructs import LIKERT5, LIKERT7, Bron, DrukBron, Missing, Richting, SocialeDruk, Trend, Waarde
from igm.constructs._base import FrozenMapping
from igm.constructs.waarde import read_waarde
from igm.errors import InputError

scores = st.floats(1, 5)


def codes(error: ValidationError) -> list[tuple[tuple[int | str, ...], str]]:
    return [(item["loc"], item["type"]) for item in error.errors()]


def test_not_applicable_and_refused_are_never_asked_again() -> None:
    assert {kind for kind in Missing if not kind.ask_again} == {
        Missing.NIET_VAN_TOEPASSING,
        Missing.GEWEIGERD,
    }


def test_every_kind_of_missing_has_a_label_in_both_languages() -> None:
    assert len({kind.label(lang) for kind in Missing for lang in ("nl", "en")}) == 2 * len(Missing)


@pytest.mark.parametrize("wrong", [True, False, "4", float("nan"), float("inf"), None, [4], 10**400, 4 + 0j])
def test_only_finite_numbers_are_scores(wrong: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Waarde.model_validate({"score": wrong})
    assert codes(caught.value) == [(("score",), "not-a-number")]


@pytest.mark.parametrize(
    "wrong", [True, False, "4", "ja", float("nan"), float("-inf"), [4], np.bool_(True), 10**400]
)
def test_a_bare_value_that_is_no_number_is_refused(wrong: object) -> None:
    with pytest.raises(Exception, match="a number") as caught:
        read_waarde(wrong)
    assert getattr(caught.value, "type", None) == "not-a-number"


@pytest.mark.parametrize("number", [4, 4.0, np.float64(4), np.int32(4), np.float32(4)])
def test_python_and_numpy_numbers_are_scores(number: Any) -> None:
    assert read_waarde(number) == Waarde(score=4.0) == Waarde(score=number)
    assert type(Waarde(score=number).score) is float


def test_none_and_kinds_of_missing_stay_what_they_are() -> None:
    assert read_waarde(None) is None
    for kind in Missing:
        assert read_waarde(kind) is kind
        assert read_waarde(kind.value) is kind


def test_text_that_is_nearly_a_kind_of_missing_gets_a_suggestion() -> None:
    with pytest.raises(Exception, match="Did you mean 'weet_niet'"):
        read_waarde("weetniet")


def test_a_score_and_all_facets_must_lie_on_the_scale_and_are_told_at_once() -> None:
    with pytest.raises(ValidationError) as caught:
        Waarde(
            score=5.5, schaal=LIKERT5, facetten={"nut": 0.5, "gevoel": 4, "verder": 6}, n_valid=5, n_items=4
        )
    assert codes(caught.value) == [
        (("score",), "value-out-of-range"),
        (("facetten", "nut"), "value-out-of-range"),
        (("facetten", "verder"), "value-out-of-range"),
        (("n_valid",), "value-out-of-range"),
    ]
    assert "got 5.5" in str(caught.value)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("n_valid", 0), ("n_items", 0), ("n_items", -1), ("zekerheid", 1.01), ("zekerheid", -0.1)],
)
def test_counts_and_certainty_have_bounds(field: str, wrong: float) -> None:
    with pytest.raises(ValidationError) as caught:
        Waarde.model_validate({"score": 3, field: wrong})
    assert codes(caught.value) == [((field,), "value-out-of-range")]


@pytest.mark.parametrize("wrong", [True, 3.5, "3"])
def test_counts_are_whole_numbers(wrong: object) -> None:
    with pytest.raises(ValidationError):
        Waarde.model_validate({"score": 3, "n_valid": wrong})


@given(scores)
def test_pomp_runs_from_0_to_100(score: float) -> None:
    assert 0 <= Waarde(score=score, schaal=LIKERT5).pomp <= 100


def test_pomp_without_a_scale_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        _ = Waarde(score=3).pomp
    assert caught.value.code == "missing-field"


def test_facets_cannot_be_written_to() -> None:
    facets = {"nut": 4.0}
    waarde = Waarde(score=4, facetten=facets)
    facets["nut"] = 1.0
    assert waarde.facetten["nut"] == 4.0
    with pytest.raises(TypeError):
        waarde.facetten["nut"] = 2.0  # type: ignore[index]
    with pytest.raises(ValidationError):
        waarde.score = 2.0


@given(scores, st.sampled_from(list(Richting)), st.lists(st.sampled_from(list(DrukBron)), max_size=3))
def test_values_hash_copy_pickle_and_survive_json(
    score: float, richting: Richting, van: list[DrukBron]
) -> None:
    druk = SocialeDruk(
        score=score,
        schaal=LIKERT5,
        facetten={"opgelegd": score},
        richting=richting,
        van=tuple(van),
        bron=Bron.KLANT,
        datum="2024-10-01",  # type: ignore[arg-type]
    )
    for twin in (
        copy.copy(druk),
        copy.deepcopy(druk),
        pickle.loads(pickle.dumps(druk)),  # noqa: S301 (our own bytes)
        SocialeDruk.model_validate_json(druk.model_dump_json()),
        SocialeDruk.model_validate(druk.model_dump()),
    ):
        assert twin == druk
        assert hash(twin) == hash(druk)


def test_social_pressure_does_not_fit_where_no_direction_can_be_kept() -> None:
    with pytest.raises(Exception, match="SocialeDruk") as caught:
        read_waarde(SocialeDruk(score=3))
    assert getattr(caught.value, "type", None) == "invalid-value"


def test_a_plain_value_becomes_social_pressure_without_a_direction() -> None:
    plain = Waarde(score=3, schaal=LIKERT7, n_valid=2, facetten={"opgelegd": 4})
    druk = read_waarde(plain, SocialeDruk)
    assert isinstance(druk, SocialeDruk)
    assert (druk.score, druk.schaal, druk.n_valid, dict(druk.facetten)) == (3, LIKERT7, 2, {"opgelegd": 4})
    assert druk.richting is None


@given(st.dictionaries(st.text(), st.integers()))
def test_a_frozen_mapping_is_the_mapping_that_it_holds(items: dict[str, int]) -> None:
    frozen = FrozenMapping(items)
    assert frozen == items
    assert list(frozen) == list(items)
    assert hash(frozen) == hash(FrozenMapping(dict(reversed(items.items()))))
    assert pickle.loads(pickle.dumps(frozen)) == frozen == copy.deepcopy(frozen)  # noqa: S301 (our own bytes)
    assert repr(frozen) == repr(items)


def test_every_source_has_a_label_in_both_languages() -> None:
    for kind in (Bron, DrukBron, Trend):
        for lang in ("nl", "en"):
            assert len({one.label(lang) for one in kind}) == len(kind)
            assert not [one for one in kind if "_" in one.label(lang)]
    assert Bron.KLANT.label("en") == "client"
