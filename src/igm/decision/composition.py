"""Kaders made of kaders: more, fewer or other parts, guardrails, and two kaders as one.

Nothing changes in place: each gives a new kader, checked and proven as any, with a hash and a step in its lineage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, cast

import attrs

from igm.decision import parts
from igm.decision.facts import Fact
from igm.decision.lineage import Bewerking, Stap
from igm.decision.priority import written_rule
from igm.decision.records import OutcomeT
from igm.decision.rules import Question, Row, Rule
from igm.decision.shapes import listed
from igm.decision.translations import Texts, carried
from igm.decision.vangrails import Vangrail, written_rows
from igm.errors import KaderError, Problem, Problems, UnknownNameError, shown, suggestion

if TYPE_CHECKING:
    from igm.decision.kader import Afwegingskader
    from igm.decision.union import BijConflict

Part: TypeAlias = Rule | Row | Question | Fact | Vangrail
"""What a kader is made of."""

_PREFIXES: Final[Mapping[type, str]] = {
    Rule: "",
    Row: "beslis:",
    Question: "vraag:",
    Fact: "feit:",
    Vangrail: "vangrail:",
}
"""How the name of each kind of part is written."""


def written_parts(kader: Afwegingskader[Any]) -> dict[str, tuple[Any, ...]]:
    """The parts of a kader by field, as a person wrote them."""
    return {
        "regels": tuple(map(written_rule, kader.regels)),
        "beslis": written_rows(kader.beslis),
        "vragen": kader.vragen,
        "feiten": tuple(kader.feiten.values()),
        "vangrails": kader.vangrails,
    }


def label(part: Part) -> str:
    """How a part is written in a lineage and in ``without``: rules by their id, other parts with what they are."""
    return _PREFIXES[type(part)] + part_name(part)


def part_name(part: Part) -> str:
    """The id or name of a part."""
    return part.name if isinstance(part, (Question, Fact)) else part.id


class Composed(Generic[OutcomeT]):
    """The methods of a kader that make another one of it."""

    def with_rules(self, *regels: Rule, feiten: Sequence[Fact] = ()) -> Afwegingskader[OutcomeT]:
        """A new kader with more rules, and the facts that they need; this one stays as it is.

        Args:
            *regels: Rules made with ``regel(...)``.
            feiten: New facts, declared with unit and bounds.

        Raises:
            KaderError: When the whole is not sound or a guard can no longer be proven.
        """
        kader = _kader(self)
        wrong = [rule for rule in cast("tuple[object, ...]", regels) if not isinstance(rule, Rule)]
        if wrong:
            do = "Give rules made with regel(...), side by side: with_rules(one, other)."
            raise KaderError.of(
                "rule-invalid", "with_rules() asks for rules", do, given=type(wrong[0]).__name__
            )
        new: tuple[Fact, ...] = listed(feiten, "feiten")
        if not regels and not new:
            return kader
        return _made_of(
            kader,
            version=f"{kader.version}+{len(regels)}",
            feiten=parts.facts_by_name((*kader.feiten.values(), *new)),
            regels=(*kader.regels, *regels),
            lijn=_after(kader, Bewerking.UITGEBREID, _labels(regels, new)),
        )

    def without(self, *ids: str) -> Afwegingskader[OutcomeT]:
        """A new kader without some rules, rows or guardrails; this one stays as it is.

        Args:
            *ids: Ids of rules; ``beslis:<id>`` for a row, ``vangrail:<id>`` for a guardrail.

        Raises:
            UnknownNameError: ``unknown-name`` for every id that is not there, with a suggestion.
            KaderError: For what is no text or stands there twice; and when the whole is no longer sound, such as a rule
                that goes before one that is taken out.

        Example:
            >>> import igm
            >>> kader = igm.kader("leiden-2021")
            >>> minder = kader.without("leiden.v1.motivatie", "beslis:twijfel")
            >>> len(kader.regels) - len(minder.regels), len(kader.beslis) - len(minder.beslis)
            (1, 1)
        """
        kader = _kader(self)
        written = written_parts(kader)
        removable = {
            label(part): part for field in ("regels", "beslis", "vangrails") for part in written[field]
        }
        problems = Problems()
        for index, given in enumerate(cast("tuple[object, ...]", ids)):
            if not isinstance(given, str):
                do = "Give ids side by side: without('ons.jong', 'beslis:twijfel')."
                problems.add(
                    "kader-invalid", "an id is not a text", do, where=f"$[{index}]", given=shown(given)
                )
        problems.raise_any(KaderError)
        _once(ids, problems)
        problems.raise_any(KaderError)
        _all_known(kader, ids, removable)
        if not ids:
            return kader
        left: dict[str, Any] = {
            field: tuple(part for part in written[field] if label(part) not in ids)
            for field in ("regels", "beslis", "vangrails")
        }
        version = f"{kader.version}-{len(ids)}"
        return _made_of(kader, version=version, lijn=_after(kader, Bewerking.ZONDER, ids), **left)

    def replace(self, *delen: Part) -> Afwegingskader[OutcomeT]:
        """A new kader in which parts stand in the place of those of the same id or name; this one stays as it is.

        Args:
            *delen: Rules, rows, questions, facts or guardrails.

        Raises:
            UnknownNameError: ``unknown-name`` for every part that replaces nothing, with a suggestion.
            KaderError: For what is no part, or a part that is given twice; and when the whole is no longer sound.

        Example:
            >>> import attrs, igm
            >>> kader = igm.kader("leiden-2021")
            >>> rij = attrs.evolve(kader.beslis[-1], omdat="Niets staat aanmelden in de weg.")
            >>> kader.replace(rij).beslis[-1].omdat
            'Niets staat aanmelden in de weg.'
        """
        kader = _kader(self)
        _all_parts(delen)
        written = written_parts(kader)
        names = [label(part) for part in delen]
        problems = Problems()
        _once(names, problems)
        problems.raise_any(KaderError)
        _all_known(kader, names, {label(part) for kept in written.values() for part in kept})
        if not delen:
            return kader
        new = dict(zip(names, delen, strict=True))
        changed: dict[str, Any] = {
            field: tuple(new.get(label(part), part) for part in kept) for field, kept in written.items()
        }
        version = f"{kader.version}~{len(delen)}"
        return _made_of(kader, version=version, lijn=_after(kader, Bewerking.VERVANGEN, names), **changed)

    def restrict(self, *vangrails: Vangrail, feiten: Sequence[Fact] = ()) -> Afwegingskader[OutcomeT]:
        """A new kader that keeps within guardrails; this one stays as it is.

        Where a guardrail holds and the weighing would give what it forbids, the advice is what it gives instead. Where
        it is not known whether it holds, the advice stays open, unless it comes to the same. New guardrails speak after
        those that are there, so that a later one has the last word about what an earlier one gives.

        Args:
            *vangrails: Guardrails.
            feiten: New facts that they read.

        Raises:
            KaderError: When the whole is not sound: an outcome that is not there, guardrails that contradict each
                other so that what one forbids could still be advised, or a guard that can no longer be proven.

        Example:
            >>> import igm
            >>> from igm.decision import Vangrail, feit
            >>> kader = igm.kader("leiden-2021")
            >>> binnen = kader.restrict(Vangrail(
            ...     id="beleid.verslaving", als=feit.ja_nee("verslaving"), verbiedt=["aanmelden"], anders="driegesprek",
            ...     soort="beleid", bron="voorbeeld", omdat="Bij een verslaving overleggen wij eerst."))
            >>> ruimte = binnen.evaluate(binnen.casus(verslaving=True)).ruimte
            >>> [outcome.value for outcome in ruimte.verboden]
            ['aanmelden']
        """
        kader = _kader(self)
        wrong = [one for one in cast("tuple[object, ...]", vangrails) if not isinstance(one, Vangrail)]
        if wrong:
            do = "Give guardrails made with Vangrail(...), side by side: restrict(one, other)."
            given = type(wrong[0]).__name__
            raise KaderError.of("vangrail-invalid", "restrict() asks for guardrails", do, given=given)
        new: tuple[Fact, ...] = listed(feiten, "feiten")
        if not vangrails and not new:
            return kader
        return _made_of(
            kader,
            version=f"{kader.version}+{len(vangrails)}v",
            feiten=parts.facts_by_name((*kader.feiten.values(), *new)),
            vangrails=(*kader.vangrails, *vangrails),
            lijn=_after(kader, Bewerking.BEPERKT, _labels(vangrails, new)),
        )

    def union(
        self, ander: Afwegingskader[Any], /, *, bij_conflict: BijConflict | str = "weigeren"
    ) -> Afwegingskader[OutcomeT]:
        """A new kader with the parts of two; both stay as they are.

        Facts, questions, rules, guardrails and considerations are joined by name. ``beslis`` is one ranked list, so it
        is not mixed: it must be the same, or comes whole from one side. Guards are always those of both. What the
        kaders must share, whatever the policy: their outcomes, the order of these, the favourable one, and the one for
        what is not known. The name, title and further texts are those of this kader; ``bron`` names both sources.

        Args:
            ander: The other kader.
            bij_conflict: What to do where both say something else under one name: ``"weigeren"`` refuses, ``"deze"``
                takes this kader's, ``"andere"`` the other's.

        Raises:
            KaderError: ``kader-conflict`` with all that differs; and when the whole is not sound.
            InputError: ``unknown-name`` for another policy.

        Example:
            >>> import igm
            >>> kader = igm.kader("leiden-2021")
            >>> minder = kader.without("leiden.v1.motivatie")
            >>> kader.union(minder).regels == kader.regels
            True
        """
        from igm.decision.union import united

        return united(_kader(self), ander, bij_conflict)


def _kader(composed: Composed[OutcomeT]) -> Afwegingskader[OutcomeT]:
    return cast("Afwegingskader[OutcomeT]", composed)


def _made_of(kader: Afwegingskader[OutcomeT], **changes: Any) -> Afwegingskader[OutcomeT]:
    """The kader with other parts, and the translations that still fit."""
    if kader.vertalingen:
        changes["vertalingen"] = carried(Texts.of(kader, changes), kader)
    return attrs.evolve(kader, **changes)


def _after(kader: Afwegingskader[Any], done: Bewerking, names: Iterable[str]) -> tuple[Stap, ...]:
    return (*kader.lijn, Stap(done, tuple(names), (kader.reference,)))


def _labels(*delen: Iterable[Part]) -> list[str]:
    return [label(part) for given in delen for part in given if type(part) in _PREFIXES]


def _all_parts(parts: Iterable[object]) -> None:
    problems = Problems()
    for index, part in enumerate(parts):
        where = f"$[{index}]"
        if type(part) not in _PREFIXES:
            do = "Give a Rule, Row, Question, Fact or Vangrail, side by side: replace(one, other)."
            given = type(part).__name__
            problems.add("kader-invalid", "this is no part of a kader", do, where=where, given=given)
        elif isinstance(part, Row) and part.vangrails:
            do = f"Replace the guardrail {part.vangrails[-1]!r}, or the row that it restricts."
            what = "this row was made by a guardrail, so it cannot be replaced"
            problems.add("kader-invalid", what, do, where=where, given=repr(part.id))
    problems.raise_any(KaderError)


def _once(names: Sequence[str], problems: Problems) -> None:
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.add("duplicate-name", "a part is named twice", "Name it once.", given=repr(name))


def _all_known(kader: Afwegingskader[Any], names: Iterable[str], known: Iterable[str]) -> None:
    listed = set(known)
    unknown = [name for name in names if name not in listed]
    if unknown:
        what = f"kader {kader.id!r} has no such part"
        raise UnknownNameError(
            *(Problem("unknown-name", what, suggestion(name, listed), given=repr(name)) for name in unknown)
        )
