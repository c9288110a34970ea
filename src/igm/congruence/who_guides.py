"""Who guides whom: links between people of a frame, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal, TypeAlias, cast

import attrs
import numpy as np

from igm._engines.columns_of import Columns
from igm._engines.engine import engine_of
from igm.congruence.chain_parties import ROLES
from igm.congruence.chain_people import ChainPeople, some
from igm.congruence.chain_scales import IntArray
from igm.constructs._base import shown
from igm.errors import InputError, Problems, named

LinkKind: TypeAlias = Literal["manager-professional", "professional-client"]
"""Which link of a chain."""

KINDS: Final[tuple[LinkKind, ...]] = ("manager-professional", "professional-client")

_TYPES: Final = "Give references of the same type in both; 1 and '1' are two people."


@attrs.frozen
class Unlinked:
    """Who and what makes no link, counted; nobody is left out in silence.

    Attributes:
        guide_not_there: Links of which who guides has no row at that wave.
        guided_not_there: Links of which who is guided has none.
        neither_there: Links of which neither has a row, at any wave.
        professionals: Professionals of whom nobody says who guides them.
        clients: Clients of whom nobody says who guides them.
        several_professionals: Clients with two professionals or more: a link each.
        several_managers: Professionals with two managers or more.

    Example:
        >>> Unlinked(clients=2).to_dict()["clients"]
        2
    """

    guide_not_there: int = 0
    guided_not_there: int = 0
    neither_there: int = 0
    professionals: int = 0
    clients: int = 0
    several_professionals: int = 0
    several_managers: int = 0

    def to_dict(self) -> dict[str, int]:
        """The numbers."""
        return attrs.asdict(self)


@attrs.frozen(eq=False)
class Guided:
    """Links as rows of people: who guides, and who is guided."""

    guide: IntArray
    guided: IntArray
    unlinked: Unlinked

    def of_kind(self, people: ChainPeople, kind: LinkKind) -> tuple[IntArray, IntArray]:
        """The links of one kind."""
        mine = people.role[self.guide] == KINDS.index(kind)
        return self.guide[mine], self.guided[mine]


@attrs.frozen(eq=False)
class _Named:
    """Links as they were given: codes of people (−1 for who is nowhere), places of waves, and where they stand."""

    guide: IntArray
    guided: IntArray
    wave: IntArray
    at: IntArray
    where: str


def read_links(links: Any, columns: Columns, people: ChainPeople, wave: str | None) -> Guided:
    """The links between people.

    Args:
        links: A column of the frame with who guides, pairs (guide, guided), or a frame of pairs.
        columns: The frame of people.
        people: The people in it.
        wave: What the column of waves is called.

    Raises:
        InputError: All that is wrong with the links.
    """
    problems = Problems()
    if isinstance(links, str):
        found = _of_column(links, columns, people, problems)
    else:
        found = _of_pairs(*_pairs(links, wave, problems), people, problems)
    problems.raise_any(InputError)
    guide = np.where(found.guide >= 0, people.rows[found.wave, found.guide], -1)
    guided = np.where(found.guided >= 0, people.rows[found.wave, found.guided], -1)
    both = (guide >= 0) & (guided >= 0)
    at = found.at[both]
    made = Guided(guide[both], guided[both], _unlinked(guide, guided, found, people))
    _check(made, at, found.where, people, problems)
    problems.raise_any(InputError)
    if not made.guide.size:
        what = "no link between two people who are in the frame"
        raise InputError.of("missing-field", what, _TYPES, where=found.where, given=f"{len(found.at)} links")
    return made


def _of_column(name: str, columns: Columns, people: ChainPeople, problems: Problems) -> _Named:
    if not columns.known(name, "links", problems):
        problems.raise_any(InputError)
    labels = columns.labels(name)
    at = np.array([row for row, one in enumerate(labels) if one is not None], dtype=np.intp)
    guide = np.array([people.codes.get(labels[row], -1) for row in at.tolist()], dtype=np.intp)
    return _Named(guide, people.person[at], people.wave[at], at, f"$.{named(name)}")


def _pairs(
    links: Any, wave: str | None, problems: Problems
) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any] | None]:
    """Who guides, who is guided, and when, where that is told."""
    if engine_of(links) is not None:
        columns = Columns.of(links)
        lacking = [name for name in ("guide", "guided") if name not in columns.schema]
        for name in lacking:
            do = "Give a frame with the columns guide and guided."
            problems.add("missing-field", f"no column {name!r}", do, where="$.links")
        problems.raise_any(InputError)
        when = columns.labels(wave) if wave is not None and wave in columns.schema else None
        return columns.labels("guide"), columns.labels("guided"), when
    given: object = links
    if isinstance(given, (bytes, dict)) or not isinstance(given, Iterable):
        do = "Give the column that says who guides, pairs (guide, guided), or a frame of pairs."
        raise InputError.of("invalid-value", "no links", do, where="$.links", given=shown(links))
    listed = [_two(one) for one in links]
    wrong = np.array([place for place, one in enumerate(listed) if len(one) != 2], dtype=np.intp)
    some(problems, "shape-mismatch", "not a pair", "Give (guide, guided).", "$.links", wrong)
    problems.raise_any(InputError)
    return [one for one, _ in listed], [other for _, other in listed], None


def _two(given: object) -> tuple[Any, ...]:
    return tuple(cast("Iterable[Any]", given)) if isinstance(given, (tuple, list)) else (given,)


def _of_pairs(
    guides: Sequence[Any],
    guideds: Sequence[Any],
    when: Sequence[Any] | None,
    people: ChainPeople,
    problems: Problems,
) -> _Named:
    """Pairs hold at the wave that they tell, or at every wave."""
    pairs = list(zip(guides, guideds, strict=True))
    nobody = np.array([at for at, pair in enumerate(pairs) if None in pair], dtype=np.intp)
    some(problems, "missing-field", "half a pair", "Say who, or leave it out.", "$.links", nobody)
    times = [None] * len(pairs) if when is None else when
    seen: set[Any] = set()
    again: list[int] = []
    for at, key in enumerate(zip(pairs, times, strict=True)):
        if key in seen:
            again.append(at)
        seen.add(key)
    twice = np.array(again, dtype=np.intp)
    some(problems, "duplicate-name", "the same link twice", "Give it once.", "$.links", twice)
    places = {one: place for place, one in enumerate(people.waves)}
    if when is not None:
        wrong = np.array([at for at, one in enumerate(when) if one not in places], dtype=np.intp)
        do = "Give a wave that the frame of people has."
        some(problems, "unknown-name", "links at an unknown wave", do, "$.links", wrong)
    problems.raise_any(InputError)
    guide = np.array([people.codes.get(one, -1) for one in guides], dtype=np.intp)
    guided = np.array([people.codes.get(one, -1) for one in guideds], dtype=np.intp)
    stands: IntArray = np.arange(len(pairs))
    if when is not None:
        wave = np.array([places[one] for one in when], dtype=np.intp)
        return _Named(guide, guided, wave, stands, "$.links")
    many = len(people.waves)
    wave = np.repeat(np.arange(many), len(pairs))
    return _Named(np.tile(guide, many), np.tile(guided, many), wave, np.tile(stands, many), "$.links")


def _unlinked(guide: IntArray, guided: IntArray, found: _Named, people: ChainPeople) -> Unlinked:
    length = int(found.at.max(initial=-1)) + 1
    named_at, there_at = np.zeros(length, dtype=bool), np.zeros(length, dtype=bool)
    named_at[found.at] = True
    there_at[found.at[(guide >= 0) | (guided >= 0)]] = True
    given = np.zeros(len(people), dtype=bool)
    given[guided[guided >= 0]] = True
    several = np.bincount(guided[(guide >= 0) & (guided >= 0)], minlength=len(people)) > 1
    return Unlinked(
        guide_not_there=int(((guide < 0) & (guided >= 0)).sum()),
        guided_not_there=int(((guide >= 0) & (guided < 0)).sum()),
        neither_there=int((named_at & ~there_at).sum()),
        professionals=int((~given & (people.role == 1)).sum()),
        clients=int((~given & (people.role == 2)).sum()),
        several_professionals=int((several & (people.role == 2)).sum()),
        several_managers=int((several & (people.role == 1)).sum()),
    )


def _check(made: Guided, at: IntArray, where: str, people: ChainPeople, problems: Problems) -> None:
    """Nobody guides themselves, nobody stands above who stands above them, and roles follow one another."""
    alone = made.guide == made.guided
    if alone.any():
        do = "Say who guides them, or leave it empty."
        some(problems, "invalid-value", "people who guide themselves", do, where, np.unique(at[alone]))
    roles = people.role[made.guide], people.role[made.guided]
    wrong = ~alone & (roles[1] != roles[0] + 1)
    if not wrong.any():
        return
    circle = _in_circle(made.guide[~alone], made.guided[~alone], len(people))
    turning = ~alone & circle[made.guide] & circle[made.guided]
    do = "Say who guides whom so that nobody guides who guides them."
    what = "people who guide one another in a circle"
    some(problems, "invalid-value", what, do, where, np.unique(at[turning]))
    wrong &= ~turning
    for first, guide in enumerate(ROLES):
        for second, guided in enumerate(ROLES):
            rows = np.unique(at[wrong & (roles[0] == first) & (roles[1] == second)])
            do = "A manager guides professionals and a professional guides clients; leave out other links."
            some(problems, "invalid-value", f"a {guide} who guides a {guided}", do, where, rows)


def _in_circle(guide: IntArray, guided: IntArray, n: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Who stands in a circle, or between two: who is left when all with nobody above or below them are taken away."""
    left = np.ones(n, dtype=bool)
    for from_, to in ((guide, guided), (guided, guide)):
        after: dict[int, list[int]] = {}
        for one, other in zip(from_.tolist(), to.tolist(), strict=True):
            after.setdefault(one, []).append(other)
        before = np.bincount(to, minlength=n)
        ready = np.flatnonzero(before == 0).tolist()
        gone = np.zeros(n, dtype=bool)
        while ready:
            one = ready.pop()
            gone[one] = True
            for other in after.get(one, ()):
                before[other] -= 1
                if before[other] == 0:
                    ready.append(other)
        left &= ~gone
    return left
