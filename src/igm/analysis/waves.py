"""``compare_waves``: what changed between moments, from data of people who are partly the same or from tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from igm.analysis._frame import names_of
from igm.analysis._published_rows import Fields, read_published
from igm.analysis._wave_cells import compared, with_adjusted
from igm.analysis._wave_rows import WaveRows, read_frame
from igm.analysis.adjust import Adjustment
from igm.analysis.samples import LEVEL, check_level
from igm.analysis.wave_results import Family, WaveComparisons
from igm.constructs._base import check_one_of, is_number, shown
from igm.constructs.schaal import Schaal
from igm.errors import Problems


def compare_waves(
    frame: Any,
    /,
    *,
    wave: str,
    person: str | None = None,
    by: str | Sequence[str] = (),
    values: str | Sequence[str] | None = None,
    waves: Sequence[Any] | None = None,
    schaal: Schaal | None = None,
    adjust: Adjustment = "holm",
    family: Family = "all",
    equal_variance: bool = False,
    alpha: float = 0.05,
    level: float = LEVEL,
) -> WaveComparisons:
    """What changed between waves, per construct and group, with what can be said of it.

    Every pair of waves is compared, later minus earlier. The test is chosen from who is in both waves, and the result
    says which: everyone is `paired`, some are `partly_overlapping`, nobody is `independent`. The default is Welch's.
    Beside the difference and its interval stand Hedges' g, the effects of who are in both, how much answers lie apart,
    the smallest difference that so many people could have shown, and how those who left differed at the earlier wave
    from those who stayed. Chances are adjusted for all tests of a stated family. No test is ever read as "no effect".

    Args:
        frame: Scores in memory, as `igm.score` gives them, of pandas, Polars or PyArrow: a row per person and wave.
        wave: The column that says when.
        person: The column that says who. Without it nobody is known to be in two waves, and waves are compared as
            groups of other people, which the result says.
        by: A column that makes groups, or several, such as organisation and role; null is a group of its own.
        values: The column to compare, or several; the columns called as a construct when left out.
        waves: The waves in their order, at most 100. When left out in that of an ordered categorical column;
            otherwise sorted, and texts by the whole numbers in them, so that T2 comes before T10.
        schaal: The scale of the scores, for how much answers lie apart; that is unknown when left out.
            No score may lie outside.
        adjust: ``"holm"``, ``"bh"`` for a first look, or ``"none"``.
        family: Which tests count as one family: ``"all"`` of this call, those of a ``"group"``, or of a ``"construct"``
            in a group.
        equal_variance: Whether waves may be taken to vary as much.
        alpha: Below which adjusted chance a difference counts as shown.
        level: How sure intervals are.

    Returns:
        The comparisons, by group, construct and pair of waves.

    Raises:
        InputError: ``unknown-name`` for columns and waves that are not there, ``missing-field`` for rows without a wave
            or person and for fewer than two waves, ``duplicate-name`` for a person who is in a wave twice and for a
            column that is named for two things, ``not-a-number`` for columns of something else, ``value-out-of-range``
            for scores outside the scale, ``invalid-value`` for a frame that waits to be collected.

    Example:
        >>> import igm
        >>> import pandas as pd
        >>> from igm.analysis import compare_waves
        >>> scores = pd.DataFrame({
        ...     "ref": ["a", "b", "c", "d", "e", "a", "b", "c", "d", "f"],
        ...     "wave": ["T0"] * 5 + ["T1"] * 5,
        ...     "houding": [2.0, 3.0, 2.5, 3.5, 4.0, 3.0, 3.5, 3.5, 4.0, 4.5],
        ... })
        >>> found = compare_waves(scores, wave="wave", person="ref", schaal=igm.LIKERT5)
        >>> found.rows[0].difference.method, found.rows[0].difference.n_pairs
        ('partly-overlapping', 4)
        >>> print(found.rows[0].text("en"))
        attitude, T0 to T1: higher, by 0.70 (95% interval 0.05 to 1.35). \
