"""How well items hold together: Cronbach's alpha with its intervals, and what each item adds."""

from __future__ import annotations

import math
from typing import Any, Final, get_args

import attrs
import numpy as np

from igm._display import number
from igm.constructs._base import is_number, one_of, plain_number, shown
from igm.errors import InputError, Problems
from igm.scoring._covariance import Pairing, correlations, covariances
from igm.scoring._numbers import Grid, Numbers, grid
from igm.scoring.intervals import LARGEST, LEVEL, Interval, check_level, f_quantile, normal_quantile
from igm.scoring.notes import Note
from igm.scoring.protocols import FloatArray

_NOTHING: Final = 1e-12
"""A variance of the sum below this part of the items' own is what rounding leaves of zero."""


@attrs.frozen
class ItemRest:
    """How one item goes together with the rest of its scale.

    Attributes:
        item: The item.
        item_rest: The correlation with the sum of the other items, from −1 to 1; ``None`` where one of both does
            not vary.
        if_dropped: Alpha of the other items; ``None`` where they are fewer than two.

    Example:
        >>> cronbach_alpha([[1, 2, 2], [2, 2, 3], [3, 4, 3], [4, 3, 5]]).items[0]
        ItemRest(item='1', item_rest=0.98..., if_dropped=0.49...)
    """

    item: str
    item_rest: float | None
    if_dropped: float | None

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return attrs.asdict(self)


