"""Parts of another kind than they should be are told, where they stand, and never read as something else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import numpy as np
import pytest
from tests.decision.strategies import LADDER, small, yes_no

import igm
from igm.decision import (
    Afwegingskader,
    Eigenschap,
    Fact,
    Question,
    Reading,
    Row,
    Rule,
    Stap,
    Uitkomst,
    Vangrail,
    antwoord,
    check_language,
    feit,
    regel,
    verify_draft,
)
from igm.decision.completions import representatives
from igm.decision.conditions import Always
from igm.decision.rules import Tenzij
from igm.errors import InputError, KaderError, UnknownNameError

A, B, C = (feit.ja_nee(name) for name in "abc")
STRANGE: list[Any] = [
    True,
    0,
    1.5,
    float("nan"),
    10**400,
    b"x",
    [[]],
    ({},),
    {1: 2},
    {"x"},
    object(),
    date(2020, 1, 1),
    np.float64(3),
    np.array([1, 2]),
    lambda: None,
    "\ud800",
    A,
]
"""What no text is, no list of parts, no answer, and no kind of fact."""


def told(error: pytest.ExceptionInfo[Any]) -> set[str]:
    assert all(problem.do for problem in error.value.problems)
    return {problem.where for problem in error.value.problems}


def kader(**parts: Any) -> Afwegingskader[Uitkomst]:
    given: dict[str, Any] = {"vragen": [Question(name="v", tekst="V?", default="ja")], **parts}
    return attrs.evolve(small(yes_no("a", "b", "c"), [(A, "laag")]), **given)


def rule(**fields: Any) -> Rule:
    given: dict[str, Any] = {
        "id": "r",
        "vraag": "v",
        "als": A,
        "pleit_voor": "nee",
        "omdat": "o",
        "bron": "b",
    }
    return Rule(**{**given, **fields})


@pytest.mark.parametrize("field", ["gevoelig", "veranderbaar", "geheel"])
@pytest.mark.parametrize("value", ["nee", "", None, 0, 1, np.bool_(True)])
def test_a_fact_is_sensitive_changeable_or_whole_or_not(field: str, value: Any) -> None:
    with pytest.raises(KaderError) as caught:
        Fact.getal("a", label="a", eenheid="x", minimum=0, maximum=5, **{field: value})
    assert told(caught) == {f"$.feiten.a.{field}"}


@pytest.mark.parametrize("field", ["kind", "label", "eenheid", "geldt_als", "toelichting", "vraag", "opties"])
@pytest.mark.parametrize("value", STRANGE, ids=lambda value: type(value).__name__)
def test_the_fields_of_a_fact_are_of_their_kind(field: str, value: Any) -> None:
    with pytest.raises(KaderError) as caught:
        Fact(**{"name": "a", "kind": "ja_nee", "label": "a", field: value})
    assert all(problem.do for problem in caught.value.problems)


MADE: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "question name": ("$.vragen[0].name", lambda it: kader(vragen=[Question(name=it, tekst="V?")])),
    "question note": (
        "$.vragen[0].toelichting",
        lambda it: kader(vragen=[Question(name="v", tekst="V?", toelichting=it)]),
    ),
    "favourable": (
        "$.vragen[0].gunstig",
        lambda it: kader(vragen=[Question(name="v", tekst="V?", gunstig=it)]),
    ),
    "default": ("$.vragen[0].default", lambda it: kader(vragen=[Question(name="v", tekst="V?", default=it)])),
    "rule id": ("$.regels[0].id", lambda it: kader(regels=[rule(id=it)])),
    "rule answer": ("$.regels[0].pleit_voor", lambda it: kader(regels=[rule(pleit_voor=it)])),
    "rule reason": ("$.regels[0].omdat", lambda it: kader(regels=[rule(omdat=it)])),
    "rule choice": ("$.regels[0].keuze", lambda it: kader(regels=[rule(keuze=it)])),
    "exception": (
        "$.regels[0].tenzij[0].label",
        lambda it: kader(regels=[rule(tenzij=(Tenzij(it, B),))]),
    ),
    "row id": (
        "$.beslis[0].id",
        lambda it: kader(beslis=[Row(id=it, als=A, dan="laag", omdat="o")]),
    ),
    "row source": (
        "$.beslis[0].bron",
        lambda it: kader(beslis=[Row(id="x", als=A, dan="laag", omdat="o", bron=it)]),
    ),
    "order": ("$.volgorde", lambda it: kader(volgorde=it)),
    "questions": ("$.vragen", lambda it: kader(vragen=it)),
    "rules": ("$.regels", lambda it: kader(regels=it)),
    "rows": ("$.beslis", lambda it: kader(beslis=it)),
    "guardrails": ("$.vangrails", lambda it: kader(vangrails=it)),
    "facts": ("$.feiten", lambda it: kader(feiten=it)),
    "lineage": ("$.lijn", lambda it: kader(lijn=it)),
    "guard": ("$.geen_rol", lambda it: kader(geen_rol=it)),
    "considerations": ("$.afwegingen", lambda it: kader(afwegingen=it)),
    "explanation": ("$.toelichting", lambda it: kader(toelichting=it)),
    "step": ("$.lijn[0].bewerking", lambda it: kader(lijn=[Stap(it, (), ())])),
    "guardrail": (
        "$.vangrails.g.keuze",
        lambda it: Vangrail(
            id="g", als=A, verbiedt=["hoog"], anders="laag", omdat="o", bron="b", soort="wet", keuze=it
        ),
    ),
}


@pytest.mark.parametrize("name", list(MADE))
@pytest.mark.parametrize("value", STRANGE, ids=lambda value: type(value).__name__)
def test_the_fields_of_every_part_are_of_their_kind(name: str, value: Any) -> None:
    where, make = MADE[name]
    with pytest.raises(KaderError) as caught:
        make(value)
    assert all(found.startswith(where) for found in told(caught))


@pytest.mark.parametrize("value", STRANGE, ids=lambda value: type(value).__name__)
def test_what_is_no_list_of_facts_is_no_list_of_new_facts(value: Any) -> None:
    leiden: Afwegingskader[Any] = igm.kader("leiden-2021")
    for compose in (leiden.with_rules, leiden.restrict):
        with pytest.raises(KaderError) as caught:
            compose(feiten=value)
        assert told(caught) == {"$.feiten"}


@pytest.mark.parametrize("value", STRANGE, ids=lambda value: type(value).__name__)
def test_what_is_asked_of_a_kader_is_of_its_kind(value: Any) -> None:
    made = kader()
    nooit = Eigenschap.nooit("e", als=A, uitkomst=value, tekst="t")
    with pytest.raises(InputError):
        made.verify(eigenschappen=[nooit])
    with pytest.raises(InputError):
        made.verify(eigenschappen=value)
    with pytest.raises(InputError):
        made.verify(eigenschappen=[Eigenschap.nooit_lager("e", feit=value, van=True, naar=False, tekst="t")])
    with pytest.raises(UnknownNameError):
        made.evaluate(made.casus()).answer(value)
    if not isinstance(value, date):
        with pytest.raises(InputError):
            made.verify(peildatum=value)
    if not isinstance(value, dict):
        with pytest.raises(InputError):
            verify_draft(value)
    if not isinstance(value, str):
        with pytest.raises(InputError):
            check_language(value)


def test_names_of_a_set_always_come_to_the_same_kader() -> None:
    names = ["b", "c"]
    assert kader(geen_rol=set(names)).hash == kader(geen_rol=names).hash


def test_outcomes_in_their_order_are_a_list() -> None:
    with pytest.raises(KaderError, match="volgorde is not a list"):
        kader(volgorde=set(LADDER))
    assert kader(volgorde=list(LADDER)).volgorde == LADDER


# what a kader makes itself cannot be made by hand


@pytest.mark.parametrize("made", [("wet.x",), ["wet.x"], "wet.x", 5])
def test_a_row_that_says_that_guardrails_made_it_is_not_lost(made: Any) -> None:
    with pytest.raises(KaderError) as caught:
        kader(beslis=[Row(id="x", als=A, dan="laag", omdat="o", vangrails=made), *kader().beslis])
    assert told(caught) == {"$.beslis[0].vangrails"}


def test_a_row_cannot_have_the_name_of_one_that_a_guardrail_makes() -> None:
    rail = Vangrail(id="g", als=B, verbiedt=["laag"], anders="midden", omdat="o", bron="b", soort="wet")
    with pytest.raises(KaderError) as caught:
        kader(beslis=[*kader().beslis, Row(id="r0/g", als=C, dan="hoog", omdat="o")], vangrails=[rail])
    assert told(caught) == {"$.beslis[2].id"}


@pytest.mark.parametrize("label", ["een", "regel ander gaat voor", ""])
def test_an_exception_that_says_that_a_priority_made_it_is_not_lost(label: str) -> None:
    with pytest.raises(KaderError) as caught:
        kader(regels=[rule(tenzij=(Tenzij(label, B, "de_regel"),))])
    assert "$.regels[0].tenzij" in told(caught)


def test_an_exception_reads_a_condition() -> None:
    with pytest.raises(KaderError) as caught:
        kader(regels=[rule(tenzij=(Tenzij("een", True),))])  # type: ignore[arg-type]
    assert told(caught) == {"$.regels[0].tenzij[0].als"}


def test_what_a_kader_made_itself_is_made_anew() -> None:
    rail = Vangrail(id="g", als=B, verbiedt=["laag"], anders="midden", omdat="o", bron="b", soort="wet")
    first = regel("eerst", vraag="v", als=B, pleit_voor="ja", omdat="o", bron="b", gaat_voor=["r"])
    made = kader(regels=[rule(), first], vangrails=[rail], beslis=[
        Row(id="x", als=antwoord("v").is_("nee"), dan="laag", omdat="o"),
        Row(id="y", als=Always(), dan="hoog", omdat="o"),
    ])  # fmt: skip
    assert attrs.evolve(made) == made
    assert attrs.evolve(made, beslis=made.beslis, regels=made.regels) == made


# sources that give something else than readings


class Bron:
    """Gives whatever it was made with."""

    def __init__(self, gives: Any) -> None:
        self.gives = gives

    def readings(self) -> Any:
        return self.gives


def taking() -> Afwegingskader[Uitkomst]:
    fact = Fact.getal("n", label="n", eenheid="x", minimum=0, maximum=9, uit="x.n", gevoelig=True)
    return small([fact], [(feit.getal("n") > 3, "laag")])


@pytest.mark.parametrize("gives", [None, *STRANGE, {"x.n": 7.77}, {5: Reading(value=7.77, toelichting="t")}])
def test_a_source_gives_readings_by_name(gives: Any) -> None:
    with pytest.raises(InputError) as caught:
        taking().casus(bronnen=[Bron(gives)])
    assert told(caught) == {"$.bronnen[0]"}
    assert "7.77" not in str(caught.value)


@pytest.mark.parametrize("bound", [[], {}, "0", True, np.array([1, 2])])
def test_the_scale_of_a_reading_is_one_of_numbers(bound: Any) -> None:
    with pytest.raises(InputError, match="the scale of reading"):
        taking().casus(bronnen=[Bron({"x.n": Reading(value=7.77, toelichting="t", minimum=bound)})])


@pytest.mark.parametrize("given", [None, 0, "", {}, np.array([1, 2]), np.array([])])
def test_sources_are_a_list(given: Any) -> None:
    with pytest.raises(InputError, match="bronnen is not a list"):
        taking().casus(bronnen=given)


# numbers of any size


@pytest.mark.parametrize("bounds", [(0, 10**400), (-(10**400), 5), (1e308, 10**400)])
def test_a_number_that_need_not_be_whole_is_no_larger_than_numbers_with_decimals_are(bounds: Any) -> None:
    low, high = bounds
    with pytest.raises(KaderError, match="bounds that are too large"):
        Fact.getal("n", label="n", eenheid="x", minimum=low, maximum=high)


def test_between_very_large_thresholds_lies_a_number() -> None:
    fact = Fact.getal("n", label="n", eenheid="x", minimum=0, maximum=1.7e308)
    found = representatives(fact, [feit.getal("n") > 1.6e308], None)  # type: ignore[list-item]
    assert all(fact.problem(value, "$") is None for value in found)
    assert len(found) == 2
