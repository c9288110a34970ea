"""Conditions in a rulebook file: nested keys, read into the same conditions that Python makes.

A condition is the name of a yes/no fact, or one key with what it says:

- ``{niet: C}``, ``{alle: [C, ...]}``, ``{een_van: [C, ...]}``
- ``{ten_minste: 3, van: [C, ...]}``, ``{ten_hoogste: 3, van: [C, ...]}``, or both bounds together
- ``{feit: leeftijd, kleiner_dan: 27}`` with ``kleiner_dan``, ``ten_hoogste``, ``groter_dan``, ``ten_minste`` (several
  together are all meant), ``is`` or ``in``; ``{jaren_sinds: geboortedatum, kleiner_dan: 27}``
- ``{bekend: leeftijd}``; ``{begrip: name}`` for a named condition; ``altijd``
- in ``beslis`` also ``{vraag: combinatie, is: nee}``
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeGuard

from igm.constructs._base import is_mapping, path_of, shown
from igm.decision.begrippen import Begrip
from igm.decision.conditions import MAX_DEPTH, Age, Always, Compare, Condition, FactKind, JaNee, OneOf
from igm.decision.counting import at_least, at_most, counted
from igm.decision.facts import Fact
from igm.decision.refs import DatumRef, GetalRef, KeuzeRef, Ref, antwoord, known
from igm.errors import IgmError, KaderError, Problems, suggestion

_COMPARISONS: Final = {"kleiner_dan": "<", "ten_hoogste": "<=", "groter_dan": ">", "ten_minste": ">="}
_FORMS: Final = frozenset(
    {
        "alle",
        "altijd",
        "begrip",
        "bekend",
        "een_van",
        "feit",
        "jaren_sinds",
        "niet",
        "ten_hoogste",
        "ten_minste",
        "vraag",
    }
)
_SAID_OTHERWISE: Final = {
    "en": "alle",
    "and": "alle",
    "of": "een_van",
    "or": "een_van",
    "not": "niet",
    "all": "alle",
    "any": "een_van",
    "fact": "feit",
    "known": "bekend",
}
"""How people write some forms who know them from elsewhere."""
_REFS: Final[dict[FactKind, Callable[[str], Ref]]] = {
    FactKind.JA_NEE: JaNee,
    FactKind.GETAL: GetalRef,
    FactKind.KEUZE: KeuzeRef,
    FactKind.DATUM: DatumRef,
}


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Whether a value from a file is a list."""
    return isinstance(value, list)


