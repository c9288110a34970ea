"""Whether people are guided as they guide: three notions of congruence, each under its own name."""

from igm.congruence.fit import FitLink, RegulatoryFit, regulatory_fit
from igm.congruence.fit_codes import FitKind, RegulatoryFits, regulatory_fits
from igm.congruence.levels import zelfsturing_codes, zelfsturing_level
from igm.congruence.steering import Fit, FitDirection, Sturing, Zelfsturing, fit_table

__all__ = [
    "Fit",
    "FitDirection",
    "FitKind",
    "FitLink",
    "RegulatoryFit",
    "RegulatoryFits",
    "Sturing",
    "Zelfsturing",
    "fit_table",
    "regulatory_fit",
    "regulatory_fits",
    "zelfsturing_codes",
    "zelfsturing_level",
]