@attrs.frozen(kw_only=True)
class Alpha:
    """Cronbach's alpha of items, and what is computed beside it.

    Attributes:
        missing: Who count when answers are missing.
        k: Number of items.
        n: Number of people: those with an answer, or with all answers.
        value: Alpha, at most 1 and possibly negative; above 1 only by pairs that contradict one another, which is
            noted. ``None`` where it cannot be computed.
        feldt: Its interval by Feldt; ``None`` above 1.
        se: Its standard error by Duhachek and Iacobucci.
        duhachek_iacobucci: Its interval by that standard error.
        standardised: Alpha of standardised items; ``None`` where an item does not vary.
        g6: Guttman's λ₆, by squared multiple correlations; ``None`` where these do not exist.
        mean_r: The mean correlation between items.
        items: How each item goes together with the rest.
        notes: What there is to know; the first tells why there is no alpha, where there is none.

    Example:
        >>> cronbach_alpha([[1, 2, 2], [2, 2, 3], [3, 4, 3], [4, 3, 5]])
        Alpha(0.853, k=3, n=4, missing='pairwise')
    """

    missing: Pairing
    k: int
    n: int
    value: float | None = None
    feldt: Interval | None = None
    se: float | None = None
    duhachek_iacobucci: Interval | None = None
    standardised: float | None = None
    g6: float | None = None
    mean_r: float | None = None
    items: tuple[ItemRest, ...] = ()
    notes: tuple[Note, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        made = attrs.asdict(self)
        return made | {
            "items": [one.to_dict() for one in self.items],
            "notes": [one.to_dict() for one in self.notes],
        }

    def __repr__(self) -> str:
        value = None if self.value is None else number(self.value, 3, lang="en")
        return f"Alpha({value}, k={self.k}, n={self.n}, missing={self.missing!r})"


def cronbach_alpha(x: Numbers, *, missing: Pairing = "pairwise", level: float = LEVEL) -> Alpha:
    """Cronbach's alpha: α = k/(k − 1) · (1 − tr C / ΣC), with C the covariances of the items.

    Items that are worded the other way must be turned before; `reliability` does that. A constant item stays in, which
    the formula allows. Its intervals are that of `feldt`, and that of Duhachek and Iacobucci (2004): α ± z·√(Q/n), with
    Q = 2k² / ((k − 1)²(ΣC)³) · (ΣC·(tr C² + tr² C) − 2·tr C·ΣC²). Standardised alpha is k·r/(1 + (k − 1)·r) with r the
    mean correlation, and Guttman's λ₆ is 1 − Σ(1 − smc)/ΣR. None of them is cut off at 0 or 1.

    Args:
        x: A row per person and a column per item; ``None`` and NaN are missing.
        missing: ``"pairwise"`` takes for each pair of items who answered both; n in the intervals then counts who
            answered any, an approximation. ``"listwise"`` takes only who answered all.
        level: How sure intervals are.

    Returns:
        Alpha, or a result without one whose notes tell why: one item, fewer than two people, no spread.

    Raises:
        InputError: ``not-a-number``, ``shape-mismatch`` or ``invalid-value`` for the table, ``unknown-name`` for
            ``missing``, ``value-out-of-range`` for ``level``.

    Example:
        >>> found = cronbach_alpha([[2, 2], [3, 2], [1, 3], [5, 5], [4, None]])
        >>> round(found.value, 3), [note.code for note in found.notes]
        (0.851, ['pairwise-interval'])
        >>> round(cronbach_alpha([[1, 5], [2, 4], [3, 2]]).value, 6)
        -18.0
    """
    level = check_level(level)
    pairing: Pairing = one_of(missing, get_args(Pairing), "unknown way with missing", "$.missing")
    return alpha_of(grid(x), pairing, level)


def alpha_of(given: Grid, missing: Pairing, level: float) -> Alpha:
    """Alpha of a table that was read."""
    values = given.complete if missing == "listwise" else given.answered
    n, k = values.shape
    bare = Alpha(missing=missing, k=k, n=n)
    if k < 2:
        return attrs.evolve(bare, notes=(Note("one-item"),))
    if n < 2:
        return attrs.evolve(bare, notes=(Note("few-people" if n else "no-answers"),))
    found = covariances(values)
    if np.isnan(found).any():
        return attrs.evolve(bare, notes=(Note("pairs-missing"),))
    return _described(bare, given, values, found, level)


def _described(bare: Alpha, given: Grid, values: FloatArray, found: FloatArray, level: float) -> Alpha:
    items = tuple(_item_rest(found, place, name) for place, name in enumerate(given.names))
    notes = _notes(given, values, found, items)
    value = _alpha(found)
    if value is None:
        return attrs.evolve(bare, items=items, notes=(Note("no-spread"), *notes))
    if not 0 <= value <= 1:
        notes = (Note("negative-alpha" if value < 0 else "above-one"), *notes)
    r = correlations(found)
    g6 = None if r is None else _g6(r)
    if r is not None and g6 is None:
        notes = (*notes, Note("no-inverse"))
    se = _standard_error(found, bare.n)
    half = None if se is None else normal_quantile(level) * se
    return attrs.evolve(
        bare,
        value=value,
        feldt=feldt(value, bare.k, bare.n, level=level) if value <= 1 else None,
        se=se,
        duhachek_iacobucci=None if half is None else Interval(value - half, value + half, level),
        standardised=None if r is None else _alpha(r),
        g6=g6,
        mean_r=None if r is None else (float(r.sum()) - bare.k) / (bare.k * (bare.k - 1)),
        items=items,
        notes=notes,
    )


def _notes(
    given: Grid, values: FloatArray, found: FloatArray, items: tuple[ItemRest, ...]
) -> tuple[Note, ...]:
    notes: list[Note] = []
    against = tuple(one.item for one in items if one.item_rest is not None and one.item_rest < 0)
    if against:
        notes.append(Note("negative-item-rest", against))
    same = tuple(name for name, own in zip(given.names, np.diag(found).tolist(), strict=True) if own == 0)
    if same:
        notes.append(Note("constant-items", same))
    if np.isnan(values).any():
        notes.append(Note("pairwise-interval"))
    return tuple(notes)


def _alpha(found: FloatArray) -> float | None:
    """Alpha of covariances or correlations; nothing when the sum of the items does not vary."""
    k, total, own = len(found), float(found.sum()), float(np.trace(found))
    if k < 2 or total <= _NOTHING * own:
        return None
    value = k / (k - 1) * (1 - own / total)
    return 1.0 if 1 < value <= 1 + _NOTHING else value


def _item_rest(found: FloatArray, place: int, name: str) -> ItemRest:
    others = np.arange(len(found)) != place
    rest = found[np.ix_(others, others)]
    own, total = float(found[place, place]), float(rest.sum())
    if own <= 0 or total <= _NOTHING * float(np.trace(rest)):
        return ItemRest(name, None, _alpha(rest))
    shared = float(found[place, others].sum())
    return ItemRest(name, shared / math.sqrt(own * total), _alpha(rest))


def _g6(r: FloatArray) -> float | None:
    """λ₆; nothing when the correlations are those of no real items, or an item follows from the others."""
    if float(np.linalg.eigvalsh(r)[0]) <= _NOTHING * len(r):
        return None
    own = 1 / np.diag(np.linalg.inv(r))  # 1 − smc, the part of each item that the others do not tell
    return 1 - float(own.sum()) / float(r.sum())


def _standard_error(found: FloatArray, n: int) -> float | None:
    """The standard error; nothing when covariances by pairs are those of no real items."""
    parts = found / found.sum()  # of the variance of the sum, so that no unit is too large or small to cube
    k, own = len(parts), float(np.trace(parts))
    squared = parts @ parts
    inner = float(np.trace(squared)) + own**2 - 2 * own * float(squared.sum())
    if inner < -_NOTHING * own**2:
        return None
    return math.sqrt(2 * k**2 / (k - 1) ** 2 * max(inner, 0.0) / n)


def feldt(alpha: float, k: int, n: int, *, level: float = LEVEL) -> Interval:
    """The interval of Cronbach's alpha by Feldt, from alpha alone: of a published one too.

    Feldt, Woodruff and Salih (1987): (1 − α)·F(1 − q; n − 1, (n − 1)(k − 1)) is what is taken from 1, q being the half
    of what ``level`` leaves and 1 minus that.

    Args:
        alpha: Below or at 1.
        k: Number of items, at least 2.
        n: Number of people, at least 2.
        level: How sure.

    Returns:
        The interval; it is not symmetric, and may reach below 0.

    Raises:
        InputError: ``not-a-number`` and ``value-out-of-range``.

    Example:
        >>> feldt(0.80, k=5, n=40)
        Interval(low=0.68..., high=0.88..., level=0.95)
    """
    level = check_level(level)
    alpha, k, n = plain_number(alpha), plain_number(k), plain_number(n)
    problems = Problems()
    for name, value in (("k", k), ("n", n)):
        if not is_number(value) or not isinstance(value, int) or value < 2:
            what, do = "too few, or no whole number", "Give at least 2."
            problems.add("value-out-of-range", what, do, where=f"$.{name}", given=shown(value))
    if not is_number(alpha) or not -LARGEST <= alpha <= 1:
        do = "Give a number of at most 1."
        problems.add("value-out-of-range", "an alpha", do, where="$.alpha", given=shown(alpha))
    problems.raise_any(InputError)
    df1, df2, tail = n - 1, (n - 1) * (k - 1), (1 - level) / 2
    low = 1 - (1 - alpha) * f_quantile(1 - tail, df1, df2)
    return Interval(low, 1 - (1 - alpha) * f_quantile(tail, df1, df2), level)
