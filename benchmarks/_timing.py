"""Times taken side by side: every candidate in every round, so that a busy machine slows all of them alike.

It is the time of the processor that counts: while another program has it, nothing is measured.
"""

from __future__ import annotations

import gc
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from itertools import starmap
from typing import Any, TypeAlias

Candidate: TypeAlias = tuple[Callable[..., Any], Sequence[tuple[Any, ...]]]
"""A function, and the arguments of each call."""


def side_by_side(
    candidates: Mapping[str, Candidate], *, rounds: int = 15, passes: int = 3
) -> dict[str, float]:
    """Processor seconds per call: the fastest pass of all rounds, in which each candidate was least disturbed."""
    best: dict[str, list[float]] = {name: [] for name in candidates}
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, (function, calls) in candidates.items():
                best[name].append(min(_one_pass(function, calls) for _ in range(passes)))
            gc.collect()
    finally:
        gc.enable()
    return {name: min(times) for name, times in best.items()}


def _one_pass(function: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> float:
    start = time.process_time()
    deque(starmap(function, calls), maxlen=0)
    return (time.process_time() - start) / len(calls)
