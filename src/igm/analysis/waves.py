"""``compare_waves``: what changed between moments, from data of people who are partly the same or from tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from igm.analysis._frame import Columns
from igm.analysis._wave_cells import Cell, check_scale, compared, with_adjusted
from igm.analysis.adjust import Adjustment
from igm.analysis.samples import LEVEL, Summary, check_level
from igm.analysis.wave_results import Family, Group, WaveComparisons
from igm.constructs._base import is_mapping, is_number, shown
from igm.constructs.schaal import Schaal
from igm.errors import InputError, Problem, Problems, named, suggestion

_TOLD = 5


def compare_waves(
    frame: Any,
    /,
    *,
    wave: str,
    person: str | None = None,
    by: str | Sequence[str] = (),
    values: Sequence[str] | None = None,
    waves: Sequence[Any] | None = None,
    schaal: Schaal | None = None,
    adjust: Adjustment = "holm",
    family: Family = "all",
    equal_variance: bool = False,
    alpha: float = 0.05,
    level: float = LEVEL,
) -> WaveComparisons:
    """What changed between waves, per construct and group, with what can be said of it.

    Every pair of waves is compared, later minus earlier. The test is chosen from who is in both waves, and the result
    says which: everyone is `paired`, some are `partly_overlapping`, nobody is `independent`. The default is Welch's.
    Beside the difference and its interval stand Hedges' g, the effects of who are in both, how much answers lie apart,
    the smallest difference that so many people could have shown, and how those who left differed at the earlier wave
    from those who stayed. Chances are adjusted for all tests of a stated family. No test is ever read as "no effect".

    Args:
        frame: Scores in memory, as `igm.score` gives them, of pandas, Polars or PyArrow: a row per person and wave.
        wave: The column that says when.
        person: The column that says who. Without it nobody is known to be in two waves, and waves are compared as
            groups of other people, which the result says.
        by: Columns that make groups, such as organisation and role; null is a group of its own.
        values: The columns to compare; the columns called as a construct when left out.
        waves: The waves in their order. When left out in that of an ordered categorical column, and sorted otherwise.
        schaal: The scale of the scores, for how much answers lie apart; that is unknown when left out.
            No mean may lie outside.
        adjust: ``"holm"``, ``"bh"`` for a first look, or ``"none"``.
        family: Which tests count as one family: ``"all"`` of this call, those of a ``"group"``, or of a ``"construct"``
            in a group.
        equal_variance: Whether waves may be taken to vary as much.
        alpha: Below which adjusted chance a difference counts as shown.
        level: How sure intervals are.

    Returns:
        The comparisons, by group, construct and pair of waves.

    Raises:
        InputError: ``unknown-name`` for columns and waves that are not there, ``missing-field`` for rows without a wave
            or person and for fewer than two waves, ``duplicate-name`` for a person who is in a wave twice,
            ``not-a-number`` for columns of something else, ``invalid-value`` for a frame that waits to be collected.

    Example:
        >>> import igm
        >>> import pandas as pd
        >>> from igm.analysis import compare_waves
        >>> scores = pd.DataFrame({
        ...     "ref": ["a", "b", "c", "d", "e", "a", "b", "c", "d", "f"],
        ...     "wave": ["T0"] * 5 + ["T1"] * 5,
        ...     "houding": [2.0, 3.0, 2.5, 3.5, 4.0, 3.0, 3.5, 3.5, 4.0, 4.5],
        ... })
        >>> found = compare_waves(scores, wave="wave", person="ref", schaal=igm.LIKERT5)
        >>> found.rows[0].difference.method, found.rows[0].difference.n_pairs
        ('partly-overlapping', 4)
        >>> print(found.rows[0].text("en"))
        attitude, T0 to T1: higher, by 0.70 (95% interval 0.05 to 1.35). \
