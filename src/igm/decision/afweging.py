"""``Afweging``: an advice with its arguments, what is missing and what was assumed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeAlias, cast

from igm.decision.asking import Asked
from igm.decision.frame import FRAMES
from igm.decision.predicate import Mislukt
from igm.decision.records import (
    Aanname,
    Answer,
    Argument,
    Details,
    FactUse,
    KaderRef,
    Ontbreekt,
    OutcomeT,
    Verlopen,
)
from igm.decision.room import WithRoom
from igm.decision.translations import Translations
from igm.decision.truth import Beleid, Pleit, Uitkomst
from igm.errors import InputError, UnknownNameError, shown, suggestion

if TYPE_CHECKING:
    from igm.decision.besluit import Besluit
    from igm.decision.casus import Casus
    from igm.decision.kader import Afwegingskader
    from igm.decision.program import Outcome
    from igm.decision.weighing import Relevance

    Weighed: TypeAlias = tuple[Afwegingskader[OutcomeT], Casus, Beleid, Outcome]

SCHEMA_VERSION: Final = 1  # of the stored form of Afweging and Besluit


class Afweging(Asked[OutcomeT], WithRoom[OutcomeT]):
    """An advice with its arguments. It is not a decision: a person makes that, with `besluit`.

    Made by ``kader.evaluate(casus)``, immutable. The outcome is there at once; arguments, what is missing and texts are
    worked out when they are asked for, from the case that it keeps.

    Attributes:
        advies: The outcome under ``beleid``.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> kader.evaluate(kader.casus(extern_onderzoek=True))
        Afweging('leiden-2021 1.0', advies=AANHOUDEN, 0 voor, 0 tegen, n=1 feiten, 0 aangenomen, 0 ontbreken)
    """

    __slots__ = ("_details", "_relevance", "_weighed", "advies")

    advies: OutcomeT
    _details: Details[OutcomeT]
    _relevance: Relevance
    _weighed: Weighed[OutcomeT]

    def __init__(self, details: Details[OutcomeT]) -> None:
        object.__setattr__(self, "_details", details)
        object.__setattr__(self, "advies", details.advies)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"an Afweging cannot be changed: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"an Afweging cannot be changed: {name}")

    def _read(self) -> Details[OutcomeT]:
        try:
            return self._details
        except AttributeError:
            from igm.decision.weighing import describe

            kader, casus, beleid, trace = self._weighed
            details = describe(kader, casus, beleid, trace, self._relevant())
            object.__setattr__(self, "_details", details)
            return details

    def _relevant(self) -> Relevance:
        try:
            return self._relevance
        except AttributeError:
            from igm.decision.weighing import relevance

            kader, casus, _, trace = self._weighed
            found = relevance(kader, casus, trace)
            object.__setattr__(self, "_relevance", found)
            return found

    @property
    def ontbreekt(self) -> tuple[Ontbreekt, ...]:
        """The unknown facts that can still change the advice, those that do so most often first."""
        return self._read().ontbreekt

    @property
    def kader(self) -> KaderRef:
        """Which kader was used, in which version."""
        return self._read().kader

    @property
    def ref(self) -> str | None:
        """Pseudonymous reference of the person, where given."""
        return self._read().ref

    @property
    def peildatum(self) -> date | None:
        """Reference date, where given."""
        return self._read().peildatum

    @property
    def uitkomsten(self) -> tuple[OutcomeT, ...]:
        """All outcomes that the kader declares."""
        return self._read().uitkomsten

    @property
    def beleid(self) -> Beleid:
        """What was done with what is not known."""
        return self._read().beleid

    @property
    def exact(self) -> OutcomeT:
        """The outcome under the exact policy."""
        return self._read().exact

    @property
    def cautious(self) -> OutcomeT:
        """The outcome under the cautious policy."""
        return self._read().cautious

    @property
    def rij(self) -> Argument | None:
        """The row of ``beslis`` that decides; ``None`` when the advice follows from what is open."""
        return self._read().rij

    @property
    def antwoorden(self) -> tuple[Answer, ...]:
        """The answers to the questions."""
        return self._read().antwoorden

    @property
    def argumenten(self) -> tuple[Argument, ...]:
        """Every rule and own answer that counts."""
        return self._read().argumenten

    @property
    def weerlegd(self) -> tuple[Argument, ...]:
        """Rules that apply but do not count, because an exception is met."""
        return self._read().weerlegd

    @property
    def onbeslist(self) -> tuple[Argument, ...]:
        """Rules that apply and may count: whether an exception is met is not known."""
        return self._read().onbeslist

    @property
    def ontbreekt_exact(self) -> bool:
        """Whether ``ontbreekt`` is exact; otherwise it holds at least all that matter."""
        return self._read().ontbreekt_exact

    @property
    def aannames(self) -> tuple[Aanname, ...]:
        """What was taken as no because it was not reported."""
        return self._read().aannames

    @property
    def verlopen(self) -> tuple[Verlopen, ...]:
        """Facts that were established too long ago to count; they are unknown."""
        return self._read().verlopen

    @property
    def feiten(self) -> tuple[FactUse, ...]:
        """The facts that count: those that were given, and those that were assumed, which say so."""
        return self._read().feiten

    @property
    def mislukt(self) -> tuple[Mislukt, ...]:
        """Predicates that failed on this case; the rules that ask them count as unknown."""
        return self._read().mislukt

    @property
    def onbekend(self) -> int:
        """How many of the facts that the kader reads are unknown."""
        return self._read().onbekend

    @property
    def vertalingen(self) -> Translations:
        """The texts of its kader in other languages."""
        return self._read().vertalingen

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
        """The answer to a question, by its name.

        Raises:
            UnknownNameError: ``unknown-question``, with a suggestion.
        """
        found = {answer.vraag: answer for answer in self.antwoorden}
        if not isinstance(cast("object", question), str) or question not in found:
            do = suggestion(str(question), found)
            raise UnknownNameError.of(
                "unknown-question", "no such question in this advice", do, given=shown(question)
            )
        return found[question]

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

    def _from_sheet(self, taal: str) -> str | None:
        """The argument list from lines that are written once, where these cover the case."""
        try:
            kader, casus, beleid, trace = self._weighed
        except AttributeError:
            return None
        sheets = kader.machine.sheets
        sheet = sheets.get(taal)
        if sheet is None:
            if taal not in FRAMES:
                return None
            from igm.decision.sheet import Sheet

            sheet = sheets[taal] = Sheet.of(kader, taal)
        return (
            None if casus.antwoorden or kader.vangrails else sheet.text(casus, beleid, trace, self._relevant)
        )

    def _live(self) -> tuple[Afwegingskader[OutcomeT], Casus, Beleid]:
        try:
            kader, casus, beleid, _ = self._weighed
        except AttributeError:
            do = "Weigh the case again with kader.evaluate(kader.casus(...))."
            raise InputError.of(
                "kader-invalid", "a stored advice holds no kader to reason with", do
            ) from None
        return kader, casus, beleid

    def to_dict(self) -> dict[str, Any]:
        """The advice ready for JSON, at full precision, sensitive facts included."""
        from igm.decision.stored import to_dict

        return to_dict(self._read())

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Afweging[Uitkomst]:
        """The advice from its stored form.

        Raises:
            InputError: When the data do not fit, or have a schema version that this release cannot read.
        """
        from igm.decision.stored import afweging_from_dict

        return afweging_from_dict(data)

    def __repr__(self) -> str:
        given = sum(not use.aangenomen for use in self.feiten)
        return (
            f"Afweging({str(self.kader)!r}, advies={self.advies.name}, {len(self.voor)} voor, {len(self.tegen)} tegen, "
            f"n={given} feiten, {len(self.aannames)} aangenomen, {len(self.ontbreekt)} ontbreken)"
        )

    def __str__(self) -> str:
        return self.tree().text()

    def _repr_html_(self) -> str:
        return self.tree().html()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Afweging) and other._read() == self._read()

    def __hash__(self) -> int:
        return hash(self._read())

    def __reduce__(self) -> tuple[type[Afweging[Any]], tuple[Details[OutcomeT]]]:
        return Afweging, (self._read(),)
