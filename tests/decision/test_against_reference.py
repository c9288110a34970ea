"""The engine advises what the plain reference says, on random kaders and cases of all kinds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decision.strategies import PEILDATUM, Route, cases, kaders, small, yes_no

from igm.decision import (
    Afwegingskader,
    Beleid,
    Casus,
    Condition,
    Fact,
    Question,
    antwoord,
    feit,
    known,
    regel,
)
from igm.decision.reference import reference_answers, reference_missing, reference_outcome
from igm.decision.truth import Uitkomst

A, B, C = (feit.ja_nee(name) for name in "abc")


def engine_missing(kader: Afwegingskader[Any], casus: Casus) -> dict[str, float | None]:
    return {entry.feit: entry.aandeel for entry in kader.evaluate(casus).ontbreekt}


def assert_same_advice(kader: Afwegingskader[Any], casus: Casus) -> None:
    exact = kader.evaluate(casus)
    assert exact.advies is reference_outcome(kader, casus)
    cautious = kader.evaluate(casus, beleid="cautious")
    assert cautious.advies is reference_outcome(kader, casus, beleid="cautious")
    # each result tells both
    assert (exact.exact, exact.cautious) == (cautious.exact, cautious.cautious)
    suggested = {answer.vraag: answer.suggestie for answer in exact.antwoorden}
    assert suggested == reference_answers(kader, casus)


def assert_same_as_reference(data: st.DataObject) -> None:
    kader = data.draw(kaders())
    casus = data.draw(cases(kader, unknown=5))
    assert_same_advice(kader, casus)
    assert engine_missing(kader, casus) == reference_missing(kader, casus)


@settings(max_examples=200)
@given(st.data())
def test_the_engine_agrees_with_the_reference(data: st.DataObject) -> None:
    assert_same_as_reference(data)


@pytest.mark.slow
@settings(max_examples=2000)
@given(st.data())
def test_the_engine_agrees_with_the_reference_on_thousands_of_kaders(data: st.DataObject) -> None:
    assert_same_as_reference(data)


@settings(max_examples=60)
@given(st.data())
def test_what_is_listed_as_missing_matters_and_the_rest_does_not(data: st.DataObject) -> None:
    # straight from evaluate(): telling what is not listed never changes a sure advice
    kader = data.draw(kaders(dates=False, hanging=False, asks_known=False))
    casus = data.draw(cases(kader, own=False))
    afweging = kader.evaluate(casus)
    listed = {entry.feit for entry in afweging.ontbreekt}
    if afweging.advies is not kader.bij_onbekend:
        assert listed == set()
    unlisted = [name for name in kader.feiten if name not in casus.values and name not in listed]
    for name in unlisted:
        for value in _some_values(kader.feiten[name]):
            assert kader.evaluate(casus.with_facts({name: value}, kader)).advies is afweging.advies


def _some_values(fact: Fact) -> list[Any]:
    if fact.opties:
        return list(fact.opties)
    if fact.minimum is None:
        return [True, False]
    return [fact.minimum, fact.maximum]


def test_a_sure_advice_needs_no_more_facts() -> None:
    kader = small(yes_no("a", "b"), [(A & B, "laag"), (A & ~B, "laag")])
    casus = kader.casus(a=True)
    assert kader.evaluate(casus).advies is reference_outcome(kader, casus) is Route("laag")
    assert kader.evaluate(casus, beleid=Beleid.CAUTIOUS).advies is Route("vraag")
    assert reference_missing(kader, casus) == {} == engine_missing(kader, casus)


def test_shares_count_the_completions_in_which_a_fact_turns_the_advice() -> None:
    kader = small(yes_no("a", "b", "c"), [(A & (B | C), "laag")])
    expected = {"a": 0.75, "b": 0.25, "c": 0.25}
    assert reference_missing(kader, kader.casus()) == expected == engine_missing(kader, kader.casus())


def test_what_turns_the_advice_most_often_comes_first() -> None:
    kader = small(yes_no("c", "b", "a"), [(A & (B | C), "laag")])
    assert [entry.feit for entry in kader.evaluate(kader.casus()).ontbreekt] == ["a", "c", "b"]


def test_a_number_has_one_cell_between_all_thresholds_on_it() -> None:
    leeftijd = Fact.getal("n", label="n", eenheid="jaar", minimum=0, maximum=9, geheel=True)
    n = feit.getal("n")
    kader = small([leeftijd, *yes_no("a")], [(A & (n < 3), "laag"), (A & n.is_(5), "midden")])
    # cells of n: 0-2, 3-4, 5, 6-9; every one can turn the advice once a is true, and a in two of the four
    expected = {"a": 0.5, "n": 0.5}
    assert reference_missing(kader, kader.casus()) == expected == engine_missing(kader, kader.casus())


@pytest.mark.parametrize(
    ("born", "advice"),
    [(date(1997, 3, 1), "hoog"), (date(1997, 3, 2), "laag"), (date(1996, 2, 29), "hoog"), (None, "vraag")],
)
def test_ages_are_counted_in_birthdays(born: date | None, advice: str) -> None:
    kader = small([Fact.datum("d", label="d")], [(feit.datum("d").years() < 27, "laag")])
    casus = kader.casus(d=born, peildatum=PEILDATUM)
    assert kader.evaluate(casus).advies.value == advice
    assert reference_outcome(kader, casus).value == advice
    assert engine_missing(kader, casus) == reference_missing(kader, casus) == ({} if born else {"d": 1.0})


@pytest.mark.parametrize(
    "peildatum", [date(2024, 2, 29), date(2023, 2, 28), date(2023, 3, 1), date(2025, 12, 31)]
)
@pytest.mark.parametrize("years", [0, 1, 4, 27])
def test_every_age_is_a_cell_around_leap_days(peildatum: date, years: int) -> None:
    age = feit.datum("d").years()
    kader = small([Fact.datum("d", label="d")], [(age < years, "laag"), (age > years, "midden")])
    casus = kader.casus(peildatum=peildatum)
    assert {kader.evaluate(casus).advies, reference_outcome(kader, casus)} == {Route("vraag")}
    assert engine_missing(kader, casus) == reference_missing(kader, casus) == {"d": 1.0}


def test_asking_whether_a_fact_is_known_makes_learning_it_matter() -> None:
    kader = small(yes_no("a"), [(~known(A), "laag")])
    for casus, advice, missing in [(kader.casus(), "vraag", {"a": 1.0}), (kader.casus(a=False), "hoog", {})]:
        assert kader.evaluate(casus).advies.value == reference_outcome(kader, casus).value == advice
        assert engine_missing(kader, casus) == reference_missing(kader, casus) == missing
    assert kader.evaluate(kader.casus(), beleid="cautious").advies is Route("laag")


def hanging(read: Condition, *more: tuple[Condition, str]) -> Afwegingskader[Uitkomst]:
    trend = {"opties": ("beter", "slechter"), "geldt_als": "a"}
    facts = [*yes_no("a", "b"), *(Fact.keuze(name, label=name, **trend) for name in ("t", "u"))]  # type: ignore[arg-type]
    return small(facts, [(read, "laag"), *more])


T, U = (feit.keuze(name) for name in "tu")


def test_what_hangs_on_an_absent_fact_is_known_not_to_apply() -> None:
    kader = hanging(A & T.is_("beter"), (~A & T.one_of("beter", "slechter"), "wacht"), (~known(T), "midden"))
    facts: list[tuple[Mapping[str, Any], str]] = [
        ({"a": False}, "hoog"),  # the trend does not apply: every comparison is false, and it is known
        ({"a": True, "t": "beter"}, "laag"),
        ({"a": True}, "vraag"),
    ]
    for given_facts, advice in facts:
        casus = kader.casus(given_facts)
        assert kader.evaluate(casus).advies.value == reference_outcome(kader, casus).value == advice


def test_facts_that_hang_together_vary_together() -> None:
    kader = hanging(T.is_("beter"), (A, "midden"))
    # three completions: a absent, and present with either trend
    expected = {"a": 1.0, "t": 2 / 3}
    assert engine_missing(kader, kader.casus()) == reference_missing(kader, kader.casus()) == expected


def test_an_advice_is_not_sure_while_what_it_hangs_on_can_be_absent() -> None:
    kader = hanging(T.one_of("beter", "slechter"))
    assert reference_outcome(kader, kader.casus()) is Route("vraag")
    assert reference_missing(kader, kader.casus()) == {"a": 1.0}
    assert_same_advice(kader, kader.casus())
    assert engine_missing(kader, kader.casus()) == {"a": 1.0}


def test_shares_are_of_all_completions_also_when_a_fact_that_hangs_along_is_closed() -> None:
    kader = hanging(T.is_("beter"), (A, "midden"), (U.is_("beter") & B, "wacht"))
    casus = kader.casus(b=False)
    assert engine_missing(kader, casus) == reference_missing(kader, casus) == {"a": 1.0, "t": 0.8}


def test_shares_count_completions_turned_by_a_value_or_by_learning_it() -> None:
    kader = small(yes_no("a", "b"), [(~known(A) & ~A & B, "laag"), (known(A) & A & ~B, "midden")])
    # unknown as today: a turns the advice where b; all known: where not b
    expected = {"a": 1.0, "b": 1.0}
    assert reference_missing(kader, kader.casus()) == expected
    assert engine_missing(kader, kader.casus()) == expected


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_threshold_may_be_the_first_or_the_last_day_there_is(day: date) -> None:
    # 9999-12-31 is how many systems write "no end"
    kader = small([Fact.datum("d", label="d")], [(feit.datum("d").is_(day), "laag")])
    casus = kader.casus(peildatum=PEILDATUM)
    assert reference_missing(kader, casus) == {"d": 1.0} == engine_missing(kader, casus)


def test_bounds_of_a_date_may_lie_beyond_every_age_that_is_read() -> None:
    start = Fact.datum("d", label="d", minimum=date(2015, 1, 1))
    kader = small([start], [(feit.datum("d").years() >= 20, "laag")])
    casus = kader.casus(peildatum=PEILDATUM)
    assert reference_outcome(kader, casus) is Route("hoog")
    assert_same_advice(kader, casus)


def test_own_answers_take_the_place_of_what_rules_suggest() -> None:
    question = Question(name="v", tekst="Wat?", default="ja")
    rule = regel("r", vraag="v", als=A, pleit_voor="nee", omdat="o", bron="b")
    kader = small(yes_no("a"), [(antwoord("v").is_("nee"), "laag")], [question], [rule])
    casus = kader.casus(antwoorden={"v": ("nee", "Omdat.")})
    assert kader.evaluate(casus).advies is reference_outcome(kader, casus) is Route("laag")
    assert reference_missing(kader, casus) == {} == engine_missing(kader, casus)
    assert reference_missing(kader, kader.casus()) == {"a": 1.0}
