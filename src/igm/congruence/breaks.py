"""Where a chain breaks and what is compensated: which gaps are larger than what was stated to count."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import attrs

from igm.congruence.chain_parties import ROLES, ChainParty, ChainRole
from igm.congruence.pairs import Pair
from igm.constructs._base import FrozenMapping, is_mapping, is_number, plain_number, shown
from igm.constructs.model import Construct, found_construct, nearest_construct
from igm.constructs.waarde import Waarde
from igm.errors import MASK, Problems, suggestion
from igm.scoring.reliabilities import Reliabilities

NOISE: Final = 1e-9
"""Two sizes that differ less than this are the same: rounding alone can part them."""

Z: Final = 1.96
"""So many standard errors of a difference is more than error of measurement, 19 times in 20."""

Sems: TypeAlias = Mapping[ChainRole, Mapping[Construct, float]]
"""The standard error of measurement per party and construct, on the scale that the value was given on."""

GivenSem: TypeAlias = "float | Mapping[str, float] | Mapping[Construct, float] | Reliabilities"
"""The standard error of every score of a party, one by construct, or reliabilities that hold them."""


@attrs.frozen(repr=False)
class Gap:
    """How far who guides and who is guided lie apart on one construct.

    Attributes:
        construct: Which one.
        difference: Who guides minus who is guided, on the metric of the chain.
        threshold: What it must be larger than to count, without its sign; ``None`` when that is not known.
        beyond: Whether it is larger; ``None`` when that is not known, which is not a no.

    Example:
        >>> Gap(Construct.KENNIS, -25.0, 10.0, True)
        Gap('kennis', -25.00, beyond=True)
        >>> Gap(Construct.BELASTBAARHEID, -25.0, 10.0, True)
        Gap('belastbaarheid', •••)
    """

    construct: Construct
    difference: float
    threshold: float | None = None
    beyond: bool | None = None

    @property
    def size(self) -> float:
        """The difference without its sign."""
        return abs(self.difference)

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON."""
        data: dict[str, Any] = attrs.asdict(self, recurse=False)
        return {**data, "construct": self.construct.value}

    def __repr__(self) -> str:
        if self.construct.info.sensitive:
            return f"Gap({self.construct.value!r}, {MASK})"
        return f"Gap({self.construct.value!r}, {self.difference:.2f}, beyond={self.beyond})"


