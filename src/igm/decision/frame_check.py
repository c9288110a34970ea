"""A look at a frame before it is weighed: what it holds, and how many values cannot be used."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from igm._engines.engine import Engine
from igm._engines.expressions import opened
from igm._engines.output import free_name
from igm._engines.partitions import map_partitions
from igm._engines.report import FrameReport
from igm.decision.frame_kernel import wrong_in_arrays
from igm.decision.frame_request import Asked, read_request
from igm.decision.frame_weighing import flags_of

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader


def check_frame(kader: Afwegingskader[Any], frame: Any, engine: Engine, **more: Any) -> FrameReport:
    """Look at a frame; see ``kader.check``."""
    asked = read_request(kader, frame, engine, keep=False, **more)
    if engine.by_expression:
        n, wrong = _by_expression(asked)
    elif engine is Engine.DASK:
        n, wrong = _by_partition(asked)
    else:
        n, wrong = wrong_in_arrays(asked)
    used = {column.name for column in asked.own.values()}
    used |= {column.day.name for column in asked.facts.values() if column.day is not None}
    used |= set(asked.found.values())
    return FrameReport(
        n,
        asked.found,
        tuple(name for name in kader.feiten if name not in asked.found),
        tuple(name for name in asked.schema if name not in used),
        {name: count for name, count in wrong.items() if count},
    )


def _by_expression(asked: Asked) -> tuple[int, dict[str, int]]:
    """One aggregate, whatever the number of facts."""
    import narwhals.stable.v2 as nw

    prefix = free_name(asked.schema, "igm_")
    flags = flags_of(asked, prefix)
    frame = opened(asked.frame).with_columns(
        nw.lit(1, nw.Int64).alias(f"{prefix}n"),
        *(flag.expr.cast(nw.Int64).alias(flag.column) for flag in flags),
    )
    names = [f"{prefix}n", *(flag.column for flag in flags)]
    counted = frame.select(*(nw.col(name).sum() for name in names))
    here = counted.collect(backend="pyarrow") if asked.engine.lazy else counted
    n, *found = (int(here.item(0, name) or 0) for name in names)
    return n, {flag.name: count for flag, count in zip(flags, found, strict=True)}


def _by_partition(asked: Asked) -> tuple[int, dict[str, int]]:
    """The counts of every partition, added where the data is."""
    names = ["n", *asked.facts, *(f"antwoorden.{name}" for name in asked.own)]
    counts = map_partitions(asked.frame, partial(_count_part, attrs.evolve(asked, frame=None), names))
    n, *found = (int(value) for value in counts.sum().compute().tolist())
    return n, dict(zip(names[1:], found, strict=True))


def _count_part(asked: Asked, names: list[str], part: Any) -> Any:
    import pandas as pd

    n, wrong = wrong_in_arrays(attrs.evolve(asked, frame=part, engine=Engine.PANDAS))
    counts = {"n": n, **wrong}
    return pd.DataFrame({name: [counts.get(name, 0)] for name in names}, dtype="int64")
