"""``Preconditions``: what was found of an organisation's preconditions, per construct and together."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

import attrs

from igm._display import Column, Language, Table, number
from igm.congruence._gate_words import GATE
from igm.constructs._base import known_language
from igm.constructs.composite import CompositeState, Metric
from igm.constructs.model import Construct, construct
from igm.disclosure import GroupPurpose
from igm.errors import UnknownNameError, shown, suggestion
from igm.scoring.intervals import Interval

GateState: TypeAlias = Literal["open", "closed", "undecided"]
"""Whether a precondition is met: yes, no, or not known; the last is never taken as a no."""

PreconditionReason: TypeAlias = Literal[
    "reached", "below", "across", "not-measured", "one-person", "withheld"
]
"""Why.

All of the interval lies on or above the threshold, or below it; it holds the threshold; nobody has a score; one score
has no interval; or the figures may not be told, because of few people or of scores that are too much alike.
"""

NAME: Final = "geaggregeerd willen en kunnen"
"""What the check is called when it has no other name."""

SCHEMA_VERSION: Final = 1
"""The version of the form in which a result is stored."""


@attrs.frozen
class Precondition:
    """One construct beside its threshold.

    Attributes:
        construct: Which one.
        state: Whether it is met.
        reason: Why.
        threshold: What it is held beside, on the metric.
        n: How many people have a score; ``None`` where that may not be told.
        n_missing: How many have none; ``None`` in the same way.
        mean: The mean on the metric; ``None`` in the same way.
        interval: The interval of the mean; ``None`` in the same way, for one score, for fewer than ten people when
            publishing, and where even rounded it would tell answers.
        rounded: Whether mean and interval come from figures that were rounded, because in full they would tell answers.
        unchecked: Whether it was not checked that the figures tell no answers, because a scale or a number of items is
            not known, or there are too many sets to count.

    Example:
        >>> Precondition(Construct.KENNIS, "undecided", "not-measured", 50).n is None
        True
    """

    construct: Construct
    state: GateState
    reason: PreconditionReason
    threshold: float
    n: int | None = None
    n_missing: int | None = None
    mean: float | None = None
    interval: Interval | None = None
    rounded: bool = False
    unchecked: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON."""
        return {
            "construct": self.construct.value,
            "state": self.state,
            "reason": self.reason,
            "threshold": self.threshold,
            "n": self.n,
            "n_missing": self.n_missing,
            "mean": self.mean,
            "interval": None if self.interval is None else self.interval.to_dict(),
            "rounded": self.rounded,
            "unchecked": self.unchecked,
        }


@attrs.frozen(repr=False)
class Preconditions:
    """Whether an organisation's preconditions are roughly in order: an advice, with its reasons.

    Attributes:
        name: What the check is called.
        rows: Each construct beside its threshold, in the order of the model.
        metric: What thresholds, means and intervals are in.
        source: Where the thresholds come from.
        level: How sure the intervals are.
        doel: What the figures are for.
        fewest: How many people every figure is about at least.

    Example:
        >>> row = Precondition(Construct.KENNIS, "undecided", "not-measured", 50)
        >>> Preconditions("willen en kunnen", (row,), "pomp", "own", 0.95, "publiceren", 10).state
        'undecided'
    """

    name: str
    rows: tuple[Precondition, ...]
    metric: Metric
    source: str
    level: float
    doel: GroupPurpose
    fewest: int

    @property
    def state(self) -> GateState:
        """All together: closed when one is closed, open when all are open, else undecided."""
        states = {row.state for row in self.rows}
        if "closed" in states:
            return "closed"
        return "open" if states == {"open"} else "undecided"

    def __getitem__(self, name: str | Construct) -> Precondition:
        key = construct(name)
        for row in self.rows:
            if row.construct is key:
                return row
        do = suggestion(key.value, [row.construct.value for row in self.rows])
        raise UnknownNameError.of("unknown-construct", "no threshold for it", do, given=shown(key.value))

    def text(self, lang: Language = "nl") -> str:
        """What can be said, in plain words: all together, then each construct with its reason.

        Args:
            lang: ``"nl"`` or ``"en"``.

        Raises:
            InputError: ``unknown-name`` for another language.
        """
        words = GATE[known_language(lang)]
        lines = [f"{self._title(lang)}. {words[self.state]}"]
        for row in self.rows:
            figures = "" if row.mean is None else f" ({self._figures(row, lang)})"
            state = CompositeState(row.state).label(lang)
            lines.append(f"{row.construct.label(lang)}: {state}, {words[row.reason]}{figures}.")
        return "\n".join([*lines, *self._notes(lang)])

    def _title(self, lang: Language) -> str:
        name = GATE[lang]["name"] if self.name == NAME else self.name
        return f"{name[0].upper()}{name[1:]}: {CompositeState(self.state).label(lang)}"

    def _figures(self, row: Precondition, lang: Language) -> str:
        words = GATE[lang]
        said = [f"{words['mean']} {number(row.mean, lang=lang)}"]
        if row.interval is not None:
            said.append(f"{words['interval']} {_span(row.interval, lang)}")
        said.append(f"{words['threshold']} {number(row.threshold, lang=lang)}")
        return "; ".join([*said, f"n = {row.n}"])

    def _notes(self, lang: Language) -> list[str]:
        words = GATE[lang]
        notes = [
            f"{words[f'metric-{self.metric}']} {words['level'].format(number(100 * self.level, 0, lang=lang))}",
            words["source"].format(self.source.rstrip(".")),
        ]
        if self.doel == "publiceren":
            notes.append(words["least"].format(self.fewest))
        about = {
            name: [row.construct.label(lang) for row in self.rows if getattr(row, name)]
            for name in ("rounded", "unchecked")
        }
        notes += [words[name].format(", ".join(labels)) for name, labels in about.items() if labels]
        return [*notes, words["advice"]]

    def table(self, lang: Language = "nl") -> Table:
        """A row per construct: its state, the mean with its interval, the threshold, n and why."""
        words = GATE[known_language(lang)]
        rows = [
            [
                row.construct.label(lang),
                CompositeState(row.state).label(lang),
                row.mean,
                None if row.interval is None else _span(row.interval, lang),
                row.threshold,
                row.n,
                words[row.reason],
            ]
            for row in self.rows
        ]
        columns = [
            Column(words["construct"]),
            Column(words["state"]),
            *(Column(words[name], "right") for name in ("mean", "interval", "threshold", "n")),
            Column(words["why"]),
        ]
        notes = [words[self.state], *self._notes(lang)]
        return Table(columns, rows, title=self._title(lang), notes=notes, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON; what may not be told is not in it."""
        return {
            "schema_version": SCHEMA_VERSION,
            "name": self.name,
            "state": self.state,
            "rows": [row.to_dict() for row in self.rows],
            "metric": self.metric,
            "source": self.source,
            "level": self.level,
            "doel": self.doel,
            "fewest": self.fewest,
        }

    def __repr__(self) -> str:
        name = self.name if len(self.name) <= 60 else f"{self.name[:59]}…"
        return f"Preconditions({name!r}, {self.state!r}, constructs={len(self.rows)}, metric={self.metric!r})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def _span(interval: Interval, lang: Language) -> str:
    return f"{number(interval.low, lang=lang)}; {number(interval.high, lang=lang)}"
