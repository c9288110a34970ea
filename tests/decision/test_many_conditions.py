"""Very many conditions, and many callers at once: the same advice, and no work that grows beyond what is asked."""

from __future__ import annotations

import functools
import itertools
import operator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decision.strategies import PEILDATUM, Route, facts, kaders, small, values_of, yes_no
from tests.decision.strategies import atoms as conditions
from tests.steps import steps

import igm
from igm.decision import Fact, FactKind, at_least, feit
from igm.decision import tables as tables_module
from igm.decision.atoms import holds
from igm.decision.completions import representatives
from igm.decision.conditions import Atom, Condition, Known
from igm.decision.reference import reference_missing, reference_outcome

N = 10_000
NUMBER = Fact.getal("n", label="n", eenheid="x", minimum=0, maximum=10**6)


def test_ten_thousand_conditions_side_by_side() -> None:
    names = [f"f{index}" for index in range(N)]
    any_of = functools.reduce(operator.or_, map(feit.ja_nee, names))
    three = at_least(3, *map(feit.ja_nee, names))
    kader = small(yes_no(*names), [(any_of & ~three, "laag"), (three, "midden")])
    assert kader.evaluate(kader.casus(dict.fromkeys(names, False))).advies is Route("hoog")
    assert kader.evaluate(kader.casus(f1=True)).advies is Route("vraag")
    assert kader.evaluate(kader.casus(f1=True, f2=True, f3=True)).advies is Route("midden")
    none = kader.evaluate(kader.casus())
    assert (len(none.ontbreekt), none.ontbreekt_exact) == (N, False)
    columns = {name: np.array([index == 7, False]) for index, name in enumerate(names)}
    assert kader.evaluate_many(columns).advies.tolist() == ["laag", "hoog"]


def test_many_thresholds_on_one_number() -> None:
    def kader(stretches: int) -> Any:
        parts: list[Condition] = [feit.getal("n").between(10 * at, 10 * at + 3) for at in range(stretches)]
        return small([NUMBER], [(functools.reduce(operator.or_, parts), "laag")])

    def weigh(stretches: int) -> None:
        made = kader(stretches)
        assert made.evaluate(made.casus(n=10 * stretches - 7)).advies is Route("laag")
        assert made.evaluate(made.casus(n=10 * stretches - 6)).advies is Route("hoog")
        assert [entry.feit for entry in made.evaluate(made.casus()).ontbreekt] == ["n"]

    # ten times as many thresholds tell ten times as many values apart
    assert steps(lambda: weigh(500)) < 20 * steps(lambda: weigh(50))
    weigh(500)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_one_value_stands_for_all_that_no_condition_tells_apart(data: st.DataObject) -> None:
    declared = [fact for fact in data.draw(facts(hanging=False)) if fact.kind is not FactKind.JA_NEE]
    if not declared:
        return
    fact = data.draw(st.sampled_from(declared))
    found: list[Atom] = [
        node
        for condition in data.draw(st.lists(conditions([fact], asks_known=False), max_size=6))
        for node in condition.walk()
        if isinstance(node, Atom) and not isinstance(node, Known)
    ]
    values = representatives(fact, found, PEILDATUM)
    if fact.kind is FactKind.KEUZE:
        assert values == fact.opties
        return

    def signature(value: Any) -> tuple[bool, ...]:
        return tuple(holds(atom, value, PEILDATUM) for atom in found)

    told = [signature(value) for value in values]
    assert all(one != other for one, other in itertools.pairwise(told))
    probe = data.draw(values_of(fact))
    if fact.problem(probe, "$") is None:
        assert signature(probe) in told


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_what_is_looked_up_is_what_is_weighed(data: st.DataObject) -> None:
    kader = data.draw(kaders(asks_known=False))
    casus = kader.casus(peildatum=PEILDATUM)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables_module, "MANY", 0)
        afweging = kader.evaluate(casus)
        missing = {entry.feit: entry.aandeel for entry in afweging.ontbreekt}
    assert missing == pytest.approx(reference_missing(kader, casus))
    assert afweging.advies is reference_outcome(kader, casus)


def test_many_threads_get_the_same_advice() -> None:
    start = date(2024, 1, 1)
    data = [
        {"motivatie": index % 3 > 0, "schulden": index % 5 == 0 or None, "leeftijd": 18 + index % 40}
        for index in range(64)
    ]
    alone = igm.kader("leiden-2021")
    expected = [str(alone.evaluate(alone.casus(case, peildatum=start))) for case in data]
    for _ in range(5):
        # a kader of its own, so that all threads meet in what is made on first use
        kader = alone.with_rules(feiten=[Fact.ja_nee("nieuw", label="nieuw")])
        same = [text.replace(str(alone.reference), str(kader.reference)) for text in expected]
        barrier = Barrier(8)

        def weigh(part: int, kader: Any = kader, barrier: Barrier = barrier) -> list[str]:
            barrier.wait()
            return [str(kader.evaluate(kader.casus(case, peildatum=start))) for case in data[part::8]]

        with ThreadPoolExecutor(8) as pool:
            for part, texts in enumerate(pool.map(weigh, range(8))):
                assert texts == same[part::8]
