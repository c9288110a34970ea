"""Several processes share the work, one is killed with kill -9 midway, and what comes out is right all the same.

Dask: one of the two worker processes of a local cluster. Spark: one of the two executors, each a process of its own, of
``local-cluster``, which is the cluster that Spark itself is tested with. What was lost is done again by who is left,
or by a new process.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from tests.scale.people import Right, differences, right_advice, right_scores, write
from tests.scale.start import start

PEOPLE: Final = 60_000
PARTS: Final = 12

pytestmark = pytest.mark.slow
each_job = pytest.mark.parametrize("job", ["score", "weigh"])


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("distributed") / "people"
    write(folder, people=PEOPLE, parts=PARTS)
    return folder


@pytest.fixture(scope="module")
def right(people: Path) -> dict[str, Right]:
    return {"score": right_scores(people), "weigh": right_advice(people)}


@each_job
def test_a_killed_worker_of_dask_changes_nothing(
    job: str, people: Path, right: dict[str, Right], tmp_path: Path
) -> None:
    told = start("dask", job, people, tmp_path / "made")
    assert 2 <= told["done"] < told["tasks"] == PARTS
    assert (told["killed"], told["replaced"]) == (1, 1)
    assert differences(tmp_path / "made", right[job]) == []


def test_a_killed_executor_of_spark_changes_nothing(
    people: Path, right: dict[str, Right], tmp_path: Path
) -> None:
    told = start("spark", "score", people, tmp_path / "made")
    assert 2 <= told["done"] < told["tasks"] == PARTS
    assert told["killed"] == 1
    assert differences(tmp_path / "made", right["score"]) == []


def test_spark_on_one_machine_weighs_as_the_kernel_does(
    people: Path, right: dict[str, Right], tmp_path: Path
) -> None:
    start("local", "weigh", people, tmp_path / "made")
    assert differences(tmp_path / "made", right["weigh"]) == []
