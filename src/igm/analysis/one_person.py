"""Individuele effectmeting: what measurements over time show of one person, determinant by determinant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from igm._display import Column, Language, Table
from igm.analysis._pairs import two_profiles
from igm.analysis._report import Item, Report, Section
from igm.analysis.goals import Goal, GoalAttainment
from igm.analysis.person_series import check_chances, placed, series
from igm.analysis.person_words import PERSON
from igm.analysis.progress import progress_report
from igm.analysis.progress_results import ProgressReport
from igm.analysis.progress_words import PROGRESS
from igm.analysis.samples import LEVEL, is_row
from igm.analysis.series_results import Series
from igm.constructs._base import FrozenMapping, known_language, shown
from igm.constructs.model import Construct
from igm.constructs.profiel import Profiel
from igm.constructs.waarde import Waarde
from igm.errors import MASK, InputError, Problems

_NEUTRAL: Final = {"improved": "higher", "worsened": "lower"}
"""A report on a person says which way a score went, and leaves to people what is better."""

_SHOWN: Final = frozenset({"improved", "worsened", "higher", "lower"})


def _frozen(found: Mapping[Construct, Series]) -> Mapping[Construct, Series]:
    return FrozenMapping(found)


@attrs.frozen(repr=False)
class Effectmeting:
    """The measurements of one person over time: first beside last, phase beside phase, and own goals.

    What is printed masks sensitive values; ``text()``, ``html()`` and ``table()`` are the asking for them.

    Attributes:
        progress: The first profile beside the last, per determinant, with own goals.
        series: All measurements by construct, in phases.
        phases: The phase of each measurement.

    Example:
        >>> from igm.analysis import effectmeting
        >>> from igm.constructs import LIKERT5, Gedrag
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers", context="alleen", time="nu", doel="werk")
        >>> found = effectmeting(
        ...     [Profiel(gedrag=gedrag, waarden={"kennis": Waarde(score=x, schaal=LIKERT5)}) for x in (2, 3, 3, 4)],
        ...     ["voor", "voor", "coaching", "coaching"],
        ... )
        >>> found
        Effectmeting(measurements=4, phases='voor, coaching', constructs=1)
        >>> found.no_evidence
        (<Construct.KENNIS: 'kennis'>,)
    """

    progress: ProgressReport
    series: Mapping[Construct, Series] = attrs.field(converter=_frozen)
    phases: tuple[str, ...]

    @property
    def shown(self) -> tuple[Construct, ...]:
        """The constructs of which a change or a difference between phases is shown."""
        return tuple(one for one in self.series if _SHOWN & set(self._verdicts(one)))

    @property
    def no_evidence(self) -> tuple[Construct, ...]:
        """The constructs of which there is no evidence yet: no test was possible, so nothing can be said either way."""
        return tuple(one for one in self.series if set(self._verdicts(one)) <= {"no-evidence"})

    def _verdicts(self, construct: Construct) -> list[str]:
        found: list[str] = [one.verdict for one in self.series[construct].comparisons]
        rows = [row for row in self.progress.rows if row.construct is construct]
        return found + [row.reliable.verdict for row in rows if row.reliable is not None]

    def text(self, lang: Language = "nl") -> str:
        """The report as plain text, sensitive values included."""
        return self._report(known_language(lang), mask=False).text()

    def html(self, lang: Language = "nl") -> str:
        """The report as html, sensitive values included; one ``<article>`` to put in a page."""
        return self._report(known_language(lang), mask=False).html()

    def _report(self, lang: Language, *, mask: bool) -> Report:
        words = PROGRESS[lang]
        base = self.progress.report(lang, mask=mask)
        phases = ", ".join(dict.fromkeys(self.phases))
        intro = [*base.intro, words["measurements"].format(len(self.phases), phases)]
        items = tuple(self._item(one, found, lang, mask=mask) for one, found in self.series.items())
        closing = list(base.closing[:-1])
        if self.no_evidence:
            names = ", ".join(
                one.label(lang) for one in self.no_evidence if not (mask and one.info.sensitive)
            )
            closing += [words["effect-none"].format(names)] if names else []
        closing += [PERSON[lang]["no-cause"], base.closing[-1]]
        return Report(
            words["effectmeting"], intro, [*base.sections, Section(words["series"], items)], closing, lang
        )

    def _item(self, construct: Construct, found: Series, lang: Language, *, mask: bool) -> Item:
        words, name = PERSON[lang], construct.label(lang)
        if mask and construct.info.sensitive:
            return Item(name, ((words["phases-of"], MASK),))
        if not found.comparisons:
            return Item(name, ((words["phases-of"], words["one-phase"]),))
        return Item(name, tuple((words["phases-of"], one.text(lang)) for one in found.comparisons))

    def table(self, lang: Language = "nl") -> Table:
        """A row per construct: what first beside last says, and what the phases say."""
        return self._table(known_language(lang), mask=False)

    def _table(self, lang: Language, *, mask: bool) -> Table:
        words, person = PROGRESS[lang], PERSON[lang]
        states = {row.construct: words[f"{row.state}_short"] for row in self.progress.rows}
        rows: list[list[str]] = []
        for one, found in self.series.items():
            said = "; ".join(
                f"{each.first} → {each.second}: {person[f'{_NEUTRAL.get(each.verdict, each.verdict)}_short']}"
                for each in found.comparisons
            )
            cells = [states.get(one, words["missing_short"]), said or person["one-phase"]]
            rows.append([one.label(lang), *([MASK, MASK] if mask and one.info.sensitive else cells)])
        columns = [Column(words[one]) for one in ("construct", "first-last", "by-phase")]
        return Table(columns, rows, title=words["effectmeting"], notes=[person["no-cause"]], lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Everything, at full precision; sensitive values are in it."""
        return {
            "schema_version": 1,
            "progress": self.progress.to_dict(),
            "series": {one.value: found.to_dict() for one, found in self.series.items()},
            "phases": list(self.phases),
            "shown": [one.value for one in self.shown],
            "no_evidence": [one.value for one in self.no_evidence],
        }

    def __repr__(self) -> str:
        phases = ", ".join(dict.fromkeys(self.phases))[:60]
        return (
            f"Effectmeting(measurements={len(self.phases)}, phases={phases!r}, constructs={len(self.series)})"
        )

    def __str__(self) -> str:
        return self._report("nl", mask=True).text()

    def _repr_html_(self) -> str:
        return self._report("nl", mask=True).html()


