"""What a chain says reaches a rule as facts, by name, and an argument names where it comes from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.congruence.people import client, manager, professional, profiel
from tests.decision.strategies import small

from igm.congruence import Chain, Sturing, chain
from igm.constructs import LIKERT7, Bron, Construct, Missing, Waarde
from igm.decision import Fact, FactSource, Reading, feit
from igm.errors import InputError

PROFILE = "congruentie.profile.professional-client"


def keten(**more: Any) -> Chain:
    return chain(manager=manager(), professional=professional(), client=client(), metric="pomp", **more)


def test_a_chain_is_a_source_of_facts() -> None:
    found = keten()
    assert isinstance(found, FactSource)
    assert all(isinstance(one, Reading) for one in found.readings().values())


def test_every_name_says_which_of_the_three_notions_it_is() -> None:
    kinds = {name.split(".")[1] for name in keten().readings()}
    assert kinds == {"perceived", "profile", "regulatory_fit"}
    for name in keten().readings():
        assert Fact.ja_nee("feit", label="feit", uit=name).uit == name


@pytest.mark.parametrize("link", ["manager-professional", "professional-client"])
def test_readings_are_the_figures_of_the_links(link: str) -> None:
    found = keten(margin=20)
    read = found.readings()
    own = next(one for one in found.links if one.name == link)
    for name, value in own.figures.items():
        assert read[f"congruentie.profile.{link}.{name}"].value == value
    for key, value in own.differences.items():
        reading = read[f"congruentie.profile.{link}.difference.{key.value}"]
        assert (reading.value, reading.minimum, reading.maximum) == (value, -100, 100)
    assert read[f"congruentie.profile.{link}.k"].value == own.k
    assert read[f"congruentie.profile.{link}.broken"].value is own.is_broken
    shape = read[f"congruentie.profile.{link}.shape"]
    assert (shape.minimum, shape.maximum) == (-1, 1)


def test_what_is_not_there_is_missing_with_its_reason() -> None:
    read = chain(professional=professional(), client=client(), metric="pomp").readings()
    absent = read["congruentie.profile.manager-professional.shape"]
    assert absent.value is Missing.NIET_GEVRAAGD
    assert "ontbreekt" in absent.toelichting
    assert read[f"{PROFILE}.broken"].value is Missing.NIET_GEVRAAGD
    assert read["congruentie.perceived.professional.pomp"].value is Missing.NIET_GEVRAAGD
    assert read["congruentie.regulatory_fit.professional-client.fit"].value is Missing.NIET_GEVRAAGD


def test_a_flat_profile_has_no_shape_to_ask_for() -> None:
    names = ("houding", "eigen_effectiviteit", "kennis", "context", "zelfregulering")
    level: dict[str, Any] = dict.fromkeys(names, 4)
    read = chain(professional=profiel(**level), client=profiel(**level)).readings()
    shape = read[f"{PROFILE}.shape"]
    assert shape.value is Missing.NIET_VAN_TOEPASSING
    assert shape.toelichting.endswith("beide profielen zijn vlak")


def test_a_refusal_is_not_asked_for_again() -> None:
    base = profiel(houding=4, kennis=5)
    refused = base.model_copy(update={"waarden": {**base.waarden, Construct.CONTEXT: Missing.GEWEIGERD}})
    read = chain(professional=profiel(houding=3, kennis=4), client=refused).readings()
    assert read[f"{PROFILE}.difference.context"].value is Missing.GEWEIGERD
    read = keten(
        sturing={"professional-client": None}, zelfsturing={"professional-client": "geweigerd"}
    ).readings()
    assert read["congruentie.regulatory_fit.professional-client.fit"].value is Missing.GEWEIGERD
    assert read["congruentie.regulatory_fit.professional-client.sturing"].value is Missing.NIET_GEVRAAGD


def test_a_figure_is_as_old_as_its_oldest_value_and_of_no_day_when_one_is_not_known() -> None:
    def dated(first: date, second: date | None) -> Any:
        base = profiel()
        waarden = {
            Construct.HOUDING: Waarde(score=4, schaal=LIKERT7, datum=first),
            Construct.KENNIS: Waarde(score=5, schaal=LIKERT7, datum=second),
        }
        return base.model_copy(update={"waarden": waarden})

    old, new = date(2025, 11, 3), date(2026, 2, 10)
    read = chain(manager=dated(new, new), professional=dated(old, new), client=dated(new, None)).readings()
    assert read["congruentie.profile.manager-professional.elevation"].datum == old
    assert read[f"{PROFILE}.elevation"].datum is None


def test_the_answer_of_the_professional_keeps_who_said_it_and_when() -> None:
    value = Waarde(score=4, bron=Bron.EIGEN_INSCHATTING, datum=date(2026, 2, 10), n_valid=3, n_items=3)
    own = chain(professional=professional(congruentie_begeleiding=value)).readings()
    pomp, schaal = (own[f"congruentie.perceived.professional.{one}"] for one in ("pomp", "schaal"))
    assert (pomp.value, pomp.minimum, pomp.maximum) == (50, 0, 100)
    assert (schaal.value, schaal.minimum, schaal.maximum) == (4, 1, 7)
    assert (pomp.bron, pomp.datum, pomp.door) == (Bron.EIGEN_INSCHATTING, date(2026, 2, 10), "km-12")
    assert "3 van 3 items" in pomp.toelichting


VORM = Fact.getal(
    "vorm", label="gelijkenis in vorm", eenheid="r", minimum=-1, maximum=1, uit=f"{PROFILE}.shape"
)
KENNIS = Fact.getal(
    "kennis",
    label="verschil in kennis",
    eenheid="POMP",
    minimum=-100,
    maximum=100,
    uit=f"{PROFILE}.difference.kennis",
)
BREUK = Fact.ja_nee("breuk", label="er is een breuk", uit=f"{PROFILE}.broken")
STURING = Fact.keuze(
    "sturing",
    label="sturing",
    opties=[one.value for one in Sturing],
    uit="congruentie.regulatory_fit.professional-client.sturing",
)
ERVAREN = Fact.getal(
    "ervaren",
    label="ervaren congruentie",
    eenheid="POMP",
    minimum=0,
    maximum=100,
    uit="congruentie.perceived.professional.pomp",
)
KADER = small(
    [VORM, KENNIS, BREUK, STURING, ERVAREN],
    [(feit.getal("kennis") > 50, "laag"), (feit.getal("vorm") < 0, "midden")],
)


def test_a_kader_weighs_what_a_chain_says_and_its_argument_names_the_reading() -> None:
    asked = professional(congruentie_begeleiding=4)
    found = chain(
        manager=manager(),
        professional=asked,
        client=client(),
        metric="pomp",
        margin=20,
        sturing={"professional-client": "los"},
    )
    casus = KADER.casus(bronnen=[found])
    assert casus.values["kennis"] == pytest.approx(100 * 4 / 6)
    assert casus.values["vorm"] == found.links[1].shape
    assert (casus.values["breuk"], casus.values["sturing"], casus.values["ervaren"]) == (True, "los", 50)
    afweging = KADER.evaluate(casus)
    use = next(one for one in afweging.feiten if one.name == "kennis")
    assert use.toelichting == (
        "congruentie: verschil in kennis en vaardigheden, professional min cliënt, POMP 0–100, 6 constructen"
    )
    assert use.toelichting in " ".join(afweging.explain(voor="professional").replace("│", " ").split())


def test_what_a_chain_does_not_know_stays_unknown_in_the_case() -> None:
    casus = KADER.casus(bronnen=[chain(professional=professional(), client=client(), metric="pomp")])
    assert "breuk" not in casus.values
    assert "ervaren" not in casus.values
    assert "kennis" in casus.values


def test_another_metric_than_the_fact_declares_is_refused() -> None:
    on_scale = chain(professional=profiel(houding=6, kennis=5), client=profiel(houding=4, kennis=4))
    with pytest.raises(InputError, match="mixed-scales"):
        KADER.casus(bronnen=[on_scale])


def test_a_chain_of_another_client_is_no_source_of_a_case() -> None:
    found = chain(professional=professional(), client=client(), metric="pomp")
    assert found.ref == client().ref
    assert KADER.casus({"ref": found.ref}, bronnen=[found]).ref == found.ref
    with pytest.raises(InputError) as caught:
        KADER.casus({"ref": "c-9"}, bronnen=[found])
    assert [(one.code, one.where) for one in caught.value.problems] == [("invalid-value", "$.bronnen[0].ref")]


@pytest.mark.parametrize(
    ("asked", "real"),
    [
        (f"{PROFILE}.difference.kenis", f"{PROFILE}.difference.kennis"),
        ("congruentie.profile.professional_client.shape", f"{PROFILE}.shape"),
    ],
)
def test_a_fact_that_takes_a_misspelt_reading_is_told_the_real_one(asked: str, real: str) -> None:
    wrong = Fact.getal("x", label="x", eenheid="x", minimum=-100, maximum=100, uit=asked)
    found = chain(professional=professional(), client=client(), metric="pomp")
    for facts in ([wrong], [KENNIS, wrong]):
        kader = small(facts, [(feit.getal("x") > 50, "laag")])
        with pytest.raises(InputError) as caught:
            kader.casus(bronnen=[found])
        (problem,) = caught.value.problems
        assert (problem.code, problem.where) == ("unknown-name", "$.bronnen[0]")
        assert asked in str(problem)
        assert f"Did you mean uit={real!r}?" in str(problem)


@pytest.mark.parametrize("name", [f"{PROFILE}.difference.zelfregulering", f"{PROFILE}.d2_elevation"])
def test_a_reading_that_was_not_compared_is_no_slip(name: str) -> None:
    fact = Fact.getal("x", label="x", eenheid="x", minimum=-100, maximum=100, uit=name)
    kader = small([KENNIS, fact], [(feit.getal("kennis") > 50, "laag")])
    casus = kader.casus(bronnen=[chain(professional=professional(), metric="pomp")])
    assert "x" not in casus.values
