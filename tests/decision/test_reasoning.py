"""What would change an advice is what brute force finds, and no more."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.decision.strategies import Route, cases, kaders, small, yes_no

import igm
from igm.decision import Afweging, Afwegingskader, Casus, Condition, Fact, at_least, feit, sensitivity_table
from igm.decision.completions import representatives
from igm.decision.reasoning import MAX_CHANGES, MAX_SETS
from igm.decision.reference import reference_outcome
from igm.errors import InputError

A, B, C = (feit.ja_nee(name) for name in "abc")


def other_values(kader: Afwegingskader[Any], casus: Casus, name: str) -> list[Any]:
    """One value per cell that the value now does not lie in."""
    atoms = kader.atoms.get(name, ())
    cells = representatives(kader.feiten[name], atoms, casus.peildatum)
    bits = kader.machine.bits
    now = casus.values.get(name)
    mine = None if now is None else bits.pack_fact(name, now, casus.peildatum)
    return [value for value in cells if bits.pack_fact(name, value, casus.peildatum) != mine]


def outcome(kader: Afwegingskader[Any], casus: Casus, beleid: str, changes: dict[str, Any]) -> Any:
    return reference_outcome(kader, casus.with_facts(changes, kader), beleid=beleid)


def brute_force(
    kader: Afwegingskader[Any], casus: Casus, beleid: str
) -> dict[frozenset[tuple[str, Any]], Any]:
    """Every inclusion-minimal set of changes, with the advice that it gives."""
    names = [
        name
        for name in kader.facts_read
        if name in casus.values and name not in casus.aangenomen and kader.feiten[name].veranderbaar
    ]
    today = outcome(kader, casus, beleid, {})
    found: dict[frozenset[tuple[str, Any]], Any] = {}
    for count in range(1, MAX_CHANGES + 1):
        for chosen in itertools.combinations(names, count):
            for values in itertools.product(*(other_values(kader, casus, name) for name in chosen)):
                changes = dict(zip(chosen, values, strict=True))
                key = frozenset(changes.items())
                if any(smaller < key for smaller in found):
                    continue
                advies = outcome(kader, casus, beleid, changes)
                if advies is not today:
                    found[key] = advies
    return found


@settings(max_examples=80)
@given(st.data(), st.sampled_from(["exact", "cautious"]))
def test_the_sets_are_the_smallest_that_there_are(data: st.DataObject, beleid: str) -> None:
    kader = data.draw(kaders(dates=False))
    casus = data.draw(cases(kader, unknown=3))
    found = kader.evaluate(casus, beleid=beleid).tegenfeitelijk()
    expected = brute_force(kader, casus, beleid)
    assume(len(expected) <= MAX_SETS)
    assert not found.afgekapt
    assert {
        frozenset((change.feit, change.naar) for change in one.changes): one.advies for one in found.sets
    } == expected
    sizes = [len(one.changes) for one in found.sets]
    assert sizes == sorted(sizes)


@settings(max_examples=60)
@given(st.data(), st.sampled_from(["exact", "cautious"]))
def test_a_fact_is_decisive_when_another_value_changes_the_advice(data: st.DataObject, beleid: str) -> None:
    kader = data.draw(kaders(dates=False))
    casus = data.draw(cases(kader, unknown=3))
    today = outcome(kader, casus, beleid, {})
    for one in kader.evaluate(casus, beleid=beleid).gevoeligheid():
        others = [
            outcome(kader, casus, beleid, {one.feit: value}) for value in other_values(kader, casus, one.feit)
        ]
        assert one.doorslaggevend is any(other is not today for other in others)
        assert sorted(one.anders.values()) == sorted(others)


def test_asking_why_not_what_is_advised_says_that_it_is() -> None:
    kader = small(yes_no("a"), [(A, "laag")])
    found = kader.evaluate(kader.casus(a=True)).waarom_niet("laag")
    assert str(found) == "Wat laag zou geven in plaats van laag\n└─ niets: dit is het advies al"
    other = kader.evaluate(kader.casus(a=True)).waarom_niet("hoog")
    assert (other.gevraagd, other.to_dict()["gevraagd"]) == (Route("hoog"), "hoog")
    assert kader.evaluate(kader.casus(a=True)).tegenfeitelijk().gevraagd is None


def test_facts_that_cannot_be_changed_are_left_alone() -> None:
    facts = [*yes_no("a"), Fact.ja_nee("b", label="b", veranderbaar=False)]
    kader = small(facts, [(A | B, "laag")])
    found = kader.evaluate(kader.casus(a=True, b=True)).tegenfeitelijk()
    assert found.sets == ()
    assert "geen, met ten hoogste 3 veranderingen" in str(found)
    assert [one.feit for one in kader.evaluate(kader.casus(a=True, b=False)).gevoeligheid()] == ["a", "b"]


def test_a_long_list_says_that_it_was_cut() -> None:
    names = [f"f{index:02}" for index in range(25)]
    anything: Condition = feit.ja_nee(names[0])
    for name in names[1:]:
        anything = anything | feit.ja_nee(name)
    kader = small(yes_no(*names), [(anything, "laag")])
    found = kader.evaluate(kader.casus(dict.fromkeys(names, False))).tegenfeitelijk()
    assert len(found.sets) == MAX_SETS
    assert found.afgekapt
    assert "er kunnen er meer zijn" in str(found)


def test_another_outcome_may_ask_for_answers_as_well() -> None:
    kader = small(yes_no("a", "b"), [(A & B, "laag")])
    found = kader.evaluate(kader.casus(a=False)).waarom_niet("laag")
    assert [[(change.feit, change.van, change.naar) for change in one.changes] for one in found.sets] == [
        [("a", False, True), ("b", None, True)]
    ]
    assert kader.evaluate(kader.casus(a=True, b=True)).waarom_niet("laag").sets == ()
    with pytest.raises(InputError, match="outcome-unknown"):
        kader.evaluate(kader.casus()).waarom_niet("lag")


def test_what_is_sensitive_is_masked_until_it_is_asked_for() -> None:
    facts = [Fact.ja_nee("a", label="gebruik", gevoelig=True)]
    kader = small(facts, [(A, "laag")])
    afweging = kader.evaluate(kader.casus(a=True))
    found = afweging.tegenfeitelijk()
    for shown in (
        str(found),
        repr(found),
        found._repr_html_(),
        str(sensitivity_table(afweging.gevoeligheid())),
    ):
        assert "nee" not in shown.replace("geen", "")
    assert "gebruik: ja → nee" in found.tree(masked=False).text()
    assert json.loads(json.dumps(found.to_dict()))["sets"][0]["changes"] == [
        {"feit": "a", "van": True, "naar": False}
    ]


def test_a_stored_advice_is_weighed_again_first() -> None:
    kader = igm.kader("leiden-2021")
    stored = Afweging.from_dict(kader.evaluate(kader.casus()).to_dict())
    for ask in (stored.tegenfeitelijk, stored.gevoeligheid, lambda: stored.waarom_niet("aanmelden")):
        with pytest.raises(InputError, match="Weigh the case again"):
            ask()


def test_a_search_over_many_unknowns_stops_and_says_so() -> None:
    names = [f"f{index:02}" for index in range(40)]
    kader = small(yes_no(*names), [(at_least(20, *map(feit.ja_nee, names)), "laag")])
    afweging = kader.evaluate(kader.casus(dict.fromkeys(names[:19], True)))
    for found in (afweging.waarom_niet("laag"), afweging.tegenfeitelijk()):
        assert found.afgekapt
        assert "er kunnen er meer zijn" in str(found)
