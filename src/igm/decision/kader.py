"""``Afwegingskader``: facts, questions and ``beslis``, checked and proven when it is built."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic

import attrs

from igm._display import Table
from igm._progress import Voortgang
from igm.constructs._base import FrozenMapping
from igm.constructs.personen import Client
from igm.constructs.profiel import Profiel
from igm.decision import parts
from igm.decision.canonical import HASHED_WHEN_GIVEN, NOT_HASHED, canonical
from igm.decision.casus import Casus
from igm.decision.casus_model import CasusModel, casus_model
from igm.decision.casus_sources import make_casus
from igm.decision.checks import check_parts
from igm.decision.composition import Composed
from igm.decision.conditions import Atom, FactKind, Known
from igm.decision.facts import Fact
from igm.decision.facts_table import facts_table
from igm.decision.findings import Verification
from igm.decision.guards import prove_guards
from igm.decision.lineage import Stap
from igm.decision.machine import Machine
from igm.decision.many import ManyCases
from igm.decision.one_case import OneCase
from igm.decision.planes import Planes, Run, run
from igm.decision.predicate import Predicaat, atoms_in, conditions_of, predicates_in
from igm.decision.priority import with_priorities
from igm.decision.records import KaderRef, OutcomeT
from igm.decision.rules import Question, Row, Rule
from igm.decision.sources import FactSource
from igm.decision.translations import NONE, Translations, translations
from igm.decision.truth import Antwoord, Pleit
from igm.decision.vangrail_proof import prove_vangrails
from igm.decision.vangrails import Vangrail, with_vangrails
from igm.errors import UnknownNameError, suggestion

if TYPE_CHECKING:
    from igm.decision.properties import Eigenschap


@attrs.frozen(kw_only=True, repr=False, slots=False, eq=False)
class Afwegingskader(OneCase[OutcomeT], ManyCases[OutcomeT], Composed[OutcomeT], Generic[OutcomeT]):
    """A decision framework: declared facts, questions that rules speak to, and a ranked list that gives the outcome.

    Immutable. Everything in it is checked when it is built, and its guards are proven; what cannot be proven does not
    load. Two kaders are equal when their hashes are.

    Attributes:
        id: Its name, such as ``leiden-2021``.
        version: Its version.
        titel: What people read.
        bron: Where it comes from.
        uitkomsten: The outcomes it can advise, an enumeration.
        volgorde: Outcomes that have an order, the least favourable first; others stand outside it.
        gunstig: The favourable outcome; arguments are for or against relative to it.
        bij_onbekend: The outcome when what is not known can still change the advice.
        feiten: Declared facts by name.
        vragen: Questions.
        regels: Rules; their order does not count.
        beslis: Rows that give the outcome; the first that is true counts.
        geen_rol: Facts that may play no role: the advice is the same whatever their value.
        nooit_tegen: Facts that may never move the advice down, compared with leaving them out.
        afwegingen: Considerations of the source that rules elaborate, by short name.
        toelichting: What a reader has to know.
        vertalingen: Its texts in other languages: ``{"en": {"feiten.rust.label": "there is rest"}}``. What is not there
            is shown in Dutch.
        vangrails: What law, policy or programme demands, whatever the weighing says; they speak in their order.
        lijn: The steps in which it was composed of others; no part of its hash.

    Raises:
        KaderError: With every problem at once.

    Example:
        >>> from igm.decision import Afwegingskader, Fact, Row, Uitkomst, feit
        >>> from igm.decision.conditions import Always
        >>> Start = Uitkomst.declare("Start", {"WACHT": "wacht", "BEGIN": "begin"})
        >>> klein = Afwegingskader(
        ...     id="klein", version="1", titel="Klein", bron="voorbeeld", uitkomsten=Start,
        ...     volgorde=(Start("wacht"), Start("begin")), gunstig=Start("begin"), bij_onbekend=Start("wacht"),
        ...     feiten=[Fact.ja_nee("rust", label="er is rust")],
        ...     beslis=[Row(id="rust", als=feit.ja_nee("rust"), dan="begin", omdat="Er is rust."),
        ...             Row(id="anders", als=Always(), dan="wacht", omdat="Nog niet.")],
        ... )
        >>> klein.evaluate(klein.casus(rust=True)).advies
        <Start.BEGIN: 'begin'>
    """

    id: str
    version: str
    titel: str
    bron: str
    uitkomsten: type[OutcomeT]
    volgorde: tuple[OutcomeT, ...] = attrs.field(converter=parts.outcomes)
    gunstig: OutcomeT
    bij_onbekend: OutcomeT
    feiten: Mapping[str, Fact] = attrs.field(converter=parts.facts_by_name)
    vragen: tuple[Question, ...] = attrs.field(default=(), converter=parts.questions)
    regels: tuple[Rule, ...] = attrs.field(default=(), converter=parts.rules)
    beslis: tuple[Row, ...] = attrs.field(converter=parts.rows)
    geen_rol: tuple[str, ...] = attrs.field(default=(), converter=parts.no_role)
    nooit_tegen: tuple[str, ...] = attrs.field(default=(), converter=parts.never_against)
    afwegingen: Mapping[str, str] = attrs.field(default=FrozenMapping[str, str](), converter=parts.texts)
    toelichting: str = ""
    vertalingen: Translations = attrs.field(default=NONE, converter=translations)
    vangrails: tuple[Vangrail, ...] = attrs.field(
        default=(), converter=parts.vangrails, metadata=HASHED_WHEN_GIVEN
    )
    lijn: tuple[Stap, ...] = attrs.field(default=(), converter=parts.steps, metadata=NOT_HASHED)

    def __attrs_post_init__(self) -> None:
        check_parts(self)
        object.__setattr__(self, "regels", with_priorities(self.regels))
        object.__setattr__(self, "beslis", with_vangrails(self.beslis, self.vangrails))
        prove_vangrails(self)
        prove_guards(self)

    @cached_property
    def hash(self) -> str:
        """Twelve characters that differ as soon as anything in the kader differs."""
        text = json.dumps(canonical(self), ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def __hash__(self) -> int:
        return hash(self.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Afwegingskader) and other.hash == self.hash

    @property
    def reference(self) -> KaderRef:
        """Its id, version and hash, as results keep them."""
        return KaderRef(self.id, self.version, self.hash)

    @cached_property
    def atoms(self) -> Mapping[str, tuple[Atom, ...]]:
        """Conditions on single facts, and on answers of predicates, that rules and rows read, by name."""
        return FrozenMapping(atoms_in(conditions_of(self), lambda name: self.feiten[name].opties))

    @cached_property
    def predicates(self) -> Mapping[str, Predicaat]:
        """The Python functions that rules and rows ask, by the name of their answer."""
        return FrozenMapping(predicates_in(conditions_of(self)))

    @cached_property
    def facts_read(self) -> tuple[str, ...]:
        """Names of the facts that rules and rows read, in the order in which they are declared."""
        return tuple(name for name in self.feiten if name in self.atoms)

    @cached_property
    def facts_that_count(self) -> tuple[str, ...]:
        """Names of the facts that are read, and of those that they hang on, in the order of declaration."""
        bases = {self.feiten[name].geldt_als for name in self.facts_read}
        return tuple(name for name in self.feiten if name in self.atoms or name in bases)

    @cached_property
    def facts_in_known(self) -> tuple[str, ...]:
        """Names of the facts of which a condition asks whether they are known."""
        return tuple(
            name for name in self.facts_read if any(isinstance(atom, Known) for atom in self.atoms[name])
        )

    @cached_property
    def facts_asked_for(self) -> tuple[str, ...]:
        """Names of the facts that can be learned to a condition's use: those asked for, and what they hang on."""
        bases = {self.feiten[name].geldt_als for name in self.facts_in_known}
        return tuple(name for name in self.feiten if name in self.facts_in_known or name in bases)

    @cached_property
    def reads_dates(self) -> bool:
        """Whether it reads a date."""
        in_vangrails = (name for vangrail in self.vangrails for name in vangrail.als.facts)
        names = itertools.chain(self.facts_read, in_vangrails)
        return any(self.feiten[name].kind is FactKind.DATUM for name in names)

    @cached_property
    def needs_peildatum(self) -> bool:
        """Whether a case needs a ``peildatum``: it reads a date, or a fact expires or cannot lie in the future."""
        return self.reads_dates or any(
            fact.houdbaar_dagen or not fact.toekomst for fact in self.feiten.values()
        )

    @cached_property
    def dependents(self) -> tuple[str, ...]:
        """Names of the facts that hang on another one."""
        return tuple(name for name, fact in self.feiten.items() if fact.geldt_als is not None)

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """Names of the facts whose value is masked when shown."""
        return frozenset(name for name, fact in self.feiten.items() if fact.gevoelig)

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each fact in the order of declaration."""
        return FrozenMapping({name: place for place, name in enumerate(self.feiten)})

    def in_order(self, names: Iterable[str]) -> list[str]:
        """Names of facts in the order of declaration."""
        return sorted(names, key=self.order.__getitem__)

    @cached_property
    def machine(self) -> Machine[OutcomeT]:
        """What it is compiled to."""
        return Machine[OutcomeT].of(self)

    def source(self) -> str:
        """The Python text that decides one case; readable, and the same for the same kader."""
        return self.machine.source

    @cached_property
    def casus_model(self) -> type[CasusModel]:
        """The Pydantic class of this kader's cases, for JSON and JSON Schema."""
        return casus_model(self)

    def question(self, name: str) -> Question:
        """A question by its name.

        Raises:
            UnknownNameError: ``unknown-question``, with a suggestion.
        """
        for question in self.vragen:
            if question.name == name:
                return question
        names = [question.name for question in self.vragen]
        raise UnknownNameError.of(
            "unknown-question",
            f"kader {self.id!r} has no such question",
            suggestion(name, names),
            given=repr(name),
        )

    def pleit(self, outcome: OutcomeT) -> Pleit:
        """Which way an outcome points, seen from the favourable one."""
        if outcome == self.gunstig:
            return Pleit.VOOR
        return Pleit.TEGEN if outcome in self.volgorde else Pleit.NEUTRAAL

    def casus(
        self,
        data: Mapping[str, Any] | CasusModel | Client | Profiel | None = None,
        /,
        *,
        bronnen: Sequence[Profiel | FactSource] = (),
        **facts: Any,
    ) -> Casus:
        """A case for this kader: what is known of one person's situation.

        Args:
            data: Fact values by name, a ``casus_model``, a profile, or a client, whose ``kenmerken`` and only profile
                are then read.
            bronnen: Profiles and other sources whose readings fill the facts that take them (`Fact.score`, ``uit=``).
                A client with several profiles asks for one here.
            **facts: Fact values by name, instead of or beside ``data``; ``None`` or absent is unknown. A value may be
                a `Gegeven` with source and date. ``ref``, ``peildatum`` and ``antwoorden`` go here as well;
                ``antwoorden`` maps a question to ``(answer, argument)``.

        Returns:
            A checked, immutable case.

        Raises:
            InputError: With every problem at once: unknown facts (with a suggestion), values of the wrong kind or
                outside their bounds, own answers without an argument, a missing ``peildatum``, a value that is given
                twice, a profile on another scale than declared.
        """
        return make_casus(self, data, facts, bronnen)

    def verify(
        self,
        *,
        peildatum: date | str | None = None,
        eigenschappen: Sequence[Eigenschap] = (),
        voortgang: Voortgang = False,
    ) -> Verification:
        """Look at every case that it tells apart; see [Verification][igm.decision.Verification].

        Args:
            peildatum: Reference date, for a kader that reads dates: a date, or text such as ``"2026-03-02"``.
            eigenschappen: What should hold in every case; what does not is a finding, with a case that shows it.
            voortgang: ``True`` for a progress bar (the extra ``progress``), or a function that is told
                ``(done, total)``.

        Raises:
            InputError: ``peildatum-missing``; ``invalid-value`` for what is no date, and for another ``voortgang``.
            MissingDependencyError: ``missing-dependency`` when a bar is asked for without tqdm.
        """
        from igm.decision.verification import verify

        return verify(self, peildatum, eigenschappen, voortgang)

    def run(self, atom: Callable[[Atom], Planes], full: int, given: Mapping[str, Antwoord]) -> Run:
        """Run over planes; see ``igm.decision.planes``."""
        return run(self.vragen, self.regels, self.beslis, given, atom, full)

    @property
    def outcome_values(self) -> tuple[str, ...]:
        """The values of the outcomes that it can advise."""
        return tuple(outcome.value for outcome in self.uitkomsten)

    def table(self) -> Table:
        """The facts that it declares: the list to ask for."""
        return facts_table(self)

    def __getstate__(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}

    def __repr__(self) -> str:
        return (
            f"Afwegingskader({self.id!r} {self.version}, n={len(self.feiten)} feiten, {len(self.vragen)} vragen, "
            f"{len(self.regels)} regels, {len(self.beslis)} rijen)"
        )

    def _repr_html_(self) -> str:
        return self.table().html()
