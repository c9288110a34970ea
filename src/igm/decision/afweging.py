"""``Afweging``: an advice with its arguments, what is missing and what was assumed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from igm._display import Tree
from igm.decision.facts import FactValue
from igm.decision.truth import Antwoord, Beleid, Pleit, Uitkomst
from igm.errors import MASK

if TYPE_CHECKING:
    from igm.decision.besluit import Besluit

OutcomeT = TypeVar("OutcomeT", bound=Uitkomst)
"""The outcomes of a kader."""

SCHEMA_VERSION = 1
"""Version of the stored form of `Afweging` and `Besluit`."""


@attrs.frozen
class KaderRef:
    """Which kader was used: its id, version and the hash of all that it holds.

    Example:
        >>> import igm
        >>> print(igm.kader("leiden-2021").reference)
        leiden-2021 1.0
    """

    id: str
    version: str
    hash: str

    def __str__(self) -> str:
        return f"{self.id} {self.version}"


@attrs.frozen(repr=False)
class FactUse:
    """A fact as an argument used it.

    Attributes:
        name: Name of the fact.
        label: What people read.
        value: Its value; ``None`` when unknown.
        shown: The value as people read it.
        gevoelig: Whether the value is masked when it is not asked for.
        bron: Source, where given.
        datum: Day on which it was established, where given.
        toelichting: Explanation, where given.
        aangenomen: Taken as no because it was not reported.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> use = kader.evaluate(kader.casus(verslaving=True)).feiten[0]
        >>> use.text(), use.text(masked=False)
        ('een verslaving belemmert een traject: •••', 'een verslaving belemmert een traject: ja')
    """

    name: str
    label: str
    value: FactValue | None
    shown: str
    gevoelig: bool = False
    bron: str | None = None
    datum: date | None = None
    toelichting: str | None = None
    aangenomen: bool = False

    def text(self, *, masked: bool = True) -> str:
        """The fact in words, masked when it is sensitive unless asked otherwise."""
        value = MASK if masked and self.gevoelig and self.value is not None else self.shown
        origin = [part for part in (self.bron, self.datum.isoformat() if self.datum else None) if part]
        said = f" ({', '.join(origin)})" if origin else ""
        assumed = " (aangenomen: niet gemeld)" if self.aangenomen else ""
        note = f"; {self.toelichting}" if self.toelichting and not (masked and self.gevoelig) else ""
        return f"{self.label}: {value}{said}{assumed}{note}"

    def __repr__(self) -> str:
        return f"FactUse({self.text()!r})"


@attrs.frozen(repr=False)
class Argument:
    """One argument: a rule that counts, or a professional's own answer.

    Attributes:
        regel: Id of the rule; for an own answer ``antwoord:<question>``; for a row ``beslis:<row>``.
        vraag: The question that it speaks to; ``None`` for a row of ``beslis``.
        antwoord: The answer that it is evidence for.
        pleit: For or against the favourable outcome, or neither.
        omdat: The reason in words.
        bron: Where the rule comes from.
        feiten: The facts that it rests on.
        uitgezonderd: Labels of exceptions that are met, so that the rule does not count.
        open_uitzonderingen: Labels of exceptions that are not known to be met or not.
        afweging: The consideration of the source that the rule elaborates.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> kader.evaluate(kader.casus(motivatie=True)).voor
        (Argument('leiden.v1.motivatie', voor, 1 facts),)
    """

    regel: str
    vraag: str | None
    antwoord: Antwoord | None
    pleit: Pleit
    omdat: str
    bron: str
    feiten: tuple[FactUse, ...] = ()
    uitgezonderd: tuple[str, ...] = ()
    open_uitzonderingen: tuple[str, ...] = ()
    afweging: str | None = None

    @property
    def gevoelig(self) -> bool:
        """Whether it rests on sensitive facts, so that its text says something about them."""
        return any(use.gevoelig for use in self.feiten)

    def __repr__(self) -> str:
        return f"Argument({self.regel!r}, {self.pleit.value}, {len(self.feiten)} facts)"


@attrs.frozen
class Answer:
    """The answer to a question: what the rules suggest, what the professional says, and which one counts.

    Attributes:
        vraag: Name of the question.
        tekst: The question as people read it.
        suggestie: The answer that the rules give.
        eigen: The professional's own answer, if any.
        argument: The argument with the own answer.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> casus = kader.casus(motivatie=False, aanknopingspunt=False, motivatie_trend="stabiel",
        ...                     antwoorden={"motivatie": ("twijfel", "Zij wil wel, maar nog niet nu.")})
        >>> answer = kader.evaluate(casus).answer("motivatie")
        >>> answer.suggestie.label, answer.telt.label, answer.afwijking
        ('NEE', 'TWIJFEL', True)
    """

    vraag: str
    tekst: str
    suggestie: Antwoord
    eigen: Antwoord | None = None
    argument: str | None = None

    @property
    def telt(self) -> Antwoord:
        """The answer that counts: the professional's own, else the suggestion."""
        return self.suggestie if self.eigen is None else self.eigen

    @property
    def afwijking(self) -> bool:
        """Whether the own answer differs from what the rules suggest."""
        return self.eigen is not None and self.eigen is not self.suggestie


@attrs.frozen
class Ontbreekt:
    """An unknown fact that can still change the advice.

    Attributes:
        feit: Name of the fact.
        label: What people read.
        aandeel: Share of the completions in which it turns the advice, from 0 to 1; ``None`` when not counted.
        opnieuw_vragen: Whether it may be asked; a refusal is respected.
        toelichting: What to look at.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> [entry.feit for entry in kader.evaluate(kader.casus()).ontbreekt][:2]
        ['leeftijd', 'aanpassing_te_veel']
    """

    feit: str
    label: str
    aandeel: float | None
    opnieuw_vragen: bool = True
    toelichting: str | None = None


@attrs.frozen
class Aanname:
    """A fact that was not reported and is therefore taken as no.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> kader.evaluate(kader.casus()).aannames[0].reden
        'aangenomen: niet gemeld'
    """

    feit: str
    label: str
    reden: str = "aangenomen: niet gemeld"


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
