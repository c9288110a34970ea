"""Omega total: the part of the variance of a sum that one common factor makes, by maximum likelihood."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import attrs
import numpy as np

from igm._display import number
from igm.constructs._base import is_number, shown
from igm.errors import InputError, Problems
from igm.scoring._covariance import constant, correlations, covariances
from igm.scoring._numbers import Grid, Numbers, grid, row_of
from igm.scoring.intervals import LARGEST
from igm.scoring.notes import Note
from igm.scoring.protocols import FloatArray

_EDGE: Final = 1e-6
"""The least part of an item's variance that is its own; an estimate that comes this low is a Heywood case."""

_STARTS: Final = (0.1, 0.5, 0.9)
_STEEP: Final = 1e-6
"""The fit has converged when it is no steeper than this in any direction that stays inside the bounds."""

_FLAT: Final = 1e-10
_NEAR: Final = 0.01


@attrs.frozen(kw_only=True)
class Omega:
    """Omega total of items, with the factor that it comes from.

    Attributes:
        k: Number of items.
        n: Number of people who answered all items; the others do not count.
        value: (Σλ)² / ((Σλ)² + Σθ); ``None`` where it cannot be estimated.
        of_observed: (Σλ)² over the observed variance of the sum, which some programs give instead.
        loadings: λ per item, in units of the answers.
        residuals: θ per item: the variance that is the item's own.
        converged: Whether the search for the likeliest factor came to an end.
        discrepancy: How far the factor stays from the covariances: ln|Σ| − ln|S| + tr(S·Σ⁻¹) − k, 0 when not at all.
        iterations: How many steps the search took.
        notes: What there is to know; the first tells why there is no value, where there is none.

    Example:
        >>> omega_total([[1, 2, 1], [2, 1, 2], [3, 3, 4], [4, 5, 3], [5, 4, 5], [2, 4, 4], [4, 2, 4], [3, 4, 2]])
        Omega(0.792, k=3, n=8, converged=True)
    """

    k: int
    n: int
    value: float | None = None
    of_observed: float | None = None
    loadings: tuple[float, ...] = ()
    residuals: tuple[float, ...] = ()
    converged: bool = False
    discrepancy: float | None = None
    iterations: int = 0
    notes: tuple[Note, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        made = attrs.asdict(self)
        return made | {
            "loadings": list(self.loadings),
            "residuals": list(self.residuals),
            "notes": [one.to_dict() for one in self.notes],
        }

    def __repr__(self) -> str:
        value = None if self.value is None else number(self.value, 3, lang="en")
        return f"Omega({value}, k={self.k}, n={self.n}, converged={self.converged})"


def omega_from_loadings(loadings: Sequence[float], residuals: Sequence[float]) -> float:
    """Omega total from a factor that was estimated elsewhere: (Σλ)² / ((Σλ)² + Σθ), McDonald (1999).

    Args:
        loadings: λ, one per item, in the units of the residuals.
        residuals: θ, one per item: its own variance.

    Returns:
        The part of the variance of the sum that the factor makes.

    Raises:
        InputError: ``not-a-number``; ``shape-mismatch`` for rows of another length, or none;
            ``value-out-of-range`` for a residual below 0, and when there is no variance.

    Example:
        >>> round(omega_from_loadings([0.8, 0.7, 0.6], [0.36, 0.51, 0.64]), 4)
        0.7449
    """
    factor, own = row_of(loadings, "$.loadings"), row_of(residuals, "$.residuals")
    problems = Problems()
    for name, row, least in (("loadings", factor, -LARGEST), ("residuals", own, 0)):
        for place, value in enumerate(row):
            where = f"$.{name}[{place}]"
            if not is_number(value):
                do = "Give finite numbers."
                problems.add("not-a-number", "not a finite number", do, where=where, given=shown(value))
            elif not least <= value <= LARGEST:
                what = (
                    "no loading" if least else "no variance: it is a Heywood case, of which no omega follows"
                )
                do = f"Give a number from {least:g} to {LARGEST:g}."
                problems.add("value-out-of-range", what, do, where=where, given=shown(value))
    if len(factor) != len(own) or not factor:
        given = f"{len(factor)} and {len(own)}"
        problems.add("shape-mismatch", "loadings and residuals", "Give one of each per item.", given=given)
    problems.raise_any(InputError)
    common = math.fsum(factor) ** 2
    total = common + math.fsum(own)
    if total <= 0:
        do = "Give residuals whose sum is above 0."
        raise InputError.of("value-out-of-range", "no variance", do, where="$.residuals", given=shown(total))
    return common / total


def omega_total(x: Numbers) -> Omega:
    """Omega total of one common factor, estimated by maximum likelihood from who answered all items.

    McDonald (1999): ω = (Σλ)² / ((Σλ)² + Σθ). The likelihood is concentrated on the parts θ that are the items' own
    (Jöreskog 1967), which are sought from several starts between almost 0 and 1 of each item's variance. The
    covariances have n below the line, as maximum likelihood asks; ω itself does not depend on that. With three items
    the factor reproduces the covariances exactly whenever it can; with fewer than some hundred people ω is unsteady,
    and alpha with its interval says as much. With several factors, programs give another and larger omega total.

    Args:
        x: A row per person and a column per item; ``None`` and NaN are missing.

    Returns:
        Omega; or a result without a value whose notes tell why: fewer than three items, a constant item, items that
        follow from the others or share nothing, or a search that did not converge.

    Raises:
        InputError: ``not-a-number``, ``shape-mismatch`` or ``invalid-value`` for the table.

    Example:
        >>> rows = [[1, 2, 1], [2, 1, 2], [3, 3, 4], [4, 5, 3], [5, 4, 5], [2, 4, 4], [4, 2, 4], [3, 4, 2]]
        >>> found = omega_total(rows)
        >>> round(found.value, 4), [round(one, 2) for one in found.loadings], round(found.discrepancy, 9)
        (0.7921, [1.18, 0.64, 0.96], 0.0)
    """
    return omega_of(grid(x))


def omega_of(given: Grid) -> Omega:
    """Omega of a table that was read."""
    values = given.complete
    n, k = values.shape
    bare = Omega(k=k, n=n)
    dropped = () if n == len(given.values) else (Note("people-dropped"),)
    if k < 3:
        return attrs.evolve(bare, notes=(Note("one-item" if k < 2 else "two-items"),))
    if n < 2:
        return attrs.evolve(bare, notes=(Note("few-people" if n else "no-answers"), *dropped))
    found = covariances(values) * ((n - 1) / n)
    r = correlations(found)
    if r is None:
        flat = constant(values).tolist()
        same = tuple(name for name, one in zip(given.names, flat, strict=True) if one)
        return attrs.evolve(bare, notes=(Note("constant-items", same), *dropped))
    if float(np.linalg.eigvalsh(r)[0]) < _FLAT:
        return attrs.evolve(bare, notes=(Note("singular"), *dropped))
    if -float(np.linalg.slogdet(r).logabsdet) < _FLAT:
        return attrs.evolve(bare, notes=(Note("no-loadings"), *dropped))
    own, misfit, steps, steep = _fitted(r)
    converged = steep <= _STEEP
    if not converged:
        notes = (Note("no-convergence"), *dropped)
        return attrs.evolve(bare, discrepancy=misfit, iterations=steps, notes=notes)
    scale = np.sqrt(np.diag(found))
    loadings = _loadings(r, own) * scale
    residuals = own * scale**2
    notes = (*_notes(given, own, loadings), *dropped)
    common = float(loadings.sum()) ** 2
    return attrs.evolve(
        bare,
        value=common / (common + float(residuals.sum())),
        of_observed=common / float(found.sum()),
        loadings=tuple(loadings.tolist()),
        residuals=tuple(residuals.tolist()),
        converged=True,
        discrepancy=misfit,
        iterations=steps,
        notes=notes,
    )


def _notes(given: Grid, own: FloatArray, loadings: FloatArray) -> list[Note]:
    notes: list[Note] = []
    for code, flags in (("heywood", own <= 2 * _EDGE), ("negative-loading", loadings < 0)):
        which = tuple(name for name, flag in zip(given.names, flags.tolist(), strict=True) if flag)
        if which:
            notes.append(Note(code, which))
    return notes


def _spectrum(r: FloatArray, own: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What is left when each item is measured in its own part: eigenvalues, least first, and their vectors."""
    scale = np.sqrt(own)
    found = np.linalg.eigh(r / np.outer(scale, scale))
    return found.eigenvalues, found.eigenvectors


def _misfit(own: FloatArray, r: FloatArray) -> tuple[float, FloatArray]:
    """The discrepancy, the factor being the best one beside these own parts; and how steep it is in each of them."""
    values, vectors = _spectrum(r, own)
    rest = values[:-1]
    return float((rest - np.log(rest) - 1).sum()), (vectors[:, :-1] ** 2) @ (1 - rest) / own


def _fitted(r: FloatArray) -> tuple[FloatArray, float, int, float]:
    """Each item's own part, the discrepancy, how many steps that took, and how steep it still is."""
    from scipy import optimize

    k = len(r)
    alone = np.clip((1 - 0.5 / k) / np.diag(np.linalg.inv(r)), 2 * _EDGE, 1.0)
    at_r: Any = partial(_misfit, r=r)
    best: Any = None
    steps = 0
    for start in (alone, *(np.full(k, share) for share in _STARTS)):
        options: Any = {"maxiter": 2000, "maxfun": 20000, "ftol": 1e-16, "gtol": 1e-11}
        found: Any = optimize.minimize(
            at_r, start, jac=True, method="L-BFGS-B", bounds=[(_EDGE, 1.0)] * k, options=options
        )
        steps += int(found.nit)
        if best is None or found.fun < best.fun - _FLAT:
            best = found
    own = _polished(np.asarray(best.x, dtype=np.float64), r)
    misfit, slope = _misfit(own, r)
    return own, max(misfit, 0.0), steps, float(np.abs(_inside(own, slope)).max())


def _inside(own: FloatArray, slope: FloatArray) -> FloatArray:
    """How steep it is in the directions that stay inside the bounds."""
    free: FloatArray = np.where(own <= _EDGE, np.minimum(slope, 0), slope)
    return np.where(own >= 1, np.maximum(free, 0), free)


def _polished(own: FloatArray, r: FloatArray) -> FloatArray:
    """The place where it is level, found to the last digits in the parts that lie inside the bounds."""
    from scipy import optimize

    free = (own > _EDGE) & (own < 1)
    if not free.any():
        return own

    def whole(part: FloatArray) -> FloatArray:
        made = own.copy()
        made[free] = part
        return made

    def slope(part: FloatArray) -> FloatArray:
        if (part <= 0).any():
            return np.full(len(part), np.inf)
        steep: FloatArray = _misfit(whole(part), r)[1][free]
        return steep

    with np.errstate(invalid="ignore"):
        found: Any = optimize.root(slope, own[free], method="hybr", options={"xtol": 1e-15})
    part = np.asarray(found.x, dtype=np.float64)
    near = bool((np.abs(part - own[free]) < _NEAR).all() and (part > _EDGE).all() and (part < 1).all())
    if near and np.abs(slope(part)).max() <= np.abs(slope(own[free])).max():
        return whole(part)
    return own


def _loadings(r: FloatArray, own: FloatArray) -> FloatArray:
    """Loadings in standard deviations, their sum not negative."""
    values, vectors = _spectrum(r, own)
    found: FloatArray = np.sqrt(own) * vectors[:, -1] * math.sqrt(max(float(values[-1]) - 1, 0.0))
    return -found if found.sum() < 0 else found
