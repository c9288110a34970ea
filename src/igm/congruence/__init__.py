"""Congruence: manager, professional and client beside one another, on one theory.

There are three notions, and they are never mixed: ``perceived``, what a professional answers; ``profile``, how alike
two profiles are; and ``regulatory_fit``, how steering fits the self-regulation that is there.
"""

from igm.congruence.fit import FitLink, RegulatoryFit, regulatory_fit
from igm.congruence.fit_codes import FitKind, RegulatoryFits, regulatory_fits
from igm.congruence.group_scores import GroupScores
from igm.congruence.levels import zelfsturing_codes, zelfsturing_level
from igm.congruence.many_pairs import Similarities, similarities
from igm.congruence.metrics import (
    CONGRUENCE_METRICS,
    CongruenceMetric,
    UndefinedReason,
    measure,
    measures,
)
from igm.congruence.pairs import LeftOut, LeftOutReason, Pair, Party, Side, pair
from igm.congruence.precondition_results import GateState, Precondition, PreconditionReason, Preconditions
from igm.congruence.preconditions import preconditions
from igm.congruence.profile_similarity import ProfileSimilarity, similarity
from igm.congruence.steering import Fit, FitDirection, Sturing, Zelfsturing, fit_table
from igm.congruence.voice_results import TwoVoices, VoiceRow
from igm.congruence.voices import AboutClient, two_voices

__all__ = [
    "CONGRUENCE_METRICS",
    "AboutClient",
    "CongruenceMetric",
    "Fit",
    "FitDirection",
    "FitKind",
    "FitLink",
    "GateState",
    "GroupScores",
    "LeftOut",
    "LeftOutReason",
    "Pair",
    "Party",
    "Precondition",
    "PreconditionReason",
    "Preconditions",
    "ProfileSimilarity",
    "RegulatoryFit",
    "RegulatoryFits",
    "Side",
    "Similarities",
    "Sturing",
    "TwoVoices",
    "UndefinedReason",
    "VoiceRow",
    "Zelfsturing",
    "fit_table",
    "measure",
    "measures",
    "pair",
    "preconditions",
    "regulatory_fit",
    "regulatory_fits",
    "similarities",
    "similarity",
    "two_voices",
    "zelfsturing_codes",
    "zelfsturing_level",
]
