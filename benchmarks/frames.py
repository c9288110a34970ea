"""How long scores and advice take for frames of every engine, beside code by hand for that engine, and in NumPy.

Every engine has a process of its own; what was made by hand and what the library makes have to agree to the last bit
first, and where they do not, this ends with an error. A missed budget is shown, and is no error. An engine that is not
installed is left out, and that is said.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from _frames_backends import HUGE, Backend, backends
from _frames_child import HAND, KERNEL, OURS, Measured, measured
from _frames_data import write

ROWS: Final = 1_000_000
FEW: Final = 20_000
"""So many people for the agreement."""

TITLES: Final = {
    "items": "28 answers to 7 scores, and how many answers each rests on",
    "facts": "the benchmark policy on ten facts, cautious: advice, deciding row, policy, open facts",
}
VERSIONS: Final = ("numpy", "narwhals", "pandas", "pyarrow", "polars", "duckdb", "dask", "pyspark")


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="how many people")
    parser.add_argument("--engines", nargs="*", default=["NumPy", *backends()], help="which engines")
    parser.add_argument("--jobs", nargs="*", default=list(TITLES), choices=list(TITLES), help="which jobs")
    parser.add_argument("--rounds", type=int, default=5, help="how often each takes part")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Make the people, measure every engine in processes of its own, and print the tables."""
    options = asked()
    if options.child:
        _answer(json.loads(options.child))
        return
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}, {_versions()}"
    )
    print(f"{os.cpu_count()} cores, load {_load()}; {options.rows} people; Spark with {HUGE}=8000")
    engines = list(_installed(options.engines))
    with tempfile.TemporaryDirectory() as name:
        few, many = Path(name, "few"), Path(name, "many")
        for folder, number in ((few, FEW), (many, options.rows)):
            folder.mkdir()
            write(folder, number)
        for job in options.jobs:
            print(f"\n== {TITLES[job]}\n{_HEAD}")
            for engine in engines:
                found = _ask(engine=engine, job=job, few=str(few), many=str(many), rounds=options.rounds)
                for line in lines(engine, job, found):
                    print(line, flush=True)
    print(f"\nload {_load()}; the fastest of at most {options.rounds} rounds")


_HEAD: Final = (
    f"{'engine':<22}{'by hand':>10}{'igm':>10}{'ratio':>9}{'of CPU':>9}{'to kernel':>11}"
    f"{'hand, peak':>12}{'igm, peak':>12}  budget"
)


def lines(engine: str, job: str, found: Measured) -> Iterator[str]:
    """The line of an engine; for scores in NumPy another beside it."""
    hand, ours, kernel = (found.seconds[name] for name in (HAND, OURS, KERNEL))
    ratio = ours / hand
    most = None if job != "items" else 1.3 if engine == "NumPy" else backends()[engine].budget
    budget = "" if most is None else f"at most {most:g} x  {'met' if ratio <= most else 'MISSED'}"
    yield (
        f"{engine:<22}{_time(hand):>10}{_time(ours):>10}{ratio:>7.2f} x{_of_cpu(found):>9}"
        f"{ours / kernel:>9.2f} x{_size(found.peak[HAND]):>12}{_size(found.peak[OURS]):>12}  {budget}"
    ).rstrip()
    for name, taken in found.seconds.items():
        if name not in (HAND, OURS, KERNEL):
            yield f"  {name}: {_time(taken)}, {taken / hand:.2f} x by hand; igm {ours / taken:.2f} x of it"
    if engine == "pandas" and job == "items":
        matrix = found.seconds["igm, a NumPy array"]
        verdict = "met" if hand >= 3 * matrix else "MISSED"
        yield f"  pandas by hand / igm, a NumPy array: {hand / matrix:.2f} x  budget: at least 3 x faster  {verdict}"


def _of_cpu(found: Measured) -> str:
    """The ratio of processor time; with few people it can be less than the clock tells, and there is none."""
    hand, ours = found.cpu[HAND], found.cpu[OURS]
    return f"{ours / hand:.2f} x" if hand else "–"


def _installed(names: Sequence[str]) -> Iterator[str]:
    known: dict[str, Backend] = backends()
    for name in names:
        if name != "NumPy" and name not in known:
            sys.exit(f"no engine {name!r}; known are NumPy, {', '.join(known)}")
        lacking = [] if name == "NumPy" else known[name].lacking
        if lacking:
            print(f"{name} is left out: {', '.join(lacking)} not installed")
        else:
            yield name


def _ask(**task: Any) -> Measured:
    """What processes of their own tell: one for the times, and one for the peak memory of each way."""
    times = _process(task)
    peaks = {way: _process(task | {"way": way})["peak"] for way in (HAND, OURS)}
    return Measured(times["seconds"], times["cpu"], peaks)


def _process(task: dict[str, Any]) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile("r", suffix=".json") as told:
        text = json.dumps(task | {"told": told.name})
        command = [sys.executable, __file__, "--child", text]
        ended = subprocess.run(command, capture_output=True, check=False, text=True)  # noqa: S603 (our own file)
        if ended.returncode:
            sys.exit(f"{ended.stderr}\n{task['engine']}: nothing was measured")
        found: dict[str, Any] = json.load(told)
    return found


def _answer(task: dict[str, Any]) -> None:
    told = Path(task.pop("told"))
    told.write_text(json.dumps(measured(**task)), encoding="utf-8")


def _versions() -> str:
    found: list[str] = []
    for name in VERSIONS:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return ", ".join(found)


def _load() -> str:
    return ", ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "not known"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1e3 * seconds:.0f} ms"


def _size(given: float) -> str:
    return f"{1e-6 * given:.0f} MB"


if __name__ == "__main__":
    main()
