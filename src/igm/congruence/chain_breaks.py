"""``chain_breaks``: of which link and which construct people who guide and people who are guided differ most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np

from igm._display import Cell, Column, Language, Table, number
from igm.congruence._chains_words import CHAINS
from igm.congruence.breaks import NOISE
from igm.congruence.chain_scales import IntArray
from igm.congruence.chains_result import SCHEMA_VERSION, ChainLinks, Chains, check_chains
from igm.congruence.group_results import nothing_line
from igm.congruence.moments import FloatArray
from igm.congruence.profile_similarity import signed
from igm.congruence.who_guides import KINDS, LinkKind
from igm.constructs._base import FrozenMapping, known_language
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.disclosure import GroupPurpose, least_people


@attrs.frozen
class ChainBreak:
    """A construct of a kind of link, over all links; all is ``None`` where it may not be told.

    Attributes:
        kind: Which link.
        construct: Which construct.
        wave: When.
        n_links: On how many links it rests.
        n_guides: On how many people who guide.
        n_guided: On how many who are guided.
        median: The median of who guides minus who is guided.
        n_beyond: In how many links the difference is larger than the margin, without its sign; ``None`` without a
            margin, and where it may not be told.

    Example:
        >>> ChainBreak("manager-professional", Construct.KENNIS, None).median is None
        True
    """

    kind: LinkKind
    construct: Construct
    wave: Any
    n_links: int | None = None
    n_guides: int | None = None
    n_guided: int | None = None
    median: float | None = None
    n_beyond: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """What may be told."""
        return attrs.asdict(self) | {"construct": self.construct.value}


@attrs.frozen(repr=False)
class ChainBreaks:
    """Where chains break, over all links; for learning, not for appraisal.

    Attributes:
        rows: A row per wave, kind of link and construct, in the order of the model.
        metric: On what differences are.
        margin: What they must be larger than to count; ``None`` when that was not stated.
        doel: What the figures are for.
        fewest: How many people every figure is about at least.
        n_people: How many people there are, by role.

    Example:
        >>> ChainBreaks((), "pomp", 20.0, "publiceren", 10)
        ChainBreaks(rows=0, margin=20.0, doel='publiceren')
    """

    rows: tuple[ChainBreak, ...]
    metric: Metric
    margin: float | None
    doel: GroupPurpose
    fewest: int
    n_people: Mapping[str, int] = attrs.field(factory=FrozenMapping[str, int])

    @property
    def largest(self) -> tuple[ChainBreak, ...]:
        """The row with the largest median, without its sign; several when they tie, none when all are zero."""
        most = max((abs(row.median) for row in self.rows if row.median is not None), default=0.0)
        return tuple(
            row
            for row in self.rows
            if row.median is not None and abs(row.median) > NOISE and abs(row.median) >= most - NOISE
        )

    @property
    def most_beyond(self) -> tuple[ChainBreak, ...]:
        """The row with the most links beyond the margin, of what may be told; several when they tie."""
        most = max((row.n_beyond for row in self.rows if row.n_beyond is not None), default=0)
        return tuple(row for row in self.rows if row.n_beyond and row.n_beyond == most)

    def table(self, lang: Language = "nl") -> Table:
        """A row per wave, kind of link and construct; what may not be told is a dash."""
        words = CHAINS[known_language(lang)]
        heads = ("links", "guides", "guided", "median-difference", "beyond")
        columns = [
            *(Column(words[name]) for name in ("wave", "link", "construct")),
            *(Column(words[name], "right") for name in heads),
        ]
        rows: list[list[Cell]] = [
            [
                None if row.wave is None else str(row.wave),
                words[row.kind],
                row.construct.label(lang),
                row.n_links,
                row.n_guides,
                row.n_guided,
                None if row.median is None else signed(row.median, lang),
                row.n_beyond,
            ]
            for row in self.rows
        ]
        margin = (
            words["no-margin"]
            if self.margin is None
            else words["margin"].format(number(self.margin, lang=lang))
        )
        notes = [words["sign"], margin]
        for row in reversed(self.most_beyond):
            notes.insert(0, words["most-beyond"].format(_where(row, lang), row.n_beyond, row.n_links))
        for row in reversed(self.largest):
            told = (_where(row, lang), signed(row.median or 0, lang), row.n_links)
            notes.insert(0, words["largest"].format(*told))
        if self.rows and all(row.n_links is None for row in self.rows):
            rows, notes = [], [nothing_line(self.n_people, self.fewest, lang)]
        elif self.doel == "publiceren":
            notes.append(words["least"].format(self.fewest))
        return Table(columns, rows, title=words["breaks"], notes=[*notes, words["learning"]], lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """What may be told, ready for JSON when the waves are."""
        return {
            "schema_version": SCHEMA_VERSION,
            "rows": [row.to_dict() for row in self.rows],
            "metric": self.metric,
            "margin": self.margin,
            "doel": self.doel,
            "fewest": self.fewest,
            "voor": "leren",
        }

    def __repr__(self) -> str:
        return f"ChainBreaks(rows={len(self.rows)}, margin={self.margin}, doel={self.doel!r})"

    def __str__(self) -> str:
        return self.table().text(120)

    def _repr_html_(self) -> str:
        return self.table().html()


def _where(row: ChainBreak, lang: Language) -> str:
    wave = () if row.wave is None else (str(row.wave),)
    return ", ".join((*wave, CHAINS[lang][row.kind], row.construct.label(lang)))


def chain_breaks(
    chains: Chains, /, *, doel: GroupPurpose = "publiceren", minimum_n: int | None = None
) -> ChainBreaks:
    """Where chains break: per kind of link and construct how far who guides and who is guided lie apart.

    A difference is who guides minus who is guided. For publishing, a row rests on ``minimum_n`` people on either side,
    people and not links, and not all differences are the same; the number of links beyond the margin is told when those
    beyond and those within are each about so many people.

    Args:
        chains: What `igm.congruence.chains` made; its ``margin`` says what is a break.
        doel: ``"publiceren"``, or ``"intern"`` for what stays inside.
        minimum_n: The least number of people; 10 for publishing (never below 5) and 1 inside when left out.

    Raises:
        InputError: As `igm.disclosure.least_people`.

    Example:
        >>> import pandas as pd
        >>> from igm.congruence import chains
        >>> from igm.constructs import LIKERT7
        >>> rows = [{"ref": f"m-{m}", "rol": "manager", "houding": 4, "kennis": 6 - m % 2} for m in range(10)]
        >>> rows += [{"ref": f"p-{p}", "rol": "professional", "begeleider": f"m-{p % 10}",
        ...           "houding": 3 + p % 3, "kennis": 2 + p % 4} for p in range(20)]
        >>> found = chain_breaks(chains(pd.DataFrame(rows), "begeleider", schaal=LIKERT7, margin=1))
        >>> [(row.construct, row.median, row.n_links) for row in found.largest]
        [(<Construct.KENNIS: 'kennis'>, 2.0, 20)]
    """
    check_chains(chains)
    fewest = least_people(doel, minimum_n)
    rows: list[ChainBreak] = []
    for place, wave in enumerate(chains.people.waves):
        for kind in KINDS:
            links = chains[kind]
            own = np.flatnonzero(links.wave == place)
            differences = links.differences[own]
            for column, key in enumerate(links.constructs):
                row = ChainBreak(kind, key, wave)
                rows.append(_row(row, links, own, differences[:, column], chains.margin, doel, fewest))
    n_people = FrozenMapping(chains.n_people)
    return ChainBreaks(tuple(rows), chains.metric, chains.margin, doel, fewest, n_people)


def _row(
    row: ChainBreak,
    links: ChainLinks,
    own: IntArray,
    differences: FloatArray,
    margin: float | None,
    doel: GroupPurpose,
    fewest: int,
) -> ChainBreak:
    there = ~np.isnan(differences)
    known, at = differences[there], own[there]
    guides, guided = _people(links, at)
    publish = doel == "publiceren"
    professionals = guided if links.kind == KINDS[0] else guides
    if min(guides, guided) < fewest or professionals < 2 or (publish and np.ptp(known) <= NOISE):
        return row
    beyond = None
    if margin is not None:
        over = np.abs(known) > margin + NOISE
        sides = [min(_people(links, at[side])) for side in (over, ~over)]
        beyond = None if publish and min(sides) < fewest else int(over.sum())
    median = float(np.median(known))
    median = round(median, 2) if publish else median
    return attrs.evolve(
        row, n_links=len(known), n_guides=guides, n_guided=guided, median=median, n_beyond=beyond
    )


def _people(links: ChainLinks, at: IntArray) -> tuple[int, int]:
    """How many people guide, and how many are guided."""
    made: list[int] = []
    for rows in (links.guide, links.guided):
        is_there = np.zeros(len(links.people.refs), dtype=bool)
        is_there[links.people.person[rows[at]]] = True
        made.append(int(is_there.sum()))
    return made[0], made[1]
