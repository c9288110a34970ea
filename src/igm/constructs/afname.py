"""``Afname``: the answers of one person to one questionnaire; and the strict reading of one answer."""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, ConfigDict, Field

from igm.constructs._base import SENSITIVE, Day, IgmModel, ListOf, ReadOnly, Text, fault, plain_number
from igm.constructs.ref import Ref
from igm.constructs.toestemming import Toestemming
from igm.constructs.waarde import Missing
from igm.errors import suggestion


class Refused(NamedTuple):
    """Why something is no answer."""

    code: str
    what: str
    do: str


def read_answer(value: object) -> int | Missing | Refused:
    """One answer, read strictly: a whole number, or why it is missing.

    Args:
        value: A whole number (also as 4.0, or from NumPy), a kind of missing, or ``None`` for not asked.

    Returns:
        The answer; or why it is refused, so that the caller can tell all refusals at once.

    Example:
        >>> read_answer(4.0), read_answer("weet_niet"), read_answer(None)
        (4, <Missing.WEET_NIET: 'weet_niet'>, <Missing.NIET_GEVRAAGD: 'niet_gevraagd'>)
        >>> read_answer(True).code, read_answer(3.5).code
        ('not-a-number', 'answer-not-whole')
    """
    plain = plain_number(value)
    if plain is None:
        return Missing.NIET_GEVRAAGD
    if isinstance(plain, str):
        if plain in list(Missing):
            return Missing(plain)
        kinds = suggestion(plain, [kind.value for kind in Missing])
        return Refused("not-a-number", "text is no answer", f"Give a number, or a kind of missing. {kinds}")
    if isinstance(plain, int) and not isinstance(plain, bool):
        return plain
    if not isinstance(plain, float) or not math.isfinite(plain):
        do = "Give a whole number, a kind of missing, or nothing (None); not NaN, True or False."
        return Refused("not-a-number", "a number was expected", do)
    if not plain.is_integer():
        return Refused(
            "answer-not-whole", "the answer is not a whole number", "Give one answer of the scale."
        )
    return int(plain)


def _answer(value: Any) -> Any:
    answer = None if value is None else read_answer(value)
    if isinstance(answer, Refused):
        raise fault(answer.code, answer.what, answer.do, given=type(value).__name__)
    return answer


Answer = Annotated[
    int | Missing | None, BeforeValidator(_answer, json_schema_input_type=int | Missing | None)
]
"""A whole number, why it is missing, or ``None`` for not asked."""


class Afname(IgmModel):
    """The answers of one person, as they were given.

    Whether an item exists, and whether an answer lies on the scale, is told when it is scored with its questionnaire
    (`Vragenlijst.check`). Answers can be about health, so they are masked when shown.

    Attributes:
        ref: Pseudonymous reference to the person.
        antwoorden: By item id: a whole number, why it is missing, or ``None`` for not asked.
        datum: The day on which they were given.
        toestemmingen: What the person consented to.

    Raises:
        pydantic.ValidationError: ``answer-not-whole`` or ``not-a-number`` at the path of the answer; ``ref-is-bsn``.

    Example:
        >>> afname = Afname(ref="c-017", antwoorden={"houding_1": 4, "houding_2": "weet_niet"}, datum="2024-10-01")
        >>> afname
        Afname(ref='c-017', 2 answers, 1 missing)
        >>> afname.antwoorden["houding_2"]
        <Missing.WEET_NIET: 'weet_niet'>
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"ref": "c-017", "antwoorden": {"houding_1": 4, "houding_2": "weet_niet", "houding_3": None}}
            ]
        }
    )

    ref: Ref
    antwoorden: ReadOnly[Text, Answer] = Field(
        description="answers by item id", examples=[{"houding_1": 4}], json_schema_extra=SENSITIVE
    )
    datum: Day | None = Field(default=None, description="when they were given", examples=["2024-10-01"])
    toestemmingen: ListOf[Toestemming] = Field(default=(), description="what the person consented to")

    def __repr__(self) -> str:
        missing = sum(answer is None or isinstance(answer, Missing) for answer in self.antwoorden.values())
        return f"Afname(ref={self.ref!r}, {len(self.antwoorden)} answers, {missing} missing)"

    __str__ = __repr__
