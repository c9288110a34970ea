"""A report of progress: per determinant then, now, what changed and what next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

import attrs

from igm._display import Cell, Column, Language, Table, number
from igm.analysis._report import Item, Report, Section
from igm.analysis.change_results import ReliableChange
from igm.analysis.goals import GoalAttainment
from igm.analysis.progress_words import PROGRESS
from igm.constructs._base import FrozenMapping, known_language
from igm.constructs._table import facet_label
from igm.constructs.gedrag import Gedrag
from igm.constructs.model import Construct, Dimension
from igm.constructs.waarde import Missing, SocialeDruk, Waarde
from igm.errors import MASK

ProgressState: TypeAlias = Literal["rise", "fall", "not-shown", "cannot-show", "untested", "missing"]
"""What is told of a determinant: higher or lower beyond errors, not shown, out of reach, not tested, or missing."""

SCHEMA_VERSION: Final = 1
"""The version of the form in which a report is stored."""


@attrs.frozen(repr=False)
class ProgressRow:
    """One construct in a report of progress.

    Attributes:
        construct: Which one.
        then: Its value then, or why it is missing.
        now: The same now.
        reliable: The change beside errors of measurement; ``None`` where a value or the reliability is not known.
        vervolg: What next, in own words; ``None`` where nobody said so yet.

    Example:
        >>> ProgressRow(Construct.KENNIS, Missing.NIET_GEVRAAGD, Missing.WEET_NIET)
        ProgressRow('kennis', 'missing')
    """

    construct: Construct
    then: Waarde | Missing
    now: Waarde | Missing
    reliable: ReliableChange | None = None
    vervolg: str | None = None

    @property
    def change(self) -> float | None:
        """Now minus then, on the scale."""
        if isinstance(self.then, Missing) or isinstance(self.now, Missing):
            return None
        return self.now.score - self.then.score

    @property
    def state(self) -> ProgressState:
        """What is told of it."""
        if self.change is None:
            return "missing"
        if self.reliable is None or self.reliable.rci is None:
            return "untested"
        if abs(self.reliable.rci) > self.reliable.critical:
            return "rise" if self.reliable.rci > 0 else "fall"
        return "cannot-show" if self.reliable.verdict == "cannot-show" else "not-shown"

    @property
    def _hidden(self) -> bool:
        return self.construct.info.sensitive

    def item(self, lang: Language, *, mask: bool) -> Item:
        """Its part of the report."""
        words = PROGRESS[lang]
        name = self.construct.label(lang)
        if mask and self._hidden:
            return Item(name, tuple((words[one], MASK) for one in ("then", "now", "change", "next")))
        lines = [(words["then"], _value(self.then, lang)), (words["now"], _value(self.now, lang))]
        lines.append((words["change"], self._told(lang)))
        facets = self._facets(lang)
        if facets:
            lines.append((words["facets"], facets))
        if self.vervolg is not None:
            return Item(name, (*lines, (words["next"], self.vervolg)))
        return Item(name, (*lines, (words["proposed"], words[f"next-{self._proposal()}"])))

    def _told(self, lang: Language) -> str:
        words, change = PROGRESS[lang], self.change
        if change is None:
            return words["missing"]
        size = "same" if change == 0 else "higher" if change > 0 else "lower"
        said = words[size].format(number(abs(change), lang=lang))
        key: str = self.state
        if self.reliable is not None and key == "cannot-show":
            key = f"cannot-show-{self.reliable.better}"
        if key == "not-shown" and change == 0:
            key = "not-shown-same"
        text = words["shown" if key in {"rise", "fall"} else key].format(said[0].upper() + said[1:])
        limit = self.reliable is not None and self.reliable.on_limit
        return f"{text} {words['on-limit']}" if limit else text

    def _proposal(self) -> str:
        if self.state == "missing":
            if not isinstance(self.now, Missing):
                return "again"
            return "ask" if self.now.ask_again else "leave"
        return "shown" if self.state in {"rise", "fall"} else self.state

    def _facets(self, lang: Language) -> str:
        if isinstance(self.then, Missing) or isinstance(self.now, Missing):
            return ""
        then, now = self.then.facetten, self.now.facetten
        said = [
            PROGRESS[lang]["facet"].format(
                facet_label(name, lang), number(then[name], lang=lang), number(now[name], lang=lang)
            )
            for name in then
            if name in now
        ]
        return "; ".join(said)

    def cells(self, lang: Language, *, mask: bool) -> list[Cell]:
        """Its row in a table."""
        words, name = PROGRESS[lang], self.construct.label(lang)
        if mask and self._hidden:
            return [name, *[MASK] * 6]
        scores: list[Cell] = [
            one.label(lang) if isinstance(one, Missing) else one.score for one in (self.then, self.now)
        ]
        found = None if self.reliable is None else self.reliable.interval
        span = None if found is None else f"{number(found.low, lang=lang)}; {number(found.high, lang=lang)}"
        return [name, *scores, self.change, span, words[f"{self.state}_short"], self.vervolg]

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return {
            "construct": self.construct.value,
            "then": _stored(self.then),
            "now": _stored(self.now),
            "change": self.change,
            "state": self.state,
            "reliable": None if self.reliable is None else self.reliable.to_dict(),
            "vervolg": self.vervolg,
        }

    def __repr__(self) -> str:
        return f"ProgressRow({self.construct.value!r}, {MASK if self._hidden else repr(self.state)})"


def _value(value: Waarde | Missing, lang: Language) -> str:
    if isinstance(value, Missing):
        return value.label(lang)
    said = PROGRESS[lang]["score"].format(number(value.score, lang=lang), value.schaal)
    pressed = value.richting if isinstance(value, SocialeDruk) else None
    return said if pressed is None else f"{said}, {pressed.label(lang)}"


def _stored(value: Waarde | Missing) -> Any:
    return value.value if isinstance(value, Missing) else value.model_dump(mode="json")


def _pairs(given: Mapping[str, tuple[str, str]]) -> Mapping[str, tuple[str, str]]:
    return FrozenMapping(given)


@attrs.frozen(repr=False)
class ProgressReport:
    """What changed for one person between two profiles of one behaviour; it describes, and people decide.

    What is printed masks sensitive values and own words about barriers; ``text()``, ``html()`` and ``table()`` are the
    asking for them.

    Attributes:
        gedrag: The behaviour that both profiles are about.
        ref: The person, as a pseudonym.
        rows: The constructs of which something was asked.
        not_asked: The determinants that were asked at neither moment.
        belemmeringen: Practical barriers in own words: then and now.
        goals: Own goals.
        moments: When then and now were, in words.
        is_part: Whether something that was asked is left out, because the report is of chosen constructs.

    Example:
        >>> from igm.analysis import progress_report
        >>> from igm.constructs import LIKERT5, Profiel
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers", context="alleen", time="nu", doel="werk")
        >>> then = Profiel(gedrag=gedrag, waarden={"kennis": Waarde(score=2.0, schaal=LIKERT5)})
        >>> now = Profiel(gedrag=gedrag, waarden={"kennis": Waarde(score=3.6, schaal=LIKERT5)})
        >>> progress_report(then, now, reliability=0.84, sd=0.9)
        ProgressReport(constructs=1, tested=1, shown=1)
    """

    gedrag: Gedrag
    ref: str | None
    rows: tuple[ProgressRow, ...]
    not_asked: tuple[Construct, ...]
    belemmeringen: Mapping[str, tuple[str, str]] = attrs.field(converter=_pairs)
    goals: GoalAttainment | None
    moments: tuple[str, str] | None
    is_part: bool = False

    def __getitem__(self, name: Construct | str) -> ProgressRow:
        for row in self.rows:
            if row.construct == name:
                return row
        raise KeyError(name)

    @property
    def n_tested(self) -> int:
        """How many changes were set beside errors of measurement."""
        return sum(row.reliable is not None and row.reliable.rci is not None for row in self.rows)

    @property
    def false_alarm(self) -> float:
        """The chance of at least one false "higher" or "lower" when nothing changed, as if independent."""
        levels = [
            row.reliable.interval.level
            for row in self.rows
            if row.reliable is not None and row.reliable.interval is not None
        ]
        kept = 1.0
        for level in levels:
            kept *= level
        return 1 - kept

    def text(self, lang: Language = "nl") -> str:
        """The report as plain text, sensitive values included.

        Args:
            lang: ``"nl"`` or ``"en"``; own words stay as they are.

        Returns:
            Lines of at most 100 characters.
        """
        return self.report(known_language(lang), mask=False).text()

    def html(self, lang: Language = "nl") -> str:
        """The report as html, sensitive values included; one ``<article>`` to put in a page."""
        return self.report(known_language(lang), mask=False).html()

    def report(self, lang: Language, *, mask: bool) -> Report:
        """The report, part by part."""
        words = PROGRESS[lang]
        intro = [words["gedrag"].format(self.gedrag.text(lang))]
        if self.ref is not None:
            intro.insert(0, words["of"].format(self.ref))
        if self.moments is not None:
            intro.append(words["moments"].format(*self.moments))
        return Report(words["title"], intro, self.sections(lang, mask=mask), self._closing(lang), lang)

    def sections(self, lang: Language, *, mask: bool) -> list[Section]:
        """Determinants by part of the model, practical barriers, goals."""
        words = PROGRESS[lang]
        made: list[Section] = []
        for part in Dimension:
            items = tuple(row.item(lang, mask=mask) for row in self.rows if row.construct.dimension is part)
            if items:
                made.append(Section(part.label(lang), items))
        if self.belemmeringen:
            barriers = [
                Item(
                    MASK if mask else name,
                    tuple(zip((words["then"], words["now"]), [MASK] * 2 if mask else both, strict=True)),
                )
                for name, both in self.belemmeringen.items()
            ]
            made.append(Section(words["belemmeringen"], tuple(barriers)))
        if self.goals is not None:
            goals = [Item(goal.name, ((words["level"], goal.meaning(lang)),)) for goal in self.goals.goals]
            made.append(Section(words["goals"], tuple(goals)))
        return made

    def _closing(self, lang: Language) -> list[str]:
        words = PROGRESS[lang]
        said = [] if self.goals is None else self.goals.said(lang)
        untested = [row.construct.label(lang) for row in self.rows if row.state == "untested"]
        if untested:
            all_of_them = len(untested) == sum(row.change is not None for row in self.rows)
            said.append(words["untested-all" if all_of_them else "untested-some"].format(", ".join(untested)))
        if self.is_part:
            said.append(words["chosen"])
        if self.not_asked:
            said.append(words["not_asked"].format(", ".join(one.label(lang) for one in self.not_asked)))
        if self.n_tested > 1:
            chance = number(100 * self.false_alarm, 0, lang=lang)
            said.append(words["false-alarm"].format(self.n_tested, chance))
        return [*said, words["closing"]]

    def table(self, lang: Language = "nl") -> Table:
        """A row per construct, with the interval of its change; sensitive values are shown."""
        return self._table(known_language(lang), mask=False)

    def _table(self, lang: Language, *, mask: bool) -> Table:
        words = PROGRESS[lang]
        figures = [words[one].lower() for one in ("then", "now", "change", "ci")]
        columns = [Column(words["construct"]), *(Column(one, "right") for one in figures)]
        columns += [Column(words["said"]), Column(words["next"].lower())]
        rows = [row.cells(lang, mask=mask) for row in self.rows]
        return Table(columns, rows, title=words["title"], notes=self._closing(lang), lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision; sensitive values are in it."""
        return {
            "schema_version": SCHEMA_VERSION,
            "gedrag": self.gedrag.model_dump(mode="json"),
            "ref": self.ref,
            "moments": None if self.moments is None else list(self.moments),
            "rows": [row.to_dict() for row in self.rows],
            "not_asked": [one.value for one in self.not_asked],
            "is_part": self.is_part,
            "belemmeringen": {name: list(both) for name, both in self.belemmeringen.items()},
            "goals": None if self.goals is None else self.goals.to_dict(),
            "n_tested": self.n_tested,
            "false_alarm": self.false_alarm,
        }

    def __repr__(self) -> str:
        shown = sum(row.state in {"rise", "fall"} for row in self.rows if not row._hidden)
        hidden = any(row._hidden for row in self.rows)
        told = f"{shown} or more" if hidden else str(shown)
        return f"ProgressReport(constructs={len(self.rows)}, tested={self.n_tested}, shown={told})"

    def __str__(self) -> str:
        return self.report("nl", mask=True).text()

    def _repr_html_(self) -> str:
        return self.report("nl", mask=True).html()
