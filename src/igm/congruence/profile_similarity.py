"""``similarity``: how alike two profiles are, in height, spread and shape, and per construct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import attrs
import numpy as np

from igm._display import Cell, Column, Language, Table, number
from igm.congruence._words import WORDS
from igm.congruence.metrics import FEWEST_FOR_SHAPE, OWN, CongruenceMetric, UndefinedReason, asked_measures
from igm.congruence.moments import FloatArray, moments
from igm.congruence.pairs import Pair, Party, Side, pair
from igm.constructs._base import FrozenMapping, known_language
from igm.constructs._masking import ByConstruct, Hidden
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.errors import MASK, InputError

V = TypeVar("V")


@attrs.frozen(repr=False)
class ProfileSimilarity:
    """How alike two profiles are: several figures, because height, spread and shape are not one thing.

    Differences are first minus second. What is printed masks sensitive constructs, and with them the figures from which
    they can be told; ``figures``, ``table()`` and ``to_dict()`` do not.

    Attributes:
        pair: The two profiles on their common constructs.
        figures: Every figure that is defined, by name.
        undefined: Every figure that is not, and why.

    Example:
        >>> from igm.constructs import LIKERT5, Gedrag, Profiel, Waarde
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers", context="thuis", time="deze week", doel="werk")
        >>> def profiel(*scores):
        ...     names = ("houding", "eigen_effectiviteit", "kennis", "context", "zelfregulering")
        ...     waarden = {name: Waarde(score=score, schaal=LIKERT5) for name, score in zip(names, scores)}
        ...     return Profiel(gedrag=gedrag, waarden=waarden)
        >>> found = similarity(profiel(4, 3, 2, 5, 4), profiel(3, 2, 1, 4, 3))
        >>> found.elevation, found.scatter, round(found.shape, 10), found.d2
        (1.0, 0.0, 1.0, 5.0)
        >>> similarity(profiel(3, 3, 3, 3, 3), profiel(3, 2, 1, 4, 3)).undefined["shape"]
        'flat-profile'
    """

    pair: Pair
    figures: Mapping[str, float]
    undefined: Mapping[str, UndefinedReason]

    @property
    def k(self) -> int:
        """The number of common constructs."""
        return self.pair.k

    @property
    def metric(self) -> Metric:
        """On what the profiles were compared."""
        return self.pair.metric

    @property
    def elevation(self) -> float:
        """The mean of the first profile minus the mean of the second."""
        return self.figures["elevation"]

    @property
    def scatter(self) -> float:
        """S of the first minus S of the second, S = √Σ(x − m)² over the constructs."""
        return self.figures["scatter"]

    @property
    def shape(self) -> float | None:
        """Pearson's r of the two profiles: which constructs are higher and lower, whatever the height and spread."""
        return self.figures.get("shape")

    @property
    def d2(self) -> float:
        """D² = Σ(x − y)²: elevation, scatter and shape together."""
        return self.figures["d2"]

    @property
    def d(self) -> float:
        """D, the square root of D²."""
        return self.figures["d"]

    @property
    def d2_elevation(self) -> float:
        """The part of D² that is height: k times the squared difference of the means."""
        return self.figures["d2_elevation"]

    @property
    def d2_scatter(self) -> float:
        """The part of D² that is spread: (S of the first − S of the second)²."""
        return self.figures["d2_scatter"]

    @property
    def d2_shape(self) -> float | None:
        """The part of D² that is shape: 2 S S (1 − r), which is 0 when a profile is flat."""
        return self.figures.get("d2_shape")

    @property
    def double_entry_icc(self) -> float | None:
        """(2c − d²/2)/(v + v + d²/2), with population moments and d the difference of the means."""
        return self.figures.get("double_entry_icc")

    @property
    def ccc(self) -> float | None:
        """Lin's concordance: 2c/(v + v + d²), with population moments."""
        return self.figures.get("ccc")

    @property
    def mean_absolute_difference(self) -> float:
        """The mean of the differences without their sign, on the metric."""
        return self.figures["mean_absolute_difference"]

    @property
    def differences(self) -> Mapping[Construct, float]:
        """First minus second, per construct; sensitive ones are masked when printed."""
        pairs = zip(self.pair.constructs, self.pair.first, self.pair.second, strict=True)
        return ByConstruct({key: first - second for key, first, second in pairs})

    @property
    def is_sensitive(self) -> bool:
        """Whether a sensitive construct takes part, so that figures about the whole tell of it."""
        return any(key.info.sensitive for key in self.pair.constructs)

    def table(self, lang: Language = "nl", *, names: tuple[str, str] | None = None) -> Table:
        """Both profiles, their differences and all figures, the sensitive ones included.

        Args:
            lang: ``"nl"`` or ``"en"``.
            names: What the two are called; ``eerste`` and ``tweede`` when left out.
        """
        return self._table(lang, names, mask=False)

    def _table(self, lang: Language, names: tuple[str, str] | None, *, mask: bool) -> Table:
        words = WORDS[known_language(lang)]
        called: tuple[str, str] = names or (words["first"], words["second"])
        columns = [
            Column(words["construct"]),
            Column(called[0], "right"),
            Column(called[1], "right"),
            Column(words["difference"], "right"),
        ]
        title = words["title"].format(*called)
        title = title[0].upper() + title[1:]
        rows = [self._row(place, lang, mask=mask) for place in range(self.k)]
        return Table(columns, rows, title=title, notes=self.notes(lang, names, mask=mask), lang=lang)

    def _row(self, place: int, lang: Language, *, mask: bool) -> list[Cell]:
        key, first, second = self.pair.constructs[place], self.pair.first[place], self.pair.second[place]
        if mask and key.info.sensitive:
            return [key.label(lang), MASK, MASK, MASK]
        return [key.label(lang), first, second, signed(first - second, lang)]

    def notes(
        self, lang: Language = "nl", names: tuple[str, str] | None = None, *, mask: bool = True
    ) -> list[str]:
        """What the figures say, a sentence each; figures about the whole are masked with a sensitive construct.

        Args:
            lang: ``"nl"`` or ``"en"``.
            names: What the two are called.
            mask: Whether to mask.
        """
        words = WORDS[known_language(lang)]
        called: tuple[str, str] = names or (words["first"], words["second"])
        scale = words[f"metric-{self.metric}"].format(self.pair.schaal)
        said = [words["on"].format(scale, self.k)]
        if mask and self.is_sensitive:
            said.append(words["masked"])
        else:
            said += self._said(words, called, lang)
        if self.pair.turned:
            said.append(words["turned"].format(", ".join(_called(self.pair.turned, called))))
        left = [
            words[f"left-{why.reason}"].format(key.label(lang), ", ".join(_called(why.sides, called)))
            for key, why in self.pair.left_out.items()
        ]
        return said + [words["left-out"].format("; ".join(left))] * bool(left)

    def _said(self, words: Mapping[str, str], called: tuple[str, str], lang: Language) -> list[str]:
        def shown(value: float | None) -> str:
            return number(value, lang=lang)

        said = [
            words["elevation"].format(signed(self.elevation, lang), *called),
            words["scatter"].format(signed(self.scatter, lang), *called),
            words["distance"].format(shown(self.d), shown(self.mean_absolute_difference)),
        ]
        why = self.undefined.get("shape")
        if why is not None:
            said.append(words[f"undefined-{why}"].format(FEWEST_FOR_SHAPE))
        else:
            said.append(words["shape"].format(shown(self.shape)))
        if self.double_entry_icc is not None or self.ccc is not None:
            said.append(words["agreement"].format(shown(self.double_entry_icc), shown(self.ccc)))
        own = [f"{name}: {shown(value)}" for name, value in self.figures.items() if name not in OWN]
        return said + [f"{line}." for line in own]

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON; sensitive values are in it."""
        return {
            "pair": self.pair.to_dict(),
            "differences": {key.value: value for key, value in self.differences.items()},
            "figures": dict(self.figures),
            "undefined": dict(self.undefined),
        }

    def __repr__(self) -> str:
        shape = number(self.shape, lang="en")
        told = MASK if self.is_sensitive else f"shape={shape}, elevation={number(self.elevation, lang='en')}"
        return f"ProfileSimilarity({told}, k={self.k}, metric={self.metric!r})"

    def __str__(self) -> str:
        return self._table("nl", None, mask=True).text()

    def _repr_html_(self) -> str:
        return self._table("nl", None, mask=True).html()


def signed(value: float, lang: Language) -> str:
    """A difference as people read it, with its sign."""
    text = number(abs(value), lang=lang)
    if not any(digit in "123456789" for digit in text):
        return text
    return f"{'+' if value > 0 else '−'}{text}"


def _called(sides: Sequence[Side], names: tuple[str, str]) -> list[str]:
    return [names[0] if side == "first" else names[1] for side in sides]


def similarity(
    first: Party,
    second: Party,
    /,
    *,
    metric: Metric | None = None,
    constructs: Sequence[str | Construct] | None = None,
    measures: Sequence[str | CongruenceMetric] = (),
) -> ProfileSimilarity:
    """How alike two profiles are.

    With m the means, v the variances and c the covariance of the k common constructs, all divided by k, d = m − m and
    S = √(k v): D² = Σ(x − y)² = k d² + (S − S)² + 2 S S (1 − r), elevation, scatter and shape (Cronbach and Gleser
    1953). Pearson's r is shape only. The double-entry ICC, (2c − d²/2)/(v + v + d²/2) (McCrae 2008; Furr 2010), and
    Lin's concordance, 2c/(v + v + d²) (Lin 1989), take height and spread along.

    Seven constructs are few: do not test r of one pair. Two profiles are also alike because everybody's are:
    `normative_similarity` tells apart what is theirs.

    Args:
        first: A profile, or a person with one profile.
        second: The other.
        metric: ``"pomp"`` when scales differ; left out, all values must share one scale.
        constructs: Which constructs; the seven determinants when left out.
        measures: More metrics than the library's own: names of plug-ins, or metrics.

    Returns:
        The figures. Below five common constructs nothing is said of shape, nor by what is made from it.

    Raises:
        InputError: ``mixed-scales``, ``too-few-constructs``, ``missing-field``, ``invalid-value``, ``unknown-name``,
            ``unknown-construct`` and ``duplicate-name`` as `pair`; ``plugin-invalid`` for a metric without a number.
        UnknownNameError: ``unknown-name`` for a metric.
        AmbiguousProfileError: ``ambiguous-profile``.

    Example:
        >>> from igm.constructs import LIKERT5, LIKERT7, Client, Gedrag, Kunnen, Professional, Willen
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers", context="thuis", time="deze week", doel="werk")
        >>> client = Client(ref="c-1", gedrag=gedrag, schaal=LIKERT5,
        ...                 willen=Willen(houding=4, eigen_effectiviteit=2), kunnen=Kunnen(kennis=3))
        >>> professional = Professional(ref="p-1", gedrag=gedrag, schaal=LIKERT7,
        ...                             willen=Willen(houding=6, eigen_effectiviteit=5), kunnen=Kunnen(kennis=4))
        >>> found = similarity(professional, client, metric="pomp")
        >>> round(found.elevation, 2), found.undefined["shape"]
        (16.67, 'few-constructs')
        >>> print(found.table("en").text(88))  # doctest: +ELLIPSIS
        First and second, side by side
        construct             first  second  difference
        --------------------  -----  ------  ----------
        attitude              83.33   75.00       +8.33
        self-efficacy         66.67   25.00      +41.67
        knowledge and skills  50.00   50.00        0.00
        On POMP (0–100), over 3 constructs.
        Elevation: +16.67 apart on average (first minus second).
        ...
    """
    extra = asked_measures(measures)
    two = pair(first, second, metric=metric, constructs=constructs)
    x, y = np.array([two.first]), np.array([two.second])
    made = moments(x, y)
    figures = {name: float(own.of(made)[0]) for name, own in OWN.items() if own.least <= two.k}
    for one in extra:
        if one.least <= two.k:
            figures[one.name] = float(figures_of(one, x, y)[0])
    asked = [*OWN.values(), *extra]
    flat = [bool(side[0]) for side in made.flat]
    undefined: dict[str, UndefinedReason] = {
        one.name: why_undefined(one.least, two.k, flat)
        for one in asked
        if np.isnan(figures.get(one.name, np.nan))
    }
    defined = {name: value for name, value in figures.items() if name not in undefined}
    return ProfileSimilarity(two, hidden_if_sensitive(two, defined), FrozenMapping(undefined))


def hidden_if_sensitive(two: Pair, figures: Mapping[str, V]) -> Mapping[str, V]:
    """Figures that are masked when printed, when a sensitive construct takes part: it could be told from them."""
    is_sensitive = any(key.info.sensitive for key in two.constructs)
    return Hidden(figures) if is_sensitive else FrozenMapping(figures)


def figures_of(metric: CongruenceMetric, x: FloatArray, y: FloatArray) -> FloatArray:
    """The figures of pairs, of a metric that may be another's."""
    made = np.asarray(metric.many(x, y), dtype=np.float64)
    if made.shape != (len(x),) or np.isinf(made).any():
        do = "Let many(x, y) give a finite number a pair, NaN where it is not defined."
        given = f"shape {made.shape}" if made.shape != (len(x),) else "infinite"
        raise InputError.of("plugin-invalid", f"{metric.name!r} gives no figure", do, given=given)
    return made


def why_undefined(least: int, k: int, flat: Sequence[bool]) -> UndefinedReason:
    """Why a figure of a pair is not defined."""
    if k < least:
        return "few-constructs"
    if all(flat):
        return "both-flat"
    return "flat-profile" if any(flat) else "undefined"
