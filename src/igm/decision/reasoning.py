"""What if: smallest changes that change the advice, which facts are decisive, and what another outcome asks for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Generic

import attrs

from igm.decision.atoms import holds
from igm.decision.casus import Casus
from igm.decision.changes import Change, ChangeSet, Counterfactuals, Sensitivity
from igm.decision.completions import NOT_APPLICABLE
from igm.decision.conditions import Known
from igm.decision.facts import FactValue
from igm.decision.predicate import ask
from igm.decision.records import OutcomeT
from igm.decision.truth import Beleid
from igm.decision.weighing import relevance
from igm.errors import InputError, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader

MAX_CHANGES: Final = 3
"""Larger sets of changes are no longer something to talk about."""

MAX_SETS: Final = 20
"""So many sets are given; a longer list says that it was cut."""

MAX_WORK: Final = 2**24
"""So many completions are weighed in one search; each change that is tried counts for a hundred at least."""


@attrs.frozen
class _Option:
    """One other value of one fact, as what it does to the bits of a case."""

    change: Change
    clears: int
    true: int
    false: int


@attrs.frozen
class _Search(Generic[OutcomeT]):
    """Tries changes on one case, under one policy."""

    kader: Afwegingskader[OutcomeT]
    casus: Casus
    beleid: Beleid
    _work: list[int] = attrs.field(factory=lambda: [0], init=False, eq=False)

    @property
    def spent(self) -> bool:
        """Whether as much was tried as one search may cost."""
        return self._work[0] > MAX_WORK

    def options(self, name: str) -> list[_Option]:
        """Every other value of a fact that conditions tell apart."""
        fact, now = self.kader.feiten[name], self.casus.values.get(name)
        found: list[_Option] = []
        for value in self.kader.machine.options(name, self.casus.peildatum):
            if now is not None and self._alike(name, now, value):
                continue
            shown = f"{fact.shown(now)} → {fact.shown(value)}"
            change = Change(name, fact.label, now, value, shown, fact.gevoelig)
            found.append(self._option(change))
        return found

    def _alike(self, name: str, one: FactValue, other: FactValue) -> bool:
        day = self.casus.peildatum
        atoms = [atom for atom in self.kader.atoms.get(name, ()) if not isinstance(atom, Known)]
        return all(holds(atom, one, day) == holds(atom, other, day) for atom in atoms)

    def _option(self, change: Change) -> _Option:
        bits, day = self.kader.machine.bits, self.casus.peildatum
        true, false = bits.pack_fact(change.feit, change.naar, day)
        clears = sum(1 << bit for _, bit in bits.by_fact.get(change.feit, ()))
        for name in self._following(change.feit):
            mask = sum(1 << bit for _, bit in bits.by_fact.get(name, ()))
            clears |= mask
            if change.naar is False:
                more_true, more_false = bits.pack_fact(name, NOT_APPLICABLE, day)
                true, false = true | more_true, false | more_false
            else:
                false |= bits.unknown & mask
        return _Option(change, clears, true, false)

    def _following(self, base: str) -> Iterator[str]:
        """Unknown facts that hang on one: with it absent they do not apply, with it present they are unknown."""
        for name in self.kader.dependents:
            if self.kader.feiten[name].geldt_als == base and name not in self.casus.values:
                yield name

    def advise(self, options: Sequence[_Option]) -> OutcomeT:
        """The advice after these changes."""
        self._work[0] += 100
        true, false = self.casus.true, self.casus.false
        for option in options:
            true = true & ~option.clears | option.true
            false = false & ~option.clears | option.false
        if self.kader.predicates:
            true, false = self._answered(options, true, false)
        trace = self.kader.machine.decide(true, false, self.casus.own)
        certain = trace[0] >= 0 and not self.kader.facts_in_known
        if certain or self.beleid is Beleid.CAUTIOUS:
            return self.kader.machine.outcome(trace[0])
        changed = attrs.evolve(self.casus, effective=self._effective(options), true=true, false=false)
        found = relevance(self.kader, changed, trace)
        self._work[0] += found.cells
        return found.outcome(self.kader, trace)

    def _effective(self, options: Sequence[_Option]) -> dict[str, Any]:
        effective: dict[str, Any] = dict(self.casus.effective)
        for option in options:
            effective[option.change.feit] = option.change.naar
            for name in self._following(option.change.feit):
                if option.change.naar is False:
                    effective[name] = NOT_APPLICABLE
                else:
                    effective.pop(name, None)
        if self.kader.predicates:
            effective = {name: value for name, value in effective.items() if name in self.kader.feiten}
            effective |= ask(self.kader.predicates.values(), effective)[0]
        return effective

    def _answered(self, options: Sequence[_Option], true: int, false: int) -> tuple[int, int]:
        """The conditions, with what predicates say after the changes."""
        bits, effective = self.kader.machine.bits, self._effective(options)
        for name, predicate in self.kader.predicates.items():
            bit = 1 << bits.index[predicate]
            answer = effective.get(name)
            true = true | bit if answer is True else true & ~bit
            false = false | bit if answer is False else false & ~bit
        return true, false

    def smallest(
        self, names: Sequence[str], wanted: OutcomeT | None
    ) -> tuple[list[ChangeSet[OutcomeT]], bool]:
        """The inclusion-minimal sets of changes over these facts, smallest first, and whether the list was cut."""
        today = self.advise(())
        options = {name: self.options(name) for name in names}
        found: list[ChangeSet[OutcomeT]] = []
        turning: list[frozenset[tuple[str, FactValue]]] = []
        for count in range(1, MAX_CHANGES + 1):
            for chosen in itertools.combinations(names, count):
                for combination in itertools.product(*(options[name] for name in chosen)):
                    changes = frozenset((option.change.feit, option.change.naar) for option in combination)
                    if any(smaller <= changes for smaller in turning):
                        continue
                    if self.spent:
                        return found, True
                    advies = self.advise(combination)
                    if advies is today:
                        continue
                    if wanted is None or advies is wanted:
                        if len(found) == MAX_SETS:
                            return found, True
                        turning.append(changes)
                        found.append(ChangeSet(tuple(option.change for option in combination), advies))
        return found, False


def counterfactuals(
    kader: Afwegingskader[OutcomeT], casus: Casus, beleid: Beleid
) -> Counterfactuals[OutcomeT]:
    """The smallest changes of known, changeable facts that change the advice; see ``Afweging.tegenfeitelijk``."""
    search = _Search(kader, casus, beleid)
    names = [name for name in _known(kader, casus) if kader.feiten[name].veranderbaar]
    found, cut = search.smallest(names, None)
    return Counterfactuals(search.advise(()), tuple(found), cut, MAX_CHANGES)


def sensitivities(
    kader: Afwegingskader[OutcomeT], casus: Casus, beleid: Beleid
) -> tuple[Sensitivity[OutcomeT], ...]:
    """Per known fact whether it is decisive; see ``Afweging.gevoeligheid``."""
    search = _Search(kader, casus, beleid)
    today = search.advise(())
    found: list[Sensitivity[OutcomeT]] = []
    for name in _known(kader, casus):
        fact = kader.feiten[name]
        anders = {fact.shown(option.change.naar): search.advise((option,)) for option in search.options(name)}
        turns = any(outcome is not today for outcome in anders.values())
        found.append(Sensitivity(name, fact.label, turns, anders, fact.gevoelig))
    return tuple(found)


def what_it_takes(
    kader: Afwegingskader[OutcomeT], casus: Casus, beleid: Beleid, uitkomst: object
) -> Counterfactuals[OutcomeT]:
    """The smallest changes, and answers to what is unknown, that give one outcome; see ``Afweging.waarom_niet``."""
    values = {outcome.value: outcome for outcome in kader.machine.outcomes}
    wanted = values.get(str(uitkomst).casefold())
    if wanted is None:
        do = suggestion(str(uitkomst), values)
        raise InputError.of(
            "outcome-unknown", "not an outcome of this kader", do, where="$.uitkomst", given=repr(uitkomst)
        )
    search = _Search(kader, casus, beleid)
    changeable = [name for name in _known(kader, casus) if kader.feiten[name].veranderbaar]
    unknown = [name for name in kader.facts_read if name not in casus.effective]
    names = kader.in_order([*changeable, *unknown])
    today = search.advise(())
    if wanted is today:
        return Counterfactuals(today, (), afgekapt=False, meest=MAX_CHANGES, gevraagd=wanted)
    found, cut = search.smallest(names, wanted)
    return Counterfactuals(today, tuple(found), cut, MAX_CHANGES, wanted)


def _known(kader: Afwegingskader[Any], casus: Casus) -> list[str]:
    """Facts that were given and that the kader reads; what was assumed is nobody's to change."""
    return [name for name in kader.facts_read if name in casus.values and name not in casus.aangenomen]
