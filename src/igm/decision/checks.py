"""What must hold of a kader's parts before it can be used; all problems are told at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from igm.constructs._base import is_mapping, path_of
from igm.constructs.waarde import Missing
from igm.decision.conditions import AnswerIs, Atom, Compare, Condition, FactKind
from igm.decision.facts import NAME
from igm.decision.lineage import Stap
from igm.decision.part_shapes import check_shape
from igm.decision.predicate import Predicaat, conditions_of, predicates_in
from igm.decision.priority import check_priorities
from igm.decision.rules import Question, Row, Rule
from igm.decision.shapes import faults, is_text
from igm.decision.translations import check_translations
from igm.decision.truth import Antwoord, Uitkomst
from igm.decision.vangrails import Vangrail, check_vangrails
from igm.errors import KaderError, Problems, shown, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader


def check_parts(kader: Afwegingskader[Any]) -> None:
    """Raise `KaderError` with all that is wrong with a kader's parts."""
    problems = Problems()
    _kinds(kader, problems)
    problems.raise_any(KaderError)
    _outcomes(kader, problems)
    _facts(kader, problems)
    _questions(kader, problems)
    _rules(kader, problems)
    check_priorities(kader, problems)
    _rows(kader, problems)
    check_vangrails(kader, problems)
    for vangrail in kader.vangrails:
        _reads(kader, vangrail.als, path_of(("vangrails", vangrail.id)) + ".als", problems, answers=True)
    for guard in ("geen_rol", "nooit_tegen"):
        for name in getattr(kader, guard):
            if not isinstance(name, str) or name not in kader.feiten:
                what = f"guard {guard} names a fact that is not declared"
                problems.add(
                    "unknown-fact",
                    what,
                    suggestion(str(name), kader.feiten),
                    where=f"$.{guard}",
                    given=shown(name),
                )
    check_translations(kader, problems)
    problems.raise_any(KaderError)


def _kinds(kader: Afwegingskader[Any], problems: Problems) -> None:
    """Parts of another type than they should be; nothing else can be said while there are any."""

    def wrong(what: str, do: str, where: str, given: object) -> None:
        problems.add("kader-invalid", what, do, where=where, given=type(given).__name__)

    outcomes: object = kader.uitkomsten
    if not (isinstance(outcomes, type) and issubclass(outcomes, Uitkomst)):
        wrong(
            "uitkomsten is not an enumeration",
            "Make one with Uitkomst.declare(...).",
            "$.uitkomsten",
            outcomes,
        )
    kinds = (("vragen", Question), ("regels", Rule), ("beslis", Row), ("vangrails", Vangrail))
    for field, kind in (*kinds, ("lijn", Stap)):
        for index, part in enumerate(getattr(kader, field)):
            if not isinstance(part, kind):
                wrong(
                    f"a part of {field} is not a {kind.__name__}",
                    f"Give {kind.__name__}s.",
                    f"$.{field}[{index}]",
                    part,
                )
            else:
                check_shape(part, f"$.{field}[{index}]", problems)
    found = faults(kader, texts=("id", "version", "titel", "bron"), notes=("toelichting",))
    for field, what, do, given in found:
        problems.add("kader-invalid", what, do, where=f"$.{field}", given=given)
    for name, text in kader.afwegingen.items() if is_mapping(kader.afwegingen) else (("", None),):
        if not is_text(name) or not is_text(text):
            do = "Give texts by name: afwegingen={'v1': 'Waar rust is, gaat werken beter.'}."
            problems.add("kader-invalid", "afwegingen are texts by name", do, where="$.afwegingen")
            break


def _outcomes(kader: Afwegingskader[Any], problems: Problems) -> None:
    outcomes: type[Uitkomst] = kader.uitkomsten
    members = tuple(outcomes)
    named = {"gunstig": (kader.gunstig,), "bij_onbekend": (kader.bij_onbekend,), "volgorde": kader.volgorde}
    for field, given in named.items():
        for outcome in given:
            if not any(outcome is member for member in members):
                do = suggestion(str(outcome)[:100], [member.value for member in members])
                problems.add(
                    "outcome-unknown",
                    f"{field} is not a declared outcome",
                    do,
                    where=f"$.{field}",
                    given=shown(outcome),
                )
    known = [outcome for outcome in kader.volgorde if any(outcome is member for member in members)]
    if len(set(known)) != len(known):
        problems.add("duplicate-name", "volgorde names an outcome twice", "Keep one.", where="$.volgorde")
    if kader.volgorde and kader.gunstig is not kader.volgorde[-1]:
        do = "Order outcomes from least to most favourable, the favourable one last."
        problems.add(
            "kader-invalid", "the favourable outcome is not last in volgorde", do, where="$.volgorde"
        )


def _facts(kader: Afwegingskader[Any], problems: Problems) -> None:
    words = {kind.value for kind in Missing}
    for name, fact in kader.feiten.items():
        where = path_of(("feiten", name))
        clash = sorted(words & set(fact.opties))
        if clash:
            do = "Choose another word: this one already means that the value is missing."
            problems.add(
                "kader-invalid", "an option is a kind of missing", do, where=where, given=", ".join(clash)
            )
        if fact.geldt_als is None:
            continue
        base = kader.feiten.get(fact.geldt_als)
        if base is None:
            do = suggestion(fact.geldt_als, kader.feiten)
            problems.add(
                "unknown-fact",
                f"geldt_als of {name!r} is not declared",
                do,
                where=where,
                given=repr(fact.geldt_als),
            )
        elif base.kind is not FactKind.JA_NEE or base.geldt_als is not None:
            do = "Let a fact hang on a yes/no fact that stands by itself."
            problems.add(
                "kader-invalid",
                "geldt_als is not a yes/no fact by itself",
                do,
                where=where,
                given=repr(fact.geldt_als),
            )


