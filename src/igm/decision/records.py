"""What an advice is made of: arguments, the facts they rest on, answers, what is missing and what was assumed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

import attrs

from igm.decision.expiry import expired_text
from igm.decision.facts import FactValue
from igm.decision.predicate import Mislukt
from igm.decision.speaking import IN_DUTCH, fact_text
from igm.decision.translations import NONE, Translations
from igm.decision.truth import Antwoord, Beleid, Pleit, Uitkomst
from igm.errors import MASK

if TYPE_CHECKING:
    from igm.decision.room import VangrailStand

OutcomeT = TypeVar("OutcomeT", bound=Uitkomst)
"""The outcomes of a kader."""


def masked_text(text: str | None) -> str:
    """Own words as they are shown when they are not asked for."""
    return repr(None if text is None else MASK)


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
        door: Who established it, as a pseudonymous reference, where given.

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
    door: str | None = None

    def text(self, *, masked: bool = True) -> str:
        """The fact in words, masked when it is sensitive unless asked otherwise."""
        return fact_text(IN_DUTCH, self, masked=masked)

    def __repr__(self) -> str:
        return f"FactUse({self.text()!r})"


@attrs.frozen(repr=False)
class Argument:
    """One argument: a rule that counts, or a professional's own answer.

    Attributes:
        regel: Id of the rule; for an own answer ``antwoord:<question>``; for a row ``beslis:<row>``; for a
            row that a guardrail gave ``vangrail:<guardrail>``.
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
    argument: str | None = attrs.field(default=None, repr=masked_text)

    @property
    def telt(self) -> Antwoord:
        """The answer that counts: the professional's own, else the suggestion."""
        return self.suggestie if self.eigen is None else self.eigen

    @property
    def afwijking(self) -> bool:
        """Whether the own answer differs from what the rules suggest; where they suggest nothing, it does not."""
        return self.eigen is not None and self.suggestie not in {self.eigen, Antwoord.ONBEKEND}


@attrs.frozen
class Ontbreekt:
    """An unknown fact that can still change the advice.

    Attributes:
        feit: Name of the fact.
        label: What people read.
        aandeel: Share of the completions in which it turns the advice, from 0 to 1; ``None`` when not counted.
        opnieuw_vragen: Whether it may be asked; a refusal is respected.
        toelichting: What to look at.
        vraag: How to ask for it, as a question.
        hangt_aan: Name of the fact without which this one does not apply, if any.
        onthult: Whether saying that it is missing tells something sensitive, so that it is masked when shown.

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
    vraag: str | None = None
    hangt_aan: str | None = None
    onthult: bool = False


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


@attrs.frozen
class Verlopen:
    """A fact whose value was established too long ago, so that it counts as unknown.

    Attributes:
        feit: Name of the fact.
        label: What people read.
        datum: Day on which the value was established.
        houdbaar_dagen: How many days a value holds.
        onthult: Whether saying so tells something sensitive, so that it is masked when shown.

    Example:
        >>> Verlopen("rust", "er is rust", date(2026, 1, 5), 30).reden
        'verlopen: gemeten op 2026-01-05, langer dan 30 dagen geleden'
    """

    feit: str
    label: str
    datum: date
    houdbaar_dagen: int
    onthult: bool = False

    @property
    def reden(self) -> str:
        """Why the value does not count, in words."""
        return expired_text(self.houdbaar_dagen, self.datum)


@attrs.frozen(kw_only=True)
class Details(Generic[OutcomeT]):
    """All that an `Afweging` tells; see there."""

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
    onbeslist: tuple[Argument, ...]
    ontbreekt: tuple[Ontbreekt, ...]
    ontbreekt_exact: bool
    aannames: tuple[Aanname, ...]
    feiten: tuple[FactUse, ...]
    onbekend: int
    mislukt: tuple[Mislukt, ...] = ()
    verlopen: tuple[Verlopen, ...] = ()
    vertalingen: Translations = attrs.field(default=NONE, eq=False)
    vangrails: tuple[VangrailStand, ...] = ()
