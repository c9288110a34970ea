"""Which columns of a frame hold answers, whether they can, and what the values in them mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from igm._engines._codes import Meaning, Recode, folded
from igm._engines.column_map import ColumnMap, as_map
from igm._engines.engine import Engine
from igm._engines.resolved import ResolvedColumns
from igm._engines.schema import ColumnType, Kind, Schema
from igm._engines.words import missing_words
from igm.constructs._base import path_of
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Item, Vragenlijst
from igm.errors import InputError, Problems, named, shown

_CODED: Final = frozenset({Kind.TEXT, Kind.CATEGORY})
_LISTED: Final = 5


@attrs.frozen
class Source:
    """Where the answers to an item stand.

    Attributes:
        item: The item.
        column: The column of the frame.
        codes: What values mean that are no answers as they stand.
    """

    item: Item
    column: ColumnType
    codes: tuple[Recode, ...] = ()


@attrs.frozen
class Found:
    """What of a frame is read.

    Attributes:
        sources: The items that have a column, in the order of the questionnaire. Of a long frame all of them, each
            in the column of answers.
        resolved: Where each name was found, and what was not.
        people: Of a long frame, the columns that together say whose answer it is.
        item: Of a long frame, the column that says what was answered.
    """

    sources: tuple[Source, ...]
    resolved: ResolvedColumns
    people: tuple[ColumnType, ...] = ()
    item: ColumnType | None = None

    @property
    def values(self) -> dict[str, list[str]]:
        """Of a long frame, by item the values that name it."""
        named_by: dict[str, list[str]] = {}
        for value, name in self.resolved.items.items():
            named_by.setdefault(name, []).append(value)
        return named_by


def find(schema: Schema, lijst: Vragenlijst, columns: object, engine: Engine) -> Found:
    """The columns with answers, checked by their type.

    Raises:
        InputError: All that is wrong with the columns as such: ``unknown-item`` when no item has a column,
            ``not-a-number`` for columns of another kind than numbers, and what the map refuses.
    """
    found = locate(schema, lijst, columns)
    problems = Problems()
    if found.item is not None and found.item.kind not in {*_CODED, Kind.WHOLE, Kind.OBJECT}:
        do = "Give the column with the names of items, as text."
        where = f"$.{named(found.item.name)}"
        problems.add(
            "invalid-value", "items in a long frame are named", do, where=where, given=_is(found.item)
        )
    seen: set[str] = set()
    for source in found.sources:
        if source.column.name not in seen and not usable(source, engine):
            problems.add(
                *_unusable(source, lijst.schaal),
                where=f"$.{named(source.column.name)}",
                given=_is(source.column),
            )
            seen.add(source.column.name)
    problems.raise_any(InputError)
    return found


def locate(schema: Schema, lijst: Vragenlijst, columns: object) -> Found:
    """The columns with answers, whatever they hold.

    Raises:
        InputError: ``unknown-item`` when no item has a column, and what the map refuses.
    """
    kaart = as_map(columns)
    items = {item.id: item for item in lijst.items}
    _refuse_codes(kaart, lijst)
    resolved = kaart.resolve("items", list(items), list(schema))
    if kaart.long is not None:
        answers = schema[kaart.long.answer]
        sources = tuple(Source(item, answers, kaart.recodes(item.id)) for item in lijst.items)
        people = tuple(schema[name] for name in kaart.long.people)
        return Found(sources, resolved, people, schema[kaart.long.item])
    if not resolved.columns:
        raise InputError.of(
            "unknown-item",
            f"no column holds answers to {lijst.id!r}",
            "Rename the columns as the items are called, or say with columns=igm.ColumnMap(...) which is which.",
            given=f"columns {_some(list(schema))}; looked for {_some(_looked_for(kaart, list(items)))}",
        )
    return Found(
        tuple(
            Source(items[name], schema[column], kaart.recodes(name))
            for name, column in resolved.columns.items()
        ),
        resolved,
    )


def _refuse_codes(kaart: ColumnMap, lijst: Vragenlijst) -> None:
    """Refuse codes of an item that mean no answer to it; those for all names can be meant for facts."""
    schaal, problems = lijst.schaal, Problems()
    for item in lijst.items:
        for raw, means in kaart.codes.get(item.id, {}).items():
            answer = answer_of(Recode(raw, None, means), schaal)
            if answer is None or answer in schaal:
                continue
            number = isinstance(means, (int, float)) and not isinstance(means, bool)
            what = f"a code lies outside {schaal}" if number else "a code means no answer"
            do = f"Give a whole number from {schaal.minimum} to {schaal.maximum}, or a kind of missing."
            where = path_of(("columns", "codes", item.id, raw))
            code = "answer-out-of-range" if number else "not-a-number"
            problems.add(code, what, do, where=where, given=shown(means))
    problems.raise_any(InputError)


def _looked_for(kaart: ColumnMap, items: Sequence[str]) -> list[str]:
    return [kaart.candidates("items", item)[0] for item in items]


def _some(names: Sequence[str]) -> str:
    first = ", ".join(repr(named(name)) for name in names[:_LISTED])
    return f"{first} and {len(names) - _LISTED} more" if len(names) > _LISTED else first or "none"


def usable(source: Source, engine: Engine) -> bool:
    """Whether the kind of a column can hold answers: numbers, or texts for which there are codes."""
    kind = source.column.kind
    if kind.number:
        return True
    if kind is Kind.OBJECT:
        return not engine.by_expression
    return kind in _CODED and bool(source.codes)


def _is(column: ColumnType) -> str:
    return f"{column.kind.value} ({column.native})"


def _unusable(source: Source, schaal: Schaal) -> tuple[str, str, str]:
    text = source.column.kind in _CODED
    holds = "text" if text else "no numbers"
    what = f"column {named(source.column.name)!r} (item {source.item.id!r}) holds {holds}"
    do = f"Give whole numbers from {schaal.minimum} to {schaal.maximum}, with null where nothing was answered"
    if text:
        do = (
            "Say with columns=igm.ColumnMap(codes={'*': {'mee eens': 4}}) what each text means; "
            "igm.check(frame, lijst) suggests it. Whole numbers are then read as they stand"
        )
    return "not-a-number", what, f"{do}."


def answer_words(lijst: Vragenlijst) -> dict[str, Meaning]:
    """What a text can mean as an answer, by folded text: the anchors of the scale, and words for no answer."""
    anchors = [*lijst.schaal.anchors.items(), *lijst.anchors_en.items()]
    return {**missing_words(), **{folded(label): int(answer) for answer, label in anchors}}


def answer_of(code: Recode, schaal: Schaal) -> int | None:
    """The answer that a value stands for: nothing for a kind of missing, and beyond the scale for what is no answer."""
    means: Any = code.means
    if isinstance(means, str):  # a kind of missing is a text too
        return None if means in _missing() else beyond(schaal)
    if isinstance(means, bool) or means != int(means):
        return beyond(schaal)
    return int(means)


def _missing() -> Mapping[str, object]:
    from igm.constructs.waarde import Missing

    return {kind.value: kind for kind in Missing}


def beyond(schaal: Schaal) -> int:
    """A number that is no answer: it stands for what cannot be read."""
    return schaal.maximum + 1


def refusal(source: Source, schaal: Schaal) -> str:
    """What a query fails with when a column holds a wrong answer. It holds no value: that can be sensitive."""
    return (
        f"igm: column {source.column.name!r} (item {source.item.id!r}) holds an answer that is no whole number "
        f"from {schaal.minimum} to {schaal.maximum}; igm.check(frame, lijst) lists all of them"
    )
