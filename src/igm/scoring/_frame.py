"""Scores of a frame, put beside what the frame holds, by whichever way its engine takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from igm._engines.engine import Engine
from igm._engines.expressions import opened
from igm._engines.output import Keep, kept_names, new_names, with_columns
from igm._engines.packing import Packed, packed
from igm._engines.partitions import as_told, map_partitions
from igm._engines.schema import Schema, schema_of
from igm.constructs._base import shown
from igm.errors import ConsentError, InputError, Problems
from igm.scoring._frame_arrays import Wide, scored
from igm.scoring._frame_columns import Found, find
from igm.scoring._frame_expressions import Reading, Staged, quotient_scorer, read_wide, staged
from igm.scoring._frame_long import read_long, refuse_unasked, table_of
from igm.scoring._frame_people import on_people
from igm.scoring._plan import Plan


@attrs.frozen
class Request:
    """What is asked of a frame.

    Attributes:
        plan: What is scored.
        columns: Where the answers stand, as the caller said.
        keep: Which of the caller's columns stay.
        prefix: Put before the names of new columns.
    """

    plan: Plan
    columns: object = None
    keep: Keep = True
    prefix: str = ""


def refuse_for_frames(given: Mapping[str, object]) -> None:
    """Refuse what a frame of scores has no place for.

    Raises:
        InputError: ``invalid-value`` for each that is given.
        ConsentError: ``consent-missing``.
    """
    why = {
        "items": "Leave items out: the columns have names; columns=igm.ColumnMap(...) says which is which.",
        "gedrag": "Leave it out: a frame of scores has no place for a behaviour; it is that of the questionnaire.",
        "composite": "Leave it out: a frame holds determinants. A list of people gives profiles with composites.",
    }
    problems = Problems()
    for name, do in why.items():
        if given.get(name) is not None:
            problems.add("invalid-value", f"{name} does not go with a frame", do, where=f"$.{name}")
    problems.raise_any(InputError)
    if given.get("doel") is not None:
        do = "Give a list of igm.Afname, which hold consents; or leave out who gave none, and doel."
        raise ConsentError.of("consent-missing", "a frame holds no consents", do, where="$.doel")


def refuse_without_frame(columns: object, keep: object, prefix: object) -> None:
    """Refuse what is for frames only.

    Raises:
        InputError: ``invalid-value`` for each that is given.
    """
    problems = Problems()
    for name, value, default in (("columns", columns, None), ("keep", keep, True), ("prefix", prefix, "")):
        if type(value) is not type(default) or value != default:
            what, do = f"{name} goes with a frame", "Leave it out, or give a frame."
            problems.add("invalid-value", what, do, where=f"$.{name}", given=shown(value))
    problems.raise_any(InputError)


def score_frame(frame: Any, engine: Engine, request: Request, *, whole: bool = True) -> Any:
    """The frame with the scores of its rows, or of the people in it when it is a long one.

    Args:
        frame: A frame of any engine.
        engine: What holds it.
        request: What is asked.
        whole: Whether it is all that there is, and no partition.

    Returns:
        A frame of the same kind.
    """
    plan = request.plan
    schema = schema_of(frame, engine)
    found = find(schema, plan.lijst, request.columns, engine)
    if found.item is not None and whole and not engine.lazy:
        refuse_unasked(frame, engine, found.item, found)
    kept = kept_names(schema, request.keep)
    # names may be told once only, and are read again for every partition
    request = attrs.evolve(request, keep=True if kept is None else kept)
    people = [column.name for column in found.people]
    if people:
        kept = on_people(people, kept, request.keep)
    names = new_names(schema, engine, _wanted(plan), kept, request.prefix)
    if engine is Engine.DASK:
        if people:
            frame = as_told(frame, found.people).shuffle(on=people)
        return map_partitions(frame, OnPartition(request))
    if engine.by_expression:
        return _by_expression(
            frame, engine, plan, found, schema, names, list(schema) if kept is None else kept
        )
    return _by_kernel(frame, engine, plan, found, names, kept)


@attrs.frozen
class OnPartition:
    """Scores one partition of a frame of Dask."""

    request: Request

    def __call__(self, frame: Any) -> Any:
        return score_frame(frame, Engine.PANDAS, self.request, whole=False)


def _wanted(plan: Plan) -> list[str]:
    return [name for part in plan.parts for name in (part.construct.value, f"{part.construct.value}_n")]


def _by_kernel(
    frame: Any,
    engine: Engine,
    plan: Plan,
    found: Found,
    names: Mapping[str, str],
    kept: Sequence[str] | None,
) -> Any:
    if not found.people:
        made = scored(plan, found.sources, Wide(frame, engine, found.sources, plan.lijst.schaal))
    else:
        frame, reader = table_of(frame, engine, found, plan.lijst.schaal)
        made = scored(plan, found.sources, reader)
    return with_columns(frame, engine, {names[name]: column for name, column in made.items()}, kept)


def _by_expression(
    frame: Any,
    engine: Engine,
    plan: Plan,
    found: Found,
    schema: Schema,
    names: Mapping[str, str],
    kept: Sequence[str],
) -> Any:
    scorer = quotient_scorer(plan, engine) if engine.lazy else _quotient_or_none(plan)
    if scorer is None:  # a scorer without a quotient can score what is in memory
        return _by_kernel(frame, engine, plan, found, names, kept)
    schaal = plan.lijst.schaal
    if not found.people:
        out = packed(frame, engine, schema, [source.column for source in found.sources], kept)
        reading: Reading = read_wide(out.frame, schema, found.sources, schaal)
        made = staged(plan, scorer, found.sources, reading, names, out.kept)
    else:
        out = Packed(frame, kept)
        reading, refusals = read_long(frame, schema, found, schaal)
        made = staged(plan, scorer, found.sources, reading, names, kept, refusals)
    if engine.lazy:
        return out.unpacked(made.guarded(engine), names.values())
    if _any_wrong(made):  # it is in memory: tell which rows are wrong, as for arrays
        _by_kernel(frame, engine, plan, found, names, kept)
    return made.frame.select(made.columns)


def _quotient_or_none(plan: Plan) -> Any:
    from igm.scoring.protocols import QuotientScorer

    return plan.scorer if isinstance(plan.scorer, QuotientScorer) else None


def _any_wrong(made: Staged) -> bool:
    flags = opened(made.frame).select(*made.flags)
    return any(bool(flags.get_column(flag).any()) for flag in made.flags)
