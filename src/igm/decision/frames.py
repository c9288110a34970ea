"""A kader on frames: which way each engine goes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from igm._engines.engine import Engine
from igm._engines.partitions import map_partitions
from igm.constructs._base import path_of
from igm.decision.frame_kernel import weigh_kernel
from igm.decision.frame_request import Asked, Given, read_request
from igm.decision.frame_weighing import weigh_expressions
from igm.decision.predicate_columns import refuse_unsupported
from igm.errors import InputError, Problem

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader


def evaluate_frame(kader: Afwegingskader[Any], given: Given, **more: Any) -> Any:
    """Weigh the rows of a frame; see ``kader.evaluate_many``."""
    refuse_unsupported(kader.predicates)
    engine = given.engine
    if engine.by_expression:
        _refuse_functions(kader, engine)
        return weigh_expressions(read_request(kader, given, **more))
    asked = read_request(kader, given, **more)
    if engine is not Engine.DASK:
        return weigh_kernel(asked)
    if asked.voortgang is not False:
        do = "Leave it out; Dask tells how far it is itself: with dask.diagnostics.ProgressBar(): made.compute()."
        what = "a frame of Dask is weighed later, and by others"
        raise InputError.of("invalid-value", what, do, where="$.voortgang")
    return map_partitions(asked.frame, partial(_weigh_part, attrs.evolve(asked, frame=None)), asked.read)


def _weigh_part(asked: Asked, part: Any) -> Any:
    """One partition, which is a frame of pandas."""
    return weigh_kernel(attrs.evolve(asked, frame=part, engine=Engine.PANDAS))


def _refuse_functions(kader: Afwegingskader[Any], engine: Engine) -> None:
    do = "Weigh a frame of pandas, PyArrow or Dask, or a mapping of arrays, where it runs as Python."
    problems = [
        Problem(
            "predicate-invalid",
            f"{one.id!r} is Python, which {engine.value} does not run",
            do,
            path_of((one.id,)),
        )
        for one in kader.predicates.values()
    ]
    if problems:
        raise InputError(*problems)
