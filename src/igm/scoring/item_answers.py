"""``item_quality``: per item how it was answered, what is missing and why, and where people stopped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._display import Column, Language, Table, number
from igm._engines.column_map import ColumnMap
from igm._engines.engine import Frame
from igm.constructs._base import FrozenMapping, known_language, shown
from igm.constructs.model import Construct
from igm.constructs.vragenlijst import Item, Vragenlijst
from igm.constructs.waarde import Missing
from igm.disclosure import FEWEST_PEOPLE
from igm.errors import MASK, InputError, suggestion
from igm.scoring._matrix import People, read_people
from igm.scoring._numbers import Grid, Row
from igm.scoring._people import OnePerson
from igm.scoring._quality_words import WORDS
from igm.scoring._refs import repeated
from igm.scoring.consistency import alpha_of
from igm.scoring.intervals import LEVEL
from igm.scoring.notes import Note
from igm.scoring.protocols import FloatArray


@attrs.frozen(kw_only=True)
class ItemQuality:
    """How one item was answered.

    Attributes:
        item: The item.
        construct: What it measures.
        reversed: Whether it is worded the other way; mean, floor and ceiling are of the answers as they were given.
        n: Number of people who answered it.
        mean: The mean of the answers; ``None`` without any.
        sd: Their standard deviation with n − 1 below the line; ``None`` for fewer than two.
        floor: The share of answers at the lowest end of the scale, from 0 to 1.
        ceiling: The share at the highest end.
        item_rest: The correlation with the other items of its construct, all turned the same way; ``None`` where that
            cannot be computed.
        missing: How many answers are missing, by kind.
        dropout: How many people answered something before this item, and from it on nothing more.
        notes: What there is to know.

    Example:
        >>> from igm.constructs.vragenlijst import vragenlijst
        >>> lijst = vragenlijst("client-participatie")
        >>> found = item_quality([{"houding_1": 5}, {"houding_1": 4, "houding_2": 4}], lijst)
        >>> found["houding_2"].n, found["houding_2"].dropout, found["houding_1"].ceiling
        (1, 1, 0.5)
    """

    item: str
    construct: Construct
    reversed: bool
    n: int
    mean: float | None
    sd: float | None
    floor: float | None
    ceiling: float | None
    item_rest: float | None
    missing: Mapping[Missing, int]
    dropout: int
    notes: tuple[Note, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return {
            "item": self.item,
            "construct": self.construct.value,
            "reversed": self.reversed,
            "n": self.n,
            "mean": self.mean,
            "sd": self.sd,
            "floor": self.floor,
            "ceiling": self.ceiling,
            "item_rest": self.item_rest,
            "missing": {kind.value: count for kind, count in self.missing.items()},
            "dropout": self.dropout,
            "notes": [note.to_dict() for note in self.notes],
        }

    def __repr__(self) -> str:
        return f"ItemQuality({self.item!r}, n={self.n}, missing={sum(self.missing.values())})"


@attrs.frozen(kw_only=True, repr=False)
class ItemQualities:
    """How the items of a questionnaire were answered.

    Attributes:
        lijst: The questionnaire and its version.
        n_people: Number of people.
        n_started: Number of people with an answer.
        n_complete: Number of people who answered every item.
        rows: A result per item, in the order of the questionnaire.
        notes: What there is to know about all of them.

    Example:
        >>> from igm.constructs.vragenlijst import vragenlijst
        >>> item_quality([{"houding_1": 5}, {}], vragenlijst("client-participatie"))
        ItemQualities(items=54, n_people=2, n_started=1, n_complete=0)
    """

    lijst: str
    n_people: int
    n_started: int
    n_complete: int
    rows: tuple[ItemQuality, ...]
    notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[ItemQuality]:
        return iter(self.rows)

    def __getitem__(self, item: str) -> ItemQuality:
        by_id = {row.item: row for row in self.rows}
        if not isinstance(item, str) or item not in by_id:
            do = suggestion(item, by_id)
            raise InputError.of("unknown-item", "the questionnaire has no such item", do, given=shown(item))
        return by_id[item]

    def table(self, lang: Language = "nl") -> Table:
        """A row per item. Figures about a sensitive item that rest on fewer than five people are masked."""
        words = WORDS[known_language(lang)]
        kinds = [kind for kind in Missing if any(row.missing[kind] for row in self.rows)]
        figures = ["n", "M", "SD", words["floor"], words["ceiling"], "item-rest"]
        headers = [*figures, *(kind.label(lang) for kind in kinds), words["dropout"]]
        columns = [Column("item"), *(Column(one, "right") for one in headers)]
        counts = words["completion"].format(self.n_people, self.n_started, self.n_complete)
        said = [counts, words["as_given"], *(note.text(lang) for note in self.notes)]
        codes = dict.fromkeys(note.code for row in self.rows for note in row.notes)
        for code in codes:
            whose = [row.item for row in self.rows if code in {note.code for note in row.notes}]
            said.append(Note(code, tuple(whose)).text(lang))
        rows = [self._row(row, kinds, lang) for row in self.rows]
        return Table(columns, rows, notes=[*said, self.lijst], lang=lang)

    def _row(self, row: ItemQuality, kinds: Sequence[Missing], lang: Language) -> list[Any]:
        start = f"{row.item} (R)" if row.reversed else row.item
        figures: list[str] = [number(row.mean, lang=lang), number(row.sd, lang=lang)]
        figures += [_percent(row.floor, lang), _percent(row.ceiling, lang)]
        if row.construct.info.sensitive and 0 < row.n < FEWEST_PEOPLE:
            figures = [MASK] * len(figures)
        rest = number(row.item_rest, lang=lang)
        return [start, row.n, *figures, rest, *(row.missing[kind] for kind in kinds), row.dropout]

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision, ready for JSON."""
        version: Literal[1] = 1
        return {
            "schema_version": version,
            "lijst": self.lijst,
            "n_people": self.n_people,
            "n_started": self.n_started,
            "n_complete": self.n_complete,
            "rows": [row.to_dict() for row in self.rows],
            "notes": [note.to_dict() for note in self.notes],
        }

    def __repr__(self) -> str:
        counts = f"n_people={self.n_people}, n_started={self.n_started}, n_complete={self.n_complete}"
        return f"ItemQualities(items={len(self)}, {counts})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def _percent(share: float | None, lang: Language) -> str:
    return number(None, lang=lang) if share is None else f"{number(100 * share, 0, lang=lang)}%"


