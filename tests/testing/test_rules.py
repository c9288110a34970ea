"""``check_rule`` passes rules that can work, and tells of others what is wrong."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import igm
from igm.decision import Condition, Fact, Rule, at_least, feit, known, regel
from igm.decision.conditions import Always
from igm.errors import InputError
from igm.testing import check_rule

KADER = igm.kader("leiden-2021")
SCHULDEN, TAAL = feit.ja_nee("schulden"), feit.ja_nee("taal")


def rule(als: Condition, **more: Any) -> Rule:
    texts: dict[str, Any] = {"omdat": "Dit vraagt nu aandacht.", "bron": "werkafspraak team West, 2026"}
    return regel("ons.proef", vraag="omstandigheden", als=als, pleit_voor="nee", **(texts | more))


@pytest.mark.parametrize("own", KADER.regels, ids=lambda own: own.id)
def test_the_rules_of_leiden_pass(own: Rule) -> None:
    check_rule(own, KADER)


@pytest.mark.parametrize(
    "als",
    [
        SCHULDEN,
        known(SCHULDEN),
        ~known(feit.keuze("schulden_trend")),
        ~feit.keuze("schulden_trend").one_of("verbeterd", "stabiel", "verergerd"),
        at_least(2, SCHULDEN, TAAL),
    ],
)
def test_a_rule_that_can_count_and_not_count_passes(als: Condition) -> None:
    check_rule(rule(als), KADER)


def test_a_rule_on_new_facts_passes_with_them() -> None:
    uren = Fact.getal("uren", label="uren per week", eenheid="uur", minimum=0, maximum=40)
    check_rule(rule(feit.getal("uren") < 4), KADER, feiten=[uren])
    geboren = Fact.datum("geboren", label="geboren op")
    check_rule(rule(feit.datum("geboren").years() < 27), KADER, feiten=[geboren])


def test_a_rule_that_does_not_load_is_told_why() -> None:
    with pytest.raises(AssertionError, match=r"'ons.proef' does not load in kader 'leiden-2021'(.|\n)*uren"):
        check_rule(rule(feit.getal("uren") < 4), KADER)
    older = regel(
        "ons.ouder",
        vraag="combinatie",
        als=feit.getal("leeftijd") > 60,
        pleit_voor="nee",
        omdat="Ouder dan 60.",
        bron="b",
    )
    with pytest.raises(AssertionError, match="guard-not-proven"):
        check_rule(older, KADER)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"omdat": "Deze klant is ongemotiveerd."}, "omdat"),
        ({"tenzij": {"de klant is niet ongemotiveerd": TAAL}}, "tenzij"),
        ({"keuze": "Wie ongemotiveerd is, telt mee."}, "keuze"),
    ],
)
def test_a_blaming_text_is_told_with_another_wording(more: dict[str, Any], field: str) -> None:
    with pytest.raises(AssertionError, match=rf"{field}: 'ongemotiveerd' \(oordeel\): beschrijf"):
        check_rule(rule(SCHULDEN, **more), KADER)


@pytest.mark.parametrize("field", ["omdat", "bron"])
def test_a_rule_without_a_reason_or_a_source_is_told(field: str) -> None:
    empty: dict[str, Any] = {field: " "}
    bare = attrs.evolve(rule(SCHULDEN), **empty)
    with pytest.raises(AssertionError, match=rf"has no {field}|does not load"):
        check_rule(bare, KADER)


@pytest.mark.parametrize(
    ("als", "tenzij", "what"),
    [
        (SCHULDEN & ~SCHULDEN, {}, "never counts: tried all values of its facts"),
        (SCHULDEN, {"er zijn schulden": SCHULDEN}, "never counts"),
        (SCHULDEN | ~SCHULDEN, {}, "counts in every case"),
        (Always(), {}, "reads no fact"),
    ],
)
def test_a_rule_that_is_the_same_for_everyone_is_told(
    als: Condition, tenzij: dict[str, Condition], what: str
) -> None:
    with pytest.raises(AssertionError, match=what):
        check_rule(rule(als, tenzij=tenzij), KADER)


def test_a_rule_on_dates_that_never_counts_is_told() -> None:
    born = feit.datum("geboren")
    never = rule((born.years() < 18) & (born.years() > 27))
    with pytest.raises(AssertionError, match="never counts: tried 200 generated cases"):
        check_rule(never, KADER, feiten=[Fact.datum("geboren", label="geboren op")])


def test_only_a_rule_is_checked() -> None:
    wrong: Any = "leiden.v1.motivatie"
    with pytest.raises(InputError, match=r"not a rule, at \$\.rule"):
        check_rule(wrong, KADER)
