"""Conditions in a rulebook file: nested keys, read into the same conditions that Python makes.

A condition is the name of a yes/no fact, or one key with what it says:

- ``{niet: C}``, ``{alle: [C, ...]}``, ``{een_van: [C, ...]}``
- ``{ten_minste: 3, van: [C, ...]}``, ``{ten_hoogste: 3, van: [C, ...]}``
- ``{feit: leeftijd, kleiner_dan: 27}`` with ``kleiner_dan``, ``ten_hoogste``, ``groter_dan``, ``ten_minste`` (several
  together are all meant), ``is`` or ``in``; ``{jaren_sinds: geboortedatum, kleiner_dan: 27}``
- ``{bekend: leeftijd}``; ``{begrip: name}`` for a named condition; ``altijd``
- in ``beslis`` also ``{vraag: combinatie, is: nee}``
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, TypeGuard

from igm.constructs._base import is_mapping
from igm.decision.conditions import Age, Always, Compare, Condition, FactKind, JaNee, OneOf
from igm.decision.facts import Fact
from igm.decision.refs import DatumRef, GetalRef, KeuzeRef, Ref, antwoord, at_least, at_most, known
from igm.errors import IgmError, Problems, suggestion

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
    """

    def __init__(self, facts: Mapping[str, Fact], named: Mapping[str, Any], problems: Problems) -> None:
        self._facts = facts
        self._named = named
        self._problems = problems
        self._read_names: dict[str, Condition] = {}
        self._reading: list[str] = []

    def read(self, raw: Any, where: str) -> Condition:
        """The condition that a value from a file means; after a fault, one that is always true."""
        try:
            return self._read(raw, where)
        except IgmError as error:
            for problem in error.problems:
                self._problems.add(problem.code, problem.what, problem.do, where=where, given=problem.given)
            return Always()

    def _read(self, raw: Any, where: str) -> Condition:
        if raw == "altijd":
            return Always()
        if isinstance(raw, str):
            return self._yes_no(raw, where)
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
        if "van" in raw and len(raw) == 2 and ("ten_minste" in raw or "ten_hoogste" in raw):
            return self._count(raw, where)
        first = next(iter(raw))
        return self._wrong("an unknown form of condition", suggestion(first, _FORMS), where, first)

    def _wrong(self, what: str, do: str, where: str, given: object, code: str = "rule-invalid") -> Condition:
        self._problems.add(code, what, do, where=where, given=repr(given)[:80])
        return Always()

    def _only(self, raw: Mapping[str, Any], keys: set[str], where: str) -> None:
        for key in sorted(set(raw) - keys):
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
        if fact is None:
            self._wrong(
                "a fact is read that is not declared",
                suggestion(str(name), self._facts),
                where,
                name,
                "unknown-fact",
            )
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
        first, *rest = self._list(raw["alle"], f"{where}.alle")
        for part in rest:
            first = first & part
        return first

    def _any(self, raw: Mapping[str, Any], where: str) -> Condition:
        self._only(raw, {"een_van"}, where)
        first, *rest = self._list(raw["een_van"], f"{where}.een_van")
        for part in rest:
            first = first | part
        return first

    def _count(self, raw: Mapping[str, Any], where: str) -> Condition:
        parts = self._list(raw["van"], f"{where}.van")
        if "ten_minste" in raw:
            return at_least(raw["ten_minste"], *parts)
        return at_most(raw["ten_hoogste"], *parts)

    def _is_known(self, raw: Mapping[str, Any], where: str) -> Condition:
        self._only(raw, {"bekend"}, where)
        fact = self._fact(raw["bekend"], where)
        return Always() if fact is None else known(_REFS[fact.kind](fact.name))

    def _by_name(self, raw: Mapping[str, Any], where: str) -> Condition:
        self._only(raw, {"begrip"}, where)
        name = raw["begrip"]
        if name in self._read_names:
            return self._read_names[name]
        if name not in self._named:
            return self._wrong(
                "an unknown begrip", suggestion(str(name), self._named), where, name, "unknown-name"
            )
        if name in self._reading:
            chain = " → ".join([*self._reading, name])
            return self._wrong("a begrip that leads to itself", "Break the circle.", where, chain)
        self._reading.append(name)
        found = self.read(self._named[name], f"$.begrippen.{name}")
        self._reading.pop()
        self._read_names[name] = found
        return found

    def _on_answer(self, raw: Mapping[str, Any], where: str) -> Condition:
        self._only(raw, {"vraag", "is", "in"}, where)
        answers = raw.get("in", [raw.get("is")])
        return antwoord(str(raw["vraag"])).is_(*(str(answer) for answer in answers))

    def _on_fact(self, raw: Mapping[str, Any], where: str) -> Condition:
        years = "jaren_sinds" in raw
        name = raw["jaren_sinds" if years else "feit"]
        fact = self._fact(name, where)
        if fact is None:
            return Always()
        tests = {key: value for key, value in raw.items() if key not in {"feit", "jaren_sinds"}}
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
            if key not in _COMPARISONS or not isinstance(value, int):
                return self._wrong(
                    "years are compared with a whole number",
                    f"Use {', '.join(_COMPARISONS)}.",
                    where,
                    {key: value},
                )
            return Age(fact.name, _COMPARISONS[key], value)  # type: ignore[arg-type]
        if key in _COMPARISONS:
            wanted = (int, float) if fact.kind is FactKind.GETAL else date
            if (
                fact.kind not in {FactKind.GETAL, FactKind.DATUM}
                or not isinstance(value, wanted)
                or isinstance(value, bool)
            ):
                return self._wrong(
                    f"{fact.name!r} cannot be compared like this",
                    f"It can be {fact.admissible}.",
                    where,
                    {key: value},
                    "fact-kind",
                )
            return Compare(fact.name, fact.kind, _COMPARISONS[key], value)  # type: ignore[arg-type]
        if key not in {"is", "in"}:
            return self._wrong(
                "an unknown comparison", suggestion(key, [*_COMPARISONS, "is", "in"]), where, key
            )
        values = value if key == "in" and is_list(value) else [value]
        for wrong in (problem for each in values if (problem := fact.problem(each, where, masked=False)) is not None):
            self._problems.extend([wrong])
            return Always()
        if fact.kind is FactKind.JA_NEE:
            return JaNee(fact.name).is_(values[0])
        return OneOf(fact.name, fact.kind, tuple(sorted(set(values))))
