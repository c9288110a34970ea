"""``normative_similarity``: how alike two profiles are beyond what everybody's profiles have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias, get_args

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._display import Cell, Column, Language, Table, number
from igm.congruence._dyads import SHAPE, Dyads, Sides, dyads, figure, locked, own_groups, reasons, shape_asked
from igm.congruence._over_words import OVER, few_masked, told_mean
from igm.congruence.metrics import FEWEST_FOR_SHAPE, UndefinedReason
from igm.congruence.moments import FloatArray
from igm.constructs._base import FrozenMapping, known_language, one_of
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.errors import InputError
from igm.scoring._numbers import Row

Norms: TypeAlias = Literal["leave-one-out", "sample"]
"""Whose means are the norm of a dyad: those of all other dyads (of other groups), or those of all dyads."""

NormativeReason: TypeAlias = UndefinedReason | Literal["no-norm"]
"""Why there is no figure; ``"no-norm"`` where there are no other dyads."""

ENOUGH: Final = 20
"""With fewer dyads a norm rests on few, and on who is in it."""

_NAMES: Final = ("overall", "distinctive", "normativeness_first", "normativeness_second")


@attrs.frozen(eq=False, repr=False)
class NormativeSimilarity:
    """How alike the profiles of each dyad are, how much of that is theirs, and how usual each profile is.

    Attributes:
        n: The number of dyads.
        k: The number of constructs.
        norms: Whose means are the norm.
        overall: r of both profiles, a number a dyad, NaN where it is not defined.
        distinctive: r of what is left of both after their norms are taken off.
        normativeness_first: r of the first profile and the norm of first profiles.
        normativeness_second: r of the second profile and the norm of second profiles.
        norm_first: The mean of the first profiles per construct, over the sample.
        norm_second: The mean of the second profiles.
        norms_alike: r of both; ``None`` where either is flat.
        undefined: Why figures are not defined: a reason a dyad by the name of the figure, ``None`` where it is.
        constructs: What the columns are; ``None`` where numbers were given.
        metric: On what profiles were compared; ``None`` where numbers were given.
        n_groups: Of how many groups the dyads are, each left out of its own norm; ``None`` without groups.

    Example:
        >>> first = [[4, 5, 3, 2, 4], [3, 5, 2, 2, 5], [5, 4, 4, 1, 4]]
        >>> second = [[5, 5, 3, 3, 4], [3, 4, 2, 1, 5], [4, 4, 4, 2, 3]]
        >>> found = normative_similarity(first, second)
        >>> found.overall.round(2).tolist(), found.distinctive.round(2).tolist()
        ([0.88, 0.94, 0.88], [0.67, 0.68, 0.63])
    """

    n: int
    k: int
    norms: Norms
    overall: FloatArray = attrs.field(converter=locked)
    distinctive: FloatArray = attrs.field(converter=locked)
    normativeness_first: FloatArray = attrs.field(converter=locked)
    normativeness_second: FloatArray = attrs.field(converter=locked)
    norm_first: FloatArray = attrs.field(converter=locked)
    norm_second: FloatArray = attrs.field(converter=locked)
    norms_alike: float | None
    undefined: Mapping[str, Sequence[NormativeReason | None]]
    constructs: tuple[Construct, ...] | None
    metric: Metric | None
    n_groups: int | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to know: ``"few-dyads"`` when the norm rests on fewer than 20."""
        return ("few-dyads",) if self.n < ENOUGH else ()

    def table(self, lang: Language = "nl") -> Table:
        """The figures over all dyads: for how many they are defined, mean, and the mean by Fisher's z."""
        return self._table(lang, mask=False)

    def _table(self, lang: Language, *, mask: bool) -> Table:
        words = OVER[known_language(lang)]
        columns = [
            Column(words["figure"]),
            *(Column(words[name], "right") for name in ("n", "mean", "mean-z")),
        ]
        rows: list[list[Cell]] = []
        for name in _NAMES:
            n, mean, mean_z = told_mean(getattr(self, name))
            cells = few_masked(n, mask, (mean, mean_z))
            rows.append([words[name], n, *cells])
        whose = self.norms if self.n_groups is None else "groups"
        notes = [words[f"norms-{whose}"].format(self.n, self.n_groups), words["distinctive-means"]]
        if self.norms_alike is not None and not (mask and self.n < 2):
            notes.append(words["norms-alike"].format(number(self.norms_alike, lang=lang)))
        notes += [words[code] for code in self.notes]
        return Table(columns, rows, title=words["normative"], notes=notes, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON, ``None`` where a figure is not defined."""
        return {
            "n": self.n,
            "k": self.k,
            "norms": self.norms,
            **{name: _listed(getattr(self, name)) for name in (*_NAMES, "norm_first", "norm_second")},
            "norms_alike": self.norms_alike,
            "undefined": {name: list(why) for name, why in self.undefined.items()},
            "constructs": None if self.constructs is None else [one.value for one in self.constructs],
            "metric": self.metric,
            "n_groups": self.n_groups,
            "notes": list(self.notes),
        }

    def __repr__(self) -> str:
        lacking = sum(any(why) for why in zip(*self.undefined.values(), strict=True))
        return f"NormativeSimilarity(n={self.n}, k={self.k}, norms={self.norms!r}, undefined={lacking})"

    def __str__(self) -> str:
        return self._table("nl", mask=True).text()

    def _repr_html_(self) -> str:
        return self._table("nl", mask=True).html()


def normative_similarity(
    first: Sides,
    second: Sides,
    /,
    *,
    norms: Norms = "leave-one-out",
    groups: Row | None = None,
    metric: Metric | None = None,
    constructs: Sequence[str | Construct] | None = None,
) -> NormativeSimilarity:
    """How alike the profiles of dyads are, and how much of that is theirs and not everybody's.

    With x and y the profiles of dyad i, and x̄ and ȳ the mean first and second profile, per construct:
    overall = r(x, y); distinctive = r(x − x̄, y − ȳ), the norms taken off by subtraction (Cronbach 1955; Furr 2008;
    Wood and Furr 2016); normativeness = r(x, x̄) and r(y, ȳ). Two profiles of strangers are alike as far as both
    resemble their norms, so the overall figure of a dyad is not yet about the dyad.

    A norm in which the dyad itself takes part makes it look more usual than it is, the more so when dyads are few;
    therefore it is left out. The distinctive figure is the same with both, as long as no value is missing: x − x̄
    without i is n/(n − 1) times x − x̄ with it, and r does not change with size. (Taking norms off by a regression per
    person instead is another figure.) With two dyads both have the same distinctive figure.

    Dyads that share a manager have that manager's profile in each other's norm, unless ``groups`` says who belong
    together: then a dyad's norm leaves out its whole group, and the distinctive figure does change.

    Args:
        first: A profile or person a dyad; or a row a dyad and a column a construct, on one metric and one direction.
        second: The other of each dyad, in the same order.
        norms: ``"leave-one-out"`` or ``"sample"``.
        groups: With whom each dyad belongs, such as the manager; every dyad stands alone when left out.
        metric: Of profiles: ``"pomp"`` when scales differ.
        constructs: Of profiles: which; the seven determinants when left out.

    Returns:
        The figures of every dyad. A construct that either lacks takes no part in that dyad, nor in the norms from it.
        What is not defined is NaN with its reason: fewer than five common constructs, a flat profile or remainder, or
        no other dyads. Constructs with a name of which all values are missing are left out.

    Raises:
        InputError: ``too-few-constructs`` below five, ``shape-mismatch``, ``missing-field`` without dyads or for a dyad
            without a group, ``not-a-number``, ``invalid-value`` also for groups with norms of the sample,
            ``mixed-scales``, ``unknown-name``, ``unknown-construct``.

    Example:
        >>> first = [[4, 5, 3, 2, 4], [3, 5, 2, 2, 5], [5, 4, 4, 1, 4]]
        >>> second = [[4, 5, 3, 3, 4], [3, 3, 3, 3, 3], [4, 4, 4, 2, 3]]
        >>> found = normative_similarity(first, second, norms="sample")
        >>> found.undefined["overall"]
        [None, 'flat-profile', None]
        >>> found
        NormativeSimilarity(n=3, k=5, norms='sample', undefined=1)
    """
    one_of(norms, get_args(Norms), "unknown norms", "$.norms")
    if norms == "sample" and groups is not None:
        do = 'Leave groups out, or give norms="leave-one-out".'
        raise InputError.of("invalid-value", "norms of the sample leave nobody out", do, where="$.groups")
    found = dyads(first, second, metric, constructs)
    shape_asked(found)
    names, place = own_groups(groups, len(found))
    usual = [_norms(side, place if norms == "leave-one-out" else None) for side in (found.x, found.y)]
    apart = [_steady(side - norm, side) for side, norm in zip((found.x, found.y), usual, strict=True)]
    two: dict[str, tuple[FloatArray, FloatArray]] = {
        "overall": (found.x, found.y),
        "distinctive": (apart[0], apart[1]),
        "normativeness_first": (found.x, usual[0]),
        "normativeness_second": (found.y, usual[1]),
    }
    figures = {name: figure(SHAPE, *sides) for name, sides in two.items()}
    why = {name: _why(name, figures[name], sides, found, norms) for name, sides in two.items()}
    means = [_means(side) for side in (found.x, found.y)]
    alike = float(figure(SHAPE, means[0][None, :], means[1][None, :])[0])
    return NormativeSimilarity(
        n=len(found),
        k=found.x.shape[1],
        norms=norms,
        overall=figures["overall"],
        distinctive=figures["distinctive"],
        normativeness_first=figures["normativeness_first"],
        normativeness_second=figures["normativeness_second"],
        norm_first=means[0],
        norm_second=means[1],
        norms_alike=None if alike != alike else alike,
        undefined=FrozenMapping(why),
        constructs=found.constructs,
        metric=found.metric,
        n_groups=None if groups is None else len(names),
    )


def _means(values: FloatArray) -> FloatArray:
    """The mean per construct of those that have it, NaN where nobody does."""
    there = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        made = np.where(there, values, 0.0).sum(axis=0) / there.sum(axis=0)
    steady: FloatArray = _steady(made[None, :], values)[0]
    return steady


def _norms(values: FloatArray, place: NDArray[np.intp] | None) -> FloatArray:
    """The norm of every dyad, a row each, without its own group if groups are given; NaN where nobody is left."""
    there = ~np.isnan(values)
    known = np.where(there, values, 0.0)
    total, many = (np.broadcast_to(part.sum(axis=0), values.shape) for part in (known, there))
    if place is not None:
        own, own_many = (_of_group(part, place) for part in (known, there))
        total, many = total - own, many - own_many
    with np.errstate(invalid="ignore", divide="ignore"):
        made = total / many
    return _steady(np.where(there & (many > 0), made, np.nan), values)


def _of_group(values: NDArray[Any], place: NDArray[np.intp]) -> FloatArray:
    """The sum over the group of every row."""
    sums = np.zeros((int(place.max()) + 1, values.shape[1]))
    np.add.at(sums, place, values)
    return sums[place]


def _steady(rows: FloatArray, of: FloatArray) -> FloatArray:
    """Rows, of which those that vary by no more than rounding are flat."""
    there = ~np.isnan(rows)
    low = np.where(there, rows, np.inf).min(axis=1, keepdims=True)
    high = np.where(there, rows, -np.inf).max(axis=1, keepdims=True)
    size = np.abs(of[~np.isnan(of)]).max(initial=0.0)
    return np.where(there & (high - low <= 1e-12 * size), low, rows)


def _why(
    name: str, values: FloatArray, sides: tuple[FloatArray, FloatArray], found: Dyads, norms: Norms
) -> list[NormativeReason | None]:
    why: list[NormativeReason | None] = list(reasons(values, *sides, FEWEST_FOR_SHAPE))
    if name == "overall" or norms == "sample":
        return why
    # enough constructs, but of too few of them is there anybody else to compare with
    enough = found.common >= FEWEST_FOR_SHAPE
    return [
        "no-norm" if one == "few-constructs" and own else one for one, own in zip(why, enough, strict=True)
    ]


def _listed(values: FloatArray) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]
