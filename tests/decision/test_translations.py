"""A kader's texts in English are checked, are part of its hash, and for Leiden they are complete."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.decision.strategies import small, yes_no

import igm
from igm.decision import Fact, check_language, feit
from igm.decision.translations import texts_of
from igm.errors import KaderError

ROWS = [(feit.ja_nee("rust"), "laag")]


def test_leiden_is_in_english_altogether_and_blames_nobody() -> None:
    kader = igm.kader("leiden-2021")
    english = kader.vertalingen["en"]
    assert {path for path, text in texts_of(kader) if text} == set(english)
    assert [note for text in english.values() for note in check_language(text)] == []


def test_translations_are_part_of_the_hash() -> None:
    plain = small(yes_no("rust"), ROWS)
    english = attrs.evolve(plain, vertalingen={"en": {"feiten.rust.label": "rest"}})
    assert english.hash != plain.hash
    assert "rest: yes" in english.evaluate(english.casus(rust=True)).explain(taal="en")


def test_how_something_develops_is_said_in_english_without_a_translation() -> None:
    trend = Fact.trend("verloop", label="verloop")
    kader = small([*yes_no("rust"), trend], [(feit.trend("verloop").is_stable(), "laag")])
    casus = {"verloop": "stabiel", "rust": True}
    assert "verloop (nl): stable" in kader.evaluate(kader.casus(casus)).explain(taal="en")
    own = attrs.evolve(kader, vertalingen={"en": {"feiten.verloop.opties.stabiel": "the same"}})
    assert "verloop (nl): the same" in own.evaluate(own.casus(casus)).explain(taal="en")


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"en": {"feiten.rst.label": "rest"}}, "unknown-name", "Did you mean 'feiten.rust.label'"),
        ({"fr": {}}, "unknown-name", "no such language"),
        ({"en": {"feiten.rust.label": " "}}, "kader-invalid", "empty"),
        ({"en": "rest"}, "kader-invalid", "not a mapping"),
        ("en", "kader-invalid", "not a mapping"),
    ],
    ids=str,
)
def test_what_is_wrong_with_translations_is_told(given: Any, code: str, words: str) -> None:
    with pytest.raises(KaderError) as caught:
        small(yes_no("rust"), ROWS, vertalingen=given)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert words in str(caught.value)
