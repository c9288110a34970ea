"""The room that remains: which guardrails hold in a case, and which outcomes they still allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, Generic

import attrs

from igm.decision.planes import AnswerPlanes, Planes, evaluate
from igm.decision.predicate import ask, predicates_in
from igm.decision.program import CODES
from igm.decision.records import Details, FactUse, OutcomeT
from igm.decision.truth import Antwoord, Truth
from igm.decision.vangrails import Vangrail, VangrailSoort

if TYPE_CHECKING:
    from igm.decision.completions import CellValue
    from igm.decision.conditions import Atom
    from igm.decision.kader import Afwegingskader
    from igm.decision.program import Outcome


@attrs.frozen(repr=False)
class VangrailStand:
    """A guardrail as it stands in a case: it holds, or whether it does is not known yet.

    Attributes:
        id: Name of the guardrail.
        soort: ``wet``, ``beleid`` or ``programma``.
        verbiedt: The outcomes that are not allowed where it holds, as values.
        anders: The outcome that it gives instead.
        omdat: The reason in words.
        bron: Where it comes from.
        feiten: The facts that it reads.
        open: Whether it is not known yet if it holds: what is known does not settle its condition.
        beslist: Whether the outcome is what it is because of this guardrail.

    Example:
        >>> import igm
        >>> from igm.decision import Vangrail, feit
        >>> kader = igm.kader("leiden-2021").restrict(Vangrail(
        ...     id="beleid.schulden", als=feit.ja_nee("schulden"), verbiedt=["aanmelden"], anders="driegesprek",
        ...     soort="beleid", bron="voorbeeld", omdat="Bij schulden overleggen wij eerst."))
        >>> kader.evaluate(kader.casus(schulden=True)).vangrails
        (VangrailStand('beleid.schulden', beleid, geldt, verbiedt aanmelden, 1 facts),)
        >>> kader.evaluate(kader.casus()).vangrails[0].open
        True
    """

    id: str
    soort: VangrailSoort
    verbiedt: tuple[str, ...]
    anders: str
    omdat: str
    bron: str
    feiten: tuple[FactUse, ...] = ()
    open: bool = False
    beslist: bool = False

    @property
    def gevoelig(self) -> bool:
        """Whether it rests on sensitive facts, so that its text says something about them."""
        return any(use.gevoelig for use in self.feiten)

    def __repr__(self) -> str:
        said = "open" if self.open else "geldt"
        forbidden = ", ".join(self.verbiedt)
        return f"VangrailStand({self.id!r}, {self.soort}, {said}, verbiedt {forbidden}, {len(self.feiten)} facts)"


@attrs.frozen(repr=False)
class Ruimte(Generic[OutcomeT]):
    """The room that guardrails leave: every outcome is in one of the three.

    The advice is never one that is forbidden. A person may decide otherwise; the decision then says so.

    Attributes:
        toegestaan: Outcomes that no guardrail forbids, whether it holds or is open.
        onzeker: Outcomes that only a guardrail forbids of which it is not known yet whether it holds.
        verboden: Outcomes that a guardrail forbids that holds.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> kader.evaluate(kader.casus()).ruimte
        Ruimte(toegestaan: niet_nu, driegesprek, aanmelden, aanhouden, meer_weten; onzeker: -; verboden: -)
    """

    toegestaan: tuple[OutcomeT, ...]
    onzeker: tuple[OutcomeT, ...]
    verboden: tuple[OutcomeT, ...]

    def to_dict(self) -> dict[str, list[str]]:
        """The values of the outcomes, ready for JSON."""
        return {name: [str(one) for one in getattr(self, name)] for name in _ROOM}

    def __repr__(self) -> str:
        parts = (f"{name}: {', '.join(values) or '-'}" for name, values in self.to_dict().items())
        return f"Ruimte({'; '.join(parts)})"


_ROOM: Final = ("toegestaan", "onzeker", "verboden")


def room(outcomes: Iterable[OutcomeT], stands: Iterable[VangrailStand]) -> Ruimte[OutcomeT]:
    """What guardrails leave of the outcomes."""
    listed = tuple(stands)
    forbidden = {value for stand in listed if not stand.open for value in stand.verbiedt}
    unsure = {value for stand in listed if stand.open for value in stand.verbiedt} - forbidden
    every = tuple(outcomes)
    return Ruimte(
        tuple(one for one in every if one.value not in forbidden | unsure),
        tuple(one for one in every if one.value in unsure),
        tuple(one for one in every if one.value in forbidden),
    )


class WithRoom(Generic[OutcomeT]):
    """What an advice tells of guardrails."""

    __slots__ = ()

    def _read(self) -> Details[OutcomeT]:
        raise NotImplementedError

    @property
    def vangrails(self) -> tuple[VangrailStand, ...]:
        """The guardrails that hold, and those of which that is not known yet."""
        return self._read().vangrails

    @property
    def ruimte(self) -> Ruimte[OutcomeT]:
        """The room that remains: the outcomes that guardrails allow, forbid, or may yet forbid."""
        details = self._read()
        return room(details.uitkomsten, details.vangrails)


def asked(vangrails: Iterable[Vangrail], values: Mapping[str, CellValue]) -> Mapping[str, CellValue]:
    """Values with what the predicates of guardrails say of them, also of those that can change no advice.

    What was answered when the case was made is not asked again.
    """
    predicates = predicates_in(vangrail.als for vangrail in vangrails)
    unanswered = [predicate for name, predicate in predicates.items() if name not in values]
    return {**values, **ask(unanswered, values)[0]} if unanswered else values


def vangrail_stands(
    kader: Afwegingskader[Any],
    trace: Outcome,
    atom: Callable[[Atom], Planes],
    uses: Callable[[Iterable[str]], Iterable[FactUse]],
) -> tuple[VangrailStand, ...]:
    """The guardrails that hold in a case, and those of which that is not known.

    Args:
        kader: The kader.
        trace: What the compiled kader says of the case: the deciding row and the answers that count.
        atom: The planes of a condition on one fact, one case wide.
        uses: The facts as they are used, by name.
    """
    if not kader.vangrails:
        return ()
    decided = kader.beslis[trace[0]].vangrails if trace[0] >= 0 else ()
    answers = {
        question.name: AnswerPlanes(
            *(int(code == CODES[one]) for one in (Antwoord.JA, Antwoord.NEE, Antwoord.TWIJFEL))
        )
        for question, code in zip(kader.vragen, trace[1:], strict=True)
    }
    found: list[VangrailStand] = []
    for vangrail in kader.vangrails:
        truth = Truth.of(*evaluate(vangrail.als, atom, answers, 1))
        if truth is not Truth.FALSE:
            found.append(
                VangrailStand(
                    id=vangrail.id,
                    soort=vangrail.soort,
                    verbiedt=vangrail.verbiedt,
                    anders=vangrail.anders,
                    omdat=vangrail.omdat,
                    bron=vangrail.bron,
                    feiten=tuple(uses(kader.in_order(vangrail.als.facts))),
                    open=truth is Truth.UNKNOWN,
                    beslist=vangrail.id in decided,
                )
            )
    return tuple(found)
