"""What is told of teams, organisations and all together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

import attrs

from igm._display import Cell, Column, Language, Table, number
from igm.congruence._chains_words import CHAINS
from igm.congruence._words import WORDS
from igm.congruence.chains_result import SCHEMA_VERSION
from igm.congruence.clusters import FEW_GROUPS
from igm.congruence.group_units import Level
from igm.congruence.who_guides import LinkKind
from igm.constructs._base import FrozenMapping, known_language
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.disclosure import GroupPurpose
from igm.scoring.intervals import Interval

Told: TypeAlias = Literal["shown", "suppressed"]
"""Whether a row is told."""


@attrs.frozen
class GroupFigure:
    """A figure of a group; all is ``None`` where it may not be told.

    Attributes:
        kind: Of which link.
        figure: Which figure.
        level: Of a ``"team"``, an ``"organisation"``, or ``"all"``.
        organisation: Which; ``None`` for all.
        team: Which; ``None`` for an organisation and for all.
        wave: When.
        state: Whether it is told.
        n_links: On how many links it rests.
        n_professionals: On how many professionals.
        n_others: On how many managers, or clients for links with clients.
        median: The median over professionals.
        mean: The mean over professionals.
        interval: Where the mean lies; ``None`` too for one professional or manager.
        shrunk: The mean of a team, drawn to the mean of all; ``None`` for other groups and where it is undefined.
        n_clusters: On how many groups of professionals who belong together the interval rests.

    Example:
        >>> GroupFigure("manager-professional", "elevation", "team", "noord", "m-1", None).mean is None
        True
    """

    kind: LinkKind
    figure: str
    level: Level
    organisation: Any
    team: Any
    wave: Any
    state: Told = "suppressed"
    n_links: int | None = None
    n_professionals: int | None = None
    n_others: int | None = None
    median: float | None = None
    mean: float | None = None
    interval: Interval | None = None
    shrunk: float | None = None
    n_clusters: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """What may be told."""
        return attrs.asdict(self)


@attrs.frozen
class WithinTeam:
    """How alike the professionals of a team answer about a construct.

    Attributes:
        construct: Which.
        organisation: Of which organisation.
        team: Which team.
        wave: When.
        state: Whether it is told.
        n_professionals: On how many professionals it rests.
        rwg: 1 − s²/σ² with all answers as likely by chance; 0 where that is below zero.
        raw: What the formula gives.

    Example:
        >>> WithinTeam("kennis", "noord", "t-1", "T0").rwg is None
        True
    """

    construct: str
    organisation: Any
    team: Any
    wave: Any
    state: Told = "suppressed"
    n_professionals: int | None = None
    rwg: float | None = None
    raw: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """What may be told."""
        return attrs.asdict(self)


@attrs.frozen
class AcrossTeams:
    """How much of a figure, or of what professionals answer, lies between teams.

    Attributes:
        kind: Of which link; ``None`` for answers of professionals.
        name: The figure, or the construct.
        wave: When.
        state: Whether it is told.
        n_professionals: On how many professionals it rests.
        n_teams: On how many teams.
        icc1: ICC(1), with the plain mean of team sizes.
        icc2: ICC(2), the reliability of the means of teams.
        reason: Why there is no value, where there is none.

    Example:
        >>> AcrossTeams(None, "kennis", "T0").state
        'suppressed'
    """

    kind: LinkKind | None
    name: str
    wave: Any
    state: Told = "suppressed"
    n_professionals: int | None = None
    n_teams: int | None = None
    icc1: float | None = None
    icc2: float | None = None
    reason: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """What may be told."""
        return attrs.asdict(self)


@attrs.frozen(repr=False)
class GroupSummaries:
    """Teams, organisations and all together, as far as that tells nothing about persons; for learning.

    Attributes:
        figures: A row per group, link, figure and wave.
        within: A row per team, construct and wave: rwg.
        across: A row per figure or construct and wave: ICC(1) and ICC(2).
        metric: On what figures are.
        doel: What they are for.
        fewest: How many people every figure is about at least.
        level: How sure the intervals are.
        n_people: How many people there are, by role.

    Example:
        >>> GroupSummaries((), (), (), "pomp", "publiceren", 10, 0.95)
        GroupSummaries(rows=0, suppressed=0, doel='publiceren')
    """

    figures: tuple[GroupFigure, ...]
    within: tuple[WithinTeam, ...]
    across: tuple[AcrossTeams, ...]
    metric: Metric
    doel: GroupPurpose
    fewest: int
    level: float
    n_people: Mapping[str, int] = attrs.field(factory=FrozenMapping[str, int])

    @property
    def n_suppressed(self) -> int:
        """How many rows of figures are not told."""
        return sum(row.state == "suppressed" for row in self.figures)

    def table(self, lang: Language = "nl") -> Table:
        """A row per group, link, figure and wave; what may not be told is a dash."""
        words = CHAINS[known_language(lang)]
        heads = ("links", "professionals", "others", "median", "mean", "interval", "shrunk")
        columns = [
            *(Column(words[name]) for name in ("organisation", "team", "wave", "link", "figure")),
            *(Column(words[name], "right") for name in heads),
        ]
        rows: list[list[Cell]] = [
            [
                words["total"] if row.level == "all" else _name(row.organisation),
                _name(row.team) if row.level == "team" else words["total"],
                None if row.wave is None else str(row.wave),
                words[row.kind],
                figure_label(row.figure, lang),
                row.n_links,
                row.n_professionals,
                row.n_others,
                row.median,
                row.mean,
                span(row.interval, lang),
                row.shrunk,
            ]
            for row in self.figures
        ]
        if self.figures and self.n_suppressed == len(self.figures):
            rows = []
        return Table(columns, rows, title=words["groups"], notes=self._notes(lang), lang=lang)

    def _notes(self, lang: Language) -> list[str]:
        words = CHAINS[lang]
        if self.figures and self.n_suppressed == len(self.figures):
            return [nothing_line(self.n_people, self.fewest, lang), words["learning"]]
        notes = [words["unit"], words["level"].format(number(100 * self.level, 0, lang=lang))]
        notes += few_groups([row.n_clusters for row in self.figures if row.interval is not None], lang)
        if self.n_suppressed:
            notes.append(words["suppressed"].format(self.n_suppressed, len(self.figures)))
        if self.doel == "publiceren":
            notes.append(words["least"].format(self.fewest))
        return [*notes, words["learning"]]

    def agreement_table(self, lang: Language = "nl") -> Table:
        """Per figure and construct ICC(1) and ICC(2) across teams, and per team and construct rwg.

        Args:
            lang: ``"nl"`` or ``"en"``.

        Raises:
            InputError: ``unknown-name`` for another language.
        """
        words = CHAINS[known_language(lang)]
        columns = [
            *(Column(words[name]) for name in ("what", "team", "wave")),
            *(Column(words[name], "right") for name in ("professionals", "teams")),
            *(Column(name, "right") for name in ("rwg", "ICC(1)", "ICC(2)")),
        ]
        rows: list[list[Cell]] = []
        for one in self.across:
            figure = figure_label(one.name, lang)
            what = Construct(one.name).label(lang) if one.kind is None else f"{words[one.kind]}: {figure}"
            wave = None if one.wave is None else str(one.wave)
            rows.append(
                [what, words["across"], wave, one.n_professionals, one.n_teams, None, one.icc1, one.icc2]
            )
        for own in self.within:
            wave = None if own.wave is None else str(own.wave)
            label = Construct(own.construct).label(lang)
            rows.append([label, _name(own.team), wave, own.n_professionals, None, own.rwg, None, None])
        notes = [words["rwg"], words["learning"]]
        if any(icc is not None and icc < 0 for one in self.across for icc in (one.icc1, one.icc2)):
            notes.insert(0, words["negative"])
        return Table(columns, rows, title=words["agreement"], notes=notes, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """What may be told, ready for JSON when the names of teams, organisations and waves are."""
        return {
            "schema_version": SCHEMA_VERSION,
            "figures": [row.to_dict() for row in self.figures],
            "within": [row.to_dict() for row in self.within],
            "across": [row.to_dict() for row in self.across],
            "metric": self.metric,
            "doel": self.doel,
            "fewest": self.fewest,
            "level": self.level,
            "voor": "leren",
        }

    def __repr__(self) -> str:
        return f"GroupSummaries(rows={len(self.figures)}, suppressed={self.n_suppressed}, doel={self.doel!r})"

    def __str__(self) -> str:
        return self.table().text(140)

    def _repr_html_(self) -> str:
        return self.table().html()


def _name(value: Any) -> str | None:
    return None if value is None else str(value)


def span(interval: Interval | None, lang: Language) -> str | None:
    """An interval as people read it."""
    if interval is None:
        return None
    return f"{number(interval.low, lang=lang)}; {number(interval.high, lang=lang)}"


def figure_label(name: str, lang: Language) -> str:
    """A figure of links, in which the first is who guides and the second who is guided."""
    key = f"figure-{name}"
    return CHAINS[lang].get(key) or WORDS[lang].get(key, name)


def few_groups(clusters: Sequence[int | None], lang: Language) -> list[str]:
    """The caution for intervals that rest on few groups; none when there are enough."""
    few = [count for count in clusters if count is not None and count < FEW_GROUPS]
    if not few:
        return []
    return [CHAINS[lang]["few-groups"].format(len(few), len(clusters), FEW_GROUPS, min(few))]


def nothing_line(n_people: Mapping[str, int], fewest: int, lang: Language) -> str:
    """That no row may be told, and of how many people there are values."""
    many = [n_people.get(role, 0) for role in ("professional", "manager", "client")]
    return CHAINS[lang]["nothing"].format(*many, fewest)
