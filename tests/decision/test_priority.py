"""A rule goes before another only where that is stated; then the other does not count where it does."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.decision.strategies import cases, kaders, small, yes_no

from igm.decision import Afwegingskader, Antwoord, Question, Rule, antwoord, feit, regel
from igm.decision.priority import with_priorities, without_dangling, written_rule
from igm.decision.reference import reference_answers
from igm.decision.truth import Uitkomst
from igm.errors import KaderError

A, B, C, D = (feit.ja_nee(name) for name in "abcd")
PAST = Question(name="past", tekst="Past het?")


def made(name: str, als: Any, pleit_voor: str, **more: Any) -> Rule:
    return regel(name, vraag="past", als=als, pleit_voor=pleit_voor, omdat="Omdat.", bron="bron", **more)


def built(*rules: Rule, **more: Any) -> Afwegingskader[Uitkomst]:
    return small(yes_no("a", "b", "c", "d"), [(antwoord("past").is_("nee"), "laag")], [PAST], rules, **more)


def answer(kader: Afwegingskader[Uitkomst], **facts: Any) -> Antwoord:
    return kader.evaluate(kader.casus(facts)).answer("past").suggestie


def problems(error: pytest.ExceptionInfo[KaderError]) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in error.value.problems]


def test_without_a_stated_priority_two_rules_that_disagree_give_doubt() -> None:
    kader = built(made("voor", A, "ja"), made("tegen", B, "nee"))
    assert answer(kader, a=True, b=True) is Antwoord.TWIJFEL


def test_where_the_rule_counts_the_other_does_not() -> None:
    kader = built(made("voor", A, "ja", gaat_voor=["tegen"]), made("tegen", B, "nee"))
    assert answer(kader, a=True, b=True) is Antwoord.JA
    assert answer(kader, a=False, b=True) is Antwoord.NEE
    # whether the one that goes before counts is not known, so neither whether the other does
    assert answer(kader, b=True) is Antwoord.ONBEKEND


def test_a_rule_that_is_set_aside_by_its_own_exception_sets_nothing_aside() -> None:
    first = made("voor", A, "ja", tenzij={"behalve": C}, gaat_voor=["tegen"])
    kader = built(first, made("tegen", B, "nee"))
    assert answer(kader, a=True, b=True, c=True) is Antwoord.NEE
    assert answer(kader, a=True, b=True, c=False) is Antwoord.JA


def test_priorities_follow_one_another() -> None:
    kader = built(
        made("een", A, "ja", gaat_voor=["twee"]),
        made("twee", B, "nee", gaat_voor=["drie"]),
        made("drie", C, "ja"),
    )
    # een sets twee aside, so that drie counts again
    advice = kader.evaluate(kader.casus(a=True, b=True, c=True))
    assert {argument.regel for argument in advice.voor} == {"een", "drie"}
    assert answer(kader, a=False, b=True, c=True) is Antwoord.NEE


def test_the_advice_says_which_rule_goes_before() -> None:
    kader = built(made("voor", A, "ja", gaat_voor=["tegen"]), made("tegen", B, "nee", tenzij={"behalve": C}))
    (aside,) = kader.evaluate(kader.casus(a=True, b=True, c=False)).weerlegd
    assert (aside.regel, aside.uitgezonderd) == ("tegen", ("regel voor gaat voor",))
    assert (
        "uitzondering geldt: regel voor gaat voor"
        in kader.evaluate(kader.casus(a=True, b=True, c=False)).explain()
    )
    (open_,) = kader.evaluate(kader.casus(b=True, c=False)).onbeslist
    assert open_.open_uitzonderingen == ("regel voor gaat voor",)


def test_an_own_exception_with_the_same_words_stands_beside_the_priority() -> None:
    kader = built(
        made("voor", A, "ja", gaat_voor=["tegen"]),
        made("tegen", B, "nee", tenzij={"regel voor gaat voor": C}),
    )
    (aside,) = kader.evaluate(kader.casus(a=True, b=True, c=False)).weerlegd
    assert aside.uitgezonderd == ("regel voor gaat voor",)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(KaderError) as caught:
        built(
            made("een", A, "ja", gaat_voor=["twe"]),
            made("twee", B, "nee", gaat_voor=["drie"]),
            made("drie", C, "nee"),
        )
    assert problems(caught) == [
        ("rule-invalid", "$.regels.een.gaat_voor"),
        ("rule-invalid", "$.regels.twee.gaat_voor"),
    ]
    assert "Did you mean 'twee'?" in str(caught.value)


def test_a_rule_for_another_question_cannot_be_set_aside() -> None:
    other = regel("ander", vraag="kan", als=B, pleit_voor="nee", omdat="Omdat.", bron="bron")
    with pytest.raises(KaderError, match="other answer to its question"):
        small(
            yes_no("a", "b"),
            [],
            [PAST, Question(name="kan", tekst="Kan het?")],
            [made("een", A, "ja", gaat_voor=["ander"]), other],
        )


def test_a_circle_is_refused_and_told() -> None:
    with pytest.raises(KaderError, match="circle") as caught:
        built(made("een", A, "ja", gaat_voor=["twee"]), made("twee", B, "nee", gaat_voor=["een"]))
    assert len(caught.value.problems) == 1
    with pytest.raises(KaderError):
        built(made("een", A, "ja", gaat_voor=["een"]))


@pytest.mark.parametrize("given", [[""], [3], ["Een"], 3, None, ["een", "een"], [["een"]]])
def test_what_names_no_rules_is_refused(given: Any) -> None:
    with pytest.raises(KaderError) as caught:
        made("voor", A, "ja", gaat_voor=given)
    assert caught.value.code == "rule-invalid"


@pytest.mark.parametrize("given", [[3], [["een"]], 3])
def test_a_rule_that_was_made_otherwise_is_refused_as_well(given: Any) -> None:
    rule = Rule(id="voor", vraag="past", als=A, pleit_voor=Antwoord.JA, omdat="o", bron="b", gaat_voor=given)
    with pytest.raises(KaderError) as caught:
        built(rule)
    assert problems(caught) == [("rule-invalid", "$.regels.voor.gaat_voor")]


def test_one_id_may_be_given_as_a_text() -> None:
    assert made("voor", A, "ja", gaat_voor="tegen").gaat_voor == ("tegen",)


def test_many_priorities_on_one_another_are_refused_with_the_rule() -> None:
    rules = [
        made(f"r{i}", A, "ja" if i % 2 else "nee", gaat_voor=[f"r{j}" for j in range(i + 1, 60, 2)])
        for i in range(60)
    ]
    with pytest.raises(KaderError) as caught:
        built(*rules)
    assert caught.value.code == "condition-too-deep"
    assert caught.value.problems[0].where.startswith("$.regels.r")


def test_derived_exceptions_are_made_anew_and_not_twice() -> None:
    kader = built(made("voor", A, "ja", gaat_voor=["tegen"]), made("tegen", B, "nee"))
    again = kader.with_rules(made("meer", C, "ja"))
    assert [len(rule.tenzij) for rule in again.regels] == [0, 1, 0]
    assert with_priorities(tuple(map(written_rule, kader.regels))) == kader.regels
    assert written_rule(kader.regels[1]).tenzij == ()
    copy = pickle.loads(pickle.dumps(kader))  # noqa: S301 (made here)
    assert (copy, copy.regels) == (kader, kader.regels)


def test_a_new_rule_may_go_before_one_that_is_there() -> None:
    kader = built(made("tegen", B, "nee"))
    more = kader.with_rules(made("voor", A, "ja", gaat_voor=["tegen"]))
    assert answer(more, a=True, b=True) is Antwoord.JA
    assert kader.regels[0].tenzij == ()


def test_a_priority_falls_away_with_its_rule_where_rules_are_left_out() -> None:
    kader = built(made("voor", A, "ja", gaat_voor=["tegen"]), made("tegen", B, "nee"))
    assert without_dangling(kader.regels[:1])[0].gaat_voor == ()
    assert without_dangling(kader.regels)[0].gaat_voor == ("tegen",)


def test_a_priority_changes_the_hash() -> None:
    rules = made("voor", A, "ja"), made("tegen", B, "nee")
    before = built(*rules)
    after = built(made("voor", A, "ja", gaat_voor=["tegen"]), rules[1])
    assert before.hash != after.hash


# guards and verification see priorities


def test_a_fact_that_may_never_count_against_someone_may_set_an_argument_against_aside() -> None:
    rules = made("voor", A, "ja", gaat_voor=["tegen"]), made("tegen", B, "nee")
    assert built(*rules, nooit_tegen=["a"]).nooit_tegen == ("a",)


def test_a_fact_that_may_never_count_against_someone_may_not_set_an_argument_for_aside() -> None:
    rules = made("tegen", A, "nee", gaat_voor=["voor"]), made("voor", B, "ja")
    with pytest.raises(KaderError) as caught:
        built(*rules, nooit_tegen=["a"])
    assert "rule tegen, which goes before rule voor reads it" in str(caught.value)


def test_a_priority_that_never_does_anything_is_found_at_the_rule_that_states_it() -> None:
    kader = built(made("voor", A & ~B, "ja", gaat_voor=["tegen"]), made("tegen", B, "nee"))
    found = [one.waar for one in kader.verify().findings if one.code == "exception-never-met"]
    assert found == ["$.regels.voor.gaat_voor"]


def test_a_rule_whose_priority_matters_is_not_redundant() -> None:
    # "twee" gives no answer that "een" does not give, but sets "tegen" aside
    kader = built(made("een", A, "ja"), made("twee", A, "ja", gaat_voor=["tegen"]), made("tegen", B, "nee"))
    assert "$.regels.twee" not in {
        one.waar for one in kader.verify().findings if one.code == "redundant-rule"
    }


@given(kaders(dates=False), st.data())
def test_a_rule_that_counts_leaves_none_that_it_goes_before(
    kader: Afwegingskader[Uitkomst], data: st.DataObject
) -> None:
    casus = data.draw(cases(kader))
    counting = {argument.regel for argument in kader.evaluate(casus).argumenten}
    for rule in kader.regels:
        assert rule.id not in counting or counting.isdisjoint(rule.gaat_voor)
    suggested = {entry.vraag: entry.suggestie for entry in kader.evaluate(casus).antwoorden}
    assert suggested == reference_answers(kader, casus)
