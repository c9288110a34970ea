"""A scorer for some constructs beside another one for the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from igm.constructs.model import Construct
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Item
from igm.errors import InputError, Problems
from igm.scoring.protocols import FloatArray, ItemCheck, ItemScorer, OwnScale, QuotientScorer


@attrs.frozen
class ByConstruct:
    """Each construct by the scorer that is named for it, and what is not named by another."""

    scorers: tuple[tuple[Construct, ItemScorer], ...]
    otherwise: ItemScorer

    @property
    def name(self) -> str:
        told = ", ".join(f"{key.value} {scorer.name}{_cited(scorer)}" for key, scorer in self.scorers)
        return f"by_construct ({told}; otherwise {self.otherwise.name}{_cited(self.otherwise)})"

    def check(self, items: Sequence[Item], /) -> None:
        problems = Problems()
        by_scorer: list[tuple[ItemScorer, list[Item]]] = []
        for item in items:
            scorer = self.part(item.construct)
            own = next((some for one, some in by_scorer if one is scorer), None)
            if own is None:
                by_scorer.append((scorer, [item]))
            else:
                own.append(item)
        asked = {item.construct for item in items}
        for key, _ in self.scorers:
            if key not in asked:
                what, do = f"no item asks {key.value}", "Leave it out, or take another questionnaire."
                problems.add("unknown-construct", what, do, where=f"$.scorers.{key.value}")
        problems.raise_any(InputError)
        for scorer, own in by_scorer:
            if isinstance(scorer, ItemCheck):
                scorer.check(own)

    def scale(self, items: Sequence[Item], schaal: Schaal, /) -> Schaal:
        scorer = self._of(items)
        return scorer.scale(items, schaal) if isinstance(scorer, OwnScale) else schaal

    def one(self, answers: Sequence[int | None], items: Sequence[Item], schaal: Schaal, /) -> float | None:
        return self._of(items).one(answers, items, schaal)

    def many(self, answers: FloatArray, items: Sequence[Item], schaal: Schaal, /) -> FloatArray:
        return self._of(items).many(answers, items, schaal)

    def _of(self, items: Sequence[Item]) -> ItemScorer:
        return self.part(items[0].construct) if items else self.otherwise

    def part(self, construct: Construct) -> ItemScorer:
        """The scorer of a construct."""
        return dict(self.scorers).get(construct, self.otherwise)


@attrs.frozen
class ByConstructQuotient(ByConstruct):
    """The same when every scorer can be run by engines themselves."""

    def quotient(
        self, answers: Sequence[Any], items: Sequence[Item], schaal: Schaal, /
    ) -> tuple[Any, Any | None]:
        scorer: Any = self._of(items)
        found: tuple[Any, Any | None] = scorer.quotient(answers, items, schaal)
        return found


def by_construct(scorers: Mapping[Construct, ItemScorer], otherwise: ItemScorer) -> ByConstruct:
    """The one that engines can run, when all its parts can be."""
    parts = [*scorers.values(), otherwise]
    kind = ByConstructQuotient if all(isinstance(one, QuotientScorer) for one in parts) else ByConstruct
    return kind(tuple(scorers.items()), otherwise)


def _cited(scorer: ItemScorer) -> str:
    source = getattr(scorer, "source", None)
    return f" ({source})" if isinstance(source, str) else ""
