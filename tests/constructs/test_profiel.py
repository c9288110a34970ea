from __future__ import annotations

import copy
import pickle
from datetime import date
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from igm.constructs import (
    DETERMINANTS,
    LIKERT5,
    LIKERT7,
    Bron,
    CompositeState,
    CompositeValue,
    Construct,
    Gedrag,
    Knelpunten,
    Missing,
    Polarity,
    Profiel,
    Richting,
    SocialeDruk,
    Waarde,
    construct,
)
from igm.errors import InputError, UnknownNameError

GEDRAG = Gedrag(
    action="solliciteren", target="werkgevers", context="met hulp", time="4 weken", doel="betaald werk"
)
SECRET = 2.125


def on5(score: float, **more: Any) -> Waarde:
    return Waarde(score=score, schaal=LIKERT5, **more)


def profiel(waarden: dict[str, Any], **more: Any) -> Profiel:
    return Profiel(gedrag=GEDRAG, waarden=waarden, **more)


def codes(error: ValidationError) -> list[tuple[tuple[int | str, ...], str]]:
    return [(item["loc"], item["type"]) for item in error.errors()]


HELPING = [one for one in DETERMINANTS if one.polarity is Polarity.HELPEND]
entries = st.one_of(
    st.sampled_from(list(Missing)),
    st.integers(1, 5).map(on5),
    st.floats(1, 5).map(on5),
    st.floats(1, 7).map(lambda score: Waarde(score=score, schaal=LIKERT7, n_valid=2, n_items=3)),
)
profiles = st.dictionaries(st.sampled_from(list(Construct)), entries).map(
    lambda waarden: Profiel(gedrag=GEDRAG, waarden=waarden)
)


@given(profiles)
def test_a_profile_survives_json_dict_pickle_and_copy(made: Profiel) -> None:
    for twin in (
        Profiel.model_validate_json(made.model_dump_json()),
        Profiel.from_dict(made.to_dict()),
        pickle.loads(pickle.dumps(made)),  # noqa: S301 (our own bytes)
        copy.deepcopy(made),
    ):
        assert twin == made
        assert hash(twin) == hash(made)
        assert list(twin.waarden) == list(made.waarden)


@given(profiles)
def test_what_is_known_and_what_is_missing_divide_the_determinants(made: Profiel) -> None:
    assert set(made.scores) == set(made.pomp) == {key.value for key in made.known}
    assert not set(made.gaps) & set(made.known)
    assert set(DETERMINANTS) <= set(made.gaps) | set(made.known)
    assert all(0 <= value <= 100 for value in made.pomp.values())


def test_a_value_is_found_by_every_name_and_absence_is_not_asked() -> None:
    made = profiel({"attitude": on5(4.3), "randvoorwaarden": Missing.WEET_NIET, "kennis": None})
    assert made["houding"] == made[Construct.HOUDING] == made["Attitude"] == on5(4.3)
    assert made["context"] is Missing.WEET_NIET
    assert made["kennis"] is made["intentie"] is Missing.NIET_GEVRAAGD
    with pytest.raises(UnknownNameError, match="houding"):
        made["huoding"]


@pytest.mark.parametrize("view", ["waarden", "composites", "scores", "pomp", "gaps", "known"])
def test_the_mappings_cannot_be_written_to(view: str) -> None:
    made = profiel({"houding": on5(4)})
    with pytest.raises(TypeError):
        getattr(made, view)["houding"] = 1


