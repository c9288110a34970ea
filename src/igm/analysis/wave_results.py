"""What came out of comparing waves, and how it is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

import attrs

from igm._display import Column, Language, Table, number
from igm.analysis.adjust import Adjustment
from igm.analysis.differences import Difference
from igm.analysis.effects import Effect, PairedEffects
from igm.analysis.samples import Interval, Summary
from igm.analysis.words import WAVES, adjustment_said
from igm.constructs._base import known_language
from igm.constructs.model import Construct
from igm.disclosure import DEFAULT_PEOPLE

Group: TypeAlias = tuple[Any, ...]
Family: TypeAlias = Literal["all", "group", "construct"]
"""Which tests are adjusted together."""

Verdict: TypeAlias = Literal["higher", "lower", "not-shown", "no-test"]
"""What can be said: the later mean is higher, lower, that is not shown, or there is no test."""

APART: Final = 0.8
"""From here on answers lie so far apart that a mean says little."""


POWER: Final = 0.8
"""So often the smallest difference that can be found is found: four times out of five."""


@attrs.frozen
class Detectable:
    """The smallest difference that the test, by itself, would find four times out of five.

    It follows from the standard error and the degrees of freedom of the test, so pairs count where the test uses them.
    Beside other tests, for which chances are adjusted, a difference has to be larger.

    Attributes:
        d: In standard deviations; of the changes, for pairs.
        raw: On the scale of the scores.

    Example:
        >>> Detectable(d=0.71, raw=0.9).raw
        0.9
    """

    d: float
    raw: float


@attrs.frozen(repr=False)
class WaveComparison:
    """One construct of one group at two waves.

    Attributes:
        construct: The column that was compared.
        group: The columns that make the group and their values; empty without groups.
        earlier: The first wave.
        later: The second.
        before: Mean, standard deviation and number at the first; ``None`` where nobody has a value.
        after: The same at the second.
        alpha: Below which adjusted chance a difference counts as shown.
        difference: Later minus earlier, with test and interval; ``None`` where a wave has no values.
        g: Hedges' g with the pooled standard deviation, its interval as of two groups.
        within: The effects of who are in both waves; ``None`` with fewer than two.
        polarisation: How far answers lie apart at both waves, from 0 to 1; ``None`` without a scale.
        detectable: The smallest difference that could have been shown.
        leavers: Who left minus who stayed, at the first wave; ``None`` where nobody left or that is not known.
        p_adjusted: The chance, adjusted for the tests of the family.
        n_tests: How many tests the family has.
        both: How many people have a score at both; ``None`` where that is not known.
        published: Whether the figures were published already.

    Example:
        >>> from igm.analysis import compare_published
        >>> wave = {"construct": "houding", "n": 20, "sd": 1.0}
        >>> found = compare_published([wave | {"wave": 0, "mean": 3.0}, wave | {"wave": 1, "mean": 4.0}], bron="own")
        >>> found.rows[0]
        WaveComparison('houding', 0 → 1, higher, difference=1.00)
        >>> found.rows[0].verdict, found.rows[0].difference.estimate
        ('higher', 1.0)
    """

    construct: str
    group: Mapping[str, Any]
    earlier: Any
    later: Any
    before: Summary | None
    after: Summary | None
    alpha: float
    difference: Difference | None = None
    g: Effect | None = None
    within: PairedEffects | None = None
    polarisation: tuple[float | None, float | None] = (None, None)
    detectable: Detectable | None = None
    leavers: Difference | None = None
    p_adjusted: float | None = None
    n_tests: int = 0
    both: int | None = None
    published: bool = False

    @property
    def verdict(self) -> Verdict:
        """What can be said, by the adjusted chance."""
        if self.difference is None or self.p_adjusted is None:
            return "no-test"
        if self.p_adjusted >= self.alpha:
            return "not-shown"
        return "higher" if self.difference.estimate > 0 else "lower"

    @property
    def left(self) -> Literal["higher", "lower", "not-shown"] | None:
        """How who left scored at first against who stayed; ``None`` where that was not tested."""
        if self.leavers is None or self.leavers.interval is None:
            return None
        if 0 in self.leavers.interval:
            return "not-shown"
        return "higher" if self.leavers.estimate > 0 else "lower"

    @property
    def inside(self) -> bool:
        """Whether the words are about fewer than ten people, and stay inside; figures that are published are out."""
        if self.published:
            return False
        about = [self.before, self.after]
        if self.leavers is not None and self.left in {"higher", "lower"}:
            about += [self.leavers.first, self.leavers.second]
        return any(one is not None and one.n < DEFAULT_PEOPLE for one in about)

    @property
    def apart(self) -> bool:
        """Whether answers lie so far apart, at either wave, that nothing should be called a trend."""
        return any(one is not None and one >= APART for one in self.polarisation)

    def text(self, lang: Language = "nl") -> str:
        """What can be said, in words that fit what was found.

        Args:
            lang: ``"nl"`` or ``"en"``.

        Returns:
            A few sentences. They never say that there is no effect, and speak of no trend where answers lie far apart.
        """
        words = WAVES[known_language(lang)]
        label = f"{self._label(lang)}, {words['from_to'].format(self.earlier, self.later)}"
        found = self.difference
        if found is None:
            return f"{label}: {words['no_values']}"
        if found.interval is None:
            return (
                f"{label}: {words[f'untested-{found.undefined}'].format(self._number(found.estimate, lang))}"
            )
        span = self._span(found.interval, lang)
        size = self._number(abs(found.estimate), lang)
        if self.verdict == "not-shown":
            said = words["not-shown"].format(self._number(found.estimate, lang), span)
            if 0 not in found.interval:
                said += " " + words["alone"].format(self.n_tests)
            if self.detectable is not None:
                said += " " + words["detectable"].format(self._number(self.detectable.raw, lang))
        else:
            said = words[self.verdict].format(size, span)
        known = "people-unknown" if self.both is None else "people"
        counts = words[known].format(found.second.n, found.first.n, self.both)
        parts = [said, f"{words[found.method]}: {counts}."]
        if self.g is not None and self.g.estimate is not None and self.g.interval is not None:
            parts.append(
                words["g"].format(self._number(self.g.estimate, lang), self._span(self.g.interval, lang))
            )
        if self.apart:
            parts.append(words["apart"])
        if self.leavers is not None and (left := self.left) is not None:
            parts.append(words[f"leavers-{left}"].format(self.leavers.first.n))
        if self.inside:
            parts.append(words["inside"].format(DEFAULT_PEOPLE))
        return f"{label}: {' '.join(parts)}"

    def _label(self, lang: Language) -> str:
        try:
            name = Construct(self.construct).label(lang)
        except ValueError:
            name = self.construct
        parts = [str(value) for value in self.group.values()]
        return ", ".join([*parts, name])

    def _number(self, value: float, lang: Language) -> str:
        return number(value, lang=lang)

    def _span(self, interval: Interval, lang: Language) -> str:
        words = WAVES[lang]
        level = number(100 * interval.level, 0, lang=lang)
        return words["interval"].format(
            level, number(interval.low, lang=lang), number(interval.high, lang=lang)
        )

    def __repr__(self) -> str:
        group = "".join(f", {value}" for value in self.group.values())
        estimate = None if self.difference is None else f"{self.difference.estimate:.2f}"
        waves = f"{self.earlier} → {self.later}"
        return f"WaveComparison({self.construct!r}{group}, {waves}, {self.verdict}, difference={estimate})"

    def __str__(self) -> str:
        return self.text()

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        made = attrs.asdict(self, value_serializer=_plain)
        return made | {"group": dict(self.group), "verdict": self.verdict, "apart": self.apart}


def _plain(_owner: Any, _field: Any, value: Any) -> Any:
    items: Any = value
    return [*items] if isinstance(value, tuple) else value


@attrs.frozen(repr=False)
class WaveComparisons:
    """Comparisons of waves, and the family that their chances were adjusted in.

    Attributes:
        rows: By group, construct and pair of waves.
        adjust: How chances were adjusted.
        family: Which tests are one family.
        alpha: Below which adjusted chance a difference counts as shown.
        level: How sure intervals are.
        notes: ``"no-person"`` when nobody was known to be in two waves, ``"published"`` when only figures were.
        bron: Where published figures are from.

    Example:
        >>> from igm.analysis import compare_published
        >>> wave = {"construct": "houding", "n": 20, "sd": 1.0}
        >>> compare_published([wave | {"wave": 0, "mean": 3.0}, wave | {"wave": 1, "mean": 3.2}], bron="own")
        WaveComparisons(comparisons=1, shown=0, adjust='holm')
    """

    rows: tuple[WaveComparison, ...]
    adjust: Adjustment
    family: Family
    alpha: float
    level: float
    notes: tuple[str, ...] = ()
    bron: str | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def text(self, lang: Language = "nl") -> str:
        """What can be said of each, a line each, and of all."""
        return "\n".join([*(row.text(lang) for row in self.rows), *self._said(lang)])

    def table(self, lang: Language = "nl") -> Table:
        """A row per comparison: both means, the difference with its interval, g, chances and the test."""
        words = WAVES[known_language(lang)]
        by = list(dict.fromkeys(name for row in self.rows for name in row.group))
        headers = [*by, words["construct"], words["waves"]]
        figures = [
            "n",
            words["before"],
            words["after"],
            words["difference"],
            words["ci"],
            "g",
            "p",
            words["p_adjusted"],
        ]
        columns = [
            *(Column(one) for one in headers),
            *(Column(one, "right") for one in figures),
            Column(words["test"]),
        ]
        rows = [self._row(row, by, lang) for row in self.rows]
        return Table(columns, rows, notes=[*self._tests(lang), *self._said(lang)], lang=lang)

    def _tests(self, lang: Language) -> list[str]:
        """What the short names of tests in the table stand for."""
        words = WAVES[lang]
        used = dict.fromkeys(
            row.difference.method
            for row in self.rows
            if row.difference is not None and not row.difference.undefined
        )
        return [f"{words[f'{one}_short']}: {words[one][0].lower()}{words[one][1:]}." for one in used]

    def _row(self, row: WaveComparison, by: list[str], lang: Language) -> list[Any]:
        words, found = WAVES[lang], row.difference
        groups = [None if (value := row.group.get(name)) is None else str(value) for name in by]
        label = row._label(lang).rpartition(", ")[2]
        start = [*groups, label, f"{row.earlier} → {row.later}"]
        counts = " → ".join("0" if one is None else str(one.n) for one in (row.before, row.after))
        means = [_mean_sd(one, lang) for one in (row.before, row.after)]
        if found is None:
            return [*start, counts, *means, None, None, None, None, None, words["no_values_short"]]
        span = (
            None
            if found.interval is None
            else f"{number(found.interval.low, lang=lang)}; {number(found.interval.high, lang=lang)}"
        )
        g = None if row.g is None else row.g.estimate
        test = words[f"{found.undefined}_short"] if found.undefined else words[f"{found.method}_short"]
        p = None if found.p is None else _chance(found.p, lang)
        p_adjusted = None if row.p_adjusted is None else _chance(row.p_adjusted, lang)
        return [*start, counts, *means, found.estimate, span, g, p, p_adjusted, test]

    def _said(self, lang: Language) -> list[str]:
        words = WAVES[lang]
        tests = sorted({row.n_tests for row in self.rows})
        said = [adjustment_said(self.adjust, self.family, tests, lang), words["direction"]]
        said += [words[note] for note in self.notes]
        return said + ([words["source"].format(self.bron)] if self.bron else [])

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision, ready for JSON when waves and groups are."""
        return {
            "rows": [row.to_dict() for row in self.rows],
            "adjust": self.adjust,
            "family": self.family,
            "alpha": self.alpha,
            "level": self.level,
            "notes": list(self.notes),
            "bron": self.bron,
        }

    def __repr__(self) -> str:
        shown = sum(row.verdict in {"higher", "lower"} for row in self.rows)
        return f"WaveComparisons(comparisons={len(self.rows)}, shown={shown}, adjust={self.adjust!r})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def _mean_sd(summary: Summary | None, lang: Language) -> str | None:
    if summary is None:
        return None
    return f"{number(summary.mean, lang=lang)} ({number(summary.sd, lang=lang)})"


def _chance(p: float, lang: Language) -> str:
    return ("< " + number(0.001, 3, lang=lang)) if p < 0.001 else number(p, 3, lang=lang)
