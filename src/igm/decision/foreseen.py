"""What can be known of a small kader's facts, worked out beforehand: every case then costs a look-up.

Each fact, together with the facts that hang on it, is an axis with a place for everything that can be known of it: each
of its cells, and that it is unknown. The outcome of every completion is worked out once. Of an unknown fact the
outcomes that can be reached are those of its cells together, and so, axis by axis, for all states of knowledge at once.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.decision.completions import MAX_JOINT, NOT_APPLICABLE, Cell, CellValue, Variable, size, variables
from igm.decision.tables import TruthTable, outcome_codes
from igm.decision.truth import Antwoord

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

MAX_STATES: Final = 2**18
"""A kader with more states of knowledge is weighed case by case."""

MAX_CONDITIONS: Final = 500
"""A kader with more conditions on single facts, too: every value that tells apart would be held to each of them."""

_MOST_OUTCOMES: Final = 64


@attrs.frozen
class State:
    """Something that can be known of the facts of one axis.

    Attributes:
        place: Its place on the axis.
        cells: The cells that are then possible.
        pattern: The completions that have one of them.
        turned: Per unknown fact the completions in which another value of it gives another outcome.
    """

    place: int
    cells: tuple[int, ...]
    pattern: int
    turned: tuple[tuple[str, int], ...]


@attrs.frozen
class Axis:
    """Facts that vary together.

    Attributes:
        bits: The bits of their conditions.
        stride: The distance between neighbouring places among all states of knowledge.
        states: What can be known of them, by the bits that are then true and those that are false.
    """

    bits: int
    stride: int
    states: Mapping[tuple[int, int], State]


@attrs.frozen
class Foreseen:
    """Every state of knowledge of a kader, with certain own answers.

    Attributes:
        table: Every completion, also those in which a fact was given although what it hangs on is absent.
        axes: One per variable of the table.
        planes: Per outcome that some completion gets, its number and the completions that get it.
        exact: The number of the outcome under the exact policy, by place of the state of knowledge.
        switches: The bits of facts that are yes or no and stand by themselves.
        yes: What those of them that are true add to the place.
        no: What those that are false add.
        others: The other axes: their bits, and what they add to the place.
    """

    table: TruthTable
    axes: tuple[Axis, ...]
    planes: tuple[tuple[int, int], ...]
    exact: bytes
    switches: int
    yes: Mapping[int, int]
    no: Mapping[int, int]
    others: tuple[tuple[int, Mapping[tuple[int, int], int]], ...]

    @classmethod
    def of(
        cls, kader: Afwegingskader[Any], own: Mapping[str, Antwoord], peildatum: date | None
    ) -> Self | None:
        """Work it out; nothing for a kader that is too large, or that asks whether a fact is known."""
        table = every_completion(kader, peildatum)
        if table is None or len(kader.machine.outcomes) > _MOST_OUTCOMES:
            return None
        planes = kader.machine.outcomes_of(table, 0, 0, own, peildatum, lambda _: True)
        codes = outcome_codes(planes)
        axes: list[Axis] = []
        stride = 1
        for index in range(len(table.found)):
            states = _states(kader, table, index, codes, peildatum)
            axes.append(Axis(_bits(kader, table.found[index]), stride, states))
            stride *= len(states)
            if stride > MAX_STATES:
                return None
        reached = _reached(table, axes, planes)
        switch = {index for index, variable in enumerate(table.found) if _is_switch(kader, variable)}
        by_bit = [(axis.bits, axis.stride) for index, axis in enumerate(axes) if index in switch]
        return cls(
            table=table,
            axes=tuple(axes),
            planes=tuple((number, plane) for number, plane in enumerate(planes) if plane),
            exact=_single(reached, len(planes), kader.machine.unknown),
            switches=sum(bit for bit, _ in by_bit),
            yes=_sums([(bit, 2 * stride) for bit, stride in by_bit]),
            no=_sums(by_bit),
            others=tuple(
                (axis.bits, {key: state.place * axis.stride for key, state in axis.states.items()})
                for index, axis in enumerate(axes)
                if index not in switch
            ),
        )

    def number(self, true: int, false: int) -> int:
        """The number of the outcome under the exact policy.

        Args:
            true: The conditions that are true, as bits.
            false: The conditions that are false, as bits.
        """
        place = self.yes[true & self.switches] + self.no[false & self.switches]
        for bits, places in self.others:
            place += places[true & bits, false & bits]
        return self.exact[place]

    def place(self, true: int, false: int) -> int:
        """The place of a state of knowledge; as in ``number``, which every open case needs and which saves a call.

        Args:
            true: The conditions that are true, as bits.
            false: The conditions that are false, as bits.
        """
        place = self.yes[true & self.switches] + self.no[false & self.switches]
        for bits, places in self.others:
            place += places[true & bits, false & bits]
        return place

    def weigh(self, true: int, false: int) -> tuple[frozenset[int], dict[str, float | None], int]:
        """The outcomes that can be reached, per unknown fact the share of completions that it turns, and their number.

        Args:
            true: The conditions that are true, as bits.
            false: The conditions that are false, as bits.
        """
        possible = everything = self.table.full
        unknown: list[tuple[str, int]] = []
        for axis in self.axes:
            state = axis.states[true & axis.bits, false & axis.bits]
            if state.pattern != everything:
                possible &= state.pattern
            unknown += state.turned
        cells = possible.bit_count()
        shares: dict[str, float | None] = {}
        for name, turned in unknown:
            count = (turned & possible).bit_count()
            if count:
                shares[name] = count / cells
        reachable = frozenset([number for number, plane in self.planes if plane & possible])
        return reachable, shares, cells if unknown else 0


def every_completion(kader: Afwegingskader[Any], peildatum: date | None) -> TruthTable | None:
    """Every completion of the facts that count; nothing when there are too many, or when ``known`` is asked."""
    names = kader.facts_that_count
    if kader.facts_in_known or not names or set(kader.atoms) != set(names):
        return None  # what no condition is on cannot be told from the bits of a case, and the other way round
    found = variables(
        kader.feiten, names, lambda name: kader.machine.options(name, peildatum), given_too=True
    )
    if (
        found is None
        or size(found) > MAX_STATES
        or sum(map(len, kader.atoms.values())) > MAX_CONDITIONS
        or not all(_is_listed(kader, one, peildatum) for one in found)
    ):
        return None
    return TruthTable.over(found)


def cell_numbers(table: TruthTable, planes: Sequence[int]) -> NDArray[np.uint8]:
    """The number of the outcome of every completion."""
    found = np.zeros(table.size, dtype=np.uint8)
    for number, plane in enumerate(planes):
        if number and plane:
            found += ones(plane, table.size) * np.uint8(number)
    return found


def ones(plane: int, width: int) -> NDArray[np.uint8]:
    """A plane as an array of ones and zeros."""
    data = np.frombuffer(plane.to_bytes((width + 7) // 8, "little"), dtype=np.uint8)
    return np.unpackbits(data, count=width, bitorder="little")


def _is_listed(kader: Afwegingskader[Any], variable: Variable, peildatum: date | None) -> bool:
    """Whether the facts vary together because they hang on the first, and what can be known of them is soon listed."""
    base, *others = variable.facts
    states = math.prod(1 + len(kader.machine.options(name, peildatum)) for name in variable.facts)
    return states <= MAX_JOINT and all(kader.feiten[name].geldt_als == base for name in others)


def _is_switch(kader: Afwegingskader[Any], variable: Variable) -> bool:
    return len(variable.facts) == 1 and variable.facts[0] in kader.machine.bits.switch


def _bits(kader: Afwegingskader[Any], variable: Variable) -> int:
    return sum(1 << bit for name in variable.facts for _, bit in kader.machine.bits.by_fact[name])


def _sums(weights: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Per set of bits the sum of their weights."""
    found = {0: 0}
    for bit, weight in weights:
        found |= {bits | bit: total + weight for bits, total in found.items()}
    return found


