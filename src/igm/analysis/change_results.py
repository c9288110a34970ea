"""What can be said of the change of one person, and of several changes at once."""

from __future__ import annotations

import math
from typing import Any, Final, Literal, TypeAlias

import attrs

from igm._display import Cell, Column, Language, Table, number
from igm.analysis._expected import RciMethod
from igm.analysis.change_words import CHANGE
from igm.analysis.samples import Interval
from igm.constructs._base import known_language
from igm.constructs.model import found_construct
from igm.constructs.schaal import Schaal
from igm.errors import MASK

Better: TypeAlias = Literal["higher", "lower", "neither"]
"""What an improvement is; ``"neither"`` where a number is a level and no good or bad."""

ChangeVerdict: TypeAlias = Literal[
    "improved", "worsened", "higher", "lower", "not-shown", "cannot-show", "no-evidence"
]
"""What can be said of a change.

It is reliably better or worse (or higher or lower, where neither is better); that is not shown; an improvement
could not have been shown, because the scale ends too near, and the score did not go the other way; or there is no
evidence yet.
"""

NoEvidence: TypeAlias = Literal["no-before", "no-after", "neither", "no-reliability", "no-true-change"]
"""Why there is no evidence: a score or the reliability is missing, or the group leaves no true change to find."""

BAND: Final = 0.005
"""An index so near its limit is printed as that limit: which side it fell on hangs on rounding."""


