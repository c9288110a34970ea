"""``read_csv``: delimited text, with all that is detected told, and all that is wrong told by line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Final

import attrs

from igm._progress import Voortgang, check_progress, progress
from igm.boundary.files._delimiter import Delimiter, checked_delimiter, found_delimiter
from igm.boundary.files._numbers import (
    Cells,
    Decimal,
    checked_decimal,
    checked_empty,
    found_decimal,
    notes_on,
)
from igm.boundary.files._open import Encoding, a_file, found_encoding
from igm.boundary.files._report import FileReport
from igm.boundary.files._rows import RawTable, read_rows
from igm.boundary.files._table import Column, FileTable


@attrs.frozen(eq=False)
class Delimited:
    """A delimited file as it was read.

    Attributes:
        file: The file.
        encoding: Its encoding.
        delimiter: What stands between its cells.
        raw: Its rows.
        decimal: Its decimal sign.
        columns: Its columns, in order.
        notes: What there is to know of them.
    """

    file: Path
    encoding: Encoding
    delimiter: Delimiter
    raw: RawTable
    decimal: Decimal | None
    columns: tuple[Column, ...]
    notes: tuple[str, ...]

    def report(self, form: str, notes: Iterable[str] = ()) -> FileReport:
        """What was found."""
        skipped: list[str] = []
        if self.delimiter.said:
            skipped.append("the first line, which only says the delimiter")
        if self.raw.blank:
            skipped.append(f"{self.raw.blank} empty line{'s' if self.raw.blank > 1 else ''}")
        return FileReport(
            file=self.file.name,
            form=form,
            rows=self.raw.rows,
            columns=len(self.columns),
            header_rows=1 + len(self.raw.header),
            encoding=self.encoding.told,
            delimiter=None if self.delimiter.alone else self.delimiter.sign,
            decimal=self.decimal,
            skipped=tuple(skipped),
            notes=(*notes, *self.notes),
        )


_STEPS: Final = 100


def _passed(step: Callable[[], None], size: int) -> Callable[[int], None]:
    """Takes the steps that lie before a byte, each once."""
    done = 0

    def reached(byte: int) -> None:
        nonlocal done
        while done < _STEPS * byte // max(size, 1):
            done += 1
            step()

    return reached


def read_delimited(
    path: str | Path,
    *,
    delimiter: str | None,
    decimal: str | None,
    encoding: str | None,
    empty: Collection[str],
    header_rows: int,
    voortgang: Voortgang,
) -> Delimited:
    """A delimited file, whatever program wrote it."""
    check_progress(voortgang)
    sign, point, nothing = checked_delimiter(delimiter), checked_decimal(decimal), checked_empty(empty)
    file = a_file(path)
    size = file.stat().st_size
    with progress(voortgang, _STEPS, f"read {file.name}") as step:
        # a file is read twice: once for its encoding, so that no row is lost to it, and once for its rows
        reached = _passed(step, 2 * size)
        code = found_encoding(file, encoding, reached)
        between = found_delimiter(file, code.name, sign)
        raw = read_rows(file, code, between, header_rows, lambda byte: reached(size + byte))
        reached(2 * size)
    point = found_decimal(raw.names, raw.columns, point, nothing, between.sign)
    cells = Cells(point, nothing)
    columns = tuple(cells.column(column) for column in raw.columns)
    return Delimited(
        file, code, between, raw, point, columns, tuple(notes_on(raw.names, raw.columns, columns, nothing))
    )


def read_csv(
    path: str | Path,
    /,
    *,
    delimiter: str | None = None,
    decimal: str | None = None,
    encoding: str | None = None,
    empty: Collection[str] = (),
    voortgang: Voortgang = False,
) -> FileTable:
    r"""Read delimited text: comma, semicolon, tab or bar, with decimal points or commas.

    What is not given is found, and told in the report of what comes back. What cannot be told for certain is refused,
    with what to pass. A column is one of numbers when every cell that is not empty is a number; ``007`` and numbers
    of more than fifteen digits are texts. Cells are never computed: ``=1+1`` is a text.

    Args:
        path: The file.
        delimiter: What stands between cells. Found when one of ``;``, ``,``, tab and ``|`` alone divides the first
            200 rows evenly, or when the first line says so (``sep=;``).
        decimal: ``","`` or ``"."``. Found when columns of numbers have one of these, and no number can as well have a
            sign between thousands.
        encoding: A codec of Python, such as ``cp1252``. Found by the byte order mark (UTF-8, UTF-16, UTF-32); else it
            is UTF-8 when all of it is, else Windows-1252 when all of it can be.
        empty: Texts that count as empty cells, such as ``["NA"]``.
        voortgang: ``True`` for a progress bar, or a function that takes (done, total).

    Returns:
        A `FileTable`; ``.frame("polars")`` makes a frame of it.

    Raises:
        InputError: All problems of a stage at once, each with its line: ``file-unreadable`` (no such file, a folder, an
            empty file, no text, bytes that are not of the encoding, quotes that make no sense, rows with another
            number of cells than the header), ``file-ambiguous``, ``duplicate-name`` and ``missing-field`` (names of
            columns); ``invalid-value`` and ``unknown-name`` for an argument.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "t0.csv"
        ...     _ = path.write_bytes("ref;motivatie;uren\nc-1;4;1,5\nc-2;;20\n".encode("cp1252"))
        ...     file = read_csv(path)
        >>> file["motivatie"], file["uren"]
        (array([ 4., nan]), array([ 1.5, 20. ]))
        >>> print(file.report)
        t0.csv
        what         found
        -----------  -----------
        form         CSV
        rows         2
        columns      3
        header rows  1
        encoding     UTF-8
        delimiter    semicolon ;
        decimal      comma ,
    """
    found = read_delimited(
        path,
        delimiter=delimiter,
        decimal=decimal,
        encoding=encoding,
        empty=empty,
        header_rows=1,
        voortgang=voortgang,
    )
    return FileTable(data=dict(zip(found.raw.names, found.columns, strict=True)), report=found.report("CSV"))
