"""Weighted kappa: how far two raters agree in categories, beyond what chance gives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, Literal, TypeAlias, get_args

import attrs
import numpy as np

from igm._display import number
from igm._engines.arrays import check_same_people
from igm.constructs._base import SHOWN, is_number, one_of, raise_capped, shown
from igm.errors import InputError, Problem, suggestion
from igm.scoring._numbers import Row, labels
from igm.scoring.intervals import LEVEL, Interval, check_level, normal_quantile
from igm.scoring.notes import Note
from igm.scoring.protocols import FloatArray

KappaWeights: TypeAlias = Literal["none", "linear", "quadratic"]
"""How much it counts that two judgements lie apart: always as much, by their distance, or by its square."""

_MOST: Final = 1000
"""More categories make a table of all by all that does not fit."""


@attrs.frozen(kw_only=True)
class Kappa:
    """Weighted kappa of two raters.

    Attributes:
        value: Kappa, at most 1 and possibly negative; ``None`` where it is undefined.
        weights: How disagreement was weighed.
        n: Number of people whom both judged.
        n_missing: Number of people whom one of both did not judge; they do not count.
        categories: The categories, in their order.
        observed: The disagreement that there is, weighed.
        expected: The disagreement that chance gives.
        se: The standard error for large samples, by Fleiss, Cohen and Everitt (1969).
        interval: Where kappa lies by that standard error.
        notes: What there is to know; the first tells why there is no value, where there is none.

    Example:
        >>> weighted_kappa([1, 2, 3, 2, 1], [1, 2, 2, 3, 1])
        Kappa(0.5000, weights='linear', n=5)
    """

    value: float | None
    weights: KappaWeights
    n: int
    n_missing: int
    categories: tuple[Any, ...]
    observed: float | None = None
    expected: float | None = None
    se: float | None = None
    interval: Interval | None = None
    notes: tuple[Note, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        made = attrs.asdict(self)
        return made | {
            "categories": list(self.categories),
            "notes": [one.to_dict() for one in self.notes],
        }

    def __repr__(self) -> str:
        value = None if self.value is None else number(self.value, 4, lang="en")
        return f"Kappa({value}, weights={self.weights!r}, n={self.n})"


def weighted_kappa(
    a: Row,
    b: Row,
    *,
    weights: KappaWeights = "linear",
    categories: Sequence[Any] | None = None,
    level: float = LEVEL,
) -> Kappa:
    """Weighted kappa: κ = 1 − Σ v·o / Σ v·e, with v the weight of a disagreement (Cohen 1968).

    o are the shares of the pairs of judgements, e those that chance gives: the products of both raters' own shares. v
    is 1 for every disagreement (``"none"``, Cohen 1960), the distance, or its square. Numbers lie as far apart as they
    are; other categories as far as their places in ``categories``, which is then needed.

    Args:
        a: The judgements of one rater, a person each; ``None`` and NaN are missing.
        b: Those of the other, of the same people in the same order.
        weights: How disagreement is weighed.
        categories: The categories in their order; for numbers, those that were given when left out.
        level: How sure the interval is.

    Returns:
        Kappa; without a value, and the reason in the notes, where nobody was judged twice or both gave everybody the
        same category.

    Raises:
        InputError: ``shape-mismatch`` for rows of another length and two Series with unlike indexes; ``invalid-value``
            for what is no row, for a judgement that is no category, and for more than 1000 categories;
            ``missing-field`` for texts without ``categories``; ``duplicate-name``; ``unknown-name`` for ``weights``;
            ``value-out-of-range`` for ``level``.

    Example:
        >>> found = weighted_kappa([1, 2, 3, 2, 1], [1, 2, 2, 3, 1], weights="quadratic")
        >>> round(found.value, 4), found.categories
        (0.6429, (1, 2, 3))
        >>> weighted_kappa(["laag", "hoog"], ["laag", "laag"], categories=["laag", "midden", "hoog"]).value
        0.0
    """
    level = check_level(level)
    weights = one_of(weights, get_args(KappaWeights), "unknown weights", "$.weights")
    first = labels(a, "$.a")
    second = labels(b, "$.b", len(first))
    check_same_people(a, b, "$.b")
    both = [(x, y) for x, y in zip(first, second, strict=True) if x is not None and y is not None]
    order = _categories(first, second, categories)
    bare = Kappa(
        value=None,
        weights=weights,
        n=len(both),
        n_missing=len(first) - len(both),
        categories=tuple(order),
    )
    if not both:
        return attrs.evolve(bare, notes=(Note("no-answers"),))
    shares = np.zeros((len(order), len(order)))
    places = {one: place for place, one in enumerate(order)}
    for x, y in both:
        shares[places[x], places[y]] += 1
    return _weighed(bare, shares / len(both), _apart(order, weights), level)


def _categories(first: list[Any], second: list[Any], categories: Sequence[Any] | None) -> list[Any]:
    """The categories in their order, and every judgement is one of them."""
    used = {one for one in (*first, *second) if one is not None}
    if categories is None:
        if not all(is_number(one) for one in used):
            do = "Give categories=[...], from the lowest to the highest."
            raise InputError.of("missing-field", "categories without an order", do, where="$.categories")
        return _few(sorted(used))
    order = _few(labels(categories, "$.categories"))
    problems: list[Problem] = []
    for place, one in enumerate(order):
        if one is None or one in order[:place]:
            do, where = "Name each category once.", f"$.categories[{place}]"
            problems.append(Problem("duplicate-name", "a category twice, or none", do, where, shown(one)))
    known = set(order)
    rows = (("a", first), ("b", second))
    strays = [
        (f"$.{name}[{place}]", one)
        for name, row in rows
        for place, one in enumerate(row)
        if one is not None and one not in known
    ]
    told = [str(one) for one in order]
    problems += [
        Problem("invalid-value", "no category", suggestion(one, told), where, shown(one))
        for where, one in strays[:SHOWN]
    ]
    raise_capped(problems, len(problems) + len(strays[SHOWN:]), "judgements")
    return order


def _few(order: list[Any]) -> list[Any]:
    """The same, refused when the table of all by all would not fit."""
    if len(order) > _MOST:
        what, do = "too many categories", f"Give at most {_MOST}; for measures that go on and on, take icc."
        raise InputError.of("invalid-value", what, do, where="$.categories", given=str(len(order)))
    return order


def _apart(order: list[Any], weights: KappaWeights) -> FloatArray:
    """What each disagreement weighs, 1 at most."""
    k = len(order)
    if weights == "none":
        return 1 - np.eye(k)
    at = np.array(order if all(is_number(one) for one in order) else range(k), dtype=np.float64)
    at = at / (float(np.abs(at).max(initial=0.0)) or 1.0)  # so that no distance is too large to square
    apart = np.abs(at[:, None] - at[None, :])
    apart = apart / (float(apart.max(initial=0.0)) or 1.0)
    return apart**2 if weights == "quadratic" else apart


def _weighed(bare: Kappa, shares: FloatArray, apart: FloatArray, level: float) -> Kappa:
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed = float((apart * shares).sum())
    expected = float(rows @ apart @ columns)
    if expected == 0:
        return attrs.evolve(bare, observed=observed, expected=expected, notes=(Note("no-spread-ratings"),))
    value = 1 - observed / expected
    # the change of kappa with each share, of which the variance over people is what a sample gives
    beside = (apart @ columns)[:, None] + (rows @ apart)[None, :]
    change = apart - (1 - value) * beside
    variance = float((shares * change**2).sum()) - float((shares * change).sum()) ** 2
    se = math.sqrt(max(variance, 0.0) / bare.n) / expected
    half = normal_quantile(level) * se
    return attrs.evolve(
        bare,
        value=value,
        observed=observed,
        expected=expected,
        se=se,
        interval=Interval(value - half, value + half, level),
    )
