"""``Predicaat``: a Python function as a condition, with what it reads, where it turns, and how it can be run."""

from __future__ import annotations

import importlib
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import numpy as np

from igm.decision.completions import NOT_APPLICABLE, UNKNOWN, CellValue
from igm.decision.conditions import Atom, Compare, Condition, FactKind, JaNee, OneOf
from igm.errors import MASK

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader
    from igm.decision.translations import Texts

Function: TypeAlias = Callable[..., Any]


class Uitvoering(StrEnum):
    """How a predicate can be run: on one case at a time, or also on arrays with a row per case.

    Example:
        >>> Uitvoering("arrays")
        <Uitvoering.ARRAYS: 'arrays'>
    """

    GEVAL = "geval"
    ARRAYS = "arrays"


@attrs.frozen
class Fault:
    """A predicate that could not say: it raised, or gave something that is not a yes or a no.

    Attributes:
        kind: Name of the error; its message stays out, because it may hold what is known of a person.
    """

    kind: str


@attrs.frozen(repr=False)
class Mislukt:
    """A predicate that failed on a case; what asks it counts as unknown, and all else goes on.

    Attributes:
        predicaat: Id of the predicate.
        label: What people read.
        fout: Name of the error; its message stays out, because it may hold what is known of a person.
        regels: The rules and rows that ask it.
        ref: Pseudonymous reference of the case, where given.
        gevoelig: Whether it reads sensitive facts, so that it is masked when it is not asked for.

    Example:
        >>> Mislukt("ons.bereikbaar", "de werkplek is bereikbaar", "ZeroDivisionError", ("ons.v1",), "c-017")
        Mislukt('ons.bereikbaar', ZeroDivisionError, c-017: ons.v1)
    """

    predicaat: str
    label: str
    fout: str
    regels: tuple[str, ...]
    ref: str | None = None
    gevoelig: bool = False

    def __repr__(self) -> str:
        said = MASK if self.gevoelig else f"{self.predicaat!r}, {self.fout}"
        asked = MASK if self.gevoelig else ", ".join(self.regels)
        return f"Mislukt({said}, {self.ref or 'no ref'}: {asked})"


@attrs.frozen(repr=False)
class Predicaat(Atom):
    """A condition that a Python function answers; made with [predicaat][igm.decision.predicaat].

    The function is called with the value of every fact that it reads, by name, and only when all of them are known:
    until then the condition is open. Where one of them does not apply, it is false, as every condition on it. When the
    function raises, the condition is open and the advice says that it failed.

    Attributes:
        id: Dotted and stable, such as ``ons.bereikbaar``.
        versie: Another version is another kader: change it whenever the function answers otherwise.
        label: What people read.
        leest: The facts that it reads, with their kinds.
        drempels: Per number or date, the values at which the answer can turn; in between it does not.
        functie: The function.
        arrays: The same on arrays; without it the rows are asked one by one.
        uitvoeringen: How it can be run.

    Example:
        >>> from igm.decision import feit, predicaat
        >>> @predicaat("ons.bereikbaar", label="de werkplek is bereikbaar", versie="1",
        ...            leest=[feit.getal("reistijd"), feit.ja_nee("auto")], drempels={"reistijd": [60]})
        ... def bereikbaar(reistijd: float, auto: bool) -> bool:
        ...     return auto or reistijd <= 60
        >>> bereikbaar
        de werkplek is bereikbaar
        >>> sorted(bereikbaar.facts)
        ['auto', 'reistijd']
    """

    kind: FactKind = attrs.field(default=FactKind.JA_NEE, init=False)
    id: str = attrs.field(kw_only=True)
    versie: str = attrs.field(kw_only=True)
    label: str = attrs.field(kw_only=True)
    leest: tuple[tuple[str, FactKind], ...] = attrs.field(kw_only=True)
    drempels: tuple[tuple[str, tuple[float | date, ...]], ...] = attrs.field(kw_only=True, default=())
    functie: Function = attrs.field(kw_only=True)
    arrays: Function | None = attrs.field(kw_only=True, default=None)
    uitvoeringen: tuple[Uitvoering, ...] = attrs.field(kw_only=True, default=(Uitvoering.GEVAL,))

    @property
    def reads(self) -> tuple[str, ...]:
        """Names of the facts that it reads."""
        return tuple(name for name, _ in self.leest)

    def cells(self, options: Callable[[str], Sequence[str]]) -> list[Atom]:
        """Conditions on single facts that tell apart all that it tells apart.

        Args:
            options: The options of a choice, by name.
        """
        turns = dict(self.drempels)
        found: list[Atom] = []
        for name, kind in self.leest:
            if kind is FactKind.JA_NEE:
                found.append(JaNee(name))
            elif kind is FactKind.KEUZE:
                found += [OneOf(name, kind, (option,)) for option in options(name)]
            else:
                for threshold in turns.get(name, ()):
                    found += [Compare(name, kind, "<", threshold), Compare(name, kind, "<=", threshold)]
        return found

    def answer(self, values: Mapping[str, Any]) -> bool | Fault | None:
        """What the function says of these values; nothing while one of them is unknown."""
        given = {name: values.get(name, UNKNOWN) for name in self.reads}
        if any(value is NOT_APPLICABLE for value in given.values()):
            return False
        if any(value is UNKNOWN for value in given.values()):
            return None
        try:
            found: Any = self.functie(**given)
        except Exception as error:  # noqa: BLE001 (whatever it raises, the other rules go on)
            return Fault(type(error).__name__)
        if found is None or _is_truth_value(found):
            return found if found is None else bool(found)
        return Fault(f"{type(found).__name__} in plaats van ja of nee")

    def __call__(self, **values: Any) -> Any:
        """Call the function itself."""
        return self.functie(**values)

    def __reduce__(self) -> tuple[Any, ...]:
        """Functions are kept by where they can be imported from, as pickle keeps every function."""
        for function in (self.functie, self.arrays):
            if function is not None and not _can_be_imported(function, self):
                do = "define it at the top level of a module"
                raise pickle.PicklingError(f"predicate {self.id!r} cannot be pickled: {do}")
        plain = {
            name: getattr(self, name)
            for name in ("id", "versie", "label", "leest", "drempels", "uitvoeringen")
        }
        return _restored, (_place(self.functie), None if self.arrays is None else _place(self.arrays), plain)

    def __repr__(self) -> str:
        return self.label


