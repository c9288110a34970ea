"""How long ``import igm`` takes, beside the import of what it stands on; each in fresh processes, in turn."""

from __future__ import annotations

import statistics
import subprocess
import sys

BUDGET = 1.3
ROUNDS = 15
BASE = "from pydantic import BaseModel; import attrs, numpy"
WINDOW = "import igm"
FIRST_USE = "import igm; igm.kader, igm.score, igm.Client"
TIMED = "import time; start = time.perf_counter()\n{}\nprint(time.perf_counter() - start)"


def seconds(statement: str) -> float:
    """Seconds that a statement takes in a fresh interpreter, the interpreter's own start left out."""
    command = [sys.executable, "-c", TIMED.format(statement)]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)  # noqa: S603 (our own text)


def main() -> None:
    """Measure and print the ratios; end with an error when the budget is missed."""
    rounds = [[seconds(statement) for statement in (BASE, WINDOW, FIRST_USE)] for _ in range(ROUNDS)]
    base, window, first_use = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"{'what':<52}{'ms':>8}{'ratio':>8}")
    for label, taken in ((BASE, base), (WINDOW, window), (FIRST_USE, first_use)):
        print(f"{label:<52}{1000 * taken:>8.0f}{taken / base:>8.2f}")
    print(f"budget for {WINDOW!r}: {BUDGET}; median of {ROUNDS} rounds")
    if window > BUDGET * base:
        sys.exit("the budget is missed")


if __name__ == "__main__":
    main()
