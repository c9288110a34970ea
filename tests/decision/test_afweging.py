"""An advice shows its arguments, what it assumes and what it lacks; it masks, it stores, it never decides."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.decision.strategies import small, yes_no

import igm
from igm import Missing
from igm.decision import (
    Afweging,
    AfwegingDocument,
    Afwegingskader,
    Antwoord,
    Fact,
    FactKind,
    Gegeven,
    LeidenUitkomst,
    Pleit,
    Row,
    Uitkomst,
    feit,
)
from igm.decision.conditions import Always
from igm.decision.document import FactDocument
from igm.errors import MASK, InputError

HINDRANCES = ("schulden", "woonsituatie", "verslaving", "taal", "verstandelijk", "lichamelijk", "psychisch")
Keus = Uitkomst.declare("Keus", {"NEE": "nee", "JA": "ja", "VRAAG": "vraag"})


@cache
def leiden() -> Afwegingskader[LeidenUitkomst]:
    return igm.kader("leiden-2021")


def weigh(**facts: Any) -> Afweging[LeidenUitkomst]:
    """Someone who wants to work and whom nothing hinders, but for what is given."""
    known = dict.fromkeys((*HINDRANCES, "terugval", "aanpassing_te_veel", "aanknopingspunt"), False)
    known |= {"motivatie": True, "motivatie_realistisch": True}
    return leiden().evaluate(leiden().casus({**known, "leeftijd": 40, "motivatie_trend": "stabiel", **facts}))


def rules(arguments: tuple[Any, ...]) -> list[str]:
    return [argument.regel for argument in arguments]


def rich() -> Afweging[LeidenUitkomst]:
    """An advice with something in every part."""
    return weigh(
        ref="c-017",
        verslaving=Gegeven(waarde=True, bron="deskundige", datum="2024-10-01", toelichting="sinds de zomer"),  # type: ignore[arg-type]
        verslaving_trend=Missing.GEWEIGERD,
        psychisch=True,
        psychisch_trend="stabiel",
        schulden=True,
        schulden_trend="verbeterd",
        antwoorden={"motivatie": ("nee", "Zij wil eerst rust.")},
    )


# arguments


def test_arguments_for_and_against_the_favourable_outcome() -> None:
    afweging = weigh(taal=True, taal_trend="stabiel")
    assert rules(afweging.voor) == ["leiden.v1.motivatie", "leiden.v3.doorverwijzen", "leiden.v3.realistisch"]
    assert rules(afweging.tegen) == ["leiden.v2.taal"]
    against = afweging.tegen[0]
    assert (against.vraag, against.antwoord, against.pleit) == ("beperkingen", Antwoord.NEE, Pleit.TEGEN)
    assert against.bron.startswith("TNO 2021")
    assert against.afweging == "B4"
    assert {use.name: use.value for use in against.feiten} == {
        "taal": True,
        "taal_trend": "stabiel",
        "terugval": False,
    }
    assert afweging.argumenten == (afweging.voor[0], against, *afweging.voor[1:])


def test_a_met_exception_takes_an_argument_away_and_is_shown() -> None:
    afweging = weigh(schulden=True, schulden_trend="verbeterd")
    assert rules(afweging.tegen) == []
    (refuted,) = afweging.weerlegd
    assert refuted.regel == "leiden.v2.schulden"
    assert refuted.uitgezonderd == ("de schulden: dit verbetert en terugval is niet te verwachten",)
    assert "uitzondering geldt: de schulden: dit verbetert" in afweging.explain()


def test_the_row_that_decides_is_told() -> None:
    afweging = weigh(extern_onderzoek=True)
    assert afweging.advies is LeidenUitkomst.AANHOUDEN
    assert afweging.rij is not None
    assert afweging.rij.regel == "beslis:extern_onderzoek"
    assert [use.name for use in afweging.rij.feiten] == ["extern_onderzoek"]
    assert afweging.rij.omdat in str(afweging)


def test_what_was_not_reported_is_shown_as_assumed() -> None:
    assumed = weigh()
    assert [(a.feit, a.reden) for a in assumed.aannames] == [("extern_onderzoek", "aangenomen: niet gemeld")]
    assert "externe deskundigheid is ingeschakeld: aangenomen: niet gemeld" in str(assumed)
    assert assumed.rij is not None
    reported = weigh(extern_onderzoek=False)
    assert reported.aannames == ()
    assert "aangenomen" not in str(reported)
    assert reported.advies is assumed.advies


def test_what_is_unknown_and_matters_is_told_with_its_share() -> None:
    afweging = weigh(verslaving=True, woonsituatie=True)
    # each turns the advice as long as the other does not improve: two of three
    assert {entry.feit: entry.aandeel for entry in afweging.ontbreekt} == {
        "woonsituatie_trend": pytest.approx(2 / 3),
        "verslaving_trend": pytest.approx(2 / 3),
    }
    assert all(entry.opnieuw_vragen for entry in afweging.ontbreekt)
    assert afweging.ontbreekt_exact
    assert afweging.advies is LeidenUitkomst.MEER_WETEN


def test_what_is_unknown_and_does_not_matter_is_left_out() -> None:
    afweging = weigh(taal=None, schulden=True)
    assert afweging.ontbreekt == ()
    assert afweging.onbekend > 0
    assert afweging.advies is LeidenUitkomst.AANMELDEN


# own answers


@pytest.mark.parametrize(
    ("answer", "advies"),
    [
        ("ja", LeidenUitkomst.AANMELDEN),
        ("nee", LeidenUitkomst.NIET_NU),
        ("twijfel", LeidenUitkomst.DRIEGESPREK),
    ],
)
def test_the_advice_follows_the_own_answer_and_keeps_the_suggestion(
    answer: str, advies: LeidenUitkomst
) -> None:
    afweging = weigh(antwoorden={"combinatie": (answer, "Wij zien het zo.")})
    own = afweging.answer("combinatie")
    assert afweging.advies is advies
    assert (own.suggestie, own.eigen, own.telt) == (Antwoord.JA, Antwoord(answer), Antwoord(answer))
    assert own.argument == "Wij zien het zo."
    assert own.afwijking is (answer != "ja")
    assert afweging.afwijkingen == ((own,) if answer != "ja" else ())


def test_an_own_answer_is_an_argument_beside_the_rules() -> None:
    afweging = weigh(antwoorden={"combinatie": ("nee", "Wij zien het zo.")})
    assert rules(afweging.tegen) == ["antwoord:combinatie"]
    assert "leiden.v3.doorverwijzen" in rules(afweging.voor)
    assert afweging.tegen[0].omdat == "Wij zien het zo."
    shown = afweging.explain()
    assert "vraag combinatie: NEE (eigen antwoord, wijkt af van suggestie JA)" in shown
    assert "argument: Wij zien het zo." in shown


def test_an_own_answer_equal_to_the_suggestion_is_no_deviation() -> None:
    shown = str(weigh(antwoorden={"combinatie": ("ja", "Wij zien het zo.")}))
    assert "vraag combinatie: JA (eigen antwoord, gelijk aan suggestie)" in shown


# policies


@cache
def x_or_not_x() -> Afwegingskader[Uitkomst]:
    return Afwegingskader(
        id="klein",
        version="1",
        titel="Klein",
        bron="voorbeeld",
        uitkomsten=Keus,
        volgorde=(Keus("nee"), Keus("ja")),
        gunstig=Keus("ja"),
        bij_onbekend=Keus("vraag"),
        feiten=[Fact.ja_nee("x", label="x")],
        beslis=[
            Row(id="hoe_dan_ook", als=feit.ja_nee("x") | ~feit.ja_nee("x"), dan="ja", omdat="Hoe dan ook."),
            Row(id="anders", als=Always(), dan="nee", omdat="Anders."),
        ],
    )


def test_policies_that_differ_are_reported() -> None:
    kader = x_or_not_x()
    exact = kader.evaluate(kader.casus())
    cautious = kader.evaluate(kader.casus(), beleid="cautious")
    assert (exact.advies, cautious.advies) == (Keus("ja"), Keus("vraag"))
    for afweging in (exact, cautious):
        assert (afweging.exact, afweging.cautious) == (Keus("ja"), Keus("vraag"))
        assert afweging.policies_differ
        assert "exact geeft ja, cautious geeft vraag" in str(afweging)
    assert exact.rij is None
    assert "elke invulling van wat nog niet bekend is, geeft dit advies" in str(exact)
    assert exact.ontbreekt == ()


@pytest.mark.parametrize("x", [True, False])
def test_policies_agree_once_all_is_known(x: bool) -> None:
    kader = x_or_not_x()
    afweging = kader.evaluate(kader.casus(x=x), beleid="cautious")
    assert afweging.advies is Keus("ja")
    assert not afweging.policies_differ
    assert "beleid" not in str(afweging)


def test_in_a_kader_without_questions_the_row_is_the_argument() -> None:
    kader = x_or_not_x()
    afweging = kader.evaluate(kader.casus(x=True))
    assert rules(afweging.voor) == ["beslis:hoe_dan_ook"]
    assert afweging.antwoorden == ()


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(InputError, match="unknown policy") as caught:
        leiden().evaluate(leiden().casus(), beleid="hoopvol")
    assert caught.value.code == "unknown-name"


# shown


def test_its_repr_is_one_line_with_n() -> None:
    afweging = rich()
    n = len(afweging.feiten) - len(afweging.aannames)
    assert repr(afweging) == (
        f"Afweging('leiden-2021 1.0', advies={afweging.advies.name}, {len(afweging.voor)} voor,"
        f" {len(afweging.tegen)} tegen, n={n} feiten, 1 aangenomen,"
        f" {len(afweging.ontbreekt)} ontbreken)"
    )
    assert n == 16


@pytest.mark.parametrize(
    "show", [str, repr, lambda afweging: afweging._repr_html_()], ids=["str", "repr", "html"]
)
def test_sensitive_facts_are_masked_unless_asked_for(show: Callable[[Afweging[Any]], str]) -> None:
    afweging = weigh(
        verslaving=Gegeven(waarde=True, toelichting="sinds de zomer"), verslaving_trend="verergerd"
    )
    shown = show(afweging)
    for secret in ("sinds de zomer", "verergerd", "alcohol"):
        assert secret not in shown
    assert "sinds de zomer" in afweging.explain()
    assert "verergerd" in afweging.explain()
    assert "sinds de zomer" in json.dumps(afweging.to_dict())


def test_masked_arguments_are_counted_and_named_as_such() -> None:
    afweging = weigh(lichamelijk=True, lichamelijk_trend="stabiel")
    assert len(afweging.tegen) == 1
    assert afweging.tegen[0].gevoelig
    shown = str(afweging)
    assert "tegen (1)" in shown
    assert "1 argument (over gevoelige gegevens; explain() toont ze)" in shown
    assert afweging.tegen[0].omdat not in shown
    assert afweging.tegen[0].omdat in " ".join(afweging.explain().replace("│", " ").split())


def test_the_records_of_sensitive_facts_mask_themselves() -> None:
    use = next(use for use in rich().feiten if use.name == "verslaving")
    assert use.gevoelig
    assert MASK in repr(use)
    assert "sinds de zomer" not in repr(use)
    assert "sinds de zomer" in use.text(masked=False)


def test_a_client_reads_plain_sentences_without_codes() -> None:
    text = weigh(taal=True, taal_trend="stabiel").explain(voor="client")
    lines = text.splitlines()
    assert lines[0] == "Het advies is: aanmelden."
    assert "- De taal vraagt nu extra tijd of steun in een traject." in lines
    assert "leiden." not in text
    assert "TNO" not in text
    assert "Een mens neemt het besluit." in lines[-1]


def test_an_unknown_reader_is_refused_with_a_suggestion() -> None:
    with pytest.raises(InputError, match="Did you mean 'client'"):
        weigh().explain(voor="klient")


def test_every_form_says_that_a_person_decides() -> None:
    afweging = weigh()
    for text in (str(afweging), afweging._repr_html_(), afweging.explain()):
        assert "Dit is een advies; een mens besluit." in text


# stored


def through_json(afweging: Afweging[Any]) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(json.dumps(afweging.to_dict()))
    return stored


@pytest.mark.parametrize(
    "make", [rich, weigh, lambda: weigh(extern_onderzoek=True)], ids=["rich", "plain", "row"]
)
def test_an_advice_survives_json(make: Callable[[], Afweging[Any]]) -> None:
    afweging = make()
    again = Afweging.from_dict(through_json(afweging))
    assert again == afweging
    assert again.to_dict() == afweging.to_dict()
    assert again.explain() == afweging.explain()
    assert str(again) == str(afweging)


@settings(max_examples=20)
@given(
    st.dictionaries(st.sampled_from(HINDRANCES), st.booleans() | st.sampled_from(list(Missing))),
    st.sampled_from(["exact", "cautious"]),
)
def test_any_advice_survives_json_and_fits_its_schema(changes: dict[str, Any], beleid: str) -> None:
    facts = {"motivatie": True, "terugval": False, "aanpassing_te_veel": False, "leeftijd": 40}
    known = dict.fromkeys(HINDRANCES, False) | dict.fromkeys(
        (f"{name}_trend" for name in HINDRANCES), "stabiel"
    )
    afweging = leiden().evaluate(leiden().casus({**facts, **known, **changes}), beleid=beleid)
    stored = through_json(afweging)
    assert Afweging.from_dict(stored) == afweging
    jsonschema.validate(stored, AfwegingDocument.model_json_schema())


def test_the_stored_form_has_a_schema_with_its_version() -> None:
    schema = AfwegingDocument.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    stored = through_json(rich())
    jsonschema.validate(stored, schema)
    assert stored["schema_version"] == 1
    for wrong in ({"schema_version": 2}, {"beleid": "hoopvol"}, {"onbekend": "veel"}, {"extra": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(stored | wrong, schema)


@pytest.mark.parametrize("version", [0, 2, 99, "1", None, True, 1.0], ids=repr)
def test_a_version_that_this_release_cannot_read_is_refused(version: object) -> None:
    with pytest.raises(InputError) as caught:
        Afweging.from_dict(through_json(rich()) | {"schema_version": version})
    assert [(p.code, p.where) for p in caught.value.problems] == [("migration-unknown", "$.schema_version")]


def test_data_without_a_version_are_refused() -> None:
    with pytest.raises(InputError, match="schema version"):
        Afweging.from_dict({})


@pytest.mark.parametrize(
    ("tampered", "fault"),
    [
        ({"advies": "zomaar"}, ("outcome-unknown", "$.advies")),
        ({"exact": "zomaar"}, ("outcome-unknown", "$.exact")),
        ({"cautious": "zomaar"}, ("outcome-unknown", "$.cautious")),
        ({"beleid": "hoopvol"}, ("invalid-value", "$.beleid")),
        ({"onbekend": "veel"}, ("not-a-number", "$.onbekend")),
        ({"onbekend": -3}, ("value-out-of-range", "$.onbekend")),
        ({"onbekend": True}, ("not-a-number", "$.onbekend")),
        ({"ontbreekt_exact": 0}, ("invalid-value", "$.ontbreekt_exact")),
        ({"ref": "111222333"}, ("ref-is-bsn", "$.ref")),
        ({"uitkomsten": {"mro": "aanmelden"}}, ("kader-invalid", "$.uitkomsten.mro")),
        ({"uitkomsten": {"_A_": "aanmelden"}}, ("kader-invalid", "$.uitkomsten._A_")),
        ({"uitkomsten": {"A": "nee", "B": "nee"}}, ("duplicate-name", "$.uitkomsten.B")),
        ({"peildatum": "gisteren"}, ("invalid-value", "$.peildatum")),
        ({"door": "km-12"}, ("unknown-field", "$.door")),
        (
            {"antwoorden": [{"vraag": "a", "tekst": "A?", "suggestie": "zeker"}]},
            ("invalid-value", "$.antwoorden[0].suggestie"),
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_tampered_data_are_refused_at_their_path(tampered: dict[str, Any], fault: tuple[str, str]) -> None:
    with pytest.raises(InputError) as caught:
        Afweging.from_dict(through_json(rich()) | tampered)
    assert [(p.code, p.where) for p in caught.value.problems] == [fault]


def test_a_stored_value_keeps_the_kind_that_it_had() -> None:
    parts: dict[str, Any] = {"name": "a", "label": "a", "shown": ""}
    assert FactDocument(**parts, soort=FactKind.KEUZE, value="2024-03-01").read() == "2024-03-01"
    assert FactDocument(**parts, soort=FactKind.DATUM, value="2024-03-01").read() == date(2024, 3, 1)
    assert FactDocument(**parts, soort=FactKind.KEUZE, value="0").read() == "0"
    assert FactDocument(**parts).read() is None


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"value": "0"}, "soort"),
        ({"soort": "getal", "value": "0"}, "value"),
        ({"soort": "getal", "value": True}, "value"),
        ({"soort": "ja_nee", "value": 1}, "value"),
        ({"soort": "datum", "value": "morgen"}, "value"),
        ({"soort": "keuze"}, "value"),
        ({"soort": "getal", "value": float("nan")}, "value"),
        ({"soort": "keuze", "value": {"a": 1}}, "value"),
    ],
    ids=str,
)
def test_a_stored_value_of_another_kind_is_told_once(wrong: dict[str, Any], where: str) -> None:
    with pytest.raises(ValidationError) as caught:
        FactDocument.model_validate({"name": "a", "label": "a", "shown": "", **wrong})
    assert [item["loc"] for item in caught.value.errors()] == [(where,)]


def test_what_a_professional_wrote_is_shown_when_asked_for() -> None:
    kader, words = leiden(), "Hij drinkt weer, zegt hij."
    casus = kader.casus(motivatie=True, antwoorden={"motivatie": ("nee", words)})
    afweging = kader.evaluate(casus)
    document = AfwegingDocument.model_validate(afweging.to_dict())
    model = kader.casus_model.model_validate(
        {"antwoorden": {"motivatie": {"antwoord": "nee", "argument": words}}}
    )
    for shown in (str(afweging), repr(afweging), afweging._repr_html_(), repr(casus), repr(document)):
        assert words not in shown
    assert words not in repr(model) + str(model) + repr(casus.antwoorden)
    assert afweging.explain().count(words) == 2


def test_what_is_left_out_is_told_at_once() -> None:
    stored = through_json(rich())
    del stored["kader"]
    del stored["feiten"]
    with pytest.raises(InputError) as caught:
        Afweging.from_dict(stored)
    assert {(p.code, p.where) for p in caught.value.problems} == {
        ("missing-field", "$.kader"),
        ("missing-field", "$.feiten"),
    }


# as an object


@pytest.mark.parametrize("again", [lambda a: pickle.loads(pickle.dumps(a)), copy.copy, copy.deepcopy])  # noqa: S301
def test_copies_are_equal(again: Callable[[Any], Any]) -> None:
    for afweging in (rich(), x_or_not_x().evaluate(x_or_not_x().casus())):
        other = again(afweging)
        assert other == afweging
        assert other.advies is afweging.advies
        assert other.explain() == afweging.explain()


def test_the_same_case_gives_an_equal_advice_and_another_case_another() -> None:
    assert rich() == rich()
    assert weigh(taal=True) != weigh(taal=False)
    another: object = "aanmelden"
    assert weigh() != another


@pytest.mark.parametrize("name", ["advies", "ontbreekt", "exact"])
def test_an_advice_cannot_be_changed(name: str) -> None:
    afweging = weigh()
    with pytest.raises(AttributeError):
        setattr(afweging, name, None)


def test_who_established_a_fact_goes_along_to_the_stored_advice() -> None:
    kader = small(yes_no("a"), [(feit.ja_nee("a"), "laag")])
    origin = {"bron": "deskundige", "datum": "2026-03-02", "door": "arts-3", "toelichting": "gezien"}
    advice = kader.evaluate(kader.casus(a={"waarde": True, **origin}))
    (use,) = advice.feiten
    assert (use.door, use.bron) == ("arts-3", "deskundige")
    assert use.text() == "a: ja (deskundige, 2026-03-02, arts-3); gezien"
    stored = json.loads(json.dumps(advice.to_dict()))
    assert stored["feiten"][0]["door"] == "arts-3"
    assert Afweging.from_dict(stored) == advice
    del stored["feiten"][0]["door"]  # stored before it was kept
    assert Afweging.from_dict(stored).feiten[0].door is None
    assert "door" in AfwegingDocument.model_json_schema()["$defs"]["FactDocument"]["properties"]


@pytest.mark.parametrize("source", ["klant", "eigen_inschatting", "instrument", "deskundige", "wetenschap"])
def test_every_source_may_be_named(source: str) -> None:
    kader = small(yes_no("a"), [(feit.ja_nee("a"), "laag")])
    advice = kader.evaluate(kader.casus(a={"waarde": True, "bron": source}))
    assert advice.feiten[0].bron == source.replace("_", " ")


def test_who_established_it_is_a_pseudonym() -> None:
    kader = small(yes_no("a"), [(feit.ja_nee("a"), "laag")])
    with pytest.raises(InputError) as caught:
        kader.casus(a={"waarde": True, "door": "111222333"})
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [
        ("ref-is-bsn", "$.a.door")
    ]
