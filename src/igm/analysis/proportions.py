"""Shares of few people, with intervals that hold at none and at all."""

from __future__ import annotations

import math
from typing import Literal, TypeAlias

from igm.analysis.samples import LEVEL, Interval, check_level, check_many
from igm.constructs._base import check_one_of, plain_number, shown
from igm.errors import InputError, Problems

ProportionMethod: TypeAlias = Literal["wilson", "clopper-pearson"]
"""Which interval: right on average, or never too narrow."""


def proportion_interval(
    count: int, n: int, *, method: ProportionMethod = "wilson", level: float = LEVEL
) -> Interval:
    """The interval of a share, ``count`` of ``n`` people.

    Wilson (1927): (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n). Clopper & Pearson (1934), exact: quantiles of
    the beta distributions B(x, n − x + 1) and B(x + 1, n − x). Both say something where nobody or everybody is counted.

    Args:
        count: How many of them, from 0 to ``n``.
        n: How many people, from 1 to 10¹⁰.
        method: ``"wilson"`` or ``"clopper-pearson"``, which is wider.
        level: How sure.

    Returns:
        Two shares from 0 to 1.

    Raises:
        InputError: ``value-out-of-range``, ``not-a-number`` or ``unknown-name``.

    Example:
        >>> round(proportion_interval(0, 7).high, 4)
        0.3543
        >>> round(proportion_interval(0, 7, method="clopper-pearson").high, 4)
        0.4096
    """
    from scipy import special

    count, n = plain_number(count), plain_number(n)
    _check(count, n, method)
    check_level(level)
    if method == "clopper-pearson":
        tail = (1 - level) / 2
        low = 0.0 if count == 0 else float(special.betaincinv(count, n - count + 1, tail))
        high = 1.0 if count == n else float(special.betaincinv(count + 1, n - count, 1 - tail))
        return Interval(low, high, level)
    z = float(special.ndtri(0.5 + level / 2))
    p = count / n
    middle, below = p + z**2 / (2 * n), 1 + z**2 / n
    half = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    # at the ends the two terms are equal, but for rounding
    low = 0.0 if count == 0 else (middle - half) / below
    high = 1.0 if count == n else (middle + half) / below
    return Interval(low, high, level)


def _check(count: object, n: object, method: object) -> None:
    problems = Problems()
    counted = check_many(count, 0, "$.count", problems)
    if check_many(n, 1, "$.n", problems) and counted and isinstance(count, int) and count > n:
        what, do = "more than there are", f"Give at most {n}."
        problems.add("value-out-of-range", what, do, where="$.count", given=shown(count))
    check_one_of(method, ["wilson", "clopper-pearson"], "unknown method", "$.method", problems)
    problems.raise_any(InputError)
