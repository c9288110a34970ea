"""Figures of scores and answers, with labelled axes, colours that can be told apart and a description in words.

They need the extra ``plot`` (matplotlib) and no display.
"""

from igm.plotting._answers import distribution, likert
from igm.plotting._chain import chain
from igm.plotting._plot import Plot
from igm.plotting._profile import profile
from igm.plotting._waves import waves

__all__ = ["Plot", "chain", "distribution", "likert", "profile", "waves"]
