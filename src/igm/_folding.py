"""Text folded to a width, also where a name is longer than that."""

from __future__ import annotations

import re
import textwrap


class _Wrapper(textwrap.TextWrapper):
    """Folds what is too long for a line after an underscore, and not in the middle of a word."""

    def _split(self, text: str) -> list[str]:
        return [
            part
            for chunk in super()._split(text)
            for part in (re.findall("[^_]*_+|[^_]+", chunk) if len(chunk) > self.width else [chunk])
        ]


def folded(text: str, width: int) -> list[str]:
    """The lines of a text; one line that is empty for no text.

    Example:
        >>> folded("congruentie_begeleiding_1 en meer", 14)
        ['congruentie_', 'begeleiding_1', 'en meer']
    """
    return _Wrapper(max(width, 1)).wrap(text) or [""]
