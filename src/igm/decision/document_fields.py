"""Fields of a stored decision that are checked as the decision itself is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from igm.constructs._base import fault, shown
from igm.decision.besluit import check_moment, check_person
from igm.errors import Problems


def _written_moment(value: Any) -> Any:
    if not isinstance(value, (str, datetime)):
        do = "Give a date and time with its zone, such as 2026-03-02T10:00:00+01:00."
        raise fault("invalid-value", "a moment was expected", do, given=shown(value))
    return value


def _checked(check: Callable[[Any, Problems], None]) -> AfterValidator:
    """A check of a decision as a check of a field."""

    def validate(value: Any) -> Any:
        problems = Problems()
        check(value, problems)
        for problem in problems:
            raise fault(problem.code, problem.what, problem.do, given=problem.given)
        return value

    return AfterValidator(validate)


Words = Annotated[str, _checked(lambda words, problems: check_person("-", words, problems))]
"""A motivation in own words."""

Moment = Annotated[datetime, BeforeValidator(_written_moment), _checked(check_moment)]
"""A moment with its time zone."""
