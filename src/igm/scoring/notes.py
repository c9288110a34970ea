"""``Note``: what there is to know about a statistic, in place of a warning that scrolls away."""

from __future__ import annotations

from typing import Any

import attrs

from igm._display import Language
from igm.constructs._base import known_language
from igm.scoring._quality_words import NOTES


@attrs.frozen
class Note:
    """What there is to know about a statistic before it is used.

    Attributes:
        code: Which note, in kebab-case: programs may rely on it.
        items: The items that it is about; none when it is about all.

    Example:
        >>> Note("negative-item-rest", ("houding_4",)).text("en")
        'An item goes against the rest: is it turned already, or worded the other way? (houding_4)'
    """

    code: str
    items: tuple[str, ...] = ()

    def text(self, lang: Language = "nl") -> str:
        """The note as people read it."""
        said = NOTES[known_language(lang)][self.code]
        return f"{said} ({', '.join(self.items)})" if self.items else said

    def to_dict(self) -> dict[str, Any]:
        """The code and the items."""
        return {"code": self.code, "items": list(self.items)}
