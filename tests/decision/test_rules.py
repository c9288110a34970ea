"""Rules say what they speak for, why, on what source, and with which exceptions."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.decision.strategies import small, yes_no

from igm.decision import Antwoord, Pleit, Question, Row, Rule, antwoord, feit, regel
from igm.decision.conditions import Always
from igm.errors import KaderError

A, B, C = (feit.ja_nee(name) for name in "abc")
V = antwoord("v")


def made(id_: Any = "ons.a", **parts: Any) -> Rule:
    return regel(
        id_, **{"vraag": "v", "als": A, "pleit_voor": "ja", "omdat": "Omdat.", "bron": "team", **parts}
    )


def outcome(questions: list[Question], rules: list[Rule], **facts: bool | None) -> Antwoord:
    """The answer to the first question as rules give it."""
    kader = small(yes_no("a", "b", "c"), [(V.is_("nee"), "laag")], questions, rules)
    return kader.evaluate(kader.casus(facts)).answer("v").suggestie


# making


def test_a_rule_keeps_what_it_was_given() -> None:
    rule = made(
        omdat=" Omdat. ",
        bron=" team ",
        tenzij={"behalve": B, "of": C},
        afweging="B1",
        keuze="de grens is van ons",
    )
    assert (rule.id, rule.vraag, rule.als, rule.pleit_voor) == ("ons.a", "v", A, Antwoord.JA)
    assert (rule.omdat, rule.bron, rule.afweging, rule.keuze) == (
        "Omdat.",
        "team",
        "B1",
        "de grens is van ons",
    )
    assert [(entry.label, entry.als) for entry in rule.tenzij] == [("behalve", B), ("of", C)]
    assert rule.facts == {"a", "b", "c"}
    assert [path for path, _ in rule.conditions] == [".als", ".tenzij.behalve", ".tenzij.of"]
    assert repr(rule) == "Rule('ons.a': a pleit voor JA op 'v')"


@pytest.mark.parametrize(
    ("given_", "evidence"),
    [
        ({"pleit_voor": "ja"}, Antwoord.JA),
        ({"pleit_voor": "NEE"}, Antwoord.NEE),
        ({"pleit_voor": Antwoord.NEE}, Antwoord.NEE),
        ({"pleit_voor": None, "pleit_tegen": "ja"}, Antwoord.NEE),
        ({"pleit_voor": None, "pleit_tegen": "nee"}, Antwoord.JA),
    ],
)
def test_against_one_answer_is_for_the_other(given_: dict[str, Any], evidence: Antwoord) -> None:
    assert made(**given_).pleit_voor is evidence


@pytest.mark.parametrize(
    "id_", ["", "Ons.jong", "ons..jong", ".ons", "ons.", "ons jong", "ons-jong", 3, None]
)
def test_an_id_is_dotted_lower_case(id_: Any) -> None:
    with pytest.raises(KaderError, match="id cannot be used"):
        made(id_)


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"als": True}, "als is not a condition"),
        ({"als": feit.getal("leeftijd")}, "als is not a condition"),
        ({"als": "schulden"}, "als is not a condition"),
        ({"als": None}, "als is not a condition"),
        ({"omdat": ""}, "omdat is empty"),
        ({"omdat": None}, "omdat is empty"),
        ({"bron": " "}, "bron is empty"),
        ({"vraag": ""}, "vraag is empty"),
        ({"tenzij": {"": B}}, "an exception is not a label with a condition"),
        ({"tenzij": {"behalve": "b"}}, "an exception is not a label with a condition"),
        ({"pleit_voor": None}, "speaks for or against one answer"),
        ({"pleit_voor": "twijfel"}, "speaks for or against one answer"),
        ({"pleit_voor": "misschien"}, "speaks for or against one answer"),
        ({"pleit_tegen": "nee"}, "speaks for or against one answer"),
    ],
)
def test_a_rule_that_is_not_complete_is_refused(parts: dict[str, Any], what: str) -> None:
    with pytest.raises(KaderError) as caught:
        made(**parts)
    assert [problem.code for problem in caught.value.problems] == ["rule-invalid"]
    assert what in caught.value.problems[0].what
    assert caught.value.problems[0].where == "$.regels['ons.a']"


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(KaderError) as caught:
        regel("Ons", vraag="", als=None, omdat="", bron="", tenzij={"": None})  # type: ignore[arg-type, dict-item]
    assert len(caught.value.problems) == 7


@pytest.mark.parametrize("tenzij", [{3: B}, [B], "b"])
def test_exceptions_of_another_type_are_refused(tenzij: Any) -> None:
    with pytest.raises(KaderError):
        made(tenzij=tenzij)


def test_a_rule_cannot_be_changed_and_equals_its_copy() -> None:
    rule = made(tenzij={"behalve": B})
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        rule.omdat = "Anders."  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(rule)) == rule  # noqa: S301
    assert hash(rule) == hash(made(tenzij={"behalve": B}))
    assert rule != made(tenzij={"anders": B})


def test_a_rule_made_by_hand_speaks_for_what_it_says() -> None:
    rule = attrs.evolve(made(), pleit_voor="ja")
    assert outcome([Question(name="v", tekst="Wat?")], [rule], a=True) is Antwoord.JA


# evidence and answers


FOR, AGAINST = made("voor", als=A), made("tegen", als=B, pleit_voor="nee")


@pytest.mark.parametrize(
    ("default", "answers"),
    [
        # columns: a and b; a; b; neither; a and b open; b and a open; only b known not; only a known not; all open
        (None, "twijfel ja nee onbekend onbekend onbekend onbekend onbekend onbekend"),
        ("ja", "twijfel ja nee ja onbekend onbekend onbekend onbekend onbekend"),
        ("nee", "twijfel ja nee nee onbekend onbekend onbekend onbekend onbekend"),
        ("twijfel", "twijfel ja nee twijfel onbekend onbekend onbekend onbekend onbekend"),
    ],
)
def test_two_bits_of_evidence_give_an_answer(default: Any, answers: str) -> None:
    question = Question(name="v", tekst="Wat?", default=default)
    patterns = [
        (True, True), (True, False), (False, True), (False, False),
        (True, None), (None, True), (None, False), (False, None), (None, None),
    ]  # fmt: skip
    found = [outcome([question], [FOR, AGAINST], a=a, b=b).value for a, b in patterns]
    assert found == answers.split()


def test_one_rule_that_is_true_settles_its_bit() -> None:
    question = Question(name="v", tekst="Wat?")
    both = [made("een", als=A), made("twee", als=B)]
    assert outcome([question], both, a=True) is Antwoord.JA
    assert outcome([question], both, a=False) is Antwoord.ONBEKEND
    assert outcome([question], [], a=True) is Antwoord.ONBEKEND


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        (True, False, "nee"),
        (True, True, "ja"),
        (True, None, "onbekend"),
        (False, None, "ja"),
        (None, True, "ja"),
        (None, False, "onbekend"),
    ],
)
def test_an_exception_takes_the_argument_away(a: bool | None, b: bool | None, answer: str) -> None:
    question = Question(name="v", tekst="Wat?", default=Antwoord.JA)
    rule = made(pleit_voor="nee", tenzij={"behalve": B})
    assert outcome([question], [rule], a=a, b=b).value == answer


@given(st.permutations([FOR, AGAINST, made("drie", als=C & ~A, pleit_voor="nee"), made("vier", als=C)]))
def test_rules_have_no_order(rules: list[Rule]) -> None:
    question = Question(name="v", tekst="Wat?", default="nee")
    values = (True, False, None)
    patterns = [{"a": a, "b": b, "c": c} for a in values for b in values for c in values]
    ordered = sorted(rules, key=lambda rule: rule.id)
    assert [outcome([question], rules, **p) for p in patterns] == [
        outcome([question], ordered, **p) for p in patterns
    ]


# questions and rows


@pytest.mark.parametrize(
    ("favourable", "of_yes", "of_no"),
    [
        ("ja", Pleit.VOOR, Pleit.TEGEN),
        ("nee", Pleit.TEGEN, Pleit.VOOR),
        (None, Pleit.NEUTRAAL, Pleit.NEUTRAAL),
    ],
)
def test_a_question_says_which_answer_is_favourable(favourable: Any, of_yes: Pleit, of_no: Pleit) -> None:
    question = Question(name="v", tekst="Wat?", gunstig=favourable)
    assert (question.pleit(Antwoord.JA), question.pleit(Antwoord.NEE)) == (of_yes, of_no)
    assert {question.pleit(Antwoord.TWIJFEL), question.pleit(Antwoord.ONBEKEND)} == {Pleit.NEUTRAAL}


def test_a_row_names_the_questions_that_it_reads() -> None:
    row = Row(id="r", als=(V.is_("ja") & A) | ~antwoord("w").is_("nee"), dan="laag", omdat="o")
    assert row.questions == {"v", "w"}
    assert Row(id="r", als=Always(), dan="laag", omdat="o").questions == frozenset()
