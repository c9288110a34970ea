"""Codes of many cases at once: what gives them in one go gives what each case alone does."""

from __future__ import annotations

import itertools
import tracemalloc
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decision.strategies import PEILDATUM, kaders, small, values_of, yes_no

from igm.decision import Afwegingskader, Beleid, Fact, Question, antwoord, at_least, feit, known, regel
from igm.decision import array_program as program_module
from igm.decision import population as population_module
from igm.decision.array_program import ArrayProgram
from igm.errors import InputError

A, B, C = (feit.ja_nee(name) for name in "abc")


def as_columns(kader: Afwegingskader[Any], cases: list[dict[str, Any]]) -> dict[str, Any]:
    columns: dict[str, Any] = {name: [case[name] for case in cases] for name in kader.feiten}
    return {**columns, "peildatum": PEILDATUM}


def assert_as_alone(kader: Afwegingskader[Any], cases: list[dict[str, Any]]) -> None:
    for beleid in Beleid:
        found = kader.evaluate_many(as_columns(kader, cases), beleid=beleid)
        alone = [
            kader.evaluate(kader.casus(case, peildatum=PEILDATUM), beleid=beleid).advies for case in cases
        ]
        assert [found.outcomes[code] for code in found.codes] == alone


@settings(max_examples=150)
@given(st.data())
def test_codes_are_those_of_each_case_alone(data: st.DataObject) -> None:
    kader = data.draw(kaders(expiring=False, asks_known=data.draw(st.sampled_from([False, False, True]))))
    one = st.fixed_dictionaries({name: st.none() | values_of(fact) for name, fact in kader.feiten.items()})
    assert_as_alone(kader, data.draw(st.lists(one, min_size=1, max_size=20)))


def test_every_state_of_facts_that_hang_together_has_its_code() -> None:
    trends: dict[str, Any] = {"opties": ("beter", "slechter"), "geldt_als": "a"}
    facts = [*yes_no("a", "b"), *(Fact.keuze(name, label=name, **trends) for name in ("t", "u"))]
    t, u = feit.keuze("t"), feit.keuze("u")
    rows = [(t.is_("beter") & ~u.is_("beter"), "laag"), (A & B, "midden"), (~u.is_("slechter"), "wacht")]
    kader = small(facts, rows)
    assert ArrayProgram.exact(kader, None) is not None
    options = [(None, *(fact.opties or (False, True))) for fact in facts]
    assert_as_alone(
        kader, [dict(zip(kader.feiten, chosen, strict=True)) for chosen in itertools.product(*options)]
    )


def test_a_day_has_an_exact_program_of_its_own() -> None:
    kader = small([*yes_no("a"), Fact.datum("d", label="d")], [(A & (feit.datum("d").years() < 18), "laag")])
    born = np.array(["2006-01-01", "2010-06-01", "NaT"], dtype="datetime64[D]")
    for day, expected in (
        (date(2024, 1, 1), ["hoog", "vraag", "vraag"]),
        (date(2023, 12, 31), ["vraag"] * 3),
    ):
        found = kader.evaluate_many({"d": born, "peildatum": day}, beleid="exact")
        assert found.advies.tolist() == expected


def counting() -> Afwegingskader[Any]:
    names = [f"f{number}" for number in range(7)]
    return small(yes_no(*names), [(at_least(3, *map(feit.ja_nee, names)), "laag")])


def test_the_buffers_are_few_and_every_step_writes_to_one() -> None:
    for program in (ArrayProgram.cautious(counting()), ArrayProgram.exact(counting(), None)):
        assert program is not None
        steps = [
            line for line in program.source.splitlines() if line.lstrip().startswith(("and_", "or_", "xor"))
        ]
        assert 0 < program.buffers < 16 < len(steps)
        assert all(line.endswith(tuple(f", b{n})" for n in range(program.buffers))) for line in steps)


def test_a_kader_with_too_many_places_is_weighed_by_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [
        dict(zip(counting().feiten, chosen, strict=True))
        for chosen in itertools.product([None, True], repeat=7)
    ]
    monkeypatch.setattr(program_module, "MAX_NODES", 2)
    assert ArrayProgram.exact(counting(), None) is None
    assert_as_alone(counting(), cases)


@pytest.mark.parametrize(
    "kader",
    [small(yes_no("a", "b"), [(~known(A) & B, "laag")]), small(yes_no("a"), [])],
    ids=["known", "nothing"],
)
def test_some_kaders_have_no_exact_program(kader: Afwegingskader[Any]) -> None:
    assert ArrayProgram.exact(kader, None) is None
    assert_as_alone(kader, [dict.fromkeys(kader.feiten, value) for value in (None, True, False)])


def test_own_answers_are_weighed_by_pattern() -> None:
    rule = regel("r", vraag="v", als=A, pleit_voor="nee", omdat="o", bron="b")
    question = Question(name="v", tekst="Wat?", default="ja")
    kader = small(yes_no("a", "b"), [(antwoord("v").is_("nee") & B, "laag")], [question], [rule])
    columns = {"a": [None, None, True], "b": [True, True, None]}
    found = kader.evaluate_many(columns, beleid="exact", antwoorden={"v": [None, "nee", "ja"]})
    assert found.advies.tolist() == ["vraag", "laag", "hoog"]


@pytest.mark.parametrize("beleid", list(Beleid))
@pytest.mark.parametrize("by_pattern", [False, True])
def test_it_takes_half_as_much_memory_as_the_input_at_most(
    beleid: Beleid, by_pattern: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(population_module, "CHUNK", 2**16)
    kader = counting()
    if by_pattern:
        kader.machine._exact_codes[None] = None
    chance = np.random.default_rng(1)
    answers = chance.integers(3, size=(7, 400_000))
    columns = {name: (answers[place] == 1, answers[place] == 2) for place, name in enumerate(kader.feiten)}
    kader.evaluate_many(columns, beleid=beleid)
    tracemalloc.start()
    try:
        kader.evaluate_many(columns, beleid=beleid)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= 0.5 * sum(plane.nbytes for pair in columns.values() for plane in pair)


def test_both_yes_and_no_is_told_per_fact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(population_module, "CHUNK", 2)
    kader = small(yes_no("a", "b"), [(A & B, "laag")])
    some, none = np.array([True, False, True, True, True]), np.zeros(5, dtype=bool)
    with pytest.raises(InputError) as caught:
        kader.evaluate_many({"a": (some, some), "b": (some, none)})
    where = [problem.where for problem in caught.value.problems]
    assert where == ["$.a[0]", "$.a[2]", "$.a[3]", "$.a"]
