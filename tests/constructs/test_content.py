"""What ships: three questionnaires in plain, neutral words, about the constructs of the published tables."""

from __future__ import annotations

import re

import pytest

from igm._content import read_shipped, shipped
from igm.constructs.coverage import coverage
from igm.constructs.item import Item, Role
from igm.constructs.model import DETERMINANTS, Construct
from igm.constructs.schaal import LIKERT5, LIKERT7
from igm.constructs.vragenlijst import Vragenlijst, shipped_vragenlijsten, vragenlijst

# Constructs with figures per role in the tables of Knelange et al. (2025), We zijn allemaal mensen: tussenrapportage
# januari 2025 (ZINZIZ en Bureau Meetellen), WPI Amsterdam and IJmond Werkt!.
PUBLISHED = {
    "client": [
        "houding",
        "eigen_effectiviteit",
        "invloed_houding_eigen_effectiviteit",
        "sociale_druk",
        "kennis",
        "invloed_kennis",
        "belastbaarheid",
        "context",
        "invloed_belastbaarheid_context",
        "zelfregulering",
        "invloed_zelfregulering",
        "intentie",
        "gedrag",
        "invloed_intentie_gedrag",
        "relatie_professional",
    ],
    "professional": [
        "houding",
        "eigen_effectiviteit",
        "sociale_druk",
        "kennis",
        "belastbaarheid",
        "context",
        "zelfregulering",
        "vakmanschap",
        "zelfreflectie",
        "beinvloeden",
        "communicatie_client",
        "congruentie_begeleiding",
        "verbinding_manager",
    ],
}
MANAGER = {*DETERMINANTS, Construct.COMMUNICATIE_PROFESSIONAL, Construct.VERBINDING_PROFESSIONAL}

NAMES = ("client-participatie", "manager-begeleiden", "professional-begeleiden")
LISTS = [vragenlijst(name) for name in NAMES]
ITEMS = [pytest.param(lijst, item, id=f"{lijst.rol}:{item.id}") for lijst in LISTS for item in lijst.items]
every_list = pytest.mark.parametrize("lijst", LISTS, ids=NAMES)
every_item = pytest.mark.parametrize(("lijst", "item"), ITEMS)

BLAMING = re.compile(
    r"niet-?willer|ongemotiveerd|gemotiveerd|onwillig|weerstand|lui\b|lastig|toetser|probleemgeval"
    r"|moeilijke (cliënt|mensen)|unmotivated|unwilling|lazy|resistan|difficult (client|people)",
    re.IGNORECASE,
)
JARGON = re.compile(
    r"participatie|re-integratie|zelfregulering|zelfredzaam|competent|traject|faciliter|reflecter|intrinsiek|IGM"
    r"|participation|self-regulation|facilitat|intrinsic",
    re.IGNORECASE,
)


def test_these_three_ship() -> None:
    assert tuple(shipped("questionnaires")) == NAMES
    assert shipped_vragenlijsten() == tuple(LISTS)


@every_list
def test_it_says_what_it_is(lijst: Vragenlijst) -> None:
    assert lijst.version == ("1.1" if lijst.rol is Role.CLIENT else "1.0")
    assert lijst.status == "niet gevalideerd"
    assert lijst.licentie == "Apache-2.0"
    assert "Blonk 2018" in lijst.bron
    assert "Fishbein & Ajzen 2010" in lijst.bron
    assert set(lijst.titel) == {"nl", "en"}
    assert lijst.toelichting


@pytest.mark.parametrize(
    ("name", "role", "scale"),
    [
        ("client-participatie", Role.CLIENT, LIKERT5),
        ("professional-begeleiden", Role.PROFESSIONAL, LIKERT7),
        ("manager-begeleiden", Role.MANAGER, LIKERT7),
    ],
)
def test_role_and_scale_are_those_of_the_sources_and_every_answer_is_named(
    name: str, role: Role, scale: object
) -> None:
    lijst = vragenlijst(name)
    assert lijst.rol is role
    assert (lijst.schaal.minimum, lijst.schaal.maximum) == (scale.minimum, scale.maximum)  # type: ignore[attr-defined]
    named = {str(answer) for answer in range(lijst.schaal.minimum, lijst.schaal.maximum + 1)}
    assert set(lijst.schaal.anchors) == set(lijst.anchors_en) == named


