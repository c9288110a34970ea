"""Who the people in a frame are, and whether somebody is there more than once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from igm._engines._codes import folded
from igm._engines.arrays import cells, length_of
from igm._engines.engine import Engine
from igm._engines.schema import Schema
from igm.errors import InputError, suggestion
from igm.scoring._array import is_nan
from igm.scoring._numbers import row_of
from igm.scoring.notes import Note

Refs = tuple[str | None, ...]

_CALLED: Final = (
    "ref", "respondent", "respondent_id", "respondentnummer", "deelnemer", "deelnemer_id", "persoon", "person",
    "person_id", "participant", "participant_id", "client", "client_id", "cliënt",
)  # fmt: skip


def refs_of(frame: Any, engine: Engine, schema: Schema, person: object) -> Refs | None:
    """Who stands in each row: by the column that is named, by refs one per row, or by a column that is called so.

    Raises:
        InputError: ``unknown-name`` for a column that is not there; what `listed` refuses.
    """
    rows = length_of(frame, engine)
    if person is not None and not isinstance(person, str):
        return listed(person, rows)
    name = person
    if name is None:
        name = next((one for called in _CALLED for one in schema if folded(one) == called), None)
        if name is None:
            return None
    elif name not in schema:
        do = suggestion(name, list(schema))
        raise InputError.of("unknown-name", "no such column", do, where="$.person", given=repr(name))
    found = cells(frame, engine, schema[name], 0, rows)
    absent = [False] * rows if found.missing is None else found.missing.tolist()
    return tuple(
        None if gone else _text(one) for one, gone in zip(found.values.tolist(), absent, strict=True)
    )


def listed(person: object, rows: int) -> Refs:
    """Refs that were given one per row.

    Raises:
        InputError: ``invalid-value`` for what is no row, ``shape-mismatch`` for another length.
    """
    if isinstance(person, str):
        do = "Give a list of refs, one per person; a column goes with a frame."
        raise InputError.of("invalid-value", "not a row of refs", do, where="$.person", given=repr(person))
    return tuple(_text(one) for one in row_of(person, "$.person", rows))


def _text(value: object) -> str | None:
    if value is None or is_nan(value):
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def repeated(refs: Sequence[str | None] | None) -> tuple[Note, ...]:
    """A note when somebody has more than one row."""
    known = [ref for ref in refs or () if ref is not None]
    people = len(set(known))
    return (Note("repeated-people", figures=(people, len(known))),) if people < len(known) else ()
