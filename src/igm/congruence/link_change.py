"""``link_change``: how figures of the same links changed between two waves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

import attrs
import numpy as np

from igm._display import Cell, Column, Language, Table, number
from igm.congruence._chains_words import CHAINS
from igm.congruence.chain_scales import IntArray
from igm.congruence.chains_result import SCHEMA_VERSION, ChainLinks, Chains, check_chains
from igm.congruence.group_results import few_groups, figure_label, nothing_line, span
from igm.congruence.group_summaries import FIGURES
from igm.congruence.group_units import (
    checked_figure,
    clusters_of,
    counts_of,
    interval_of_mean,
    managers_of,
    units,
)
from igm.congruence.profile_similarity import signed
from igm.congruence.who_guides import KINDS, LinkKind
from igm.constructs._base import FrozenMapping, known_language, shown
from igm.constructs.composite import Metric
from igm.disclosure import GroupPurpose, least_people, small_differences
from igm.errors import InputError, Problems, suggestion
from igm.scoring.intervals import LEVEL, Interval, check_level

ChangeReason: TypeAlias = Literal["few-people", "differencing"]
"""Why a change is not told: too few people, or it would tell of the few who are at one wave only."""


@attrs.frozen
class LinkChange:
    """How a figure of the same links changed; all is ``None`` where it may not be told.

    Attributes:
        kind: Which link.
        figure: Which figure.
        n_links: How many links are there at both waves.
        n_professionals: Of how many professionals.
        n_others: Of how many managers, or clients.
        n_first_only: How many links are there at the first wave only.
        n_second_only: How many at the second only.
        mean: The mean over professionals of the second minus the first.
        interval: Where it lies.
        reason: Why it is not told.
        n_clusters: On how many groups of professionals who belong together the interval rests.

    Example:
        >>> LinkChange("manager-professional", "elevation", reason="few-people").mean is None
        True
    """

    kind: LinkKind
    figure: str
    n_links: int | None = None
    n_professionals: int | None = None
    n_others: int | None = None
    n_first_only: int | None = None
    n_second_only: int | None = None
    mean: float | None = None
    interval: Interval | None = None
    reason: ChangeReason | None = None
    n_clusters: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """What may be told, without the reason."""
        made = attrs.asdict(self)
        del made["reason"]
        return made


@attrs.frozen(repr=False)
class LinkChanges:
    """How figures of the same links changed between two waves; for learning, not for appraisal.

    Attributes:
        rows: A row per kind of link and figure.
        first: The first wave.
        second: The second.
        metric: On what figures are.
        doel: What they are for.
        fewest: How many people every figure is about at least.
        level: How sure the intervals are.
        n_people: How many people there are, by role.

    Example:
        >>> LinkChanges((), "T0", "T1", "pomp", "publiceren", 10, 0.95)
        LinkChanges('T0' to 'T1', rows=0, doel='publiceren')
    """

    rows: tuple[LinkChange, ...]
    first: Any
    second: Any
    metric: Metric
    doel: GroupPurpose
    fewest: int
    level: float
    n_people: Mapping[str, int] = attrs.field(factory=FrozenMapping[str, int])

    def table(self, lang: Language = "nl") -> Table:
        """A row per kind of link and figure; what may not be told is a dash."""
        words = CHAINS[known_language(lang)]
        heads = ("links", "professionals", "others", "first-only", "second-only", "change", "interval")
        columns = [
            *(Column(words[name]) for name in ("link", "figure")),
            *(Column(words[name], "right") for name in heads),
        ]
        rows: list[list[Cell]] = [
            [
                words[row.kind],
                figure_label(row.figure, lang),
                row.n_links,
                row.n_professionals,
                row.n_others,
                row.n_first_only,
                row.n_second_only,
                None if row.mean is None else signed(row.mean, lang),
                span(row.interval, lang),
            ]
            for row in self.rows
        ]
        title = words["changes"].format(self.first, self.second)
        level = words["level"].format(number(100 * self.level, 0, lang=lang))
        notes = [words["same-links"], level]
        notes += few_groups([row.n_clusters for row in self.rows if row.interval is not None], lang)
        if self.rows and all(row.reason == "few-people" for row in self.rows):
            rows, notes = [], [nothing_line(self.n_people, self.fewest, lang)]
        elif self.doel == "publiceren":
            notes.append(words["least"].format(self.fewest))
        return Table(columns, rows, title=title, notes=[*notes, words["learning"]], lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """What may be told, ready for JSON when the waves are."""
        return {
            "schema_version": SCHEMA_VERSION,
            "rows": [row.to_dict() for row in self.rows],
            "first": self.first,
            "second": self.second,
            "metric": self.metric,
            "doel": self.doel,
            "fewest": self.fewest,
            "level": self.level,
            "voor": "leren",
        }

    def __repr__(self) -> str:
        told = f"{shown(self.first)} to {shown(self.second)}"
        return f"LinkChanges({told}, rows={len(self.rows)}, doel={self.doel!r})"

    def __str__(self) -> str:
        return self.table().text(120)

    def _repr_html_(self) -> str:
        return self.table().html()


def link_change(
    chains: Chains,
    first: Any,
    second: Any,
    /,
    *,
    figures: Sequence[str] | None = None,
    level: float = LEVEL,
    doel: GroupPurpose = "publiceren",
    minimum_n: int | None = None,
) -> LinkChanges:
    """How figures of the same links changed between two waves: the second minus the first.

    A link is the same when who guides and who is guided are the same people. Others are counted. A professional counts
    once; those of one manager belong together in the interval. A change in a figure is no improvement by itself, and
    says nothing about what brought it about.

    For publishing, a row rests on ``minimum_n`` people of either party. Where few people are at one wave only, it is
    left out too: with figures of all people at both waves it would tell of those few.

    Args:
        chains: What `igm.congruence.chains` made, with ``wave=``.
        first: The first wave.
        second: The second wave.
        figures: Which; elevation, shape, ccc and the mean absolute difference when left out.
        level: How sure the intervals are.
        doel: ``"publiceren"``, or ``"intern"`` for what stays inside.
        minimum_n: The least number of people; 10 for publishing (never below 5) and 1 inside when left out.

    Raises:
        InputError: ``unknown-name`` for a wave or a figure, ``duplicate-name`` for one wave twice,
            ``value-out-of-range``; as `igm.disclosure.least_people`.

    Example:
        >>> import pandas as pd
        >>> from igm.congruence import chains
        >>> from igm.constructs import LIKERT7
        >>> rows = [{"meting": t, "ref": f"m-{m}", "rol": "manager", "houding": 4, "kennis": 6}
        ...         for t in ("T0", "T1") for m in range(10)]
        >>> rows += [{"meting": t, "ref": f"p-{p}", "rol": "professional", "begeleider": f"m-{p}",
        ...           "houding": 3, "kennis": 2 + (p % 3) * (t == "T1")} for t in ("T0", "T1") for p in range(10)]
        >>> found = chains(pd.DataFrame(rows), "begeleider", schaal=LIKERT7, wave="meting")
        >>> row = link_change(found, "T0", "T1", figures=["elevation"]).rows[0]
        >>> row.n_links, row.mean
        (10, -0.45)
    """
    check_chains(chains)
    check_level(level)
    fewest = least_people(doel, minimum_n)
    waves = _waves(chains, first, second)
    known = chains[KINDS[0]].similarities.figures
    asked = [figures] if isinstance(figures, str) else figures
    if asked is None:
        asked = [name for name in FIGURES if name in known] or list(known)
    names = [checked_figure(chains, name) for name in asked]
    rows = [_row(chains, kind, name, waves, level, doel, fewest) for kind in KINDS for name in names]
    n_people = FrozenMapping(chains.n_people)
    return LinkChanges(tuple(rows), first, second, chains.metric, doel, fewest, level, n_people)


def _waves(chains: Chains, first: object, second: object) -> tuple[int, int]:
    problems = Problems()
    known = list(chains.people.waves)
    for name, wave in (("first", first), ("second", second)):
        if wave not in known:
            do = suggestion(wave, [str(one) for one in known if one is not None])
            do = do if known != [None] else "Make the chains with wave=, the column that says when."
            problems.add("unknown-name", "unknown wave", do, where=f"$.{name}", given=shown(wave))
    if not len(problems) and first == second:
        problems.add(
            "duplicate-name", "one wave twice", "Give two waves.", where="$.second", given=shown(second)
        )
    problems.raise_any(InputError)
    return known.index(first), known.index(second)


def _row(
    chains: Chains,
    kind: LinkKind,
    name: str,
    waves: tuple[int, int],
    level: float,
    doel: GroupPurpose,
    fewest: int,
) -> LinkChange:
    links, values = chains[kind], chains[kind][name]
    known = [np.flatnonzero((links.wave == wave) & ~np.isnan(values)) for wave in waves]
    keys = [_keys(links, at) for at in known]
    _, before, after = np.intersect1d(keys[0], keys[1], assume_unique=True, return_indices=True)
    at_first, at_second = known[0][before], known[1][after]
    change = np.full(len(links), np.nan)
    change[at_second] = values[at_second] - values[at_first]
    found = units(links, change, managers_of(chains))
    everyone: IntArray = np.arange(len(found))
    counts = counts_of(chains, kind, found, everyone)
    bare = LinkChange(kind, name)
    if counts.people < fewest or counts.professionals < 2:
        return attrs.evolve(bare, reason="few-people")
    if doel == "publiceren" and _tells_of_few(links, [*known, at_second], fewest):
        return attrs.evolve(bare, reason="differencing")
    clusters = clusters_of(found, everyone)
    mean, interval = float(found.value.mean()), interval_of_mean(found.value, clusters, level)
    if doel == "publiceren":
        mean = round(mean, 2)
        if interval is not None:
            interval = Interval(round(interval.low, 2), round(interval.high, 2), level)
    return attrs.evolve(
        bare,
        n_links=counts.links,
        n_professionals=counts.professionals,
        n_others=counts.others,
        n_first_only=len(known[0]) - len(at_first),
        n_second_only=len(known[1]) - len(at_second),
        mean=mean,
        interval=interval,
        n_clusters=None if interval is None else len(np.unique(clusters)),
    )


def _keys(links: ChainLinks, at: IntArray) -> IntArray:
    """A number for every two people."""
    person = links.people.person
    return np.asarray(
        person[links.guide[at]] * len(links.people.refs) + person[links.guided[at]], dtype=np.intp
    )


def _tells_of_few(links: ChainLinks, sides: Sequence[IntArray], fewest: int) -> bool:
    """Whether all people at a wave and those at both differ by a few, on either side of the links."""
    person = links.people.person
    for rows in (links.guide, links.guided):
        first, second, both = (set(person[rows[at]].tolist()) for at in sides)
        for one in (first, second):
            if small_differences({"all": one, "both": both}, doel="intern", minimum_n=fewest):
                return True
    return False
