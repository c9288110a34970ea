"""What comes back from storage is what went in, and needs what a decision needs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decision.strategies import PEILDATUM, cases, kaders, small, yes_no

import igm
from igm.decision import Afweging, Besluit, Fact, Gegeven, LeidenUitkomst, Uitkomst, check_language, feit
from igm.decision.conditions import Always
from igm.errors import IgmError, InputError, KaderError

MOMENT = datetime(2026, 3, 2, 10, tzinfo=UTC)
X = feit.ja_nee("x")


def stored(result: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(result.to_dict()))
    return data


def decided() -> Besluit[LeidenUitkomst]:
    kader = igm.kader("leiden-2021")
    afweging = kader.evaluate(kader.casus(extern_onderzoek=True))
    words = "De keuringsarts is gevraagd; wij wachten op zijn brief."
    return afweging.besluit(door="km-12", keuze="aanhouden", motivering=words, wanneer=MOMENT)


@settings(max_examples=40)
@given(st.data())
def test_every_advice_and_case_comes_back_as_it_was(data: st.DataObject) -> None:
    kader = data.draw(kaders())
    casus = data.draw(cases(kader))
    afweging = kader.evaluate(casus)
    again = Afweging.from_dict(stored(afweging))
    assert again == afweging
    assert (again.voor, again.tegen) == (afweging.voor, afweging.tegen)
    assert again.to_dict() == afweging.to_dict()
    assert kader.casus(stored(casus)) == casus
    assert str(again) == str(afweging)


@settings(max_examples=40)
@given(st.data())
def test_weighing_twice_gives_the_same(data: st.DataObject) -> None:
    kader = data.draw(kaders())
    casus = data.draw(cases(kader))
    assert kader.evaluate(casus) == kader.evaluate(kader.casus(casus.to_dict()))


@settings(max_examples=40)
@given(st.data())
def test_the_parts_of_an_advice_fit_together(data: st.DataObject) -> None:
    kader = data.draw(kaders())
    casus = data.draw(cases(kader))
    afweging = kader.evaluate(casus)
    assert afweging.policies_differ is (afweging.exact is not afweging.cautious)
    assert not {argument.regel for argument in afweging.argumenten} & {
        entry.regel for entry in afweging.weerlegd
    }
    assert set(afweging.voor) | set(afweging.tegen) <= set(afweging.argumenten)
    assert {entry.feit for entry in afweging.ontbreekt} & set(casus.values) == set()
    assert all(entry.aandeel is None or 0 < entry.aandeel <= 1 for entry in afweging.ontbreekt)
    shares = [entry.aandeel or 0 for entry in afweging.ontbreekt]
    assert shares == sorted(shares, reverse=True)
    if afweging.rij is not None:
        assert afweging.advies is afweging.cautious


@pytest.mark.parametrize(
    "part",
    [{"door": ""}, {"door": "111222333"}, {"motivering": " "}, {"wanneer": "2026-03-02T10:00:00"}],
    ids=str,
)
def test_storage_does_not_create_a_decision_without_what_it_needs(part: dict[str, str]) -> None:
    with pytest.raises(InputError):
        Besluit.from_dict(stored(decided()) | part)


def test_an_outcome_may_be_declared_with_a_capital() -> None:
    route = Uitkomst.declare("Hoofdletter", {"WACHT": "Wacht", "START": "Start"})
    outcomes: dict[str, Any] = {"uitkomsten": route, "volgorde": tuple(route)}
    outcomes |= {"gunstig": route("Start"), "bij_onbekend": route("Wacht")}
    row = attrs.evolve(small(yes_no("x"), []).beslis[0], als=Always(), dan="Start")
    kader = attrs.evolve(small(yes_no("x"), []), beslis=(row,), **outcomes)
    afweging = kader.evaluate(kader.casus())
    besluit = afweging.besluit(
        door="km", keuze=route("Start"), motivering="Zij begint maandag.", wanneer=MOMENT
    )
    assert besluit.keuze is route("Start")


def test_an_option_that_looks_like_a_date_stays_text() -> None:
    wave = Fact.keuze("meting", label="meting", opties=("2024-03-01", "2024-09-01"))
    kader = small([wave], [(feit.keuze("meting").is_("2024-03-01"), "laag")])
    afweging = kader.evaluate(kader.casus(meting="2024-09-01"))
    assert Afweging.from_dict(stored(afweging)) == afweging


def test_a_date_with_its_source_comes_back_as_it_was() -> None:
    kader = small([Fact.datum("d", label="d")], [(feit.datum("d") < PEILDATUM, "laag")])
    casus = kader.casus(d=Gegeven(waarde=date(2000, 1, 1), bron="klant"), peildatum=PEILDATUM)  # type: ignore[arg-type]
    assert kader.casus(stored(casus)) == casus


@pytest.mark.parametrize("answers", [0, False, ""], ids=repr)
def test_own_answers_are_a_mapping(answers: Any) -> None:
    kader = igm.kader("leiden-2021")
    with pytest.raises(InputError):
        kader.casus(antwoorden=answers)


@pytest.mark.parametrize(
    "use",
    [
        lambda: decided().afweging.answer("combinaties"),
        lambda: small(yes_no("x"), []).evaluate(small(yes_no("x"), []).casus(), beleid=[]),  # type: ignore[arg-type]
    ],
)
def test_a_wrong_name_is_told_as_an_error_of_the_library(use: Callable[[], object]) -> None:
    with pytest.raises(IgmError):
        use()


@pytest.mark.parametrize("word", ["hopeloos", "kansloos"])
def test_a_word_that_blames_is_found_in_its_base_form(word: str) -> None:
    assert [note.soort for note in check_language(f"Dit is {word}.")] == ["oordeel"]


@pytest.mark.parametrize(
    "name",
    [
        *("model_config", "model_fields", "model_dump", "model_dump_all"),
        *("copy", "json", "schema", "dict", "validate", "construct", "as_mapping"),
    ],
)
def test_a_fact_cannot_hide_a_part_of_the_case_model(name: str) -> None:
    try:
        kader = small([*yes_no("x"), *yes_no(name)], [(X, "laag")])
    except KaderError:
        return
    given_facts: dict[str, Any] = {name: True}
    assert kader.casus(kader.casus_model(**given_facts)).values[name] is True
