"""Texts describe a situation: what blames a person or says nothing is flagged, what describes is left alone."""

from __future__ import annotations

import pytest

from igm.decision import LanguageNote, check_language


@pytest.mark.parametrize(
    ("text", "woord"),
    [
        ("Deze klant is ongemotiveerd.", "ongemotiveerd"),
        ("Een ongemotiveerde klant.", "ongemotiveerde"),
        ("Echt een NIET-WILLER, zegt men.", "NIET-WILLER"),
        ("Er is veel weerstand.", "weerstand"),
        ("Hij is lui", "lui"),
        ("Zij is een lastige cliënt.", "lastige cliënt"),
        ("Dat is eigen schuld.", "eigen schuld"),
        ("Een uitkeringstrekker.", "uitkeringstrekker"),
        ("Zij is onbemiddelbaar.", "onbemiddelbaar"),
    ],
)
def test_words_that_blame_are_flagged_with_an_alternative(text: str, woord: str) -> None:
    (note,) = check_language(text)
    assert (note.woord, note.soort) == (woord, "oordeel")
    assert note.voorstel.startswith(("beschrijf", "schrijf"))


@pytest.mark.parametrize(
    "text",
    [
        "Akkoord.",
        "Conform advies.",
        "Conform het advies.",
        "Zie dossier.",
        "n.v.t.",
        "nvt",
        "Geen bijzonderheden.",
    ],
)
def test_stock_phrases_are_flagged(text: str) -> None:
    assert [note.soort for note in check_language(text)] == ["standaardzin"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "De cliënt wil werken en zoekt nu opvang voor de kinderen.",
        "Zij noemt twee bezwaren: de reistijd en de pijn in haar rug.",
        "Wij luisteren naar wat hij vertelt.",  # begins with the letters of a flagged word
        "Er is een weerstandsband gebruikt bij de fysiotherapie.",
        "De schulden zijn geregeld.",
        "De kans op terugval is klein.",
    ],
)
def test_neutral_text_is_left_alone(text: str) -> None:
    assert check_language(text) == ()


def test_notes_come_in_the_order_of_the_text() -> None:
    notes = check_language("Zie dossier: hij is lui en biedt weerstand. Akkoord.")
    assert [note.woord for note in notes] == ["Zie dossier", "lui", "weerstand", "Akkoord"]
    assert [note.soort for note in notes] == ["standaardzin", "oordeel", "oordeel", "standaardzin"]


def test_the_same_word_twice_is_flagged_twice() -> None:
    assert len(check_language("Lui, en nog eens lui.")) == 2


def test_a_note_reads_as_a_sentence() -> None:
    assert str(LanguageNote("lui", "oordeel", "beschrijf wat iemand doet")) == (
        "'lui' (oordeel): beschrijf wat iemand doet"
    )
