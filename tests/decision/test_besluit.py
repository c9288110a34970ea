"""A decision is made by a person, in own words, and keeps the advice that it follows or leaves."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Any

import jsonschema
import pytest

import igm
from igm.decision import Afweging, Afwegingskader, Besluit, BesluitDocument, LeidenUitkomst
from igm.errors import InputError

BSN = "111222333"
MOMENT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
WORDS = "De cliënt volgt sinds maandag een cursus Nederlands en heeft opvang geregeld."


@cache
def leiden() -> Afwegingskader[LeidenUitkomst]:
    return igm.kader("leiden-2021")


@cache
def advice() -> Afweging[LeidenUitkomst]:
    return leiden().evaluate(leiden().casus(extern_onderzoek=True, verslaving=True, ref="c-017"))


def decide(**changes: Any) -> Besluit[LeidenUitkomst]:
    given: dict[str, Any] = {"door": "km-12", "keuze": "aanhouden", "motivering": WORDS, "wanneer": MOMENT}
    return advice().besluit(**{**given, **changes})


def faults(**changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        decide(**changes)
    return [(problem.code, problem.where) for problem in caught.value.problems]


def test_a_decision_keeps_the_advice_the_version_and_the_words() -> None:
    besluit = decide()
    assert besluit.afweging == advice()
    assert besluit.afweging.kader == leiden().reference
    assert (besluit.door, besluit.motivering, besluit.wanneer) == ("km-12", WORDS, MOMENT)
    assert besluit.keuze is LeidenUitkomst.AANHOUDEN
    assert not besluit.afwijking
    assert besluit.signalen == ()


def test_everything_that_lacks_is_told_at_once() -> None:
    assert faults(door=" ", motivering="", keuze="misschien", wanneer=datetime(2026, 3, 2)) == [  # noqa: DTZ001
        ("decision-incomplete", "$.door"),
        ("decision-incomplete", "$.motivering"),
        ("outcome-unknown", "$.keuze"),
        ("invalid-value", "$.wanneer"),
    ]


@pytest.mark.parametrize("door", ["", "  ", None, 12, pytest.param(object(), id="an object")], ids=repr)
def test_a_decision_needs_a_person(door: Any) -> None:
    assert faults(door=door) == [("decision-incomplete", "$.door")]


@pytest.mark.parametrize("motivering", ["", "   ", "...", "12", "—", None, 5], ids=repr)
def test_a_decision_needs_words(motivering: Any) -> None:
    assert faults(motivering=motivering) == [("decision-incomplete", "$.motivering")]


@pytest.mark.parametrize("keuze", ["", "ja", "aan melden", None, True], ids=repr)
def test_a_decision_is_an_outcome_of_the_kader(keuze: Any) -> None:
    assert faults(keuze=keuze) == [("outcome-unknown", "$.keuze")]


def test_a_wrong_choice_gets_a_suggestion() -> None:
    with pytest.raises(InputError, match="Did you mean 'aanmelden'"):
        decide(keuze="aanmelde")


@pytest.mark.parametrize("keuze", ["aanmelden", "AANMELDEN", LeidenUitkomst.AANMELDEN], ids=repr)
def test_another_choice_than_the_advice_is_a_deviation(keuze: Any) -> None:
    besluit = decide(keuze=keuze)
    assert besluit.keuze is LeidenUitkomst.AANMELDEN
    assert besluit.afwijking
    assert besluit.afweging.advies is LeidenUitkomst.AANHOUDEN
    assert str(besluit).startswith("Besluit: aanmelden (wijkt af van het advies aanhouden)")
    assert str(decide()).startswith("Besluit: aanhouden (volgt het advies aanhouden)")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Conform advies.", [("Conform advies", "standaardzin")]),
        ("De klant is ongemotiveerd en blijft thuis.", [("ongemotiveerd", "oordeel")]),
        ("Zie dossier: hij is lui.", [("Zie dossier", "standaardzin"), ("lui", "oordeel")]),
        ("Te ziek", [("Te ziek", "kort")]),
        (WORDS, []),
    ],
)
def test_words_that_say_nothing_or_blame_are_flagged_and_not_refused(
    words: str, found: list[tuple[str, str]]
) -> None:
    besluit = decide(motivering=words)
    assert [(note.woord, note.soort) for note in besluit.signalen] == found
    assert ("let op" in besluit.tree(masked=False).text()) is bool(found)
    assert f"{len(found)} signalen" in repr(besluit)


# the moment


@pytest.mark.parametrize(
    "wanneer",
    [datetime(2026, 3, 2, 10), date(2026, 3, 2), "2026-03-02T10:00:00Z", 1772445600],  # noqa: DTZ001
    ids=repr,
)
def test_a_moment_has_a_time_zone(wanneer: Any) -> None:
    assert faults(wanneer=wanneer) == [("invalid-value", "$.wanneer")]


def test_without_a_moment_it_is_now() -> None:
    before = datetime.now(UTC)
    besluit = decide(wanneer=None)
    assert besluit.wanneer.tzinfo is UTC
    assert before <= besluit.wanneer <= datetime.now(UTC)


# privacy


@pytest.mark.parametrize("door", [BSN, "111 222 333", "1112.22.333"])
def test_a_person_is_never_a_citizen_number_and_it_is_not_repeated(door: str) -> None:
    with pytest.raises(InputError) as caught:
        decide(door=door)
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [("ref-is-bsn", "$.door")]
    assert door not in str(caught.value)


def test_sensitive_facts_stay_masked_in_a_decision() -> None:
    use = next(use for use in advice().feiten if use.name == "verslaving")
    assert use.text(masked=False).endswith("ja")
    for shown in (str(decide()), repr(decide()), decide()._repr_html_()):
        assert use.text(masked=False) not in shown


def test_own_words_are_not_in_what_is_shown_unasked() -> None:
    for words in ("Drinkt weer", "De klant is onwillig en drinkt weer."):
        besluit = decide(motivering=words)
        for shown in (str(besluit), repr(besluit), besluit._repr_html_()):
            assert "rinkt weer" not in shown
            assert "onwillig" not in shown
        assert words in besluit.explain()
    assert "let op (kort): noem de feiten" in str(decide(motivering="Drinkt weer"))


# stored


@pytest.mark.parametrize(
    "zone", [UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=-3, minutes=-30))]
)
def test_a_decision_survives_json(zone: timezone) -> None:
    besluit = decide(wanneer=datetime(2026, 3, 2, 10, 30, tzinfo=zone), motivering="Akkoord met de cliënt.")
    stored = json.loads(json.dumps(besluit.to_dict()))
    again = Besluit.from_dict(stored)
    assert again == besluit
    assert again.to_dict() == besluit.to_dict()
    assert again.signalen == besluit.signalen != ()
    assert again.wanneer.utcoffset() == besluit.wanneer.utcoffset()
    jsonschema.validate(stored, BesluitDocument.model_json_schema())


def test_a_deviation_survives_json() -> None:
    stored = json.loads(json.dumps(decide(keuze="niet_nu").to_dict()))
    again = Besluit.from_dict(stored)
    assert again.afwijking
    assert (again.keuze.value, again.afweging.advies.value) == ("niet_nu", "aanhouden")
    assert not Besluit.from_dict(json.loads(json.dumps(decide().to_dict()))).afwijking


@pytest.mark.parametrize(
    ("tampered", "fault"),
    [
        ({"schema_version": 2}, ("migration-unknown", "$.schema_version")),
        ({"keuze": "misschien"}, ("outcome-unknown", "$.keuze")),
        ({"wanneer": "gisteren"}, ("invalid-value", "$.wanneer")),
        ({"motivering": 5}, ("invalid-value", "$.motivering")),
        ({"geheim": 1}, ("unknown-field", "$.geheim")),
        ({"schema_version": True}, ("migration-unknown", "$.schema_version")),
        ({"door": BSN}, ("ref-is-bsn", "$.door")),
        ({"door": " "}, ("decision-incomplete", "$.door")),
        ({"motivering": "..."}, ("decision-incomplete", "$.motivering")),
        ({"wanneer": "2026-03-02T10:00:00"}, ("invalid-value", "$.wanneer")),
        ({"wanneer": 1772445600}, ("invalid-value", "$.wanneer")),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_tampered_data_are_refused_at_their_path(tampered: dict[str, Any], fault: tuple[str, str]) -> None:
    with pytest.raises(InputError) as caught:
        Besluit.from_dict(decide().to_dict() | tampered)
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [fault]
    assert BSN not in str(caught.value)


def test_a_stored_decision_masks_what_is_sensitive() -> None:
    document = BesluitDocument.model_validate(decide().to_dict())
    assert WORDS not in repr(document) + str(document)
    assert document.motivering == WORDS


# as an object


@pytest.mark.parametrize("name", ["keuze", "motivering", "door", "afweging"])
def test_a_decision_cannot_be_changed(name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(decide(), name, None)


def test_copies_are_equal() -> None:
    besluit = decide(keuze="aanmelden")
    for again in (pickle.loads(pickle.dumps(besluit)), copy.deepcopy(besluit)):  # noqa: S301
        assert again == besluit
        assert again.keuze is LeidenUitkomst.AANMELDEN
        assert again.afwijking


def test_its_repr_is_one_line() -> None:
    assert repr(decide()) == "Besluit(aanhouden door 'km-12' op 2026-03-02, advies aanhouden, 0 signalen)"
