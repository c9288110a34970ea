"""The page on the Leiden kader says what the kader says."""

from __future__ import annotations

import importlib.util
import itertools
import random
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import igm

ROOT = Path(__file__).parents[2]
HOOK = ROOT / "docs" / "_hooks" / "leiden_tables.py"


@cache
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("leiden_tables", HOOK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page() -> str:
    return (ROOT / "docs" / "explanation" / "leiden.md").read_text("utf-8")


def test_the_tables_are_those_of_the_kader() -> None:
    assert page() == hook().rewritten(page()), f"run: python {HOOK.relative_to(ROOT)}"


def test_every_table_stands_on_the_page_once() -> None:
    assert re.findall(r"<!-- begin: (\w+) -->", page()) == list(hook().tables())


def test_every_rule_elaborates_a_consideration_of_the_source() -> None:
    kader = igm.kader("leiden-2021")
    assert {rule.afweging for rule in kader.regels} <= set(kader.afwegingen)
    assert all(rule.afweging is not None for rule in kader.regels)


@pytest.mark.parametrize("moved", ["schulden", "woonsituatie", "verslaving"])
def test_the_provisional_split_changes_no_advice(moved: str) -> None:
    # the page says so; question 2A and 2B are exchanged for one characteristic
    from attrs import evolve

    kader = igm.kader("leiden-2021")
    regels = [
        evolve(rule, vraag="beperkingen") if rule.id == f"leiden.v2.{moved}" else rule
        for rule in kader.regels
    ]
    other = evolve(kader, regels=regels)
    chance = random.Random(0)
    signs = ("motivatie", *hook().load_demo().HINDRANCES)
    for values in itertools.islice(itertools.product([False, True], repeat=len(signs)), 0, None, 8):
        facts: dict[str, object] = dict(zip(signs, values, strict=True))
        facts |= {"leeftijd": chance.choice([20, 40]), "terugval": chance.choice([True, False, None])}
        assert kader.evaluate(kader.casus(facts)).advies == other.evaluate(other.casus(facts)).advies