@pytest.mark.parametrize(
    "gedrag",
    [None, {}, {"action": "a", "target": "b", "context": "c", "time": "d"}, {**dict(GEDRAG), "doel": " "}],
)
def test_without_a_behaviour_and_its_goal_there_is_no_profile(gedrag: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Profiel.model_validate({"gedrag": gedrag, "waarden": {}})
    assert {code for _, code in codes(caught.value)} == {"incomplete-behaviour"}
    with pytest.raises(ValidationError) as caught:
        Profiel.model_validate({"waarden": {}})
    assert codes(caught.value) == [(("gedrag",), "incomplete-behaviour")]


def test_all_problems_of_a_profile_are_told_at_once() -> None:
    with pytest.raises(ValidationError) as caught:
        Profiel.model_validate(
            {
                "ref": "111222333",
                "gedrag": None,
                "waarden": {
                    "houding": 4,
                    "attitude": 4,
                    "huoding": 4,
                    "kennis": {"score": 9, "schaal": {"minimum": 1, "maximum": 5}},
                    "context": "veel",
                },
                "kleur": 1,
            }
        )
    assert codes(caught.value) == [
        (("ref",), "ref-is-bsn"),
        (("gedrag",), "incomplete-behaviour"),
        (("waarden", "houding", "schaal"), "missing-field"),
        (("waarden", "attitude"), "duplicate-name"),
        (("waarden", "huoding"), "unknown-construct"),
        (("waarden", "kennis", "score"), "value-out-of-range"),
        (("waarden", "context"), "not-a-number"),
        (("kleur",), "unknown-field"),
    ]


def test_a_direction_of_pressure_belongs_to_social_pressure_only() -> None:
    druk = SocialeDruk(score=3, schaal=LIKERT5, richting=Richting.TEGEN)
    assert profiel({"sociale norm": druk})["sociale_druk"] == druk
    assert isinstance(profiel({"sociale_druk": on5(3)})["sociale_druk"], SocialeDruk)
    with pytest.raises(ValidationError) as caught:
        profiel({"kennis": druk})
    assert codes(caught.value) == [(("waarden", "kennis"), "invalid-value")]


def full(**more: Any) -> Profiel:
    values = {key.value: on5(3 + index / 4) for index, key in enumerate(DETERMINANTS)}
    values["belastbaarheid"] = on5(
        SECRET, facetten={"rug": SECRET}, toelichting="rugklachten", bron=Bron.KLANT
    )
    kunnen = CompositeValue(
        name="kunnen",
        value=SECRET,
        metric="schaal",
        schaal=LIKERT5,
        made_by="minimum",
        state=CompositeState.UPPER_BOUND,
        used=(Construct.BELASTBAARHEID,),
        gaps=(Construct.KENNIS,),
    )
    return profiel(values, composites={"kunnen": kunnen}, ref="c-1", **more)


def test_only_tables_and_dumps_tell_sensitive_values() -> None:
    made = full()
    knelpunten = made.knelpunten(most=7)
    shown = [
        made.waarden,
        made.scores,
        made.pomp,
        made.known,
        made,
        made.composites,
        made.composites["kunnen"],
        knelpunten,
        knelpunten.lowest,
        [made],
    ]
    for text in (*map(repr, shown), *map(str, shown), made._repr_html_(), knelpunten._repr_html_()):
        assert not [
            secret
            for secret in ("2.125", "2,12", "2,13", "2.12", "28,1", "28.1", "klachten")
            if secret in text
        ]
    assert "•••" in str(made)
    assert "•••" in str(knelpunten)
    for text in (
        made.table().text(),
        made.table("en").markdown(),
        made.model_dump_json(),
        repr(made.to_dict()),
    ):
        assert "2.125" in text or "2,12" in text or "2.12" in text
        assert "rugklachten" in text
    assert "2,12" in knelpunten.table().text()


def test_errors_about_sensitive_values_in_a_profile_do_not_repeat_them() -> None:
    for wrong in (
        {"score": 9.125, "schaal": {"minimum": 1, "maximum": 5}},
        "rugklachten",
        {"score": "rugklachten"},
    ):
        with pytest.raises(ValidationError) as caught:
            profiel({"draagkracht": wrong})
        text = str(caught.value) + repr(caught.value.errors())
        assert "9.125" not in text
        assert "rugklachten" not in text


def test_the_table_goes_part_by_part_and_shows_scale_n_and_notes() -> None:
    made = profiel(
        {
            "invloed_kennis": on5(3),
            "relatie_professional": Missing.GEWEIGERD,
            "intentie": on5(4),
            "sociale_druk": SocialeDruk(score=3, schaal=LIKERT5, richting=Richting.MEE, belang=0.5),
            "kennis": Waarde(
                score=5.5, schaal=LIKERT7, n_valid=3, n_items=4, zekerheid=0.8, datum=date(2024, 10, 1)
            ),
        }
    )
    rows = {str(row[1]): row for row in made.table().rows}
    assert [row[0] for row in made.table().rows] == [
        *["willen"] * 3,
        *["kunnen"] * 4,
        "intentie",
        "interactie",
        "invloed",
    ]
    assert rows["kennis en vaardigheden"][2:] == (5.5, "1–7", 75.0, "3 van 4", "2024-10-01; zekerheid 0,80")
    assert str(rows["sociale druk"][-1]).startswith("apart; druk naar het gedrag toe")
    assert rows["houding"][2:] == (None, None, None, None, "niet gevraagd")
    assert any(row[-1] == "geweigerd" for row in rows.values())
    assert "not asked" in made.table("en").text()


def test_the_representation_is_one_line_with_its_n() -> None:
    assert repr(full()).count("\n") == 0
    assert "determinants='7 of 7'" in repr(full())
    assert "items='2 of 3'" in repr(profiel({"kennis": on5(2, n_valid=2, n_items=3)}))


def test_bottlenecks_leave_social_pressure_and_what_is_missing_apart() -> None:
    made = profiel(
        {
            "sociale_druk": on5(1),
            "houding": on5(4),
            "kennis": on5(3),
            "context": Missing.WEET_NIET,
            "intentie": on5(1),
        }
    )
    found = made.knelpunten(most=5)
    assert [one.construct for one in found.lowest] == [Construct.KENNIS, Construct.HOUDING]
    assert found.missing[Construct.CONTEXT] is Missing.WEET_NIET
    assert set(found.missing) == set(HELPING) - {Construct.KENNIS, Construct.HOUDING}
    assert found.sociale_druk == SocialeDruk(score=1, schaal=LIKERT5)
    assert profiel({}).knelpunten().sociale_druk is Missing.NIET_GEVRAAGD
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 (our own bytes)
    assert len({found, copy.deepcopy(found)}) == 1
    assert "apart" in str(found)


@given(st.lists(st.integers(1, 5), min_size=6, max_size=6), st.integers(1, 8))
def test_bottlenecks_are_the_lowest_with_all_ties_at_the_cut(scores: list[int], most: int) -> None:
    made = Profiel(gedrag=GEDRAG, waarden=dict(zip(HELPING, map(on5, scores), strict=True)))
    found = [one.score for one in made.knelpunten(most=most).lowest]
    cut = sorted(scores)[min(most, 6) - 1]
    assert found == sorted(score for score in scores if score <= cut)


def test_bottlenecks_on_different_scales_need_a_metric() -> None:
    made = profiel({"houding": Waarde(score=2.8, schaal=LIKERT7), "kennis": on5(2.2), "context": on5(2.5)})
    with pytest.raises(InputError) as caught:
        made.knelpunten()
    assert caught.value.code == "mixed-scales"
    found = made.knelpunten(most=1, metric="pomp")
    assert {one.construct for one in found.lowest} == {Construct.HOUDING, Construct.KENNIS}, (
        "30 POMP both: a tie"
    )
    assert found.metric == found.to_dict()["metric"] == "pomp"
    same = profiel({"houding": Waarde(score=2.8, schaal=LIKERT7), "sociale_druk": on5(2)})
    assert same.knelpunten().metric == "schaal", "social pressure is not compared"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"metric": "pompp"}, "unknown-name"),
        ({"most": 0}, "value-out-of-range"),
        ({"most": True}, "value-out-of-range"),
    ],
)
def test_bottlenecks_refuse_what_they_cannot_do(given: dict[str, Any], code: str) -> None:
    with pytest.raises(InputError) as caught:
        full().knelpunten(**given)
    assert caught.value.code == code


