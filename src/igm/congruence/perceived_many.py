"""``perceived_beside_derived``: what professionals answer about congruence, beside what profiles say, over many."""

from __future__ import annotations

import math
from typing import Any, Literal, TypeAlias

import attrs
import numpy as np

from igm._display import Cell, Column, Language, Table, number
from igm.congruence._chains_words import CHAINS
from igm.congruence.breaks import NOISE
from igm.congruence.chains_result import SCHEMA_VERSION, Chains, check_chains
from igm.congruence.group_results import figure_label, span
from igm.congruence.group_units import Units, clusters_of, counts_of, interval_of_mean, managers_of, units
from igm.congruence.moments import FloatArray
from igm.congruence.who_guides import KINDS, LinkKind
from igm.constructs._base import known_language
from igm.constructs.composite import Metric
from igm.disclosure import GroupPurpose, least_people
from igm.errors import InputError
from igm.scoring.intervals import LEVEL, Interval, check_level, normal_quantile

FEWEST_FOR_R = 5
"""With fewer professionals no correlation is given: it would say next to nothing."""

BesideReason: TypeAlias = Literal["few-people", "no-spread"]
"""Why there is no correlation: too few people, or all answers or all figures are the same."""


@attrs.frozen
class PerceivedBesideDerived:
    """Perceived congruence beside one derived figure, over professionals; never one score.

    Attributes:
        kind: Of which link the derived figure is.
        derived: The derived figure: ``"likeness"`` is 100 − the mean absolute difference on POMP.
        wave: When.
        n_professionals: How many professionals have both.
        n_others: Of how many managers, or clients, the derived figures are.
        r: Pearson's r of both over professionals.
        interval: Where r lies, by Fisher's z.
        gap: The mean over professionals of perceived minus derived, both on POMP; only of likeness.
        gap_interval: Where the mean gap lies.
        reason: Why there is no r.

    Example:
        >>> PerceivedBesideDerived("manager-professional", "likeness", None).r is None
        True
    """

    kind: LinkKind
    derived: str
    wave: Any
    n_professionals: int | None = None
    n_others: int | None = None
    r: float | None = None
    interval: Interval | None = None
    gap: float | None = None
    gap_interval: Interval | None = None
    reason: BesideReason | None = None

    def to_dict(self) -> dict[str, Any]:
        """What may be told."""
        return attrs.asdict(self)


