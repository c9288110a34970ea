"""Kaders made of kaders: new, checked, immutable, with a hash and a lineage of their own."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decision.strategies import PEILDATUM, Route, cases, kaders, small, yes_no

import igm
from igm.decision import (
    Afwegingskader,
    Bewerking,
    BijConflict,
    Fact,
    KaderRef,
    Question,
    Row,
    Rule,
    Stap,
    Uitkomst,
    Vangrail,
    antwoord,
    feit,
    regel,
)
from igm.decision.reference import reference_outcome
from igm.errors import IgmError, InputError, KaderError, UnknownNameError
from igm.testing import check_kader, check_rule

A, B, C = (feit.ja_nee(name) for name in "abc")
PAST = Question(name="past", tekst="Past het?")


def made(name: str, als: Any, pleit_voor: str, **more: Any) -> Rule:
    return regel(name, vraag="past", als=als, pleit_voor=pleit_voor, omdat="Omdat.", bron="bron", **more)


def rail(name: str, als: Any, verbiedt: Any, anders: Any, **more: Any) -> Vangrail:
    given = {"omdat": "Het moet.", "bron": "wet", "soort": "wet", **more}
    return Vangrail(id=name, als=als, verbiedt=verbiedt, anders=anders, **given)


RULES = (made("voor", A, "ja"), made("tegen", B, "nee"))
GUARD = rail("g", C, ["hoog"], "midden")


def built(*rules: Rule, **more: Any) -> Afwegingskader[Uitkomst]:
    return small(
        more.pop("feiten", yes_no("a", "b", "c")),
        [(antwoord("past").is_("nee"), "laag"), (antwoord("past").is_("twijfel"), "midden")],
        [PAST],
        rules or RULES,
        **more,
    )


def told(error: pytest.ExceptionInfo[Any]) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in error.value.problems]


# every way to compose


EVERY: list[tuple[Bewerking, Callable[[Afwegingskader[Any]], Afwegingskader[Any]], tuple[str, ...], str]] = [
    (Bewerking.UITGEBREID, lambda k: k.with_rules(made("meer", C, "ja")), ("meer",), "1+1"),
    (Bewerking.ZONDER, lambda k: k.without("voor", "beslis:r1"), ("voor", "beslis:r1"), "1-2"),
    (Bewerking.VERVANGEN, lambda k: k.replace(made("voor", C, "ja")), ("voor",), "1~1"),
    (Bewerking.BEPERKT, lambda k: k.restrict(GUARD), ("vangrail:g",), "1+1v"),
    (Bewerking.VERENIGD, lambda k: k.union(built(*RULES, made("meer", C, "ja"))), (), "1&1"),
]
each = pytest.mark.parametrize(("done", "compose", "parts", "version"), EVERY, ids=[one[0] for one in EVERY])


@each
def test_the_kader_itself_stays_as_it_is(
    done: Bewerking, compose: Callable[[Any], Any], parts: tuple[str, ...], version: str
) -> None:
    kader = built()
    before = pickle.dumps(kader)
    new = compose(kader)
    assert pickle.dumps(kader) == before
    assert new is not kader
    assert (new.hash != kader.hash, new.version) == (True, version)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        new.lijn = ()
    (step,) = new.lijn
    assert (step.bewerking, step.delen, step.van[0]) == (done, parts, kader.reference)
    assert step.to_dict()["van"][0] == {"id": "klein", "version": "1", "hash": kader.hash}
    assert json.loads(json.dumps(step.to_dict())) == step.to_dict()
    assert kader.lijn == ()


@each
def test_what_is_composed_is_pickled_and_weighs_as_it_did(
    done: Bewerking, compose: Callable[[Any], Any], parts: tuple[str, ...], version: str
) -> None:
    new = compose(built())
    copy = pickle.loads(pickle.dumps(new))  # noqa: S301 (made here)
    assert (copy, copy.lijn, copy.regels, copy.beslis) == (new, new.lijn, new.regels, new.beslis)
    for a, b, c in [(True, True, True), (True, None, False), (None, True, None), (False, False, True)]:
        facts = {"a": a, "b": b, "c": c}
        assert copy.evaluate(copy.casus(facts)) == new.evaluate(new.casus(facts))
    check_kader(new, examples=20)
    assert new.verify().exact


def test_lineage_grows_and_is_no_part_of_the_hash() -> None:
    kader = built()
    new = kader.restrict(GUARD).with_rules(made("meer", C, "ja")).without("vangrail:g", "meer")
    assert [step.bewerking for step in new.lijn] == ["beperkt", "uitgebreid", "zonder"]
    same = attrs.evolve(new, version=kader.version)
    assert same.lijn != kader.lijn
    assert (same.hash, same) == (kader.hash, kader)
    assert repr(new.lijn[2]) == "Stap('zonder', vangrail:g, meer; van klein 1+1v+1)"


def test_a_step_can_be_made_and_is_checked() -> None:
    reference = KaderRef("klein", "1", "x")
    step = Stap("zonder", ("voor",), (reference,))
    assert step == Stap(Bewerking.ZONDER, ("voor",), (reference,))
    with pytest.raises(KaderError):
        built(lijn=["voor"])


@pytest.mark.parametrize("name", ["with_rules", "without", "replace", "restrict"])
def test_nothing_to_do_gives_the_kader_itself(name: str) -> None:
    kader = built()
    assert getattr(kader, name)() is kader


# without


def test_all_unknown_ids_are_told_with_a_suggestion() -> None:
    with pytest.raises(UnknownNameError) as caught:
        built().without("voer", "tegen", "beslis:r9", "beslis:r0", "vangrail:g")
    assert [problem.code for problem in caught.value.problems] == ["unknown-name"] * 3
    assert "Did you mean 'voor'?" in str(caught.value)


@pytest.mark.parametrize("given", [(3,), (None,), (["voor"],), ("voor", "voor")])
def test_what_cannot_be_taken_out_is_refused(given: tuple[Any, ...]) -> None:
    with pytest.raises(KaderError):
        built().without(*given)


def test_without_its_last_row_a_kader_does_not_load() -> None:
    with pytest.raises(KaderError, match="beslis has no rows"):
        built().without("beslis:r0", "beslis:r1", "beslis:r2")


def test_a_rule_that_another_goes_before_cannot_be_taken_out_alone() -> None:
    kader = built(made("voor", A, "ja", gaat_voor=["tegen"]), made("tegen", B, "nee"))
    with pytest.raises(KaderError) as caught:
        kader.without("tegen")
    assert told(caught) == [("rule-invalid", "$.regels.voor.gaat_voor")]
    assert kader.without("tegen", "voor").regels == ()
    left = kader.without("voor")
    assert left.regels == (made("tegen", B, "nee"),)


def test_a_row_goes_with_what_guardrails_made_of_it() -> None:
    kader = built().restrict(rail("g", C, ["laag"], "midden"))
    assert [row.id for row in kader.beslis] == ["r0/g", "r0", "r1", "r2"]
    assert [row.id for row in kader.without("beslis:r0").beslis] == ["r1", "r2"]
    assert [row.id for row in kader.without("vangrail:g").beslis] == ["r0", "r1", "r2"]
    with pytest.raises(UnknownNameError):
        kader.without("beslis:r0/g")


# replace


def test_each_kind_of_part_is_replaced_in_its_place() -> None:
    kader = built().restrict(GUARD)
    rule = made("voor", B, "ja")
    row = Row(id="r0", als=A, dan="wacht", omdat="Omdat.")
    question = Question(name="past", tekst="Past het nu?")
    fact = Fact.ja_nee("b", label="beter")
    guard = rail("g", C, ["hoog"], "laag")
    new = kader.replace(rule, row, question, fact, guard)
    assert new.regels == (rule, RULES[1])
    assert (new.beslis[0], new.vragen, new.feiten["b"].label) == (row, (question,), "beter")
    assert (list(new.feiten), new.vangrails) == (["a", "b", "c"], (guard,))
    assert new.lijn[-1].delen == ("voor", "beslis:r0", "vraag:past", "feit:b", "vangrail:g")


def test_what_replaces_nothing_is_told_with_a_suggestion() -> None:
    with pytest.raises(UnknownNameError) as caught:
        built().replace(made("voer", A, "ja"), Fact.ja_nee("d", label="d"), GUARD)
    assert [problem.code for problem in caught.value.problems] == ["unknown-name"] * 3
    assert "Did you mean 'voor'?" in str(caught.value)


@pytest.mark.parametrize("given", [3, None, "voor", {"id": "voor"}])
def test_what_is_no_part_is_refused(given: Any) -> None:
    with pytest.raises(KaderError) as caught:
        built().replace(given)
    assert told(caught) == [("kader-invalid", "$[0]")]


def test_one_id_twice_is_refused() -> None:
    with pytest.raises(KaderError) as caught:
        built().replace(made("voor", B, "ja"), made("voor", C, "ja"))
    assert caught.value.code == "duplicate-name"


def test_a_row_that_a_guardrail_made_is_refused() -> None:
    kader = built().restrict(GUARD)
    derived = next(row for row in kader.beslis if row.vangrails)
    with pytest.raises(KaderError, match="made by a guardrail"):
        kader.replace(derived)


# restrict


def test_new_facts_come_with_the_guardrails_that_read_them() -> None:
    kader = built().restrict(
        rail("g", feit.ja_nee("d"), ["hoog"], "midden"), feiten=[Fact.ja_nee("d", label="d")]
    )
    assert kader.evaluate(kader.casus(a=True, b=False, c=False, d=True)).advies is Route("midden")
    assert kader.lijn[0].delen == ("vangrail:g", "feit:d")


def test_the_same_guardrail_twice_is_refused() -> None:
    with pytest.raises(KaderError) as caught:
        built().restrict(GUARD).restrict(GUARD)
    assert told(caught) == [("duplicate-name", "$.vangrails.g")]


# union


def test_parts_are_joined_by_name() -> None:
    here = built(feiten=yes_no("a", "b", "c"), afwegingen={"een": "Eerst."})
    there = attrs.evolve(
        small(
            yes_no("c", "d", "b", "a"),
            [(antwoord("past").is_("nee"), "laag"), (antwoord("past").is_("twijfel"), "midden")],
            [Question(name="kan", tekst="Kan het?"), PAST],
            [made("extra", C, "nee", gaat_voor=["voor"]), *RULES],
            afwegingen={"twee": "Dan."},
            vangrails=[GUARD],
            geen_rol=["d"],
        ),
        bron="andere bron",
        version="7",
    )
    both = here.union(there)
    assert list(both.feiten) == ["a", "b", "c", "d"]
    assert [question.name for question in both.vragen] == ["past", "kan"]
    assert [rule.id for rule in both.regels] == ["voor", "tegen", "extra"]
    assert [exception.regel for exception in both.regels[0].tenzij] == ["extra"]
    assert (both.vangrails, both.geen_rol, dict(both.afwegingen)) == (
        (GUARD,), ("d",), {"een": "Eerst.", "twee": "Dan."},
    )  # fmt: skip
    assert (both.id, both.version, both.bron) == ("klein", "1&7", "bron; andere bron")
    assert both.lijn == (Stap(Bewerking.VERENIGD, (), (here.reference, there.reference)),)


def test_every_conflict_is_told_at_once() -> None:
    here = built(afwegingen={"een": "Eerst."}, vangrails=[GUARD])
    there = small(
        [Fact.ja_nee("a", label="anders"), *yes_no("b", "c")],
        [(A, "laag")],
        [Question(name="past", tekst="Anders?")],
        [made("voor", B, "ja"), RULES[1]],
        afwegingen={"een": "Anders."},
        vangrails=[rail("g", C, ["hoog"], "laag")],
    )
    with pytest.raises(KaderError) as caught:
        here.union(there)
    assert told(caught) == [
        ("kader-conflict", f"$.{where}")
        for where in ("regels.voor", "vragen.past", "feiten.a", "vangrails.g", "afwegingen.een", "beslis")
    ]
    mine, theirs = here.union(there, bij_conflict="deze"), here.union(there, bij_conflict=BijConflict.ANDERE)
    assert (mine.regels, mine.vragen, mine.vangrails) == (here.regels, here.vragen, here.vangrails)
    assert (theirs.regels, theirs.vragen, theirs.vangrails) == (there.regels, there.vragen, there.vangrails)
    assert (mine.beslis, theirs.beslis) == (here.beslis, there.beslis)
    assert (mine.feiten["a"].label, theirs.feiten["a"].label) == ("a", "anders")
    assert mine.lijn[0].delen == ("voor", "vraag:past", "feit:a", "vangrail:g", "afweging:een", "beslis")


@pytest.mark.parametrize("policy", list(BijConflict))
def test_kaders_with_other_outcomes_are_never_one(policy: BijConflict) -> None:
    kader = built()
    other = attrs.evolve(kader, volgorde=(Route("midden"), Route("hoog")), bij_onbekend=Route("wacht"))
    with pytest.raises(KaderError) as caught:
        kader.union(other, bij_conflict=policy)
    assert told(caught) == [("kader-conflict", "$.volgorde"), ("kader-conflict", "$.bij_onbekend")]
    with pytest.raises(KaderError):
        kader.union(igm.kader("leiden-2021"), bij_conflict=policy)


@pytest.mark.parametrize("policy", list(BijConflict))
def test_guards_are_always_those_of_both(policy: BijConflict) -> None:
    here, there = (
        built(made("voor", A, "ja"), nooit_tegen=["a"]),
        built(made("voor", A, "ja"), geen_rol=["c"]),
    )
    both = here.union(there, bij_conflict=policy)
    assert (both.nooit_tegen, both.geen_rol) == (("a",), ("c",))
    # and they are proven over the whole
    reading = built(made("voor", A, "ja"), made("tegen", C, "nee"))
    with pytest.raises(KaderError) as caught:
        there.union(reading, bij_conflict=policy)
    assert caught.value.code == "guard-not-proven"


@pytest.mark.parametrize("given", ["mij", "", None, 3, ["deze"]])
def test_another_policy_is_refused(given: Any) -> None:
    with pytest.raises(InputError) as caught:
        built().union(built(), bij_conflict=given)
    assert told(caught) == [("unknown-name", "$.bij_conflict")]


@pytest.mark.parametrize("given", [None, 3, "leiden-2021", RULES[0]])
def test_what_is_no_kader_is_refused(given: Any) -> None:
    with pytest.raises(KaderError) as caught:
        built().union(given)
    assert caught.value.code == "kader-invalid"


def test_lineages_of_both_come_before_the_union_once() -> None:
    kader = built().restrict(GUARD)
    both = kader.union(kader.with_rules(made("meer", C, "ja")))
    assert [step.bewerking for step in both.lijn] == ["beperkt", "uitgebreid", "verenigd"]


# other parts of the library


def test_a_rule_of_a_composed_kader_can_be_checked() -> None:
    kader = built(made("voor", A, "ja", gaat_voor=["tegen"]), made("tegen", B, "nee"))
    for rule in kader.regels:
        check_rule(rule, kader)
    check_rule(made("tegen", B, "nee"), kader)
    check_rule(made("meer", C, "ja", gaat_voor=["tegen"]), kader)


def test_the_draft_of_a_kader_is_told_what_keeps_its_guardrails_from_loading() -> None:
    from igm.decision import verify_draft

    kader = built()
    fields = {field.name: getattr(kader, field.name) for field in attrs.fields(Afwegingskader)}
    draft = verify_draft(**{**fields, "vangrails": [GUARD, rail("h", C, ["hog"], "midden")]})
    assert ("outcome-unknown", "$.vangrails.h.verbiedt") in {(one.code, one.waar) for one in draft.findings}
    assert "$.vangrails[1]" in draft.note


def test_the_draft_of_a_kader_does_not_blame_a_rule_for_going_before_one_that_is_wrong() -> None:
    from igm.decision import verify_draft

    kader = built(made("voor", A, "ja", gaat_voor=["tegen"]), made("tegen", B, "nee"))
    fields = {field.name: getattr(kader, field.name) for field in attrs.fields(Afwegingskader)}
    wrong = made("tegen", feit.ja_nee("d"), "nee")
    draft = verify_draft(**{**fields, "regels": [kader.regels[0], wrong]})
    faults = [(one.code, one.waar) for one in draft.findings if one.ernst == "fout"]
    assert faults == [("unknown-fact", "$.regels.tegen.als")]


def taken_out(kader: Afwegingskader[Any], ids: list[str]) -> Afwegingskader[Any] | IgmError:
    try:
        return kader.without(*ids)
    except IgmError as error:
        return error


@settings(max_examples=100)
@given(st.data())
def test_composed_kaders_mean_what_the_reference_says(data: st.DataObject) -> None:
    kader = data.draw(kaders())
    names = [rule.id for rule in kader.regels]
    rows = [f"beslis:{row.id}" for row in kader.beslis if not row.vangrails][1:]
    rails = [f"vangrail:{one.id}" for one in kader.vangrails]
    gone = data.draw(st.lists(st.sampled_from([*names, *rows, *rails]), unique=True)) if names + rows else []
    less = taken_out(kader, gone)
    if isinstance(less, IgmError):  # a rule that another goes before, or a guardrail that another relied on
        assert less.code in {"rule-invalid", "vangrail-invalid"}
        return
    again = less.union(kader, bij_conflict="andere")
    for one in (less, again):
        casus = data.draw(cases(one, unknown=3))
        assert one.evaluate(casus).advies is reference_outcome(one, casus)
    assert {rule.id for rule in again.regels} == set(names)
    assert less.verify(peildatum=PEILDATUM).kader == less.reference


# in English


def english() -> Afwegingskader[Any]:
    overleg = Vangrail(
        id="beleid.schulden",
        als=feit.ja_nee("schulden"),
        verbiedt=["aanmelden"],
        anders="driegesprek",
        soort="beleid",
        bron="voorbeeld",
        omdat="Bij schulden overleggen wij eerst.",
    )
    jong = regel(
        "ons.taal",
        vraag="omstandigheden",
        als=feit.ja_nee("taal"),
        pleit_voor="ja",
        gaat_voor=["leiden.v2.schulden"],
        omdat="De taal gaat voor.",
        bron="voorbeeld",
    )
    kader = igm.kader("leiden-2021").with_rules(jong).restrict(overleg)
    texts = {
        **kader.vertalingen["en"],
        "vangrails.beleid.schulden.omdat": "With debts we talk first.",
        "regels.ons.taal.omdat": "The language comes first.",
    }
    return attrs.evolve(kader, vertalingen={"en": texts})


def test_guardrails_and_priorities_are_explained_in_english() -> None:
    kader = english()
    facts = {name: False for name, fact in kader.feiten.items() if fact.kind == "ja_nee"}
    facts |= {"schulden": True, "taal": True, "motivatie": True, "motivatie_realistisch": True}
    case = {**facts, "schulden_trend": "stabiel", "taal_trend": "stabiel", "leeftijd": 40}
    afweging = kader.evaluate(kader.casus(case))
    text = afweging.explain(voor="professional", taal="en")
    assert "exception holds: rule ons.taal goes before" in text
    assert "With debts we talk first. [policy beleid.schulden; voorbeeld]" in text
    assert "guardrail holds (1)" in text
    assert "room that remains: allowed" in text
    assert "(nl)" not in text
    assert "With debts we talk first." in afweging.explain(voor="client", taal="en")
    proof = afweging.bewijs(taal="en")
    assert [(rail.id, rail.omdat) for rail in proof.vangrails] == [
        ("beleid.schulden", "With debts we talk first.")
    ]
    assert "rule ons.taal goes before" in {
        entry.label for q in proof.vragen for rule in q.regels for entry in rule.tenzij
    }
    again = type(afweging).from_dict(afweging.to_dict())
    assert again.tree(taal="en", gevoelig=True).text() == text


def test_a_reason_in_dutch_ends_once() -> None:
    kader = attrs.evolve(english(), vertalingen={})
    facts = {name: False for name, fact in kader.feiten.items() if fact.kind == "ja_nee"}
    case = {**facts, "schulden": True, "motivatie": True, "motivatie_realistisch": True, "leeftijd": 40}
    text = kader.evaluate(kader.casus(case, schulden_trend="stabiel")).explain(voor="client", taal="en")
    assert "Bij schulden overleggen wij eerst. (nl)\n" in text


def test_translations_follow_what_is_left_out_or_replaced() -> None:
    kader = english()
    less = kader.without("ons.taal", "vangrail:beleid.schulden", "beslis:twijfel")
    paths = set(less.vertalingen["en"])
    assert not any(path.startswith(("regels.ons.taal", "vangrails", "beslis.twijfel")) for path in paths)
    assert paths < set(kader.vertalingen["en"])
    rule = attrs.evolve(kader.vangrails[0], omdat="Bij schulden praten wij eerst.")
    other = kader.replace(rule)
    assert "vangrails.beleid.schulden.omdat" not in other.vertalingen["en"]
    assert "regels.ons.taal.omdat" in other.vertalingen["en"]


def test_a_union_speaks_what_either_speaks() -> None:
    kader = igm.kader("leiden-2021")
    silent = attrs.evolve(kader, vertalingen={})
    assert silent.union(kader).vertalingen == kader.vertalingen
    assert kader.union(silent).vertalingen == kader.vertalingen
