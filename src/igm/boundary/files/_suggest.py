"""A map of columns that a file suggests for what is asked: only what it says to the letter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import attrs

from igm._engines._codes import Meaning, folded, number_in
from igm._engines.column_map import ColumnMap, NameKind
from igm._engines.words import YES_NO, missing_word, missing_words
from igm.boundary.files._table import Asked, Column, Raw
from igm.constructs.vragenlijst import Vragenlijst
from igm.decision.conditions import FactKind
from igm.decision.kader import Afwegingskader
from igm.errors import InputError
from igm.scoring._frame_columns import answer_words

_MOST: Final = 200
"""A column of more different texts holds no labels of answers."""

_LIMESURVEY: Final = re.compile(
    r"(?P<code>[A-Za-z][A-Za-z0-9]*?)(?:\[(?:SQ)?0*(?P<sub>[0-9]+)\]|0*(?P<end>[0-9]+))?"
)
_ITEM: Final = re.compile(r"(?P<code>[A-Za-z][A-Za-z0-9_]*?)_?0*(?P<end>[0-9]+)")


@attrs.frozen(eq=False)
class Said:
    """What a file says: its columns, what values are called and what they mean, and the rule that its names follow."""

    data: Mapping[str, Column]
    value_labels: Mapping[str, Mapping[Raw, str]]
    codes: Mapping[str, Mapping[Raw, Meaning]]
    names_rule: str


@attrs.frozen
class _Wanted:
    """The names that are asked for, and what texts can mean there."""

    kind: NameKind
    names: tuple[str, ...]
    answers: Mapping[str, Meaning]
    yes_no: frozenset[str]


def suggested_map(table: Said, asked: Sequence[Asked], own: ColumnMap) -> ColumnMap:
    """The map that the caller gave, with what the file says about the columns that it leads to."""
    every = _all_wanted(asked)
    for wanted in every:
        own = _suggested(table, wanted, own, every)
    return own


def checked_map(columns: Iterable[str], asked: Sequence[Asked], own: ColumnMap) -> ColumnMap:
    """The map that the caller gave, checked against the columns of a file."""
    there, every = tuple(columns), _all_wanted(asked)
    for wanted in every:
        own = _with_columns_of_codes(own, wanted.kind, _columns(there, wanted, own, every))
    return own


def _suggested(table: Said, wanted: _Wanted, own: ColumnMap, every: Sequence[_Wanted]) -> ColumnMap:
    if table.names_rule == "limesurvey":
        named = {**_limesurvey_names(table, wanted, own), **own.named(wanted.kind)}
        own = own.model_copy(update={wanted.kind: named})
    columns = _columns(table.data, wanted, own, every)
    codes: dict[str, dict[Any, Meaning]] = {name: dict(given) for name, given in own.codes.items()}
    for name, column in columns.items():
        said = {folded(code.text) for code in own.recodes(name)}
        found = {
            raw: means
            for raw, means in _meant(table, column, name, wanted).items()
            if folded(raw) not in said
        }
        if found:
            codes[name] = {**found, **codes.get(name, {})}
    return _with_columns_of_codes(own.model_copy(update={"codes": codes}), wanted.kind, columns)


def _columns(
    there: Iterable[str], wanted: _Wanted, own: ColumnMap, every: Sequence[_Wanted]
) -> Mapping[str, str]:
    """The column of each name; codes for what else is asked are no error."""
    elsewhere = {name for other in every for name in other.names} - {*wanted.names}
    codes = {name: given for name, given in own.codes.items() if name not in elsewhere}
    return own.model_copy(update={"codes": codes}).resolve(wanted.kind, wanted.names, there).columns


def _with_columns_of_codes(own: ColumnMap, kind: NameKind, columns: Mapping[str, str]) -> ColumnMap:
    """The map in which a name with codes has its column too, so that it is known whose codes they are."""
    named = {name: column for name, column in columns.items() if name in own.codes}
    return own.model_copy(update={kind: {**own.named(kind), **named}})


def _all_wanted(asked: Sequence[Asked]) -> list[_Wanted]:
    found = [_wanted(one) for one in asked]
    if not found or len({one.kind for one in found}) < len(found):
        do = "Give a questionnaire or the names of items, a kader, or one of each."
        what = "a map of columns is for one questionnaire, one kader or both"
        raise InputError.of("invalid-value", what, do, where="$.asked", given=f"{len(found)} of them")
    return found


def _wanted(asked: Asked) -> _Wanted:
    if isinstance(asked, Vragenlijst):
        return _Wanted("items", tuple(item.id for item in asked.items), answer_words(asked), frozenset())
    if isinstance(asked, Afwegingskader):
        facts = asked.feiten
        yes_no = frozenset(name for name, fact in facts.items() if fact.kind is FactKind.JA_NEE)
        return _Wanted("facts", tuple(facts), {}, yes_no)
    return _Wanted("items", tuple(asked), {}, frozenset())


def _meant(table: Said, column: str, name: str, wanted: _Wanted) -> dict[str, Meaning]:
    """What the values of a column mean, as far as the file and what is asked say so."""
    found = {_text(raw): means for raw, means in table.codes.get(column, {}).items()}
    for raw, label in table.value_labels.get(column, {}).items():
        kind = missing_word(label)
        if kind is not None:
            found.setdefault(_text(raw), kind)
    texts: Mapping[str, Meaning] = {
        **missing_words(),
        **wanted.answers,
        **(YES_NO if name in wanted.yes_no else {}),
    }
    for text in _texts(table.data[column]):
        if folded(text) in texts:
            found.setdefault(text, texts[folded(text)])
    return found


def _text(raw: Raw) -> str:
    if isinstance(raw, str):
        return raw
    return str(int(raw) if float(raw).is_integer() else raw)


def _texts(column: Column) -> list[str]:
    """The different texts of a column that can be labels of answers."""
    if column.kind != "text":
        return []
    found: dict[str, None] = {}
    for text in column.values:
        if text is not None and text not in found:
            found[text] = None
            if len(found) > _MOST:
                return []
    first: dict[str, str] = {}
    for text in found:
        first.setdefault(folded(text), text)
    return [text for text in first.values() if number_in(text) is None]


def _limesurvey_names(table: Said, wanted: _Wanted, own: ColumnMap) -> dict[str, str]:
    """Question codes without underscores, and items with them: ``houding[SQ001]`` and ``houding1`` for ``houding_1``.

    A pair counts only when neither could be paired with another.
    """
    keys = {column: _key(_LIMESURVEY.fullmatch(column)) for column in table.data}
    taken = {*own.items.values(), *own.facts.values()}
    counted = Counter(key for column, key in keys.items() if key is not None and column not in taken)
    by_key = {key: column for column, key in keys.items() if key is not None and counted[key] == 1}
    asked = {name: _key(_ITEM.fullmatch(name)) for name in wanted.names if name not in table.data}
    once = Counter(key for key in asked.values() if key is not None)
    pairs = {name: by_key.get(key) for name, key in asked.items() if key is not None and once[key] == 1}
    return {
        name: column
        for name, column in pairs.items()
        if column is not None and column not in {*wanted.names, *taken}
    }


def _key(found: re.Match[str] | None) -> tuple[str, int] | None:
    """A name without underscores and capitals, and the number at its end."""
    if found is None:
        return None
    parts = found.groupdict()
    number = parts.get("sub") or parts.get("end")
    return None if number is None else (parts["code"].replace("_", "").lower(), int(number))
