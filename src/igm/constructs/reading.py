"""``Reading``: one value that something worked out, as it reaches a rule; or why there is none."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import attrs

from igm.constructs.waarde import Bron, Missing
from igm.errors import MASK

ReadingValue: TypeAlias = bool | int | float | str | date
"""What a reading can be when it is there."""


def _masked(value: object) -> str:
    return repr(value) if value is None or isinstance(value, Missing) else MASK


@attrs.frozen(kw_only=True)
class Reading:
    """One value that a source gives, or why it has none; the value is masked when shown.

    Attributes:
        value: The value, a kind of missing, or ``None`` when it was not asked.
        toelichting: What was read: which value, on which metric, about what.
        bron: Where it comes from.
        datum: The day on which it was established, where that is known.
        door: Who established it, as a pseudonymous reference.
        minimum: Lowest value of the scale that it is on, where it is on one.
        maximum: Highest value of that scale.
        where: Its path within the source, such as ``.waarden.houding``.

    Example:
        >>> Reading(value=0.8, toelichting="congruentie: vorm")
        Reading(value=•••, toelichting='congruentie: vorm', bron=<Bron.INSTRUMENT: 'instrument'>)
    """

    value: ReadingValue | Missing | None = attrs.field(repr=_masked)
    toelichting: str
    bron: Bron | None = Bron.INSTRUMENT
    datum: date | None = attrs.field(default=None, repr=False)
    door: str | None = attrs.field(default=None, repr=False)
    minimum: float | None = attrs.field(default=None, repr=False)
    maximum: float | None = attrs.field(default=None, repr=False)
    where: str = attrs.field(default="", repr=False)
