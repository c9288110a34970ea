"""How long an advice takes, beside hand-written code and other engines for the same policy; budgets beside each ratio.

All engines have to agree on random cases first; where they do not, this ends with an error. A missed budget is shown,
and is no error: what a machine does besides decides too much.
"""

from __future__ import annotations

import platform
import statistics
import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, Final

import attrs
import numpy as np

import igm
from _peers import Peer, peers
from _policy import (
    FACTS,
    OUTCOMES,
    Planes,
    by_hand,
    by_hand_arrays,
    kader_columns,
    kader_packed,
    kader_planes,
    policy,
    random_cases,
    random_planes,
)
from _timing import Candidate, side_by_side
from igm.decision import Afwegingskader, Casus, Uitkomst, Vangrail, feit
from igm.decision.ranking import Ranking
from igm.decision.weighing import relevance
from imports import BASE, WINDOW, seconds

SEED: Final = 20261121
CASES: Final = 2_000
TIMED: Final = 500
FEWEST: Final = 50
MANY: Final = 1_000_000
HAND: Final = "hand-written Python"
DECIDE: Final = "igm, compiled function: outcome and trace"
EVALUATE: Final = "igm, evaluate(casus).advies, exact"
DECIDED: Final = "igm, the same, cases that the rows decide"
OPEN: Final = "igm, the same, cases with an open row"
CAUTIOUS: Final = "igm, evaluate(casus).advies, cautious"
CASUS: Final = "igm, kader.casus({...}): ten facts checked"
EXPLAIN: Final = "igm, explanation rendered, evaluate included"
RELEVANCE: Final = "igm, which of ten unknowns matter, exact"
MISSING: Final = "igm, evaluate(casus).ontbreekt, ten unknown"
PLANES: Final = "igm, compiled function for planes"
COLUMNS: Final = "igm, kader.evaluate_many, cautious"
COLUMNS_EXACT: Final = "igm, kader.evaluate_many, exact"
PACKED: Final = "igm, compiled function, planes that are bit-packed already"
EXPLAIN_KNOWN: Final = "igm, the same, cases of which all is known"
EXPLAIN_OPEN: Final = "igm, the same, cases with an open row, explained"
EXPLAIN_ANEW: Final = "igm, the same, the lines on what is missing put together anew"
EXPLAIN_RAIL: Final = "igm, the same, a kader with a guardrail"
COUNTERFACTUAL: Final = "igm, tegenfeitelijk() of a case of which all is known"
ZEN_TABLE: Final = "zen-engine, decision table"
ZEN_TRACE: Final = "zen-engine, decision table with trace"


@attrs.frozen
class Line:
    """A line of the table: a measure with its unit, its ratio, and what was promised of one of the two."""

    what: str
    measure: str
    ratio: float | None = None
    budget: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} x"
        verdict = {None: "", True: "met", False: "MISSED"}[self.met]
        return f"{self.what:<67}{self.measure:>12}{ratio:>11}  {self.budget:<28}{verdict}".rstrip()


def agreement(kader: Afwegingskader[Uitkomst], others: Sequence[Peer]) -> None:
    """End with an error unless every engine gives every case the outcome of the hand-written policy."""
    cases = random_cases(SEED, CASES)
    wanted = [by_hand(case) for case in cases]
    counts = Counter(wanted)
    shown = ", ".join(f"{name} {counts[name]}" for name in OUTCOMES)
    print(
        f"agreement on {CASES} random cases, 0 to 30 % of the facts unknown, seed {SEED}\n  outcomes: {shown}"
    )
    if min(counts[name] for name in OUTCOMES) < FEWEST:
        sys.exit(f"an outcome occurs fewer than {FEWEST} times: nothing is shown by agreement on it")

    true, false = _planes([kader.casus(case) for case in cases])
    arrays = {
        "hand-written NumPy": ("two boolean planes per fact", by_hand_arrays(true, false)),
        PLANES: ("two bits per fact: is true, is false", kader_planes(kader, true, false)),
        COLUMNS: ("two boolean planes per fact", kader_columns(kader, true, false, "cautious")),
    }
    single = {
        "igm, compiled function": ("two bits per fact: is true, is false", partial(_compiled, kader)),
        "igm, evaluate, cautious": ("None, or the fact left out", partial(_advised, kader)),
        **{peer.name: (peer.coding, partial(_asked, peer)) for peer in others},
    }
    found = {name: (coding, [decide(case) for case in cases]) for name, (coding, decide) in single.items()}
    found |= {name: (coding, [OUTCOMES[code] for code in codes]) for name, (coding, codes) in arrays.items()}
    wrong = 0
    for name, (coding, outcomes) in found.items():
        different = sum(one != other for one, other in zip(outcomes, wanted, strict=True))
        wrong += different
        verdict = "agrees" if not different else f"DIFFERS on {different} cases"
        print(f"  {name:<48}{verdict}; unknown is coded as: {coding}")
    advised = [kader.evaluate(kader.casus(case)).advies.value for case in cases]
    exact = sum(one != other for one, other in zip(advised, wanted, strict=True))
    found_exact = [OUTCOMES[code] for code in kader_columns(kader, true, false, "exact")]
    wrong += sum(one != other for one, other in zip(found_exact, advised, strict=True))
    print(f"  igm's exact policy sees {exact} cases more in which no unknown can change the advice\n")
    if wrong:
        sys.exit("the engines do not agree: there is nothing to compare")


