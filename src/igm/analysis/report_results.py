"""A report table: means, standard deviations and numbers as they may be told, with the tests behind its marks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from igm._display import Column, Language, Table, number
from igm.analysis import _report_output as output
from igm.analysis.report_parts import (
    SUPPRESSED,
    TOTAL,
    BetweenWaves,
    FewBetween,
    ReportCell,
    ReportMark,
    ReportTests,
    digits_of,
    label,
    told,
)
from igm.analysis.report_words import REPORT
from igm.analysis.words import WAVES
from igm.constructs._base import known_language, text_of
from igm.constructs.schaal import Schaal
from igm.disclosure import GroupPurpose


@attrs.frozen(repr=False)
class ReportTable:
    """A table as a report prints it; what may not be told is not in it, in whatever form it is written.

    Attributes:
        cells: By group, construct and wave.
        by: The columns that make groups.
        waves: The waves, in their order.
        doel: What it is for.
        fewest: How many people a figure rests on at least.
        marks: The differences that were shown.
        tests: The family that they are from; ``None`` when nothing was tested.
        schaal: The scale of all scores; ``None`` when not given.
        bron: Where published figures are from; ``None`` for own figures.
        notes: ``"rows"`` when every row counted as one person, ``"withheld"`` when tests lost their letter with a
            figure.
        unchecked: The constructs for which it could not be checked that figures do not tell the answers.
        between_waves: What was done with waves that differ by few people.
        between: Waves of a group that are both told and differ by few people.

    Example:
        >>> from igm.analysis import report_published
        >>> rows = [
        ...     {"wave": "T0", "construct": "context", "n": 16, "mean": 3.63, "sd": 1.50},
        ...     {"wave": "T2", "construct": "context", "n": 12, "mean": 5.88, "sd": 1.13},
        ... ]
        >>> report_published(rows, bron="We zijn allemaal mensen, 2025")
        ReportTable(constructs=1, groups=1, waves=2, marks=1, suppressed=0)
    """

    cells: tuple[ReportCell, ...]
    by: tuple[str, ...]
    waves: tuple[Any, ...]
    doel: GroupPurpose
    fewest: int
    marks: tuple[ReportMark, ...] = ()
    tests: ReportTests | None = None
    schaal: Schaal | None = None
    bron: str | None = None
    notes: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    between_waves: BetweenWaves = "tell"
    between: tuple[FewBetween, ...] = ()

    def __len__(self) -> int:
        return len(self.cells)

    @property
    def constructs(self) -> tuple[str, ...]:
        """The constructs, in their order."""
        return tuple(dict.fromkeys(cell.construct for cell in self.cells))

    @property
    def groups(self) -> tuple[Mapping[str, Any], ...]:
        """The groups, in their order."""
        return tuple({tuple(cell.group.items()): cell.group for cell in self.cells}.values())

    def sheet(self, lang: Language = "nl", title: str | None = None) -> output.Sheet:
        """The table as texts in their places, which every form of it is made from."""
        words = REPORT[known_language(lang)]
        rows: dict[Any, list[ReportCell]] = {}
        for cell in self.cells:
            rows.setdefault((tuple(cell.group.items()), cell.construct), []).append(cell)
        lines = [
            output.Line(
                tuple(told(cells[0].group[name]) for name in self.by),
                label(cells[0].construct, lang),
                tuple((cell.text(lang), cell.people(), cell.marks) for cell in cells),
            )
            for cells in rows.values()
        ]
        return output.Sheet(
            title=words["title"] if title is None else text_of(title, "$.title"),
            by=self.by,
            construct=words["construct"],
            waves=tuple(told(wave) for wave in self.waves),
            figure=words["mean_sd"],
            lines=tuple(lines),
            notes=tuple(self.said(lang)),
            lang=lang,
        )

    def said(self, lang: Language = "nl") -> list[str]:
        """What stands below the table: scale, what is left out and why, each mark with its test, and the source."""
        words = REPORT[known_language(lang)]
        states = {cell.state for cell in self.cells}
        said = [] if self.schaal is None else [_scale(self.schaal, words, lang)]
        if "suppressed" in states:
            said.append(f"{SUPPRESSED}: {self._why(words)}")
        said += [words[state] for state in ("rounded", "empty") if state in states]
        if any(cell.state == "shown" and cell.sd is None for cell in self.cells):
            said.append(words["one-person"])
        said += [words[note] for note in self.notes]
        if self.unchecked:
            names = ", ".join(label(name, lang) for name in self.unchecked)
            said.append(words["no-scale" if self.schaal is None else "unchecked"].format(names))
        if self.between:
            said.append(words["between"].format("; ".join(_pair(one, words) for one in self.between)))
        if self.tests is not None:
            said += [self._mark(mark, lang) for mark in self.marks]
            said += [words["unmarked"], *self.tests.said(lang)]
        if self.bron is not None:
            said.append(words["source"].format(self.bron))
        elif self.doel == "intern":
            said.append(words["intern"])
        return said

    def _why(self, words: Mapping[str, str]) -> str:
        """Why figures are left out: every reason that there can be, as which one holds where would tell something."""
        if self.bron is not None:
            return words["left-out-there"]
        if self.doel == "intern":
            return words["few"].format(self.fewest)
        total = any(TOTAL in (*cell.group.values(), cell.wave) for cell in self.cells)
        looked_at = {
            "why-sets": self.schaal is not None,
            "why-overlap": "rows" not in self.notes and (bool(self.by) or self.between_waves == "leave_out"),
            "why-total": total,
        }
        few = words["why-few"].format(self.fewest)
        reasons = [few, words["why-same"], *(words[why] for why, was in looked_at.items() if was)]
        return f"{words['left-out'].format('; '.join(reasons))} {words['which']}"

    def _mark(self, mark: ReportMark, lang: Language) -> str:
        words = REPORT[lang]
        where = ", ".join([*(told(value) for value in mark.group.values()), label(mark.construct, lang)])
        alpha = 0.05 if self.tests is None else self.tests.alpha
        if mark.p_adjusted is None:
            chance = f"< {number(alpha, digits_of(alpha), lang=lang)}"
        elif mark.p_adjusted < 0.001:
            chance = f"< {number(0.001, 3, lang=lang)}"
        else:
            chance = f"= {number(mark.p_adjusted, 3, lang=lang)}"
        return words["mark"].format(
            mark.letter,
            where,
            told(mark.later),
            words[mark.verdict],
            told(mark.earlier),
            words["p"].format(chance),
            WAVES[lang][mark.method],
        )

    def table(self, lang: Language = "nl", title: str | None = None) -> Table:
        """The table for a terminal, markdown and html, letters in brackets."""
        sheet = self.sheet(lang, title)
        columns = [*(Column(one) for one in (*sheet.by, sheet.construct))]
        for wave in sheet.waves:
            columns += [Column(f"{wave} {sheet.figure}", "right"), Column(f"{wave} n", "right")]
        rows = [
            [*line.group, line.construct]
            + [text for figure, n, marks in line.cells for text in (output.marked(figure, marks), n)]
            for line in sheet.lines
        ]
        return Table(columns, rows, title=sheet.title, notes=sheet.notes, lang=lang)

    def text(self, lang: Language = "nl", *, width: int = 120, title: str | None = None) -> str:
        """As plain text."""
        return self.table(lang, title).text(width)

    def markdown(self, lang: Language = "nl", *, title: str | None = None) -> str:
        """As a markdown table."""
        return self.table(lang, title).markdown()

    def html(self, lang: Language = "nl", *, title: str | None = None) -> str:
        """As an html table with headers that a screen reader can follow; everything escaped."""
        return output.html_of(self.sheet(lang, title))

    def latex(self, lang: Language = "nl", *, title: str | None = None) -> str:
        r"""As a LaTeX table for the package ``booktabs``; everything escaped.

        Args:
            lang: ``"nl"`` or ``"en"``.
            title: The caption.

        Returns:
            A ``table`` environment; ``\usepackage{booktabs}`` belongs in the preamble.
        """
        return output.latex_of(self.sheet(lang, title))

    def csv(self, lang: Language = "nl", *, sep: str | None = None) -> str:
        """As CSV, a row per cell, with the decimal sign of the language.

        A text that a spreadsheet would take for a formula gets an apostrophe in front.

        Args:
            lang: ``"nl"`` for a decimal comma, ``"en"`` for a point.
            sep: What stands between fields: ``";"`` in Dutch and ``","`` in English when left out, or a tab.

        Returns:
            A header and a line per cell; a figure that is left out is an empty field, and ``state`` says so.

        Raises:
            InputError: ``invalid-value`` for another separator.
        """
        scale = "" if self.schaal is None else str(self.schaal)
        rows = [
            [
                *(told(cell.group[name]) for name in self.by),
                cell.construct,
                told(cell.wave),
                cell.n,
                cell.mean,
                cell.sd,
                cell.state,
                " ".join(cell.marks),
                scale,
                self.bron or "",
            ]
            for cell in self.cells
        ]
        return output.csv_of([*self.by, *output.FIELDS], rows, known_language(lang), sep)

    def great_table(self, lang: Language = "nl", *, title: str | None = None) -> Any:
        """As a table of the package great-tables, to style further.

        Args:
            lang: ``"nl"`` or ``"en"``.
            title: Shown above.

        Returns:
            A ``great_tables.GT``.

        Raises:
            MissingDependencyError: ``missing-dependency`` without great-tables (the extra ``tables``).
        """
        return output.great_table_of(self.sheet(lang, title))

    def to_dict(self) -> dict[str, Any]:
        """What may be told, ready for JSON when waves and groups are."""
        return {
            "cells": [cell.to_dict() for cell in self.cells],
            "by": list(self.by),
            "waves": list(self.waves),
            "doel": self.doel,
            "fewest": self.fewest,
            "marks": [mark.to_dict() for mark in self.marks],
            "tests": None if self.tests is None else self.tests.to_dict(),
            "schaal": None if self.schaal is None else self.schaal.model_dump(mode="json"),
            "bron": self.bron,
            "notes": list(self.notes),
            "unchecked": list(self.unchecked),
            "between_waves": self.between_waves,
            "between": [one.to_dict() for one in self.between],
        }

    def __repr__(self) -> str:
        gone = sum(cell.state == "suppressed" for cell in self.cells)
        return (
            f"ReportTable(constructs={len(self.constructs)}, groups={len(self.groups)}, "
            f"waves={len(self.waves)}, marks={len(self.marks)}, suppressed={gone})"
        )

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


def _pair(few: FewBetween, words: Mapping[str, str]) -> str:
    waves = words["and"].format(told(few.earlier), told(few.later))
    return ", ".join([*(told(value) for value in few.group.values()), f"{waves} ({few.people})"])


def _scale(schaal: Schaal, words: Mapping[str, str], lang: Language) -> str:
    low, high = str(schaal.minimum), str(schaal.maximum)
    if lang == "nl" and low in schaal.anchors and high in schaal.anchors:  # a scale has its labels in Dutch
        return words["scale-ends"].format(schaal, low, schaal.anchors[low], high, schaal.anchors[high])
    return words["scale"].format(schaal)
