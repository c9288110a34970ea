"""``read_limesurvey``: the CSV export of responses of LimeSurvey."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from igm._engines._codes import Meaning
from igm._progress import Voortgang
from igm.boundary.files._csv import Delimited, read_delimited
from igm.boundary.files._report import FileReport
from igm.boundary.files._series import place_of
from igm.boundary.files._table import Column, FileTable, Raw
from igm.constructs.waarde import Missing
from igm.errors import InputError, named, suggestion

_OTHER: Final = "-oth-"
_NOT_SHOWN: Final = "N/A"
_CODE_AND_TEXT: Final = re.compile(r"([A-Za-z][A-Za-z0-9]*(?:\[[^\]]*\])*)\. (.+)", re.DOTALL)
_FORM: Final = "LimeSurvey responses (CSV)"


def read_limesurvey(
    path: str | Path,
    /,
    *,
    submitdate: str = "submitdate",
    delimiter: str | None = None,
    encoding: str | None = None,
    voortgang: Voortgang = False,
) -> FileTable:
    r"""Read responses that LimeSurvey exported as CSV, with answers as codes or in full.

    Export with question codes as headings, alone or with the text of the question behind it; texts alone can occur
    twice. Responses that were not finished are kept, and counted in the report. In columns with only answer codes,
    ``A1`` (or ``AO01``) suggests 1, ``A2`` suggests 2 and so on (`FileTable.column_map`): look whether the answers of
    your survey stand in the order of the scale. ``-oth-`` suggests nothing: what was written instead stands in the
    column that ends in ``[other]``. ``N/A``, for a question that was not shown, suggests ``niet_gevraagd``.

    Args:
        path: The file.
        submitdate: The heading of the column that says when a response was finished, when headings are texts.
        delimiter: As in `read_csv`.
        encoding: As in `read_csv`.
        voortgang: As in `read_csv`.

    Returns:
        A `FileTable`, with the texts of questions in `labels` when the headings hold them. Its `column_map` also
        pairs codes without underscores with names that have them: ``houding[SQ001]`` or ``houding1`` with
        ``houding_1``, when there is one such pair.

    Raises:
        InputError: What `read_csv` raises; ``file-unreadable`` when there is no column that says what is finished.

    Example:
        >>> import tempfile
        >>> from igm.boundary import read_limesurvey
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "results-survey.csv"
        ...     _ = path.write_text('"id","submitdate","houding[SQ001]"\n"1","2026-03-02 10:00:00","A4"\n"2","","A1"')
        ...     file = read_limesurvey(path)
        >>> file.report.notes[:2]
        ('answers: codes', 'responses that were not finished: 1 of 2; they are kept')
        >>> kolommen = file.column_map(["houding_1"])
        >>> kolommen.items["houding_1"], [str(code) for code in kolommen.recodes("houding_1")]
        ('houding[SQ001]', ["'a1' -> 1", "'a4' -> 4"])
    """
    found = read_delimited(
        path,
        delimiter=delimiter,
        decimal=None,
        encoding=encoding,
        empty=(),
        header_rows=1,
        voortgang=voortgang,
    )
    names, labels = _headings(found.raw.names)
    if submitdate not in names:
        do = f"Export with question codes as headings, or pass submitdate=. {suggestion(submitdate, names)}"
        what = f"no column {named(submitdate)!r}, which says what responses were finished"
        raise InputError.of("file-unreadable", what, do, where=f"{found.file.name}, line 1")
    columns = dict(zip(names, found.columns, strict=True))
    codes = {name: means for name, column in columns.items() if (means := _meanings(column))}
    notes = _notes(columns, codes, submitdate)
    return FileTable(
        data=columns, report=_report(found, notes), labels=labels, codes=codes, suggested="limesurvey"
    )


def _report(found: Delimited, notes: Sequence[str]) -> FileReport:
    report = found.report(_FORM)
    texts = tuple(note for note in report.notes if "is read as text" not in note)
    return attrs.evolve(report, notes=(*notes, *texts))


def _headings(names: Sequence[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The question codes, and the texts when every heading holds both."""
    parts = [_CODE_AND_TEXT.fullmatch(name) for name in names]
    split = [(str(part[1]), str(part[2])) for part in parts if part is not None]
    codes = tuple(code for code, _ in split)
    if len(split) < len(names) or len(set(codes)) < len(codes):
        return tuple(names), {}
    return codes, dict(split)


def _meanings(column: Column) -> dict[Raw, Meaning]:
    """What the codes of a column suggest, when it has no other texts than codes."""
    if column.kind != "text":
        return {}
    texts = {text for text in column.values if text is not None}
    answers: dict[Raw, Meaning] = {
        text: place for text in sorted(texts) if (place := place_of(text)) is not None
    }
    if texts - answers.keys() - {_OTHER, _NOT_SHOWN}:
        answers = {}
    if _NOT_SHOWN in texts:
        answers[_NOT_SHOWN] = Missing.NIET_GEVRAAGD
    return answers


def _notes(
    columns: Mapping[str, Column], codes: Mapping[str, Mapping[Raw, Meaning]], submitdate: str
) -> list[str]:
    coded = [name for name, means in codes.items() if set(means) - {_NOT_SHOWN}]
    date = columns[submitdate]
    open_ = int(date.missing.sum())
    notes = [
        f"answers: {'codes' if coded else 'full texts, or numbers'}",
        f"responses that were not finished: {open_} of {len(date.values)}; they are kept",
    ]
    if coded:
        form = (
            "AO0" if any(code.startswith("AO") for name in coded for code in map(str, codes[name])) else "A"
        )
        notes.append(
            f"{form}1 suggests 1, {form}2 suggests 2 and so on in {len(coded)} columns: "
            "check the order of the answers"
        )
    for name, column in columns.items():
        others = int((column.values == _OTHER).sum()) if column.kind == "text" else 0
        if others:
            notes.append(
                f"{named(name)}: {others} times {_OTHER}, an answer in own words; it suggests nothing"
            )
    return notes
