"""Reliable change: whether a person changed more than errors of measurement would give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, overload

import attrs

from igm.analysis._expected import MAY, NEEDS, PARTS, Group, Line, RciMethod, line
from igm.analysis._measures import Measures, check_part, measures_of, number_for
from igm.analysis._pairs import Pair, people, two_profiles
from igm.analysis.change_results import Better, NoEvidence, ReliableChange, ReliableChanges
from igm.analysis.samples import LEVEL, Interval, Summary, Values, check_level
from igm.constructs._base import check_one_of, plain_number, shown
from igm.constructs.model import Polarity, found_construct
from igm.constructs.profiel import Profiel
from igm.constructs.schaal import Schaal
from igm.errors import InputError, Problems
from igm.scoring.reliabilities import MANY, Reliabilities

Given: TypeAlias = "Profiel | Mapping[str, float | None] | Values"
"""Scores of several people on one construct, or of one person on several."""

PerConstruct: TypeAlias = "float | Mapping[str, float]"
"""One number, or one by construct."""


@overload
def reliable_change(
    before: float | None,
    after: float | None,
    *,
    reliability: float,
    sd: float | None = ...,
    method: RciMethod = ...,
    mean: float | None = ...,
    mean_after: float | None = ...,
    sd_after: float | None = ...,
    reliability_after: float | None = ...,
    r: float | None = ...,
    practice: float | None = ...,
    better: Better | None = ...,
    schaal: Schaal | None = ...,
    level: float = ...,
) -> ReliableChange: ...
@overload
def reliable_change(
    before: Given,
    after: Given,
    *,
    reliability: PerConstruct | Reliabilities,
    sd: PerConstruct | None = ...,
    method: RciMethod = ...,
    mean: float | None = ...,
    mean_after: float | None = ...,
    sd_after: float | None = ...,
    reliability_after: float | None = ...,
    r: float | None = ...,
    practice: float | None = ...,
    better: Better | None = ...,
    schaal: Schaal | None = ...,
    level: float = ...,
) -> ReliableChanges: ...
def reliable_change(
    before: Given | float | None,
    after: Given | float | None,
    *,
    reliability: PerConstruct | Reliabilities,
    sd: PerConstruct | None = None,
    method: RciMethod = "jt",
    mean: float | None = None,
    mean_after: float | None = None,
    sd_after: float | None = None,
    reliability_after: float | None = None,
    r: float | None = None,
    practice: float | None = None,
    better: Better | None = None,
    schaal: Schaal | None = None,
    level: float = LEVEL,
) -> ReliableChange | ReliableChanges:
    """Whether a change is more than errors of measurement would give: RCI = (after − expected) / standard error.

    With SEM = sd · √(1 − reliability), x the first score, M and M₂ the means of the group, r_xx the reliability:

    - ``"jt"`` (Jacobson & Truax 1991, with Christensen & Mendoza 1986): expected x + ``practice``; √(SEM² + SEM₂²),
      which is √2 · SEM unless ``sd_after`` or ``reliability_after`` is given (Maassen 2004). ``practice`` is the mean
      change of people to whom nothing happened (Chelune 1993).
    - ``"gln"`` (Gulliksen, Lord & Novick; Hsu 1989): expected M + r_xx (x − M); sd · √(1 − r_xx²).
    - ``"hll"`` (Hsu, Linn & Nord; Hsu 1989): expected M₂ + r_xx (x − M); sd · √(1 − r_xx²).
    - ``"en"`` (Edwards & Nunnally; Speer 1992): expected M + r_xx (x − M); SEM.
    - ``"nk"`` (Nunnally & Kotsch 1983): expected as ``"en"``; √(sd² r_xx² (1 − r_xx) + sd² (1 − r_xx₂)).
    - ``"ha"`` (Hageman & Arrindell 1999): the change is (after − x) r_dd + (M₂ − M)(1 − r_dd), its error
      √r_dd · √2 · SEM, where r_dd = (s₁² r₁ + s₂² r₂ − 2 s₁ s₂ r) / (s₁² + s₂² − 2 s₁ s₂ r) and rᵢ = 1 − SEM²/sᵢ².

    A change is reliable when the index is *beyond* z(0.975) = 1.95996…, not on it; ``"ha"`` is one-sided by its
    authors, so beyond z(0.95). An index within 0.005 of its limit is told to be on it.

    Args:
        before: A score; or scores of several people, by construct, or as a `Profiel`. ``None`` is missing.
        after: The same, later.
        reliability: Of a score in people as these: from 0 to below 1. Of scores by construct also by construct, or
            what `igm.reliability` made, of which alpha by pairs is taken; a construct without one is not compared, and
            the result tells which.
        sd: The standard deviation at the first moment, above 0; by construct if need be. Of scores of people it may be
            left out, and is then that of these people; beside what `igm.reliability` made that of the same answers.
        method: One of the six.
        mean: M. Of scores of people it may be left out, as may the four below.
        mean_after: M₂.
        sd_after: s₂.
        reliability_after: The reliability at the second moment.
        r: The correlation between both moments.
        practice: For ``"jt"``.
        better: What an improvement is. When left out ``"higher"``; ``"neither"`` for a construct that is a level.
        schaal: The scale. With it, what lies too near its end is told as ``"cannot-show"``; profiles bring their own.
        level: How sure, between 0 and 1.

    Returns:
        `ReliableChange` for one score; `ReliableChanges` for several, with the chance of a false one.

    Raises:
        InputError: ``value-out-of-range`` for a reliability, standard deviation or score that cannot be;
            ``missing-field`` for what the method needs; ``invalid-value`` for what it does not use;
            ``shape-mismatch`` for rows of other lengths; ``unknown-name``. All at once.

    Example:
        >>> found = reliable_change(2.1, 3.6, reliability=0.84, sd=0.9)
        >>> round(found.rci, 2), found.verdict, round(found.smallest, 2)
        (2.95, 'improved', 1.0)
        >>> from igm.constructs import LIKERT7
        >>> reliable_change(6.5, 6.8, reliability=0.84, sd=0.9, schaal=LIKERT7).verdict
        'cannot-show'
        >>> reliable_change([2.1, 3.0, None], [3.6, 3.2, 4.0], reliability=0.84, sd=0.9)
        ReliableChanges(people=3, reliable=1, false_alarm=0.098)
    """
    own: dict[str, Any] = dict(
        zip(PARTS, (mean, mean_after, sd_after, reliability_after, r, practice), strict=True)
    )
    problems = Problems()
    _check_names(method, better, own, problems)
    problems.raise_any(InputError)
    check_level(level)
    several = _several(before, after)
    pairs, kind = _pairs(before, after, schaal, several)
    measures = measures_of(reliability, sd, pairs, by_construct=several == "constructs", problems=problems)
    problems.raise_any(InputError)
    found, notes = _of_people(pairs, method, own, measures.sd, several=several == "people")
    groups = {
        pair.label: _group(pair.label, measures, found, method, problems)
        for pair in pairs
        if not measures.lacks(pair.label)
    }
    problems.raise_any(InputError)
    critical = _critical(method, level)
    shown_level = 2 * level - 1 if method == "ha" else level
    rows = tuple(
        _row(pair, groups.get(pair.label), method, better or _better(pair.label), critical, shown_level)
        for pair in pairs
    )
    if not several:
        return rows[0]
    return ReliableChanges(rows, kind, shown_level, notes + measures.notes, measures.n)


def _several(before: object, after: object) -> Literal["people", "constructs", ""]:
    """Whether these are one score, those of people, or those of constructs."""
    one, other = plain_number(before), plain_number(after)
    for given in (one, other):
        if isinstance(given, (Profiel, Mapping)):
            return "constructs"
        if given is not None and not isinstance(given, (int, float, str, bytes)):
            return "people"
    return ""


def _pairs(
    before: Any, after: Any, schaal: Schaal | None, several: str
) -> tuple[list[Pair], Literal["people", "constructs"]]:
    if several == "constructs":
        return two_profiles(before, after, schaal), "constructs"
    if several == "people":
        return people(before, after, schaal), "people"
    return [attrs.evolve(pair, label="") for pair in people([before], [after], schaal)], "people"


def _check_names(method: object, better: object, own: Mapping[str, object], problems: Problems) -> None:
    if better is not None:
        check_one_of(better, ["higher", "lower", "neither"], "unknown direction", "$.better", problems)
    if not check_one_of(method, tuple(NEEDS), "unknown method", "$.method", problems):
        return
    uses = (*NEEDS[str(method)], *MAY[str(method)])
    for name, value in own.items():
        if value is not None and name not in uses:
            what = f"the method {method!r} does not use it"
            do = "Leave it out, or take another method."
            problems.add("invalid-value", what, do, where=f"$.{name}", given=shown(value))


def _of_people(
    pairs: list[Pair], method: RciMethod, own: dict[str, Any], sd: Any, *, several: bool
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What is known of the group; of several people, what was left out comes from their scores."""
    known = {**own, "sd": sd}
    if not several:
        return known, ()
    both = [pair for pair in pairs if pair.before is not None and pair.after is not None]
    if len(both) < 2:
        return known, ()
    before, after = Summary.of([pair.before for pair in both]), Summary.of([pair.after for pair in both])
    there = {"mean": before.mean, "mean_after": after.mean, "sd_after": after.sd, "r": _r(both)}
    for name in NEEDS[method]:
        if known[name] is None:
            known[name] = there[name]
    notes: tuple[str, ...] = ()
    if sd is None:
        known["sd"] = before.sd
        notes = ("own-sd", "few") if before.n < MANY else ("own-sd",)
    return known, notes


