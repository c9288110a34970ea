"""``FactPatterns``: the distinct patterns of what is known in a frame, each with its advice and its arguments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, Literal

import attrs

from igm._display import Cell, Column, Table, Tree
from igm.constructs._base import FrozenMapping
from igm.decision.explain import check_taal, professional_tree
from igm.decision.records import Answer, Argument, KaderRef, Ontbreekt, OutcomeT
from igm.decision.translations import Speech
from igm.errors import InputError, shown

if TYPE_CHECKING:
    from igm.decision.afweging import Afweging


@attrs.frozen(repr=False)
class FactPattern(Generic[OutcomeT]):
    """Rows of a frame that no condition of a kader tells apart; one of `FactPatterns`.

    A pattern knows of each condition whether it holds. It knows no number, day or choice of any person, and neither
    does what it tells. It is no advice about a person, so that nothing can be decided on it.

    Attributes:
        n: How many rows have it.
        condities: What the conditions on facts are, in words: true or false; those left out are unknown.

    Example:
        >>> import igm, polars as pl
        >>> kader = igm.kader("leiden-2021")
        >>> zaken = pl.DataFrame({"motivatie": [True] * 12, "leeftijd": list(range(30, 42))})
        >>> patroon = kader.patterns(zaken)[0]
        >>> patroon.n, patroon.advies.value, patroon.condities["motivatie"], len(patroon.ontbreekt)
        (12, 'meer_weten', True, 17)
        >>> patroon.voor
        (Argument('leiden.v1.motivatie', voor, 1 facts),)
    """

    n: int
    condities: Mapping[str, bool] = attrs.field(converter=FrozenMapping[str, bool])
    _afweging: Afweging[OutcomeT]

    @property
    def advies(self) -> OutcomeT:
        """The outcome under the exact policy."""
        return self._afweging.exact

    @property
    def voorzichtig(self) -> OutcomeT:
        """The outcome under the cautious policy."""
        return self._afweging.cautious

    @property
    def rij(self) -> Argument | None:
        """The row of ``beslis`` that decides; ``None`` when the advice follows from what is open."""
        return self._afweging.rij

    @property
    def antwoorden(self) -> tuple[Answer, ...]:
        """The answers to the questions; the arguments for own answers stay with the cases."""
        return self._afweging.antwoorden

    @property
    def voor(self) -> tuple[Argument, ...]:
        """Arguments for the favourable outcome."""
        return self._afweging.voor

    @property
    def tegen(self) -> tuple[Argument, ...]:
        """Arguments against the favourable outcome."""
        return self._afweging.tegen

    @property
    def weerlegd(self) -> tuple[Argument, ...]:
        """Rules that apply but do not count, because an exception is met."""
        return self._afweging.weerlegd

    @property
    def onbeslist(self) -> tuple[Argument, ...]:
        """Rules that apply and may count: whether an exception is met is not known."""
        return self._afweging.onbeslist

    @property
    def ontbreekt(self) -> tuple[Ontbreekt, ...]:
        """The unknown facts that can still change the advice, those that do so most often first."""
        return self._afweging.ontbreekt

    @property
    def ontbreekt_exact(self) -> bool:
        """Whether ``ontbreekt`` is exact; otherwise it holds at least all that matter."""
        return self._afweging.ontbreekt_exact

    def explain(self, *, taal: str = "nl") -> str:
        """The full argument list, sensitive facts included, as a professional reads it of one case.

        Args:
            taal: ``"nl"`` or ``"en"``; the kader's own texts as far as they are translated.

        Raises:
            InputError: ``unknown-name`` for another language.
        """
        return self.tree(taal=taal, gevoelig=True).text()

    def tree(self, *, taal: str = "nl", gevoelig: bool = False) -> Tree:
        """The argument list as a tree.

        Args:
            taal: As for `explain`.
            gevoelig: Whether sensitive facts are shown; unless asked for, they are masked.

        Raises:
            InputError: As for `explain`.
        """
        speech = Speech.of(check_taal(taal), self._afweging.vertalingen)
        return professional_tree(self._afweging, speech, masked=not gevoelig)

    def to_dict(self) -> dict[str, Any]:
        """Everything, ready for JSON, sensitive facts included."""
        version: Literal[1] = 1
        own = {"schema_version": version, "n": self.n, "condities": dict(self.condities)}
        return own | {"afweging": self._afweging.to_dict()}

    def __repr__(self) -> str:
        return f"FactPattern(n={self.n}, advies={self.advies.name}, {len(self.ontbreekt)} ontbreken)"

    def __str__(self) -> str:
        return self.tree().text()

    def _repr_html_(self) -> str:
        return self.tree().html()


@attrs.frozen(repr=False)
class FactPatterns(Generic[OutcomeT]):
    """The distinct patterns of what is known in a frame, what most rows have first; made by ``kader.patterns``.

    Attributes:
        kader: Which kader was used.
        patronen: The patterns that are shown.
        n: The number of rows of the frame.
        minimum_n: How many rows a pattern needs to be shown.

    Example:
        >>> import igm, polars as pl
        >>> zaken = pl.DataFrame({"extern_onderzoek": [True] * 12 + [None] * 3})
        >>> igm.kader("leiden-2021").patterns(zaken)
        FactPatterns('leiden-2021 1.0', n=15: 1 patterns of 12 rows, 3 rows not shown)
    """

    kader: KaderRef
    patronen: tuple[FactPattern[OutcomeT], ...]
    n: int
    minimum_n: int

    @property
    def niet_getoond(self) -> int:
        """How many rows have a pattern that is not shown, all of them together."""
        return self.n - sum(one.n for one in self.patronen)

    def __len__(self) -> int:
        return len(self.patronen)

    def __iter__(self) -> Iterator[FactPattern[OutcomeT]]:
        return iter(self.patronen)

    def __getitem__(self, place: int) -> FactPattern[OutcomeT]:
        return self.patronen[place]

    def table(self, *, most: int = 20) -> Table:
        """A row per pattern: how many rows have it, its advice, and how many unknown facts still matter.

        Args:
            most: How many patterns to show, those of most rows first.

        Raises:
            InputError: ``not-a-number`` when ``most`` is no whole number.
        """
        asked: object = most
        if isinstance(asked, bool) or not isinstance(asked, int):
            do = "Give a whole number."
            raise InputError.of("not-a-number", "how many to show", do, where="$.most", given=shown(asked))
        first = self.patronen[: max(0, most)]
        rows: list[list[Cell]] = [
            [
                one.n,
                one.advies.label,
                one.voorzichtig.label,
                len(one.voor),
                len(one.tegen),
                f"{'' if one.ontbreekt_exact else '≤ '}{len(one.ontbreekt)}",
            ]
            for one in first
        ]
        columns = [Column("aantal", "right"), Column("exact"), Column("voorzichtig")]
        columns += [Column(name, "right") for name in ("voor", "tegen", "ontbreekt")]
        notes = [f"n = {self.n}; niet getoond: {self.niet_getoond}; ten minste {self.minimum_n} per patroon"]
        if len(first) < len(self):
            notes.append(f"{len(first)} van {len(self)} patronen")
        return Table(columns, rows, title=f"{self.kader}: patronen", notes=notes)

    def to_dict(self) -> dict[str, Any]:
        """Everything, ready for JSON, sensitive facts included."""
        version: Literal[1] = 1
        return {
            "schema_version": version,
            "kader": attrs.asdict(self.kader),
            "n": self.n,
            "minimum_n": self.minimum_n,
            "niet_getoond": self.niet_getoond,
            "patronen": [one.to_dict() for one in self.patronen],
        }

    def __repr__(self) -> str:
        shown = sum(one.n for one in self.patronen)
        told = f"{len(self)} patterns of {shown} rows, {self.niet_getoond} rows not shown"
        return f"FactPatterns({str(self.kader)!r}, n={self.n}: {told})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()
