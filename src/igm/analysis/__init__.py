"""Groups and time: whether means differ, how much, and what can be said of it; honest with seven people."""

from igm.analysis.adjust import Adjustment, adjusted
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
from igm.analysis.proportions import ProportionMethod, proportion_interval
from igm.analysis.samples import Interval, Summary, Values
from igm.analysis.wave_results import Detectable, Family, Verdict, WaveComparison, WaveComparisons
from igm.analysis.waves import compare_published, compare_waves

__all__ = [
    "Adjustment",
    "Alternative",
    "Detectable",
    "Difference",
    "Effect",
    "EffectName",
    "Family",
    "Interval",
    "Method",
    "PairedEffects",
    "ProportionMethod",
    "Summary",
    "Undefined",
    "Values",
    "Verdict",
    "WaveComparison",
    "WaveComparisons",
    "adjusted",
    "cohens_d",
    "compare_published",
    "compare_waves",
    "detectable",
    "glass_delta",
    "hedges_g",
    "hedges_j",
    "independent",
    "paired",
    "paired_effects",
    "partly_overlapping",
    "proportion_interval",
]