class ConditionReader:
    """Reads conditions; collects what is wrong with its path instead of stopping at the first fault.

    Args:
        facts: Declared facts by name.
        named: Raw named conditions (``begrippen``).
        problems: Where faults go.
        faulty: Names of facts that are declared with a fault; what is read of them is not judged.
    """

    def __init__(
        self,
        facts: Mapping[str, Fact],
        named: Mapping[str, Any],
        problems: Problems,
        *,
        faulty: Collection[str] = (),
    ) -> None:
        self._facts = facts
        self._named = named
        self._problems = problems
        self._faulty = faulty
        self._read_names: dict[str, tuple[Condition, int]] = {}
        self._reading: list[str] = []
        self._depth = self._deepest = 0

    def read(self, raw: Any, where: str) -> Condition:
        """The condition that a value from a file means; after a fault, one that is always true."""
        self._depth += 1
        try:
            self._go_to(self._depth)
            return self._read(raw, where)
        except IgmError as error:
            for problem in error.problems:
                self._problems.add(problem.code, problem.what, problem.do, where=where, given=problem.given)
            return Always()
        finally:
            self._depth -= 1

    def _go_to(self, depth: int) -> None:
        """Refuse what nests too deep before it is read, named conditions counted where they are used."""
        if depth > MAX_DEPTH:
            what = f"conditions are nested more than {MAX_DEPTH} levels deep"
            raise KaderError.of(
                "condition-too-deep", what, "Write them side by side, or in rules of their own."
            )
        self._deepest = max(self._deepest, depth)

    def _read(self, raw: Any, where: str) -> Condition:
        if isinstance(raw, str):
            return Always() if raw == "altijd" else self._yes_no(raw, where)
        if not is_mapping(raw) or not raw:
            return self._wrong(
                "not a condition", "Give the name of a yes/no fact, or one of the forms.", where, raw
            )
        forms: dict[str, Callable[[Mapping[str, Any], str], Condition]] = {
            "niet": self._not,
            "alle": self._all,
            "een_van": self._any,
            "bekend": self._is_known,
            "begrip": self._by_name,
            "feit": self._on_fact,
            "jaren_sinds": self._on_fact,
            "vraag": self._on_answer,
        }
        for form, reader in forms.items():
            if form in raw:
                return reader(raw, where)
        if "van" in raw and ("ten_minste" in raw or "ten_hoogste" in raw):
            return self._count(raw, where)
        first = next(iter(raw))
        meant = _SAID_OTHERWISE.get(str(first).casefold())
        do = f"Did you mean {meant!r}?" if meant else suggestion(str(first), _FORMS)
        return self._wrong("an unknown form of condition", do, where, first)

    def _wrong(self, what: str, do: str, where: str, given: object, code: str = "rule-invalid") -> Condition:
        self._problems.add(code, what, do, where=where, given=shown(given))
        return Always()

    def _only(self, raw: Mapping[str, Any], keys: set[str], where: str) -> None:
        for key in sorted(map(str, set(raw) - keys)):
            self._wrong(f"{key!r} does not belong in this condition", suggestion(key, keys), where, key)

    def _yes_no(self, name: str, where: str) -> Condition:
        fact = self._fact(name, where)
        if fact is None:
            return Always()
        if fact.kind is not FactKind.JA_NEE:
            do = f"Write {{feit: {name}, is: ...}} or another comparison."
            return self._wrong(f"{name!r} is not a yes/no fact", do, where, name, "fact-kind")
        return JaNee(name)

    def _fact(self, name: Any, where: str) -> Fact | None:
        fact = self._facts.get(name) if isinstance(name, str) else None
        if fact is None and not (isinstance(name, str) and name in self._faulty):
            do = suggestion(str(name), self._facts)
            if isinstance(name, str) and " " in name.strip():
                do += " A condition of several facts is written {alle: [...]} or {een_van: [...]}."
            self._wrong("a fact is read that is not declared", do, where, name, "unknown-fact")
        return fact

    def _list(self, raw: Any, where: str) -> list[Condition]:
        if not is_list(raw) or not raw:
            self._wrong("a list of conditions was expected", "Give a list with at least one.", where, raw)
            return [Always()]
        return [self.read(part, f"{where}[{index}]") for index, part in enumerate(raw)]

    def _not(self, raw: Mapping[str, Any], where: str) -> Condition:
        self._only(raw, {"niet"}, where)
        return ~self.read(raw["niet"], f"{where}.niet")

    def _all(self, raw: Mapping[str, Any], where: str) -> Condition:
        self._only(raw, {"alle"}, where)
        return _joined(_both, self._list(raw["alle"], f"{where}.alle"))

    def _any(self, raw: Mapping[str, Any], where: str) -> Condition:
        self._only(raw, {"een_van"}, where)
        return _joined(_either, self._list(raw["een_van"], f"{where}.een_van"))

    def _count(self, raw: Mapping[str, Any], where: str) -> Condition:
        self._only(raw, {"ten_minste", "ten_hoogste", "van"}, where)
        parts = self._list(raw["van"], f"{where}.van")
        if "ten_hoogste" not in raw:
            return at_least(raw["ten_minste"], *parts)
        if "ten_minste" not in raw:
            return at_most(raw["ten_hoogste"], *parts)
        return counted(raw["ten_minste"], raw["ten_hoogste"], parts)

    def _is_known(self, raw: Mapping[str, Any], where: str) -> Condition:
        self._only(raw, {"bekend"}, where)
        fact = self._fact(raw["bekend"], where)
        return Always() if fact is None else known(_REFS[fact.kind](fact.name))

    def _by_name(self, raw: Mapping[str, Any], where: str) -> Condition:
        self._only(raw, {"begrip"}, where)
        name = raw["begrip"]
        if not isinstance(name, str) or name not in self._named:
            return self._wrong(
                "an unknown begrip", suggestion(str(name), self._named), where, name, "unknown-name"
            )
        if name in self._read_names:
            known, levels = self._read_names[name]
            self._go_to(self._depth + levels)
            return known
        if name in self._reading:
            chain = " → ".join([*self._reading, name])
            return self._wrong("a begrip that leads to itself", "Break the circle.", where, chain)
        self._reading.append(name)
        before, self._deepest = self._deepest, self._depth
        found = Begrip(name, self.read(self._named[name], path_of(("begrippen", name))))
        self._reading.pop()
        self._read_names[name] = found, self._deepest - self._depth
        self._deepest = max(before, self._deepest)
        return found

    def _on_answer(self, raw: Mapping[str, Any], where: str) -> Condition:
        self._only(raw, {"vraag", "is", "in"}, where)
        question, answers = raw["vraag"], raw.get("in", [raw.get("is")])
        if not isinstance(question, str):
            return self._wrong("a question's name is text", "Name a question of the kader.", where, question)
        if "is" in raw and "in" in raw:
            return self._wrong("is and in together", "Give one of the two.", where, raw)
        if not is_list(answers):
            return self._wrong("in asks for a list", "Write in: [nee, twijfel], or is: nee.", where, answers)
        return antwoord(question).is_(*answers)

    def _on_fact(self, raw: Mapping[str, Any], where: str) -> Condition:
        years = "jaren_sinds" in raw
        own = "jaren_sinds" if years else "feit"
        name = raw[own]
        fact = self._fact(name, where)
        if fact is None:
            return Always()
        if years and "feit" in raw:
            do = "Leave feit out, or write two conditions under alle."
            return self._wrong("feit and jaren_sinds in one condition", do, where, raw["feit"])
        tests = {key: value for key, value in raw.items() if key != own}
        found = [self._test(fact, key, value, where, years=years) for key, value in tests.items()]
        if not found:
            return self._wrong(
                "a fact without a comparison", "Add kleiner_dan, is, in or another.", where, name
            )
        first, *rest = found
        for part in rest:
            first = first & part
        return first

    def _test(self, fact: Fact, key: str, value: Any, where: str, *, years: bool) -> Condition:
        if years:
            return self._years(fact, key, value, where)
        if key in _COMPARISONS:
            if not _is_threshold(fact.kind, value):
                what = f"{fact.name!r} cannot be compared like this"
                return self._wrong(what, _compared(fact), where, value, "fact-kind")
            return Compare(fact.name, fact.kind, _COMPARISONS[key], value)  # type: ignore[arg-type]
        if key not in {"is", "in"}:
            known_keys = [*_COMPARISONS, "is", "in"]
            return self._wrong("an unknown comparison", suggestion(str(key), known_keys), where, key)
        if key == "in" and (not is_list(value) or not value):
            do = "Give the values that count as a list, or write is: value."
            return self._wrong("in asks for a list with at least one value", do, where, value)
        return self._one_of(fact, value if key == "in" else [value], where)

    def _years(self, fact: Fact, key: str, value: Any, where: str) -> Condition:
        if key not in _COMPARISONS or type(value) is not int:
            what, do = "years are compared with a whole number", f"Use {', '.join(_COMPARISONS)}."
            return self._wrong(what, do, where, value if key in _COMPARISONS else key)
        return Age(fact.name, _COMPARISONS[key], value)  # type: ignore[arg-type]

    def _one_of(self, fact: Fact, values: list[Any], where: str) -> Condition:
        for value in values:
            problem = fact.problem(value, where, masked=False)
            if problem is not None:
                do = (
                    "Write in: [...] for several values." if is_list(value) else f"It can be {fact.possible}."
                )
                if value is None:
                    do = f"Write {{niet: {{bekend: {fact.name}}}}} for what is not known."
                if fact.kind is FactKind.DATUM and isinstance(value, str):
                    do = _UNQUOTED
                self._problems.add(problem.code, problem.what, do, where=where, given=problem.given)
                return Always()
        if fact.kind is not FactKind.JA_NEE:
            return OneOf(fact.name, fact.kind, tuple(sorted(set(values))))
        if len(set(values)) > 1:
            do = f"Write {{bekend: {fact.name}}} when either will do."
            return self._wrong("a yes/no fact is true or false, not one of both", do, where, values)
        return JaNee(fact.name).is_(values[0])


