"""How long scores, reliability and comparisons of waves take, beside the same by hand and beside another library.

What is compared has to agree first; where it does not, this ends with an error. A missed budget is shown, and is no
error. All ratios are of one run.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any, Final

import numpy as np
import pandas as pd

import _frames_memory as memory
import _frames_numpy as kernel
import _scoring_hand as hand
import igm
from _frames_child import side_by_side as whole
from _frames_data import CONSTRUCTS, ITEMS, KEY, answers, lijst
from _timing import side_by_side as calls
from igm.analysis import compare_waves
from igm.scoring import cronbach_alpha

Seconds = Mapping[str, float]

ROWS: Final = 1_000_000
FEW: Final = 20_000
"""So many people for the agreement."""

SIZES: Final = ((20, 4), (300, 7), (10_000, 28))
"""People and items for alpha."""

VERSIONS: Final = ("numpy", "scipy", "pandas", "pingouin")
LARGEST: Final = {"igm, an array": 1.3}
"""How many times the kernel by hand it may take."""


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="how many people are scored")
    parser.add_argument("--rounds", type=int, default=5, help="how often each takes part")
    return parser.parse_args()


def main() -> None:
    """Check that everything agrees, measure it, and print the tables."""
    options = asked()
    known = [f"{name} {version(name)}" for name in VERSIONS if find_spec(name)]
    print(f"{platform.python_implementation()} {platform.python_version()}, {', '.join(known)}")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    agree_scores(FEW)
    print(f"\n== 28 answers of {options.rows} people to seven scores (seconds of the clock)")
    show(scored(options.rows, options.rounds), "by hand in NumPy", budgets=True)
    print("\n== one person: 28 answers to seven scores (seconds of the processor)")
    show(one_person(options.rounds), "by hand in Python")
    for people, items in SIZES:
        print(f"\n== Cronbach's alpha of {people} people and {items} items (seconds of the processor)")
        show(alphas(people, items, options.rounds), "alpha by hand in NumPy, no interval")
    print(
        "\n== seven constructs at three waves of 30 to 40 people, partly the same (seconds of the processor)"
    )
    show(waves(options.rounds), "by hand in SciPy")


def show(seconds: Seconds, base: str, *, budgets: bool = False) -> None:
    for line in lines(seconds, base, budgets=budgets):
        print(line, flush=True)


def lines(seconds: Seconds, base: str, *, budgets: bool = False) -> Iterator[str]:
    """A line for each way, with its ratio to the one by hand."""
    for name, taken in seconds.items():
        ratio = taken / seconds[base]
        most = LARGEST.get(name) if budgets else None
        budget = "" if most is None else f"  at most {most:g} x  {_verdict(ratio <= most)}"
        yield f"{name:<44}{_time(taken):>10}{ratio:>9.2f} x{budget}"
    if budgets:
        faster = seconds["by hand in pandas"] / seconds["igm, an array"]
        yield (
            f"{'by hand in pandas / igm, an array':<54}{faster:>9.2f} x  at least 3 x  {_verdict(faster >= 3)}"
        )


def agree_scores(number: int) -> None:
    """The same scores to the last bit."""
    given = answers(number)
    values, counts = kernel.score(given)
    ours = igm.score(given, lijst())
    by_pandas = memory.pandas_score(_frame(given))
    of_pandas = igm.score(_frame(given), lijst(), keep=[KEY])
    for place, name in enumerate(CONSTRUCTS):
        for found in (ours.values[:, place], by_pandas[name], of_pandas[name]):
            _must(np.array_equal(values[:, place], np.asarray(found), equal_nan=True), name)
        _must(np.array_equal(counts[:, place], ours.n_valid[:, place]), name)


def scored(number: int, rounds: int) -> Seconds:
    """Scores of many people."""
    given, frame, questions = answers(number), _frame(answers(number)), lijst()
    ways: dict[str, Callable[[], Any]] = {
        "by hand in NumPy": partial(kernel.score, given),
        "by hand in NumPy, every answer checked": partial(kernel.score_checked, given),
        "igm, an array": partial(igm.score, given, questions),
        "by hand in pandas": partial(memory.pandas_score, frame),
        "igm, a frame of pandas": partial(igm.score, frame, questions, keep=[KEY]),
    }
    return whole(ways, rounds)[0]


def one_person(rounds: int) -> Seconds:
    """Scores of one person: a profile, and bare numbers by hand."""
    questions = lijst()
    people = [
        {name: None if np.isnan(one) else int(one) for name, one in zip(ITEMS, row, strict=True)}
        for row in answers(100)
    ]
    for given in people:
        profiel, expected = igm.score(given, questions), hand.score_one(given)
        for name, value in expected.items():
            _must(profiel.scores.get(igm.Construct(name)) == value, name)
    ways: Any = {
        "by hand in Python": (hand.score_one, [(given,) for given in people]),
        "igm, answers checked, to a profile": (igm.score, [(given, questions) for given in people]),
    }
    return calls(ways, rounds=rounds)


def alphas(people: int, items: int, rounds: int) -> Seconds:
    """Alpha; the library also gives two intervals, standardised alpha, λ₆, and how each item goes with the rest."""
    given = hand.related(people, items)
    frame = pd.DataFrame(given)
    found = cronbach_alpha(given)
    _must(_near(found.value, hand.alpha(given)), "alpha")
    ways: Any = {
        "alpha by hand in NumPy, no interval": (hand.alpha, [(given,)] * 5),
        "igm, with intervals and all items": (cronbach_alpha, [(given,)] * 5),
    }
    if find_spec("pingouin") is None:
        print("pingouin is left out: not installed")
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pingouin

        value, interval = pingouin.cronbach_alpha(frame)
        _must(_near(value, found.value) and found.feldt is not None, "alpha of pingouin")
        ends = (found.feldt.low, found.feldt.high) if found.feldt else (np.nan, np.nan)
        _must(
            bool(np.allclose(interval, ends, atol=0.00051)), "interval of pingouin"
        )  # it rounds to three digits
        ways["pingouin, with an interval"] = (pingouin.cronbach_alpha, [(frame,)] * 5)
    return calls(ways, rounds=rounds)


def waves(rounds: int) -> Seconds:
    """Twenty-one comparisons; the library also gives effects within people, leavers and what could be shown."""
    frame = hand.wave_frame()

    def ours() -> Any:
        return compare_waves(frame, wave="wave", person="ref", schaal=igm.LIKERT5)

    expected, adjusted = hand.waves_by_hand(frame)
    for row, one, p in zip(ours().rows, expected, adjusted, strict=True):
        found, g = row.difference, row.g
        _must(found is not None and g is not None, row.construct)
        ends = (found.t, found.df, found.p, found.interval.low, found.interval.high, row.p_adjusted)
        _must(bool(np.allclose(ends, (one.t, one.df, one.p, one.low, one.high, p), rtol=1e-8)), row.construct)
        limits = (g.estimate, g.interval.low, g.interval.high)
        _must(bool(np.allclose(limits, (one.g, one.g_low, one.g_high), rtol=1e-7)), row.construct)
    ways: Any = {"by hand in SciPy": (hand.waves_by_hand, [(frame,)]), "igm, compare_waves": (ours, [()])}
    return calls(ways, rounds=rounds, passes=1)


def _frame(given: Any) -> Any:
    frame = pd.DataFrame(given, columns=list(ITEMS))
    frame.insert(0, KEY, np.arange(len(frame)))
    return frame


def _must(agrees: bool, what: str) -> None:
    if not agrees:
        sys.exit(f"{what}: what is compared does not agree, so there is nothing to compare")


def _near(one: Any, other: Any) -> bool:
    return bool(np.isclose(one, other, rtol=1e-10))


def _verdict(met: bool) -> str:
    return "met" if met else "MISSED"


def _time(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{1e3 * seconds:.1f} ms" if seconds >= 1e-3 else f"{1e6 * seconds:.0f} µs"


if __name__ == "__main__":
    main()
