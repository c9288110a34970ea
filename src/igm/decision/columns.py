"""The border of arrays: columns of facts, checked row by row, as bit-packed planes of conditions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.constructs._base import is_mapping, path_of
from igm.constructs.waarde import Missing
from igm.decision.atoms import holds
from igm.decision.casus import _as_day, _missing
from igm.decision.casus_context import read_peildatum
from igm.decision.column_truth import Bools, day_truth, number_truth
from igm.decision.conditions import Atom, FactKind
from igm.decision.fact_checks import is_gap
from igm.decision.facts import Fact, FactValue
from igm.decision.gegeven import plain_value
from igm.errors import InputError, Problems, named, shown, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

Packed: TypeAlias = NDArray[np.uint8]
"""Eight cases in a byte."""

CHUNK: Final = 2**19
"""So many cases are weighed at a time: their planes fit the cache of a processor."""

FIRST: Final = 3
"""So many wrong values of a column are told one by one; the rest is counted."""

_EXACT: Final = 2**53
_DISTINCT: Final = 2**14
_DAY_ZERO: Final = date(1970, 1, 1).toordinal()


@attrs.frozen
class Part:
    """A stretch of a column.

    Attributes:
        known: Where there is a value that can be used; ``None`` when everywhere.
        true: For a condition, where it is true; it is read where the value is known.
        said: Where it was said why there is no value, so that it is not taken as no.
        wrong: Where there is a value that cannot be used.
    """

    known: Bools | None
    true: Callable[[Atom], Bools]
    said: Bools | None = None
    wrong: Bools | None = None


@attrs.define
class Column:
    """The values of one fact, a row per case.

    Attributes:
        fact: The fact.
        values: The values.
        mask: Where they are masked; ``None`` when nowhere.
        peildatum: Reference date.
        atoms: Conditions that are read of the fact.
    """

    fact: Fact
    values: NDArray[Any]
    mask: Bools | None
    peildatum: date | None
    atoms: tuple[Atom, ...]
    _codes: dict[tuple[type, object], int] = attrs.field(factory=dict, init=False)
    _seen: list[FactValue] = attrs.field(factory=list, init=False)

    def __len__(self) -> int:
        return len(self.values)

    def value(self, row: int) -> Any:
        """The value of one row, as plain Python."""
        return as_value(self.fact, self.values[row])

    def part(self, start: int, stop: int) -> Part:
        """The rows from ``start`` up to ``stop``."""
        chunk = self.values[start:stop]
        masked = None if self.mask is None else self.mask[start:stop]
        match chunk.dtype.kind, self.fact.kind:
            case "b", FactKind.JA_NEE:
                part = Part(None, lambda _: chunk)
            case "O", FactKind.JA_NEE if set(map(type, chunk)) <= {bool, type(None)}:
                yes = chunk.astype(bool)
                part = Part(
                    np.fromiter((item is not None for item in chunk), bool, len(chunk)), lambda _: yes
                )
            case (("i" | "u"), FactKind.JA_NEE):
                yes = chunk == 1
                none = np.zeros(len(chunk), dtype=bool)
                part = _checked(none, ~(yes | (chunk == 0)), lambda _: yes)
            case "f", FactKind.JA_NEE:
                yes = chunk == 1
                part = _checked(np.isnan(chunk), ~(yes | (chunk == 0)), lambda _: yes)
            case (("i" | "u"), FactKind.GETAL) if self._exact:
                none = np.zeros(len(chunk), dtype=bool)
                part = _checked(none, self._outside(chunk), lambda atom: number_truth(atom, chunk))
            case "f", FactKind.GETAL if self._exact and chunk.dtype.itemsize <= 8:
                part = self._floats(chunk.astype(np.float64, copy=False))
            case "M", FactKind.DATUM:
                part = self._days(chunk)
            case "m", _:  # its objects can be plain numbers, of no unit that anyone declared
                none = np.isnat(chunk)
                part = _checked(none, ~none, lambda _: none)
            case _:
                part = self._objects(chunk.astype(object), masked)
        if masked is None:
            return part
        known = ~masked if part.known is None else part.known & ~masked
        return attrs.evolve(part, known=known, wrong=None if part.wrong is None else part.wrong & ~masked)

    @property
    def _exact(self) -> bool:
        """Whether every number within the bounds is a float as it is."""
        return all(abs(cast("float", bound)) < _EXACT for bound in (self.fact.minimum, self.fact.maximum))

    def _outside(self, chunk: NDArray[Any]) -> Bools:
        found: Bools = (chunk < self.fact.minimum) | (chunk > self.fact.maximum)
        return found

    def _floats(self, chunk: NDArray[np.float64]) -> Part:
        wrong = self._outside(chunk)  # infinity lies outside any bounds
        if self.fact.geheel:
            wrong |= chunk != np.floor(chunk)
        return _checked(np.isnan(chunk), wrong, lambda atom: number_truth(atom, chunk))

    def _days(self, chunk: NDArray[Any]) -> Part:
        days = chunk.astype("datetime64[D]")
        absent = np.isnat(days)
        ordinals = days.astype(np.int64) + _DAY_ZERO
        low = self.fact.minimum if isinstance(self.fact.minimum, date) else date.min
        high = self.fact.maximum if isinstance(self.fact.maximum, date) else date.max
        if not self.fact.toekomst and self.peildatum is not None:
            high = min(high, self.peildatum)
        wrong = (days != chunk) | (ordinals < low.toordinal()) | (ordinals > high.toordinal())
        return _checked(absent, wrong, lambda atom: day_truth(atom, days, ordinals, self.peildatum))

    def _objects(self, chunk: NDArray[Any], masked: Bools | None) -> Part:
        if len(self._seen) > _DISTINCT:
            self._codes.clear()
            self._seen.clear()
        if masked is not None:
            chunk[masked] = None
        codes = np.fromiter(map(self._code, chunk.tolist()), np.intp, len(chunk))
        known = codes >= 0

        def true(atom: Atom) -> Bools:
            # a code below zero reads from the end: no value
            found = [holds(atom, value, self.peildatum) for value in self._seen]
            return np.array([*found, False, False, False], dtype=bool)[codes]

        return Part(known, true, codes == _SAID, codes == _WRONG)

    def _code(self, raw: object) -> int:
        """The number of a value among those that were seen; below zero for no value."""
        if raw is None:
            return _ABSENT
        try:
            found = self._codes.get((type(raw), raw))
        except TypeError:  # no key, so no value of any fact
            return _WRONG
        if found is not None:
            return found
        if is_gap(raw):
            return _ABSENT
        value = as_value(self.fact, raw)
        kind = _missing(value)
        if kind is not None:
            code = _ABSENT if kind is Missing.NIET_GEVRAAGD else _SAID
        elif self.fact.problem(value, "$", peildatum=self.peildatum) is not None:
            return _WRONG
        else:
            code = len(self._seen)
            self._seen.append(value)
        self._codes[type(raw), raw] = code
        return code


_ABSENT, _SAID, _WRONG = -1, -2, -3


def as_value(fact: Fact, raw: object) -> Any:
    """What was given, as plain Python; a day as text is the day."""
    return _as_day(fact, plain_value(raw))


def _checked(absent: Bools, wrong: Bools, true: Callable[[Atom], Bools]) -> Part:
    wrong = wrong & ~absent
    return Part(~(absent | wrong), true, None, wrong)


@attrs.define
class Pair:
    """A yes/no fact as two planes: where it is yes, and where it is no."""

    yes: Bools
    no: Bools

    def __len__(self) -> int:
        return len(self.yes)


@attrs.frozen
class Constant:
    """The same value for every case; ``None`` is unknown."""

    value: FactValue | None


def array_of(raw: object, where: str, problems: Problems) -> NDArray[Any] | None:
    """A column as an array of one dimension; lists keep their values as they are."""
    found, kind = cast("NDArray[Any] | None", None), type(raw).__name__
    if isinstance(raw, np.ndarray):
        found = cast("NDArray[Any]", raw)
    elif isinstance(raw, (list, tuple)):
        items = cast("Sequence[Any]", raw)
        found = np.empty(len(items), dtype=object)
        for row, item in enumerate(items):
            found[row] = item
    elif hasattr(raw, "__array__"):
        # what it raises stays out: that may hold what is known of a person
        with suppress(Exception):
            found = np.asanyarray(raw)
    if found is None:
        do = "Give a NumPy array, with a row per case."
        problems.add("invalid-value", "not a column", do, where=where, given=kind)
    elif found.ndim != 1:
        do = "Give an array of one dimension, with a row per case."
        problems.add("shape-mismatch", "not a column", do, where=where, given=f"shape {found.shape}")
        found = None
    return found


def _two_planes(raw: object) -> tuple[NDArray[Any], NDArray[Any]] | None:
    match raw:
        case (np.ndarray() as yes, np.ndarray() as no) if isinstance(raw, tuple):
            return cast("NDArray[Any]", yes), cast("NDArray[Any]", no)
        case _:
            return None


def _source(
    kader: Afwegingskader[Any], fact: Fact, raw: object, peildatum: date | None, problems: Problems
) -> Column | Pair | Constant | None:
    where = path_of((fact.name,))
    if isinstance(raw, Constant):
        return raw
    planes = _two_planes(raw)
    if planes is not None:
        yes, no = planes
        masked = any(isinstance(plane, np.ma.MaskedArray) and plane.mask.any() for plane in planes)
        fits = fact.kind is FactKind.JA_NEE and yes.dtype == no.dtype == bool and yes.shape == no.shape
        if fits and not masked:
            return Pair(yes, no) if array_of(yes, where, problems) is not None else None
        do = "Give two arrays of bool of the same length, for a yes/no fact: where yes, where no. Nothing masked."
        problems.add("fact-kind", f"not two planes for {fact.label!r}", do, where=where)
        return None
    values = array_of(raw, where, problems)
    if values is None:
        return None
    mask: Bools | None = None
    if isinstance(values, np.ma.MaskedArray):
        mask = np.ma.getmaskarray(values) if values.mask is not np.ma.nomask else None
        values = np.asarray(values.data)
    return Column(fact, values, mask, peildatum, kader.atoms.get(fact.name, ()))


def unknown_columns(
    kader: Afwegingskader[Any], names: Sequence[object], problems: Problems, under: Sequence[str] = ()
) -> None:
    """Refuse columns that the kader does not declare.

    Args:
        kader: The kader.
        names: Their names.
        problems: Where it is noted.
        under: The path below which they were given; without one the ``peildatum`` stands beside them.
    """
    for name in names:
        if name not in kader.feiten:
            do = suggestion(name, [*kader.feiten, *(() if under else ("peildatum",))])
            what = f"kader {kader.id!r} has no fact {named(name)!r}"
            problems.add("unknown-fact", what, do, where=path_of((*under, str(named(name)))))


def read_sources(
    kader: Afwegingskader[Any], columns: object
) -> tuple[dict[str, Column | Pair | Constant], date | None, int]:
    """The columns by fact, the reference date and the number of cases.

    Args:
        kader: The kader.
        columns: Columns by name of a fact, and ``peildatum``, one date for all.

    Raises:
        InputError: With every problem of the columns as such; their values are checked when they are read.
    """
    if not is_mapping(columns):
        do = "Give {fact: array}."
        raise InputError.of("invalid-value", "not columns", do, given=shown(columns))
    problems = Problems()
    given: dict[object, object] = dict(columns)
    peildatum = read_peildatum(kader, plain_value(given.pop("peildatum", None)), problems)
    unknown_columns(kader, list(given), problems)
    sources: dict[str, Column | Pair | Constant] = {}
    for name, fact in kader.feiten.items():
        source = _source(kader, fact, given[name], peildatum, problems) if name in given else Constant(None)
        if source is not None:
            sources[name] = source
    lengths = {name: len(source) for name, source in sources.items() if not isinstance(source, Constant)}
    n = max(lengths.values(), key=list(lengths.values()).count, default=0)
    for name, length in lengths.items():
        if length != n:
            do = f"Give {n} rows, as the other columns have."
            what = "columns of unequal length"
            problems.add("shape-mismatch", what, do, where=path_of((name,)), given=f"{length} rows")
    if not lengths and not len(problems):
        do = "Give at least one column; it says how many cases there are."
        problems.add("missing-field", "no columns", do)
    problems.raise_any(InputError)
    return sources, peildatum, n
