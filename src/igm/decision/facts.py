"""Facts: what a kader may read, declared once with kind, unit, bounds and what it means for privacy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Literal, TypeAlias, TypedDict, Unpack, cast

import attrs

from igm.constructs._base import IgmModel
from igm.constructs.composite import Metric
from igm.constructs.kenmerk import Trend
from igm.constructs.model import Construct
from igm.constructs.schaal import Schaal
from igm.decision.conditions import Atom, FactKind
from igm.decision.fact_checks import misfits, strange_fields, use_problem, value_problem
from igm.decision.reading_names import score_parts
from igm.decision.shapes import is_text
from igm.errors import KaderError, Problem, Problems, shown

FactValue: TypeAlias = bool | int | float | str | date
"""What a known fact can be."""

NAME: Final = re.compile(r"[a-z][a-z0-9_]*\Z")
"""Names of facts and questions: lower case, digits and underscores, so that they are also keywords and columns."""

RESERVED: Final = frozenset(
    {"ref", "peildatum", "antwoorden", "herkomst", "kader", "bronnen", "datums", "as_mapping"}
) | frozenset(name for name in dir(IgmModel) if NAME.match(name))
"""Names that a case, or the class that reads it, uses itself; all that begin with ``model_`` belong to them."""


def _options(options: Sequence[str]) -> tuple[str, ...]:
    """Options as a tuple; what cannot be options stays, so that it is told."""
    given: object = options
    if isinstance(given, str) or not isinstance(given, Iterable):
        return (options,)  # type: ignore[return-value]
    return tuple(cast("Iterable[str]", given))


_KINDS: Final = {kind.value: kind for kind in FactKind}


def _kind(given: FactKind | str) -> FactKind:
    """The kind of this name; what is none stays, so that it is told."""
    return _KINDS.get(given, cast("FactKind", given)) if isinstance(given, str) else given


class _Common(TypedDict, total=False):
    """What every kind of fact can declare besides its own parts; see `Fact`."""

    veranderbaar: bool
    gevoelig: bool
    geldt_als: str | None
    toelichting: str | None
    vraag: str | None
    houdbaar_dagen: int | None
    uit: str | None


@attrs.frozen(kw_only=True)
class Fact:
    """A fact that a kader declares; made by ``Fact.ja_nee``, ``getal``, ``score``, ``keuze``, ``trend`` or ``datum``.

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
        houdbaar_dagen: How many days a value holds: one that was established longer ago counts as unknown.
        toekomst: Whether a date may lie after the reference date.
        uit: Name of the reading that fills it, such as ``profiel.houding.pomp``; see `FactSource`.

    Raises:
        KaderError: ``kader-invalid`` when the parts do not fit together.

    Example:
        >>> Fact.getal("leeftijd", label="leeftijd", eenheid="jaar", minimum=0, maximum=120, geheel=True)
        Fact('leeftijd', getal)
    """

    name: str
    kind: FactKind = attrs.field(converter=_kind)
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
    houdbaar_dagen: int | None = None
    toekomst: bool = True
    uit: str | None = None

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        where = f"$.feiten.{self.name}"

        def wrong(what: str, do: str, given: object) -> None:
            problems.add("kader-invalid", what, do, where=where, given=shown(given))

        if not isinstance(self.name, str) or not NAME.match(self.name):
            wrong("a fact's name cannot be used", "Use lower case, digits and underscores.", self.name)
        elif self.name in RESERVED or self.name.startswith("model_"):
            do = f"Choose another name, such as 'feit_{self.name}'; ref, copy and model_... are taken."
            wrong("a case uses this name itself", do, self.name)
        if not is_text(self.label):
            wrong("a fact has no label", "Say what people read.", self.label)
        strange = list(strange_fields(self))
        for field, what, do, given in strange:
            problems.add("kader-invalid", what, do, where=f"{where}.{field}", given=given)
        for what, do, unfit in () if strange else misfits(self):
            wrong(what, do, unfit)
        if self.zonder_melding is not None and (
            self.zonder_melding is not False or self.kind is not FactKind.JA_NEE
        ):
            wrong(
                "zonder_melding is False, for a yes/no fact, or absent",
                "Give zonder_melding=False.",
                self.zonder_melding,
            )
        problems.raise_any(KaderError)

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
    def trend(cls, name: str, /, *, label: str, **more: Unpack[_Common]) -> Fact:
        """Declare which way something goes: ``verbeterd``, ``stabiel`` or ``verergerd``.

        It is a choice from these three. With ``geldt_als`` it hangs on the fact of which it tells the course.

        Example:
            >>> Fact.trend("schulden_trend", label="verloop van de schulden", geldt_als="schulden").opties
            ('verbeterd', 'stabiel', 'verergerd')
        """
        return cls.keuze(name, label=label, opties=[trend.value for trend in Trend], **more)

    @classmethod
    def score(
        cls,
        name: str,
        /,
        *,
        label: str,
        determinant: str | Construct,
        metric: Metric = "pomp",
        schaal: Schaal | None = None,
        **more: Unpack[_Common],
    ) -> Fact:
        """Declare a score of a profile: a number that `Profiel` fills when a case is made of one.

        Bounds and unit follow from the metric. The score of *sociale druk* is its level only: whether much pressure
        helps or hinders this person is what the rule that reads it says, with its own reason.

        Args:
            name: Name of the fact.
            label: What people read.
            determinant: The construct, such as ``eigen_effectiviteit``.
            metric: ``pomp`` for percent of maximum possible, 0 to 100; ``schaal`` for the scale it was given on.
            schaal: That scale, with ``metric="schaal"``; a profile on another scale is then refused.
            **more: As for every fact.

        Raises:
            KaderError: ``unknown-construct``, with a suggestion; ``kader-invalid`` for a metric without its scale.

        Example:
            >>> kennis = Fact.score("kennis", label="kennis van de regels", determinant="kennis")
            >>> kennis.uit, kennis.minimum, kennis.maximum
            ('profiel.kennis.pomp', 0, 100)
        """
        return cls(
            name=name,
            kind=FactKind.GETAL,
            label=label,
            **score_parts(name, determinant, metric, schaal, more),
        )

    @classmethod
    def datum(
        cls,
        name: str,
        /,
        *,
        label: str,
        minimum: date | None = None,
        maximum: date | None = None,
        toekomst: bool = True,
        **more: Unpack[_Common],
    ) -> Fact:
        """Declare a date; unless said otherwise it cannot be changed.

        With ``toekomst=False`` a day after the reference date is refused, and weighed as impossible.
        """
        more.setdefault("veranderbaar", False)
        return cls(
            name=name,
            kind=FactKind.DATUM,
            label=label,
            minimum=minimum,
            maximum=maximum,
            toekomst=toekomst,
            **more,
        )

    def __repr__(self) -> str:
        return f"Fact({self.name!r}, {self.kind.value})"

    @property
    def admissible(self) -> str:
        """What can be given for the fact, in words; ``None`` is unknown."""
        comma = ", " if self.kind in {FactKind.GETAL, FactKind.DATUM} else " "
        return "True, False or None" if self.kind is FactKind.JA_NEE else f"{self.possible}{comma}or None"

    @property
    def possible(self) -> str:
        """What the fact can be, in words."""
        unit = f" {self.eenheid}" if self.eenheid else ""
        match self.kind:
            case FactKind.JA_NEE:
                return "True or False"
            case FactKind.KEUZE:
                return ", ".join(self.opties)
            case FactKind.GETAL:
                whole = "a whole number" if self.geheel else "a number"
                return f"{whole} from {self.minimum} to {self.maximum}{unit}"
            case FactKind.DATUM:
                day = "" if self.toekomst else ", not after the peildatum"
                return f"a date such as 2024-10-01{day}"

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

    def problem(
        self, value: object, where: str, *, masked: bool = True, peildatum: date | None = None
    ) -> Problem | None:
        """What is wrong with a value, if anything; a person's sensitive value is masked in it.

        Args:
            value: The value.
            where: Its path.
            masked: Whether a sensitive value is masked.
            peildatum: Reference date, for a date that may not lie after it.
        """
        return value_problem(self, value, where, masked=masked, peildatum=peildatum)

    def use_problem(self, atom: Atom, where: str) -> Problem | None:
        """What is wrong with a condition on this fact, if anything."""
        return use_problem(self, atom, where)
