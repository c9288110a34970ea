"""Entry points as if packages that offer them were installed."""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Iterator

import pytest

from igm import _plugins


def offered_by(module: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[importlib.metadata.EntryPoint]]:
    """The entry points that the library can see: a list to fill with what ``fake_plugin``, this module, offers."""
    offered: list[importlib.metadata.EntryPoint] = []

    def entry_points(*, group: str) -> list[importlib.metadata.EntryPoint]:
        return [point for point in offered if point.group == group]

    monkeypatch.setattr(importlib.metadata, "entry_points", entry_points)
    monkeypatch.setitem(sys.modules, "fake_plugin", sys.modules[module])
    _plugins.discovered.cache_clear()
    yield offered
    _plugins.discovered.cache_clear()