_UNQUOTED: Final = "Give a date such as 2024-10-01: without quotes in YAML, a datetime.date in Python."


def _compared(fact: Fact) -> str:
    """With what a fact can be compared."""
    match fact.kind:
        case FactKind.JA_NEE:
            return f"A yes/no fact has no order: write {fact.name}, or {{niet: {fact.name}}}."
        case FactKind.KEUZE:
            return f"A choice has no order: write is: or in:. It can be {fact.possible}."
        case FactKind.DATUM:
            return f"{_UNQUOTED} For whole years, write {{jaren_sinds: {fact.name}, ...}}."
        case FactKind.GETAL:
            return f"It can be {fact.possible}."


def _both(one: Condition, other: Condition) -> Condition:
    return one & other


def _either(one: Condition, other: Condition) -> Condition:
    return one | other


def _joined(join: Callable[[Condition, Condition], Condition], parts: list[Condition]) -> Condition:
    """Conditions as one; halves first, because each join copies what it joins."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    return join(_joined(join, parts[:half]), _joined(join, parts[half:]))


def _is_threshold(kind: FactKind, value: object) -> bool:
    """Whether numbers or dates of this kind can be compared with a value; its bounds are looked at later."""
    if kind is FactKind.GETAL:
        return type(value) is int or (isinstance(value, float) and not math.isnan(value))
    return kind is FactKind.DATUM and isinstance(value, date) and not isinstance(value, datetime)
