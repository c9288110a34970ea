"""Answer codes of LimeSurvey that count on: ``A1``, ``A2`` and so on, or ``AO01``, ``AO02`` and so on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from igm._engines._codes import Meaning

_CODE: Final = re.compile(r"(AO?)([0-9]{1,4})")


def place_of(code: str) -> int | None:
    """The place that a code counts; nothing when it is no such code.

    Example:
        >>> place_of("A4"), place_of("AO04"), place_of("-oth-")
        (4, 4, None)
    """
    found = _CODE.fullmatch(code)
    return None if found is None else int(found[2])


def answer_series(codes: Mapping[str, Meaning], highest: int) -> dict[str, Meaning]:
    """The codes up to the highest answer, in every form that occurs.

    Example:
        >>> answer_series({"AO02": 2}, 3)
        {'AO01': 1, 'AO02': 2, 'AO03': 3}
    """
    found = [_CODE.fullmatch(code) for code, means in codes.items() if place_of(code) == means]
    forms = {(match[1], len(match[2])) for match in found if match is not None}
    if len({letters for letters, _ in forms}) < len(forms):
        return {}  # A1 beside A01: which of them goes on is not known
    return {
        f"{letters}{place:0{width}d}": place
        for letters, width in sorted(forms)
        for place in range(1, min(highest, 10**width - 1) + 1)
    }
