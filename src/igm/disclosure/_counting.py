"""How many sets of whole numbers have a given sum and sum of squares: counted, and never listed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_CELLS = 20_000_000
"""So many counts are held at once; what needs more is not counted."""

MOST_STEPS = 100_000_000
"""So many counts of whole numbers of any size are added up; what needs more is not counted."""

_EXACT = 2**62
_MODULI = (2**61 - 1, 2**62 - 57, 2**62 - 87, 2**62 - 117, 2**62 - 143)


def count_sums(n: int, top: int, sums: Iterable[int]) -> int | None:
    """How many sets of ``n`` numbers from 0 to ``top`` have one of the sums; ``None`` when that takes too long."""
    wanted = list(sums)
    if not wanted:
        return 0
    most = max(wanted)
    cells = (n + 1) * (most + 1)
    if cells > MOST_CELLS or cells * (min(top, most) + 1) > MOST_STEPS:
        return None
    counts: NDArray[Any] = np.zeros((n + 1, most + 1), dtype=object)
    counts[0, 0] = 1
    for value in range(min(top, most) + 1):
        for people in range(1, n + 1):
            counts[people, value:] = counts[people, value:] + counts[people - 1, : most + 1 - value]
    return sum(int(counts[n, one]) for one in wanted)


def count_pairs(n: int, top: int, pairs: Sequence[tuple[int, range]]) -> int | None:
    """How many sets of ``n`` numbers from 0 to ``top`` have one of the sums with one of its sums of squares.

    Numbers are taken from a centre c near their mean, d = t − c. Of a set count its size, Σ d and Σ d(d − 1)/2, which
    is never negative and fixes Σ d² and so Σ t². One value after the other is added any number of times.

    Args:
        n: How many numbers.
        top: The highest number.
        pairs: A sum and its sums of squares, each.

    Returns:
        The number, exactly; ``None`` when it would take more than `MOST_CELLS` counts.
    """
    if not pairs:
        return 0
    if (n + 1) * sum(len(squares) for _, squares in pairs) > MOST_CELLS:
        return None  # each of them has a place of its own among the counts
    centre = round(sum(total for total, _ in pairs) / len(pairs) / n)
    wanted = [
        (total - n * centre, (square - 2 * centre * total + n * centre**2 - total + n * centre) // 2)
        for total, squares in pairs
        for square in squares
    ]
    most = max(weight for _, weight in wanted)
    root = math.isqrt(n * n + 8 * n * most) + 1
    lowest = max((n - root) // 2 - 1, -n * centre)
    highest = min((n + root) // 2 + 1, n * (top - centre))
    shape = (n + 1, highest - lowest + 1, most + 1)
    if math.prod(shape) > MOST_CELLS:
        return None
    values = [d for d in range(-centre, top - centre + 1) if d * (d - 1) // 2 <= most]
    places = np.array([(total - lowest, weight) for total, weight in wanted], dtype=np.intp)
    bound = math.comb(n + top, n)
    if bound < _EXACT:
        return int(_counted(shape, lowest, values, None)[places[:, 0], places[:, 1]].sum())
    return _combined(bound, shape, lowest, values, places)


def _counted(
    shape: tuple[int, int, int], lowest: int, values: Sequence[int], modulus: int | None
) -> NDArray[np.int64]:
    """How many sets of full size there are per sum and weight."""
    counts = np.zeros(shape, dtype=np.int64)
    counts[0, -lowest, 0] = 1
    wide, high = shape[1:]
    for value in values:
        weight = value * (value - 1) // 2
        if abs(value) >= wide:
            continue
        to = slice(max(value, 0), wide + min(value, 0))
        start = slice(max(-value, 0), wide - max(value, 0))
        for people in range(1, shape[0]):
            into = counts[people, to, weight:]
            into += counts[people - 1, start, : high - weight]
            if modulus is not None:
                into[into >= modulus] -= modulus
    made: NDArray[np.int64] = counts[-1]
    return made


def _combined(
    bound: int, shape: tuple[int, int, int], lowest: int, values: Sequence[int], places: NDArray[np.intp]
) -> int | None:
    """A number too large for a machine word, from its remainders (the Chinese remainder theorem)."""
    found: int = 0
    product: int = 1
    for modulus in _MODULI:
        cells: list[int] = _counted(shape, lowest, values, modulus)[places[:, 0], places[:, 1]].tolist()
        rest = sum(cells) % modulus
        found += product * ((rest - found) * _inverse(product, modulus) % modulus)
        product *= modulus
        if product > bound:
            return found
    return None


def _inverse(value: int, modulus: int) -> int:
    return int(pow(value, -1, modulus))


def all_pairs(n: int, top: int) -> dict[tuple[int, int], int]:
    """How many sets of ``n`` numbers from 0 to ``top`` there are per sum and sum of squares."""
    counts: list[dict[tuple[int, int], int]] = [{(0, 0): 1}, *({} for _ in range(n))]
    for value in range(top + 1):
        for people in range(1, n + 1):
            into = counts[people]
            for (total, square), many in counts[people - 1].items():
                key = (total + value, square + value * value)
                into[key] = into.get(key, 0) + many
    return counts[n]
