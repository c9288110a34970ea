"""Several tests at once: chances adjusted for how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from igm.analysis.samples import is_missing, is_row
from igm.constructs._base import is_number, one_of, plain_number, shown
from igm.errors import InputError, Problems

Adjustment: TypeAlias = Literal["holm", "bh", "none"]
"""How: Holm for conclusions, Benjamini and Hochberg for a first look, or not at all."""


def adjusted(p_values: Sequence[float | None], method: Adjustment = "holm") -> list[float | None]:
    """Chances, adjusted for the number of tests that there are.

    Holm (1979): sorted upwards, pᵢ · (m − i + 1), never lower than the one before. Benjamini & Hochberg (1995):
    pᵢ · m/i, never higher than the one after. At most 1. A test that is undefined is none: m counts the others.

    Args:
        p_values: Chances from 0 to 1; ``None``, NaN or ``pandas.NA`` where there is no test.
        method: ``"holm"``, ``"bh"`` or ``"none"``.

    Returns:
        As many as were given, in that order; ``None`` where there is no test.

    Raises:
        InputError: ``not-a-number`` or ``value-out-of-range`` for what is no chance, ``unknown-name`` for another
            method.

    Example:
        >>> adjusted([0.01, None, 0.02, 0.03])
        [0.03, None, 0.04, 0.04]
        >>> adjusted([0.01, 0.02, 0.03], "bh")
        [0.03, 0.03, 0.03]
    """
    one_of(method, ["holm", "bh", "none"], "unknown adjustment", "$.method")
    given = _read(p_values)
    order = sorted((p, place) for place, p in enumerate(given) if p is not None)
    m = len(order)
    made: list[float | None] = [None] * len(given)
    if method == "none":
        return given
    if method == "holm":
        so_far = 0.0
        for rank, (p, place) in enumerate(order):
            so_far = max(so_far, min(1.0, p * (m - rank)))
            made[place] = so_far
    else:
        so_far = 1.0
        for rank in range(m, 0, -1):
            p, place = order[rank - 1]
            so_far = min(so_far, p * (m / rank))
            made[place] = so_far
    return made


def _read(p_values: Sequence[float | None]) -> list[float | None]:
    asked: object = p_values
    if not is_row(asked):
        do = "Give a list of chances."
        raise InputError.of("invalid-value", "not a list", do, where="$.p_values", given=shown(asked))
    problems = Problems()
    given: list[float | None] = []
    for place, cell in enumerate(p_values):
        p: object = plain_number(cell)
        if is_missing(p):
            given.append(None)
        elif not is_number(p):
            do = "Give a number from 0 to 1, or None where there is no test."
            problems.add("not-a-number", "not a chance", do, where=f"$.p_values[{place}]", given=shown(p))
        elif not 0 <= p <= 1:
            do = "Give a number from 0 to 1."
            problems.add(
                "value-out-of-range", "not a chance", do, where=f"$.p_values[{place}]", given=shown(p)
            )
        else:
            given.append(float(p))
    problems.raise_any(InputError)
    return given
