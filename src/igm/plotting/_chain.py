"""``chain``: manager, professional and client on one axis, with the gaps between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import attrs

from igm._display import Language, number
from igm.congruence import Chain, Gap, Link
from igm.congruence.chain_lines import Lines
from igm.congruence.pairs import asked_constructs
from igm.congruence.profile_similarity import signed
from igm.constructs._base import known_language, shown
from igm.constructs.model import Construct
from igm.errors import MASK, InputError, Problems, suggestion
from igm.plotting._plot import COLOURS, MARKERS, Plot, bare, figure, finished, plain, whole_ticks, wrapped
from igm.plotting._words import WORDS

_APART: Final = 0.24
"""How far the three of one construct lie below one another, so that the same score hides nobody."""

_STRONG: Final[Mapping[str, Any]] = {"color": "black", "linewidth": 3.2, "linestyle": "-"}
_WEAK: Final[Mapping[str, Any]] = {"color": "#999999", "linewidth": 1.4, "linestyle": "-"}
_OPEN: Final[Mapping[str, Any]] = {"color": "black", "linewidth": 1.4, "linestyle": ":"}


def chain(
    keten: Chain,
    /,
    *,
    constructs: Sequence[str | Construct] | None = None,
    mask: bool = True,
    lang: Language = "nl",
    title: str | None = None,
    alt: str | None = None,
) -> Plot:
    """Three profiles on one axis, with the gaps between them: for learning, not for appraisal.

    A row is a construct. From top to bottom in it stand the manager, the professional and the client, each with a sign
    of their own, and a line joins who guides and who is guided. The line is thick where the gap is a break, or, when
    it was not stated what a break is, where it is the largest of its link. Both differences stand beside the row.

    Args:
        keten: What `igm.congruence.chain` gives.
        constructs: Which constructs, from top to bottom; all that are compared when left out.
        mask: Whether sensitive constructs are masked, as on the card of the chain.
        lang: ``"nl"`` or ``"en"``.
        title: Shown above.
        alt: The description for who does not see it; made from the figures when left out.

    Returns:
        The figure; the axis runs from 0 to 100 on POMP, and otherwise has the ends of the shared scale.

    Raises:
        InputError: ``missing-field`` where nothing is compared or all of it is masked, ``unknown-name`` for a construct
            that is not compared, ``unknown-construct``, ``duplicate-name``, ``invalid-value`` for what is no chain.
        MissingDependencyError: ``missing-dependency`` without matplotlib (the extra ``plot``).

    Example:
        >>> from igm import congruence
        >>> from igm.constructs import LIKERT5, Gedrag, Profiel, Waarde
        >>> gedrag = Gedrag(action="begeleiden", target="mensen", context="in gesprekken", time="dit jaar", doel="werk")
        >>> def profiel(**scores):
        ...     waarden = {name: Waarde(score=score, schaal=LIKERT5) for name, score in scores.items()}
        ...     return Profiel(gedrag=gedrag, waarden=waarden)
        >>> keten = congruence.chain(manager=profiel(houding=4, kennis=4), professional=profiel(houding=4, kennis=2),
        ...                          client=profiel(houding=4, kennis=3), metric="pomp", margin=30)
        >>> plot = chain(keten, lang="en")
        >>> plot.notes[1]
        'The chain breaks in the link manager → professional, on knowledge and skills.'
    """
    words = WORDS[known_language(lang)]
    asked: object = keten
    if not isinstance(asked, Chain):
        do = "Give what igm.congruence.chain gives."
        raise InputError.of("invalid-value", "nothing to draw", do, given=type(asked).__name__)
    lines = Lines(keten, lang, mask=mask)
    names = _chosen(lines, constructs)
    if not set(names) - set(lines.hidden):
        do = "Give a chain with two parties that have constructs in common, and with mask=False also masked ones."
        raise InputError.of("missing-field", "nothing that can be drawn is compared", do, where="$.links")
    rows = [_row(keten, key, lines) for key in names]
    made = _drawn(keten, rows, lines)
    shown_title = words["chain"] if title is None else title
    notes = _notes(keten, names, lines)
    told = "; ".join(row.told(lines) for row in rows)
    said = f"{shown_title}. {lines.on()}. {' '.join(notes)} {told}."
    return finished(made, shown_title, alt, said, notes)


@attrs.frozen
class _Row:
    """What is drawn of a construct.

    Attributes:
        construct: Which one.
        values: Of manager, professional and client, ``None`` for who has none.
        gaps: Of both links.
        differences: As they are read, with their mark.
        hidden: Whether it is masked.
    """

    construct: Construct
    values: Sequence[float | None]
    gaps: Sequence[Gap | None]
    differences: Sequence[str]
    hidden: bool

    def told(self, lines: Lines) -> str:
        """The row in words."""
        label = self.construct.label(lines.lang)
        if self.hidden:
            return f"{label}: {MASK}"
        own = [
            f"{lines.words[party.role]} {number(value, lang=lines.lang)}"
            for party, value in zip(lines.keten.parties, self.values, strict=True)
            if value is not None
        ]
        apart = [
            f"{_difference(link, lines)} {said}"
            for link, said in zip(lines.keten.links, self.differences, strict=True)
            if said
        ]
        return f"{label}: {', '.join([*own, *apart])}"


def _difference(link: Link, lines: Lines) -> str:
    words = lines.words
    return words["difference"].format(words[link.guide.role], words[link.guided.role])


def _chosen(lines: Lines, constructs: Sequence[str | Construct] | None) -> list[Construct]:
    """The constructs to draw.

    Raises:
        InputError: ``unknown-name`` for one that is not compared, ``unknown-construct``, ``duplicate-name``.
    """
    if constructs is None:
        return lines.constructs
    asked = asked_constructs(constructs)
    problems = Problems()
    for place, key in enumerate(asked):
        if key not in lines.constructs:
            do = suggestion(key.value, [one.value for one in lines.constructs])
            where = f"$.constructs[{place}]"
            problems.add(
                "unknown-name", "not compared in this chain", do, where=where, given=shown(key.value)
            )
    problems.raise_any(InputError)
    return asked


def _row(keten: Chain, key: Construct, lines: Lines) -> _Row:
    values = [keten.values[party.role].get(key) for party in keten.parties]
    gaps = [next((gap for gap in link.gaps if gap.construct is key), None) for link in keten.links]
    if key in lines.hidden:
        marks = ["" if link.profile is None else MASK for link in keten.links]
        return _Row(key, [None] * 3, [None] * 2, marks, hidden=True)
    told = [
        "" if gap is None else _marked(gap, link, lines) for gap, link in zip(gaps, keten.links, strict=True)
    ]
    return _Row(key, values, gaps, told, hidden=False)


def _marked(gap: Gap, link: Link, lines: Lines) -> str:
    """A difference, with in words whether it is a break and whether it is the largest of its link."""
    said = lines.marked(signed(gap.difference, lines.lang), gap, link)
    if gap not in lines.largest(link) or not lines.keten.rule.is_stated:
        return said
    largest = lines.words["mark-largest"]
    return f"{said[:-1]}, {largest})" if said.endswith(")") else f"{said} ({largest})"


def _notes(keten: Chain, names: Sequence[Construct], lines: Lines) -> list[str]:
    """What stands below the figure."""
    lang = lines.lang
    said = [lines.words["purpose"], *lines.own(), lines.first()]
    said += [lines.about(link) for link in keten.links if link.profile is None]
    gone = [key.label(lang) for key in lines.constructs if key not in names]
    if gone:
        said.append(WORDS[lang]["not-drawn"].format("; ".join(gone)))
    if any(link.profile is not None and link.profile.pair.turned for link in keten.links):
        said.append(WORDS[lang]["turned"])
    return [*said, *lines.below()]


def _drawn(keten: Chain, rows: Sequence[_Row], lines: Lines) -> Any:
    made = figure(10.6, 2.6 + 0.62 * len(rows))
    axes: Any = made.subplots()
    used: list[Mapping[str, Any]] = []
    for place, row in enumerate(rows):
        heights = [place + shift for shift in (-_APART, 0.0, _APART)]
        ends = list(zip(row.values, heights, strict=True))
        for (one, other), gap, link in zip(pairwise(ends), row.gaps, keten.links, strict=True):
            if gap is not None:
                style = _style(gap, link, lines)
                used.append(style)
                axes.plot([one[0], other[0]], [one[1], other[1]], **style, zorder=2)
        for (value, at), colour, marker in zip(ends, COLOURS, MARKERS, strict=False):
            if value is not None:
                axes.plot([value], [at], marker, color=colour, markersize=8, clip_on=False, zorder=3)
        for side, told in enumerate(row.differences):
            gap = row.gaps[side]
            strong = gap is not None and _style(gap, keten.links[side], lines) is _STRONG
            _beside(axes, place, side, told, bold=strong)
        if place:
            axes.axhline(place - 0.5, color="#dddddd", linewidth=0.8, zorder=1)
    for side, link in enumerate(keten.links):
        if link.profile is not None:
            _beside(axes, -0.5, side, wrapped(_difference(link, lines), 17), bold=False)
    _axis(axes, keten, rows, lines)
    _legend(axes, keten, used, lines)
    return made


def _style(gap: Gap, link: Link, lines: Lines) -> Mapping[str, Any]:
    """How the line of a gap is drawn: by whether it is a break, or by whether it is the largest."""
    if lines.keten.rule.is_stated:
        return _OPEN if gap.beyond is None else _STRONG if gap.beyond else _WEAK
    return _STRONG if gap in lines.largest(link) else _WEAK


def _beside(axes: Any, at: float, side: int, told: str, *, bold: bool) -> None:
    """A text to the right of the axis, in the column of a link."""
    axes.annotate(
        told,
        (1.0, at),
        xycoords=axes.get_yaxis_transform(),
        xytext=(16 + 158 * side, 0 if at >= 0 else 4),
        textcoords="offset points",
        va="center" if at >= 0 else "bottom",
        fontsize=8.5,
        fontweight="bold" if bold else "normal",
        annotation_clip=False,
    )


def _axis(axes: Any, keten: Chain, rows: Sequence[_Row], lines: Lines) -> None:
    schaal = keten.schaal
    axes.set_xlim(*((0, 100) if schaal is None else (schaal.minimum, schaal.maximum)))
    axes.set_xticks(range(0, 101, 20) if schaal is None else whole_ticks(schaal))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    ticks = [wrapped(row.construct.label(lines.lang), 30) for row in rows]
    axes.set_yticks(range(len(rows)), labels=ticks)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(plain(lines.on()))
    bare(axes)


def _legend(axes: Any, keten: Chain, used: Sequence[Mapping[str, Any]], lines: Lines) -> None:
    """The signs of the parties, and what the lines between them mean."""
    words = WORDS[lines.lang]
    for party, colour, marker in zip(keten.parties, COLOURS, MARKERS, strict=False):
        if party.is_present:
            axes.plot([], [], marker, color=colour, markersize=8, label=lines.words[party.role])
    kinds = ["break", "no-break", "unknown"] if keten.rule.is_stated else ["largest", "other", "unknown"]
    for kind, style in zip(kinds, (_STRONG, _WEAK, _OPEN), strict=True):
        if any(one is style for one in used):
            axes.plot([], [], **style, label=words[f"gap-{kind}"])
    axes.legend(frameon=False, fontsize=8.5, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2)
