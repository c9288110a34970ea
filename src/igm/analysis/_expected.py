"""What a second score would be without change, by each method, and how far measurement error alone can take it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

import attrs

RciMethod: TypeAlias = Literal["jt", "gln", "hll", "en", "nk", "ha"]
"""How a change is set beside measurement error; each method is written out in `reliable_change`."""

NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "jt": (),
    "gln": ("mean",),
    "hll": ("mean", "mean_after"),
    "en": ("mean",),
    "nk": ("mean",),
    "ha": ("mean", "mean_after", "sd_after", "r"),
}
"""What a method must know of the group."""

MAY: Final[Mapping[str, tuple[str, ...]]] = {
    "jt": ("practice", "sd_after", "reliability_after"),
    "gln": (),
    "hll": (),
    "en": (),
    "nk": ("reliability_after",),
    "ha": (),
}
"""What a method can use besides."""

PARTS: Final = ("mean", "mean_after", "sd_after", "reliability_after", "r", "practice")


@attrs.frozen
class Group:
    """What is known of the group and of the measure.

    Attributes:
        sd: The standard deviation at the first moment.
        reliability: The reliability at the first moment.
        mean: The mean at the first moment.
        mean_after: The mean at the second.
        sd_after: The standard deviation at the second.
        reliability_after: The reliability at the second.
        r: The correlation between both moments.
        practice: The mean change of people to whom nothing happened.
    """

    sd: float
    reliability: float
    mean: float | None = None
    mean_after: float | None = None
    sd_after: float | None = None
    reliability_after: float | None = None
    r: float | None = None
    practice: float | None = None

    @property
    def sem(self) -> float:
        """The standard error of measurement at the first moment."""
        return self.sd * math.sqrt(1 - self.reliability)

    @property
    def sem_after(self) -> float:
        """The same at the second moment, with what is known of it."""
        sd = self.sd if self.sd_after is None else self.sd_after
        reliability = self.reliability if self.reliability_after is None else self.reliability_after
        return sd * math.sqrt(1 - reliability)


@attrs.frozen
class Line:
    """A change beyond what was to be expected: times · (after − (start + slope · before)), and its standard error.

    Attributes:
        start: What is expected of a score of 0 at first.
        slope: How much of a score at first is expected to last.
        times: How much of what is found is taken to be true change.
        se: How far measurement error alone takes it, as a standard deviation; at least 0.
    """

    start: float
    slope: float
    times: float
    se: float

    def change(self, before: float, after: float) -> float:
        """What changed, beyond what was to be expected."""
        return self.times * ((after - before) + (1 - self.slope) * before - self.start)


def line(method: RciMethod, group: Group) -> Line | None:
    """The line of a method; ``None`` when this group leaves no true change to find."""
    if method == "jt":
        return Line(group.practice or 0.0, 1.0, 1.0, math.hypot(group.sem, group.sem_after))
    mean, reliability = group.mean or 0.0, group.reliability
    if method == "ha":
        return _true_change(group)
    rest = (1 - reliability) * mean
    predicted = group.sd * math.sqrt(1 - reliability**2)
    if method == "gln":
        return Line(rest, reliability, 1.0, predicted)
    if method == "hll":
        return Line((group.mean_after or 0.0) - reliability * mean, reliability, 1.0, predicted)
    if method == "en":
        return Line(rest, reliability, 1.0, group.sem)
    later = reliability if group.reliability_after is None else group.reliability_after
    both = group.sd**2 * (reliability**2 * (1 - reliability) + (1 - later))
    return Line(rest, reliability, 1.0, math.sqrt(both))


def _true_change(group: Group) -> Line | None:
    """Hageman & Arrindell: the change of a person is drawn to that of the group, as far as changes are unreliable."""
    s1, s2, r = group.sd, group.sd_after or 0.0, group.r or 0.0
    if not s2:
        return None
    error = group.sem**2
    observed = s1**2 + s2**2 - 2 * s1 * s2 * r
    # sd² times the reliability is what is left of sd² without error
    true = (s1**2 - error) + (s2**2 - error) - 2 * s1 * s2 * r
    if observed <= 0 or true <= 0:
        return None
    kept = true / observed
    shift = ((group.mean_after or 0.0) - (group.mean or 0.0)) * (1 - kept)
    return Line(-shift / kept, 1.0, kept, math.sqrt(kept) * math.sqrt(2 * error))
