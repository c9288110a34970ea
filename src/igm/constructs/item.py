"""``Item``: one sentence of a questionnaire; and the roles that answer."""

from __future__ import annotations

import warnings
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from igm._display import Language
from igm.constructs._base import IgmModel, Text, fault, known_language
from igm.constructs.model import Construct, construct
from igm.errors import UnknownNameError


class Role(StrEnum):
    """Who answers a questionnaire.

    Example:
        >>> [role.value for role in Role]
        ['client', 'professional', 'manager']
        >>> Role.CLIENT.label(), Role.CLIENT.label("en")
        ('cliënt', 'client')
    """

    CLIENT = "client"
    PROFESSIONAL = "professional"
    MANAGER = "manager"

    def label(self, lang: Language = "nl") -> str:
        """The name as people read it."""
        return "cliënt" if known_language(lang) == "nl" and self is Role.CLIENT else self.value


def _named(value: Any) -> Any:
    try:
        return construct(value)
    except UnknownNameError as error:
        problem = error.problems[0]
        raise fault(problem.code, problem.what, problem.do, given=problem.given) from None


with warnings.catch_warnings():
    # Pydantic's BaseModel has a deprecated method of the same name; the field is meant to take its place.
    warnings.filterwarnings("ignore", message='Field name "construct"', category=UserWarning)

    class Item(IgmModel):
        """One sentence that a person answers.

        Attributes:
            id: Its name in answers and in data, unique in the questionnaire.
            construct: What it measures.
            nl: The sentence in Dutch.
            en: The sentence in English.
            reversed: Whether agreeing means less of the construct.
            facet: Part of the construct, such as ``instrumental`` or ``planning``.

        Example:
            >>> Item(id="houding_4", construct="attitude", nl="Ik zie ertegen op.", en="I dread it.", reversed=True)
            Item('houding_4', houding, reversed)
        """

        model_config = ConfigDict(
            json_schema_extra={
                "examples": [
                    {
                        "id": "houding_1",
                        "construct": "houding",
                        "nl": "Ik doe dit graag.",
                        "en": "I like doing this.",
                    }
                ]
            }
        )

        id: Text = Field(description="name in answers and in data", examples=["houding_1"])
        construct: Annotated[Construct, BeforeValidator(_named)] = Field(  # type: ignore[assignment] # pyright: ignore[reportIncompatibleMethodOverride]
            description="what it measures", examples=["houding"]
        )
        nl: Text = Field(description="the sentence in Dutch")
        en: Text = Field(description="the sentence in English")
        reversed: bool = Field(default=False, strict=True, description="whether agreeing means less")
        facet: Text | None = Field(
            default=None, description="part of the construct", examples=["instrumental"]
        )

        def text(self, lang: Language = "nl") -> str:
            """The sentence in a language."""
            return self.en if known_language(lang) == "en" else self.nl

        def __repr__(self) -> str:
            return f"Item({self.id!r}, {self.construct}{', reversed' if self.reversed else ''})"
