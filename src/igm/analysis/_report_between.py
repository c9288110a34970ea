"""Cells of two waves, and what they tell together of the people who are in one of them only."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations, permutations
from typing import Any

import attrs

from igm.analysis.report_parts import TOTAL, FewBetween
from igm.analysis.samples import Summary


@attrs.frozen
class Raw:
    """A cell before anything is left out.

    Attributes:
        construct: The column of scores.
        group: The values that make the group.
        wave: When.
        summary: Its figures; ``None`` where nobody has a score.
        measured: Whether there are rows at all.
        scores: The scores by who has them; ``None`` when that is not known.
    """

    construct: str
    group: tuple[Any, ...]
    wave: Any
    summary: Summary | None
    measured: bool = True
    scores: Mapping[Hashable, float] | None = None

    @property
    def people(self) -> frozenset[Hashable] | None:
        """Who has a score; ``None`` when that is not known."""
        return None if self.scores is None else frozenset(self.scores)


def hardly_changed(cells: Sequence[Raw], fewest: int) -> bool:
    """Whether one wave is another without a few people, and those who are in both scored almost the same.

    The sum of one wave less the sum of the other is then what the few scored, but for the sum of the changes of the
    others: about √(Σ d²). Where that is less than a standard deviation, it tells more than the mean does.
    """
    for one, other in permutations(cells, 2):
        if one.wave == other.wave or one.scores is None or other.scores is None or one.summary is None:
            continue
        few = len(one.scores) - len(other.scores)
        if not (other.scores and 0 < few < fewest and other.scores.keys() <= one.scores.keys()):
            continue
        changes = sum((score - one.scores[who]) ** 2 for who, score in other.scores.items())
        if changes < (one.summary.sd or 0.0) ** 2:
            return True
    return False


def few_between(cells: Sequence[Raw], by: Sequence[str], fewest: int) -> tuple[FewBetween, ...]:
    """Pairs of waves of a group that differ by few people, over all its constructs."""
    found: dict[tuple[Any, ...], int] = {}
    for one, other in combinations(cells, 2):
        same = (one.construct, one.group) == (other.construct, other.group)
        if not same or TOTAL in (one.wave, other.wave) or one.people is None or other.people is None:
            continue
        only = [len(one.people - other.people), len(other.people - one.people)]
        few = [many for many in only if 0 < many < fewest]
        if few and one.people & other.people:
            key = (one.group, one.wave, other.wave)
            found[key] = min(*few, found.get(key, fewest))
    return tuple(
        FewBetween(dict(zip(by, group, strict=True)), earlier, later, many)
        for (group, earlier, later), many in found.items()
    )
