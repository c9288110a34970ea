"""``per_professional``: what a professional can learn of their own links with clients; for nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np

from igm._display import Column, Language, Table
from igm.congruence._chains_words import CHAINS
from igm.congruence._words import WORDS
from igm.congruence.chains_result import SCHEMA_VERSION, Chains, check_chains
from igm.congruence.who_guides import KINDS
from igm.constructs._base import FrozenMapping, known_language, shown
from igm.constructs._masking import ByConstruct
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.disclosure import FEWEST_PEOPLE
from igm.errors import MASK, InputError


@attrs.frozen(repr=False)
class OwnLinks:
    """A professional's own links with clients, for that professional: for learning, not for appraisal.

    What is printed masks sensitive constructs; the figures, ``table()`` and ``to_dict()`` do not.

    Attributes:
        wave: When.
        n_clients: How many clients.
        figures: The mean of each figure over those clients.
        differences: The mean of professional minus client, per construct.
        metric: On what they are.
        withheld: Whether there are too few clients to tell anything.

    Example:
        >>> OwnLinks(None, 3, {}, {}, "pomp", True)
        OwnLinks(wave=None, n_clients=3, withheld=True)
    """

    wave: Any
    n_clients: int
    figures: Mapping[str, float]
    differences: Mapping[Construct, float]
    metric: Metric
    withheld: bool

    def table(self, lang: Language = "nl") -> Table:
        """The differences per construct and the figures, the sensitive ones included."""
        return self._table(lang, mask=False)

    def _table(self, lang: Language, *, mask: bool) -> Table:
        words, names = CHAINS[known_language(lang)], WORDS[known_language(lang)]
        masked = mask and any(key.info.sensitive for key in self.differences)
        rows = [
            [key.label(lang), MASK if mask and key.info.sensitive else value]
            for key, value in self.differences.items()
        ]
        rows += [
            [names.get(f"figure-{name}", name), MASK if masked else value]
            for name, value in self.figures.items()
        ]
        notes = [words["own-clients"].format(self.n_clients)]
        if self.withheld:
            notes.append(words["own-few"].format(FEWEST_PEOPLE))
        columns = [Column(words["what"]), Column(words["mean"], "right")]
        notes = [*notes, words["own-manager"], words["learning"]]
        return Table(columns, rows, title=words["own"], notes=notes, lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Plain data at full precision, ready for JSON when the wave is; sensitive values are in it."""
        return {
            "schema_version": SCHEMA_VERSION,
            "wave": self.wave,
            "n_clients": self.n_clients,
            "figures": dict(self.figures),
            "differences": {key.value: value for key, value in self.differences.items()},
            "metric": self.metric,
            "withheld": self.withheld,
            "doel": "leren",
        }

    def __repr__(self) -> str:
        return f"OwnLinks(wave={shown(self.wave)}, n_clients={self.n_clients}, withheld={self.withheld})"

    def __str__(self) -> str:
        return self._table("nl", mask=True).text()

    def _repr_html_(self) -> str:
        return self._table("nl", mask=True).html()


def per_professional(chains: Chains, professional: Any, /, *, eigenaar: Any = None) -> tuple[OwnLinks, ...]:
    """A professional's own links with clients, for that professional alone: for learning, not for appraisal.

    It is refused for anybody else: figures per professional invite appraisal, and no list or ranking of professionals
    is made, whatever the purpose. Of fewer than five clients nothing is told, for it would tell what a client answered.
    The manager is one person who would be singled out, so nothing of that link is told here; manager and professional
    can look at `igm.congruence.chain` together.

    Args:
        chains: What `igm.congruence.chains` made.
        professional: The reference of the professional.
        eigenaar: The reference of who asks, which must be the same.

    Returns:
        What is told, per wave.

    Raises:
        InputError: ``missing-field`` without ``eigenaar``, ``invalid-value`` for somebody else, ``unknown-name`` for
            somebody who guides no client.

    Example:
        >>> import pandas as pd
        >>> from igm.congruence import chains
        >>> from igm.constructs import LIKERT5
        >>> rows = [{"ref": f"c-{c}", "rol": "client", "begeleider": "p-1", "houding": 3, "kennis": c}
        ...         for c in range(1, 6)]
        >>> rows.append({"ref": "p-1", "rol": "professional", "houding": 4, "kennis": 4})
        >>> found = chains(pd.DataFrame(rows), "begeleider", schaal=LIKERT5)
        >>> own, = per_professional(found, "p-1", eigenaar="p-1")
        >>> own.n_clients, own.differences
        (5, {<Construct.HOUDING: 'houding'>: 1.0, <Construct.KENNIS: 'kennis'>: 1.0})
        >>> per_professional(found, "p-1")
        Traceback (most recent call last):
        ...
        igm.errors.InputError: figures about one professional are for learning, not for appraisal, at $.eigenaar. Only \
that professional may ask: give eigenaar= with the same reference. [missing-field]
    """
    check_chains(chains)
    what = "figures about one professional are for learning, not for appraisal"
    do = "Only that professional may ask: give eigenaar= with the same reference."
    if eigenaar is None:
        raise InputError.of("missing-field", what, do, where="$.eigenaar")
    if type(eigenaar) is not type(professional) or eigenaar != professional:
        raise InputError.of("invalid-value", what, do, where="$.eigenaar")
    links, people = chains[KINDS[1]], chains.people
    code = people.codes.get(professional, -1)
    mine = np.flatnonzero(people.person[links.guide] == code)
    if not mine.size:
        do = "Give the reference of a professional who guides clients in these chains."
        raise InputError.of("unknown-name", "nobody who guides clients", do, where="$.professional")
    found: list[OwnLinks] = []
    for place in np.unique(links.wave[mine]).tolist():
        at = mine[links.wave[mine] == place]
        clients = int((links.similarities.k[at] > 0).sum())
        few = clients < FEWEST_PEOPLE
        figures = {name: values[at] for name, values in links.similarities.figures.items()}
        differences = dict(zip(links.constructs, links.differences[at].T, strict=True))
        found.append(
            OwnLinks(
                people.waves[place],
                clients,
                FrozenMapping({} if few else _means(figures)),
                ByConstruct({} if few else _means(differences)),
                chains.metric,
                few,
            )
        )
    return tuple(found)


def _means(given: Mapping[Any, Any]) -> dict[Any, float]:
    """The mean of each that rests on enough clients."""
    made: dict[Any, float] = {}
    for name, values in given.items():
        there = values[~np.isnan(values)]
        if there.size >= FEWEST_PEOPLE:
            made[name] = float(there.mean())
    return made
