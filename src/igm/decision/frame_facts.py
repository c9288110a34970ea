"""Columns of facts in a frame, as expressions: truth per condition, what is known, and which values cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import attrs

from igm._engines.engine import Engine
from igm._engines.expressions import clean
from igm._engines.schema import ColumnType, Kind
from igm.constructs.waarde import Missing
from igm.decision.conditions import Age, Atom, Compare, FactKind, JaNee, Known, OneOf
from igm.decision.fact_codes import FactCodes
from igm.decision.facts import Fact
from igm.decision.stages import NO, OPEN, YES

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    from igm.decision.kader import Afwegingskader

_LARGE: Final = frozenset({"UINT64", "UBIGINT", "HUGEINT", "UHUGEINT", "INT128", "UINT128"})
"""Types of whole numbers that may be larger than 64 bits with a sign hold."""

_NO_VALUE: Final = [kind.value for kind in Missing]
"""Texts that say why there is no value."""

_OPS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


@attrs.frozen
class FactColumn:
    """The column of one fact.

    Attributes:
        fact: The fact.
        column: The column.
        engine: What holds the frame.
        day: The column with the days on which the values were established, where they expire.
        peildatum: Reference date.
        codes: What its values mean, where they are coded.
    """

    fact: Fact
    column: ColumnType
    engine: Engine
    day: ColumnType | None = None
    peildatum: date | None = None
    codes: FactCodes | None = None

    @property
    def given(self) -> nw.Expr:
        """The values as they were given; null where there is none."""
        import narwhals.stable.v2 as nw

        own: nw.Expr = clean(self.column) if self.codes is None else self.codes.given
        match self.fact.kind:
            case FactKind.GETAL:
                return own.cast(nw.Int64 if self._fits else nw.Float64)
            case FactKind.KEUZE:
                text = own.cast(nw.String)
                return nw.when(~text.is_in(_NO_VALUE)).then(text)
            case FactKind.DATUM:
                return _as_day(self.column)
            case FactKind.JA_NEE:
                return own

    @property
    def _fits(self) -> bool:
        """Whether the values are whole numbers of at most 64 bits with a sign."""
        large = self.column.native.upper() in _LARGE or self.column.native.upper().startswith("DECIMAL")
        return self.column.kind is Kind.WHOLE and not large and self.codes is None

    @property
    def is_coded_absent(self) -> nw.Expr | None:
        """Where it is said why there is no value; nothing when that can be nowhere."""
        return None if self.codes is None else self.codes.said

    @property
    def wrong(self) -> nw.Expr | None:
        """Where a value cannot be used; nothing when that can be nowhere."""
        import narwhals.stable.v2 as nw

        found = None if self.column.kind is Kind.BOOL else self._outside
        if self.day is not None:
            undated = nw.coalesce(self._day > self._lit(self.peildatum), nw.lit(value=True))
            timed = _has_time(self.day)
            undated = ~self.given.is_null() & (undated if timed is None else undated | timed)
            found = undated if found is None else found | undated
        return None if found is None else nw.coalesce(found, nw.lit(value=False))

    @property
    def _outside(self) -> nw.Expr:
        import narwhals.stable.v2 as nw

        fact, value = self.fact, self.given
        match fact.kind:
            case FactKind.JA_NEE:
                return (value != 0) & (value != 1)
            case FactKind.KEUZE:
                return ~value.is_in(list(fact.opties))
            case FactKind.GETAL:
                found = (value < nw.lit(fact.minimum)) | (value > nw.lit(fact.maximum))
                whole = not fact.geheel or self._fits
                return found if whole else found | (value != value.floor())
            case FactKind.DATUM:
                low, high = _bounds(fact, self.peildatum)
                found = (value < self._lit(low)) | (value > self._lit(high))
                timed = _has_time(self.column)
                return found if timed is None else found | timed

    @property
    def _day(self) -> nw.Expr:
        assert self.day is not None  # noqa: S101 (asked for where there is one)
        return _as_day(self.day)

    @property
    def value(self) -> nw.Expr:
        """The values that count: null where there is none, and where it has expired."""
        import narwhals.stable.v2 as nw

        if self.day is None:
            return self.given
        return nw.when(self._day >= self._lit(self._oldest)).then(self.given)

    @property
    def _oldest(self) -> date:
        """The first day on which a value still counts."""
        assert self.peildatum is not None  # noqa: S101 (required as soon as a fact expires)
        days = self.fact.houdbaar_dagen or 0
        return self.peildatum - timedelta(days) if self.peildatum.toordinal() > days else date.min

    @property
    def expired(self) -> nw.Expr:
        """Where a value has expired; null where it has no day."""
        return ~self.given.is_null() & (self._day < self._lit(self._oldest))

    def holds(self, atom: Atom) -> nw.Expr:
        """Where a condition on the fact is true; null where it is not known."""
        value = self.value
        match atom:
            case JaNee():
                return value if self.column.kind is Kind.BOOL else value == 1
            case Compare(op=op, threshold=threshold):
                found: nw.Expr = _OPS[op](value, self._lit(threshold))
                return found
            case Age(op=op, years=years):
                assert self.peildatum is not None  # noqa: S101 (required as soon as a kader reads a date)
                return self._age(value, op, years, self.peildatum)
            case OneOf(values=values) if self.fact.kind is FactKind.KEUZE:
                return value.is_in(list(values))
            case OneOf(values=values):
                first, *more = (value == self._lit(one) for one in values)
                for one in more:
                    first = first | one
                return first
            case _:
                raise NotImplementedError(f"no expression for {type(atom).__name__}")

    def _age(self, value: nw.Expr, op: str, years: int, peildatum: date) -> nw.Expr:
        """Whole years up to the reference date, compared: as old as this is born on that day or before."""
        day = self._lit(born_by(peildatum, years + 1 if op in ("<=", ">") else years))
        return value > day if op in ("<", "<=") else value <= day

    def _lit(self, value: float | str | date | None) -> nw.Expr:
        """A value as an expression; Spark reads years below 1000 wrongly but from text."""
        import narwhals.stable.v2 as nw

        if isinstance(value, date) and self.engine is Engine.PYSPARK:
            return nw.lit(value.isoformat()).cast(nw.Date)
        return nw.lit(value)


def _as_day(column: ColumnType) -> nw.Expr:
    import narwhals.stable.v2 as nw

    own = nw.col(column.ref)
    return own if column.kind is Kind.DATE else own.cast(nw.Date)


def _has_time(column: ColumnType) -> nw.Expr | None:
    """Where a moment is not the start of a day."""
    import narwhals.stable.v2 as nw

    own = nw.col(column.ref)
    return None if column.kind is Kind.DATE else own.cast(nw.Date).cast(nw.Datetime) != own


def _bounds(fact: Fact, peildatum: date | None) -> tuple[date, date]:
    low = fact.minimum if isinstance(fact.minimum, date) else date.min
    high = fact.maximum if isinstance(fact.maximum, date) else date.max
    return low, high if fact.toekomst or peildatum is None else min(high, peildatum)


def born_by(peildatum: date, years: int) -> date:
    """The last day of which at least so many whole years have passed.

    Example:
        >>> born_by(date(2023, 3, 1), 23), born_by(date(2024, 2, 29), 1)
        (datetime.date(2000, 3, 1), datetime.date(2023, 2, 28))
    """
    year = peildatum.year - years
    if year < 1:
        return date.min
    try:
        return peildatum.replace(year=year)
    except ValueError:  # there is no 29 February in that year
        return date(year, 2, 28)


@attrs.frozen
class FactTruths:
    """Per condition its column of truth, or the truth that it has in every row.

    Attributes:
        atoms: The column or the truth, by condition.
        first: The columns of facts that stand by themselves, as expressions on the frame.
        then: Those of facts that hang on another one, as expressions that read the first.
    """

    atoms: Mapping[Atom, str | int]
    first: Mapping[str, nw.Expr]
    then: Mapping[str, nw.Expr]

    @classmethod
    def of(cls, kader: Afwegingskader[Any], columns: Mapping[str, FactColumn], prefix: str) -> FactTruths:
        """The truth of every condition of a kader.

        Args:
            kader: The kader.
            columns: The columns by fact.
            prefix: What the names of new columns begin with.
        """
        atoms: dict[Atom, str | int] = {}
        first: dict[str, nw.Expr] = {}
        then: dict[str, nw.Expr] = {}
        bases = {fact.geldt_als for fact in kader.feiten.values()}
        for fact in sorted(kader.feiten.values(), key=lambda fact: fact.geldt_als is not None):
            read = [*kader.atoms.get(fact.name, ()), *([JaNee(fact.name)] if fact.name in bases else [])]
            absent = _when_absent(fact, columns.get(fact.name), atoms)
            for atom in dict.fromkeys(read):
                truth = _truth(columns.get(fact.name), atom, absent)
                if isinstance(truth, int):
                    atoms[atom] = truth
                else:
                    atoms[atom] = f"{prefix}t{len(atoms)}"
                    (first if fact.geldt_als is None else then)[f"{prefix}t{len(atoms) - 1}"] = truth
        return cls(atoms, first, then)

    def open_facts(self, kader: Afwegingskader[Any]) -> tuple[int, list[nw.Expr]]:
        """How many facts that are read are unknown: so many in every row, and one more where each of these is 1."""
        import narwhals.stable.v2 as nw

        everywhere, some = 0, list[Any]()
        for name in kader.facts_read:
            found = self.where_known(kader, name)
            if found is False:
                everywhere += 1
            elif found is not True:
                some.append((~found).cast(nw.Int32))
        return everywhere, some

    def where_known(self, kader: Afwegingskader[Any], name: str) -> nw.Expr | bool:
        """Where a fact is known, or known not to apply."""
        import narwhals.stable.v2 as nw

        read = [atom for atom in self.atoms if atom.fact == name]
        atom = next((atom for atom in read if not isinstance(atom, Known)), read[0])
        unknown, truth = (NO if isinstance(atom, Known) else OPEN), self.atoms[atom]
        return truth != unknown if isinstance(truth, int) else nw.col(truth) != unknown


def _when_absent(fact: Fact, column: FactColumn | None, atoms: Mapping[Atom, str | int]) -> nw.Expr | int:
    """The truth of conditions on a fact without a value: no where it does not apply or nothing is reported."""
    import narwhals.stable.v2 as nw

    if fact.zonder_melding is False:
        said = None if column is None else column.is_coded_absent
        return NO if said is None else small(nw.when(said).then(nw.lit(OPEN)).otherwise(nw.lit(NO)))
    base = OPEN if fact.geldt_als is None else atoms[JaNee(fact.geldt_als)]
    if isinstance(base, int):
        return NO if base == NO and fact.geldt_als is not None else OPEN
    return small(nw.when(nw.col(base) == NO).then(nw.lit(NO)).otherwise(nw.lit(OPEN)))


def _truth(column: FactColumn | None, atom: Atom, absent: nw.Expr | int) -> nw.Expr | int:
    import narwhals.stable.v2 as nw

    if isinstance(atom, Known):
        # a fact that does not apply is known
        absent = YES - 2 * absent
    if column is None or (isinstance(atom, Known) and isinstance(absent, int) and absent == YES):
        return absent
    found = column.value.is_null() if isinstance(atom, Known) else column.holds(atom)
    if isinstance(atom, Known):
        other = nw.lit(absent) if isinstance(absent, int) else absent
        return small(nw.when(found).then(other).otherwise(nw.lit(YES)))
    other = nw.lit(absent, nw.Int8) if isinstance(absent, int) else absent
    return small(nw.coalesce(small(found) * nw.lit(2, nw.Int8), other))


def small(number: nw.Expr) -> nw.Expr:
    """A number in one byte."""
    import narwhals.stable.v2 as nw

    return number.cast(nw.Int8)
