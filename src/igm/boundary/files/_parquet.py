"""``read_parquet``: Parquet files, of which only the metadata is read before a frame is asked for."""

from __future__ import annotations

import glob
import re
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, cast

import attrs

from igm._engines.column_map import ColumnMap
from igm._engines.engine import Engine
from igm._engines.libraries import asked_library
from igm.boundary.files._report import FileReport
from igm.boundary.files._table import Asked
from igm.constructs._base import SHOWN, raise_capped
from igm.errors import IgmError, InputError, MissingDependencyError, Problem, named, shown, suggestion

FrameKind: TypeAlias = (
    Engine | Literal["pandas", "polars", "polars lazy", "pyarrow", "duckdb", "pyspark", "dask"]
)


@attrs.frozen(eq=False, repr=False)
class ParquetFile:
    """A Parquet file, or a folder of them, of which nothing but the metadata was read.

    Attributes:
        path: Where it is.
        names: The names of its columns.
        report: What its metadata says.

    Example:
        >>> import tempfile
        >>> import polars
        >>> from igm.boundary import read_parquet
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "t0.parquet"
        ...     polars.DataFrame({"houding_1": [4, None]}).write_parquet(path)
        ...     file = read_parquet(path)
        ...     lazy = file.frame("polars lazy")
        ...     lazy.collect()["houding_1"].to_list()
        [4, None]
        >>> file
        ParquetFile('t0.parquet', 2 rows, 1 column)
    """

    path: Path
    names: tuple[str, ...]
    report: FileReport

    def __len__(self) -> int:
        return self.report.rows

    def frame(self, kind: FrameKind, /, *, spark: Any = None) -> Any:
        """A frame of the library that you work with; a lazy one reads nothing before it is collected.

        Args:
            kind: ``polars lazy``, ``duckdb``, ``pyspark`` or ``dask``, which are lazy; or ``pandas``, ``polars`` or
                ``pyarrow``, which read the file now.
            spark: The session that a frame of PySpark belongs to; the active one when left out.

        Raises:
            InputError: ``unknown-name`` for another kind; ``invalid-value`` when there is no Spark session;
                ``file-unreadable`` for rows that cannot be read now, and for a star in a path that Dask is to read.
            MissingDependencyError: ``missing-dependency`` when the library is not installed.
        """
        given: object = kind
        if not isinstance(given, str) or given not in list(Engine):
            do = suggestion(given, list(Engine))
            raise InputError.of(
                "unknown-name", "no such kind of frame", do, where="$.kind", given=shown(given)
            )
        if given == Engine.PYSPARK:
            session = _session(spark)
            return _made(self.path, lambda path: session.read.parquet(_SPARK_PATTERN.sub(r"\\\1", str(path))))
        return _made(self.path, _READERS[Engine(given)])

    def column_map(
        self,
        *asked: Asked,
        items: Mapping[str, str] | None = None,
        facts: Mapping[str, str] | None = None,
        pattern: str | None = None,
        codes: Mapping[str, Mapping[Any, Any]] | None = None,
        missing: Mapping[Any, Any] | None = None,
    ) -> ColumnMap:
        """A map of columns, checked against the columns of this file; Parquet says nothing of what values mean.

        What is given is as in `FileTable.column_map`.

        Raises:
            pydantic.ValidationError: What `ColumnMap` refuses.
            InputError: What `ColumnMap.resolve` refuses for the columns of this file.
        """
        from igm.boundary.files._suggest import checked_map

        own = ColumnMap(
            items=items or {}, facts=facts or {}, pattern=pattern, codes=codes or {}, missing=missing or {}
        )
        return checked_map(self.names, asked, own)

    def to_dict(self) -> dict[str, Any]:
        """The names and the report as plain data, ready for JSON."""
        return {"names": [*self.names], "report": self.report.to_dict()}

    def __repr__(self) -> str:
        columns = f"{len(self.names)} column{'' if len(self.names) == 1 else 's'}"
        return f"ParquetFile({self.report.file!r}, {len(self)} rows, {columns})"

    def __str__(self) -> str:
        return str(self.report)

    def _repr_html_(self) -> str:
        return self.report._repr_html_()


def read_parquet(path: str | Path, /) -> ParquetFile:
    """Look at a Parquet file, or at a folder of them; the rows stay where they are until a frame is asked for.

    Args:
        path: A file, or a folder with files that have the same columns (also partitioned as ``wave=1/part.parquet``).

    Returns:
        A `ParquetFile`; ``.frame("polars lazy")`` makes a frame of it.

    Raises:
        InputError: ``file-unreadable`` when it cannot be opened or is no sound Parquet, and for the files of a folder
            that have other columns than the first, all at once.
        MissingDependencyError: ``missing-dependency`` when PyArrow is not installed (the extra ``parquet``).

    Example:
        >>> read_parquet("t0.parquet")
        Traceback (most recent call last):
        ...
        igm.errors.InputError: 't0.parquet' cannot be opened, at $.path: got nothing there. Check the path. ...
    """
    given: object = path
    if not isinstance(given, (str, Path)):
        do = "Give a path, as text or as a Path."
        raise InputError.of("file-unreadable", "a path was expected", do, where="$.path", given=shown(given))
    place = Path(given)
    if not _exists(place):
        what = f"{str(place)!r} cannot be opened"
        raise InputError.of("file-unreadable", what, "Check the path.", where="$.path", given="nothing there")
    if find_spec("pyarrow") is None:
        raise MissingDependencyError.for_what("looking at Parquet files needs pyarrow", "parquet")
    arrow, dataset = asked_library("pyarrow"), asked_library("pyarrow.dataset")
    try:
        found = dataset.dataset(str(place), format="parquet", partitioning="hive")
        names, rows, parts = tuple(map(str, found.schema.names)), int(found.count_rows()), len(found.files)
        _check_same(place, found)
    except InputError:
        raise
    except (arrow.ArrowException, OSError, ValueError) as error:
        told = " ".join(str(cast("object", error)).split())[:200]
        what, do = (
            f"{place.name} cannot be read as Parquet",
            "Give a sound Parquet file, or a folder of them.",
        )
        raise InputError.of("file-unreadable", what, do, where="$.path", given=told) from None
    if not parts:
        what, do = f"{place.name} holds no Parquet files", "Give a folder with files that end in .parquet."
        raise InputError.of("file-unreadable", what, do, where="$.path", given="an empty folder")
    notes = (f"{parts} files",) if parts > 1 else ()
    report = FileReport(file=place.name, form="Parquet", rows=rows, columns=len(names), notes=notes)
    return ParquetFile(place, names, report)


