"""The benchmark of congruence compares what is the same, and says so where it is not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def bench() -> Iterator[Any]:
    """The script, which stands beside others and is no package."""
    before = set(sys.modules)
    sys.path.insert(0, str(BENCHMARKS))
    try:
        yield import_module("congruence")
    finally:
        sys.path.remove(str(BENCHMARKS))
        for name in set(sys.modules) - before:
            if str(BENCHMARKS) in str(getattr(sys.modules[name], "__file__", "")):
                del sys.modules[name]


def test_what_is_compared_agrees(bench: Any) -> None:
    bench.agree(500)
    seconds = bench.measured(*bench.profiles(200, 0.1), 1)
    assert set(seconds) == {bench.BY_HAND, bench.BY_COLUMN, bench.OURS}


def test_what_does_not_agree_ends_the_run(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    right = bench.by_hand
    monkeypatch.setattr(bench, "by_hand", lambda x, y: right(x, y) | {"d2": np.zeros(len(x))})
    with pytest.raises(SystemExit, match="d2: what is compared does not agree"):
        bench.agree(500)


def test_memory_counts_what_is_held(bench: Any) -> None:
    assert bench.peak(lambda: np.zeros(1_000_000)) >= 8_000_000
