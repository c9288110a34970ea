"""Frames in memory that run no expressions of their own: their columns as arrays, weighed as arrays are."""

from __future__ import annotations

import contextlib
import warnings
from datetime import datetime, time
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from igm._engines.arrays import cells, length_of
from igm._engines.counting import Count, counted_values
from igm._engines.output import NewColumn, with_columns
from igm._engines.schema import ColumnType, Kind
from igm.constructs.waarde import Missing
from igm.decision.cohort import cautious_codes, failures, weighed
from igm.decision.cohort_facts import counted, missing_facts, open_facts
from igm.decision.conditions import FactKind
from igm.decision.fact_checks import is_gap
from igm.decision.frame_facts import FactColumn
from igm.decision.frame_kinds import can_hold
from igm.decision.frame_request import Asked, assumable, expirable
from igm.decision.gegeven import plain_value
from igm.decision.own_columns import own_wrong
from igm.decision.patterns import Weighings
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
    for _ in population_of(asked).chunks():
        pass


def population_of(asked: Asked) -> Population:
    """The rows as a population, of which nothing was read."""
    columns, own, days = arrays_of(asked)
    return Population.of(asked.kader, columns, own or None, days or None)


def counted_in_arrays(asked: Asked) -> tuple[int, dict[str, Count]]:
    """The number of rows, and what is held by fact and question."""
    columns, own, days = arrays_of(asked)
    population = Population.of(asked.kader, columns, None, days or None)
    # what is wrong is counted below
    with contextlib.suppress(InputError):
        for _ in population.chunks():
            pass
    faults = population.faults()
    counts = {name: _count(asked, column, faults.get(name, 0)) for name, column in asked.facts.items()}
    counts |= {name: _count(asked, column, None) for name, column in asked.misfits.items()}
    wrong = own_wrong(own)
    for name, values in own.items():
        missing = _absent(values)
        counts[f"antwoorden.{name}"] = Count(population.n - missing - wrong[name], missing, wrong[name])
    return population.n, counts


def _absent(values: NDArray[Any]) -> int:
    return sum(is_no_value(value) for value in values.tolist())


def is_no_value(value: object) -> bool:
    """Nothing, or a kind of missing."""
    return value is None or is_gap(value) or (isinstance(value, str) and value in list(Missing))


def _count(asked: Asked, held: FactColumn, wrong: int | None) -> Count:
    """What is held of one fact; when nothing is said of what is wrong, no value can be used."""
    raw = _listed(_array(asked, held.column))
    codes = None if wrong is None else held.codes
    means = raw if codes is None else codes.array(_array(asked, held.column)).tolist()
    missing = sum(map(is_no_value, means))
    unusable = len(raw) - missing if wrong is None else wrong
    values: dict[str, int] = {}
    undated = wrong is None and can_hold(held)
    if unusable and not held.fact.gevoelig and not undated:
        seen: dict[Any, bool] = {}
        pairs = zip(raw, means, strict=True)
        values = counted_values(one for one, value in pairs if wrong is None or _is_wrong(held, value, seen))
    recoded = 0 if codes is None else sum(map(codes.holds, raw))
    return Count(len(raw) - missing - unusable, missing, unusable, recoded, values)


def _listed(values: NDArray[Any]) -> list[Any]:
    """Python objects; moments at midnight are days."""
    if values.dtype.kind != "M":
        return [None if is_gap(value) else value for value in values.tolist()]
    found = values.astype("datetime64[us]").tolist()
    return [one.date() if isinstance(one, datetime) and one.time() == time() else one for one in found]


def _is_wrong(held: FactColumn, value: Any, seen: dict[Any, bool]) -> bool:
    """Whether a value cannot be used; each is looked at once."""
    key: Any = (type(value), value)
    try:
        if key not in seen:
            seen[key] = _cannot_be(held, value)
        return seen[key]
    except TypeError:  # no key, so no value of a fact
        return True


def _cannot_be(held: FactColumn, value: Any) -> bool:
    numbers = held.column.kind in {Kind.WHOLE, Kind.FLOAT}
    if is_no_value(value) or (numbers and held.fact.kind is FactKind.JA_NEE and value in (0, 1)):
        return False
    return held.fact.problem(plain_value(value), "$", peildatum=held.peildatum) is not None


def arrays_of(asked: Asked) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The columns of facts, own answers and days as arrays."""
    rows = length_of(asked.frame, asked.engine)
    array = partial(_array, asked)
    facts = {**asked.facts, **asked.empty}
    columns = {name: array(column.column) for name, column in facts.items()}
    columns |= {
        name: column.codes.array(columns[name]) for name, column in facts.items() if column.codes is not None
    }
    days = {name: array(column.day) for name, column in facts.items() if column.day is not None}
    own = {name: array(column) for name, column in asked.own.items()}
    if not columns:  # a frame may have rows and no column that counts
        fact = next(iter(asked.kader.feiten.values()))
        columns = {fact.name: np.full(rows, None)}
        days = {fact.name: np.full(rows, None)} if fact.houdbaar_dagen is not None else {}
    return {**columns, "peildatum": asked.peildatum}, own, days


def _array(asked: Asked, column: ColumnType) -> NDArray[Any]:
    part = cells(asked.frame, asked.engine, column, 0, length_of(asked.frame, asked.engine))
    return part.values if part.missing is None else np.ma.MaskedArray(part.values, part.missing)


def new_columns(asked: Asked) -> dict[str, NewColumn]:
    """The advice per row, as columns by their names."""
    kader = asked.kader
    population = population_of(asked)
    weighings = Weighings(asked.voortgang)
    cohort, chunks = weighed(kader, asked.beleid, population, weighings)
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
        names, numbers = missing_facts(kader, chunks, cohort.n, weighings)
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
