"""An advice in words: an argument list for the professional, plain sentences for the client, the proof for an audit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, cast

from igm._display import Language, Tree
from igm.decision.explain_client import client_tree, sentences
from igm.decision.frame import LANGUAGES
from igm.decision.records import Answer, Argument
from igm.decision.room_texts import room_branches
from igm.decision.speaking import (
    answer_text,
    argument_text,
    exception_text,
    expired_line,
    fact_text,
    failed_text,
    hidden_expired,
    masked_argument_text,
    missing_text,
    outcome_text,
    row_reason,
)
from igm.decision.translations import Speech
from igm.errors import InputError, Problems, shown, suggestion

if TYPE_CHECKING:
    from igm.decision.afweging import Afweging

READERS: Final = ("client", "professional", "audit")
"""Who an advice is explained to."""


def explain(afweging: Afweging[Any], *, voor: str, taal: str) -> str:
    """The advice in words for a reader; see ``Afweging.explain``."""
    check_reader(voor, taal)
    if voor == "audit":
        return afweging.bewijs(taal=taal).to_json()
    tree = tree_of(afweging, voor=voor, taal=taal, masked=False)
    return "\n".join(sentences(tree)) if voor == "client" else tree.text()


def tree_of(afweging: Afweging[Any], *, voor: str, taal: str, masked: bool) -> Tree:
    """The advice as a tree for a reader; see ``Afweging.tree``."""
    check_reader(voor, taal)
    if voor == "audit":
        return afweging.bewijs(taal=taal).tree(gevoelig=not masked)
    speech = Speech.of(taal, afweging.vertalingen)
    if voor == "client":
        return client_tree(afweging, speech, masked=masked)
    return professional_tree(afweging, speech, masked=masked)


def check_reader(voor: object, taal: object) -> None:
    """Refuse a reader or a language that is not there, with a suggestion."""
    problems = Problems()
    if not isinstance(voor, str) or voor not in READERS:
        do = suggestion(str(voor), READERS)
        problems.add("unknown-name", "unknown reader", do, where="$.voor", given=shown(voor))
    _check_taal(taal, problems)
    problems.raise_any(InputError)


def check_taal(taal: str) -> Language:
    """A language, when it is one of ours; else an error with a suggestion."""
    problems = Problems()
    _check_taal(taal, problems)
    problems.raise_any(InputError)
    return cast("Language", taal)


def _check_taal(taal: object, problems: Problems) -> None:
    if not isinstance(taal, str) or taal not in LANGUAGES:
        do = suggestion(str(taal), LANGUAGES)
        problems.add("unknown-name", "unknown language", do, where="$.taal", given=shown(taal))


def professional_tree(afweging: Afweging[Any], speech: Speech, *, masked: bool) -> Tree:
    """The argument list."""
    frame = speech.frame
    branches = (
        (frame.in_favour, afweging.voor),
        (frame.against, afweging.tegen),
        (frame.refuted, afweging.weerlegd),
        (frame.undecided, afweging.onbeslist),
    )
    return Tree(
        frame.advice.format(outcome_text(speech, afweging.advies.value), afweging.kader),
        [
            frame.because.format(row_reason(speech, afweging, masked=masked)),
            *(
                Tree(
                    frame.question.format(answer.vraag, answer_text(speech, answer)),
                    _own(speech, answer, masked=masked),
                )
                for answer in afweging.antwoorden
            ),
            *(
                branch
                for head, arguments in branches
                for branch in _branch(speech, head, arguments, masked=masked)
            ),
            *room_branches(afweging, speech, masked=masked),
            *_missing(afweging, speech, masked=masked),
            *_expired(afweging, speech, masked=masked),
            *(
                frame.assumed_line.format(speech.say(f"feiten.{aanname.feit}.label", aanname.label))
                for aanname in afweging.aannames
            ),
            *(failed_text(speech, failed, masked=masked) for failed in afweging.mislukt),
            *_policy(afweging, speech),
            frame.person,
        ],
    )


def _own(speech: Speech, answer: Answer, *, masked: bool) -> list[str]:
    if not answer.argument:
        return []
    said = speech.frame.words.format(len(answer.argument.split())) if masked else answer.argument
    return [speech.frame.argument.format(said)]


def _branch(speech: Speech, head: str, arguments: tuple[Argument, ...], *, masked: bool) -> Iterator[Tree]:
    if not arguments:
        return
    shown_ = [argument for argument in arguments if not (masked and argument.gevoelig)]
    hidden = len(arguments) - len(shown_)
    children: list[Tree | str] = [_leaf(speech, argument, masked=masked) for argument in shown_]
    if hidden:
        frame = speech.frame
        children.append((frame.one_hidden if hidden == 1 else frame.more_hidden).format(hidden))
    yield Tree(head.format(len(arguments)), children)


def _leaf(speech: Speech, argument: Argument, *, masked: bool) -> Tree:
    frame = speech.frame
    children = [fact_text(speech, use, masked=masked) for use in argument.feiten if use.value is not None]
    for labels, line in (
        (argument.uitgezonderd, frame.exception_met),
        (argument.open_uitzonderingen, frame.exception_open),
    ):
        children += [line.format(exception_text(speech, argument.regel, label)) for label in labels]
    return Tree((masked_argument_text if masked else argument_text)(speech, argument), children)


def _missing(afweging: Afweging[Any], speech: Speech, *, masked: bool) -> Iterator[Tree]:
    if not afweging.ontbreekt:
        return
    rest = "" if afweging.ontbreekt_exact else speech.frame.inexact
    shown_ = [entry for entry in afweging.ontbreekt if not (masked and entry.onthult)]
    lines = [missing_text(speech, entry) for entry in shown_]
    if len(shown_) < len(afweging.ontbreekt):
        lines.append(f"{len(afweging.ontbreekt) - len(shown_)} {speech.frame.hidden}")
    yield Tree(f"{speech.frame.missing.format(len(afweging.ontbreekt))}{rest}", lines)


def _expired(afweging: Afweging[Any], speech: Speech, *, masked: bool) -> Iterator[str]:
    hidden = [entry for entry in afweging.verlopen if masked and entry.onthult]
    yield from (expired_line(speech, entry) for entry in afweging.verlopen if entry not in hidden)
    if hidden:
        yield hidden_expired(speech, len(hidden))


def _policy(afweging: Afweging[Any], speech: Speech) -> list[str]:
    if not afweging.policies_differ:
        return []
    outcomes = (outcome_text(speech, found.value) for found in (afweging.exact, afweging.cautious))
    return [speech.frame.policies.format(afweging.beleid.value, *outcomes)]
