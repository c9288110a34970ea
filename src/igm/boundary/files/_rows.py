"""The rows of a delimited file, read in chunks into columns; and all that is wrong with them, by line."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines._codes import WHITE_SPACE
from igm.boundary.files._delimiter import Delimiter
from igm.boundary.files._open import Encoding
from igm.constructs._base import SHOWN, raise_capped
from igm.errors import InputError, Problem, named

CHUNK: Final = 20_000
"""How many rows are turned into columns at once."""

Row: TypeAlias = list[str]


class Distinct(dict[str, int]):
    """The different cells of a column, numbered in the order in which they come."""

    def __missing__(self, cell: str) -> int:
        number = self[cell] = len(self)
        return number


@attrs.frozen(eq=False)
class RawColumn:
    """The cells of a column: the different ones, and for each row which of these it has.

    Attributes:
        distinct: The different cells.
        bare: The same without white space at their ends.
        numbers: By row, which of them it has.
    """

    distinct: tuple[str, ...]
    bare: tuple[str, ...]
    numbers: NDArray[np.int32]


@attrs.frozen(eq=False)
class RawTable:
    """A delimited file as it was read, before its cells are given a meaning.

    Attributes:
        names: The names in the first row of the header.
        header: The other rows of the header.
        columns: The columns, in order.
        rows: How many rows there are.
        blank: How many lines were empty.
    """

    names: tuple[str, ...]
    header: tuple[Row, ...]
    columns: tuple[RawColumn, ...]
    rows: int
    blank: int


@attrs.define
class _Reading:
    """What was found so far."""

    file: Path
    width: int = 0
    blank: int = 0
    total: int = 0
    problems: list[Problem] = attrs.Factory(list[Problem])

    def refuse(self, code: str, what: str, do: str, line: int, given: str | None = None) -> None:
        self.total += 1
        if len(self.problems) < SHOWN:
            self.problems.append(Problem(code, what, do, f"{self.file.name}, line {line}", given))


def read_rows(
    file: Path, encoding: Encoding, delimiter: Delimiter, header_rows: int, reached: Callable[[int], None]
) -> RawTable:
    """All rows of a delimited file.

    Args:
        file: The file.
        encoding: Its encoding, in which all of it can be read.
        delimiter: What stands between its cells.
        header_rows: How many rows its header has.
        reached: Is told the byte up to which was read.

    Raises:
        InputError: All at once, by line: ``file-unreadable`` for a row with more or fewer cells than the header, and
            for quotes that make no sense; ``duplicate-name`` and ``missing-field`` for the names of columns.
    """
    reading = _Reading(file)
    with file.open("rb") as raw, TextIOWrapper(raw, encoding.name, newline="") as stream:
        if delimiter.said:
            stream.readline()
        rows = _rows(csv.reader(stream, delimiter=delimiter.sign, strict=True), reading, int(delimiter.said))
        header: list[Row] = []
        for line, row in rows:
            _check_header(header, row, line, reading)
            header.append(row)
            if len(header) == header_rows:
                break
        if not header:
            reading.refuse("file-unreadable", "there is no header", "Give a file with a header.", 1)
        indexes = [Distinct() for _ in range(reading.width)]
        pieces: list[list[NDArray[np.int32]]] = [[] for _ in indexes]
        for chunk in _chunks(rows, reading):
            for index, parts, cells in zip(indexes, pieces, zip(*chunk, strict=True), strict=True):
                parts.append(np.fromiter(map(index.__getitem__, cells), np.int32, len(chunk)))
            reached(raw.tell())
    raise_capped(reading.problems, reading.total, "lines")
    columns = tuple(_column(index, parts) for index, parts in zip(indexes, pieces, strict=True))
    return RawTable(tuple(header[0]), tuple(header[1:]), columns, len(columns[0].numbers), reading.blank)


def _column(index: Distinct, parts: list[NDArray[np.int32]]) -> RawColumn:
    bare = tuple(cell.strip(WHITE_SPACE) for cell in index)
    return RawColumn(tuple(index), bare, np.concatenate(parts) if parts else np.empty(0, np.int32))


def _rows(reader: Any, reading: _Reading, before: int) -> Iterator[tuple[int, Row]]:
    """The rows that are not empty, each with the line on which it starts."""
    end = before
    while True:
        line = end + 1
        try:
            row: Row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            _refuse_quotes(str(error), line, reading)
            return
        end = before + reader.line_num
        if row:
            yield line, row
        else:
            reading.blank += 1


def _refuse_quotes(error: str, line: int, reading: _Reading) -> None:
    if "field larger" in error:
        what = (
            f"a cell of more than {csv.field_size_limit():,} signs: a quote that is not closed, or no table"
        )
        do = "Close the quote of the row that starts here; what comes after it was not read."
    elif "unexpected end" in error:
        what = "a quote that is not closed"
        do = "Close the quote of the row that starts here."
    else:
        what = "quotes that make no sense"
        do = 'Write a quote within quotes twice (""); what comes after this row was not read.'
    reading.refuse("file-unreadable", what, do, line)


def _check_header(header: Sequence[Row], row: Row, line: int, reading: _Reading) -> None:
    if header:
        _check_width(row, line, reading)
        return
    reading.width = len(row)
    empty = [str(index) for index, name in enumerate(row, 1) if not name.strip()]
    if empty:
        what = f"columns without a name: number {', '.join(empty[:SHOWN])}"
        do = "Name every column; a program that writes its row numbers can be told not to."
        reading.refuse("missing-field", what, do, line)
    for name, count in Counter(row).items():
        if count > 1 and name.strip():
            what, do = f"{count} columns have one name", "Give each column a name of its own."
            reading.refuse("duplicate-name", what, do, line, repr(named(name)))


def _check_width(row: Row, line: int, reading: _Reading) -> bool:
    if len(row) == reading.width:
        return True
    what = "the row has another number of cells than the header"
    do = "Mend the row: a delimiter too many or too few, or a text that should be in quotes."
    reading.refuse("file-unreadable", what, do, line, f"{len(row)} cells for {reading.width} columns")
    return False


def _chunks(rows: Iterator[tuple[int, Row]], reading: _Reading) -> Iterator[list[Row]]:
    """The rows that fit the header, many at a time; once something is wrong, only the faults are sought."""
    chunk: list[Row] = []
    width = reading.width
    for line, row in rows:
        if len(row) != width:
            _check_width(row, line, reading)
        elif not reading.total:
            chunk.append(row)
            if len(chunk) == CHUNK:
                yield chunk
                chunk = []
    if chunk:
        yield chunk


def refuse_header(file: Path, what: str, do: str, line: int = 1) -> InputError:
    """The error for a header that is not what the form demands."""
    return InputError.of("file-unreadable", what, do, where=f"{file.name}, line {line}")
