"""Answers to scores to a profile: item scorers, composites, the missing rule, and ``score``.

The ready parts are functions that make them: ``scorers.mean()``, ``scorers.weighted(...)``,
``composites.mean()``, ``composites.minimum()``, ``composites.gate(...)`` and ``composites.weighted(...)``.
"""

from igm._engines.report import ColumnReport, FrameReport, RowReport, ValueReport
from igm.scoring import composites, scorers
from igm.scoring._expectancy import Coding
from igm.scoring._readings import Reading, Unread
from igm.scoring.frame_check import check
from igm.scoring.graded import GradedItem, GradedResponse, Posterior
from igm.scoring.interpretation import Interpretation, Interpretations, interpret
from igm.scoring.missing import MinValid
from igm.scoring.norms import Cut, GroupFigures, Norm, norm, shipped_norms
from igm.scoring.protocols import Composite, ItemCheck, ItemScorer, OwnScale, QuotientScorer
from igm.scoring.registry import composite, names, scorer
from igm.scoring.score import score
from igm.scoring.scores import Scores
from igm.scoring.summary import summarise

__all__ = [
    "Coding",
    "ColumnReport",
    "Composite",
    "Cut",
    "FrameReport",
    "GradedItem",
    "GradedResponse",
    "GroupFigures",
    "Interpretation",
    "Interpretations",
    "ItemCheck",
    "ItemScorer",
    "MinValid",
    "Norm",
    "OwnScale",
    "Posterior",
    "QuotientScorer",
    "Reading",
    "RowReport",
    "Scores",
    "Unread",
    "ValueReport",
    "check",
    "composite",
    "composites",
    "interpret",
    "names",
    "norm",
    "score",
    "scorer",
    "scorers",
    "shipped_norms",
    "summarise",
]
