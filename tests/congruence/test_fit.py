"""Regulatory fit of one situation: the outcome, what is not known, and neutral words."""

from __future__ import annotations

import itertools
import json
from datetime import date, datetime
from typing import Any

import pytest

from igm.congruence import Fit, FitDirection, RegulatoryFit, Sturing, Zelfsturing, regulatory_fit
from igm.congruence.steering import cells, content
from igm.constructs import Missing
from igm.errors import InputError

EVERY = list(itertools.product(Sturing, Zelfsturing))
LANGUAGES = ("nl", "en")


@pytest.mark.parametrize(("sturing", "zelfsturing"), EVERY)
@pytest.mark.parametrize("link", [None, "manager-professional", "professional-client"])
def test_both_links_have_the_outcome_of_the_table(
    sturing: Sturing, zelfsturing: Zelfsturing, link: Any
) -> None:
    found = regulatory_fit(sturing, zelfsturing, link=link)
    cell = cells()[sturing, zelfsturing]
    assert (found.fit, found.direction) == (cell.fit, cell.direction)
    assert found.possible == (cell.fit,)
    assert dict(found.missing) == {}


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("hoog", Zelfsturing.HOOG),
        ("High", Zelfsturing.HOOG),
        (" regievoerder ", Zelfsturing.HOOG),
        ("director", Zelfsturing.HOOG),
        ("co-producent", Zelfsturing.MIDDEN),
        ("Co_Producent", Zelfsturing.MIDDEN),
        ("intermediate", Zelfsturing.MIDDEN),
        ("toetser", Zelfsturing.LAAG),
    ],
)
def test_a_level_is_known_by_all_its_names(name: str, level: Zelfsturing) -> None:
    assert regulatory_fit("shared", name).zelfsturing is level


@pytest.mark.parametrize("why", [*Missing, None])
@pytest.mark.parametrize("known", Sturing)
def test_unknown_in_is_unknown_out_with_the_reason(why: Missing | None, known: Sturing) -> None:
    found = regulatory_fit(known, why)
    assert (found.fit, found.direction, found.zelfsturing) == (None, None, None)
    assert dict(found.missing) == {"zelfsturing": why or Missing.NIET_GEVRAAGD}
    # no single outcome is left, so that nothing can be guessed
    assert set(found.possible) == {cells()[known, one].fit for one in Zelfsturing}
    assert len(found.possible) > 1
    both = regulatory_fit(why, why)
    assert set(both.missing) == {"sturing", "zelfsturing"}
    assert both.possible == tuple(Fit)


def test_no_level_of_either_leaves_a_single_outcome() -> None:
    for zelfsturing in Zelfsturing:
        assert len(regulatory_fit(None, zelfsturing).possible) > 1


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        regulatory_fit("stevig", 3, leefdomein=" ", datum="morgen", link="chain")  # type: ignore[arg-type]
    assert [(one.code, one.where) for one in caught.value.problems] == [
        ("unknown-name", "$.sturing"),
        ("unknown-name", "$.zelfsturing"),
        ("invalid-value", "$.leefdomein"),
        ("invalid-value", "$.datum"),
        ("unknown-name", "$.link"),
    ]


@pytest.mark.parametrize(("sturing", "zelfsturing"), [(Zelfsturing.HOOG, Sturing.LOS), (Fit.CONGRUENT, True)])
def test_levels_of_another_kind_are_refused(sturing: Any, zelfsturing: Any) -> None:
    with pytest.raises(InputError) as caught:
        regulatory_fit(sturing, zelfsturing)
    assert [one.where for one in caught.value.problems] == ["$.sturing", "$.zelfsturing"]


@pytest.mark.parametrize("day", [datetime(2024, 10, 1, 9), 20241001, "2024-13-01"])  # noqa: DTZ001
def test_what_is_no_day_is_refused(day: Any) -> None:
    with pytest.raises(InputError) as caught:
        regulatory_fit("los", "hoog", datum=day)
    assert [one.where for one in caught.value.problems] == ["$.datum"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("sturing", "zelfsturing"), EVERY)
def test_the_text_explains_the_combination_and_says_where_it_comes_from(
    sturing: Sturing, zelfsturing: Zelfsturing, lang: Any
) -> None:
    found = regulatory_fit(sturing, zelfsturing)
    text = found.text(lang)
    told = {"nl": ["Om van te leren, niet om te beoordelen", "Niet geverifieerd in het artikel zelf"]}
    told["en"] = ["For learning, not for appraisal", "Not verified in the paper itself"]
    for words in (*told[lang], content()["source"]):
        assert words in text
        assert words in found.table(lang).text(2000)
    assert (content()["combination"][lang] in text) == (found.fit is Fit.DESTRUCTIEVE_FRICTIE)


def test_a_level_is_told_of_a_situation_a_life_domain_and_a_day() -> None:
    found = regulatory_fit("los", "laag", leefdomein="werk", datum="2024-10-01", link="professional-client")
    assert found.datum == date(2024, 10, 1)
    assert "laag (toetser), in het leefdomein werk, op 2024-10-01" in found.text()
    assert "geen eigenschap van een persoon" in found.text()
    bare = regulatory_fit("los", "laag").text("en")
    assert "The life domain was not named. The date was not named." in bare


def test_rotterdams_names_are_not_used_of_professionals() -> None:
    text = regulatory_fit("los", "laag", link="manager-professional").text()
    assert "toetser" not in text
    assert "van manager naar professional" in text.casefold()


def test_it_is_stored_with_its_source_and_purpose() -> None:
    data = regulatory_fit("sterk", "geweigerd", leefdomein="werk", datum="2024-10-01").to_dict()
    assert json.loads(json.dumps(data)) == data
    assert (data["fit"], data["missing"], data["verified"]) == (None, {"zelfsturing": "geweigerd"}, False)
    assert (data["schema_version"], data["doel"], data["datum"]) == (1, "leren", "2024-10-01")
    assert "Vermunt" in data["source"]


def test_a_result_cannot_be_changed() -> None:
    found = regulatory_fit("sterk", "hoog")
    assert isinstance(found, RegulatoryFit)
    with pytest.raises(AttributeError):
        found.fit = Fit.CONGRUENT  # type: ignore[misc]
    assert found.direction is FitDirection.MEER


def test_a_number_of_a_citizen_is_not_repeated() -> None:
    with pytest.raises(InputError) as caught:
        regulatory_fit("sterk", "hoog", leefdomein="111222333")
    assert caught.value.problems[0].where == "$.leefdomein"
    assert "111222333" not in str(caught.value)


def test_a_life_domain_is_kept_as_it_was_written() -> None:
    domain = "werk en inkomen, " * 20
    assert regulatory_fit("sterk", "hoog", leefdomein=domain).leefdomein == domain.strip()


@pytest.mark.parametrize("link", ["manager-professional", "manager_professional"])
def test_a_link_has_one_name_and_an_underscore_is_read_as_a_hyphen(link: Any) -> None:
    found = regulatory_fit("los", "regievoerder", link=link)
    assert found.link == "manager-professional"
    assert "Rotterdam's names of levels are about clients and are not told here." in found.text("en")
    assert "A life domain belongs to a client and is not told here." in found.text("en")
    assert "not told here" not in regulatory_fit("los", "hoog", link="professional-client").text("en")


def test_a_name_of_the_other_question_gets_the_names_of_this_one() -> None:
    with pytest.raises(InputError) as caught:
        regulatory_fit("hoog", "sterk")
    assert [one.do for one in caught.value.problems] == [
        "Known: los, gedeeld, sterk.",
        "Known: laag, midden, hoog.",
    ]
