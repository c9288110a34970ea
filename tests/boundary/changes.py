"""Plain data with other values in some of its places."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any


def changed(data: Any, changes: Iterable[tuple[tuple[Any, ...], Any]]) -> Any:
    """A copy with a value in each place; a place that an earlier change took away is passed over."""
    found = copy.deepcopy(data)
    for path, value in changes:
        part: Any = found
        try:
            for step in path[:-1]:
                part = part[step]
            part[path[-1]] = value
        except (TypeError, KeyError, IndexError):
            continue
    return found
