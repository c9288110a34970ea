"""A kader's own texts in another language: what can be translated, and whether what is given can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from igm.constructs._base import FrozenMapping, is_mapping, path_of
from igm.decision.frame import FRAMES, Frame
from igm.decision.predicate import conditions_of, predicates_in
from igm.decision.priority import written_rule
from igm.decision.vangrails import written_rows
from igm.errors import Problems, suggestion

if TYPE_CHECKING:
    from igm.decision.facts import Fact
    from igm.decision.kader import Afwegingskader
    from igm.decision.records import Details
    from igm.decision.rules import Question, Row, Rule
    from igm.decision.vangrails import Vangrail

TRANSLATED: Final = ("en",)
"""Languages that a kader can be translated into."""

Translations = Mapping[str, Mapping[str, str]]
"""Per language, text by path."""

NONE: Final = FrozenMapping[str, Mapping[str, str]]()
"""No translations."""


def translations(given: Translations) -> Translations:
    """Translations as a kader keeps them; what is no mapping is kept, to be told when the kader is checked."""
    if not is_mapping(given):
        return given
    return FrozenMapping(
        {lang: FrozenMapping(texts) if is_mapping(texts) else texts for lang, texts in given.items()}
    )


def texts_of(kader: Afwegingskader[Any] | Texts) -> Iterator[tuple[str, str]]:
    """Every text of a kader that can be translated: its path, and what it says in Dutch."""
    yield "titel", kader.titel
    yield "toelichting", kader.toelichting
    for outcome in kader.outcome_values:
        yield f"uitkomsten.{outcome}", outcome
    for name, text in kader.afwegingen.items():
        yield f"afwegingen.{name}", text
    for name, fact in kader.feiten.items():
        yield from _of_fact(name, fact)
    for question in kader.vragen:
        yield f"vragen.{question.name}.tekst", question.tekst
        yield f"vragen.{question.name}.toelichting", question.toelichting or ""
    for rule in kader.regels:
        for exception in written_rule(rule).tenzij:
            yield f"regels.{rule.id}.tenzij.{exception.label}", exception.label
    argued: list[tuple[str, Rule | Row | Vangrail]] = [("regels", rule) for rule in kader.regels]
    argued += [("beslis", row) for row in written_rows(kader.beslis)]
    argued += [("vangrails", rail) for rail in kader.vangrails]
    for kind, part in argued:
        yield f"{kind}.{part.id}.omdat", part.omdat
        yield f"{kind}.{part.id}.keuze", part.keuze or ""
    for predicate in predicates_in(conditions_of(kader)).values():
        yield f"predicaten.{predicate.id}.label", predicate.label


def _of_fact(name: str, fact: Fact) -> Iterator[tuple[str, str]]:
    yield f"feiten.{name}.label", fact.label
    yield f"feiten.{name}.toelichting", fact.toelichting or ""
    yield f"feiten.{name}.vraag", fact.vraag or ""
    yield f"feiten.{name}.eenheid", fact.eenheid or ""
    for option in fact.opties:
        yield f"feiten.{name}.opties.{option}", option


@attrs.frozen
class Texts:
    """The parts of a kader that is not made yet, for their texts."""

    titel: str
    toelichting: str
    outcome_values: tuple[str, ...]
    afwegingen: Mapping[str, str]
    feiten: Mapping[str, Fact]
    vragen: Sequence[Question]
    regels: Sequence[Rule]
    beslis: Sequence[Row]
    vangrails: Sequence[Vangrail]

    @classmethod
    def of(cls, kader: Afwegingskader[Any], changes: Mapping[str, Any]) -> Texts:
        """The texts of a kader once these parts are others."""
        fields: dict[str, Any] = {
            field.name: changes.get(field.name, getattr(kader, field.name)) for field in attrs.fields(cls)
        }
        if not is_mapping(fields["feiten"]):
            fields["feiten"] = {fact.name: fact for fact in fields["feiten"]}
        return cls(**fields)


def carried(texts: Texts, *kaders: Afwegingskader[Any]) -> Translations:
    """The translations of kaders that still fit: what says something else now, is not translated any more.

    Args:
        texts: What is made of the kaders.
        *kaders: Those that it is made of; where two translate one text, the first one does.
    """
    now = dict(texts_of(texts))
    found: dict[str, dict[str, str]] = {}
    for kader in kaders:
        before = dict(texts_of(kader)) if kader.vertalingen else {}
        for lang, given in kader.vertalingen.items():
            mine = found.setdefault(lang, {})
            for path, text in given.items():
                if now.get(path) == before.get(path):
                    mine.setdefault(path, text)
    return {lang: given for lang, given in found.items() if given}


def check_translations(kader: Afwegingskader[Any], problems: Problems) -> None:
    """Note what is wrong with the translations of a kader."""
    given: object = kader.vertalingen
    if not is_mapping(given):
        do = "Give vertalingen={'en': {'feiten.schulden.label': 'debts'}}."
        problems.add(
            "kader-invalid",
            "vertalingen is not a mapping",
            do,
            where="$.vertalingen",
            given=type(given).__name__,
        )
        return
    known = [path for path, text in texts_of(kader) if text] if given else []
    double = {path for path in known if known.count(path) > 1} if len(set(known)) < len(known) else set[str]()
    for lang, texts in given.items():
        where = path_of(("vertalingen", lang))
        if lang not in TRANSLATED:
            do = f"{suggestion(str(lang), TRANSLATED)} A kader itself is in Dutch."
            problems.add("unknown-name", "no such language", do, where=where, given=repr(lang))
        elif not is_mapping(texts):
            do = "Give a text by path, such as {'feiten.schulden.label': 'debts'}."
            problems.add("kader-invalid", "translations are not a mapping", do, where=where)
        else:
            _check_texts(texts, set(known), double, where, problems)


def _check_texts(
    texts: Mapping[Any, Any], known: set[str], double: set[str], where: str, problems: Problems
) -> None:
    for path, text in texts.items():
        at = f"{where}[{path!r}]"
        if path not in known:
            what = "a translation of a text that the kader does not have"
            problems.add("unknown-name", what, suggestion(str(path), known), where=at)
        elif path in double:
            what = "two texts of the kader have this path"
            problems.add("kader-invalid", what, "Give a rule another id, or leave this out.", where=at)
        elif not isinstance(text, str) or not text.strip():
            problems.add("kader-invalid", "a translation is empty", "Say what people read.", where=at)


@attrs.frozen
class Speech:
    """A language, with what a kader says in it.

    Attributes:
        frame: The words around the kader's texts.
        texts: The kader's texts by path; what is absent is said in Dutch, with a mark.
    """

    frame: Frame
    texts: Mapping[str, str]

    @classmethod
    def of(cls, taal: str, vertalingen: Translations) -> Speech:
        """How a kader with these translations speaks a language."""
        return cls(FRAMES[taal], vertalingen.get(taal, FrozenMapping[str, str]()))

    def say(self, path: str, dutch: str) -> str:
        """A text of the kader, by its path."""
        if self.frame.lang == "nl":
            return dutch
        found = self.texts.get(path)
        return self.frame.untranslated.format(dutch) if found is None else found


def argued_path(regel: str) -> str:
    """Where the texts of an argument stand, by how it names its rule, row or guardrail.

    Example:
        >>> argued_path("ons.v1"), argued_path("beslis:anders"), argued_path("vangrail:wet.zoektijd")
        ('regels.ons.v1', 'beslis.anders', 'vangrails.wet.zoektijd')
    """
    kind, _, name = regel.partition(":")
    fields = {"beslis": "beslis", "vangrail": "vangrails"}
    return f"{fields[kind]}.{name}" if kind in fields and name else f"regels.{regel}"


def spoken_texts(details: Details[Any]) -> dict[str, dict[str, str]]:
    """The translations that an advice uses: what is stored with it, so that it reads the same without its kader."""
    wanted = set(_spoken(details))
    return {
        lang: {path: text for path, text in texts.items() if path in wanted}
        for lang, texts in details.vertalingen.items()
        if not wanted.isdisjoint(texts)
    }


def _spoken(details: Details[Any]) -> Iterator[str]:
    rows = () if details.rij is None else (details.rij,)
    yield from (f"uitkomsten.{outcome.value}" for outcome in details.uitkomsten)
    yield from (f"vragen.{answer.vraag}.tekst" for answer in details.antwoorden)
    for argument in (*details.argumenten, *details.weerlegd, *details.onbeslist, *rows):
        where = argued_path(argument.regel)
        yield f"{where}.omdat"
        labels = (*argument.uitgezonderd, *argument.open_uitzonderingen)
        yield from (f"{where}.tenzij.{label}" for label in labels)
    yield from (f"vangrails.{stand.id}.omdat" for stand in details.vangrails)
    names = [use.name for use in details.feiten] + [entry.feit for entry in details.ontbreekt]
    names += [entry.feit for entry in details.verlopen]
    for name in names:
        yield from (f"feiten.{name}.{part}" for part in ("label", "eenheid", "vraag", "toelichting"))
    yield from (f"predicaten.{failed.predicaat}.label" for failed in details.mislukt)
    for use in details.feiten:
        if isinstance(use.value, str):
            yield f"feiten.{use.name}.opties.{use.value}"
