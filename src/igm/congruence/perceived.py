"""What a professional answers about congruence, and what the profiles say, side by side."""

from __future__ import annotations

from typing import Any, Literal, Self, TypeAlias

import attrs

from igm._display import number
from igm.congruence.chain_parties import ChainParty
from igm.constructs.model import Construct
from igm.constructs.schaal import Schaal
from igm.constructs.waarde import Missing, Waarde

PerceivedMissing: TypeAlias = Missing | Literal["missing-party", "no-profile"]
"""Why there is no answer: a kind of missing, nobody, or somebody without values."""

NotComparable: TypeAlias = Literal["no-perceived", "no-profile-similarity", "metric-schaal"]
"""Why perceived and derived congruence are not set against one another."""


@attrs.frozen(repr=False)
class Perceived:
    """Perceived congruence: how far a professional finds that they guide clients as their manager guides them.

    It is the professional's own answer, to one item or to several. It is about guidance by the manager compared with
    guidance of clients, so it belongs to the professional of a chain and to neither link alone.

    Attributes:
        waarde: The answer, on its own scale; ``None`` when there is none.
        missing: Why there is none.

    Example:
        >>> Perceived(None, Missing.WEET_NIET).pomp is None
        True
    """

    waarde: Waarde | None
    missing: PerceivedMissing | None = None

    @classmethod
    def of(cls, professional: ChainParty) -> Self:
        """What the professional of a chain answered, or why there is nothing."""
        if professional.profiel is None:
            return cls(None, professional.missing)
        value = professional.profiel[Construct.CONGRUENTIE_BEGELEIDING]
        return cls(None, value) if isinstance(value, Missing) else cls(value)

    @property
    def score(self) -> float | None:
        """The answer on its own scale."""
        return None if self.waarde is None else self.waarde.score

    @property
    def schaal(self) -> Schaal | None:
        """The scale of the answer."""
        return None if self.waarde is None else self.waarde.schaal

    @property
    def pomp(self) -> float | None:
        """The answer as percent of maximum possible, from 0 to 100."""
        return None if self.waarde is None else self.waarde.pomp

    @property
    def n_valid(self) -> int | None:
        """How many items were answered, where that is known."""
        return None if self.waarde is None else self.waarde.n_valid

    @property
    def n_items(self) -> int | None:
        """How many items were asked, where that is known."""
        return None if self.waarde is None else self.waarde.n_items

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return {
            "waarde": None if self.waarde is None else self.waarde.model_dump(mode="json"),
            "pomp": self.pomp,
            "missing": None if self.missing is None else str(self.missing),
        }

    def __repr__(self) -> str:
        if self.waarde is None:
            return f"Perceived(missing={str(self.missing)!r})"
        return f"Perceived(pomp={number(self.pomp, lang='en')}, schaal={str(self.schaal)!r})"


@attrs.frozen(repr=False)
class PerceivedBeside:
    """Perceived congruence beside the likeness of the profiles of one link: two notions, side by side.

    Both run from 0 to 100 on POMP, where 100 is wholly alike. They are still answers to different questions, so a gap
    is something to talk about and says of neither that it is wrong.

    Attributes:
        link: Which link.
        perceived: The professional's answer as percent of maximum possible.
        derived: 100 minus the mean absolute difference of the two profiles on POMP.
        why: Why they are not set against one another.
        is_sensitive: Whether a sensitive construct could be told from ``derived``.

    Example:
        >>> PerceivedBeside("manager-professional", 75.0, 90.0).gap
        -15.0
    """

    link: str
    perceived: float | None
    derived: float | None
    why: NotComparable | None = None
    is_sensitive: bool = False

    @property
    def gap(self) -> float | None:
        """Perceived minus derived; ``None`` when they are not comparable."""
        if self.perceived is None or self.derived is None:
            return None
        return self.perceived - self.derived

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON."""
        return {**attrs.asdict(self, recurse=False), "gap": self.gap}

    def __repr__(self) -> str:
        return f"PerceivedBeside({self.link!r}, {'comparable' if self.why is None else f'why={self.why!r}'})"
