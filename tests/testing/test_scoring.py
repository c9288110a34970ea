"""``check_scorer`` and ``check_composite`` pass the library's own parts, and find what is wrong with others."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np
import pytest

import igm
from igm.constructs.composite import CompositeValue
from igm.constructs.model import Construct
from igm.constructs.profiel import Profiel
from igm.constructs.schaal import Schaal
from igm.errors import InputError
from igm.scoring import composites, scorers
from igm.scoring.protocols import FloatArray
from igm.testing import check_composite, check_scorer


class Highest:
    """A sound scorer; each broken one changes one thing."""

    name = "highest"

    def one(self, answers: Sequence[int | None], items: Any, schaal: Schaal, /) -> float | None:
        valid = [answer for answer in answers if answer is not None]
        assert valid, "called for someone who answered nothing"
        return float(max(valid))

    def many(self, answers: FloatArray, items: Any, schaal: Schaal, /) -> FloatArray:
        assert not np.isnan(answers).all(axis=1).any()
        highest: FloatArray = np.nanmax(answers, axis=1)
        return highest


class AlmostTheSame(Highest):
    def many(self, answers: FloatArray, items: Any, schaal: Schaal, /) -> FloatArray:
        low = schaal.minimum
        return np.nextafter(super().many(answers, items, schaal), low)


class ByLayout(Highest):
    def many(self, answers: FloatArray, items: Any, schaal: Schaal, /) -> FloatArray:
        found = super().many(answers, items, schaal)
        return found if answers.flags.f_contiguous else np.full(len(answers), float(schaal.minimum))


class OffTheScale(Highest):
    def one(self, answers: Sequence[int | None], items: Any, schaal: Schaal, /) -> float | None:
        return float(sum(answer for answer in answers if answer is not None))

    def many(self, answers: FloatArray, items: Any, schaal: Schaal, /) -> FloatArray:
        total: FloatArray = np.nansum(answers, axis=1)
        return total


class Silent(Highest):
    def one(self, answers: Sequence[int | None], items: Any, schaal: Schaal, /) -> float | None:
        return None

    def many(self, answers: FloatArray, items: Any, schaal: Schaal, /) -> FloatArray:
        return np.full(len(answers), np.nan)


class Changing(Highest):
    def many(self, answers: FloatArray, items: Any, schaal: Schaal, /) -> FloatArray:
        answers[np.isnan(answers)] = schaal.minimum
        return super().many(answers, items, schaal)


class Fickle(Highest):
    def __init__(self) -> None:
        self.turns = itertools.count()

    def one(self, answers: Sequence[int | None], items: Any, schaal: Schaal, /) -> float | None:
        return float(schaal.minimum if next(self.turns) % 2 else schaal.maximum)


class NoMissing(Highest):
    def one(self, answers: Sequence[Any], items: Any, schaal: Schaal, /) -> float | None:
        return float(max(answers))


@pytest.mark.parametrize("scorer", [scorers.mean(), Highest()])
def test_a_sound_scorer_passes(scorer: Any) -> None:
    check_scorer(scorer)


def test_a_scorer_for_one_questionnaire_passes_with_it() -> None:
    lijst = igm.vragenlijst("client-participatie")
    weights = {item.id: place % 3 + 1 for place, item in enumerate(lijst.items)}
    weighted = scorers.weighted(weights, source="proef")
    check_scorer(weighted, lijst=lijst, examples=20)
    with pytest.raises(AssertionError, match="give lijst="):
        check_scorer(weighted, examples=20)


@pytest.mark.parametrize(
    ("scorer", "what"),
    [
        (AlmostTheSame(), "other results than the same person in a list|last bits"),
        (ByLayout(), r"one\(\) gives .* and many\(\)"),
        (OffTheScale(), "no score on the scale.*plugin-invalid"),
        (Silent(), "no score on the scale.*plugin-invalid"),
        (Changing(), "changes the array"),
        (Fickle(), "one person|at one time|last bits|asked twice"),
        (NoMissing(), "scoring raises TypeError"),
    ],
)
def test_what_is_wrong_with_a_scorer_is_told_with_the_case(scorer: Any, what: str) -> None:
    with pytest.raises(AssertionError, match=rf"({what})(.|\n)*"):
        check_scorer(scorer)


def test_the_case_that_fails_is_small() -> None:
    with pytest.raises(AssertionError) as caught:
        check_scorer(OffTheScale())
    assert "case: scale" in str(caught.value)
    assert str(caught.value).count("'houding'") <= 2


class Counting:
    """A sound composite; each broken one changes one thing."""

    name = "counting"

    def combine(self, profiel: Profiel, /) -> Mapping[str, CompositeValue]:
        known = tuple(Construct(name) for name in profiel.scores)
        gaps = tuple(profiel.gaps)
        return {"all": self.value(profiel, known, gaps)} if known else {}

    def value(
        self, profiel: Profiel, known: Sequence[Construct], gaps: Sequence[Construct]
    ) -> CompositeValue:
        share = 100 * len(known) / (len(known) + len(gaps))
        return composed(share, known, gaps)


def composed(value: float, used: Sequence[Construct], gaps: Sequence[Construct] = ()) -> CompositeValue:
    data: dict[str, Any] = {"used": tuple(used), "gaps": tuple(gaps)}
    return CompositeValue.model_validate(
        {"name": "all", "value": value, "metric": "pomp", "made_by": "counting", "state": "partial", **data}
    )


class UsesGaps(Counting):
    def value(
        self, profiel: Profiel, known: Sequence[Construct], gaps: Sequence[Construct]
    ) -> CompositeValue:
        return composed(50, [*known, *gaps])


class NamesKnownAsGaps(Counting):
    def value(
        self, profiel: Profiel, known: Sequence[Construct], gaps: Sequence[Construct]
    ) -> CompositeValue:
        return composed(50, known, [*known, *gaps])


class FromNothing(Counting):
    def value(
        self, profiel: Profiel, known: Sequence[Construct], gaps: Sequence[Construct]
    ) -> CompositeValue:
        return composed(50, [])


class Random(Counting):
    def __init__(self) -> None:
        self.turns = itertools.count()

    def value(
        self, profiel: Profiel, known: Sequence[Construct], gaps: Sequence[Construct]
    ) -> CompositeValue:
        return composed(next(self.turns) % 100, known, gaps)


class NoValues(Counting):
    def combine(self, profiel: Profiel, /) -> Mapping[str, Any]:
        return {"all": 3}


@pytest.mark.parametrize(
    "composite", [composites.mean(), composites.minimum(), composites.gate(threshold=50), Counting()]
)
def test_a_sound_composite_passes(composite: Any) -> None:
    check_composite(composite, examples=60)


@pytest.mark.parametrize(
    ("composite", "what"),
    [
        (UsesGaps(), "'all' uses what is not known"),
        (NamesKnownAsGaps(), "'all' names as gaps what is known"),
        (FromNothing(), "made from nothing"),
        (Random(), "other results|asked twice|at one time"),
        (NoValues(), "gives no composite values.*plugin-invalid"),
    ],
)
def test_what_is_wrong_with_a_composite_is_told_with_the_case(composite: Any, what: str) -> None:
    with pytest.raises(AssertionError, match=rf"({what})(.|\n)*"):
        check_composite(composite, examples=60)


@pytest.mark.parametrize("wrong", ["mean", Highest, 3, None])
def test_only_parts_are_checked(wrong: Any) -> None:
    with pytest.raises(InputError, match="not a scorer"):
        check_scorer(wrong)
    with pytest.raises(InputError, match="not a composite"):
        check_composite(wrong)


def test_a_part_of_the_other_kind_is_sent_to_the_check_of_its_kind() -> None:
    with pytest.raises(InputError, match="give it to check_composite"):
        check_scorer(cast("Any", composites.minimum()))
    with pytest.raises(InputError, match="give it to check_scorer"):
        check_composite(cast("Any", scorers.mean()))
