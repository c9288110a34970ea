"""Whether people of one group answer alike: rwg, rwg(j), and ICC(1) and ICC(2) of groups."""

from __future__ import annotations

from typing import Any, Final

import attrs
import numpy as np

from igm._display import number
from igm._engines.arrays import check_same_people
from igm.constructs._base import is_number, plain_number, shown
from igm.constructs.schaal import Schaal
from igm.errors import InputError, Problems
from igm.scoring._groups import Groups
from igm.scoring._numbers import Numbers, Row, column_of, grid
from igm.scoring.intervals import LARGEST
from igm.scoring.notes import Note
from igm.scoring.protocols import FloatArray

_FEW: Final = 4
"""With so few raters agreement within a group is mostly chance."""

_TOLD: Final = 20


@attrs.frozen(kw_only=True)
class GroupAgreement:
    """How far the people of one group agree.

    Attributes:
        group: The group; ``None`` where all are one group.
        n: Number of people with all answers.
        k: Number of items.
        variance: The variance of the answers with n − 1 below the line, the mean over items.
        null_variance: The variance that answers by chance would have.
        raw: rwg or rwg(j) as the formula gives it; ``None`` where it cannot be computed.
        value: The same, 0 where answers lie further apart than by chance.
        notes: What there is to know; the first tells why there is no value, where there is none.

    Example:
        >>> from igm.constructs.schaal import LIKERT5
        >>> rwg([2, 3, 3, 4], schaal=LIKERT5)[0]
        GroupAgreement(0.6667, group=None, n=4, k=1)
    """

    group: Any
    n: int
    k: int
    variance: float | None = None
    null_variance: float
    raw: float | None = None
    value: float | None = None
    notes: tuple[Note, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return attrs.asdict(self) | {"notes": [one.to_dict() for one in self.notes]}

    def __repr__(self) -> str:
        value = None if self.value is None else number(self.value, 4, lang="en")
        return f"GroupAgreement({value}, group={self.group!r}, n={self.n}, k={self.k})"


def rwg(
    ratings: Row,
    group: Row | None = None,
    *,
    schaal: Schaal | None = None,
    null_variance: float | None = None,
) -> tuple[GroupAgreement, ...]:
    """Agreement within groups about one item: rwg = 1 − s²/σ² (James, Demaree and Wolf 1984).

    s² is the variance of the answers with n − 1 below the line. σ² is the variance of answers by chance: (A² − 1)/12
    when all A answers of the scale are as likely, which flatters, for people avoid the ends.

    Args:
        ratings: One answer a person; ``None`` and NaN are missing and do not count.
        group: The group of each person; all are one group when left out.
        schaal: The scale, for answers by chance that are all as likely.
        null_variance: Another variance by chance, in its place.

    Returns:
        A result per group, in the order in which they first occur. ``value`` is 0 where ``raw`` is negative.

    Raises:
        InputError: ``missing-field`` without ``schaal`` and ``null_variance``, ``invalid-value`` with both,
            ``value-out-of-range`` for a variance of 0 or less and for answers outside the scale, ``shape-mismatch``
            and ``not-a-number``.

    Example:
        >>> from igm.constructs.schaal import LIKERT5
        >>> [(one.group, one.raw, one.value) for one in rwg([1, 5, 4, 4], ["a", "a", "b", "b"], schaal=LIKERT5)]
        [('a', -3.0, 0.0), ('b', 1.0, 1.0)]
    """
    values = column_of(ratings, "$.ratings")
    check_same_people(ratings, group, "$.group")
    return _agreements(values[:, None], group, schaal, null_variance, "$.ratings[{0}]")


def rwg_j(
    x: Numbers,
    group: Row | None = None,
    *,
    schaal: Schaal | None = None,
    null_variance: float | None = None,
) -> tuple[GroupAgreement, ...]:
    """Agreement within groups about several items: J(1 − q)/(J(1 − q) + q) with q = s²/σ², s² the mean over J items.

    James, Demaree and Wolf (1984). As `rwg`; with one item it is the same. Where s² is larger than σ² the formula
    leaves its range, and can give more than 1: ``value`` is 0 there, and ``raw`` what the formula gives.

    Args:
        x: A row per person and a column per item. People of whom an answer is missing do not count.
        group: The group of each person; all are one group when left out.
        schaal: The scale, for answers by chance that are all as likely.
        null_variance: Another variance by chance, in its place.

    Returns:
        A result per group, in the order in which they first occur.

    Raises:
        InputError: As `rwg`.

    Example:
        >>> from igm.constructs.schaal import LIKERT5
        >>> round(rwg_j([[2, 3, 3, 2], [3, 3, 5, 3], [3, 3, 3, 4], [4, 3, 3, 3]], schaal=LIKERT5)[0].value, 4)
        0.9067
    """
    values = grid(x).values
    check_same_people(x, group, "$.group")
    return _agreements(values, group, schaal, null_variance, "$[{0}][{1}]")


def _agreements(
    values: FloatArray, group: Row | None, schaal: Schaal | None, null_variance: float | None, where: str
) -> tuple[GroupAgreement, ...]:
    chance = _null_variance(schaal, plain_number(null_variance))
    if isinstance(schaal, Schaal):
        _check_answers(values, schaal, where)
    found = Groups.of(values, group)
    k = values.shape[1]
    variances = found.squares.sum(axis=1) / np.maximum(found.sizes - 1, 1) / max(k, 1)
    rows = zip(found.names, found.people.tolist(), found.sizes.tolist(), variances.tolist(), strict=True)
    return tuple(_agreement(name, people, n, k, variance, chance) for name, people, n, variance in rows)


def _check_answers(values: FloatArray, schaal: Schaal, path: str) -> None:
    """An answer outside the scale makes a variance that has nothing to do with that of chance."""
    problems = Problems()
    outside = (values < schaal.minimum) | (values > schaal.maximum)
    for row, column in np.argwhere(outside)[:_TOLD].tolist():
        do = f"Give answers from {schaal.minimum} to {schaal.maximum}, or the scale of these."
        where, found = path.format(row, column), shown(float(values[row, column]))
        problems.add("value-out-of-range", "an answer outside the scale", do, where=where, given=found)
    problems.raise_any(InputError)


def _null_variance(schaal: object, null_variance: object) -> float:
    if schaal is not None and null_variance is not None:
        do = "Give one of schaal and null_variance."
        raise InputError.of("invalid-value", "two variances by chance", do, where="$.null_variance")
    if isinstance(schaal, Schaal):
        return ((schaal.maximum - schaal.minimum + 1) ** 2 - 1) / 12
    if schaal is not None:
        do = "Give a Schaal, such as igm.LIKERT5."
        raise InputError.of("invalid-value", "not a scale", do, where="$.schaal", given=shown(schaal))
    if null_variance is None:
        do = "Give schaal=igm.LIKERT5, or null_variance."
        raise InputError.of("missing-field", "no variance by chance", do, where="$.schaal")
    if not is_number(null_variance) or not 1 / LARGEST <= null_variance <= LARGEST:
        do, given = f"Give a number above 0, at most {LARGEST:g}.", shown(null_variance)
        raise InputError.of("value-out-of-range", "a variance", do, where="$.null_variance", given=given)
    return float(null_variance)


def _agreement(name: Any, people: int, n: int, k: int, variance: float, chance: float) -> GroupAgreement:
    dropped = () if n == people else (Note("people-dropped"),)
    if n < 2 or k < 1:
        notes = (Note("few-people"), *dropped)
        return GroupAgreement(group=name, n=n, k=k, null_variance=chance, notes=notes)
    share = variance / chance
    below = k - (k - 1) * share
    raw = k * (1 - share) / below if below else None
    apart = (Note("negative-rwg"),) if share > 1 else ()
    few = (Note("few-raters"),) if n <= _FEW else ()
    return GroupAgreement(
        group=name,
        n=n,
        k=k,
        variance=variance,
        null_variance=chance,
        raw=raw,
        value=0.0 if share > 1 else raw,
        notes=(*apart, *dropped, *few),
    )


@attrs.frozen(kw_only=True)
class GroupICC:
    """How much of what people answer lies between their groups.

    Attributes:
        n: Number of people.
        n_groups: Number of groups.
        mean_size: The plain mean of the group sizes.
        g0: The group size that the theory of unequal groups takes: (N − Σn²/N)/(J − 1).
        ms_between: Mean square between groups.
        ms_within: Mean square within groups.
        f: The F of the analysis of variance; ``None`` where nothing varies within groups.
        df1: The degrees of freedom above the line.
        df2: Those below it.
        p: The chance of such an F or a larger one when groups do not differ.
        icc1: ICC(1) with the plain mean of the group sizes.
        icc1_g0: ICC(1) with g0.
        icc2: ICC(2), the reliability of the means of groups; it is the same with both sizes.
        notes: What there is to know; the first tells why there are no values, where there are none.

    Example:
        >>> icc_groups([1, 2, 2, 4, 5, 5, 4], ["a", "a", "a", "b", "b", "b", "b"])
        GroupICC(icc1=0.920, icc1_g0=0.922, icc2=0.976, n=7, n_groups=2)
    """

    n: int
    n_groups: int
    mean_size: float | None = None
    g0: float | None = None
    ms_between: float | None = None
    ms_within: float | None = None
    f: float | None = None
    df1: int | None = None
    df2: int | None = None
    p: float | None = None
    icc1: float | None = None
    icc1_g0: float | None = None
    icc2: float | None = None
    notes: tuple[Note, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return attrs.asdict(self) | {"notes": [one.to_dict() for one in self.notes]}

    def __repr__(self) -> str:
        values = (("icc1", self.icc1), ("icc1_g0", self.icc1_g0), ("icc2", self.icc2))
        told = ", ".join(f"{name}={number(value, 3, lang='en')}" for name, value in values)
        return f"GroupICC({told}, n={self.n}, n_groups={self.n_groups})"


def icc_groups(values: Row, group: Row) -> GroupICC:
    """ICC(1) and ICC(2) of people in groups, from a one-way analysis of variance (Bliese 2000).

    ICC(1) = (MSB − MSW)/(MSB + (g − 1)MSW), ICC(2) = (MSB − MSW)/MSB. For groups that are not of one size g is the
    plain mean of the sizes in `icc1`, as is often done, and g0 in `icc1_g0`, as theory asks. Negative values stay.

    Args:
        values: One value a person, such as a score; ``None`` and NaN are missing and do not count.
        group: The group of each person.

    Returns:
        The values; none, with the reason in the notes, for fewer than two groups, groups of one person only, or
        without any spread.

    Raises:
        InputError: ``not-a-number``, ``shape-mismatch``, ``invalid-value``; ``missing-field`` for somebody without a
            group.

    Example:
        >>> found = icc_groups([1, 2, 4, 5], ["a", "a", "b", "b"])
        >>> round(found.icc1, 4), round(found.icc2, 4), found.df1, found.df2
        (0.8947, 0.9444, 1, 2)
    """
    given = column_of(values, "$.values")
    check_same_people(values, group, "$.group")
    found = Groups.of(given[:, None], group)
    there = found.sizes > 0
    n, groups = int(found.sizes.sum()), int(there.sum())
    dropped = () if n == len(given) else (Note("people-dropped"),)
    bare = GroupICC(n=n, n_groups=groups)
    if groups < 2 or n == groups:
        code = "one-group" if groups < 2 else "groups-of-one"
        return attrs.evolve(bare, notes=(Note(code), *dropped))
    mean = float(given[~np.isnan(given)].mean())
    sizes = found.sizes[there].astype(np.float64)
    return _between(bare, sizes, found.means[there, 0], float(found.squares.sum()), mean, dropped)


def _between(
    bare: GroupICC,
    sizes: FloatArray,
    means: FloatArray,
    squares: float,
    mean: float,
    dropped: tuple[Note, ...],
) -> GroupICC:
    from scipy import special

    n, groups = bare.n, bare.n_groups
    df1, df2 = groups - 1, n - groups
    same = bool((means == means[0]).all())
    between = 0.0 if same else float((sizes * (means - mean) ** 2).sum()) / df1
    within = squares / df2
    if between == 0 and within == 0:
        return attrs.evolve(bare, notes=(Note("no-spread-ratings"), *dropped))
    size, g0 = n / groups, (n - float((sizes**2).sum()) / n) / df1
    f = between / within if within else None
    unequal = () if (sizes == sizes[0]).all() else (Note("unbalanced"),)
    return attrs.evolve(
        bare,
        mean_size=size,
        g0=g0,
        ms_between=between,
        ms_within=within,
        f=f,
        df1=df1,
        df2=df2,
        p=None if f is None else float(special.fdtrc(df1, df2, f)),
        icc1=(between - within) / (between + (size - 1) * within),
        icc1_g0=(between - within) / (between + (g0 - 1) * within),
        icc2=(between - within) / between if between else None,
        notes=(*unequal, *dropped),
    )
