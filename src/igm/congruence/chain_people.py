"""The people of a frame, as parties of chains: who they are, their role, and their values on one metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, get_args

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines.columns_of import Columns
from igm.congruence.chain_parties import ROLES, ChainRole
from igm.congruence.chain_scales import IntArray, by_role, directions_of, scales_of
from igm.congruence.moments import FloatArray
from igm.constructs._base import check_one_of, shown
from igm.constructs.composite import Metric
from igm.constructs.model import DETERMINANTS, Construct
from igm.constructs.schaal import Schaal
from igm.constructs.waarde import Richting
from igm.errors import InputError, Problems, named, suggestion

_TOLD: Final = 5


@attrs.frozen(eq=False, repr=False)
class ChainPeople:
    """People, a row per person and wave; what is printed counts them and tells nothing of one.

    Attributes:
        refs: Who it is, by code.
        codes: The code of each.
        person: The code of the person, a row each.
        role: The place in ``ROLES``.
        waves: The waves in their order; one that is ``None`` when there are none.
        wave: The place in ``waves``.
        constructs: What the columns of values are.
        values: As they were given, NaN where missing.
        ready: On the metric and in one direction; NaN too where a direction is not known.
        scales: The scale per role.
        directions: Which way social pressure points per role, where that is known.
        perceived: What professionals answer about congruence, NaN where missing and for others.
        organisation: To which organisation each belongs; ``None`` when it was not asked.
        team: To which team; ``None`` when teams are those of a manager.
        rows: The row of each wave and person, −1 where there is none.
    """

    refs: Sequence[Any]
    codes: Mapping[Any, int]
    person: IntArray
    role: IntArray
    waves: Sequence[Any]
    wave: IntArray
    constructs: tuple[Construct, ...]
    values: FloatArray
    ready: FloatArray
    scales: Sequence[Schaal]
    directions: Sequence[Richting | None]
    perceived: FloatArray | None
    organisation: Sequence[Any] | None
    team: Sequence[Any] | None
    rows: IntArray

    def __len__(self) -> int:
        return len(self.person)

    def ref(self, row: int) -> Any:
        """Who stands in a row."""
        return self.refs[self.person[row]]

    def __repr__(self) -> str:
        told = f"n={len(np.unique(self.person))}, rows={len(self)}, waves={len(self.waves)}"
        return f"ChainPeople({told}, k={len(self.constructs)})"


@attrs.frozen
class PeopleColumns:
    """What the columns of people are called.

    Attributes:
        person: Who.
        rol: In which role.
        wave: When.
        by: In which organisation.
        team: In which team.
        perceived: What professionals answer about congruence.
        constructs: The columns of scores; those that are called as a determinant when left out.
    """

    person: str
    rol: str
    wave: str | None
    by: str | None
    team: str | None
    perceived: str | None
    constructs: Sequence[Construct] | None


def some(problems: Problems, code: str, what: str, do: str, where: str, rows: IntArray) -> None:
    """One problem for all rows that have it: how many there are, and the first of them."""
    if rows.size:
        first = ", ".join(str(row) for row in rows[:_TOLD].tolist())
        problems.add(code, f"{what} ({rows.size}; rows {first})", do, where=where)


def read_people(
    columns: Columns,
    names: PeopleColumns,
    schaal: object,
    sociale_druk: object,
    metric: Metric | None,
    problems: Problems,
) -> ChainPeople:
    """The people of a frame in memory.

    Raises:
        InputError: All that is wrong with columns and scales, and then all that is wrong with rows.
    """
    if metric is not None:
        check_one_of(metric, get_args(Metric), "unknown metric", "$.metric", problems)
    for argument in ("person", "rol", "wave", "by", "team", "perceived"):
        name = getattr(names, argument)
        if name is not None:
            columns.known(name, argument, problems)
    perceived = names.perceived
    if perceived is None and Construct.CONGRUENTIE_BEGELEIDING.value in columns.schema:
        perceived = Construct.CONGRUENTIE_BEGELEIDING.value
    keys = _constructs(columns, names.constructs, problems)
    for name in (perceived, *(key.value for key in keys)):
        if name is not None and name in columns.schema:
            columns.holds_numbers(name, problems)
    scales = by_role(schaal, "schaal", problems)
    directions = directions_of(sociale_druk, problems)
    problems.raise_any(InputError)
    return _rows(columns, names, perceived, keys, scales, directions, metric, problems)


def _constructs(
    columns: Columns, asked: Sequence[Construct] | None, problems: Problems
) -> tuple[Construct, ...]:
    found = [key for key in DETERMINANTS if key.value in columns.schema] if asked is None else list(asked)
    for key in found:
        if key.value not in columns.schema:
            do = suggestion(key.value, columns.schema)
            problems.add("unknown-name", "no such column", do, where="$.constructs", given=shown(key.value))
    if len(found) < 2:
        do = "Give a frame with a column per construct, called as it, such as igm.score makes."
        what = "too few constructs to compare"
        problems.add("too-few-constructs", what, do, where="$.constructs", given=str(len(found)))
    return tuple(key for key in Construct if key in found)


def _rows(
    columns: Columns,
    names: PeopleColumns,
    perceived: str | None,
    keys: tuple[Construct, ...],
    scales: Mapping[ChainRole, Schaal],
    directions: list[Richting | None],
    metric: Metric | None,
    problems: Problems,
) -> ChainPeople:
    n = len(columns)
    who, roles = columns.labels(names.person), columns.labels(names.rol)
    moments = [None] * n if names.wave is None else columns.labels(names.wave)
    role = _roles(roles, names.rol, problems)
    codes: dict[Any, int] = {}
    person = np.array([codes.setdefault(one, len(codes)) for one in who], dtype=np.intp)
    waves = _in_order(moments, None if names.wave is None else columns.ordered(names.wave))
    place = {one: at for at, one in enumerate(waves)}
    wave = np.array([place[one] for one in moments], dtype=np.intp)
    where = f"$.{named(names.person)}"
    some(
        problems,
        "missing-field",
        "rows without a person",
        "Say who, or leave them out.",
        where,
        _nothing(who),
    )
    if names.wave is not None:
        at = f"$.{named(names.wave)}"
        some(
            problems,
            "missing-field",
            "rows without a wave",
            "Say when, or leave them out.",
            at,
            _nothing(moments),
        )
    table = np.full((len(waves), len(codes)), -1, dtype=np.intp)
    table[wave[::-1], person[::-1]] = np.arange(n)[::-1]
    twice = np.flatnonzero(table[wave, person] != np.arange(n))
    do = "Keep one row per person and wave, name the waves with wave=, and give who guides whom as pairs."
    some(problems, "duplicate-name", "people who stand in it twice", do, where, twice)
    used = scales_of(role, scales, metric, problems)
    values = (
        np.column_stack([_numbers(columns, key.value, problems) for key in keys])
        if n
        else np.empty((0, len(keys)))
    )
    own = None if perceived is None else _numbers(columns, perceived, problems)
    _check_values(values, keys, role, used, problems)
    if own is not None:
        own = np.where(role == 1, own, np.nan)
        _outside(own, role == 1, used[1], f"$.{named(str(perceived))}", problems)
    problems.raise_any(InputError)
    return ChainPeople(
        list(codes),
        codes,
        person,
        role,
        waves,
        wave,
        keys,
        values,
        _ready(values, keys, role, used, directions, metric == "pomp"),
        used,
        directions,
        own,
        None if names.by is None else columns.labels(names.by),
        None if names.team is None else columns.labels(names.team),
        table,
    )


def _nothing(labels: Sequence[Any]) -> IntArray:
    return np.array([row for row, one in enumerate(labels) if one is None], dtype=np.intp)


def _in_order(moments: Sequence[Any], ordered: Sequence[Any] | None) -> list[Any]:
    """The waves in the order of their column or of their values, or as they first occur when these have none."""
    found = list(dict.fromkeys(moments))
    if ordered is not None:
        return sorted(found, key=lambda one: -1 if one is None else ordered.index(one))
    try:
        return sorted(found)
    except TypeError:
        return found


def _roles(given: Sequence[Any], name: str, problems: Problems) -> IntArray:
    known: dict[str, int] = {one: place for place, one in enumerate(ROLES)}
    role = np.array([known.get(one, -1) if isinstance(one, str) else -1 for one in given], dtype=np.intp)
    where = f"$.{named(name)}"
    nobody = _nothing(given)
    some(problems, "missing-field", "rows without a role", "Say which role.", where, nobody)
    wrong = np.setdiff1d(np.flatnonzero(role < 0), nobody)
    if wrong.size:
        do = suggestion(given[wrong[0]], ROLES)
        some(problems, "unknown-name", f"no role in a chain: {shown(given[wrong[0]])}", do, where, wrong)
    return role


def _numbers(columns: Columns, name: str, problems: Problems) -> FloatArray:
    try:
        return columns.numbers(name)
    except InputError as error:
        problems.extend(error.problems)
        return np.full(len(columns), np.nan)


def _check_values(
    values: FloatArray,
    keys: Sequence[Construct],
    role: IntArray,
    scales: Sequence[Schaal],
    problems: Problems,
) -> None:
    for place, scale in enumerate(scales):
        for column, key in enumerate(keys):
            _outside(values[:, column], role == place, scale, f"$.{key.value}", problems)


def _outside(
    values: FloatArray, of: NDArray[np.bool_], scale: Schaal, where: str, problems: Problems
) -> None:
    wrong = np.flatnonzero(of & ((values < scale.minimum) | (values > scale.maximum)))
    do = f"Give numbers from {scale.minimum} to {scale.maximum}, or the scale of these."
    some(problems, "value-out-of-range", "values outside their scale", do, where, wrong)


def _ready(
    values: FloatArray,
    keys: Sequence[Construct],
    role: IntArray,
    scales: Sequence[Schaal],
    directions: Sequence[Richting | None],
    pomp: bool,
) -> FloatArray:
    """Values on the metric and in one direction, step by step as `similarities` makes them."""
    made = values.copy()
    for place, (scale, direction) in enumerate(zip(scales, directions, strict=True)):
        of = np.flatnonzero(role == place)
        if Construct.SOCIALE_DRUK in keys:
            column = list(keys).index(Construct.SOCIALE_DRUK)
            if direction is None:
                made[of, column] = np.nan
            elif direction is Richting.TEGEN:
                made[of, column] = (scale.minimum + scale.maximum) - made[of, column]
        if pomp:
            made[of] = (made[of] - scale.minimum) * 100 / (scale.maximum - scale.minimum)
    return made
