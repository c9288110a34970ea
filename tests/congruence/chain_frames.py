"""Frames of people who guide one another, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from igm.constructs import LIKERT5, LIKERT7

SCALES: dict[Any, Any] = {"manager": LIKERT7, "professional": LIKERT7, "client": LIKERT5}
FIVE = ("houding", "eigen_effectiviteit", "kennis", "context", "zelfregulering")
ENGINES: Mapping[str, Any] = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}


def person(ref: str, guide: str | None, scores: Sequence[float | None], **more: Any) -> dict[str, Any]:
    """A row; the role follows from the first letter of the reference."""
    rol = {"m": "manager", "p": "professional", "c": "client"}[ref[0]]
    return {"ref": ref, "rol": rol, "begeleider": guide, **dict(zip(FIVE, scores, strict=True)), **more}


def people(
    seed: int, *, managers: int = 3, professionals: int = 4, clients: int = 3, organisations: int = 1
) -> list[dict[str, Any]]:
    """Managers, professionals of each, and clients of each professional, with answers at random."""
    draw = np.random.default_rng(seed)

    def scores(top: int) -> list[float | None]:
        return [float(one) for one in draw.integers(1, top + 1, len(FIVE))]

    rows: list[dict[str, Any]] = []
    for m in range(managers):
        org = {"organisatie": f"o-{m % organisations}", "team": f"t-{m // 2}"}
        rows.append(person(f"m-{m}", None, scores(7), **org))
        for p in range(professionals):
            own = f"p-{m}-{p}"
            seen = {"congruentie_begeleiding": float(draw.integers(1, 8))}
            rows.append(person(own, f"m-{m}", scores(7), **org, **seen))
            rows += [person(f"c-{m}-{p}-{c}", own, scores(5), **org) for c in range(clients)]
    return rows