Tested as partly the same people (unequal variances).
    """
    columns = Columns.of(frame)
    problems = Problems()
    groups = [by] if isinstance(by, str) else list(by)
    _check(adjust, family, alpha, problems)
    named_columns = [(wave, "wave"), *((one, f"by[{place}]") for place, one in enumerate(groups))]
    if person is not None:
        named_columns.append((person, "person"))
    for name, argument in named_columns:
        columns.known(name, argument, problems)
    constructs = columns.constructs(values, problems)
    problems.raise_any(InputError)
    check_level(level)
    moments = columns.labels(wave)
    people = None if person is None else columns.labels(person)
    keys: list[Group] = list(zip(*(columns.labels(name) for name in groups), strict=True)) or [()] * len(
        columns
    )
    order = _order(moments, waves, columns.ordered(wave))
    _refuse_rows(moments, people, keys, order, wave, person)
    places: dict[tuple[Group, Any], list[int]] = {}
    for row, key in enumerate(zip(keys, moments, strict=True)):
        places.setdefault(key, []).append(row)
    cells: dict[tuple[Group, str, Any], Cell] = {}
    scores = {name: columns.numbers(name) for name in constructs}
    for group in dict.fromkeys(keys):
        for moment in order:
            rows = places.get((group, moment), [])
            who = None if people is None else [people[row] for row in rows]
            for name in constructs:
                cells[group, name, moment] = Cell.of(scores[name][np.array(rows, dtype=np.intp)], who)
    check_scale(cells, schaal)
    made = [
        compared(
            group,
            tuple(groups),
            name,
            (earlier, later),
            cells[group, name, earlier],
            cells[group, name, later],
            schaal=schaal,
            equal_variance=equal_variance,
            level=level,
            alpha=alpha,
        )
        for group in dict.fromkeys(keys)
        for name in constructs
        for earlier, later in combinations(order, 2)
    ]
    notes = () if person is not None else ("no-person",)
    return WaveComparisons(with_adjusted(made, adjust, family), adjust, family, alpha, level, notes)


def compare_published(
    rows: Iterable[Mapping[str, Any]],
    /,
    *,
    bron: str,
    by: str | Sequence[str] = (),
    wave: str = "wave",
    construct: str = "construct",
    mean: str = "mean",
    sd: str = "sd",
    n: str = "n",
    waves: Sequence[Any] | None = None,
    schaal: Schaal | None = None,
    adjust: Adjustment = "holm",
    family: Family = "all",
    equal_variance: bool = False,
    alpha: float = 0.05,
    level: float = LEVEL,
) -> WaveComparisons:
    """The same from published means, standard deviations and numbers, of which nobody knows who is in both.

    Waves are compared as groups of other people. Where people are in both, the true interval is mostly narrower.

    Args:
        rows: A mapping per construct, wave and group, such as `csv.DictReader` gives.
        bron: Where they were published.
        by: Keys that make groups.
        wave: The key of the wave.
        construct: The key of the construct.
        mean: The key of the mean.
        sd: The key of the standard deviation.
        n: The key of the number of people.
        waves: The waves in their order; sorted when left out.
        schaal: The scale of the means; none may lie outside.
        adjust: As `compare_waves`.
        family: As `compare_waves`.
        equal_variance: As `compare_waves`.
        alpha: As `compare_waves`.
        level: As `compare_waves`.

    Returns:
        The comparisons; a wave that was not published for a construct is told as having no values.

    Raises:
        InputError: All rows with something missing, impossible or twice, by row.

    Example:
        >>> rows = [
        ...     {"wave": "T0", "construct": "context", "n": 37, "mean": 4.82, "sd": 1.35},
        ...     {"wave": "T2", "construct": "context", "n": 29, "mean": 5.42, "sd": 1.17},
        ... ]
        >>> found = compare_published(rows, bron="We zijn allemaal mensen, 2025")
        >>> round(found.rows[0].difference.p, 3), found.rows[0].verdict
        (0.058, 'not-shown')
    """
    problems = Problems()
    groups = [by] if isinstance(by, str) else list(by)
    _check(adjust, family, alpha, problems)
    asked: object = bron
    if not isinstance(asked, str) or not asked.strip():
        problems.add("missing-field", "no source", "Say where they were published.", where="$.bron")
    cells: dict[tuple[Group, str, Any], Cell] = {}
    for place, row in enumerate(rows):
        read = _published(row, [*groups, construct, wave], (mean, sd, n), f"$[{place}]", problems)
        if read is None:
            continue
        *group, name, moment = read[0]
        key = (tuple(group), str(name), moment)
        if key in cells:
            what, do = "a construct stands in a wave twice", "Name what tells them apart with by=[...]."
            problems.add("duplicate-name", what, do, where=f"$[{place}]", given=shown(name))
        cells[key] = Cell(read[1])
    problems.raise_any(InputError)
    check_level(level)
    order = _order([moment for _, _, moment in cells], waves)
    check_scale(cells, schaal)
    made = [
        compared(
            group,
            tuple(groups),
            name,
            (earlier, later),
            cells.get((group, name, earlier), Cell(None)),
            cells.get((group, name, later), Cell(None)),
            schaal=schaal,
            equal_variance=equal_variance,
            level=level,
            alpha=alpha,
        )
        for group, name in dict.fromkeys((group, name) for group, name, _ in cells)
        for earlier, later in combinations(order, 2)
    ]
    return WaveComparisons(
        with_adjusted(made, adjust, family), adjust, family, alpha, level, ("published",), bron
    )


def _published(
    row: object, labels: Sequence[str], figures: tuple[str, str, str], where: str, problems: Problems
) -> tuple[list[Any], Summary] | None:
    """What a published row says: its labels and its figures."""
    if not is_mapping(row):
        problems.add("invalid-value", "not a row", "Give a mapping per row.", where=where, given=shown(row))
        return None
    lacking = [name for name in (*labels, *figures) if name not in row]
    for name in lacking:
        do = suggestion(name, [str(key) for key in row])
        problems.add("missing-field", "a row lacks a field", do, where=f"{where}.{named(name)}")
    if lacking:
        return None
    mean, sd, n = (_figure(row[name]) for name in figures)
    whole = int(n) if isinstance(n, float) and n.is_integer() else n
    try:
        return [row[name] for name in labels], Summary(mean, sd, whole)
    except InputError as error:
        problems.extend(problem.under(where) for problem in error.problems)
        return None


def _figure(given: Any) -> Any:
    """A number as a file of texts gives it."""
    if isinstance(given, str):
        try:
            return float(given.replace(",", "."))
        except ValueError:
            return None if not given.strip() else given
    return given


def _order(
    moments: Sequence[Any], waves: Sequence[Any] | None, ordered: Sequence[Any] | None = None
) -> list[Any]:
    """The waves, in the order in which they were; ``ordered`` is the order of their column, if it has one."""
    there = [one for one in dict.fromkeys(moments) if one is not None]
    if waves is None and ordered is not None:
        order = [one for one in ordered if one in there]
    elif waves is None:
        try:
            order = sorted(there)
        except TypeError:
            do = "Give them in their order with waves=[...]."
            raise InputError.of("invalid-value", "waves of several kinds", do, where="$.waves") from None
    else:
        order = list(waves)
        problems = Problems()
        for place, one in enumerate(order):
            if one not in there:
                do = suggestion(one, [str(each) for each in there])
                problems.add("unknown-name", "no such wave", do, where=f"$.waves[{place}]", given=shown(one))
            elif one in order[:place]:
                problems.add(
                    "duplicate-name", "a wave is named twice", "Name it once.", where=f"$.waves[{place}]"
                )
        problems.raise_any(InputError)
    if len(order) < 2:
        do = "Give at least two waves."
        given = ", ".join(str(one) for one in order) or "none"
        raise InputError.of("missing-field", "nothing to compare", do, where="$.waves", given=given)
    return order


def _refuse_rows(
    moments: Sequence[Any],
    people: Sequence[Any] | None,
    keys: Sequence[Group],
    order: Sequence[Any],
    wave: str,
    person: str | None,
) -> None:
    """Rows of no wave or of nobody, and people who are in a wave twice, would be counted wrongly."""
    problems: list[Problem] = []
    unknown = [row for row, moment in enumerate(moments) if moment is None]
    if unknown:
        problems.append(
            _some("missing-field", "rows without a wave", "Say when, or leave them out.", wave, unknown)
        )
    if people is not None and person is not None:
        nobody = [row for row, one in enumerate(people) if one is None]
        if nobody:
            problems.append(
                _some("missing-field", "rows without a person", "Say who, or leave them out.", person, nobody)
            )
        seen: set[Any] = set()
        twice: list[int] = []
        for row, key in enumerate(zip(people, moments, keys, strict=True)):
            if key[0] is not None and key[1] in order and key in seen:
                twice.append(row)
            seen.add(key)
        if twice:
            do = "Keep one row per person and wave."
            problems.append(_some("duplicate-name", "people who are in a wave twice", do, person, twice))
    if problems:
        raise InputError(*problems)


def _some(code: str, what: str, do: str, column: str, rows: Sequence[int]) -> Problem:
    first = ", ".join(str(row) for row in rows[:_TOLD])
    return Problem(code, f"{what} ({len(rows)}; rows {first})", do, f"$.{named(column)}")


def _check(adjust: object, family: object, alpha: object, problems: Problems) -> None:
    for name, given, known in (
        ("adjust", adjust, ["holm", "bh", "none"]),
        ("family", family, ["all", "group", "construct"]),
    ):
        if given not in known:
            do = suggestion(given, known)
            problems.add("unknown-name", f"unknown {name}", do, where=f"$.{name}", given=shown(given))
    if not is_number(alpha) or not 0 < alpha < 1:
        do = "Give a number between 0 and 1."
        problems.add("value-out-of-range", "a chance", do, where="$.alpha", given=shown(alpha))
