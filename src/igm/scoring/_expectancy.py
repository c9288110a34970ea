"""Expectancy-value: the mean product of beliefs and their evaluations, in codings that are stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, Final, Literal, TypeAlias, get_args

import attrs
import numpy as np

from igm._engines.expressions import total
from igm._engines.libraries import narwhals
from igm.constructs._base import one_of
from igm.constructs.schaal import Schaal
from igm.constructs.vragenlijst import Item
from igm.errors import InputError, Problems, named, shown, suggestion
from igm.scoring._quotients import EXACT, divided
from igm.scoring.missing import MinValid, needed
from igm.scoring.protocols import FloatArray

Coding: TypeAlias = Literal["unipolar", "from_zero", "bipolar"]
"""Which numbers the answers stand for: 1 to m, 0 to m - 1, or equally far to both sides of zero."""

CODINGS: Final[tuple[Coding, ...]] = get_args(Coding)


@attrs.frozen
class Recoding:
    """The code of an answer, ``factor * answer + shift``, in whole numbers.

    Attributes:
        factor: 1, or 2 for bipolar codes of an even number of answers, which have no middle.
        shift: What is added.
        schaal: The scale of the answers.
    """

    factor: int
    shift: int
    schaal: Schaal

    @classmethod
    def of(cls, coding: Coding, schaal: Schaal) -> Recoding:
        """The codes of a coding on a scale."""
        low, high = schaal.minimum, schaal.maximum
        if coding == "unipolar":
            return cls(1, 1 - low, schaal)
        if coding == "from_zero":
            return cls(1, -low, schaal)
        if (high - low) % 2:
            return cls(2, -(low + high), schaal)
        return cls(1, -(low + high) // 2, schaal)

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest code."""
        return self(self.schaal.minimum), self(self.schaal.maximum)

    def __call__(self, answers: Any) -> Any:
        return self.factor * answers + self.shift


def as_coding(given: object, where: str) -> Coding:
    """A coding by its name.

    Raises:
        InputError: ``unknown-name``.
    """
    return one_of(given, CODINGS, "a coding must be stated", where)


def as_pairs(given: object) -> tuple[tuple[str, str], ...]:
    """Pairs of the ids of a belief and its evaluation.

    Raises:
        InputError: ``invalid-value`` for what is no pair, ``duplicate-name`` for an item in two, ``missing-field``.
    """
    many: Any = given
    if isinstance(given, (str, Mapping)) or not hasattr(given, "__iter__") or getattr(given, "ndim", 1) == 0:
        do = "Give a list such as [('belief_1', 'evaluation_1')]."
        raise InputError.of("invalid-value", "pairs of items", do, where="$.pairs", given=shown(many))
    problems = Problems()
    seen: set[str] = set()
    pairs: list[tuple[str, str]] = []
    for place, one in enumerate(many):
        where = f"$.pairs[{place}]"
        pair = _pair(one)
        if pair is None:
            do = "Give the id of a belief and the id of its evaluation."
            problems.add("invalid-value", "not a pair of items", do, where=where, given=shown(one))
            continue
        for item in pair:
            if item in seen:
                what, do = "an item stands in two pairs, or twice in one", "Name it once."
                problems.add("duplicate-name", what, do, where=where, given=shown(item))
            seen.add(item)
        pairs.append(pair)
    problems.raise_any(InputError)
    if not pairs:
        raise InputError.of("missing-field", "no pairs", "Name at least one.", where="$.pairs")
    return tuple(pairs)


def _pair(given: object) -> tuple[str, str] | None:
    listed: list[Any] = list(given) if isinstance(given, (tuple, list)) else []  # pyright: ignore[reportUnknownArgumentType]
    if len(listed) != 2 or not all(isinstance(item, str) for item in listed):
        return None
    return listed[0], listed[1]


