"""A kader is checked as a whole when it is built, never changes, and is known by its hash."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.decision.strategies import LADDER, Route

import igm
from igm.decision import (
    Afwegingskader,
    Condition,
    Fact,
    FactKind,
    LeidenUitkomst,
    Question,
    Row,
    Rule,
    Uitkomst,
    antwoord,
    feit,
    known,
    regel,
)
from igm.decision.conditions import Always, JaNee
from igm.errors import InputError, KaderError, UnknownNameError

A = feit.ja_nee("a")
V = antwoord("v")
FACTS = (
    Fact.ja_nee("a", label="a"),
    Fact.getal("leeftijd", label="leeftijd", eenheid="jaar", minimum=0, maximum=120, geheel=True),
    Fact.keuze("trend", label="trend", opties=("beter", "slechter"), geldt_als="a"),
    Fact.ja_nee("gezondheid", label="gezondheid", gevoelig=True),
)
RULE = regel("ons.a", vraag="v", als=A, pleit_voor="nee", omdat="Omdat.", bron="team")
ROW = Row(id="nee", als=V.is_("nee"), dan="laag", omdat="Omdat.")
LAST = Row(id="anders", als=Always(), dan="hoog", omdat="Anders.")


def parts(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "id": "klein",
        "version": "1",
        "titel": "Klein",
        "bron": "team",
        "uitkomsten": Route,
        "volgorde": LADDER,
        "gunstig": Route("hoog"),
        "bij_onbekend": Route("vraag"),
        "feiten": FACTS,
        "vragen": (Question(name="v", tekst="Wat?"),),
        "regels": (RULE,),
        "beslis": (ROW, LAST),
        "afwegingen": {"B1": "Doorverwijzen, tenzij."},
    }
    return whole | changes


def build(**changes: Any) -> Afwegingskader[Any]:
    return Afwegingskader(**parts(**changes))


def problems(**changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(KaderError) as caught:
        build(**changes)
    return [(problem.code, problem.where) for problem in caught.value.problems]


def rule_on(condition: Condition, **more: Any) -> Rule:
    return attrs.evolve(RULE, als=condition, **more)


# what does not fit


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (feit.ja_nee("schulden"), "unknown-fact"),
        (known(feit.ja_nee("schulden")), "unknown-fact"),
        (feit.getal("a") < 3, "fact-kind"),
        (feit.ja_nee("leeftijd"), "fact-kind"),
        (known(feit.keuze("leeftijd")), "fact-kind"),
        (feit.getal("leeftijd") < 121, "fact-bounds"),
        (feit.getal("leeftijd").is_(27.5), "fact-bounds"),
        (feit.keuze("trend").is_("best"), "fact-bounds"),
        (V.is_("ja"), "rule-invalid"),
    ],
    ids=repr,
)
def test_a_rule_reads_only_what_is_declared(condition: Condition, code: str) -> None:
    assert problems(regels=[rule_on(~(A & condition))]) == [(code, "$.regels['ons.a'].als")]
    by_exception = attrs.evolve(
        regel("ons.a", vraag="v", als=A, pleit_voor="ja", omdat="o", bron="b", tenzij={"x": condition})
    )
    assert problems(regels=[by_exception]) == [(code, "$.regels['ons.a'].tenzij.x")]


def test_an_undeclared_fact_gets_a_suggestion() -> None:
    with pytest.raises(KaderError, match="Did you mean 'leeftijd'") as caught:
        build(regels=[rule_on(feit.getal("leeftyd") < 27)])
    assert "'leeftyd'" in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"regels": [attrs.evolve(RULE, vraag="w")]}, ("unknown-question", "$.regels['ons.a']")),
        ({"regels": [attrs.evolve(RULE, afweging="B2")]}, ("rule-invalid", "$.regels['ons.a']")),
        ({"regels": [RULE, RULE]}, ("duplicate-name", "$.regels['ons.a']")),
        (
            {"vragen": [Question(name="v", tekst="?"), Question(name="v", tekst="!")]},
            ("duplicate-name", "$.vragen.v"),
        ),
        ({"beslis": [ROW, attrs.evolve(LAST, id="nee")]}, ("duplicate-name", "$.beslis[1]")),
        ({"feiten": [*FACTS, FACTS[0]]}, ("duplicate-name", "$.feiten.a")),
        ({"volgorde": [*LADDER[:2], *LADDER[1:]]}, ("duplicate-name", "$.volgorde")),
        ({"beslis": []}, ("kader-invalid", "$.beslis")),
        ({"beslis": [attrs.evolve(ROW, dan="lag"), LAST]}, ("outcome-unknown", "$.beslis[0]")),
        (
            {"beslis": [attrs.evolve(ROW, als=antwoord("w").is_("ja"))]},
            ("unknown-question", "$.beslis[0].als"),
        ),
        ({"beslis": [attrs.evolve(ROW, als=feit.ja_nee("b"))]}, ("unknown-fact", "$.beslis[0].als")),
        ({"gunstig": Route("midden")}, ("kader-invalid", "$.volgorde")),
        ({"geen_rol": ["b"]}, ("unknown-fact", "$.geen_rol")),
        ({"nooit_tegen": ["b"]}, ("unknown-fact", "$.nooit_tegen")),
        (
            {"vragen": [Question(name="V", tekst="?")], "regels": [], "beslis": [LAST]},
            ("kader-invalid", "$.vragen.V"),
        ),
    ],
)
def test_each_part_that_does_not_fit_is_told_with_its_path(
    changes: dict[str, Any], found: tuple[str, str]
) -> None:
    assert problems(**changes) == [found]


@pytest.mark.parametrize("field", ["gunstig", "bij_onbekend", "volgorde"])
def test_outcomes_are_those_of_the_kader(field: str) -> None:
    other = Uitkomst.declare("Anders", {"TOP": "top"})("top")
    found = problems(**{field: (other,) if field == "volgorde" else other})
    assert ("outcome-unknown", f"$.{field}") in found


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (Fact.ja_nee("b", label="b", geldt_als="c"), "unknown-fact"),
        (Fact.ja_nee("b", label="b", geldt_als="leeftijd"), "kader-invalid"),
        (Fact.ja_nee("b", label="b", geldt_als="b"), "kader-invalid"),
        (Fact.keuze("b", label="b", opties=("geweigerd", "x")), "kader-invalid"),
    ],
)
def test_facts_fit_together(fact: Fact, code: str) -> None:
    assert problems(feiten=[*FACTS, fact]) == [(code, "$.feiten.b")]


def test_a_fact_hangs_on_one_that_stands_by_itself() -> None:
    chain = [Fact.ja_nee("b", label="b", geldt_als="a"), Fact.ja_nee("c", label="c", geldt_als="b")]
    assert problems(feiten=[*FACTS, *chain]) == [("kader-invalid", "$.feiten.c")]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = problems(
        volgorde=(Route("hoog"), Route("laag")),
        vragen=[Question(name="v", tekst="?", gunstig="twijfel", default="onbekend")],
        regels=[rule_on(feit.ja_nee("b")), rule_on(feit.getal("a") < 1, vraag="w")],
        beslis=[attrs.evolve(ROW, dan="x"), attrs.evolve(ROW, als=antwoord("u").is_("ja"))],
        geen_rol=["x"],
    )
    assert found == [
        ("kader-invalid", "$.volgorde"),
        ("kader-invalid", "$.vragen.v"),
        ("kader-invalid", "$.vragen.v"),
        ("duplicate-name", "$.regels['ons.a']"),
        ("unknown-fact", "$.regels['ons.a'].als"),
        ("unknown-question", "$.regels['ons.a']"),
        ("fact-kind", "$.regels['ons.a'].als"),
        ("duplicate-name", "$.beslis[1]"),
        ("outcome-unknown", "$.beslis[0]"),
        ("unknown-question", "$.beslis[1].als"),
        ("unknown-fact", "$.geen_rol"),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"feiten": ["a"]},
        {"regels": ["ons.a"]},
        {"beslis": [attrs.evolve(ROW, als=True)]},  # type: ignore[arg-type]
        {"vragen": ["v"]},
        {"uitkomsten": "Route"},
    ],
    ids=str,
)
def test_parts_of_another_type_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises((KaderError, TypeError)):
        build(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"vragen": [Question(name="v", tekst=" ")]},
        {"beslis": [attrs.evolve(ROW, omdat=""), LAST]},
        {"titel": ""},
        {"bron": ""},
        {"version": ""},
    ],
    ids=str,
)
def test_people_can_read_every_part(changes: dict[str, Any]) -> None:
    with pytest.raises(KaderError):
        build(**changes)


# identity


CHANGES: list[dict[str, Any]] = [
    {"id": "ander"},
    {"version": "2"},
    {"titel": "Anders"},
    {"bron": "ander team"},
    {"toelichting": "Lees dit."},
    {"afwegingen": {"B1": "Anders."}},
    {"bij_onbekend": Route("wacht")},
    {"volgorde": LADDER[1:]},
    {"geen_rol": ["gezondheid"]},
    {"nooit_tegen": ["gezondheid"]},
    {"feiten": FACTS[:-1]},
    {"feiten": FACTS[::-1]},
    {"vragen": [Question(name="v", tekst="Hoe?")]},
    {"vragen": [Question(name="v", tekst="Wat?", default="ja")]},
    {"vragen": [Question(name="v", tekst="Wat?", gunstig="nee")]},
    {"vragen": [Question(name="v", tekst="Wat?", toelichting="Kijk.")]},
    {"regels": []},
    {"regels": [rule_on(~A)]},
    {"regels": [rule_on(feit.getal("leeftijd") < 27)]},
    {"regels": [rule_on(feit.getal("leeftijd") <= 27)]},
    {"regels": [rule_on(feit.getal("leeftijd") < 28)]},
    {"regels": [rule_on(known(A))]},
    {"regels": [attrs.evolve(RULE, id="ons.b")]},
    {"regels": [attrs.evolve(RULE, omdat="Daarom.")]},
    {"regels": [attrs.evolve(RULE, bron="ander team")]},
    {"regels": [attrs.evolve(RULE, afweging="B1")]},
    {"regels": [attrs.evolve(RULE, keuze="van ons")]},
    {"regels": [regel("ons.a", vraag="v", als=A, pleit_voor="ja", omdat="Omdat.", bron="team")]},
    {
        "regels": [
            regel("ons.a", vraag="v", als=A, pleit_voor="nee", omdat="Omdat.", bron="team", tenzij={"x": A})
        ]
    },
    {
        "regels": [
            regel("ons.a", vraag="v", als=A, pleit_voor="nee", omdat="Omdat.", bron="team", tenzij={"y": A})
        ]
    },
    {"beslis": [LAST]},
    {"beslis": [LAST, ROW]},
    {"beslis": [attrs.evolve(ROW, id="ja"), LAST]},
    {"beslis": [attrs.evolve(ROW, dan="midden"), LAST]},
    {"beslis": [attrs.evolve(ROW, omdat="Daarom."), LAST]},
    {"beslis": [attrs.evolve(ROW, bron="b"), LAST]},
    {"beslis": [attrs.evolve(ROW, als=V.is_("nee", "twijfel")), LAST]},
]
CHANGED_FACTS: dict[str, Any] = {
    "label": "anders",
    "eenheid": "maand",
    "minimum": 1,
    "maximum": 110,
    "geheel": False,
    "veranderbaar": False,
    "gevoelig": True,
    "geldt_als": "a",
    "toelichting": "Kijk.",
}


def test_the_hash_changes_when_anything_changes() -> None:
    every = [build(), *(build(**change) for change in CHANGES)]
    for field, value in CHANGED_FACTS.items():
        every.append(build(feiten=[FACTS[0], attrs.evolve(FACTS[1], **{field: value}), *FACTS[2:]]))
    every.append(build(feiten=[*FACTS[:3], attrs.evolve(FACTS[3], zonder_melding=False)]))
    every.append(
        build(feiten=[*FACTS[:2], attrs.evolve(FACTS[2], opties=("beter", "slechter", "gelijk")), FACTS[3]])
    )
    renamed = Uitkomst.declare(
        "Route", {"LAAG": "laag", "TUSSEN": "midden", "HOOG": "hoog", "VRAAG": "vraag"}
    )
    names = {
        "uitkomsten": renamed,
        "volgorde": [renamed("laag"), renamed("hoog")],
        "gunstig": renamed("hoog"),
    }
    every.append(build(**names, bij_onbekend=renamed("vraag")))
    assert len({kader.hash for kader in every}) == len(every)
    assert len(set(every)) == len(every)


def test_a_kader_built_again_is_equal() -> None:
    assert build() == build(feiten=list(FACTS), regels=iter([RULE]))
    assert hash(build()) == hash(build())
    assert build() != build(version="2")
    assert build() != build().hash
    assert len(build().hash) == 12
    assert str(build().reference) == "klein 1"


def test_conditions_that_look_alike_have_different_hashes() -> None:
    facts = [*FACTS, Fact.ja_nee("anders", label="anders")]
    always, only = (
        build(feiten=facts, beslis=[ROW, attrs.evolve(LAST, als=als)]) for als in (Always(), JaNee("anders"))
    )
    assert always != only


def test_a_kader_with_outcomes_of_its_own_survives_pickling() -> None:
    kader = build()
    copy = pickle.loads(pickle.dumps(kader))  # noqa: S301
    assert copy == kader
    assert copy.uitkomsten is kader.uitkomsten


def test_outcomes_survive_pickling_by_themselves() -> None:
    for outcomes in (build().uitkomsten, LeidenUitkomst, Uitkomst):
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(outcomes, protocol)) is outcomes  # noqa: S301
            for outcome in outcomes:
                assert pickle.loads(pickle.dumps(outcome, protocol)) is outcome  # noqa: S301


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ({"mro": "a"}, ("kader-invalid", "$.uitkomsten.mro")),
        ({"_A_": "a"}, ("kader-invalid", "$.uitkomsten._A_")),
        ({"niet nu": "a"}, ("kader-invalid", "$.uitkomsten['niet nu']")),
        ({"label": "a"}, ("kader-invalid", "$.uitkomsten.label")),
        ({"name": "a"}, ("kader-invalid", "$.uitkomsten.name")),
        ({"A": " "}, ("kader-invalid", "$.uitkomsten.A")),
        ({"A": 3}, ("kader-invalid", "$.uitkomsten.A")),
        ({"A": "a", "B": "a"}, ("duplicate-name", "$.uitkomsten.B")),
    ],
    ids=str,
)
def test_outcomes_have_names_and_values_of_their_own(members: Any, fault: tuple[str, str]) -> None:
    with pytest.raises(KaderError) as caught:
        Uitkomst.declare("Eigen", members)
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [fault]


def test_cases_and_results_of_own_outcomes_survive_pickling() -> None:
    kader = build()
    casus = kader.casus(a=True, leeftijd=20)
    afweging = kader.evaluate(casus)
    copy = pickle.loads(pickle.dumps((casus, afweging)))  # noqa: S301
    assert copy == (casus, afweging)
    assert copy[1].advies is afweging.advies


def test_the_leiden_kader_and_its_cases_survive_pickling() -> None:
    kader = igm.kader("leiden-2021")
    casus = kader.casus(motivatie=True, psychisch=True)
    afweging = kader.evaluate(casus)
    copy, case, result = pickle.loads(pickle.dumps((kader, casus, afweging)))  # noqa: S301
    assert (case, result) == (casus, afweging)
    assert result.advies is afweging.advies
    assert copy.evaluate(case) == afweging


IMMUTABLE: list[Callable[[Any], object]] = [
    lambda kader: setattr(kader, "id", "x"),
    lambda kader: setattr(kader, "regels", ()),
    lambda kader: setattr(kader, "nieuw", 1),
    lambda kader: delattr(kader, "id"),
    lambda kader: kader.feiten.__setitem__("b", FACTS[0]),
    lambda kader: kader.feiten.pop("a"),
    lambda kader: kader.afwegingen.update(B2="x"),
    lambda kader: kader.regels.append(RULE),
    lambda kader: setattr(kader.regels[0], "omdat", "x"),
]


@pytest.mark.parametrize("change", IMMUTABLE)
def test_a_kader_never_changes(change: Callable[[Any], object]) -> None:
    kader = build()
    before = kader.hash
    with pytest.raises((AttributeError, TypeError)):
        change(kader)
    assert build() == kader
    assert kader.hash == before


# more rules


def leiden_with(condition: Condition, **evidence: Any) -> Afwegingskader[Any]:
    rule = regel("ons.jong", vraag="combinatie", als=condition, omdat="Omdat.", bron="team", **evidence)
    return igm.kader("leiden-2021").with_rules(rule, feiten=[])


def test_own_rules_make_a_new_kader() -> None:
    young = (feit.getal("leeftijd") < 27) & ~feit.ja_nee("schulden")
    kader = igm.kader("leiden-2021")
    own = leiden_with(young, pleit_voor="ja")
    assert own.version == "1.0+1"
    assert own.regels[-1].id == "ons.jong"
    assert len(kader.regels) == len(own.regels) - 1
    assert own != kader
    arguments = own.evaluate(own.casus(leeftijd=20, schulden=False)).voor
    assert "ons.jong" in [argument.regel for argument in arguments]


def test_own_facts_are_declared_with_the_rules_that_read_them() -> None:
    hours = Fact.getal("uren", label="uren", eenheid="uur per week", minimum=0, maximum=40)
    rule = regel(
        "ons.uren", vraag="combinatie", als=feit.getal("uren") >= 8, pleit_voor="ja", omdat="o", bron="b"
    )
    kader = igm.kader("leiden-2021")
    own = kader.with_rules(rule, feiten=[hours])
    assert own.evaluate(own.casus(uren=12)).voor[0].regel == "ons.uren"
    assert own.feiten["uren"] is hours
    with pytest.raises(KaderError, match="not declared"):
        kader.with_rules(rule)
    with pytest.raises(KaderError, match="declared twice"):
        own.with_rules(feiten=[hours])


@pytest.mark.parametrize(
    ("condition", "evidence", "guard"),
    [
        (feit.getal("leeftijd") > 60, {"pleit_tegen": "ja"}, "$.nooit_tegen.leeftijd"),
        (feit.getal("leeftijd") < 27, {"pleit_voor": "nee"}, "$.nooit_tegen.leeftijd"),
        (feit.ja_nee("justitieel_verleden"), {"pleit_voor": "nee"}, "$.geen_rol.justitieel_verleden"),
        (feit.ja_nee("voedselbank"), {"pleit_voor": "ja"}, "$.geen_rol.voedselbank"),
    ],
)
def test_own_rules_cannot_go_round_a_guard(
    condition: Condition, evidence: dict[str, Any], guard: str
) -> None:
    with pytest.raises(KaderError) as caught:
        leiden_with(condition, **evidence)
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [
        ("guard-not-proven", guard)
    ]


def test_a_case_belongs_to_one_version_of_one_kader() -> None:
    own = leiden_with(feit.ja_nee("taal"), pleit_voor="ja")
    casus = igm.kader("leiden-2021").casus(taal=True)
    with pytest.raises(InputError) as caught:
        own.evaluate(casus)
    assert caught.value.code == "kader-invalid"
    assert own.evaluate(own.casus(casus.to_dict())).kader.version == "1.0+1"


# looking


def test_a_question_is_found_by_its_name() -> None:
    assert build().question("v").tekst == "Wat?"
    with pytest.raises(UnknownNameError, match="Did you mean 'combinatie'"):
        igm.kader("leiden-2021").question("combinaties")


def test_it_shows_itself_in_one_line_and_its_facts_in_a_table() -> None:
    kader = build(geen_rol=["gezondheid"])
    assert repr(kader) == "Afwegingskader('klein' 1, n=4 feiten, 1 vragen, 1 regels, 2 rijen)"
    table = kader.table()
    assert [row[0] for row in table.rows] == ["a", "leeftijd", "trend", "gezondheid"]
    assert table.rows[2][-1] == "alleen als a"
    assert table.rows[3][-1] == "gevoelig, geen rol"
    assert "<table" in kader._repr_html_()


def test_it_knows_what_it_reads() -> None:
    rule = rule_on(known(feit.getal("leeftijd")) | feit.keuze("trend").is_("beter"))
    kader = build(regels=[rule])
    assert kader.facts_read == ("leeftijd", "trend")
    assert kader.facts_in_known == ("leeftijd",)
    assert kader.sensitive == {"gezondheid"}
    assert not kader.reads_dates
    assert {fact.kind for fact in kader.feiten.values()} == {FactKind.JA_NEE, FactKind.GETAL, FactKind.KEUZE}


@given(st.sampled_from(["exact", "cautious"]))
def test_the_policy_is_one_of_two(beleid: str) -> None:
    kader = build()
    assert kader.evaluate(kader.casus(), beleid=beleid).beleid == beleid
    with pytest.raises(InputError, match="exact"):
        kader.evaluate(kader.casus(), beleid=beleid + "er")


def test_no_text_of_a_rulebook_runs_as_python() -> None:
    evil = "neer\nraise SystemExit('run')\r#"
    trap = Uitkomst.declare("Trap", {"EEN": "een", "TWEE": evil})
    options = Fact.keuze("k", label="k", opties=(evil, "op"))
    rows = [
        Row(id=evil, als=feit.keuze("k").is_(evil), dan=evil, omdat="o"),
        Row(id="anders", als=Always(), dan="een", omdat="o"),
    ]
    kader = Afwegingskader(
        id="trap" + evil, version=evil, titel="t", bron="b", uitkomsten=trap, volgorde=(), gunstig=trap("een"),
        bij_onbekend=trap("een"), feiten=[options], beslis=rows,
    )  # fmt: skip
    assert kader.evaluate(kader.casus(k=evil)).advies is trap(evil)
    assert kader.evaluate(kader.casus()).ontbreekt[0].feit == "k"
