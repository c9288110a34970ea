"""``Card``: a chain as people read it, as text, markdown or html; it names the broken link, the construct and the n."""

from __future__ import annotations

import html
import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs

from igm._display import Cell, Column, Language, Table, Tree, number, seen
from igm.congruence._chain_words import CHAIN
from igm.congruence.chain_lines import Lines
from igm.congruence.chain_notions import compensated_tree, notions_tree
from igm.congruence.profile_similarity import signed
from igm.constructs._base import known_language
from igm.errors import MASK

if TYPE_CHECKING:
    from igm.congruence.chain_result import Chain


_NARROWEST: Final = 8
"""Text is not folded narrower than this."""


@attrs.frozen(repr=False)
class Card:
    """What can be said of a chain, on one card.

    Attributes:
        title: Shown above.
        lead: Sentences, the most important first.
        table: The constructs, with the values of all three and both differences.
        trees: What is compensated, and the three notions.
        lang: In which language.
    """

    title: str
    lead: tuple[str, ...]
    table: Table
    trees: tuple[Tree, ...]
    lang: Language

    def text(self, width: int = 100) -> str:
        """Plain text of at most ``width`` characters a line."""
        wide = max(width, _NARROWEST)
        lead = [textwrap.fill(seen(line), wide) for line in (self.title, *self.lead)]
        parts = ["\n".join(lead), self.table.text(width), *(tree.text(width) for tree in self.trees)]
        return "\n\n".join(parts)

    def markdown(self) -> str:
        """The same in markdown."""
        lead = "\n".join(line + "  " for line in self.lead)
        return "\n\n".join(
            [f"**{self.title}**", lead, self.table.markdown(), *(tree.markdown() for tree in self.trees)]
        )

    def html(self) -> str:
        """The same in html, with headings and a table that a screen reader can follow; no colour has a meaning."""
        lead = "".join(f"<p>{html.escape(line)}</p>" for line in self.lead)
        trees = "".join(
            f"<h4>{html.escape(tree.label)}</h4>{''.join(child.html() for child in tree.children)}"
            for tree in self.trees
        )
        title = html.escape(self.title)
        return (
            f'<section lang="{self.lang}" aria-label="{title}"><h3>{title}</h3>'
            f"{lead}{self.table.html()}{trees}</section>"
        )

    def __repr__(self) -> str:
        return f"Card({self.title!r})"

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


def chain_card(keten: Chain, lang: Language, *, mask: bool) -> Card:
    """The card of a chain; see ``Chain.card``."""
    words = CHAIN[known_language(lang)]
    lines = Lines(keten, lang, mask=mask)
    return Card(
        title=words["title"],
        lead=tuple(lines.all()),
        table=chain_table(keten, lang, mask=mask),
        trees=(compensated_tree(keten, lang, mask=mask), notions_tree(keten, lang, mask=mask)),
        lang=lang,
    )


def chain_table(keten: Chain, lang: Language, *, mask: bool) -> Table:
    """A row per construct: what all three have, and how far apart who guides and who is guided lie."""
    words = CHAIN[known_language(lang)]
    called = [words[party.role] for party in keten.parties]
    columns = [Column(words["construct"]), *(Column(name, "right") for name in called)]
    columns += [
        Column(words["difference"].format(first, second), "right") for first, second in pairwise(called)
    ]
    lines = Lines(keten, lang, mask=mask)
    values = keten.values
    rows: list[list[Cell]] = []
    for key in lines.constructs:
        own = [values[party.role].get(key) for party in keten.parties]
        gaps = [next((gap for gap in link.gaps if gap.construct is key), None) for link in keten.links]
        if mask and key.info.sensitive:
            hidden = [None if one is None else MASK for one in (*own, *gaps)]
            rows.append([key.label(lang), *hidden])
            continue
        told = [
            None if gap is None else lines.marked(signed(gap.difference, lang), gap, link)
            for gap, link in zip(gaps, keten.links, strict=True)
        ]
        rows.append(
            [key.label(lang), *(None if one is None else number(one, lang=lang) for one in own), *told]
        )
    title = words["axis-pomp"] if keten.metric == "pomp" else lines.on()
    dash = [words["dash"]] * any(None in row for row in rows)
    return Table(columns, rows, title=title, notes=[*dash, *lines.behaviours()], lang=lang)
