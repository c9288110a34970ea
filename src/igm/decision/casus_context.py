"""What a case says beside its facts: whom it is about, and on which day."""

from __future__ import annotations

import contextlib
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from igm.constructs._base import problems_of, shown
from igm.constructs.ref import Ref
from igm.decision.expiry import peildatum_problems
from igm.errors import Problem, Problems

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader


@cache
def _ref_adapter() -> TypeAdapter[str]:
    return TypeAdapter(Ref)


def ref_problems(ref: Any) -> list[Problem]:
    """What is wrong with a reference."""
    if ref is None:
        return []
    try:
        _ref_adapter().validate_python(ref)
    except ValidationError as error:
        return [problem.under("$.ref") for problem in problems_of(error)]
    return []


def read_peildatum(kader: Afwegingskader[Any], raw: Any, problems: Problems) -> date | None:
    """The reference date, where it is given; required where the kader reads dates or counts days up to it."""
    if raw is None:
        if kader.needs_peildatum:
            do = "Give peildatum=, the day on which ages and terms are counted."
            why = "reads dates" if kader.reads_dates else "counts days up to the peildatum"
            problems.add("peildatum-missing", f"kader {kader.id!r} {why}", do, where="$.peildatum")
        return None
    if isinstance(raw, str):
        with contextlib.suppress(ValueError):
            raw = date.fromisoformat(raw)
    if type(raw) is date:
        problems.extend(peildatum_problems(kader.feiten.values(), raw))
        return raw
    do = "Give a date such as 2024-10-01."
    problems.add("invalid-value", "peildatum is not a date", do, where="$.peildatum", given=shown(raw))
    return None