def effectmeting(
    profielen: Sequence[Profiel],
    phases: Sequence[str],
    *,
    moments: Sequence[Any] | None = None,
    reliability: float | Mapping[str, float] | None = None,
    sd: float | Mapping[str, float] | None = None,
    vervolg: Mapping[str, str] | None = None,
    belemmeringen: Mapping[str, tuple[str, str]] | None = None,
    doelen: Sequence[Goal] | GoalAttainment = (),
    alpha: float = 0.05,
    level: float = LEVEL,
) -> Effectmeting:
    """The individuele effectmeting: what the measurements of one person over time show, per determinant.

    It is one of the three elements of Gewogen Maatwerk (TNO, Tilburg University), beside the model and the guiding
    behavioural principles: following the progress of one person, so that what guidance adds does not stay in the dark.
    The sources say what it is for, not how it is computed; formulas and references stand at the three functions named.
    Here it is three things side by side: the first profile beside the last (`progress_report`), each phase beside the
    one before it (`series`), and own goals (`goal_attainment`). None of these says what a change comes from.

    Args:
        profielen: At least two, of one person and one behaviour, in the order of time.
        phases: The phase of each, such as ``"voor"`` and ``"coaching"``.
        moments: When each was, not going back in time.
        reliability: As `progress_report`.
        sd: As `progress_report`.
        vervolg: As `progress_report`.
        belemmeringen: As `progress_report`.
        doelen: As `progress_report`.
        alpha: Below which chance a difference between phases counts as shown.
        level: How sure changes and intervals are.

    Returns:
        All three, as text and html, in Dutch and English; `no_evidence` names what nothing can be said of yet.

    Raises:
        InputError: ``missing-field`` for fewer than two profiles, and all that `progress_report` and `series` raise.

    Example:
        >>> from igm.constructs import LIKERT5, Gedrag
        >>> gedrag = Gedrag(action="solliciteren", target="werkgevers", context="alleen", time="nu", doel="werk")
        >>> profielen = [
        ...     Profiel(gedrag=gedrag, waarden={"kennis": Waarde(score=x, schaal=LIKERT5)})
        ...     for x in (2.0, 2.3, 2.0, 2.3, 3.7, 3.3, 3.7, 4.0)
        ... ]
        >>> found = effectmeting(profielen, ["voor"] * 4 + ["coaching"] * 4, reliability=0.84, sd=0.9)
        >>> found.shown
        (<Construct.KENNIS: 'kennis'>,)
    """
    problems = Problems()
    asked: object = profielen
    if not is_row(asked) or isinstance(asked, Profiel):
        do = "Give a list of profiles, in the order of time."
        raise InputError.of("invalid-value", "not a list", do, where="$.profielen", given=shown(asked))
    profielen = list(profielen)
    told, when = placed(phases, moments, len(profielen), problems)
    check_chances(alpha, level, problems)
    for place, profiel in enumerate(profielen):
        given: object = profiel
        if not isinstance(given, Profiel):
            do = "Give a Profiel, such as igm.score makes."
            where = f"$.profielen[{place}]"
            problems.add("invalid-value", "not a profile", do, where=where, given=shown(given))
    if len(profielen) < 2:
        do = "Give at least two, in the order of time."
        problems.add("missing-field", "nothing to follow", do, where="$.profielen", given=str(len(profielen)))
    problems.raise_any(InputError)
    for place, profiel in enumerate(profielen[1:], start=1):
        try:
            two_profiles(profielen[0], profiel, None)
        except InputError as error:
            problems.extend(problem.under(f"$.profielen[{place}]") for problem in error.problems)
    problems.raise_any(InputError)
    progress = progress_report(
        profielen[0],
        profielen[-1],
        reliability=reliability,
        sd=sd,
        vervolg=vervolg,
        belemmeringen=belemmeringen,
        doelen=doelen,
        moments=None if when is None else (str(when[0]), str(when[-1])),
        level=level,
    )
    known = [one for one in Construct if any(one in profiel.known for profiel in profielen)]
    made = {
        one: series(
            [value.score if isinstance(value := profiel[one], Waarde) else None for profiel in profielen],
            told,
            moments=when,
            name=one.value,
            alpha=alpha,
            level=level,
        )
        for one in known
    }
    return Effectmeting(progress, made, told)