@pytest.mark.parametrize("version", [0, 2, "1", True, 1.0, None])
def test_a_stored_profile_of_an_unknown_version_is_refused(version: object) -> None:
    with pytest.raises(InputError) as caught:
        Profiel.from_dict({**full().to_dict(), "schema_version": version})
    assert caught.value.code == "migration-unknown"


def test_a_stored_profile_that_is_not_sound_is_refused_with_every_path() -> None:
    stored = full().to_dict()
    del stored["gedrag"]["doel"]
    stored["waarden"]["kennis"]["score"] = 9
    with pytest.raises(InputError) as caught:
        Profiel.from_dict(stored)
    assert [(problem.where, problem.code) for problem in caught.value.problems] == [
        ("$.gedrag.doel", "incomplete-behaviour"),
        ("$.waarden.kennis.score", "value-out-of-range"),
    ]
    with pytest.raises(InputError):
        Profiel.from_dict([])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("metric", "schaal", "value", "fault"),
    [
        ("schaal", None, 3, (("schaal",), "missing-field")),
        ("schaal", LIKERT5, 5.1, (("value",), "value-out-of-range")),
        ("pomp", None, 100.1, (("value",), "value-out-of-range")),
        ("pomp", LIKERT5, -1, (("value",), "value-out-of-range")),
    ],
)
def test_a_composite_value_lies_on_what_it_says(
    metric: Literal["schaal", "pomp"], schaal: Any, value: float, fault: object
) -> None:
    with pytest.raises(ValidationError) as caught:
        CompositeValue(
            name="w", value=value, metric=metric, schaal=schaal, made_by="m", state=CompositeState.PARTIAL
        )
    assert codes(caught.value) == [fault]


