"""Priorities and guardrails in a rulebook file."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.boundary.test_rulebook import data, in_python

from igm.boundary.rulebook import read_kader
from igm.decision import Vangrail, VangrailSoort, feit, regel
from igm.errors import KaderError

RAIL = {
    "als": {"alle": ["rust", "zorg"]},
    "verbiedt": ["begin"],
    "anders": "overleg",
    "omdat": "De wet vraagt eerst overleg.",
    "bron": "wet, art. 1",
    "soort": "wet",
}


def against(**changes: Any) -> dict[str, Any]:
    rule = {"vraag": "kan", "als": "zorg", "pleit_voor": "nee", "omdat": "Er is zorg.", "bron": "eigen"}
    return rule | changes


def with_parts(rule: Any = None, rail: Any = None) -> dict[str, Any]:
    found = data()
    if rule is not None:
        found["regels"]["r.tegen"] = rule
    if rail is not None:
        found["vangrails"] = {"wet.overleg": rail}
    return found


def told(found: dict[str, Any]) -> set[tuple[str, str]]:
    with pytest.raises(KaderError) as caught:
        read_kader(found)
    return {(problem.code, problem.where) for problem in caught.value.problems}


def test_a_file_gives_the_same_as_python() -> None:
    read = read_kader(with_parts(against(gaat_voor=["r.rust"]), {**RAIL, "keuze": "Overleg is van ons."}))
    kader = in_python()
    tegen = regel(
        "r.tegen", vraag="kan", als=feit.ja_nee("zorg"), pleit_voor="nee", omdat="Er is zorg.", bron="eigen",
        gaat_voor=["r.rust"],
    )  # fmt: skip
    overleg = Vangrail(
        id="wet.overleg",
        als=feit.ja_nee("rust") & feit.ja_nee("zorg"),
        verbiedt=["begin"],
        anders="overleg",
        omdat="De wet vraagt eerst overleg.",
        bron="wet, art. 1",
        soort=VangrailSoort.WET,
        keuze="Overleg is van ons.",
    )
    made = kader.with_rules(tegen).restrict(overleg)
    assert read.hash == attrs.evolve(made, version="1.0").hash
    assert [rule.gaat_voor for rule in read.regels] == [(), (), ("r.rust",)]
    assert read.lijn == ()


@pytest.mark.parametrize(
    ("rule", "where"),
    [
        (against(gaat_voor="r.rust"), "$.regels['r.tegen'].gaat_voor"),
        (against(gaat_voor=[3]), "$.regels['r.tegen'].gaat_voor[0]"),
        (against(gaat_voor=["r.rst"]), "$.regels['r.tegen'].gaat_voor"),
        (against(gaat_voor=["r.zorg"]), "$.regels['r.tegen'].gaat_voor"),
        (against(gaat_voor=["R"]), "$.regels['r.tegen']"),
        (against(gaat_voor=["r.rust", "r.rust"]), "$.regels['r.tegen']"),
    ],
)
def test_a_priority_that_cannot_be_is_told_with_its_path(rule: Any, where: str) -> None:
    assert {place for _, place in told(with_parts(rule))} == {where}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"soort": "gewoonte"}, ".soort"),
        ({"soort": None}, ".soort"),
        ({"verbiedt": []}, ".verbiedt"),
        ({"verbiedt": "begin"}, ".verbiedt"),
        ({"verbiedt": ["begn"]}, ".verbiedt"),
        ({"verbiedt": ["begin", "begin"]}, ".verbiedt"),
        ({"verbiedt": ["vraag"]}, ".verbiedt"),
        ({"anders": "begin"}, ".anders"),
        ({"anders": "ovrleg"}, ".anders"),
        ({"omdat": ""}, ".omdat"),
        ({"als": "rst"}, ".als"),
        ({"als": {"vraag": "kann", "is": "ja"}}, ".als"),
        ({"waarom": "zo"}, ".waarom"),
    ],
)
def test_a_guardrail_that_cannot_be_is_told_with_its_path(changes: dict[str, Any], where: str) -> None:
    assert {place for _, place in told(with_parts(rail={**RAIL, **changes}))} == {
        f"$.vangrails['wet.overleg']{where}"
    }


@pytest.mark.parametrize("rail", [3, "wet", [], None])
def test_what_is_no_guardrail_is_told(rail: Any) -> None:
    found = data()
    found["vangrails"] = {"wet.overleg": rail}
    assert {place for _, place in told(found)} == {"$.vangrails['wet.overleg']"}
    found["vangrails"] = rail
    if rail is not None:
        assert {place for _, place in told(found)} == {"$.vangrails"}


def test_all_faults_are_told_at_once_also_of_conditions_in_a_faulty_file() -> None:
    found = with_parts(against(gaat_voor=[3]), {**RAIL, "als": "rst", "soort": "gewoonte"})
    assert told(found) == {
        ("invalid-value", "$.regels['r.tegen'].gaat_voor[0]"),
        ("invalid-value", "$.vangrails['wet.overleg'].soort"),
        ("unknown-fact", "$.vangrails['wet.overleg'].als"),
    }


def test_guardrails_that_contradict_each_other_do_not_load() -> None:
    found = with_parts(rail=RAIL)
    found["vangrails"]["wet.begin"] = {
        **RAIL,
        "als": "rust",
        "verbiedt": ["overleg", "wacht"],
        "anders": "begin",
    }
    assert told(found) == {("vangrail-invalid", "$.vangrails['wet.begin']")}


def test_kaders_from_two_files_can_be_one() -> None:
    other = with_parts(against(gaat_voor=["r.rust"])) | {"id": "ander-voorbeeld"}
    here, there = read_kader(data()), read_kader(other)
    assert here.uitkomsten is not there.uitkomsten
    both = here.union(there)
    assert [rule.id for rule in both.regels] == ["r.rust", "r.zorg", "r.tegen"]
    assert both.uitkomsten is here.uitkomsten
    assert both.gunstig is here.gunstig
