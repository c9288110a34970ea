"""``profile``: scores per construct with their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from igm._display import EMPTY, Language, number
from igm.analysis import Interval, ReportCell, ReportTable
from igm.analysis.report_parts import label
from igm.analysis.samples import LEVEL, check_level
from igm.constructs._base import is_mapping, is_number, known_language, shown
from igm.constructs.profiel import Profiel
from igm.constructs.schaal import Schaal
from igm.errors import InputError, suggestion
from igm.plotting._plot import (
    Plot,
    bare,
    figure,
    finished,
    plain,
    say_why_empty,
    style,
    told_of,
    whole_ticks,
    wrapped,
)
from igm.plotting._points import (
    Point,
    chosen,
    contextual,
    group_name,
    notes_of,
    point_of,
    scale_of,
    why_empty,
)
from igm.plotting._words import WORDS


def profile(
    source: ReportTable | Profiel,
    /,
    *,
    wave: Any = None,
    constructs: Sequence[str] | None = None,
    sem: Mapping[str, float] | None = None,
    level: float = LEVEL,
    lang: Language = "nl",
    title: str | None = None,
    alt: str | None = None,
) -> Plot:
    """Scores per construct with their intervals: of groups at one wave, or of one person.

    Of groups, the interval is that of the mean, M ± t(n − 1) · SD / √n, from a table as it may be told: what the table
    leaves out is not drawn. Of a person, it is that of the error of measurement, score ± z · SEM, where ``sem`` is
    given. The axis has the ends of the scale.

    Args:
        source: A table with a scale, of `report_table` or `report_published`; or a profile.
        wave: Which wave of a table that has several.
        constructs: Which constructs of a table, from top to bottom; all when left out.
        sem: The standard error of measurement by construct, for a profile.
        level: How sure intervals are.
        lang: ``"nl"`` or ``"en"``.
        title: Shown above.
        alt: The description for who does not see it; made from the figures when left out.

    Returns:
        The figure.

    Raises:
        InputError: ``missing-field`` for a table without a scale or with several waves and none named, ``unknown-name``
            for a wave or construct that is not there, ``mixed-scales`` for a profile with several scales,
            ``value-out-of-range`` for a SEM below zero, ``invalid-value`` for what is neither.
        MissingDependencyError: ``missing-dependency`` without matplotlib (the extra ``plot``).

    Example:
        >>> import igm
        >>> lijst = igm.vragenlijst("client-participatie")
        >>> persoon = igm.score({"houding_1": 4, "houding_2": 5, "kennis_1": 2, "kennis_2": 3}, lijst)
        >>> plot = profile(persoon, sem={"houding": 0.3}, lang="en")
        >>> [float(end) for end in plot.figure.axes[0].get_xlim()]
        [1.0, 5.0]
        >>> plot.notes[0]
        'Lines are 95% intervals of the error of measurement.'
    """
    words = WORDS[known_language(lang)]
    check_level(level)
    asked: object = source
    if isinstance(asked, Profiel):
        schaal, points, notes = _person(asked, {} if sem is None else sem, level, lang)
        series = [("", points)]
        names, empty = [point.construct for point in points], None
        about = {point.construct: point.about for point in points}
    elif isinstance(asked, ReportTable):
        schaal, names = scale_of(asked), chosen(asked, constructs)
        moment = _moment(asked, wave)
        cells = [cell for cell in asked.cells if cell.wave == moment and cell.construct in names]
        series = [
            (group_name(group), [p for c in cells if c.group == group and (p := point_of(c, level))])
            for group in asked.groups
        ]
        about = {name: f"n = {', '.join(_people(asked, cells, name))}" for name in names}
        empty = why_empty(asked, cells, lang)
        lines = any(point.interval for _, points in series for point in points)
        notes = notes_of(asked, cells, level, lang, lines=lines)
    else:
        do = "Give a table of report_table or report_published, or a profile."
        raise InputError.of("invalid-value", "nothing to draw", do, given=type(asked).__name__)
    shown_title = words["profile"] if title is None else title
    made = _drawn(series, about, schaal, lang)
    if empty is not None:
        say_why_empty(made.axes[0], empty)
    told = [
        f"{', '.join(part for part in (name, label(point.construct, lang)) if part)} ({point.about}): "
        f"{point.told(lang)}"
        for name, points in series
        for point in points
    ]
    scale = f"{'Schaal' if lang == 'nl' else 'Scale'} {schaal}"
    return finished(made, shown_title, alt, told_of(shown_title, scale, told, empty), notes)


def _people(table: ReportTable, cells: Sequence[ReportCell], construct: str) -> list[str]:
    """How many people there are of each group, in their order."""
    found = [[c.people() for c in cells if c.construct == construct and c.group == g] for g in table.groups]
    return [one[0] if one else EMPTY for one in found]


def _moment(table: ReportTable, wave: Any) -> Any:
    if wave is None and len(table.waves) == 1:
        return table.waves[0]
    if wave is None:
        do = f"Name one with wave=, such as {table.waves[-1]!r}."
        raise InputError.of("missing-field", "a table with several waves", do, where="$.wave")
    if wave not in table.waves:
        do = suggestion(wave, [str(one) for one in table.waves])
        raise InputError.of("unknown-name", "no such wave", do, where="$.wave", given=shown(wave))
    return wave


def _person(
    profiel: Profiel, sem: Mapping[str, float], level: float, lang: Language
) -> tuple[Schaal, list[Point], list[str]]:
    """The points of one person."""
    from scipy import special

    known = profiel.known
    scales = {str(one): one for value in known.values() if (one := value.schaal) is not None}
    if not scales:
        raise InputError.of("missing-field", "a profile without scores", "Give one with scores.")
    if len(scales) > 1:
        do = "Draw what is on one scale in one figure."
        given = ", ".join(sorted(scales))
        raise InputError.of("mixed-scales", "scores on several scales", do, given=given)
    names = [key.value for key in known]
    if not is_mapping(sem):
        do = "Give a mapping of construct to standard error."
        raise InputError.of("invalid-value", "no SEM by construct", do, where="$.sem", given=shown(sem))
    for name, error in sem.items():
        where = f"$.sem.{name}"
        if name not in names:
            do = suggestion(name, names)
            raise InputError.of("unknown-name", "no such score", do, where=where, given=shown(name))
        if not is_number(error) or error < 0:
            do = "Give a number of at least 0."
            raise InputError.of("value-out-of-range", "a SEM", do, where=where, given=shown(error))
    z = float(special.ndtri(0.5 + level / 2))
    points: list[Point] = []
    for key, value in known.items():
        half = None if key.value not in sem else z * sem[key.value]
        found = None if half is None else Interval(value.score - half, value.score + half, level)
        items = WORDS[lang]["of"].format(value.n_valid, value.n_items) if value.n_items else "n = 1"
        points.append(Point(key.value, value.score, found, items))
    notes = [WORDS[lang]["error"].format(number(100 * level, 0, lang=lang))] if sem else []
    if any(contextual(name) for name in names):
        notes.append(WORDS[lang]["pressure"])
    gaps = [key.label(lang) for key in profiel.waarden if key not in known]
    if gaps:
        notes.append(WORDS[lang]["unknown"].format(", ".join(gaps)))
    return next(iter(scales.values())), points, notes


def _drawn(
    series: Sequence[tuple[str, Sequence[Point]]], about: Mapping[str, str], schaal: Schaal, lang: Language
) -> Any:
    """A row per construct, with what it rests on in its label."""
    names = list(about)
    ticks = [f"{wrapped(label(name, lang), 44)}\n({said})" for name, said in about.items()]
    lines = max((tick.count("\n") + 1 for tick in ticks), default=1)
    made = figure(7.5, 1.8 + len(names) * max(0.5, 0.3 * len(series), 0.2 * lines))
    axes: Any = made.subplots()
    rows = {name: place for place, name in enumerate(names)}
    for place, (name, points) in enumerate(series):
        colour, marker = style(place)
        shift = 0.0 if len(series) == 1 else 0.5 * (place / (len(series) - 1) - 0.5)
        for point in points:
            at = rows[point.construct] + shift
            if point.interval is not None:
                axes.plot([point.interval.low, point.interval.high], [at, at], color=colour, linewidth=1.6)
            face = "white" if contextual(point.construct) else colour
            axes.plot(
                [point.mean],
                [at],
                marker,
                color=colour,
                markerfacecolor=face,
                markersize=7,
                clip_on=False,
                zorder=3,
            )
        if name and points:
            axes.plot([], [], marker, color=colour, label=wrapped(name, 32))
    axes.set_xlim(schaal.minimum, schaal.maximum)
    axes.set_xticks(whole_ticks(schaal))
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), labels=ticks)
    axes.set_xlabel(axis_label(schaal, lang))
    bare(axes)
    if any(name and points for name, points in series):
        axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return made


def axis_label(schaal: Schaal, lang: Language, key: str = "score") -> str:
    """What an axis measures, with what the ends of the scale mean where that is known."""
    said = WORDS[lang][key].format(schaal)
    low, high = (schaal.anchors.get(str(end)) for end in (schaal.minimum, schaal.maximum))
    if lang == "nl" and low is not None and high is not None:  # a scale has its labels in Dutch
        said += f" ({schaal.minimum} = {low}; {schaal.maximum} = {high})"
    return plain(said)
