"""``Afweging``: an advice with its arguments, what is missing and what was assumed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from igm._display import Tree
from igm.decision.records import Aanname, Answer, Argument, FactUse, KaderRef, Ontbreekt
from igm.decision.truth import Beleid, Pleit, Uitkomst

if TYPE_CHECKING:
    from igm.decision.besluit import Besluit

OutcomeT = TypeVar("OutcomeT", bound=Uitkomst)
"""The outcomes of a kader."""

SCHEMA_VERSION = 1
"""Version of the stored form of `Afweging` and `Besluit`."""


@attrs.frozen(kw_only=True, repr=False)
class Afweging(Generic[OutcomeT]):
    """An advice with its arguments. It is not a decision: a person makes that, with `besluit`.

    Attributes:
        kader: Which kader, in which version.
        ref: Pseudonymous reference of the person, where given.
        peildatum: Reference date, where given.
        advies: The outcome under ``beleid``.
        uitkomsten: All outcomes that the kader declares.
        beleid: What was done with what is not known.
        exact: The outcome under the exact policy.
        cautious: The outcome under the cautious policy.
        rij: The row of ``beslis`` that decides; ``None`` when the advice follows from what is open.
        antwoorden: The answers to the questions.
        argumenten: Every rule and own answer that counts.
        weerlegd: Rules that apply but do not count, because an exception is met or may be.
        ontbreekt: The unknown facts that can still change the advice, those that do so most often first.
        ontbreekt_exact: Whether that list is exact; otherwise it holds at least all that matter.
        aannames: What was taken as no because it was not reported.
        feiten: The facts that were given.
        onbekend: How many of the facts that the kader reads are unknown.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> kader.evaluate(kader.casus(extern_onderzoek=True))
        Afweging('leiden-2021 1.0', advies=AANHOUDEN, 0 voor, 0 tegen, n=1 feiten, 0 ontbreken)
    """

    kader: KaderRef
    ref: str | None
    peildatum: date | None
    advies: OutcomeT
    uitkomsten: tuple[OutcomeT, ...]
    beleid: Beleid
    exact: OutcomeT
    cautious: OutcomeT
    rij: Argument | None
    antwoorden: tuple[Answer, ...]
    argumenten: tuple[Argument, ...]
    weerlegd: tuple[Argument, ...]
    ontbreekt: tuple[Ontbreekt, ...]
    ontbreekt_exact: bool
    aannames: tuple[Aanname, ...]
    feiten: tuple[FactUse, ...]
    onbekend: int

    @property
    def voor(self) -> tuple[Argument, ...]:
        """Arguments for the favourable outcome."""
        return tuple(argument for argument in self.argumenten if argument.pleit is Pleit.VOOR)

    @property
    def tegen(self) -> tuple[Argument, ...]:
        """Arguments against the favourable outcome."""
        return tuple(argument for argument in self.argumenten if argument.pleit is Pleit.TEGEN)

    @property
    def policies_differ(self) -> bool:
        """Whether the exact and the cautious policy advise differently on this case."""
        return self.exact is not self.cautious

    @property
    def afwijkingen(self) -> tuple[Answer, ...]:
        """Questions on which the professional answers otherwise than the rules suggest."""
        return tuple(answer for answer in self.antwoorden if answer.afwijking)

    def answer(self, question: str) -> Answer:
        """The answer to a question, by its name."""
        return next(answer for answer in self.antwoorden if answer.vraag == question)

    def besluit(
        self, *, door: str, keuze: OutcomeT | str, motivering: str, wanneer: datetime | None = None
    ) -> Besluit[OutcomeT]:
        """Record what a person decides.

        Args:
            door: Who decides, as a pseudonymous reference.
            keuze: The outcome that the person chooses; it need not be the advice.
            motivering: Why, in own words.
            wanneer: Moment of the decision, with its time zone; now, when absent.

        Returns:
            The decision, which keeps this advice, the kader's version and any deviation.

        Raises:
            InputError: ``decision-incomplete`` without a person, a choice or own words; ``outcome-unknown``.
        """
        from igm.decision.besluit import decide

        return decide(self, door=door, keuze=keuze, motivering=motivering, wanneer=wanneer)

    def explain(self, *, voor: str = "professional") -> str:
        """The advice in words, sensitive facts included, for the reader named.

        Args:
            voor: ``"client"`` for plain sentences without codes; ``"professional"`` for the whole argument list.

        Raises:
            InputError: ``unknown-name`` for another reader.
        """
        from igm.decision.explain import explain

        return explain(self, voor=voor)

    def tree(self, *, masked: bool = True) -> Tree:
        """The advice as a tree; sensitive facts are masked unless asked otherwise."""
        from igm.decision.explain import tree

        return tree(self, masked=masked)

    def to_dict(self) -> dict[str, Any]:
        """The advice ready for JSON, at full precision, sensitive facts included."""
        from igm.decision.document import to_dict

        return to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Afweging[Uitkomst]:
        """The advice from its stored form.

        Raises:
            InputError: When the data do not fit, or have a schema version that this release cannot read.
        """
        from igm.decision.document import afweging_from_dict

        return afweging_from_dict(data)

    def __repr__(self) -> str:
        return (
            f"Afweging({str(self.kader)!r}, advies={self.advies.name}, {len(self.voor)} voor, {len(self.tegen)} tegen, "
            f"n={len(self.feiten)} feiten, {len(self.ontbreekt)} ontbreken)"
        )

    def __str__(self) -> str:
        return self.tree().text()

    def _repr_html_(self) -> str:
        return self.tree().html()
