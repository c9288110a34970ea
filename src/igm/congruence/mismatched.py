"""``pseudo_dyads``: how alike people are who do not belong together, to set beside those who do."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._display import Cell, Column, Language, Table
from igm._progress import Voortgang, check_progress, progress
from igm.congruence._dyads import Dyads, Sides, dyads, figure, one_measure, own_groups
from igm.congruence._over_words import OVER, PERFECT, few_masked
from igm.congruence._words import WORDS
from igm.congruence.metrics import CongruenceMetric
from igm.congruence.moments import FloatArray
from igm.congruence.profile_similarity import signed
from igm.constructs._base import known_language
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.disclosure import FEWEST_PEOPLE
from igm.errors import InputError
from igm.scoring._numbers import Row

MOST_DYADS: Final = 20_000
"""With more dyads there are too many mismatched pairs to go through them all."""

_AT_ONCE: Final = 400_000


@attrs.frozen
class PairsMean:
    """The mean of a figure over pairs.

    Attributes:
        n: For how many pairs it is defined.
        n_undefined: For how many it is not; these take no part.
        mean: The plain mean; ``None`` where there are no pairs.
        mean_z: The mean of Fisher's z as an r again, tanh of the mean of artanh r; ``None`` for what is no r, and where
            some pair has an r of 1 or −1, of which z is infinite.
        n_perfect: How many pairs have such an r.

    Example:
        >>> PairsMean(n=2, n_undefined=0, mean=0.5, mean_z=0.55).n_perfect
        0
    """

    n: int
    n_undefined: int
    mean: float | None
    mean_z: float | None
    n_perfect: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return attrs.asdict(self)


@attrs.frozen(repr=False)
class PseudoDyads:
    """How alike those who belong together are, and how alike all others are.

    Attributes:
        measure: The figure.
        n: The number of dyads.
        own: Over the dyads themselves.
        mismatched: Over all n(n − 1) pairs of the first of one dyad and the second of another.
        within: Over those of them in which both dyads are of one group; ``None`` without groups.
        between: Over those of two groups; ``None`` without groups.
        n_groups: The number of groups; ``None`` without groups.

    Example:
        >>> first = [[4, 5, 3, 2, 4], [3, 5, 2, 2, 5], [5, 4, 4, 1, 4]]
        >>> second = [[5, 5, 3, 3, 4], [3, 4, 2, 1, 5], [4, 4, 4, 2, 3]]
        >>> pseudo_dyads(first, second, groups=["m-1", "m-1", "m-2"]).between.n
        4
    """

    measure: str
    n: int
    own: PairsMean
    mismatched: PairsMean
    within: PairsMean | None = None
    between: PairsMean | None = None
    n_groups: int | None = None

    @property
    def baseline(self) -> PairsMean:
        """With what to compare: pairs of two groups where groups were given, otherwise all mismatched pairs."""
        return self.mismatched if self.between is None else self.between

    @property
    def above(self) -> float | None:
        """The mean of the dyads minus that of the baseline; ``None`` where either is not there."""
        if self.own.mean is None or self.baseline.mean is None:
            return None
        return self.own.mean - self.baseline.mean

    def table(self, lang: Language = "nl") -> Table:
        """A row per kind of pair, with both means; below it how far the dyads are above the baseline."""
        return self._table(lang, mask=False)

    def _table(self, lang: Language, *, mask: bool) -> Table:
        words = OVER[known_language(lang)]
        names = ("n", "undefined", "mean", "mean-z")
        columns = [Column(words["pairs"]), *(Column(words[name], "right") for name in names)]
        kinds = {
            "own": self.own,
            "mismatched": self.mismatched,
            "within": self.within,
            "between": self.between,
        }
        rows: list[list[Cell]] = []
        for name, one in kinds.items():
            if one is not None:
                shown = few_masked(self.n, mask, (one.mean, one.mean_z))
                rows.append([words[name], one.n, one.n_undefined, *shown])
        notes: list[str] = []
        if self.above is not None and not (mask and self.n < FEWEST_PEOPLE):
            against = words["mismatched" if self.between is None else "between"]
            notes.append(words["above"].format(signed(self.above, lang), against))
        if self.within is not None:
            notes.append(words["within-note"])
        if any(one is not None and one.n_perfect for one in kinds.values()):
            notes.append(words["perfect"])
        title = words["pseudo"].format(WORDS[lang].get(f"figure-{self.measure}", self.measure))
        return Table(columns, rows, title=title, notes=notes, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON."""
        return {**attrs.asdict(self), "above": self.above}

    def __repr__(self) -> str:
        return f"PseudoDyads({self.measure!r}, n={self.n}, mismatched={self.mismatched.n})"

    def __str__(self) -> str:
        return self._table("nl", mask=True).text()

    def _repr_html_(self) -> str:
        return self._table("nl", mask=True).html()


