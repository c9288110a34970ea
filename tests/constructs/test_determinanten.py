from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from igm.constructs import (
    LIKERT5,
    Construct,
    Doen,
    Invloed,
    Kunnen,
    Missing,
    Richting,
    SocialeDruk,
    Waarde,
    Willen,
)
from igm.constructs.determinanten import DeterminantGroup

GROUPS: list[type[DeterminantGroup]] = [Willen, Kunnen, Doen, Invloed]


def test_each_field_is_a_construct_of_the_model_and_the_sensitive_ones_are_tagged() -> None:
    for group in GROUPS:
        for name, field in group.model_fields.items():
            tagged = isinstance(field.json_schema_extra, dict) and field.json_schema_extra == {
                "x-gevoelig": True
            }
            assert group.construct_of(name).info.sensitive is tagged


@pytest.mark.parametrize("group", GROUPS)
def test_every_name_of_a_construct_is_accepted_on_input(group: type[DeterminantGroup]) -> None:
    for field in group.model_fields:
        info = group.construct_of(field).info
        for name in (info.label["nl"], info.label["en"], *info.aliases):
            assert group.model_validate({name: 3}) == group.model_validate({field: 3})


def test_keywords_may_be_aliases_too() -> None:
    aliased: dict[str, Any] = {"attitude": 4, "sociale norm": 2}
    assert Willen(**aliased) == Willen(houding=4, sociale_druk=2)


def test_a_value_under_two_names_is_refused_beside_the_other_problems() -> None:
    with pytest.raises(ValidationError) as caught:
        Willen.model_validate({"houding": 4, "attitude": 4, "eigen-effectiviteit": "veel", "kennis": 3})
    assert [(item["loc"], item["type"]) for item in caught.value.errors()] == [
        (("attitude",), "duplicate-name"),
        (("eigen_effectiviteit",), "not-a-number"),
        (("kennis",), "unknown-field"),
    ]


def test_an_unknown_field_gets_a_suggestion_and_its_value_is_not_repeated() -> None:
    with pytest.raises(ValidationError, match="Did you mean 'belastbaarheid'") as caught:
        Kunnen.model_validate({"belastbaarhied": 2.125})
    assert "2.125" not in str(caught.value) + repr(caught.value.errors())


def test_numbers_values_and_missing_are_accepted() -> None:
    willen = Willen(
        houding=Waarde(score=4, schaal=LIKERT5), eigen_effectiviteit=Missing.GEWEIGERD, sociale_druk=3
    )
    assert willen.waarden() == {
        Construct.HOUDING: Waarde(score=4, schaal=LIKERT5),
        Construct.EIGEN_EFFECTIVITEIT: Missing.GEWEIGERD,
        Construct.SOCIALE_DRUK: SocialeDruk(score=3),
    }
    assert Willen().waarden() == {}


def test_social_pressure_keeps_its_direction_and_fits_nowhere_else() -> None:
    druk = SocialeDruk(score=3, richting=Richting.TEGEN)
    assert Willen(sociale_druk=druk).sociale_druk == druk
    with pytest.raises(ValidationError) as caught:
        Willen(houding=druk)
    assert [(item["loc"], item["type"]) for item in caught.value.errors()] == [
        (("houding",), "invalid-value")
    ]


@given(
    st.one_of(
        st.booleans(),
        st.text(),
        st.just(float("nan")),
        st.just(float("inf")),
        st.binary(),
        st.lists(st.none()),
    )
)
def test_what_is_no_number_is_refused(wrong: object) -> None:
    if isinstance(wrong, str) and wrong in list(Missing):
        return
    with pytest.raises(ValidationError) as caught:
        Kunnen.model_validate({"kennis": wrong})
    assert [(item["loc"], item["type"]) for item in caught.value.errors()] == [(("kennis",), "not-a-number")]


SECRETS: list[Any] = [
    2.125,
    Missing.GEWEIGERD,
    Waarde(score=2.125, schaal=LIKERT5, toelichting="rugklachten", facetten={"rug": 2.125}),
    {"score": 2.125, "toelichting": "rugklachten"},
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    ("group", "field"), [(Kunnen, "belastbaarheid"), (Invloed, "belastbaarheid_context")]
)
def test_sensitive_values_are_masked_when_shown_and_given_when_asked_for(
    group: type[DeterminantGroup], field: str, secret: object
) -> None:
    class Outer(BaseModel):
        inner: DeterminantGroup

    made = group.model_validate({field: secret})
    for text in (repr(made), str(made), repr(Outer(inner=made)), f"{made}", f"{[made]}"):
        assert "•••" in text
        assert not [word for word in ("2.125", "rug", "geweigerd", "GEWEIGERD") if word in text]
    assert "2.125" in made.model_dump_json() or "geweigerd" in made.model_dump_json()


@pytest.mark.parametrize(
    "secret",
    [
        "rugklachten",
        [2.125],
        {"score": 9.125, "schaal": {"minimum": 1, "maximum": 5}},
        {"score": "rugklachten"},
        {"score": 3, "scoer": 2.125},
        {"score": 3, "zekerheid": 2.125},
        {"score": 3, "datum": 2.125},
        {"score": 3, "bron": "rugklachten"},
        {"score": 3, "schaal": {"minimum": 9.125, "maximum": 2.125}},
        {"toelichting": "rugklachten"},
    ],
)
def test_errors_about_sensitive_values_do_not_repeat_them(secret: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Kunnen.model_validate({"belastbaarheid": secret})
    error = caught.value
    for item in error.errors():
        assert not [
            word
            for word in ("9.125", "2.125", "klachten")
            if word in repr((item["msg"], item["input"], item["ctx"]))
        ]
    assert all(item["loc"][0] == "belastbaarheid" for item in error.errors())


def test_round_trip_and_equality() -> None:
    kunnen = Kunnen(kennis=3, belastbaarheid=Missing.WEET_NIET, context=Waarde(score=2, schaal=LIKERT5))
    assert Kunnen.model_validate_json(kunnen.model_dump_json()) == kunnen
    assert Kunnen.model_validate(kunnen.model_dump()) == kunnen
    assert len({kunnen, kunnen.model_copy()}) == 1
