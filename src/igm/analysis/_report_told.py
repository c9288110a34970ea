"""What of a table may be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from igm.analysis._report_between import Raw, few_between, hardly_changed
from igm.analysis.report_parts import TOTAL, BetweenWaves, FewBetween, ReportCell
from igm.constructs.schaal import Schaal
from igm.disclosure import DEFAULT_PEOPLE, GroupCell, GroupPurpose, publishable

_PEOPLE: Final = "people"


@attrs.frozen
class Told:
    """What may be told.

    Attributes:
        cells: In the order in which they were given.
        unchecked: The constructs for which it was not checked everywhere that figures do not tell the answers.
        between: Waves of one group that are both told and differ by few people.
    """

    cells: list[ReportCell]
    unchecked: tuple[str, ...]
    between: tuple[FewBetween, ...]


def told(
    cells: Sequence[Raw],
    by: Sequence[str],
    doel: GroupPurpose,
    fewest: int,
    *,
    schaal: Schaal | None = None,
    items: Mapping[str, int] | None = None,
    between_waves: BetweenWaves = "tell",
) -> Told:
    """Cells as they may be told, in the same order, and what has to be said of them.

    Few people, equal answers, figures that few sets of answers fit, groups that differ by few people, and what a total
    would tell, are looked at per construct. Below ten people there is never a standard deviation.
    """
    made = [ReportCell(one.construct, _group(one, by), one.wave, "empty") for one in cells]
    unchecked: list[str] = []
    for name in dict.fromkeys(one.construct for one in cells):
        places = [at for at, one in enumerate(cells) if one.construct == name and one.measured]
        if not places:
            continue
        whole = 1 if items is None else items.get(name, 1)
        apart = between_waves == "tell" and not hardly_changed([cells[at] for at in places], fewest)
        told_here = publishable(
            [_row(cells[at]) for at in places],
            [f"by{place}" for place in range(len(by))] + ["wave"],
            people=_PEOPLE if all(cells[at].people is not None for at in places) else None,
            total=TOTAL,
            wave="wave" if apart else None,
            schaal=schaal,
            items=whole,
            doel=doel,
            minimum_n=fewest,
        )
        if told_here.unchecked:
            unchecked.append(name)
        for at, cell in zip(places, told_here.cells, strict=True):
            found = cells[at].summary
            made[at] = _shown(made[at], cell, 0 if found is None else found.n, doel)
    left = [cells[at] for at, cell in enumerate(made) if cell.state in {"shown", "rounded"}]
    between = few_between(left, by, fewest) if doel == "publiceren" else ()
    return Told(made, tuple(unchecked), between)


def _group(raw: Raw, by: Sequence[str]) -> dict[str, Any]:
    return dict(zip(by, raw.group, strict=True))


def _row(raw: Raw) -> dict[str, Any]:
    found = raw.summary
    figures = {
        "n": 0 if found is None else found.n,
        "mean": None if found is None else found.mean,
        "sd": None if found is None else found.sd,
        _PEOPLE: raw.people,
        "wave": raw.wave,
    }
    return figures | {f"by{place}": value for place, value in enumerate(raw.group)}


def _shown(bare: ReportCell, cell: GroupCell, n: int, doel: GroupPurpose) -> ReportCell:
    if doel == "intern" and n == 0:
        return bare
    if cell.state == "suppressed" or cell.n is None or cell.mean is None:
        return attrs.evolve(bare, state="suppressed")
    if doel == "publiceren" and (cell.state == "rounded" or cell.n < DEFAULT_PEOPLE or cell.sd is None):
        return attrs.evolve(bare, state="rounded", n=cell.n, mean=round(cell.mean, 1))
    return attrs.evolve(bare, state="shown", n=cell.n, mean=cell.mean, sd=cell.sd)
