"""The full argument of a few rows of a frame, that are named by a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.engine import Engine
from igm._engines.expressions import opened
from igm._engines.schema import ColumnType, Kind
from igm.constructs._base import path_of
from igm.constructs.waarde import Missing
from igm.decision.afweging import Afweging
from igm.decision.casus_context import ref_problems
from igm.decision.columns import as_value
from igm.decision.conditions import FactKind
from igm.decision.fact_checks import is_gap
from igm.decision.facts import Fact
from igm.decision.frame_kernel import arrays_of
from igm.decision.frame_request import Asked, Given, read_request
from igm.decision.patterns import AT_THE_CASE
from igm.decision.predicate_columns import refuse_unsupported
from igm.decision.truth import Beleid
from igm.errors import InputError, Problems, shown, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader
    from igm.decision.records import OutcomeT

Key: TypeAlias = str | int

MOST_ROWS: Final = 100
"""So many rows are told in full; for more there are patterns, and advice per row."""

_SIGNED: Final = 2**63
"""So many whole numbers from 0 on fit 64 bits with a sign."""

_KINDS: Final = frozenset({Kind.TEXT, Kind.CATEGORY, Kind.WHOLE, Kind.OBJECT})


def evaluate_rows(
    kader: Afwegingskader[OutcomeT],
    given: Given,
    keys: object,
    *,
    key: object,
    beleid: Beleid | str,
) -> dict[Key, Afweging[OutcomeT]]:
    """Weigh the rows that have these keys; see ``kader.evaluate_rows``."""
    refuse_unsupported(kader.predicates)
    asked = read_request(kader, given, beleid=beleid)
    column, wanted = _column(asked, key), _keys(keys)
    few, engine = _rows(asked, column, wanted, _days(given))
    here = read_request(kader, attrs.evolve(given, frame=few, engine=engine), beleid=beleid)
    found = _by_key(here, column.name)
    _refuse_absent(wanted, found)
    problems, cases = Problems(), dict[Key, Any]()
    data = _Rows.of(here)
    for number, one in enumerate(wanted):
        ref = one if isinstance(one, str) and not ref_problems(one) else None
        try:
            cases[one] = kader.casus({**data.row(found[one][0]), "ref": ref, "peildatum": here.peildatum})
        except InputError as error:
            problems.extend(problem.under(path_of(("keys", number))) for problem in error.problems)
    problems.raise_any(InputError)
    return {one: kader.evaluate(casus, beleid=asked.beleid) for one, casus in cases.items()}


def _days(given: Given) -> list[str]:
    """The columns with days; the request found that they are a mapping to columns."""
    return list(cast("Mapping[str, str]", given.datums or {}).values())


def _column(asked: Asked, key: object) -> ColumnType:
    if not isinstance(key, str) or key not in asked.schema:
        do = suggestion(key, asked.schema)
        raise InputError.of("unknown-name", "no such column", do, where="$.key", given=shown(key))
    column = asked.schema[key]
    if column.kind not in _KINDS or (column.kind is Kind.OBJECT and asked.engine.by_expression):
        do = "Name a column of texts or whole numbers."
        raise InputError.of("invalid-value", "not a column of keys", do, where="$.key", given=column.native)
    return column


def _keys(keys: object) -> list[Key]:
    if not isinstance(keys, (list, tuple)):
        do = "Give a list, such as ['c-1']."
        raise InputError.of(
            "invalid-value", "not a list of keys", do, where="$.keys", given=type(keys).__name__
        )
    listed, problems = list[Key](), Problems()
    for number, one in enumerate(cast("Sequence[object]", keys)):
        where = path_of(("keys", number))
        if isinstance(one, bool) or not isinstance(one, (str, int)):
            problems.add("invalid-value", "not a key", "Give text or a whole number.", where=where)
        elif one in listed:
            problems.add("duplicate-name", "a key is given twice", "Give it once.", where=where)
        else:
            listed.append(one)
    if not 1 <= len(cast("Sequence[object]", keys)) <= MOST_ROWS:
        do = f"Give 1 to {MOST_ROWS} keys. For more there are evaluate_many and patterns."
        given = str(len(cast("Sequence[object]", keys)))
        problems.add("value-out-of-range", "a number of keys", do, where="$.keys", given=given)
    if len(set(map(type, listed))) > 1:
        problems.add("invalid-value", "texts and numbers as keys", "Give one of both.", where="$.keys")
    problems.raise_any(InputError)
    return listed


def _rows(asked: Asked, column: ColumnType, keys: list[Key], days: list[str]) -> tuple[Any, Engine]:
    """The rows with these keys, brought here, with only the columns that count."""
    used = {column.name, *asked.resolved.columns.values(), *days, *(one.name for one in asked.own.values())}
    names = [name for name in asked.schema if name in used]
    here = asked.engine in {Engine.PANDAS, Engine.DASK}
    mixed = here and column.kind in {Kind.OBJECT, Kind.CATEGORY}
    number = column.kind is Kind.WHOLE
    if not mixed and number is not isinstance(keys[0], int):
        do = f"Give {'whole numbers' if number else 'texts'}: the column holds {column.native}."
        what = f"keys of another type than column {column.name!r}"
        raise InputError.of(
            "invalid-value", what, do, where="$.keys", given="texts" if number else "whole numbers"
        )
    # keys beyond 64 bits with a sign are compared as texts, for Arrow makes signed numbers of them
    as_text = number and any(not -_SIGNED <= int(one) < _SIGNED for one in keys)
    sought = [str(one) for one in keys] if as_text else keys
    if here:
        held = asked.frame[column.name]
        few = asked.frame[(held.astype("string") if as_text else held).isin(sought)][names]
        return (few.compute() if asked.engine is Engine.DASK else few), Engine.PANDAS
    import narwhals.stable.v2 as nw

    own = nw.col(column.ref)
    if column.kind is Kind.CATEGORY or as_text:
        own = own.cast(nw.String)
    few = opened(asked.frame).filter(own.is_in(sought)).select(*(asked.schema[name].ref for name in names))
    if asked.engine.lazy:
        return few.collect(backend="pyarrow").to_native(), Engine.PYARROW
    return few.to_arrow(), Engine.PYARROW


def _by_key(here: Asked, key: str) -> dict[Key, list[int]]:
    """The places of the rows of each key."""
    own = here.frame[key].tolist() if here.engine is Engine.PANDAS else here.frame.column(key).to_pylist()
    found: dict[Key, list[int]] = {}
    for place, one in enumerate(own):
        found.setdefault(one, []).append(place)
    return found


def _refuse_absent(keys: Sequence[Key], found: Mapping[Key, Sequence[int]]) -> None:
    """Refuse keys of no row and of several; which person a key stands for is not told."""
    problems = Problems()
    for number, one in enumerate(keys):
        where = path_of(("keys", number))
        if one not in found:
            problems.add("unknown-name", "no row has this key", "Look at the column of keys.", where=where)
        elif len(found[one]) > 1:
            do = "Name a column that has every key once."
            problems.add("duplicate-name", f"{len(found[one])} rows have this key", do, where=where)
    problems.raise_any(InputError)


@attrs.frozen
class _Rows:
    """Rows as what a case is made of."""

    asked: Asked
    columns: Mapping[str, NDArray[Any]]
    days: Mapping[str, NDArray[Any]]
    own: Mapping[str, NDArray[Any]]

    @classmethod
    def of(cls, asked: Asked) -> _Rows:
        columns, own, days = arrays_of(asked)
        facts = {name: columns[name] for name in columns if name in asked.facts}
        return cls(asked, facts, days, own)

    def row(self, place: int) -> dict[str, Any]:
        """What is known of one row, by fact, with own answers."""
        data: dict[str, Any] = {}
        for name, values in self.columns.items():
            fact = self.asked.kader.feiten[name]
            value = _value(fact, values, place)
            dated = name in self.days and value is not None and not isinstance(value, Missing)
            data[name] = {"waarde": value, "datum": _day(self.days[name], place)} if dated else value
        own = {name: _plain(values, place) for name, values in self.own.items()}
        answers = {name: (answer, AT_THE_CASE) for name, answer in own.items() if answer is not None}
        return data | ({"antwoorden": answers} if answers else {})


def _plain(values: NDArray[Any], place: int) -> Any:
    """A value as an array has it; nothing where it is masked or a gap."""
    masked = isinstance(values, np.ma.MaskedArray) and np.ma.getmaskarray(values)[place]
    raw = None if masked else np.asarray(values)[place]
    return None if raw is None or is_gap(raw) else raw


def _day(values: NDArray[Any], place: int) -> Any:
    raw = _plain(values, place)
    if isinstance(raw, np.datetime64):
        day = raw.astype("datetime64[D]")
        return day.item() if day == raw else raw.astype("datetime64[us]").item()
    return raw


def _value(fact: Fact, values: NDArray[Any], place: int) -> Any:
    raw = _day(values, place)
    value = None if raw is None else as_value(fact, raw)
    if not isinstance(value, float):
        return value
    if fact.kind is FactKind.JA_NEE:
        return bool(value) if value in {0.0, 1.0} else value
    return int(value) if fact.kind is FactKind.GETAL and fact.geheel and value.is_integer() else value
