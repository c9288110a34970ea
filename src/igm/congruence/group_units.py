"""Groups of links, of which a professional is the unit: who has many clients does not count more than who has few."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, Final, Literal, TypeAlias

import attrs
import numpy as np

from igm.congruence.chain_scales import IntArray
from igm.congruence.chains_result import ChainLinks, Chains
from igm.congruence.moments import FloatArray
from igm.congruence.who_guides import KINDS, LinkKind
from igm.constructs._base import shown
from igm.errors import InputError, suggestion
from igm.scoring.intervals import Interval

Level: TypeAlias = Literal["team", "organisation", "all", "rest"]
"""What a group is: a team, an organisation, everybody, or those who are in no team or organisation."""


class Total(Enum):
    """Stands in a key for all groups together; no name of a team or organisation can be taken for it."""

    ALL = "all"


TOTAL: Final = Total.ALL


@attrs.frozen(eq=False)
class Units:
    """A number for each professional: of the link with a manager, or the mean over the links with clients.

    Attributes:
        row: The row of the professional.
        manager: The code of their manager, −1 when it is not known.
        value: The number.
        n_links: On how many links it rests.
        people: The codes of the clients of each; empty for links with a manager.
    """

    row: IntArray
    manager: IntArray
    value: FloatArray
    n_links: IntArray
    people: Sequence[IntArray]

    def __len__(self) -> int:
        return len(self.row)


def checked_figure(chains: Chains, figure: object) -> str:
    """The name of a figure that the links have.

    Raises:
        InputError: ``unknown-name``.
    """
    known = chains[KINDS[0]].similarities.figures
    if not isinstance(figure, str) or figure not in known:
        do = suggestion(figure, list(known))
        raise InputError.of("unknown-name", "no such figure", do, where="$.figures", given=shown(figure))
    return figure


def managers_of(chains: Chains) -> dict[int, list[int]]:
    """The codes of the managers of each row of a professional."""
    links = chains[KINDS[0]]
    found: dict[int, list[int]] = {}
    codes = chains.people.person[links.guide].tolist()
    for row, manager in zip(links.guided.tolist(), codes, strict=True):
        found.setdefault(row, []).append(manager)
    return found


def units(links: ChainLinks, values: FloatArray, managers: dict[int, list[int]]) -> Units:
    """A number for each professional at a wave, from a number for each link; links without one take no part."""
    there = np.flatnonzero(~np.isnan(values))
    row, other = links.professional[there], links.people.person[links.other[there]]
    if links.kind == KINDS[0]:
        none = [np.empty(0, dtype=np.intp)] * len(there)
        return Units(row, other, values[there], np.ones(len(there), dtype=np.intp), none)
    order = np.argsort(row, kind="stable")
    rows, start, many = np.unique(row[order], return_index=True, return_counts=True)
    sums = np.add.reduceat(values[there][order], start) if rows.size else np.empty(0)
    clients = np.split(other[order], start[1:]) if rows.size else []
    manager = np.array([managers.get(one, [-1])[0] for one in rows.tolist()], dtype=np.intp)
    return Units(rows, manager, sums / many, np.asarray(many, dtype=np.intp), clients)


@attrs.frozen(eq=False)
class Group:
    """Some units that are told together.

    Attributes:
        wave: The place of the wave.
        organisation: Which, or ``TOTAL``.
        team: Which, or ``TOTAL``.
        level: What it is.
        at: The places of its units.
    """

    wave: int
    organisation: Any
    team: Any
    level: Level
    at: IntArray

    @property
    def key(self) -> tuple[Any, Any]:
        """What it is among the groups of its wave."""
        return self.organisation, self.team


def groups(chains: Chains, found: Units, managers: dict[int, list[int]]) -> Iterator[Group]:
    """The teams, organisations and all together, of every wave, and who is in none of them."""
    people = chains.people
    wave = people.wave[found.row]
    for when in range(len(people.waves)):
        places: dict[tuple[Any, Any], list[int]] = {}
        own = np.flatnonzero(wave == when)
        for at in own.tolist():
            named = people.organisation
            organisation = TOTAL if named is None else named[int(found.row[at])]
            for team in _teams(chains, found, at, managers):
                places.setdefault((organisation, team), []).append(at)
        for (organisation, team), those in places.items():
            level: Level = "rest" if team is None else "team"
            yield Group(when, organisation, team, level, np.array(those, dtype=np.intp))
        if people.organisation is not None:
            for organisation in dict.fromkeys(key[0] for key in places):
                those = sorted({at for key, some in places.items() if key[0] == organisation for at in some})
                level = "rest" if organisation is None else "organisation"
                yield Group(when, organisation, TOTAL, level, np.array(those, dtype=np.intp))
        yield Group(when, TOTAL, TOTAL, "all", own)


def _teams(chains: Chains, found: Units, at: int, managers: dict[int, list[int]]) -> list[Any]:
    """The teams of a unit: that of its column, or one for each manager."""
    people, row = chains.people, int(found.row[at])
    if people.team is not None:
        return [people.team[row]]
    if not found.people[at].size:
        return [people.refs[int(found.manager[at])]]
    return [people.refs[code] for code in managers.get(row, [])] or [None]


def interval_of_mean(values: FloatArray, clusters: IntArray, level: float) -> Interval | None:
    """Where the mean lies by Student's t, when units of one cluster belong together; ``None`` for one cluster.

    With e the distance to the mean and G clusters: se² = G/(G − 1) Σ (Σ e within a cluster)² / n², with G − 1 degrees
    of freedom. When every unit is a cluster of its own it is s/√n.
    """
    from scipy import special

    _, which = np.unique(clusters, return_inverse=True)
    many = int(which.max()) + 1 if which.size else 0
    if many < 2:
        return None
    mean = float(values.mean())
    sums = np.bincount(which.ravel(), weights=values - mean)
    se = math.sqrt(many / (many - 1) * float((sums**2).sum())) / len(values)
    half = float(special.stdtrit(many - 1, 0.5 + level / 2)) * se
    return Interval(mean - half, mean + half, level)


def clusters_of(found: Units, at: IntArray) -> IntArray:
    """Who belongs together: professionals of one manager, or each alone when there is one manager only."""
    manager = found.manager[at]
    alone: IntArray = -1 - np.arange(len(at))
    if len(np.unique(manager)) < 2:
        return alone
    return np.where(manager >= 0, manager, alone)


@attrs.frozen
class Counts:
    """How many people a figure of a group is about.

    Attributes:
        links: The links.
        professionals: The professionals.
        others: The managers of links with managers, or the clients of links with clients.
        managers: The managers that are known.
    """

    links: int
    professionals: int
    others: int
    managers: int

    @property
    def people(self) -> int:
        """Of the party of which there are fewest: people and not links."""
        return min(self.professionals, self.others)


def counts_of(chains: Chains, kind: LinkKind, found: Units, at: IntArray) -> Counts:
    """How many people some units are about."""
    managers = len({code for code in found.manager[at].tolist() if code >= 0})
    professionals = len(np.unique(chains.people.person[found.row[at]]))
    others = managers
    if kind == KINDS[1]:
        places: list[int] = at.tolist()
        others = len({client for one in places for client in found.people[one].tolist()})
    return Counts(int(found.n_links[at].sum()), professionals, others, managers)


def can_be_singled_out(counts: Counts, level: Level) -> bool:
    """Whether a group has one manager: of a team it must be known that there are more."""
    return counts.managers < 2 if level == "team" else counts.managers == 1
