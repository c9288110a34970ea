"""What raw values in the column of a fact mean, by the codes of a ``ColumnMap``: as expressions and as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._engines._codes import Meaning, Recode, folded
from igm._engines.expressions import clean, folded_text
from igm._engines.schema import ColumnType, Kind
from igm.constructs.waarde import Missing
from igm.decision.conditions import FactKind
from igm.decision.fact_checks import is_gap
from igm.decision.facts import Fact
from igm.decision.gegeven import plain_value

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

TEXTS: Final = frozenset({Kind.TEXT, Kind.CATEGORY})
CODED: Final = TEXTS | {Kind.WHOLE, Kind.FLOAT, Kind.OBJECT}
"""Kinds of column of which codes name values; other values are what they are."""


@attrs.frozen
class FactCodes:
    """The codes for one column.

    Attributes:
        fact: The fact.
        column: The column.
        codes: What values mean; a value that none names stays what it is.
    """

    fact: Fact
    column: ColumnType
    codes: tuple[Recode, ...]

    @classmethod
    def of(cls, fact: Fact, column: ColumnType, codes: Sequence[Recode]) -> FactCodes | None:
        """The codes that can occur in the column; nothing when there are none."""
        numbers = column.kind in {Kind.WHOLE, Kind.FLOAT}
        found = tuple(code for code in codes if code.number is not None or not numbers)
        return cls(fact, column, found) if found and column.kind in CODED else None

    @property
    def _raw(self) -> nw.Expr:
        """The values as codes name them."""
        import narwhals.stable.v2 as nw

        if self.column.kind not in TEXTS:
            number: nw.Expr = clean(self.column).cast(nw.Float64)
            return number
        text: nw.Expr = folded_text(self.column)
        return text

    def _named(self, code: Recode) -> str | float:
        return code.text if self.column.kind in TEXTS else float(code.number or 0)

    @property
    def given(self) -> nw.Expr:
        """What the values mean: numbers, with 1 for yes and 0 for no, or texts; null where there is no value."""
        import narwhals.stable.v2 as nw

        dtype = nw.String if self.fact.kind is FactKind.KEUZE else nw.Float64
        raw, chain = self._raw, nw.when(clean(self.column).is_null()).then(nw.lit(None, dtype))
        for code in self.codes:
            value = None if isinstance(code.means, Missing) else self._as_value(code.means)
            chain = chain.when(raw == nw.lit(self._named(code))).then(nw.lit(value, dtype))
        return chain.otherwise(self._rest.cast(dtype))

    @property
    def _rest(self) -> nw.Expr:
        """The values that no code names: those that the fact can have are what they are."""
        import narwhals.stable.v2 as nw

        own: nw.Expr = clean(self.column)
        match self.fact.kind, self.column.kind:
            case (FactKind.KEUZE, kind) if kind in TEXTS:
                return own
            case (FactKind.GETAL, kind) if kind not in TEXTS:
                return own
            case (FactKind.JA_NEE, Kind.WHOLE | Kind.FLOAT):
                return own
            case _:
                return nw.lit(self._wrong)

    @property
    def _wrong(self) -> str | float:
        """What the fact can never be."""
        if self.fact.kind is FactKind.KEUZE:
            return ""
        return -1.0 if self.fact.kind is FactKind.JA_NEE else float(self.fact.minimum or 0) - 1.0  # type: ignore[arg-type]

    def _as_value(self, means: bool | float | str) -> str | float:
        match self.fact.kind:
            case FactKind.JA_NEE:
                return float(means) if isinstance(means, bool) else self._wrong
            case FactKind.GETAL if not isinstance(means, (bool, str)):
                return float(means)
            case FactKind.KEUZE if isinstance(means, str):
                return means
            case _:
                return self._wrong

    @property
    def coded(self) -> nw.Expr:
        """Where a code says what the value means."""
        import narwhals.stable.v2 as nw

        names = [self._named(code) for code in self.codes]
        return nw.coalesce(self._raw.is_in(names), nw.lit(value=False))

    @property
    def said(self) -> nw.Expr | None:
        """Where it is said why there is no value, so that it is not taken as no; nothing when that can be nowhere."""
        import narwhals.stable.v2 as nw

        kinds = [code for code in self.codes if isinstance(code.means, Missing)]
        names = [self._named(code) for code in kinds if code.means is not Missing.NIET_GEVRAAGD]
        return nw.coalesce(self._raw.is_in(names), nw.lit(value=False)) if names else None

    def holds(self, raw: object) -> bool:
        """Whether a code says what a raw value means."""
        value: object = plain_value(raw)
        if isinstance(value, str):
            return any(code.text == folded(value) for code in self.codes)
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return number and any(code.number == value for code in self.codes)

    def array(self, values: NDArray[Any]) -> NDArray[Any]:
        """What the values of an array mean, as Python objects; masked values stay masked."""
        texts = {code.text: code.means for code in self.codes}
        numbers = {float(code.number): code.means for code in self.codes if code.number is not None}
        seen: dict[Any, object] = {}
        found = np.empty(len(values), dtype=object)
        for row, raw in enumerate(np.asarray(values).tolist()):
            try:
                if (type(raw), raw) not in seen:
                    seen[type(raw), raw] = self._meaning(raw, texts, numbers)
                found[row] = seen[type(raw), raw]
            except TypeError:  # no key, so no value that a code names
                found[row] = raw
        mask = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else None
        return found if mask is None else np.ma.MaskedArray(found, mask)

    def _meaning(self, raw: object, texts: dict[str, Meaning], numbers: dict[float, Meaning]) -> object:
        value: object = plain_value(raw)
        if value is None or is_gap(raw):
            return None
        if isinstance(value, str):
            return texts.get(folded(value), value)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return value
        found = numbers.get(float(value), value)
        yes_no = self.fact.kind is FactKind.JA_NEE and self.column.kind in {Kind.WHOLE, Kind.FLOAT}
        return found == 1 if yes_no and type(found) in (int, float) and found in (0, 1) else found
