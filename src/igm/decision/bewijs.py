"""``Bewijs``: everything that an advice rests on, so that it can be worked out again from this alone."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self, TypeAlias

from pydantic import Field, Strict, StrictBool, ValidationError

from igm._display import Language, Tree
from igm.constructs._base import SENSITIVE, Day, IgmModel, is_mapping, problems_of
from igm.constructs.ref import Ref
from igm.decision.conditions import FactKind
from igm.decision.document import MisluktDocument, OntbreektDocument, VerlopenDocument
from igm.decision.gegeven import AnyFactValue
from igm.decision.truth import Antwoord, Beleid, Truth
from igm.decision.vangrails import VangrailSoort
from igm.errors import InputError

Waarheid: TypeAlias = Literal["waar", "onwaar", "onbekend"]
"""Kleene's three values, in words."""

TRUTHS: Final[dict[Truth, Waarheid]] = {
    Truth.TRUE: "waar",
    Truth.FALSE: "onwaar",
    Truth.UNKNOWN: "onbekend",
}
"""The word of each value."""


class BewijsKader(IgmModel):
    """Which kader was used."""

    id: str
    version: str
    hash: str
    titel: str


class BewijsFeit(IgmModel):
    """A fact that the kader reads, known or not, with what it can be."""

    name: str
    label: str
    soort: FactKind
    waarde: AnyFactValue = Field(default=None, json_schema_extra=SENSITIVE)
    getoond: str = Field(json_schema_extra=SENSITIVE)
    geldt: StrictBool = Field(description="false when it hangs on a fact that is a no")
    gevoelig: StrictBool
    aangenomen: StrictBool
    reden: str | None = Field(default=None, description="why it is not known", json_schema_extra=SENSITIVE)
    bron: str | None = None
    datum: Day | None = None
    door: Ref | None = None
    toelichting: str | None = Field(default=None, json_schema_extra=SENSITIVE)
    geldt_als: str | None = None
    opties: tuple[str, ...] = ()
    minimum: AnyFactValue = None
    maximum: AnyFactValue = None
    eenheid: str | None = None


class BewijsKnoop(IgmModel):
    """A condition with its truth, and the conditions that it is made of."""

    soort: Literal[
        "ja_nee",
        "vergelijking",
        "leeftijd",
        "waarde",
        "bekend",
        "antwoord",
        "altijd",
        "alle",
        "een_van",
        "niet",
        "telling",
        "predicaat",
        "begrip",
        "anders",
    ]
    tekst: str
    waarheid: Waarheid
    feit: str | None = None
    leest: tuple[str, ...] = Field(default=(), description="facts that a predicate reads")
    vraag: str | None = None
    teken: str | None = Field(default=None, description="<, <=, > or >=")
    waarden: tuple[AnyFactValue, ...] = Field(default=(), description="threshold, years, values or answers")
    minstens: int | None = None
    hoogstens: int | None = None
    delen: tuple[BewijsKnoop, ...] = ()


class BewijsTenzij(IgmModel):
    """An exception with its condition."""

    label: str
    als: BewijsKnoop


class BewijsRegel(IgmModel):
    """A rule, and whether it counts: it applies, and no exception is met."""

    id: str
    pleit_voor: Antwoord
    telt: Waarheid
    omdat: str
    bron: str
    afweging: str | None = None
    keuze: str | None = None
    als: BewijsKnoop
    tenzij: tuple[BewijsTenzij, ...] = ()


class BewijsVraag(IgmModel):
    """A question: what its rules say, what the professional says beside it, and which one counts."""

    name: str
    tekst: str
    suggestie: Antwoord
    eigen: Antwoord | None = None
    argument: str | None = Field(default=None, json_schema_extra=SENSITIVE)
    telt: Antwoord
    default: Antwoord | None = None
    regels: tuple[BewijsRegel, ...] = ()


class BewijsRij(IgmModel):
    """A row of ``beslis`` with its truth."""

    id: str
    dan: str
    waarheid: Waarheid
    omdat: str
    bron: str
    keuze: str | None = None
    vangrails: tuple[str, ...] = ()
    als: BewijsKnoop


class BewijsVangrail(IgmModel):
    """A guardrail, and whether it holds; the rows that it gave stand among those of ``beslis``."""

    id: str
    soort: VangrailSoort
    waarheid: Waarheid
    verbiedt: tuple[str, ...]
    anders: str
    omdat: str
    bron: str
    keuze: str | None = None
    als: BewijsKnoop