def _states(
    kader: Afwegingskader[Any], table: TruthTable, index: int, codes: Sequence[int], peildatum: date | None
) -> dict[tuple[int, int], State]:
    variable, patterns = table.found[index], table.patterns[index]
    places = {_key(variable, cell): place for place, cell in enumerate(variable.cells)}
    found: dict[tuple[int, int], State] = {}
    for known in _knowable(kader, variable, peildatum):
        key = kader.machine.bits.pack(known, peildatum)
        if key in found:  # no condition tells it from what was found before
            continue
        unknown = [name for name in variable.facts if name not in known]
        parts = variables(kader.feiten, unknown, lambda name: kader.machine.options(name, peildatum)) or ()
        cells = tuple(
            places[_key(variable, cell)] for cell in _joined(known, *(part.cells for part in parts))
        )
        turned = tuple(
            (name, table.turned_by(index, _turns(name, number, parts, known, variable, places), codes))
            for number, part in enumerate(parts)
            for name in part.facts
        )
        pattern = 0
        for cell in cells:
            pattern |= patterns[cell]
        found[key] = State(len(found), cells, pattern, turned)
    return found


def _knowable(
    kader: Afwegingskader[Any], variable: Variable, peildatum: date | None
) -> Iterator[dict[str, CellValue]]:
    """Everything that can be known of facts that vary together: nothing first, then no, then yes."""
    base, *hanging = variable.facts
    values = {name: kader.machine.options(name, peildatum) for name in variable.facts}
    for first in (None, *values[base]):
        start: dict[str, CellValue] = {} if first is None else {base: first}
        # what hangs on an absent fact is known not to apply, unless it was given
        nothing = NOT_APPLICABLE if first is False else None
        for chosen in itertools.product(*((nothing, *values[name]) for name in hanging)):
            given = {name: value for name, value in zip(hanging, chosen, strict=True) if value is not None}
            yield {**start, **given}


