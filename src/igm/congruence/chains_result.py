"""``Chains``: the links of many people, with the figures of each, and what may be told of them together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs
import numpy as np

from igm._display import Column, Language, Table
from igm._engines.libraries import asked_library
from igm.congruence._chains_words import CHAINS
from igm.congruence.chain_parties import ROLES
from igm.congruence.chain_people import ChainPeople
from igm.congruence.chain_scales import IntArray
from igm.congruence.many_pairs import Similarities
from igm.congruence.moments import FloatArray
from igm.congruence.who_guides import KINDS, LinkKind, Unlinked
from igm.constructs._base import known_language, shown
from igm.constructs.composite import Metric
from igm.constructs.model import Construct
from igm.constructs.schaal import Schaal
from igm.errors import InputError, suggestion

SCHEMA_VERSION: Final = 1
"""The version of the form in which these results are stored."""

_FRAMES: Final = ("pandas", "polars", "pyarrow")


@attrs.frozen(eq=False, repr=False)
class ChainLinks:
    """All links of one kind, an element of each array a link.

    Attributes:
        kind: ``"manager-professional"`` or ``"professional-client"``.
        people: Who they are.
        guide: The row of who guides.
        guided: The row of who is guided.
        similarities: Every figure; who guides is the first, who is guided the second.

    Example:
        >>> import pandas as pd
        >>> from igm.congruence import chains
        >>> from igm.constructs import LIKERT5
        >>> frame = pd.DataFrame({"ref": ["p-1", "c-1", "c-2"], "rol": ["professional", "client", "client"],
        ...                       "houding": [4, 3, 5], "kennis": [3, 3, 1]})
        >>> found = chains(frame, [("p-1", "c-1"), ("p-1", "c-2")], schaal=LIKERT5)
        >>> links = found["professional-client"]
        >>> links.refs(links.guided), links["elevation"], links.differences.tolist()
        (['c-1', 'c-2'], array([0.5, 0.5]), [[1.0, 0.0], [-1.0, 2.0]])
    """

    kind: LinkKind
    people: ChainPeople
    guide: IntArray
    guided: IntArray
    similarities: Similarities

    def __len__(self) -> int:
        return len(self.guide)

    def __getitem__(self, name: str) -> FloatArray:
        return self.similarities[name]

    @property
    def constructs(self) -> tuple[Construct, ...]:
        """The constructs that take part."""
        return self.similarities.constructs

    @property
    def differences(self) -> FloatArray:
        """Who guides minus who is guided: a row per link, a column per construct; NaN where a value is missing."""
        own = [self.people.constructs.index(key) for key in self.constructs]
        ready = self.people.ready[:, own]
        return np.asarray(ready[self.guide] - ready[self.guided], dtype=np.float64)

    @property
    def wave(self) -> IntArray:
        """The place of the wave of each link."""
        return np.asarray(self.people.wave[self.guide], dtype=np.intp)

    @property
    def professional(self) -> IntArray:
        """The row of the professional of each link."""
        return self.guided if self.kind == KINDS[0] else self.guide

    @property
    def other(self) -> IntArray:
        """The row of who is on the other side: the manager or the client."""
        return self.guide if self.kind == KINDS[0] else self.guided

    def refs(self, rows: IntArray) -> list[Any]:
        """Who stands in rows."""
        return [self.people.refs[code] for code in self.people.person[rows].tolist()]

    def __repr__(self) -> str:
        return f"ChainLinks({self.kind!r}, n={len(self)}, k={len(self.constructs)})"


@attrs.frozen(eq=False, repr=False)
class Chains:
    """The chains of many people; for learning, not for appraisal.

    There is no score of a chain, and none of a person. What is printed counts people and links; `chain_breaks`,
    `group_summaries`, `perceived_beside_derived` and `link_change` give figures that tell nothing about persons.

    Attributes:
        people: The people, on one metric.
        links: The links of each kind.
        unlinked: Who and what makes no link, counted.
        metric: On what they are compared.
        schaal: The one scale; ``None`` on POMP.
        margin: How large a difference must be to be called a break; ``None`` when that was not stated.

    Example:
        >>> import pandas as pd
        >>> from igm.congruence import chains
        >>> from igm.constructs import LIKERT5
        >>> frame = pd.DataFrame({"ref": ["p-1", "c-1", "c-2"], "rol": ["professional", "client", "client"],
        ...                       "houding": [4, 3, 5], "kennis": [3, 3, 1]})
        >>> found = chains(frame, [("p-1", "c-1"), ("p-1", "c-2")], schaal=LIKERT5)
        >>> print(found.table("en").text(88))
        Who guides whom
        link                    links  who guide  who are guided  whole chains
        ----------------------  -----  ---------  --------------  ------------
        manager → professional      0          0               0             –
        professional → client       2          1               2             0
        Of 1 professionals it is not told who guides them.
        For learning, not for appraisal.
    """

    people: ChainPeople
    links: Mapping[LinkKind, ChainLinks]
    unlinked: Unlinked
    metric: Metric
    schaal: Schaal | None
    margin: float | None

    def __getitem__(self, kind: str) -> ChainLinks:
        for one, links in self.links.items():
            if one == kind:
                return links
        do = suggestion(kind, KINDS)
        raise InputError.of("unknown-name", "no such link", do, given=shown(kind))

    @property
    def n_people(self) -> Mapping[str, int]:
        """How many people there are, by role; somebody who is there at two waves counts once."""
        people = self.people
        return {role: len(np.unique(people.person[people.role == place])) for place, role in enumerate(ROLES)}

    @property
    def left_out(self) -> Mapping[LinkKind, tuple[Construct, ...]]:
        """The constructs that take no part in a kind of link, because a direction is not known."""
        return {
            kind: tuple(key for key in self.people.constructs if key not in links.constructs)
            for kind, links in self.links.items()
        }

    @property
    def triads(self) -> tuple[IntArray, IntArray]:
        """Whole chains: the place of the first link and of the second, which share the professional.

        A client with two professionals, or a professional with two managers, stands in several.
        """
        first, second = self[KINDS[0]], self[KINDS[1]]
        order = np.argsort(first.guided, kind="stable")
        known = first.guided[order]
        start = np.searchsorted(known, second.guide, side="left")
        many = np.searchsorted(known, second.guide, side="right") - start
        after = np.repeat(np.arange(len(second)), many)
        within: IntArray = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
        return order[np.repeat(start, many) + within], after

    def to_frame(self, kind: str = "pandas") -> Any:
        """A row per link, for further work inside: who guides whom, every figure and every difference.

        It holds what single people answered: for learning, not for appraisal, and not to be published.

        Args:
            kind: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Raises:
            InputError: ``unknown-name`` for another library.
            MissingDependencyError: ``missing-dependency``.
        """
        if kind not in _FRAMES:
            do = suggestion(kind, _FRAMES)
            raise InputError.of("unknown-name", "no such frame", do, where="$.kind", given=shown(kind))
        parts = [links for links in self.links.values() if len(links)]
        made: dict[str, list[Any]] = {
            "link": [links.kind for links in parts for _ in range(len(links))],
            "wave": [self.people.waves[place] for links in parts for place in links.wave.tolist()],
            "guide": [ref for links in parts for ref in links.refs(links.guide)],
            "guided": [ref for links in parts for ref in links.refs(links.guided)],
            "k": [count for links in parts for count in links.similarities.k.tolist()],
        }
        numbers = {
            name: np.concatenate([links[name] for links in parts]) for name in parts[0].similarities.figures
        }
        for key in self.people.constructs:
            numbers[f"difference_{key.value}"] = np.concatenate([_difference(links, key) for links in parts])
        library = asked_library(kind)
        if kind == "pandas":
            return library.DataFrame({**made, **numbers})
        if kind == "polars":
            return library.DataFrame({**made, **numbers}, nan_to_null=True, strict=False)
        arrays = {name: library.array(values, mask=np.isnan(values)) for name, values in numbers.items()}
        return library.table({**made, **arrays})

    def table(self, lang: Language = "nl") -> Table:
        """How many links and people there are, and who and what makes no link; no figures."""
        words = CHAINS[known_language(lang)]
        names = ("links", "guides", "guided", "triads")
        columns = [Column(words["link"]), *(Column(words[name], "right") for name in names)]
        triads = self.triads
        rows = [
            [
                words[kind],
                len(links),
                len(np.unique(self.people.person[links.guide])),
                len(np.unique(self.people.person[links.guided])),
                len(triads[0]) if kind == KINDS[1] else None,
            ]
            for kind, links in self.links.items()
        ]
        notes = [
            words[f"unlinked-{name}"].format(many) for name, many in self.unlinked.to_dict().items() if many
        ]
        if len(self.people.waves) > 1:
            notes.insert(0, words["over-waves"].format(len(self.people.waves)))
        for kind, keys in self.left_out.items():
            if keys:
                told = ", ".join(key.label(lang) for key in keys)
                notes.append(words["left-out"].format(words[kind], told))
        return Table(columns, rows, title=words["title"], notes=[*notes, words["learning"]], lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """What is told of all together, ready for JSON; the links themselves are in ``to_frame()``."""
        return {
            "schema_version": SCHEMA_VERSION,
            "doel": "leren",
            "metric": self.metric,
            "schaal": None if self.schaal is None else self.schaal.model_dump(mode="json"),
            "margin": self.margin,
            "constructs": {kind: [key.value for key in one.constructs] for kind, one in self.links.items()},
            "left_out": {kind: [key.value for key in keys] for kind, keys in self.left_out.items()},
            "n_waves": len(self.people.waves),
            "n_people": dict(self.n_people),
            "n_links": {kind: len(one) for kind, one in self.links.items()},
            "n_triads": len(self.triads[0]),
            "unlinked": self.unlinked.to_dict(),
        }

    def __repr__(self) -> str:
        told = ", ".join(f"{kind}: n={len(links)}" for kind, links in self.links.items())
        return f"Chains({told}; metric={self.metric!r})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def _difference(links: ChainLinks, key: Construct) -> FloatArray:
    if key not in links.constructs:
        return np.full(len(links), np.nan)
    column = links.people.constructs.index(key)
    ready = links.people.ready[:, column]
    return np.asarray(ready[links.guide] - ready[links.guided], dtype=np.float64)


def check_chains(given: object) -> None:
    """Refuse what is no chains of people, before anything is asked of it.

    Raises:
        InputError: ``invalid-value``.
    """
    if not isinstance(given, Chains):
        do = "Give what igm.congruence.chains made."
        raise InputError.of("invalid-value", "not chains", do, where="$.chains", given=shown(given))
