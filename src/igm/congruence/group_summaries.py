"""``group_summaries``: teams, organisations and all together, as far as that tells nothing about persons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import attrs
import numpy as np

from igm.congruence.chains_result import Chains, check_chains
from igm.congruence.group_results import AcrossTeams, GroupFigure, GroupSummaries, WithinTeam
from igm.congruence.group_units import (
    TOTAL,
    Counts,
    Group,
    Units,
    can_be_singled_out,
    checked_figure,
    clusters_of,
    counts_of,
    groups,
    interval_of_mean,
    managers_of,
    units,
)
from igm.congruence.moments import FloatArray
from igm.congruence.shrinkage import shrunken_means
from igm.congruence.who_guides import KINDS, LinkKind
from igm.constructs._base import FrozenMapping
from igm.disclosure import GroupPurpose, least_people
from igm.disclosure.secondary import secondary
from igm.scoring import icc_groups, rwg
from igm.scoring.intervals import LEVEL, Interval, check_level

FIGURES: Final = ("elevation", "shape", "ccc", "mean_absolute_difference")
"""What is told of a group when nothing else is asked."""

_ALL: Final = "all"

_DECIMALS: Final = 2
"""Published figures have so many: more would tell more than they say."""


def group_summaries(
    chains: Chains,
    /,
    *,
    figures: Sequence[str] | None = None,
    level: float = LEVEL,
    doel: GroupPurpose = "publiceren",
    minimum_n: int | None = None,
) -> GroupSummaries:
    """What can be said of teams, organisations and all together; for learning, not for appraisal.

    A professional counts once: of links with clients the mean over their own clients is taken first. The interval is
    that of the mean by Student's t, in which professionals of one manager belong together. Means of teams are also
    given drawn to the mean of all (`shrunken_means`). Within a team, rwg says how alike its professionals answer per
    construct; across teams, ICC(1) and ICC(2) say how much lies between them.

    For publishing, a figure rests on ``minimum_n`` people of either party, managers and professionals, or professionals
    and clients: people, and not links. A team or organisation with one manager is left out, for figures about a team
    are then figures about that manager; as a team is a manager's when the chains have no column of teams, such teams
    can only be shown inside. So is a group in which all have the same figure, and what could be found by subtraction
    from a total. Figures are rounded to two decimals. A group of one professional is shown nowhere.

    Args:
        chains: What `igm.congruence.chains` made.
        figures: Which; elevation, shape, ccc and the mean absolute difference when left out.
        level: How sure the intervals are.
        doel: ``"publiceren"``, or ``"intern"`` for what stays inside.
        minimum_n: The least number of people; 10 for publishing (never below 5) and 1 inside when left out.

    Returns:
        Rows in the order of the frame, never of their figures.

    Raises:
        InputError: ``unknown-name`` for a figure; ``value-out-of-range``; as `igm.disclosure.least_people`.

    Example:
        >>> import pandas as pd
        >>> from igm.congruence import chains
        >>> from igm.constructs import LIKERT7
        >>> rows = [{"ref": f"m-{m}", "rol": "manager", "houding": 4 + m % 2, "kennis": 5} for m in range(10)]
        >>> rows += [{"ref": f"p-{p}", "rol": "professional", "begeleider": f"m-{p % 10}",
        ...           "houding": 3 + p % 3, "kennis": 2 + p % 4} for p in range(20)]
        >>> found = group_summaries(chains(pd.DataFrame(rows), "begeleider", schaal=LIKERT7), figures=["elevation"])
        >>> everybody = next(row for row in found.figures if row.level == "all")
        >>> everybody.level, everybody.n_professionals, everybody.median
        ('all', 20, 1.0)
        >>> {row.state for row in found.figures if row.level == "team"}  # each has one manager
        {'suppressed'}
    """
    check_chains(chains)
    check_level(level)
    fewest = least_people(doel, minimum_n)
    asked = [figures] if isinstance(figures, str) else figures
    if asked is None:
        known = chains[KINDS[0]].similarities.figures
        names = [name for name in FIGURES if name in known] or list(known)
    else:
        names = [checked_figure(chains, name) for name in asked]
    made = _Made(chains, doel, fewest, level, managers_of(chains))
    rows: list[GroupFigure] = []
    across: list[AcrossTeams] = []
    for kind in KINDS:
        for name in names:
            found = units(chains[kind], chains[kind][name], made.managers)
            rows += made.rows(kind, name, found)
            across += made.across(kind, name, found)
    agreement, between = made.answers()
    told = (tuple(rows), tuple(agreement), tuple(across + between))
    return GroupSummaries(*told, chains.metric, doel, fewest, level, FrozenMapping(chains.n_people))


@attrs.frozen(eq=False)
class _Made:
    chains: Chains
    doel: GroupPurpose
    fewest: int
    level: float
    managers: dict[int, list[int]]

    def rows(self, kind: LinkKind, name: str, found: Units) -> list[GroupFigure]:
        """A row for each group of a figure."""
        those = list(groups(self.chains, found, self.managers))
        counts = [counts_of(self.chains, kind, found, group.at) for group in those]
        hidden = self.hidden(those, counts, [found.value[group.at] for group in those])
        shrunk = self._shrunk(those, found)
        return [
            self._row(kind, name, found, group, count, shrunk.get(place), hide=place in hidden)
            for place, (group, count) in enumerate(zip(those, counts, strict=True))
            if group.level != "rest"
        ]

    def hidden(
        self, those: Sequence[Group], counts: Sequence[Counts], values: Sequence[FloatArray]
    ) -> set[int]:
        """The places of groups that are not told: by themselves, and so that no total tells of them."""
        publish = self.doel == "publiceren"
        hidden: set[int] = set()
        for place, (group, count, own) in enumerate(zip(those, counts, values, strict=True)):
            few = count.people < self.fewest or count.professionals < 2
            alike = own.size > 0 and round(float(np.ptp(own)), _DECIMALS) == 0
            alone = publish and can_be_singled_out(count, group.level)
            if few or alone or group.level == "rest" or (publish and alike):
                hidden.add(place)
        if not publish:
            return hidden
        for when in {group.wave for group in those}:
            own_places = [place for place, group in enumerate(those) if group.wave == when]
            names: dict[Any, str] = {}
            keys = [
                tuple(_code(names, column, one) for column, one in enumerate(those[place].key))
                for place in own_places
            ]
            n = [counts[place].people for place in own_places]
            gone = {at for at, place in enumerate(own_places) if place in hidden}
            hidden |= {own_places[at] for at in secondary(keys, n, gone, _ALL, self.fewest)}
        return hidden

    def _shrunk(self, those: Sequence[Group], found: Units) -> dict[int, float | None]:
        """The mean of each team, drawn to the mean of all teams of its wave."""
        made: dict[int, float | None] = {}
        for when in {group.wave for group in those}:
            teams = [place for place, one in enumerate(those) if one.wave == when and one.level == "team"]
            values = [value for place in teams for value in found.value[those[place].at].tolist()]
            labels = [place for place in teams for _ in range(len(those[place].at))]
            if values:
                made |= {one.group: one.shrunk for one in shrunken_means(values, labels)}
        return made

    def _row(
        self,
        kind: LinkKind,
        name: str,
        found: Units,
        group: Group,
        count: Counts,
        shrunk: float | None,
        *,
        hide: bool,
    ) -> GroupFigure:
        wave = self.chains.people.waves[group.wave]
        row = GroupFigure(kind, name, group.level, _named(group.organisation), _named(group.team), wave)
        if hide:
            return row
        values = found.value[group.at]
        clusters = clusters_of(found, group.at)
        interval = interval_of_mean(values, clusters, self.level)
        if interval is not None:
            low, high = self.told(interval.low), self.told(interval.high)
            interval = None if low is None or high is None else Interval(low, high, self.level)
        return attrs.evolve(
            row,
            state="shown",
            n_links=count.links,
            n_professionals=count.professionals,
            n_others=count.others,
            median=self.told(float(np.median(values))),
            mean=self.told(float(values.mean())),
            interval=interval,
            shrunk=self.told(shrunk),
            n_clusters=None if interval is None else len(np.unique(clusters)),
        )

    def told(self, value: float | None) -> float | None:
        """A figure as precise as it may be told."""
        return value if value is None or self.doel == "intern" else round(value, _DECIMALS)

    def across(self, kind: LinkKind, name: str, found: Units) -> list[AcrossTeams]:
        """ICC(1) and ICC(2) of a figure over the teams of each wave."""
        those = [one for one in groups(self.chains, found, self.managers) if one.level == "team"]
        made: list[AcrossTeams] = []
        for when, wave in enumerate(self.chains.people.waves):
            teams = [one for one in those if one.wave == when]
            at = np.concatenate([np.empty(0, dtype=np.intp), *(one.at for one in teams)])
            labels = [place for place, one in enumerate(teams) for _ in range(len(one.at))]
            count = counts_of(self.chains, kind, found, at)
            made.append(self._across(kind, name, wave, found.value[at], labels, count.people))
        return made

    def _across(
        self, kind: LinkKind | None, name: str, wave: Any, values: FloatArray, labels: list[int], people: int
    ) -> AcrossTeams:
        row = AcrossTeams(kind, name, wave)
        if people < max(self.fewest, 2):
            return row
        icc = icc_groups(values, labels)
        return attrs.evolve(
            row,
            state="shown",
            n_professionals=icc.n,
            n_teams=icc.n_groups,
            icc1=self.told(icc.icc1),
            icc2=self.told(icc.icc2),
            reason=icc.notes[0].code if icc.icc1 is None and icc.notes else None,
        )

    def answers(self) -> tuple[list[WithinTeam], list[AcrossTeams]]:
        """How alike the professionals of a team answer per construct, and how much lies between teams."""
        people = self.chains.people
        within: list[WithinTeam] = []
        between: list[AcrossTeams] = []
        professionals = np.flatnonzero(people.role == 1)
        for column, key in enumerate(people.constructs):
            rows = professionals[~np.isnan(people.values[professionals, column])]
            managers = np.array([self.managers.get(row, [-1])[0] for row in rows.tolist()], dtype=np.intp)
            one = np.ones(len(rows), dtype=np.intp)
            # teams are those of links with clients: of every manager when a professional has several
            alone = [np.array([-2], dtype=np.intp)] * len(rows)
            found = Units(rows, managers, people.values[rows, column], one, alone)
            those = [group for group in groups(self.chains, found, self.managers) if group.level == "team"]
            within += [self._within(key.value, found, group) for group in those]
            for when, wave in enumerate(people.waves):
                teams = [group for group in those if group.wave == when]
                at = np.concatenate([np.empty(0, dtype=np.intp), *(group.at for group in teams)])
                labels = [place for place, group in enumerate(teams) for _ in range(len(group.at))]
                many = len(np.unique(people.person[found.row[at]]))
                between.append(self._across(None, key.value, wave, found.value[at], labels, many))
        return within, between

    def _within(self, name: str, found: Units, group: Group) -> WithinTeam:
        people = self.chains.people
        row = WithinTeam(name, _named(group.organisation), group.team, people.waves[group.wave])
        values = found.value[group.at]
        count = counts_of(self.chains, KINDS[0], found, group.at)
        publish = self.doel == "publiceren"
        alike = publish and float(np.ptp(values)) == 0
        alone = publish and can_be_singled_out(count, "team")
        if count.professionals < max(self.fewest, 2) or alone or alike:
            return row
        made = rwg(values, schaal=people.scales[1])[0]
        value, raw = self.told(made.value), self.told(made.raw)
        return attrs.evolve(row, state="shown", n_professionals=made.n, rwg=value, raw=raw)


def _code(names: dict[Any, str], column: int, value: Any) -> str:
    """A key of text for `secondary`."""
    return _ALL if value is TOTAL else names.setdefault((column, value), f"{column}-{len(names)}")


def _named(value: Any) -> Any:
    return None if value is TOTAL else value
