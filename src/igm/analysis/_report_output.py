"""A report table in the forms that documents ask for."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, TypeAlias

import attrs

from igm._display import Language, one_line
from igm.constructs._base import shown
from igm.errors import InputError, MissingDependencyError

Figure: TypeAlias = tuple[str, str, tuple[str, ...]]
"""The mean with its standard deviation, the number of people, and letters."""

FIELDS: Final = ("construct", "wave", "n", "mean", "sd", "state", "marks", "schaal", "bron")
"""What a row of CSV holds besides its group."""

_FORMULA: Final = frozenset("=+-@\t\r\n|%＝＋－＠")
_RIGHT: Final = ' style="text-align:right"'
_LATEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\symbol{34}",
        "`": r"\textasciigrave{}",
        "[": "{[}",
        "]": "{]}",
        "*": "{*}",
        "-": "{-}",
        "–": "--",
        "×": r"\texttimes{}",
        "→": r"$\rightarrow$",
        "≥": r"$\geq$",
        "≤": r"$\leq$",
    }
)


@attrs.frozen
class Line:
    """A construct of a group.

    Attributes:
        group: The values that make the group.
        construct: The name of the construct.
        cells: Per wave.
    """

    group: tuple[str, ...]
    construct: str
    cells: tuple[Figure, ...]


@attrs.frozen
class Sheet:
    """A table as texts in their places.

    Attributes:
        title: Shown above.
        by: Headers of what makes groups.
        construct: The header of constructs.
        waves: The headers of waves.
        figure: The header of means.
        lines: The rows.
        notes: Shown below.
        lang: The language that it is in.
    """

    title: str
    by: tuple[str, ...]
    construct: str
    waves: tuple[str, ...]
    figure: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    lang: Language


def marked(figure: str, marks: Sequence[str]) -> str:
    """A figure with its letters in brackets."""
    return f"{figure} [{', '.join(marks)}]" if marks else figure


def html_of(sheet: Sheet) -> str:
    """As html, with two rows of headers."""
    stubs = "".join(f'<th scope="col" rowspan="2">{_html(one)}</th>' for one in (*sheet.by, sheet.construct))
    over = "".join(f'<th scope="colgroup" colspan="2">{_html(wave)}</th>' for wave in sheet.waves)
    under = (f'<th scope="col"{_RIGHT}>{_html(sheet.figure)}</th><th scope="col"{_RIGHT}>n</th>') * len(
        sheet.waves
    )
    body = "".join(_html_line(line) for line in sheet.lines)
    caption = f"<caption>{_html(sheet.title)}</caption>" if sheet.title else ""
    notes = "".join(f"<p><small>{_html(note)}</small></p>" for note in sheet.notes)
    head = f"<thead><tr>{stubs}{over}</tr><tr>{under}</tr></thead>"
    return f'<table lang="{sheet.lang}">{caption}{head}<tbody>{body}</tbody></table>{notes}'


def _html_line(line: Line) -> str:
    parts = [f"<td>{_html(one)}</td>" for one in line.group]
    parts.append(f'<th scope="row" style="text-align:left">{_html(line.construct)}</th>')
    for figure, n, marks in line.cells:
        raised = f"<sup>{_html(', '.join(marks))}</sup>" if marks else ""
        parts.append(f"<td{_RIGHT}>{_html(figure)}{raised}</td><td{_RIGHT}>{_html(n)}</td>")
    return f"<tr>{''.join(parts)}</tr>"


def _html(text: str) -> str:
    return html.escape(one_line(text))


def latex_of(sheet: Sheet) -> str:
    """As a table of booktabs."""
    stubs = len(sheet.by) + 1
    over = " & ".join(["& " * (stubs - 1), *(rf"\multicolumn{{2}}{{c}}{{{tex(w)}}}" for w in sheet.waves)])
    rules = " ".join(
        rf"\cmidrule(lr){{{stubs + 2 * place + 1}-{stubs + 2 * place + 2}}}"
        for place in range(len(sheet.waves))
    )
    heads = [
        *(tex(one) for one in (*sheet.by, sheet.construct)),
        *[tex(sheet.figure), "$n$"] * len(sheet.waves),
    ]
    return "\n".join(
        [
            r"\begin{table}[htbp]",
            r"\centering",
            *([rf"\caption{{{tex(sheet.title)}}}"] if sheet.title else []),
            rf"\begin{{tabular}}{{{'l' * stubs}{'rr' * len(sheet.waves)}}}",
            r"\toprule",
            rf"{over} \\",
            rules,
            rf"{' & '.join(heads)} \\",
            r"\midrule",
            *(_latex_line(line) for line in sheet.lines),
            r"\bottomrule",
            r"\end{tabular}",
            *(rf"\par\footnotesize {tex(note)}" for note in sheet.notes),
            r"\end{table}",
            "",
        ]
    )


def _latex_line(line: Line) -> str:
    parts = [tex(one) for one in (*line.group, line.construct)]
    for figure, n, marks in line.cells:
        raised = rf"\textsuperscript{{{tex(', '.join(marks))}}}" if marks else ""
        parts += [f"{tex(figure)}{raised}", tex(n)]
    return rf"{' & '.join(parts)} \\"


def tex(text: str) -> str:
    r"""Text in which nothing means something to LaTeX.

    Example:
        >>> print(tex("50% & \\input{x}"))
        50\% \& \textbackslash{}input\{x\}
    """
    return one_line(text).translate(_LATEX)


def csv_of(header: Sequence[str], rows: Sequence[Sequence[Any]], lang: Language, sep: str | None) -> str:
    """As CSV, in which no field is a formula."""
    used = (";" if lang == "nl" else ",") if sep is None else sep
    if not isinstance(used, str) or used not in (",", ";", "\t"):
        do = "Give ',', ';' or a tab."
        raise InputError.of("invalid-value", "not a separator", do, where="$.sep", given=shown(sep))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=used, lineterminator="\n")
    writer.writerow([plain(name) for name in header])
    writer.writerows([_field(cell, lang) for cell in row] for row in rows)
    return out.getvalue()


def _field(cell: Any, lang: Language) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        text = repr(cell)
        return text.replace(".", ",") if lang == "nl" else text
    return str(cell) if isinstance(cell, int) else plain(str(cell))


def plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula.

    Example:
        >>> plain("=1+1"), plain("noord"), plain(" -2")
        ("'=1+1", 'noord', "' -2")
    """
    line = one_line(text)
    return f"'{line}" if set(text[:1]) & _FORMULA or set(line.lstrip()[:1]) & _FORMULA else line


