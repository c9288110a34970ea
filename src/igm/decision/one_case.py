"""What a kader does with one case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, Generic, NoReturn, TypeAlias, cast

from igm.decision.afweging import Afweging
from igm.decision.casus import Casus
from igm.decision.records import OutcomeT
from igm.decision.truth import Beleid
from igm.errors import InputError

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader
    from igm.decision.machine import Machine
    from igm.decision.program import Outcome

    Ready: TypeAlias = tuple[
        str, Machine[OutcomeT], Callable[[int, int, Sequence[int]], Outcome], tuple[OutcomeT, ...]
    ]

# an advice is made in a microsecond, of which its own __init__ and __setattr__ would take half
_new: Final = cast("Callable[[], Any]", partial(object.__new__, Afweging))
_set_advies: Final = Afweging.__dict__["advies"].__set__
_set_weighed: Final = Afweging.__dict__["_weighed"].__set__


class OneCase(Generic[OutcomeT]):
    """The methods of a kader that take one case."""

    def evaluate(self, casus: Casus, /, *, beleid: Beleid | str = Beleid.EXACT) -> Afweging[OutcomeT]:
        """Weigh a case: the advice, its arguments, and what is still missing and matters.

        Args:
            casus: A case made by this kader.
            beleid: ``"exact"`` (an advice holds when every way to fill in the unknowns agrees) or ``"cautious"``
                (plain Kleene logic).

        Returns:
            The advice with its arguments; a person decides.

        Raises:
            InputError: ``kader-invalid`` for a case of another kader; ``unknown-name`` for another policy.
        """
        own_hash, machine, decide, rows = self._ready
        if type(casus) is not Casus or casus.kader_hash != own_hash:
            self._refuse(casus)
        policy = beleid if type(beleid) is Beleid else read_policy(beleid)
        trace = decide(casus.true, casus.false, casus.own)
        advice: Afweging[OutcomeT] = _new()
        _set_weighed(advice, (self, casus, policy, trace))
        if (row := trace[0]) >= 0 and rows:
            _set_advies(advice, rows[row])
        elif policy is Beleid.CAUTIOUS:
            _set_advies(advice, machine.outcome(row))
        elif (seen := machine.foreseen(casus.own)) is not None:
            _set_advies(advice, machine.outcomes[seen.number(casus.true, casus.false)])
        else:
            _set_advies(advice, advice._relevant().outcome(self._kader, trace))
        return advice

    @cached_property
    def _ready(self) -> Ready[OutcomeT]:
        """What every case takes, at one look-up; the outcomes by row only where a row that decides is sure.

        Where a condition asks whether a fact is known, learning it can open a row that is closed today.
        """
        kader = self._kader
        rows = () if kader.facts_in_known else kader.machine.rows
        return kader.hash, kader.machine, kader.machine.decide, rows

    @property
    def _kader(self) -> Afwegingskader[OutcomeT]:
        return cast("Afwegingskader[OutcomeT]", self)

    def _refuse(self, casus: object) -> NoReturn:
        kader = self._kader
        given = (
            f"a case of {casus.kader} ({casus.kader_hash})"
            if isinstance(casus, Casus)
            else type(casus).__name__
        )
        do = f"Make it with the casus(...) of this kader: {kader.reference} ({kader.hash})."
        raise InputError.of("kader-invalid", "not a case of this kader", do, given=given)


_POLICIES: Final = {policy.value: policy for policy in Beleid}


def read_policy(beleid: object) -> Beleid:
    """The policy of this name.

    Raises:
        InputError: ``unknown-name`` for another one.
    """
    found = _POLICIES.get(beleid) if isinstance(beleid, str) else None
    if found is None:
        raise InputError.of(
            "unknown-name", "unknown policy", "Give 'exact' or 'cautious'.", given=repr(beleid)
        )
    return found
