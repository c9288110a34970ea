"""``read_qualtrics``: the CSV and TSV exports of responses of Qualtrics, with their three rows of header."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from igm._engines._codes import Meaning
from igm._progress import Voortgang
from igm.boundary.files._csv import read_delimited
from igm.boundary.files._table import Column, FileTable, Raw
from igm.constructs.waarde import Missing
from igm.errors import InputError

_HEADER: Final = 3
_SEEN: Final = -99
_FINISHED: Final = {
    **dict.fromkeys(("true", "1", "waar", "ja", "yes"), True),
    **dict.fromkeys(("false", "0", "onwaar", "nee", "no"), False),
}
_TRIALS: Final = {"survey preview", "survey test", "1", "2"}
_FORM: Final = "Qualtrics responses (CSV)"


def read_qualtrics(
    path: str | Path,
    /,
    *,
    delimiter: str | None = None,
    decimal: str | None = None,
    encoding: str | None = None,
    voortgang: Voortgang = False,
) -> FileTable:
    r"""Read responses that Qualtrics exported as CSV or TSV, as numeric values or as choice texts.

    The header has three rows: names, texts of questions, and the ids under which Qualtrics knows them. Responses that
    were not finished, and those of a preview, are kept, and counted in the report. ``-99``, which Qualtrics can be
    told to write for a question that was seen and not answered, suggests ``niet_gevraagd``.

    Args:
        path: The file.
        delimiter: As in `read_csv`.
        decimal: As in `read_csv`.
        encoding: As in `read_csv`.
        voortgang: As in `read_csv`.

    Returns:
        A `FileTable`, with the texts of questions in `labels`.

    Raises:
        InputError: What `read_csv` raises; ``file-unreadable`` when the third row holds no ids of Qualtrics;
            ``file-ambiguous`` for cells such as ``1,2``, which can be several choices, until ``decimal`` is given.

    Example:
        >>> import tempfile
        >>> from igm.boundary import read_qualtrics
        >>> ids = ['{""ImportId"":""finished""}', '{""ImportId"":""QID1""}']
        >>> header = ["Finished,houding_1", 'Finished,"Het is goed, vind ik"', ",".join(f'"{id}"' for id in ids)]
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "survey.csv"
        ...     _ = path.write_text("\n".join([*header, "1,4", "0,-99"]), encoding="utf-8")
        ...     file = read_qualtrics(path)
        >>> file["houding_1"], file.labels["houding_1"]
        (array([  4, -99]), 'Het is goed, vind ik')
        >>> print(*file.report.notes, sep="\n")
        answers: numeric values
        responses that were not finished: 1 of 2; they are kept
        -99 in 1 column suggests niet_gevraagd: seen and not answered
    """
    found = read_delimited(
        path,
        delimiter=delimiter,
        decimal=decimal,
        encoding=encoding,
        empty=(),
        header_rows=_HEADER,
        voortgang=voortgang,
    )
    _check_ids(found.file.name, found.raw.header)
    if found.decimal == "," and decimal is None:
        what = "cells such as 1,2 can be numbers with decimals, or several choices"
        do = "Pass decimal='.' when they are choices, which are then read as text; or decimal=',' for decimals."
        raise InputError.of("file-ambiguous", what, do, where="$.decimal")
    names = found.raw.names
    columns = dict(zip(names, found.columns, strict=True))
    codes: dict[str, dict[Raw, Meaning]] = {
        name: {_SEEN: Missing.NIET_GEVRAAGD} for name, column in columns.items() if _has_seen(column)
    }
    labels = {name: text for name, text in zip(names, found.raw.header[0], strict=True) if text.strip()}
    report = found.report(_FORM, _notes(columns, len(codes)))
    return FileTable(data=columns, report=report, labels=labels, codes=codes)


def _check_ids(file: str, header: Sequence[Sequence[str]]) -> None:
    ids = [_import_id(cell) for cell in header[1]] if len(header) == _HEADER - 1 else []
    if ids and all(ids):
        return
    what = "the third row holds no ids of Qualtrics (ImportId)"
    do = "Export as CSV or TSV from Data & Analysis and leave the rows as they are; or use read_csv."
    raise InputError.of("file-unreadable", what, do, where=f"{file}, the header")


def _import_id(cell: str) -> bool:
    try:
        found: Any = json.loads(cell)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "ImportId" in found


def _has_seen(column: Column) -> bool:
    if column.kind == "moment":
        return False
    return bool(np.any(column.values == (str(_SEEN) if column.kind == "text" else _SEEN)))


def _notes(columns: Mapping[str, Column], seen: int) -> list[str]:
    notes: list[str] = []
    finished = columns.get("Finished")
    if finished is not None:
        told = [_FINISHED.get(_text(value)) for value in finished.values.tolist()]
        numeric = finished.kind == "whole"
        notes.append(f"answers: {'numeric values' if numeric else 'choice texts'}")
        notes.append(f"responses that were not finished: {told.count(False)} of {len(told)}; they are kept")
        if told.count(None):
            notes.append(
                f"responses of which Finished says neither yes nor no: {told.count(None)} of {len(told)}"
            )
    status = columns.get("Status")
    if status is not None:
        trials = sum(_text(value) in _TRIALS for value in status.values.tolist())
        if trials:
            notes.append(f"responses of a preview or test: {trials}; they are kept")
    if seen:
        some = "1 column" if seen == 1 else f"{seen} columns"
        notes.append(f"{_SEEN} in {some} suggests niet_gevraagd: seen and not answered")
    return notes


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip().casefold()
