"""``GedragsModel``: a variant of the model, with its arrows."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import attrs

from igm._display import Language, Table
from igm.constructs._base import FrozenMapping, known_language


def read_only(texts: Mapping[str, str]) -> Mapping[str, str]:
    """Texts by name that cannot be changed."""
    return FrozenMapping(texts)


class EdgeKind(StrEnum):
    """What an arrow in the model says.

    Example:
        >>> EdgeKind("moderates")
        <EdgeKind.MODERATES: 'moderates'>
        >>> EdgeKind.FEEDS_BACK.label(), EdgeKind.FEEDS_BACK.label("en")
        ('werkt terug op', 'feeds back on')
    """

    DETERMINES = "determines"
    MODERATES = "moderates"
    FEEDS_BACK = "feeds_back"

    def label(self, lang: Language = "nl") -> str:
        """The words that fit between the two ends of the arrow."""
        return _ARROWS[known_language(lang)][self]


_ARROWS: Final[dict[Language, dict[EdgeKind, str]]] = {
    "nl": {
        EdgeKind.DETERMINES: "bepaalt",
        EdgeKind.MODERATES: "modereert",
        EdgeKind.FEEDS_BACK: "werkt terug op",
    },
    "en": {
        EdgeKind.DETERMINES: "determines",
        EdgeKind.MODERATES: "moderates",
        EdgeKind.FEEDS_BACK: "feeds back on",
    },
}


@attrs.frozen
class Edge:
    """An arrow in the model.

    Attributes:
        source: Where it starts.
        target: Where it ends.
        kind: What it says.

    Example:
        >>> Edge("houding", "intentie", "determines")
        Edge(source='houding', target='intentie', kind=<EdgeKind.DETERMINES: 'determines'>)
    """

    source: str
    target: str
    kind: EdgeKind = attrs.field(converter=EdgeKind)


@attrs.frozen(repr=False, str=False)
class GedragsModel:
    """A variant of the model: its nodes, its arrows and where it is published.

    Attributes:
        variant: Its name here.
        title: Its name as people read it.
        source: Publication.
        nodes: Constructs and groups of constructs, by the variant's own name.
        edges: Arrows.
        notes: What this variant leaves open.
        nodes_en: English names, of nodes that have another one.

    Example:
        >>> from igm.constructs import model
        >>> model("fa2010").variant
        'fa2010'
        >>> model().table("en").rows[4]
        ('knowledge and skills', 'moderates', 'behaviour (doing)')
    """

    variant: str
    title: str
    source: str
    nodes: Mapping[str, str] = attrs.field(converter=read_only)
    edges: tuple[Edge, ...]
    notes: tuple[str, ...] = ()
    nodes_en: Mapping[str, str] = attrs.field(default={}, converter=read_only)

    def __repr__(self) -> str:
        return f"GedragsModel({self.variant!r}, {len(self.nodes)} nodes, {len(self.edges)} edges)"

    def table(self, lang: Language = "nl") -> Table:
        """The arrows as a table; title, source and notes are those of the variant."""
        dutch = known_language(lang) == "nl"
        names = dict(self.nodes) if dutch else {**self.nodes, **self.nodes_en}
        rows = [[names[edge.source], edge.kind.label(lang), names[edge.target]] for edge in self.edges]
        headers = ["van", "soort", "naar"] if dutch else ["from", "kind", "to"]
        return Table(headers, rows, title=self.title, notes=(self.source, *self.notes), lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "variant": self.variant,
            "title": self.title,
            "source": self.source,
            "nodes": dict(self.nodes),
            "nodes_en": dict(self.nodes_en),
            "edges": [
                {"source": edge.source, "target": edge.target, "kind": edge.kind.value} for edge in self.edges
            ],
            "notes": list(self.notes),
        }

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()
