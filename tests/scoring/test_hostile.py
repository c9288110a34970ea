"""Scores cannot be written to, odd arguments are refused in our words, and much wrong data is refused quickly."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from tests.steps import steps

from igm import scoring
from igm.constructs.afname import Afname
from igm.constructs.vragenlijst import vragenlijst
from igm.errors import ConsentError, IgmError, InputError
from igm.scoring import composites, registry, score, scorers

LIJST = vragenlijst("client-participatie")
HUGE = 10**5000
FIVE: Any = 5
LIST: Any = []


def some_scores() -> scoring.Scores:
    return score([{item.id: 4 for item in LIJST.items}, {}], LIJST)


def _pickled(scores: scoring.Scores) -> scoring.Scores:
    again: scoring.Scores = pickle.loads(pickle.dumps(scores))  # noqa: S301
    return again


AGAIN: list[Callable[[scoring.Scores], scoring.Scores]] = [lambda it: it, copy.copy, copy.deepcopy, _pickled]


@pytest.mark.parametrize(
    "again",
    AGAIN,
)
def test_scores_stay_read_only(again: Callable[[scoring.Scores], scoring.Scores]) -> None:
    scores = again(some_scores())
    assert scores == some_scores()
    assert hash(scores) == hash(some_scores())
    for array in (scores.values, scores.n_valid, scores["houding"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
        with pytest.raises(ValueError, match="WRITEABLE"):
            array.flags.writeable = True
        base: Any = array.base
        if isinstance(base, np.ndarray):
            with pytest.raises(ValueError, match="WRITEABLE"):
                base.flags.writeable = True


CALLS: list[Callable[[Any], object]] = [
    registry.names,
    registry.scorer,
    registry.composite,
    lambda wrong: scorers.weighted(wrong, source="eigen"),
    lambda wrong: scorers.weighted({"houding_1": wrong}, source="eigen"),
    lambda wrong: scorers.weighted({"houding_1": 1}, source=LIST if isinstance(wrong, str) else wrong),
    lambda wrong: composites.mean(metric=wrong),
    lambda wrong: composites.mean(include=[wrong]),
    lambda wrong: composites.mean(include=wrong or FIVE),
    lambda wrong: composites.gate(wrong, source=None),
    lambda wrong: score({}, LIJST, min_valid=wrong if wrong != HUGE else -HUGE),
    lambda wrong: score({}, LIJST, doel=wrong),
    lambda wrong: score({}, LIJST, scorer=wrong),
    lambda wrong: score({}, LIJST, composite=wrong),
    lambda wrong: score({}, wrong),
    lambda wrong: score([wrong], LIJST),
    lambda wrong: score(np.ones((1, 1)), LIJST, items=[wrong]),
    lambda wrong: score({"houding_1": wrong}, LIJST),
    lambda wrong: some_scores()[wrong],
    lambda wrong: some_scores().profiel(wrong),
    lambda wrong: some_scores().table(most=LIST if wrong == HUGE else wrong),
    lambda wrong: some_scores().table(wrong),
    lambda wrong: some_scores().summary(wrong),
]


@pytest.mark.parametrize("call", CALLS, ids=range(len(CALLS)))
@pytest.mark.parametrize(
    "wrong", [[], "x" * 10**6, HUGE, 4j, object()], ids=["list", "long", "huge", "j", "o"]
)
def test_only_errors_of_ours_come_out(call: Callable[[Any], object], wrong: Any) -> None:
    with pytest.raises(IgmError) as caught:
        call(wrong)
    assert len(str(caught.value)) < 10_000


def test_more_valid_items_than_there_are_is_told_without_all_digits() -> None:
    with pytest.raises(InputError, match="a very large number of 4"):
        score({}, LIJST, min_valid=HUGE)


def test_a_duration_is_no_answer_and_a_number_of_a_person_is_not_repeated() -> None:
    with pytest.raises(InputError, match="not-a-number"):
        score([{"houding_1": np.timedelta64(3)}], LIJST)
    with pytest.raises(InputError) as caught:
        score([{"111222333": 3}], LIJST)
    assert "111222333" not in f"{caught.value} {caught.value!r}"


def test_a_column_too_many_is_no_more_work_for_many_people() -> None:
    def people(n: int) -> list[dict[str, int]]:
        return [{"houding_1": 4, "houding_x": 3} for _ in range(n)]

    with pytest.raises(InputError) as caught:
        score(people(20_000), LIJST)
    assert steps(lambda: score(people(20_000), LIJST)) < 20 * steps(lambda: score(people(2_000), LIJST))
    assert len(caught.value.problems) == 21
    assert "20000 answers" in str(caught.value)


def test_many_unknown_columns_are_no_more_work_each() -> None:
    def columns(n: int) -> object:
        return score(np.ones((1, n)), LIJST, items=[f"houding {number}" for number in range(n)])

    with pytest.raises(InputError) as caught:
        columns(10_000)
    assert steps(lambda: columns(10_000)) < 20 * steps(lambda: columns(1_000))
    assert len(caught.value.problems) == 21
    assert "10000 items" in str(caught.value)


GIVEN = {"scope": "onderzoek", "datum": "2024-01-01"}
WITHDRAWN = {**GIVEN, "ingetrokken": "2024-05-01"}
ANEW = {**GIVEN, "datum": "2024-06-01"}
LATER_WITHDRAWN = {**GIVEN, "datum": "2024-06-01", "ingetrokken": "2024-07-01"}


@pytest.mark.parametrize(
    ("consents", "day", "allowed"),
    [
        ([GIVEN], "2024-03-01", True),
        ([GIVEN, WITHDRAWN], "2024-03-01", False),
        ([GIVEN, WITHDRAWN], None, False),
        ([GIVEN, WITHDRAWN, ANEW], "2024-06-01", True),
        ([GIVEN, WITHDRAWN, ANEW], "2024-03-01", False),
        ([GIVEN, ANEW], "2024-03-01", True),
        ([ANEW], "2024-03-01", False),
        ([GIVEN, LATER_WITHDRAWN], "2024-03-01", False),
    ],
)
def test_consents_add_up_before_research(consents: list[Any], day: str | None, *, allowed: bool) -> None:
    afname = Afname.model_validate({"ref": "c-1", "antwoorden": {}, "toestemmingen": consents, "datum": day})
    for data in (afname, [afname]):
        if allowed:
            assert score(data, LIJST, doel="onderzoek") == score(data, LIJST)
            continue
        with pytest.raises(ConsentError, match="1 of 1"):
            score(data, LIJST, doel="onderzoek")
