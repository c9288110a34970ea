"""``Knelpunten``: the lowest helping determinants of a profile, with what is missing beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from igm._display import Cell, Language, Table
from igm.constructs._base import FrozenMapping, known_language
from igm.constructs._table import value_cells, value_columns
from igm.constructs.composite import Metric
from igm.constructs.model import DETERMINANTS, Construct, Polarity
from igm.constructs.schaal import Schaal
from igm.constructs.waarde import Missing, SocialeDruk, Waarde
from igm.errors import MASK, InputError, shown, suggestion

_NOISE = 1e-9
"""Two POMP values that differ less than this are a tie: on different scales rounding alone can part them."""


@attrs.frozen(repr=False)
class Knelpunt:
    """One of the lowest determinants.

    Attributes:
        construct: Which one.
        waarde: Its value, with its scale and the number of items behind it.

    Example:
        >>> from igm.constructs.schaal import LIKERT5
        >>> Knelpunt(Construct.CONTEXT, Waarde(score=2.1, schaal=LIKERT5))
        Knelpunt('context', 2.1 on 1–5)
    """

    construct: Construct
    waarde: Waarde

    @property
    def score(self) -> float:
        """The value, on its scale."""
        return self.waarde.score

    @property
    def schaal(self) -> Schaal | None:
        """The scale."""
        return self.waarde.schaal

    @property
    def pomp(self) -> float:
        """The value as percent of maximum possible."""
        return self.waarde.pomp

    def __repr__(self) -> str:
        score = MASK if self.construct.info.sensitive else self.score
        return f"Knelpunt({self.construct.value!r}, {score} on {self.schaal})"


def _frozen(missing: Mapping[Construct, Missing]) -> Mapping[Construct, Missing]:
    return FrozenMapping(missing)


@attrs.frozen(repr=False)
class Knelpunten:
    """The lowest helping determinants, lowest first; a hint where to look, not a verdict.

    What is printed masks sensitive values and puts them last, out of order; ``lowest`` and ``table()`` keep the order.

    Attributes:
        lowest: The lowest known ones; all that tie with the last are there too.
        missing: The helping determinants that are not known, and why: one of these may be lower.
        sociale_druk: Social pressure, apart: its number says how strong it is, not whether it helps.
        metric: On what they were compared.

    Example:
        >>> from igm.constructs.schaal import LIKERT5
        >>> found = find_knelpunten({Construct.KENNIS: Waarde(score=3.6, schaal=LIKERT5)})
        >>> found.lowest
        (Knelpunt('kennis', 3.6 on 1–5),)
        >>> found.sociale_druk
        <Missing.NIET_GEVRAAGD: 'niet_gevraagd'>
    """

    lowest: tuple[Knelpunt, ...]
    missing: Mapping[Construct, Missing] = attrs.field(converter=_frozen)
    sociale_druk: SocialeDruk | Missing
    metric: Metric

    def table(self, lang: Language = "nl") -> Table:
        """The lowest, what is missing, and social pressure; sensitive values are shown."""
        return self._table(lang, mask=False)

    def _table(self, lang: Language, *, mask: bool) -> Table:
        known_language(lang)
        lowest, hidden = self._apart() if mask else (self.lowest, ())
        rows: list[list[Cell]] = [
            value_cells(one.construct, one.waarde, lang=lang, mask=mask) for one in lowest
        ]
        rows += [value_cells(construct, why, lang=lang, mask=mask) for construct, why in self.missing.items()]
        rows.append(value_cells(Construct.SOCIALE_DRUK, self.sociale_druk, lang=lang, mask=mask))
        rows += [value_cells(one.construct, one.waarde, lang=lang, mask=mask) for one in hidden]
        title = "Knelpunten" if lang == "nl" else "Bottlenecks"
        apart = {"nl": "staat niet op volgorde", "en": "not in order"}[lang]
        notes = (
            [f"{MASK} {apart}: {', '.join(one.construct.label(lang) for one in hidden)}"] if hidden else []
        )
        return Table(value_columns(lang), rows, title=title, notes=notes, lang=lang)

    def _apart(self) -> tuple[tuple[Knelpunt, ...], tuple[Knelpunt, ...]]:
        """What may be shown in its order, and what is masked: its place would tell that it lies below others."""
        hidden = [one for one in self.lowest if one.construct.info.sensitive]
        hidden.sort(key=lambda one: DETERMINANTS.index(one.construct))
        return tuple(one for one in self.lowest if one not in hidden), tuple(hidden)

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON."""
        druk = self.sociale_druk
        return {
            "lowest": [
                {
                    "construct": one.construct.value,
                    "waarde": one.waarde.model_dump(mode="json"),
                    "pomp": one.pomp,
                }
                for one in self.lowest
            ],
            "missing": {construct.value: why.value for construct, why in self.missing.items()},
            "sociale_druk": druk.value if isinstance(druk, Missing) else druk.model_dump(mode="json"),
            "metric": self.metric,
        }

    def __repr__(self) -> str:
        known = len([one for one in DETERMINANTS if one.polarity is Polarity.HELPEND]) - len(self.missing)
        lowest, hidden = self._apart()
        names = ", ".join(one.construct.value for one in (*lowest, *hidden))
        return f"Knelpunten({names or 'none'}; n={known} known, {len(self.missing)} missing, metric={self.metric!r})"

    def __str__(self) -> str:
        return self._table("nl", mask=True).text()

    def _repr_html_(self) -> str:
        return self._table("nl", mask=True).html()


