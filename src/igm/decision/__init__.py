"""The decision engine: three-valued facts, rules with arguments, and an advice that a person decides on."""

from igm._engines.report import ColumnReport, FrameReport, ValueReport
from igm.decision.afweging import Afweging
from igm.decision.begrippen import begrip
from igm.decision.besluit import Besluit
from igm.decision.bewijs import Bewijs
from igm.decision.casus import Casus
from igm.decision.casus_model import CasusModel
from igm.decision.changes import Change, ChangeSet, Counterfactuals, Sensitivity, sensitivity_table
from igm.decision.cohort import Cohort
from igm.decision.conditions import Condition, FactKind
from igm.decision.counting import at_least, at_most, exactly
from igm.decision.document import AfwegingDocument, BesluitDocument
from igm.decision.fact_patterns import FactPattern, FactPatterns
from igm.decision.facts import Fact
from igm.decision.findings import Ernst, Finding, Verification
from igm.decision.gegeven import EigenAntwoord, Gegeven
from igm.decision.kader import Afwegingskader
from igm.decision.language import LanguageNote, check_language
from igm.decision.leiden import LeidenUitkomst
from igm.decision.leiden_properties import LEIDEN_EIGENSCHAPPEN
from igm.decision.lineage import Bewerking, Stap
from igm.decision.plugins import rule_plugins
from igm.decision.predicate import Mislukt, Predicaat, Uitvoering
from igm.decision.predicates import predicaat
from igm.decision.properties import Eigenschap
from igm.decision.records import Aanname, Answer, Argument, FactUse, KaderRef, Ontbreekt, Verlopen
from igm.decision.refs import antwoord, feit, known
from igm.decision.room import Ruimte, VangrailStand
from igm.decision.rules import Question, Row, Rule, regel
from igm.decision.sources import FactSource, Reading
from igm.decision.truth import Antwoord, Beleid, Pleit, Truth, Uitkomst
from igm.decision.union import BijConflict
from igm.decision.vangrails import Vangrail, VangrailSoort
from igm.decision.verification_draft import verify_draft

__all__ = [
    "LEIDEN_EIGENSCHAPPEN",
    "Aanname",
    "Afweging",
    "AfwegingDocument",
    "Afwegingskader",
    "Answer",
    "Antwoord",
    "Argument",
    "Beleid",
    "Besluit",
    "BesluitDocument",
    "Bewerking",
    "Bewijs",
    "BijConflict",
    "Casus",
    "CasusModel",
    "Change",
    "ChangeSet",
    "Cohort",
    "ColumnReport",
    "Condition",
    "Counterfactuals",
    "EigenAntwoord",
    "Eigenschap",
    "Ernst",
    "Fact",
    "FactKind",
    "FactPattern",
    "FactPatterns",
    "FactSource",
    "FactUse",
    "Finding",
    "FrameReport",
    "Gegeven",
    "KaderRef",
    "LanguageNote",
    "LeidenUitkomst",
    "Mislukt",
    "Ontbreekt",
    "Pleit",
    "Predicaat",
    "Question",
    "Reading",
    "Row",
    "Ruimte",
    "Rule",
    "Sensitivity",
    "Stap",
    "Truth",
    "Uitkomst",
    "Uitvoering",
    "ValueReport",
    "Vangrail",
    "VangrailSoort",
    "VangrailStand",
    "Verification",
    "Verlopen",
    "antwoord",
    "at_least",
    "at_most",
    "begrip",
    "check_language",
    "exactly",
    "feit",
    "known",
    "predicaat",
    "regel",
    "rule_plugins",
    "sensitivity_table",
    "verify_draft",
]
