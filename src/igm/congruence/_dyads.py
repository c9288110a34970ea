"""Many dyads at once: their profiles as two arrays, and a figure of each."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, TypeAlias, cast

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.congruence.metrics import (
    FEWEST_FOR_SHAPE,
    OWN,
    CongruenceMetric,
    OwnMetric,
    UndefinedReason,
    measure,
)
from igm.congruence.moments import FloatArray
from igm.congruence.pairs import Pair, Party, pair
from igm.congruence.profile_similarity import figures_of
from igm.constructs._base import shown
from igm.constructs._person import Person
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.constructs.profiel import Profiel
from igm.errors import IgmError, InputError, Problems
from igm.scoring._numbers import Numbers, Row, grid, labels

Sides: TypeAlias = "Sequence[Party] | Numbers"
"""One profile a dyad: profiles or people, or a row of numbers each, already on one metric and with one direction."""

_TOLD = 20


@attrs.frozen(eq=False)
class Dyads:
    """The profiles of n dyads; a construct that either of a dyad lacks is missing on both sides.

    Attributes:
        x: The first profiles, a row a dyad and a column a construct.
        y: The second profiles.
        constructs: What the columns are; ``None`` where numbers were given.
        metric: On what they are; ``None`` where numbers were given.
    """

    x: FloatArray
    y: FloatArray
    constructs: tuple[Construct, ...] | None
    metric: Metric | None

    def __len__(self) -> int:
        return len(self.x)

    @property
    def common(self) -> NDArray[np.intp]:
        """How many constructs both of each dyad have."""
        return np.asarray((~np.isnan(self.x)).sum(axis=1), dtype=np.intp)


def dyads(
    first: Sides, second: Sides, metric: Metric | None, constructs: Sequence[str | Construct] | None
) -> Dyads:
    """The dyads that are meant.

    Raises:
        InputError: ``shape-mismatch``, ``missing-field`` without dyads, ``invalid-value`` for a metric or constructs
            beside numbers; as `pair` for profiles, and as `igm.scoring.icc` for numbers.
    """
    if _is_people(first) or _is_people(second):
        return _of_people(first, second, metric, constructs)
    for name, given in (("metric", metric), ("constructs", constructs)):
        if given is not None:
            do = "Leave it out: numbers are taken as they are. Or give profiles."
            raise InputError.of("invalid-value", f"{name} says nothing about numbers", do, where=f"$.{name}")
    x, y = grid(first, "$.first").values, grid(second, "$.second").values
    if x.shape != y.shape:
        do = "Give a row per dyad and a column per construct, in both the same."
        given_shapes = f"{x.shape} and {y.shape}"
        raise InputError.of(
            "shape-mismatch", "tables of other shapes", do, where="$.second", given=given_shapes
        )
    if not len(x):
        raise InputError.of("missing-field", "no dyads", "Give at least one dyad.", where="$.first")
    gone = np.isnan(x) | np.isnan(y)
    return Dyads(np.where(gone, np.nan, x), np.where(gone, np.nan, y), None, None)


def _is_people(given: object) -> bool:
    if not isinstance(given, Sequence) or isinstance(given, (str, bytes)):
        return False
    return any(isinstance(one, (Profiel, Person)) for one in cast("Sequence[object]", given))


def _of_people(
    first: Any, second: Any, metric: Metric | None, constructs: Sequence[str | Construct] | None
) -> Dyads:
    one = labels(first, "$.first")
    other = labels(second, "$.second", len(one))
    problems = Problems()
    pairs: list[Pair | None] = []
    for place, (left, right) in enumerate(zip(one, other, strict=True)):
        try:
            pairs.append(pair(left, right, metric=metric, constructs=constructs))
        except IgmError as error:
            pairs.append(None)
            # such a dyad has no figures, and says why; the others have
            wrong = [problem for problem in error.problems if problem.code != "too-few-constructs"]
            problems.extend(problem.under(f"$.dyads[{place}]") for problem in wrong[:_TOLD])
        if len(problems) >= _TOLD:
            break
    problems.raise_any(InputError)
    known = [found for found in pairs if found is not None]
    scales = {(s.minimum, s.maximum): s for s in (found.schaal for found in known) if s is not None}
    if len(scales) > 1:
        do = 'Give metric="pomp" to compare percents of maximum possible.'
        bounds = ", ".join(str(scales[key]) for key in sorted(scales))
        raise InputError.of("mixed-scales", "dyads are on different scales", do, given=bounds)
    keys = [key for key in Construct if any(key in found.constructs for found in known)]
    x, y = (np.full((len(pairs), len(keys)), np.nan) for _ in range(2))
    for row, found in enumerate(pairs):
        if found is not None:
            columns = [keys.index(key) for key in found.constructs]
            x[row, columns], y[row, columns] = found.first, found.second
    return Dyads(x, y, tuple(keys), known[0].metric if known else metric)


def shape_asked(given: Dyads) -> None:
    """Refuse what has too few constructs for anything about shape.

    Raises:
        InputError: ``too-few-constructs``.
    """
    k = given.x.shape[1]
    if k < FEWEST_FOR_SHAPE:
        do = f"Give profiles that have at least {FEWEST_FOR_SHAPE} constructs in common."
        raise InputError.of("too-few-constructs", "too few constructs to speak of shape", do, given=str(k))


def one_measure(given: str | CongruenceMetric, found: Dyads) -> CongruenceMetric:
    """The metric that is meant, which must be possible with so many constructs.

    Raises:
        InputError: ``too-few-constructs``; as `measure`.
        UnknownNameError: ``unknown-name``.
    """
    metric = measure(given)
    k = found.x.shape[1]
    if k < metric.least:
        do = f"Give profiles that have at least {metric.least} constructs in common."
        what = f"too few constructs for {metric.name!r}"
        raise InputError.of("too-few-constructs", what, do, given=str(k))
    return metric


def figure(metric: CongruenceMetric, x: FloatArray, y: FloatArray) -> FloatArray:
    """A figure of every row of two arrays, NaN where it is not defined or rests on too few constructs."""
    there = ~(np.isnan(x) | np.isnan(y))
    if isinstance(metric, OwnMetric):
        return np.where(there.sum(axis=1) < metric.least, np.nan, metric.many(x, y))
    made = np.full(len(x), np.nan)
    patterns, which = np.unique(there, axis=0, return_inverse=True)
    for place, columns in enumerate(patterns):  # others are promised values without gaps
        rows = np.flatnonzero(which.ravel() == place)
        if columns.sum() >= metric.least:
            made[rows] = figures_of(metric, x[np.ix_(rows, columns)], y[np.ix_(rows, columns)])
    return made


def reasons(values: FloatArray, x: FloatArray, y: FloatArray, least: int) -> list[UndefinedReason | None]:
    """Why a figure of each row of two arrays is not defined; ``None`` where it is."""
    k = (~(np.isnan(x) | np.isnan(y))).sum(axis=1)
    flat_x, flat_y = _flat(x), _flat(y)
    found: list[UndefinedReason | None] = []
    for value, many, one, other in zip(values.tolist(), k.tolist(), flat_x, flat_y, strict=True):
        if value == value:
            found.append(None)
        elif many < least:
            found.append("few-constructs")
        elif one and other:
            found.append("both-flat")
        else:
            found.append("flat-profile" if one or other else "undefined")
    return found


def _flat(values: FloatArray) -> list[bool]:
    low = np.where(np.isnan(values), np.inf, values).min(axis=1)
    high = np.where(np.isnan(values), -np.inf, values).max(axis=1)
    return [bool(one) for one in low >= high]


def locked(values: FloatArray) -> FloatArray:
    """The same numbers, which nobody can change."""
    made = values.copy()
    made.setflags(write=False)
    return made


def own_groups(groups: Row | None, n: int) -> tuple[list[Any], NDArray[np.intp]]:
    """The groups in the order in which they first occur, and which of them each dyad belongs to.

    Raises:
        InputError: ``shape-mismatch``, ``invalid-value``; ``missing-field`` for a dyad without a group.
    """
    if groups is None:
        return list(range(n)), np.arange(n)
    names = labels(groups, "$.groups", n)
    problems = Problems()
    for place in [place for place, name in enumerate(names) if name is None][:_TOLD]:
        do = "Say with whom everybody belongs, or leave the dyad out."
        problems.add("missing-field", "a dyad without a group", do, where=f"$.groups[{place}]")
    for spot in [spot for spot, name in enumerate(names) if not isinstance(name, Hashable)][:_TOLD]:
        do, told = "Give names or numbers.", shown(names[spot])
        problems.add("invalid-value", "not the name of a group", do, where=f"$.groups[{spot}]", given=told)
    problems.raise_any(InputError)
    order: dict[Any, int] = {}
    places = [order.setdefault(name, len(order)) for name in names]
    return list(order), np.array(places, dtype=np.intp)


SHAPE = OWN["shape"]
"""Pearson's r of two profiles."""
