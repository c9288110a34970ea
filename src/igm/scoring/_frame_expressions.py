"""Scores of a frame where it lives, as expressions that its own engine runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from igm._engines.engine import Engine
from igm._engines.expressions import Expr, clean, opened, total
from igm._engines.libraries import narwhals
from igm._engines.output import free_name
from igm._engines.recoding import recoded
from igm._engines.refusal import Refusal, guarded
from igm._engines.schema import Kind, Schema
from igm.constructs.schaal import Schaal
from igm.errors import InputError
from igm.scoring._frame_arrays import codes_of
from igm.scoring._frame_columns import Source, refusal
from igm.scoring._plan import Part, Plan
from igm.scoring._quotients import stays_on_scale
from igm.scoring.protocols import QuotientScorer


@attrs.frozen
class Reading:
    """A frame in which each item that was found has one column of numbers.

    Attributes:
        frame: The frame as narwhals sees it.
        answers: The column of each source; null where nothing was answered.
        floats: Which of those may hold numbers that are not whole.
        temporary: What the names of columns begin with that do not stay.
    """

    frame: Any
    answers: Sequence[str]
    floats: Sequence[bool]
    temporary: str


def quotient_scorer(plan: Plan, engine: Engine) -> QuotientScorer:
    """The scorer in the form that an engine can run.

    Raises:
        InputError: ``plugin-invalid`` for a scorer that has no such form.
    """
    if isinstance(plan.scorer, QuotientScorer):
        return plan.scorer
    what = f"scorer {plan.scorer.name!r} cannot be run by {engine.value}"
    do = (
        "Collect the frame first (a frame of pandas or PyArrow takes any scorer), or give the scorer a quotient; "
        "see igm.scoring.QuotientScorer."
    )
    raise InputError.of("plugin-invalid", what, do, where="$.scorer")


def read_wide(frame: Any, schema: Schema, sources: Sequence[Source], schaal: Schaal) -> Reading:
    """The answers of a frame with a row per person: what needs it becomes a number in a column of its own."""
    temporary = free_name(schema, "igm__")
    made: dict[str, Expr] = {}
    answers: list[str] = []
    for place, source in enumerate(sources):
        column = source.column
        if column.kind is Kind.WHOLE and not source.codes:
            answers.append(column.ref)
            continue
        name = f"{temporary}a{place}"
        made[name] = recoded(column, codes_of(source, schaal)) if source.codes else clean(column)
        answers.append(name)
    view = opened(frame)
    floats = [source.column.kind is not Kind.WHOLE for source in sources]
    return Reading(view.with_columns(**made) if made else view, answers, floats, temporary)


@attrs.frozen
class Staged:
    """A frame in which everything is computed, and nothing refused yet.

    Attributes:
        frame: The native frame.
        columns: What remains of it, in order.
        refusals: By new column, what makes it wrong.
    """

    frame: Any
    columns: Sequence[str]
    refusals: Mapping[str, Sequence[Refusal]]

    @property
    def flags(self) -> list[str]:
        """The columns that say what is wrong."""
        return list(dict.fromkeys(one.flag for some in self.refusals.values() for one in some))

    def guarded(self, engine: Engine) -> Any:
        """The frame with its refusals."""
        return guarded(self.frame, engine, self.columns, self.refusals)


def staged(
    plan: Plan,
    scorer: QuotientScorer,
    sources: Sequence[Source],
    reading: Reading,
    names: Mapping[str, str],
    kept: Sequence[str],
    extra: Sequence[Refusal] = (),
) -> Staged:
    """The scores, in two stages: sums of whole numbers, and one division.

    Args:
        plan: What is scored.
        scorer: How.
        sources: The items that were found.
        reading: Their answers.
        names: What new columns are called.
        kept: The columns that stay.
        extra: What makes a row wrong beside its answers.
    """
    nw, schaal = narwhals(), plan.lijst.schaal
    place_of = {source.item.id: place for place, source in enumerate(sources)}
    sums: dict[str, Expr] = {}
    scores: dict[str, Expr] = {}
    strays: dict[str, Expr] = {}
    refusals: dict[str, list[Refusal]] = {}
    for number, part in enumerate(plan.parts):
        key = part.construct.value
        score, count = names[key], names[f"{key}_n"]
        own = [place_of[item.id] for item in part.items if item.id in place_of]
        refused = list(extra)
        for place in own:
            flag = f"{reading.temporary}w{place}"
            sums[flag] = _wrong(nw.col(reading.answers[place]), schaal, whole=not reading.floats[place])
            refused.append(Refusal(flag, refusal(sources[place], schaal)))
        refusals[score] = refusals[count] = refused
        valid = [(~nw.col(reading.answers[place]).is_null()).cast(nw.Int32) for place in own]
        sums[count] = total(valid) if valid else nw.lit(0).cast(nw.Int32)
        if not own:
            scores[score] = nw.lit(None).cast(nw.Float64)
            continue
        above, below = f"{reading.temporary}t{number}", f"{reading.temporary}b{number}"
        sums[above], by = _quotient(scorer, part, place_of, reading, schaal)
        enough = nw.col(count) >= part.needed
        if by is None:
            below = count
        else:
            sums[below] = by
            enough = enough & (nw.col(below) > 0)
        scores[score] = nw.when(enough).then(nw.col(above) / nw.col(below))
        if stays_on_scale(scorer):
            continue
        off = f"{reading.temporary}o{number}"
        scale = plan.scales[number]
        strays[off] = (nw.col(score) < scale.minimum) | (nw.col(score) > scale.maximum)
        what = f"igm: scorer {scorer.name!r} gives no score on the scale {scale} for {key}"
        refused.append(Refusal(off, what))
    frame = reading.frame.with_columns(**sums).with_columns(**scores)
    if strays:
        frame = frame.with_columns(**strays)
    return Staged(frame.to_native(), [*kept, *names.values()], refusals)


def _wrong(answer: Expr, schaal: Schaal, *, whole: bool) -> Expr:
    outside = (answer < schaal.minimum) | (answer > schaal.maximum)
    return outside if whole else outside | (answer != answer.floor())


def _quotient(
    scorer: QuotientScorer,
    part: Part,
    place_of: Mapping[str, int],
    reading: Reading,
    schaal: Schaal,
) -> tuple[Expr, Expr | None]:
    nw, ends = narwhals(), schaal.minimum + schaal.maximum
    keyed: list[Expr] = []
    for item in part.items:
        place = place_of.get(item.id)
        if place is None:  # no column: a scorer sees that it was not answered, as it does of one person
            keyed.append(nw.lit(None).cast(nw.Float64))
            continue
        answer = nw.col(reading.answers[place]).cast(nw.Float64)
        keyed.append(ends - answer if item.reversed else answer)
    return scorer.quotient(keyed, part.items, schaal)
