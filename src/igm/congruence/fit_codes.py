"""``regulatory_fits``: steering beside self-regulation for many situations at once, as codes."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._display import Column, Language, Table
from igm.congruence._fit_words import FIT
from igm.congruence.steering import (
    Fit,
    FitDirection,
    Level,
    Sturing,
    Zelfsturing,
    cells,
    citation,
    content,
    is_absent,
    read_level,
)
from igm.constructs._base import known_language, shown
from igm.constructs.waarde import Missing
from igm.disclosure import GroupPurpose, least_people
from igm.disclosure.secondary import secondary
from igm.errors import InputError, Problems

Codes: TypeAlias = NDArray[np.int8]
FitKind: TypeAlias = tuple[Fit, FitDirection] | None
"""An outcome with its direction; ``None`` for not known."""

SCHEMA_VERSION: Final = 1
"""The version of the form in which a result is stored."""

UNKNOWN: Final = -1
_TOLD: Final = 20


def _locked(codes: Codes) -> Codes:
    locked: Codes = np.asarray(np.ascontiguousarray(codes, dtype=np.int8).data.toreadonly())
    return locked


@attrs.frozen(repr=False, eq=False)
class RegulatoryFits:
    """Whether steering fits self-regulation, in many situations.

    Attributes:
        fit: A code per row: the place in ``tuple(Fit)`` (0 congruent, 1 constructive, 2 destructive friction), −1 for
            not known.
        direction: A code per row: the place in ``tuple(FitDirection)`` (0 less steering than asked, 1 as much, 2 more),
            −1 for not known.

    Example:
        >>> found = regulatory_fits(["sterk", "los", None], ["hoog", "hoog", "laag"])
        >>> found.fit.tolist(), found.direction.tolist()
        ([2, 0, -1], [2, 1, -1])
        >>> found
        RegulatoryFits(rows=3, unknown=1)
    """

    fit: Codes = attrs.field(converter=_locked)
    direction: Codes = attrs.field(converter=_locked)

    def __len__(self) -> int:
        return len(self.fit)

    def counts(
        self,
        *,
        people: Sequence[Hashable] | None = None,
        doel: GroupPurpose = "publiceren",
        minimum_n: int | None = None,
    ) -> dict[FitKind, int | None]:
        """How many people each outcome is found for, as far as that may be told.

        A number of too few people is not told, nor is one that could then be found by subtraction. Where all people
        have one outcome, none is told: it would tell the outcome of each.

        Args:
            people: Who each row is about. Give those who are steered, or those who steer when they are fewer; without
                it every row counts as a person.
            doel: ``"publiceren"``, or ``"intern"`` for what stays inside.
            minimum_n: The least number of people; 10 for publishing (never below 5) and 1 inside when left out.

        Returns:
            Per outcome, with its direction, the number of people; ``None`` for what may not be told. The key ``None``
            is about those of whom it is not known.

        Raises:
            InputError: ``shape-mismatch`` for another number of people than rows, ``invalid-value`` for what is no row;
                as `igm.disclosure.least_people`.

        Example:
            >>> found = regulatory_fits(["sterk"] * 12 + ["los"] * 11, ["laag"] * 12 + ["midden"] * 11)
            >>> [number for number in found.counts().values() if number]
            [12, 11]
        """
        fewest = least_people(doel, minimum_n)
        given: object = people
        if given is not None and not isinstance(given, (Collection, np.ndarray)):
            do = "Give who each row is about, one for each."
            raise InputError.of("invalid-value", "not a row", do, where="$.people", given=shown(given))
        if people is not None and len(people) != len(self):
            do = "Give one for each row."
            told = f"{len(people)} for {len(self)} rows"
            raise InputError.of("shape-mismatch", "people and rows differ", do, where="$.people", given=told)
        found = self._people(people)
        everyone = len(self) if people is None else len(set(people))
        hidden = {place for place, number in enumerate(found.values()) if 0 < number < fewest}
        if doel == "publiceren" and sum(number > 0 for number in found.values()) == 1:
            hidden = set(range(len(found)))
        keys = [*((str(place),) for place in range(len(found))), ("total",)]
        hidden |= secondary(keys, [*found.values(), everyone], hidden, "total", fewest)
        if everyone < fewest:
            hidden = set(range(len(found)))
        return {kind: None if at in hidden else number for at, (kind, number) in enumerate(found.items())}

    def _people(self, people: Sequence[Hashable] | None) -> dict[FitKind, int]:
        """How many people, or rows where nobody said who, have each outcome."""
        of = np.where(self.fit == UNKNOWN, UNKNOWN, self.fit * len(FitDirection) + self.direction)
        places = {
            kind: UNKNOWN
            if kind is None
            else tuple(Fit).index(kind[0]) * len(FitDirection) + tuple(FitDirection).index(kind[1])
            for kind in _kinds()
        }
        if people is None:
            return {kind: int((of == place).sum()) for kind, place in places.items()}
        who: dict[int, set[Hashable]] = {}
        for place, person in zip(of.tolist(), people, strict=True):
            who.setdefault(place, set()).add(person)
        return {kind: len(who.get(place, ())) for kind, place in places.items()}

    def table(
        self,
        lang: Language = "nl",
        *,
        people: Sequence[Hashable] | None = None,
        doel: GroupPurpose = "publiceren",
        minimum_n: int | None = None,
    ) -> Table:
        """The same numbers as a table; see `counts`."""
        words = FIT[known_language(lang)]
        found = self.counts(people=people, doel=doel, minimum_n=minimum_n)
        rows = [
            [words["unknown-row"], None, number]
            if kind is None
            else [kind[0].label(lang), kind[1].label(lang), number]
            for kind, number in found.items()
        ]
        notes = [words["suppressed"]] if None in found.values() else []
        if doel == "publiceren":
            notes.append(words["least"].format(least_people(doel, minimum_n)))
        notes += [content()["combination"][lang], words["advice"], *citation(lang)]
        columns = [Column(words["fit"]), Column(words["direction"]), Column(words["n"], "right")]
        return Table(columns, rows, title=words["counts"], notes=notes, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """The codes of every row, with what they stand for, the source and whether it was verified."""
        return {
            "schema_version": SCHEMA_VERSION,
            "fit": self.fit.tolist(),
            "direction": self.direction.tolist(),
            "fit_codes": [one.value for one in Fit],
            "direction_codes": [one.value for one in FitDirection],
            "doel": "leren",
            "source": content()["source"],
            "verified": bool(content()["verified"]),
        }

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RegulatoryFits):
            return NotImplemented
        return np.array_equal(self.fit, other.fit) and np.array_equal(self.direction, other.direction)

    def __hash__(self) -> int:
        return hash((self.fit.tobytes(), self.direction.tobytes()))

    def __reduce__(self) -> tuple[type[RegulatoryFits], tuple[Codes, Codes]]:
        # made anew, so that a copy is as read-only as this one
        return type(self), (self.fit, self.direction)

    def __repr__(self) -> str:
        return f"RegulatoryFits(rows={len(self)}, unknown={int((self.fit == UNKNOWN).sum())})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def regulatory_fits(
    sturing: NDArray[np.integer[Any]] | Sequence[Sturing | Missing | str | None],
    zelfsturing: NDArray[np.integer[Any]] | Sequence[Zelfsturing | Missing | str | None],
) -> RegulatoryFits:
    """Whether steering fits self-regulation, for many rows at once; each as `regulatory_fit` finds it.

    Args:
        sturing: Per row a name or why it is missing, as for `regulatory_fit`; or an array of whole numbers with the
            place in ``tuple(Sturing)`` (0 loose, 1 shared, 2 strong) and −1 for not known. A column of a frame is
            read likewise; what is null or NaN in it is not known.
        zelfsturing: The same of ``tuple(Zelfsturing)`` (0 low, 1 intermediate, 2 high), as `zelfsturing_codes` gives.

    Returns:
        The codes of the outcome and of its direction. Why something is missing is not kept.

    Raises:
        InputError: ``shape-mismatch`` for rows of other lengths, ``unknown-name`` for a level that does not exist,
            ``value-out-of-range`` for a code that does not, ``invalid-value`` for what is no row.

    Example:
        >>> import numpy as np
        >>> regulatory_fits(np.array([2, 1, 0]), np.array([0, 0, -1])).fit.tolist()
        [0, 1, -1]
    """
    problems = Problems()
    offered = _codes(Sturing, sturing, "$.sturing", problems)
    asked = _codes(Zelfsturing, zelfsturing, "$.zelfsturing", problems)
    if not len(problems) and len(offered) != len(asked):
        do = "Give both for the same rows."
        told = f"{len(offered)} and {len(asked)}"
        problems.add("shape-mismatch", "rows of other lengths", do, where="$.zelfsturing", given=told)
    problems.raise_any(InputError)
    fit, direction = _tables()
    return RegulatoryFits(fit[offered, asked], direction[offered, asked])


def _codes(kind: type[Level], given: Any, where: str, problems: Problems) -> NDArray[np.intp]:
    """Codes from codes or names; what cannot be used is noted."""
    # a column of a frame is what its array is, so that codes in it are codes
    given = given.to_numpy() if hasattr(given, "to_numpy") else given
    row: object = given
    if isinstance(row, (str, bytes, Mapping, np.ma.MaskedArray)) or not isinstance(
        row, (Collection, np.ndarray)
    ):
        do = "Give a list of levels, or an array of their codes."
        problems.add("invalid-value", "not a row of levels", do, where=where, given=shown(given))
    elif isinstance(row, np.ndarray) and row.ndim != 1:
        problems.add(
            "shape-mismatch", "not a row", "Give one dimension.", where=where, given=str(given.shape)
        )
    elif isinstance(row, np.ndarray) and given.dtype.kind in "iu":
        return _checked(given, len(kind), where, problems)
    else:
        places = {member: at for at, member in enumerate(kind)}
        found = Problems()
        levels = (None if is_absent(one) else one for one in given)
        read = [read_level(kind, one, f"{where}[{at}]", found) for at, one in enumerate(levels)]
        problems.extend(list(found)[:_TOLD])
        codes = [UNKNOWN if isinstance(one, Missing) else places[one] for one in read]
        return np.array(codes, dtype=np.intp)
    return np.zeros(0, dtype=np.intp)


def _checked(codes: NDArray[Any], levels: int, where: str, problems: Problems) -> NDArray[np.intp]:
    wrong = np.flatnonzero((codes < UNKNOWN) | (codes >= levels))
    if wrong.size:
        at, do = int(wrong[0]), f"Give {UNKNOWN} to {levels - 1}."
        told = f"{codes[at]}, and {wrong.size - 1} more" if wrong.size > 1 else str(codes[at])
        problems.add("value-out-of-range", "no such code", do, where=f"{where}[{at}]", given=told)
    return codes.astype(np.intp)


@cache
def _tables() -> tuple[Codes, Codes]:
    """The code of each combination; the last row and column are of what is not known, which −1 leads to."""
    shape = len(Sturing) + 1, len(Zelfsturing) + 1
    fit, direction = np.full(shape, UNKNOWN, np.int8), np.full(shape, UNKNOWN, np.int8)
    for (sturing, zelfsturing), cell in cells().items():
        at = tuple(Sturing).index(sturing), tuple(Zelfsturing).index(zelfsturing)
        fit[at] = tuple(Fit).index(cell.fit)
        direction[at] = tuple(FitDirection).index(cell.direction)
    return fit, direction


@cache
def _kinds() -> tuple[FitKind, ...]:
    """The outcomes with their directions, in order, and what is not known."""
    there = {(cell.fit, cell.direction) for cell in cells().values()}
    order = [(fit, direction) for fit in Fit for direction in FitDirection if (fit, direction) in there]
    return (*order, None)
