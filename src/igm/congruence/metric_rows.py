"""``on_metric``: rows of answers brought onto one metric and in one direction, so that they can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast, get_args

import attrs
import numpy as np

from igm.congruence.moments import FloatArray
from igm.congruence.pairs import asked_constructs
from igm.constructs._base import one_of, shown
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.constructs.schaal import Schaal
from igm.constructs.waarde import Richting
from igm.errors import MASK, InputError, Problems
from igm.scoring._numbers import Numbers, grid

_TOLD: Final = 20


def on_metric(
    values: Numbers,
    /,
    *,
    constructs: Sequence[str | Construct],
    schaal: Schaal,
    metric: Metric = "pomp",
    sociale_druk: Richting | str | None = None,
) -> FloatArray:
    """Rows of answers on one scale, brought onto a metric and in one direction.

    What takes rows of numbers, such as `pseudo_dyads`, `partner_permutation` and `normative_similarity`, cannot see on
    which scale they are: a 5 of 7 beside a 5 of 5 is then taken for the same. Bring each side onto POMP first, with its
    own scale.

    Args:
        values: A row a profile and a column a construct: an array, lists, or a frame in memory with only such columns.
            ``None`` and NaN are missing.
        constructs: What the columns are, in their order.
        schaal: The scale of all of them.
        metric: ``"pomp"`` for percents of maximum possible, 0 to 100; ``"schaal"`` leaves them on their scale.
        sociale_druk: Which way social pressure points; needed when it is one of the columns. Pressure against the
            behaviour is turned round on its scale first.

    Returns:
        A new array of the same shape, NaN where a value is missing.

    Raises:
        InputError: ``shape-mismatch`` for columns that are not the constructs, ``missing-field`` without a direction of
            social pressure, ``value-out-of-range``, ``not-a-number``, ``invalid-value``, ``unknown-name``,
            ``unknown-construct``, ``duplicate-name``.

    Example:
        >>> from igm.constructs import LIKERT5, LIKERT7
        >>> on_metric([[4, 7, None]], constructs=["houding", "kennis", "context"], schaal=LIKERT7)
        array([[ 50., 100.,  nan]])
        >>> on_metric([[2, 5]], constructs=["houding", "sociale_druk"], schaal=LIKERT5, sociale_druk="tegen")
        array([[25.,  0.]])
    """
    one_of(metric, get_args(Metric), "unknown metric", "$.metric")
    keys = asked_constructs(constructs)
    scale, _ = two_scales(None if isinstance(cast("object", schaal), tuple) else schaal, metric)
    turned, _ = turned_columns(
        keys, None if isinstance(cast("object", sociale_druk), tuple) else sociale_druk
    )
    rows = grid(values, "$.values").values
    if rows.ndim != 2 or rows.shape[1] != len(keys):
        do, told = f"Give a column per construct: {len(keys)}.", f"{len(rows)} rows of {rows.shape[1]}"
        what = "rows of other columns"
        raise InputError.of("shape-mismatch", what, do, where="$.values", given=told)
    check_scale({"values": rows}, keys, (scale,))
    columns = np.array(rows.T, dtype=np.float64, order="C")
    return np.ascontiguousarray(Ready(scale, turned, metric == "pomp")(columns).T)


def _both(given: object) -> tuple[object, ...]:
    """What holds of the first and of the second, given once or for each."""
    return cast("tuple[object, ...]", given) if isinstance(given, tuple) else (given, given)


def two_scales(schaal: object, metric: object) -> tuple[Schaal, Schaal]:
    """The scale of each side, when they can be compared on the metric."""
    if metric is not None:
        one_of(metric, get_args(Metric), "unknown metric", "$.metric")
    two = _both(schaal)
    first, second = two if len(two) == 2 else (None, None)
    if not isinstance(first, Schaal) or not isinstance(second, Schaal):
        do = "Give a Schaal, such as igm.LIKERT5, or one for each side in a tuple."
        raise InputError.of("invalid-value", "not a scale", do, where="$.schaal", given=shown(schaal))
    if metric != "pomp" and (first.minimum, first.maximum) != (second.minimum, second.maximum):
        do = 'Give metric="pomp" to compare percents of maximum possible.'
        given = f"{first}, {second}"
        raise InputError.of("mixed-scales", "the values are on different scales", do, given=given)
    return first, second


def turned_columns(keys: Sequence[Construct], sociale_druk: object) -> tuple[int | None, int | None]:
    """The column of social pressure of each side, where it points against the behaviour."""
    if sociale_druk is None and Construct.SOCIALE_DRUK not in keys:
        return None, None
    two = _both(sociale_druk)
    known = {one.value: one for one in Richting}
    if len(two) != 2 or any(not isinstance(one, str) or one not in known for one in two):
        code = "missing-field" if sociale_druk is None else "unknown-name"
        do = "Give sociale_druk='mee' or 'tegen', a tuple of both sides, or leave the column out."
        what = "social pressure without a direction"
        raise InputError.of(code, what, do, where="$.sociale_druk", given=shown(sociale_druk))
    if Construct.SOCIALE_DRUK not in keys:
        return None, None
    column = keys.index(Construct.SOCIALE_DRUK)
    first, second = (column if one == Richting.TEGEN else None for one in two)
    return first, second


@attrs.frozen
class Ready:
    """Brings the values of one side onto the metric, in one direction."""

    schaal: Schaal
    turned: int | None
    pomp: bool

    def __call__(self, rows: FloatArray) -> FloatArray:
        """The values, a row a construct; they are changed in place."""
        low, high = self.schaal.minimum, self.schaal.maximum
        if self.turned is not None:
            np.subtract(low + high, rows[self.turned], out=rows[self.turned])
        if self.pomp:
            rows -= low
            rows *= 100
            rows /= high - low
        return rows


def check_scale(sides: Mapping[str, FloatArray], keys: Sequence[Construct], scales: Sequence[Schaal]) -> None:
    """Refuse values outside their scale; sensitive ones are masked."""
    problems = Problems()
    for (name, values), scale in zip(sides.items(), scales, strict=True):
        outside = (values < scale.minimum) | (values > scale.maximum)
        places: list[list[int]] = np.argwhere(outside)[:_TOLD].tolist() if outside.any() else []
        for row, column in places:
            do = f"Give numbers from {scale.minimum} to {scale.maximum}, or the scale of these."
            given = MASK if keys[column].info.sensitive else shown(float(values[row, column]))
            where = f"$.{name}[{row}][{column}]"
            problems.add("value-out-of-range", "value outside its scale", do, where=where, given=given)
    problems.raise_any(InputError)
