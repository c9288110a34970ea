"""The points that figures of scores draw, from a table as it may be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from igm._display import Language, number
from igm.analysis import Interval, ReportCell, ReportTable, Summary
from igm.analysis.report_parts import label
from igm.constructs._base import shown
from igm.constructs.model import Construct, Polarity
from igm.constructs.schaal import Schaal
from igm.errors import InputError, Problems, suggestion
from igm.plotting._words import WORDS


@attrs.frozen
class Point:
    """A score to draw.

    Attributes:
        construct: The column of scores.
        mean: Where it lies.
        interval: How sure it is; ``None`` when that is not known.
        about: What it rests on, such as ``"n = 37"``.
    """

    construct: str
    mean: float
    interval: Interval | None
    about: str

    def told(self, lang: Language) -> str:
        """The figures in words."""
        value = number(self.mean, lang=lang)
        if self.interval is None:
            return value
        low, high = number(self.interval.low, lang=lang), number(self.interval.high, lang=lang)
        return f"{value} ({low} {WORDS[lang]['to']} {high})"


def point_of(cell: ReportCell, level: float) -> Point | None:
    """A cell as a point; nothing where it is left out or empty."""
    if cell.mean is None or cell.n is None:
        return None
    found = None if cell.sd is None else Summary(cell.mean, cell.sd, cell.n).interval(level)
    return Point(cell.construct, cell.mean, found, f"n = {cell.n}")


def scale_of(table: ReportTable) -> Schaal:
    """The scale of a table, which an axis must know.

    Raises:
        InputError: ``missing-field`` for a table without one.
    """
    if table.schaal is None:
        do = "Make the table with schaal=, such as igm.LIKERT7."
        raise InputError.of("missing-field", "a table without a scale cannot be drawn", do, where="$.schaal")
    return table.schaal


def chosen(table: ReportTable, constructs: Sequence[str] | None) -> list[str]:
    """The constructs to draw.

    Raises:
        InputError: ``unknown-name`` for one that the table has not, ``duplicate-name`` for one that is named twice,
            ``missing-field`` for none.
    """
    if constructs is None:
        return list(table.constructs)
    asked = [constructs] if isinstance(constructs, str) else list(constructs)
    problems = Problems()
    if not asked:
        problems.add("missing-field", "nothing to draw", "Name a construct at least.", where="$.constructs")
    for place, name in enumerate(asked):
        if name in asked[:place]:
            do, where = "Name it once.", f"$.constructs[{place}]"
            problems.add("duplicate-name", "a construct is named twice", do, where=where, given=shown(name))
        elif name not in table.constructs:
            do = suggestion(name, table.constructs)
            problems.add(
                "unknown-name",
                "no such construct in the table",
                do,
                where=f"$.constructs[{place}]",
                given=shown(name),
            )
    problems.raise_any(InputError)
    return asked


def group_name(group: Mapping[str, Any]) -> str:
    """A group as people read it."""
    return ", ".join("–" if value is None else str(value) for value in group.values())


def contextual(construct: str) -> bool:
    """Whether a higher score is not helping by itself."""
    try:
        return Construct(construct).polarity is Polarity.CONTEXTUEEL
    except ValueError:
        return False


def why_empty(table: ReportTable, cells: Sequence[ReportCell], lang: Language) -> str | None:
    """Why there is nothing to draw of cells; ``None`` when there is."""
    if any(cell.mean is not None for cell in cells):
        return None
    if all(cell.state == "empty" for cell in cells):
        return WORDS[lang]["nothing-asked"]
    return WORDS[lang]["nothing-there" if table.bron else "nothing"]


def notes_of(
    table: ReportTable, cells: Sequence[ReportCell], level: float, lang: Language, *, lines: bool
) -> list[str]:
    """What stands below a figure of a table."""
    words = WORDS[lang]
    notes = [words["interval"].format(number(100 * level, 0, lang=lang))] if lines else []
    if any(contextual(cell.construct) for cell in cells):
        notes.append(words["pressure"])
    gone = sum(cell.state == "suppressed" for cell in cells)
    if gone:
        notes.append(words["suppressed-there" if table.bron else "suppressed-many"].format(gone))
    if any(cell.state == "rounded" for cell in cells):
        names = dict.fromkeys(label(cell.construct, lang) for cell in cells if cell.state == "rounded")
        notes.append(words["no-interval"].format(", ".join(names)))
    # the last line says where figures are from, or that they stay inside
    return [*notes, *table.said(lang)[-1:]] if table.bron or table.doel == "intern" else notes
