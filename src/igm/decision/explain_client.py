"""An advice in plain sentences for the person whom it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from igm._display import Tree, one_line
from igm.decision.records import Argument
from igm.decision.room_texts import client_rails
from igm.decision.speaking import (
    OWN,
    RAIL,
    hidden_expired,
    outcome_text,
    predicate_text,
    reason,
    row_reason,
    value_text,
)
from igm.decision.translations import Speech
from igm.decision.truth import Pleit

if TYPE_CHECKING:
    from igm.decision.afweging import Afweging


def client_tree(afweging: Afweging[Any], speech: Speech, *, masked: bool) -> Tree:
    """What helps, what needs attention, what is not known, and the facts that this rests on."""
    frame = speech.frame
    neither = [argument for argument in afweging.argumenten if argument.pleit is Pleit.NEUTRAAL]
    # a guardrail that settles the advice stands with what is laid down, not with what the client can see to
    against = [argument for argument in afweging.tegen if not argument.regel.startswith(RAIL)]
    why = row_reason(speech, afweging, masked=masked)
    stop = "" if why.endswith((".", frame.untranslated.format("."))) else "."
    branches = (
        (frame.client_helps, _reasons(speech, afweging.voor, masked=masked)),
        (frame.client_attention, _reasons(speech, against, masked=masked)),
        (frame.client_maybe, _reasons(speech, afweging.onbeslist, masked=masked)),
        (frame.client_doubt, _reasons(speech, neither, masked=masked)),
        *client_rails(afweging, speech, masked=masked),
        *_missing(afweging, speech, masked=masked),
        (frame.client_expired, _expired(afweging, speech, masked=masked)),
        (
            frame.client_assumed,
            [speech.say(f"feiten.{aanname.feit}.label", aanname.label) for aanname in afweging.aannames],
        ),
        (
            frame.client_failed,
            [
                frame.hidden if masked and failed.gevoelig else predicate_text(speech, failed)
                for failed in afweging.mislukt
            ],
        ),
        (frame.client_facts, _facts(afweging, speech, masked=masked)),
    )
    return Tree(
        frame.client_advice.format(outcome_text(speech, afweging.advies.value).replace("_", " ")),
        [
            f"{why[:1].upper()}{why[1:]}{stop}",
            *(Tree(head, lines or ()) for head, lines in branches if lines is None or lines),
            frame.client_person,
        ],
    )


def sentences(tree: Tree) -> Iterator[str]:
    """A tree for a client as plain text: what hangs on a sentence stands below it with a dash."""
    yield one_line(tree.label)
    for child in tree.children:
        yield one_line(child.label)
        yield from (f"- {one_line(line.label)}" for line in child.children)


def _reasons(speech: Speech, arguments: Iterable[Argument], *, masked: bool) -> list[str]:
    lines: list[str] = []
    hidden = 0
    for argument in arguments:
        if masked and argument.gevoelig:
            hidden += 1
        elif masked and argument.regel.startswith(OWN):
            lines.append(speech.frame.words.format(len(argument.omdat.split())))
        else:
            lines.append(reason(speech, argument))
    if hidden:
        frame = speech.frame
        lines.append((frame.one_hidden if hidden == 1 else frame.more_hidden).format(hidden))
    return lines


def _missing(
    afweging: Afweging[Any], speech: Speech, *, masked: bool
) -> Iterator[tuple[str, list[str] | None]]:
    """What may be asked; and, without naming anything, that something was refused."""
    missing = {entry.feit for entry in afweging.ontbreekt}
    asked = [entry for entry in afweging.ontbreekt if entry.hangt_aan not in missing]
    shown = [entry for entry in asked if not (masked and entry.onthult)]
    lines = [
        speech.say(f"feiten.{entry.feit}.vraag", entry.vraag)
        if entry.vraag
        else f"{speech.say(f'feiten.{entry.feit}.label', entry.label)}?"
        for entry in shown
        if entry.opnieuw_vragen
    ]
    if len(shown) < len(asked):
        lines.append(f"{len(asked) - len(shown)} {speech.frame.hidden}")
    yield speech.frame.client_missing, lines
    if not all(entry.opnieuw_vragen for entry in shown):
        yield speech.frame.client_refused, None


def _expired(afweging: Afweging[Any], speech: Speech, *, masked: bool) -> list[str]:
    hidden = [entry for entry in afweging.verlopen if masked and entry.onthult]
    lines = [
        speech.frame.client_expired_fact.format(
            speech.say(f"feiten.{entry.feit}.label", entry.label), entry.datum.isoformat()
        )
        for entry in afweging.verlopen
        if entry not in hidden
    ]
    return [*lines, hidden_expired(speech, len(hidden))] if hidden else lines


def _facts(afweging: Afweging[Any], speech: Speech, *, masked: bool) -> list[str]:
    """The facts that what is said rests on, each once; what was assumed stands elsewhere."""
    rows = () if afweging.rij is None else (afweging.rij,)
    told = [
        argument
        for argument in (*rows, *afweging.argumenten, *afweging.onbeslist, *afweging.vangrails)
        if not (masked and argument.gevoelig)
    ]
    used = {use.name: use for argument in told for use in argument.feiten if use.value is not None}
    order = {use.name: place for place, use in enumerate(afweging.feiten)}
    return [
        f"{speech.say(f'feiten.{use.name}.label', use.label)}: {value_text(speech, use.name, use.value, use.shown)}"
        for use in sorted(used.values(), key=lambda use: order.get(use.name, len(order)))
        if not use.aangenomen
    ]
