"""Facts: what a kader may read, declared once with kind, unit, bounds and what it means for privacy."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final, Literal, TypeAlias, TypedDict, TypeGuard, Unpack, cast

import attrs

from igm.constructs._base import IgmModel
from igm.decision.conditions import Age, Atom, Compare, FactKind, OneOf
from igm.errors import MASK, KaderError, Problem, Problems, shown, suggestion

FactValue: TypeAlias = bool | int | float | str | date
"""What a known fact can be."""

NAME: Final = re.compile(r"[a-z][a-z0-9_]*\Z")
"""Names of facts and questions: lower case, digits and underscores, so that they are also keywords and columns."""

RESERVED: Final = frozenset(
    {"ref", "peildatum", "antwoorden", "herkomst", "kader", "as_mapping"}
) | frozenset(name for name in dir(IgmModel) if NAME.match(name))
"""Names that a case, or the class that reads it, uses itself; all that begin with ``model_`` belong to them."""


def _is_number(value: object) -> TypeGuard[float]:
    """A finite number that is not True or False; whole numbers may be larger than any float."""
    return type(value) is int or (isinstance(value, float) and math.isfinite(value))


def _is_day(value: object) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)


def _options(options: Sequence[str]) -> tuple[str, ...]:
    return (options,) if isinstance(options, str) else tuple(options)


class _Common(TypedDict, total=False):
    """What every kind of fact can declare besides its own parts; see `Fact`."""

    veranderbaar: bool
    gevoelig: bool
    geldt_als: str | None
    toelichting: str | None
    vraag: str | None


@attrs.frozen(kw_only=True)
class Fact:
    """A fact that a kader declares; make one with `Fact.ja_nee`, `Fact.getal`, `Fact.keuze` or `Fact.datum`.

    Attributes:
        name: Lower case, such as ``schulden``.
        kind: Yes/no, number, choice or date.
        label: What people read.
        eenheid: Unit of a number.
        minimum: Lowest number or earliest date that can occur.
        maximum: Highest number or latest date that can occur.
        geheel: Whether a number is whole.
        opties: The closed set of a choice.
        veranderbaar: Whether it can be changed by support; age cannot, debts can.
        gevoelig: About health, addiction or justice; masked when shown.
        zonder_melding: ``False`` when the case system itself records it, so that unreported is taken as no.
        geldt_als: Name of a yes/no fact without which this one does not apply, as a trend without its hindrance.
        toelichting: What to look at when it is filled in.
        vraag: How to ask for it, as a question.

    Raises:
        KaderError: ``kader-invalid`` when the parts do not fit together.

    Example:
        >>> Fact.getal("leeftijd", label="leeftijd", eenheid="jaar", minimum=0, maximum=120, geheel=True)
        Fact('leeftijd', getal)
    """

    name: str
    kind: FactKind = attrs.field(converter=FactKind)
    label: str
    eenheid: str | None = None
    minimum: float | date | None = None
    maximum: float | date | None = None
    geheel: bool = False
    opties: tuple[str, ...] = attrs.field(default=(), converter=_options)
    veranderbaar: bool = True
    gevoelig: bool = False
    zonder_melding: Literal[False] | None = None
    geldt_als: str | None = None
    toelichting: str | None = None
    vraag: str | None = None

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        where = f"$.feiten.{self.name}"

        def wrong(what: str, do: str, given: object) -> None:
            problems.add("kader-invalid", what, do, where=where, given=repr(given))

        if not isinstance(self.name, str) or not NAME.match(self.name):
            wrong("a fact's name cannot be used", "Use lower case, digits and underscores.", self.name)
        elif self.name in RESERVED or self.name.startswith("model_"):
            do = f"Choose another name, such as 'feit_{self.name}'; ref, copy and model_... are taken."
            wrong("a case uses this name itself", do, self.name)
        if not isinstance(self.label, str) or not self.label.strip():
            wrong("a fact has no label", "Say what people read.", self.label)
        for what, do, given in self._misfits():
            wrong(what, do, given)
        if self.zonder_melding is not None and (
            self.zonder_melding is not False or self.kind is not FactKind.JA_NEE
        ):
            wrong(
                "zonder_melding is False, for a yes/no fact, or absent",
                "Give zonder_melding=False.",
                self.zonder_melding,
            )
        problems.raise_any(KaderError)

    def _misfits(self) -> Iterator[tuple[str, str, object]]:
        """What does not fit the kind of the fact: what is wrong, what to do, and what was given."""
        bounds = [bound for bound in (self.minimum, self.maximum) if bound is not None]
        match self.kind:
            case FactKind.KEUZE if len(self.opties) < 2 or len(set(self.opties)) != len(self.opties):
                yield ("a choice needs at least two different options", "Give opties=(...).", self.opties)
            case FactKind.GETAL if len(bounds) < 2 or not all(_is_number(bound) for bound in bounds):
                yield ("a number needs finite bounds", "Give minimum and maximum, such as 0 and 120.", bounds)
            case FactKind.GETAL if not (self.eenheid or "").strip():
                yield ("a number needs a unit", "Give eenheid='jaar'.", self.eenheid)
            case FactKind.GETAL if self.geheel and any(_is_number(bound) and bound % 1 for bound in bounds):
                yield ("a whole number has whole bounds", "Give bounds such as 0 and 120.", bounds)
            case FactKind.DATUM if not all(_is_day(bound) for bound in bounds):
                yield ("the bounds of a date are dates", "Give datetime.date values, or none.", bounds)
            case FactKind.JA_NEE | FactKind.KEUZE if bounds:
                yield ("only a number or a date has bounds", "Leave minimum and maximum out.", bounds)
            case _ if len(bounds) == 2 and not bounds[0] < bounds[1]:  # type: ignore[operator]
                yield ("the minimum is not below the maximum", "Give bounds such as 0 and 120.", bounds)
            case _:
                pass
        if not all(isinstance(cast("object", option), str) and option.strip() for option in self.opties):
            yield ("options are texts", "Give texts such as 'stabiel'.", self.opties)
        if self.kind is not FactKind.KEUZE and self.opties:
            yield ("only a choice has options", "Leave opties out, or declare a keuze.", self.opties)

    @classmethod
    def ja_nee(
        cls,
        name: str,
        /,
        *,
        label: str,
        zonder_melding: Literal[False] | None = None,
        **more: Unpack[_Common],
    ) -> Fact:
        """Declare a yes/no fact."""
        return cls(name=name, kind=FactKind.JA_NEE, label=label, zonder_melding=zonder_melding, **more)

    @classmethod
    def getal(
        cls,
        name: str,
        /,
        *,
        label: str,
        eenheid: str,
        minimum: float,
        maximum: float,
        geheel: bool = False,
        **more: Unpack[_Common],
    ) -> Fact:
        """Declare a number with its unit and bounds."""
        return cls(
            name=name,
            kind=FactKind.GETAL,
            label=label,
            eenheid=eenheid,
            minimum=minimum,
            maximum=maximum,
            geheel=geheel,
            **more,
        )

    @classmethod
    def keuze(cls, name: str, /, *, label: str, opties: Sequence[str], **more: Unpack[_Common]) -> Fact:
        """Declare a choice from a closed set."""
        return cls(name=name, kind=FactKind.KEUZE, label=label, opties=opties, **more)

    @classmethod
    def datum(
        cls,
        name: str,
        /,
        *,
        label: str,
        minimum: date | None = None,
        maximum: date | None = None,
        **more: Unpack[_Common],
    ) -> Fact:
        """Declare a date; unless said otherwise it cannot be changed."""
        more.setdefault("veranderbaar", False)
        return cls(name=name, kind=FactKind.DATUM, label=label, minimum=minimum, maximum=maximum, **more)

    def __repr__(self) -> str:
        return f"Fact({self.name!r}, {self.kind.value})"

    @property
    def admissible(self) -> str:
        """What the fact can be, in words."""
        unit = f" {self.eenheid}" if self.eenheid else ""
        match self.kind:
            case FactKind.JA_NEE:
                return "True, False or None"
            case FactKind.KEUZE:
                return f"{', '.join(self.opties)} or None"
            case FactKind.GETAL:
                whole = "a whole number" if self.geheel else "a number"
                return f"{whole} from {self.minimum} to {self.maximum}{unit}, or None"
            case FactKind.DATUM:
                return "a date such as 2024-10-01, or None"

    def shown(self, value: object) -> str:
        """A value as people read it."""
        match value:
            case None:
                return "onbekend"
            case True:
                return "ja"
            case False:
                return "nee"
            case date():
                return value.isoformat()
            case _:
                return f"{value} {self.eenheid}" if self.eenheid else str(value)

    def problem(self, value: object, where: str, *, masked: bool = True) -> Problem | None:
        """What is wrong with a value, if anything; a person's sensitive value is masked in it."""
        given = (
            MASK
            if self.gevoelig and masked
            else shown(value)
            if isinstance(value, (int, str))
            else repr(value)
        )

        def wrong(code: str, what: str) -> Problem:
            return Problem(code, f"{what} for {self.label!r}", f"Give {self.admissible}.", where, given)

        match self.kind:
            case FactKind.JA_NEE:
                return None if isinstance(value, bool) else wrong("fact-kind", "not a yes or no")
            case FactKind.KEUZE:
                return (
                    None
                    if isinstance(value, str) and value in self.opties
                    else wrong("fact-kind", "not an option")
                )
            case FactKind.DATUM:
                if not isinstance(value, date) or isinstance(value, datetime):
                    return wrong("fact-kind", "not a date")
            case FactKind.GETAL:
                if not _is_number(value):
                    return wrong("fact-kind", "not a finite number")
                if self.geheel and value != int(value):
                    return wrong("fact-kind", "not a whole number")
        if self._outside(value):
            return wrong("fact-bounds", "outside the bounds")
        return None

    def _outside(self, value: float | date) -> bool:
        below = self.minimum is not None and value < self.minimum  # type: ignore[operator]
        return below or (self.maximum is not None and value > self.maximum)  # type: ignore[operator]

    def use_problem(self, atom: Atom, where: str) -> Problem | None:
        """What is wrong with a condition on this fact, if anything."""
        if atom.kind is not self.kind:
            what = f"{self.name!r} is declared as {self.kind.value} but read as {atom.kind.value}"
            return Problem(
                "fact-kind", what, f"Write feit.{self.kind.value}({self.name!r}).", where, repr(atom)
            )
        match atom:
            case Compare(threshold=threshold) if self._outside(threshold):
                what = f"a threshold on {self.name!r} lies outside its bounds"
                do = f"Stay within {self.minimum} to {self.maximum}."
                return Problem("fact-bounds", what, do, where, repr(atom))
            case OneOf(values=values):
                wrong = [value for value in values if self.problem(value, where, masked=False)]
                if wrong:
                    what = f"{self.name!r} can never be {', '.join(map(str, wrong))}"
                    do = (
                        suggestion(str(wrong[0]), self.opties)
                        if self.opties
                        else f"It can be {self.admissible}."
                    )
                    return Problem("fact-bounds", what, do, where, repr(atom))
            case Age(years=years) if not 0 <= years <= 150:
                return Problem(
                    "fact-bounds", "an age outside 0 to 150 years", "Give whole years.", where, repr(atom)
                )
            case _:
                return None
        return None
