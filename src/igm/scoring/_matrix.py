"""The answers of many people as one table, from whatever holds them, past the same checks as scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines._codes import folded
from igm._engines.arrays import cells
from igm._engines.engine import Engine, engine_of, in_memory
from igm._engines.schema import schema_of
from igm.constructs.afname import Afname
from igm.constructs.vragenlijst import Vragenlijst
from igm.constructs.waarde import Missing
from igm.errors import InputError
from igm.scoring._answers import Answers, CodeArray, check_exact, code_type, missing_code
from igm.scoring._array import is_array, read_array
from igm.scoring._frame import refuse_for_frames, refuse_without_frame
from igm.scoring._frame_arrays import Wide, coded
from igm.scoring._frame_columns import Found, Source, find
from igm.scoring._frame_long import refuse_unasked, table_of
from igm.scoring._people import answers_of, check_list, checked_people
from igm.scoring._refs import listed, refs_of
from igm.scoring.protocols import FloatArray


@attrs.frozen
class People:
    """The answers of people, checked.

    Attributes:
        answers: A row per person, an item per column.
        refs: Who they are, where that is known.
        asked: Which items have a column; all, for people given one by one.
        kinds_known: Whether it is known why answers are missing.
    """

    answers: Answers
    refs: tuple[str | None, ...] | None
    asked: frozenset[str]
    kinds_known: bool = True

    def __len__(self) -> int:
        return len(self.answers)

    def matrix(self, lijst: Vragenlijst, *, keyed: bool) -> FloatArray:
        """A row per person and a column per item, NaN where there is no answer.

        Args:
            lijst: The questionnaire.
            keyed: Whether items that are worded the other way are turned, on the stated bounds.
        """
        found = self.answers.columns(0, len(self))[0].T
        if keyed:
            backwards = [place for place, item in enumerate(lijst.items) if item.reversed]
            found[:, backwards] = lijst.schaal.minimum + lijst.schaal.maximum - found[:, backwards]
        return found

    def missing(self) -> NDArray[np.int64]:
        """How many answers are missing: a row per item and a column per kind, in the order of ``Missing``."""
        schaal, kinds = self.answers.schaal, len(Missing)
        present = schaal.maximum - schaal.minimum + 1
        found = np.zeros((self.answers.codes.shape[1], kinds), dtype=np.int64)
        for item, codes in enumerate(self.answers.codes.T):
            gone = codes[codes >= present]
            found[item] = np.bincount((gone - gone.dtype.type(present)).astype(np.intp), minlength=kinds)
        return found


def answers_matrix(
    data: Any,
    lijst: Vragenlijst,
    *,
    columns: object = None,
    items: Sequence[str] | None = None,
    keyed: bool = False,
) -> FloatArray:
    """Answers as floats: a row per person and a column per item of the questionnaire, NaN where there is none.

    Args:
        data: What ``igm.score`` takes of many people: a list, an array, or a frame in memory.
        lijst: The questionnaire.
        columns: Of a frame, a `ColumnMap`.
        items: Of an array, the item of each column.
        keyed: Whether items that are worded the other way are turned, on the stated bounds.

    Raises:
        InputError: What `read_people` refuses.
    """
    return read_people(data, lijst, columns=columns, items=items).matrix(lijst, keyed=keyed)


def read_people(
    data: Any,
    lijst: Vragenlijst,
    *,
    columns: object = None,
    items: Sequence[str] | None = None,
    person: object = None,
) -> People:
    """The answers of many people, checked as ``igm.score`` checks them.

    ``person`` is the column of a frame that says who they are, or a ref per person.

    Raises:
        InputError: All problems of the answers at once, with the codes of ``igm.score``; ``invalid-value`` for one
            person alone, and for a frame that waits to be collected.
    """
    asked: object = lijst
    if not isinstance(asked, Vragenlijst):
        do = "Give a Vragenlijst, such as vragenlijst('client-participatie')."
        raise InputError.of(
            "invalid-value", "not a Vragenlijst", do, where="$.lijst", given=type(asked).__name__
        )
    check_exact(lijst.schaal, len(lijst.items))
    engine = engine_of(data)
    if engine is not None:
        refuse_for_frames({"items": items})
        return _frame(data, in_memory(engine), lijst, columns, person)
    refuse_without_frame(columns, True, "")
    if is_array(data):
        read = read_array(data, lijst, items)
        own = None if person is None else listed(person, len(read))
        return People(read, own, frozenset(_ids(lijst) if items is None else items))
    if items is not None:
        do = "Leave items out: the answers name their items."
        raise InputError.of("invalid-value", "items goes with an array", do, where="$.items")
    if isinstance(data, (Mapping, Afname)):
        do = "Give a list of people, an array or a frame; of one person, igm.score gives the profile."
        given = "an Afname" if isinstance(data, Afname) else "a mapping"
        raise InputError.of("invalid-value", "the answers of one person", do, given=given)
    people = checked_people(check_list(data))
    refs = tuple(one.ref if isinstance(one, Afname) else None for one in people)
    own = refs if person is None else listed(person, len(people))
    return People(answers_of(people, lijst), own, frozenset(_ids(lijst)))


def _ids(lijst: Vragenlijst) -> list[str]:
    return [item.id for item in lijst.items]


def _frame(frame: Any, engine: Engine, lijst: Vragenlijst, columns: object, person: object) -> People:
    schema = schema_of(frame, engine)
    found = find(schema, lijst, columns, engine)
    if not found.people:
        refs = refs_of(frame, engine, schema, person)
        reader: Any = Wide(frame, engine, found.sources, lijst.schaal)
        codes = _codes(lijst, found, reader)
        for source in found.sources:
            _tell_kinds(codes[_ids(lijst).index(source.item.id)], frame, engine, source, lijst)
        asked = frozenset(source.item.id for source in found.sources)
        return People(Answers(codes.T, lijst.schaal), refs, asked)
    if person is not None:
        do = "Leave it out: the map of a frame with a row per answer says whose they are."
        raise InputError.of("invalid-value", "person beside a long map", do, where="$.person")
    assert found.item is not None  # noqa: S101 (it is a long frame)
    refuse_unasked(frame, engine, found.item, found)
    reduced, reader = table_of(frame, engine, found, lijst.schaal)
    answers = Answers(_codes(lijst, found, reader).T, lijst.schaal)
    return People(
        answers, _refs(reduced, engine, found), frozenset(found.values), kinds_known=not _has_kinds(found)
    )


def _codes(lijst: Vragenlijst, found: Found, reader: Any) -> CodeArray:
    codes = np.empty((len(lijst.items), len(reader)), dtype=code_type(lijst.schaal))
    for start, part in coded(lijst, found.sources, reader):
        codes[:, start : start + part.shape[1]] = part
    return codes


def _has_kinds(found: Found) -> bool:
    return any(isinstance(code.means, Missing) for source in found.sources for code in source.codes)


def _tell_kinds(row: CodeArray, frame: Any, engine: Engine, source: Source, lijst: Vragenlijst) -> None:
    """Put in the codes of one item why answers are missing, where the caller's codes say so."""
    kinds = {code.text: code.means for code in source.codes if isinstance(code.means, Missing)}
    numbers = {
        float(code.number): code.means
        for code in source.codes
        if isinstance(code.means, Missing) and code.number is not None
    }
    if not kinds:
        return
    part = cells(frame, engine, source.column, 0, len(row))
    absent = [False] * len(row) if part.missing is None else part.missing.tolist()
    for place, (value, gone) in enumerate(zip(part.values.tolist(), absent, strict=True)):
        if gone:
            continue
        kind = kinds.get(folded(value)) if isinstance(value, str) else numbers.get(value)
        if kind is not None:
            row[place] = missing_code(kind, lijst.schaal)


def _refs(reduced: Any, engine: Engine, found: Found) -> tuple[str, ...]:
    """Who the people of a long frame are, in the order in which they first occur."""
    rows = reduced.num_rows if engine is Engine.PYARROW else len(reduced)
    # the taken column keeps its type, which the schema of the whole frame tells
    parts = [cells(reduced, engine, column, 0, rows).values.tolist() for column in found.people]
    return tuple(", ".join(map(str, one)) for one in zip(*parts, strict=True))
