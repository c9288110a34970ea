"""``shrunken_means``: means of small groups, drawn to the mean of all by as much as they rest on chance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

import attrs
import numpy as np

from igm._display import Cell, Column, Language, Table, number
from igm.congruence._dyads import own_groups
from igm.congruence._over_words import OVER, few_masked
from igm.congruence.clusters import FEW_GROUPS, numbers
from igm.congruence.moments import FloatArray
from igm.constructs._base import known_language
from igm.scoring._numbers import Row
from igm.scoring.within_groups import icc_groups

ShrinkageReason: TypeAlias = Literal["no-values", "one-group", "no-within", "no-spread"]
"""Why nothing is drawn together: no value, one group, no group of two from which to know chance, or all are equal."""


@attrs.frozen
class ShrunkenMean:
    """The mean of one group, as it is and drawn to the mean of all.

    Attributes:
        group: The group.
        n: How many values it rests on.
        mean: As it is; ``None`` without values.
        weight: How much of its own mean stays, from 0 to 1; ``None`` where it cannot be known.
        shrunk: weight times the mean, plus (1 − weight) times the mean of all; ``None`` where it cannot be known.

    Example:
        >>> ShrunkenMean("m-1", n=2, mean=0.8, weight=0.5, shrunk=0.6).shrunk
        0.6
    """

    group: Any
    n: int
    mean: float | None
    weight: float | None = None
    shrunk: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return attrs.asdict(self)


@attrs.frozen(repr=False)
class ShrunkenMeans:
    """Means of groups, each as it is and drawn to the mean of all; what is printed masks groups of few.

    Attributes:
        groups: A result a group, in the order in which they first occur.
        grand_mean: The mean to which they are drawn; ``None`` without values.
        tau2_raw: The variance between groups as the formula gives it, which may be below 0; ``None`` where it cannot be
            known.
        tau2: The same, 0 where it is below 0.
        sigma2: The variance within groups.
        n: The number of values.
        n_missing: The number that are missing and take no part.
        undefined: Why nothing is drawn together; ``None`` where it is.

    Example:
        >>> found = shrunken_means([0.7, 0.6, 0.8, 0.2, 0.3, 0.5], ["m-1", "m-1", "m-1", "m-2", "m-2", "m-3"])
        >>> [(one.group, round(one.mean, 2), round(one.shrunk, 2)) for one in found]
        [('m-1', 0.7, 0.69), ('m-2', 0.25, 0.26), ('m-3', 0.5, 0.5)]
    """

    groups: tuple[ShrunkenMean, ...]
    grand_mean: float | None
    tau2_raw: float | None
    tau2: float | None
    sigma2: float | None
    n: int
    n_missing: int
    undefined: ShrinkageReason | None = None

    def __iter__(self) -> Iterator[ShrunkenMean]:
        return iter(self.groups)

    def __len__(self) -> int:
        return len(self.groups)

    @property
    def notes(self) -> tuple[str, ...]:
        """``"few-shrunk"`` below ten groups, ``"negative-tau2"`` where groups differ less than by chance."""
        few = ("few-shrunk",) if self.undefined is None and len(self) < FEW_GROUPS else ()
        below = ("negative-tau2",) if self.tau2_raw is not None and self.tau2_raw < 0 else ()
        return (*few, *below)

    def table(self, lang: Language = "nl") -> Table:
        """A row per group: n, its mean, how much of it stays, and the mean that is drawn to that of all."""
        return self._table(lang, mask=False)

    def _table(self, lang: Language, *, mask: bool) -> Table:
        words = OVER[known_language(lang)]
        names = ("n", "mean", "weight", "shrunk")
        columns = [Column(words["group"]), *(Column(words[name], "right") for name in names)]
        rows: list[list[Cell]] = [
            [str(one.group), one.n, *few_masked(one.n, mask, (one.mean, one.weight, one.shrunk))]
            for one in self.groups
        ]
        notes = [words[code] for code in self.notes]
        if self.undefined is not None:
            notes.append(words[f"none-{self.undefined}"])
        elif self.n_missing:
            notes.append(words["n-missing"].format(self.n_missing))
        if self.undefined is None:
            between, within = (number(value, 4, lang=lang) for value in (self.tau2_raw, self.sigma2))
            notes.insert(0, words["variances"].format(between, within))
        return Table(columns, rows, title=words["shrinkage"], notes=notes, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision."""
        return {
            "groups": [one.to_dict() for one in self.groups],
            "grand_mean": self.grand_mean,
            "tau2_raw": self.tau2_raw,
            "tau2": self.tau2,
            "sigma2": self.sigma2,
            "n": self.n,
            "n_missing": self.n_missing,
            "undefined": self.undefined,
            "notes": list(self.notes),
        }

    def __repr__(self) -> str:
        return f"ShrunkenMeans(groups={len(self)}, n={self.n}, n_missing={self.n_missing})"

    def __str__(self) -> str:
        return self._table("nl", mask=True).text()

    def _repr_html_(self) -> str:
        return self._table("nl", mask=True).html()


