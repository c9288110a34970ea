"""Codes of many cases at once: a kader's logic on packed planes, in buffers that are used again.

The text is that of ``plane_program``, with two differences. It computes the binary digits of the codes and nothing that
these do not need, and each step writes to a buffer that no later step reads, so that all of them stay in the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from igm.decision.atoms import holds
from igm.decision.begrippen import bare
from igm.decision.completions import NOT_APPLICABLE, Cell, Variable
from igm.decision.foreseen import cell_numbers, every_completion
from igm.decision.plane_program import FULL, NONE, PlaneWriter
from igm.decision.program import headline
from igm.decision.tables import TruthTable

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

Packed: TypeAlias = NDArray[np.uint8]
Digits: TypeAlias = tuple[Packed, ...]

MAX_NODES: Final = 1000
"""An exact program with more places to be at would take longer than weighing the distinct patterns."""

_CALLS: Final = {"&": "and_", "|": "or_", "^": "xor"}


@attrs.frozen
class ArrayProgram:
    """Codes from planes.

    Attributes:
        source: Its Python text.
        buffers: How many buffers it writes to.
    """

    source: str
    buffers: int

    @classmethod
    def cautious(cls, kader: Afwegingskader[Any]) -> Self:
        """Codes under the cautious policy, where there are no own answers."""
        writer = PlaneWriter(kader.machine.bits)
        for question in kader.vragen:
            writer.suggested(question, kader.regels)
        remaining = FULL
        planes = dict.fromkeys(range(len(kader.machine.outcomes)), NONE)
        for number, row in zip(kader.machine.numbers, kader.beslis, strict=True):
            true, false = writer.truth(bare(row.als))
            planes[number] = writer.either(planes[number], writer.both(remaining, true))
            remaining = writer.both(remaining, false)
        return cls._of(kader, writer, planes)

    @classmethod
    def exact(cls, kader: Afwegingskader[Any], peildatum: date | None) -> Self | None:
        """Codes under the exact policy, where there are no own answers; nothing for a kader that is too large.

        It goes through the facts one by one, and keeps where the completions of each case can be: two ways lead to the
        same place when from there on all values of the facts to come give the same outcomes.
        """
        table = every_completion(kader, peildatum)
        if table is None:
            return None
        writer = PlaneWriter(kader.machine.bits)
        reached = _reached(kader, writer, table, peildatum)
        if reached is None:
            return None
        some = several = NONE
        for plane in reached.values():
            several = writer.either(several, writer.both(some, plane))
            some = writer.either(some, plane)
        planes = {number: writer.without(plane, several) for number, plane in reached.items()}
        return cls._of(kader, writer, planes)

    @classmethod
    def _of(cls, kader: Afwegingskader[Any], writer: PlaneWriter, planes: Mapping[int, str]) -> Self:
        """The binary digits of the outcome that each plane stands for; of what lies in none, that of what is open."""
        unknown = kader.machine.unknown
        digits: list[str] = []
        for place in range(max(1, (len(kader.machine.outcomes) - 1).bit_length())):
            digit = NONE
            for number, plane in planes.items():
                if (number ^ unknown) >> place & 1:
                    digit = writer.either(digit, plane)
            digits.append(writer.without(FULL, digit) if unknown >> place & 1 else digit)
        lines, results, buffers = _in_buffers(writer, digits)
        taken = [f"    {''.join(f'b{number}, ' for number in range(buffers))}= b"] if buffers else []
        head = [headline(kader), "def digits(t, f, full, none, b):", *taken]
        return cls(
            "\n".join([*head, *lines, f"    return ({''.join(f'{name}, ' for name in results)})"]) + "\n",
            buffers,
        )

    def digits(
        self, true: Sequence[Packed], false: Sequence[Packed], full: Packed, none: Packed, buffers: Packed
    ) -> Digits:
        """The binary digits of the codes, the lowest first; they are read before the buffers are used again."""
        found: Digits = _compiled(self.source)(true, false, full, none, buffers[:, : len(full)])
        return found


@cache
def _compiled(source: str) -> Callable[..., Digits]:
    namespace: dict[str, Any] = {"and_": np.bitwise_and, "or_": np.bitwise_or, "xor": np.bitwise_xor}
    exec(compile(source, "<kader codes>", "exec"), namespace)  # noqa: S102 (our own text: numbers, names and ascii() comments)
    found: Callable[..., Digits] = namespace["digits"]
    return found


def _in_buffers(writer: PlaneWriter, results: Sequence[str]) -> tuple[list[str], list[str], int]:
    """Lines that write what the results need to buffers, the names of the results, and how many buffers there are."""
    made = {name: expression.split(" ") for expression, name in writer.known.items()}
    last = dict.fromkeys(results, len(made))
    for place, (name, parts) in reversed(list(enumerate(made.items()))):
        if name in last and len(parts) == 3:
            for part in (parts[0], parts[2]):
                last.setdefault(part, place)
    lines: list[str] = []
    names = {FULL: FULL, NONE: NONE}
    free: list[str] = []
    buffers = 0
    for place, (name, parts) in enumerate(made.items()):
        if name not in last:
            continue
        if len(parts) == 1:  # a plane of the case itself
            names[name] = name
            lines.append(f"    {name} = {parts[0]}")
            continue
        left, operator, right = parts
        free += [names[part] for part in {left, right} if last[part] == place and names[part].startswith("b")]
        if not free:
            free.append(f"b{buffers}")
            buffers += 1
        names[name] = free.pop()
        lines.append(f"    {_CALLS[operator]}({names[left]}, {names[right]}, {names[name]})")
    return lines, [names[name] for name in results], buffers


def _reached(
    kader: Afwegingskader[Any], writer: PlaneWriter, table: TruthTable, peildatum: date | None
) -> dict[int, str] | None:
    """Per outcome the cases of which some completion gets it."""
    planes = kader.machine.outcomes_of(table, 0, 0, {}, peildatum, lambda _: True)
    # what rules and rows read first comes first
    order = sorted(range(len(table.found)), key=lambda index: min(_bits(kader, table.found[index])))
    shape = [len(variable.cells) for variable in reversed(table.found)]
    numbers = (
        cell_numbers(table, planes).reshape(shape).transpose([len(shape) - 1 - index for index in order])
    )
    at: dict[bytes, str] = {numbers.tobytes(): FULL}
    nodes = 0
    for index in order:
        variable = table.found[index]
        possible = [_possible(kader, writer, variable, cell, peildatum) for cell in variable.cells]
        after: dict[bytes, str] = {}
        for block, plane in at.items():
            step = len(block) // len(variable.cells)
            ways: dict[bytes, str] = {}
            for place, way in enumerate(possible):
                rest = block[place * step : (place + 1) * step]
                ways[rest] = writer.either(ways.get(rest, NONE), way)
            for rest, way in ways.items():
                reached = plane if len(ways) == 1 else writer.both(plane, way)
                after[rest] = writer.either(after.get(rest, NONE), reached)
        at = after
        nodes += len(at)
        if nodes > MAX_NODES:
            return None
    return {int.from_bytes(rest): plane for rest, plane in at.items()}


def _bits(kader: Afwegingskader[Any], variable: Variable) -> Iterable[int]:
    return [bit for name in variable.facts for _, bit in kader.machine.bits.by_fact[name]]


def _possible(
    kader: Afwegingskader[Any], writer: PlaneWriter, variable: Variable, cell: Cell, peildatum: date | None
) -> str:
    """The cases in which facts may have these values."""
    found = FULL
    base, *hanging = variable.facts
    absent = bool(hanging) and cell[base] is False
    for name in variable.facts:
        value = cell[name]
        # what hangs on an absent fact has a value only where it was given
        given = absent and name != base and value is not NOT_APPLICABLE
        for atom, _ in kader.machine.bits.by_fact[name]:
            true, false = writer.truth(atom)
            holding = value is not NOT_APPLICABLE and holds(atom, value, peildatum)  # type: ignore[arg-type]
            if given:
                found = writer.both(found, true if holding else false)
            else:
                found = writer.both(found, writer.without(FULL, false if holding else true))
    return found
