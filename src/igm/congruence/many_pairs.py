"""``similarities``: how alike the profiles of many pairs are, from arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._display import Cell, Column, Language, Table
from igm.congruence._words import WORDS
from igm.congruence.metric_rows import Ready, check_scale, turned_columns, two_scales
from igm.congruence.metrics import OWN, CongruenceMetric, OwnMetric, UndefinedReason, asked_measures
from igm.congruence.moments import FloatArray, Moments, moments
from igm.congruence.pairs import FEWEST, asked_constructs
from igm.congruence.profile_similarity import figures_of
from igm.constructs._base import FrozenMapping, known_language, shown
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.constructs.schaal import Schaal
from igm.constructs.waarde import Richting
from igm.errors import InputError, suggestion
from igm.scoring._numbers import Numbers, grid

Two: TypeAlias = "Schaal | tuple[Schaal, Schaal]"
"""A scale for both sides, or one for each."""


@attrs.frozen(eq=False, repr=False)
class Similarities:
    """How alike the two profiles of every pair are; what is printed is about all pairs together.

    Attributes:
        constructs: The constructs, a column each.
        metric: On what they were compared.
        schaal: The shared scale; ``None`` on POMP.
        k: The number of common constructs of every pair.
        figures: Every figure by name, a number a pair, NaN where it is not defined.
        flat: Whether the first and whether the second profile of a pair is flat.
        least: The fewest common constructs that each figure needs.

    Example:
        >>> from igm.constructs import LIKERT5
        >>> five = ["houding", "eigen_effectiviteit", "kennis", "context", "zelfregulering"]
        >>> found = similarities([[4, 3, 2, 5, 4], [3, 3, 3, 3, 3]], [[3, 2, 1, 4, 3], [3, 2, 1, 4, 3]],
        ...                      constructs=five, schaal=LIKERT5)
        >>> found["d2"], found["shape"].round(2)
        (array([5., 6.]), array([ 1., nan]))
        >>> found.undefined("shape")
        [None, 'flat-profile']
    """

    constructs: tuple[Construct, ...]
    metric: Metric
    schaal: Schaal | None
    k: NDArray[np.intp]
    figures: Mapping[str, FloatArray]
    flat: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    least: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.k)

    def __getitem__(self, name: str) -> FloatArray:
        if name not in self.figures:
            do = suggestion(name, list(self.figures))
            raise InputError.of("unknown-name", "no such figure", do, where="$", given=shown(name))
        return self.figures[name]

    def undefined(self, name: str) -> list[UndefinedReason | None]:
        """Why a figure of each pair is not defined; ``None`` where it is.

        Args:
            name: The figure.

        Raises:
            InputError: ``unknown-name``.
        """
        gone, few = np.isnan(self[name]), self.k < self.least[name]
        both, any_flat = self.flat[0] & self.flat[1], self.flat[0] | self.flat[1]
        why = np.select(
            [~gone, few, both, any_flat],
            np.array(["", "few-constructs", "both-flat", "flat-profile"], dtype=object).tolist(),
            "undefined",
        )
        return [reason or None for reason in why.tolist()]

    def table(self, lang: Language = "nl") -> Table:
        """Every figure over all pairs: n for which it is defined, quartiles and median."""
        words = WORDS[known_language(lang)]
        columns = [Column(words["figure"]), *(Column(name, "right") for name in ("n", "25%", "50%", "75%"))]
        rows: list[list[Cell]] = []
        for name, values in self.figures.items():
            there = values[~np.isnan(values)]
            quarters = np.quantile(there, [0.25, 0.5, 0.75]).tolist() if there.size else [None] * 3
            rows.append([words.get(f"figure-{name}", name), int(there.size), *quarters])
        scale = words[f"metric-{self.metric}"].format(self.schaal)
        title = words["pairs"].format(len(self))
        return Table(
            columns, rows, title=title, notes=[words["on"].format(scale, len(self.constructs))], lang=lang
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON, ``None`` where a figure is not defined."""
        return {
            "constructs": [one.value for one in self.constructs],
            "metric": self.metric,
            "schaal": None if self.schaal is None else self.schaal.model_dump(mode="json"),
            "k": self.k.tolist(),
            "figures": {
                name: [None if value != value else value for value in values.tolist()]
                for name, values in self.figures.items()
            },
        }

    def __repr__(self) -> str:
        return f"Similarities(n={len(self)}, k={len(self.constructs)}, metric={self.metric!r})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def similarities(
    first: Numbers,
    second: Numbers,
    /,
    *,
    constructs: Sequence[str | Construct],
    schaal: Two,
    metric: Metric | None = None,
    sociale_druk: Richting | str | tuple[Richting | str, Richting | str] | None = None,
    measures: Sequence[str | CongruenceMetric] | None = None,
) -> Similarities:
    """How alike two profiles are, for many pairs at once; the same figures as `similarity`, to the last bit.

    Pairs are read some thousands at a time: beside the two arrays and the figures it takes a few megabytes.

    Args:
        first: A row per pair and a column per construct: an array, lists, or a frame in memory with only such columns.
            ``None`` and NaN are missing.
        second: The second profiles, of the same shape.
        constructs: What the columns are, in their order.
        schaal: The scale of both, or the scales of the first and of the second.
        metric: ``"pomp"`` when the scales differ.
        sociale_druk: Which way social pressure points, of both or of the first and of the second; needed when it is one
            of the columns. Pressure against the behaviour is turned round on its scale first.
        measures: Which figures; the library's own when left out.

    Returns:
        An array a figure.

    Raises:
        InputError: ``shape-mismatch`` for columns that are not the constructs or arrays unlike each other,
            ``too-few-constructs``, ``mixed-scales``, ``missing-field`` without a direction of social pressure,
            ``value-out-of-range``, ``not-a-number``, ``invalid-value``, ``unknown-name``, ``unknown-construct``,
            ``duplicate-name``, ``plugin-invalid``.

    Example:
        >>> from igm.constructs import LIKERT5, LIKERT7
        >>> found = similarities([[7, 1, 4]], [[5, 1, 5]], constructs=["houding", "kennis", "context"],
        ...                      schaal=(LIKERT7, LIKERT5), metric="pomp", measures=["elevation", "d"])
        >>> found["elevation"].round(3), found["d"]
        (array([-16.667]), array([50.]))
    """
    asked = asked_measures(list(OWN) if measures is None else measures)
    keys = asked_constructs(constructs)
    if len(keys) < FEWEST:
        do, given = f"Give at least {FEWEST} columns.", str(len(keys))
        raise InputError.of("too-few-constructs", "too few constructs to compare", do, given=given)
    scales = two_scales(schaal, metric)
    turned = turned_columns(keys, sociale_druk)
    x, y = grid(first, "$.first").values, grid(second, "$.second").values
    for name, side in (("first", x), ("second", y)):
        if side.shape != (len(x), len(keys)):
            do = f"Give {len(x)} rows with a column per construct: {len(keys)}."
            given = f"{len(side)} rows of {side.shape[1]}"
            raise InputError.of(
                "shape-mismatch", "profiles unlike each other", do, where=f"$.{name}", given=given
            )
    check_scale({"first": x, "second": y}, keys, scales)
    ready = [Ready(scale, turn, metric == "pomp") for scale, turn in zip(scales, turned, strict=True)]
    found = moments(x, y, *ready)
    own = {one.name: _own_figures(one, found) for one in asked if isinstance(one, OwnMetric)}
    others = [one for one in asked if one.name not in own]
    made = own | _of_others(others, x, y, ready) if others else own
    figures = {one.name: made[one.name] for one in asked}
    k, flat = found.k.astype(np.intp), found.flat
    for array in (k, *flat, *figures.values()):
        array.setflags(write=False)
    return Similarities(
        constructs=tuple(keys),
        metric="pomp" if metric == "pomp" else "schaal",
        schaal=None if metric == "pomp" else scales[0],
        k=k,
        figures=FrozenMapping(figures),
        flat=flat,
        least=FrozenMapping({one.name: one.least for one in asked}),
    )


def _own_figures(metric: OwnMetric, found: Moments) -> FloatArray:
    values, few = metric.of(found), found.k < metric.least
    return np.where(few, np.nan, values) if few.any() else values


def _of_others(
    asked: Sequence[CongruenceMetric], x: FloatArray, y: FloatArray, ready: Sequence[Ready]
) -> dict[str, FloatArray]:
    """The figures of metrics that want whole profiles: once for every pattern of common constructs."""
    first, second = (
        side(np.array(values.T, order="C")).T for side, values in zip(ready, (x, y), strict=True)
    )
    there = ~(np.isnan(first) | np.isnan(second))
    patterns, which = np.unique(there, axis=0, return_inverse=True)
    made = {one.name: np.full(len(x), np.nan) for one in asked}
    for place, columns in enumerate(patterns):
        rows = np.flatnonzero(which.ravel() == place)
        left, right = first[np.ix_(rows, columns)], second[np.ix_(rows, columns)]
        for one in asked:
            if columns.sum() >= one.least:
                made[one.name][rows] = figures_of(one, left, right)
    return made
