"""Frames in memory that run no expressions of their own: their columns as arrays, weighed as arrays are."""

from __future__ import annotations

import contextlib
import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from igm._engines.arrays import cells, length_of
from igm._engines.output import NewColumn, with_columns
from igm._engines.schema import ColumnType
from igm.decision.cohort import cautious_codes, failures, weighed
from igm.decision.cohort_facts import counted, missing_facts, open_facts
from igm.decision.frame_request import Asked, assumable, expirable
from igm.decision.own_columns import own_wrong
from igm.decision.population import Population
from igm.decision.truth import Beleid
from igm.errors import InputError, PredicateWarning


def weigh_kernel(asked: Asked) -> Any:
    """The frame with its advice."""
    return with_columns(asked.frame, asked.engine, new_columns(asked), asked.keep)


def refuse_wrong(asked: Asked) -> None:
    """Refuse wrong values of a frame in memory.

    Raises:
        InputError: With the first wrong values of every column by row, and how many there are in all.
    """
    columns, own, days = _arrays(asked)
    for _ in Population.of(asked.kader, columns, own, days).chunks():
        pass


def wrong_in_arrays(asked: Asked) -> tuple[int, dict[str, int]]:
    """The number of rows, and by fact and question how many values cannot be used."""
    columns, own, days = _arrays(asked)
    answers = own_wrong(own)
    population = Population.of(asked.kader, columns, None, days or None)
    # what is wrong is counted below
    with contextlib.suppress(InputError):
        for _ in population.chunks():
            pass
    return population.n, {**population.faults(), **{f"antwoorden.{name}": n for name, n in answers.items()}}


def _arrays(asked: Asked) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The columns of facts, own answers and days as arrays."""
    rows = length_of(asked.frame, asked.engine)

    def array(column: ColumnType) -> NDArray[Any]:
        part = cells(asked.frame, asked.engine, column, 0, rows)
        return part.values if part.missing is None else np.ma.MaskedArray(part.values, part.missing)

    columns = {name: array(column.column) for name, column in asked.facts.items()}
    columns |= {
        name: column.codes.array(columns[name])
        for name, column in asked.facts.items()
        if column.codes is not None
    }
    days = {name: array(column.day) for name, column in asked.facts.items() if column.day is not None}
    own = {name: array(column) for name, column in asked.own.items()}
    if not columns:  # a frame may have rows and no column that counts
        fact = next(iter(asked.kader.feiten.values()))
        columns = {fact.name: np.full(rows, None)}
        days = {fact.name: np.full(rows, None)} if fact.houdbaar_dagen is not None else {}
    return {**columns, "peildatum": asked.peildatum}, own, days


def new_columns(asked: Asked) -> dict[str, NewColumn]:
    """The advice per row, as columns by their names."""
    kader = asked.kader
    columns, own, days = _arrays(asked)
    population = Population.of(kader, columns, own or None, days or None)
    cohort, chunks = weighed(kader, asked.beleid, population)
    for failure in failures(cohort.mislukt):
        warnings.warn(failure, PredicateWarning, stacklevel=5)
    outcomes = [outcome.value for outcome in cohort.outcomes]
    found = {
        "advies": _texts(cohort.codes, outcomes),
        "rij": _texts(np.maximum(cohort.rows, -1), [*(row.id for row in kader.beslis), None]),
        "beleid": _texts(np.zeros(cohort.n, dtype=np.intp), [asked.beleid.value]),
        "open_feiten": NewColumn(open_facts(kader, chunks, cohort.n)),
    }
    if asked.beleid is Beleid.EXACT:
        cautious = np.empty_like(cohort.codes)
        cautious_codes(kader, chunks, cautious)
        same = len(outcomes)
        found["voorzichtig"] = _texts(np.where(cautious == cohort.codes, same, cautious), [*outcomes, None])
    if asked.ontbreekt:
        names, numbers = missing_facts(kader, chunks, cohort.n)
        found |= {"ontbreekt": NewColumn(names), "ontbreekt_n": NewColumn(numbers)}
    if read := assumable(kader):
        found["aangenomen"] = NewColumn(
            counted(chunks, cohort.n, lambda chunk: map(chunk.assumed.__getitem__, read))
        )
    if expirable(kader):
        found["verlopen"] = NewColumn(counted(chunks, cohort.n, lambda chunk: chunk.expired.values()))
    return {asked.names[name]: column for name, column in found.items()}


def _texts(places: NDArray[Any], values: list[str | None]) -> NewColumn:
    texts = np.empty(len(values), dtype=object)
    texts[:] = values
    found = texts[places]
    return NewColumn(found, np.array([value is None for value in values])[places])
