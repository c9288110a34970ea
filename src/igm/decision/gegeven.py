"""What a case is filled with: the value of a fact with where it comes from, and a professional's own answer."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Annotated, Any, Final, TypeAlias, cast

import attrs
import numpy as np
from pydantic import Field, PlainValidator

from igm.constructs._base import SENSITIVE, Day, IgmModel, Text, fault, plain_number, shown
from igm.constructs.ref import Ref
from igm.constructs.waarde import Bron
from igm.decision.facts import FactValue
from igm.decision.truth import Antwoord
from igm.errors import MASK


def plain_value(value: Any) -> Any:
    """A NumPy scalar as the Python value that it stands for, a day of NumPy as a date; anything else as it is."""
    if not isinstance(value, np.datetime64):
        return plain_number(value)
    moment = cast("Any", value)
    day = moment.astype("datetime64[D]")
    # what has a time of day, or is no time at all (NaT), is not a day
    return day.item() if day == moment else moment


def _fact_value(value: Any) -> Any:
    """A value that some fact can have, as plain Python; which kinds a fact takes, the kader says."""
    value = plain_value(value)
    if isinstance(value, str):
        return str.__str__(value)  # the text of an enumeration's member, not its name
    if value is None or isinstance(value, (bool, int)):
        return value
    if (isinstance(value, float) and math.isfinite(value)) or (
        isinstance(value, date) and not isinstance(value, datetime)
    ):
        return value
    do = "Give True or False, a finite number, a date without a time, text, or None."
    raise fault("invalid-value", "no fact can have this value", do, given=shown(value))


AnyFactValue: TypeAlias = Annotated[
    FactValue | None,
    PlainValidator(_fact_value, json_schema_input_type=bool | int | float | date | str | None),
]
"""What some fact can be, or ``None`` for unknown; NumPy scalars are welcome, NaN is not."""


class Gegeven(IgmModel):
    """A fact with where it comes from.

    Attributes:
        waarde: The value; ``None`` is not asked yet.
        bron: Source of the information.
        datum: Day on which it was established.
        door: Who established it, as a pseudonymous reference.
        toelichting: In own words.

    Example:
        >>> Gegeven(waarde=True, bron="klant").bron
        <Bron.KLANT: 'klant'>
    """

    waarde: AnyFactValue = Field(description="the value of the fact", json_schema_extra=SENSITIVE)
    bron: Bron | None = Field(default=None, description="source of the information")
    datum: Day | None = Field(
        default=None, description="day on which it was established", examples=["2024-10-01"]
    )
    door: Ref | None = Field(default=None, description="who established it")
    toelichting: Text | None = Field(default=None, description="in own words", json_schema_extra=SENSITIVE)


@attrs.frozen
class VanKenmerk:
    """A fact that a client's ``kenmerken`` bring, with the path to it there."""

    gegeven: Gegeven
    where: str


def _masked(_: str) -> str:
    return MASK


@attrs.frozen
class EigenAntwoord:
    """A professional's own answer to a question, with the argument for it; the argument is masked when shown.

    Example:
        >>> EigenAntwoord(Antwoord.JA, "Zij solliciteert al twee weken.")
        EigenAntwoord(antwoord=<Antwoord.JA: 'ja'>, argument=•••)
    """

    antwoord: Antwoord
    argument: str = attrs.field(repr=_masked)


ANSWERS: Final = frozenset({"ja", "nee", "twijfel"})
"""What a professional can answer; what is open is left out."""
