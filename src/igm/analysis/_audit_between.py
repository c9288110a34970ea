"""What an audit looks at between rows and beside the table: text, dates, percentages, repeats and levels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from igm.analysis._audit_rows import Names, PublishedRow, are_names, day_of, has_fields, number_of
from igm.analysis.audit_results import Finding
from igm.constructs._base import check_one_of, shown
from igm.disclosure.figures import decimals_of
from igm.errors import Problems

APART_FROM_ALL: Final = 0.15
"""A construct lies on another level when it is this share of the scale away from the nearest other, at least."""

FEWEST_CONSTRUCTS: Final = 5
"""Among fewer constructs no level is told apart."""

_MOST_PEOPLE: Final = 200


def text_findings(
    rows: Sequence[PublishedRow], text: Sequence[object], names: Names, decimals: int, problems: Problems
) -> list[Finding]:
    """Figures of the text against those of the table."""
    table = {(row.group, row.construct, row.wave): row for row in rows}
    made: list[Finding] = []
    for place, said in enumerate(text):
        where = f"$.text[{place}]"
        needed = [*names.by, names.construct, names.wave, names.mean]
        if not has_fields(said, needed, where, problems):
            continue
        mean = number_of(said, names.mean, where, problems)
        if not are_names(said, [*names.by, names.wave], where, problems) or mean is None:
            continue
        labels = {name: said[name] for name in (*names.by, names.construct, names.wave)}
        group = tuple(said[name] for name in names.by)
        row = table.get((group, str(said[names.construct]), said[names.wave]))
        figures: dict[str, Any] = {"text": mean, "table": None if row is None else row.mean}
        if row is None:
            made.append(Finding("text", "cannot-tell", labels, "text-absent", figures, decimals))
        elif math.isclose(row.mean, mean, abs_tol=1e-9):
            made.append(Finding("text", "consistent", labels, "text-same", figures, decimals))
        else:
            made.append(Finding("text", "not-consistent", labels, "text-other", figures, decimals))
    return made


def claim_findings(
    rows: Sequence[PublishedRow], claims: Sequence[object], names: Names, decimals: int, problems: Problems
) -> list[Finding]:
    """Directions that the text tells against the means of the table."""
    table = {(row.group, row.construct, row.wave): row.mean for row in rows}
    made: list[Finding] = []
    for place, said in enumerate(claims):
        where = f"$.claims[{place}]"
        needed = [*names.by, names.construct, "earlier", "later", "direction"]
        if not has_fields(said, needed, where, problems):
            continue
        direction = said["direction"]
        if not check_one_of(
            direction, ["higher", "lower"], "unknown direction", f"{where}.direction", problems
        ):
            continue
        if not are_names(said, [*names.by, "earlier", "later"], where, problems):
            continue
        key = tuple(said[name] for name in names.by), str(said[names.construct])
        before, after = table.get((*key, said["earlier"])), table.get((*key, said["later"]))
        labels = {name: said[name] for name in (*names.by, names.construct)}
        labels[names.wave] = f"{said['earlier']} → {said['later']}"
        figures: dict[str, Any] = {"direction": direction, "before": before, "after": after}
        if before is None or after is None:
            made.append(Finding("claim", "cannot-tell", labels, "claim-absent", figures, decimals))
        elif (after > before) if direction == "higher" else (after < before):
            made.append(Finding("claim", "consistent", labels, "claim-fits", figures, decimals))
        else:
            made.append(Finding("claim", "not-consistent", labels, "claim-not", figures, decimals))
    return made


def date_findings(
    dates: Sequence[object], names: Names, order: Sequence[Any], problems: Problems
) -> list[Finding]:
    """Whether each wave was after the one before."""
    groups: dict[tuple[Any, ...], dict[Any, tuple[tuple[int, ...], Any]]] = {}
    for place, row in enumerate(dates):
        where = f"$.dates[{place}]"
        if not has_fields(row, [*names.by, names.wave, "date"], where, problems):
            continue
        day = day_of(row["date"], f"{where}.date", problems)
        if not are_names(row, [*names.by, names.wave], where, problems) or day is None:
            continue
        group, wave = tuple(row[name] for name in names.by), row[names.wave]
        days = groups.setdefault(group, {})
        if wave in days and days[wave][0] != day:
            do = "Give one date for each wave of a group, such as the first day of it."
            given = f"{shown(days[wave][1])} and {shown(row['date'])}"
            problems.add("duplicate-name", "a wave with two dates", do, where=where, given=given)
        days[wave] = (day, row["date"])
    made: list[Finding] = []
    for group, days in groups.items():
        there = [wave for wave in order if wave in days]
        for earlier, later in pairwise(there):
            one, other = days[earlier], days[later]
            depth = min(len(one[0]), len(other[0]))  # a month against a day: by the month
            fits = one[0][:depth] < other[0][:depth]
            figures = {
                "earlier": str(earlier),
                "later": str(later),
                "first": str(one[1]),
                "second": str(other[1]),
            }
            labels = dict(zip(names.by, group, strict=True)) | {names.wave: f"{earlier} → {later}"}
            case = "dates-fit" if fits else "dates-not"
            made.append(Finding("dates", "consistent" if fits else "not-consistent", labels, case, figures))
    return made


def percentage_findings(percentages: Sequence[object], problems: Problems) -> list[Finding]:
    """Whether some number of people out of n gives the percentage."""
    made: list[Finding] = []
    for place, row in enumerate(percentages):
        where = f"$.percentages[{place}]"
        if not has_fields(row, ["label", "percentage", "n"], where, problems):
            continue
        given = number_of(row, "percentage", where, problems)
        n = number_of(row, "n", where, problems, whole=True)
        if given is None or n is None:
            continue
        if not 0 <= given <= 100 or n < 1:
            do = "Give 0 to 100 percent of at least 1."
            problems.add("value-out-of-range", "a percentage", do, where=where, given=f"{given:g}% of {n:g}")
            continue
        digits = decimals_of(row["percentage"])
        count = _count(given, int(n), digits)
        figures: dict[str, Any] = {"percentage": given, "n": int(n), "count": count}
        if count is None:
            near = sorted((abs(many - n), many) for many in range(1, _MOST_PEOPLE))
            fitting = [many for _, many in near if _count(given, many, digits) is not None]
            figures["fitting"] = tuple(sorted(int(many) for many in fitting[:5]))
            made.append(
                Finding(
                    "percentage", "not-consistent", {"label": row["label"]}, "percentage-not", figures, digits
                )
            )
        else:
            made.append(
                Finding(
                    "percentage", "consistent", {"label": row["label"]}, "percentage-fits", figures, digits
                )
            )
    return made


def _count(percentage: float, n: int, digits: int) -> int | None:
    """So many people out of n that round to the percentage; ``None`` where none do."""
    half = 0.5 * 10**-digits + 1e-9
    count = round(percentage * n / 100)
    near = [one for one in (count - 1, count, count + 1) if 0 <= one <= n]
    return next((one for one in near if abs(100 * one / n - percentage) <= half), None)


def repeated_findings(rows: Sequence[PublishedRow], decimals: int) -> list[Finding]:
    """The same mean and standard deviation in two rows that differ in one thing: construct, wave or group."""
    made: list[Finding] = []
    first: dict[tuple[Any, ...], PublishedRow] = {}
    for row in rows:
        if row.sd is None:
            continue
        figures = row.mean, row.sd, row.schaal.minimum, row.schaal.maximum
        same_two = (row.group, row.construct), (row.group, row.wave), (row.construct, row.wave)
        for kind, same in enumerate(same_two):  # each beside the first of its kind: not all pairs of many
            one = first.setdefault((kind, same, *figures), row)
            if one is not row:
                told = {"mean": one.mean, "sd": one.sd, "other": row.where}
                made.append(Finding("repeated", "look", one.where, "repeated", told, decimals))
    return made


def level_findings(rows: Sequence[PublishedRow], names: Names, decimals: int) -> list[Finding]:
    """A construct whose mean over waves lies far from all others of its group, and farther than these from another."""
    groups: dict[tuple[Any, ...], dict[str, list[PublishedRow]]] = {}
    for row in rows:
        groups.setdefault((row.group, str(row.schaal)), {}).setdefault(row.construct, []).append(row)
    made: list[Finding] = []
    for (group, _), constructs in groups.items():
        if len(constructs) < FEWEST_CONSTRUCTS:
            continue
        means = sorted((sum(row.mean for row in part) / len(part), name) for name, part in constructs.items())
        scale = next(iter(constructs.values()))[0].schaal
        far = APART_FROM_ALL * (scale.maximum - scale.minimum)
        for ordered in (means, means[::-1]):
            (level, name), rest = ordered[0], ordered[1:]
            gap = abs(rest[0][0] - level)
            largest = max(abs(after[0] - before[0]) for before, after in pairwise(rest))
            if gap >= far and gap >= 2 * largest:
                low, high = sorted((rest[0][0], rest[-1][0]))
                figures: dict[str, Any] = {"mean": level, "low": low, "high": high}
                labels = dict(zip(names.by, group, strict=True)) | {names.construct: name}
                made.append(Finding("level", "look", labels, "level", figures, decimals))
    return made
