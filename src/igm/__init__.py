"""The Integratief Gedragsmodel: what people want, can and do; questionnaires, profiles and argued advice.

Answers become scores, scores a profile, and a profile with facts an advice with its arguments. The library advises,
a person decides. Names load on first use, so that ``import igm`` itself is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from igm._version import __version__

if TYPE_CHECKING:
    # isort: off
    from igm import analysis, congruence, constructs, decision, errors, plotting, scoring
    from igm.analysis import compare_waves, reliable_change
    from igm.boundary import (
        ColumnMap, kader, read_csv, read_kader, read_limesurvey, read_parquet, read_qualtrics, read_spss,
    )  # fmt: skip
    from igm.constructs import (
        LIKERT5, LIKERT7, Afname, Bron, Caseload, Client, Construct, Dimension, Doen, Gedrag, Invloed, Kenmerk,
        Kunnen, Manager, Missing, Professional, Profiel, Richting, Schaal, Scope, SocialeDruk, Toestemming, Trend,
        Vragenlijst, Waarde, Willen, construct, coverage, model, vragenlijst,
    )  # fmt: skip
    from igm.scoring import check, interpret, norm, reliability, score, summarise
    # isort: on

__all__ = [
    "LIKERT5", "LIKERT7", "Afname", "Bron", "Caseload", "Client", "ColumnMap", "Construct", "Dimension", "Doen",
    "Gedrag", "Invloed", "Kenmerk", "Kunnen", "Manager", "Missing", "Professional", "Profiel",
    "Richting", "Schaal", "Scope", "SocialeDruk", "Toestemming", "Trend", "Vragenlijst", "Waarde",
    "Willen", "__version__", "analysis", "check", "compare_waves", "congruence", "construct", "constructs", "coverage",
    "decision", "errors", "interpret", "kader", "model", "norm", "plotting", "read_csv", "read_kader",
    "read_limesurvey", "read_parquet", "read_qualtrics", "read_spss", "reliability", "reliable_change", "score",
    "scoring", "summarise", "vragenlijst",
]  # fmt: skip

_MODULES = ("analysis", "congruence", "constructs", "decision", "errors", "plotting", "scoring")
_BOUNDARY = (
    "ColumnMap",
    "kader",
    "read_csv",
    "read_kader",
    "read_limesurvey",
    "read_parquet",
    "read_qualtrics",
    "read_spss",
)
_HOMES = {
    **dict.fromkeys(_BOUNDARY, "boundary"),
    "compare_waves": "analysis",
    "reliable_change": "analysis",
    "score": "scoring",
    "check": "scoring",
    "reliability": "scoring",
    "summarise": "scoring",
    "interpret": "scoring",
    "norm": "scoring",
}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"igm.{name}")
    if name not in __all__:
        raise AttributeError(f"module 'igm' has no attribute {name!r}")
    value = getattr(import_module(f"igm.{_HOMES.get(name, 'constructs')}"), name)
    globals()[name] = value  # so that the next use does not come here again
    return value


def __dir__() -> list[str]:
    return __all__