def item_quality(
    data: Sequence[OnePerson] | FloatArray | Frame,
    lijst: Vragenlijst,
    /,
    *,
    columns: ColumnMap | None = None,
    items: Sequence[str] | None = None,
    person: str | Row | None = None,
) -> ItemQualities:
    """How each item was answered: mean, spread, floor and ceiling, item-rest, what is missing and why, and dropout.

    Somebody drops out at the first item after the last one that he or she answered, in the order of the questionnaire;
    who answered nothing did not start, and does not drop out. Item-rest is the correlation of an item, turned, with the
    sum of the others, so that an item does not go together with itself (Henrysson, 1963); below 0 it asks whether the
    item was turned in the data already.

    Args:
        data: A list of people, an array with a row per person, or a frame in memory. NaN in an array and null in a
            frame were not asked, except where the codes of ``columns`` say why; a frame with a row per answer does not
            keep that, which is noted.
        lijst: The questionnaire.
        columns: Of a frame, which column holds which item and what the values in it mean.
        items: Of an array, the item of each column, when they are not in the order of the questionnaire.
        person: Who the people are: a column of the frame, or a ref per person. When left out a column such as
            ``respondent`` or ``ref`` is taken. Who has several rows is counted in each; a note tells it.

    Returns:
        A result per item of the questionnaire, those that nobody was asked among them.

    Raises:
        InputError: What ``igm.score`` refuses of answers; ``invalid-value`` for one person alone and for a frame that
            waits to be collected.

    Example:
        >>> import numpy as np
        >>> from igm.constructs.vragenlijst import vragenlijst
        >>> lijst = vragenlijst("client-participatie")
        >>> found = item_quality(np.array([[5, 4], [3, 4], [5, np.nan]]), lijst, items=["houding_1", "houding_2"])
        >>> row = found["houding_1"]
        >>> round(row.mean, 2), round(row.sd, 2), round(row.ceiling, 2), found["houding_2"].dropout
        (4.33, 1.15, 0.67, 1)
    """
    people = read_people(data, lijst, columns=columns, items=items, person=person)
    given = people.matrix(lijst, keyed=False)
    answered = ~np.isnan(given)
    rests = _item_rests(people, lijst)
    dropped = _dropouts(answered)
    missing = people.missing()
    rows = [
        _row(item, given[:, place], rests.get(item.id), lijst, int(dropped[place]), missing[place])
        for place, item in enumerate(lijst.items)
    ]
    return ItemQualities(
        lijst=f"{lijst.id} {lijst.version}",
        n_people=len(people),
        n_started=int(answered.any(axis=1).sum()),
        n_complete=int(answered.all(axis=1).sum()),
        rows=tuple(rows),
        notes=(*repeated(people.refs), *_about_missing(people, rows, one_by_one=isinstance(data, Sequence))),
    )


