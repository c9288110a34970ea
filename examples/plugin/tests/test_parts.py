"""The parts are found by their names, and hold on generated cases."""

from __future__ import annotations

import igm
from igm.congruence import measure
from igm.decision import rule_plugins
from igm.scoring import scorer
from igm.testing import check_congruence_metric, check_kader, check_rule, check_scorer


def test_the_kader_is_found_and_holds() -> None:
    kader = igm.kader("voorbeeld-rust")
    check_kader(kader)
    for rule in kader.regels:
        check_rule(rule, kader)


def test_a_busy_time_with_help_leaves_room() -> None:
    kader = igm.kader("voorbeeld-rust")
    casus = kader.casus(drukke_tijd=True, hulp_thuis=True, klachten=False, uren=12)
    assert kader.evaluate(casus).advies.value == "beginnen"
    assert kader.evaluate(kader.casus(drukke_tijd=True, hulp_thuis=False)).advies.value == "eerst_rust"


def test_the_rule_fits_the_kader_of_leiden() -> None:
    kader = igm.kader("leiden-2021")
    for rule in rule_plugins()["voorbeeld-schulden-en-taal"]:
        check_rule(rule, kader)
        assert rule in kader.with_rules(rule).regels


def test_the_scorer_holds() -> None:
    check_scorer(scorer("voorbeeld-mediaan"))
    lijst = igm.vragenlijst("client-participatie")
    profiel = igm.score({item.id: 4 for item in lijst.items}, lijst, scorer="voorbeeld-mediaan")
    assert "scorer mediaan" in (profiel.gemaakt_met or "")


def test_the_metric_of_congruence_holds() -> None:
    check_congruence_metric(measure("voorbeeld-grootste-verschil"))