def test_a_composite_that_could_tell_a_sensitive_value_is_masked_in_errors_too() -> None:
    with pytest.raises(ValidationError) as caught:
        CompositeValue(
            name="kunnen",
            value=101.125,
            metric="pomp",
            made_by="mean",
            state=CompositeState.COMPLETE,
            used=(construct("belastbaarheid"),),
        )
    assert "101.125" not in str(caught.value) + repr(caught.value.errors())


def test_every_state_of_a_composite_has_a_label_in_both_languages() -> None:
    assert all(state.label("nl") and state.label("en") for state in CompositeState)


def test_what_is_printed_does_not_tell_by_its_place_that_a_masked_value_is_low() -> None:
    low = profiel({"belastbaarheid": on5(1), "kennis": on5(3), "context": on5(2), "sociale_druk": on5(4)})
    high = profiel({"belastbaarheid": on5(5), "kennis": on5(3), "context": on5(2), "sociale_druk": on5(4)})
    one, other = low.knelpunten(most=3), high.knelpunten(most=3)
    assert one.lowest[0].construct is Construct.BELASTBAARHEID
    assert one.table().rows[0][0] == "belastbaarheid"
    assert not one.table().notes
    for show in (str, repr, Knelpunten._repr_html_):
        assert show(one) == show(other)
    assert "••• staat niet op volgorde: belastbaarheid" in str(one)
    assert one._table("en", mask=True).rows[-1][0] == "capacity to bear load"
    assert "volgorde" not in str(profiel({"kennis": on5(3)}).knelpunten())


def test_known_numbers_are_found_by_any_name_and_say_why_one_is_missing() -> None:
    made = profiel({"houding": on5(3), "kennis": Missing.GEWEIGERD})
    assert made.pomp["attitude"] == made.pomp[Construct.HOUDING] == 50
    assert made.scores["Attitude"] == 3
    assert made.scores.get("kennis") is None
    assert "kennis" not in made.pomp
    assert dict(made.pomp) == {"houding": 50}
    for name, why in (("kennis", "geweigerd"), ("randvoorwaarden", "niet_gevraagd")):
        for numbers in (made.pomp, made.scores, pickle.loads(pickle.dumps(made.pomp))):  # noqa: S301
            with pytest.raises(UnknownNameError, match=f"got {why}") as caught:
                numbers[name]
            assert caught.value.code == "missing-field"
    with pytest.raises(UnknownNameError, match="Did you mean 'houding'"):
        made.pomp["huoding"]


@pytest.mark.parametrize("given", ['{"schema_version": 1}', b"{}", [1], None])
def test_a_profile_is_made_from_a_mapping_only(given: Any) -> None:
    with pytest.raises(InputError, match=r"a mapping was expected.*json\.loads"):
        Profiel.from_dict(given)


def test_tables_speak_the_language_that_is_asked_for() -> None:
    druk = SocialeDruk(score=3, schaal=LIKERT5, van=("leidinggevende",))  # type: ignore[arg-type]
    houding = on5(4, facetten={"instrumental": 4, "eigen": 2}, bron=Bron.EIGEN_INSCHATTING)
    made = profiel({"houding": houding, "sociale_druk": druk})
    dutch, english = made.table().text(300), made.table("en").text(300)
    assert "nut 4,00; eigen 2,00; eigen inschatting" in dutch
    assert "instrumental 4.00; eigen 2.00; own estimate" in english
    assert "van leidinggevende" in dutch
    assert "from supervisor" in english
