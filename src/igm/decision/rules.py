"""Rules, questions and the rows of ``beslis``: the parts that a kader is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, cast

import attrs

from igm.constructs._base import is_mapping, path_of
from igm.decision.canonical import HASHED_WHEN_GIVEN
from igm.decision.conditions import AnswerIs, Condition
from igm.decision.shapes import is_text
from igm.decision.truth import Antwoord, Pleit
from igm.errors import KaderError, Problems, shown

RULE_ID: Final = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*\Z")


def _ids(given: Iterable[str]) -> tuple[str, ...]:
    """Ids as a tuple; what cannot be one stays, so that it is told."""
    if isinstance(given, str) or not isinstance(cast("object", given), Iterable):
        return (cast("str", given),)
    return tuple(given)


_ANSWERS: Final = {answer.value: answer for answer in Antwoord}


def _answer(given: Antwoord | str) -> Antwoord:
    """The answer of this name; what is none stays, so that it is told."""
    return _ANSWERS.get(given, cast("Antwoord", given)) if isinstance(given, str) else given


@attrs.frozen
class Tenzij:
    """A labelled exception to a rule: when its condition is true, the rule does not count.

    Attributes:
        label: What people read, such as ``schulden nemen af``.
        als: When the exception is met.
        regel: Of an exception that a kader made itself: the rule that goes before this one. Leave it out.
    """

    label: str
    als: Condition
    regel: str | None = attrs.field(default=None, metadata=HASHED_WHEN_GIVEN)


@attrs.frozen(kw_only=True)
class Rule:
    """Evidence for one answer to one question; make one with [regel][igm.decision.regel].

    Attributes:
        id: Dotted and stable, such as ``leiden.v1.motivatie``.
        vraag: The question that it speaks to.
        als: When it applies.
        pleit_voor: The answer that it is evidence for: JA or NEE.
        omdat: The reason, as people read it.
        bron: Where the rule comes from.
        tenzij: Labelled exceptions.
        afweging: The consideration that it elaborates, if the kader names them.
        keuze: What in it is a choice of the kader's makers, not of the source.
        gaat_voor: Ids of rules for the other answer that do not count where this one does.

    Example:
        >>> import igm
        >>> igm.kader("leiden-2021").regels[0]
        Rule('leiden.v1.motivatie': motivatie pleit voor JA op 'motivatie')
    """

    id: str
    vraag: str
    als: Condition
    pleit_voor: Antwoord = attrs.field(converter=_answer)
    omdat: str
    bron: str
    tenzij: tuple[Tenzij, ...] = ()
    afweging: str | None = None
    keuze: str | None = None
    gaat_voor: tuple[str, ...] = attrs.field(default=(), converter=_ids, metadata=HASHED_WHEN_GIVEN)

    @property
    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """All that it reads, with the path to each."""
        yield ".als", self.als
        for exception in self.tenzij:
            yield path_of(("tenzij", exception.label)).removeprefix("$"), exception.als

    @property
    def facts(self) -> frozenset[str]:
        """Names of the facts that it reads, exceptions included."""
        return frozenset(name for _, condition in self.conditions for name in condition.facts)

    def __repr__(self) -> str:
        return f"Rule({self.id!r}: {self.als!r} pleit voor {self.pleit_voor.label} op {self.vraag!r})"


def regel(
    id: str,  # noqa: A002 (a rule has an id)
    /,
    *,
    vraag: str,
    als: Condition,
    omdat: str,
    bron: str,
    pleit_voor: Antwoord | str | None = None,
    pleit_tegen: Antwoord | str | None = None,
    tenzij: Mapping[str, Condition] | None = None,
    afweging: str | None = None,
    keuze: str | None = None,
    gaat_voor: Iterable[str] = (),
) -> Rule:
    """A rule: evidence for one answer to one question.

    Args:
        id: Dotted and stable: lower case, digits, underscores, dots.
        vraag: Name of the question that it speaks to.
        als: When it applies.
        omdat: The reason, as people read it.
        bron: Where the rule comes from.
        pleit_voor: ``ja`` or ``nee``: the answer that it is evidence for.
        pleit_tegen: The answer that it is evidence against; against ``ja`` is for ``nee``.
        tenzij: Exceptions, label to condition; when one is true the rule does not count.
        afweging: The consideration that it elaborates.
        keuze: What in it is a choice of one's own.
        gaat_voor: Ids of rules for the other answer to this question that do not count where this one does. Without a
            stated priority two rules that disagree make the answer TWIJFEL.

    Returns:
        An immutable rule.

    Raises:
        KaderError: ``rule-invalid``, with all that is wrong.

    Example:
        >>> from igm.decision import feit, regel
        >>> regel("ons.schulden", vraag="omstandigheden", als=feit.ja_nee("schulden"), pleit_voor="nee",
        ...       tenzij={"schulden nemen af": feit.keuze("schulden_trend").is_("verbeterd")},
        ...       omdat="Schulden vragen nu veel aandacht.", bron="werkafspraak team West, 2026")
        Rule('ons.schulden': schulden pleit voor NEE op 'omstandigheden')
    """
    problems = Problems()
    where = path_of(("regels", id))

    def wrong(what: str, do: str, given: object) -> None:
        problems.add("rule-invalid", what, do, where=where, given=shown(given))

    if not isinstance(id, str) or not RULE_ID.match(id):
        wrong(
            "a rule's id cannot be used", "Use lower case, digits, underscores and dots: 'ons.v1.jong'.", id
        )
    read: object = als
    if not isinstance(read, Condition):
        do = "Give a condition such as feit.ja_nee('schulden'); compare with .is_(...), not with ==."
        wrong("als is not a condition", do, als)
    for name, text in (("omdat", omdat), ("bron", bron), ("vraag", vraag)):
        if not is_text(text):
            wrong(f"{name} is empty", "Every rule says which question, why and on what source.", text)
    for what, given in _wrong_exceptions({} if tenzij is None else tenzij):
        wrong(what, "Give tenzij={'label': condition}.", given)
    before = _ids(gaat_voor)
    for what, do in _wrong_ids(before):
        wrong(what, do, gaat_voor)
    evidence = _evidence(pleit_voor, pleit_tegen)
    if evidence is None:
        wrong(
            "a rule speaks for or against one answer, ja or nee",
            "Give pleit_voor='ja' or 'nee', or pleit_tegen=, not both.",
            {"pleit_voor": pleit_voor, "pleit_tegen": pleit_tegen},
        )
    problems.raise_any(KaderError)
    assert evidence is not None  # noqa: S101 (raised above)
    return Rule(
        id=id,
        vraag=vraag,
        als=als,
        pleit_voor=evidence,
        omdat=omdat.strip(),
        bron=bron.strip(),
        tenzij=tuple(Tenzij(label, exception) for label, exception in (tenzij or {}).items()),
        afweging=afweging,
        keuze=keuze,
        gaat_voor=before,
    )


def _wrong_exceptions(exceptions: object) -> Iterator[tuple[str, object]]:
    if not is_mapping(exceptions):
        yield "tenzij is not a mapping", exceptions
        return
    for label, exception in exceptions.items():
        if not isinstance(label, str) or not label.strip() or not isinstance(exception, Condition):
            yield "an exception is not a label with a condition", {label: exception}


def _wrong_ids(before: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if not all(isinstance(cast("object", one), str) and RULE_ID.match(one) for one in before):
        yield "gaat_voor does not name rules", "Give ids of rules: gaat_voor=('ons.v1.jong',)."
    elif len(set(before)) != len(before):
        yield "gaat_voor names a rule twice", "Keep one."


def _evidence(voor: Antwoord | str | None, tegen: Antwoord | str | None) -> Antwoord | None:
    if (voor is None) == (tegen is None):
        return None
    text = str(voor if voor is not None else tegen).casefold()
    if text not in {"ja", "nee"}:
        return None
    return Antwoord(text) if voor is not None else (Antwoord.NEE if text == "ja" else Antwoord.JA)


@attrs.frozen(kw_only=True)
class Question:
    """A question of the kader.

    Attributes:
        name: Lower case, such as ``motivatie``.
        tekst: The question as people read it.
        gunstig: The answer that points to the favourable outcome, JA or NEE; ``None`` when neither does.
        default: The answer when no rule gives evidence either way and nothing is open; ``None`` leaves it open.
        toelichting: What to weigh.

    Example:
        >>> Question(name="motivatie", tekst="Wil de cliënt aan het werk?", default="ja").pleit(Antwoord.NEE)
        <Pleit.TEGEN: 'tegen'>
    """

    name: str
    tekst: str
    gunstig: Antwoord | None = attrs.field(default=Antwoord.JA, converter=attrs.converters.optional(_answer))
    default: Antwoord | None = attrs.field(default=None, converter=attrs.converters.optional(_answer))
    toelichting: str | None = None

    def pleit(self, answer: Antwoord) -> Pleit:
        """Which way evidence for an answer points, seen from the favourable outcome."""
        if self.gunstig is None or answer not in {Antwoord.JA, Antwoord.NEE}:
            return Pleit.NEUTRAAL
        return Pleit.VOOR if answer == self.gunstig else Pleit.TEGEN


@attrs.frozen(kw_only=True)
class Row:
    """A row of ``beslis``: the first row whose condition is true gives the outcome.

    Attributes:
        id: Short name of the row.
        als: Condition on answers and facts.
        dan: The outcome, as a value that the kader declares.
        omdat: The reason, as people read it.
        bron: Where the row comes from.
        keuze: What in it is a choice of the kader's makers, not of the source.
        vangrails: Of a row that a kader made itself: the guardrails that made it, the one that gives ``dan`` last.
            Leave it out.

    Example:
        >>> from igm.decision import antwoord
        >>> Row(id="combinatie", als=antwoord("combinatie").is_("nee"), dan="niet_nu", omdat="Nu niet.").questions
        frozenset({'combinatie'})
    """

    id: str
    als: Condition
    dan: str
    omdat: str
    bron: str = ""
    keuze: str | None = None
    vangrails: tuple[str, ...] = attrs.field(default=(), metadata=HASHED_WHEN_GIVEN)

    @property
    def argued_as(self) -> str:
        """How an argument names it: ``beslis:<id>``, or the guardrail that gave it, ``vangrail:<id>``."""
        return f"vangrail:{self.vangrails[-1]}" if self.vangrails else f"beslis:{self.id}"

    @property
    def questions(self) -> frozenset[str]:
        """Names of the questions whose answers it reads."""
        return frozenset(node.question for node in self.als.walk() if isinstance(node, AnswerIs))
