"""A look at a frame before it is weighed: what it holds, and which values cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from igm._engines._codes import Meaning, folded
from igm._engines.counting import Count, Look, count_by_expression, present, raw_text, summed
from igm._engines.engine import Engine
from igm._engines.libraries import library
from igm._engines.report import ColumnReport, FrameReport
from igm._engines.schema import ColumnType
from igm._engines.words import YES_NO, missing_words
from igm.decision.conditions import FactKind
from igm.decision.facts import Fact
from igm.decision.frame_facts import FactColumn
from igm.decision.frame_kernel import counted_in_arrays
from igm.decision.frame_kinds import can_answer, can_hold
from igm.decision.frame_request import Asked, Given, read_request
from igm.decision.frame_weighing import is_no_answer

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader


def check_frame(kader: Afwegingskader[Any], given: Given) -> FrameReport:
    """Look at a frame; see ``kader.check``."""
    asked, engine = read_request(kader, given, looking=True), given.engine
    if engine.by_expression:
        n, counts = _by_expression(asked)
    elif engine is Engine.DASK:
        n, counts = _by_partition(asked)
    else:
        n, counts = counted_in_arrays(asked)
    held = {**asked.facts, **asked.misfits}
    reports = [
        ColumnReport.of(
            name,
            asked.schema[column],
            counts.get(name, Count()),
            words_of(kader.feiten[name]),
            sensitive=kader.feiten[name].gevoelig,
        )
        for name, column in asked.resolved.columns.items()
    ]
    reports += [
        ColumnReport.of(f"antwoorden.{name}", column, counts[f"antwoorden.{name}"], {}, sensitive=True)
        for name, column in asked.own.items()
    ]
    reports = [
        attrs.evolve(one, finding=str(asked.findings[one.name])) if one.name in asked.findings else one
        for one in reports
    ]
    used = {column.name for column in asked.own.values()}
    used |= {column.day.name for column in held.values() if column.day is not None}
    return FrameReport(
        asked=kader.id,
        rows=n,
        columns=tuple(reports),
        not_found=asked.resolved.not_found,
        not_used=tuple(name for name in asked.resolved.not_used if name not in used),
        queries=int(engine.lazy),
    )


def words_of(fact: Fact) -> dict[str, Meaning]:
    """What a text can mean for a fact, by folded text: yes and no, the options, and words for no answer.

    Example:
        >>> words = words_of(Fact.ja_nee("schulden", label="schulden"))
        >>> words["ja"], words["weet niet"]
        (True, <Missing.WEET_NIET: 'weet_niet'>)
    """
    own: dict[str, Meaning] = {folded(option): option for option in fact.opties}
    return {**missing_words(), **own, **(YES_NO if fact.kind is FactKind.JA_NEE else {})}


def _by_expression(asked: Asked) -> tuple[int, dict[str, Count]]:
    """One query, whatever the number of facts."""
    looks = {name: _look(column) for name, column in asked.facts.items()}
    looks |= {name: _misfit(column) for name, column in asked.misfits.items()}
    looks |= {f"antwoorden.{name}": _own(column) for name, column in asked.own.items()}
    found = count_by_expression(asked.frame, asked.engine, asked.looked_at, list(looks.values()))
    return found.rows, dict(zip(looks, found.looks, strict=True))


def _look(column: FactColumn) -> Look:
    import narwhals.stable.v2 as nw

    wrong = column.wrong
    return Look(
        known=~column.given.is_null(),
        wrong=nw.lit(value=False) if wrong is None else wrong,
        coded=None if column.codes is None else column.codes.coded,
        raw=None if column.fact.gevoelig or wrong is None else raw_text(column.column),
    )


def _misfit(column: FactColumn) -> Look:
    """No value can be used: they are of another kind, which is told, or have no day."""
    there, untold = present(column.column), column.fact.gevoelig or can_hold(column)
    return Look(there, there, None, None if untold else raw_text(column.column))


def _own(column: ColumnType) -> Look:
    there = present(column)
    return Look(there, is_no_answer(column) if can_answer(column) else there)


def _by_partition(asked: Asked) -> tuple[int, dict[str, Count]]:
    """The counts of every partition, added up."""
    dask = library("dask")
    work = _OnPartition(attrs.evolve(asked, frame=None, engine=Engine.PANDAS))
    made = dask.compute(*map(dask.delayed(work), asked.frame.to_delayed()))
    names = dict.fromkeys(name for _, counts in made for name in counts)
    return (
        sum(n for n, _ in made),
        {name: summed([counts[name] for _, counts in made if name in counts]) for name in names},
    )


@attrs.frozen
class _OnPartition:
    asked: Asked

    def __call__(self, frame: Any) -> tuple[int, dict[str, Count]]:
        return counted_in_arrays(attrs.evolve(self.asked, frame=frame))