@attrs.frozen
class ExpectancyValue:
    """The sum over valid pairs of belief times evaluation, divided by the number of valid pairs."""

    pairs: tuple[tuple[str, str], ...]
    belief: Coding
    evaluation: Coding
    min_pairs: MinValid
    name: str = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        told = f"expectancy_value (belief {self.belief}, evaluation {self.evaluation})"
        object.__setattr__(self, "name", told)

    def check(self, items: Sequence[Item], /) -> None:
        problems = Problems()
        known = {item.id: item for item in items}
        used = {name for pair in self.pairs for name in pair}
        for place, pair in enumerate(self.pairs):
            where = f"$.pairs[{place}]"
            for name in pair:
                if name not in known:
                    what, do = "a pair names an item that is not there", suggestion(name, known)
                    problems.add("unknown-item", what, do, where=where, given=named(name))
            found = [known[name].construct for name in pair if name in known]
            if len(set(found)) > 1:
                what = f"a pair of items of two constructs, {' and '.join(found)}"
                problems.add("invalid-value", what, "Pair items of one construct.", where=where)
        left = [item.id for item in items if item.id not in used]
        if left:
            what = f"{len(left)} items stand in no pair"
            do = "Pair them, or score other constructs otherwise: scorers.by_construct({...}, otherwise=...)."
            problems.add("missing-field", what, do, where="$.pairs", given=", ".join(left[:5]))
        problems.raise_any(InputError)

    def scale(self, items: Sequence[Item], schaal: Schaal, /) -> Schaal:
        belief, evaluation = self._recodings(schaal)
        products = [one * other for one, other in product(belief.ends, evaluation.ends)]
        low = min(products)
        if len(items) * max(map(abs, products)) >= EXACT:
            do = "Give bounds whose products stay small."
            what = "a scale too wide for products to be exact"
            raise InputError.of("scale-invalid", what, do, where="$.schaal", given=str(schaal))
        return Schaal(minimum=low, maximum=max(products))

    def one(self, answers: Sequence[int | None], items: Sequence[Item], schaal: Schaal, /) -> float | None:
        belief, evaluation = self._recodings(schaal)
        places = self._places(items)
        products: list[int] = []
        for first, second in places:
            one, other = answers[first], answers[second]
            if one is not None and other is not None:
                products.append(belief(one) * evaluation(other))
        return sum(products) / len(products) if len(products) >= self._needed(places) else None

    def many(self, answers: FloatArray, items: Sequence[Item], schaal: Schaal, /) -> FloatArray:
        belief, evaluation = self._recodings(schaal)
        places = self._places(items)
        first, second = [place for place, _ in places], [place for _, place in places]
        products: FloatArray = belief(answers[:, first]) * evaluation(answers[:, second])
        valid = ~np.isnan(products)
        counts = valid.sum(axis=1).astype(np.float64)
        counts[counts < self._needed(places)] = 0.0
        return divided(np.where(valid, products, 0.0).sum(axis=1), counts)

    def quotient(
        self, answers: Sequence[Any], items: Sequence[Item], schaal: Schaal, /
    ) -> tuple[Any, Any | None]:
        nw = narwhals()
        belief, evaluation = self._recodings(schaal)
        places = self._places(items)
        products = [belief(answers[first]) * evaluation(answers[second]) for first, second in places]
        counts = total([(one * 0.0 + 1.0).fill_null(0.0) for one in products])
        enough = nw.when(counts >= self._needed(places)).then(counts).otherwise(0.0)
        return total([one.fill_null(0.0) for one in products]), enough

    def _recodings(self, schaal: Schaal) -> tuple[Recoding, Recoding]:
        return Recoding.of(self.belief, schaal), Recoding.of(self.evaluation, schaal)

    def _needed(self, places: Sequence[object]) -> int:
        return needed(self.min_pairs, len(places))

    def _places(self, items: Sequence[Item]) -> list[tuple[int, int]]:
        """Where the pairs of these items stand."""
        at = {item.id: place for place, item in enumerate(items)}
        found = [(at[one], at[other]) for one, other in self.pairs if one in at and other in at]
        if 2 * len(found) != len(items):
            self.check(items)
        return found
