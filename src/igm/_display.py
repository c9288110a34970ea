"""One ``Table`` and one ``Tree``; each renders to text, markdown and html.

Results hold full precision. Rounding, decimal commas and column widths happen here and nowhere else.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeAlias

import attrs

from igm._folding import folded
from igm.errors import MASK, InputError, shown

Language: TypeAlias = Literal["nl", "en"]
Cell: TypeAlias = str | int | float | None

EMPTY = "–"
"""How an absent value is shown."""

_NARROWEST = 8
"""Text is not folded narrower than this."""

_FOLDED = 12
"""Columns of text are not folded narrower than this."""


_MASKED: Final = {"nl": f"{MASK}: gevoelig, daarom niet getoond.", "en": f"{MASK}: sensitive, so not shown."}


def number(value: float | None, digits: int = 2, *, lang: Language = "nl") -> str:
    """A number as people read it: rounded, with a decimal comma in Dutch.

    Example:
        >>> number(3.14159), number(3.14159, 1, lang="en"), number(None)
        ('3,14', '3.1', '–')
    """
    if value is None:
        return EMPTY
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if lang == "nl" else text


@attrs.frozen
class Column:
    """A column: its header, on which side its cells stand, and the digits that its numbers keep."""

    header: str
    align: Literal["left", "right"] = "left"
    digits: int = 2


def _columns(columns: Iterable[str | Column]) -> tuple[Column, ...]:
    return tuple(column if isinstance(column, Column) else Column(column) for column in columns)


def _rows(rows: Iterable[Iterable[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(row) for row in rows)


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(texts)


@attrs.frozen
class Table:
    """Rows and columns that can be shown on a terminal, in a document and in a notebook.

    Attributes:
        columns: Headers, as text or as `Column`.
        rows: Cells per row; ``None`` is shown as a dash, numbers keep their column's digits.
        title: Shown above.
        notes: Shown below, one line each.
        lang: Decides the decimal sign.

    Example:
        >>> rows = [["houding", 4.3], ["kennis", None]]
        >>> table = Table(["construct", Column("score", "right")], rows, title="Profiel")
        >>> print(table)
        Profiel
        construct  score
        ---------  -----
        houding     4,30
        kennis         –
        >>> print(table.markdown())
        **Profiel**
        <BLANKLINE>
        | construct | score |
        | --- | ---: |
        | houding | 4,30 |
        | kennis | – |
    """

    columns: tuple[Column, ...] = attrs.field(converter=_columns)
    rows: tuple[tuple[Cell, ...], ...] = attrs.field(converter=_rows)
    title: str = ""
    notes: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    lang: Language = "nl"

    def __attrs_post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"row {row!r} has {len(row)} cells for {len(self.columns)} columns")

    def _shown(self) -> list[list[str]]:
        return [
            [self._cell(cell, column) for cell, column in zip(row, self.columns, strict=True)]
            for row in self.rows
        ]

    def _said(self) -> list[str]:
        """The notes, with what a masked cell means first."""
        masked = any(isinstance(cell, str) and MASK in cell for row in self.rows for cell in row)
        return [*([_MASKED[self.lang]] if masked else []), *self.notes]

    def _cell(self, cell: Cell, column: Column) -> str:
        if isinstance(cell, float):
            return number(cell, column.digits, lang=self.lang)
        return EMPTY if cell is None else seen(str(cell))

    def text(self, width: int = 100) -> str:
        """Plain text of at most ``width`` characters a line.

        The widest left-aligned columns fold first, down to 12 characters, then headers. Columns that still do not fit
        go on below, after a repeat of the columns that say what a row is about: those at the left that are texts.
        """
        width = max(_whole_width(width), _NARROWEST)
        cells = self._shown()
        headers = [seen(column.header) for column in self.columns]
        lines = textwrap.wrap(seen(self.title), width)
        for at, (part, widths) in enumerate(
            _parts(headers, cells, [column.align for column in self.columns], width)
        ):
            lines += [""] if at else []
            lines += self._line(part, headers, widths)
            if widths:
                lines.append("  ".join("-" * size for size in widths))
            for row in cells:
                lines += self._line(part, row, widths)
        for note in self._said():
            lines += textwrap.wrap(seen(note), width)
        return "\n".join(lines)

    def _line(self, part: Sequence[int], row: Sequence[str], widths: Sequence[int]) -> list[str]:
        wrapped = [folded(row[at], size) for at, size in zip(part, widths, strict=True)]
        lines: list[str] = []
        for depth in range(max(map(len, wrapped), default=0)):
            texts: list[str] = []
            for at, cell, size in zip(part, wrapped, widths, strict=True):
                text = cell[depth] if depth < len(cell) else ""
                texts.append(text.rjust(size) if self.columns[at].align == "right" else text.ljust(size))
            lines.append("  ".join(texts).rstrip())
        return lines

    def markdown(self) -> str:
        """A GitHub-flavoured markdown table."""
        lines = [f"**{_md(self.title)}**", ""] if self.title else []
        if not self.columns:
            return "\n".join([*lines, *(_md(note) + "  " for note in self._said())])
        lines.append("| " + " | ".join(_md(column.header) for column in self.columns) + " |")
        lines.append("| " + " | ".join("---:" if c.align == "right" else "---" for c in self.columns) + " |")
        lines += ["| " + " | ".join(_md(cell) for cell in row) + " |" for row in self._shown()]
        if notes := self._said():
            lines += ["", *(_md(note) + "  " for note in notes)]
        return "\n".join(lines)

    def html(self) -> str:
        """An html table with a caption and column headers that a screen reader can follow."""
        align = [' style="text-align:right"' if column.align == "right" else "" for column in self.columns]
        caption = f"<caption>{html.escape(self.title)}</caption>" if self.title else ""
        head = "".join(
            f'<th scope="col"{side}>{html.escape(column.header)}</th>'
            for column, side in zip(self.columns, align, strict=True)
        )
        body = "".join(
            "<tr>"
            + "".join(f"<td{side}>{html.escape(cell)}</td>" for cell, side in zip(row, align, strict=True))
            + "</tr>"
            for row in self._shown()
        )
        notes = "".join(f"<p><small>{html.escape(note)}</small></p>" for note in self._said())
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


def _parts(
    headers: list[str], cells: list[list[str]], aligns: list[str], width: int
) -> list[tuple[list[int], list[int]]]:
    """The columns that fit beside each other, with their widths; in one part where all do."""
    least = [_least(headers, cells, aligns, at) for at in range(len(headers))]
    every = list(range(len(headers)))
    stub = every[: max(1, aligns.index("right"))] if "right" in aligns else every[:1]
    parts = [stub[:]]
    for at in every[len(stub) :]:
        if len(parts[-1]) > len(stub) and _across(least[one] for one in (*parts[-1], at)) > width:
            parts.append(stub[:])
        parts[-1].append(at)
    return [(part, _fit(headers, cells, aligns, least, part, width)) for part in parts]


def _least(headers: list[str], cells: list[list[str]], aligns: list[str], at: int) -> int:
    """How narrow a column can be: numbers stay whole, texts keep 12 characters, and words of headers 24."""
    longest = max((len(row[at]) for row in cells), default=0)
    word = max(map(len, headers[at].split()), default=0)
    if aligns[at] == "right":
        return max(longest, min(word, 2 * _FOLDED))
    return min(max(longest, word), _FOLDED)


def _across(sizes: Iterable[int]) -> int:
    listed = list(sizes)
    return sum(listed) + 2 * (len(listed) - 1)


def _fit(
    headers: list[str],
    cells: list[list[str]],
    aligns: list[str],
    least: list[int],
    part: Sequence[int],
    width: int,
) -> list[int]:
    """Column widths that fit ``width``: the widest column of text gives way first, then headers fold."""
    widths = [max(len(row[at]) for row in (headers, *cells)) for at in part]
    texts = [size if aligns[at] == "right" else least[at] for at, size in zip(part, widths, strict=True)]
    for floors in (texts, [least[at] for at in part]):
        while _across(widths) > width:
            room = [size if size > floor else 0 for size, floor in zip(widths, floors, strict=True)]
            if not any(room):
                break
            widths[room.index(max(room))] -= 1
    return widths


def _md(text: str) -> str:
    """Text in markdown: on one line, in which nothing opens a tag or ends a cell."""
    return _md_line(text.replace("\\", "\\\\").replace("|", "\\|"))


def _md_line(text: str) -> str:
    return one_line(text.replace("&", "&amp;").replace("<", "&lt;"))


# what moves the cursor of a terminal, turns the order of signs around, or is half of a sign
_UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_LINE_ENDS: Final = re.compile(r"[\x1c-\x1e\x85\u2028\u2029]")


def seen(text: str) -> str:
    r"""Text for a screen: what would not be seen but does something there, is written out.

    Example:
        >>> seen("rust" + chr(27) + "[2J") == "rust" + r"\x1b[2J"
        True
    """
    if text.isprintable():
        return text
    return _UNSEEN.sub(lambda found: ascii(found.group())[1:-1], _LINE_ENDS.sub(" ", text))


def _whole_width(width: object) -> int:
    if isinstance(width, bool) or not isinstance(width, int):
        do = "Give a whole number of characters."
        raise InputError.of("not-a-number", "a width", do, where="$.width", given=shown(width))
    return width


def one_line(text: str) -> str:
    """Such text on one line."""
    return " ".join(seen(text).splitlines())


def branch_lines(label: str, first: str, rest: str, width: int) -> list[str]:
    """The label of a branch, wrapped at ``width``, with what stands before its first line and before the others."""
    width, label = max(width, _NARROWEST), seen(label)
    if len(label) <= width and label.isprintable() and "  " not in label:
        return [first + label]
    start, *more = textwrap.wrap(label, width) or [""]
    return [first + start, *(rest + line for line in more)]


def _children(children: Iterable[Tree | str]) -> tuple[Tree, ...]:
    return tuple(child if isinstance(child, Tree) else Tree(child) for child in children)


@attrs.frozen
class Tree:
    """A label with branches, for arguments and for structure.

    Example:
        >>> tree = Tree("advies", [Tree("voor", ["motivatie"]), "tegen"])
        >>> print(tree)
        advies
        ├─ voor
        │  └─ motivatie
        └─ tegen
        >>> print(tree.markdown())
        - advies
          - voor
            - motivatie
          - tegen
    """

    label: str
    children: tuple[Tree, ...] = attrs.field(default=(), converter=_children)

    def text(self, width: int = 100) -> str:
        """Plain text with branches drawn, long labels wrapped at ``width`` (each label keeps some room)."""
        lines: list[str] = []
        self._draw(lines, "", "", width)
        return "\n".join(lines)

    def _draw(self, lines: list[str], first: str, rest: str, width: int) -> None:
        lines += branch_lines(self.label, first, rest, width)
        if self.children:
            for child in self.children[:-1]:
                child._draw(lines, f"{rest}├─ ", f"{rest}│  ", width - 3)
            self.children[-1]._draw(lines, f"{rest}└─ ", f"{rest}   ", width - 3)

    def markdown(self) -> str:
        """A nested markdown list."""
        rest = (textwrap.indent(child.markdown(), "  ") for child in self.children)
        return "\n".join([f"- {_md_line(self.label)}", *rest])

    def html(self) -> str:
        """A nested html list."""
        return f"<ul>{self._item()}</ul>"

    def _item(self) -> str:
        inner = "".join(child._item() for child in self.children)
        nested = f"<ul>{inner}</ul>" if inner else ""
        return f"<li>{html.escape(self.label)}{nested}</li>"

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()
