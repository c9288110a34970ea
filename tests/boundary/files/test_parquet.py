"""Of Parquet nothing but the metadata is read before a frame is asked for, and a lazy frame stays lazy."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.frames import spark

import igm
from igm._engines.engine import Engine, engine_of
from igm.errors import InputError, MissingDependencyError

DATA = {"ref": ["c-1", "c-2", "c-3"], "houding_1": [4, None, 5]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "t0.parquet"
    pl.DataFrame(DATA).write_parquet(path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for wave in (1, 2):
        part = tmp_path / "waves" / f"wave={wave}"
        part.mkdir(parents=True)
        pl.DataFrame(DATA).write_parquet(part / "part-0.parquet")
    return tmp_path / "waves"


def rows_of(frame: Any) -> int:
    match engine_of(frame):
        case Engine.POLARS_LAZY:
            return int(frame.collect().height)
        case Engine.DUCKDB:
            return len(frame.fetchall())
        case Engine.PYSPARK:
            return int(frame.count())
        case _:
            return len(frame)


EAGER = [Engine.PANDAS, Engine.POLARS, Engine.PYARROW]
LAZY = [Engine.POLARS_LAZY, Engine.DUCKDB, Engine.DASK]


@pytest.mark.parametrize("kind", [*EAGER, *LAZY])
def test_each_engine_reads_a_file_and_a_folder(path: Path, folder: Path, kind: Engine) -> None:
    one, many = igm.read_parquet(path), igm.read_parquet(folder)
    assert (len(one), one.names) == (3, ("ref", "houding_1"))
    assert (len(many), many.names, many.report.notes) == (6, ("ref", "houding_1", "wave"), ("2 files",))
    for file in (one, many):
        frame = file.frame(kind)
        assert engine_of(frame) is kind
        assert rows_of(frame) == len(file)
        assert set(file.names) <= set(frame.collect_schema() if kind is Engine.POLARS_LAZY else _names(frame))


@pytest.mark.parametrize("kind", [*EAGER, *LAZY, pytest.param(Engine.PYSPARK, marks=pytest.mark.slow)])
def test_a_path_with_signs_of_a_pattern_is_that_path_alone(tmp_path: Path, kind: Engine) -> None:
    wanted, other = pa.table({"houding_1": [1, 2]}), pa.table({"houding_1": [1, 2, 3]})
    for place, rows in (("t[1]", wanted), ("t1", other)):
        pq.write_table(rows, tmp_path / f"{place}.parquet")
        (tmp_path / place / "wave=1").mkdir(parents=True)
        pq.write_table(rows, tmp_path / place / "wave=1" / "part.parquet")
    more = {"spark": spark()} if kind is Engine.PYSPARK else {}
    for place, columns in (("t[1].parquet", {"houding_1"}), ("t[1]", {"houding_1", "wave"})):
        frame = igm.read_parquet(tmp_path / place).frame(kind, **more)
        assert rows_of(frame) == 2
        assert set(frame.collect_schema() if kind is Engine.POLARS_LAZY else _names(frame)) == columns


def test_dask_refuses_a_path_with_a_star_which_it_reads_as_a_pattern(tmp_path: Path) -> None:
    for name in ("a*.parquet", "a1.parquet"):
        pq.write_table(pa.table({"houding_1": [1]}), tmp_path / name)
    with pytest.raises(InputError, match="a star in a path"):
        igm.read_parquet(tmp_path / "a*.parquet").frame("dask")


def _names(frame: Any) -> list[str]:
    return list(getattr(frame, "column_names", None) or frame.columns)


@pytest.mark.slow
def test_spark_reads_with_the_session_that_is_active_or_given(path: Path) -> None:
    session = spark()  # the one of all tests: to stop it here would leave the others without
    file = igm.read_parquet(path)
    assert rows_of(file.frame("pyspark")) == 3
    assert rows_of(file.frame("pyspark", spark=session)) == 3


def test_no_session_is_started_behind_the_callers_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # another test may have one; here there is none
    monkeypatch.setattr("pyspark.sql.SparkSession.getActiveSession", lambda: None)
    with pytest.raises(InputError, match=r"Pass spark="):
        igm.read_parquet(path).frame("pyspark")


def test_a_lazy_frame_reads_its_rows_when_it_is_collected(path: Path) -> None:
    lazy = igm.read_parquet(path).frame("polars lazy")
    path.unlink()
    with pytest.raises(FileNotFoundError):
        lazy.collect()


@pytest.mark.parametrize("content", [b"", b"PAR1", b"a;b\n1;2\n", b"PAR1" + b"\0" * 100 + b"PAR1"])
def test_what_is_no_parquet_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "no.parquet"
    path.write_bytes(content)
    with pytest.raises(InputError, match="cannot be read as Parquet"):
        igm.read_parquet(path)


def test_other_places_are_refused(tmp_path: Path) -> None:
    strange: list[Any] = [tmp_path, tmp_path / "none.parquet", "a\0b", 5]
    for place in strange:
        with pytest.raises(InputError, match="file-unreadable"):
            igm.read_parquet(place)


def test_another_kind_is_refused(path: Path) -> None:
    with pytest.raises(InputError, match="Did you mean 'polars'"):
        igm.read_parquet(path).frame(cast("Any", "polar"))


def test_without_pyarrow_the_line_that_installs_it_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("igm.boundary.files._parquet.find_spec", lambda name: None)
    with pytest.raises(MissingDependencyError, match=r"pip install -c constraints.txt '\.\[parquet\]'"):
        igm.read_parquet(path)


def test_its_map_is_checked_against_its_columns(path: Path) -> None:
    file = igm.read_parquet(path)
    assert file.column_map(["houding_1"], missing={99: "geweigerd"}).missing == {"99": "geweigerd"}
    with pytest.raises(InputError, match="no such column"):
        file.column_map(["houding_1"], items={"houding_1": "V1"})


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A file of which the metadata is sound and a page is not."""
    path = tmp_path / "stuk.parquet"
    pl.DataFrame({"houding_1": range(1000)}).write_parquet(path, compression="uncompressed")
    content = bytearray(path.read_bytes())
    content[4:60] = b"\xff" * 56
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", EAGER)
def test_damaged_rows_are_told_in_our_words(damaged: Path, kind: Any) -> None:
    file = igm.read_parquet(damaged)
    with pytest.raises(InputError) as caught:
        file.frame(kind)
    problem = caught.value.problems[0]
    assert (problem.code, problem.where) == ("file-unreadable", "$.path")
    assert problem.what == "the rows of stuk.parquet cannot be read"


def test_files_of_a_folder_with_other_columns_are_all_told_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "golven"
    (folder / "wave=2").mkdir(parents=True)
    pl.DataFrame({"a": [1], "b": [1]}).write_parquet(folder / "1.parquet")
    pl.DataFrame({"a": [1], "b": [1]}).write_parquet(folder / "2.parquet")
    pl.DataFrame({"a": ["x"], "c": [1]}).write_parquet(folder / "3.parquet")
    other = pa.table({"b": pa.array([1], pa.int8()), "a": pa.array([None])})
    pq.write_table(
        other, folder / "wave=2" / "4.parquet"
    )  # another order and other numbers are no difference
    with pytest.raises(InputError) as caught:
        igm.read_parquet(folder)
    assert [(one.code, one.where, one.what) for one in caught.value.problems] == [
        (
            "file-unreadable",
            "golven/3.parquet",
            (
                "the file has other columns than the first: it lacks b, it also has c, "
                "a holds text and not numbers"
            ),
        )
    ]
