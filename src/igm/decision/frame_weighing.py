"""Frames that run expressions of their own: the whole kader as expressions, stage by stage, where the data lives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from igm._engines.expressions import clean, opened
from igm._engines.output import free_name
from igm._engines.packing import Packed, packed
from igm._engines.refusal import Refusal, guarded
from igm._engines.schema import ColumnType
from igm.decision.conditions import FactKind
from igm.decision.facts import Fact
from igm.decision.frame_facts import FactColumn, FactTruths, small
from igm.decision.frame_kernel import refuse_wrong
from igm.decision.frame_patterns import with_patterns
from igm.decision.frame_request import Asked, assumable
from igm.decision.program import CODES
from igm.decision.stage_exprs import chosen, drawn
from igm.decision.stages import Stages
from igm.decision.truth import Beleid
from igm.errors import InputError, Problem

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

_BYTE: Final = 127
"""The largest whole number in a byte."""


@attrs.frozen
class Weighed:
    """A frame with the columns that its advice is made from.

    Attributes:
        frame: The frame, as the engine has it.
        prefix: What the names of columns begin with that do not stay.
        state: The column that says which row decides: twice its number, and one more where it is open.
        open: The column with how many facts are unknown.
        truths: What the conditions on facts are.
        own: The columns with the codes of own answers, by question.
        counts: Columns with further counts, by what they are called in the result.
    """

    frame: Any
    prefix: str
    state: str
    open: str
    truths: FactTruths
    own: Mapping[str, str]
    counts: Mapping[str, str]


def weigh_expressions(asked: Asked) -> Any:
    """The frame with its advice; a lazy one is not run, but for the exact policy and what is missing."""
    import narwhals.stable.v2 as nw

    out = packed(asked.frame, asked.engine, asked.schema, asked.looked_at, asked.kept)
    found, kader, names = weighed_frame(asked, out), asked.kader, asked.names
    prefix, last = found.prefix, len(kader.beslis)
    row, number = f"{prefix}row", f"{prefix}number"
    carried = [*out.kept, found.open, *found.counts.values()]
    exact, facts, facts_n = "", "", ""
    native = found.frame
    if asked.beleid is Beleid.EXACT or asked.ontbreekt:
        native, exact, facts, facts_n = with_patterns(asked, found, [*carried, found.state])
    state, engine = nw.col(found.state), asked.engine
    decides = nw.when(state % 2 == 0).then(state // 2).otherwise(nw.lit(last))
    frame = opened(native).with_columns(decides.cast(nw.Int8 if last < _BYTE else nw.Int32).alias(row))
    outcomes = [outcome.value for outcome in kader.machine.outcomes]
    numbers = [*kader.machine.numbers, kader.machine.unknown]
    advies = chosen(nw.col(row), [outcomes[one] for one in numbers], engine)
    ids = chosen(nw.col(row), [*(one.id for one in kader.beslis), None], engine)
    made: dict[str, nw.Expr] = {"advies": advies, "rij": ids}
    if asked.beleid is Beleid.EXACT:
        frame = frame.with_columns(chosen(nw.col(row), numbers, engine).alias(number))
        same = nw.coalesce(nw.col(exact) == nw.col(number), nw.lit(value=True))
        made["voorzichtig"] = nw.when(~same).then(advies)
        made["advies"] = chosen(nw.coalesce(nw.col(exact), nw.col(number)), outcomes, engine)
        made["rij"] = nw.when(same).then(ids)
    if asked.ontbreekt:
        made["ontbreekt"] = nw.coalesce(nw.col(facts), nw.lit(""))
        made["ontbreekt_n"] = nw.coalesce(nw.col(facts_n), nw.lit(0)).cast(nw.Int32)
    made |= {"beleid": nw.lit(asked.beleid.value), "open_feiten": nw.col(found.open)}
    made |= {name: nw.col(column) for name, column in found.counts.items()}
    frame = frame.with_columns(**{names[name]: made[name] for name in names})
    native = guarded(frame.to_native(), engine, [*out.kept, *names.values()], {})
    return out.unpacked(native, names.values())


def weighed_frame(asked: Asked, out: Packed) -> Weighed:
    """The frame with what its advice is made from; wrong values make it fail, at once or when it is run."""
    kader, prefix = asked.kader, free_name(asked.schema, "igm_")
    truths = FactTruths.of(kader, asked.facts, prefix)
    own = {name: f"{prefix}a{number}" for number, name in enumerate(asked.own)}
    answers = {own[name]: _own_code(column) for name, column in asked.own.items()}
    listed = flags_of(asked, prefix)
    flags = {flag.column: flag.expr for flag in listed}
    frame = opened(out.frame)
    if not asked.engine.lazy and flags:
        _refuse_at_once(asked, frame, flags)
        flags, listed = {}, []
    stages = Stages(truths.atoms, own)
    state = stages.kader(kader)
    plan = drawn(stages, [state], prefix)
    for stage in ({**truths.first, **answers, **flags}, truths.then, *plan.stages):
        frame = frame.with_columns(**stage) if stage else frame
    counts = _counts(asked, truths)
    columns = {name: f"{prefix}n_{name}" for name in counts}
    frame = frame.with_columns(**{columns[name]: counts[name] for name in counts})
    wanted = [plan.names[state], *columns.values()]
    native = frame.to_native()
    if flags:
        refusals = [Refusal(flag.column, flag.message) for flag in listed]
        carried = [*out.kept, *own.values(), *truths.first, *truths.then, *wanted]
        native = guarded(native, asked.engine, carried, dict.fromkeys(wanted, refusals))
    return Weighed(native, prefix, wanted[0], columns.pop("open_feiten"), truths, own, columns)


def _own_code(column: ColumnType) -> nw.Expr:
    """The code of an own answer: 0 where there is none."""
    import narwhals.stable.v2 as nw

    text, chain = _lower(column), cast("Any", nw)
    for answer, code in CODES.items():
        chain = chain.when(text == answer.value).then(nw.lit(code))
    expr: nw.Expr = small(chain.otherwise(nw.lit(0)))
    return expr


def _lower(column: ColumnType) -> nw.Expr:
    import narwhals.stable.v2 as nw

    text: nw.Expr = clean(column).cast(nw.String).str.to_lowercase()
    return text


@attrs.frozen
class Flag:
    """Where the values of one fact, or the answers to one question, cannot be used.

    Attributes:
        name: The fact, or ``antwoorden.`` and the question.
        column: The column that says where.
        expr: What it holds.
        message: What is said of it.
    """

    name: str
    column: str
    expr: nw.Expr
    message: str


def flags_of(asked: Asked, prefix: str) -> list[Flag]:
    """What can be wrong in a frame."""
    found: list[Flag] = []
    for name, column in asked.facts.items():
        wrong = column.wrong
        if wrong is not None:
            found.append(Flag(name, f"{prefix}w{len(found)}", wrong, _message(column.fact, name)))
    for name, column in asked.empty.items():
        message = f"{_message(column.fact, name)}; or say in a ColumnMap what its numbers mean"
        found.append(Flag(name, f"{prefix}w{len(found)}", ~clean(column.column).is_null(), message))
    for name, answer in asked.own.items():
        where = f"antwoorden.{name}"
        message = f"not an answer, at $.{where}: give ja, nee, twijfel or null [invalid-value]"
        found.append(Flag(where, f"{prefix}w{len(found)}", is_no_answer(answer), message))
    return found


def is_no_answer(column: ColumnType) -> nw.Expr:
    """Where a column of own answers holds something else."""
    import narwhals.stable.v2 as nw

    known = _lower(column).is_in([code.value for code in CODES])
    return nw.coalesce(~known, nw.lit(value=False))


def _message(fact: Fact, name: str) -> str:
    dated = ", with a day not after the peildatum" if fact.houdbaar_dagen is not None else ""
    numbers = ", or 1 or 0 in a column of numbers" if fact.kind is FactKind.JA_NEE else ""
    return (
        f"a value cannot be used for {fact.label!r}, at $.{name}: give {fact.possible}{numbers}{dated}; "
        "kader.check(frame) tells all [fact-kind]"
    )


def _refuse_at_once(asked: Asked, frame: Any, flags: Mapping[str, nw.Expr]) -> None:
    import narwhals.stable.v2 as nw

    found = frame.select(nw.any_horizontal(*flags.values(), ignore_nulls=True).any().alias("wrong"))
    if found.item(0, "wrong"):
        refuse_wrong(asked)
        do = "Look at its values."
        raise InputError(Problem("fact-kind", "a value of the frame cannot be used", do))


def _counts(asked: Asked, truths: FactTruths) -> dict[str, nw.Expr]:
    """Counts of facts per row, by what they are called."""
    import narwhals.stable.v2 as nw

    kader = asked.kader
    everywhere, some = truths.open_facts(kader)
    found = {"open_feiten": _total(some, everywhere)}
    if read := assumable(kader):
        absent = [_is_assumed(asked.facts[name]) for name in read if name in asked.facts]
        found["aangenomen"] = _total([one.cast(nw.Int32) for one in absent], len(read) - len(absent))
    if "verlopen" in asked.names:
        dated = [column.expired for column in asked.facts.values() if column.day is not None]
        found["verlopen"] = _total([nw.coalesce(one.cast(nw.Int32), nw.lit(0)) for one in dated], 0)
    return found


def _is_assumed(column: FactColumn) -> nw.Expr:
    """Where nothing was reported."""
    absent, said = column.value.is_null(), column.is_coded_absent
    return absent if said is None else absent & ~said


def _total(parts: Sequence[nw.Expr], more: int) -> nw.Expr:
    import narwhals.stable.v2 as nw

    start = nw.lit(more, nw.Int32)
    return (nw.sum_horizontal(*parts) + start).cast(nw.Int32) if parts else start
