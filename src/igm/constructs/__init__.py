"""Who and what: the model as data, a behaviour with its goal, values with their scale, people and questionnaires."""

from igm.constructs.afname import Afname
from igm.constructs.composite import CompositeState, CompositeValue, Metric
from igm.constructs.coverage import CoverageCell, CoverageMatrix, coverage
from igm.constructs.definitions import construct_table
from igm.constructs.determinanten import Doen, Invloed, Kunnen, Willen
from igm.constructs.gedrag import Gedrag
from igm.constructs.gedragsmodel import Edge, EdgeKind, GedragsModel
from igm.constructs.item import Item, Role
from igm.constructs.kenmerk import Kenmerk, Trend
from igm.constructs.knelpunten import Knelpunt, Knelpunten
from igm.constructs.model import (
    DETERMINANTS,
    Construct,
    ConstructInfo,
    Dimension,
    Polarity,
    construct,
    model,
)
from igm.constructs.personen import Caseload, Client, Manager, Professional
from igm.constructs.profiel import Profiel
from igm.constructs.ref import Ref
from igm.constructs.schaal import LIKERT5, LIKERT7, Schaal
from igm.constructs.toestemming import Scope, Toestemming, refuse_without_consent
from igm.constructs.vragenlijst import Vragenlijst, shipped_vragenlijsten, vragenlijst
from igm.constructs.waarde import Bron, Determinant, DrukBron, Missing, Richting, SocialeDruk, Waarde

__all__ = [
    "DETERMINANTS",
    "LIKERT5",
    "LIKERT7",
    "Afname",
    "Bron",
    "Caseload",
    "Client",
    "CompositeState",
    "CompositeValue",
    "Construct",
    "ConstructInfo",
    "CoverageCell",
    "CoverageMatrix",
    "Determinant",
    "Dimension",
    "Doen",
    "DrukBron",
    "Edge",
    "EdgeKind",
    "Gedrag",
    "GedragsModel",
    "Invloed",
    "Item",
    "Kenmerk",
    "Knelpunt",
    "Knelpunten",
    "Kunnen",
    "Manager",
    "Metric",
    "Missing",
    "Polarity",
    "Professional",
    "Profiel",
    "Ref",
    "Richting",
    "Role",
    "Schaal",
    "Scope",
    "SocialeDruk",
    "Toestemming",
    "Trend",
    "Vragenlijst",
    "Waarde",
    "Willen",
    "construct",
    "construct_table",
    "coverage",
    "model",
    "refuse_without_consent",
    "shipped_vragenlijsten",
    "vragenlijst",
]