def _compiled(kader: Afwegingskader[Uitkomst], case: Mapping[str, Any]) -> str:
    casus = kader.casus(case)
    return kader.machine.outcome(kader.machine.decide(casus.true, casus.false, casus.own)[0]).value


def _advised(kader: Afwegingskader[Uitkomst], case: Mapping[str, Any]) -> str:
    return kader.evaluate(kader.casus(case), beleid="cautious").advies.value


def _asked(peer: Peer, case: Any) -> str:
    return peer.decide(peer.prepare(case))


def _planes(cases: Sequence[Casus]) -> tuple[Planes, Planes]:
    known = [[casus.values.get(name) for casus in cases] for name in FACTS]
    true = np.array([[value is True for value in column] for column in known])
    return true, np.array([[value is False for value in column] for column in known])


def one_case(kader: Afwegingskader[Uitkomst], others: Sequence[Peer]) -> list[Line]:
    """Every engine on the same cases, one at a time."""
    cases = random_cases(SEED, TIMED)
    read = [kader.casus(case) for case in cases]
    fresh = kader.casus()
    open_trace = kader.machine.decide(fresh.true, fresh.false, fresh.own)
    checked = [(casus,) for casus in read]
    by_row = [kader.machine.decide(casus.true, casus.false, casus.own)[0] >= 0 for casus in read]
    all_known = [(kader.casus({name: value is True for name, value in case.items()}),) for case in cases]
    decided = [call for call, found in zip(checked, by_row, strict=True) if found]
    halted = [call for call, found in zip(checked, by_row, strict=True) if not found]

    rail = Vangrail(
        id="rem",
        als=feit.ja_nee("jonger_dan_27"),
        verbiedt=("overleg",),
        anders="wacht",
        omdat="Een wet.",
        bron="wet, art. 1",
        soort="wet",
    )
    railed = attrs.evolve(kader, vangrails=(rail,))
    _tell_states(kader, read, [casus for (casus,) in halted])

    def exact(casus: Casus) -> Uitkomst:
        return kader.evaluate(casus).advies

    def anew(casus: Casus) -> str:
        kader.machine.sheets["nl"].blocks.clear()
        return kader.evaluate(casus).explain()

    candidates: dict[str, Candidate] = {
        HAND: (by_hand, [(case,) for case in cases]),
        DECIDE: (kader.machine.decide, [(casus.true, casus.false, casus.own) for casus in read]),
        EVALUATE: (exact, checked),
        DECIDED: (exact, decided),
        OPEN: (exact, halted),
        CAUTIOUS: (lambda casus: kader.evaluate(casus, beleid="cautious").advies, checked),
        CASUS: (kader.casus, [(case,) for case in cases]),
        EXPLAIN: (lambda casus: kader.evaluate(casus).explain(), checked),
        EXPLAIN_KNOWN: (lambda casus: kader.evaluate(casus).explain(), all_known),
        EXPLAIN_OPEN: (lambda casus: kader.evaluate(casus).explain(), halted),
        EXPLAIN_ANEW: (anew, halted),
        EXPLAIN_RAIL: (
            lambda casus: railed.evaluate(casus).explain(),
            [(railed.casus(case),) for case in cases[:50]],
        ),
        COUNTERFACTUAL: (lambda casus: kader.evaluate(casus).tegenfeitelijk(), all_known[:10]),
        RELEVANCE: (lambda: relevance(kader, fresh, open_trace), [()] * 100),
        MISSING: (lambda: kader.evaluate(fresh).ontbreekt, [()] * 100),
        **{peer.name: (peer.decide, [(peer.prepare(case),) for case in cases]) for peer in others},
    }
    taken = side_by_side(candidates)
    return [
        *_against_hand(taken),
        *(
            Line(name, _micro(taken[name]), taken[name] / taken[HAND])
            for name in (peer.name for peer in others)
        ),
        *_against_peers(taken, others),
    ]