def pseudo_dyads(
    first: Sides,
    second: Sides,
    /,
    *,
    measure: str | CongruenceMetric = "shape",
    groups: Row | None = None,
    metric: Metric | None = None,
    constructs: Sequence[str | Construct] | None = None,
    voortgang: Voortgang = False,
) -> PseudoDyads:
    """How alike people are who do not belong together: every first with every second of another dyad.

    Everybody shares a norm, so that strangers are alike too (Cronbach 1955; Kenny and Acitelli 1994; Furr 2008). All
    n(n − 1) mismatched pairs are taken, not half of them: the first of i with the second of j is another pair than the
    first of j with the second of i. The mean of r is given plain and by Fisher's z.

    Dyads of one manager are no strangers. With ``groups`` mismatched pairs within a group are told apart from those
    between groups, and these are the baseline. Where all of a group have the very same first, as with one manager,
    pairs within are true pairs in another order.

    A construct that a dyad lacks on either side is left out of all pairs with either of its two.
    Pairs are made some at a time: memory stays at a few tens of megabytes.

    Args:
        first: A profile or person a dyad; or a row a dyad and a column a construct, on one metric and one direction.
        second: The other of each dyad, in the same order.
        measure: Which figure: a name or a metric.
        groups: With whom each dyad belongs, such as the manager.
        metric: Of profiles: ``"pomp"`` when scales differ.
        constructs: Of profiles: which; the seven determinants when left out.
        voortgang: ``True`` for a progress bar, or a function that takes (done, total).

    Returns:
        The means. They are no test: the same people are in many pairs. See `partner_permutation`.

    Raises:
        InputError: ``value-out-of-range`` for more than 20,000 dyads, ``too-few-constructs``, ``shape-mismatch``,
            ``missing-field``, ``not-a-number``, ``invalid-value``, ``mixed-scales``, ``unknown-name``,
            ``unknown-construct``, ``plugin-invalid``.
        UnknownNameError: ``unknown-name`` for a metric.
        MissingDependencyError: ``missing-dependency`` when a bar is asked for and tqdm is not installed.

    Example:
        >>> first = [[4, 5, 3, 2, 4], [3, 5, 2, 2, 5], [5, 4, 4, 1, 4]]
        >>> second = [[5, 5, 3, 3, 4], [3, 4, 2, 1, 5], [4, 4, 4, 2, 3]]
        >>> found = pseudo_dyads(first, second)
        >>> found.mismatched.n, round(found.own.mean, 2), round(found.mismatched.mean, 2), round(found.above, 2)
        (6, 0.9, 0.61, 0.29)
    """
    check_progress(voortgang)
    found = dyads(first, second, metric, constructs)
    asked = one_measure(measure, found)
    n = len(found)
    if n > MOST_DYADS:
        do = f"Draw {MOST_DYADS} dyads at random, with all of a group together, and give those."
        what = "too many dyads to pair everyone with everyone"
        raise InputError.of("value-out-of-range", what, do, where="$.first", given=str(n))
    _, place = own_groups(groups, n)
    own, within, between = (_Adding(is_r=asked.name == "shape") for _ in range(3))
    own.add(figure(asked, found.x, found.y))
    rows = max(1, _AT_ONCE // n)
    with progress(voortgang, math.ceil(n / rows), "pseudo-dyads") as step:
        for at, values in products(asked, found, rows):
            same = place[at : at + len(values), None] == place[None, :]
            other = np.ones(values.shape, dtype=bool)
            other[np.arange(len(values)), np.arange(at, at + len(values))] = False
            within.add(values[same & other])
            between.add(values[~same])
            step()
    every = within.plus(between).mean()
    if groups is None:
        return PseudoDyads(asked.name, n, own.mean(), every)
    return PseudoDyads(asked.name, n, own.mean(), every, within.mean(), between.mean(), int(place.max()) + 1)


def products(asked: CongruenceMetric, found: Dyads, rows: int) -> Iterator[tuple[int, FloatArray]]:
    """The figure of some firsts with all seconds, a row a first, and at which first they start."""
    n = len(found)
    whole = asked.name == "shape" and not np.isnan(found.x).any()
    if whole:  # r of all with all is one product of matrices, which is much quicker
        one, other = _standard(found.x), _standard(found.y)
        for at in range(0, n, rows):
            yield at, np.clip(one[at : at + rows] @ other.T, -1.0, 1.0)
        return
    for at in range(0, n, rows):
        some = found.x[at : at + rows]
        values = figure(asked, np.repeat(some, n, axis=0), np.tile(found.y, (len(some), 1)))
        yield at, values.reshape(len(some), n)


def _standard(values: FloatArray) -> FloatArray:
    """Profiles of mean 0 and length 1; NaN for flat ones."""
    away = values - values.mean(axis=1, keepdims=True)
    away[values.min(axis=1) == values.max(axis=1)] = np.nan
    return np.asarray(away / np.sqrt((away**2).sum(axis=1, keepdims=True)))


@attrs.define
class _Adding:
    """Adds up figures as they come."""

    is_r: bool
    n: int = 0
    n_undefined: int = 0
    n_perfect: int = 0
    sums: list[float] = attrs.field(factory=list)
    z_sums: list[float] = attrs.field(factory=list)

    def add(self, values: NDArray[np.float64]) -> None:
        there = values[~np.isnan(values)]
        self.n += int(there.size)
        self.n_undefined += int(values.size - there.size)
        self.sums.append(float(there.sum()))
        if self.is_r:
            perfect = np.abs(there) >= PERFECT
            self.n_perfect += int(perfect.sum())
            self.z_sums.append(float(np.arctanh(there[~perfect]).sum()))

    def plus(self, other: _Adding) -> _Adding:
        return _Adding(
            self.is_r,
            self.n + other.n,
            self.n_undefined + other.n_undefined,
            self.n_perfect + other.n_perfect,
            self.sums + other.sums,
            self.z_sums + other.z_sums,
        )

    def mean(self) -> PairsMean:
        if not self.n:
            return PairsMean(0, self.n_undefined, None, None)
        by_z = self.is_r and not self.n_perfect
        mean_z = math.tanh(math.fsum(self.z_sums) / self.n) if by_z else None
        return PairsMean(self.n, self.n_undefined, math.fsum(self.sums) / self.n, mean_z, self.n_perfect)
