"""Counts of a population: how many cases have each outcome, and who moves when facts are otherwise."""

from __future__ import annotations

import warnings
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from igm._display import Column as Header
from igm._display import Table
from igm.constructs._base import is_mapping, path_of
from igm.decision.cohort import failures, outcome_planes, weigh_all
from igm.decision.columns import Constant, as_value, unknown_columns
from igm.decision.one_case import read_policy
from igm.decision.population import Population, cases_in
from igm.decision.records import OutcomeT
from igm.decision.truth import Beleid
from igm.errors import InputError, PredicateWarning, Problems, shown

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader


def count(
    kader: Afwegingskader[OutcomeT],
    columns: object,
    beleid: Beleid | str,
    antwoorden: object,
    datums: object,
) -> dict[OutcomeT, int]:
    """Count outcomes; see ``kader.count``."""
    policy = read_policy(beleid)
    population = Population.of(kader, columns, antwoorden, datums)
    totals = [0] * len(kader.machine.outcomes)
    if policy is Beleid.EXACT:
        codes = weigh_all(kader, policy, population)[0]
        totals = np.bincount(codes, minlength=len(totals)).tolist()
    else:
        for chunk in population.chunks():
            for number, plane in enumerate(outcome_planes(kader, chunk)):
                totals[number] += cases_in(plane)
    for failure in failures(population.failed):
        warnings.warn(failure, PredicateWarning, stacklevel=3)
    return dict(zip(kader.machine.outcomes, totals, strict=True))


def what_if(
    kader: Afwegingskader[OutcomeT],
    columns: object,
    change: object,
    beleid: Beleid | str,
    datums: object,
) -> Table:
    """Compare a population with itself after a change; see ``kader.what_if``."""
    policy = read_policy(beleid)
    population = Population.of(kader, columns, None, datums)
    constants = _constants(kader, change, population.peildatum)
    changed = population.changed(constants)
    outcomes = kader.machine.outcomes
    # the planes of each are let go before the next are made
    before = weigh_all(kader, policy, population)[0]
    after = weigh_all(kader, policy, changed)[0]
    pairs = np.bincount(before.astype(np.int64) * len(outcomes) + after, minlength=len(outcomes) ** 2)
    moves: list[list[int]] = pairs.reshape(len(outcomes), len(outcomes)).tolist()
    rows: list[list[str | int]] = [
        [outcome.label, *line, sum(line)] for outcome, line in zip(outcomes, moves, strict=True)
    ]
    rows.append(["totaal na", *map(sum, zip(*moves, strict=True)), population.n])
    stay = sum(moves[number][number] for number in range(len(outcomes)))
    columns_of = [Header("voor / na"), *(Header(outcome.label, "right") for outcome in outcomes)]
    said = ", ".join(
        f"{name} = {kader.feiten[name].shown(constant.value)}" for name, constant in constants.items()
    )
    notes = (
        f"n = {population.n}; beleid: {policy.value}",
        *failures({name: max(n, changed.failed[name]) for name, n in population.failed.items()}),
        f"{population.n - stay} van {population.n} krijgen een ander advies",
    )
    return Table(
        [*columns_of, Header("totaal voor", "right")], rows, title=f"{kader.titel}: als {said}", notes=notes
    )


def _constants(kader: Afwegingskader[Any], change: object, peildatum: date | None) -> dict[str, Constant]:
    """The values that all cases get."""
    if not is_mapping(change) or not change:
        do = "Give {fact: value}, the value that all cases get."
        raise InputError.of("invalid-value", "not a change", do, where="$.change", given=shown(change))
    problems = Problems()
    unknown_columns(kader, list(change), problems, ("change",))
    found: dict[str, Constant] = {}
    for name, raw in change.items():
        if name in kader.feiten:
            value = as_value(kader.feiten[name], raw)
            where = path_of(("change", name))
            problem = kader.feiten[name].problem(value, where, masked=False, peildatum=peildatum)
            problems.extend([problem] if problem is not None and value is not None else [])
            found[name] = Constant(value)
    problems.raise_any(InputError)
    return found
