"""``FrameReport``: what a frame holds of what is asked of it, before it is scored or weighed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs

from igm._display import Column, Language, Table
from igm._engines._codes import Meaning, folded
from igm._engines.column_map import EVERY
from igm._engines.counting import LISTED, Count
from igm._engines.schema import ColumnType
from igm.constructs._base import FrozenMapping, known_language
from igm.constructs.waarde import Missing
from igm.errors import MASK, named

_HEADERS: dict[Language, tuple[str, ...]] = {
    "nl": ("naam", "kolom", "soort", "bruikbaar", "ontbreekt", "onbruikbaar", "omgezet", "om te zetten"),
    "en": ("name", "column", "type", "usable", "missing", "unusable", "recoded", "to recode"),
}
_NOTES: dict[Language, tuple[str, str, str]] = {
    "nl": ("niet gevonden", "niet gebruikt", "uitgevoerde zoekvragen"),
    "en": ("not found", "not used", "queries that were run"),
}
_UNANSWERED: dict[Language, str] = {"nl": "in geen rij", "en": "in no row"}
_ROWS: dict[Language, tuple[str, str, str]] = {
    "nl": ("rijen die bij geen item horen", "dubbele antwoorden", "antwoorden van niemand"),
    "en": ("rows that belong to no item", "answers that are there twice", "answers of nobody"),
}


@attrs.frozen
class ValueReport:
    """A value that cannot be used as it stands.

    Attributes:
        value: The value as a text; masked where it could tell something of a person.
        count: How often it occurs.
        suggested: What it means by the anchors of the scale or a list of words; nothing when these do not hold it.

    Example:
        >>> ValueReport("Mee eens", 12, 4)
        ValueReport(value='Mee eens', count=12, suggested=4)
    """

    value: str
    count: int
    suggested: Meaning | None = None

    def __str__(self) -> str:
        means = self.suggested.value if isinstance(self.suggested, Missing) else self.suggested
        return f"{self.value} ({self.count})" + ("" if means is None else f" -> {means}")


@attrs.frozen
class RowReport:
    """Answers in a frame with a row per answer that cannot be used, whatever their values.

    Attributes:
        person: Whose answer it is, per column that says so as a text; nothing where a column does not say it.
        item: The item.
        count: How many rows there are of it.

    Example:
        >>> print(RowReport(("c-1", "T0"), "houding_1", 2))
        c-1, T0: houding_1 (2)
    """

    person: tuple[str | None, ...]
    item: str
    count: int

    def __str__(self) -> str:
        person = ", ".join("?" if one is None else str(named(one)) for one in self.person)
        return f"{person}: {self.item} ({self.count})"


@attrs.frozen
class ColumnReport:
    """What a frame holds of one item, fact or question.

    Attributes:
        name: The item or fact; ``antwoorden.`` and the question for professionals' own answers.
        column: The column that holds it.
        native: What the engine calls the type of that column.
        usable: Number of values that can be used.
        missing: Number of rows without a value, those that a code makes so among them.
        unusable: Number of values that cannot be used: a frame that has any is refused.
        recoded: Number of values that a code gave a meaning.
        values: The different values that cannot be used, most frequent first and at most twenty; of what is sensitive
            one that is masked.
        finding: What is wrong with the column as such, and what to do: then the frame is refused, whatever the values.

    Example:
        >>> ColumnReport("houding_1", "V1", "text", usable=2, missing=1, unusable=0).usable
        2
    """

    name: str
    column: str
    native: str
    usable: int = 0
    missing: int = 0
    unusable: int = 0
    recoded: int = 0
    values: tuple[ValueReport, ...] = ()
    finding: str = ""

    @classmethod
    def of(
        cls, name: str, column: ColumnType, count: Count, words: Mapping[str, Meaning], *, sensitive: bool
    ) -> ColumnReport:
        """The report of what was counted; words say by folded text what a value can mean."""
        counts = (count.usable, count.missing, count.unusable, count.recoded)
        if sensitive:
            told: tuple[ValueReport, ...] = (ValueReport(MASK, count.unusable),) if count.unusable else ()
        else:
            told = told_values(count.values, words, numbers=column.kind.number)
        return cls(name, column.name, column.native, *counts, told)


def told_values(
    values: Mapping[str, int], words: Mapping[str, Meaning] | None = None, *, numbers: bool = False
) -> tuple[ValueReport, ...]:
    """The values that occur most.

    Args:
        values: How often each occurs.
        words: By folded text what it can mean.
        numbers: Whether they are numbers.
    """
    means = words or {}
    most = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))[:LISTED]
    return tuple(
        ValueReport(str(named(plain(text) if numbers else text)), count, means.get(folded(text)))
        for text, count in most
    )


def plain(text: str) -> str:
    """A number as people write it: 9 and not 9.0."""
    value = float(text)
    return str(int(value)) if value.is_integer() else text


@attrs.frozen(repr=False, kw_only=True)
class FrameReport:
    """What a frame holds of a questionnaire or a kader; made by ``igm.check`` and ``kader.check``.

    Attributes:
        asked: The id of the questionnaire or the kader.
        rows: Number of rows.
        columns: What was found, by the order of the questionnaire or the kader.
        not_found: Names without a column: items that were not asked, facts that are unknown.
        not_used: Columns that no name has.
        layout: ``wide`` with a row per person, ``long`` with a row per answer.
        other_rows: Of a long frame, the number of rows that answer nothing of what is asked.
        other_items: What those rows name: most frequent first and at most twenty.
        repeated_rows: Of a long frame, how many answers are there beside another of the same person to the same item.
        repeated: Whose these are: most frequent first and at most twenty.
        nobody_rows: Of a long frame, how many answers do not say whose they are.
        nobody: What they do say: most frequent first and at most twenty.
        queries: How many queries were run: 1 on a frame that waits to be collected, 0 on one in memory.

    Example:
        >>> import igm, polars as pl
        >>> mensen = pl.LazyFrame({"houding_1": ["Mee eens", "Weet niet", "tja"], "gemeente": "Leiden"})
        >>> verslag = igm.check(mensen, igm.vragenlijst("client-participatie"))
        >>> verslag
        FrameReport('client-participatie', rows=3, found=1, not_found=53, not_used=1, unusable=3, queries=1)
        >>> for value in verslag.columns[0].values:
        ...     print(value)
        Mee eens (1) -> 4
        Weet niet (1) -> weet_niet
        tja (1)
        >>> verslag.suggested_codes
        {'houding_1': {'Mee eens': 4, 'Weet niet': <Missing.WEET_NIET: 'weet_niet'>}}
        >>> verslag.not_used, verslag.unusable, verslag.ok
        (('gemeente',), {'houding_1': 3}, False)
    """

    asked: str
    rows: int
    columns: tuple[ColumnReport, ...]
    not_found: tuple[str, ...]
    not_used: tuple[str, ...]
    layout: Literal["wide", "long"] = "wide"
    other_rows: int = 0
    other_items: tuple[ValueReport, ...] = ()
    repeated_rows: int = 0
    repeated: tuple[RowReport, ...] = ()
    nobody_rows: int = 0
    nobody: tuple[RowReport, ...] = ()
    queries: int = 0

    def __getitem__(self, name: str, /) -> ColumnReport:
        """What was found of one name."""
        return next(one for one in self.columns if one.name == name)

    @property
    def found(self) -> Mapping[str, str]:
        """The column by name of what was found."""
        return FrozenMapping({one.name: one.column for one in self.columns})

    @property
    def unusable(self) -> Mapping[str, int]:
        """By name, how many values cannot be used; only where there are any."""
        return FrozenMapping({one.name: one.unusable for one in self.columns if one.unusable})

    @property
    def ok(self) -> bool:
        """Whether every column and value can be used; of a long frame, also every row that answers an item, if any."""
        only_others = self.other_rows and self.other_rows == self.rows
        findings = any(one.finding for one in self.columns)
        return not (findings or self.unusable or self.repeated_rows or self.nobody_rows or only_others)

    @property
    def suggested_codes(self) -> Mapping[str, Mapping[str, Meaning]]:
        """What values mean that a list holds, by name; look at it, and give it to ``ColumnMap(codes=...)``.

        All answers of a long frame stand in one column, so that their codes are for every name: ``"*"``.
        """
        found: dict[str, dict[str, Meaning]] = {}
        for one in self.columns:
            name = EVERY if self.layout == "long" else one.name
            told = {value.value: value.suggested for value in one.values if value.suggested is not None}
            found[name] = {**found.get(name, {}), **told}
        return FrozenMapping({name: FrozenMapping(codes) for name, codes in found.items() if codes})

    def table(self, lang: Language = "nl") -> Table:
        """A row per name that was found; below it what was not found, and what was not used.

        Of a frame with a row per answer, what no row answers has no row of its own either.

        Args:
            lang: Of the headers.
        """
        known_language(lang)
        names = _HEADERS[lang]
        headers: list[str | Column] = [*names[:3], *(Column(name, "right") for name in names[3:7]), names[7]]
        counts = ("usable", "missing", "unusable", "recoded")
        unanswered = [
            one.name
            for one in self.columns
            if self.layout == "long" and not (one.usable or one.missing or one.unusable)
        ]
        rows = [
            [one.name, one.column, one.native, *(getattr(one, count) for count in counts), _listed(one)]
            for one in self.columns
            if one.name not in unanswered
        ]
        values = (self.not_found, self.not_used, (str(self.queries),) if self.queries else ())
        told = zip(_NOTES[lang], values, strict=True)
        notes = [f"n = {self.rows}", *(f"{word}: {', '.join(those)}" for word, those in told if those)]
        if unanswered:
            notes.append(f"{_UNANSWERED[lang]}: {', '.join(unanswered)}")
        notes += [f"{one.name}: {one.finding}" for one in self.columns if one.finding]
        stray = (
            (self.other_rows, self.other_items),
            (self.repeated_rows, self.repeated),
            (self.nobody_rows, self.nobody),
        )
        for word, (count, those) in zip(_ROWS[lang], stray, strict=True):
            if count:
                notes.append(f"{word}: {count}" + "".join(f"; {one}" for one in those))
        return Table(headers, rows, title=self.asked, notes=notes, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        return {
            "schema_version": 1,
            "asked": self.asked,
            "rows": self.rows,
            "layout": self.layout,
            "columns": [
                {**attrs.asdict(one), "values": [attrs.asdict(value) for value in one.values]}
                for one in self.columns
            ],
            "not_found": list(self.not_found),
            "not_used": list(self.not_used),
            "other_rows": self.other_rows,
            "other_items": [attrs.asdict(one) for one in self.other_items],
            "repeated_rows": self.repeated_rows,
            "repeated": [attrs.asdict(one) for one in self.repeated],
            "nobody_rows": self.nobody_rows,
            "nobody": [attrs.asdict(one) for one in self.nobody],
            "queries": self.queries,
            "ok": self.ok,
        }

    def __repr__(self) -> str:
        parts = {"rows": self.rows, "found": len(self.columns), "not_found": len(self.not_found)}
        parts |= {"not_used": len(self.not_used), "unusable": sum(self.unusable.values())}
        parts |= {"queries": self.queries}
        return f"FrameReport({self.asked!r}, {', '.join(f'{name}={one}' for name, one in parts.items())})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def _listed(one: ColumnReport) -> str:
    rest = one.unusable - sum(value.count for value in one.values)
    return ", ".join([*map(str, one.values), *([f"+ {rest}"] if rest > 0 else [])])