def _tell_states(kader: Afwegingskader[Uitkomst], read: Sequence[Casus], halted: Sequence[Casus]) -> None:
    """How many of the timed cases know the same, and how many miss the same."""
    states, open_ = ({(casus.true, casus.false) for casus in cases} for cases in (read, halted))
    missing = {tuple((one.feit, one.aandeel) for one in kader.evaluate(casus).ontbreekt) for casus in halted}
    print(
        f"{len(read)} timed cases, in {len(states)} states of knowledge; {len(halted)} with an open row, "
        f"in {len(open_)} states, which miss {len(missing)} different things"
    )
    ranking = kader.machine.ranking
    if ranking is not None:
        most = len(ranking.numbers)
        taken = side_by_side({"rows": (Ranking.of, [(ranking.foreseen, kader.order)])}, rounds=5)["rows"]
        print(f"what is missing in all {most} states: {len(ranking.rows)} rows, {1e3 * taken:.0f} ms, once\n")


def _against_hand(taken: Mapping[str, float]) -> list[Line]:
    budgets = {DECIDE: 2.2, CAUTIOUS: 6.0, EVALUATE: 6.0, EXPLAIN: 15.0}
    lines = [Line(HAND, _micro(taken[HAND]), 1.0)]
    evaluated = (DECIDE, CAUTIOUS, EVALUATE, DECIDED, OPEN, CASUS)
    explained = (EXPLAIN, EXPLAIN_KNOWN, EXPLAIN_OPEN, EXPLAIN_ANEW, EXPLAIN_RAIL, COUNTERFACTUAL)
    for name in (*evaluated, *explained):
        ratio, most = taken[name] / taken[HAND], budgets.get(name)
        budget = "" if most is None else f"at most {most:g} x hand-written"
        lines.append(Line(name, _micro(taken[name]), ratio, budget, None if most is None else ratio <= most))
    exact = taken[RELEVANCE]
    lines.append(Line(RELEVANCE, _micro(exact), exact / taken[HAND], "at most 30 µs", exact <= 30e-6))
    lines.append(Line(MISSING, _micro(taken[MISSING]), taken[MISSING] / taken[HAND]))
    return lines


def _against_peers(taken: Mapping[str, float], others: Sequence[Peer]) -> list[Line]:
    fastest = min((peer.name for peer in others), key=lambda name: taken[name])
    promised = [
        (DECIDE, fastest, 2.0),
        (DECIDE, ZEN_TABLE, 20.0),
        (EVALUATE, ZEN_TABLE, 1.0),
        (CASUS, ZEN_TABLE, 1.0),
        (EXPLAIN, ZEN_TRACE, 1.0),
    ]
    lines: list[Line] = []
    for ours, theirs, least in promised:
        ratio = taken[theirs] / taken[ours]
        budget = f"at least {least:g} x faster" if least > 1 else "faster"
        short = ours.removeprefix("igm, ").partition(":")[0].partition("(")[0].partition(", ev")[0]
        peer = theirs.replace(", data parsed beforehand", "")
        lines.append(Line(f"{peer} / igm, {short}", "", ratio, budget, ratio >= least))
    return lines


