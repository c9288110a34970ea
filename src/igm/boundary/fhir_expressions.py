"""Scores as FHIRPath expressions, so that any form filler that follows SDC computes the same.

Per construct there are three: how many items are answered, their sum after reversal, and the score: the sum divided
by the number, when enough items are answered. Only functions of plain FHIRPath are used: the code of an answer is the
answer itself, so no function that looks up ordinal values is needed.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from igm.constructs.item import Item
from igm.constructs.model import Construct
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Vragenlijst
from igm.scoring.missing import MinValid, check_min_valid, needed


@attrs.frozen
class Expressions:
    """The expressions of one construct.

    Attributes:
        construct: Which one.
        n: The number of answered items.
        total: The sum of the answers after reversal; empty when too few items are answered.
        mean: The score; empty when too few items are answered.
    """

    construct: Construct
    n: str
    total: str
    mean: str


def expressions(lijst: Vragenlijst, min_valid: MinValid, *, coded: bool) -> tuple[Expressions, ...]:
    """The expressions of a questionnaire, per construct.

    Args:
        lijst: The questionnaire.
        min_valid: The missing rule.
        coded: Whether answers are codings, of which the code is the answer, or whole numbers.

    Raises:
        InputError: ``invalid-value`` or ``value-out-of-range`` for a rule that cannot be met.
    """
    check_min_valid(min_valid, {key.value: n for key, n in lijst.n_items.items()})
    return tuple(_of(key, lijst.items_for(key), lijst.schaal, min_valid, coded) for key in lijst.constructs)


def _of(
    key: Construct, items: Sequence[Item], schaal: Schaal, min_valid: MinValid, coded: bool
) -> Expressions:
    n = f"{_answers(items, coded)}.count()"
    forward = [item for item in items if not item.reversed]
    backward = [item for item in items if item.reversed]
    terms: list[str] = []
    if forward:
        terms.append(_sum(forward, coded))
    if backward:
        ends = schaal.minimum + schaal.maximum
        terms.append(f"({_answers(backward, coded)}.count() * {_number(ends)} - {_sum(backward, coded)})")
    total = " + ".join(terms)
    enough = f"{n} >= {needed(min_valid, len(items))}"
    return Expressions(key, n, f"iif({enough}, {total}, {{}})", f"iif({enough}, ({total}) / {n}, {{}})")


def _answers(items: Sequence[Item], coded: bool) -> str:
    # a coding without a code only tells why there is no answer, so it is the code that counts
    code = ".code" if coded else ""
    names = " | ".join(f"'{_quoted(item.id)}'" for item in items)
    return f"%resource.repeat(item).where(linkId in ({names})).answer.value{code}"


def _sum(items: Sequence[Item], coded: bool) -> str:
    numbers = ".select($this.toInteger())" if coded else ""
    return f"{_answers(items, coded)}{numbers}.aggregate($this + $total, 0)"


def _number(value: int) -> str:
    return str(value) if value >= 0 else f"({value})"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
