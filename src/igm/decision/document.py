"""The stored form of an advice and a decision, as Pydantic models with a schema version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field, Strict, StrictBool

from igm.constructs._base import (
    SENSITIVE,
    Day,
    IgmModel,
    Share,
    fault,
    raise_faults,
)
from igm.constructs.ref import Ref
from igm.decision.conditions import FactKind
from igm.decision.document_examples import ADVICE, DECISION
from igm.decision.document_fields import Moment, Words
from igm.decision.facts import FactValue
from igm.decision.gegeven import AnyFactValue
from igm.decision.truth import Antwoord, Beleid, Pleit
from igm.decision.vangrails import VangrailSoort

TYPES: Final[dict[FactKind, tuple[type, ...]]] = {
    FactKind.JA_NEE: (bool,),
    FactKind.GETAL: (int, float),
    FactKind.KEUZE: (str,),
    FactKind.DATUM: (date,),
}


class KaderDocument(IgmModel):
    """Which kader was used."""

    id: str
    version: str
    hash: str


class FactDocument(IgmModel):
    """A fact as it was used."""

    name: str
    label: str
    soort: FactKind | None = Field(default=None, description="kind of the value; absent when it is unknown")
    value: AnyFactValue = Field(default=None, json_schema_extra=SENSITIVE)
    shown: str = Field(json_schema_extra=SENSITIVE)
    gevoelig: StrictBool = False
    bron: str | None = None
    datum: Day | None = None
    toelichting: str | None = Field(default=None, json_schema_extra=SENSITIVE)
    aangenomen: StrictBool = False
    door: str | None = Field(default=None, description="who established it, as a pseudonym")

    def _check(self) -> None:
        read = self.read()
        if read is None and self.soort is None:
            return
        if self.soort is None:
            do = "Give ja_nee, getal, keuze or datum."
            found = (("soort",), fault("missing-field", "the kind of the value is missing", do))
        elif isinstance(read, bool) is not (self.soort is FactKind.JA_NEE) or not isinstance(
            read, TYPES[self.soort]
        ):
            do = f"Give a value of kind {self.soort.value}, or the kind that the value has."
            found = (("value",), fault("invalid-value", "the value is of another kind", do))
        else:
            return
        raise_faults(type(self).__name__, [found])

    def read(self) -> FactValue | None:
        """The value as the kind that it has."""
        if self.soort is not FactKind.DATUM or not isinstance(self.value, str):
            return self.value
        try:
            return date.fromisoformat(self.value)
        except ValueError:
            return self.value


class ArgumentDocument(IgmModel):
    """An argument."""

    regel: str
    vraag: str | None
    antwoord: Antwoord | None
    pleit: Pleit
    omdat: str = Field(json_schema_extra=SENSITIVE)
    bron: str
    feiten: tuple[FactDocument, ...] = ()
    uitgezonderd: tuple[str, ...] = ()
    open_uitzonderingen: tuple[str, ...] = ()
    afweging: str | None = None


class AnswerDocument(IgmModel):
    """An answer to a question."""

    vraag: str
    tekst: str
    suggestie: Antwoord
    eigen: Antwoord | None = None
    argument: str | None = Field(default=None, json_schema_extra=SENSITIVE)


class OntbreektDocument(IgmModel):
    """An unknown fact that can still change the advice."""

    feit: str
    label: str
    aandeel: Share | None
    opnieuw_vragen: StrictBool = True
    toelichting: str | None = None
    vraag: str | None = None
    hangt_aan: str | None = None
    onthult: StrictBool = False


class AannameDocument(IgmModel):
    """A fact that was taken as no because it was not reported."""

    feit: str
    label: str
    reden: str


class MisluktDocument(IgmModel):
    """A predicate that failed on the case."""

    predicaat: str
    label: str
    fout: str
    regels: tuple[str, ...]
    ref: Ref | None
    gevoelig: StrictBool = False


class VerlopenDocument(IgmModel):
    """A fact whose value was established too long ago to count."""

    feit: str
    label: str
    datum: Day
    houdbaar_dagen: Annotated[int, Strict(), Field(ge=1)]
    onthult: StrictBool = False


class VangrailDocument(IgmModel):
    """A guardrail that holds, or of which that is not known yet."""

    id: str
    soort: VangrailSoort
    verbiedt: tuple[str, ...]
    anders: str
    omdat: str = Field(json_schema_extra=SENSITIVE)
    bron: str
    feiten: tuple[FactDocument, ...] = ()
    open: StrictBool = False
    beslist: StrictBool = False


class AfwegingDocument(IgmModel, json_schema_extra={"examples": [ADVICE]}):
    """The stored form of an advice; ``model_json_schema()`` describes it for other languages.

    Example:
        >>> AfwegingDocument.model_json_schema()["properties"]["schema_version"]["const"]
        1
    """

    schema_version: Literal[1] = Field(description="version of this form")
    kader: KaderDocument
    ref: Ref | None
    peildatum: Day | None
    advies: str
    uitkomsten: dict[str, str] = Field(description="value per name of the outcomes that the kader declares")
    beleid: Beleid
    exact: str
    cautious: str
    rij: ArgumentDocument | None
    antwoorden: tuple[AnswerDocument, ...]
    argumenten: tuple[ArgumentDocument, ...]
    weerlegd: tuple[ArgumentDocument, ...]
    onbeslist: tuple[ArgumentDocument, ...]
    ontbreekt: tuple[OntbreektDocument, ...]
    ontbreekt_exact: StrictBool
    aannames: tuple[AannameDocument, ...]
    feiten: tuple[FactDocument, ...]
    onbekend: Annotated[int, Strict(), Field(ge=0)]
    mislukt: tuple[MisluktDocument, ...] = ()
    verlopen: tuple[VerlopenDocument, ...] = ()
    vertalingen: dict[str, dict[str, str]] = Field(default={}, description="texts used, per language by path")
    vangrails: tuple[VangrailDocument, ...] = ()


class SignalDocument(IgmModel):
    """A remark on the words of a motivation."""

    woord: str = Field(json_schema_extra=SENSITIVE)
    soort: str
    voorstel: str


class BesluitDocument(IgmModel, json_schema_extra={"examples": [DECISION]}):
    """The stored form of a decision.

    Example:
        >>> sorted(BesluitDocument.model_json_schema()["required"])[:3]
        ['afweging', 'door', 'keuze']
    """

    absent_code: ClassVar[Mapping[str, str]] = {"door": "decision-incomplete"}

    schema_version: Literal[1] = Field(description="version of this form")
    afweging: AfwegingDocument
    door: Ref
    keuze: str
    motivering: Words = Field(json_schema_extra=SENSITIVE)
    wanneer: Moment
    signalen: tuple[SignalDocument, ...] = ()
