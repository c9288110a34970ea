"""The errors of measurement of two profiles, on the metric on which they are compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np

from igm.congruence.moments import FloatArray
from igm.congruence.pairs import Pair, Party, Side
from igm.constructs._base import is_mapping, is_number, plain_number, shown
from igm.constructs.model import Construct, construct
from igm.constructs.profiel import Profiel
from igm.constructs.waarde import Waarde
from igm.errors import InputError, Problems, UnknownNameError
from igm.scoring.reliabilities import Reliabilities

Sem: TypeAlias = "float | Mapping[str, float] | Mapping[Construct, float] | Reliabilities"
"""The standard error of measurement of every score, one by construct, or reliabilities that hold them."""


def errors_of(
    first: Party, second: Party, two: Pair, sem: Sem, sem_second: Sem | None
) -> tuple[FloatArray, FloatArray]:
    """The errors of the first and of the second profile, in the order of the constructs of the pair.

    Raises:
        InputError: ``not-a-number``, ``value-out-of-range``, ``missing-field`` for a construct without an error,
            ``invalid-value``, ``unknown-construct``, ``duplicate-name``; all at once.
    """
    problems = Problems()
    parties: dict[Side, Party] = {"first": first, "second": second}
    names: dict[Side, str] = {"first": "sem", "second": "sem" if sem_second is None else "sem_second"}
    given: dict[Side, Sem] = {"first": sem, "second": sem if sem_second is None else sem_second}
    made: list[FloatArray] = []
    for side, party in parties.items():
        before = len(problems)
        own = _by_construct(given[side], two, f"$.{names[side]}", problems)
        if len(problems) == before:
            _check_sizes(own, party, two, f"$.{names[side]}", problems)
        if len(problems) == before:
            made.append(np.array([own[key] for key in two.constructs]) * _units(party, two))
        elif sem_second is None:
            break  # the second side would say the same again
    problems.raise_any(InputError)
    return made[0], made[1]


def _check_sizes(
    own: Mapping[Construct, float], party: Party, two: Pair, where: str, problems: Problems
) -> None:
    """Refuse an error that is wider than the scale of its score: it was meant for another scale."""
    profiel = party if isinstance(party, Profiel) else party.profiel
    for key in two.constructs:
        value = profiel[key]
        if not isinstance(value, Waarde) or value.schaal is None:
            continue
        if own[key] > value.schaal.maximum - value.schaal.minimum:
            do = f"Give it on the scale of the score, {value.schaal}."
            what, at = "an error of measurement wider than its scale", f"{where}.{key.value}"
            problems.add("value-out-of-range", what, do, where=at, given=shown(own[key]))


def _units(party: Party, two: Pair) -> FloatArray:
    """How much one point of each score is on the metric."""
    profiel = party if isinstance(party, Profiel) else party.profiel
    factors: list[float] = []
    for key in two.constructs:
        value = profiel[key]
        pomp = two.metric == "pomp" and isinstance(value, Waarde) and value.schaal is not None
        factors.append(100 / (value.schaal.maximum - value.schaal.minimum) if pomp else 1.0)  # type: ignore[union-attr]
    return np.array(factors)


def _by_construct(given: object, two: Pair, where: str, problems: Problems) -> dict[Construct, float]:
    found: dict[Construct, Any] = {}
    if isinstance(given, Reliabilities):
        found = {key: row.sem for key, row in given.rows.items() if row.sem is not None}
    elif is_mapping(given):
        for name, value in given.items():
            try:
                key = construct(name, where=where)
            except UnknownNameError as error:
                problems.extend(error.problems)
                continue
            if key in found:
                what = f"{key.value} is given under two names"
                problems.add("duplicate-name", what, "Give it once.", where=where)
            found[key] = plain_number(value)
    elif is_number(plain_number(given)):
        found = dict.fromkeys(two.constructs, plain_number(given))
    else:
        do = "Give a number, numbers by construct, or what igm.reliability gives."
        problems.add("invalid-value", "no error of measurement", do, where=where, given=shown(given))
        return {}
    for key in two.constructs:
        _check(found.get(key), f"{where}.{key.value}", problems, lacking=key not in found)
    return found


def _check(value: object, where: str, problems: Problems, *, lacking: bool) -> None:
    if lacking:
        do = "Give it, or leave the construct out with constructs=. It is sd·√(1 − reliability)."
        problems.add("missing-field", "no error of measurement", do, where=where)
    elif not is_number(value):
        do = "Give a finite number of at least 0."
        problems.add("not-a-number", "an error of measurement", do, where=where, given=shown(value))
    elif value < 0:
        problems.add(
            "value-out-of-range",
            "an error of measurement",
            "Give at least 0.",
            where=where,
            given=shown(value),
        )
