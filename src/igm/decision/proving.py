"""From a case to the proof of its advice: every condition with its truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from igm._display import Language
from igm._version import __version__
from igm.decision.begrippen import Begrip
from igm.decision.bewijs import (
    TRUTHS,
    Bewijs,
    BewijsAanname,
    BewijsFeit,
    BewijsKader,
    BewijsKnoop,
    BewijsRegel,
    BewijsRij,
    BewijsTenzij,
    BewijsVangrail,
    BewijsVraag,
)
from igm.decision.casus import Casus
from igm.decision.completions import NOT_APPLICABLE
from igm.decision.conditions import (
    Age,
    Always,
    And,
    AnswerIs,
    Atom,
    Compare,
    Condition,
    Count,
    JaNee,
    Known,
    Not,
    OneOf,
    Or,
)
from igm.decision.document import MisluktDocument, OntbreektDocument, VerlopenDocument
from igm.decision.facts import FactValue
from igm.decision.frame import Frame
from igm.decision.planes import AnswerPlanes, Planes, evaluate
from igm.decision.predicate import Predicaat
from igm.decision.records import Ontbreekt
from igm.decision.room import asked
from igm.decision.rules import Row, Rule
from igm.decision.speaking import exception_text, predicate_text, value_text
from igm.decision.translations import Speech, argued_path
from igm.decision.truth import Truth
from igm.decision.vangrails import Vangrail
from igm.decision.weighing import Relevance, atoms_of

if TYPE_CHECKING:
    from igm.decision.afweging import Afweging
    from igm.decision.kader import Afwegingskader


@attrs.frozen
class _Prover:
    """Works out the truth of conditions on one case."""

    speech: Speech
    atom: Callable[[Atom], Planes]
    answers: Mapping[str, AnswerPlanes]

    def truth(self, condition: Condition) -> Truth:
        return Truth.of(*evaluate(condition, self.atom, self.answers, 1))

    def node(self, condition: Condition) -> BewijsKnoop:
        """A condition with its truth, down to single facts."""
        said = told_of(condition, self.speech)
        return BewijsKnoop(
            **said,
            waarheid=TRUTHS[self.truth(condition)],
            delen=tuple(self.node(part) for part in condition.children),
        )

    def rule(self, rule: Rule) -> BewijsRegel:
        """A rule with whether it counts."""
        met = [self.truth(exception.als) for exception in rule.tenzij]
        counts = min([self.truth(rule.als), *(Truth(2 - truth) for truth in met)])
        return BewijsRegel(
            id=rule.id,
            pleit_voor=rule.pleit_voor,
            telt=TRUTHS[counts],
            omdat=self.speech.say(f"regels.{rule.id}.omdat", rule.omdat),
            bron=rule.bron,
            afweging=rule.afweging,
            keuze=self._said(f"regels.{rule.id}.keuze", rule.keuze),
            als=self.node(rule.als),
            tenzij=tuple(
                BewijsTenzij(
                    label=exception_text(self.speech, rule.id, entry.label),
                    als=self.node(entry.als),
                )
                for entry in rule.tenzij
            ),
        )

    def row(self, row: Row, bron: str) -> BewijsRij:
        """A row with its truth."""
        return BewijsRij(
            id=row.id,
            dan=row.dan,
            waarheid=TRUTHS[self.truth(row.als)],
            omdat=self.speech.say(f"{argued_path(row.argued_as)}.omdat", row.omdat),
            bron=row.bron or bron,
            keuze=self._said(f"{argued_path(row.argued_as)}.keuze", row.keuze),
            vangrails=row.vangrails,
            als=self.node(row.als),
        )

    def rail(self, rail: Vangrail) -> BewijsVangrail:
        """A guardrail with whether it holds."""
        return BewijsVangrail(
            id=rail.id,
            soort=rail.soort,
            waarheid=TRUTHS[self.truth(rail.als)],
            verbiedt=rail.verbiedt,
            anders=rail.anders,
            omdat=self.speech.say(f"vangrails.{rail.id}.omdat", rail.omdat),
            bron=rail.bron,
            keuze=self._said(f"vangrails.{rail.id}.keuze", rail.keuze),
            als=self.node(rail.als),
        )

    def _said(self, path: str, text: str | None) -> str | None:
        return None if text is None else self.speech.say(path, text)


def told_of(condition: Condition, speech: Speech) -> dict[str, Any]:
    """What a condition is, apart from its truth and its parts."""
    frame = speech.frame
    if isinstance(condition, Begrip):
        return {"soort": "begrip", "tekst": repr(condition)}
    if isinstance(condition, Predicaat):
        label = speech.say(f"predicaten.{condition.id}.label", condition.label)
        return {"soort": "predicaat", "tekst": label, "leest": condition.reads}
    if isinstance(condition, Atom):
        return {"feit": condition.fact, **_of_fact(condition, frame)}
    match condition:
        case AnswerIs(question=question, answers=answers):
            words = frame.or_word.join(frame.answers[answer] for answer in answers)
            values = tuple(answer.value for answer in answers)
            text = frame.answer_is.format(question, words)
            return {"soort": "antwoord", "tekst": text, "vraag": question, "waarden": values}
        case Count(least=least, most=most):
            bounds = [frame.least_parts.format(least)] if least or most is None else []
            bounds += [] if most is None else [frame.most_parts.format(most)]
            text = frame.counted_parts.format(", ".join(bounds))
            return {"soort": "telling", "tekst": text, "minstens": least, "hoogstens": most}
        case _:
            words_by_kind: dict[type, tuple[str, str]] = {
                Always: ("altijd", frame.otherwise),
                And: ("alle", frame.every_part),
                Or: ("een_van", frame.some_part),
                Not: ("niet", frame.no_part),
            }
            soort, text = words_by_kind.get(type(condition), ("anders", repr(condition)))
            return {"soort": soort, "tekst": text}


def _of_fact(atom: Atom, frame: Frame) -> dict[str, Any]:
    match atom:
        case Known(fact=fact):
            return {"soort": "bekend", "tekst": frame.known.format(fact)}
        case Compare(fact=fact, op=op, threshold=threshold):
            text = f"{fact} {op} {threshold}"
            return {"soort": "vergelijking", "tekst": text, "teken": op, "waarden": (_written(threshold),)}
        case Age(fact=fact, op=op, years=years):
            text = frame.years_since.format(fact, op, years)
            return {"soort": "leeftijd", "tekst": text, "teken": op, "waarden": (years,)}
        case OneOf(fact=fact, values=values):
            text = frame.has_value.format(fact, frame.or_word.join(map(str, values)))
            return {"soort": "waarde", "tekst": text, "waarden": tuple(map(_written, values))}
        case JaNee(fact=fact):
            return {"soort": "ja_nee", "tekst": fact}
        case _:
            return {"soort": "anders", "tekst": repr(atom)}


def prove(
    kader: Afwegingskader[Any], casus: Casus, afweging: Afweging[Any], found: Relevance, taal: Language
) -> Bewijs:
    """The proof of an advice; see ``Afweging.bewijs``."""
    speech = Speech.of(taal, kader.vertalingen)
    base = atoms_of(asked(kader.vangrails, casus.effective), casus.peildatum)
    given = {name: own.antwoord for name, own in casus.antwoorden.items()}
    prover = _Prover(speech, base, kader.run(base, 1, given).answers)
    return Bewijs(
        igm=__version__,
        taal=taal,
        kader=BewijsKader(
            id=kader.id,
            version=kader.version,
            hash=kader.hash,
            titel=speech.say("titel", kader.titel),
        ),
        ref=casus.ref,
        peildatum=casus.peildatum,
        beleid=afweging.beleid,
        advies=afweging.advies.value,
        exact=afweging.exact.value,
        cautious=afweging.cautious.value,
        bereikbaar=tuple(kader.machine.outcomes[number].value for number in sorted(found.reachable)),
        invullingen=found.cells,
        ontbreekt_exact=found.exact,
        uitkomsten={outcome.name: outcome.value for outcome in kader.machine.outcomes},
        bij_onbekend=kader.bij_onbekend.value,
        feiten=tuple(_fact(kader, casus, name, speech) for name in kader.facts_that_count),
        vragen=tuple(
            BewijsVraag(
                name=answer.vraag,
                tekst=speech.say(f"vragen.{answer.vraag}.tekst", answer.tekst),
                suggestie=answer.suggestie,
                eigen=answer.eigen,
                argument=answer.argument,
                telt=answer.telt,
                default=kader.question(answer.vraag).default,
                regels=tuple(prover.rule(rule) for rule in kader.regels if rule.vraag == answer.vraag),
            )
            for answer in afweging.antwoorden
        ),
        beslis=tuple(prover.row(row, kader.bron) for row in kader.beslis),
        vangrails=tuple(prover.rail(rail) for rail in kader.vangrails),
        ontbreekt=tuple(
            OntbreektDocument(**attrs.asdict(_in_words(speech, entry))) for entry in afweging.ontbreekt
        ),
        mislukt=tuple(
            MisluktDocument(**attrs.asdict(attrs.evolve(failed, label=predicate_text(speech, failed))))
            for failed in afweging.mislukt
        ),
        verlopen=tuple(
            VerlopenDocument(
                **attrs.asdict(
                    attrs.evolve(entry, label=speech.say(f"feiten.{entry.feit}.label", entry.label))
                )
            )
            for entry in afweging.verlopen
        ),
        aannames=tuple(
            BewijsAanname(feit=entry.feit, label=speech.say(f"feiten.{entry.feit}.label", entry.label))
            for entry in afweging.aannames
        ),
    )


def _in_words(speech: Speech, entry: Ontbreekt) -> Ontbreekt:
    """What is missing, in the language of the proof."""

    def said(part: str, text: str | None) -> str | None:
        return None if text is None else speech.say(f"feiten.{entry.feit}.{part}", text)

    return attrs.evolve(
        entry,
        label=speech.say(f"feiten.{entry.feit}.label", entry.label),
        vraag=said("vraag", entry.vraag),
        toelichting=said("toelichting", entry.toelichting),
    )


def _written(value: FactValue | None) -> FactValue | None:
    """A value as JSON has it, so that a proof that was stored equals the proof itself."""
    return value.isoformat() if isinstance(value, date) else value


def _fact(kader: Afwegingskader[Any], casus: Casus, name: str, speech: Speech) -> BewijsFeit:
    fact, value, origin = kader.feiten[name], casus.values.get(name), casus.herkomst.get(name)
    missing = casus.missing.get(name)
    applies = casus.effective.get(name) is not NOT_APPLICABLE
    shown = value_text(speech, name, value, fact.shown(value)) if applies else speech.frame.audit_absent
    lang = speech.frame.lang
    return BewijsFeit(
        name=name,
        label=speech.say(f"feiten.{name}.label", fact.label),
        soort=fact.kind,
        waarde=_written(value),
        getoond=shown,
        geldt=applies,
        gevoelig=fact.gevoelig,
        aangenomen=name in casus.aangenomen,
        reden=None if missing is None else missing.label(lang),
        bron=None if origin is None or origin.bron is None else origin.bron.label(lang),
        datum=None if origin is None else origin.datum,
        door=None if origin is None else origin.door,
        toelichting=None if origin is None else origin.toelichting,
        geldt_als=fact.geldt_als,
        opties=fact.opties,
        minimum=_written(fact.minimum),
        maximum=_written(fact.maximum),
        eenheid=None if fact.eenheid is None else speech.say(f"feiten.{name}.eenheid", fact.eenheid),
    )