def leiden() -> list[Line]:
    """The kader that is shipped, on a fresh intake and on one in which all is known."""
    kader = igm.kader("leiden-2021")
    intake = kader.casus(motivatie=True, leeftijd=31)
    facts = dict.fromkeys((name for name, fact in kader.feiten.items() if fact.kind.value == "ja_nee"), False)
    known = kader.casus({**facts, "motivatie": True, "leeftijd": 31})
    some = kader.casus({**dict(list(facts.items())[10:]), "leeftijd": 31})
    open_trace = kader.machine.decide(some.true, some.false, some.own)
    candidates: dict[str, Candidate] = {
        "Leiden, compiled function": (kader.machine.decide, [(known.true, known.false, known.own)] * 500),
        "Leiden, kader.casus(...), every yes/no fact": (kader.casus, [(known.to_dict(),)] * 100),
        "Leiden, evaluate(casus).advies, all known": (lambda: kader.evaluate(known).advies, [()] * 100),
        "Leiden, explanation rendered, all known": (lambda: kader.evaluate(known).explain(), [()] * 20),
        "Leiden, explanation rendered, fresh intake": (lambda: kader.evaluate(intake).explain(), [()] * 20),
        "Leiden, evaluate(casus).advies, fresh intake": (lambda: kader.evaluate(intake).advies, [()] * 20),
        "Leiden, which of ten unknowns matter, exact": (
            lambda: relevance(kader, some, open_trace),
            [()] * 20,
        ),
        "Leiden, ontbreekt, fresh intake": (lambda: kader.evaluate(intake).ontbreekt, [()] * 20),
        "Leiden, the kader rebuilt, guards proven": (lambda: attrs.evolve(kader, titel="Leiden"), [()]),
    }
    taken = side_by_side(candidates, rounds=5)
    *lines, (built, duration) = taken.items()
    whole = side_by_side({"verify": (kader.verify, [()])}, rounds=1, passes=2)["verify"]
    return [
        *(Line(name, _micro(time)) for name, time in lines),
        Line(built, f"{1e3 * duration:.1f} ms", None, "under 50 ms", duration < 0.05),
        Line("Leiden, verify() over all cases", f"{whole:.2f} s", None, "under 5 s", whole < 5),
    ]


def many_cases(kader: Afwegingskader[Uitkomst]) -> list[Line]:
    """A million cases: boolean planes in, codes out."""
    true, false = random_planes(SEED, MANY)
    packed = [np.packbits(planes, axis=1) for planes in (true, false)]
    ways: dict[str, Callable[[], Any]] = {
        "hand-written NumPy": lambda: by_hand_arrays(true, false),
        PLANES: lambda: kader_planes(kader, true, false),
        COLUMNS: lambda: kader_columns(kader, true, false, "cautious"),
        COLUMNS_EXACT: lambda: kader_columns(kader, true, false, "exact"),
        PACKED: partial(kader_packed, kader, *packed),
    }
    wanted = by_hand_arrays(true, false)
    same = ("hand-written NumPy", PLANES, COLUMNS)
    if not all(np.array_equal(ways[name](), wanted) for name in same):
        sys.exit("the arrays do not agree: there is nothing to compare")
    taken = side_by_side({name: (decide, [()]) for name, decide in ways.items()}, rounds=7)
    hand = taken["hand-written NumPy"]
    lines: list[Line] = []
    for name, duration in taken.items():
        nanoseconds = 1e9 * duration / MANY
        promised = name in (PLANES, COLUMNS, COLUMNS_EXACT)
        budget, met = ("at most 4 ns per case", nanoseconds <= 4) if promised else ("", None)
        lines.append(
            Line(f"{name}, 1 M cases, per case", f"{nanoseconds:.2f} ns", duration / hand, budget, met)
        )
    size = true.nbytes + false.nbytes
    for name in (COLUMNS, COLUMNS_EXACT):
        tracemalloc.start()
        ways[name]()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        held = (size + peak) / size
        what, measure = f"{name}: input and peak, to the input", f"{1e-6 * peak:.1f} MB"
        lines.append(Line(what, measure, held, "at most 1.5 x the input", held <= 1.5))
    return lines


def imported() -> Line:
    """The import, in fresh processes."""
    pairs = [(seconds(BASE), seconds(WINDOW)) for _ in range(7)]
    base, window = (statistics.median(map(itemgetter(place), pairs)) for place in (0, 1))
    what = "import igm / import of what it stands on"
    return Line(what, f"{1e3 * window:.0f} ms", window / base, "at most 1.3 x", window <= 1.3 * base)


def _micro(duration: float) -> str:
    return f"{1e6 * duration:.2f} µs"


def main() -> None:
    """Check that the engines agree, measure, and print the table."""
    kader, others = policy(), peers()
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    agreement(kader, others)
    print(f"{'what':<67}{'taken':>12}{'ratio':>11}  budget")
    lines = [*one_case(kader, others), *many_cases(kader), *leiden(), imported()]
    for line in lines:
        print(line)
    met = [line.met for line in lines if line.met is not None]
    print(f"{met.count(True)} budgets met, {met.count(False)} missed; the fastest pass of all rounds")


if __name__ == "__main__":
    main()
