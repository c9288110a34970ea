"""Guardrails and the room that they leave in words, in the language of a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from igm._display import Tree
from igm.decision.frame import DUTCH
from igm.decision.room import VangrailStand
from igm.decision.speaking import fact_text, outcome_text
from igm.decision.translations import Speech

if TYPE_CHECKING:
    from igm.decision.afweging import Afweging

_NL = Speech.of("nl", {})


def room_branches(afweging: Afweging[Any], speech: Speech, *, masked: bool) -> Iterator[Tree | str]:
    """The guardrails of an advice, and the room that they leave, for its tree."""
    stands, frame = afweging.vangrails, speech.frame
    if not stands:
        return
    for head, listed in (
        (frame.rail_holds, [stand for stand in stands if not stand.open]),
        (frame.rail_open, [stand for stand in stands if stand.open]),
    ):
        shown = [stand for stand in listed if not (masked and stand.gevoelig)]
        leaves: list[Tree | str] = [_leaf(stand, speech, masked=masked) for stand in shown]
        if len(shown) < len(listed):
            leaves.append(f"{len(listed) - len(shown)} {frame.hidden}")
        if leaves:
            yield Tree(head.format(len(listed)), leaves)
    if masked and any(stand.gevoelig for stand in stands):
        yield frame.room.format(frame.hidden)
        return
    rooms = afweging.ruimte.to_dict()
    told = (f"{frame.rooms[name]} {_outcomes(speech, values)}" for name, values in rooms.items() if values)
    yield frame.room.format("; ".join(told))


def _outcomes(speech: Speech, values: Iterable[str]) -> str:
    return ", ".join(outcome_text(speech, value) for value in values)


def _leaf(stand: VangrailStand, speech: Speech, *, masked: bool) -> Tree:
    frame = speech.frame
    children = [fact_text(speech, use, masked=masked) for use in stand.feiten if use.value is not None]
    forbidden, instead = _outcomes(speech, stand.verbiedt), outcome_text(speech, stand.anders)
    children.append(frame.rail_forbids.format(forbidden, instead))
    if stand.beslist:
        children.append(frame.rail_decides)
    return Tree(_sourced(stand, speech), children)


def rail_reason(speech: Speech, stand: VangrailStand) -> str:
    """Why a guardrail is there."""
    return speech.say(f"vangrails.{stand.id}.omdat", stand.omdat)


def _sourced(stand: VangrailStand, speech: Speech) -> str:
    return f"{rail_reason(speech, stand)} [{speech.frame.rail_kinds[stand.soort]} {stand.id}; {stand.bron}]"


def client_rails(afweging: Afweging[Any], speech: Speech, *, masked: bool) -> Iterator[tuple[str, list[str]]]:
    """What is laid down whatever the weighing says, and what perhaps is, for the client."""
    frame = speech.frame
    for head, listed in (
        (frame.client_laid_down, [one for one in afweging.vangrails if not one.open]),
        (frame.client_perhaps, [one for one in afweging.vangrails if one.open]),
    ):
        shown = [stand for stand in listed if not (masked and stand.gevoelig)]
        lines = [rail_reason(speech, stand) for stand in shown]
        if len(shown) < len(listed):
            lines.append(f"{len(listed) - len(shown)} {frame.hidden}")
        yield head, lines


def choice_notes(stands: Iterable[VangrailStand], choice: str, *, masked: bool) -> Iterator[str]:
    """What guardrails say of the outcome that a person chose; they do not stop it."""
    for stand in stands:
        if choice in stand.verbiedt:
            said = DUTCH.perhaps_outside if stand.open else DUTCH.outside
            why = DUTCH.hidden if masked and stand.gevoelig else _sourced(stand, _NL)
            yield DUTCH.choice.format(said, why)
