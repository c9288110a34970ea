"""Truth tables: every completion of a case at once, as bits of Python integers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

import attrs

from igm.decision.atoms import holds
from igm.decision.completions import NOT_APPLICABLE, UNKNOWN, Variable, size
from igm.decision.conditions import Atom, Compare, Known
from igm.decision.program import Bits

SMALL: Final = 2**12
"""Tables up to this size, and their patterns, are kept: many cases have as many unknowns."""

LARGE: Final = 2**19
"""Patterns up to this size are kept for a few tables: at most some megabytes each."""

MANY: Final = 64
"""With more conditions on one number or date, they are looked up."""


@attrs.frozen
class TruthTable:
    """Planes as wide as there are completions; the first variable varies fastest.

    Attributes:
        found: The variables.
        full: The plane with every completion.
        patterns: Per variable, per cell, the completions that have it.
        strides: Per variable, the distance between neighbouring cells.
        size: The number of completions.
        place: The variable that each fact belongs to.
    """

    found: tuple[Variable, ...]
    full: int
    patterns: tuple[tuple[int, ...], ...]
    strides: tuple[int, ...]
    size: int
    place: Mapping[str, int]

    @classmethod
    def over(cls, found: Sequence[Variable]) -> TruthTable:
        """The table over these variables."""
        sizes = tuple(len(variable.cells) for variable in found)
        width = size(found)
        keep = _kept_patterns if width <= SMALL else _few_patterns if width <= LARGE else _patterns
        patterns, strides = keep(sizes)
        place = {name: index for index, variable in enumerate(found) for name in variable.facts}
        return cls(tuple(found), (1 << width) - 1, patterns, strides, width, place)

    @property
    def holds_unknown(self) -> bool:
        """Whether it also holds cases in which a fact is unknown."""
        return any(
            cell[name] is UNKNOWN
            for variable in self.found
            for cell in variable.cells
            for name in variable.facts
        )

    def planes(
        self, bits: Bits, true: int, false: int, peildatum: date | None, known: Callable[[str], bool]
    ) -> tuple[list[int], list[int]]:
        """Per condition the completions in which it is true, and those in which it is false.

        Args:
            bits: The bits of the kader's conditions.
            true: Conditions that are true whatever is filled in.
            false: Conditions that are false whatever is filled in.
            peildatum: Reference date.
            known: Whether a fact that varies counts as known.
        """
        full = self.full
        trues = [full if true >> bit & 1 else 0 for bit in range(len(bits.atoms))]
        falses = [full if false >> bit & 1 else 0 for bit in range(len(bits.atoms))]
        for variable, patterns in zip(self.found, self.patterns, strict=True):
            for name in variable.names:
                switch = bits.switch.get(name)
                if switch is not None and len(patterns) == 2:
                    falses[switch.bit_length() - 1], trues[switch.bit_length() - 1] = patterns
                    continue
                atoms = bits.by_fact.get(name, ())
                stretches = _Stretches.of(variable, patterns) if len(atoms) > MANY else None
                for atom, bit in atoms:
                    if stretches is not None and isinstance(atom, Compare):
                        trues[bit], falses[bit] = stretches.truth(atom)
                    else:
                        trues[bit], falses[bit] = _truth(atom, variable, patterns, peildatum, known)
        return trues, falses

    def turned(self, fact: str, codes: Sequence[int], kept: dict[tuple[int, int], int] | None = None) -> int:
        """The completions in which another value of this fact gives another outcome.

        Args:
            fact: Name of the fact.
            codes: The outcome of every completion, as binary digits: one plane per digit.
            kept: What was compared before, for several facts with the same codes.
        """
        index = self.place[fact]
        return self.turned_by(index, self.found[index].groups(fact), codes, kept)

    def turned_by(
        self,
        index: int,
        groups: Iterable[Sequence[int]],
        codes: Sequence[int],
        kept: dict[tuple[int, int], int] | None = None,
    ) -> int:
        """The completions in which another cell of the same group gives another outcome.

        Args:
            index: The variable that differs.
            groups: Its cells that are compared with one another.
            codes: The outcome of every completion, as binary digits: one plane per digit.
            kept: As for ``turned``.
        """
        patterns, stride = self.patterns[index], self.strides[index]
        apart: dict[tuple[int, int], int] = {} if kept is None else kept
        placed = 0
        for group in groups:
            first, *rest = sorted(group)
            differs = 0  # when not all cells of a group give the same outcome, each of them can be turned
            for other in rest:
                steps = other - first
                if (index, steps) not in apart:
                    apart[index, steps] = _differs(codes, steps * stride)
                differs |= apart[index, steps] & patterns[first]
            if differs:
                for cell in (first, *rest):
                    placed |= differs << ((cell - first) * stride)
        return placed

    def example(self, plane: int) -> dict[str, object]:
        """The facts of the first completion in a plane."""
        position = (plane & -plane).bit_length() - 1
        facts: dict[str, object] = {}
        for variable, stride in zip(self.found, self.strides, strict=True):
            cell = variable.cells[position // stride % len(variable.cells)]
            facts |= {name: cell[name] for name in variable.facts if cell[name] is not NOT_APPLICABLE}
        return facts


def _differs(codes: Sequence[int], distance: int) -> int:
    """The completions that have another outcome than the one at this distance."""
    found = 0
    for code in codes:
        found |= code ^ (code >> distance)
    return found


def outcome_codes(planes: Sequence[int]) -> list[int]:
    """Outcomes as binary digits, to tell them apart: those that some completion gets are numbered anew.

    The plane of digit k holds the completions whose outcome has that digit.
    """
    reached = [plane for plane in planes if plane]
    digits = [0] * max(1, (len(reached) - 1).bit_length())
    for number, plane in enumerate(reached):
        for place in range(len(digits)):
            if number >> place & 1:
                digits[place] |= plane
    return digits


@attrs.frozen
class _Stretches:
    """The cells of a fact by itself, in order: with very many thresholds a condition is looked up instead of weighed.

    Attributes:
        values: The value of each cell.
        below: Per cell, the completions that have an earlier one; and at the end all of them.
    """

    values: Sequence[Any]
    below: Sequence[int]

    @classmethod
    def of(cls, variable: Variable, patterns: Sequence[int]) -> _Stretches | None:
        """Nothing where facts vary together, or a value is unknown."""
        values = [cell[variable.facts[0]] for cell in variable.cells]
        if len(variable.names) > 1 or UNKNOWN in values:
            return None
        below = [0]
        for pattern in patterns:
            below.append(below[-1] | pattern)
        return cls(values, below)

    def truth(self, atom: Compare) -> tuple[int, int]:
        """The completions in which a comparison is true, and those in which it is false."""
        find = bisect_left if atom.op in {"<", ">="} else bisect_right
        low = self.below[find(self.values, atom.threshold)]
        high = self.below[-1] ^ low
        return (low, high) if atom.op in {"<", "<="} else (high, low)


def _truth(
    atom: Atom,
    variable: Variable,
    patterns: Sequence[int],
    peildatum: date | None,
    known: Callable[[str], bool],
) -> tuple[int, int]:
    """The completions in which a condition on one fact is true, and those in which it is false."""
    true = false = 0
    itself, base = known(atom.fact), known(variable.base_of(atom.fact))
    for cell, pattern in zip(variable.cells, patterns, strict=True):
        value = cell[atom.fact]
        if isinstance(atom, Known):
            # that a fact does not apply is known as soon as what it hangs on is
            holding = value is not UNKNOWN and (itself or (base and value is NOT_APPLICABLE))
        elif value is UNKNOWN:
            continue
        else:
            holding = value is not NOT_APPLICABLE and holds(atom, value, peildatum)  # type: ignore[arg-type]
        if holding:
            true |= pattern
        else:
            false |= pattern
    return true, false


def _patterns(sizes: tuple[int, ...]) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]:
    width = 1
    for cells in sizes:
        width *= cells
    patterns: list[tuple[int, ...]] = []
    strides: list[int] = []
    stride = 1
    for cells in sizes:
        block = (1 << stride) - 1
        patterns.append(
            tuple(_repeat(block << (cell * stride), stride * cells, width) for cell in range(cells))
        )
        strides.append(stride)
        stride *= cells
    return tuple(patterns), tuple(strides)


_kept_patterns = lru_cache(maxsize=512)(_patterns)
_few_patterns = lru_cache(maxsize=4)(_patterns)


def _repeat(pattern: int, period: int, width: int) -> int:
    """The pattern again and again, up to the width; doubling keeps it fast."""
    while period < width:
        pattern |= pattern << period
        period *= 2
    return pattern & ((1 << width) - 1)
