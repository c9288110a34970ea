"""``report_table``: means, standard deviations and numbers per construct, wave and group, as reports print them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from igm.analysis._frame import names_of
from igm.analysis._published_rows import Fields, read_published
from igm.analysis._report_between import Raw
from igm.analysis._report_marks import with_marks
from igm.analysis._report_output import FIELDS
from igm.analysis._report_told import told
from igm.analysis._wave_rows import WaveRows, read_frame
from igm.analysis.report_parts import BetweenWaves, ReportCell
from igm.analysis.report_results import ReportTable
from igm.analysis.wave_results import WaveComparisons
from igm.analysis.waves import every_pair
from igm.constructs._base import is_mapping, plain_number, shown
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Vragenlijst
from igm.disclosure import GroupPurpose, least_people
from igm.errors import InputError, Problems, named, suggestion


def report_table(
    frame: Any,
    /,
    *,
    wave: str,
    by: str | Sequence[str] = (),
    person: str | None = None,
    values: Sequence[str] | None = None,
    waves: Sequence[Any] | None = None,
    schaal: Schaal | None = None,
    items: int | Mapping[str, int] | Vragenlijst = 1,
    comparisons: WaveComparisons | None = None,
    marks: bool = True,
    doel: GroupPurpose = "publiceren",
    minimum_n: int | None = None,
    between_waves: BetweenWaves = "tell",
) -> ReportTable:
    r"""Means with standard deviations and numbers per construct, wave and group, with marks and the tests behind them.

    For publishing, a cell of too few people is left out with its number, and so is one in which all scores are the
    same, for then the mean tells what each answered. Below ten people the mean is rounded to one decimal and the
    standard deviation left out, because together they can tell the answers. What is left out is in no form of the
    table, and a test with such a cell has no mark. The note below the table tells what the reasons can be, and not
    which of them holds where, because that tells something too. `publishable` decides this per construct: it also looks
    at what few sets of answers fit, at groups of one wave that differ by few people (with ``person``), and at what a
    total (a group called ``"totaal"``) would tell. Inside, nothing is left out unless ``minimum_n`` asks for it.

    Scores on different scales do not belong in one column: make a table per scale.

    Args:
        frame: Scores in memory, as `igm.score` gives them, of pandas, Polars or PyArrow: a row per person and wave.
        wave: The column that says when.
        by: Columns that make groups, such as organisation and role; null is a group of its own.
        person: The column that says who. Without it every row counts as one person, which the table says.
        values: The columns of scores; the columns called as a construct when left out.
        waves: As `compare_waves`.
        schaal: The scale of all scores; named below the table, and no mean may lie outside. Without it, it is not
            checked whether figures tell the answers, and the table says so.
        items: How many items a score is the mean of, that by construct, or the questionnaire that says so; for the
            same check. The table names the constructs for which it does not fit.
        comparisons: What marks come from; `compare_waves` on the same scores, with Holm over all, when left out.
        marks: Whether to test at all.
        doel: ``"publiceren"``, or ``"intern"`` for what stays inside.
        minimum_n: The least number of people; 10 for publishing (never below 5) and 1 inside when left out.
        between_waves: What to do where two waves of a group differ by few people. ``"tell"``: a note below the table
            says which, and that nothing may be published of just those people. ``"leave_out"``: the smaller goes.
            Where those who are in both hardly changed, it is left out always: subtraction would tell of the others.

    Returns:
        The table, by group, construct and wave; M = Σx / n and SD = √(Σ(x − M)² / (n − 1)) over who has a score.

    Raises:
        InputError: As `compare_waves`; ``duplicate-name`` for a group column called as a column of the table,
            ``value-out-of-range`` for scores outside the scale or too few people to publish, ``invalid-value`` for
            comparisons of something else.

    Example:
        >>> import igm
        >>> import pandas as pd
        >>> from igm.analysis import report_table
        >>> low, high = [2.0, 2.5, 3.0, 3.5] * 3, [3.5, 4.5, 4.0, 5.0] * 3
        >>> scores = pd.DataFrame({
        ...     "wave": ["T0"] * 12 + ["T1"] * 12, "houding": low + high, "kennis": low + low[::-1],
        ...     "ref": [*range(12)] * 2,
        ... })
        >>> table = report_table(scores, wave="wave", person="ref", schaal=igm.LIKERT5, items=4)
        >>> print(*table.text("en").splitlines()[1:7], sep="\n")
        construct               T0 M (SD)  T0 n        T1 M (SD)  T1 n
        --------------------  -----------  ----  ---------------  ----
        attitude              2.75 (0.58)    12  4.25 (0.58) [a]    12
        knowledge and skills  2.75 (0.58)    12      2.75 (0.58)    12
        Scale 1–5.
        [a] attitude: T1 higher than T0, p adjusted < 0.001. Tested as the same people (paired).
    """
    groups = _groups(by)
    fewest = least_people(doel, minimum_n)
    _check_between(between_waves)
    read = read_frame(
        frame,
        wave=wave,
        person=person,
        by=groups,
        values=values,
        waves=waves,
        problems=Problems(),
        alone=True,
    )
    read.check_scale(schaal)
    tests = _tests(read, comparisons, schaal, marks=marks)
    found = told(
        _raw(read),
        groups,
        doel,
        fewest,
        schaal=schaal,
        items=_items(items, read.constructs),
        between_waves=between_waves,
    )
    bare = ReportTable(
        (),
        tuple(groups),
        tuple(read.order),
        doel,
        fewest,
        schaal=schaal,
        notes=() if person is not None else ("rows",),
        unchecked=found.unchecked,
        between_waves=between_waves,
        between=found.between,
    )
    return with_marks(bare, found.cells, tests)


def report_published(
    rows: Any,
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
    comparisons: WaveComparisons | None = None,
    marks: bool = True,
) -> ReportTable:
    r"""The same from figures that are published already: nothing is left out, and the table names their source.

    Marks are tested again, as groups of other people, whatever was published about significance. Rows of
    `ReportTable.csv` make the same table: one whose ``state`` is ``"rounded"`` may lack its standard deviation, and one
    whose ``state`` is ``"suppressed"`` or ``"empty"`` all figures. Such cells are not tested.

    Args:
        rows: A mapping per construct, wave and group, such as `csv.DictReader` gives; a frame of these; or what
            `igm.read_csv` gives.
        bron: Where they were published.
        by: Keys that make groups.
        wave: The key of the wave.
        construct: The key of the construct.
        mean: The key of the mean.
        sd: The key of the standard deviation.
        n: The key of the number of people.
        waves: As `compare_waves`.
        schaal: The scale of the means.
        comparisons: What marks come from; `compare_published` on the same rows when left out.
        marks: Whether to test at all.

    Returns:
        The table, in the order of the rows.

    Raises:
        InputError: All rows with something missing, impossible or twice, by row; ``missing-field`` without a source.

    Example:
        >>> rows = [
        ...     {"wave": "T0", "construct": "context", "n": 16, "mean": 3.63, "sd": 1.50},
        ...     {"wave": "T2", "construct": "context", "n": 12, "mean": 5.88, "sd": 1.13},
        ... ]
        >>> table = report_published(rows, bron="We zijn allemaal mensen, 2025")
        >>> print(*table.text("en").splitlines()[1:5], sep="\n")
        construct                          T0 M (SD)  T0 n        T2 M (SD)  T2 n
        -------------------------------  -----------  ----  ---------------  ----
        context and enabling conditions  3.63 (1.50)    16  5.88 (1.13) [a]    12
        [a] context and enabling conditions: T2 higher than T0, p adjusted < 0.001. Tested as two groups (Welch).
    """
    groups = _groups(by)
    fields = Fields(groups, construct, wave, (mean, sd, n))
    read = read_published(rows, fields, bron, waves, Problems(), alone=True)
    read.check_scale(schaal)
    tests = _tests(read, comparisons, schaal, marks=marks)
    bare = ReportTable((), tuple(groups), tuple(read.order), "intern", 1, schaal=schaal, bron=bron)
    return with_marks(bare, _printed(read), tests)


def _tests(
    read: WaveRows, comparisons: WaveComparisons | None, schaal: Schaal | None, *, marks: bool
) -> WaveComparisons | None:
    """What marks come from: what was given, or every pair of waves tested."""
    given: object = comparisons
    if given is not None and not isinstance(given, WaveComparisons):
        do = "Give what compare_waves or compare_published gives."
        raise InputError.of("invalid-value", "no comparisons", do, where="$.comparisons", given=shown(given))
    asked: object = plain_number(marks)
    if not isinstance(asked, bool):
        do = "Give True or False."
        raise InputError.of("invalid-value", "neither yes nor no", do, where="$.marks", given=shown(asked))
    if comparisons is None and asked and len(read.order) > 1:
        return every_pair(read, schaal=schaal)
    return comparisons


def _raw(read: WaveRows) -> list[Raw]:
    """Every construct of every group at every wave."""
    return [
        Raw(
            name,
            group,
            moment,
            (cell := read.cell(group, name, moment)).summary,
            cell.measured,
            None if cell.people is None else cell.by_person(),
        )
        for group, name in read.lines
        for moment in read.order
    ]


def _printed(read: WaveRows) -> list[ReportCell]:
    """Every construct of every group at every wave, as it was published."""
    made: list[ReportCell] = []
    for group, name in read.lines:
        labels = dict(zip(read.by, group, strict=True))
        for moment in read.order:
            cell = read.cell(group, name, moment)
            if (found := cell.summary) is not None:
                made.append(ReportCell(name, labels, moment, "shown", found.n, found.mean, found.sd))
            elif (left := cell.lacking) is not None:
                made.append(ReportCell(name, labels, moment, left.state, left.n, left.mean))
            else:
                made.append(ReportCell(name, labels, moment, "empty"))
    return made


def _items(items: int | Mapping[str, int] | Vragenlijst, constructs: Sequence[str]) -> dict[str, int]:
    """How many items each score is the mean of."""
    if isinstance(items, Vragenlijst):
        asked = {key.value: many for key, many in items.n_items.items()}
        return {name: asked[name] for name in constructs if name in asked}
    given: Mapping[str, Any] = items if is_mapping(items) else dict.fromkeys(constructs, items)
    problems, found = Problems(), dict[str, int]()
    for name, many in given.items():
        if name not in constructs:
            do = suggestion(name, constructs)
            problems.add("unknown-name", "no such construct in the table", do, where=f"$.items.{named(name)}")
            continue
        whole: object = plain_number(many)
        if isinstance(whole, bool) or not isinstance(whole, int) or whole < 1:
            do = "Give a whole number of at least 1."
            problems.add("value-out-of-range", "how many items", do, where="$.items", given=shown(whole))
        else:
            found[name] = whole
    problems.raise_any(InputError)
    return found


def _check_between(given: object) -> None:
    known = ["tell", "leave_out"]
    if given not in known:
        do = suggestion(given, known)
        raise InputError.of("unknown-name", "unknown choice", do, where="$.between_waves", given=shown(given))


def _groups(by: str | Sequence[str]) -> list[str]:
    problems = Problems()
    groups = names_of(by, "by", problems)
    for place, name in enumerate(groups):
        if name in FIELDS:
            what = f"the table has a column {named(name)!r} of its own"
            problems.add("duplicate-name", what, "Rename the column first.", where=f"$.by[{place}]")
        elif name in groups[:place]:
            problems.add("duplicate-name", "a column is named twice", "Name it once.", where=f"$.by[{place}]")
    problems.raise_any(InputError)
    return groups