Tested as partly the same people (unequal variances): 5 and 5 people, 4 in both. \
Hedges' g is 0.92 (95% interval -0.31 to 2.10). For use inside only, because this is also about fewer than 10 people.
    """
    problems = Problems()
    _check(adjust, family, alpha, problems)
    read = read_frame(frame, wave=wave, person=person, by=by, values=values, waves=waves, problems=problems)
    return every_pair(
        read,
        schaal=schaal,
        adjust=adjust,
        family=family,
        equal_variance=equal_variance,
        alpha=alpha,
        level=level,
    )


def compare_published(
    rows: Any,
    /,
    *,
    bron: str,
    by: str | Sequence[str] = (),
    wave: str = "wave",
    construct: str = "construct",
    mean: str = "mean",
    sd: str = "sd",
    n: str = "n",
    waves: Sequence[Any] | None = None,
    schaal: Schaal | None = None,
    adjust: Adjustment = "holm",
    family: Family = "all",
    equal_variance: bool = False,
    alpha: float = 0.05,
    level: float = LEVEL,
) -> WaveComparisons:
    """The same from published means, standard deviations and numbers, of which nobody knows who is in both.

    Waves are compared as groups of other people. Where people are in both, the true interval is mostly narrower.

    Args:
        rows: A mapping per construct, wave and group, such as `csv.DictReader` gives; a frame of these; or what
            `igm.read_csv` gives.
        bron: Where they were published.
        by: Keys that make groups.
        wave: The key of the wave.
        construct: The key of the construct.
        mean: The key of the mean.
        sd: The key of the standard deviation.
        n: The key of the number of people.
        waves: As `compare_waves`; sorted as there when left out.
        schaal: The scale of the means. None may lie outside, and no standard deviation above the most that is possible
            with its mean and n, √((M − L)(U − M) n/(n − 1)), as far as rounding tells: all are taken as rounded to
            as many decimals as the longest of them has.
        adjust: As `compare_waves`.
        family: As `compare_waves`.
        equal_variance: As `compare_waves`.
        alpha: As `compare_waves`.
        level: As `compare_waves`.

    Returns:
        The comparisons; a wave that was not published for a construct is told as having no values.

    Raises:
        InputError: All rows with something missing, impossible or twice, by row.

    Example:
        >>> rows = [
        ...     {"wave": "T0", "construct": "context", "n": 37, "mean": 4.82, "sd": 1.35},
        ...     {"wave": "T2", "construct": "context", "n": 29, "mean": 5.42, "sd": 1.17},
        ... ]
        >>> found = compare_published(rows, bron="We zijn allemaal mensen, 2025")
        >>> round(found.rows[0].difference.p, 3), found.rows[0].verdict
        (0.058, 'not-shown')
    """
    problems = Problems()
    _check(adjust, family, alpha, problems)
    groups = names_of(by, "by", problems)
    read = read_published(rows, Fields(groups, construct, wave, (mean, sd, n)), bron, waves, problems)
    return every_pair(
        read,
        schaal=schaal,
        adjust=adjust,
        family=family,
        equal_variance=equal_variance,
        alpha=alpha,
        level=level,
    )


def every_pair(
    read: WaveRows,
    *,
    schaal: Schaal | None,
    adjust: Adjustment = "holm",
    family: Family = "all",
    equal_variance: bool = False,
    alpha: float = 0.05,
    level: float = LEVEL,
) -> WaveComparisons:
    """Every pair of waves of every construct and group, with chances adjusted in their family."""
    check_level(level)
    read.check_scale(schaal)
    made = [
        compared(
            group,
            read.by,
            name,
            (earlier, later),
            read.cell(group, name, earlier),
            read.cell(group, name, later),
            schaal=schaal,
            equal_variance=equal_variance,
            level=level,
            alpha=alpha,
        )
        for group, name in read.lines
        for earlier, later in combinations(read.order, 2)
    ]
    rows = with_adjusted(made, adjust, family)
    return WaveComparisons(rows, adjust, family, alpha, level, read.notes, read.bron)


def _check(adjust: object, family: object, alpha: object, problems: Problems) -> None:
    for name, given, known in (
        ("adjust", adjust, ["holm", "bh", "none"]),
        ("family", family, ["all", "group", "construct"]),
    ):
        check_one_of(given, known, f"unknown {name}", f"$.{name}", problems)
    if not is_number(alpha) or not 0 < alpha < 1:
        do = "Give a number between 0 and 1."
        problems.add("value-out-of-range", "a chance", do, where="$.alpha", given=shown(alpha))
