"""What drawing people at random has in common."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np

from igm.constructs._base import plain_number, shown
from igm.errors import InputError

Rng: TypeAlias = int | np.integer[Any] | np.random.Generator
"""A seed, or what numbers are drawn from."""

N_RESAMPLES: Final = 9999
"""How many draws there are when nothing else is asked."""

LEAST: Final = 100
"""With fewer draws the ends of an interval say nothing."""

MOST: Final = 10_000_000
"""With more draws nothing is told that fewer do not tell."""

AT_ONCE: Final = 1_000_000
"""So many numbers are drawn at a time, so that memory stays small."""


def generator(rng: object) -> np.random.Generator:
    """What numbers are drawn from; nobody gets it unseen, so that every result can be made again."""
    if isinstance(rng, np.random.Generator):
        return rng
    seed: object = plain_number(rng)
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        do = "Give a seed, a whole number of at least 0, or numpy.random.default_rng(seed)."
        raise InputError.of("invalid-value", "nothing to draw from", do, where="$.rng", given=shown(rng))
    return np.random.default_rng(seed)


def check_count(n_resamples: object) -> None:
    """Refuse what is no number of draws, too few or too many."""
    many: object = plain_number(n_resamples)
    if isinstance(many, bool) or not isinstance(many, int) or not LEAST <= many <= MOST:
        do = f"Give a whole number from {LEAST} to {MOST}."
        raise InputError.of(
            "value-out-of-range", "how many draws", do, where="$.n_resamples", given=shown(n_resamples)
        )
