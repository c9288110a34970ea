"""A proof as a tree: all of it, or with what is sensitive masked and nothing left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from igm._display import Tree
from igm.decision.bewijs import TRUTHS, Bewijs, BewijsFeit, BewijsKnoop, BewijsRegel, BewijsRij, BewijsVraag
from igm.decision.frame import FRAMES, Frame
from igm.decision.predicate import Mislukt
from igm.decision.records import Ontbreekt, Verlopen
from igm.decision.speaking import expired_line, failed_text, hidden_expired, missing_text
from igm.decision.translations import Speech
from igm.errors import MASK


def proof_tree(proof: Bewijs, *, masked: bool) -> Tree:
    """The proof as a tree; what tells something sensitive keeps its place, so that nothing is told by its absence."""
    frame = FRAMES[proof.taal]
    secret = _secret(proof) if masked else frozenset[str]()
    day = "–" if proof.peildatum is None else proof.peildatum.isoformat()
    head = frame.audit_head.format(proof.advies, f"{proof.kader.id} {proof.kader.version}", proof.kader.hash)
    reached = [] if masked else [frame.audit_reachable.format(", ".join(proof.bereikbaar))]
    return Tree(
        head,
        [
            frame.audit_made.format(proof.igm, day),
            frame.audit_policy.format(proof.beleid.value, proof.exact, proof.cautious),
            *reached,
            Tree(
                frame.audit_facts.format(len(proof.feiten)),
                [_fact(fact, frame, secret) for fact in proof.feiten],
            ),
            *(_question(question, frame, secret, masked=masked) for question in proof.vragen),
            Tree(
                frame.audit_rows.format(len(proof.beslis)),
                [_row(row, frame, secret) for row in proof.beslis],
            ),
            *_missing(proof, frame, masked=masked),
            *_expired(proof, frame, masked=masked),
            *(frame.assumed_line.format(entry.label) for entry in proof.aannames),
            *(
                failed_text(_Said(frame, {}), Mislukt(**entry.model_dump()), masked=masked)
                for entry in proof.mislukt
            ),
            frame.person,
        ],
    )


def _secret(proof: Bewijs) -> frozenset[str]:
    """Facts whose value, or whose not applying, tells something sensitive."""
    sensitive = {fact.name for fact in proof.feiten if fact.gevoelig}
    return frozenset(
        fact.name for fact in proof.feiten if not sensitive.isdisjoint({fact.name, fact.geldt_als})
    )


def _fact(fact: BewijsFeit, frame: Frame, secret: frozenset[str]) -> str:
    if fact.name in secret and (fact.gevoelig or fact.waarde is None):
        return f"{fact.label}: {MASK}"
    day = None if fact.datum is None else fact.datum.isoformat()
    origin = ", ".join(part for part in (fact.reden, fact.bron, day) if part)
    assumed = frame.assumed if fact.aangenomen else ""
    note = f"; {fact.toelichting}" if fact.toelichting else ""
    return f"{fact.label}: {fact.getoond}{f' ({origin})' if origin else ''}{assumed}{note}"


def _question(question: BewijsVraag, frame: Frame, secret: frozenset[str], *, masked: bool) -> Tree:
    children: list[Tree | str] = []
    if question.argument:
        words = frame.words.format(len(question.argument.split()))
        children.append(frame.argument.format(words if masked else question.argument))
    if question.default is not None:
        children.append(frame.audit_default.format(frame.answers[question.default]))
    children += [_rule(rule, frame, secret) for rule in question.regels]
    answers = (frame.answers[question.suggestie], frame.answers[question.telt])
    return Tree(frame.audit_question.format(question.name, *answers), children)


def _rule(rule: BewijsRegel, frame: Frame, secret: frozenset[str]) -> Tree:
    nodes = [rule.als, *(entry.als for entry in rule.tenzij)]
    argued = frame.answers[rule.pleit_voor]
    if any(not secret.isdisjoint(_facts(node)) for node in nodes):
        return Tree(frame.audit_rule.format(rule.id, argued, frame.audit_hidden))
    return Tree(
        frame.audit_rule.format(rule.id, argued, _word(rule.telt, frame)),
        [
            f"{rule.omdat} [{rule.bron}]",
            _node(rule.als, frame, frame.audit_applies.format),
            *(
                _node(entry.als, frame, partial(frame.audit_unless.format, entry.label))
                for entry in rule.tenzij
            ),
        ],
    )


def _row(row: BewijsRij, frame: Frame, secret: frozenset[str]) -> Tree:
    if not secret.isdisjoint(_facts(row.als)):
        return Tree(frame.audit_row.format(row.id, row.dan, frame.audit_hidden))
    return Tree(
        frame.audit_row.format(row.id, row.dan, _word(row.waarheid, frame)),
        [f"{row.omdat} [{row.bron}]", _node(row.als, frame, frame.audit_applies.format)],
    )


def _node(node: BewijsKnoop, frame: Frame, around: Callable[[str], str] = str) -> Tree:
    said = f"{node.tekst}: {_word(node.waarheid, frame)}"
    return Tree(around(said), [_node(part, frame) for part in node.delen])


def _facts(node: BewijsKnoop) -> Iterator[str]:
    if node.feit is not None:
        yield node.feit
    yield from node.leest
    for part in node.delen:
        yield from _facts(part)


def _word(truth: str, frame: Frame) -> str:
    return next(frame.truths[value] for value, word in TRUTHS.items() if word == truth)


def _missing(proof: Bewijs, frame: Frame, *, masked: bool) -> Iterator[Tree]:
    if not proof.ontbreekt:
        return
    rest = "" if proof.ontbreekt_exact else frame.inexact
    shown = [entry for entry in proof.ontbreekt if not (masked and entry.onthult)]
    # the texts of a proof are in its language already
    speech = _Said(frame, {})
    lines = [missing_text(speech, Ontbreekt(**entry.model_dump())) for entry in shown]
    if len(shown) < len(proof.ontbreekt):
        lines.append(f"{len(proof.ontbreekt) - len(shown)} {frame.hidden}")
    yield Tree(f"{frame.missing.format(len(proof.ontbreekt))}{rest}", lines)


def _expired(proof: Bewijs, frame: Frame, *, masked: bool) -> Iterator[str]:
    hidden = [entry for entry in proof.verlopen if masked and entry.onthult]
    speech = _Said(frame, {})
    shown = [Verlopen(**entry.model_dump()) for entry in proof.verlopen if entry not in hidden]
    yield from (expired_line(speech, entry) for entry in shown)
    if hidden:
        yield hidden_expired(speech, len(hidden))


class _Said(Speech):
    """Texts that are said as they are."""

    def say(self, path: str, dutch: str) -> str:
        return dutch
