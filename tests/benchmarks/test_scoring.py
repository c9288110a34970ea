"""The benchmark of scoring compares what is the same, and says so where it is not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def bench() -> Iterator[SimpleNamespace]:
    """The scripts, which stand beside one another and are no package."""
    before = set(sys.modules)
    sys.path.insert(0, str(BENCHMARKS))
    try:
        yield SimpleNamespace(scoring=import_module("scoring"), hand=import_module("_scoring_hand"))
    finally:
        sys.path.remove(str(BENCHMARKS))
        for name in set(sys.modules) - before:
            if str(BENCHMARKS) in str(getattr(sys.modules[name], "__file__", "")):
                del sys.modules[name]


def test_what_is_compared_agrees(bench: SimpleNamespace) -> None:
    bench.scoring.agree_scores(500)
    assert set(bench.scoring.scored(200, 1)) > {"by hand in NumPy", "igm, an array", "by hand in pandas"}


def test_one_person_by_hand_is_one_person_of_the_library(bench: SimpleNamespace) -> None:
    assert all(taken >= 0 for taken in bench.scoring.one_person(1).values())


def test_alpha_and_waves_by_hand_are_those_of_the_library(
    bench: SimpleNamespace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench.scoring, "find_spec", lambda name: None)
    assert len(bench.scoring.alphas(40, 4, 1)) == 2
    assert capsys.readouterr().out == "pingouin is left out: not installed\n"
    assert len(bench.scoring.waves(1)) == 2


def test_the_waves_overlap_in_part_and_all_differ(bench: SimpleNamespace) -> None:
    frame = bench.hand.wave_frame()
    who = {wave: set(part["ref"]) for wave, part in frame.groupby("wave")}
    assert {wave: len(one) for wave, one in who.items()} == {"T0": 40, "T1": 40, "T2": 30}
    assert all(who["T0"] & who[wave] and who["T0"] ^ who[wave] for wave in ("T1", "T2"))
    assert np.isfinite(frame.drop(columns="wave").to_numpy(dtype=float)).all()


def test_what_does_not_agree_ends_the_run(bench: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.hand, "alpha", lambda given: 0.5)
    with pytest.raises(SystemExit, match="does not agree"):
        bench.scoring.alphas(40, 4, 1)


def test_a_missed_budget_is_shown_beside_its_ratio(bench: SimpleNamespace) -> None:
    seconds = {"by hand in NumPy": 1.0, "igm, an array": 1.4, "by hand in pandas": 4.0}
    shown = list(bench.scoring.lines(seconds, "by hand in NumPy", budgets=True))
    assert [line.rpartition("  ")[2] for line in shown if "at " in line] == ["MISSED", "MISSED"]
    seconds["igm, an array"] = 1.3
    shown = list(bench.scoring.lines(seconds, "by hand in NumPy", budgets=True))
    assert [line.rpartition("  ")[2] for line in shown if "at " in line] == ["met", "met"]
