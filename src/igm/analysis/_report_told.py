"""What of a table may be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import attrs

from igm.analysis.report_parts import ReportCell
from igm.analysis.samples import Summary
from igm.disclosure import DEFAULT_PEOPLE, GroupPurpose

MEAN_DIGITS: Final = 2


@attrs.frozen
class Raw:
    """A cell before anything is left out.

    Attributes:
        construct: The column of scores.
        group: The values that make the group.
        wave: When.
        summary: Its figures; ``None`` where nobody has a score.
        measured: Whether there are rows at all.
    """

    construct: str
    group: tuple[Any, ...]
    wave: Any
    summary: Summary | None
    measured: bool = True


def told(cells: Sequence[Raw], by: Sequence[str], doel: GroupPurpose, fewest: int) -> list[ReportCell]:
    """Cells as they may be told, in the same order."""
    return [_told(cell, dict(zip(by, cell.group, strict=True)), doel, fewest) for cell in cells]


def _told(raw: Raw, group: dict[str, Any], doel: GroupPurpose, fewest: int) -> ReportCell:
    found = raw.summary
    if not raw.measured:
        return ReportCell(raw.construct, group, raw.wave, "empty")
    if found is None or found.n < fewest:
        return ReportCell(raw.construct, group, raw.wave, "suppressed")
    if doel == "intern":
        return ReportCell(raw.construct, group, raw.wave, "shown", found.n, found.mean, found.sd)
    if (
        found.sd is None or round(found.sd, MEAN_DIGITS) == 0
    ):  # all the same: the mean tells what each answered
        return ReportCell(raw.construct, group, raw.wave, "suppressed")
    if found.n < DEFAULT_PEOPLE:
        return ReportCell(raw.construct, group, raw.wave, "rounded", found.n, round(found.mean, 1))
    mean, sd = round(found.mean, MEAN_DIGITS), round(found.sd, MEAN_DIGITS)
    return ReportCell(raw.construct, group, raw.wave, "shown", found.n, mean, sd)
