"""What is missing in every state of knowledge is what weighing a case says, in the order of the explanation."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decision.strategies import cases, kaders, small, yes_no
from tests.decision.test_foreseen import every_case, hanging, weighed

from igm.decision import Afwegingskader, Casus, at_least, feit
from igm.decision import ranking as ranking_module

A, B, C, D = (feit.ja_nee(name) for name in "abcd")


def assert_ranked(kader: Afwegingskader[Any], casus: Casus) -> None:
    """The row of an open case holds the shares of weighing it, in the order of what is missing."""
    ranking = kader.machine.ranking
    if kader.machine.decide(casus.true, casus.false, casus.own)[0] >= 0 or any(casus.own) or ranking is None:
        return
    found = weighed(kader, casus).shares
    row = ranking.rows[ranking.numbers[ranking.foreseen.place(casus.true, casus.false)]]
    assert dict(row) == found
    assert [name for name, _ in row] == [entry.feit for entry in kader.evaluate(casus).ontbreekt]


def assert_told_alike(kader: Afwegingskader[Any], casus: Casus) -> None:
    """The lines that are kept are those of the tree, which looks at nothing that was kept."""
    for beleid, taal in itertools.product(("exact", "cautious"), ("nl", "en")):
        advice = kader.evaluate(casus, beleid=beleid)
        kept = [kader.evaluate(casus, beleid=beleid).explain(taal=taal) for _ in range(2)]
        assert kept == [_plain(advice, taal)] * 2


def _plain(advice: Any, taal: str) -> str:
    from igm.decision.explain import explain

    return explain(advice, voor="professional", taal=taal)


@settings(max_examples=150)
@given(st.data())
def test_every_row_is_what_weighing_the_case_says(data: st.DataObject) -> None:
    kader = data.draw(kaders(dates=False, asks_known=False))
    for _ in range(3):
        casus = data.draw(cases(kader, unknown=5))
        assert_ranked(kader, casus)
        assert_told_alike(kader, casus)


def test_every_state_of_facts_that_hang_together_has_its_row() -> None:
    t, u = feit.keuze("t"), feit.keuze("u")
    kader = hanging((t.is_("beter") & ~u.is_("beter"), "laag"), (A & B, "midden"), (u.is_("beter"), "wacht"))
    assert kader.machine.ranking is not None
    for casus in every_case(kader):
        assert_ranked(kader, casus)
        assert_told_alike(kader, casus)


def test_what_turns_as_often_stands_in_the_order_of_declaration() -> None:
    kader = small(yes_no("d", "c", "b", "a"), [(at_least(2, A, B, C) & ~D, "laag")])
    ranking = kader.machine.ranking
    assert ranking is not None
    casus = kader.casus()
    row = ranking.rows[ranking.numbers[ranking.foreseen.place(casus.true, casus.false)]]
    assert row == (("d", 0.5), ("c", 0.25), ("b", 0.25), ("a", 0.25))
    for casus in every_case(kader):
        assert_ranked(kader, casus)


def test_states_that_miss_the_same_share_a_row() -> None:
    kader = small(yes_no("a", "b"), [(A & B, "laag")])
    ranking = kader.machine.ranking
    assert ranking is not None
    assert ranking.rows == ((), (("a", 0.5), ("b", 0.5)), (("b", 1.0),), (("a", 1.0),))
    assert len(ranking.numbers) == 9


def test_nothing_is_missing_where_all_is_decided() -> None:
    kader = small(yes_no("a", "b"), [(A, "hoog"), (B, "hoog")])
    ranking = kader.machine.ranking
    assert ranking is not None
    assert ranking.rows == ((),)


@pytest.mark.parametrize(("bound", "most", "there"), [("MAX_SHARES", 18, 17), ("MAX_ROWS", 3, 2)])
def test_a_kader_with_too_much_that_can_be_missing_is_weighed_case_by_case(
    monkeypatch: pytest.MonkeyPatch, bound: str, most: int, there: int
) -> None:
    for number, seen in ((most, True), (there, False)):
        monkeypatch.setattr(ranking_module, bound, number)
        kader = small(yes_no("a", "b"), [(A & B, "laag")])
        assert (kader.machine.ranking is not None) is seen
        for casus in every_case(kader):
            assert_told_alike(kader, casus)