@attrs.frozen(repr=False)
class Compensated:
    """A construct on which the second link undoes some of the gap of the first.

    With g₁ = manager − professional and g₂ = professional − client: g₁ g₂ < 0. Then manager − client = g₁ + g₂, and
    |g₁ + g₂| = ||g₁| − |g₂|| is smaller than the widest gap, max(|g₁|, |g₂|).

    Attributes:
        construct: Which one.
        first: g₁, the gap between manager and professional.
        second: g₂, the gap between professional and client.
        beyond: Whether either gap is beyond what was stated to count; ``None`` when that is not known.

    Example:
        >>> found = Compensated(Construct.KENNIS, 30.0, -20.0)
        >>> found.whole, found.undone
        (10.0, 20.0)
    """

    construct: Construct
    first: float
    second: float
    beyond: bool | None = None

    @property
    def whole(self) -> float:
        """Manager minus client: g₁ + g₂."""
        return self.first + self.second

    @property
    def undone(self) -> float:
        """By how much manager and client lie nearer each other than the widest gap: min(|g₁|, |g₂|)."""
        return min(abs(self.first), abs(self.second))

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON."""
        data: dict[str, Any] = attrs.asdict(self, recurse=False)
        return {**data, "construct": self.construct.value, "whole": self.whole, "undone": self.undone}

    def __repr__(self) -> str:
        if self.construct.info.sensitive:
            return f"Compensated({self.construct.value!r}, {MASK})"
        return f"Compensated({self.construct.value!r}, {self.first:.2f} and {self.second:.2f})"


class MaskedBreaks(tuple[Construct, ...]):
    """The constructs on which a link breaks; when printed, whether a sensitive one is among them is masked.

    Example:
        >>> MaskedBreaks([Construct.KENNIS, Construct.BELASTBAARHEID]), MaskedBreaks()
        ((<Construct.KENNIS: 'kennis'>, •••), (•••))
    """

    __slots__ = ()

    def __repr__(self) -> str:
        # the mask stands there with and without a break: its place must not tell of one
        return f"({', '.join([*(repr(key) for key in self if not key.info.sensitive), MASK])})"


def _none() -> Sems:
    return FrozenMapping()


@attrs.frozen
class BreakRule:
    """What counts as a break: beyond a margin, beyond error of measurement, or beyond both when both are stated.

    Attributes:
        margin: A size on the metric of the chain.
        sem: Standard errors of measurement; a gap is beyond them when |gap| > 1.96 √(sem₁² + sem₂²).

    Example:
        >>> BreakRule(margin=10.0).is_stated, BreakRule().is_stated
        (True, False)
    """

    margin: float | None = None
    sem: Sems = attrs.field(factory=_none)

    @property
    def is_stated(self) -> bool:
        """Whether anything was stated."""
        return self.margin is not None or bool(self.sem)

    def gaps(self, pair: Pair, guide: ChainParty, guided: ChainParty) -> tuple[Gap, ...]:
        """The gap of every construct of a link."""
        return tuple(
            self._gap(key, first - second, self._error(key, pair, (guide, guided)))
            for key, first, second in zip(pair.constructs, pair.first, pair.second, strict=True)
        )

    def _gap(self, key: Construct, difference: float, error: float | None) -> Gap:
        stated = [self.margin] if self.margin is not None else []
        limits: list[float | None] = [*stated, error] if self.sem else [*stated]
        if not limits:
            return Gap(key, difference)
        if abs(difference) <= NOISE:
            return Gap(
                key, difference, _largest(limits), beyond=False
            )  # whatever the error of measurement is
        found = [None if one is None else abs(difference) > one + NOISE for one in limits]
        beyond = False if False in found else None if None in found else True
        return Gap(key, difference, _largest(limits), beyond)

    def _error(self, key: Construct, pair: Pair, parties: tuple[ChainParty, ChainParty]) -> float | None:
        """What error of measurement alone can make of the gap; unknown when it is unknown on either side."""
        sems: list[float] = []
        for party in parties:
            sem = self.sem.get(party.role, {}).get(key)
            value = None if party.profiel is None else party.profiel[key]
            if sem is None or not isinstance(value, Waarde) or value.schaal is None:
                return None
            sems.append(sem if pair.metric == "schaal" else value.schaal.pomp_width(sem))
        return Z * math.hypot(*sems)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        sem = {role: {key.value: one for key, one in own.items()} for role, own in self.sem.items()}
        return {"margin": self.margin, "sem": sem, "z": Z}


def _largest(limits: list[float | None]) -> float | None:
    """What a gap must be larger than; unknown when any limit is."""
    known = [one for one in limits if one is not None]
    return max(known) if len(known) == len(limits) else None


def compensated(first: tuple[Gap, ...], second: tuple[Gap, ...]) -> tuple[Compensated, ...]:
    """The constructs of which both links have a gap, in opposite directions; the most undone first."""
    after = {gap.construct: gap for gap in second}
    found: list[Compensated] = []
    for gap in first:
        other = after.get(gap.construct)
        if other is None or min(gap.size, other.size) <= NOISE:
            continue
        if (gap.difference > 0) != (other.difference > 0):
            either = (gap.beyond, other.beyond)
            beyond = True if True in either else None if None in either else False
            found.append(Compensated(gap.construct, gap.difference, other.difference, beyond))
    return tuple(sorted(found, key=lambda one: -one.undone))


def read_rule(margin: object, sem: object, problems: Problems) -> BreakRule:
    """What counts as a break, from what a user writes; what is wrong goes to ``problems``."""
    size = None if margin is None else _size(margin, "$.margin", problems)
    read: dict[ChainRole, Mapping[Construct, float]] = {}
    if sem is not None and not is_mapping(sem):
        do = 'Give them by party: sem={"manager": {"houding": 0.3}}.'
        problems.add("invalid-value", "no standard errors by party", do, where="$.sem", given=shown(sem))
    elif sem is not None:
        for name, own in sem.items():
            role: ChainRole | None = next((one for one in ROLES if one == name), None)
            if role is None:
                do = suggestion(name, ROLES)
                problems.add("unknown-name", "no party of a chain", do, where="$.sem", given=shown(name))
            else:
                read[role] = FrozenMapping(_sems(own, f"$.sem.{role}", problems))
    return BreakRule(size, FrozenMapping(read))


def _size(given: object, where: str, problems: Problems) -> float | None:
    number: object = plain_number(given)
    if not is_number(number):
        do = "Give a finite number of at least 0, or leave it out."
        problems.add("not-a-number", "no size", do, where=where, given=shown(number))
    elif number < 0:
        do = "Give a number of at least 0."
        problems.add("value-out-of-range", "a size below zero", do, where=where, given=shown(number))
    else:
        return float(number)
    return None


def _sems(given: object, where: str, problems: Problems) -> dict[Construct, float]:
    """The standard errors of one party: a number for every construct, numbers by construct, or reliabilities."""
    if isinstance(given, Reliabilities):
        return {key: row.sem for key, row in given.rows.items() if row.sem is not None}
    if not is_mapping(given):
        size = _size(given, where, problems)
        return {} if size is None else dict.fromkeys(Construct, size)
    found: dict[Construct, float] = {}
    for name, sem in given.items():
        key = found_construct(name)
        if key is None:
            do = nearest_construct(name)
            problems.add("unknown-construct", "unknown construct", do, where=where, given=shown(name))
            continue
        if key in found:
            what = f"{key.value} is given under two names"
            problems.add("duplicate-name", what, "Give it once.", where=where)
        size = _size(sem, f"{where}.{key.value}", problems)
        if size is not None:
            found[key] = size
    return found