def _r(both: list[Pair]) -> float | None:
    from igm.analysis.differences import paired

    return paired([pair.after for pair in both], [pair.before for pair in both]).r


def _group(
    label: str, measures: Measures, known: Mapping[str, Any], method: RciMethod, problems: Problems
) -> Group:
    """The numbers of one construct; what cannot be is told, and the group is then not used."""
    given = {
        **known,
        "reliability": number_for(label, measures.reliability, "reliability", problems),
        "sd": number_for(label, known["sd"], "sd", problems),
    }
    told = len(problems)
    for name in ("reliability", "sd", *NEEDS[method], *MAY[method]):
        value: object = plain_number(given[name])
        optional = name in MAY[method]
        if value is None and optional:
            continue
        check_part(name, value, problems)
        given[name] = value
    if len(problems) > told:
        return Group(1.0, 0.5)
    return Group(*(given[name] for name in ("sd", "reliability", *PARTS)))


def _better(label: str) -> Better:
    found = found_construct(label)
    return "neither" if found is not None and found.polarity is Polarity.CONTEXTUEEL else "higher"


def _critical(method: RciMethod, level: float) -> float:
    from scipy import special

    return float(special.ndtri(level if method == "ha" else 0.5 + level / 2))


def _row(
    pair: Pair, group: Group | None, method: RciMethod, better: Better, critical: float, level: float
) -> ReliableChange:
    found = None if group is None else line(method, group)
    bare = ReliableChange(
        before=pair.before,
        after=pair.after,
        rci=None,
        adjusted=None,
        interval=None,
        s_diff=None if found is None else found.se,
        sem=None if group is None else group.sem,
        critical=critical,
        method=method,
        reliability=None if group is None else group.reliability,
        sd=None if group is None else group.sd,
        better=better,
        schaal=pair.schaal,
        reason=_reason(pair, group, found),
        label=pair.label,
    )
    if found is None or pair.before is None or pair.after is None:
        return bare
    change = found.change(pair.before, pair.after)
    half = critical * found.se
    rise, fall = _reach(pair, found, half)
    return attrs.evolve(
        bare,
        adjusted=change,
        rci=change / found.se,
        interval=Interval(change - half, change + half, level),
        can_rise=rise,
        can_fall=fall,
    )


def _reach(pair: Pair, found: Line, half: float) -> tuple[bool | None, bool | None]:
    """Whether the ends of the scale lie far enough from the first score for a rise and a fall to be shown."""
    if pair.schaal is None or pair.before is None:
        return None, None
    high = found.change(pair.before, float(pair.schaal.maximum))
    low = found.change(pair.before, float(pair.schaal.minimum))
    return high > half, low < -half


def _reason(pair: Pair, group: Group | None, found: Line | None) -> NoEvidence | None:
    if pair.before is None or pair.after is None:
        both = pair.before is None and pair.after is None
        return "neither" if both else "no-before" if pair.before is None else "no-after"
    if group is None:
        return "no-reliability"
    return "no-true-change" if found is None else None
