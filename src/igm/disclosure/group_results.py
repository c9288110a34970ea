"""A table of groups as it may be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

import attrs

from igm._display import Column, Language, Table
from igm.constructs._base import known_language
from igm.disclosure.people import GroupPurpose

Shown: TypeAlias = Literal["shown", "rounded", "suppressed"]
"""How a group stands in the table: as it is, the mean at one decimal without a standard deviation, or not at all."""

Reason: TypeAlias = Literal["few-people", "same-answers", "few-sets", "secondary", "differencing"]
"""Why a group does not stand in the table as it is."""

_WORDS: Final = {
    "nl": {
        "mean": "gemiddelde",
        "suppressed": "{} van {} groepen weggelaten om niets over personen te vertellen.",
        "rounded": "Bij {} groepen is het gemiddelde afgerond op één decimaal en de sd weggelaten.",
        "least": "Elk cijfer gaat over ten minste {} mensen.",
        "unchecked": "Bij {} groepen is niet nagegaan of de cijfers de antwoorden verraden.",
    },
    "en": {
        "mean": "mean",
        "suppressed": "{} of {} groups left out, to tell nothing about persons.",
        "rounded": "In {} groups the mean is rounded to one decimal and the sd is left out.",
        "least": "Every figure is about at least {} people.",
        "unchecked": "In {} groups it was not checked whether the figures tell the answers.",
    },
}


@attrs.frozen
class GroupCell:
    """A group as it may be told.

    Attributes:
        key: What the group is, by column.
        state: How it stands in the table.
        n: How many people; ``None`` where suppressed.
        mean: The mean, rounded as it may be told; ``None`` where suppressed.
        sd: The standard deviation; ``None`` where suppressed, left out or not there.
        reason: Why it does not stand as it is. A reason can tell something itself: no table shows it.

    Example:
        >>> from igm.disclosure import publishable
        >>> publishable([{"wave": "T0", "n": 4, "mean": 3.5, "sd": 1.29}], by="wave").cells[0].state
        'suppressed'
    """

    key: Mapping[str, Any]
    state: Shown
    n: int | None
    mean: float | None
    sd: float | None
    reason: Reason | None = None

    def to_dict(self) -> dict[str, Any]:
        """What may be told, without the reason."""
        return {"key": dict(self.key), "state": self.state, "n": self.n, "mean": self.mean, "sd": self.sd}


@attrs.frozen(repr=False)
class GroupTable:
    """Groups as they may be told; figures that may not are not in it.

    Attributes:
        cells: The groups, in the order in which they were given.
        doel: What the table is for.
        fewest: How many people every figure is about at least.
        unchecked: In how many groups that are told it was not checked that figures do not tell the answers: without a
            scale, with scores that whole answers cannot have, or with too many sets to count.

    Example:
        >>> from igm.disclosure import publishable
        >>> publishable([{"wave": "T0", "n": 4, "mean": 3.5, "sd": 1.29}], by="wave")
        GroupTable(groups=1, suppressed=1, doel='publiceren')
    """

    cells: tuple[GroupCell, ...]
    doel: GroupPurpose
    fewest: int
    unchecked: int = 0

    def __len__(self) -> int:
        return len(self.cells)

    def _many(self, state: Shown) -> int:
        return sum(cell.state == state for cell in self.cells)

    def table(self, lang: Language = "nl") -> Table:
        """A row a group; what is suppressed is a dash, whatever the reason."""
        words = _WORDS[known_language(lang)]
        names = list(dict.fromkeys(name for cell in self.cells for name in cell.key))
        columns = [
            *map(Column, names),
            Column("n", "right"),
            Column(words["mean"], "right"),
            Column("sd", "right"),
        ]
        rows: list[list[Any]] = []
        for cell in self.cells:
            mean = cell.mean
            told = mean if mean is None or cell.state == "shown" else f"{mean:.1f}".replace(".", _sign(lang))
            keys = [None if cell.key.get(name) is None else str(cell.key[name]) for name in names]
            rows.append([*keys, cell.n, told, cell.sd])
        return Table(columns, rows, notes=self._notes(words), lang=lang)

    def _notes(self, words: Mapping[str, str]) -> list[str]:
        notes: list[str] = []
        if self._many("suppressed"):
            notes.append(words["suppressed"].format(self._many("suppressed"), len(self)))
        if self._many("rounded"):
            notes.append(words["rounded"].format(self._many("rounded")))
        if self.doel == "publiceren":
            notes.append(words["least"].format(self.fewest))
            if self.unchecked:
                notes.append(words["unchecked"].format(self.unchecked))
        return notes

    def to_dict(self) -> dict[str, Any]:
        """What may be told, ready for JSON when the keys are."""
        return {
            "cells": [cell.to_dict() for cell in self.cells],
            "doel": self.doel,
            "fewest": self.fewest,
            "unchecked": self.unchecked,
        }

    def __repr__(self) -> str:
        return f"GroupTable(groups={len(self)}, suppressed={self._many('suppressed')}, doel={self.doel!r})"

    def __str__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def _sign(lang: Language) -> str:
    return "," if lang == "nl" else "."
