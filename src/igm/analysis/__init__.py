"""Groups, time and single people: what differs or changed, how much, and what can be said of it."""

from igm.analysis._audit_tests import p_range
from igm.analysis._expected import RciMethod
from igm.analysis.adjust import Adjustment, adjusted
from igm.analysis.audit_results import AUDIT_SCHEMA_VERSION, AuditCheck, AuditReport, AuditVerdict, Finding
from igm.analysis.auditing import audit
from igm.analysis.bootstrap import (
    Bootstrap,
    BootstrapMethod,
    BootstrapUndefined,
    Statistic,
    bootstrap_interval,
)
from igm.analysis.change_results import Better, ChangeVerdict, NoEvidence, ReliableChange, ReliableChanges
from igm.analysis.cut_offs import Cutoffs, cutoffs
from igm.analysis.differences import (
    Alternative,
    Difference,
    Method,
    Undefined,
    independent,
    paired,
    partly_overlapping,
)
from igm.analysis.effects import (
    Effect,
    EffectName,
    PairedEffects,
    cohens_d,
    detectable,
    glass_delta,
    hedges_g,
    hedges_j,
    paired_effects,
)
from igm.analysis.goals import Goal, GoalAttainment, goal_attainment
from igm.analysis.granularity import Granularity, fitting_items, fitting_n, grim, grimmer
from igm.analysis.one_person import Effectmeting, effectmeting
from igm.analysis.permutation import Permutation, permutation_test
from igm.analysis.person_series import series
from igm.analysis.progress import progress_report
from igm.analysis.progress_results import ProgressReport, ProgressRow, ProgressState
from igm.analysis.proportions import ProportionMethod, proportion_interval
from igm.analysis.reliable import reliable_change
from igm.analysis.report import report_published, report_table
from igm.analysis.report_parts import BetweenWaves, CellState, FewBetween, ReportCell, ReportMark, ReportTests
from igm.analysis.report_results import ReportTable
from igm.analysis.samples import Interval, Summary, Values
from igm.analysis.series_results import NotYet, PhaseComparison, Series
from igm.analysis.synthetic import SyntheticAnswers, synthetic_answers
from igm.analysis.wave_results import Detectable, Family, Verdict, WaveComparison, WaveComparisons
from igm.analysis.waves import compare_published, compare_waves

__all__ = [
    "AUDIT_SCHEMA_VERSION",
    "Adjustment",
    "Alternative",
    "AuditCheck",
    "AuditReport",
    "AuditVerdict",
    "Better",
    "BetweenWaves",
    "Bootstrap",
    "BootstrapMethod",
    "BootstrapUndefined",
    "CellState",
    "ChangeVerdict",
    "Cutoffs",
    "Detectable",
    "Difference",
    "Effect",
    "EffectName",
    "Effectmeting",
    "Family",
    "FewBetween",
    "Finding",
    "Goal",
    "GoalAttainment",
    "Granularity",
    "Interval",
    "Method",
    "NoEvidence",
    "NotYet",
    "PairedEffects",
    "Permutation",
    "PhaseComparison",
    "ProgressReport",
    "ProgressRow",
    "ProgressState",
    "ProportionMethod",
    "RciMethod",
    "ReliableChange",
    "ReliableChanges",
    "ReportCell",
    "ReportMark",
    "ReportTable",
    "ReportTests",
    "Series",
    "Statistic",
    "Summary",
    "SyntheticAnswers",
    "Undefined",
    "Values",
    "Verdict",
    "WaveComparison",
    "WaveComparisons",
    "adjusted",
    "audit",
    "bootstrap_interval",
    "cohens_d",
    "compare_published",
    "compare_waves",
    "cutoffs",
    "detectable",
    "effectmeting",
    "fitting_items",
    "fitting_n",
    "glass_delta",
    "goal_attainment",
    "grim",
    "grimmer",
    "hedges_g",
    "hedges_j",
    "independent",
    "p_range",
    "paired",
    "paired_effects",
    "partly_overlapping",
    "permutation_test",
    "progress_report",
    "proportion_interval",
    "reliable_change",
    "report_published",
    "report_table",
    "series",
    "synthetic_answers",
]
