"""Checks of facts: never read, without effect, edges between thresholds, likely proxies, steps in two directions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import attrs

from igm._content import read_shipped
from igm.constructs._base import path_of
from igm.decision.atoms import years_between
from igm.decision.completions import NOT_APPLICABLE, UNKNOWN, Cell
from igm.decision.conditions import Age, Compare, Condition, FactKind, Not
from igm.decision.findings import Ernst, Finding
from igm.decision.kader import Afwegingskader
from igm.decision.verification_rules import never
from igm.decision.verification_space import Space


def check_declared(kader: Afwegingskader[Any]) -> Iterator[Finding]:
    """What the declarations tell: facts that nothing reads, and names that often stand for another ground."""
    for name, fact in kader.feiten.items():
        where = path_of(("feiten", name))
        if name not in kader.facts_that_count and name not in kader.geen_rol:
            yield Finding("unread-fact", Ernst.OPMERKING, where, "geen regel of rij leest dit feit")
        if name in kader.facts_read and name not in kader.geen_rol:
            for pattern, stands_for, reason in _proxies():
                if pattern.search(f"{name.replace('_', ' ')} | {fact.label}"):
                    wat = f"{fact.label!r} kan staan voor {stands_for}: {reason}"
                    yield Finding("proxy", Ernst.WAARSCHUWING, where, wat)
                    break


@cache
def _proxies() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple(
        (
            re.compile(rf"(?<!\w)(?:{entry['patroon']})(?!\w)", re.IGNORECASE),
            entry["staat_voor"],
            entry["reden"],
        )
        for entry in read_shipped("labels", "proxies")["woorden"]
    )


def check_effects(kader: Afwegingskader[Any], space: Space, step: Callable[[], None]) -> Iterator[Finding]:
    """What each fact does to the outcome, the rest alike; ``step`` is called after each group of facts."""
    edges = _edges(kader)
    for index, variable in enumerate(space.table.found):
        outcomes = space.per_cell(index)
        for name in variable.facts:
            effect = _Effect(kader, space, index, name, outcomes)
            yield from effect.dead()
            yield from effect.edges(edges.get(name, ()))
            yield from effect.steps()
        step()


@attrs.frozen
class _Effect:
    """One fact, and the outcomes of every case when the fact has each of its values."""

    kader: Afwegingskader[Any]
    space: Space
    index: int
    name: str
    outcomes: Sequence[Sequence[int]]

    @property
    def where(self) -> str:
        return path_of(("feiten", self.name))

    @property
    def cells(self) -> tuple[Cell, ...]:
        return self.space.table.found[self.index].cells

    def example(self, plane: int, cell: int) -> dict[str, Any] | None:
        return self.space.example(plane, {self.index: cell})

    def dead(self) -> Iterator[Finding]:
        """Read, and still without effect on the outcome."""
        if self.name not in self.kader.facts_read or self.name in self.kader.geen_rol:
            return
        for first, *rest in self.space.table.found[self.index].groups(self.name):
            if any(self.outcomes[first] != self.outcomes[other] for other in rest):
                return
        wat = "het feit wordt gelezen, maar een andere waarde verandert de uitkomst nooit"
        known = next(place for place, cell in enumerate(self.cells) if self._has_value(cell))
        example = self.example(_any(self.outcomes[known]), known)
        yield never(
            self.space,
            "dead-fact",
            self.where,
            f"{wat} (zolang er geen eigen antwoorden zijn)",
            voorbeeld=example,
        )

    def _has_value(self, cell: Cell) -> bool:
        return cell[self.name] is not NOT_APPLICABLE and cell[self.name] is not UNKNOWN

    def edges(self, suspects: Sequence[tuple[float, str]]) -> Iterator[Finding]:
        """Single values between thresholds that get another outcome than both neighbours."""
        for point, written in suspects:
            for before, here, after in self._neighbours(point):
                left = _differ(self.outcomes[before], self.outcomes[here])
                both = left & _differ(self.outcomes[after], self.outcomes[here])
                if both:
                    wat = f"precies bij {point:g} is de uitkomst anders dan vlak eronder en vlak erboven"
                    yield Finding(
                        "threshold-gap",
                        Ernst.WAARSCHUWING,
                        self.where,
                        f"{wat}; gelezen wordt {written}",
                        self.example(both, here),
                    )
                    break

    def _neighbours(self, point: float) -> Iterator[tuple[int, int, int]]:
        for group in self.space.table.found[self.index].groups(self.name):
            known = [cell for cell in group if self._has_value(self.cells[cell])]
            for before, here, after in zip(known, known[1:], known[2:], strict=False):
                if self._size(self.cells[here][self.name]) == point:
                    yield before, here, after

    def _size(self, value: object) -> object:
        if self.kader.feiten[self.name].kind is FactKind.DATUM and self.space.peildatum is not None:
            return years_between(value, self.space.peildatum)  # type: ignore[arg-type]
        return value

    def steps(self) -> Iterator[Finding]:
        """From no to yes the outcome sometimes rises and sometimes falls."""
        if self.kader.feiten[self.name].kind is not FactKind.JA_NEE:
            return
        found: dict[str, tuple[int, int]] = {}
        for group in self.space.table.found[self.index].groups(self.name):
            noes = [cell for cell in group if self.cells[cell][self.name] is False]
            yeses = [cell for cell in group if self.cells[cell][self.name] is True]
            for no, yes in itertools.product(noes, yeses):
                for way, plane in zip(("up", "down"), self._moves(no, yes), strict=True):
                    if plane:
                        found.setdefault(way, (plane, yes))
        if len(found) == 2:
            wat = (
                "van nee naar ja wordt de uitkomst soms gunstiger (voorbeeld) en soms minder gunstig (tweede)"
            )
            yield Finding(
                "not-monotone",
                Ernst.WAARSCHUWING,
                self.where,
                wat,
                self.example(*found["up"]),
                self.example(*found["down"]),
            )

    def _moves(self, before: int, after: int) -> tuple[int, int]:
        """The cases in which the outcome rises, and in which it falls."""
        ladder = [self.kader.machine.outcomes.index(outcome) for outcome in self.kader.volgorde]
        up = down = 0
        for low, high in itertools.combinations(ladder, 2):
            up |= self.outcomes[before][low] & self.outcomes[after][high]
            down |= self.outcomes[before][high] & self.outcomes[after][low]
        return up, down


def _any(planes: Sequence[int]) -> int:
    found = 0
    for plane in planes:
        found |= plane
    return found


def _differ(one: Sequence[int], other: Sequence[int]) -> int:
    return _any([left ^ right for left, right in zip(one, other, strict=True)])


def _edges(kader: Afwegingskader[Any]) -> Mapping[str, list[tuple[float, str]]]:
    """Per number or age the single values that lie between, or in both of, an upward and a downward threshold."""
    low: dict[str, dict[tuple[float, bool], str]] = {}
    high: dict[str, dict[tuple[float, bool], str]] = {}
    for condition in _conditions(kader):
        for atom, op, threshold in _thresholds(condition, denied=False):
            whole = isinstance(atom, Age) or kader.feiten[atom.fact].geheel
            end = _closed(op, threshold) if whole else (threshold, op in {"<=", ">="})
            side = low if op in {"<", "<="} else high
            side.setdefault(atom.fact, {}).setdefault(end, f"{'niet ' * (op != atom.op)}{atom!r}")
    found: dict[str, list[tuple[float, str]]] = {}
    for name in low.keys() & high.keys():
        whole = kader.feiten[name].geheel or kader.feiten[name].kind is FactKind.DATUM
        for (last, last_in), (first, first_in) in itertools.product(low[name], high[name]):
            written = f"{low[name][last, last_in]} en {high[name][first, first_in]}"
            if last == first and last_in == first_in:
                found.setdefault(name, []).append((last, written))
            elif whole and first - last == 2:
                found.setdefault(name, []).append((last + 1, written))
    return found


def _conditions(kader: Afwegingskader[Any]) -> Iterator[Condition]:
    for rule in kader.regels:
        yield from (condition for _, condition in rule.conditions)
    yield from (row.als for row in kader.beslis)


_DENIED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def _thresholds(condition: Condition, *, denied: bool) -> Iterator[tuple[Compare | Age, str, float]]:
    """Comparisons of numbers and ages, as they read once what is denied is turned round."""
    if isinstance(condition, Compare) and isinstance(condition.threshold, (int, float)):
        yield condition, _DENIED[condition.op] if denied else condition.op, condition.threshold
    elif isinstance(condition, Age):
        yield condition, _DENIED[condition.op] if denied else condition.op, condition.years
    for child in condition.children:
        yield from _thresholds(child, denied=denied is not isinstance(condition, Not))


def _closed(op: str, threshold: float) -> tuple[float, bool]:
    """The last or first whole number for which a comparison is true."""
    down, up = int(threshold // 1), -int(-threshold // 1)
    ends = {"<": up - 1, "<=": down, ">": down + 1, ">=": up}
    return float(ends[op]), True
