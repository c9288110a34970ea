"""``CongruenceMetric``: a figure of how alike two profiles are; the library's own, and those of others, by name.

A package offers one with an entry point in the group ``igm.congruence_metrics``, naming the metric itself or a callable
that makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, Protocol, TypeAlias, TypeGuard, runtime_checkable

import attrs
import numpy as np

from igm._plugins import PartGroup
from igm.congruence.moments import FloatArray, Moments, moments
from igm.constructs._base import shown
from igm.errors import InputError
from igm.scoring._numbers import row_of

CONGRUENCE_METRICS: Final = "igm.congruence_metrics"
"""The group of entry points."""

FEWEST_FOR_SHAPE: Final = 5
"""With fewer common constructs nothing is said about shape: a correlation of four numbers says next to nothing."""

UndefinedReason: TypeAlias = Literal["few-constructs", "flat-profile", "both-flat", "undefined"]
"""Why there is no figure: too few common constructs, one profile or both without any variation, or what a metric of
another package does not define."""


@runtime_checkable
class CongruenceMetric(Protocol):
    """A figure of how alike two profiles are.

    Attributes:
        name: What it is called; in kebab-case or snake_case, and never just "congruence".
        least: The fewest common constructs with which it says something, at least 2.

    Example:
        >>> class Largest:
        ...     name = "largest_difference"
        ...     least = 2
        ...     def many(self, x, y, /):
        ...         return np.abs(x - y).max(axis=1)
        >>> isinstance(Largest(), CongruenceMetric)
        True
    """

    @property
    def name(self) -> str: ...  # noqa: D102 (see Attributes)

    @property
    def least(self) -> int: ...  # noqa: D102 (see Attributes)

    def many(self, x: FloatArray, y: FloatArray, /) -> FloatArray:
        """The figure of every pair of profiles.

        Args:
            x: The first profiles, a row a pair and a column per common construct, without missing values, on one
                metric and with one direction; not to be changed.
            y: The second profiles, of the same shape.

        Returns:
            A number a pair, NaN where it is not defined.
        """
        ...


@attrs.frozen
class OwnMetric:
    """A metric of the library: it follows from the moments of a pair.

    Attributes:
        name: What it is called.
        least: The fewest common constructs with which it says something.
        of: What makes it from the moments.

    Example:
        >>> measure("d2").many(np.array([[1.0, 2.0]]), np.array([[2.0, 4.0]]))
        array([5.])
    """

    name: str
    least: int
    of: Callable[[Moments], FloatArray] = attrs.field(repr=False)

    def many(self, x: FloatArray, y: FloatArray, /) -> FloatArray:
        """The figure of every pair of profiles; see `CongruenceMetric`."""
        return self.of(moments(x, y))


def _elevation(m: Moments) -> FloatArray:
    return m.mean_x - m.mean_y


def _scatter(m: Moments) -> FloatArray:
    return m.scatter_x - m.scatter_y


def _shape(m: Moments) -> FloatArray:
    # rounding can pass the ends of the range by one in the last place
    return np.clip(_quotient(m.cov, np.sqrt(m.var_x) * np.sqrt(m.var_y)), -1.0, 1.0)


def _double_entry_icc(m: Moments) -> FloatArray:
    half = _elevation(m) ** 2 / 2
    return _quotient(2 * m.cov - half, m.var_x + m.var_y + half)


def _ccc(m: Moments) -> FloatArray:
    return _quotient(2 * m.cov, m.var_x + m.var_y + _elevation(m) ** 2)


def _d(m: Moments) -> FloatArray:
    return np.sqrt(m.d2)


def _d2_elevation(m: Moments) -> FloatArray:
    return m.k * _elevation(m) ** 2


def _d2_scatter(m: Moments) -> FloatArray:
    return _scatter(m) ** 2


def _d2_shape(m: Moments) -> FloatArray:
    # it is no less than 0 but for rounding
    return np.maximum(2 * (m.scatter_x * m.scatter_y - m.k * m.cov), 0.0)


def _quotient(above: FloatArray, below: FloatArray) -> FloatArray:
    """NaN where there is nothing below the line: undefined, whatever stands above it."""
    found: FloatArray = np.full(above.shape, np.nan)
    return np.divide(above, below, out=found, where=below > 0)


OWN: Final[Mapping[str, OwnMetric]] = {
    metric.name: metric
    for metric in (
        OwnMetric("elevation", 2, _elevation),
        OwnMetric("scatter", 2, _scatter),
        OwnMetric("shape", FEWEST_FOR_SHAPE, _shape),
        OwnMetric("d2", 2, lambda m: m.d2),
        OwnMetric("d", 2, _d),
        OwnMetric("d2_elevation", 2, _d2_elevation),
        OwnMetric("d2_scatter", 2, _d2_scatter),
        OwnMetric("d2_shape", FEWEST_FOR_SHAPE, _d2_shape),
        OwnMetric("double_entry_icc", FEWEST_FOR_SHAPE, _double_entry_icc),
        OwnMetric("ccc", FEWEST_FOR_SHAPE, _ccc),
        OwnMetric("mean_absolute_difference", 2, lambda m: m.mad),
    )
}
"""The metrics of the library, by name."""


def _is_metric(given: object) -> TypeGuard[CongruenceMetric]:
    return not isinstance(given, (str, type)) and isinstance(given, CongruenceMetric)


def _maker(metric: OwnMetric) -> Callable[[], OwnMetric]:
    return lambda: metric


_METRICS: Final = PartGroup[CongruenceMetric](
    CONGRUENCE_METRICS,
    "measure",
    _is_metric,
    {name: _maker(metric) for name, metric in OWN.items()},
    "ccc",
)


def measure(given: str | CongruenceMetric, /) -> CongruenceMetric:
    """The metric that is meant.

    Args:
        given: A name, such as ``"ccc"``, or the metric itself.

    Returns:
        A metric; one that was given comes back as it is.

    Raises:
        UnknownNameError: ``unknown-name``, with a suggestion.
        InputError: ``invalid-value`` for something else than a name or a metric; ``missing-field`` for a name of what
            needs arguments; ``plugin-invalid`` when a plug-in makes no metric.

    Example:
        >>> measure("ccc").least
        5
    """
    return _METRICS.find(given)


def asked_measures(given: object, where: str = "$.measures") -> list[CongruenceMetric]:
    """The metrics that are meant, each once: by one name, or by a list of names and metrics.

    Raises:
        UnknownNameError: ``unknown-name``.
        InputError: ``invalid-value`` for no list; ``duplicate-name`` for another metric with the name of one that is
            there; as `measure`.
    """
    listed: list[Any] = [given] if isinstance(given, str) or _is_metric(given) else row_of(given, where)
    found: dict[str, CongruenceMetric] = {}
    for place, one in enumerate(listed):
        metric = measure(one)
        same = OWN.get(metric.name, found.get(metric.name, metric))
        if same is not metric:
            do = "Give the metric a name of its own: two figures cannot have one name."
            what, at = "two metrics with one name", f"{where}[{place}]"
            raise InputError.of("duplicate-name", what, do, where=at, given=shown(metric.name))
        found[metric.name] = metric
    return list(found.values())


def measures() -> tuple[str, ...]:
    """The names of all metrics, of the library and of plug-ins, sorted.

    Example:
        >>> "double_entry_icc" in measures()
        True
    """
    return _METRICS.names()