def _joined(known: Cell, *parts: Sequence[Cell]) -> Iterator[dict[str, CellValue]]:
    for chosen in itertools.product(*parts):
        cell = dict(known)
        for part in chosen:
            cell |= part
        yield cell


def _key(variable: Variable, cell: Cell) -> tuple[CellValue, ...]:
    return tuple(cell[name] for name in variable.facts)


def _turns(
    name: str,
    number: int,
    parts: Sequence[Variable],
    known: Cell,
    variable: Variable,
    places: Mapping[tuple[CellValue, ...], int],
) -> Iterator[tuple[int, ...]]:
    """The cells that differ in one unknown fact only, together."""
    others = [part.cells for place, part in enumerate(parts) if place != number]
    for group in parts[number].groups(name):
        for rest in _joined(known, *others):
            yield tuple(places[_key(variable, {**rest, **parts[number].cells[place]})] for place in group)


def _reached(table: TruthTable, axes: Sequence[Axis], planes: Sequence[int]) -> NDArray[np.uint64]:
    """Per state of knowledge the outcomes that can be reached, a bit each; the first axis varies fastest."""
    kind = next(
        kind for kind in (np.uint8, np.uint16, np.uint32, np.uint64) if len(planes) <= np.iinfo(kind).bits
    )
    found: NDArray[Any] = np.zeros(table.size, dtype=kind)
    for number, plane in enumerate(planes):
        found |= np.left_shift(ones(plane, table.size), number, dtype=kind)
    found = found.reshape([len(variable.cells) for variable in reversed(table.found)])
    for index, axis in enumerate(axes):
        along = found.ndim - 1 - index
        per_state = [
            np.bitwise_or.reduce(found.take(state.cells, axis=along), axis=along)
            for state in axis.states.values()
        ]
        found = np.stack(per_state, axis=along)
    return found.ravel()


def _single(reached: NDArray[Any], outcomes: int, unknown: int) -> bytes:
    """The number of the only outcome that can be reached, or that of what is open."""
    numbers = np.full(len(reached), unknown, dtype=np.uint8)
    for number in range(outcomes):
        numbers[reached == reached.dtype.type(1 << number)] = number
    return numbers.tobytes()
