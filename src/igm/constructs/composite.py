"""``CompositeValue``: one number made from several determinants, which says what made it and what is lacking."""

from __future__ import annotations

import html
from enum import StrEnum
from typing import Any, ClassVar, Final, Literal

from pydantic import ConfigDict, Field

from igm._display import Language
from igm.constructs._base import IgmModel, ListOf, Number, Text, fault, known_language, raise_faults
from igm.constructs.model import Construct
from igm.constructs.schaal import Schaal
from igm.errors import MASK

Metric = Literal["schaal", "pomp"]
"""On what values are combined or compared: the scale that they share, or POMP from 0 to 100."""


class CompositeState(StrEnum):
    """How far a composite value can be trusted as it stands.

    Example:
        >>> CompositeState.UPPER_BOUND.label(), CompositeState.UPPER_BOUND.label("en")
        ('bovengrens', 'upper bound')
    """

    COMPLETE = "complete"
    """All determinants that it names are known."""
    PARTIAL = "partial"
    """Some are not known; the value is about the known ones."""
    UPPER_BOUND = "upper_bound"
    """Some are not known and can only lower the value."""
    OPEN = "open"
    """All that is asked for is known and above the threshold."""
    CLOSED = "closed"
    """Something that is known lies below the threshold."""
    UNDECIDED = "undecided"
    """What is not known still decides."""
    EMPTY = "empty"
    """Nothing is known, so there is no value."""

    def label(self, lang: Language = "nl") -> str:
        """The name as people read it."""
        return self.value.replace("_", " ") if known_language(lang) == "en" else _IN_DUTCH[self]


_IN_DUTCH: Final = {
    CompositeState.COMPLETE: "volledig",
    CompositeState.PARTIAL: "gedeeltelijk",
    CompositeState.UPPER_BOUND: "bovengrens",
    CompositeState.OPEN: "open",
    CompositeState.CLOSED: "gesloten",
    CompositeState.UNDECIDED: "onbeslist",
    CompositeState.EMPTY: "leeg",
}


class CompositeValue(IgmModel):
    """A value that was made from several determinants.

    Attributes:
        name: What it is about, such as ``willen``, ``kunnen`` or ``willen_kunnen``.
        value: The value; ``None`` when there is none.
        metric: Whether it lies on a scale or on POMP.
        schaal: The scale, when the metric is ``schaal``.
        made_by: The composite that made it, with its settings.
        state: How far it can be trusted as it stands.
        used: The determinants that it was made from.
        gaps: The determinants that it names and that are not known.

    Raises:
        pydantic.ValidationError: ``missing-field`` for a value on a scale that is not given, ``value-out-of-range``
            for a value off its scale, or off 0 to 100.

    Example:
        >>> from igm.constructs.schaal import LIKERT5
        >>> CompositeValue(name="willen", value=4.1, metric="schaal", schaal=LIKERT5, made_by="mean", state="partial",
        ...                used=["houding"], gaps=["eigen_effectiviteit"])
        CompositeValue('willen', 4.1, on='1–5', made_by='mean', state='partial', n='1 of 2')
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "willen",
                    "value": 77.5,
                    "metric": "pomp",
                    "made_by": "mean",
                    "state": "complete",
                    "used": ["houding", "eigen_effectiviteit"],
                }
            ]
        }
    )

    unrepeated: ClassVar[frozenset[str]] = frozenset({"value"})

    name: Text = Field(description="what it is about", examples=["willen"])
    value: Number | None = Field(description="the value", examples=[77.5])
    metric: Metric = Field(description="on a scale or on POMP", examples=["pomp"])
    schaal: Schaal | None = Field(default=None, description="the scale")
    made_by: Text = Field(description="the composite that made it", examples=["mean"])
    state: CompositeState = Field(description="how far it can be trusted", examples=["complete"])
    used: ListOf[Construct] = Field(default=(), description="what it was made from", examples=[["houding"]])
    gaps: ListOf[Construct] = Field(
        default=(), description="what it names and is not known", examples=[["kennis"]]
    )

    def _check(self) -> None:
        if self.value is None:
            return
        if self.metric == "schaal" and self.schaal is None:
            error = fault(
                "missing-field", "a value on a scale carries that scale", "Give schaal=, or metric='pomp'."
            )
            raise_faults(type(self).__name__, [(("schaal",), error)])
        low, high = self.bounds
        if not low <= self.value <= high:
            do = f"Give a number from {low} to {high}."
            error = fault("value-out-of-range", "value outside its scale", do, given=MASK)
            raise_faults(type(self).__name__, [(("value",), error)])

    @property
    def bounds(self) -> tuple[int, int]:
        """The lowest and the highest that it can be."""
        return (
            (0, 100)
            if self.metric == "pomp" or self.schaal is None
            else (self.schaal.minimum, self.schaal.maximum)
        )

    @property
    def is_sensitive(self) -> bool:
        """Whether a determinant that is masked when shown was used, so that this value could tell it."""
        return any(used.info.sensitive for used in self.used)

    @property
    def pomp(self) -> float | None:
        """The value as percent of maximum possible.

        Example:
            >>> CompositeValue(name="willen", value=77.5, metric="pomp", made_by="mean", state="complete").pomp
            77.5
        """
        if self.value is None or self.metric == "pomp" or self.schaal is None:
            return self.value
        return self.schaal.pomp(self.value)

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON; a sensitive value is in it."""
        return self.model_dump(mode="json")

    def _repr_html_(self) -> str:
        return f"<code>{html.escape(repr(self))}</code>"

    def __repr_args__(self) -> Any:
        masks = self.value is not None and self.is_sensitive
        return [
            (None, self.name),
            (None, _Shown(MASK) if masks else self.value),
            ("on", "pomp" if self.metric == "pomp" else str(self.schaal)),
            ("made_by", self.made_by),
            ("state", self.state.value),
            ("n", f"{len(self.used)} of {len(self.used) + len(self.gaps)}"),
        ]


class _Shown(str):
    """Text that stands in a repr as it is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)
