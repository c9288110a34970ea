"""A report of headings, names and short answers, as plain text and as html."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable, Sequence

import attrs

from igm._display import Language, seen

_WIDTH = 100


@attrs.frozen
class Item:
    """A name, and what there is to say of it by heading."""

    name: str
    lines: tuple[tuple[str, str], ...]


@attrs.frozen
class Section:
    """A heading with items."""

    heading: str
    items: tuple[Item, ...]


@attrs.frozen
class Report:
    """A title, lines, sections and lines at the end."""

    title: str
    intro: Sequence[str]
    sections: Sequence[Section]
    closing: Sequence[str]
    lang: Language

    def text(self) -> str:
        """Plain text, wrapped."""
        lines = [seen(self.title), *_wrapped(self.intro)]
        for section in self.sections:
            lines += ["", seen(section.heading).upper()]
            for item in section.items:
                lines.append(seen(item.name))
                for term, said in item.lines:
                    line = f"{seen(term)}: {seen(said)}"
                    lines += textwrap.wrap(line, _WIDTH, initial_indent="  ", subsequent_indent="    ")
        return "\n".join([*lines, "", *_wrapped(self.closing)])

    def html(self) -> str:
        """An article with headings and lists that a screen reader can follow; nothing in it comes from elsewhere."""
        parts = [f'<article lang="{self.lang}"><h1>{_safe(self.title)}</h1>', *_paragraphs(self.intro)]
        for section in self.sections:
            parts.append(f"<section><h2>{_safe(section.heading)}</h2>")
            for item in section.items:
                answers = "".join(
                    f"<dt>{_safe(term)}</dt><dd>{_safe(said)}</dd>" for term, said in item.lines
                )
                parts.append(f"<h3>{_safe(item.name)}</h3><dl>{answers}</dl>")
            parts.append("</section>")
        return "".join([*parts, *_paragraphs(self.closing), "</article>"])


def _wrapped(lines: Iterable[str]) -> list[str]:
    return [part for line in lines for part in textwrap.wrap(seen(line), _WIDTH)]


def _safe(text: str) -> str:
    return html.escape(seen(text))


def _paragraphs(lines: Iterable[str]) -> list[str]:
    return [f"<p>{_safe(line)}</p>" for line in lines]
