"""``audit``: whether published figures fit each other, their number of people and their scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from igm.analysis._audit_between import (
    claim_findings,
    date_findings,
    level_findings,
    percentage_findings,
    repeated_findings,
    text_findings,
)
from igm.analysis._audit_figures import figure_findings
from igm.analysis._audit_rows import Names, PublishedRow, read_rows, unread_fields
from igm.analysis._audit_tests import mark_findings
from igm.analysis._frame import hashable, names_of, one_role_each
from igm.analysis._wave_order import in_order
from igm.analysis.audit_results import AuditReport
from igm.analysis.samples import attempt, is_row
from igm.constructs._base import is_mapping, is_number, shown
from igm.constructs.schaal import Schaal
from igm.disclosure.figures import MOST_ITEMS
from igm.errors import InputError, Problems, named, suggestion


def audit(
    rows: Iterable[Mapping[str, Any]],
    /,
    *,
    schaal: Schaal | str,
    by: str | Sequence[str] = (),
    construct: str = "construct",
    wave: str = "wave",
    n: str = "n",
    mean: str = "mean",
    sd: str = "sd",
    items: int | Mapping[str, int] | None = None,
    decimals: int = 2,
    waves: Sequence[Any] | None = None,
    mark: str | None = None,
    marked: Sequence[Any] | None = None,
    p: str | None = None,
    alpha: float = 0.05,
    text: Iterable[Mapping[str, Any]] = (),
    claims: Iterable[Mapping[str, Any]] = (),
    dates: Iterable[Mapping[str, Any]] = (),
    percentages: Iterable[Mapping[str, Any]] = (),
    bron: str | None = None,
) -> AuditReport:
    """Whether published figures fit each other, their number of people and their scale.

    For a table of others, and for one's own before it goes out. Looked at are: means on their scales; means and
    standard deviations that whole answers can have (`grim`, `grimmer`), or which numbers of items would fit; the
    largest possible standard deviation, (M − L)(U − M) · n/(n − 1) under the root; chances and marks of significance
    against the first wave, with what rounding allows (`p_range`), by Welch's and Student's test; figures and directions
    in the text against the table; waves in the order of their dates; percentages that no number of people gives; the
    same mean and standard deviation in two places; and a construct on another level than all others. What whole answers
    allow is after Brown & Heathers (2017) and Anaya (2016), computing chances again after Nuijten et al. (2016).

    A finding says what is consistent with what, and what else can explain it. It never says that somebody erred.

    Args:
        rows: A mapping per row; figures may be texts, as a file gives them, with a decimal point or comma.
        schaal: The scale of an answer, or the field that holds it: a scale, or the highest answer of a scale from 1.
        by: The fields that make groups, such as organisation and role.
        construct: The field that says what was measured.
        wave: The field that says when.
        n: The field with the number of people.
        mean: The field with the mean.
        sd: The field with the standard deviation; empty where there is none.
        items: How many items a score is the mean of, for all constructs or by construct; when left out, a field
            ``items`` of the row is read. Where it is not known, the numbers from 1 to 10 that fit are told.
        decimals: To how many decimals figures were rounded.
        waves: The waves in their order; sorted when left out, texts by the numbers in them. Marks and chances
            compare with the first.
        mark: The field that says whether the row is marked: yes, ja or * against no, nee or nothing. Anything else is
            taken as a mark that is not about the whole group.
        marked: The waves that marks are about; all but the first when left out.
        p: The field with a published chance; empty where there is none.
        alpha: Below which chance a mark stands.
        text: Figures of the text: the fields of ``by``, construct and wave, and the mean.
        claims: Directions of the text: the fields of ``by`` and construct, ``earlier``, ``later`` and ``direction``,
            ``"higher"`` or ``"lower"``.
        dates: When waves were: the fields of ``by`` and wave, and ``date``, a date or a text such as ``"2024-10"``.
        percentages: ``label``, ``percentage`` and ``n``.
        bron: Where the figures are from.

    Returns:
        All findings, those that fit too.

    Raises:
        InputError: ``missing-field`` for rows without a field, ``not-a-number``, ``value-out-of-range`` and
            ``invalid-value`` for figures that cannot be read, ``duplicate-name`` for a construct that stands in a wave
            twice, ``unknown-name`` for constructs, waves and directions that are not there.

    Example:
        >>> import igm
        >>> from igm.analysis import audit
        >>> rows = [
        ...     {"construct": "kennis", "wave": "T0", "n": 16, "mean": 5.59, "sd": 1.43, "mark": ""},
        ...     {"construct": "kennis", "wave": "T1", "n": 12, "mean": 6.38, "sd": 1.06, "mark": "*"},
        ... ]
        >>> report = audit(rows, schaal=igm.Schaal(minimum=1, maximum=7), items=2, mark="mark")
        >>> report
        AuditReport(checks=9, consistent=7, concerns=2)
        >>> print(report.concerns[1].text("en"))
        The mark at T0 → T1 is not consistent with p < 0.05 as two groups: p 0.0998 to 0.1108 (Welch) or 0.1142 to \
