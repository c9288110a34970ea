"""The generated text for planes lets go of each value, and what is open is looked at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.decision.strategies import small, yes_no
from tests.steps import steps

import igm
from igm.decision import Afwegingskader, Question, antwoord, feit, regel
from igm.decision.weighing import open_cone

NAMES = [f"f{number}" for number in range(14)]


def asking(rows: int) -> Afwegingskader[Any]:
    """Rows that all ask the same question, to which a rule per fact can answer."""
    rules = [
        regel(f"r{name}", vraag="v", als=feit.ja_nee(name), pleit_voor="nee", omdat="o", bron="b")
        for name in NAMES
    ]
    ask = [antwoord("v").is_("nee") & feit.ja_nee(name) for name in NAMES[:rows]]
    question = Question(name="v", tekst="Wat?", default="ja")
    return small(yes_no(*NAMES), [(row, "laag") for row in ask], [question], rules)


@pytest.mark.parametrize("kader", [igm.kader("leiden-2021"), asking(3)])
def test_each_value_is_let_go_after_it_is_read_last(kader: Afwegingskader[Any]) -> None:
    *lines, returned = kader.machine.plane_source.splitlines()
    made = {found for line in lines for found in re.findall(r"^    (v\d+) = ", line)}
    gone = [name for line in lines if line.startswith("    del ") for name in re.findall(r"\bv\d+\b", line)]
    assert len(gone) == len(set(gone))
    read = {name for line in lines for name in re.findall(r"\bv\d+\b", line.partition(" = ")[2])}
    assert read - set(re.findall(r"\bv\d+\b", returned)) <= set(gone) <= made


def test_rows_that_ask_the_same_question_look_at_its_rules_once() -> None:
    def work(rows: int) -> int:
        kader = asking(rows)
        casus = kader.casus()
        assert set(open_cone(kader, casus)) == set(NAMES)
        return steps(lambda: list(open_cone(kader, casus)))

    assert work(13) < 3 * work(1)
