"""Answers to scores to a profile: item scorers, composites, the missing rule, and ``score``.

The ready parts are functions that make them: ``scorers.mean()``, ``scorers.weighted(...)``,
``composites.mean()``, ``composites.minimum()``, ``composites.gate(...)`` and ``composites.weighted(...)``.
"""

from igm._engines.report import ColumnReport, FrameReport, RowReport, ValueReport
from igm.scoring import composites, scorers
from igm.scoring._expectancy import Coding
from igm.scoring.frame_check import check
from igm.scoring.graded import GradedItem, GradedResponse, Posterior
from igm.scoring.missing import MinValid
from igm.scoring.protocols import Composite, ItemCheck, ItemScorer, OwnScale, QuotientScorer
from igm.scoring.registry import composite, names, scorer
from igm.scoring.score import score
from igm.scoring.scores import Scores
from igm.scoring.summary import summarise

__all__ = [
    "Coding",
    "ColumnReport",
    "Composite",
    "FrameReport",
    "GradedItem",
    "GradedResponse",
    "ItemCheck",
    "ItemScorer",
    "MinValid",
    "OwnScale",
    "Posterior",
    "QuotientScorer",
    "RowReport",
    "Scores",
    "ValueReport",
    "check",
    "composite",
    "composites",
    "names",
    "score",
    "scorer",
    "scorers",
    "summarise",
]
