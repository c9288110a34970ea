"""``LongLayout``: the columns of a frame with a row per answer, and how columns are named in a map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, ConfigDict, Field

from igm.constructs._base import IgmModel, fault, shown


def _something(text: str) -> str:
    if not text:
        raise fault("missing-field", "the name of a column is empty", "Name the column.")
    return text


ColumnName = Annotated[str, AfterValidator(_something)]
"""The name of a column, to the letter: spaces around it belong to it."""


def _one_or_more(given: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """One column by its name, however it was given; several in their order."""
    if isinstance(given, str):
        return given
    if not given:
        raise fault("missing-field", "no column says whose answer it is", "Name at least one.")
    if len(set(given)) < len(given):
        raise fault("duplicate-name", "a column is named twice", "Name it once.", given=shown(list(given)))
    return given[0] if len(given) == 1 else given


ColumnNames = Annotated[ColumnName | tuple[ColumnName, ...], AfterValidator(_one_or_more)]
"""The name of a column, or the names of several that together say something."""


class LongLayout(IgmModel):
    """The columns of a frame with a row per answer, in place of a row per person.

    Attributes:
        person: The column that says whose answer it is, or several that say it together: with ``["ref", "wave"]`` a
            person at two waves has two rows of scores.
        item: The column that says which item was answered.
        answer: The column with the answer.

    Raises:
        pydantic.ValidationError: ``missing-field``; ``duplicate-name`` for one column in two places.

    Example:
        >>> LongLayout(person="respondent", item="vraag", answer="antwoord")
        LongLayout(person='respondent', item='vraag', answer='antwoord')
        >>> LongLayout(person=["respondent", "wave"], item="vraag", answer="antwoord").people
        ('respondent', 'wave')
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"person": "respondent", "item": "vraag", "answer": "antwoord"}]}
    )

    person: ColumnNames = Field(description="column or columns that say whose answer it is")
    item: ColumnName = Field(description="column that says which item was answered")
    answer: ColumnName = Field(description="column with the answer")

    if TYPE_CHECKING:

        def __init__(self, *, person: str | Sequence[str], item: str, answer: str) -> None: ...

    @property
    def people(self) -> tuple[str, ...]:
        """The columns that say whose answer it is."""
        return (self.person,) if isinstance(self.person, str) else self.person

    def _check(self) -> None:
        if self.item == self.answer or {self.item, self.answer} & set(self.people):
            raise fault("duplicate-name", "one column stands in two places", "Give different columns.")
