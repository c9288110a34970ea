"""``check``: what a frame holds of a questionnaire before it is scored, item by item."""

from __future__ import annotations

from typing import Any, Literal

import attrs

from igm._display import Column, Language, Table
from igm._engines.column_map import ColumnMap
from igm._engines.engine import Engine, Frame, engine_of
from igm._engines.schema import schema_of
from igm.constructs._base import known_language, shown
from igm.constructs.vragenlijst import Vragenlijst
from igm.errors import MASK, InputError
from igm.scoring._frame_columns import Source, locate
from igm.scoring._frame_counts import Count, by_expression, in_memory, on_dask


@attrs.frozen
class ItemReport:
    """What a frame holds of one item.

    Attributes:
        item: The item.
        column: The column that holds it; ``None`` when there is none.
        kind: What the column holds, such as ``whole numbers``.
        native: What the engine calls that.
        answered: Number of answers that can be used.
        missing: Number of rows without an answer, those that a code makes so among them.
        unusable: Number of values that are no answer: a score of this frame would be refused.
        recoded: Number of values that a code gave a meaning.
        examples: At most two values that cannot be used, the smallest and the largest; masked where it is sensitive.
    """

    item: str
    column: str | None
    kind: str | None = None
    native: str | None = None
    answered: int = 0
    missing: int = 0
    unusable: int = 0
    recoded: int = 0
    examples: tuple[str, ...] = ()


@attrs.frozen(repr=False)
class FrameCheck:
    """What a frame holds of a questionnaire.

    Attributes:
        lijst: The id of the questionnaire.
        layout: ``wide`` with a row per person, ``long`` with a row per answer.
        rows: Number of rows.
        items: What was found, per item of the questionnaire.
        not_used: Columns that no item has.
        other_rows: Of a long frame, the number of rows that answer no item of this questionnaire.

    Example:
        >>> import pandas as pd
        >>> from igm.constructs.vragenlijst import vragenlijst
        >>> found = check(pd.DataFrame({"houding_1": [4, 9, None], "x": 1}), vragenlijst("client-participatie"))
        >>> found
        FrameCheck(lijst='client-participatie', rows=3, found=1, not_found=53, unusable=1)
        >>> found.items[0].examples, found.ok
        (('9',), False)
    """

    lijst: str
    layout: Literal["wide", "long"]
    rows: int
    items: tuple[ItemReport, ...]
    not_used: tuple[str, ...]
    other_rows: int = 0

    @property
    def not_found(self) -> tuple[str, ...]:
        """Items without a column; they count as not asked."""
        return tuple(one.item for one in self.items if one.column is None)

    @property
    def ok(self) -> bool:
        """Whether the frame can be scored: nothing in it is unusable."""
        return not any(one.unusable for one in self.items)

    def table(self, lang: Language = "nl") -> Table:
        """A row per item that was found, and below it what was not.

        Args:
            lang: Of the headers.
        """
        headers: dict[Language, tuple[str, ...]] = {
            "nl": (
                "item",
                "kolom",
                "soort",
                "antwoorden",
                "ontbreekt",
                "onbruikbaar",
                "omgezet",
                "voorbeelden",
            ),
            "en": ("item", "column", "kind", "answers", "missing", "unusable", "recoded", "examples"),
        }
        known_language(lang)
        found = [one for one in self.items if one.column is not None]
        words = ("niet gevonden", "niet gebruikt") if lang == "nl" else ("not found", "not used")
        notes = [
            f"{word}: {', '.join(names)}"
            for word, names in zip(words, (self.not_found, self.not_used), strict=True)
            if names
        ]
        names = headers[lang]
        columns: list[str | Column] = [*names[:3], *(Column(name, "right") for name in names[3:7]), names[7]]
        rows = [
            [
                one.item,
                one.column,
                one.native,
                one.answered,
                one.missing,
                one.unusable,
                one.recoded,
                ", ".join(one.examples),
            ]
            for one in found
        ]
        return Table(columns, rows, title=self.lijst, notes=tuple(notes), lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        return {
            "schema_version": 1,
            "lijst": self.lijst,
            "layout": self.layout,
            "rows": self.rows,
            "items": [{**attrs.asdict(one), "examples": list(one.examples)} for one in self.items],
            "not_used": list(self.not_used),
            "other_rows": self.other_rows,
            "ok": self.ok,
            "not_found": list(self.not_found),
        }

    def __repr__(self) -> str:
        unusable = sum(one.unusable for one in self.items)
        missing = len(self.not_found)
        return (
            f"FrameCheck(lijst={self.lijst!r}, rows={self.rows}, found={len(self.items) - missing}, "
            f"not_found={missing}, unusable={unusable})"
        )

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def check(frame: Frame, lijst: Vragenlijst, /, columns: ColumnMap | None = None) -> FrameCheck:
    """What a frame holds of a questionnaire: which columns were found, and which values cannot be used.

    A frame that waits to be collected runs one query, which gives one row of counts and
    examples back; nothing else leaves the engine.
    Text without a code is unusable: say with ``columns=igm.ColumnMap(codes=...)`` what it means.

    Args:
        frame: A frame of pandas, Polars, PyArrow, DuckDB, PySpark or Dask.
        lijst: The questionnaire.
        columns: Which column holds which item, and what values mean; when left out, items have a column of their name.

    Returns:
        A report that can be shown, and that asks nothing more of the frame.

    Raises:
        InputError: ``invalid-value`` for what is no frame or no questionnaire, ``unknown-item`` when no item has a
            column, ``duplicate-name``, and what the map refuses.

    Example:
        >>> import pandas as pd
        >>> from igm.constructs.vragenlijst import vragenlijst
        >>> frame = pd.DataFrame({"houding_1": [4, 5, None]})
        >>> check(frame, vragenlijst("client-participatie")).items[0].answered
        2
    """
    engine = engine_of(frame)
    if engine is None:
        do = "Give a frame of pandas, Polars, PyArrow, DuckDB, PySpark or Dask."
        raise InputError.of("invalid-value", "not a frame", do, given=shown(type(frame).__name__))
    given: object = lijst
    if not isinstance(given, Vragenlijst):
        do = "Give a Vragenlijst, such as vragenlijst('client-participatie')."
        raise InputError.of(
            "invalid-value", "not a Vragenlijst", do, where="$.lijst", given=type(given).__name__
        )
    schema = schema_of(frame, engine)
    found = locate(schema, lijst, columns)
    if engine.by_expression:
        counted = by_expression(frame, schema, found, lijst.schaal, engine)
    elif engine is Engine.DASK:
        counted = on_dask(frame, found, lijst.schaal)
    else:
        counted = in_memory(frame, engine, found, lijst.schaal)
    by_item = {
        source.item.id: _item(source, one) for source, one in zip(found.sources, counted.items, strict=True)
    }
    items = tuple(by_item.get(item.id, ItemReport(item.id, None)) for item in lijst.items)
    return FrameCheck(
        lijst.id, found.resolved.layout, counted.rows, items, found.resolved.not_used, counted.other
    )


def _plain(value: object) -> object:
    """A number as people write it: 9 and not 9.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _item(source: Source, one: Count) -> ItemReport:
    told = dict.fromkeys(shown(_plain(value)) for value in one.examples if value is not None)
    examples = (MASK,) if told and source.item.construct.info.sensitive else tuple(told)
    column = source.column
    counts = (one.answered, one.missing, one.unusable, one.recoded)
    return ItemReport(source.item.id, column.name, column.kind.value, column.native, *counts, examples)
