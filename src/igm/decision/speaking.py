"""Parts of an advice as lines of text, in the language of a reader, sensitive values masked or not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from igm._display import number
from igm.constructs.kenmerk import Trend
from igm.constructs.waarde import Bron
from igm.decision.facts import FactValue
from igm.decision.frame import DUTCH
from igm.decision.priority import goes_before
from igm.decision.translations import Speech, argued_path
from igm.decision.truth import Antwoord
from igm.errors import MASK

if TYPE_CHECKING:
    from igm.decision.afweging import Afweging
    from igm.decision.predicate import Mislukt
    from igm.decision.records import Answer, Argument, FactUse, Ontbreekt, Verlopen

OWN: Final = "antwoord:"
"""How the rule of an own answer begins."""

RAIL: Final = "vangrail:"
"""How the rule of a row that a guardrail gave begins."""

IN_DUTCH: Final = Speech.of("nl", {})
"""A kader as it is written."""

_TRENDS: Final = frozenset(Trend)
_SOURCES: Final = {source.label("nl"): source for source in Bron}


def value_text(speech: Speech, name: str, value: FactValue | None, shown: str) -> str:
    """The value of a fact as people read it; ``shown`` is how it reads in Dutch."""
    if speech.frame is DUTCH:
        return shown
    match value:
        case None:
            return speech.frame.unknown
        case bool():
            return speech.frame.yes if value else speech.frame.no
        case str():
            path = f"feiten.{name}.opties.{value}"
            # how something develops reads alike in every kader, unless the kader says it otherwise
            known = value in _TRENDS and path not in speech.texts
            return Trend(value).label(speech.frame.lang) if known else speech.say(path, value)
        case date():
            return value.isoformat()
        case _:
            unit = shown.removeprefix(str(value)).strip()
            return f"{value} {speech.say(f'feiten.{name}.eenheid', unit)}" if unit else str(value)


def fact_text(speech: Speech, use: FactUse, *, masked: bool) -> str:
    """A fact with its value, where it comes from and what was said about it."""
    hide = masked and use.gevoelig
    value = MASK if hide and use.value is not None else value_text(speech, use.name, use.value, use.shown)
    source = use.bron
    if source is not None and speech.frame is not DUTCH:
        source = _SOURCES[source].label(speech.frame.lang) if source in _SOURCES else source
    day = use.datum.isoformat() if use.datum else None
    origin = [part for part in (source, day, use.door) if part]
    said = f" ({', '.join(origin)})" if origin else ""
    assumed = speech.frame.assumed if use.aangenomen else ""
    note = f"; {use.toelichting}" if use.toelichting and not hide else ""
    return f"{speech.say(f'feiten.{use.name}.label', use.label)}: {value}{said}{assumed}{note}"


def outcome_text(speech: Speech, outcome: str) -> str:
    """An outcome by its value."""
    return speech.say(f"uitkomsten.{outcome}", outcome)


def reason(speech: Speech, argument: Argument) -> str:
    """The reason of an argument: the kader's, or the professional's own words, which nobody translates."""
    if argument.regel.startswith(OWN):
        return argument.omdat
    return speech.say(f"{argued_path(argument.regel)}.omdat", argument.omdat)


def exception_text(speech: Speech, rule: str, label: str) -> str:
    """The label of an exception to a rule; that another rule goes before is not the kader's own text."""
    before = goes_before(label)
    if before is not None:
        return speech.frame.precedes.format(before)
    return speech.say(f"regels.{rule}.tenzij.{label}", label)


def row_reason(speech: Speech, afweging: Afweging[Any], *, masked: bool) -> str:
    """Why the advice is what it is."""
    frame = speech.frame
    if afweging.rij is not None:
        return frame.hidden if masked and afweging.rij.gevoelig else reason(speech, afweging.rij)
    if afweging.advies is not afweging.cautious:
        return frame.any_completion
    if afweging.ontbreekt:
        return frame.may_change
    waiting = [answer.vraag for answer in afweging.antwoorden if answer.telt is Antwoord.ONBEKEND]
    return frame.rules_silent.format(", ".join(waiting) or frame.what_decides)


def answer_text(speech: Speech, answer: Answer) -> str:
    """The answer to a question, with what the rules suggest beside an own one."""
    frame = speech.frame
    if answer.eigen is None:
        return frame.answers[answer.suggestie]
    own, suggested = frame.answers[answer.eigen], frame.answers[answer.suggestie]
    if answer.suggestie is Antwoord.ONBEKEND:
        return frame.own_open.format(own)
    return frame.own_other.format(own, suggested) if answer.afwijking else frame.own_same.format(own)


def missing_text(speech: Speech, entry: Ontbreekt) -> str:
    """A fact that is missing, with how often it turns the advice and what to look at."""
    frame = speech.frame
    share = "" if entry.aandeel is None else frame.share.format(number(100 * entry.aandeel, 0))
    asked = "" if entry.opnieuw_vragen else frame.not_again
    look = ""
    if entry.toelichting and entry.opnieuw_vragen:
        look = f"; {speech.say(f'feiten.{entry.feit}.toelichting', entry.toelichting)}"
    return f"{speech.say(f'feiten.{entry.feit}.label', entry.label)}{share}{asked}{look}"


def expired_line(speech: Speech, entry: Verlopen) -> str:
    """A value that was established too long ago."""
    label = speech.say(f"feiten.{entry.feit}.label", entry.label)
    return speech.frame.expired.format(label, entry.datum.isoformat(), entry.houdbaar_dagen)


def hidden_expired(speech: Speech, count: int) -> str:
    """So many of such values are about something sensitive."""
    frame = speech.frame
    return frame.hidden_expired.format(count, frame.one_fact if count == 1 else frame.more_facts)


def predicate_text(speech: Speech, failed: Mislukt) -> str:
    """What a predicate asks."""
    return speech.say(f"predicaten.{failed.predicaat}.label", failed.label)


def failed_text(speech: Speech, failed: Mislukt, *, masked: bool = False) -> str:
    """A predicate that failed, and what counts as unknown because of that."""
    at = speech.frame.failed_case.format(failed.ref) if failed.ref else ""
    if masked and failed.gevoelig:
        return speech.frame.hidden_failed.format(at)
    said = predicate_text(speech, failed)
    return speech.frame.failed.format(at, said, failed.fout, ", ".join(failed.regels))


def argument_text(speech: Speech, argument: Argument) -> str:
    """An argument with its rule and where that comes from."""
    return _sourced(speech, argument, reason(speech, argument))


def masked_argument_text(speech: Speech, argument: Argument) -> str:
    """The same; of own words only how many there are."""
    if not argument.regel.startswith(OWN):
        return argument_text(speech, argument)
    return _sourced(speech, argument, speech.frame.words.format(len(argument.omdat.split())))


def _sourced(speech: Speech, argument: Argument, said: str) -> str:
    return f"{said} [{argument.regel}; {source_text(speech, argument)}]"


def source_text(speech: Speech, argument: Argument) -> str:
    """Where an argument comes from; a source is cited as it is."""
    return speech.frame.own_source if argument.regel.startswith(OWN) else argument.bron
