"""Files larger than memory are scored and weighed as they stream by: right, in less than half of their size.

Each job runs in a process of its own, which tells the most memory that it held, the library and its engine included.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs
import pytest
from tests.scale.people import Right, differences, right_advice, right_scores, write
from tests.scale.start import start

PEOPLE: Final = 4_000_000
PARTS: Final = 16

pytestmark = pytest.mark.slow
each_engine = pytest.mark.parametrize("engine", ["polars", "duckdb"])


@attrs.frozen
class Given:
    """People in files.

    Attributes:
        folder: Where they are.
        in_memory: How many bytes they would take in memory.
    """

    folder: Path
    in_memory: int


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Given:
    folder = tmp_path_factory.mktemp("streaming") / "people"
    return Given(folder, write(folder, people=PEOPLE, parts=PARTS))


@pytest.fixture(scope="module")
def scores(given: Given) -> Right:
    return right_scores(given.folder)


@pytest.fixture(scope="module")
def advice(given: Given) -> Right:
    return right_advice(given.folder)


@each_engine
def test_scores_stream(engine: str, given: Given, scores: Right, tmp_path: Path) -> None:
    told = start(engine, "score", given.folder, tmp_path / "made")
    assert differences(tmp_path / "made", scores) == []
    assert told["peak"] < given.in_memory / 2


@each_engine
def test_advice_streams(engine: str, given: Given, advice: Right, tmp_path: Path) -> None:
    told = start(engine, "weigh", given.folder, tmp_path / "made")
    assert differences(tmp_path / "made", advice) == []
    assert told["peak"] < given.in_memory / 2


def test_the_measure_sees_what_is_held(given: Given, tmp_path: Path) -> None:
    # without this a measure that always says little would pass
    told = start("whole", "score", given.folder, tmp_path / "made")
    assert told["peak"] > given.in_memory
