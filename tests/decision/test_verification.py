"""Every kind of finding, with its example weighed again to show that it is real."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.decision.strategies import LADDER, PEILDATUM, Route, kaders, small, yes_no

import igm
from igm.decision import (
    Afweging,
    Afwegingskader,
    Antwoord,
    Condition,
    Fact,
    Finding,
    Question,
    Row,
    Rule,
    Uitkomst,
    Verification,
    antwoord,
    feit,
    known,
    regel,
    verification_space,
    verify_draft,
)
from igm.decision.conditions import Always
from igm.decision.reference import reference_answers, reference_outcome
from igm.decision.verification_space import Space
from igm.errors import InputError

X, Y, Z = (feit.ja_nee(name) for name in "xyz")
V = antwoord("v")
N = feit.getal("n")
NUMBER = Fact.getal("n", label="aantal", eenheid="x", minimum=0, maximum=100, geheel=True)
ROWS: list[tuple[Condition, str]] = [(V.is_("nee"), "laag"), (V.is_("twijfel"), "midden")]


def rule(id: str, als: Condition, voor: str = "nee", **tenzij: Condition) -> Rule:  # noqa: A002
    return regel(id, vraag="v", als=als, pleit_voor=voor, tenzij=tenzij, omdat="o", bron="b")


def weighing(
    *rules: Rule, facts: Sequence[Fact] = (), default: Any = "ja", rows: Any = ROWS, **more: Any
) -> Afwegingskader[Uitkomst]:
    question = Question(name="v", tekst="Wat?", default=default)
    return small([*yes_no("x", "y", "z"), *facts], rows, [question], rules, **more)


def found(kader: Afwegingskader[Any], code: str, **more: Any) -> list[Finding]:
    return [finding for finding in kader.verify(**more).findings if finding.code == code]


def the(kader: Afwegingskader[Any], code: str, **more: Any) -> Finding:
    (finding,) = found(kader, code, **more)
    return finding


def weigh(kader: Afwegingskader[Any], case: Mapping[str, Any] | None) -> Afweging[Any]:
    assert case is not None
    return kader.evaluate(kader.casus(case))


def advice(kader: Afwegingskader[Any], case: Mapping[str, Any] | None, **changes: Any) -> Any:
    assert case is not None
    casus = kader.casus({**case, **changes})
    assert kader.evaluate(casus).advies == reference_outcome(kader, casus)
    return kader.evaluate(casus).advies


# rules, questions, rows


def test_a_rule_that_is_never_true() -> None:
    finding = the(weighing(rule("a", X & ~X), rule("b", Y)), "unreachable-rule")
    assert (finding.waar, finding.ernst, finding.voorbeeld) == ("$.regels.a", "waarschuwing", None)


def test_a_rule_whose_exception_always_holds() -> None:
    kader = weighing(rule("a", X & Y, als_x=X), rule("b", Y))
    finding = the(kader, "unreachable-rule")
    assert finding.waar == "$.regels.a"
    assert [entry.regel for entry in weigh(kader, finding.voorbeeld).weerlegd] == ["a"]


def test_a_rule_that_asks_for_what_its_exception_leaves_open() -> None:
    kader = weighing(rule("a", ~known(X), als_x=X), rule("b", Y))
    finding = the(kader, "unreachable-rule")
    assert "of is zij open" in finding.wat
    assert [entry.regel for entry in weigh(kader, finding.voorbeeld).onbeslist] == ["a"]


def test_an_exception_that_is_never_met_where_the_rule_applies() -> None:
    kader = weighing(rule("a", X & Y, nooit=~X, soms=Z))
    finding = the(kader, "exception-never-met")
    assert finding.waar == "$.regels.a.tenzij.nooit"
    assert "a" in [entry.regel for entry in weigh(kader, finding.voorbeeld).argumenten]


def test_a_rule_that_another_rule_covers() -> None:
    kader = weighing(rule("smal", X & Y), rule("breed", X))
    finding = the(kader, "redundant-rule")
    assert (finding.waar, finding.ernst) == ("$.regels.smal", "waarschuwing")
    assert "telt ook regel breed" in finding.wat
    assert {entry.regel for entry in weigh(kader, finding.voorbeeld).argumenten} == {"smal", "breed"}


def test_a_rule_that_others_cover_together() -> None:
    findings = found(weighing(rule("alles", X | Y), rule("een", X), rule("twee", Y & ~X)), "redundant-rule")
    said = {finding.waar: finding.wat for finding in findings}
    assert list(said) == ["$.regels.alles", "$.regels.een", "$.regels.twee"]  # each of them, not all at once
    assert "andere regels samen" in said["$.regels.alles"]
    assert "ook regel alles" in said["$.regels.een"]


def test_a_rule_that_only_repeats_the_default_is_a_remark() -> None:
    finding = the(weighing(rule("a", X, "ja"), rule("b", ~X)), "redundant-rule")
    assert (finding.waar, finding.ernst) == ("$.regels.a", "opmerking")


def test_rules_that_can_contradict_each_other_are_a_remark_with_a_case() -> None:
    kader = weighing(rule("a", X, "ja"), rule("b", Y))
    finding = the(kader, "contradiction")
    assert (finding.waar, finding.ernst) == ("$.vragen.v", "opmerking")
    assert "a, b" in finding.wat
    assert weigh(kader, finding.voorbeeld).answer("v").suggestie is Antwoord.TWIJFEL


def test_a_rule_that_never_counts_without_its_opposite_is_a_warning() -> None:
    kader = weighing(rule("a", X & Y, "ja"), rule("b", Y))
    finding = next(finding for finding in found(kader, "contradiction") if finding.ernst == "waarschuwing")
    assert finding.waar == "$.regels.a"
    assert {entry.regel for entry in weigh(kader, finding.voorbeeld).argumenten} == {"a", "b"}


def test_an_answer_that_stays_open_though_all_is_known() -> None:
    kader = weighing(rule("a", X), default=None)
    finding = the(kader, "gap")
    assert (finding.waar, finding.ernst) == ("$.vragen.v", "waarschuwing")
    afweging = weigh(kader, finding.voorbeeld)
    assert afweging.advies == Route("vraag")
    assert afweging.ontbreekt == ()


def without_else(*rows: Row) -> dict[str, Any]:
    return {
        "id": "klein", "version": "1", "titel": "Klein", "bron": "b", "uitkomsten": Route, "volgorde": LADDER,
        "gunstig": LADDER[-1], "bij_onbekend": Route("vraag"), "feiten": yes_no("x", "y"), "beslis": rows,
    }  # fmt: skip


def test_a_case_over_which_no_row_decides_is_an_error() -> None:
    kader = Afwegingskader(**without_else(Row(id="a", als=X | Y, dan="laag", omdat="o")))
    finding = the(kader, "gap")
    assert (finding.waar, finding.ernst) == ("$.beslis", "fout")
    assert not kader.verify().ok
    assert advice(kader, finding.voorbeeld) == Route("vraag")
    assert finding.voorbeeld == {"x": False, "y": False}


def test_rows_and_outcomes_that_nothing_reaches() -> None:
    kader = small(yes_no("x", "y"), [(X, "laag"), (X & Y, "midden"), (Y, "midden")])
    assert the(kader, "unreachable-row").waar == "$.beslis[1]"
    assert the(kader, "unreachable-outcome").waar == "$.uitkomsten.WACHT"
    hidden = small(yes_no("x", "y"), [(X, "laag"), (X & Y, "midden")])
    outcomes = [finding.waar for finding in found(hidden, "unreachable-outcome")]
    assert outcomes == ["$.uitkomsten.MIDDEN", "$.uitkomsten.WACHT"]


def test_a_row_that_only_own_answers_reach_is_a_remark() -> None:
    kader = weighing(rule("a", X))
    finding = the(kader, "unreachable-row")
    assert (finding.waar, finding.ernst) == ("$.beslis[1]", "opmerking")
    casus = kader.casus(x=True, antwoorden={"v": ("twijfel", "We weten het niet.")})
    assert kader.evaluate(casus).advies == Route("midden")


# facts


def test_a_fact_that_nothing_reads_is_a_remark_unless_it_plays_no_role() -> None:
    assert [finding.waar for finding in found(weighing(rule("a", X)), "unread-fact")] == [
        "$.feiten.y",
        "$.feiten.z",
    ]
    assert found(weighing(rule("a", X), geen_rol=["y", "z"]), "unread-fact") == []


def test_a_fact_that_is_read_without_effect() -> None:
    kader = weighing(rule("a", (X & Y) | X))
    finding = the(kader, "dead-fact")
    assert finding.waar == "$.feiten.y"
    assert advice(kader, finding.voorbeeld, y=True) == advice(kader, finding.voorbeeld, y=False)


def test_whether_a_fact_is_known_is_an_effect() -> None:
    assert found(small(yes_no("x"), [(known(X), "laag")]), "dead-fact") == []
    kader = small(yes_no("x"), [(known(X), "laag"), (~known(X), "midden")])
    assert [finding.waar for finding in found(kader, "unreachable-row")] == ["$.beslis[2]"]


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("below", "above"),
    [(N < 27, N > 27), (N <= 27, N >= 27), (~(N >= 27), ~(N <= 27))],
    ids=["between", "both", "denied"],
)
def test_one_value_between_thresholds(whole: bool, below: Condition, above: Condition) -> None:
    facts = [attrs.evolve(NUMBER, geheel=whole)]
    kader = weighing(rule("a", below), rule("b", above, "ja"), facts=facts, default="twijfel")
    finding = the(kader, "threshold-gap")
    assert finding.waar == "$.feiten.n"
    assert finding.voorbeeld is not None
    assert finding.voorbeeld["n"] == 27
    step = 1 if whole else 1e-6
    here = advice(kader, finding.voorbeeld)
    assert here not in {
        advice(kader, finding.voorbeeld, n=27 - step),
        advice(kader, finding.voorbeeld, n=27 + step),
    }


def test_whole_numbers_leave_one_out_between_closed_thresholds() -> None:
    kader = weighing(rule("a", N <= 26), rule("b", N >= 28, "ja"), facts=[NUMBER], default="twijfel")
    finding = the(kader, "threshold-gap")
    assert finding.voorbeeld is not None
    assert finding.voorbeeld["n"] == 27


def test_thresholds_that_meet_or_climb_are_in_order() -> None:
    meet = weighing(rule("a", N < 27), rule("b", N >= 27, "ja"), facts=[NUMBER])
    assert found(meet, "threshold-gap") == []
    climb = small([NUMBER], [(N >= 28, "laag"), (N >= 27, "midden")])
    assert found(climb, "threshold-gap") == []


def test_an_age_left_out_between_thresholds() -> None:
    born = feit.datum("geboren").years()
    facts = [Fact.datum("geboren", label="datum van geboorte", minimum=date(1900, 1, 1))]
    kader = weighing(rule("a", born < 27), rule("b", born > 27, "ja"), facts=facts, default="twijfel")
    finding = the(kader, "threshold-gap", peildatum=PEILDATUM)
    assert finding.voorbeeld is not None
    assert advice(kader, finding.voorbeeld) == Route("midden")
    day = finding.voorbeeld["geboren"]
    assert advice(kader, finding.voorbeeld, geboren=day.replace(year=day.year - 1)) == Route("hoog")
    assert advice(kader, finding.voorbeeld, geboren=day.replace(year=day.year + 1)) == Route("laag")


def test_a_fact_that_raises_here_and_lowers_there() -> None:
    kader = weighing(rule("a", X & Y), rule("b", ~X & ~Y))
    findings = found(kader, "not-monotone")
    assert [finding.waar for finding in findings] == ["$.feiten.x", "$.feiten.y"]
    up, down = findings[0].voorbeeld, findings[0].tweede
    assert LADDER.index(advice(kader, up, x=False)) < LADDER.index(advice(kader, up))
    assert LADDER.index(advice(kader, down, x=False)) > LADDER.index(advice(kader, down))


def test_one_direction_is_in_order() -> None:
    assert found(weighing(rule("a", X & Y), rule("b", X & Z)), "not-monotone") == []


@pytest.mark.parametrize(
    ("name", "label", "word"),
    [
        ("postcode", "waar iemand woont", "afkomst"),
        ("postcodegebied", "gebied", "afkomst"),
        ("dienstjaren_nu", "hoe lang in dienst", "leeftijd"),
        ("p", "Nationaliteit van de cliënt", "afkomst"),
        ("p", "woont in een wijk met veel werk", "afkomst"),
        ("p", "de achternaam", "afkomst"),
    ],
)
def test_a_name_that_often_stands_for_something_else(name: str, label: str, word: str) -> None:
    facts = [Fact.ja_nee(name, label=label)]
    finding = the(weighing(rule("a", X & feit.ja_nee(name)), facts=facts), "proxy")
    assert (finding.waar, finding.ernst) == (f"$.feiten.{name}", "waarschuwing")
    assert word in finding.wat
    assert found(weighing(rule("a", X), facts=facts), "proxy") == []


def test_words_that_only_look_like_a_proxy_are_none() -> None:
    facts = [Fact.ja_nee("deelname", label="aangename deelname, volgens de ontwijkende buurtbus")]
    assert found(weighing(rule("a", feit.ja_nee("deelname")), facts=facts), "proxy") == []


# policies, samples, dates


def test_policies_that_differ() -> None:
    kader = weighing(rule("a", X & Y), rule("b", X & ~Y))
    finding = the(kader, "policies-differ")
    afweging = weigh(kader, finding.voorbeeld)
    assert afweging.policies_differ
    assert "alle 9 gevallen" in kader.verify().note


def test_policies_that_never_differ() -> None:
    assert found(weighing(rule("a", X)), "policies-differ") == []


def many(count: int) -> Afwegingskader[Uitkomst]:
    facts = yes_no(*(f"f{index}" for index in range(count)))
    refs = [feit.ja_nee(fact.name) for fact in facts]
    rules = [rule(f"r{index}", left & right) for index, (left, right) in enumerate(itertools.pairwise(refs))]
    question = Question(name="v", tekst="Wat?", default="ja")
    return small(facts, ROWS, [question], [*rules, rule("nooit", refs[0] & ~refs[0])])


def test_too_many_cases_are_a_sample_that_says_so_and_proves_nothing() -> None:
    kader = many(30)
    verification = kader.verify()
    assert (verification.exact, verification.n_cases) == (False, 2**16)
    assert "65536 van 1073741824 gevallen" in verification.note
    assert "startgetal 2021" in verification.note
    never = the(kader, "unreachable-rule")
    assert never.ernst == "opmerking"
    assert "geen bewijs" in never.wat
    assert kader.verify() == verification
    assert repr(verification).endswith("n=65536 gevallen, steekproef)")
    differs = the(kader, "policies-differ") if found(kader, "policies-differ") else None
    assert differs is None or weigh(kader, differs.voorbeeld).policies_differ


def test_rules_are_still_weighed_exactly_where_their_question_is_small() -> None:
    extra = Question(name="w", tekst="Wat nog?", default="ja")
    base = many(30)
    never = regel(
        "w.nooit",
        vraag="w",
        als=feit.ja_nee("f0") & ~feit.ja_nee("f0"),
        pleit_voor="nee",
        omdat="o",
        bron="b",
    )
    kader = attrs.evolve(base, vragen=(*base.vragen, extra), regels=(*base.regels, never))
    levels = {finding.waar: finding.ernst for finding in found(kader, "unreachable-rule")}
    assert levels == {"$.regels.nooit": "opmerking", "$.regels['w.nooit']": "waarschuwing"}


def test_many_rules_on_many_cases_are_a_sample_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    kader = many(10)
    assert kader.verify().exact
    monkeypatch.setattr(verification_space, "MAX_BITS", 2**14)
    assert not kader.verify().exact
    assert weighing(rule("a", X)).verify().exact


def test_effects_in_a_sample_are_those_in_all_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    kader = weighing(
        rule("a", X & Y & (N < 27)), rule("b", ~X & ~Y), rule("c", N > 27, "ja"), rule("d", (Z & X) | (X & N.is_(3))),
        facts=[NUMBER],
    )  # fmt: skip
    exact = {(finding.code, finding.waar) for finding in kader.verify().findings}
    monkeypatch.setattr(verification_space, "MAX_EXACT", 1)
    sampled = kader.verify()
    assert not sampled.exact
    assert {(finding.code, finding.waar) for finding in sampled.findings} == exact
    for finding in sampled.findings:
        check(kader, finding)


def test_dates_ask_for_a_reference_date() -> None:
    facts = [Fact.datum("dag", label="dag")]
    kader = weighing(rule("a", feit.datum("dag") < date(2024, 1, 1)), facts=facts)
    with pytest.raises(InputError) as caught:
        kader.verify()
    assert caught.value.code == "peildatum-missing"
    assert kader.verify(peildatum=PEILDATUM).ok
    assert kader.verify(peildatum=PEILDATUM.isoformat()) == kader.verify(peildatum=PEILDATUM)
    for wrong in ("gisteren", 2024):
        with pytest.raises(InputError, match=r"peildatum is not a date.*invalid-value"):
            kader.verify(peildatum=wrong)  # type: ignore[arg-type]


def test_a_draft_takes_a_day_as_text_too() -> None:
    born = Fact.datum("dag", label="dag")
    parts = weighing(rule("a", feit.datum("dag") < date(2024, 1, 1)), facts=[born]).__getstate__()
    parts |= {"geen_rol": ["dag"]}
    found = verify_draft(parts, peildatum=PEILDATUM.isoformat())
    assert found == verify_draft(parts, peildatum=PEILDATUM)
    assert "guard" in {finding.code for finding in found.of("fout")}


# drafts


def draft(*rules: Rule, **more: Any) -> dict[str, Any]:
    kader = weighing(*rules)
    return {**kader.__getstate__(), **more}


def test_a_draft_that_loads_has_the_same_findings() -> None:
    parts = draft(rule("a", X & ~X), rule("b", Y), geen_rol=["z"])
    assert verify_draft(parts) == verify_draft(**parts) == Afwegingskader(**parts).verify()


def codes(verification: Verification) -> list[tuple[str, str]]:
    return [(finding.code, finding.waar) for finding in verification.of("fout")]


def test_a_violated_geen_rol_has_an_example() -> None:
    parts = draft(rule("a", X & Y), geen_rol=["x", "z"])
    verification = verify_draft(parts)
    assert codes(verification) == [("guard", "$.geen_rol.x")]
    case = verification.findings[0].voorbeeld
    kader = Afwegingskader(**{**parts, "geen_rol": ()})
    assert advice(kader, case, x=True) != advice(kader, case, x=False)
    assert [finding.waar for finding in verification.findings if finding.code == "unread-fact"] == []


def test_a_violated_nooit_tegen_has_an_example() -> None:
    facts = [*yes_no("x", "y", "z"), NUMBER]
    parts = draft(feiten=facts, regels=[rule("a", Y & (N > 60))], nooit_tegen=["n"])
    verification = verify_draft(parts)
    assert codes(verification) == [("guard", "$.nooit_tegen.n")]
    case = verification.findings[0].voorbeeld
    with_rule = Afwegingskader(**{**parts, "nooit_tegen": ()})
    without = Afwegingskader(**{**parts, "nooit_tegen": (), "regels": ()})
    assert case is not None
    silent = without.evaluate(without.casus(case)).advies
    assert LADDER.index(advice(with_rule, case)) < LADDER.index(silent)


def test_what_does_not_load_is_told_and_the_rest_is_verified() -> None:
    wrong = [rule("fout", feit.ja_nee("bestaat_niet")), rule("te_hoog", N > 200)]
    parts = draft(rule("a", X & ~X), rule("b", Y))
    parts |= {
        "regels": [*wrong, *parts["regels"]],
        "feiten": [*yes_no("x", "y", "z"), NUMBER],
        "geen_rol": ["q"],
    }
    verification = verify_draft(parts)
    assert codes(verification) == [
        ("unknown-fact", "$.regels.fout.als"),
        ("fact-bounds", "$.regels.te_hoog.als"),
        ("unknown-fact", "$.geen_rol"),
    ]
    assert "unreachable-rule" in {finding.code for finding in verification.findings}
    assert "$.regels[0], $.regels[1]" in verification.note
    assert verification.kader is None
    assert not verification.ok


@pytest.mark.parametrize("rulebook", ["kader.yaml", {"id": "k", "begrippen": {}}, {"regels": {"r": {}}}])
def test_a_rulebook_is_no_draft(rulebook: Any) -> None:
    with pytest.raises(InputError, match=r"igm.kader\(path\) or igm.read_kader.*invalid-value"):
        verify_draft(rulebook)


def test_a_draft_without_its_main_parts_is_not_weighed() -> None:
    verification = verify_draft(id="x", regel=[])
    assert ("unknown-field", "$.regel") in codes(verification)
    assert ("missing-field", "$.beslis") in codes(verification)
    assert (verification.n_cases, verification.exact, verification.ok) == (0, False, False)
    parts = draft(rule("a", X), beslis=[Row(id="r", als=Always(), dan="bestaat_niet", omdat="o")])
    assert codes(verify_draft(parts)) == [("outcome-unknown", "$.beslis[0]")]


# shown and stored


def test_shown_and_stored() -> None:
    kader = weighing(rule("a", X & ~X), rule("b", Y))
    verification = kader.verify()
    assert repr(verification) == (
        "Verification('klein' 1, 0 fout, 3 waarschuwing, 3 opmerking, n=4 gevallen, exact)"
    )
    assert str(verification).splitlines()[0].startswith("Verificatie van klein 1: 0 fout")
    assert len(verification.table().rows) == len(verification.findings)
    assert "<table" in verification._repr_html_()
    stored = json.loads(json.dumps(verification.to_dict()))
    assert [entry["code"] for entry in stored["findings"]] == [entry.code for entry in verification.findings]
    levels = [finding.ernst for finding in verification.findings]
    assert levels == sorted(levels, key=["fout", "waarschuwing", "opmerking"].index)
    assert hash(verification.findings[0]) == hash(attrs.evolve(verification.findings[0]))


# Leiden


def test_leiden_has_no_error_and_every_case_was_weighed() -> None:
    kader = igm.kader("leiden-2021")
    verification = kader.verify()
    assert verification.ok
    assert verification.of("waarschuwing") == ()
    assert (verification.exact, verification.n_cases) == (True, 4_718_592)
    for finding in verification.findings:
        check(kader, finding)


# every example shows what it says, and nothing that can be counted is missed


def check(kader: Afwegingskader[Any], finding: Finding) -> None:  # noqa: C901 (one branch per kind of finding)
    """Weigh the example again."""
    if finding.voorbeeld is None:
        assert finding.code in {
            "unread-fact", "proxy", "unreachable-rule", "unreachable-row", "unreachable-outcome",
            "idle-guardrail",
        }  # fmt: skip
        return
    afweging = weigh(kader, finding.voorbeeld)
    casus = kader.casus(finding.voorbeeld)
    arguments = {entry.regel for entry in afweging.argumenten}
    name = next(
        (
            rule.id
            for rule in kader.regels
            if f"regels.{rule.id}" in finding.waar or f"['{rule.id}']" in finding.waar
        ),
        "",
    )
    match finding.code:
        case "gap":
            assert afweging.onbekend == 0 or afweging.ontbreekt == ()
            assert reference_outcome(kader, casus) == kader.bij_onbekend
        case "contradiction" if name:
            assert name in arguments
            assert reference_answers(kader, casus)[kader_rule(kader, name).vraag] is Antwoord.TWIJFEL
        case "contradiction":
            assert reference_answers(kader, casus)[finding.waar.split(".")[-1]] is Antwoord.TWIJFEL
        case "unreachable-rule":
            assert name in {entry.regel for entry in (*afweging.weerlegd, *afweging.onbeslist)}
        case "exception-never-met" if finding.waar.endswith(".gaat_voor"):
            assert name not in arguments
        case "exception-never-met":
            others = {entry.regel: entry.uitgezonderd for entry in (*afweging.weerlegd, *afweging.onbeslist)}
            assert name in arguments or finding.waar.split(".")[-1] not in others[name]
        case "redundant-rule":
            assert name in arguments
            less = without(kader, name)
            again = less.casus(finding.voorbeeld)
            assert reference_answers(less, again) == reference_answers(kader, casus)
        case "dead-fact":
            turned(kader, finding, expected={reference_outcome(kader, casus)})
        case "policies-differ":
            assert afweging.policies_differ
        case "not-monotone":
            fact = finding.waar.split(".")[-1]
            for case, way in ((finding.voorbeeld, 1), (finding.tweede, -1)):
                assert case is not None
                assert case[fact] is True
                yes, no = weigh(kader, case), weigh(kader, dropped(kader, case, fact))
                assert (LADDER.index(yes.advies) - LADDER.index(no.advies)) * way > 0
        case "silent-predicate":
            bits = [
                kader.machine.bits.index[asked]
                for asked in kader.predicates.values()
                if asked.id in finding.waar
            ]
            assert not any((casus.true | casus.false) >> bit & 1 for bit in bits)
            assert afweging.onbekend == 0
        case "threshold-gap":
            assert finding.voorbeeld[finding.waar.split(".")[-1]] is not None
        case _:
            raise AssertionError(finding)


def without(kader: Afwegingskader[Any], name: str) -> Afwegingskader[Any]:
    """The kader without a rule, and without what others say of it."""
    left = [
        attrs.evolve(rule, gaat_voor=[other for other in rule.gaat_voor if other != name])
        for rule in kader.regels
        if rule.id != name
    ]
    return attrs.evolve(kader, regels=left, vertalingen={})


def kader_rule(kader: Afwegingskader[Any], name: str) -> Rule:
    return next(rule for rule in kader.regels if rule.id == name)


def dropped(kader: Afwegingskader[Any], case: Mapping[str, Any], fact: str) -> dict[str, Any]:
    """The case with no for a fact, and without what hangs on it."""
    return {
        name: False if name == fact else value
        for name, value in case.items()
        if name not in kader.feiten or kader.feiten[name].geldt_als != fact
    }


def turned(kader: Afwegingskader[Any], finding: Finding, expected: set[Any]) -> None:
    fact = finding.waar.split(".")[-1]
    assert finding.voorbeeld is not None
    if any(other.geldt_als == fact for other in kader.feiten.values()):
        return
    for value in kader.machine.options(fact, finding.voorbeeld.get("peildatum")):
        assert {reference_outcome(kader, kader.casus({**finding.voorbeeld, fact: value}))} == expected


def complete_cases(kader: Afwegingskader[Any]) -> list[dict[str, Any]]:
    space = Space.of(kader, kader.facts_that_count, PEILDATUM if kader.reads_dates else None)
    assert space is not None
    assume(space.table.size <= 150)
    cases = [space.example(1 << place) for place in range(space.table.size)]
    return [case for case in cases if case is not None]


@given(kaders(expiring=False))
@settings(max_examples=60, deadline=None)
def test_every_example_shows_what_it_says(kader: Afwegingskader[Any]) -> None:
    complete_cases(kader)
    for finding in kader.verify(peildatum=PEILDATUM).findings:
        check(kader, finding)


@given(kaders(asks_known=False, asks_functions=False, expiring=False), st.data())
@settings(max_examples=60, deadline=None)
def test_nothing_is_missed_that_weighing_every_case_shows(
    kader: Afwegingskader[Any], data: st.DataObject
) -> None:
    cases = [weigh(kader, case) for case in complete_cases(kader)]
    findings = kader.verify(peildatum=PEILDATUM).findings
    said = {(finding.code, finding.waar) for finding in findings}
    counted = {entry.regel for afweging in cases for entry in afweging.argumenten}
    silent = {f"$.regels.{rule.id}" for rule in kader.regels if rule.id not in counted}
    assert {where for code, where in said if code == "unreachable-rule"} == silent
    decided = {afweging.rij.regel for afweging in cases if afweging.rij is not None}
    unreached = {
        f"$.beslis[{place}]"
        for place, row in enumerate(row for row in kader.beslis if not row.vangrails)
        if f"beslis:{row.id}" not in decided
    }
    assert {where for code, where in said if code == "unreachable-row"} == unreached
    idle = {
        f"$.vangrails.{rail.id}"
        for rail in kader.vangrails
        if not any(stand.beslist for afweging in cases for stand in afweging.vangrails if stand.id == rail.id)
    }
    assert {where for code, where in said if code == "idle-guardrail"} == idle
    assert ("gap" in {code for code, _ in said}) == any(afweging.rij is None for afweging in cases)
    doubtful = {
        f"$.vragen.{answer.vraag}" for afweging in cases for answer in afweging.antwoorden
        if answer.suggestie is Antwoord.TWIJFEL and {"ja", "nee"} <= {
            entry.antwoord for entry in afweging.argumenten if entry.vraag == answer.vraag
        }
    }  # fmt: skip
    assert {
        where for code, where in said if code == "contradiction" and where.startswith("$.vragen")
    } == doubtful
    if kader.regels:
        gone = data.draw(st.sampled_from(kader.regels))
        less = without(kader, gone.id)
        same = all(
            reference_answers(less, less.casus(case)) == reference_answers(kader, kader.casus(case))
            for case in complete_cases(kader)
        )
        assert (("redundant-rule", f"$.regels.{gone.id}") in said) == (same and gone.id in counted)
    free = [
        name for name in kader.facts_read
        if kader.feiten[name].geldt_als is None and name not in {fact.geldt_als for fact in kader.feiten.values()}
    ]  # fmt: skip
    for name in free:
        by_rest: dict[str, set[Any]] = {}
        for case, afweging in zip(complete_cases(kader), cases, strict=True):
            rest = repr({other: value for other, value in case.items() if other != name})
            by_rest.setdefault(rest, set()).add(afweging.advies)
        dead = all(len(advices) == 1 for advices in by_rest.values())
        assert (("dead-fact", f"$.feiten.{name}") in said) == dead
