"""What predicates say of many cases at once: on arrays where they can, else one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.constructs._base import path_of
from igm.decision.column_truth import Bools
from igm.decision.columns import Column, Constant, Packed
from igm.decision.conditions import FactKind
from igm.decision.predicate import Predicaat, Uitvoering
from igm.errors import InputError, Problem

Values: TypeAlias = Mapping[str, NDArray[Any]]


@attrs.frozen
class Read:
    """A fact of some cases, as a predicate reads it.

    Attributes:
        source: Its values.
        yes: Of a yes/no fact, where it is yes.
        has: Where it has a value.
        closed: Where it does not apply.
    """

    source: Column | Constant | None
    yes: Packed | None
    has: Packed
    closed: Packed


def refuse_unsupported(predicates: Mapping[str, Predicaat]) -> None:
    """Refuse predicates that are for one case at a time.

    Raises:
        InputError: ``predicate-invalid``, naming each of them.
    """
    single = [one for one in predicates.values() if Uitvoering.ARRAYS not in one.uitvoeringen]
    if single:
        do = "Declare uitvoeringen=['geval', 'arrays'], or give arrays=; or weigh case by case."
        raise InputError(
            *(
                Problem("predicate-invalid", f"{one.id!r} cannot be asked of arrays", do, path_of((one.id,)))
                for one in single
            )
        )


def answers_of(
    predicate: Predicaat, read: Mapping[str, Read], start: int, size: int
) -> tuple[Packed, Packed, int]:
    """Where a predicate is true, where it is false, and on how many cases it failed.

    Args:
        predicate: The predicate.
        read: The facts that it reads.
        start: The first case.
        size: The number of cases.
    """
    parts = [read[name] for name in predicate.reads]
    closed, every = parts[0].closed, parts[0].has
    for part in parts[1:]:
        closed, every = closed | part.closed, every & part.has
    places = np.flatnonzero(np.unpackbits(every & ~closed, count=size))
    true, false = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    values = {name: _values(kind, read[name], start, places, size) for name, kind in predicate.leest}
    answers = _on_arrays(predicate, values, len(places))
    failed = 0
    if answers is None:
        codes = np.array(_one_by_one(predicate, values, len(places)), dtype=np.int8)
        failed = int(np.count_nonzero(codes == _FAILED))
        true[places], false[places] = codes == _YES, codes == _NO
    else:
        true[places], false[places] = answers, ~answers
    return np.packbits(true), np.packbits(false) | closed, failed


_NO, _YES, _OPEN, _FAILED = range(4)


def _values(kind: FactKind, read: Read, start: int, places: NDArray[np.intp], size: int) -> NDArray[Any]:
    """The known values of a fact, as an array of its kind."""
    if read.yes is not None:
        yes: Bools = np.unpackbits(read.yes, count=size)[places].astype(bool)
        return yes
    if isinstance(read.source, Constant):
        listed: Sequence[Any] = [read.source.value] * len(places)
    else:
        assert read.source is not None  # noqa: S101 (only a yes/no fact comes as planes)
        rows = places + start
        found = read.source.values[rows]
        if found.dtype.kind in "iuf" and kind is FactKind.GETAL:
            return found
        if found.dtype.kind == "M":
            return found.astype("datetime64[D]")
        listed = [read.source.value(row) for row in rows.tolist()]
    if kind is FactKind.DATUM:
        return np.array(listed, dtype="datetime64[D]")
    return np.array(listed, dtype=np.str_ if kind is FactKind.KEUZE else None)


def _on_arrays(predicate: Predicaat, values: Values, size: int) -> Bools | None:
    """Its answers on arrays; nothing when it has no form for arrays, or that fails."""
    if predicate.arrays is None or not size:
        return None if size else np.zeros(0, dtype=bool)
    for column in values.values():
        column.flags.writeable = False  # where it fails, the rows are asked of these
    try:
        found: object = predicate.arrays(**values)
    except Exception:  # noqa: BLE001 (whatever it raises, the rows are asked one by one)
        return None
    if not isinstance(found, np.ndarray) or isinstance(found, np.ma.MaskedArray):
        return None
    answers = cast("Bools", found)
    return answers if answers.dtype == bool and answers.shape == (size,) else None


def _one_by_one(predicate: Predicaat, values: Values, size: int) -> list[int]:
    columns = {name: _plain(column) for name, column in values.items()}
    codes: list[int] = []
    for row in range(size):
        answer = predicate.answer({name: column[row] for name, column in columns.items()})
        codes.append(_OPEN if answer is None else int(answer) if isinstance(answer, bool) else _FAILED)
    return codes


def _plain(column: NDArray[Any]) -> list[Any]:
    # tolist gives dates, texts and numbers as Python has them
    found: list[Any] = column.tolist()
    return found
