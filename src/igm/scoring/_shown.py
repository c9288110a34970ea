"""Figures as people read them."""

from __future__ import annotations

from igm._display import Language, number
from igm.scoring.intervals import Interval


def span(interval: Interval | None, lang: Language) -> str | None:
    """An interval: its two ends."""
    if interval is None:
        return None
    return f"{number(interval.low, lang=lang)}; {number(interval.high, lang=lang)}"


def chance(p: float | None, lang: Language) -> str | None:
    """A chance, in three digits."""
    if p is None:
        return None
    return f"< {number(0.001, 3, lang=lang)}" if p < 0.001 else number(p, 3, lang=lang)
