"""What an audit looks at within one row: its mean, its standard deviation and its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Literal

from igm.analysis._audit_rows import PublishedRow
from igm.analysis.audit_results import Finding
from igm.analysis.granularity import Granularity, fitting_among, fitting_items, fitting_n, grim, grimmer
from igm.constructs.schaal import Schaal
from igm.disclosure.figures import Figures

MOST_ITEMS: Final = 10
"""So many items per score are looked at where the number is not known."""

MOST_PEOPLE: Final = 100
"""Up to so many people are looked at for what fits; with as many every mean of two decimals does."""

WIDE: Final = 0.8
"""From this share of the largest standard deviation on answers lie so far apart that it is told."""


def figure_findings(
    rows: Sequence[PublishedRow], items: int | Mapping[str, int] | None, decimals: int
) -> list[Finding]:
    """Means on their scales, means and standard deviations of whole answers, and the largest possible."""
    made = [_on_scale(row, decimals) for row in rows]
    rows = [row for row in rows if row.mean in row.schaal]  # of a mean off its scale nothing else is said
    known: list[tuple[PublishedRow, int]] = []
    unknown: list[PublishedRow] = []
    for row in rows:
        of_all = row.items if items is None else items
        many = of_all.get(row.construct) if isinstance(of_all, Mapping) else of_all
        if many is None:
            unknown.append(row)
        else:
            known.append((row, many))
    grims = [_grim(row, many, decimals) for row, many in known]
    made += grims
    made += [
        _grimmer(row, many, decimals)
        for (row, many), found in zip(known, grims, strict=True)
        if found.verdict != "not-consistent" and row.sd is not None and row.n > 1
    ]  # of a mean that whole answers cannot have, neither can they have the standard deviation: it is told once
    made += _people(known, decimals)
    made += [_items(row, decimals) for row in unknown]
    made += _together(made, unknown, decimals)
    made += [_largest(row, row.sd, decimals) for row in rows if row.sd is not None and row.n > 1]
    return made


def _figures(row: PublishedRow, **more: Any) -> dict[str, Any]:
    return {"mean": row.mean, "sd": row.sd, "n": row.n, **more}


def _on_scale(row: PublishedRow, decimals: int) -> Finding:
    fits = row.mean in row.schaal
    figures = _figures(row, schaal=str(row.schaal))
    case = "mean-fits" if fits else "mean-off"
    return Finding("mean", "consistent" if fits else "not-consistent", row.where, case, figures, decimals)


def _grim(row: PublishedRow, items: int, decimals: int) -> Finding:
    found = grim(row.mean, row.n, items=items, decimals=decimals, schaal=row.schaal)
    if found.fits and not found.decidable:
        figures = _figures(row, items=items, decimals=decimals)
        return Finding("grim", "cannot-tell", row.where, "grim-any", figures, decimals)
    return _granular(row, found, None, decimals)


def _grimmer(row: PublishedRow, items: int, decimals: int) -> Finding:
    found = grimmer(row.mean, row.sd or 0.0, row.n, row.schaal, items=items, decimals=decimals)
    return _granular(row, found, row.sd, decimals)


def _granular(row: PublishedRow, found: Granularity, sd: float | None, decimals: int) -> Finding:
    check: Literal["grim", "grimmer"] = "grim" if sd is None else "grimmer"
    figures = _figures(row, items=found.items)
    if found.fits:
        return Finding(check, "consistent", row.where, f"{check}-fits", figures, decimals)
    figures["fitting"] = _fitting(row, sd, found.items, decimals)
    return Finding(check, "not-consistent", row.where, f"{check}-not", figures, decimals)


def _fitting(row: PublishedRow, sd: float | None, items: int, decimals: int) -> tuple[int, ...]:
    """The numbers of people that fit: of those that the mean allows, the ones that the standard deviation does."""
    scale = row.schaal.minimum, row.schaal.maximum
    by_mean = _allowed(row.mean, *scale, items, decimals)
    return by_mean if sd is None else fitting_among(by_mean, row.mean, sd, row.schaal, items, decimals)


@lru_cache(maxsize=2**14)
def _allowed(mean: float, minimum: int, maximum: int, items: int, decimals: int) -> tuple[int, ...]:
    """What a mean allows; kept, because there are few means and many rows."""
    schaal = Schaal(minimum=minimum, maximum=maximum)
    return fitting_n(mean, None, schaal, items=items, decimals=decimals, most=MOST_PEOPLE)


def _people(known: Sequence[tuple[PublishedRow, int]], decimals: int) -> list[Finding]:
    """Which numbers of people fit all rows of a group at a wave."""
    columns: dict[tuple[Any, ...], list[tuple[PublishedRow, int]]] = {}
    for row, items in known:
        columns.setdefault((row.group, row.wave, row.n), []).append((row, items))
    made: list[Finding] = []
    for several in columns.values():
        if len(several) < 2:
            continue
        first = several[0][0]
        if first.n > MOST_PEOPLE:
            continue
        common = list(range(1, MOST_PEOPLE + 1))
        for row, items in several:
            by_mean = set(_fitting(row, None, items, decimals))
            common = [n for n in common if n in by_mean]
        for row, items in several:
            if row.sd is not None:
                common = list(fitting_among(common, row.mean, row.sd, row.schaal, items, decimals))
        labels = {name: None if value == first.construct else value for name, value in first.where.items()}
        figures = {"rows": len(several), "n": first.n, "fitting": tuple(common)}
        fits = first.n in common
        case = "n-fits" if fits else "n-other"
        made.append(Finding("n", "consistent" if fits else "not-consistent", labels, case, figures, decimals))
    return made


def _items(row: PublishedRow, decimals: int) -> Finding:
    """Where the number of items is not known: which fit."""
    fitting = fitting_items(row.mean, row.sd, row.n, row.schaal, decimals=decimals, most=MOST_ITEMS)
    figures = _figures(row, items=fitting, most=MOST_ITEMS)
    if not fitting:
        return Finding("items", "not-consistent", row.where, "items-none", figures, decimals)
    if len(fitting) == MOST_ITEMS:
        return Finding("items", "cannot-tell", row.where, "items-any", figures, decimals)
    return Finding("items", "consistent", row.where, "items-fit", figures, decimals)


def _together(made: Sequence[Finding], rows: Sequence[PublishedRow], decimals: int) -> list[Finding]:
    """Which numbers of items fit every row of a construct, where there are several."""
    looked = [one.figures["items"] for one in made if one.check == "items"]
    constructs: dict[tuple[str, str], list[tuple[int, ...]]] = {}
    for row, fitting in zip(rows, looked, strict=True):
        constructs.setdefault((row.construct, str(row.schaal)), []).append(fitting)
    found: list[Finding] = []
    for (construct, schaal), several in constructs.items():
        if len(several) < 2:
            continue
        common = tuple(sorted(set(several[0]).intersection(*several[1:])))
        figures = {"items": common, "rows": len(several), "most": MOST_ITEMS}
        labels = {"construct": construct, "schaal": schaal}
        if not common:
            found.append(Finding("items", "depends", labels, "items-never", figures, decimals))
        elif len(common) == MOST_ITEMS:
            found.append(Finding("items", "cannot-tell", labels, "items-any", figures, decimals))
        else:
            found.append(Finding("items", "consistent", labels, "items-common", figures, decimals))
    return found


def _largest(row: PublishedRow, sd: float, decimals: int) -> Finding:
    figures = Figures.of(row.mean, sd, row.n, row.schaal, 1, decimals)
    largest = figures.sd_bounds()[1]
    share = 100.0 * sd / largest if largest else 100.0
    told = _figures(row, largest=largest, share=float(round(share)))
    if sd - float(figures.half) > largest:
        return Finding("sd", "not-consistent", row.where, "sd-not", told, decimals)
    if sd and share >= 100 * WIDE:
        return Finding("sd", "look", row.where, "sd-wide", told, decimals)
    return Finding("sd", "consistent", row.where, "sd-fits", told, decimals)
