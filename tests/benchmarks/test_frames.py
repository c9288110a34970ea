"""What the benchmark of frames measures the library beside: code by hand that must do the same job on every engine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from statistics import fmean
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
import pytest

BENCHMARKS: Final = Path(__file__).parents[2] / "benchmarks"
PEOPLE: Final = 3_000
SPARK: Final = "PySpark"
QUICK: Final = (
    "pandas",
    "pandas, nullable",
    "pandas, Arrow types",
    "PyArrow",
    "Polars",
    "Polars, lazy",
    "DuckDB",
    "Dask",
)
JOBS: Final = ("items", "facts")

every_engine = pytest.mark.parametrize("engine", [*QUICK, pytest.param(SPARK, marks=pytest.mark.slow)])


@pytest.fixture(scope="module")
def bench() -> Iterator[SimpleNamespace]:
    """The modules of the benchmark, which are scripts beside one another and no package."""
    before = set(sys.modules)
    sys.path.insert(0, str(BENCHMARKS))
    try:
        names = ("backends", "child", "data", "numpy")
        yield SimpleNamespace(
            policy=import_module("_policy"),
            frames=import_module("frames"),
            **{name: import_module(f"_frames_{name}") for name in names},
        )
    finally:
        sys.path.remove(str(BENCHMARKS))
        for name in set(sys.modules) - before:
            if str(BENCHMARKS) in str(getattr(sys.modules[name], "__file__", "")):
                del sys.modules[name]


@pytest.fixture(scope="module")
def people(bench: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    bench.data.write(folder, PEOPLE)
    return folder


def _loaded(bench: SimpleNamespace, engine: str, job: str, people: Path) -> tuple[Any, Any]:
    backend = bench.backends.backends()[engine]
    assert backend.lacking == []
    return backend, backend.load(people / f"{job}.parquet")


def test_the_engines_are_those_that_are_measured(bench: SimpleNamespace) -> None:
    assert [name for name in bench.backends.backends() if not name.startswith(SPARK)] == list(QUICK)


@every_engine
@pytest.mark.parametrize("job", JOBS)
@pytest.mark.filterwarnings("ignore::FutureWarning:pyspark", "ignore::ResourceWarning")
def test_hand_written_code_agrees_with_the_kernel(
    bench: SimpleNamespace, people: Path, engine: str, job: str
) -> None:
    backend, frame = _loaded(bench, engine, job, people)
    made = (backend.score if job == "items" else backend.decide)(frame)
    found = dict(bench.backends.columns(backend.arrow(made), job))
    wanted = bench.child.expected(job, people)
    assert found.keys() == wanted.keys()
    for name, column in found.items():
        np.testing.assert_array_equal(column, wanted[name], err_msg=name)


def test_the_kernel_scores_as_one_would_by_head(bench: SimpleNamespace, people: Path) -> None:
    data, answers = bench.data, bench.backends.matrix(people)
    values, counts = bench.numpy.score(answers)
    for person in range(0, PEOPLE, 7):
        given = dict(zip(data.ITEMS, answers[person].tolist(), strict=True))
        for place, items in enumerate(data.GROUPS.values()):
            valid = [6 - given[item] if item in data.REVERSED else given[item] for item in items]
            valid = [answer for answer in valid if answer == answer]
            assert counts[person, place] == len(valid)
            if len(valid) >= 2:
                assert values[person, place] == fmean(valid)
            else:
                assert np.isnan(values[person, place])


def test_the_people_miss_answers_and_the_half_rule_bites(bench: SimpleNamespace, people: Path) -> None:
    values, counts = bench.numpy.score(bench.backends.matrix(people))
    assert set(np.unique(counts)) == set(range(bench.data.PER_CONSTRUCT + 1))
    assert 0 < np.isnan(values).mean() < 0.2
    assert len(bench.data.REVERSED) == 8
    assert len(bench.data.ITEMS) == 28


def test_the_kernel_that_checks_refuses_what_is_not_on_the_scale(bench: SimpleNamespace) -> None:
    answers = bench.data.answers(100)
    assert np.array_equal(
        bench.numpy.score_checked(answers)[0], bench.numpy.score(answers)[0], equal_nan=True
    )
    for wrong in (0.0, 6.0, 2.5, np.inf):
        spoilt = answers.copy()
        spoilt[50, 3] = wrong
        with pytest.raises(ValueError, match="not on the scale"):
            bench.numpy.score_checked(spoilt)


def test_the_kernel_advises_as_the_policy_for_one_case(bench: SimpleNamespace, people: Path) -> None:
    true, false = bench.backends.planes(people)
    codes, unknown = bench.numpy.decide(true, false)
    known = {(True, False): True, (False, True): False, (False, False): None}
    for person in range(PEOPLE):
        case = {
            name: known[bool(true[row, person]), bool(false[row, person])]
            for row, name in enumerate(bench.policy.FACTS)
        }
        assert bench.numpy.ADVICE[codes[person]] == bench.policy.by_hand(case)
        assert unknown[person] == list(case.values()).count(None)
    assert set(np.unique(codes)) == set(range(bench.numpy.OPEN + 1))


def test_a_missed_budget_is_shown_beside_its_ratio(bench: SimpleNamespace) -> None:
    def line(ours: float) -> str:
        seconds = {"by hand": 1.0, "igm": ours, "by hand in NumPy": 0.5}
        found = bench.child.Measured(seconds, dict.fromkeys(seconds, 1.0), {"by hand": 5e6, "igm": 6e6})
        return str(next(bench.frames.lines("DuckDB", "items", found)))

    assert line(2.5).endswith("at most 2.5 x  met")
    assert line(2.6).endswith("at most 2.5 x  MISSED")
    assert "5.00 x" in line(2.5)


def test_processor_time_that_the_clock_does_not_see_is_no_ratio(bench: SimpleNamespace) -> None:
    seconds = {"by hand": 0.01, "igm": 0.02, "by hand in NumPy": 0.01}
    found = bench.child.Measured(seconds, dict.fromkeys(seconds, 0.0), {"by hand": 5e6, "igm": 6e6})
    line = str(next(bench.frames.lines("DuckDB", "items", found)))
    assert "2.00 x        –" in line


def test_an_engine_that_is_not_installed_is_left_out_with_a_line(
    bench: SimpleNamespace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench.backends.importlib.util, "find_spec", lambda name: None)
    assert list(bench.frames._installed(["NumPy", "Polars"])) == ["NumPy"]
    assert capsys.readouterr().out == "Polars is left out: polars not installed\n"


def test_peak_memory_is_what_is_held_beside_what_was_there(bench: SimpleNamespace) -> None:
    size = 200_000_000
    found = bench.child.peak(lambda: np.ones(size, dtype=np.uint8))
    assert 0.9 * size < found < 1.5 * size
