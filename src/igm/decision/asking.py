"""What can be asked of an advice: words for a reader, its proof, and what would give another advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, cast

from igm._display import Tree
from igm.decision.explain import check_taal, explain, tree_of
from igm.decision.records import OutcomeT

if TYPE_CHECKING:
    from igm.decision.afweging import Afweging
    from igm.decision.bewijs import Bewijs
    from igm.decision.changes import Counterfactuals, Sensitivity


class Asked(Generic[OutcomeT]):
    """An advice that can be asked why, and what if.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> afweging = kader.evaluate(kader.casus(extern_onderzoek=True))
        >>> print(afweging.explain(voor="client", taal="en").splitlines()[0])
        The advice is: wait.
        >>> print(afweging.tree(taal="en"))
        Advice: wait (leiden-2021 1.0)
        ├─ because: Outside expertise is called in; there is no decision yet.
        ├─ question motivatie: UNKNOWN
        ├─ question omstandigheden: UNKNOWN
        ├─ question beperkingen: UNKNOWN
        ├─ question combinatie: UNKNOWN
        └─ This is advice; a person decides.
    """

    __slots__ = ()

    def _from_sheet(self, taal: str) -> str | None:
        raise NotImplementedError

    def _self(self) -> Afweging[OutcomeT]:
        return cast("Afweging[OutcomeT]", self)

    def explain(self, *, voor: str = "professional", taal: str = "nl") -> str:
        """The advice in words, sensitive facts included, for the reader named.

        Args:
            voor: ``"client"`` for plain sentences without codes; ``"professional"`` for the whole argument list;
                ``"audit"`` for the complete proof as JSON text, see `bewijs`.
            taal: ``"nl"`` or ``"en"``. What the kader does not say in English is shown in Dutch, with ``(nl)``.

        Raises:
            InputError: ``unknown-name`` for another reader or language; for an audit also ``kader-invalid`` for an
                advice that was read from its stored form.
        """
        if voor == "professional" and isinstance(taal, str):
            text = self._from_sheet(taal)
            if text is not None:
                return text
        return explain(self._self(), voor=voor, taal=taal)

    def bewijs(self, *, taal: str = "nl") -> Bewijs:
        """The complete proof: every row, question, rule and condition with its truth, and every fact that was read.

        Args:
            taal: ``"nl"`` or ``"en"``, the language of its texts.

        Raises:
            InputError: ``unknown-name`` for another language; ``kader-invalid`` for an advice that was read from its
                stored form, which holds no kader: weigh the case again.
        """
        from igm.decision.proving import prove

        lang = check_taal(taal)
        kader, casus, _ = self._self()._live()
        return prove(kader, casus, self._self(), self._self()._relevant(), lang)

    def tegenfeitelijk(self) -> Counterfactuals[OutcomeT]:
        """The smallest changes of known, changeable facts that would change the advice, and to what.

        Inclusion-minimal sets, smallest first, of at most three changes; at most twenty, saying so when there are more.

        Raises:
            InputError: ``kader-invalid`` for an advice that was read from its stored form: weigh the case again.
        """
        from igm.decision.reasoning import counterfactuals

        return counterfactuals(*self._self()._live())

    def gevoeligheid(self) -> tuple[Sensitivity[OutcomeT], ...]:
        """Per known fact whether another value would change the advice, everything else alike.

        Raises:
            InputError: ``kader-invalid`` for an advice that was read from its stored form.
        """
        from igm.decision.reasoning import sensitivities

        return sensitivities(*self._self()._live())

    def waarom_niet(self, uitkomst: OutcomeT | str) -> Counterfactuals[OutcomeT]:
        """What another outcome would have asked for: the smallest changes, or answers to what is unknown, that give it.

        Raises:
            InputError: ``outcome-unknown``; ``kader-invalid`` for an advice that was read from its stored form.
        """
        from igm.decision.reasoning import what_it_takes

        return what_it_takes(*self._self()._live(), uitkomst)

    def tree(self, *, voor: str = "professional", taal: str = "nl", gevoelig: bool = False) -> Tree:
        """The advice as a tree, with ``text()``, ``markdown()`` and ``html()``.

        Args:
            voor: The reader, as for `explain`.
            taal: The language, as for `explain`.
            gevoelig: Whether sensitive facts, and own words, are shown; unless asked for, they are masked.

        Raises:
            InputError: As for `explain`.
        """
        return tree_of(self._self(), voor=voor, taal=taal, masked=not gevoelig)