def _questions(kader: Afwegingskader[Any], problems: Problems) -> None:
    for double in _double(question.name for question in kader.vragen):
        problems.add(
            "duplicate-name", "a question is asked twice", "Keep one.", where=path_of(("vragen", double))
        )
    for question in kader.vragen:
        where = path_of(("vragen", question.name))
        if not NAME.match(question.name):
            do = "Use lower case, digits and underscores."
            problems.add(
                "kader-invalid",
                "a question's name cannot be used",
                do,
                where=where,
                given=repr(question.name),
            )
        if question.gunstig not in {None, Antwoord.JA, Antwoord.NEE}:
            problems.add("kader-invalid", "gunstig is ja, nee or absent", "Give one of these.", where=where)
        if question.default is Antwoord.ONBEKEND:
            do = "Leave default out: without one the question stays open."
            problems.add("kader-invalid", "onbekend is not a default", do, where=where)


def _rules(kader: Afwegingskader[Any], problems: Problems) -> None:
    for double in _double(rule.id for rule in kader.regels):
        problems.add(
            "duplicate-name",
            "two rules have the same id",
            "Give each its own.",
            where=path_of(("regels", double)),
        )
    names = [question.name for question in kader.vragen]
    for rule in kader.regels:
        where = path_of(("regels", rule.id))
        if rule.vraag not in names:
            do = suggestion(rule.vraag, names)
            problems.add(
                "unknown-question",
                "a rule speaks to a question that is not asked",
                do,
                where=where,
                given=repr(rule.vraag),
            )
        if rule.afweging is not None and rule.afweging not in kader.afwegingen:
            do = suggestion(rule.afweging, kader.afwegingen)
            problems.add(
                "rule-invalid",
                "a rule names a consideration that is not listed",
                do,
                where=where,
                given=repr(rule.afweging),
            )
        for path, condition in rule.conditions:
            _reads(kader, condition, where + path, problems, answers=False)


def _rows(kader: Afwegingskader[Any], problems: Problems) -> None:
    values = kader.outcome_values
    if not kader.beslis:
        problems.add("kader-invalid", "beslis has no rows", "Give at least one row.", where="$.beslis")
    ids = [row.id for row in kader.beslis]
    for double in _double(ids):
        what, where = (
            f"two rows have the id {double!r}",
            path_of(("beslis", len(ids) - 1 - ids[::-1].index(double))),
        )
        problems.add("duplicate-name", what, "Give each its own.", where=where)
    for index, row in enumerate(kader.beslis):
        where = path_of(("beslis", index))
        if row.dan not in values:
            problems.add(
                "outcome-unknown",
                "a row gives an outcome that is not declared",
                suggestion(row.dan, values),
                where=where,
                given=repr(row.dan),
            )
        _reads(kader, row.als, where + ".als", problems, answers=True)


def _reads(
    kader: Afwegingskader[Any], condition: Condition, where: str, problems: Problems, *, answers: bool
) -> None:
    questions = [question.name for question in kader.vragen]
    for node in condition.walk():
        if isinstance(node, Predicaat):
            _predicate(kader, node, where, problems)
        elif isinstance(node, Atom):
            fact = kader.feiten.get(node.fact)
            if fact is None:
                do = suggestion(node.fact, kader.feiten)
                problems.add(
                    "unknown-fact",
                    "a fact is read that is not declared",
                    do,
                    where=where,
                    given=repr(node.fact),
                )
                continue
            problem = fact.use_problem(node, where)
            if problem is not None:
                problems.extend([problem])
        elif isinstance(node, AnswerIs):
            if not answers:
                do = "Read facts in a rule; only beslis reads answers."
                problems.add("rule-invalid", "a rule reads an answer", do, where=where, given=repr(node))
            elif node.question not in questions:
                do = suggestion(node.question, questions)
                problems.add(
                    "unknown-question",
                    "a row reads a question that is not asked",
                    do,
                    where=where,
                    given=repr(node.question),
                )


def _predicate(kader: Afwegingskader[Any], predicate: Predicaat, where: str, problems: Problems) -> None:
    """The facts of a predicate are declared as it reads them, and its thresholds lie within their bounds."""
    turns = dict(predicate.drempels)
    for name, kind in predicate.leest:
        fact = kader.feiten.get(name)
        if fact is None:
            what, do = (
                f"{predicate.label!r} reads a fact that is not declared",
                suggestion(name, kader.feiten),
            )
            problems.add("unknown-fact", what, do, where=where, given=repr(name))
        elif fact.kind is not kind:
            what = f"{name!r} is declared as {fact.kind.value} but read as {kind.value}"
            problems.add("fact-kind", what, f"Write feit.{fact.kind.value}({name!r}).", where=where)
        else:
            found = (fact.use_problem(Compare(name, kind, "<", turn), where) for turn in turns.get(name, ()))
            problems.extend(problem for problem in found if problem is not None)
    read = (*conditions_of(kader), *(vangrail.als for vangrail in kader.vangrails))
    other = predicates_in(read)[predicate.fact]
    if other != predicate:
        what, do = f"two predicates have the id {predicate.id!r}", "Give each its own, or name one function."
        problems.add("duplicate-name", what, do, where=where)


def _double(names: Iterable[str]) -> list[str]:
    listed = list(names)
    return (
        sorted({name for name in listed if listed.count(name) > 1}) if len(set(listed)) < len(listed) else []
    )