def _is_truth_value(found: object) -> bool:
    return isinstance(found, (bool, np.bool_))


def named(id_: str) -> str:
    """The name under which the answer of a predicate stands beside those of facts; no fact can have it."""
    return f"predicaat {id_}"


def conditions_of(kader: Afwegingskader[Any] | Texts) -> tuple[Condition, ...]:
    """All that the rules and rows of a kader read."""
    of_rules = (condition for rule in kader.regels for _, condition in rule.conditions)
    return (*of_rules, *(row.als for row in kader.beslis))


def predicates_in(conditions: Iterable[Condition]) -> dict[str, Predicaat]:
    """The predicates that conditions hold, by the name of their answer."""
    return {
        node.fact: node
        for condition in conditions
        for node in condition.walk()
        if isinstance(node, Predicaat)
    }


def atoms_in(
    conditions: Sequence[Condition], options: Callable[[str], Sequence[str]]
) -> dict[str, tuple[Atom, ...]]:
    """The conditions on single facts, and on answers of predicates with what these tell apart, by name.

    Args:
        conditions: What reads them.
        options: The options of a choice, by name.
    """
    found: dict[str, dict[Atom, None]] = {}
    for condition in conditions:
        for node in condition.walk():
            if isinstance(node, Atom):
                found.setdefault(node.fact, {})[node] = None
    for predicate in predicates_in(conditions).values():
        for cell in predicate.cells(options):
            found.setdefault(cell.fact, {})[cell] = None
    return {name: tuple(atoms) for name, atoms in found.items()}


def ask(
    predicates: Iterable[Predicaat], values: Mapping[str, Any]
) -> tuple[dict[str, bool], list[tuple[Predicaat, Fault]]]:
    """What predicates say of these values, by the name of their answer, and which of them failed."""
    answers: dict[str, bool] = {}
    failed: list[tuple[Predicaat, Fault]] = []
    for predicate in predicates:
        answer = predicate.answer(values)
        if isinstance(answer, Fault):
            failed.append((predicate, answer))
        elif answer is not None:
            answers[predicate.fact] = answer
    return answers, failed


def answered(
    kader: Afwegingskader[Any], values: Mapping[str, CellValue], ref: str | None
) -> tuple[Mapping[str, CellValue], tuple[Mislukt, ...]]:
    """The values of a case with what predicates say of them, and the predicates that failed."""
    if not kader.predicates:
        return values, ()
    answers, failed = ask(kader.predicates.values(), values)
    return {**values, **answers}, tuple(
        Mislukt(
            predicate.id,
            predicate.label,
            fault.kind,
            _asking(kader, predicate),
            ref,
            not kader.sensitive.isdisjoint(predicate.reads),
        )
        for predicate, fault in failed
    )


def _asking(kader: Afwegingskader[Any], predicate: Predicaat) -> tuple[str, ...]:
    """The rules, rows and guardrails that ask a predicate, as arguments name them."""
    asking: list[str] = []
    for rule in kader.regels:
        own = (rule.als, *(exception.als for exception in rule.tenzij if exception.regel is None))
        asking += [rule.id] if any(predicate in als.walk() for als in own) else []
    rows = (row for row in kader.beslis if not row.vangrails)
    asking += [f"beslis:{row.id}" for row in rows if predicate in row.als.walk()]
    asking += [f"vangrail:{rail.id}" for rail in kader.vangrails if predicate in rail.als.walk()]
    return tuple(asking)


def _place(function: Function) -> tuple[str, str]:
    return function.__module__, function.__qualname__


def _restored(
    place: tuple[str, str], array_place: tuple[str, str] | None, plain: Mapping[str, Any]
) -> Predicaat:
    found = _imported(place)
    if isinstance(found, Predicaat):  # the decorator has put it where its function was
        return found
    arrays = None if array_place is None else _imported(array_place)
    return Predicaat(named(plain["id"]), functie=found, arrays=arrays, **plain)


def _can_be_imported(function: Function, predicate: Predicaat) -> bool:
    try:
        found = _imported(_place(function))
    except (AttributeError, ImportError):
        return False
    return found is function or found == predicate


def _imported(place: tuple[str, str]) -> Any:
    found: Any = importlib.import_module(place[0])
    for name in place[1].split("."):
        found = getattr(found, name)
    return found
