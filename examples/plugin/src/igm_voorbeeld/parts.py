"""What the package offers; the entry points in ``pyproject.toml`` name these."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from igm.constructs import Item, Schaal
from igm.decision import Rule, feit, regel


def rust() -> Path:
    """The path of the rulebook of the kader ``voorbeeld-rust``."""
    return Path(__file__).with_name("rust.yaml")


def schulden_en_taal() -> list[Rule]:
    """A rule for the kader ``leiden-2021``: debts and language together ask for attention at once."""
    return [
        regel(
            "voorbeeld.schulden_en_taal",
            vraag="omstandigheden",
            als=feit.ja_nee("schulden") & feit.ja_nee("taal"),
            pleit_voor="nee",
            tenzij={"de schulden nemen af": feit.keuze("schulden_trend").is_("verbeterd")},
            omdat="Schulden en taal vragen samen aandacht voordat een traject past.",
            bron="voorbeeld",
        )
    ]


class Median:
    """The median of the answers that are there: the middle one, or the mean of the two in the middle."""

    name = "mediaan"

    def one(self, answers: Sequence[int | None], items: Sequence[Item], schaal: Schaal, /) -> float | None:
        """The score of one person."""
        return float(median(answer for answer in answers if answer is not None))

    def many(
        self, answers: NDArray[np.float64], items: Sequence[Item], schaal: Schaal, /
    ) -> NDArray[np.float64]:
        """The scores of many people."""
        return np.array([median(row[~np.isnan(row)].tolist()) for row in answers], dtype=np.float64)


class LargestDifference:
    """The largest difference between two profiles on one construct, without its sign."""

    name = "grootste_verschil"
    least = 2

    def many(self, x: NDArray[np.float64], y: NDArray[np.float64], /) -> NDArray[np.float64]:
        """The figure of every pair of profiles."""
        return np.asarray(np.abs(x - y).max(axis=1), dtype=np.float64)