def as_written(given: Any) -> Any:
    """Text as it was before `plain`; anything else as it is.

    Example:
        >>> as_written("'=1+1"), as_written("'s ochtends"), as_written(3)
        ('=1+1', "'s ochtends", 3)
    """
    return given[1:] if isinstance(given, str) and given[:1] == "'" and plain(given[1:]) == given else given


def great_table_of(sheet: Sheet) -> Any:
    """As a table of great-tables, which escapes what it is given."""
    if find_spec("great_tables") is None:
        raise MissingDependencyError.for_what("a table to style needs great-tables", "tables")
    tables: Any = import_module("great_tables")
    names = [f"by{place}" for place in range(len(sheet.by))] + ["construct"]
    data: dict[str, list[str]] = {name: [] for name in names}
    for place in range(len(sheet.waves)):
        data |= {f"m{place}": [], f"n{place}": []}
    for line in sheet.lines:
        for name, text in zip(names, (*line.group, line.construct), strict=True):
            data[name].append(one_line(text))
        for place, (figure, n, marks) in enumerate(line.cells):
            data[f"m{place}"].append(one_line(marked(figure, marks)))
            data[f"n{place}"].append(n)
    made = tables.GT(_frame(data)).tab_header(title=one_line(sheet.title))
    labels = dict(zip(names, (*sheet.by, sheet.construct), strict=True))
    for place, wave in enumerate(sheet.waves):
        columns = [f"m{place}", f"n{place}"]
        made = made.tab_spanner(label=one_line(wave), columns=columns, id=f"w{place}").cols_align(
            "right", columns
        )
        labels |= {f"m{place}": sheet.figure, f"n{place}": "n"}
    made = made.cols_label(**{name: one_line(text) for name, text in labels.items()})
    for note in sheet.notes:
        made = made.tab_source_note(one_line(note))
    return made


def _frame(data: dict[str, list[str]]) -> Any:
    """A frame of whichever library is there, because great-tables brings none."""
    for name, make in (("polars", "DataFrame"), ("pandas", "DataFrame"), ("pyarrow", "table")):
        if find_spec(name) is not None:
            return getattr(import_module(name), make)(data)
    do = "Install one of them, such as: pip install polars."
    what = "great-tables needs polars, pandas or pyarrow beside it"
    raise MissingDependencyError.of("missing-dependency", what, do, given="no such package")
