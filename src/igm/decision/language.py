"""Value-neutral language: words that blame, and phrases that say nothing, with what to write instead."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

import attrs

from igm._content import read_shipped
from igm.errors import InputError, shown


@attrs.frozen
class LanguageNote:
    """Something in a text that deserves another look.

    Attributes:
        woord: What was found.
        soort: ``oordeel`` (it blames or labels a person) or ``standaardzin`` (it says nothing of this person).
        voorstel: What to write instead.

    Example:
        >>> print(LanguageNote("weerstand", "oordeel", "beschrijf welk bezwaar de ander noemt"))
        'weerstand' (oordeel): beschrijf welk bezwaar de ander noemt
    """

    woord: str
    soort: str
    voorstel: str

    def __str__(self) -> str:
        return f"{self.woord!r} ({self.soort}): {self.voorstel}"


@cache
def _lexicon() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    data = read_shipped("labels", "language")
    return tuple(
        (re.compile(rf"(?<!\w){entry['patroon']}(?!\w)", re.IGNORECASE), kind, entry["voorstel"])
        for kind in ("oordeel", "standaardzin")
        for entry in data[kind]
    )


def check_language(text: str, /) -> tuple[LanguageNote, ...]:
    """Words in a text that blame a person, and stock phrases, each with a suggestion.

    Args:
        text: A motivation, a rule's reason or an item.

    Returns:
        What was found, in the order of the text; empty when nothing was.

    Raises:
        InputError: ``invalid-value`` for what is not text.

    Example:
        >>> for note in check_language("Deze klant is ongemotiveerd."):
        ...     print(note)
        'ongemotiveerd' (oordeel): beschrijf de houding tegenover dit gedrag op dit moment
    """
    if not isinstance(cast("object", text), str):
        do = "Give a text, such as a motivation."
        raise InputError.of("invalid-value", "not a text", do, given=shown(text))
    found = [
        (match.start(), LanguageNote(match.group(), kind, suggestion))
        for pattern, kind, suggestion in _lexicon()
        for match in pattern.finditer(text)
    ]
    return tuple(note for _, note in sorted(found, key=lambda entry: entry[0]))
