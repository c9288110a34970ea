"""Scores of a profile, and readings of other sources, become facts by one door."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from tests.decision.strategies import PEILDATUM, Route, small, yes_no

import igm
from igm.constructs import LIKERT5, LIKERT7, Client, Gedrag, Profiel, Waarde, Willen
from igm.constructs.model import Construct
from igm.constructs.waarde import Bron, Missing
from igm.decision import Fact, FactSource, Reading, feit
from igm.decision.sources import profile_readings
from igm.errors import IgmError, InputError, KaderError

SHAPE = "congruentie.profile.professional-client.shape"
VERTROUWEN = Fact.score("vertrouwen", label="vertrouwen", determinant="eigen_effectiviteit")
KENNIS = Fact.score("kennis", label="kennis", determinant="kennis", metric="schaal", schaal=LIKERT5)
VORM = Fact.getal("vorm", label="vorm", eenheid="r", minimum=-1, maximum=1, uit=SHAPE)
KADER = small(
    [VERTROUWEN, KENNIS, VORM, *yes_no("rust")],
    [(feit.getal("vertrouwen") < 50, "laag"), (feit.getal("vorm") < 0, "midden")],
)
PLAIN = small(yes_no("rust"), [(feit.ja_nee("rust"), "laag")])


def gedrag(action: str = "solliciteren") -> Gedrag:
    return Gedrag(
        action=action,
        target="werkgevers",
        context="met begeleiding",
        time="komende 4 weken",
        doel="betaald werk",
    )


def profiel(action: str = "solliciteren", ref: str | None = None, **waarden: Any) -> Profiel:
    return Profiel(ref=ref, gedrag=gedrag(action), waarden=waarden)


def op5(score: float, **more: Any) -> Waarde:
    return Waarde(score=score, schaal=LIKERT5, **more)


class Source:
    def __init__(self, **readings: Any) -> None:
        self.given = readings

    def readings(self) -> Mapping[str, Reading]:
        return {
            name.replace("__", ".").replace("_client", "-client"): Reading(value=value, toelichting="gemeten")
            for name, value in self.given.items()
        }


def shape(value: Any) -> Source:
    return Source(congruentie__profile__professional_client__shape=value)


def problems(*args: Any, **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        KADER.casus(*args, **more)
    return [(problem.code, problem.where) for problem in caught.value.problems]


# declaring


@pytest.mark.parametrize("name", ["eigen_effectiviteit", "self-efficacy", Construct.EIGEN_EFFECTIVITEIT])
def test_a_score_has_the_bounds_of_its_metric(name: Any) -> None:
    fact = Fact.score("v", label="v", determinant=name)
    assert (fact.minimum, fact.maximum, fact.eenheid) == (0, 100, "POMP")
    assert fact.uit == "profiel.eigen_effectiviteit.pomp"
    own = Fact.score("v", label="v", determinant=name, metric="schaal", schaal=LIKERT7)
    assert (own.minimum, own.maximum, own.eenheid) == (1, 7, "op schaal 1–7")
    assert own.uit == "profiel.eigen_effectiviteit.schaal"


def test_a_score_is_as_sensitive_as_its_construct() -> None:
    for key in Construct:
        assert Fact.score("v", label="v", determinant=key).gevoelig is key.info.sensitive
    assert Fact.score("v", label="v", determinant="kennis", gevoelig=True).gevoelig


@pytest.mark.parametrize(
    ("parts", "code", "where"),
    [
        ({"determinant": "eigen_effectivitiet"}, "unknown-construct", "$.feiten.v.determinant"),
        ({"determinant": 3}, "unknown-construct", "$.feiten.v.determinant"),
        ({"determinant": "kennis", "metric": "procent"}, "kader-invalid", "$.feiten.v.metric"),
        ({"determinant": "kennis", "metric": "schaal"}, "kader-invalid", "$.feiten.v.schaal"),
        ({"determinant": "kennis", "schaal": LIKERT5}, "kader-invalid", "$.feiten.v.schaal"),
        ({"determinant": "kennis", "uit": SHAPE}, "kader-invalid", "$.feiten.v.uit"),
    ],
)
def test_a_score_says_what_it_is_a_score_of(parts: dict[str, Any], code: str, where: str) -> None:
    with pytest.raises(KaderError) as caught:
        Fact.score("v", label="v", **parts)
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [(code, where)]


def test_an_unknown_determinant_gets_a_suggestion() -> None:
    with pytest.raises(KaderError, match="Did you mean 'zelfregulering'"):
        Fact.score("v", label="v", determinant="zelfreguleering")


@pytest.mark.parametrize(
    "name",
    [
        "congruentie",
        "congruentie.score",
        "congruentie.professional-client.shape",
        "Profiel.kennis.pomp",
        "profiel.attitude.pomp",
        "profiel.kennis",
        "profiel.kennis.procent",
        "profiel.kennis.pomp",  # on other bounds
        "a..b",
        3,
    ],
)
def test_the_name_of_a_reading_says_what_it_is(name: Any) -> None:
    with pytest.raises(KaderError) as caught:
        Fact.getal("v", label="v", eenheid="x", minimum=0, maximum=1, uit=name)
    assert {problem.code for problem in caught.value.problems} == {"kader-invalid"}


@pytest.mark.parametrize("kind", ["perceived", "profile", "regulatory_fit"])
def test_three_kinds_of_congruence_are_three_names(kind: str) -> None:
    name = f"congruentie.{kind}.professional-client.shape"
    assert Fact.getal("v", label="v", eenheid="r", minimum=-1, maximum=1, uit=name).uit == name
    assert "congruentie" in repr(name)


# filling


def test_a_profile_fills_the_facts_that_take_its_scores() -> None:
    waarden: dict[str, Any] = {
        "eigen_effectiviteit": op5(3.9, n_valid=3, n_items=4),
        "kennis": op5(2.5, bron="klant"),
    }
    casus = KADER.casus(profiel(ref="c-7", **waarden))
    assert dict(casus.values) == {"vertrouwen": 72.5, "kennis": 2.5}
    assert casus.ref == "c-7"
    origin = casus.herkomst["vertrouwen"]
    assert origin.bron is Bron.INSTRUMENT
    assert origin.toelichting == (
        "profiel: eigen_effectiviteit, POMP 0–100, gedrag "
        "solliciteren/werkgevers/met-begeleiding/komende-4-weken; 3 van 4 items"
    )
    assert casus.herkomst["kennis"].bron is Bron.KLANT
    assert KADER.casus(json.loads(json.dumps(casus.to_dict()))) == casus
    assert KADER.casus({"ref": "c-7"}, bronnen=[profiel(**waarden)]) == casus


def test_every_score_is_there_on_both_metrics() -> None:
    found = profile_readings(profiel(sociale_druk=op5(4), kennis=Missing.GEWEIGERD))
    assert len(found) == 2 * len(Construct)
    # the level only: its direction is not in the number
    assert found["profiel.sociale_druk.pomp"].value == 75
    assert found["profiel.sociale_druk.schaal"].value == 4
    assert found["profiel.kennis.pomp"].value is Missing.GEWEIGERD
    assert found["profiel.houding.pomp"].value is Missing.NIET_GEVRAAGD
    assert "75" not in repr(found["profiel.sociale_druk.pomp"])


@pytest.mark.parametrize("kind", list(Missing))
def test_why_a_score_is_missing_comes_with_it(kind: Missing) -> None:
    casus = KADER.casus(profiel(eigen_effectiviteit=kind))
    assert casus.missing.get("vertrouwen", Missing.NIET_GEVRAAGD) is kind
    asked = {entry.feit: entry.opnieuw_vragen for entry in KADER.evaluate(casus).ontbreekt}
    assert asked["vertrouwen"] is kind.ask_again


def test_the_use_of_a_score_tells_where_it_comes_from() -> None:
    advice = KADER.evaluate(KADER.casus(profiel(eigen_effectiviteit=op5(2))))
    assert advice.advies is Route("laag")
    # typed in by hand, so nothing says that an instrument gave it
    assert "vertrouwen: 25.0 POMP; profiel: eigen_effectiviteit, POMP 0–100" in advice.explain()
    scored = KADER.evaluate(
        KADER.casus(profiel(eigen_effectiviteit=Waarde(score=2, schaal=LIKERT5, n_valid=3, n_items=4)))
    )
    assert "vertrouwen: 25.0 POMP (instrument); profiel: eigen_effectiviteit, POMP 0–100" in scored.explain()


def test_a_profile_on_another_scale_is_refused_and_percent_fits_every_scale() -> None:
    seven = profiel(
        kennis=Waarde(score=4, schaal=LIKERT7), eigen_effectiviteit=Waarde(score=4, schaal=LIKERT7)
    )
    with pytest.raises(InputError) as caught:
        KADER.casus(seven)
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("mixed-scales", "$.waarden.kennis")
    assert "metric='pomp'" in str(problem)
    kader = small([VERTROUWEN], [(feit.getal("vertrouwen") < 60, "laag")])
    assert kader.evaluate(kader.casus(seven)).advies is Route("laag")


def test_what_is_given_twice_is_refused() -> None:
    own = profiel(eigen_effectiviteit=op5(3))
    assert problems(own, vertrouwen=3) == [("duplicate-name", "$.vertrouwen")]
    assert problems({"vertrouwen": "weet_niet"}, bronnen=[own]) == [("duplicate-name", "$.vertrouwen")]
    assert (
        problems(bronnen=[own, profiel("netwerken", kennis=op5(3))])
        == [("duplicate-name", "$.bronnen[1]")] * 2
    )
    assert problems({"rust": True}, rust=True, bronnen=[3]) == [
        ("duplicate-name", "$.rust"),
        ("invalid-value", "$.bronnen[0]"),
    ]
    # what the profile does not have may come by hand
    assert KADER.casus(own, kennis=3).values["kennis"] == 3
    assert KADER.casus({"vertrouwen": None}, bronnen=[own]).values["vertrouwen"] == 50


def test_a_client_brings_its_only_profile_and_several_ask_which() -> None:
    client = Client(
        ref="c-1",
        gedrag=gedrag(),
        schaal=LIKERT5,
        willen=Willen(eigen_effectiviteit=3),
        kenmerken={"rust": True},
    )
    assert dict(KADER.casus(client).values) == {"vertrouwen": 50.0, "rust": True}
    other = profiel("netwerken", ref="c-1", eigen_effectiviteit=op5(5))
    two = client.with_profiel(other)
    with pytest.raises(InputError) as caught:
        KADER.casus(two)
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("ambiguous-profile", "$.profielen")
    assert all(key in str(problem) for key in two.profielen)
    assert KADER.casus(two, bronnen=[two.profielen[other.gedrag.key]]).values["vertrouwen"] == 100
    # a client without values, and a kader that takes no scores, ask for nothing
    assert dict(KADER.casus(Client(ref="c-1", kenmerken={"rust": True})).values) == {"rust": True}
    assert PLAIN.casus(two).values["rust"] is True


def test_a_profile_is_of_the_same_person() -> None:
    assert problems({"ref": "c-2"}, bronnen=[profiel(ref="c-1", kennis=op5(1))]) == [
        ("invalid-value", "$.bronnen[0].ref")
    ]


def test_other_sources_come_in_by_the_same_door() -> None:
    assert isinstance(shape(0.5), FactSource)
    casus = KADER.casus(profiel(eigen_effectiviteit=op5(5)), bronnen=[shape(-0.5)])
    assert KADER.evaluate(casus).advies is Route("midden")
    assert casus.herkomst["vorm"].toelichting == "gemeten"
    refused = KADER.casus(bronnen=[shape(Missing.NIET_VAN_TOEPASSING)])
    assert refused.missing["vorm"] is Missing.NIET_VAN_TOEPASSING


def test_what_a_source_gives_is_checked_as_any_value() -> None:
    assert problems(bronnen=[shape(2)]) == [("fact-bounds", "$.bronnen[0]")]
    assert problems(bronnen=[shape("veel")]) == [("fact-kind", "$.bronnen[0]")]
    assert [code for code, _ in problems(bronnen=[shape(float("nan"))])] == ["invalid-value"]
    assert problems(bronnen=[shape(2)], rsut=True) == [
        ("unknown-fact", "$.rsut"),
        ("fact-bounds", "$.bronnen[0]"),
    ]


@pytest.mark.parametrize("source", [3, "profiel", None, Source, {"vorm": 1}])
def test_what_is_no_source_is_refused(source: Any) -> None:
    assert problems(bronnen=[source]) == [("invalid-value", "$.bronnen[0]")]
    assert problems(bronnen=source or 1) == [("invalid-value", "$.bronnen")]


def test_a_source_of_which_nothing_is_taken_is_refused() -> None:
    # the source gives what it gives: the name in the kader is told, and not offered again
    with pytest.raises(InputError, match=f"got {SHAPE}. Did you mean uit='{SHAPE[:-1]}'"):
        KADER.casus(bronnen=[Source(congruentie__profile__professional_client__shap=1)])
    with pytest.raises(InputError, match=f"Leave it out. Known: {SHAPE}|Did you mean '{SHAPE}'"):
        KADER.casus(bronnen=[Source(congruentie__profile__professional_client__size=1)])
    with pytest.raises(InputError, match="take no readings"):
        PLAIN.casus(profiel(kennis=op5(3)))
    with pytest.raises(InputError, match="take no readings"):
        igm.kader("leiden-2021").casus(bronnen=[shape(1)])


def test_a_score_expires_from_the_day_in_the_profile() -> None:
    fact = Fact.score("kennis", label="kennis", determinant="kennis", houdbaar_dagen=90)
    kader = small([fact], [(feit.getal("kennis") < 50, "laag")])
    old = kader.casus(profiel(kennis=op5(4, datum=date(2023, 3, 1))), peildatum=PEILDATUM)
    assert dict(old.verlopen) == {"kennis": date(2023, 3, 1)}
    with pytest.raises(InputError) as caught:
        kader.casus(profiel(kennis=op5(4)), peildatum=PEILDATUM)
    assert caught.value.problems[0].where == "$.waarden.kennis.datum"


def test_names_of_arguments_are_no_names_of_facts() -> None:
    for name in ("bronnen", "datums"):
        with pytest.raises(IgmError):
            Fact.ja_nee(name, label="x")
