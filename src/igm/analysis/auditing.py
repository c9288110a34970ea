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
from igm.analysis._audit_rows import Names, PublishedRow, read_rows
from igm.analysis._audit_tests import mark_findings
from igm.analysis._wave_order import in_order
from igm.analysis.audit_results import AuditReport
from igm.constructs._base import is_mapping, is_number, shown
from igm.constructs.schaal import Schaal
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
    same mean and standard deviation in two places; and a construct on another level than all others.

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
    groups = (by,) if isinstance(by, str) else tuple(by)
    names = Names(groups, construct, wave, n, mean, sd, mark, p)
    _check(alpha, decimals, schaal, items)
    read = read_rows(list(rows), names, schaal, decimals)
    if isinstance(items, Mapping):
        _known_constructs(items, read)
    said, claimed, dated = list(text), list(claims), list(dates)
    moments = [row.wave for row in read]
    moments += [row[wave] for row in dated if isinstance(row, Mapping) and wave in row]
    order = _order(moments, waves)
    if marked is not None:
        _known_waves(marked, order)
    findings = figure_findings(read, items, decimals)
    if mark is not None or p is not None:
        findings += mark_findings(read, order[0], alpha, decimals, order if marked is None else marked)
    findings += text_findings(read, said, names, decimals)
    findings += claim_findings(read, claimed, names, decimals)
    findings += date_findings(dated, names, order)
    findings += percentage_findings(list(percentages))
    findings += repeated_findings(read, decimals)
    findings += level_findings(read, names, decimals)
    return AuditReport(tuple(findings), alpha, bron)


def _check(alpha: object, decimals: object, schaal: object, items: object) -> None:
    problems = Problems()
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
        if isinstance(many, bool) or not isinstance(many, int) or many < 1:
            do = "Give a whole number of at least 1."
            problems.add("value-out-of-range", "how many items", do, where=where, given=shown(many))
    problems.raise_any(InputError)


def _known_constructs(items: Mapping[str, int], rows: Sequence[PublishedRow]) -> None:
    there = {row.construct for row in rows}
    problems = Problems()
    for name in items:
        if name not in there:
            problems.add(
                "unknown-name",
                "no such construct in the table",
                suggestion(name, there),
                where=f"$.items.{named(name)}",
            )
    problems.raise_any(InputError)


def _known_waves(marked: Sequence[Any], order: Sequence[Any]) -> None:
    problems = Problems()
    for place, one in enumerate(marked):
        if one not in order:
            do = suggestion(one, [str(each) for each in order])
            problems.add("unknown-name", "no such wave", do, where=f"$.marked[{place}]", given=shown(one))
    problems.raise_any(InputError)


def _order(moments: Sequence[Any], waves: Sequence[Any] | None) -> list[Any]:
    """The waves, in the order in which they were meant."""
    there = list(dict.fromkeys(moments))
    if waves is None:
        return in_order(there)
    order = list(waves)
    lacking = [one for one in there if one not in order]
    if lacking or not order:
        do = "Name every wave of the table."
        given = ", ".join(str(one) for one in lacking)
        raise InputError.of(
            "unknown-name", "a wave that is not in the order", do, where="$.waves", given=given
        )
    return order
