"""What a process of its own measures: the times of every way for one engine in turns, or the peak memory of one way."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import attrs
import numpy as np
import psutil

import _frames_numpy as kernel
import igm
from _frames_backends import Backend, Job, backends, columns, matrix, planes
from _frames_data import CONSTRUCTS, KEY, lijst
from _policy import policy

HAND: Final = "by hand"
OURS: Final = "igm"
KERNEL: Final = "by hand in NumPy"
CHECKED: Final = "by hand, every answer checked"
ARRAY: Final = "igm, a NumPy array"
LONGEST: Final = 60.0
"""Seconds after which no new round begins."""

FEWEST: Final = 2
INTERVAL: Final = 0.002

Ways = Mapping[str, Callable[[], Any]]


@attrs.frozen
class Measured:
    """What was measured of one engine.

    Attributes:
        seconds: Per way the fastest of all rounds.
        cpu: Per way the fewest processor seconds, of all threads and of the processes that it started.
        peak: Per way the most memory beside the frame that it was given, in bytes.
    """

    seconds: Mapping[str, float]
    cpu: Mapping[str, float]
    peak: Mapping[str, float]


def measured(
    engine: str, job: Job, few: str, many: str, rounds: int, way: str | None = None
) -> dict[str, Any]:
    """The times of all ways, after they were seen to agree; or the peak memory of one way."""
    if way is not None:
        run = ways(engine, job, Path(many), alone=True)[way]
        return {"peak": peak(run)}
    agree(engine, job, Path(few))
    seconds, cpu = side_by_side(ways(engine, job, Path(many)), rounds)
    return {"seconds": seconds, "cpu": cpu}


def ways(engine: str, job: Job, folder: Path, *, alone: bool = False) -> Ways:
    """What is measured for an engine; each gives all its columns."""
    if engine == "NumPy":
        return _on_arrays(job, folder)
    backend = backends()[engine]
    frame = backend.load(folder / f"{job}.parquet")
    found: dict[str, Callable[[], Any]] = {
        HAND: lambda: backend.real(_by_hand(backend, job)(frame)),
        OURS: lambda: backend.real(_library(job)(frame)),
    }
    if not alone:
        beside = _on_arrays(job, folder)
        found[KERNEL] = beside[KERNEL]
        if engine == "pandas" and job == "items":
            found[ARRAY] = beside[OURS]
    return found


def _on_arrays(job: Job, folder: Path) -> Ways:
    if job == "items":
        answers, questions = matrix(folder), lijst()
        hand: Callable[[], Any] = partial(kernel.score, answers)
        return {
            HAND: hand,
            OURS: lambda: igm.score(answers, questions),
            KERNEL: hand,
            CHECKED: partial(kernel.score_checked, answers),
        }
    true, false = planes(folder)
    kader, given = policy(), {name: (true[place], false[place]) for place, name in enumerate(kernel.FACTS)}
    hand = partial(kernel.decide, true, false)
    return {HAND: hand, OURS: lambda: kader.evaluate_many(given, beleid="cautious"), KERNEL: hand}


def _by_hand(backend: Backend, job: Job) -> Callable[[Any], Any]:
    return backend.score if job == "items" else backend.decide


def _library(job: Job) -> Callable[[Any], Any]:
    """The public call, as anybody would make it; the caller's key stays, the other columns do not."""
    if job == "items":
        questions = lijst()
        return lambda frame: igm.score(frame, questions, keep=[KEY])
    kader = policy()
    return lambda frame: kader.evaluate_many(frame, beleid="cautious", keep=[KEY])


def agree(engine: str, job: Job, folder: Path) -> None:
    """End with an error unless both ways give what the kernel gives, to the last bit."""
    wanted = expected(job, folder)
    if engine == "NumPy":
        found = {OURS: _of_arrays(job, _on_arrays(job, folder)[OURS]())}
    else:
        backend = backends()[engine]
        frame = backend.load(folder / f"{job}.parquet")
        made = {HAND: _by_hand(backend, job)(frame), OURS: _library(job)(frame)}
        found = {way: dict(columns(backend.arrow(result), job)) for way, result in made.items()}
    for way, result in found.items():
        different = [name for name in result if not _same(result[name], wanted[name])]
        if different:
            sys.exit(
                f"{engine}, {way}, does not agree on {', '.join(different)}: there is nothing to compare"
            )


def expected(job: Job, folder: Path) -> dict[str, Any]:
    """What the kernel gives, by column."""
    if job == "items":
        return _scored(*kernel.score(matrix(folder)))
    codes, unknown = kernel.decide(*planes(folder))
    advice, rows = (np.array(texts, dtype=object) for texts in (kernel.ADVICE, [*kernel.ROWS, None]))
    beleid = np.full(len(codes), "cautious", dtype=object)
    return {"advies": advice[codes], "rij": rows[codes], "beleid": beleid, "open_feiten": unknown}


def _scored(values: Any, counts: Any) -> dict[str, Any]:
    scores = {name: values[:, place] for place, name in enumerate(CONSTRUCTS)}
    return scores | {f"{name}_n": counts[:, place] for place, name in enumerate(CONSTRUCTS)}


def _of_arrays(job: Job, result: Any) -> dict[str, Any]:
    if job == "items":
        return _scored(result.values, result.n_valid)
    return {"advies": np.array([one.value for one in result.outcomes], dtype=object)[result.codes]}


def _same(one: Any, other: Any) -> bool:
    floats = one.dtype.kind == "f" and other.dtype.kind == "f"
    return bool(np.array_equal(one, other, equal_nan=floats))


def side_by_side(given: Ways, rounds: int) -> tuple[dict[str, float], dict[str, float]]:
    """The fastest of all rounds, in each of which every way takes part; seconds, and seconds of processors."""
    seconds: dict[str, list[float]] = {name: [] for name in given}
    cpu: dict[str, list[float]] = {name: [] for name in given}
    begun = time.perf_counter()
    for done in range(rounds + 1):
        if done > FEWEST and time.perf_counter() - begun > LONGEST:
            break
        for name, run in given.items():
            gc.collect()
            busy, start = _processor(), time.perf_counter()
            result = run()
            taken = time.perf_counter() - start
            if done:  # the first round warms up
                seconds[name].append(taken)
                cpu[name].append(_processor() - busy)
            del result
    return _least(seconds), _least(cpu)


def _least(taken: Mapping[str, list[float]]) -> dict[str, float]:
    return {name: min(times) for name, times in taken.items()}


def _family() -> list[psutil.Process]:
    """This process, and those that it started, such as the Java of Spark."""
    own = psutil.Process()
    return [own, *own.children(recursive=True)]


def _processor() -> float:
    times = [one.cpu_times() for one in _family()]
    return sum(one.user + one.system for one in times)


def peak(run: Callable[[], Any]) -> int:
    """The most memory that is held while it runs, beside what was held before; looked at every two milliseconds."""
    gc.collect()
    run_memory = _Memory(_family())
    run_memory.start()
    result = run()
    run_memory.ended.set()
    run_memory.join()
    del result
    return run_memory.most - run_memory.before


class _Memory(threading.Thread):
    """Looks at what these processes hold."""

    def __init__(self, processes: list[psutil.Process]) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self._processes = processes
        self.before = self.most = self._held()

    def _held(self) -> int:
        return sum(one.memory_info().rss for one in self._processes if one.is_running())

    def run(self) -> None:
        while not self.ended.wait(INTERVAL):
            self.most = max(self.most, self._held())
        self.most = max(self.most, self._held())
