"""``coverage``: what is asked of whom, and of what the sources publish figures."""

from __future__ import annotations

from functools import cache
from typing import Any

import attrs

from igm._content import read_shipped
from igm._display import Language, Table
from igm.constructs._base import known_language
from igm.constructs.item import Role
from igm.constructs.model import Construct, construct
from igm.constructs.vragenlijst import shipped_vragenlijsten
from igm.errors import InputError, shown, suggestion


@attrs.frozen
class CoverageCell:
    """One construct for one role.

    Attributes:
        construct: What is measured.
        role: Who answers.
        n_items: How many items the shipped questionnaires ask; 0 when it is not asked.
        published: Whether the sources publish figures for this construct and role.

    Example:
        >>> coverage().cell("kennis", "manager")
        CoverageCell(construct=<Construct.KENNIS: 'kennis'>, role=<Role.MANAGER: 'manager'>, n_items=4, published=False)
    """

    construct: Construct
    role: Role
    n_items: int
    published: bool


@attrs.frozen(repr=False)
class CoverageMatrix:
    """Which construct is asked of which role, and where figures are published.

    Attributes:
        cells: Every construct with every role.
        source: Where the figures are published.
        notes: What to know about them.

    Example:
        >>> coverage()
        CoverageMatrix(24 constructs, 3 roles, 37 cells asked, 28 with published figures)
        >>> cell = coverage().cell("attitude", "client")
        >>> cell.n_items, cell.published
        (4, True)
    """

    cells: tuple[CoverageCell, ...]
    source: str
    notes: tuple[str, ...] = ()

    def cell(self, name: str | Construct, role: str | Role, /) -> CoverageCell:
        """The cell of a construct and a role.

        Raises:
            UnknownNameError: ``unknown-construct``, with a suggestion.
            InputError: ``unknown-name`` for a role that does not exist.
        """
        asked = construct(name)
        if role not in list(Role):
            raise InputError.of(
                "unknown-name",
                "unknown role",
                suggestion(role, [known.value for known in Role]),
                given=shown(role),
            )
        return next(cell for cell in self.cells if cell.construct is asked and cell.role == role)

    def table(self, lang: Language = "nl") -> Table:
        """Constructs down, roles across: the number of items, with ``*`` where the sources publish figures."""
        dutch = known_language(lang) == "nl"
        rows = [
            [name.label(lang), name.dimension.label(lang), *(_shown(self.cell(name, role)) for role in Role)]
            for name in Construct
        ]
        legend = (
            "getal: aantal items in de meegeleverde vragenlijst; *: de bron publiceert cijfers"
            if dutch
            else "number: items in the shipped questionnaire; *: the source publishes figures"
        )
        roles = [role.label(lang) for role in Role]
        title = "Wat wordt aan wie gevraagd" if dutch else "What is asked of whom"
        headers = ["construct", "deel" if dutch else "part", *roles]
        return Table(headers, rows, title=title, notes=(legend, self.source, *self.notes), lang=lang)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        cells = [
            {
                "construct": cell.construct.value,
                "role": cell.role.value,
                "n_items": cell.n_items,
                "published": cell.published,
            }
            for cell in self.cells
        ]
        return {"cells": cells, "source": self.source, "notes": list(self.notes)}

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()

    def __repr__(self) -> str:
        asked = sum(cell.n_items > 0 for cell in self.cells)
        published = sum(cell.published for cell in self.cells)
        constructs = len({cell.construct for cell in self.cells})
        return (
            f"CoverageMatrix({constructs} constructs, {len(Role)} roles, {asked} cells asked, "
            f"{published} with published figures)"
        )


def _shown(cell: CoverageCell) -> str | None:
    if not cell.n_items and not cell.published:
        return None
    return f"{cell.n_items}{' *' if cell.published else ''}"


@cache
def coverage() -> CoverageMatrix:
    """What the shipped questionnaires ask of whom, and of what the sources publish figures.

    Returns:
        A matrix of constructs and roles; no figures of managers are published.

    Example:
        >>> coverage().cell("houding", "manager").published
        False
        >>> coverage().table("en").rows[0]
        ('attitude', 'willing', '4 *', '4 *', '4')
    """
    labels = read_shipped("labels", "published")
    published = {(construct(name), Role(role)) for role, names in labels["roles"].items() for name in names}
    asked: dict[tuple[Construct, Role], int] = {}
    for lijst in shipped_vragenlijsten():
        for name, count in lijst.n_items.items():
            asked[name, lijst.rol] = asked.get((name, lijst.rol), 0) + count
    return CoverageMatrix(
        cells=tuple(
            CoverageCell(name, role, asked.get((name, role), 0), (name, role) in published)
            for name in Construct
            for role in Role
        ),
        source=labels["source"],
        notes=tuple(labels["notes"]),
    )
