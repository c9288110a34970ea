"""``read_spss``: SPSS files with their labels and all their codes for no answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np

from igm._engines._codes import Meaning
from igm._engines.words import missing_word
from igm._progress import Voortgang, check_progress, progress
from igm.boundary.files._labels import together
from igm.boundary.files._open import a_file
from igm.boundary.files._report import FileReport
from igm.boundary.files._table import Column, FileTable, Raw
from igm.constructs.waarde import Missing
from igm.errors import InputError, MissingDependencyError, shown

_FORMS: Final = (".sav", ".zsav")
_LARGEST: Final = 2**53
"""Above this a number of SPSS is no exact whole number."""


def read_spss(path: str | Path, /, *, encoding: str | None = None, voortgang: Voortgang = False) -> FileTable:
    """Read an SPSS file (.sav or .zsav), with labels of columns and values and every code for no answer.

    Codes that the file declares as missing (up to three values, or a range and a value, per column) stay in the
    columns as they are; the report tells them, and `FileTable.column_map` gives them a kind of missing: the one that
    their label names (``weet niet``, ``refused``), else ``niet_gevraagd``. What SPSS itself calls missing (a dot) is
    no value.

    Args:
        path: The file.
        encoding: The encoding of its texts, when the file tells a wrong one.
        voortgang: ``True`` for a progress bar, or a function that takes (done, total): a step per column.

    Returns:
        A `FileTable` with `labels` and `value_labels`.

    Raises:
        InputError: ``file-unreadable`` when it cannot be opened, or is no sound SPSS file.
        MissingDependencyError: ``missing-dependency`` when pyreadstat is not installed (the extra ``spss``).

    Example:
        >>> import tempfile
        >>> import polars, pyreadstat
        >>> frame = polars.DataFrame({"houding_1": [4, 99, 98, None]})
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "t0.sav"
        ...     pyreadstat.write_sav(frame, str(path), missing_ranges={"houding_1": [98, 99]},
        ...                          variable_value_labels={"houding_1": {98: "weet niet", 99: "weigert"}})
        ...     file = read_spss(path)
        >>> file["houding_1"]
        array([ 4., 99., 98., nan])
        >>> for code in file.column_map(["houding_1"]).recodes("houding_1"):
        ...     print(code)
        '98' or 98 -> weet_niet
        '99' or 99 -> geweigerd
    """
    check_progress(voortgang)
    file = a_file(path)
    if file.suffix.casefold() not in _FORMS:
        do = "Give a .sav or .zsav file."
        raise InputError.of(
            "file-unreadable", "not the name of an SPSS file", do, where="$.path", given=shown(file.name)
        )
    if find_spec("pyreadstat") is None:
        raise MissingDependencyError.for_what("reading SPSS files needs pyreadstat", "spss")
    cells, meta = _read(file, encoding)
    columns: dict[str, Column] = {}
    with progress(voortgang, max(len(cells), 1), f"read {file.name}") as step:
        for name, values in cells.items():
            columns[name] = _column(values)
            step()
    ranges: Mapping[str, Sequence[Mapping[str, Raw]]] = meta.missing_ranges
    labels: dict[str, dict[Raw, str]] = {
        name: dict(found) for name, found in meta.variable_value_labels.items()
    }
    codes = {name: _missing(columns[name], given, labels.get(name, {})) for name, given in ranges.items()}
    texts = {name: label for name, label in meta.column_names_to_labels.items() if label}
    report = FileReport(
        file=file.name,
        form="SPSS",
        rows=int(meta.number_rows),
        columns=len(columns),
        encoding=meta.file_encoding if encoding is None else f"{encoding}, as given",
        notes=together(
            {
                name: (_told(columns[name], ranges[name], found, labels.get(name, {})),)
                for name, found in codes.items()
            }
        ),
    )
    return FileTable(data=columns, report=report, labels=texts, value_labels=labels, codes=codes)


def _read(file: Path, encoding: str | None) -> tuple[Mapping[str, list[Any]], Any]:
    import pyreadstat

    try:
        cells, meta = pyreadstat.read_sav(
            str(file), encoding=encoding, user_missing=True, output_format="dict"
        )
    except Exception as error:  # noqa: BLE001 (its own errors are plain exceptions, and what is damaged raises others)
        given = " ".join(str(error).split())[:200] or type(error).__name__
        if "encoding" in given.casefold() or isinstance(error, UnicodeError):
            do = "Pass encoding=, such as encoding='cp1252'."
        else:
            do = "Give a sound .sav or .zsav file; save it again in SPSS or PSPP when it was damaged."
        raise InputError.of(
            "file-unreadable", f"{file.name} cannot be read as SPSS", do, where="$.path", given=given
        ) from None
    return cells, meta


def _column(values: Sequence[Any]) -> Column:
    """A column of what SPSS holds: numbers, texts, or dates and times."""
    filled = [value for value in values if value is not None]
    if any(isinstance(value, str) for value in filled):
        texts = [None if value is None or not value.strip() else value for value in values]
        return Column(np.array([*texts, None], dtype=object)[:-1], "text")
    if not all(isinstance(value, (int, float)) for value in filled):
        return Column(np.array([*values, None], dtype=object)[:-1], "moment")
    numbers = np.array(values, dtype=np.float64)
    held = (numbers == np.round(numbers)) & (np.abs(numbers) <= _LARGEST)
    whole = bool(np.all(np.isnan(numbers) | held))
    if whole and not np.isnan(numbers).any():
        return Column(numbers.astype(np.int64), "whole")
    return Column(numbers, "whole" if whole else "number")


def _missing(
    column: Column, ranges: Sequence[Mapping[str, Raw]], labels: Mapping[Raw, str]
) -> dict[Raw, Meaning]:
    """The kind of missing of each code: those that are named, and those of a range that occur."""
    found: dict[Raw, Meaning] = {}
    if column.kind == "moment":
        return found  # a map names texts and numbers; what is declared is in the report
    for given in ranges:
        low, high = given["lo"], given["hi"]
        raws: list[Raw] = [low]
        if low != high:
            inside = {value for value in column.values[~column.missing].tolist() if low <= value <= high}
            raws = sorted({*inside, *(raw for raw in labels if low <= raw <= high)})  # type: ignore[operator]
        found |= {raw: missing_word(labels.get(raw, "")) or Missing.NIET_GEVRAAGD for raw in raws}
    return found


def _told(
    column: Column,
    ranges: Sequence[Mapping[str, Raw]],
    found: Mapping[Raw, Meaning],
    labels: Mapping[Raw, str],
) -> str:
    """What is declared as missing in columns, and which kind it is taken for."""
    spans = ", ".join(
        _short(one["lo"]) if one["lo"] == one["hi"] else f"{_short(one['lo'])} to {_short(one['hi'])}"
        for one in ranges
    )
    known = {raw: means for raw, means in found.items() if raw not in labels or missing_word(labels[raw])}
    kinds = [
        f"{_short(raw)}{f' ({labels[raw]})' if raw in labels else ''} as {means}"
        for raw, means in known.items()
    ]
    kinds += [
        f"{_short(raw)} ({labels[raw]}): names no kind, taken as {means}"
        for raw, means in found.items()
        if raw not in known
    ]
    none = "none, for a map names no dates" if column.kind == "moment" else "none occurs"
    return f"declared as missing {spans}; suggested: {', '.join(kinds) or none}"


def _short(raw: object) -> str:
    if isinstance(raw, (date, time)):
        return raw.isoformat()
    return f"{raw:g}" if isinstance(raw, (int, float)) else repr(raw)
