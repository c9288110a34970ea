"""The steps of a kader as narwhals expressions, stage by stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from igm._engines.engine import Engine
from igm.decision.frame_facts import small
from igm.decision.stages import NO, OPEN, YES, Op, Stages, Step, code_of, named_steps

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

_CODES: Final = (NO, OPEN, YES)


@attrs.frozen
class Drawn:
    """Steps as columns.

    Attributes:
        stages: Columns by name, each stage as expressions that read the ones before it.
        names: The column of each step that was asked for.
    """

    stages: Sequence[Mapping[str, nw.Expr]]
    names: Mapping[int, str]


def drawn(stages: Stages, wanted: Sequence[int], prefix: str) -> Drawn:
    """The steps that are asked for, and what they need, as columns.

    Args:
        stages: The steps.
        wanted: The numbers of those that are asked for.
        prefix: What the names of new columns begin with.
    """
    artist = _Artist(stages, prefix)
    found = [artist.stage(numbers) for numbers in named_steps(stages, wanted)]
    return Drawn(found, artist.names)


@attrs.define
class _Artist:
    stages: Stages
    prefix: str
    names: dict[int, str] = attrs.field(factory=dict[int, str])

    def stage(self, numbers: Sequence[int]) -> dict[str, nw.Expr]:
        found = {
            f"{self.prefix}s{number}": self._of(self.stages.steps[number]).cast(self._dtype(number))
            for number in numbers
        }
        self.names |= dict(zip(numbers, found, strict=True))
        return found

    def _dtype(self, number: int) -> Any:
        import narwhals.stable.v2 as nw

        step = self.stages.steps[number]
        return nw.Int32 if step.op is Op.FIRST and 2 * len(step.parts) > 120 else nw.Int8

    def part(self, number: int) -> nw.Expr:
        import narwhals.stable.v2 as nw

        return nw.col(self.names[number]) if number in self.names else self._of(self.stages.steps[number])

    def _of(self, step: Step) -> nw.Expr:
        import narwhals.stable.v2 as nw

        match step.op:
            case Op.CONSTANT:
                return nw.lit(step.datum, nw.Int8)
            case Op.COLUMN:
                return nw.col(step.datum)
            case Op.NOT:
                return nw.lit(YES, nw.Int8) - self.part(step.parts[0])
            case Op.LEAST:
                return nw.min_horizontal(*map(self.part, step.parts))
            case Op.MOST:
                return nw.max_horizontal(*map(self.part, step.parts))
            case Op.REACHED:
                return self._reached(step)
            case Op.FIRST:
                return self._first(step)
            case _:
                return self._of_answers(step)

    def _of_answers(self, step: Step) -> nw.Expr:
        import narwhals.stable.v2 as nw

        if step.op is Op.ANSWER:
            return self._answer(step)
        code = self.part(step.parts[0])
        if step.op is Op.OWN:
            own = nw.col(step.datum)
            return nw.when(own == 0).then(code).otherwise(own)
        chain = nw.when(code == 0).then(nw.lit(OPEN, nw.Int8))
        said = chain.when(code.is_in(sorted(step.datum))).then(nw.lit(YES, nw.Int8))
        return said.otherwise(nw.lit(NO, nw.Int8))

    def _reached(self, step: Step) -> nw.Expr:
        import narwhals.stable.v2 as nw

        parts = list(map(self.part, step.parts))
        sure, possible = step.datum
        found = small(nw.sum_horizontal(*(small(part == YES) for part in parts)) >= sure)
        if possible <= 0:
            return found + nw.lit(1, nw.Int8)
        return found + small(nw.sum_horizontal(*(small(part != NO) for part in parts)) >= possible)

    def _answer(self, step: Step) -> nw.Expr:
        """By nine cases of evidence; as few as the default allows."""
        import narwhals.stable.v2 as nw

        # three times the one and the other: a number per case of evidence
        both = self.part(step.parts[0]) * nw.lit(3, nw.Int8) + self.part(step.parts[1])
        found: Any = None
        for ja in _CODES:
            for nee in _CODES:
                code = code_of(ja, nee, step.datum)
                if code:
                    chain = nw if found is None else found
                    found = chain.when(both == 3 * ja + nee).then(nw.lit(code, nw.Int8))
        expr: nw.Expr = found.otherwise(nw.lit(0, nw.Int8))
        return expr

    def _first(self, step: Step) -> nw.Expr:
        """Of every row its number when it speaks, and the lowest of these."""
        import narwhals.stable.v2 as nw

        last = 2 * len(step.parts) + 1
        spoken: list[nw.Expr] = []
        for number, part in enumerate(step.parts):
            truth = self.stages.truth_of(part)
            if truth is not None:
                last = last if truth == NO else min(last, 2 * number + YES - truth)
            else:
                row = self.part(part)
                spoken.append(nw.when(row == NO).then(nw.lit(last)).otherwise(nw.lit(2 * number + YES) - row))
            if truth in (OPEN, YES):
                break
        return nw.min_horizontal(*spoken, nw.lit(last)) if spoken else nw.lit(last)


def chosen(place: nw.Expr, values: Sequence[str | int | None], engine: Engine) -> nw.Expr:
    """Per row the value at a place: looked up by Polars in memory, elsewhere by a tree of halves, not nested deep.

    Args:
        place: The place, counted from 0.
        values: The values: texts, or whole numbers of 32 bits.
        engine: What computes it.
    """
    import narwhals.stable.v2 as nw

    dtype = nw.Int32 if isinstance(values[0], int) else nw.String
    if engine is Engine.POLARS:  # a lazy frame could no longer stream: the look-up waits for all rows
        return place.replace_strict(list(range(len(values))), list(values), return_dtype=dtype)

    def between(low: int, high: int) -> nw.Expr:
        if len(set(values[low:high])) == 1:
            return nw.lit(values[low], dtype)
        middle = (low + high) // 2
        return nw.when(place < middle).then(between(low, middle)).otherwise(between(middle, high))

    return between(0, len(values))
