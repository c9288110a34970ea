"""``Note``: what there is to know about a statistic, in place of a warning that scrolls away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from igm._display import Language
from igm.constructs._base import known_language
from igm.scoring._quality_words import NOTES, WORDS


@attrs.frozen
class Note:
    """What there is to know about a statistic before it is used.

    Attributes:
        code: Which note, in kebab-case: programs may rely on it.
        items: The items that it is about; none when it is about all.
        figures: The numbers that it tells, in the order of its text.

    Example:
        >>> Note("negative-item-rest", ("houding_4",)).text("en")
        'An item goes against the rest: is it turned already, or worded the other way? (houding_4)'
    """

    code: str
    items: tuple[str, ...] = ()
    figures: tuple[int, ...] = ()

    def text(self, lang: Language = "nl") -> str:
        """The note as people read it."""
        said = NOTES[known_language(lang)][self.code].format(*self.figures)
        return f"{said} ({', '.join(self.items)})" if self.items else said

    def to_dict(self) -> dict[str, Any]:
        """The code, the items and the figures."""
        return {"code": self.code, "items": list(self.items), "figures": list(self.figures)}


def grouped(notes: Mapping[str, Sequence[Note]], lang: Language) -> list[str]:
    """The notes of several, each kind of note once with whose it is.

    Args:
        notes: By whose they are.
        lang: ``"nl"`` or ``"en"``.
    """
    found: dict[str, list[tuple[str, Note]]] = {}
    for name, own in notes.items():
        for note in own:
            found.setdefault(note.code, []).append((name, note))
    said: list[str] = []
    for code, told in found.items():
        whose = WORDS[lang]["all"] if len(told) == len(notes) > 1 else ", ".join(name for name, _ in told)
        items = tuple(item for _, note in told for item in note.items)
        said.append(f"{whose}: {Note(code, items).text(lang)}")
    return said