def shrunken_means(values: Row, groups: Row) -> ShrunkenMeans:
    """Means of groups, drawn to the mean of all by as much as they rest on chance (empirical Bayes).

    With n values in a group, σ² the variance within groups and τ² that between them, a mean keeps the share
    w = τ²/(τ² + σ²/n), and 1 − w comes from the mean of all (Efron and Morris 1975). By the method of moments, of a
    one-way analysis of variance (Searle, Casella and McCulloch 1992): σ² = MSW, τ² = (MSB − MSW)/g0 with
    g0 = (N − Σn²/N)/(J − 1). The mean of all weighs each group by 1/(τ² + σ²/n). A τ² below 0 is told and counts as 0:
    then nothing speaks for a difference between groups, and all are drawn to one mean.

    A small group comes out less extreme; that is no finding about it. Both values are given.

    Args:
        values: A figure a dyad; ``None`` and NaN are missing.
        groups: The manager or team of each dyad.

    Returns:
        A result a group, with the mean as it is and the one that is drawn together; the latter is ``None`` of one
        group, when no group has two values, and when all values are equal. A group without values has no mean.

    Raises:
        InputError: ``not-a-number``, ``invalid-value``, ``shape-mismatch``, ``missing-field`` for a dyad without a
            group.

    Example:
        >>> found = shrunken_means([1, 3, 2, 2], ["a", "a", "b", "b"])
        >>> found.tau2_raw, found.tau2, [one.shrunk for one in found]
        (-0.5, 0.0, [2.0, 2.0])
    """
    given = numbers(values, "$.values")
    names, place = own_groups(groups, len(given))
    known = ~np.isnan(given)
    kept = place[known]
    sizes = np.bincount(kept, minlength=len(names))
    parts = np.split(given[known][np.argsort(kept, kind="stable")], np.cumsum(sizes))[: len(names)]
    bare = tuple(
        ShrunkenMean(name, int(part.size), float(part.mean()) if part.size else None)
        for name, part in zip(names, parts, strict=True)
    )
    n = int(known.sum())
    grand = float(given[known].mean()) if n else None
    found = ShrunkenMeans(bare, grand, None, None, None, n, int(given.size - n))
    there = [part for part in parts if part.size]
    if len(there) < 2:
        return attrs.evolve(found, undefined="one-group" if there else "no-values")
    if all(part.size == 1 for part in there):
        return attrs.evolve(found, undefined="no-within")
    return _shrunk(found, given[known], place[known])


def _shrunk(found: ShrunkenMeans, values: FloatArray, place: Any) -> ShrunkenMeans:
    squares = icc_groups(values, place)
    if squares.ms_between is None or squares.ms_within is None or squares.g0 is None:
        return attrs.evolve(found, undefined="no-spread")  # equal, or too near to tell apart
    sigma2 = squares.ms_within
    raw = (squares.ms_between - sigma2) / squares.g0
    tau2 = max(raw, 0.0)
    sizes = np.array([one.n for one in found if one.n], dtype=np.float64)
    means = np.array([one.mean for one in found if one.n])
    spread = tau2 + sigma2 / sizes
    weights, trust = tau2 / spread, 1 / spread
    grand = float((trust * means).sum() / trust.sum())
    stays: list[float] = weights.tolist()
    drawn: list[float] = (weights * means + (1 - weights) * grand).tolist()
    kept = iter(zip(stays, drawn, strict=True))
    groups = tuple(_evolved(one, kept) for one in found)
    return attrs.evolve(found, groups=groups, grand_mean=grand, tau2_raw=raw, tau2=tau2, sigma2=sigma2)


def _evolved(one: ShrunkenMean, kept: Iterator[tuple[float, float]]) -> ShrunkenMean:
    if not one.n:
        return one
    weight, shrunk = next(kept)
    return attrs.evolve(one, weight=weight, shrunk=shrunk)
