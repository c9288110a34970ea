"""Answers to scores to a profile: item scorers, composites, the missing rule, ``score``, and how good scores are.

The ready parts are functions that make them: ``scorers.mean()``, ``scorers.weighted(...)``,
``composites.mean()``, ``composites.minimum()``, ``composites.gate(...)`` and ``composites.weighted(...)``.
"""

from igm._engines.report import ColumnReport, FrameReport, RowReport, ValueReport
from igm.scoring import composites, scorers
from igm.scoring._covariance import Pairing
from igm.scoring._expectancy import Coding
from igm.scoring._readings import Reading, Unread
from igm.scoring.agreement import ICC, ICCName, ICCs, icc
from igm.scoring.coding import BestConstant, CodingRow, CodingSensitivity, coding_sensitivity
from igm.scoring.consistency import Alpha, ItemRest, cronbach_alpha, feldt
from igm.scoring.factor import Omega, omega_from_loadings, omega_total
from igm.scoring.frame_check import check
from igm.scoring.graded import GradedItem, GradedResponse, Posterior
from igm.scoring.interpretation import Interpretation, Interpretations, interpret
from igm.scoring.item_answers import ItemQualities, ItemQuality, item_quality
from igm.scoring.kappa import Kappa, KappaWeights, weighted_kappa
from igm.scoring.missing import MinValid
from igm.scoring.norms import Cut, GroupFigures, Norm, norm, shipped_norms
from igm.scoring.notes import Note
from igm.scoring.protocols import Composite, ItemCheck, ItemScorer, OwnScale, QuotientScorer
from igm.scoring.registry import composite, names, scorer
from igm.scoring.reliabilities import Reliabilities, Reliability, reliability
from igm.scoring.response_answers import Response, ResponseFlag, ResponseQuality, response_quality
from igm.scoring.score import score
from igm.scoring.score_error import (
    TrueScore,
    measurement_error,
    score_interval,
    spearman_brown,
    true_score,
)
from igm.scoring.scores import Scores
from igm.scoring.summary import summarise
from igm.scoring.within_groups import GroupAgreement, GroupICC, icc_groups, rwg, rwg_j

__all__ = [
    "ICC",
    "Alpha",
    "BestConstant",
    "Coding",
    "CodingRow",
    "CodingSensitivity",
    "ColumnReport",
    "Composite",
    "Cut",
    "FrameReport",
    "GradedItem",
    "GradedResponse",
    "GroupAgreement",
    "GroupFigures",
    "GroupICC",
    "ICCName",
    "ICCs",
    "Interpretation",
    "Interpretations",
    "ItemCheck",
    "ItemQualities",
    "ItemQuality",
    "ItemRest",
    "ItemScorer",
    "Kappa",
    "KappaWeights",
    "MinValid",
    "Norm",
    "Note",
    "Omega",
    "OwnScale",
    "Pairing",
    "Posterior",
    "QuotientScorer",
    "Reading",
    "Reliabilities",
    "Reliability",
    "Response",
    "ResponseFlag",
    "ResponseQuality",
    "RowReport",
    "Scores",
    "TrueScore",
    "Unread",
    "ValueReport",
    "check",
    "coding_sensitivity",
    "composite",
    "composites",
    "cronbach_alpha",
    "feldt",
    "icc",
    "icc_groups",
    "interpret",
    "item_quality",
    "measurement_error",
    "names",
    "norm",
    "omega_from_loadings",
    "omega_total",
    "reliability",
    "response_quality",
    "rwg",
    "rwg_j",
    "score",
    "score_interval",
    "scorer",
    "scorers",
    "shipped_norms",
    "spearman_brown",
    "summarise",
    "true_score",
    "weighted_kappa",
]