@attrs.frozen(repr=False)
class ReliableChange:
    """The change of one person on one construct, beside measurement error.

    Attributes:
        before: The first score; ``None`` when it is missing.
        after: The second.
        rci: The reliable change index: the change beyond what was to be expected, in standard errors.
        adjusted: That change itself.
        interval: Where it lies: ± ``critical`` standard errors.
        s_diff: Its standard error.
        sem: The standard error of measurement at the first moment; ``None`` where no reliability was needed.
        critical: From where on an index counts, when it is beyond it and not on it.
        method: How it was found.
        reliability: The reliability that was given; ``None`` where none was needed, as there is no score.
        sd: The standard deviation that was given, or that of the group; ``None`` in the same way.
        better: What an improvement is.
        schaal: The scale; without one nothing is said of its ends.
        can_rise: Whether a rise from this first score could be shown at all; ``None`` without a scale.
        can_fall: The same of a fall.
        reason: Why there is no evidence; ``None`` where there is.
        label: Whose change, or of what.

    Example:
        >>> from igm.analysis import reliable_change
        >>> found = reliable_change(32.5, 47.5, reliability=0.80, sd=7.5)
        >>> round(found.sem, 3), round(found.s_diff, 3), round(found.rci, 3), found.verdict
        (3.354, 4.743, 3.162, 'improved')
    """

    before: float | None
    after: float | None
    rci: float | None
    adjusted: float | None
    interval: Interval | None
    s_diff: float | None
    sem: float | None
    critical: float
    method: RciMethod
    reliability: float | None
    sd: float | None
    better: Better = "higher"
    schaal: Schaal | None = None
    can_rise: bool | None = None
    can_fall: bool | None = None
    reason: NoEvidence | None = None
    label: str = ""

    @property
    def change(self) -> float | None:
        """The second score minus the first."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def smallest(self) -> float | None:
        """The smallest detectable change: what is larger than this, beyond what was to be expected, is reliable."""
        return None if self.s_diff is None else self.critical * self.s_diff

    @property
    def on_limit(self) -> bool:
        """Whether the index is so near its limit that the verdict hangs on rounding."""
        return self.rci is not None and abs(abs(self.rci) - self.critical) <= BAND

    @property
    def verdict(self) -> ChangeVerdict:
        """What can be said."""
        if self.rci is None:
            return "no-evidence"
        if abs(self.rci) > self.critical:
            if self.better == "neither":
                return "higher" if self.rci > 0 else "lower"
            return "improved" if (self.rci > 0) == (self.better == "higher") else "worsened"
        return "cannot-show" if self._out_of_reach() else "not-shown"

    def _out_of_reach(self) -> bool:
        """Whether an improvement could not have been shown; that is no news of somebody who went the other way."""
        change = self.change or 0
        if self.better == "higher":
            return self.can_rise is False and change >= 0
        if self.better == "lower":
            return self.can_fall is False and change <= 0
        return self.can_rise is False and self.can_fall is False

    def text(self, lang: Language = "nl") -> str:
        """What can be said, in plain words that praise and blame nobody.

        Args:
            lang: ``"nl"`` or ``"en"``.

        Returns:
            A few sentences; "not shown" is never told as "no change".
        """
        words = CHANGE[known_language(lang)]
        start = f"{_name(self.label, lang)}: " if self.label else ""
        if self.rci is None or self.change is None or self.smallest is None or self.interval is None:
            return start + words[f"no-evidence-{self.reason}"]
        said = words["from_to"].format(self._shown(self.before, lang), self._shown(self.after, lang)) + " "
        if abs(self.rci) > self.critical:
            said += words["rise" if self.rci > 0 else "fall"]
        elif self.verdict == "cannot-show":
            said += words[f"cannot-show-{self.better}"]
        else:
            said += words["not-shown"].format(number(self.smallest, lang=lang))
        if self.on_limit:
            said += " " + words["on-limit"]
        low, high = (number(end, lang=lang) for end in (self.interval.low, self.interval.high))
        level = number(100 * self.interval.level, 0, lang=lang)
        about = "interval" if self.adjusted == self.change else "interval-adjusted"
        return f"{start}{said} {words[about].format(level, low, high)}"

    def _shown(self, score: float | None, lang: Language) -> str:
        return number(score, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        made = attrs.asdict(self, filter=attrs.filters.exclude("schaal"))
        scale = None if self.schaal is None else self.schaal.model_dump(mode="json")
        told = {name: getattr(self, name) for name in ("change", "smallest", "on_limit", "verdict")}
        return made | {"schaal": scale} | told

    @property
    def _hidden(self) -> bool:
        """Whether it is about health, and is masked where it is not asked for."""
        found = found_construct(self.label)
        return found is not None and found.info.sensitive

    def __repr__(self) -> str:
        rci = None if self.rci is None else round(self.rci, 3)
        said = f"{MASK}, rci={MASK}" if self._hidden else f"{self.verdict!r}, rci={rci}"
        name = f"{self.label!r}, " if self.label else ""
        return f"ReliableChange({name}{said}, method={self.method!r})"

    def table(self, lang: Language = "nl") -> Table:
        """One row: both scores, the change with its interval, the index and what can be said."""
        return self._alone().table(lang)

    def _alone(self) -> ReliableChanges:
        return ReliableChanges((self,), "constructs" if self.label else "people", self._level)

    @property
    def _level(self) -> float:
        return 0.95 if self.interval is None else self.interval.level

    def __str__(self) -> str:
        return str(self._alone()) if self._hidden else self.text()

    def _repr_html_(self) -> str:
        return self._alone()._repr_html_()


@attrs.frozen(repr=False)
class ReliableChanges:
    """Several changes at once, and how likely it is that chance alone shows one of them.

    Attributes:
        rows: The changes, in the order in which they were given.
        of: Whether they are of several people on one construct, or of several constructs of one person.
        level: How sure each is by itself.
        notes: What to keep in mind: ``"own-sd"`` when the standard deviation came from these scores, ``"alpha"`` when
            the reliability came from answers, ``"alpha-sd"`` when the standard deviation came from the same ones, and
            ``"few"`` when that was of fewer than 30 people.
        n_measured: Of how many people that alpha is, by construct; none where it was given.

    Example:
        >>> from igm.analysis import reliable_change
        >>> then = {"houding": 2.3, "kennis": 3.0, "context": 4.8}
        >>> now = {"houding": 3.9, "kennis": 3.3, "context": 4.9}
        >>> found = reliable_change(then, now, reliability=0.8, sd=0.9)
        >>> [row.verdict for row in found.rows], round(found.false_alarm, 3)
        (['improved', 'not-shown', 'not-shown'], 0.143)
    """

    rows: tuple[ReliableChange, ...]
    of: Literal["people", "constructs"]
    level: float
    notes: tuple[str, ...] = ()
    n_measured: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: str | int) -> ReliableChange:
        if isinstance(key, int):
            return self.rows[key]
        for row in self.rows:
            if row.label == key:
                return row
        raise KeyError(key)

    @property
    def n_tested(self) -> int:
        """How many have an index."""
        return sum(row.rci is not None for row in self.rows)

    @property
    def false_alarm(self) -> float:
        """The chance of at least one false "reliable" change when nothing changed: 1 − level^k, as if independent.

        Seven constructs at 95% give 30%. Constructs of one person go together, so the true chance is lower; it is
        never above `false_alarm_at_most`.
        """
        return 1 - self.level**self.n_tested

    @property
    def false_alarm_at_most(self) -> float:
        """The same however they go together: k · (1 − level), at most 1."""
        return min(1.0, self.n_tested * (1 - self.level))

    @property
    def level_each(self) -> float:
        """How sure each should be, so that all together are as sure as one was meant to be: level^(1/k)."""
        return self.level ** (1 / self.n_tested) if self.n_tested else self.level

    def text(self, lang: Language = "nl") -> str:
        """What can be said of each, a line each, and how likely a false one is."""
        return "\n".join([*(row.text(lang) for row in self.rows), *self._said(lang)])

    def table(self, lang: Language = "nl") -> Table:
        """A row per change; what is sensitive is shown, because it is asked for."""
        return self._table(lang, mask=False)

    def _table(self, lang: Language, *, mask: bool) -> Table:
        words = CHANGE[known_language(lang)]
        named = any(row.label for row in self.rows)
        columns = [Column(words[self.of])] if named else []
        headers = [words["before"], words["after"], words["change"], words["ci"], "RCI", words["smallest"]]
        columns += [*(Column(one, "right") for one in headers), Column(words["said"])]
        rows: list[list[Cell]] = []
        for row in self.rows:
            cells = [MASK for _ in columns[named:]] if mask and row._hidden else _cells(row, lang)
            rows.append([_name(row.label, lang), *cells] if named else [*cells])
        return Table(columns, rows, notes=self._said(lang), lang=lang)

    def _said(self, lang: Language) -> list[str]:
        words = CHANGE[lang]
        if not self.rows:
            return []
        said = [words["method"].format(words[self.rows[0].method])]
        if len(measures := {(row.reliability, row.sd) for row in self.rows}) == 1:
            said.append(words["measure"].format(*(number(one, lang=lang) for one in measures.pop())))
        if self.n_tested > 1:
            chance = number(100 * self.false_alarm, 0, lang=lang)
            most = number(100 * self.false_alarm_at_most, 0, lang=lang)
            said.append(words["false-alarm"].format(self.n_tested, chance, most))
        ends = sorted({min(self.n_measured), max(self.n_measured)}) if self.n_measured else []
        people = "–".join(map(str, ends))
        said += [words[note].format(people) for note in self.notes]
        left = [_name(row.label, lang) for row in self.rows if row.reason == "no-reliability"]
        return [*said, words["left"].format(", ".join(left))] if left else said

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return {
            "rows": [row.to_dict() for row in self.rows],
            "of": self.of,
            "level": self.level,
            "n_tested": self.n_tested,
            "false_alarm": self.false_alarm,
            "false_alarm_at_most": self.false_alarm_at_most,
            "level_each": self.level_each,
            "notes": list(self.notes),
            "n_measured": list(self.n_measured),
        }

    def __repr__(self) -> str:
        shown = sum(row.rci is not None and abs(row.rci) > row.critical for row in self.rows)
        false = math.floor(1000 * self.false_alarm + 0.5) / 1000
        return f"ReliableChanges({self.of}={len(self.rows)}, reliable={shown}, false_alarm={false})"

    def __str__(self) -> str:
        return self._table("nl", mask=True).text()

    def _repr_html_(self) -> str:
        return self._table("nl", mask=True).html()


def _name(label: str, lang: Language) -> str:
    found = found_construct(label)
    return label if found is None else found.label(lang)


def _cells(row: ReliableChange, lang: Language) -> list[Cell]:
    span = None
    if row.interval is not None:
        span = f"{number(row.interval.low, lang=lang)}; {number(row.interval.high, lang=lang)}"
    words = CHANGE[lang]
    outcome = "no-reliability" if row.reason == "no-reliability" else row.verdict
    said = words[f"{outcome}_short"] + (f" ({words['on-limit_short']})" if row.on_limit else "")
    return [row.before, row.after, row.change, span, row.rci, row.smallest, said]
