"""The scores of a group per construct, on one metric: from ``Scores``, from profiles, or from columns of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias, cast

import attrs
import numpy as np

from igm.congruence.steering import is_absent
from igm.constructs._base import SHOWN, is_mapping, is_number, plain_number, raise_capped, shown
from igm.constructs.composite import Metric
from igm.constructs.model import Construct, found_construct, nearest_construct
from igm.constructs.profiel import Profiel
from igm.constructs.schaal import Schaal
from igm.constructs.waarde import Waarde
from igm.errors import MASK, InputError, Problem, Problems, named
from igm.scoring._numbers import Row, labels
from igm.scoring.scores import Scores

GroupScores: TypeAlias = "Scores | Sequence[Profiel] | Mapping[str, Iterable[float | None]]"
"""The scores of a group: scored answers, profiles on one behaviour, or a column of numbers per construct."""


@attrs.frozen
class ConstructScores:
    """The scores of a group on one construct.

    Attributes:
        values: The known scores, each on its scale.
        n_missing: How many people have none.
        schaal: The scale that all share; ``None`` where there is no score, or scales differ.
        items: How many whole answers each score is the mean of; ``None`` where that differs or is not known.
        pomp: The same scores as percents of maximum possible.
    """

    values: tuple[float, ...] = ()
    n_missing: int = 0
    schaal: Schaal | None = None
    items: int | None = None
    pomp: tuple[float, ...] = ()


def group_scores(
    given: Any,
    wanted: Iterable[Construct],
    metric: Metric,
    schaal: Schaal | None,
    person: Row | None = None,
) -> dict[Construct, ConstructScores]:
    """The scores of each wanted construct; one that nobody was asked has no scores.

    Raises:
        InputError: ``invalid-value`` for what is no group of scores or holds several behaviours, ``duplicate-name``
            for a person or construct that stands in it twice, ``missing-field`` for numbers or values without a scale,
            ``mixed-scales`` for several scales in one construct without POMP, ``not-a-number``,
            ``value-out-of-range``.
    """
    asked = list(wanted)
    if person is not None and not is_mapping(given):
        do = "Leave it out: scores and profiles carry their own."
        raise InputError.of("invalid-value", "people beside scores that name them", do, where="$.person")
    if isinstance(given, Scores):
        return _from_scores(given, asked)
    if is_mapping(given):
        return _from_columns(given, asked, schaal, person)
    people: list[Any] | None = list(cast("list[Any]", given)) if isinstance(given, (list, tuple)) else None
    if people is not None and all(isinstance(one, Profiel) for one in people):
        return _from_profiles(people, asked, metric)
    told = shown(cast("object", given))
    do = (
        "Give what igm.score made of several people, a list of Profiel, or a column of numbers per construct; "
        "of a frame with answers, igm.scoring.Scores.of_frame(frame, questionnaire)."
    )
    raise InputError.of("invalid-value", "not the scores of a group", do, where="$.scores", given=told)


def _from_scores(scores: Scores, asked: list[Construct]) -> dict[Construct, ConstructScores]:
    _each_once(scores.refs or ())
    found: dict[Construct, ConstructScores] = {}
    for key in asked:
        if key not in scores.constructs:
            found[key] = ConstructScores(n_missing=len(scores))
            continue
        there = ~np.isnan(scores[key])
        many = {int(n) for n in scores.n_valid[there, scores.constructs.index(key)].tolist()}
        own = scores.scales[key]
        # a scorer with a scale of its own does not give means of answers
        items = many.pop() if len(many) == 1 and own == scores.schaal else None
        values = tuple(scores[key][there].tolist())
        found[key] = _made(values, int((~there).sum()), [own] * len(values), items)
    return found


def _from_profiles(
    profiles: list[Profiel], asked: list[Construct], metric: Metric
) -> dict[Construct, ConstructScores]:
    _each_once([one.ref for one in profiles])
    behaviours = {one.gedrag.key for one in profiles}
    if len(behaviours) > 1:
        do = "Give profiles on one behaviour."
        told = f"{len(behaviours)} behaviours"
        raise InputError.of(
            "invalid-value", "profiles on several behaviours", do, where="$.scores", given=told
        )
    problems = Problems()
    found: dict[Construct, ConstructScores] = {}
    for key in asked:
        values = [one for one in (profile[key] for profile in profiles) if isinstance(one, Waarde)]
        scales = [one.schaal for one in values if one.schaal is not None]
        bounds = {(one.minimum, one.maximum) for one in scales}
        if metric == "schaal" and len(bounds) > 1:
            told = ", ".join(f"{low}–{high}" for low, high in sorted(bounds))
            do = 'Give metric="pomp" and thresholds in percents of maximum possible.'
            problems.add(
                "mixed-scales", "a construct is on several scales", do, where=f"$.{key.value}", given=told
            )
        scores = tuple(float(one.score) for one in values)
        many = {one.n_valid for one in values}
        items = _items(scores) if many == {None} else next(iter(many)) if len(many) == 1 else None
        found[key] = _made(scores, len(profiles) - len(values), scales, items)
    problems.raise_any(InputError)
    return found


def _from_columns(
    given: Mapping[Any, Any], asked: list[Construct], schaal: Schaal | None, person: Row | None
) -> dict[Construct, ConstructScores]:
    problems = Problems()
    scale: object = schaal
    if scale is None:
        do = "Give schaal=, such as igm.LIKERT5: the scale that all these numbers are on."
        problems.add("missing-field", "numbers carry no scale", do, where="$.schaal")
    elif not isinstance(scale, Schaal):
        do = "Give a scale, such as igm.LIKERT5."
        problems.add("invalid-value", "not a scale", do, where="$.schaal", given=shown(scale))
    columns: dict[Construct, Any] = {}
    for name, column in given.items():
        key, where = found_construct(name), f"$.scores.{named(name)}"
        if key is None:
            do = nearest_construct(name)
            problems.add("unknown-construct", "unknown construct", do, where=where, given=shown(name))
        elif key in columns:
            problems.add("duplicate-name", "a construct under two names", "Give it once.", where=where)
        else:
            columns[key] = column
    problems.raise_any(InputError)
    assert schaal is not None  # noqa: S101 (told above)
    read = {key: _numbers(columns[key], key, schaal) for key in asked if key in columns}
    people = {len(column) for column in read.values()}
    if len(people) > 1:
        do = "Give every column the same people, with None where a score is missing."
        told = " and ".join(str(one) for one in sorted(people))
        raise InputError.of("shape-mismatch", "columns of other lengths", do, where="$.scores", given=told)
    if person is not None:
        _each_once(labels(person, "$.person", max(people, default=None)))
    found: dict[Construct, ConstructScores] = {}
    for key in asked:
        column = read.get(key, [None] * max(people, default=0))
        values = tuple(one for one in column if one is not None)
        found[key] = _made(values, len(column) - len(values), [schaal] * len(values), _items(values))
    return found


def _numbers(column: Any, key: Construct, schaal: Schaal) -> list[float | None]:
    """One number a person, ``None`` where it is missing; what cannot be used is told, masked where sensitive."""
    where = f"$.scores.{key.value}"
    given: object = column
    if isinstance(given, (str, bytes, Mapping, np.ma.MaskedArray)) or not isinstance(given, Iterable):
        do = "Give numbers, one a person, with None where one is missing."
        told = shown(column)
        raise InputError.of("invalid-value", "not a column of numbers", do, where=where, given=told)
    read: list[float | None] = []
    wrong: list[Problem] = []
    total = 0
    for place, cell in enumerate(column):
        value: object = plain_number(cell)
        if value is None or is_absent(value):
            read.append(None)
            continue
        if is_number(value) and value in schaal:
            read.append(float(value))
            continue
        total += 1
        if total <= SHOWN:
            code = "value-out-of-range" if is_number(value) else "not-a-number"
            do = f"Give a number from {schaal.minimum} to {schaal.maximum}, or None where it is missing."
            told = MASK if key.info.sensitive else shown(value)
            wrong.append(Problem(code, "not a score on the scale", do, f"{where}[{place}]", told))
    raise_capped(wrong, total, "scores")
    return read


def _items(values: tuple[float, ...]) -> int | None:
    """Whole numbers are taken as answers to one item; of others it is not known how many answers are behind them."""
    return 1 if all(one.is_integer() for one in values) else None


def _made(
    values: tuple[float, ...], n_missing: int, scales: Sequence[Schaal], items: int | None
) -> ConstructScores:
    bounds = {(one.minimum, one.maximum) for one in scales}
    shared = scales[0] if len(bounds) == 1 else None
    pomp = tuple(scale.pomp(value) for value, scale in zip(values, scales, strict=True))
    return ConstructScores(values, n_missing, shared, items, pomp)


def _each_once(refs: Iterable[Any]) -> None:
    """Refuse a person who stands in it twice: an interval takes people as separate."""
    known = [one for one in refs if one is not None]
    twice = len(known) - len(set(known))
    if twice:
        do = "Give each person once, such as those of one wave."
        told = f"{twice} of {len(known)} again"
        raise InputError.of("duplicate-name", "a person stands in it twice", do, where="$.scores", given=told)
