"""Words that say of themselves what they mean: yes, no, and why there is no answer."""

from __future__ import annotations

from functools import cache
from typing import Final

from igm._content import read_shipped
from igm._engines._codes import folded
from igm.constructs.waarde import Missing

YES_NO: Final = {"ja": True, "yes": True, "y": True, "nee": False, "no": False, "n": False}
"""What a text means for a yes/no fact, by folded text."""


@cache
def missing_words() -> dict[str, Missing]:
    """Words for no answer with their kind, by folded text."""
    words = read_shipped("labels", "missing")["woorden"]
    return {word: Missing(kind) for kind, those in words.items() for word in those}


def missing_word(label: str) -> Missing | None:
    """The kind of missing that a label names.

    Example:
        >>> missing_word(" Weet niet "), missing_word("mee eens")
        (<Missing.WEET_NIET: 'weet_niet'>, None)
    """
    return missing_words().get(folded(label))
