"""Lineage: the steps in which a kader was composed of others."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final, cast

import attrs

from igm.decision.records import KaderRef


class Bewerking(StrEnum):
    """What was done to make a kader of others.

    Example:
        >>> Bewerking("beperkt")
        <Bewerking.BEPERKT: 'beperkt'>
    """

    UITGEBREID = "uitgebreid"
    ZONDER = "zonder"
    VERVANGEN = "vervangen"
    BEPERKT = "beperkt"
    VERENIGD = "verenigd"


_DONE: Final = {one.value: one for one in Bewerking}


def _done(given: Bewerking | str) -> Bewerking:
    """What was done, by its name; what is none stays, so that it is told."""
    return _DONE.get(given, cast("Bewerking", given)) if isinstance(given, str) else given


@attrs.frozen(repr=False)
class Stap:
    """One step in which a kader was composed.

    Attributes:
        bewerking: What was done.
        delen: What it was done with: ids of rules and guardrails, names of facts and questions, ``beslis:<row>``. Of a
            union: what differed and was taken from the side that was asked for.
        van: The kader or kaders that it was made from.

    Example:
        >>> import igm
        >>> igm.kader("leiden-2021").without("leiden.v1.motivatie").lijn
        (Stap('zonder', leiden.v1.motivatie; van leiden-2021 1.0),)
    """

    bewerking: Bewerking = attrs.field(converter=_done)
    delen: tuple[str, ...]
    van: tuple[KaderRef, ...]

    def to_dict(self) -> dict[str, Any]:
        """The step ready for JSON."""
        return {
            "bewerking": self.bewerking.value,
            "delen": list(self.delen),
            "van": [attrs.asdict(reference) for reference in self.van],
        }

    def __repr__(self) -> str:
        parts = f", {', '.join(self.delen)}" if self.delen else ""
        return f"Stap({self.bewerking.value!r}{parts}; van {' en '.join(map(str, self.van))})"