def _about_missing(people: People, rows: Sequence[ItemQuality], *, one_by_one: bool) -> tuple[Note, ...]:
    """What cannot be known of what is missing: an empty cell can be a question that was skipped."""
    if not people.kinds_known:
        return (Note("kinds-unknown"),)
    empty = any(row.n and row.missing[Missing.NIET_GEVRAAGD] for row in rows)
    return (Note("empty-cells"),) if empty and not one_by_one else ()


def _row(
    item: Item,
    given: FloatArray,
    rest: float | None,
    lijst: Vragenlijst,
    dropout: int,
    missing: NDArray[np.int64],
) -> ItemQuality:
    there = given[~np.isnan(given)]
    n = int(there.size)
    same = bool(n and there.min() == there.max())
    counts = dict(zip(Missing, missing.tolist(), strict=True))
    notes: list[Note] = []
    if rest is not None and rest < 0:
        notes.append(Note("negative-item-rest"))
    if same and n > 1:
        notes.append(Note("one-answer"))
    return ItemQuality(
        item=item.id,
        construct=item.construct,
        reversed=item.reversed,
        n=n,
        mean=float(there.mean()) if n else None,
        sd=(0.0 if same else float(there.std(ddof=1))) if n > 1 else None,
        floor=float((there == lijst.schaal.minimum).mean()) if n else None,
        ceiling=float((there == lijst.schaal.maximum).mean()) if n else None,
        item_rest=rest,
        missing=FrozenMapping(counts),
        dropout=dropout,
        notes=tuple(notes),
    )


def _item_rests(people: People, lijst: Vragenlijst) -> dict[str, float | None]:
    keyed = people.matrix(lijst, keyed=True)
    found: dict[str, float | None] = {}
    for key in lijst.constructs:
        own = [
            place
            for place, item in enumerate(lijst.items)
            if item.construct is key and not np.isnan(keyed[:, place]).all()
        ]
        names = tuple(lijst.items[place].id for place in own)
        alpha = alpha_of(Grid(keyed[:, own], names), "pairwise", LEVEL)
        found |= {one.item: one.item_rest for one in alpha.items}
    return found


def _dropouts(answered: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many people gave their last answer just before each item; who gave none did not start."""
    k: int = answered.shape[1]
    started = answered[answered.any(axis=1)]
    if not len(started):
        return np.array([0] * k, dtype=np.int64)
    after_last = k - np.argmax(started[:, ::-1], axis=1)
    return np.bincount(after_last, minlength=k + 1)[:k].astype(np.int64)