def find_knelpunten(
    waarden: Mapping[Construct, Waarde | Missing], /, *, most: int = 3, metric: Metric | None = None
) -> Knelpunten:
    """The lowest helping determinants among values that all carry a scale.

    Args:
        waarden: Values by construct.
        most: How many to give; ties at the cut are all given.
        metric: ``pomp`` when the scales differ; left out, the values must share one scale.

    Returns:
        The lowest, what is missing, and social pressure apart.

    Raises:
        InputError: ``mixed-scales``, ``unknown-name`` for the metric, ``value-out-of-range`` for ``most``.

    Example:
        >>> from igm.constructs.schaal import LIKERT5
        >>> find_knelpunten({Construct.CONTEXT: Waarde(score=2.1, schaal=LIKERT5)})
        Knelpunten(context; n=1 known, 5 missing, metric='schaal')
    """
    given_metric: object = metric
    if given_metric is not None and given_metric != "schaal" and given_metric != "pomp":
        hint = suggestion(given_metric, ["schaal", "pomp"])
        raise InputError.of("unknown-name", "unknown metric", hint, where="$.metric", given=shown(metric))
    if type(most) is not int or most < 1:
        do = "Give a whole number of at least 1."
        raise InputError.of("value-out-of-range", "how many to give", do, where="$.most", given=shown(most))
    helping = [one for one in DETERMINANTS if one.polarity is Polarity.HELPEND]
    given = {one: waarden.get(one, Missing.NIET_GEVRAAGD) for one in helping}
    known = [
        Knelpunt(one, value)
        for one, value in given.items()
        if isinstance(value, Waarde) and value.schaal is not None
    ]
    scales = {(one.schaal.minimum, one.schaal.maximum) for one in known if one.schaal is not None}
    if metric != "pomp" and len(scales) > 1:
        bounds = ", ".join(f"{low}–{high}" for low, high in sorted(scales))
        do = 'Give metric="pomp" to compare percents of maximum possible.'
        raise InputError.of("mixed-scales", "the determinants are on different scales", do, given=bounds)
    known.sort(key=lambda one: one.pomp)
    cut = known[min(most, len(known)) - 1].pomp if known else 0.0
    druk = waarden.get(Construct.SOCIALE_DRUK, Missing.NIET_GEVRAAGD)
    return Knelpunten(
        lowest=tuple(one for one in known if one.pomp <= cut + _NOISE),
        missing={one: value for one, value in given.items() if isinstance(value, Missing)},
        sociale_druk=druk
        if isinstance(druk, (Missing, SocialeDruk))
        else SocialeDruk.model_validate(dict(druk)),
        metric=metric or "schaal",
    )
