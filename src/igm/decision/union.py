"""Two kaders as one: parts joined by name, conflicts told all at once, guards never weaker."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from igm.constructs._base import path_of
from igm.decision.canonical import canonical
from igm.decision.composition import label, part_name, written_parts
from igm.decision.lineage import Bewerking, Stap
from igm.decision.records import OutcomeT
from igm.decision.translations import Texts, carried
from igm.errors import InputError, KaderError, Problems, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader


class BijConflict(StrEnum):
    """What a union does where two kaders say something else under one name.

    Example:
        >>> BijConflict("weigeren")
        <BijConflict.WEIGEREN: 'weigeren'>
    """

    WEIGEREN = "weigeren"
    DEZE = "deze"
    ANDERE = "andere"


_FIXED: Final = ("uitkomsten", "volgorde", "gunstig", "bij_onbekend")
_DO: Final = "Make them the same, or choose a side: bij_conflict='deze' or 'andere'."


def united(
    deze: Afwegingskader[OutcomeT], andere: Afwegingskader[Any], bij_conflict: BijConflict | str
) -> Afwegingskader[OutcomeT]:
    """The union of two kaders; see ``Afwegingskader.union``."""
    policies = {policy.value: policy for policy in BijConflict}
    policy = policies.get(bij_conflict) if isinstance(bij_conflict, str) else None
    if policy is None:
        do, where = suggestion(bij_conflict, policies), "$.bij_conflict"
        raise InputError.of("unknown-name", "unknown policy", do, where=where, given=repr(bij_conflict))
    other = _checked(andere)
    problems = Problems()
    for field in _FIXED:
        if _plain(getattr(deze, field)) != _plain(getattr(other, field)):
            do = "Only kaders that advise the same outcomes can be one."
            problems.add("kader-conflict", f"the kaders differ in {field}", do, where=f"$.{field}")
    merge = _Merge(policy, problems)
    mine, theirs = written_parts(deze), written_parts(other)
    parts: dict[str, Any] = {
        field: merge.parts(field, mine[field], theirs[field]) for field in mine if field != "beslis"
    }
    parts["afwegingen"] = merge.by_name("afwegingen", deze.afwegingen, other.afwegingen)
    parts["beslis"] = merge.whole("beslis", mine["beslis"], theirs["beslis"])
    problems.raise_any(KaderError)
    parts |= {
        guard: tuple(dict.fromkeys((*getattr(deze, guard), *getattr(other, guard))))
        for guard in ("geen_rol", "nooit_tegen")
    }
    parts["vertalingen"] = carried(Texts.of(deze, parts), deze, other)
    steps = dict.fromkeys((*deze.lijn, *other.lijn))
    step = Stap(Bewerking.VERENIGD, tuple(merge.settled), (deze.reference, other.reference))
    return attrs.evolve(
        deze,
        version=f"{deze.version}&{other.version}",
        bron="; ".join(dict.fromkeys((deze.bron, other.bron))),
        lijn=(*steps, step),
        **parts,
    )


def _checked(andere: Afwegingskader[Any]) -> Afwegingskader[Any]:
    from igm.decision.kader import Afwegingskader

    if not isinstance(cast("object", andere), Afwegingskader):
        do = "Give the other kader: union(kader)."
        given = type(andere).__name__
        raise KaderError.of("kader-invalid", "union() asks for a kader", do, given=given)
    return andere


def _plain(outcomes: Any) -> Any:
    """Outcomes by what they are, whatever the enumeration is called that they stand in."""
    if isinstance(outcomes, type):
        return canonical(outcomes)
    return (
        tuple(map(str, cast("tuple[str, ...]", outcomes))) if isinstance(outcomes, tuple) else str(outcomes)
    )


@attrs.frozen
class _Merge:
    """Joins what two kaders hold, and keeps what differed."""

    policy: BijConflict
    problems: Problems
    settled: list[str] = attrs.field(factory=list)

    def parts(self, field: str, mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
        """Parts by their name, those of this kader first."""
        told = {part_name(part): label(part) for part in (*mine, *theirs)}
        one, other = ({part_name(part): part for part in parts} for parts in (mine, theirs))
        return tuple(self.by_name(field, one, other, told).values())

    def by_name(
        self,
        field: str,
        mine: Mapping[str, Any],
        theirs: Mapping[str, Any],
        labels: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Things by name, those of this kader first."""
        joined = {**mine, **{name: part for name, part in theirs.items() if name not in mine}}
        for name in (name for name in mine if name in theirs):
            if canonical(mine[name]) != canonical(theirs[name]):
                told = (labels or {}).get(name, f"afweging:{name}")
                self._differs(path_of((field, name)), told, "the kaders say something else under one name")
                joined[name] = theirs[name] if self.policy is BijConflict.ANDERE else mine[name]
        return joined

    def whole(self, field: str, mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
        """A ranked list, which is not mixed."""
        if canonical(mine) == canonical(theirs):
            return mine
        self._differs(f"$.{field}", field, "the kaders rank other rows, and two ranked lists cannot be mixed")
        return theirs if self.policy is BijConflict.ANDERE else mine

    def _differs(self, where: str, told: str, what: str) -> None:
        if self.policy is BijConflict.WEIGEREN:
            self.problems.add("kader-conflict", what, _DO, where=where)
        self.settled.append(told)
