"""How many people gave each answer, as it may be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from igm._display import Language
from igm.constructs._base import shown
from igm.constructs.model import construct
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Vragenlijst
from igm.disclosure import FEWEST_PEOPLE, GroupPurpose, least_people
from igm.errors import InputError, Problems, suggestion
from igm.scoring._matrix import answers_matrix

MOST_ANSWERS: Final = 11
"""So many answers a scale may have to be drawn per answer."""


@attrs.frozen
class Band:
    """Answers that are drawn as one.

    Attributes:
        low: The lowest answer.
        high: The highest.
        people: How many people gave one of them.
    """

    low: int
    high: int
    people: int

    def name(self) -> str:
        """The answers, as people read them."""
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


@attrs.frozen
class Answered:
    """An item and how it was answered.

    Attributes:
        id: The item.
        text: What it says.
        n: How many people answered it; ``None`` where it is left out.
        bands: The answers, from low to high; empty where it is left out.
        joined: Whether answers were taken together.
    """

    id: str
    text: str
    n: int | None
    bands: tuple[Band, ...]
    joined: bool = False


def answered(
    data: Any,
    lijst: Vragenlijst,
    about: str | None,
    items: Sequence[str] | None,
    columns: object,
    doel: GroupPurpose,
    minimum_n: int | None,
    lang: Language,
) -> list[Answered]:
    """The items asked for, as they may be told."""
    fewest = least_people(doel, minimum_n)
    given: object = lijst
    if not isinstance(given, Vragenlijst):
        do = "Give a questionnaire, such as igm.vragenlijst('client-participatie')."
        raise InputError.of("invalid-value", "no questionnaire", do, where="$.lijst", given=shown(given))
    ids = [item.id for item in lijst.items]
    matrix = answers_matrix(data, lijst, columns=columns)
    asked = ids if about is None else [item.id for item in lijst.items_for(construct(about))]
    if items is not None:
        named_items: object = items
        if not isinstance(named_items, Iterable):
            do = "Name items of the questionnaire, such as items=['houding_1']."
            raise InputError.of("invalid-value", "no items", do, where="$.items", given=shown(named_items))
        asked = [items] if isinstance(items, str) else list(items)
        _known(asked, ids)
    if not asked:
        raise InputError.of("missing-field", "no items to draw", "Name at least one.", where="$.items")
    if lijst.schaal.maximum - lijst.schaal.minimum >= MOST_ANSWERS:
        do = f"Draw a scale of at most {MOST_ANSWERS} answers."
        given = str(lijst.schaal)
        raise InputError.of(
            "value-out-of-range", "too many answers to draw", do, where="$.lijst", given=given
        )
    texts = {item.id: item.nl if lang == "nl" else item.en for item in lijst.items}
    publish = doel == "publiceren"
    return [
        _item(name, texts[name] or name, matrix[:, ids.index(name)], lijst.schaal, fewest, publish)
        for name in asked
    ]


def _known(asked: Sequence[str], ids: Sequence[str]) -> None:
    """Refuse items that the questionnaire has not, and those that are named twice."""
    problems = Problems()
    for place, name in enumerate(asked):
        where = f"$.items[{place}]"
        if name not in ids:
            do = suggestion(name, ids)
            problems.add("unknown-item", "no such item", do, where=where, given=shown(name))
        elif name in asked[:place]:
            do = "Name it once."
            problems.add("duplicate-name", "an item is named twice", do, where=where, given=shown(name))
    problems.raise_any(InputError)


def _item(
    name: str, text: str, values: NDArray[np.float64], schaal: Schaal, fewest: int, publish: bool
) -> Answered:
    there = values[~np.isnan(values)]
    n = int(there.size)
    if n < fewest:
        return Answered(name, text, None, ())
    each = [
        Band(one, one, int(np.count_nonzero(there == one)))
        for one in range(int(schaal.minimum), int(schaal.maximum) + 1)
    ]
    if not publish or _many(each, n):
        return Answered(name, text, n, tuple(each))
    middle = (schaal.minimum + schaal.maximum) / 2
    parts = (
        [band for band in each if band.low < middle],
        [band for band in each if band.low == middle],
        [band for band in each if band.low > middle],
    )
    bands = [Band(part[0].low, part[-1].high, sum(one.people for one in part)) for part in parts if part]
    if _many(bands, n):
        return Answered(name, text, n, tuple(bands), joined=True)
    return Answered(name, text, None, ())


def _many(bands: Sequence[Band], n: int) -> bool:
    """Whether no answer is of few people, nor of all."""
    return all(band.people == 0 or FEWEST_PEOPLE <= band.people < n for band in bands)
