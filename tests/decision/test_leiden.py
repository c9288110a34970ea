"""What the Leiden kader may and may never advise."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import igm
from igm.decision import Afweging, Afwegingskader, LeidenUitkomst, Row, Rule, check_language

VIGNETTES = Path(__file__).parents[2] / "examples" / "data" / "leiden_vignettes.csv"
HINDRANCES = ("schulden", "woonsituatie", "verslaving", "taal", "verstandelijk", "lichamelijk", "psychisch")
TRENDS = ("verbeterd", "stabiel", "verergerd")
QUESTIONS = ("motivatie", "omstandigheden", "beperkingen", "combinatie")
AGES = (0, 26, 27, 40, 120)
ORDER = (LeidenUitkomst.NIET_NU, LeidenUitkomst.DRIEGESPREK, LeidenUitkomst.AANMELDEN)

Facts = dict[str, Any]


@cache
def leiden() -> Afwegingskader[LeidenUitkomst]:
    return igm.kader("leiden-2021")


def weigh(facts: Mapping[str, Any]) -> Afweging[LeidenUitkomst]:
    return leiden().evaluate(leiden().casus(facts))


def rank(facts: Mapping[str, Any]) -> int:
    """How favourable the advice is; a fully known case never gets an advice outside the order."""
    return ORDER.index(weigh(facts).advies)


def nothing_else() -> Facts:
    """Someone who wants to work, realistically, whom nothing hinders."""
    return {
        "motivatie": True,
        "motivatie_realistisch": True,
        "motivatie_trend": "stabiel",
        "aanknopingspunt": False,
        **dict.fromkeys(HINDRANCES, False),
        "terugval": False,
        "aanpassing_te_veel": False,
        "extern_onderzoek": False,
        "leeftijd": 40,
    }


def with_hindrances(facts: Facts, names: tuple[str, ...], trend: str = "stabiel") -> Facts:
    return facts | dict.fromkeys(names, True) | {f"{name}_trend": trend for name in names}


def without_motivation(facts: Facts) -> Facts:
    return {name: value for name, value in facts.items() if name != "motivatie_realistisch"} | {
        "motivatie": False
    }


@st.composite
def fully_known(draw: st.DrawFn, *, hindrances: st.SearchStrategy[set[str]] | None = None) -> Facts:
    """A case of which everything is known; dependent facts are given only where they apply."""
    facts: Facts = {
        name: draw(st.booleans())
        for name in ("aanknopingspunt", "terugval", "aanpassing_te_veel", "motivatie")
    }
    facts |= {"extern_onderzoek": False, "leeftijd": draw(st.sampled_from(AGES))}
    facts["motivatie_trend"] = draw(st.sampled_from(TRENDS))
    if facts["motivatie"]:
        facts["motivatie_realistisch"] = draw(st.booleans())
    present = draw(st.sets(st.sampled_from(HINDRANCES)) if hindrances is None else hindrances)
    facts |= {name: name in present for name in HINDRANCES}
    facts |= {f"{name}_trend": draw(st.sampled_from(TRENDS)) for name in sorted(present)}
    return facts


def some() -> st.SearchStrategy[set[str]]:
    return st.sets(st.sampled_from(HINDRANCES), min_size=1)


@st.composite
def partly_known(draw: st.DrawFn) -> Facts:
    """A case in which up to five facts are left out."""
    facts = draw(fully_known())
    left_out = draw(st.sets(st.sampled_from(sorted(facts)), max_size=5))
    return {name: value for name, value in facts.items() if name not in left_out}


# never alone


@pytest.mark.parametrize("hindrance", HINDRANCES)
def test_no_hindrance_alone_gives_not_now(hindrance: str) -> None:
    free = {
        f"{hindrance}_trend": TRENDS,
        "terugval": (True, False),
        "aanknopingspunt": (True, False),
        "motivatie_realistisch": (True, False),
        "aanpassing_te_veel": (True, False),
        "leeftijd": (26, 27),
    }
    for values in itertools.product(*free.values()):
        facts = nothing_else() | {hindrance: True} | dict(zip(free, values, strict=True))
        assert weigh(facts).advies is not LeidenUitkomst.NIET_NU, facts


def test_no_lack_of_motivation_alone_gives_not_now() -> None:
    free = {
        "motivatie_trend": TRENDS,
        "terugval": (True, False),
        "aanknopingspunt": (True, False),
        "aanpassing_te_veel": (True, False),
        "leeftijd": AGES,
    }
    for values in itertools.product(*free.values()):
        facts = without_motivation(nothing_else()) | dict(zip(free, values, strict=True))
        assert weigh(facts).advies is not LeidenUitkomst.NIET_NU, facts


def test_a_wish_that_is_not_realistic_is_not_enough_for_not_now() -> None:
    for age in AGES:
        facts = nothing_else() | {"motivatie_realistisch": False, "leeftijd": age}
        assert weigh(facts).advies is LeidenUitkomst.AANMELDEN


def _gives_not_now(signs: frozenset[str]) -> bool:
    hindrances = tuple(name for name in HINDRANCES if name in signs)
    facts = with_hindrances(nothing_else(), hindrances)
    facts["aanpassing_te_veel"] = "aanpassing_te_veel" in signs
    if "niet realistisch" in signs:
        facts["motivatie_realistisch"] = False
    if "geen motivatie" in signs:
        facts = without_motivation(facts)
    return weigh(facts).advies is LeidenUitkomst.NIET_NU


def _smallest() -> Iterator[frozenset[str]]:
    """The inclusion-minimal sets of signs that together give NIET_NU, the smallest first."""
    signs = (*HINDRANCES, "geen motivatie", "niet realistisch", "aanpassing_te_veel")
    found: list[frozenset[str]] = []
    for size in range(len(signs) + 1):
        for chosen in map(frozenset, itertools.combinations(signs, size)):
            if {"geen motivatie", "niet realistisch"} <= chosen:
                continue  # without a wish, whether it is realistic does not apply
            if not any(smaller < chosen for smaller in found) and _gives_not_now(chosen):
                found.append(chosen)
                yield chosen


def test_the_smallest_combinations_that_give_not_now() -> None:
    about_motivation = ("geen motivatie", "niet realistisch")
    two, four, five = (list(itertools.combinations(HINDRANCES, size)) for size in (2, 4, 5))
    expected = {frozenset({"aanpassing_te_veel", sign, *names}) for sign in about_motivation for names in two}
    expected |= {frozenset({sign, *names}) for sign in about_motivation for names in four}
    expected |= {frozenset(names) for names in five}
    assert set(_smallest()) == expected


# less of a hindrance, more of a wish, another age


@given(fully_known(hindrances=some()), st.data())
def test_a_hindrance_less_never_worsens_the_advice(facts: Facts, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from([name for name in HINDRANCES if facts[name]]))
    fewer = {name: value for name, value in facts.items() if name != f"{gone}_trend"} | {gone: False}
    assert rank(fewer) >= rank(facts)


@given(fully_known())
def test_too_much_adaptation_less_never_worsens_the_advice(facts: Facts) -> None:
    assert rank(facts | {"aanpassing_te_veel": False}) >= rank(facts | {"aanpassing_te_veel": True})


@given(fully_known(), st.booleans())
def test_gaining_motivation_never_worsens_the_advice(facts: Facts, realistic: bool) -> None:
    unmotivated = without_motivation(facts)
    assert rank(unmotivated | {"motivatie": True, "motivatie_realistisch": realistic}) >= rank(unmotivated)


@given(fully_known())
def test_finding_what_moves_someone_never_worsens_the_advice(facts: Facts) -> None:
    assert rank(facts | {"aanknopingspunt": True}) >= rank(facts | {"aanknopingspunt": False})


@given(fully_known(hindrances=some()), st.data())
def test_an_improving_trend_never_pleads_for_and_never_worsens(facts: Facts, data: st.DataObject) -> None:
    present = [name for name in HINDRANCES if facts[name]]
    trend = data.draw(st.sampled_from([f"{name}_trend" for name in present] + ["motivatie_trend"]))
    before = weigh(facts | {trend: data.draw(st.sampled_from(["stabiel", "verergerd"]))})
    after = weigh(facts | {trend: "verbeterd"})
    assert {argument.regel for argument in after.voor} == {argument.regel for argument in before.voor}
    assert {argument.regel for argument in after.tegen} <= {argument.regel for argument in before.tegen}
    assert ORDER.index(after.advies) >= ORDER.index(before.advies)


def test_an_improvement_counts_only_when_it_lasts() -> None:
    facts = with_hindrances(nothing_else(), ("schulden",), "verbeterd")
    assert [argument.regel for argument in weigh(facts).weerlegd] == ["leiden.v2.schulden"]
    assert [argument.regel for argument in weigh(facts | {"terugval": True}).tegen] == ["leiden.v2.schulden"]


@given(fully_known(), st.integers(0, 120))
def test_age_never_lowers_the_advice(facts: Facts, age: int) -> None:
    assert rank(facts | {"leeftijd": age}) >= rank(facts | {"leeftijd": 40})


@pytest.mark.parametrize(("age", "pleads"), [(0, True), (26, True), (27, False), (40, False), (120, False)])
def test_the_age_rule_pleads_for_the_young_only(age: int, pleads: bool) -> None:
    rules = [argument.regel for argument in weigh(nothing_else() | {"leeftijd": age}).voor]
    assert ("leiden.v3.jong" in rules) is pleads


def test_a_young_person_gets_a_talk_where_an_older_one_gets_not_now() -> None:
    facts = with_hindrances(nothing_else(), HINDRANCES)
    assert weigh(facts).advies is LeidenUitkomst.NIET_NU
    assert weigh(facts | {"leeftijd": 26}).advies is LeidenUitkomst.DRIEGESPREK


# what plays no role


@settings(max_examples=20)
@given(partly_known(), st.data())
def test_what_plays_no_role_changes_nothing(facts: Facts, data: st.DataObject) -> None:
    ignored = leiden().geen_rol
    chosen = data.draw(st.dictionaries(st.sampled_from(ignored), st.booleans(), min_size=1))
    before, after = weigh(facts), weigh(facts | chosen)
    for part in ("advies", "exact", "cautious", "rij", "antwoorden", "argumenten", "weerlegd", "ontbreekt"):
        assert getattr(after, part) == getattr(before, part), part
    assert after.onbekend == before.onbekend


def test_eight_facts_play_no_role() -> None:
    assert set(leiden().geen_rol) == {
        "sociaal_netwerk",
        "gezinssituatie",
        "sollicitatievaardigheden",
        "vakvaardigheden",
        "beperkte_werkervaring",
        "justitieel_verleden",
        "kinderopvang",
        "voedselbank",
    }
    assert not set(leiden().geen_rol) & set(leiden().facts_read)


# the published vignettes


def _vignettes() -> dict[int, Facts]:
    with VIGNETTES.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    cases: dict[int, Facts] = {}
    for row in rows:
        facts = with_hindrances(nothing_else(), tuple(name for name in HINDRANCES if row[name] == "1"))
        cases[int(row["vignette"])] = facts if row["motivatie"] == "1" else without_motivation(facts)
    return cases


def test_the_fourteen_vignettes_get_at_least_three_different_advices() -> None:
    advices = {number: weigh(facts).advies for number, facts in _vignettes().items()}
    assert list(advices) == list(range(1, 15))
    assert len(set(advices.values())) >= 3
    assert set(advices.values()) <= set(ORDER)


# rows


@settings(max_examples=25)
@given(partly_known(), st.sampled_from(QUESTIONS))
def test_own_doubt_on_any_question_gives_a_talk(facts: Facts, question: str) -> None:
    own = {question: ("twijfel", "Daar zijn wij nog niet over uit.")}
    assert weigh(facts | {"extern_onderzoek": False, "antwoorden": own}).advies is LeidenUitkomst.DRIEGESPREK


def test_the_rules_themselves_can_end_in_doubt() -> None:
    afweging = weigh(with_hindrances(nothing_else(), ("verslaving", "psychisch")))
    assert afweging.answer("combinatie").suggestie.value == "twijfel"
    assert afweging.advies is LeidenUitkomst.DRIEGESPREK
    assert afweging.voor
    assert afweging.tegen


@settings(max_examples=25)
@given(
    partly_known(),
    st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from(["ja", "nee", "twijfel"])),
    st.sampled_from(["exact", "cautious"]),
)
def test_external_expertise_always_waits(facts: Facts, own: dict[str, str], beleid: str) -> None:
    answers = {question: (answer, "Dat zien wij zo.") for question, answer in own.items()}
    casus = leiden().casus(facts | {"extern_onderzoek": True, "antwoorden": answers})
    afweging = leiden().evaluate(casus, beleid=beleid)
    assert afweging.advies is LeidenUitkomst.AANHOUDEN
    assert afweging.ontbreekt == ()


def test_a_fresh_intake_asks_to_know_more() -> None:
    afweging = weigh({})
    assert afweging.advies is LeidenUitkomst.MEER_WETEN
    assert afweging.cautious is LeidenUitkomst.MEER_WETEN
    assert afweging.ontbreekt_exact
    listed = [entry.feit for entry in afweging.ontbreekt]
    assert set(listed) == set(leiden().facts_read) - {"extern_onderzoek"}
    assert [aanname.feit for aanname in afweging.aannames] == ["extern_onderzoek"]


def test_unknown_expertise_is_not_taken_as_no() -> None:
    afweging = weigh(nothing_else() | {"extern_onderzoek": "weet_niet"})
    assert afweging.aannames == ()
    assert afweging.advies is LeidenUitkomst.MEER_WETEN
    assert [entry.feit for entry in afweging.ontbreekt] == ["extern_onderzoek"]


# where it comes from, and how it is worded


def test_every_consideration_is_used_and_every_rule_cites_one() -> None:
    kader = leiden()
    assert list(kader.afwegingen) == [f"B{number}" for number in range(1, 8)]
    cited = {rule.afweging for rule in kader.regels}
    assert cited <= set(kader.afwegingen)
    in_rows = {name for row in kader.beslis for name in re.findall(r"\bB\d\b", row.bron)}
    by_guards = ({"B7"} if kader.geen_rol else set()) | ({"B6"} if kader.nooit_tegen else set())
    assert cited | in_rows | by_guards == set(kader.afwegingen)


def test_every_rule_and_row_says_where_it_comes_from() -> None:
    parts: list[Rule | Row] = [*leiden().regels, *leiden().beslis]
    assert [part.id for part in parts if "TNO 2021" not in part.bron] == []


def test_its_texts_are_value_neutral() -> None:
    kader = leiden()
    texts = [kader.titel, kader.toelichting, *kader.afwegingen.values()]
    texts += [text for fact in kader.feiten.values() for text in (fact.label, fact.toelichting or "")]
    texts += [text for question in kader.vragen for text in (question.tekst, question.toelichting or "")]
    parts: list[Rule | Row] = [*kader.regels, *kader.beslis]
    texts += [text for part in parts for text in (part.omdat, part.keuze or "")]
    texts += [exception.label for rule in kader.regels for exception in rule.tenzij]
    assert [(text, note) for text in texts for note in check_language(text)] == []
