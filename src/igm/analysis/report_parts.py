"""What a report table is made of: cells as they may be told, marks, and the tests that these are from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Final, Literal, TypeAlias

import attrs

from igm._display import EMPTY, Language, number
from igm.analysis.adjust import Adjustment
from igm.analysis.wave_results import Family
from igm.analysis.words import WAVES, adjustment_said
from igm.constructs._base import known_language
from igm.constructs.model import Construct

CellState: TypeAlias = Literal["shown", "rounded", "suppressed", "empty"]
"""How a cell stands in a table: as it is, at one decimal without standard deviation, left out, or not measured."""

BetweenWaves: TypeAlias = Literal["tell", "leave_out"]
"""What is done with waves that differ by few people: say so below the table, or leave one of them out."""

SUPPRESSED: Final = "×"
"""How a figure that is left out is shown."""

TOTAL: Final = "totaal"
"""The group that is all groups together."""


@attrs.frozen
class ReportCell:
    """A construct of a group at a wave, as it may be told.

    Attributes:
        construct: The column of scores.
        group: The columns that make the group and their values; empty without groups.
        wave: When; ``None`` is a wave too.
        state: How it stands in the table.
        n: How many people; ``None`` where left out or not measured.
        mean: The mean; ``None`` likewise.
        sd: The standard deviation, n − 1 below the line; ``None`` likewise, and where only the mean may be told.
        marks: The letters of the tests that showed a difference with an earlier wave.

    Example:
        >>> from igm.analysis import report_published
        >>> rows = [
        ...     {"wave": "T0", "construct": "context", "n": 16, "mean": 3.63, "sd": 1.50},
        ...     {"wave": "T2", "construct": "context", "n": 12, "mean": 5.88, "sd": 1.13},
        ... ]
        >>> table = report_published(rows, bron="We zijn allemaal mensen, 2025")
        >>> table.cells[1].text(), table.cells[1].marks
        ('5,88 (1,13)', ('a',))
    """

    construct: str
    group: Mapping[str, Any]
    wave: Any
    state: CellState
    n: int | None = None
    mean: float | None = None
    sd: float | None = None
    marks: tuple[str, ...] = ()

    def text(self, lang: Language = "nl") -> str:
        """The mean with its standard deviation, as a table prints them."""
        known_language(lang)
        if self.state == "suppressed":
            return SUPPRESSED
        if self.state == "empty" or self.mean is None:
            return EMPTY
        mean = number(self.mean, 1 if self.state == "rounded" else 2, lang=lang)
        return mean if self.sd is None else f"{mean} ({number(self.sd, lang=lang)})"

    def people(self) -> str:
        """How many people, as a table prints it."""
        if self.state == "suppressed":
            return SUPPRESSED
        return EMPTY if self.n is None else str(self.n)

    def to_dict(self) -> dict[str, Any]:
        """What may be told."""
        return attrs.asdict(self, recurse=False) | {"group": dict(self.group), "marks": list(self.marks)}


@attrs.frozen
class ReportMark:
    """A difference that was shown, and the test behind it.

    Attributes:
        letter: What stands in the table.
        construct: The column of scores.
        group: The group.
        earlier: The first wave.
        later: The second, where the letter stands.
        verdict: ``"higher"`` or ``"lower"``: the later mean against the earlier.
        method: Which test.
        p_adjusted: The chance, adjusted for the tests of the family; ``None`` where it would tell a standard deviation
            that is left out, and is only said to lie below the level.

    Example:
        >>> from igm.analysis import report_published
        >>> rows = [
        ...     {"wave": "T0", "construct": "context", "n": 16, "mean": 3.63, "sd": 1.50},
        ...     {"wave": "T2", "construct": "context", "n": 12, "mean": 5.88, "sd": 1.13},
        ... ]
        >>> table = report_published(rows, bron="We zijn allemaal mensen, 2025")
        >>> mark = table.marks[0]
        >>> mark.letter, mark.verdict, mark.method, round(mark.p_adjusted, 4)
        ('a', 'higher', 'welch', 0.0001)
    """

    letter: str
    construct: str
    group: Mapping[str, Any]
    earlier: Any
    later: Any
    verdict: Literal["higher", "lower"]
    method: str
    p_adjusted: float | None

    def to_dict(self) -> dict[str, Any]:
        """Everything, ready for JSON when waves and groups are."""
        return attrs.asdict(self, recurse=False) | {"group": dict(self.group)}


@attrs.frozen
class FewBetween:
    """Two waves of a group that are about almost the same people.

    Attributes:
        group: The columns that make the group and their values; empty without groups.
        earlier: The first wave.
        later: The second.
        people: How many have a score at one of the two only: the smallest such number above 0, of all constructs.

    Example:
        >>> FewBetween({"site": "north"}, "T0", "T1", 3).people
        3
    """

    group: Mapping[str, Any]
    earlier: Any
    later: Any
    people: int

    def to_dict(self) -> dict[str, Any]:
        """Everything, ready for JSON when waves and groups are."""
        return attrs.asdict(self, recurse=False) | {"group": dict(self.group)}


@attrs.frozen
class ReportTests:
    """The family of tests that marks are from.

    Attributes:
        adjust: How chances were adjusted.
        family: Which tests are one family.
        alpha: Below which adjusted chance there is a mark.
        n_tests: The sizes of the families, each once.
        notes: As of `WaveComparisons`.

    Example:
        >>> from igm.analysis import report_published
        >>> rows = [
        ...     {"wave": "T0", "construct": "context", "n": 16, "mean": 3.63, "sd": 1.50},
        ...     {"wave": "T2", "construct": "context", "n": 12, "mean": 5.88, "sd": 1.13},
        ... ]
        >>> table = report_published(rows, bron="We zijn allemaal mensen, 2025")
        >>> table.tests.adjust, table.tests.n_tests, table.tests.notes
        ('holm', (1,), ('published',))
    """

    adjust: Adjustment
    family: Family
    alpha: float
    n_tests: tuple[int, ...]
    notes: tuple[str, ...]

    def said(self, lang: Language) -> list[str]:
        """How chances were adjusted, and what is not known."""
        words = WAVES[lang]
        return [
            adjustment_said(self.adjust, self.family, self.n_tests, lang),
            *(words[note] for note in self.notes),
        ]

    def to_dict(self) -> dict[str, Any]:
        """Everything."""
        return attrs.asdict(self, recurse=False) | {"n_tests": list(self.n_tests), "notes": list(self.notes)}


def label(construct: str, lang: Language) -> str:
    """The name of a construct as people read it; a name of one's own as it is."""
    try:
        return Construct(construct).label(lang)
    except ValueError:
        return construct


def told(value: Any) -> str:
    """A value of a group or a wave as text; a day without the midnight that frames put behind it."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return EMPTY if value is None else str(value)


def digits_of(alpha: float) -> int:
    """How many decimals a level is written with."""
    return max(2, len(repr(alpha).partition(".")[2]))
