"""Where a score passes from one group to another."""

from __future__ import annotations

from typing import Any, Literal

import attrs

from igm.analysis.samples import Summary, is_missing, usable
from igm.constructs._base import check_one_of, plain_number, shown
from igm.errors import InputError, Problems, suggestion


@attrs.frozen
class Cutoffs:
    """Three places where a score can be said to pass from one group to another (Jacobson & Truax 1991).

    Attributes:
        a: Two standard deviations beyond the mean of the group where people start.
        b: Within two standard deviations of the mean of the group that they are going to.
        c: Between both, as near to each as its standard deviation says; the one to take when both are known.
        better: Which way is better.

    Example:
        >>> cutoffs(Summary(40, 7.5, 50), Summary(60, 7.5, 50))
        Cutoffs(a=55.0, b=45.0, c=50.0, better='higher')
    """

    a: float
    b: float | None
    c: float | None
    better: Literal["higher", "lower"]

    def passed(
        self, before: float | None, after: float | None, cutoff: Literal["a", "b", "c"] = "c"
    ) -> bool | None:
        """Whether a person passed a cut-off: on the near side first, beyond it later.

        Args:
            before: The first score; ``None`` and NaN are missing.
            after: The second.
            cutoff: Which of the three.

        Returns:
            True or False; ``None`` where that cut-off or a score is not known.

        Example:
            >>> cutoffs(Summary(40, 7.5, 50), Summary(60, 7.5, 50)).passed(32.5, 47.5)
            False

        Raises:
            InputError: ``unknown-name`` for another cut-off, ``not-a-number`` for what is no score.
        """
        problems = Problems()
        places = {"a": self.a, "b": self.b, "c": self.c}
        if cutoff not in tuple(places):
            do = suggestion(cutoff, places)
            problems.add("unknown-name", "unknown cut-off", do, where="$.cutoff", given=shown(cutoff))
        for name, score in (("before", before), ("after", after)):
            if not is_missing(score) and not usable(plain_number(score)):
                do = "Give a number, or None where it is missing."
                problems.add("not-a-number", "not a score", do, where=f"$.{name}", given=shown(score))
        problems.raise_any(InputError)
        place = places[cutoff]
        if place is None or before is None or after is None or is_missing(before) or is_missing(after):
            return None
        sign = 1 if self.better == "higher" else -1
        return sign * before < sign * place < sign * after

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        return attrs.asdict(self)


def cutoffs(
    start: Summary, goal: Summary | None = None, *, better: Literal["higher", "lower"] = "higher"
) -> Cutoffs:
    """Cut-offs between the group where people start and the group that they are going to.

    a = M₁ ± 2 s₁; b = M₀ ∓ 2 s₀; c = (s₀ M₁ + s₁ M₀) / (s₀ + s₁), with 1 for the first group and 0 for the other.
    Jacobson & Truax (1991). Some packages take s₁ in b, which is the same only where both spread as much.

    Args:
        start: Mean, standard deviation and number of the group where people start.
        goal: The same of the group that they are going to; without it only a is known.
        better: Which way is better.

    Returns:
        The three cut-offs.

    Raises:
        InputError: ``value-out-of-range`` where nobody in a group differs, ``missing-field`` for a group of one,
            ``invalid-value`` for what is no `Summary`.

    Example:
        >>> cutoffs(Summary(2.4, 0.9, 37), Summary(4.0, 0.6, 120)).c
        3.36
    """
    problems = Problems()
    check_one_of(better, ["higher", "lower"], "unknown direction", "$.better", problems)
    for name, group in (("start", start), ("goal", goal)):
        given: object = group
        if given is None and name == "goal":
            continue
        if not isinstance(given, Summary):
            do = "Give Summary(mean, sd, n)."
            problems.add("invalid-value", "not a group", do, where=f"$.{name}", given=shown(given))
        elif given.sd is None:
            do = "Give a group of at least two people."
            problems.add("missing-field", "no standard deviation", do, where=f"$.{name}.sd")
        elif given.sd == 0:
            do = "Give a group in which people differ."
            problems.add("value-out-of-range", "no spread", do, where=f"$.{name}.sd", given="0")
    problems.raise_any(InputError)
    sign = 1 if better == "higher" else -1
    s1 = start.sd or 0.0
    a = start.mean + sign * 2 * s1
    if goal is None:
        return Cutoffs(a, None, None, better)
    s0 = goal.sd or 0.0
    between = (s0 * start.mean + s1 * goal.mean) / (s0 + s1)
    return Cutoffs(a, goal.mean - sign * 2 * s0, between, better)