@attrs.frozen(repr=False)
class PerceivedAndDerived:
    """Perceived and derived congruence over professionals; for learning, not for appraisal.

    Attributes:
        rows: A row per wave, kind of link and derived figure.
        metric: On what profiles were compared.
        doel: What the figures are for.
        fewest: How many people every figure is about at least.
        level: How sure the intervals are.

    Example:
        >>> PerceivedAndDerived((), "pomp", "publiceren", 10, 0.95)
        PerceivedAndDerived(rows=0, metric='pomp', doel='publiceren')
    """

    rows: tuple[PerceivedBesideDerived, ...]
    metric: Metric
    doel: GroupPurpose
    fewest: int
    level: float

    def table(self, lang: Language = "nl") -> Table:
        """A row per wave, kind of link and derived figure; what may not be told is a dash."""
        words = CHAINS[known_language(lang)]
        heads = ("professionals", "others", "r", "interval", "gap", "gap-interval")
        columns = [
            *(Column(words[name]) for name in ("wave", "link", "derived")),
            *(Column(words[name], "right") for name in heads),
        ]
        rows: list[list[Cell]] = [
            [
                None if row.wave is None else str(row.wave),
                words[row.kind],
                words["likeness"] if row.derived == "likeness" else figure_label(row.derived, lang),
                row.n_professionals,
                row.n_others,
                row.r,
                span(row.interval, lang),
                row.gap,
                span(row.gap_interval, lang),
            ]
            for row in self.rows
        ]
        level = number(100 * self.level, 0, lang=lang)
        notes = [words["two-notions"], words["fisher"].format(level)]
        if self.doel == "publiceren":
            notes.append(words["least"].format(self.fewest))
        title = words["perceived-derived"]
        return Table(columns, rows, title=title, notes=[*notes, words["learning"]], lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """What may be told, ready for JSON when the waves are."""
        return {
            "schema_version": SCHEMA_VERSION,
            "rows": [row.to_dict() for row in self.rows],
            "metric": self.metric,
            "doel": self.doel,
            "fewest": self.fewest,
            "level": self.level,
            "voor": "leren",
        }

    def __repr__(self) -> str:
        return f"PerceivedAndDerived(rows={len(self.rows)}, metric={self.metric!r}, doel={self.doel!r})"

    def __str__(self) -> str:
        return self.table().text(120)

    def _repr_html_(self) -> str:
        return self.table().html()


def perceived_beside_derived(
    chains: Chains,
    /,
    *,
    level: float = LEVEL,
    doel: GroupPurpose = "publiceren",
    minimum_n: int | None = None,
) -> PerceivedAndDerived:
    """What professionals answer about congruence, beside what the profiles of their links say.

    The two are different notions and stay so: a correlation over professionals says whether they go together, and the
    gap how far the mean of one lies from the mean of the other; neither says which is right. Derived are the likeness
    of profiles (100 − the mean absolute difference, when profiles are on POMP), shape and ccc, of the link with the
    manager and, as the mean over clients, of those with clients. r = tanh(artanh r ± z/√(n − 3)) takes professionals as
    separate: where several share a manager its interval is too narrow. That of the gap lets those belong together.

    Args:
        chains: What `igm.congruence.chains` made, with a column of perceived congruence.
        level: How sure the intervals are.
        doel: ``"publiceren"``, or ``"intern"`` for what stays inside.
        minimum_n: The least number of people of either party; 10 for publishing (never below 5) and 1 inside.

    Returns:
        A row per wave, kind of link and derived figure; no correlation of fewer than five professionals.

    Raises:
        InputError: ``missing-field`` without perceived congruence; as `igm.disclosure.least_people`.

    Example:
        >>> import pandas as pd
        >>> from igm.congruence import chains
        >>> from igm.constructs import LIKERT7
        >>> rows = [{"ref": f"m-{m}", "rol": "manager", "houding": 4, "kennis": 6} for m in range(10)]
        >>> rows += [{"ref": f"p-{p}", "rol": "professional", "begeleider": f"m-{p}", "houding": 4, "kennis": 2 + p % 5,
        ...           "congruentie_begeleiding": 2 + p // 2} for p in range(10)]
        >>> found = perceived_beside_derived(chains(pd.DataFrame(rows), "begeleider", schaal=LIKERT7, metric="pomp"))
        >>> row = found.rows[0]
        >>> row.derived, row.n_professionals, row.r, row.gap
        ('likeness', 10, 0.5, -33.33)
    """
    check_chains(chains)
    check_level(level)
    fewest = least_people(doel, minimum_n)
    people = chains.people
    if people.perceived is None:
        do = "Make the chains with perceived=, the column with what professionals answer about congruence."
        raise InputError.of("missing-field", "no perceived congruence", do, where="$.perceived")
    schaal = people.scales[1]
    perceived = (people.perceived - schaal.minimum) * 100 / (schaal.maximum - schaal.minimum)
    managers = managers_of(chains)
    rows: list[PerceivedBesideDerived] = []
    for place in range(len(people.waves)):
        for kind in KINDS:
            for name, values in _derived(chains, kind).items():
                own = np.where(chains[kind].wave == place, values, np.nan)
                own = np.where(np.isnan(perceived[chains[kind].professional]), np.nan, own)
                found = units(chains[kind], own, managers)
                row = PerceivedBesideDerived(kind, name, people.waves[place])
                rows.append(_row(row, chains, found, perceived[found.row], level, doel, fewest))
    return PerceivedAndDerived(tuple(rows), chains.metric, doel, fewest, level)


def _derived(chains: Chains, kind: LinkKind) -> dict[str, FloatArray]:
    figures = chains[kind].similarities.figures
    found: dict[str, FloatArray] = {}
    if chains.metric == "pomp" and "mean_absolute_difference" in figures:
        found["likeness"] = 100 - figures["mean_absolute_difference"]
    return found | {name: figures[name] for name in ("shape", "ccc") if name in figures}


def _row(
    row: PerceivedBesideDerived,
    chains: Chains,
    found: Units,
    perceived: FloatArray,
    level: float,
    doel: GroupPurpose,
    fewest: int,
) -> PerceivedBesideDerived:
    at = np.arange(len(found))
    counts = counts_of(chains, row.kind, found, at)
    if counts.people < fewest or counts.professionals < FEWEST_FOR_R:
        return attrs.evolve(row, reason="few-people")
    publish = doel == "publiceren"
    gaps = perceived - found.value
    flat = min(np.ptp(perceived), np.ptp(found.value)) <= NOISE
    row = attrs.evolve(row, n_professionals=counts.professionals, n_others=counts.others)
    if row.derived == "likeness" and not (publish and flat):
        mean = float(gaps.mean())
        interval = interval_of_mean(gaps, clusters_of(found, at), level)
        row = attrs.evolve(row, gap=_told(mean, publish), gap_interval=_told_span(interval, publish))
    if flat:
        return attrs.evolve(row, reason="no-spread")
    r = max(-1.0, min(1.0, float(np.corrcoef(perceived, found.value)[0, 1])))
    interval = None
    if abs(r) < 1:
        half = normal_quantile(level) / math.sqrt(counts.professionals - 3)
        interval = Interval(math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half), level)
    return attrs.evolve(row, r=_told(r, publish), interval=_told_span(interval, publish))


def _told(value: float, publish: bool) -> float:
    return round(value, 2) if publish else value


def _told_span(interval: Interval | None, publish: bool) -> Interval | None:
    if interval is None:
        return None
    return Interval(_told(interval.low, publish), _told(interval.high, publish), interval.level)
