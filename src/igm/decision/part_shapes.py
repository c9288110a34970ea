"""Whether what a rule, row, question or step holds is of the kind that it should be, before anything is read of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from igm.decision.conditions import Condition
from igm.decision.lineage import Bewerking, Stap
from igm.decision.priority import forged
from igm.decision.records import KaderRef
from igm.decision.rules import Question, Row, Rule, Tenzij
from igm.decision.shapes import Fault, faults, is_text
from igm.decision.truth import Antwoord
from igm.decision.vangrails import is_derived
from igm.errors import Problems, shown, suggestion

_CONDITION = "Give a condition such as feit.ja_nee('schulden'); compare with .is_(...), not with ==."


def check_shape(part: object, where: str, problems: Problems) -> None:
    """Note what is of another kind than it should be in one part of a kader."""
    match part:
        case Question():
            code, found = "kader-invalid", _question(part)
        case Rule():
            code, found = "rule-invalid", _rule(part)
        case Row():
            code, found = "kader-invalid", _row(part)
        case Stap():
            code, found = "kader-invalid", _step(part)
        case _:
            return
    for field, what, do, given in found:
        problems.add(code, what, do, where=f"{where}.{field}", given=given)


def _condition(value: object, field: str = "als") -> Iterator[Fault]:
    if not isinstance(value, Condition):
        yield field, "als is not a condition", _CONDITION, shown(value)


def _question(question: Question) -> Iterator[Fault]:
    yield from faults(question, texts=("name", "tekst"), notes=("toelichting",))
    for field in ("gunstig", "default"):
        value: object = getattr(question, field)
        if value is not None and not isinstance(value, Antwoord):
            do = suggestion(str(value), list(Antwoord))
            yield field, f"{field} is not an answer", f"{do} Or leave it out.", shown(value)


def _row(row: Row) -> Iterator[Fault]:
    yield from faults(row, texts=("id", "dan", "omdat"), notes=("bron", "keuze"))
    yield from _condition(row.als)
    if isinstance(cast("object", row.id), str) and "/" in row.id and not is_derived(row):
        do = "Use another sign: a slash names the rows that guardrails make."
        yield "id", "a row's id holds a slash", do, shown(row.id)
    made: object = row.vangrails
    if not isinstance(made, tuple) or made:
        do = "Leave vangrails out, and give the guardrail itself: kader.restrict(Vangrail(...))."
        yield "vangrails", "a row says that guardrails made it, and it is not such a row", do, shown(made)


def _rule(rule: Rule) -> Iterator[Fault]:
    yield from faults(rule, texts=("id", "vraag", "omdat", "bron"), notes=("afweging", "keuze"))
    yield from _condition(rule.als)
    if not any(rule.pleit_voor is answer for answer in (Antwoord.JA, Antwoord.NEE)):
        do = "Give pleit_voor='ja' or 'nee'."
        yield "pleit_voor", "a rule speaks for one answer, ja or nee", do, shown(rule.pleit_voor)
    given: object = rule.tenzij
    exceptions = cast("tuple[object, ...]", given) if isinstance(given, tuple) else (given,)
    for index, one in enumerate(exceptions):
        yield from _exception(one, f"tenzij[{index}]")
    if forged(rule) and all(isinstance(one, Tenzij) for one in exceptions):
        do = "Leave regel out, or let that rule go before this one: gaat_voor=."
        yield "tenzij", "an exception says that a priority made it, and it is not such an exception", do, ""


def _exception(exception: object, field: str) -> Iterator[Fault]:
    if not isinstance(exception, Tenzij):
        do = "Make the rule with regel(..., tenzij={'label': condition})."
        yield field, "an exception is not a label with a condition", do, shown(exception)
        return
    yield from _condition(exception.als, f"{field}.als")
    label: object = exception.label
    if not is_text(label):
        yield f"{field}.label", "an exception has no label", "Say what people read.", shown(label)


def _step(step: Stap) -> Iterator[Fault]:
    if not isinstance(cast("object", step.bewerking), Bewerking):
        do = suggestion(str(step.bewerking), list(Bewerking))
        yield "bewerking", "not something that is done with kaders", do, shown(step.bewerking)
    kinds: dict[str, type] = {"delen": str, "van": KaderRef}
    for field, kind in kinds.items():
        value: tuple[object, ...] = getattr(step, field)
        if type(value) is not tuple or not all(isinstance(one, kind) for one in value):
            do, given = "Let kaders make their own steps.", type(value).__name__
            yield field, f"{field} is not a tuple of the right kind", do, given
