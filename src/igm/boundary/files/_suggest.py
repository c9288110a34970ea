"""A map of columns that a file suggests for what is asked: only what it says to the letter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import attrs

from igm._engines._codes import Meaning, folded, number_in, same
from igm._engines.column_map import EVERY, ColumnMap, NameKind
from igm._engines.words import YES_NO, missing_word, missing_words
from igm.boundary.files._labels import Labelled, labelled, together
from igm.boundary.files._series import answer_series
from igm.boundary.files._table import Asked, Column, Raw
from igm.constructs._base import FrozenMapping
from igm.constructs.vragenlijst import Vragenlijst
from igm.constructs.waarde import Missing
from igm.decision.conditions import FactKind
from igm.decision.kader import Afwegingskader
from igm.errors import InputError, named
from igm.scoring._frame_columns import answer_words

_MOST: Final = 200
"""A column of more different texts holds no labels of answers."""

_LISTED: Final = 5

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
    answers: Mapping[str, Meaning] = FrozenMapping()
    anchors: tuple[Mapping[str, Meaning], ...] = ()
    scale: range = range(0)
    yes_no: frozenset[str] = frozenset()

    @property
    def highest(self) -> int:
        """The highest answer; 0 when no scale is known."""
        return max(self.scale, default=0)


def suggested_map(table: Said, asked: Sequence[Asked], own: ColumnMap) -> ColumnMap:
    """The map that the caller gave, with what the file says about the columns that it leads to."""
    every = _all_wanted(asked)
    notes: list[str] = []
    for wanted in every:
        own, told = _suggested(table, wanted, own, every)
        notes += told
    return own.model_copy(update={"notes": tuple(notes)})


def checked_map(columns: Iterable[str], asked: Sequence[Asked], own: ColumnMap) -> ColumnMap:
    """The map that the caller gave, checked against the columns of a file."""
    there, every = tuple(columns), _all_wanted(asked)
    notes: list[str] = []
    for wanted in every:
        found = _columns(there, wanted, own, every)
        notes += _none_found(there, wanted, found)
        own = _with_columns_of_codes(own, wanted.kind, found)
    return own.model_copy(update={"notes": tuple(notes)})


def _none_found(there: Iterable[str], wanted: _Wanted, found: Mapping[str, str]) -> list[str]:
    if found or not wanted.names:
        return []
    columns = [named(column) for column in there]
    first = ", ".join(columns[:_LISTED]) or "none"
    more = f" and {len(columns) - _LISTED} more" if len(columns) > _LISTED else ""
    return [f"0 of {len(wanted.names)} {wanted.kind} found; columns are {first}{more}"]


def _suggested(
    table: Said, wanted: _Wanted, own: ColumnMap, every: Sequence[_Wanted]
) -> tuple[ColumnMap, Sequence[str]]:
    if table.names_rule == "limesurvey":
        named = {**_limesurvey_names(table, wanted, own), **own.named(wanted.kind)}
        own = own.model_copy(update={wanted.kind: named})
    columns = _columns(table.data, wanted, own, every)
    codes: dict[str, dict[Any, Meaning]] = {name: dict(given) for name, given in own.codes.items()}
    by_name: dict[str, dict[str, Meaning]] = {}
    notes: dict[str, tuple[str, ...]] = {}
    for name, column in columns.items():
        said = {folded(code.text) for code in own.recodes(name)}
        found = _meant(table, column, name, wanted)
        off_scale = {raw: means for raw, means in found.items() if _off_scale(means, wanted)}
        found = {raw: means for raw, means in found.items() if raw not in off_scale}
        labels = _label_codes(table, column, name, wanted, {*said, *map(folded, found)})
        by_name[name] = {raw: means for raw, means in found.items() if folded(raw) not in said}
        by_name[name] |= labels.codes
        notes[column] = (*labels.notes, *_outside(off_scale, said))
    shared = {
        raw: means for raw, means in _for_all(by_name, wanted).items() if folded(raw) not in _said_of_all(own)
    }
    of_all = {folded(raw) for raw in shared}
    for name, found in by_name.items():
        rest = {raw: means for raw, means in found.items() if folded(raw) not in of_all}
        if rest:
            codes[name] = {**rest, **codes.get(name, {})}
    if shared:
        codes[EVERY] = {**shared, **codes.get(EVERY, {})}
    told = [*_none_found(table.data, wanted, columns), *together(notes)]
    return _with_columns_of_codes(own.model_copy(update={"codes": codes}), wanted.kind, columns), told


def _said_of_all(own: ColumnMap) -> set[str]:
    return {code.text for code in own.recodes(EVERY)}


def _for_all(by_name: Mapping[str, Mapping[str, Meaning]], wanted: _Wanted) -> dict[str, Meaning]:
    """The texts that mean the same in the columns of all items, with the answers that did not occur this time."""
    if wanted.kind == "facts":
        return {}
    shared: dict[str, Meaning] = {}
    apart: set[str] = set()
    for raw, means in (pair for found in by_name.values() for pair in found.items()):
        a_text = isinstance(means, str) and not isinstance(means, Missing)
        if number_in(raw) is not None or a_text or not same(shared.setdefault(raw, means), means):
            apart.add(raw)
    seen = {folded(raw) for raw in shared}
    for anchors in wanted.anchors:
        if seen & {folded(label) for label in anchors}:
            shared = {raw: means for raw, means in shared.items() if folded(raw) not in map(folded, anchors)}
            shared |= anchors
    shared |= answer_series(shared, wanted.highest)
    return {raw: means for raw, means in shared.items() if raw not in apart}


def _label_codes(table: Said, column: str, name: str, wanted: _Wanted, said: set[str]) -> Labelled:
    labels = {_text(raw): label for raw, label in table.value_labels.get(column, {}).items()}
    labels = {raw: label for raw, label in labels.items() if folded(raw) not in said}
    words = YES_NO if name in wanted.yes_no else wanted.answers
    scale = [answer for answer in wanted.scale if str(answer) not in said]
    held = table.data[column]
    there: set[str] = set()
    if labels and held.kind != "moment":
        there = {_text(raw) for raw in held.values[~held.missing].tolist()}
    return labelled(labels, words, {raw for raw in there if folded(raw) not in said}, scale)


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
        return _of_a_questionnaire(asked)
    if isinstance(asked, Afwegingskader):
        facts = asked.feiten
        yes_no = frozenset(name for name, fact in facts.items() if fact.kind is FactKind.JA_NEE)
        return _Wanted("facts", tuple(facts), yes_no=yes_no)
    return _Wanted("items", tuple(asked))


def _of_a_questionnaire(lijst: Vragenlijst) -> _Wanted:
    schaal = lijst.schaal
    anchors: tuple[dict[str, Meaning], ...] = tuple(
        {label: int(answer) for answer, label in labels.items()}
        for labels in (schaal.anchors, lijst.anchors_en)
    )
    names = tuple(item.id for item in lijst.items)
    # a scale of more answers than a person can be offered has no labels to be checked
    scale = range(schaal.minimum, schaal.maximum + 1) if schaal.maximum - schaal.minimum < _MOST else range(0)
    return _Wanted("items", names, answer_words(lijst), anchors, scale)


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


def _off_scale(means: Meaning, wanted: _Wanted) -> bool:
    """Whether a value means an answer that the scale does not have."""
    number = isinstance(means, int) and not isinstance(means, bool)
    return number and bool(wanted.scale) and means not in wanted.scale


def _outside(off_scale: Mapping[str, Meaning], said: set[str]) -> tuple[str, ...]:
    return tuple(
        f"{raw} suggests {means}, which is no answer on the scale: refused where it occurs, until codes= says "
        "what it means"
        for raw, means in off_scale.items()
        if folded(raw) not in said
    )


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
