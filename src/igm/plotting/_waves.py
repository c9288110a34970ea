"""``waves``: means at several waves with their intervals, a panel per construct."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from igm._display import Language
from igm.analysis import ReportCell, ReportTable
from igm.analysis.report_parts import label
from igm.analysis.samples import LEVEL, check_level
from igm.constructs._base import known_language
from igm.constructs.schaal import Schaal
from igm.errors import InputError
from igm.plotting._plot import (
    Plot,
    bare,
    figure,
    finished,
    say_why_empty,
    style,
    told_of,
    whole_ticks,
    wrapped,
)
from igm.plotting._points import chosen, contextual, group_name, notes_of, point_of, scale_of, why_empty
from igm.plotting._words import WORDS

_ACROSS = 3


def waves(
    table: ReportTable,
    /,
    *,
    constructs: Sequence[str] | None = None,
    level: float = LEVEL,
    lang: Language = "nl",
    title: str | None = None,
    alt: str | None = None,
) -> Plot:
    """Means at several waves with their intervals, a panel per construct and a line per group.

    What the table leaves out is not drawn, and a line is broken there. Intervals are those of the means; whether waves
    differ is for the marks of the table to say, because people can be in several waves.

    Args:
        table: A table with a scale and at least two waves, of `report_table` or `report_published`.
        constructs: Which constructs; all when left out.
        level: How sure intervals are.
        lang: ``"nl"`` or ``"en"``.
        title: Shown above.
        alt: The description for who does not see it; made from the figures when left out.

    Returns:
        The figure; every vertical axis has the ends of the scale.

    Raises:
        InputError: ``missing-field`` for a table without a scale or with one wave, ``unknown-name`` for a construct
            that is not there, ``invalid-value`` for what is no table.
        MissingDependencyError: ``missing-dependency`` without matplotlib (the extra ``plot``).

    Example:
        >>> import igm
        >>> from igm.analysis import report_published
        >>> rows = [
        ...     {"wave": "T0", "construct": "context", "n": 16, "mean": 3.63, "sd": 1.50},
        ...     {"wave": "T2", "construct": "context", "n": 12, "mean": 5.88, "sd": 1.13},
        ... ]
        >>> plot = waves(report_published(rows, bron="We zijn allemaal mensen, 2025", schaal=igm.LIKERT7))
        >>> [" ".join(text.get_text().split()) for text in plot.figure.axes[0].get_xticklabels()]
        ['T0 n = 16', 'T2 n = 12']
    """
    words = WORDS[known_language(lang)]
    check_level(level)
    asked: object = table
    if not isinstance(asked, ReportTable):
        do = "Give a table of report_table or report_published."
        raise InputError.of("invalid-value", "nothing to draw", do, given=type(asked).__name__)
    schaal, names = scale_of(table), chosen(table, constructs)
    if len(table.waves) < 2:
        raise InputError.of(
            "missing-field", "a table with one wave", "Give at least two waves.", where="$.waves"
        )
    across = min(_ACROSS, len(names))
    down = math.ceil(len(names) / across)
    wide, high = max(3.3, 0.6 * len(table.waves)), 2.6 + 0.17 * len(table.groups)
    made = figure(1.2 + wide * across, 1.4 + high * down)
    panels: list[Any] = made.subplots(down, across, squeeze=False).ravel().tolist()
    said: list[str] = []
    for place, (axes, name) in enumerate(zip(panels, names, strict=False)):
        said += _panel(axes, table, name, schaal, level, lang)
        if place % across == 0:  # panels beside each other share what their vertical axes say
            axes.set_ylabel(words["score"].format(schaal), fontsize=8)
    for axes in panels[len(names) :]:
        axes.remove()
    cells = [cell for cell in table.cells if cell.construct in names]
    shown_title = words["waves"] if title is None else title
    scale = f"{'Schaal' if lang == 'nl' else 'Scale'} {schaal}"
    lines = any(cell.sd is not None for cell in cells)
    notes = notes_of(table, cells, level, lang, lines=lines)
    return finished(
        made, shown_title, alt, told_of(shown_title, scale, said, why_empty(table, cells, lang)), notes
    )


def _panel(
    axes: Any, table: ReportTable, name: str, schaal: Schaal, level: float, lang: Language
) -> list[str]:
    """One construct; what it shows, in words."""
    said: list[str] = []
    every = [cell for cell in table.cells if cell.construct == name]
    alone = len(table.groups) == 1
    for place, group in enumerate(table.groups):
        cells = [cell for cell in every if cell.group == group]
        if not cells:
            continue
        colour, marker = style(place)
        points = [point_of(cell, level) for cell in cells]
        if not any(points):
            continue
        shift = 0.0 if alone else 0.16 * (place - (len(table.groups) - 1) / 2) / len(table.groups)
        at = [number + shift for number in range(len(points))]
        means = [math.nan if point is None else point.mean for point in points]
        face = "white" if contextual(name) else colour
        axes.plot(
            at,
            means,
            marker=marker,
            color=colour,
            markerfacecolor=face,
            markersize=6,
            linewidth=1.4,
            clip_on=False,
            label=None if alone else wrapped(f"{group_name(group)} ({_numbers(cells)})", 48),
        )
        for x, point in zip(at, points, strict=True):
            if point is not None and point.interval is not None:
                axes.plot([x, x], [point.interval.low, point.interval.high], color=colour, linewidth=1.2)
        said += _said(group, name, cells, level, lang)
    axes.set_title(wrapped(label(name, lang), 34), fontsize=10)
    axes.set_ylim(schaal.minimum, schaal.maximum)
    axes.set_yticks(whole_ticks(schaal))
    axes.set_xlim(-0.3, len(table.waves) - 0.7)
    wide = max(5, 40 // len(table.waves))
    ticks = [wrapped("–" if wave is None else str(wave), wide) for wave in table.waves]
    if alone:
        ticks = [f"{tick}\nn = {cell.people()}" for tick, cell in zip(ticks, every, strict=True)]
    axes.set_xticks(range(len(ticks)), labels=ticks)
    bare(axes)
    empty = why_empty(table, every, lang)
    if empty is not None:
        say_why_empty(axes, empty)
    elif not alone:
        axes.legend(frameon=False, fontsize=7, loc="upper center", bbox_to_anchor=(0.5, -0.12))
    return said


def _said(
    group: Mapping[str, Any], name: str, cells: Sequence[ReportCell], level: float, lang: Language
) -> list[str]:
    start = ", ".join(part for part in (group_name(group), label(name, lang)) if part)
    return [
        f"{start}, {cell.wave} ({point.about}): {point.told(lang)}"
        for cell in cells
        if (point := point_of(cell, level)) is not None
    ]


def _numbers(cells: Sequence[ReportCell]) -> str:
    return f"n = {', '.join(cell.people() for cell in cells)}"
