"""``Gedrag``: the one behaviour that a profile is about, tied to a goal."""

from __future__ import annotations

import re
import unicodedata

from pydantic import ConfigDict, Field

from igm._display import Language
from igm.constructs._base import IgmModel, Text, known_language


class Gedrag(IgmModel):
    """A behaviour in target, action, context and time, and the goal that it serves.

    All determinants of a profile are measured on the same behaviour (the principle of compatibility,
    Fishbein & Ajzen 2010), so no profile is made without one.

    Attributes:
        action: What is done.
        target: To or with whom or what.
        context: Under which circumstances.
        time: In which period.
        doel: The goal that the behaviour serves.

    Example:
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers in de regio", context="met begeleiding",
        ...                 time="komende 4 weken", doel="betaald werk")
        >>> gedrag.key
        'solliciteren/werkgevers-in-de-regio/met-begeleiding/komende-4-weken'
        >>> print(gedrag)
        solliciteren – werkgevers in de regio, met begeleiding, komende 4 weken (doel: betaald werk)
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "action": "solliciteren",
                    "target": "werkgevers in de regio",
                    "context": "met begeleiding",
                    "time": "komende 4 weken",
                    "doel": "betaald werk",
                }
            ]
        }
    )

    action: Text = Field(description="what is done", examples=["solliciteren"])
    target: Text = Field(description="to or with whom or what", examples=["werkgevers in de regio"])
    context: Text = Field(description="under which circumstances", examples=["met begeleiding"])
    time: Text = Field(description="in which period", examples=["komende 4 weken"])
    doel: Text = Field(description="the goal that the behaviour serves", examples=["betaald werk"])

    @property
    def key(self) -> str:
        """A readable name for this behaviour, made of its action, target, context and time, not of its goal."""
        return "/".join(_slug(part) for part in (self.action, self.target, self.context, self.time))

    def text(self, lang: Language = "nl") -> str:
        """The behaviour with its goal, as people read it.

        Example:
            >>> gedrag = Gedrag(action="cycle", target="to work", context="in the rain", time="this week", doel="work")
            >>> gedrag.text("en")
            'cycle – to work, in the rain, this week (goal: work)'
        """
        goal = "doel" if known_language(lang) == "nl" else "goal"
        return f"{self.action} – {self.target}, {self.context}, {self.time} ({goal}: {self.doel})"

    def __str__(self) -> str:
        return self.text()


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"
