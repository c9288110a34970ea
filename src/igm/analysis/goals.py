"""Goal attainment scaling: own goals, each on five levels, and how far they are together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from igm._display import Cell, Column, Language, Table, number, seen
from igm.analysis.person_words import PERSON
from igm.analysis.samples import is_row
from igm.constructs._base import (
    FrozenMapping,
    is_mapping,
    is_number,
    known_language,
    plain_number,
    shown,
)
from igm.errors import InputError, Problems, named

RHO: Final = 0.3
"""How much the levels of the goals of one person are taken to go together, as Kiresuk & Sherman chose."""

LEVELS: Final = (-2, -1, 0, 1, 2)

_MOST: Final = 1_000_000
"""A goal that counts so much more than another leaves nothing of the other."""

_NONE: Final[Mapping[int, str]] = FrozenMapping({})


def _frozen(levels: Any) -> Any:
    return FrozenMapping(levels) if levels is None or is_mapping(levels) else levels


def _is_level(given: object) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and given in LEVELS


def _check_levels(levels: object, problems: Problems) -> None:
    if not is_mapping(levels):
        do = "Give texts by level, such as {1: 'every day'}."
        problems.add("invalid-value", "not texts by level", do, where="$.levels", given=shown(levels))
        return
    for level, text in levels.items():
        if not _is_level(level):
            do = "Say what -2, -1, 0, 1 and 2 mean."
            problems.add("value-out-of-range", "a level", do, where="$.levels", given=shown(level))
        elif not isinstance(text, str) or not text.strip():
            do, where = "Say in words what it means, or leave it out.", f"$.levels[{level}]"
            problems.add("invalid-value", "not a text", do, where=where, given=shown(text))


@attrs.frozen
class Goal:
    """A goal of one person, on five levels from −2 to 2, where 0 is what was expected beforehand.

    Attributes:
        name: In own words.
        level: How far it is now; ``None`` while that is not known.
        weight: How much it counts beside the others, above 0 and at most a million.
        start: How far it was at the start.
        levels: What the levels mean for this goal, by level, agreed on beforehand.

    Example:
        >>> Goal("twee keer per week bellen", level=1, start=-1).level
        1
    """

    name: str
    level: int | None = attrs.field(default=None, converter=plain_number)
    weight: float = attrs.field(default=1.0, converter=plain_number)
    start: int | None = attrs.field(default=None, converter=plain_number)
    levels: Mapping[int, str] = attrs.field(default=_NONE, converter=_frozen)

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        name: object = self.name
        if not isinstance(name, str) or not name.strip():
            do = "Give it in own words."
            problems.add("missing-field", "a goal without a name", do, where="$.name", given=shown(name))
        for field in ("level", "start"):
            value: object = getattr(self, field)
            if value is not None and not _is_level(value):
                do = "Give -2, -1, 0, 1 or 2, or None while it is not known."
                problems.add("value-out-of-range", "a level", do, where=f"$.{field}", given=shown(value))
        if not is_number(self.weight) or not 1 / _MOST <= self.weight <= _MOST:
            do = f"Give a number above 0, up to {_MOST}, or leave the goal out."
            problems.add("weights-invalid", "a weight", do, where="$.weight", given=shown(self.weight))
        _check_levels(self.levels, problems)
        problems.raise_any(InputError)

    def meaning(self, lang: Language = "nl") -> str:
        """What its level means, in own words where these were given."""
        if self.level is None:
            return PERSON[known_language(lang)]["goal-none"]
        return self.levels.get(self.level) or PERSON[known_language(lang)][f"goal-{self.level}"]


@attrs.frozen(repr=False)
class GoalAttainment:
    """How far the goals of one person are, together.

    Attributes:
        goals: The goals.
        t: The T-score of the goals of which it is known; 50 is as expected. ``None`` while none is known.
        t_start: The same of the same goals at the start; ``None`` where one of them has no start.
        rho: How much levels are taken to go together.

    Example:
        >>> goal_attainment([Goal("bellen", 1), Goal("op tijd komen", 0)])
        GoalAttainment(goals=2, known=2, t=56.2)
    """

    goals: tuple[Goal, ...]
    t: float | None
    t_start: float | None
    rho: float

    @property
    def n_known(self) -> int:
        """Of how many goals it is known how far they are."""
        return sum(goal.level is not None for goal in self.goals)

    def text(self, lang: Language = "nl") -> str:
        """How far each goal is, and what can be said of all."""
        lines = [seen(f"{goal.name}: {goal.meaning(lang)}.") for goal in self.goals]
        return "\n".join([*lines, *self.said(lang)])

    def said(self, lang: Language = "nl") -> list[str]:
        """What can be said of all goals together, a sentence each."""
        words = PERSON[known_language(lang)]
        if self.t is None:
            return [words["goals-none"]]
        said = words["goals-t"].format(number(self.t, 1, lang=lang))
        if self.t_start is not None:
            said += " " + words["goals-change"].format(number(self.t_start, 1, lang=lang))
        part = words["goals-part"].format(self.n_known, len(self.goals))
        return [said] if self.n_known == len(self.goals) else [said, part]

    def table(self, lang: Language = "nl") -> Table:
        """A row per goal."""
        words = PERSON[known_language(lang)]
        columns = [
            Column(words["goal"]),
            *(Column(words[one], "right") for one in ("weight", "start", "level")),
        ]
        rows: list[list[Cell]] = [
            [goal.name, float(goal.weight), goal.start, goal.level, goal.meaning(lang)] for goal in self.goals
        ]
        return Table([*columns, Column(words["means_level"])], rows, notes=self.said(lang), lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision."""
        goals = [
            attrs.asdict(goal, filter=attrs.filters.exclude("levels"))
            | {"levels": {str(level): text for level, text in goal.levels.items()}}
            for goal in self.goals
        ]
        return {"goals": goals, "t": self.t, "t_start": self.t_start, "rho": self.rho}

    def __repr__(self) -> str:
        t = None if self.t is None else round(self.t, 1)
        return f"GoalAttainment(goals={len(self.goals)}, known={self.n_known}, t={t})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def goal_attainment(goals: Sequence[Goal], *, rho: float = RHO) -> GoalAttainment:
    """How far goals are together: T = 50 + 10 Σwx / √((1 − ρ) Σw² + ρ (Σw)²).

    Kiresuk & Sherman (1968), with x the levels from −2 to 2, w the weights and ρ = 0.3. T is 50 when goals are attained
    as expected. It describes these goals of this person: it is no measure to set people beside each other.

    Args:
        goals: At least one; those of which nothing is known yet do not count.
        rho: How much levels go together, at least 0 and below 1.

    Returns:
        The T-score now, and at the start where that is known of all goals that count.

    Raises:
        InputError: ``missing-field`` without goals, ``duplicate-name``, ``value-out-of-range`` for rho,
            ``invalid-value`` for what is no list of goals, and for what is no `Goal`.

    Example:
        >>> found = goal_attainment([Goal("bellen", 1, weight=2, start=-1), Goal("op tijd komen", 0, start=-1)])
        >>> round(found.t, 1), round(found.t_start, 1)
        (58.0, 38.0)
        >>> print(goal_attainment([Goal("bellen")]).text("en"))
        bellen: not known yet.
        No evidence yet: of no goal it is known how far it is.
    """
    if not is_row(goals):
        do = "Give a list of Goal(name, level)."
        raise InputError.of("invalid-value", "not a list of goals", do, given=shown(goals))
    goals = tuple(goals)
    problems = Problems()
    seen: set[str] = set()
    for place, goal in enumerate(goals):
        given: object = goal
        if not isinstance(given, Goal):
            do = "Give Goal(name, level)."
            problems.add("invalid-value", "not a goal", do, where=f"$[{place}]", given=shown(given))
            continue
        if goal.name.strip() in seen:
            do = "Name it once."
            problems.add("duplicate-name", "a goal twice", do, where=f"$[{place}]", given=named(goal.name))
        seen.add(goal.name.strip())
    if not goals:
        problems.add("missing-field", "no goals", "Give at least one.", where="$")
    if not is_number(rho) or not 0 <= rho < 1:
        do = "Give at least 0 and below 1."
        problems.add("value-out-of-range", "a correlation", do, where="$.rho", given=shown(rho))
    problems.raise_any(InputError)
    known = [goal for goal in goals if goal.level is not None]
    now = _t([(goal.weight, goal.level) for goal in known], rho)
    return GoalAttainment(goals, now, _t([(goal.weight, goal.start) for goal in known], rho), rho)


def _t(levels: Sequence[tuple[float, int | None]], rho: float) -> float | None:
    weights = [weight for weight, _ in levels]
    known = [(weight, level) for weight, level in levels if level is not None]
    if not known or len(known) < len(levels):
        return None
    spread = (1 - rho) * math.fsum(w * w for w in weights) + rho * math.fsum(weights) ** 2
    return 50 + 10 * math.fsum(weight * level for weight, level in known) / math.sqrt(spread)
