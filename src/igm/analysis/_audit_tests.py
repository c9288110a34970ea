"""What an audit looks at between two waves: chances and marks, within what rounding allows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import product
from typing import Any

from igm.analysis._audit_rows import PublishedRow
from igm.analysis.audit_results import AuditVerdict, Finding
from igm.analysis.differences import independent
from igm.analysis.samples import Interval, Summary
from igm.constructs._base import shown
from igm.errors import InputError


def p_range(
    first: Summary, second: Summary, *, decimals: int = 2, equal_variance: bool = False
) -> Interval | None:
    """The chances that two groups can have had, whose means and standard deviations were rounded.

    That rounding must be allowed for before a published chance is doubted is after Nuijten et al. (2016), who compute
    chances again from published tests.

    Each figure may lie half of its last decimal to either side. Chances are computed for the means as far apart and as
    near as that allows, with each standard deviation at both ends and as published; the test is `independent`, so
    Welch's or, with ``equal_variance``, Student's, of groups of other people.

    Args:
        first: The one group as published.
        second: The other.
        decimals: To how many decimals both were rounded.
        equal_variance: Student's test in place of Welch's.

    Returns:
        The lowest and the highest chance; the ``level`` of the interval is 1. ``None`` where there is no test.

    Raises:
        InputError: ``value-out-of-range`` for a number of decimals below 0.

    Example:
        >>> from igm.analysis import Summary, p_range
        >>> found = p_range(Summary(4.26, 0.91, 39), Summary(3.72, 1.07, 44))
        >>> round(found.low, 4), round(found.high, 4)
        (0.0129, 0.0175)
    """
    if decimals < 0:
        do = "Give 0 or more."
        raise InputError.of("value-out-of-range", "decimals", do, where="$.decimals", given=shown(decimals))
    if first.sd is None or second.sd is None:
        return None
    half = 0.5 * 10**-decimals
    apart = abs(first.mean - second.mean)
    chances: list[float] = []
    for gap, one, other in product(
        (max(apart - 2 * half, 0.0), apart, apart + 2 * half), _ends(first.sd, half), _ends(second.sd, half)
    ):
        p = independent(
            Summary(gap, one, first.n), Summary(0.0, other, second.n), equal_variance=equal_variance
        ).p
        if p is not None:
            chances.append(p)
    return Interval(min(chances), max(chances), 1.0) if chances else None


def _ends(sd: float, half: float) -> tuple[float, float, float]:
    return max(sd - half, 0.0), sd, sd + half


def mark_findings(
    rows: Sequence[PublishedRow], baseline: Any, alpha: float, decimals: int, marked: Collection[Any]
) -> list[Finding]:
    """Every wave against the first, where it has a mark, could have one, or has a published chance."""
    first = {(row.group, row.construct): row for row in rows if row.wave == baseline}
    made: list[Finding] = []
    for row in rows:
        before = first.get((row.group, row.construct))
        if before is None or row.wave == baseline:
            continue
        marks = row.mark is not None and row.wave in marked
        one, other = (
            Summary(each.mean, each.sd, each.n) if each.sd is not None or each.n == 1 else None
            for each in (row, before)
        )
        ranges = [
            None
            if one is None or other is None
            else p_range(one, other, decimals=decimals, equal_variance=equal)
            for equal in (False, True)
        ]
        pair = f"{baseline} → {row.wave}"
        if ranges[0] is None or ranges[1] is None:
            if marks or row.p is not None:
                made.append(Finding("mark", "cannot-tell", row.where, "mark-none", {"pair": pair}, decimals))
            continue
        figures: dict[str, Any] = {"pair": pair, "welch": ranges[0], "student": ranges[1], "alpha": alpha}
        if marks:
            made.append(_mark(row, figures, [ranges[0], ranges[1]], alpha, decimals))
        if row.p is not None:
            made.append(_chance(row, row.p, figures, [ranges[0], ranges[1]], decimals))
    return made


def _mark(
    row: PublishedRow, figures: dict[str, Any], ranges: Sequence[Interval], alpha: float, decimals: int
) -> Finding:
    if row.marked is None:
        told = figures | {"mark": row.mark}
        return Finding("mark", "cannot-tell", row.where, "mark-part", told, decimals)
    below = all(one.high < alpha for one in ranges)
    above = all(one.low >= alpha for one in ranges)
    follows = below if row.marked else above
    against = above if row.marked else below
    verdict: AuditVerdict = "consistent" if follows else "not-consistent" if against else "depends"
    case = {"consistent": "fits", "not-consistent": "not", "depends": "depends"}[verdict]
    return Finding(
        "mark", verdict, row.where, f"{'' if row.marked else 'un'}marked-{case}", figures, decimals
    )


def _chance(
    row: PublishedRow, p: float, figures: dict[str, Any], ranges: Sequence[Interval], decimals: int
) -> Finding:
    half = 0.5 * 10**-row.p_decimals
    fits = any(one.low - half <= p <= one.high + half for one in ranges)
    told = figures | {"p": p, "p_decimals": row.p_decimals}
    case = "p-fits" if fits else "p-not"
    return Finding("p", "consistent" if fits else "not-consistent", row.where, case, told, decimals)
