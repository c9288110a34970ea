"""``likert`` and ``distribution``: how items were answered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from igm._display import Language
from igm.constructs._base import known_language
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Vragenlijst
from igm.disclosure import GroupPurpose
from igm.errors import InputError
from igm.plotting._bands import Answered, Band, answered
from igm.plotting._plot import COLOURS, Plot, bare, figure, finished, plain, wrapped
from igm.plotting._words import WORDS

_LOW, _HIGH, _MIDDLE = (0.835, 0.369, 0.0), (0.0, 0.447, 0.698), (0.80, 0.80, 0.80)
_LABELLED: Final = 12.0
_ACROSS: Final = 3


def likert(
    data: Any,
    lijst: Vragenlijst,
    /,
    *,
    construct: str | None = None,
    items: Sequence[str] | None = None,
    columns: object = None,
    doel: GroupPurpose = "publiceren",
    minimum_n: int | None = None,
    lang: Language = "nl",
    title: str | None = None,
    alt: str | None = None,
) -> Plot:
    """Answers per item as bars around the middle of the scale: below it to the left, above it to the right.

    For publishing, an item with too few people is left out. Where fewer than five people gave an answer that somebody
    gave, or all gave the same, answers below, at and above the middle are taken together; where that does not help the
    item is left out. These bounds are a choice of this library.

    Args:
        data: What ``igm.score`` takes of many people: a list, an array, or a frame in memory.
        lijst: The questionnaire.
        construct: The items of one construct; all when left out.
        items: Which items, in their order.
        columns: Of a frame, a `ColumnMap`.
        doel: ``"publiceren"``, or ``"intern"`` for what stays inside.
        minimum_n: The least number of people; 10 for publishing (never below 5) and 1 inside when left out.
        lang: ``"nl"`` or ``"en"``.
        title: Shown above.
        alt: The description for who does not see it; made from the figures when left out.

    Returns:
        The figure. Shares are of who answered the item; its number stands in its label.

    Raises:
        InputError: As ``igm.score`` for answers; ``unknown-item`` and ``unknown-construct``, ``missing-field`` without
            items, ``value-out-of-range`` for a scale of more than eleven answers or too few people to publish.
        MissingDependencyError: ``missing-dependency`` without matplotlib (the extra ``plot``).

    Example:
        >>> import igm
        >>> lijst = igm.vragenlijst("client-participatie")
        >>> people = [{"houding_1": 2 + place % 3} for place in range(24)]
        >>> plot = likert(people, lijst, items=["houding_1"], lang="en")
        >>> [float(end) for end in plot.figure.axes[0].get_xlim()]
        [-100.0, 100.0]
    """
    words = WORDS[known_language(lang)]
    found = answered(data, lijst, construct, items, columns, doel, minimum_n, lang)
    told = [one for one in found if one.bands]
    made = figure(11.0, 1.9 + 0.62 * max(1, len(told)))
    axes: Any = made.subplots()
    used: dict[str, Any] = {}
    for row, one in enumerate(told):
        _bar(axes, row, one, lijst.schaal, used)
    axes.axvline(0, color="black", linewidth=0.8, zorder=0)
    axes.set_xlim(-100, 100)
    axes.set_xticks(range(-100, 101, 50), labels=["100", "50", "0", "50", "100"])
    axes.set_ylim(max(1, len(told)) - 0.5, -0.5)
    axes.set_yticks(range(len(told)), labels=[_ticked(one, 46) for one in told], fontsize=8)
    axes.set_xlabel(words["share"])
    bare(axes)
    if used:
        names = _ends(lijst, lang)
        order = sorted(used, key=lambda name: int(name.partition("–")[0]))
        axes.legend(
            [used[name] for name in order],
            [plain(names.get(name, name)) for name in order],
            frameon=False,
            fontsize=8,
            loc="upper left",
            bbox_to_anchor=(1.0, 1.0),
        )
    return _done(made, "likert", found, lijst, doel, lang, title, alt)


def distribution(
    data: Any,
    lijst: Vragenlijst,
    /,
    *,
    construct: str | None = None,
    items: Sequence[str] | None = None,
    columns: object = None,
    doel: GroupPurpose = "publiceren",
    minimum_n: int | None = None,
    lang: Language = "nl",
    title: str | None = None,
    alt: str | None = None,
) -> Plot:
    """The distribution of answers, a panel per item.

    What may be told is the same as in `likert`; answers that were taken together are one wide bar.

    Args:
        data: What ``igm.score`` takes of many people: a list, an array, or a frame in memory.
        lijst: The questionnaire.
        construct: The items of one construct; all when left out.
        items: Which items, in their order.
        columns: Of a frame, a `ColumnMap`.
        doel: ``"publiceren"``, or ``"intern"`` for what stays inside.
        minimum_n: The least number of people; 10 for publishing (never below 5) and 1 inside when left out.
        lang: ``"nl"`` or ``"en"``.
        title: Shown above.
        alt: The description for who does not see it; made from the figures when left out.

    Returns:
        The figure; horizontal axes have the ends of the scale, vertical ones go from 0 to 100%.

    Raises:
        InputError: As `likert`.
        MissingDependencyError: ``missing-dependency`` without matplotlib (the extra ``plot``).

    Example:
        >>> import igm
        >>> lijst = igm.vragenlijst("client-participatie")
        >>> people = [{"houding_1": 2 + place % 3} for place in range(24)]
        >>> plot = distribution(people, lijst, items=["houding_1"], lang="en")
        >>> [round(float(bar.get_height()), 1) for bar in plot.figure.axes[0].patches]
        [0.0, 33.3, 33.3, 33.3, 0.0]
    """
    words = WORDS[known_language(lang)]
    found = answered(data, lijst, construct, items, columns, doel, minimum_n, lang)
    told = [one for one in found if one.bands]
    across = min(_ACROSS, max(1, len(told)))
    down = max(1, math.ceil(len(told) / across))
    made = figure(1.2 + 3.2 * across, 1.6 + 2.5 * down)
    panels: list[Any] = made.subplots(down, across, squeeze=False).ravel().tolist()
    low, high = int(lijst.schaal.minimum), int(lijst.schaal.maximum)
    for place, (axes, one) in enumerate(zip(panels, told, strict=False)):
        for band in one.bands:
            middle, width = (band.low + band.high) / 2, band.high - band.low + 0.8
            axes.bar(middle, _share(band, one), width=width, color=COLOURS[0])
        axes.set_title(_ticked(one, 40), fontsize=8)
        axes.set_xlim(low - 0.5, high + 0.5)
        axes.set_xticks(
            [(band.low + band.high) / 2 for band in one.bands], labels=[band.name() for band in one.bands]
        )
        axes.set_ylim(0, 100)
        if place % across == 0:  # panels beside each other share what their vertical axes say
            axes.set_ylabel(words["share"], fontsize=7)
        axes.set_xlabel(words["answer"].format(lijst.schaal), fontsize=8)
        bare(axes)
    for axes in panels[len(told) :]:
        axes.remove()
    return _done(made, "distribution", found, lijst, doel, lang, title, alt)


def _bar(axes: Any, row: int, one: Answered, schaal: Schaal, used: dict[str, Any]) -> None:
    """The bar of an item, of which the middle answer lies half at each side."""
    middle = (schaal.minimum + schaal.maximum) / 2
    below = sum(_share(band, one) for band in one.bands if band.high < middle)
    at = sum(_share(band, one) for band in one.bands if band.low <= middle <= band.high)
    left = -below - at / 2
    for band in one.bands:
        width = _share(band, one)
        drawn = axes.barh(row, width, left=left, height=0.7, color=_colour(band, schaal), edgecolor="white")
        used.setdefault(band.name(), drawn)
        if width >= _LABELLED:
            ink = _ink(_colour(band, schaal))
            axes.text(left + width / 2, row, f"{width:.0f}%", ha="center", va="center", fontsize=8, color=ink)
        left += width


def _colour(band: Band, schaal: Schaal) -> tuple[float, ...]:
    """From orange over grey to blue, which differ in lightness from their ends too."""
    half = (schaal.maximum - schaal.minimum) / 2
    away = ((band.low + band.high) / 2 - schaal.minimum) / half - 1
    end = _HIGH if away > 0 else _LOW
    return tuple(abs(away) * e + (1 - abs(away)) * m for e, m in zip(end, _MIDDLE, strict=True))


def _ink(colour: tuple[float, ...]) -> str:
    """Black or white, whichever has the greater contrast with a colour (WCAG 2.1: relative luminance)."""
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in colour]
    luminance = sum(part * one for part, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return "black" if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else "white"


def _share(band: Band, one: Answered) -> float:
    return 100 * band.people / (one.n or 1)


def _ticked(one: Answered, width: int) -> str:
    return f"{wrapped(one.text, width)}\n(n = {one.n})"


def _label(one: Answered) -> str:
    return f"{one.text} (n = {one.n})"


def _ends(lijst: Vragenlijst, lang: Language) -> dict[str, str]:
    """The answers with what they mean, where the questionnaire says it."""
    anchors = lijst.schaal.anchors if lang == "nl" else lijst.anchors_en
    return {answer: f"{answer} = {meaning}" for answer, meaning in anchors.items()}


def _done(
    made: Any,
    kind: str,
    found: Sequence[Answered],
    lijst: Vragenlijst,
    doel: GroupPurpose,
    lang: Language,
    title: str | None,
    alt: str | None,
) -> Plot:
    words = WORDS[lang]
    told = [one for one in found if one.bands]
    if not told:
        do = "Take more people, or doel='intern' for what stays inside."
        if doel == "intern":
            do = "Take more people, or a lower minimum_n."
        raise InputError.of(
            "value-out-of-range", "no item that may be shown", do, given=f"{len(found)} items"
        )
    shown_title = words[kind] if title is None else title
    notes: list[str] = []
    joined = [one.id for one in told if one.joined]
    if joined:
        notes.append(words["joined"].format(", ".join(joined)))
    gone = [one.id for one in found if not one.bands]
    if gone:
        notes.append(words["suppressed"].format(", ".join(gone)))
    if any(item.reversed for item in lijst.items if item.id in {one.id for one in told}):
        notes.append(words["as-given"])
    if doel == "intern":
        notes.append(words["intern"])
    said = [
        f"{_label(one)}: {', '.join(f'{band.name()} {_share(band, one):.0f}%' for band in one.bands)}"
        for one in told
    ]
    return finished(made, shown_title, alt, f"{shown_title}. {'; '.join(said)}.", notes)