@pytest.mark.parametrize("role", ["client", "professional"])
def test_constructs_are_those_of_the_published_tables(role: str) -> None:
    (lijst,) = (lijst for lijst in LISTS if lijst.rol == role)
    published = {Construct(name) for name in PUBLISHED[role]}
    assert set(lijst.constructs) == published
    assert {cell.construct for cell in coverage().cells if cell.role == role and cell.published} == published


def test_the_manager_is_asked_the_determinants_and_the_contact_with_professionals() -> None:
    assert set(vragenlijst("manager-begeleiden").constructs) == MANAGER


@every_list
def test_every_construct_has_three_to_five_items(lijst: Vragenlijst) -> None:
    assert set(lijst.n_items.values()) <= {3, 4, 5}


@every_list
def test_every_construct_has_one_reversed_item_and_mostly_plain_ones(lijst: Vragenlijst) -> None:
    for name in lijst.constructs:
        assert sum(item.reversed for item in lijst.items_for(name)) == 1, name


def test_a_client_is_asked_about_the_behaviour_of_the_last_six_months() -> None:
    lijst = vragenlijst("client-participatie")
    for item in lijst.items_for("gedrag"):
        assert "afgelopen 6 maanden" in item.nl
        assert "past 6 months" in item.en
    assert "afgelopen 6 maanden" in (lijst.toelichting or "")


@every_list
def test_ids_are_the_construct_and_a_number(lijst: Vragenlijst) -> None:
    for name in lijst.constructs:
        items = lijst.items_for(name)
        assert [item.id for item in items] == [f"{name}_{number}" for number in range(1, len(items) + 1)]


@every_list
def test_no_sentence_occurs_twice(lijst: Vragenlijst) -> None:
    for lang in ("nl", "en"):
        texts = [item.text(lang).casefold() for item in lijst.items]
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("name", "facets"),
    [
        ("houding", {"instrumental", "experiential"}),
        ("eigen_effectiviteit", {"capacity", "autonomy"}),
        ("sociale_druk", {"injunctive", "descriptive", "obligation"}),
        ("kennis", {"knowledge", "skill"}),
        ("belastbaarheid", {"physical", "psychological", "mental"}),
    ],
)
@every_list
def test_items_cover_the_facets(lijst: Vragenlijst, name: str, facets: set[str]) -> None:
    assert {item.facet for item in lijst.items_for(name)} == facets


@every_list
def test_self_regulation_is_asked_by_phase(lijst: Vragenlijst) -> None:
    phases = {item.facet for item in lijst.items_for("zelfregulering")}
    assert {"goal_setting", "planning", "striving"} < phases
    assert phases <= {"goal_setting", "planning", "striving", "monitoring", "reflection", "setback_coping"}
    assert len(phases) == len(lijst.items_for("zelfregulering"))


@every_list
def test_social_pressure_is_asked_as_a_level(lijst: Vragenlijst) -> None:
    for item in lijst.items_for("sociale_druk"):
        assert item.text("nl").startswith("Ik voel druk") is not item.reversed
        assert not item.reversed or "vrij" in item.text("nl")


@every_item
def test_a_sentence_is_short_and_plain(lijst: Vragenlijst, item: Item) -> None:
    for text in (item.nl, item.en):
        words = text.split()
        assert len(words) <= 16, text
        assert max(len(word) for word in words) <= 17, text
        assert text.endswith(".")
        assert text.count(".") == 1
        assert ";" not in text
    assert item.nl != item.en


@every_item
def test_words_are_neutral_and_known(lijst: Vragenlijst, item: Item) -> None:
    for text in (item.nl, item.en):
        assert not BLAMING.search(text), text
        assert not JARGON.search(text), text


def test_the_client_list_has_the_items_that_examples_use() -> None:
    lijst = vragenlijst("client-participatie")
    assert lijst.item("houding_1").construct is lijst.item("houding_2").construct is Construct.HOUDING
    assert "meedoen" in lijst.gedrag.action


def test_every_facet_of_a_shipped_questionnaire_has_a_label_and_no_label_is_left_over() -> None:
    labels = read_shipped("labels", "facets")["facets"]
    used = {item.facet for lijst in shipped_vragenlijsten() for item in lijst.items if item.facet}
    assert used == set(labels)
    for lang in ("nl", "en"):
        assert len({label[lang] for label in labels.values()}) == len(labels)
    assert "nut" in vragenlijst("client-participatie").table().text()
    assert "instrumental" in vragenlijst("client-participatie").table("en").text()
