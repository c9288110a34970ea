"""Congruence: manager, professional and client beside one another, on one theory.

There are three notions, and they are never mixed: ``perceived``, what a professional answers; ``profile``, how alike
two profiles are; and ``regulatory_fit``, how steering fits the self-regulation that is there.
"""

from igm.congruence._errors_of_scores import Sem
from igm.congruence.breaks import BreakRule, Compensated, Gap
from igm.congruence.chain import chain
from igm.congruence.chain_breaks import ChainBreak, ChainBreaks, chain_breaks
from igm.congruence.chain_parties import ChainParty, ChainRole
from igm.congruence.chain_result import Chain
from igm.congruence.chains import chains
from igm.congruence.chains_result import ChainLinks, Chains
from igm.congruence.clusters import Center, ClusterInterval, ClusterReason, cluster_interval
from igm.congruence.error_intervals import similarity_intervals
from igm.congruence.error_results import ErrorMethod, FigureInterval, IntervalReason, SimilarityIntervals
from igm.congruence.fit import FitLink, RegulatoryFit, regulatory_fit
from igm.congruence.fit_codes import FitKind, RegulatoryFits, regulatory_fits
from igm.congruence.group_results import AcrossTeams, GroupFigure, GroupSummaries, WithinTeam
from igm.congruence.group_scores import GroupScores
from igm.congruence.group_summaries import group_summaries
from igm.congruence.levels import zelfsturing_codes, zelfsturing_level
from igm.congruence.link_change import LinkChange, LinkChanges, link_change
from igm.congruence.links import Link, LinkMissing
from igm.congruence.many_pairs import Similarities, similarities
from igm.congruence.metric_rows import on_metric
from igm.congruence.metrics import (
    CONGRUENCE_METRICS,
    CongruenceMetric,
    UndefinedReason,
    measure,
    measures,
)
from igm.congruence.mismatched import PairsMean, PseudoDyads, pseudo_dyads
from igm.congruence.normative import NormativeReason, NormativeSimilarity, Norms, normative_similarity
from igm.congruence.own_links import OwnLinks, per_professional
from igm.congruence.pairs import LeftOut, LeftOutReason, Pair, Party, Side, pair
from igm.congruence.partner_results import Exchange, PartnerPermutation, PartnerReason, Than
from igm.congruence.partners import partner_permutation
from igm.congruence.perceived import NotComparable, Perceived, PerceivedBeside, PerceivedMissing
from igm.congruence.perceived_many import (
    PerceivedAndDerived,
    PerceivedBesideDerived,
    perceived_beside_derived,
)
from igm.congruence.precondition_results import GateState, Precondition, PreconditionReason, Preconditions
from igm.congruence.preconditions import preconditions
from igm.congruence.profile_similarity import ProfileSimilarity, similarity
from igm.congruence.shrinkage import ShrinkageReason, ShrunkenMean, ShrunkenMeans, shrunken_means
from igm.congruence.steering import Fit, FitDirection, Sturing, Zelfsturing, fit_table
from igm.congruence.voice_results import TwoVoices, VoiceRow
from igm.congruence.voices import AboutClient, two_voices
from igm.congruence.who_guides import Unlinked

__all__ = [
    "CONGRUENCE_METRICS",
    "AboutClient",
    "AcrossTeams",
    "BreakRule",
    "Center",
    "Chain",
    "ChainBreak",
    "ChainBreaks",
    "ChainLinks",
    "ChainParty",
    "ChainRole",
    "Chains",
    "ClusterInterval",
    "ClusterReason",
    "Compensated",
    "CongruenceMetric",
    "ErrorMethod",
    "Exchange",
    "FigureInterval",
    "Fit",
    "FitDirection",
    "FitKind",
    "FitLink",
    "Gap",
    "GateState",
    "GroupFigure",
    "GroupScores",
    "GroupSummaries",
    "IntervalReason",
    "LeftOut",
    "LeftOutReason",
    "Link",
    "LinkChange",
    "LinkChanges",
    "LinkMissing",
    "NormativeReason",
    "NormativeSimilarity",
    "Norms",
    "NotComparable",
    "OwnLinks",
    "Pair",
    "PairsMean",
    "PartnerPermutation",
    "PartnerReason",
    "Party",
    "Perceived",
    "PerceivedAndDerived",
    "PerceivedBeside",
    "PerceivedBesideDerived",
    "PerceivedMissing",
    "Precondition",
    "PreconditionReason",
    "Preconditions",
    "ProfileSimilarity",
    "PseudoDyads",
    "RegulatoryFit",
    "RegulatoryFits",
    "Sem",
    "ShrinkageReason",
    "ShrunkenMean",
    "ShrunkenMeans",
    "Side",
    "Similarities",
    "SimilarityIntervals",
    "Sturing",
    "Than",
    "TwoVoices",
    "UndefinedReason",
    "Unlinked",
    "VoiceRow",
    "WithinTeam",
    "Zelfsturing",
    "chain",
    "chain_breaks",
    "chains",
    "cluster_interval",
    "fit_table",
    "group_summaries",
    "link_change",
    "measure",
    "measures",
    "normative_similarity",
    "on_metric",
    "pair",
    "partner_permutation",
    "per_professional",
    "perceived_beside_derived",
    "preconditions",
    "pseudo_dyads",
    "regulatory_fit",
    "regulatory_fits",
    "shrunken_means",
    "similarities",
    "similarity",
    "similarity_intervals",
    "two_voices",
    "zelfsturing_codes",
    "zelfsturing_level",
]
