"""``preconditions``: whether an organisation's willen and kunnen are roughly in order before individual support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from igm.congruence.group_scores import ConstructScores, GroupScores, group_scores
from igm.congruence.precondition_figures import exact_interval, told
from igm.congruence.precondition_results import (
    NAME,
    GateState,
    Precondition,
    PreconditionReason,
    Preconditions,
)
from igm.constructs._base import check_one_of, is_mapping, is_number, plain_number, shown
from igm.constructs.composite import Metric
from igm.constructs.model import Construct, Polarity, found_construct, nearest_construct
from igm.constructs.schaal import Schaal
from igm.disclosure import GroupPurpose, least_people
from igm.errors import InputError, Problems, named
from igm.scoring._numbers import Row
from igm.scoring.intervals import LEVEL, Interval, check_level

_NOISE: Final = 1e-9
"""A mean so near a threshold lies on it: rounding alone can part the two."""

_STATES: Final[Mapping[PreconditionReason, GateState]] = {"reached": "open", "below": "closed"}


def preconditions(
    scores: GroupScores,
    *,
    at_least: Mapping[str, float],
    source: str,
    metric: Metric,
    schaal: Schaal | None = None,
    person: Row | None = None,
    name: str = NAME,
    level: float = LEVEL,
    doel: GroupPurpose = "publiceren",
    minimum_n: int | None = None,
) -> Preconditions:
    """Whether the preconditions in an organisation are roughly in order, before individual support.

    Per construct the interval of the mean, by Student's t, is held beside a threshold: open when all of it lies on or
    above, closed when all of it lies below, and undecided when it holds the threshold, nobody has a score, or the
    figures may not be told. All together are closed when one is closed, open when all are open, and undecided
    otherwise: unknown is never no. The outcome is an advice.

    Args:
        scores: What ``igm.score`` made of several people, a list of profiles on one behaviour, or a column of numbers
            per construct, such as of a frame. Each person stands in it once.
        at_least: The threshold of each construct that is asked for, on the metric. There is no default.
        source: Where the thresholds come from, in words: a norm, or who agreed on them and when.
        metric: What the thresholds are in: ``"pomp"`` (0 to 100) or ``"schaal"``, the scale of the scores.
        schaal: The scale of columns of numbers; scores and profiles carry theirs.
        person: Who each row of columns of numbers is about, such as a column with refs, so that somebody who stands in
            it twice (at two waves) is noticed; scores and profiles carry theirs.
        name: What the check is called.
        level: How sure the interval is, between 0 and 1.
        doel: ``"publiceren"``, or ``"intern"`` for what stays inside.
        minimum_n: The least number of people; 10 for publishing (never below 5) and 1 inside when left out.

    Returns:
        The outcome, with figures and the reason per construct.

    Raises:
        InputError: ``missing-field`` without thresholds, a source or a name, or for columns without a scale;
            ``unknown-construct``; ``invalid-value`` for a construct of which higher is not helping by itself, and for
            what is no group of scores; ``value-out-of-range`` for a threshold off the metric; ``mixed-scales``;
            ``duplicate-name`` for a person or construct given twice; ``shape-mismatch`` for columns or people of other
            lengths; as `igm.disclosure.least_people`.

    Example:
        >>> from igm.constructs import LIKERT7
        >>> team = {"kennis": [5, 6, 5, 4, 6, 5, 6, 5, 7, 4, 5, 6], "context": [2, 3, 2, 4, 3, 1, 2, 3, 2, 3, 2, 5]}
        >>> found = preconditions(team, at_least={"kennis": 50, "context": 50}, metric="pomp", schaal=LIKERT7,
        ...                       source="agreed by team and management, 2024-10-01")
        >>> found
        Preconditions('geaggregeerd willen en kunnen', 'closed', constructs=2, metric='pomp')
        >>> found["kennis"].state, found["context"].reason
        ('open', 'below')
    """
    problems = Problems()
    fewest = least_people(doel, minimum_n)
    check_level(level)
    _texts({"source": source, "name": name}, problems)
    check_one_of(metric, ("schaal", "pomp"), "unknown metric", "$.metric", problems)
    thresholds = _thresholds(at_least, problems)
    problems.raise_any(InputError)
    found = group_scores(scores, thresholds, metric, schaal, person)
    _check_bounds(thresholds, found, metric, problems)
    problems.raise_any(InputError)
    rows = tuple(
        _row(key, found[key], threshold, metric, level, doel, fewest) for key, threshold in thresholds.items()
    )
    return Preconditions(name.strip(), rows, metric, source.strip(), level, doel, fewest)


def _texts(texts: Mapping[str, object], problems: Problems) -> None:
    for field, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            do = {"source": "Say where the thresholds come from.", "name": "Name the check."}[field]
            problems.add("missing-field", f"no {field}", do, where=f"$.{field}", given=shown(text))


def _thresholds(given: Any, problems: Problems) -> dict[Construct, float]:
    if not is_mapping(given) or not given:
        do = "Give a threshold per construct, such as {'kennis': 50}; there is no default."
        problems.add("missing-field", "no thresholds", do, where="$.at_least", given=shown(given))
        return {}
    read: dict[Construct, float] = {}
    for name, threshold in given.items():
        key, where = found_construct(name), f"$.at_least.{named(name)}"
        value: object = plain_number(threshold)
        if key is None:
            do = nearest_construct(name)
            problems.add("unknown-construct", "unknown construct", do, where=where, given=shown(name))
        elif key in read:
            problems.add("duplicate-name", "a construct under two names", "Give it once.", where=where)
        elif key.polarity is not Polarity.HELPEND:
            do = "Leave it out: whether more of it helps depends on its direction."
            problems.add(
                "invalid-value", "a construct of which higher is not helping by itself", do, where=where
            )
        elif not is_number(value):
            do = "Give a number."
            problems.add("not-a-number", "not a threshold", do, where=where, given=shown(threshold))
        else:
            read[key] = float(value)
    return {key: read[key] for key in Construct if key in read}


def _check_bounds(
    thresholds: Mapping[Construct, float],
    found: Mapping[Construct, ConstructScores],
    metric: Metric,
    problems: Problems,
) -> None:
    for key, threshold in thresholds.items():
        scale = found[key].schaal
        if metric == "pomp":
            low, high = 0, 100
        elif scale is None:
            continue  # nobody has a score, so that there is nothing to hold it beside
        else:
            low, high = scale.minimum, scale.maximum
        if not low <= threshold <= high:
            do = f"Give a number from {low} to {high}."
            where, told = f"$.at_least.{key.value}", shown(threshold)
            problems.add("value-out-of-range", "a threshold off the metric", do, where=where, given=told)


def _row(
    key: Construct,
    scores: ConstructScores,
    threshold: float,
    metric: Metric,
    level: float,
    doel: GroupPurpose,
    fewest: int,
) -> Precondition:
    bare = Precondition(key, "undecided", "not-measured", threshold)
    if not scores.values:
        return bare
    found = told(scores, metric, level, doel, fewest)
    if found is None:
        return attrs.evolve(bare, reason="withheld")
    # what is concluded rests on the figures in full, whatever may be told of them
    reason = _reason(exact_interval(scores.pomp if metric == "pomp" else scores.values, level), threshold)
    return Precondition(
        construct=key,
        state=_STATES.get(reason, "undecided"),
        reason=reason,
        threshold=threshold,
        n=len(scores.values),
        n_missing=scores.n_missing,
        mean=found.mean,
        interval=found.interval,
        rounded=found.rounded,
        unchecked=not found.checked,
    )


def _reason(interval: Interval | None, threshold: float) -> PreconditionReason:
    if interval is None:
        return "one-person"
    if interval.low >= threshold - _NOISE:
        return "reached"
    return "below" if interval.high < threshold - _NOISE else "across"
