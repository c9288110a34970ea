"""One construct of one group at two waves, compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import attrs

from igm.analysis._wave_rows import Cell
from igm.analysis.adjust import Adjustment, adjusted
from igm.analysis.differences import Difference, independent, paired, partly_overlapping
from igm.analysis.effects import PairedEffects, hedges_g, paired_effects, shift_found
from igm.analysis.samples import Summary
from igm.analysis.wave_results import POWER, Detectable, Family, Group, WaveComparison
from igm.constructs.schaal import Schaal
from igm.disclosure.figures import largest_sd


def compared(
    group: Group,
    by: tuple[str, ...],
    construct: str,
    moments: tuple[Any, Any],
    earlier: Cell,
    later: Cell,
    *,
    schaal: Schaal | None,
    equal_variance: bool,
    level: float,
    alpha: float,
) -> WaveComparison:
    """The comparison of a pair of waves; its adjusted chance is not known yet."""
    labels = dict(zip(by, group, strict=True))
    bare = WaveComparison(
        construct, labels, *moments, before=earlier.summary, after=later.summary, alpha=alpha
    )
    if earlier.summary is None or later.summary is None:
        return bare
    before, after = earlier.by_person(), later.by_person()
    difference, effects = _difference(
        earlier, later, before, after, equal_variance=equal_variance, level=level
    )
    return attrs.evolve(
        bare,
        difference=difference,
        g=hedges_g(later.summary, earlier.summary, level=level),
        within=effects,
        polarisation=(polarisation(earlier.summary, schaal), polarisation(later.summary, schaal)),
        detectable=_detectable(difference, alpha),
        leavers=_leavers(before, after, level),
        published=earlier.values is None,
        both=None if earlier.people is None or later.people is None else len(before.keys() & after.keys()),
    )


def _difference(
    earlier: Cell,
    later: Cell,
    before: dict[Any, float],
    after: dict[Any, float],
    *,
    equal_variance: bool,
    level: float,
) -> tuple[Difference, PairedEffects | None]:
    """The test that fits who is in both waves."""
    if earlier.summary is None or later.summary is None:
        raise ValueError("nobody to compare")
    both = [who for who in before if who in after]
    if len(both) < 2:
        found = independent(later.summary, earlier.summary, equal_variance=equal_variance, level=level)
        return attrs.evolve(found, n_pairs=len(both)), None
    effects = paired_effects([after[who] for who in both], [before[who] for who in both], level=level)
    everyone = list(dict.fromkeys([*before, *after]))
    first, second = [after.get(who) for who in everyone], [before.get(who) for who in everyone]
    if len(both) == len(everyone):
        return paired(first, second, level=level), effects
    return partly_overlapping(first, second, equal_variance=equal_variance, level=level), effects


def polarisation(summary: Summary, schaal: Schaal | None) -> float | None:
    """How far answers lie apart, of what is possible at this mean: sd / √((m − L)(U − m) n/(n − 1)).

    It is 0 when all are the same and 1 when all stand at the two ends; published figures can give a little more than
    1, by as much as they were rounded.
    """
    if schaal is None or summary.sd is None:
        return None
    most = largest_sd(Fraction(summary.mean), summary.n, schaal.minimum, schaal.maximum)
    return summary.sd / most if most else None


def _detectable(difference: Difference, alpha: float) -> Detectable | None:
    """The smallest difference that this test, by itself, would have shown four times out of five."""
    one, other, n = difference.first, difference.second, difference.n_pairs
    if difference.t is None or not difference.se or difference.df is None or alpha >= POWER:
        return None
    raw = difference.se * shift_found(difference.df, power=POWER, alpha=alpha)
    if difference.method == "paired":
        return Detectable(raw / (difference.se * math.sqrt(n)), raw)
    v1, v2 = (one.sd or 0.0) ** 2, (other.sd or 0.0) ** 2
    pooled = ((one.n - 1) * v1 + (other.n - 1) * v2) / (one.n + other.n - 2)
    return Detectable(raw / math.sqrt(pooled), raw)


def _leavers(before: dict[Any, float], after: dict[Any, float], level: float) -> Difference | None:
    """Who left against who stayed, at the earlier wave."""
    left = [value for who, value in before.items() if who not in after]
    stayed = [value for who, value in before.items() if who in after]
    return independent(left, stayed, level=level) if left and stayed else None


def with_adjusted(
    rows: Sequence[WaveComparison], method: Adjustment, family: Family
) -> tuple[WaveComparison, ...]:
    """The same comparisons with chances adjusted for the tests of their family."""
    families: dict[Any, list[int]] = {}
    for place, row in enumerate(rows):
        group = tuple(row.group.items())
        key = {"all": (), "group": group, "construct": (group, row.construct)}[family]
        families.setdefault(key, []).append(place)
    made = list(rows)
    for places in families.values():
        p_values = [None if (found := rows[place].difference) is None else found.p for place in places]
        tests = sum(p is not None for p in p_values)
        for place, p in zip(places, adjusted(p_values, method), strict=True):
            made[place] = attrs.evolve(rows[place], p_adjusted=p, n_tests=tests)
    return tuple(made)
