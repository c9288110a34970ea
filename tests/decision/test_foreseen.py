"""What is worked out beforehand is what weighing case by case says."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decision.strategies import Route, cases, kaders, small, yes_no

from igm.decision import Afwegingskader, Casus, Fact, Question, antwoord, at_least, feit, known, regel
from igm.decision import foreseen as foreseen_module
from igm.decision import machine as machine_module
from igm.decision.conditions import Condition
from igm.decision.reference import reference_missing, reference_outcome
from igm.decision.weighing import Relevance, relevance

A, B, C = (feit.ja_nee(name) for name in "abc")
TRENDS: dict[str, Any] = {"opties": ("beter", "slechter"), "geldt_als": "a"}


def weighed(kader: Afwegingskader[Any], casus: Casus) -> Relevance:
    return relevance(kader, casus, kader.machine.decide(casus.true, casus.false, casus.own))


def one_by_one(kader: Afwegingskader[Any], casus: Casus) -> Relevance:
    """The same without anything worked out beforehand."""
    kader.machine._foreseen[casus.own] = None
    try:
        return weighed(kader, casus)
    finally:
        del kader.machine._foreseen[casus.own]


def assert_alike(kader: Afwegingskader[Any], casus: Casus) -> None:
    quick, plain = weighed(kader, casus), one_by_one(kader, casus)
    assert quick == plain
    assert kader.evaluate(casus).advies is plain.outcome(
        kader, kader.machine.decide(casus.true, casus.false, casus.own)
    )


@settings(max_examples=200)
@given(st.data())
def test_what_is_foreseen_is_what_weighing_each_case_says(data: st.DataObject) -> None:
    kader = data.draw(kaders(dates=False, asks_known=False))
    for _ in range(3):
        assert_alike(kader, data.draw(cases(kader, unknown=5)))


@pytest.mark.slow
@settings(max_examples=1500)
@given(st.data())
def test_what_is_foreseen_is_what_weighing_each_case_says_on_many_kaders(data: st.DataObject) -> None:
    kader = data.draw(kaders(dates=False, asks_known=False))
    for _ in range(5):
        assert_alike(kader, data.draw(cases(kader, unknown=5)))


def hanging(*rows: tuple[Condition, str]) -> Afwegingskader[Any]:
    facts = [*yes_no("a", "b"), *(Fact.keuze(name, label=name, **TRENDS) for name in ("t", "u"))]
    return small(facts, rows)


def every_case(kader: Afwegingskader[Any]) -> list[Casus]:
    options = [(None, *(fact.opties or (False, True))) for fact in kader.feiten.values()]
    return [
        kader.casus(dict(zip(kader.feiten, values, strict=True))) for values in itertools.product(*options)
    ]


def test_everything_that_can_be_known_of_facts_that_hang_together_has_its_place() -> None:
    t, u = feit.keuze("t"), feit.keuze("u")
    kader = hanging((t.is_("beter") & ~u.is_("beter"), "laag"), (A & B, "midden"), (u.is_("beter"), "wacht"))
    assert kader.machine.foreseen(()) is not None
    for casus in every_case(kader):  # also a trend that was given although its hindrance is absent
        assert_alike(kader, casus)
        assert kader.evaluate(casus).advies is reference_outcome(kader, casus)
        missing = {entry.feit: entry.aandeel for entry in kader.evaluate(casus).ontbreekt}
        assert missing == reference_missing(kader, casus)


def test_values_that_no_condition_tells_apart_share_a_place() -> None:
    number = Fact.getal("n", label="n", eenheid="x", minimum=0, maximum=9, geheel=True)
    n = feit.getal("n")
    kader = small(
        [number, *yes_no("a", "b")], [(n.is_(5) & A, "laag"), ((n < 2) & at_least(1, A, B), "midden")]
    )
    assert kader.machine.foreseen(()) is not None
    for values in itertools.product([None, *range(10)], [None, False, True], [None, False, True]):
        assert_alike(kader, kader.casus(dict(zip(("n", "a", "b"), values, strict=True))))


def test_own_answers_are_foreseen_apart() -> None:
    rule = regel("r", vraag="v", als=A, pleit_voor="nee", omdat="o", bron="b")
    question = Question(name="v", tekst="Wat?", default="ja")
    kader = small(yes_no("a", "b"), [(antwoord("v").is_("nee") & B, "laag")], [question], [rule])
    for own, facts in itertools.product(
        (None, "ja", "nee", "twijfel"), ({}, {"a": True}, {"b": True}, {"b": False})
    ):
        given_too = {} if own is None else {"antwoorden": {"v": (own, "Omdat.")}}
        assert_alike(kader, kader.casus({**facts, **given_too}))


def test_only_so_many_own_answers_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_module, "MAX_OWN", 1)
    kader = small(
        yes_no("a", "b"), [(antwoord("v").is_("nee") & B, "laag")], [Question(name="v", tekst="Wat?")]
    )
    assert kader.machine.foreseen((0,)) is not None
    assert kader.machine.foreseen((2,)) is None
    assert kader.evaluate(kader.casus(b=False, antwoorden={"v": ("nee", "Omdat.")})).advies is Route("hoog")


@pytest.mark.parametrize(
    "kader",
    [
        small(yes_no("a", "b"), [(~known(A), "laag"), (B, "midden")]),  # whether a fact is known
        small(
            [*yes_no("a"), Fact.datum("d", label="d")],
            [(feit.datum("d").years() < 27, "laag"), (A, "midden")],
        ),
        hanging((feit.keuze("t").is_("beter"), "laag")),  # no condition is on what it hangs on
        small(yes_no("a"), []),  # nothing is read
    ],
)
def test_some_kaders_are_weighed_case_by_case(kader: Afwegingskader[Any]) -> None:
    assert kader.machine.foreseen(()) is None


def test_a_kader_with_too_many_states_is_weighed_case_by_case(monkeypatch: pytest.MonkeyPatch) -> None:
    for most, seen in ((9, True), (8, False)):
        monkeypatch.setattr(foreseen_module, "MAX_STATES", most)
        kader = small(yes_no("a", "b"), [(A & B, "laag")])
        assert (kader.machine.foreseen(()) is not None) is seen
        assert kader.evaluate(kader.casus(a=False)).advies is Route("hoog")
        assert kader.evaluate(kader.casus(a=True)).advies is Route("vraag")