class BewijsAanname(IgmModel):
    """A fact that was taken as no because it was not reported."""

    feit: str
    label: str


class Bewijs(IgmModel):
    """The complete proof of an advice: the truth of every row, rule and condition, and every fact that was read.

    Made by ``afweging.bewijs()``. The advice can be worked out again from it, with Kleene's three values: a question
    is answered by the rules that count, the first row that is true decides, a row that is unknown before that leaves
    it open; under the policy *exact* the advice holds when ``bereikbaar`` is one outcome.

    Attributes:
        igm: Version of the library.
        taal: Language of the texts.
        kader: Which kader was used.
        ref: Pseudonymous reference of the person, where given.
        peildatum: Reference date, where given.
        beleid: What was done with what is not known.
        advies: The outcome under ``beleid``.
        exact: The outcome under the exact policy.
        cautious: The outcome under the cautious policy.
        bereikbaar: Outcomes that some completion of what is unknown gives, or today's evaluation.
        invullingen: How many completions were weighed; 0 when none had to be.
        ontbreekt_exact: Whether every completion was weighed.
        uitkomsten: Value per name of the outcomes.
        bij_onbekend: The outcome for what is open.
        feiten: Every fact that is read.
        vragen: Every question with every rule.
        beslis: Every row, also those that guardrails gave.
        vangrails: Every guardrail.
        ontbreekt: What is missing and can change the advice.
        aannames: What was taken as no because it was not reported.
        mislukt: Predicates that failed.
        verlopen: Facts whose value was established too long ago.

    Example:
        >>> import igm
        >>> kader = igm.kader("leiden-2021")
        >>> kader.evaluate(kader.casus(extern_onderzoek=True)).bewijs()
        Bewijs('leiden-2021 1.0', advies=aanhouden, 22 feiten, 4 vragen, 17 regels, 4 rijen)
    """

    schema_version: Literal[1] = Field(default=1, description="version of this form")
    igm: str
    taal: Language
    kader: BewijsKader
    ref: Ref | None = None
    peildatum: Day | None = None
    beleid: Beleid
    advies: str
    exact: str
    cautious: str
    bereikbaar: tuple[str, ...]
    invullingen: Annotated[int, Strict(), Field(ge=0)]
    ontbreekt_exact: StrictBool
    uitkomsten: dict[str, str]
    bij_onbekend: str
    feiten: tuple[BewijsFeit, ...]
    vragen: tuple[BewijsVraag, ...]
    beslis: tuple[BewijsRij, ...]
    vangrails: tuple[BewijsVangrail, ...] = ()
    ontbreekt: tuple[OntbreektDocument, ...]
    aannames: tuple[BewijsAanname, ...]
    mislukt: tuple[MisluktDocument, ...] = ()
    verlopen: tuple[VerlopenDocument, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The proof ready for JSON, sensitive values and own words included."""
        return self.model_dump(mode="json")

    def to_json(self) -> str:
        """The proof as JSON text, sensitive values and own words included."""
        return self.model_dump_json(indent=2)

    @classmethod
    def from_dict(cls, data: dict[str, Any], /) -> Self:
        """The proof from its stored form.

        Raises:
            InputError: When the data do not fit; with all that is wrong.
        """
        if not is_mapping(data):
            do = "Give the mapping itself; of a JSON text, what json.loads gives."
            raise InputError.of("invalid-value", "a mapping was expected", do, given=type(data).__name__)
        try:
            return cls.model_validate(dict(data))
        except ValidationError as error:
            raise InputError(*problems_of(error)) from None

    def tree(self, *, gevoelig: bool = False) -> Tree:
        """The proof as a tree.

        Args:
            gevoelig: Whether sensitive facts, what rests on them, and own words are shown; else they are masked.
        """
        from igm.decision.bewijs_tree import proof_tree

        return proof_tree(self, masked=not gevoelig)

    def __repr__(self) -> str:
        rules = sum(len(question.regels) for question in self.vragen)
        return (
            f"Bewijs('{self.kader.id} {self.kader.version}', advies={self.advies}, {len(self.feiten)} feiten, "
            f"{len(self.vragen)} vragen, {rules} regels, {len(self.beslis)} rijen)"
        )

    def __str__(self) -> str:
        return self.tree().text()

    def _repr_html_(self) -> str:
        return self.tree().html()