def _check_same(place: Path, found: Any) -> None:
    """Refuse a folder of which the files differ: engines would fail on it, or leave columns out."""
    first: Mapping[str, str] | None = None
    problems: list[Problem] = []
    total = 0
    for part in found.get_fragments():
        own = {str(field.name): _sort_of(str(field.type)) for field in part.physical_schema}
        if first is None:
            first = own
        told = _difference(own, first)
        if not told:
            continue
        total += 1
        if len(problems) < SHOWN:
            what = f"the file has other columns than the first: {told}"
            do = "Give files with the same columns."
            where = Path(part.path).relative_to(place).as_posix()
            problems.append(Problem("file-unreadable", what, do, f"{place.name}/{where}"))
    raise_capped(problems, total, "files")


def _sort_of(kind: str) -> str:
    """Numbers, text or what it is; which numbers and which texts differs by the program that wrote them."""
    if kind.startswith(("int", "uint", "float", "double", "half", "decimal")):
        return "numbers"
    return "text" if "string" in kind else kind


def _difference(own: Mapping[str, str], first: Mapping[str, str]) -> str:
    told = [f"it lacks {named(name)}" for name in first if name not in own]
    told += [f"it also has {named(name)}" for name in own if name not in first]
    told += [
        f"{named(name)} holds {own[name]} and not {first[name]}"
        for name in own
        if name in first and len({own[name], first[name]} - {"null"}) > 1
    ]
    more = f" and {len(told) - _LISTED} more" if len(told) > _LISTED else ""
    return ", ".join(told[:_LISTED]) + more


_LISTED: Final = 5


def _made(path: Path, read: Callable[[Path], Any]) -> Any:
    """A frame; when what reads it finds it damaged, that is told in our words."""
    try:
        return read(path)
    except (IgmError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 (each library has errors of its own for what is damaged)
        told = " ".join(str(error).split())[:200] or type(error).__name__
        do = (
            "Write the file again from its source; it is damaged, or in a form that this library cannot read."
        )
        what = f"the rows of {path.name} cannot be read"
        raise InputError.of("file-unreadable", what, do, where="$.path", given=told) from None


def _exists(place: Path) -> bool:
    try:
        return place.exists()
    except (OSError, ValueError):
        return False


def _pandas(path: Path) -> Any:
    return asked_library("pandas").read_parquet(path, dtype_backend="numpy_nullable")


def _polars(path: Path) -> Any:
    return asked_library("polars").read_parquet(path, glob=False, hive_partitioning=path.is_dir())


def _polars_lazy(path: Path) -> Any:
    return asked_library("polars").scan_parquet(path, glob=False, hive_partitioning=path.is_dir())


def _pyarrow(path: Path) -> Any:
    return asked_library("pyarrow.parquet").read_table(path)


def _duckdb(path: Path) -> Any:
    duckdb = asked_library("duckdb")
    literal = glob.escape(str(path))  # it reads every path as a pattern, which could fit other files
    if path.is_dir():
        return duckdb.read_parquet(f"{literal}/**/*.parquet", hive_partitioning=True)
    return duckdb.read_parquet(literal)


def _dask(path: Path) -> Any:
    if "*" in str(path):
        what, do = (
            "Dask reads a star in a path as a pattern, which fits other files",
            "Rename the file or folder.",
        )
        raise InputError.of("file-unreadable", what, do, where="$.path", given=shown(str(path)))
    return asked_library("dask.dataframe").read_parquet(str(path), dtype_backend="numpy_nullable")


def _session(given: Any) -> Any:
    """The Spark session to read with; none is started behind the caller's back."""
    if given is not None:
        return given
    active = asked_library("pyspark.sql").SparkSession.getActiveSession()
    if active is None:
        do = "Pass spark=, the session that you work with."
        raise InputError.of("invalid-value", "there is no Spark session", do, where="$.spark")
    return active


_SPARK_PATTERN: Final = re.compile(r"([\\*?\[\]{}])")
"""Signs that make a path a pattern to Spark."""

_READERS: Final[dict[Engine, Callable[[Path], Any]]] = {
    Engine.PANDAS: _pandas,
    Engine.POLARS: _polars,
    Engine.POLARS_LAZY: _polars_lazy,
    Engine.PYARROW: _pyarrow,
    Engine.DUCKDB: _duckdb,
    Engine.DASK: _dask,
}
