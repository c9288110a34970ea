"""Professionals' own answers to many cases: a column per question, as packed planes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from igm.constructs._base import is_mapping, path_of
from igm.decision.columns import FIRST, Packed, array_of
from igm.decision.fact_checks import is_gap
from igm.decision.gegeven import ANSWERS, plain_value
from igm.decision.program import CODES
from igm.decision.truth import Antwoord
from igm.errors import MASK, InputError, Problems, shown, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

OwnPlanes: TypeAlias = tuple[Packed, Packed, Packed]
_ORDER: Final = (Antwoord.JA, Antwoord.NEE, Antwoord.TWIJFEL)


def packed(plane: NDArray[np.bool_]) -> Packed:
    """Eight cases in a byte."""
    return np.packbits(plane)


def own_planes(codes: NDArray[np.uint8]) -> OwnPlanes:
    """Where the own answer is ja, nee and twijfel."""
    ja, nee, twijfel = (packed(codes == CODES[answer]) for answer in _ORDER)
    return ja, nee, twijfel


def read_own_codes(kader: Afwegingskader[Any], antwoorden: object, n: int) -> list[NDArray[np.uint8] | None]:
    """Per question the professionals' own answers as codes, 0 where there is none."""
    names = [question.name for question in kader.vragen]
    found: dict[str, NDArray[np.uint8]] = {}
    if antwoorden is None:
        return [None] * len(names)
    if not is_mapping(antwoorden):
        do = "Give {question: column of ja, nee, twijfel or None}."
        raise InputError.of("invalid-value", "not answers", do, where="$.antwoorden", given=shown(antwoorden))
    problems = Problems()
    for name, raw in antwoorden.items():
        where = path_of(("antwoorden", name))
        if name not in names:
            what, do = f"kader {kader.id!r} has no question {name!r}", suggestion(name, names)
            problems.add("unknown-question", what, do, where=where)
            continue
        column = array_of(raw, where, problems)
        if column is None:
            continue
        if len(column) != n:
            do, given = f"Give {n} rows, as the facts have.", f"{len(column)} rows"
            problems.add("shape-mismatch", "columns of unequal length", do, where=where, given=given)
            continue
        codes = np.fromiter(map(_answer_code, column.tolist()), np.int8, n)
        wrong = np.flatnonzero(codes < 0)
        for row in wrong[:FIRST].tolist():
            do = "Give ja, nee or twijfel, or None when there is no own answer."
            problems.add(
                "invalid-value", "not an answer", do, where=path_of(("antwoorden", name, row)), given=MASK
            )
        if len(wrong) > FIRST:
            what = f"{len(wrong)} own answers cannot be used"
            problems.add("invalid-value", what, f"These are the first {FIRST}.", where=where)
        found[name] = codes.astype(np.uint8)
    problems.raise_any(InputError)
    return [found.get(name) for name in names]


def own_wrong(own: Mapping[str, NDArray[Any]]) -> dict[str, int]:
    """By question, how many own answers cannot be used."""
    return {name: sum(_answer_code(raw) < 0 for raw in column.tolist()) for name, column in own.items()}


def _answer_code(raw: object) -> int:
    value = plain_value(raw)
    if value is None or is_gap(value):
        return 0
    text = value.casefold() if isinstance(value, str) else ""
    return CODES[Antwoord(text)] if text in ANSWERS else -1
