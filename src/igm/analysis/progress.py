"""From two profiles of one person to a report: then, now, what changed, and what next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from igm.analysis._expected import RciMethod
from igm.analysis._frame import names_of
from igm.analysis._pairs import two_profiles
from igm.analysis.goals import Goal, GoalAttainment, goal_attainment
from igm.analysis.progress_results import ProgressReport, ProgressRow
from igm.analysis.reliable import reliable_change
from igm.analysis.samples import LEVEL, attempt, check_level, is_row
from igm.constructs._base import is_mapping, shown
from igm.constructs.model import DETERMINANTS, Construct, Polarity, found_construct, nearest_construct
from igm.constructs.profiel import Profiel
from igm.constructs.waarde import Missing, Waarde
from igm.errors import MASK, InputError, Problems, named
from igm.scoring._numbers import labels

_METHOD: RciMethod = "jt"


def progress_report(
    then: Profiel,
    now: Profiel,
    *,
    reliability: float | Mapping[str, float] | None = None,
    sd: float | Mapping[str, float] | None = None,
    constructs: Sequence[str | Construct] | None = None,
    vervolg: Mapping[str, str] | None = None,
    belemmeringen: Mapping[str, tuple[str, str]] | None = None,
    doelen: Sequence[Goal] | GoalAttainment = (),
    moments: tuple[str, str] | None = None,
    level: float = LEVEL,
) -> ProgressReport:
    """A report of progress by the facets of willen and kunnen, with changes in practical barriers and own goals.

    Reports of progress in this form are in use where professionals work with the model (Gewogen Maatwerk; WerkSaam
    Westfriesland). Each change is set beside errors of measurement as by `reliable_change` (``"jt"``; Jacobson & Truax,
    1991), where its reliability and standard deviation are known; where not, the report says so. What nobody wrote a
    next step for gets a proposal to talk about, the same whichever way a score went.

    Args:
        then: The first profile.
        now: The second, of the same person and the same behaviour.
        reliability: One number, or numbers by construct; constructs without one are told as not tested.
        sd: The same of the standard deviation in people as these.
        constructs: What the report is about; all that was asked when left out.
        vervolg: What next, in own words, by construct; of what was not asked too.
        belemmeringen: Practical barriers: then and now, in own words.
        doelen: Own goals, or what `goal_attainment` made of them.
        moments: What to call then and now, such as two dates.
        level: How sure each change must be.

    Returns:
        The report, as text and html, in Dutch and English.

    Raises:
        InputError: ``invalid-value`` for profiles of two people or behaviours; ``mixed-scales``; ``unknown-construct``;
            ``invalid-value`` for a next step of what is not chosen; ``missing-field`` for a reliability without a
            standard deviation, or the reverse; all at once.

    Example:
        >>> from igm.constructs import LIKERT5, Gedrag
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers", context="alleen", time="nu", doel="werk")
        >>> then = Profiel(gedrag=gedrag, waarden={"kennis": Waarde(score=2.0, schaal=LIKERT5)})
        >>> now = Profiel(gedrag=gedrag, waarden={"kennis": Waarde(score=3.6, schaal=LIKERT5)})
        >>> report = progress_report(then, now, reliability=0.84, sd=0.9, vervolg={"kennis": "Een cursus kiezen."})
        >>> for line in report.text("en").splitlines()[4:8]:
        ...     print(line)
        knowledge and skills
          Then: 2.00 (scale 1–5)
          Now: 3.60 (scale 1–5)
          Change: 1.60 higher. That is more than errors of measurement would give.
    """
    problems = Problems()
    for name, given in (("then", then), ("now", now)):
        profiel: object = given
        if not isinstance(profiel, Profiel):
            do = "Give a Profiel, such as igm.score makes."
            problems.add("invalid-value", "not a profile", do, where=f"$.{name}", given=shown(profiel))
    problems.raise_any(InputError)
    try:
        two_profiles(then, now, None)
    except InputError as error:
        problems.extend(error.problems)
    attempt(lambda: check_level(level), problems)
    measure = _measure(reliability, sd, problems)
    steps = _steps(vervolg, problems)
    chosen = _chosen(constructs, steps, problems)
    barriers = _barriers({} if belemmeringen is None else belemmeringen, problems)
    called = None if moments is None else _called(moments, problems)
    goals = _goals(doelen, problems)
    problems.raise_any(InputError)
    every = [one for one in Construct if one in then.waarden or one in now.waarden or one in steps]
    asked = every if chosen is None else [one for one in Construct if one in chosen]
    rows = [_row(one, then[one], now[one], measure, steps.get(one), level, problems) for one in asked]
    problems.raise_any(InputError)
    answered = {row.construct for row in rows if _asked(row)}
    return ProgressReport(
        gedrag=now.gedrag,
        ref=now.ref if now.ref is not None else then.ref,
        rows=tuple(row for row in rows if row.construct in answered or row.vervolg is not None),
        not_asked=tuple(one for one in (chosen or DETERMINANTS) if one not in answered),
        belemmeringen=barriers,
        goals=goals,
        moments=called,
        is_part=any(one not in asked for one in every),
    )


def _chosen(
    constructs: Any, steps: Mapping[Construct, str], problems: Problems
) -> tuple[Construct, ...] | None:
    """What the report is about, when that was chosen; a next step for anything else would be lost."""
    if constructs is None:
        return None
    found: list[Construct] = []
    for place, name in enumerate(names_of(constructs, "constructs", problems)):
        construct = found_construct(name)
        if construct is None:
            do, where = nearest_construct(name), f"$.constructs[{place}]"
            problems.add("unknown-construct", "unknown construct", do, where=where, given=shown(name))
        else:
            found.append(construct)
    for step in steps:
        if found and step not in found:
            what, do = (
                "a next step for what the report leaves out",
                "Choose it too, or leave out its next step.",
            )
            problems.add("invalid-value", what, do, where=f"$.vervolg.{step.value}")
    return tuple(found)


def _goals(doelen: Any, problems: Problems) -> GoalAttainment | None:
    if doelen is None or isinstance(doelen, GoalAttainment):
        return doelen
    listed = tuple(doelen) if is_row(doelen) else doelen
    if is_row(doelen) and not listed:
        return None
    try:
        return goal_attainment(listed)
    except InputError as error:
        problems.extend(problem.under("$.doelen") for problem in error.problems)
        return None


def _called(moments: Any, problems: Problems) -> tuple[str, str] | None:
    """What then and now are called."""
    told = attempt(lambda: labels(moments, "$.moments"), problems) if is_row(moments) else []
    if told is None:
        return None
    if len(told) != 2 or None in told:
        do = "Give (then, now), such as two dates."
        problems.add("invalid-value", "not two moments", do, where="$.moments", given=shown(moments))
        return None
    return str(told[0]), str(told[1])


def _steps(vervolg: Any, problems: Problems) -> dict[Construct, str]:
    found = _by_construct(vervolg, "vervolg", problems)
    for construct, step in found.items():
        if not isinstance(step, str) or not step.strip():
            do, where = "Say it in own words, or leave it out.", f"$.vervolg.{construct.value}"
            problems.add("invalid-value", "not a text", do, where=where, given=_hidden(construct, step))
    return found


def _hidden(construct: Construct, given: object) -> str:
    return MASK if construct.info.sensitive else shown(given)


def _asked(row: ProgressRow) -> bool:
    return not (row.then is Missing.NIET_GEVRAAGD and row.now is Missing.NIET_GEVRAAGD)


def _measure(reliability: Any, sd: Any, problems: Problems) -> dict[Construct, tuple[float, float]]:
    """Reliability and standard deviation, of the constructs of which both are known."""
    if (reliability is None) != (sd is None):
        lacking = "sd" if sd is None else "reliability"
        do = "Give both, or neither."
        problems.add("missing-field", f"no {lacking}", do, where=f"$.{lacking}")
        return {}
    if reliability is None:
        return {}
    first, second = _of_each(reliability, "reliability", problems), _of_each(sd, "sd", problems)
    if is_mapping(reliability) and is_mapping(sd):
        for construct in set(first) ^ set(second):
            lacking = "sd" if construct in first else "reliability"
            where = f"$.{lacking}.{construct.value}"
            problems.add("missing-field", f"no {lacking}", "Give both, or neither.", where=where)
    return {one: (first[one], second[one]) for one in first if one in second}


def _of_each(given: Any, name: str, problems: Problems) -> dict[Construct, Any]:
    """One number for every construct, or those that have one."""
    if is_mapping(given):
        return _by_construct(given, name, problems)
    return dict.fromkeys(Construct, given)


def _by_construct(given: Any, name: str, problems: Problems) -> dict[Construct, Any]:
    found: dict[Construct, Any] = {}
    if given is not None and not is_mapping(given):
        do = "Give a mapping by construct."
        problems.add("invalid-value", "not by construct", do, where=f"$.{name}", given=shown(given))
        return found
    for key, value in (given or {}).items():
        construct = found_construct(key)
        if construct is None:
            do = nearest_construct(key)
            where = f"$.{name}.{named(key)}"
            problems.add("unknown-construct", "unknown construct", do, where=where, given=shown(key))
        elif construct in found:
            do, where = "Give it once.", f"$.{name}.{named(key)}"
            problems.add("duplicate-name", "a construct under two names", do, where=where)
        else:
            found[construct] = value
    return found


def _barriers(given: Any, problems: Problems) -> dict[str, tuple[str, str]]:
    made: dict[str, tuple[str, str]] = {}
    do = "Give (then, now) by barrier, all in own words."
    if not is_mapping(given):
        problems.add("invalid-value", "not by barrier", do, where="$.belemmeringen", given=shown(given))
        return made
    for name, both in given.items():
        texts: list[object] = [name, *both] if isinstance(both, (tuple, list)) else []
        if len(texts) == 3 and all(isinstance(one, str) and one.strip() for one in texts):
            made[name] = (both[0], both[1])
            continue
        problems.add("invalid-value", "not two texts", do, where=f"$.belemmeringen.{named(name)}")
    return made


def _row(
    construct: Construct,
    then: Waarde | Missing,
    now: Waarde | Missing,
    measure: Mapping[Construct, tuple[float, float]],
    vervolg: str | None,
    level: float,
    problems: Problems,
) -> ProgressRow:
    bare = ProgressRow(construct, then, now, vervolg=vervolg)
    if isinstance(then, Missing) or isinstance(now, Missing) or construct not in measure:
        return bare
    reliability, sd = measure[construct]
    try:
        found = reliable_change(
            then.score,
            now.score,
            reliability=reliability,
            sd=sd,
            method=_METHOD,
            schaal=now.schaal,
            better="neither" if construct.polarity is Polarity.CONTEXTUEEL else "higher",
            level=level,
        )
    except InputError as error:
        problems.extend(problem.under(f"$.{construct.value}") for problem in error.problems)
        return bare
    return attrs.evolve(bare, reliable=attrs.evolve(found, label=construct.value))