0.1258 (Student). A paired test or a part of the group can explain that.
    """
    names = _check(by, (construct, wave, n, mean, sd), (mark, p), bron, alpha, decimals, schaal, items)
    problems = Problems()
    table, said, claimed, dated, shares = (
        _listed(given, where, problems)
        for given, where in (
            (rows, "$"),
            (text, "$.text"),
            (claims, "$.claims"),
            (dates, "$.dates"),
            (percentages, "$.percentages"),
        )
    )
    read = read_rows(table, names, schaal, decimals, problems)
    if isinstance(items, Mapping):
        _known_constructs(items, read, problems)
    order = _order(read, dated, names, waves, problems)
    against = order if marked is None else _known_waves(marked, order, problems)
    beside = text_findings(read, said, names, decimals, problems)
    beside += claim_findings(read, claimed, names, decimals, problems)
    beside += date_findings(dated, names, order, problems)
    beside += percentage_findings(shares, problems)
    problems.raise_any(InputError)
    findings = figure_findings(read, items, decimals)
    if mark is not None or p is not None:
        findings += mark_findings(read, order[0], alpha, decimals, against)
    findings += beside
    findings += repeated_findings(read, decimals)
    findings += level_findings(read, names, decimals)
    return AuditReport(tuple(findings), alpha, bron, unread_fields(table, names, schaal))


def _listed(given: Any, where: str, problems: Problems) -> list[Any]:
    if is_row(given):
        return list(given)
    do = "Give a list with a mapping per row, such as frame.to_dict('records') of pandas."
    problems.add("invalid-value", "no rows", do, where=where, given=shown(given))
    return []


def _check(
    by: object,
    needed: tuple[str, str, str, str, str],
    optional: tuple[str | None, str | None],
    bron: object,
    alpha: object,
    decimals: object,
    schaal: object,
    items: object,
) -> Names:
    """What the fields are called, once nothing is wrong with what does not stand in a row."""
    problems = Problems()
    groups = names_of(by, "by", problems)
    fields: list[tuple[object, str]] = [(one, "by") for one in groups]
    fields += zip(needed, ("construct", "wave", "n", "mean", "sd"), strict=True)
    fields += [(one, name) for one, name in zip(optional, ("mark", "p"), strict=True) if one is not None]
    for field, name in fields:
        if not isinstance(field, str):
            do = "Give the name of a field of the rows."
            problems.add("invalid-value", "no field", do, where=f"$.{name}", given=shown(field))
    one_role_each(fields, problems)
    if bron is not None and not isinstance(bron, str):
        do = "Say in words where the figures are from."
        problems.add("invalid-value", "not a text", do, where="$.bron", given=shown(bron))
    if not is_number(alpha) or not 0 < alpha < 1:
        do = "Give a number between 0 and 1."
        problems.add("value-out-of-range", "a chance", do, where="$.alpha", given=shown(alpha))
    if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= 6:
        do = "Give a whole number from 0 to 6."
        problems.add("value-out-of-range", "decimals", do, where="$.decimals", given=shown(decimals))
    if not isinstance(schaal, (Schaal, str)):
        do = "Give a scale, or the field that holds its highest answer."
        problems.add("invalid-value", "not a scale", do, where="$.schaal", given=shown(schaal))
    counts: list[tuple[str, object]] = [] if items is None else [("$.items", items)]
    if is_mapping(items):
        counts = [(f"$.items.{named(name)}", many) for name, many in items.items()]
    for where, many in counts:
        if isinstance(many, bool) or not isinstance(many, int) or not 1 <= many <= MOST_ITEMS:
            do = f"Give a whole number from 1 to {MOST_ITEMS}."
            problems.add("value-out-of-range", "how many items", do, where=where, given=shown(many))
    problems.raise_any(InputError)
    return Names(tuple(groups), *needed, *optional)


def _known_constructs(items: Mapping[str, int], rows: Sequence[PublishedRow], problems: Problems) -> None:
    there = {row.construct for row in rows}
    for name in items:
        if there and name not in there:
            do, where = suggestion(name, there), f"$.items.{named(name)}"
            problems.add("unknown-name", "no such construct in the table", do, where=where)


def _known_waves(marked: Any, order: Sequence[Any], problems: Problems) -> list[Any]:
    asked = names_of(marked, "marked", problems)
    for place, one in enumerate(asked):
        if order and not (hashable(one) and one in order):
            do = suggestion(one, [str(each) for each in order])
            problems.add("unknown-name", "no such wave", do, where=f"$.marked[{place}]", given=shown(one))
    return asked


def _order(
    rows: Sequence[PublishedRow], dates: Sequence[Any], names: Names, waves: Any, problems: Problems
) -> list[Any]:
    """The waves, in the order in which they were meant; those of which there is a date only too."""
    there = dict.fromkeys(row.wave for row in rows)
    there |= dict.fromkeys(
        row[names.wave]
        for row in dates
        if is_mapping(row) and names.wave in row and hashable(row[names.wave]) and row[names.wave] is not None
    )
    if waves is None:
        return attempt(lambda: in_order(there), problems) or []
    order = names_of(waves, "waves", problems)
    twice = [one for place, one in enumerate(order) if one in order[:place]]
    if twice:
        do, given = "Name each once.", ", ".join(shown(one) for one in twice)
        problems.add("duplicate-name", "a wave is named twice", do, where="$.waves", given=given)
    lacking = [one for one in there if one not in order]
    if lacking or not order:
        do = "Name every wave of the table and of the dates."
        given = ", ".join(shown(one) for one in lacking)
        problems.add("unknown-name", "a wave that is not in the order", do, where="$.waves", given=given)
    return order
