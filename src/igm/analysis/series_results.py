"""What can be said of a series of one person: its phases, and how far they lie apart."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

import attrs

from igm._display import Cell, Column, Language, Table, number, seen
from igm.analysis.change_results import Better, ChangeVerdict
from igm.analysis.person_words import PERSON
from igm.analysis.samples import Interval
from igm.constructs._base import known_language
from igm.constructs.model import found_construct
from igm.constructs.schaal import Schaal
from igm.errors import MASK

NotYet: TypeAlias = Literal["no-values", "too-few"]
"""Why a series holds no evidence yet: a phase has no values, or so few that no difference could be shown."""

RISING: Final = 0.5
"""From this trend on a first phase is told to have been on its way already."""


@attrs.frozen
class PhaseComparison:
    """Two phases of one series that follow on each other.

    Attributes:
        first: The first phase.
        second: The second.
        n_first: How many values it has.
        n_second: The same of the second.
        mean_first: Their mean; ``None`` without values.
        mean_second: The same of the second.
        nap: Non-overlap of all pairs: the share of pairs in which the second phase is better; equal ones count half.
        interval: Where it lies.
        tau: The same from −1 to 1: 2 · nap − 1, called Tau without correction for trend.
        trend_first: Kendall's tau-a of the first phase over time, in the direction of better.
        p: The exact two-sided chance of so little overlap when phases make no difference.
        smallest_p: The chance that so many measurements reach without any overlap.
        alpha: Below which chance a difference counts as shown.
        better: What an improvement is.
        reason: Why there is no evidence yet; ``None`` where there is.

    Example:
        >>> from igm.analysis import series
        >>> found = series([2, 3, 2, 2, 4, 4, 5, 4], ["A"] * 4 + ["B"] * 4).comparisons[0]
        >>> found.nap, found.verdict
        (1.0, 'improved')
    """

    first: str
    second: str
    n_first: int
    n_second: int
    mean_first: float | None
    mean_second: float | None
    nap: float | None
    interval: Interval | None
    tau: float | None
    trend_first: float | None
    p: float | None
    smallest_p: float
    alpha: float
    better: Better
    reason: NotYet | None = None

    @property
    def verdict(self) -> ChangeVerdict:
        """What can be said."""
        if self.reason is not None or self.p is None or self.nap is None:
            return "no-evidence"
        if self.p >= self.alpha:
            return "not-shown"
        up = self.nap > 0.5
        if self.better == "neither":
            return "higher" if up else "lower"
        return "improved" if up else "worsened"

    @property
    def on_its_way(self) -> bool:
        """Whether the first phase already went the way of the second, so that the non-overlap flatters."""
        if self.trend_first is None or self.tau is None:
            return False
        return abs(self.trend_first) >= RISING and self.trend_first * self.tau > 0

    def text(self, lang: Language = "nl") -> str:
        """What can be said, in plain words that name no cause.

        Args:
            lang: ``"nl"`` or ``"en"``.

        Returns:
            A few sentences.
        """
        words = PERSON[known_language(lang)]
        start = seen(words["phases"].format(self.first, self.second))
        if self.nap is None or self.mean_first is None or self.mean_second is None:
            return f"{start} {words['series-no-values']}"
        means = (number(self.mean_first, lang=lang), number(self.mean_second, lang=lang))
        said = f"{start} {words['means'].format(*means)}"
        if self.reason == "too-few":
            return f"{said} {words['series-too-few'].format(self.n_first, self.n_second)}"
        side = "series-not-shown"
        if self.verdict != "not-shown":
            side = "series-higher" if self.mean_second > self.mean_first else "series-lower"
        said += (
            f" {words[side]} {words['nap'].format(number(self.nap, lang=lang), number(self.p, 3, lang=lang))}"
        )
        return said + (f" {words['on-its-way']}" if self.on_its_way else "")

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return attrs.asdict(self) | {"verdict": self.verdict, "on_its_way": self.on_its_way}


@attrs.frozen(repr=False)
class Series:
    """Measurements of one person over time, each in a phase.

    Attributes:
        values: In their order; ``None`` where one is missing.
        phases: The phase of each.
        moments: When each was; ``None`` when that is not known.
        name: Of what.
        better: What an improvement is.
        schaal: The scale of the values.
        comparisons: Of each phase with the one before it.

    Example:
        >>> from igm.analysis import series
        >>> found = series([2, 3, 2, 2, 4, 4, 5, 4], ["voor"] * 4 + ["coaching"] * 4, name="kennis")
        >>> found
        Series('kennis', n=8, phases='voor, coaching', verdicts='improved')
    """

    values: tuple[float | None, ...]
    phases: tuple[str, ...]
    moments: tuple[Any, ...] | None
    name: str
    better: Better
    schaal: Schaal | None
    comparisons: tuple[PhaseComparison, ...]

    def __len__(self) -> int:
        return len(self.values)

    @property
    def _hidden(self) -> bool:
        found = found_construct(self.name)
        return found is not None and found.info.sensitive

    def text(self, lang: Language = "nl") -> str:
        """What can be said of each phase beside the one before it, and what to keep in mind."""
        words = PERSON[known_language(lang)]
        name = seen(f"{_label(self.name, lang)}. ") if self.name else ""
        if not self.comparisons:
            return name + words["one-phase"]
        return "\n".join([*(name + one.text(lang) for one in self.comparisons), words["no-cause"]])

    def table(self, lang: Language = "nl") -> Table:
        """A row per pair of phases; what is sensitive is shown, because it is asked for."""
        return self._table(lang, mask=False)

    def _table(self, lang: Language, *, mask: bool) -> Table:
        words = PERSON[known_language(lang)]
        figures = ["n", words["mean"], "NAP", words["ci"], "Tau", "p"]
        columns = [
            Column(words["phases-of"]),
            *(Column(one, "right") for one in figures),
            Column(words["said"]),
        ]
        rows = [_cells(one, lang) for one in self.comparisons]
        if mask and self._hidden:
            rows = [[row[0], *(MASK for _ in row[1:])] for row in rows]
        notes = [words["nap-is"], words["no-cause"]] if self.comparisons else [words["one-phase"]]
        return Table(columns, rows, title=_label(self.name, lang), notes=notes, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision; moments as text."""
        return {
            "values": list(self.values),
            "phases": list(self.phases),
            "moments": None if self.moments is None else [str(one) for one in self.moments],
            "name": self.name,
            "better": self.better,
            "schaal": None if self.schaal is None else self.schaal.model_dump(mode="json"),
            "comparisons": [one.to_dict() for one in self.comparisons],
        }

    def __repr__(self) -> str:
        phases = ", ".join(dict.fromkeys(self.phases))[:60]
        found = MASK if self._hidden else ", ".join(one.verdict for one in self.comparisons)[:60]
        name = f"{self.name[:60]!r}, " if self.name else ""
        return f"Series({name}n={len(self)}, phases={phases!r}, verdicts={found!r})"

    def __str__(self) -> str:
        return self._table("nl", mask=True).text()

    def _repr_html_(self) -> str:
        return self._table("nl", mask=True).html()


def _label(name: str, lang: Language) -> str:
    found = found_construct(name)
    return name if found is None else found.label(lang)


def _cells(row: PhaseComparison, lang: Language) -> list[Cell]:
    span = None
    if row.interval is not None:
        span = f"{number(row.interval.low, lang=lang)}; {number(row.interval.high, lang=lang)}"
    means = f"{number(row.mean_first, lang=lang)} → {number(row.mean_second, lang=lang)}"
    p = None if row.p is None else number(row.p, 3, lang=lang)
    said = PERSON[lang][f"series-{row.reason}_short" if row.reason else f"{row.verdict}_short"]
    phases = f"{row.first} → {row.second}"
    return [phases, f"{row.n_first} → {row.n_second}", means, row.nap, span, row.tau, p, said]
