"""A table in English has English words; only what people wrote themselves stays as it is."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import attrs
import pytest

import igm
from igm._display import Language, Table
from igm.congruence import (
    Fit,
    FitDirection,
    Sturing,
    Zelfsturing,
    fit_table,
    preconditions,
    regulatory_fit,
    regulatory_fits,
    two_voices,
)
from igm.constructs import (
    LIKERT5,
    CompositeState,
    DrukBron,
    EdgeKind,
    Item,
    Polarity,
    Role,
    Vragenlijst,
    construct_table,
    shipped_vragenlijsten,
)
from igm.constructs._table import WORDS

LABELLED: tuple[Any, ...] = (
    igm.Construct,
    igm.Dimension,
    Polarity,
    EdgeKind,
    Role,
    CompositeState,
    igm.Missing,
    igm.Bron,
    igm.Richting,
    DrukBron,
    igm.Scope,
    igm.Trend,
    Fit,
    FitDirection,
    Sturing,
    Zelfsturing,
)
ROWS = {
    "profiel",
    "toestemming",
    "toestemmingen",
    "kenmerk",
    "kenmerken",
    "veld",
    "waarde",
    "ja",
    "nee",
    "doel:",
}
HEADERS = {
    "zin",
    "gekeerd",
    "gedrag",
    "schaal",
    "soort",
    "naar",
    "hoger",
    "betekenis",
    "bron",
    "knelpunten",
    "personen",
}


def labels(lang: Language) -> set[str]:
    return {member.label(lang).casefold() for kind in LABELLED for member in kind} | {
        word.casefold() for word in WORDS[lang].values()
    }


DUTCH = sorted((labels("nl") | ROWS | HEADERS) - labels("en"))
BEHAVIOUR = igm.Gedrag(
    action="apply", target="employers", context="with help", time="this month", doel="paid work"
)


def client() -> igm.Client:
    known = {
        "bron": "eigen_inschatting",
        "datum": date(2024, 10, 1),
        "zekerheid": 0.8,
        "n_valid": 3,
        "n_items": 4,
    }
    return igm.Client.model_validate(
        {
            "ref": "c-017",
            "gedrag": BEHAVIOUR,
            "schaal": LIKERT5,
            "willen": {
                "houding": {"score": 4, "facetten": {"experiential": 4}, **known},
                "eigen_effectiviteit": "weet_niet",
                "sociale_druk": {"score": 3, "richting": "tegen", "van": list(DrukBron), "belang": 0.5},
            },
            "kunnen": {
                "kennis": "geweigerd",
                "belastbaarheid": 2,
                "context": 3,
                "zelfregulering": "verloren",
            },
            "intentie": "niet_van_toepassing",
            "kenmerken": {"debts": {"aanwezig": True, "trend": "verergerd", "bron": "klant"}, "flat": False},
            "toestemmingen": [{"scope": "onderzoek", "datum": "2024-10-01"}],
        }
    )


def own_list() -> Vragenlijst:
    items = [
        Item(
            id=f"q{number}",
            construct=name,
            nl="Een zin.",
            en="A sentence.",
            reversed=number == 1,
            facet="planning",
        )
        for number, name in enumerate(igm.Construct)
    ]
    return Vragenlijst(
        id="own", version="1", titel={"nl": "Eigen lijst", "en": "Own list"}, rol=Role.CLIENT, gedrag=BEHAVIOUR,
        schaal=LIKERT5, status="draft", licentie="own", bron="own", toelichting="Antwoord zelf.",
        toelichting_en="Answer for yourself.", items=tuple(items),
    )  # fmt: skip


def tables() -> dict[str, Table]:
    lijst = own_list()
    composite = {item.id: 4 for item in lijst.items}
    person, scored = client(), igm.score(composite, lijst)
    many = igm.score([composite, {}], lijst)
    found = {
        "client": person.table("en"),
        "profile": person.profiel.table("en"),
        "bottlenecks": person.profiel.knelpunten().table("en"),
        "scored": scored.table("en"),
        "scored in part": igm.score({"q0": 4}, lijst).table("en"),
        "scores": attrs.evolve(many.table("en"), title=""),
        "summary": attrs.evolve(many.summary("en"), title=""),
        "questionnaire": lijst.table("en"),
        "coverage": igm.coverage().table("en"),
        "preconditions": preconditions(
            [person.profiel], at_least={"houding": 50}, metric="pomp", source="own", doel="intern"
        ).table("en"),
        "two voices": two_voices(scored, scored, margin=1).table("en"),
        "cited fit": attrs.evolve(fit_table("en"), notes=()),  # the names of a report are Dutch
        "fit": regulatory_fit("loose", "director", leefdomein="work", datum="2024-10-01").table("en"),
        "unknown fit": regulatory_fit("loose", None, link="manager-professional").table("en"),
        "fits": regulatory_fits(["loose"] * 30, ["low", "high", None] * 10).table("en"),
        "constructs": Table(
            ["meaning"], [[" ".join(map(str, row[:4]))] for row in construct_table("en").rows]
        ),
    }
    for variant in ("blonk2018", "fa2010", "leiden2021"):
        table = igm.model(variant).table("en")
        found[variant] = Table(table.columns, table.rows)  # title and notes are those of the publication
    return found


@pytest.mark.parametrize("name", tables())
def test_a_table_in_english_has_no_dutch_words(name: str) -> None:
    text = " ".join(tables()[name].text(1000).casefold().split())
    assert [word for word in DUTCH if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)] == []


def test_the_words_that_are_sought_are_found_in_dutch_tables() -> None:
    text = " ".join(f"{client().table().text(1000)} {igm.coverage().table().text(1000)}".casefold().split())
    assert {"willen", "kunnen", "invloed", "toestemming", "kenmerk", "onderzoek", "doel:"} <= {
        word for word in DUTCH if word in text
    }


@pytest.mark.parametrize("kind", LABELLED, ids=lambda kind: kind.__name__)
def test_every_label_is_words_in_both_languages_and_no_other(kind: Any) -> None:
    for member in kind:
        assert "_" not in member.label("nl") + member.label("en")
        with pytest.raises(igm.errors.InputError):
            member.label("de")


@pytest.mark.parametrize("lijst", shipped_vragenlijsten(), ids=lambda lijst: lijst.id)
def test_a_questionnaire_shows_what_to_tell_who_answers(lijst: Vragenlijst) -> None:
    assert lijst.toelichting_en
    assert lijst.toelichting in lijst.table().notes
    assert lijst.toelichting_en in lijst.table("en").notes
    assert lijst.toelichting not in lijst.table("en").notes


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_construct_is_shown_with_its_meaning_and_source(lang: Language) -> None:
    rows = construct_table(lang).rows
    assert [row[0] for row in rows] == [name.label(lang) for name in igm.Construct]
    assert [row[3:] for row in rows] == [
        (name.info.definition[lang], name.info.source) for name in igm.Construct
    ]
