"""Docstrings here say ``Example:``; the documentation tool shows a section as code when it is called ``Examples:``."""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object

HEADING = re.compile(r"^( *)Example:$", re.MULTILINE)


class ExampleSections(Extension):
    """Lets both spellings of the section be the same one."""

    def on_object(self, *, obj: Object, **_kwargs: Any) -> None:
        """Called for every object that is read, before its docstring is parsed."""
        if obj.docstring is not None:
            obj.docstring.value = HEADING.sub(r"\1Examples:", obj.docstring.value)
