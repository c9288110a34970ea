"""The days on which the values of a column were established: which of them have expired, and which cannot be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self, cast

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.constructs._base import is_mapping, path_of
from igm.decision.column_truth import Bools
from igm.decision.columns import FIRST, Column, Constant, Pair, array_of
from igm.decision.expiry import date_problem
from igm.decision.fact_checks import is_gap
from igm.decision.facts import Fact
from igm.decision.gegeven import plain_value
from igm.errors import MASK, InputError, Problem, Problems, named, shown, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

_FIRST_DAY, _LAST_DAY = (np.datetime64(day, "D") for day in (date.min, date.max))

DATUMS: Final = "datums"
"""How the days by fact are given, and where what is wrong with them is told."""


@attrs.define
class Dates:
    """The days on which the values of one fact were established, a row per case.

    Attributes:
        fact: The fact.
        days: The days; NaT where there is none.
        peildatum: Reference date.
        expired: How many values have expired, as far as was read.
        first: The first faults, one by one.
        total: How many values have a day that cannot be used, as far as was read.
    """

    fact: Fact
    days: NDArray[np.datetime64]
    peildatum: date
    expired: int = attrs.field(default=0, init=False)
    first: list[Problem] = attrs.field(factory=list, init=False)
    total: int = attrs.field(default=0, init=False)

    def fresh(self, start: int, stop: int, known: Bools) -> Bools:
        """Where a known value still counts.

        Args:
            start: The first row.
            stop: The row after the last one.
            known: Where there is a value, for these rows.
        """
        days = self.days[start:stop]
        ago = (np.datetime64(self.peildatum, "D") - days).astype(np.int64)
        absent = np.isnat(days)
        wrong = known & (absent | (ago < 0))
        self._note(np.flatnonzero(wrong), start)
        expired = known & ~wrong & (ago > (self.fact.houdbaar_dagen or 0))
        self.expired += int(np.count_nonzero(expired))
        return known & ~wrong & ~expired

    def _note(self, rows: NDArray[np.intp], start: int) -> None:
        self.total += len(rows)
        for row in (rows[: max(0, FIRST - len(self.first))] + start).tolist():
            day = self.days[row]
            dated: date | None = None if np.isnat(day) else cast("Any", day).item()
            problem = date_problem(self.fact, dated, self.peildatum, path_of((DATUMS, self.fact.name, row)))
            self.first += [] if problem is None else [problem]

    def problems(self) -> Iterator[Problem]:
        """What is wrong with the days, the first ones told one by one."""
        yield from self.first
        if self.total > len(self.first):
            what = f"{self.total} values of {self.fact.label!r} have no day that can be used"
            do = f"These are the first {len(self.first)}; look for the same in the others."
            yield Problem(self.first[0].code, what, do, path_of((DATUMS, self.fact.name)))

    def again(self) -> Self:
        """The same days, nothing counted yet."""
        return type(self)(self.fact, self.days, self.peildatum)


def read_dates(
    kader: Afwegingskader[Any],
    sources: Mapping[str, Column | Pair | Constant],
    given: object,
    peildatum: date | None,
    n: int,
) -> dict[str, Dates]:
    """The days of the columns of facts that expire.

    Args:
        kader: The kader.
        sources: The columns by fact.
        given: The days by fact, as they were given.
        peildatum: Reference date.
        n: The number of cases.

    Raises:
        InputError: With every problem of the days as such, and every column whose days are absent.
    """
    problems = Problems()
    if given is not None and not is_mapping(given):
        do = "Give {fact: days}, the days on which its values were established."
        raise InputError.of("invalid-value", "not days", do, where="$.datums", given=shown(given))
    columns: Mapping[object, object] = {} if given is None else given
    found: dict[str, Dates] = {}
    for name, raw in columns.items():
        where = path_of((DATUMS, str(named(name))))
        fact = kader.feiten.get(name) if isinstance(name, str) else None
        if fact is None:
            what = f"kader {kader.id!r} has no fact {named(name)!r}"
            problems.add("unknown-fact", what, suggestion(name, kader.feiten), where=where)
        elif fact.houdbaar_dagen is None:
            what, do = f"values of {fact.label!r} do not expire", "Leave these days out."
            problems.add("invalid-value", what, do, where=where)
        else:
            days = _days(fact, raw, where, n, problems)
            if days is not None and peildatum is not None:
                found[fact.name] = Dates(fact, days, peildatum)
    for name, source in sources.items():
        fact = kader.feiten[name]
        if fact.houdbaar_dagen is not None and not isinstance(source, Constant) and name not in columns:
            what = f"values of {fact.label!r} hold for {fact.houdbaar_dagen} days, and do not say of which day they are"
            do = f"Give datums={{{name!r}: days}}, a row per case."
            problems.add("missing-field", what, do, where=path_of((DATUMS, name)))
    problems.raise_any(InputError)
    return found


def _days(fact: Fact, raw: object, where: str, n: int, problems: Problems) -> NDArray[np.datetime64] | None:
    values = array_of(raw, where, problems)
    if values is None:
        return None
    if len(values) != n:
        do, given = f"Give {n} rows, as the facts have.", f"{len(values)} rows"
        problems.add("shape-mismatch", "columns of unequal length", do, where=where, given=given)
        return None
    masked = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else None
    plain = np.asarray(values)
    if plain.dtype.kind == "M":
        days = plain.astype("datetime64[D]")
        within = (days >= _FIRST_DAY) & (days <= _LAST_DAY)
        wrong = ~np.isnat(days) & ((days != plain) | ~within)
    else:
        read = _days_of(plain.tolist())
        wrong = np.fromiter((day is False for day in read), bool, n)
        days = np.array([None if day is False else day for day in read], dtype="datetime64[D]")
    if masked is not None:
        wrong, days = wrong & ~masked, np.where(masked, np.datetime64("NaT", "D"), days)
    rows = np.flatnonzero(wrong)
    for row in rows[:FIRST].tolist():
        do = "Give a date such as 2026-03-02, without a time."
        given = (
            MASK if fact.gevoelig else shown(plain[row])
        )  # it may be a value that stands in the wrong column
        problems.add("fact-kind", "not a date", do, where=f"{where}[{row}]", given=given)
    if len(rows) > FIRST:
        do = f"These are the first {FIRST}; look for the same in the others."
        problems.add("fact-kind", f"{len(rows)} days cannot be used", do, where=where)
    return days


def _days_of(values: list[Any]) -> list[date | bool | None]:
    """What each value says of a day; the many values of one column are of few days."""
    seen: dict[Any, date | bool | None] = {
        value: _day(value) for value in {value for value in values if type(value) in {date, str}}
    }
    return [seen[value] if type(value) in {date, str} else _day(value) for value in values]


def _day(raw: object) -> date | bool | None:
    """A day, nothing, or ``False`` for what is no day."""
    value = plain_value(raw)
    if value is None or is_gap(value):
        return None
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return False
    return value if type(value) is date else False
