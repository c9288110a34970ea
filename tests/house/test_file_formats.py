"""The reference of the file formats names every key that the reader knows, and none that it does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from igm.boundary import conditions, rulebook
from igm.boundary.facts import FactText
from igm.constructs import Gedrag, Schaal, Vragenlijst
from igm.constructs.item import Item

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
FORMATS = [
    ("rulebook-file.md", "The file", rulebook._RulebookText),
    ("rulebook-file.md", "Facts", FactText),
    ("rulebook-file.md", "Questions", rulebook._QuestionText),
    ("rulebook-file.md", "Rules", rulebook._RuleText),
    ("questionnaire-file.md", "The file", Vragenlijst),
    ("questionnaire-file.md", "`schaal`", Schaal),
    ("questionnaire-file.md", "`items`", Item),
]


def section(page: str, heading: str) -> str:
    text = (REFERENCE / page).read_text("utf-8")
    return re.split(r"^## ", text.split(f"\n## {heading}\n")[1], flags=re.MULTILINE)[0]


@pytest.mark.parametrize(("page", "heading", "model"), FORMATS)
def test_the_table_has_every_key_once(page: str, heading: str, model: type[BaseModel]) -> None:
    rows = re.findall(r"^\| (`[^|]+) \|", section(page, heading), flags=re.MULTILINE)
    keys = [key for row in rows for key in re.findall(r"`(\w+)`", row)]
    assert sorted(keys) == sorted(model.model_fields)


@pytest.mark.parametrize(
    ("page", "heading", "model"),
    [
        ("rulebook-file.md", "Rows", rulebook._RowText),
        ("questionnaire-file.md", "`gedrag`", Gedrag),
    ],
)
def test_the_sentence_has_every_key(page: str, heading: str, model: type[BaseModel]) -> None:
    assert set(model.model_fields) <= set(re.findall(r"`(\w+)`", section(page, heading)))


def test_every_form_of_condition_is_shown() -> None:
    text = section("rulebook-file.md", "Conditions")
    shown = " ".join(re.findall(r'^>>> gelezen\("(.*?)"', text, flags=re.MULTILINE))
    forms = {*conditions._FORMS, *conditions._COMPARISONS, "is", "in", "van"}
    assert [form for form in sorted(forms) if not re.search(rf"\b{form}\b", shown)] == []
