"""A case is checked against its kader: everything wrong is told at once, and what is unknown stays unknown."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import attrs
import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import igm
from igm import Bron, Client, Gedrag, Missing
from igm.decision import Afwegingskader, Casus, Fact, Gegeven, LeidenUitkomst, Row, Uitkomst, feit
from igm.decision.conditions import Always
from igm.errors import MASK, InputError

BSN = "111222333"
GEDRAG = Gedrag(action="solliciteren", target="werkgevers", context="in de regio", time="nu", doel="werk")
Met = Uitkomst.declare("Met", {"WACHT": "wacht", "BEGIN": "begin"})


@cache
def leiden() -> Afwegingskader[LeidenUitkomst]:
    return igm.kader("leiden-2021")


@cache
def with_date() -> Afwegingskader[Uitkomst]:
    return Afwegingskader(
        id="met-datum",
        version="1",
        titel="Met een datum",
        bron="voorbeeld",
        uitkomsten=Met,
        volgorde=(Met("wacht"), Met("begin")),
        gunstig=Met("begin"),
        bij_onbekend=Met("wacht"),
        feiten=[
            Fact.datum("geboortedatum", label="geboortedatum", minimum=date(1900, 1, 1)),
            Fact.getal("uren", label="uren", eenheid="uur", minimum=0, maximum=40),
        ],
        beslis=[
            Row(id="jong", als=feit.datum("geboortedatum").years() < 27, dan="begin", omdat="Jong."),
            Row(id="anders", als=Always(), dan="wacht", omdat="Anders."),
        ],
    )


def refused(kader: Afwegingskader[Any], facts: Mapping[str, Any]) -> InputError:
    with pytest.raises(InputError) as caught:
        kader.casus(facts)
    return caught.value


def faults(error: InputError) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in error.problems]


# values


def test_an_unknown_fact_gets_a_suggestion() -> None:
    error = refused(leiden(), {"shculden": True})
    assert faults(error) == [("unknown-fact", "$.shculden")]
    assert "Did you mean 'schulden'?" in str(error)


def test_known_facts_keep_the_order_of_the_kader_and_none_is_unknown() -> None:
    casus = leiden().casus(leeftijd=31, schulden=False, motivatie=True, taal=None)
    assert list(casus.values) == ["motivatie", "schulden", "extern_onderzoek", "leeftijd"]
    assert "taal" not in casus.values
    assert "taal" not in casus.missing


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"motivatie": 1}, "fact-kind"),
        ({"motivatie": 0.0}, "fact-kind"),
        ({"motivatie": "ja"}, "fact-kind"),
        ({"motivatie": np.float64("nan")}, "fact-kind"),
        ({"motivatie": np.int64(1)}, "fact-kind"),
        ({"motivatie": [True]}, "fact-kind"),
        ({"schulden_trend": "beter"}, "fact-kind"),
        ({"schulden_trend": True}, "fact-kind"),
        ({"leeftijd": True}, "fact-kind"),
        ({"leeftijd": np.bool_(True)}, "fact-kind"),
        ({"leeftijd": "31"}, "fact-kind"),
        ({"leeftijd": math.nan}, "fact-kind"),
        ({"leeftijd": np.float64("nan")}, "fact-kind"),
        ({"leeftijd": math.inf}, "fact-kind"),
        ({"leeftijd": -math.inf}, "fact-kind"),
        ({"leeftijd": 31.5}, "fact-kind"),
        ({"leeftijd": -1}, "fact-bounds"),
        ({"leeftijd": 121}, "fact-bounds"),
    ],
    ids=repr,
)
def test_a_value_of_another_kind_or_outside_the_bounds_is_refused(facts: dict[str, Any], code: str) -> None:
    assert faults(refused(leiden(), facts)) == [(code, f"$.{next(iter(facts))}")]


def test_numpy_scalars_are_read_as_what_they_stand_for() -> None:
    casus = leiden().casus(
        motivatie=np.bool_(True),
        schulden=np.bool_(False),
        leeftijd=np.int64(31),
        taal_trend=np.str_("stabiel"),
    )
    assert casus.values["motivatie"] is True
    assert casus.values["schulden"] is False
    assert casus.values["leeftijd"] == 31
    assert type(casus.values["leeftijd"]) is int
    assert casus.values["taal_trend"] == "stabiel"


@given(st.integers(0, 120))
def test_a_whole_number_is_whole_however_it_is_written(age: int) -> None:
    assert leiden().casus(leeftijd=age).values == leiden().casus(leeftijd=float(age)).values


def test_every_problem_is_told_at_once_and_at_its_path() -> None:
    error = refused(
        leiden(),
        {
            "haarkleur": "rood",
            "motivatie": "ja",
            "leeftijd": 900,
            "schulden": {"waarde": True, "bron": "buurman"},
            "ref": " c-1",
            "peildatum": "gisteren",
            "antwoorden": {"combinatie": "ja"},
        },
    )
    assert sorted(faults(error)) == [
        ("decision-incomplete", "$.antwoorden.combinatie"),
        ("fact-bounds", "$.leeftijd"),
        ("fact-kind", "$.motivatie"),
        ("invalid-value", "$.peildatum"),
        ("invalid-value", "$.ref"),
        ("invalid-value", "$.schulden.bron"),
        ("unknown-fact", "$.haarkleur"),
    ]


def test_a_fact_given_twice_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        leiden().casus({"motivatie": True, "taal": False}, motivatie=True, taal=False)
    assert faults(caught.value) == [("duplicate-name", "$.motivatie"), ("duplicate-name", "$.taal")]


@pytest.mark.parametrize("data", [5, "motivatie", ["motivatie"], {"motivatie"}], ids=repr)
def test_a_case_is_made_of_a_mapping(data: Any) -> None:
    with pytest.raises(InputError, match="cannot be made of this"):
        leiden().casus(data)


def test_a_mapping_and_keywords_give_the_same_case() -> None:
    facts: dict[str, Any] = {"motivatie": True, "leeftijd": 31, "ref": "c-1"}
    assert (
        leiden().casus(facts)
        == leiden().casus(**facts)
        == leiden().casus({"motivatie": True}, leeftijd=31, ref="c-1")
    )


def test_a_reference_that_looks_like_a_citizen_number_is_refused_without_echo() -> None:
    error = refused(leiden(), {"ref": BSN, "schulden": {"waarde": True, "door": BSN}})
    assert faults(error) == [("ref-is-bsn", "$.schulden.door"), ("ref-is-bsn", "$.ref")]
    assert BSN not in str(error)


# where it comes from


@pytest.mark.parametrize(
    "origin",
    [
        Gegeven(waarde=True, bron=Bron.KLANT, datum=date(2024, 10, 1), toelichting="uit het gesprek"),
        {"waarde": True, "bron": "klant", "datum": "2024-10-01", "toelichting": "uit het gesprek"},
    ],
    ids=["model", "mapping"],
)
def test_arguments_show_source_and_date(origin: Any) -> None:
    casus = leiden().casus(schulden=origin, schulden_trend="stabiel", terugval=False)
    afweging = leiden().evaluate(casus)
    use = next(argument for argument in afweging.tegen if argument.regel == "leiden.v2.schulden").feiten[0]
    assert (use.name, use.value, use.bron, use.datum) == ("schulden", True, "klant", date(2024, 10, 1))
    assert use.text() == "schulden belemmeren een traject: ja (klant, 2024-10-01); uit het gesprek"


def test_where_a_sensitive_fact_comes_from_is_shown_but_not_what_was_said() -> None:
    casus = leiden().casus(verslaving=Gegeven(waarde=True, bron=Bron.DESKUNDIGE, toelichting="drinkt weer"))
    use = next(use for use in leiden().evaluate(casus).feiten if use.name == "verslaving")
    assert use.text() == f"een verslaving belemmert een traject: {MASK} (deskundige)"
    assert use.text(masked=False).endswith("ja (deskundige); drinkt weer")


@pytest.mark.parametrize(
    ("name", "given", "read"),
    [("schulden", np.bool_(True), True), ("leeftijd", np.int64(31), 31), ("leeftijd", np.float64(31), 31)],
    ids=repr,
)
def test_numpy_values_keep_their_kind(name: str, given: Any, read: object) -> None:
    for casus in (leiden().casus({name: given}), leiden().casus({name: {"waarde": given, "bron": "klant"}})):
        assert casus.values[name] == read
        assert type(Gegeven(waarde=given).waarde) is type(given.item())
        assert isinstance(casus.values[name], bool) is isinstance(read, bool)


@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, {"a": 1}, [1], datetime(2024, 1, 1), b"ja"],  # noqa: DTZ001
    ids=repr,
)
def test_a_value_that_no_fact_can_have_is_told_once(value: Any) -> None:
    assert faults(refused(leiden(), {"leeftijd": {"waarde": value}})) == [
        ("invalid-value", "$.leeftijd.waarde")
    ]


def test_an_origin_comes_back_from_storage_also_without_a_value() -> None:
    for value in (None, "geweigerd", True):
        casus = leiden().casus(schulden=Gegeven(waarde=value, bron=Bron.KLANT, toelichting="gevraagd"))
        assert leiden().casus(json.loads(json.dumps(casus.to_dict()))) == casus


def test_a_value_with_its_origin_is_checked_too() -> None:
    error = refused(leiden(), {"leeftijd": Gegeven(waarde=200), "taal": Gegeven(waarde="veel")})
    assert faults(error) == [("fact-bounds", "$.leeftijd"), ("fact-kind", "$.taal")]


def test_an_origin_without_a_value_is_unknown() -> None:
    casus = leiden().casus(schulden=Gegeven(waarde=None, bron=Bron.KLANT))
    assert "schulden" not in casus.values
    assert leiden().evaluate(casus).advies is LeidenUitkomst.MEER_WETEN


# kinds of missing


@pytest.mark.parametrize("kind", list(Missing))
@pytest.mark.parametrize("as_text", [True, False])
def test_a_kind_of_missing_is_still_unknown(kind: Missing, as_text: bool) -> None:
    casus = leiden().casus(schulden=kind.value if as_text else kind)
    assert "schulden" not in casus.values
    assert casus.missing == {"schulden": kind}


def known_but_addiction() -> dict[str, Any]:
    """Everything known but addiction; with addiction the advice would be another."""
    present = {"psychisch": True, "psychisch_trend": "stabiel"}
    absent = dict.fromkeys(("schulden", "woonsituatie", "taal", "verstandelijk", "lichamelijk"), False)
    rest = {"motivatie": True, "motivatie_realistisch": True, "terugval": False, "aanpassing_te_veel": False}
    return {**present, **absent, **rest, "leeftijd": 40}


@pytest.mark.parametrize("kind", list(Missing))
def test_what_is_refused_still_counts_but_is_not_asked_again(kind: Missing) -> None:
    afweging = leiden().evaluate(leiden().casus(known_but_addiction(), verslaving=kind))
    assert afweging.advies is LeidenUitkomst.MEER_WETEN
    listed = {entry.feit: entry.opnieuw_vragen for entry in afweging.ontbreekt}
    assert listed == {"verslaving": kind.ask_again, "verslaving_trend": kind.ask_again}


def test_a_refused_trend_leaves_its_hindrance_open_to_asking() -> None:
    casus = leiden().casus(known_but_addiction(), verslaving_trend=Missing.GEWEIGERD)
    listed = {entry.feit: entry.opnieuw_vragen for entry in leiden().evaluate(casus).ontbreekt}
    assert listed == {"verslaving": True, "verslaving_trend": False}


@pytest.mark.parametrize("kind", [Missing.WEET_NIET, Missing.GEWEIGERD, Missing.VERLOREN])
def test_only_what_was_not_reported_is_assumed_absent(kind: Missing) -> None:
    assert leiden().casus().aangenomen == ("extern_onderzoek",)
    assert leiden().casus(extern_onderzoek=Missing.NIET_GEVRAAGD).aangenomen == ("extern_onderzoek",)
    casus = leiden().casus(extern_onderzoek=kind)
    assert casus.aangenomen == ()
    assert "extern_onderzoek" not in casus.values


# dates


def test_a_kader_that_reads_dates_needs_a_reference_date() -> None:
    assert faults(refused(with_date(), {"uren": 3})) == [("peildatum-missing", "$.peildatum")]
    assert leiden().casus().peildatum is None


@pytest.mark.parametrize(
    "given",
    [date(2000, 2, 29), "2000-02-29", np.datetime64("2000-02-29"), np.datetime64("2000-02-29", "ns")],
    ids=repr,
)
def test_a_date_is_a_date_or_its_text(given: Any) -> None:
    casus = with_date().casus(geboortedatum=given, peildatum="2024-03-01")
    assert casus.values == {"geboortedatum": date(2000, 2, 29)}
    said = with_date().casus(geboortedatum={"waarde": given}, peildatum="2024-03-01")
    assert said.values == casus.values
    assert casus.peildatum == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (datetime(2000, 1, 1), "fact-kind"),  # noqa: DTZ001 (that is what is refused)
        ("nooit", "fact-kind"),
        (20000101, "fact-kind"),
        (np.datetime64("2000-01-01T10:00"), "fact-kind"),
        (np.datetime64("NaT"), "fact-kind"),
        ("1899-12-31", "fact-bounds"),
    ],
    ids=repr,
)
def test_what_is_not_a_date_is_refused(given: Any, code: str) -> None:
    error = refused(with_date(), {"geboortedatum": given, "peildatum": date(2024, 3, 1)})
    assert faults(error) == [(code, "$.geboortedatum")]


@pytest.mark.parametrize("day", [datetime(2024, 3, 1), 20240301, "1 maart"], ids=repr)  # noqa: DTZ001
def test_a_reference_date_is_a_date(day: Any) -> None:
    assert faults(refused(with_date(), {"peildatum": day})) == [("invalid-value", "$.peildatum")]


@pytest.mark.parametrize(("day", "advies"), [(date(2027, 2, 28), "begin"), (date(2027, 3, 1), "wacht")])
def test_ages_are_counted_on_the_reference_date(day: date, advies: str) -> None:
    casus = with_date().casus(geboortedatum="2000-02-29", peildatum=day)
    assert with_date().evaluate(casus).advies.value == advies


# own answers


@pytest.mark.parametrize(
    "answer",
    [("nee", "Nu niet."), ["NEE", " Nu niet. "], {"antwoord": "nee", "argument": "Nu niet."}],
    ids=["tuple", "list", "mapping"],
)
def test_an_own_answer_carries_its_argument(answer: Any) -> None:
    own = leiden().casus(antwoorden={"combinatie": answer}).antwoorden["combinatie"]
    assert (own.antwoord.value, own.argument) == ("nee", "Nu niet.")


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"combinatei": ("ja", "Omdat.")}, ("unknown-question", "$.antwoorden.combinatei")),
        ({"combinatie": "ja"}, ("decision-incomplete", "$.antwoorden.combinatie")),
        ({"combinatie": ("ja", "  ")}, ("decision-incomplete", "$.antwoorden.combinatie")),
        ({"combinatie": {"antwoord": "ja"}}, ("decision-incomplete", "$.antwoorden.combinatie")),
        ({"combinatie": ("onbekend", "Omdat.")}, ("invalid-value", "$.antwoorden.combinatie")),
        ({"combinatie": ("misschien", "Omdat.")}, ("invalid-value", "$.antwoorden.combinatie")),
        ({"combinatie": (True, "Omdat.")}, ("invalid-value", "$.antwoorden.combinatie")),
        ({"combinatie": ("ja", "Omdat.", "Ook.")}, ("invalid-value", "$.antwoorden.combinatie")),
        ([("combinatie", "ja")], ("invalid-value", "$.antwoorden")),
    ],
    ids=repr,
)
def test_a_wrong_own_answer_is_refused(answers: Any, fault: tuple[str, str]) -> None:
    assert faults(refused(leiden(), {"antwoorden": answers})) == [fault]


def test_an_argument_in_the_place_of_the_answer_is_not_repeated() -> None:
    error = refused(leiden(), {"antwoorden": {"combinatie": ("Hij drinkt weer.", "nee")}})
    assert "drinkt" not in str(error)
    assert "misschien" in str(refused(leiden(), {"antwoorden": {"combinatie": ("misschien", "Omdat.")}}))


def test_a_name_that_is_no_identifier_is_quoted_in_the_path() -> None:
    error = refused(leiden(), {"rood haar": True, "antwoorden": {"mag.dit": ("ja", "Omdat.")}})
    assert faults(error) == [
        ("unknown-question", "$.antwoorden['mag.dit']"),
        ("unknown-fact", "$['rood haar']"),
    ]
    with pytest.raises(ValidationError) as caught:
        leiden().casus_model.model_validate({"rood haar": True})
    assert [item["loc"] for item in caught.value.errors()] == [("rood haar",)]


# a client's characteristics


def test_a_client_brings_its_characteristics() -> None:
    kenmerken: dict[str, Any] = {
        "schulden": {"aanwezig": True, "trend": "verbeterd", "bron": "klant", "datum": "2024-10-01"},
        "verslaving": "geweigerd",
        "taal": False,
    }
    client = Client(ref="c-017", gedrag=GEDRAG, kenmerken=kenmerken)
    casus = leiden().casus(client, motivatie=True)
    assert casus.ref == "c-017"
    expected = {"motivatie": True, "schulden": True, "schulden_trend": "verbeterd", "taal": False}
    assert casus.values == expected | {"extern_onderzoek": False}
    assert casus.missing == {"verslaving": Missing.GEWEIGERD}
    for name in ("schulden", "schulden_trend"):
        assert (casus.herkomst[name].bron, casus.herkomst[name].datum) == (Bron.KLANT, date(2024, 10, 1))


def test_a_characteristic_that_the_kader_does_not_know_is_refused() -> None:
    client = Client(ref="c-017", gedrag=GEDRAG, kenmerken={"haarkleur": True})
    with pytest.raises(InputError) as caught:
        leiden().casus(client)
    assert faults(caught.value) == [("unknown-fact", "$.kenmerken.haarkleur")]
    assert "kader.casus({...})" in str(caught.value)
    assert "antwoorden" not in str(caught.value)


def test_a_characteristic_that_was_refused_keeps_where_that_comes_from() -> None:
    said: Any = {
        "aanwezig": "geweigerd",
        "bron": "klant",
        "datum": "2024-10-01",
        "toelichting": "Wil er niets over zeggen.",
    }
    casus = leiden().casus(Client(ref="c-017", gedrag=GEDRAG, kenmerken={"schulden": said}))
    assert casus.missing == {"schulden": Missing.GEWEIGERD}
    origin = casus.herkomst["schulden"]
    assert (origin.bron, origin.datum, origin.toelichting) == (
        Bron.KLANT,
        date(2024, 10, 1),
        "Wil er niets over zeggen.",
    )
    assert leiden().casus(casus.to_dict()) == casus


def test_a_wrong_characteristic_is_told_where_the_client_has_it() -> None:
    client = Client(ref="c-017", gedrag=GEDRAG, kenmerken={"leeftijd": True, "rood haar": True})
    with pytest.raises(InputError) as caught:
        leiden().casus(client)
    assert faults(caught.value) == [
        ("fact-kind", "$.kenmerken.leeftijd"),
        ("unknown-fact", "$.kenmerken['rood haar']"),
    ]


# JSON


def received() -> dict[str, Any]:
    return {
        "ref": "c-017",
        "motivatie": True,
        "verslaving": "geweigerd",
        "schulden_trend": "stabiel",
        "leeftijd": {"waarde": 31, "bron": "klant", "datum": "2024-10-01"},
        "antwoorden": {"combinatie": {"antwoord": "ja", "argument": "Het kan nu."}},
    }


def test_a_case_survives_json() -> None:
    model = leiden().casus_model.model_validate_json(json.dumps(received()))
    again = leiden().casus_model.model_validate_json(model.model_dump_json(exclude_unset=True))
    assert again == model
    casus = leiden().casus(model)
    assert casus == leiden().casus(received())
    assert leiden().casus(json.loads(json.dumps(casus.to_dict()))) == casus


def test_a_case_with_dates_survives_json() -> None:
    text = '{"geboortedatum": "2000-02-29", "peildatum": "2024-03-01"}'
    casus = with_date().casus(with_date().casus_model.model_validate_json(text))
    assert casus.values == {"geboortedatum": date(2000, 2, 29)}
    assert with_date().casus(json.loads(json.dumps(casus.to_dict()))) == casus


def test_the_schema_of_a_case_accepts_what_the_kader_accepts() -> None:
    schema = leiden().casus_model.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(received(), schema)
    jsonschema.validate({}, schema)


@pytest.mark.parametrize(
    "facts",
    [{"haarkleur": "rood"}, {"motivatie": "ja"}, {"leeftijd": 121}, {"taal_trend": "beter"}],
    ids=repr,
)
def test_the_schema_of_a_case_refuses_what_the_kader_refuses(facts: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(facts, leiden().casus_model.model_json_schema())
    refused(leiden(), facts)


def test_the_schema_says_what_is_sensitive_and_in_which_unit() -> None:
    properties = leiden().casus_model.model_json_schema()["properties"]
    tagged = {name for name, field in properties.items() if field.get("x-gevoelig")}
    assert tagged == leiden().sensitive
    assert properties["leeftijd"]["x-eenheid"] == "jaar"


def test_the_model_tells_every_problem_at_its_field() -> None:
    with pytest.raises(ValidationError) as caught:
        leiden().casus_model.model_validate({"verslaving": "geheim", "leeftijd": 900, "haarkleur": "rood"})
    found = {(item["type"], item["loc"]) for item in caught.value.errors(include_url=False)}
    assert found == {
        ("fact-kind", ("verslaving",)),
        ("fact-bounds", ("leeftijd",)),
        ("unknown-fact", ("haarkleur",)),
    }


# privacy and immutability


def test_sensitive_values_are_masked_wherever_they_are_not_asked_for() -> None:
    casus = leiden().casus(verslaving=True, verslaving_trend="verergerd", taal=True)
    assert repr(casus) == (
        f"Casus('leiden-2021', 3 facts known, 1 assumed: verslaving={MASK}, verslaving_trend={MASK}, taal=True,"
        " extern_onderzoek=False)"
    )
    assert casus.to_dict()["verslaving_trend"] == "verergerd"
    model = leiden().casus_model.model_validate({"verslaving_trend": "verergerd", "taal": True})
    assert "verergerd" not in repr(model) + str(model)
    assert "verergerd" not in repr(Gegeven(waarde="verergerd", toelichting="verergerd door drank"))


def test_a_wrong_sensitive_value_is_not_repeated() -> None:
    error = refused(leiden(), {"verslaving": "heroine", "psychisch_trend": {"waarde": "psychose"}})
    assert [problem.given for problem in error.problems] == [MASK, MASK]
    with pytest.raises(ValidationError) as caught:
        leiden().casus_model.model_validate(
            {"verslaving": "heroine", "psychisch_trend": {"waarde": "psychose"}}
        )
    shown = str(error) + str(caught.value) + repr(caught.value.errors()) + caught.value.json()
    assert "heroine" not in shown
    assert "psychose" not in shown


def test_a_case_cannot_be_changed() -> None:
    casus = leiden().casus(motivatie=True, schulden=Gegeven(waarde=True))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        casus.ref = "c-2"  # type: ignore[misc]
    for mapping in (casus.values, casus.missing, casus.herkomst, casus.antwoorden):
        with pytest.raises(TypeError):
            mapping["motivatie"] = False  # type: ignore[index]
    with pytest.raises(ValidationError, match="cannot be changed"):
        casus.herkomst["schulden"].waarde = False


def test_a_case_does_not_follow_the_mapping_that_it_was_made_of() -> None:
    facts: dict[str, Any] = {"motivatie": True, "antwoorden": {"combinatie": ("ja", "Omdat.")}}
    casus = leiden().casus(facts)
    facts["motivatie"] = False
    facts["antwoorden"].clear()
    assert casus.values["motivatie"] is True
    assert list(casus.antwoorden) == ["combinatie"]


def test_other_facts_make_another_case() -> None:
    before = leiden().casus(motivatie=True, leeftijd=31, ref="c-1")
    after = before.with_facts({"motivatie": False, "leeftijd": None}, leiden())
    assert before.values["motivatie"] is True
    assert after == leiden().casus(motivatie=False, ref="c-1")


def test_a_case_of_another_kader_or_version_is_refused() -> None:
    changed = attrs.evolve(leiden(), version="2.0")
    for casus in (with_date().casus(peildatum="2024-03-01"), changed.casus(motivatie=True)):
        with pytest.raises(InputError, match="not a case of this kader"):
            leiden().evaluate(casus)
    not_a_case: Any = {"motivatie": True}
    with pytest.raises(InputError, match="got dict"):
        leiden().evaluate(not_a_case)
    assert isinstance(changed.casus(), Casus)
