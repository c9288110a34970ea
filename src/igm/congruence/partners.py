"""``partner_permutation``: whether dyads are more alike than partners who are exchanged, with managers respected."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias, get_args

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._draws import AT_ONCE, N_RESAMPLES, Rng, check_count, generator
from igm._progress import Voortgang, check_progress, progress
from igm.congruence._dyads import Dyads, Sides, dyads, one_measure, own_groups
from igm.congruence.clusters import Center, check_center
from igm.congruence.metrics import CongruenceMetric
from igm.congruence.mismatched import products
from igm.congruence.moments import FloatArray
from igm.congruence.partner_results import Exchange, PartnerPermutation, Than
from igm.constructs._base import one_of
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.errors import InputError
from igm.scoring._numbers import Row

MOST_EXCHANGED: Final = 5_000
"""With more dyads the figures of all possible partners take too much memory: 8 bytes a pair."""

Rows: TypeAlias = NDArray[np.intp]


@attrs.frozen(eq=False)
class _Units:
    """What is exchanged: rows, or groups of rows, each within its own block.

    Attributes:
        rows: The rows of all units, one unit after another.
        start: Where each unit starts in ``rows``.
        of: The unit of every row that has one.
        at: The place in its unit of every such row; 0 where a group has one shared profile.
        block: The block of every unit.
    """

    rows: Rows
    start: Rows
    of: Rows
    at: Rows
    block: Rows

    def sizes(self) -> list[int]:
        """How many units each block has."""
        return np.bincount(self.block).tolist() if self.block.size else []

    def source(self, order: Rows, n: int) -> Rows:
        """From which row each row gets its partner, when unit u takes that of unit ``order[u]``; a row an order."""
        found = np.broadcast_to(np.arange(n), (len(order), n)).copy()
        found[:, self.rows] = self.rows[self.start[order][:, self.of] + self.at]
        return found


def partner_permutation(
    first: Sides,
    second: Sides,
    /,
    *,
    rng: Rng,
    groups: Row | None = None,
    exchange: Exchange | None = None,
    measure: str | CongruenceMetric = "shape",
    center: Center = "mean",
    than: Than = "two-sided",
    n_resamples: int = N_RESAMPLES,
    metric: Metric | None = None,
    constructs: Sequence[str | Construct] | None = None,
    voortgang: Voortgang = False,
) -> PartnerPermutation:
    """Whether dyads are more alike than when partners are exchanged: how rare is this mean among exchanges?

    - ``"all"``: everybody may get everybody's partner. Only for dyads that share nobody.
    - ``"within"``: partners are exchanged within a group. Whatever a group shares stays, so that this asks whether
      dyads are alike beyond sharing a manager. It can tell nothing where the first of a group is one person.
    - ``"between"``: whole groups exchange, so that dyads of one manager stay together. Where all of a group have the
      same first (or second) profile, that profile goes to another group, whatever its size; otherwise groups of equal
      size exchange all their first profiles, in their order, and groups of a size that no other has stay.

    All exchanges are counted when there are at most ``n_resamples``; otherwise so many are drawn, and
    p = (b + 1)/(m + 1), where b of m are as far (Phipson and Smyth 2010). Two-sided is twice the smaller side. Exchange
    under the restrictions of a design follows Winkler and others (2015).

    Args:
        first: A profile or person a dyad; or a row a dyad and a column a construct, on one metric and one direction.
        second: The other of each dyad, in the same order.
        rng: A seed, or a Generator of NumPy; nothing is drawn when all exchanges are counted.
        groups: With whom each dyad belongs, such as the manager. Without it a person who is in several dyads counts as
            several people, and p is too small; the result has a note where profiles are there more than once.
        exchange: Who exchange; ``"between"`` when groups are given, otherwise ``"all"``.
        measure: Which figure: a name or a metric.
        center: ``"mean"`` or ``"median"`` over the dyads of which the figure is defined.
        than: ``"two-sided"``, ``"greater"`` or ``"less"``. Of a distance, less is more alike.
        n_resamples: How many exchanges at most, at least 100.
        metric: Of profiles: ``"pomp"`` when scales differ.
        constructs: Of profiles: which; the seven determinants when left out.
        voortgang: ``True`` for a progress bar, or a function that takes (done, total).

    Returns:
        The figure, what it is by exchange, and its chance. The figures of all pairs are held in memory: up to twice
        8 bytes times the squared number of dyads.

    Raises:
        InputError: ``value-out-of-range`` for more than 5,000 dyads or a wrong ``n_resamples``, ``missing-field`` for
            ``exchange`` without groups, ``unknown-name``, ``invalid-value`` for ``rng``; for profiles and numbers as
            `pseudo_dyads`.
        UnknownNameError: ``unknown-name`` for a metric.
        MissingDependencyError: ``missing-dependency`` when a bar is asked for and tqdm is not installed.

    Example:
        >>> managers = [[4, 5, 3, 2, 4], [3, 5, 2, 2, 5], [5, 1, 4, 1, 2], [2, 2, 5, 3, 4]]
        >>> first = [profile for profile in managers for _ in range(2)]
        >>> second = [[4, 5, 3, 3, 4], [4, 4, 3, 2, 5], [3, 4, 2, 2, 5], [3, 5, 1, 2, 4],
        ...           [4, 1, 4, 1, 2], [5, 2, 4, 2, 2], [2, 1, 5, 3, 4], [2, 2, 4, 3, 5]]
        >>> found = partner_permutation(first, second, groups=list("aabbccdd"), than="greater", rng=1)
        >>> round(found.estimate, 2), round(found.expected, 2), round(found.p, 3), found.exact, found.n_arrangements
        (0.93, 0.21, 0.042, True, 24)
    """
    how = _asked(exchange, groups, than)
    check_center(center)
    check_progress(voortgang)
    check_count(n_resamples)
    chance = generator(rng)
    given = dyads(first, second, metric, constructs)
    asked = one_measure(measure, given)
    n = len(given)
    if n > MOST_EXCHANGED:
        do = f"Draw {MOST_EXCHANGED} dyads at random, with all of a group together, and give those."
        raise InputError.of("value-out-of-range", "too many dyads", do, where="$.first", given=str(n))
    names, place = own_groups(groups, n)
    ready, units, turned = _units(given, place, how)
    figures = np.concatenate([some for _, some in products(asked, ready, max(1, AT_ONCE // n))])
    if turned:
        figures = figures.T
    own = figures[np.arange(n), np.arange(n)]
    many = _ways(units.sizes())
    exact = many is not None and many <= n_resamples
    used = many if many is not None and exact else n_resamples
    there = int((~np.isnan(own)).sum())
    found = PartnerPermutation(
        measure=asked.name,
        center=center,
        exchange=how,
        than=than,
        estimate=float(_centers(own[None, :], center)[0]) if there else None,
        expected=None,
        p=None,
        exact=exact,
        n_arrangements=many,
        n_used=0,
        n=n,
        n_undefined=n - there,
        n_exchanged=int(units.rows.size),
        n_groups=None if groups is None else len(names),
        n_repeated=_repeated(given) if groups is None else 0,
    )
    if not there or many == 1:
        return attrs.evolve(found, undefined="no-exchange" if there else "no-figure")
    orders = _all_orders(units) if exact else _drawn_orders(units, chance, used)
    values = _exchanged(figures, units, orders, center, used, voortgang)
    return _tested(found, values, used)


def _repeated(given: Dyads) -> int:
    """Of how many dyads another one has the same first or second profile."""
    found = np.zeros(len(given), dtype=bool)
    for side in (given.x, given.y):
        _, which, many = np.unique(
            np.nan_to_num(side, nan=-np.inf), axis=0, return_inverse=True, return_counts=True
        )
        found |= (many[which.ravel()] > 1) & ~np.isnan(side).all(axis=1)
    return int(found.sum())


def _asked(exchange: object, groups: object, than: object) -> Exchange:
    for name, given, known in (("exchange", exchange, Exchange), ("than", than, Than)):
        if given is not None or name != "exchange":
            one_of(given, get_args(known), f"unknown {name}", f"$.{name}")
    if exchange in ("within", "between") and groups is None:
        do = 'Give groups, such as the manager of each dyad, or exchange="all".'
        raise InputError.of("missing-field", "no groups to exchange by", do, where="$.groups")
    if exchange == "within":
        return "within"
    return "all" if exchange == "all" or groups is None else "between"


def _units(given: Dyads, place: Rows, how: Exchange) -> tuple[Dyads, _Units, bool]:
    """What is exchanged, with the dyads to do it with, and whether it is the second profiles that move."""
    own = [np.flatnonzero(place == group) for group in range(int(place.max()) + 1)]
    if how == "all":
        return given, _made([([row], 0) for row in range(len(place))], shared=False), False
    if how == "within":
        units = [([row], int(place[row])) for row in range(len(place))]
        return given, _made(units, shared=False), False
    whole = [(rows.tolist(), 0) for rows in own]
    first, second = _one_each(given.x, own), _one_each(given.y, own)
    if first is not None:
        return attrs.evolve(given, x=first), _made(whole, shared=True), False
    if second is not None:
        return attrs.evolve(given, y=second), _made(whole, shared=True), True
    return given, _made([(rows.tolist(), rows.size) for rows in own], shared=False), False


def _one_each(values: FloatArray, own: Sequence[Rows]) -> FloatArray | None:
    """The profile that all of a group share, in every row of it; ``None`` where some group has several."""
    made = np.full_like(values, np.nan)
    for rows in own:
        some = values[rows]
        there = ~np.isnan(some)
        low = np.where(there, some, np.inf).min(axis=0)
        if (there & (some != low)).any():
            return None
        made[rows] = np.where(np.isinf(low), np.nan, low)
    return made


def _made(units: Sequence[tuple[list[int], int]], *, shared: bool) -> _Units:
    """Units with their block, without those that are alone in theirs."""
    many: dict[int, int] = {}
    for _, block in units:
        many[block] = many.get(block, 0) + 1
    kept = [(rows, block) for rows, block in units if many[block] > 1]
    kept.sort(key=lambda unit: unit[1])
    order = {block: place for place, block in enumerate(dict.fromkeys(block for _, block in kept))}
    rows = [row for own, _ in kept for row in own]
    sizes = [len(own) for own, _ in kept]
    at = [0 if shared else place for own, _ in kept for place in range(len(own))]
    return _Units(
        rows=np.array(rows, dtype=np.intp),
        start=np.array([0, *itertools.accumulate(sizes)][: len(sizes)], dtype=np.intp),
        of=np.repeat(np.arange(len(kept)), sizes),
        at=np.array(at, dtype=np.intp),
        block=np.array([order[block] for _, block in kept], dtype=np.intp),
    )


def _ways(sizes: Sequence[int]) -> int | None:
    """In how many ways units can be exchanged; ``None`` above 10¹⁵."""
    ways = 1
    for size in sizes:
        for factor in range(2, size + 1):
            ways *= factor
            if ways > 10**15:
                return None
    return ways


def _all_orders(units: _Units) -> Iterator[Rows]:
    starts = [0, *itertools.accumulate(units.sizes())]
    blocks = [range(low, high) for low, high in itertools.pairwise(starts)]
    for orders in itertools.product(*(itertools.permutations(block) for block in blocks)):
        yield np.array(list(itertools.chain.from_iterable(orders)), dtype=np.intp)


def _drawn_orders(units: _Units, chance: np.random.Generator, used: int) -> Iterator[Rows]:
    for _ in range(used):  # units stand block by block, so that sorting by block keeps each in its own
        yield np.lexsort((chance.random(units.block.size), units.block))


def _exchanged(
    figures: FloatArray,
    units: _Units,
    orders: Iterator[Rows],
    center: Center,
    used: int,
    voortgang: Voortgang,
) -> FloatArray:
    """The mean or median over dyads of every exchange."""
    n = len(figures)
    some = max(1, AT_ONCE // n)
    made: list[FloatArray] = []
    with progress(voortgang, math.ceil(used / some), "permutation") as step:
        while batch := list(itertools.islice(orders, some)):
            source = units.source(np.array(batch), n)
            made.append(_centers(figures[source, np.arange(n)], center))
            step()
    return np.concatenate(made)


def _centers(values: FloatArray, center: Center) -> FloatArray:
    """The mean or median of what is defined in each row; NaN where nothing is."""
    there = ~np.isnan(values)
    many = there.sum(axis=1)
    if center == "mean":
        with np.errstate(invalid="ignore"):
            return np.asarray(np.where(there, values, 0.0).sum(axis=1) / many)
    ordered, rows = np.sort(values, axis=1), np.arange(len(values))  # NaN comes last
    low, high = np.maximum(many - 1, 0) // 2, np.minimum(many // 2, values.shape[1] - 1)
    return np.asarray((ordered[rows, low] + ordered[rows, high]) / 2)


def _tested(found: PartnerPermutation, values: FloatArray, used: int) -> PartnerPermutation:
    if np.isnan(values).any() or found.estimate is None:
        return attrs.evolve(found, n_used=used, undefined="no-figure")
    near = 1e-12 * max(1.0, float(np.abs(values).max()))
    if np.ptp(values) <= near:
        return attrs.evolve(found, n_used=used, undefined="no-spread")
    more = 0 if found.exact else 1  # the dyads as they are, which are among all exchanges
    high = (int((values >= found.estimate - near).sum()) + more) / (used + more)
    low = (int((values <= found.estimate + near).sum()) + more) / (used + more)
    p = {"greater": high, "less": low, "two-sided": min(1.0, 2 * min(high, low))}[found.than]
    return attrs.evolve(found, n_used=used, p=p, expected=float(values.mean()))
